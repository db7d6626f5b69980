//! `--rule`: a kind of vote, or how the projects of a budget are selected.

use crate::ballots::poll::Poll;
use crate::model::choices::{Completion, Selection, Utility, VoteKind};
use crate::model::vote::Rule;

/// What the caller asks for.
#[derive(Debug, Clone)]
pub enum Asked {
    /// A kind.
    Kind(VoteKind),
    /// A budget.
    Budget(Selection, Option<Completion>, Option<Utility>),
}

/// Reads the words of `--rule`.
pub fn asked(words: &str) -> Result<Asked, String> {
    let mut parts = words.split('/');
    let first = parts.next().unwrap_or("");
    if let Some(kind) = VoteKind::ALL.iter().find(|kind| kind.as_str() == words) {
        return Ok(Asked::Kind(*kind));
    }
    let Some(selection) = Selection::ALL.iter().find(|one| one.as_str() == first) else {
        let kinds = VoteKind::ALL.iter().map(|kind| kind.as_str());
        let selections = Selection::ALL.iter().map(|one| one.as_str());
        return Err(kinds.chain(selections).collect::<Vec<_>>().join(", "));
    };
    let (mut completion, mut utility) = (None, None);
    for part in parts {
        let of_completion = Completion::ALL.iter().find(|one| one.as_str() == part);
        let of_utility = Utility::ALL.iter().find(|one| one.as_str() == part);
        match (of_completion, of_utility, selection) {
            (Some(one), _, Selection::EqualShares) => completion = Some(*one),
            (None, Some(one), Selection::EqualShares) => utility = Some(*one),
            _ => return Err("equal-shares/add1, equal-shares/greedy/cost…".to_owned()),
        }
    }
    Ok(Asked::Budget(*selection, completion, utility))
}

impl Asked {
    /// The kind of vote.
    pub fn kind(&self) -> VoteKind {
        match self {
            Asked::Kind(kind) => *kind,
            Asked::Budget(..) => VoteKind::Budget,
        }
    }

    /// The word that was asked for.
    pub fn word(&self) -> &'static str {
        match self {
            Asked::Kind(kind) => kind.as_str(),
            Asked::Budget(selection, ..) => selection.as_str(),
        }
    }

    /// Puts this rule in the place of a poll's own; `false` when its ballots do not say what that needs.
    pub fn apply(&self, poll: &mut Poll) -> bool {
        let kind = self.kind();
        if !fits(poll, kind) {
            return false;
        }
        poll.ruled = true;
        if kind != poll.kind {
            // What limits a ballot stays; what decides who wins is the new kind's.
            let of_kind = Rule::of(kind);
            (poll.rule.seats, poll.rule.ties) = (of_kind.seats, of_kind.ties);
            poll.kind = kind;
            (poll.selected, poll.declared) = (None, None);
        }
        if let Asked::Budget(selection, completion, utility) = self {
            poll.rule.selection = *selection;
            poll.rule.completion = completion.unwrap_or(Completion::None);
            poll.rule.utility = utility.unwrap_or(poll.rule.utility);
            // What was selected was so by the file's own rule.
            poll.selected = None;
        }
        true
    }
}

fn fits(poll: &Poll, kind: VoteKind) -> bool {
    if kind == poll.kind {
        return kind != VoteKind::Budget || poll.rule.budget.is_some();
    }
    let points = poll.rule.max_score.is_some() || poll.rule.max_points.is_some();
    match kind {
        VoteKind::Approval | VoteKind::Poll => {
            matches!(poll.kind, VoteKind::Approval | VoteKind::Poll)
                || (poll.kind == VoteKind::Budget && !points)
        }
        VoteKind::Score | VoteKind::Cumulative => {
            matches!(poll.kind, VoteKind::Score | VoteKind::Cumulative)
                || (poll.kind == VoteKind::Budget && points)
        }
        VoteKind::InstantRunoff | VoteKind::Schulze => poll.kind.is_ranked(),
        VoteKind::MajorityJudgment
        | VoteKind::Budget
        | VoteKind::Reactions
        | VoteKind::Petition
        | VoteKind::RollCall
        | VoteKind::Lots => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_rules() {
        assert!(matches!(asked("schulze"), Ok(Asked::Kind(VoteKind::Schulze))));
        let found = asked("equal-shares/add1/approval");
        let wanted = (Selection::EqualShares, Some(Completion::Add1), Some(Utility::Approval));
        assert!(matches!(found, Ok(Asked::Budget(s, c, u)) if (s, c, u) == wanted));
        assert!(asked("greedy/add1").is_err());
        assert!(asked("condorcet").is_err_and(|words| words.contains("schulze") && words.contains("greedy")));
    }
}
