//! An article across versions: its words, what it is for, the laws it changes, what was proposed and said about it.

use super::Head;
use super::amendments::{AmendmentRow, row};
use super::consultation::{VersionLink, version_links};
use super::context::Context;
use super::contribution::{Card, card};
use super::document::{ParagraphView, paragraphs};
use super::fragment::{Fragments, fragments};
use super::parts::{Link, Prose, ReactionsView};
use super::vote::{VoteCard, vote_card};
use crate::derive::DerivedConsultation;
use crate::model::site::{Consultation, LawChange};
use crate::text::plain;
use serde::Serialize;

/// An article's page.
#[derive(Debug, Serialize)]
pub struct ArticleView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// The text.
    pub text: Link,
    /// Its id.
    pub id: &'s str,
    /// Its number, in the version shown.
    pub number: &'s str,
    /// What follows the number.
    pub heading: &'s str,
    /// The version shown: the latest that has it.
    pub version: VersionLink,
    /// It is no longer in the latest version.
    pub gone: bool,
    /// Versions that have it, oldest first.
    pub versions: Vec<VersionLink>,
    /// Its paragraphs.
    pub paragraphs: Vec<ParagraphView<'s>>,
    /// Its category.
    pub category: Option<String>,
    /// What it is for.
    pub explanation: Option<Prose<'s>>,
    /// Laws it changes.
    pub law: Vec<LawView<'s>>,
    /// Reactions.
    pub votes: Option<ReactionsView>,
    /// Votes about it.
    pub decisions: Vec<VoteCard>,
    /// Amendments on it.
    pub amendments: Vec<AmendmentRow>,
    /// Proposals and rewordings on it.
    pub contributions: Vec<Card<'s>>,
    /// Arguments, sources, comments on it.
    pub fragments: Fragments<'s>,
    /// The article before.
    pub previous: Option<Link>,
    /// The article after.
    pub next: Option<Link>,
    /// Where it was first published.
    pub original_url: Option<&'s str>,
}

/// A law before and after.
#[derive(Debug, Serialize)]
pub struct LawView<'s> {
    /// Which.
    pub title: &'s str,
    /// Before.
    pub before: Option<Prose<'s>>,
    /// After.
    pub after: Option<Prose<'s>>,
    /// Where it is published.
    pub url: Option<&'s str>,
}

/// Makes an article's page.
pub fn article<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    text_at: usize,
    at: usize,
) -> ArticleView<'s> {
    let text = &c.texts[text_at];
    let notes = &text.articles[at];
    let with: Vec<usize> = (0..text.versions.len()).filter(|v| notes.places[*v].is_some()).collect();
    let shown = with.last().copied().unwrap_or(0);
    let (lang, document) = text.versions[shown].document.pick(context.lang);
    let article = notes.places[shown].as_ref().and_then(|id| document.article(id));
    let number = article.map_or(notes.id.as_str(), |a| &a.number);
    let heading = article.map_or("", |a| &a.heading);
    let words = article.map(|a| a.paragraphs.iter().map(|p| &*p.markdown).collect::<Vec<_>>().join(" "));
    let title = if heading.is_empty() { number.to_owned() } else { format!("{number} – {heading}") };
    let described = words.map(|w| plain(&w, 400)).unwrap_or_default();
    let mut head = context.head("article", title, described);
    head.untranslated = (lang != context.lang).then(|| lang.clone());
    let all = version_links(context, c, text, Some(shown));
    let key = (text_at, notes.id.clone());
    let on = d.on_article.get(&key).map(Vec::as_slice).unwrap_or_default();
    let neighbour = |at: Option<usize>| {
        let other = text.articles.get(at?)?;
        Some(context.article_link(c, text, &other.id))
    };
    ArticleView {
        head,
        text: context.text_link(c, text),
        id: notes.id.as_str(),
        number,
        heading,
        version: all[shown].clone(),
        gone: shown + 1 < text.versions.len(),
        versions: with.iter().map(|v| all[*v].clone()).collect(),
        paragraphs: article.map(|a| paragraphs(a, lang)).unwrap_or_default(),
        category: notes.category.as_ref().and_then(|id| {
            c.categories.iter().find(|x| x.id == *id).map(|x| context.words(&x.title).to_owned())
        }),
        explanation: notes.explanation.as_ref().and_then(|e| Prose::official(e, &c.language)),
        law: notes.law.iter().map(|l| law(l, c)).collect(),
        votes: notes.votes.as_ref().map(|v| ReactionsView::declared(v, context)),
        decisions: d
            .votes_on_article
            .get(&key)
            .into_iter()
            .flatten()
            .map(|v| vote_card(context, c, d, *v))
            .collect(),
        amendments: d.amendments_on.get(&key).into_iter().flatten().map(|a| row(context, c, d, *a)).collect(),
        contributions: on
            .iter()
            .copied()
            .filter(|x| c.contributions[*x].kind.has_page())
            .map(|x| card(context, c, d, x))
            .collect(),
        fragments: fragments(context, c, d, on),
        previous: neighbour(at.checked_sub(1)),
        next: neighbour(Some(at + 1)),
        original_url: notes.original_url.as_deref(),
    }
}

fn law<'s>(law: &'s LawChange, c: &'s Consultation) -> LawView<'s> {
    LawView {
        title: &law.title,
        before: law.before.as_ref().and_then(|b| Prose::official(b, &c.language)),
        after: law.after.as_ref().and_then(|a| Prose::official(a, &c.language)),
        url: law.url.as_deref(),
    }
}
