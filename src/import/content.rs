//! Small makers of content shared by the importers: maps without empty values, Markdown files with front matter,
//! counted words in French.

use crate::sink::OutPath;
use crate::yaml::write::{Out, document};
use std::collections::BTreeMap;

/// A map being filled in order; absent values leave no key.
#[derive(Debug, Default, Clone)]
pub(super) struct Fields(Vec<(String, Out)>);

impl Fields {
    pub(super) fn new() -> Self {
        Fields::default()
    }

    /// Words, unless they are empty.
    pub(super) fn text(mut self, key: &str, words: impl Into<String>) -> Self {
        let words = words.into();
        if !words.is_empty() {
            self.0.push((key.into(), Out::Text(words)));
        }
        self
    }

    /// A number or a boolean.
    pub(super) fn plain(mut self, key: &str, value: impl ToString) -> Self {
        self.0.push((key.into(), Out::Plain(value.to_string())));
        self
    }

    /// Markdown, unless it is empty.
    pub(super) fn block(mut self, key: &str, words: impl Into<String>) -> Self {
        let words = words.into();
        if !words.is_empty() {
            self.0.push((key.into(), Out::Block(words)));
        }
        self
    }

    /// A map, unless it is empty.
    pub(super) fn map(mut self, key: &str, fields: Fields) -> Self {
        if !fields.0.is_empty() {
            self.0.push((key.into(), Out::Map(fields.0)));
        }
        self
    }

    /// A list, unless it is empty.
    pub(super) fn list(mut self, key: &str, items: Vec<Out>) -> Self {
        if !items.is_empty() {
            self.0.push((key.into(), Out::List(items)));
        }
        self
    }

    /// The entries of another map, after these.
    pub(super) fn then(mut self, other: Fields) -> Self {
        self.0.extend(other.0);
        self
    }

    /// As an item of a list.
    pub(super) fn item(self) -> Out {
        Out::Map(self.0)
    }

    /// As a YAML file.
    pub(super) fn yaml(&self) -> String {
        document(&self.0)
    }

    /// As a Markdown file with these as front matter.
    pub(super) fn markdown(&self, body: &str) -> String {
        let gap = if body.is_empty() { "" } else { "\n" };
        let end = if body.is_empty() { "" } else { "\n" };
        format!("---\n{}---\n{gap}{body}{end}", document(&self.0))
    }
}

/// Files being gathered under a consultation's folder.
#[derive(Debug)]
pub(super) struct Folder {
    root: String,
    pub(super) files: BTreeMap<OutPath, Vec<u8>>,
}

impl Folder {
    /// The folder `content/<slug>`.
    pub(super) fn new(slug: &crate::model::id::Id) -> Self {
        Folder { root: format!("content/{slug}"), files: BTreeMap::new() }
    }

    /// Adds a file and gives its path from the site's root.
    pub(super) fn put(&mut self, path: &str, text: String) -> Box<str> {
        let whole = format!("{}/{path}", self.root);
        if let Some(path) = OutPath::new(&whole) {
            self.files.insert(path, text.into_bytes());
        }
        whole.into()
    }
}

/// `88 622`, with the narrow no-break space of French typography.
pub(super) fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(c);
    }
    out
}

/// `1 argument`, `2 arguments`.
pub(super) fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n < 2 { one } else { many })
}
