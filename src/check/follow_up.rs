//! Responses, syntheses, meetings, commitments.

use super::contributions::attachments;
use super::ids;
use super::scope::Scope;
use super::surroundings::Surroundings;
use super::texts;
use crate::diag::Code;
use crate::model::id::Id;
use crate::model::site::*;
use crate::parse::records::follow_up::{CommitmentRecord, MeetingRecord, ResponseRecord, SynthesisRecord};
use crate::say;
use crate::source::{Span, Spanned};

/// Meetings, oldest first.
pub fn meetings(scope: &mut Scope<'_>, around: &mut Surroundings<'_>) -> Vec<Meeting> {
    let filed = scope.kept(&around.files.meetings);
    let mut named = ids::name(scope, filed, |r: &MeetingRecord| r.id.as_ref());
    let zone = around.zone.clone();
    named.sort_by_cached_key(|n| (n.main.record.date.value.instant(&zone), n.id.clone()));
    let language = around.language.clone();
    let mut meetings = Vec::new();
    for one in named {
        let record = &one.main.record;
        let at = meetings.len();
        around.aliases.extend(record.aliases.iter().map(|a| (a.clone(), AliasOf::Meeting(at))));
        meetings.push(Meeting {
            title: record.title.value.clone(),
            kind: record.kind.value,
            date: record.date.value,
            end: record.end.as_ref().map(|e| e.value),
            place: record.place.as_ref().map(|p| p.value.clone()),
            participants: record.participants.as_ref().map(|p| p.value),
            attachments: attachments(scope, around, &record.attachments),
            minutes: scope.editions(&one.files, &language),
            id: one.id,
        });
    }
    meetings
}

/// Responses, oldest first.
pub fn responses(
    scope: &mut Scope<'_>,
    around: &mut Surroundings<'_>,
    texts: &[Text],
    amendments: &[Amendment],
    contributions: &[Contribution],
) -> Vec<Response> {
    let filed = scope.kept(&around.files.responses);
    let mut named = ids::name(scope, filed, |r: &ResponseRecord| r.id.as_ref());
    named.sort_by(|a, b| (a.main.record.date.value, &a.id).cmp(&(b.main.record.date.value, &b.id)));
    let contributions = ids::index(contributions.iter().map(|c| &c.id));
    let amendments = ids::index(amendments.iter().map(|a| &a.id));
    let main = scope.main().clone();
    let mut responses = Vec::new();
    for one in named {
        let record = &one.main.record;
        let at = responses.len();
        around.aliases.extend(record.aliases.iter().map(|a| (a.clone(), AliasOf::Response(at))));
        let mut articles = Vec::new();
        if !record.articles.is_empty()
            && let Some(text) = texts::text_of(scope, texts, &None, one.main.whole)
        {
            articles.extend(
                record
                    .articles
                    .iter()
                    .filter_map(|a| Some((text, texts::article(scope, &texts[text], None, a)?))),
            );
        }
        responses.push(Response {
            place: record.decision.as_ref().map_or(one.main.whole, |d| d.span),
            title: record.title.as_ref().map(|t| t.value.clone()),
            to: find_all(scope, &contributions, &record.to),
            author: scope.party(&record.author.value, &main),
            date: record.date.value,
            decision: record.decision.as_ref().map(|d| d.value),
            amendments: record
                .amendments
                .iter()
                .filter_map(|a| amendments.find(scope, a, "amendement", "amendment"))
                .collect(),
            articles,
            body: scope.editions(&one.files, &main),
            id: one.id,
        });
    }
    responses
}

/// Syntheses, in their declared order, then by date.
pub fn syntheses(
    scope: &mut Scope<'_>,
    around: &mut Surroundings<'_>,
    contributions: &[Contribution],
) -> Vec<Synthesis> {
    let filed = scope.kept(&around.files.syntheses);
    let mut named = ids::name(scope, filed, |r: &SynthesisRecord| r.id.as_ref());
    named.sort_by_key(|n| {
        let record = &n.main.record;
        (record.order.as_ref().map_or(u64::MAX, |o| o.value), record.date.value, n.id.clone())
    });
    let main = scope.main().clone();
    let mut syntheses = Vec::new();
    for one in named {
        let record = &one.main.record;
        let at = syntheses.len();
        around.aliases.extend(record.aliases.iter().map(|a| (a.clone(), AliasOf::Synthesis(at))));
        syntheses.push(Synthesis {
            title: record.title.value.clone(),
            author: scope.party(&record.author.value, &main),
            date: record.date.value,
            cites: citations(scope, contributions, &one.main.body),
            body: scope.editions(&one.files, &main),
            id: one.id,
        });
    }
    syntheses
}

/// The contributions cited as `[@id]`, each once; several in one bracket are `[@a; @b]`.
fn citations(scope: &mut Scope<'_>, contributions: &[Contribution], body: &Spanned<Box<str>>) -> Vec<usize> {
    let index = ids::index(contributions.iter().map(|c| &c.id));
    let mut cites = Vec::new();
    for (offset, id) in crate::text::citations(&body.value) {
        let start = body.span.start + offset as u32;
        let span = Span { file: body.span.file, start, end: start + id.len() as u32 };
        match Id::new(id) {
            Some(id) => {
                if let Some(at) = index.find(scope, &Spanned::new(id, span), "contribution", "contribution")
                    && !cites.contains(&at)
                {
                    unreadable(scope, &contributions[at], span);
                    cites.push(at);
                }
            }
            None => scope.report(
                Code::G016,
                span,
                say!("« {id} » ne peut pas être un identifiant", "“{id}” cannot be an id"),
            ),
        }
    }
    cites
}

/// A citation that leads to a place without words.
fn unreadable(scope: &mut Scope<'_>, contribution: &Contribution, span: Span) {
    let (fr, en) = match &contribution.content {
        Content::Published(_) => return,
        Content::Withheld { .. } => ("écartée", "withheld"),
        Content::Erased { .. } => ("effacée", "erased"),
    };
    let id = &contribution.id;
    scope.report(Code::G049, span, say!("« {id} » est {fr}", "“{id}” is {en}"));
}

/// Commitments, oldest first.
pub fn commitments(
    scope: &mut Scope<'_>,
    around: &mut Surroundings<'_>,
    contributions: &[Contribution],
) -> Vec<Commitment> {
    let filed = scope.kept(&around.files.commitments);
    let mut named = ids::name(scope, filed, |r: &CommitmentRecord| r.id.as_ref());
    named.sort_by(|a, b| (a.main.record.date.value, &a.id).cmp(&(b.main.record.date.value, &b.id)));
    let contributions = ids::index(contributions.iter().map(|c| &c.id));
    let main = scope.main().clone();
    let mut commitments = Vec::new();
    for one in named {
        let record = &one.main.record;
        if let Some(due) = record.due.as_ref().filter(|d| d.value < record.date.value) {
            let (first, last) = (record.date.value, due.value);
            scope.report(
                Code::G021,
                due.span,
                say!(
                    "l’échéance ({last}) précède l’engagement ({first})",
                    "the due date ({last}) is before the commitment ({first})"
                ),
            );
        }
        commitments.push(Commitment {
            title: scope.words(&record.title, &main),
            by: scope.party(&record.by.value, &main),
            date: record.date.value,
            due: record.due.as_ref().map(|d| d.value),
            status: record.status.value,
            summary: scope.words_opt(&record.summary, &main),
            evidence: record
                .evidence
                .iter()
                .map(|e| {
                    let e = &e.value;
                    let title = scope.words(&e.title, &main);
                    (title, e.url.as_ref().map(|u| u.value.0.clone()), e.date.as_ref().map(|d| d.value))
                })
                .collect(),
            contributions: find_all(scope, &contributions, &record.contributions),
            id: one.id,
        });
    }
    commitments
}

fn find_all(scope: &mut Scope<'_>, contributions: &ids::Index, written: &[Spanned<Id>]) -> Vec<usize> {
    let mut found = Vec::new();
    for id in written {
        if let Some(at) = contributions.find(scope, id, "contribution", "contribution")
            && !found.contains(&at)
        {
            found.push(at);
        }
    }
    found
}
