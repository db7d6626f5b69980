//! Instant runoff: ranked ballots → rounds. In each, a ballot counts for the option that it ranks best of those still
//! standing; an option with more than half of the ballots still in play wins; else the one with fewest is eliminated.
//!
//! A ballot that ranks several standing options equally best counts for none of them, and is set aside until one of
//! them stands alone; it is in play meanwhile, so that nobody wins behind its back. A ballot that ranks none of those
//! still standing is exhausted and out of play. Where the rule decides nothing between the last, all of them are
//! eliminated together; when they are all that is left, nobody wins and the page says so.

use super::profile::Profile;
use super::ties::Breaker;
use crate::model::vote::Mark;
use serde::Serialize;
use std::collections::BTreeMap;

/// A count by instant runoff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Runoff {
    /// Each round.
    pub rounds: Vec<Round>,
    /// The option that wins; none when the last are equal and nothing decides, or when there is no vote.
    pub winners: Vec<usize>,
    /// The options that are equal at the end.
    pub tied: Vec<usize>,
}

/// A round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Round {
    /// Votes for each option; 0 for one eliminated before.
    pub counts: Vec<u64>,
    /// Votes set aside, because they rank several standing options equally best.
    pub aside: u64,
    /// Votes that rank none of the options still standing.
    pub exhausted: u64,
    /// The options eliminated at the end of the round; none in the last one.
    pub eliminated: Vec<usize>,
    /// Where votes go then, in the order of whence and whither.
    pub transfers: Vec<Transfer>,
}

/// Votes that go from one to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Transfer {
    /// From an option eliminated, or from those set aside.
    pub from: Holder,
    /// To an option, to those set aside, or out of play.
    pub to: Holder,
    /// How many.
    pub votes: u64,
}

/// For what a ballot counts in a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holder {
    /// An option.
    Option(usize),
    /// None for now.
    Aside,
    /// None any more.
    Exhausted,
}

/// Counts ranked ballots. The favoured of two equal options is the one that stays.
pub fn runoff(profile: &Profile<'_>, breaker: &Breaker) -> Runoff {
    let ballots: Vec<Ranked> = profile.ballots.iter().map(|ballot| ranked(profile, *ballot)).collect();
    let mut standing = vec![true; profile.options];
    let mut holders: Vec<Holder> = ballots.iter().map(|(_, ranks)| holder(ranks, &standing)).collect();
    let mut count = Runoff { rounds: Vec::new(), winners: Vec::new(), tied: Vec::new() };
    loop {
        let mut counts = vec![0u64; profile.options];
        let (mut aside, mut exhausted) = (0u64, 0u64);
        for (holder, (votes, _)) in holders.iter().zip(&ballots) {
            let sum = match holder {
                Holder::Option(option) => &mut counts[*option],
                Holder::Aside => &mut aside,
                Holder::Exhausted => &mut exhausted,
            };
            *sum = sum.saturating_add(*votes);
        }
        let play = counts.iter().map(|votes| u128::from(*votes)).sum::<u128>() + u128::from(aside);
        let left: Vec<usize> = (0..profile.options).filter(|option| standing[*option]).collect();
        count.winners = left.iter().copied().filter(|at| u128::from(counts[*at]) * 2 > play).collect();
        let mut eliminated = Vec::new();
        if count.winners.is_empty() && play > 0 {
            eliminated = last(&left, &counts, breaker);
            if eliminated.len() == left.len() {
                count.tied = std::mem::take(&mut eliminated);
            }
        }
        let over = eliminated.is_empty();
        eliminated.iter().for_each(|option| standing[*option] = false);
        let mut moved: BTreeMap<(Holder, Holder), u64> = BTreeMap::new();
        for (from, (votes, ranks)) in holders.iter_mut().zip(&ballots).filter(|_| !over) {
            // Who still stands alone at the top of a ballot keeps it.
            if matches!(from, Holder::Option(option) if standing[*option]) {
                continue;
            }
            let to = holder(ranks, &standing);
            if to != *from {
                let sum = moved.entry((*from, to)).or_default();
                *sum = sum.saturating_add(*votes);
                *from = to;
            }
        }
        let transfers = moved.into_iter().map(|((from, to), votes)| Transfer { from, to, votes }).collect();
        count.rounds.push(Round { counts, aside, exhausted, eliminated, transfers });
        if over {
            return count;
        }
    }
}

/// A ballot's votes, and its ranks with their options, the best first.
type Ranked = (u64, Vec<(u32, usize)>);

fn ranked(profile: &Profile<'_>, (votes, marks): (u64, &[Mark])) -> Ranked {
    let ranks = marks.iter().map(|mark| (mark.value, mark.option as usize));
    let mut ranks: Vec<_> = ranks.filter(|(_, option)| *option < profile.options).collect();
    ranks.sort_unstable();
    (votes, ranks)
}

/// For what a ballot counts when these options stand.
fn holder(ranks: &[(u32, usize)], standing: &[bool]) -> Holder {
    let mut left = ranks.iter().filter(|(_, option)| standing[*option]);
    match (left.next(), left.next()) {
        (Some((best, _)), Some((next, _))) if best == next => Holder::Aside,
        (Some((_, option)), _) => Holder::Option(*option),
        (None, _) => Holder::Exhausted,
    }
}

/// The option to eliminate, or all that are last where nothing decides.
fn last(left: &[usize], counts: &[u64], breaker: &Breaker) -> Vec<usize> {
    let fewest = left.iter().map(|option| counts[*option]).min();
    let last: Vec<usize> = left.iter().copied().filter(|at| Some(counts[*at]) == fewest).collect();
    if !breaker.decides() {
        return last;
    }
    last.into_iter().max_by_key(|option| (breaker.place(*option), *option)).into_iter().collect()
}
