//! The paragraphs of two passages row by row, with the words that changed: the piece from which comparisons of
//! versions and of laws are made.

use super::words::{RunKind, RunView, count, runs, words};
use crate::compare::passages::{Fate, paragraphs};
use crate::model::document::Paragraph;
use serde::Serialize;

/// What became of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowFate {
    /// The same words.
    Same,
    /// Some changed.
    Changed,
    /// It stands elsewhere, be it with some words changed.
    Moved,
    /// It is new.
    Inserted,
    /// It was deleted.
    Deleted,
}

/// A paragraph of the older side, of the newer side or of both.
#[derive(Debug, Clone, Serialize)]
pub struct RowView {
    /// What became of it.
    pub fate: RowFate,
    /// Its number on the older side.
    pub older: Option<u32>,
    /// Its number on the newer side.
    pub newer: Option<u32>,
    /// Its words.
    pub runs: Vec<RunView>,
}

/// Rows that follow each other: either all unchanged, or not.
#[derive(Debug, Clone, Serialize)]
pub struct Stretch {
    /// So many unchanged paragraphs that a page shows them only when asked.
    pub folded: bool,
    /// The rows.
    pub rows: Vec<RowView>,
}

/// From this number on, unchanged paragraphs in a row are folded.
const FOLDED: usize = 3;

/// Rows in the order of the newer side, each with the place of its newer paragraph; a deleted paragraph stands after
/// what it followed.
pub fn rows(older: &[&Paragraph], newer: &[&Paragraph]) -> Vec<(RowView, Option<usize>)> {
    let texts = |list: &[&Paragraph]| -> Vec<String> { list.iter().map(|p| words(&p.markdown)).collect() };
    let (olds, news) = (texts(older), texts(newer));
    compared(&olds, &news)
        .into_iter()
        .map(|(mut row, left, right)| {
            row.older = left.and_then(|l| older.get(l)).map(|p| p.number);
            row.newer = right.and_then(|r| newer.get(r)).map(|p| p.number);
            (row, right)
        })
        .collect()
}

/// The same for passages in Markdown, whose paragraphs are numbered from 1.
pub fn rows_of(older: &str, newer: &str) -> Vec<RowView> {
    let texts = |markdown: &str| -> Vec<String> {
        markdown.split("\n\n").map(words).filter(|words| !words.is_empty()).collect()
    };
    let number = |place: Option<usize>| place.map(|at| at as u32 + 1);
    compared(&texts(older), &texts(newer))
        .into_iter()
        .map(|(row, left, right)| RowView { older: number(left), newer: number(right), ..row })
        .collect()
}

/// Whether any word stays: two texts that have none in common are read one after the other.
pub fn in_common(rows: &[RowView]) -> bool {
    let stays = |run: &RunView| run.run == RunKind::Same && run.words.contains(char::is_alphanumeric);
    rows.iter().flat_map(|row| &row.runs).any(stays)
}

type Compared = (RowView, Option<usize>, Option<usize>);

fn compared(olds: &[String], news: &[String]) -> Vec<Compared> {
    let slices = |list| -> Vec<&str> {
        let list: &[String] = list;
        list.iter().map(String::as_str).collect()
    };
    let (olds, news) = (slices(olds), slices(news));
    let word = |place: Option<usize>, list: &[&'_ str]| {
        place.and_then(|at| list.get(at)).map_or("", |w| *w).to_owned()
    };
    paragraphs(&olds, &news)
        .into_iter()
        .map(|row| {
            let fate = match row.fate {
                Fate::Same => RowFate::Same,
                Fate::Changed => RowFate::Changed,
                Fate::Moved => RowFate::Moved,
                Fate::Inserted => RowFate::Inserted,
                Fate::Deleted => RowFate::Deleted,
            };
            let runs = runs(&word(row.left, &olds), &word(row.right, &news));
            let typography = fate == RowFate::Changed && runs.iter().all(|run| run.run == RunKind::Same);
            let fate = if typography { RowFate::Same } else { fate };
            (RowView { fate, older: None, newer: None, runs }, row.left, row.right)
        })
        .collect()
}

/// Puts rows into stretches.
pub fn stretches(rows: Vec<RowView>) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    let same = |row: &RowView| row.fate == RowFate::Same;
    for row in rows {
        match all.last_mut() {
            Some(last) if last.rows.first().is_some_and(|first| same(first) == same(&row)) => {
                last.rows.push(row)
            }
            Some(_) | None => all.push(Stretch { folded: false, rows: vec![row] }),
        }
    }
    for stretch in &mut all {
        stretch.folded = stretch.rows.len() >= FOLDED && stretch.rows.iter().all(same);
    }
    all
}

/// Words of one kind in some rows.
pub fn counted<'r>(rows: impl IntoIterator<Item = &'r RowView>, kind: RunKind) -> u64 {
    rows.into_iter()
        .flat_map(|row| &row.runs)
        .filter(|run| run.run == kind)
        .map(|run| count(&run.words))
        .sum()
}
