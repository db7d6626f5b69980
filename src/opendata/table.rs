//! What a reader gets of a table: its definition in one language, its size and its CSV.

use serde::Serialize;
use std::collections::BTreeSet;

/// A table with its rows.
#[derive(Debug, Clone, Serialize)]
pub struct Table {
    /// Its name, which is also its file's: `contributions` stands in `contributions.csv`.
    pub name: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What one row is.
    pub description: &'static str,
    /// The columns that together tell a row from all others; empty when there are none.
    pub primary_key: Vec<&'static str>,
    /// The columns that name a row of a table.
    pub foreign_keys: Vec<ForeignKey>,
    /// Its columns.
    pub columns: Vec<ColumnInfo>,
    /// How many rows, the header not counted.
    pub rows: u64,
    /// Size of the CSV in bytes.
    pub bytes: u64,
    /// SHA-256 of the CSV, in hexadecimal.
    pub sha256: String,
    /// The first rows, with the words as they are, long ones cut with `…`.
    pub preview: Vec<Vec<String>>,
    /// The file itself.
    #[serde(skip)]
    pub csv: Vec<u8>,
}

impl Table {
    /// The name of its file.
    pub fn file(&self) -> String {
        format!("{}.csv", self.name)
    }
}

/// A column as readers are told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnInfo {
    /// Its name in the header.
    pub name: &'static str,
    /// Its type in the words of Table Schema: `string`, `integer`, `number`, `boolean`, `date`.
    pub r#type: &'static str,
    /// What it means.
    pub description: &'static str,
    /// Whether every row has it.
    pub required: bool,
    /// Whether no two rows have the same.
    pub unique: bool,
    /// The only words it can hold, when they are a closed list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<&'static str>,
    /// A regular expression that its words match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<&'static str>,
    /// The smallest number it can hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<u64>,
    /// Whether it holds free words, so that an apostrophe may stand before what a spreadsheet would run.
    pub free: bool,
}

/// A column that names a row of another table, or of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ForeignKey {
    /// Columns here.
    pub columns: Vec<&'static str>,
    /// The table.
    pub table: &'static str,
    /// Columns there.
    pub references: Vec<&'static str>,
}

/// Drops references to tables that are left out because they have no row: nothing can name a row of them.
pub(super) fn keep_known_references(tables: &mut [Table]) {
    let names: BTreeSet<&str> = tables.iter().map(|t| t.name).collect();
    for table in tables {
        table.foreign_keys.retain(|key| names.contains(key.table));
    }
}
