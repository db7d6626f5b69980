//! The whole flow of a consultation on one page: how many contributions came to each stage, out of how many, where
//! they are, and how the number was obtained. A stage of which nothing is recorded here has no number: no response
//! recorded is not “none answered”.

use super::coverage::Part as Share;
use super::gaps::{self, Gap};
use super::sankey::{Sankey, sankey};
use crate::derive::DerivedConsultation;
use crate::derive::trace::flow::{Answered, Reached, Stream};
use crate::model::choices::{AssertedBy, Decision, ModerationState, Relation};
use crate::model::site::Consultation;
use crate::opendata::Csv;
use crate::route::{Listing, Part};
use crate::view::Head;
use crate::view::context::Context;
use serde::Serialize;
use std::collections::BTreeMap;

/// The page of the flow.
#[derive(Debug, Serialize)]
pub struct FlowView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// What is recorded at all.
    pub recorded: Recorded,
    /// Contributions with a page, stage by stage.
    pub stages: Vec<Stage>,
    /// Arguments, sources, comments, answers, expressions of interest.
    pub fragments: Vec<Stage>,
    /// The flow as a drawing.
    pub drawing: Option<Sankey>,
    /// Links, by who asserts them.
    pub asserted: Vec<Asserted>,
    /// The consultation's id.
    pub consultation: &'s str,
    /// The table of links.
    pub data: String,
}

/// How many of each there are.
#[derive(Debug, Serialize)]
pub struct Recorded {
    /// Syntheses.
    pub syntheses: usize,
    /// Responses.
    pub responses: usize,
    /// Amendments and changes.
    pub amendments: usize,
    /// Those to which a contribution led.
    pub amendments_from_contributions: usize,
    /// Commitments.
    pub commitments: usize,
}

/// A stage: `name` is a key of the messages, `flow_<name>`, and `flow_<name>_how` says how it was counted.
#[derive(Debug, Serialize)]
pub struct Stage {
    /// Which.
    pub name: &'static str,
    /// It is a part of the stage above it.
    pub part: bool,
    /// How many, out of how many; none when nothing of the sort is recorded.
    pub share: Option<Share>,
    /// Where they are.
    pub href: Option<String>,
}

/// Links that somebody asserts.
#[derive(Debug, Serialize)]
pub struct Asserted {
    /// Who.
    pub by: AssertedBy,
    /// How many links.
    pub count: usize,
    /// What they say, and how many say it.
    pub relations: Vec<(Relation, usize)>,
}

/// Makes the page.
pub fn flow<'s>(context: &Context<'s>, c: &'s Consultation, d: &'s DerivedConsultation) -> FlowView<'s> {
    let links = d.links.all();
    let mut asserted: BTreeMap<AssertedBy, BTreeMap<Relation, usize>> = BTreeMap::new();
    for link in links {
        *asserted.entry(link.by).or_default().entry(link.relation).or_default() += 1;
    }
    let stages = stages(context, c, d);
    FlowView {
        head: context.head("trace", context.words(&c.title), context.words(&c.summary)),
        recorded: Recorded {
            syntheses: c.syntheses.len(),
            responses: c.responses.len(),
            amendments: c.amendments.len(),
            amendments_from_contributions: c
                .amendments
                .iter()
                .filter(|a| !a.contributions.is_empty())
                .count(),
            commitments: c.commitments.len(),
        },
        drawing: sankey(c, &d.flow.pages),
        stages,
        fragments: fragments(context, c, d),
        asserted: asserted
            .into_iter()
            .map(|(by, relations)| Asserted {
                by,
                count: relations.values().sum(),
                relations: relations.into_iter().collect(),
            })
            .collect(),
        consultation: c.id.as_str(),
        data: context.to(c, Part::Data),
    }
}

struct Stages(Vec<Stage>);

impl Stages {
    fn add(&mut self, name: &'static str, part: bool, count: u64, of: u64, href: Option<String>) {
        self.0.push(Stage { name, part, share: Some(Share::new(count, of)), href });
    }

    /// A part of the stage above, unless it is empty.
    fn part(&mut self, name: &'static str, count: u64, of: u64, href: Option<String>) {
        if count > 0 {
            self.add(name, true, count, of, href);
        }
    }

    fn unrecorded(&mut self, name: &'static str) {
        self.0.push(Stage { name, part: false, share: None, href: None });
    }
}

fn moderated(stages: &mut Stages, flow: &Stream, list: Option<String>, register: Option<String>) {
    stages.add("received", false, flow.received, flow.received, list.clone());
    stages.add("published", false, flow.published(), flow.received, list);
    stages.part("merged", flow.merged, flow.received, None);
    for (name, state) in [("withheld", ModerationState::Withheld), ("erased", ModerationState::Erased)] {
        let count = flow.in_state(state);
        if count > 0 {
            stages.add(name, false, count, flow.received, register.clone());
        }
    }
}

fn stages(context: &Context<'_>, c: &Consultation, d: &DerivedConsultation) -> Vec<Stage> {
    let flow = &d.flow.pages;
    let own = flow.own();
    let to = |part: Part<'_>| Some(context.to(c, part));
    let gap = |which: Gap| (gaps::pages(which, c, d) > 0).then(|| context.to(c, gaps::part(which, 1)));
    let mut stages = Stages(Vec::new());
    let list = to(Part::Contributions(Listing::ByDate, 1));
    moderated(&mut stages, flow, list, to(Part::Moderation(1)));
    if c.syntheses.is_empty() {
        stages.unrecorded("cited");
    } else {
        stages.add("cited", false, flow.cited, own, to(Part::Syntheses));
        stages.add("uncited", true, own - flow.cited, own, gap(Gap::Uncited));
    }
    if c.responses.is_empty() {
        stages.unrecorded("answered");
    } else {
        let by = |decision: Option<Decision>| flow.answered(|a| a == Answered::By(decision));
        let answered = flow.answered(|a| matches!(a, Answered::By(_)));
        stages.add("answered", false, answered, own, to(Part::Responses));
        stages.part("kept", by(Some(Decision::Kept)), own, to(Part::Responses));
        stages.part("kept-in-part", by(Some(Decision::KeptInPart)), own, to(Part::Responses));
        stages.part("not-kept", by(Some(Decision::NotKept)), own, to(Part::Responses));
        stages.part("out-of-scope", by(Some(Decision::OutOfScope)), own, to(Part::Responses));
        stages.part("undecided", by(None), own, to(Part::Responses));
        stages.add("unanswered", true, flow.answered(|a| a == Answered::No), own, gap(Gap::Unanswered));
    }
    if c.commitments.is_empty() {
        stages.unrecorded("promised");
    } else {
        stages.add("promised", false, flow.promised, own, to(Part::Commitments));
    }
    if c.amendments.is_empty() {
        stages.unrecorded("led");
    } else {
        let reached = |wanted: &[Reached]| flow.reached(|r| wanted.contains(&r));
        let led = [Reached::Passage, Reached::Adopted, Reached::Pending, Reached::NotAdopted];
        let entered = [Reached::Passage, Reached::Adopted];
        stages.add("led", false, reached(&led), own, to(Part::Amendments));
        stages.add("adopted", true, reached(&entered), own, to(Part::Amendments));
        stages.add("passage", true, reached(&[Reached::Passage]), own, to(Part::Data));
    }
    stages.part("article", flow.reached(|r| r == Reached::Article), own, to(Part::Responses));
    stages.add("without", false, flow.without, own, gap(Gap::Untraced));
    stages.0
}

/// Fragments are cited and answered too, now and then; where none is, that says nothing of them.
fn fragments(context: &Context<'_>, c: &Consultation, d: &DerivedConsultation) -> Vec<Stage> {
    let flow = &d.flow.fragments;
    if flow.received == 0 {
        return Vec::new();
    }
    let own = flow.own();
    let to = |part: Part<'_>| Some(context.to(c, part));
    let mut stages = Stages(Vec::new());
    moderated(&mut stages, flow, None, to(Part::Moderation(1)));
    match c.syntheses.is_empty() {
        true => stages.unrecorded("cited"),
        false => stages.add("cited", false, flow.cited, own, to(Part::Syntheses)),
    }
    match c.responses.is_empty() {
        true => stages.unrecorded("answered"),
        false => {
            let answered = flow.answered(|a| matches!(a, Answered::By(_)));
            stages.add("answered", false, answered, own, to(Part::Responses));
        }
    }
    match c.amendments.is_empty() {
        true => stages.unrecorded("led"),
        false => {
            let led =
                |r| matches!(r, Reached::Passage | Reached::Adopted | Reached::Pending | Reached::NotAdopted);
            stages.add("led", false, flow.reached(led), own, to(Part::Amendments));
        }
    }
    stages.0
}

/// The stages as a table.
pub fn csv(view: &FlowView<'_>) -> Vec<u8> {
    let mut csv = Csv::new();
    csv.row(["of_contributions", "stage", "count", "out_of", "share"].map(|name| (name, false)));
    let all =
        view.stages.iter().map(|s| ("with-page", s)).chain(view.fragments.iter().map(|s| ("fragment", s)));
    for (of, stage) in all {
        let number = |find: fn(&Share) -> String| stage.share.as_ref().map(find).unwrap_or_default();
        csv.row([
            (of, false),
            (stage.name, false),
            (number(|s| s.count.to_string()).as_str(), false),
            (number(|s| s.of.to_string()).as_str(), false),
            (number(|s| s.share.to_string()).as_str(), false),
        ]);
    }
    csv.finish().0
}
