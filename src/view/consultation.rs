//! A consultation's own page, and its phases.

use super::Head;
use super::context::Context;
use super::home::{State, phase_state, state};
use super::parts::{Link, PartyView, Prose, ReactionsView};
use super::receipt::has_receipts;
use super::take_part::{About, invitation};
use crate::derive::DerivedConsultation;
use crate::model::choices::{ContributionKind, PhaseKind, Position, Provenance};
use crate::model::site::{Consultation, Provenience};
use crate::model::when::Moment;
use crate::route::{Listing, Part};
use serde::Serialize;

/// A consultation's own page.
#[derive(Debug, Serialize)]
pub struct ConsultationView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// Its id.
    pub id: String,
    /// What it is about.
    pub summary: String,
    /// Who consults.
    pub organiser: PartyView,
    /// Themes.
    pub themes: Vec<String>,
    /// On the day of which the site speaks.
    pub state: State,
    /// Presentation.
    pub body: Option<Prose<'s>>,
    /// Steps.
    pub phases: Vec<PhaseView>,
    /// Address of the page of the steps.
    pub phases_href: Option<String>,
    /// Its texts.
    pub texts: Vec<TextCard>,
    /// How many of each thing.
    pub counts: Vec<CountView>,
    /// Arguments for and against, counted.
    pub arguments: Vec<PositionCount>,
    /// Reactions on proposals and articles: a sum of declared totals.
    pub reactions: Option<ReactionsView>,
    /// Reactions on suggested rewordings.
    pub reactions_on_wordings: Option<ReactionsView>,
    /// Contributions with a page that received a response.
    pub answered: u64,
    /// Contributions with a page.
    pub with_page: u64,
    /// Contributions withheld.
    pub withheld: u64,
    /// Contributions erased after publication.
    pub erased: u64,
    /// The same words sent by several people, when there are any.
    pub campaigns: Option<CampaignsView>,
    /// Address of the moderation register.
    pub moderation: Option<String>,
    /// Categories, with the number of contributions in each.
    pub categories: Vec<CategoryCard>,
    /// Moderation charter.
    pub charter: Option<Prose<'s>>,
    /// The platform it comes from.
    pub origin: Option<Provenience>,
    /// Address of its data.
    pub data: String,
    /// The form with which readers take part, while it is not closed.
    pub take_part: Option<String>,
    /// Where an author looks up a receipt.
    pub receipt: Option<String>,
}

/// Texts that several people sent: each counts once as a text, and in all as participations.
#[derive(Debug, Serialize)]
pub struct CampaignsView {
    /// How many such texts there are.
    pub count: u64,
    /// Contributions that only repeat the words of another.
    pub repeated: u64,
}

/// A step.
#[derive(Debug, Serialize)]
pub struct PhaseView {
    /// Its id, and its fragment.
    pub id: String,
    /// What it is for.
    pub kind: PhaseKind,
    /// Its title; none when it is that of its kind.
    pub title: Option<String>,
    /// First day.
    pub start: Option<Moment>,
    /// Last day.
    pub end: Option<Moment>,
    /// What happens.
    pub summary: Option<String>,
    /// On the day of which the site speaks.
    pub state: State,
}

/// A text in a list.
#[derive(Debug, Serialize)]
pub struct TextCard {
    /// Address and title.
    #[serde(flatten)]
    pub link: Link,
    /// Its kind.
    pub kind: crate::model::choices::TextKind,
    /// What it would do.
    pub summary: Option<String>,
    /// Number of articles in the latest version.
    pub articles: usize,
    /// Versions, oldest first.
    pub versions: Vec<VersionLink>,
}

/// A version in a list.
#[derive(Debug, Clone, Serialize)]
pub struct VersionLink {
    /// Address and title.
    #[serde(flatten)]
    pub link: Link,
    /// Its id.
    pub id: String,
    /// Its date.
    pub date: crate::model::when::Date,
    /// Where it stands.
    pub stage: crate::model::choices::Stage,
    /// It is the one shown.
    pub current: bool,
}

/// A number of things: `name` is a key of the messages, `count_<name>`.
#[derive(Debug, Serialize)]
pub struct CountView {
    /// Of what: `contribution_<kind>`, `amendment`, `vote`, `meeting`, `response`.
    pub name: String,
    /// How many.
    pub count: u64,
    /// Where they are.
    pub href: Option<String>,
}

/// Arguments of a position.
#[derive(Debug, Serialize)]
pub struct PositionCount {
    /// Position.
    pub position: Position,
    /// How many.
    pub count: u64,
}

/// A category in a list.
#[derive(Debug, Serialize)]
pub struct CategoryCard {
    /// Address and title; no address when it is empty.
    pub title: String,
    /// Address of its list.
    pub href: Option<String>,
    /// What belongs to it.
    pub summary: Option<String>,
    /// Contributions with a page in it.
    pub contributions: usize,
}

/// Makes a consultation's page.
pub fn consultation<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
) -> ConsultationView<'s> {
    let edition = c.index.as_ref().map(|page| page.editions.pick(context.lang));
    let mut head = context.head("consultation", context.words(&c.title), context.words(&c.summary));
    head.untranslated = edition.map(|(lang, _)| lang.clone()).filter(|lang| lang != context.lang);
    let declared = |counts: crate::model::site::Counts| {
        (counts.total() > 0).then(|| ReactionsView::of(counts, Provenance::Summed))
    };
    ConsultationView {
        head,
        id: c.id.to_string(),
        summary: context.words(&c.summary).to_owned(),
        organiser: PartyView::new(&c.organiser, context),
        themes: c.themes.iter().map(|t| context.words(t).to_owned()).collect(),
        state: state(context, c),
        body: edition.and_then(|(lang, e)| Prose::official(&e.body, lang)),
        phases: c.phases.iter().map(|p| phase(context, c, p)).collect(),
        phases_href: (!c.phases.is_empty()).then(|| context.to(c, Part::Phases)),
        texts: c.texts.iter().map(|t| text_card(context, c, t)).collect(),
        counts: counts(context, c, d),
        arguments: d
            .totals
            .arguments
            .iter()
            .map(|(p, n)| PositionCount { position: *p, count: *n })
            .collect(),
        reactions: declared(d.totals.reactions),
        reactions_on_wordings: declared(d.totals.reactions_on_wordings),
        answered: d.totals.answered,
        with_page: d.totals.with_page,
        withheld: d.totals.withheld,
        erased: d.totals.erased,
        campaigns: (!d.campaigns.all.is_empty())
            .then(|| CampaignsView { count: d.campaigns.all.len() as u64, repeated: d.campaigns.repeated() }),
        moderation: (!c.contributions.is_empty()).then(|| context.to(c, Part::Moderation(1))),
        categories: categories(context, c),
        charter: c.charter.as_ref().and_then(|w| Prose::local(w, context.lang)),
        origin: c.origin.clone(),
        data: context.to(c, Part::Data),
        take_part: invitation(context, c, About::Consultation),
        receipt: has_receipts(c).then(|| context.to(c, Part::Receipt)),
    }
}

fn phase(context: &Context<'_>, c: &Consultation, phase: &crate::model::site::Phase) -> PhaseView {
    PhaseView {
        id: phase.id.to_string(),
        kind: phase.kind,
        title: context.words_opt(&phase.title),
        start: phase.start,
        end: phase.end,
        summary: context.words_opt(&phase.summary),
        state: phase_state(context, c, phase),
    }
}

fn text_card(context: &Context<'_>, c: &Consultation, text: &crate::model::site::Text) -> TextCard {
    let latest = text.versions.last();
    TextCard {
        link: Link::new(context.to(c, Part::Text(&text.id)), context.words(&text.title)),
        kind: text.kind,
        summary: context.words_opt(&text.summary),
        articles: latest.map_or(0, |v| v.document.get(context.lang).articles().count()),
        versions: version_links(context, c, text, None),
    }
}

/// The versions of a text, oldest first; `current` is marked.
pub fn version_links(
    context: &Context<'_>,
    c: &Consultation,
    text: &crate::model::site::Text,
    current: Option<usize>,
) -> Vec<VersionLink> {
    let link = |(at, v): (usize, &crate::model::site::Version)| VersionLink {
        link: Link::new(context.to(c, Part::Version(&text.id, &v.id)), context.words(&v.title)),
        id: v.id.to_string(),
        date: v.date,
        stage: v.stage,
        current: current == Some(at),
    };
    text.versions.iter().enumerate().map(link).collect()
}

fn counts(context: &Context<'_>, c: &Consultation, d: &DerivedConsultation) -> Vec<CountView> {
    let list = context.to(c, Part::Contributions(Listing::ByDate, 1));
    let mut counts: Vec<CountView> = ContributionKind::ALL
        .iter()
        .filter_map(|kind| {
            let count = *d.totals.by_kind.get(kind)?;
            let href = kind.has_page().then(|| list.clone());
            Some(CountView { name: format!("contribution_{}", kind.as_str()), count, href })
        })
        .collect();
    let mut add = |name: &str, count: usize, part: Part<'_>| {
        if count > 0 {
            let href = Some(context.to(c, part));
            counts.push(CountView { name: name.to_owned(), count: count as u64, href });
        }
    };
    add("meeting", c.meetings.len(), Part::Meetings);
    add("response", c.responses.len(), Part::Responses);
    add("amendment", c.amendments.len(), Part::Amendments);
    add("vote", c.votes.len(), Part::Votes);
    add("commitment", c.commitments.len(), Part::Commitments);
    counts
}

fn categories(context: &Context<'_>, c: &Consultation) -> Vec<CategoryCard> {
    let card = |category: &crate::model::site::Category| {
        let contributions = c
            .contributions
            .iter()
            .filter(|x| x.kind.has_page() && x.category.as_ref() == Some(&category.id))
            .count();
        let href = (contributions > 0)
            .then(|| context.to(c, Part::Contributions(Listing::Category(&category.id), 1)));
        CategoryCard {
            title: context.words(&category.title).to_owned(),
            href,
            summary: context.words_opt(&category.summary),
            contributions,
        }
    };
    c.categories.iter().map(card).collect()
}

/// The steps of a consultation.
#[derive(Debug, Serialize)]
pub struct PhasesView {
    /// What every view begins with.
    pub head: Head,
    /// Title of the consultation.
    pub consultation: String,
    /// Steps.
    pub phases: Vec<PhaseView>,
}

/// Makes the page of the steps.
pub fn phases(context: &Context<'_>, c: &Consultation) -> PhasesView {
    let title = context.words(&c.title);
    PhasesView {
        head: context.head("phases", title, context.words(&c.summary)),
        consultation: title.to_owned(),
        phases: c.phases.iter().map(|p| phase(context, c, p)).collect(),
    }
}
