//! Votes with their ballots, whose voters become pseudonyms.

use super::{Common, NewKey, language, voters};
use crate::error::Result;
use crate::import::{polis, polls};
use crate::io::export::Written;
use crate::lang::Speech;
use clap::Args;
use std::path::PathBuf;

/// Participatory budgets with their ballots: .pb files, or folders or zips of them. One vote a file.
///
/// Example: greffe import pabulib lodz.pb --into site/ --slug budget-participatif
#[derive(Debug, Args)]
pub(super) struct PabulibArgs {
    /// Files, folders or zips.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    key: NewKey,
}

impl PabulibArgs {
    pub(super) fn run(&self, speech: Speech) -> Result<Written> {
        voters(&polls::Pabulib, &self.files, &["pb"], (&self.common, &self.key), speech)
    }
}

/// Ranked ballots of PrefLib: .soc, .soi, .toc, .toi or .cat files, or folders or zips of them. One vote a file.
///
/// Example: greffe import preflib debian/ --into site/ --slug debian
#[derive(Debug, Args)]
pub(super) struct PreflibArgs {
    /// Files, folders or zips.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    key: NewKey,
}

impl PreflibArgs {
    pub(super) fn run(&self, speech: Speech) -> Result<Written> {
        let endings = ["soc", "soi", "toc", "toi", "cat"];
        voters(&polls::Preflib, &self.files, &endings, (&self.common, &self.key), speech)
    }
}

/// A Polis conversation: the folder of its export (summary.csv, comments.csv, votes.csv).
///
/// Example: greffe import polis export/ --into site/ --slug salaire-minimum
#[derive(Debug, Args)]
pub(super) struct PolisArgs {
    /// Folder or zip of the export.
    path: PathBuf,
    /// Language in which people wrote, when it is not the site's: en, fr…
    #[arg(long, value_name = "LANG")]
    language: Option<String>,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    key: NewKey,
}

impl PolisArgs {
    pub(super) fn run(&self, speech: Speech) -> Result<Written> {
        let language = self.language.as_deref().map(language).transpose()?;
        let path = std::slice::from_ref(&self.path);
        voters(&polis::Polis { language }, path, &["csv"], (&self.common, &self.key), speech)
    }
}
