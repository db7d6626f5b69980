//! What pages say of the trace: what became of a contribution, in words, in a drawing and as a list; the whole flow of
//! a consultation; what a synthesis covers; what was answered nothing and cited nowhere. Everything here is read from
//! the links that `derive` collected; nothing is linked here that is not linked there.

pub mod back;
pub mod coverage;
pub mod drawing;
pub mod flow;
pub mod gaps;
pub mod sankey;
mod sentence;
pub mod steps;
mod teller;
mod words;

use super::context::Context;
use crate::derive::DerivedConsultation;
use crate::model::site::{Consultation, ContributionIx};
use drawing::Drawing;
use serde::Serialize;
use steps::StepView;

/// What became of a contribution.
#[derive(Debug, Serialize)]
pub struct TraceView {
    /// In one sentence.
    pub sentence: Vec<Piece>,
    /// Step by step, each with who asserts it.
    pub steps: Vec<StepView>,
    /// The steps as a drawing.
    pub drawing: Option<Drawing>,
}

/// A piece of a sentence, perhaps a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// Its words.
    pub words: String,
    /// Where it leads.
    pub href: Option<String>,
}

/// What became of a contribution; when nothing is recorded, the sentence says that.
pub fn trace(
    context: &Context<'_>,
    c: &Consultation,
    d: &DerivedConsultation,
    at: ContributionIx,
) -> TraceView {
    let steps = steps::steps(context, c, d, at);
    let title = c.contributions[at].title().unwrap_or(c.contributions[at].id.as_str());
    TraceView {
        sentence: sentence::sentence(context, c, d, at, false),
        drawing: drawing::drawing(title, &steps),
        steps,
    }
}

/// A short sentence alone, for what stands inside another page; nothing when nothing is recorded.
pub fn line(
    context: &Context<'_>,
    c: &Consultation,
    d: &DerivedConsultation,
    at: ContributionIx,
) -> Vec<Piece> {
    if sentence::is_silent(d, at) { Vec::new() } else { sentence::sentence(context, c, d, at, true) }
}
