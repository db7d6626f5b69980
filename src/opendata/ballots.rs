//! Ballots and pools as files of their own. Written from what was read, never copied: other columns of the author's
//! file, where names or addresses may stand, stay at home.

use super::csv::Csv;
use crate::model::choices::VoteKind;
use crate::model::vote::{ABSENT, Ballot, Ballots, Mark, NO_GRADE, Pool, Spoilt, Vote};

/// The file of a vote's ballots: `voter,choice`, and of the other columns those that say something.
pub fn file(vote: &Vote, of: &Ballots, groups: &[crate::model::vote::Group]) -> Vec<u8> {
    let any = |says: fn(&Ballot) -> bool| of.ballots.iter().any(says);
    let has = [
        !of.names.is_empty(),
        any(|b| b.group.is_some()),
        any(|b| b.count != 1),
        any(|b| b.weight != 1),
        any(|b| b.channel.is_some()),
        any(|b| b.cast.is_some()),
    ];
    let columns = ["name", "group", "count", "weight", "channel", "cast"];
    let mut csv = Csv::new();
    let kept = columns.iter().zip(has).filter(|(_, has)| *has).map(|(column, _)| (*column, false));
    csv.row([("voter", false)].into_iter().chain(kept).chain([("choice", false)]));
    for (at, ballot) in of.ballots.iter().enumerate() {
        let group = ballot.group.and_then(|group| groups.get(usize::from(group)));
        let channel = ballot.channel.and_then(|channel| of.channels.get(usize::from(channel)));
        let cells = [
            of.names.get(at).map_or(String::new(), |name| name.to_string()),
            group.map_or(String::new(), |group| group.id.to_string()),
            ballot.count.to_string(),
            ballot.weight.to_string(),
            channel.map_or(String::new(), |channel| channel.to_string()),
            ballot.cast.map_or(String::new(), |cast| cast.to_string()),
        ];
        let said = written(vote, ballot);
        let kept = cells.iter().zip(has).filter(|(_, has)| *has).map(|(cell, _)| (cell.as_str(), true));
        csv.row([(&*ballot.voter, true)].into_iter().chain(kept).chain([(said.as_str(), false)]));
    }
    csv.finish().0
}

/// The file of a pool.
pub fn pool(pool: &Pool) -> Vec<u8> {
    let mut csv = Csv::new();
    csv.row([("id", false)].into_iter().chain(pool.categories.iter().map(|category| (&**category, true))));
    for person in &pool.people {
        csv.row([(&*person.id, true)].into_iter().chain(person.values.iter().map(|value| (&**value, true))));
    }
    csv.finish().0
}

/// What a ballot says, in the words of its file: `a|b`, `a=3|b=2`, `a>b=c`; `?` for what is no option or no value, `??`
/// for what is no rank. What is void stays void for the same reason when the file is read again.
pub fn written(vote: &Vote, ballot: &Ballot) -> String {
    let name = |mark: &Mark| match mark.option {
        ABSENT => "absent".to_owned(),
        at => vote.options.get(at as usize).map_or("?".to_owned(), |option| option.id.to_string()),
    };
    if vote.kind.is_ranked() {
        return ranking(&ballot.marks, name);
    }
    let graded = vote.kind == VoteKind::MajorityJudgment;
    let points = matches!(vote.kind, VoteKind::Score | VoteKind::Cumulative)
        || vote.kind == VoteKind::Budget && vote.rule.counts_points();
    let said = |mark: &Mark| match mark.value {
        // A score or a grade that was not said at all is another fault than one that does not exist.
        NO_GRADE if ballot.spoilt == Some(Spoilt::Unreadable) => name(mark),
        NO_GRADE => format!("{}=?", name(mark)),
        value if graded => {
            let grade = vote.rule.grades.get(value as usize).map_or("?", |grade| grade.id.as_str());
            format!("{}={grade}", name(mark))
        }
        value if points => format!("{}={value}", name(mark)),
        _ => name(mark),
    };
    ballot.marks.iter().map(said).collect::<Vec<_>>().join("|")
}

fn ranking(marks: &[Mark], name: impl Fn(&Mark) -> String) -> String {
    let mut order: Vec<&Mark> = marks.iter().collect();
    order.sort_by_key(|mark| mark.value);
    let mut out = String::new();
    for (at, mark) in order.iter().enumerate() {
        if at > 0 {
            out.push(if order[at - 1].value == mark.value { '=' } else { '>' });
        }
        out.push_str(&name(mark));
        if mark.value == NO_GRADE {
            out.push_str("=??");
        }
    }
    out
}
