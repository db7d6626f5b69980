//! The disk's side of `intake`: the files that were received, one at a time, and the key of the consultation's pseudonyms.
//! What a file holds is decided in `inbox`.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::export::{self, Kept};
use super::load::is_left_over;
use crate::error::{Error, Result};
use crate::model::id::Id;
use crate::say;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

/// A file that was received.
#[derive(Debug)]
pub struct ReceivedFile {
    /// How it is called: its name, or its path in the folder that was named.
    pub name: Box<str>,
    /// Where it is.
    pub path: PathBuf,
}

/// The files that are named, and those in the folders that are, in the order of their names. Links in folders are not
/// followed, and what editors and file managers leave behind is passed over.
pub fn files(named: &[PathBuf]) -> Result<Vec<ReceivedFile>> {
    let mut found = Vec::new();
    for path in named {
        let cannot =
            |e| Error::io(path, say!("ce fichier ne peut pas être lu", "this file cannot be read"), e);
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if !fs::metadata(path).map_err(cannot)?.is_dir() {
            found.push(ReceivedFile { name: name.into(), path: path.clone() });
            continue;
        }
        let walk = walkdir::WalkDir::new(path).sort_by_file_name().into_iter();
        let walk = walk.filter_entry(|e| e.depth() == 0 || !is_left_over(&e.file_name().to_string_lossy()));
        for entry in walk {
            let entry = entry.map_err(|e| {
                let inner = e.path().unwrap_or(path).to_path_buf();
                Error::io(
                    inner,
                    say!("ce dossier ne peut pas être lu", "this folder cannot be read"),
                    e.into(),
                )
            })?;
            if entry.file_type().is_file() {
                let inner = entry.path().strip_prefix(path).unwrap_or(entry.path()).components();
                let inner: Vec<_> = inner.map(|part| part.as_os_str().to_string_lossy()).collect();
                found.push(ReceivedFile { name: inner.join("/").into(), path: entry.into_path() });
            }
        }
    }
    Ok(found)
}

/// The bytes of a file; or why they cannot be had. A file larger than `most` is not read.
pub fn read(path: &Path, most: u64) -> std::result::Result<Vec<u8>, String> {
    let told = |e: std::io::Error| e.to_string();
    // A pipe without a writer would block for ever.
    let size = fs::metadata(path).map_err(told)?;
    if !size.is_file() {
        return Err(std::io::Error::from(std::io::ErrorKind::InvalidInput).to_string());
    }
    if size.len() > most {
        return Err(format!("{} > {} MiB", size.len().div_ceil(1 << 20), most >> 20));
    }
    let mut bytes = Vec::with_capacity(size.len() as usize);
    File::open(path).map_err(told)?.take(most).read_to_end(&mut bytes).map_err(told)?;
    Ok(bytes)
}

/// The key of the pseudonyms. It is made the first time; when pseudonyms were `made` and it is not there, another would
/// turn every author into somebody else.
pub fn key(root: &Path, consultation: &Id, made: bool) -> Result<Kept> {
    let path = root.join("private").join(format!("{consultation}.key"));
    let there = path.symlink_metadata().is_ok();
    if made && !there {
        return Err(Error::new(
            path,
            say!(
                "la clé des pseudonymes manque alors que des contributions en portent déjà : remettez-en une copie à cette place",
                "the key of the pseudonyms is missing although contributions have some already: put a copy of it back in this place"
            ),
        ));
    }
    export::key(root, consultation, !there)
}
