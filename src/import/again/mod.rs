//! again: an export is imported once more. Comes in, for each file: what the export makes of it now, what stands on the
//! disk, and what the last import wrote ([`Marks`]). Leaves: the file as it is to be, and what became of each record in it.
//! What people edited, removed or moved since is left alone; where the export changed too, it is a conflict, and is told.
//! A record is a file; of a file that is a list, an item by its id. The disk is not touched here.

mod list;
mod memory;
mod places;

pub use memory::{Digests, Marks, Memory};
pub use places::settled;

use crate::lang::{Bilingual, Speech};
use crate::say;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What became of a record of the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// Never imported before: written.
    New,
    /// There already, as the export has it.
    Same,
    /// As the last import left it, and the export has changed: renewed.
    Updated,
    /// Edited by people since; the export says what it said before.
    Edited,
    /// Edited by people since, or theirs from the start, and the export says something else: left alone.
    Conflict,
    /// Imported before and no longer in the export: left alone.
    Gone,
    /// Imported before, and removed, moved or erased by people since: not brought back.
    Removed,
}

impl Fate {
    /// Every fate.
    pub const ALL: [Fate; 7] =
        [Fate::New, Fate::Same, Fate::Updated, Fate::Edited, Fate::Conflict, Fate::Gone, Fate::Removed];

    fn label(self) -> Bilingual {
        match self {
            Fate::New => say!("nouveaux", "new"),
            Fate::Same => say!("déjà là à l’identique", "there already and the same"),
            Fate::Updated => say!("mis à jour", "updated"),
            Fate::Edited => say!(
                "modifiés par des personnes, l’export n’a pas changé : laissés tels quels",
                "edited by people, the export did not change: left as they are"
            ),
            Fate::Conflict => say!(
                "CONFLITS, modifiés des deux côtés : laissés tels quels",
                "CONFLICTS, changed on both sides: left as they are"
            ),
            Fate::Gone => {
                say!(
                    "ne sont plus dans l’export : laissés tels quels",
                    "no longer in the export: left as they are"
                )
            }
            Fate::Removed => say!(
                "retirés ou déplacés par des personnes : non rétablis",
                "removed or moved by people: not brought back"
            ),
        }
    }
}

/// A record and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Row {
    /// What became of it.
    pub fate: Fate,
    /// Its file, from the site's root.
    pub path: Box<str>,
    /// Its id, when it is an item of a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Box<str>>,
}

/// What stands on the disk.
#[derive(Debug, Clone, Copy)]
pub enum Found<'a> {
    /// Nothing.
    Nothing,
    /// A file with these bytes.
    File(&'a [u8]),
    /// A link, a folder, a file that cannot be read.
    InTheWay,
}

/// One file, as the three know it.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// As the export has it now.
    pub new: Option<&'a [u8]>,
    /// As it stands.
    pub disk: Found<'a>,
    /// As the last import left it; `None` when none wrote it.
    pub last: Option<&'a Marks>,
}

/// What is decided about one file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// The file as it is to be, when it is to be written.
    pub write: Option<Vec<u8>>,
    /// What became of each record; a lone one has no id.
    pub rows: Vec<(Fate, Option<Box<str>>)>,
    /// What to remember while the file is being written, in case of a kill.
    pub during: Marks,
    /// What to remember after.
    pub after: Marks,
}

/// Decides about one file. With `settle`, what people wrote where both changed is held to be their answer to this export:
/// the conflict is told now, and not again until the export changes.
pub fn merge(case: Case<'_>, digests: &Digests<'_>, settle: bool) -> Merged {
    let disk = match case.disk {
        Found::Nothing => None,
        Found::File(bytes) => Some(bytes),
        Found::InTheWay => {
            let after = case.last.cloned().unwrap_or_default();
            let row = if case.new.is_some() { Fate::Conflict } else { Fate::Gone };
            return Merged { rows: vec![(row, None)], during: after.clone(), after, write: None };
        }
    };
    if let Some(merged) = list::merge(case.new, disk, case.last, digests, settle) {
        return merged;
    }
    let mut pen = Pen::new(case.last, disk.is_some(), digests, settle);
    // A list that people made into something else is one record.
    let is_list = case.last.is_some_and(|marks| !marks.contains_key("") && marks.contains_key(memory::WHOLE));
    let fate = pen.settle(if is_list { memory::WHOLE } else { "" }, case.new, disk);
    let write =
        matches!(fate, Some(Fate::New | Fate::Updated)).then(|| case.new.map(<[u8]>::to_vec)).flatten();
    pen.merged(write)
}

/// Notes what becomes of the records of one file.
struct Pen<'a> {
    last: Option<&'a Marks>,
    /// Whether there is a file on the disk: in one that no import is known to have written, what is missing may have
    /// been removed.
    stands: bool,
    digests: &'a Digests<'a>,
    settles: bool,
    merged: Merged,
}

impl<'a> Pen<'a> {
    fn new(last: Option<&'a Marks>, stands: bool, digests: &'a Digests<'a>, settles: bool) -> Self {
        let before = last.cloned().unwrap_or_default();
        let merged = Merged { during: before.clone(), after: before, ..Merged::default() };
        Pen { last, stands, digests, settles, merged }
    }

    /// What becomes of one record; `None` for one that is nobody's to tell.
    fn settle(&mut self, id: &str, new: Option<&[u8]>, disk: Option<&[u8]>) -> Option<Fate> {
        let last = self.last.and_then(|marks| marks.get(id));
        let fate = self.fate(new, disk, last.map(|mark| &**mark))?;
        let shown = (!id.is_empty() && id != memory::WHOLE).then(|| id.into());
        self.merged.rows.push((fate, shown));
        let mark = new.map(|new| self.digests.of(new));
        match (fate, mark) {
            (Fate::New, Some(mark)) => {
                self.merged.during.insert(id.into(), memory::perhaps(&mark));
                self.merged.after.insert(id.into(), mark);
            }
            (Fate::Updated, Some(mark)) => {
                let both = memory::either(last.map_or("", |mark| mark), &mark);
                self.merged.during.insert(id.into(), both);
                self.merged.after.insert(id.into(), mark);
            }
            (Fate::Same, Some(mark)) => self.remember(id, mark),
            (Fate::Conflict, Some(mark)) if self.settles => self.remember(id, mark),
            (Fate::Removed, Some(_)) if last.is_none() => self.remember(id, memory::UNKNOWN.into()),
            (
                Fate::New
                | Fate::Same
                | Fate::Updated
                | Fate::Edited
                | Fate::Conflict
                | Fate::Gone
                | Fate::Removed,
                _,
            ) => {}
        }
        Some(fate)
    }

    fn fate(&self, new: Option<&[u8]>, disk: Option<&[u8]>, last: Option<&str>) -> Option<Fate> {
        match (new, disk, last) {
            (None, None, _) | (None, Some(_), None) => None,
            (None, Some(_), Some(_)) => Some(Fate::Gone),
            (Some(_), None, Some(last)) if memory::is_perhaps(last) => Some(Fate::New),
            (Some(_), None, Some(_)) => Some(Fate::Removed),
            // The file stands and no import is known to have written it: somebody may have taken this out of it.
            (Some(_), None, None) if self.stands && self.last.is_none() => Some(Fate::Removed),
            (Some(_), None, None) => Some(Fate::New),
            (Some(new), Some(disk), _) if memory::same(new, disk) => Some(Fate::Same),
            (Some(new), Some(disk), Some(last)) => Some(if self.digests.wrote(last, disk) {
                Fate::Updated
            } else if self.digests.says(last, new) {
                Fate::Edited
            } else {
                Fate::Conflict
            }),
            (Some(_), Some(_), None) => Some(Fate::Conflict),
        }
    }

    fn remember(&mut self, id: &str, mark: Box<str>) {
        self.merged.during.insert(id.into(), mark.clone());
        self.merged.after.insert(id.into(), mark);
    }

    fn merged(mut self, write: Option<Vec<u8>>) -> Merged {
        if write.is_none() {
            self.merged.during = self.merged.after.clone();
        }
        Merged { write, ..self.merged }
    }
}

/// What an import did to the content.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Written {
    /// Records by what became of them.
    pub counts: BTreeMap<Fate, usize>,
    /// Files that were not there.
    pub files_new: usize,
    /// Files that were renewed.
    pub files_updated: usize,
    /// Whether content was there and no import remembered having written it.
    pub unremembered: bool,
    /// Whether the caller settled the conflicts: what people wrote is the answer.
    pub settled: bool,
    /// Every record, by what became of it.
    pub records: Vec<Row>,
}

impl Written {
    /// Counts what became of the records.
    pub fn of(mut records: Vec<Row>) -> Self {
        records.sort();
        let mut counts: BTreeMap<Fate, usize> = Fate::ALL.into_iter().map(|fate| (fate, 0)).collect();
        for row in &records {
            *counts.entry(row.fate).or_default() += 1;
        }
        Written { counts, records, ..Written::default() }
    }

    /// Adds a record.
    pub fn settle(&mut self, row: Row) {
        *self.counts.entry(row.fate).or_default() += 1;
        self.records.push(row);
    }

    /// How many had this fate.
    pub fn count(&self, fate: Fate) -> usize {
        self.counts.get(&fate).copied().unwrap_or_default()
    }

    /// As a person reads it: the counts, and each record that is neither new nor the same.
    pub fn text(&self, speech: Speech) -> String {
        let (new, updated) = (self.files_new, self.files_updated);
        let head = say!(
            "dans le contenu : {new} fichiers écrits, {updated} mis à jour",
            "in the content: {new} files written, {updated} updated"
        );
        let mut out = format!("{}\n", head.get(speech));
        if self.unremembered {
            let words = say!(
                "du contenu était là sans qu’aucun import s’en souvienne : ce qui diffère est tenu pour l’ouvrage de personnes",
                "content was there that no import remembers: what differs is held to be people’s work"
            );
            let _ = writeln!(out, "{}", words.get(speech));
        }
        if self.settled && self.count(Fate::Conflict) > 0 {
            let words = say!(
                "conflits tranchés : ce que des personnes ont écrit reste, jusqu’à ce que l’export change",
                "conflicts settled: what people wrote stays, until the export changes"
            );
            let _ = writeln!(out, "{}", words.get(speech));
        }
        for fate in Fate::ALL {
            let count = self.count(fate);
            if count == 0 && fate != Fate::Conflict {
                continue;
            }
            let _ = writeln!(out, "{count:>8} {}", fate.label().get(speech));
            if matches!(fate, Fate::New | Fate::Same) {
                continue;
            }
            for row in self.records.iter().filter(|row| row.fate == fate).take(SHOWN) {
                let id = row.id.as_ref().map(|id| format!(" {id}")).unwrap_or_default();
                let _ = writeln!(out, "           {}{id}", row.path);
            }
            if count > SHOWN {
                let _ = writeln!(out, "           … (+{})", count - SHOWN);
            }
        }
        out
    }
}

/// Records of one fate that a person is told of; the JSON has them all.
const SHOWN: usize = 50;
