//! What a participant wrote, or the place where something withheld or erased stood. A [`Content`] holds words only
//! when they may be read.

use super::choices::*;
use super::id::Id;
use super::site::{About, ContributionIx, MeetingIx, Reactions, Words};
use super::when::{Date, Moment};
use crate::lang::Lang;
use crate::sink::OutPath;
use serde::Serialize;

/// What a participant wrote, or the place where something withheld stood.
#[derive(Debug)]
pub struct Contribution {
    /// Its id.
    pub id: Id,
    /// What it is.
    pub kind: ContributionKind,
    /// When.
    pub date: Option<Moment>,
    /// What it is about.
    pub about: About,
    /// What it answers.
    pub parent: Option<ContributionIx>,
    /// Category.
    pub category: Option<Id>,
    /// How it came.
    pub channel: Channel,
    /// The meeting that produced it.
    pub meeting: Option<MeetingIx>,
    /// Reactions counted on it.
    pub votes: Option<Reactions>,
    /// Signatures.
    pub signatures: Option<u64>,
    /// Into what it was merged.
    pub merged_into: Option<ContributionIx>,
    /// Of what it was a part.
    pub split_from: Option<ContributionIx>,
    /// A program wrote its record, from an export.
    pub imported: bool,
    /// SHA-256 of the receipt number that its author kept, in hexadecimal.
    pub receipt: Option<Box<str>>,
    /// What moderators decided, when it is recorded.
    pub moderation: Moderation,
    /// Its words, or why they are not here.
    pub content: Content,
}

/// A contribution's words, or why there are none.
#[derive(Debug)]
pub enum Content {
    /// Published.
    Published(Box<Published>),
    /// Withheld: nothing its author wrote is here, unless its title may stay.
    Withheld {
        /// Reason of the charter.
        reason: Option<Id>,
        /// Its title, when it may stay.
        title: Option<Box<str>>,
    },
    /// Removed after it was published, as a law or a court demanded: a tombstone.
    Erased {
        /// The law or the decision.
        ground: Option<Words>,
    },
}

/// A decision of the moderators: what is public of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moderation {
    /// The day it was decided.
    pub date: Option<Date>,
    /// Who decided.
    pub by: Option<Box<str>>,
    /// When the contribution was received, when that is recorded; otherwise the delay is counted from its date.
    pub received: Option<Moment>,
}

/// What its author wrote.
#[derive(Debug)]
pub struct Published {
    /// Its title.
    pub title: Option<Box<str>>,
    /// Markdown; empty when the words are lost.
    pub body: Box<str>,
    /// Its words are lost.
    pub lost: bool,
    /// Who wrote it, as it may be shown.
    pub author: ShownAuthor,
    /// Last change.
    pub updated: Option<Moment>,
    /// Where it stands.
    pub position: Option<Position>,
    /// Themes.
    pub themes: Vec<Box<str>>,
    /// Place.
    pub place: Option<Box<str>>,
    /// Language.
    pub language: Lang,
    /// Address of a source.
    pub link: Option<Box<str>>,
    /// Answers, by question.
    pub answers: Vec<(Id, Box<str>)>,
    /// Titled pieces: title, Markdown.
    pub appendices: Vec<(Box<str>, Box<str>)>,
    /// Files.
    pub attachments: Vec<Attachment>,
    /// Earlier states, oldest first.
    pub revisions: Vec<Revision>,
    /// Where it was.
    pub original_url: Option<Box<str>>,
}

/// A state of a contribution before its author changed it.
#[derive(Debug, Clone)]
pub struct Revision {
    /// When it was written so.
    pub date: Moment,
    /// Its title then.
    pub title: Option<Box<str>>,
    /// Its words then, in Markdown.
    pub body: Box<str>,
    /// Reactions that this state received.
    pub votes: Option<Reactions>,
}

impl Contribution {
    /// Its words, unless they may not be shown.
    pub fn published(&self) -> Option<&Published> {
        match &self.content {
            Content::Published(published) => Some(published),
            Content::Withheld { .. } | Content::Erased { .. } => None,
        }
    }

    /// What became of it in moderation.
    pub fn state(&self) -> ModerationState {
        match &self.content {
            Content::Published(_) => ModerationState::Published,
            Content::Withheld { .. } => ModerationState::Withheld,
            Content::Erased { .. } => ModerationState::Erased,
        }
    }

    /// Its title as it may be shown.
    pub fn title(&self) -> Option<&str> {
        match &self.content {
            Content::Published(published) => published.title.as_deref(),
            Content::Withheld { title, .. } => title.as_deref(),
            Content::Erased { .. } => None,
        }
    }
}

/// An author as the consultation's rule lets them be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShownAuthor {
    /// A name, a pseudonym, or nothing.
    pub name: Option<Box<str>>,
    /// What kind of author.
    pub kind: AuthorKind,
    /// The body represented.
    pub organisation: Option<Box<str>>,
    /// Number in a register of interest representatives.
    pub register: Option<Box<str>>,
}

/// A published file with its title.
#[derive(Debug, Clone)]
pub struct Attachment {
    /// Path from the consultation's folder.
    pub path: OutPath,
    /// What it is.
    pub title: Words,
    /// What it says.
    pub transcript: Option<Box<str>>,
}
