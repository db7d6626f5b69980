//! What follows contributions: official responses, syntheses, meetings, commitments.

use super::choices::*;
use super::contribution::Attachment;
use super::id::Id;
use super::site::{AmendmentIx, ContributionIx, Party, TextIx, Words};
use super::when::{Date, Moment};

/// An official answer.
#[derive(Debug)]
pub struct Response {
    /// Where its decision stands, or its record, for diagnostics about it.
    pub place: crate::source::Span,
    /// Its id.
    pub id: Id,
    /// Its title.
    pub title: Option<Box<str>>,
    /// What it answers.
    pub to: Vec<ContributionIx>,
    /// Who answers.
    pub author: Party,
    /// When.
    pub date: Date,
    /// What was decided.
    pub decision: Option<Decision>,
    /// Amendments in which it went.
    pub amendments: Vec<AmendmentIx>,
    /// Articles in which it went.
    pub articles: Vec<(TextIx, Id)>,
    /// Markdown, by language.
    pub body: Words,
}

/// An editorial summary.
#[derive(Debug)]
pub struct Synthesis {
    /// Its id.
    pub id: Id,
    /// Its title.
    pub title: Box<str>,
    /// Who wrote it.
    pub author: Party,
    /// When.
    pub date: Date,
    /// Contributions it cites, each once, in the order of the words.
    pub cites: Vec<ContributionIx>,
    /// Markdown, by language.
    pub body: Words,
}

/// A workshop, hearing or sitting.
#[derive(Debug)]
pub struct Meeting {
    /// Its id.
    pub id: Id,
    /// Its title.
    pub title: Box<str>,
    /// What it was.
    pub kind: MeetingKind,
    /// When it began.
    pub date: Moment,
    /// When it ended.
    pub end: Option<Moment>,
    /// Where.
    pub place: Option<Box<str>>,
    /// How many took part.
    pub participants: Option<u64>,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// Minutes, in Markdown, by language.
    pub minutes: Words,
}

/// What was promised.
#[derive(Debug)]
pub struct Commitment {
    /// Its id.
    pub id: Id,
    /// What.
    pub title: Words,
    /// Who.
    pub by: Party,
    /// When.
    pub date: Date,
    /// For when.
    pub due: Option<Date>,
    /// What became of it.
    pub status: CommitmentStatus,
    /// More.
    pub summary: Option<Words>,
    /// What shows it: title, address, date.
    pub evidence: Vec<(Words, Option<Box<str>>, Option<Moment>)>,
    /// What led to it.
    pub contributions: Vec<ContributionIx>,
}
