//! import: a foreign export, or the history of a text → content files and a report. An [`Importer`] is pure: `io`
//! reads and hashes the export, `convert` makes the files, a sink that never overwrites writes them. Each record read
//! is kept, merged, changed or skipped, with its reason ([`report`]); people become pseudonyms ([`pseudonym`]); names
//! that they wrote in their texts are listed for review (`names`).

pub mod again;
pub mod akoma_ntoso;
pub mod archive;
pub mod assemblee_nationale;
pub mod cap_collectif_api;
pub mod cap_collectif_csv;
pub mod consul;
mod content;
pub mod decidim;
pub mod document;
pub mod git;
pub mod grand_debat;
pub(crate) mod html;
mod names;
pub(crate) mod platform;
pub mod polis;
pub mod polls;
pub mod pseudonym;
pub mod report;
pub mod text;
mod vote;
mod xml;

use crate::model::id::Id;
use crate::model::when::Date;
use crate::sink::OutPath;
use pseudonym::Key;
use report::Report;
use std::collections::{BTreeMap, BTreeSet};

/// An export as received: its files in the order of their paths.
#[derive(Debug, Default)]
pub struct Input {
    /// The files.
    pub files: Vec<InputFile>,
}

/// One file of an export.
#[derive(Debug)]
pub struct InputFile {
    /// Path in the export's folder, `/` between folders.
    pub path: Box<str>,
    /// SHA-256 of its bytes, in hexadecimal; empty when it could not be read.
    pub sha256: Box<str>,
    /// Its bytes, or the system's words when it could not be read.
    pub contents: Result<Vec<u8>, Box<str>>,
}

/// What the caller decides about an export in which people take part.
#[derive(Debug)]
pub struct Options {
    /// The consultation's folder in `content/`, and its id.
    pub slug: Id,
    /// The key of its pseudonyms.
    pub key: Key,
    /// The day on which that key was made: the first import. Differences between sources are acknowledged on it,
    /// so that importing again gives the same bytes.
    pub first_import: Date,
    /// Names or accounts that stay as they are.
    pub keep_names: BTreeSet<Box<str>>,
    /// The consultation's title, when the export does not say it.
    pub title: Option<Box<str>>,
}

/// Content files and what was done.
#[derive(Debug)]
pub struct Imported {
    /// Files by their path from the site's root.
    pub files: BTreeMap<OutPath, Vec<u8>>,
    /// What became of every record.
    pub report: Report,
}

/// A source of content. One type for each platform and format.
pub trait Importer {
    /// What it reads, as `io` gives it.
    type Source;
    /// What the caller decides.
    type Options;

    /// Its name on the command line.
    fn name(&self) -> &'static str;

    /// Whether an export is all that it brings to a consultation, so that what is in it no more is gone; not so for one
    /// that brings a text or a vote at a time.
    fn is_whole(&self) -> bool {
        true
    }

    /// Converts a source. Never fails: what cannot be used is skipped, with its reason.
    fn convert(&self, source: &Self::Source, options: &Self::Options) -> Imported;
}
