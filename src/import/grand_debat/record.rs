//! Records of both formats as one: a CSV has a column a question (`QUXVlc3Rpb246MTYw - Quelle…`), JSON a list of
//! responses. A record at a time is in memory beside what is gathered; a JSON file that breaks off gives the records
//! before.

use super::Export;
use crate::import::InputFile;
use crate::import::platform::table::{Reading, plain};
use crate::import::platform::{Place, bare};
use crate::say;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Fields that are read.
const KNOWN: [&str; 18] = [
    "id",
    "title",
    "createdAt",
    "publishedAt",
    "updatedAt",
    "trashed",
    "trashedStatus",
    "authorId",
    "authorType",
    "responses",
    "startAt",
    "endAt",
    "enabled",
    "fullAddress",
    "url",
    "body",
    "link",
    "type",
];

/// Fields that say who somebody is.
const PRIVATE: [&str; 11] = [
    "authorZipCode",
    "authorUsername",
    "authorEmail",
    "username",
    "email",
    "zipCode",
    "lat",
    "lng",
    "biography",
    "avatarUrl",
    "consentInternalCommunication",
];

pub(super) fn known(name: &str) -> bool {
    KNOWN.contains(&name)
}

pub(super) fn private(name: &str) -> bool {
    PRIVATE.contains(&name)
}

/// What a file's records have.
#[derive(Debug, Default)]
pub(super) struct Fields {
    pub(super) names: BTreeSet<Box<str>>,
    pub(super) questions: Vec<Asked>,
}

/// A question, as the export names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) key: Box<str>,
    pub(super) title: Box<str>,
}

/// What somebody answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Given {
    /// Words; in a CSV the labels that were chosen, too, joined by `|`.
    Words(String),
    /// Labels that were chosen, and other words.
    Chosen(Vec<String>, Option<String>),
}

/// A record.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) place: Place,
    fields: BTreeMap<Box<str>, String>,
    pub(super) answers: Vec<(Asked, Given)>,
}

impl Record {
    /// A field, when it holds something.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(|words| words.trim()).filter(|words| !words.is_empty())
    }

    pub(super) fn words(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }
}

/// `QUXVlc3Rpb246MTYw - Quelle est…`: a `Q`, the question's id, its title.
fn asked(head: &str) -> Option<Asked> {
    let (id, title) = head.strip_prefix('Q')?.split_once(" - ")?;
    let key = bare(id);
    (key.bytes().all(|b| b.is_ascii_graphic())).then(|| Asked { key, title: title.trim().into() })
}

/// Reads a table.
pub(super) fn csv(export: &mut Export, file: &InputFile) {
    let reading = Reading { key: plain, formulas: true, exact: false };
    let Some(table) = export.gathered.table(file, reading) else { return };
    let mut fields = Fields::default();
    let mut columns: Vec<Result<Asked, Box<str>>> = Vec::new();
    for head in table.names() {
        // A head that is a sentence is a question without an id.
        let sentence =
            head.contains(char::is_whitespace).then(|| Asked { key: head.clone(), title: head.clone() });
        match asked(head).or(sentence) {
            Some(question) => {
                fields.questions.push(question.clone());
                columns.push(Ok(question));
            }
            None => {
                if !head.is_empty() {
                    fields.names.insert(head.clone());
                }
                columns.push(Err(head.clone()));
            }
        }
    }
    let Some(holds) = export.opened(&file.path, &fields) else { return };
    for row in table.rows() {
        let row = match row {
            Ok(row) => row,
            Err(untaken) => {
                export.gathered.skip("row", &untaken.place, untaken.reason);
                continue;
            }
        };
        let mut record = Record { place: row.place.clone(), fields: BTreeMap::new(), answers: Vec::new() };
        for (at, column) in columns.iter().enumerate() {
            let words = row.at(at);
            match column {
                Ok(question) if !words.is_empty() => {
                    record.answers.push((question.clone(), Given::Words(words.to_owned())));
                }
                Err(name) if known(name) || name.as_ref() == "authorUsername" => {
                    record.fields.insert(name.clone(), words.to_owned());
                }
                Ok(_) | Err(_) => {}
            }
        }
        export.record(holds, &file.path, &record);
    }
    export.gathered.took(&file.path);
}

/// Reads a list of records, wherever it stands in the file.
pub(super) fn json(export: &mut Export, file: &InputFile) {
    let Some(bytes) = export.gathered.receive(file) else { return };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = Reader { export, file: &file.path, number: 0, holds: None, closed: false };
    let mut source = serde_json::Deserializer::from_slice(bytes);
    let read = Records(&mut reader).deserialize(&mut source).and_then(|()| source.end());
    let (number, closed) = (reader.number, reader.closed);
    match read {
        Ok(()) if closed => {}
        Ok(()) => export.gathered.took(&file.path),
        Err(error) if number == 0 => {
            let reason = say!("JSON illisible : {error}", "broken JSON: {error}");
            export.gathered.skip("file", &file.path.as_ref().into(), reason);
        }
        Err(error) => {
            let reason = say!(
                "JSON interrompu : {error} ; les {number} premiers enregistrements sont lus",
                "JSON that breaks off: {error}; the first {number} records are read"
            );
            let place = file.path.as_ref().into();
            export.gathered.settle("file", &place, crate::import::report::Fate::Changed, Some(reason));
        }
    }
}

/// A JSON file being read.
struct Reader<'r> {
    export: &'r mut Export,
    file: &'r str,
    number: usize,
    holds: Option<super::Holds>,
    /// Its records are not read.
    closed: bool,
}

impl Reader<'_> {
    fn take(&mut self, value: Value) {
        let place = Place { file: self.file.into(), row: format!("[{}]", self.number).into() };
        self.number += 1;
        let Value::Object(map) = value else {
            let reason = say!("ce n’est pas un enregistrement", "not a record");
            if !self.closed {
                self.export.gathered.skip("row", &place, reason);
            }
            return;
        };
        if self.holds.is_none() && !self.closed {
            let names = map.keys().map(|name| name.as_str().into()).collect();
            self.holds = self.export.opened(self.file, &Fields { names, questions: Vec::new() });
            self.closed = self.holds.is_none();
        }
        let Some(holds) = self.holds else { return };
        let mut record = Record { place, fields: BTreeMap::new(), answers: Vec::new() };
        for (name, value) in map {
            match value {
                Value::Array(responses) if name == "responses" => {
                    record.answers.extend(responses.iter().filter_map(response));
                }
                value if known(&name) || name == "authorUsername" => {
                    record.fields.insert(name.into(), words(&value));
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
                Value::Array(_) | Value::Object(_) => {}
            }
        }
        self.export.record(holds, self.file, &record);
    }
}

/// A response: the question's id and title, a value that is words or `{"labels": […], "other": …}`.
fn response(value: &Value) -> Option<(Asked, Given)> {
    let field = |name: &str| value.get(name).map(words).unwrap_or_default();
    let (id, title) = (field("questionId"), field("questionTitle"));
    let key = if id.trim().is_empty() { title.as_str().into() } else { bare(&id) };
    let raw = field("value");
    let given = match chosen(&raw) {
        Some(given) => given,
        None if raw.trim().is_empty() => Given::Words(field("formattedValue")),
        None => Given::Words(raw),
    };
    let empty = match &given {
        Given::Words(words) => words.trim().is_empty(),
        Given::Chosen(labels, other) => labels.is_empty() && other.is_none(),
    };
    (!key.is_empty() && !empty).then(|| (Asked { key, title: title.trim().into() }, given))
}

/// The labels of a choice.
fn chosen(raw: &str) -> Option<Given> {
    let value: Value = raw.trim_start().starts_with('{').then(|| serde_json::from_str(raw).ok()).flatten()?;
    let labels = value.get("labels")?.as_array()?;
    let labels =
        labels.iter().map(words).map(|label| label.trim().to_owned()).filter(|label| !label.is_empty());
    let other = value.get("other").map(words).filter(|other| !other.trim().is_empty());
    Some(Given::Chosen(labels.collect(), other))
}

/// The words of a value; those of a list or a map are its JSON.
fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(words) => {
            words.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t')).collect()
        }
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// Takes each record of a list as it comes; a map gives the first list that it holds, or is a record itself.
struct Records<'r, 'e>(&'r mut Reader<'e>);

impl<'de> DeserializeSeed<'de> for Records<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Records<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a list of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(value) = list.next_element::<Value>()? {
            self.0.take(value);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "data" | "contributions" | "proposals" | "replies" | "edges" => {
                    map.next_value_seed(Records(&mut *self.0))?;
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
