//! Ids of articles and divisions, made from their numbers, so that a title that is reworded keeps its address, and
//! the same text has the same ids however it was made: read from a file, or computed from amendments.

use super::document::article_key;
use super::id::{Id, slug};
use std::collections::BTreeSet;

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

/// Gives ids to the articles and divisions of a text, in its order. An article's comes from its number (`1er`,
/// `17-bis`), a numbered division's from the numbers of the divisions in which it stands (`titre-ier-chapitre-ii`),
/// any other's from its words. The same id twice is told apart: `2`, `2-2`.
#[derive(Debug, Default)]
pub struct Ids {
    trail: Vec<Trail>,
    used: BTreeSet<Box<str>>,
}

/// A division with those it stands in, by level alone: a text has the same ids however its headings are marked.
#[derive(Debug)]
struct Trail {
    level: u8,
    /// Path of the numbers down to this division, where it has one.
    path: Option<Id>,
    /// Its own id.
    id: Id,
}

impl Ids {
    /// The id of the next heading.
    pub fn next(&mut self, heading: &Heading) -> Id {
        // `Article 17 A (nouveau)` is article 17 A.
        let name = heading.number.split('(').next().unwrap_or("").trim().replace("1 er", "1er");
        let name = name.as_str();
        match heading.level {
            None => {
                let words =
                    name.split_once(|c: char| c.is_whitespace() || c == '§').map_or(name, |(_, rest)| rest);
                self.unique(slug(words).or_else(|| slug(name)))
            }
            Some(level) if name.is_empty() => self.division(level, false, &heading.heading),
            Some(level) => self.division(level, true, name),
        }
    }

    fn division(&mut self, level: u8, numbered: bool, words: &str) -> Id {
        self.trail.retain(|above| above.level < level);
        let parents = || self.trail.iter().rev();
        let under = |path: &Id| slug(&format!("{path}-{words}"));
        let (base, path) = if numbered {
            let path = parents().find_map(|above| above.path.as_ref()).map_or_else(|| slug(words), under);
            (path.clone(), path)
        } else {
            let plain = slug(words);
            let taken = plain.as_ref().is_none_or(|id| self.used.contains(&key(id)));
            let longer =
                parents().next().and_then(|above| under(&above.id)).filter(|_| taken && plain.is_some());
            (longer.or(plain), None)
        };
        let id = self.unique(base);
        self.trail.push(Trail { level, path, id: id.clone() });
        id
    }

    /// The id itself the first time, then `id-2`, `id-3`… in the order of the text.
    fn unique(&mut self, base: Option<Id>) -> Id {
        let base = base.or_else(|| Id::new("division")).unwrap_or_else(|| unreachable_id(1));
        let numbered = (2u32..).filter_map(|n| Id::new(&format!("{base}-{n}")));
        let id = std::iter::once(base.clone()).chain(numbered).find(|id| !self.used.contains(&key(id)));
        let id = id.unwrap_or(base);
        self.used.insert(key(&id));
        id
    }
}

/// Under which two ids are the same: `1er` and `1` are one article.
fn key(id: &Id) -> Box<str> {
    article_key(id.as_str()).unwrap_or_else(|| id.folded())
}

/// `division` is always an id; this only satisfies the type without a panic.
fn unreachable_id(level: u8) -> Id {
    slug(&format!("d{level}")).unwrap_or_else(|| unreachable_id(level))
}
