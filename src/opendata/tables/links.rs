//! Every link between contributions, syntheses, responses, commitments, amendments, votes and articles, with who
//! asserts it.

use super::said;
use crate::derive::trace::link::{TraceLink, Written};
use crate::opendata::cell::Cell;
use crate::opendata::definition::*;

fn link(scope: Scope<'_>, at: usize) -> Option<&TraceLink> {
    scope.derived.links.all().get(at)
}

pub(super) fn links() -> Box<dyn AnyTable> {
    Definition::<usize>::new(
        "links",
        said("Liens", "Links"),
        said(
            "Une ligne par lien entre deux objets, avec ce qu’il dit et qui l’affirme. L’absence d’un lien dit que \
             rien n’est enregistré, non que rien n’a été fait.",
            "One row a link between two records, with what it says and who asserts it. Where there is no link, \
             nothing is recorded; it does not say that nothing was done.",
        ),
        |s, row| (0..s.derived.links.all().len()).for_each(row),
    )
    .column("from_kind", choice(words_of!(Linked)).required(), "Ce qu’est le départ.", "What it leads from.", {
        |s, at| link(s, at).map(|l| l.from.kind().as_str()).into()
    })
    .column(
        "from",
        plain().required(),
        "L’identifiant du départ ; pour un article, « texte/article ».",
        "The id of what it leads from; “text/article” for an article.",
        |s, at| link(s, at).map_or(Cell::Empty, |l| l.from.id(s.consultation).into()),
    )
    .column("relation", choice(words_of!(Relation)).required(), "Ce que dit le lien.", "What the link says.", {
        |s, at| link(s, at).map(|l| l.relation.as_str()).into()
    })
    .column("to_kind", choice(words_of!(Linked)).required(), "Ce qu’est l’arrivée.", "What it leads to.", {
        |s, at| link(s, at).map(|l| l.to.kind().as_str()).into()
    })
    .column(
        "to",
        plain().required(),
        "L’identifiant de l’arrivée ; pour un article, « texte/article ».",
        "The id of what it leads to; “text/article” for an article.",
        |s, at| link(s, at).map_or(Cell::Empty, |l| l.to.id(s.consultation).into()),
    )
    .column(
        "paragraph",
        integer(),
        "L’alinéa de l’article, quand le lien va jusque-là.",
        "The paragraph of the article, when the link is that exact.",
        |s, at| link(s, at).and_then(|l| l.paragraph).into(),
    )
    .column(
        "asserted_by",
        choice(words_of!(AssertedBy)).required(),
        "Qui l’affirme : l’organisateur dans un de ses écrits, l’auteur de la contribution, le programme qui a \
         importé l’objet, ou un calcul de Greffe.",
        "Who asserts it: the organiser in one of its writings, the author of the contribution, the program that \
         imported the record, or a computation of Greffe.",
        |s, at| link(s, at).map(|l| l.by.as_str()).into(),
    )
    .column(
        "source",
        plain().required(),
        "L’objet où il est écrit, « genre/identifiant » ; « words » quand les mots ont été suivis de version en \
         version, « alignment » quand les articles de deux textes ont été rapprochés.",
        "The record in which it is written, “kind/id”; “words” where words were followed from version to version, \
         “alignment” where the articles of two texts were matched.",
        |s, at| {
            let written = |l: &TraceLink| match l.written {
                Written::In(node) => format!("{}/{}", node.kind().as_str(), node.id(s.consultation)),
                Written::Words => "words".to_owned(),
                Written::Alignment => "alignment".to_owned(),
            };
            link(s, at).map_or(Cell::Empty, |l| written(l).into())
        },
    )
    .done()
}
