//! The exports of a Decidim platform: which of its processes is imported is asked before anything is made.

use super::{Common, People, language, received, some};
use crate::error::{Error, Result};
use crate::import::decidim::Decidim;
use crate::io::export::{self, Written};
use crate::lang::Speech;
use clap::Args;
use std::path::PathBuf;

/// A process of a Decidim platform: its open data (a zip or a folder), or the files that its components export.
///
/// One process, assembly or initiative is one consultation: where the export holds several, --process says which.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  greffe import decidim open-data.zip --into site/ --slug jardins --process jardins-partages\n  greffe import decidim proposals.csv comments.csv --into site/ --slug jardins --language fr"
)]
pub(super) struct DecidimArgs {
    /// Files, folders and zips of the export (.csv, .json).
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The process to import: its slug, its id, its path (assemblies/youth) or its address.
    #[arg(long, value_name = "SLUG|ID")]
    process: Option<String>,
    /// The language to keep of what is written in several: fr, ca, pt-br… (default: the most frequent one).
    #[arg(long, value_name = "LANG")]
    language: Option<String>,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    people: People,
}

impl DecidimArgs {
    pub(super) fn run(&self, speech: Speech) -> Result<Written> {
        let language = self.language.as_deref().map(language).transpose()?;
        let importer = Decidim { process: self.process.as_deref().map(Into::into), language };
        let endings = ["csv", "json"];
        let export = export::read(&self.files, &endings)?;
        some(&export, &endings, &self.files)?;
        let path = self.files.first().cloned().unwrap_or_default();
        importer.choice(&export.input).map_err(|why| Error::new(path, why.0))?;
        received(&importer, &export, (&self.common, &self.people.key, self.people.kept()?), speech)
    }
}
