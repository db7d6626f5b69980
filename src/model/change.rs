//! What an amendment does: operations that a machine can apply to a version of a text, and check. Words as in the
//! field: an amendment has operations, each edits words, paragraphs, an article or a division.

use super::document::{Document, Item};
use crate::source::Span;
use std::borrow::Cow;

/// One edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Where it is written, for diagnostics.
    pub place: Span,
    /// The article or division it edits.
    pub target: Target,
    /// The paragraph in which words are looked for; all of them when absent.
    pub paragraph: Option<u32>,
    /// Which of several occurrences of the words, from 1; they must stand once when absent.
    pub occurrence: Option<u32>,
    /// The edit.
    pub edit: Edit,
}

/// What an operation names, as it is numbered in the text on which the operation builds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An article, by its number or id: `17 bis`, `Article 1er`.
    Article(Box<str>),
    /// A division, by its id: `titre-ier-chapitre-ii`.
    Division(Box<str>),
    /// What stands before the first division.
    Preamble,
    /// The text itself: units are inserted at its end.
    Text,
}

/// Where articles and divisions are put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Beside {
    /// Before it.
    Before(Target),
    /// After it: an article's paragraphs, or everything in the division.
    After(Target),
    /// Right after its heading, before its articles.
    Within(Target),
}

/// A run of paragraphs, numbered from 1, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paragraphs {
    /// The first.
    pub first: u32,
    /// The last.
    pub last: u32,
}

/// What an operation does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Replaces words.
    Replace {
        /// These.
        words: Box<str>,
        /// By these.
        with: Box<str>,
    },
    /// Inserts words before others.
    InsertBefore {
        /// The others.
        anchor: Box<str>,
        /// What is inserted.
        words: Box<str>,
    },
    /// Inserts words after others.
    InsertAfter {
        /// The others.
        anchor: Box<str>,
        /// What is inserted.
        words: Box<str>,
    },
    /// Deletes words.
    Delete {
        /// These.
        words: Box<str>,
    },
    /// Replaces paragraphs.
    ReplaceParagraphs {
        /// These.
        which: Paragraphs,
        /// By these, in Markdown.
        with: Vec<Box<str>>,
    },
    /// Inserts paragraphs after another; after 0, before the first.
    InsertParagraphs {
        /// The other.
        after: u32,
        /// What is inserted, in Markdown.
        paragraphs: Vec<Box<str>>,
    },
    /// Deletes paragraphs.
    DeleteParagraphs {
        /// These.
        which: Paragraphs,
    },
    /// Moves paragraphs.
    MoveParagraphs {
        /// These.
        which: Paragraphs,
        /// Into this article or division; the same one when absent.
        to: Option<Target>,
        /// After this paragraph there; 0 for before the first.
        after: u32,
    },
    /// Replaces the article, or the division with everything in it.
    ReplaceUnit {
        /// By these articles and divisions.
        with: Vec<Item>,
    },
    /// Replaces the paragraphs of the article, and leaves its number and heading.
    ReplaceText {
        /// By these, in Markdown.
        with: Vec<Box<str>>,
    },
    /// Inserts articles and divisions.
    InsertUnits {
        /// There; at the end when absent.
        beside: Option<Beside>,
        /// What is inserted.
        items: Vec<Item>,
    },
    /// Deletes the article, or the division with everything in it.
    DeleteUnit,
    /// Deletes a division's heading alone: its articles pass to the division before.
    DeleteHeading,
    /// Moves the article, or the division with everything in it.
    MoveUnit {
        /// There.
        beside: Beside,
    },
    /// Gives the article or division another number, another heading, or both.
    Rename {
        /// The new number, as the text will have it.
        number: Option<Box<str>>,
        /// The new heading.
        heading: Option<Box<str>>,
    },
}

impl Edit {
    /// Every kind, as [`Edit::kind`] gives it.
    pub const KINDS: [&str; 15] = [
        "replace",
        "insert-before",
        "insert-after",
        "delete",
        "replace-paragraphs",
        "insert-paragraphs",
        "delete-paragraphs",
        "move-paragraphs",
        "replace-unit",
        "replace-text",
        "insert-units",
        "delete-unit",
        "delete-heading",
        "move-unit",
        "rename",
    ];

    /// The key that tells it apart in YAML, data files and pages.
    pub fn kind(&self) -> &'static str {
        match self {
            Edit::Replace { .. } => "replace",
            Edit::InsertBefore { .. } => "insert-before",
            Edit::InsertAfter { .. } => "insert-after",
            Edit::Delete { .. } => "delete",
            Edit::ReplaceParagraphs { .. } => "replace-paragraphs",
            Edit::InsertParagraphs { .. } => "insert-paragraphs",
            Edit::DeleteParagraphs { .. } => "delete-paragraphs",
            Edit::MoveParagraphs { .. } => "move-paragraphs",
            Edit::ReplaceUnit { .. } => "replace-unit",
            Edit::ReplaceText { .. } => "replace-text",
            Edit::InsertUnits { .. } => "insert-units",
            Edit::DeleteUnit => "delete-unit",
            Edit::DeleteHeading => "delete-heading",
            Edit::MoveUnit { .. } => "move-unit",
            Edit::Rename { .. } => "rename",
        }
    }
}

impl Edit {
    /// The words it takes away, where it quotes them.
    pub fn deleted(&self) -> Option<&str> {
        match self {
            Edit::Replace { words, .. } | Edit::Delete { words } => Some(words),
            Edit::InsertBefore { .. }
            | Edit::InsertAfter { .. }
            | Edit::ReplaceParagraphs { .. }
            | Edit::InsertParagraphs { .. }
            | Edit::DeleteParagraphs { .. }
            | Edit::MoveParagraphs { .. }
            | Edit::ReplaceUnit { .. }
            | Edit::ReplaceText { .. }
            | Edit::InsertUnits { .. }
            | Edit::DeleteUnit
            | Edit::DeleteHeading
            | Edit::MoveUnit { .. }
            | Edit::Rename { .. } => None,
        }
    }

    /// What it puts into the text: words, paragraphs or articles, in Markdown.
    pub fn inserted(&self) -> Option<Cow<'_, str>> {
        let paragraphs = |list: &[Box<str>]| Some(list.join("\n\n").into());
        let items = |items: &[Item]| {
            let document = Document { preamble: Vec::new(), items: items.to_vec() };
            Some(document.to_markdown().into())
        };
        match self {
            Edit::Replace { with, .. } => Some((&**with).into()),
            Edit::InsertBefore { words, .. } | Edit::InsertAfter { words, .. } => Some((&**words).into()),
            Edit::ReplaceParagraphs { with, .. } | Edit::ReplaceText { with } => paragraphs(with),
            Edit::InsertParagraphs { paragraphs: with, .. } => paragraphs(with),
            Edit::ReplaceUnit { with } => items(with),
            Edit::InsertUnits { items: list, .. } => items(list),
            Edit::Rename { number, heading } => {
                let words = [number, heading].into_iter().flatten().map(|w| &**w).collect::<Vec<_>>();
                Some(words.join(" – ").into())
            }
            Edit::Delete { .. }
            | Edit::DeleteParagraphs { .. }
            | Edit::MoveParagraphs { .. }
            | Edit::DeleteUnit
            | Edit::DeleteHeading
            | Edit::MoveUnit { .. } => None,
        }
    }

    /// The words beside which it inserts others, and whether it inserts before them.
    pub fn anchor(&self) -> Option<(&str, bool)> {
        match self {
            Edit::InsertBefore { anchor, .. } => Some((anchor, true)),
            Edit::InsertAfter { anchor, .. } => Some((anchor, false)),
            Edit::Replace { .. }
            | Edit::Delete { .. }
            | Edit::ReplaceParagraphs { .. }
            | Edit::InsertParagraphs { .. }
            | Edit::DeleteParagraphs { .. }
            | Edit::MoveParagraphs { .. }
            | Edit::ReplaceUnit { .. }
            | Edit::ReplaceText { .. }
            | Edit::InsertUnits { .. }
            | Edit::DeleteUnit
            | Edit::DeleteHeading
            | Edit::MoveUnit { .. }
            | Edit::Rename { .. } => None,
        }
    }

    /// The paragraphs it names by number.
    pub fn paragraphs(&self) -> Option<Paragraphs> {
        match self {
            Edit::ReplaceParagraphs { which, .. }
            | Edit::DeleteParagraphs { which }
            | Edit::MoveParagraphs { which, .. } => Some(*which),
            Edit::InsertParagraphs { after, .. } => Some(Paragraphs { first: *after, last: *after }),
            Edit::Replace { .. }
            | Edit::InsertBefore { .. }
            | Edit::InsertAfter { .. }
            | Edit::Delete { .. }
            | Edit::ReplaceUnit { .. }
            | Edit::ReplaceText { .. }
            | Edit::InsertUnits { .. }
            | Edit::DeleteUnit
            | Edit::DeleteHeading
            | Edit::MoveUnit { .. }
            | Edit::Rename { .. } => None,
        }
    }
}

impl Target {
    /// The article or division as it was named; nothing for the preamble and the text.
    pub fn name(&self) -> Option<&str> {
        match self {
            Target::Article(name) | Target::Division(name) => Some(name),
            Target::Preamble | Target::Text => None,
        }
    }
}
