//! The export's files → typed records, each with its file. In come JSON files as the Assemblée nationale publishes
//! them (XML made JSON: what occurs once is an object, what occurs twice a list, what is nothing an object that says
//! so); out come [`Export`] and, in the report, each file that is none of its records.

use super::record::{Amendment, Body, Person, RollCall};
use crate::import::report::{Fate, Received, Report, Row};
use crate::import::{Input, InputFile};
use crate::lang::Bilingual;
use crate::say;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Everything that was read.
#[derive(Debug, Default)]
pub(super) struct Export {
    /// Amendments, in the order of their files.
    pub(super) amendments: Vec<Filed<Amendment>>,
    /// Roll calls, in the order of their numbers.
    pub(super) roll_calls: Vec<Filed<RollCall>>,
    /// Groups, governments, the assembly, by their ids (`PO845401`).
    pub(super) bodies: BTreeMap<Box<str>, Filed<Body>>,
    /// Members by their ids (`PA1008`).
    pub(super) people: BTreeMap<Box<str>, Filed<Person>>,
}

/// A record and its file.
#[derive(Debug)]
pub(super) struct Filed<T> {
    pub(super) file: Box<str>,
    pub(super) row: Box<str>,
    pub(super) record: T,
}

impl<T> Filed<T> {
    /// Its line in the report: kept when nothing of it was left out.
    pub(super) fn fate(&self, kind: &'static str, fate: Fate, reason: Option<Bilingual>) -> Row {
        Row { kind, file: self.file.clone(), row: self.row.clone(), fate, reason, id: None }
    }
}

/// Reads every file.
pub(super) fn read(input: &Input, report: &mut Report) -> Export {
    let mut export = Export::default();
    for file in &input.files {
        let bytes = file.contents.as_ref().map_or(0, |c| c.len() as u64);
        report.received.push(Received { path: file.path.clone(), bytes, sha256: file.sha256.clone() });
        if let Err(reason) = one(file, &mut export, report) {
            report.read("file", 1);
            let row = Row {
                kind: "file",
                file: file.path.clone(),
                row: "".into(),
                fate: Fate::Skipped,
                reason: Some(reason),
                id: None,
            };
            report.settle(row);
        }
    }
    export.roll_calls.sort_by_key(|r| r.record.numero);
    export
}

fn one(file: &InputFile, export: &mut Export, report: &mut Report) -> Result<(), Bilingual> {
    let bytes = file.contents.as_ref().map_err(|words| say!("illisible : {words}", "unreadable: {words}"))?;
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|e| say!("ce n’est pas du JSON : {e}", "this is not JSON: {e}"))?;
    let Value::Object(mut map) = clean(value) else { return Err(unknown()) };
    let mut filed = |kind: &'static str| report.read(kind, 1);
    let (path, none) = (&file.path, "");
    if let Some(value) = map.remove("amendement") {
        let record: Amendment = typed(value)?;
        filed("amendment");
        export.amendments.push(Filed { file: path.clone(), row: none.into(), record });
    } else if let Some(value) = map.remove("scrutin") {
        let record: RollCall = typed(value)?;
        filed("roll call");
        export.roll_calls.push(Filed { file: path.clone(), row: none.into(), record });
    } else if let Some(value) = map.remove("organe") {
        let record: Body = typed(value)?;
        filed("body");
        export
            .bodies
            .insert(record.uid.as_str().into(), Filed { file: path.clone(), row: none.into(), record });
    } else if let Some(value) = map.remove("acteur") {
        let (id, record) = person(value)?;
        filed("person");
        export.people.insert(id, Filed { file: path.clone(), row: none.into(), record });
    } else if !map.is_empty() && map.keys().all(|key| key.starts_with("PA")) {
        for (id, value) in map {
            let record: Person = typed(value)?;
            filed("person");
            export
                .people
                .insert(id.as_str().into(), Filed { file: path.clone(), row: id.as_str().into(), record });
        }
    } else {
        return Err(unknown());
    }
    Ok(())
}

fn unknown() -> Bilingual {
    say!(
        "ni un amendement, ni un scrutin, ni un organe, ni des acteurs",
        "neither an amendment, a roll call, a body nor people"
    )
}

/// A member as the official files write one: a uid that is an object, a name two levels down.
fn person(value: Value) -> Result<(Box<str>, Person), Bilingual> {
    let uid = value.get("uid").and_then(|uid| uid.get("#text").unwrap_or(uid).as_str()).map(Box::from);
    let named = value.pointer("/etatCivil/ident").cloned().ok_or_else(unknown)?;
    Ok((uid.ok_or_else(unknown)?, typed(named)?))
}

fn typed<T: DeserializeOwned>(value: Value) -> Result<T, Bilingual> {
    serde_json::from_value(value)
        .map_err(|e| say!("n’a pas la forme attendue : {e}", "not of the expected shape: {e}"))
}

/// What is nothing becomes null and leaves no key, attributes of XML go, decomposed letters are composed.
fn clean(value: Value) -> Value {
    match value {
        Value::Object(map) if map.get("@xsi:nil").and_then(Value::as_str) == Some("true") => Value::Null,
        Value::Object(map) => {
            let kept = map.into_iter().filter(|(key, _)| !key.starts_with('@'));
            let clean = kept.map(|(key, value)| (key, clean(value))).filter(|(_, value)| !value.is_null());
            Value::Object(clean.collect::<Map<_, _>>())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(clean).filter(|v| !v.is_null()).collect()),
        Value::String(words) => Value::String(words.nfc().collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) => value,
    }
}
