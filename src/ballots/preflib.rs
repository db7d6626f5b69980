//! PrefLib (preflib.github.io): ranked ballots (`.soc`, `.soi`, `.toc`, `.toi`) and categories (`.cat`) → a [`Poll`]. Lines
//! `# KEY: value`, then `30: 3,1,{2,4}`: thirty ballots that say the same, equals in braces. The format states no rule: the
//! usual ones are Schulze for ranks, approval for two categories, majority judgment for more.

use super::csv::Fault;
use super::poll::{Ids, Poll, ballot, fault, option};
use crate::lang::Lang;
use crate::model::choices::VoteKind;
use crate::model::site::{Category, Words};
use crate::model::vote::{Mark, UNKNOWN};
use crate::say;
use std::collections::BTreeMap;

/// Reads a file. Gives every line that cannot be read.
pub fn read(text: &str) -> Result<Poll, Vec<Fault>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (mut head, mut names, mut categories) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    let mut byte = 0;
    for (number, whole) in text.split_inclusive('\n').enumerate() {
        let place = (byte, number as u64 + 1);
        byte += whole.len() as u64;
        let line = whole.trim();
        if let Some(said) = line.strip_prefix('#') {
            let (key, value) = said.split_once(':').unwrap_or((said, ""));
            let (key, value) = (key.trim(), value.trim());
            let numbered = |mark: &str| key.strip_prefix(mark).and_then(|n| n.trim().parse::<u32>().ok());
            if let Some(number) = numbered("ALTERNATIVE NAME") {
                names.insert(number, value);
            } else if let Some(number) = numbered("CATEGORY NAME") {
                categories.insert(number, value);
            } else {
                head.insert(key, value);
            }
        } else if !line.is_empty() {
            match row(line) {
                Some(read) => rows.push((place, read)),
                None => faults.push(fault(
                    place,
                    say!("« 12: 3,1,{{2,4}} » est attendu ici", "“12: 3,1,{{2,4}}” is expected here"),
                )),
            }
        }
    }
    if names.is_empty() {
        let text = say!(
            "ce n’est pas un fichier PrefLib : aucune ligne « # ALTERNATIVE NAME 1: … »",
            "this is not a PrefLib file: no line “# ALTERNATIVE NAME 1: …”"
        );
        faults.insert(0, fault((0, 1), text));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let kind = match categories.len() {
        0 => VoteKind::Schulze,
        1 | 2 => VoteKind::Approval,
        _ => VoteKind::MajorityJudgment,
    };
    Ok(poll(kind, &head, &names, &categories, rows))
}

/// So many ballots, and what they say: groups of equals.
type Row = (u64, Vec<Vec<u32>>);

/// `30: 3,1,{2,4}`; `None` when it is not that.
fn row(line: &str) -> Option<Row> {
    let (count, order) = line.split_once(':')?;
    let mut groups = Vec::new();
    let mut rest = order.trim();
    while !rest.is_empty() {
        let (group, after) = match rest.strip_prefix('{') {
            Some(inner) => inner.split_once('}')?,
            None => rest.split_once(',').map_or((rest, ""), |(one, _)| (one, &rest[one.len()..])),
        };
        let equals = group.split(',').map(str::trim).filter(|word| !word.is_empty());
        groups.push(equals.map(|word| word.parse().ok()).collect::<Option<Vec<u32>>>()?);
        rest = match after.trim_start() {
            "" => "",
            more => more.strip_prefix(',')?.trim_start(),
        };
    }
    Some((count.trim().parse().ok()?, groups))
}

fn poll(
    kind: VoteKind,
    head: &BTreeMap<&str, &str>,
    names: &BTreeMap<u32, &str>,
    categories: &BTreeMap<u32, &str>,
    rows: Vec<((u64, u64), Row)>,
) -> Poll {
    let language = Lang::new("en").unwrap_or_else(Lang::french);
    let mut poll = Poll::new(kind, language.clone());
    let said = |key: &str| head.get(key).copied().filter(|words| !words.is_empty());
    poll.title = said("TITLE").unwrap_or_default().into();
    poll.summary = said("DESCRIPTION").map(Into::into);
    poll.cast = said("NUMBER VOTERS").and_then(|words| words.parse().ok());
    let mut ids = Ids::default();
    let mut places = BTreeMap::new();
    for (number, name) in names {
        places.insert(*number, poll.options.len() as u32);
        poll.options.push(option(ids.take(name, 'o'), name, &language));
    }
    // From the best in the file, from the worst here.
    let mut ids = Ids::default();
    let grades = categories.values().rev();
    if kind == VoteKind::MajorityJudgment {
        let grade = |name: &&str| Category {
            id: ids.take(name, 'g'),
            title: Words::one(language.clone(), Box::from(*name)),
            summary: None,
        };
        poll.rule.grades = grades.map(grade).collect();
    }
    let best = categories.len() as u32;
    for (_, (count, groups)) in rows {
        let mut one = ballot("");
        one.count = count;
        let groups = groups.into_iter().zip(1..);
        let ranked = kind.is_ranked();
        // An empty category is one; an empty rank is none.
        let value = |rank: u32| match kind {
            VoteKind::MajorityJudgment => best.saturating_sub(rank),
            _ if ranked => rank,
            _ => 1,
        };
        one.marks = groups
            .filter(|(_, rank)| kind != VoteKind::Approval || *rank == 1)
            .flat_map(|(group, rank)| group.into_iter().map(move |number| (number, rank)))
            .map(|(number, rank)| Mark {
                option: places.get(&number).copied().unwrap_or(UNKNOWN),
                value: value(rank),
            })
            .collect();
        poll.ballots.push(one);
    }
    let found: u64 = poll.ballots.iter().fold(0, |sum, ballot| sum.saturating_add(ballot.count));
    if let Some(said) = poll.cast.filter(|said| *said != found) {
        poll.notes.push(say!(
            "le fichier annonce {said} bulletins et en a {found}",
            "the file announces {said} ballots and has {found}"
        ));
    }
    poll
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "# TITLE: Leader\n# NUMBER VOTERS: 32\n# ALTERNATIVE NAME 1: Ann B.\n# ALTERNATIVE NAME 2: Bo\n# ALTERNATIVE NAME 3: Cy\n";

    fn marks(poll: &Poll, row: usize) -> Vec<(u32, u32)> {
        poll.ballots[row].marks.iter().map(|m| (m.option, m.value)).collect()
    }

    #[test]
    fn ranks_with_equals() {
        let poll = read(&format!("{HEAD}30: 3,1,2\n1: {{1,2}},3\r\n1: 2, {{3}}\n")).unwrap();
        assert_eq!(&*poll.title, "Leader");
        let ids: Vec<&str> = poll.options.iter().map(|o| o.id.as_str()).collect();
        assert_eq!(ids, ["ann-b", "Bo", "Cy"]);
        assert_eq!(poll.ballots[0].count, 30);
        assert_eq!(marks(&poll, 0), [(2, 1), (0, 2), (1, 3)]);
        assert_eq!(marks(&poll, 1), [(0, 1), (1, 1), (2, 2)]);
        assert_eq!(marks(&poll, 2), [(1, 1), (2, 2)]);
        assert!(poll.notes.is_empty());
    }

    #[test]
    fn categories_are_grades_from_the_worst() {
        let names = "# CATEGORY NAME 1: Yes\n# CATEGORY NAME 2: Perhaps\n# CATEGORY NAME 3: No\n";
        let poll = read(&format!("{HEAD}{names}2: {{2}},{{}},{{1,3}}\n")).unwrap();
        let grades: Vec<&str> = poll.rule.grades.iter().map(|g| g.id.as_str()).collect();
        assert_eq!(grades, ["No", "Perhaps", "Yes"]);
        assert_eq!(marks(&poll, 0), [(1, 2), (0, 0), (2, 0)]);
        let two =
            read(&format!("{HEAD}# CATEGORY NAME 1: Yes\n# CATEGORY NAME 2: No\n2: {{2,3}},1\n")).unwrap();
        assert_eq!((two.kind, marks(&two, 0)), (VoteKind::Approval, vec![(1, 1), (2, 1)]));
    }

    #[test]
    fn lines_that_are_none_are_told() {
        let wrong = format!("{HEAD}30: 3;1\n30\n4: {{1,2\n: 1\n5: 1\n");
        let lines: Vec<u64> = read(&wrong).unwrap_err().iter().map(|f| f.line).collect();
        assert_eq!(lines, [6, 7, 8, 9]);
        assert!(read("META\n").is_err());
    }
}
