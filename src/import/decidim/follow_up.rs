//! What surrounds contributions: meetings, and the results by which the organiser says what becomes of them.

use super::address;
use super::answers::with;
use super::cell;
use super::entity::Entity;
use super::gather::{Reader, id};
use super::sheet::Record;
use super::told::Count;
use crate::import::platform::{Commitment, Meeting};
use crate::model::choices::{CommitmentStatus, MeetingKind};
use crate::say;

/// Reads the meetings.
pub(super) fn meetings(reader: &mut Reader<'_>) {
    for record in reader.take(Entity::Meetings) {
        let Some(id) = id(&record) else { continue };
        if record.yes("withdrawn") {
            let why = say!(
                "rencontre annulée par qui l’avait proposée",
                "a meeting withdrawn by whoever proposed it"
            );
            reader.out.skip("meeting", record.place(), why);
            continue;
        }
        let mut body = Vec::new();
        for column in ["description", "closing_report"] {
            body.extend(reader.words(&record, column).map(cell::words));
        }
        let organisations = record.find("organizations").or(record.find("attending_organizations"));
        let facts = [
            (say!("Organisations présentes :", "Organisations that attended:"), organisations),
            (
                say!("Contributions recueillies :", "Contributions collected:"),
                record.find("contributions").filter(|n| *n != "0"),
            ),
        ];
        for (label, words) in facts {
            if let Some(words) = words {
                body.push(with(Default::default(), &reader.label(label), words));
            }
        }
        let place = [record.find("address"), reader.words(&record, "location")];
        let mut at: Vec<String> =
            place.into_iter().flatten().map(cell::title).filter(|p| !p.is_empty()).collect();
        at.dedup();
        if record.find("type_of_meeting") == Some("online") && at.is_empty() {
            at.push(reader.label(say!("En ligne", "Online")));
        }
        if let Some(n) = record.number("attachments") {
            reader.count(Count::Attachments, n as usize);
        }
        // Some versions write these two in universal time and do not say so.
        let moment = |column| {
            let cell: &str = record.find(column)?;
            let bare = cell.len() == 19 && cell.is_ascii();
            Some(if bare { format!("{cell} UTC") } else { cell.to_owned() })
        };
        let title = reader.words(&record, "title").map(cell::title).unwrap_or_default();
        let url = record.find("url").and_then(address::bare).map(Into::into);
        let kind =
            if record.yes("private_meeting") { MeetingKind::Other } else { MeetingKind::PublicMeeting };
        let participants = record.number("attendees").filter(|n| *n > 0);
        let (start, end) = (moment("start_time"), moment("end_time"));
        let at = Some(at.join(", ")).filter(|at| !at.is_empty());
        let place = record.place().clone();
        reader.out.meetings.push(Meeting {
            key: id.into(),
            place,
            title,
            kind,
            start,
            end,
            at,
            participants,
            body,
            url,
        });
    }
}

/// Reads the results.
pub(super) fn results(reader: &mut Reader<'_>) {
    for record in reader.take(Entity::Results) {
        let Some(id) = id(&record) else { continue };
        let title = reader.words(&record, "title").map(cell::title).unwrap_or_default();
        let mut body = reader.words(&record, "description").map(cell::words).unwrap_or_default();
        if let Some(said) = standing(reader, &record) {
            let label = reader
                .label(say!("Avancement déclaré sur la plateforme :", "Progress declared on the platform:"));
            body = with(body, &label, &said);
        }
        let parent =
            record.find("parent/id").and_then(|id| reader.known.get(&(address::Thing::Result, id.into())));
        if let Some(parent) = parent.map(|parent| &parent.title).filter(|title| !title.is_empty()) {
            let parent = format!("{parent}.");
            let label = reader.label(say!("Fait partie de :", "Part of:"));
            body = with(body, &label, &parent);
        }
        let urls = record.list("proposal_urls");
        let from = urls.iter().filter_map(|url| reader.key_of(url)).collect();
        reader.out.commitments.push(Commitment {
            key: id.into(),
            place: record.place().clone(),
            title,
            body,
            // What is under way was announced: of the two days, the first. Results are often entered late.
            date: record
                .find("created_at")
                .into_iter()
                .chain(record.find("start_date"))
                .min()
                .map(Into::into),
            due: record.find("end_date").map(Into::into),
            status: status(&record),
            from,
            url: record.find("url").and_then(address::bare).map(Into::into),
        });
    }
}

/// How far a result is, as the platform says it: `En cours, 60 %, depuis le 2020-03-01`.
fn standing(reader: &mut Reader<'_>, record: &Record<'_>) -> Option<String> {
    let mut parts = Vec::new();
    parts
        .extend(record.words("status/name", &reader.language).or(record.find("status/key")).map(cell::title));
    parts.extend(progress(record).map(|n| format!("{n} %")));
    if let Some(day) = record.find("start_date") {
        parts.push(reader.label(say!("début : {day}", "start: {day}")));
    }
    (!parts.is_empty()).then(|| format!("{}.", parts.join(", ")))
}

fn progress(record: &Record<'_>) -> Option<u64> {
    let cell = record.find("progress")?;
    cell.split('.').next()?.parse().ok().filter(|n| *n <= 100)
}

/// Statuses are words of each platform: only what they say for certain is read, else how far the work is.
fn status(record: &Record<'_>) -> CommitmentStatus {
    let key = record.find("status/key").unwrap_or_default().to_lowercase();
    match (&*key, progress(record)) {
        ("finished" | "completed" | "done" | "executed", _) | (_, Some(100)) => CommitmentStatus::Kept,
        ("cancelled" | "canceled" | "discarded" | "abandoned" | "dropped", _) => CommitmentStatus::Dropped,
        ("ongoing" | "in_progress" | "started", _) | (_, Some(1..)) => CommitmentStatus::UnderWay,
        (_, Some(0) | None) => CommitmentStatus::Announced,
    }
}
