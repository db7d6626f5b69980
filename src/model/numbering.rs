//! Ids of articles and divisions, made from their numbers, so that the same text has the same ids however it was
//! made: read from a file, or computed from amendments.

use super::document::article_key;
use super::id::{Id, MAX_LENGTH, slug};
use std::collections::BTreeMap;

/// What an id is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Depth of a division; `None` for an article.
    pub level: Option<u8>,
    /// `Article 17 bis`, `Titre Ier`; empty when there is none.
    pub number: Box<str>,
    /// What follows the number.
    pub heading: Box<str>,
}

/// The ids of a text's articles and divisions, in its order. An article's comes from its number (`1er`, `17-bis`),
/// a numbered division's from the numbers of the divisions in which it stands (`titre-ier-chapitre-ii`), any
/// other's from its words. The same id twice is told apart: `2`, `2-2`.
pub fn assign<'h>(headings: impl Iterator<Item = &'h Heading>) -> Vec<Id> {
    let mut used: BTreeMap<Box<str>, u32> = BTreeMap::new();
    let mut path: Vec<(u8, String)> = Vec::new();
    headings
        .map(|h| {
            let base = match h.level {
                None => article_id(&h.number),
                Some(level) => {
                    path.retain(|(above, _)| *above < level);
                    division_id(h, level, &mut path)
                }
            };
            unique(base.unwrap_or_else(|| fallback(h.level)), &mut used)
        })
        .collect()
}

/// `Article 17 A (nouveau)` → `17-a`.
fn article_id(number: &str) -> Option<Id> {
    let bare = number.split('(').next().unwrap_or(number);
    let words = bare.trim().split_once(char::is_whitespace).map_or(bare, |(_, rest)| rest);
    slug(words).or_else(|| slug(bare))
}

fn division_id(h: &Heading, level: u8, path: &mut Vec<(u8, String)>) -> Option<Id> {
    let bare = h.number.split('(').next().unwrap_or("");
    let Some(own) = slug(bare) else { return slug(&h.heading) };
    let mut whole: String = path.iter().map(|(_, words)| format!("{words}-")).collect();
    whole.push_str(own.as_str());
    path.push((level, own.as_str().to_owned()));
    whole.truncate(MAX_LENGTH - 4);
    Id::new(whole.trim_end_matches(['-', '.']))
}

/// A word that is always an id.
fn fallback(level: Option<u8>) -> Id {
    let word = if level.is_some() { "division" } else { "article" };
    slug(word).unwrap_or_else(|| fallback(level))
}

/// The id itself the first time, then `id-2`, `id-3`… in the order of the text.
fn unique(id: Id, used: &mut BTreeMap<Box<str>, u32>) -> Id {
    let key: Box<str> = article_key(id.as_str()).unwrap_or_else(|| id.folded());
    let count = used.entry(key).or_insert(0);
    *count += 1;
    match *count {
        1 => id,
        n => Id::new(&format!("{id}-{n}")).unwrap_or(id),
    }
}
