//! What could be chosen: the options that are written, or those that the kind of vote implies.

use crate::check::ids;
use crate::check::lists::unique;
use crate::check::scope::Scope;
use crate::diag::Code;
use crate::lang::Lang;
use crate::model::choices::VoteKind;
use crate::model::id::Id;
use crate::model::site::*;
use crate::parse::records::vote::{VoteOptionRecord, VoteRecord};
use crate::say;
use std::collections::BTreeMap;

/// An id, and its title in French and in English.
type Implied = (&'static str, &'static str, &'static str);

/// The options of a vote.
pub(super) fn options(
    scope: &mut Scope<'_>,
    record: &VoteRecord,
    contributions: &ids::Index,
    main: &Lang,
) -> Vec<VoteOption> {
    let kind = record.kind.value;
    if record.options.is_empty() {
        let implied = implied(kind);
        if implied.is_empty() && kind != VoteKind::Lots {
            scope.report(
                Code::G011,
                record.kind.span,
                say!(
                    "dites ce que l’on pouvait choisir : ajoutez « options »",
                    "say what could be chosen: add “options”"
                ),
            );
        }
        return implied.iter().filter_map(|words| option_of(words, main)).collect();
    }
    unique(scope, record.options.iter().map(|option| &option.value.id));
    let priced = kind == VoteKind::Budget && super::rule::is_counted(record);
    record.options.iter().map(|option| written(scope, &option.value, priced, contributions, main)).collect()
}

fn implied(kind: VoteKind) -> &'static [Implied] {
    match kind {
        VoteKind::Reactions => {
            &[("for", "Pour", "For"), ("mixed", "Mitigé", "Mixed"), ("against", "Contre", "Against")]
        }
        VoteKind::RollCall => &[
            ("for", "Pour", "For"),
            ("against", "Contre", "Against"),
            ("abstention", "Abstention", "Abstention"),
        ],
        VoteKind::Petition => &[("signed", "Signatures", "Signatures")],
        VoteKind::Poll
        | VoteKind::Approval
        | VoteKind::Score
        | VoteKind::Cumulative
        | VoteKind::MajorityJudgment
        | VoteKind::InstantRunoff
        | VoteKind::Schulze
        | VoteKind::Budget
        | VoteKind::Lots => &[],
    }
}

fn option_of((id, fr, en): &Implied, main: &Lang) -> Option<VoteOption> {
    let by = BTreeMap::from([(Lang::french(), Box::from(*fr))]);
    let by = by.into_iter().chain(Lang::new("en").map(|lang| (lang, Box::from(*en)))).collect();
    let title = Local::many(by, main)?;
    Some(VoteOption { id: Id::new(id)?, title, summary: None, cost: None, contribution: None, url: None })
}

fn written(
    scope: &mut Scope<'_>,
    option: &VoteOptionRecord,
    priced: bool,
    contributions: &ids::Index,
    main: &Lang,
) -> VoteOption {
    let cost = option.cost.as_ref().and_then(|cost| super::rule::money(scope, cost));
    if priced && option.cost.is_none() {
        scope.report(
            Code::G011,
            option.id.span,
            say!(
                "dites ce que coûte ce projet : ajoutez « cost »",
                "say what this project costs: add “cost”"
            ),
        );
    }
    VoteOption {
        id: option.id.value.clone(),
        title: scope.words(&option.title, main),
        summary: scope.words_opt(&option.summary, main),
        cost,
        contribution: option
            .contribution
            .as_ref()
            .and_then(|id| contributions.find(scope, id, "contribution", "contribution")),
        url: option.url.as_ref().map(|url| url.value.0.clone()),
    }
}
