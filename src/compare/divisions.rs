//! Which divisions of two versions are the same one: by their heading and by the articles that stand under both.

use super::bag::Bag;
use super::groups::Group;
use super::versions::{DivisionPair, in_place};
use crate::model::document::{Article, Division, Document, Item};
use std::collections::BTreeMap;

/// What the same heading is worth beside all articles in common.
const HEADING: f64 = 0.6;
/// And the same depth, and the same number: they only decide between equals.
const DEPTH: f64 = 0.1;
const NUMBER: f64 = 0.05;
/// From here on, two divisions are one.
const LIKE: f64 = 0.5;

/// A version with its articles under their divisions.
pub(super) struct Divided<'d> {
    divisions: Vec<&'d Division>,
    pub(super) articles: Vec<Under<'d>>,
}

/// An article and the divisions it stands in, from the widest to the narrowest.
pub(super) struct Under<'d> {
    pub(super) article: &'d Article,
    divisions: Vec<usize>,
}

impl<'d> Divided<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        let mut divided = Divided { divisions: Vec::new(), articles: Vec::new() };
        let mut open: Vec<usize> = Vec::new();
        for item in &document.items {
            match item {
                Item::Division(division) => {
                    open.retain(|place| divided.divisions[*place].level < division.level);
                    open.push(divided.divisions.len());
                    divided.divisions.push(division);
                }
                Item::Article(article) => {
                    divided.articles.push(Under { article, divisions: open.clone() });
                }
            }
        }
        divided
    }

    /// The narrowest division in which an article stands.
    pub(super) fn division(&self, article: usize) -> Option<usize> {
        self.articles.get(article).and_then(|under| under.divisions.last().copied())
    }

    /// By division: how many articles stand in it.
    fn counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.divisions.len()];
        self.articles.iter().flat_map(|under| &under.divisions).for_each(|division| counts[*division] += 1);
        counts
    }
}

/// Pairs of divisions: in the order of the right version, deleted ones where they stood.
pub(super) fn divisions(left: &Divided, right: &Divided, groups: &[Group]) -> Vec<DivisionPair> {
    let counts = (left.counts(), right.counts());
    let bags = |side: &Divided| side.divisions.iter().map(|d| Bag::new(&d.heading)).collect::<Vec<_>>();
    let bags = (bags(left), bags(right));
    let mut candidates: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    let mut headings: BTreeMap<&Bag, Vec<usize>> = BTreeMap::new();
    for (r, bag) in bags.1.iter().enumerate().filter(|(_, bag)| !bag.is_empty()) {
        headings.entry(bag).or_default().push(r);
    }
    for (l, bag) in bags.0.iter().enumerate() {
        headings.get(bag).into_iter().flatten().for_each(|r| _ = candidates.insert((l, *r), 0));
    }
    for (l, r) in groups.iter().filter_map(|group| Some((*group.left.first()?, *group.right.first()?))) {
        for old in &left.articles[l].divisions {
            right.articles[r]
                .divisions
                .iter()
                .for_each(|new| *candidates.entry((*old, *new)).or_insert(0) += 1);
        }
    }
    let worth = |(l, r): (usize, usize), shared: u32| {
        let (old, new) = (left.divisions[l], right.divisions[r]);
        let both = f64::from((counts.0[l] + counts.1[r]).max(1));
        let same = |holds: bool, worth: f64| if holds { worth } else { 0.0 };
        2.0 * f64::from(shared) / both
            + same(!bags.0[l].is_empty() && bags.0[l] == bags.1[r], HEADING)
            + same(old.level == new.level, DEPTH)
            + same(old.number == new.number, NUMBER)
    };
    let mut edges: Vec<(f64, usize, usize)> =
        candidates.iter().map(|(places, shared)| (worth(*places, *shared), places.0, places.1)).collect();
    edges.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));

    let mut taken = (vec![None; left.divisions.len()], vec![false; right.divisions.len()]);
    for (_, l, r) in edges.into_iter().filter(|(worth, _, _)| *worth >= LIKE) {
        if taken.0[l].is_none() && !taken.1[r] {
            taken.0[l] = Some(r);
            taken.1[r] = true;
        }
    }
    let olds = taken.0.iter().enumerate().map(|(l, r)| (vec![l], *r));
    let news = (0..taken.1.len()).filter(|r| !taken.1[*r]).map(|r| (Vec::new(), Some(r)));
    let ordered =
        in_place(olds.chain(news).collect(), |(left, _): &(Vec<usize>, _)| left, |(_, right)| *right);
    ordered.into_iter().map(|(left, right)| DivisionPair { left: left.first().copied(), right }).collect()
}
