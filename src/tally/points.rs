//! Points: ballots → sums, and sums → who wins. Shared by every method whose result is one number an option: approval,
//! score, cumulative.

use super::profile::Profile;
use super::ties::Breaker;
use serde::Serialize;

/// Who wins.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Selected {
    /// The options that win, the best first; those that are equal in the order of the options.
    pub winners: Vec<usize>,
    /// Options that are equal for the last seats, where nothing decides between them: none of them is a winner.
    pub tied: Vec<usize>,
}

/// The points given to each option.
pub fn sums(profile: &Profile<'_>) -> Vec<u64> {
    add(profile, u64::from)
}

/// The votes that name each option, whatever they give it. A mark of 0 does not name it.
pub fn approvals(profile: &Profile<'_>) -> Vec<u64> {
    add(profile, |value| u64::from(value > 0))
}

fn add(profile: &Profile<'_>, given: impl Fn(u32) -> u64) -> Vec<u64> {
    let mut sums = vec![0u64; profile.options];
    for (votes, option, value) in profile.marks() {
        sums[option] = sums[option].saturating_add(given(value).saturating_mul(votes));
    }
    sums
}

/// The options with the highest scores, as many as there are seats; one without any does not win.
pub fn leaders(scores: &[u64], seats: u64, breaker: &Breaker) -> Selected {
    let mut order: Vec<usize> = (0..scores.len()).filter(|at| scores[*at] > 0).collect();
    order.sort_by_key(|at| (std::cmp::Reverse(scores[*at]), breaker.place(*at), *at));
    let seats = usize::try_from(seats).unwrap_or(usize::MAX);
    if order.len() <= seats {
        return Selected { winners: order, tied: Vec::new() };
    }
    let last = scores[order[seats]];
    // The last seat is contested when the first left out has as many as the last one in.
    let contested = !breaker.decides() && seats > 0 && scores[order[seats - 1]] == last;
    let tied = order.iter().copied().filter(|at| contested && scores[*at] == last).collect();
    order.truncate(seats);
    order.retain(|at| !contested || scores[*at] > last);
    Selected { winners: order, tied }
}
