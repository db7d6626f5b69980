//! derive: `&Site` → [`Derived`]. Everything that is computed from a site and belongs to no single page: tallies,
//! totals, and the trace, that is who answers, cites, amends or decides what, in both directions. Where a
//! computation contradicts what was declared, a diagnostic says so.

pub mod anchors;
pub mod blame;
pub mod campaigns;
pub mod changes;
mod coherence;
pub mod conflicts;
mod continued;
pub mod explained;
mod faults;
pub mod questionnaire;
pub mod register;
pub mod tally;
pub mod texts;
pub mod trace;

use crate::diag::Diagnostic;
use crate::model::choices::{ContributionKind, Position};
use crate::model::id::Id;
use crate::model::site::*;
use crate::tally::Tally;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// What was computed, consultation by consultation, in the site's order.
#[derive(Debug)]
pub struct Derived {
    /// One for each consultation.
    pub consultations: Vec<DerivedConsultation>,
}

/// What was computed of one consultation.
#[derive(Debug, Default)]
pub struct DerivedConsultation {
    /// Contributions that answer each contribution, oldest first.
    pub children: Vec<Vec<ContributionIx>>,
    /// Contributions directly on an article, oldest first.
    pub on_article: BTreeMap<(TextIx, Id), Vec<ContributionIx>>,
    /// Contributions that are fragments of no page but the discussion: on a whole text or on the consultation.
    pub discussion: Vec<ContributionIx>,
    /// Place of each contribution in the discussion.
    pub in_discussion: BTreeMap<ContributionIx, usize>,
    /// Amendments on an article, in their order.
    pub amendments_on: BTreeMap<(TextIx, Id), Vec<AmendmentIx>>,
    /// Responses to each contribution.
    pub responses: Vec<Vec<usize>>,
    /// Syntheses that cite each contribution.
    pub cited: Vec<Vec<usize>>,
    /// Amendments to which each contribution led.
    pub led_to: Vec<Vec<AmendmentIx>>,
    /// Sub-amendments of each amendment.
    pub sub_amendments: Vec<Vec<AmendmentIx>>,
    /// Votes that decided each amendment, by the vote's or the amendment's word.
    pub votes_on_amendment: BTreeMap<AmendmentIx, Vec<VoteIx>>,
    /// Votes about a contribution.
    pub votes_on_contribution: BTreeMap<ContributionIx, Vec<VoteIx>>,
    /// Votes about an article.
    pub votes_on_article: BTreeMap<(TextIx, Id), Vec<VoteIx>>,
    /// Contributions of each meeting.
    pub of_meeting: BTreeMap<MeetingIx, Vec<ContributionIx>>,
    /// The texts: versions, changes, what they make of each other.
    pub texts: Vec<texts::DerivedText>,
    /// For the articles of a text that continues another: those of the other that they come from.
    pub comes_from: BTreeMap<(TextIx, Id), Vec<Id>>,
    /// The tally of each vote; `None` under embargo.
    pub tallies: Vec<Option<Tally>>,
    /// The beginning of each contribution's words, made when it is first shown: the same in every list.
    pub excerpts: Vec<OnceLock<Box<str>>>,
    /// Where the places that contributions speak of stand now.
    pub anchors: anchors::Anchors,
    /// Words that several people sent.
    pub campaigns: campaigns::Campaigns,
    /// Contributions that were merged into each.
    pub merged: BTreeMap<ContributionIx, Vec<ContributionIx>>,
    /// Contributions into which each was split.
    pub split_into: BTreeMap<ContributionIx, Vec<ContributionIx>>,
    /// The answers to each question of the questionnaire.
    pub answers: Vec<questionnaire::Answers>,
    /// The moderation register.
    pub register: register::Register,
    /// Totals.
    pub totals: Totals,
    /// Who cites, answers, follows, decides, becomes what, and who says so.
    pub links: trace::link::Links,
    /// The same, counted.
    pub flow: trace::flow::Flow,
}

/// Totals of a consultation; all counted from its records but the reactions, which are sums of declared counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Totals {
    /// Contributions by kind, withheld ones included.
    pub by_kind: BTreeMap<ContributionKind, u64>,
    /// Contributions, withheld ones included.
    pub contributions: u64,
    /// Those that are withheld.
    pub withheld: u64,
    /// Those that were erased after they had been published.
    pub erased: u64,
    /// Arguments by position, published ones.
    pub arguments: BTreeMap<Position, u64>,
    /// Reactions declared on proposals and articles.
    pub reactions: Counts,
    /// Reactions declared on suggested rewordings.
    pub reactions_on_wordings: Counts,
    /// Contributions with a page that received an official response; merged ones go with their target.
    pub answered: u64,
    /// Contributions with a page, published and not merged into another.
    pub with_page: u64,
}

/// Computes everything.
pub fn derive(site: &Site) -> (Derived, Vec<Diagnostic>) {
    let computed: Vec<(DerivedConsultation, Vec<Diagnostic>)> =
        site.consultations.par_iter().map(consultation).collect();
    let mut problems = Vec::new();
    let mut consultations = Vec::new();
    for (derived, found) in computed {
        consultations.push(derived);
        problems.extend(found);
    }
    (Derived { consultations }, problems)
}

fn consultation(consultation: &Consultation) -> (DerivedConsultation, Vec<Diagnostic>) {
    let mut derived = trace::trace(consultation);
    let mut problems = Vec::new();
    derived.texts = texts::texts(consultation, &mut problems);
    derived.comes_from = continued::comes_from(consultation);
    for vote in &consultation.votes {
        derived.tallies.push(match &vote.result {
            VoteResult::Embargoed { .. } => None,
            VoteResult::Known(known) => Some(tally::tally(vote, known, &mut problems)),
        });
    }
    derived.anchors = anchors::anchors(consultation);
    derived.campaigns = campaigns::campaigns(consultation);
    derived.answers = questionnaire::answers(consultation);
    derived.register = register::register(consultation);
    derived.totals = totals(consultation, &derived);
    derived.links = trace::link::links(consultation, &derived);
    derived.flow = trace::flow::flow(consultation, &derived);
    trace::faults::faults(consultation, &derived, &mut problems);
    (derived, problems)
}

fn totals(consultation: &Consultation, derived: &DerivedConsultation) -> Totals {
    let mut totals = Totals::default();
    for (at, contribution) in consultation.contributions.iter().enumerate() {
        let kind = contribution.kind;
        totals.contributions += 1;
        *totals.by_kind.entry(kind).or_default() += 1;
        match &contribution.content {
            Content::Withheld { .. } => totals.withheld += 1,
            Content::Erased { .. } => totals.erased += 1,
            Content::Published(published) => {
                if kind == ContributionKind::Argument
                    && let Some(position) = published.position
                {
                    *totals.arguments.entry(position).or_default() += 1;
                }
                if kind.has_page() && contribution.merged_into.is_none() {
                    totals.with_page += 1;
                    totals.answered += u64::from(!derived.responses[at].is_empty());
                }
            }
        }
        if let Some(votes) = &contribution.votes {
            match kind {
                ContributionKind::Proposal => totals.reactions += votes.counts,
                ContributionKind::Wording => totals.reactions_on_wordings += votes.counts,
                ContributionKind::Argument
                | ContributionKind::Source
                | ContributionKind::Comment
                | ContributionKind::Answer
                | ContributionKind::Interest
                | ContributionKind::Petition => {}
            }
        }
    }
    for votes in consultation.texts.iter().flat_map(|t| &t.articles).filter_map(|a| a.votes.as_ref()) {
        totals.reactions += votes.counts;
    }
    totals
}
