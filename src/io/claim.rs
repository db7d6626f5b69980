//! A working folder held by one process at a time: `.greffe-staging-…`, with a lock file in it. The system frees
//! the lock with the process, so that a killed build leaves files behind but never a lock.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use crate::error::{Error, Result};
use crate::say;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

const LOCK: &str = "lock";

/// A working folder that is ours until this value is dropped.
#[derive(Debug)]
pub(super) struct Claim {
    folder: PathBuf,
    lock: File,
}

impl Claim {
    /// Makes the folder when it is absent and locks it. `subject` is what the user knows: the output folder.
    pub(super) fn take(folder: &Path, subject: &Path) -> Result<Self> {
        let refused = |e| {
            let shown = folder.display();
            Error::io(
                subject,
                say!(
                    "le dossier de travail « {shown} » ne peut pas être créé ; vérifiez les droits d'écriture",
                    "the working folder “{shown}” cannot be made; check that you may write there"
                ),
                e,
            )
        };
        // The previous owner removes the lock file, then the folder: what was opened may be gone by now.
        for _ in 0..50 {
            fs::create_dir_all(folder).map_err(refused)?;
            let path = folder.join(LOCK);
            let lock = match OpenOptions::new().create(true).truncate(false).write(true).open(&path) {
                Ok(lock) => lock,
                Err(e) if e.kind() == io::ErrorKind::NotFound => continue,
                Err(e) => return Err(refused(e)),
            };
            match lock.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(busy(subject)),
                // A file system without locks: better to work alone than not at all.
                Err(TryLockError::Error(e)) if e.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(e)) => return Err(refused(e)),
            }
            if is_still(&path, &lock) {
                return Ok(Claim { folder: folder.to_path_buf(), lock });
            }
        }
        Err(busy(subject))
    }

    /// The folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Removes all that is in the folder but the lock.
    pub(super) fn clear(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                fs::remove_dir_all(entry.path())?;
            } else if entry.file_name() != LOCK {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    /// Removes the folder, then lets go. Best effort: what stays is removed by the next claim's owner.
    pub(super) fn remove(self) {
        if self.clear().is_err() {
            return;
        }
        // Windows keeps an open file's name: there the lock must go first.
        if cfg!(windows) {
            drop(self.lock);
        }
        let _ = fs::remove_file(self.folder.join(LOCK));
        let _ = fs::remove_dir(&self.folder);
    }
}

fn busy(subject: &Path) -> Error {
    Error::new(
        subject,
        say!(
            "une autre commande greffe y écrit en ce moment ; attendez qu'elle ait fini",
            "another greffe command is writing there at this moment; wait until it is done"
        ),
    )
}

/// Whether the name still leads to the file that was locked.
#[cfg(unix)]
fn is_still(path: &Path, lock: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (fs::symlink_metadata(path), lock.metadata()) {
        (Ok(named), Ok(held)) => (named.dev(), named.ino()) == (held.dev(), held.ino()),
        _ => false,
    }
}

/// Elsewhere the name of an open file cannot be given to another one.
#[cfg(not(unix))]
fn is_still(path: &Path, _lock: &File) -> bool {
    path.exists()
}
