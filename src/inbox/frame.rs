//! What a consultation accepts, from its [`Draft`]: its texts and their articles, its questions, what can be answered, how
//! authors are shown, the last day. A consultation with errors still takes in: what cannot be read of it is not there.

use crate::model::choices::{AuthorRule, ModerationState, PhaseKind, QuestionKind};
use crate::model::document::article_key;
use crate::model::id::Id;
use crate::parse::Draft;
use crate::parse::draft::{DraftConsultation, DraftText};
use crate::parse::records::contribution::ContributionRecord;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// What a consultation accepts.
#[derive(Debug)]
pub struct Frame {
    /// Its id: its folder's name.
    pub id: Id,
    /// How it shows authors.
    pub authors: AuthorRule,
    /// Names are shown only later: until then, pseudonyms are.
    pub embargo: bool,
    /// Its zone.
    pub zone: TimeZone,
    /// When its form closes, or its contribution phase ends: what comes after is late.
    pub end: Option<Timestamp>,
    /// Its texts.
    pub texts: BTreeMap<Id, Vec<Version>>,
    /// Its questions, with the ids of their options.
    pub questions: BTreeMap<Id, (QuestionKind, BTreeSet<Id>)>,
    /// The published contributions.
    pub published: BTreeSet<Id>,
    /// Every id that a contribution of its content has, whatever became of it.
    pub taken: BTreeSet<Id>,
}

/// A version of a text: its articles by the form in which numbers are compared, each with how many paragraphs it has.
#[derive(Debug)]
pub struct Version {
    /// Its id.
    pub id: Id,
    /// Its articles.
    pub articles: BTreeMap<Box<str>, usize>,
}

/// The consultation of this id in a draft.
pub fn consultation<'d>(draft: &'d Draft, id: &str) -> Option<&'d DraftConsultation> {
    draft.consultations.iter().find(|c| c.folder.rsplit('/').next() == Some(id))
}

impl Frame {
    /// Reads it.
    pub fn new(draft: &Draft, consultation: &DraftConsultation, id: Id) -> Self {
        let record = consultation.consultation.as_ref().map(|c| &c.record);
        let site = draft.site.as_ref().and_then(|s| s.record.timezone.as_ref());
        let named = record.and_then(|r| r.timezone.as_ref()).or(site).map_or("Europe/Paris", |z| &z.value);
        let zone = TimeZone::get(named).or_else(|_| TimeZone::get("Europe/Paris")).unwrap_or(TimeZone::UTC);
        let own = |c: &crate::parse::draft::Filed<ContributionRecord>| {
            c.record.id.as_ref().unwrap_or(&c.id).value.clone()
        };
        let published =
            consultation.contributions.iter().filter(|c| is_published(&c.record)).map(own).collect();
        Frame {
            id,
            authors: record.and_then(|r| r.authors.as_ref()).map_or(AuthorRule::Pseudonym, |a| a.value),
            embargo: record.is_some_and(|r| r.names_embargo.is_some()),
            end: end(consultation, &zone),
            texts: consultation.texts.iter().filter_map(text).collect(),
            questions: record.map(questions).unwrap_or_default(),
            published,
            taken: consultation.contributions.iter().map(own).collect(),
            zone,
        }
    }
}

/// Whether a contribution of the content is published.
pub fn is_published(record: &ContributionRecord) -> bool {
    record.moderation.as_ref().is_none_or(|m| m.value.state.value == ModerationState::Published)
}

/// When the form closes; with the last contribution phase where that is not said. A day is included, and so is the minute
/// of a time.
fn end(consultation: &DraftConsultation, zone: &TimeZone) -> Option<Timestamp> {
    let record = &consultation.consultation.as_ref()?.record;
    let closes = record.participation.as_ref().and_then(|p| p.value.closes.as_ref());
    let phases = record.phases.iter().filter(|p| p.value.kind.value == PhaseKind::Contribution);
    // A phase without an end is still open.
    let ends: Option<Vec<_>> = match closes {
        Some(closes) => Some(vec![closes]),
        None => phases.map(|p| p.value.end.as_ref()).collect(),
    };
    let end = |moment: &crate::model::when::Moment| {
        let start = moment.instant(zone);
        match moment.time {
            Some(_) => start.checked_add(Span::new().minutes(1)).unwrap_or(start),
            None => start.to_zoned(zone.clone()).tomorrow().map_or(start, |next| next.timestamp()),
        }
    };
    ends?.into_iter().map(|moment| end(&moment.value)).max()
}

fn text(draft: &DraftText) -> Option<(Id, Vec<Version>)> {
    let filed = draft.text.as_ref()?;
    let version = |id: &Id| {
        let file = draft.versions.iter().find(|file| file.id.value == *id)?;
        let article =
            |a: &crate::model::document::Article| Some((article_key(a.id.as_str())?, a.paragraphs.len()));
        Some(Version { id: id.clone(), articles: file.record.articles().filter_map(article).collect() })
    };
    let versions: Vec<Version> =
        filed.record.versions.iter().filter_map(|v| version(&v.value.id.value)).collect();
    (!versions.is_empty()).then(|| (filed.id.value.clone(), versions))
}

fn questions(
    record: &crate::parse::records::consultation::ConsultationRecord,
) -> BTreeMap<Id, (QuestionKind, BTreeSet<Id>)> {
    let question = |q: &crate::parse::records::consultation::QuestionRecord| {
        let options = q.options.iter().map(|o| o.value.id.value.clone()).collect();
        (q.id.value.clone(), (q.kind.value, options))
    };
    record.questions.iter().map(|q| question(&q.value)).collect()
}
