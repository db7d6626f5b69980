//! The paragraphs of two articles side by side.
//!
//! Equal paragraphs first, then those whose words are equal (typography aside), then like ones between them, all in
//! reading order; what is left on both sides and is like something elsewhere has moved.

use super::bag::{Bag, likeness};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::BTreeMap;

/// One row of two articles side by side; at least one side is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Index among the left paragraphs.
    pub left: Option<usize>,
    /// Index among the right paragraphs.
    pub right: Option<usize>,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// The same, to the byte.
    Same,
    /// Its words or its typography changed.
    Changed,
    /// The same or alike, but elsewhere among its neighbours.
    Moved,
    /// Only in the right article.
    Inserted,
    /// Only in the left article.
    Deleted,
}

/// Two paragraphs in reading order are one that changed from this likeness on. Little words alone give two
/// unrelated French sentences 0.2 to 0.35.
const LIKE: f64 = 0.45;
/// Out of order, more is asked for.
const LIKE_ELSEWHERE: f64 = 0.7;
/// Paragraphs shorter than this (in words) are too often alike by chance to have moved.
const MOVABLE: u32 = 5;
/// The most pairs of paragraphs whose likeness is computed between two anchors.
const PAIRS: usize = 250_000;

/// Aligns paragraphs. Rows are in the order of the right article; a deleted paragraph stands where it stood, after
/// the row of the paragraph before it.
pub fn paragraphs(left: &[&str], right: &[&str]) -> Vec<Row> {
    let mut partner: Vec<Option<(usize, bool)>> = vec![None; right.len()];
    let mut free = vec![true; left.len()];
    let bags = (left.iter().map(|p| Bag::new(p)).collect::<Vec<_>>(), right.iter().map(|p| Bag::new(p)));
    let bags = (bags.0, bags.1.collect::<Vec<_>>());

    let exact = anchors(left, right, (0, 0));
    let mut ordered = Vec::new();
    for gap in gaps(&exact, left.len(), right.len()) {
        let worded = anchors(&bags.0[gap.0.clone()], &bags.1[gap.1.clone()], (gap.0.start, gap.1.start));
        // A paragraph of signs alone has no words to be known by.
        let worded: Vec<_> = worded.into_iter().filter(|(l, _)| !bags.0[*l].is_empty()).collect();
        for (l, r) in gaps_within(&worded, &gap).into_iter().flat_map(|inner| like(&bags, inner)) {
            ordered.push((l, r));
        }
        ordered.extend(worded);
    }
    for (l, r) in exact.into_iter().chain(ordered) {
        partner[r] = Some((l, false));
        free[l] = false;
    }
    for (l, r) in moved(left, right, &bags, &free, &partner) {
        partner[r] = Some((l, true));
        free[l] = false;
    }
    rows(left, right, &partner, &free)
}

type Range = std::ops::Range<usize>;

/// Equal things of two lists, in order.
fn anchors<T: Ord>(left: &[T], right: &[T], (l, r): (usize, usize)) -> Vec<(usize, usize)> {
    let mut known: BTreeMap<&T, u32> = BTreeMap::new();
    let mut ids = |list| -> Vec<u32> {
        let list: &[T] = list;
        let mut id = |thing| {
            let next = known.len() as u32;
            *known.entry(thing).or_insert(next)
        };
        list.iter().map(&mut id).collect()
    };
    let ops = capture_diff_slices(Algorithm::Patience, &ids(left), &ids(right));
    ops.iter()
        .filter_map(|op| match op {
            DiffOp::Equal { old_index, new_index, len } => Some((*old_index, *new_index, *len)),
            DiffOp::Delete { .. } | DiffOp::Insert { .. } | DiffOp::Replace { .. } => None,
        })
        .flat_map(|(old, new, len)| (0..len).map(move |n| (l + old + n, r + new + n)))
        .collect()
}

/// What stands between pairs that are in order.
fn gaps(pairs: &[(usize, usize)], left: usize, right: usize) -> Vec<(Range, Range)> {
    gaps_within(pairs, &(0..left, 0..right))
}

fn gaps_within(pairs: &[(usize, usize)], (left, right): &(Range, Range)) -> Vec<(Range, Range)> {
    let (mut l, mut r) = (left.start, right.start);
    let mut gaps = Vec::new();
    for (to_l, to_r) in pairs.iter().copied().chain([(left.end, right.end)]) {
        if l < to_l && r < to_r {
            gaps.push((l..to_l, r..to_r));
        }
        (l, r) = (to_l + 1, to_r + 1);
    }
    gaps
}

/// The pairs of like paragraphs, in order on both sides, whose likenesses (squared: one good pair is better than
/// two poor ones) add up to most.
fn like(bags: &(Vec<Bag>, Vec<Bag>), (left, right): (Range, Range)) -> Vec<(usize, usize)> {
    let (height, width) = (left.len(), right.len());
    if height.saturating_mul(width) > PAIRS {
        return Vec::new();
    }
    let mut value = vec![0.0; height * width];
    let mut best = vec![0.0; (height + 1) * (width + 1)];
    let cell = |l: usize, r: usize| l * (width + 1) + r;
    for l in (0..height).rev() {
        for r in (0..width).rev() {
            let share = likeness(&bags.0[left.start + l], &bags.1[right.start + r]);
            let worth = if share >= LIKE { share * share } else { 0.0 };
            value[l * width + r] = worth;
            let skip: f64 = f64::max(best[cell(l + 1, r)], best[cell(l, r + 1)]);
            best[cell(l, r)] = skip.max(if worth > 0.0 { worth + best[cell(l + 1, r + 1)] } else { 0.0 });
        }
    }
    let (mut l, mut r) = (0, 0);
    let mut pairs = Vec::new();
    while l < height && r < width {
        let worth = value[l * width + r];
        if worth > 0.0 && worth + best[cell(l + 1, r + 1)] >= best[cell(l, r)] {
            pairs.push((left.start + l, right.start + r));
            (l, r) = (l + 1, r + 1);
        } else if best[cell(l + 1, r)] >= best[cell(l, r + 1)] {
            l += 1;
        } else {
            r += 1;
        }
    }
    pairs
}

/// Pairs of what is left on both sides: equal ones, then the most alike.
fn moved(
    left: &[&str],
    right: &[&str],
    bags: &(Vec<Bag>, Vec<Bag>),
    free: &[bool],
    partner: &[Option<(usize, bool)>],
) -> Vec<(usize, usize)> {
    let lefts: Vec<usize> = (0..left.len()).filter(|l| free[*l] && bags.0[*l].len() >= MOVABLE).collect();
    let rights = (0..right.len()).filter(|r| partner[*r].is_none() && bags.1[*r].len() >= MOVABLE);
    let rights: Vec<usize> = rights.collect();
    let mut candidates = Vec::new();
    if lefts.len().saturating_mul(rights.len()) <= PAIRS {
        for l in &lefts {
            for r in &rights {
                let share = if left[*l] == right[*r] { 2.0 } else { likeness(&bags.0[*l], &bags.1[*r]) };
                if share >= LIKE_ELSEWHERE {
                    candidates.push((share, *l, *r));
                }
            }
        }
    } else {
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        lefts.iter().rev().for_each(|l| _ = known.insert(left[*l], *l));
        candidates.extend(rights.iter().filter_map(|r| known.get(right[*r]).map(|l| (2.0, *l, *r))));
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut left_taken, mut right_taken) = (vec![false; left.len()], vec![false; right.len()]);
    candidates.retain(|(_, l, r)| {
        let take = !left_taken[*l] && !right_taken[*r];
        if take {
            (left_taken[*l], right_taken[*r]) = (true, true);
        }
        take
    });
    candidates.into_iter().map(|(_, l, r)| (l, r)).collect()
}

fn rows(left: &[&str], right: &[&str], partner: &[Option<(usize, bool)>], free: &[bool]) -> Vec<Row> {
    let mut rows = Vec::with_capacity(left.len().max(right.len()));
    let deleted = |from: usize, rows: &mut Vec<Row>| {
        let gone = (from..left.len()).take_while(|l| free[*l]);
        rows.extend(gone.map(|l| Row { left: Some(l), right: None, fate: Fate::Deleted }));
    };
    deleted(0, &mut rows);
    for (r, partner) in partner.iter().enumerate() {
        let Some((l, moved)) = *partner else {
            rows.push(Row { left: None, right: Some(r), fate: Fate::Inserted });
            continue;
        };
        let fate = match (moved, left[l] == right[r]) {
            (true, _) => Fate::Moved,
            (false, true) => Fate::Same,
            (false, false) => Fate::Changed,
        };
        rows.push(Row { left: Some(l), right: Some(r), fate });
        deleted(l + 1, &mut rows);
    }
    rows
}
