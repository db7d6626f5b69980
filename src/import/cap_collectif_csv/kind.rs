//! What a row is: its word in the first column, of either generation; else its columns.

use super::cells::Cells;

/// A kind of row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A proposal of a consultation.
    Opinion,
    /// Something attached to the opinion above.
    Context,
    /// A suggested rewording.
    Version,
    /// An argument on an opinion or a version.
    Argument,
    /// A source.
    Source,
    /// An argument of a debate.
    Debated,
    /// A proposal of a call for proposals.
    Proposal,
    /// A comment on one.
    Comment,
    /// A vote on anything.
    Vote,
    /// Answers to a questionnaire.
    Reply,
    /// News about a proposal.
    News,
    /// A comment on news, or a vote or a report on one.
    OnNews,
    /// A report of abuse.
    Reporting,
    /// A word that is unknown, in a row whose columns say nothing.
    Unknown,
}

pub(super) fn kind(cells: &Cells<'_>) -> Kind {
    let word = super::columns::key(&format!("t_{}", cells.get("type")));
    let word = word.strip_prefix("t_").unwrap_or(&word);
    let word = word.strip_prefix("export_contribution_type_").unwrap_or(word);
    match word {
        "opinion" | "contribution" => Kind::Opinion,
        "context" | "context_element" | "opinion_context_element" | "appendix" => Kind::Context,
        "version" | "opinion_version" => Kind::Version,
        "argument" | "opinion_argument" | "version_argument" => Kind::Argument,
        "source" | "opinion_source" | "version_source" => Kind::Source,
        "proposal" => Kind::Proposal,
        "comment" | "proposal_comment" => Kind::Comment,
        "reply" | "reply_anonymous" => Kind::Reply,
        "news" | "proposal_news" => Kind::News,
        _ if word.contains("reporting") => Kind::Reporting,
        _ if word.contains("news") => Kind::OnNews,
        _ if word == "vote" || word.ends_with("_vote") => Kind::Vote,
        _ => by_columns(cells),
    }
}

/// What only a row of one kind fills.
fn by_columns(cells: &Cells<'_>) -> Kind {
    let has = |key: &str| cells.find(key).is_some();
    if has("reportings_id") || has("proposal_reportings_id") || has("proposal_comments_reportings_id") {
        Kind::Reporting
    } else if has("proposal_news_comments_id") {
        Kind::OnNews
    } else if has("proposal_news_id") {
        Kind::News
    } else if has("votes_id") || has("proposal_votes_id") || has("proposal_comments_vote_id") {
        Kind::Vote
    } else if has("proposal_comments_id") {
        Kind::Comment
    } else if has("arguments_id") {
        Kind::Argument
    } else if has("sources_id") {
        Kind::Source
    } else if has("versions_id") {
        Kind::Version
    } else if has("argument_content") {
        Kind::Debated
    } else if has("proposal_id") {
        Kind::Proposal
    } else if has("context_element_title") {
        Kind::Context
    } else if has("id") && (has("title") || has("body_text")) {
        Kind::Opinion
    } else if has("id") && !cells.asked.is_empty() {
        Kind::Reply
    } else {
        Kind::Unknown
    }
}
