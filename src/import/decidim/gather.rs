//! An export → what it holds: the files are read, the space is chosen, each record is indexed by what others call it,
//! then each kind is read in its turn. Records of other spaces, and those met before, are settled here.

use super::address::{self, Thing};
use super::entity::Entity;
use super::sheet::{self, Record, Sheet};
use super::spaces::{Spaces, thing};
use super::told::{Count, columns};
use super::{cell, comments, follow_up, people, pieces, projects, surveys};
use crate::import::Input;
use crate::import::platform::{Answer, Gathered, Key, Piece, What};
use crate::import::report::Fate;
use crate::lang::{Bilingual, Lang};
use crate::model::choices::ContributionKind;
use crate::say;
use std::collections::{BTreeMap, BTreeSet};

/// What is known while records are read.
pub(super) struct Reader<'s> {
    /// What is found.
    pub(super) out: Gathered,
    /// The language that is kept of words in several.
    pub(super) language: Box<str>,
    /// Every record of the space, by what others call it.
    pub(super) known: BTreeMap<(Thing, Box<str>), Known>,
    /// Proposals, by number, that a meeting says it gave rise to: the meeting's.
    pub(super) from_meeting: BTreeMap<Box<str>, Box<str>>,
    /// What was answered already: a record may stand in two files.
    pub(super) answered: BTreeSet<Key>,
    /// Numbers of what is told once for all.
    pub(super) counts: BTreeMap<Count, usize>,
    records: BTreeMap<Entity, Vec<Record<'s>>>,
}

/// A record to which others may lead.
pub(super) struct Known {
    /// Its key, when it becomes something that a contribution can hang on.
    pub(super) key: Option<Key>,
    /// Its title.
    pub(super) title: String,
}

/// Reads an export.
pub(super) fn gather(input: &Input, process: Option<&str>, language: Option<&Lang>) -> Gathered {
    let mut out = Gathered { platform: "Decidim", ..Gathered::default() };
    let sheets = sheet::read(input, &mut out);
    let spaces = Spaces::new(&sheets, language.map_or("", Lang::as_str));
    let chosen = match spaces.choose(process) {
        Ok(chosen) => chosen,
        Err(why) => {
            for record in sheets.iter().flat_map(Sheet::records) {
                out.skip(record.entity().word(), record.place(), why.0.clone());
            }
            return out;
        }
    };
    columns(&sheets, &mut out);
    let (records, known) = select(&sheets, &spaces, chosen.as_deref(), &mut out);
    let language = language.map_or_else(|| usual(&records), |asked| asked.as_str().into());
    out.language = Some(language.to_string()).filter(|l| !l.is_empty());
    let (from_meeting, answered, counts) = (BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
    let mut reader = Reader { out, language, known, from_meeting, answered, counts, records };
    reader.titles();
    reader.space(chosen.as_deref());
    follow_up::meetings(&mut reader);
    pieces::proposals(&mut reader);
    pieces::debates(&mut reader);
    projects::projects(&mut reader);
    follow_up::results(&mut reader);
    comments::comments(&mut reader);
    comments::moderations(&mut reader);
    surveys::surveys(&mut reader);
    reader.told();
    reader.out
}

type Selected<'s> = (BTreeMap<Entity, Vec<Record<'s>>>, BTreeMap<(Thing, Box<str>), Known>);

/// The records of the space.
fn select<'s>(
    sheets: &'s [Sheet],
    spaces: &Spaces,
    chosen: Option<&str>,
    out: &mut Gathered,
) -> Selected<'s> {
    let mut records: BTreeMap<Entity, Vec<Record<'_>>> = BTreeMap::new();
    let mut known: BTreeMap<(Thing, Box<str>), Known> = BTreeMap::new();
    let elsewhere = say!("fait partie d’une autre démarche", "belongs to another process");
    for record in sheets.iter().flat_map(Sheet::records) {
        let entity = record.entity();
        let word = word(&record);
        people::names(&record, &mut out.names);
        match (spaces.of(&record), chosen) {
            (Some(space), Some(chosen)) if *space != *chosen => {
                out.skip(word, record.place(), elsewhere.clone());
                continue;
            }
            (None, Some(_)) if spaces.several() => {
                let why = say!(
                    "ne dit pas de quelle démarche il fait partie",
                    "does not say which process it belongs to"
                );
                out.skip(word, record.place(), why);
                continue;
            }
            (Some(_) | None, Some(_) | None) => {}
        }
        if let Some(thing) = thing(entity) {
            let Some(id) = id(&record) else {
                out.skip(word, record.place(), say!("sans numéro", "without a number"));
                continue;
            };
            // A record that stands in two files is merged by the writer.
            let key = || content_key(&record, thing, id);
            known.entry((thing, id.into())).or_insert_with(|| Known { key: key(), title: String::new() });
        }
        records.entry(entity).or_default().push(record);
    }
    (records, known)
}

/// The number of a record.
pub(super) fn id<'s>(record: &Record<'s>) -> Option<&'s str> {
    record.find("id").or_else(|| address::target(record.find("url")?).map(|(_, id)| id))
}

/// The report's word for a record.
pub(super) fn word(record: &Record<'_>) -> &'static str {
    if record.entity() == Entity::Proposals && is_amendment(record) {
        "wording"
    } else {
        record.entity().word()
    }
}

/// Whether a proposal is an amendment to another.
pub(super) fn is_amendment(record: &Record<'_>) -> bool {
    record.yes("is_amend")
}

/// The key under which a record is in the content, when contributions can hang on it. Debates, projects and proposals
/// have numbers of their own.
fn content_key(record: &Record<'_>, thing: Thing, id: &str) -> Option<Key> {
    match thing {
        Thing::Proposal if is_amendment(record) => Some((What::Wording, id.into())),
        Thing::Proposal => Some((What::Proposal, id.into())),
        Thing::Debate => Some((What::Proposal, format!("-debate-{id}").into())),
        Thing::Project => Some((What::Proposal, format!("-project-{id}").into())),
        Thing::Comment => Some((What::Comment, id.into())),
        Thing::Meeting | Thing::Result => None,
    }
}

/// The language that most titles have; of those that have as many, the first in the order of the alphabet.
fn usual(records: &BTreeMap<Entity, Vec<Record<'_>>>) -> Box<str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for record in records.values().flatten() {
        for (locale, _) in record.languages("title").filter(|(locale, _)| Lang::new(locale).is_some()) {
            *counts.entry(locale).or_default() += 1;
        }
        if let Some(locale) = record.find("locale") {
            counts.entry(locale).or_default();
        }
    }
    let most = counts.values().copied().max().unwrap_or_default();
    counts.iter().find(|(_, n)| **n == most).map_or("", |(locale, _)| locale).into()
}

impl<'s> Reader<'s> {
    /// The records of a kind, in the order in which they were met.
    pub(super) fn take(&mut self, entity: Entity) -> Vec<Record<'s>> {
        self.records.remove(&entity).unwrap_or_default()
    }

    /// Notes the titles that others quote.
    fn titles(&mut self) {
        for record in self.records.values().flatten() {
            if let (Some(thing), Some(id)) = (thing(record.entity()), id(record))
                && let Some(known) = self.known.get_mut(&(thing, id.into()))
            {
                known.title = record.words("title", &self.language).map(cell::title).unwrap_or_default();
            }
        }
        for record in self.records.get(&Entity::Meetings).into_iter().flatten() {
            let Some(meeting) = id(record) else { continue };
            for (_, proposal) in record.list("related_proposals").into_iter().filter_map(address::target) {
                self.from_meeting.entry(proposal.into()).or_insert_with(|| meeting.into());
            }
        }
    }

    /// What is said of the space itself.
    fn space(&mut self, chosen: Option<&str>) {
        let address = |record: &Record<'_>| {
            let column = ["participatory_space/url", "url", "root_commentable_url"];
            let url = column.iter().find_map(|column| record.find(column))?;
            let host = address::host(url)?;
            Some(chosen.map_or_else(|| host.to_owned(), |path| format!("{host}/{path}")))
        };
        self.out.url = self.records.values().flatten().find_map(address);
        for record in self.take(Entity::Spaces) {
            let words = |key: &str| record.words(key, &self.language);
            self.out.title = words("title").map(cell::title);
            let short = words("short_description").or(words("subtitle"));
            let long = words("description").filter(|long| Some(*long) != short).map(cell::words);
            self.out.summary = short.map(cell::words).or_else(|| long.clone());
            self.out.presentation = long.filter(|_| short.is_some());
            self.out.organiser = words("developer_group").map(cell::title);
            if let (Some(start), Some(end)) = (record.find("start_date"), record.find("end_date")) {
                self.out.period = Some((start.to_owned(), end.to_owned()));
            }
            self.out.settle("space", record.place(), Fate::Kept, None);
        }
    }

    /// What a record says in the language that is kept.
    pub(super) fn words(&mut self, record: &Record<'s>, key: &str) -> Option<&'s str> {
        let own = record.languages(key).filter(|(locale, _)| Lang::new(locale).is_some()).count();
        if own > 1 {
            *self.counts.entry(Count::Languages).or_default() += own - 1;
        }
        record.words(key, &self.language)
    }

    /// A sentence in the language of the consultation: French where that is French, else English.
    pub(super) fn label(&self, words: Bilingual) -> String {
        if self.language.starts_with("fr") || self.language.is_empty() { words.fr } else { words.en }
    }

    /// A piece with what every record has.
    pub(super) fn piece(
        &mut self,
        record: &Record<'s>,
        key: Key,
        kind: ContributionKind,
        word: &'static str,
    ) -> Piece {
        let mut piece = Piece::new(key, kind, word, record.place().clone());
        let authors = people::authors(record, &self.language);
        piece.author = authors.person;
        piece.meeting = authors.meeting;
        if authors.others > 0 {
            piece.changed.insert(say!(
                "plusieurs auteurs : seul le premier a un pseudonyme ici",
                "several authors: only the first has a pseudonym here"
            ));
        }
        piece.created = record.find("published_at").or(record.find("created_at")).map(Into::into);
        piece.url = record.find("url").and_then(address::bare).map(Into::into);
        piece
    }

    /// The key of what an address leads to.
    pub(super) fn key_of(&mut self, url: &str) -> Option<Key> {
        let (thing, id) = address::target(url)?;
        let found = self.known.get(&(thing, id.into())).and_then(|known| known.key.clone());
        if found.is_none() {
            self.count(Count::Astray, 1);
        }
        found
    }

    /// Adds an official answer, once for each record.
    pub(super) fn answer(&mut self, answer: Answer) {
        if answer.to.iter().all(|key| self.answered.insert(key.clone())) {
            self.out.answers.push(answer);
        }
    }

    /// Counts something that is told once.
    pub(super) fn count(&mut self, what: Count, n: usize) {
        *self.counts.entry(what).or_default() += n;
    }
}
