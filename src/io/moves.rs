//! The brief end of a build into an existing folder: files that stand complete in the staging folder are renamed
//! over the old ones, and what the site no longer has is removed. A journal, written before the first move and
//! deleted after the last, makes it a thing that is either not begun or certain to be completed: a build that is
//! killed here is finished by the next command, with this same code.
//!
//! The journal lists removals only; the moves are whatever still stands in `new/`. Doing all of it twice does no
//! harm. Folders of the output that turn out to be symbolic links are never entered.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::manifest;
use crate::error::{Error, Result};
use crate::say;
use crate::sink::OutPath;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Folder of finished files, within the staging folder.
pub(super) const NEW: &str = "new";
/// Folder of what was replaced or removed, within the staging folder: to give back a file's place on the disk can
/// take a hundred times as long as a rename, and is done when the new site stands.
const OLD: &str = "old";
/// The journal, within the staging folder. While it exists the moves are to be completed.
const JOURNAL: &str = "journal";
const FIRST_LINE: &str = "greffe-journal 1";

/// What is to be removed from the output.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Removals {
    /// Files that stand where the new site has a folder, or the reverse: removed before anything moves.
    pub(super) first: Vec<OutPath>,
    /// All others: removed last, so that no page links to what is gone.
    pub(super) last: Vec<OutPath>,
}

/// Whether moves into an output were begun and not completed.
pub(super) fn pending(staging: &Path) -> bool {
    staging.join(JOURNAL).is_file()
}

/// Makes the decision durable: after this the new site will be there, come what may.
pub(super) fn decide(staging: &Path, removals: &Removals) -> Result<()> {
    let mut text = format!("{FIRST_LINE}\n");
    for (word, paths) in [("first", &removals.first), ("last", &removals.last)] {
        for path in paths {
            let _ = writeln!(text, "{word} {}", path.as_str());
        }
    }
    let draft = staging.join("journal.new");
    let written = fs::write(&draft, text)
        // Every staged file, and this one, must be on the disk before the name that says they are.
        .and_then(|()| sync_all_of(staging))
        .and_then(|()| File::open(&draft)?.sync_all())
        .and_then(|()| fs::rename(&draft, staging.join(JOURNAL)))
        .and_then(|()| sync_folder(staging));
    written.map_err(|e| {
        let what = say!(
            "le journal ne peut pas être écrit ; l'ancien site est intact",
            "the journal cannot be written; the old site is untouched"
        );
        Error::io(staging.join(JOURNAL), what, e)
    })
}

/// Carries out what the journal says, from wherever it was left, and deletes the journal.
pub(super) fn complete(staging: &Path, output: &Path) -> Result<()> {
    let unfinished = |path: &Path, e: io::Error| {
        let what = say!(
            "le nouveau site n'a pas pu être mis en place en entier ; relancez la commande pour l'achever",
            "the new site could not be put into place completely; run the command again to complete it"
        );
        Error::io(path, what, e)
    };
    // Without its folder there is nothing to complete: half a site is worse than none.
    if let Some(removals) = read(staging)?.filter(|_| output.is_dir()) {
        let mut folders = Folders::new(staging, output);
        for path in &removals.first {
            folders.remove(path).map_err(|e| unfinished(&output.join(path.as_str()), e))?;
        }
        for path in staged(staging).map_err(|e| unfinished(staging, e))? {
            folders.take(&path).map_err(|e| unfinished(&output.join(path.as_str()), e))?;
        }
        for path in &removals.last {
            folders.remove(path).map_err(|e| unfinished(&output.join(path.as_str()), e))?;
        }
        folders.remove_empty();
    }
    let journal = staging.join(JOURNAL);
    fs::remove_file(&journal).map_err(|e| unfinished(&journal, e))
}

fn read(staging: &Path) -> Result<Option<Removals>> {
    let path = staging.join(JOURNAL);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => {
            return Err(Error::io(
                path,
                say!("ce fichier ne peut pas être lu", "this file cannot be read"),
                e,
            ));
        }
    };
    parse(&text).map(Some).ok_or_else(|| {
        let what = say!(
            "ce journal n'est pas de cette version de greffe ; supprimez son dossier et reconstruisez le site",
            "this journal is not of this version of greffe; delete its folder and build again"
        );
        Error::new(&path, what)
    })
}

fn parse(text: &str) -> Option<Removals> {
    let mut removals = Removals::default();
    let mut lines = text.lines();
    (lines.next()? == FIRST_LINE).then_some(())?;
    for line in lines {
        let (word, path) = line.split_once(' ')?;
        match word {
            "first" => removals.first.push(OutPath::new(path)?),
            "last" => removals.last.push(OutPath::new(path)?),
            _ => return None,
        }
    }
    Some(removals)
}

/// What waits to be moved; the manifest after all others, because it vouches for them.
fn staged(staging: &Path) -> io::Result<Vec<OutPath>> {
    let new = staging.join(NEW);
    if !new.is_dir() {
        return Ok(Vec::new());
    }
    let mut paths = Vec::new();
    for entry in WalkDir::new(&new) {
        let entry = entry?;
        if !entry.file_type().is_dir() {
            let path = entry.path().strip_prefix(&new).ok().and_then(slashed);
            paths.push(path.ok_or(io::ErrorKind::InvalidFilename)?);
        }
    }
    paths.sort_by(|a, b| (a.as_str() == manifest::NAME, a).cmp(&(b.as_str() == manifest::NAME, b)));
    Ok(paths)
}

pub(super) fn slashed(path: &Path) -> Option<OutPath> {
    let parts: Option<Vec<&str>> = path.components().map(|part| part.as_os_str().to_str()).collect();
    OutPath::new(&parts?.join("/"))
}

/// Folders of the output: known to be real ones, or having lost a file.
struct Folders<'a> {
    staging: &'a Path,
    output: &'a Path,
    put_aside: u64,
    real: BTreeSet<PathBuf>,
    thinned: BTreeSet<PathBuf>,
}

impl<'a> Folders<'a> {
    fn new(staging: &'a Path, output: &'a Path) -> Self {
        // Best effort, as all that is done with it: without it files are replaced and removed at once.
        let _ = fs::create_dir(staging.join(OLD));
        Folders { staging, output, put_aside: 0, real: BTreeSet::new(), thinned: BTreeSet::new() }
    }

    /// Moves one staged file into place.
    fn take(&mut self, path: &OutPath) -> io::Result<()> {
        let target = self.output.join(path.as_str());
        self.make(Path::new(path.as_str()).parent().unwrap_or(Path::new("")))?;
        match fs::symlink_metadata(&target) {
            Ok(found) if found.is_dir() => remove_hollow(&target)?,
            // A second name keeps the old bytes alive while the first one passes to the new bytes.
            Ok(_) => drop(fs::hard_link(&target, self.aside())),
            Err(_) => {}
        }
        fs::rename(self.staging.join(NEW).join(path.as_str()), target)
    }

    /// A free name among what was put aside.
    fn aside(&mut self) -> PathBuf {
        self.put_aside += 1;
        self.staging.join(OLD).join(self.put_aside.to_string())
    }

    /// Removes one file of the old site, when it still is one and no link leads elsewhere on the way to it.
    fn remove(&mut self, path: &OutPath) -> io::Result<()> {
        let Some(folder) = Path::new(path.as_str()).parent() else { return Ok(()) };
        // Noted even when the file is gone: a run that was killed may have removed it, and not yet its folder.
        self.thinned.insert(folder.to_path_buf());
        let target = self.output.join(path.as_str());
        let is_file =
            self.is_real(folder) && fs::symlink_metadata(&target).is_ok_and(|found| !found.is_dir());
        if !is_file || fs::rename(&target, self.aside()).is_ok() {
            return Ok(());
        }
        fs::remove_file(&target)
    }

    /// Makes a folder and those above it, unless something else stands there.
    fn make(&mut self, folder: &Path) -> io::Result<()> {
        if folder.as_os_str().is_empty() || self.real.contains(folder) {
            return Ok(());
        }
        self.make(folder.parent().unwrap_or(Path::new("")))?;
        let path = self.output.join(folder);
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Err(io::ErrorKind::NotADirectory.into()),
            Err(_) => fs::create_dir(&path)?,
        }
        self.real.insert(folder.to_path_buf());
        Ok(())
    }

    fn is_real(&mut self, folder: &Path) -> bool {
        if folder.as_os_str().is_empty() || self.real.contains(folder) {
            return true;
        }
        let above = folder.parent().unwrap_or(Path::new(""));
        let real = self.is_real(above)
            && fs::symlink_metadata(self.output.join(folder)).is_ok_and(|found| found.is_dir());
        if real {
            self.real.insert(folder.to_path_buf());
        }
        real
    }

    /// Removes the folders that the removals have emptied, and those above them that this empties in turn.
    fn remove_empty(mut self) {
        self.real.clear();
        for folder in std::mem::take(&mut self.thinned).iter().rev() {
            for folder in folder.ancestors().take_while(|folder| !folder.as_os_str().is_empty()) {
                let path = self.output.join(folder);
                // A folder that still holds something refuses; that is the test.
                if path.symlink_metadata().is_ok() && (!self.is_real(folder) || fs::remove_dir(path).is_err())
                {
                    break;
                }
                self.real.remove(folder);
            }
        }
    }
}

/// Removes a folder that holds only folders.
fn remove_hollow(folder: &Path) -> io::Result<()> {
    for entry in WalkDir::new(folder).contents_first(true) {
        fs::remove_dir(entry?.path())?;
    }
    Ok(())
}

/// Puts everything that was written under a folder on the disk, in one call: a call for each file would take
/// longer than the build. It also waits for what other programs wrote to the same file system.
#[cfg(target_os = "linux")]
pub(super) fn sync_all_of(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

/// Elsewhere there is no such call. What is promised there is about crashes and kills, not about power cuts.
#[cfg(not(target_os = "linux"))]
pub(super) fn sync_all_of(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Makes the names in a folder durable.
#[cfg(unix)]
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Folders cannot be opened as files elsewhere.
#[cfg(not(unix))]
pub(super) fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}
