//! `pabulib` and `preflib`: files of ballots in those two formats → a consultation with one vote a file. A file that cannot
//! be read whole is skipped, with the line at fault.

use super::content::Folder;
use super::report::{Fate, Received, Report, Row};
use super::{Imported, Importer, Input, Options, vote};
use crate::ballots::csv::Fault;
use crate::ballots::poll::Poll;
use crate::ballots::{pabulib, preflib};
use crate::lang::Bilingual;
use crate::model::id::{Id, slug};
use crate::say;
use std::collections::BTreeMap;

/// The importer of participatory budgets.
#[derive(Debug, Clone, Copy)]
pub struct Pabulib;

/// The importer of ranked ballots.
#[derive(Debug, Clone, Copy)]
pub struct Preflib;

impl Importer for Pabulib {
    type Source = Input;
    type Options = Options;

    fn name(&self) -> &'static str {
        "pabulib"
    }

    fn is_whole(&self) -> bool {
        false
    }

    fn convert(&self, input: &Input, options: &Options) -> Imported {
        convert(self.name(), ("Pabulib", "https://pabulib.org/"), pabulib::read, input, options)
    }
}

impl Importer for Preflib {
    type Source = Input;
    type Options = Options;

    fn name(&self) -> &'static str {
        "preflib"
    }

    fn is_whole(&self) -> bool {
        false
    }

    fn convert(&self, input: &Input, options: &Options) -> Imported {
        convert(self.name(), ("PrefLib", "https://preflib.github.io/"), preflib::read, input, options)
    }
}

fn convert(
    name: &'static str,
    origin: (&str, &str),
    read: fn(&str) -> Result<Poll, Vec<Fault>>,
    input: &Input,
    options: &Options,
) -> Imported {
    let mut report = Report::new(name);
    let mut polls: BTreeMap<Id, Poll> = BTreeMap::new();
    report.read("file", input.files.len());
    for file in &input.files {
        let row = |fate, reason: Option<Bilingual>, place: String, id: Option<&Id>| Row {
            kind: "file",
            file: file.path.clone(),
            row: place.into(),
            fate,
            reason,
            id: id.map(|id| id.as_str().into()),
        };
        let bytes = match &file.contents {
            Ok(bytes) => bytes,
            Err(words) => {
                let why = say!("illisible : {words}", "unreadable: {words}");
                report.settle(row(Fate::Skipped, Some(why), String::new(), None));
                continue;
            }
        };
        let (path, sha256) = (file.path.clone(), file.sha256.clone());
        report.received.push(Received { path, bytes: bytes.len() as u64, sha256 });
        let Ok(text) = std::str::from_utf8(bytes) else {
            let why = say!("ce n’est pas du texte UTF-8", "not UTF-8 text");
            report.settle(row(Fate::Skipped, Some(why), String::new(), None));
            continue;
        };
        match read(text) {
            Ok(poll) => {
                let id = free(&file.path, &polls);
                let reason = poll.notes.iter().cloned().reduce(|all, one| Bilingual {
                    fr: format!("{} ; {}", all.fr, one.fr),
                    en: format!("{}; {}", all.en, one.en),
                });
                let fate = if reason.is_some() { Fate::Changed } else { Fate::Kept };
                report.settle(row(fate, reason, String::new(), Some(&id)));
                report.read("option", poll.options.len());
                report.kept("option", poll.options.len());
                let ballots = poll.ballots.iter().fold(0u64, |sum, ballot| sum.saturating_add(ballot.count));
                report.read("ballot", ballots as usize);
                report.kept("ballot", ballots as usize);
                polls.insert(id, poll);
            }
            Err(faults) => {
                let line = faults.first().map_or(0, |fault| fault.line);
                let why = faults.first().map(|fault| fault.text.clone());
                report.settle(row(Fate::Skipped, why, line.to_string(), None));
            }
        }
    }
    let mut folder = Folder::new(&options.slug);
    for (id, poll) in &polls {
        vote::put(&mut folder, id, poll, options);
    }
    if !polls.is_empty() {
        vote::consultation(&mut folder, &polls, origin, options);
    }
    report.remarks.push(say!(
        "Chaque votant est devenu un pseudonyme, autre dans chaque fichier ; les bulletins sont dans l’ordre des pseudonymes.",
        "Every voter became a pseudonym, another in each file; ballots stand in the order of the pseudonyms."
    ));
    Imported { files: folder.files, report }
}

/// The id of a file's vote: its name, and a number where two have the same.
fn free(path: &str, taken: &BTreeMap<Id, Poll>) -> Id {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let own = slug(stem);
    let numbered = (2..).filter_map(|n| Id::new(&format!("{}-{n}", own.as_ref().map_or("vote", Id::as_str))));
    let mut names = own.clone().into_iter().chain(numbered);
    // Numbers do not end.
    #[allow(clippy::expect_used)]
    let id = names.find(|id| !taken.contains_key(id)).expect("a number that is free");
    id
}
