//! The files of a site as they were read, and places in them. `load` (in `io`) makes [`Sources`]; everything
//! after works on them alone. Nothing here reads the disk or interprets the files.

use crate::text::hex;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Index of a file within its [`Sources`]. Files are numbered in the order of their paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A place: a range of bytes in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The place of a whole file when nothing narrower is known.
    pub fn file(file: FileId) -> Self {
        Span { file, start: 0, end: 0 }
    }

    /// No place: something is missing of which no file can be named.
    pub fn nowhere() -> Self {
        Span::file(FileId(u32::MAX))
    }
}

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Pairs a value with its place.
    pub fn new(value: T, span: Span) -> Self {
        Spanned { value, span }
    }

    /// The same place, another value.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: f(self.value), span: self.span }
    }
}

/// What `load` found under one path.
#[derive(Debug, Clone)]
pub enum Contents {
    /// UTF-8 text without byte-order mark, line ends as in the file.
    Text(Box<str>),
    /// A file that is copied, not read (images, PDFs, ballots): its size in bytes.
    Opaque {
        /// Size in bytes.
        bytes: u64,
    },
    /// A file that could not be taken as text; `parse` turns this into a diagnostic.
    Broken(Breakage),
}

/// Why a file could not be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Breakage {
    /// Not UTF-8: offset of the first bad byte.
    NotUtf8 {
        /// Valid bytes before the fault.
        valid_up_to: usize,
    },
    /// Larger than the limit for a file that must be read whole.
    TooLarge {
        /// Its size in bytes.
        bytes: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// A symbolic link (never followed: content must not depend on what lies elsewhere).
    Symlink,
    /// Neither a file nor a folder (a pipe, a device…).
    Special,
    /// The system refused; its words.
    Unreadable(String),
    /// A name that is not UTF-8, shown as well as it can be.
    BadName,
}

/// One file.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Path from the site's root, `/` between folders, as spelt on disk.
    pub path: Box<str>,
    /// What it holds.
    pub contents: Contents,
}

/// Every file of a site, sorted by path (byte order), so that nothing later depends on the disk's order.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    by_path: BTreeMap<Box<str>, FileId>,
    /// SHA-256 of the bytes of files, by path, in hexadecimal, where it was asked for.
    sha256: BTreeMap<Box<str>, Box<str>>,
}

impl Sources {
    /// Takes the files in any order and sorts them.
    pub fn new(mut files: Vec<SourceFile>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let by_path = files.iter().enumerate().map(|(i, f)| (f.path.clone(), FileId(i as u32))).collect();
        Sources { files, by_path, sha256: BTreeMap::new() }
    }

    /// Makes sources from texts: the in-memory file system of the tests.
    pub fn from_texts<'a>(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let file = |(path, text): (&str, &str)| SourceFile {
            path: path.into(),
            contents: Contents::Text(text.into()),
        };
        Sources::new(texts.into_iter().map(file).collect())
    }

    /// Adds what `load` found by reading files once more: SHA-256 of their bytes by path, in hexadecimal.
    pub fn with_sha256(mut self, sha256: BTreeMap<Box<str>, Box<str>>) -> Self {
        self.sha256 = sha256;
        self
    }

    /// SHA-256 of a file's bytes, where it was asked for: in frozen consultations.
    pub fn sha256(&self, id: FileId) -> Option<&str> {
        self.sha256.get(&self.get(id).path).map(|digest| &**digest)
    }

    /// The files whose path is wanted.
    pub fn only(&self, wanted: impl Fn(&str) -> bool) -> Sources {
        let files = self.files.iter().filter(|file| wanted(&file.path)).cloned().collect();
        let sha256 = self.sha256.iter().filter(|(path, _)| wanted(path));
        Sources::new(files).with_sha256(sha256.map(|(path, digest)| (path.clone(), digest.clone())).collect())
    }

    /// The same with these texts in place of what stands at their paths, or in addition.
    pub fn with_texts<'t>(&self, texts: impl IntoIterator<Item = (&'t str, &'t str)>) -> Sources {
        let texts: BTreeMap<&str, &str> = texts.into_iter().collect();
        let others = self.files.iter().filter(|file| !texts.contains_key(&*file.path)).cloned();
        let file = |(path, text): (&&str, &&str)| SourceFile {
            path: (*path).into(),
            contents: Contents::Text((*text).into()),
        };
        let files = others.chain(texts.iter().map(file)).collect();
        let mut sha256 = self.sha256.clone();
        sha256.extend(texts.iter().map(|(path, text)| ((*path).into(), sha256_of(text.as_bytes()))));
        Sources::new(files).with_sha256(sha256)
    }

    /// The files in order.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(i, f)| (FileId(i as u32), f))
    }

    /// How many files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is no file at all.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// One file.
    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The file at a path.
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    /// The text of a file, empty when it has none.
    pub fn text(&self, id: FileId) -> &str {
        match &self.get(id).contents {
            Contents::Text(text) => text,
            Contents::Opaque { .. } | Contents::Broken(_) => "",
        }
    }

    /// The text of the file at a path, when it is one that was read as text. Its bytes are the file's but for a
    /// byte-order mark, so that it can be published without reading it again.
    pub fn text_at(&self, path: &str) -> Option<&str> {
        match &self.get(self.find(path)?).contents {
            Contents::Text(text) => Some(text),
            Contents::Opaque { .. } | Contents::Broken(_) => None,
        }
    }

    /// Line and column of a place, both counted from 1; columns in characters.
    pub fn line_column(&self, span: Span) -> (usize, usize) {
        if span.file.0 as usize >= self.files.len() {
            return (1, 1);
        }
        let text = self.text(span.file);
        let mut at = (span.start as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let before = &text[..at];
        let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |i| i + 1);
        (line, before[start..].chars().count() + 1)
    }
}

/// SHA-256 in hexadecimal.
pub fn sha256_of(bytes: &[u8]) -> Box<str> {
    hex(&Sha256::digest(bytes)).into()
}

/// Largest Markdown, YAML or template file: a person wrote it, and the whole of Proust is 7 MiB.
pub const TEXT_LIMIT: u64 = 8 << 20;

/// Largest table of ballots.
pub const TABLE_LIMIT: u64 = 512 << 20;

/// Whether a name is not meant as content: hidden, or left behind by an editor, an office suite, a file manager.
pub fn is_left_over(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || name.ends_with(".swp")
        || name.starts_with('#') && name.ends_with('#')
        || matches!(name, "Thumbs.db" | "desktop.ini")
}

/// How a file is taken, by the end of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// Read whole; more than so many bytes is a fault.
    Whole(u64),
    /// Text that people also publish as it is: read when small, copied like an image when large.
    WholeIfSmall,
    /// Copied, never read.
    Copied,
}

/// How the file at a path is taken.
pub fn taken(path: &str) -> Taken {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase().as_str() {
        "md" | "yaml" | "yml" => Taken::Whole(TEXT_LIMIT),
        "csv" => Taken::Whole(TABLE_LIMIT),
        "html" | "css" | "js" | "json" | "svg" | "txt" | "xml" => Taken::WholeIfSmall,
        _ => Taken::Copied,
    }
}

/// UTF-8 without its byte-order mark.
pub fn as_text(bytes: &[u8]) -> Contents {
    match std::str::from_utf8(bytes) {
        Ok(text) => Contents::Text(text.strip_prefix('\u{feff}').unwrap_or(text).into()),
        Err(error) => Contents::Broken(Breakage::NotUtf8 { valid_up_to: error.valid_up_to() }),
    }
}
