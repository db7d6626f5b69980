//! `greffe tally`: one file of ballots, of ours or of somebody else's, counted under its own rule or another, without a
//! site. What is compared with it is what the file itself declares.

mod method;
mod rule;
mod said;

use super::named::Form;
use super::{AT_FAULT, Call};
use crate::ballots::csv::Fault;
use crate::ballots::poll::Poll;
use crate::ballots::{alone, pabulib, preflib};
use crate::diag::report::Format;
use crate::diag::{Code, Diagnostic};
use crate::error::{Error, Result};
use crate::io::load;
use crate::model::choices::VoteKind;
use crate::say;
use crate::source::{Contents, FileId, Sources, Span};
use crate::tally::{Question, count};
use rule::Asked;
use std::path::PathBuf;

/// Counts a file of ballots: .pb (participatory budgets), .soc .soi .toc .toi .cat (PrefLib), or a CSV of ours.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  greffe tally lodz.pb                                 by the file's own rule\n  greffe tally lodz.pb --rule equal-shares/add1        by another\n  greffe tally leader.soi --rule instant-runoff\n  greffe tally ballots.csv --rule majority-judgment --grades reject,poor,fair,good\n  greffe tally ballots.csv --rule approval --format json"
)]
pub struct TallyArgs {
    /// File of ballots
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// A kind of vote (approval, score, cumulative, majority-judgment, instant-runoff, schulze…), or how a budget is
    /// spent: greedy, greedy-no-skip, greedy-threshold, equal-shares, and after a slash how equal shares are completed
    /// (greedy, add1, add1-greedy) or what they weigh (cost, approval, points)
    #[arg(long, value_name = "RULE", value_parser = rule::asked)]
    rule: Option<Asked>,
    /// Grades of a majority judgment, from the worst to the best, with commas
    #[arg(long, value_name = "GRADES", value_delimiter = ',')]
    grades: Vec<String>,
    /// A later ballot of a voter replaces the earlier one; otherwise a second ballot is void
    #[arg(long)]
    replace: bool,
    /// How many options win
    #[arg(long, value_name = "NUMBER")]
    seats: Option<u64>,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Form::Plain)]
    format: Form,
}

/// Runs the verb; 1 when the file is at fault.
pub fn run(call: &Call, args: &TallyArgs) -> Result<u8> {
    let sources = load::table(&args.file)?;
    let file = FileId(0);
    let Contents::Text(text) = &sources.get(file).contents else {
        let why = say!("ce fichier n’est pas du texte UTF-8", "this file is not UTF-8 text");
        return Err(Error::new(&args.file, why));
    };
    let mut poll = match read(args, text) {
        Ok(poll) => poll,
        Err(faults) => {
            let problems: Vec<Diagnostic> = faults.iter().map(|fault| told(&sources, file, fault)).collect();
            let format = if args.format == Form::Json { Format::Json } else { Format::Human };
            call.tell(&problems, &sources, format);
            return Ok(AT_FAULT);
        }
    };
    let own = poll.kind;
    if poll.kind == VoteKind::Lots {
        let why = say!(
            "un tirage au sort se fait sur une liste de personnes, dans un site",
            "lots are drawn among the people of a list, in a site"
        );
        return Err(Error::new(&args.file, why));
    }
    if let Some(asked) = &args.rule
        && !asked.apply(&mut poll)
    {
        let asked = asked.word();
        let own = own.as_str();
        let why = say!(
            "les bulletins de ce fichier ({own}) ne se comptent pas selon « {asked} »",
            "the ballots of this file ({own}) cannot be counted as “{asked}”"
        );
        return Err(Error::new(&args.file, why));
    }
    poll.rule.replace |= args.replace;
    poll.rule.seats = args.seats.unwrap_or(poll.rule.seats);
    let question = Question { kind: poll.kind, rule: &poll.rule, options: &poll.options, registered: None };
    let tally = count(question, &poll.ballots);
    let of_file = args.rule.is_none() && poll.ruled;
    match args.format {
        Form::Json => putln!("{}", super::json(&said::json(&poll, &tally, of_file))),
        Form::Plain => put!("{}", said::plain(&poll, &tally, of_file, call.speech)),
    }
    Ok(0)
}

fn read(args: &TallyArgs, text: &str) -> std::result::Result<Poll, Vec<Fault>> {
    let ending = args.file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("pb") => pabulib::read(text),
        Some("soc" | "soi" | "toc" | "toi" | "cat") => preflib::read(text),
        _ => {
            let grades = args.grades.iter().map(|word| word.trim().into()).collect();
            alone::read(text, &alone::Said { kind: args.rule.as_ref().map(Asked::kind), grades })
        }
    }
}

/// A fault as the diagnostic of its line.
fn told(sources: &Sources, file: FileId, fault: &Fault) -> Diagnostic {
    let text = sources.text(file);
    let start = (fault.byte as usize).min(text.len());
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
    let span = Span { file, start: start as u32, end: (start + line.len()) as u32 };
    Diagnostic::new(Code::G026, span, fault.text.clone())
}
