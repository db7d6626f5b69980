//! What people proposed: proposals and the amendments to them, debates, projects put to a vote. Each may carry the
//! official answer that it was given.

use super::address::{self, Thing};
use super::cell;
use super::gather::{Count, Reader, id, is_amendment, word};
use super::sheet::{Entity, Record};
use crate::import::platform::{Answer, Choice, Key, Piece, Poll, What, Words};
use crate::model::choices::{Channel, ContributionKind, Decision, VoteKind};
use crate::say;
use std::collections::BTreeMap;

/// Reads the proposals.
pub(super) fn proposals(reader: &mut Reader<'_>) {
    for record in reader.take(Entity::Proposals) {
        let Some(key) = key(reader, &record, Thing::Proposal) else { continue };
        let amendment = is_amendment(&record);
        let kind = if amendment { ContributionKind::Wording } else { ContributionKind::Proposal };
        let mut piece = reader.piece(&record, key.clone(), kind, word(&record));
        common(reader, &record, &mut piece);
        piece.title = reader.words(&record, "title").map(cell::title);
        piece.body = reader.words(&record, "body").map(cell::words).unwrap_or_default();
        piece.votes.r#for = record.number("votes").or(record.number("supports"));
        // The voting cards of a module: green, yellow, red.
        if let Some(green) = record.number("votes_green_approval") {
            piece.votes.r#for = Some(green);
            piece.votes.mixed = record.number("votes_yellow_neutral");
            piece.votes.against = record.number("votes_red_disapproval");
        }
        if amendment {
            piece.parent = original(reader, &record);
        }
        meetings(reader, &record, &mut piece);
        withdrawn(reader, &record, &mut piece);
        let related = record.list("related_proposals").len();
        reader.count(Count::Related, related);
        let likes = record.number("endorsements/total_count").or(record.number("likes/total_count"));
        reader.count(Count::Endorsements, likes.unwrap_or(0) as usize);
        answer(reader, &record, key);
        reader.out.pieces.push(piece);
    }
}

/// Reads the debates.
pub(super) fn debates(reader: &mut Reader<'_>) {
    for record in reader.take(Entity::Debates) {
        let Some(key) = key(reader, &record, Thing::Debate) else { continue };
        let mut piece = reader.piece(&record, key.clone(), ContributionKind::Proposal, "debate");
        common(reader, &record, &mut piece);
        piece.created = piece.created.or_else(|| record.find("start_time").map(Into::into));
        piece.title = reader.words(&record, "title").map(cell::title);
        piece.body = reader.words(&record, "description").map(cell::words).unwrap_or_default();
        let parts = [
            ("instructions", say!("Consignes", "Instructions")),
            ("information_updates", say!("Informations ajoutées", "Updates")),
        ];
        for (column, label) in parts {
            if let Some(words) = reader.words(&record, column) {
                piece.appendices.push((reader.label(label), cell::words(words)));
            }
        }
        if let Some(words) = reader.words(&record, "conclusions") {
            // A participant may close a debate of theirs: only what a body concludes is an official answer.
            if piece.author.organisation.is_some() {
                reader.answer(Answer {
                    place: record.place().clone(),
                    to: vec![key],
                    author: piece.author.organisation.as_deref().map(Into::into),
                    date: record.find("closed_at").map(Into::into),
                    decision: None,
                    body: cell::words(words),
                });
            } else {
                piece.appendices.push((reader.label(say!("Conclusions", "Conclusions")), cell::words(words)));
            }
        }
        reader.count(Count::Endorsements, record.number("likes_count").unwrap_or(0) as usize);
        reader.out.pieces.push(piece);
    }
}

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
    // Without a count or a result, nothing says that a vote was held.
    let held =
        |poll: &Poll| poll.choices.iter().any(|choice| choice.won || choice.votes.is_some_and(|n| n > 0));
    reader.out.polls.extend(polls.into_values().filter(held));
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
        title: title.unwrap_or_else(|| reader.label(say!("Budget participatif", "Participatory budget"))),
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

fn key(reader: &Reader<'_>, record: &Record<'_>, thing: Thing) -> Option<Key> {
    reader.known.get(&(thing, id(record)?.into()))?.key.clone()
}

/// What proposals, debates and projects share: where they are filed, the place they are about, their files.
fn common<'s>(reader: &mut Reader<'s>, record: &Record<'s>, piece: &mut Piece) {
    let mut filed: Vec<(Box<str>, String)> = Vec::new();
    if let Some(name) = record.words("category/name", &reader.language) {
        filed.push((record.find("category/id").unwrap_or(name).into(), cell::title(name)));
    }
    filed.extend(taxonomies(reader, record));
    let mut filed = filed.into_iter();
    if let Some((key, title)) = filed.next() {
        if !reader.out.categories.iter().any(|(known, _)| *known == key) {
            reader.out.categories.push((key.clone(), title));
        }
        piece.category = Some(key);
    }
    piece.themes = filed.map(|(_, title)| title).collect();
    let scope = record.words("scope/name", &reader.language).map(cell::title);
    let place = record.find("address").map(cell::title);
    match (place, scope) {
        (Some(place), scope) => {
            piece.about = Some(place);
            piece.themes.extend(scope);
        }
        (None, scope) => piece.about = scope,
    }
    let files = record.list("attachments");
    match files[..] {
        [one] if one.bytes().all(|b| b.is_ascii_digit()) => {
            reader.count(Count::Attachments, one.parse().unwrap_or(0));
        }
        _ => piece.attachments.extend(files.iter().filter(|f| f.contains("://")).map(|f| (*f).to_owned())),
    }
    files_of(record, piece);
}

/// Files that some exports list by their addresses.
fn files_of(record: &Record<'_>, piece: &mut Piece) {
    for column in ["attachments/url", "attachments/urls", "attachments_urls", "photos", "documents"] {
        piece
            .attachments
            .extend(record.list(column).iter().filter(|f| f.contains("://")).map(|f| (*f).to_owned()));
    }
}

/// The taxonomies of later versions: `taxonomies/ids` with `taxonomies/12/fr`, or `taxonomies/id` with
/// `taxonomies/name`.
fn taxonomies(reader: &Reader<'_>, record: &Record<'_>) -> Vec<(Box<str>, String)> {
    let mut ids = record.list("taxonomies/ids");
    ids.extend(record.list("taxonomies/id"));
    let names: Vec<String> = match record.find("taxonomies/name") {
        Some(cell) if cell.starts_with('{') => cell::hashes(cell, &reader.language),
        Some(cell) => cell.split(", ").map(cell::title).collect(),
        None => Vec::new(),
    };
    let named = |(at, id): (usize, &&str)| {
        let own = record.words(&format!("taxonomies/{id}"), &reader.language).map(cell::title);
        let title = own.or_else(|| names.get(at).filter(|_| names.len() == ids.len()).cloned())?;
        Some((format!("taxonomy-{id}").into_boxed_str(), title))
    };
    ids.iter().enumerate().filter_map(named).collect()
}

/// The proposal that an amendment amends: by its address, else by its title.
fn original<'s>(reader: &mut Reader<'s>, record: &Record<'s>) -> Option<Key> {
    if let Some(url) = record.find("original_proposal/url") {
        let (thing, id) = address::target(url)?;
        // One that is not in the export is named all the same: the writer tells it.
        let known = reader.known.get(&(thing, id.into())).and_then(|known| known.key.clone());
        return known.or_else(|| Some((What::Proposal, id.into())));
    }
    let title = record.words("original_proposal/title", &reader.language).map(cell::title)?;
    let mut same =
        reader.known.iter().filter(|((thing, _), known)| *thing == Thing::Proposal && known.title == title);
    let found = same.next().and_then(|(_, known)| known.key.clone());
    found.filter(|_| same.next().is_none())
}

/// The meeting at which a proposal was collected.
fn meetings(reader: &Reader<'_>, record: &Record<'_>, piece: &mut Piece) {
    let named = record.list("meeting_urls").into_iter().filter_map(address::target);
    let own = named.filter(|(thing, _)| *thing == Thing::Meeting).map(|(_, id)| id.into()).next();
    let other = || reader.from_meeting.get(id(record)?).cloned();
    if piece.meeting.is_some() || record.yes("created_in_meeting") {
        piece.channel = Some(Channel::Meeting);
    }
    piece.meeting = piece.meeting.take().or(own).or_else(other);
}

/// A proposal that its author withdrew stays readable there, marked as such: so it does here.
fn withdrawn(reader: &Reader<'_>, record: &Record<'_>, piece: &mut Piece) {
    if !(record.yes("withdrawn") || record.find("state") == Some("withdrawn")) {
        return;
    }
    let day = record.find("withdrawn_at").and_then(|moment| moment.get(..10));
    let words = match day {
        Some(day) => say!("Retirée par son auteur le {day}.", "Withdrawn by its author on {day}."),
        None => say!("Retirée par son auteur.", "Withdrawn by its author."),
    };
    piece.appendices.push((reader.label(say!("Retrait", "Withdrawal")), Words::Plain(reader.label(words))));
    piece.changed.insert(say!(
        "retirée par son auteur : elle reste lisible comme sur la plateforme, avec une mention",
        "withdrawn by its author: it stays readable as on the platform, with a mention"
    ));
}

/// The official answer to a proposal.
fn answer<'s>(reader: &mut Reader<'s>, record: &Record<'s>, to: Key) {
    let state = record.find("state").unwrap_or_default();
    let decision = match state {
        "accepted" | "accept" => Some(Decision::Kept),
        "rejected" | "reject" => Some(Decision::NotKept),
        _ => None,
    };
    let words = reader.words(record, "answer");
    // Answers to amendments are their author's, and a state alone (being evaluated, withdrawn) says nothing.
    if words.is_none() && decision.is_none() {
        return;
    }
    // A column that says when the answer was published, and says nothing: it was prepared and not made public.
    if record.has("state_published_at") && record.find("state_published_at").is_none() {
        let why =
            say!("réponse préparée et jamais publiée", "an answer that was prepared and never published");
        reader.out.skip("response", record.place(), why);
        return;
    }
    let mut body = words.map(cell::words).unwrap_or_default();
    let parts = [
        ("cost", say!("Coût :", "Cost:")),
        ("cost_report", say!("Détail du coût :", "About the cost:")),
        ("execution_period", say!("Délai d’exécution :", "Time needed:")),
    ];
    for (column, label) in parts {
        if let Some(words) = reader.words(record, column) {
            let label = reader.label(label);
            body = with(body, &label, words);
        }
    }
    let known = ["", "accepted", "accept", "rejected", "reject", "withdrawn", "not_answered", "published"];
    if !known.contains(&state) {
        let label = reader.label(say!("État sur la plateforme :", "State on the platform:"));
        let evaluating = reader.label(say!("en cours d’examen", "being evaluated"));
        body = with(body, &label, if state == "evaluating" { &evaluating } else { state });
    }
    reader.answer(Answer {
        place: record.place().clone(),
        to: vec![to],
        author: None,
        date: record.find("answered_at").or(record.find("state_published_at")).map(Into::into),
        decision,
        body,
    });
}

/// Words followed by what has a label: `Cost: 1200`.
pub(super) fn with(body: Words, label: &str, words: &str) -> Words {
    let before = match body {
        Words::Html(html) => html,
        Words::Plain(text) if text.trim().is_empty() => String::new(),
        Words::Plain(text) => format!("<p>{}</p>", escaped(&text).replace('\n', "<br>")),
    };
    let added = match cell::words(words) {
        Words::Plain(text) => format!("<p>{} {}</p>", escaped(label), escaped(&text).replace('\n', "<br>")),
        Words::Html(html) => format!("<p>{}</p>{html}", escaped(label)),
    };
    Words::Html(format!("{before}{added}"))
}

/// Words inside HTML.
pub(super) fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
