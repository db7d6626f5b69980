//! What an import writes: content files that are not there yet, and the report that the caller named.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use crate::error::{Error, Result};
use crate::io::create::CreateSink;
use crate::say;
use crate::sink::{OutPath, Sink};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What writing did.
#[derive(Debug, Default)]
pub struct Added {
    /// Files that were not there.
    pub new: usize,
    /// Files that were there, the same to the byte.
    pub same: usize,
    /// Files that were there and differ: left as they are.
    pub conflicts: Vec<Box<str>>,
}

/// Writes the files that are not there yet; those that differ are listed and left alone.
pub fn create(root: &Path, files: &BTreeMap<OutPath, Vec<u8>>) -> Result<Added> {
    let sink = CreateSink::create(root)?;
    files.par_iter().try_for_each(|(path, bytes)| sink.put(path, bytes))?;
    let made = sink.finish()?;
    let conflicts = made.conflicts.iter().map(|path| path.as_str().into()).collect();
    Ok(Added { new: made.created.len(), same: made.unchanged.len(), conflicts })
}

/// Writes a file complete or not at all.
fn whole(target: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let name = target.file_name().map(|n| n.to_string_lossy()).unwrap_or_default();
    let part = folder.join(format!(".greffe-{name}"));
    fs::write(&part, bytes)?;
    fs::rename(&part, target)
}

/// Writes a file that the caller named (a report), replacing it.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    whole(path, bytes).map_err(|e| {
        Error::io(path, say!("le fichier ne peut pas être écrit", "the file cannot be written"), e)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_differs_is_left_alone() {
        let root = tempfile::tempdir().unwrap();
        let path = |p: &str| OutPath::new(p).unwrap();
        let files =
            BTreeMap::from([(path("content/a.md"), b"a".to_vec()), (path("content/b.md"), b"b".to_vec())]);
        assert_eq!(create(root.path(), &files).unwrap().new, 2);
        fs::write(root.path().join("content/b.md"), "mine").unwrap();
        let written = create(root.path(), &files).unwrap();
        assert_eq!((written.new, written.same, written.conflicts), (0, 1, vec!["content/b.md".into()]));
        assert_eq!(fs::read_to_string(root.path().join("content/b.md")).unwrap(), "mine");
    }
}
