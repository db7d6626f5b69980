//! The rule of a vote: shares and limits that make sense together, and what its kind cannot do without.

use crate::check::lists::unique;
use crate::check::scope::Scope;
use crate::diag::Code;
use crate::lang::{Bilingual, Lang};
use crate::model::choices::{Selection, Ties, VoteKind};
use crate::model::site::*;
use crate::parse::records::vote::{QuotaRecord, RuleRecord, VoteRecord};
use crate::say;
use crate::source::{Span, Spanned};

/// The rule as written, over the one that the kind of vote has when nothing is said.
pub(super) fn rule(scope: &mut Scope<'_>, record: &VoteRecord, options: usize, main: &Lang) -> Rule {
    let kind = record.kind.value;
    let mut rule = Rule::of(kind);
    if let Some(written) = &record.rule {
        fill(scope, &mut rule, &written.value, main);
        limits(scope, &written.value);
    }
    let place = record.rule.as_ref().map_or(record.kind.span, |written| written.value.span);
    needs(scope, (kind, is_counted(record)), &rule, options, place);
    rule
}

/// Whether ballots are counted, or will be: not where they are known to be missing.
pub(super) fn is_counted(record: &VoteRecord) -> bool {
    record.ballots.is_some() || record.ballots_missing.is_none()
}

fn fill(scope: &mut Scope<'_>, rule: &mut Rule, written: &RuleRecord, main: &Lang) {
    fn set<T: Clone>(to: &mut T, from: &Option<Spanned<T>>) {
        if let Some(from) = from {
            to.clone_from(&from.value);
        }
    }
    fn some<T: Clone>(to: &mut Option<T>, from: &Option<Spanned<T>>) {
        if let Some(from) = from {
            *to = Some(from.value.clone());
        }
    }
    set(&mut rule.base, &written.base);
    set(&mut rule.threshold, &written.threshold);
    some(&mut rule.quorum, &written.quorum);
    set(&mut rule.max_choices, &written.max_choices);
    set(&mut rule.min_choices, &written.min_choices);
    set(&mut rule.replace, &written.replace);
    set(&mut rule.seats, &written.seats);
    some(&mut rule.max_score, &written.max_score);
    some(&mut rule.max_points, &written.max_points);
    some(&mut rule.min_points, &written.min_points);
    set(&mut rule.selection, &written.selection);
    set(&mut rule.min_support, &written.min_support);
    set(&mut rule.completion, &written.completion);
    set(&mut rule.utility, &written.utility);
    set(&mut rule.ties, &written.ties);
    some(&mut rule.seed, &written.seed);
    rule.budget = written.budget.as_ref().and_then(|amount| money(scope, amount));
    rule.max_spend = written.max_spend.as_ref().and_then(|amount| money(scope, amount));
    rule.electorate = scope.words_opt(&written.electorate, main);
    unique(scope, written.grades.iter().map(|grade| &grade.value.id));
    for grade in &written.grades {
        let title = scope.words(&grade.value.title, main);
        rule.grades.push(Category { id: grade.value.id.value.clone(), title, summary: None });
    }
    if let Some(ungraded) = &written.ungraded {
        let index = crate::check::ids::index(rule.grades.iter().map(|grade| &grade.id));
        rule.ungraded = index.find(scope, ungraded, "mention", "grade").unwrap_or(0);
    }
    for step in &written.steps {
        let title = scope.words(&step.value.title, main);
        rule.steps.push(Step { signatures: step.value.signatures.value, title });
    }
    rule.steps.sort_by_key(|step| step.signatures);
    rule.quotas = written.quotas.iter().map(|quota| self::quota(scope, &quota.value)).collect();
}

fn quota(scope: &mut Scope<'_>, written: &QuotaRecord) -> Quota {
    let (min, max) = (
        written.min.as_ref().map_or(0, |min| min.value),
        written.max.as_ref().map_or(u64::MAX, |max| max.value),
    );
    if min > max {
        scope.report(
            Code::G026,
            written.span,
            say!(
                "aucun groupe ne peut compter au moins {min} personnes et au plus {max}",
                "no group can hold at least {min} people and at most {max}"
            ),
        );
    }
    Quota { category: written.category.value.clone(), value: written.value.value.clone(), min, max }
}

/// An amount as written: not negative, with two decimals at most.
pub(super) fn money(scope: &mut Scope<'_>, amount: &Spanned<f64>) -> Option<Money> {
    let money = Money::parse(&format!("{}", amount.value));
    if money.is_none() {
        scope.report(
            Code::G026,
            amount.span,
            say!(
                "une somme est attendue ici, avec deux décimales au plus",
                "an amount of money is expected here, with two decimals at most"
            ),
        );
    }
    money
}

fn limits(scope: &mut Scope<'_>, written: &RuleRecord) {
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
    let mut order = |most: &Option<Spanned<u64>>, fewest: &Option<Spanned<u64>>, fr: &str, en: &str| {
        if let (Some(most), Some(fewest)) = (most, fewest)
            && most.value < fewest.value
        {
            let (most, fewest) = (most.value, fewest.value);
            scope.report(
                Code::G026,
                written.span,
                say!(
                    "aucun bulletin ne peut {fr}au moins {fewest} et d’au plus {most}",
                    "no ballot can {en} at least {fewest} and at most {most}"
                ),
            );
        }
    };
    order(
        &written.max_choices,
        &written.min_choices,
        "porter un nombre de choix d’",
        "hold a number of choices of",
    );
    order(
        &written.max_points,
        &written.min_points,
        "donner un nombre de points d’",
        "give a number of points of",
    );
}

/// What a kind of vote cannot be counted without. Where the ballots are known to be missing nothing will be counted, and
/// what could be spent may be as unknown as they are.
fn needs(scope: &mut Scope<'_>, (kind, counted): (VoteKind, bool), rule: &Rule, options: usize, place: Span) {
    let mut missing = |words: Bilingual| scope.report(Code::G026, place, words);
    if kind == VoteKind::Budget && counted && rule.budget.is_none() {
        missing(say!(
            "dites ce qui peut être dépensé : ajoutez « budget » à « rule »",
            "say what can be spent: add “budget” to “rule”"
        ));
    }
    if kind == VoteKind::Budget && rule.selection == Selection::GreedyThreshold && rule.min_support == 0 {
        missing(say!(
            "dites combien de voix il faut à un projet : ajoutez « min_support » à « rule »",
            "say how many votes a project needs: add “min_support” to “rule”"
        ));
    }
    if kind == VoteKind::MajorityJudgment && rule.grades.len() < 2 {
        missing(say!(
            "dites les mentions, de la pire à la meilleure : ajoutez « grades » à « rule »",
            "say the grades, from the worst to the best: add “grades” to “rule”"
        ));
    }
    if (kind == VoteKind::Lots || rule.ties == Ties::Lot) && rule.seed.is_none() {
        missing(say!(
            "un tirage que chacun peut refaire a besoin d’une graine publiée : ajoutez « seed » à « rule »",
            "a draw that anyone can run again needs a published seed: add “seed” to “rule”"
        ));
    }
    if kind == VoteKind::InstantRunoff && rule.seats != 1 {
        missing(say!(
            "ce vote désigne un seul gagnant : retirez « seats »",
            "this kind of vote has one winner: remove “seats”"
        ));
    }
    if kind != VoteKind::Lots && rule.seats as usize > options.max(1) {
        let seats = rule.seats;
        missing(say!(
            "{seats} choix ne peuvent pas l’emporter : il n’y en a que {options}",
            "{seats} options cannot win: there are only {options}"
        ));
    }
}
