//! Our own files of ballots: one row a ballot, `voter` and either `choice` or a column for each option; `count`,
//! `weight`, `channel`, `cast`, `group` and `name` where they are needed. Other columns stay unread.

use crate::lang::Bilingual;
use crate::model::choices::VoteKind;
use crate::model::id::Id;
use crate::model::vote::{ABSENT, Ballot, Mark, NO_GRADE, Spoilt, UNKNOWN};
use crate::model::when::Moment;
use crate::say;
use ::csv::{ReaderBuilder, StringRecord};
use std::collections::{BTreeMap, BTreeSet};

/// What the ballots are about.
#[derive(Debug)]
pub struct Form<'f> {
    /// The kind of vote.
    pub kind: VoteKind,
    /// The options' ids.
    pub options: Vec<&'f str>,
    /// The grades' ids, from the worst.
    pub grades: Vec<&'f str>,
    /// The ids of a roll call's groups.
    pub groups: Vec<&'f str>,
}

/// The ballots of a file.
#[derive(Debug, Default)]
pub struct Read {
    /// Each ballot.
    pub ballots: Vec<Ballot>,
    /// The channels that they name.
    pub channels: Vec<Box<str>>,
    /// Names of members, one a ballot, where a roll call has them.
    pub names: Vec<Box<str>>,
}

/// A file that cannot be used.
#[derive(Debug)]
pub struct Fault {
    /// Where, in bytes from the beginning.
    pub byte: u32,
    /// On which line, from 1.
    pub line: u64,
    /// What is wrong.
    pub text: Bilingual,
}

/// Reads a file. Fails when its rows cannot be told apart or its columns are missing.
pub fn read(text: &str, form: &Form<'_>) -> Result<Read, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = ReaderBuilder::new().flexible(false).from_reader(text.as_bytes());
    let headers = reader.headers().cloned().unwrap_or_default();
    let columns = Columns::find(&headers, form)?;
    let words = Vocabulary::new(form);
    let mut read = Read::default();
    let mut row = StringRecord::new();
    loop {
        match reader.read_record(&mut row) {
            Ok(true) => columns.ballot(&row, form, &words, &mut read)?,
            Ok(false) => return Ok(read),
            Err(error) => {
                let (byte, line) = error.position().map_or((0, 0), |p| (p.byte() as u32, p.line()));
                let text = say!(
                    "cette ligne n’a pas le même nombre de cellules que la première",
                    "this row has not as many cells as the first"
                );
                return Err(Fault { byte, line, text });
            }
        }
    }
}

/// Where each column stands.
struct Columns {
    voter: usize,
    choice: Option<usize>,
    wide: Vec<(usize, u32)>,
    count: Option<usize>,
    weight: Option<usize>,
    channel: Option<usize>,
    cast: Option<usize>,
    group: Option<usize>,
    name: Option<usize>,
}

impl Columns {
    fn find(headers: &StringRecord, form: &Form<'_>) -> Result<Columns, Fault> {
        let column = |name: &str| headers.iter().position(|header| header.trim() == name);
        let choice = column("choice");
        let wide: Vec<(usize, u32)> = match choice {
            Some(_) => Vec::new(),
            None => form
                .options
                .iter()
                .enumerate()
                .filter_map(|(at, option)| column(option).map(|column| (column, at as u32)))
                .collect(),
        };
        let signed = form.kind == VoteKind::Petition;
        let chosen = choice.is_some() || !wide.is_empty() || signed;
        match column("voter") {
            Some(voter) if chosen => Ok(Columns {
                voter,
                choice,
                wide,
                count: column("count"),
                weight: column("weight"),
                channel: column("channel"),
                cast: column("cast"),
                group: column("group"),
                name: column("name").filter(|_| form.kind == VoteKind::RollCall),
            }),
            _ => {
                let found = headers.iter().collect::<Vec<_>>().join(", ");
                let text = say!(
                    "les colonnes « voter » et « choice », ou une colonne par choix, sont attendues ; il y a : {found}",
                    "the columns “voter” and “choice”, or a column for each option, are expected; found: {found}"
                );
                Err(Fault { byte: 0, line: 1, text })
            }
        }
    }

    fn ballot(
        &self,
        row: &StringRecord,
        form: &Form<'_>,
        words: &Vocabulary<'_>,
        read: &mut Read,
    ) -> Result<(), Fault> {
        let cell = |column: Option<usize>| column.and_then(|column| row.get(column)).unwrap_or("").trim();
        let (byte, line) = row.position().map_or((0, 0), |p| (p.byte() as u32, p.line()));
        let number = |column: Option<usize>| match cell(column) {
            "" => Ok(1),
            words => words.parse::<u64>().map_err(|_| Fault {
                byte,
                line,
                text: say!("« {words} » n’est pas un nombre entier", "“{words}” is not a whole number"),
            }),
        };
        let voter: Box<str> = cell(Some(self.voter)).into();
        let (count, weight) = (number(self.count)?, number(self.weight)?);
        if count != 1 && !voter.is_empty() {
            let text = say!(
                "« {voter} » ne peut pas avoir mis {count} bulletins : « count » est pour les bulletins sans votant",
                "“{voter}” cannot have cast {count} ballots: “count” is for ballots without a voter"
            );
            return Err(Fault { byte, line, text });
        }
        let mut spoilt = None;
        let marks = match (self.choice, form.kind) {
            (Some(choice), _) => words.choice(form.kind, cell(Some(choice)), &mut spoilt),
            (None, VoteKind::Petition) => vec![Mark { option: 0, value: 1 }],
            (None, _) => self
                .wide
                .iter()
                .filter_map(|(column, at)| words.wide(form.kind, cell(Some(*column)), *at))
                .collect(),
        };
        let marks = if form.kind.is_ranked() { from_first(marks) } else { marks };
        let cast = match cell(self.cast) {
            "" => None,
            words => {
                let moment = Moment::parse(words);
                if moment.is_none() {
                    let text = say!(
                        "« {words} » n’est ni un jour ni un instant (AAAA-MM-JJ, AAAA-MM-JJTHH:MM)",
                        "“{words}” is neither a day nor a moment (YYYY-MM-DD, YYYY-MM-DDTHH:MM)"
                    );
                    return Err(Fault { byte, line, text });
                }
                moment
            }
        };
        let channel = match cell(self.channel) {
            "" => None,
            name => Some(place(&mut read.channels, name)),
        };
        let group = form.groups.iter().position(|group| *group == cell(self.group)).map(|at| at as u16);
        if self.name.is_some() {
            read.names.push(cell(self.name).into());
        }
        read.ballots.push(Ballot { voter, count, weight, channel, cast, group, marks: marks.into(), spoilt });
        Ok(())
    }
}

/// Ranks as they follow each other, from 1: a ballot that says 2 and 5 prefers the same as one that says 1 and 2.
fn from_first(mut marks: Vec<Mark>) -> Vec<Mark> {
    let ranks: BTreeSet<u32> = marks.iter().map(|mark| mark.value).filter(|rank| *rank != NO_GRADE).collect();
    for mark in marks.iter_mut().filter(|mark| mark.value != NO_GRADE) {
        mark.value = ranks.range(..=mark.value).count() as u32;
    }
    marks
}

/// The place of a word in a list, to which it is added when it is new.
pub fn place(list: &mut Vec<Box<str>>, word: &str) -> u16 {
    let at = list.iter().position(|known| **known == *word).unwrap_or_else(|| {
        list.push(word.into());
        list.len() - 1
    });
    at as u16
}

/// What the words of ballots mean.
struct Vocabulary<'f> {
    options: BTreeMap<&'f str, u32>,
    folded: BTreeMap<Box<str>, u32>,
    grades: BTreeMap<&'f str, u32>,
}

impl<'f> Vocabulary<'f> {
    fn new(form: &Form<'f>) -> Self {
        let places = |list: &[&'f str]| list.iter().enumerate().map(|(at, id)| (*id, at as u32)).collect();
        let options: BTreeMap<&str, u32> = places(&form.options);
        let folded = options.iter().filter_map(|(id, at)| Some((Id::new(id)?.folded(), *at))).collect();
        Vocabulary { options, folded, grades: places(&form.grades) }
    }

    fn option(&self, word: &str) -> u32 {
        let word = word.trim();
        let folded = || self.folded.get(&Id::new(word)?.folded());
        self.options.get(word).or_else(folded).copied().unwrap_or(UNKNOWN)
    }

    /// The cell `choice`: `a|b`, `a=3|b=2`, or `a>b=c` where options are ranked.
    fn choice(&self, kind: VoteKind, words: &str, spoilt: &mut Option<Spoilt>) -> Vec<Mark> {
        if words.is_empty() {
            return Vec::new();
        }
        if kind.is_ranked() {
            let ranks = words.split('>').enumerate();
            let equals = |(rank, words): (usize, &str)| {
                let value = rank as u32 + 1;
                words
                    .split('=')
                    .map(move |word| Mark { option: self.option(word), value })
                    .collect::<Vec<_>>()
            };
            return ranks.flat_map(equals).collect();
        }
        if kind == VoteKind::RollCall && words == "absent" {
            return vec![Mark { option: ABSENT, value: 1 }];
        }
        words
            .split('|')
            .map(|word| match word.split_once('=') {
                Some((option, value)) if kind.has_points() || kind == VoteKind::MajorityJudgment => {
                    Mark { option: self.option(option), value: self.value(kind, value.trim()) }
                }
                // A ballot that grades must say which grade.
                None if kind == VoteKind::MajorityJudgment
                    || matches!(kind, VoteKind::Score | VoteKind::Cumulative) =>
                {
                    *spoilt = Some(Spoilt::Unreadable);
                    Mark { option: self.option(word), value: NO_GRADE }
                }
                Some(_) | None => Mark { option: self.option(word), value: 1 },
            })
            .collect()
    }

    /// A cell of an option's own column; nothing when the ballot says nothing of it.
    fn wide(&self, kind: VoteKind, words: &str, option: u32) -> Option<Mark> {
        match words {
            "" => None,
            "0" if !kind.has_points() && kind != VoteKind::MajorityJudgment => None,
            _ => Some(Mark { option, value: self.value(kind, words) }),
        }
    }

    fn value(&self, kind: VoteKind, words: &str) -> u32 {
        match kind {
            VoteKind::MajorityJudgment => self.grades.get(words).copied().unwrap_or(NO_GRADE),
            VoteKind::InstantRunoff | VoteKind::Schulze => {
                words.parse().ok().filter(|rank| *rank > 0).unwrap_or(NO_GRADE)
            }
            VoteKind::Score | VoteKind::Cumulative | VoteKind::Budget => words.parse().unwrap_or(NO_GRADE),
            VoteKind::Reactions
            | VoteKind::Poll
            | VoteKind::Approval
            | VoteKind::Petition
            | VoteKind::RollCall
            | VoteKind::Lots => match words {
                "1" | "x" | "X" => 1,
                _ => NO_GRADE,
            },
        }
    }
}
