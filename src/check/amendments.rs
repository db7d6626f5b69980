//! Amendments: what they name and what they do. Whether it applies to the text is found out by `derive`.

use super::contributions::in_circles;
use super::ids::{self, Named};
use super::operations::operation;
use super::scope::Scope;
use super::surroundings::Surroundings;
use super::texts;
use crate::diag::{Code, Diagnostic};
use crate::model::choices::Outcome;
use crate::model::id::Id;
use crate::model::site::*;
use crate::parse::records::amendment::AmendmentRecord;
use crate::parse::records::vote::VoteRecord;
use crate::say;
use crate::source::Spanned;
use crate::text;
use std::collections::BTreeMap;

/// Checks the amendments; in the order of their ids (numbers as numbers).
pub fn amendments(
    scope: &mut Scope<'_>,
    around: &mut Surroundings<'_>,
    texts: &[Text],
    contributions: &[Contribution],
    votes: &[Named<'_, VoteRecord>],
) -> Vec<Amendment> {
    let filed = scope.kept(&around.files.amendments);
    let mut named = ids::name(scope, filed, |r: &AmendmentRecord| r.id.as_ref());
    named.sort_by_cached_key(|n| text::natural_key(n.id.as_str()));
    let index = ids::index(named.iter().map(|n| &n.id));
    let votes = ids::index(votes.iter().map(|n| &n.id));
    let led = ids::index(contributions.iter().map(|c| &c.id));
    let mut all = Vec::new();
    let mut places = Vec::new();
    for one in &named {
        let record = &one.main.record;
        if let Some(amendment) = amendment(scope, around, texts, &index, &votes, &led, one) {
            let at = all.len();
            around.aliases.extend(record.aliases.iter().map(|a| (a.clone(), AliasOf::Amendment(at))));
            places.push(record.parent.as_ref().map_or(one.main.whole, |p| p.span));
            all.push(amendment);
        }
    }
    let parents: Vec<Option<usize>> =
        all.iter().map(|a: &Amendment| a.parent.filter(|p| *p < all.len())).collect();
    for at in in_circles(&parents) {
        let id = all[at].id.clone();
        all[at].parent = None;
        scope.report(
            Code::G019,
            places[at],
            say!(
                "de renvoi en renvoi, « {id} » mène à « {id} »",
                "from reference to reference, “{id}” leads to “{id}”"
            ),
        );
    }
    all
}

fn amendment(
    scope: &mut Scope<'_>,
    around: &Surroundings<'_>,
    texts: &[Text],
    index: &ids::Index,
    votes: &ids::Index,
    contributions: &ids::Index,
    one: &Named<'_, AmendmentRecord>,
) -> Option<Amendment> {
    let record = &one.main.record;
    let text = texts::text_of(scope, texts, &record.text, one.main.whole)?;
    let version = texts::version_of(scope, &texts[text], &record.version)?;
    let article = record.article.as_ref().and_then(|a| texts::article(scope, &texts[text], Some(version), a));
    if let (Some(tabled), Some(decided)) = (&record.date, &record.decided)
        && decided.value < tabled.value
    {
        let (first, last) = (tabled.value, decided.value);
        scope.report(
            Code::G021,
            decided.span,
            say!(
                "décidé le {last}, avant d’être déposé le {first}",
                "decided on {last}, before it was tabled on {first}"
            ),
        );
    }
    if let (Some(origin), Some(outcome)) = (&record.origin, &record.outcome) {
        scope.problems.push(
            Diagnostic::new(
                Code::G033,
                outcome.span,
                say!(
                    "une modification qui a une origine n’a pas de sort",
                    "a change that has an origin has no outcome"
                ),
            )
            .related(origin.span, say!("l’origine", "the origin")),
        );
    }
    let operations = operations(scope, around, &texts[text], article.as_ref(), one);
    let links = |scope: &mut Scope<'_>, list: &[Spanned<crate::model::id::Id>]| -> Vec<usize> {
        list.iter().filter_map(|id| index.find(scope, id, "amendement", "amendment")).collect()
    };
    let language = around.language.clone();
    Some(Amendment {
        id: one.id.clone(),
        number: record.number.as_ref().map_or_else(|| one.id.as_str().into(), |n| n.value.clone()),
        title: record.title.as_ref().map(|t| t.value.clone()),
        text,
        version,
        article,
        parent: record.parent.as_ref().and_then(|p| index.find(scope, p, "amendement", "amendment")),
        authors: record.authors.iter().map(|a| a.value.clone()).collect(),
        group: record.group.as_ref().map(|g| g.value.clone()),
        date: record.date.as_ref().map(|d| d.value),
        outcome: match (&record.origin, &record.outcome) {
            (Some(_), _) => None,
            (None, outcome) => Some(outcome.as_ref().map_or(Outcome::Pending, |o| o.value)),
        },
        decided: record.decided.as_ref().map(|d| d.value),
        origin: record.origin.as_ref().map(|o| o.value),
        vote: record.vote.as_ref().and_then(|v| votes.find(scope, v, "vote", "vote")),
        after: links(scope, &record.after),
        contributions: record
            .contributions
            .iter()
            .filter_map(|c| contributions.find(scope, c, "contribution", "contribution"))
            .collect(),
        order: record.order.as_ref().map(|o| o.value),
        instruction: record.instruction.as_ref().map(|i| i.value.0.clone()),
        operations,
        url: record.url.as_ref().map(|u| u.value.0.clone()),
        reasons: scope.editions(&one.files, &language),
        imported: record.imported.is_some(),
    })
}

/// The operations, by language: those of each edition that has some.
fn operations(
    scope: &mut Scope<'_>,
    around: &Surroundings<'_>,
    text: &Text,
    article: Option<&Id>,
    one: &Named<'_, AmendmentRecord>,
) -> Local<Vec<Operation>> {
    let mut by = BTreeMap::new();
    for file in &one.files {
        let lang = file.lang.clone().unwrap_or_else(|| around.language.clone());
        let list = &file.record.operations;
        let own = file.record.article.as_ref().map(|a| &*a.value).or(article.map(Id::as_str));
        let made = list.iter().filter_map(|o| operation(scope, text, own, o)).collect::<Vec<_>>();
        if !made.is_empty() {
            by.entry(lang).or_insert(made);
        }
    }
    let main = around.language.clone();
    Local::many(by, &main).unwrap_or_else(|| Local::one(main, Vec::new()))
}
