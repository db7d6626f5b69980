//! Lists of contributions, paged and sorted at build, so that they work without JavaScript: by date (numbered from
//! the oldest), by reactions for or by their balance, by article, by category; and the discussion of what stands on no
//! other page.

use super::Head;
use super::context::{Context, listed};
use super::contribution::{Card, card};
use super::fragment::{Fragment, thread};
use super::parts::{Link, Pager};
use super::plan::{ListingKey, listing_route};
use super::ranking::{Ranking, RankingView, ranked};
use crate::derive::DerivedConsultation;
use crate::model::site::*;
use crate::route::{Listing, PER_PAGE, Part};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The order of each list of a consultation.
#[derive(Debug, Default)]
pub struct Lists {
    by_date: Vec<ContributionIx>,
    by_votes: Vec<ContributionIx>,
    by_balance: Vec<ContributionIx>,
    by_article: Vec<ContributionIx>,
    discussion: Vec<ContributionIx>,
    categories: Vec<Vec<ContributionIx>>,
}

/// Sorts the contributions of a consultation in every way that is listed.
pub fn lists(c: &Consultation, d: &DerivedConsultation) -> Lists {
    let by_date: Vec<usize> = (0..c.contributions.len()).filter(|at| listed(&c.contributions[*at])).collect();
    let ranked = |by: Ranking| {
        let mut list: Vec<usize> = by_date.iter().copied().filter(|at| ranked(c, *at)).collect();
        list.sort_by_key(|at| Reverse(by.count(c, *at)));
        list
    };
    let (by_votes, by_balance) = (ranked(Ranking::For), ranked(Ranking::Balance));
    let articles = article_places(c);
    let mut by_article: Vec<usize> =
        by_date.iter().copied().filter(|at| place(c, &articles, *at).is_some()).collect();
    by_article.sort_by_key(|at| place(c, &articles, *at));
    let in_category = |category: &Category| {
        let of = |at: &usize| c.contributions[*at].category.as_ref() == Some(&category.id);
        by_date.iter().copied().filter(of).collect()
    };
    let categories = c.categories.iter().map(in_category).collect();
    Lists { by_votes, by_balance, by_article, categories, discussion: d.discussion.clone(), by_date }
}

/// Place of each article in its consultation: text, then article.
fn article_places(c: &Consultation) -> BTreeMap<(usize, &crate::model::id::Id), usize> {
    let of = |(t, text): (usize, &'_ Text)| (0..text.articles.len()).map(move |a| (t, a)).collect::<Vec<_>>();
    let all = c.texts.iter().enumerate().flat_map(of);
    all.enumerate().map(|(n, (t, a))| ((t, &c.texts[t].articles[a].id), n)).collect()
}

/// The article a contribution is about, its own or its parent's, as a place.
fn place(
    c: &Consultation,
    articles: &BTreeMap<(usize, &crate::model::id::Id), usize>,
    at: ContributionIx,
) -> Option<usize> {
    let about = article_of(c, at)?;
    articles.get(&(about.0, about.1)).copied()
}

fn article_of(c: &Consultation, at: ContributionIx) -> Option<(usize, &crate::model::id::Id)> {
    let own = &c.contributions[at];
    let about = match own.parent {
        Some(parent) if own.about.article.is_none() => &c.contributions[parent].about,
        _ => &own.about,
    };
    Some((about.text?, about.article.as_ref()?))
}

impl Lists {
    /// Every list with its length.
    pub fn counts(&self) -> Vec<(ListingKey, usize)> {
        let mut counts = vec![
            (ListingKey::ByDate, self.by_date.len()),
            (ListingKey::ByVotes, self.by_votes.len()),
            (ListingKey::ByBalance, self.by_balance.len()),
            (ListingKey::ByArticle, self.by_article.len()),
            (ListingKey::Discussion, self.discussion.len()),
        ];
        counts.extend(
            self.categories.iter().enumerate().map(|(i, list)| (ListingKey::Category(i), list.len())),
        );
        counts
    }

    /// The page of the list by article on which those about an article begin, from 1.
    pub fn page_of(&self, c: &Consultation, text: TextIx, article: &crate::model::id::Id) -> usize {
        let first = self.by_article.iter().position(|at| article_of(c, *at) == Some((text, article)));
        first.unwrap_or(0) / PER_PAGE + 1
    }

    fn get(&self, list: ListingKey) -> &[ContributionIx] {
        match list {
            ListingKey::ByDate => &self.by_date,
            ListingKey::ByVotes => &self.by_votes,
            ListingKey::ByBalance => &self.by_balance,
            ListingKey::ByArticle => &self.by_article,
            ListingKey::Discussion => &self.discussion,
            ListingKey::Category(at) => &self.categories[at],
        }
    }
}

/// A page of a list.
#[derive(Debug, Serialize)]
pub struct ContributionsView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// Which list: `by-date`, `by-votes`, `by-balance`, `by-article`, `discussion`, `category`.
    pub listing: &'static str,
    /// Title of the category.
    pub category: Option<String>,
    /// The other lists.
    pub lists: Vec<ListLink>,
    /// The categories' lists.
    pub categories: Vec<Link>,
    /// Where this page stands in its list.
    pub pager: Pager,
    /// Contributions in all, withheld ones included.
    pub total: u64,
    /// Withheld ones.
    pub withheld: u64,
    /// The contributions of this page, under what they share.
    pub groups: Vec<CardGroup<'s>>,
    /// How the list is ranked, and who is not in it.
    pub ranking: Option<RankingView>,
    /// The fragments of this page, in a discussion.
    pub fragments: Vec<Fragment<'s>>,
}

/// Another list.
#[derive(Debug, Serialize)]
pub struct ListLink {
    /// Which.
    pub listing: &'static str,
    /// Its address.
    pub href: String,
    /// How many it has.
    pub count: usize,
    /// It is this one.
    pub current: bool,
}

/// Cards that share something.
#[derive(Debug, Serialize)]
pub struct CardGroup<'s> {
    /// What they share (an article), when the list is grouped.
    pub about: Option<Link>,
    /// The cards.
    pub cards: Vec<Card<'s>>,
}

/// Makes a page of a list.
pub fn contributions<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    lists: &Lists,
    list: ListingKey,
    number: usize,
) -> ContributionsView<'s> {
    let all = lists.get(list);
    let from = (number - 1) * PER_PAGE;
    let shown = &all[from.min(all.len())..(from + PER_PAGE).min(all.len())];
    let route = listing_route(c, list);
    let category = match list {
        ListingKey::Category(at) => Some(context.words(&c.categories[at].title).to_owned()),
        ListingKey::ByDate
        | ListingKey::ByVotes
        | ListingKey::ByBalance
        | ListingKey::ByArticle
        | ListingKey::Discussion => None,
    };
    let title = category.as_deref().unwrap_or_else(|| context.words(&c.title));
    let mut fragments = Vec::new();
    if list == ListingKey::Discussion {
        shown.iter().for_each(|root| thread(context, c, d, *root, &mut fragments));
    }
    ContributionsView {
        head: context.head("contributions", title, context.words(&c.summary)),
        listing: name(list),
        lists: others(context, c, lists, list),
        categories: category_links(context, c, lists),
        pager: Pager::new(number, all.len(), |n| context.to(c, Part::Contributions(route, n))),
        total: d.totals.contributions,
        withheld: d.totals.withheld,
        groups: groups(context, c, d, list, (all, from.min(all.len()), shown)),
        ranking: Ranking::of(list).map(|ranking| ranking.view(c, &lists.by_date)),
        fragments,
        category,
    }
}

fn name(list: ListingKey) -> &'static str {
    match list {
        ListingKey::ByDate => "by-date",
        ListingKey::ByVotes => "by-votes",
        ListingKey::ByBalance => "by-balance",
        ListingKey::ByArticle => "by-article",
        ListingKey::Discussion => "discussion",
        ListingKey::Category(_) => "category",
    }
}

fn others(context: &Context<'_>, c: &Consultation, lists: &Lists, here: ListingKey) -> Vec<ListLink> {
    let main = |(list, count): (ListingKey, usize)| {
        let shown = count > 0 && !matches!(list, ListingKey::Category(_));
        shown.then(|| ListLink {
            listing: name(list),
            href: context.to(c, Part::Contributions(listing_route(c, list), 1)),
            count,
            current: list == here,
        })
    };
    lists.counts().into_iter().filter_map(main).collect()
}

fn category_links(context: &Context<'_>, c: &Consultation, lists: &Lists) -> Vec<Link> {
    let link = |(at, category): (usize, &Category)| {
        let href = context.to(c, Part::Contributions(Listing::Category(&category.id), 1));
        (!lists.categories[at].is_empty()).then(|| Link::new(href, context.words(&category.title)))
    };
    c.categories.iter().enumerate().filter_map(link).collect()
}

fn groups<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    list: ListingKey,
    (all, from, shown): (&[ContributionIx], usize, &[ContributionIx]),
) -> Vec<CardGroup<'s>> {
    let mut groups: Vec<CardGroup<'s>> = Vec::new();
    if list == ListingKey::Discussion {
        return groups;
    }
    for (place, at) in (from..).zip(shown) {
        let about = match list {
            ListingKey::ByArticle => {
                article_of(c, *at).map(|(text, article)| context.article_link(c, &c.texts[text], article))
            }
            _ => None,
        };
        let mut card = card(context, c, d, *at);
        card.rank = Ranking::of(list).and_then(|ranking| ranking.rank(c, all, place));
        match groups.last_mut().filter(|group| group.about == about) {
            Some(group) => group.cards.push(card),
            None => groups.push(CardGroup { about, cards: vec![card] }),
        }
    }
    groups
}
