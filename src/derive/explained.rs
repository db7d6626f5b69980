//! How a version differs from what the recorded changes make of the one before: what no change explains.

use crate::compare::passages::{Fate, paragraphs};
use crate::graft::pairs;
use crate::model::document::{Document, Item, Paragraph};
use crate::model::id::Id;
use std::collections::BTreeMap;

/// A difference that no change explains.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Difference {
    /// The article or division, by the number or heading that the newer version gives it.
    pub unit: Box<str>,
    /// The article in the newer version, when it is one there.
    pub article: Option<Id>,
    /// What differs.
    pub what: What,
    /// The paragraph, in the newer version if it is there, else in the computed text.
    pub paragraph: Option<u32>,
    /// The words of the computed text; empty where the newer version adds.
    pub before: Box<str>,
    /// The words of the newer version; empty where it lacks some.
    pub after: Box<str>,
}

/// What differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// Words of a paragraph, or a whole paragraph.
    Words,
    /// A number.
    Number,
    /// A heading.
    Heading,
    /// An article or a division that the newer version lacks.
    Missing,
    /// One that it adds.
    Added,
    /// One that stands elsewhere.
    Moved,
}

impl Difference {
    /// A few of its words: what goes, what comes.
    pub fn excerpt(&self) -> String {
        let (head, tail) = common(&self.before, &self.after);
        let cut = |words: &str| {
            let middle = &words[head..words.len() - tail];
            let short: String = middle.trim().chars().take(60).collect();
            if short.len() < middle.trim().len() { format!("{short}…") } else { short }
        };
        format!("[-{}-] [+{}+]", cut(&self.before), cut(&self.after))
    }
}

/// Lengths of the words that two passages begin and end with, in bytes.
fn common(left: &str, right: &str) -> (usize, usize) {
    let same = |(l, r): &(char, char)| l == r;
    let head: usize = left.chars().zip(right.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (l, r) = (&left[head..], &right[head..]);
    let tail = l.chars().rev().zip(r.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    (head, tail)
}

/// The differences between the computed text and the newer version, in the order of the latter.
pub fn differences(computed: &Document, newer: &Document) -> Vec<Difference> {
    if computed == newer {
        return Vec::new();
    }
    let pairs = pairs(computed, newer);
    let to_left: BTreeMap<usize, usize> = pairs.iter().map(|(l, r)| (*r, *l)).collect();
    let to_right: BTreeMap<usize, usize> = pairs.iter().copied().collect();
    let mut found = Vec::new();
    let mut furthest = 0;
    for right in 0..=newer.items.len() {
        let new = part(newer, right);
        match to_left.get(&right) {
            None => found.push(new.whole(What::Added)),
            Some(left) => {
                if *left < furthest {
                    found.push(new.bare(What::Moved));
                }
                furthest = furthest.max(*left);
                within(&part(computed, *left), &new, &mut found);
            }
        }
    }
    for left in 1..=computed.items.len() {
        if !to_right.contains_key(&left) {
            found.push(part(computed, left).whole(What::Missing));
        }
    }
    found
}

/// An article, a division or the preamble.
struct Part<'d> {
    number: &'d str,
    heading: &'d str,
    article: Option<&'d Id>,
    level: u8,
    paragraphs: &'d [Paragraph],
}

fn part(document: &Document, at: usize) -> Part<'_> {
    match at.checked_sub(1).and_then(|i| document.items.get(i)) {
        None => Part { number: "", heading: "", article: None, level: 0, paragraphs: &document.preamble },
        Some(Item::Division(d)) => Part {
            number: &d.number,
            heading: &d.heading,
            article: None,
            level: d.level,
            paragraphs: &d.paragraphs,
        },
        Some(Item::Article(a)) => Part {
            number: &a.number,
            heading: &a.heading,
            article: Some(&a.id),
            level: 0,
            paragraphs: &a.paragraphs,
        },
    }
}

impl Part<'_> {
    fn bare(&self, what: What) -> Difference {
        let unit = if self.number.is_empty() { self.heading } else { self.number };
        Difference {
            unit: unit.into(),
            article: self.article.cloned(),
            what,
            paragraph: None,
            before: "".into(),
            after: "".into(),
        }
    }

    fn whole(&self, what: What) -> Difference {
        let words = self.paragraphs.iter().map(|p| &*p.markdown).collect::<Vec<_>>().join("\n\n");
        let (before, after) =
            if what == What::Missing { (words, String::new()) } else { (String::new(), words) };
        Difference { before: before.into(), after: after.into(), ..self.bare(what) }
    }
}

fn within(old: &Part<'_>, new: &Part<'_>, found: &mut Vec<Difference>) {
    if old.number != new.number || old.level != new.level {
        let words =
            Difference { before: old.number.into(), after: new.number.into(), ..new.bare(What::Number) };
        found.push(words);
    }
    if old.heading != new.heading {
        let words =
            Difference { before: old.heading.into(), after: new.heading.into(), ..new.bare(What::Heading) };
        found.push(words);
    }
    let texts =
        |list: &'_ [Paragraph]| -> Vec<String> { list.iter().map(|p| p.markdown.to_string()).collect() };
    let (olds, news) = (texts(old.paragraphs), texts(new.paragraphs));
    let olds: Vec<&str> = olds.iter().map(String::as_str).collect();
    let news: Vec<&str> = news.iter().map(String::as_str).collect();
    for row in paragraphs(&olds, &news) {
        let before = row.left.map_or("", |l| olds[l]);
        let after = row.right.map_or("", |r| news[r]);
        if before == after && row.fate == Fate::Same {
            continue;
        }
        let what = if row.fate == Fate::Moved && before == after { What::Moved } else { What::Words };
        found.push(Difference {
            paragraph: row.right.or(row.left).map(|at| at as u32 + 1),
            before: before.into(),
            after: after.into(),
            ..new.bare(what)
        });
    }
}
