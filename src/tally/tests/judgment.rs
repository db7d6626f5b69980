//! Majority judgment.

use super::*;
use crate::tally::judgment::{Judgment, judge};
use std::cmp::Ordering;

/// So many votes for each grade of one option, from the worst: one ballot a vote, in the same order for every option.
fn graded(options: &[&[u64]]) -> Judgment {
    let mut cast = Cast::new();
    for (option, grades) in options.iter().enumerate() {
        let votes = grades.iter().enumerate().flat_map(|(g, n)| (0..*n).map(move |_| g as u32));
        for (at, grade) in votes.enumerate() {
            if cast.len() <= at {
                cast.push((1, Vec::new()));
            }
            cast[at].1.push(mark((option, grade)));
        }
    }
    judge(&profile(options.len(), &cast), options[0].len(), 0)
}

/// What Balinski and Laraki write: sort, take the lower median away, again.
fn majority_value(grades: &[u64]) -> Vec<usize> {
    let mut votes: Vec<usize> =
        grades.iter().enumerate().flat_map(|(g, n)| (0..*n).map(move |_| g)).collect();
    let mut value = Vec::new();
    while !votes.is_empty() {
        value.push(votes.remove((votes.len() - 1) / 2));
    }
    value
}

#[test]
fn the_lower_median_of_an_even_number() {
    let count = graded(&[&[1, 1, 1, 1], &[0, 3, 0, 1], &[2, 0, 0, 2]]);
    assert_eq!(count.options.iter().map(|o| o.median).collect::<Vec<_>>(), [1, 1, 0]);
    assert_eq!((count.options[0].better, count.options[0].worse, count.options[0].gauge), (2, 1, 2));
    assert_eq!(count.options[2].gauge, 2);
}

#[test]
fn equal_medians_are_told_apart_by_taking_them_away() {
    // Both have the median 2; it is taken away, and both have 1; again, and they have 3 and 2.
    let count = graded(&[&[0, 4, 1, 4], &[3, 1, 3, 2]]);
    assert_eq!(count.options.iter().map(|o| o.median).collect::<Vec<_>>(), [2, 2]);
    assert_eq!(count.ranking, [[0], [1]]);
}

#[test]
fn ungraded_is_the_grade_the_rule_says() {
    let cast = vec![(3, vec![mark((0, 2))]), (2, vec![])];
    let count = judge(&profile(2, &cast), 3, 1);
    assert_eq!((&*count.options[0].grades, &*count.options[1].grades), (&[0, 2, 3][..], &[0, 5, 0][..]));
    assert_eq!((count.options[0].median, count.ranking), (2, vec![vec![0], vec![1]]));
}

#[test]
fn nothing_to_count() {
    assert_eq!(judge(&profile(0, &vec![]), 3, 0).ranking, Vec::<Vec<usize>>::new());
    assert_eq!(judge(&profile(2, &vec![]), 3, 0).ranking, [[0, 1]]);
    assert_eq!(judge(&profile(2, &vec![(1, vec![mark((0, 7))])]), 0, 0).ranking, [[0, 1]]);
    let heavy = vec![(u64::MAX, vec![mark((0, 1))]), (u64::MAX, vec![mark((1, 1))])];
    assert_eq!(judge(&profile(2, &heavy), 2, 0).options[0].median, 1);
}

proptest! {
    #[test]
    fn runs_say_what_votes_say(one in prop::collection::vec(0u64..5, 4), two in any_order(4)) {
        let two: Vec<u64> = two.iter().map(|at| one[*at]).collect();
        let count = graded(&[&one, &two]);
        let expected = match majority_value(&one).cmp(&majority_value(&two)) {
            Ordering::Greater => vec![vec![0], vec![1]],
            Ordering::Less => vec![vec![1], vec![0]],
            Ordering::Equal => vec![vec![0, 1]],
        };
        prop_assert_eq!(count.ranking, expected);
        if let Some(first) = majority_value(&one).first() {
            prop_assert_eq!(count.options[0].median, *first);
        }
    }

    #[test]
    fn neither_order_nor_names_matter(cast in any_cast(4, 0..=3), to in any_order(4)) {
        let count = judge(&profile(4, &cast), 4, 0);
        prop_assert_eq!(&judge(&profile(4, &reversed(&cast)), 4, 0), &count);
        let other = judge(&profile(4, &renamed(&cast, &to)), 4, 0);
        prop_assert_eq!(renamed_layers(&count.ranking, &to), other.ranking);
    }

    #[test]
    fn all_equal_when_all_grade_alike(grade in 0u32..4, votes in 1u64..9) {
        let cast = vec![(votes, (0..4).map(|option| mark((option, grade))).collect())];
        let count = judge(&profile(4, &cast), 4, 0);
        prop_assert_eq!(count.ranking, [[0, 1, 2, 3]]);
        prop_assert_eq!(count.options[2].median, grade as usize);
    }
}
