//! The list of amendments, and the page of one.

use super::Head;
use super::context::Context;
use super::contribution::{Card, card};
use super::parts::{Link, Prose};
use super::vote::{VoteCard, vote_card};
use crate::derive::DerivedConsultation;
use crate::model::change::Target;
use crate::model::choices::{Origin, Outcome};
use crate::model::document::article_key;
use crate::model::site::*;
use crate::model::when::Date;
use crate::opendata::Csv;
use crate::route::paragraph_fragment;
use crate::text::plain;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The list of amendments.
#[derive(Debug, Serialize)]
pub struct AmendmentsView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// How many have each outcome; changes that were not tabled are apart.
    pub outcomes: Vec<OutcomeCount>,
    /// Changes that were not tabled.
    pub changes: usize,
    /// Every amendment, in the order of its number.
    pub amendments: Vec<AmendmentRow>,
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
}

/// Makes the list.
pub fn amendments<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
) -> AmendmentsView<'s> {
    let mut outcomes: BTreeMap<Outcome, usize> = BTreeMap::new();
    for outcome in c.amendments.iter().filter_map(|a| a.outcome) {
        *outcomes.entry(outcome).or_default() += 1;
    }
    AmendmentsView {
        head: context.head("amendments", context.words(&c.title), context.words(&c.summary)),
        outcomes: outcomes.into_iter().map(|(outcome, count)| OutcomeCount { outcome, count }).collect(),
        changes: c.amendments.iter().filter(|a| a.origin.is_some()).count(),
        amendments: (0..c.amendments.len()).map(|at| row(context, c, d, at)).collect(),
        consultation: c.id.as_str(),
    }
}

/// An amendment in a list.
pub fn row(
    context: &Context<'_>,
    c: &Consultation,
    _: &DerivedConsultation,
    at: AmendmentIx,
) -> AmendmentRow {
    let amendment = &c.amendments[at];
    let text = &c.texts[amendment.text];
    let link = context.amendment_link(c, amendment);
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
    }
}

/// The table of the list, as CSV.
pub fn csv(view: &AmendmentsView<'_>) -> Vec<u8> {
    let mut csv = Csv::new();
    let header = [
        "id", "number", "title", "text", "article", "authors", "group", "date", "outcome", "origin", "parent",
    ];
    csv.row(header.map(|name| (name, false)));
    for row in &view.amendments {
        let link = |link: &Option<Link>| link.as_ref().map_or(String::new(), |l| l.title.clone());
        let date = row.date.map_or(String::new(), |d| d.to_string());
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
        ]);
    }
    csv.finish().0
}

/// An amendment's page.
#[derive(Debug, Serialize)]
pub struct AmendmentView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// What the list says of it.
    #[serde(flatten)]
    pub row: AmendmentRow,
    /// The version it changes.
    pub version: Link,
    /// When it was decided.
    pub decided: Option<Date>,
    /// What it does.
    pub operations: Vec<OperationView<'s>>,
    /// Statement of reasons.
    pub reasons: Option<Prose<'s>>,
    /// Votes that decided it.
    pub votes: Vec<VoteCard>,
    /// Amendments on whose result it builds.
    pub after: Vec<Link>,
    /// Sub-amendments.
    pub sub_amendments: Vec<AmendmentRow>,
    /// Contributions that led to it.
    pub contributions: Vec<Card<'s>>,
    /// Where it is published officially.
    pub url: Option<&'s str>,
}

/// One operation; `kind` is one of [`Edit::KINDS`](crate::model::change::Edit::KINDS).
#[derive(Debug, Serialize)]
pub struct OperationView<'s> {
    /// What it does.
    pub kind: &'static str,
    /// The article or division as it names it.
    pub target: Option<&'s str>,
    /// The article's page, or the paragraph there, when a version has it.
    pub place: Option<Link>,
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
    /// Words before or after which words are inserted.
    pub anchor: Option<&'s str>,
}

/// Makes an amendment's page.
pub fn amendment<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    at: AmendmentIx,
) -> AmendmentView<'s> {
    let amendment = &c.amendments[at];
    let row = row(context, c, d, at);
    let text = &c.texts[amendment.text];
    let version = &text.versions[amendment.version];
    let words = context.words(&amendment.reasons);
    let described = match &amendment.title {
        Some(title) => title.to_string(),
        None => plain(words, 400),
    };
    let votes = d.votes_on_amendment.get(&at).into_iter().flatten();
    AmendmentView {
        head: context.head("amendment", row.number.clone(), described),
        version: Link::new(
            context.to(c, crate::route::Part::Version(&text.id, &version.id)),
            context.words(&version.title),
        ),
        decided: amendment.decided,
        operations: amendment
            .operations
            .get(context.lang)
            .iter()
            .map(|o| operation(context, c, amendment, o))
            .collect(),
        reasons: Prose::local(&amendment.reasons, context.lang),
        votes: votes.map(|v| vote_card(context, c, d, *v)).collect(),
        after: amendment.after.iter().map(|a| context.amendment_link(c, &c.amendments[*a])).collect(),
        sub_amendments: d.sub_amendments[at].iter().map(|a| self::row(context, c, d, *a)).collect(),
        contributions: amendment.contributions.iter().map(|x| card(context, c, d, *x)).collect(),
        url: amendment.url.as_deref(),
        row,
    }
}

fn operation<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    amendment: &'s Amendment,
    operation: &'s Operation,
) -> OperationView<'s> {
    let text = &c.texts[amendment.text];
    let run = operation.edit.paragraphs();
    let paragraph = operation.paragraph.or(run.map(|p| p.first));
    let article = match &operation.target {
        Target::Article(name) => {
            text.articles.iter().find(|a| article_key(a.id.as_str()) == article_key(name))
        }
        Target::Division(_) | Target::Preamble | Target::Text => None,
    };
    let place = article.map(|article| {
        let mut link = context.article_link(c, text, &article.id);
        if let Some(number) = paragraph.filter(|n| *n > 0) {
            link.href = format!("{}#{}", link.href, paragraph_fragment(&article.id, number));
        }
        link
    });
    OperationView {
        kind: operation.edit.kind(),
        target: operation.target.name(),
        place,
        paragraph,
        last_paragraph: run.map(|p| p.last).filter(|last| Some(*last) != paragraph),
        occurrence: operation.occurrence,
        deleted: operation.edit.deleted(),
        inserted: operation.edit.inserted(),
        anchor: operation.edit.anchor().map(|(words, _)| words),
    }
}
