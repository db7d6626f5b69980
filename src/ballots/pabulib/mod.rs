//! `.pb`, the format of participatory budgets (pabulib.org/format): three sections of `;`-separated rows, META, PROJECTS and
//! VOTES → a [`Poll`] of kind budget. What is said of voters besides their vote (age, sex, district…) and who proposed a
//! project is not kept, and a note says so. Utilities below zero and fractions of points are not read: such a ballot is void.

mod head;
mod votes;

use super::csv::Fault;
use super::poll::{Ids, Poll, fault, option};
use crate::lang::{Bilingual, Lang};
use crate::model::choices::VoteKind;
use crate::model::site::Words;
use crate::model::vote::Money;
use crate::say;
use ::csv::{Reader, ReaderBuilder, StringRecord};
use std::collections::BTreeMap;

/// Reads a file. Gives every fault of its head and of its projects.
pub fn read(text: &str) -> Result<Poll, Vec<Fault>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let sections = sections(text);
    let find = |name| sections.iter().find(|section| section.name == name);
    let (Some(meta), Some(projects), Some(votes)) = (find("META"), find("PROJECTS"), find("VOTES")) else {
        let missing = ["META", "PROJECTS", "VOTES"].into_iter().filter(|name| find(name).is_none());
        let missing = missing.collect::<Vec<_>>().join(", ");
        let text = say!(
            "ce n’est pas un fichier .pb entier : il y manque {missing}",
            "this is not a whole .pb file: it lacks {missing}"
        );
        return Err(vec![fault((0, 1), text)]);
    };
    let mut faults = Vec::new();
    let said = head::read(meta);
    let mut poll = Poll::new(VoteKind::Budget, Lang::french());
    let written = head::head(&said, &mut poll, &mut faults);
    let points = written.is_some_and(|written| written != head::Written::Choices);
    let places = listed(projects, points, &mut poll, &mut faults);
    if let Some(written) = written.filter(|_| faults.is_empty()) {
        votes::read(votes, written, &places, &mut poll, &mut faults);
    }
    head::declared(&said, &mut poll);
    if faults.is_empty() { Ok(poll) } else { Err(faults) }
}

/// One of the three parts of a file.
struct Section<'t> {
    name: &'t str,
    text: &'t str,
    /// Where it begins.
    byte: u64,
    line: u64,
}

/// A section begins after a line that holds its name and nothing else.
fn sections(text: &str) -> Vec<Section<'_>> {
    let mut found: Vec<Section<'_>> = Vec::new();
    let mut from = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let name = line.trim().trim_end_matches(';');
        if matches!(name, "META" | "PROJECTS" | "VOTES") {
            if let Some(last) = found.last_mut() {
                last.text = &text[last.byte as usize..from];
            }
            let after = from + line.len();
            found.push(Section { name, text: &text[after..], byte: after as u64, line: number as u64 + 2 });
        }
        from += line.len();
    }
    found
}

impl<'t> Section<'t> {
    fn rows(&self) -> Reader<&'t [u8]> {
        ReaderBuilder::new().delimiter(b';').flexible(true).from_reader(self.text.as_bytes())
    }

    fn place(&self, row: &StringRecord) -> (u64, u64) {
        // The reader counts lines from 1.
        row.position().map_or((self.byte, self.line), |p| (self.byte + p.byte(), self.line + p.line() - 1))
    }
}

/// Where a column stands.
fn column(heads: &StringRecord, name: &str) -> Option<usize> {
    heads.iter().position(|head| head.trim() == name)
}

fn cell(row: &StringRecord, at: Option<usize>) -> &str {
    at.and_then(|at| row.get(at)).unwrap_or("").trim()
}

/// Columns of projects that are kept, or are said elsewhere.
const KEPT: [&str; 7] = ["project_id", "cost", "votes", "score", "name", "selected", "description"];

/// An amount: a comma may stand for the point.
fn money(words: &str) -> Option<Money> {
    Money::parse(&words.replace(',', "."))
}

/// The projects become options. Gives their places by the name that the ballots use.
fn listed<'t>(
    section: &Section<'t>,
    points: bool,
    poll: &mut Poll,
    faults: &mut Vec<Fault>,
) -> BTreeMap<Box<str>, u32> {
    let mut rows = section.rows();
    let heads = rows.headers().cloned().unwrap_or_default();
    let at = |name| column(&heads, name);
    let [id, cost, votes, score, name, selected, description] = KEPT.map(at);
    let mut places = BTreeMap::new();
    if id.is_none() || cost.is_none() {
        let text = say!(
            "les colonnes « project_id » et « cost » sont attendues",
            "the columns “project_id” and “cost” are expected"
        );
        faults.push(fault((section.byte, section.line), text));
        return places;
    }
    let mut ids = Ids::default();
    let (mut counts, mut scores) = (Some(Vec::new()), Some(Vec::new()));
    let (mut won, mut renamed) = (Vec::new(), 0);
    for row in rows.records().map_while(Result::ok) {
        let own = cell(&row, id);
        let place = section.place(&row);
        let taken = ids.take(own, 'p');
        renamed += usize::from(taken.as_str() != own);
        let mut one = option(taken, cell(&row, name), &poll.language);
        one.cost = money(cell(&row, cost));
        if one.cost.is_none() {
            faults.push(fault(place, not_money(cell(&row, cost))));
        }
        let words = cell(&row, description);
        one.summary = (!words.is_empty()).then(|| Words::one(poll.language.clone(), words.into()));
        if places.insert(own.into(), poll.options.len() as u32).is_some() || own.is_empty() {
            let text =
                say!("le projet « {own} » n’a pas de nom à lui", "project “{own}” has no name of its own");
            faults.push(fault(place, text));
        }
        let number = |at| cell(&row, at).parse::<u64>().ok();
        add(&mut counts, number(votes));
        add(&mut scores, number(score));
        if cell(&row, selected) == "1" {
            won.push(poll.options.len());
        }
        poll.options.push(one);
    }
    if renamed > 0 {
        poll.notes.push(say!(
            "{renamed} identifiants de projets n’en sont pas ici : ils sont refaits",
            "{renamed} ids of projects are none here: they are made anew"
        ));
    }
    left_out(&heads, &KEPT, &mut poll.notes, |names| {
        say!("colonnes des projets non reprises : {names}", "columns of projects not kept: {names}")
    });
    poll.selected = selected.is_some().then_some(won);
    (poll.declared, poll.supporters) = if points { (scores, counts) } else { (counts, None) };
    places
}

fn add(list: &mut Option<Vec<u64>>, number: Option<u64>) {
    match (list.as_mut(), number) {
        (Some(list), Some(number)) => list.push(number),
        // One that is missing: nothing can be compared.
        _ => *list = None,
    }
}

fn not_money(words: &str) -> Bilingual {
    say!(
        "« {words} » n’est pas un montant, avec deux décimales au plus",
        "“{words}” is no amount, with two decimals at most"
    )
}

/// Says which columns are not kept.
fn left_out(
    heads: &StringRecord,
    kept: &[&str],
    notes: &mut Vec<Bilingual>,
    say: impl Fn(String) -> Bilingual,
) {
    let names: Vec<&str> =
        heads.iter().map(str::trim).filter(|n| !n.is_empty() && !kept.contains(n)).collect();
    if !names.is_empty() {
        notes.push(say(names.join(", ")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::choices::{Completion, Selection, Utility};
    use crate::model::vote::{Mark, NO_GRADE, Spoilt, UNKNOWN};

    const FILE: &str = "META\nkey;value\ndescription;Budget\ninstance;2024\nbudget;100,5\nvote_type;approval\n\
        rule;equalshares/add1\nnum_votes;3\nlanguage;nl\nmax_length;2\ndate_begin;1.04.2024\nhost;x\n\
        PROJECTS\nproject_id;cost;votes;name;selected;proposer\nA/1;60.0;2;\"Een \"\"brug\"\"\";1;Jan\nb;40.5;1;Boom;0;Piet\n\
        VOTES\nvoter_id;vote;age;voting_method\n1;A/1,b;30;internet\n2;A/1;40;paper\n3;z;;\n4;;;\n";

    #[test]
    fn a_file_is_a_poll_without_its_people() {
        let poll = read(FILE).unwrap();
        assert_eq!(&*poll.title, "Budget, 2024");
        assert_eq!(poll.rule.budget, Some(Money(10_050)));
        assert_eq!((poll.rule.selection, poll.rule.completion), (Selection::EqualShares, Completion::Add1));
        assert_eq!((poll.rule.max_choices, poll.rule.utility), (2, Utility::Cost));
        let ids: Vec<&str> = poll.options.iter().map(|o| o.id.as_str()).collect();
        assert_eq!(ids, ["a-1", "b"]);
        assert_eq!(&**poll.options[0].title.main(), "Een \"brug\"");
        assert_eq!(poll.options[1].cost, Some(Money(4_050)));
        assert_eq!((poll.selected, poll.declared), (Some(vec![0]), Some(vec![2, 1])));
        assert_eq!(poll.opens.map(|d| d.to_string()), Some("2024-04-01".into()));
        assert_eq!(poll.channels, ["online".into(), "paper".into()]);
        let options = |at: usize| poll.ballots[at].marks.iter().map(|m| m.option).collect::<Vec<_>>();
        assert_eq!([options(0), options(2), options(3)], [vec![0, 1], vec![UNKNOWN], vec![]]);
        let notes = poll.notes.iter().map(|n| &*n.en).collect::<Vec<_>>().join("\n");
        for said in
            ["proposer", "age", "rows of META not kept: host", "announces 3 ballots, the file has 4", "1 ids"]
        {
            assert!(notes.contains(said), "{said}: {notes}");
        }
        assert!(!format!("{:?}", (&poll.options, &poll.ballots)).contains("Jan"));
    }

    #[test]
    fn points_and_ranks() {
        let points = FILE.replace("approval", "cumulative").replace("max_length;2", "max_points;3").replace(
            "voter_id;vote;age;voting_method\n1;A/1,b;30;internet\n2;A/1;40;paper",
            "voter_id;vote;points\n1;A/1,b;3,1.0\n2;A/1;1,2",
        );
        let poll = read(&points).unwrap();
        let values: Vec<u32> = poll.ballots[0].marks.iter().map(|m| m.value).collect();
        assert_eq!((values, poll.ballots[1].spoilt), (vec![3, 1], Some(Spoilt::Unreadable)));
        assert_eq!(poll.ballots[2].marks[..], [Mark { option: UNKNOWN, value: NO_GRADE }]);
        assert_eq!(poll.rule.max_score, Some(3));
        let poll = read(&FILE.replace("approval", "ordinal")).unwrap();
        let values: Vec<u32> = poll.ballots[0].marks.iter().map(|m| m.value).collect();
        assert_eq!((values, poll.rule.max_score), (vec![2, 1], Some(2)));
    }

    #[test]
    fn every_fault_has_its_line() {
        let wrong = FILE.replace("60.0", "much").replace("\nb;", "\nA/1;").replace("approval", "shouting");
        let lines: Vec<u64> = read(&wrong).unwrap_err().iter().map(|f| f.line).collect();
        assert_eq!(lines, [6, 15, 16]);
        assert_eq!(read("voter,choice\n1,a\n").unwrap_err().len(), 1);
        assert!(read("").is_err());
    }
}
