//! What happened to a contribution itself: what it rewords, where the place it speaks of stands now, its earlier
//! states, what it was merged with or split from, and who else sent the same words.

use super::context::Context;
use super::parts::{Link, Prose, ReactionsView};
use super::rows::{RowFate, RowView, in_common, rows_of};
use super::words::{runs, words};
use crate::derive::DerivedConsultation;
use crate::model::choices::ContributionKind;
use crate::model::site::{Consultation, Contribution, ContributionIx, Published, Revision};
use crate::model::when::{Date, Moment};
use crate::route::{Part, paragraph_fragment};
use serde::Serialize;

/// Members of a campaign that a page names; the others are counted.
const MEMBERS: usize = 50;

/// The history of a contribution.
#[derive(Debug, Serialize)]
pub struct HistoryView<'s> {
    /// What it rewords, word by word.
    pub rewording: Option<RewordingView>,
    /// Where the paragraph or the words that it speaks of stand now.
    pub anchor: Option<AnchorView>,
    /// Its earlier states, the latest first.
    pub revisions: Vec<RevisionView<'s>>,
    /// The day it was decided to publish it.
    pub decided: Option<Date>,
    /// Who decided.
    pub by: Option<&'s str>,
    /// Of what it was a part.
    pub split_from: Option<Link>,
    /// Into what it was split.
    pub split_into: Vec<Link>,
    /// What was merged into it.
    pub merged: Vec<Link>,
    /// The campaign to which it belongs.
    pub campaign: Option<CampaignView>,
}

/// The difference between what is there and what is suggested.
#[derive(Debug, Serialize)]
pub struct RewordingView {
    /// The paragraphs with the words that change.
    pub rows: Vec<RowView>,
}

/// A place in a text, then and now.
#[derive(Debug, Serialize)]
pub struct AnchorView {
    /// The version it speaks of.
    pub version: Link,
    /// The paragraph there.
    pub paragraph: Option<u32>,
    /// The latest version that has the article, when that is another one.
    pub latest: Option<Link>,
    /// The paragraph in the latest version: address and number as title; none when it is gone.
    pub now: Option<Link>,
    /// Whether the paragraph's words are the same.
    pub unchanged: Option<bool>,
    /// Whether the words quoted still stand there.
    pub quoted: Option<bool>,
}

/// An earlier state.
#[derive(Debug, Serialize)]
pub struct RevisionView<'s> {
    /// When it was written so.
    pub date: Moment,
    /// Its title then.
    pub title: Option<&'s str>,
    /// Its words then.
    pub body: Option<Prose<'s>>,
    /// What changed from it to the next state.
    pub rows: Vec<RowView>,
    /// Reactions that it received.
    pub votes: Option<ReactionsView>,
}

/// Several people sent the same words.
#[derive(Debug, Serialize)]
pub struct CampaignView {
    /// How many sent them.
    pub count: u64,
    /// The others, oldest first, as many as a page names.
    pub others: Vec<Link>,
}

/// Makes the history of a contribution.
pub fn history<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    at: ContributionIx,
) -> HistoryView<'s> {
    let contribution = &c.contributions[at];
    let published = contribution.published();
    let link = |x: ContributionIx| context.contribution_link(c, d, x);
    HistoryView {
        rewording: published.and_then(|p| rewording(context, c, contribution, p)),
        anchor: anchor(context, c, d, at),
        revisions: published.map(|p| revisions(context, p)).unwrap_or_default(),
        decided: published.and(contribution.moderation.date),
        by: published.and(contribution.moderation.by.as_deref()),
        split_from: contribution.split_from.map(link),
        split_into: d.split_into.get(&at).into_iter().flatten().copied().map(link).collect(),
        merged: d.merged.get(&at).into_iter().flatten().copied().map(link).collect(),
        campaign: d.campaigns.of.get(&at).map(|campaign| {
            let members = &d.campaigns.all[*campaign];
            let others = members.iter().copied().filter(|x| *x != at).take(MEMBERS).map(link).collect();
            CampaignView { count: members.len() as u64, others }
        }),
    }
}

/// The words that a suggested wording would replace: those quoted, the paragraph, the article, or what it answers.
fn reworded(context: &Context<'_>, c: &Consultation, contribution: &Contribution) -> Option<String> {
    let about = &contribution.about;
    if let Some(quote) = &about.quote {
        return Some(quote.to_string());
    }
    let article = about.text.zip(about.article.as_ref()).and_then(|(text, article)| {
        let text = &c.texts[text];
        let notes = text.articles.iter().find(|a| a.id == *article)?;
        let has = |v: &usize| notes.places.get(*v).is_some_and(Option::is_some);
        let version = about.version.filter(has).or_else(|| (0..notes.places.len()).find(has))?;
        text.versions.get(version)?.document.get(context.lang).article(notes.places[version].as_ref()?)
    });
    if let Some(article) = article {
        let wanted = article.paragraphs.iter().filter(|p| about.paragraph.is_none_or(|n| n == p.number));
        let words: Vec<&str> = wanted.map(|p| &*p.markdown).collect();
        return Some(words.join("\n\n")).filter(|words| !words.is_empty());
    }
    let parent = &c.contributions[contribution.parent?];
    parent.published().map(|p| p.body.to_string()).filter(|words| !words.is_empty())
}

fn rewording(
    context: &Context<'_>,
    c: &Consultation,
    contribution: &Contribution,
    published: &Published,
) -> Option<RewordingView> {
    if contribution.kind != ContributionKind::Wording || published.body.is_empty() {
        return None;
    }
    let rows = changes(&reworded(context, c, contribution)?, &published.body);
    in_common(&rows).then_some(RewordingView { rows })
}

/// The rows of two texts. Two single paragraphs are one that changed, however little they share.
fn changes(older: &str, newer: &str) -> Vec<RowView> {
    let single = |text: &str| !text.trim().contains("\n\n");
    if single(older) && single(newer) {
        let runs = runs(&words(older.trim()), &words(newer.trim()));
        return vec![RowView { fate: RowFate::Changed, older: Some(1), newer: Some(1), runs }];
    }
    rows_of(older, newer)
}

/// Where the place that a contribution speaks of stands now.
pub fn anchor(
    context: &Context<'_>,
    c: &Consultation,
    d: &DerivedConsultation,
    at: ContributionIx,
) -> Option<AnchorView> {
    let anchor = d.anchors.of.get(&at)?;
    let about = &c.contributions[at].about;
    let (text, article) = (&c.texts[about.text?], about.article.as_ref()?);
    let version = |at: usize| {
        let version = &text.versions[at];
        Link::new(context.to(c, Part::Version(&text.id, &version.id)), context.words(&version.title))
    };
    let own = text.articles.iter().find(|a| a.id == *article).and_then(|a| a.places.get(anchor.to)?.as_ref());
    let page = context.to(c, Part::Article(&text.id, article));
    let place = |number: u32| {
        let fragment = paragraph_fragment(own.unwrap_or(article), number);
        Link::new(format!("{page}#{fragment}"), number.to_string())
    };
    Some(AnchorView {
        version: version(anchor.from),
        paragraph: about.paragraph,
        latest: (anchor.to != anchor.from).then(|| version(anchor.to)),
        now: anchor.paragraph.map(place),
        unchanged: anchor.unchanged,
        quoted: anchor.quoted,
    })
}

fn revisions<'s>(context: &Context<'s>, published: &'s Published) -> Vec<RevisionView<'s>> {
    let bodies = published.revisions.iter().map(|r| &*r.body).chain([&*published.body]);
    let next: Vec<&str> = bodies.skip(1).collect();
    let one = |(revision, next): (&'s Revision, &str)| {
        let rows = changes(&revision.body, next);
        RevisionView {
            date: revision.date,
            title: revision.title.as_deref(),
            body: Prose::participant(&revision.body, &published.language),
            rows: if in_common(&rows) { rows } else { Vec::new() },
            votes: revision.votes.as_ref().map(|v| ReactionsView::declared(v, context)),
        }
    };
    published.revisions.iter().zip(next).map(one).rev().collect()
}
