//! Schulze: ranked ballots → every pair compared, the strongest paths, a ranking. As in M. Schulze, “A new monotonic,
//! clone-independent, reversal symmetric, and Condorcet-consistent single-winner election method”, Social Choice and
//! Welfare 36 (2011): links are measured by winning votes. Ballots need not rank every option, nor rank strictly.

use super::profile::Profile;
use serde::Serialize;

/// A count by Schulze's method.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Schulze {
    /// Row against column: the votes that rank the first above the second. An option that a ballot does not rank is
    /// below all that it ranks, and equal to the others that it does not rank.
    pub pairwise: Vec<Vec<u64>>,
    /// Row to column: the strength of the strongest path, which is that of its weakest link; a link leads from the
    /// winner of a pair to its loser, and is as strong as the votes for the winner.
    pub paths: Vec<Vec<u64>>,
    /// The options in layers: first those that no other beats, then those that none of the rest beats…
    pub ranking: Vec<Vec<usize>>,
    /// The first layer; none when there is no vote.
    pub winners: Vec<usize>,
    /// The option that wins each of its pairs, if there is one.
    pub condorcet: Option<usize>,
}

/// Counts ranked ballots.
pub fn schulze(profile: &Profile<'_>) -> Schulze {
    let pairwise = pairwise(profile);
    let paths = paths(&pairwise);
    let beats = |a: usize, b: usize| paths[a][b] > paths[b][a];
    let mut rest: Vec<usize> = (0..profile.options).collect();
    let mut ranking = Vec::new();
    // “Beats” is transitive (Schulze, theorem 4.1): a layer is never empty.
    while !rest.is_empty() {
        let layer: Vec<usize> =
            rest.iter().copied().filter(|b| !rest.iter().any(|a| beats(*a, *b))).collect();
        rest.retain(|option| !layer.contains(option));
        ranking.push(layer);
    }
    let voted = profile.votes() > 0;
    let wins = |a: usize| (0..profile.options).filter(|b| *b != a).all(|b| pairwise[a][b] > pairwise[b][a]);
    let condorcet = (0..profile.options).find(|a| voted && wins(*a));
    let winners = ranking.first().filter(|_| voted).cloned().unwrap_or_default();
    Schulze { pairwise, paths, ranking, winners, condorcet }
}

/// The votes that prefer one option to another. Only the options that a ballot ranks are walked: where there are many
/// options, most ballots rank few.
fn pairwise(profile: &Profile<'_>) -> Vec<Vec<u64>> {
    let options = profile.options;
    let mut above = vec![vec![0u64; options]; options];
    let mut both = vec![vec![0u64; options]; options];
    let mut ranked = vec![0u64; options];
    for (votes, marks) in &profile.ballots {
        for (at, mark) in marks.iter().enumerate() {
            let a = mark.option as usize;
            if a >= options {
                continue;
            }
            ranked[a] = ranked[a].saturating_add(*votes);
            for other in marks.iter().skip(at + 1).filter(|other| (other.option as usize) < options) {
                let b = other.option as usize;
                let (first, second) = if a < b { (a, b) } else { (b, a) };
                both[first][second] = both[first][second].saturating_add(*votes);
                match mark.value.cmp(&other.value) {
                    std::cmp::Ordering::Less => above[a][b] = above[a][b].saturating_add(*votes),
                    std::cmp::Ordering::Greater => above[b][a] = above[b][a].saturating_add(*votes),
                    std::cmp::Ordering::Equal => {}
                }
            }
        }
    }
    for a in 0..options {
        for b in (0..options).filter(|b| *b != a) {
            let alone = ranked[a].saturating_sub(both[a.min(b)][a.max(b)]);
            above[a][b] = above[a][b].saturating_add(alone);
        }
    }
    above
}

/// The strongest path between every two options (Floyd and Warshall).
fn paths(pairwise: &[Vec<u64>]) -> Vec<Vec<u64>> {
    let options = pairwise.len();
    let link = |a: usize, b: usize| if pairwise[a][b] > pairwise[b][a] { pairwise[a][b] } else { 0 };
    let mut paths: Vec<Vec<u64>> = (0..options).map(|a| (0..options).map(|b| link(a, b)).collect()).collect();
    for through in 0..options {
        for a in (0..options).filter(|a| *a != through) {
            for b in (0..options).filter(|b| *b != a && *b != through) {
                paths[a][b] = paths[a][b].max(paths[a][through].min(paths[through][b]));
            }
        }
    }
    paths
}
