//! Writes diagnostics: drawn for a terminal, on one line each, or as JSON. In come diagnostics and the files
//! they speak of, out goes a text; nothing is printed here.

use super::place::{Place, Places};
use super::{Diagnostic, Severity, human};
use crate::lang::{Bilingual, Speech};
use crate::say;
use crate::source::Sources;
use serde_json::{Value, json};
use std::fmt::Write;

/// How diagnostics are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// With the lines at fault, for people.
    #[default]
    Human,
    /// One line each, `file:line:column: error[G012]: message`, for editors and logs.
    Short,
    /// One JSON array with an object for each, for programs. Its keys are in docs/diagnostics.md.
    Json,
}

/// Diagnostics shown in full by the human form unless the caller wants another number.
pub const SHOWN: usize = 100;

/// Writes diagnostics in their given order. `max` is how many the human form shows (errors before warnings);
/// the other forms give all of them. The human and the short form end with a line that counts.
pub fn report(
    problems: &[Diagnostic],
    sources: &Sources,
    speech: Speech,
    format: Format,
    colour: bool,
    max: usize,
) -> String {
    let mut places = Places::new(sources);
    match format {
        Format::Human => {
            let mut out = String::new();
            let shown = most_grave(problems, max);
            for problem in &shown {
                out.push_str(&human::draw(problem, &mut places, speech, colour));
                out.push_str("\n\n");
            }
            let more = problems.len() - shown.len();
            if more > 0 {
                let _ = writeln!(out, "{}", say!("… et {more} de plus.", "… and {more} more.").get(speech));
            }
            let _ = writeln!(out, "{}", summary(problems).get(speech));
            out
        }
        Format::Short => {
            let mut out = String::new();
            for problem in problems {
                let _ = writeln!(out, "{}", short(problem, &mut places, speech));
            }
            let _ = writeln!(out, "{}", summary(problems).get(speech));
            out
        }
        Format::Json => {
            let objects = problems.iter().map(|p| object(p, &mut places, speech).to_string());
            let lines = objects.collect::<Vec<_>>().join(",\n");
            if lines.is_empty() { "[]\n".into() } else { format!("[\n{lines}\n]\n") }
        }
    }
}

/// `3 erreurs, 1 avertissement`.
pub fn summary(problems: &[Diagnostic]) -> Bilingual {
    let errors = problems.iter().filter(|p| p.is_error()).count();
    let warnings = problems.len() - errors;
    // In French zero is singular, in English plural.
    let (e_fr, w_fr) = (if errors < 2 { "" } else { "s" }, if warnings < 2 { "" } else { "s" });
    let (e_en, w_en) = (if errors == 1 { "" } else { "s" }, if warnings == 1 { "" } else { "s" });
    match (errors, warnings) {
        (0, 0) => say!("Rien à signaler.", "Nothing to report."),
        (_, 0) => say!("{errors} erreur{e_fr}.", "{errors} error{e_en}."),
        (0, _) => say!("{warnings} avertissement{w_fr}.", "{warnings} warning{w_en}."),
        _ => say!(
            "{errors} erreur{e_fr}, {warnings} avertissement{w_fr}.",
            "{errors} error{e_en}, {warnings} warning{w_en}."
        ),
    }
}

/// The word before a code.
pub(super) fn heading(severity: Severity) -> Bilingual {
    match severity {
        Severity::Error => say!("erreur", "error"),
        Severity::Warning => say!("avertissement", "warning"),
    }
}

/// The first `max`, errors before warnings when not all can be shown.
fn most_grave(problems: &[Diagnostic], max: usize) -> Vec<&Diagnostic> {
    if problems.len() <= max {
        return problems.iter().collect();
    }
    let (errors, warnings): (Vec<_>, Vec<_>) = problems.iter().partition(|p| p.is_error());
    errors.into_iter().chain(warnings).take(max).collect()
}

fn short(problem: &Diagnostic, places: &mut Places<'_>, speech: Speech) -> String {
    let mut out = String::new();
    if let Some(place) = places.find(problem.span) {
        let _ = write!(out, "{}:{}:{}: ", human::visible(place.path), place.line, place.column);
    }
    let (level, code) = (heading(problem.code.severity()), problem.code.as_str());
    let message = human::visible(problem.message.get(speech));
    let _ = write!(out, "{}[{code}]: {message}", level.get(speech));
    if let Some(help) = &problem.help {
        let _ = write!(out, " ({})", human::visible(help.get(speech)));
    }
    out
}

/// The keys are part of the interface: documented, and never renamed.
fn object(problem: &Diagnostic, places: &mut Places<'_>, speech: Speech) -> Value {
    let mut out = json!({
        "code": problem.code.as_str(),
        "severity": match problem.code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
    });
    at(&mut out, places.find(problem.span));
    out["message"] = json!(problem.message.get(speech));
    out["label"] = json!(problem.label.as_ref().map(|l| l.get(speech)));
    out["help"] = json!(problem.remedy().get(speech));
    let related = problem.related.iter().map(|(span, words)| {
        let mut one = json!({});
        at(&mut one, places.find(*span));
        one["message"] = json!(words.get(speech));
        one
    });
    out["related"] = Value::Array(related.collect());
    out
}

fn at(object: &mut Value, place: Option<Place<'_>>) {
    let place = place.as_ref();
    object["file"] = json!(place.map(|p| p.path));
    object["line"] = json!(place.map(|p| p.line));
    object["column"] = json!(place.map(|p| p.column));
    object["end"] = json!(place.map(|p| json!({"line": p.end_line, "column": p.end_column})));
}

#[cfg(test)]
#[path = "report_tests.rs"]
mod tests;
