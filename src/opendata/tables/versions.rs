//! What is computed between the versions of a text: its articles through all of them, the amendments that meet, and
//! the differences that no change explains.

use super::said;
use crate::compare::versions::{Pair, Step, align};
use crate::derive::conflicts::{Conflict, Meeting};
use crate::derive::explained::{Difference, What};
use crate::derive::texts::DerivedVersion;
use crate::model::document::{Article, Item};
use crate::model::id::Id;
use crate::model::site::{Text, Version};
use crate::opendata::definition::*;

/// Text, version, place in a list of the version.
type At = (usize, usize, usize);

fn text_at(scope: Scope<'_>, at: At) -> &Text {
    &scope.consultation.texts[at.0]
}

fn version_at(scope: Scope<'_>, at: At) -> &Version {
    &text_at(scope, at).versions[at.1]
}

fn derived(scope: Scope<'_>, at: At) -> &DerivedVersion {
    &scope.derived.texts[at.0].versions[at.1]
}

/// Calls back with every version of every text.
fn each_version(scope: Scope<'_>, row: &mut dyn FnMut(At, &DerivedVersion)) {
    for (t, text) in scope.derived.texts.iter().enumerate() {
        text.versions.iter().enumerate().for_each(|(v, version)| row((t, v, 0), version));
    }
}

fn article(scope: Scope<'_>, at: At) -> Option<&Article> {
    version_at(scope, at).document.main().articles().nth(at.2)
}

fn word(step: Step) -> &'static str {
    match step {
        Step::Same => "same",
        Step::Changed => "changed",
        Step::Renumbered => "renumbered",
        Step::Moved => "moved",
        Step::Split => "split",
        Step::Merged => "merged",
        Step::New => "new",
        Step::Deleted => "deleted",
    }
}

/// An article of a version, and its steps as bits, since a row is a place.
type ArticleAt = (At, u8);

fn each_article(scope: Scope<'_>, row: &mut dyn FnMut(ArticleAt)) {
    for (t, text) in scope.consultation.texts.iter().enumerate() {
        for (v, version) in text.versions.iter().enumerate() {
            let document = version.document.main();
            let before =
                v.checked_sub(1).map(|before| align(text.versions[before].document.main(), document));
            let bits = |place: usize| {
                let of = |pair: &&Pair| pair.right.contains(&place);
                let pair = before.as_ref().and_then(|alignment| alignment.pairs.iter().find(of));
                pair.map_or(0, |p| p.steps.iter().fold(0_u8, |bits, step| bits | 1 << *step as u8))
            };
            (0..document.articles().count()).for_each(|place| row(((t, v, place), bits(place))));
        }
    }
}

pub(super) fn article_versions() -> Box<dyn AnyTable> {
    Definition::<ArticleAt>::new(
        "article_versions",
        said("Articles au fil des versions", "Articles through the versions"),
        said(
            "Une ligne par article de chaque version : sous quel numéro il y figure, et ce qu’il est devenu depuis la \
             version précédente.",
            "One row an article of each version: under which number it stands there, and what became of it since the \
             version before.",
        ),
        each_article,
    )
    .key(&["text", "version", "own_id"])
    .refers(&["text", "version"], "versions", &["text", "id"])
    .column("text", id().required(), "Le texte.", "The text.", |s, (at, _)| (&text_at(s, at).id).into())
    .column(
        "article",
        id(),
        "L’article, sous l’identifiant qu’il garde d’une version à l’autre.",
        "The article, under the id that it keeps from version to version.",
        |s, (at, _)| {
            let own = article(s, at).map(|a| &a.id);
            own.and_then(|own| text_at(s, at).article_at(at.1, own)).map(|a| &a.id).into()
        },
    )
    .column("version", id().required(), "La version.", "The version.", |s, (at, _)| {
        (&version_at(s, at).id).into()
    })
    .column("number", text(), "Son numéro dans cette version.", "Its number in this version.", |s, (at, _)| {
        article(s, at).map(|a| &a.number).into()
    })
    .column(
        "own_id",
        id().required(),
        "L’identifiant tiré de ce numéro.",
        "The id made from that number.",
        |s, (at, _)| article(s, at).map(|a| &a.id).into(),
    )
    .column(
        "steps",
        plain(),
        "Ce qu’il est devenu depuis la version précédente, en mots joints par « | » (same, changed, renumbered, moved, \
         split, merged, new) ; rien dans la première.",
        "What became of it since the version before, words joined by “|” (same, changed, renumbered, moved, split, \
         merged, new); nothing in the first.",
        |_, (_, bits)| {
            let all = [
                Step::Same,
                Step::Changed,
                Step::Renumbered,
                Step::Moved,
                Step::Split,
                Step::Merged,
                Step::New,
                Step::Deleted,
            ];
            let there = all.into_iter().filter(|step| bits & (1 << *step as u8) != 0);
            crate::opendata::cell::joined(there.map(word))
        },
    )
    .done()
}

fn conflict(scope: Scope<'_>, at: At) -> &Conflict {
    &derived(scope, at).conflicts[at.2]
}

/// The article of a version that `derive` counts as this unit: 0 is the preamble.
fn unit_article(scope: Scope<'_>, at: At, unit: usize) -> Option<&Id> {
    match version_at(scope, at).document.main().items.get(unit.checked_sub(1)?)? {
        Item::Article(article) => text_at(scope, at).article_at(at.1, &article.id).map(|a| &a.id),
        Item::Division(_) => None,
    }
}

pub(super) fn conflicts() -> Box<dyn AnyTable> {
    Definition::<At>::new(
        "conflicts",
        said("Amendements qui se rencontrent", "Amendments that meet"),
        said(
            "Une ligne par couple d’amendements à une même version dont aucun ne dit s’appuyer sur l’autre, et qui font \
             la même chose, changent les mêmes mots, ou dont l’un supprime ce que l’autre modifie.",
            "One row a pair of amendments on one version of which neither says that it builds on the other, and which \
             do the same, change the same words, or of which one takes away what the other changes.",
        ),
        |s, row| {
            each_version(s, &mut |at, version| {
                (0..version.conflicts.len()).for_each(|n| row((at.0, at.1, n)));
            });
        },
    )
    .key(&["first", "second"])
    .refers(&["text", "version"], "versions", &["text", "id"])
    .names("first", "amendments")
    .names("second", "amendments")
    .column("text", id().required(), "Le texte.", "The text.", |s, at| (&text_at(s, at).id).into())
    .column("version", id().required(), "La version.", "The version.", |s, at| (&version_at(s, at).id).into())
    .column(
        "first",
        id().required(),
        "L’un ; pour « moot », celui qui supprime.",
        "The one; for “moot”, the one that takes away.",
        |s, at| (&s.consultation.amendments[conflict(s, at).first].id).into(),
    )
    .column(
        "second",
        id().required(),
        "L’autre ; pour « moot », celui qui tombe si le premier est adopté.",
        "The other; for “moot”, the one without object if the first is adopted.",
        |s, at| (&s.consultation.amendments[conflict(s, at).second].id).into(),
    )
    .column(
        "meeting",
        choice(["identical", "overlap", "moot"]).required(),
        "Comment ils se rencontrent.",
        "How they meet.",
        |s, at| {
            match conflict(s, at).meeting {
                Meeting::Identical => "identical",
                Meeting::Overlap => "overlap",
                Meeting::Moot => "moot",
            }
            .into()
        },
    )
    .column("article", id(), "L’article où ils se rencontrent.", "The article in which they meet.", |s, at| {
        unit_article(s, at, conflict(s, at).unit).into()
    })
    .column(
        "paragraph",
        integer(),
        "L’alinéa, s’ils se rencontrent dans un seul.",
        "The paragraph, when they meet in one.",
        |s, at| conflict(s, at).paragraph.into(),
    )
    .done()
}

fn difference(scope: Scope<'_>, at: At) -> Option<&Difference> {
    derived(scope, at).unexplained.as_ref()?.main().get(at.2)
}

pub(super) fn unexplained_differences() -> Box<dyn AnyTable> {
    Definition::<At>::new(
        "unexplained_differences",
        said("Différences inexpliquées", "Unexplained differences"),
        said(
            "Une ligne par endroit où une version diffère de la précédente sans qu’une modification enregistrée \
             l’explique : ce que donnent les changements adoptés, ce que dit la version suivante.",
            "One row a place where a version differs from the one before and no recorded change explains it: what the \
             changes adopted give, what the next version says.",
        ),
        |s, row| {
            each_version(s, &mut |at, version| {
                let count = version.unexplained.as_ref().map_or(0, |found| found.main().len());
                (0..count).for_each(|n| row((at.0, at.1, n)));
            });
        },
    )
    .key(&["text", "version", "number"])
    .refers(&["text", "version"], "versions", &["text", "id"])
    .refers(&["text", "next_version"], "versions", &["text", "id"])
    .column("text", id().required(), "Le texte.", "The text.", |s, at| (&text_at(s, at).id).into())
    .column(
        "version",
        id().required(),
        "La version à laquelle les changements sont appliqués.",
        "The version to which the changes are applied.",
        |s, at| (&version_at(s, at).id).into(),
    )
    .column("next_version", id().required(), "La version suivante.", "The next version.", |s, at| {
        text_at(s, at).versions.get(at.1 + 1).map(|next| &next.id).into()
    })
    .column("number", integer().required(), "Son rang, depuis 1.", "Its place, from 1.", |_, at| {
        (at.2 + 1).into()
    })
    .column(
        "article",
        id(),
        "L’article, si c’en est un, sous l’identifiant qu’il garde d’une version à l’autre.",
        "The article, when it is one, under the id that it keeps from version to version.",
        |s, at| {
            let found = difference(s, at);
            let version = if found.is_some_and(|d| d.what == What::Missing) { at.1 } else { at.1 + 1 };
            let own = found.and_then(|d| d.article.as_ref());
            own.and_then(|own| text_at(s, at).article_at(version, own)).map(|a| &a.id).into()
        },
    )
    .column(
        "unit",
        text(),
        "L’article ou la division, par son numéro ou son intitulé dans la version suivante.",
        "The article or division, by its number or heading in the next version.",
        |s, at| difference(s, at).map(|d| &d.unit).into(),
    )
    .column(
        "paragraph",
        integer(),
        "L’alinéa, dans la version suivante s’il y est.",
        "The paragraph, in the next version if it is there.",
        |s, at| difference(s, at).and_then(|d| d.paragraph).into(),
    )
    .column(
        "what",
        choice(["words", "number", "heading", "missing", "added", "moved"]).required(),
        "Ce qui diffère.",
        "What differs.",
        |s, at| {
            difference(s, at)
                .map(|d| match d.what {
                    What::Words => "words",
                    What::Number => "number",
                    What::Heading => "heading",
                    What::Missing => "missing",
                    What::Added => "added",
                    What::Moved => "moved",
                })
                .into()
        },
    )
    .column(
        "before",
        text(),
        "Les mots que donnent les changements, en Markdown.",
        "The words that the changes give, in Markdown.",
        |s, at| difference(s, at).map(|d| &d.before).into(),
    )
    .column(
        "after",
        text(),
        "Les mots de la version suivante, en Markdown.",
        "The words of the next version, in Markdown.",
        |s, at| difference(s, at).map(|d| &d.after).into(),
    )
    .done()
}
