//! The flow from end to end, in memory: small contents, each named for its idea, compiled into a memory sink.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, clippy::disallowed_types)]

mod amended;
mod amendments;
mod citations;
mod contributions;
mod embargo;
mod former;
mod frozen;
mod interference;
mod languages;
mod quarantine;
mod reproducible;
mod safety;
mod take_part;
mod trace;
mod versions;
mod votes;

use greffe::check::Options;
use greffe::diag::Diagnostic;
use greffe::pipeline::{Unobserved, compile};
use greffe::sink::{MemorySink, Stored};
use greffe::source::Sources;
use std::collections::BTreeMap;

/// A site's own file, for contents that need no other.
pub const SITE: (&str, &str) = ("greffe.yaml", "title: Consultations\nlicence: etalab-2.0\n");

/// The smallest consultation.
pub const WATER: (&str, &str) = (
    "content/eau/consultation.yaml",
    "title: L’eau\nsummary: Que faire de l’eau ?\norganiser: {name: La commune}\n\
     moderation: {reasons: [{id: insulte, title: Insulte}]}\n",
);

/// The files of a site, as bytes by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Compiles, and expects no fault.
pub fn build(files: &[(&str, &str)]) -> Files {
    build_with(files, &Options::default())
}

/// Compiles with options, and expects no fault.
pub fn build_with(files: &[(&str, &str)], options: &Options) -> Files {
    let (files, problems) = try_build(files, options);
    let errors: Vec<&Diagnostic> = problems.iter().filter(|p| p.is_error()).collect();
    files.unwrap_or_else(|| panic!("at fault: {errors:#?}"))
}

/// Compiles; no files when the content is at fault.
pub fn try_build(files: &[(&str, &str)], options: &Options) -> (Option<Files>, Vec<Diagnostic>) {
    let sources = Sources::from_texts(files.iter().copied());
    let sink = MemorySink::default();
    let (made, problems) = compile(&sources, options, &sink, &Unobserved).unwrap();
    let bytes = |stored| match stored {
        Stored::Bytes(bytes) => bytes.into_vec(),
        Stored::CopyOf(source) => format!("copy of {source}").into_bytes(),
    };
    let files = sink.into_files().into_iter().map(|(path, stored)| (path.as_str().to_owned(), bytes(stored)));
    (made.map(|_| files.collect()), problems)
}

/// Every problem of a content as one line: its code, and where it stands.
pub fn problems(files: &[(&str, &str)]) -> Vec<String> {
    let sources = Sources::from_texts(files.iter().copied());
    let (_, problems) = try_build(files, &Options::default());
    let speech = greffe::lang::Speech::En;
    let told = |problem: &Diagnostic| {
        let format = greffe::diag::report::Format::Short;
        greffe::diag::report::report(std::slice::from_ref(problem), &sources, speech, format, false, 9)
    };
    problems.iter().map(told).collect()
}

/// A file as text.
pub fn text<'f>(files: &'f Files, path: &str) -> &'f str {
    let bytes = files.get(path).unwrap_or_else(|| panic!("{path} is not there: {:#?}", files.keys()));
    std::str::from_utf8(bytes).unwrap()
}

/// The paths whose files hold these words, those of zips unpacked by nobody: words are looked for in raw bytes.
pub fn holding<'f>(files: &'f Files, words: &str) -> Vec<&'f str> {
    let found = |bytes: &[u8]| bytes.windows(words.len()).any(|w| w == words.as_bytes());
    files.iter().filter(|(_, bytes)| found(bytes)).map(|(path, _)| path.as_str()).collect()
}
