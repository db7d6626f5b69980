//! What platforms left behind, read from their exports.

use super::{Common, People, platform};
use crate::error::Result;
use crate::import::cap_collectif_api::CapCollectifApi;
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
