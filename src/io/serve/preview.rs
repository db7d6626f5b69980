//! [`Preview`]: what a [`MemorySink`](crate::sink::MemorySink) received, as a [`Site`] that can be replaced while
//! it is served.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::Site;
use crate::sink::{OutPath, Stored};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

/// The last good site, in memory; documents are read from the site's folder when they are asked for.
#[derive(Debug)]
pub struct Preview {
    root: PathBuf,
    files: RwLock<BTreeMap<Box<str>, File>>,
}

#[derive(Debug)]
enum File {
    Bytes(Arc<[u8]>),
    CopyOf(Box<str>),
}

impl File {
    /// A document may have changed behind the same name: it never counts as the same.
    fn is_same(&self, other: &File) -> bool {
        matches!((self, other), (File::Bytes(one), File::Bytes(other)) if one == other)
    }
}

impl Preview {
    /// A preview of the site at `root`, empty at first.
    pub fn new(root: &Path) -> Self {
        Preview { root: root.to_path_buf(), files: RwLock::default() }
    }

    /// Shows another site from now on; says whether it differs.
    pub fn replace(&self, files: BTreeMap<OutPath, Stored>) -> bool {
        let file = |stored| match stored {
            Stored::Bytes(bytes) => File::Bytes(bytes.into()),
            Stored::CopyOf(source) => File::CopyOf(source),
        };
        let new: BTreeMap<Box<str>, File> =
            files.into_iter().map(|(path, stored)| (path.as_str().into(), file(stored))).collect();
        let mut files = self.files.write().unwrap_or_else(|poisoned| poisoned.into_inner());
        let pairs = || files.iter().zip(&new);
        let differs =
            files.len() != new.len() || pairs().any(|(old, new)| old.0 != new.0 || !old.1.is_same(new.1));
        *files = new;
        differs
    }
}

impl Site for Preview {
    fn get(&self, path: &str) -> Option<Arc<[u8]>> {
        let source = match self.files.read().unwrap_or_else(|poisoned| poisoned.into_inner()).get(path)? {
            File::Bytes(bytes) => return Some(bytes.clone()),
            File::CopyOf(source) => OutPath::new(source)?,
        };
        let path = self.root.join(source.as_str());
        let is_file = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file());
        is_file.then(|| fs::read(path).ok().map(Arc::from)).flatten()
    }
}
