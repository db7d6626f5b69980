//! The trace: links written once by an author, read from both ends. Here every reference is turned around; `link`
//! makes the one graph of typed links, `flow` counts it, `faults` tells where it contradicts itself.

pub mod faults;
pub mod flow;
pub mod link;

use super::DerivedConsultation;
use crate::model::site::Consultation;

/// Turns every reference of a consultation around.
pub(super) fn trace(consultation: &Consultation) -> DerivedConsultation {
    let count = consultation.contributions.len();
    let mut trace = DerivedConsultation {
        children: vec![Vec::new(); count],
        excerpts: vec![std::sync::OnceLock::new(); count],
        responses: vec![Vec::new(); count],
        cited: vec![Vec::new(); count],
        led_to: vec![Vec::new(); count],
        sub_amendments: vec![Vec::new(); consultation.amendments.len()],
        ..Default::default()
    };
    contributions(consultation, &mut trace);
    for (at, amendment) in consultation.amendments.iter().enumerate() {
        if let Some(article) = &amendment.article {
            trace.amendments_on.entry((amendment.text, article.clone())).or_default().push(at);
        }
        if let Some(parent) = amendment.parent {
            trace.sub_amendments[parent].push(at);
        }
        for led in &amendment.contributions {
            trace.led_to[*led].push(at);
        }
        if let Some(vote) = amendment.vote {
            trace.votes_on_amendment.entry(at).or_default().push(vote);
        }
    }
    for (at, response) in consultation.responses.iter().enumerate() {
        for to in &response.to {
            trace.responses[*to].push(at);
            for amendment in &response.amendments {
                if !trace.led_to[*to].contains(amendment) {
                    trace.led_to[*to].push(*amendment);
                }
            }
        }
    }
    for (at, synthesis) in consultation.syntheses.iter().enumerate() {
        for cited in &synthesis.cites {
            trace.cited[*cited].push(at);
        }
    }
    for (at, vote) in consultation.votes.iter().enumerate() {
        if let Some(amendment) = vote.amendment {
            let votes = trace.votes_on_amendment.entry(amendment).or_default();
            if !votes.contains(&at) {
                votes.push(at);
            }
        }
        if let Some(contribution) = vote.contribution {
            trace.votes_on_contribution.entry(contribution).or_default().push(at);
        }
        if let (Some(text), Some(article)) = (vote.about.text, &vote.about.article) {
            trace.votes_on_article.entry((text, article.clone())).or_default().push(at);
        }
    }
    trace
}

fn contributions(consultation: &Consultation, trace: &mut DerivedConsultation) {
    for (at, contribution) in consultation.contributions.iter().enumerate() {
        if let Some(parent) = contribution.parent {
            trace.children[parent].push(at);
        } else if let (Some(text), Some(article)) = (contribution.about.text, &contribution.about.article) {
            trace.on_article.entry((text, article.clone())).or_default().push(at);
        } else if !contribution.kind.has_page() {
            trace.in_discussion.insert(at, trace.discussion.len());
            trace.discussion.push(at);
        }
        if let Some(into) = contribution.merged_into {
            trace.merged.entry(into).or_default().push(at);
        }
        if let Some(from) = contribution.split_from {
            trace.split_into.entry(from).or_default().push(at);
        }
        if let Some(meeting) = contribution.meeting {
            trace.of_meeting.entry(meeting).or_default().push(at);
        }
    }
}
