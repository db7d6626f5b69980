//! Articles followed through all versions of a text, each under one id.

use super::bag::likeness;
use super::groups::{Unit, groups};
use super::versions::align;
use crate::model::document::{Article, Document};
use crate::model::id::{Id, MAX_LENGTH};
use std::collections::BTreeSet;

/// From this likeness on, an article that had disappeared and one that appears later are one.
const RESTORED: f64 = 0.6;

/// An article through all versions of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lineage {
    /// By version, oldest first: its place among the articles, `None` where the version has not got it.
    pub places: Vec<Option<usize>>,
    /// The article's own id in the latest version that has it; `<id>-<version id>` where an article of a later
    /// version has taken that id.
    pub id: Id,
}

/// Lineages of all articles, in the order of the latest version; those that only older versions have stand after
/// the one they followed there. Every article of every version is in exactly one. Of an article that was split or
/// merged, the first place of its pair goes on; the others end or begin. `versions` are (version id, text), oldest
/// first.
pub fn lineages(versions: &[(&Id, &Document)]) -> Vec<Lineage> {
    let articles: Vec<Vec<&Article>> =
        versions.iter().map(|(_, document)| document.articles().collect()).collect();
    let threads = threads(versions, &articles);
    let order = order(&threads, &articles);
    let ids = ids(versions, &articles, &threads, &order);
    order.into_iter().zip(ids).map(|(at, id)| Lineage { places: threads[at].clone(), id }).collect()
}

type Thread = Vec<Option<usize>>;

/// The places of each lineage, in the order in which they appeared.
fn threads(versions: &[(&Id, &Document)], articles: &[Vec<&Article>]) -> Vec<Thread> {
    let mut threads: Vec<Thread> = Vec::new();
    // The thread of each article of the version before.
    let mut before: Vec<usize> = Vec::new();
    for version in 0..versions.len() {
        let mut here: Vec<Option<usize>> = vec![None; articles[version].len()];
        if let Some(last) = version.checked_sub(1) {
            for pair in align(versions[last].1, versions[version].1).pairs {
                if let (Some(l), Some(r)) = (pair.left.first(), pair.right.first()) {
                    here[*r] = Some(before[*l]);
                }
            }
        }
        for (thread, place) in restored(&threads, &here, articles, version) {
            here[place] = Some(thread);
        }
        before = here
            .into_iter()
            .enumerate()
            .map(|(place, thread)| {
                let thread = thread.unwrap_or(threads.len());
                if thread == threads.len() {
                    threads.push(vec![None; versions.len()]);
                }
                threads[thread][version] = Some(place);
                thread
            })
            .collect();
    }
    threads
}

/// Articles that had disappeared before the last version and stand again in this one: (thread, place).
fn restored(
    threads: &[Thread],
    here: &[Option<usize>],
    articles: &[Vec<&Article>],
    version: usize,
) -> Vec<(usize, usize)> {
    let new: Vec<usize> = (0..here.len()).filter(|place| here[*place].is_none()).collect();
    let ended = |thread: &Thread| {
        let last = thread.iter().rposition(Option::is_some)?;
        (last + 1 < version).then_some(())?;
        Some(articles[last][thread[last]?])
    };
    let gone: Vec<(usize, &Article)> =
        threads.iter().enumerate().filter_map(|(at, thread)| Some((at, ended(thread)?))).collect();
    if gone.is_empty() || new.is_empty() {
        return Vec::new();
    }
    let units = (gone.iter().map(|(_, article)| Unit::new(article)).collect::<Vec<_>>(), &articles[version]);
    let news: Vec<Unit> = new.iter().map(|place| Unit::new(units.1[*place])).collect();
    let found = groups(&units.0, &news);
    let pairs = found.iter().filter_map(|group| Some((*group.left.first()?, *group.right.first()?)));
    pairs
        .filter(|(l, r)| !units.0[*l].hollow && likeness(&units.0[*l].bag, &news[*r].bag) >= RESTORED)
        .map(|(l, r)| (gone[l].0, new[r]))
        .collect()
}

/// Threads in the order of the latest version that has them.
fn order(threads: &[Thread], articles: &[Vec<&Article>]) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::with_capacity(threads.len());
    let mut met = vec![false; threads.len()];
    for version in (0..articles.len()).rev() {
        let mut here = vec![0; articles[version].len()];
        for (at, thread) in threads.iter().enumerate() {
            if let Some(place) = thread[version] {
                here[place] = at;
            }
        }
        // Everything new since the one before it is put behind it in one go.
        let mut behind: Vec<(Option<usize>, Vec<usize>)> = vec![(None, Vec::new())];
        for at in here {
            if met[at] {
                behind.push((Some(at), Vec::new()));
            } else if let Some((_, followers)) = behind.last_mut() {
                met[at] = true;
                followers.push(at);
            }
        }
        behind.retain(|(_, followers)| !followers.is_empty());
        for (leader, followers) in behind {
            let at = leader.and_then(|leader| order.iter().position(|other| *other == leader));
            let at = at.map_or(0, |at| at + 1);
            order.splice(at..at, followers);
        }
    }
    order
}

/// The id of each thread, in the order given. Those whose latest version is the latest choose first.
fn ids(
    versions: &[(&Id, &Document)],
    articles: &[Vec<&Article>],
    threads: &[Thread],
    order: &[usize],
) -> Vec<Id> {
    let mut used: BTreeSet<Box<str>> = BTreeSet::new();
    let mut ids: Vec<Option<Id>> = vec![None; order.len()];
    for version in (0..versions.len()).rev() {
        for (id, thread) in ids.iter_mut().zip(order.iter().map(|at| &threads[*at])) {
            let Some(place) = thread[version].filter(|_| id.is_none()) else { continue };
            *id = Some(unused(&articles[version][place].id, versions[version].0, &mut used));
        }
    }
    ids.into_iter().flatten().collect()
}

/// The id, or `<id>-<version>`, or that with a number; cut where it would be too long.
fn unused(id: &Id, version: &Id, used: &mut BTreeSet<Box<str>>) -> Id {
    if used.insert(id.folded()) {
        return id.clone();
    }
    let base = format!("{id}-{version}");
    let numbered = |n: u32| {
        let ending = if n == 1 { String::new() } else { format!("-{n}") };
        let room = base.len().min(MAX_LENGTH - ending.len());
        Id::new(&format!("{}{ending}", base[..room].trim_end_matches('.')))
    };
    (1..).filter_map(numbered).find(|id| used.insert(id.folded())).unwrap_or_else(|| id.clone())
}
