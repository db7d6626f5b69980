//! The way back from an amendment: which syntheses and responses speak of the contributions that led to it, and where
//! its words stand now.

use super::steps::{link, passage_link, standing, statements};
use crate::derive::DerivedConsultation;
use crate::derive::trace::link::Node;
use crate::model::site::*;
use crate::view::context::Context;
use crate::view::parts::Link;
use serde::Serialize;
use std::collections::BTreeSet;

/// What stands around an amendment.
#[derive(Debug, Serialize)]
pub struct Back {
    /// Contributions that led to it, by its own record or by a response.
    pub contributions: Vec<Link>,
    /// Syntheses that cite them, at the statement.
    pub syntheses: Vec<Link>,
    /// Responses to them.
    pub responses: Vec<Link>,
    /// Where its words stand in the latest version.
    pub passages: Vec<Link>,
}

/// The contributions that led to an amendment, by its own record or by a response.
pub fn leading(c: &Consultation, d: &DerivedConsultation, at: AmendmentIx) -> Vec<ContributionIx> {
    let mut all = c.amendments[at].contributions.clone();
    let named = c.responses.iter().filter(|r| r.amendments.contains(&at)).flat_map(|r| r.to.iter().copied());
    for x in named.filter(|x| d.led_to.get(*x).is_some_and(|led| led.contains(&at))) {
        if !all.contains(&x) {
            all.push(x);
        }
    }
    all
}

/// Looks around an amendment.
pub fn back(context: &Context<'_>, c: &Consultation, d: &DerivedConsultation, at: AmendmentIx) -> Back {
    let contributions = leading(c, d, at);
    let mut cited: BTreeSet<usize> = BTreeSet::new();
    let mut syntheses = Vec::new();
    for x in &contributions {
        for synthesis in d.cited[*x].iter().filter(|s| cited.insert(**s)) {
            let mut one = link(context, c, Node::Synthesis(*synthesis));
            if let Some(first) = statements(context, c, *synthesis, *x).into_iter().next() {
                one.href = first.href;
            }
            syntheses.push(one);
        }
    }
    let responses: BTreeSet<usize> =
        contributions.iter().flat_map(|x| d.responses[*x].iter().copied()).collect();
    let passages = standing(d, Node::Amendment(at)).into_iter();
    Back {
        contributions: contributions.iter().map(|x| context.contribution_link(c, d, *x)).collect(),
        syntheses,
        responses: responses.into_iter().map(|r| link(context, c, Node::Response(r))).collect(),
        passages: passages.map(|(node, numbers)| passage_link(context, c, node, &numbers)).collect(),
    }
}
