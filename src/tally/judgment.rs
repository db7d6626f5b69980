//! Majority judgment: grades → the median of each option, and a ranking. As in M. Balinski and R. Laraki, “Majority
//! Judgment: Measuring, Ranking, and Electing” (MIT Press, 2010). Of an even number of votes, the median is the lower of
//! the two in the middle. Options with the same median are told apart by their majority-value: one vote for the median
//! is taken away from each, the medians are compared again, and so on. This is done on runs of equal grades, not vote by
//! vote: it is exact, and as quick for a million votes as for ten.

use super::profile::Profile;
use serde::Serialize;
use std::cmp::Ordering;

/// A count by majority judgment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judgment {
    /// Each option, in the order of the options.
    pub options: Vec<Judged>,
    /// The options from the best to the worst; together only those that have exactly the same grades.
    pub ranking: Vec<Vec<usize>>,
}

/// What was judged of an option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// Votes for each grade, from the worst to the best, ungraded ones among them.
    pub grades: Vec<u64>,
    /// The median: the best grade that at least half of the votes reach or surpass, as a place in the grades.
    pub median: usize,
    /// Votes above the median.
    pub better: u64,
    /// Votes below it.
    pub worse: u64,
    /// The majority-gauge: `better` where more are above the median than below, else minus `worse`. It decides nothing
    /// here; in most elections it says in one number what the tie-break finds.
    pub gauge: i64,
}

/// Counts graded ballots. A ballot that does not grade an option gives it the grade `ungraded`.
pub fn judge(profile: &Profile<'_>, grades: usize, ungraded: usize) -> Judgment {
    let votes = profile.votes();
    let mut counts = vec![vec![0u64; grades]; profile.options];
    let mut given = vec![0u64; profile.options];
    for (votes, option, grade) in profile.marks() {
        if let Some(count) = counts[option].get_mut(grade as usize) {
            *count = count.saturating_add(votes);
            given[option] = given[option].saturating_add(votes);
        }
    }
    for (counts, given) in counts.iter_mut().zip(given) {
        if let Some(count) = counts.get_mut(ungraded) {
            *count = count.saturating_add(votes.saturating_sub(given));
        }
    }
    let options: Vec<Judged> = counts.into_iter().map(judged).collect();
    let runs: Vec<Vec<Run>> = options.iter().map(|option| runs(&option.grades)).collect();
    let mut order: Vec<usize> = (0..options.len()).collect();
    order.sort_by(|a, b| compare(&runs[*b], &runs[*a]).then(a.cmp(b)));
    let mut ranking: Vec<Vec<usize>> = Vec::new();
    for option in order {
        match ranking.last_mut() {
            Some(equals) if compare(&runs[equals[0]], &runs[option]) == Ordering::Equal => {
                equals.push(option)
            }
            Some(_) | None => ranking.push(vec![option]),
        }
    }
    Judgment { options, ranking }
}

fn judged(grades: Vec<u64>) -> Judged {
    let sum = |grades: &[u64]| grades.iter().fold(0u64, |sum, votes| sum.saturating_add(*votes));
    let median = place(&grades, total(&grades).div_ceil(2));
    let (worse, better) = match grades.get(median) {
        Some(_) => (sum(&grades[..median]), sum(&grades[median + 1..])),
        None => (0, 0),
    };
    let signed = |votes: u64| i64::try_from(votes).unwrap_or(i64::MAX);
    let gauge = if better > worse { signed(better) } else { -signed(worse) };
    Judged { median, better, worse, gauge, grades }
}

fn total(grades: &[u64]) -> u128 {
    grades.iter().map(|votes| u128::from(*votes)).sum()
}

/// The grade of the `nth` vote from the worst, the first being 1; the worst grade when there is none.
fn place(grades: &[u64], nth: u128) -> usize {
    let mut below = 0;
    let found = grades.iter().position(|votes| {
        below += u128::from(*votes);
        nth > 0 && below >= nth
    });
    found.unwrap_or(0)
}

/// So many steps in which the votes taken away have the same two grades. Taking medians away one by one goes outward
/// from the middle, in turn down and up: the votes k, k + 1, k − 1, k + 2… of 2k; of 2k + 1, first the one in the
/// middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    low: usize,
    high: usize,
    steps: u128,
}

/// The majority-value, as runs.
fn runs(grades: &[u64]) -> Vec<Run> {
    let votes = total(grades);
    let half = votes / 2;
    let mut runs = Vec::new();
    if votes % 2 == 1 {
        let middle = place(grades, half + 1);
        runs.push(Run { low: middle, high: middle, steps: 1 });
    }
    // Votes of each grade in the lower half and in the upper one, the vote in the middle in neither.
    let mut left = half;
    let lower: Vec<u128> = grades.iter().map(|votes| take(u128::from(*votes), &mut left)).collect();
    left = half;
    let mut upper: Vec<u128> = grades.iter().rev().map(|votes| take(u128::from(*votes), &mut left)).collect();
    upper.reverse();
    let mut down = lower.into_iter().enumerate().rev().filter(|(_, votes)| *votes > 0);
    let mut up = upper.into_iter().enumerate().filter(|(_, votes)| *votes > 0);
    let (mut low, mut high) = (down.next(), up.next());
    while let (Some((below, n)), Some((above, m))) = (low, high) {
        let steps = n.min(m);
        runs.push(Run { low: below, high: above, steps });
        low = if n > steps { Some((below, n - steps)) } else { down.next() };
        high = if m > steps { Some((above, m - steps)) } else { up.next() };
    }
    runs
}

fn take(votes: u128, left: &mut u128) -> u128 {
    let taken = votes.min(*left);
    *left -= taken;
    taken
}

/// Compares majority-values, in which the first difference decides.
fn compare(a: &[Run], b: &[Run]) -> Ordering {
    let (mut a, mut b) = (a.iter().copied(), b.iter().copied());
    let (mut left, mut right) = (a.next(), b.next());
    while let (Some(x), Some(y)) = (left, right) {
        let order = x.low.cmp(&y.low).then(x.high.cmp(&y.high));
        if order != Ordering::Equal {
            return order;
        }
        let steps = x.steps.min(y.steps);
        left = if x.steps > steps { Some(Run { steps: x.steps - steps, ..x }) } else { a.next() };
        right = if y.steps > steps { Some(Run { steps: y.steps - steps, ..y }) } else { b.next() };
    }
    Ordering::Equal
}
