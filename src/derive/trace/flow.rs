//! The whole flow, counted: how many contributions were received, what became of them in moderation, how many a
//! synthesis cites, a response answers, an amendment follows, and whose words stand in the text now. Each contribution
//! is counted once at each stage, by the best that is recorded of it; what is not recorded is counted as that.

use super::link::{Links, Node};
use crate::derive::DerivedConsultation;
use crate::derive::changes::enters;
use crate::model::choices::{Decision, ModerationState, Outcome, Relation};
use crate::model::site::*;
use std::collections::{BTreeMap, BTreeSet};

/// What a published contribution was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answered {
    /// By a response; the decision of the latest.
    By(Option<Decision>),
    /// Merged into another: it goes with that one.
    Merged,
    /// No response is recorded.
    No,
}

/// How far a contribution is recorded to have gone, from the farthest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reached {
    /// Words of an amendment to which it led stand in the latest version.
    Passage,
    /// It led to an amendment that was adopted, or to a change; none of its words can be found in the latest version.
    Adopted,
    /// It led to an amendment that is not decided yet.
    Pending,
    /// It led to amendments, none of which was adopted.
    NotAdopted,
    /// A response names an article in which it went, and no amendment.
    Article,
    /// Nothing is recorded.
    Nothing,
}

impl Reached {
    /// Every one, from the farthest.
    pub const ALL: [Reached; 6] = [
        Reached::Passage,
        Reached::Adopted,
        Reached::Pending,
        Reached::NotAdopted,
        Reached::Article,
        Reached::Nothing,
    ];

    /// Its name in data.
    pub fn as_str(self) -> &'static str {
        match self {
            Reached::Passage => "passage",
            Reached::Adopted => "adopted",
            Reached::Pending => "pending",
            Reached::NotAdopted => "not-adopted",
            Reached::Article => "article",
            Reached::Nothing => "nothing",
        }
    }
}

/// The counts of one kind of contributions: those with a page, or fragments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stream {
    /// All of them.
    pub received: u64,
    /// By what moderation made of them.
    pub moderated: BTreeMap<&'static str, u64>,
    /// Published and merged into another.
    pub merged: u64,
    /// Published, merged ones left out, and cited by a synthesis.
    pub cited: u64,
    /// Published, and promised something.
    pub promised: u64,
    /// Published, merged ones left out, and no synthesis, response, amendment or commitment speaks of them.
    pub without: u64,
    /// Published, by what they were answered and how far they went.
    pub ends: BTreeMap<(Answered, Reached), u64>,
}

impl Stream {
    /// How many are in a state of moderation.
    pub fn in_state(&self, state: ModerationState) -> u64 {
        self.moderated.get(state.as_str()).copied().unwrap_or(0)
    }

    /// Published.
    pub fn published(&self) -> u64 {
        self.in_state(ModerationState::Published)
    }

    /// Published and not merged: those that can be answered, cited, followed.
    pub fn own(&self) -> u64 {
        self.published() - self.merged
    }

    /// How many were answered so.
    pub fn answered(&self, wanted: impl Fn(Answered) -> bool) -> u64 {
        self.ends.iter().filter(|((answered, _), _)| wanted(*answered)).map(|(_, n)| n).sum()
    }

    /// How many went so far, merged ones left out: they go with their target.
    pub fn reached(&self, wanted: impl Fn(Reached) -> bool) -> u64 {
        let own =
            |(answered, reached): &(Answered, Reached)| *answered != Answered::Merged && wanted(*reached);
        self.ends.iter().filter(|(end, _)| own(end)).map(|(_, n)| n).sum()
    }
}

/// The flow of a consultation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flow {
    /// Contributions with a page of their own.
    pub pages: Stream,
    /// Arguments, sources, comments, answers, expressions of interest.
    pub fragments: Stream,
}

/// Counts the flow.
pub fn flow(c: &Consultation, d: &DerivedConsultation) -> Flow {
    let mut flow = Flow::default();
    let standing = standing(&d.links);
    for (at, x) in c.contributions.iter().enumerate() {
        let stream = if x.kind.has_page() { &mut flow.pages } else { &mut flow.fragments };
        stream.received += 1;
        *stream.moderated.entry(x.state().as_str()).or_default() += 1;
        if x.published().is_none() {
            continue;
        }
        let answered = answered(c, d, at);
        let reached = reached_with(c, d, &standing, at);
        let promised = d.links.to(Node::Contribution(at)).any(|l| l.relation == Relation::Promises);
        let merged = answered == Answered::Merged;
        stream.merged += u64::from(merged);
        stream.promised += u64::from(promised);
        *stream.ends.entry((answered, reached)).or_default() += 1;
        if merged {
            continue;
        }
        let cited = !d.cited[at].is_empty();
        stream.cited += u64::from(cited);
        stream.without += u64::from(is_silent(d, at));
    }
    flow
}

/// Whether no synthesis, response, amendment or commitment speaks of a contribution.
pub fn is_silent(d: &DerivedConsultation, at: ContributionIx) -> bool {
    let promised = || d.links.to(Node::Contribution(at)).any(|l| l.relation == Relation::Promises);
    d.cited[at].is_empty() && d.responses[at].is_empty() && d.led_to[at].is_empty() && !promised()
}

/// What a contribution was answered.
pub fn answered(c: &Consultation, d: &DerivedConsultation, at: ContributionIx) -> Answered {
    if c.contributions[at].merged_into.is_some() {
        return Answered::Merged;
    }
    // Responses are in the order of their dates.
    match d.responses[at].last() {
        Some(response) => Answered::By(c.responses[*response].decision),
        None => Answered::No,
    }
}

/// The amendments of which words stand in the latest version.
fn standing(links: &Links) -> BTreeSet<Node> {
    let passages = links.all().iter().filter(|l| l.relation == Relation::BecamePassage);
    passages.map(|l| l.from).collect()
}

/// How far a contribution went.
pub fn reached(c: &Consultation, d: &DerivedConsultation, at: ContributionIx) -> Reached {
    let led = d.led_to[at].iter().map(|a| Node::Amendment(*a));
    let stands = |node: &Node| d.links.from(*node).any(|l| l.relation == Relation::BecamePassage);
    reached_with(c, d, &led.filter(stands).collect(), at)
}

fn reached_with(
    c: &Consultation,
    d: &DerivedConsultation,
    standing: &BTreeSet<Node>,
    at: ContributionIx,
) -> Reached {
    let of = |amendment: &AmendmentIx| match &c.amendments[*amendment] {
        _ if standing.contains(&Node::Amendment(*amendment)) => Reached::Passage,
        a if enters(a) => Reached::Adopted,
        a if a.outcome == Some(Outcome::Pending) => Reached::Pending,
        _ => Reached::NotAdopted,
    };
    let named = || d.responses[at].iter().any(|r| !c.responses[*r].articles.is_empty());
    match d.led_to[at].iter().map(of).min() {
        Some(reached) => reached,
        None if named() => Reached::Article,
        None => Reached::Nothing,
    }
}
