//! `greffe amendments`: the amendments on a text in the order of their discussion, or those that meet.

use super::named::{Form, TextNamed, look, version};
use super::{AT_FAULT, Call};
use crate::derive::conflicts::{Conflict, Meeting};
use crate::derive::texts::DerivedVersion;
use crate::error::Result;
use crate::lang::Speech;
use crate::model::document::Item;
use crate::model::site::{Amendment, Consultation, Text};
use serde::Serialize;

/// Lists the amendments and changes on a text, version by version, in the order in which they are discussed.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  greffe amendments partage-de-l-eau projet-de-loi\n  greffe amendments partage-de-l-eau projet-de-loi --conflicts\n  greffe amendments partage-de-l-eau projet-de-loi --version depot --format json"
)]
pub struct AmendmentsArgs {
    #[command(flatten)]
    named: TextNamed,
    /// Only those on this version
    #[arg(long, value_name = "ID")]
    version: Option<String>,
    /// Only the pairs that meet: that do the same, change the same words, or of which one takes away what the other changes
    #[arg(long)]
    conflicts: bool,
}

/// An amendment of the list.
#[derive(Serialize)]
struct Row<'a> {
    version: &'a str,
    /// Its place in the discussion, from 1.
    place: usize,
    id: &'a str,
    number: &'a str,
    article: Option<&'a str>,
    authors: &'a [Box<str>],
    /// Its outcome, or the origin of a change that was not tabled.
    outcome: &'static str,
    /// It enters the consolidated text.
    applied: bool,
}

/// Two that meet.
#[derive(Serialize)]
struct Pair<'a> {
    version: &'a str,
    first: &'a str,
    second: &'a str,
    meeting: Meeting,
    /// The article or division where they meet, by its number.
    unit: String,
    paragraph: Option<u32>,
}

/// Runs the verb.
pub fn run(call: &Call, args: &AmendmentsArgs) -> Result<u8> {
    let Some(looked) = look(call, &args.named.reading)? else { return Ok(AT_FAULT) };
    let at = looked.text(&args.named)?;
    let (c, text) = looked.at(at);
    let only = args.version.as_deref().map(|named| version(text, named)).transpose()?;
    let derived = &looked.derived.consultations[at.0].texts[at.1].versions;
    let chosen = derived.iter().enumerate().filter(|(v, _)| only.is_none_or(|only| only == *v));
    if args.conflicts {
        let pairs: Vec<Pair<'_>> =
            chosen.flat_map(|(v, d)| d.conflicts.iter().map(move |x| pair(c, text, v, x))).collect();
        tell(args.named.format, &pairs, |p| {
            let place = p.paragraph.map_or(String::new(), |n| format!(", {n}"));
            let meeting = words(p.meeting, call.speech);
            format!("{}\t{}\t{}\t{meeting}\t{}{place}", p.version, p.first, p.second, p.unit)
        });
    } else {
        let rows: Vec<Row<'_>> = chosen.flat_map(|(v, d)| rows(c, text, v, d)).collect();
        tell(args.named.format, &rows, |r| {
            let article = r.article.unwrap_or("-");
            format!(
                "{}\t{}\t{}\t{article}\t{}\t{}",
                r.version,
                r.place,
                r.number,
                r.outcome,
                r.authors.join(", ")
            )
        });
    }
    Ok(0)
}

fn tell<T: Serialize>(form: Form, list: &[T], line: impl Fn(&T) -> String) {
    match form {
        Form::Plain => list.iter().for_each(|one| putln!("{}", line(one))),
        Form::Json => putln!("{}", super::json(&list)),
    }
}

fn rows<'a>(c: &'a Consultation, text: &'a Text, v: usize, derived: &DerivedVersion) -> Vec<Row<'a>> {
    let row = |(place, at): (usize, &usize)| {
        let amendment = &c.amendments[*at];
        Row {
            version: text.versions[v].id.as_str(),
            place: place + 1,
            id: amendment.id.as_str(),
            number: &amendment.number,
            article: amendment.article.as_ref().map(|a| a.as_str()),
            authors: &amendment.authors,
            outcome: decided(amendment),
            applied: derived.grafted.adopted.has(*at as u32),
        }
    };
    derived.discussion.iter().enumerate().map(row).collect()
}

fn decided(amendment: &Amendment) -> &'static str {
    let origin = amendment.origin.map_or("", |origin| origin.as_str());
    amendment.outcome.map_or(origin, |outcome| outcome.as_str())
}

fn pair<'a>(c: &'a Consultation, text: &'a Text, v: usize, conflict: &Conflict) -> Pair<'a> {
    let items = &text.versions[v].document.main().items;
    let unit = match conflict.unit.checked_sub(1).and_then(|at| items.get(at)) {
        None => String::new(),
        Some(Item::Division(d)) => if d.number.is_empty() { &d.heading } else { &d.number }.to_string(),
        Some(Item::Article(a)) => a.number.to_string(),
    };
    Pair {
        version: text.versions[v].id.as_str(),
        first: &c.amendments[conflict.first].number,
        second: &c.amendments[conflict.second].number,
        meeting: conflict.meeting,
        unit,
        paragraph: conflict.paragraph,
    }
}

fn words(meeting: Meeting, speech: Speech) -> &'static str {
    match (meeting, speech) {
        (Meeting::Identical, Speech::Fr) => "font la même chose",
        (Meeting::Identical, Speech::En) => "do the same",
        (Meeting::Overlap, Speech::Fr) => "changent les mêmes mots",
        (Meeting::Overlap, Speech::En) => "change the same words",
        (Meeting::Moot, Speech::Fr) => "le premier ferait tomber le second",
        (Meeting::Moot, Speech::En) => "the first would make the second moot",
    }
}
