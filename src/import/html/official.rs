//! Runs of words of an official text that was no HTML (Word, LibreOffice, Akoma Ntoso) → Markdown, by the same rules:
//! what looks like a mark is escaped, and a paragraph is checked as it is written. Where a run begins and ends is for
//! those who read these formats.

use super::inline::{self, Marks, Piece};
use super::{Note, blocks, normal, words};
use std::collections::BTreeSet;

/// The paragraphs of a run, one for each part between double line breaks; a single break stays one.
pub(in crate::import) fn paragraphs(pieces: Vec<Piece>) -> (Vec<String>, BTreeSet<Note>) {
    let mut notes = BTreeSet::new();
    let runs = inline::paragraphs(pieces, false);
    (runs.iter().map(|run| written(run, false, &mut notes)).collect(), notes)
}

/// A run on one line: a heading, the cell of a table.
pub(in crate::import) fn line(pieces: Vec<Piece>) -> (String, BTreeSet<Note>) {
    let mut notes = BTreeSet::new();
    let runs = inline::paragraphs(pieces, false);
    let lines: Vec<String> = runs.iter().map(|run| written(run, true, &mut notes)).collect();
    (lines.join(" "), notes)
}

/// With as many marks as still give its words.
fn written(run: &[Piece], flat: bool, notes: &mut BTreeSet<Note>) -> String {
    let wanted = normal(&blocks::run_words(run));
    for marks in [Marks::All, Marks::Links] {
        let markdown = inline::write(run, marks, flat);
        if words(&markdown) == wanted {
            return markdown;
        }
        notes.insert(Note::Marks);
    }
    inline::write(run, Marks::None, flat)
}
