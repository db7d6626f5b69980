//! A bag on the disk: files are written into a staging folder while both their checksums and the identifier that git gives
//! them are made in the same passage, then the whole folder appears at once. A bag is never changed: where something
//! stands already, nothing is written.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::compare::with_buffer;
use super::place::Place;
use crate::error::{Error, Result};
use crate::freeze::bag::{self, Algorithm, Files, Known};
use crate::freeze::swhid;
use crate::say;
use crate::sink::{OutPath, Sink, written_twice};
use crate::source::is_left_over;
use crate::text::hex;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A bag being written.
#[derive(Debug)]
pub struct BagSink {
    root: PathBuf,
    output: PathBuf,
    place: Option<Place>,
    new: PathBuf,
    files: Mutex<Files>,
}

impl BagSink {
    /// Opens a bag of the site at `root`. Its folder must not exist, or be empty.
    pub fn open(root: &Path, output: &Path) -> Result<Self> {
        let place = Place::take(root, output)?;
        if !place.is_new()? {
            return Err(Error::new(
                &place.output,
                say!(
                    "il y a déjà quelque chose ici : une archive ne s’écrit que dans un dossier nouveau",
                    "there is something here already: an archive is written into a new folder only"
                ),
            ));
        }
        let new = place.staging.folder().join("bag");
        place.staging.clear().and_then(|()| fs::create_dir(&new)).map_err(|e| cannot(&new, e))?;
        Ok(BagSink {
            root: root.to_path_buf(),
            output: place.output.clone(),
            place: Some(place),
            new,
            files: Mutex::default(),
        })
    }

    /// The files so far, by their path in the bag.
    pub fn files(&self) -> MutexGuard<'_, Files> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes a file of the payload; `path` is under `data/`.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<()> {
        self.write(path, bytes.len() as u64, bytes)
    }

    /// Copies a file of the disk into the payload.
    pub fn copy(&self, path: &str, from: &Path) -> Result<()> {
        let unread =
            |e| Error::io(from, say!("ce fichier ne peut pas être lu", "this file cannot be read"), e);
        let file = File::open(from).map_err(unread)?;
        let bytes = file.metadata().map_err(unread)?.len();
        self.write(path, bytes, file)
    }

    /// Copies every file under a folder of the disk, but for what a file manager left there; nothing when the folder does
    /// not exist.
    pub fn copy_folder(&self, to: &str, from: &Path) -> Result<()> {
        let unread = |e: walkdir::Error| {
            Error::io(from, say!("ce dossier ne peut pas être lu", "this folder cannot be read"), e.into())
        };
        for entry in walkdir::WalkDir::new(from).follow_links(false).sort_by_file_name() {
            let entry = match entry {
                Err(e) if e.io_error().is_some_and(|e| e.kind() == io::ErrorKind::NotFound) => return Ok(()),
                entry => entry.map_err(unread)?,
            };
            if entry.file_type().is_file() && !is_left_over(&entry.file_name().to_string_lossy()) {
                let inner = entry.path().strip_prefix(from).unwrap_or(entry.path());
                let parts: Vec<_> =
                    inner.components().map(|part| part.as_os_str().to_string_lossy()).collect();
                self.copy(&format!("{to}/{}", parts.join("/")), entry.path())?;
            }
        }
        Ok(())
    }

    fn write(&self, path: &str, bytes: u64, mut from: impl Read) -> Result<()> {
        let whole = format!("data/{path}");
        let refused = OutPath::new(&whole).filter(|_| !whole.contains('%')).ok_or_else(|| {
            Error::new(
                path,
                say!(
                    "un nom de fichier avec « % » ou un caractère invisible n’est pas lu de même par tous les vérificateurs : renommez le fichier",
                    "a file's name with “%” or an invisible character is not read alike by all checkers: rename the file"
                ),
            )
        })?;
        let target = self.new.join(&whole);
        let mut write = || -> io::Result<Known> {
            fs::create_dir_all(target.parent().unwrap_or(&self.new))?;
            let mut file = File::create_new(&target)?;
            let (mut sha256, mut sha512) = (Sha256::new(), Sha512::new());
            let mut sha1 = Sha1::new().chain_update(swhid::head(bytes));
            let mut seen = 0;
            with_buffer(|buffer| {
                loop {
                    let more = match from.read(buffer) {
                        Ok(0) => return Ok(()),
                        Ok(more) => &buffer[..more],
                        Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                        Err(e) => return Err(e),
                    };
                    sha256.update(more);
                    sha512.update(more);
                    sha1.update(more);
                    seen += more.len() as u64;
                    file.write_all(more)?;
                }
            })?;
            if seen != bytes {
                return Err(io::Error::other("the file changed while it was read"));
            }
            Ok(Known {
                bytes,
                sha256: hex(&sha256.finalize()).into(),
                sha512: hex(&sha512.finalize()).into(),
                blob: sha1.finalize().into(),
            })
        };
        if self.files().contains_key(refused.as_str()) {
            return Err(written_twice(&refused));
        }
        let known = write().map_err(|e| cannot(&target, e))?;
        self.files().insert(refused.as_str().into(), known);
        Ok(())
    }

    /// Writes the tag files and puts the bag in its place. Gives its name: `sha512:` and the SHA-512 of
    /// `manifest-sha512.txt`.
    pub fn finish(self, info: &[(&str, String)]) -> Result<String> {
        let payload = std::mem::take(&mut *self.files());
        let mut tags: Vec<(String, String)> =
            vec![("bagit.txt".into(), bag::DECLARATION.into()), ("bag-info.txt".into(), bag::info(info))];
        for algorithm in Algorithm::ALL {
            tags.push((format!("manifest-{}.txt", algorithm.name()), bag::manifest(&payload, algorithm)));
        }
        let known: Files =
            tags.iter().map(|(name, text)| (name.as_str().into(), known(text.as_bytes()))).collect();
        for algorithm in Algorithm::ALL {
            tags.push((format!("tagmanifest-{}.txt", algorithm.name()), bag::manifest(&known, algorithm)));
        }
        for (name, text) in &tags {
            let path = self.new.join(name);
            fs::write(&path, text).map_err(|e| cannot(&path, e))?;
        }
        let output = &self.output;
        // An empty folder may stand there.
        match fs::remove_dir(output) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(cannot(output, e)),
            Ok(()) | Err(_) => {}
        }
        if let Some(parent) = output.parent() {
            fs::create_dir_all(parent).map_err(|e| cannot(output, e))?;
        }
        fs::rename(&self.new, output).map_err(|e| cannot(output, e))?;
        Ok(known.get("manifest-sha512.txt").map(|k| format!("sha512:{}", k.sha512)).unwrap_or_default())
    }
}

/// What was not finished leaves nothing behind.
impl Drop for BagSink {
    fn drop(&mut self) {
        if let Some(place) = self.place.take() {
            place.staging.remove();
        }
    }
}

/// What is known of bytes in memory.
fn known(bytes: &[u8]) -> Known {
    Known {
        bytes: bytes.len() as u64,
        sha256: hex(&Sha256::digest(bytes)).into(),
        sha512: hex(&Sha512::digest(bytes)).into(),
        blob: swhid::blob(bytes),
    }
}

fn cannot(path: &Path, error: io::Error) -> Error {
    Error::io(path, say!("l’archive ne peut pas être écrite", "the archive cannot be written"), error)
}

/// The site of a bag: what `compile` makes goes under `data/site/`.
#[derive(Debug)]
pub struct SiteOf<'b>(pub &'b BagSink);

impl Sink for SiteOf<'_> {
    fn put(&self, path: &OutPath, bytes: &[u8]) -> Result<()> {
        self.0.put(&format!("site/{}", path.as_str()), bytes)
    }

    fn copy(&self, path: &OutPath, source: &str) -> Result<()> {
        self.0.copy(&format!("site/{}", path.as_str()), &self.0.root.join(source))
    }
}

/// Compares what another `compile` makes with the site of a bag, and keeps nothing of it but the paths that differ.
#[derive(Debug)]
pub struct SameAs<'b> {
    bag: &'b BagSink,
    met: Mutex<(usize, Vec<Box<str>>)>,
}

impl<'b> SameAs<'b> {
    /// With this bag's site.
    pub fn new(bag: &'b BagSink) -> Self {
        SameAs { bag, met: Mutex::default() }
    }

    /// The paths that differ, are missing or come in addition; every path of the site when their number is not the same.
    pub fn differences(self) -> Vec<Box<str>> {
        let (met, mut differ) = self.met.into_inner().unwrap_or_else(PoisonError::into_inner);
        let site = self.bag.files().keys().filter(|path| path.starts_with("data/site/")).count();
        if met != site {
            differ.push(format!("{met} ≠ {site}").into());
        }
        differ.sort();
        differ
    }

    fn met(&self, path: &OutPath, sha256: &str) {
        let same = self
            .bag
            .files()
            .get(&*format!("data/site/{}", path.as_str()))
            .is_some_and(|k| *k.sha256 == *sha256);
        let mut met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        met.0 += 1;
        if !same {
            met.1.push(path.as_str().into());
        }
    }
}

impl Sink for SameAs<'_> {
    fn put(&self, path: &OutPath, bytes: &[u8]) -> Result<()> {
        self.met(path, &hex(&Sha256::digest(bytes)));
        Ok(())
    }

    fn copy(&self, path: &OutPath, source: &str) -> Result<()> {
        let from = self.bag.root.join(source);
        let sha256 = super::load::sha256(&from).map_err(|e| {
            Error::io(&from, say!("ce fichier ne peut pas être lu", "this file cannot be read"), e)
        })?;
        self.met(path, &sha256);
        Ok(())
    }
}

/// The name of a bag that exists: `sha512:` and the SHA-512 of its `manifest-sha512.txt`.
pub fn name_of(bag: &Path) -> Result<String> {
    let path = bag.join("manifest-sha512.txt");
    let missing = say!("ce dossier n’est pas une archive", "this folder is no archive");
    let bytes = fs::read(&path).map_err(|e| Error::io(&path, missing, e))?;
    Ok(format!("sha512:{}", hex(&Sha512::digest(&bytes))))
}
