//! Where each word of a text comes from.

use super::known::Known;
use super::state::State;

/// A run of words of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trail {
    /// Its length in bytes.
    pub length: usize,
    /// Where it comes from.
    pub from: From,
}

/// Where words come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// The version itself.
    Base {
        /// Its article or division: 0 is the preamble, then the items in order.
        unit: usize,
        /// The paragraph's number there.
        paragraph: u32,
        /// The offset in that paragraph, in bytes.
        offset: usize,
    },
    /// A change.
    Change(u32),
}

impl State {
    /// The units as somebody who knows these changes reads them, in the order of [`State::trails`]: their places in the
    /// store, as [`Applied`](super::Applied) names them.
    pub fn units(&self, known: &Known) -> Vec<usize> {
        self.units_seen(known).into_iter().map(|at| self.order[at].of).collect()
    }

    /// For the text as somebody who knows these changes reads it: by unit (the preamble first, then the items as
    /// [`State::document`] has them), by paragraph, the runs of words in order.
    pub fn trails(&self, known: &Known) -> Vec<Vec<Vec<Trail>>> {
        self.units(known)
            .into_iter()
            .map(|unit| {
                let seen = self.paragraphs_seen(unit, known);
                seen.into_iter()
                    .map(|slot| self.paragraph_trails(self.units[unit].paras[slot].of, known))
                    .collect()
            })
            .collect()
    }

    fn paragraph_trails(&self, para: usize, known: &Known) -> Vec<Trail> {
        let para = &self.paras[para];
        let mut trails: Vec<Trail> = Vec::new();
        for piece in para.words.seen(known) {
            let length = piece.text.len();
            let from = match (piece.life.born, para.base) {
                (Some(change), _) => From::Change(change),
                (None, Some((unit, paragraph))) => From::Base { unit, paragraph, offset: piece.offset },
                (None, None) => continue,
            };
            trails.push(Trail { length, from });
        }
        trails
    }
}

/// A run of words of a paragraph with one change shown in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The words.
    pub words: String,
    /// What the change does to them.
    pub mark: Mark,
}

/// What a change does to words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Leaves them.
    Same,
    /// Takes them away.
    Deleted,
    /// Brings them.
    Inserted,
}

/// A paragraph with one change shown in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedParagraph {
    /// Its number before; none for one that the change brings.
    pub before: Option<u32>,
    /// Its number after; none for one that the change takes away.
    pub after: Option<u32>,
    /// Its words.
    pub runs: Vec<Marked>,
}

/// An article or division with one change shown in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedUnit {
    /// Its place in the version: 0 is the preamble, then the items in order; none for one that a change brought.
    pub base: Option<usize>,
    /// It is an article.
    pub article: bool,
    /// Its number, before and after.
    pub number: Vec<Marked>,
    /// Its heading, before and after.
    pub heading: Vec<Marked>,
    /// The change brings it, takes it away, or leaves it where it is.
    pub mark: Mark,
    /// Its paragraphs.
    pub paragraphs: Vec<MarkedParagraph>,
}

impl State {
    /// The units that a change touches, as they read with it alone on top of what it builds on: `before` knows what
    /// it builds on, `after` the change too.
    pub fn marked(&self, units: &[usize], before: &Known, after: &Known) -> Vec<MarkedUnit> {
        let base = self.order.iter().filter(|s| s.life.born.is_none()).count();
        let mut done = std::collections::BTreeSet::new();
        let mut all = Vec::new();
        for slot in &self.order {
            let seen = (self.unit_seen(slot, before), self.unit_seen(slot, after));
            if !units.contains(&slot.of) || seen == (false, false) || !done.insert((slot.of, seen)) {
                continue;
            }
            let unit = &self.units[slot.of];
            all.push(MarkedUnit {
                base: (slot.of < base).then_some(slot.of),
                article: unit.kind == super::state::Kind::Article,
                number: marked(&unit.number, before, after),
                heading: marked(&unit.heading, before, after),
                mark: mark(seen),
                paragraphs: if seen.0 || seen.1 {
                    self.marked_paragraphs(slot.of, seen, before, after)
                } else {
                    Vec::new()
                },
            });
        }
        all
    }

    fn marked_paragraphs(
        &self,
        unit: usize,
        unit_seen: (bool, bool),
        before: &Known,
        after: &Known,
    ) -> Vec<MarkedParagraph> {
        let (mut old, mut new) = (0, 0);
        let mut all = Vec::new();
        for slot in &self.units[unit].paras {
            let seen =
                (unit_seen.0 && self.para_seen(slot, before), unit_seen.1 && self.para_seen(slot, after));
            if seen == (false, false) {
                continue;
            }
            old += u32::from(seen.0);
            new += u32::from(seen.1);
            let words = &self.paras[slot.of].words;
            let runs = match seen {
                (true, true) => marked(words, before, after),
                (true, false) => vec![Marked { words: words.text(before), mark: Mark::Deleted }],
                _ => vec![Marked { words: words.text(after), mark: Mark::Inserted }],
            };
            all.push(MarkedParagraph { before: seen.0.then_some(old), after: seen.1.then_some(new), runs });
        }
        all
    }
}

fn mark(seen: (bool, bool)) -> Mark {
    match seen {
        (true, false) => Mark::Deleted,
        (false, true) => Mark::Inserted,
        (true, true) | (false, false) => Mark::Same,
    }
}

fn marked(words: &super::passage::Passage, before: &Known, after: &Known) -> Vec<Marked> {
    let mut runs: Vec<Marked> = Vec::new();
    for piece in words.pieces() {
        let seen = (piece.life.seen(before), piece.life.seen(after));
        if seen == (false, false) {
            continue;
        }
        let mark = mark(seen);
        match runs.last_mut() {
            Some(last) if last.mark == mark => last.words.push_str(&piece.text),
            _ => runs.push(Marked { words: piece.text.to_string(), mark }),
        }
    }
    runs
}
