//! Words of a text as text: Markdown without its marks, and what was inserted and deleted between two passages of it.
//!
//! In: Markdown of official texts. Out: plain words, which the template engine escapes; nothing here is HTML. What
//! differs in marks alone (bold, raised letters) is no difference for readers.

use crate::compare::tokens::{Kind, kind, tokens};
use crate::compare::words::{Run, difference};
use crate::text::fold_typography;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde::Serialize;
use std::ops::Range;

/// What became of a run of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RunKind {
    /// In both.
    Same,
    /// In the older alone.
    Deleted,
    /// In the newer alone.
    Inserted,
}

/// A run of words of two passages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunView {
    /// What became of it.
    pub run: RunKind,
    /// The words.
    pub words: String,
}

impl RunView {
    /// A run.
    pub fn new(run: RunKind, words: impl Into<String>) -> Self {
        RunView { run, words: words.into() }
    }
}

/// The words of a passage in Markdown, and where each piece of them stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Bytes of the Markdown.
    pub place: Range<usize>,
    /// What is read there.
    pub words: String,
}

/// The pieces of a passage in the order of reading. Raised figures stay raised (`m²`), other marks go; the number of
/// a list's item is a word.
pub fn pieces(markdown: &str) -> Vec<Piece> {
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    let mut pieces = Vec::new();
    let mut raised = false;
    let mut lists: Vec<Option<u64>> = Vec::new();
    for (event, place) in Parser::new_ext(markdown, options).into_offset_iter() {
        let mut read = |words: &str| pieces.push(Piece { place: place.clone(), words: words.to_owned() });
        match event {
            Event::Text(words) if raised && words.chars().all(|c| c.is_ascii_digit()) => {
                read(&superscript(&words))
            }
            Event::Text(words) | Event::Code(words) | Event::Html(words) => read(&words),
            Event::InlineHtml(tag) => match tag.to_ascii_lowercase().as_str() {
                "<sup>" => raised = true,
                "</sup>" => raised = false,
                "<sub>" | "</sub>" => {}
                "<br>" | "<br/>" | "<br />" => read(" "),
                other => read(other),
            },
            Event::SoftBreak | Event::HardBreak => read(" "),
            Event::Start(Tag::List(first)) => lists.push(first),
            Event::End(TagEnd::List(_)) => _ = lists.pop(),
            Event::Start(Tag::Item) => match lists.last_mut() {
                Some(Some(number)) => {
                    pieces.push(Piece { place: place.start..place.start, words: format!("{number}. ") });
                    *number += 1;
                }
                Some(None) | None => {
                    pieces.push(Piece { place: place.start..place.start, words: "– ".into() })
                }
            },
            Event::End(
                TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::TableCell,
            ) => pieces.push(Piece { place: place.end..place.end, words: " ".into() }),
            _ => {}
        }
    }
    while pieces.last().is_some_and(|piece| piece.words == " ") {
        pieces.pop();
    }
    pieces
}

fn superscript(digits: &str) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    digits.chars().filter_map(|c| c.to_digit(10).and_then(|d| RAISED.get(d as usize))).collect()
}

/// The words of a passage, as they are read.
pub fn words(markdown: &str) -> String {
    pieces(markdown).into_iter().map(|piece| piece.words).collect()
}

/// What was deleted and inserted between two passages of plain words; nothing for two empty ones. What differs in
/// typography alone (a no-break space, a kind of apostrophe or hyphen) is the same, as the newer passage has it.
pub fn runs(left: &str, right: &str) -> Vec<RunView> {
    let mut runs: Vec<RunView> = Vec::new();
    let mut push = |run: RunKind, words: &str| match runs.last_mut() {
        Some(last) if last.run == run => last.words.push_str(words),
        Some(_) | None => runs.push(RunView::new(run, words)),
    };
    let mut found = difference(left, right).into_iter().peekable();
    while let Some(run) = found.next() {
        match run {
            Run::Same(words) => push(RunKind::Same, words),
            Run::Inserted(words) if words.trim().is_empty() => push(RunKind::Same, words),
            Run::Inserted(words) => push(RunKind::Inserted, words),
            Run::Deleted(words) => match found.peek() {
                Some(Run::Inserted(new)) if fold_typography(words) == fold_typography(new) => {
                    push(RunKind::Same, new);
                    found.next();
                }
                Some(Run::Same(_) | Run::Deleted(_) | Run::Inserted(_)) | None if words.trim().is_empty() => {
                }
                Some(Run::Same(_) | Run::Deleted(_) | Run::Inserted(_)) | None => {
                    push(RunKind::Deleted, words)
                }
            },
        }
    }
    runs
}

/// How many words there are.
pub fn count(words: &str) -> u64 {
    tokens(words).into_iter().filter(|token| kind(token) == Kind::Word).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_not_words() {
        assert_eq!(words("**Art. 1<sup>er</sup>** – _100_ m<sup>2</sup>"), "Art. 1er – 100 m²");
        assert_eq!(words("1. un\n2. deux"), "1. un 2. deux");
        assert_eq!(words("l’eau\ndouce"), "l’eau douce");
    }

    #[test]
    fn pieces_know_where_they_stand() {
        let markdown = "un **deux** trois";
        let places: Vec<&str> = pieces(markdown).iter().map(|piece| &markdown[piece.place.clone()]).collect();
        assert_eq!(places, ["un ", "deux", " trois"]);
    }

    #[test]
    fn typography_is_no_difference() {
        assert_eq!(
            runs("à l'article\u{a0}3\u{a0};", "à l’article 3 ;"),
            [RunView::new(RunKind::Same, "à l’article 3 ;")]
        );
        let runs = runs("dans deux mois", "dans un mois");
        let shown: Vec<(RunKind, &str)> = runs.iter().map(|run| (run.run, run.words.as_str())).collect();
        let (same, deleted, inserted) = (RunKind::Same, RunKind::Deleted, RunKind::Inserted);
        assert_eq!(shown, [(same, "dans "), (deleted, "deux"), (inserted, "un"), (same, " mois")]);
    }

    #[test]
    fn words_are_counted_without_signs() {
        assert_eq!(count("L’eau, enfin : 10 m²."), 5);
    }
}
