//! The operations of an amendment, from the keys that were written: exactly one edit each, with what goes with it
//! and nothing else. Whether they apply to the text is found out by `derive`.

use super::scope::Scope;
use super::texts::small;
use crate::diag::{Code, Diagnostic};
use crate::model::change::{Beside, Edit, Operation, Target};
use crate::model::choices::Numbering;
use crate::model::document::{Document, Item};
use crate::model::site::Text;
use crate::parse::document;
use crate::parse::records::amendment::OperationRecord;
use crate::say;
use crate::source::{Span, Spanned};

/// The keys that say what an operation does, and what goes with each.
const EDITS: [(&str, &[&str]); 14] = [
    ("replace", &["with", "paragraph", "occurrence"]),
    ("insert", &["before", "after", "paragraph", "occurrence"]),
    ("delete", &["paragraph", "occurrence"]),
    ("replace_paragraphs", &["with"]),
    ("insert_paragraphs", &["after_paragraph"]),
    ("delete_paragraphs", &[]),
    ("move_paragraphs", &["after_paragraph", "to_article"]),
    ("replace_article", &["with"]),
    ("replace_division", &["with"]),
    ("insert_articles", &PLACES),
    ("delete_article", &[]),
    ("delete_division", &[]),
    ("delete_heading", &[]),
    ("move", &PLACES),
];

/// The keys that say where articles and divisions go.
const PLACES: [&str; 5] =
    ["before_article", "after_article", "before_division", "after_division", "in_division"];

/// Makes an operation; `article` is the amendment's own.
pub fn operation(
    scope: &mut Scope<'_>,
    text: &Text,
    article: Option<&str>,
    written: &Spanned<OperationRecord>,
) -> Option<Operation> {
    let o = &written.value;
    let whole = Span { end: written.span.start, ..written.span };
    let keys = present(o);
    let verbs: Vec<&(&str, Span)> = keys.iter().filter(|(name, _)| edit_of(name).is_some()).collect();
    let verb = match verbs.as_slice() {
        [] if o.heading.is_some() || o.number.is_some() => "rename",
        [one] => one.0,
        _ => {
            scope.report(Code::G033, whole, one_edit());
            return None;
        }
    };
    if !companions(scope, verb, &keys) {
        return None;
    }
    let place = verbs.first().map_or(whole, |(_, span)| *span);
    let needs = |scope: &mut Scope<'_>, what: &str| {
        scope.report(
            Code::G033,
            whole,
            say!("« {verb} » demande aussi « {what} »", "“{verb}” also needs “{what}”"),
        );
    };
    let with = |scope: &mut Scope<'_>| {
        if o.with.is_none() {
            needs(scope, "with");
        }
        o.with.as_ref()
    };
    let after_paragraph = |scope: &mut Scope<'_>| {
        if o.after_paragraph.is_none() {
            needs(scope, "after_paragraph");
        }
        o.after_paragraph.as_ref().map(|n| small(n.value))
    };
    let own = |names: [&Option<Spanned<Box<str>>>; 2]| match names {
        [Some(article), _] => Some(Target::Article(article.value.clone())),
        [None, Some(division)] => Some(division_target(&division.value)),
        [None, None] => None,
    };
    let named = own([&o.article, &o.division]).or_else(|| article.map(|a| Target::Article(a.into())));
    let mut target = None;
    let edit = match verb {
        "replace" => {
            let words = o.replace.as_ref()?.value.clone();
            Edit::Replace { words, with: with(scope)?.value.clone() }
        }
        "insert" => {
            let words = o.insert.as_ref()?.value.clone();
            match (&o.before, &o.after) {
                (Some(anchor), None) => Edit::InsertBefore { anchor: anchor.value.clone(), words },
                (None, Some(anchor)) => Edit::InsertAfter { anchor: anchor.value.clone(), words },
                (None, None) | (Some(_), Some(_)) => {
                    needs(scope, "before / after");
                    return None;
                }
            }
        }
        "delete" => Edit::Delete { words: o.delete.as_ref()?.value.clone() },
        "replace_paragraphs" => Edit::ReplaceParagraphs {
            which: o.replace_paragraphs.as_ref()?.value,
            with: {
                let with = with(scope)?;
                paragraphs(scope, text, with)?
            },
        },
        "insert_paragraphs" => Edit::InsertParagraphs {
            after: after_paragraph(scope)?,
            paragraphs: paragraphs(scope, text, o.insert_paragraphs.as_ref()?)?,
        },
        "delete_paragraphs" => Edit::DeleteParagraphs { which: o.delete_paragraphs.as_ref()?.value },
        "move_paragraphs" => Edit::MoveParagraphs {
            which: o.move_paragraphs.as_ref()?.value,
            to: o.to_article.as_ref().map(|a| Target::Article(a.value.clone())),
            after: after_paragraph(scope)?,
        },
        "replace_article" | "replace_division" => {
            target = own([&o.replace_article, &o.replace_division]);
            let read = fragment(&with(scope)?.value, text.numbering);
            if read.items.is_empty() {
                let with = read.preamble.into_iter().map(|p| p.markdown).collect();
                Edit::ReplaceText { with }
            } else {
                Edit::ReplaceUnit { with: read.items }
            }
        }
        "insert_articles" => {
            Edit::InsertUnits { beside: beside(o), items: items(scope, text, o.insert_articles.as_ref()?)? }
        }
        "delete_article" | "delete_division" => {
            target = own([&o.delete_article, &o.delete_division]);
            Edit::DeleteUnit
        }
        "delete_heading" => {
            target = own([&None, &o.delete_heading]);
            Edit::DeleteHeading
        }
        "move" => {
            target = own([&o.move_article, &o.move_division]);
            match beside(o) {
                Some(beside) => Edit::MoveUnit { beside },
                None => {
                    needs(scope, "after_article / before_article / in_division…");
                    return None;
                }
            }
        }
        _ => Edit::Rename {
            number: o.number.as_ref().map(|n| n.value.clone()),
            heading: o.heading.as_ref().map(|h| h.value.clone()),
        },
    };
    let target = match (target.or(named), &edit) {
        (_, Edit::InsertUnits { .. }) => Target::Text,
        (Some(target), _) => target,
        (None, _) => {
            scope.report(
                Code::G033,
                whole,
                say!(
                    "dites quel article ou quelle division l’opération modifie (« article » ou « division »)",
                    "say which article or division the operation edits (“article” or “division”)"
                ),
            );
            return None;
        }
    };
    Some(Operation {
        place,
        target,
        paragraph: o.paragraph.as_ref().map(|p| small(p.value)),
        occurrence: o.occurrence.as_ref().map(|n| small(n.value)),
        edit,
    })
}

fn one_edit() -> crate::lang::Bilingual {
    say!(
        "une opération fait une chose : « replace » avec « with », « insert » avec « before » ou « after », « delete », ou l’une des opérations sur des alinéas, des articles ou des divisions (docs/format.fr.md)",
        "an operation does one thing: “replace” with “with”, “insert” with “before” or “after”, “delete”, or one of the operations on paragraphs, articles or divisions (docs/format.md)"
    )
}

/// The keys that were written, with their places; `move_article` and `move_division` are one edit.
fn present(o: &OperationRecord) -> Vec<(&'static str, Span)> {
    fn at<T>(name: &'static str, key: &Option<Spanned<T>>) -> Option<(&'static str, Span)> {
        key.as_ref().map(|k| (name, k.span))
    }
    [
        at("paragraph", &o.paragraph),
        at("replace", &o.replace),
        at("with", &o.with),
        at("insert", &o.insert),
        at("before", &o.before),
        at("after", &o.after),
        at("delete", &o.delete),
        at("occurrence", &o.occurrence),
        at("replace_paragraphs", &o.replace_paragraphs),
        at("insert_paragraphs", &o.insert_paragraphs),
        at("after_paragraph", &o.after_paragraph),
        at("delete_paragraphs", &o.delete_paragraphs),
        at("move_paragraphs", &o.move_paragraphs),
        at("to_article", &o.to_article),
        at("replace_article", &o.replace_article),
        at("replace_division", &o.replace_division),
        at("insert_articles", &o.insert_articles),
        at("delete_article", &o.delete_article),
        at("delete_division", &o.delete_division),
        at("delete_heading", &o.delete_heading),
        at("move", &o.move_article),
        at("move", &o.move_division),
        at("before_article", &o.before_article),
        at("after_article", &o.after_article),
        at("before_division", &o.before_division),
        at("after_division", &o.after_division),
        at("in_division", &o.in_division),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn edit_of(name: &str) -> Option<&'static [&'static str]> {
    EDITS.iter().find(|(edit, _)| *edit == name).map(|(_, with)| *with)
}

/// Reports keys that do not go with the edit.
fn companions(scope: &mut Scope<'_>, verb: &str, keys: &[(&'static str, Span)]) -> bool {
    let allowed = edit_of(verb).unwrap_or(&[]);
    let mut fine = true;
    for (name, span) in keys.iter().filter(|(name, _)| *name != verb && !allowed.contains(name)) {
        fine = false;
        let mut problem = Diagnostic::new(
            Code::G033,
            *span,
            say!("« {name} » ne va pas avec « {verb} »", "“{name}” does not go with “{verb}”"),
        );
        if !allowed.is_empty() {
            let list = allowed.join(", ");
            problem = problem.help(say!("avec « {verb} » vont : {list}", "with “{verb}” go: {list}"));
        }
        scope.problems.push(problem);
    }
    fine
}

fn division_target(name: &str) -> Target {
    if name == "preamble" { Target::Preamble } else { Target::Division(name.into()) }
}

fn beside(o: &OperationRecord) -> Option<Beside> {
    let article = |name: &Option<Spanned<Box<str>>>| name.as_ref().map(|n| Target::Article(n.value.clone()));
    let division = |name: &Option<Spanned<Box<str>>>| name.as_ref().map(|n| division_target(&n.value));
    let before = article(&o.before_article).or_else(|| division(&o.before_division)).map(Beside::Before);
    let after = || article(&o.after_article).or_else(|| division(&o.after_division)).map(Beside::After);
    before.or_else(after).or_else(|| division(&o.in_division).map(Beside::Within))
}

/// Paragraphs written in Markdown.
fn paragraphs(scope: &mut Scope<'_>, text: &Text, written: &Spanned<Box<str>>) -> Option<Vec<Box<str>>> {
    let read = document::read(&written.value, text.numbering);
    if !read.items.is_empty() || read.preamble.is_empty() {
        scope.report(
            Code::G033,
            written.span,
            say!(
                "il faut ici des alinéas, sans titre d’article ni de division",
                "paragraphs are needed here, without headings of articles or divisions"
            ),
        );
        return None;
    }
    Some(read.preamble.into_iter().map(|p| p.markdown).collect())
}

/// A piece of a text: its first heading is as deep as it is marked, since what it stands in is not there to say so
/// (`## Chapitre II` stays under the title above it).
pub fn fragment(markdown: &str, numbering: Numbering) -> Document {
    let first = markdown.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let depth = first.len() - first.trim_start_matches('#').len();
    let above = depth.saturating_sub(1).min(5);
    if !(1..=6).contains(&depth) || above == 0 {
        return document::read(markdown, numbering);
    }
    let marks: String = (1..=above).map(|level| format!("{} \u{2026}\n\n", "#".repeat(level))).collect();
    let mut read = document::read(&format!("{marks}{markdown}"), numbering);
    let own = read.items.split_off(above.min(read.items.len()));
    // The ids are the text's to give.
    Document { preamble: read.preamble, items: own }
}

/// Articles and divisions written in Markdown.
fn items(scope: &mut Scope<'_>, text: &Text, written: &Spanned<Box<str>>) -> Option<Vec<Item>> {
    let read = fragment(&written.value, text.numbering);
    if read.items.is_empty() || !read.preamble.is_empty() {
        scope.report(
            Code::G033,
            written.span,
            say!(
                "il faut ici un titre d’article ou de division d’abord, par exemple « # Article 3 bis »",
                "a heading of an article or a division must come first here, such as “# Article 3 bis”"
            ),
        );
        return None;
    }
    Some(read.items)
}
