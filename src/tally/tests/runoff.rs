//! Instant runoff.

use super::*;
use crate::model::choices::Ties;
use crate::tally::runoff::{Holder, Transfer, runoff};
use crate::tally::ties::Breaker;

/// The capital of Tennessee: Memphis (A), Nashville (B), Chattanooga (C), Knoxville (D), as many voters as per cent.
#[test]
fn tennessee_chooses_knoxville() {
    let cast = rankings(&[(42, "ABCD"), (26, "BCDA"), (15, "CDBA"), (17, "DCBA")]);
    let count = runoff(&profile(4, &cast), &Breaker::shared());
    let rounds: Vec<_> = count.rounds.iter().map(|round| (&*round.counts, &*round.eliminated)).collect();
    let expected: [(&[u64], &[usize]); 3] =
        [(&[42, 26, 15, 17], &[2]), (&[42, 26, 0, 32], &[1]), (&[42, 0, 0, 58], &[])];
    assert_eq!(rounds, expected);
    assert_eq!(count.winners, [3]);
    let moved = [Transfer { from: Holder::Option(2), to: Holder::Option(3), votes: 15 }];
    assert_eq!(count.rounds[0].transfers, moved);
}

#[test]
fn equal_first_ranks_are_set_aside_until_one_stands_alone() {
    let cast = rankings(&[(4, "A"), (1, "B"), (2, "C"), (3, "B=C")]);
    let count = runoff(&profile(3, &cast), &Breaker::shared());
    assert_eq!((count.rounds[0].aside, &*count.rounds[0].eliminated), (3, &[1][..]));
    let expected = [
        Transfer { from: Holder::Option(1), to: Holder::Exhausted, votes: 1 },
        Transfer { from: Holder::Aside, to: Holder::Option(2), votes: 3 },
    ];
    assert_eq!(count.rounds[0].transfers, expected);
    assert_eq!((&*count.rounds[1].counts, count.rounds[1].exhausted), (&[4, 0, 5][..], 1));
    assert_eq!(count.winners, [2]);
}

#[test]
fn nobody_wins_while_a_half_is_set_aside() {
    let cast = rankings(&[(3, "A"), (2, "B"), (100, "B=C")]);
    assert_eq!(runoff(&profile(3, &cast), &Breaker::shared()).winners, [1]);
}

#[test]
fn the_last_who_are_equal_leave_together_or_as_the_rule_decides() {
    let cast = rankings(&[(5, "A"), (3, "BC"), (3, "CB")]);
    let shared = runoff(&profile(3, &cast), &Breaker::shared());
    assert_eq!((&*shared.rounds[0].eliminated, &*shared.winners), (&[1, 2][..], &[0][..]));
    let order = Breaker::new(Ties::Order, None, &["a", "b", "c"], &[]);
    let count = runoff(&profile(3, &cast), &order);
    assert_eq!((&*count.rounds[0].eliminated, &*count.winners), (&[2][..], &[1][..]));
    let equal = runoff(&profile(2, &rankings(&[(2, "AB"), (2, "BA")])), &Breaker::shared());
    assert_eq!((equal.winners, equal.tied), (vec![], vec![0, 1]));
}

#[test]
fn nothing_to_count() {
    let order = Breaker::new(Ties::Order, None, &["a", "b"], &[]);
    for breaker in [Breaker::shared(), order] {
        assert_eq!(runoff(&profile(0, &vec![]), &breaker).winners, [0usize; 0]);
        let count = runoff(&profile(2, &rankings(&[(3, "")])), &breaker);
        assert_eq!((count.winners, count.tied, count.rounds[0].exhausted), (vec![], vec![], 3));
    }
    let heavy = rankings(&[(u64::MAX, "AB"), (u64::MAX, "BA"), (u64::MAX, "A")]);
    assert_eq!(runoff(&profile(2, &heavy), &Breaker::shared()).tied, [0, 1]);
}

proptest! {
    #[test]
    fn neither_order_nor_names_matter(cast in any_cast(5, 1..=5), to in any_order(5)) {
        let count = runoff(&profile(5, &cast), &Breaker::shared());
        prop_assert_eq!(&runoff(&profile(5, &reversed(&cast)), &Breaker::shared()), &count);
        let other = runoff(&profile(5, &renamed(&cast, &to)), &Breaker::shared());
        prop_assert_eq!(renamed_layers(&[count.winners, count.tied], &to), [other.winners, other.tied]);
    }

    #[test]
    fn the_favourite_of_a_majority_wins(cast in any_cast(4, 1..=4), decided: bool) {
        let order = Breaker::new(Ties::Order, None, &["a", "b", "c", "d"], &[]);
        let breaker = if decided { order } else { Breaker::shared() };
        let mut firsts = [0; 4];
        let mut all = 0;
        for (votes, marks) in cast.iter().filter(|(_, marks)| !marks.is_empty()) {
            all += votes;
            let best = marks.iter().map(|mark| mark.value).min();
            let first: Vec<_> = marks.iter().filter(|mark| Some(mark.value) == best).collect();
            if let [only] = first[..] {
                firsts[only.option as usize] += votes;
            }
        }
        let count = runoff(&profile(4, &cast), &breaker);
        if let Some(favourite) = firsts.iter().position(|first| first * 2 > all) {
            prop_assert_eq!(&*count.winners, &[favourite][..]);
            prop_assert_eq!(count.rounds.len(), 1);
        }
        for round in &count.rounds {
            let sum: u64 = round.counts.iter().sum();
            let votes: u64 = cast.iter().map(|(votes, _)| votes).sum();
            prop_assert_eq!(sum + round.aside + round.exhausted, votes);
        }
    }
}
