//! `greffe import`: reads an export or a history, converts it, creates content files and gives the report. One
//! subcommand a source, in a file a family; all share the reading, the key, the writing and the report, which are here.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod consul;
mod decidim;
mod documents;
mod platforms;
mod texts;
mod votes;

use crate::error::{Error, Result};
use crate::import::again::Fate;
use crate::import::report::Report;
use crate::import::{Importer, Input, Options};
use crate::io::export::{self, By, Export, Written};
use crate::lang::{Lang, Speech};
use crate::model::id::{Id, slug};
use crate::say;
use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Turns what another platform left behind into content files. Nothing that was edited since is overwritten.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  greffe import cap-collectif-api export/ --into site/ --slug republique-numerique\n  greffe import git loi.bundle --into site/ --slug republique-numerique --text projet-de-loi\n  greffe import assemblee-nationale export/ --into site/ --slug municipales"
)]
pub struct ImportArgs {
    #[command(subcommand)]
    source: Source,
}

#[derive(Debug, Subcommand)]
enum Source {
    #[command(name = "cap-collectif-api")]
    CapCollectifApi(platforms::CapCollectifApiArgs),
    #[command(name = "cap-collectif-csv")]
    CapCollectifCsv(platforms::CapCollectifCsvArgs),
    #[command(name = "grand-debat")]
    GrandDebat(platforms::GrandDebatArgs),
    #[command(name = "assemblee-nationale")]
    AssembleeNationale(texts::AssembleeNationaleArgs),
    Consul(consul::ConsulArgs),
    Decidim(decidim::DecidimArgs),
    Git(texts::GitArgs),
    #[command(name = "akoma-ntoso")]
    AkomaNtoso(documents::AkomaNtosoArgs),
    Document(documents::DocumentArgs),
    Pabulib(votes::PabulibArgs),
    Preflib(votes::PreflibArgs),
    Polis(votes::PolisArgs),
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
    /// Write the whole report there too, as JSON. It quotes names found in texts: keep it out of the content.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Where people and the export both changed something, hold what people wrote to be the answer: the conflict is not
    /// told again until the export changes.
    #[arg(long)]
    keep_edits: bool,
    /// Keep the files as received in private/exports/, for the sealed archive.
    #[arg(long)]
    keep_export: bool,
    /// How the report is printed.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

/// Options of a source in which people take part.
#[derive(Debug, Args)]
struct People {
    /// File of names that stay as they are (organisations, for instance), one a line.
    #[arg(long, value_name = "FILE")]
    keep_names: Option<PathBuf>,
    #[command(flatten)]
    key: NewKey,
}

impl People {
    /// The names that stay as they are.
    fn kept(&self) -> Result<BTreeSet<Box<str>>> {
        self.keep_names.as_ref().map_or_else(|| Ok(BTreeSet::new()), |path| export::read_names(path))
    }
}

/// The option of a source that makes pseudonyms.
#[derive(Debug, Args)]
struct NewKey {
    /// Make a new key although content exists: every pseudonym changes.
    #[arg(long)]
    new_key: bool,
}

/// Forms of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Human,
    /// For programs.
    Json,
}

/// Runs the import. Exit status: 0 when nothing is in conflict or what is was settled, 1 when what people and the export both changed was left
/// alone, 2 when the call cannot be carried out.
pub fn run(args: ImportArgs, speech: Speech) -> u8 {
    let done = match &args.source {
        Source::CapCollectifApi(args) => args.run(speech),
        Source::CapCollectifCsv(args) => args.run(speech),
        Source::GrandDebat(args) => args.run(speech),
        Source::AssembleeNationale(args) => args.run(speech),
        Source::Consul(args) => args.run(speech),
        Source::Decidim(args) => args.run(speech),
        Source::Git(args) => args.run(speech),
        Source::AkomaNtoso(args) => args.run(speech),
        Source::Document(args) => args.run(speech),
        Source::Pabulib(args) => args.run(speech),
        Source::Preflib(args) => args.run(speech),
        Source::Polis(args) => args.run(speech),
    };
    match done {
        Ok(written) if written.settled || written.count(Fate::Conflict) == 0 => 0,
        Ok(_) => 1,
        Err(error) => {
            eprintln!("greffe: {}", error.text(speech));
            2
        }
    }
}

/// An import of what people wrote, some of whose names may stay.
fn platform<I: Importer<Source = Input, Options = Options>>(
    importer: &I,
    files: &[PathBuf],
    endings: &[&str],
    (common, people): (&Common, &People),
    speech: Speech,
) -> Result<Written> {
    with_people(importer, files, endings, (common, &people.key, people.kept()?), speech)
}

/// An import of votes, whose voters become pseudonyms.
fn voters<I: Importer<Source = Input, Options = Options>>(
    importer: &I,
    files: &[PathBuf],
    endings: &[&str],
    (common, key): (&Common, &NewKey),
    speech: Speech,
) -> Result<Written> {
    with_people(importer, files, endings, (common, key, BTreeSet::new()), speech)
}

fn with_people<I: Importer<Source = Input, Options = Options>>(
    importer: &I,
    files: &[PathBuf],
    endings: &[&str],
    (common, key, keep_names): (&Common, &NewKey, BTreeSet<Box<str>>),
    speech: Speech,
) -> Result<Written> {
    let export = export::read(files, endings)?;
    some(&export, endings, files)?;
    received(importer, &export, (common, key, keep_names), speech)
}

/// The same, once the export is read.
fn received<I: Importer<Source = Input, Options = Options>>(
    importer: &I,
    export: &Export,
    (common, key, keep_names): (&Common, &NewKey, BTreeSet<Box<str>>),
    speech: Speech,
) -> Result<Written> {
    let slug = id(&common.slug, "consultation")?;
    export::ignore_private(&common.into)?;
    let kept = export::key(&common.into, &slug, key.new_key)?;
    if kept.new {
        let path = kept.path.display();
        let text = say!(
            "clé des pseudonymes faite : {path} — gardez-en une copie hors du dépôt",
            "key of the pseudonyms made: {path} — keep a copy outside the repository"
        );
        eprintln!("{}", text.get(speech));
    }
    let title = common.title.as_deref().map(Into::into);
    let options = Options { slug, key: kept.key, first_import: kept.made, keep_names, title };
    write(importer, &export.input, &options, (common, export), speech)
}

/// A language that was given on the command line.
fn language(words: &str) -> Result<Lang> {
    let wrong = say!("ce n’est pas une langue : en, fr, pt-br…", "this is no language: en, fr, pt-br…");
    Lang::new(words).ok_or_else(|| Error::new(words, wrong))
}

/// An id that was given on the command line.
fn id(words: &str, otherwise: &str) -> Result<Id> {
    Id::new(words).ok_or_else(|| {
        let near = slug(words).map(|s| s.to_string()).unwrap_or_else(|| otherwise.into());
        Error::new(
            words,
            say!("ce n’est pas un identifiant ; essayez « {near} »", "this is not an id; try “{near}”"),
        )
    })
}

/// An export without any file of its kind is an error.
fn some(export: &Export, endings: &[&str], files: &[PathBuf]) -> Result<()> {
    if !export.input.files.is_empty() {
        return Ok(());
    }
    let path = files.first().cloned().unwrap_or_default();
    let list = endings.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(", ");
    Err(Error::new(path, say!("aucun fichier {list} dans ce dossier", "no {list} file in this folder")))
}

/// Converts, writes, and prints the report.
fn write<I: Importer>(
    importer: &I,
    source: &I::Source,
    options: &I::Options,
    (common, export): (&Common, &Export),
    speech: Speech,
) -> Result<Written> {
    let slug = id(&common.slug, "consultation")?;
    let mut imported = importer.convert(source, options);
    if !export.received.is_empty() {
        imported.report.received = export.list();
    }
    let kept =
        common.keep_export.then(|| export::keep(&common.into, &slug, importer.name(), export)).transpose()?;
    let by = By { importer: importer.name(), is_whole: importer.is_whole(), settles: common.keep_edits };
    let written = export::again(&common.into, &slug, by, &imported.files)?;
    let whole = Whole { report: &imported.report, export_kept: kept.as_deref(), content: &written };
    if let Some(path) = &common.report {
        export::replace(path, whole.json().as_bytes())?;
    }
    match common.format {
        Format::Human => put!("{}", whole.text(speech)),
        Format::Json => put!("{}", whole.json()),
    }
    Ok(written)
}

/// What is told: what became of the records of the export, then of those of the content.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    report: &'a Report,
    /// Where the files as received were kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    export_kept: Option<&'a str>,
    content: &'a Written,
}

impl Whole<'_> {
    fn json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    fn text(&self, speech: Speech) -> String {
        let mut out = format!("{}\n\n{}", self.report.text(speech).trim_end(), self.content.text(speech));
        if let Some(path) = self.export_kept {
            let told = say!("fichiers reçus, gardés dans {path}", "files as received, kept in {path}");
            out.push_str(told.get(speech));
            out.push('\n');
        }
        out
    }
}
