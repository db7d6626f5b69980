//! Writing what an import made, once more: what the last import wrote is remembered in `private/<slug>.imported`, and what
//! people edited since is left alone. What becomes of each record is decided in [`crate::import::again`]; here files are
//! read and written, each whole. What may have been written is remembered before the first file and what was, after the
//! last: an import that is killed knows its own files when it is run again.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::{ignore_private, key};
use crate::error::{Error, Result};
use crate::import::again::{Case, Digests, Fate, Found, Marks, Memory, Merged, Row, Written, merge, settled};
use crate::io::create::CreateSink;
use crate::io::edits;
use crate::model::id::Id;
use crate::say;
use crate::sink::{OutPath, Sink};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

/// Who writes, and how.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// The importer's name: each remembers what it wrote itself.
    pub importer: &'a str,
    /// See [`Importer::is_whole`](crate::import::Importer::is_whole).
    pub is_whole: bool,
    /// What people wrote where both changed is the answer to this export: see [`merge`].
    pub settles: bool,
}

/// Writes what an importer made into the content, with what it wrote before in mind.
pub fn again(root: &Path, slug: &Id, by: By<'_>, files: &BTreeMap<OutPath, Vec<u8>>) -> Result<Written> {
    let By { importer, is_whole, settles } = by;
    ignore_private(root)?;
    // What a moderator decided and a kill interrupted comes first.
    edits::recover(root)?;
    let key = key::present(root, slug)?;
    let digests = Digests { key: key.as_ref() };
    let mut sink = CreateSink::create(root)?;
    let kept = Kept::read(root, slug)?;
    let last = kept.memory.0.get(importer).cloned().unwrap_or_default();
    begun_anew(root, slug, &kept, &last)?;
    frozen(root, slug)?;
    let files = &*settled(files, &last);
    let own = |path: &str| {
        path.strip_prefix("content/")
            .and_then(|path| path.strip_prefix(slug.as_str()))
            .is_some_and(|path| ["/consultation.yaml", "/index.md"].contains(&path))
    };
    // An export that shares nothing with the last but the consultation's own page is another one, of other votes or
    // texts: what that one wrote is not gone, and the page is not for this one to renew.
    let is_akin = files.keys().any(|path| last.contains_key(path.as_str()) && !own(path.as_str()));
    let known = last.keys().filter(|_| is_akin && is_whole).filter_map(|path| OutPath::new(path));
    let known = known.filter(|path| path.as_str().starts_with("content/"));
    let paths: BTreeSet<OutPath> = files.keys().cloned().chain(known).collect();
    let one = |path: &OutPath| -> Result<(OutPath, Merged, bool)> {
        let disk = read(root, path);
        let found = match &disk {
            Ok(None) => Found::Nothing,
            Ok(Some(bytes)) => Found::File(bytes),
            Err(_) => Found::InTheWay,
        };
        let before = last.get(path.as_str()).filter(|_| is_akin || !own(path.as_str()));
        let case = Case { new: files.get(path).map(Vec::as_slice), disk: found, last: before };
        let merged = merge(case, &digests, settles);
        match (&merged.write, &disk) {
            (Some(bytes), Ok(Some(before))) => sink.replace(path, before, bytes)?,
            (Some(bytes), Ok(None) | Err(_)) => sink.put(path, bytes)?,
            (None, _) => {}
        }
        Ok((path.clone(), Merged { write: None, ..merged }, !matches!(disk, Ok(None))))
    };
    let merged: Vec<(OutPath, Merged, bool)> = paths.par_iter().map(one).collect::<Result<_>>()?;
    let stood = last.is_empty() && merged.iter().any(|(_, _, stood)| *stood);

    kept.write(&sink, importer, marks(&last, &merged, |merged| &merged.during))?;
    let placed = sink.place()?;
    // Somebody wrote there at the last moment: their file stands, and what is remembered is what was.
    let missed: BTreeSet<&OutPath> = placed.conflicts.iter().collect();
    let mut after = marks(&last, &merged, |merged| &merged.after);
    for path in &missed {
        after.remove(path.as_str());
        after.extend(last.get(path.as_str()).map(|marks| (path.as_str().into(), marks.clone())));
    }
    kept.write(&sink, importer, after)?;
    let rows = merged.into_iter().flat_map(|(path, merged, _)| {
        let missed = missed.contains(&path);
        let fate = move |fate| match fate {
            Fate::New | Fate::Updated if missed => Fate::Conflict,
            Fate::New
            | Fate::Updated
            | Fate::Same
            | Fate::Edited
            | Fate::Conflict
            | Fate::Gone
            | Fate::Removed => fate,
        };
        let row = move |(found, id)| Row { fate: fate(found), path: path.as_str().into(), id };
        merged.rows.into_iter().map(row).collect::<Vec<_>>()
    });
    let (files_new, files_updated) = (placed.created.len(), placed.updated.len());
    let written = Written::of(rows.collect());
    let unremembered = stood && written.count(Fate::Conflict) + written.count(Fate::Removed) > 0;
    Ok(Written { files_new, files_updated, unremembered, settled: settles, ..written })
}

/// What is to be remembered of all files, those that this export does not know included.
fn marks(
    last: &BTreeMap<Box<str>, Marks>,
    merged: &[(OutPath, Merged, bool)],
    which: fn(&Merged) -> &Marks,
) -> BTreeMap<Box<str>, Marks> {
    let mut all = last.clone();
    for (path, merged, _) in merged.iter().filter(|(_, merged, _)| !which(merged).is_empty()) {
        all.insert(path.as_str().into(), which(merged).clone());
    }
    all
}

/// Content that was removed whole is not brought back without being asked: some of it may have been erased.
fn begun_anew(root: &Path, slug: &Id, kept: &Kept, last: &BTreeMap<Box<str>, Marks>) -> Result<()> {
    if last.is_empty() || root.join("content").join(slug.as_str()).exists() {
        return Ok(());
    }
    Err(Error::new(
        root.join(kept.path.as_str()),
        say!(
            "un import a déjà rempli content/{slug}, qui n’est plus là : remettez-le. Pour recommencer à neuf, retirez ce fichier ; ce qui a été effacé depuis reviendrait",
            "an import filled content/{slug} before, and it is no longer there: put it back. To begin anew, remove this file; what was erased since would come back"
        ),
    ))
}

/// What was frozen changes no more.
fn frozen(root: &Path, slug: &Id) -> Result<()> {
    let record = root.join("content").join(slug.as_str()).join("frozen.yaml");
    match fs::symlink_metadata(&record) {
        Err(_) => Ok(()),
        Ok(_) => Err(Error::new(
            record,
            say!(
                "cette consultation est gelée : rien n’y est importé",
                "this consultation is frozen: nothing is imported into it"
            ),
        )),
    }
}

/// A file of the content; an error for whatever is no file, or stands behind a link.
fn read(root: &Path, path: &OutPath) -> io::Result<Option<Vec<u8>>> {
    let whole = path.as_str();
    for (end, _) in whole.match_indices('/') {
        match fs::symlink_metadata(root.join(&whole[..end])) {
            Ok(found) if found.is_dir() => {}
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Ok(_) | Err(_) => return Err(io::ErrorKind::NotADirectory.into()),
        }
    }
    match fs::symlink_metadata(root.join(whole)) {
        Ok(found) if found.is_file() => fs::read(root.join(whole)).map(Some),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Ok(_) => Err(io::ErrorKind::InvalidInput.into()),
        Err(e) => Err(e),
    }
}

/// What is remembered, and where.
struct Kept {
    path: OutPath,
    memory: Memory,
}

impl Kept {
    fn read(root: &Path, slug: &Id) -> Result<Self> {
        let unreadable = || {
            say!(
                "ce qu’un import a retenu ne peut pas être lu : reprenez-en une copie, ou retirez ce fichier ; ce qui est dans le contenu sera alors tenu pour l’ouvrage de personnes",
                "what an import remembered cannot be read: restore a copy of it, or remove this file; what is in the content will then be held to be people’s work"
            )
        };
        let name = format!("private/{slug}.imported");
        let path = OutPath::new(&name).ok_or_else(|| Error::new(&name, unreadable()))?;
        let place = root.join(path.as_str());
        let memory = match fs::read_to_string(&place) {
            Ok(text) => Memory::read(&text).ok_or_else(|| Error::new(&place, unreadable()))?,
            Err(e) if e.kind() == io::ErrorKind::NotFound => Memory::default(),
            Err(e) => return Err(Error::io(&place, unreadable(), e)),
        };
        Ok(Kept { path, memory })
    }

    fn write(&self, sink: &CreateSink, importer: &str, files: BTreeMap<Box<str>, Marks>) -> Result<()> {
        let mut memory = self.memory.clone();
        memory.0.insert(importer.into(), files);
        sink.renew(&self.path, memory.text().as_bytes())
    }
}
