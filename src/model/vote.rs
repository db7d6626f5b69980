//! Votes: what was put, under which rule, and what is known of the result. A [`VoteResult`] holds counts only when they
//! may be shown.

use super::choices::*;
use super::id::Id;
use super::site::{About, AmendmentIx, Category, ContributionIx, Words};
use super::when::{Date, Moment};
use crate::sink::OutPath;
use serde::Serialize;

/// A vote.
#[derive(Debug)]
pub struct Vote {
    /// Where its record stands, for diagnostics about its count.
    pub place: crate::source::Span,
    /// Its id.
    pub id: Id,
    /// What was voted on.
    pub title: Words,
    /// The kind.
    pub kind: VoteKind,
    /// The question.
    pub question: Option<Words>,
    /// What a reader should know.
    pub summary: Option<Words>,
    /// What it is about.
    pub about: About,
    /// The amendment it decides.
    pub amendment: Option<AmendmentIx>,
    /// The contribution it is about.
    pub contribution: Option<ContributionIx>,
    /// The day.
    pub date: Option<Date>,
    /// When it opened.
    pub opens: Option<Moment>,
    /// When it closed.
    pub closes: Option<Moment>,
    /// The rule.
    pub rule: Rule,
    /// What could be chosen.
    pub options: Vec<Category>,
    /// How many could vote.
    pub registered: Option<u64>,
    /// What came out, unless it may not be shown yet.
    pub result: VoteResult,
    /// Where it is published.
    pub url: Option<Box<str>>,
}

/// The rule of a vote.
#[derive(Debug, Clone, Serialize)]
pub struct Rule {
    /// What the majority is counted on.
    pub base: MajorityBase,
    /// Share of the base to exceed, in per cent.
    pub threshold: f64,
    /// Share of the registered who must vote, in per cent.
    pub quorum: Option<f64>,
    /// Most options a ballot may choose.
    pub max_choices: u64,
    /// Fewest.
    pub min_choices: u64,
    /// A later ballot replaces an earlier one.
    pub replace: bool,
}

/// The counts of a vote.
#[derive(Debug)]
pub enum VoteResult {
    /// Under embargo on the day of which the site speaks.
    Embargoed {
        /// Until then.
        until: Moment,
    },
    /// Known.
    Known(Box<KnownResult>),
}

/// What is known of a result.
#[derive(Debug, Default)]
pub struct KnownResult {
    /// Declared totals, in the order of the options.
    pub declared: Option<Vec<u64>>,
    /// Declared number of ballots.
    pub cast: Option<u64>,
    /// Declared blank ballots.
    pub blank: Option<u64>,
    /// Declared void ballots.
    pub void: Option<u64>,
    /// Declared winners, as places in the options.
    pub winners: Vec<usize>,
    /// A roll call's groups.
    pub groups: Vec<Group>,
    /// Ballots, in the order of the file.
    pub ballots: Option<Ballots>,
    /// Why there are no ballots.
    pub ballots_missing: Option<Words>,
    /// A difference that was acknowledged.
    pub acknowledged: Option<(Words, Date)>,
}

/// The ballots of a vote.
#[derive(Debug)]
pub struct Ballots {
    /// Where they are published, from the consultation's folder.
    pub path: OutPath,
    /// Each ballot.
    pub ballots: Vec<Ballot>,
}

/// One ballot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot {
    /// Pseudonymous id of the voter.
    pub voter: Box<str>,
    /// Options chosen, as places in the list; `None` for a name that is no option.
    pub choices: Vec<Option<usize>>,
}

/// A group in a roll call.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: Box<str>,
    /// Members.
    pub members: Option<u64>,
    /// For.
    pub r#for: u64,
    /// Against.
    pub against: u64,
    /// Abstained.
    pub abstention: u64,
    /// Took no part.
    pub absent: Option<u64>,
}
