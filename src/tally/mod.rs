//! tally: a rule and ballots → a [`Tally`]. Pure counting: no site, no words, no declared result (`derive` compares).
//! `valid` says which ballots count and why the others do not; each method has a file of its own. The order of ballots
//! matters only where a later one replaces an earlier one.

pub mod budget;
pub mod judgment;
pub mod lots;
mod outcome;
pub mod points;
pub mod profile;
pub mod runoff;
pub mod schulze;
pub mod shares;
pub mod ties;
mod valid;

#[cfg(test)]
mod tests;

use crate::model::choices::{MajorityBase, Provenance, VoteKind};
use crate::model::vote::{Ballot, Mark, Rule, VoteOption};
use budget::Budgeted;
use judgment::Judgment;
use lots::Draw;
use profile::Profile;
use runoff::Runoff;
use schulze::Schulze;
use serde::Serialize;
use std::collections::BTreeMap;
pub use valid::VoidReason;

/// The result of a vote.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tally {
    /// Votes for each option, in the order of the options: choices, points, first ranks or support, as the kind has it.
    pub counts: Vec<u64>,
    /// Ballots cast, blank and void included; `None` when nothing says so.
    pub cast: Option<u64>,
    /// Blank ballots.
    pub blank: Option<u64>,
    /// Void ballots, by reason.
    pub void: BTreeMap<VoidReason, u64>,
    /// Void ballots, when only their number was declared.
    pub void_declared: Option<u64>,
    /// Ballots replaced by a later one of the same voter.
    pub replaced: u64,
    /// Votes that the ballots which count carry together, where some carry more than one.
    pub weight: Option<u64>,
    /// What the majority is counted on.
    pub base: u64,
    /// Options that win under the rule, as places, in order; several when tied, none when no option passes.
    pub winners: Vec<usize>,
    /// Options that are equal for the last seats, where nothing decides between them.
    pub tied: Vec<usize>,
    /// Whether enough people voted; `None` without a quorum, or when the number registered is unknown.
    pub quorum_met: Option<bool>,
    /// How the counts were obtained.
    pub provenance: Provenance,
    /// Declared counts, where they differ from the counts and somebody acknowledged it.
    pub declared: Option<Vec<Option<u64>>>,
    /// The counts of each channel, where the ballots name theirs: its place in the channels, its ballots, its counts.
    pub channels: BTreeMap<u16, Channel>,
    /// What the method went through.
    pub method: Method,
}

/// The counts of the ballots that came by one channel.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Channel {
    /// Ballots cast.
    pub cast: u64,
    /// Votes for each option.
    pub counts: Vec<u64>,
}

/// Rounds, steps and tables of a method.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "method", rename_all = "kebab-case")]
pub enum Method {
    /// The counts say all.
    Plain,
    /// Grades.
    Judgment(Judgment),
    /// Pairs and paths.
    Schulze(Schulze),
    /// Rounds.
    Runoff(Runoff),
    /// Projects, step by step.
    Budget(Budgeted),
    /// People drawn.
    Lots(Draw),
}

/// What is voted on, and how.
#[derive(Debug, Clone, Copy)]
pub struct Question<'q> {
    /// The kind of vote.
    pub kind: VoteKind,
    /// The rule.
    pub rule: &'q Rule,
    /// What can be chosen.
    pub options: &'q [VoteOption],
    /// How many could vote.
    pub registered: Option<u64>,
}

impl Tally {
    /// A tally in which nothing was counted.
    pub fn empty(options: usize, provenance: Provenance) -> Tally {
        Tally {
            counts: vec![0; options],
            cast: None,
            blank: None,
            void: BTreeMap::new(),
            void_declared: None,
            replaced: 0,
            weight: None,
            base: 0,
            winners: Vec::new(),
            tied: Vec::new(),
            quorum_met: None,
            provenance,
            declared: None,
            channels: BTreeMap::new(),
            method: Method::Plain,
        }
    }

    /// Ballots that are neither blank nor void.
    fn expressed(&self) -> Option<u64> {
        let void: u64 = self.void.values().sum::<u64>() + self.void_declared.unwrap_or(0);
        self.cast.map(|cast| cast.saturating_sub(void).saturating_sub(self.blank.unwrap_or(0)))
    }
}

/// Counts ballots under the rule.
pub fn count(question: Question<'_>, ballots: &[Ballot]) -> Tally {
    let mut tally = Tally::empty(question.options.len(), Provenance::Recounted);
    let valid = valid::valid(question, ballots, &mut tally);
    for ballot in &valid {
        let votes = ballot.count.saturating_mul(ballot.weight);
        add(question, &mut tally.counts, &ballot.marks, votes);
        if let Some(channel) = ballot.channel {
            let channel = tally.channels.entry(channel).or_default();
            channel.counts.resize(question.options.len(), 0);
            add(question, &mut channel.counts, &ballot.marks, votes);
        }
    }
    let profile = Profile::new(question.options.len(), valid);
    settle(question, &mut tally, Some(&profile));
    tally
}

/// Adds what a ballot gives to each option.
fn add(question: Question<'_>, counts: &mut [u64], marks: &[Mark], votes: u64) {
    for mark in marks {
        let given = match question.kind {
            VoteKind::Score | VoteKind::Cumulative => u64::from(mark.value),
            VoteKind::Budget if question.rule.counts_points() => u64::from(mark.value),
            VoteKind::InstantRunoff | VoteKind::Schulze => u64::from(mark.value == 1),
            VoteKind::Reactions
            | VoteKind::Poll
            | VoteKind::Approval
            | VoteKind::MajorityJudgment
            | VoteKind::Budget
            | VoteKind::Petition
            | VoteKind::RollCall
            | VoteKind::Lots => 1,
        };
        if let Some(count) = counts.get_mut(mark.option as usize) {
            *count = count.saturating_add(given.saturating_mul(votes));
        }
    }
}

/// From counts, whatever their source: the base, the quorum, who wins. Where there are no ballots, a method that needs
/// them says nothing.
pub fn settle(question: Question<'_>, tally: &mut Tally, profile: Option<&Profile<'_>>) {
    tally.base = base(question, tally);
    tally.quorum_met = match (question.rule.quorum, question.registered, tally.cast) {
        (Some(quorum), Some(registered), Some(cast)) if registered > 0 => {
            Some(cast as f64 * 100.0 >= quorum * registered as f64)
        }
        _ => None,
    };
    outcome::outcome(question, tally, profile);
    if tally.quorum_met == Some(false) {
        tally.winners = Vec::new();
        tally.tied = Vec::new();
    }
}

/// What the majority is counted on.
fn base(question: Question<'_>, tally: &Tally) -> u64 {
    let all: u64 = tally.counts.iter().fold(0, |sum, count| sum.saturating_add(*count));
    match question.rule.base {
        MajorityBase::Registered => question.registered.unwrap_or(0),
        MajorityBase::Cast => tally.cast.unwrap_or(all),
        // Of a roll call, the votes expressed are those for and against; where a ballot may choose several options,
        // the ballots that choose something.
        MajorityBase::Expressed => match question.kind {
            VoteKind::RollCall => tally.counts.iter().take(2).sum(),
            VoteKind::Poll | VoteKind::Reactions => all,
            VoteKind::Approval
            | VoteKind::Score
            | VoteKind::Cumulative
            | VoteKind::MajorityJudgment
            | VoteKind::InstantRunoff
            | VoteKind::Schulze
            | VoteKind::Budget
            | VoteKind::Petition
            | VoteKind::Lots => tally.weight.or_else(|| tally.expressed()).unwrap_or(all),
        },
    }
}
