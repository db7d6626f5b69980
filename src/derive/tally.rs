//! Tallies: a result from ballots under the vote's rule, from groups, or only declared; and the comparison of
//! what was declared with what can be computed. A difference is an error until it is acknowledged.

use super::coherence;
use crate::diag::{Code, Diagnostic};
use crate::lang::Bilingual;
use crate::model::choices::Provenance;
use crate::model::site::{Counts, KnownResult, Pool, Vote};
use crate::say;
use crate::tally::lots::{self, Unsatisfiable};
use crate::tally::{self, Method, Question, Tally};

/// Counts a vote, and reports where the declared result contradicts the count.
pub fn tally(vote: &Vote, known: &KnownResult, problems: &mut Vec<Diagnostic>) -> Tally {
    let question =
        Question { kind: vote.kind, rule: &vote.rule, options: &vote.options, registered: vote.registered };
    let mut tally = match (&known.ballots, &known.pool, known.groups.is_empty()) {
        (Some(ballots), _, _) => tally::count(question, &ballots.ballots),
        (None, Some(pool), _) => drawn(vote, pool, problems),
        (None, None, false) => summed(vote, known),
        (None, None, true) => declared(known, vote.options.len()),
    };
    if tally.provenance != Provenance::Recounted {
        tally::settle(question, &mut tally, None);
        // A method that needs ballots has none here: what was declared stands, and is labelled so.
        if tally.winners.is_empty() && tally.tied.is_empty() && vote.kind.needs_ballots() {
            tally.winners.clone_from(&known.winners);
        }
    }
    let counted = tally.provenance != Provenance::Declared;
    let same = |declared: &&Vec<Option<u64>>| {
        declared.iter().zip(&tally.counts).all(|(said, count)| said.is_none_or(|said| said == *count))
    };
    if let Some(declared) = known.declared.as_ref().filter(|declared| counted && !same(declared)) {
        if known.acknowledged.is_none() {
            differ(vote, declared, &tally, problems);
        }
        tally.declared = Some(declared.clone());
    }
    if known.acknowledged.is_none() {
        check_winners(vote, known, &tally, problems);
        coherence::coherence(vote, known, &tally, problems);
    }
    tally
}

/// Draws a panel from its pool; nobody, and a diagnostic, where no panel meets the quotas.
fn drawn(vote: &Vote, pool: &Pool, problems: &mut Vec<Diagnostic>) -> Tally {
    let mut tally = Tally::empty(0, Provenance::Recounted);
    let rule = &vote.rule;
    let seed = rule.seed.as_deref().unwrap_or("");
    match lots::draw(&pool.people, &pool.categories, &rule.quotas, rule.seats, seed) {
        Ok(draw) => tally.method = Method::Lots(draw),
        Err(fault) => problems.push(Diagnostic::new(Code::G026, vote.place, impossible(vote, &fault))),
    }
    tally
}

/// Why nobody can be drawn, in words.
fn impossible(vote: &Vote, fault: &Unsatisfiable) -> Bilingual {
    let quota = |at: &usize| {
        vote.rule
            .quotas
            .get(*at)
            .map_or(String::new(), |quota| format!("{} = {}", quota.category, quota.value))
    };
    match fault {
        Unsatisfiable::TooFewPeople { people, seats } => say!(
            "{people} personnes ne suffisent pas pour {seats} sièges",
            "{people} people are not enough for {seats} seats"
        ),
        Unsatisfiable::UnknownCategory { quota: at } => {
            let quota = quota(at);
            say!(
                "le fichier des personnes n’a pas de colonne pour le quota « {quota} »",
                "the pool has no column for the quota “{quota}”"
            )
        }
        Unsatisfiable::TooFewOf { quota: at, people } => {
            let quota = quota(at);
            say!(
                "il n’y a que {people} personnes pour le quota « {quota} »",
                "there are only {people} people for the quota “{quota}”"
            )
        }
        Unsatisfiable::Contradictory { quota: at } => {
            let quota = quota(at);
            say!(
                "le quota « {quota} » demande au moins plus qu’au plus",
                "the quota “{quota}” wants at least more than at most"
            )
        }
        Unsatisfiable::MoreThanSeats { category, wanted } => say!(
            "les quotas de « {category} » demandent {wanted} personnes, plus qu’il n’y a de sièges",
            "the quotas of “{category}” want {wanted} people, more than there are seats"
        ),
        Unsatisfiable::FewerThanSeats { category, let_in } => say!(
            "les quotas de « {category} » ne laissent entrer que {let_in} personnes, moins qu’il n’y a de sièges",
            "the quotas of “{category}” let in only {let_in} people, fewer than there are seats"
        ),
        Unsatisfiable::Together => say!(
            "aucun panel ne satisfait tous les quotas à la fois",
            "no panel meets all the quotas at once"
        ),
        Unsatisfiable::NotFound => say!(
            "aucun panel n’a été trouvé dans la limite de la recherche : relâchez un quota",
            "no panel was found within the limit of the search: loosen a quota"
        ),
    }
}

/// Adds the groups of a roll call: for, against, abstention.
fn summed(vote: &Vote, known: &KnownResult) -> Tally {
    let mut tally = Tally::empty(vote.options.len(), Provenance::Summed);
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
    let mut tally = Tally::empty(options, Provenance::Declared);
    if let Some(declared) = &known.declared {
        tally.counts = declared.iter().map(|count| count.unwrap_or(0)).collect();
    }
    tally.cast = known.cast;
    tally.blank = known.blank;
    tally.void_declared = known.void;
    tally
}

fn differ(vote: &Vote, declared: &[Option<u64>], tally: &Tally, problems: &mut Vec<Diagnostic>) {
    // Only what differs: a budget may have two hundred projects.
    let differing = || {
        let all = vote.options.iter().zip(declared).zip(&tally.counts);
        all.filter_map(|((option, said), count)| Some((option, (*said)?, *count)))
            .filter(|(_, said, count)| said != count)
    };
    let said =
        differing().map(|(option, said, _)| format!("{} {said}", option.id)).collect::<Vec<_>>().join(", ");
    let counted =
        differing().map(|(option, _, count)| format!("{} {count}", option.id)).collect::<Vec<_>>().join(", ");
    let id = &vote.id;
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
    let (mut said, mut found) = (known.winners.clone(), tally.winners.clone());
    said.sort_unstable();
    found.sort_unstable();
    if said.is_empty() || said == found {
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
