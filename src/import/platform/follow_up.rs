//! What stands around the pieces, in our words: the questionnaire, official answers, meetings, commitments, votes.

use super::{Key, Place, Words};
use crate::lang::Bilingual;
use crate::model::choices::{CommitmentStatus, Decision, MeetingKind, QuestionKind, VoteKind};

/// A question of a questionnaire.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    /// Its key.
    pub key: Box<str>,
    /// The question.
    pub title: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// What can be chosen.
    pub options: Vec<String>,
}

/// An official answer to pieces.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// Where it stands.
    pub place: Place,
    /// What it answers.
    pub to: Vec<Key>,
    /// Who answers; the organiser when the export does not say.
    pub author: Option<String>,
    /// The day, as [`Piece::created`] writes it; the answered piece's when the export does not say, and then it is told.
    pub date: Option<String>,
    /// What was decided.
    pub decision: Option<Decision>,
    /// Its words.
    pub body: Words,
}

/// A meeting.
#[derive(Debug, Clone)]
pub(crate) struct Meeting {
    /// Its key.
    pub key: Box<str>,
    /// Where it stands.
    pub place: Place,
    /// Its title.
    pub title: String,
    /// What it was.
    pub kind: MeetingKind,
    /// When it began and ended.
    pub start: Option<String>,
    /// See `start`.
    pub end: Option<String>,
    /// Where it was held.
    pub at: Option<String>,
    /// How many came.
    pub participants: Option<u64>,
    /// What it was about, then its minutes.
    pub body: Vec<Words>,
    /// Its address there.
    pub url: Option<String>,
}

/// A result or project that is carried out.
#[derive(Debug, Clone)]
pub(crate) struct Commitment {
    /// Its key.
    pub key: Box<str>,
    /// Where it stands.
    pub place: Place,
    /// Its title.
    pub title: String,
    /// What it says.
    pub body: Words,
    /// The day it was announced.
    pub date: Option<String>,
    /// The day it is due.
    pub due: Option<String>,
    /// Where it stands.
    pub status: CommitmentStatus,
    /// What it came from.
    pub from: Vec<Key>,
    /// Its address there.
    pub url: Option<String>,
}

/// A vote whose ballots are not in the export.
#[derive(Debug, Clone)]
pub(crate) struct Poll {
    /// Its key, which becomes its id: `budget-5`.
    pub key: Box<str>,
    /// Where the first of its options stands.
    pub place: Place,
    /// Its title.
    pub title: String,
    /// How it was held.
    pub kind: VoteKind,
    /// The last day on which one could vote.
    pub closes: Option<String>,
    /// What could be chosen.
    pub choices: Vec<Choice>,
    /// Why there are no ballots.
    pub without: Bilingual,
    /// Its address there.
    pub url: Option<String>,
}

/// What can be chosen in a vote.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    /// The piece that says what it is.
    pub key: Key,
    /// Its title.
    pub title: String,
    /// What it costs, when that is a number.
    pub cost: Option<String>,
    /// How many ballots chose it, as the platform declares.
    pub votes: Option<u64>,
    /// Whether the platform declares that it won.
    pub won: bool,
}
