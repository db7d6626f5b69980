//! What was said about the article of another text from which an article comes: proposals put to consultation on a
//! draft, shown on the bill that continues it.

use super::context::Context;
use super::contribution::{Card, card};
use super::parts::Link;
use crate::derive::DerivedConsultation;
use crate::model::site::{Consultation, ContributionIx};
use serde::Serialize;
use std::cmp::Reverse;

/// The article of the other text.
#[derive(Debug, Serialize)]
pub struct ContinuedView<'s> {
    /// The other text.
    pub text: Link,
    /// The article there, with everything that was said about it.
    pub article: Link,
    /// It has the same number there as here.
    pub same_number: bool,
    /// Proposals and rewordings on it.
    pub contributions: usize,
    /// Arguments, sources and comments directly on it.
    pub fragments: usize,
    /// The proposals and rewordings with most reactions for them.
    pub cards: Vec<Card<'s>>,
}

/// How many cards are shown: all of them are a link away.
const CARDS: usize = 5;

/// The articles from which an article comes; `number` is its own.
pub fn continued<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    (text, at): (usize, usize),
    number: &str,
) -> Vec<ContinuedView<'s>> {
    let Some(older) = c.texts[text].continues else { return Vec::new() };
    let id = c.texts[text].articles[at].id.clone();
    let from = d.comes_from.get(&(text, id)).into_iter().flatten();
    from.map(|article| {
        let on = d.on_article.get(&(older, article.clone())).map(Vec::as_slice).unwrap_or_default();
        let mut pages: Vec<ContributionIx> =
            on.iter().copied().filter(|x| c.contributions[*x].kind.has_page()).collect();
        let count = pages.len();
        let support = |x: &ContributionIx| c.contributions[*x].votes.as_ref().map_or(0, |v| v.counts.r#for);
        pages.sort_by_key(|x| (Reverse(support(x)), *x));
        let link = context.article_link(c, &c.texts[older], article);
        ContinuedView {
            text: context.text_link(c, &c.texts[older]),
            same_number: link.title == number,
            article: link,
            contributions: count,
            fragments: on.len() - count,
            cards: pages.into_iter().take(CARDS).map(|x| card(context, c, d, x)).collect(),
        }
    })
    .filter(|view| view.contributions + view.fragments > 0)
    .collect()
}
