//! The official answers to proposals: what was decided, in words and with what it costs.

use super::cell;
use super::gather::Reader;
use super::sheet::Record;
use crate::import::platform::{Answer, Key, Words};
use crate::model::choices::Decision;
use crate::say;

/// The official answer to a proposal.
pub(super) fn answer<'s>(reader: &mut Reader<'s>, record: &Record<'s>, to: Key) {
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
