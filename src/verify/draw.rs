//! A report for people: what was looked at, each finding with what to do about it, the verdict. The words of somebody
//! else's file are shown so that they cannot move the cursor of a terminal.

use super::remedy::remedy;
use super::report::{Counts, Finding, Report, Severity, Subject};
use crate::lang::{Bilingual, Speech};
use crate::say;
use std::fmt::Write;

/// Findings of one code that people are shown.
const SHOWN: usize = 20;

impl Report {
    /// For people.
    pub fn text(&self, speech: Speech) -> String {
        let mut out = String::new();
        let subject = match self.subject {
            Subject::Bag => say!("sac", "bag"),
            Subject::ZippedBag => say!("sac dans un zip", "bag in a zip"),
            Subject::Site => say!("site construit", "built site"),
        };
        let _ = writeln!(out, "{} ({})", shown(&self.name), subject.get(speech));
        let _ = writeln!(out, "  {}", self.looked_at().get(speech));
        out.push_str(&self.list(speech));
        let unproven = self.findings.iter().any(|finding| finding.severity == Severity::Warning);
        let verdict = match (self.refused(), unproven) {
            (true, _) => say!("REFUSÉ", "REFUSED"),
            (false, true) => {
                say!("en ordre, sauf ce qui n’a pas été prouvé", "all right, except for what was not proven")
            }
            (false, false) => say!("en ordre", "all right"),
        };
        let _ = writeln!(out, "  {}", verdict.get(speech));
        out
    }

    /// The findings, for people.
    pub fn list(&self, speech: Speech) -> String {
        let mut out = String::new();
        let groups = self.findings.chunk_by(|a, b| (a.severity, a.code) == (b.severity, b.code));
        for group in groups {
            for finding in group.iter().take(SHOWN) {
                finding.draw(&mut out, speech);
            }
            let more = group.len().saturating_sub(SHOWN);
            if more > 0 {
                let words = say!("… et {more} de plus de cette sorte", "… and {more} more of this kind");
                let _ = writeln!(out, "    {}", words.get(speech));
            }
            if let Some(first) = group.first().filter(|first| first.severity != Severity::Note) {
                let _ = writeln!(out, "    = {}", remedy(first.code).get(speech));
            }
        }
        out
    }

    fn looked_at(&self) -> Bilingual {
        let Counts { files, bytes, digests, pages, links, tables, votes, rebuilt } = self.counts;
        let megabytes = bytes as f64 / 1e6;
        match self.subject {
            Subject::Site => say!(
                "lus : {files} fichiers ({megabytes:.1} Mo), {pages} pages, {links} liens suivis, {tables} tables, {votes} votes recomptés",
                "read: {files} files ({megabytes:.1} MB), {pages} pages, {links} links followed, {tables} tables, {votes} votes counted again"
            ),
            Subject::Bag | Subject::ZippedBag => say!(
                "lus : {files} fichiers ({megabytes:.1} Mo), {digests} empreintes comparées, {pages} pages, {links} liens suivis, {tables} tables, {votes} votes recomptés, {rebuilt} fichiers du site refaits depuis les sources",
                "read: {files} files ({megabytes:.1} MB), {digests} digests compared, {pages} pages, {links} links followed, {tables} tables, {votes} votes counted again, {rebuilt} files of the site made again from the sources"
            ),
        }
    }
}

impl Severity {
    /// The word.
    fn word(self) -> Bilingual {
        match self {
            Severity::Error => say!("erreur", "error"),
            Severity::Warning => say!("avertissement", "warning"),
            Severity::Note => say!("note", "note"),
        }
    }
}

impl Finding {
    fn draw(&self, out: &mut String, speech: Speech) {
        let severity = self.severity.word();
        let place = if self.path.is_empty() { String::new() } else { format!(" {}:", shown(&self.path)) };
        let code = self.code.as_str();
        let seen = self.seen.get(speech);
        let _ = write!(out, "  {}[{code}]{place} {}", severity.get(speech), shown(seen));
        if let Some(expected) = &self.expected {
            let words = match speech {
                Speech::Fr => "attendu\u{a0}:",
                Speech::En => "expected:",
            };
            let _ = write!(out, "; {words} {}", shown(expected.get(speech)));
        }
        out.push('\n');
    }
}

/// Words of somebody else's file on a terminal: what would move its cursor or turn its text around is escaped.
fn shown(words: &str) -> String {
    let harmful = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    words.chars().fold(String::with_capacity(words.len()), |mut out, c| {
        if harmful(c) {
            let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
        } else {
            out.push(c);
        }
        out
    })
}
