//! `grand-debat`: the open data of the French Grand débat national (2019), CSV or JSON: what people wrote, theme by theme,
//! the closed questionnaires, the meetings. Each reply is a contribution of kind `answer`; several files complete each
//! other. Order of the work: `record` makes one shape of both formats, `replies` and `meetings` make pieces of it,
//! `questions` decides, when everything is read, which questions offer a choice. Accounts and zip codes are not kept.

mod meetings;
mod questions;
mod record;
mod replies;
#[cfg(test)]
mod tests;

use super::platform::{Gathered, write};
use super::{Imported, Importer, Input, InputFile, Options};
use crate::say;
use questions::Questions;
use record::{Fields, Record};

/// The importer.
#[derive(Debug, Clone, Copy)]
pub struct GrandDebat;

impl Importer for GrandDebat {
    type Source = Input;
    type Options = Options;

    fn name(&self) -> &'static str {
        "grand-debat"
    }

    fn convert(&self, input: &Input, options: &Options) -> Imported {
        let mut export = Export { several: input.files.len() > 1, ..Export::default() };
        for file in &input.files {
            export.read(file);
        }
        export.finish();
        write(&export.gathered, options, self.name())
    }
}

/// What is being gathered.
#[derive(Debug, Default)]
struct Export {
    gathered: Gathered,
    questions: Questions,
    /// Several files were given: each is a heading.
    several: bool,
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// What people wrote, or their answers to a closed questionnaire.
    Replies,
    /// Meetings.
    Meetings,
    /// Accounts.
    Accounts,
    /// Something else.
    Other,
}

fn holds(fields: &Fields) -> Holds {
    let has = |name: &str| fields.names.contains(name);
    if !fields.questions.is_empty() || has("responses") {
        Holds::Replies
    } else if has("startAt") && has("title") {
        Holds::Meetings
    } else if has("avatarUrl") || has("deletedAccountAt") || has("email") || has("zipCode") {
        Holds::Accounts
    } else {
        Holds::Other
    }
}

impl Export {
    fn read(&mut self, file: &InputFile) {
        let bytes = file.contents.as_deref().unwrap_or_default();
        let first = bytes.iter().find(|b| !b.is_ascii_whitespace() && !matches!(b, 0xef | 0xbb | 0xbf));
        match first {
            Some(b'[' | b'{') => record::json(self, file),
            Some(_) | None => record::csv(self, file),
        }
    }

    /// Says what a file holds, once its first record or its columns are known; whether its records are read.
    fn opened(&mut self, path: &str, fields: &Fields) -> Option<Holds> {
        for name in &fields.names {
            if record::private(name) {
                self.gathered.dropped.insert(name.clone());
            } else if !record::known(name) {
                self.gathered.unknown.insert(name.clone());
            }
        }
        let holds = holds(fields);
        match holds {
            Holds::Replies | Holds::Meetings => {
                fields.questions.iter().for_each(|asked| self.questions.meet(asked));
                return Some(holds);
            }
            Holds::Accounts => self.gathered.skip(
                "file",
                &path.into(),
                say!("des comptes : jamais lus", "accounts: never read"),
            ),
            Holds::Other => self.gathered.skip(
                "file",
                &path.into(),
                say!("ni des réponses, ni des réunions", "neither replies nor meetings"),
            ),
        }
        None
    }

    fn record(&mut self, holds: Holds, path: &str, record: &Record) {
        match holds {
            Holds::Replies => replies::reply(self, path, record),
            Holds::Meetings => meetings::meeting(self, record),
            Holds::Accounts | Holds::Other => {}
        }
    }

    fn finish(&mut self) {
        let gathered = &mut self.gathered;
        gathered.platform = "Grand débat national";
        gathered.title = Some("Grand débat national".to_owned());
        gathered.organiser = Some("Gouvernement français".to_owned());
        gathered.url = Some("https://granddebat.fr/".to_owned());
        gathered.language = Some("fr".to_owned());
        gathered.categories.sort();
        self.questions.settle(gathered);
        gathered.remarks.insert(say!(
            "Les heures de l’export n’ont pas de fuseau : elles sont lues comme celles de Paris.",
            "Times of the export have no zone: they are read as those of Paris."
        ));
    }
}
