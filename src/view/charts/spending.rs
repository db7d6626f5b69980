//! A budget: the projects that were selected as blocks of one bar, in the order of their selection, and what is left.

use super::{Segment, segments};
use serde::Serialize;

/// A budget, in hundredths of its unit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Spending {
    /// The blocks of the projects.
    pub blocks: Vec<Block>,
    /// What is left.
    pub left: Segment,
}

/// A project's block.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Block {
    /// Its number in the table, from 1.
    pub number: usize,
    /// Its title.
    pub title: String,
    /// Its place; `count` is its cost in hundredths.
    #[serde(flatten)]
    pub segment: Segment,
    /// Its number has room in it.
    pub numbered: bool,
}

/// Below this width, in per cent, a number of two digits has no room on a screen of 320 pixels.
const ROOM: f64 = 7.0;

/// Draws what was spent: title and cost of each project, in hundredths; none without a budget.
pub fn spending(projects: &[(String, u64)], budget: u64) -> Option<Spending> {
    if budget == 0 {
        return None;
    }
    let costs: Vec<u64> = projects.iter().map(|p| p.1).collect();
    let spent = costs.iter().fold(0_u64, |sum, cost| sum.saturating_add(*cost));
    let mut parts = costs;
    parts.push(budget.saturating_sub(spent));
    let mut drawn = segments(&parts, budget.max(spent));
    let left = drawn.pop()?;
    let block = |(at, (segment, (title, _))): (usize, (Segment, &(String, u64)))| Block {
        number: at + 1,
        title: title.clone(),
        numbered: segment.width >= ROOM,
        segment,
    };
    Some(Spending { blocks: drawn.into_iter().zip(projects).enumerate().map(block).collect(), left })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_stands_after_what_was_spent() {
        let drawn = spending(&[("a".into(), 60), ("b".into(), 5)], 100).unwrap();
        assert_eq!((drawn.blocks[1].segment.x, drawn.blocks[1].numbered), (60.0, false));
        assert_eq!((drawn.left.x, drawn.left.width, drawn.left.count), (65.0, 35.0, 35));
        assert!(spending(&[], 0).is_none());
    }
}
