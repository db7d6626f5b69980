//! Which articles of two versions are the same one: groups of places on the left and on the right.
//!
//! In: articles as [`Unit`]s. Out: groups, each place in at most one. Every pair of articles that share rarer words
//! or a number is a candidate; the best are taken first. What is left over and stands inside an article that found
//! its partner was split from it, or merged into it. The order of the text decides ties, and brings together two
//! left-over articles between the same neighbours; nothing else, so that moved articles are found as easily as others.

use super::bag::Bag;
use super::parts::add_parts;
use super::weights::Words;
use crate::model::document::{Article, article_key};
use std::collections::BTreeMap;

/// From this likeness on (by weight of words), two articles of one number are the same article.
const LIKE_SAME_NUMBER: f64 = 0.2;
/// And two of different numbers, or where everything was renumbered.
const LIKE: f64 = 0.4;
/// And two that nothing but their place between the same neighbours brings together.
const LIKE_IN_PLACE: f64 = 0.15;
/// How much likeness a number is worth where numbers are kept.
const NUMBER: f64 = 0.25;
/// From this likeness on, a pair tells whether numbers were kept or shifted.
const TELLING: f64 = 0.6;
/// Articles with fewer words are short: their likeness says little.
const SHORT: u32 = 12;
/// An article, ready to be compared.
pub(super) struct Unit<'d> {
    pub(super) article: &'d Article,
    number: Option<Box<str>>,
    pub(super) bag: Bag,
    pub(super) hollow: bool,
}

/// Articles that are one: the first of several is the one that carries the article on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) left: Vec<usize>,
    pub(super) right: Vec<usize>,
}

impl<'d> Unit<'d> {
    pub(super) fn new(article: &'d Article) -> Self {
        let texts = article.paragraphs.iter().map(|p| &*p.markdown);
        let bag = Bag::of(texts.chain([&*article.heading]));
        // A long article need not be cut again to learn that something stands in it.
        let hollow = bag.len() < 4 && is_hollow(article);
        Unit { article, number: number(article), bag, hollow }
    }
}

/// The number by which two articles are the same: `Article 1er`, `1` and `Article 1 (nouveau)`.
pub(super) fn number(article: &Article) -> Option<Box<str>> {
    let bare = article.number.split('(').next().unwrap_or_default();
    article_key(bare).or_else(|| article_key(article.id.as_str()))
}

/// Nothing, or only the word that says that something stood here.
fn is_hollow(article: &Article) -> bool {
    const GONE: [&str; 12] = [
        "supprimé",
        "supprimée",
        "supprimés",
        "suppression",
        "abrogé",
        "abrogée",
        "nouveau",
        "conforme",
        "réservé",
        "deleted",
        "repealed",
        "removed",
    ];
    let texts = article.paragraphs.iter().map(|p| &*p.markdown).chain([&*article.heading]);
    texts
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .all(|word| word.is_empty() || GONE.contains(&&*word.to_lowercase()))
}

/// Groups of two versions: what is in none is new or deleted.
pub(super) fn groups(left: &[Unit], right: &[Unit]) -> Vec<Group> {
    let words = Words::new(left, right);
    let mut taken = Taken { left: vec![None; left.len()], right: vec![None; right.len()] };
    for (l, r) in unchanged(left, right) {
        taken.pair(l, r);
    }
    let mut edges = edges(&words, left, right, &taken);
    let kept = numbers_kept(left, right, &taken, &edges);
    edges.retain(|edge| edge.holds(left, right, kept));
    edges.sort_by(|a, b| {
        b.worth(left, right, kept)
            .total_cmp(&a.worth(left, right, kept))
            .then((a.left, a.right).cmp(&(b.left, b.right)))
    });
    for edge in &edges {
        if taken.left[edge.left].is_none() && taken.right[edge.right].is_none() {
            taken.pair(edge.left, edge.right);
        }
    }
    let mut groups = taken.groups();
    add_parts(&words, left, right, &mut groups);
    between_neighbours(&words, &mut groups);
    if kept {
        same_number_left_over(left, right, &mut groups);
    }
    groups
}

/// The partner of each article.
struct Taken {
    left: Vec<Option<usize>>,
    right: Vec<Option<usize>>,
}

impl Taken {
    fn pair(&mut self, l: usize, r: usize) {
        self.left[l] = Some(r);
        self.right[r] = Some(l);
    }

    fn groups(&self) -> Vec<Group> {
        let pairs = self.left.iter().enumerate().filter_map(|(l, r)| Some((l, (*r)?)));
        pairs.map(|(l, r)| Group { left: vec![l], right: vec![r] }).collect()
    }
}

/// Places of each number.
fn by_number<'a>(units: &'a [Unit<'a>]) -> BTreeMap<&'a str, Vec<usize>> {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, unit) in units.iter().enumerate() {
        if let Some(number) = &unit.number {
            places.entry(number).or_default().push(place);
        }
    }
    places
}

/// Most of a long code: the number stands once on each side, over the same words.
fn unchanged(left: &[Unit], right: &[Unit]) -> Vec<(usize, usize)> {
    let rights = by_number(right);
    let same = by_number(left).into_iter().filter_map(|(number, lefts)| {
        match (&lefts[..], rights.get(number).map_or(&[][..], |places| places)) {
            ([l], [r]) if left[*l].bag == right[*r].bag => Some((*l, *r)),
            _ => None,
        }
    });
    same.collect()
}

/// Two articles that may be one.
struct Edge {
    left: usize,
    right: usize,
    likeness: f64,
}

impl Edge {
    fn same_number(&self, left: &[Unit], right: &[Unit]) -> bool {
        left[self.left].number.is_some() && left[self.left].number == right[self.right].number
    }

    fn holds(&self, left: &[Unit], right: &[Unit], kept: bool) -> bool {
        let (l, r) = (&left[self.left], &right[self.right]);
        if kept && self.same_number(left, right) {
            let short = l.bag.len() < SHORT && r.bag.len() < SHORT;
            return self.likeness >= LIKE_SAME_NUMBER || short || l.hollow || r.hollow;
        }
        self.likeness >= LIKE && !l.hollow && !r.hollow
    }

    fn worth(&self, left: &[Unit], right: &[Unit], kept: bool) -> f64 {
        let number = if kept && self.same_number(left, right) { NUMBER } else { 0.0 };
        self.likeness + number
    }
}

/// Candidates among the articles that are not taken, with their likeness.
fn edges(words: &Words, left: &[Unit], right: &[Unit], taken: &Taken) -> Vec<Edge> {
    let index = words.index(&words.right, |r| taken.right[r].is_none());
    let numbers = by_number(right);
    let mut edges = Vec::new();
    let mut shares: Vec<u64> = vec![0; right.len()];
    for l in (0..left.len()).filter(|l| taken.left[*l].is_none()) {
        let mut near = words.near(&words.left[l], &index, &mut shares);
        if let Some(number) = &left[l].number {
            let same = numbers.get(&**number).map_or(&[][..], |places| &places[..]);
            near.extend(same.iter().filter(|r| taken.right[**r].is_none()));
        }
        near.sort_unstable();
        near.dedup();
        edges.extend(near.into_iter().map(|r| Edge { left: l, right: r, likeness: words.likeness(l, r) }));
    }
    edges
}

/// Whether a number is evidence: not where most articles whose words tell who they are changed theirs.
fn numbers_kept(left: &[Unit], right: &[Unit], taken: &Taken, edges: &[Edge]) -> bool {
    let mut best: BTreeMap<usize, &Edge> = BTreeMap::new();
    for edge in edges.iter().filter(|edge| edge.likeness >= TELLING) {
        let entry = best.entry(edge.left).or_insert(edge);
        let better = edge.likeness > entry.likeness
            || (edge.likeness == entry.likeness && edge.same_number(left, right));
        if better {
            *entry = edge;
        }
    }
    let same = best.values().filter(|edge| edge.same_number(left, right)).count();
    let before = taken.left.iter().flatten().count();
    (before + same) * 2 >= before + best.len()
}

/// Articles left over on both sides whose neighbours, before and after, are each other's: rewritten where they stood,
/// if their rarer words say so at least a little.
fn between_neighbours(words: &Words, groups: &mut Vec<Group>) {
    let free = Free::new(words.left.len(), words.right.len(), groups);
    let mut partners = vec![None; words.left.len()];
    groups
        .iter()
        .for_each(|group| group.left.iter().for_each(|l| partners[*l] = group.right.first().copied()));
    let found = (0..words.left.len()).filter(|l| free.left[*l]).filter_map(|l| {
        let r = match l.checked_sub(1) {
            None => 0,
            Some(before) => partners[before]? + 1,
        };
        let after = partners.get(l + 1).map_or(Some(words.right.len()), |partner| *partner)?;
        let here = after == r + 1 && free.right[r] && words.likeness(l, r) >= LIKE_IN_PLACE;
        here.then(|| Group { left: vec![l], right: vec![r] })
    });
    let found: Vec<Group> = found.collect();
    groups.extend(found);
}

/// Articles left over on both sides under one number that stands once in each version: rewritten from end to end.
fn same_number_left_over(left: &[Unit], right: &[Unit], groups: &mut Vec<Group>) {
    let free = Free::new(left.len(), right.len(), groups);
    let rights = by_number(right);
    for (number, lefts) in by_number(left) {
        if let ([l], Some([r])) = (&lefts[..], rights.get(number).map(|places| &places[..]))
            && free.left[*l]
            && free.right[*r]
        {
            groups.push(Group { left: vec![*l], right: vec![*r] });
        }
    }
}

/// Which places are in no group.
pub(super) struct Free {
    pub(super) left: Vec<bool>,
    pub(super) right: Vec<bool>,
}

impl Free {
    pub(super) fn new(left: usize, right: usize, groups: &[Group]) -> Self {
        let mut free = Free { left: vec![true; left], right: vec![true; right] };
        for group in groups {
            group.left.iter().for_each(|l| free.left[*l] = false);
            group.right.iter().for_each(|r| free.right[*r] = false);
        }
        free
    }
}
