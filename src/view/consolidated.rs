//! The consolidated text: a version with the changes adopted on it, each word that a change brought named after it; and
//! what the next version has otherwise, which no recorded change explains.

use super::Head;
use super::amendments::{AmendmentName, name};
use super::context::Context;
use super::document::PlanEntry;
use super::marked::{By, MarkedWords, between};
use super::parts::Link;
use crate::derive::DerivedConsultation;
use crate::derive::explained::{Difference, What};
use crate::graft::{Applied, From, Trail};
use crate::lang::Lang;
use crate::model::change::Edit;
use crate::model::document::{Item, Paragraph};
use crate::model::id::Id;
use crate::model::site::*;
use crate::model::when::Date;
use crate::route::{Part, paragraph_fragment};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A version with the changes adopted on it.
#[derive(Debug, Serialize)]
pub struct ConsolidatedView {
    /// What every view begins with.
    pub head: Head,
    /// The text.
    pub text: Link,
    /// The version on which the changes were written.
    pub version: Link,
    /// Its date.
    pub date: Date,
    /// The language of the words.
    pub lang: Lang,
    /// The changes applied, in the order in which they are.
    pub applied: Vec<AmendmentName>,
    /// The list of all amendments on the version.
    pub amendments: String,
    /// How the next version differs; none when there is none, or none in this language.
    pub comparison: Option<ComparisonView>,
    /// Divisions and articles.
    pub plan: Vec<PlanEntry>,
    /// What stands before the first division.
    pub preamble: Vec<ParagraphWords>,
    /// The text.
    pub items: Vec<ConsolidatedItem>,
}

/// A division's heading or an article.
#[derive(Debug, Serialize)]
pub struct ConsolidatedItem {
    /// `division` or `article`.
    pub item: &'static str,
    /// Depth of a division, from 1.
    pub level: Option<u8>,
    /// Fragment.
    pub anchor: String,
    /// Number.
    pub number: String,
    /// What follows.
    pub heading: String,
    /// The article's page; none for an article that only the changes brought.
    pub href: Option<String>,
    /// The changes that touched it.
    pub changes: Vec<By>,
    /// Its paragraphs.
    pub paragraphs: Vec<ParagraphWords>,
}

/// A numbered paragraph; words that a change brought are `inserted`, by it.
#[derive(Debug, Serialize)]
pub struct ParagraphWords {
    /// Its number.
    pub number: u32,
    /// Its fragment.
    pub anchor: String,
    /// Its words.
    pub words: Vec<MarkedWords>,
}

/// The next version beside the consolidated text.
#[derive(Debug, Serialize)]
pub struct ComparisonView {
    /// The next version.
    pub next: Link,
    /// How many differences there are; none: the two are identical to the character.
    pub count: usize,
    /// They, by article or division, in the order of the next version.
    pub differences: Vec<UnitDifferences>,
}

/// What differs in one article or division.
#[derive(Debug, Serialize)]
pub struct UnitDifferences {
    /// Its number or heading in the next version; empty for the preamble.
    pub unit: String,
    /// Where it is read.
    pub href: Option<String>,
    /// They.
    pub differences: Vec<DifferenceView>,
}

/// One difference.
#[derive(Debug, Serialize)]
pub struct DifferenceView {
    /// What differs.
    pub what: What,
    /// The paragraph, in the next version if it is there.
    pub paragraph: Option<u32>,
    /// From the consolidated text to the next version.
    pub words: Vec<MarkedWords>,
}

/// Makes the page; pages are only listed where something was applied.
pub fn consolidated(
    context: &Context<'_>,
    c: &Consultation,
    d: &DerivedConsultation,
    (t, v): (TextIx, usize),
) -> ConsolidatedView {
    let text = &c.texts[t];
    let version = &text.versions[v];
    let derived = &d.texts[t].versions[v];
    let grafted = &derived.grafted;
    let (lang, edition) = grafted.editions.pick(context.lang);
    let document = &edition.consolidated;
    let trails = edition.state.trails(&grafted.adopted);
    let by = |at: AmendmentIx| {
        let change = &c.amendments[at];
        let link = context.amendment_link(c, change);
        By { href: link.href, number: link.title, change: change.origin.is_some() }
    };
    // Which changes touched each unit of the store.
    let base = version.document.get(lang).items.len();
    let mut touched: BTreeMap<usize, Vec<By>> = BTreeMap::new();
    for at in &grafted.applied {
        let Some(done) = edition.done.get(at) else { continue };
        let operations = c.amendments[*at].operations.get(lang);
        touched_units(done, operations, base)
            .into_iter()
            .for_each(|unit| touched.entry(unit).or_default().push(by(*at)));
    }
    let store = edition.state.units(&grafted.adopted);
    let paragraphs =
        |place: usize, list: &[Paragraph], anchor: &dyn Fn(u32) -> String| -> Vec<ParagraphWords> {
            let runs =
                |p: &Paragraph| trails.get(place).and_then(|u| u.get((p.number as usize).wrapping_sub(1)));
            let one = |p: &Paragraph| ParagraphWords {
                number: p.number,
                anchor: anchor(p.number),
                words: words(&p.markdown, runs(p).map_or(&[], Vec::as_slice), &by),
            };
            list.iter().map(one).collect()
        };
    let item = |(at, item): (usize, &Item)| {
        let place = at + 1;
        let changes = store.get(place).and_then(|unit| touched.get(unit)).cloned().unwrap_or_default();
        match item {
            Item::Division(x) => ConsolidatedItem {
                item: "division",
                level: Some(x.level),
                anchor: format!("d-{}", x.id),
                number: x.number.to_string(),
                heading: x.heading.to_string(),
                href: None,
                changes,
                paragraphs: paragraphs(place, &x.paragraphs, &|n| format!("d-{}-p{n}", x.id)),
            },
            Item::Article(x) => ConsolidatedItem {
                item: "article",
                level: None,
                anchor: format!("a-{}", x.id),
                number: x.number.to_string(),
                heading: x.heading.to_string(),
                href: store.get(place).and_then(|unit| page_of(context, c, (t, v), lang, *unit)),
                changes,
                paragraphs: paragraphs(place, &x.paragraphs, &|n| paragraph_fragment(&x.id, n)),
            },
        }
    };
    let mut head = context.head("consolidated", context.words(&text.title), context.words(&version.title));
    head.untranslated = (lang != context.lang).then(|| lang.clone());
    let mut level = 0;
    ConsolidatedView {
        head,
        text: context.text_link(c, text),
        version: Link::new(
            context.to(c, Part::Version(&text.id, &version.id)),
            context.words(&version.title),
        ),
        date: version.date,
        lang: lang.clone(),
        applied: grafted.applied.iter().map(|at| name(context, c, *at)).collect(),
        amendments: context.to(c, Part::VersionAmendments(&text.id, &version.id, 1)),
        comparison: comparison(context, c, (t, v), lang, &derived.unexplained),
        plan: document.items.iter().map(|x| super::document::plan_entry(x, &mut level)).collect(),
        preamble: paragraphs(0, &document.preamble, &|n| format!("preamble-p{n}")),
        items: document.items.iter().enumerate().map(item).collect(),
    }
}

/// The units that a change touched; one that it only names, to put another beside it, is not among them.
fn touched_units(done: &Applied, operations: &[Operation], base: usize) -> BTreeSet<usize> {
    let names = |o: &Operation| matches!(&o.edit, Edit::InsertUnits { .. } | Edit::MoveUnit { .. });
    let deep = done.touches.iter().filter(|t| t.deletes || t.paragraph.is_some()).map(|t| t.unit);
    let all = !operations.iter().any(names);
    let others = done.units.iter().copied().filter(|unit| all || *unit > base);
    deep.chain(others).collect()
}

/// A paragraph cut where its words come from different changes.
fn words(markdown: &str, trails: &[Trail], by: &dyn Fn(AmendmentIx) -> By) -> Vec<MarkedWords> {
    let mut all: Vec<MarkedWords> = Vec::new();
    let mut at = 0;
    for trail in trails {
        let end = (at + trail.length).min(markdown.len());
        let Some(cut) = markdown.get(at..end).filter(|cut| !cut.is_empty()) else { continue };
        at = end;
        let run = match trail.from {
            From::Base { .. } => MarkedWords { words: cut.to_owned(), mark: "same", by: None },
            From::Change(change) => {
                MarkedWords { words: cut.to_owned(), mark: "inserted", by: Some(by(change as AmendmentIx)) }
            }
        };
        match all.last_mut() {
            Some(last) if (last.mark, &last.by) == (run.mark, &run.by) => last.words.push_str(cut),
            _ => all.push(run),
        }
    }
    if at < markdown.len() {
        all.push(MarkedWords {
            words: markdown.get(at..).unwrap_or_default().to_owned(),
            mark: "same",
            by: None,
        });
    }
    all
}

/// The page of an article that the version had.
fn page_of(
    context: &Context<'_>,
    c: &Consultation,
    (t, v): (TextIx, usize),
    lang: &Lang,
    unit: usize,
) -> Option<String> {
    let text = &c.texts[t];
    match text.versions[v].document.get(lang).items.get(unit.checked_sub(1)?)? {
        Item::Article(a) => article(context, c, text, v, &a.id),
        Item::Division(_) => None,
    }
}

fn article(context: &Context<'_>, c: &Consultation, text: &Text, version: usize, own: &Id) -> Option<String> {
    text.article_at(version, own).map(|a| context.to(c, Part::Article(&text.id, &a.id)))
}

fn comparison(
    context: &Context<'_>,
    c: &Consultation,
    (t, v): (TextIx, usize),
    lang: &Lang,
    unexplained: &Option<Local<Vec<Difference>>>,
) -> Option<ComparisonView> {
    let text = &c.texts[t];
    let next = text.versions.get(v + 1)?;
    let found = unexplained.as_ref().filter(|all| all.has(lang))?.get(lang);
    let page = context.to(c, Part::Version(&text.id, &next.id));
    let mut differences: Vec<UnitDifferences> = Vec::new();
    for difference in found {
        let missing = difference.what == What::Missing;
        let href = difference.article.as_ref().and_then(|own| match missing {
            true => article(context, c, text, v, own),
            false => Some(format!("{page}#a-{own}")),
        });
        let view = DifferenceView {
            what: difference.what,
            paragraph: difference.paragraph,
            words: between(&difference.before, &difference.after),
        };
        match differences.last_mut().filter(|last| *last.unit == *difference.unit && last.href == href) {
            Some(last) => last.differences.push(view),
            None => {
                let unit = difference.unit.to_string();
                differences.push(UnitDifferences { unit, href, differences: vec![view] });
            }
        }
    }
    let next = Link::new(page, context.words(&next.title));
    Some(ComparisonView { next, count: found.len(), differences })
}
