//! Charts of votes, as geometry: counts come in, places leave, which the template draws as SVG beside the table of the
//! same counts. Lengths are in per cent of the width, so that words keep their size on a phone; heights are in pixels.
//! Nothing is said here: words come from the messages, colours and patterns from the style sheet.

pub mod bars;
pub mod hemicycle;
pub mod over_time;
pub mod profiles;
pub mod progress;
pub mod quotas;
pub mod rounds;
pub mod spending;

use serde::Serialize;

/// A part of a bar.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Segment {
    /// How many.
    pub count: u64,
    /// Where it begins, in per cent of the width.
    pub x: f64,
    /// How wide it is, in per cent of the width.
    pub width: f64,
    /// Where its words stand: its middle.
    pub middle: f64,
    /// Words of a few letters have room in it, on a phone too.
    pub roomy: bool,
}

/// Below this width, in per cent, a segment has no room for three letters on a screen of 320 pixels.
const ROOM: f64 = 12.0;

impl Segment {
    /// A part of a whole after so many others.
    fn new(before: u64, count: u64, whole: u64) -> Segment {
        let (x, end) = (percent(before, whole), percent(before.saturating_add(count), whole));
        let width = hundredths(end - x);
        Segment { count, x, width, middle: hundredths(x + width / 2.0), roomy: width >= ROOM }
    }
}

/// Counts side by side, as parts of a whole.
pub fn segments(counts: &[u64], whole: u64) -> Vec<Segment> {
    let mut before: u64 = 0;
    let segment = |count: &u64| {
        let made = Segment::new(before, *count, whole);
        before = before.saturating_add(*count);
        made
    };
    counts.iter().map(segment).collect()
}

/// A part of a whole in per cent, to two decimals; nothing of nothing, and never more than all.
pub fn percent(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { hundredths((part as f64 * 100.0 / whole as f64).min(100.0)) }
}

/// To two decimals: the same on every machine, and finer than a pixel.
fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// The least round number (1, 2 or 5 and zeros) that is not below a count: where an axis ends.
fn round_up(count: u64) -> u64 {
    let mut unit: u64 = 1;
    loop {
        for step in [1, 2, 5] {
            match unit.checked_mul(step) {
                Some(round) if round < count => {}
                Some(round) => return round,
                None => return u64::MAX,
            }
        }
        match unit.checked_mul(10) {
            Some(next) => unit = next,
            None => return u64::MAX,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_side_by_side_and_fill_the_whole() {
        let all = segments(&[1, 1, 1], 3);
        assert_eq!(all[0].x, 0.0);
        assert_eq!(all[1].x, 33.33);
        assert!((all[2].x + all[2].width - 100.0).abs() < 0.001);
        assert!(all[0].roomy);
        assert!(segments(&[], 0).is_empty());
        assert_eq!(segments(&[3], 0)[0].width, 0.0);
    }

    #[test]
    fn an_axis_ends_at_a_round_number() {
        assert_eq!([0, 1, 3, 17, 50, 51, 4001].map(round_up), [1, 1, 5, 20, 50, 100, 5000]);
        assert_eq!(round_up(u64::MAX), u64::MAX);
    }
}
