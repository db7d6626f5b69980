//! What readers gathered → content files and the report. Order of the work: pieces that have one key are merged
//! (`merge`), parents found, circles cut, what was never published left out with what hangs on it (`tree`); then
//! everything is written: `pieces` and their `state`, `questions`, `follow_up`, `consultation`. The writer knows no format of export.

mod consultation;
mod follow_up;
mod merge;
mod people;
mod pieces;
mod polls;
mod questions;
mod state;
mod tree;

use super::when::{self, moment};
use super::{Gathered, Place, Words};
use crate::import::content::{Aliases, Fields, Folder};
use crate::import::html::{self, Use};
use crate::import::names::{Names, contacts};
use crate::import::report::{Fate, Report, Row};
use crate::import::{Imported, Options};
use crate::lang::Bilingual;
use crate::model::id::Id;
use crate::model::when::Moment;
use crate::parse::records::common::Url;
use crate::say;
use jiff::tz::TimeZone;
use people::People;
use questions::Questions;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use tree::Tree;

/// Something that was changed on the way, for the report.
type Reasons = BTreeSet<Bilingual>;

/// A zone when the export says none.
const ZONE: &str = "Europe/Paris";

/// Makes content files of what was gathered.
pub(crate) fn write(gathered: &Gathered, options: &Options, importer: &'static str) -> Imported {
    let mut report = Report::new(importer);
    report.received.clone_from(&gathered.received);
    for row in &gathered.settled {
        report.read(row.kind, 1);
        report.settle(row.clone());
    }
    for (kind, n) in &gathered.kept {
        report.read(kind, *n);
        report.kept(kind, *n);
    }
    let tree = Tree::new(gathered, &mut report);
    let mut writer = Writer::new(gathered, options, &tree, report);
    pieces::pieces(&mut writer);
    follow_up::follow_up(&mut writer);
    polls::polls(&mut writer);
    consultation::consultation(&mut writer);
    remarks(&mut writer);
    writer.report.order();
    Imported { files: writer.folder.files, report: writer.report }
}

/// A writing under way.
struct Writer<'g> {
    gathered: &'g Gathered,
    options: &'g Options,
    tree: &'g Tree<'g>,
    people: People<'g>,
    names: Names,
    questions: Questions,
    /// Categories: their key → their id.
    categories: BTreeMap<&'g str, Id>,
    /// Meetings that are written: their key → their id.
    meetings: BTreeMap<&'g str, Box<str>>,
    /// Reasons of moderation that were met: id → title.
    moderated: BTreeMap<Id, String>,
    zone: TimeZone,
    /// The platform's address, for links without a host.
    base: String,
    folder: Folder,
    aliases: Aliases,
    /// Answers and commitments whose date the export does not say.
    undated: u64,
    report: Report,
}

impl<'g> Writer<'g> {
    fn new(gathered: &'g Gathered, options: &'g Options, tree: &'g Tree<'g>, report: Report) -> Self {
        let people = People::new(gathered, tree, options);
        let texts = tree.entries.iter().filter(|e| !e.withheld()).map(|e| e.piece.body.raw());
        let names = Names::new(people.private_names(), texts);
        let zone = gathered.timezone.unwrap_or(ZONE);
        let urls = gathered.url.iter().chain(gathered.pieces.iter().filter_map(|piece| piece.url.as_ref()));
        let base = urls.map(|url| url.split('/').take(3).collect::<Vec<_>>().join("/")).next();
        let meetings = gathered.meetings.iter().filter(|meeting| follow_up::held(meeting).is_some());
        Writer {
            gathered,
            options,
            tree,
            people,
            names,
            questions: Questions::new(&gathered.questions),
            categories: consultation::categories(&gathered.categories),
            meetings: meetings
                .map(|m| (&*m.key, super::key::id(&(super::What::Meeting, m.key.clone()))))
                .collect(),
            moderated: BTreeMap::new(),
            zone: TimeZone::get(zone).unwrap_or(TimeZone::UTC),
            base: base.unwrap_or_default(),
            folder: Folder::new(&options.slug),
            aliases: Aliases::default(),
            undated: 0,
            report,
        }
    }

    /// Words as Markdown; what has no equivalent joins the reasons.
    fn markdown(&mut self, words: &Words, reasons: &mut Reasons) -> String {
        match words {
            Words::Html(html) => {
                let html = &*clean(html);
                let converted = html::convert(html, Use::Contribution, &self.base);
                reasons.extend(converted.reasons());
                self.report.missing_files.extend(converted.images.into_iter().map(Into::into));
                converted.markdown
            }
            Words::Plain(text) => {
                let (markdown, told) = html::told_plain(&clean(text));
                reasons.extend(told);
                markdown
            }
        }
    }

    /// A date as content has it; one that cannot be read is told, and left out.
    fn date(&self, written: Option<&str>, reasons: &mut Reasons) -> Option<Moment> {
        let written = written.map(str::trim).filter(|written| !written.is_empty())?;
        let read = moment(written);
        if read.is_none() {
            reasons.insert(say!("date illisible : « {written} »", "a date that cannot be read: “{written}”"));
        }
        read
    }

    /// The day of a date.
    fn day(&self, written: Option<&str>, reasons: &mut Reasons) -> Option<String> {
        self.date(written, reasons).map(|moment| when::day(moment, &self.zone).to_string())
    }

    /// The words of a field that is no text of its own, on one line; those that hold an e-mail address or a telephone
    /// number are left out.
    fn field(&self, words: Option<&str>, reasons: &mut Reasons) -> String {
        let words = line(words.unwrap_or_default());
        if contacts(&words).is_empty() {
            return words;
        }
        reasons.insert(say!(
            "un champ qui donne une adresse électronique ou un téléphone a été retiré",
            "a field that gives an e-mail address or a telephone number was left out"
        ));
        String::new()
    }

    /// `imported`: where a record stands in the export, its id and its address there.
    fn imported(&self, place: &Place, id: &str, url: Option<&str>) -> Fields {
        let url = url.and_then(address).unwrap_or_default();
        let map = Fields::new().text("source", place.said()).text("id", id).text("url", url);
        Fields::new().map("imported", map)
    }

    /// Says what became of a record.
    fn settle(&mut self, kind: &'static str, place: &Place, id: &str, reasons: Reasons) {
        self.report.changed(Row { id: Some(id.into()), ..row(kind, place) }, reasons);
    }

    /// Says that a record is not in the content.
    fn skip(&mut self, kind: &'static str, place: &Place, reason: Bilingual) {
        self.report.settle(Row { fate: Fate::Skipped, reason: Some(reason), ..row(kind, place) });
    }

    /// Path of a file from the site's root.
    fn path(&self, path: &str) -> String {
        format!("content/{}/{path}", self.options.slug)
    }
}

/// Words without the control characters that no file of words can hold.
fn clean(words: &str) -> Cow<'_, str> {
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{85}');
    if words.contains(control) { Cow::Owned(words.replace(control, "")) } else { Cow::Borrowed(words) }
}

/// Words on one line.
fn line(words: &str) -> String {
    html::normal(&clean(words))
}

/// A record's line of the report.
fn row(kind: &'static str, place: &Place) -> Row {
    Row { kind, file: place.file.clone(), row: place.row.clone(), fate: Fate::Kept, reason: None, id: None }
}

/// An address of the web that names nobody.
fn address(url: &str) -> Option<&str> {
    let url = url.trim();
    Url::new(url).filter(|_| contacts(url).is_empty()).map(|_| url)
}

/// What was done to every record alike.
fn remarks(writer: &mut Writer<'_>) {
    let gathered = writer.gathered;
    let (pseudonyms, kept) = writer.people.count();
    let mut told: Vec<Bilingual> = gathered.remarks.iter().cloned().collect();
    if pseudonyms + kept > 0 {
        told.push(say!(
            "{pseudonyms} personnes sont sous un pseudonyme ; {kept} noms gardés à votre demande.",
            "{pseudonyms} people stand under a pseudonym; {kept} names kept as you asked."
        ));
    }
    let common = writer.names.common;
    if common > 0 {
        told.push(say!(
            "{common} noms d’un seul mot, trop courts ou employés comme mots communs dans les textes, n’ont pas été cherchés dans les textes.",
            "{common} names of one word, too short or used as common words in the texts, were not looked for in the texts."
        ));
    }
    let list = |names: &BTreeSet<Box<str>>| names.iter().map(|n| &**n).collect::<Vec<_>>().join(", ");
    if !gathered.dropped.is_empty() {
        let columns = list(&gathered.dropped);
        told.push(say!(
            "Colonnes qui disent qui sont les personnes, jamais reprises : {columns}.",
            "Columns that say who people are, never kept: {columns}."
        ));
    }
    if !gathered.unknown.is_empty() {
        let columns = list(&gathered.unknown);
        told.push(say!(
            "Colonnes qui n’ont pas été reprises : {columns}.",
            "Columns that were not kept: {columns}."
        ));
    }
    writer.report.remarks.extend(told);
    writer.report.missing_files.extend(gathered.missing_files.iter().cloned());
}
