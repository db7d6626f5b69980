//! What the exports of platforms have in common, in our words: readers of one format each (`cap_collectif_csv`,
//! `decidim`, `grand_debat`, `consul`) give what they [`Gathered`], the writer makes content of it: ids, pseudonyms,
//! parents, Markdown, former addresses, moderation, personal data found in texts, and one report. A reader knows a
//! format and no YAML; the writer knows no format. Formats that need more than this keep an importer of their own.

pub(crate) mod decode;
mod follow_up;
mod gathered;
pub(crate) mod key;
pub(crate) mod personal;
pub(crate) mod table;
#[cfg(test)]
pub(crate) mod tests;
mod when;
mod write;

pub(crate) use follow_up::*;
pub(crate) use key::bare;
pub(crate) use write::write;

use super::report::{Received, Row};
use crate::lang::Bilingual;
use crate::model::choices::{AuthorKind, Channel, ContributionKind, Position};

use std::collections::{BTreeMap, BTreeSet};

/// Everything that an export holds, in the order in which it was met. Keys are the platform's own ids, unique among
/// the pieces of one kind ([`What`]); the writer makes ids of them.
#[derive(Debug, Default)]
pub(crate) struct Gathered {
    /// The consultation's title, when the export says it.
    pub title: Option<String>,
    /// Its summary.
    pub summary: Option<Words>,
    /// Its presentation, when that is more than the summary.
    pub presentation: Option<Words>,
    /// Who consults.
    pub organiser: Option<String>,
    /// Name of the platform: `Decidim`.
    pub platform: &'static str,
    /// Its address there.
    pub url: Option<String>,
    /// Language in which people wrote: `fr`.
    pub language: Option<String>,
    /// First and last day of contributing, as [`Piece::created`] writes them; the first and last piece's when absent.
    pub period: Option<(String, String)>,
    /// Zone of dates that have none: `Europe/Paris` when absent.
    pub timezone: Option<&'static str>,
    /// The day the export was made, as [`Piece::created`] writes it.
    pub retrieved: Option<String>,
    /// Reasons of moderation that have a title: the platform's code, and what readers see.
    pub reasons: Vec<(Box<str>, String)>,
    /// Headings under which contributions are filed: key, title.
    pub categories: Vec<(Box<str>, String)>,
    /// The questionnaire, in order.
    pub questions: Vec<Question>,
    /// Everything people wrote.
    pub pieces: Vec<Piece>,
    /// Official answers.
    pub answers: Vec<Answer>,
    /// Meetings.
    pub meetings: Vec<Meeting>,
    /// What was promised, and what became of it.
    pub commitments: Vec<Commitment>,
    /// Votes of which the export gives the totals, without the ballots.
    pub polls: Vec<Poll>,
    /// Files as received ([`Gathered::receive`]).
    pub received: Vec<Received>,
    /// Records that are ballots, reports of abuse or anything else that becomes no piece, and files: what became of
    /// each. They count as read.
    pub settled: Vec<Row>,
    /// Ballots and other records that are in the content, or in its totals, and too many for a row each: how many of
    /// each kind. They count as read; those of the same kind that are not kept stand in `settled`.
    pub kept: BTreeMap<&'static str, usize>,
    /// Names of people that no piece has (voters, those who reported): looked for in the texts, written nowhere.
    pub names: BTreeSet<Box<str>>,
    /// Files that the export names and does not hold, beside those of the pieces.
    pub missing_files: BTreeSet<Box<str>>,
    /// What was done to every record alike, and what the export does not say.
    pub remarks: BTreeSet<Bilingual>,
    /// Columns that hold what must not be published: `author/email`. Of these, names are read to be looked for in the
    /// texts, the others not at all.
    pub dropped: BTreeSet<Box<str>>,
    /// Columns that were not understood.
    pub unknown: BTreeSet<Box<str>>,
    /// Sentences about what the data is known to lack, for `known_missing`.
    pub known_missing: Vec<Bilingual>,
}

/// Words as a platform holds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Words {
    /// HTML from a rich-text editor.
    Html(String),
    /// Plain text: every line end counts.
    Plain(String),
}

impl Default for Words {
    fn default() -> Self {
        Words::Plain(String::new())
    }
}

impl Words {
    /// HTML when there are marks of a rich-text editor in it, else plain text: for exports that do not say.
    pub fn guess(words: &str) -> Self {
        const MARKS: [&str; 12] = [
            "</p>",
            "<p>",
            "<br",
            "</div>",
            "</li>",
            "</strong>",
            "</b>",
            "</em>",
            "</a>",
            "</span>",
            "</h",
            "&nbsp;",
        ];
        let words = words.to_owned();
        if MARKS.iter().any(|mark| words.contains(mark)) { Words::Html(words) } else { Words::Plain(words) }
    }

    /// As they are in the export.
    pub fn raw(&self) -> &str {
        match self {
            Words::Html(words) | Words::Plain(words) => words,
        }
    }
}

/// Where a record stands in the export.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Place {
    /// Path of the file in the export.
    pub file: Box<str>,
    /// The line on which it begins (`42`), or its path in a JSON file (`[12]`).
    pub row: Box<str>,
}

/// Which kind a key belongs to: two kinds may share a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What {
    /// A proposal, an opinion, a debate: what others hang on. Ids begin with `p`.
    Proposal,
    /// A suggested rewording, an amendment to a proposal. Ids begin with `w`.
    Wording,
    /// An argument. Ids begin with `a`.
    Argument,
    /// A source. Ids begin with `s`.
    Source,
    /// A comment. Ids begin with `c`.
    Comment,
    /// Answers to a questionnaire. Ids begin with `r`.
    Reply,
    /// A meeting. Ids begin with `m`.
    Meeting,
    /// A result, a project: what is carried out. Ids begin with `e`.
    Commitment,
}

/// A reference to something of the export.
pub(crate) type Key = (What, Box<str>);

/// Who wrote. The name is never written anywhere: it is looked for in the texts, so that a person can review them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Person {
    /// What tells the account from others: an id, else a name. It becomes a pseudonym. `None`: the export does not say.
    pub account: Option<Box<str>>,
    /// The name shown there.
    pub name: Option<Box<str>>,
    /// Who writes.
    pub kind: Option<AuthorKind>,
    /// The body represented, when the platform says that the account is one: shown.
    pub organisation: Option<Box<str>>,
}

/// What became of a piece there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Moderated {
    /// It was public.
    #[default]
    Published,
    /// Not yet decided, a draft, not confirmed: nobody could read it there, so it is not in the content, nor is what
    /// hangs on it. The report says so.
    Pending,
    /// In the bin or hidden: its words are replaced by a digest under the consultation's key.
    Withheld {
        /// The platform's reason, in its own words or code.
        reason: Option<Box<str>>,
        /// The day, as [`Piece::created`] writes it.
        date: Option<String>,
    },
}

/// Reactions declared on a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Votes {
    /// For.
    pub r#for: Option<u64>,
    /// For in part.
    pub mixed: Option<u64>,
    /// Against.
    pub against: Option<u64>,
}

/// Something that somebody wrote.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    /// Its key there.
    pub key: Key,
    /// What it becomes.
    pub kind: ContributionKind,
    /// The report's word for it: `proposal`, `argument`…
    pub word: &'static str,
    /// Where it stands.
    pub place: Place,
    /// What it hangs on. A parent that is not in the export is told, and the piece is kept without it where its kind
    /// can stand alone.
    pub parent: Option<Key>,
    /// Who wrote.
    pub author: Person,
    /// Its title, as it is: the writer puts it on one line.
    pub title: Option<String>,
    /// Its words.
    pub body: Words,
    /// When it was written: ISO 8601, with a zone where the export has one (`2019-01-22T10:03:00`), else as read.
    pub created: Option<String>,
    /// When it was last changed.
    pub updated: Option<String>,
    /// Its address there.
    pub url: Option<String>,
    /// Where it stands on what it hangs on.
    pub position: Option<Position>,
    /// Key of its category.
    pub category: Option<Box<str>>,
    /// Free themes.
    pub themes: Vec<String>,
    /// The place it is about.
    pub about: Option<String>,
    /// How it came, when not online.
    pub channel: Option<Channel>,
    /// Key of the meeting that produced it.
    pub meeting: Option<Box<str>>,
    /// The address of a source.
    pub link: Option<String>,
    /// Declared reactions.
    pub votes: Votes,
    /// Reactions counted from the rows of the export, when it has some. Where the platform declares another count, the
    /// difference is acknowledged.
    pub rows: Option<Votes>,
    /// Answers to the questions, by their key: words, or the labels that were chosen.
    pub answers: Vec<(Box<str>, Vec<String>)>,
    /// What became of it.
    pub moderated: Moderated,
    /// Titled pieces attached to it (a context, an estimate, an explanation).
    pub appendices: Vec<(String, Words)>,
    /// Addresses or paths of files attached to it: those that the export does not hold are listed as missing.
    pub attachments: Vec<String>,
    /// What the reader changed of it already, for the report.
    pub changed: BTreeSet<Bilingual>,
}

impl Piece {
    /// A piece of which only this is known.
    pub fn new(key: Key, kind: ContributionKind, word: &'static str, place: Place) -> Self {
        Piece {
            key,
            kind,
            word,
            place,
            parent: None,
            author: Person::default(),
            title: None,
            body: Words::default(),
            created: None,
            updated: None,
            url: None,
            position: None,
            category: None,
            themes: Vec::new(),
            about: None,
            channel: None,
            meeting: None,
            link: None,
            votes: Votes::default(),
            rows: None,
            answers: Vec::new(),
            moderated: Moderated::default(),
            appendices: Vec::new(),
            attachments: Vec::new(),
            changed: BTreeSet::new(),
        }
    }
}
