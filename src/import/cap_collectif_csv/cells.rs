//! A row as its readers ask for it: cells by the name of their column, flags in any language, who wrote, what became of
//! it.

use crate::import::names::fold;
use crate::import::platform::table::{Row, Table};
use crate::import::platform::{Moderated, Person, Place, bare};
use crate::model::choices::AuthorKind;

/// A row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cells<'t> {
    pub(super) table: &'t Table<'t>,
    pub(super) row: &'t Row<'t>,
    /// Columns that are questions, and the questions.
    pub(super) asked: &'t [(usize, Box<str>)],
}

impl<'t> Cells<'t> {
    pub(super) fn get(&self, key: &str) -> &'t str {
        self.row.get(key)
    }

    pub(super) fn find(&self, key: &str) -> Option<&'t str> {
        self.row.find(key)
    }

    /// The words of a cell, when it has some.
    pub(super) fn words(&self, key: &str) -> Option<String> {
        self.find(key).map(str::to_owned)
    }

    /// An id, unwrapped.
    pub(super) fn id(&self, key: &str) -> Option<Box<str>> {
        self.find(key).map(bare)
    }

    pub(super) fn place(&self) -> &'t Place {
        &self.row.place
    }

    /// A count.
    pub(super) fn count(&self, key: &str) -> Option<u64> {
        self.find(key).and_then(|n| n.parse().ok())
    }

    /// Yes or no; nothing when the cell says neither.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        match fold(self.get(key)).as_str() {
            "1" | "true" | "yes" | "oui" | "vrai" | "si" | "ja" | "sim" => Some(true),
            "0" | "false" | "no" | "non" | "faux" | "nein" | "nee" | "nao" => Some(false),
            _ => None,
        }
    }

    /// Who wrote what begins with these letters: `arguments_`. Grouped exports say it once for every kind of row.
    pub(super) fn person(&self, group: &str) -> Person {
        let own = |word: &str| format!("{group}{word}");
        let either = |word: &str, grouped: &str| {
            let found = self.find(&own(word));
            found.or_else(|| self.find(grouped).filter(|_| !self.table.has(&own(word))))
        };
        let kind = [own("author_user_type_name"), own("author_type_name"), "participant_type".to_owned()];
        Person {
            account: either("author_id", "author_id").map(bare),
            name: either("author_username", "participant_username").map(Into::into),
            kind: kind.iter().find_map(|column| author(&fold(self.get(column)))),
            organisation: None,
        }
    }

    /// What became of what begins with these letters.
    pub(super) fn moderated(&self, group: &str) -> Moderated {
        let own = |word: &str| format!("{group}{word}");
        let binned = self.flag(&own("trashed")) == Some(true)
            || self.find(&own("trashed_at")).is_some()
            || self.find(&own("trashed_status")).is_some();
        let status = fold(self.get(&own("publication_status")));
        let status = status.rsplit("status_").next().unwrap_or("");
        let says = |words: &[&str]| words.iter().any(|word| status.contains(word));
        let draft = self.flag(&own("draft")) == Some(true) || self.flag(&own("published")) == Some(false);
        if binned || says(&["trash", "corbeille", "delet", "supprim"]) {
            let reason = self.find(&own("trashed_reason")).map(Into::into);
            Moderated::Withheld { reason, date: self.words(&own("trashed_at")) }
        } else if draft || says(&["draft", "brouillon", "unpublish", "not_publish", "non publi", "attente"]) {
            Moderated::Pending
        } else {
            Moderated::Published
        }
    }
}

/// The kind of an account's author; a citizen is said by nothing.
fn author(kind: &str) -> Option<AuthorKind> {
    if ["organi", "associa", "entreprise", "lucrati", "syndicat"].iter().any(|word| kind.contains(word)) {
        Some(AuthorKind::Organisation)
    } else if kind.starts_with("elu") {
        Some(AuthorKind::Elected)
    } else {
        None
    }
}
