//! Where a diagnostic stands, as people and tools count: path, line and column from 1. A place that no file
//! holds (the site itself is missing, a file is not text, an offset lies beyond its end) is still a place.

use crate::source::{FileId, Sources, Span};
use std::collections::BTreeMap;

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place<'s> {
    /// Path from the site's root.
    pub path: &'s str,
    /// First line, from 1.
    pub line: usize,
    /// First column, in characters, from 1.
    pub column: usize,
    /// Line of the end.
    pub end_line: usize,
    /// Column after the last character.
    pub end_column: usize,
    /// The words of the first line, cut in three: before the place, the place itself, after it. `None` when the
    /// whole file is meant, or has no text.
    pub shown: Option<[&'s str; 3]>,
}

/// Finds places; remembers where the lines of each file begin, so that a hundred thousand diagnostics in one
/// large file do not read it a hundred thousand times.
pub struct Places<'s> {
    sources: &'s Sources,
    lines: BTreeMap<FileId, Vec<usize>>,
}

impl<'s> Places<'s> {
    /// Nothing is read yet.
    pub fn new(sources: &'s Sources) -> Self {
        Places { sources, lines: BTreeMap::new() }
    }

    /// The place of a span; `None` when it is in no file at all.
    pub fn find(&mut self, span: Span) -> Option<Place<'s>> {
        if span.file.0 as usize >= self.sources.len() {
            return None;
        }
        let path = &*self.sources.get(span.file).path;
        let text = self.sources.text(span.file);
        let starts = self.lines.entry(span.file).or_insert_with(|| line_starts(text));
        let start = boundary(text, span.start as usize);
        let end = boundary(text, span.end as usize).max(start);
        let (line, column) = count(text, starts, start);
        let (end_line, end_column) = count(text, starts, end);
        let whole = text.is_empty() || (span.start, span.end) == (0, 0);
        let shown = (!whole).then(|| {
            let first = starts[line - 1];
            let rest = &text[first..];
            let len = rest.find('\n').unwrap_or(rest.len());
            let len = rest[..len].strip_suffix('\r').map_or(len, str::len);
            let (from, to) = ((start - first).min(len), (end - first).min(len));
            [&rest[..from], &rest[from..to], &rest[to..len]]
        });
        Some(Place { path, line, column, end_line, end_column, shown })
    }
}

/// The offset itself, or the nearest before it that does not cut a character.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0)
        .chain(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1))
        .collect()
}

fn count(text: &str, starts: &[usize], at: usize) -> (usize, usize) {
    let line = starts.partition_point(|start| *start <= at);
    (line, text[starts[line - 1]..at].chars().count() + 1)
}
