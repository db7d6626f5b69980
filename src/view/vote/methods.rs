//! From what a method went through to its chart and its table.

use super::card::titles;
use super::detail::{Contender, Detail, Duel, Duels};
use crate::model::site::*;
use crate::tally::judgment::Judgment;
use crate::tally::schulze::Schulze;
use crate::tally::{Method, Tally};
use crate::view::charts::profiles::{Graded, Profiles};
use crate::view::charts::rounds::letter;
use crate::view::context::Context;

/// Adds the charts of the method.
pub(super) fn method(context: &Context<'_>, vote: &Vote, tally: &Tally, detail: &mut Detail) {
    match &tally.method {
        Method::Plain => {}
        Method::Judgment(judged) => detail.profiles = Some(profiles(context, vote, tally, judged)),
        Method::Schulze(ranked) => detail.duels = Some(duels(context, vote, tally, ranked)),
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
