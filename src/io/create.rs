//! [`CreateSink`]: files → a site's own folder, for `init`, `new` and `import`. A file that exists and differs is
//! someone's work: it is listed as a conflict and left alone, unless the caller knows what it holds and says so
//! ([`CreateSink::replace`]): an import may renew what it wrote itself.
//!
//! Each file appears whole, at `finish`; before that nothing of the site changes. Symbolic links are never
//! entered nor written through.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::claim::Claim;
use super::compare::same_content;
use crate::error::{Error, Result};
use crate::say;
use crate::sink::{OutPath, Sink, written_twice};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard};

/// Where secrets stand: their files are for their owner alone.
const PRIVATE: &str = "private/";

/// What became of each file, in the order of the paths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Created {
    /// Did not exist.
    pub created: Vec<OutPath>,
    /// Held what the caller said, and was replaced.
    pub updated: Vec<OutPath>,
    /// Already there with the same bytes.
    pub unchanged: Vec<OutPath>,
    /// There with other bytes, which stay; or a link, a folder or a pipe stands in the way.
    pub conflicts: Vec<OutPath>,
}

/// What is to be done with one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Create,
    Update,
    Keep,
    Conflict,
}

#[derive(Debug)]
struct Entry {
    fate: Fate,
    /// Digest of what is replaced.
    before: Option<[u8; 32]>,
    /// Name in the staging folder, of a file to be moved.
    staged: PathBuf,
}

/// Writes files that do not exist yet. One at a time for each site, which a lock ensures.
#[derive(Debug)]
pub struct CreateSink {
    root: PathBuf,
    from: PathBuf,
    claim: Option<Claim>,
    entries: Mutex<BTreeMap<OutPath, Entry>>,
    failed: AtomicBool,
}

impl CreateSink {
    /// Only what does not exist is written, or what [`CreateSink::replace`] names. The folder is made when it is absent.
    pub fn create(root: &Path) -> Result<Self> {
        let claim = Claim::take(&root.join(".greffe-staging"), root)?;
        let new = claim.folder().join("new");
        claim.clear().and_then(|()| fs::create_dir(&new)).map_err(|e| cannot_write(&new, e))?;
        Ok(CreateSink {
            root: root.to_path_buf(),
            from: root.to_path_buf(),
            claim: Some(claim),
            entries: Mutex::default(),
            failed: AtomicBool::new(false),
        })
    }

    /// The folder from which [`Sink::copy`] takes its sources (the export that is imported).
    pub fn copying_from(mut self, folder: &Path) -> Self {
        self.from = folder.to_path_buf();
        self
    }

    /// Paths that would not be written, as far as is known: a caller that wants all or nothing drops the sink.
    pub fn conflicts(&self) -> Vec<OutPath> {
        self.lock()
            .iter()
            .filter(|(_, entry)| entry.fate == Fate::Conflict)
            .map(|(path, _)| path.clone())
            .collect()
    }

    /// Takes a file that may stand there already, if it holds `before` now and at the end.
    pub fn replace(&self, path: &OutPath, before: &[u8], bytes: &[u8]) -> Result<()> {
        self.noted(self.stage(path, Some(before), bytes))
    }

    /// Writes a file of Greffe's own at once, whole, whatever stands there.
    pub(super) fn renew(&self, path: &OutPath, bytes: &[u8]) -> Result<()> {
        let draft = self.staging().join("draft");
        let target = self.root.join(path.as_str());
        let written = self.make_folders(path).and_then(|()| {
            let _ = fs::remove_file(&draft);
            new_file(&draft, path)?.write_all(bytes)?;
            fs::rename(&draft, &target)
        });
        written.map_err(|e| cannot_write(&target, e))
    }

    /// Puts the files in place and tells what became of each.
    pub fn finish(mut self) -> Result<Created> {
        self.place()
    }

    /// The same, and nobody else writes there until the sink is dropped.
    pub(super) fn place(&mut self) -> Result<Created> {
        if self.failed.load(Ordering::Relaxed) {
            let what = say!(
                "un fichier n'a pas pu être préparé ; rien n'a été écrit",
                "a file could not be prepared; nothing was written"
            );
            return Err(Error::new(&self.root, what));
        }
        let entries = std::mem::take(&mut *self.lock());
        let mut created = Created::default();
        for (path, entry) in &entries {
            let fate = self.settle(path, entry)?;
            let list = match fate {
                Fate::Create => &mut created.created,
                Fate::Update => &mut created.updated,
                Fate::Keep => &mut created.unchanged,
                Fate::Conflict => &mut created.conflicts,
            };
            list.push(path.clone());
        }
        Ok(created)
    }

    /// Does what was decided, unless someone wrote there in the meantime.
    fn settle(&self, path: &OutPath, entry: &Entry) -> Result<Fate> {
        let target = self.root.join(path.as_str());
        let done = match entry.fate {
            Fate::Create => self.make_folders(path).and_then(|()| place_new(&entry.staged, &target)),
            Fate::Update if holds(&target, entry.before) => replace(&entry.staged, &target),
            Fate::Update => return Ok(Fate::Conflict),
            Fate::Keep | Fate::Conflict => Ok(()),
        };
        match done {
            Ok(()) => Ok(entry.fate),
            Err(e) if matches!(e.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory) => {
                Ok(Fate::Conflict)
            }
            Err(e) => Err(cannot_write(&target, e)),
        }
    }

    fn stage(&self, path: &OutPath, before: Option<&[u8]>, bytes: &[u8]) -> Result<()> {
        let before = before.map(|before| Sha256::digest(before).into());
        let fate = self.decide(path, before, |file| same_content(file, bytes));
        let staged = {
            let mut entries = self.lock();
            if entries.contains_key(path) {
                return Err(written_twice(path));
            }
            let staged = self.staging().join(entries.len().to_string());
            entries.insert(path.clone(), Entry { fate, before, staged: staged.clone() });
            staged
        };
        match fate {
            Fate::Create | Fate::Update => {
                let written = new_file(&staged, path).and_then(|mut file| file.write_all(bytes));
                written.map_err(|e| cannot_write(&self.root.join(path.as_str()), e))
            }
            Fate::Keep | Fate::Conflict => Ok(()),
        }
    }

    fn read_source(&self, source: &str) -> Result<Vec<u8>> {
        let from = self.from.join(source);
        let unreadable =
            |e| Error::io(&from, say!("ce fichier ne peut pas être copié", "this file cannot be copied"), e);
        let is_file =
            OutPath::new(source).is_some() && fs::symlink_metadata(&from).map_err(unreadable)?.is_file();
        if !is_file {
            return Err(unreadable(io::ErrorKind::InvalidInput.into()));
        }
        fs::read(&from).map_err(unreadable)
    }

    fn noted(&self, result: Result<()>) -> Result<()> {
        if result.is_err() {
            self.failed.store(true, Ordering::Relaxed);
        }
        result
    }

    fn decide(
        &self,
        path: &OutPath,
        before: Option<[u8; 32]>,
        same: impl FnOnce(File) -> io::Result<bool>,
    ) -> Fate {
        if !self.folders_are_real(path) {
            return Fate::Conflict;
        }
        let target = self.root.join(path.as_str());
        match fs::symlink_metadata(&target) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => Fate::Create,
            Err(_) => Fate::Conflict,
            Ok(found) if !found.is_file() => Fate::Conflict,
            Ok(_) if File::open(&target).and_then(same).unwrap_or(false) => Fate::Keep,
            Ok(_) if holds(&target, before) => Fate::Update,
            Ok(_) => Fate::Conflict,
        }
    }

    fn folders_are_real(&self, path: &OutPath) -> bool {
        folders(path).all(|folder| match fs::symlink_metadata(self.root.join(folder)) {
            Ok(found) => found.is_dir(),
            Err(e) => e.kind() == io::ErrorKind::NotFound,
        })
    }

    fn make_folders(&self, path: &OutPath) -> io::Result<()> {
        for name in folders(path) {
            let folder = self.root.join(name);
            match make_folder(&folder, name) {
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {
                    if !fs::symlink_metadata(&folder)?.is_dir() {
                        return Err(io::ErrorKind::NotADirectory.into());
                    }
                }
                made => made?,
            }
        }
        Ok(())
    }

    fn staging(&self) -> PathBuf {
        self.root.join(".greffe-staging").join("new")
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<OutPath, Entry>> {
        self.entries.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    fn release(&mut self) {
        if let Some(claim) = self.claim.take() {
            claim.remove();
        }
    }
}

impl Sink for CreateSink {
    fn put(&self, path: &OutPath, bytes: &[u8]) -> Result<()> {
        self.noted(self.stage(path, None, bytes))
    }

    fn copy(&self, path: &OutPath, source: &str) -> Result<()> {
        // Read whole: its digest is wanted, and what a person deposits in an export fits in memory.
        self.noted(self.read_source(source).and_then(|bytes| self.stage(path, None, &bytes)))
    }
}

impl Drop for CreateSink {
    fn drop(&mut self) {
        self.release();
    }
}

/// The folders above a path, the outermost first.
fn folders(path: &OutPath) -> impl Iterator<Item = &str> {
    path.as_str().match_indices('/').map(|(end, _)| &path.as_str()[..end])
}

/// Gives a finished file its name, which no file may have yet: a link fails where a rename would replace.
fn place_new(staged: &Path, target: &Path) -> io::Result<()> {
    match fs::hard_link(staged, target) {
        Ok(()) => fs::remove_file(staged),
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Err(e),
        // A file system without links: between the question and the rename lies a moment that nobody can close.
        Err(_) => match fs::symlink_metadata(target) {
            Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
            Err(_) => fs::rename(staged, target),
        },
    }
}

/// A folder of secrets is for its owner alone, as its files are.
#[cfg(unix)]
fn make_folder(folder: &Path, name: &str) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    let private = format!("{name}/").starts_with(PRIVATE);
    fs::DirBuilder::new().mode(if private { 0o700 } else { 0o777 }).create(folder)
}

#[cfg(not(unix))]
fn make_folder(folder: &Path, _name: &str) -> io::Result<()> {
    fs::create_dir(folder)
}

#[cfg(unix)]
fn new_file(staged: &Path, path: &OutPath) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let mode = if path.as_str().starts_with(PRIVATE) { 0o600 } else { 0o666 };
    File::options().write(true).create_new(true).mode(mode).open(staged)
}

#[cfg(not(unix))]
fn new_file(staged: &Path, _path: &OutPath) -> io::Result<File> {
    File::create_new(staged)
}

/// Whether a file holds what is to be replaced.
fn holds(target: &Path, before: Option<[u8; 32]>) -> bool {
    before.is_some_and(|before| fs::read(target).is_ok_and(|bytes| Sha256::digest(bytes)[..] == before))
}

/// Gives a finished file the name of another, and the rights that somebody gave to that.
fn replace(staged: &Path, target: &Path) -> io::Result<()> {
    fs::set_permissions(staged, fs::symlink_metadata(target)?.permissions())?;
    fs::rename(staged, target)
}

fn cannot_write(path: &Path, e: io::Error) -> Error {
    Error::io(path, say!("ce fichier ne peut pas être écrit", "this file cannot be written"), e)
}
