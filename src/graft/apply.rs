//! Applies the operations of one change to a text. What an operation names is looked for in the text as its author
//! knew it; what it does is done to the text as it stands.

use super::find::{find, spaced, tidied};
use super::known::{Known, Life};
use super::passage::Trace;
use super::state::{Kind, Slot, State};
use crate::compare::words::{Run, smallest_difference};
use crate::model::change::{Beside, Edit, Operation, Paragraphs, Target};
use crate::model::document::Item;
use std::ops::Range;

/// Why an operation does not apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// No article or division has this number.
    NoUnit(Target),
    /// The article has fewer paragraphs.
    NoParagraph {
        /// The one that was named.
        asked: u32,
        /// How many there are.
        count: u32,
    },
    /// The words are not there.
    NotFound {
        /// The words.
        words: Box<str>,
        /// The paragraph in which they are, when it is another than the one named.
        elsewhere: Option<u32>,
        /// The passage nearest to them, with its paragraph.
        nearest: Option<(Box<str>, u32)>,
    },
    /// The words are there several times, and no occurrence is named.
    Ambiguous {
        /// The words.
        words: Box<str>,
        /// How many times.
        count: u32,
    },
    /// The words are there fewer times than the occurrence named.
    NoOccurrence {
        /// The words.
        words: Box<str>,
        /// How many times.
        count: u32,
    },
    /// The place where something should go is in what is moved.
    Circular,
}

/// What an operation touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touch {
    /// The operation, as a place in the change's list.
    pub operation: usize,
    /// The unit, as a place in the state's store: 0 is the preamble, then the version's own, in order.
    pub unit: usize,
    /// The paragraph as the version numbered it; `None` for a whole unit or its heading.
    pub paragraph: Option<u32>,
    /// The words, in bytes of the version's paragraph; `None` for all of it.
    pub words: Option<Range<usize>>,
    /// It takes words away; otherwise it inserts.
    pub deletes: bool,
}

/// What came of a change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// Operations that do not apply; the others were applied.
    pub faults: Vec<(usize, Fault)>,
    /// What it touched in the version's own text.
    pub touches: Vec<Touch>,
    /// The changes on whose words it worked.
    pub on: Vec<u32>,
    /// The changes that, unknown to it, had taken away what it changes.
    pub gone: Vec<u32>,
    /// The units it touched.
    pub units: Vec<usize>,
}

impl State {
    /// Applies the operations of `change`, whose author knew of `known`. An operation at fault does nothing.
    pub fn apply(&mut self, change: u32, operations: &[Operation], known: &Known) -> Applied {
        let mut done = Applied::default();
        for (at, operation) in operations.iter().enumerate() {
            let mut step = Step { state: self, by: change, known, at, done: &mut done };
            if let Err(fault) = step.run(operation) {
                done.faults.push((at, fault));
            }
        }
        for list in [&mut done.on, &mut done.gone] {
            list.sort_unstable();
            list.dedup();
            list.retain(|other| *other != change);
        }
        done.units.sort_unstable();
        done.units.dedup();
        done
    }
}

/// One operation under way.
struct Step<'a> {
    state: &'a mut State,
    by: u32,
    known: &'a Known,
    at: usize,
    done: &'a mut Applied,
}

impl Step<'_> {
    fn run(&mut self, operation: &Operation) -> Result<(), Fault> {
        match &operation.edit {
            Edit::Replace { words, .. } | Edit::Delete { words } => {
                let (unit, slot, range) = self.words(operation, words)?;
                self.replace_words(unit, slot, range, &operation.edit);
            }
            Edit::InsertBefore { anchor, words } => {
                let (unit, slot, range) = self.words(operation, anchor)?;
                self.insert_words(unit, slot, range.start, words);
            }
            Edit::InsertAfter { anchor, words } => {
                let (unit, slot, range) = self.words(operation, anchor)?;
                self.insert_words(unit, slot, range.end, words);
            }
            Edit::ReplaceParagraphs { which, with } => {
                let unit = self.unit(&operation.target)?;
                let slots = self.run_of(unit, *which)?;
                let place = slots.last().map_or(0, |last| last + 1);
                self.delete_paragraphs(unit, &slots);
                self.put_paragraphs(unit, place, with);
            }
            Edit::InsertParagraphs { after, paragraphs } => {
                let unit = self.unit(&operation.target)?;
                let place = self.place_after(unit, *after)?;
                let paragraph = self.base_paragraph(unit, place);
                self.touch(unit, Some(paragraph.unwrap_or(0)), Some(usize::MAX..usize::MAX), false);
                self.put_paragraphs(unit, place, paragraphs);
            }
            Edit::DeleteParagraphs { which } => {
                let unit = self.unit(&operation.target)?;
                let slots = self.run_of(unit, *which)?;
                self.delete_paragraphs(unit, &slots);
            }
            Edit::MoveParagraphs { which, to, after } => {
                let unit = self.unit(&operation.target)?;
                let slots = self.run_of(unit, *which)?;
                let into = to.as_ref().map_or(Ok(unit), |to| self.unit(to))?;
                let place = self.place_after(into, *after)?;
                self.move_paragraphs(unit, &slots, into, place);
            }
            Edit::ReplaceUnit { with } => {
                let unit = self.unit(&operation.target)?;
                let places = self.extent(unit);
                let place = places.last().map_or(0, |last| last + 1);
                self.delete_units(&places);
                self.put_units(place, with);
            }
            Edit::ReplaceText { with } => {
                let unit = self.unit(&operation.target)?;
                let slots = self.state.paragraphs_seen(unit, self.known);
                let place = slots.last().map_or(0, |last| last + 1);
                self.delete_paragraphs(unit, &slots);
                self.put_paragraphs(unit, place, with);
            }
            Edit::InsertUnits { beside, items } => {
                let place = match beside {
                    Some(beside) => self.place_beside(beside)?,
                    None => self.state.order.len(),
                };
                self.put_units(place, items);
            }
            Edit::DeleteUnit => {
                let unit = self.unit(&operation.target)?;
                let places = self.extent(unit);
                self.delete_units(&places);
            }
            Edit::DeleteHeading => {
                let unit = self.unit(&operation.target)?;
                let place: Vec<usize> = self.slot_of(unit).into_iter().collect();
                self.delete_units(&place);
            }
            Edit::MoveUnit { beside } => {
                let unit = self.unit(&operation.target)?;
                let places = self.extent(unit);
                let to = self.place_beside(beside)?;
                self.move_units(&places, to)?;
            }
            Edit::Rename { number, heading } => {
                let unit = self.unit(&operation.target)?;
                let of = &mut self.state.units[unit];
                if let Some(number) = number {
                    of.number.replace_all(self.known, number, self.by);
                    self.state.structural.insert(self.by);
                }
                if let Some(heading) = heading {
                    let of = &mut self.state.units[unit];
                    of.heading.replace_all(self.known, heading, self.by);
                }
                self.touch(unit, None, Some(0..0), true);
            }
        }
        Ok(())
    }

    fn unit(&mut self, target: &Target) -> Result<usize, Fault> {
        let unit = self.state.resolve(target, self.known).ok_or_else(|| Fault::NoUnit(target.clone()))?;
        if let Some(by) = self.state.units[unit].life.born {
            self.done.on.push(by);
        }
        self.done.gone.extend(&self.state.units[unit].life.dead);
        self.done.units.push(unit);
        Ok(unit)
    }

    fn touch(&mut self, unit: usize, paragraph: Option<u32>, words: Option<Range<usize>>, deletes: bool) {
        self.done.touches.push(Touch { operation: self.at, unit, paragraph, words, deletes });
    }

    /// The paragraph and the range where the words of an operation stand.
    fn words(&mut self, operation: &Operation, words: &str) -> Result<(usize, usize, Range<usize>), Fault> {
        let unit = self.unit(&operation.target)?;
        let seen = self.state.paragraphs_seen(unit, self.known);
        let text = |slot: &usize| {
            let of = self.state.units[unit].paras[*slot].of;
            self.state.paras[of].words.text(self.known)
        };
        let looked: Vec<(usize, usize)> = match operation.paragraph {
            None => seen.iter().copied().enumerate().collect(),
            Some(number) => {
                let at = (number as usize).wrapping_sub(1);
                let count = seen.len() as u32;
                vec![(at, *seen.get(at).ok_or(Fault::NoParagraph { asked: number, count })?)]
            }
        };
        let mut all: Vec<(usize, Range<usize>)> = Vec::new();
        for (_, slot) in &looked {
            all.extend(find(&text(slot), words).into_iter().map(|range| (*slot, range)));
        }
        let count = all.len() as u32;
        let chosen = match operation.occurrence {
            None if count > 1 => return Err(Fault::Ambiguous { words: words.into(), count }),
            None => 0,
            Some(nth) => (nth as usize).wrapping_sub(1),
        };
        match all.into_iter().nth(chosen) {
            Some((slot, range)) => Ok((unit, slot, range)),
            None if count > 0 => Err(Fault::NoOccurrence { words: words.into(), count }),
            None => {
                let texts: Vec<String> = seen.iter().map(text).collect();
                let elsewhere = texts.iter().position(|t| !find(t, words).is_empty()).map(|at| at as u32 + 1);
                let nearest = crate::text::nearest_passage(words, texts.iter().map(String::as_str));
                let nearest = nearest.map(|near| {
                    let folded = |t: &str| t.split_whitespace().collect::<Vec<_>>().join(" ");
                    let at = texts.iter().position(|t| folded(t).contains(&near)).unwrap_or(0);
                    (near.into(), at as u32 + 1)
                });
                Err(Fault::NotFound { words: words.into(), elsewhere, nearest })
            }
        }
    }

    /// Of words replaced by others, those that are in both stay: they keep what brought them.
    fn replace_words(&mut self, unit: usize, slot: usize, range: Range<usize>, edit: &Edit) {
        let of = self.state.units[unit].paras[slot].of;
        let para = &mut self.state.paras[of];
        let text = para.words.text(self.known);
        let (range, with) = match edit {
            Edit::Replace { with, .. } => (range, &**with),
            _ => (tidied(&text, range), ""),
        };
        let mut trace = para.words.look(self.known, range.clone());
        let mut at = range.start;
        for run in smallest_difference(&text[range], with) {
            match run {
                Run::Same(words) => at += words.len(),
                Run::Deleted(words) => {
                    let gone = para.words.delete(self.known, at..at + words.len(), self.by);
                    trace.gone.extend(gone.gone);
                    at += words.len();
                }
                Run::Inserted(words) => {
                    para.words.insert(self.known, at, words, self.by, true);
                }
            }
        }
        self.done.gone.extend(&para.life.dead);
        self.note(unit, of, trace, true);
    }

    fn insert_words(&mut self, unit: usize, slot: usize, at: usize, words: &str) {
        let of = self.state.units[unit].paras[slot].of;
        let para = &mut self.state.paras[of];
        let text = para.words.text(self.known);
        let spaced = spaced(text[..at].chars().next_back(), words, text[at..].chars().next());
        let trace = para.words.insert(self.known, at, &spaced, self.by, false);
        self.done.gone.extend(&para.life.dead);
        self.note(unit, of, trace, false);
    }

    /// Notes what words were touched.
    fn note(&mut self, unit: usize, para: usize, trace: Trace, deletes: bool) {
        self.done.on.extend(trace.on);
        self.done.gone.extend(trace.gone);
        match self.state.paras[para].base {
            Some((own, number)) => {
                if let Some(range) = trace.base {
                    self.touch(own, Some(number), Some(range), deletes);
                }
            }
            None => self.done.on.extend(self.state.paras[para].life.born),
        }
        self.done.units.push(unit);
    }

    /// The slots of a run of paragraphs.
    fn run_of(&self, unit: usize, which: Paragraphs) -> Result<Vec<usize>, Fault> {
        let seen = self.state.paragraphs_seen(unit, self.known);
        let count = seen.len() as u32;
        let missing = |asked| Fault::NoParagraph { asked, count };
        if which.first == 0 || which.first > count {
            return Err(missing(which.first));
        }
        if which.last > count || which.last < which.first {
            return Err(missing(which.last));
        }
        Ok(seen[which.first as usize - 1..which.last as usize].to_vec())
    }

    /// The place among a unit's slots right after a paragraph, and after what others put there.
    fn place_after(&self, unit: usize, after: u32) -> Result<usize, Fault> {
        let seen = self.state.paragraphs_seen(unit, self.known);
        let count = seen.len() as u32;
        let mut place = match (after as usize).checked_sub(1) {
            None => 0,
            Some(at) => seen.get(at).ok_or(Fault::NoParagraph { asked: after, count })? + 1,
        };
        let slots = &self.state.units[unit].paras;
        while slots.get(place).is_some_and(|s| s.life.unborn(self.known)) {
            place += 1;
        }
        Ok(place)
    }

    /// The number that the paragraph before a place had in the version.
    fn base_paragraph(&self, unit: usize, place: usize) -> Option<u32> {
        let slots = &self.state.units[unit].paras[..place];
        slots.iter().rev().find_map(|s| self.state.paras[s.of].base).map(|(_, number)| number)
    }

    fn delete_paragraphs(&mut self, unit: usize, slots: &[usize]) {
        for slot in slots {
            let of = self.state.units[unit].paras[*slot].of;
            let para = &mut self.state.paras[of];
            self.done.gone.extend(&para.life.dead);
            self.done.on.extend(para.life.born);
            para.life.kill(self.by);
            if let Some((own, number)) = para.base {
                self.touch(own, Some(number), None, true);
            }
        }
    }

    fn put_paragraphs(&mut self, unit: usize, place: usize, words: &[Box<str>]) {
        for (at, words) in words.iter().enumerate() {
            let slot = self.state.para(words, Some(self.by));
            self.state.units[unit].paras.insert(place + at, slot);
        }
    }

    fn move_paragraphs(&mut self, unit: usize, slots: &[usize], into: usize, place: usize) {
        let mut moved = Vec::new();
        for slot in slots {
            let of = self.state.units[unit].paras[*slot].of;
            // Wherever others moved it, the last word counts: it stands in one place.
            for other in self.state.units.iter_mut().flat_map(|u| &mut u.paras).filter(|s| s.of == of) {
                other.life.kill(self.by);
            }
            if let Some((own, number)) = self.state.paras[of].base {
                self.touch(own, Some(number), None, true);
            }
            self.done.on.extend(self.state.paras[of].life.born);
            moved.push(Slot { of, life: Life::born(Some(self.by)) });
        }
        self.state.units[into].paras.splice(place..place, moved);
    }

    /// The place of a unit that is seen, in the order of the text.
    fn slot_of(&self, unit: usize) -> Option<usize> {
        let order = &self.state.order;
        (0..order.len()).find(|at| order[*at].of == unit && self.state.unit_seen(&order[*at], self.known))
    }

    /// A unit and, for a division, everything in it, as places in the order of the text.
    fn extent(&self, unit: usize) -> Vec<usize> {
        let Some(start) = self.slot_of(unit) else { return Vec::new() };
        let mut places = vec![start];
        let Kind::Division(level) = self.state.units[unit].kind else { return places };
        for at in start + 1..self.state.order.len() {
            let slot = &self.state.order[at];
            if !self.state.unit_seen(slot, self.known) {
                continue;
            }
            match self.state.units[slot.of].kind {
                Kind::Division(other) if other <= level => break,
                Kind::Division(_) | Kind::Article | Kind::Preamble => places.push(at),
            }
        }
        places
    }

    fn place_beside(&mut self, beside: &Beside) -> Result<usize, Fault> {
        let (Beside::Before(target) | Beside::After(target) | Beside::Within(target)) = beside;
        let unit = self.unit(target)?;
        let extent = self.extent(unit);
        let place = match beside {
            // What others put right before it stays before what is put now.
            Beside::Before(_) => return Ok(extent.first().copied().unwrap_or(0)),
            Beside::After(_) => extent.last().map_or(0, |at| at + 1),
            Beside::Within(_) => extent.first().map_or(0, |at| at + 1),
        };
        let order = &self.state.order;
        let mut place = place;
        while order.get(place).is_some_and(|s| s.life.unborn(self.known)) {
            place += 1;
        }
        Ok(place)
    }

    fn delete_units(&mut self, places: &[usize]) {
        for place in places {
            let of = self.state.order[*place].of;
            self.done.gone.extend(&self.state.units[of].life.dead);
            self.done.on.extend(self.state.units[of].life.born);
            self.done.units.push(of);
            self.state.units[of].life.kill(self.by);
            self.touch(of, None, None, true);
        }
        self.state.structural.insert(self.by);
    }

    fn put_units(&mut self, place: usize, items: &[Item]) {
        let by = Some(self.by);
        let mut slots = Vec::new();
        for item in items {
            let (kind, number, heading, paragraphs) = match item {
                Item::Division(d) => (Kind::Division(d.level), &d.number, &d.heading, &d.paragraphs),
                Item::Article(a) => (Kind::Article, &a.number, &a.heading, &a.paragraphs),
            };
            let words = paragraphs.iter().map(|p| &*p.markdown);
            let of = self.state.unit(kind, number, heading, words, by);
            self.done.units.push(of);
            slots.push(Slot { of, life: Life::born(by) });
        }
        if let Some(before) = place.checked_sub(1) {
            let of = self.state.order[before].of;
            self.touch(of, None, Some(usize::MAX..usize::MAX), false);
        }
        self.state.order.splice(place..place, slots);
        self.state.structural.insert(self.by);
    }

    fn move_units(&mut self, places: &[usize], to: usize) -> Result<(), Fault> {
        if places.first().is_some_and(|first| *first < to) && places.last().is_some_and(|last| to <= *last) {
            return Err(Fault::Circular);
        }
        let moved: Vec<usize> = places.iter().map(|at| self.state.order[*at].of).collect();
        for slot in self.state.order.iter_mut().filter(|s| moved.contains(&s.of)) {
            slot.life.kill(self.by);
        }
        for of in &moved {
            self.touch(*of, None, None, true);
            self.done.units.push(*of);
            self.done.on.extend(self.state.units[*of].life.born);
        }
        let slots = moved.into_iter().map(|of| Slot { of, life: Life::born(Some(self.by)) });
        self.state.order.splice(to..to, slots.collect::<Vec<_>>());
        self.state.structural.insert(self.by);
        Ok(())
    }
}
