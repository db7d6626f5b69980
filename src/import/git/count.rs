//! Words counted, to see that operations say no more than what changed. A word is what stands between white space and
//! holds a letter or a digit.

use crate::compare::passages::paragraphs;
use crate::compare::words::{Run, smallest_difference};
use crate::graft::pairs;
use crate::model::change::Operation;
use crate::model::document::{Document, Item, Paragraph};
use std::collections::BTreeSet;

fn words(text: &str) -> u64 {
    text.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count() as u64
}

/// The words that operations quote: those they look for, those beside which they insert, those they bring.
pub(super) fn quoted(operations: &[Operation]) -> u64 {
    let of = |o: &Operation| {
        let anchor = o.edit.anchor().map_or(0, |(anchor, _)| words(anchor));
        o.edit.deleted().map_or(0, words) + anchor + o.edit.inserted().map_or(0, |w| words(&w))
    };
    operations.iter().map(of).sum()
}

/// The words that a difference word by word deletes or inserts, paragraph by paragraph; a whole article or paragraph
/// that only one side has counts with all its words.
pub(super) fn touched(left: &Document, right: &Document) -> u64 {
    let pairs = pairs(left, right);
    let (lefts, rights): (BTreeSet<usize>, BTreeSet<usize>) = pairs.iter().copied().unzip();
    let alone = |document: &Document, paired: &BTreeSet<usize>| -> u64 {
        let units = (1..=document.items.len()).filter(|at| !paired.contains(at));
        units
            .map(|at| {
                let (head, list) = unit(document, at);
                words(&head) + list.iter().map(|p| words(&p.markdown)).sum::<u64>()
            })
            .sum()
    };
    let both = pairs.iter().map(|(l, r)| {
        let ((old_head, old), (new_head, new)) = (unit(left, *l), unit(right, *r));
        between(&old_head, &new_head) + inside(old, new)
    });
    alone(left, &lefts) + alone(right, &rights) + both.sum::<u64>()
}

fn unit(document: &Document, at: usize) -> (String, &[Paragraph]) {
    match at.checked_sub(1).and_then(|i| document.items.get(i)) {
        None => (String::new(), &document.preamble),
        Some(Item::Division(d)) => (format!("{} {}", d.number, d.heading), &d.paragraphs),
        Some(Item::Article(a)) => (format!("{} {}", a.number, a.heading), &a.paragraphs),
    }
}

fn inside(old: &[Paragraph], new: &[Paragraph]) -> u64 {
    let olds: Vec<&str> = old.iter().map(|p| &*p.markdown).collect();
    let news: Vec<&str> = new.iter().map(|p| &*p.markdown).collect();
    let at = |list: &[&str], at: Option<usize>| {
        at.and_then(|at| list.get(at)).map_or(String::new(), |t| (*t).into())
    };
    let rows = paragraphs(&olds, &news).into_iter();
    rows.map(|row| between(&at(&olds, row.left), &at(&news, row.right))).sum()
}

fn between(old: &str, new: &str) -> u64 {
    if old == new {
        return 0;
    }
    let changed = smallest_difference(old, new).into_iter().map(|run| match run {
        Run::Same(_) => 0,
        Run::Deleted(text) | Run::Inserted(text) => words(text),
    });
    changed.sum()
}
