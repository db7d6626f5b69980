//! `greffe freeze`: a finished consultation → its archive, and the record that nothing of it may change any more. The site
//! in the archive is made twice: from the sources as published, which the archive holds, and from those that stand here.
//! If one byte differs, something depends on what is not published, and nothing is written.

mod make;

use super::{AT_FAULT, Call, Reading};
use crate::check::Options;
use crate::diag::report::Format;
use crate::error::{Error, Result};
use crate::freeze;
use crate::io::load;
use crate::model::site::{Consultation, VoteResult};
use crate::model::when::Date;
use crate::parse::draft::DraftConsultation;
use crate::parse::{Draft, parse};
use crate::pipeline::{Examined, Unobserved, examine};
use crate::say;
use make::{Freezing, Made};
use std::path::PathBuf;

/// Freezes a finished consultation, and makes its archive.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  greffe freeze water --output water-2026 --zip\n  greffe freeze water --output water-2026-complete --sealed\n  greffe freeze water --output water-2027 --replaces water-2026 --reason \"Erasure, GDPR article 17\"\n\nThen: greffe verify water-2026.zip"
)]
pub struct FreezeArgs {
    /// Id of the consultation: its folder in content/
    #[arg(value_name = "CONSULTATION")]
    id: String,
    /// Folder of the archive; it must not exist
    #[arg(long, value_name = "DIR")]
    output: PathBuf,
    /// Make the complete archive, for closed stacks: withheld words, exports as received, the git history
    #[arg(long)]
    sealed: bool,
    /// Pack the archive into one file too, DIR.zip
    #[arg(long)]
    zip: bool,
    /// Sign the zip with this SSH key (ssh-keygen -Y sign): DIR.zip.sig
    #[arg(long, value_name = "KEY", requires = "zip")]
    sign: Option<PathBuf>,
    /// Put this time stamp of the zip (an RFC 3161 reply) beside it: DIR.zip.tsr
    #[arg(long, value_name = "FILE", requires = "zip")]
    timestamp: Option<PathBuf>,
    /// Freeze again what was frozen, after an erasure that a law demands: the archive that this one replaces
    #[arg(long, value_name = "BAG", requires = "reason")]
    replaces: Option<PathBuf>,
    /// Why it is replaced; readers see it
    #[arg(long, value_name = "WORDS", requires = "replaces")]
    reason: Option<String>,
    /// A file to put into the archive: the source code of Greffe, to make the site again with it
    #[arg(long, value_name = "FILE")]
    greffe_source: Option<PathBuf>,
    /// Day of the freeze, of which the archive speaks, YYYY-MM-DD (default: SOURCE_DATE_EPOCH, else the last commit, else the newest date of the content)
    #[arg(long, value_name = "DATE", value_parser = super::date)]
    as_of: Option<Date>,
}

/// Freezes; 1 when the content is at fault, and then nothing is written.
pub fn run(call: &Call, args: &FreezeArgs) -> Result<u8> {
    let root = call.root()?;
    let read = load::load(&root)?;
    let draft = parse(&read);
    let folder = folder(&draft, &args.id)?;
    let before = draft.consultations.iter().find(|c| *c.folder == *folder).and_then(|c| c.frozen.as_ref());
    let again = args.replaces.is_some();
    if again && before.is_none() {
        return Err(Error::new(
            &args.id,
            say!(
                "--replaces gèle de nouveau ce qui était gelé, et cette consultation ne l’est pas",
                "--replaces freezes again what was frozen, and this consultation is not"
            ),
        ));
    }
    // Freezing again, what changed since the last time is no fault.
    let travels = freeze::scope(&read, &draft, &args.id);
    let record = format!("{folder}/frozen.yaml");
    let whole = read.only(|path| travels(path) && !(again && path == record));
    let whole = load::with_sha256(&root, whole, |_| true);
    // An archive leaves nothing out: there is no quarantine here.
    let reading = Reading { as_of: args.as_of, quarantine: false };
    let mut options = reading.options(&root, None)?;
    if let Some(before) = before.filter(|_| !again) {
        options.as_of = Some(before.record.date.value);
    }
    let draft_of_it = parse(&whole);
    let Examined { site, problems } = examine(&whole, &options, &Unobserved);
    if !problems.is_empty() {
        call.tell(&problems, &whole, Format::Human);
    }
    let Some((site, _)) = site else { return Ok(AT_FAULT) };
    let Some(consultation) = site.consultations.iter().find(|c| *c.folder == *folder) else {
        return Ok(AT_FAULT);
    };
    refuse_embargo(consultation)?;
    let freezing = Freezing {
        args,
        root: &root,
        whole: &whole,
        draft: &draft_of_it,
        site: &site,
        consultation,
        options: Options { as_of: Some(site.as_of), ..options },
        before: before.map(|filed| &filed.record),
    };
    let made = freezing.make()?;
    tell(call, args, &made);
    Ok(0)
}

/// The folder of a consultation, from its id.
fn folder(draft: &Draft, id: &str) -> Result<String> {
    let named = |c: &&DraftConsultation| c.folder.rsplit('/').next() == Some(id);
    draft.consultations.iter().find(named).map(|c| c.folder.to_string()).ok_or_else(|| {
        let all: Vec<&str> = draft.consultations.iter().filter_map(|c| c.folder.rsplit('/').next()).collect();
        let all = all.join(", ");
        Error::new(
            id,
            say!(
                "aucune consultation de ce nom ; il y a : {all}",
                "no consultation of this name; there are: {all}"
            ),
        )
    })
}

/// What is not yet public cannot be in an archive that anybody may have, and is not finished.
fn refuse_embargo(consultation: &Consultation) -> Result<()> {
    for vote in &consultation.votes {
        if let VoteResult::Embargoed { until } = &vote.result {
            return Err(Error::new(
                vote.id.as_str(),
                say!(
                    "le résultat de ce vote est sous embargo jusqu’au {until} : gelez après cette date",
                    "the result of this vote is under embargo until {until}: freeze after that date"
                ),
            ));
        }
    }
    Ok(())
}

/// Says what was made and what to do with it.
fn tell(call: &Call, args: &FreezeArgs, made: &Made) {
    let Made { bag, name, files, bytes, record, zip, beside } = made;
    let (bag, megabytes) = (bag.display(), *bytes as f64 / 1e6);
    putln!(
        "{}",
        say!(
            "{bag} : {files} fichiers ({megabytes:.1} Mo), {name}",
            "{bag}: {files} files ({megabytes:.1} MB), {name}"
        )
        .get(call.speech)
    );
    for path in zip.iter().chain(beside) {
        putln!("{}", path.display());
    }
    if let Some(path) = record {
        let path = path.display();
        putln!(
            "{}",
            say!(
                "{path} : écrit. Ajoutez-le au dépôt (git add, git commit) : rien de cette consultation ne changera plus sans que « greffe check » le dise.",
                "{path}: written. Commit it: nothing of this consultation will change any more without “greffe check” saying so."
            )
            .get(call.speech)
        );
    }
    let verify = zip.as_deref().unwrap_or(&args.output).display();
    putln!(
        "{}",
        say!("Vérifiez : greffe verify {verify}", "Check it: greffe verify {verify}").get(call.speech)
    );
}
