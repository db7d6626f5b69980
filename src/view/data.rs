//! A consultation's data page: every table with its columns, a preview, its size; what is known to be missing.

use super::Head;
use super::context::Context;
use super::frozen::FrozenView;
use super::parts::Link;
use crate::derive::{DerivedConsultation, Totals};
use crate::model::site::{Consultation, Provenience, Quarantined};
use crate::opendata::Table;
use serde::Serialize;

/// The data page.
#[derive(Debug, Serialize)]
pub struct DataView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// Tables.
    pub tables: Vec<TableView<'s>>,
    /// The package of all of them; none while there are no tables.
    pub package: Option<Link>,
    /// Its size in bytes.
    pub package_bytes: Option<u64>,
    /// What is known to be missing.
    pub known_missing: Vec<String>,
    /// Records left out because they are at fault.
    pub quarantined: Vec<Quarantined>,
    /// The platform it comes from.
    pub origin: Option<Provenience>,
    /// Totals.
    pub totals: Totals,
    /// That the consultation is frozen, and what that can be checked against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frozen: Option<FrozenView<'s>>,
}

/// A table.
#[derive(Debug, Serialize)]
pub struct TableView<'s> {
    /// Address of its CSV, which is also its file's name.
    pub href: String,
    /// What it holds.
    #[serde(flatten)]
    pub table: &'s Table,
}

/// Makes the data page.
pub fn data<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &DerivedConsultation,
    tables: &'s [Table],
    package_bytes: Option<u64>,
) -> DataView<'s> {
    let view = |table: &'s Table| TableView { href: table.file(), table };
    let name = format!("{}.zip", c.id);
    DataView {
        head: context.head("data", context.words(&c.title), context.words(&c.summary)),
        tables: tables.iter().map(view).collect(),
        package: package_bytes.map(|_| Link::new(name.clone(), name)),
        package_bytes,
        known_missing: c.known_missing.iter().map(|k| context.words(k).to_owned()).collect(),
        quarantined: context.site.quarantined.clone(),
        origin: c.origin.clone(),
        totals: d.totals.clone(),
        frozen: FrozenView::of(context, c),
    }
}
