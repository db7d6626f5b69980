//! Contributions inside the page of what they belong to: arguments, sources, comments, answers. A thread is a flat
//! list in the order of reading, with a depth that stops growing: a thread of ten thousand replies is still a list.

use super::context::Context;
use super::contribution::author;
use super::history::{AnchorView, anchor};
use super::parts::{AttachmentView, Link, Prose, ReactionsView, WithheldView};
use super::trace::{Piece, line};
use crate::derive::DerivedConsultation;
use crate::model::choices::{Channel, ContributionKind, Position};
use crate::model::site::*;
use crate::model::when::Moment;
use crate::route;
use serde::Serialize;
use std::collections::BTreeSet;

/// Depth beyond which replies are not indented further; each says what it answers.
const DEEPEST: u8 = 4;

/// A contribution inside a page.
#[derive(Debug, Serialize)]
pub struct Fragment<'s> {
    /// Its id.
    pub id: &'s str,
    /// Its fragment on the page.
    pub anchor: String,
    /// What it is.
    pub kind: ContributionKind,
    /// Its depth in the thread, from 0.
    pub depth: u8,
    /// What it answers, when that is another fragment.
    pub reply_to: Option<Link>,
    /// Its title.
    pub title: Option<&'s str>,
    /// Who wrote it.
    pub author: Option<&'s ShownAuthor>,
    /// When.
    pub date: Option<Moment>,
    /// Where it stands.
    pub position: Option<Position>,
    /// How it came.
    pub channel: Channel,
    /// Its words.
    pub body: Option<Prose<'s>>,
    /// Address of a source.
    pub link: Option<&'s str>,
    /// Answers to the questionnaire.
    pub answers: Vec<AnswerView>,
    /// Files.
    pub attachments: Vec<AttachmentView>,
    /// Reactions counted on it.
    pub votes: Option<ReactionsView>,
    /// Where the paragraph or the words that it speaks of stand now.
    pub on: Option<AnchorView>,
    /// The words it is about, quoted.
    pub quote: Option<&'s str>,
    /// How many people sent the same words, when they make a campaign.
    pub campaign: Option<u64>,
    /// The fragment before it on the page has the same words.
    pub repeats: bool,
    /// Its words are lost.
    pub lost: bool,
    /// Why it is not shown.
    pub withheld: Option<WithheldView>,
    /// What became of it, in a sentence; empty when nothing is recorded.
    pub trace: Vec<Piece>,
}

/// An answer to a question.
#[derive(Debug, Serialize)]
pub struct AnswerView {
    /// The question.
    pub question: String,
    /// The answer, as a title where it is an option.
    pub answer: String,
}

/// The fragments of a page, by what they are.
#[derive(Debug, Default, Serialize)]
pub struct Fragments<'s> {
    /// Arguments for.
    pub arguments_for: Vec<Fragment<'s>>,
    /// Arguments against.
    pub arguments_against: Vec<Fragment<'s>>,
    /// Arguments that are neither.
    pub arguments_other: Vec<Fragment<'s>>,
    /// Sources.
    pub sources: Vec<Fragment<'s>>,
    /// Comments, answers and expressions of interest.
    pub comments: Vec<Fragment<'s>>,
}

/// Sorts the fragments among `roots`, each followed by its replies.
pub fn fragments<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    roots: &[ContributionIx],
) -> Fragments<'s> {
    let mut out = Fragments::default();
    let mut roots: Vec<ContributionIx> =
        roots.iter().copied().filter(|at| !c.contributions[*at].kind.has_page()).collect();
    // The same words stand together, after the first who sent them.
    let campaign = |at: &ContributionIx| d.campaigns.of.get(at);
    let places = roots.clone();
    let first = |at: &ContributionIx| match campaign(at) {
        None => places.iter().position(|x| x == at),
        same @ Some(_) => places.iter().position(|x| campaign(x) == same),
    };
    roots.sort_by_cached_key(first);
    let mut sent = BTreeSet::new();
    for root in roots {
        let contribution = &c.contributions[root];
        let position = contribution.published().and_then(|p| p.position);
        let list = match (contribution.kind, position) {
            (ContributionKind::Argument, Some(Position::For)) => &mut out.arguments_for,
            (ContributionKind::Argument, Some(Position::Against)) => &mut out.arguments_against,
            (ContributionKind::Argument, _) => &mut out.arguments_other,
            (ContributionKind::Source, _) => &mut out.sources,
            (_, _) => &mut out.comments,
        };
        let at = list.len();
        thread(context, c, d, root, list);
        let again = campaign(&root).is_some_and(|campaign| !sent.insert((*campaign, position)));
        if let Some(fragment) = list.get_mut(at).filter(|_| again) {
            fragment.repeats = true;
        }
    }
    out
}

/// A fragment and its replies, in the order of reading.
pub fn thread<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    root: ContributionIx,
    into: &mut Vec<Fragment<'s>>,
) {
    let mut stack = vec![(root, 0_u8)];
    while let Some((at, depth)) = stack.pop() {
        let mut fragment = fragment(context, c, d, at);
        fragment.depth = depth;
        if at != root {
            fragment.reply_to = c.contributions[at].parent.map(|parent| {
                let to = &c.contributions[parent];
                let title = to.title().map_or_else(|| to.id.to_string(), str::to_owned);
                Link::new(format!("#{}", route::fragment(&to.id)), title)
            });
        }
        into.push(fragment);
        let deeper = (depth + 1).min(DEEPEST);
        let replies = d.children[at].iter().rev().filter(|child| !c.contributions[**child].kind.has_page());
        stack.extend(replies.map(|child| (*child, deeper)));
    }
}

fn fragment<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    at: ContributionIx,
) -> Fragment<'s> {
    let contribution = &c.contributions[at];
    let published = contribution.published();
    Fragment {
        id: contribution.id.as_str(),
        anchor: route::fragment(&contribution.id),
        kind: contribution.kind,
        depth: 0,
        reply_to: None,
        title: contribution.title(),
        author: author(contribution),
        date: contribution.date,
        position: published.and_then(|p| p.position),
        channel: contribution.channel,
        body: published.and_then(|p| Prose::participant(&p.body, &p.language)),
        link: published.and_then(|p| p.link.as_deref()),
        answers: published.map(|p| answers(context, c, p)).unwrap_or_default(),
        attachments: published
            .map(|p| p.attachments.iter().map(|a| AttachmentView::new(a, c, context)).collect())
            .unwrap_or_default(),
        votes: contribution.votes.as_ref().map(|v| ReactionsView::declared(v, context)),
        on: anchor(context, c, d, at),
        quote: contribution.about.quote.as_deref(),
        campaign: d.campaigns.of.get(&at).map(|n| d.campaigns.all[*n].len() as u64),
        repeats: false,
        lost: published.is_some_and(|p| p.lost),
        withheld: withheld(context, c, contribution),
        trace: line(context, c, d, at),
    }
}

/// Answers with the titles of questions and options.
pub fn answers(context: &Context<'_>, c: &Consultation, published: &Published) -> Vec<AnswerView> {
    let answer = |(id, words): &(crate::model::id::Id, Box<str>)| {
        let question = c.questions.iter().find(|q| q.id == *id)?;
        let option = |word: &str| {
            let found = question.options.iter().find(|o| o.id.as_str() == word.trim());
            found.map_or_else(|| word.trim().to_owned(), |o| context.words(&o.title).to_owned())
        };
        let answer = match question.options.is_empty() {
            true => words.to_string(),
            false => words.split('|').map(option).collect::<Vec<_>>().join(" ; "),
        };
        Some(AnswerView { question: context.words(&question.title).to_owned(), answer })
    };
    published.answers.iter().filter_map(answer).collect()
}

/// Why a contribution is not shown.
pub fn withheld(
    context: &Context<'_>,
    c: &Consultation,
    contribution: &Contribution,
) -> Option<WithheldView> {
    let reason = match &contribution.content {
        Content::Published(_) => return None,
        Content::Withheld { reason, .. } => {
            let known = reason.as_ref().and_then(|id| c.reasons.iter().find(|r| r.id == *id));
            known.map(|r| context.words(&r.title).to_owned())
        }
        Content::Erased { ground } => context.words_opt(ground),
    };
    let Moderation { date, by, .. } = &contribution.moderation;
    let by = by.as_ref().map(ToString::to_string);
    Some(WithheldView { state: contribution.state(), reason, date: *date, by })
}
