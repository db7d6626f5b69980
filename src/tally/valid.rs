//! Which ballots count: blank ones, void ones with their reason, and those that a later one replaces.

use super::{Question, Tally};
use crate::choice;
use crate::model::choices::VoteKind;
use crate::model::vote::{ABSENT, Ballot, Mark, NO_GRADE, Spoilt, UNKNOWN};

choice! {
    /// Why a ballot is void.
    pub enum VoidReason {
        /// It names something that is no option.
        UnknownOption = "unknown-option",
        /// It names an option twice.
        RepeatedOption = "repeated-option",
        /// It chooses more options than allowed.
        TooManyChoices = "too-many-choices",
        /// It chooses fewer options than needed, but some.
        TooFewChoices = "too-few-choices",
        /// Its voter voted already.
        SecondBallot = "second-ballot",
        /// It gives a grade, a rank or a number of points that does not exist.
        UnknownValue = "unknown-value",
        /// It gives one option more points than allowed.
        ScoreTooHigh = "score-too-high",
        /// It gives more points in all than allowed.
        TooManyPoints = "too-many-points",
        /// It gives fewer points in all than needed.
        TooFewPoints = "too-few-points",
        /// Its choices cost more than allowed.
        TooExpensive = "too-expensive",
        /// It was cast before the opening or after the closing.
        OutsideHours = "outside-hours",
        /// It cannot be read.
        Unreadable = "unreadable",
    }
}

/// The ballots that count, in their order; the others are counted in the tally, each for one reason.
pub(super) fn valid<'b>(question: Question<'_>, ballots: &'b [Ballot], tally: &mut Tally) -> Vec<&'b Ballot> {
    let second = second(question, ballots);
    let (mut cast, mut blank, mut votes, mut weighted) = (0u64, 0u64, 0u64, false);
    let mut kept = Vec::with_capacity(ballots.len());
    let mut seen = Seen::new(question.options.len());
    for (ballot, second) in ballots.iter().zip(second) {
        if ballot.marks.first().is_some_and(|mark| mark.option == ABSENT) {
            continue;
        }
        if second && question.rule.replace {
            tally.replaced += ballot.count;
            continue;
        }
        cast = cast.saturating_add(ballot.count);
        if let Some(channel) = ballot.channel {
            tally.channels.entry(channel).or_default().cast += ballot.count;
        }
        let reason = if second { Some(VoidReason::SecondBallot) } else { void(question, ballot, &mut seen) };
        match reason {
            Some(reason) => *tally.void.entry(reason).or_default() += ballot.count,
            None if ballot.marks.is_empty() => blank = blank.saturating_add(ballot.count),
            None => {
                votes = votes.saturating_add(ballot.count.saturating_mul(ballot.weight));
                weighted |= ballot.weight != 1;
                kept.push(ballot);
            }
        }
    }
    (tally.cast, tally.blank) = (Some(cast), Some(blank));
    tally.weight = weighted.then_some(votes);
    kept
}

/// Which ballots come from a voter who has another: the earlier ones where a later one replaces them, the later ones
/// otherwise. A ballot outside the hours replaces nothing, and is void for that reason.
fn second(question: Question<'_>, ballots: &[Ballot]) -> Vec<bool> {
    let mut second = vec![false; ballots.len()];
    let named = |at: &usize| !ballots[*at].voter.is_empty() && ballots[*at].spoilt.is_none();
    let mut order: Vec<usize> = (0..ballots.len()).filter(named).collect();
    order.sort_by(|a, b| ballots[*a].voter.cmp(&ballots[*b].voter).then(a.cmp(b)));
    for pair in order.windows(2) {
        if ballots[pair[0]].voter == ballots[pair[1]].voter {
            second[pair[usize::from(!question.rule.replace)]] = true;
        }
    }
    second
}

/// Options that a ballot named already; cleared by turning a number, not by walking the list.
struct Seen {
    turn: u32,
    at: Vec<u32>,
}

impl Seen {
    fn new(options: usize) -> Self {
        Seen { turn: 0, at: vec![0; options] }
    }

    fn repeats(&mut self, marks: &[Mark]) -> bool {
        self.turn += 1;
        marks.iter().any(|mark| match self.at.get_mut(mark.option as usize) {
            Some(at) => std::mem::replace(at, self.turn) == self.turn,
            None => false,
        })
    }
}

fn void(question: Question<'_>, ballot: &Ballot, seen: &mut Seen) -> Option<VoidReason> {
    let (rule, marks) = (question.rule, &ballot.marks);
    match ballot.spoilt {
        Some(Spoilt::OutsideHours) => return Some(VoidReason::OutsideHours),
        Some(Spoilt::Unreadable) => return Some(VoidReason::Unreadable),
        None => {}
    }
    if marks.is_empty() {
        return None;
    }
    if marks.iter().any(|mark| mark.option == UNKNOWN) {
        return Some(VoidReason::UnknownOption);
    }
    if seen.repeats(marks) {
        return Some(VoidReason::RepeatedOption);
    }
    if marks.iter().any(|mark| mark.value == NO_GRADE) {
        return Some(VoidReason::UnknownValue);
    }
    let chosen = marks.len() as u64;
    if chosen > rule.max_choices {
        return Some(VoidReason::TooManyChoices);
    }
    if chosen < rule.min_choices {
        return Some(VoidReason::TooFewChoices);
    }
    if question.kind.has_points() {
        if marks.iter().any(|mark| rule.max_score.is_some_and(|most| u64::from(mark.value) > most)) {
            return Some(VoidReason::ScoreTooHigh);
        }
        let points: u64 = marks.iter().map(|mark| u64::from(mark.value)).sum();
        if rule.max_points.is_some_and(|most| points > most) {
            return Some(VoidReason::TooManyPoints);
        }
        if rule.min_points.is_some_and(|fewest| points < fewest) {
            return Some(VoidReason::TooFewPoints);
        }
    }
    if let (VoteKind::Budget, Some(most)) = (question.kind, rule.max_spend) {
        let cost = |mark: &Mark| question.options.get(mark.option as usize).and_then(|o| o.cost);
        let spent = marks.iter().filter_map(cost).fold(0u64, |sum, cost| sum.saturating_add(cost.0));
        if spent > most.0 {
            return Some(VoidReason::TooExpensive);
        }
    }
    None
}
