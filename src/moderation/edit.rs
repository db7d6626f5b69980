//! What a decision changes: files that are written, removed or moved, each with the bytes that are expected there
//! before. Comes in: nothing; this is the value that decisions make and `io` carries out. The disk is not touched here.

use crate::sink::OutPath;
use crate::source::{Contents, SourceFile, Sources};

/// One change of one file. Paths are from the site's root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// A text is written.
    Write {
        /// Where.
        path: OutPath,
        /// What stands there; `None`: nothing may.
        before: Option<String>,
        /// What will.
        after: String,
    },
    /// A text is removed.
    Remove {
        /// Which.
        path: OutPath,
        /// What stands there.
        before: String,
    },
    /// A file that nobody reads, attached to a contribution, is moved. Nothing may stand where it goes.
    Move {
        /// From where.
        from: OutPath,
        /// To where.
        to: OutPath,
    },
    /// A file is removed, whatever it holds, when it is there; no copy is kept.
    Discard {
        /// Which.
        path: OutPath,
    },
}

impl Edit {
    /// What undoes it; `None` for what is gone for good.
    pub fn inverse(&self) -> Option<Edit> {
        Some(match self {
            Edit::Write { path, before: Some(before), after } => {
                Edit::Write { path: path.clone(), before: Some(after.clone()), after: before.clone() }
            }
            Edit::Write { path, before: None, after } => {
                Edit::Remove { path: path.clone(), before: after.clone() }
            }
            Edit::Remove { path, before } => {
                Edit::Write { path: path.clone(), before: None, after: before.clone() }
            }
            Edit::Move { from, to } => Edit::Move { from: to.clone(), to: from.clone() },
            Edit::Discard { .. } => return None,
        })
    }

    /// The file that it changes; of a file that is moved, the one that was.
    pub fn path(&self) -> &OutPath {
        match self {
            Edit::Write { path, .. } | Edit::Remove { path, .. } | Edit::Discard { path } => path,
            Edit::Move { from, .. } => from,
        }
    }
}

/// The content as it would be after some edits: what stands outside it is left out.
pub fn after(content: &Sources, edits: &[Edit]) -> Sources {
    let gone: Vec<&str> = edits.iter().map(|edit| edit.path().as_str()).collect();
    let kept = content.iter().filter(|(_, file)| !gone.contains(&&*file.path));
    let mut files: Vec<SourceFile> = kept
        .map(|(_, file)| SourceFile { path: file.path.clone(), contents: copy(&file.contents) })
        .collect();
    for edit in edits {
        match edit {
            Edit::Write { path, after, .. } if path.as_str().starts_with("content/") => {
                files.push(SourceFile {
                    path: path.as_str().into(),
                    contents: Contents::Text(after.strip_prefix('\u{feff}').unwrap_or(after).into()),
                });
            }
            Edit::Move { to, .. } if to.as_str().starts_with("content/") => {
                files.push(SourceFile { path: to.as_str().into(), contents: Contents::Opaque { bytes: 0 } });
            }
            Edit::Write { .. } | Edit::Move { .. } | Edit::Remove { .. } | Edit::Discard { .. } => {}
        }
    }
    Sources::new(files)
}

fn copy(contents: &Contents) -> Contents {
    match contents {
        Contents::Text(text) => Contents::Text(text.clone()),
        Contents::Opaque { bytes } => Contents::Opaque { bytes: *bytes },
        Contents::Broken(breakage) => Contents::Broken(breakage.clone()),
    }
}
