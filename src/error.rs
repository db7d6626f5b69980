//! What can go wrong with the disk, the network or the machine, always with the path concerned. What an author
//! can mend in the content is a [`Diagnostic`](crate::diag::Diagnostic) instead; a panic is a bug of ours.

use crate::lang::{Bilingual, Speech};
use std::path::{Path, PathBuf};

/// A failure of the world outside: which path, what was tried, and the system's own words.
#[derive(Debug)]
pub struct Error {
    /// The file, folder or address concerned.
    pub path: PathBuf,
    /// What Greffe was doing, and what to try.
    pub what: Bilingual,
    /// The system's answer, when there is one.
    pub source: Option<std::io::Error>,
}

impl Error {
    /// An error of the system on a path.
    pub fn io(path: impl AsRef<Path>, what: Bilingual, source: std::io::Error) -> Self {
        Error { path: path.as_ref().to_path_buf(), what, source: Some(source) }
    }

    /// An error without a system error behind it.
    pub fn new(path: impl AsRef<Path>, what: Bilingual) -> Self {
        Error { path: path.as_ref().to_path_buf(), what, source: None }
    }

    /// The sentence shown to the person at the terminal.
    pub fn text(&self, speech: Speech) -> String {
        let cause = self.source.as_ref().map(|e| format!(" ({e})")).unwrap_or_default();
        format!("{}: {}{cause}", self.path.display(), self.what.get(speech))
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text(Speech::En))
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|e| e as _)
    }
}

/// Results of everything that touches the world.
pub type Result<T, E = Error> = std::result::Result<T, E>;
