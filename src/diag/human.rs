//! Draws one diagnostic as a compiler would: its code, its place, the line with carets, what is related, how to
//! mend it. Whatever comes from the content is made safe for a terminal first.

use super::place::{Place, Places};
use super::{Diagnostic, Severity, report};
use crate::lang::Speech;
use crate::say;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::fmt::Write;

/// Characters of a line that are shown before the place, in it, and after it.
const AROUND: [usize; 3] = [48, 72, 48];

/// Draws one diagnostic, without a line end after it.
pub fn draw(problem: &Diagnostic, places: &mut Places<'_>, speech: Speech, colour: bool) -> String {
    let heading = report::heading(problem.code.severity());
    let level = match problem.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .with_name(heading.get(speech).to_owned())
        .primary_title(visible(problem.message.get(speech)))
        .id(problem.code.as_str());
    let place = places.find(problem.span);
    let label = problem.label.as_ref().map(|l| visible(l.get(speech)));
    let mut paths = Vec::new();
    let primary = with_place(Group::with_title(title), place, AnnotationKind::Primary, label, &mut paths);
    let mut groups = vec![primary];
    let (name, help) = (say!("aide", "help"), problem.remedy());
    let words = Level::HELP.with_name(name.get(speech).to_owned()).message(visible(help.get(speech)));
    groups = groups.into_iter().map(|g| g.element(words.clone())).collect();
    for (span, words) in &problem.related {
        let name = say!("voir aussi", "see also");
        let title =
            Level::NOTE.with_name(name.get(speech).to_owned()).secondary_title(visible(words.get(speech)));
        let place = places.find(*span);
        groups.push(with_place(Group::with_title(title), place, AnnotationKind::Context, None, &mut paths));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    // Lines are cut here, around the place, where the columns shown stay those of the file.
    put_paths(&renderer.term_width(10_000).render(&groups), &paths)
}

/// Stands in the drawing for a path, until [`put_paths`]; [`visible`] words cannot hold it.
const PATH: char = '\u{1}';

fn with_place<'g>(
    group: Group<'g>,
    place: Option<Place<'_>>,
    kind: AnnotationKind,
    label: Option<String>,
    paths: &mut Vec<String>,
) -> Group<'g> {
    let Some(place) = place else { return group };
    let path = visible(place.path);
    let Some([before, at, after]) = place.shown else { return group.element(Origin::path(path)) };
    paths.push(format!("{path}:{}:{}", place.line, place.column));
    let before = visible(&cut_start(before, AROUND[0]));
    let at = visible(&cut_end(at, AROUND[1]));
    let after = visible(&cut_end(after, AROUND[2]));
    let span = before.len()..before.len() + at.len();
    let snippet = Snippet::source(format!("{before}{at}{after}"))
        .path(PATH.to_string())
        .line_start(place.line)
        .annotation(kind.span(span).label(label));
    group.element(snippet)
}

/// The renderer counts columns in the line it was given, which may be cut; the true ones take their place.
fn put_paths(drawn: &str, paths: &[String]) -> String {
    let mut parts = drawn.split(PATH);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (part, path) in parts.zip(paths) {
        out.push_str(path);
        out.push_str(part.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()));
    }
    out
}

fn cut_start(words: &str, most: usize) -> String {
    match words.char_indices().rev().nth(most) {
        Some((at, c)) => format!("…{}", &words[at + c.len_utf8()..]),
        None => words.into(),
    }
}

fn cut_end(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &words[..at]),
        None => words.into(),
    }
}

/// Words on one line in which nothing moves a terminal's cursor, changes its colours, reverses the direction of
/// writing or is invisible: such characters are shown as `<U+202E>`, a tab as four spaces.
pub fn visible(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\t' => out.push_str("    "),
            c if c.is_control() || is_invisible(c) => {
                let _ = write!(out, "<U+{:04X}>", c as u32);
            }
            c => out.push(c),
        }
    }
    out
}

/// Marks of direction, separators of lines and paragraphs, characters without width, tags. The joiner of emoji
/// and of several scripts (U+200D) and its opposite (U+200C) are ordinary.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
