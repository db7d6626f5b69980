//! The rule of a vote as columns, and the lists that belong to it: grades, quotas, what signatures obtain, void ballots.

use super::said;
use super::votes::{known, one, tally};
use crate::model::choices::VoteKind;
use crate::model::site::VoteIx;
use crate::model::vote::{Money, Quota, Step};
use crate::opendata::cell::Cell;
use crate::opendata::definition::*;
use crate::tally::VoidReason;

/// A vote, and a place in one of its lists.
type InVote = (VoteIx, usize);

/// What a budget needs is empty elsewhere.
fn budget<'v>(scope: Scope<'v>, at: VoteIx, word: &'v str) -> Cell<'v> {
    let vote = one(scope, at);
    // Of a budget whose amount is unknown, the rule is too.
    if vote.kind == VoteKind::Budget && vote.rule.budget.is_some() { word.into() } else { Cell::Empty }
}

/// An amount, in units of its currency.
pub(super) fn money<'v>(amount: Option<Money>) -> Cell<'v> {
    amount.map(|amount| amount.0 as f64 / 100.0).into()
}

/// Adds the columns of limits, of budgets and of ties.
pub(super) fn columns(table: Definition<VoteIx>) -> Definition<VoteIx> {
    table
        .column("rule_seats", integer().required(), "Combien l’emportent, au plus.", "How many win, at most.", |s, at| {
            one(s, at).rule.seats.into()
        })
        .column(
            "rule_max_score",
            integer(),
            "Le plus de points qu’un bulletin peut donner à un choix.",
            "The most points that a ballot may give to one option.",
            |s, at| one(s, at).rule.max_score.into(),
        )
        .column(
            "rule_min_points",
            integer(),
            "Le moins de points qu’un bulletin donne en tout.",
            "The fewest points that a ballot gives in all.",
            |s, at| one(s, at).rule.min_points.into(),
        )
        .column(
            "rule_max_points",
            integer(),
            "Le plus de points qu’un bulletin donne en tout.",
            "The most points that a ballot gives in all.",
            |s, at| one(s, at).rule.max_points.into(),
        )
        .column("rule_budget", number(), "Ce qui peut être dépensé.", "What can be spent.", |s, at| {
            money(one(s, at).rule.budget)
        })
        .column(
            "rule_max_spend",
            number(),
            "Ce que les choix d’un bulletin peuvent coûter ensemble.",
            "The most that the choices of one ballot may cost together.",
            |s, at| money(one(s, at).rule.max_spend),
        )
        .column("currency", text(), "La monnaie.", "The currency.", |s, at| one(s, at).currency.as_ref().into())
        .column(
            "rule_selection",
            choice(words_of!(Selection)),
            "Comment les projets d’un budget sont retenus.",
            "How the projects of a budget are selected.",
            |s, at| budget(s, at, one(s, at).rule.selection.as_str()),
        )
        .column(
            "rule_min_support",
            integer(),
            "Le moins de voix qu’il faut à un projet.",
            "The fewest votes that a project needs.",
            |s, at| Some(one(s, at).rule.min_support).filter(|fewest| *fewest > 0).into(),
        )
        .column(
            "rule_completion",
            choice(words_of!(Completion)),
            "Ce que devient l’argent que laissent les parts égales.",
            "What is done with the money that equal shares leave.",
            |s, at| budget(s, at, one(s, at).rule.completion.as_str()),
        )
        .column(
            "rule_utility",
            choice(words_of!(Utility)),
            "Ce qu’un projet apporte à qui le soutient, dans les parts égales.",
            "What a supporter gains from a project, under equal shares.",
            |s, at| budget(s, at, one(s, at).rule.utility.as_str()),
        )
        .column(
            "rule_ties",
            choice(words_of!(Ties)).required(),
            "Ce qui départage des choix égaux.",
            "What decides between equal options.",
            |s, at| one(s, at).rule.ties.as_str().into(),
        )
        .column("rule_seed", text(), "La graine des tirages.", "The seed of lots.", |s, at| {
            one(s, at).rule.seed.as_ref().into()
        })
        .column("rule_electorate", text(), "Qui pouvait voter.", "Who could vote.", |s, at| {
            one(s, at).rule.electorate.as_ref().map(|words| words.get(s.lang)).into()
        })
        .column(
            "pool",
            plain(),
            "Le fichier des personnes parmi lesquelles on tire au sort, depuis le dossier de la consultation.",
            "The file of the people among whom a panel is drawn, from the consultation’s folder.",
            |s, at| known(s, at).and_then(|k| k.pool.as_ref()).map(|pool| pool.path.as_str()).into(),
        )
}

/// The rows of a list of each vote, of which `length` says the length.
fn each(scope: Scope<'_>, row: &mut dyn FnMut(InVote), length: fn(Scope<'_>, VoteIx) -> usize) {
    for vote in 0..scope.consultation.votes.len() {
        (0..length(scope, vote)).for_each(|at| row((vote, at)));
    }
}

/// A table whose rows belong to votes.
fn of_votes(table: Definition<InVote>) -> Definition<InVote> {
    table
        .names("vote", "votes")
        .column("vote", id().required(), "Le vote.", "The vote.", |s, at| (&one(s, at.0).id).into())
}

pub(super) fn grades() -> Box<dyn AnyTable> {
    let title = said("Mentions", "Grades");
    let about = said(
        "Une ligne par mention de chaque jugement majoritaire, de la pire à la meilleure.",
        "One row a grade of each majority judgment, from the worst to the best.",
    );
    of_votes(Definition::new("grades", title, about, |s, row| {
        each(s, row, |s, vote| one(s, vote).rule.grades.len())
    }))
    .key(&["vote", "grade"])
    .column("grade", id().required(), "Son identifiant.", "Its id.", |s, at| {
        (&one(s, at.0).rule.grades[at.1].id).into()
    })
    .column("title", text().required(), "Ce qui est montré.", "What is shown.", |s, at| {
        one(s, at.0).rule.grades[at.1].title.get(s.lang).into()
    })
    .column(
        "position",
        integer().required(),
        "Son rang, depuis 1, la pire.",
        "Its place, from 1, the worst.",
        |_, at| (at.1 + 1).into(),
    )
    .column(
        "ungraded",
        boolean().required(),
        "Celle d’un choix qu’un bulletin ne juge pas.",
        "That of an option that a ballot does not grade.",
        |s, at| (one(s, at.0).rule.ungraded == at.1).into(),
    )
    .done()
}

pub(super) fn quotas() -> Box<dyn AnyTable> {
    fn quota(s: Scope<'_>, at: InVote) -> &Quota {
        &one(s, at.0).rule.quotas[at.1]
    }
    let title = said("Quotas", "Quotas");
    let about =
        said("Une ligne par quota de chaque tirage au sort.", "One row a quota of each drawing of lots.");
    of_votes(Definition::new("quotas", title, about, |s, row| {
        each(s, row, |s, vote| one(s, vote).rule.quotas.len())
    }))
    .key(&["vote", "category", "value"])
    .column("category", text().required(), "La colonne du fichier.", "The column of the pool.", |s, at| {
        (&quota(s, at).category).into()
    })
    .column("value", text().required(), "La valeur dans cette colonne.", "The value in it.", |s, at| {
        (&quota(s, at).value).into()
    })
    .column("min", integer().required(), "Au moins tant.", "At least so many.", |s, at| {
        quota(s, at).min.into()
    })
    .column(
        "max",
        integer(),
        "Au plus tant ; vide : sans limite.",
        "At most so many; empty: any number.",
        |s, at| Some(quota(s, at).max).filter(|most| *most != u64::MAX).into(),
    )
    .done()
}

pub(super) fn steps() -> Box<dyn AnyTable> {
    fn step(s: Scope<'_>, at: InVote) -> &Step {
        &one(s, at.0).rule.steps[at.1]
    }
    let title = said("Seuils des pétitions", "Petition steps");
    let about = said(
        "Une ligne par seuil de chaque pétition : ce que tant de signatures obtiennent.",
        "One row a step of each petition: what so many signatures obtain.",
    );
    of_votes(Definition::new("petition_steps", title, about, |s, row| {
        each(s, row, |s, vote| one(s, vote).rule.steps.len())
    }))
    .key(&["vote", "signatures"])
    .column("signatures", integer().required(), "Tant de signatures.", "So many signatures.", |s, at| {
        step(s, at).signatures.into()
    })
    .column("title", text().required(), "Ce qu’elles obtiennent.", "What they obtain.", |s, at| {
        step(s, at).title.get(s.lang).into()
    })
    .column("reached", boolean(), "Il est atteint.", "It is reached.", |s, at| {
        let signed = tally(s, at.0).and_then(|t| t.counts.first().copied());
        signed.map(|signed| signed >= step(s, at).signatures).into()
    })
    .done()
}

pub(super) fn void() -> Box<dyn AnyTable> {
    fn reason(s: Scope<'_>, at: InVote) -> Option<(VoidReason, u64)> {
        tally(s, at.0)?.void.iter().nth(at.1).map(|(reason, count)| (*reason, *count))
    }
    let title = said("Bulletins nuls", "Void ballots");
    let about = said(
        "Une ligne par raison pour laquelle des bulletins d’un vote sont nuls.",
        "One row a reason for which ballots of a vote are void.",
    );
    of_votes(Definition::new("void_ballots", title, about, |s, row| {
        each(s, row, |s, vote| tally(s, vote).map_or(0, |t| t.void.len()))
    }))
    .key(&["vote", "reason"])
    .column(
        "reason",
        choice(VoidReason::ALL.iter().map(|reason| reason.as_str())).required(),
        "La raison.",
        "The reason.",
        |s, at| reason(s, at).map(|(reason, _)| reason.as_str()).into(),
    )
    .column("count", integer().required(), "Combien.", "How many.", |s, at| {
        reason(s, at).map(|(_, count)| count).into()
    })
    .done()
}
