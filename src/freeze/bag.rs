//! BagIt 1.0 (RFC 8493): the tag files of a bag, as text, from what is known of its payload. Where files stand is `io`'s
//! business.

use crate::freeze::swhid::Blob;
use std::collections::BTreeMap;
use std::fmt::Write;

/// `bagit.txt`.
pub const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// What is known of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256, in hexadecimal.
    pub sha256: Box<str>,
    /// SHA-512, in hexadecimal.
    pub sha512: Box<str>,
    /// The SHA-1 by which git knows it.
    pub blob: Blob,
}

/// Files by their path in the bag: `data/site/index.html`.
pub type Files = BTreeMap<Box<str>, Known>;

/// A checksum that a bag has manifests of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// SHA-256.
    Sha256,
    /// SHA-512, which RFC 8493 asks for.
    Sha512,
}

impl Algorithm {
    /// Both.
    pub const ALL: [Algorithm; 2] = [Algorithm::Sha256, Algorithm::Sha512];

    /// Its name in the names of manifests.
    pub fn name(self) -> &'static str {
        match self {
            Algorithm::Sha256 => "sha256",
            Algorithm::Sha512 => "sha512",
        }
    }

    fn of(self, known: &Known) -> &str {
        match self {
            Algorithm::Sha256 => &known.sha256,
            Algorithm::Sha512 => &known.sha512,
        }
    }
}

/// A manifest, as `sha256sum` and `sha512sum` read it too. A `%` in a path would be written `%25` (RFC 8493, 2.1.3), which
/// these programs and the validator of the Library of Congress do not undo: such a path is refused before.
pub fn manifest(files: &Files, algorithm: Algorithm) -> String {
    let mut text = String::new();
    for (path, known) in files {
        let _ = writeln!(text, "{}  {path}", algorithm.of(known));
    }
    text
}

/// `Payload-Oxum`: bytes, a dot, files.
pub fn oxum(files: &Files) -> String {
    format!("{}.{}", files.values().map(|known| known.bytes).sum::<u64>(), files.len())
}

/// `bag-info.txt`. A value stands on one line.
pub fn info(lines: &[(&str, String)]) -> String {
    let mut text = String::new();
    for (label, value) in lines {
        let value: Vec<&str> = value.split_whitespace().collect();
        if !value.is_empty() {
            let _ = writeln!(text, "{label}: {}", value.join(" "));
        }
    }
    text
}
