//! What is declared beside the totals (ballots cast, blank, void; a roll call's groups) against what the ballots give, or,
//! where there are none, against itself: more votes than ballots, more ballots than people. Each is an error that names
//! both numbers.

use crate::diag::{Code, Diagnostic};
use crate::lang::Bilingual;
use crate::model::choices::{Provenance, VoteKind};
use crate::model::site::{Group, KnownResult, Vote};
use crate::model::vote::ABSENT;
use crate::say;
use crate::tally::Tally;

/// Reports every such contradiction of a vote.
pub(super) fn coherence(vote: &Vote, known: &KnownResult, tally: &Tally, problems: &mut Vec<Diagnostic>) {
    let mut tell = |what: Bilingual, said: u64, counted: u64| {
        let (id, fr, en) = (&vote.id, &what.fr, &what.en);
        problems.push(Diagnostic::new(
            Code::G025,
            vote.place,
            say!(
                "vote « {id} » : {fr} : {said} d’après ce qui est déclaré, {counted} d’après le reste",
                "vote “{id}”: {en}: {said} as declared, {counted} by the rest"
            ),
        ));
    };
    if tally.provenance == Provenance::Recounted {
        ballots(known, tally, &mut tell);
        groups(known, &mut tell);
    } else {
        totals(vote, known, tally, &mut tell);
    }
    if let (Some(cast), Some(registered)) = (tally.cast, vote.registered)
        && cast > registered
    {
        tell(
            say!("plus de votants que d’inscrits", "more people voted than are registered"),
            registered,
            cast,
        );
    }
}

/// Declared numbers of ballots against those of the file.
fn ballots(known: &KnownResult, tally: &Tally, tell: &mut impl FnMut(Bilingual, u64, u64)) {
    let void: u64 = tally.void.values().sum();
    let pairs = [
        (known.cast, tally.cast, say!("bulletins déposés", "ballots cast")),
        (known.blank, tally.blank, say!("bulletins blancs", "blank ballots")),
        (known.void, tally.cast.map(|_| void), say!("bulletins nuls", "void ballots")),
    ];
    for (said, counted, what) in pairs {
        if let (Some(said), Some(counted)) = (said, counted)
            && said != counted
        {
            tell(what, said, counted);
        }
    }
}

/// The votes of each group of a roll call, from the ballots of its members.
fn groups(known: &KnownResult, tell: &mut impl FnMut(Bilingual, u64, u64)) {
    let Some(ballots) = known.ballots.as_ref().filter(|b| b.ballots.iter().any(|b| b.group.is_some())) else {
        return;
    };
    let mut counted = vec![[0u64; 3]; known.groups.len()];
    for ballot in &ballots.ballots {
        if let (Some(group), [mark]) = (ballot.group, &*ballot.marks)
            && mark.option != ABSENT
            && let Some(count) =
                counted.get_mut(usize::from(group)).and_then(|c| c.get_mut(mark.option as usize))
        {
            *count += ballot.count;
        }
    }
    for (group, counted) in known.groups.iter().zip(counted) {
        let name = &group.name;
        let [r#for, against, abstention] = counted;
        let pairs = [
            (group.r#for, r#for, say!("groupe {name}, pour", "group {name}, for")),
            (group.against, against, say!("groupe {name}, contre", "group {name}, against")),
            (group.abstention, abstention, say!("groupe {name}, abstentions", "group {name}, abstentions")),
        ];
        for (said, counted, what) in pairs {
            if said != counted {
                tell(what, said, counted);
            }
        }
    }
}

/// Declared totals against each other.
fn totals(vote: &Vote, known: &KnownResult, tally: &Tally, tell: &mut impl FnMut(Bilingual, u64, u64)) {
    let one_each = matches!(vote.kind, VoteKind::Poll | VoteKind::RollCall | VoteKind::Reactions);
    let votes: u64 = tally.counts.iter().fold(0, |sum, count| sum.saturating_add(*count));
    let others = known.blank.unwrap_or(0).saturating_add(known.void.unwrap_or(0));
    if let Some(cast) = known.cast {
        let most = tally.counts.iter().copied().max().unwrap_or(0);
        let least = if one_each { votes } else { most };
        if !vote.kind.has_points() && least.saturating_add(others) > cast {
            tell(say!("plus de voix que de bulletins", "more votes than ballots"), cast, least + others);
        } else if one_each && known.blank.is_some() && known.void.is_some() && votes + others != cast {
            tell(say!("bulletins déposés", "ballots cast"), cast, votes + others);
        }
    }
    for group in &known.groups {
        let took = |group: &Group| group.r#for + group.against + group.abstention + group.absent.unwrap_or(0);
        if let Some(members) = group.members.filter(|members| took(group) > *members) {
            let name = &group.name;
            tell(
                say!("groupe {name}, plus de votes que de membres", "group {name}, more votes than members"),
                members,
                took(group),
            );
        }
    }
}
