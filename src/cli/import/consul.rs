//! A CONSUL site, read from its open data.

use super::{Common, People, language, platform};
use crate::error::{Error, Result};
use crate::import::consul::Consul;
use crate::io::export::Written;
use crate::lang::Speech;
use crate::parse::records::common::Url;
use crate::say;
use clap::Args;
use std::path::PathBuf;

/// A CONSUL site: proposals, debates and comments of its open data, or tables made of its pages.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  greffe import consul proposals.csv comments.csv --into site/ --slug madrid --language es --site https://decide.madrid.es\n  greffe import consul api.zip --into site/ --slug madrid"
)]
pub(super) struct ConsulArgs {
    /// Files (.csv), folders and zips of them.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Address that the site had: its old links then lead to the archive.
    #[arg(long, value_name = "URL")]
    site: Option<String>,
    /// Language in which people wrote, when it is not the site's: es, fr…
    #[arg(long, value_name = "LANG")]
    language: Option<String>,
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    people: People,
}

impl ConsulArgs {
    pub(super) fn run(&self, speech: Speech) -> Result<Written> {
        let site = |words: &str| {
            let wrong = say!("ce n’est pas une adresse : https://…", "this is no address: https://…");
            Url::new(words).map(|_| words.into()).ok_or_else(|| Error::new(words, wrong))
        };
        let importer = Consul {
            site: self.site.as_deref().map(site).transpose()?,
            language: self.language.as_deref().map(language).transpose()?,
        };
        platform(&importer, &self.files, &["csv"], (&self.common, &self.people), speech)
    }
}
