//! The home page: every consultation, and ways into the list by state, organiser and theme.

use super::Head;
use super::context::Context;
use super::parts::{Link, Prose};
use crate::model::choices::PhaseKind;
use crate::model::site::{Consultation, Phase};
use crate::model::when::Moment;
use crate::route::Part;
use serde::Serialize;
use std::collections::BTreeMap;

/// The home page.
#[derive(Debug, Serialize)]
pub struct HomeView {
    /// What every view begins with.
    pub head: Head,
    /// Presentation.
    pub body: Option<Prose<'static>>,
    /// The consultations, those that end last first.
    pub consultations: Vec<ConsultationCard>,
    /// Places in the list by state.
    pub by_state: Vec<Group>,
    /// By organiser.
    pub by_organiser: Vec<Group>,
    /// By theme.
    pub by_theme: Vec<Group>,
}

/// A consultation in a list.
#[derive(Debug, Clone, Serialize)]
pub struct ConsultationCard {
    /// Its id.
    pub id: String,
    /// Its address and title.
    #[serde(flatten)]
    pub link: Link,
    /// What it is about.
    pub summary: String,
    /// Who consults.
    pub organiser: String,
    /// Themes.
    pub themes: Vec<String>,
    /// On the day of which the site speaks.
    pub state: State,
    /// First day of its first phase.
    pub start: Option<Moment>,
    /// Last day of its last phase.
    pub end: Option<Moment>,
    /// Contributions in all.
    pub contributions: u64,
    /// Its texts.
    pub texts: Vec<Link>,
    /// Amendments.
    pub amendments: usize,
    /// Votes.
    pub votes: usize,
}

/// Where a consultation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Contributions are taken.
    Open,
    /// Not begun.
    Upcoming,
    /// Contributions are closed, the procedure goes on.
    UnderWay,
    /// Every phase is over.
    Closed,
}

impl State {
    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Open => "open",
            State::Upcoming => "upcoming",
            State::UnderWay => "under-way",
            State::Closed => "closed",
        }
    }
}

/// Consultations that share something.
#[derive(Debug, Serialize)]
pub struct Group {
    /// What they share; for a state, its word.
    pub title: String,
    /// An id for links on the page.
    pub id: String,
    /// Their addresses and titles.
    pub consultations: Vec<Link>,
}

/// Makes the home page.
pub fn home(context: &Context<'_>) -> HomeView {
    let site = context.site;
    let mut cards: Vec<ConsultationCard> =
        (0..site.consultations.len()).map(|at| card(context, at)).collect();
    cards.sort_by(|a, b| b.end.map(|m| m.date).cmp(&a.end.map(|m| m.date)).then_with(|| a.id.cmp(&b.id)));
    let edition = site.home.as_ref().map(|page| page.editions.pick(context.lang));
    let title = edition.and_then(|(_, e)| e.title.as_deref()).unwrap_or_else(|| context.words(&site.title));
    let described = edition.and_then(|(_, e)| e.summary.as_deref());
    let description = described.or(site.description.as_ref().map(|d| context.words(d))).unwrap_or(title);
    let mut head = context.head("home", title, description);
    head.untranslated = edition.map(|(lang, _)| lang.clone()).filter(|lang| lang != context.lang);
    let body = edition.and_then(|(lang, e)| Prose::official(&e.body, lang));
    HomeView {
        head,
        body: body.map(|b| Prose { markdown: b.markdown.into_owned().into(), ..b }),
        by_state: grouped(&cards, |c| vec![c.state.as_str().to_owned()]),
        by_organiser: grouped(&cards, |c| vec![c.organiser.clone()]),
        by_theme: grouped(&cards, |c| c.themes.clone()),
        consultations: cards,
    }
}

fn grouped(cards: &[ConsultationCard], by: impl Fn(&ConsultationCard) -> Vec<String>) -> Vec<Group> {
    let mut groups: BTreeMap<String, Vec<Link>> = BTreeMap::new();
    for card in cards {
        for title in by(card) {
            groups.entry(title).or_default().push(card.link.clone());
        }
    }
    let id = |title: &str| crate::model::id::slug(title).map_or_else(String::new, |id| id.to_string());
    let group = |(title, consultations): (String, Vec<Link>)| Group { id: id(&title), title, consultations };
    groups.into_iter().map(group).collect()
}

/// A consultation in a list.
pub fn card(context: &Context<'_>, at: usize) -> ConsultationCard {
    let c = &context.site.consultations[at];
    let d = &context.derived.consultations[at];
    ConsultationCard {
        id: c.id.to_string(),
        link: Link::new(context.to(c, Part::Main), context.words(&c.title)),
        summary: context.words(&c.summary).to_owned(),
        organiser: context.words(&c.organiser.name).to_owned(),
        themes: c.themes.iter().map(|t| context.words(t).to_owned()).collect(),
        state: state(context, c),
        start: c.phases.iter().filter_map(|p| p.start).min(),
        end: c.phases.iter().filter_map(|p| p.end).max(),
        contributions: d.totals.contributions,
        texts: c.texts.iter().map(|t| context.text_link(c, t)).collect(),
        amendments: c.amendments.len(),
        votes: c.votes.len(),
    }
}

/// Whether a phase is over, going on, or to come, on the day of which the site speaks. Last days are included.
pub fn phase_state(context: &Context<'_>, c: &Consultation, phase: &Phase) -> State {
    let today = context.site.day_of(c).0;
    let begun = phase.start.is_none_or(|s| s.date <= today);
    let over = phase.end.is_some_and(|e| e.date < today);
    match (begun, over) {
        (_, true) => State::Closed,
        (true, false) => State::Open,
        (false, false) => State::Upcoming,
    }
}

/// Where a consultation stands.
pub fn state(context: &Context<'_>, c: &Consultation) -> State {
    let states: Vec<(PhaseKind, State)> =
        c.phases.iter().map(|p| (p.kind, phase_state(context, c, p))).collect();
    let contributing =
        |(kind, state): &(PhaseKind, State)| *kind == PhaseKind::Contribution && *state == State::Open;
    if states.iter().any(contributing) {
        State::Open
    } else if !states.is_empty() && states.iter().all(|(_, s)| *s == State::Upcoming) {
        State::Upcoming
    } else if states.iter().all(|(_, s)| *s == State::Closed) {
        State::Closed
    } else {
        State::UnderWay
    }
}
