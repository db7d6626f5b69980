//! Runs of words of an official text that was no HTML (Word, LibreOffice, Akoma Ntoso) → Markdown, by the same rules:
//! what looks like a mark is escaped, and a paragraph is checked as it is written. Where a run begins and ends is for
//! those who read these formats.

use super::inline::{self, Marks, Piece};
use super::{Note, blocks, normal, words};
use std::collections::BTreeSet;

/// Most pieces of a run that keeps its marks.
const MOST: usize = 10_000;

/// The paragraphs of a run, one for each part between double line breaks; a single break stays one.
pub(in crate::import) fn paragraphs(pieces: Vec<Piece>) -> (Vec<String>, BTreeSet<Note>) {
    let mut notes = BTreeSet::new();
    let runs = inline::paragraphs(joined(pieces, &mut notes), false);
    (runs.iter().map(|run| written(run, false, &mut notes)).collect(), notes)
}

/// A run on one line: a heading, the cell of a table.
pub(in crate::import) fn line(pieces: Vec<Piece>) -> (String, BTreeSet<Note>) {
    let mut notes = BTreeSet::new();
    let runs = inline::paragraphs(joined(pieces, &mut notes), false);
    let lines: Vec<String> = runs.iter().map(|run| written(run, true, &mut notes)).collect();
    (lines.join(" "), notes)
}

/// Marks that touch are one: word processors cut words into many pieces with the same marks. What is still in too many
/// pieces keeps its words alone, because its marks would take a time that grows with the square.
fn joined(pieces: Vec<Piece>, notes: &mut BTreeSet<Note>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match (out.last_mut(), piece) {
            (Some(Piece::Text(last)), Piece::Text(words)) => last.push_str(&words),
            (_, Piece::Text(words)) if words.is_empty() => {}
            (Some(Piece::Close(last)), Piece::Open(mark)) if *last == mark => drop(out.pop()),
            (Some(Piece::Open(last)), Piece::Close(mark)) if *last == mark => drop(out.pop()),
            (_, piece) => out.push(piece),
        }
    }
    if out.len() > MOST {
        notes.insert(Note::Marks);
        out.retain(|piece| matches!(piece, Piece::Text(_) | Piece::Code(_) | Piece::Break));
    }
    out
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

#[cfg(test)]
mod tests {
    use super::super::Mark;
    use super::*;

    fn marked(words: &str) -> [Piece; 3] {
        [Piece::Open(Mark::Strong), Piece::Text(words.into()), Piece::Close(Mark::Strong)]
    }

    #[test]
    fn pieces_with_the_same_marks_are_one() {
        let run = [marked("un "), marked("deux")].concat();
        assert_eq!(paragraphs(run).0, ["**un deux**"]);
        assert_eq!(
            line(vec![Piece::Text("1. a".into()), Piece::Break, Piece::Text("# b".into())]).0,
            "1\\. a \\# b"
        );
    }

    #[test]
    fn too_many_pieces_keep_their_words() {
        let plain = || Piece::Text("b".into());
        let run: Vec<Piece> = (0..4_000).flat_map(|_| marked("a").into_iter().chain([plain()])).collect();
        let (paragraphs, notes) = paragraphs(run);
        assert_eq!(paragraphs, ["ab".repeat(4_000)]);
        assert!(notes.contains(&Note::Marks));
    }
}
