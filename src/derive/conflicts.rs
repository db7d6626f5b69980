//! Amendments that meet: those that change the same words, those that do the same, those of which one takes away what
//! the other changes. And the order in which amendments are discussed. Both come from what each amendment touches in
//! the version.

use super::changes::{Edition, Grafted};
use crate::graft::Touch;
use crate::model::change::{Edit, Operation};
use crate::model::site::*;
use crate::text::natural_key;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How two amendments meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meeting {
    /// They do the same.
    Identical,
    /// They change the same words, each its own way.
    Overlap,
    /// One takes away a paragraph, an article or a division in which the other changes something: if it is
    /// adopted, the other has no object left (il tombe).
    Moot,
}

/// Two amendments that meet, without saying that one builds on the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The first in the order of discussion; for [`Meeting::Moot`], the one that takes away.
    pub first: AmendmentIx,
    /// The other.
    pub second: AmendmentIx,
    /// How.
    pub meeting: Meeting,
    /// The paragraph of the version, when they meet in one.
    pub paragraph: Option<u32>,
    /// The article or division of the version: 0 is the preamble, then in the order of the text.
    pub unit: usize,
}

/// What a touch takes up.
struct Spot<'t> {
    amendment: AmendmentIx,
    touch: &'t Touch,
}

/// Most pairs that are kept of a version: a thousand amendments on the same words meet half a million times, and
/// nobody reads that.
pub const MOST: usize = 100_000;

/// The pairs that meet, by place in the list of amendments, and how many there are beyond [`MOST`].
pub fn conflicts(c: &Consultation, grafted: &Grafted) -> (Vec<Conflict>, usize) {
    let edition = grafted.editions.main();
    let mut by_unit: BTreeMap<usize, Vec<Spot<'_>>> = BTreeMap::new();
    for (amendment, done) in &edition.done {
        for touch in &done.touches {
            by_unit.entry(touch.unit).or_default().push(Spot { amendment: *amendment, touch });
        }
    }
    let mut found = Found { pairs: BTreeMap::new(), beyond: 0 };
    for (unit, spots) in &by_unit {
        in_unit(c, grafted, *unit, spots, &mut found);
    }
    (found.pairs.into_values().collect(), found.beyond)
}

/// The pairs met so far.
struct Found {
    pairs: BTreeMap<(AmendmentIx, AmendmentIx), Conflict>,
    beyond: usize,
}

/// Whether a touch takes away a whole article or division.
fn whole_unit(touch: &Touch) -> bool {
    touch.deletes && touch.paragraph.is_none() && touch.words.is_none()
}

/// Whether it takes away a whole paragraph.
fn whole_paragraph(touch: &Touch) -> bool {
    touch.deletes && touch.paragraph.is_some() && touch.words.is_none()
}

fn in_unit(c: &Consultation, grafted: &Grafted, unit: usize, spots: &[Spot<'_>], found: &mut Found) {
    let mut note = |first: AmendmentIx, second: AmendmentIx, meeting, paragraph| {
        let sees = |one: AmendmentIx, other: AmendmentIx| {
            grafted.known.get(&one).is_some_and(|known| known.has(other as u32))
        };
        if first == second || sees(first, second) || sees(second, first) {
            return;
        }
        let key = (first.min(second), first.max(second));
        if found.pairs.len() >= MOST && !found.pairs.contains_key(&key) {
            found.beyond += 1;
            return;
        }
        let meeting = match (same(c, first, second), meeting) {
            (true, _) => Meeting::Identical,
            // Two that insert at one place do not contend.
            (false, Meeting::Identical) => return,
            (false, Meeting::Overlap | Meeting::Moot) => meeting,
        };
        let (first, second) = if meeting == Meeting::Moot { (first, second) } else { key };
        found.pairs.entry(key).or_insert(Conflict { first, second, meeting, paragraph, unit });
    };
    let takers: Vec<&Spot<'_>> = spots.iter().filter(|s| whole_unit(s.touch)).collect();
    for taker in &takers {
        for other in spots.iter().filter(|s| s.amendment != taker.amendment) {
            let meeting = if whole_unit(other.touch) { Meeting::Overlap } else { Meeting::Moot };
            // What goes after the unit does not need it.
            if other.touch.deletes || other.touch.paragraph.is_some() {
                note(taker.amendment, other.amendment, meeting, None);
            }
        }
    }
    let mut by_paragraph: BTreeMap<Option<u32>, Vec<&Spot<'_>>> = BTreeMap::new();
    for spot in spots.iter().filter(|s| !whole_unit(s.touch)) {
        by_paragraph.entry(spot.touch.paragraph).or_default().push(spot);
    }
    for (paragraph, mut spots) in by_paragraph {
        for taker in spots.iter().filter(|s| whole_paragraph(s.touch)) {
            for other in &spots {
                let outside = other.touch.words.as_ref().is_some_and(|w| w.start == usize::MAX);
                if !outside {
                    let both = whole_paragraph(other.touch);
                    let meeting = if both { Meeting::Overlap } else { Meeting::Moot };
                    note(taker.amendment, other.amendment, meeting, paragraph);
                }
            }
        }
        spots.retain(|s| s.touch.words.is_some());
        spots.sort_by_key(|s| s.touch.words.as_ref().map(|w| (w.start, Reverse(w.end))));
        in_paragraph(&spots, paragraph, &mut note);
    }
}

/// Sweeps over the words of one paragraph, from left to right.
fn in_paragraph(
    spots: &[&Spot<'_>],
    paragraph: Option<u32>,
    note: &mut impl FnMut(AmendmentIx, AmendmentIx, Meeting, Option<u32>),
) {
    let mut open: Vec<&Spot<'_>> = Vec::new();
    for spot in spots {
        let Some(words) = &spot.touch.words else { continue };
        open.retain(|o| {
            let end = o.touch.words.as_ref().map_or(0, |w| w.end);
            end > words.start || (end == words.start && !o.touch.deletes && !spot.touch.deletes)
        });
        for other in &open {
            let Some(theirs) = &other.touch.words else { continue };
            // Two headings, or two runs of words of which one begins inside the other.
            let inside =
                theirs.start < words.end.max(words.start.saturating_add(1)) && words.start < theirs.end;
            let heading = paragraph.is_none() && spot.touch.deletes && other.touch.deletes;
            let at_edge = !spot.touch.deletes && (words.start == theirs.start || words.start == theirs.end);
            if heading || (inside && !at_edge && (spot.touch.deletes || other.touch.deletes)) {
                note(other.amendment, spot.amendment, Meeting::Overlap, paragraph);
            } else if *words == *theirs && !spot.touch.deletes && !other.touch.deletes {
                // Both insert at one place: no contention unless they insert the same.
                note(other.amendment, spot.amendment, Meeting::Identical, paragraph);
            }
        }
        open.push(spot);
    }
}

/// Whether two amendments do the same.
fn same(c: &Consultation, one: AmendmentIx, other: AmendmentIx) -> bool {
    let strip = |at: AmendmentIx| -> Vec<Operation> {
        let bare = |o: &Operation| Operation { place: crate::source::Span::nowhere(), ..o.clone() };
        c.amendments[at].operations.main().iter().map(bare).collect()
    };
    strip(one) == strip(other)
}

/// The amendments and changes of a version in the order in which they are discussed: their place in the text; at
/// one place deletions first, then rewritings, then the rest; by number where all else is equal. What edits
/// nothing that can be found comes last, by the place that its record states. A sub-amendment follows the amendment
/// it amends. (Practice of both French assemblies: Règlement de l’Assemblée nationale, article 100; Règlement du
/// Sénat, article 46.)
pub fn discussion(c: &Consultation, edition: &Edition, changes: &[AmendmentIx]) -> Vec<AmendmentIx> {
    let mut keyed: Vec<(AmendmentIx, Key)> = changes.iter().map(|at| (*at, key(c, edition, *at))).collect();
    keyed.sort_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(&b.0)));
    let mut order = Vec::with_capacity(keyed.len());
    for (at, _) in keyed.iter().filter(|(at, _)| c.amendments[*at].parent.is_none()) {
        follow(c, *at, &keyed, &mut order);
    }
    // A sub-amendment whose amendment is on another version.
    let rest: Vec<AmendmentIx> = keyed.iter().map(|(at, _)| *at).filter(|at| !order.contains(at)).collect();
    order.extend(rest);
    order
}

fn follow(c: &Consultation, at: AmendmentIx, keyed: &[(AmendmentIx, Key)], order: &mut Vec<AmendmentIx>) {
    order.push(at);
    for (sub, _) in keyed.iter().filter(|(sub, _)| c.amendments[*sub].parent == Some(at)) {
        follow(c, *sub, keyed, order);
    }
}

/// Unit, what is done to the unit, paragraph, what is done to it, place in it, number.
type Key = (usize, u8, u32, u8, usize, Vec<(u64, String)>);

fn key(c: &Consultation, edition: &Edition, at: AmendmentIx) -> Key {
    let amendment = &c.amendments[at];
    let number = natural_key(&amendment.number);
    // What edits nothing that can be found has no place in the text: that which its record states, if it does.
    let stated = amendment.order.map_or(u32::MAX, |order| u32::try_from(order).unwrap_or(u32::MAX));
    let Some(done) = edition.done.get(&at) else { return (usize::MAX, 2, stated, 2, 0, number) };
    let operations = amendment.operations.main();
    let of = |touch: &Touch| {
        let edit = operations.get(touch.operation).map(|o| &o.edit);
        let after = touch.paragraph.is_none() && !touch.deletes;
        let unit = match edit {
            Some(Edit::DeleteUnit | Edit::DeleteHeading) => 0,
            Some(Edit::ReplaceUnit { .. } | Edit::ReplaceText { .. }) => 1,
            _ if after => 3,
            _ => 2,
        };
        let paragraph = match edit {
            Some(Edit::DeleteParagraphs { .. }) => 0,
            Some(Edit::ReplaceParagraphs { .. }) => 1,
            _ => 2,
        };
        let start = touch.words.as_ref().map_or(0, |w| w.start);
        (touch.unit, unit, touch.paragraph.unwrap_or(0), paragraph, start)
    };
    match done.touches.iter().map(of).min() {
        Some((unit, what, paragraph, how, start)) => (unit, what, paragraph, how, start, number),
        None => (done.units.first().copied().unwrap_or(usize::MAX), 2, stated, 2, 0, number),
    }
}
