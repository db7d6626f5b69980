//! The command line: a file a verb. This one holds what the verbs share: the options that every one takes, the
//! root, the date, and how a run ends. Nothing else in the crate prints.
#![allow(clippy::print_stdout, clippy::print_stderr)]

/// Prints; a reader who has seen enough and closed the pipe (`greffe diff … | head`) is no fault.
macro_rules! put {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        let _ = write!(std::io::stdout(), $($words)*);
    }};
}

/// The same, with the end of the line.
macro_rules! putln {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        let _ = writeln!(std::io::stdout(), $($words)*);
    }};
}

pub mod amendments;
pub mod build;
mod building;
pub mod check;
pub mod diff;
pub mod erase;
pub mod freeze;
pub mod import;
pub mod init;
pub mod intake;
pub mod moderate;
mod named;
pub mod new;
mod progress;
pub mod rebuild;
pub mod schema;
pub mod serve;
pub mod starter;
pub mod tally;
pub mod text;
pub mod verify;

use crate::check::Options;
use crate::diag::Diagnostic;
use crate::diag::report::{self, Format, SHOWN};
use crate::error::{Error, Result};
use crate::io::{load, world};
use crate::lang::Speech;
use crate::model::when::Date;
use crate::say;
use crate::source::Sources;
use clap::{Args, Parser, Subcommand};
use std::path::{Path, PathBuf};

/// Exit status: the content is at fault.
const AT_FAULT: u8 = 1;
/// Exit status: the call, or the world, is.
const BAD_CALL: u8 = 2;

/// Compiles public consultations into searchable static archives.
#[derive(Debug, Parser)]
#[command(
    name = "greffe",
    version,
    after_help = "Examples:\n  greffe init consultations      make a site\n  greffe check                   say what is wrong in it\n  greffe build                   make its pages in public/\n  greffe serve                   see them while you write"
)]
struct Cli {
    /// Folder of the site (default: the nearest folder upwards with a greffe.yaml)
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Language of the messages: fr or en (default: that of the locale)
    #[arg(long, global = true, value_name = "LANG", value_parser = speech)]
    lang: Option<Speech>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Say everything that is wrong in the content
    Check(check::CheckArgs),
    /// Make the site
    Build(build::BuildArgs),
    /// Write the JSON Schemas of the content, for editors
    Schema(schema::SchemaArgs),
    /// See the site while you write
    Serve(serve::ServeArgs),
    /// Make a new site
    Init(init::InitArgs),
    /// Add a file to fill in
    New(new::NewArgs),
    /// Print a version of a text, or what was adopted makes of it
    Text(text::TextArgs),
    /// Compare two versions of a text, word by word
    Diff(diff::DiffArgs),
    /// List the amendments on a text in the order of discussion, or those that meet
    Amendments(amendments::AmendmentsArgs),
    /// Turn what another platform left behind into content
    Import(import::ImportArgs),
    /// Take what participants sent into the inbox
    Intake(intake::IntakeArgs),
    /// Decide what is published of what was received
    Moderate(moderate::ModerateArgs),
    /// Remove a published contribution for good, as a law or a court demands
    Erase(erase::EraseArgs),
    /// Count a file of ballots under a rule
    Tally(tally::TallyArgs),
    /// Freeze a finished consultation, and make its archive
    Freeze(freeze::FreezeArgs),
    /// Say whether a bag or a site is whole and true
    Verify(verify::VerifyArgs),
    /// Build a bag's site again, and compare
    Rebuild(rebuild::RebuildArgs),
}

fn speech(words: &str) -> std::result::Result<Speech, String> {
    match words {
        "fr" => Ok(Speech::Fr),
        "en" => Ok(Speech::En),
        _ => Err("fr, en".to_owned()),
    }
}

/// What every verb is given.
#[derive(Debug)]
pub struct Call {
    /// `--root`, when it was given.
    root: Option<PathBuf>,
    /// Language of the messages.
    pub speech: Speech,
}

/// Runs the command and gives its exit status: 0, 1 when the content is at fault, 2 when the call is.
pub fn run() -> u8 {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no faults.
            let status = if error.use_stderr() { BAD_CALL } else { 0 };
            let _ = error.print();
            return status;
        }
    };
    let call = Call { root: cli.root, speech: cli.lang.unwrap_or_else(world::speech) };
    let done = match cli.verb {
        Verb::Check(args) => check::run(&call, &args),
        Verb::Build(args) => build::run(&call, &args),
        Verb::Schema(args) => schema::command(&call, &args),
        Verb::Serve(args) => serve::run(&call, &args),
        Verb::Init(args) => init::command(&call, &args),
        Verb::New(args) => new::command(&call, &args),
        Verb::Text(args) => text::run(&call, &args),
        Verb::Diff(args) => diff::run(&call, &args),
        Verb::Amendments(args) => amendments::run(&call, &args),
        Verb::Import(args) => Ok(import::run(args, call.speech)),
        Verb::Intake(args) => intake::run(&call, &args),
        Verb::Moderate(args) => moderate::run(&call, args),
        Verb::Erase(args) => erase::run(&call, args),
        Verb::Tally(args) => tally::run(&call, &args),
        Verb::Freeze(args) => freeze::run(&call, &args),
        Verb::Verify(args) => verify::run(&call, &args),
        Verb::Rebuild(args) => rebuild::run(&call, &args),
    };
    done.unwrap_or_else(|error| {
        eprintln!("greffe: {}", error.text(call.speech));
        BAD_CALL
    })
}

impl Call {
    /// The site's root.
    pub fn root(&self) -> Result<PathBuf> {
        if let Some(root) = &self.root {
            return Ok(root.clone());
        }
        let here = world::current_dir()?;
        world::find_root(&here).ok_or_else(|| {
            Error::new(
                here,
                say!(
                    "ni ce dossier ni ceux au-dessus ne contiennent greffe.yaml ; nommez le site avec --root, ou faites-en un avec « greffe init DOSSIER »",
                    "neither this folder nor those above hold a greffe.yaml; name the site with --root, or make one with “greffe init DIR”"
                ),
            )
        })
    }

    /// Prints diagnostics.
    pub fn tell(&self, problems: &[Diagnostic], sources: &Sources, format: Format) {
        let colour = world::stdout_is_terminal() && !world::no_color();
        put!("{}", report::report(problems, sources, self.speech, format, colour, SHOWN));
    }
}

/// Options that say how a site is read.
#[derive(Debug, Clone, Args)]
pub struct Reading {
    /// Day of which the site speaks, YYYY-MM-DD (default: SOURCE_DATE_EPOCH, else the last commit, else the newest date of the content)
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub as_of: Option<Date>,
    /// Leave out the records at fault, and say so on the pages
    #[arg(long)]
    pub quarantine: bool,
}

fn date(words: &str) -> std::result::Result<Date, String> {
    Date::parse(words).ok_or_else(|| "YYYY-MM-DD".to_owned())
}

impl Reading {
    /// The options of the check; the date from the environment or from git where none was given.
    pub fn options(&self, root: &Path, base_url: Option<&str>) -> Result<Options> {
        let as_of = match self.as_of {
            Some(date) => Some(date),
            None => match world::source_date_epoch()? {
                Some(moment) => Some(Date(moment.date)),
                None => crate::io::git::last_commit(root).map(|moment| Date(moment.date)),
            },
        };
        Ok(Options {
            as_of,
            base_url: base_url.map(Into::into),
            quarantine: self.quarantine,
            ..Options::default()
        })
    }
}

/// A value as JSON, for programs.
fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// Reads a site.
fn read(root: &Path) -> Result<Sources> {
    load::load(root)
}
