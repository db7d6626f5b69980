//! Lots: a pool of people, quotas and a published seed → the people drawn. Everyone's place in the order is computed
//! from the seed and their id, so that anyone can draw again; the panel is the first in that order that meets every
//! quota: whoever comes first is in, unless no panel with them and those drawn before could meet the quotas.
//!
//! Whether one can is a search that may take very long for quotas made to be hard; it is bounded, and the draw says
//! when the bound was met.

use super::ties::lot;
use crate::model::vote::{Person, Quota};
use crate::text::hex;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Steps of one search for people who meet the quotas.
const STEPS: usize = 100_000;

/// Who was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Draw {
    /// Everyone, as places in the pool, in the order of lots.
    pub order: Vec<usize>,
    /// The people drawn, in that order.
    pub drawn: Vec<usize>,
    /// Those who came before the last of them and are not drawn, because of the quotas.
    pub passed_over: Vec<usize>,
    /// Whether it is sure of each person passed over that no panel could hold them: every search came to its end.
    pub exact: bool,
}

/// Why nobody was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unsatisfiable {
    /// The pool holds fewer people than there are seats.
    TooFewPeople {
        /// People in the pool.
        people: u64,
        /// Seats.
        seats: u64,
    },
    /// A quota, by its place, names a category of which the pool knows nothing.
    UnknownCategory {
        /// Its place.
        quota: usize,
    },
    /// A quota wants more people than the pool holds of its value.
    TooFewOf {
        /// Its place.
        quota: usize,
        /// People in the pool.
        people: u64,
    },
    /// A quota wants at least more than at most.
    Contradictory {
        /// Its place.
        quota: usize,
    },
    /// The quotas of a category want more people together than there are seats.
    MoreThanSeats {
        /// The category.
        category: Box<str>,
        /// People wanted.
        wanted: u64,
    },
    /// The quotas of a category let in fewer people together than there are seats.
    FewerThanSeats {
        /// The category.
        category: Box<str>,
        /// People let in.
        let_in: u64,
    },
    /// Each quota can be met, and no panel meets all of them.
    Together,
    /// No panel was found in the time given; there may be one.
    NotFound,
}

/// Draws so many people of a pool. `categories` are the columns of the pool.
pub fn draw(
    pool: &[Person],
    categories: &[Box<str>],
    quotas: &[Quota],
    seats: u64,
    seed: &str,
) -> Result<Draw, Unsatisfiable> {
    if (pool.len() as u64) < seats {
        return Err(Unsatisfiable::TooFewPeople { people: pool.len() as u64, seats });
    }
    let mut order: Vec<usize> = (0..pool.len()).collect();
    order.sort_by_cached_key(|at| (lot(seed, &pool[*at].id), *at));
    let columns = columns(categories, quotas)?;
    // People who meet the same quotas are alike to them.
    let meets = |person: &Person| -> Vec<usize> {
        let meets = |at: &usize| person.values.get(columns[*at]) == Some(&quotas[*at].value);
        (0..quotas.len()).filter(meets).collect()
    };
    let mut kinds: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    let kind: Vec<usize> = pool
        .iter()
        .map(|person| {
            let next = kinds.len();
            *kinds.entry(meets(person)).or_insert(next)
        })
        .collect();
    let mut panel =
        Panel { quotas, seats, kinds: vec![Vec::new(); kinds.len()], counts: vec![0; quotas.len()] };
    for (quotas, at) in kinds {
        panel.kinds[at] = quotas;
    }
    let mut people = vec![0u64; panel.kinds.len()];
    for kind in &kind {
        people[*kind] += 1;
    }
    panel.possible(&people, &columns, categories)?;
    let mut plan = match panel.search(&people) {
        Search::Found(plan) => plan,
        Search::None => return Err(Unsatisfiable::Together),
        Search::GaveUp => return Err(Unsatisfiable::NotFound),
    };
    let mut draw = Draw { order, drawn: Vec::new(), passed_over: Vec::new(), exact: true };
    for person in draw.order.clone() {
        if panel.seats == 0 {
            break;
        }
        let kind = kind[person];
        if plan[kind] == 0 && people[kind] > 0 {
            // The panel foreseen has no place for such a person: is there another that has?
            let mut with = panel.clone();
            with.take(kind, 1);
            people[kind] -= 1;
            match with.search(&people) {
                Search::Found(mut other) => {
                    other[kind] += 1;
                    plan = other;
                }
                // Nor is there a place for anyone alike who comes later: they are as good as absent.
                Search::None => people[kind] = 0,
                Search::GaveUp => (people[kind], draw.exact) = (0, false),
            }
        } else {
            people[kind] = people[kind].saturating_sub(1);
        }
        if plan[kind] > 0 {
            plan[kind] -= 1;
            panel.take(kind, 1);
            draw.drawn.push(person);
        } else {
            draw.passed_over.push(person);
        }
    }
    Ok(draw)
}

/// The digest of a pool, published with the seed: SHA-256, as hexadecimal digits, of its lines in the order of their
/// bytes, each ended by a line feed. A line is a person's id and values, with tabs between them; tabs and line breaks
/// in a value are spaces. The first line, before all others, is `id` and the categories.
pub fn digest(categories: &[Box<str>], pool: &[Person]) -> String {
    let line = |first: &str, values: &[Box<str>]| {
        let cells = std::iter::once(first).chain(values.iter().map(|value| &**value));
        let cells: Vec<String> = cells.map(|cell| cell.replace(['\t', '\n', '\r'], " ")).collect();
        cells.join("\t") + "\n"
    };
    let mut lines: Vec<String> = pool.iter().map(|person| line(&person.id, &person.values)).collect();
    lines.sort_unstable();
    let mut hash = Sha256::new();
    hash.update(line("id", categories));
    for line in lines {
        hash.update(line);
    }
    hex(&hash.finalize())
}

/// The column of each quota.
fn columns(categories: &[Box<str>], quotas: &[Quota]) -> Result<Vec<usize>, Unsatisfiable> {
    let column = |(at, quota): (usize, &Quota)| {
        let found = categories.iter().position(|category| *category == quota.category);
        found.ok_or(Unsatisfiable::UnknownCategory { quota: at })
    };
    quotas.iter().enumerate().map(column).collect()
}

/// Seats to fill, and what is in those that are.
#[derive(Clone)]
struct Panel<'q> {
    quotas: &'q [Quota],
    /// Seats left.
    seats: u64,
    /// The quotas for which each kind of person counts.
    kinds: Vec<Vec<usize>>,
    /// People on the panel for each quota.
    counts: Vec<u64>,
}

enum Search {
    /// So many of each kind.
    Found(Vec<u64>),
    None,
    GaveUp,
}

impl Panel<'_> {
    fn take(&mut self, kind: usize, people: u64) {
        self.seats = self.seats.saturating_sub(people);
        for quota in &self.kinds[kind] {
            self.counts[*quota] += people;
        }
    }

    fn give_back(&mut self, kind: usize) {
        self.seats += 1;
        for quota in &self.kinds[kind] {
            self.counts[*quota] -= 1;
        }
    }

    /// The faults of quotas that can be named without searching.
    fn possible(&self, people: &[u64], columns: &[usize], names: &[Box<str>]) -> Result<(), Unsatisfiable> {
        let mut wanted: BTreeMap<usize, u64> = BTreeMap::new();
        let mut limits: BTreeMap<usize, (u64, u64)> = BTreeMap::new();
        let all: u64 = people.iter().sum();
        for (at, quota) in self.quotas.iter().enumerate() {
            let held = self.held(at, people);
            if quota.min > quota.max {
                return Err(Unsatisfiable::Contradictory { quota: at });
            }
            if held < quota.min {
                return Err(Unsatisfiable::TooFewOf { quota: at, people: held });
            }
            let sum = wanted.entry(columns[at]).or_default();
            *sum = sum.saturating_add(quota.min);
            let (named, let_in) = limits.entry(columns[at]).or_default();
            (*named, *let_in) = (named.saturating_add(held), let_in.saturating_add(held.min(quota.max)));
        }
        for (column, wanted) in wanted {
            if wanted > self.seats {
                return Err(Unsatisfiable::MoreThanSeats { category: names[column].clone(), wanted });
            }
        }
        for (column, (named, let_in)) in limits {
            let let_in = let_in.saturating_add(all.saturating_sub(named));
            if let_in < self.seats {
                return Err(Unsatisfiable::FewerThanSeats { category: names[column].clone(), let_in });
            }
        }
        Ok(())
    }

    /// People left who count for a quota.
    fn held(&self, quota: usize, people: &[u64]) -> u64 {
        let kinds = self.kinds.iter().zip(people).filter(|(quotas, _)| quotas.contains(&quota));
        kinds.map(|(_, people)| people).sum()
    }

    fn open(&self, kind: usize) -> bool {
        self.kinds[kind].iter().all(|quota| self.counts[*quota] < self.quotas[*quota].max)
    }

    /// Looks for people who fill the seats: one of a kind is taken, and when that leads nowhere, nobody of that kind.
    fn search(&self, people: &[u64]) -> Search {
        let mut panel = self.clone();
        let mut people = people.to_vec();
        let mut plan = vec![0u64; people.len()];
        // What was decided: a kind, of which one was taken, or of which so many were put aside.
        let mut decided: Vec<(usize, Option<u64>)> = Vec::new();
        if self.counts.iter().zip(self.quotas).any(|(count, quota)| *count > quota.max) {
            return Search::None;
        }
        for _ in 0..STEPS {
            match panel.next(&people) {
                Next::Done => return Search::Found(plan),
                Next::Take(kind) => {
                    panel.take(kind, 1);
                    (people[kind], plan[kind]) = (people[kind] - 1, plan[kind] + 1);
                    decided.push((kind, None));
                }
                Next::Nowhere => loop {
                    match decided.pop() {
                        None => return Search::None,
                        Some((kind, Some(aside))) => people[kind] = aside,
                        Some((kind, None)) => {
                            panel.give_back(kind);
                            plan[kind] -= 1;
                            decided.push((kind, Some(people[kind] + 1)));
                            people[kind] = 0;
                            break;
                        }
                    }
                },
            }
        }
        Search::GaveUp
    }

    /// The kind to take next: one that counts for the quota that is hardest to meet, and for most quotas in need.
    fn next(&self, people: &[u64]) -> Next {
        let free = |kind: &usize| people[*kind] > 0 && self.open(*kind);
        let free: Vec<usize> = (0..people.len()).filter(free).collect();
        let need = |quota: usize| self.quotas[quota].min.saturating_sub(self.counts[quota]);
        let mut hardest: Option<(u64, usize)> = None;
        for quota in (0..self.quotas.len()).filter(|quota| need(*quota) > 0) {
            let holds = |kind: &&usize| self.kinds[**kind].contains(&quota);
            let held: u64 = free.iter().filter(holds).map(|kind| people[*kind]).sum();
            if held < need(quota) || need(quota) > self.seats {
                return Next::Nowhere;
            }
            let slack = (held - need(quota), quota);
            hardest = Some(hardest.map_or(slack, |least| least.min(slack)));
        }
        if self.seats == 0 {
            return Next::Done;
        }
        if free.iter().map(|kind| people[*kind]).sum::<u64>() < self.seats {
            return Next::Nowhere;
        }
        let fits = |kind: &&usize| hardest.is_none_or(|(_, quota)| self.kinds[**kind].contains(&quota));
        let worth = |kind: &usize| {
            let needs = self.kinds[*kind].iter().filter(|quota| need(**quota) > 0).count();
            let room = self.kinds[*kind].iter().map(|at| self.quotas[*at].max - self.counts[*at]).min();
            (needs, room.unwrap_or(u64::MAX), people[*kind], std::cmp::Reverse(*kind))
        };
        match free.iter().filter(fits).max_by_key(|kind| worth(kind)) {
            Some(kind) => Next::Take(*kind),
            None => Next::Nowhere,
        }
    }
}

enum Next {
    Done,
    Take(usize),
    Nowhere,
}
