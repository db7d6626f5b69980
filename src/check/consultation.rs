//! One consultation: its own file, then its parts in the order in which they refer to each other.

use super::lists;
use super::scope::Scope;
use super::surroundings::Surroundings;
use super::{amendments, contributions, follow_up, frozen, ids, participation, repeated, texts, votes};
use crate::diag::{Code, Diagnostic};
use crate::lang::Lang;
use crate::model::choices::AuthorRule;
use crate::model::id::Id;
use crate::model::site::*;
use crate::parse::draft::{DraftConsultation, Filed};
use crate::parse::records::consultation::{ConsultationRecord, PhaseRecord};
use crate::say;
use crate::sink::OutPath;
use crate::source::{FileId, Span, Spanned};
use crate::text::percent_decoded;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// More contributions than this, and a folder of pages becomes slow to list.
const SPREAD_ABOVE: usize = 5_000;

/// Checks a consultation.
pub fn consultation(
    scope: &mut Scope<'_>,
    files: &DraftConsultation,
    filed: &Filed<ConsultationRecord>,
    zone: &TimeZone,
) -> Consultation {
    let record = &filed.record;
    let main = scope.main().clone();
    let language = record.language.as_ref().map_or_else(|| main.clone(), |l| l.value.clone());
    let zone = match &record.timezone {
        Some(_) => scope.zone(&record.timezone).unwrap_or_else(|| zone.clone()),
        None => zone.clone(),
    };
    let phases = phases(scope, &record.phases, &main, &zone);
    let categories = lists::categories(scope, &record.categories, &main);
    let rules = record.moderation.as_ref().map(|m| &m.value);
    let reasons = rules.map(|r| lists::categories(scope, &r.reasons, &main)).unwrap_or_default();
    let mut around = Surroundings {
        files,
        language: language.clone(),
        zone: zone.clone(),
        authors: record.authors.as_ref().map_or(AuthorRule::Pseudonym, |a| a.value),
        names_embargoed: names_embargoed(scope, record, &zone),
        categories: ids::index(categories.iter().map(|c| &c.id)),
        reasons: ids::index(reasons.iter().map(|c| &c.id)),
        wanted: BTreeSet::new(),
        unwanted: BTreeSet::new(),
        aliases: record.aliases.iter().map(|a| (a.clone(), AliasOf::Consultation)).collect(),
    };
    let texts = texts::texts(scope, &mut around);
    let meetings = follow_up::meetings(scope, &mut around);
    let questions = lists::questions(scope, &record.questions, &main);
    let contributions = contributions::contributions(scope, &mut around, &texts, &meetings, &questions);
    let vote_ids = votes::named(scope, &around);
    let amendments = amendments::amendments(scope, &mut around, &texts, &contributions, &vote_ids);
    let votes = votes::votes(scope, &mut around, vote_ids, &texts, &amendments, &contributions);
    let responses = follow_up::responses(scope, &mut around, &texts, &amendments, &contributions);
    let syntheses = follow_up::syntheses(scope, &mut around, &contributions);
    let commitments = follow_up::commitments(scope, &mut around, &contributions);
    repeated::report(scope, files, filed.id.value.as_str());
    let spread = record.spread.as_ref().is_some_and(|s| s.value);
    if !spread && contributions.len() > SPREAD_ABOVE {
        let count = contributions.len();
        scope.report(
            Code::G037,
            record.title.span,
            say!("{count} contributions dans un seul dossier", "{count} contributions in one folder"),
        );
    }
    let lists = frozen::Lists {
        contributions: ids::index(contributions.iter().map(|c| &c.id)),
        amendments: ids::index(amendments.iter().map(|a| &a.id)),
        votes: ids::index(votes.iter().map(|v| &v.id)),
        meetings: ids::index(meetings.iter().map(|m| &m.id)),
        syntheses: ids::index(syntheses.iter().map(|s| &s.id)),
        texts: ids::index(texts.iter().map(|t| &t.id)),
    };
    let index_files = scope.kept(&files.index);
    let participation = record.participation.as_ref().and_then(|written| {
        let embargo = record.names_embargo.as_ref().map(|until| until.value);
        let shown = (around.authors, embargo);
        participation::participation(scope, written, shown, &phases, (&main, &around.zone))
    });
    Consultation {
        id: filed.id.value.clone(),
        folder: files.folder.clone(),
        title: scope.words(&record.title, &main),
        summary: scope.words(&record.summary, &main),
        organiser: scope.party(&record.organiser.value, &main),
        themes: record.themes.iter().map(|t| scope.words(t, &main)).collect(),
        language,
        zone,
        phases,
        categories,
        questions,
        authors: around.authors,
        charter: rules.and_then(|r| r.charter.as_ref()).map(|c| scope.markdown(c, &main)),
        reasons,
        participation,
        licence: record.licence.as_ref().map(|l| l.value.clone()),
        spread,
        known_missing: record.known_missing.iter().map(|k| scope.words(k, &main)).collect(),
        origin: record.origin.as_ref().map(|o| Provenience {
            platform: o.value.platform.value.clone(),
            url: o.value.url.as_ref().map(|u| u.value.0.clone()),
            retrieved: o.value.retrieved.as_ref().map(|d| d.value),
        }),
        index: Id::new("index").and_then(|id| scope.page(&id, &index_files, &main)),
        frozen: frozen::frozen(scope, files),
        errata: frozen::errata(scope, files, &lists),
        files: published_files(scope, &around),
        aliases: aliases(scope, &around),
        texts,
        amendments,
        contributions,
        responses,
        syntheses,
        meetings,
        commitments,
        votes,
    }
}

/// Whether names may not be shown yet, on the day of which the site speaks.
fn names_embargoed(scope: &Scope<'_>, record: &ConsultationRecord, zone: &TimeZone) -> bool {
    let today = crate::model::when::Moment::from(scope.as_of).instant(zone);
    record.names_embargo.as_ref().is_some_and(|until| today < until.value.instant(zone))
}

fn phases(
    scope: &mut Scope<'_>,
    written: &[Spanned<PhaseRecord>],
    main: &Lang,
    zone: &TimeZone,
) -> Vec<Phase> {
    let mut used: BTreeMap<Box<str>, u32> = BTreeMap::new();
    let mut phases = Vec::new();
    for phase in written {
        let record = &phase.value;
        let (start, end) = (record.start.as_ref(), record.end.as_ref());
        if let (Some(start), Some(end)) = (start, end)
            && end.value.instant(zone) < start.value.instant(zone)
        {
            let (first, last) = (start.value, end.value);
            scope.problems.push(
                Diagnostic::new(
                    Code::G021,
                    end.span,
                    say!(
                        "l’étape finit le {last}, avant de commencer le {first}",
                        "the phase ends on {last}, before it begins on {first}"
                    ),
                )
                .related(start.span, say!("le début", "the beginning")),
            );
        }
        let kind = record.kind.value;
        let base = record.id.as_ref().map(|i| i.value.clone()).or_else(|| Id::new(kind.as_str()));
        let Some(base) = base else { continue };
        let count = used.entry(base.folded()).or_insert(0);
        *count += 1;
        let id = if *count == 1 {
            base
        } else if let Some(written) = &record.id {
            let id = &written.value;
            scope.report(
                Code::G017,
                written.span,
                say!("deux étapes s’appellent « {id} »", "two phases are called “{id}”"),
            );
            base
        } else {
            Id::new(&format!("{base}-{count}")).unwrap_or(base)
        };
        phases.push(Phase {
            id,
            kind,
            title: scope.words_opt(&record.title, main),
            start: start.map(|s| s.value),
            end: end.map(|e| e.value),
            summary: scope.words_opt(&record.summary, main),
        });
    }
    phases
}

/// Files of `documents/`, and files that something published names; never one that only a withheld contribution
/// names, nor ballots of a vote under embargo.
fn published_files(scope: &mut Scope<'_>, around: &Surroundings<'_>) -> Vec<PublishedFile> {
    let mut files: Vec<PublishedFile> = Vec::new();
    let mut seen: BTreeMap<String, FileId> = BTreeMap::new();
    let start = around.files.folder.len() + 1;
    for id in &around.files.files {
        let source = &scope.sources.get(*id).path;
        let Some(path) = OutPath::new(&source[start..]) else {
            scope.report(
                Code::G005,
                Span::file(*id),
                say!(
                    "le nom « {source} » ne peut pas devenir une adresse",
                    "the name “{source}” cannot become an address"
                ),
            );
            continue;
        };
        let named = around.wanted.contains(&path);
        let in_documents = path.as_str().starts_with("documents/") && !around.unwanted.contains(&path);
        if named || in_documents {
            // Another disk may not tell two names apart that this one does.
            let folded = path.as_str().nfc().flat_map(char::to_lowercase).collect();
            if let Some(first) = seen.insert(folded, *id) {
                scope.problems.push(
                    Diagnostic::new(
                        Code::G027,
                        Span::file(*id),
                        say!(
                            "ce nom ne se distingue d’un autre que par les majuscules ou la forme des accents",
                            "this name differs from another in case or in the form of its accents only"
                        ),
                    )
                    .related(Span::file(first), say!("l’autre fichier", "the other file")),
                );
            }
            files.push(PublishedFile { source: source.clone(), path });
        }
    }
    files
}

/// Former addresses, each once.
fn aliases(scope: &mut Scope<'_>, around: &Surroundings<'_>) -> Vec<Alias> {
    let mut seen: BTreeMap<Box<str>, Span> = BTreeMap::new();
    let mut aliases = Vec::new();
    for (written, to) in &around.aliases {
        let words = &written.value.0;
        let words = words.strip_suffix("/index.html").unwrap_or(words);
        let from = unencoded(words);
        if let Some(first) = seen.insert(from.as_str().into(), written.span) {
            scope.problems.push(
                Diagnostic::new(
                    Code::G027,
                    written.span,
                    say!(
                        "l’ancienne adresse « {from} » est donnée deux fois",
                        "the former address “{from}” is given twice"
                    ),
                )
                .related(first, say!("déjà donnée ici", "already given here")),
            );
        } else if let Some(from) = OutPath::new(&from).or_else(|| OutPath::new(words)) {
            aliases.push(Alias { place: written.span, from, to: to.clone() });
        }
    }
    aliases
}

/// A server looks for a file by the decoded path; a query stays as it is sent.
fn unencoded(address: &str) -> String {
    let (path, query) = address.split_at(address.find(['?', '#']).unwrap_or(address.len()));
    let decoded = percent_decoded(path).unwrap_or_else(|| path.to_owned());
    let path = if query.is_empty() { decoded.trim_matches('/') } else { &decoded };
    path.to_owned() + query
}
