//! What the page of a vote claims, as short lines that another count can be laid beside: a key, what it is of, a value.
//! Options, grades and groups stand by their ids.

use crate::model::choices::VoteKind;
use crate::model::site::*;
use crate::tally::lots;
use crate::tally::runoff::Runoff;
use crate::tally::{Method, Tally};
use serde::Serialize;

/// A claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// What is claimed: a key of the messages, `claim_<key>`.
    pub key: &'static str,
    /// Of which option, round, group; none of the whole.
    pub of: Option<String>,
    /// What the page says.
    pub value: String,
}

impl Claim {
    fn new(key: &'static str, of: Option<&str>, value: impl ToString) -> Claim {
        Claim { key, of: of.map(str::to_owned), value: value.to_string() }
    }
}

/// Every claim of a page, in the order in which it is read.
pub fn claims(vote: &Vote, known: &KnownResult, tally: &Tally) -> Vec<Claim> {
    let mut all = Vec::new();
    let counted = vote.kind != VoteKind::Lots;
    if counted {
        all.push(Claim::new("cast", None, tally.cast.unwrap_or(0)));
        all.push(Claim::new("blank", None, tally.blank.unwrap_or(0)));
        all.push(Claim::new("replaced", None, tally.replaced));
        all.extend(tally.void.iter().map(|(why, n)| Claim::new("void", Some(why.as_str()), n)));
        let counts = vote.options.iter().zip(&tally.counts);
        all.extend(counts.map(|(option, n)| Claim::new("count", Some(option.id.as_str()), n)));
    }
    method(vote, known, tally, &mut all);
    let signatures = tally.counts.first().copied().unwrap_or(0);
    for step in vote.rule.steps.iter().filter(|_| vote.kind == VoteKind::Petition) {
        all.push(Claim::new("step", Some(&step.signatures.to_string()), signatures >= step.signatures));
    }
    if known.ballots.as_ref().is_some_and(|of| of.ballots.iter().any(|ballot| ballot.group.is_some())) {
        let said = |group: &Group| format!("{}, {}, {}", group.r#for, group.against, group.abstention);
        all.extend(
            known.groups.iter().map(|group| Claim::new("group", Some(group.id.as_str()), said(group))),
        );
    }
    if let Some(met) = tally.quorum_met {
        all.push(Claim::new("quorum", None, met));
    }
    if counted && !matches!(vote.kind, VoteKind::Reactions | VoteKind::Petition) {
        all.push(Claim::new("winners", None, ids(vote, &tally.winners)));
        all.push(Claim::new("tied", None, ids(vote, &tally.tied)));
    }
    all
}

/// What the method went through.
fn method(vote: &Vote, known: &KnownResult, tally: &Tally, all: &mut Vec<Claim>) {
    let row = |numbers: &[u64]| numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
    match &tally.method {
        Method::Plain => {}
        Method::Judgment(judged) => {
            for (option, own) in vote.options.iter().zip(&judged.options) {
                let median = vote.rule.grades.get(own.median).map_or("?", |grade| grade.id.as_str());
                all.push(Claim::new("grades", Some(option.id.as_str()), row(&own.grades)));
                all.push(Claim::new("median", Some(option.id.as_str()), median));
            }
            all.push(Claim::new("ranking", None, ranking(vote, &judged.ranking)));
        }
        Method::Schulze(ranked) => {
            for ((option, duels), paths) in vote.options.iter().zip(&ranked.pairwise).zip(&ranked.paths) {
                all.push(Claim::new("duels", Some(option.id.as_str()), row(duels)));
                all.push(Claim::new("paths", Some(option.id.as_str()), row(paths)));
            }
            all.push(Claim::new("ranking", None, ranking(vote, &ranked.ranking)));
        }
        Method::Runoff(count) => rounds(vote, count, all),
        Method::Budget(count) => {
            if let Some(shares) = &count.shares {
                all.push(Claim::new("share", None, format!("{:.8}", shares.last)));
            }
            all.push(Claim::new("spent", None, count.spent));
        }
        Method::Lots(draw) => {
            let Some(pool) = &known.pool else { return };
            let id = |at: &usize| pool.people.get(*at).map(|person| &*person.id);
            let drawn: Vec<&str> = draw.drawn.iter().filter_map(id).collect();
            all.push(Claim::new("digest", None, lots::digest(&pool.categories, &pool.people)));
            all.push(Claim::new("drawn", None, drawn.join(", ")));
        }
    }
}

/// Each round: the votes of those who stand, what counts for none, who leaves.
fn rounds(vote: &Vote, count: &Runoff, all: &mut Vec<Claim>) {
    let mut standing: Vec<usize> = (0..vote.options.len()).collect();
    for (at, round) in count.rounds.iter().enumerate() {
        let votes = |option: &usize| round.counts.get(*option).copied().unwrap_or(0);
        let those = standing.iter().map(|option| format!("{} {}", id(vote, *option), votes(option)));
        let those = those.collect::<Vec<_>>().join(", ");
        let (aside, exhausted) = (round.aside, round.exhausted);
        let out = ids(vote, &round.eliminated);
        let words = format!("{those}; aside {aside}; exhausted {exhausted}; out {out}");
        all.push(Claim::new("round", Some(&(at + 1).to_string()), words));
        standing.retain(|option| !round.eliminated.contains(option));
    }
}

fn id(vote: &Vote, at: usize) -> &str {
    vote.options.get(at).map_or("?", |option| option.id.as_str())
}

fn ids(vote: &Vote, places: &[usize]) -> String {
    places.iter().map(|at| id(vote, *at)).collect::<Vec<_>>().join(", ")
}

fn ranking(vote: &Vote, layers: &[Vec<usize>]) -> String {
    let layer = |places: &Vec<usize>| places.iter().map(|at| id(vote, *at)).collect::<Vec<_>>().join(" = ");
    layers.iter().map(layer).collect::<Vec<_>>().join(" > ")
}
