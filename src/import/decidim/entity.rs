//! What a file of an export holds: kinds of records, and how a file is recognised.

use crate::import::platform::table::plain;

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Entity {
    /// Proposals, and amendments to them.
    Proposals,
    /// Comments on anything.
    Comments,
    /// Debates.
    Debates,
    /// Meetings.
    Meetings,
    /// Results: what is carried out.
    Results,
    /// Projects of a budget put to the vote.
    Projects,
    /// Participatory processes, assemblies, conferences: what holds the others.
    Spaces,
    /// What moderators hid.
    Moderations,
    /// Answers to surveys.
    Surveys,
}

impl Entity {
    /// The report's word for one.
    pub(super) fn word(self) -> &'static str {
        match self {
            Entity::Proposals => "proposal",
            Entity::Comments => "comment",
            Entity::Debates => "debate",
            Entity::Meetings => "meeting",
            Entity::Results => "commitment",
            Entity::Projects => "project",
            Entity::Spaces => "space",
            Entity::Moderations => "moderation",
            Entity::Surveys => "reply",
        }
    }
}

/// What a file holds: by its columns, then by its name, since an export without any record has no columns of its own
/// and some kinds differ by little.
pub(super) fn recognise(names: &[Box<str>], path: &str) -> Option<Entity> {
    let keys: Vec<String> = names.iter().map(|name| plain(name)).collect();
    let has = |key: &str| keys.iter().any(|k| k == key);
    let translated = |key: &str| keys.iter().any(|k| k == key || k.starts_with(&format!("{key}/")));
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let named = |words: &[&str]| words.iter().any(|word| name.contains(word));
    if has("commentable_type") || has("root_commentable_url") {
        return Some(Entity::Comments);
    }
    if has("reportable_type") && has("reportable_id") {
        return Some(Entity::Moderations);
    }
    if has("user_status") && has("question") || names.iter().any(|name| question(name).is_some()) {
        return Some(Entity::Surveys);
    }
    if has("slug") && translated("title") && translated("description") {
        return Some(Entity::Spaces);
    }
    if !translated("title") || !has("id") {
        return None;
    }
    if has("budget_amount") || has("budget/id") {
        return Some(Entity::Projects);
    }
    if has("proposal_urls") || has("status/key") || (has("progress") && translated("description")) {
        return Some(Entity::Results);
    }
    if has("attendees") || has("type_of_meeting") || (has("start_time") && has("address")) {
        return Some(Entity::Meetings);
    }
    if translated("instructions") || translated("information_updates") || has("comments_enabled") {
        return Some(Entity::Debates);
    }
    if has("is_amend") || has("meeting_urls") || (translated("body") && (has("votes") || has("supports"))) {
        return Some(Entity::Proposals);
    }
    if translated("description") && named(&["debate", "debat"]) {
        return Some(Entity::Debates);
    }
    if translated("description") && named(&["meeting"]) {
        return Some(Entity::Meetings);
    }
    if translated("description") && named(&["result"]) {
        return Some(Entity::Results);
    }
    (translated("body") && named(&["proposal", "proposition"])).then_some(Entity::Proposals)
}

/// The question that a column names: `2. What else?` → `What else?`.
pub(super) fn question(name: &str) -> Option<&str> {
    let (number, title) = name.split_once(". ")?;
    let title = title.trim();
    (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) && !title.is_empty()).then_some(title)
}
