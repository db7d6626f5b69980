//! Who voted how in a roll call: the names of the members, group by group. They vote in office: a roll call is by name.

use crate::model::site::*;
use crate::model::vote::ABSENT;
use serde::Serialize;

/// The members of a group, by what they voted; each list in the order of the names' file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupMembers<'s> {
    /// The group; none for members of no group.
    pub group: Option<&'s str>,
    /// For.
    pub r#for: Vec<&'s str>,
    /// Against.
    pub against: Vec<&'s str>,
    /// Abstained.
    pub abstention: Vec<&'s str>,
    /// Said to have taken no part.
    pub absent: Vec<&'s str>,
}

/// The groups in their order, then the members of none; empty where the ballots have no names.
pub fn members(known: &KnownResult) -> Vec<GroupMembers<'_>> {
    let Some(ballots) = known.ballots.as_ref().filter(|ballots| !ballots.names.is_empty()) else {
        return Vec::new();
    };
    let group = |group| GroupMembers {
        group,
        r#for: Vec::new(),
        against: Vec::new(),
        abstention: Vec::new(),
        absent: Vec::new(),
    };
    let mut all: Vec<_> = known.groups.iter().map(|g| group(Some(&*g.name))).chain([group(None)]).collect();
    let last = all.len() - 1;
    for (ballot, name) in ballots.ballots.iter().zip(&ballots.names) {
        let own = &mut all[ballot.group.map_or(last, |at| usize::from(at).min(last))];
        let name = if name.is_empty() { &ballot.voter } else { name };
        match ballot.marks.first().map(|mark| mark.option) {
            Some(0) => own.r#for.push(name),
            Some(1) => own.against.push(name),
            Some(2) => own.abstention.push(name),
            Some(ABSENT) => own.absent.push(name),
            Some(_) | None => {}
        }
    }
    all.retain(|g| [&g.r#for, &g.against, &g.abstention, &g.absent].iter().any(|list| !list.is_empty()));
    all
}
