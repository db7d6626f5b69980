//! The one reading of a store: every byte of every file passes here once, on as many threads as there are. Both digests
//! are taken on the way, and of those files of which more is asked the bytes go to whoever asked, and are forgotten.

use super::report::{Code, Finding};
use super::store::{Entry, Kind, Store};
use crate::freeze::swhid::{self, Blob};
use crate::say;
use crate::text::hex;
use rayon::prelude::*;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};
use std::collections::BTreeMap;

/// The digests of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digests {
    sha512: [u8; 64],
    sha256: [u8; 32],
    /// The SHA-1 by which git knows it, where that was asked for.
    pub blob: Option<Blob>,
    /// Its size in bytes, as it was read.
    pub size: u64,
}

impl Digests {
    /// In hexadecimal digits.
    pub fn sha512(&self) -> String {
        hex(&self.sha512)
    }

    /// In hexadecimal digits.
    pub fn sha256(&self) -> String {
        hex(&self.sha256)
    }

    /// Whether they are these.
    pub fn are(&self, size: u64, sha256: &[u8; 32]) -> bool {
        (self.size, &self.sha256) == (size, sha256)
    }

    /// Whether the file holds these bytes.
    pub fn are_of(&self, bytes: &[u8]) -> bool {
        self.size == bytes.len() as u64 && self.sha256 == <[u8; 32]>::from(Sha256::digest(bytes))
    }
}

/// What the reading of one file gave.
#[derive(Debug, Default)]
pub struct FileRead {
    /// None for what is no file, and for a file that could not be read to its end.
    pub digests: Option<Digests>,
    /// What went wrong.
    pub fault: Option<String>,
}

/// What one reading of a store gave.
#[derive(Debug, Default)]
pub struct Reading {
    /// Of each entry, in their order.
    pub files: Vec<FileRead>,
    /// The small files at the top, whole, by their place.
    tags: BTreeMap<usize, Vec<u8>>,
}

/// Who asks for more than digests.
pub trait Asker: Sync {
    /// What it makes of a file.
    type Made: Send;
    /// Up to how many bytes of this file it wants to see; none when it does not want it.
    fn wants(&self, entry: &Entry) -> Option<u64>;
    /// Is given the bytes; none when there are more than it wanted.
    fn take(&self, entry: &Entry, bytes: Option<Vec<u8>>) -> Self::Made;
}

/// Asks for digests alone.
#[derive(Debug)]
pub struct Nobody;

impl Asker for Nobody {
    type Made = ();

    fn wants(&self, _entry: &Entry) -> Option<u64> {
        None
    }

    fn take(&self, _entry: &Entry, _bytes: Option<Vec<u8>>) {}
}

/// Largest of the files at the top of a bag: a manifest of a million files.
const TAG: u64 = 512 << 20;

/// Reads everything. What the asker made comes with the place of its entry, in order.
pub fn read<A: Asker>(store: &dyn Store, asker: &A) -> (Reading, Vec<(usize, A::Made)>) {
    let one = |(at, entry): (usize, &Entry)| {
        if entry.kind != Kind::File {
            return (FileRead::default(), None, None);
        }
        let tag = super::bag::is_tag(&entry.path);
        let wanted = if tag { Some(TAG) } else { asker.wants(entry) };
        let (read, bytes) = file(store, at, entry, wanted);
        match (tag, wanted.is_some() && read.digests.is_some()) {
            (true, _) => (read, bytes, None),
            (false, true) => {
                let made = asker.take(entry, bytes);
                (read, None, Some(made))
            }
            (false, false) => (read, None, None),
        }
    };
    let all: Vec<_> = store.entries().par_iter().enumerate().map(one).collect();
    let mut reading = Reading::default();
    let mut made = Vec::new();
    for (at, (read, tag, of_it)) in all.into_iter().enumerate() {
        reading.files.push(read);
        reading.tags.extend(tag.map(|bytes| (at, bytes)));
        made.extend(of_it.map(|of_it| (at, of_it)));
    }
    (reading, made)
}

fn file(store: &dyn Store, at: usize, entry: &Entry, wanted: Option<u64>) -> (FileRead, Option<Vec<u8>>) {
    let (mut sha512, mut sha256, mut size) = (Sha512::new(), Sha256::new(), 0u64);
    // Of the sources git's digest too, which begins with the size.
    let source = entry.path.starts_with(super::bag::SOURCES);
    let mut sha1 = source.then(|| Sha1::new().chain_update(swhid::head(entry.size)));
    let mut bytes = wanted.map(|_| Vec::new());
    let done = store.read(at, &mut |piece| {
        sha512.update(piece);
        sha256.update(piece);
        if let Some(sha1) = &mut sha1 {
            sha1.update(piece);
        }
        size += piece.len() as u64;
        match &mut bytes {
            Some(all) if size <= wanted.unwrap_or(0) => all.extend_from_slice(piece),
            Some(_) => bytes = None,
            None => {}
        }
    });
    match done {
        Ok(()) => {
            let blob = sha1.map(|sha1| sha1.finalize().into());
            let digests =
                Digests { sha512: sha512.finalize().into(), sha256: sha256.finalize().into(), blob, size };
            (FileRead { digests: Some(digests), fault: None }, bytes)
        }
        Err(error) => (FileRead { digests: None, fault: Some(error.to_string()) }, None),
    }
}

impl Reading {
    /// A file at the top, whole.
    pub fn text(&self, store: &dyn Store, path: &str) -> Option<&[u8]> {
        self.tags.get(&store.find(path)?).map(Vec::as_slice)
    }

    /// The digests of a path.
    pub fn of(&self, store: &dyn Store, path: &str) -> Option<&Digests> {
        self.files.get(store.find(path)?)?.digests.as_ref()
    }

    /// Files that could not be read to their end.
    pub fn faults(&self, store: &dyn Store) -> Vec<Finding> {
        let told = |(entry, read): (&Entry, &FileRead)| {
            let why = read.fault.as_ref()?;
            let seen = say!(
                "ce fichier ne se lit pas jusqu’au bout ({why})",
                "this file cannot be read to its end ({why})"
            );
            Some(Finding::error(Code::Unreadable, &*entry.path, seen))
        };
        store.entries().iter().zip(&self.files).filter_map(told).collect()
    }

    /// Files and bytes that were read.
    pub fn weight(&self) -> (u64, u64) {
        let read = self.files.iter().filter_map(|file| file.digests.as_ref());
        read.fold((0, 0), |(files, bytes), digests| (files + 1, bytes + digests.size))
    }
}
