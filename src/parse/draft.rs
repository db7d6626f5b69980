//! What `parse` gives: every record that could be read, with its place, and every problem met on the way. A
//! draft may name things that do not exist, contradict itself, and hold words that must not be published.

use super::records::{
    amendment::AmendmentRecord,
    consultation::ConsultationRecord,
    contribution::ContributionRecord,
    follow_up::{CommitmentRecord, MeetingRecord, ResponseRecord, SynthesisRecord},
    frozen::{ErratumRecord, FrozenRecord},
    site::{PageRecord, SiteRecord},
    text::{ArticleRecord, TextRecord},
    vote::VoteRecord,
};
use crate::diag::Diagnostic;
use crate::lang::Lang;
use crate::model::document::Document;
use crate::model::id::Id;
use crate::source::{FileId, Span, Spanned};

/// A record and the file it came from.
#[derive(Debug, Clone)]
pub struct Filed<T> {
    /// Its id: written, or taken from the file's or the folder's name.
    pub id: Spanned<Id>,
    /// The language in the file's name (`notice.en.md`), when there is one.
    pub lang: Option<Lang>,
    /// The whole record: a file, or one item of a list.
    pub whole: Span,
    /// What was written.
    pub record: T,
    /// The Markdown after the front matter; empty where there is none.
    pub body: Spanned<Box<str>>,
}

/// The files of one text.
#[derive(Debug, Default)]
pub struct DraftText {
    /// The text's folder, from the root.
    pub folder: Box<str>,
    /// `text.yaml`.
    pub text: Option<Filed<TextRecord>>,
    /// `articles.yaml`.
    pub articles: Vec<ArticleRecord>,
    /// The versions' files: id (the file's name), language, contents.
    pub versions: Vec<Filed<Document>>,
}

/// The files of one consultation.
#[derive(Debug, Default)]
pub struct DraftConsultation {
    /// Its folder, from the root, without a slash at the end.
    pub folder: Box<str>,
    /// `consultation.yaml`.
    pub consultation: Option<Filed<ConsultationRecord>>,
    /// `frozen.yaml`.
    pub frozen: Option<Filed<FrozenRecord>>,
    /// `errata.yaml`.
    pub errata: Vec<Filed<ErratumRecord>>,
    /// `index.md`, by language.
    pub index: Vec<Filed<PageRecord>>,
    /// `texts/`.
    pub texts: Vec<DraftText>,
    /// `amendments/`.
    pub amendments: Vec<Filed<AmendmentRecord>>,
    /// `contributions/`.
    pub contributions: Vec<Filed<ContributionRecord>>,
    /// `responses/`.
    pub responses: Vec<Filed<ResponseRecord>>,
    /// `synthesis/`.
    pub syntheses: Vec<Filed<SynthesisRecord>>,
    /// `meetings/`.
    pub meetings: Vec<Filed<MeetingRecord>>,
    /// `commitments/`.
    pub commitments: Vec<Filed<CommitmentRecord>>,
    /// `votes/`.
    pub votes: Vec<Filed<VoteRecord>>,
    /// Files that are published as they are, if something published names them or they stand in `documents/`.
    pub files: Vec<FileId>,
}

/// Everything that was read.
#[derive(Debug, Default)]
pub struct Draft {
    /// `greffe.yaml`.
    pub site: Option<Filed<SiteRecord>>,
    /// `content/index.md`, by language.
    pub home: Vec<Filed<PageRecord>>,
    /// `content/pages/`.
    pub pages: Vec<Filed<PageRecord>>,
    /// The consultations, by the path of their folder.
    pub consultations: Vec<DraftConsultation>,
    /// Every problem met while reading.
    pub problems: Vec<Diagnostic>,
}
