//! Votes: what they name, options, declared totals, ballots; and the embargo, before which no result goes on.

use super::ids::{self, Named};
use super::lists::options;
use super::scope::Scope;
use super::surroundings::Surroundings;
use super::texts;
use crate::diag::Code;
use crate::lang::Lang;
use crate::model::choices::{MajorityBase, VoteKind};
use crate::model::id::Id;
use crate::model::site::*;
use crate::parse::records::vote::{RuleRecord, VoteRecord};
use crate::say;
use crate::sink::OutPath;
use crate::source::{Contents, FileId, Spanned};
use std::collections::BTreeMap;

/// The votes with their ids, in order of id: amendments refer to them before they are read.
pub fn named<'f>(scope: &mut Scope<'_>, around: &Surroundings<'f>) -> Vec<Named<'f, VoteRecord>> {
    let filed = scope.kept(&around.files.votes);
    let mut named = ids::name(scope, filed, |r: &VoteRecord| r.id.as_ref());
    named.sort_by(|a, b| a.id.cmp(&b.id));
    named
}

/// Checks the votes, in the order of [`named`].
pub fn votes(
    scope: &mut Scope<'_>,
    around: &mut Surroundings<'_>,
    named: Vec<Named<'_, VoteRecord>>,
    texts: &[Text],
    amendments: &[Amendment],
    contributions: &[Contribution],
) -> Vec<Vote> {
    let amendments = ids::index(amendments.iter().map(|a| &a.id));
    let contributions = ids::index(contributions.iter().map(|c| &c.id));
    let mut votes = Vec::new();
    for one in named {
        let record = &one.main.record;
        let at = votes.len();
        around.aliases.extend(record.aliases.iter().map(|a| (a.clone(), AliasOf::Vote(at))));
        let main = scope.main().clone();
        let options = vote_options(scope, record, &main);
        let kind = record.kind.span;
        votes.push(Vote {
            place: record
                .totals
                .as_ref()
                .map_or(kind, |t| crate::source::Span { end: t.span.start, ..t.span }),
            title: scope.words(&record.title, &main),
            kind: record.kind.value,
            question: scope.words_opt(&record.question, &main),
            summary: scope.words_opt(&record.summary, &main),
            about: texts::about(scope, texts, &record.on),
            amendment: record
                .amendment
                .as_ref()
                .and_then(|a| amendments.find(scope, a, "amendement", "amendment")),
            contribution: record
                .contribution
                .as_ref()
                .and_then(|c| contributions.find(scope, c, "contribution", "contribution")),
            date: record.date.as_ref().map(|d| d.value),
            opens: record.opens.as_ref().map(|d| d.value),
            closes: record.closes.as_ref().map(|d| d.value),
            rule: rule(scope, record),
            registered: record.registered.as_ref().map(|r| r.value),
            result: result(scope, around, record, &options, &main),
            url: record.url.as_ref().map(|u| u.value.0.clone()),
            id: one.id,
            options,
        });
    }
    votes
}

/// Written options, or those that the kind of vote implies.
fn vote_options(scope: &mut Scope<'_>, record: &VoteRecord, main: &Lang) -> Vec<Category> {
    let implied: &[(&str, &str, &str)] = match record.kind.value {
        VoteKind::Reactions => {
            &[("for", "Pour", "For"), ("mixed", "Mitigé", "Mixed"), ("against", "Contre", "Against")]
        }
        VoteKind::RollCall => &[
            ("for", "Pour", "For"),
            ("against", "Contre", "Against"),
            ("abstention", "Abstention", "Abstention"),
        ],
        VoteKind::Poll | VoteKind::Approval => &[],
    };
    if record.options.is_empty() && !implied.is_empty() {
        let both = |fr: &str, en: &str| {
            let by = BTreeMap::from([(Lang::french(), Box::from(fr))]);
            let by = by.into_iter().chain(Lang::new("en").map(|l| (l, Box::from(en)))).collect();
            Local::many(by, main)
        };
        let option = |(id, fr, en): &(&str, &str, &str)| {
            Some(Category { id: Id::new(id)?, title: both(fr, en)?, summary: None })
        };
        return implied.iter().filter_map(option).collect();
    }
    if record.options.is_empty() {
        scope.report(
            Code::G011,
            record.kind.span,
            say!(
                "dites ce que l’on pouvait choisir : ajoutez « options »",
                "say what could be chosen: add “options”"
            ),
        );
    }
    options(scope, &record.options, main)
}

fn rule(scope: &mut Scope<'_>, record: &VoteRecord) -> Rule {
    let empty = RuleRecord {
        span: record.span,
        base: None,
        threshold: None,
        quorum: None,
        max_choices: None,
        min_choices: None,
        replace: None,
    };
    let written = record.rule.as_ref().map_or(&empty, |r| &r.value);
    for share in [&written.threshold, &written.quorum].into_iter().flatten() {
        if !(0.0..=100.0).contains(&share.value) {
            scope.report(
                Code::G026,
                share.span,
                say!(
                    "une part est attendue ici, de 0 à 100 pour cent",
                    "a share is expected here, from 0 to 100 per cent"
                ),
            );
        }
    }
    if let (Some(most), Some(fewest)) = (&written.max_choices, &written.min_choices)
        && most.value < fewest.value
    {
        let (most, fewest) = (most.value, fewest.value);
        scope.report(
            Code::G026,
            written.span,
            say!(
                "aucun bulletin ne peut porter au moins {fewest} choix et au plus {most}",
                "no ballot can hold at least {fewest} choices and at most {most}"
            ),
        );
    }
    let several = record.kind.value == VoteKind::Approval;
    Rule {
        base: written.base.as_ref().map_or(MajorityBase::Expressed, |b| b.value),
        threshold: written.threshold.as_ref().map_or(50.0, |t| t.value),
        quorum: written.quorum.as_ref().map(|q| q.value),
        max_choices: written.max_choices.as_ref().map_or(if several { u64::MAX } else { 1 }, |m| m.value),
        min_choices: written.min_choices.as_ref().map_or(u64::from(!several), |m| m.value),
        replace: written.replace.as_ref().is_some_and(|r| r.value),
    }
}

/// The result, unless the day of which the site speaks is before the end of the embargo: then nothing of it is
/// even looked at, so that no diagnostic about it can depend on it.
fn result(
    scope: &mut Scope<'_>,
    around: &mut Surroundings<'_>,
    record: &VoteRecord,
    options: &[Category],
    main: &Lang,
) -> VoteResult {
    if let Some(embargo) = &record.embargo {
        let today = crate::model::when::Moment::from(scope.as_of).instant(&around.zone);
        if today < embargo.value.instant(&around.zone) {
            if let Some(path) = record.ballots.as_ref().and_then(|b| OutPath::new(&b.value.0)) {
                around.unwanted.insert(path);
            }
            return VoteResult::Embargoed { until: embargo.value };
        }
    }
    let index = ids::index(options.iter().map(|o| &o.id));
    let declared = record.totals.as_ref().map(|totals| {
        let mut counts = vec![0; options.len()];
        for (key, count) in &totals.value.0 {
            match Id::new(&key.value) {
                Some(id) => {
                    if let Some(at) = index.find(scope, &Spanned::new(id, key.span), "option", "option") {
                        counts[at] = count.value;
                    }
                }
                None => {
                    let words = &key.value;
                    scope.report(
                        Code::G018,
                        key.span,
                        say!("il n’y a pas d’option « {words} »", "there is no option “{words}”"),
                    );
                }
            }
        }
        counts
    });
    let number = |n: &Option<Spanned<u64>>| n.as_ref().map(|n| n.value);
    let group = |g: &crate::parse::records::vote::GroupRecord| Group {
        id: g.id.value.clone(),
        name: g.name.value.clone(),
        members: number(&g.members),
        r#for: number(&g.r#for).unwrap_or(0),
        against: number(&g.against).unwrap_or(0),
        abstention: number(&g.abstention).unwrap_or(0),
        absent: number(&g.absent),
    };
    let ballots = ballots(scope, around, record, &index);
    let named = record.ballots.is_some() || record.totals.is_some() || !record.groups.is_empty();
    if !named {
        scope.report(
            Code::G026,
            record.kind.span,
            say!(
                "il n’y a rien à dépouiller : ajoutez « totals », « groups » ou « ballots »",
                "there is nothing to tally: add “totals”, “groups” or “ballots”"
            ),
        );
    }
    VoteResult::Known(Box::new(KnownResult {
        declared,
        cast: number(&record.cast),
        blank: number(&record.blank),
        void: number(&record.void),
        winners: record.winners.iter().filter_map(|w| index.find(scope, w, "option", "option")).collect(),
        groups: record.groups.iter().map(|g| group(&g.value)).collect(),
        ballots,
        ballots_missing: scope.words_opt(&record.ballots_missing, main),
        acknowledged: record
            .acknowledged
            .as_ref()
            .map(|a| (scope.words(&a.value.reason, main), a.value.date.value)),
    }))
}

/// The ballots' file: `voter,choice`, several choices joined by `|`.
fn ballots(
    scope: &mut Scope<'_>,
    around: &mut Surroundings<'_>,
    record: &VoteRecord,
    options: &ids::Index,
) -> Option<Ballots> {
    let written = record.ballots.as_ref()?;
    let (folder, words) = (&around.files.folder, &written.value.0);
    let beside = format!("{folder}/votes/{words}");
    let found = scope.sources.find(&beside).map(|id| (id, format!("votes/{words}")));
    let found =
        found.or_else(|| scope.sources.find(&format!("{folder}/{words}")).map(|id| (id, words.to_string())));
    let Some((file, path)) = found else {
        scope.report(
            Code::G024,
            written.span,
            say!("il n’y a pas de fichier {beside}", "there is no file {beside}"),
        );
        return None;
    };
    let path = OutPath::new(&path)?;
    let ballots = read_ballots(scope, file, options, written.span)?;
    around.wanted.insert(path.clone());
    Some(Ballots { path, ballots })
}

fn read_ballots(
    scope: &mut Scope<'_>,
    file: FileId,
    options: &ids::Index,
    place: crate::source::Span,
) -> Option<Vec<Ballot>> {
    let sources = scope.sources;
    let source = sources.get(file);
    let Contents::Text(text) = &source.contents else {
        let path = &source.path;
        scope.report(
            Code::G026,
            place,
            say!("{path} n’est pas un fichier CSV lisible", "{path} is not a readable CSV file"),
        );
        return None;
    };
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(text.as_bytes());
    let headers = reader.headers().cloned().unwrap_or_default();
    let column = |name: &str| headers.iter().position(|h| h.trim() == name);
    let (Some(voter), Some(choice)) = (column("voter"), column("choice")) else {
        let found = headers.iter().collect::<Vec<_>>().join(", ");
        scope.report(
            Code::G026,
            crate::source::Span { file, start: 0, end: 0 },
            say!(
                "les colonnes « voter » et « choice » sont attendues ; il y a : {found}",
                "the columns “voter” and “choice” are expected; found: {found}"
            ),
        );
        return None;
    };
    let mut ballots = Vec::new();
    for row in reader.records() {
        match row {
            Ok(row) => {
                let words = row.get(choice).unwrap_or("").trim();
                let place = |word: &str| Id::new(word.trim()).and_then(|id| options.get(&id));
                let choices =
                    if words.is_empty() { Vec::new() } else { words.split('|').map(place).collect() };
                ballots.push(Ballot { voter: row.get(voter).unwrap_or("").trim().into(), choices });
            }
            Err(error) => {
                let at = error.position().map_or(0, |p| p.byte() as u32);
                scope.report(
                    Code::G026,
                    crate::source::Span { file, start: at, end: at },
                    say!(
                        "cette ligne n’a pas le même nombre de cellules que la première",
                        "this row has not as many cells as the first"
                    ),
                );
                return None;
            }
        }
    }
    Some(ballots)
}
