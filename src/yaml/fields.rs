//! Content being made: a map filled in order, without keys for what is absent, and the YAML or Markdown file it becomes.
//! What it holds is read back the same, whatever the words.

use super::write::{Out, document};

/// A map being filled in order; absent values leave no key.
#[derive(Debug, Default, Clone)]
pub struct Fields(Vec<(String, Out)>);

impl Fields {
    /// No key yet.
    pub fn new() -> Self {
        Fields::default()
    }

    /// Words, unless they are empty.
    pub fn text(mut self, key: &str, words: impl Into<String>) -> Self {
        let words = words.into();
        if !words.is_empty() {
            self.0.push((key.into(), Out::Text(words)));
        }
        self
    }

    /// A number or a boolean.
    pub fn plain(mut self, key: &str, value: impl ToString) -> Self {
        self.0.push((key.into(), Out::Plain(value.to_string())));
        self
    }

    /// Markdown, unless it is empty.
    pub fn block(mut self, key: &str, words: impl Into<String>) -> Self {
        let words = words.into();
        if !words.is_empty() {
            self.0.push((key.into(), Out::Block(words)));
        }
        self
    }

    /// A map, unless it is empty.
    pub fn map(mut self, key: &str, fields: Fields) -> Self {
        if !fields.0.is_empty() {
            self.0.push((key.into(), Out::Map(fields.0)));
        }
        self
    }

    /// A list, unless it is empty.
    pub fn list(mut self, key: &str, items: Vec<Out>) -> Self {
        if !items.is_empty() {
            self.0.push((key.into(), Out::List(items)));
        }
        self
    }

    /// The entries of another map, after these.
    pub fn then(mut self, other: Fields) -> Self {
        self.0.extend(other.0);
        self
    }

    /// As an item of a list.
    pub fn item(self) -> Out {
        Out::Map(self.0)
    }

    /// As a YAML file.
    pub fn yaml(&self) -> String {
        document(&self.0)
    }

    /// As a Markdown file with these as front matter.
    pub fn markdown(&self, body: &str) -> String {
        let gap = if body.is_empty() { "" } else { "\n" };
        let end = if body.is_empty() { "" } else { "\n" };
        format!("---\n{}---\n{gap}{body}{end}", document(&self.0))
    }
}
