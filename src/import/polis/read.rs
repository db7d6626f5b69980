//! The files of an export → statements and votes. Times are milliseconds since 1970; the day kept is that of UTC. A vote is
//! 1 (agree), 0 (pass) or -1 (disagree): the signs with which the published counts agree.

use super::{FILES, skipped};
use crate::import::report::{Fate, Received, Report, Row};
use crate::import::{Input, InputFile};
use crate::model::id::Id;
use crate::model::when::Date;
use crate::say;
use csv::{ReaderBuilder, StringRecord};
use std::collections::BTreeMap;

/// What an export holds.
#[derive(Debug, Default)]
pub(super) struct Export {
    /// `summary.csv`, by key.
    pub(super) summary: BTreeMap<Box<str>, Box<str>>,
    /// In the order of their numbers.
    pub(super) statements: Vec<Statement>,
    /// By statement; in order of time.
    pub(super) votes: BTreeMap<Box<str>, Vec<Vote>>,
}

/// A statement.
#[derive(Debug)]
pub(super) struct Statement {
    pub(super) number: Box<str>,
    pub(super) author: Box<str>,
    pub(super) date: Option<Date>,
    /// The second, in ISO 8601: statements of one day stay in their order.
    pub(super) written: Option<String>,
    pub(super) agrees: u64,
    pub(super) disagrees: u64,
    pub(super) moderated: Moderated,
    pub(super) words: Box<str>,
}

/// What moderation made of a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moderated {
    Shown,
    Undecided,
    Hidden,
}

/// A vote on a statement.
#[derive(Debug)]
pub(super) struct Vote {
    pub(super) voter: Box<str>,
    pub(super) rating: Rating,
    pub(super) date: Option<Date>,
    millis: i64,
}

/// What a vote says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rating {
    Agree,
    Pass,
    Disagree,
}

/// Reads what can be read; the rest is skipped in the report.
pub(super) fn read(input: &Input, report: &mut Report) -> Export {
    let mut export = Export::default();
    report.read("file", input.files.len());
    let mut texts = BTreeMap::new();
    for file in &input.files {
        let bytes = match &file.contents {
            Ok(bytes) => bytes,
            Err(words) => {
                let why = say!("illisible : {words}", "unreadable: {words}");
                report.settle(skipped("file", &file.path, String::new(), why));
                continue;
            }
        };
        let (path, sha256) = (file.path.clone(), file.sha256.clone());
        report.received.push(Received { path, bytes: bytes.len() as u64, sha256 });
        if let Some(text) = text(file, bytes, report) {
            texts.insert(&*file.path, text);
        }
    }
    let mut row = StringRecord::new();
    if let Some(text) = texts.get("summary.csv") {
        let mut rows = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        while rows.read_record(&mut row).is_ok_and(|more| more) {
            let cell = |at: usize| row.get(at).unwrap_or("").trim();
            export.summary.insert(cell(0).into(), cell(1).into());
        }
    }
    if let Some(text) = texts.get("comments.csv") {
        statements(text, &mut export, report);
    }
    if let Some(text) = texts.get("votes.csv") {
        votes(text, &mut export, report);
    }
    for name in FILES.iter().filter(|name| !texts.contains_key(**name)) {
        report.missing_files.push((*name).into());
    }
    export
}

/// The text of a file that is one of those read.
fn text<'b>(file: &InputFile, bytes: &'b [u8], report: &mut Report) -> Option<&'b str> {
    if !FILES.contains(&&*file.path) {
        let why =
            say!("calculé à partir des autres fichiers : pas lu", "computed from the other files: not read");
        report.settle(skipped("file", &file.path, String::new(), why));
        return None;
    }
    let text = std::str::from_utf8(bytes).ok();
    match text {
        Some(_) => report.settle(Row {
            kind: "file",
            file: file.path.clone(),
            row: "".into(),
            fate: Fate::Kept,
            reason: None,
            id: None,
        }),
        None => {
            let why = say!("ce n’est pas du texte UTF-8", "not UTF-8 text");
            report.settle(skipped("file", &file.path, String::new(), why));
        }
    }
    text.map(|text| text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Cells by the name of their column.
struct Heads(BTreeMap<Box<str>, usize>);

impl Heads {
    fn new(heads: &StringRecord) -> Self {
        Heads(heads.iter().enumerate().map(|(at, head)| (head.trim().into(), at)).collect())
    }

    fn cell<'r>(&self, row: &'r StringRecord, name: &str) -> &'r str {
        self.0.get(name).and_then(|at| row.get(*at)).unwrap_or("")
    }
}

fn line(row: &StringRecord) -> String {
    row.position().map_or_else(String::new, |place| place.line().to_string())
}

fn statements(text: &str, export: &mut Export, report: &mut Report) {
    let mut rows = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let heads = Heads::new(&rows.headers().cloned().unwrap_or_default());
    let mut row = StringRecord::new();
    let mut known = std::collections::BTreeSet::new();
    while rows.read_record(&mut row).is_ok_and(|more| more) {
        let cell = |name: &str| heads.cell(&row, name).trim();
        let number: Box<str> = cell("comment-id").into();
        let moderated = match cell("moderated") {
            "1" => Some(Moderated::Shown),
            "0" => Some(Moderated::Undecided),
            "-1" => Some(Moderated::Hidden),
            _ => None,
        };
        let counts = (cell("agrees").parse(), cell("disagrees").parse());
        let fine = Id::new(&format!("s{number}")).is_some() && known.insert(number.clone());
        match (moderated, counts) {
            (Some(moderated), (Ok(agrees), Ok(disagrees))) if fine => export.statements.push(Statement {
                number,
                author: cell("author-id").into(),
                date: millis(cell("timestamp")).and_then(day),
                written: millis(cell("timestamp")).and_then(second),
                agrees,
                disagrees,
                moderated,
                words: heads.cell(&row, "comment-body").into(),
            }),
            _ => {
                let why = say!(
                    "numéro pris deux fois, décompte ou modération illisible",
                    "a number taken twice, or counts or moderation that cannot be read"
                );
                report.read("statement", 1);
                report.settle(skipped("statement", "comments.csv", line(&row), why));
            }
        }
    }
    export.statements.sort_by_cached_key(|s| crate::text::natural_key(&s.number));
}

fn votes(text: &str, export: &mut Export, report: &mut Report) {
    let known: std::collections::BTreeSet<&str> = export.statements.iter().map(|s| &*s.number).collect();
    let mut rows = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let heads = Heads::new(&rows.headers().cloned().unwrap_or_default());
    let mut row = StringRecord::new();
    while rows.read_record(&mut row).is_ok_and(|more| more) {
        report.read("vote", 1);
        let cell = |name: &str| heads.cell(&row, name).trim();
        let rating = match cell("vote") {
            "1" => Some(Rating::Agree),
            "0" => Some(Rating::Pass),
            "-1" => Some(Rating::Disagree),
            _ => None,
        };
        let (number, voter) = (cell("comment-id"), cell("voter-id"));
        let (Some(rating), Some(millis), true) = (rating, millis(cell("timestamp")), known.contains(number))
        else {
            let why = say!(
                "vote sans énoncé, sans date ou sans valeur connue",
                "a vote without a statement, a date or a known value"
            );
            report.settle(skipped("vote", "votes.csv", line(&row), why));
            continue;
        };
        report.kept("vote", 1);
        let vote = Vote { voter: voter.into(), rating, date: day(millis), millis };
        export.votes.entry(number.into()).or_default().push(vote);
    }
    // The last vote of each counts; rows of the same moment stay as they stand.
    export.votes.values_mut().for_each(|rows| rows.sort_by_key(|vote| vote.millis));
}

fn millis(words: &str) -> Option<i64> {
    words.parse().ok()
}

fn day(millis: i64) -> Option<Date> {
    let at = jiff::Timestamp::from_millisecond(millis).ok()?;
    Some(Date(at.to_zoned(jiff::tz::TimeZone::UTC).date()))
}

fn second(millis: i64) -> Option<String> {
    jiff::Timestamp::from_second(millis.div_euclid(1000)).ok().map(|at| at.to_string())
}
