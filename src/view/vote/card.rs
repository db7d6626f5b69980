//! A vote in a list: its kind, its options with their counts, how they were obtained; and the tables of lists as CSV.

use crate::derive::DerivedConsultation;
use crate::derive::tally::share;
use crate::model::choices::{Provenance, VoteKind};
use crate::model::site::*;
use crate::model::when::Moment;
use crate::opendata::Csv;
use crate::route::Part;
use crate::tally::{Method, Tally};
use crate::view::Head;
use crate::view::context::Context;
use crate::view::parts::Link;
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
    /// What the counts count: `votes`, `points`, `first-ranks`, `grades`, `support`, `signatures`.
    pub unit: &'static str,
    /// How the counts were obtained.
    pub provenance: Option<Provenance>,
    /// Ballots cast.
    pub cast: Option<u64>,
    /// Titles of the options that won.
    pub winners: Vec<String>,
    /// Titles of the options that are equal for the last places, where nothing decides between them.
    pub tied: Vec<String>,
    /// How many people were drawn by lot.
    pub drawn: Option<usize>,
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
    /// Votes for it, as the kind counts them.
    pub count: u64,
    /// Their share, in per cent: of the base where shares of it make sense, of the most otherwise.
    pub share: f64,
    /// The length of its bar, in per cent of the longest or of the base.
    pub bar: f64,
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
    let titled = |places: &[usize]| titles(context, vote, places);
    VoteCard {
        id: vote.id.to_string(),
        link: Link::new(context.to(c, Part::Vote(&vote.id)), context.words(&vote.title)),
        kind: vote.kind,
        date: vote.date.map(Moment::from).or(vote.closes),
        winners: tally.map(|t| titled(&t.winners)).unwrap_or_default(),
        tied: tally.map(|t| titled(&t.tied)).unwrap_or_default(),
        options,
        unit: unit(vote),
        provenance: tally.map(|t| t.provenance),
        cast: tally.and_then(|t| t.cast),
        drawn: tally.and_then(|t| match &t.method {
            Method::Lots(draw) => Some(draw.drawn.len()),
            Method::Plain
            | Method::Judgment(_)
            | Method::Schulze(_)
            | Method::Runoff(_)
            | Method::Budget(_) => None,
        }),
        embargo: match &vote.result {
            VoteResult::Embargoed { until } => Some(*until),
            VoteResult::Known(_) => None,
        },
    }
}

/// Titles of options, by their places.
pub(super) fn titles(context: &Context<'_>, vote: &Vote, places: &[usize]) -> Vec<String> {
    let title = |at: &usize| vote.options.get(*at).map(|option| context.words(&option.title).to_owned());
    places.iter().filter_map(title).collect()
}

/// What the counts of a vote count.
fn unit(vote: &Vote) -> &'static str {
    match vote.kind {
        VoteKind::Score | VoteKind::Cumulative => "points",
        VoteKind::Budget if vote.rule.max_score.is_some() || vote.rule.max_points.is_some() => "points",
        VoteKind::Budget => "support",
        VoteKind::MajorityJudgment => "grades",
        VoteKind::InstantRunoff | VoteKind::Schulze => "first-ranks",
        VoteKind::Petition => "signatures",
        VoteKind::Reactions | VoteKind::Poll | VoteKind::Approval | VoteKind::RollCall | VoteKind::Lots => {
            "votes"
        }
    }
}

fn options(context: &Context<'_>, vote: &Vote, tally: &Tally) -> Vec<OptionView> {
    let most = tally.counts.iter().copied().max().unwrap_or(0);
    // Points have no base of which they could be a share: their bars are as long as they are beside the most.
    let own_scale = matches!(unit(vote), "points");
    let option = |(at, option): (usize, &VoteOption)| {
        let count = tally.counts.get(at).copied().unwrap_or(0);
        let share = share(count, tally.base);
        OptionView {
            id: option.id.to_string(),
            title: context.words(&option.title).to_owned(),
            count,
            share,
            bar: if own_scale || share > 100.0 { crate::view::charts::percent(count, most) } else { share },
            winner: tally.winners.contains(&at),
            declared: tally.declared.as_ref().and_then(|d| *d.get(at)?),
        }
    };
    vote.options.iter().enumerate().map(option).collect()
}

/// The table of the list, as CSV: a row for each option of each vote.
pub fn list_csv(view: &VotesView<'_>) -> Vec<u8> {
    rows(view.votes.iter())
}

/// The table of votes, as CSV.
pub(super) fn rows<'v>(votes: impl Iterator<Item = &'v VoteCard>) -> Vec<u8> {
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
