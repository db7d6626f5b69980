//! A panel drawn by lot beside its quotas: how many hold each value of each category, and between which numbers they
//! had to be.

use super::{percent, round_up};
use serde::Serialize;

/// A value of a category: how many were drawn, and the quota.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuotaRow {
    /// The category.
    pub category: String,
    /// The value.
    pub value: String,
    /// How many people of the pool have it.
    pub pool: u64,
    /// How many were drawn.
    pub drawn: u64,
    /// At least so many.
    pub min: u64,
    /// At most so many.
    pub max: u64,
    /// The bar, in per cent of the width.
    pub filled: f64,
    /// Where the quota begins.
    pub from: f64,
    /// How wide it is.
    pub width: f64,
    /// The quota holds.
    pub met: bool,
}

/// What a row is made from.
#[derive(Debug, Clone)]
pub struct Held {
    /// The category.
    pub category: String,
    /// The value.
    pub value: String,
    /// People of the pool who have it.
    pub pool: u64,
    /// How many were drawn.
    pub drawn: u64,
    /// At least so many.
    pub min: u64,
    /// At most so many.
    pub max: u64,
}

/// Draws the rows on one scale.
pub fn quotas(rows: Vec<Held>) -> Vec<QuotaRow> {
    let whole = round_up(rows.iter().map(|r| r.drawn.max(r.max)).max().unwrap_or(0));
    let row = |held: Held| {
        let from = percent(held.min, whole);
        QuotaRow {
            filled: percent(held.drawn, whole),
            from,
            // A quota of exactly so many is still a mark.
            width: (percent(held.max, whole) - from).max(0.6),
            met: held.drawn >= held.min && held.drawn <= held.max,
            category: held.category,
            value: held.value,
            pool: held.pool,
            drawn: held.drawn,
            min: held.min,
            max: held.max,
        }
    };
    rows.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quota_that_does_not_hold_says_so() {
        let held =
            |drawn| Held { category: "age".into(), value: "18-34".into(), pool: 40, drawn, min: 4, max: 6 };
        let rows = quotas(vec![held(5), held(7)]);
        assert_eq!((rows[0].met, rows[1].met), (true, false));
        assert_eq!((rows[0].filled, rows[0].from, rows[0].width), (50.0, 40.0, 20.0));
    }
}
