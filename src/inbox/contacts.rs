//! The files of `private/<consultation>/contacts/`: for each submission taken in, who sent it, and what of it may not stand
//! elsewhere. They are also how a submission is known again, wherever a moderator put its words since.

use super::submission::Place;
use crate::model::id::Id;
use crate::model::when::Moment;
use crate::parse::file::File;
use crate::record;
use crate::source::Sources;
use std::collections::BTreeMap;

record! {
    /// Who sent something, and what of it is private.
    pub struct ContactRecord as "contact" {
        /// SHA-256 of what was received: the same is not taken in twice.
        required digest: Box<str>,
        /// When it was received.
        required received: Moment,
        /// The file it came in, and its row or number there.
        required source: Box<str>,
        /// The author's name, unless it is to be shown.
        optional name: Box<str>,
        /// The author's address.
        optional email: Box<str>,
        /// The pseudonym made for the author, or the one that was not kept.
        optional pseudonym: Box<str>,
        /// Fields that no form asks for, or that could not be used, as received.
        list other: OtherField,
    }
}

record! {
    /// A field as received.
    pub struct OtherField as "other field" ("autre champ") {
        /// Its name.
        required field: Box<str>,
        /// Its words.
        required value: Box<str>,
    }
}

/// Reads the contacts, by the id of what was sent. A file that cannot be read is as if it were not there.
pub fn contacts(sources: &Sources, consultation: &Id) -> BTreeMap<Id, ContactRecord> {
    let folder = format!("private/{consultation}/contacts/");
    let mut found = BTreeMap::new();
    for (at, file) in sources.iter().filter(|(_, file)| file.path.starts_with(&*folder)) {
        let id = file.path[folder.len()..].strip_suffix(".yaml").and_then(Id::new);
        if let (Some(id), Some(filed)) = (id, File::new(sources, at, &[]).record::<ContactRecord>()) {
            found.insert(id, filed.record);
        }
    }
    found
}

/// `netlify.csv:12`.
pub fn written(place: &Place) -> String {
    [&*place.file, &*place.row].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(":")
}
