//! Where each word of a version comes from: the version that had it first, the change that brought it, or, where no
//! recorded change explains it, the version in which it appeared.

use super::texts::DerivedVersion;
use crate::compare::passages::paragraphs;
use crate::compare::words::{Run, smallest_difference};
use crate::graft::{From, Trail, pairs};
use crate::model::document::{Document, Item, Paragraph};
use crate::model::site::*;

/// Where words come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// The oldest version had them.
    First,
    /// A change brought them.
    Change(AmendmentIx),
    /// They appeared in this version, and no recorded change explains it.
    Version(usize),
}

/// A run of words of a paragraph with one origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its length in bytes.
    pub length: usize,
    /// Where it comes from.
    pub origin: Origin,
}

/// By unit (the preamble first, then the items in order), by paragraph: the runs in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blame {
    /// The runs.
    pub units: Vec<Vec<Vec<Passage>>>,
}

impl Blame {
    /// The runs of a paragraph; the unit is a place among the document's items.
    pub fn of(&self, item: usize, paragraph: u32) -> &[Passage] {
        let unit = self.units.get(item + 1);
        let list = unit.and_then(|u| u.get((paragraph as usize).wrapping_sub(1)));
        list.map_or(&[], Vec::as_slice)
    }
}

/// The blame of a version, in each of its languages; `before` is what was computed of the version before.
pub fn blame(text: &Text, v: usize, before: Option<&DerivedVersion>) -> Local<Blame> {
    text.versions[v].document.map(|lang, document| {
        let whole = |origin| uniform(document, origin);
        let Some(before) = before else { return whole(Origin::First) };
        if !text.versions[v - 1].document.has(lang) || !before.grafted.editions.has(lang) {
            return whole(Origin::Version(v));
        }
        let edition = before.grafted.editions.get(lang);
        let trails = edition.state.trails(&before.grafted.adopted);
        let computed = followed(&trails, before.blame.get(lang));
        carried(&edition.consolidated, &computed, document, Origin::Version(v))
    })
}

fn uniform(document: &Document, origin: Origin) -> Blame {
    let paragraphs = |list: &[Paragraph]| -> Vec<Vec<Passage>> {
        list.iter().map(|p| vec![Passage { length: p.markdown.len(), origin }]).collect()
    };
    let mut units = vec![paragraphs(&document.preamble)];
    units.extend(document.items.iter().map(|item| match item {
        Item::Division(d) => paragraphs(&d.paragraphs),
        Item::Article(a) => paragraphs(&a.paragraphs),
    }));
    Blame { units }
}

/// What changes left of a version, each word followed to where that version had it from.
fn followed(trails: &[Vec<Vec<Trail>>], older: &Blame) -> Blame {
    let one = |trail: &Trail| -> Vec<Passage> {
        match trail.from {
            From::Change(change) => {
                vec![Passage { length: trail.length, origin: Origin::Change(change as AmendmentIx) }]
            }
            From::Base { unit, paragraph, offset } => {
                let runs = older.units.get(unit).and_then(|u| u.get((paragraph as usize).wrapping_sub(1)));
                cut(runs.map_or(&[], Vec::as_slice), offset, trail.length)
            }
        }
    };
    let paragraph = |trails: &Vec<Trail>| joined(trails.iter().flat_map(one));
    Blame { units: trails.iter().map(|u| u.iter().map(paragraph).collect()).collect() }
}

/// The runs of a range.
fn cut(runs: &[Passage], offset: usize, length: usize) -> Vec<Passage> {
    let (mut at, end) = (0, offset + length);
    let mut found = Vec::new();
    for run in runs {
        let (from, to) = (at.max(offset), (at + run.length).min(end));
        if from < to {
            found.push(Passage { length: to - from, origin: run.origin });
        }
        at += run.length;
    }
    found
}

/// Neighbours of one origin, joined.
fn joined(runs: impl Iterator<Item = Passage>) -> Vec<Passage> {
    let mut all: Vec<Passage> = Vec::new();
    for run in runs {
        match all.last_mut() {
            Some(last) if last.origin == run.origin => last.length += run.length,
            _ => all.push(run),
        }
    }
    all
}

/// The blame of the computed text, carried over to the version as it is; what it adds comes from `new`.
fn carried(computed: &Document, blame: &Blame, document: &Document, new: Origin) -> Blame {
    if computed == document {
        return blame.clone();
    }
    let mut carried = uniform(document, new);
    for (left, right) in pairs(computed, document) {
        let (olds, news) = (texts(computed, left), texts(document, right));
        for row in paragraphs(&olds, &news) {
            let (Some(l), Some(r)) = (row.left, row.right) else { continue };
            let runs = blame.units.get(left).and_then(|u| u.get(l)).map_or(&[][..], Vec::as_slice);
            if let Some(place) = carried.units.get_mut(right).and_then(|u| u.get_mut(r)) {
                *place = over(olds[l], runs, news[r], new);
            }
        }
    }
    carried
}

fn texts(document: &Document, unit: usize) -> Vec<&str> {
    let list = match unit.checked_sub(1).and_then(|i| document.items.get(i)) {
        None => &document.preamble,
        Some(Item::Division(d)) => &d.paragraphs,
        Some(Item::Article(a)) => &a.paragraphs,
    };
    list.iter().map(|p| &*p.markdown).collect()
}

fn over(old: &str, runs: &[Passage], words: &str, new: Origin) -> Vec<Passage> {
    let mut at = 0;
    let mut all = Vec::new();
    for run in smallest_difference(old, words) {
        match run {
            Run::Same(same) => {
                all.extend(cut(runs, at, same.len()));
                at += same.len();
            }
            Run::Deleted(gone) => at += gone.len(),
            Run::Inserted(words) => all.push(Passage { length: words.len(), origin: new }),
        }
    }
    joined(all.into_iter())
}
