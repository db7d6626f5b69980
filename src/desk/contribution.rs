//! What the desk's page of one contribution may say. Comes in: the docket and a contribution; leaves: a value. What a
//! participant wrote stays words and Markdown here; it is made safe where it is rendered.

use super::ROOT;
use super::form::encode;
use super::views::{
    OFFERED, Surroundings, href, is_named, link, marks, offered, reasons, record_title, same_as, shows_words,
};
use crate::check::{personal, shown_author};
use crate::lang::Speech;
use crate::model::choices::{AuthorRule, Decision, ModerationState};
use crate::model::id::Id;
use crate::moderation::{Docket, Found, Held, id_of, kept_words, passages, words};
use crate::parse::contribution;
use serde::Serialize;
use serde_json::{Value, json};

/// Contributions proposed for words of a title.
const PROPOSED: usize = 20;
/// Places told of one passage.
const PLACES: usize = 4;

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
    // As the site would show them.
    let rule = rules.and_then(|c| c.record.authors.as_ref()).map_or(AuthorRule::Pseudonym, |a| a.value);
    let until = rules.and_then(|c| c.record.names_embargo.as_ref());
    let zone = docket.zone(found.consultation);
    let embargoed = until.is_some_and(|until| until.value.instant(&zone) > around.now);
    let author = record.author.as_ref().map(|a| {
        let author = shown_author(rule, embargoed, Some(&a.value));
        json!({
            "shown": author.name,
            "kind": author.kind.as_str(),
            "organisation": author.organisation,
            "register": author.register,
        })
    });
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
        published.iter().filter(|f| is_named(f, &typed.into)).take(PROPOSED).map(link).collect()
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
    let title_stays = moderation.and_then(|m| m.title_may_stay.as_ref()).is_some_and(|t| t.value);
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
        "title": record.title.as_ref().filter(|_| shown || title_stays).map(|t| &t.value),
        "about": found.about(around.speech),
        "date": record.date.as_ref().map(|d| d.value.to_string()),
        "position": record.position.as_ref().map(|p| p.value.as_str()),
        "place": record.place.as_ref().filter(|_| shown).map(|p| &p.value),
        "language": record.language.as_ref().map(|l| l.value.to_string()),
        "quote": record.on.as_ref().and_then(|on| on.value.quote.as_ref()).map(|q| &q.value),
        "author": author.filter(|_| shown),
        "body": Some(found.body()).filter(|b| shown && !b.is_empty()).map(participant),
        "appendices": record.appendices.iter().map(|a| json!({"title": a.value.title.value, "body": participant(&a.value.body.value.0)})).collect::<Vec<_>>(),
        "link": record.link.as_ref().filter(|_| shown).map(|l| &l.value.0),
        "answers": answers,
        "themes": record.themes.iter().map(|t| &t.value).collect::<Vec<_>>(),
        "attachments": record.attachments.iter().map(|a| &a.value.path.value.0).collect::<Vec<_>>(),
    });
    let known = json!({
        "received": intake.map(|i| i.received.value.to_string()).or_else(|| moderation.and_then(|m| m.received.as_ref()).map(|r| r.value.to_string())),
        "days": found.delay(around.now, &zone),
        "source": intake.map(|i| &i.source.value),
        "marks": marks(found),
        "same_as": same_as(docket, found),
        "receipt": record.receipt.is_some(),
        "decided": moderation.map(|m| json!({
            "reason": m.reason.as_ref().map(|r| reason_title(found, &r.value, around.speech)),
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

/// What the charter calls a reason.
fn reason_title(found: &Found<'_>, id: &Id, speech: Speech) -> String {
    let rules = found.consultation.consultation.as_ref().and_then(|c| c.record.moderation.as_ref());
    let reason = rules.and_then(|m| m.value.reasons.iter().find(|r| r.value.id.value == *id));
    reason.map_or_else(|| id.to_string(), |r| words(&r.value.title.value, speech).to_owned())
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

/// Passages of eight words that it shares with others, each with its places.
fn overlaps(docket: &Docket<'_>, found: &Found<'_>) -> Vec<Value> {
    let own = |held: Held| Some(found.filed.whole).filter(|_| found.held == held);
    let mut all = passages(found.body(), docket.content, docket.content, own(Held::Content));
    all.extend(passages(found.body(), docket.content, docket.inbox, own(Held::Inbox)));
    let mut grouped: Vec<(String, Vec<String>)> = Vec::new();
    for passage in all {
        match grouped.iter_mut().find(|(words, _)| *words == passage.words) {
            Some((_, places)) => places.push(passage.place),
            None => grouped.push((passage.words, vec![passage.place])),
        }
    }
    grouped
        .into_iter()
        .map(|(words, places)| {
            let more = places.len().saturating_sub(PLACES);
            json!({"words": words, "places": places[..places.len() - more], "more": more})
        })
        .collect()
}
