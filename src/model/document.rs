//! A version of a text: divisions, articles and numbered paragraphs, in the order of the file.

use super::id::Id;
use serde::Serialize;

/// One version of a text in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// What stands before the first division or article.
    pub preamble: Vec<Paragraph>,
    /// Divisions and articles.
    pub items: Vec<Item>,
}

/// A division's heading, or an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// Title, chapter, section…
    Division(Division),
    /// An article.
    Article(Article),
}

/// A heading and what stands under it before its first article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Division {
    /// Depth, from 1.
    pub level: u8,
    /// Id unique in the version: the path of the numbers, `titre-ier-chapitre-ii`; the words' where there is none.
    pub id: Id,
    /// `Titre Ier`; empty when the heading has no number.
    pub number: Box<str>,
    /// What follows the number, in plain words.
    pub heading: Box<str>,
    /// Paragraphs directly under the heading.
    pub paragraphs: Vec<Paragraph>,
}

/// The unit that is discussed, amended and voted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Made from its number, the same in every version: `1er`, `17-bis`.
    pub id: Id,
    /// `Article 1er`.
    pub number: Box<str>,
    /// What follows the number, in plain words; often empty.
    pub heading: Box<str>,
    /// Its numbered paragraphs (alinéas).
    pub paragraphs: Vec<Paragraph>,
}

/// A numbered paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paragraph {
    /// From 1 within its article.
    pub number: u32,
    /// Markdown: the words of the file, with the line ends of wrapped prose made spaces.
    pub markdown: Box<str>,
}

impl Document {
    /// The articles in order.
    pub fn articles(&self) -> impl Iterator<Item = &Article> {
        self.items.iter().filter_map(|item| match item {
            Item::Article(article) => Some(article),
            Item::Division(_) => None,
        })
    }

    /// The article with this id.
    pub fn article(&self, id: &Id) -> Option<&Article> {
        self.articles().find(|a| a.id == *id)
    }
}

/// The form in which article numbers are compared: `Article 1er`, `1er` and `1` are the same article, case,
/// spaces and punctuation aside.
pub fn article_key(words: &str) -> Option<Box<str>> {
    let slug = super::id::slug(words)?;
    let key = slug.as_str();
    let key = key.strip_prefix("article-").or_else(|| key.strip_prefix("art-")).unwrap_or(key);
    Some(if key == "1er" || key == "premier" { "1".into() } else { key.into() })
}
