//! The files of an export → sheets: what kind of record a file holds, and its rows by column, whether it was written
//! as CSV or as JSON. Nested keys are joined by `/` (`title/fr`, `author/name`), lists by a comma and a space, as
//! Decidim's own exporter does; a JSON file is flattened the same way. What a column means is said elsewhere.

use super::entity::{Entity, recognise};
use crate::import::Input;
use crate::import::platform::table::{Reading, Table, plain};
use crate::import::platform::{Gathered, Place};
use crate::lang::Bilingual;
use crate::say;
use serde_json::Value;
use std::collections::BTreeMap;

/// A file that was understood.
#[derive(Debug)]
pub(super) struct Sheet {
    /// What its rows are.
    pub(super) entity: Entity,
    /// Names of the columns as written, in order.
    pub(super) names: Vec<Box<str>>,
    /// Its rows.
    pub(super) rows: Vec<Cells>,
    columns: BTreeMap<Box<str>, usize>,
    /// `title` → (`fr`, column), (`en`, column), in the order of the columns.
    locales: BTreeMap<Box<str>, Vec<(Box<str>, usize)>>,
}

/// The cells of a row and where it stands.
#[derive(Debug)]
pub(super) struct Cells {
    /// Where.
    pub(super) place: Place,
    cells: Vec<Box<str>>,
}

/// A row under its columns.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'s> {
    sheet: &'s Sheet,
    row: &'s Cells,
}

/// Reads the files. Those that are not used are skipped, with the reason.
pub(super) fn read(input: &Input, gathered: &mut Gathered) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    for file in &input.files {
        let sheet = if file.path.to_lowercase().ends_with(".json") {
            gathered.receive(file).map(|bytes| json(&file.path, bytes))
        } else {
            gathered
                .table(file, Reading { formulas: true, ..Reading::default() })
                .map(|table| Ok(csv(&file.path, &table, gathered)))
        };
        match sheet {
            None => {}
            Some(Ok(Some(sheet))) => {
                gathered.took(&file.path);
                sheets.push(sheet);
            }
            Some(Ok(None)) => {
                let why = say!(
                    "ni propositions, ni commentaires, ni débats, ni rencontres, ni résultats, ni projets : pas lu",
                    "neither proposals, comments, debates, meetings, results nor projects: not read"
                );
                gathered.skip("file", &(*file.path).into(), why);
            }
            Some(Err(reason)) => gathered.skip("file", &(*file.path).into(), reason),
        }
    }
    sheets
}

fn csv(path: &str, table: &Table<'_>, gathered: &mut Gathered) -> Option<Sheet> {
    let entity = recognise(table.names(), path)?;
    let mut sheet = Sheet::new(entity, table.names().to_vec());
    for row in table.rows() {
        match row {
            Ok(row) => {
                let cells = (0..row.cells().len()).map(|at| row.at(at).into()).collect();
                sheet.rows.push(Cells { place: row.place, cells });
            }
            Err(untaken) => gathered.skip(entity.word(), &untaken.place, untaken.reason),
        }
    }
    Some(sheet)
}

fn json(path: &str, bytes: &[u8]) -> Result<Option<Sheet>, Bilingual> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let value: Value = serde_json::from_slice(bytes)
        .map_err(|error| say!("ce n’est pas du JSON : {error}", "this is not JSON: {error}"))?;
    let Value::Array(items) = value else { return Ok(None) };
    let mut names: Vec<Box<str>> = Vec::new();
    let mut columns: BTreeMap<Box<str>, usize> = BTreeMap::new();
    let mut rows = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let mut flat = Vec::new();
        flatten(item, "", &mut flat);
        let mut cells: Vec<Box<str>> = Vec::new();
        for (name, cell) in flat {
            let column = *columns.entry(name.as_str().into()).or_insert_with(|| {
                names.push(name.into());
                names.len() - 1
            });
            if column >= cells.len() {
                cells.resize(column + 1, "".into());
            }
            cells[column] = cell.trim().into();
        }
        let place = Place { file: path.into(), row: format!("[{at}]").into() };
        rows.push(Cells { place, cells });
    }
    let Some(entity) = recognise(&names, path) else { return Ok(None) };
    let mut sheet = Sheet::new(entity, names);
    sheet.rows = rows;
    Ok(Some(sheet))
}

/// A value's leaves, by the path of their keys.
fn flatten(value: &Value, key: &str, out: &mut Vec<(String, String)>) {
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                let key = if key.is_empty() { name.clone() } else { format!("{key}/{name}") };
                flatten(inner, &key, out);
            }
        }
        Value::Array(items) => {
            let words: Vec<String> = items.iter().filter(|i| !i.is_null()).map(leaf).collect();
            out.push((key.to_owned(), words.join(", ")));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            out.push((key.to_owned(), leaf(value)));
        }
    }
}

fn leaf(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(words) => words.clone(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

impl Sheet {
    fn new(entity: Entity, names: Vec<Box<str>>) -> Self {
        let mut columns = BTreeMap::new();
        let mut locales: BTreeMap<Box<str>, Vec<(Box<str>, usize)>> = BTreeMap::new();
        for (at, name) in names.iter().enumerate() {
            let key = plain(name);
            if let Some((base, locale)) = key.rsplit_once('/') {
                locales.entry(base.into()).or_default().push((locale.into(), at));
            }
            columns.entry(key.into_boxed_str()).or_insert(at);
        }
        Sheet { entity, names, rows: Vec::new(), columns, locales }
    }

    /// Its rows, under their columns.
    pub(super) fn records(&self) -> impl Iterator<Item = Record<'_>> {
        self.rows.iter().map(|row| Record { sheet: self, row })
    }

    /// Whether there is a column of this key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.columns.contains_key(key)
    }
}

impl<'s> Record<'s> {
    /// Where it stands.
    pub(super) fn place(&self) -> &'s Place {
        &self.row.place
    }

    /// What it is.
    pub(super) fn entity(&self) -> Entity {
        self.sheet.entity
    }

    /// Whether the file has such a column.
    pub(super) fn has(&self, key: &str) -> bool {
        self.sheet.has(key)
    }

    fn at(&self, column: usize) -> Option<&'s str> {
        self.row.cells.get(column).map(|cell| &**cell).filter(|cell| !cell.is_empty())
    }

    /// The cell of a column, when it holds something.
    pub(super) fn find(&self, key: &str) -> Option<&'s str> {
        self.at(*self.sheet.columns.get(key)?)
    }

    /// The cell of the first column.
    pub(super) fn first(&self) -> Option<&'s str> {
        self.at(0)
    }

    /// Every cell that holds something.
    pub(super) fn cells(&self) -> impl Iterator<Item = &'s str> + use<'s> {
        self.row.cells.iter().map(|cell| &**cell).filter(|cell| !cell.is_empty())
    }

    /// Every column and its cell, in order.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&'s str, &'s str)> + use<'s> {
        let this = *self;
        this.sheet.names.iter().enumerate().map(move |(at, name)| (&**name, this.at(at).unwrap_or_default()))
    }

    /// What people wrote in a column, in each language.
    pub(super) fn languages(&self, key: &str) -> impl Iterator<Item = (&'s str, &'s str)> + use<'s> {
        let own = self.sheet.locales.get(key).map_or(&[][..], Vec::as_slice);
        let this = *self;
        own.iter().filter_map(move |(locale, at)| Some((&**locale, this.at(*at)?)))
    }

    /// What a column says: in this language when there are several, else in the first one that there is; what people
    /// wrote before what a machine translated.
    pub(super) fn words(&self, key: &str, language: &str) -> Option<&'s str> {
        let among = |key: &str| {
            let here = self.languages(key).find(|(locale, _)| *locale == language);
            here.or_else(|| self.languages(key).next()).map(|(_, words)| words)
        };
        let machine = || among(&format!("{key}/machine_translation"));
        self.find(key).or_else(|| among(key)).or_else(machine)
    }

    /// A list.
    pub(super) fn list(&self, key: &str) -> Vec<&'s str> {
        let parts = self.find(key).into_iter().flat_map(|cell| cell.split(", "));
        parts.map(str::trim).filter(|part| !part.is_empty()).collect()
    }

    /// A whole number, not negative.
    pub(super) fn number(&self, key: &str) -> Option<u64> {
        self.find(key)?.parse().ok()
    }

    /// Whether a column says yes.
    pub(super) fn yes(&self, key: &str) -> bool {
        self.find(key).is_some_and(|cell| matches!(cell, "true" | "t" | "1"))
    }
}
