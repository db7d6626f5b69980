//! Sums and who leads; ties.

use super::*;
use crate::model::choices::Ties;
use crate::model::vote::Money;
use crate::tally::points::{Selected, approvals, leaders, sums};
use crate::tally::ties::{Breaker, lot};
use crate::text::hex;

#[test]
fn points_are_summed_with_votes() {
    let cast = vec![(2, vec![mark((0, 3)), mark((2, 1))]), (1, vec![mark((0, 1)), mark((9, 5))])];
    assert_eq!(sums(&profile(3, &cast)), [7, 0, 2]);
    assert_eq!(approvals(&profile(3, &cast)), [3, 0, 2]);
    assert_eq!(sums(&profile(0, &cast)), [0u64; 0]);
}

#[test]
fn equal_for_the_last_seat_is_said_and_decided_only_by_the_rule() {
    let scores = [4, 7, 4, 4, 0];
    let check = |seats, breaker: &Breaker, winners: &[usize], tied: &[usize]| {
        let expected = Selected { winners: winners.to_vec(), tied: tied.to_vec() };
        assert_eq!(leaders(&scores, seats, breaker), expected);
    };
    let shared = Breaker::shared();
    check(1, &shared, &[1], &[]);
    check(2, &shared, &[1], &[0, 2, 3]);
    check(4, &shared, &[1, 0, 2, 3], &[]);
    check(5, &shared, &[1, 0, 2, 3], &[]);
    check(0, &shared, &[], &[]);
    let ids = ["a", "b", "c", "d", "e"];
    let costs = [Some(Money(9)), None, None, Some(Money(2)), None];
    check(2, &Breaker::new(Ties::Order, None, &ids, &costs), &[1, 0], &[]);
    check(2, &Breaker::new(Ties::Cost, None, &ids, &costs), &[1, 3], &[]);
}

#[test]
fn a_lot_is_what_sha256sum_says() {
    // printf '2026-06-01\nvernoise' | sha256sum
    assert!(hex(&lot("2026-06-01", "vernoise")).starts_with("6c4a138242a0b422"));
}

proptest! {
    #[test]
    fn neither_order_nor_names_matter(cast in any_cast(5, 0..=9), to in any_order(5)) {
        let plain = sums(&profile(5, &cast));
        prop_assert_eq!(&sums(&profile(5, &reversed(&cast))), &plain);
        let other = sums(&profile(5, &renamed(&cast, &to)));
        let shared = Breaker::shared();
        let (one, two) = (leaders(&plain, 2, &shared), leaders(&other, 2, &shared));
        for option in 0..5 {
            prop_assert_eq!(plain[option], other[to[option]]);
            prop_assert_eq!(one.winners.contains(&option), two.winners.contains(&to[option]));
            prop_assert_eq!(one.tied.contains(&option), two.tied.contains(&to[option]));
        }
    }
}
