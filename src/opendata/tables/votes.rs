//! Votes: what was voted on, the rule, the turnout; and how the other tables about votes find them.

use super::{about_columns, rules, said};
use crate::model::site::{KnownResult, Vote, VoteIx, VoteResult};
use crate::opendata::address;
use crate::opendata::cell::{Cell, joined};
use crate::opendata::definition::*;
use crate::route::Part;
use crate::tally::Tally;

pub(super) fn one(scope: Scope<'_>, at: VoteIx) -> &Vote {
    &scope.consultation.votes[at]
}

/// What was counted; nothing under embargo.
pub(super) fn tally(scope: Scope<'_>, at: VoteIx) -> Option<&Tally> {
    scope.derived.tallies.get(at).and_then(Option::as_ref)
}

pub(super) fn known(scope: Scope<'_>, at: VoteIx) -> Option<&KnownResult> {
    match &one(scope, at).result {
        VoteResult::Known(known) => Some(known),
        VoteResult::Embargoed { .. } => None,
    }
}

pub(super) fn votes() -> Box<dyn AnyTable> {
    let table = Definition::<VoteIx>::new(
        "votes",
        said("Votes", "Votes"),
        said(
            "Une ligne par vote : sa règle, sa participation, d’où viennent ses nombres. Les colonnes de résultat \
             sont vides sous embargo.",
            "One row a vote: its rule, its turnout, where its numbers come from. The columns of results are empty \
             under embargo.",
        ),
        |s, row| (0..s.consultation.votes.len()).for_each(row),
    )
    .key(&["id"])
    .refers(&["text", "version"], "versions", &["text", "id"])
    .names("amendment", "amendments")
    .names("contribution", "contributions");
    outcome(counted(rules::columns(ruled(described(table))))).done()
}

fn described(table: Definition<VoteIx>) -> Definition<VoteIx> {
    let table = table
        .column("id", id().unique(), "Son identifiant.", "Its id.", |s, at| (&one(s, at).id).into())
        .column("title", text().required(), "Ce qui est mis aux voix.", "What was voted on.", |s, at| {
            one(s, at).title.get(s.lang).into()
        })
        .column("kind", choice(words_of!(VoteKind)).required(), "Sa sorte.", "The kind of vote.", |s, at| {
            one(s, at).kind.as_str().into()
        })
        .column("question", text(), "La question posée.", "The question put.", |s, at| {
            one(s, at).question.as_ref().map(|q| q.get(s.lang)).into()
        })
        .column(
            "summary",
            text(),
            "Ce qu’il faut en savoir.",
            "What a reader should know about it.",
            |s, at| one(s, at).summary.as_ref().map(|q| q.get(s.lang)).into(),
        );
    about_columns!(table, |s, at| &one(s, at).about)
        .column("amendment", id(), "L’amendement qu’il décide.", "The amendment it decides.", |s, at| {
            one(s, at).amendment.map(|a| &s.consultation.amendments[a].id).into()
        })
        .column(
            "contribution",
            id(),
            "La contribution concernée.",
            "The contribution it is about.",
            |s, at| one(s, at).contribution.map(|c| &s.consultation.contributions[c].id).into(),
        )
        .column("date", date(), "Le jour du vote.", "The day of the vote.", |s, at| one(s, at).date.into())
        .column("opens", moment(), "Son ouverture.", "When it opened.", |s, at| one(s, at).opens.into())
        .column("closes", moment(), "Sa clôture.", "When it closed.", |s, at| one(s, at).closes.into())
}

fn ruled(table: Definition<VoteIx>) -> Definition<VoteIx> {
    table
        .column(
            "rule_base",
            choice(words_of!(MajorityBase)).required(),
            "Ce sur quoi se compte la majorité.",
            "What the majority is counted on.",
            |s, at| one(s, at).rule.base.as_str().into(),
        )
        .column(
            "rule_threshold",
            number().required(),
            "Part de cette base à dépasser, en pour cent.",
            "The share of that base to exceed, in per cent.",
            |s, at| one(s, at).rule.threshold.into(),
        )
        .column(
            "rule_quorum",
            number(),
            "Part des inscrits qui doivent voter, en pour cent.",
            "The share of the people registered who must vote, in per cent.",
            |s, at| one(s, at).rule.quorum.into(),
        )
        .column(
            "rule_min_choices",
            integer().required(),
            "Le moins de choix par bulletin.",
            "The fewest options that a ballot may choose.",
            |s, at| one(s, at).rule.min_choices.into(),
        )
        .column(
            "rule_max_choices",
            integer(),
            "Le plus de choix par bulletin ; vide : autant qu’on veut.",
            "The most options that a ballot may choose; empty: any number.",
            |s, at| Some(one(s, at).rule.max_choices).filter(|most| *most != u64::MAX).into(),
        )
        .column(
            "rule_replace",
            boolean().required(),
            "Un second bulletin remplace le premier ; sinon il est nul.",
            "A second ballot replaces the first; otherwise it is void.",
            |s, at| one(s, at).rule.replace.into(),
        )
        .column(
            "registered",
            integer(),
            "Inscrits, tels que déclarés.",
            "People registered, as declared.",
            |s, at| one(s, at).registered.into(),
        )
}

fn counted(table: Definition<VoteIx>) -> Definition<VoteIx> {
    table
        .column(
            "provenance",
            choice(words_of!(Provenance)),
            "D’où viennent les nombres : dépouillés de nouveau, additionnés ou seulement déclarés.",
            "How the numbers were obtained: recounted, summed or only declared.",
            |s, at| tally(s, at).map(|t| t.provenance.as_str()).into(),
        )
        .column(
            "cast",
            integer(),
            "Bulletins, blancs et nuls compris.",
            "Ballots, blank and void included.",
            |s, at| tally(s, at).and_then(|t| t.cast).into(),
        )
        .column("blank", integer(), "Bulletins blancs.", "Blank ballots.", |s, at| {
            tally(s, at).and_then(|t| t.blank).into()
        })
        .column("void", integer(), "Bulletins nuls.", "Void ballots.", |s, at| {
            tally(s, at)
                .and_then(|t| {
                    let counted: u64 = t.void.values().sum();
                    t.void_declared.or(t.blank.filter(|_| t.cast.is_some()).map(|_| counted))
                })
                .into()
        })
        .column(
            "replaced",
            integer(),
            "Bulletins remplacés par un autre de la même personne.",
            "Ballots replaced by a later one of the same voter.",
            |s, at| tally(s, at).map(|t| t.replaced).into(),
        )
        .column(
            "base",
            integer(),
            "Nombre sur lequel se compte la majorité.",
            "The number on which the majority is counted.",
            |s, at| tally(s, at).map(|t| t.base).into(),
        )
        .column("quorum_met", boolean(), "Le quorum est atteint.", "Enough people voted.", |s, at| {
            tally(s, at).and_then(|t| t.quorum_met).into()
        })
        .column(
            "winners",
            ids(),
            "Les choix qui l’emportent selon la règle, joints par « | ».",
            "The options that win under the rule, joined by “|”.",
            |s, at| {
                let winners = tally(s, at).map_or(&[][..], |t| &t.winners).iter();
                joined(winners.filter_map(|w| one(s, at).options.get(*w)).map(|o| o.id.as_str()))
            },
        )
}

fn outcome(table: Definition<VoteIx>) -> Definition<VoteIx> {
    table
        .column(
            "ballots",
            plain(),
            "Le fichier des bulletins, depuis le dossier de la consultation.",
            "The file of the ballots, from the consultation’s folder.",
            |s, at| known(s, at).and_then(|k| k.ballots.as_ref()).map(|b| b.path.as_str()).into(),
        )
        .column(
            "ballots_missing",
            text(),
            "Pourquoi les bulletins ne sont pas publiés.",
            "Why the ballots are not published.",
            |s, at| known(s, at).and_then(|k| k.ballots_missing.as_ref()).map(|w| w.get(s.lang)).into(),
        )
        .column(
            "acknowledged_reason",
            text(),
            "Pourquoi le résultat déclaré diffère de celui du dépouillement.",
            "Why the declared result differs from the one counted.",
            |s, at| known(s, at).and_then(|k| k.acknowledged.as_ref()).map(|a| a.0.get(s.lang)).into(),
        )
        .column(
            "acknowledged_date",
            date(),
            "Quand cette différence a été admise.",
            "When that difference was acknowledged.",
            |s, at| known(s, at).and_then(|k| k.acknowledged.as_ref()).map(|a| a.1).into(),
        )
        .column(
            "embargo",
            moment(),
            "Jusqu’à quand le résultat est tu.",
            "Until when the result is not shown.",
            |s, at| match one(s, at).result {
                VoteResult::Embargoed { until } => until.into(),
                VoteResult::Known(_) => Cell::Empty,
            },
        )
        .column("url", plain(), "Où il se lit.", "Where it is read.", |s, at| {
            address::of(s, Part::Vote(&one(s, at).id)).into()
        })
        .column(
            "official_url",
            plain(),
            "Où il est publié officiellement.",
            "Where it is published officially.",
            |s, at| one(s, at).url.as_ref().into(),
        )
}
