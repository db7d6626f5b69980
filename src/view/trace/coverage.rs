//! What share of the contributions a synthesis, or all of them, cites: in all, and by article, category and position.
//! Merged contributions are left out: they go with their target.

use crate::derive::tally::share;
use crate::model::choices::Position;
use crate::model::id::Id;
use crate::model::site::*;
use crate::view::context::Context;
use crate::view::parts::Link;
use serde::Serialize;
use std::collections::BTreeMap;

/// Parts of a whole.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Part {
    /// How many.
    pub count: u64,
    /// Of how many.
    pub of: u64,
    /// In per cent.
    pub share: f64,
}

impl Part {
    /// So many of so many.
    pub fn new(count: u64, of: u64) -> Self {
        Part { count, of, share: share(count, of) }
    }
}

/// A row: contributions that share something.
#[derive(Debug, Serialize)]
pub struct CoverageRow {
    /// What they share, by its title and address; none for those that have none of it.
    pub link: Option<Link>,
    /// What they share, as a word of a closed list.
    pub word: Option<&'static str>,
    /// The counts.
    #[serde(flatten)]
    pub part: Part,
}

/// What is covered.
#[derive(Debug, Serialize)]
pub struct Coverage {
    /// Of all.
    pub all: Part,
    /// By article, in their order; then those on no article.
    pub articles: Vec<CoverageRow>,
    /// By category, in their order; then those of none.
    pub categories: Vec<CoverageRow>,
    /// By position; then those that take none.
    pub positions: Vec<CoverageRow>,
}

/// The article that a contribution is about, its own or that of the one above it.
pub fn article_of(c: &Consultation, at: ContributionIx) -> Option<(usize, &Id)> {
    let mut own = &c.contributions[at];
    while own.about.article.is_none()
        && let Some(parent) = own.parent
    {
        own = &c.contributions[parent];
    }
    Some((own.about.text?, own.about.article.as_ref()?))
}

/// The category of a contribution, its own or that of the one above it.
fn category_of(c: &Consultation, at: ContributionIx) -> Option<&Id> {
    let mut own = &c.contributions[at];
    while own.category.is_none()
        && let Some(parent) = own.parent
    {
        own = &c.contributions[parent];
    }
    own.category.as_ref()
}

/// Published, and not merged into another.
pub fn counts(contribution: &Contribution) -> bool {
    contribution.published().is_some() && contribution.merged_into.is_none()
}

type Groups<K> = BTreeMap<K, (u64, u64)>;

/// Counts, over the contributions that `whole` keeps, those that `covered` keeps.
pub fn coverage(
    context: &Context<'_>,
    c: &Consultation,
    whole: impl Fn(ContributionIx) -> bool,
    covered: impl Fn(ContributionIx) -> bool,
) -> Coverage {
    let mut all = (0, 0);
    let mut articles: Groups<Option<(usize, Id)>> = BTreeMap::new();
    let mut categories: Groups<Option<Id>> = BTreeMap::new();
    let mut positions: Groups<Option<Position>> = BTreeMap::new();
    for (at, x) in c.contributions.iter().enumerate().filter(|(at, x)| counts(x) && whole(*at)) {
        let one = u64::from(covered(at));
        let add = |count: &mut (u64, u64)| {
            count.0 += one;
            count.1 += 1;
        };
        add(&mut all);
        add(articles.entry(article_of(c, at).map(|(t, a)| (t, a.clone()))).or_default());
        add(categories.entry(category_of(c, at).cloned()).or_default());
        add(positions.entry(x.published().and_then(|p| p.position)).or_default());
    }
    let part = |count: (u64, u64)| Part::new(count.0, count.1);
    let row = |link: Option<Link>, word, count: (u64, u64)| CoverageRow { link, word, part: part(count) };
    let in_order =
        c.texts.iter().enumerate().flat_map(|(t, text)| text.articles.iter().map(move |a| (t, &a.id)));
    let by_article = in_order.filter_map(|(t, id)| {
        let count = articles.get(&Some((t, id.clone())))?;
        Some(row(Some(context.article_link(c, &c.texts[t], id)), None, *count))
    });
    let by_category = c.categories.iter().filter_map(|category| {
        let count = categories.get(&Some(category.id.clone()))?;
        let listing = crate::route::Listing::Category(&category.id);
        let href = context.to(c, crate::route::Part::Contributions(listing, 1));
        let has =
            c.contributions.iter().any(|x| x.kind.has_page() && x.category.as_ref() == Some(&category.id));
        Some(row(
            Some(Link::new(if has { href } else { String::new() }, context.words(&category.title))),
            None,
            *count,
        ))
    });
    let by_position = Position::ALL.iter().filter_map(|position| {
        let count = positions.get(&Some(*position))?;
        Some(row(None, Some(position.as_str()), *count))
    });
    let rest = |count: Option<&(u64, u64)>| count.map(|count| row(None, None, *count));
    Coverage {
        all: part(all),
        articles: several(by_article.chain(rest(articles.get(&None))).collect()),
        categories: several(by_category.chain(rest(categories.get(&None))).collect()),
        positions: several(by_position.chain(rest(positions.get(&None))).collect()),
    }
}

/// One row alone, of those that share nothing, repeats the whole.
fn several(rows: Vec<CoverageRow>) -> Vec<CoverageRow> {
    if rows.iter().all(|row| row.link.is_none() && row.word.is_none()) { Vec::new() } else { rows }
}
