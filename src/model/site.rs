//! A checked site: what `check` gives and everything after stands on. Only `check` makes one. No field here can
//! hold a withheld contribution's words, an author's private name, or a result under embargo: where an author's
//! file had them, they were left behind.

pub use super::change::Operation;
use super::choices::*;
pub use super::contribution::*;
pub use super::follow_up::*;
pub use super::frozen::{Erratum, Frozen};
use super::id::Id;
use super::participation::Participation;
pub use super::text::*;
pub use super::vote::*;
use super::when::{Date, Moment};
use crate::lang::Lang;
use crate::sink::OutPath;
use jiff::tz::TimeZone;
use serde::Serialize;
use std::collections::BTreeMap;

/// A value in one or several languages; there is always one in the main language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Local<T> {
    main: (Lang, T),
    others: BTreeMap<Lang, T>,
}

impl<T> Local<T> {
    /// One language.
    pub fn one(lang: Lang, value: T) -> Self {
        Local { main: (lang, value), others: BTreeMap::new() }
    }

    /// Several; `main` is used where a language is missing, or else the first. `None` when there is none.
    pub fn many(mut by: BTreeMap<Lang, T>, main: &Lang) -> Option<Self> {
        let main = match by.remove_entry(main) {
            Some(main) => main,
            None => by.pop_first()?,
        };
        Some(Local { main, others: by })
    }

    /// The value in a language, or in the main one; with the language it is really in.
    pub fn pick(&self, lang: &Lang) -> (&Lang, &T) {
        self.others.get_key_value(lang).unwrap_or((&self.main.0, &self.main.1))
    }

    /// The value in a language, or in the main one.
    pub fn get(&self, lang: &Lang) -> &T {
        self.pick(lang).1
    }

    /// The value in the main language.
    pub fn main(&self) -> &T {
        &self.main.1
    }

    /// Every language with its value, the main one first.
    pub fn iter(&self) -> impl Iterator<Item = (&Lang, &T)> {
        std::iter::once((&self.main.0, &self.main.1)).chain(&self.others)
    }

    /// Makes a value for each language.
    pub fn map<U>(&self, mut make: impl FnMut(&Lang, &T) -> U) -> Local<U> {
        let main = make(&self.main.0, &self.main.1);
        let others = self.others.iter().map(|(lang, value)| (lang.clone(), make(lang, value))).collect();
        Local { main: (self.main.0.clone(), main), others }
    }

    /// Whether it exists in this language.
    pub fn has(&self, lang: &Lang) -> bool {
        self.main.0 == *lang || self.others.contains_key(lang)
    }
}

/// Words in one or several languages.
pub type Words = Local<Box<str>>;

/// A site.
#[derive(Debug)]
pub struct Site {
    /// Its title.
    pub title: Words,
    /// One sentence about it.
    pub description: Option<Words>,
    /// Its languages, the main one first; never empty.
    pub languages: Vec<Lang>,
    /// Who publishes it.
    pub publisher: Option<Party>,
    /// How to reach them.
    pub contact: Option<Box<str>>,
    /// Licence of everything that states no other.
    pub licence: Option<Box<str>>,
    /// Where it will stand, without a slash at the end.
    pub base_url: Option<Box<str>>,
    /// Folder of `themes/` that replaces files of the default theme.
    pub theme: Option<Id>,
    /// The day of which the site speaks.
    pub as_of: Date,
    /// Presentation.
    pub home: Option<Page>,
    /// Plain pages, by slug.
    pub pages: Vec<Page>,
    /// The consultations, by id.
    pub consultations: Vec<Consultation>,
    /// Records left out by `--quarantine`.
    pub quarantined: Vec<Quarantined>,
}

impl Site {
    /// The day of which the pages of a consultation speak: once it is frozen, always the same.
    pub fn day_of(&self, consultation: &Consultation) -> Date {
        consultation.frozen.as_ref().map_or(self.as_of, |frozen| frozen.date)
    }
}

/// A record that was left out because it is at fault.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Quarantined {
    /// Its file.
    pub file: Box<str>,
    /// Line of the first fault.
    pub line: usize,
    /// Code of the first fault.
    pub code: &'static str,
}

/// A plain page, or a presentation.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its slug.
    pub id: Id,
    /// Its editions.
    pub editions: Local<PageEdition>,
    /// Where it is linked from.
    pub menu: MenuPlace,
    /// Its place there.
    pub order: u64,
}

/// A page in one language.
#[derive(Debug, Clone)]
pub struct PageEdition {
    /// Its title.
    pub title: Option<Box<str>>,
    /// One sentence about it.
    pub summary: Option<Box<str>>,
    /// When it was last revised.
    pub date: Option<Date>,
    /// Markdown.
    pub body: Box<str>,
}

/// A body.
#[derive(Debug, Clone)]
pub struct Party {
    /// Its name.
    pub name: Words,
    /// Its web site.
    pub url: Option<Box<str>>,
}

/// A public consultation.
#[derive(Debug)]
pub struct Consultation {
    /// Its folder's name.
    pub id: Id,
    /// Its folder, from the site's root.
    pub folder: Box<str>,
    /// Its title.
    pub title: Words,
    /// What it is about.
    pub summary: Words,
    /// Who consults.
    pub organiser: Party,
    /// Its themes.
    pub themes: Vec<Words>,
    /// Language in which people write.
    pub language: Lang,
    /// Zone of dates without one.
    pub zone: TimeZone,
    /// Its steps.
    pub phases: Vec<Phase>,
    /// Headings under which contributions are filed.
    pub categories: Vec<Category>,
    /// Questions of its questionnaire.
    pub questions: Vec<Question>,
    /// How authors are shown.
    pub authors: AuthorRule,
    /// Moderation charter.
    pub charter: Option<Words>,
    /// Reasons for withholding.
    pub reasons: Vec<Category>,
    /// How readers take part.
    pub participation: Option<Participation>,
    /// Licence of its data.
    pub licence: Option<Box<str>>,
    /// Whether its pages are spread over sub-folders.
    pub spread: bool,
    /// What is known to be missing.
    pub known_missing: Vec<Words>,
    /// The platform it comes from.
    pub origin: Option<Provenience>,
    /// Its presentation.
    pub index: Option<Page>,
    /// Texts, by id.
    pub texts: Vec<Text>,
    /// Amendments, by id.
    pub amendments: Vec<Amendment>,
    /// Contributions, oldest first, then by id.
    pub contributions: Vec<Contribution>,
    /// Responses, oldest first.
    pub responses: Vec<Response>,
    /// Syntheses in their order.
    pub syntheses: Vec<Synthesis>,
    /// Meetings, oldest first.
    pub meetings: Vec<Meeting>,
    /// Commitments, oldest first.
    pub commitments: Vec<Commitment>,
    /// Votes, by date then id.
    pub votes: Vec<Vote>,
    /// That it is frozen.
    pub frozen: Option<Frozen>,
    /// Dated corrections, newest first.
    pub errata: Vec<Erratum>,
    /// Files published as they are.
    pub files: Vec<PublishedFile>,
    /// Former addresses, and what stands there now.
    pub aliases: Vec<Alias>,
}

/// A file published as it is.
#[derive(Debug, Clone)]
pub struct PublishedFile {
    /// Path from the site's root, on disk.
    pub source: Box<str>,
    /// Path from the consultation's folder.
    pub path: OutPath,
}

/// A former address.
#[derive(Debug, Clone)]
pub struct Alias {
    /// Where it is written, for diagnostics about it.
    pub place: crate::source::Span,
    /// The folder where a page was, from the site's root, not percent-encoded; with a query (`projects?id=12`) it
    /// is an address that only a server can answer.
    pub from: OutPath,
    /// What it was about.
    pub to: AliasOf,
}

/// What a former address was about, as places in the consultation's lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AliasOf {
    /// The consultation itself.
    Consultation,
    /// A text.
    Text(TextIx),
    /// An article.
    Article(TextIx, Id),
    /// An amendment.
    Amendment(AmendmentIx),
    /// A contribution.
    Contribution(ContributionIx),
    /// A response.
    Response(usize),
    /// A synthesis.
    Synthesis(usize),
    /// A meeting.
    Meeting(MeetingIx),
    /// A vote.
    Vote(VoteIx),
}

/// The platform a consultation was imported from.
#[derive(Debug, Clone, Serialize)]
pub struct Provenience {
    /// Its name.
    pub platform: Box<str>,
    /// Its address there.
    pub url: Option<Box<str>>,
    /// When it was read.
    pub retrieved: Option<Date>,
}

/// A dated step.
#[derive(Debug, Clone)]
pub struct Phase {
    /// Its id.
    pub id: Id,
    /// What it is for.
    pub kind: PhaseKind,
    /// Its title, when it has its own.
    pub title: Option<Words>,
    /// First day.
    pub start: Option<Moment>,
    /// Last day.
    pub end: Option<Moment>,
    /// What happens.
    pub summary: Option<Words>,
}

/// A heading, a reason, an option: an id and a title.
#[derive(Debug, Clone)]
pub struct Category {
    /// Its id.
    pub id: Id,
    /// Its title.
    pub title: Words,
    /// What belongs to it.
    pub summary: Option<Words>,
}

/// A question.
#[derive(Debug, Clone)]
pub struct Question {
    /// Its id.
    pub id: Id,
    /// The question.
    pub title: Words,
    /// How it is answered.
    pub kind: QuestionKind,
    /// What can be chosen.
    pub options: Vec<Category>,
}

/// Place of a text in its consultation's list.
pub type TextIx = usize;
/// Place of an amendment.
pub type AmendmentIx = usize;
/// Place of a contribution.
pub type ContributionIx = usize;
/// Place of a meeting.
pub type MeetingIx = usize;
/// Place of a vote.
pub type VoteIx = usize;

/// Declared reactions.
#[derive(Debug, Clone)]
pub struct Reactions {
    /// For, mixed, against.
    pub counts: Counts,
    /// Another count, acknowledged.
    pub other: Option<OtherCount>,
}

/// Three counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Counts {
    /// For.
    pub r#for: u64,
    /// For in part.
    pub mixed: u64,
    /// Against.
    pub against: u64,
}

impl Counts {
    /// All of them.
    pub fn total(self) -> u64 {
        self.r#for.saturating_add(self.mixed).saturating_add(self.against)
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.r#for = self.r#for.saturating_add(other.r#for);
        self.mixed = self.mixed.saturating_add(other.mixed);
        self.against = self.against.saturating_add(other.against);
    }
}

/// A count that differs, acknowledged.
#[derive(Debug, Clone)]
pub struct OtherCount {
    /// Who counted.
    pub source: Words,
    /// What they counted.
    pub counts: Counts,
    /// Why it differs.
    pub reason: Words,
    /// When it was acknowledged.
    pub date: Date,
}

/// What something is about.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// The text.
    pub text: Option<TextIx>,
    /// The version, as a place in the text's list.
    pub version: Option<usize>,
    /// The article.
    pub article: Option<Id>,
    /// The paragraph.
    pub paragraph: Option<u32>,
    /// The words.
    pub quote: Option<Box<str>>,
}

/// A change proposed to a version.
#[derive(Debug)]
pub struct Amendment {
    /// Its id.
    pub id: Id,
    /// Number as tabled.
    pub number: Box<str>,
    /// A few words.
    pub title: Option<Box<str>>,
    /// The text.
    pub text: TextIx,
    /// The version, as a place in the text's list.
    pub version: usize,
    /// The article.
    pub article: Option<Id>,
    /// The amendment it amends.
    pub parent: Option<AmendmentIx>,
    /// Who tabled it.
    pub authors: Vec<Box<str>>,
    /// Their group.
    pub group: Option<Box<str>>,
    /// When.
    pub date: Option<Date>,
    /// What became of it; `None` for a change that was not tabled.
    pub outcome: Option<Outcome>,
    /// When it was decided.
    pub decided: Option<Date>,
    /// Where a change that was not tabled comes from.
    pub origin: Option<Origin>,
    /// The vote that decided it.
    pub vote: Option<VoteIx>,
    /// On whose result it builds.
    pub after: Vec<AmendmentIx>,
    /// What led to it.
    pub contributions: Vec<ContributionIx>,
    /// Its place among the changes applied to the version, when it states one.
    pub order: Option<u64>,
    /// What it does, in the words in which it was tabled, in Markdown.
    pub instruction: Option<Box<str>>,
    /// Edits, by language of the text they quote.
    pub operations: Local<Vec<Operation>>,
    /// Where it is published.
    pub url: Option<Box<str>>,
    /// Statement of reasons, in Markdown, by language.
    pub reasons: Words,
    /// A program wrote its record, from an export or a history.
    pub imported: bool,
}
