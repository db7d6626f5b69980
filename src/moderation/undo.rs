//! What was decided, written down so that it can be undone to the byte: a file for each decision in
//! `private/<consultation>/undo/`. Comes in: edits, or those files as read; leaves: edits. What a law or a court had
//! erased is never written down.

use super::edit::Edit;
use crate::error::{Error, Result};
use crate::say;
use crate::sink::OutPath;
use crate::source::Sources;
use serde_json::{Value, json};

/// Decisions that can be undone, in each consultation: older ones are forgotten.
pub const MOST: usize = 50;

/// A decision that can be undone.
#[derive(Debug, Clone)]
pub struct Past {
    /// Its file.
    pub path: String,
    /// Its place among all decisions.
    pub number: u64,
    /// Its consultation.
    pub consultation: String,
    /// What was decided: `accept`, `withhold`, `merge`, `answer`.
    pub verb: String,
    /// On which contributions.
    pub ids: Vec<String>,
    /// Who decided.
    pub by: String,
    /// When.
    pub date: String,
    edits: Vec<Edit>,
    text: String,
}

/// Writes down what was done: its verb, who did it, when; on which contributions, `<consultation>/<id>`. The oldest are
/// forgotten.
pub fn note(
    kept: &Sources,
    consultation: &str,
    [verb, by, date]: [&str; 3],
    ids: &[String],
    edits: &[Edit],
) -> Vec<Edit> {
    let past = all(kept);
    let number = past.iter().map(|p| p.number).max().unwrap_or(0) + 1;
    let written: Vec<Value> = edits.iter().filter_map(to_json).collect();
    let value = json!({
        "greffe": "undo/1", "verb": verb, "by": by, "date": date, "ids": ids, "edits": written,
    });
    let mut text = serde_json::to_string_pretty(&value).unwrap_or_default();
    text.push('\n');
    let path = format!("private/{consultation}/undo/{number:06}-{verb}.json");
    let mut out: Vec<Edit> =
        OutPath::new(&path).map(|path| Edit::Write { path, before: None, after: text }).into_iter().collect();
    let own: Vec<&Past> = past.iter().filter(|p| p.consultation == consultation).collect();
    let old = own.iter().take((own.len() + 1).saturating_sub(MOST));
    out.extend(old.filter_map(|p| Some(Edit::Discard { path: OutPath::new(&p.path)? })));
    out
}

/// Every decision that can be undone, the oldest first.
pub fn all(kept: &Sources) -> Vec<Past> {
    let mut found: Vec<Past> = kept.iter().filter_map(|(id, file)| read(&file.path, kept.text(id))).collect();
    found.sort_by_key(|past| past.number);
    found
}

/// The last decision, and the edits that undo it.
pub fn undo(kept: &Sources, consultation: Option<&str>) -> Result<(Past, Vec<Edit>)> {
    let last = all(kept).into_iter().rev().find(|p| consultation.is_none_or(|c| p.consultation == c));
    let Some(last) = last else {
        return Err(Error::new("private", say!("il n’y a rien à annuler", "there is nothing to undo")));
    };
    let mut edits: Vec<Edit> = last.edits.iter().rev().filter_map(Edit::inverse).collect();
    if let Some(path) = OutPath::new(&last.path) {
        edits.push(Edit::Remove { path, before: last.text.clone() });
    }
    Ok((last, edits))
}

fn to_json(edit: &Edit) -> Option<Value> {
    Some(match edit {
        Edit::Write { path, before, after } => {
            json!({"path": path.as_str(), "before": before, "after": after})
        }
        Edit::Remove { path, before } => json!({"path": path.as_str(), "before": before, "after": null}),
        Edit::Move { from, to } => json!({"from": from.as_str(), "to": to.as_str()}),
        Edit::Discard { .. } => return None,
    })
}

fn of_json(value: &Value) -> Option<Edit> {
    let words = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let path = |key: &str| OutPath::new(value.get(key)?.as_str()?);
    if let (Some(from), Some(to)) = (path("from"), path("to")) {
        return Some(Edit::Move { from, to });
    }
    let path = path("path")?;
    match (words("before"), words("after")) {
        (before, Some(after)) => Some(Edit::Write { path, before, after }),
        (Some(before), None) => Some(Edit::Remove { path, before }),
        (None, None) => None,
    }
}

fn read(path: &str, text: &str) -> Option<Past> {
    let rest = path.strip_prefix("private/")?;
    let (consultation, name) = rest.split_once("/undo/")?;
    let number = name.split('-').next()?.parse().ok()?;
    let value: Value = serde_json::from_str(text).ok()?;
    (value.get("greffe")?.as_str()? == "undo/1").then_some(())?;
    let words = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let ids = value.get("ids")?.as_array()?;
    Some(Past {
        path: path.to_owned(),
        number,
        consultation: consultation.to_owned(),
        verb: words("verb"),
        ids: ids.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        by: words("by"),
        date: words("date"),
        edits: value.get("edits")?.as_array()?.iter().map(of_json).collect::<Option<_>>()?,
        text: text.to_owned(),
    })
}
