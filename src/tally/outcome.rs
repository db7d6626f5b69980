//! Who wins: each kind of vote → its method, and what the method went through. Methods that need no more than the counts
//! also say it of declared totals.

use super::budget::{self, Budgeted, Offer};
use super::points::{Selected, leaders};
use super::profile::Profile;
use super::ties::Breaker;
use super::{Method, Question, Tally, judgment, runoff, schulze, shares};
use crate::model::choices::{Selection, VoteKind};
use crate::model::vote::Money;

/// Fills the winners, what is tied and the method of a tally.
pub(super) fn outcome(question: Question<'_>, tally: &mut Tally, profile: Option<&Profile<'_>>) {
    let rule = question.rule;
    let exceeds = |count: &u64| *count as f64 * 100.0 > rule.threshold * tally.base as f64;
    match question.kind {
        // Of reactions and signatures nothing wins: the counts, and the steps that they reach, are the result.
        VoteKind::Reactions | VoteKind::Petition | VoteKind::Lots => {}
        VoteKind::Poll => {
            tally.winners = (0..tally.counts.len()).filter(|at| exceeds(&tally.counts[*at])).collect();
        }
        VoteKind::RollCall => {
            let adopted = tally.counts.first().is_some_and(exceeds);
            tally.winners = vec![usize::from(!adopted)];
        }
        VoteKind::Approval | VoteKind::Score | VoteKind::Cumulative => {
            let selected = leaders(&tally.counts, rule.seats, &breaker(question));
            take(tally, selected);
        }
        VoteKind::MajorityJudgment => {
            let Some(profile) = profile else { return };
            let judged = judgment::judge(profile, rule.grades.len(), rule.ungraded);
            take(tally, seated(profile, &judged.ranking, rule.seats, &breaker(question)));
            tally.method = Method::Judgment(judged);
        }
        VoteKind::Schulze => {
            let Some(profile) = profile else { return };
            let ranked = schulze::schulze(profile);
            take(tally, seated(profile, &ranked.ranking, rule.seats, &breaker(question)));
            tally.method = Method::Schulze(ranked);
        }
        VoteKind::InstantRunoff => {
            let Some(profile) = profile else { return };
            let count = runoff::runoff(profile, &breaker(question));
            (tally.winners, tally.tied) = (count.winners.clone(), count.tied.clone());
            tally.method = Method::Runoff(count);
        }
        VoteKind::Budget => {
            let Some(count) = budgeted(question, &tally.counts, profile) else { return };
            (tally.winners, tally.tied) = (count.selected.clone(), count.tied.clone());
            tally.method = Method::Budget(count);
        }
    }
}

/// The projects of a budget. Support alone is enough for the rules that walk down the list; equal shares need ballots.
fn budgeted(question: Question<'_>, support: &[u64], profile: Option<&Profile<'_>>) -> Option<Budgeted> {
    let rule = question.rule;
    let costs: Vec<Money> = question.options.iter().map(|option| option.cost.unwrap_or_default()).collect();
    let breaker = breaker(question);
    // What could be spent is unknown: so is what it bought.
    let offer = Offer { costs: &costs, support, budget: rule.budget?, breaker: &breaker };
    match rule.selection {
        Selection::Greedy => Some(budget::greedy(offer)),
        Selection::GreedyNoSkip => Some(budget::no_skip(offer)),
        Selection::GreedyThreshold => Some(budget::threshold(offer, rule.min_support)),
        Selection::EqualShares => {
            profile.map(|profile| shares::equal_shares(profile, offer, rule.utility, rule.completion))
        }
    }
}

/// What decides between equal options.
fn breaker(question: Question<'_>) -> Breaker {
    let ids: Vec<&str> = question.options.iter().map(|option| option.id.as_str()).collect();
    let costs: Vec<_> = question.options.iter().map(|option| option.cost).collect();
    Breaker::new(question.rule.ties, question.rule.seed.as_deref(), &ids, &costs)
}

fn take(tally: &mut Tally, selected: Selected) {
    (tally.winners, tally.tied) = (selected.winners, selected.tied);
}

/// The first of a ranking, as many as there are seats; nobody, where nobody voted.
fn seated(profile: &Profile<'_>, ranking: &[Vec<usize>], seats: u64, breaker: &Breaker) -> Selected {
    let mut selected = Selected::default();
    if profile.votes() == 0 {
        return selected;
    }
    for equals in ranking {
        let free = (seats as usize).saturating_sub(selected.winners.len());
        if free == 0 {
            break;
        }
        if equals.len() > free && !breaker.decides() {
            selected.tied.clone_from(equals);
            break;
        }
        let mut order = equals.clone();
        order.sort_by_key(|at| breaker.place(*at));
        selected.winners.extend(order.into_iter().take(free));
    }
    selected
}
