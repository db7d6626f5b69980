//! Contributions: the front matter of `contributions/<id>.md`, or an item of `contributions/<name>.yaml`.

use super::common::{Anchor, Appendix, Attachment, Author, Imported, Reactions, SitePath, Url};
use crate::lang::Lang;
use crate::model::choices::{Channel, ContributionKind, IntakeMark, ModerationState, Position};
use crate::model::id::Id;
use crate::model::when::{Date, Moment};
use crate::record;
use crate::yaml::read::{Entries, Localised, Markdown};

record! {
    /// What a participant wrote.
    pub struct ContributionRecord as "contribution" {
        /// Its id; the file's name when absent (needed in a list).
        optional id: Id,
        /// What it is.
        required kind: ContributionKind,
        /// Its title.
        optional title: Box<str>,
        /// Who wrote it.
        optional author: Author,
        /// When it was written.
        optional date: Moment,
        /// When it was last changed.
        optional updated: Moment,
        /// What it is about: a text, an article, a paragraph.
        optional on: Anchor,
        /// The contribution that it answers, supports, sources or rewords.
        optional parent: Id,
        /// Where it stands on what it is about.
        optional position: Position,
        /// Category of the consultation.
        optional category: Id,
        /// Free themes.
        list themes: Box<str>,
        /// A place it is about.
        optional place: Box<str>,
        /// Language in which it is written; the consultation's when absent.
        optional language: Lang,
        /// How it came: `online` when absent.
        optional channel: Channel,
        /// The meeting that produced it.
        optional meeting: Id,
        /// Reactions counted on it.
        optional votes: Reactions,
        /// Signatures counted on a petition.
        optional signatures: u64,
        /// The address of a source.
        optional link: Url,
        /// Answers to the questionnaire, by question.
        optional answers: Entries<Box<str>>,
        /// What became of it in moderation; published when absent.
        optional moderation: ModerationRecord,
        /// Titled pieces attached to it.
        list appendices: Appendix,
        /// Files attached to it.
        list attachments: Attachment,
        /// Its words are lost: only what stands here survives.
        optional lost: bool,
        /// The contribution into which it was merged.
        optional merged_into: Id,
        /// The contribution of which it was a part, when one was split into several.
        optional split_from: Id,
        /// Its earlier states, oldest first.
        list revisions: RevisionRecord,
        /// SHA-256 of the receipt number that its author kept.
        optional receipt: Box<str>,
        /// What `greffe intake` noted. It stands in `inbox/` only, and no page has it.
        optional intake: IntakeRecord,
        /// Former addresses of its page.
        list aliases: SitePath,
        /// Where it was imported from.
        optional imported: Imported,
        /// Its words, in a YAML list; in a Markdown file they are the body.
        optional body: Markdown,
    }
}

record! {
    /// What became of a contribution in moderation.
    pub struct ModerationRecord as "moderation" ("modération") {
        /// Published, withheld or pending.
        required state: ModerationState,
        /// Why it is withheld: an id among the charter's reasons.
        optional reason: Id,
        /// The day it was decided.
        optional date: Date,
        /// Who decided: an office, a name.
        optional by: Box<str>,
        /// When it was received; the contribution's date when absent. The delay is counted from it.
        optional received: Moment,
        /// For an erased contribution: the law or the decision that demanded it.
        optional ground: Localised<Box<str>>,
        /// The title of a withheld contribution may be shown.
        optional title_may_stay: bool,
        /// Salted SHA-256 of the words, where they were removed from the files.
        optional digest: Box<str>,
    }
}

record! {
    /// An earlier state of a contribution that its author changed.
    pub struct RevisionRecord as "revision" ("état antérieur") {
        /// When it was written so.
        required date: Moment,
        /// Its title then.
        optional title: Box<str>,
        /// Its words then.
        optional body: Markdown,
        /// Reactions that this state received.
        optional votes: Reactions,
    }
}

record! {
    /// What `greffe intake` noted of something received.
    pub struct IntakeRecord as "intake" ("réception") {
        /// When it was received.
        required received: Moment,
        /// The file it came in, and its row or number there.
        required source: Box<str>,
        /// What was noticed.
        list marks: IntakeMark,
        /// What it is the same as: something received or published before.
        optional same_as: Id,
    }
}
