//! The sources of a zipped bag on a disk, for `rebuild`, which copies some of them: in a folder of our own among the
//! temporary ones, that goes away with its value. Names were judged before, and are judged again here.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use crate::error::{Error, Result};
use crate::say;
use crate::sink::OutPath;
use crate::verify::store::{Kind, Store};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Most bytes of sources that are written.
const LIMIT: u64 = 8 << 30;

/// The folder.
#[derive(Debug)]
pub struct Unpacked(PathBuf);

impl Unpacked {
    /// Writes what stands under `prefix`, which ends with `/`.
    pub fn new(store: &dyn Store, prefix: &str) -> Result<Self> {
        let folder = Unpacked(empty()?);
        let mut left = LIMIT;
        for (at, entry) in store.entries().iter().enumerate() {
            let Some(inner) = entry.path.strip_prefix(prefix).filter(|_| entry.kind == Kind::File) else {
                continue;
            };
            let fail = |e| {
                Error::io(
                    &*entry.path,
                    say!("ce fichier ne peut pas être extrait", "this file cannot be unpacked"),
                    e,
                )
            };
            let Some(inner) = OutPath::new(inner) else {
                return Err(fail(std::io::ErrorKind::InvalidInput.into()));
            };
            left =
                left.checked_sub(entry.size).ok_or_else(|| fail(std::io::ErrorKind::FileTooLarge.into()))?;
            let path = folder.0.join(inner.as_str());
            let mut done = path.parent().map_or(Ok(()), fs::create_dir_all);
            if done.is_ok() {
                done = write(store, at, &path);
            }
            done.map_err(fail)?;
        }
        Ok(folder)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

fn write(store: &dyn Store, at: usize, path: &Path) -> std::io::Result<()> {
    let mut file = File::create_new(path)?;
    let mut written = Ok(());
    store.read(at, &mut |piece| {
        if written.is_ok() {
            written = file.write_all(piece);
        }
    })?;
    written
}

/// A new folder with a name that nobody can guess.
fn empty() -> Result<PathBuf> {
    let base = std::env::temp_dir();
    let name = crate::text::hex(&crate::io::world::random()?[..8]);
    let path = base.join(format!("greffe-rebuild-{name}"));
    fs::create_dir(&path).map_err(|e| {
        Error::io(&base, say!("aucun dossier ne peut y être fait", "no folder can be made there"), e)
    })?;
    Ok(path)
}

impl Drop for Unpacked {
    fn drop(&mut self) {
        // What cannot be removed is left to the system, which empties this folder.
        let _ = fs::remove_dir_all(&self.0);
    }
}
