//! Names of columns of both generations → one: `contributions_bodyText`, `export_contribution_body_text` and
//! `body_text` are `body_text`. What organisers asked stands in columns that are named by their questions.

use crate::import::platform::table::Table;

/// Columns that are read, after [`key`], by the beginning that tells what they belong to.
const READ: [(&str, &[&str]); 11] = [
    (
        "",
        &[
            "type",
            "id",
            "author_id",
            "author_type_name",
            "consultation_title",
            "section_title",
            "title",
            "body_text",
            "url",
            "draft",
            "undraft_at",
            "context_element_title",
            "context_element_body_text",
            "participant_type",
            "versions_count",
            "sources_count",
            "arguments_count",
            "arguments_count_for",
            "arguments_count_against",
        ],
    ),
    ("", &STATE),
    ("votes_", &["id", "related_id", "related_kind", "author_id", "value", "created_at"]),
    ("versions_", &["id", "related_id", "author_id", "title", "explanation", "body_text", "url"]),
    ("versions_", &STATE),
    ("arguments_", &["id", "related_id", "related_kind", "author_id", "type", "body", "url"]),
    ("arguments_", &STATE),
    ("sources_", &["id", "related_id", "related_kind", "author_id", "title", "link", "body", "url"]),
    ("sources_", &STATE),
    ("argument_", &["author_id", "author_user_type_name", "content", "type", "vote_number", "debate_url"]),
    ("argument_", &STATE),
];

/// What became of a piece, and how many reactions it has.
const STATE: [&str; 11] = [
    "created_at",
    "published_at",
    "updated_at",
    "published",
    "trashed",
    "trashed_status",
    "trashed_at",
    "trashed_reason",
    "votes_count_ok",
    "votes_count_mitige",
    "votes_count_nok",
];

/// Columns of proposals that are read, after `proposal_`.
const PROPOSAL: [&str; 42] = [
    "id",
    "title",
    "summary",
    "description",
    "author_id",
    "author_user_type_name",
    "votes_total_count",
    "votes_digital_count",
    "votes_paper_count",
    "category_name",
    "theme_title",
    "district_name",
    "estimation",
    "illustration",
    "link",
    "status_name",
    "created_at",
    "published_at",
    "updated_at",
    "publication_status",
    "undraft_at",
    "trashed_at",
    "trashed_reason",
    "official_response",
    "votes_id",
    "votes_created_at",
    "votes_published_at",
    "votes_published",
    "votes_accounted",
    "votes_anonymous",
    "votes_author_id",
    "votes_author_user_type_name",
    "comments_id",
    "comments_parent",
    "comments_body",
    "comments_created_at",
    "comments_published_at",
    "comments_updated_at",
    "comments_author_id",
    "comments_author_user_type_name",
    "comments_publication_status",
    "comments_vote_id",
];

/// Whether a column is the platform's own: a question has spaces, accents or a capital.
pub(super) fn technical(name: &str) -> bool {
    let word = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    word && name.starts_with(|c: char| c.is_ascii_lowercase()) && (name.contains('_') || known(name))
}

/// The one name of a column.
pub(super) fn key(name: &str) -> String {
    if !technical(name) {
        return name.to_lowercase();
    }
    let mut snake = String::with_capacity(name.len() + 8);
    let mut before = '_';
    for c in name.chars() {
        if c.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit()) {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
        before = c;
    }
    let bare = snake.strip_prefix("export_").unwrap_or(&snake);
    let bare = bare.strip_prefix("contributions_").or(bare.strip_prefix("contribution_")).unwrap_or(bare);
    bare.to_owned()
}

/// Whether a column is read, or belongs to rows that are told and not kept.
pub(super) fn known(key: &str) -> bool {
    let read =
        |(group, names): &(&str, &[&str])| key.strip_prefix(group).is_some_and(|own| names.contains(&own));
    READ.iter().any(read)
        || key.strip_prefix("proposal_").is_some_and(|own| {
            PROPOSAL.contains(&own) || own.starts_with("news_") || own.starts_with("comments_vote_")
        })
        || key.contains("reportings_")
        || ["votes_count", "arguments_votes_count", "sources_votes_count", "versions_votes_count"]
            .contains(&key)
}

/// Whether a column says something of an account that no list of fields has.
pub(super) fn private(key: &str) -> bool {
    key.ends_with("account") || (key.starts_with("participant_") && key != "participant_type")
}

/// Whether a table is one of this platform's.
pub(super) fn understood(table: &Table<'_>) -> bool {
    let any = |keys: &[&str]| keys.iter().any(|key| table.has(key));
    any(&["type", "argument_content", "proposal_id"]) || (table.has("id") && any(&["title", "author_id"]))
}

/// A project's address and name, from the address of something in it: `…/consultations/<name>/…`, `…/project/<name>/…`.
pub(super) fn project(url: &str) -> Option<(String, String)> {
    let parts: Vec<&str> = url.split('/').collect();
    let at = parts.iter().position(|part| ["consultations", "project", "projects"].contains(part))?;
    let name = parts.get(at + 1).filter(|name| !name.is_empty())?;
    Some((parts.get(..at + 2)?.join("/"), titled(name)))
}

/// The words of a name in an address: `pour-ou-contre` → `Pour ou contre`.
pub(super) fn titled(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
