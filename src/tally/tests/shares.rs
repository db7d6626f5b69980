//! Equal shares.

use super::*;
use crate::model::choices::{Completion, Ties, Utility};
use crate::model::vote::Money;
use crate::tally::budget::{Budgeted, Offer, Reason};
use crate::tally::points::approvals;
use crate::tally::shares::equal_shares;
use crate::tally::ties::Breaker;

fn approve(list: &[(u64, &str)]) -> Cast {
    let marks = |words: &str| words.bytes().map(|b| mark((usize::from(b - b'A'), 1))).collect();
    list.iter().map(|(votes, words)| (*votes, marks(words))).collect()
}

fn select(cast: &Cast, costs: &[u64], budget: u64, utility: Utility, completion: Completion) -> Budgeted {
    let costs: Vec<Money> = costs.iter().map(|units| Money(units * 100)).collect();
    let known: Vec<Option<Money>> = costs.iter().copied().map(Some).collect();
    let breaker = Breaker::new(Ties::Cost, None, &vec![""; costs.len()], &known);
    let profile = profile(costs.len(), cast);
    let support = approvals(&profile);
    let offer = Offer { costs: &costs, support: &support, budget: Money(budget * 100), breaker: &breaker };
    equal_shares(&profile, offer, utility, completion)
}

/// Ten voters, two groups of six and four: the smaller one gets its part of the money, which greedy would not give.
#[test]
fn a_minority_gets_its_share() {
    let cast = approve(&[(6, "ABC"), (4, "DE")]);
    let costs = [30, 30, 30, 20, 20];
    let count = select(&cast, &costs, 100, Utility::Cost, Completion::None);
    assert_eq!(count.selected, [0, 1, 3, 4]);
    assert_eq!((count.spent, count.shares.clone().unwrap().first), (Money(10000), 10.0));
    assert_eq!(count.steps[0].payment, Some(5.0));
    assert_eq!((count.steps[4].option, count.steps[4].reason), (2, Reason::SupportersCannotPay));
}

#[test]
fn those_with_little_left_pay_all_of_it() {
    // A takes 4 of the 10 of each of the five; B then has 2 × 6 and 2 × 10, and costs 30: two pay 6, two pay 9.
    let cast = approve(&[(3, "A"), (2, "AB"), (2, "B")]);
    let count = select(&cast, &[20, 30], 70, Utility::Cost, Completion::None);
    assert_eq!(count.selected, [0, 1]);
    assert_eq!((count.steps[0].payment, count.steps[1].payment), (Some(4.0), Some(9.0)));
}

#[test]
fn utility_decides_what_is_cheap() {
    // Two supporters and 10, or three and 18: by cost, three are more than two; one vote a project, 5 is less than 6.
    let cast = approve(&[(2, "A"), (3, "B"), (1, "AB")]);
    let by = |utility| select(&cast, &[15, 20], 60, utility, Completion::None).steps[0].option;
    assert_eq!((by(Utility::Cost), by(Utility::Approval)), (1, 0));
    let points = vec![(1, vec![mark((0, 3)), mark((1, 1))]), (1, vec![mark((0, 3)), mark((1, 1))])];
    let count = select(&points, &[6, 6], 12, Utility::Points, Completion::None);
    assert_eq!((&*count.selected, count.steps[0].payment), (&[0, 1][..], Some(1.0)));
    assert_eq!(count.steps[1].payment, Some(3.0));
}

#[test]
fn what_is_left_is_spent_as_the_rule_says() {
    // Shares of 10: B's two supporters lack 10; C's one lacks 15.
    let cast = approve(&[(2, "A"), (2, "B"), (1, "C")]);
    let costs = [20, 30, 25];
    let by = |completion| select(&cast, &costs, 50, Utility::Cost, completion);
    assert_eq!(by(Completion::None).selected, [0]);
    let greedy = by(Completion::Greedy);
    assert_eq!((&*greedy.selected, greedy.steps[1].reason), (&[0, 1][..], Reason::PaidByTheRest));
    let raised = by(Completion::Add1);
    assert_eq!((raised.selected, raised.shares.clone().unwrap().last), (vec![0, 1], 15.0));
    assert_eq!(raised.shares.unwrap().raises, 5);
    // With 55, raised to 15 it is the same, 5 are left, and nothing costs so little.
    assert_eq!(select(&cast, &costs, 55, Utility::Cost, Completion::Add1Greedy).left, Money(500));
}

#[test]
fn nothing_to_count() {
    for completion in [Completion::None, Completion::Greedy, Completion::Add1, Completion::Add1Greedy] {
        assert_eq!(select(&vec![], &[5, 0], 10, Utility::Cost, completion).selected, [0usize; 0]);
        assert_eq!(select(&vec![], &[], 0, Utility::Cost, completion).selected, [0usize; 0]);
        let free = select(&approve(&[(1, "AB")]), &[5, 0], 0, Utility::Cost, completion);
        assert_eq!((free.selected, free.left), (vec![1], Money(0)));
        let heavy = approve(&[(u64::MAX, "A"), (u64::MAX, "AB")]);
        assert!(select(&heavy, &[9, 9], 9, Utility::Points, completion).spent <= Money(900));
    }
}

/// Amounts that no decimal holds: a third of 100, and 34 among seven.
#[test]
fn what_exact_shares_pay_is_paid() {
    let all = approve(&[(3, "A")]);
    assert_eq!(select(&all, &[100], 100, Utility::Cost, Completion::None).selected, [0]);
    let seven = approve(&[(7, "AB"), (3, "")]);
    assert_eq!(select(&seven, &[34, 36], 100, Utility::Cost, Completion::None).selected, [0, 1]);
}

#[test]
fn equals_are_named_where_nothing_decides() {
    let cast = approve(&[(2, "A"), (2, "B")]);
    let (costs, support) = ([Money(1000), Money(1000)], [2, 2]);
    let breaker = Breaker::shared();
    let offer = Offer { costs: &costs, support: &support, budget: Money(2000), breaker: &breaker };
    let count = equal_shares(&profile(2, &cast), offer, Utility::Cost, Completion::None);
    assert_eq!((&*count.selected, &*count.steps[0].equals), (&[0, 1][..], &[1][..]));
}

fn any_completion() -> impl Strategy<Value = Completion> {
    prop::sample::select(vec![Completion::None, Completion::Greedy, Completion::Add1, Completion::Add1Greedy])
}

fn any_utility() -> impl Strategy<Value = Utility> {
    prop::sample::select(vec![Utility::Cost, Utility::Approval, Utility::Points])
}

proptest! {
    #[test]
    fn never_more_than_the_budget(
        cast in any_cast(5, 0..=3),
        costs in prop::collection::vec(0u64..50, 5),
        budget in 0u64..150,
        (utility, completion) in (any_utility(), any_completion()),
    ) {
        let count = select(&cast, &costs, budget, utility, completion);
        let sum: u64 = count.selected.iter().map(|option| costs[*option] * 100).sum();
        prop_assert_eq!(count.spent, Money(sum));
        prop_assert!(sum <= budget * 100);
        prop_assert_eq!(count.steps.len(), 5);
        prop_assert_eq!(&select(&reversed(&cast), &costs, budget, utility, completion), &count);
        // No supporter pays more than a share for a project.
        let last = count.shares.unwrap().last;
        for step in count.steps.iter().filter(|step| utility != Utility::Points && step.payment.is_some()) {
            prop_assert!(step.payment.unwrap() <= last + 1e-6);
        }
    }

    /// With costs that differ, so that no two are equal by cost and listing alone.
    #[test]
    fn names_do_not_matter(cast in any_cast(4, 0..=2), to in any_order(4), completion in any_completion()) {
        let costs = [7, 11, 20, 31];
        let mut other = [0; 4];
        for option in 0..4 {
            other[to[option]] = costs[option];
        }
        let one = select(&cast, &costs, 40, Utility::Cost, completion);
        let two = select(&renamed(&cast, &to), &other, 40, Utility::Cost, completion);
        prop_assert_eq!(renamed_layers(&[one.selected], &to), renamed_layers(&[two.selected], &[0, 1, 2, 3]));
    }

    /// A group of voters who agree on projects that their shares pay gets them (extended justified representation, in
    /// its simplest case).
    #[test]
    fn a_group_that_can_pay_gets_something(cast in any_cast(4, 1..=1), votes in 1u64..6) {
        let mut cast = cast;
        cast.push((votes, vec![mark((4, 1))]));
        let all: u64 = cast.iter().map(|(votes, _)| votes).sum();
        let count = select(&cast, &[9, 9, 9, 9, 10 * votes], 10 * all, Utility::Cost, Completion::None);
        prop_assert!(count.selected.contains(&4));
    }
}
