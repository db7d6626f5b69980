//! What platforms left behind, read from their exports.

use super::{Common, People, platform};
use crate::error::Result;
use crate::import::cap_collectif_api::CapCollectifApi;
use crate::import::cap_collectif_csv::CapCollectifCsv;
use crate::import::grand_debat::GrandDebat;
use crate::io::export::Written;
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
