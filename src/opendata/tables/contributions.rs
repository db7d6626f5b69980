//! What participants wrote.

use super::{about_columns, said};
use crate::model::choices::ModerationState;
use crate::model::site::{Content, Contribution, ContributionIx, Published};
use crate::opendata::address;
use crate::opendata::cell::{Cell, joined};
use crate::opendata::definition::*;

/// What a contribution of a site can be; what is pending is in none.
const STATES: [ModerationState; 3] =
    [ModerationState::Published, ModerationState::Withheld, ModerationState::Erased];

fn one(scope: Scope<'_>, at: ContributionIx) -> &Contribution {
    &scope.consultation.contributions[at]
}

fn words(scope: Scope<'_>, at: ContributionIx) -> Option<&Published> {
    one(scope, at).published()
}

fn id_of(scope: Scope<'_>, at: Option<ContributionIx>) -> Option<&crate::model::id::Id> {
    at.map(|at| &scope.consultation.contributions[at].id)
}

pub(super) fn contributions() -> Box<dyn AnyTable> {
    let table = Definition::<ContributionIx>::new(
        "contributions",
        said("Contributions", "Contributions"),
        said(
            "Une ligne par contribution, de toute sorte. Celles qui sont écartées gardent leur identifiant, leur \
             sorte, leur place, leur date et le motif, jamais leurs mots.",
            "One row a contribution, of every kind. Those withheld keep their id, kind, place, date and the \
             reason, never their words.",
        ),
        |scope, row| (0..scope.consultation.contributions.len()).for_each(row),
    )
    .key(&["id"])
    .refers(&["text", "version"], "versions", &["text", "id"])
    .names("parent", "contributions")
    .names("merged_into", "contributions")
    .names("split_from", "contributions")
    .names("campaign", "contributions")
    .names("category", "categories")
    .names("meeting", "meetings")
    .names("moderation_reason", "reasons");
    outcome(written(placed(table))).done()
}

fn placed(table: Definition<ContributionIx>) -> Definition<ContributionIx> {
    let table = table
        .column("id", id().unique(), "Son identifiant.", "Its id.", |s, at| (&one(s, at).id).into())
        .column(
            "kind",
            choice(words_of!(ContributionKind)).required(),
            "Ce que c’est : proposition, rédaction suggérée, argument, source, commentaire, réponse…",
            "What it is: a proposal, a suggested wording, an argument, a source, a comment, an answer…",
            |s, at| one(s, at).kind.as_str().into(),
        )
        .column("date", moment(), "Quand elle a été écrite.", "When it was written.", |s, at| {
            one(s, at).date.into()
        })
        .column("updated", moment(), "Sa dernière modification.", "When it was last changed.", |s, at| {
            words(s, at).and_then(|w| w.updated).into()
        });
    about_columns!(table, |s, at| &one(s, at).about)
        .column("quote", text(), "Les mots concernés, cités.", "The words concerned, quoted.", |s, at| {
            one(s, at).about.quote.as_ref().into()
        })
        .column(
            "current_paragraph",
            integer(),
            "Le numéro de l’alinéa où se trouve maintenant ce dont elle parle, dans la dernière version de l’article.",
            "The number of the paragraph where what it is about stands now, in the latest version of the article.",
            |s, at| s.derived.anchors.of.get(&at).and_then(|a| a.paragraph).into(),
        )
        .column(
            "quote_stands",
            boolean(),
            "Les mots cités se trouvent encore dans la dernière version de l’article.",
            "The words quoted still stand in the latest version of the article.",
            |s, at| s.derived.anchors.of.get(&at).and_then(|a| a.quoted).into(),
        )
        .column(
            "parent",
            id(),
            "La contribution à laquelle elle répond, ou qu’elle soutient.",
            "The contribution that it answers or supports.",
            |s, at| id_of(s, one(s, at).parent).into(),
        )
        .column(
            "category",
            id(),
            "La rubrique où elle est classée.",
            "The category under which it is filed.",
            |s, at| one(s, at).category.as_ref().into(),
        )
        .column(
            "channel",
            choice(words_of!(Channel)).required(),
            "Comment elle est arrivée.",
            "How it came.",
            |s, at| one(s, at).channel.as_str().into(),
        )
        .column(
            "meeting",
            id(),
            "La réunion d’où elle vient.",
            "The meeting that produced it.",
            |s, at| one(s, at).meeting.map(|m| &s.consultation.meetings[m].id).into(),
        )
}

fn written(table: Definition<ContributionIx>) -> Definition<ContributionIx> {
    table
        .column("title", text(), "Son titre.", "Its title.", |s, at| one(s, at).title().into())
        .column(
            "body",
            text(),
            "Ses mots, en Markdown, exacts.",
            "Its words, in Markdown, exact.",
            |s, at| words(s, at).map(|w| &w.body).into(),
        )
        .column(
            "lost",
            boolean(),
            "Ses mots sont perdus : il n’en reste que ce qui est ici.",
            "Its words are lost: only what stands here survives.",
            |s, at| words(s, at).map(|w| w.lost).into(),
        )
        .column(
            "author",
            text(),
            "Le nom ou le pseudonyme sous lequel l’auteur est montré.",
            "The name or pseudonym under which the author is shown.",
            |s, at| words(s, at).and_then(|w| w.author.name.as_ref()).into(),
        )
        .column("author_kind", choice(words_of!(AuthorKind)), "Qui écrit.", "Who writes.", |s, at| {
            words(s, at).map(|w| w.author.kind.as_str()).into()
        })
        .column("organisation", text(), "L’organisme représenté.", "The body represented.", |s, at| {
            words(s, at).and_then(|w| w.author.organisation.as_ref()).into()
        })
        .column(
            "register",
            text(),
            "Son numéro dans un répertoire de représentants d’intérêts.",
            "Its number in a register of interest representatives.",
            |s, at| words(s, at).and_then(|w| w.author.register.as_ref()).into(),
        )
        .column(
            "position",
            choice(words_of!(Position)),
            "Sa position sur ce dont elle parle.",
            "Where it stands on what it is about.",
            |s, at| words(s, at).and_then(|w| w.position).map(|p| p.as_str()).into(),
        )
        .column(
            "themes",
            text(),
            "Ses thèmes, joints par « | ».",
            "Its themes, joined by “|”.",
            |s, at| joined(words(s, at).into_iter().flat_map(|w| w.themes.iter().map(|t| &**t))),
        )
        .column("place", text(), "Le lieu dont elle parle.", "A place it is about.", |s, at| {
            words(s, at).and_then(|w| w.place.as_ref()).into()
        })
        .column("language", plain(), "Sa langue (BCP 47).", "Its language (BCP 47).", |s, at| {
            words(s, at).map(|w| w.language.as_str()).into()
        })
        .column("link", plain(), "L’adresse d’une source.", "The address of a source.", |s, at| {
            words(s, at).and_then(|w| w.link.as_ref()).into()
        })
}

fn outcome(table: Definition<ContributionIx>) -> Definition<ContributionIx> {
    table
        .column(
            "votes_for",
            integer(),
            "Réactions pour, telles que déclarées par la plateforme.",
            "Reactions for, as declared by the platform.",
            |s, at| one(s, at).votes.as_ref().map(|v| v.counts.r#for).into(),
        )
        .column(
            "votes_mixed",
            integer(),
            "Réactions mitigées, telles que déclarées.",
            "Mixed reactions, as declared.",
            |s, at| one(s, at).votes.as_ref().map(|v| v.counts.mixed).into(),
        )
        .column(
            "votes_against",
            integer(),
            "Réactions contre, telles que déclarées.",
            "Reactions against, as declared.",
            |s, at| one(s, at).votes.as_ref().map(|v| v.counts.against).into(),
        )
        .column(
            "signatures",
            integer(),
            "Signatures d’une pétition, telles que déclarées.",
            "Signatures on a petition, as declared.",
            |s, at| one(s, at).signatures.into(),
        )
        .column(
            "merged_into",
            id(),
            "La contribution dans laquelle elle a été fondue.",
            "The contribution into which it was merged.",
            |s, at| id_of(s, one(s, at).merged_into).into(),
        )
        .column(
            "split_from",
            id(),
            "La contribution dont elle était une partie.",
            "The contribution of which it was a part.",
            |s, at| id_of(s, one(s, at).split_from).into(),
        )
        .column(
            "campaign",
            id(),
            "La première contribution aux mêmes mots, quand plusieurs personnes les ont envoyés.",
            "The first contribution with the same words, where several people sent them.",
            |s, at| {
                let campaign = s.derived.campaigns.of.get(&at).and_then(|n| s.derived.campaigns.all.get(*n));
                id_of(s, campaign.and_then(|members| members.first().copied())).into()
            },
        )
        .column(
            "moderation",
            choice(STATES.map(ModerationState::as_str)).required(),
            "Ce qu’elle est devenue en modération.",
            "What became of it in moderation.",
            |s, at| one(s, at).state().as_str().into(),
        )
        .column(
            "moderation_reason",
            id(),
            "Le motif pour lequel elle est écartée.",
            "The reason for which it is withheld.",
            |s, at| match &one(s, at).content {
                Content::Published(_) | Content::Erased { .. } => Cell::Empty,
                Content::Withheld { reason, .. } => reason.as_ref().into(),
            },
        )
        .column(
            "moderation_date",
            date(),
            "Le jour où il en a été décidé.",
            "The day it was decided.",
            |s, at| one(s, at).moderation.date.into(),
        )
        .column("moderation_by", text(), "Qui en a décidé.", "Who decided.", |s, at| {
            one(s, at).moderation.by.as_ref().into()
        })
        .column(
            "moderation_ground",
            text(),
            "La loi ou la décision en vertu de laquelle elle est effacée.",
            "The law or the decision under which it is erased.",
            |s, at| match &one(s, at).content {
                Content::Published(_) | Content::Withheld { .. } => Cell::Empty,
                Content::Erased { ground } => ground.as_ref().map(|g| g.get(s.lang)).into(),
            },
        )
        .column(
            "received",
            moment(),
            "Quand elle a été reçue, si ce n’est pas le jour où elle a été écrite.",
            "When it was received, where that is not the day it was written.",
            |s, at| one(s, at).moderation.received.into(),
        )
        .column(
            "receipt",
            plain(),
            "L’empreinte SHA-256 du numéro de reçu que son auteur a gardé.",
            "The SHA-256 digest of the receipt number that its author kept.",
            |s, at| one(s, at).receipt.as_ref().into(),
        )
        .column("url", plain(), "Où elle se lit.", "Where it is read.", |s, at| {
            address::of_contribution(s, at).into()
        })
        .column(
            "original_url",
            plain(),
            "Où elle se lisait sur la plateforme d’origine.",
            "Where it was on the platform it comes from.",
            |s, at| words(s, at).and_then(|w| w.original_url.as_ref()).into(),
        )
}
