//! Ballots over time, where they are dated: a bar a stretch of days, as many days in each as leave a few dozen bars.

use super::{percent, round_up};
use crate::model::when::Date;
use serde::Serialize;
use std::collections::BTreeMap;

/// Height of the bars.
const HEIGHT: u32 = 120;
/// Most bars.
const BARS: i64 = 40;

/// Ballots over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OverTime {
    /// Height of the bars.
    pub height: u32,
    /// Days in a bar.
    pub days: i64,
    /// Where the axis ends.
    pub top: u64,
    /// The first day.
    pub first: Date,
    /// The last.
    pub last: Date,
    /// The bars.
    pub bars: Vec<Stretch>,
}

/// A stretch of days.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stretch {
    /// Its first day.
    pub first: Date,
    /// How many ballots were cast in it.
    pub count: u64,
    /// How many were cast up to its end.
    pub sum: u64,
    /// Left, in per cent of the width.
    pub x: f64,
    /// Width, in per cent.
    pub width: f64,
    /// Top, in pixels.
    pub y: f64,
    /// Height, in pixels.
    pub height: f64,
}

/// Draws ballots by their day; none when all were cast on one day, which needs no drawing.
pub fn over_time(days: &BTreeMap<Date, u64>) -> Option<OverTime> {
    let (first, last) = (*days.first_key_value()?.0, *days.last_key_value()?.0);
    let long = days_between(first, last) + 1;
    if long < 2 {
        return None;
    }
    let stretch = (long + BARS - 1) / BARS;
    let bars = (long + stretch - 1) / stretch;
    let mut counts: BTreeMap<i64, (Date, u64)> = BTreeMap::new();
    for (day, count) in days {
        let at = days_between(first, *day) / stretch;
        let own = counts.entry(at).or_insert((*day, 0));
        own.1 = own.1.saturating_add(*count);
    }
    let top = round_up(counts.values().map(|c| c.1).max().unwrap_or(0));
    let mut sum: u64 = 0;
    let bars = counts.into_iter().map(|(at, (day, count))| {
        sum = sum.saturating_add(count);
        let (x, end) = (percent(at as u64, bars as u64), percent(at as u64 + 1, bars as u64));
        let height = (percent(count, top) * f64::from(HEIGHT) / 100.0).max(1.0).round();
        Stretch {
            first: day,
            count,
            sum,
            x,
            width: ((end - x) * 0.86 * 100.0).round() / 100.0,
            y: f64::from(HEIGHT) - height,
            height,
        }
    });
    Some(OverTime { height: HEIGHT, days: stretch, top, first, last, bars: bars.collect() })
}

/// Days from one to another.
fn days_between(first: Date, last: Date) -> i64 {
    first.0.until(last.0).map_or(0, |span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(words: &str) -> Date {
        Date(words.parse().unwrap())
    }

    #[test]
    fn days_gather_in_a_few_bars() {
        let short = BTreeMap::from([(day("2025-03-01"), 4), (day("2025-03-04"), 1)]);
        let drawn = over_time(&short).unwrap();
        assert_eq!((drawn.days, drawn.bars.len(), drawn.top), (1, 2, 5));
        assert_eq!((drawn.bars[1].x, drawn.bars[1].sum), (75.0, 5));
        let long = BTreeMap::from([(day("2024-01-01"), 4), (day("2025-12-31"), 8)]);
        assert_eq!(over_time(&long).unwrap().days, 19);
        assert!(over_time(&BTreeMap::from([(day("2025-03-01"), 4)])).is_none());
    }
}
