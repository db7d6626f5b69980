//! The list of a consultation’s amendments, in the order of discussion, by text, version and place; and what it
//! shares with the list of one version.

use super::Head;
use super::context::Context;
use super::marked;
use super::parts::{Link, Pager};
use crate::derive::DerivedConsultation;
use crate::derive::texts::DerivedVersion;
use crate::model::choices::{Origin, Outcome};
use crate::model::document::Item;
use crate::model::site::*;
use crate::model::when::Date;
use crate::opendata::Csv;
use crate::route::{AMENDMENTS_PER_PAGE, Part};
use crate::text::natural_key;
use serde::Serialize;
use std::collections::BTreeMap;

/// A page of the list of amendments.
#[derive(Debug, Serialize)]
pub struct AmendmentsView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// How many have each outcome; changes that were not tabled are apart.
    pub outcomes: Vec<OutcomeCount>,
    /// Changes that were not tabled.
    pub changes: usize,
    /// Those of this page, in the order of discussion.
    pub groups: Vec<VersionGroup>,
    /// Every amendment, in the order of its number; on the first page.
    pub numbers: Vec<Link>,
    /// The pages of the list.
    pub pager: Pager,
    /// The consultation's id.
    pub consultation: &'s str,
}

/// Amendments of an outcome.
#[derive(Debug, Serialize)]
pub struct OutcomeCount {
    /// Outcome.
    pub outcome: Outcome,
    /// How many.
    pub count: usize,
}

/// Amendments on one version of a text.
#[derive(Debug, Serialize)]
pub struct VersionGroup {
    /// The text.
    pub text: Link,
    /// The version.
    pub version: Link,
    /// The list of this version alone.
    pub list: String,
    /// How many it holds.
    pub count: usize,
    /// The version with what was adopted.
    pub consolidated: Option<String>,
    /// They, by place in the text.
    pub places: Vec<PlaceGroup>,
}

/// Amendments at one place of the text.
#[derive(Debug, Serialize)]
pub struct PlaceGroup {
    /// The place.
    pub place: PlaceView,
    /// They.
    pub amendments: Vec<AmendmentRow>,
}

/// A place in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlaceView {
    /// `article`, `division`, `preamble`, `after-article`, `after-division`, `start` (before everything) or `text`.
    pub kind: &'static str,
    /// The article or division.
    pub link: Option<Link>,
}

/// An amendment in a list.
#[derive(Debug, Clone, Serialize)]
pub struct AmendmentRow {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its address.
    pub href: String,
    /// A few words.
    pub title: Option<String>,
    /// The text and version it changes.
    pub text: Link,
    /// The article.
    pub article: Option<Link>,
    /// Who tabled it.
    pub authors: Vec<String>,
    /// Their group.
    pub group: Option<String>,
    /// When.
    pub date: Option<Date>,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// Where a change comes from.
    pub origin: Option<Origin>,
    /// The number of the amendment it amends.
    pub parent: Option<Link>,
    /// Its place in the order of discussion of its version, from 1.
    pub discussion_order: Option<usize>,
    /// It is in the consolidated text.
    pub applied: bool,
}

/// The computed side of the version that an amendment changes.
pub fn version_of<'d>(d: &'d DerivedConsultation, amendment: &Amendment) -> Option<&'d DerivedVersion> {
    d.texts.get(amendment.text)?.versions.get(amendment.version)
}

/// Every amendment of a consultation in the order of discussion, by text and version, the oldest first.
pub fn in_discussion(d: &DerivedConsultation) -> Vec<AmendmentIx> {
    let versions = d.texts.iter().flat_map(|t| &t.versions);
    versions.flat_map(|v| v.discussion.iter().copied()).collect()
}

/// An amendment named, with what became of it.
#[derive(Debug, Clone, Serialize)]
pub struct AmendmentName {
    /// Its number.
    pub number: String,
    /// Its address.
    pub href: String,
    /// A few words.
    pub title: Option<String>,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// Where a change comes from.
    pub origin: Option<Origin>,
}

/// Names an amendment.
pub fn name(context: &Context<'_>, c: &Consultation, at: AmendmentIx) -> AmendmentName {
    let amendment = &c.amendments[at];
    let link = context.amendment_link(c, amendment);
    AmendmentName {
        number: link.title,
        href: link.href,
        title: amendment.title.as_ref().map(ToString::to_string),
        outcome: amendment.outcome,
        origin: amendment.origin,
    }
}

/// A page of the list.
pub fn list_part<'a>(page: usize) -> Part<'a> {
    if page == 1 { Part::Amendments } else { Part::MoreAmendments(page) }
}

pub(super) fn slice(all: &[AmendmentIx], page: usize) -> &[AmendmentIx] {
    let from = (page.saturating_sub(1) * AMENDMENTS_PER_PAGE).min(all.len());
    &all[from..(from + AMENDMENTS_PER_PAGE).min(all.len())]
}

/// Makes a page of the list.
pub fn amendments<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    page: usize,
) -> AmendmentsView<'s> {
    let all = in_discussion(d);
    let mut groups: Vec<VersionGroup> = Vec::new();
    for run in slice(&all, page).chunk_by(|a, b| version_key(c, *a) == version_key(c, *b)) {
        let Some(first) = run.first() else { continue };
        let (t, v) = version_key(c, *first);
        let text = &c.texts[t];
        let version = &text.versions[v];
        groups.push(VersionGroup {
            text: context.text_link(c, text),
            version: Link::new(
                context.to(c, Part::Version(&text.id, &version.id)),
                context.words(&version.title),
            ),
            list: context.to(c, Part::VersionAmendments(&text.id, &version.id, 1)),
            count: d.texts[t].versions[v].discussion.len(),
            consolidated: consolidated(context, c, d, (t, v)),
            places: places(context, c, d, run),
        });
    }
    let mut numbers: Vec<&Amendment> = c.amendments.iter().filter(|_| page == 1).collect();
    numbers.sort_by_cached_key(|a| (a.origin.is_some(), natural_key(&a.number)));
    let (outcomes, changes) = outcomes(c, &all);
    AmendmentsView {
        head: context.head("amendments", context.words(&c.title), context.words(&c.summary)),
        outcomes,
        changes,
        groups,
        numbers: numbers.into_iter().map(|a| context.amendment_link(c, a)).collect(),
        pager: Pager::of(page, all.len(), AMENDMENTS_PER_PAGE, |n| context.to(c, list_part(n))),
        consultation: c.id.as_str(),
    }
}

fn version_key(c: &Consultation, at: AmendmentIx) -> (TextIx, usize) {
    (c.amendments[at].text, c.amendments[at].version)
}

/// The address of the consolidated text of a version, where something was applied.
pub fn consolidated(
    context: &Context<'_>,
    c: &Consultation,
    d: &DerivedConsultation,
    (t, v): (TextIx, usize),
) -> Option<String> {
    let text = &c.texts[t];
    let applied = &d.texts.get(t)?.versions.get(v)?.grafted.applied;
    (!applied.is_empty()).then(|| context.to(c, Part::Consolidated(&text.id, &text.versions[v].id)))
}

pub(super) fn outcomes(c: &Consultation, all: &[AmendmentIx]) -> (Vec<OutcomeCount>, usize) {
    let mut outcomes: BTreeMap<Outcome, usize> = BTreeMap::new();
    for outcome in all.iter().filter_map(|a| c.amendments[*a].outcome) {
        *outcomes.entry(outcome).or_default() += 1;
    }
    let changes = all.iter().filter(|a| c.amendments[**a].origin.is_some()).count();
    (outcomes.into_iter().map(|(outcome, count)| OutcomeCount { outcome, count }).collect(), changes)
}

pub(super) fn places(
    context: &Context<'_>,
    c: &Consultation,
    d: &DerivedConsultation,
    list: &[AmendmentIx],
) -> Vec<PlaceGroup> {
    let mut groups: Vec<PlaceGroup> = Vec::new();
    for at in list {
        let place = place(context, c, d, *at);
        let row = row(context, c, d, *at);
        match groups.last_mut().filter(|group| group.place == place) {
            Some(group) => group.amendments.push(row),
            None => groups.push(PlaceGroup { place, amendments: vec![row] }),
        }
    }
    groups
}

/// Where an amendment is discussed: a sub-amendment with the amendment it amends.
fn place(context: &Context<'_>, c: &Consultation, d: &DerivedConsultation, at: AmendmentIx) -> PlaceView {
    let mut at = at;
    while let Some(parent) = c.amendments[at].parent.filter(|p| version_key(c, *p) == version_key(c, at)) {
        at = parent;
    }
    let amendment = &c.amendments[at];
    let text = &c.texts[amendment.text];
    let version = amendment.version;
    let whole = PlaceView { kind: "text", link: Some(context.text_link(c, text)) };
    let done = version_of(d, amendment).and_then(|v| v.grafted.editions.main().done.get(&at));
    let Some(touch) = done.and_then(|done| done.touches.iter().min_by_key(|t| t.unit)) else {
        return match &amendment.article {
            Some(article) => {
                PlaceView { kind: "article", link: Some(context.article_link(c, text, article)) }
            }
            None => whole,
        };
    };
    let Some(item) = touch.unit.checked_sub(1) else {
        let kind = if touch.paragraph.is_none() && !touch.deletes { "start" } else { "preamble" };
        return PlaceView { kind, link: None };
    };
    let document = text.versions[version].document.main();
    let after = touch.paragraph.is_none() && !touch.deletes;
    let page_of = |own| text.article_at(version, own).map(|a| context.to(c, Part::Article(&text.id, &a.id)));
    match document.items.get(item) {
        Some(Item::Article(a)) => PlaceView {
            kind: if after { "after-article" } else { "article" },
            link: page_of(&a.id).map(|href| Link::new(href, &*a.number)),
        },
        Some(Item::Division(_)) => PlaceView {
            kind: if after { "after-division" } else { "division" },
            link: marked::place(context, c, (text, version), touch.unit, None),
        },
        None => whole,
    }
}

/// An amendment in a list.
pub fn row(
    context: &Context<'_>,
    c: &Consultation,
    d: &DerivedConsultation,
    at: AmendmentIx,
) -> AmendmentRow {
    let amendment = &c.amendments[at];
    let text = &c.texts[amendment.text];
    let link = context.amendment_link(c, amendment);
    let version = version_of(d, amendment);
    AmendmentRow {
        id: amendment.id.to_string(),
        number: link.title,
        href: link.href,
        title: amendment.title.as_ref().map(ToString::to_string),
        text: context.text_link(c, text),
        article: amendment.article.as_ref().map(|a| context.article_link(c, text, a)),
        authors: amendment.authors.iter().map(ToString::to_string).collect(),
        group: amendment.group.as_ref().map(ToString::to_string),
        date: amendment.date,
        outcome: amendment.outcome,
        origin: amendment.origin,
        parent: amendment.parent.map(|p| context.amendment_link(c, &c.amendments[p])),
        discussion_order: version.and_then(|v| v.discussion.iter().position(|a| *a == at)).map(|n| n + 1),
        applied: version.is_some_and(|v| v.grafted.adopted.has(at as u32)),
    }
}

/// The rows of a page of the list, as CSV.
pub fn csv(view: &AmendmentsView<'_>) -> Vec<u8> {
    table(view.groups.iter().flat_map(|g| &g.places))
}

pub(super) fn table<'v>(places: impl Iterator<Item = &'v PlaceGroup>) -> Vec<u8> {
    let mut csv = Csv::new();
    let header = [
        "id",
        "number",
        "title",
        "text",
        "article",
        "authors",
        "group",
        "date",
        "outcome",
        "origin",
        "parent",
        "discussion_order",
        "applied",
    ];
    csv.row(header.map(|name| (name, false)));
    for row in places.flat_map(|place| &place.amendments) {
        let link = |link: &Option<Link>| link.as_ref().map_or(String::new(), |l| l.title.clone());
        let date = row.date.map_or(String::new(), |d| d.to_string());
        let order = row.discussion_order.map_or(String::new(), |n| n.to_string());
        csv.row([
            (row.id.as_str(), true),
            (row.number.as_str(), true),
            (row.title.as_deref().unwrap_or(""), true),
            (row.text.title.as_str(), true),
            (link(&row.article).as_str(), true),
            (row.authors.join("; ").as_str(), true),
            (row.group.as_deref().unwrap_or(""), true),
            (date.as_str(), false),
            (row.outcome.map_or("", Outcome::as_str), false),
            (row.origin.map_or("", Origin::as_str), false),
            (link(&row.parent).as_str(), true),
            (order.as_str(), false),
            (if row.applied { "true" } else { "false" }, false),
        ]);
    }
    csv.finish().0
}
