//! Whether the content still checks with some edits: asked before anything is written. Comes in: the content and the
//! edits; leaves: the content as it would be, and what would be wrong in it. Nothing is decided here.

use super::edit::{self, Edit};
use crate::check::{self, check};
use crate::diag::{Code, Diagnostic};
use crate::lang::Bilingual;
use crate::parse::parse;
use crate::source::Sources;
use std::collections::BTreeSet;

/// What would be wrong with the content after the edits, in the files that they change, and was not before.
pub fn trial(content: &Sources, edits: &[Edit]) -> (Sources, Vec<Diagnostic>) {
    let after = edit::after(content, edits);
    let changed: BTreeSet<&str> = edits.iter().map(|edit| edit.path().as_str()).collect();
    let faults = |sources: &Sources| -> Vec<Diagnostic> {
        let (_, problems) = check(&parse(sources), sources, &check::Options::default(), &BTreeSet::new());
        let here = |p: &Diagnostic| {
            sources.iter().nth(p.span.file.0 as usize).is_some_and(|(_, f)| changed.contains(&*f.path))
        };
        problems.into_iter().filter(|p| p.is_error() && here(p)).collect()
    };
    let mut new = faults(&after);
    if !new.is_empty() {
        let old: BTreeSet<(Code, Bilingual)> =
            faults(content).into_iter().map(|p| (p.code, p.message)).collect();
        new.retain(|p| !old.contains(&(p.code, p.message.clone())));
    }
    (after, new)
}
