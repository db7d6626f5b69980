//! The steps from a contribution to what became of it, as a list in the order of reading: each is one link, with who
//! asserts it. What follows from a step stands below it, one deeper.

use super::words::Tongue;
use crate::derive::DerivedConsultation;
use crate::derive::trace::link::{Node, TraceLink};
use crate::model::choices::{AssertedBy, Linked, Relation, VoteKind};
use crate::model::site::*;
use crate::model::when::Date;
use crate::route::{Part, fragment, paragraph_fragment};
use crate::text::citations;
use crate::view::context::Context;
use crate::view::parts::Link;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A step.
#[derive(Debug, Clone, Serialize)]
pub struct StepView {
    /// How deep it stands, from 1.
    pub depth: u8,
    /// What it says: a key of the messages, `step_<name>`.
    pub step: &'static str,
    /// What it leads to.
    pub kind: Linked,
    /// Its id there.
    pub id: String,
    /// Its address and title.
    #[serde(flatten)]
    pub link: Link,
    /// Further places of the same: other statements of a synthesis.
    pub more: Vec<Link>,
    /// A word of a closed list: its list and the word.
    pub status: Option<Status>,
    /// When.
    pub date: Option<Date>,
    /// Counts of a roll call: for, against.
    pub counts: Option<[u64; 2]>,
    /// A commitment whose day has passed.
    pub overdue: bool,
    /// Who says so.
    pub asserted_by: AssertedBy,
}

/// A word of a closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Status {
    /// The list.
    pub list: &'static str,
    /// The word.
    pub word: &'static str,
}

/// The steps of a contribution.
pub fn steps(
    context: &Context<'_>,
    c: &Consultation,
    d: &DerivedConsultation,
    at: ContributionIx,
) -> Vec<StepView> {
    let own = Node::Contribution(at);
    let mut steps = Vec::new();
    let from = |relation| d.links.from(own).filter(move |l| l.relation == relation);
    let to = |relation| d.links.to(own).filter(move |l| l.relation == relation);
    let mut add = |name, node: Node, link: &TraceLink| {
        steps.push(step(context, c, d, name, node, link));
    };
    from(Relation::CollectedAt).for_each(|l| add("collected-at", l.to, l));
    from(Relation::SplitFrom).for_each(|l| add("split-from", l.to, l));
    to(Relation::SplitFrom).for_each(|l| add("split-into", l.from, l));
    from(Relation::MergedInto).for_each(|l| add("merged-into", l.to, l));
    to(Relation::MergedInto).for_each(|l| add("merged-from", l.from, l));
    for link in to(Relation::Cites) {
        let Node::Synthesis(synthesis) = link.from else { continue };
        let mut one = step(context, c, d, "cited-in", link.from, link);
        let mut places = statements(context, c, synthesis, at).into_iter();
        if let Some(first) = places.next() {
            one.link.href = first.href;
        }
        one.more = places.collect();
        steps.push(one);
    }
    for link in to(Relation::Answers) {
        steps.push(step(context, c, d, "answered-by", link.from, link));
        for went in d.links.from(link.from).filter(|l| l.relation == Relation::WentInto) {
            steps.push(deeper(step(context, c, d, "went-into", went.to, went)));
        }
    }
    to(Relation::Promises).for_each(|l| steps.push(step(context, c, d, "promised-by", l.from, l)));
    // An amendment may be named by its own record and by a response: the record comes first in the order of reading.
    let mut led: Vec<&TraceLink> = from(Relation::LedTo).collect();
    led.sort_by_key(|l| (l.to, l.written != crate::derive::trace::link::Written::In(l.to)));
    let mut seen = BTreeSet::new();
    for link in led.into_iter().filter(|l| seen.insert(l.to)) {
        steps.push(step(context, c, d, "led-to", link.to, link));
        for vote in d.links.from(link.to).filter(|l| l.relation == Relation::DecidedBy) {
            steps.push(deeper(step(context, c, d, "decided-by", vote.to, vote)));
        }
        steps.extend(passages(context, c, d, link.to));
    }
    steps
}

fn deeper(step: StepView) -> StepView {
    StepView { depth: step.depth + 1, ..step }
}

/// The articles of the latest version in which words of an amendment stand, with their paragraphs.
pub fn standing(d: &DerivedConsultation, amendment: Node) -> BTreeMap<Node, Vec<u32>> {
    let mut by: BTreeMap<Node, Vec<u32>> = BTreeMap::new();
    for link in d.links.from(amendment).filter(|l| l.relation == Relation::BecamePassage) {
        by.entry(link.to).or_default().extend(link.paragraph);
    }
    by
}

fn passages(context: &Context<'_>, c: &Consultation, d: &DerivedConsultation, from: Node) -> Vec<StepView> {
    let one = |(node, numbers): (Node, Vec<u32>)| StepView {
        depth: 2,
        step: "became-passage",
        kind: Linked::Article,
        id: node.id(c),
        link: passage_link(context, c, node, &numbers),
        more: Vec::new(),
        status: None,
        date: None,
        counts: None,
        overdue: false,
        asserted_by: AssertedBy::Computation,
    };
    standing(d, from).into_iter().map(one).collect()
}

/// `Article 4, alinéa 2`, at that paragraph.
pub fn passage_link(context: &Context<'_>, c: &Consultation, node: Node, numbers: &[u32]) -> Link {
    let mut link = link(context, c, node);
    let Node::Article(text, at) = node else { return link };
    let notes = &c.texts[text].articles[at];
    let shown = notes.places.iter().rev().flatten().next().unwrap_or(&notes.id);
    if let Some(first) = numbers.first() {
        link.title = format!("{}, {}", link.title, Tongue::of(context.lang).paragraphs(numbers));
        link.href = format!("{}#{}", link.href, paragraph_fragment(shown, *first));
    }
    link
}

/// The statements of a synthesis that cite a contribution, as places on its page.
pub fn statements(
    context: &Context<'_>,
    c: &Consultation,
    synthesis: usize,
    at: ContributionIx,
) -> Vec<Link> {
    let of = &c.syntheses[synthesis];
    let id = c.contributions[at].id.as_str();
    let count = citations(context.words(&of.body)).into_iter().filter(|(_, cited)| *cited == id).count();
    let page = context.to(c, Part::Synthesis(&of.id));
    let place = |n| Link::new(format!("{page}#{}", statement_fragment(id, n)), n.to_string());
    (1..=count).map(place).collect()
}

/// The fragment of the `n`th citation of a contribution in a synthesis.
pub fn statement_fragment(id: &str, n: usize) -> String {
    format!("cite-{id}-{n}")
}

fn step(
    context: &Context<'_>,
    c: &Consultation,
    d: &DerivedConsultation,
    name: &'static str,
    node: Node,
    link: &TraceLink,
) -> StepView {
    let status = |list, word| Some(Status { list, word });
    let mut step = StepView {
        depth: 1,
        step: name,
        kind: node.kind(),
        id: node.id(c),
        link: self::link(context, c, node),
        more: Vec::new(),
        status: None,
        date: None,
        counts: None,
        overdue: false,
        asserted_by: link.by,
    };
    match node {
        Node::Contribution(at) => step.link = context.contribution_link(c, d, at),
        Node::Synthesis(at) => step.date = Some(c.syntheses[at].date),
        Node::Response(at) => {
            step.date = Some(c.responses[at].date);
            step.status = c.responses[at].decision.and_then(|x| status("decision", x.as_str()));
        }
        Node::Commitment(at) => {
            let commitment = &c.commitments[at];
            step.date = Some(commitment.date);
            step.status = status("status", commitment.status.as_str());
            step.overdue = crate::view::follow_up::overdue(context, commitment);
        }
        Node::Amendment(at) => {
            let amendment = &c.amendments[at];
            step.date = amendment.decided.or(amendment.date);
            let origin = || amendment.origin.and_then(|x| status("origin", x.as_str()));
            step.status = amendment.outcome.and_then(|x| status("outcome", x.as_str())).or_else(origin);
        }
        Node::Vote(at) => {
            step.date = c.votes[at].date;
            step.counts = roll_call(c, d, at);
        }
        Node::Meeting(at) => step.date = Some(Date(c.meetings[at].date.date)),
        Node::Article(..) => {}
    }
    step
}

/// For and against, in a roll call whose result may be shown.
pub fn roll_call(c: &Consultation, d: &DerivedConsultation, at: VoteIx) -> Option<[u64; 2]> {
    let vote = &c.votes[at];
    let tally = d.tallies.get(at)?.as_ref().filter(|_| vote.kind == VoteKind::RollCall)?;
    let of = |id: &str| {
        let place = vote.options.iter().position(|o| o.id.as_str() == id)?;
        tally.counts.get(place).copied()
    };
    Some([of("for")?, of("against")?])
}

/// Where something is, by what it is called.
pub fn link(context: &Context<'_>, c: &Consultation, node: Node) -> Link {
    let tongue = Tongue::of(context.lang);
    match node {
        Node::Contribution(at) => {
            let own = &c.contributions[at];
            Link::new("", own.title().unwrap_or(own.id.as_str()))
        }
        Node::Synthesis(at) => {
            let own = &c.syntheses[at];
            Link::new(context.to(c, Part::Synthesis(&own.id)), &*own.title)
        }
        Node::Response(at) => {
            let own = &c.responses[at];
            let title = own.title.as_deref().unwrap_or_else(|| context.words(&own.author.name));
            Link::new(format!("{}#r-{}", context.to(c, Part::Responses), own.id), title)
        }
        Node::Commitment(at) => {
            let own = &c.commitments[at];
            let href = format!("{}#{}", context.to(c, Part::Commitments), fragment(&own.id));
            Link::new(href, context.words(&own.title))
        }
        Node::Amendment(at) => {
            let own = &c.amendments[at];
            let noun = match own.outcome {
                Some(_) => tongue.say("Amendement", "Amendment"),
                None => tongue.say("Modification", "Change"),
            };
            let title = match (&own.title, own.outcome) {
                (Some(title), Some(_)) => format!("{noun} {} – {title}", own.number),
                (Some(title), None) => format!("{noun} – {title}"),
                (None, _) => format!("{noun} {}", own.number),
            };
            Link::new(context.to(c, Part::Amendment(&own.id)), title)
        }
        Node::Vote(at) => {
            let own = &c.votes[at];
            Link::new(context.to(c, Part::Vote(&own.id)), context.words(&own.title))
        }
        Node::Meeting(at) => {
            let own = &c.meetings[at];
            Link::new(context.to(c, Part::Meeting(&own.id)), &*own.title)
        }
        Node::Article(text, at) => context.article_link(c, &c.texts[text], &c.texts[text].articles[at].id),
    }
}
