//! The key of a consultation's pseudonyms: read from `private/`, or made there, for its owner alone.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use crate::error::{Error, Result};
use crate::import::pseudonym::Key;
use crate::model::id::Id;
use crate::model::when::Date;
use crate::say;
use crate::text::hex;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

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

/// The key of a consultation, if there is one.
pub fn present(root: &Path, slug: &Id) -> Result<Option<Key>> {
    match fs::symlink_metadata(root.join("private").join(format!("{slug}.key"))) {
        Ok(_) => key(root, slug, false).map(|kept| Some(kept.key)),
        Err(_) => Ok(None),
    }
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
}
