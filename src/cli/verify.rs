//! `greffe verify`: a bag, a zip, a built site or a folder of any of them → whether they are whole and true.

use super::building::Building;
use super::named::Form;
use super::{AT_FAULT, Call};
use crate::error::Result;
use crate::io::archive::folder::Folder;
use crate::io::archive::{FileBytes, Found, find};
use crate::io::seal::{Known, seal};
use crate::verify::report::{Code, Counts, Finding, Report, Subject};
use crate::verify::zip::Zipped;
use crate::verify::zip::directory::{directory, top};
use crate::{say, verify};
use std::path::{Path, PathBuf};

/// Verifies.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  greffe verify partage-de-l-eau-2026-11-22\n  greffe verify partage-de-l-eau-2026-11-22.zip --signers signers\n  greffe verify public --format json"
)]
pub struct VerifyArgs {
    /// A bag, a zip of one, a built site, or a folder that holds any of these
    #[arg(value_name = "PATH")]
    path: PathBuf,
    /// Who may sign, as ssh-keygen has it (ALLOWED SIGNERS)
    #[arg(long, value_name = "FILE")]
    signers: Option<PathBuf>,
    /// Certificates of the time-stamping authority, in PEM
    #[arg(long, value_name = "FILE")]
    tsa_certificates: Option<PathBuf>,
    /// How the report is written
    #[arg(long, value_enum, default_value_t = Form::Plain)]
    format: Form,
}

/// Runs the verb; 1 when anything is refused.
pub fn run(call: &Call, args: &VerifyArgs) -> Result<u8> {
    let mut reports = Vec::new();
    let known = Known { signers: args.signers.as_deref(), certificates: args.tsa_certificates.as_deref() };
    for found in find(&args.path)? {
        let report = match &found {
            Found::Bag(path) => verify::bag(&Folder::open(path)?, shown(path), Subject::Bag, &Building),
            Found::Zip(path) => zip(path)?.and(seal(path, known)?),
            Found::Site(path) => verify::site(&Folder::open(path)?, shown(path)),
        };
        if args.format == Form::Plain {
            put!("{}", report.text(call.speech));
        }
        reports.push(report);
    }
    let refused = reports.iter().filter(|report| report.refused()).count();
    if args.format == Form::Json {
        let all: Vec<_> = reports.iter().map(|report| report.json(call.speech)).collect();
        putln!(
            "{}",
            super::json(
                &serde_json::json!({ "greffe": verify::VERSION, "refused": refused, "verified": all })
            )
        );
    } else if reports.len() > 1 {
        let all = reports.len();
        putln!(
            "{}",
            say!("{all} vérifiés, {refused} refusés", "{all} verified, {refused} refused").get(call.speech)
        );
    }
    Ok(if refused > 0 { AT_FAULT } else { 0 })
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// A zip whose headers are at fault is not opened.
fn zip(path: &Path) -> Result<Report> {
    let bytes = FileBytes::open(path)?;
    let refused =
        |found: Vec<Finding>| Report::new(shown(path), Subject::ZippedBag, Counts::default(), found);
    let opened = match directory(&bytes) {
        Ok(opened) => opened,
        Err(found) => return Ok(refused(found)),
    };
    let top = match top(&opened) {
        Ok(top) => top.to_owned(),
        Err(why) => return Ok(refused(vec![Finding::error(Code::Zip, "", why)])),
    };
    match Zipped::new(&bytes, opened, Some(&top)) {
        Ok(store) => Ok(verify::bag(&store, shown(path), Subject::ZippedBag, &Building)),
        Err(error) => {
            let why = say!("l’archive ne s’ouvre pas ({error})", "the archive cannot be opened ({error})");
            Ok(refused(vec![Finding::error(Code::Zip, "", why)]))
        }
    }
}
