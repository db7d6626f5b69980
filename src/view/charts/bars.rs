//! Stacked bars: a row an option, a segment a series (positions, scores, channels), in the same order in every row.

use super::{Segment, segments};
use serde::Serialize;

/// A table of counts, drawn as stacked bars.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bars {
    /// What the segments are, in their order; a pattern each.
    pub series: Vec<String>,
    /// The rows.
    pub rows: Vec<BarRow>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BarRow {
    /// Of what.
    pub title: String,
    /// Its counts, in the order of the series.
    pub segments: Vec<Segment>,
    /// Their sum.
    pub total: u64,
    /// It won.
    pub winner: bool,
}

/// What a row is made from.
#[derive(Debug, Clone)]
pub struct Counted {
    /// Of what.
    pub title: String,
    /// Counts, in the order of the series.
    pub counts: Vec<u64>,
    /// It won.
    pub winner: bool,
}

impl Bars {
    /// Rows on one scale: the longest fills the width.
    pub fn new(series: Vec<String>, rows: Vec<Counted>) -> Bars {
        let sum = |counts: &[u64]| counts.iter().fold(0_u64, |sum, n| sum.saturating_add(*n));
        let whole = rows.iter().map(|row| sum(&row.counts)).max().unwrap_or(0);
        let row = |row: Counted| BarRow {
            title: row.title,
            total: sum(&row.counts),
            segments: segments(&row.counts, whole),
            winner: row.winner,
        };
        Bars { series, rows: rows.into_iter().map(row).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_share_one_scale() {
        let row = |counts: &[u64]| Counted { title: "a".into(), counts: counts.to_vec(), winner: false };
        let bars = Bars::new(vec!["online".into(), "paper".into()], vec![row(&[10, 10]), row(&[5, 0])]);
        assert_eq!(bars.rows[0].segments[1].x, 50.0);
        assert_eq!(bars.rows[1].segments[0].width, 25.0);
        assert_eq!(bars.rows[1].total, 5);
    }
}
