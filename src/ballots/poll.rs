//! A [`Poll`]: a whole vote as one file tells it, its rule, its options, its ballots and what it declares. The readers of
//! other people's formats make it; `greffe tally` counts it, importers turn it into content.

use super::csv::Fault;
use crate::lang::{Bilingual, Lang};
use crate::model::choices::VoteKind;
use crate::model::id::{Id, slug};
use crate::model::site::Words;
use crate::model::vote::{Ballot, Rule, VoteOption};
use crate::model::when::Date;
use std::collections::BTreeSet;

/// A vote that one file holds.
#[derive(Debug)]
pub struct Poll {
    /// What was voted on.
    pub title: Box<str>,
    /// What the file says besides, in its own words.
    pub summary: Option<Box<str>>,
    /// Who held it.
    pub organiser: Option<Box<str>>,
    /// The language of its words.
    pub language: Lang,
    /// The kind of vote.
    pub kind: VoteKind,
    /// The rule.
    pub rule: Rule,
    /// Whether the file says by which rule it was counted; otherwise kind and rule are the usual ones for its ballots.
    pub ruled: bool,
    /// What could be chosen.
    pub options: Vec<VoteOption>,
    /// Each row of ballots.
    pub ballots: Vec<Ballot>,
    /// The channels that they name.
    pub channels: Vec<Box<str>>,
    /// Declared counts, as this kind of vote counts: choices or points.
    pub declared: Option<Vec<u64>>,
    /// Declared ballots that name each option, where the counts are points.
    pub supporters: Option<Vec<u64>>,
    /// Declared number of ballots.
    pub cast: Option<u64>,
    /// What was selected, as places in the options.
    pub selected: Option<Vec<usize>>,
    /// The money of the costs.
    pub currency: Option<Box<str>>,
    /// First day.
    pub opens: Option<Date>,
    /// Last day.
    pub closes: Option<Date>,
    /// What is not kept of the file, or not as it was.
    pub notes: Vec<Bilingual>,
}

impl Poll {
    /// A poll of which nothing is known but its kind.
    pub fn new(kind: VoteKind, language: Lang) -> Poll {
        Poll {
            title: "".into(),
            summary: None,
            organiser: None,
            language,
            kind,
            rule: Rule::of(kind),
            ruled: false,
            options: Vec::new(),
            ballots: Vec::new(),
            channels: Vec::new(),
            declared: None,
            supporters: None,
            cast: None,
            selected: None,
            currency: None,
            opens: None,
            closes: None,
            notes: Vec::new(),
        }
    }
}

/// A ballot of which nothing is known but its voter.
pub(super) fn ballot(voter: &str) -> Ballot {
    Ballot {
        voter: voter.into(),
        count: 1,
        weight: 1,
        channel: None,
        cast: None,
        group: None,
        marks: Box::default(),
        spoilt: None,
    }
}

/// An option with a title.
pub(super) fn option(id: Id, title: &str, language: &Lang) -> VoteOption {
    let title = if title.is_empty() { id.as_str() } else { title };
    let title = Words::one(language.clone(), title.into());
    VoteOption { id, title, summary: None, cost: None, contribution: None, url: None }
}

/// Ids for what a file names its own way: its name where that is an id, what can be made an id of it, or a number.
#[derive(Debug, Default)]
pub(super) struct Ids(BTreeSet<Box<str>>);

impl Ids {
    /// An id that no other has; `name` as it is where it can be.
    pub(super) fn take(&mut self, name: &str, letter: char) -> Id {
        let whole = Id::new(name).or_else(|| slug(name));
        let numbered = (self.0.len() + 1..).filter_map(|n| Id::new(&format!("{letter}{n}")));
        let mut free = whole.into_iter().chain(numbered).filter(|id| !self.0.contains(&id.folded()));
        // Numbers do not end.
        #[allow(clippy::expect_used)]
        let id = free.next().expect("a number that is free");
        self.0.insert(id.folded());
        id
    }
}

/// A fault on one line.
pub(super) fn fault((byte, line): (u64, u64), text: Bilingual) -> Fault {
    Fault { byte: u32::try_from(byte).unwrap_or(u32::MAX), line, text }
}
