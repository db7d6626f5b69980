//! The docket: what waits for a decision, and what was published before. Comes in: the content, the inbox, and what
//! moderation keeps in `private/`, as read. Leaves: contributions by id, each with its place. Nothing is decided here.

use crate::diag::{Code, Diagnostic, nearest};
use crate::error::{Error, Result};
use crate::lang::{Lang, Speech};
use crate::model::choices::ModerationState;
use crate::model::id::Id;
use crate::model::when::Date;
use crate::parse::draft::{Draft, DraftConsultation, DraftText, Filed};
use crate::parse::records::contribution::ContributionRecord;
use crate::parse::{contribution, parse};
use crate::say;
use crate::source::{FileId, Sources, Span};
use crate::yaml::read::Localised;
use jiff::tz::TimeZone;

/// A site's contributions, received and published.
#[derive(Debug)]
pub struct Docket<'s> {
    /// `content/` and what belongs to it.
    pub content: &'s Sources,
    /// `inbox/`.
    pub inbox: &'s Sources,
    /// Withheld words and what was decided, of `private/`.
    pub kept: &'s Sources,
    /// The content, parsed.
    pub draft: Draft,
    received: Vec<Received>,
    /// What is wrong in the inbox: places are in [`Self::inbox`].
    pub problems: Vec<Diagnostic>,
}

#[derive(Debug)]
struct Received {
    consultation: usize,
    filed: Filed<ContributionRecord>,
}

/// Where a contribution stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// In `inbox/`: nobody has decided.
    Inbox,
    /// In `content/`.
    Content,
}

/// A contribution and its place.
#[derive(Debug, Clone, Copy)]
pub struct Found<'d> {
    /// Its consultation.
    pub consultation: &'d DraftConsultation,
    /// Its record.
    pub filed: &'d Filed<ContributionRecord>,
    /// Where it stands.
    pub held: Held,
    /// The files among which it stands.
    pub sources: &'d Sources,
}

impl<'s> Docket<'s> {
    /// Puts it together.
    pub fn new(content: &'s Sources, inbox: &'s Sources, kept: &'s Sources) -> Self {
        let draft = parse(content);
        let mut docket = Docket { content, inbox, kept, draft, received: Vec::new(), problems: Vec::new() };
        for (file, source) in inbox.iter() {
            docket.take(file, &source.path);
        }
        let when = |one: &Received| {
            let noted = one.filed.record.intake.as_ref().map(|i| i.value.received.value);
            noted.map(|moment| moment.instant(&TimeZone::UTC))
        };
        docket.received.sort_by(|a, b| {
            (a.consultation, when(a), a.filed.id()).cmp(&(b.consultation, when(b), b.filed.id()))
        });
        docket
    }

    fn take(&mut self, file: FileId, path: &str) {
        let rest = path.strip_prefix("inbox/").unwrap_or(path);
        let folder = rest.split('/').next().unwrap_or(rest);
        if !path.ends_with(".md") {
            return;
        }
        let consultation = self.draft.consultations.iter().position(|c| id_of(c) == folder);
        let Some(consultation) = consultation else {
            self.problems.push(
                Diagnostic::new(
                    Code::G022,
                    Span::file(file),
                    say!(
                        "il n’y a pas de consultation « {folder} » à qui ceci serait adressé",
                        "there is no consultation “{folder}” to which this could be addressed"
                    ),
                )
                .help(say!(
                    "un dossier d’inbox/ porte le nom du dossier de sa consultation",
                    "a folder of inbox/ has the name of its consultation’s folder"
                )),
            );
            return;
        };
        let (filed, problems) = contribution(self.inbox, file);
        let at_fault = problems.iter().any(Diagnostic::is_error);
        self.problems.extend(problems);
        self.received.extend(filed.filter(|_| !at_fault).map(|filed| Received { consultation, filed }));
    }

    /// What waits, by consultation and date of receipt. `consultation` is an id.
    pub fn waiting(&self, consultation: Option<&str>) -> impl Iterator<Item = Found<'_>> {
        self.waits().filter(move |found| consultation.is_none_or(|id| id_of(found.consultation) == id))
    }

    fn waits(&self) -> impl Iterator<Item = Found<'_>> {
        self.received.iter().map(|one| Found {
            consultation: &self.draft.consultations[one.consultation],
            filed: &one.filed,
            held: Held::Inbox,
            sources: self.inbox,
        })
    }

    /// The contributions of the content.
    pub fn published(&self) -> impl Iterator<Item = Found<'_>> {
        self.draft.consultations.iter().flat_map(|consultation| {
            consultation.contributions.iter().map(|filed| Found {
                consultation,
                filed,
                held: Held::Content,
                sources: self.content,
            })
        })
    }

    /// The contribution of an id, `<id>` or `<consultation>/<id>`.
    pub fn find(&self, wanted: &str, consultation: Option<&str>) -> Result<Found<'_>> {
        let (consultation, id) = match wanted.rsplit_once('/') {
            Some((consultation, id)) => (Some(consultation), id),
            None => (consultation, wanted),
        };
        let all = || {
            self.waits()
                .chain(self.published())
                .filter(|found| consultation.is_none_or(|id| id_of(found.consultation) == id))
        };
        let found: Vec<Found<'_>> = all().filter(|found| found.id().as_str() == id).collect();
        match &found[..] {
            [only] => Ok(*only),
            [] => {
                let ids: Vec<Id> = all().map(|found| found.id().clone()).collect();
                Err(Error::new(
                    wanted,
                    match nearest(id, ids.iter().map(Id::as_str)) {
                        Some(near) => say!(
                            "il n’y a pas de contribution de cet identifiant ; vouliez-vous dire « {near} » ?",
                            "there is no contribution of this id; did you mean “{near}”?"
                        ),
                        None => say!(
                            "il n’y a pas de contribution de cet identifiant, ni reçue ni publiée",
                            "there is no contribution of this id, neither received nor published"
                        ),
                    },
                ))
            }
            [first, ..] => {
                let place = |found: &Found<'_>| found.place();
                let places = found.iter().map(place).collect::<Vec<_>>().join(", ");
                let one = id_of(first.consultation);
                Err(Error::new(
                    wanted,
                    say!(
                        "plusieurs contributions ont cet identifiant ({places}) ; écrivez « {one}/{id} », ou retirez celle qui est de trop",
                        "several contributions have this id ({places}); write “{one}/{id}”, or remove the one too many"
                    ),
                ))
            }
        }
    }

    /// The time zone of a consultation.
    pub fn zone(&self, consultation: &DraftConsultation) -> TimeZone {
        let own = consultation.consultation.as_ref().and_then(|c| c.record.timezone.as_ref());
        let site = self.draft.site.as_ref().and_then(|s| s.record.timezone.as_ref());
        let named = own.or(site).map_or("Europe/Paris", |zone| &zone.value);
        TimeZone::get(named).unwrap_or(TimeZone::UTC)
    }
}

impl Filed<ContributionRecord> {
    /// The contribution's id: written, or its file's name.
    pub fn id(&self) -> &Id {
        self.record.id.as_ref().map_or(&self.id.value, |id| &id.value)
    }
}

impl<'d> Found<'d> {
    /// Its id.
    pub fn id(&self) -> &'d Id {
        self.filed.id()
    }

    /// Its record.
    pub fn record(&self) -> &'d ContributionRecord {
        &self.filed.record
    }

    /// Its words, as they are published: Markdown.
    pub fn body(&self) -> &'d str {
        match &self.record().body {
            Some(body) => body.value.0.trim(),
            None => self.filed.body.value.trim(),
        }
    }

    /// The path of its file.
    pub fn path(&self) -> &'d str {
        &self.sources.get(self.filed.whole.file).path
    }

    /// Its file and line.
    pub fn place(&self) -> String {
        format!("{}:{}", self.path(), self.sources.line_column(self.filed.whole).0)
    }

    /// What became of it; `None` for what waits in the inbox.
    pub fn state(&self) -> Option<ModerationState> {
        match self.held {
            Held::Inbox => None,
            Held::Content => {
                let moderation = self.record().moderation.as_ref();
                Some(moderation.map_or(ModerationState::Published, |m| m.value.state.value))
            }
        }
    }

    /// Days since it was received, on a day of the consultation's zone.
    pub fn delay(&self, today: Date, zone: &TimeZone) -> Option<i64> {
        let noted = self.record().intake.as_ref()?.value.received.value.instant(zone);
        let since = noted.to_zoned(zone.clone()).date().until(today.0).ok()?;
        Some(i64::from(since.get_days()).max(0))
    }

    /// What it is about: text, where there are several, article, paragraph; else the contribution that it answers.
    pub fn about(&self, speech: Speech) -> String {
        let mut parts: Vec<String> = Vec::new();
        if let Some(on) = self.record().on.as_ref().map(|on| &on.value) {
            let several = self.consultation.texts.len() > 1 || on.article.is_none();
            parts.extend(
                on.text.as_ref().filter(|_| several).map(|text| self.text_title(&text.value, speech)),
            );
            parts.extend(on.article.as_ref().map(|article| format!("article {}", article.value)));
            parts.extend(on.paragraph.as_ref().map(|n| {
                let n = n.value;
                say!("alinéa {n}", "paragraph {n}").get(speech).to_owned()
            }));
        }
        if let Some(parent) = &self.record().parent {
            let parent = &parent.value;
            parts.push(say!("répond à {parent}", "answers {parent}").get(speech).to_owned());
        }
        parts.join(", ")
    }

    fn text_title(&self, id: &Id, speech: Speech) -> String {
        let own = |text: &&DraftText| text.folder.rsplit('/').next() == Some(id.as_str());
        let text = self.consultation.texts.iter().find(own).and_then(|text| text.text.as_ref());
        let title = text.map(|t| t.record.short_title.as_ref().unwrap_or(&t.record.title));
        title.map_or_else(|| id.to_string(), |title| words(&title.value, speech).to_owned())
    }
}

/// The id of a consultation: the name of its folder.
pub fn id_of(consultation: &DraftConsultation) -> &str {
    consultation.folder.rsplit('/').next().unwrap_or(&consultation.folder)
}

/// The wording in the language that is spoken, else in the first there is.
pub fn words(localised: &Localised<Box<str>>, speech: Speech) -> &str {
    match localised {
        Localised::One(words) => words,
        Localised::Many(many) => {
            let tag = match speech {
                Speech::Fr => "fr",
                Speech::En => "en",
            };
            let spoken = Lang::new(tag).and_then(|lang| many.get(&lang));
            spoken.or_else(|| many.values().next()).map_or("", |words| words)
        }
    }
}
