//! Words with a change shown in them, and the articles that a change touches, as they read before and after it.

use super::context::Context;
use super::parts::{Link, Prose, Trust};
use crate::compare::words::{Run, difference};
use crate::graft::{Mark, Marked, MarkedParagraph, MarkedUnit};
use crate::lang::Lang;
use crate::model::document::{Document, Item};
use crate::model::site::{Consultation, Text};
use crate::route::{Part, paragraph_fragment};
use serde::Serialize;

/// A run of words. What is `same` or `deleted` in order are the words before, `same` or `inserted` those after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkedWords {
    /// The words, in Markdown.
    pub words: String,
    /// `same`, `deleted` or `inserted`.
    pub mark: &'static str,
    /// The change that brought them, where several are shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<By>,
}

/// A change that brought some words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct By {
    /// Its page.
    pub href: String,
    /// Its number.
    pub number: String,
    /// It was not tabled.
    pub change: bool,
}

/// The name of a mark.
pub fn mark(mark: Mark) -> &'static str {
    match mark {
        Mark::Same => "same",
        Mark::Deleted => "deleted",
        Mark::Inserted => "inserted",
    }
}

fn runs(marked: &[Marked]) -> Vec<MarkedWords> {
    marked.iter().map(|m| MarkedWords { words: m.words.clone(), mark: mark(m.mark), by: None }).collect()
}

/// One passage beside another.
pub fn between(before: &str, after: &str) -> Vec<MarkedWords> {
    let one = |run: Run<'_>| {
        let (words, mark) = match run {
            Run::Same(words) => (words, "same"),
            Run::Deleted(words) => (words, "deleted"),
            Run::Inserted(words) => (words, "inserted"),
        };
        MarkedWords { words: words.to_owned(), mark, by: None }
    };
    difference(before, after).into_iter().map(one).collect()
}

/// An article, a division or the preamble with a change shown in it.
#[derive(Debug, Serialize)]
pub struct UnitView<'s> {
    /// `article`, `division` or `preamble`.
    pub unit: &'static str,
    /// Where it stands in the version; none for what the change brings.
    pub href: Option<String>,
    /// What becomes of it: `same` (changed inside), `deleted`, `inserted` or `moved`.
    pub mark: &'static str,
    /// Its number.
    pub number: Vec<MarkedWords>,
    /// What follows the number.
    pub heading: Vec<MarkedWords>,
    /// Its paragraphs, those that change apart from long runs of those that do not.
    pub stretches: Vec<Stretch>,
    /// The same as it would read; empty for what is taken away.
    pub clean: Vec<CleanParagraph<'s>>,
}

/// Paragraphs one after the other.
#[derive(Debug, Serialize)]
pub struct Stretch {
    /// They are many and none changes.
    pub folded: bool,
    /// They.
    pub paragraphs: Vec<ParagraphChange>,
}

/// A paragraph with a change shown in it.
#[derive(Debug, Serialize)]
pub struct ParagraphChange {
    /// Its number before; none for one that the change brings.
    pub before: Option<u32>,
    /// Its number after; none for one that the change takes away.
    pub after: Option<u32>,
    /// Something in it changes.
    pub changed: bool,
    /// The same words stand elsewhere in the article, before or after.
    pub moved: bool,
    /// Its words.
    pub words: Vec<MarkedWords>,
}

/// A paragraph as it would read.
#[derive(Debug, Serialize)]
pub struct CleanParagraph<'s> {
    /// Its number.
    pub number: u32,
    /// Its words.
    pub body: Prose<'s>,
}

/// How many paragraphs in a row that do not change are shown before they are folded.
const SHOWN: usize = 3;

/// What a change touches, as it reads; `document` is the version in the language of the marks.
pub fn units<'s>(
    context: &Context<'_>,
    c: &Consultation,
    (text, version): (&Text, usize),
    (lang, document): (&Lang, &Document),
    marked: &[MarkedUnit],
) -> Vec<UnitView<'s>> {
    let moved = |unit: &MarkedUnit| {
        let twin = |m: &MarkedUnit| m.base == unit.base && m.mark != unit.mark;
        unit.base.is_some() && unit.mark != Mark::Same && marked.iter().any(twin)
    };
    let touched = |unit: &&MarkedUnit| {
        let words = |list: &[Marked]| list.iter().any(|m| m.mark != Mark::Same);
        let gone = moved(unit) && unit.mark == Mark::Deleted;
        let inside = words(&unit.number) || words(&unit.heading) || unit.paragraphs.iter().any(changed);
        !gone && (unit.mark != Mark::Same || inside)
    };
    let one = |unit: &MarkedUnit| {
        let moved = moved(unit);
        let item = unit.base.and_then(|at| document.items.get(at.checked_sub(1)?));
        let own = &text.versions[version].id;
        let page = Part::Version(&text.id, own);
        let href = item.map(|item| match item {
            Item::Article(a) => match text.article_at(version, &a.id) {
                Some(article) => context.to(c, Part::Article(&text.id, &article.id)),
                None => format!("{}#a-{}", context.to(c, page), a.id),
            },
            Item::Division(d) => format!("{}#d-{}", context.to(c, page), d.id),
        });
        // All of it goes or comes; what is moved is no news in itself.
        let all = |list: &[Marked]| match unit.mark {
            Mark::Same => runs(list),
            Mark::Inserted if moved => runs(list),
            Mark::Deleted | Mark::Inserted => {
                runs(list).into_iter().map(|run| MarkedWords { mark: mark(unit.mark), ..run }).collect()
            }
        };
        UnitView {
            unit: match (unit.article, unit.base) {
                (true, _) => "article",
                (false, Some(0)) => "preamble",
                (false, _) => "division",
            },
            href,
            mark: if moved { "moved" } else { mark(unit.mark) },
            number: all(&unit.number),
            heading: all(&unit.heading),
            stretches: stretches(&unit.paragraphs, moved),
            clean: unit.paragraphs.iter().filter_map(|p| clean(p, lang)).collect(),
        }
    };
    marked.iter().filter(touched).map(one).collect()
}

fn changed(paragraph: &MarkedParagraph) -> bool {
    paragraph.runs.iter().any(|run| run.mark != Mark::Same)
}

fn stretches(paragraphs: &[MarkedParagraph], moved: bool) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    for paragraph in paragraphs {
        let news = changed(paragraph) && !moved;
        let words = runs(&paragraph.runs).into_iter();
        let words = words.map(|w| MarkedWords { mark: if moved { "same" } else { w.mark }, ..w }).collect();
        // What is moved keeps its numbers.
        let before = paragraph.before.or(paragraph.after.filter(|_| moved));
        let elsewhere = news && paragraphs.iter().any(|other| twins(paragraph, other));
        let view = ParagraphChange { before, after: paragraph.after, changed: news, moved: elsewhere, words };
        match all.last_mut() {
            Some(last) if last.folded == news => all.push(Stretch { folded: !news, paragraphs: vec![view] }),
            Some(last) => last.paragraphs.push(view),
            None => all.push(Stretch { folded: !news, paragraphs: vec![view] }),
        }
    }
    for stretch in &mut all {
        stretch.folded &= stretch.paragraphs.len() > SHOWN;
    }
    all
}

/// One goes, the other comes, and both say the same.
fn twins(one: &MarkedParagraph, other: &MarkedParagraph) -> bool {
    let crossed =
        one.before.is_some() != other.before.is_some() && one.after.is_some() != other.after.is_some();
    let whole = |p: &MarkedParagraph| p.before.is_some() != p.after.is_some();
    let words = |p: &MarkedParagraph| p.runs.iter().map(|r| r.words.as_str()).collect::<String>();
    crossed && whole(one) && whole(other) && words(one) == words(other)
}

fn clean<'s>(paragraph: &MarkedParagraph, lang: &Lang) -> Option<CleanParagraph<'s>> {
    let number = paragraph.after?;
    let kept = paragraph.runs.iter().filter(|run| run.mark != Mark::Deleted);
    let markdown: String = kept.map(|run| run.words.as_str()).collect();
    Some(CleanParagraph {
        number,
        body: Prose { markdown: markdown.into(), from: Trust::Official, lang: lang.clone() },
    })
}

/// A unit of a version, as `derive` counts them (0 is the preamble), and a paragraph of it: where it is read, and its
/// number, or its heading where it has none.
pub fn place(
    context: &Context<'_>,
    c: &Consultation,
    (text, version): (&Text, usize),
    unit: usize,
    paragraph: Option<u32>,
) -> Option<Link> {
    let document = text.versions[version].document.get(context.lang);
    let item = document.items.get(unit.checked_sub(1)?)?;
    let page = context.to(c, Part::Version(&text.id, &text.versions[version].id));
    let (anchor, number, heading) = match item {
        Item::Article(a) => match paragraph {
            Some(number) => (paragraph_fragment(&a.id, number), &a.number, &a.heading),
            None => (format!("a-{}", a.id), &a.number, &a.heading),
        },
        Item::Division(d) => (format!("d-{}", d.id), &d.number, &d.heading),
    };
    let title = if number.is_empty() { heading } else { number };
    Some(Link::new(format!("{page}#{anchor}"), &**title))
}
