//! `greffe import`: reads an export, converts it, creates content files and gives the report. One subcommand a
//! source; all share the options and the report.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use crate::error::{Error, Result};
use crate::import::cap_collectif_api::CapCollectifApi;
use crate::import::report::Report;
use crate::import::{Importer, Options};
use crate::io::export::{self, Written};
use crate::lang::Speech;
use crate::model::id::{Id, slug};
use crate::say;
use clap::{Args, Subcommand, ValueEnum};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Turns what another platform left behind into content files. Nothing that was edited since is overwritten.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  greffe import cap-collectif-api export/ --into site/ --slug republique-numerique"
)]
pub struct ImportArgs {
    #[command(subcommand)]
    source: Source,
}

#[derive(Debug, Subcommand)]
enum Source {
    /// A consultation read from the API of Cap Collectif: a folder of JSON files.
    ///
    /// Example: greffe import cap-collectif-api export/ --into site/ --slug republique-numerique
    #[command(name = "cap-collectif-api")]
    CapCollectifApi {
        /// Folder of the export.
        dir: PathBuf,
        #[command(flatten)]
        common: Common,
    },
}

/// Options of every source.
#[derive(Debug, Args)]
struct Common {
    /// Root of the site that receives the content.
    #[arg(long, value_name = "ROOT")]
    into: PathBuf,
    /// Id of the consultation: its folder in content/.
    #[arg(long, value_name = "ID")]
    slug: String,
    /// Title of the consultation, when the export does not say it.
    #[arg(long)]
    title: Option<String>,
    /// File of names that stay as they are (organisations, for instance), one a line.
    #[arg(long, value_name = "FILE")]
    keep_names: Option<PathBuf>,
    /// Make a new key although content exists: every pseudonym changes.
    #[arg(long)]
    new_key: bool,
    /// Write the whole report there too, as JSON. It quotes names found in texts: keep it out of the content.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// How the report is printed.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

/// Forms of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Human,
    /// For programs.
    Json,
}

/// Runs the import. Exit status: 0 when all is written, 1 when files that differ were left alone, 2 when the call
/// cannot be carried out.
pub fn run(args: ImportArgs, speech: Speech) -> u8 {
    let Source::CapCollectifApi { dir, common } = args.source;
    match import(&CapCollectifApi, &dir, &common, speech) {
        Ok(written) if written.conflicts.is_empty() => 0,
        Ok(_) => 1,
        Err(error) => {
            eprintln!("greffe: {}", error.text(speech));
            2
        }
    }
}

fn import(
    importer: &dyn Importer,
    dir: &std::path::Path,
    common: &Common,
    speech: Speech,
) -> Result<Written> {
    let id = Id::new(&common.slug).ok_or_else(|| {
        let near = slug(&common.slug).map(|s| s.to_string()).unwrap_or_else(|| "consultation".into());
        Error::new(
            &common.slug,
            say!("ce n’est pas un identifiant ; essayez « {near} »", "this is not an id; try “{near}”"),
        )
    })?;
    let keep_names = match &common.keep_names {
        Some(path) => export::read_names(path)?,
        None => BTreeSet::new(),
    };
    let input = export::read_folder(dir)?;
    if input.files.is_empty() {
        return Err(Error::new(
            dir,
            say!("aucun fichier .json dans ce dossier", "no .json file in this folder"),
        ));
    }
    export::ignore_private(&common.into)?;
    let kept = export::key(&common.into, &id, common.new_key)?;
    if kept.new {
        let path = kept.path.display();
        let text = say!(
            "clé des pseudonymes faite : {path} — gardez-en une copie hors du dépôt",
            "key of the pseudonyms made: {path} — keep a copy outside the repository"
        );
        eprintln!("{}", text.get(speech));
    }
    let options = Options {
        slug: id,
        key: kept.key,
        first_import: kept.made,
        keep_names,
        title: common.title.as_deref().map(Into::into),
    };
    let imported = importer.convert(&input, &options);
    if let Some(path) = &common.report {
        export::replace(path, json(&imported.report).as_bytes())?;
    }
    let written = export::create(&common.into, &imported.files)?;
    match common.format {
        Format::Human => putln!("{}\n{}", imported.report.text(speech).trim_end(), tail(&written, speech)),
        Format::Json => putln!("{}", json(&imported.report)),
    }
    Ok(written)
}

fn json(report: &Report) -> String {
    serde_json::to_string_pretty(report).unwrap_or_default() + "\n"
}

/// What was written.
fn tail(written: &Written, speech: Speech) -> String {
    let (new, same, other) = (written.new, written.same, written.conflicts.len());
    let mut out = format!(
        "\n{}",
        say!(
            "fichiers : {new} écrits, {same} déjà là à l’identique, {other} différents et laissés tels quels",
            "files: {new} written, {same} there already and the same, {other} different and left as they are"
        )
        .get(speech)
    );
    for path in &written.conflicts {
        out.push_str(&format!("\n  - {path}"));
    }
    out
}
