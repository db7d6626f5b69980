//! What `greffe intake` did: each thing received is taken, was there already, or is not taken, and says why. The sums
//! agree: read = taken + already there + not taken ([`Report::agrees`]). Words of participants stand here only where they
//! give away something personal, for the moderator.

use super::submission::Place;
use crate::lang::{Bilingual, Speech};
use crate::model::choices::IntakeMark;
use crate::model::id::Id;
use crate::say;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// What became of one thing received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It waits in the inbox.
    Taken,
    /// It was taken in before.
    AlreadyThere,
    /// It could not be taken.
    NotTaken,
}

/// One thing received.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The file it came in.
    pub file: Box<str>,
    /// Where it stands there.
    pub row: Box<str>,
    /// What became of it.
    pub fate: Fate,
    /// The id it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// What was noticed.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub marks: BTreeSet<IntakeMark>,
    /// What it is the same as.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub same_as: Option<Id>,
    /// Why it is not taken; what is missing or wrong; what was done to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Bilingual>,
    /// Personal data in its words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub personal: Vec<Box<str>>,
}

impl Row {
    /// Of something that became this.
    pub fn new(place: &Place, fate: Fate) -> Self {
        Row {
            file: place.file.clone(),
            row: place.row.clone(),
            fate,
            id: None,
            marks: BTreeSet::new(),
            same_as: None,
            reasons: Vec::new(),
            personal: Vec::new(),
        }
    }

    fn place(&self) -> String {
        super::contacts::written(&Place { file: self.file.clone(), row: self.row.clone() })
    }
}

/// What an intake did.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// The consultation.
    pub consultation: Id,
    /// Nothing was written.
    pub dry_run: bool,
    /// Things received.
    pub read: usize,
    /// See [`Fate`].
    pub taken: usize,
    /// See [`Fate`].
    pub already_there: usize,
    /// See [`Fate`].
    pub not_taken: usize,
    /// How many have each mark.
    pub marks: BTreeMap<IntakeMark, usize>,
    /// Each of them, in the order in which they were received.
    pub rows: Vec<Row>,
}

impl Report {
    /// Counts what became of everything; `read` was counted when it was met.
    pub fn new(consultation: Id, read: usize, rows: Vec<Row>, dry_run: bool) -> Self {
        let mut report = Report {
            consultation,
            dry_run,
            read,
            taken: 0,
            already_there: 0,
            not_taken: 0,
            marks: BTreeMap::new(),
            rows,
        };
        report.count();
        report
    }

    fn count(&mut self) {
        let of = |fate: Fate| self.rows.iter().filter(|row| row.fate == fate).count();
        (self.taken, self.already_there, self.not_taken) =
            (of(Fate::Taken), of(Fate::AlreadyThere), of(Fate::NotTaken));
        self.marks = BTreeMap::new();
        for mark in self.rows.iter().flat_map(|row| &row.marks) {
            *self.marks.entry(*mark).or_default() += 1;
        }
    }

    /// Says that the file of an id could not be written, because something else stands there.
    pub fn refused(&mut self, id: &Id, path: &str) {
        for row in self.rows.iter_mut().filter(|row| row.id.as_ref() == Some(id) && row.fate == Fate::Taken) {
            row.fate = Fate::NotTaken;
            row.marks.clear();
            row.reasons = vec![say!(
                "autre chose occupe {path} : rien n’y a été écrit",
                "something else stands at {path}: nothing was written there"
            )];
        }
        self.count();
    }

    /// Whether everything read has one fate.
    pub fn agrees(&self) -> bool {
        self.read == self.taken + self.already_there + self.not_taken
    }

    /// The report as a person reads it.
    pub fn text(&self, speech: Speech) -> String {
        let mut out = String::new();
        let Report { consultation, read, taken, already_there, not_taken, .. } = self;
        let head = match self.dry_run {
            false => say!("Reçu pour « {consultation} »", "Received for “{consultation}”"),
            true => say!(
                "Essai pour « {consultation} » : rien n’est écrit",
                "Trial for “{consultation}”: nothing is written"
            ),
        };
        let _ = writeln!(out, "{}\n", head.get(speech));
        for (count, words) in [
            (read, say!("lus", "read")),
            (taken, say!("pris dans inbox/{consultation}/", "taken into inbox/{consultation}/")),
            (already_there, say!("déjà là", "there already")),
            (not_taken, say!("non pris", "not taken")),
        ] {
            let _ = writeln!(out, "{count:>7}  {}", words.get(speech));
        }
        self.list(&mut out, speech, &say!("Non pris", "Not taken"), |row| {
            (row.fate == Fate::NotTaken).then(|| told(&row.place(), &joined(&row.reasons, speech), speech))
        });
        for mark in IntakeMark::ALL {
            self.list(&mut out, speech, &meaning(*mark), |row| {
                row.marks.contains(mark).then(|| self.marked(row, *mark, speech))
            });
        }
        self.list(&mut out, speech, &say!("À savoir", "To know"), |row| {
            let taken = row.fate == Fate::Taken && !row.marks.contains(&IntakeMark::Incomplete);
            let id = row.id.as_ref()?;
            (taken && !row.reasons.is_empty())
                .then(|| told(id.as_str(), &joined(&row.reasons, speech), speech))
        });
        let head = say!(
            "Données personnelles dans les mots mêmes : à lire avant de publier",
            "Personal data in the words themselves: to be read before publishing"
        );
        self.list(&mut out, speech, &head, |row| {
            let id = row.id.as_ref()?;
            (!row.personal.is_empty()).then(|| told(id.as_str(), &row.personal.join(", "), speech))
        });
        out
    }

    fn marked(&self, row: &Row, mark: IntakeMark, speech: Speech) -> String {
        let id = row.id.as_ref().map(Id::to_string).unwrap_or_default();
        let place = row.place();
        match (mark, &row.same_as) {
            (IntakeMark::Duplicate | IntakeMark::Campaign, Some(same)) => format!("{id} = {same} ({place})"),
            (IntakeMark::Incomplete, _) => {
                told(&id, &format!("{} ({place})", joined(&row.reasons, speech)), speech)
            }
            (IntakeMark::Duplicate | IntakeMark::Campaign | IntakeMark::Late | IntakeMark::Spam, _) => {
                format!("{id} ({place})")
            }
        }
    }

    /// A titled list, unless it is empty; a long one ends with how many more there are.
    fn list(
        &self,
        out: &mut String,
        speech: Speech,
        head: &Bilingual,
        line: impl Fn(&Row) -> Option<String>,
    ) {
        let lines: Vec<String> = self.rows.iter().filter_map(line).collect();
        if lines.is_empty() {
            return;
        }
        let _ = writeln!(out, "\n{} ({})", head.get(speech), lines.len());
        for line in lines.iter().take(MOST) {
            let _ = writeln!(out, "  - {}", printable(line));
        }
        if lines.len() > MOST {
            let more = lines.len() - MOST;
            let _ = writeln!(
                out,
                "  {}",
                say!("… et {more} autres : --format json", "… and {more} more: --format json").get(speech)
            );
        }
    }
}

/// Lines of one list that a person reads.
const MOST: usize = 50;

/// A file's name or an address may hold anything; a terminal obeys some of it.
fn printable(line: &str) -> String {
    line.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// `this: that`, as each language sets its colons.
fn told(this: &str, that: &str, speech: Speech) -> String {
    say!("{this} : {that}", "{this}: {that}").get(speech).to_owned()
}

fn joined(reasons: &[Bilingual], speech: Speech) -> String {
    reasons.iter().map(|r| r.get(speech)).collect::<Vec<_>>().join(match speech {
        Speech::Fr => " ; ",
        Speech::En => "; ",
    })
}

fn meaning(mark: IntakeMark) -> Bilingual {
    match mark {
        IntakeMark::Duplicate => {
            say!("Doublons : la même personne, les mêmes mots", "Duplicates: the same person, the same words")
        }
        IntakeMark::Campaign => {
            say!("Campagnes : les mêmes mots, d’autres personnes", "Campaigns: the same words, other people")
        }
        IntakeMark::Late => say!("Après le dernier jour", "After the last day"),
        IntakeMark::Spam => say!("Sans doute des robots", "Probably robots"),
        IntakeMark::Incomplete => say!(
            "Incomplets : le reste est pris, ce qui ne convient pas est dans private/",
            "Incomplete: the rest is taken, what does not fit stands in private/"
        ),
    }
}
