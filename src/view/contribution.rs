//! A contribution with a page of its own, and its card in lists.

use super::Head;
use super::context::{Context, clip};
use super::follow_up::{ResponseView, response};
use super::fragment::{AnswerView, Fragments, answers, fragments, withheld};
use super::history::{HistoryView, history};
use super::parts::{AttachmentView, Link, Prose, ReactionsView, WithheldView};
use super::ranking::Rank;
use super::take_part::{About as Invited, invitation};
use super::trace::{TraceView, trace};
use super::vote::{VoteCard, vote_card};
use crate::derive::DerivedConsultation;
use crate::model::choices::{Channel, ContributionKind, Position};
use crate::model::site::*;
use crate::model::when::Moment;
use crate::route::Part;
use crate::text::plain;
use serde::Serialize;

/// A contribution in a list.
#[derive(Debug, Serialize)]
pub struct Card<'s> {
    /// Its id.
    pub id: &'s str,
    /// Its address.
    pub href: String,
    /// What it is.
    pub kind: ContributionKind,
    /// Its title.
    pub title: Option<&'s str>,
    /// The beginning of its words.
    pub excerpt: &'s str,
    /// Who wrote it.
    pub author: Option<&'s ShownAuthor>,
    /// When.
    pub date: Option<Moment>,
    /// What it is about.
    pub about: Option<Link>,
    /// Its category.
    pub category: Option<String>,
    /// Reactions counted on it.
    pub votes: Option<ReactionsView>,
    /// Signatures of a petition.
    pub signatures: Option<u64>,
    /// Arguments for on it, published.
    pub arguments_for: usize,
    /// Arguments against.
    pub arguments_against: usize,
    /// Official responses to it.
    pub responses: usize,
    /// Its rank, in a list by votes.
    pub rank: Option<Rank>,
    /// Its words are lost.
    pub lost: bool,
    /// Why it is not shown.
    pub withheld: Option<WithheldView>,
    /// How many people sent the same words, when they make a campaign.
    pub campaign: Option<u64>,
}

/// Makes a card.
pub fn card<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    at: ContributionIx,
) -> Card<'s> {
    let contribution = &c.contributions[at];
    let published = contribution.published();
    let arguments = |wanted: Position| {
        let of = |child: &&ContributionIx| {
            let child = &c.contributions[**child];
            child.kind == ContributionKind::Argument
                && child.published().and_then(|p| p.position) == Some(wanted)
        };
        d.children[at].iter().filter(of).count()
    };
    Card {
        id: contribution.id.as_str(),
        href: context.contribution_href(c, d, at),
        kind: contribution.kind,
        title: contribution.title(),
        excerpt: published
            .map_or("", |p| d.excerpts[at].get_or_init(|| clip(&plain(&p.body, 600), 240).into())),
        author: author(contribution),
        date: contribution.date,
        about: match contribution.parent {
            Some(parent) => Some(context.contribution_link(c, d, parent)),
            None => context.place_link(c, d, at),
        },
        category: category(context, c, contribution),
        votes: contribution.votes.as_ref().map(|v| ReactionsView::declared(v, context)),
        signatures: contribution.signatures,
        arguments_for: arguments(Position::For),
        arguments_against: arguments(Position::Against),
        responses: d.responses[at].len(),
        rank: None,
        lost: published.is_some_and(|p| p.lost),
        withheld: withheld(context, c, contribution),
        campaign: d.campaigns.of.get(&at).map(|n| d.campaigns.all[*n].len() as u64),
    }
}

/// The author as shown; nobody for a withheld contribution.
pub fn author(contribution: &Contribution) -> Option<&ShownAuthor> {
    contribution.published().map(|p| &p.author)
}

fn category(context: &Context<'_>, c: &Consultation, contribution: &Contribution) -> Option<String> {
    let id = contribution.category.as_ref()?;
    c.categories.iter().find(|x| x.id == *id).map(|x| context.words(&x.title).to_owned())
}

/// A contribution's page.
#[derive(Debug, Serialize)]
pub struct ContributionView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// Its id.
    pub id: &'s str,
    /// What it is.
    pub kind: ContributionKind,
    /// Its title.
    pub title: Option<&'s str>,
    /// Who wrote it.
    pub author: Option<&'s ShownAuthor>,
    /// When.
    pub date: Option<Moment>,
    /// Last change.
    pub updated: Option<Moment>,
    /// How it came.
    pub channel: Channel,
    /// Where it stands.
    pub position: Option<Position>,
    /// What it is about.
    pub about: Option<Link>,
    /// The words it is about.
    pub quote: Option<&'s str>,
    /// What it answers or rewords.
    pub parent: Option<Link>,
    /// Into what it was merged.
    pub merged_into: Option<Link>,
    /// Its category.
    pub category: Option<String>,
    /// Themes.
    pub themes: Vec<&'s str>,
    /// Place.
    pub place: Option<&'s str>,
    /// The meeting that produced it.
    pub meeting: Option<Link>,
    /// Its words.
    pub body: Option<Prose<'s>>,
    /// Answers to the questionnaire.
    pub answers: Vec<AnswerView>,
    /// Titled pieces.
    pub appendices: Vec<AppendixView<'s>>,
    /// Files.
    pub attachments: Vec<AttachmentView>,
    /// Address of a source.
    pub link: Option<&'s str>,
    /// Reactions.
    pub votes: Option<ReactionsView>,
    /// Signatures.
    pub signatures: Option<u64>,
    /// Its words are lost.
    pub lost: bool,
    /// Why it is not shown.
    pub withheld: Option<WithheldView>,
    /// Rewordings suggested of it, and other contributions with a page that answer it.
    pub related: Vec<Card<'s>>,
    /// The votes about it.
    pub votes_on: Vec<VoteCard>,
    /// Arguments, sources, comments.
    pub fragments: Fragments<'s>,
    /// Official responses.
    pub responses: Vec<ResponseView<'s>>,
    /// What it rewords, its earlier states, what it was merged with, who else sent it.
    pub history: HistoryView<'s>,
    /// What became of it.
    pub trace: TraceView,
    /// Where it was first published.
    pub original_url: Option<&'s str>,
    /// The form that answers it, while it is not closed.
    pub take_part: Option<String>,
}

/// A titled piece.
#[derive(Debug, Serialize)]
pub struct AppendixView<'s> {
    /// Its title.
    pub title: &'s str,
    /// Its words.
    pub body: Option<Prose<'s>>,
}

/// Makes a contribution's page.
pub fn contribution<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    at: ContributionIx,
) -> ContributionView<'s> {
    let contribution = &c.contributions[at];
    let published = contribution.published();
    let title = contribution.title().unwrap_or(contribution.id.as_str());
    let description = published.map(|p| plain(&p.body, 400)).filter(|words| !words.is_empty());
    let votes = d.votes_on_contribution.get(&at).into_iter().flatten();
    let related = d.children[at].iter().copied().filter(|child| c.contributions[*child].kind.has_page());
    ContributionView {
        head: context.head("contribution", title, description.unwrap_or_else(|| title.to_owned())),
        id: contribution.id.as_str(),
        kind: contribution.kind,
        title: contribution.title(),
        author: author(contribution),
        date: contribution.date,
        updated: published.and_then(|p| p.updated).filter(|u| Some(*u) != contribution.date),
        channel: contribution.channel,
        position: published.and_then(|p| p.position),
        about: context.place_link(c, d, at),
        quote: contribution.about.quote.as_deref(),
        parent: contribution.parent.map(|parent| context.contribution_link(c, d, parent)),
        merged_into: contribution.merged_into.map(|into| context.contribution_link(c, d, into)),
        category: category(context, c, contribution),
        themes: published.map(|p| p.themes.iter().map(|t| &**t).collect()).unwrap_or_default(),
        place: published.and_then(|p| p.place.as_deref()),
        meeting: contribution.meeting.map(|m| {
            let meeting = &c.meetings[m];
            Link::new(context.to(c, Part::Meeting(&meeting.id)), &*meeting.title)
        }),
        body: published.and_then(|p| Prose::participant(&p.body, &p.language)),
        answers: published.map(|p| answers(context, c, p)).unwrap_or_default(),
        appendices: published.map(appendices).unwrap_or_default(),
        attachments: published
            .map(|p| p.attachments.iter().map(|a| AttachmentView::new(a, c, context)).collect())
            .unwrap_or_default(),
        link: published.and_then(|p| p.link.as_deref()),
        votes: contribution.votes.as_ref().map(|v| ReactionsView::declared(v, context)),
        signatures: contribution.signatures,
        lost: published.is_some_and(|p| p.lost),
        withheld: withheld(context, c, contribution),
        votes_on: votes.map(|vote| vote_card(context, c, d, *vote)).collect(),
        related: related.map(|child| card(context, c, d, child)).collect(),
        fragments: fragments(context, c, d, &d.children[at]),
        responses: d.responses[at].iter().map(|r| response(context, c, d, *r)).collect(),
        history: history(context, c, d, at),
        trace: trace(context, c, d, at),
        original_url: published.and_then(|p| p.original_url.as_deref()),
        take_part: published.and_then(|_| invitation(context, c, Invited::Contribution(&contribution.id))),
    }
}

fn appendices(published: &Published) -> Vec<AppendixView<'_>> {
    // Empty pieces say nothing.
    let kept = published.appendices.iter().filter(|(_, body)| !body.trim().is_empty());
    kept.map(|(title, body)| AppendixView { title, body: Prose::participant(body, &published.language) })
        .collect()
}
