//! What the importers of one text share: what became of each piece of a document (`Log`), tables, notes, and the files
//! of a text and its version (`put`). How a format says what it says is for each of them.

mod existing;
pub(super) mod put;
mod versions;

pub use existing::{Existing, Known};

use super::html::{self, Mark, Note, Piece};
use super::report::{Fate, Received, Report, Row};
use super::{Input, InputFile};
use crate::lang::Bilingual;
use crate::model::document::{Document, Item, Paragraph};
use crate::say;
use std::collections::BTreeSet;

/// Why something is not as it was.
pub(super) type Reasons = BTreeSet<Bilingual>;

/// The report of one file, while it is read.
#[derive(Debug)]
pub(super) struct Log {
    pub(super) report: Report,
    file: Box<str>,
}

impl Log {
    /// A file being read, which is the only one of the import.
    pub(super) fn new(importer: &'static str, input: &Input) -> Self {
        let mut report = Report::new(importer);
        for file in &input.files {
            let bytes = file.contents.as_ref().map_or(0, |c| c.len() as u64);
            report.received.push(Received { path: file.path.clone(), bytes, sha256: file.sha256.clone() });
        }
        let file = input.files.first().map(|file| file.path.clone()).unwrap_or_default();
        Log { report, file }
    }

    /// So many are in the content as they were.
    pub(super) fn kept(&mut self, kind: &'static str, n: usize) {
        self.report.read(kind, n);
        self.report.kept(kind, n);
    }

    /// One is in the content: as it was, or for these reasons not quite.
    pub(super) fn settle(&mut self, kind: &'static str, place: &str, id: Option<&str>, reasons: Reasons) {
        self.report.read(kind, 1);
        let reason = joined(reasons);
        let fate = if reason.is_some() { Fate::Changed } else { Fate::Kept };
        match (&reason, id) {
            (None, None) => self.report.kept(kind, 1),
            (Some(_), _) | (None, Some(_)) => self.report.settle(self.row(kind, place, fate, reason, id)),
        }
    }

    /// One is not in the content.
    pub(super) fn skip(&mut self, kind: &'static str, place: &str, reason: Bilingual) {
        self.report.read(kind, 1);
        self.report.settle(self.row(kind, place, Fate::Skipped, Some(reason), None));
    }

    /// Takes over what another log says of the same file.
    pub(super) fn absorb(&mut self, other: Log) {
        for (kind, tallies) in other.report.kinds {
            self.report.read(kind, tallies.read as usize);
            self.report.kept(kind, tallies.kept as usize);
        }
        for row in other.report.rows {
            if row.fate == Fate::Kept {
                // Counted above, as those without a row are.
                self.report.rows.push(Row { file: self.file.clone(), ..row });
            } else {
                self.report.settle(Row { file: self.file.clone(), ..row });
            }
        }
        self.report.remarks.extend(other.report.remarks);
        self.report.missing_files.extend(other.report.missing_files);
    }

    fn row(
        &self,
        kind: &'static str,
        place: &str,
        fate: Fate,
        reason: Option<Bilingual>,
        id: Option<&str>,
    ) -> Row {
        Row { kind, file: self.file.clone(), row: place.into(), fate, reason, id: id.map(Into::into) }
    }

    /// What came out: divisions, articles and paragraphs.
    pub(super) fn count(&mut self, document: &Document) {
        let (mut divisions, mut articles, mut paragraphs) = (0, 0, document.preamble.len());
        for item in &document.items {
            match item {
                Item::Division(d) => {
                    divisions += 1;
                    paragraphs += d.paragraphs.len();
                }
                Item::Article(a) => {
                    articles += 1;
                    paragraphs += a.paragraphs.len();
                }
            }
        }
        self.kept("division", divisions);
        self.kept("article", articles);
        self.kept("paragraph", paragraphs);
    }
}

/// The only file of an import, or why there is none.
pub(super) fn only(input: &Input) -> Result<(&InputFile, &[u8]), Bilingual> {
    let [file] = input.files.as_slice() else {
        let n = input.files.len();
        return Err(say!(
            "un seul fichier est attendu, {n} sont donnés",
            "one file is expected, {n} are given"
        ));
    };
    match &file.contents {
        Ok(bytes) => Ok((file, bytes)),
        Err(words) => Err(say!("illisible : {words}", "unreadable: {words}")),
    }
}

/// Several reasons as one.
pub(super) fn joined(reasons: Reasons) -> Option<Bilingual> {
    reasons.into_iter().reduce(|all, one| Bilingual {
        fr: format!("{} ; {}", all.fr, one.fr),
        en: format!("{}; {}", all.en, one.en),
    })
}

/// What Markdown could not say.
pub(super) fn noted(reasons: &mut Reasons, notes: BTreeSet<Note>) {
    reasons.extend(notes.into_iter().map(Note::said));
}

/// A footnote, in square brackets where it was called: a block of its own would be a numbered paragraph of the law.
pub(super) fn note(number: &str, mut words: Vec<Piece>, reasons: &mut Reasons) -> Vec<Piece> {
    reasons.insert(say!(
        "une note de bas de page est mise entre crochets à l’endroit de son appel",
        "a footnote is put in square brackets where it was called"
    ));
    while let Some(Piece::Text(last)) = words.last_mut() {
        last.truncate(last.trim_end().len());
        if !last.is_empty() {
            break;
        }
        words.pop();
    }
    let space = if number.is_empty() { "" } else { " " };
    let begin = format!(" [Note{space}{number}\u{a0}: ");
    std::iter::once(Piece::Text(begin)).chain(words).chain([Piece::Text("]".into())]).collect()
}

/// Paragraphs on one line, a space between two.
pub(super) fn one_line(paragraphs: Vec<Vec<Piece>>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for paragraph in paragraphs {
        if !out.is_empty() {
            out.push(Piece::Text(" ".into()));
        }
        out.extend(paragraph);
    }
    out
}

/// A table: each cell is a run of words. Its first row is the heading, because Markdown knows no table without one.
pub(super) fn table(rows: Vec<Vec<Vec<Piece>>>, reasons: &mut Reasons) -> Option<String> {
    let width = rows.iter().map(Vec::len).max().filter(|width| *width > 0)?;
    if rows.iter().any(|row| row.len() != width) {
        reasons.insert(say!(
            "tableau dont des cellules sont fusionnées : elles ne s’étendent plus",
            "table with merged cells: they no longer span"
        ));
    }
    let mut lines = Vec::with_capacity(rows.len() + 1);
    for row in rows {
        let mut cells = Vec::with_capacity(width);
        for cell in row {
            let (cell, notes) = html::line(cell);
            noted(reasons, notes);
            cells.push(cell);
        }
        cells.resize(width, String::new());
        lines.push(format!("| {} |", cells.join(" | ")));
    }
    lines.insert(1, format!("|{}", " --- |".repeat(width)));
    Some(lines.join("\n"))
}

/// All of a run strong: a heading that opens nothing.
pub(super) fn strong(run: Vec<Piece>) -> Vec<Piece> {
    let marks = |p: &Piece| matches!(p, Piece::Open(Mark::Strong) | Piece::Close(Mark::Strong));
    let mut out = vec![Piece::Open(Mark::Strong)];
    out.extend(run.into_iter().filter(|p| !marks(p)));
    out.push(Piece::Close(Mark::Strong));
    out
}

/// Letters and digits alone: what no importer may lose.
pub(super) fn letters(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The letters of a text, in order.
pub(super) fn letters_of(document: &Document) -> String {
    let mut out = String::new();
    let paragraphs = |out: &mut String, list: &[Paragraph]| {
        for paragraph in list {
            out.push_str(&letters(&html::words(&paragraph.markdown)));
        }
    };
    paragraphs(&mut out, &document.preamble);
    for item in &document.items {
        let (number, heading, list) = match item {
            Item::Division(d) => (&d.number, &d.heading, &d.paragraphs),
            Item::Article(a) => (&a.number, &a.heading, &a.paragraphs),
        };
        out.push_str(&letters(number));
        out.push_str(&letters(heading));
        paragraphs(&mut out, list);
    }
    out
}
