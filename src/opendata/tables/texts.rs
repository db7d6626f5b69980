//! The texts under discussion: versions, divisions, articles, numbered paragraphs, the laws they change.

use super::said;
use crate::model::document::{Article, Division, Document, Item, Paragraph};
use crate::model::site::{ArticleNotes, LawChange, Text, Version};
use crate::opendata::address;
use crate::opendata::cell::Cell;
use crate::opendata::definition::*;
use crate::route::Part;

fn text_at(scope: Scope<'_>, at: usize) -> &Text {
    &scope.consultation.texts[at]
}

pub(super) fn texts() -> Box<dyn AnyTable> {
    Definition::<usize>::new(
        "texts",
        said("Textes", "Texts"),
        said("Une ligne par texte en discussion.", "One row a text under discussion."),
        |s, row| (0..s.consultation.texts.len()).for_each(row),
    )
    .key(&["id"])
    .column("id", id().unique(), "Son identifiant.", "Its id.", |s, at| (&text_at(s, at).id).into())
    .column("kind", choice(words_of!(TextKind)).required(), "Ce que c’est.", "What it is.", |s, at| {
        text_at(s, at).kind.as_str().into()
    })
    .column("title", text().required(), "Son titre.", "Its title.", |s, at| {
        text_at(s, at).title.get(s.lang).into()
    })
    .column("short_title", text(), "Son titre court.", "A short title.", |s, at| {
        text_at(s, at).short_title.as_ref().map(|t| t.get(s.lang)).into()
    })
    .column("summary", text(), "Ce qu’il ferait.", "What it would do.", |s, at| {
        text_at(s, at).summary.as_ref().map(|t| t.get(s.lang)).into()
    })
    .column("url", plain(), "Où il se lit.", "Where it is read.", |s, at| {
        address::of(s, Part::Text(&text_at(s, at).id)).into()
    })
    .done()
}

type VersionAt = (usize, usize);

fn version_at(scope: Scope<'_>, (text, version): VersionAt) -> &Version {
    &text_at(scope, text).versions[version]
}

fn document(scope: Scope<'_>, at: VersionAt) -> &Document {
    version_at(scope, at).document.get(scope.lang)
}

fn each_version(scope: Scope<'_>, row: &mut dyn FnMut(VersionAt)) {
    for (text, of) in scope.consultation.texts.iter().enumerate() {
        (0..of.versions.len()).for_each(|version| row((text, version)));
    }
}

pub(super) fn versions() -> Box<dyn AnyTable> {
    Definition::<VersionAt>::new(
        "versions",
        said("Versions", "Versions"),
        said(
            "Une ligne par état daté d’un texte, du plus ancien au plus récent.",
            "One row a dated state of a text, the oldest first.",
        ),
        each_version,
    )
    .key(&["text", "id"])
    .names("text", "texts")
    .column("text", id().required(), "Le texte.", "The text.", |s, at| (&text_at(s, at.0).id).into())
    .column("id", id().required(), "Son identifiant.", "Its id.", |s, at| (&version_at(s, at).id).into())
    .column("title", text().required(), "Son titre.", "Its title.", |s, at| {
        version_at(s, at).title.get(s.lang).into()
    })
    .column("date", date().required(), "Sa date.", "Its date.", |s, at| version_at(s, at).date.into())
    .column(
        "stage",
        choice(words_of!(Stage)).required(),
        "Où elle en est de la procédure.",
        "Where it stands in the procedure.",
        |s, at| version_at(s, at).stage.as_str().into(),
    )
    .column(
        "preamble",
        text(),
        "Ce qui précède la première division ou le premier article, en Markdown.",
        "What stands before the first division or article, in Markdown.",
        |s, at| all(&document(s, at).preamble),
    )
    .column("url", plain(), "Où elle se lit.", "Where it is read.", |s, at| {
        let text = text_at(s, at.0);
        let part = match at.1 + 1 == text.versions.len() {
            true => Part::Text(&text.id),
            false => Part::Version(&text.id, &version_at(s, at).id),
        };
        address::of(s, part).into()
    })
    .done()
}

/// Paragraphs as the file has them.
fn all(paragraphs: &[Paragraph]) -> Cell<'static> {
    paragraphs.iter().map(|p| &*p.markdown).collect::<Vec<_>>().join("\n\n").into()
}

/// Text, version, place among the items of the version.
type ItemAt = (usize, usize, usize);

fn item(scope: Scope<'_>, (text, version, at): ItemAt) -> &Item {
    &document(scope, (text, version)).items[at]
}

fn division(scope: Scope<'_>, at: ItemAt) -> Option<&Division> {
    match item(scope, at) {
        Item::Division(division) => Some(division),
        Item::Article(_) => None,
    }
}

fn article(scope: Scope<'_>, at: ItemAt) -> Option<&Article> {
    match item(scope, at) {
        Item::Article(article) => Some(article),
        Item::Division(_) => None,
    }
}

fn each_item(scope: Scope<'_>, row: &mut dyn FnMut(ItemAt, &Item)) {
    each_version(scope, &mut |(text, version)| {
        let items = &document(scope, (text, version)).items;
        items.iter().enumerate().for_each(|(at, item)| row((text, version, at), item));
    });
}

/// The columns that say of which version a row is.
fn of_version(table: Definition<ItemAt>) -> Definition<ItemAt> {
    table
        .column("text", id().required(), "Le texte.", "The text.", |s, at| (&text_at(s, at.0).id).into())
        .column("version", id().required(), "La version.", "The version.", |s, at| {
            (&version_at(s, (at.0, at.1)).id).into()
        })
}

pub(super) fn divisions() -> Box<dyn AnyTable> {
    let table = Definition::<ItemAt>::new(
        "divisions",
        said("Divisions", "Divisions"),
        said(
            "Une ligne par titre, chapitre ou section de chaque version, dans l’ordre du texte.",
            "One row a title, chapter or section of each version, in the order of the text.",
        ),
        |s, row| {
            each_item(s, &mut |at, item| match item {
                Item::Division(_) => row(at),
                Item::Article(_) => {}
            });
        },
    )
    .key(&["text", "version", "id"])
    .refers(&["text", "version"], "versions", &["text", "id"]);
    of_version(table)
        .column("id", id().required(), "Son identifiant.", "Its id.", |s, at| {
            division(s, at).map(|d| &d.id).into()
        })
        .column("level", integer().required(), "Sa profondeur, depuis 1.", "Its depth, from 1.", |s, at| {
            division(s, at).map(|d| u32::from(d.level)).into()
        })
        .column("number", text(), "Son numéro.", "Its number.", |s, at| {
            division(s, at).map(|d| &d.number).into()
        })
        .column("heading", text(), "Son intitulé.", "Its heading.", |s, at| {
            division(s, at).map(|d| &d.heading).into()
        })
        .column(
            "markdown",
            text(),
            "Ce qui est écrit sous l’intitulé avant le premier article, en Markdown.",
            "What stands under the heading before its first article, in Markdown.",
            |s, at| division(s, at).map_or(Cell::Empty, |d| all(&d.paragraphs)),
        )
        .done()
}

/// What is recorded beside the text about an article.
fn notes(scope: Scope<'_>, at: ItemAt) -> Option<&ArticleNotes> {
    text_at(scope, at.0).article_at(at.1, &article(scope, at)?.id)
}

pub(super) fn articles() -> Box<dyn AnyTable> {
    let table = Definition::<ItemAt>::new(
        "articles",
        said("Articles", "Articles"),
        said(
            "Une ligne par article de chaque version, dans l’ordre du texte. Un article garde son identifiant \
             d’une version à l’autre.",
            "One row an article of each version, in the order of the text. An article keeps its id from version \
             to version.",
        ),
        |s, row| {
            each_item(s, &mut |at, item| match item {
                Item::Article(_) => row(at),
                Item::Division(_) => {}
            });
        },
    )
    .key(&["text", "version", "article"])
    .refers(&["text", "version"], "versions", &["text", "id"])
    .names("category", "categories");
    of_version(table)
        .column("article", id().required(), "Son identifiant.", "Its id.", |s, at| {
            notes(s, at).map(|a| &a.id).into()
        })
        .column("division", id(), "La division où il est.", "The division in which it stands.", |s, at| {
            let before = document(s, (at.0, at.1)).items[..at.2].iter().rev();
            let mut divisions = before.filter_map(|item| match item {
                Item::Division(division) => Some(&division.id),
                Item::Article(_) => None,
            });
            divisions.next().into()
        })
        .column(
            "number",
            text(),
            "Son numéro, comme dans le texte.",
            "Its number, as the text has it.",
            |s, at| article(s, at).map(|a| &a.number).into(),
        )
        .column("heading", text(), "Ce qui suit le numéro.", "What follows the number.", |s, at| {
            article(s, at).map(|a| &a.heading).into()
        })
        .column(
            "paragraphs",
            integer().required(),
            "Nombre d’alinéas.",
            "How many paragraphs.",
            |s, at| article(s, at).map(|a| a.paragraphs.len()).into(),
        )
        .column("category", id(), "Sa rubrique.", "Its category.", |s, at| {
            notes(s, at).and_then(|n| n.category.as_ref()).into()
        })
        .column(
            "explanation",
            text(),
            "À quoi il sert selon les auteurs du texte, en Markdown.",
            "What the authors of the text say it is for, in Markdown.",
            |s, at| notes(s, at).and_then(|n| n.explanation.as_ref()).into(),
        )
        .column("date", moment(), "Quand il a été ouvert.", "When it was opened.", |s, at| {
            notes(s, at).and_then(|n| n.date).into()
        })
        .column("url", plain(), "Où il se lit.", "Where it is read.", |s, at| {
            notes(s, at).map(|a| address::of(s, Part::Article(&text_at(s, at.0).id, &a.id))).into()
        })
        .column(
            "original_url",
            plain(),
            "Où il se lisait sur la plateforme d’origine.",
            "Where it was on the platform it comes from.",
            |s, at| notes(s, at).and_then(|n| n.original_url.as_ref()).into(),
        )
        .done()
}

/// An article, and the place of a paragraph in it.
type ParagraphAt = (ItemAt, usize);

fn paragraph(scope: Scope<'_>, (item, at): ParagraphAt) -> Option<&Paragraph> {
    article(scope, item).map(|article| &article.paragraphs[at])
}

pub(super) fn paragraphs() -> Box<dyn AnyTable> {
    Definition::<ParagraphAt>::new(
        "paragraphs",
        said("Alinéas", "Paragraphs"),
        said(
            "Une ligne par alinéa de chaque article de chaque version.",
            "One row a numbered paragraph of each article of each version.",
        ),
        |s, row| {
            each_item(s, &mut |item, of| match of {
                Item::Article(article) => (0..article.paragraphs.len()).for_each(|at| row((item, at))),
                Item::Division(_) => {}
            });
        },
    )
    .key(&["text", "version", "article", "number"])
    .refers(&["text", "version", "article"], "articles", &["text", "version", "article"])
    .column("text", id().required(), "Le texte.", "The text.", |s, (at, _)| (&text_at(s, at.0).id).into())
    .column("version", id().required(), "La version.", "The version.", |s, (at, _)| {
        (&version_at(s, (at.0, at.1)).id).into()
    })
    .column("article", id().required(), "L’article.", "The article.", |s, (at, _)| {
        notes(s, at).map(|a| &a.id).into()
    })
    .column(
        "number",
        integer().required(),
        "Son numéro dans l’article, depuis 1.",
        "Its number within the article, from 1.",
        |s, at| paragraph(s, at).map(|p| p.number).into(),
    )
    .column(
        "markdown",
        text(),
        "Ses mots, en Markdown, exacts.",
        "Its words, in Markdown, exact.",
        |s, at| paragraph(s, at).map(|p| &p.markdown).into(),
    )
    .done()
}

/// Text, place among its articles, place among the laws it changes.
type LawAt = (usize, usize, usize);

fn law(scope: Scope<'_>, (text, article, at): LawAt) -> &LawChange {
    &text_at(scope, text).articles[article].law[at]
}

pub(super) fn law_changes() -> Box<dyn AnyTable> {
    Definition::<LawAt>::new(
        "law_changes",
        said("Lois modifiées", "Laws changed"),
        said(
            "Une ligne par passage d’une loi qu’un article change : avant, après.",
            "One row a passage of a law that an article changes: before, after.",
        ),
        |s, row| {
            for (text, of) in s.consultation.texts.iter().enumerate() {
                for (article, notes) in of.articles.iter().enumerate() {
                    (0..notes.law.len()).for_each(|at| row((text, article, at)));
                }
            }
        },
    )
    .key(&["text", "article", "number"])
    .names("text", "texts")
    .column("text", id().required(), "Le texte.", "The text.", |s, at| (&text_at(s, at.0).id).into())
    .column("article", id().required(), "L’article.", "The article.", |s, at| {
        (&text_at(s, at.0).articles[at.1].id).into()
    })
    .column("number", integer().required(), "Son rang, depuis 1.", "Its place, from 1.", |_, at| {
        (at.2 + 1).into()
    })
    .column("title", text().required(), "Quelle loi, quel article.", "Which law, which article.", |s, at| {
        (&law(s, at).title).into()
    })
    .column("before", text(), "Avant, en Markdown.", "As it stands, in Markdown.", |s, at| {
        law(s, at).before.as_ref().into()
    })
    .column("after", text(), "Après, en Markdown.", "As it would stand, in Markdown.", |s, at| {
        law(s, at).after.as_ref().into()
    })
    .column("official_url", plain(), "Où elle est publiée.", "Where it is published.", |s, at| {
        law(s, at).url.as_ref().into()
    })
    .done()
}
