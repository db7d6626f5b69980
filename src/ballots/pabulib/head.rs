//! META → title, dates, money and the rule, and how the ballots are written.

use super::{Section, cell, money, not_money};
use crate::ballots::csv::Fault;
use crate::ballots::poll::{Poll, fault};
use crate::lang::Lang;
use crate::model::choices::{Completion, Selection, Utility};
use crate::model::when::Date;
use crate::say;
use std::collections::BTreeMap;

/// What META says, by key, each with its place.
pub(super) type Said = BTreeMap<Box<str>, (Box<str>, (u64, u64))>;

/// How ballots are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// Names of projects.
    Choices,
    /// Names of projects, and a column with the points of each.
    Points,
    /// Names of projects in order: the first gains so many points, the next one less, down to 1.
    Ranks(u32),
}

/// Reads `key;value` rows; a value that holds `;` unquoted is whole.
pub(super) fn read(section: &Section<'_>) -> Said {
    let mut rows = section.rows();
    let mut said = Said::new();
    for row in rows.records().map_while(Result::ok) {
        let words: Vec<&str> = row.iter().skip(1).map(str::trim).collect();
        let words = words.join(";");
        let words = words.trim_end_matches(';');
        if !words.is_empty() {
            said.insert(cell(&row, Some(0)).to_lowercase().into(), (words.into(), section.place(&row)));
        }
    }
    said
}

/// Keys whose words are used, here or in [`declared`].
const USED: [&str; 29] = [
    "description",
    "instance",
    "unit",
    "subunit",
    "district",
    "country",
    "edition",
    "num_projects",
    "num_votes",
    "budget",
    "vote_type",
    "rule",
    "date_begin",
    "date_end",
    "language",
    "currency",
    "min_length",
    "max_length",
    "max_sum_cost",
    "max_points",
    "min_sum_points",
    "max_sum_points",
    "min_project_score_threshold",
    "comment",
    "acknowledgments",
    "scoring_fn",
    "fully_funded",
    "experimental",
    "min_points",
];

/// Puts what is said into a poll, and says how its ballots are written; nothing when that is not known.
pub(super) fn head(said: &Said, poll: &mut Poll, faults: &mut Vec<Fault>) -> Option<Written> {
    let words = |key: &str| said.get(key).map(|(words, _)| &**words);
    if let Some(language) = words("language").and_then(Lang::new) {
        poll.language = language;
    }
    poll.title = title(said);
    let credit =
        ["comment", "acknowledgments"].into_iter().filter_map(words).collect::<Vec<_>>().join("\n\n");
    poll.summary = (!credit.is_empty()).then(|| credit.into());
    poll.organiser = words("unit").map(Into::into);
    poll.currency = words("currency").map(Into::into);
    (poll.opens, poll.closes) = (words("date_begin").and_then(day), words("date_end").and_then(day));
    let written = written(said, poll, faults);
    limits(said, poll, faults);
    selection(said, poll, written);
    let other: Vec<&str> = said.keys().map(|key| &**key).filter(|key| !USED.contains(key)).collect();
    if !other.is_empty() {
        let keys = other.join(", ");
        poll.notes.push(say!("lignes de META non reprises : {keys}", "rows of META not kept: {keys}"));
    }
    written
}

fn title(said: &Said) -> Box<str> {
    let words = |key: &str| said.get(key).map_or("", |(words, _)| &**words);
    let mut title = words("description").to_owned();
    for key in ["unit", "district", "subunit", "instance"] {
        let more = words(key);
        if !more.is_empty() && !title.contains(more) {
            title = if title.is_empty() { more.into() } else { format!("{title}, {more}") };
        }
    }
    title.into()
}

/// `11.09.2019`, or `2019-09-11`.
fn day(words: &str) -> Option<Date> {
    let parts: Vec<&str> = words.split('.').collect();
    match parts[..] {
        [day, month, year] => Date::parse(&format!("{year}-{month:0>2}-{day:0>2}")),
        _ => Date::parse(words),
    }
}

fn written(said: &Said, poll: &mut Poll, faults: &mut Vec<Fault>) -> Option<Written> {
    let Some((kind, place)) = said.get("vote_type") else {
        faults.push(fault((0, 1), say!("META ne dit pas « vote_type »", "META does not say “vote_type”")));
        return None;
    };
    match &**kind {
        "approval" => Some(Written::Choices),
        "choose-1" => {
            (poll.rule.min_choices, poll.rule.max_choices) = (1, 1);
            Some(Written::Choices)
        }
        "cumulative" | "scoring" => Some(Written::Points),
        "ordinal" => {
            let longest = said.get("max_length").or_else(|| said.get("num_projects"));
            let most = longest.and_then(|(words, _)| words.parse().ok()).unwrap_or(1);
            poll.rule.max_score = Some(u64::from(most));
            poll.notes.push(say!(
                "bulletins classés, comptés en points : {most} au premier projet, un de moins au suivant",
                "ranked ballots, counted as points: {most} for the first project, one less for the next"
            ));
            Some(Written::Ranks(most))
        }
        other => {
            let text = say!(
                "« vote_type » inconnu : {other} ; attendu : approval, choose-1, ordinal, cumulative, scoring",
                "unknown “vote_type”: {other}; expected: approval, choose-1, ordinal, cumulative, scoring"
            );
            faults.push(fault(*place, text));
            None
        }
    }
}

/// What one ballot may hold, and what there is to spend.
fn limits(said: &Said, poll: &mut Poll, faults: &mut Vec<Fault>) {
    let mut number = |key: &str| {
        let (words, place) = said.get(key)?;
        let number = words.parse::<u64>().ok();
        if number.is_none() {
            let text = say!(
                "{key} : « {words} » n’est pas un nombre entier",
                "{key}: “{words}” is not a whole number"
            );
            faults.push(fault(*place, text));
        }
        number
    };
    let rule = &mut poll.rule;
    rule.min_choices = number("min_length").unwrap_or(rule.min_choices);
    rule.max_choices = number("max_length").unwrap_or(rule.max_choices);
    rule.max_score = number("max_points").or(rule.max_score);
    rule.min_points = number("min_sum_points");
    rule.max_points = number("max_sum_points");
    rule.min_support = number("min_project_score_threshold").unwrap_or(0);
    let mut amount = |key: &str| {
        let (words, place) = said.get(key)?;
        let amount = money(words);
        if amount.is_none() {
            faults.push(fault(*place, not_money(words)));
        }
        amount
    };
    rule.max_spend = amount("max_sum_cost");
    rule.budget = amount("budget");
    if !said.contains_key("budget") {
        faults.push(fault((0, 1), say!("META ne dit pas « budget »", "META does not say “budget”")));
    }
}

fn selection(said: &Said, poll: &mut Poll, written: Option<Written>) {
    let rule = said.get("rule").map_or("unknown", |(words, _)| &**words);
    poll.ruled = true;
    (poll.rule.selection, poll.rule.completion) = match rule {
        "greedy" if poll.rule.min_support > 0 => (Selection::GreedyThreshold, Completion::None),
        "greedy" => (Selection::Greedy, Completion::None),
        "greedy-no-skip" => (Selection::GreedyNoSkip, Completion::None),
        "greedy-threshold" => (Selection::GreedyThreshold, Completion::None),
        "equalshares" => (Selection::EqualShares, Completion::None),
        "equalshares/add1" => (Selection::EqualShares, Completion::Add1),
        other => {
            poll.ruled = false;
            if other != "unknown" {
                poll.notes
                    .push(say!("règle inconnue ici : « {other} »", "a rule that is unknown here: “{other}”"));
            }
            (Selection::Greedy, Completion::None)
        }
    };
    poll.rule.utility = match written {
        Some(Written::Points | Written::Ranks(_)) => Utility::Points,
        Some(Written::Choices) | None => Utility::Cost,
    };
}

/// Compares what META declares with what was read.
pub(super) fn declared(said: &Said, poll: &mut Poll) {
    let number = |key: &str| said.get(key).and_then(|(words, _)| words.parse::<u64>().ok());
    poll.cast = number("num_votes");
    let found = (poll.options.len() as u64, poll.ballots.len() as u64);
    if let Some(said) = number("num_projects").filter(|said| *said != found.0) {
        let found = found.0;
        poll.notes.push(say!(
            "META annonce {said} projets, le fichier en a {found}",
            "META announces {said} projects, the file has {found}"
        ));
    }
    if let Some(said) = poll.cast.filter(|said| *said != found.1) {
        let found = found.1;
        poll.notes.push(say!(
            "META annonce {said} bulletins, le fichier en a {found}",
            "META announces {said} ballots, the file has {found}"
        ));
    }
}
