//! What belongs to contributions and comes in rows of its own: answers to the questionnaire, titled pieces,
//! attached files (of meetings too), and declared reactions with the second count that somebody acknowledged.

use super::said;
use crate::model::choices::Provenance;
use crate::model::site::{
    Attachment, Contribution, ContributionIx, OtherCount, Published, Reactions, Revision,
};
use crate::opendata::cell::Cell;
use crate::opendata::definition::*;

/// A contribution, and a place in one of its lists.
type In = (ContributionIx, usize);

fn one(scope: Scope<'_>, at: ContributionIx) -> &Contribution {
    &scope.consultation.contributions[at]
}

fn words(scope: Scope<'_>, at: ContributionIx) -> Option<&Published> {
    one(scope, at).published()
}

/// Names the items of a list of every published contribution.
fn each(scope: Scope<'_>, count: fn(&Published) -> usize, row: &mut dyn FnMut(In)) {
    for (at, contribution) in scope.consultation.contributions.iter().enumerate() {
        (0..contribution.published().map_or(0, count)).for_each(|item| row((at, item)));
    }
}

pub(super) fn answers() -> Box<dyn AnyTable> {
    Definition::<In>::new(
        "answers",
        said("Réponses au questionnaire", "Answers to the questionnaire"),
        said(
            "Une ligne par question à laquelle une contribution répond.",
            "One row a question that a contribution answers.",
        ),
        |s, row| each(s, |words| words.answers.len(), row),
    )
    .key(&["contribution", "question"])
    .names("contribution", "contributions")
    .names("question", "questions")
    .column("contribution", id().required(), "La contribution.", "The contribution.", |s, at| {
        (&one(s, at.0).id).into()
    })
    .column("question", id().required(), "La question.", "The question.", |s, at| {
        words(s, at.0).map(|w| &w.answers[at.1].0).into()
    })
    .column(
        "answer",
        text(),
        "La réponse, telle qu’elle est écrite.",
        "The answer, as it is written.",
        |s, at| words(s, at.0).map(|w| &w.answers[at.1].1).into(),
    )
    .done()
}

pub(super) fn appendices() -> Box<dyn AnyTable> {
    Definition::<In>::new(
        "appendices",
        said("Annexes", "Appendices"),
        said(
            "Une ligne par pièce titrée jointe à une contribution.",
            "One row a titled piece attached to a contribution.",
        ),
        |s, row| each(s, |words| words.appendices.len(), row),
    )
    .key(&["contribution", "number"])
    .names("contribution", "contributions")
    .column("contribution", id().required(), "La contribution.", "The contribution.", |s, at| {
        (&one(s, at.0).id).into()
    })
    .column("number", integer().required(), "Son rang, depuis 1.", "Its place, from 1.", |_, at| {
        (at.1 + 1).into()
    })
    .column("title", text(), "Son titre.", "Its title.", |s, at| {
        words(s, at.0).map(|w| &w.appendices[at.1].0).into()
    })
    .column("body", text(), "Ses mots, en Markdown.", "Its words, in Markdown.", |s, at| {
        words(s, at.0).map(|w| &w.appendices[at.1].1).into()
    })
    .done()
}

pub(super) fn revisions() -> Box<dyn AnyTable> {
    Definition::<In>::new(
        "revisions",
        said("États antérieurs", "Earlier states"),
        said(
            "Une ligne par état d’une contribution avant que son auteur ne la change, avec les réactions reçues alors.",
            "One row a state of a contribution before its author changed it, with the reactions it received then.",
        ),
        |s, row| each(s, |words| words.revisions.len(), row),
    )
    .key(&["contribution", "number"])
    .names("contribution", "contributions")
    .column("contribution", id().required(), "La contribution.", "The contribution.", |s, at| {
        (&one(s, at.0).id).into()
    })
    .column("number", integer().required(), "Son rang, depuis 1, le plus ancien.", "Its place, from 1, the oldest.", |_, at| {
        (at.1 + 1).into()
    })
    .column("date", moment(), "Quand elle était ainsi écrite.", "When it was written so.", |s, at| {
        revision(s, at).map(|r| r.date).into()
    })
    .column("title", text(), "Son titre d’alors.", "Its title then.", |s, at| {
        revision(s, at).and_then(|r| r.title.as_ref()).into()
    })
    .column("body", text(), "Ses mots d’alors, en Markdown.", "Its words then, in Markdown.", |s, at| {
        revision(s, at).map(|r| &r.body).into()
    })
    .column("for", integer(), "Réactions pour.", "Reactions for.", |s, at| {
        revision(s, at).and_then(|r| r.votes.as_ref()).map(|v| v.counts.r#for).into()
    })
    .column("mixed", integer(), "Réactions mitigées.", "Mixed reactions.", |s, at| {
        revision(s, at).and_then(|r| r.votes.as_ref()).map(|v| v.counts.mixed).into()
    })
    .column("against", integer(), "Réactions contre.", "Reactions against.", |s, at| {
        revision(s, at).and_then(|r| r.votes.as_ref()).map(|v| v.counts.against).into()
    })
    .done()
}

fn revision(scope: Scope<'_>, at: In) -> Option<&Revision> {
    words(scope, at.0).and_then(|w| w.revisions.get(at.1))
}

/// A file of a contribution or of a meeting.
#[derive(Clone, Copy)]
enum Attached {
    Contribution(ContributionIx, usize),
    Meeting(usize, usize),
}

fn attachment(scope: Scope<'_>, at: Attached) -> Option<&Attachment> {
    match at {
        Attached::Contribution(at, file) => words(scope, at).and_then(|w| w.attachments.get(file)),
        Attached::Meeting(at, file) => scope.consultation.meetings[at].attachments.get(file),
    }
}

pub(super) fn attachments() -> Box<dyn AnyTable> {
    Definition::<Attached>::new(
        "attachments",
        said("Fichiers joints", "Attached files"),
        said(
            "Une ligne par fichier joint à une contribution ou à une réunion.",
            "One row a file attached to a contribution or a meeting.",
        ),
        |s, row| {
            each(s, |words| words.attachments.len(), &mut |(at, file)| row(Attached::Contribution(at, file)));
            for (at, meeting) in s.consultation.meetings.iter().enumerate() {
                (0..meeting.attachments.len()).for_each(|file| row(Attached::Meeting(at, file)));
            }
        },
    )
    .names("contribution", "contributions")
    .names("meeting", "meetings")
    .column("contribution", id(), "La contribution.", "The contribution.", |s, at| match at {
        Attached::Contribution(at, _) => (&one(s, at).id).into(),
        Attached::Meeting(..) => Cell::Empty,
    })
    .column("meeting", id(), "La réunion.", "The meeting.", |s, at| match at {
        Attached::Meeting(at, _) => (&s.consultation.meetings[at].id).into(),
        Attached::Contribution(..) => Cell::Empty,
    })
    .column(
        "path",
        text().required(),
        "Son chemin depuis le dossier de la consultation.",
        "Its path from the consultation’s folder.",
        |s, at| attachment(s, at).map(|a| a.path.as_str()).into(),
    )
    .column("title", text(), "Ce que c’est.", "What it is.", |s, at| {
        attachment(s, at).map(|a| a.title.get(s.lang)).into()
    })
    .column("transcript", text(), "Ce qu’il dit.", "What it says.", |s, at| {
        attachment(s, at).and_then(|a| a.transcript.as_ref()).into()
    })
    .done()
}

/// What people reacted to: a contribution, or an article as its place in its text's list.
#[derive(Clone, Copy)]
enum Reacted {
    Contribution(ContributionIx),
    Article(usize, usize),
}

fn reactions_on(scope: Scope<'_>, at: Reacted) -> Option<&Reactions> {
    match at {
        Reacted::Contribution(at) => one(scope, at).votes.as_ref(),
        Reacted::Article(text, at) => scope.consultation.texts[text].articles[at].votes.as_ref(),
    }
}

fn other(scope: Scope<'_>, at: Reacted) -> Option<&OtherCount> {
    reactions_on(scope, at).and_then(|r| r.other.as_ref())
}

pub(super) fn reactions() -> Box<dyn AnyTable> {
    let table = Definition::<Reacted>::new(
        "reactions",
        said("Réactions", "Reactions"),
        said(
            "Une ligne par article et par contribution dont une plateforme a déclaré les réactions. Rien ici n’en \
             permet le dépouillement. Quand un autre compte diffère, il est là, avec la raison.",
            "One row an article or contribution whose reactions a platform declared. Nothing here allows a \
             recount. Where another count differs it stands here, with the reason.",
        ),
        |s, row| {
            for (text, of) in s.consultation.texts.iter().enumerate() {
                (0..of.articles.len()).for_each(|at| reacted(s, Reacted::Article(text, at), row));
            }
            (0..s.consultation.contributions.len()).for_each(|at| reacted(s, Reacted::Contribution(at), row));
        },
    )
    .names("contribution", "contributions")
    .names("text", "texts")
    .column("text", id(), "Le texte de l’article.", "The text of the article.", |s, at| match at {
        Reacted::Article(text, _) => (&s.consultation.texts[text].id).into(),
        Reacted::Contribution(_) => Cell::Empty,
    })
    .column("article", id(), "L’article.", "The article.", |s, at| match at {
        Reacted::Article(text, at) => (&s.consultation.texts[text].articles[at].id).into(),
        Reacted::Contribution(_) => Cell::Empty,
    })
    .column("contribution", id(), "La contribution.", "The contribution.", |s, at| match at {
        Reacted::Contribution(at) => (&one(s, at).id).into(),
        Reacted::Article(..) => Cell::Empty,
    })
    .column("for", integer().required(), "Pour.", "For.", |s, at| {
        reactions_on(s, at).map(|r| r.counts.r#for).into()
    })
    .column("mixed", integer().required(), "Mitigées.", "For in part.", |s, at| {
        reactions_on(s, at).map(|r| r.counts.mixed).into()
    })
    .column("against", integer().required(), "Contre.", "Against.", |s, at| {
        reactions_on(s, at).map(|r| r.counts.against).into()
    })
    .column(
        "provenance",
        choice(words_of!(Provenance)).required(),
        "D’où viennent ces nombres.",
        "How these numbers were obtained.",
        |_, _| Provenance::Declared.as_str().into(),
    );
    acknowledged(table).done()
}

fn reacted(scope: Scope<'_>, at: Reacted, row: &mut dyn FnMut(Reacted)) {
    if reactions_on(scope, at).is_some() {
        row(at);
    }
}

fn acknowledged(table: Definition<Reacted>) -> Definition<Reacted> {
    table
        .column(
            "acknowledged_source",
            text(),
            "Qui a compté autrement.",
            "Who counted otherwise.",
            |s, at| other(s, at).map(|o| o.source.get(s.lang)).into(),
        )
        .column(
            "acknowledged_for",
            integer(),
            "Pour, selon cet autre compte.",
            "For, in that other count.",
            |s, at| other(s, at).map(|o| o.counts.r#for).into(),
        )
        .column("acknowledged_mixed", integer(), "Mitigées, selon lui.", "For in part, in it.", |s, at| {
            other(s, at).map(|o| o.counts.mixed).into()
        })
        .column("acknowledged_against", integer(), "Contre, selon lui.", "Against, in it.", |s, at| {
            other(s, at).map(|o| o.counts.against).into()
        })
        .column(
            "acknowledged_reason",
            text(),
            "Pourquoi les deux diffèrent, pour autant qu’on le sache.",
            "Why the two differ, as far as is known.",
            |s, at| other(s, at).map(|o| o.reason.get(s.lang)).into(),
        )
        .column(
            "acknowledged_date",
            date(),
            "Quand la différence a été admise.",
            "When the difference was acknowledged.",
            |s, at| other(s, at).map(|o| o.date).into(),
        )
}
