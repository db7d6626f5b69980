//! What people proposed: proposals and the amendments to them, debates; what they share with projects.

use super::address::{self, Thing};
use super::answers::answer;
use super::cell;
use super::entity::Entity;
use super::gather::{Reader, id, is_amendment, word};
use super::sheet::Record;
use super::told::Count;
use crate::import::platform::{Answer, Key, Piece, What, Words};
use crate::model::choices::{Channel, ContributionKind};
use crate::say;

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

pub(super) fn key(reader: &Reader<'_>, record: &Record<'_>, thing: Thing) -> Option<Key> {
    reader.known.get(&(thing, id(record)?.into()))?.key.clone()
}

/// What proposals, debates and projects share: where they are filed, the place they are about, their files.
pub(super) fn common<'s>(reader: &mut Reader<'s>, record: &Record<'s>, piece: &mut Piece) {
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
