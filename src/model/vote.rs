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
    pub options: Vec<VoteOption>,
    /// How many could vote.
    pub registered: Option<u64>,
    /// The currency of its amounts: `EUR`.
    pub currency: Option<Box<str>>,
    /// What came out, unless it may not be shown yet.
    pub result: VoteResult,
    /// Where it is published.
    pub url: Option<Box<str>>,
}

/// What can be chosen in a vote: an answer, a candidate, a project.
#[derive(Debug, Clone)]
pub struct VoteOption {
    /// Its id.
    pub id: Id,
    /// Its title.
    pub title: Words,
    /// What a reader should know about it.
    pub summary: Option<Words>,
    /// What it costs, in a budget.
    pub cost: Option<Money>,
    /// The contribution that proposed it.
    pub contribution: Option<ContributionIx>,
    /// Where it is described.
    pub url: Option<Box<str>>,
}

/// An amount of money, in hundredths of its unit: exact, as every count is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Money(pub u64);

impl std::fmt::Display for Money {
    /// In units, with two decimals when they are not zero: `1200`, `1200.50`.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 % 100 {
            0 => write!(out, "{}", self.0 / 100),
            cents => write!(out, "{}.{cents:02}", self.0 / 100),
        }
    }
}

impl Serialize for Money {
    /// As a number, in units.
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 % 100 {
            0 => to.serialize_u64(self.0 / 100),
            _ => to.serialize_f64(self.0 as f64 / 100.0),
        }
    }
}

impl Money {
    /// Units with at most two decimals, as written: `100000`, `100000.0`, `12.5`.
    pub fn parse(words: &str) -> Option<Money> {
        let (units, cents) = words.split_once('.').unwrap_or((words, ""));
        let digits = |words: &str| words.bytes().all(|b| b.is_ascii_digit());
        let kept = cents.trim_end_matches('0');
        if units.is_empty() || !digits(units) || !digits(cents) || kept.len() > 2 {
            return None;
        }
        let cents: u64 = format!("{kept:0<2}").parse().ok()?;
        units.parse::<u64>().ok()?.checked_mul(100)?.checked_add(cents).map(Money)
    }
}

/// The rule of a vote: everything that decides which ballots count and who wins.
#[derive(Debug, Clone)]
pub struct Rule {
    /// What the majority is counted on.
    pub base: MajorityBase,
    /// Share of the base to exceed, in per cent.
    pub threshold: f64,
    /// Share of the registered who must vote, in per cent.
    pub quorum: Option<f64>,
    /// Most options a ballot may choose, score, grade or rank.
    pub max_choices: u64,
    /// Fewest.
    pub min_choices: u64,
    /// A later ballot replaces an earlier one.
    pub replace: bool,
    /// How many options win, at most.
    pub seats: u64,
    /// Most points that one ballot may give to one option: score, cumulative and budget votes whose ballots hold points.
    pub max_score: Option<u64>,
    /// Most points that one ballot may give in all.
    pub max_points: Option<u64>,
    /// Fewest.
    pub min_points: Option<u64>,
    /// Grades, from the worst to the best.
    pub grades: Vec<Category>,
    /// The grade of an option that a ballot does not grade, as a place in the grades.
    pub ungraded: usize,
    /// What can be spent.
    pub budget: Option<Money>,
    /// Most money that the choices of one ballot may cost together (knapsack).
    pub max_spend: Option<Money>,
    /// How projects are selected.
    pub selection: Selection,
    /// Fewest ballots (or points) that a project needs, for `greedy-threshold`.
    pub min_support: u64,
    /// What is done with what equal shares leave.
    pub completion: Completion,
    /// What a supporter gains under equal shares.
    pub utility: Utility,
    /// Signatures wanted, and what each number of them obtains.
    pub steps: Vec<Step>,
    /// What decides between equal options.
    pub ties: Ties,
    /// The seed of lots.
    pub seed: Option<Box<str>>,
    /// Who could vote.
    pub electorate: Option<Words>,
    /// Groups that a drawing of lots must hold so many of.
    pub quotas: Vec<Quota>,
}

impl Rule {
    /// Whether the ballots of a budget give points, and not only choices.
    pub fn counts_points(&self) -> bool {
        self.max_score.is_some() || self.max_points.is_some()
    }

    /// The rule of a kind of vote of which nothing else is said.
    pub fn of(kind: VoteKind) -> Rule {
        let several = !matches!(kind, VoteKind::Poll | VoteKind::Reactions | VoteKind::RollCall);
        Rule {
            base: MajorityBase::Expressed,
            threshold: 50.0,
            quorum: None,
            max_choices: if several { u64::MAX } else { 1 },
            min_choices: u64::from(!several),
            replace: false,
            seats: 1,
            max_score: None,
            max_points: None,
            min_points: None,
            grades: Vec::new(),
            ungraded: 0,
            budget: None,
            max_spend: None,
            selection: Selection::Greedy,
            min_support: 0,
            completion: Completion::None,
            utility: Utility::Cost,
            steps: Vec::new(),
            ties: if kind == VoteKind::Budget { Ties::Cost } else { Ties::Shared },
            seed: None,
            electorate: None,
            quotas: Vec::new(),
        }
    }
}

/// What a number of signatures obtains.
#[derive(Debug, Clone)]
pub struct Step {
    /// So many signatures.
    pub signatures: u64,
    /// What they obtain.
    pub title: Words,
}

/// How many people of a category a drawing of lots must hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quota {
    /// The column of the pool: `age`.
    pub category: Box<str>,
    /// The value in it: `18-34`.
    pub value: Box<str>,
    /// At least so many.
    pub min: u64,
    /// At most so many.
    pub max: u64,
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
    /// Declared totals, in the order of the options; none for those of which nothing is declared.
    pub declared: Option<Vec<Option<u64>>>,
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
    /// The people among whom a panel is drawn.
    pub pool: Option<Pool>,
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
    /// The channels that they name.
    pub channels: Vec<Box<str>>,
    /// Names of the members of an assembly, one a ballot; empty when the file has none. No other vote may have them.
    pub names: Vec<Box<str>>,
}

/// The people among whom a panel is drawn.
#[derive(Debug)]
pub struct Pool {
    /// Where it is published, from the consultation's folder.
    pub path: OutPath,
    /// The categories known of each person: the columns of the file.
    pub categories: Vec<Box<str>>,
    /// Each person, in the order of the file.
    pub people: Vec<Person>,
}

/// A person of a pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Pseudonymous id.
    pub id: Box<str>,
    /// The value of each category.
    pub values: Vec<Box<str>>,
}

/// One row of a file of ballots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot {
    /// Pseudonymous id of the voter; empty for a ballot on paper, which is nobody's second.
    pub voter: Box<str>,
    /// So many identical ballots: more than 1 only without a voter.
    pub count: u64,
    /// Votes that each of them carries.
    pub weight: u64,
    /// How it came, as a place in the channels of the file.
    pub channel: Option<u16>,
    /// When it was cast.
    pub cast: Option<Moment>,
    /// The group of a roll call to which its voter belongs, as a place in the groups.
    pub group: Option<u16>,
    /// What it says of each option that it names, in the order in which it names them.
    pub marks: Box<[Mark]>,
    /// What is wrong with it before any rule is looked at.
    pub spoilt: Option<Spoilt>,
}

/// What is wrong with a ballot whatever the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spoilt {
    /// It was cast before the opening or after the closing.
    OutsideHours,
    /// It cannot be read.
    Unreadable,
}

/// What a ballot says of one option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The option's place in the list; [`UNKNOWN`] for what is no option.
    pub option: u32,
    /// 1 for a choice; the rank (1 is first; equals have the same) of a ranked option; the points of a score; the place
    /// of a grade, or [`NO_GRADE`] for a word that is none.
    pub value: u32,
}

/// The place of what is no option.
pub const UNKNOWN: u32 = u32::MAX;

/// The place of a member of an assembly who took no part: said, but no ballot.
pub const ABSENT: u32 = u32::MAX - 1;

/// The value of what is no grade, or no number.
pub const NO_GRADE: u32 = u32::MAX;

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
