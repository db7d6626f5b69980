//! A row as its readers ask for it: the first of several columns that holds something, dates, counts, who wrote.

use crate::import::names::fold;
use crate::import::platform::table::Row;
use crate::import::platform::{Person, Votes};
use crate::model::choices::AuthorKind;

/// A row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cells<'t> {
    pub(super) row: &'t Row<'t>,
}

impl<'t> Cells<'t> {
    /// The first of these columns that holds something.
    pub(super) fn find(&self, keys: &[&str]) -> Option<&'t str> {
        keys.iter().find_map(|key| self.row.find(key))
    }

    /// The same as words of their own.
    pub(super) fn words(&self, keys: &[&str]) -> Option<String> {
        self.find(keys).map(str::to_owned)
    }

    /// A number that names a row; 0 and -1 name none.
    pub(super) fn id(&self, keys: &[&str]) -> Option<Box<str>> {
        self.find(keys)
            .filter(|id| !["0", "-1"].contains(id))
            .map(|id| id.strip_suffix(".0").unwrap_or(id).into())
    }

    /// When it was written: the day, and the time where a column of its own has it.
    pub(super) fn created(&self) -> Option<String> {
        let day = self.find(&["created_at", "date"])?;
        Some(match self.row.find("time") {
            Some(time) => moment(&format!("{day} {}", time.rsplit(' ').next().unwrap_or(time))),
            None => moment(day),
        })
    }

    /// Whether the day is followed by the hour alone.
    pub(super) fn has_hour_alone(&self) -> bool {
        self.row.get("created_at").split_once(' ').is_some_and(|(_, rest)| is_hour(rest))
    }

    /// Reactions declared.
    pub(super) fn votes(&self) -> Votes {
        let count = |keys: &[&str]| self.find(keys).and_then(|n| n.parse().ok());
        Votes {
            r#for: count(&["cached_votes_up", "numsupports", "numpositivevotes"]),
            mixed: None,
            against: count(&["cached_votes_down", "numnegativevotes"]),
        }
    }

    /// Who wrote.
    pub(super) fn author(&self) -> Person {
        let name: Option<Box<str>> = self.find(&["author_name"]).map(Into::into);
        let association = self.row.get("isassociation") == "1";
        Person {
            account: self.id(&["userid", "author_id"]).or_else(|| name.clone()),
            name,
            kind: association.then_some(AuthorKind::Organisation).or_else(|| kind(self.row.get("usertype"))),
            organisation: None,
        }
    }
}

/// Who writes, as the badge beside a name says it. The author of the proposal is anybody.
fn kind(badge: &str) -> Option<AuthorKind> {
    let badge = fold(badge);
    let says = |words: &[&str]| words.iter().any(|word| badge.contains(word));
    if says(&["colectiv", "collectiv", "organi", "associa"]) {
        Some(AuthorKind::Organisation)
    } else if says(&["concej", "councillor", "elu "]) || badge == "elu" {
        Some(AuthorKind::Elected)
    } else if says(&["emplead", "public official", "official", "administ", "employe"]) {
        Some(AuthorKind::Government)
    } else {
        None
    }
}

/// A date as CONSUL writes it, the hour alone included (`08/03/2025 12`), → one that has minutes.
fn moment(written: &str) -> String {
    match written.split_once(' ') {
        Some((_, rest)) if is_hour(rest) => format!("{written}:00"),
        // `0001-01-01 9:05:00`: an hour of one digit.
        Some((day, rest)) if rest.as_bytes().get(1) == Some(&b':') => format!("{day} 0{rest}"),
        Some(_) | None => written.to_owned(),
    }
}

fn is_hour(rest: &str) -> bool {
    rest.len() == 2 && rest.bytes().all(|b| b.is_ascii_digit())
}
