//! What became of each article between two versions of a text, told in the steps a clerk would use.
//!
//! Which articles are the same one is decided in `groups`; here the pairs are put in reading order and each gets
//! its steps. [`lineages`] follows articles through more than two versions.

use super::divisions::{Divided, divisions};
use super::groups::{Group, Unit, groups, number};
pub use super::lineages::{Lineage, lineages};
use crate::model::document::{Article, Document};

/// What became of an article between two versions. Several may hold of one pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Nothing: the same number and the same words, to the byte, at the same place.
    Same,
    /// Its heading or its paragraphs changed, be it in their typography.
    Changed,
    /// It has another number.
    Renumbered,
    /// It stands in another division, or the order of what stayed changed around it.
    Moved,
    /// One left article became several.
    Split,
    /// Several left articles became one.
    Merged,
    /// Only the right version has it.
    New,
    /// Only the left version has it.
    Deleted,
}

/// How two versions correspond. Numbers are places among [`Document::articles`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alignment {
    /// In the order of the right version; what was deleted stands after what it followed.
    pub pairs: Vec<Pair>,
    /// Divisions, in the same order.
    pub divisions: Vec<DivisionPair>,
}

/// An article of two versions. Every place of a version is in exactly one pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// Places in the left version; of several, the first is the one that the right article carries on.
    pub left: Vec<usize>,
    /// Places in the right version; of several, the first is the one that carries the left article on.
    pub right: Vec<usize>,
    /// At least one, in the order of [`Step`].
    pub steps: Vec<Step>,
}

/// A division of two versions, by its place among the divisions of each; at least one side is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DivisionPair {
    /// Place in the left version.
    pub left: Option<usize>,
    /// Place in the right version.
    pub right: Option<usize>,
}

/// Aligns two versions. An article keeps its identity by its number where its words are at least a little alike,
/// else by its words; where most articles changed numbers, the number says nothing.
pub fn align(left: &Document, right: &Document) -> Alignment {
    let units = (left.articles().map(Unit::new).collect::<Vec<_>>(), right.articles().map(Unit::new));
    let mut groups = groups(&units.0, &units.1.collect::<Vec<_>>());
    groups.sort_by_key(|group| group.right.iter().min().copied());
    let (lefts, rights) = (Divided::new(left), Divided::new(right));
    let divisions = divisions(&lefts, &rights, &groups);
    let places: Vec<usize> = groups.iter().filter_map(|group| group.left.first().copied()).collect();
    let ordered = rising(&places);

    let mut met = (vec![false; lefts.articles.len()], vec![false; rights.articles.len()]);
    let mut pairs = Vec::with_capacity(rights.articles.len());
    for (group, in_order) in groups.into_iter().zip(ordered) {
        group.left.iter().for_each(|l| met.0[*l] = true);
        group.right.iter().for_each(|r| met.1[*r] = true);
        let steps = steps(&group, &lefts, &rights, &divisions, in_order);
        pairs.push(Pair { left: group.left, right: group.right, steps });
    }
    let alone = |met: Vec<bool>| met.into_iter().enumerate().filter(|(_, met)| !met).map(|(place, _)| place);
    pairs.extend(alone(met.0).map(|l| Pair { left: vec![l], right: vec![], steps: vec![Step::Deleted] }));
    pairs.extend(alone(met.1).map(|r| Pair { left: vec![], right: vec![r], steps: vec![Step::New] }));
    Alignment {
        pairs: in_place(pairs, |pair| &pair.left, |pair| pair.right.iter().min().copied()),
        divisions,
    }
}

fn steps(
    group: &Group,
    lefts: &Divided,
    rights: &Divided,
    divisions: &[DivisionPair],
    in_order: bool,
) -> Vec<Step> {
    let (Some(l), Some(r)) = (group.left.first(), group.right.first()) else { return Vec::new() };
    let (old, new) = (lefts.articles[*l].article, rights.articles[*r].article);
    let whole = group.left.len() == 1 && group.right.len() == 1;
    let steps = [
        (whole && content(old) != content(new), Step::Changed),
        (number(old) != number(new), Step::Renumbered),
        (!in_order || elsewhere(lefts.division(*l), rights.division(*r), divisions), Step::Moved),
        (group.right.len() > 1, Step::Split),
        (group.left.len() > 1, Step::Merged),
    ];
    let mut steps: Vec<Step> = steps.into_iter().filter_map(|(holds, step)| holds.then_some(step)).collect();
    if steps.is_empty() {
        steps.push(Step::Same);
    }
    steps
}

fn content(article: &Article) -> (&str, Vec<&str>) {
    (&article.heading, article.paragraphs.iter().map(|p| &*p.markdown).collect())
}

/// Whether two divisions are known to be different ones. One that is new or was deleted tells nothing: articles
/// are not moved by a heading that is put above them.
fn elsewhere(left: Option<usize>, right: Option<usize>, divisions: &[DivisionPair]) -> bool {
    let (Some(left), Some(right)) = (left, right) else { return false };
    let kept = |pair: &&DivisionPair| pair.left.is_some() && pair.right.is_some();
    let became = divisions.iter().filter(kept).find(|pair| pair.left == Some(left));
    let was = divisions.iter().filter(kept).find(|pair| pair.right == Some(right));
    became.is_some() && was.is_some() && became != was
}

/// Which of some different numbers belong to a longest rising run among them (of several such runs, the one that
/// ends lowest).
fn rising(numbers: &[usize]) -> Vec<bool> {
    // By length of run less one: where the run with the lowest end stops. And what stood before each in its run.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        let length = ends.partition_point(|end| numbers[*end] < *number);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut inside = vec![false; numbers.len()];
    let mut next = ends.last().copied();
    while let Some(at) = next {
        inside[at] = true;
        next = before[at];
    }
    inside
}

/// Puts pairs in the order of the right version, and those without a right side after what they followed.
pub(super) fn in_place<T>(
    pairs: Vec<T>,
    left: impl Fn(&T) -> &[usize],
    right: impl Fn(&T) -> Option<usize>,
) -> Vec<T> {
    let (mut here, mut gone): (Vec<T>, Vec<T>) = pairs.into_iter().partition(|pair| right(pair).is_some());
    here.sort_by_key(&right);
    gone.sort_by_key(|pair| left(pair).first().copied());
    let mut owners: Vec<(usize, usize)> =
        here.iter().enumerate().flat_map(|(at, pair)| left(pair).iter().map(move |l| (*l, at))).collect();
    owners.sort_unstable();
    // By rank: 0 before everything, n + 1 after the nth pair.
    let rank = |pair: &T| {
        let place = left(pair).first().copied().unwrap_or(0);
        let before = owners.partition_point(|(l, _)| *l < place);
        before.checked_sub(1).map_or(0, |owner| owners[owner].1 + 1)
    };
    let mut ranked: Vec<(usize, T)> = gone.into_iter().map(|pair| (rank(&pair), pair)).collect();
    let here = here.into_iter().enumerate().map(|(at, pair)| (at + 1, pair));
    // What stands there comes first in its rank, since the sort is stable.
    let mut all: Vec<(usize, T)> = here.collect();
    all.append(&mut ranked);
    all.sort_by_key(|(rank, _)| *rank);
    all.into_iter().map(|(_, pair)| pair).collect()
}
