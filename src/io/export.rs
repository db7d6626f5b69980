//! The disk's side of an import: an export's folder is read and hashed on receipt, the key of the pseudonyms is
//! read or made in `private/`, git is told to ignore what must stay private, and content files are created but
//! never overwritten. What a file means is decided in `import`.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::create::CreateSink;
use crate::error::{Error, Result};
use crate::import::git::{Existing, address};
use crate::import::pseudonym::Key;
use crate::import::{Input, InputFile};
use crate::model::id::Id;
use crate::model::when::Date;
use crate::say;
use crate::sink::{OutPath, Sink};
use crate::yaml::read::Localised;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Largest file of an export that is read.
const LIMIT: u64 = 512 * 1024 * 1024;

/// Reads a file, or every file under a folder whose name ends with one of these words.
pub fn read_files(path: &Path, endings: &[&str]) -> Result<Input> {
    if !path.is_file() {
        return read_folder(path, endings);
    }
    let folder = path.parent().unwrap_or(path);
    Ok(Input { files: vec![read_file(folder, path)] })
}

/// Reads every file under a folder whose name ends with one of these words. One that cannot be read is an [`InputFile`]
/// that says so.
pub fn read_folder(dir: &Path, endings: &[&str]) -> Result<Input> {
    if !dir.is_dir() {
        return Err(Error::new(dir, say!("ce n’est pas un dossier", "this is not a folder")));
    }
    let wanted = |path: &Path| {
        path.extension().is_some_and(|e| endings.iter().any(|ending| e.eq_ignore_ascii_case(ending)))
    };
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(dir).follow_links(false).sort_by_file_name() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().map(|p| relative(dir, p)).unwrap_or_default();
                files.push(InputFile { path, sha256: "".into(), contents: Err(error.to_string().into()) });
                continue;
            }
        };
        if entry.file_type().is_file() && wanted(entry.path()) {
            files.push(read_file(dir, entry.path()));
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Input { files })
}

fn read_file(dir: &Path, path: &Path) -> InputFile {
    let size = fs::metadata(path).map_or(0, |m| m.len());
    let contents = if size > LIMIT {
        Err(format!("{size} > {LIMIT}").into())
    } else {
        fs::read(path).map_err(|e| e.to_string().into())
    };
    let sha256 = contents.as_ref().map(|b| hex(&Sha256::digest(b))).unwrap_or_default();
    InputFile { path: relative(dir, path), sha256, contents }
}

fn hex(bytes: &[u8]) -> Box<str> {
    crate::import::pseudonym::hex(bytes).into()
}

fn relative(dir: &Path, path: &Path) -> Box<str> {
    let parts = path.strip_prefix(dir).unwrap_or(path).components();
    parts.map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/").into()
}

/// The lines of a file of names, without comments (`#`) and blank lines.
pub fn read_names(path: &Path) -> Result<BTreeSet<Box<str>>> {
    let text = fs::read_to_string(path).map_err(|e| {
        Error::io(path, say!("la liste des noms ne peut pas être lue", "the list of names cannot be read"), e)
    })?;
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    Ok(lines.filter(|l| !l.is_empty() && !l.starts_with('#')).map(Into::into).collect())
}

/// A key and the day it was made.
#[derive(Debug)]
pub struct Kept {
    /// The key.
    pub key: Key,
    /// The day of the first import.
    pub made: Date,
    /// Made now.
    pub new: bool,
    /// Where it stands.
    pub path: PathBuf,
}

/// The key of a consultation. It is made when there is neither key nor content yet, or when `new_key` asks for it;
/// content without its key is an error, because every author would become somebody else.
pub fn key(root: &Path, slug: &Id, new_key: bool) -> Result<Kept> {
    let path = root.join("private").join(format!("{slug}.key"));
    match fs::read_to_string(&path) {
        Ok(_) if new_key => Err(Error::new(
            &path,
            say!(
                "une clé existe déjà ; pour en changer, mettez-la de côté d’abord, ainsi que content/{slug}",
                "a key exists already; to change it, first put it aside, and content/{slug} too"
            ),
        )),
        Ok(text) => {
            let (key, made) = parse_key(&text).ok_or_else(|| {
                Error::new(
                    &path,
                    say!(
                        "cette clé est abîmée : reprenez-en une copie",
                        "this key is damaged: restore a copy of it"
                    ),
                )
            })?;
            Ok(Kept { key, made, new: false, path })
        }
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Error::io(&path, say!("la clé ne peut pas être lue", "the key cannot be read"), error))
        }
        Err(_) if root.join("content").join(slug.as_str()).exists() && !new_key => Err(Error::new(
            &path,
            say!(
                "la clé des pseudonymes manque alors que content/{slug} existe : remettez-la à cette place. Avec --new-key une autre est faite, et tous les pseudonymes changent : retirez d’abord content/{slug}",
                "the key of the pseudonyms is missing although content/{slug} exists: put it back in this place. With --new-key another is made, and all pseudonyms change: first remove content/{slug}"
            ),
        )),
        Err(_) => make_key(path, slug),
    }
}

fn make_key(path: PathBuf, slug: &Id) -> Result<Kept> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|e| {
        Error::new(
            &path,
            say!("le système ne donne pas de hasard ({e})", "the system gives no randomness ({e})"),
        )
    })?;
    let made = Date(jiff::Zoned::now().date());
    let text = format!(
        "# Greffe : clé des pseudonymes de « {slug} ». Secrète : qui l’a peut relier un pseudonyme à un compte.\n\
         # Gardez-en une copie hors de ce dépôt : sans elle, un nouvel import donnerait d’autres pseudonymes.\n\
         made: {made}\nkey: {}\n",
        hex(&bytes)
    );
    let write = || -> std::io::Result<()> {
        if let Some(parent) = path.parent() {
            let mut folder = fs::DirBuilder::new();
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
            folder.recursive(true).create(parent)?;
        }
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    write().map_err(|e| {
        Error::io(&path, say!("la clé ne peut pas être écrite", "the key cannot be written"), e)
    })?;
    Ok(Kept { key: Key(bytes), made, new: true, path })
}

fn parse_key(text: &str) -> Option<(Key, Date)> {
    let value = |name: &str| text.lines().find_map(|l| l.strip_prefix(name)).map(str::trim);
    let digits = value("key:").filter(|d| d.len() == 64 && d.is_ascii())?;
    let mut bytes = [0; 32];
    for (i, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(2 * i..2 * i + 2)?, 16).ok()?;
    }
    Some((Key(bytes), Date::parse(value("made:")?)?))
}

/// Adds `inbox/` and `private/` to the root's `.gitignore` when they are not there; says whether it did.
pub fn ignore_private(root: &Path) -> Result<bool> {
    let path = root.join(".gitignore");
    let fail = |e| {
        Error::io(
            &path,
            say!("le fichier ne peut pas être tenu à jour", "the file cannot be kept up to date"),
            e,
        )
    };
    let mut text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(e) => return Err(fail(e)),
    };
    let has = |line: &str| text.lines().any(|l| l.trim().trim_start_matches('/') == line);
    let missing: Vec<&str> = ["inbox/", "private/"].into_iter().filter(|l| !has(l)).collect();
    if missing.is_empty() {
        return Ok(false);
    }
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    for line in missing {
        text.push_str(line);
        text.push('\n');
    }
    fs::create_dir_all(root).and_then(|()| fs::write(&path, text)).map_err(fail)?;
    Ok(true)
}

/// What a site holds of a consultation already, for an import that adds to it. Content at fault is read as far as it
/// can be: `check` is there to tell its authors.
pub fn existing(root: &Path, slug: &Id) -> Result<Existing> {
    let folder = format!("content/{slug}");
    if !root.join(&folder).is_dir() {
        return Ok(Existing::default());
    }
    let draft = crate::parse::parse(&super::load::load(root)?);
    let consultation = root.join(&folder).join("consultation.yaml").is_file();
    let mut existing = Existing { consultation, ..Existing::default() };
    let Some(found) = draft.consultations.iter().find(|c| *c.folder == *folder) else { return Ok(existing) };
    let record = found.consultation.as_ref().map(|c| &c.record);
    existing.title = record.and_then(|r| match &r.title.value {
        Localised::One(title) => Some(title.clone()),
        Localised::Many(titles) => titles.values().next().cloned(),
    });
    existing.texts = found.texts.iter().filter_map(|t| Some(t.text.as_ref()?.id.value.clone())).collect();
    for contribution in &found.contributions {
        let record = &contribution.record;
        let url = record.imported.as_ref().and_then(|i| i.value.url.as_ref()).map(|u| address(&u.value.0));
        // A path of before, whatever the host.
        let paths = record.aliases.iter().map(|a| address(&format!("/{}", a.value.0)));
        // Of many contributions in one file, each says its own.
        let id = record.id.as_ref().map_or(&contribution.id.value, |id| &id.value);
        for address in url.into_iter().chain(paths) {
            existing.contributions.entry(address).or_insert_with(|| id.clone());
        }
    }
    Ok(existing)
}

/// What writing did.
#[derive(Debug, Default)]
pub struct Written {
    /// Files that were not there.
    pub new: usize,
    /// Files that were there, the same to the byte.
    pub same: usize,
    /// Files that were there and differ: left as they are.
    pub conflicts: Vec<Box<str>>,
}

/// Writes the files that are not there yet; those that differ are listed and left alone.
pub fn create(root: &Path, files: &BTreeMap<OutPath, Vec<u8>>) -> Result<Written> {
    let sink = CreateSink::create(root)?;
    files.par_iter().try_for_each(|(path, bytes)| sink.put(path, bytes))?;
    let made = sink.finish()?;
    let conflicts = made.conflicts.iter().map(|path| path.as_str().into()).collect();
    Ok(Written { new: made.created.len(), same: made.unchanged.len(), conflicts })
}

/// Writes a file complete or not at all.
fn whole(target: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let name = target.file_name().map(|n| n.to_string_lossy()).unwrap_or_default();
    let part = folder.join(format!(".greffe-{name}"));
    fs::write(&part, bytes)?;
    fs::rename(&part, target)
}

/// Writes a file that the caller named (a report), replacing it.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    whole(path, bytes).map_err(|e| {
        Error::io(path, say!("le fichier ne peut pas être écrit", "the file cannot be written"), e)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug() -> Id {
        Id::new("eau").unwrap()
    }

    #[test]
    fn a_key_is_made_once_and_only_when_nothing_depends_on_another() {
        let root = tempfile::tempdir().unwrap();
        let first = key(root.path(), &slug(), false).unwrap();
        assert!(first.new);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&first.path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        let again = key(root.path(), &slug(), false).unwrap();
        assert_eq!((again.key.0, again.made, again.new), (first.key.0, first.made, false));
        assert!(key(root.path(), &slug(), true).is_err(), "a key is never replaced");
        fs::create_dir_all(root.path().join("content/eau")).unwrap();
        fs::remove_file(&first.path).unwrap();
        let refused = key(root.path(), &slug(), false).unwrap_err();
        assert!(refused.what.en.contains("--new-key"), "{refused}");
        assert!(!first.path.exists());
        let other = key(root.path(), &slug(), true).unwrap();
        assert!(other.new && other.key.0 != first.key.0);
        fs::write(&other.path, "key: 12\n").unwrap();
        assert!(key(root.path(), &slug(), false).is_err(), "a damaged key is not replaced");
    }

    #[test]
    fn what_must_stay_private_is_ignored_by_git() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join(".gitignore"), "/private/\npublic").unwrap();
        assert!(ignore_private(root.path()).unwrap());
        assert_eq!(
            fs::read_to_string(root.path().join(".gitignore")).unwrap(),
            "/private/\npublic\ninbox/\n"
        );
        assert!(!ignore_private(root.path()).unwrap());
    }

    #[test]
    fn a_file_that_differs_is_left_alone() {
        let root = tempfile::tempdir().unwrap();
        let path = |p: &str| OutPath::new(p).unwrap();
        let files =
            BTreeMap::from([(path("content/a.md"), b"a".to_vec()), (path("content/b.md"), b"b".to_vec())]);
        assert_eq!(create(root.path(), &files).unwrap().new, 2);
        fs::write(root.path().join("content/b.md"), "mine").unwrap();
        let written = create(root.path(), &files).unwrap();
        assert_eq!((written.new, written.same, written.conflicts), (0, 1, vec!["content/b.md".into()]));
        assert_eq!(fs::read_to_string(root.path().join("content/b.md")).unwrap(), "mine");
    }

    #[test]
    fn contributions_are_known_by_their_addresses_of_before() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("content/eau/contributions");
        assert!(!existing(root.path(), &slug()).unwrap().consultation);
        fs::create_dir_all(&folder).unwrap();
        fs::write(root.path().join("greffe.yaml"), "title: Site\n").unwrap();
        let consultation = "title: L’eau\nsummary: Un résumé.\norganiser: {name: La mairie}\n";
        fs::write(root.path().join("content/eau/consultation.yaml"), consultation).unwrap();
        let list = "- id: v1\n  kind: proposal\n  title: A\n  body: Un.\n  aliases: [o/a]\n\
                    \x20 imported: {source: x, url: \"https://www.eau.example/o/a/\"}\n";
        fs::write(folder.join("autres.yaml"), list).unwrap();
        let found = existing(root.path(), &slug()).unwrap();
        assert_eq!(found.title.as_deref(), Some("L’eau"));
        let known: Vec<(&str, &str)> =
            found.contributions.iter().map(|(a, id)| (&**a, id.as_str())).collect();
        assert_eq!(known, [("/o/a", "v1"), ("eau.example/o/a", "v1")]);
    }

    #[test]
    fn an_export_is_hashed_as_received() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("b")).unwrap();
        fs::write(dir.path().join("b/1.json"), "abc").unwrap();
        fs::write(dir.path().join("a.JSON"), "").unwrap();
        fs::write(dir.path().join("notes.txt"), "").unwrap();
        let input = read_folder(dir.path(), &["json"]).unwrap();
        let paths: Vec<&str> = input.files.iter().map(|f| &*f.path).collect();
        assert_eq!(paths, ["a.JSON", "b/1.json"]);
        assert_eq!(
            &*input.files[1].sha256,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
