//! The moderation register: what was received, what became of it, for which reasons and how fast; each withheld or
//! erased contribution by its place, never by its words.

use super::Head;
use super::context::Context;
use super::fragment::withheld;
use super::parts::{Link, Pager, Prose, WithheldView};
use crate::derive::DerivedConsultation;
use crate::derive::register::{delay, percentile};
use crate::derive::tally::share;
use crate::model::choices::{ContributionKind, ModerationState};
use crate::model::site::{Consultation, ContributionIx};
use crate::model::when::Moment;
use crate::opendata::Csv;
use crate::route::{PER_PAGE, Part};
use serde::Serialize;

/// The last day of each class of delays, in days; the last class has no end.
const CLASSES: [u32; 5] = [0, 1, 3, 7, 14];

/// The register of a consultation.
#[derive(Debug, Serialize)]
pub struct RegisterView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// Contributions received.
    pub received: u64,
    /// How many are in each state.
    pub states: Vec<StateCount>,
    /// Of the published ones, those merged into another.
    pub merged: u64,
    /// The reasons of the charter, used or not, and those withheld without one.
    pub reasons: Vec<ReasonView>,
    /// How long decisions took; none when no decision is dated.
    pub delay: Option<DelayView>,
    /// Decisions whose delay is not recorded.
    pub delay_unknown: u64,
    /// Withheld and erased contributions of this page.
    pub rows: Vec<RemovedView<'s>>,
    /// The pages of those.
    pub pager: Pager,
    /// The charter.
    pub charter: Option<Prose<'s>>,
}

/// Contributions in a state.
#[derive(Debug, Serialize)]
pub struct StateCount {
    /// The state.
    pub state: ModerationState,
    /// How many.
    pub count: u64,
    /// Their share of what was received, in per cent.
    pub share: f64,
}

/// A reason of the charter.
#[derive(Debug, Serialize)]
pub struct ReasonView {
    /// Its id; none for those withheld without a reason.
    pub id: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// What belongs to it.
    pub summary: Option<String>,
    /// Contributions withheld for it.
    pub count: u64,
    /// Half of these were decided within so many days.
    pub median: Option<u32>,
}

/// How long decisions took, in days.
#[derive(Debug, Serialize)]
pub struct DelayView {
    /// Decisions whose delay is known.
    pub known: u64,
    /// Half of them took so many days at most.
    pub median: u32,
    /// Nine of ten took so many days at most.
    pub most: u32,
    /// The slowest.
    pub longest: u32,
    /// How many took how long.
    pub classes: Vec<ClassView>,
}

/// Decisions that took between two delays.
#[derive(Debug, Serialize)]
pub struct ClassView {
    /// Fewest days.
    pub from: u32,
    /// Most days; none for the last class.
    pub to: Option<u32>,
    /// How many.
    pub count: u64,
    /// Their share of the decisions whose delay is known, in per cent.
    pub share: f64,
}

/// A contribution that is not shown.
#[derive(Debug, Serialize)]
pub struct RemovedView<'s> {
    /// Its place, and its id or the title that may stay.
    #[serde(flatten)]
    pub link: Link,
    /// Its id.
    pub id: &'s str,
    /// What it is.
    pub kind: ContributionKind,
    /// What it is about.
    pub about: Option<Link>,
    /// When it was written.
    pub date: Option<Moment>,
    /// What became of it, and why.
    pub decision: Option<WithheldView>,
    /// Days that the decision took.
    pub delay: Option<u32>,
}

/// Makes a page of the register, from 1.
pub fn register<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    page: usize,
) -> RegisterView<'s> {
    let register = &d.register;
    let received = c.contributions.len() as u64;
    let state = |state: ModerationState| StateCount {
        state,
        count: register.count(state),
        share: share(register.count(state), received),
    };
    let decided = register.count(ModerationState::Published) + register.count(ModerationState::Withheld);
    let shown = register.removed.chunks(PER_PAGE).nth(page - 1).unwrap_or_default();
    RegisterView {
        head: context.head("moderation", context.words(&c.title), context.words(&c.summary)),
        received,
        states: [ModerationState::Published, ModerationState::Withheld, ModerationState::Erased]
            .map(state)
            .into(),
        merged: register.merged,
        reasons: reasons(context, c, d),
        delay: delays(&register.delays),
        delay_unknown: decided - register.delays.len() as u64,
        rows: shown.iter().map(|at| removed(context, c, d, *at)).collect(),
        pager: Pager::new(page, register.removed.len(), |n| context.to(c, Part::Moderation(n))),
        charter: c.charter.as_ref().and_then(|charter| Prose::local(charter, context.lang)),
    }
}

fn reasons(context: &Context<'_>, c: &Consultation, d: &DerivedConsultation) -> Vec<ReasonView> {
    let median = |of: &[ContributionIx]| {
        let mut delays: Vec<u32> = of.iter().filter_map(|at| delay(&c.contributions[*at], &c.zone)).collect();
        delays.sort_unstable();
        percentile(&delays, 50)
    };
    let withheld = |id| d.register.reasons.get(&id).map(Vec::as_slice).unwrap_or_default();
    let mut views: Vec<ReasonView> = c
        .reasons
        .iter()
        .map(|reason| {
            let of = withheld(Some(reason.id.clone()));
            ReasonView {
                id: Some(reason.id.to_string()),
                title: Some(context.words(&reason.title).to_owned()),
                summary: context.words_opt(&reason.summary),
                count: of.len() as u64,
                median: median(of),
            }
        })
        .collect();
    let without = withheld(None);
    if !without.is_empty() {
        let (count, median) = (without.len() as u64, median(without));
        views.push(ReasonView { id: None, title: None, summary: None, count, median });
    }
    views
}

fn delays(delays: &[u32]) -> Option<DelayView> {
    let longest = *delays.last()?;
    let known = delays.len() as u64;
    let mut classes = Vec::new();
    let mut from = 0;
    for to in CLASSES.into_iter().map(Some).chain([None]) {
        let count = delays.iter().filter(|d| **d >= from && to.is_none_or(|to| **d <= to)).count() as u64;
        classes.push(ClassView { from, to, count, share: share(count, known) });
        from = to.map_or(from, |to| to + 1);
    }
    let median = percentile(delays, 50)?;
    Some(DelayView { known, median, most: percentile(delays, 90)?, longest, classes })
}

fn removed<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    at: ContributionIx,
) -> RemovedView<'s> {
    let contribution = &c.contributions[at];
    RemovedView {
        link: context.contribution_link(c, d, at),
        id: contribution.id.as_str(),
        kind: contribution.kind,
        about: match contribution.parent {
            Some(parent) => Some(context.contribution_link(c, d, parent)),
            None => context.place_link(c, d, at),
        },
        date: contribution.date,
        decision: withheld(context, c, contribution),
        delay: delay(contribution, &c.zone),
    }
}

/// The rows of a page, as CSV.
pub fn csv(view: &RegisterView<'_>) -> Vec<u8> {
    let mut csv = Csv::new();
    let header =
        ["id", "kind", "date", "moderation", "reason", "moderation_date", "moderation_by", "delay_days"];
    csv.row(header.map(|name| (name, false)));
    for row in &view.rows {
        let decision = row.decision.as_ref();
        csv.row([
            (row.id, true),
            (row.kind.as_str(), false),
            (row.date.map_or(String::new(), |d| d.to_string()).as_str(), false),
            (decision.map_or("", |d| d.state.as_str()), false),
            (decision.and_then(|d| d.reason.as_deref()).unwrap_or(""), true),
            (decision.and_then(|d| d.date).map_or(String::new(), |d| d.to_string()).as_str(), false),
            (decision.and_then(|d| d.by.as_deref()).unwrap_or(""), true),
            (row.delay.map_or(String::new(), |d| d.to_string()).as_str(), false),
        ]);
    }
    csv.finish().0
}
