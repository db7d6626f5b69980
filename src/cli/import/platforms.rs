//! What platforms left behind, read from their exports.

use super::{Common, People, language, platform, received, some};
use crate::error::{Error, Result};
use crate::import::cap_collectif_api::CapCollectifApi;
use crate::import::cap_collectif_csv::CapCollectifCsv;
use crate::import::decidim::Decidim;
use crate::import::grand_debat::GrandDebat;
use crate::io::export::{self, Written};
use crate::lang::Speech;
use clap::Args;
use std::path::PathBuf;

/// A consultation read from the API of Cap Collectif: JSON files, or a folder or zip of them.
///
/// Example: greffe import cap-collectif-api export/ --into site/ --slug republique-numerique
#[derive(Debug, Args)]
pub(super) struct CapCollectifApiArgs {
    /// Folder of the export.
    #[arg(required = true, value_name = "DIR")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    people: People,
}

impl CapCollectifApiArgs {
    pub(super) fn run(&self, speech: Speech) -> Result<Written> {
        platform(&CapCollectifApi, &self.files, &["json"], (&self.common, &self.people), speech)
    }
}

/// Tables (CSV) of Cap Collectif, of either generation: consultations, calls for proposals, debates, questionnaires.
///
/// Several files of one consultation complete each other.
/// Example: greffe import cap-collectif-csv contributions.csv --into site/ --slug budget-participatif
#[derive(Debug, Args)]
pub(super) struct CapCollectifCsvArgs {
    /// Files of the export; folders and zips of them.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    people: People,
}

impl CapCollectifCsvArgs {
    pub(super) fn run(&self, speech: Speech) -> Result<Written> {
        platform(&CapCollectifCsv, &self.files, &["csv"], (&self.common, &self.people), speech)
    }
}

/// The open data of the French Grand débat national (2019): CSV or JSON, one file a theme, with its meetings.
///
/// Example: greffe import grand-debat la-transition-ecologique.csv --into site/ --slug grand-debat
#[derive(Debug, Args)]
pub(super) struct GrandDebatArgs {
    /// Files of the open data; folders and zips of them.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    people: People,
}

impl GrandDebatArgs {
    pub(super) fn run(&self, speech: Speech) -> Result<Written> {
        platform(&GrandDebat, &self.files, &["csv", "json"], (&self.common, &self.people), speech)
    }
}

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
