//! Submissions → the files of `inbox/` and `private/`, and the report. In the order in which they were received: what is
//! marked as the same as another names the first. Nothing is rejected by a mark, and nothing is published.

use super::authors::Authors;
use super::contacts::contacts;
use super::fields::Filled;
use super::files;
use super::frame::{Frame, is_published};
use super::known::{Known, Said, Same};
use super::report::{Fate, Report, Row};
use super::submission::{Found, MOST_BYTES, MOST_FIELDS, Submission, Untaken};
use super::times::{Dated, settle};
use super::waiting::{contact, folder, waiting};
use crate::check::personal;
use crate::import::pseudonym::Key;
use crate::model::choices::IntakeMark;
use crate::model::id::Id;
use crate::model::when::Date;
use crate::parse::draft::DraftConsultation;
use crate::say;
use crate::sink::OutPath;
use crate::source::Sources;
use std::collections::{BTreeMap, BTreeSet};

/// Links from which words may be a robot's, where there are few words for each.
const SPAM_LINKS: usize = 3;
/// Words for each link below which they are.
const SPAM_WORDS: usize = 20;

/// What is there already: the consultation's content, what waits in its inbox, its contacts.
#[derive(Debug)]
pub struct Before<'s> {
    /// The consultation's files.
    pub content: &'s DraftConsultation,
    /// The text of the content's files.
    pub sources: &'s Sources,
    /// The files of `inbox/<consultation>/`.
    pub inbox: &'s Sources,
    /// The files of `private/<consultation>/contacts/`.
    pub contacts: &'s Sources,
}

/// What the caller decides.
#[derive(Debug)]
pub struct Options {
    /// The key of the pseudonyms.
    pub key: Key,
    /// When files came that do not say when they were received.
    pub received: Option<Date>,
    /// Today.
    pub today: Date,
    /// Nothing will be written.
    pub dry_run: bool,
}

/// Files to write, and what was done.
#[derive(Debug)]
pub struct Intake {
    /// Files by their path from the site's root.
    pub files: BTreeMap<OutPath, Vec<u8>>,
    /// What became of everything.
    pub report: Report,
}

/// Takes in what was found in the files received.
pub fn take(found: Found, frame: &Frame, before: &Before<'_>, options: &Options) -> Intake {
    let read = found.len();
    let mut desk = Desk::new(frame, before, options);
    let mut submissions = Vec::new();
    for one in found {
        match one.and_then(|submission| acceptable(submission, frame)) {
            Ok(submission) => submissions.push(settle(submission, frame, options)),
            Err(Untaken { place, reason }) => {
                let mut row = Row::new(&place, Fate::NotTaken);
                row.reasons.push(reason);
                desk.rows.push(row);
            }
        }
    }
    submissions.sort_by_key(|dated| dated.received.instant(&frame.zone));
    for submission in &submissions {
        let row = desk.one(submission);
        desk.rows.push(row);
    }
    Intake { files: desk.files, report: Report::new(frame.id.clone(), read, desk.rows, options.dry_run) }
}

/// The ids that wait, and all that are there: in the inbox, or in the content whatever became of them. A file that an
/// editor broke still has its name; one that was split lives in its parts.
fn there(frame: &Frame, before: &Before<'_>) -> (BTreeSet<Id>, BTreeSet<Id>) {
    let named = |sources: &Sources, folder: String| {
        let stem =
            |path: &str| Id::new(path.strip_prefix(&*folder)?.rsplit('/').next()?.strip_suffix(".md")?);
        sources.iter().filter_map(|(_, file)| stem(&file.path)).collect::<BTreeSet<Id>>()
    };
    let waits = named(before.inbox, format!("{}/", folder(&frame.id)));
    let content = named(before.sources, format!("{}/contributions/", before.content.folder));
    let split =
        before.content.contributions.iter().filter_map(|c| Some(c.record.split_from.as_ref()?.value.clone()));
    let all = frame.taken.iter().cloned().chain(split).chain(content).chain(waits.iter().cloned()).collect();
    (waits, all)
}

/// What is no contribution to this consultation is told, and left where it is.
fn acceptable(submission: Submission, frame: &Frame) -> Result<Submission, Untaken> {
    let form = submission.get("greffe").to_owned();
    let consultation = submission.get("consultation").to_owned();
    let bytes: usize =
        submission.fields.iter().chain(&submission.about).map(|(n, w)| n.len() + w.len()).sum();
    let own = &frame.id;
    let reason = if !submission.is_contribution() {
        say!(
            "ni « greffe », ni « kind », ni « body » : ce n’est pas une contribution",
            "neither “greffe” nor “kind” nor “body”: this is no contribution"
        )
    } else if !form.is_empty() && form != "contribution/1" {
        say!(
            "formulaire d’une autre sorte, « greffe » n’étant pas « contribution/1 »",
            "a form of another kind: “greffe” is not “contribution/1”"
        )
    } else if !consultation.is_empty() && consultation != own.as_str() {
        say!("pour une autre consultation que « {own} »", "for another consultation than “{own}”")
    } else if bytes > MOST_BYTES || submission.fields.len() > MOST_FIELDS {
        let most = MOST_BYTES >> 20;
        say!(
            "plus de {most} Mio, ou de {MOST_FIELDS} champs",
            "more than {most} MiB, or than {MOST_FIELDS} fields"
        )
    } else {
        return Ok(submission);
    };
    Err(Untaken { place: submission.place, reason })
}

/// The work, and what it knows.
struct Desk<'s> {
    frame: &'s Frame,
    known: Known,
    /// By digest, what was taken in before.
    digests: BTreeMap<String, Id>,
    /// Ids in the inbox and the content.
    there: BTreeSet<Id>,
    /// Those of the inbox of which the contact is missing: an intake was stopped between the two.
    orphans: BTreeSet<Id>,
    /// Every id that is used.
    used: BTreeSet<Id>,
    authors: Authors<'s>,
    files: BTreeMap<OutPath, Vec<u8>>,
    rows: Vec<Row>,
}

impl<'s> Desk<'s> {
    fn new(frame: &'s Frame, before: &Before<'_>, options: &'s Options) -> Self {
        let contacts = contacts(before.contacts, &frame.id);
        let (waits, there) = there(frame, before);
        let used: BTreeSet<Id> = there.iter().cloned().chain(contacts.keys().cloned()).collect();
        let mut desk = Desk {
            frame,
            known: Known::default(),
            digests: contacts.iter().map(|(id, c)| (c.digest.value.to_string(), id.clone())).collect(),
            orphans: waits.into_iter().filter(|id| !contacts.contains_key(id)).collect(),
            there,
            used,
            authors: Authors::new(frame, &options.key, contacts.values()),
            files: BTreeMap::new(),
            rows: Vec::new(),
        };
        let only = frame.texts.keys().next().filter(|_| frame.texts.len() == 1);
        let waiting = waiting(before.inbox, &frame.id, &frame.zone).contributions;
        let published = before.content.contributions.iter().filter(|c| is_published(&c.record));
        for one in published.chain(&waiting) {
            let id = one.record.id.as_ref().unwrap_or(&one.id).value.clone();
            let contact = contacts.get(&id);
            let words = |w: Option<&crate::source::Spanned<Box<str>>>| {
                w.map_or(String::new(), |w| w.value.to_string())
            };
            let email = words(contact.and_then(|c| c.email.as_ref()));
            let name = words(contact.and_then(|c| c.name.as_ref()));
            desk.known.add(id, Said::of(&one.record, &one.body.value, &email, &name, only));
        }
        desk
    }

    fn one(&mut self, dated: &Dated) -> Row {
        let place = &dated.submission.place;
        let (id, there) = self.id(dated);
        if there {
            if self.orphans.remove(&id) {
                let (_, private) = self.authors.part(&dated.filled, &mut Vec::new());
                self.put(&contact(&self.frame.id, &id), files::contact(dated, private));
            }
            let mut row = Row::new(place, Fate::AlreadyThere);
            row.id = Some(id);
            return row;
        }
        let mut row = Row::new(place, Fate::Taken);
        let said = Said::new(&dated.filled);
        let same = self.known.same(&said);
        row.marks = self.marks(dated, same.as_ref());
        row.same_as = same.as_ref().map(|same| same.mark().1.clone());
        row.reasons = dated.filled.wrong.iter().chain(&dated.filled.notes).cloned().collect();
        if let Some(Same::OtherWords(other)) = &same {
            row.reasons.push(say!(
                "même récépissé que « {other} », mais d’autres mots : peut-être une correction de son auteur",
                "the receipt of “{other}”, but other words: perhaps a correction by its author"
            ));
        }
        let (author, private) = self.authors.part(&dated.filled, &mut row.reasons);
        let file = files::waiting(dated, &row, author);
        row.personal = personal_data(&dated.filled);
        self.put(&format!("{}/{id}.md", folder(&self.frame.id)), file);
        self.put(&contact(&self.frame.id, &id), files::contact(dated, private));
        self.known.add(id.clone(), said);
        self.digests.insert(dated.digest.clone(), id.clone());
        self.used.insert(id.clone());
        self.there.insert(id.clone());
        row.id = Some(id);
        row
    }

    /// Its id, and whether it is there already. Two that would have the same six digits get two more. What has a contact
    /// and is nowhere else was removed by hand: it is taken again.
    fn id(&self, dated: &Dated) -> (Id, bool) {
        if let Some(id) = self.digests.get(&dated.digest) {
            return (id.clone(), self.there.contains(id));
        }
        let day = dated.received.date.strftime("%Y%m%d");
        let ids = (6..=dated.digest.len()).step_by(2);
        let ids = ids.filter_map(|n| Id::new(&format!("i-{day}-{}", dated.digest.get(..n)?)));
        let known = |id: &Id| self.there.contains(id) && !self.digests.values().any(|other| other == id);
        for id in ids {
            if known(&id) {
                return (id, true);
            }
            if !self.used.contains(&id) {
                return (id, false);
            }
        }
        // All 64 digits are the same: so is the submission.
        (self.frame.id.clone(), true)
    }

    fn marks(&self, dated: &Dated, same: Option<&Same>) -> BTreeSet<IntakeMark> {
        let filled = &dated.filled;
        let late = self.frame.end.is_some_and(|end| dated.received.instant(&self.frame.zone) >= end);
        let told = [
            (IntakeMark::Late, late),
            (IntakeMark::Spam, filled.trapped || looks_like_spam(filled)),
            (IntakeMark::Incomplete, !filled.wrong.is_empty()),
        ];
        let told = told.into_iter().filter(|(_, yes)| *yes).map(|(mark, _)| mark);
        told.chain(same.and_then(|same| same.mark().0)).collect()
    }

    fn put(&mut self, path: &str, text: String) {
        if let Some(path) = OutPath::new(path) {
            self.files.insert(path, text.into_bytes());
        }
    }
}

/// Three links or more, with fewer than twenty words for each.
fn looks_like_spam(filled: &Filled) -> bool {
    let words: Vec<&str> = filled.title.split_whitespace().chain(filled.body.split_whitespace()).collect();
    let links: usize = words.iter().map(|w| w.matches("://").count().max(w.matches("www.").count())).sum();
    links >= SPAM_LINKS && words.len() < links * SPAM_WORDS
}

/// Personal data in what could be published.
fn personal_data(filled: &Filled) -> Vec<Box<str>> {
    let answers = filled.answers.iter().map(|(_, words)| words);
    let all = [&filled.title, &filled.body, &filled.quote, &filled.place].into_iter().chain(answers);
    all.flat_map(|words| personal::find(words).into_iter().map(|(range, _)| words[range].into())).collect()
}
