//! What follows a contribution: official responses, syntheses, meetings, commitments.

use super::common::{Attachment, Imported, Link, Party, SitePath};
use crate::model::choices::{CommitmentStatus, Decision, MeetingKind};
use crate::model::id::Id;
use crate::model::when::{Date, Moment};
use crate::record;
use crate::yaml::read::Localised;

record! {
    /// An official answer to contributions: front matter of `responses/<id>.md`.
    pub struct ResponseRecord as "response" ("réponse") {
        /// Its id; the file's name when absent.
        optional id: Id,
        /// Its title.
        optional title: Box<str>,
        /// The contributions it answers.
        list to: Id,
        /// Who answers.
        required author: Party,
        /// When.
        required date: Date,
        /// What was decided.
        optional decision: Decision,
        /// The amendments in which it went.
        list amendments: Id,
        /// The articles in which it went.
        list articles: Box<str>,
        /// Former addresses.
        list aliases: SitePath,
        /// Where it was imported from.
        optional imported: Imported,
    }
}

record! {
    /// An editorial summary: front matter of `synthesis/<id>.md`. Its words cite contributions as `[@id]`.
    pub struct SynthesisRecord as "synthesis" ("synthèse") {
        /// Its id; the file's name when absent.
        optional id: Id,
        /// Its title.
        required title: Box<str>,
        /// Who wrote it.
        required author: Party,
        /// When.
        required date: Date,
        /// Its place among the syntheses, smallest first.
        optional order: u64,
        /// Former addresses.
        list aliases: SitePath,
    }
}

record! {
    /// A workshop, a hearing, a sitting: front matter of `meetings/<id>.md`; the body is its minutes.
    pub struct MeetingRecord as "meeting" ("réunion") {
        /// Its id; the file's name when absent.
        optional id: Id,
        /// Its title.
        required title: Box<str>,
        /// What it was.
        required kind: MeetingKind,
        /// When it began.
        required date: Moment,
        /// When it ended.
        optional end: Moment,
        /// Where it was held.
        optional place: Box<str>,
        /// How many people took part.
        optional participants: u64,
        /// Files that belong to it.
        list attachments: Attachment,
        /// Former addresses.
        list aliases: SitePath,
        /// Where it was imported from.
        optional imported: Imported,
    }
}

record! {
    /// What was promised: `commitments/<id>.yaml`.
    pub struct CommitmentRecord as "commitment" ("engagement") {
        /// Its id; the file's name when absent.
        optional id: Id,
        /// What is promised, in one sentence.
        required title: Localised<Box<str>>,
        /// Who promises.
        required by: Party,
        /// When it was promised.
        required date: Date,
        /// When it is due.
        optional due: Date,
        /// What became of it.
        required status: CommitmentStatus,
        /// More about it.
        optional summary: Localised<Box<str>>,
        /// What shows that it was kept.
        list evidence: Link,
        /// The contributions that led to it.
        list contributions: Id,
        /// Where it was imported from.
        optional imported: Imported,
    }
}
