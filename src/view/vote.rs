//! The list of votes, and the page of one: its rule, its result, where each number comes from.

use super::Head;
use super::context::Context;
use super::parts::Link;
use crate::derive::DerivedConsultation;
use crate::derive::tally::share;
use crate::model::choices::{Provenance, VoteKind};
use crate::model::site::*;
use crate::model::when::{Date, Moment};
use crate::opendata::Csv;
use crate::route::Part;
use crate::tally::{Tally, VoidReason};
use serde::Serialize;

/// The list of votes.
#[derive(Debug, Serialize)]
pub struct VotesView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// The votes, by date.
    pub votes: Vec<VoteCard>,
    /// The consultation's id.
    pub consultation: &'s str,
}

/// A vote in a list.
#[derive(Debug, Clone, Serialize)]
pub struct VoteCard {
    /// Its id.
    pub id: String,
    /// Address and title.
    #[serde(flatten)]
    pub link: Link,
    /// Its kind.
    pub kind: VoteKind,
    /// The day, or the last day.
    pub date: Option<Moment>,
    /// Its options with their counts; empty under embargo.
    pub options: Vec<OptionView>,
    /// How the counts were obtained.
    pub provenance: Option<Provenance>,
    /// Ballots cast.
    pub cast: Option<u64>,
    /// Titles of the options that won.
    pub winners: Vec<String>,
    /// Until when the result is not shown.
    pub embargo: Option<Moment>,
}

/// An option with its count.
#[derive(Debug, Clone, Serialize)]
pub struct OptionView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Ballots for it.
    pub count: u64,
    /// Their share of the base, in per cent.
    pub share: f64,
    /// It won.
    pub winner: bool,
    /// The declared count, where it differs.
    pub declared: Option<u64>,
}

/// Makes the list.
pub fn votes<'s>(context: &Context<'s>, c: &'s Consultation, d: &'s DerivedConsultation) -> VotesView<'s> {
    let mut order: Vec<usize> = (0..c.votes.len()).collect();
    order.sort_by_key(|at| c.votes[*at].date.map(Moment::from).or(c.votes[*at].closes).map(|m| m.date));
    VotesView {
        head: context.head("votes", context.words(&c.title), context.words(&c.summary)),
        votes: order.into_iter().map(|at| vote_card(context, c, d, at)).collect(),
        consultation: c.id.as_str(),
    }
}

/// A vote in a list.
pub fn vote_card(context: &Context<'_>, c: &Consultation, d: &DerivedConsultation, at: VoteIx) -> VoteCard {
    let vote = &c.votes[at];
    let tally = d.tallies.get(at).and_then(Option::as_ref);
    let options = tally.map(|t| options(context, vote, t)).unwrap_or_default();
    VoteCard {
        id: vote.id.to_string(),
        link: Link::new(context.to(c, Part::Vote(&vote.id)), context.words(&vote.title)),
        kind: vote.kind,
        date: vote.date.map(Moment::from).or(vote.closes),
        winners: options.iter().filter(|o| o.winner).map(|o| o.title.clone()).collect(),
        options,
        provenance: tally.map(|t| t.provenance),
        cast: tally.and_then(|t| t.cast),
        embargo: match &vote.result {
            VoteResult::Embargoed { until } => Some(*until),
            VoteResult::Known(_) => None,
        },
    }
}

fn options(context: &Context<'_>, vote: &Vote, tally: &Tally) -> Vec<OptionView> {
    let option = |(at, option): (usize, &VoteOption)| {
        let count = tally.counts.get(at).copied().unwrap_or(0);
        OptionView {
            id: option.id.to_string(),
            title: context.words(&option.title).to_owned(),
            count,
            share: share(count, tally.base),
            winner: tally.winners.contains(&at),
            declared: tally.declared.as_ref().and_then(|d| *d.get(at)?),
        }
    };
    vote.options.iter().enumerate().map(option).collect()
}

/// A vote's page.
#[derive(Debug, Serialize)]
pub struct VoteView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// What the list says of it.
    #[serde(flatten)]
    pub card: VoteCard,
    /// The question.
    pub question: Option<String>,
    /// What a reader should know.
    pub summary: Option<String>,
    /// What it is about.
    pub about: Option<Link>,
    /// The amendment it decides.
    pub amendment: Option<Link>,
    /// The contribution it is about.
    pub contribution: Option<Link>,
    /// When it opened.
    pub opens: Option<Moment>,
    /// When it closed.
    pub closes: Option<Moment>,
    /// The rule; `max_choices` is none without a limit.
    pub rule: RuleView,
    /// How many could vote.
    pub registered: Option<u64>,
    /// Share of them who voted.
    pub turnout: Option<f64>,
    /// Blank ballots.
    pub blank: Option<u64>,
    /// Void ballots, by reason.
    pub void: Vec<VoidView>,
    /// Void ballots, where only their number was declared.
    pub void_declared: Option<u64>,
    /// Ballots replaced by a later one.
    pub replaced: u64,
    /// On how many the shares are counted.
    pub base: Option<u64>,
    /// Whether enough people voted.
    pub quorum_met: Option<bool>,
    /// A roll call's groups.
    pub groups: &'s [Group],
    /// The ballots.
    pub ballots: Option<String>,
    /// How many ballots the file holds.
    pub ballots_count: Option<usize>,
    /// Why the ballots are not here.
    pub ballots_missing: Option<String>,
    /// The declared and the counted results differ: why.
    pub acknowledged: Option<AcknowledgedView>,
    /// Where it is published officially.
    pub url: Option<&'s str>,
}

/// The rule of a vote.
#[derive(Debug, Serialize)]
pub struct RuleView {
    /// What the majority is counted on.
    pub base: crate::model::choices::MajorityBase,
    /// Share of it to exceed, in per cent.
    pub threshold: f64,
    /// Share of the registered who must vote.
    pub quorum: Option<f64>,
    /// Most options a ballot may choose.
    pub max_choices: Option<u64>,
    /// Fewest.
    pub min_choices: u64,
    /// A later ballot replaces an earlier one.
    pub replace: bool,
}

/// Void ballots of a reason.
#[derive(Debug, Serialize)]
pub struct VoidView {
    /// Why.
    pub reason: VoidReason,
    /// How many.
    pub count: u64,
}

/// A difference that was acknowledged.
#[derive(Debug, Serialize)]
pub struct AcknowledgedView {
    /// Why.
    pub reason: String,
    /// When.
    pub date: Date,
}

/// Makes a vote's page.
pub fn vote<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    at: VoteIx,
) -> VoteView<'s> {
    let vote = &c.votes[at];
    let tally = d.tallies.get(at).and_then(Option::as_ref);
    let known = match &vote.result {
        VoteResult::Known(known) => Some(&**known),
        VoteResult::Embargoed { .. } => None,
    };
    let title = context.words(&vote.title);
    let question = context.words_opt(&vote.question);
    let ballots = known.and_then(|k| k.ballots.as_ref());
    VoteView {
        head: context.head("vote", title, question.as_deref().unwrap_or(title)),
        card: vote_card(context, c, d, at),
        summary: context.words_opt(&vote.summary),
        about: context.about_link(c, &vote.about),
        amendment: vote.amendment.map(|a| context.amendment_link(c, &c.amendments[a])),
        contribution: vote.contribution.map(|x| context.contribution_link(c, d, x)),
        opens: vote.opens,
        closes: vote.closes,
        rule: RuleView {
            base: vote.rule.base,
            threshold: vote.rule.threshold,
            quorum: vote.rule.quorum,
            max_choices: (vote.rule.max_choices < u64::MAX).then_some(vote.rule.max_choices),
            min_choices: vote.rule.min_choices,
            replace: vote.rule.replace,
        },
        registered: vote.registered,
        turnout: vote.registered.zip(tally.and_then(|t| t.cast)).map(|(all, cast)| share(cast, all)),
        blank: tally.and_then(|t| t.blank),
        void: tally
            .map(|t| {
                t.void.iter().map(|(reason, count)| VoidView { reason: *reason, count: *count }).collect()
            })
            .unwrap_or_default(),
        void_declared: tally.and_then(|t| t.void_declared),
        replaced: tally.map_or(0, |t| t.replaced),
        base: tally.map(|t| t.base),
        quorum_met: tally.and_then(|t| t.quorum_met),
        groups: known.map(|k| k.groups.as_slice()).unwrap_or_default(),
        ballots: ballots.map(|b| context.from.to_file(&format!("{}/{}", c.id, b.path.as_str()))),
        ballots_count: ballots.map(|b| b.ballots.len()),
        ballots_missing: known.and_then(|k| context.words_opt(&k.ballots_missing)),
        acknowledged: known
            .and_then(|k| k.acknowledged.as_ref())
            .map(|(reason, date)| AcknowledgedView { reason: context.words(reason).to_owned(), date: *date }),
        url: vote.url.as_deref(),
        question,
    }
}

/// The table of the list, as CSV: a row for each option of each vote.
pub fn list_csv(view: &VotesView<'_>) -> Vec<u8> {
    rows(view.votes.iter())
}

/// The table of a vote, as CSV; none under embargo.
pub fn csv(view: &VoteView<'_>) -> Option<Vec<u8>> {
    view.card.embargo.is_none().then(|| rows(std::iter::once(&view.card)))
}

fn rows<'v>(votes: impl Iterator<Item = &'v VoteCard>) -> Vec<u8> {
    let mut csv = Csv::new();
    let header = ["vote", "date", "option", "title", "count", "share", "winner", "declared", "provenance"];
    csv.row(header.map(|name| (name, false)));
    for vote in votes {
        for option in &vote.options {
            csv.row([
                (vote.id.as_str(), true),
                (vote.date.map_or(String::new(), |d| d.to_string()).as_str(), false),
                (option.id.as_str(), true),
                (option.title.as_str(), true),
                (option.count.to_string().as_str(), false),
                (option.share.to_string().as_str(), false),
                (option.winner.to_string().as_str(), false),
                (option.declared.map_or(String::new(), |d| d.to_string()).as_str(), false),
                (vote.provenance.map_or("", Provenance::as_str), false),
            ]);
        }
    }
    csv.finish().0
}
