//! What `verify` and `rebuild` are given: a path → what stands there, a folder or a zip, opened as a
//! [`Store`](crate::verify::store::Store). The folder is walked, links are not followed; the zip is read where it lies.
//! Nothing is written, but for the sources of a zipped bag, which `rebuild` needs on a disk ([`unpacked`]).
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod file;
pub mod folder;
pub mod unpacked;

pub use file::FileBytes;

use crate::error::{Error, Result};
use crate::say;
use std::fs;
use std::path::{Path, PathBuf};

/// Something that can be verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A bag in a folder.
    Bag(PathBuf),
    /// A zip.
    Zip(PathBuf),
    /// A built site.
    Site(PathBuf),
}

impl Found {
    /// Where it is.
    pub fn path(&self) -> &Path {
        match self {
            Found::Bag(path) | Found::Zip(path) | Found::Site(path) => path,
        }
    }
}

/// What stands at a path: itself, or everything in the folder that can be verified, by name.
pub fn find(path: &Path) -> Result<Vec<Found>> {
    if let Some(found) = one(path)? {
        return Ok(vec![found]);
    }
    let mut all = Vec::new();
    if path.is_dir() {
        let inside = fs::read_dir(path).map_err(|e| unreadable(path, e))?;
        let mut paths = Vec::new();
        for entry in inside {
            paths.push(entry.map_err(|e| unreadable(path, e))?.path());
        }
        paths.sort();
        for inner in paths {
            all.extend(one(&inner)?);
        }
    }
    if all.is_empty() {
        let why = say!(
            "il n’y a là ni sac, ni zip d’un sac, ni site construit",
            "there is neither a bag, nor the zip of one, nor a built site"
        );
        return Err(Error::new(path, why));
    }
    Ok(all)
}

fn one(path: &Path) -> Result<Option<Found>> {
    let kind = fs::metadata(path).map_err(|e| unreadable(path, e))?;
    let has = |name: &str| path.join(name).symlink_metadata().is_ok();
    Ok(if kind.is_file() {
        let zip = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip"));
        zip.then(|| Found::Zip(path.to_path_buf()))
    } else if has("bagit.txt") || has("bag-info.txt") || has("manifest-sha512.txt") && has("data") {
        Some(Found::Bag(path.to_path_buf()))
    } else if has(".greffe-manifest") || has("index.html") && has("static") {
        Some(Found::Site(path.to_path_buf()))
    } else {
        None
    })
}

pub(super) fn unreadable(path: &Path, error: std::io::Error) -> Error {
    Error::io(path, say!("cela ne peut pas être lu", "this cannot be read"), error)
}
