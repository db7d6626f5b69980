//! Diagnostics: everything an author can mend in the content, as data. They are made by `parse` and `check`,
//! and drawn for a terminal or written as JSON by [`report`]; nothing is printed here.

pub mod code;
mod human;
mod place;
pub mod report;
mod suggest;

pub use code::{Code, Severity};
pub use place::{Place, Places};
pub use suggest::nearest;

use crate::lang::Bilingual;
use crate::source::Span;

/// One problem: what, where, and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code, catalogued in `docs/diagnostics.md`.
    pub code: Code,
    /// The place at fault.
    pub span: Span,
    /// The problem in one sentence: what was seen, what was expected.
    pub message: Bilingual,
    /// A few words under the place itself.
    pub label: Option<Bilingual>,
    /// How to mend it.
    pub help: Option<Bilingual>,
    /// Other places that matter (the first of two duplicates…), each with a few words.
    pub related: Vec<(Span, Bilingual)>,
}

impl Diagnostic {
    /// A diagnostic with its sentence; add the rest with the methods below.
    pub fn new(code: Code, span: Span, message: Bilingual) -> Self {
        Diagnostic { code, span, message, label: None, help: None, related: Vec::new() }
    }

    /// Words under the place.
    pub fn label(mut self, label: Bilingual) -> Self {
        self.label = Some(label);
        self
    }

    /// How to mend it.
    pub fn help(mut self, help: Bilingual) -> Self {
        self.help = Some(help);
        self
    }

    /// Another place that matters.
    pub fn related(mut self, span: Span, words: Bilingual) -> Self {
        self.related.push((span, words));
        self
    }

    /// How to mend it: its own help, or else what the catalogue says of its code.
    pub fn remedy(&self) -> Bilingual {
        let (fr, en) = self.code.remedy();
        self.help.clone().unwrap_or_else(|| Bilingual { fr: fr.into(), en: en.into() })
    }

    /// Whether the site cannot be built because of it.
    pub fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }
}
