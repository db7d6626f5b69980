//! A reply: its title, its answers, and what became of it. One that was in the platform's bin keeps its place.

use super::Export;
use super::record::{Given, Record};
use crate::import::names::fold;
use crate::import::platform::{Moderated, Person, Piece, What, bare};
use crate::model::choices::{AuthorKind, ContributionKind};
use crate::say;

pub(super) fn reply(export: &mut Export, path: &str, record: &Record) {
    let Some(id) = record.get("id").map(bare) else {
        return export.gathered.skip("reply", &record.place, say!("sans identifiant", "without an id"));
    };
    let place = record.place.clone();
    let mut piece = Piece::new((What::Reply, id), ContributionKind::Answer, "reply", place);
    piece.title = record.words("title");
    piece.created = record.words("createdAt").or_else(|| record.words("publishedAt"));
    piece.updated = record.words("updatedAt");
    piece.author = Person {
        account: record.get("authorId").map(bare),
        name: record.get("authorUsername").map(Into::into),
        kind: record.get("authorType").and_then(author),
        organisation: None,
    };
    let binned = record.get("trashed").is_some_and(|flag| matches!(flag, "true" | "1" | "True"))
        || record.get("trashedStatus").is_some_and(|status| !matches!(status, "null" | "NULL"));
    if binned {
        piece.moderated = Moderated::Withheld { reason: None, date: None };
    }
    if export.several {
        piece.category = Some(category(export, path));
    }
    for (asked, given) in &record.answers {
        match given {
            Given::Words(words) => {
                export.questions.words(asked, words);
                piece.answers.push((asked.key.clone(), vec![words.clone()]));
            }
            Given::Chosen(labels, other) => {
                export.questions.chosen(asked, labels);
                piece.answers.push((asked.key.clone(), labels.clone()));
                if let Some(words) = other {
                    let key = export.questions.other(asked);
                    piece.answers.push((key, vec![words.clone()]));
                }
            }
        }
    }
    export.gathered.pieces.push(piece);
}

/// Who writes, as the platform asked; a citizen is said by nothing.
fn author(kind: &str) -> Option<AuthorKind> {
    let kind = fold(kind);
    if kind.starts_with("elu") {
        Some(AuthorKind::Elected)
    } else if kind.starts_with("organi") {
        Some(AuthorKind::Organisation)
    } else {
        None
    }
}

/// The theme that a file is: its name.
fn category(export: &mut Export, path: &str) -> Box<str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let words = stem.replace(['_', '-'], " ").to_lowercase();
    let mut chars = words.chars();
    let title: String = chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect());
    let key: Box<str> = title.as_str().into();
    if !export.gathered.categories.iter().any(|(known, _)| *known == key) {
        export.gathered.categories.push((key.clone(), title));
    }
    key
}
