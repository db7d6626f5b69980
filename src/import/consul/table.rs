//! What a file holds, by its columns: names in lower case, in any order.

use crate::import::platform::table::Table;

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Proposals.
    Proposals,
    /// Debates.
    Debates,
    /// Comments.
    Comments,
    /// What the author of a proposal told those who support it.
    News,
    /// Tags.
    Tags,
    /// What has which tag.
    Taggings,
    /// Areas.
    Zones,
    /// Votes, one a row.
    Votes,
}

impl Kind {
    /// The report's word for one.
    pub(super) fn word(self) -> &'static str {
        match self {
            Kind::Proposals => "proposal",
            Kind::Debates => "debate",
            Kind::Comments => "comment",
            Kind::News => "news",
            Kind::Tags => "tag",
            Kind::Taggings => "tagging",
            Kind::Zones => "area",
            Kind::Votes => "vote",
        }
    }

    /// The columns that are read.
    pub(super) fn columns(self) -> &'static [&'static str] {
        match self {
            Kind::Proposals | Kind::Debates => &[
                "id",
                "title",
                "description",
                "text",
                "summary",
                "created_at",
                "date",
                "cached_votes_up",
                "cached_votes_down",
                "numsupports",
                "external_url",
                "video_url",
                "geozone_id",
                "retired_at",
                "retired_reason",
                "retired_explanation",
                "proceeding",
                "sub_proceeding",
                "author_name",
                "author_id",
                "userid",
                "isassociation",
                "status",
                "url",
            ],
            Kind::Comments => &[
                "id",
                "commentable_id",
                "commentable_type",
                "body",
                "text",
                "created_at",
                "date",
                "time",
                "cached_votes_up",
                "cached_votes_down",
                "numpositivevotes",
                "numnegativevotes",
                "ancestry",
                "parentid",
                "proposalid",
                "debateid",
                "userid",
                "author_id",
                "author_name",
                "usertype",
            ],
            Kind::News => &["title", "body", "proposal_id", "created_at"],
            Kind::Tags => &["id", "name", "kind", "taggings_count"],
            Kind::Taggings => &["tag_id", "taggable_id", "taggable_type"],
            Kind::Zones => &["id", "name"],
            Kind::Votes => &["votable_id", "votable_type", "vote_flag", "public_timestamp", "created_at"],
        }
    }
}

/// What a file holds; `None` when it is nothing of CONSUL's.
pub(super) fn kind(table: &Table<'_>, path: &str) -> Option<Kind> {
    let all = |keys: &[&str]| keys.iter().all(|key| table.has(key));
    let any = |keys: &[&str]| keys.iter().any(|key| table.has(key));
    let is_named =
        |word: &str| path.rsplit('/').next().is_some_and(|name| name.to_lowercase().contains(word));
    if all(&["votable_id", "votable_type"]) {
        Some(Kind::Votes)
    } else if all(&["tag_id", "taggable_id"]) {
        Some(Kind::Taggings)
    } else if any(&["commentable_id", "parentid", "ancestry"]) && any(&["body", "text"]) {
        Some(Kind::Comments)
    } else if all(&["proposal_id", "title", "body"]) {
        Some(Kind::News)
    } else if all(&["id", "title"])
        && any(&["description", "text", "summary", "cached_votes_up", "numsupports"])
    {
        let debates = is_named("debate") || (table.has("cached_votes_down") && !table.has("summary"));
        Some(if debates { Kind::Debates } else { Kind::Proposals })
    } else if all(&["id", "name"]) {
        let tags = any(&["kind", "taggings_count"]);
        Some(if tags { Kind::Tags } else { Kind::Zones })
    } else {
        None
    }
}

/// Columns that say who somebody is and have a name of their own.
pub(super) fn names_somebody(key: &str) -> bool {
    ["author_email", "document_number", "document_type", "responsible_name"].contains(&key)
}
