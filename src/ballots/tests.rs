//! Readers of other people's files, on files that are broken anyhow: a poll or faults, never a panic; and every ballot of
//! a poll is counted once, whatever it says.

use super::poll::Poll;
use super::{alone, pabulib, preflib};
use crate::tally::{Question, count};
use proptest::prelude::*;

const PB: &str = "META\nkey;value\nbudget;100\nvote_type;cumulative\nrule;equalshares/add1\nmax_points;3\nPROJECTS\n\
    project_id;cost;votes;score;selected;name\n1;60.5;2;3;1;\"A;b\"\n2;40;1;1;0;C\nVOTES\nvoter_id;vote;points\n1;1,2;2,1\n2;1;1\n2;2;3\n";
const SOI: &str = "# TITLE: T\n# NUMBER VOTERS: 3\n# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: B\n# ALTERNATIVE NAME 3: C\n\
    2: 1,{2,3}\n1: 3\n";
const CSV: &str = "voter,choice,count,cast\n1,a>b=c,1,2026-01-02\n,b,4,\n2,a|b,,\n2,a=3|b=x,,\n";
const BITS: [&str; 24] = [
    "",
    ";",
    ",",
    "\n",
    "\"",
    "#",
    ":",
    "{",
    "}",
    "1",
    "0",
    "-1",
    "99999999999999999999",
    "18446744073709551615",
    "approval",
    "ordinal",
    "scoring",
    "VOTES",
    "PROJECTS",
    "é",
    "=",
    ">",
    "|",
    ".",
];

/// Bits put in the place of parts of a text.
fn broken(text: &'static str) -> impl Strategy<Value = String> {
    let change = (0..text.len(), 0..6usize, prop::sample::select(&BITS[..]));
    prop::collection::vec(change, 0..5).prop_map(move |changes| {
        let mut bytes = text.as_bytes().to_vec();
        for (at, length, bit) in changes {
            let at = at.min(bytes.len());
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, bit.bytes());
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// Counts a poll: cast are all its ballots.
fn counts(poll: &Poll) {
    let (kind, rule, options) = (poll.kind, &poll.rule, &poll.options);
    let tally = count(Question { kind, rule, options, registered: None }, &poll.ballots);
    let all = poll.ballots.iter().fold(0u64, |sum, ballot| sum.saturating_add(ballot.count));
    assert_eq!(tally.cast, Some(all));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn budgets(text in broken(PB)) {
        match pabulib::read(&text) {
            Ok(poll) => counts(&poll),
            Err(faults) => prop_assert!(faults.iter().all(|f| f.line as usize <= text.lines().count().max(1)), "{faults:?}"),
        }
    }

    #[test]
    fn ranks(text in broken(SOI)) {
        match preflib::read(&text) {
            Ok(poll) => counts(&poll),
            Err(faults) => prop_assert!(!faults.is_empty()),
        }
    }

    #[test]
    fn our_own_without_its_record(text in broken(CSV)) {
        if let Ok(poll) = alone::read(&text, &alone::Said::default()) {
            prop_assert!(poll.ballots.len() <= text.lines().count());
        }
    }
}
