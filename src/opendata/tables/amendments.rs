//! Amendments, their operations, and the contributions that led to them.

use super::said;
use crate::derive::texts::DerivedVersion;
use crate::model::change::{Edit, Operation, Target};
use crate::model::site::{Amendment, AmendmentIx};
use crate::opendata::address;
use crate::opendata::cell::{Cell, joined};
use crate::opendata::definition::*;
use crate::route::Part;

fn one(scope: Scope<'_>, at: AmendmentIx) -> &Amendment {
    &scope.consultation.amendments[at]
}

/// What was computed of the version that it changes.
fn version_of(scope: Scope<'_>, at: AmendmentIx) -> Option<&DerivedVersion> {
    let amendment = one(scope, at);
    scope.derived.texts.get(amendment.text)?.versions.get(amendment.version)
}

pub(super) fn amendments() -> Box<dyn AnyTable> {
    let table = Definition::<AmendmentIx>::new(
        "amendments",
        said("Amendements", "Amendments"),
        said(
            "Une ligne par changement proposé à une version d’un texte ; celles qui ont une origine et pas de sort \
             sont des modifications qui n’ont pas été déposées.",
            "One row a change proposed to a version of a text; those with an origin and no outcome are changes \
             that were not tabled.",
        ),
        |s, row| (0..s.consultation.amendments.len()).for_each(row),
    )
    .key(&["id"])
    .refers(&["text", "version"], "versions", &["text", "id"])
    .names("parent", "amendments")
    .names("vote", "votes")
    .column("id", id().unique(), "Son identifiant.", "Its id.", |s, at| (&one(s, at).id).into())
    .column("number", text(), "Son numéro de dépôt.", "Its number as tabled.", |s, at| {
        (&one(s, at).number).into()
    })
    .column("title", text(), "Ce qu’il fait, en peu de mots.", "What it does, in a few words.", |s, at| {
        one(s, at).title.as_ref().into()
    })
    .column("text", id().required(), "Le texte.", "The text it changes.", |s, at| {
        (&s.consultation.texts[one(s, at).text].id).into()
    })
    .column("version", id().required(), "La version amendée.", "The version it was written on.", |s, at| {
        (&s.consultation.texts[one(s, at).text].versions[one(s, at).version].id).into()
    })
    .column("article", id(), "L’article amendé.", "The article it changes.", |s, at| {
        one(s, at).article.as_ref().into()
    })
    .column(
        "parent",
        id(),
        "L’amendement dont il est un sous-amendement.",
        "The amendment that it amends.",
        |s, at| one(s, at).parent.map(|p| &one(s, p).id).into(),
    )
    .column("authors", text(), "Ses auteurs, joints par « | ».", "Who tabled it, joined by “|”.", |s, at| {
        joined(one(s, at).authors.iter().map(|a| &**a))
    })
    .column("group", text(), "Leur groupe ou commission.", "Their group or committee.", |s, at| {
        one(s, at).group.as_ref().into()
    });
    decided(table).done()
}

fn decided(table: Definition<AmendmentIx>) -> Definition<AmendmentIx> {
    table
        .column("date", date(), "Le jour du dépôt.", "The day it was tabled.", |s, at| {
            one(s, at).date.into()
        })
        .column("outcome", choice(words_of!(Outcome)), "Son sort.", "What became of it.", |s, at| {
            one(s, at).outcome.map(|o| o.as_str()).into()
        })
        .column("decided", date(), "Le jour de la décision.", "The day it was decided.", |s, at| {
            one(s, at).decided.into()
        })
        .column(
            "origin",
            choice(words_of!(Origin)),
            "D’où vient une modification qui n’a pas été déposée.",
            "Where a change that was not tabled comes from.",
            |s, at| one(s, at).origin.map(|o| o.as_str()).into(),
        )
        .column(
            "discussion_order",
            integer(),
            "Son rang dans la discussion des amendements de la version, depuis 1.",
            "Its place in the order of discussion of the version’s amendments, from 1.",
            |s, at| {
                version_of(s, at)
                    .and_then(|v| v.discussion.iter().position(|a| *a == at))
                    .map(|n| n + 1)
                    .into()
            },
        )
        .column(
            "applied",
            boolean().required(),
            "S’il est dans le texte consolidé de la version.",
            "Whether it is in the consolidated text of the version.",
            |s, at| version_of(s, at).is_some_and(|v| v.grafted.adopted.has(at as u32)).into(),
        )
        .column("vote", id(), "Le vote qui l’a décidé.", "The vote that decided it.", |s, at| {
            one(s, at).vote.map(|v| &s.consultation.votes[v].id).into()
        })
        .column(
            "after",
            ids(),
            "Les amendements sur le résultat desquels il se fonde, joints par « | ».",
            "The amendments on whose result it builds, joined by “|”.",
            |s, at| joined(one(s, at).after.iter().map(|a| one(s, *a).id.as_str())),
        )
        .column(
            "instruction",
            text(),
            "Dispositif : ce qu’il fait, dans les mots de son dépôt, en Markdown.",
            "Instruction: what it does, in the words in which it was tabled, in Markdown.",
            |s, at| one(s, at).instruction.as_deref().into(),
        )
        .column(
            "reasons",
            text(),
            "Exposé des motifs, en Markdown.",
            "Statement of reasons, in Markdown.",
            |s, at| one(s, at).reasons.get(s.lang).into(),
        )
        .column("url", plain(), "Où il se lit.", "Where it is read.", |s, at| {
            address::of(s, Part::Amendment(&one(s, at).id)).into()
        })
        .column(
            "official_url",
            plain(),
            "Où il est publié officiellement.",
            "Where it is published officially.",
            |s, at| one(s, at).url.as_ref().into(),
        )
}

/// An amendment, and a place in one of its lists.
type InAmendment = (AmendmentIx, usize);

fn operation(scope: Scope<'_>, (amendment, at): InAmendment) -> &Operation {
    &one(scope, amendment).operations.main()[at]
}

pub(super) fn operations() -> Box<dyn AnyTable> {
    Definition::<InAmendment>::new(
        "operations",
        said("Opérations", "Operations"),
        said(
            "Une ligne par opération d’un amendement, dans l’ordre. Articles, divisions et alinéas sont numérotés \
             comme dans la version modifiée, telle que la laissent les amendements sur lesquels celui-ci s’appuie.",
            "One row an operation of an amendment, in order. Articles, divisions and paragraphs are numbered as in \
             the version changed, as the amendments on which this one builds leave it.",
        ),
        |s, row| {
            for (amendment, of) in s.consultation.amendments.iter().enumerate() {
                (0..of.operations.main().len()).for_each(|at| row((amendment, at)));
            }
        },
    )
    .key(&["amendment", "number"])
    .names("amendment", "amendments")
    .column("amendment", id().required(), "L’amendement.", "The amendment.", |s, at| {
        (&one(s, at.0).id).into()
    })
    .column("number", integer().required(), "Son rang, depuis 1.", "Its place, from 1.", |_, at| {
        (at.1 + 1).into()
    })
    .column(
        "operation",
        choice(Edit::KINDS).required(),
        "Ce qu’elle fait.",
        "What it does.",
        |s, at| operation(s, at).edit.kind().into(),
    )
    .column("article", text(), "L’article modifié.", "The article edited.", |s, at| {
        match &operation(s, at).target {
            Target::Article(name) => name.into(),
            Target::Division(_) | Target::Preamble | Target::Text => Cell::Empty,
        }
    })
    .column("division", text(), "La division modifiée.", "The division edited.", |s, at| {
        match &operation(s, at).target {
            Target::Division(name) => name.into(),
            Target::Article(_) | Target::Preamble | Target::Text => Cell::Empty,
        }
    })
    .column(
        "paragraph",
        integer(),
        "L’alinéa où sont les mots, ou le premier ; pour une insertion, celui après lequel insérer (0 : au début).",
        "The paragraph in which the words stand, or the first; for an insertion, the one after which (0: first).",
        |s, at| {
            let operation = operation(s, at);
            operation.paragraph.or(operation.edit.paragraphs().map(|p| p.first)).into()
        },
    )
    .column("last_paragraph", integer(), "Le dernier alinéa.", "The last paragraph.", |s, at| {
        operation(s, at).edit.paragraphs().map(|p| p.last).into()
    })
    .column(
        "deleted",
        text(),
        "Les mots supprimés ou remplacés.",
        "The words deleted or replaced.",
        |s, at| operation(s, at).edit.deleted().map_or(Cell::Empty, |words| words.into()),
    )
    .column(
        "inserted",
        text(),
        "Ce qui est inséré, en Markdown.",
        "What is inserted, in Markdown.",
        |s, at| operation(s, at).edit.inserted().map_or(Cell::Empty, |words| words.into_owned().into()),
    )
    .column(
        "before",
        text(),
        "Les mots avant lesquels insérer.",
        "The words before which to insert.",
        |s, at| match operation(s, at).edit.anchor() {
            Some((words, true)) => words.into(),
            Some((_, false)) | None => Cell::Empty,
        },
    )
    .column(
        "after",
        text(),
        "Les mots après lesquels insérer.",
        "The words after which to insert.",
        |s, at| match operation(s, at).edit.anchor() {
            Some((words, false)) => words.into(),
            Some((_, true)) | None => Cell::Empty,
        },
    )
    .column(
        "occurrence",
        integer(),
        "Laquelle de plusieurs occurrences, depuis 1.",
        "Which of several occurrences, from 1.",
        |s, at| operation(s, at).occurrence.into(),
    )
    .done()
}

pub(super) fn amendment_links() -> Box<dyn AnyTable> {
    Definition::<InAmendment>::new(
        "amendment_links",
        said("Des contributions aux amendements", "From contributions to amendments"),
        said(
            "Une ligne par contribution qui a conduit à un amendement.",
            "One row a contribution that led to an amendment.",
        ),
        |s, row| {
            for (amendment, of) in s.consultation.amendments.iter().enumerate() {
                (0..of.contributions.len()).for_each(|at| row((amendment, at)));
            }
        },
    )
    .names("amendment", "amendments")
    .names("contribution", "contributions")
    .column("amendment", id().required(), "L’amendement.", "The amendment.", |s, at| {
        (&one(s, at.0).id).into()
    })
    .column("contribution", id().required(), "La contribution.", "The contribution.", |s, at| {
        (&s.consultation.contributions[one(s, at.0).contributions[at.1]].id).into()
    })
    .done()
}
