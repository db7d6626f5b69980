//! Amendments: what they name, and whether the words they quote stand where they say.

use super::contributions::in_circles;
use super::ids::{self, Named};
use super::scope::Scope;
use super::surroundings::Surroundings;
use super::texts;
use crate::diag::{Code, Diagnostic};
use crate::model::choices::Outcome;
use crate::model::site::*;
use crate::parse::records::amendment::{AmendmentRecord, OperationRecord};
use crate::parse::records::vote::VoteRecord;
use crate::say;
use crate::source::{Span, Spanned};
use crate::text;

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
    let article = record.article.as_ref().and_then(|a| texts::article(scope, &texts[text], a));
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
    let operations: Vec<(Operation, Span)> =
        record.operations.iter().filter_map(|o| operation(scope, &texts[text], o)).collect();
    let builds_on = !record.after.is_empty() || record.parent.is_some();
    if !builds_on {
        for (operation, span) in &operations {
            applies(scope, &texts[text], version, article.as_ref(), operation, *span, &one.id);
        }
    }
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
        operations: operations.into_iter().map(|(operation, _)| operation).collect(),
        url: record.url.as_ref().map(|u| u.value.0.clone()),
        reasons: scope.editions(&one.files, &language),
    })
}

/// One edit, from the keys that were written; exactly one kind of edit must be there.
fn operation(
    scope: &mut Scope<'_>,
    text: &Text,
    written: &Spanned<OperationRecord>,
) -> Option<(Operation, Span)> {
    let o = &written.value;
    let (edit, span) = match (&o.replace, &o.with, &o.insert, &o.before, &o.after, &o.delete) {
        (Some(words), Some(with), None, None, None, None) => {
            (Edit::Replace { words: words.value.clone(), with: with.value.clone() }, words.span)
        }
        (None, None, Some(words), Some(anchor), None, None) => {
            (Edit::InsertBefore { anchor: anchor.value.clone(), words: words.value.clone() }, anchor.span)
        }
        (None, None, Some(words), None, Some(anchor), None) => {
            (Edit::InsertAfter { anchor: anchor.value.clone(), words: words.value.clone() }, anchor.span)
        }
        (None, None, None, None, None, Some(words)) => {
            (Edit::Delete { words: words.value.clone() }, words.span)
        }
        _ => {
            scope.report(
                Code::G033,
                Span { end: written.span.start, ..written.span },
                say!(
                    "une opération est « replace » avec « with », « insert » avec « before » ou « after », ou « delete »",
                    "an operation is “replace” with “with”, “insert” with “before” or “after”, or “delete”"
                ),
            );
            return None;
        }
    };
    let operation = Operation {
        article: o.article.as_ref().and_then(|a| texts::article(scope, text, a)),
        paragraph: o.paragraph.as_ref().map(|p| texts::small(p.value)),
        occurrence: o.occurrence.as_ref().map(|n| texts::small(n.value)),
        edit,
    };
    Some((operation, span))
}

/// Reports words that the version does not contain where the operation looks for them, with the nearest place.
fn applies(
    scope: &mut Scope<'_>,
    text: &Text,
    version: usize,
    article: Option<&crate::model::id::Id>,
    operation: &Operation,
    span: Span,
    id: &crate::model::id::Id,
) {
    let document = text.versions[version].document.main();
    let Some(article_id) = operation.article.as_ref().or(article) else { return };
    let version_id = &text.versions[version].id;
    let Some(article) = document.article(article_id) else {
        scope.report(
            Code::G012,
            span,
            say!(
                "{id} : l’article {article_id} n’existe pas dans la version « {version_id} »",
                "{id}: article {article_id} does not exist in version “{version_id}”"
            ),
        );
        return;
    };
    let wanted = match &operation.edit {
        Edit::Replace { words, .. } | Edit::Delete { words } => words,
        Edit::InsertBefore { anchor, .. } | Edit::InsertAfter { anchor, .. } => anchor,
    };
    let looked: Vec<&str> = article
        .paragraphs
        .iter()
        .filter(|p| operation.paragraph.is_none_or(|n| n == p.number))
        .map(|p| &*p.markdown)
        .collect();
    let folded = text::fold_typography(wanted);
    if looked.iter().any(|p| text::fold_typography(p).contains(&folded)) {
        return;
    }
    let place_fr = operation.paragraph.map_or(String::new(), |n| format!("l’alinéa {n} de "));
    let place_en = operation.paragraph.map_or(String::new(), |n| format!("paragraph {n} of "));
    let verb_fr = match &operation.edit {
        Edit::Replace { .. } => "remplace",
        Edit::Delete { .. } => "supprime",
        Edit::InsertBefore { .. } | Edit::InsertAfter { .. } => "s’appuie sur",
    };
    let verb_en = match &operation.edit {
        Edit::Replace { .. } => "replaces",
        Edit::Delete { .. } => "deletes",
        Edit::InsertBefore { .. } | Edit::InsertAfter { .. } => "builds on",
    };
    let mut problem = Diagnostic::new(
        Code::G012,
        span,
        say!(
            "l’amendement {id} {verb_fr} des mots que {place_fr}l’article {article_id} ne contient pas",
            "amendment {id} {verb_en} words that {place_en}article {article_id} does not contain"
        ),
    )
    .label(say!("absents de la version « {version_id} »", "not in version “{version_id}”"));
    let elsewhere = article.paragraphs.iter().find(|p| text::fold_typography(&p.markdown).contains(&folded));
    if let Some(number) = elsewhere.map(|p| p.number) {
        problem = problem.help(say!(
            "ces mots sont à l’alinéa {number} : écrivez « paragraph: {number} »",
            "these words stand in paragraph {number}: write “paragraph: {number}”"
        ));
    } else if let Some(near) = text::nearest_passage(wanted, article.paragraphs.iter().map(|p| &*p.markdown))
    {
        problem = problem.help(say!(
            "le plus proche est « {near} » ; citez les mots exactement",
            "the nearest is “{near}”; quote the words exactly as they stand"
        ));
    }
    scope.problems.push(problem);
}
