//! `greffe rebuild`: the sources of a bag → their site, in a folder, compared with the bag's on the way.

use super::building::Building;
use super::{AT_FAULT, BAD_CALL, Call};
use crate::error::{Error, Result};
use crate::io::archive::folder::Folder;
use crate::io::archive::unpacked::Unpacked;
use crate::io::archive::{FileBytes, Found, find};
use crate::io::disk_sink::DiskSink;
use crate::io::load;
use crate::lang::Bilingual;
use crate::say;
use crate::verify::bag::tags::BagInfo;
use crate::verify::bag::{SITE, SOURCES};
use crate::verify::rebuilt::Comparing;
use crate::verify::report::Finding;
use crate::verify::report::{Counts, Report, Subject};
use crate::verify::store::Store;
use crate::verify::zip::Zipped;
use crate::verify::zip::directory::{directory, top};
use crate::verify::{Rebuild, VERSION, reading};
use std::path::{Path, PathBuf};

/// Builds a bag's site again.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  greffe rebuild partage-de-l-eau-2026-11-22 --output /tmp/again\n  greffe rebuild partage-de-l-eau-2026-11-22.zip --output /tmp/again"
)]
pub struct RebuildArgs {
    /// A bag, or a zip of one
    #[arg(value_name = "BAG")]
    bag: PathBuf,
    /// Folder of the pages
    #[arg(long, value_name = "DIR")]
    output: PathBuf,
}

/// Runs the verb; 1 when the sources do not give the bag's site.
pub fn run(call: &Call, args: &RebuildArgs) -> Result<u8> {
    match find(&args.bag)?.as_slice() {
        [Found::Bag(path)] => {
            let store = Folder::open(path)?;
            again(call, args, &store, &path.join(SOURCES.trim_end_matches('/')))
        }
        [Found::Zip(path)] => {
            let bytes = FileBytes::open(path)?;
            let store = opened(path, &bytes)?;
            let sources = Unpacked::new(&store, SOURCES)?;
            again(call, args, &store, sources.path())
        }
        _ => Err(Error::new(
            &args.bag,
            say!("nommez un sac, ou le zip d’un sac", "name one bag, or the zip of one"),
        )),
    }
}

fn again(call: &Call, args: &RebuildArgs, store: &dyn Store, root: &Path) -> Result<u8> {
    let (reading, _) = reading::read(store, &reading::Nobody);
    let (info, _) = BagInfo::read(reading.text(store, "bag-info.txt").unwrap_or_default());
    let version = info.get("Greffe-Version").unwrap_or("?");
    if version != VERSION {
        let source = info.get("Greffe-Source").unwrap_or("");
        let words = say!(
            "ce sac a été fait par Greffe {version}, et ceci est Greffe {VERSION} : les différences peuvent venir de là. Prenez la version {version} ({source}).",
            "this bag was made by Greffe {version}, and this is Greffe {VERSION}: differences may come from that. Take version {version} ({source})."
        );
        eprintln!("{}", words.get(call.speech));
    }
    let sources = load::load(root)?;
    let disk = DiskSink::open(root, &args.output)?;
    let sink = Comparing::new(store, &reading, SITE, SOURCES, Some(&disk));
    if let Err(why) = Building.rebuild(&sources, info.date("Greffe-As-Of"), &sink) {
        let words = why.get(call.speech);
        eprintln!(
            "{}",
            say!("les sources ne donnent aucun site : {words}", "the sources give no site: {words}")
                .get(call.speech)
        );
        return Ok(BAD_CALL);
    }
    let compared = sink.finish();
    disk.finish()?;
    let (files, bytes) = (compared.files, compared.bytes);
    if compared.found.is_empty() {
        putln!(
            "{}",
            say!("identique : {files} fichiers, {bytes} octets", "identical: {files} files, {bytes} bytes")
                .get(call.speech)
        );
        return Ok(0);
    }
    let others = compared.found.len();
    put!(
        "{}",
        Report::new(args.bag.display().to_string(), Subject::Bag, Counts::default(), compared.found)
            .list(call.speech)
    );
    putln!(
        "{}",
        say!(
            "identiques : {files} fichiers, {bytes} octets ; différents : {others}",
            "identical: {files} files, {bytes} bytes; different: {others}"
        )
        .get(call.speech)
    );
    Ok(AT_FAULT)
}

/// The bag in a zip.
fn opened<'b>(path: &Path, bytes: &'b FileBytes) -> Result<Zipped<'b, FileBytes>> {
    let at_fault = |why: Bilingual| Error::new(path, why);
    let first = |found: Vec<Finding>| {
        let first = found.into_iter().next().map(|finding| finding.seen);
        at_fault(first.unwrap_or_else(|| say!("ce n’est pas un zip", "this is no zip")))
    };
    let opened = directory(bytes).map_err(first)?;
    let top = top(&opened).map_err(at_fault)?.to_owned();
    Zipped::new(bytes, opened, Some(&top))
        .map_err(|e| Error::io(path, say!("l’archive ne s’ouvre pas", "the archive cannot be opened"), e))
}
