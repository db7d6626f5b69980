//! Operations as the YAML of an amendment, and as that YAML is read back.

use crate::check::fragment;
use crate::import::content::Fields;
use crate::model::change::{Beside, Edit, Operation, Paragraphs, Target};
use crate::model::choices::Numbering;
use crate::model::document::{Document, Item, Paragraph};
use crate::yaml::write::Out;

/// An operation as it is read from what [`item`] writes: paragraphs and articles go through Markdown.
pub(super) fn as_read(operation: &Operation) -> Operation {
    let paragraphs = |list: &[Box<str>]| -> Vec<Box<str>> {
        let read = fragment(&markdown(list), Numbering::French);
        read.preamble.into_iter().map(|p| p.markdown).collect()
    };
    let units = |items: &[Item]| fragment(&units(items), Numbering::French).items;
    let edit = match &operation.edit {
        Edit::ReplaceParagraphs { which, with } => {
            Edit::ReplaceParagraphs { which: *which, with: paragraphs(with) }
        }
        Edit::InsertParagraphs { after, paragraphs: list } => {
            Edit::InsertParagraphs { after: *after, paragraphs: paragraphs(list) }
        }
        Edit::ReplaceText { with } => Edit::ReplaceText { with: paragraphs(with) },
        Edit::ReplaceUnit { with } => Edit::ReplaceUnit { with: units(with) },
        Edit::InsertUnits { beside, items } => {
            Edit::InsertUnits { beside: beside.clone(), items: units(items) }
        }
        Edit::Replace { .. }
        | Edit::InsertBefore { .. }
        | Edit::InsertAfter { .. }
        | Edit::Delete { .. }
        | Edit::DeleteParagraphs { .. }
        | Edit::MoveParagraphs { .. }
        | Edit::DeleteUnit
        | Edit::DeleteHeading
        | Edit::MoveUnit { .. }
        | Edit::Rename { .. } => operation.edit.clone(),
    };
    Operation { edit, ..operation.clone() }
}

fn markdown(paragraphs: &[Box<str>]) -> String {
    let numbered = paragraphs.iter().zip(1..).map(|(p, number)| Paragraph { number, markdown: p.clone() });
    Document { preamble: numbered.collect(), items: Vec::new() }.to_markdown()
}

fn units(items: &[Item]) -> String {
    Document { preamble: Vec::new(), items: items.to_vec() }.to_markdown()
}

/// An operation as an item of `operations`; the amendment's own article is not said again.
pub(super) fn item(operation: &Operation, article: Option<&str>) -> Out {
    let fields = Fields::new();
    // Where the verb itself names what it edits, no key does.
    let target = match operation.edit {
        Edit::ReplaceUnit { .. }
        | Edit::ReplaceText { .. }
        | Edit::InsertUnits { .. }
        | Edit::DeleteUnit
        | Edit::DeleteHeading
        | Edit::MoveUnit { .. } => fields,
        Edit::Replace { .. }
        | Edit::InsertBefore { .. }
        | Edit::InsertAfter { .. }
        | Edit::Delete { .. }
        | Edit::ReplaceParagraphs { .. }
        | Edit::InsertParagraphs { .. }
        | Edit::DeleteParagraphs { .. }
        | Edit::MoveParagraphs { .. }
        | Edit::Rename { .. } => match &operation.target {
            Target::Article(name) if article == Some(&**name) => fields,
            Target::Article(name) => fields.text("article", &**name),
            Target::Division(name) => fields.text("division", &**name),
            Target::Preamble => fields.text("division", "preamble"),
            Target::Text => fields,
        },
    };
    let fields = match operation.paragraph {
        Some(number) => target.plain("paragraph", number),
        None => target,
    };
    let fields = edit(fields, operation);
    match operation.occurrence {
        Some(nth) => fields.plain("occurrence", nth).item(),
        None => fields.item(),
    }
}

fn edit(fields: Fields, operation: &Operation) -> Fields {
    match &operation.edit {
        Edit::Replace { words, with } => fields.text("replace", &**words).text("with", &**with),
        Edit::InsertBefore { anchor, words } => fields.text("insert", &**words).text("before", &**anchor),
        Edit::InsertAfter { anchor, words } => fields.text("insert", &**words).text("after", &**anchor),
        Edit::Delete { words } => fields.text("delete", &**words),
        Edit::ReplaceParagraphs { which, with } => {
            fields.text("replace_paragraphs", run(*which)).block("with", markdown(with))
        }
        Edit::InsertParagraphs { after, paragraphs } => {
            fields.block("insert_paragraphs", markdown(paragraphs)).plain("after_paragraph", after)
        }
        Edit::DeleteParagraphs { which } => fields.text("delete_paragraphs", run(*which)),
        Edit::MoveParagraphs { which, to, after } => {
            let fields = fields.text("move_paragraphs", run(*which));
            let fields = match to.as_ref().and_then(Target::name) {
                Some(name) => fields.text("to_article", name),
                None => fields,
            };
            fields.plain("after_paragraph", after)
        }
        Edit::ReplaceUnit { with } => named(fields, "replace", &operation.target).block("with", units(with)),
        Edit::ReplaceText { with } => {
            named(fields, "replace", &operation.target).block("with", markdown(with))
        }
        Edit::InsertUnits { beside: place, items } => {
            let fields = fields.block("insert_articles", units(items));
            match place {
                Some(place) => beside(fields, place),
                None => fields,
            }
        }
        Edit::DeleteUnit => named(fields, "delete", &operation.target),
        Edit::DeleteHeading => fields.text("delete_heading", operation.target.name().unwrap_or_default()),
        Edit::MoveUnit { beside: place } => beside(named(fields, "move", &operation.target), place),
        Edit::Rename { number, heading } => {
            let said = |fields: Fields, key: &str, words: Option<&str>| match words {
                None => fields,
                // A heading may be taken away: that is said too.
                Some("") => fields.plain(key, "\"\""),
                Some(words) => fields.text(key, words),
            };
            said(said(fields, "number", number.as_deref()), "heading", heading.as_deref())
        }
    }
}

/// `delete_article`, `delete_division`…
fn named(fields: Fields, verb: &str, target: &Target) -> Fields {
    match target {
        Target::Article(name) => fields.text(&format!("{verb}_article"), &**name),
        Target::Division(name) => fields.text(&format!("{verb}_division"), &**name),
        Target::Preamble | Target::Text => fields.text(&format!("{verb}_division"), "preamble"),
    }
}

fn beside(fields: Fields, place: &Beside) -> Fields {
    let (word, target) = match place {
        Beside::Before(target) => ("before", target),
        Beside::After(target) => ("after", target),
        Beside::Within(target) => ("in", target),
    };
    match target {
        Target::Article(name) => fields.text(&format!("{word}_article"), &**name),
        Target::Division(name) => fields.text(&format!("{word}_division"), &**name),
        Target::Preamble | Target::Text => fields.text(&format!("{word}_division"), "preamble"),
    }
}

fn run(which: Paragraphs) -> String {
    if which.first == which.last {
        which.first.to_string()
    } else {
        format!("{}-{}", which.first, which.last)
    }
}
