//! view: `&Site, &Derived` → one typed value per page. What a view holds is what the page may say, and it is the
//! page's data file (`index.json`); what surrounds every page (menus, breadcrumbs, other languages) is the
//! [`Chrome`](chrome::Chrome), in no data file. [`plan`](plan()) lists the pages, [`Plan::page`] makes one: pages are made
//! in parallel, one at a time, and forgotten once written.

pub mod amendment;
pub mod amendments;
pub mod article;
pub mod charts;
pub mod chrome;
pub mod citation;
pub mod compare;
mod compared;
pub mod consolidated;
pub mod consultation;
pub mod context;
pub mod continued;
pub mod contribution;
pub mod data;
pub mod document;
pub mod follow_up;
pub mod former;
pub mod fragment;
pub mod frozen;
pub mod history;
pub mod home;
pub mod life;
pub mod listing;
pub mod marked;
pub mod meeting;
pub mod operation;
pub mod page;
pub mod parts;
pub mod plan;
pub mod questionnaire;
pub mod ranking;
pub mod receipt;
pub mod register;
pub mod rows;
pub mod search;
pub mod sources;
pub mod synthesis;
pub mod table;
pub mod take_part;
pub mod trace;
pub mod version_amendments;
pub mod vote;
pub mod words;

pub use context::Context;
pub use plan::{Key, Plan, plan};

use crate::lang::Lang;
use serde::Serialize;

/// What every view begins with.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    /// The kind of page: its template's name.
    pub kind: &'static str,
    /// The page's title.
    pub title: String,
    /// One or two sentences for search engines.
    pub description: String,
    /// The page's language.
    pub lang: Lang,
    /// Language in which its main words really are, when the translation is missing.
    pub untranslated: Option<Lang>,
    /// The page's file, from the root of its language.
    pub path: String,
    /// The day of which it speaks.
    pub as_of: crate::model::when::Date,
    /// Licence of its data.
    pub licence: Option<String>,
    /// Dated corrections of what the page says.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errata: Vec<frozen::ErratumView>,
}

/// A page's view.
#[derive(Debug, Serialize)]
#[serde(untagged)]
#[allow(missing_docs)]
pub enum View<'s> {
    Home(home::HomeView),
    Consultation(consultation::ConsultationView<'s>),
    Phases(consultation::PhasesView),
    Text(document::TextView<'s>),
    Article(article::ArticleView<'s>),
    Compare(compare::CompareView<'s>),
    Table(table::TableView),
    Amendments(amendments::AmendmentsView<'s>),
    VersionAmendments(version_amendments::VersionAmendmentsView),
    Consolidated(consolidated::ConsolidatedView),
    Amendment(amendment::AmendmentView<'s>),
    Contributions(listing::ContributionsView<'s>),
    Contribution(Box<contribution::ContributionView<'s>>),
    Votes(vote::VotesView<'s>),
    Vote(Box<vote::VoteView<'s>>),
    Meetings(meeting::MeetingsView),
    Meeting(meeting::MeetingView<'s>),
    Responses(follow_up::ResponsesView<'s>),
    Syntheses(synthesis::SynthesesView),
    Synthesis(synthesis::SynthesisView<'s>),
    Commitments(follow_up::CommitmentsView),
    TakePart(take_part::TakePartView<'s>),
    TakePartThanks(take_part::ThanksView),
    Receipt(receipt::ReceiptView<'s>),
    Moderation(register::RegisterView<'s>),
    Questionnaire(questionnaire::QuestionnaireView),
    Data(data::DataView<'s>),
    Flow(trace::flow::FlowView<'s>),
    Gaps(trace::gaps::GapsView<'s>),
    Search(page::SearchView),
    Page(page::PageView<'s>),
}

impl View<'_> {
    /// What the view begins with.
    pub fn head(&self) -> &Head {
        match self {
            View::Home(v) => &v.head,
            View::Consultation(v) => &v.head,
            View::Phases(v) => &v.head,
            View::Text(v) => &v.head,
            View::Article(v) => &v.head,
            View::Compare(v) => &v.head,
            View::Table(v) => &v.head,
            View::Amendments(v) => &v.head,
            View::VersionAmendments(v) => &v.head,
            View::Consolidated(v) => &v.head,
            View::Amendment(v) => &v.head,
            View::Contributions(v) => &v.head,
            View::Contribution(v) => &v.head,
            View::Votes(v) => &v.head,
            View::Vote(v) => &v.head,
            View::Meetings(v) => &v.head,
            View::Meeting(v) => &v.head,
            View::Responses(v) => &v.head,
            View::Syntheses(v) => &v.head,
            View::Synthesis(v) => &v.head,
            View::Commitments(v) => &v.head,
            View::TakePart(v) => &v.head,
            View::TakePartThanks(v) => &v.head,
            View::Receipt(v) => &v.head,
            View::Moderation(v) => &v.head,
            View::Questionnaire(v) => &v.head,
            View::Data(v) => &v.head,
            View::Flow(v) => &v.head,
            View::Gaps(v) => &v.head,
            View::Search(v) => &v.head,
            View::Page(v) => &v.head,
        }
    }
}
