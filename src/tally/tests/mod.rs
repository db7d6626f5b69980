//! Tests of the methods, a file each: worked examples from the papers, and what must hold of any ballots.
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod budget;
mod judgment;
mod lots;
mod points;
mod runoff;
mod schulze;
mod shares;

use super::profile::Profile;
use crate::model::vote::Mark;
use proptest::prelude::*;

/// Ballots as `(votes, marks)`, which a profile borrows.
type Cast = Vec<(u64, Vec<Mark>)>;

fn profile(options: usize, cast: &Cast) -> Profile<'_> {
    Profile { options, ballots: cast.iter().map(|(votes, marks)| (*votes, &**marks)).collect() }
}

fn mark((option, value): (usize, u32)) -> Mark {
    Mark { option: option as u32, value }
}

/// Rankings as papers write them: `(5, "ACBED")`, with options A, B, C…; `A=B` for equals.
fn rankings(list: &[(u64, &str)]) -> Cast {
    let rank = |words: &str| {
        let (mut marks, mut rank) = (Vec::new(), 1);
        for letter in words.bytes() {
            match letter {
                b'=' => rank -= 1,
                letter => {
                    marks.push(mark((usize::from(letter - b'A'), rank)));
                    rank += 1;
                }
            }
        }
        marks
    };
    list.iter().map(|(votes, words)| (*votes, rank(words))).collect()
}

/// Any ballots on so many options, with values up to `most`; some options are named by none.
fn any_cast(options: usize, values: std::ops::RangeInclusive<u32>) -> impl Strategy<Value = Cast> {
    let marks = prop::collection::btree_map(0..options.max(1), values, 0..=options);
    let marks = marks.prop_map(|marks| marks.into_iter().map(mark).collect::<Vec<_>>());
    prop::collection::vec((1u64..6, marks), 0..14)
}

/// The same ballots in another order, their marks too.
fn reversed(cast: &Cast) -> Cast {
    let turned = |marks: &Vec<Mark>| marks.iter().rev().copied().collect();
    cast.iter().rev().map(|(votes, marks)| (*votes, turned(marks))).collect()
}

/// The same ballots where option `n` has become option `to[n]`.
fn renamed(cast: &Cast, to: &[usize]) -> Cast {
    let other = |m: &Mark| mark((to[m.option as usize], m.value));
    cast.iter().map(|(votes, marks)| (*votes, marks.iter().map(other).collect())).collect()
}

/// Options in layers, renamed.
fn renamed_layers(layers: &[Vec<usize>], to: &[usize]) -> Vec<Vec<usize>> {
    let sorted = |layer: &Vec<usize>| {
        let mut layer: Vec<usize> = layer.iter().map(|option| to[*option]).collect();
        layer.sort_unstable();
        layer
    };
    layers.iter().map(sorted).collect()
}

fn any_order(options: usize) -> impl Strategy<Value = Vec<usize>> {
    Just((0..options).collect::<Vec<_>>()).prop_shuffle()
}
