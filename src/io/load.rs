//! `load`: a site's folder → [`Sources`]. [`load`] reads `greffe.yaml`, `content/` and `themes/`, in parallel: all that
//! a build sees. What stands beside them is only opened by name, for moderation ([`load_beside`], [`kept`]). A file that cannot be taken is
//! `Broken`, for `parse` to report with the rest: only a missing root is an error here. Line ends are kept as
//! they are, so that every span is true to the file.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::compare::with_buffer;
use crate::error::{Error, Result};
use crate::say;
pub(super) use crate::source::is_left_over;
use crate::source::{
    Breakage, Contents, SourceFile, Sources, TABLE_LIMIT, TEXT_LIMIT, Taken, as_text, taken,
};
use crate::text::hex;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use walkdir::{DirEntry, WalkDir};

/// What is read under the root, and nothing else.
const ROOTS: [&str; 3] = ["content", "greffe.yaml", "themes"];

/// Reads a site's folder.
pub fn load(root: &Path) -> Result<Sources> {
    let cannot = || say!("ce dossier ne peut pas être lu", "this folder cannot be read");
    fs::read_dir(root).map_err(|e| Error::io(root, cannot(), e))?;
    // One thread walks at a time while the others read what it found.
    let found = ROOTS.iter().flat_map(|name| walk(root, name)).par_bridge();
    let sources = Sources::new(found.map(|file| file.read(root)).collect());
    let frozen: Vec<Box<str>> =
        sources.iter().filter_map(|(_, f)| f.path.strip_suffix("frozen.yaml")).map(Into::into).collect();
    // Of frozen consultations, `check` compares every byte with those of the freeze.
    Ok(with_sha256(root, sources, |path| frozen.iter().any(|folder| path.starts_with(&**folder))))
}

/// Adds the digests of the files whose path is wanted. They are read once more: what is published as it is was only
/// measured, and a byte-order mark was taken off.
pub fn with_sha256(root: &Path, sources: Sources, wanted: impl Fn(&str) -> bool) -> Sources {
    let asked: Vec<Box<str>> =
        sources.iter().map(|(_, f)| f.path.clone()).filter(|path| wanted(path)).collect();
    let digest = |path: Box<str>| sha256(&root.join(&*path)).ok().map(|digest| (path, digest));
    let digests = asked.into_par_iter().filter_map(digest).collect();
    sources.with_sha256(digests)
}

/// SHA-256 of a file's bytes, in hexadecimal.
pub fn sha256(path: &Path) -> io::Result<Box<str>> {
    let mut hasher = Sha256::new();
    let mut file = File::open(path)?;
    with_buffer(|buffer| {
        loop {
            match file.read(buffer) {
                Ok(0) => return Ok(()),
                Ok(more) => hasher.update(&buffer[..more]),
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
    })?;
    Ok(hex(&hasher.finalize()).into())
}

/// Reads one folder that [`load`] leaves alone, such as `inbox/eau`; nothing when it does not exist.
pub fn load_beside(root: &Path, folder: &str) -> Sources {
    Sources::new(walk(root, folder).par_bridge().map(|file| file.read(root)).collect())
}

/// Reads what moderation itself keeps in `private/`: withheld words, and the record of what was decided. Keys and
/// contact details are not opened.
pub fn kept(root: &Path) -> Sources {
    let ours = |found: &Found| matches!(found.path.split('/').nth(2), Some("withheld" | "undo"));
    let found = walk(root, "private").filter(ours).par_bridge();
    Sources::new(found.map(|file| file.read(root)).collect())
}

/// Reads one table that the caller names, whatever its name ends with and wherever it stands.
pub fn table(path: &Path) -> Result<Sources> {
    let cannot = || say!("ce fichier ne peut pas être lu", "this file cannot be read");
    let contents = contents(path, Taken::Whole(TABLE_LIMIT)).map_err(|e| Error::io(path, cannot(), e))?;
    Ok(Sources::new(vec![SourceFile { path: path.to_string_lossy().into(), contents }]))
}

/// A path under the root, and what the walk already knows of it.
struct Found {
    path: Box<str>,
    broken: Option<Breakage>,
}

fn walk<'a>(root: &'a Path, name: &str) -> impl Iterator<Item = Found> + use<'a> {
    // The order is given by `Sources`; sorting here too would only hold more folders in memory.
    WalkDir::new(root.join(name))
        .follow_root_links(false)
        .into_iter()
        .filter_entry(|entry| !is_left_over(&entry.file_name().to_string_lossy()))
        .filter_map(|step| match step {
            Ok(entry) => found(root, &entry),
            Err(error) => refused(root, &error),
        })
}

fn found(root: &Path, entry: &DirEntry) -> Option<Found> {
    let kind = entry.file_type();
    let (path, good_name) = site_path(root, entry.path());
    let broken = match () {
        () if kind.is_symlink() => Some(Breakage::Symlink),
        () if !good_name => Some(Breakage::BadName),
        () if kind.is_dir() => return None,
        // A pipe without a writer would block the reader for ever: it is told by its kind, never opened.
        () if !kind.is_file() => Some(Breakage::Special),
        () => None,
    };
    Some(Found { path, broken })
}

/// A step of the walk that the system refused. A root that does not exist is not a fault here.
fn refused(root: &Path, error: &walkdir::Error) -> Option<Found> {
    let words = error.io_error().map_or_else(|| error.to_string(), io::Error::to_string);
    let absent = error.io_error().is_some_and(|e| e.kind() == io::ErrorKind::NotFound);
    let path = error.path().unwrap_or(root);
    (!absent).then(|| Found { path: site_path(root, path).0, broken: Some(Breakage::Unreadable(words)) })
}

/// The path from the root with `/` between folders, and whether its spelling is exact.
fn site_path(root: &Path, path: &Path) -> (Box<str>, bool) {
    let inner = path.strip_prefix(root).unwrap_or(path);
    let exact = inner.to_str().is_some();
    let parts: Vec<_> = inner.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    (parts.join("/").into(), exact)
}

impl Found {
    fn read(self, root: &Path) -> SourceFile {
        let contents = match self.broken {
            Some(breakage) => Contents::Broken(breakage),
            None => contents(&root.join(&*self.path), taken(&self.path))
                .unwrap_or_else(|e| Contents::Broken(Breakage::Unreadable(e.to_string()))),
        };
        SourceFile { path: self.path, contents }
    }
}

fn contents(path: &Path, taken: Taken) -> io::Result<Contents> {
    let limit = match taken {
        Taken::Copied => {
            // Opened all the same: a file that cannot be copied later must be reported now.
            return Ok(Contents::Opaque { bytes: File::open(path)?.metadata()?.len() });
        }
        Taken::Whole(limit) => limit,
        Taken::WholeIfSmall => TEXT_LIMIT,
    };
    let mut file = File::open(path)?;
    with_buffer(|buffer| {
        let mut filled = 0;
        while filled < buffer.len() {
            match file.read(&mut buffer[filled..]) {
                Ok(0) => return Ok(as_text(&buffer[..filled])),
                Ok(more) => filled += more,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        let bytes = file.metadata()?.len();
        if bytes > limit {
            return Ok(match taken {
                Taken::WholeIfSmall => Contents::Opaque { bytes },
                Taken::Whole(_) | Taken::Copied => Contents::Broken(Breakage::TooLarge { bytes, limit }),
            });
        }
        let mut whole = Vec::with_capacity(bytes as usize + 1);
        whole.extend_from_slice(&buffer[..filled]);
        // A file may grow while it is read; what lies past its size at opening is left out.
        file.take(bytes.saturating_sub(filled as u64)).read_to_end(&mut whole)?;
        Ok(as_text(&whole))
    })
}
