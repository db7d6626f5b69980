//! Drafts the operations that turn one text into another: as small as the change itself, in words that a machine
//! finds again. Each is tried before it is given; what cannot be said in words is said of the paragraph, what cannot
//! be said of the paragraph is said of the article.

use super::find::find;
use super::known::Known;
use super::state::State;
use crate::compare::passages::{Fate, paragraphs};
use crate::compare::versions::{Alignment, align};
use crate::compare::words::{Run, smallest_difference};
use crate::model::change::{Beside, Edit, Operation, Paragraphs, Target};
use crate::model::document::{Document, Item, Paragraph};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The operations that turn `left` into `right`. Applied to `left`, they give `right`; ids apart, which follow from
/// the numbers, this is so for any two documents.
pub fn operations(left: &Document, right: &Document) -> Vec<Operation> {
    let units = Units::new(left, right);
    let mut all = units.structure();
    let mut by_unit: BTreeMap<usize, Vec<Operation>> = BTreeMap::new();
    for (l, r) in &units.pairs {
        let target = units.left_target(*l);
        let mut own = rename(&target, left_unit(left, *l), left_unit(right, *r));
        own.extend(within(&target, left_unit(left, *l).paragraphs, left_unit(right, *r).paragraphs));
        by_unit.insert(*l, own);
    }
    all.extend(by_unit.into_values().flatten());
    if gives(left, &all, right) { all } else { whole(left, right) }
}

/// Whether operations turn one text into the other.
fn gives(left: &Document, operations: &[Operation], right: &Document) -> bool {
    let mut state = State::of(left);
    let done = state.apply(0, operations, &Known::none());
    let mut known = Known::none();
    known.insert(0);
    done.faults.is_empty() && state.document(&known) == *right
}

/// Everything away, everything anew: the last resort, always right.
fn whole(left: &Document, right: &Document) -> Vec<Operation> {
    let mut all = within(&Target::Preamble, &left.preamble, &right.preamble);
    for item in &left.items {
        let (target, edit) = match item {
            Item::Article(a) => (Target::Article(a.id.as_str().into()), Edit::DeleteUnit),
            Item::Division(d) => (Target::Division(d.id.as_str().into()), Edit::DeleteHeading),
        };
        all.push(operation(target, edit));
    }
    if !right.items.is_empty() {
        let beside = Some(Beside::Within(Target::Preamble));
        all.push(operation(Target::Text, Edit::InsertUnits { beside, items: right.items.clone() }));
    }
    all
}

fn operation(target: Target, edit: Edit) -> Operation {
    Operation { place: Span::nowhere(), target, paragraph: None, occurrence: None, edit }
}

/// What an article, a division or the preamble is made of.
struct Parts<'d> {
    number: &'d str,
    heading: &'d str,
    paragraphs: &'d [Paragraph],
}

/// A unit of a document: 0 is the preamble, then its items.
fn left_unit(document: &Document, at: usize) -> Parts<'_> {
    match at.checked_sub(1).and_then(|i| document.items.get(i)) {
        None => Parts { number: "", heading: "", paragraphs: &document.preamble },
        Some(Item::Division(d)) => {
            Parts { number: &d.number, heading: &d.heading, paragraphs: &d.paragraphs }
        }
        Some(Item::Article(a)) => Parts { number: &a.number, heading: &a.heading, paragraphs: &a.paragraphs },
    }
}

/// How the units of two documents correspond.
struct Units<'d> {
    left: &'d Document,
    right: &'d Document,
    /// Units that are in both, in the order of the left one; 0 is the preamble.
    pairs: Vec<(usize, usize)>,
    /// The left units that stay where they are.
    kept: BTreeSet<usize>,
}

/// The preambles, divisions and articles that are in both texts, each in one pair, in the order of the left one: 0 is
/// the preamble, then the items.
pub fn pairs(left: &Document, right: &Document) -> Vec<(usize, usize)> {
    let places = |d: &Document| -> Vec<usize> {
        let articles = d.items.iter().enumerate().filter(|(_, i)| matches!(i, Item::Article(_)));
        articles.map(|(at, _)| at + 1).collect()
    };
    let (lefts, rights) = (places(left), places(right));
    let mut pairs = vec![(0, 0)];
    let alignment = align(left, right);
    for pair in &alignment.pairs {
        if let (Some(l), Some(r)) = (pair.left.first(), pair.right.first()) {
            pairs.push((lefts[*l], rights[*r]));
        }
    }
    pairs.extend(divisions(left, right, &alignment));
    let mut taken = BTreeSet::new();
    pairs.retain(|(l, r)| taken.insert((true, *l)) && taken.insert((false, *r)));
    pairs.sort_unstable();
    pairs
}

impl<'d> Units<'d> {
    fn new(left: &'d Document, right: &'d Document) -> Self {
        let mut pairs = pairs(left, right);
        let kept = longest_run(&pairs);
        // A heading alone does not move: where the articles around it say that it did, it goes and another comes.
        pairs.retain(|(l, _)| {
            let item = l.checked_sub(1).and_then(|at| left.items.get(at));
            kept.contains(l) || !matches!(item, Some(Item::Division(_)))
        });
        Units { left, right, pairs, kept }
    }

    fn left_target(&self, at: usize) -> Target {
        match at.checked_sub(1).and_then(|i| self.left.items.get(i)) {
            None => Target::Preamble,
            Some(Item::Division(d)) => Target::Division(d.id.as_str().into()),
            Some(Item::Article(a)) => Target::Article(a.id.as_str().into()),
        }
    }

    /// Deletions, moves and insertions of whole units.
    fn structure(&self) -> Vec<Operation> {
        let to_right: BTreeMap<usize, usize> = self.pairs.iter().copied().collect();
        let to_left: BTreeMap<usize, usize> = self.pairs.iter().map(|(l, r)| (*r, *l)).collect();
        let mut all = Vec::new();
        for (i, item) in self.left.items.iter().enumerate() {
            if !to_right.contains_key(&(i + 1)) {
                let edit = match item {
                    Item::Article(_) => Edit::DeleteUnit,
                    Item::Division(_) => Edit::DeleteHeading,
                };
                all.push(operation(self.left_target(i + 1), edit));
            }
        }
        // The last unit that stays where it is, after which the next ones go.
        let mut before = 0;
        let mut new: Vec<Item> = Vec::new();
        let flush = |new: &mut Vec<Item>, before: usize, all: &mut Vec<Operation>| {
            if !new.is_empty() {
                let beside = Some(self.right_after(before));
                let items = std::mem::take(new);
                all.push(operation(Target::Text, Edit::InsertUnits { beside, items }));
            }
        };
        for (i, item) in self.right.items.iter().enumerate() {
            match to_left.get(&(i + 1)) {
                Some(l) if self.kept.contains(l) => {
                    flush(&mut new, before, &mut all);
                    before = *l;
                }
                Some(l) => {
                    flush(&mut new, before, &mut all);
                    let edit = match self.left.items.get(*l - 1) {
                        Some(Item::Article(_)) => Edit::MoveUnit { beside: self.right_after(before) },
                        // `new` paired no heading that moves.
                        Some(Item::Division(_)) | None => continue,
                    };
                    all.push(operation(self.left_target(*l), edit));
                }
                None => new.push(item.clone()),
            }
        }
        flush(&mut new, before, &mut all);
        all
    }

    /// Right after a unit of the left text: after an article, after a heading, or at the beginning.
    fn right_after(&self, unit: usize) -> Beside {
        let target = self.left_target(unit);
        match target {
            Target::Article(_) => Beside::After(target),
            Target::Division(_) | Target::Preamble | Target::Text => Beside::Within(target),
        }
    }
}

/// Divisions that are in both at the same depth, in the same order: headings do not move, they are deleted and
/// inserted.
fn divisions(left: &Document, right: &Document, alignment: &Alignment) -> Vec<(usize, usize)> {
    let of = |d: &Document| -> Vec<(usize, u8)> {
        let place = |(at, item): (usize, &Item)| match item {
            Item::Division(d) => Some((at + 1, d.level)),
            Item::Article(_) => None,
        };
        d.items.iter().enumerate().filter_map(place).collect()
    };
    let (lefts, rights) = (of(left), of(right));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for pair in &alignment.divisions {
        let (Some(l), Some(r)) = (pair.left, pair.right) else { continue };
        if let (Some(l), Some(r)) = (lefts.get(l), rights.get(r))
            && l.1 == r.1
        {
            pairs.push((l.0, r.0));
        }
    }
    pairs.sort_unstable();
    let kept = longest_run(&pairs);
    pairs.retain(|(l, _)| kept.contains(l));
    pairs
}

/// The left units of a longest run of pairs that are in the same order on both sides; the preamble is always in it.
fn longest_run(pairs: &[(usize, usize)]) -> BTreeSet<usize> {
    // Patience: tails[k] is the pair that ends the best run of k + 1 pairs.
    let mut tails: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = vec![None; pairs.len()];
    for (at, (_, right)) in pairs.iter().enumerate() {
        let k = tails.partition_point(|t| pairs[*t].1 < *right);
        previous[at] = k.checked_sub(1).map(|k| tails[k]);
        match tails.get_mut(k) {
            Some(tail) => *tail = at,
            None => tails.push(at),
        }
    }
    let mut kept = BTreeSet::new();
    let mut at = tails.last().copied();
    while let Some(i) = at {
        kept.insert(pairs[i].0);
        at = previous[i];
    }
    kept
}

fn rename(target: &Target, left: Parts<'_>, right: Parts<'_>) -> Vec<Operation> {
    let changed = |l: &str, r: &str| (l != r).then(|| Box::from(r));
    let (number, heading) = (changed(left.number, right.number), changed(left.heading, right.heading));
    if number.is_none() && heading.is_none() {
        return Vec::new();
    }
    vec![operation(target.clone(), Edit::Rename { number, heading })]
}

/// The operations that turn the paragraphs of a unit into others.
pub(super) fn within(target: &Target, left: &[Paragraph], right: &[Paragraph]) -> Vec<Operation> {
    let texts = |list: &[Paragraph]| -> Vec<Box<str>> { list.iter().map(|p| p.markdown.clone()).collect() };
    let (lefts, rights) = (texts(left), texts(right));
    if lefts == rights {
        return Vec::new();
    }
    let slices = |list: &'_ [Box<str>]| -> Vec<String> { list.iter().map(|t| t.to_string()).collect() };
    let (l, r) = (slices(&lefts), slices(&rights));
    let (l, r): (Vec<&str>, Vec<&str>) =
        (l.iter().map(String::as_str).collect(), r.iter().map(String::as_str).collect());
    let all = by_paragraph(target, &l, &r);
    let document = |paragraphs: &[Paragraph]| Document { preamble: paragraphs.to_vec(), items: Vec::new() };
    let here: Vec<Operation> =
        all.iter().map(|o| Operation { target: Target::Preamble, ..o.clone() }).collect();
    if gives(&document(left), &here, &document(right)) {
        return all;
    }
    // Words that cannot be told apart, or moves that cross: by whole paragraphs.
    let mut plain = Vec::new();
    let head = lefts.iter().zip(&rights).take_while(|(l, r)| l == r).count();
    let tail =
        lefts[head..].iter().rev().zip(rights[head..].iter().rev()).take_while(|(l, r)| l == r).count();
    let (gone, new) = (head..lefts.len() - tail, rights[head..rights.len() - tail].to_vec());
    let which = Paragraphs { first: gone.start as u32 + 1, last: gone.end as u32 };
    match (gone.is_empty(), new.is_empty()) {
        (true, true) => {}
        (true, false) => plain.push(Edit::InsertParagraphs { after: head as u32, paragraphs: new }),
        (false, true) => plain.push(Edit::DeleteParagraphs { which }),
        (false, false) => plain.push(Edit::ReplaceParagraphs { which, with: new }),
    }
    plain.into_iter().map(|edit| operation(target.clone(), edit)).collect()
}

fn by_paragraph(target: &Target, left: &[&str], right: &[&str]) -> Vec<Operation> {
    let mut all = Vec::new();
    let mut before = 0;
    let mut new: Vec<Box<str>> = Vec::new();
    let mut gone: Option<Paragraphs> = None;
    let insert = |new: &mut Vec<Box<str>>, before: usize, all: &mut Vec<Operation>| {
        if !new.is_empty() {
            let edit = Edit::InsertParagraphs { after: before as u32, paragraphs: std::mem::take(new) };
            all.push(operation(target.clone(), edit));
        }
    };
    let delete = |gone: &mut Option<Paragraphs>, all: &mut Vec<Operation>| {
        if let Some(which) = gone.take() {
            all.push(operation(target.clone(), Edit::DeleteParagraphs { which }));
        }
    };
    for row in paragraphs(left, right) {
        if row.left.is_none() || row.right.is_some() {
            delete(&mut gone, &mut all);
        }
        match (row.left, row.right, row.fate) {
            (Some(l), Some(r), Fate::Moved) => {
                insert(&mut new, before, &mut all);
                let which = Paragraphs { first: l as u32 + 1, last: l as u32 + 1 };
                let edit = Edit::MoveParagraphs { which, to: None, after: before as u32 };
                all.push(operation(target.clone(), edit));
                all.extend(words(target, l, left[l], right[r]));
            }
            (Some(l), Some(r), _) => {
                insert(&mut new, before, &mut all);
                before = l + 1;
                all.extend(words(target, l, left[l], right[r]));
            }
            (Some(l), None, _) => {
                let number = l as u32 + 1;
                match &mut gone {
                    Some(run) if run.last + 1 == number => run.last = number,
                    _ => {
                        delete(&mut gone, &mut all);
                        gone = Some(Paragraphs { first: number, last: number });
                    }
                }
            }
            (None, Some(r), _) => new.push(right[r].into()),
            (None, None, _) => {}
        }
    }
    delete(&mut gone, &mut all);
    insert(&mut new, before, &mut all);
    all
}

/// A place where the two texts differ, in bytes of each.
struct Hunk {
    left: Range<usize>,
    right: Range<usize>,
}

fn hunks(left: &str, right: &str) -> Vec<Hunk> {
    let mut hunks: Vec<Hunk> = Vec::new();
    let (mut l, mut r) = (0, 0);
    for run in smallest_difference(left, right) {
        let (dl, dr) = match run {
            Run::Same(words) => {
                l += words.len();
                r += words.len();
                continue;
            }
            Run::Deleted(words) => (words.len(), 0),
            Run::Inserted(words) => (0, words.len()),
        };
        // Changes with nothing but space between them are one.
        match hunks.last_mut() {
            Some(last) if left[last.left.end..l].trim().is_empty() => {
                last.left.end = l + dl;
                last.right.end = r + dr;
            }
            _ => hunks.push(Hunk { left: l..l + dl, right: r..r + dr }),
        }
        l += dl;
        r += dr;
    }
    hunks
}

/// The operations that turn the words of a paragraph into others; the whole paragraph when that is shorter.
fn words(target: &Target, at: usize, left: &str, right: &str) -> Vec<Operation> {
    if left == right {
        return Vec::new();
    }
    let number = at as u32 + 1;
    let which = Paragraphs { first: number, last: number };
    let replace =
        || vec![operation(target.clone(), Edit::ReplaceParagraphs { which, with: vec![right.into()] })];
    let hunks = hunks(left, right);
    let quoted: usize = hunks.iter().map(|h| h.left.len() + h.right.len()).sum();
    if quoted * 10 > (left.len() + right.len()) * 8 {
        return replace();
    }
    let mut all = Vec::new();
    for hunk in &hunks {
        match hunk_operation(target, number, left, right, hunk) {
            Some(operation) => all.push(operation),
            None => return replace(),
        }
    }
    all
}

/// An operation for one hunk: the shortest of those that do just that.
fn hunk_operation(target: &Target, number: u32, left: &str, right: &str, hunk: &Hunk) -> Option<Operation> {
    let expected = [&left[..hunk.left.start], &right[hunk.right.clone()], &left[hunk.left.end..]].concat();
    let (old, new) = (&left[hunk.left.clone()], &right[hunk.right.clone()]);
    let before = neighbour(left, hunk.left.start, true);
    let after = neighbour(left, hunk.left.end, false);
    let mut tries: Vec<(Range<usize>, Edit)> = Vec::new();
    if old.is_empty() {
        if let Some(anchor) = &before {
            let edit =
                Edit::InsertAfter { anchor: left[anchor.clone()].trim().into(), words: new.trim().into() };
            tries.push((trimmed(left, anchor.clone()), edit));
        }
        if let Some(anchor) = &after {
            let edit =
                Edit::InsertBefore { anchor: left[anchor.clone()].trim().into(), words: new.trim().into() };
            tries.push((trimmed(left, anchor.clone()), edit));
        }
        if let Some(anchor) = &before {
            let edit = Edit::InsertAfter { anchor: left[anchor.clone()].into(), words: new.into() };
            tries.push((anchor.clone(), edit));
        }
    } else if new.is_empty() {
        let tight = trimmed(left, hunk.left.clone());
        tries.push((tight.clone(), Edit::Delete { words: left[tight].into() }));
        tries.push((hunk.left.clone(), Edit::Delete { words: old.into() }));
    } else {
        tries.push((hunk.left.clone(), Edit::Replace { words: old.into(), with: new.into() }));
    }
    // With one neighbour, or both, quoted along.
    let start = before.as_ref().map_or(hunk.left.start, |b| b.start);
    let end = after.as_ref().map_or(hunk.left.end, |a| a.end);
    for range in [start..hunk.left.end, hunk.left.start..end, start..end] {
        let with = [&left[range.start..hunk.left.start], new, &left[hunk.left.end..range.end]].concat();
        tries.push((range.clone(), Edit::Replace { words: left[range].into(), with: with.into() }));
    }
    tries.into_iter().find_map(|(range, edit)| {
        let quoted = left.get(range.clone())?;
        if quoted.trim().is_empty() || !quoted.chars().any(char::is_alphanumeric) {
            return None;
        }
        let places = find(left, quoted);
        let nth = places.iter().position(|place| *place == range)?;
        let occurrence = (places.len() > 1).then_some(nth as u32 + 1);
        let operation = Operation { paragraph: Some(number), occurrence, ..operation(target.clone(), edit) };
        does(left, &operation, &expected).then_some(operation)
    })
}

/// Whether an operation on a paragraph gives the expected words.
fn does(left: &str, operation: &Operation, expected: &str) -> bool {
    let one = |words: &str| Document {
        preamble: vec![Paragraph { number: 1, markdown: words.into() }],
        items: Vec::new(),
    };
    let here = Operation { target: Target::Preamble, paragraph: Some(1), ..operation.clone() };
    gives(&one(left), &[here], &one(expected))
}

/// The word beside a place, with what stands between.
fn neighbour(text: &str, at: usize, before: bool) -> Option<Range<usize>> {
    let tokens = crate::compare::words::tokens(text);
    let mut ranges = Vec::with_capacity(tokens.len());
    let mut from = 0;
    for token in tokens {
        ranges.push(from..from + token.len());
        from += token.len();
    }
    let is_word = |r: &Range<usize>| text[r.clone()].chars().any(char::is_alphanumeric);
    if before {
        let word = ranges.iter().filter(|r| r.end <= at).rfind(|r| is_word(r))?;
        Some(word.start..at)
    } else {
        let word = ranges.iter().filter(|r| r.start >= at).find(|r| is_word(r))?;
        Some(at..word.end)
    }
}

/// The range without white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let start = range.start + (words.len() - words.trim_start().len());
    start..start + words.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::choices::Numbering;
    use crate::parse::document::read;

    #[test]
    fn a_heading_that_changes_place_goes_and_comes_and_its_articles_stay() {
        let article =
            |n: u32| format!("# Article {n}\n\nLa commune {n} tient un registre de ses prises d’eau.");
        let text = |parts: &[&str]| read(&parts.join("\n\n"), Numbering::French);
        let (one, two, three) = (article(1), article(2), article(3));
        let left = text(&["# Section 1 – Des prises", &one, &two, &three]);
        let right = text(&[&one, &two, "# Section 1 – Des prises", &three]);
        let kinds: Vec<&str> = operations(&left, &right).iter().map(|o| o.edit.kind()).collect();
        assert_eq!(kinds, ["delete-heading", "insert-units"]);
    }
}
