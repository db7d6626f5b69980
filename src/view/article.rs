//! An article across versions: its words, what it is for, the laws it changes, what was proposed and said about it.

use super::Head;
use super::amendments::{AmendmentRow, row};
use super::consultation::{VersionLink, version_links};
use super::context::Context;
use super::continued::{ContinuedView, continued};
use super::contribution::{Card, card};
use super::document::{ParagraphView, inviting, paragraphs};
use super::fragment::{Fragments, fragments};
use super::life::{LifeView, Steps, life};
use super::listing::Lists;
use super::parts::{Link, Prose, ReactionsView};
use super::rows::{RowView, in_common, rows_of};
use super::sources::{Sources, sources};
use super::take_part::{About, invitation};
use super::vote::{VoteCard, vote_card};
use super::words::count;
use crate::derive::DerivedConsultation;
use crate::model::document::article_key;
use crate::model::id::Id;
use crate::model::site::{ArticleNotes, Consultation, ContributionIx, LawChange, Text};
use crate::route::{Listing, Part};
use crate::text::plain;
use serde::Serialize;
use std::collections::BTreeMap;

/// An article's page.
#[derive(Debug, Serialize)]
pub struct ArticleView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// The text.
    pub text: Link,
    /// Its id.
    pub id: &'s str,
    /// Its id in the version shown, from which the fragments of its paragraphs are made.
    pub shown_id: &'s str,
    /// Its number, in the version shown.
    pub number: &'s str,
    /// What follows the number.
    pub heading: &'s str,
    /// The version shown: the latest that has it.
    pub version: VersionLink,
    /// It is no longer in the latest version.
    pub gone: bool,
    /// What became of it from version to version.
    pub life: Vec<LifeView>,
    /// Other articles that had its number in an older version.
    pub namesakes: Vec<Namesake>,
    /// Its paragraphs.
    pub paragraphs: Vec<ArticleParagraph<'s>>,
    /// Where its words come from.
    pub sources: Sources,
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
    /// Proposals and rewordings on it: the first ones.
    pub contributions: Vec<ContributionGroup<'s>>,
    /// How many proposals and rewordings there are.
    pub contributions_count: usize,
    /// Where all of them are, when they are not all here.
    pub contributions_all: Option<String>,
    /// The articles of another text, which this text continues, from which it comes; what was said about them.
    pub continues: Vec<ContinuedView<'s>>,
    /// Arguments, sources, comments on it.
    pub fragments: Fragments<'s>,
    /// The article before.
    pub previous: Option<Link>,
    /// The article after.
    pub next: Option<Link>,
    /// Where it was first published.
    pub original_url: Option<&'s str>,
    /// The form about it: while it is in the latest version and the form is not closed.
    pub take_part: Option<String>,
}

/// Another article that had the same number.
#[derive(Debug, Serialize)]
pub struct Namesake {
    /// The version in which it had it, the latest of several.
    pub version: Link,
    /// Its page.
    pub article: Link,
}

/// A paragraph of the article.
#[derive(Debug, Serialize)]
pub struct ArticleParagraph<'s> {
    /// Its words.
    #[serde(flatten)]
    pub paragraph: ParagraphView<'s>,
    /// Numbers of the origins, among the article's sources, of words in it.
    pub origins: Vec<usize>,
    /// What was said about it, in whichever version, oldest first.
    pub said: Vec<Link>,
}

/// Contributions that speak of the article under one number.
#[derive(Debug, Serialize)]
pub struct ContributionGroup<'s> {
    /// The version they speak of, where it numbers the article otherwise than the version shown.
    pub version: Option<Link>,
    /// Its number there.
    pub number: Option<&'s str>,
    /// The contributions.
    pub cards: Vec<Card<'s>>,
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
    /// The paragraphs with the words that change, when both are there and have words in common.
    pub rows: Vec<RowView>,
    /// So long that the whole of both is worth reading beside the differences.
    pub long: bool,
    /// Where it is published.
    pub url: Option<&'s str>,
}

/// How many cards of contributions an article's page has.
const CARDS: usize = 50;
/// From this number of words on, a law before and after is long.
const LONG: u64 = 150;

/// Makes an article's page.
pub fn article<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    (steps, lists): (&Steps, &Lists),
    text_at: usize,
    at: usize,
) -> ArticleView<'s> {
    let text = &c.texts[text_at];
    let notes = &text.articles[at];
    let has = |v: &usize| notes.places[*v].is_some();
    let shown = (0..text.versions.len()).rev().find(has).unwrap_or(0);
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
    let sources = article.map(|a| sources(context, c, d, (text_at, shown), document, a)).unwrap_or_default();
    let origins = |number: u32| {
        let here = |origin: &&super::sources::OriginView| origin.paragraphs.contains(&number);
        sources.origins.iter().filter(here).map(|origin| origin.number).collect()
    };
    let listed: Vec<ContributionIx> =
        on.iter().copied().filter(|x| c.contributions[*x].kind.has_page()).collect();
    let neighbour = |at: Option<usize>| {
        let other = text.articles.get(at?)?;
        Some(context.article_link(c, text, &other.id))
    };
    let own = article.filter(|_| shown + 1 == text.versions.len());
    let take_part = own.and_then(|a| invitation(context, c, About::Article(&text.id, &a.id)));
    ArticleView {
        head,
        text: context.text_link(c, text),
        id: notes.id.as_str(),
        shown_id: article.map_or(notes.id.as_str(), |a| a.id.as_str()),
        number,
        heading,
        version: all[shown].clone(),
        gone: shown + 1 < text.versions.len(),
        life: life(context, c, steps, text_at, notes),
        namesakes: namesakes(context, c, text, notes),
        paragraphs: article
            .map(|a| inviting(paragraphs(a, lang), take_part.as_deref()))
            .unwrap_or_default()
            .into_iter()
            .map(|paragraph| ArticleParagraph {
                origins: origins(paragraph.number),
                said: said(context, c, d, (text_at, &notes.id, paragraph.number)),
                paragraph,
            })
            .collect(),
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
        contributions: groups(context, c, d, (text, notes, shown), &listed),
        contributions_count: listed.len(),
        contributions_all: (listed.len() > CARDS).then(|| {
            let page = lists.page_of(c, text_at, &notes.id);
            context.to(c, Part::Contributions(Listing::ByArticle, page))
        }),
        sources,
        continues: continued(context, c, d, (text_at, at), number),
        fragments: fragments(context, c, d, on),
        previous: neighbour(at.checked_sub(1)),
        next: neighbour(Some(at + 1)),
        original_url: notes.original_url.as_deref(),
        take_part,
    }
}

/// The contributions about a paragraph.
fn said(
    context: &Context<'_>,
    c: &Consultation,
    d: &DerivedConsultation,
    (text, article, number): (usize, &Id, u32),
) -> Vec<Link> {
    let at = d.anchors.at.get(&(text, article.clone(), number));
    at.into_iter().flatten().map(|x| context.contribution_link(c, d, *x)).collect()
}

/// Who follows an old link by number may mean one of these.
fn namesakes(context: &Context<'_>, c: &Consultation, text: &Text, notes: &ArticleNotes) -> Vec<Namesake> {
    let key = article_key(notes.id.as_str());
    let links = version_links(context, c, text, None);
    let others = text.articles.iter().filter(|other| other.id != notes.id);
    others
        .filter_map(|other| {
            let had = |v: &usize| other.places[*v].as_ref().is_some_and(|id| article_key(id.as_str()) == key);
            let version = (0..text.versions.len()).rev().find(had)?;
            let article = context.article_link(c, text, &other.id);
            Some(Namesake { version: links.get(version)?.link.clone(), article })
        })
        .collect()
}

/// The first contributions, under the number that the version they speak of gives the article; those that name no
/// version, or one that gives the number shown, come first and need no words.
fn groups<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    (text, notes, shown): (&'s Text, &'s ArticleNotes, usize),
    listed: &[ContributionIx],
) -> Vec<ContributionGroup<'s>> {
    let number = |version: usize| {
        let id = notes.places.get(version)?.as_ref()?;
        Some(&*text.versions.get(version)?.document.get(context.lang).article(id)?.number)
    };
    let links = version_links(context, c, text, None);
    let other = |at: &ContributionIx| {
        let version = c.contributions[*at].about.version?;
        number(version).filter(|there| Some(*there) != number(shown)).map(|there| (version, there))
    };
    let mut by: BTreeMap<Option<(usize, &'s str)>, Vec<ContributionIx>> = BTreeMap::new();
    listed.iter().take(CARDS).for_each(|at| by.entry(other(at)).or_default().push(*at));
    let group = |(about, list): (Option<(usize, &'s str)>, Vec<ContributionIx>)| ContributionGroup {
        version: about.and_then(|(version, _)| links.get(version)).map(|version| version.link.clone()),
        number: about.map(|(_, number)| number),
        cards: list.into_iter().map(|at| card(context, c, d, at)).collect(),
    };
    by.into_iter().map(group).collect()
}

fn law<'s>(law: &'s LawChange, c: &'s Consultation) -> LawView<'s> {
    let both = law.before.as_deref().zip(law.after.as_deref());
    let both = both.filter(|(before, after)| !before.trim().is_empty() && !after.trim().is_empty());
    LawView {
        rows: both
            .map(|(before, after)| rows_of(before, after))
            .filter(|rows| in_common(rows))
            .unwrap_or_default(),
        long: both.is_some_and(|(before, after)| count(before) + count(after) > LONG),
        title: &law.title,
        before: law.before.as_ref().and_then(|b| Prose::official(b, &c.language)),
        after: law.after.as_ref().and_then(|a| Prose::official(a, &c.language)),
        url: law.url.as_deref(),
    }
}
