//! Grade profiles of majority judgment: a row an option, a segment a grade from the best to the worst, and a line in the
//! middle of all, on which each median lies (with an even number, the lower: the segment that begins at the line).

use super::{Segment, segments};
use crate::derive::tally::share;
use serde::Serialize;

/// Profiles.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Profiles {
    /// The grades, from the best to the worst, as the segments stand.
    pub grades: Vec<GradeKey>,
    /// The options, the best first.
    pub rows: Vec<Profile>,
}

/// A grade of the legend.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GradeKey {
    /// Its title.
    pub title: String,
    /// Its tone, from 0 for the best grade to 6 for the worst.
    pub tone: usize,
}

/// Tones between the best grade and the worst.
const TONES: usize = 6;

/// The grades of an option.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Profile {
    /// The option.
    pub title: String,
    /// Its rank; equals have the same.
    pub rank: usize,
    /// It won.
    pub winner: bool,
    /// Its grades, from the best to the worst.
    pub segments: Vec<Segment>,
    /// The place of its median among them.
    pub median: usize,
    /// Its median.
    pub median_title: String,
    /// Ballots that give more than the median.
    pub better: u64,
    /// Ballots that give less.
    pub worse: u64,
    /// The share of those above the median, in per cent: with that of those below, the majority-gauge.
    pub better_share: f64,
    /// The share of those below it.
    pub worse_share: f64,
    /// All of them.
    pub total: u64,
}

/// What a profile is made from: grades from the worst to the best, as the rule lists them.
#[derive(Debug, Clone)]
pub struct Graded {
    /// The option.
    pub title: String,
    /// Its rank.
    pub rank: usize,
    /// It won.
    pub winner: bool,
    /// How many gave each grade.
    pub counts: Vec<u64>,
    /// The median.
    pub median: usize,
    /// Ballots that give more than the median.
    pub better: u64,
    /// Ballots that give less.
    pub worse: u64,
}

impl Profiles {
    /// Profiles of options in the order given; `grades` from the worst to the best.
    pub fn new(grades: &[String], options: Vec<Graded>) -> Profiles {
        let row = |option: Graded| {
            let counts: Vec<u64> = option.counts.iter().rev().copied().collect();
            let total = counts.iter().fold(0_u64, |sum, n| sum.saturating_add(*n));
            Profile {
                title: option.title,
                rank: option.rank,
                winner: option.winner,
                segments: segments(&counts, total),
                median: counts.len().saturating_sub(1).saturating_sub(option.median),
                median_title: grades.get(option.median).cloned().unwrap_or_default(),
                better: option.better,
                worse: option.worse,
                better_share: share(option.better, total),
                worse_share: share(option.worse, total),
                total,
            }
        };
        let steps = grades.len().saturating_sub(1).max(1);
        let key = |(at, title): (usize, &String)| GradeKey { title: title.clone(), tone: at * TONES / steps };
        Profiles {
            grades: grades.iter().rev().enumerate().map(key).collect(),
            rows: options.into_iter().map(row).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_grade_stands_first_and_the_median_is_found_again() {
        let grades = ["poor", "fair", "good"].map(String::from);
        let option = Graded {
            title: "a".into(),
            rank: 1,
            winner: true,
            counts: vec![1, 2, 7],
            median: 2,
            better: 0,
            worse: 3,
        };
        let profiles = Profiles::new(&grades, vec![option]);
        let keys: Vec<(&str, usize)> = profiles.grades.iter().map(|g| (&*g.title, g.tone)).collect();
        assert_eq!(keys, [("good", 0), ("fair", 3), ("poor", 6)]);
        let row = &profiles.rows[0];
        assert_eq!((row.median, &*row.median_title), (0, "good"));
        assert_eq!(row.segments[0].width, 70.0);
    }
}
