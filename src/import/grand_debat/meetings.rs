//! Meetings that people organised. Of their addresses the town stays: many were held at somebody's home.

use super::Export;
use super::record::Record;
use crate::import::platform::{Meeting, Words, bare};
use crate::model::choices::MeetingKind;
use crate::say;

pub(super) fn meeting(export: &mut Export, record: &Record) {
    let Some(key) = record.get("id").map(bare) else {
        return export.gathered.skip("meeting", &record.place, say!("sans identifiant", "without an id"));
    };
    if record.get("enabled").is_some_and(|flag| matches!(flag, "false" | "0" | "False")) {
        let reason = say!("jamais publiée sur la plateforme", "never published on the platform");
        return export.gathered.skip("meeting", &record.place, reason);
    }
    export.gathered.meetings.push(Meeting {
        key,
        place: record.place.clone(),
        title: record.words("title").unwrap_or_default(),
        kind: MeetingKind::PublicMeeting,
        start: record.words("startAt"),
        end: record.words("endAt"),
        at: record.get("fullAddress").and_then(town),
        participants: None,
        body: record.words("body").map(|words| Words::guess(&words)).into_iter().collect(),
        url: record.words("url"),
    });
}

/// What follows the street: `3 rue des Lilas, 35000 Rennes, France` → `35000 Rennes, France`.
fn town(address: &str) -> Option<String> {
    let parts: Vec<&str> = address.split(',').map(str::trim).collect();
    let at = parts.iter().position(|part| {
        part.split_whitespace()
            .next()
            .is_some_and(|word| word.len() == 5 && word.bytes().all(|b| b.is_ascii_digit()))
    })?;
    Some(parts[at..].join(", "))
}
