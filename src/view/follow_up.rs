//! Official responses and commitments.

use super::Head;
use super::context::Context;
use super::parts::{Link, PartyView, Prose};
use super::trace::gaps::{self, Gap};
use crate::derive::DerivedConsultation;
use crate::model::choices::{CommitmentStatus, Decision};
use crate::model::site::Consultation;
use crate::model::when::{Date, Moment};
use crate::route::{Part, fragment};
use serde::Serialize;
use std::collections::BTreeSet;

/// Every official response.
#[derive(Debug, Serialize)]
pub struct ResponsesView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// Contributions with a page, published, that received a response.
    pub answered: u64,
    /// Contributions with a page, published.
    pub with_page: u64,
    /// How many responses decided what, and for how many contributions.
    pub decisions: Vec<DecisionCount>,
    /// The responses, oldest first.
    pub responses: Vec<ResponseView<'s>>,
    /// How many contributions with a page received none; merged ones go with their target.
    pub unanswered: usize,
    /// Where they are listed.
    pub unanswered_href: String,
}

/// Responses that decided the same.
#[derive(Debug, Serialize)]
pub struct DecisionCount {
    /// The decision; none where a response states none.
    pub decision: Option<Decision>,
    /// How many responses.
    pub responses: usize,
    /// How many contributions they answer.
    pub contributions: usize,
}

/// A response.
#[derive(Debug, Serialize)]
pub struct ResponseView<'s> {
    /// Its id.
    pub id: String,
    /// Its fragment on the page of responses.
    pub anchor: String,
    /// Its address.
    pub href: String,
    /// Its title.
    pub title: Option<&'s str>,
    /// Who answers.
    pub author: PartyView,
    /// When.
    pub date: Date,
    /// What was decided.
    pub decision: Option<Decision>,
    /// Its words.
    pub body: Option<Prose<'s>>,
    /// The contributions it answers.
    pub to: Vec<Link>,
    /// Amendments in which it went.
    pub amendments: Vec<Link>,
    /// Articles in which it went.
    pub articles: Vec<Link>,
}

/// Makes the page of responses.
pub fn responses<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
) -> ResponsesView<'s> {
    ResponsesView {
        head: context.head("responses", context.words(&c.title), context.words(&c.summary)),
        answered: d.totals.answered,
        with_page: d.totals.with_page,
        responses: (0..c.responses.len()).map(|at| response(context, c, d, at)).collect(),
        decisions: decisions(c),
        unanswered: gaps::listed(Gap::Unanswered, c, d).len(),
        unanswered_href: context.to(c, Part::Unanswered(1)),
    }
}

fn decisions(c: &Consultation) -> Vec<DecisionCount> {
    let all = Decision::ALL.iter().map(|decision| Some(*decision)).chain([None]);
    let count = |decision: Option<Decision>| {
        let mine: Vec<_> = c.responses.iter().filter(|r| r.decision == decision).collect();
        let answered: BTreeSet<usize> = mine.iter().flat_map(|r| r.to.iter().copied()).collect();
        DecisionCount { decision, responses: mine.len(), contributions: answered.len() }
    };
    all.map(count).filter(|count| count.responses > 0).collect()
}

/// A response, seen from any page.
pub fn response<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    at: usize,
) -> ResponseView<'s> {
    let response = &c.responses[at];
    let anchor = format!("r-{}", response.id);
    ResponseView {
        id: response.id.to_string(),
        href: format!("{}#{anchor}", context.to(c, Part::Responses)),
        anchor,
        title: response.title.as_deref(),
        author: PartyView::new(&response.author, context),
        date: response.date,
        decision: response.decision,
        body: Prose::local(&response.body, context.lang),
        to: response.to.iter().map(|x| context.contribution_link(c, d, *x)).collect(),
        amendments: response
            .amendments
            .iter()
            .map(|a| context.amendment_link(c, &c.amendments[*a]))
            .collect(),
        articles: response
            .articles
            .iter()
            .map(|(text, article)| context.article_link(c, &c.texts[*text], article))
            .collect(),
    }
}

/// Every commitment.
#[derive(Debug, Serialize)]
pub struct CommitmentsView {
    /// What every view begins with.
    pub head: Head,
    /// Commitments whose day has passed, and that are not kept.
    pub overdue: usize,
    /// The commitments, oldest first.
    pub commitments: Vec<CommitmentView>,
}

/// A commitment.
#[derive(Debug, Serialize)]
pub struct CommitmentView {
    /// Its id.
    pub id: String,
    /// Its fragment.
    pub anchor: String,
    /// What is promised.
    pub title: String,
    /// Who promises.
    pub by: PartyView,
    /// When.
    pub date: Date,
    /// For when.
    pub due: Option<Date>,
    /// What became of it.
    pub status: CommitmentStatus,
    /// Its day has passed, and it is not kept.
    pub overdue: bool,
    /// More.
    pub summary: Option<String>,
    /// What shows it.
    pub evidence: Vec<EvidenceView>,
    /// What led to it.
    pub contributions: Vec<Link>,
}

/// Something that shows that a commitment was kept.
#[derive(Debug, Serialize)]
pub struct EvidenceView {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: Option<String>,
    /// Its date.
    pub date: Option<Moment>,
}

/// Whether the day of a commitment has passed, on the day of which the site speaks, and it is neither kept nor dropped.
pub fn overdue(context: &Context<'_>, commitment: &crate::model::site::Commitment) -> bool {
    let open = match commitment.status {
        CommitmentStatus::Announced | CommitmentStatus::UnderWay | CommitmentStatus::KeptInPart => true,
        CommitmentStatus::Kept | CommitmentStatus::Dropped => false,
    };
    let today = context.consultation().map_or(context.site.as_of, |(c, _)| context.site.day_of(c));
    open && commitment.due.is_some_and(|due| due < today)
}

/// Makes the page of commitments.
pub fn commitments(context: &Context<'_>, c: &Consultation, d: &DerivedConsultation) -> CommitmentsView {
    let one = |x: &crate::model::site::Commitment| CommitmentView {
        id: x.id.to_string(),
        anchor: fragment(&x.id),
        title: context.words(&x.title).to_owned(),
        by: PartyView::new(&x.by, context),
        date: x.date,
        due: x.due,
        status: x.status,
        overdue: overdue(context, x),
        summary: context.words_opt(&x.summary),
        evidence: x
            .evidence
            .iter()
            .map(|(title, url, date)| EvidenceView {
                title: context.words(title).to_owned(),
                url: url.as_ref().map(ToString::to_string),
                date: *date,
            })
            .collect(),
        contributions: x.contributions.iter().map(|at| context.contribution_link(c, d, *at)).collect(),
    };
    CommitmentsView {
        head: context.head("commitments", context.words(&c.title), context.words(&c.summary)),
        overdue: c.commitments.iter().filter(|x| overdue(context, x)).count(),
        commitments: c.commitments.iter().map(one).collect(),
    }
}
