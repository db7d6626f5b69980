//! Schulze's method.

use super::*;
use crate::tally::schulze::schulze;

/// The first example of Schulze's paper: 45 voters, E > A > C > B > D.
#[test]
fn the_example_of_the_paper() {
    let cast = rankings(&[
        (5, "ACBED"),
        (5, "ADECB"),
        (8, "BEDAC"),
        (3, "CABED"),
        (7, "CAEBD"),
        (2, "CBADE"),
        (7, "DCEBA"),
        (8, "EBADC"),
    ]);
    let count = schulze(&profile(5, &cast));
    assert_eq!(count.ranking, [[4], [0], [2], [1], [3]]);
    assert_eq!((count.winners, count.condorcet), (vec![4], None));
    assert_eq!(count.pairwise[0], [0, 20, 26, 30, 22]);
    assert_eq!(count.pairwise[4], [23, 27, 21, 31, 0]);
    assert_eq!(count.paths[0], [0, 28, 28, 30, 24]);
    assert_eq!(count.paths[1], [25, 0, 28, 33, 24]);
    assert_eq!(count.paths[2], [25, 29, 0, 29, 24]);
    assert_eq!(count.paths[3], [25, 28, 28, 0, 24]);
    assert_eq!(count.paths[4], [25, 28, 28, 31, 0]);
}

#[test]
fn unranked_is_below_and_equal_among_themselves() {
    let count = schulze(&profile(4, &rankings(&[(3, "A"), (2, "B=C"), (1, "")])));
    assert_eq!(count.pairwise, [[0, 3, 3, 3], [2, 0, 0, 2], [2, 0, 0, 2], [0, 0, 0, 0]]);
    assert_eq!(count.ranking, [vec![0], vec![1, 2], vec![3]]);
    assert_eq!(count.condorcet, Some(0));
}

#[test]
fn nothing_to_count() {
    assert_eq!(schulze(&profile(0, &vec![])).ranking, Vec::<Vec<usize>>::new());
    let none = schulze(&profile(2, &vec![]));
    assert_eq!((none.ranking, none.winners, none.condorcet), (vec![vec![0, 1]], vec![], None));
    let weight = rankings(&[(u64::MAX, "AB"), (u64::MAX, "BA"), (u64::MAX, "AB")]);
    assert_eq!(schulze(&profile(2, &weight)).pairwise[0][1], u64::MAX);
}

proptest! {
    #[test]
    fn neither_order_nor_names_matter(cast in any_cast(5, 1..=5), to in any_order(5)) {
        let count = schulze(&profile(5, &cast));
        prop_assert_eq!(&schulze(&profile(5, &reversed(&cast))), &count);
        let other = schulze(&profile(5, &renamed(&cast, &to)));
        prop_assert_eq!(renamed_layers(&count.ranking, &to), other.ranking);
    }

    #[test]
    fn who_wins_every_pair_wins(cast in any_cast(4, 1..=4)) {
        let count = schulze(&profile(4, &cast));
        if let Some(first) = count.condorcet {
            prop_assert_eq!(count.winners, vec![first]);
        }
    }

    #[test]
    fn no_unique_winner_wins_when_every_ballot_is_turned_round(cast in any_cast(4, 1..=4)) {
        let full: Cast = cast.into_iter().filter(|(_, marks)| marks.len() == 4).collect();
        let turned = |marks: &Vec<Mark>| marks.iter().map(|m| Mark { value: 5 - m.value, ..*m }).collect();
        let back: Cast = full.iter().map(|(votes, marks)| (*votes, turned(marks))).collect();
        let (count, back) = (schulze(&profile(4, &full)), schulze(&profile(4, &back)));
        if let ([first], [last]) = (&count.winners[..], &back.winners[..]) {
            prop_assert_ne!(first, last);
        }
    }

    /// A clone of option 0, ranked equal to it everywhere, neither gains nor loses.
    #[test]
    fn a_clone_changes_nothing(cast in any_cast(4, 1..=4)) {
        let mut cloned = cast.clone();
        for (_, marks) in &mut cloned {
            let first = marks.iter().find(|mark| mark.option == 0).copied();
            marks.extend(first.map(|first| Mark { option: 4, ..first }));
        }
        let (count, cloned) = (schulze(&profile(4, &cast)), schulze(&profile(5, &cloned)));
        let without: Vec<usize> = cloned.winners.iter().copied().filter(|option| *option != 4).collect();
        prop_assert_eq!(without, count.winners.clone());
        prop_assert_eq!(cloned.winners.contains(&4), count.winners.contains(&0));
    }
}
