//! What follows contributions: responses, syntheses, meetings, commitments, and the links to them.

use super::said;
use crate::model::choices::Decision;
use crate::model::id::Id;
use crate::model::site::{Commitment, ContributionIx, Meeting, Response, Synthesis};
use crate::opendata::address;
use crate::opendata::cell::joined;
use crate::opendata::definition::*;
use crate::route::Part;

fn response(scope: Scope<'_>, at: usize) -> &Response {
    &scope.consultation.responses[at]
}

fn contribution(scope: Scope<'_>, at: ContributionIx) -> &Id {
    &scope.consultation.contributions[at].id
}

pub(super) fn responses() -> Box<dyn AnyTable> {
    Definition::<usize>::new(
        "responses",
        said("Réponses", "Responses"),
        said("Une ligne par réponse officielle.", "One row an official answer."),
        |s, row| (0..s.consultation.responses.len()).for_each(row),
    )
    .key(&["id"])
    .column("id", id().unique(), "Son identifiant.", "Its id.", |s, at| (&response(s, at).id).into())
    .column("title", text(), "Son titre.", "Its title.", |s, at| response(s, at).title.as_ref().into())
    .column("author", text().required(), "Qui répond.", "Who answers.", |s, at| {
        response(s, at).author.name.get(s.lang).into()
    })
    .column("date", date().required(), "Quand.", "When.", |s, at| response(s, at).date.into())
    .column("decision", choice(words_of!(Decision)), "Ce qui est décidé.", "What was decided.", |s, at| {
        response(s, at).decision.map(Decision::as_str).into()
    })
    .column(
        "amendments",
        ids(),
        "Les amendements qui en tiennent compte, joints par « | ».",
        "The amendments in which it went, joined by “|”.",
        |s, at| joined(response(s, at).amendments.iter().map(|a| s.consultation.amendments[*a].id.as_str())),
    )
    .column(
        "articles",
        plain(),
        "Les articles qui en tiennent compte, « texte/article », joints par « | ».",
        "The articles in which it went, “text/article”, joined by “|”.",
        |s, at| {
            let name =
                |(text, article): &(usize, Id)| format!("{}/{article}", s.consultation.texts[*text].id);
            response(s, at).articles.iter().map(name).collect::<Vec<_>>().join("|").into()
        },
    )
    .column("body", text(), "Ses mots, en Markdown.", "Its words, in Markdown.", |s, at| {
        response(s, at).body.get(s.lang).into()
    })
    .column("url", plain(), "La page où elle se lit.", "The page on which it is read.", |s, _| {
        address::of(s, Part::Responses).into()
    })
    .done()
}

/// A record, and a place in one of its lists.
type In = (usize, usize);

pub(super) fn response_links() -> Box<dyn AnyTable> {
    Definition::<In>::new(
        "response_links",
        said("Des contributions aux réponses", "From contributions to responses"),
        said(
            "Une ligne par contribution à laquelle une réponse répond.",
            "One row a contribution that a response answers.",
        ),
        |s, row| {
            for (at, response) in s.consultation.responses.iter().enumerate() {
                (0..response.to.len()).for_each(|to| row((at, to)));
            }
        },
    )
    .names("response", "responses")
    .names("contribution", "contributions")
    .column("response", id().required(), "La réponse.", "The response.", |s, at| {
        (&response(s, at.0).id).into()
    })
    .column("contribution", id().required(), "La contribution.", "The contribution.", |s, at| {
        contribution(s, response(s, at.0).to[at.1]).into()
    })
    .done()
}

fn synthesis(scope: Scope<'_>, at: usize) -> &Synthesis {
    &scope.consultation.syntheses[at]
}

pub(super) fn syntheses() -> Box<dyn AnyTable> {
    Definition::<usize>::new(
        "syntheses",
        said("Synthèses", "Syntheses"),
        said("Une ligne par synthèse.", "One row an editorial summary."),
        |s, row| (0..s.consultation.syntheses.len()).for_each(row),
    )
    .key(&["id"])
    .column("id", id().unique(), "Son identifiant.", "Its id.", |s, at| (&synthesis(s, at).id).into())
    .column("title", text().required(), "Son titre.", "Its title.", |s, at| (&synthesis(s, at).title).into())
    .column("author", text().required(), "Qui l’a écrite.", "Who wrote it.", |s, at| {
        synthesis(s, at).author.name.get(s.lang).into()
    })
    .column("date", date().required(), "Quand.", "When.", |s, at| synthesis(s, at).date.into())
    .column(
        "body",
        text(),
        "Ses mots, en Markdown, où « [@id] » cite une contribution.",
        "Its words, in Markdown, where “[@id]” cites a contribution.",
        |s, at| synthesis(s, at).body.get(s.lang).into(),
    )
    .column("url", plain(), "Où elle se lit.", "Where it is read.", |s, at| {
        address::of(s, Part::Synthesis(&synthesis(s, at).id)).into()
    })
    .done()
}

pub(super) fn citations() -> Box<dyn AnyTable> {
    Definition::<In>::new(
        "citations",
        said("Citations", "Citations"),
        said(
            "Une ligne par contribution qu’une synthèse cite, dans l’ordre de ses mots.",
            "One row a contribution that a synthesis cites, in the order of its words.",
        ),
        |s, row| {
            for (at, synthesis) in s.consultation.syntheses.iter().enumerate() {
                (0..synthesis.cites.len()).for_each(|cited| row((at, cited)));
            }
        },
    )
    .key(&["synthesis", "contribution"])
    .names("synthesis", "syntheses")
    .names("contribution", "contributions")
    .column("synthesis", id().required(), "La synthèse.", "The synthesis.", |s, at| {
        (&synthesis(s, at.0).id).into()
    })
    .column("contribution", id().required(), "La contribution.", "The contribution.", |s, at| {
        contribution(s, synthesis(s, at.0).cites[at.1]).into()
    })
    .done()
}

fn meeting(scope: Scope<'_>, at: usize) -> &Meeting {
    &scope.consultation.meetings[at]
}

pub(super) fn meetings() -> Box<dyn AnyTable> {
    Definition::<usize>::new(
        "meetings",
        said("Réunions", "Meetings"),
        said("Une ligne par atelier, audition ou séance.", "One row a workshop, hearing or sitting."),
        |s, row| (0..s.consultation.meetings.len()).for_each(row),
    )
    .key(&["id"])
    .column("id", id().unique(), "Son identifiant.", "Its id.", |s, at| (&meeting(s, at).id).into())
    .column("title", text().required(), "Son titre.", "Its title.", |s, at| (&meeting(s, at).title).into())
    .column(
        "kind",
        choice(words_of!(MeetingKind)).required(),
        "Ce que c’était.",
        "What it was.",
        |s, at| meeting(s, at).kind.as_str().into(),
    )
    .column("date", moment().required(), "Son début.", "When it began.", |s, at| meeting(s, at).date.into())
    .column("end", moment(), "Sa fin.", "When it ended.", |s, at| meeting(s, at).end.into())
    .column("place", text(), "Où.", "Where.", |s, at| meeting(s, at).place.as_ref().into())
    .column(
        "participants",
        integer(),
        "Combien de personnes y ont pris part, telles que déclarées.",
        "How many people took part, as declared.",
        |s, at| meeting(s, at).participants.into(),
    )
    .column("minutes", text(), "Le compte rendu, en Markdown.", "The minutes, in Markdown.", |s, at| {
        meeting(s, at).minutes.get(s.lang).into()
    })
    .column("url", plain(), "Où elle se lit.", "Where it is read.", |s, at| {
        address::of(s, Part::Meeting(&meeting(s, at).id)).into()
    })
    .done()
}

fn commitment(scope: Scope<'_>, at: usize) -> &Commitment {
    &scope.consultation.commitments[at]
}

pub(super) fn commitments() -> Box<dyn AnyTable> {
    Definition::<usize>::new(
        "commitments",
        said("Engagements", "Commitments"),
        said("Une ligne par promesse.", "One row a promise."),
        |s, row| (0..s.consultation.commitments.len()).for_each(row),
    )
    .key(&["id"])
    .column("id", id().unique(), "Son identifiant.", "Its id.", |s, at| (&commitment(s, at).id).into())
    .column("title", text().required(), "Ce qui est promis.", "What is promised.", |s, at| {
        commitment(s, at).title.get(s.lang).into()
    })
    .column("by", text().required(), "Qui promet.", "Who promises.", |s, at| {
        commitment(s, at).by.name.get(s.lang).into()
    })
    .column("date", date().required(), "Quand.", "When it was promised.", |s, at| {
        commitment(s, at).date.into()
    })
    .column("due", date(), "Pour quand.", "When it is due.", |s, at| commitment(s, at).due.into())
    .column(
        "status",
        choice(words_of!(CommitmentStatus)).required(),
        "Ce qu’il est devenu.",
        "What became of it.",
        |s, at| commitment(s, at).status.as_str().into(),
    )
    .column("summary", text(), "Ce qu’il faut en savoir.", "More about it.", |s, at| {
        commitment(s, at).summary.as_ref().map(|w| w.get(s.lang)).into()
    })
    .column("url", plain(), "La page où il se lit.", "The page on which it is read.", |s, _| {
        address::of(s, Part::Commitments).into()
    })
    .done()
}

pub(super) fn commitment_links() -> Box<dyn AnyTable> {
    Definition::<In>::new(
        "commitment_links",
        said("Des contributions aux engagements", "From contributions to commitments"),
        said(
            "Une ligne par contribution qui a conduit à un engagement.",
            "One row a contribution that led to a commitment.",
        ),
        |s, row| {
            for (at, commitment) in s.consultation.commitments.iter().enumerate() {
                (0..commitment.contributions.len()).for_each(|from| row((at, from)));
            }
        },
    )
    .names("commitment", "commitments")
    .names("contribution", "contributions")
    .column("commitment", id().required(), "L’engagement.", "The commitment.", |s, at| {
        (&commitment(s, at.0).id).into()
    })
    .column("contribution", id().required(), "La contribution.", "The contribution.", |s, at| {
        contribution(s, commitment(s, at.0).contributions[at.1]).into()
    })
    .done()
}

pub(super) fn evidence() -> Box<dyn AnyTable> {
    Definition::<In>::new(
        "evidence",
        said("Preuves des engagements", "Evidence of commitments"),
        said(
            "Une ligne par pièce qui montre qu’un engagement est tenu.",
            "One row a piece that shows that a commitment was kept.",
        ),
        |s, row| {
            for (at, commitment) in s.consultation.commitments.iter().enumerate() {
                (0..commitment.evidence.len()).for_each(|piece| row((at, piece)));
            }
        },
    )
    .key(&["commitment", "number"])
    .names("commitment", "commitments")
    .column("commitment", id().required(), "L’engagement.", "The commitment.", |s, at| {
        (&commitment(s, at.0).id).into()
    })
    .column("number", integer().required(), "Son rang, depuis 1.", "Its place, from 1.", |_, at| {
        (at.1 + 1).into()
    })
    .column("title", text().required(), "Son titre.", "Its title.", |s, at| {
        commitment(s, at.0).evidence[at.1].0.get(s.lang).into()
    })
    .column("link", plain(), "Son adresse.", "Its address.", |s, at| {
        commitment(s, at.0).evidence[at.1].1.as_ref().into()
    })
    .column("date", moment(), "Sa date.", "When it was published or seen.", |s, at| {
        commitment(s, at.0).evidence[at.1].2.into()
    })
    .done()
}
