//! `docs/open-data.md`: every table and column, in English, from the same definitions as the files.

use super::table::{ColumnInfo, Table};
use super::tables;
use crate::lang::Lang;
use std::fmt::Write;

const INTRODUCTION: &str = include_str!("introduction.md");

/// Writes the document.
pub fn document() -> String {
    let mut out = String::from(INTRODUCTION);
    let described: Vec<Table> = Lang::new("en")
        .map(|lang| tables::all().iter().map(|t| t.describe(&lang)).collect())
        .unwrap_or_default();
    for table in &described {
        one(&mut out, table);
    }
    out
}

fn one(out: &mut String, table: &Table) {
    // Writing to a string cannot fail.
    let _ = write!(out, "\n## `{}`: {}\n\n{}\n\n", table.name, table.title, table.description);
    if !table.primary_key.is_empty() {
        let _ = writeln!(out, "Primary key: {}.\n", code(&table.primary_key));
    }
    for key in &table.foreign_keys {
        let (here, there) = (code(&key.columns), code(&key.references));
        let _ = writeln!(out, "{here} names a row of `{}` by {there}.\n", key.table);
    }
    out.push_str("| column | type | meaning |\n|---|---|---|\n");
    for column in &table.columns {
        let meaning = column.description.replace('|', "\\|");
        let _ = writeln!(out, "| `{}` | {} | {meaning} |", column.name, kind(column));
    }
}

fn kind(column: &ColumnInfo) -> String {
    let mut out = column.r#type.to_owned();
    if column.required {
        out.push_str(if column.unique { ", unique" } else { ", required" });
    }
    if !column.choices.is_empty() {
        let _ = write!(out, ": {}", code(&column.choices));
    }
    out
}

fn code(words: &[&str]) -> String {
    words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ")
}
