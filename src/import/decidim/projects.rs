//! Projects of budgets: what they say, and the vote on each budget.

use super::address::{self, Thing};
use super::answers::escaped;
use super::cell;
use super::entity::Entity;
use super::gather::Reader;
use super::pieces::{common, key};
use super::sheet::Record;
use crate::import::platform::{Choice, Piece, Poll, Words};
use crate::model::choices::{ContributionKind, VoteKind};
use crate::say;
use std::collections::BTreeMap;

/// Reads the projects of budgets. Their words become proposals, on which comments hang; how many ballots chose each and
/// which were selected become a vote for each budget, without ballots, since the export has none.
pub(super) fn projects(reader: &mut Reader<'_>) {
    let mut polls: BTreeMap<Box<str>, Poll> = BTreeMap::new();
    for record in reader.take(Entity::Projects) {
        let Some(key) = key(reader, &record, Thing::Project) else { continue };
        let mut piece = reader.piece(&record, key.clone(), ContributionKind::Proposal, "project");
        common(reader, &record, &mut piece);
        piece.title = reader.words(&record, "title").map(cell::title);
        piece.body = reader.words(&record, "description").map(cell::words).unwrap_or_default();
        if let Some(amount) = record.find("budget_amount") {
            let label = reader.label(say!("Coût prévu", "Planned cost"));
            piece.appendices.push((label, Words::Plain(amount.to_owned())));
        }
        let lines: Vec<String> =
            record.list("related_proposal_urls").iter().map(|url| line(reader, url)).collect();
        if !lines.is_empty() {
            let label = reader.label(say!("Propositions dont il est issu", "Proposals it came from"));
            piece.appendices.push((label, Words::Html(format!("<ul>{}</ul>", lines.concat()))));
        }
        voted(reader, &record, &mut piece);
        let budget = record.find("budget/id").unwrap_or("1");
        let poll = polls.entry(budget.into()).or_insert_with(|| poll(reader, &record, budget));
        let choice = Choice {
            key,
            title: piece.title.clone().unwrap_or_default(),
            cost: record.find("budget_amount").map(Into::into),
            votes: record.number("confirmed_votes"),
            won: record.find("selected_at").is_some(),
        };
        if !poll.choices.iter().any(|known| known.key == choice.key) {
            poll.choices.push(choice);
        }
        reader.out.pieces.push(piece);
    }
    // Without a count there is no result to show; what was selected is said with each project.
    let held = |poll: &Poll| poll.choices.iter().any(|choice| choice.votes.is_some_and(|n| n > 0));
    let mut polls: Vec<Poll> = polls.into_values().filter(held).collect();
    for poll in &mut polls {
        poll.choices.sort_by_key(|choice| std::cmp::Reverse(choice.votes));
    }
    reader.out.polls.extend(polls);
}

/// What the vote made of a project, in words: it is read where the project is.
fn voted(reader: &Reader<'_>, record: &Record<'_>, piece: &mut Piece) {
    let n = record.number("confirmed_votes");
    let mut told: Vec<String> = Vec::new();
    told.extend(n.map(|n| {
        reader.label(say!(
            "Bulletins qui l’ont choisi, d’après la plateforme : {n}.",
            "Ballots that chose it, as the platform declares: {n}."
        ))
    }));
    if record.find("selected_at").is_some() {
        told.push(reader.label(say!("Projet retenu.", "Project selected.")));
    }
    if !told.is_empty() {
        piece.appendices.push((reader.label(say!("Vote", "Vote")), Words::Plain(told.join(" "))));
    }
}

/// The vote on a budget.
fn poll(reader: &Reader<'_>, record: &Record<'_>, budget: &str) -> Poll {
    let url = record.find("url").and_then(address::bare);
    let url = url.and_then(|url| url.split_once("/projects/")).map(|(budget, _)| budget.to_owned());
    let title = record.words("budget/title", &reader.language).map(cell::title);
    Poll {
        key: format!("budget-{budget}").into(),
        place: record.place().clone(),
        title: title.unwrap_or_else(|| {
            reader.label(say!("Budget participatif {budget}", "Participatory budget {budget}"))
        }),
        kind: VoteKind::Budget,
        closes: None,
        choices: Vec::new(),
        without: say!(
            "L’export de la plateforme dit combien de bulletins ont choisi chaque projet ; il ne contient ni les bulletins, ni leur nombre, ni le budget total.",
            "The platform’s export says how many ballots chose each project; it holds neither the ballots, nor their number, nor the whole budget."
        ),
        url,
    }
}

/// A link to a proposal, under its title.
fn line(reader: &Reader<'_>, url: &str) -> String {
    let known = address::target(url).and_then(|(thing, id)| reader.known.get(&(thing, id.into())));
    let title = known.map(|known| known.title.as_str()).filter(|title| !title.is_empty()).unwrap_or(url);
    format!("<li><a href=\"{}\">{}</a></li>", escaped(url), escaped(title))
}
