//! VOTES → ballots: each row names projects, and gives points to them or ranks them.

use super::head::Written;
use super::{Section, cell, column, left_out};
use crate::ballots::csv::{Fault, place};
use crate::ballots::poll::{Poll, ballot, fault};
use crate::model::vote::{Mark, NO_GRADE, Spoilt, UNKNOWN};
use crate::say;
use ::csv::StringRecord;
use std::collections::BTreeMap;

/// Columns of ballots that are kept.
const KEPT: [&str; 4] = ["voter_id", "vote", "points", "voting_method"];

/// Adds the ballots to a poll.
pub(super) fn read(
    section: &Section<'_>,
    written: Written,
    places: &BTreeMap<Box<str>, u32>,
    poll: &mut Poll,
    faults: &mut Vec<Fault>,
) {
    let mut rows = section.rows();
    let heads = rows.headers().cloned().unwrap_or_default();
    let [voter, vote, points, method] = KEPT.map(|name| column(&heads, name));
    if voter.is_none() || vote.is_none() || (written == Written::Points && points.is_none()) {
        let wanted = if written == Written::Points { "voter_id, vote, points" } else { "voter_id, vote" };
        let text = say!("les colonnes {wanted} sont attendues", "the columns {wanted} are expected");
        faults.push(fault((section.byte, section.line), text));
        return;
    }
    left_out(&heads, &KEPT, &mut poll.notes, |names| {
        say!(
            "ce qui est dit des votants n’est pas repris : {names}",
            "what is said of voters is not kept: {names}"
        )
    });
    let mut row = StringRecord::new();
    let mut strange = 0u64;
    while rows.read_record(&mut row).is_ok_and(|more| more) {
        let names = cell(&row, vote);
        let place_of = |name: &str| places.get(name.trim()).copied().unwrap_or(UNKNOWN);
        let named = names.split(',').map(str::trim).filter(|name| !name.is_empty());
        let mut one = ballot(cell(&row, voter));
        one.marks = match written {
            Written::Choices => named.map(|name| Mark { option: place_of(name), value: 1 }).collect(),
            Written::Ranks(most) => named
                .zip(0..)
                .map(|(name, rank)| Mark {
                    option: place_of(name),
                    value: most.checked_sub(rank).unwrap_or(NO_GRADE),
                })
                .collect(),
            Written::Points => {
                let given: Vec<&str> =
                    cell(&row, points).split(',').map(str::trim).filter(|p| !p.is_empty()).collect();
                let marks: Vec<Mark> = named
                    .enumerate()
                    .map(|(at, name)| Mark {
                        option: place_of(name),
                        value: given.get(at).map_or(NO_GRADE, |p| whole(p)),
                    })
                    .collect();
                if marks.len() != given.len() {
                    one.spoilt = Some(Spoilt::Unreadable);
                }
                marks.into()
            }
        };
        strange += u64::from(one.spoilt.is_some() || one.marks.iter().any(|m| m.value == NO_GRADE));
        let channel = match cell(&row, method) {
            "" => None,
            "internet" => Some("online"),
            other => Some(other),
        };
        one.channel = channel.map(|name| place(&mut poll.channels, name));
        poll.ballots.push(one);
    }
    if strange > 0 {
        poll.notes.push(say!(
            "{strange} bulletins dont les points ne se lisent pas : nuls",
            "{strange} ballots whose points cannot be read: void"
        ));
    }
    if written != Written::Choices && poll.rule.max_score.is_none() && poll.rule.max_points.is_none() {
        // Without a limit nothing would say that ballots hold points.
        let marks = poll.ballots.iter().flat_map(|b| &b.marks).map(|m| m.value).filter(|v| *v != NO_GRADE);
        let most = marks.max().unwrap_or(1);
        poll.rule.max_score = Some(u64::from(most));
        poll.notes.push(say!(
            "META ne limite pas les points ; le plus qu’un bulletin donne à un projet est {most}",
            "META sets no limit on points; the most that a ballot gives to a project is {most}"
        ));
    }
}

/// `3`, or `3.0`.
fn whole(words: &str) -> u32 {
    let words =
        words.split_once('.').filter(|(_, rest)| rest.bytes().all(|b| b == b'0')).map_or(words, |(w, _)| w);
    words.parse().unwrap_or(NO_GRADE)
}
