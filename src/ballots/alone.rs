//! Our own file of ballots without the record that says what it is about → a [`Poll`]. Options are the columns of the wide
//! form, or what the ballots name; the kind is the caller's, or the plainest that fits what the cells hold. Grades that are
//! numbers go from the lowest; words must be put in order by the caller.

use super::csv::{self, Fault, Form};
use super::poll::{Ids, Poll, fault, option};
use crate::lang::Lang;
use crate::model::choices::VoteKind;
use crate::model::site::{Category, Words};
use crate::say;
use ::csv::{Reader, ReaderBuilder, StringRecord};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What the caller says of a file that says little.
#[derive(Debug, Default)]
pub struct Said {
    /// The kind of vote.
    pub kind: Option<VoteKind>,
    /// The grades, from the worst.
    pub grades: Vec<Box<str>>,
}

/// Columns that are no option.
const OURS: [&str; 8] = ["voter", "choice", "count", "weight", "channel", "cast", "group", "name"];

/// Reads a file.
pub fn read(text: &str, said: &Said) -> Result<Poll, Vec<Fault>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // A column of voters without a name, as programs that number rows write it.
    let text = if text.starts_with(',') { Cow::Owned(format!("voter{text}")) } else { Cow::Borrowed(text) };
    let seen = Seen::in_file(&text, said.kind);
    let kind = said.kind.unwrap_or_else(|| seen.kind(!said.grades.is_empty()));
    let names: Vec<Box<str>> = match kind {
        VoteKind::RollCall => ["for", "against", "abstention"].map(Into::into).into(),
        VoteKind::Petition => vec!["signature".into()],
        VoteKind::Reactions => ["for", "mixed", "against"].map(Into::into).into(),
        VoteKind::Poll
        | VoteKind::Approval
        | VoteKind::Score
        | VoteKind::Cumulative
        | VoteKind::MajorityJudgment
        | VoteKind::InstantRunoff
        | VoteKind::Schulze
        | VoteKind::Budget
        | VoteKind::Lots => seen.names.clone(),
    };
    let grades = if kind == VoteKind::MajorityJudgment { grades(&seen, said)? } else { Vec::new() };
    let form = Form {
        kind,
        options: names.iter().map(|name| &**name).collect(),
        grades: grades.iter().map(|grade| &**grade).collect(),
        groups: Vec::new(),
    };
    let read = csv::read(&text, &form).map_err(|fault| vec![fault])?;
    let mut poll = Poll::new(kind, Lang::french());
    poll.ruled = said.kind.is_some();
    let mut ids = Ids::default();
    poll.options = names.iter().map(|name| option(ids.take(name, 'o'), name, &poll.language)).collect();
    let mut ids = Ids::default();
    let mut grade = |word: &str| Category {
        id: ids.take(word, 'g'),
        title: Words::one(Lang::french(), word.into()),
        summary: None,
    };
    poll.rule.grades = grades.iter().map(|word| grade(word)).collect();
    (poll.ballots, poll.channels) = (read.ballots, read.channels);
    Ok(poll)
}

fn grades(seen: &Seen, said: &Said) -> Result<Vec<Box<str>>, Vec<Fault>> {
    if !said.grades.is_empty() {
        return Ok(said.grades.clone());
    }
    let mut numbers: Vec<(i64, Box<str>)> = Vec::new();
    for word in &seen.values {
        match word.parse() {
            Ok(number) => numbers.push((number, word.clone())),
            Err(_) => {
                let words = seen.values.iter().take(12).map(|w| &**w).collect::<Vec<_>>().join(", ");
                let text = say!(
                    "l’ordre des mentions n’est pas connu ; donnez-les de la pire à la meilleure avec --grades : {words}",
                    "the order of the grades is not known; give them from the worst to the best with --grades: {words}"
                );
                return Err(vec![fault((0, 1), text)]);
            }
        }
    }
    numbers.sort();
    Ok(numbers.into_iter().map(|(_, word)| word).collect())
}

/// What the cells hold.
struct Seen {
    /// A column of choices, or one an option.
    wide: bool,
    ranked: bool,
    valued: bool,
    members: bool,
    names: Vec<Box<str>>,
    values: BTreeSet<Box<str>>,
}

impl Seen {
    fn in_file(text: &str, kind: Option<VoteKind>) -> Seen {
        let mut rows = reader(text);
        let heads = rows.headers().cloned().unwrap_or_default();
        let column = |name: &str| heads.iter().position(|head| head.trim() == name);
        let choice = column("choice");
        let mut seen = Seen {
            wide: choice.is_none(),
            ranked: kind.is_some_and(VoteKind::is_ranked),
            valued: false,
            members: column("group").is_some() || (choice.is_some() && column("name").is_some()),
            names: Vec::new(),
            values: BTreeSet::new(),
        };
        let mut row = StringRecord::new();
        let Some(choice) = choice else {
            let options = || heads.iter().enumerate().filter(|(_, h)| !OURS.contains(&h.trim()));
            seen.names = options().map(|(_, head)| head.trim().into()).collect();
            while rows.read_record(&mut row).is_ok_and(|more| more) {
                options().filter_map(|(at, _)| row.get(at)).for_each(|cell| seen.value(cell));
            }
            return seen;
        };
        // Whether `=` joins equals or gives a value depends on whether any ballot ranks.
        while kind.is_none() && !seen.ranked && rows.read_record(&mut row).is_ok_and(|more| more) {
            seen.ranked = row.get(choice).is_some_and(|cell| cell.contains('>'));
        }
        let mut names = BTreeSet::new();
        let mut rows = reader(text);
        while rows.read_record(&mut row).is_ok_and(|more| more) {
            let cell = row.get(choice).unwrap_or("");
            for word in cell.split(if seen.ranked { ['>', '='] } else { ['|', '|'] }) {
                let (name, value) = match word.split_once('=') {
                    Some((name, value)) => (name.trim(), Some(value)),
                    None => (word.trim(), None),
                };
                if let Some(value) = value {
                    seen.valued = true;
                    seen.value(value);
                }
                if !name.is_empty() && !names.contains(name) {
                    names.insert(Box::from(name));
                }
            }
        }
        seen.names = names.into_iter().collect();
        seen.names.sort_by_cached_key(|name| crate::text::natural_key(name));
        seen
    }

    fn value(&mut self, cell: &str) {
        let cell = cell.trim();
        if !cell.is_empty() && !self.values.contains(cell) {
            self.values.insert(cell.into());
        }
    }

    fn kind(&self, grades: bool) -> VoteKind {
        let all = |fits: fn(&str) -> bool| self.values.iter().all(|value| fits(value));
        let marked = self.wide && all(|value| matches!(value, "0" | "1" | "x" | "X"));
        match () {
            () if grades => VoteKind::MajorityJudgment,
            () if self.ranked => VoteKind::Schulze,
            () if self.wide && self.names.is_empty() => VoteKind::Petition,
            () if self.members => VoteKind::RollCall,
            () if marked || (!self.wide && !self.valued) => VoteKind::Approval,
            () if all(|value| value.parse::<u32>().is_ok()) => VoteKind::Score,
            () => VoteKind::MajorityJudgment,
        }
    }
}

fn reader(text: &str) -> Reader<&[u8]> {
    ReaderBuilder::new().flexible(true).from_reader(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::vote::Mark;

    fn of(text: &str, kind: Option<VoteKind>) -> Poll {
        read(text, &Said { kind, grades: Vec::new() }).unwrap()
    }

    fn ids(poll: &Poll) -> Vec<&str> {
        poll.options.iter().map(|option| option.id.as_str()).collect()
    }

    #[test]
    fn the_plainest_kind_that_fits() {
        let kinds = [
            ("voter,choice\n1,b|a\n2,a\n", VoteKind::Approval),
            ("voter,choice\n1,b=2|a=1\n", VoteKind::Score),
            ("voter,choice\n1,a=b\n2,b>a\n", VoteKind::Schulze),
            ("voter,a,b\n1,x,\n", VoteKind::Approval),
            ("voter,a,b\n1,4,0\n", VoteKind::Score),
            ("voter,name,group,choice\n1,N,G,for\n", VoteKind::RollCall),
            ("voter,cast\n1,2026-01-01\n", VoteKind::Petition),
        ];
        for (text, kind) in kinds {
            assert_eq!(of(text, None).kind, kind, "{text}");
        }
        assert_eq!(ids(&of("voter,choice\n1,p10|p9\n2,p1\n", None)), ["p1", "p9", "p10"]);
    }

    #[test]
    fn grades_are_numbers_or_told() {
        let poll = of(",de Villiers,Royal\n28,0,10\n29,2,\n", Some(VoteKind::MajorityJudgment));
        assert_eq!(ids(&poll), ["de-villiers", "Royal"]);
        let grades: Vec<&str> = poll.rule.grades.iter().map(|g| g.id.as_str()).collect();
        assert_eq!(grades, ["0", "2", "10"]);
        assert_eq!(&*poll.ballots[0].voter, "28");
        assert_eq!(poll.ballots[0].marks[..], [Mark { option: 0, value: 0 }, Mark { option: 1, value: 2 }]);
        let words = "voter,a,b\n1,good,poor\n";
        assert!(read(words, &Said::default()).is_err());
        let grades = ["poor", "good"].map(Into::into).into();
        let poll = read(words, &Said { kind: None, grades }).unwrap();
        assert_eq!(poll.ballots[0].marks[0], Mark { option: 0, value: 1 });
    }
}
