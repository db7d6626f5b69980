//! `greffe serve`: compile on change into memory, and show it to this machine.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use super::{Call, Reading, read};
use crate::desk;
use crate::diag::Diagnostic;
use crate::diag::report::{self, Format, SHOWN};
use crate::error::{Error, Result};
use crate::io::serve::{LocalDesk, Preview, Rebuilt, serve};
use crate::io::world;
use crate::pipeline::{Unobserved, compile};
use crate::say;
use crate::sink::MemorySink;
use std::path::Path;
use std::sync::Arc;

/// Shows the site while you write: pages reload when a file changes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  greffe serve\n  greffe serve --root consultations --port 8080")]
pub struct ServeArgs {
    /// Port of the address (default: 4000, or the next that is free)
    #[arg(long)]
    pub port: Option<u16>,
    #[command(flatten)]
    reading: Reading,
}

/// Serves until the command is stopped.
pub fn run(call: &Call, args: &ServeArgs) -> Result<u8> {
    let root = call.root()?;
    let site = Arc::new(Preview::new(&root));
    let shown = Arc::clone(&site);
    let rebuild = |_: &[std::path::PathBuf]| match build(call, &root, args) {
        Ok(Built::Site(files)) => {
            let rebuilt = if shown.replace(files) { Rebuilt::Changed } else { Rebuilt::Same };
            putln!("{}", say!("Le site est à jour.", "The site is up to date.").get(call.speech));
            rebuilt
        }
        Ok(Built::AtFault(words)) => {
            put!("{words}");
            Rebuilt::Failed(words)
        }
        Err(error) => {
            eprintln!("greffe: {}", error.text(call.speech));
            Rebuilt::Failed(error.text(call.speech))
        }
    };
    let ready = |address: std::net::SocketAddr| {
        putln!(
            "{}",
            say!(
                "À voir sur http://{address}/ (Ctrl+C pour arrêter)",
                "See it at http://{address}/ (Ctrl+C to stop)"
            )
            .get(call.speech)
        );
        if world::exists(&root.join("inbox")) {
            let at = desk::ROOT;
            putln!(
                "{}",
                say!("Bureau de modération : http://{address}{at}", "Moderation desk: http://{address}{at}")
                    .get(call.speech)
            );
        }
    };
    let desk = Arc::new(LocalDesk::new(&root, call.speech)?);
    serve(&root, args.port, site, Some(desk), rebuild, ready)?;
    Ok(0)
}

/// What a build came to.
enum Built {
    Site(std::collections::BTreeMap<crate::sink::OutPath, crate::sink::Stored>),
    AtFault(String),
}

fn build(call: &Call, root: &Path, args: &ServeArgs) -> Result<Built, Error> {
    let sources = read(root)?;
    let options = args.reading.options(root, None)?;
    let sink = MemorySink::default();
    let (made, problems) = compile(&sources, &options, &sink, &Unobserved)?;
    if made.is_some() && !problems.iter().any(Diagnostic::is_error) {
        return Ok(Built::Site(sink.into_files()));
    }
    Ok(Built::AtFault(report::report(&problems, &sources, call.speech, Format::Human, false, SHOWN)))
}
