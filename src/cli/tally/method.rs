//! What a method went through, by the ids of the options: as JSON, and as lines.

use crate::ballots::poll::Poll;
use crate::lang::Bilingual;
use crate::say;
use crate::tally::budget::Budgeted;
use crate::tally::judgment::Judgment;
use crate::tally::runoff::{Holder, Round, Runoff};
use crate::tally::schulze::Schulze;
use crate::tally::{Method, Tally};
use serde_json::{Map, Value, json};

/// Names of the options of a poll.
pub(super) struct Names<'p>(pub(super) &'p Poll);

impl<'p> Names<'p> {
    pub(super) fn id(&self, at: usize) -> &'p str {
        self.0.options.get(at).map_or("", |option| option.id.as_str())
    }

    pub(super) fn ids(&self, list: &[usize]) -> Vec<&'p str> {
        list.iter().map(|at| self.id(*at)).collect()
    }

    /// A value for each option.
    pub(super) fn each<T: Into<Value>>(&self, values: impl IntoIterator<Item = T>) -> Map<String, Value> {
        let ids = self.0.options.iter().map(|option| option.id.to_string());
        ids.zip(values.into_iter().map(Into::into)).collect()
    }

    fn grade(&self, at: usize) -> &'p str {
        self.0.rule.grades.get(at).map_or("", |grade| grade.id.as_str())
    }

    fn layers(&self, ranking: &[Vec<usize>]) -> Vec<Vec<&'p str>> {
        ranking.iter().map(|layer| self.ids(layer)).collect()
    }
}

/// For programs.
pub(super) fn told(names: &Names<'_>, tally: &Tally) -> Value {
    match &tally.method {
        Method::Plain => json!({ "name": "plain" }),
        Method::Judgment(judgment) => judged(names, judgment),
        Method::Schulze(schulze) => paired(names, schulze),
        Method::Runoff(runoff) => {
            let rounds: Vec<Value> = runoff.rounds.iter().map(|round| self::round(names, round)).collect();
            json!({ "name": "instant-runoff", "rounds": rounds })
        }
        Method::Budget(budget) => budgeted(names, budget),
        Method::Lots(draw) => json!({ "name": "lots", "draw": draw }),
    }
}

fn judged(names: &Names<'_>, judgment: &Judgment) -> Value {
    let option = |judged: &crate::tally::judgment::Judged| {
        let grades =
            judged.grades.iter().enumerate().map(|(at, n)| (names.grade(at).to_owned(), Value::from(*n)));
        json!({
            "median": names.grade(judged.median),
            "better": judged.better,
            "worse": judged.worse,
            "grades": grades.collect::<Map<_, _>>(),
        })
    };
    json!({
        "name": "majority-judgment",
        "options": names.each(judgment.options.iter().map(option)),
        "ranking": names.layers(&judgment.ranking),
    })
}

fn paired(names: &Names<'_>, schulze: &Schulze) -> Value {
    let table = |rows: &[Vec<u64>]| {
        let row = |row: &Vec<u64>| Value::from(names.each(row.iter().copied()));
        names.each(rows.iter().map(row))
    };
    json!({
        "name": "schulze",
        "pairwise": table(&schulze.pairwise),
        "paths": table(&schulze.paths),
        "ranking": names.layers(&schulze.ranking),
        "condorcet": schulze.condorcet.map(|at| names.id(at)),
    })
}

fn round(names: &Names<'_>, round: &Round) -> Value {
    let holder = |holder: Holder| match holder {
        Holder::Option(at) => names.id(at),
        Holder::Aside => "aside",
        Holder::Exhausted => "exhausted",
    };
    let transfers = round
        .transfers
        .iter()
        .map(|one| json!({ "from": holder(one.from), "to": holder(one.to), "votes": one.votes }));
    json!({
        "counts": names.each(round.counts.iter().copied()),
        "aside": round.aside,
        "exhausted": round.exhausted,
        "eliminated": names.ids(&round.eliminated),
        "transfers": transfers.collect::<Vec<_>>(),
    })
}

fn budgeted(names: &Names<'_>, budget: &Budgeted) -> Value {
    let step = |step: &crate::tally::budget::BudgetStep| {
        json!({
            "option": names.id(step.option),
            "support": step.support,
            "cost": step.cost,
            "left": step.left,
            "kept": step.kept,
            "reason": step.reason,
            "payment": step.payment,
            "equals": names.ids(&step.equals),
        })
    };
    json!({
        "name": "budget",
        "steps": budget.steps.iter().map(step).collect::<Vec<_>>(),
        "spent": budget.spent,
        "left": budget.left,
        "shares": budget.shares,
    })
}

/// The options in the order of the result, each with a few words.
pub(super) fn order(names: &Names<'_>, tally: &Tally) -> Vec<(usize, String)> {
    let count = |at: usize| tally.counts.get(at).copied().unwrap_or(0);
    let plain = |at: usize| (at, String::new());
    match &tally.method {
        Method::Judgment(judgment) => {
            let places = judgment.ranking.iter().flatten();
            let words = |at: usize| {
                judgment.options.get(at).map_or(String::new(), |one| {
                    format!("{} (+{} −{})", names.grade(one.median), one.better, one.worse)
                })
            };
            places.map(|at| (*at, words(*at))).collect()
        }
        Method::Schulze(schulze) => schulze.ranking.iter().flatten().map(|at| plain(*at)).collect(),
        Method::Budget(budget) => {
            budget.steps.iter().map(|step| (step.option, step.reason.as_str().to_owned())).collect()
        }
        Method::Plain | Method::Runoff(_) | Method::Lots(_) => {
            let mut all: Vec<usize> = (0..names.0.options.len()).collect();
            let won = |at: &usize| tally.winners.iter().position(|winner| winner == at).unwrap_or(usize::MAX);
            all.sort_by_key(|at| (won(at), u64::MAX - count(*at), *at));
            all.into_iter().map(plain).collect()
        }
    }
}

/// What follows the options: rounds, pairs, money.
pub(super) fn lines(names: &Names<'_>, tally: &Tally) -> Vec<Bilingual> {
    match &tally.method {
        Method::Plain | Method::Judgment(_) | Method::Lots(_) => Vec::new(),
        Method::Runoff(runoff) => rounds(names, runoff),
        Method::Schulze(schulze) => {
            let places: Vec<usize> = schulze.ranking.iter().flatten().copied().collect();
            let pair = |pair: &[usize]| {
                let (a, b) = (pair[0], pair[1]);
                format!(
                    "{} {} : {} {}",
                    names.id(a),
                    schulze.pairwise[a][b],
                    schulze.pairwise[b][a],
                    names.id(b)
                )
            };
            let pairs = places.windows(2).map(pair).collect::<Vec<_>>().join(", ");
            vec![say!(
                "duels de ceux qui se suivent : {pairs}",
                "pairs of those who follow each other: {pairs}"
            )]
        }
        Method::Budget(budget) => {
            let (spent, left) = (budget.spent, budget.left);
            vec![say!("dépensé : {spent}, reste : {left}", "spent: {spent}, left: {left}")]
        }
    }
}

fn rounds(names: &Names<'_>, runoff: &Runoff) -> Vec<Bilingual> {
    let mut gone: Vec<usize> = Vec::new();
    let line = |(number, round): (usize, &Round)| {
        let standing = (0..round.counts.len()).filter(|at| !gone.contains(at));
        let counts = standing.map(|at| format!("{} {}", names.id(at), round.counts[at]));
        let counts = counts.collect::<Vec<_>>().join(", ");
        let out = names.ids(&round.eliminated).join(", ");
        gone.extend(&round.eliminated);
        let exhausted = round.exhausted;
        match round.eliminated.is_empty() {
            true => say!(
                "tour {number} : {counts} ; {exhausted} épuisés",
                "round {number}: {counts}; {exhausted} exhausted"
            ),
            false => say!(
                "tour {number} : {counts} ; {exhausted} épuisés ; éliminé : {out}",
                "round {number}: {counts}; {exhausted} exhausted; eliminated: {out}"
            ),
        }
    };
    (1..).zip(&runoff.rounds).map(line).collect()
}
