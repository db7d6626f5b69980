//! Tallies: a result from ballots under the vote's rule, from groups, or only declared; and the comparison of
//! what was declared with what can be computed. A difference is an error until it is acknowledged.

use crate::diag::{Code, Diagnostic};
use crate::model::choices::{MajorityBase, Provenance, VoteKind};
use crate::model::site::{Ballot, Counts, KnownResult, Rule, Vote};
use crate::say;
use serde::Serialize;
use std::collections::BTreeMap;

/// The result of a vote.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tally {
    /// Ballots for each option, in the order of the options.
    pub counts: Vec<u64>,
    /// Ballots cast, blank and void included; `None` when nothing says so.
    pub cast: Option<u64>,
    /// Blank ballots.
    pub blank: Option<u64>,
    /// Void ballots, by reason.
    pub void: BTreeMap<VoidReason, u64>,
    /// Void ballots, when only their number was declared.
    pub void_declared: Option<u64>,
    /// Ballots replaced by a later one of the same voter.
    pub replaced: u64,
    /// What the majority is counted on.
    pub base: u64,
    /// Options that win under the rule, as places; several when tied, none when no option passes.
    pub winners: Vec<usize>,
    /// Whether enough people voted; `None` without a quorum, or when the number registered is unknown.
    pub quorum_met: Option<bool>,
    /// How the counts were obtained.
    pub provenance: Provenance,
    /// Declared counts, where they differ from the counts and somebody acknowledged it.
    pub declared: Option<Vec<u64>>,
}

/// Why a ballot is void.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum VoidReason {
    /// It names something that is no option.
    UnknownOption,
    /// It names an option twice.
    RepeatedOption,
    /// It chooses more options than allowed.
    TooManyChoices,
    /// It chooses fewer options than needed, but some.
    TooFewChoices,
    /// Its voter voted already.
    SecondBallot,
}

/// Counts a vote, and reports where the declared result contradicts the count.
pub fn tally(vote: &Vote, known: &KnownResult, problems: &mut Vec<Diagnostic>) -> Tally {
    let mut tally = match (&known.ballots, known.groups.is_empty()) {
        (Some(ballots), _) => recount(&ballots.ballots, &vote.rule, vote.options.len()),
        (None, false) => summed(vote, known),
        (None, true) => declared(known, vote.options.len()),
    };
    let counted = tally.provenance != Provenance::Declared;
    if let Some(declared) = known.declared.as_ref().filter(|d| counted && **d != tally.counts) {
        differ(vote, known, declared, &tally, problems);
        tally.declared = Some(declared.clone());
    }
    let expressed: u64 = tally.counts.iter().sum();
    tally.base = match vote.rule.base {
        MajorityBase::Registered => vote.registered.unwrap_or(0),
        MajorityBase::Cast => tally.cast.unwrap_or(expressed),
        // Of a roll call, the votes expressed are those for and against; of an approval vote, the ballots that
        // choose something.
        MajorityBase::Expressed => match vote.kind {
            VoteKind::RollCall => tally.counts.iter().take(2).sum(),
            VoteKind::Approval => valid(&tally).unwrap_or(expressed),
            VoteKind::Poll | VoteKind::Reactions => expressed,
        },
    };
    tally.quorum_met = match (vote.rule.quorum, vote.registered, tally.cast) {
        (Some(quorum), Some(registered), Some(cast)) if registered > 0 => {
            Some(cast as f64 * 100.0 >= quorum * registered as f64)
        }
        _ => None,
    };
    tally.winners = winners(vote, &tally);
    check_winners(vote, known, &tally, problems);
    tally
}

/// Ballots that are neither blank nor void.
fn valid(tally: &Tally) -> Option<u64> {
    let void: u64 = tally.void.values().sum::<u64>() + tally.void_declared.unwrap_or(0);
    tally.cast.map(|cast| cast.saturating_sub(void).saturating_sub(tally.blank.unwrap_or(0)))
}

fn empty(options: usize, provenance: Provenance) -> Tally {
    Tally {
        counts: vec![0; options],
        cast: None,
        blank: None,
        void: BTreeMap::new(),
        void_declared: None,
        replaced: 0,
        base: 0,
        winners: Vec::new(),
        quorum_met: None,
        provenance,
        declared: None,
    }
}

/// Counts ballots under the rule. The order of ballots matters only where a later one replaces an earlier one.
fn recount(ballots: &[Ballot], rule: &Rule, options: usize) -> Tally {
    let mut tally = empty(options, Provenance::Recounted);
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    let mut second = vec![false; ballots.len()];
    for (at, ballot) in ballots.iter().enumerate() {
        // A ballot without a voter's id (paper) is nobody's second.
        if ballot.voter.is_empty() {
            continue;
        }
        if let Some(earlier) = last.get(&*ballot.voter).copied() {
            second[if rule.replace { earlier } else { at }] = true;
            if rule.replace {
                last.insert(&ballot.voter, at);
            }
        } else {
            last.insert(&ballot.voter, at);
        }
    }
    let (mut cast, mut blank) = (0, 0);
    for (ballot, second) in ballots.iter().zip(second) {
        if second && rule.replace {
            tally.replaced += 1;
            continue;
        }
        cast += 1;
        if second {
            *tally.void.entry(VoidReason::SecondBallot).or_default() += 1;
        } else if ballot.choices.is_empty() {
            blank += 1;
        } else if let Some(reason) = void(ballot, rule) {
            *tally.void.entry(reason).or_default() += 1;
        } else {
            for choice in ballot.choices.iter().flatten() {
                tally.counts[*choice] += 1;
            }
        }
    }
    tally.cast = Some(cast);
    tally.blank = Some(blank);
    tally
}

fn void(ballot: &Ballot, rule: &Rule) -> Option<VoidReason> {
    let count = ballot.choices.len() as u64;
    let repeated = || ballot.choices.iter().enumerate().any(|(i, c)| ballot.choices[..i].contains(c));
    if ballot.choices.iter().any(Option::is_none) {
        Some(VoidReason::UnknownOption)
    } else if repeated() {
        Some(VoidReason::RepeatedOption)
    } else if count > rule.max_choices {
        Some(VoidReason::TooManyChoices)
    } else if count < rule.min_choices {
        Some(VoidReason::TooFewChoices)
    } else {
        None
    }
}

/// Adds the groups of a roll call: for, against, abstention.
fn summed(vote: &Vote, known: &KnownResult) -> Tally {
    let mut tally = empty(vote.options.len(), Provenance::Summed);
    for group in &known.groups {
        for (at, count) in [group.r#for, group.against, group.abstention].into_iter().enumerate() {
            if let Some(total) = tally.counts.get_mut(at) {
                *total += count;
            }
        }
    }
    tally.cast = Some(tally.counts.iter().sum());
    tally.blank = known.blank;
    tally.void_declared = known.void;
    tally
}

fn declared(known: &KnownResult, options: usize) -> Tally {
    let mut tally = empty(options, Provenance::Declared);
    if let Some(counts) = &known.declared {
        tally.counts.clone_from(counts);
    }
    tally.cast = known.cast;
    tally.blank = known.blank;
    tally.void_declared = known.void;
    tally
}

/// The options that win: above the threshold of a poll or a roll call; with most approvals of an approval vote.
fn winners(vote: &Vote, tally: &Tally) -> Vec<usize> {
    if tally.quorum_met == Some(false) {
        return Vec::new();
    }
    let most = tally.counts.iter().copied().max().unwrap_or(0);
    match vote.kind {
        VoteKind::Reactions => Vec::new(),
        VoteKind::Approval => {
            (0..tally.counts.len()).filter(|i| most > 0 && tally.counts[*i] == most).collect()
        }
        VoteKind::Poll => (0..tally.counts.len())
            .filter(|i| tally.counts[*i] as f64 * 100.0 > vote.rule.threshold * tally.base as f64)
            .collect(),
        VoteKind::RollCall => {
            let adopted = tally.counts.first().copied().unwrap_or(0) as f64 * 100.0
                > vote.rule.threshold * tally.base as f64;
            vec![usize::from(!adopted)]
        }
    }
}

fn differ(vote: &Vote, known: &KnownResult, declared: &[u64], tally: &Tally, problems: &mut Vec<Diagnostic>) {
    if known.acknowledged.is_some() {
        return;
    }
    let list = |counts: &[u64]| {
        let pair = |(o, c): (&crate::model::site::Category, &u64)| format!("{} {c}", o.id);
        vote.options.iter().zip(counts).map(pair).collect::<Vec<_>>().join(", ")
    };
    let (id, said, counted) = (&vote.id, list(declared), list(&tally.counts));
    problems.push(
        Diagnostic::new(
            Code::G025,
            vote.place,
            say!(
                "vote « {id} » : le résultat déclaré ({said}) n’est pas celui du dépouillement ({counted})",
                "vote “{id}”: the declared result ({said}) is not the one counted ({counted})"
            ),
        )
        .help(say!(
            "corrigez l’un des deux, ou ajoutez « acknowledged: {{reason: …, date: …}} » : les lecteurs le verront",
            "mend one of the two, or add “acknowledged: {{reason: …, date: …}}”: readers will see it"
        )),
    );
}

fn check_winners(vote: &Vote, known: &KnownResult, tally: &Tally, problems: &mut Vec<Diagnostic>) {
    let mut said = known.winners.clone();
    said.sort_unstable();
    if said.is_empty() || said == tally.winners || known.acknowledged.is_some() {
        return;
    }
    let names =
        |list: &[usize]| list.iter().map(|i| vote.options[*i].id.as_str()).collect::<Vec<_>>().join(", ");
    let (id, said, counted) = (&vote.id, names(&said), names(&tally.winners));
    problems.push(Diagnostic::new(
        Code::G025,
        vote.place,
        say!(
            "vote « {id} » : déclaré gagnant « {said} », la règle donne « {counted} »",
            "vote “{id}”: “{said}” is declared winner, the rule gives “{counted}”"
        ),
    ));
}

/// Shares of a total in per cent, to one decimal.
pub fn share(count: u64, total: u64) -> f64 {
    if total == 0 { 0.0 } else { (count as f64 * 1000.0 / total as f64).round() / 10.0 }
}

/// Shares of three counts.
pub fn shares(counts: Counts) -> [f64; 3] {
    let total = counts.total();
    [share(counts.r#for, total), share(counts.mixed, total), share(counts.against, total)]
}
