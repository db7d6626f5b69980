//! Votes: what they name, options, declared totals, ballots; and the embargo, before which no result goes on.

mod ballots;
mod options;
mod rule;

use super::ids::{self, Named};
use super::scope::Scope;
use super::surroundings::Surroundings;
use super::texts;
use crate::diag::Code;
use crate::lang::Lang;
use crate::model::id::Id;
use crate::model::site::*;
use crate::parse::records::vote::VoteRecord;
use crate::say;
use crate::sink::OutPath;
use crate::source::Spanned;

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
        let options = options::options(scope, record, &contributions, &main);
        let rule = rule::rule(scope, record, options.len(), &main);
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
            currency: record.currency.as_ref().map(|c| c.value.clone()),
            registered: record.registered.as_ref().map(|r| r.value),
            result: result(scope, around, record, &options, &rule, &main),
            rule,
            url: record.url.as_ref().map(|u| u.value.0.clone()),
            id: one.id,
            options,
        });
    }
    votes
}

/// The result, unless the day of which the site speaks is before the end of the embargo: then nothing of it is
/// even looked at, so that no diagnostic about it can depend on it.
fn result(
    scope: &mut Scope<'_>,
    around: &mut Surroundings<'_>,
    record: &VoteRecord,
    options: &[VoteOption],
    rule: &Rule,
    main: &Lang,
) -> VoteResult {
    if let Some(embargo) = &record.embargo {
        let today = crate::model::when::Moment::from(scope.as_of).instant(&around.zone);
        if today < embargo.value.instant(&around.zone) {
            for file in [&record.ballots, &record.pool].into_iter().flatten() {
                around.unwanted.extend(OutPath::new(&file.value.0));
            }
            return VoteResult::Embargoed { until: embargo.value };
        }
    }
    let index = ids::index(options.iter().map(|o| &o.id));
    let declared = record.totals.as_ref().map(|totals| {
        let mut counts = vec![None; options.len()];
        for (key, count) in &totals.value.0 {
            match Id::new(&key.value) {
                Some(id) => {
                    if let Some(at) = index.find(scope, &Spanned::new(id, key.span), "option", "option") {
                        counts[at] = Some(count.value);
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
    let grades = rule.grades.iter().map(|grade| &grade.id).collect();
    let ballots = ballots::ballots(scope, around, record, options, grades);
    let pool = ballots::pool(scope, around, record, &rule.quotas);
    let named = record.ballots.is_some()
        || record.pool.is_some()
        || record.totals.is_some()
        || !record.groups.is_empty();
    if !named {
        scope.report(
            Code::G026,
            record.kind.span,
            say!(
                "il n’y a rien à dépouiller : ajoutez « totals », « groups » ou « ballots »",
                "there is nothing to tally: add “totals”, “groups” or “ballots” (“pool” for a drawing of lots)"
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
        pool,
        ballots_missing: scope.words_opt(&record.ballots_missing, main),
        acknowledged: record
            .acknowledged
            .as_ref()
            .map(|a| (scope.words(&a.value.reason, main), a.value.date.value)),
    }))
}
