//! Who wrote → a [`Person`]: an account that becomes a pseudonym, or a body that is named. A proposal has several
//! authors in one cell, told apart by the addresses of their profiles; a comment has one. Groups of users are bodies;
//! so is the organisation that holds the platform, whose address is its first page; a meeting is nobody.

use super::address::{self, Thing};
use super::sheet::Record;
use crate::import::platform::Person;
use crate::model::choices::AuthorKind;
use std::collections::BTreeSet;

/// Who wrote a record.
#[derive(Debug, Default)]
pub(super) struct Authors {
    /// The one that is kept.
    pub(super) person: Person,
    /// How many others signed it.
    pub(super) others: usize,
    /// Key of the meeting that wrote it.
    pub(super) meeting: Option<Box<str>>,
}

/// Reads `author/…` and `user_group/…`.
pub(super) fn authors(record: &Record<'_>, language: &str) -> Authors {
    if let Some(group) = record.words("user_group/name", language) {
        let id = record.find("user_group/id").or(record.find("decidim_user_group_id"));
        return Authors { person: body(group, id), ..Authors::default() };
    }
    let ids = record.list("author/id");
    let urls: Vec<&str> =
        record.find("author/url").map_or(Vec::new(), |cell| cell.split(", ").map(str::trim).collect());
    let name = record.words("author/name", language).filter(|name| !name.is_empty());
    let others = ids.len().max(urls.len()).saturating_sub(1);
    // Names may hold commas: they are told apart only when there are as many as authors.
    let names: Vec<&str> = name.map_or(Vec::new(), |name| name.split(", ").map(str::trim).collect());
    let name = if others == 0 { name } else { names.first().copied().filter(|_| names.len() == others + 1) };
    let kind = record.find("author/type").or(record.find("decidim_author_type")).unwrap_or_default();
    let url = urls.first().copied().unwrap_or_default();
    match kind.rsplit("::").next().unwrap_or_default() {
        "UserGroup" | "user_group" => {
            return Authors {
                person: name.map_or_else(Person::default, |n| body(n, ids.first().copied())),
                others,
                ..Authors::default()
            };
        }
        "Organization" | "organization" => {
            return Authors {
                person: name.map_or_else(Person::default, |n| body(n, None)),
                others,
                ..Authors::default()
            };
        }
        _ => {}
    }
    if let Some((Thing::Meeting, id)) = address::target(url) {
        return Authors { meeting: Some(id.into()), others, ..Authors::default() };
    }
    if address::is_root(url) {
        return Authors {
            person: name.map_or_else(Person::default, |n| body(n, None)),
            others,
            ..Authors::default()
        };
    }
    let account: Option<Box<str>> = ids.first().map(|id| (*id).into());
    let kind = (account.is_some() || name.is_some()).then_some(AuthorKind::Citizen);
    let person = Person { account, name: name.map(Into::into), kind, organisation: None };
    Authors { person, others, meeting: None }
}

/// Everybody whom a record names, here or in another process of the platform: people name each other in their texts, and
/// sign them.
pub(super) fn names(record: &Record<'_>, out: &mut BTreeSet<Box<str>>) {
    let url = record.find("author/url").unwrap_or_default();
    // The names of bodies and the titles of meetings are no secret.
    if !(address::is_root(url) || address::target(url).is_some()) {
        out.extend(record.find("author/name").into_iter().flat_map(|cell| cell.split(", ")).map(Into::into));
    }
    for column in ["endorsements/user_endorsements", "likes/user_likes", "last_comment_by/name"] {
        out.extend(record.list(column).into_iter().map(Into::into));
    }
}

/// A body under its name.
fn body(name: &str, id: Option<&str>) -> Person {
    let account = Some(format!("group {}", id.unwrap_or(name)).into_boxed_str());
    Person { account, name: None, kind: Some(AuthorKind::Organisation), organisation: Some(name.into()) }
}

/// Columns that hold who people are: their names are told in the report, and nothing of them is published.
pub(super) fn is_private(key: &str) -> bool {
    let endings =
        ["email", "phone", "phone_number", "nickname", "ip_hash", "ip hash", "ip", "document_number"];
    let last = key.rsplit('/').next().unwrap_or(key);
    endings.contains(&last)
        || key.starts_with("author/") && last != "id" && last != "type"
        || key.starts_with("last_comment_by/")
        || key.ends_with("/user_endorsements")
        || key.ends_with("/user_likes")
        || key == "blocking_user"
}
