//! Budgets spent by support.

use super::*;
use crate::model::choices::Ties;
use crate::model::vote::Money;
use crate::tally::budget::{Budgeted, Offer, Reason, greedy, no_skip, threshold};
use crate::tally::ties::Breaker;

fn money(units: &[u64]) -> Vec<Money> {
    units.iter().map(|units| Money(units * 100)).collect()
}

fn offer<'o>(costs: &'o [Money], support: &'o [u64], budget: u64, breaker: &'o Breaker) -> Offer<'o> {
    Offer { costs, support, budget: Money(budget * 100), breaker }
}

fn cost_first(costs: &[Money]) -> Breaker {
    let costs: Vec<Option<Money>> = costs.iter().copied().map(Some).collect();
    Breaker::new(Ties::Cost, None, &vec![""; costs.len()], &costs)
}

#[test]
fn what_does_not_fit_is_skipped_or_ends_it() {
    let (costs, support) = (money(&[60, 50, 30, 10, 5]), [9, 8, 7, 6, 0]);
    let breaker = cost_first(&costs);
    let offer = offer(&costs, &support, 100, &breaker);
    let count = greedy(offer);
    assert_eq!((count.selected, count.spent, count.left), (vec![0, 2, 3], Money(10000), Money(0)));
    let reasons = count.steps.iter().map(|step| step.reason).collect::<Vec<_>>();
    use Reason::{Affordable, AfterTheLast, TooDear, Unsupported};
    assert_eq!(reasons, [Affordable, TooDear, Affordable, Affordable, Unsupported]);
    let count = no_skip(offer);
    assert_eq!((count.selected, count.left), (vec![0], Money(4000)));
    let reasons = count.steps.iter().map(|step| step.reason).collect::<Vec<_>>();
    assert_eq!(reasons, [Affordable, TooDear, AfterTheLast, AfterTheLast, Unsupported]);
    let count = threshold(offer, 7);
    assert_eq!((count.selected, count.steps[3].reason), (vec![0, 2], Reason::BelowThreshold));
}

#[test]
fn equals_are_kept_together_or_said_to_be_tied() {
    let (costs, support) = (money(&[40, 60, 50, 10]), [5, 5, 5, 1]);
    let shared = Breaker::shared();
    let count = greedy(offer(&costs, &support, 150, &shared));
    assert_eq!((count.selected, count.tied), (vec![0, 1, 2], vec![]));
    let count = greedy(offer(&costs, &support, 100, &shared));
    assert_eq!((&*count.selected, &*count.tied), (&[3][..], &[0, 1, 2][..]));
    assert_eq!(count.steps[1].equals, [0, 2]);
    // The one that cannot be paid in any case does not stand in the way of its equals.
    let count = greedy(offer(&costs, &support, 50, &shared));
    assert_eq!((count.tied, count.steps[1].reason), (vec![0, 2], Reason::TooDear));
    let count = no_skip(offer(&costs, &support, 50, &shared));
    assert_eq!((count.selected, count.tied), (vec![], vec![0, 2]));
    let breaker = cost_first(&costs);
    let count = greedy(offer(&costs, &support, 100, &breaker));
    assert_eq!(count.selected, [0, 2, 3]);
}

#[test]
fn nothing_to_count() {
    let shared = Breaker::shared();
    assert_eq!(greedy(offer(&[], &[], 10, &shared)).left, Money(1000));
    let costs = [Money(u64::MAX), Money(u64::MAX), Money(0)];
    let count = greedy(offer(&costs, &[3, 3, 1], 0, &shared));
    assert_eq!((count.selected, count.spent), (vec![2], Money(0)));
}

fn any_offer() -> impl Strategy<Value = (Vec<u64>, Vec<u64>, u64)> {
    (prop::collection::vec(0u64..60, 6), prop::collection::vec(0u64..6, 6), 0u64..200)
}

proptest! {
    #[test]
    fn never_more_than_the_budget((costs, support, budget) in any_offer(), least in 0u64..4, decided: bool) {
        let costs = money(&costs);
        let breaker = if decided { cost_first(&costs) } else { Breaker::shared() };
        let offer = offer(&costs, &support, budget, &breaker);
        for count in [greedy(offer), no_skip(offer), threshold(offer, least)] {
            let sum: u64 = count.selected.iter().map(|option| costs[*option].0).sum();
            prop_assert_eq!(count.spent, Money(sum));
            prop_assert_eq!(count.spent.0 + count.left.0, budget * 100);
            prop_assert_eq!(count.steps.len(), 6);
        }
    }

    #[test]
    fn more_support_never_hurts((costs, support, budget) in any_offer(), option in 0usize..6) {
        let costs = money(&costs);
        let breaker = cost_first(&costs);
        let mut more = support.clone();
        more[option] += 1;
        for rule in [greedy as fn(Offer<'_>) -> Budgeted, no_skip] {
            if rule(offer(&costs, &support, budget, &breaker)).selected.contains(&option) {
                prop_assert!(rule(offer(&costs, &more, budget, &breaker)).selected.contains(&option));
            }
        }
    }

    #[test]
    fn names_do_not_matter((costs, support, budget) in any_offer(), to in any_order(6)) {
        let shared = Breaker::shared();
        let costs = money(&costs);
        let (mut other, mut votes) = (costs.clone(), support.clone());
        for option in 0..6 {
            (other[to[option]], votes[to[option]]) = (costs[option], support[option]);
        }
        for rule in [greedy as fn(Offer<'_>) -> Budgeted, no_skip] {
            let one = rule(offer(&costs, &support, budget, &shared));
            let two = rule(offer(&other, &votes, budget, &shared));
            for (option, renamed) in to.iter().enumerate() {
                prop_assert_eq!(one.selected.contains(&option), two.selected.contains(renamed));
            }
        }
    }
}
