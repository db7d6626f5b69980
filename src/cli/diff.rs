//! `greffe diff`: two versions of a text compared, word by word, as their page compares them; or a version with what
//! was adopted on it against a later one: what no recorded change explains.

use super::named::{Form, TextNamed, look, version};
use super::{AT_FAULT, Call};
use crate::compare::versions::align;
use crate::compare::words::{Run, difference};
use crate::derive::explained::{Difference, differences};
use crate::error::Result;
use crate::lang::Speech;
use crate::model::site::{Consultation, Text};
use crate::route::{From, Part, Route};
use crate::view::compare::{CompareItem, compare};
use crate::view::context::Context;
use crate::view::rows::{RowFate, Stretch};
use crate::view::words::{RunKind, RunView};

/// Compares two versions of a text, word by word: [-deleted-] {+inserted+}.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  greffe diff partage-de-l-eau projet-de-loi depot adopte\n  greffe diff partage-de-l-eau projet-de-loi depot adopte --consolidated   what no amendment explains\n  greffe diff partage-de-l-eau projet-de-loi depot adopte --format json    the data of the page"
)]
pub struct DiffArgs {
    #[command(flatten)]
    named: TextNamed,
    /// The older version
    #[arg(value_name = "V1")]
    older: String,
    /// The newer version
    #[arg(value_name = "V2")]
    newer: String,
    /// Compare V1 with the changes adopted on it: what differs is explained by none of them
    #[arg(long)]
    consolidated: bool,
}

/// Runs the verb.
pub fn run(call: &Call, args: &DiffArgs) -> Result<u8> {
    let Some(looked) = look(call, &args.named.reading)? else { return Ok(AT_FAULT) };
    let at = looked.text(&args.named)?;
    let (c, text) = looked.at(at);
    let (left, right) = (version(text, &args.older)?, version(text, &args.newer)?);
    if args.consolidated {
        let grafted = &looked.derived.consultations[at.0].texts[at.1].versions[left].grafted;
        let newer = text.versions[right].document.main();
        let found = differences(&grafted.editions.main().consolidated, newer);
        match args.named.format {
            Form::Json => putln!("{}", super::json(&found)),
            Form::Plain => found.iter().for_each(|d| putln!("{}", unexplained(d))),
        }
        return Ok(0);
    }
    let part = Part::Compare(&text.id, &text.versions[left].id, &text.versions[right].id);
    let route = Route::In(&c.id, part);
    let lang = &looked.site.languages[0];
    let from = From::new(route, looked.site.languages.len() > 1);
    let context = Context { site: &looked.site, derived: &looked.derived, lang, from, route, at: Some(at.0) };
    print(call, args, &context, (c, text), (left, right));
    Ok(0)
}

fn print(
    call: &Call,
    args: &DiffArgs,
    context: &Context<'_>,
    (c, text): (&Consultation, &Text),
    (left, right): (usize, usize),
) {
    let document = |v: usize| text.versions[v].document.get(context.lang);
    let alignment = align(document(left), document(right));
    let view = compare(context, c, text, (left, right), &alignment);
    if args.named.format == Form::Json {
        putln!("{}", super::json(&view));
        return;
    }
    paragraphs(&view.preamble);
    for item in &view.items {
        match item {
            CompareItem::Division { fate, number, heading, was, stretches, .. } => {
                let title = [*number, *heading].join(" ");
                match (fate, was) {
                    (RowFate::Inserted, _) => putln!("{{+{}+}}\n", title.trim()),
                    (RowFate::Deleted, _) => putln!("[-{}-]\n", title.trim()),
                    (_, Some(was)) => putln!("[-{was}-] {{+{}+}}\n", title.trim()),
                    (RowFate::Same | RowFate::Changed | RowFate::Moved, None) => {}
                }
                paragraphs(stretches);
            }
            CompareItem::Article { number, heading, steps, was, stretches, .. } => {
                if steps.as_slice() == ["same"] {
                    continue;
                }
                let was: Vec<&str> = was.iter().map(|w| w.title.as_str()).collect();
                let was = if was.is_empty() { String::new() } else { format!(" ← {}", was.join(", ")) };
                let steps: Vec<&str> = steps.iter().map(|step| told(step, call.speech)).collect();
                putln!("== {number} {}({}){was}\n", spaced(&line(heading)), steps.join(", "));
                paragraphs(stretches);
            }
        }
    }
}

fn spaced(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("– {words} ") }
}

fn paragraphs(stretches: &[Stretch]) {
    for row in stretches.iter().flat_map(|s| &s.rows).filter(|row| row.fate != RowFate::Same) {
        let number = row.newer.or(row.older).map_or(String::new(), |n| format!("{n}. "));
        putln!("{number}{}\n", line(&row.runs));
    }
}

fn line(runs: &[RunView]) -> String {
    let one = |run: &RunView| match run.run {
        RunKind::Same => run.words.clone(),
        RunKind::Deleted => format!("[-{}-]", run.words),
        RunKind::Inserted => format!("{{+{}+}}", run.words),
    };
    runs.iter().map(one).collect()
}

fn unexplained(difference: &Difference) -> String {
    let place = difference.paragraph.map_or(String::new(), |n| format!(", {n}"));
    let words: String = difference_of(difference);
    format!("{}{place}: {words}", difference.unit)
}

fn difference_of(one: &Difference) -> String {
    let run = |run: Run<'_>| match run {
        Run::Same(words) => words.to_owned(),
        Run::Deleted(words) => format!("[-{words}-]"),
        Run::Inserted(words) => format!("{{+{words}+}}"),
    };
    difference(&one.before, &one.after).into_iter().map(run).collect()
}

/// What became of an article, in words.
fn told(step: &'static str, speech: Speech) -> &'static str {
    match (step, speech) {
        ("changed", Speech::Fr) => "modifié",
        ("typography", Speech::Fr) => "typographie",
        ("renumbered", Speech::Fr) => "renuméroté",
        ("moved", Speech::Fr) => "déplacé",
        ("split", Speech::Fr) => "scindé",
        ("merged", Speech::Fr) => "fusionné",
        ("new", Speech::Fr) => "nouveau",
        ("deleted", Speech::Fr) => "supprimé",
        (word, _) => word,
    }
}
