//! opendata: a consultation → its tables, each as CSV, and one package of them. What stands in a table is said
//! once, in [`tables`]: the CSV, the `datapackage.json`, the README and `docs/open-data.md` are made from it.
//!
//! Comes in: the checked site, which can hold no withheld word, and what was derived from it. Leaves: [`Table`]s
//! with their bytes, a Frictionless Data Package v2 and a zip of both that is the same to the byte everywhere.
//! Nothing here knows of pages; `view` shows what this gives.

mod address;
mod archive;
pub mod ballots;
mod cell;
mod csv;
mod definition;
mod document;
mod licence;
mod package;
mod readme;
mod table;
mod tables;
#[cfg(test)]
mod tests;

pub use archive::zip;
pub use csv::{Csv, FORMULA_STARTS};
pub use document::document;
pub use package::package;
pub use table::{ColumnInfo, ForeignKey, Table};

use crate::derive::DerivedConsultation;
use crate::lang::Lang;
use crate::model::site::{Consultation, Site};
use definition::Scope;
use rayon::prelude::*;

/// Every table of a consultation that has a row, in the order in which a reader meets them. `lang` is the
/// language of titles and descriptions, and of words that stand in several.
pub fn tables(
    site: &Site,
    consultation: &Consultation,
    derived: &DerivedConsultation,
    lang: &Lang,
) -> Vec<Table> {
    let scope = Scope { site, consultation, derived, lang };
    let definitions = tables::all();
    let mut tables: Vec<Table> = definitions.par_iter().filter_map(|table| table.fill(scope)).collect();
    table::keep_known_references(&mut tables);
    tables
}
