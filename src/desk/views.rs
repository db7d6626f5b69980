//! What the desk's pages may say, as values: templates choose markup only. Comes in: the docket; leaves: a value for
//! each page. What a participant wrote stays words and Markdown here; it is made safe where it is rendered.

use super::ROOT;
use super::form::encode;
use crate::check::personal;
use crate::lang::Speech;
use crate::model::choices::{Decision, IntakeMark, ModerationState};
use crate::model::when::Date;
use crate::moderation::undo::Past;
use crate::moderation::{Docket, Found, Held, Passage, id_of, kept_words, passages, words};
use crate::parse::contribution;
use crate::text::plain;
use crate::view::context::clip;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Contributions in one page of the queue, or found.
const MOST: usize = 200;
/// Characters of a contribution that a list shows.
const EXCERPT: usize = 220;
/// Contributions offered to merge into.
const OFFERED: usize = 1000;

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
    /// Today in the consultation's zone.
    pub today: Date,
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
fn is_named(found: &Found<'_>, wanted: &str) -> bool {
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

fn marks(found: &Found<'_>) -> Vec<&'static str> {
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
        "days": found.delay(around.today, &docket.zone(found.consultation)),
        "marks": marks(found),
        "same_as": same_as(docket, found),
        "state": found.state().map(ModerationState::as_str),
    })
}

fn same_as(docket: &Docket<'_>, found: &Found<'_>) -> Option<Value> {
    let id = &found.record().intake.as_ref()?.value.same_as.as_ref()?.value;
    let consultation = id_of(found.consultation);
    let known = docket.find(id.as_str(), Some(consultation)).is_ok();
    Some(json!({"id": id, "href": known.then(|| href(consultation, id.as_str()))}))
}

/// Whether its words are there to be read.
fn shows_words(found: &Found<'_>) -> bool {
    match found.state() {
        None | Some(ModerationState::Pending | ModerationState::Published) => true,
        Some(ModerationState::Withheld | ModerationState::Erased) => false,
    }
}

/// What was typed into a form that could not be taken.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Typed {
    /// A reason.
    pub reason: String,
    /// What to merge into.
    pub into: String,
    /// Who answers.
    pub author: String,
    /// The title of the answer.
    pub title: String,
    /// What was decided.
    pub decision: String,
    /// The words of the answer.
    pub words: String,
}

/// One contribution, as it would appear, with what is to be known to decide.
pub(super) fn one(
    docket: &Docket<'_>,
    around: &Surroundings<'_>,
    found: &Found<'_>,
    contact: Option<&str>,
    typed: &Typed,
) -> Value {
    let record = found.record();
    let consultation = id_of(found.consultation);
    let rules = found.consultation.consultation.as_ref();
    let shown = shows_words(found);
    let participant = |markdown: &str| json!({"markdown": markdown, "from": "participant"});
    let author = record.author.as_ref().map(|a| &a.value);
    let reasons = reasons(found, around.speech, &typed.reason);
    let intake = record.intake.as_ref().map(|i| &i.value);
    let answers: Vec<Value> = record
        .answers
        .iter()
        .flat_map(|a| &a.value.0)
        .map(|(key, answer)| json!({"question": question(found, &key.value, around.speech), "answer": answer.value}))
        .collect();
    let published = offered(docket, found);
    let candidates: Vec<Value> = if typed.into.is_empty() {
        Vec::new()
    } else {
        published.iter().filter(|f| is_named(f, &typed.into)).take(20).map(link).collect()
    };
    let responses: Vec<Value> = found
        .consultation
        .responses
        .iter()
        .filter(|r| r.record.to.iter().any(|to| to.value == *found.id()))
        .map(|r| {
            json!({
                "author": words(&r.record.author.value.name.value, around.speech),
                "date": r.record.date.value.to_string(),
                "decision": r.record.decision.as_ref().map(|d| d.value.as_str()),
                "body": json!({"markdown": &*r.body.value, "from": "official"}),
            })
        })
        .collect();
    let moderation = record.moderation.as_ref().map(|m| &m.value);
    let state = found.state();
    let contribution = json!({
        "id": found.id(),
        "whole_id": format!("{consultation}/{}", found.id()),
        "consultation": rules.map(|c| words(&c.record.title.value, around.speech)),
        "here": href(consultation, found.id().as_str()),
        "queue": format!("{ROOT}?consultation={}", encode(consultation)),
        "file": found.place(),
        "kind": record.kind.value.as_str(),
        "state": state.map(ModerationState::as_str),
        "received_only": found.held == Held::Inbox,
        "open": matches!(state, None | Some(ModerationState::Pending)),
        "published": state == Some(ModerationState::Published),
        "title": record.title.as_ref().filter(|_| shown).map(|t| &t.value),
        "about": found.about(around.speech),
        "date": record.date.as_ref().map(|d| d.value.to_string()),
        "position": record.position.as_ref().map(|p| p.value.as_str()),
        "place": record.place.as_ref().filter(|_| shown).map(|p| &p.value),
        "language": record.language.as_ref().map(|l| l.value.to_string()),
        "quote": record.on.as_ref().and_then(|on| on.value.quote.as_ref()).map(|q| &q.value),
        "author": author.filter(|_| shown).map(|a| json!({
            "shown": shown_name(found, a),
            "kind": a.kind.as_ref().map_or("citizen", |k| k.value.as_str()),
            "organisation": a.organisation.as_ref().map(|o| &o.value),
            "register": a.register.as_ref().map(|r| &r.value),
        })),
        "body": Some(found.body()).filter(|b| shown && !b.is_empty()).map(participant),
        "appendices": record.appendices.iter().map(|a| json!({"title": a.value.title.value, "body": participant(&a.value.body.value.0)})).collect::<Vec<_>>(),
        "link": record.link.as_ref().filter(|_| shown).map(|l| &l.value.0),
        "answers": answers,
        "themes": record.themes.iter().map(|t| &t.value).collect::<Vec<_>>(),
        "attachments": record.attachments.iter().map(|a| &a.value.path.value.0).collect::<Vec<_>>(),
    });
    let known = json!({
        "received": intake.map(|i| i.received.value.to_string()).or_else(|| moderation.and_then(|m| m.received.as_ref()).map(|r| r.value.to_string())),
        "days": found.delay(around.today, &docket.zone(found.consultation)),
        "source": intake.map(|i| &i.source.value),
        "marks": marks(found),
        "same_as": same_as(docket, found),
        "receipt": record.receipt.is_some(),
        "decided": moderation.map(|m| json!({
            "reason": m.reason.as_ref().map(|r| &r.value),
            "date": m.date.as_ref().map(|d| d.value.to_string()),
            "by": m.by.as_ref().map(|b| &b.value),
        })),
        "parent": record.parent.as_ref().map(|p| {
            let parent = docket.find(p.value.as_str(), Some(consultation)).ok();
            json!({
                "href": href(consultation, p.value.as_str()),
                "title": parent.filter(shows_words).map_or_else(|| p.value.to_string(), |found| record_title(&found)),
            })
        }),
        "merged_into": record.merged_into.as_ref().map(|m| json!({"id": m.value, "href": href(consultation, m.value.as_str())})),
        "personal": personal_data(found, around.speech),
        "overlaps": if shown { overlaps(docket, found) } else { Vec::new() },
        "contact": contact,
        "contact_href": format!("{}?contact=1", href(consultation, found.id().as_str())),
    });
    let choices = json!({
        "reasons": reasons,
        "offered": published.iter().take(OFFERED).map(link).collect::<Vec<_>>(),
        "candidates": candidates,
        "no_candidate": !typed.into.is_empty() && !published.iter().any(|f| is_named(f, &typed.into)),
        "responses": responses,
        "kept": if state == Some(ModerationState::Withheld) { kept(docket, found) } else { None },
        "decisions": Decision::ALL.iter().map(|d| d.as_str()).collect::<Vec<_>>(),
        "organiser": rules.map(|c| words(&c.record.organiser.value.name.value, around.speech)),
        "typed": typed,
    });
    let parts = [contribution, known, choices].into_iter().filter_map(|part| match part {
        Value::Object(fields) => Some(fields),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => None,
    });
    Value::Object(parts.flatten().collect())
}

/// The words of a withheld contribution, where they are kept.
fn kept(docket: &Docket<'_>, found: &Found<'_>) -> Option<Value> {
    let file = docket.kept.find(&kept_words(id_of(found.consultation), found.id()))?;
    let (filed, _) = contribution(docket.kept, file);
    let filed = filed?;
    let kept = Found { filed: &filed, sources: docket.kept, ..*found };
    Some(json!({
        "title": kept.record().title.as_ref().map(|t| &t.value),
        "body": {"markdown": kept.body(), "from": "participant"},
    }))
}

/// The reasons of its consultation's charter.
fn reasons(found: &Found<'_>, speech: Speech, chosen: &str) -> Vec<Value> {
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
fn offered<'d>(docket: &'d Docket<'_>, found: &Found<'_>) -> Vec<Found<'d>> {
    let consultation = id_of(found.consultation);
    docket
        .published()
        .filter(|f| id_of(f.consultation) == consultation && f.id() != found.id())
        .filter(|f| f.state() == Some(ModerationState::Published))
        .collect()
}

/// A contribution as a link.
fn link(found: &Found<'_>) -> Value {
    let address = href(id_of(found.consultation), found.id().as_str());
    json!({"href": address, "id": found.id(), "title": record_title(found)})
}

fn record_title(found: &Found<'_>) -> String {
    let title = found.record().title.as_ref().map(|t| t.value.to_string());
    title.unwrap_or_else(|| clip(&plain(found.body(), 300), 70))
}

/// The name under which the author would be shown.
fn shown_name(found: &Found<'_>, author: &crate::parse::records::common::Author) -> Option<String> {
    use crate::model::choices::AuthorRule::{Hidden, Name, Pseudonym};
    let rule = found.consultation.consultation.as_ref().and_then(|c| c.record.authors.as_ref());
    let rule = rule.map_or(Pseudonym, |r| r.value);
    let wish = author.show.as_ref().map_or(rule, |s| s.value);
    let word = |w: &Option<crate::source::Spanned<Box<str>>>| w.as_ref().map(|w| w.value.to_string());
    match (rule, wish) {
        (Hidden, _) | (_, Hidden) => None,
        (Name, Name) => word(&author.name).or_else(|| word(&author.pseudonym)),
        (Name | Pseudonym, Name | Pseudonym) => word(&author.pseudonym),
    }
}

/// The wording of a question.
fn question(found: &Found<'_>, id: &str, speech: Speech) -> String {
    let questions = found.consultation.consultation.as_ref().map(|c| &c.record.questions);
    let question = questions.and_then(|all| all.iter().find(|q| q.value.id.value.as_str() == id));
    question.map_or_else(|| id.to_owned(), |q| words(&q.value.title.value, speech).to_owned())
}

/// Personal data among its words.
fn personal_data(found: &Found<'_>, speech: Speech) -> Vec<(String, String)> {
    let record = found.record();
    let title = record.title.iter().map(|t| &*t.value);
    let answers = record.answers.iter().flat_map(|a| &a.value.0).map(|(_, a)| &*a.value);
    let appendices = record.appendices.iter().map(|a| &*a.value.body.value.0);
    let pieces = title.chain([found.body()]).chain(answers).chain(appendices);
    pieces
        .flat_map(|words| personal::find(words).into_iter().map(move |(range, what)| (&words[range], what)))
        .map(|(words, what)| (what.said().get(speech).to_owned(), words.to_owned()))
        .collect()
}

/// Passages of eight words that it shares with others.
fn overlaps(docket: &Docket<'_>, found: &Found<'_>) -> Vec<(String, String)> {
    let own = |held: Held| Some(found.filed.whole).filter(|_| found.held == held);
    let mut all = passages(found.body(), docket.content, docket.content, own(Held::Content));
    all.extend(passages(found.body(), docket.content, docket.inbox, own(Held::Inbox)));
    all.into_iter().map(|Passage { place, words }| (place, words)).collect()
}
