//! Which words of a passage changed. Two readings of the same contract: [`difference`] for people,
//! [`smallest_difference`] for making operations.
//!
//! In the difference for people words are compared first and white space follows them, since the many equal spaces
//! of two unlike sentences would otherwise be taken for what they share; then what is left standing alone between
//! two changes (a space, a comma, `de la`) joins them. Moved words are a deletion and an insertion.

pub use super::bag::{Bag, likeness};
pub use super::tokens::tokens;
use super::tokens::{Kind, kind};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::BTreeMap;
use std::ops::Range;

/// A run of words of two texts. `Same` and `Deleted` in order are the left text, `Same` and `Inserted` the right
/// one; no run is empty, and two neighbours are never of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Run<'t> {
    /// In both, as it stands in the left text (the right has the same bytes).
    Same(&'t str),
    /// In the left text alone.
    Deleted(&'t str),
    /// In the right text alone.
    Inserted(&'t str),
}

/// What a person reads: exact to the byte, and without islands of a few letters between two changes. At one place
/// what was deleted comes before what was inserted.
pub fn difference<'t>(left: &'t str, right: &'t str) -> Vec<Run<'t>> {
    let (left, right) = sides(left, right);
    let blocks = fill(&words_in_common(&left, &right), &left, &right);
    runs(&fill(&without_islands(&blocks, &left, &right), &left, &right), &left, &right)
}

/// The difference with the fewest tokens changed; where two texts of thousands of words have little in common,
/// nearly the fewest.
pub fn smallest_difference<'t>(left: &'t str, right: &'t str) -> Vec<Run<'t>> {
    let (left, right) = sides(left, right);
    runs(&fill(&in_common(&left.ids, &right.ids), &left, &right), &left, &right)
}

/// The most pairs of tokens (left times right, in a changed middle) for which the smallest difference is sought.
const EXACT: usize = 4_000_000;

/// One of two texts, cut: a number a token, the same for equal tokens of both texts.
struct Side<'t> {
    text: &'t str,
    tokens: Vec<&'t str>,
    /// Where each token begins, and the end of the text.
    starts: Vec<usize>,
    ids: Vec<u32>,
}

/// Tokens that are the same in both texts.
#[derive(Debug, Clone, Copy)]
struct Block {
    left: usize,
    right: usize,
    length: usize,
}

fn sides<'t>(left: &'t str, right: &'t str) -> (Side<'t>, Side<'t>) {
    let mut known: BTreeMap<&'t str, u32> = BTreeMap::new();
    let mut side = |text: &'t str| {
        let tokens = tokens(text);
        let mut starts = Vec::with_capacity(tokens.len() + 1);
        let mut ids = Vec::with_capacity(tokens.len());
        let mut at = 0;
        for token in &tokens {
            let next = known.len() as u32;
            ids.push(*known.entry(token).or_insert(next));
            starts.push(at);
            at += token.len();
        }
        starts.push(at);
        Side { text, tokens, starts, ids }
    };
    (side(left), side(right))
}

/// What two lists have in common, in order. `similar`'s `Myers` bounds its search by the size of what it compares,
/// as git does; only small middles get the exact search.
fn in_common(left: &[u32], right: &[u32]) -> Vec<Block> {
    let before = left.iter().zip(right).take_while(|(l, r)| l == r).count();
    let behind = |list: &[u32]| list.len() - before;
    let after =
        left[before..].iter().rev().zip(right[before..].iter().rev()).take_while(|(l, r)| l == r).count();
    let work = (behind(left) - after).saturating_mul(behind(right) - after);
    let algorithm = if work <= EXACT { Algorithm::RawMyers } else { Algorithm::Myers };
    let middle = (&left[before..left.len() - after], &right[before..right.len() - after]);
    let mut blocks = vec![Block { left: 0, right: 0, length: before }];
    for op in capture_diff_slices(algorithm, middle.0, middle.1) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            blocks.push(Block { left: before + old_index, right: before + new_index, length: len });
        }
    }
    blocks.push(Block { left: left.len() - after, right: right.len() - after, length: after });
    blocks
}

/// What the words and signs of two texts have in common, white space left out.
fn words_in_common(left: &Side, right: &Side) -> Vec<Block> {
    let places = |side: &Side| -> Vec<usize> {
        (0..side.tokens.len()).filter(|at| kind(side.tokens[*at]) != Kind::Space).collect()
    };
    let ids = |side: &Side, places: &[usize]| -> Vec<u32> { places.iter().map(|at| side.ids[*at]).collect() };
    let (lefts, rights) = (places(left), places(right));
    in_common(&ids(left, &lefts), &ids(right, &rights))
        .iter()
        .flat_map(|block| (0..block.length).map(move |n| (block.left + n, block.right + n)))
        .map(|(l, r)| Block { left: lefts[l], right: rights[r], length: 1 })
        .collect()
}

/// Lengthens blocks over equal tokens around them (first those that follow a block, then those before the next),
/// and joins those that touch.
fn fill(blocks: &[Block], left: &Side, right: &Side) -> Vec<Block> {
    let mut filled: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut push = |block: Block| match filled.last_mut() {
        _ if block.length == 0 => {}
        Some(last) if last.left + last.length == block.left && last.right + last.length == block.right => {
            last.length += block.length;
        }
        Some(_) | None => filled.push(block),
    };
    let (mut l, mut r) = (0, 0);
    let end = Block { left: left.ids.len(), right: right.ids.len(), length: 0 };
    for block in blocks.iter().chain([&end]) {
        let (old, new) = (&left.ids[l..block.left], &right.ids[r..block.right]);
        let before = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        push(Block { left: l, right: r, length: before });
        let after =
            old[before..].iter().rev().zip(new[before..].iter().rev()).take_while(|(a, b)| a == b).count();
        push(Block { left: block.left - after, right: block.right - after, length: after });
        push(*block);
        (l, r) = (block.left + block.length, block.right + block.length);
    }
    filled
}

/// How much there is to read in some tokens.
#[derive(Clone, Copy)]
struct Weight {
    words: usize,
    /// Words of four letters or more, and numbers: those that say what it is about.
    full: usize,
}

/// The weight of the first n tokens, for each n.
fn weights(side: &Side) -> Vec<Weight> {
    let mut sum = Weight { words: 0, full: 0 };
    let mut sums = vec![sum];
    sums.extend(side.tokens.iter().map(|token| {
        if kind(token) == Kind::Word {
            let full = token.chars().count() > 3 || token.starts_with(char::is_numeric);
            sum = Weight { words: sum.words + 1, full: sum.full + usize::from(full) };
        }
        sum
    }));
    sums
}

/// Drops the blocks that only tear two changes apart: those of one or two little words, and those that are small
/// beside what changed on both sides of them.
fn without_islands(blocks: &[Block], left: &Side, right: &Side) -> Vec<Block> {
    let sums = (weights(left), weights(right));
    let words = |sums: &[Weight], range: Range<usize>| sums[range.end].words - sums[range.start].words;
    // Whether anything changed between two blocks, and how many words on the longer side.
    let change = |before: Option<&Block>, after: Option<&Block>| {
        let (l, r) = before.map_or((0, 0), |b| (b.left + b.length, b.right + b.length));
        let (to_l, to_r) = after.map_or((left.ids.len(), right.ids.len()), |b| (b.left, b.right));
        (l < to_l || r < to_r, words(&sums.0, l..to_l).max(words(&sums.1, r..to_r)))
    };
    let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
    for (at, block) in blocks.iter().enumerate() {
        let (before, after) = (change(kept.last(), Some(block)), change(Some(block), blocks.get(at + 1)));
        let (from, to) = (sums.0[block.left], sums.0[block.left + block.length]);
        let little = to.full == from.full && to.words - from.words < 3;
        let small = (to.words - from.words) * 4 <= before.1.min(after.1);
        if !(before.0 && after.0 && (little || small)) {
            kept.push(*block);
        }
    }
    kept
}

fn runs<'t>(blocks: &[Block], left: &Side<'t>, right: &Side<'t>) -> Vec<Run<'t>> {
    let mut runs = Vec::new();
    let (mut l, mut r) = (0, 0);
    let words = |side: &Side<'t>, range: Range<usize>| {
        let text: &'t str = side.text;
        &text[side.starts[range.start]..side.starts[range.end]]
    };
    let end = Block { left: left.ids.len(), right: right.ids.len(), length: 0 };
    for block in blocks.iter().chain([&end]) {
        if l < block.left {
            runs.push(Run::Deleted(words(left, l..block.left)));
        }
        if r < block.right {
            runs.push(Run::Inserted(words(right, r..block.right)));
        }
        if block.length > 0 {
            runs.push(Run::Same(words(left, block.left..block.left + block.length)));
        }
        (l, r) = (block.left + block.length, block.right + block.length);
    }
    runs
}
