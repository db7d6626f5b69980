//! A text with every change made to it: articles, divisions, paragraphs and words, each with what brought it and
//! what took it away. From it, the text as anyone who knows some of the changes reads it.

use super::known::{Known, Life};
use super::passage::Passage;
use crate::model::change::Target;
use crate::model::document::{Article, Division, Document, Item, Paragraph, article_key};
use crate::model::id::{Id, slug};
use crate::model::numbering::{Heading, Ids};
use std::collections::BTreeMap;

/// What stands in a list, and when; a thing that was moved stands in two places, and is seen in one.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    /// Its place in the store.
    pub of: usize,
    /// When it stands here.
    pub life: Life,
}

/// A paragraph.
#[derive(Debug, Clone)]
pub(super) struct Para {
    /// Its words.
    pub words: Passage,
    /// Whether it is there at all, wherever it stands.
    pub life: Life,
    /// Its unit and its number in it, in the version as it was.
    pub base: Option<(usize, u32)>,
}

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// What stands before the first division or article.
    Preamble,
    /// A division of this depth.
    Division(u8),
    /// An article.
    Article,
}

/// The preamble, a division's heading with what stands under it, or an article.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub kind: Kind,
    pub number: Passage,
    pub heading: Passage,
    pub paras: Vec<Slot>,
    pub life: Life,
}

/// A text with every change made to it.
#[derive(Debug, Clone, Default)]
pub struct State {
    pub(super) units: Vec<Unit>,
    pub(super) order: Vec<Slot>,
    pub(super) paras: Vec<Para>,
    /// Units of the version as it was, by the form in which their ids are compared.
    base: BTreeMap<(bool, Box<str>), usize>,
    /// The changes that may have changed ids.
    pub(super) structural: Known,
}

impl State {
    /// A version as it is, before any change.
    pub fn of(document: &Document) -> State {
        let mut state = State::default();
        state.push(Kind::Preamble, "", "", &document.preamble);
        for item in &document.items {
            let unit = state.units.len();
            match item {
                Item::Division(d) => {
                    state.push(Kind::Division(d.level), &d.number, &d.heading, &d.paragraphs);
                    state.base.entry((false, d.id.as_str().into())).or_insert(unit);
                }
                Item::Article(a) => {
                    state.push(Kind::Article, &a.number, &a.heading, &a.paragraphs);
                    if let Some(key) = article_key(a.id.as_str()) {
                        state.base.entry((true, key)).or_insert(unit);
                    }
                }
            }
        }
        state
    }

    fn push(&mut self, kind: Kind, number: &str, heading: &str, paragraphs: &[Paragraph]) {
        let of = self.units.len();
        let unit = self.unit(kind, number, heading, paragraphs.iter().map(|p| &*p.markdown), None);
        for (at, slot) in self.units[unit].paras.iter().enumerate() {
            self.paras[slot.of].base = Some((of, at as u32 + 1));
        }
        self.order.push(Slot { of: unit, life: Life::born(None) });
    }

    /// Stores a unit that stands nowhere yet.
    pub(super) fn unit<'p>(
        &mut self,
        kind: Kind,
        number: &str,
        heading: &str,
        paragraphs: impl Iterator<Item = &'p str>,
        by: Option<u32>,
    ) -> usize {
        let paras = paragraphs.map(|words| self.para(words, by)).collect();
        self.units.push(Unit {
            kind,
            number: Passage::new(number, by),
            heading: Passage::new(heading, by),
            paras,
            life: Life::born(by),
        });
        self.units.len() - 1
    }

    /// Stores a paragraph; its slot stands in no unit yet.
    pub(super) fn para(&mut self, words: &str, by: Option<u32>) -> Slot {
        self.paras.push(Para { words: Passage::new(words, by), life: Life::born(by), base: None });
        Slot { of: self.paras.len() - 1, life: Life::born(by) }
    }

    /// Whether a unit's slot is seen.
    pub(super) fn unit_seen(&self, slot: &Slot, known: &Known) -> bool {
        slot.life.seen(known) && self.units[slot.of].life.seen(known)
    }

    /// Whether a paragraph's slot is seen; one without a word left is no paragraph.
    pub(super) fn para_seen(&self, slot: &Slot, known: &Known) -> bool {
        let para = &self.paras[slot.of];
        slot.life.seen(known) && para.life.seen(known) && !para.words.is_blank(known)
    }

    /// Places of the paragraphs that are seen among the unit's slots.
    pub(super) fn paragraphs_seen(&self, unit: usize, known: &Known) -> Vec<usize> {
        let slots = &self.units[unit].paras;
        (0..slots.len()).filter(|at| self.para_seen(&slots[*at], known)).collect()
    }

    /// The units that are seen, in order: their places in `order`.
    pub(super) fn units_seen(&self, known: &Known) -> Vec<usize> {
        (0..self.order.len()).filter(|at| self.unit_seen(&self.order[*at], known)).collect()
    }

    /// The unit that is named, for somebody who knows these changes.
    pub(super) fn resolve(&self, target: &Target, known: &Known) -> Option<usize> {
        let (article, key) = match target {
            Target::Preamble => return Some(0),
            Target::Text => return None,
            Target::Article(name) => (true, article_key(name)?),
            Target::Division(name) => (false, slug(name)?.as_str().into()),
        };
        if !self.structural.meets(known) {
            return self.base.get(&(article, key)).copied().filter(|u| self.units[*u].life.seen(known));
        }
        self.ids_seen(known)
            .into_iter()
            .find(|(unit, id)| {
                let is_article = self.units[*unit].kind == Kind::Article;
                let own = if is_article { article_key(id.as_str()) } else { Some(id.as_str().into()) };
                is_article == article && own.as_deref() == Some(&*key)
            })
            .map(|(unit, _)| unit)
    }

    /// The ids of the units that are seen, in order; the preamble has none.
    pub(super) fn ids_seen(&self, known: &Known) -> Vec<(usize, Id)> {
        let seen: Vec<(usize, Heading)> = self
            .units_seen(known)
            .into_iter()
            .filter_map(|at| {
                let of = self.order[at].of;
                let unit = &self.units[of];
                let (number, heading) = (unit.number.text(known), unit.heading.text(known));
                let level = match unit.kind {
                    Kind::Preamble => return None,
                    Kind::Division(level) => Some(level),
                    Kind::Article => None,
                };
                Some((of, Heading { level, number: number.into(), heading: heading.into() }))
            })
            .collect();
        let mut ids = Ids::default();
        seen.iter().map(|(unit, heading)| (*unit, ids.next(heading))).collect()
    }

    /// The text as somebody who knows these changes reads it.
    pub fn document(&self, known: &Known) -> Document {
        let mut document = Document { preamble: self.words_of(0, known), items: Vec::new() };
        for (unit, id) in self.ids_seen(known) {
            let paragraphs = self.words_of(unit, known);
            let of = &self.units[unit];
            let (number, heading) = (of.number.text(known).into(), of.heading.text(known).into());
            document.items.push(match of.kind {
                Kind::Division(level) => Item::Division(Division { level, id, number, heading, paragraphs }),
                Kind::Article | Kind::Preamble => Item::Article(Article { id, number, heading, paragraphs }),
            });
        }
        document
    }

    fn words_of(&self, unit: usize, known: &Known) -> Vec<Paragraph> {
        let Some(of) = self.units.get(unit) else { return Vec::new() };
        let seen = self.paragraphs_seen(unit, known);
        seen.into_iter()
            .enumerate()
            .map(|(at, slot)| Paragraph {
                number: at as u32 + 1,
                markdown: self.paras[of.paras[slot].of].words.text(known).into(),
            })
            .collect()
    }
}
