//! check: `Draft` → [`Site`]. Ids, references, dates and rules; whatever is wrong becomes a diagnostic, and a
//! `Site` is given only when nothing is. Withheld words, private names and results under embargo are read here
//! for the last time: the `Site` cannot hold them.
//!
//! With `--quarantine`, records at fault are left out and named, and the check is made again without them until
//! nothing is at fault any more; what cannot be left out (the site, a consultation's own file) still stops.

mod amendments;
mod answers;
mod consultation;
mod contributions;
mod follow_up;
mod frozen;
mod ids;
mod lists;
mod moderation;
mod operations;
mod pages;
mod participation;
pub mod personal;
mod repeated;
mod scope;
mod surroundings;
mod texts;
mod votes;

use crate::diag::{Code, Diagnostic};
use crate::model::site::{Quarantined, Site};
use crate::model::when::Date;
use crate::parse::Draft;
use crate::say;
use crate::source::{Sources, Span};
pub use contributions::shown as shown_author;
pub use operations::fragment;
pub use repeated::KeptApart;
use scope::Scope;
use std::collections::BTreeSet;

/// What the caller decides.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The day of which the site speaks (`--as-of`, or the environment's); else the newest date of the content.
    pub as_of: Option<Date>,
    /// Replaces the site's `base_url`.
    pub base_url: Option<Box<str>>,
    /// Leave out records at fault instead of stopping.
    pub quarantine: bool,
    /// Words taken out of the content, to be looked for in what is published. They change nothing but warnings.
    pub kept_apart: Vec<KeptApart>,
}

/// Checks a draft. The diagnostics hold every problem, those of the draft included; the site is there when none
/// of them is an error (or, with quarantine, when every one could be left out).
/// `left_out` are records that a later stage found at fault.
pub fn check(
    draft: &Draft,
    sources: &Sources,
    options: &Options,
    left_out: &BTreeSet<Span>,
) -> (Option<Site>, Vec<Diagnostic>) {
    let mut quarantined: BTreeSet<Quarantined> =
        left_out.iter().map(|r| named(sources, *r, Code::G025)).collect();
    let mut left_out = left_out.clone();
    let mut told: Vec<Diagnostic> = Vec::new();
    loop {
        let mut scope = Scope::new(draft, sources, options, &left_out);
        let site = pages::site(&mut scope);
        let mut problems = draft.problems.clone();
        problems.append(&mut scope.problems);
        let problems = in_order(problems, Vec::new());
        let errors: Vec<&Diagnostic> = problems.iter().filter(|p| p.is_error()).collect();
        if errors.is_empty() {
            return (site.map(|site| finish(site, quarantined)), in_order(problems, told));
        }
        if !options.quarantine || site.is_none() {
            return (None, problems);
        }
        told.extend(errors.iter().map(|error| as_warning((*error).clone())));
        let before = left_out.len() + quarantined.len();
        for error in &errors {
            let Some(record) = record_at(draft, sources, error.span) else { return (None, problems) };
            left_out.insert(record);
            quarantined.insert(named(sources, error.span, error.code));
        }
        if left_out.len() + quarantined.len() == before {
            // Everything at fault is left out already: what remains was never read (a broken file), or is
            // reported on what was left out. It is no longer an obstacle.
            let site = site.map(|site| finish(site, quarantined));
            return (site, in_order(problems.into_iter().map(as_warning).collect(), told));
        }
    }
}

/// Both, each once, by place.
fn in_order(mut problems: Vec<Diagnostic>, told: Vec<Diagnostic>) -> Vec<Diagnostic> {
    problems.extend(told);
    problems.sort_by_key(|problem| (problem.span, problem.code));
    problems.dedup();
    problems
}

fn named(sources: &Sources, span: Span, code: Code) -> Quarantined {
    let (line, _) = sources.line_column(span);
    Quarantined { file: sources.get(span.file).path.clone(), line, code: code.as_str() }
}

fn finish(mut site: Site, quarantined: BTreeSet<Quarantined>) -> Site {
    site.quarantined = quarantined.into_iter().collect();
    site
}

/// What was an error is only told, once the record is left out.
pub(crate) fn as_warning(problem: Diagnostic) -> Diagnostic {
    let code = problem.code.as_str();
    if !problem.is_error() {
        return problem;
    }
    let mut told = Diagnostic::new(Code::G038, problem.span, problem.message.clone());
    told.help = Some(say!("laissé de côté ({code})", "left out ({code})"));
    told.label = problem.label;
    told.related = problem.related;
    told
}

/// The record in which a place stands, or the whole file when it could not be read; `None` where leaving it out
/// would leave out the site, a consultation or a text.
pub fn record_at(draft: &Draft, sources: &Sources, span: Span) -> Option<Span> {
    let path = &sources.get(span.file).path;
    let name = path.rsplit('/').next().unwrap_or(path);
    if matches!(name, "greffe.yaml" | "consultation.yaml" | "text.yaml") || path.starts_with("themes/") {
        return None;
    }
    let inside =
        |whole: &Span| whole.file == span.file && whole.start <= span.start && span.start <= whole.end;
    let found = scope::records(draft).filter(inside).min_by_key(|whole| whole.end - whole.start);
    Some(found.unwrap_or(Span::file(span.file)))
}
