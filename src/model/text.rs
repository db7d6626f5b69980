//! A text under discussion, its versions, and its articles through all of them.

use super::choices::*;
use super::document::{Document, article_key};
use super::id::Id;
use super::site::{Local, Reactions, TextIx, Words};
use super::when::{Date, Moment};
use std::collections::{BTreeMap, BTreeSet};

/// A text under discussion.
#[derive(Debug)]
pub struct Text {
    /// Its folder's name.
    pub id: Id,
    /// What it is.
    pub kind: TextKind,
    /// Its title.
    pub title: Words,
    /// A short one.
    pub short_title: Option<Words>,
    /// What it would do.
    pub summary: Option<Words>,
    /// How its articles and divisions are numbered.
    pub numbering: Numbering,
    /// The text that it continues.
    pub continues: Option<TextIx>,
    /// Versions, oldest first; never empty.
    pub versions: Vec<Version>,
    /// Every article, through all versions, in the order of the latest version that has it.
    pub articles: Vec<ArticleNotes>,
}

impl Text {
    /// The article that has this id in a version.
    pub fn article_at(&self, version: usize, own: &Id) -> Option<&ArticleNotes> {
        self.articles.iter().find(|a| a.places.get(version).and_then(Option::as_ref) == Some(own))
    }

    /// Numbers that articles had in a version and that none has in its page's address now, with the article: the
    /// latest that had the number. Their addresses were published, and still lead somewhere.
    pub fn former_numbers(&self) -> BTreeMap<Id, &ArticleNotes> {
        let pages: BTreeSet<&Id> = self.articles.iter().map(|a| &a.id).collect();
        let mut former = BTreeMap::new();
        for version in 0..self.versions.len() {
            for article in &self.articles {
                let own = article.places.get(version).and_then(Option::as_ref);
                if let Some(own) = own.filter(|own| !pages.contains(own)) {
                    former.insert(own.clone(), article);
                }
            }
        }
        former
    }

    /// The article that a version numbers so; without a version, the latest that has the number.
    pub fn numbered(&self, version: Option<usize>, name: &str) -> Option<&ArticleNotes> {
        let key = article_key(name)?;
        let has = |v: usize| {
            let same = |id: &Id| article_key(id.as_str()).as_ref() == Some(&key);
            self.articles.iter().find(|a| a.places.get(v).and_then(Option::as_ref).is_some_and(same))
        };
        version.and_then(has).or_else(|| (0..self.versions.len()).rev().find_map(has))
    }
}

/// One dated state of a text.
#[derive(Debug)]
pub struct Version {
    /// Its file, for diagnostics about it.
    pub place: crate::source::Span,
    /// Its id.
    pub id: Id,
    /// Its title.
    pub title: Words,
    /// Its date.
    pub date: Date,
    /// Where it stands.
    pub stage: Stage,
    /// Its text, by language.
    pub document: Local<Document>,
}

/// An article across versions, and what is recorded beside the text.
#[derive(Debug, Clone)]
pub struct ArticleNotes {
    /// Its id: that of the latest version that has it, unless another article has it there.
    pub id: Id,
    /// Its id in each version; numbers change from version to version.
    pub places: Vec<Option<Id>>,
    /// Category.
    pub category: Option<Id>,
    /// What it is for.
    pub explanation: Option<Box<str>>,
    /// Laws it changes.
    pub law: Vec<LawChange>,
    /// Reactions counted on it.
    pub votes: Option<Reactions>,
    /// When it was opened.
    pub date: Option<Moment>,
    /// Where it was.
    pub original_url: Option<Box<str>>,
}

/// A law before and after.
#[derive(Debug, Clone)]
pub struct LawChange {
    /// Which law.
    pub title: Box<str>,
    /// Before, in Markdown.
    pub before: Option<Box<str>>,
    /// After, in Markdown.
    pub after: Option<Box<str>>,
    /// Where it is published.
    pub url: Option<Box<str>>,
}
