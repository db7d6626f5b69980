//! What the desk's lists may say, as values: templates choose markup only. Comes in: the docket; leaves: a value for
//! each page, and what the page of one contribution (`contribution`) shares with them. What a participant wrote stays
//! words and Markdown here; it is made safe where it is rendered.

use super::ROOT;
use super::form::encode;
use crate::lang::Speech;
use crate::model::choices::{IntakeMark, ModerationState};
use crate::moderation::undo::Past;
use crate::moderation::{Docket, Found, id_of, words};
use crate::text::plain;
use crate::view::context::clip;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Contributions in one page of the queue, or found.
const MOST: usize = 200;
/// Contributions offered to merge into.
pub(super) const OFFERED: usize = 1000;
/// Characters of a contribution that a list shows.
const EXCERPT: usize = 220;

/// What was just done, or could not be.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Note {
    /// What.
    pub what: String,
    /// It was not done.
    pub failed: bool,
    /// It can be taken back.
    pub undo: bool,
    /// What is to be looked at, each with its place.
    pub notices: Vec<(Option<String>, String)>,
}

/// What surrounds every page.
#[derive(Debug)]
pub struct Surroundings<'s> {
    /// The language of the moderator.
    pub speech: Speech,
    /// What the forms of this run carry.
    pub token: &'s str,
    /// In whose name it is decided.
    pub by: &'s str,
    /// What was just done.
    pub note: Option<Note>,
    /// The present moment; what day it is depends on a consultation's zone.
    pub now: Timestamp,
}

/// The queue.
pub(super) fn queue(
    docket: &Docket<'_>,
    around: &Surroundings<'_>,
    consultation: Option<&str>,
    mark: Option<&str>,
    past: Option<&Past>,
) -> Value {
    let href = |consultation: Option<&str>, mark: Option<&str>| {
        let pairs = [("consultation", consultation), ("mark", mark)];
        let pairs = pairs.iter().filter_map(|(key, value)| Some(format!("{key}={}", encode((*value)?))));
        let query = pairs.collect::<Vec<_>>().join("&");
        if query.is_empty() { ROOT.to_owned() } else { format!("{ROOT}?{query}") }
    };
    let all: Vec<Found<'_>> = docket.waiting(None).collect();
    let here: Vec<&Found<'_>> =
        all.iter().filter(|f| consultation.is_none_or(|c| id_of(f.consultation) == c)).collect();
    let folders: BTreeSet<&str> = all.iter().map(|f| id_of(f.consultation)).collect();
    let title = |id: &str| {
        let found = docket.draft.consultations.iter().find(|c| id_of(c) == id);
        let record = found.and_then(|c| c.consultation.as_ref());
        record.map_or_else(|| id.to_owned(), |c| words(&c.record.title.value, around.speech).to_owned())
    };
    let consultations: Vec<Value> = folders
        .iter()
        .map(|id| {
            let count = all.iter().filter(|f| id_of(f.consultation) == *id).count();
            json!({"title": title(id), "count": count, "href": href(Some(id), None), "current": consultation == Some(id)})
        })
        .collect();
    let marked = |found: &Found<'_>, mark: &str| {
        let marks = marks(found);
        if mark == "none" { marks.is_empty() } else { marks.contains(&mark) }
    };
    let kinds = IntakeMark::ALL.iter().map(|m| m.as_str()).chain(["none"]);
    let filters: Vec<Value> = kinds
        .map(|word| (word, here.iter().filter(|f| marked(f, word)).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(word, count)| {
            json!({"mark": word, "count": count, "href": href(consultation, Some(word)), "current": mark == Some(word)})
        })
        .collect();
    let shown: Vec<&&Found<'_>> = here.iter().filter(|f| mark.is_none_or(|m| marked(f, m))).collect();
    // Reasons and what one merges into are of one consultation.
    let only = here
        .first()
        .filter(|first| here.iter().all(|found| id_of(found.consultation) == id_of(first.consultation)));
    let only = only.copied();
    let items: Vec<Value> = shown.iter().take(MOST).map(|found| row(docket, around, found)).collect();
    json!({
        "items": items,
        "count": shown.len(),
        "more": shown.len().saturating_sub(MOST),
        "waiting": here.len(),
        "here": href(consultation, mark),
        "all": href(consultation, None),
        "everything": href(None, None),
        "any_mark": mark.is_none(),
        "any_consultation": consultation.is_none(),
        "consultations": consultations,
        "filters": filters,
        "problems": docket.problems.iter().map(|p| {
            let (line, _) = docket.inbox.line_column(p.span);
            let path = docket.inbox.iter().nth(p.span.file.0 as usize).map_or("", |(_, f)| &f.path);
            json!({"place": format!("{path}:{line}"), "what": p.message.get(around.speech)})
        }).collect::<Vec<_>>(),
        "unanswered": unanswered(docket).len(),
        "one_consultation": only.is_some(),
        "reasons": only.map(|found| reasons(found, around.speech, "")).unwrap_or_default(),
        "offered": only.map(|found| offered(docket, found).iter().take(OFFERED).map(link).collect::<Vec<_>>()),
        "past": past.map(|p| json!({"verb": p.verb, "ids": p.ids, "by": p.by, "date": p.date})),
    })
}

/// Contributions that were found, or published ones without an answer.
pub(super) fn find(docket: &Docket<'_>, around: &Surroundings<'_>, wanted: &str) -> Value {
    let found: Vec<Found<'_>> = if wanted.is_empty() {
        unanswered(docket)
    } else {
        docket.waiting(None).chain(docket.published()).filter(|found| is_named(found, wanted)).collect()
    };
    json!({
        "words": wanted,
        "here": format!("{ROOT}find?q={}", encode(wanted)),
        "count": found.len(),
        "more": found.len().saturating_sub(MOST),
        "items": found.iter().take(MOST).map(|found| row(docket, around, found)).collect::<Vec<_>>(),
    })
}

/// Whether its id or its title holds some words.
pub(super) fn is_named(found: &Found<'_>, wanted: &str) -> bool {
    let wanted = wanted.to_lowercase();
    let title = found.record().title.as_ref().map(|t| t.value.to_lowercase()).unwrap_or_default();
    found.id().as_str().to_lowercase().contains(&wanted) || title.contains(&wanted)
}

/// Published contributions that can be answered and are not.
fn unanswered<'d>(docket: &'d Docket<'_>) -> Vec<Found<'d>> {
    let answered = |found: &Found<'_>| {
        let responses = &found.consultation.responses;
        responses.iter().any(|r| r.record.to.iter().any(|to| to.value == *found.id()))
    };
    docket
        .published()
        .filter(|f| f.state() == Some(ModerationState::Published) && f.record().kind.value.has_page())
        .filter(|f| f.record().merged_into.is_none() && !answered(f))
        .collect()
}

pub(super) fn marks(found: &Found<'_>) -> Vec<&'static str> {
    let intake = found.record().intake.as_ref();
    intake.map(|i| i.value.marks.iter().map(|m| m.value.as_str()).collect()).unwrap_or_default()
}

/// The address of a contribution's page at the desk.
pub(super) fn href(consultation: &str, id: &str) -> String {
    format!("{ROOT}c/{}/{}", encode(consultation), encode(id))
}

/// A contribution in a list.
fn row(docket: &Docket<'_>, around: &Surroundings<'_>, found: &Found<'_>) -> Value {
    let record = found.record();
    let shown = shows_words(found);
    let body = if shown { plain(found.body(), 4 * EXCERPT) } else { String::new() };
    json!({
        "href": href(id_of(found.consultation), found.id().as_str()),
        "id": found.id(),
        "whole_id": format!("{}/{}", id_of(found.consultation), found.id()),
        "kind": record.kind.value.as_str(),
        "title": record.title.as_ref().map(|t| &t.value),
        "excerpt": clip(&body, EXCERPT),
        "about": found.about(around.speech),
        "received": record.intake.as_ref().map(|i| i.value.received.value.to_string()),
        "days": found.delay(around.now, &docket.zone(found.consultation)),
        "marks": marks(found),
        "same_as": same_as(docket, found),
        "state": found.state().map(ModerationState::as_str),
    })
}

pub(super) fn same_as(docket: &Docket<'_>, found: &Found<'_>) -> Option<Value> {
    let id = &found.record().intake.as_ref()?.value.same_as.as_ref()?.value;
    let consultation = id_of(found.consultation);
    let known = docket.find(id.as_str(), Some(consultation)).is_ok();
    Some(json!({"id": id, "href": known.then(|| href(consultation, id.as_str()))}))
}

/// Whether its words are there to be read.
pub(super) fn shows_words(found: &Found<'_>) -> bool {
    match found.state() {
        None | Some(ModerationState::Pending | ModerationState::Published) => true,
        Some(ModerationState::Withheld | ModerationState::Erased) => false,
    }
}

/// The reasons of its consultation's charter.
pub(super) fn reasons(found: &Found<'_>, speech: Speech, chosen: &str) -> Vec<Value> {
    let rules = found.consultation.consultation.as_ref().and_then(|c| c.record.moderation.as_ref());
    let all = rules.map(|m| &m.value.reasons[..]).unwrap_or_default();
    all.iter()
        .map(|reason| {
            let reason = &reason.value;
            json!({
                "id": reason.id.value,
                "title": words(&reason.title.value, speech),
                "summary": reason.summary.as_ref().map(|s| words(&s.value, speech)),
                "chosen": chosen == reason.id.value.as_str(),
            })
        })
        .collect()
}

/// The other published contributions of its consultation.
pub(super) fn offered<'d>(docket: &'d Docket<'_>, found: &Found<'_>) -> Vec<Found<'d>> {
    let consultation = id_of(found.consultation);
    docket
        .published()
        .filter(|f| id_of(f.consultation) == consultation && f.id() != found.id())
        .filter(|f| f.state() == Some(ModerationState::Published))
        .collect()
}

/// A contribution as a link.
pub(super) fn link(found: &Found<'_>) -> Value {
    let address = href(id_of(found.consultation), found.id().as_str());
    json!({"href": address, "id": found.id(), "title": record_title(found)})
}

pub(super) fn record_title(found: &Found<'_>) -> String {
    let title = found.record().title.as_ref().map(|t| t.value.to_string());
    title.unwrap_or_else(|| clip(&plain(found.body(), 300), 70))
}
