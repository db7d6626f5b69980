//! Profiles: ballots that count, as the methods see them. What a ballot says of each option, and how many votes say
//! so; neither who voted nor in which order the ballots came. Which ballots count is decided before.

use crate::model::vote::{Ballot, Mark};
use std::collections::BTreeMap;

/// The ballots that count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile<'b> {
    /// How many options there are. A mark on any other is passed over.
    pub options: usize,
    /// Votes (the number of identical ballots × the weight of each), and what they say.
    pub ballots: Vec<(u64, &'b [Mark])>,
}

impl<'b> Profile<'b> {
    /// The profile of ballots that were found valid.
    pub fn new(options: usize, ballots: impl IntoIterator<Item = &'b Ballot>) -> Self {
        let votes = |ballot: &Ballot| ballot.count.saturating_mul(ballot.weight);
        Profile { options, ballots: ballots.into_iter().map(|b| (votes(b), &*b.marks)).collect() }
    }

    /// All votes together.
    pub fn votes(&self) -> u64 {
        self.ballots.iter().fold(0, |sum, (votes, _)| sum.saturating_add(*votes))
    }

    /// Every mark on an option, as votes, place of the option and value.
    pub(super) fn marks(&self) -> impl Iterator<Item = (u64, usize, u32)> {
        let on = |option: usize| option < self.options;
        self.ballots.iter().flat_map(move |(votes, marks)| {
            let marks = marks.iter().map(|mark| (*votes, mark.option as usize, mark.value));
            marks.filter(move |(_, option, _)| on(*option))
        })
    }

    /// The different ballots, each once with all its votes, as `(option, value)` in the order of the options; so that
    /// neither the order of the ballots nor that of the marks in one can matter. Ballots without a vote are left out.
    pub(super) fn distinct(&self) -> BTreeMap<Vec<(usize, u32)>, u64> {
        let mut distinct: BTreeMap<Vec<(usize, u32)>, u64> = BTreeMap::new();
        for (votes, marks) in self.ballots.iter().filter(|(votes, _)| *votes > 0) {
            let marks = marks.iter().map(|mark| (mark.option as usize, mark.value));
            let mut marks: Vec<_> = marks.filter(|(option, _)| *option < self.options).collect();
            marks.sort_unstable();
            let sum = distinct.entry(marks).or_default();
            *sum = sum.saturating_add(*votes);
        }
        distinct
    }
}
