//! JSON: what the API of Netlify Forms gives (a list of submissions or one), and the file that a participant saved from
//! a form (one flat object). Deep or broken JSON is told. A value that is not words is kept as the JSON it is.

use super::source::{none, words};
use super::submission::{Found, Place, Submission, Untaken};
use super::table::from_pairs;
use crate::model::choices::Channel;
use crate::say;
use serde_json::{Map, Value};

/// Reads a file. `serde_json` refuses more than 128 levels.
pub fn read(file: &str, bytes: &[u8]) -> Found {
    match serde_json::from_str::<Value>(&words(bytes)) {
        Ok(Value::Array(items)) => items
            .into_iter()
            .enumerate()
            .map(|(at, item)| one(Place { file: file.into(), row: (at + 1).to_string().into() }, item))
            .collect(),
        Ok(value) => vec![one(Place { file: file.into(), row: "".into() }, value)],
        // One object a line, as services keep them: each line is read for itself.
        Err(error) if error.line() > 1 && lines(bytes) => super::posted::read(file, bytes),
        Err(error) => {
            none(file, say!("ce JSON ne se lit pas ({error})", "this JSON cannot be read ({error})"))
        }
    }
}

/// Whether the first line is an object of its own.
fn lines(bytes: &[u8]) -> bool {
    let text = words(bytes);
    let first = text.trim_start().lines().next().unwrap_or("");
    serde_json::from_str::<Map<String, Value>>(first).is_ok()
}

/// An object that stands on a line.
pub fn line(place: Place, line: &str) -> Result<Submission, Untaken> {
    match serde_json::from_str::<Value>(line) {
        Ok(value) => one(place, value),
        Err(error) => {
            let reason = say!("ce JSON ne se lit pas ({error})", "this JSON cannot be read ({error})");
            Err(Untaken { place, reason })
        }
    }
}

/// One submission of the API, or one saved contribution.
fn one(place: Place, value: Value) -> Result<Submission, Untaken> {
    let Value::Object(mut object) = value else {
        let reason = say!("ce n’est pas un objet JSON", "this is not a JSON object");
        return Err(Untaken { place, reason });
    };
    if let Some(fields) = fields_of(&mut object) {
        let top = ["id", "number", "created_at", "site_url", "ip", "user_agent", "referrer"];
        let top = top.into_iter().filter_map(|name| Some((name.to_owned(), text(object.get(name)?)?)));
        let inner =
            fields.iter().filter_map(|(name, value)| Some((name.trim().to_lowercase(), text(value)?)));
        // What the host itself says comes first: no field of the form can pass for it.
        let pairs: Vec<(String, String)> = top.chain(inner).collect();
        let all = pairs.iter().map(|(name, words)| (name.as_str(), words.as_str()));
        return Ok(from_pairs(place, all));
    }
    let fields: Vec<(Box<str>, Box<str>)> = object
        .iter()
        .filter_map(|(name, value)| Some((name.trim().to_lowercase().into(), text(value)?.into())))
        .collect();
    let about = Vec::new();
    Ok(Submission { place, own: "".into(), fields, about, received: None, channel: Channel::Online })
}

/// The fields that a host put under a key of its own.
fn fields_of(object: &mut Map<String, Value>) -> Option<Map<String, Value>> {
    if let Some(Value::Object(data)) = object.remove("data") {
        return Some(data);
    }
    if let Some(Value::Array(list)) = object.remove("ordered_human_fields") {
        let pair = |field: Value| match field {
            Value::Object(mut field) => {
                let name = field.remove("name")?.as_str()?.to_owned();
                Some((name, field.remove("value").unwrap_or(Value::Null)))
            }
            _ => None,
        };
        return Some(list.into_iter().filter_map(pair).collect());
    }
    match object.remove("human_fields") {
        Some(Value::Object(fields)) => Some(fields),
        _ => None,
    }
}

/// A value as words: several boxes ticked are joined as the form joins them.
fn text(value: &Value) -> Option<String> {
    let words = match value {
        Value::Null => return None,
        Value::String(words) => words.clone(),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("|")
        }
        other => other.to_string(),
    };
    (!words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_api_and_a_saved_file_give_the_same_fields() {
        let api = r#"[{"id": "n1", "number": 3, "created_at": "2026-03-01T10:00:00.000Z", "title": "guessed",
            "data": {"kind": "comment", "body": "Oui", "answer-a": ["x", "y"], "ip": "1.2.3.4", "id": "lie"}},
            {"id": "n2", "human_fields": {"Kind": "comment", "Body": "Oui"}}, 12]"#;
        let saved = r#"{"greffe": "contribution/1", "kind": "comment", "body": "Oui", "answer-a": "x|y"}"#;
        let found = read("x.json", api.as_bytes());
        let one = found[0].as_ref().unwrap();
        let other = read("y.json", saved.as_bytes()).remove(0).unwrap();
        for name in ["kind", "body", "answer-a"] {
            assert_eq!(one.get(name), other.get(name));
        }
        assert_eq!((&*one.own, one.get("title")), ("netlify n1", ""));
        assert!(one.received.is_some() && found[1].as_ref().unwrap().get("body") == "Oui");
        assert!(found[2].is_err());
    }

    #[test]
    fn deep_json_is_told() {
        let deep = "[".repeat(100_000);
        assert!(read("x.json", deep.as_bytes())[0].is_err());
        let deep = format!("{{\"data\": {}{}}}", "{\"a\":".repeat(5_000), "}".repeat(5_000));
        assert!(read("x.json", deep.as_bytes())[0].is_err());
    }
}
