//! What the importer of a history is given: the commits, what the site holds already, what the caller decides.

use crate::lang::Bilingual;
use crate::model::id::Id;
use crate::model::when::Moment;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A history: the commits of a branch along first parents, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// The commits.
    pub commits: Vec<Commit>,
    /// Tags, each with the id of what it names.
    pub tags: BTreeMap<Box<str>, Box<str>>,
    /// Files that were not read, each with the reason.
    pub skipped: BTreeMap<Box<str>, Bilingual>,
}

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its id, in hexadecimal.
    pub id: Box<str>,
    /// Its author's name.
    pub author: Box<str>,
    /// When its author dated it, in the author's zone.
    pub date: Moment,
    /// The first paragraph of its message, on one line.
    pub subject: Box<str>,
    /// The rest of its message.
    pub body: Box<str>,
    /// The text files as they are after it, by path.
    pub files: BTreeMap<Box<str>, Arc<str>>,
}

/// A history and what the site holds already.
#[derive(Debug, Default)]
pub struct Source {
    /// The history.
    pub history: History,
    /// What the consultation holds.
    pub existing: Existing,
}

/// What the site holds of the consultation.
#[derive(Debug, Default)]
pub struct Existing {
    /// It is there.
    pub consultation: bool,
    /// Its title.
    pub title: Option<Box<str>>,
    /// Its texts.
    pub texts: Vec<Id>,
    /// Its contributions by their addresses of before, as [`address`] writes them.
    pub contributions: BTreeMap<String, Id>,
}

/// A version that was asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The place of its commit in the history.
    pub commit: usize,
    /// Its id.
    pub id: Id,
    /// Its title, when it was given.
    pub title: Option<Box<str>>,
}

/// What the caller decides.
#[derive(Debug)]
pub struct Options {
    /// The consultation.
    pub slug: Id,
    /// The text.
    pub text: Id,
    /// Its title, and the consultation's when there is none yet.
    pub title: Option<Box<str>>,
    /// The versions; one a day when none is asked for.
    pub versions: Vec<Asked>,
    /// The text that it continues; when absent, the only other text of the consultation, if it has just one.
    pub continues: Continues,
}

/// The text that a text continues.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Continues {
    /// The only other one, if there is just one.
    #[default]
    TheOther,
    /// This one.
    This(Id),
    /// None.
    Nothing,
}

/// An address as addresses are compared: host and path, without scheme, `www.`, query, fragment and last slash.
pub fn address(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split(['?', '#']).next().unwrap_or(rest).trim_end_matches('/');
    rest.strip_prefix("www.").unwrap_or(rest).to_lowercase()
}
