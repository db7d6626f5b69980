//! `greffe intake`: what participants sent → `inbox/`, and the report of what became of each.
#![allow(clippy::print_stderr)]

use super::named::place;
use super::{AT_FAULT, Call, json, read};
use crate::error::{Error, Result};
use crate::import::pseudonym::Key;
use crate::inbox::frame::Frame;
use crate::inbox::has_made_pseudonyms;
use crate::inbox::report::Report;
use crate::inbox::source::{LARGEST, none, submissions};
use crate::inbox::take::{Before, Options, take};
use crate::inbox::waiting;
use crate::io::{export, intake, load, world};
use crate::model::id::{Id, slug};
use crate::model::when::Date;
use crate::parse::Draft;
use crate::parse::draft::DraftConsultation;
use crate::parse::parse;
use crate::say;
use std::path::PathBuf;

/// Takes what participants sent into `inbox/`, where a moderator decides. Nothing is published, and nothing is overwritten.
///
/// FILE is an export of Netlify Forms (CSV or JSON), a contribution that somebody saved from a form, what a web service kept
/// of the forms posted to it (one a line), a mailbox (mbox), one message, or a folder of these. Names and addresses go to private/. Taking in the same file twice adds nothing.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  greffe intake contributions.csv --consultation partage-de-l-eau\n  greffe intake recues/ boite.mbox --consultation partage-de-l-eau --dry-run\n  greffe intake cle-usb/ --received 2026-03-02 --format json > rapport.json\n\nExit status: 0, everything is in the inbox; 1, something could not be taken, the report says what; 2, the call or the disk is at fault."
)]
pub struct IntakeArgs {
    /// What was received: files, or folders of them
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Consultation that it is for (default: the only one)
    #[arg(long, visible_alias = "in", value_name = "CONSULTATION")]
    consultation: Option<String>,
    /// Day on which files that do not say it were received, YYYY-MM-DD (default: when the author wrote, else today)
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    received: Option<Date>,
    /// Say what would be done, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// How the report is written
    #[arg(long, value_enum, default_value_t = Form::Human)]
    format: Form,
}

/// Forms of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// For people.
    Human,
    /// For programs.
    Json,
}

/// Takes in; 1 when something could not be taken.
pub fn run(call: &Call, args: &IntakeArgs) -> Result<u8> {
    let root = call.root()?;
    let sources = read(&root)?;
    let draft = parse(&sources);
    let (content, id) = consultation(&draft, args.consultation.as_deref())?;
    let frame = Frame::new(&draft, content, id);
    let mut found = Vec::new();
    for file in intake::files(&args.files)? {
        found.extend(match intake::read(&file.path, LARGEST) {
            Ok(bytes) => submissions(&file.name, &bytes),
            Err(why) => none(
                &file.name,
                say!("ce fichier ne peut pas être lu ({why})", "this file cannot be read ({why})"),
            ),
        });
    }
    let inbox = load::load_beside(&root, &waiting::folder(&frame.id));
    let contacts = load::load_beside(&root, &format!("private/{}/contacts", frame.id));
    let before = Before { content, sources: &sources, inbox: &inbox, contacts: &contacts };
    let key = if args.dry_run {
        Key([0; 32])
    } else {
        export::ignore_private(&root)?;
        let kept = intake::key(&root, &frame.id, has_made_pseudonyms(&before, &frame))?;
        if kept.new {
            let path = kept.path.display();
            let told = say!(
                "clé des pseudonymes faite : {path} — gardez-en une copie hors du dépôt",
                "key of the pseudonyms made: {path} — keep a copy outside the repository"
            );
            eprintln!("{}", told.get(call.speech));
        }
        kept.key
    };
    let options = Options { key, received: args.received, today: world::today(), dry_run: args.dry_run };
    let mut done = take(found, &frame, &before, &options);
    if !args.dry_run {
        let written = export::create(&root, &done.files)?;
        for path in &written.conflicts {
            refuse(&mut done.report, path, &frame.id);
        }
    }
    match args.format {
        Form::Human => put!("{}", done.report.text(call.speech)),
        Form::Json => putln!("{}", json(&done.report)),
    }
    Ok(if done.report.not_taken > 0 { AT_FAULT } else { 0 })
}

/// Something else stands where a file of the inbox should. A contact that is there already is the author's.
fn refuse(report: &mut Report, path: &str, consultation: &Id) {
    let folder = format!("{}/", waiting::folder(consultation));
    if let Some(id) = path.strip_prefix(&*folder).and_then(|name| name.strip_suffix(".md")).and_then(Id::new)
    {
        report.refused(&id, path);
    }
}

/// The consultation that is named, or the only one, and its id.
fn consultation<'d>(draft: &'d Draft, named: Option<&str>) -> Result<(&'d DraftConsultation, Id)> {
    let id = |c: &DraftConsultation| {
        let name = c.folder.rsplit('/').next().unwrap_or(&c.folder);
        Id::new(name).or_else(|| slug(name))
    };
    let all: Vec<(&DraftConsultation, Id)> =
        draft.consultations.iter().filter_map(|c| Some((c, id(c)?))).collect();
    let list = || all.iter().map(|(_, id)| id.as_str()).collect::<Vec<_>>().join(", ");
    let at = match (named, all.len()) {
        (Some(named), _) => {
            let name = named.trim_end_matches('/').rsplit('/').next().unwrap_or(named);
            place(all.iter().map(|(_, id)| id), name, "consultation", "consultation")?
        }
        (None, 1) => 0,
        (None, _) => {
            let list = list();
            return Err(Error::new(
                "content",
                say!(
                    "dites pour quelle consultation, avec « --consultation » : {list}",
                    "say for which consultation, with “--consultation”: {list}"
                ),
            ));
        }
    };
    Ok(all[at].clone())
}
