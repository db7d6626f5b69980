//! What came out of votes: results by option under the vote's rule, groups of roll calls, ballots.

use super::votes::{known, one, tally};
use super::{rules, said};
use crate::model::choices::{MajorityBase, VoteKind};
use crate::model::site::{Ballot, Ballots, Group, VoteIx};
use crate::opendata::ballots as files;
use crate::opendata::cell::Cell;
use crate::opendata::definition::*;

/// A vote, and a place in one of its lists.
type InVote = (VoteIx, usize);

pub(super) fn results() -> Box<dyn AnyTable> {
    Definition::<InVote>::new(
        "results",
        said("Résultats", "Results"),
        said(
            "Une ligne par choix de chaque vote dont le résultat est connu.",
            "One row an option of each vote whose result is known.",
        ),
        |s, row| {
            for (vote, of) in s.consultation.votes.iter().enumerate() {
                let count = tally(s, vote).map_or(0, |_| of.options.len());
                (0..count).for_each(|at| row((vote, at)));
            }
        },
    )
    .key(&["vote", "option"])
    .names("vote", "votes")
    .names("contribution", "contributions")
    .column("vote", id().required(), "Le vote.", "The vote.", |s, at| (&one(s, at.0).id).into())
    .column("option", id().required(), "Le choix.", "The option.", |s, at| {
        (&one(s, at.0).options[at.1].id).into()
    })
    .column("title", text().required(), "Ce qui est montré.", "What is shown.", |s, at| {
        one(s, at.0).options[at.1].title.get(s.lang).into()
    })
    .column("count", integer(), "Voix.", "Ballots for it.", |s, at| {
        tally(s, at.0).and_then(|t| t.counts.get(at.1).copied()).into()
    })
    .column(
        "share",
        number(),
        "Part de la base de la majorité, en pour cent, à quatre décimales ; vide pour ce qui n’en est pas.",
        "Share of the base of the majority, in per cent, to four decimals; empty for what is not part of it.",
        share,
    )
    .column("cost", number(), "Ce qu’il coûte, dans un budget.", "What it costs, in a budget.", |s, at| {
        rules::money(one(s, at.0).options[at.1].cost)
    })
    .column(
        "contribution",
        id(),
        "La contribution qui l’a proposé.",
        "The contribution that proposed it.",
        |s, at| {
            let contribution = one(s, at.0).options[at.1].contribution;
            contribution.map(|c| &s.consultation.contributions[c].id).into()
        },
    )
    .column("url", plain(), "Où il est décrit.", "Where it is described.", |s, at| {
        one(s, at.0).options[at.1].url.as_ref().into()
    })
    .column("winner", boolean(), "L’emporte selon la règle.", "Wins under the rule.", |s, at| {
        match one(s, at.0).kind {
            VoteKind::Reactions => Cell::Empty,
            VoteKind::Poll
            | VoteKind::Approval
            | VoteKind::Score
            | VoteKind::Cumulative
            | VoteKind::MajorityJudgment
            | VoteKind::InstantRunoff
            | VoteKind::Schulze
            | VoteKind::Budget
            | VoteKind::Petition
            | VoteKind::RollCall
            | VoteKind::Lots => tally(s, at.0).map(|t| t.winners.contains(&at.1)).into(),
        }
    })
    .column(
        "provenance",
        choice(words_of!(Provenance)).required(),
        "D’où vient ce nombre.",
        "How this number was obtained.",
        |s, at| tally(s, at.0).map(|t| t.provenance.as_str()).into(),
    )
    .column(
        "declared",
        integer(),
        "Le nombre déclaré, quand il diffère et que la différence est admise.",
        "The declared number, when it differs and the difference was acknowledged.",
        |s, at| tally(s, at.0).and_then(|t| *t.declared.as_ref()?.get(at.1)?).into(),
    )
    .done()
}

fn share(scope: Scope<'_>, (vote, option): InVote) -> Cell<'_> {
    let Some(tally) = tally(scope, vote).filter(|tally| tally.base > 0) else { return Cell::Empty };
    let own = one(scope, vote);
    // Abstentions are not votes expressed: they have no share of them.
    if own.kind == VoteKind::RollCall && own.rule.base == MajorityBase::Expressed && option > 1 {
        return Cell::Empty;
    }
    let share = |count: &u64| (*count as f64 * 1_000_000.0 / tally.base as f64).round() / 10_000.0;
    tally.counts.get(option).map(share).into()
}

fn group(scope: Scope<'_>, (vote, at): InVote) -> Option<&Group> {
    known(scope, vote).and_then(|known| known.groups.get(at))
}

pub(super) fn groups() -> Box<dyn AnyTable> {
    Definition::<InVote>::new(
        "groups",
        said("Groupes", "Groups"),
        said(
            "Une ligne par groupe de chaque scrutin public.",
            "One row a group of an assembly in each roll call.",
        ),
        |s, row| {
            for vote in 0..s.consultation.votes.len() {
                let count = known(s, vote).map_or(0, |k| k.groups.len());
                (0..count).for_each(|at| row((vote, at)));
            }
        },
    )
    .key(&["vote", "id"])
    .names("vote", "votes")
    .column("vote", id().required(), "Le scrutin.", "The roll call.", |s, at| (&one(s, at.0).id).into())
    .column("id", id().required(), "L’identifiant du groupe.", "The group’s id.", |s, at| {
        group(s, at).map(|g| &g.id).into()
    })
    .column("name", text().required(), "Son nom.", "Its name.", |s, at| group(s, at).map(|g| &g.name).into())
    .column("members", integer(), "Ses membres.", "Members it has.", |s, at| {
        group(s, at).and_then(|g| g.members).into()
    })
    .column("for", integer().required(), "Ont voté pour.", "Members who voted for.", |s, at| {
        group(s, at).map(|g| g.r#for).into()
    })
    .column("against", integer().required(), "Ont voté contre.", "Members who voted against.", |s, at| {
        group(s, at).map(|g| g.against).into()
    })
    .column("abstention", integer().required(), "Se sont abstenus.", "Members who abstained.", |s, at| {
        group(s, at).map(|g| g.abstention).into()
    })
    .column("absent", integer(), "N’ont pas pris part.", "Members who took no part.", |s, at| {
        group(s, at).and_then(|g| g.absent).into()
    })
    .done()
}

fn from(scope: Scope<'_>, at: InVote) -> Option<&Ballots> {
    known(scope, at.0).and_then(|known| known.ballots.as_ref())
}

fn ballot(scope: Scope<'_>, at: InVote) -> Option<&Ballot> {
    from(scope, at).and_then(|all| all.ballots.get(at.1))
}

pub(super) fn ballots() -> Box<dyn AnyTable> {
    Definition::<InVote>::new(
        "ballots",
        said("Bulletins", "Ballots"),
        said(
            "Une ligne par bulletin des votes dont les bulletins sont publiés, dans l’ordre de leur fichier : de \
             quoi dépouiller de nouveau.",
            "One row a ballot of the votes whose ballots are published, in the order of their file: what a recount \
             needs.",
        ),
        |s, row| {
            for vote in 0..s.consultation.votes.len() {
                let count = known(s, vote).and_then(|k| k.ballots.as_ref()).map_or(0, |b| b.ballots.len());
                (0..count).for_each(|at| row((vote, at)));
            }
        },
    )
    .key(&["vote", "number"])
    .names("vote", "votes")
    .column("vote", id().required(), "Le vote.", "The vote.", |s, at| (&one(s, at.0).id).into())
    .column("number", integer().required(), "Son rang, depuis 1.", "Its place, from 1.", |_, at| {
        (at.1 + 1).into()
    })
    .column(
        "voter",
        text(),
        "Le pseudonyme du votant ; vide pour un bulletin de papier.",
        "The voter’s pseudonymous id; empty for a ballot on paper.",
        |s, at| ballot(s, at).map(|b| &b.voter).into(),
    )
    .column(
        "name",
        text(),
        "Le nom du membre de l’assemblée, dans un scrutin public.",
        "The name of the member of the assembly, in a roll call.",
        |s, at| from(s, at).and_then(|all| all.names.get(at.1)).into(),
    )
    .column("group", id(), "Son groupe, dans un scrutin public.", "Its group, in a roll call.", |s, at| {
        let group = ballot(s, at).and_then(|b| b.group);
        group.and_then(|group| self::group(s, (at.0, usize::from(group)))).map(|group| &group.id).into()
    })
    .column("count", integer().required(), "Tant de bulletins identiques.", "So many identical ballots.", |s, at| {
        ballot(s, at).map(|b| b.count).into()
    })
    .column("weight", integer().required(), "Les voix que chacun porte.", "Votes that each carries.", |s, at| {
        ballot(s, at).map(|b| b.weight).into()
    })
    .column("channel", text(), "Comment il est venu.", "How it came.", |s, at| {
        let channel = ballot(s, at).and_then(|b| b.channel);
        channel.and_then(|channel| from(s, at)?.channels.get(usize::from(channel))).into()
    })
    .column("cast", moment(), "Quand il a été mis.", "When it was cast.", |s, at| {
        ballot(s, at).and_then(|b| b.cast).into()
    })
    .column(
        "choice",
        plain(),
        "Ce qu’il dit, comme dans le fichier des bulletins, « ? » pour ce qui n’est pas un choix ; vide : blanc.",
        "What it says, as it stands in the file of the ballots, “?” for what is no option; empty: blank.",
        |s, at| ballot(s, at).map(|b| files::written(one(s, at.0), b)).into(),
    )
    .done()
}
