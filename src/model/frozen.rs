//! A frozen consultation: what its pages may say of it, and the dated corrections that were added since.

use super::site::{AliasOf, Words};
use super::when::Date;
use crate::text::hex;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// What may change in a frozen consultation: its record and its errata are in no list of its files.
pub const FREE: [&str; 2] = ["errata.yaml", "frozen.yaml"];

/// That a consultation is frozen.
#[derive(Debug, Clone)]
pub struct Frozen {
    /// The day.
    pub date: Date,
    /// Version of Greffe that froze it.
    pub greffe: Box<str>,
    /// The commit that was frozen: 40 or 64 hexadecimal digits.
    pub commit: Option<Box<str>>,
    /// SHA-256 of the list of its files, in hexadecimal.
    pub digest: Box<str>,
    /// How many files it consists of.
    pub files: usize,
    /// The archive that this one replaces.
    pub replaces: Option<Replaced>,
}

/// An archive that was replaced.
#[derive(Debug, Clone)]
pub struct Replaced {
    /// `sha512:` and the SHA-512 of its `manifest-sha512.txt`.
    pub bag: Box<str>,
    /// The day it was frozen.
    pub date: Date,
    /// Why.
    pub reason: Words,
    /// Files that changed, from the consultation's folder.
    pub files: Vec<Box<str>>,
}

/// A dated correction.
#[derive(Debug, Clone)]
pub struct Erratum {
    /// The day.
    pub date: Date,
    /// What is to be read instead of what: official Markdown.
    pub body: Words,
    /// What it is about; `Consultation` when it is about the whole.
    pub about: AliasOf,
}

/// The digest of a list of files: SHA-256 of its lines as `sha256sum` writes them, so that anybody can make it again.
/// Paths from the consultation's folder with the SHA-256 of each file in hexadecimal, in the order of the paths.
pub fn digest_of<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> String {
    let mut list = String::new();
    for (path, sha256) in files {
        let _ = writeln!(list, "{sha256}  {path}");
    }
    hex(&Sha256::digest(list))
}

/// The digest under which a file that is not published as it stands is known: nobody can test a guess without the salt.
pub fn salted(salt: &str, sha256: &str) -> String {
    hex(&Sha256::new().chain_update(salt).chain_update(sha256).finalize())
}
