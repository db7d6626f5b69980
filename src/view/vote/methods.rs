//! From what a method went through to its chart and its table.

use super::card::titles;
use super::detail::{BudgetLine, BudgetView, Contender, Detail, DrawView, Duel, Duels};
use crate::model::site::*;
use crate::tally::budget::Budgeted;
use crate::tally::judgment::Judgment;
use crate::tally::lots::{self, Draw};
use crate::tally::runoff::{Holder, Runoff};
use crate::tally::schulze::Schulze;
use crate::tally::{Method, Tally};
use crate::view::charts::profiles::{Graded, Profiles};
use crate::view::charts::quotas::{Held, quotas};
use crate::view::charts::rounds::{Round, Rounds, letter};
use crate::view::charts::spending::spending;
use crate::view::context::Context;

/// Adds the charts of the method.
pub(super) fn method(
    context: &Context<'_>,
    vote: &Vote,
    known: &KnownResult,
    tally: &Tally,
    detail: &mut Detail,
) {
    match &tally.method {
        Method::Plain => {}
        Method::Judgment(judged) => detail.profiles = Some(profiles(context, vote, tally, judged)),
        Method::Schulze(ranked) => detail.duels = Some(duels(context, vote, tally, ranked)),
        Method::Runoff(count) => detail.rounds = rounds(context, vote, tally, count),
        Method::Budget(count) => detail.budget = Some(budget(context, vote, count)),
        Method::Lots(draw) => detail.draw = known.pool.as_ref().map(|pool| panel(vote, pool, draw)),
    }
}

fn title(context: &Context<'_>, vote: &Vote, at: usize) -> String {
    titles(context, vote, &[at]).pop().unwrap_or_default()
}

/// The profiles, the best option first; equals have the same rank.
fn profiles(context: &Context<'_>, vote: &Vote, tally: &Tally, judged: &Judgment) -> Profiles {
    let grades: Vec<String> =
        vote.rule.grades.iter().map(|grade| context.words(&grade.title).to_owned()).collect();
    let mut rows = Vec::new();
    for equals in &judged.ranking {
        let rank = rows.len() + 1;
        for at in equals {
            let Some(own) = judged.options.get(*at) else { continue };
            rows.push(Graded {
                title: title(context, vote, *at),
                rank,
                winner: tally.winners.contains(at),
                counts: own.grades.clone(),
                median: own.median,
                better: own.better,
                worse: own.worse,
            });
        }
    }
    Profiles::new(&grades, rows)
}

fn duels(context: &Context<'_>, vote: &Vote, tally: &Tally, ranked: &Schulze) -> Duels {
    let pair = |table: &[Vec<u64>], a: usize, b: usize| {
        table.get(a).and_then(|row| row.get(b)).copied().unwrap_or(0)
    };
    let duel = |a: usize, b: usize| {
        let (own, other) = (pair(&ranked.pairwise, a, b), pair(&ranked.pairwise, b, a));
        Duel {
            count: (a != b).then_some(own),
            state: match own.cmp(&other) {
                _ if a == b => "",
                std::cmp::Ordering::Greater => "won",
                std::cmp::Ordering::Less => "lost",
                std::cmp::Ordering::Equal => "even",
            },
            path: pair(&ranked.paths, a, b),
        }
    };
    let all = 0..vote.options.len();
    let contender = |a: usize| Contender {
        letter: letter(a),
        title: title(context, vote, a),
        winner: tally.winners.contains(&a),
        duels: all.clone().map(|b| duel(a, b)).collect(),
    };
    Duels {
        options: all.clone().map(contender).collect(),
        condorcet: ranked.condorcet.map(|at| title(context, vote, at)),
        ranking: ranked.ranking.iter().map(|layer| titles(context, vote, layer)).collect(),
    }
}

/// The rounds, drawn: votes set aside and exhausted ones stand after the options.
fn rounds(context: &Context<'_>, vote: &Vote, tally: &Tally, count: &Runoff) -> Option<Rounds> {
    let options = vote.options.len();
    let place = |holder: Holder| match holder {
        Holder::Option(at) => at,
        Holder::Aside => options,
        Holder::Exhausted => options + 1,
    };
    let round = |round: &crate::tally::runoff::Round| Round {
        counts: round.counts.iter().copied().chain([round.aside, round.exhausted]).collect(),
        eliminated: round.eliminated.clone(),
        transfers: round.transfers.iter().map(|t| (place(t.from), place(t.to), t.votes)).collect(),
    };
    let all: Vec<usize> = (0..options).collect();
    let rounds: Vec<Round> = count.rounds.iter().map(round).collect();
    Rounds::new(&titles(context, vote, &all), &rounds, &tally.winners)
}

fn budget(context: &Context<'_>, vote: &Vote, count: &Budgeted) -> BudgetView {
    let blocks: Vec<(String, u64)> = count
        .steps
        .iter()
        .filter(|step| step.kept)
        .map(|step| (title(context, vote, step.option), step.cost.0))
        .collect();
    let mut number = 0;
    let line = |step: &crate::tally::budget::BudgetStep| {
        number += usize::from(step.kept);
        BudgetLine {
            number: step.kept.then_some(number),
            title: title(context, vote, step.option),
            support: step.support,
            cost: step.cost,
            kept: step.kept,
            reason: step.reason.as_str(),
            left: step.left,
        }
    };
    let whole = vote.rule.budget.unwrap_or_default();
    BudgetView {
        spending: spending(&blocks, whole.0),
        budget: whole,
        spent: count.spent,
        left: count.left,
        share: count.shares.as_ref().map(|shares| shares.last),
        raises: count.shares.as_ref().map(|shares| shares.raises),
        steps: count.steps.iter().map(line).collect(),
    }
}

fn panel(vote: &Vote, pool: &Pool, draw: &Draw) -> DrawView {
    let id = |at: &usize| pool.people.get(*at).map(|person| person.id.to_string());
    let row = |quota: &Quota| {
        let column = pool.categories.iter().position(|category| *category == quota.category);
        let has = |person: &&Person| column.and_then(|at| person.values.get(at)) == Some(&quota.value);
        let people = pool.people.iter().filter(has).count() as u64;
        let drawn = draw.drawn.iter().filter_map(|at| pool.people.get(*at)).filter(has).count() as u64;
        Held {
            category: quota.category.to_string(),
            value: quota.value.to_string(),
            pool: people,
            drawn,
            min: quota.min,
            max: quota.max.min(vote.rule.seats),
        }
    };
    DrawView {
        pool: pool.people.len(),
        digest: lots::digest(&pool.categories, &pool.people),
        drawn: draw.drawn.iter().filter_map(id).collect(),
        quotas: quotas(vote.rule.quotas.iter().map(row).collect()),
        passed_over: draw.passed_over.len(),
    }
}
