//! [`apply`]: the edits of a decision → the site's folder, all of them or none. Each file must hold what the decision
//! expected. New texts are written aside first; then a journal makes the decision certain; then files are renamed into
//! place and the old ones removed. Killed before the journal, nothing has changed; killed after it, the next command of
//! moderation completes the rest ([`recover`]): no moment leaves a contribution in no file. Links are never followed.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::claim::Claim;
use super::load;
use super::moves::{sync_all_of, sync_folder};
use crate::error::{Error, Result};
use crate::moderation::Edit;
use crate::say;
use crate::sink::OutPath;
use crate::source::Sources;
use serde_json::{Value, json};
use std::fs::{self, DirBuilder, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The working folder: in `private/`, because what waits there may be private.
const WORK: &str = "private/.moderation";
const JOURNAL: &str = "journal";
const MARK: char = '\u{feff}';

/// Carries edits out. `more` is given the edits as they are carried out, to the byte, and what is kept in `private/` at
/// that moment; it gives further ones, such as the record that undoes them.
pub fn apply(root: &Path, edits: &[Edit], more: impl FnOnce(&[Edit], &Sources) -> Vec<Edit>) -> Result<()> {
    let work = root.join(WORK);
    private_folder(root, Path::new("private")).map_err(|e| cannot(&work, e))?;
    let claim = Claim::take(&work, root)?;
    complete(root, &work)?;
    let new = work.join("new");
    claim.clear().and_then(|()| fs::create_dir(&new)).map_err(|e| cannot(&work, e))?;
    let mut edits = edits.iter().map(|edit| exact(root, edit)).collect::<Result<Vec<_>>>()?;
    for edit in more(&edits, &load::kept(root)) {
        edits.push(exact(root, &edit)?);
    }
    let mut journal = Vec::new();
    for (number, edit) in edits.iter().enumerate() {
        journal
            .push(stage(root, &new, number, edit).map_err(|e| cannot(&root.join(edit.path().as_str()), e))?);
    }
    decide(&work, &json!({"greffe": "moderation/1", "steps": journal}).to_string())
        .map_err(|e| cannot(&work, e))?;
    complete(root, &work)?;
    claim.remove();
    Ok(())
}

/// Completes what a command that was killed had decided; says whether there was something.
pub fn recover(root: &Path) -> Result<bool> {
    let work = root.join(WORK);
    if fs::symlink_metadata(work.join(JOURNAL)).is_err() {
        return Ok(false);
    }
    let claim = Claim::take(&work, root)?;
    let was = work.join(JOURNAL).is_file();
    complete(root, &work)?;
    claim.remove();
    Ok(was)
}

/// The same edit with the bytes that the file has, after making sure that it holds what is expected. A mark of the
/// byte order, which reading takes away, stays where it was.
fn exact(root: &Path, edit: &Edit) -> Result<Edit> {
    let path = root.join(edit.path().as_str());
    let changed = |path: &Path| {
        Error::new(
            path,
            say!(
                "ce fichier n’est plus ce qu’il était quand la décision a été prise ; rien n’a été changé : recommencez",
                "this file is no longer what it was when this was decided; nothing was changed: begin again"
            ),
        )
    };
    real_folders(root, edit.path()).map_err(|e| cannot(&path, e))?;
    let is_free =
        |path: &Path| fs::symlink_metadata(path).is_err_and(|e| e.kind() == io::ErrorKind::NotFound);
    match edit {
        Edit::Write { before: None, .. } if is_free(&path) => Ok(edit.clone()),
        Edit::Write { before: None, .. } => Err(changed(&path)),
        Edit::Write { path: name, before: Some(expected), after } => {
            let before = read_regular(&path).ok_or_else(|| changed(&path))?;
            (bare(&before) == bare(expected)).then_some(()).ok_or_else(|| changed(&path))?;
            let marked = before.starts_with(MARK) && !after.starts_with(MARK);
            let after = if marked { format!("{MARK}{after}") } else { after.clone() };
            Ok(Edit::Write { path: name.clone(), before: Some(before), after })
        }
        Edit::Remove { path: name, before: expected } => {
            let before = read_regular(&path).ok_or_else(|| changed(&path))?;
            (bare(&before) == bare(expected)).then_some(()).ok_or_else(|| changed(&path))?;
            Ok(Edit::Remove { path: name.clone(), before })
        }
        Edit::Move { to, .. } => {
            real_folders(root, to).map_err(|e| cannot(&path, e))?;
            let target = root.join(to.as_str());
            let is_file = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file());
            (is_file && is_free(&target)).then(|| edit.clone()).ok_or_else(|| changed(&path))
        }
        Edit::Discard { .. } => Ok(edit.clone()),
    }
}

fn bare(text: &str) -> &str {
    text.strip_prefix(MARK).unwrap_or(text)
}

fn read_regular(path: &Path) -> Option<String> {
    fs::symlink_metadata(path).ok().filter(|found| found.is_file())?;
    fs::read_to_string(path).ok()
}

/// Writes aside what an edit brings, and gives its line of the journal.
fn stage(root: &Path, new: &Path, number: usize, edit: &Edit) -> io::Result<Value> {
    Ok(match edit {
        Edit::Write { path, before, after } => {
            let staged = new.join(number.to_string());
            let mut options = File::options();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(
                &mut options,
                if is_private(path) { 0o600 } else { 0o666 },
            );
            let mut file = options.open(&staged)?;
            file.write_all(after.as_bytes())?;
            if before.is_some() {
                // Rights that somebody gave a file stay with its name.
                let rights = fs::metadata(root.join(path.as_str()))?.permissions();
                fs::set_permissions(&staged, rights)?;
            }
            json!({"put": number, "path": path.as_str()})
        }
        Edit::Remove { path, .. } | Edit::Discard { path } => json!({"remove": path.as_str()}),
        Edit::Move { from, to } => json!({"from": from.as_str(), "to": to.as_str()}),
    })
}

/// From here on it will be done, come what may.
fn decide(work: &Path, journal: &str) -> io::Result<()> {
    let draft = work.join("journal.new");
    fs::write(&draft, journal)?;
    sync_all_of(work)?;
    File::open(&draft)?.sync_all()?;
    fs::rename(&draft, work.join(JOURNAL))?;
    sync_folder(work)
}

/// Carries out what the journal says, from wherever it was left: first what is put, then what is removed.
fn complete(root: &Path, work: &Path) -> Result<()> {
    let path = work.join(JOURNAL);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(cannot(&path, e)),
    };
    let steps = read_journal(&text).ok_or_else(|| {
        Error::new(
            &path,
            say!(
                "ce journal n’est pas de cette version de greffe ; mettez son dossier de côté et regardez ce qu’il contient",
                "this journal is not of this version of greffe; put its folder aside and look at what is in it"
            ),
        )
    })?;
    let unfinished = |path: &OutPath, e: io::Error| {
        Error::io(
            root.join(path.as_str()),
            say!(
                "la décision n’a pas pu être achevée ; rien n’est perdu : relancez la commande pour l’achever",
                "the decision could not be completed; nothing is lost: run the command again to complete it"
            ),
            e,
        )
    };
    for step in &steps {
        match step {
            Step::Put { number, path } => put(root, &work.join("new").join(number.to_string()), path),
            Step::Move { from, to } => move_file(root, from, to),
            Step::Remove(_) => Ok(()),
        }
        .map_err(|e| unfinished(step.path(), e))?;
    }
    for step in &steps {
        if let Step::Remove(path) = step {
            remove(root, path).map_err(|e| unfinished(path, e))?;
        }
    }
    fs::remove_file(&path).map_err(|e| cannot(&path, e))
}

enum Step {
    Put { number: u64, path: OutPath },
    Move { from: OutPath, to: OutPath },
    Remove(OutPath),
}

impl Step {
    fn path(&self) -> &OutPath {
        match self {
            Step::Put { path, .. } | Step::Remove(path) => path,
            Step::Move { to, .. } => to,
        }
    }
}

fn read_journal(text: &str) -> Option<Vec<Step>> {
    let value: Value = serde_json::from_str(text).ok()?;
    (value.get("greffe")?.as_str()? == "moderation/1").then_some(())?;
    let step = |step: &Value| {
        let path = |key: &str| OutPath::new(step.get(key)?.as_str()?);
        if let Some(path) = path("remove") {
            return Some(Step::Remove(path));
        }
        match step.get("put").and_then(Value::as_u64) {
            Some(number) => Some(Step::Put { number, path: path("path")? }),
            None => Some(Step::Move { from: path("from")?, to: path("to")? }),
        }
    };
    value.get("steps")?.as_array()?.iter().map(step).collect()
}

fn put(root: &Path, staged: &Path, path: &OutPath) -> io::Result<()> {
    if fs::symlink_metadata(staged).is_err() {
        // It was done before the kill.
        return Ok(());
    }
    make_folders(root, path)?;
    fs::rename(staged, root.join(path.as_str()))
}

fn move_file(root: &Path, from: &OutPath, to: &OutPath) -> io::Result<()> {
    let (source, target) = (root.join(from.as_str()), root.join(to.as_str()));
    if fs::symlink_metadata(&source).is_err() {
        return Ok(());
    }
    make_folders(root, to)?;
    fs::rename(&source, &target)?;
    hollow(root, from);
    Ok(())
}

fn remove(root: &Path, path: &OutPath) -> io::Result<()> {
    real_folders(root, path)?;
    match fs::remove_file(root.join(path.as_str())) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => {
            hollow(root, path);
            removed
        }
    }
}

/// Removes the folders of `inbox/` and `private/` that a removal left empty; those of the content are somebody's.
fn hollow(root: &Path, path: &OutPath) {
    let ours = |folder: &Path| folder.components().count() > 1 && !folder.starts_with("content");
    for folder in Path::new(path.as_str()).ancestors().skip(1).take_while(|folder| ours(folder)) {
        if fs::remove_dir(root.join(folder)).is_err() {
            return;
        }
    }
}

/// Whether every folder above a path that exists is a folder, and no link.
fn real_folders(root: &Path, path: &OutPath) -> io::Result<()> {
    for folder in folders(path) {
        match fs::symlink_metadata(root.join(folder)) {
            Ok(found) if found.is_dir() => {}
            Ok(_) => return Err(io::ErrorKind::NotADirectory.into()),
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(e) => return Err(e),
        }
    }
    Ok(())
}

fn make_folders(root: &Path, path: &OutPath) -> io::Result<()> {
    real_folders(root, path)?;
    let Some(folder) = Path::new(path.as_str()).parent() else { return Ok(()) };
    if is_private(path) { private_folder(root, folder) } else { fs::create_dir_all(root.join(folder)) }
}

/// A folder for its owner alone.
pub(super) fn private_folder(root: &Path, folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(root.join(folder))
}

fn is_private(path: &OutPath) -> bool {
    path.as_str().starts_with("private/")
}

/// The folders above a path, the outermost first.
fn folders(path: &OutPath) -> impl Iterator<Item = PathBuf> {
    path.as_str().match_indices('/').map(|(end, _)| PathBuf::from(&path.as_str()[..end]))
}

fn cannot(path: &Path, e: io::Error) -> Error {
    Error::io(
        path,
        say!(
            "ce fichier ne peut pas être changé ; rien d’autre ne l’a été",
            "this file cannot be changed; nothing else was"
        ),
        e,
    )
}
