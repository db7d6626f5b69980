//! Where outputs go: the one trait between rendering and the world, and the sink that keeps everything in
//! memory (for `serve` and the tests). The disk's sink lives in `io`. Two writers of one path are an error.

use crate::error::{Error, Result};
use crate::say;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// A path in the output: relative, `/` between folders, no empty, `.` or `..` component, no backslash, no
/// control character. Made by `route` and by importers, nowhere else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutPath(Box<str>);

impl OutPath {
    /// Checks and takes a path; `None` when it could leave the output folder or cannot be a file's name.
    pub fn new(path: &str) -> Option<Self> {
        let fine = |part: &str| {
            !part.is_empty()
                && part != "."
                && part != ".."
                && part.len() <= 255
                && !part.chars().any(|c| c == '\\' || c == ':' || c.is_control())
        };
        path.split('/').all(fine).then(|| OutPath(path.into()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Receives finished files, from many threads at once, in any order.
pub trait Sink: Sync {
    /// Takes one whole file. The bytes may be dropped by the caller at once.
    fn put(&self, path: &OutPath, bytes: &[u8]) -> Result<()>;

    /// Takes a file that stands in the site's sources and is published as it is.
    /// `source` is the path from the site's root.
    fn copy(&self, path: &OutPath, source: &str) -> Result<()>;
}

/// The error of a path written twice.
pub(crate) fn written_twice(path: &OutPath) -> Error {
    Error::new(
        path.as_str(),
        say!(
            "deux pages veulent ce même chemin : c'est un défaut de Greffe, signalez-le",
            "two pages want this same path: this is a bug in Greffe, please report it"
        ),
    )
}

/// Keeps everything. `copy` keeps only where the source is.
#[derive(Debug, Default)]
pub struct MemorySink {
    files: Mutex<BTreeMap<OutPath, Stored>>,
}

/// A file in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stored {
    /// Its bytes.
    Bytes(Box<[u8]>),
    /// The source it is a copy of.
    CopyOf(Box<str>),
}

impl MemorySink {
    /// Everything that was put, by path.
    pub fn into_files(self) -> BTreeMap<OutPath, Stored> {
        self.files.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// The files that were put, as bytes; copies are left out.
    pub fn into_bytes(self) -> BTreeMap<OutPath, Vec<u8>> {
        let bytes = |(path, stored)| match stored {
            Stored::Bytes(bytes) => Some((path, bytes.into_vec())),
            Stored::CopyOf(_) => None,
        };
        self.into_files().into_iter().filter_map(bytes).collect()
    }

    fn store(&self, path: &OutPath, stored: Stored) -> Result<()> {
        let mut files = self.files.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        match files.insert(path.clone(), stored) {
            None => Ok(()),
            Some(_) => Err(written_twice(path)),
        }
    }
}

impl Sink for MemorySink {
    fn put(&self, path: &OutPath, bytes: &[u8]) -> Result<()> {
        self.store(path, Stored::Bytes(bytes.into()))
    }

    fn copy(&self, path: &OutPath, source: &str) -> Result<()> {
        self.store(path, Stored::CopyOf(source.into()))
    }
}
