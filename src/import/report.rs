//! The report that every importer gives: each record read is kept, merged, changed or skipped, with its reason and
//! its place in the export. [`Report::read`] counts what was met, [`Report::settle`] says what became of it; the
//! two must agree, and [`Report::agrees`] is tested. Nobody is named here except by what people wrote in texts.

use super::names::Names;
use crate::lang::{Bilingual, Speech};
use crate::say;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// It is in the content, all of it.
    Kept,
    /// It says the same as another record, or completes it.
    Merged,
    /// It is in the content, but something of it is not, or not as it was.
    Changed,
    /// It is not in the content.
    Skipped,
}

impl Fate {
    /// Every fate.
    pub const ALL: [Fate; 4] = [Fate::Kept, Fate::Merged, Fate::Changed, Fate::Skipped];

    fn label(self) -> Bilingual {
        match self {
            Fate::Kept => say!("repris", "kept"),
            Fate::Merged => say!("fusionnés", "merged"),
            Fate::Changed => say!("modifiés", "changed"),
            Fate::Skipped => say!("écartés", "skipped"),
        }
    }
}

/// A record and what became of it.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// What it is, in one word: `argument`, `source`…
    pub kind: &'static str,
    /// File of the export.
    pub file: Box<str>,
    /// Place in the file.
    pub row: Box<str>,
    /// What became of it.
    pub fate: Fate,
    /// Why, unless it was kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Bilingual>,
    /// The id it has in the content.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Box<str>>,
}

/// Something that a person should look at: a name or an address written in a text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Review {
    /// The file of the content.
    pub path: Box<str>,
    /// The contribution.
    pub id: Box<str>,
    /// What it is.
    pub what: Suspect,
    /// The words.
    pub words: Box<str>,
}

/// What a suspect word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Suspect {
    /// The name of somebody who took part.
    Name,
    /// One word that is somebody's name there, and may be a common word.
    PerhapsName,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Telephone,
}

/// A file of the export as received.
#[derive(Debug, Clone, Serialize)]
pub struct Received {
    /// Path in the export's folder.
    pub path: Box<str>,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256, in hexadecimal; empty when the file could not be read.
    pub sha256: Box<str>,
}

/// Counts of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Tallies {
    /// Met in the export.
    pub read: u64,
    /// See [`Fate`].
    pub kept: u64,
    /// See [`Fate`].
    pub merged: u64,
    /// See [`Fate`].
    pub changed: u64,
    /// See [`Fate`].
    pub skipped: u64,
}

/// What an import did.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// The importer.
    pub importer: &'static str,
    /// Counts by kind of record.
    pub kinds: BTreeMap<&'static str, Tallies>,
    /// What was done to every record alike, and what the export does not say.
    pub remarks: Vec<Bilingual>,
    /// Files as received.
    pub received: Vec<Received>,
    /// What a person should look at.
    pub review: Vec<Review>,
    /// Images and files that the texts point to and the export does not hold.
    pub missing_files: Vec<Box<str>>,
    /// Every record.
    pub rows: Vec<Row>,
}

impl Report {
    /// A report of this importer.
    pub fn new(importer: &'static str) -> Self {
        Report { importer, ..Report::default() }
    }

    /// Notes that `n` records of a kind were met.
    pub fn read(&mut self, kind: &'static str, n: usize) {
        self.kinds.entry(kind).or_default().read += n as u64;
    }

    /// Says what became of a record.
    pub fn settle(&mut self, row: Row) {
        let tallies = self.kinds.entry(row.kind).or_default();
        match row.fate {
            Fate::Kept => tallies.kept += 1,
            Fate::Merged => tallies.merged += 1,
            Fate::Changed => tallies.changed += 1,
            Fate::Skipped => tallies.skipped += 1,
        }
        self.rows.push(row);
    }

    /// Says what became of a record that is in the content, of which these things were changed: kept when there are none.
    pub fn changed(&mut self, row: Row, reasons: BTreeSet<Bilingual>) {
        let fate = if reasons.is_empty() { Fate::Kept } else { Fate::Changed };
        self.settle(Row { fate, reason: joined(reasons), ..row });
    }

    /// Notes what a person should read again in something published.
    pub(super) fn look<'t>(
        &mut self,
        names: &Names,
        path: &str,
        id: &str,
        texts: impl IntoIterator<Item = &'t str>,
    ) {
        let found: BTreeSet<_> = texts.into_iter().flat_map(|text| names.find(text)).collect();
        let line = |(what, words)| Review { path: path.into(), id: id.into(), what, words };
        self.review.extend(found.into_iter().map(line));
    }

    /// Puts lists in order, each line once.
    pub(super) fn order(&mut self) {
        self.review.sort();
        self.review.dedup();
        self.missing_files.sort();
        self.missing_files.dedup();
    }

    /// Says that so many records are in the content, all of them: ballots are too many for a row each.
    pub fn kept(&mut self, kind: &'static str, n: usize) {
        self.kinds.entry(kind).or_default().kept += n as u64;
    }

    /// Whether every record met has one fate.
    pub fn agrees(&self) -> bool {
        self.kinds.values().all(|t| t.read == t.kept + t.merged + t.changed + t.skipped)
    }

    /// The report as a person reads it: counts, then each reason once with its places.
    pub fn text(&self, speech: Speech) -> String {
        let mut out = String::new();
        let fr = speech == Speech::Fr;
        let heads: Vec<String> = Fate::ALL.iter().map(|f| f.label().get(speech).to_owned()).collect();
        let _ = writeln!(
            out,
            "{:<22}{:>8}{:>10}{:>12}{:>12}{:>10}",
            if fr { "ce qui a été lu" } else { "what was read" },
            if fr { "lus" } else { "read" },
            heads[0],
            heads[1],
            heads[2],
            heads[3]
        );
        for (kind, t) in &self.kinds {
            let _ = writeln!(
                out,
                "{kind:<22}{:>8}{:>10}{:>12}{:>12}{:>10}",
                t.read, t.kept, t.merged, t.changed, t.skipped
            );
        }
        for fate in [Fate::Skipped, Fate::Changed, Fate::Merged] {
            self.reasons(&mut out, fate, speech);
        }
        let remarks = if fr { "À savoir" } else { "To know" };
        list(&mut out, remarks, self.remarks.iter().map(|r| r.get(speech).to_owned()));
        let missing = if fr {
            "Fichiers cités que l’export ne contient pas"
        } else {
            "Files named that the export does not hold"
        };
        list(&mut out, missing, self.missing_files.iter().map(|f| f.to_string()));
        let review = if fr {
            "À relire : noms, adresses et numéros que des personnes ont écrits dans leurs textes (rien n’a été retiré)"
        } else {
            "To review: names, addresses and numbers that people wrote in their texts (nothing was removed)"
        };
        let line = |r: &Review| format!("{} ({}): {} {}", r.path, r.id, r.what.label(speech), r.words);
        list(&mut out, review, self.review.iter().map(line));
        out
    }

    /// Each reason of a fate, with its count and its first places.
    fn reasons(&self, out: &mut String, fate: Fate, speech: Speech) {
        let mut by: BTreeMap<(&str, String), Vec<(&str, &str)>> = BTreeMap::new();
        for row in self.rows.iter().filter(|r| r.fate == fate) {
            let reason = row.reason.as_ref().map_or("", |r| r.get(speech)).to_owned();
            by.entry((row.kind, reason)).or_default().push((&row.file, &row.row));
        }
        let shown = |((kind, reason), places): (&(&str, String), &Vec<(&str, &str)>)| {
            let more = places.len().saturating_sub(30);
            let tail = if more > 0 { format!(" … (+{more})") } else { String::new() };
            format!(
                "{} × {kind}: {reason}\n    {}{tail}",
                places.len(),
                listed(&places[..places.len() - more])
            )
        };
        let head = fate.label();
        list(out, head.get(speech), by.iter().map(shown));
    }
}

/// Several reasons as one.
pub(super) fn joined(reasons: impl IntoIterator<Item = Bilingual>) -> Option<Bilingual> {
    reasons
        .into_iter()
        .reduce(|a, b| Bilingual { fr: format!("{} ; {}", a.fr, b.fr), en: format!("{}; {}", a.en, b.en) })
}

impl Suspect {
    fn label(self, speech: Speech) -> String {
        let label = match self {
            Suspect::Name => say!("nom", "name"),
            Suspect::PerhapsName => say!("peut-être un nom", "perhaps a name"),
            Suspect::Email => say!("adresse électronique", "e-mail address"),
            Suspect::Telephone => say!("téléphone", "telephone"),
        };
        label.get(speech).to_owned()
    }
}

/// Places: each file once, then its rows.
fn listed(places: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut open = "";
    for (file, row) in places {
        let gap = if out.is_empty() { "" } else { ", " };
        let named = if *file == open { "" } else { file };
        open = file;
        let _ = write!(out, "{gap}{}", format!("{named} {row}").trim());
    }
    out
}

fn list(out: &mut String, head: &str, lines: impl Iterator<Item = String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        let _ = writeln!(out, "\n{head}");
        for line in lines {
            let _ = writeln!(out, "  - {line}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_without_a_fate_shows() {
        let mut report = Report::new("test");
        report.read("argument", 2);
        let row = |fate| Row {
            kind: "argument",
            file: "a.json".into(),
            row: "1".into(),
            fate,
            reason: None,
            id: None,
        };
        report.settle(row(Fate::Kept));
        assert!(!report.agrees());
        report.settle(Row { reason: Some(say!("vide", "empty")), ..row(Fate::Skipped) });
        assert!(report.agrees());
        assert!(report.text(Speech::Fr).contains("1 × argument: vide\n    a.json 1"));
    }
}
