//! A folder as a [`Store`]. Every name below it is listed, hidden ones too; links and devices are listed and never opened.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::unreadable;
use crate::error::{Error, Result};
use crate::io::compare::with_buffer;
use crate::say;
use crate::verify::store::{Entry, Kind, Store};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The folder.
#[derive(Debug)]
pub struct Folder {
    entries: Vec<Entry>,
    /// Where each entry is.
    paths: Vec<PathBuf>,
}

impl Folder {
    /// Lists a folder.
    pub fn open(root: &Path) -> Result<Self> {
        fs::read_dir(root).map_err(|e| unreadable(root, e))?;
        let mut all = Vec::new();
        for step in WalkDir::new(root).min_depth(1).follow_links(false).follow_root_links(true) {
            let entry = step.map_err(|error| {
                let path = error.path().unwrap_or(root).to_path_buf();
                let cannot = say!("cela ne peut pas être lu", "this cannot be read");
                error.into_io_error().map_or_else(
                    || Error::new(&path, cannot.clone()),
                    |e| Error::io(&path, cannot.clone(), e),
                )
            })?;
            let kind = entry.file_type();
            let kind = match () {
                () if kind.is_symlink() => Kind::Link,
                () if kind.is_dir() => Kind::EmptyFolder,
                () if kind.is_file() => Kind::File,
                () => Kind::Special,
            };
            let size = entry.metadata().map_or(0, |metadata| metadata.len());
            let inner = entry.path().strip_prefix(root).unwrap_or(entry.path());
            let exact = inner.to_str().is_some();
            let parts: Vec<_> = inner.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            let path = parts.join("/").into();
            all.push((Entry { path, exact, kind, size }, entry.into_path()));
        }
        all.sort();
        // A folder in which something stands is no entry.
        let full: BTreeSet<Box<str>> = all
            .iter()
            .flat_map(|(entry, _)| entry.path.match_indices('/').map(|(at, _)| entry.path[..at].into()))
            .collect();
        all.retain(|(entry, _)| entry.kind != Kind::EmptyFolder || !full.contains(&entry.path));
        let (entries, paths) = all.into_iter().unzip();
        Ok(Folder { entries, paths })
    }
}

impl Store for Folder {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn read(&self, at: usize, take: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        let (entry, path) = self.entries.get(at).zip(self.paths.get(at)).ok_or(io::ErrorKind::NotFound)?;
        if entry.kind != Kind::File {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let mut file = File::open(path)?;
        with_buffer(|buffer| {
            loop {
                match file.read(buffer) {
                    Ok(0) => return Ok(()),
                    Ok(n) => take(&buffer[..n]),
                    Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                    Err(e) => return Err(e),
                }
            }
        })
    }
}
