//! The front matter of `amendments/<id>.md`; the body is its statement of reasons.

use super::common::{Imported, SitePath, Url};
use crate::model::choices::{Origin, Outcome};
use crate::model::id::Id;
use crate::model::when::Date;
use crate::record;

record! {
    /// A change proposed to one version of a text.
    pub struct AmendmentRecord as "amendment" ("amendement") {
        /// Its id; the file's name when absent.
        optional id: Id,
        /// The text it changes; needed when the consultation has several.
        optional text: Id,
        /// The version it was written on; the first when absent.
        optional version: Id,
        /// The article it changes (`1er`, `17 bis`); absent when it changes the whole or adds an article.
        optional article: Box<str>,
        /// Its number as tabled; the id when absent.
        optional number: Box<str>,
        /// A few words that say what it does.
        optional title: Box<str>,
        /// The amendment that it amends.
        optional parent: Id,
        /// Who tabled it; public, whatever the consultation's rule for contributions.
        list authors: Box<str>,
        /// Their group or committee.
        optional group: Box<str>,
        /// The day it was tabled.
        optional date: Date,
        /// What became of it: `pending` when absent.
        optional outcome: Outcome,
        /// The day it was decided.
        optional decided: Date,
        /// Where a change that was not tabled comes from; such a change has no outcome.
        optional origin: Origin,
        /// Id of the vote that decided it.
        optional vote: Id,
        /// Amendments on whose result it builds.
        list after: Id,
        /// Contributions that led to it.
        list contributions: Id,
        /// What it does, edit by edit.
        list operations: OperationRecord,
        /// Where it is published officially.
        optional url: Url,
        /// Former addresses of its page.
        list aliases: SitePath,
        /// Where it was imported from.
        optional imported: Imported,
    }
}

record! {
    /// One edit: `replace … with …`, `insert … before|after …`, or `delete …`, of words quoted exactly.
    pub struct OperationRecord as "operation" ("opération") {
        /// The article edited, when it is not the amendment's.
        optional article: Box<str>,
        /// The paragraph in which the words stand, from 1; the whole article when absent.
        optional paragraph: u64,
        /// Words to replace.
        optional replace: Box<str>,
        /// What replaces them.
        optional with: Box<str>,
        /// Words to insert.
        optional insert: Box<str>,
        /// The words before which to insert.
        optional before: Box<str>,
        /// The words after which to insert.
        optional after: Box<str>,
        /// Words to delete.
        optional delete: Box<str>,
        /// Which of several occurrences, from 1.
        optional occurrence: u64,
    }
}
