//! A petition: a bar that grows to the last step, with a mark at each step.

use super::percent;
use serde::Serialize;

/// A petition's progress.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Progress {
    /// How much of the width is filled, in per cent.
    pub filled: f64,
    /// The steps, in their order.
    pub steps: Vec<StepMark>,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StepMark {
    /// Where it stands, in per cent.
    pub x: f64,
    /// So many signatures.
    pub signatures: u64,
    /// What they obtain.
    pub title: String,
    /// It was reached.
    pub reached: bool,
    /// How many are missing.
    pub missing: u64,
}

/// Draws signatures beside what they obtain.
pub fn progress(signatures: u64, steps: &[(u64, String)]) -> Progress {
    let whole = steps.iter().map(|step| step.0).max().unwrap_or(0).max(signatures);
    let step = |(wanted, title): &(u64, String)| StepMark {
        x: percent(*wanted, whole),
        signatures: *wanted,
        title: title.clone(),
        reached: signatures >= *wanted,
        missing: wanted.saturating_sub(signatures),
    };
    Progress { filled: percent(signatures, whole), steps: steps.iter().map(step).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_reached_or_say_how_many_are_missing() {
        let drawn = progress(150, &[(100, "debate".into()), (500, "vote".into())]);
        assert_eq!((drawn.filled, drawn.steps[0].x), (30.0, 20.0));
        assert!(drawn.steps[0].reached);
        assert_eq!(drawn.steps[1].missing, 350);
        assert_eq!(progress(900, &[(500, "vote".into())]).steps[0].x, 55.56);
    }
}
