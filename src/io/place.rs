//! Where a build may go: which folder is meant, whether Greffe may write there without anyone losing a file, and
//! which folder on the same file system can hold the new files until they are complete.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::claim::Claim;
use super::{manifest, moves};
use crate::error::{Error, Result};
use crate::say;
use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};

/// Prefix of every working name.
const STAGING: &str = ".greffe-staging";

/// Folders of a site that hold what people wrote: nothing is ever built into them.
const WRITTEN: [&str; 5] = ["content", "themes", "inbox", "private", ".git"];

/// An output folder that is ours for the time of a build.
#[derive(Debug)]
pub(super) struct Place {
    /// The folder itself, links resolved. It may not exist.
    pub(super) output: PathBuf,
    /// The working folder, locked.
    pub(super) staging: Claim,
}

impl Place {
    /// Finds and locks a place. Completes first what a killed build left to be done.
    pub(super) fn take(root: &Path, output: &Path) -> Result<Self> {
        let output = resolve(output)?;
        refuse_written(root, &output)?;
        let [beside, inside] = candidates(&output);
        let chosen = [&inside, &beside].into_iter().find(|folder| moves::pending(folder));
        let staging = match chosen {
            Some(folder) => Claim::take(folder, &output)?,
            None => stage(&output, beside, inside)?,
        };
        if moves::pending(staging.folder()) {
            moves::complete(staging.folder(), &output)?;
        }
        Ok(Place { output, staging })
    }

    /// Whether there is nothing yet where the site goes.
    pub(super) fn is_new(&self) -> Result<bool> {
        Ok(entries(&self.output)?.is_none_or(|names| names.is_empty()))
    }

    /// Refuses a folder that holds someone's files: one without manifest and with anything else than hidden files
    /// (`.git` and `.nojekyll` of a branch that a forge publishes).
    pub(super) fn refuse_foreign(&self) -> Result<()> {
        let names = entries(&self.output)?.unwrap_or_default();
        if names.iter().all(|name| name.starts_with('.')) {
            return Ok(());
        }
        let (first, count) =
            (names.iter().find(|name| !name.starts_with('.')).cloned().unwrap_or_default(), names.len());
        Err(Error::new(
            &self.output,
            say!(
                "ce dossier contient déjà {count} fichiers ou dossiers (dont « {first} ») que Greffe n'a pas faits ; \
                 donnez un autre dossier avec --output, ou videz celui-ci",
                "this folder already holds {count} files or folders (such as “{first}”) that Greffe did not make; \
                 give another one with --output, or empty this one"
            ),
        ))
    }
}

/// Completes the moves of a killed build, when there are any; for commands that only read a folder.
pub(super) fn recover(output: &Path) -> Result<bool> {
    let output = resolve(output)?;
    let Some(folder) = candidates(&output).into_iter().find(|folder| moves::pending(folder)) else {
        return Ok(false);
    };
    let claim = Claim::take(&folder, &output)?;
    let pending = moves::pending(&folder);
    if pending {
        moves::complete(&folder, &output)?;
    }
    claim.remove();
    Ok(pending)
}

/// The names in a folder, our working folder left out; `None` when it does not exist.
fn entries(folder: &Path) -> Result<Option<Vec<String>>> {
    let unreadable =
        |e| Error::io(folder, say!("ce dossier ne peut pas être lu", "this folder cannot be read"), e);
    match fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(unreadable(e)),
        Ok(entries) => {
            let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
            let mut names: Vec<String> = names.collect::<io::Result<_>>().map_err(unreadable)?;
            names.retain(|name| name != STAGING);
            names.sort();
            Ok(Some(names))
        }
    }
}

/// The folder that a path means: links are followed, for `--output` may well name one; `..` as well.
fn resolve(output: &Path) -> Result<PathBuf> {
    let unusable = |e| {
        Error::io(
            output,
            say!("ce dossier de sortie est inutilisable", "this output folder cannot be used"),
            e,
        )
    };
    let absolute = std::path::absolute(output).map_err(unusable)?;
    let mut rest = Vec::new();
    let mut known = absolute.as_path();
    let found = loop {
        match fs::symlink_metadata(known) {
            Ok(_) => break fs::canonicalize(known).map_err(unusable)?,
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(e) => return Err(unusable(e)),
        }
        match (known.components().next_back(), known.parent()) {
            (Some(Component::Normal(name)), Some(above)) => {
                rest.push(name);
                known = above;
            }
            _ => return Err(unusable(io::ErrorKind::NotFound.into())),
        }
    };
    if !found.is_dir() {
        return Err(Error::new(
            output,
            say!("c'est un fichier, il faut un dossier", "this is a file, a folder is needed"),
        ));
    }
    Ok(rest.iter().rev().fold(found, |path, name| path.join(name)))
}

/// Refuses an output that would cover the site's own files.
fn refuse_written(root: &Path, output: &Path) -> Result<()> {
    // A site that lives in memory (a test, an archive) has no folder to protect.
    let Ok(root) = fs::canonicalize(root) else { return Ok(()) };
    let covered = if root.starts_with(output) {
        Some(root)
    } else {
        WRITTEN.iter().map(|name| root.join(name)).find(|folder| output.starts_with(folder))
    };
    match covered {
        None => Ok(()),
        Some(folder) => {
            let folder = folder.display();
            Err(Error::new(
                output,
                say!(
                    "le site ne peut pas être construit ici : « {folder} » contient ses sources ; donnez un autre \
                     dossier avec --output",
                    "the site cannot be built here: “{folder}” holds its sources; give another folder with --output"
                ),
            ))
        }
    }
}

/// The two places for a working folder: beside the output, or inside it when it is a mount of its own (a volume
/// of a container) or when only the output itself may be written to.
fn candidates(output: &Path) -> [PathBuf; 2] {
    let name = output.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let beside = output.parent().unwrap_or(output).join(format!("{STAGING}-{name}"));
    [beside, output.join(STAGING)]
}

fn stage(output: &Path, beside: PathBuf, inside: PathBuf) -> Result<Claim> {
    if !output.is_dir() {
        return Claim::take(&beside, output);
    }
    match Claim::take(&beside, output) {
        Ok(claim) if can_move(&claim, output) => Ok(claim),
        Ok(claim) => {
            claim.remove();
            Claim::take(&inside, output)
        }
        // Without a system error behind it, it is another build that holds the folder.
        Err(e) if e.source.is_none() => Err(e),
        Err(_) => Claim::take(&inside, output),
    }
}

/// Tries it, for no other question to the system has a sure answer (mounts of the same disk, quotas, links). Where a
/// site stands, its manifest takes its own place: a kill in between leaves nothing there that was not there before.
fn can_move(staging: &Claim, output: &Path) -> bool {
    let manifest = output.join(manifest::NAME);
    if let Some(found) = fs::symlink_metadata(&manifest).ok().filter(fs::Metadata::is_file) {
        let copy = staging.folder().join("probe");
        // The same bytes, rights and date: who compares folders by date sees no change.
        let prepare = || {
            fs::copy(&manifest, &copy)?;
            let file = File::options().append(true).open(&copy)?;
            file.set_modified(found.modified()?)?;
            file.sync_all()
        };
        let moved = prepare().and_then(|()| fs::rename(&copy, &manifest));
        if moved.is_err() {
            let _ = fs::remove_file(&copy);
        }
        return moved.is_ok();
    }
    let (from, to) = (staging.folder().join("probe"), output.join(".greffe-probe"));
    let moved = File::create(&from).and_then(|_| fs::rename(&from, &to)).is_ok();
    let _ = fs::remove_file(if moved { to } else { from });
    moved
}

/// Whether a folder was made by Greffe.
pub fn is_output(folder: &Path) -> bool {
    folder.join(manifest::NAME).is_file()
}
