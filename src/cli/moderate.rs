//! `greffe moderate`: the queue, and what is decided of each contribution in it. Decisions are edits of files, and the
//! last ones can be undone.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use super::named::Form;
use super::{AT_FAULT, Call, json};
use crate::diag::report::Format;
use crate::error::Result;
use crate::io::moderate::{Asked, Files, Outcome, moderate, undo_last};
use crate::io::world;
use crate::model::id::Id;
use crate::model::when::Date;
use crate::moderation::{Decision, Found, Verdict, id_of};
use crate::say;
use crate::text::plain;
use clap::{Args, Subcommand};
use serde::Serialize;

/// Decides what is published of what was received.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  greffe moderate list\n  greffe moderate accept i-20261127-4f9a1c i-20261127-88d2e0\n  greffe moderate withhold i-20261126-0b7e55 --reason hors-sujet\n  greffe moderate merge i-20261127-c01d2a --into c-014\n  greffe moderate undo"
)]
pub struct ModerateArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// List what waits for a decision
    List(ListArgs),
    /// Publish contributions
    Accept(DecideArgs),
    /// Withhold contributions, received or published, for a reason of the charter
    Withhold {
        #[command(flatten)]
        decide: DecideArgs,
        /// Id of the reason, in the charter of the consultation
        #[arg(long, value_name = "REASON", value_parser = id)]
        reason: Id,
        /// Go on showing the title
        #[arg(long)]
        title_may_stay: bool,
    },
    /// Publish a contribution as a part of another one
    Merge {
        #[command(flatten)]
        decide: DecideArgs,
        /// Id of the published contribution
        #[arg(long, value_name = "ID")]
        into: String,
    },
    /// Take the last decision back: every file is again what it was
    Undo {
        /// Only decisions on this consultation
        #[arg(long, value_name = "ID")]
        consultation: Option<String>,
    },
}

#[derive(Debug, Args)]
struct ListArgs {
    /// Id of the consultation: its folder in content/
    #[arg(long, value_name = "ID")]
    consultation: Option<String>,
    /// How it is written
    #[arg(long, value_enum, default_value_t = Form::Plain)]
    format: Form,
}

#[derive(Debug, Args)]
struct DecideArgs {
    /// Ids of the contributions
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    /// Id of the consultation, when several have this id
    #[arg(long, value_name = "ID")]
    consultation: Option<String>,
    #[command(flatten)]
    decided: Decided,
}

/// Who decided, and when.
#[derive(Debug, Args)]
pub(super) struct Decided {
    /// Who decides: an office, a name (default: git's user.name)
    #[arg(long, value_name = "WHO")]
    pub(super) by: Option<String>,
    /// Day of the decision, YYYY-MM-DD (default: today, in the consultation's time zone)
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) date: Option<Date>,
}

fn date(words: &str) -> std::result::Result<Date, String> {
    Date::parse(words).ok_or_else(|| "YYYY-MM-DD".to_owned())
}

fn id(words: &str) -> std::result::Result<Id, String> {
    Id::new(words).ok_or_else(|| format!("“{words}”"))
}

/// Does what is asked; 1 when the content would be at fault.
pub fn run(call: &Call, args: ModerateArgs) -> Result<u8> {
    let (decide, verdict) = match args.what {
        What::List(list) => return self::list(call, &list),
        What::Undo { consultation } => return undo(call, consultation.as_deref()),
        What::Accept(decide) => (decide, Verdict::Accept),
        What::Withhold { decide, reason, title_may_stay } => {
            (decide, Verdict::Withhold { reason, title_may_stay })
        }
        What::Merge { decide, into } => (decide, Verdict::Merge { into }),
    };
    let DecideArgs { ids, consultation, decided } = decide;
    carry_out(call, Asked { ids, consultation, verdict, by: decided.by, date: decided.date })
}

/// Carries a decision out and says what became of it.
pub(super) fn carry_out(call: &Call, asked: Asked) -> Result<u8> {
    let verdict = asked.verdict.clone();
    match moderate(&call.root()?, asked)? {
        Outcome::Done(decision) => {
            tell(call, &verdict, &decision);
            Ok(0)
        }
        Outcome::AtFault(sources, problems) => {
            call.tell(&problems, &sources, Format::Human);
            eprintln!(
                "greffe: {}",
                say!(
                    "avec cette décision, le contenu aurait ces fautes ; rien n’a été changé",
                    "with this decision the content would have these faults; nothing was changed"
                )
                .get(call.speech)
            );
            Ok(AT_FAULT)
        }
    }
}

fn tell(call: &Call, verdict: &Verdict, decision: &Decision) {
    for (consultation, id) in &decision.of {
        let said = match verdict {
            Verdict::Accept => say!("{consultation}/{id} : publiée", "{consultation}/{id}: published"),
            Verdict::Withhold { reason, .. } => say!(
                "{consultation}/{id} : écartée ({reason}) ; ses mots sont dans private/{consultation}/withheld/",
                "{consultation}/{id}: withheld ({reason}); its words are in private/{consultation}/withheld/"
            ),
            Verdict::Merge { into } => {
                say!("{consultation}/{id} : réunie à {into}", "{consultation}/{id}: merged into {into}")
            }
            Verdict::Erase { .. } => say!("{consultation}/{id} : effacée", "{consultation}/{id}: erased"),
        };
        putln!("{}", said.get(call.speech));
    }
    for notice in &decision.notices {
        let place = notice.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
        putln!("! {place}{}", notice.what.get(call.speech));
    }
}

fn undo(call: &Call, consultation: Option<&str>) -> Result<u8> {
    let past = undo_last(&call.root()?, consultation)?;
    let (verb, by, date, ids) = (&past.verb, &past.by, &past.date, past.ids.join(" "));
    putln!(
        "{}",
        say!(
            "annulé : {verb} {ids} ({by}, {date}) ; les fichiers sont ce qu’ils étaient",
            "undone: {verb} {ids} ({by}, {date}); the files are what they were"
        )
        .get(call.speech)
    );
    Ok(0)
}

/// A line of the queue, for programs.
#[derive(Debug, Serialize)]
struct Waiting {
    id: String,
    consultation: String,
    kind: &'static str,
    received: Option<String>,
    days: Option<i64>,
    about: String,
    marks: Vec<&'static str>,
    same_as: Option<String>,
    title: Option<String>,
    words: String,
    file: String,
}

/// Characters of a contribution that the queue shows.
const FIRST_WORDS: usize = 100;

fn list(call: &Call, args: &ListArgs) -> Result<u8> {
    let root = call.root()?;
    let files = Files::read(&root)?;
    let docket = files.docket();
    let waiting: Vec<Waiting> = docket
        .waiting(args.consultation.as_deref())
        .map(|found| {
            let zone = docket.zone(found.consultation);
            waiting(call, &found, found.delay(world::today_in(&zone), &zone))
        })
        .collect();
    match args.format {
        Form::Json => putln!("{}", json(&waiting)),
        Form::Plain => print(call, &waiting),
    }
    if !docket.problems.is_empty() {
        eprint!(
            "{}",
            crate::diag::report::report(
                &docket.problems,
                &files.inbox,
                call.speech,
                Format::Human,
                false,
                crate::diag::report::SHOWN
            )
        );
        return Ok(AT_FAULT);
    }
    Ok(0)
}

fn waiting(call: &Call, found: &Found<'_>, days: Option<i64>) -> Waiting {
    let record = found.record();
    let intake = record.intake.as_ref().map(|i| &i.value);
    let words: String = plain(found.body(), 4 * FIRST_WORDS).chars().take(FIRST_WORDS).collect();
    Waiting {
        id: found.id().to_string(),
        consultation: id_of(found.consultation).to_owned(),
        kind: record.kind.value.as_str(),
        received: intake.map(|i| i.received.value.to_string()),
        days,
        about: found.about(call.speech),
        marks: intake.map(|i| i.marks.iter().map(|m| m.value.as_str()).collect()).unwrap_or_default(),
        same_as: intake.and_then(|i| i.same_as.as_ref()).map(|s| s.value.to_string()),
        title: record.title.as_ref().map(|t| t.value.to_string()),
        words,
        file: found.path().to_owned(),
    }
}

fn print(call: &Call, all: &[Waiting]) {
    if all.is_empty() {
        return putln!(
            "{}",
            say!("Rien n’attend de décision.", "Nothing waits for a decision.").get(call.speech)
        );
    }
    for one in all {
        let days =
            one.days.map(|n| say!(" ({n} j)", " ({n} d)").get(call.speech).to_owned()).unwrap_or_default();
        let received = one.received.as_deref().and_then(|r| r.get(..10)).unwrap_or_default();
        let mut marks = one.marks.join(", ");
        if let Some(same) = &one.same_as {
            marks.push_str(&format!(" = {same}"));
        }
        let marks = if marks.is_empty() { marks } else { format!("  [{}]", marks.trim()) };
        let title = visible(one.title.as_deref().unwrap_or(&one.words));
        putln!(
            "{}/{}  {}  {received}{days}  {}{marks}",
            one.consultation,
            one.id,
            one.kind,
            visible(&one.about)
        );
        putln!("    {title}");
    }
    let count = all.len();
    putln!("{}", say!("{count} en attente", "{count} waiting").get(call.speech));
}

/// What strangers wrote, without the characters that move a terminal's cursor.
fn visible(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
