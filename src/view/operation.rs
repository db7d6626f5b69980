//! What an amendment does, operation by operation, with the places it names.

use super::context::Context;
use super::parts::{Prose, Trust};
use crate::lang::Lang;
use crate::model::change::{Beside, Edit, Target};
use crate::model::document::{Item, article_key};
use crate::model::site::*;
use crate::route::{Part, paragraph_fragment};
use serde::Serialize;
use std::borrow::Cow;

/// One operation; `kind` is one of [`Edit::KINDS`](crate::model::change::Edit::KINDS).
#[derive(Debug, Serialize)]
pub struct OperationView<'s> {
    /// What it does.
    pub kind: &'static str,
    /// What it edits.
    pub target: TargetView,
    /// The paragraph, or the first; for an insertion, the one after which.
    pub paragraph: Option<u32>,
    /// The last paragraph of several.
    pub last_paragraph: Option<u32>,
    /// Which occurrence.
    pub occurrence: Option<u32>,
    /// Words deleted or replaced.
    pub deleted: Option<&'s str>,
    /// What is inserted, in Markdown.
    pub inserted: Option<Cow<'s, str>>,
    /// The same as paragraphs and articles; none for words.
    pub blocks: Option<Prose<'s>>,
    /// Words before or after which words are inserted.
    pub anchor: Option<&'s str>,
    /// Articles that it inserts.
    pub articles: usize,
    /// Divisions that it inserts.
    pub divisions: usize,
    /// Where what is inserted or moved goes.
    pub beside: Option<BesideView>,
    /// The paragraph after which paragraphs move; 0 for before the first.
    pub after_paragraph: Option<u32>,
    /// A new number.
    pub number: Option<&'s str>,
    /// A new heading.
    pub heading: Option<&'s str>,
}

/// What an operation names.
#[derive(Debug, Serialize)]
pub struct TargetView {
    /// `article`, `division`, `preamble` or `text`.
    pub unit: &'static str,
    /// Its number without the word “Article”, or its number and heading; as it was named where no version has it.
    pub name: String,
    /// Where it is read: the article's page, or the paragraph there.
    pub href: Option<String>,
}

/// Where articles and divisions go.
#[derive(Debug, Serialize)]
pub struct BesideView {
    /// `before`, `after` or `within`.
    pub side: &'static str,
    /// What.
    pub target: TargetView,
}

/// Makes the view of an operation.
pub fn operation<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    amendment: &'s Amendment,
    operation: &'s Operation,
) -> OperationView<'s> {
    let lang = amendment.operations.pick(context.lang).0;
    let edit = &operation.edit;
    let run = edit.paragraphs();
    let paragraph = operation.paragraph.or(run.map(|p| p.first));
    let target = |target: &Target, paragraph| target_view(context, c, amendment, target, paragraph);
    let beside = |beside: &Beside| match beside {
        Beside::Before(x) => BesideView { side: "before", target: target(x, None) },
        Beside::After(x) => BesideView { side: "after", target: target(x, None) },
        Beside::Within(x) => BesideView { side: "within", target: target(x, None) },
    };
    let (beside, after_paragraph) = match edit {
        Edit::InsertUnits { beside: to, .. } => (to.as_ref().map(beside), None),
        Edit::MoveUnit { beside: to } => (Some(beside(to)), None),
        Edit::MoveParagraphs { to, after, .. } => {
            (to.as_ref().map(|to| BesideView { side: "within", target: target(to, None) }), Some(*after))
        }
        Edit::Replace { .. }
        | Edit::InsertBefore { .. }
        | Edit::InsertAfter { .. }
        | Edit::Delete { .. }
        | Edit::ReplaceParagraphs { .. }
        | Edit::InsertParagraphs { .. }
        | Edit::DeleteParagraphs { .. }
        | Edit::ReplaceUnit { .. }
        | Edit::ReplaceText { .. }
        | Edit::DeleteUnit
        | Edit::DeleteHeading
        | Edit::Rename { .. } => (None, None),
    };
    let (number, heading) = match edit {
        Edit::Rename { number, heading } => (number.as_deref(), heading.as_deref()),
        _ => (None, None),
    };
    let items: &[Item] = match edit {
        Edit::InsertUnits { items, .. } | Edit::ReplaceUnit { with: items } => items,
        _ => &[],
    };
    let articles = items.iter().filter(|item| matches!(item, Item::Article(_))).count();
    OperationView {
        kind: edit.kind(),
        target: target(&operation.target, paragraph.filter(|n| *n > 0)),
        paragraph,
        last_paragraph: run.map(|p| p.last).filter(|last| Some(*last) != paragraph),
        occurrence: operation.occurrence,
        deleted: edit.deleted(),
        blocks: blocks(edit, lang),
        inserted: edit.inserted(),
        anchor: edit.anchor().map(|(words, _)| words),
        articles,
        divisions: items.len() - articles,
        beside,
        after_paragraph,
        number,
        heading,
    }
}

/// Whole paragraphs and articles, to be read as they will stand.
fn blocks<'s>(edit: &'s Edit, lang: &Lang) -> Option<Prose<'s>> {
    let whole = match edit {
        Edit::ReplaceParagraphs { .. }
        | Edit::InsertParagraphs { .. }
        | Edit::ReplaceUnit { .. }
        | Edit::ReplaceText { .. }
        | Edit::InsertUnits { .. } => true,
        Edit::Replace { .. }
        | Edit::InsertBefore { .. }
        | Edit::InsertAfter { .. }
        | Edit::Delete { .. }
        | Edit::DeleteParagraphs { .. }
        | Edit::MoveParagraphs { .. }
        | Edit::DeleteUnit
        | Edit::DeleteHeading
        | Edit::MoveUnit { .. }
        | Edit::Rename { .. } => false,
    };
    let markdown = edit.inserted().filter(|words| whole && !words.trim().is_empty())?;
    Some(Prose { markdown, from: Trust::Official, lang: lang.clone() })
}

fn target_view(
    context: &Context<'_>,
    c: &Consultation,
    amendment: &Amendment,
    target: &Target,
    paragraph: Option<u32>,
) -> TargetView {
    let text = &c.texts[amendment.text];
    let version = &text.versions[amendment.version];
    let document = version.document.get(amendment.operations.pick(context.lang).0);
    match target {
        Target::Article(name) => {
            let key = article_key(name);
            let own = document.articles().find(|a| article_key(a.id.as_str()) == key);
            let number = own.map_or(&**name, |a| &*a.number);
            let href = text.numbered(Some(amendment.version), name).map(|article| {
                let page = context.to(c, Part::Article(&text.id, &article.id));
                let last = (0..text.versions.len()).rev().find_map(|v| article.places.get(v)?.as_ref());
                // The page shows the article as its latest version has it: only there is the number the same.
                match (paragraph, last) {
                    (Some(n), Some(last)) if amendment.version + 1 == text.versions.len() => {
                        format!("{page}#{}", paragraph_fragment(last, n))
                    }
                    _ => page,
                }
            });
            let name = number.strip_prefix("Article ").unwrap_or(number);
            TargetView { unit: "article", name: name.to_owned(), href }
        }
        Target::Division(name) => {
            let found = document.items.iter().find_map(|item| match item {
                Item::Division(d) if d.id.as_str() == &**name => Some(d),
                Item::Division(_) | Item::Article(_) => None,
            });
            let shown = found.map(|d| [&*d.number, &*d.heading].into_iter().filter(|w| !w.is_empty()));
            let page = context.to(c, Part::Version(&text.id, &version.id));
            TargetView {
                unit: "division",
                name: shown.map_or_else(|| name.to_string(), |words| words.collect::<Vec<_>>().join(" – ")),
                href: found.map(|d| format!("{page}#d-{}", d.id)),
            }
        }
        Target::Preamble => TargetView { unit: "preamble", name: String::new(), href: None },
        Target::Text => TargetView { unit: "text", name: String::new(), href: None },
    }
}
