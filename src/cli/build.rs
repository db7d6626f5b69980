//! `greffe build`: the whole flow, into a folder.

use super::progress::Progress;
use super::{AT_FAULT, Call, Reading, read};
use crate::diag::report::Format;
use crate::error::Result;
use crate::io::disk_sink::DiskSink;
use crate::pipeline::{Observer, Stage, compile};
use crate::say;
use std::path::PathBuf;

/// Makes the site.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  greffe build\n  greffe build --output /var/www/consultations --base-url https://consultations.example.org\n  greffe build --as-of 2026-11-22 --quarantine"
)]
pub struct BuildArgs {
    /// Folder of the pages (default: public/ in the site)
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Address where the site will stand, for canonical links, feeds and the sitemap
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Say how long each stage took
    #[arg(long)]
    pub timings: bool,
    /// How problems are written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    #[command(flatten)]
    reading: Reading,
}

/// Builds; 1 when something is at fault, and then the folder is as it was.
pub fn run(call: &Call, args: &BuildArgs) -> Result<u8> {
    let root = call.root()?;
    let output = args.output.clone().unwrap_or_else(|| root.join("public"));
    let progress = Progress::new(call.speech);
    progress.stage(Stage::Load);
    let sources = read(&root)?;
    let options = args.reading.options(&root, args.base_url.as_deref())?;
    let sink = DiskSink::open(&root, &output)?;
    let (made, problems) = compile(&sources, &options, &sink, &progress)?;
    let Some(made) = made else {
        progress.end();
        call.tell(&problems, &sources, args.format);
        return Ok(AT_FAULT);
    };
    progress.stage(Stage::Emit);
    let summary = sink.finish()?;
    progress.end();
    if !problems.is_empty() {
        call.tell(&problems, &sources, args.format);
    }
    let (pages, files, documents) = (made.pages, summary.files, made.search.documents);
    let (written, removed) = (summary.written, summary.removed);
    let megabytes = summary.bytes as f64 / 1e6;
    let seconds = progress.seconds();
    let output = output.display();
    putln!(
        "{}",
        say!(
            "{pages} pages, {files} fichiers ({megabytes:.1} Mo), {documents} textes cherchables, en {seconds:.2} s : {output}\n{written} fichiers écrits, {removed} retirés, les autres inchangés",
            "{pages} pages, {files} files ({megabytes:.1} MB), {documents} searchable texts, in {seconds:.2} s: {output}\n{written} files written, {removed} removed, the others unchanged"
        )
        .get(call.speech)
    );
    if args.timings {
        put!("{}", progress.timings());
    }
    Ok(0)
}
