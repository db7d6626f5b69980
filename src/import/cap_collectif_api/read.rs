//! The export's records as the platform and the second listing wrote them. In come the files; out come typed
//! records, each with its place; what cannot be read is skipped in the report. No record of a broken file stops
//! the others, and one broken argument does not lose its proposal.

use crate::import::report::{Fate, Received, Report, Row};
use crate::import::{Input, InputFile};
use crate::say;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;

/// Everything that was read, in the order of the ids.
#[derive(Debug, Default)]
pub(super) struct Export {
    /// Proposals and articles by id.
    pub(super) opinions: BTreeMap<u64, Filed<Opinion>>,
    /// The second listing by id (`o61`, `v190`).
    pub(super) listing: BTreeMap<Box<str>, Filed<Listed>>,
    /// Files of one rewording, by id.
    pub(super) versions: BTreeMap<u64, Filed<Version>>,
    /// Files that hold nothing.
    pub(super) unreadable: u64,
}

/// A record and its place.
#[derive(Debug)]
pub(super) struct Filed<T> {
    pub(super) file: Box<str>,
    pub(super) row: Box<str>,
    pub(super) record: T,
}

impl<T> Filed<T> {
    /// `opinions/61.json`, or `file.json, row`.
    pub(super) fn place(&self) -> String {
        if self.row.is_empty() { self.file.to_string() } else { format!("{}, {}", self.file, self.row) }
    }

    /// Its line in the report.
    pub(super) fn fate(&self, kind: &'static str, fate: Fate) -> Row {
        Row { kind, file: self.file.clone(), row: self.row.clone(), fate, reason: None, id: None }
    }
}

/// An account of the platform.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Account {
    pub(super) username: Option<String>,
    pub(super) display_name: Option<String>,
    pub(super) unique_id: String,
    pub(super) vip: bool,
}

/// A proposal, or an article of the bill.
#[derive(Debug, Deserialize)]
pub(super) struct Opinion {
    pub(super) id: u64,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) body: Option<String>,
    #[serde(default)]
    pub(super) created_at: String,
    #[serde(default)]
    pub(super) updated_at: String,
    #[serde(default)]
    pub(super) is_trashed: bool,
    #[serde(default)]
    pub(super) votes_ok: u64,
    #[serde(default)]
    pub(super) votes_mitige: u64,
    #[serde(default)]
    pub(super) votes_nok: u64,
    #[serde(default)]
    pub(super) versions_count: u64,
    #[serde(default)]
    pub(super) arguments_count: u64,
    #[serde(default)]
    pub(super) sources_count: u64,
    #[serde(default)]
    pub(super) author: Account,
    #[serde(rename = "type")]
    pub(super) section: Section,
    #[serde(default, rename = "_links")]
    pub(super) links: Links,
    #[serde(default)]
    arguments: Vec<Value>,
    #[serde(default)]
    sources: Vec<Value>,
    #[serde(default)]
    appendices: Vec<Value>,
    #[serde(default)]
    modals: Vec<Value>,
    #[serde(default)]
    votes: Vec<Value>,
    #[serde(skip)]
    pub(super) parts: Parts,
}

/// What hangs on a proposal, read one by one.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) arguments: Vec<Filed<Argument>>,
    pub(super) sources: Vec<Filed<Source>>,
    pub(super) appendices: Vec<Filed<Attached>>,
    pub(super) laws: Vec<Filed<Law>>,
    pub(super) voters: Vec<Filed<Voter>>,
}

/// The section under which a proposal stands.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Section {
    pub(super) id: u64,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) subtitle: String,
}

/// Addresses on the platform.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Links {
    pub(super) show: Option<String>,
    #[serde(rename = "type")]
    pub(super) section: Option<String>,
}

/// An argument: `type` is 1 for, 0 against.
#[derive(Debug, Deserialize)]
pub(super) struct Argument {
    pub(super) id: u64,
    #[serde(rename = "type")]
    pub(super) side: u64,
    #[serde(default)]
    pub(super) body: String,
    #[serde(default)]
    pub(super) created_at: String,
    #[serde(default)]
    pub(super) updated_at: String,
    #[serde(default)]
    pub(super) is_trashed: bool,
    #[serde(default)]
    pub(super) votes_count: u64,
    #[serde(default)]
    pub(super) author: Account,
    #[serde(default, rename = "_links")]
    pub(super) links: Links,
}

/// A source.
#[derive(Debug, Deserialize)]
pub(super) struct Source {
    pub(super) id: u64,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) body: String,
    #[serde(default)]
    pub(super) link: String,
    #[serde(default)]
    pub(super) category: String,
    #[serde(default)]
    pub(super) created_at: String,
    #[serde(default)]
    pub(super) updated_at: String,
    #[serde(default)]
    pub(super) votes_count: u64,
    #[serde(default)]
    pub(super) author: Account,
}

/// An appendix (`Explication de l'article`), often empty.
#[derive(Debug, Deserialize)]
pub(super) struct Attached {
    #[serde(default)]
    pub(super) body: Option<String>,
    #[serde(rename = "type")]
    pub(super) kind: AttachedKind,
}

/// What an appendix is.
#[derive(Debug, Deserialize)]
pub(super) struct AttachedKind {
    pub(super) title: String,
}

/// A law before and after.
#[derive(Debug, Deserialize)]
pub(super) struct Law {
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) before: Option<String>,
    #[serde(default)]
    pub(super) after: Option<String>,
}

/// Somebody who voted: only counted, and looked for in the texts.
#[derive(Debug, Deserialize)]
pub(super) struct Voter {
    pub(super) user: Account,
}

/// A line of the second listing.
#[derive(Debug, Deserialize)]
pub(super) struct Listed {
    pub(super) id: Box<str>,
    #[serde(rename = "type")]
    pub(super) kind: Box<str>,
    #[serde(default)]
    pub(super) parent: Option<Box<str>>,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    pub(super) author: String,
    #[serde(default)]
    pub(super) url: String,
    #[serde(default)]
    pub(super) id_str: Box<str>,
    #[serde(default)]
    pub(super) votes_pro: u64,
    #[serde(default)]
    pub(super) votes_unsure: u64,
    #[serde(default)]
    pub(super) votes_against: u64,
    #[serde(default)]
    pub(super) arguments: u64,
    #[serde(default)]
    pub(super) sources: u64,
}

/// A file of one rewording: a proposal's, with its parent's copy.
#[derive(Debug, Deserialize)]
pub(super) struct Version {
    pub(super) id: u64,
    #[serde(default)]
    pub(super) author: Account,
    /// The rewording's own words; absent from the known file, which copies its parent's only.
    #[serde(default)]
    pub(super) body: Option<String>,
    #[serde(default)]
    pub(super) arguments: Vec<Value>,
    #[serde(default)]
    pub(super) parent: Option<Value>,
}

/// Reads every file.
pub(super) fn read(input: &Input, report: &mut Report) -> Export {
    let mut export = Export::default();
    for file in &input.files {
        let bytes = file.contents.as_ref().map_or(0, |b| b.len() as u64);
        report.received.push(Received { path: file.path.clone(), bytes, sha256: file.sha256.clone() });
        report.read("file", 1);
        let line = Row {
            kind: "file",
            file: file.path.clone(),
            row: "".into(),
            fate: Fate::Kept,
            reason: None,
            id: None,
        };
        match take(file, &mut export, report) {
            Ok(()) => report.settle(line),
            Err(reason) => {
                export.unreadable += 1;
                report.settle(Row { fate: Fate::Skipped, reason: Some(reason), ..line });
            }
        }
    }
    export
}

type Refusal = crate::lang::Bilingual;

fn take(file: &InputFile, export: &mut Export, report: &mut Report) -> Result<(), Refusal> {
    let bytes =
        file.contents.as_ref().map_err(|words| say!("illisible : {words}", "cannot be read: {words}"))?;
    if bytes.is_empty() {
        return Err(say!("fichier vide", "empty file"));
    }
    let mut value: Value =
        serde_json::from_slice(bytes).map_err(|e| say!("JSON illisible : {e}", "broken JSON: {e}"))?;
    let whole = |record| Filed { file: file.path.clone(), row: "".into(), record };
    if let Some(opinion) = value.get_mut("opinion").map(Value::take) {
        let opinion: Opinion = typed(opinion)?;
        let id = opinion.id;
        if export.opinions.contains_key(&id) {
            return Err(say!("la proposition {id} a déjà été lue", "proposal {id} was read already"));
        }
        export.opinions.insert(id, whole(parts(opinion, &file.path, report)));
        return Ok(());
    }
    if let Some(version) = value.get_mut("version").map(Value::take) {
        let version: Version = typed(version)?;
        let record = Filed { file: file.path.clone(), row: "".into(), record: version };
        export.versions.insert(record.record.id, record);
        return Ok(());
    }
    let Value::Object(entries) = value else {
        return Err(say!("ni une proposition, ni une liste", "neither a proposal nor a listing"));
    };
    if !entries.values().any(|e| e.get("id_str").is_some()) {
        return Err(say!("ni une proposition, ni une liste", "neither a proposal nor a listing"));
    }
    for (row, entry) in entries {
        one("listing entry", &file.path, row, entry, report, |filed: Filed<Listed>| {
            drop(export.listing.insert(filed.record.id.clone(), filed));
        });
    }
    Ok(())
}

/// Reads what hangs on a proposal.
fn parts(mut opinion: Opinion, file: &str, report: &mut Report) -> Opinion {
    let mut parts = Parts::default();
    each("argument", "arguments", file, &mut opinion.arguments, report, &mut parts.arguments);
    each("source", "sources", file, &mut opinion.sources, report, &mut parts.sources);
    each("appendix", "appendices", file, &mut opinion.appendices, report, &mut parts.appendices);
    each("law change", "modals", file, &mut opinion.modals, report, &mut parts.laws);
    each("voter", "votes", file, &mut opinion.votes, report, &mut parts.voters);
    opinion.parts = parts;
    opinion
}

fn each<T: DeserializeOwned>(
    kind: &'static str,
    key: &str,
    file: &str,
    values: &mut Vec<Value>,
    report: &mut Report,
    into: &mut Vec<Filed<T>>,
) {
    for (i, value) in std::mem::take(values).into_iter().enumerate() {
        one(kind, file, format!("{key}[{i}]"), value, report, |filed| into.push(filed));
    }
}

/// Reads one record, or skips it.
fn one<T: DeserializeOwned>(
    kind: &'static str,
    file: &str,
    row: String,
    value: Value,
    report: &mut Report,
    take: impl FnOnce(Filed<T>),
) {
    report.read(kind, 1);
    let (file, row): (Box<str>, Box<str>) = (file.into(), row.into());
    match typed(value) {
        Ok(record) => take(Filed { file, row, record }),
        Err(reason) => {
            report.settle(Row { kind, file, row, fate: Fate::Skipped, reason: Some(reason), id: None });
        }
    }
}

fn typed<T: DeserializeOwned>(value: Value) -> Result<T, Refusal> {
    serde_json::from_value(value)
        .map_err(|e| say!("n’a pas la forme attendue : {e}", "not of the expected shape: {e}"))
}
