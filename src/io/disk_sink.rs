//! [`DiskSink`]: a site → an output folder, all or nothing.
//!
//! Files come from many threads. One that is the same on the disk is left alone; any other is written, complete,
//! into a staging folder on the same file system. Nothing of the output changes before [`DiskSink::finish`]:
//! - a new folder is put in place by one rename;
//! - in an existing one the changed files are moved under a journal (see `moves`), and files that the previous
//!   build wrote and this one did not are removed. Files that Greffe did not write are never touched.
//!
//! A sink that is dropped leaves the output as it was. What is promised after a power cut: on Linux everything is
//! put on the disk (one `syncfs`) before the first move; elsewhere crashes and kills are covered, power cuts not.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::compare::{same_content, same_files};
use super::manifest::{self, Manifest};
use super::moves::{self, NEW, Removals};
use super::place::{self, Place};
use crate::error::{Error, Result};
use crate::say;
use crate::sink::{OutPath, Sink, written_twice};
use std::collections::BTreeSet;
use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

pub use super::place::is_output;

/// A source changed so recently may change again within one tick of the disk's clock, its date staying the same.
const RECENT: Duration = Duration::from_secs(2);

/// What a build did to its folder.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files of the site.
    pub files: u64,
    /// Of these, written because they are new or differ.
    pub written: u64,
    /// Of these, left as they were.
    pub unchanged: u64,
    /// Files of the previous build that are gone.
    pub removed: u64,
    /// Size of the site in bytes.
    pub bytes: u64,
}

/// Writes a site into a folder. One at a time for each folder, which a lock ensures.
#[derive(Debug)]
pub struct DiskSink {
    root: PathBuf,
    place: Option<Place>,
    output: PathBuf,
    new: PathBuf,
    /// What the previous build wrote; `None` into a folder where nothing can be the same.
    before: Option<Manifest>,
    seen: Mutex<BTreeSet<OutPath>>,
    folders_in_the_way: Mutex<BTreeSet<OutPath>>,
    written: AtomicU64,
    bytes: AtomicU64,
    failed: AtomicBool,
}

/// Completes what a killed build left to be done in a folder; says whether there was anything. For commands that
/// read an output without building it.
pub fn recover(output: &Path) -> Result<bool> {
    place::recover(output)
}

impl DiskSink {
    /// Prepares a build of the site at `root` into `output`, and completes first what a killed one left to be
    /// done. Refuses a folder with files that Greffe did not make, and folders of the site's own sources.
    pub fn open(root: &Path, output: &Path) -> Result<Self> {
        let place = Place::take(root, output)?;
        match Self::prepare(&place) {
            Ok((before, new)) => Ok(DiskSink {
                root: root.to_path_buf(),
                output: place.output.clone(),
                place: Some(place),
                new,
                before,
                seen: Mutex::default(),
                folders_in_the_way: Mutex::default(),
                written: AtomicU64::new(0),
                bytes: AtomicU64::new(0),
                failed: AtomicBool::new(false),
            }),
            Err(e) => {
                place.staging.remove();
                Err(e)
            }
        }
    }

    fn prepare(place: &Place) -> Result<(Option<Manifest>, PathBuf)> {
        let new = place.staging.folder().join(NEW);
        // What a killed build left: its files, or what it had no time to throw away.
        place.staging.clear().and_then(|()| fs::create_dir(&new)).map_err(|e| cannot_write(&new, e))?;
        if place.is_new()? {
            return Ok((None, new));
        }
        match manifest::read(&place.output)? {
            Some(before) => Ok((Some(before), new)),
            None => place.refuse_foreign().map(|()| (Some(Manifest::new()), new)),
        }
    }

    /// Puts the new site in place and says what changed.
    pub fn finish(mut self) -> Result<Summary> {
        let output = self.output.clone();
        if self.failed.load(Ordering::Relaxed) {
            let what = say!(
                "un fichier n'a pas pu être écrit ; l'ancien site est intact",
                "a file could not be written; the old site is untouched"
            );
            return Err(Error::new(&output, what));
        }
        let seen = std::mem::take(&mut *lock(&self.seen));
        let staging = self.new.parent().unwrap_or(&self.new).to_path_buf();
        let mut summary = Summary {
            files: seen.len() as u64,
            written: self.written.load(Ordering::Relaxed),
            bytes: self.bytes.load(Ordering::Relaxed),
            ..Summary::default()
        };
        summary.unchanged = summary.files - summary.written;

        let manifest = manifest::write(seen.iter());
        let same = self.same_as(&output.join(manifest::NAME), manifest.as_bytes());
        if !same {
            let path = self.new.join(manifest::NAME);
            fs::write(&path, manifest).map_err(|e| cannot_write(&path, e))?;
        }
        if self.before.is_none() && swap(&staging, &self.new, &output)? {
            self.release();
            return Ok(summary);
        }
        let removals = self.removals(&seen)?;
        summary.removed = (removals.first.len() + removals.last.len()) as u64;
        if summary.written + summary.removed > 0 || !same {
            fs::create_dir_all(&output).map_err(|e| cannot_write(&output, e))?;
            moves::decide(&staging, &removals)?;
            moves::complete(&staging, &output)?;
        }
        self.release();
        Ok(summary)
    }

    /// What of the previous build has to go, once it is certain that nothing else stands in the way.
    fn removals(&self, seen: &BTreeSet<OutPath>) -> Result<Removals> {
        let empty = Manifest::new();
        let before = self.before.as_ref().unwrap_or(&empty);
        let mut first = BTreeSet::new();
        // A file where the new site has a folder.
        for folder in folders_of(seen) {
            let Ok(found) = fs::symlink_metadata(self.output.join(&folder)) else { continue };
            if !found.is_dir() {
                let path = OutPath::new(&folder).filter(|path| before.contains(path) && !seen.contains(path));
                first.insert(path.ok_or_else(|| in_the_way(&self.output.join(&folder)))?);
            }
        }
        // A folder where the new site has a file.
        for path in lock(&self.folders_in_the_way).iter() {
            let folder = self.output.join(path.as_str());
            for entry in
                walkdir::WalkDir::new(&folder).into_iter().flatten().filter(|e| !e.file_type().is_dir())
            {
                let old = entry.path().strip_prefix(&self.output).ok().and_then(moves::slashed);
                let old = old.filter(|old| before.contains(old) && !seen.contains(old));
                first.insert(old.ok_or_else(|| in_the_way(entry.path()))?);
            }
        }
        let last =
            before.iter().filter(|path| !seen.contains(path) && !first.contains(path)).cloned().collect();
        Ok(Removals { first: first.into_iter().collect(), last })
    }

    /// Counts a path as written by this build, once.
    fn enter(&self, path: &OutPath) -> Result<()> {
        let fresh = path.as_str() != manifest::NAME && lock(&self.seen).insert(path.clone());
        if fresh { Ok(()) } else { Err(written_twice(path)) }
    }

    /// Whether `path` has to be written, given how to compare it with the file that stands there.
    fn differs(&self, path: &OutPath, same: impl FnOnce(&Path, &Metadata) -> bool) -> Result<bool> {
        let Some(before) = &self.before else { return Ok(true) };
        let target = self.output.join(path.as_str());
        match fs::symlink_metadata(&target) {
            Err(_) => Ok(true),
            Ok(found) if found.is_dir() => {
                lock(&self.folders_in_the_way).insert(path.clone());
                Ok(true)
            }
            Ok(found) if found.is_file() && same(&target, &found) => Ok(false),
            Ok(_) if before.contains(path) => Ok(true),
            Ok(_) => Err(in_the_way(&target)),
        }
    }

    fn same_as(&self, target: &Path, bytes: &[u8]) -> bool {
        self.before.is_some()
            && File::open(target).is_ok_and(|file| same_content(file, bytes).unwrap_or(false))
    }

    /// Makes a staged file, and its folder when it is the first one there.
    fn create(&self, path: &OutPath) -> io::Result<File> {
        let path = self.new.join(path.as_str());
        match File::create_new(&path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(path.parent().unwrap_or(&self.new))?;
                File::create_new(&path)
            }
            made => made,
        }
    }

    fn write(&self, path: &OutPath, write: impl FnOnce(File) -> io::Result<()>) -> Result<()> {
        self.written.fetch_add(1, Ordering::Relaxed);
        self.create(path).and_then(write).map_err(|e| cannot_write(&self.output.join(path.as_str()), e))
    }

    fn put_file(&self, path: &OutPath, bytes: &[u8]) -> Result<()> {
        self.enter(path)?;
        self.bytes.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        let same = |target: &Path, found: &Metadata| {
            found.len() == bytes.len() as u64
                && File::open(target).is_ok_and(|file| same_content(file, bytes).unwrap_or(false))
        };
        if self.differs(path, same)? {
            self.write(path, |mut file| file.write_all(bytes))?;
        }
        Ok(())
    }

    fn copy_file(&self, path: &OutPath, source: &str) -> Result<()> {
        self.enter(path)?;
        let from = self.root.join(source);
        let unreadable =
            |e| Error::io(&from, say!("ce fichier ne peut pas être copié", "this file cannot be copied"), e);
        let Some(_) = OutPath::new(source) else {
            return Err(unreadable(io::ErrorKind::InvalidFilename.into()));
        };
        let meta = fs::symlink_metadata(&from).map_err(unreadable)?;
        if !meta.is_file() {
            return Err(unreadable(io::ErrorKind::InvalidInput.into()));
        }
        self.bytes.fetch_add(meta.len(), Ordering::Relaxed);
        let date = meta.modified().ok();
        // The copy carries its source's date: where size and date agree, neither needs to be read.
        let same = |target: &Path, found: &Metadata| {
            found.len() == meta.len()
                && (date.is_some() && date == found.modified().ok()
                    || same_files(&from, target).unwrap_or(false))
        };
        if !self.differs(path, same)? {
            return Ok(());
        }
        let mut reader = File::open(&from).map_err(unreadable)?;
        self.write(path, |mut file| {
            io::copy(&mut reader, &mut file)?;
            match date.filter(|date| SystemTime::now().duration_since(*date).is_ok_and(|age| age > RECENT)) {
                Some(date) => file.set_modified(date),
                None => Ok(()),
            }
        })
    }

    fn noted(&self, result: Result<()>) -> Result<()> {
        if result.is_err() {
            self.failed.store(true, Ordering::Relaxed);
        }
        result
    }

    /// Removes the staging folder, unless it holds moves to be completed.
    fn release(&mut self) {
        if let Some(place) = self.place.take()
            && !moves::pending(place.staging.folder())
        {
            place.staging.remove();
        }
    }
}

impl Sink for DiskSink {
    fn put(&self, path: &OutPath, bytes: &[u8]) -> Result<()> {
        self.noted(self.put_file(path, bytes))
    }

    fn copy(&self, path: &OutPath, source: &str) -> Result<()> {
        self.noted(self.copy_file(path, source))
    }
}

impl Drop for DiskSink {
    fn drop(&mut self) {
        self.release();
    }
}

/// Puts a whole new folder in place by one rename. `false` where the system cannot (the empty folder that stands
/// there is a mount, or has rights that a new one would not have): the moves then do it.
fn swap(staging: &Path, new: &Path, output: &Path) -> Result<bool> {
    if let Ok(old) = fs::symlink_metadata(output) {
        let rights_differ = fs::symlink_metadata(new).is_ok_and(|new| !same_rights(&old, &new));
        if rights_differ || cfg!(windows) && fs::remove_dir(output).is_err() {
            return Ok(false);
        }
    }
    moves::sync_all_of(staging).map_err(|e| cannot_write(output, e))?;
    if fs::rename(new, output).is_err() {
        return Ok(false);
    }
    // The site stands; that its name might not survive a power cut is no reason to fail.
    let _ = output.parent().map(moves::sync_folder);
    Ok(true)
}

#[cfg(unix)]
fn same_rights(a: &Metadata, b: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (a.mode(), a.uid(), a.gid()) == (b.mode(), b.uid(), b.gid())
}

#[cfg(not(unix))]
fn same_rights(a: &Metadata, b: &Metadata) -> bool {
    a.permissions() == b.permissions()
}

/// Every folder that holds a file, and those above it.
fn folders_of(paths: &BTreeSet<OutPath>) -> BTreeSet<String> {
    let mut folders = BTreeSet::new();
    for path in paths {
        let mut rest = path.as_str();
        while let Some((folder, _)) = rest.rsplit_once('/') {
            if !folders.insert(folder.to_string()) {
                break;
            }
            rest = folder;
        }
    }
    folders
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

fn cannot_write(path: &Path, e: io::Error) -> Error {
    let what = match e.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            say!(
                "le disque est plein ; l'ancien site est intact",
                "the disk is full; the old site is untouched"
            )
        }
        _ => say!(
            "ce fichier ne peut pas être écrit ; l'ancien site est intact",
            "this file cannot be written; the old site is untouched"
        ),
    };
    Error::io(path, what, e)
}

fn in_the_way(path: &Path) -> Error {
    Error::new(
        path,
        say!(
            "ce fichier n'a pas été fait par Greffe et serait remplacé ; déplacez-le, ou donnez un autre dossier avec \
             --output",
            "this file was not made by Greffe and would be replaced; move it away, or give another folder with --output"
        ),
    )
}
