//! A [`Poll`] → `votes/<id>.yaml` and its ballots: what the importers of votes share. Every voter becomes a pseudonym that
//! stands for one file alone, and ballots stand in the order of the pseudonyms. Where the rule gives something else than
//! what the file declares, the difference is acknowledged, in figures.

use super::Options;
use super::content::{Fields, Folder, count};
use super::pseudonym::Pseudonyms;
use crate::ballots::poll::Poll;
use crate::model::choices::{Completion, Selection, VoteKind};
use crate::model::id::Id;
use crate::model::vote::{Ballot, Mark, Money, NO_GRADE, Rule, UNKNOWN};
use crate::tally::{Question, Tally, count as counted};
use crate::yaml::write::Out;
use std::collections::BTreeMap;

/// Writes a vote and its ballots.
pub(super) fn put(folder: &mut Folder, id: &Id, poll: &Poll, options: &Options) {
    let question = Question { kind: poll.kind, rule: &poll.rule, options: &poll.options, registered: None };
    let tally = counted(question, &poll.ballots);
    folder.put(&format!("votes/{id}.yaml"), record(id, poll, &tally, options).yaml());
    folder.put(&format!("votes/{id}.csv"), ballots(id, poll, options));
}

fn record(id: &Id, poll: &Poll, tally: &Tally, options: &Options) -> Fields {
    let title = if poll.title.is_empty() { id.as_str() } else { &*poll.title };
    let day = |day: &Option<crate::model::when::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let mut summary = poll.summary.as_deref().unwrap_or_default().to_owned();
    if !poll.ruled {
        let gap = if summary.is_empty() { "" } else { "\n\n" };
        let rule = stated(poll);
        summary.push_str(&format!(
            "{gap}Le fichier ne dit pas selon quelle règle ce vote a été dépouillé. Il l’est ici selon {rule}."
        ));
    }
    let choices = poll.options.iter().map(|option| {
        let fields = Fields::new().text("id", option.id.as_str()).text("title", &**option.title.main());
        let fields = fields.text("summary", option.summary.as_ref().map_or("", |words| words.main()));
        match option.cost {
            Some(cost) => fields.plain("cost", cost),
            None => fields,
        }
    });
    let mut fields = Fields::new()
        .text("title", title)
        .text("kind", poll.kind.as_str())
        .text("summary", summary)
        .text("opens", day(&poll.opens))
        .text("closes", day(&poll.closes))
        .map("rule", rule(&poll.rule, poll.kind))
        .list("options", choices.map(Fields::item).collect())
        .text("currency", poll.currency.as_deref().unwrap_or_default());
    if let Some(cast) = poll.cast {
        fields = fields.plain("cast", cast);
    }
    if let Some(declared) = &poll.declared {
        let pairs = poll.options.iter().zip(declared);
        let totals = pairs.fold(Fields::new(), |f, (option, n)| f.plain(option.id.as_str(), n));
        fields = fields.map("totals", totals);
    }
    let won = poll.selected.iter().flatten().map(|at| Out::text(poll.options[*at].id.as_str()));
    fields = fields.list("winners", won.collect()).text("ballots", format!("{id}.csv"));
    match differences(poll, tally) {
        Some(reason) => {
            let date = options.first_import.to_string();
            fields.map("acknowledged", Fields::new().text("reason", reason).text("date", date))
        }
        None => fields,
    }
}

/// What a rule that the file does not state is called.
fn stated(poll: &Poll) -> &'static str {
    match (poll.kind, poll.rule.selection) {
        (VoteKind::Schulze, _) => "la méthode de Schulze",
        (VoteKind::InstantRunoff, _) => "le vote alternatif",
        (VoteKind::MajorityJudgment, _) => "le jugement majoritaire",
        (VoteKind::Budget, Selection::EqualShares) => "la méthode des parts égales",
        (VoteKind::Budget, _) => "le nombre de voix ou de points, jusqu’à épuisement du budget",
        (
            VoteKind::Approval
            | VoteKind::Poll
            | VoteKind::Score
            | VoteKind::Cumulative
            | VoteKind::Reactions
            | VoteKind::Petition
            | VoteKind::RollCall
            | VoteKind::Lots,
            _,
        ) => "le nombre de voix",
    }
}

/// The keys of a rule that are not what they would be without a word.
fn rule(rule: &Rule, kind: VoteKind) -> Fields {
    let usual = Rule::of(kind);
    let number = |fields: Fields, key: &str, value: Option<u64>| match value {
        Some(value) => fields.plain(key, value),
        None => fields,
    };
    let unlike = |value: u64, usual: u64| Some(value).filter(|value| *value != usual);
    let amount = |fields: Fields, key: &str, value: Option<Money>| match value {
        Some(value) => fields.plain(key, value),
        None => fields,
    };
    let mut fields = Fields::new();
    fields = number(fields, "min_choices", unlike(rule.min_choices, usual.min_choices));
    fields = number(fields, "max_choices", unlike(rule.max_choices, usual.max_choices));
    fields = number(fields, "max_score", rule.max_score);
    fields = number(fields, "min_points", rule.min_points);
    fields = number(fields, "max_points", rule.max_points);
    if rule.replace {
        fields = fields.plain("replace", true);
    }
    fields = number(fields, "seats", unlike(rule.seats, usual.seats));
    let grade = |grade: &crate::model::site::Category| {
        Fields::new().text("id", grade.id.as_str()).text("title", &**grade.title.main()).item()
    };
    fields = fields.list("grades", rule.grades.iter().map(grade).collect());
    if kind != VoteKind::Budget {
        return fields;
    }
    fields = amount(fields, "budget", rule.budget);
    fields = amount(fields, "max_spend", rule.max_spend);
    fields = fields.text("selection", rule.selection.as_str());
    match rule.selection {
        Selection::GreedyThreshold => fields.plain("min_support", rule.min_support),
        Selection::EqualShares if rule.completion != Completion::None => {
            fields.text("completion", rule.completion.as_str()).text("utility", rule.utility.as_str())
        }
        Selection::EqualShares => fields.text("utility", rule.utility.as_str()),
        Selection::Greedy | Selection::GreedyNoSkip => fields,
    }
}

/// What the file declares and its ballots do not give, in figures.
fn differences(poll: &Poll, tally: &Tally) -> Option<String> {
    let id = |at: usize| poll.options[at].id.as_str();
    let mut found = Vec::new();
    if let (Some(said), Some(cast)) = (poll.cast, tally.cast)
        && said != cast
    {
        found.push(format!("{} bulletins déclarés, {} dans le fichier", count(said), count(cast)));
    }
    if let Some(declared) = &poll.declared {
        let pairs = declared.iter().zip(&tally.counts).enumerate().filter(|(_, (said, n))| said != n);
        found.extend(pairs.map(|(at, (said, n))| {
            format!("« {} » : {} déclarés, {} comptés", id(at), count(*said), count(*n))
        }));
    }
    if let Some(selected) = &poll.selected {
        let only = |left: &[usize], right: &[usize]| {
            left.iter().filter(|at| !right.contains(at)).map(|at| id(*at)).collect::<Vec<_>>().join(", ")
        };
        let (more, less) = (only(selected, &tally.winners), only(&tally.winners, selected));
        if !more.is_empty() {
            found.push(format!("sélectionnés selon le fichier et non selon la règle : {more}"));
        }
        if !less.is_empty() && !selected.is_empty() {
            found.push(format!("sélectionnés selon la règle et non selon le fichier : {less}"));
        }
    }
    let list = found.join("\u{202f}; ");
    (!found.is_empty())
        .then(|| format!("Ce que le fichier déclare n’est pas ce que donnent ses bulletins : {list}."))
}

/// The ballots, in our own form.
fn ballots(id: &Id, poll: &Poll, options: &Options) -> String {
    // A number that two files give is two people.
    let account = |ballot: &Ballot| format!("{id}/{}", ballot.voter);
    let named = poll.ballots.iter().filter(|ballot| !ballot.voter.is_empty());
    let accounts: Vec<String> = named.map(account).collect();
    let pseudonyms = Pseudonyms::new(&options.key, accounts.iter().map(String::as_str));
    let mut rows: Vec<(&str, &Ballot)> = Vec::with_capacity(poll.ballots.len());
    for ballot in &poll.ballots {
        let own = if ballot.voter.is_empty() { None } else { pseudonyms.digits(&account(ballot)) };
        rows.push((own.unwrap_or_default(), ballot));
    }
    // The order of a file leads back to its rows. That of one voter's ballots stays.
    rows.sort_by_key(|(voter, _)| *voter);
    let several = poll.ballots.iter().any(|ballot| ballot.count != 1);
    let channels = !poll.channels.is_empty();
    let mut out = String::from("voter");
    out.push_str(if several { ",count,choice" } else { ",choice" });
    out.push_str(if channels { ",channel\n" } else { "\n" });
    for (voter, ballot) in rows {
        out.push_str(voter);
        out.push(',');
        if several {
            out.push_str(&ballot.count.to_string());
            out.push(',');
        }
        choice(&mut out, poll, &ballot.marks);
        if channels {
            out.push(',');
            let channel = ballot.channel.and_then(|at| poll.channels.get(usize::from(at)));
            out.push_str(&cell(channel.map_or("", |channel| channel)));
        }
        out.push('\n');
    }
    out
}

/// A cell that may need quotes.
fn cell(words: &str) -> String {
    match words.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", words.replace('"', "\"\"")),
        false => words.to_owned(),
    }
}

/// `a|b`, `a=3|b=2`, `a>b=c`; ids and numbers need no quotes.
fn choice(out: &mut String, poll: &Poll, marks: &[Mark]) {
    let points = poll.rule.max_score.is_some() || poll.rule.max_points.is_some();
    let valued = match poll.kind {
        VoteKind::Score | VoteKind::Cumulative | VoteKind::MajorityJudgment => true,
        VoteKind::Budget => points,
        VoteKind::Reactions
        | VoteKind::Poll
        | VoteKind::Approval
        | VoteKind::InstantRunoff
        | VoteKind::Schulze
        | VoteKind::Petition
        | VoteKind::RollCall
        | VoteKind::Lots => false,
    };
    let mut last = None;
    let mut sorted: Vec<&Mark> = marks.iter().collect();
    if poll.kind.is_ranked() {
        sorted.sort_by_key(|mark| mark.value);
    }
    for mark in sorted {
        match last {
            None => {}
            Some(rank) if poll.kind.is_ranked() => out.push(if rank == mark.value { '=' } else { '>' }),
            Some(_) => out.push('|'),
        }
        last = Some(mark.value);
        // What was no option stays none.
        let option = poll.options.get(mark.option as usize).map_or("?", |option| option.id.as_str());
        debug_assert!(mark.option == UNKNOWN || option != "?");
        out.push_str(option);
        if valued {
            let value = match (mark.value, poll.kind) {
                (NO_GRADE, _) => "?".to_owned(),
                (at, VoteKind::MajorityJudgment) => {
                    poll.rule.grades.get(at as usize).map_or("?", |grade| grade.id.as_str()).to_owned()
                }
                (points, _) => points.to_string(),
            };
            out.push('=');
            out.push_str(&value);
        }
    }
}

/// `consultation.yaml`: what several votes say together.
pub(super) fn consultation(
    folder: &mut Folder,
    polls: &BTreeMap<Id, Poll>,
    (platform, url): (&str, &str),
    options: &Options,
) {
    let first = polls.values().next();
    let alone = first.filter(|_| polls.len() == 1).map(|poll| poll.title.to_string());
    let title = options.title.as_deref().map(ToOwned::to_owned).or(alone.filter(|t| !t.is_empty()));
    let title = title.unwrap_or_else(|| options.slug.as_str().replace('-', " "));
    let ballots: u64 = polls.values().flat_map(|poll| &poll.ballots).map(|ballot| ballot.count).sum();
    let by = |poll: &Poll| poll.organiser.as_deref().map(ToOwned::to_owned);
    let organiser = first.and_then(by).filter(|name| polls.values().all(|p| by(p).as_ref() == Some(name)));
    let votes = super::content::counted(polls.len() as u64, "vote", "votes");
    let ballots = super::content::counted(ballots, "bulletin", "bulletins");
    let start = polls.values().filter_map(|poll| poll.opens).min();
    let end = polls.values().filter_map(|poll| poll.closes).max();
    let day = |day: Option<crate::model::when::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let phase = Fields::new()
        .text("kind", "vote")
        .text("title", "Vote")
        .text("start", day(start))
        .text("end", day(end));
    let fields = Fields::new()
        .text("title", title)
        .text("summary", format!("{votes} et {ballots}, repris de {platform} et dépouillés ici de nouveau."))
        .map(
            "organiser",
            Fields::new().text("name", organiser.unwrap_or_else(|| "Non indiqué par le fichier".to_owned())),
        )
        .list("phases", if start.is_some() { vec![phase.item()] } else { Vec::new() })
        .map("origin", Fields::new().text("platform", platform).text("url", url));
    folder.put("consultation.yaml", fields.yaml());
}
