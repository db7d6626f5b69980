//! `cap-collectif-csv`: the tables that Cap Collectif's administrators download, of either generation (2017: camel case,
//! base 64 ids; since 2023: `export_…`, bare ids), whole, `_simplified` or `_grouped`. One wide table holds every kind
//! of row: what a row is says its first column, or, where there is none (debates, questionnaires), its other columns.
//! Several files of one consultation complete each other. Order of the work: `columns` and `kind` understand a table,
//! `opinions`, `proposals`, `debate` and `replies` make pieces of its rows, `ballots` counts those that are votes.

mod ballots;
mod cells;
mod columns;
mod debate;
mod kind;
mod opinions;
mod proposals;
mod replies;
#[cfg(test)]
mod tests;

use super::platform::table::{Reading, Table};
use super::platform::{Gathered, personal, write};
use super::{Imported, Importer, Input, InputFile, Options};
use crate::say;
use ballots::Ballots;
use cells::Cells;
use kind::Kind;
use std::collections::BTreeSet;

/// The importer.
#[derive(Debug, Clone, Copy)]
pub struct CapCollectifCsv;

impl Importer for CapCollectifCsv {
    type Source = Input;
    type Options = Options;

    fn name(&self) -> &'static str {
        "cap-collectif-csv"
    }

    fn convert(&self, input: &Input, options: &Options) -> Imported {
        let mut export = Export::default();
        export.gathered.platform = "Cap Collectif";
        export.gathered.language = Some("fr".to_owned());
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
    ballots: Ballots,
    /// Sections and categories met.
    categories: BTreeSet<Box<str>>,
    /// Keys of the arguments of debates, which have none of their own.
    made: BTreeSet<Box<str>>,
}

impl Export {
    fn read(&mut self, file: &InputFile) {
        let reading = Reading { key: columns::key, formulas: true, exact: false };
        let Some(table) = self.gathered.table(file, reading) else { return };
        if !columns::understood(&table) {
            let reason = say!(
                "pas un export de Cap Collectif : aucune de ses colonnes",
                "no export of Cap Collectif: none of its columns"
            );
            return self.gathered.skip("file", &file.path.as_ref().into(), reason);
        }
        let asked = self.columns(&table);
        let mut context = None;
        for row in table.rows() {
            let row = match row {
                Ok(row) => row,
                Err(untaken) => {
                    self.gathered.skip("row", &untaken.place, untaken.reason);
                    continue;
                }
            };
            let cells = Cells { table: &table, row: &row, asked: &asked };
            self.names(&cells);
            match kind::kind(&cells) {
                Kind::Opinion => context = opinions::opinion(self, &cells),
                Kind::Context => opinions::context(self, &cells, context),
                Kind::Version => opinions::version(self, &cells),
                Kind::Argument => opinions::argument(self, &cells),
                Kind::Source => opinions::source(self, &cells),
                Kind::Debated => debate::argument(self, &cells),
                Kind::Proposal => proposals::proposal(self, &cells),
                Kind::Comment => proposals::comment(self, &cells),
                Kind::Vote => ballots::vote(self, &cells),
                Kind::Reply => replies::reply(self, &cells),
                Kind::News => self.gathered.skip(
                    "news",
                    cells.place(),
                    say!(
                        "actualité : l’export en donne le titre, pas le texte",
                        "news: the export gives its title, not its words"
                    ),
                ),
                Kind::OnNews => self.gathered.skip(
                    "comment",
                    cells.place(),
                    say!(
                        "commente une actualité, qui n’est pas reprise",
                        "comments on news, which are not kept"
                    ),
                ),
                Kind::Reporting => self.gathered.skip(
                    "reporting",
                    cells.place(),
                    say!("signalement : jamais repris", "a report of abuse: never kept"),
                ),
                Kind::Unknown => {
                    let word = cells.get("type");
                    let reason =
                        say!("sorte de ligne inconnue : « {word} »", "unknown kind of row: “{word}”");
                    self.gathered.skip("row", cells.place(), reason);
                }
            }
        }
        self.gathered.took(&file.path);
    }

    /// Notes what is not kept of a table's columns; gives those that are questions, and their titles.
    fn columns(&mut self, table: &Table<'_>) -> Vec<(usize, Box<str>)> {
        let mut asked = Vec::new();
        for (at, name) in table.names().iter().enumerate() {
            let key = columns::key(name);
            if columns::technical(name) {
                if personal::field(&key) || columns::private(&key) {
                    self.gathered.dropped.insert(name.clone());
                } else if !columns::known(&key) {
                    self.gathered.unknown.insert(name.clone());
                }
            } else if personal::question(name) {
                self.gathered.dropped.insert(name.clone());
            } else if !name.is_empty() {
                asked.push((at, name.clone()));
            }
        }
        asked
    }

    /// Notes who is named in a row: to be looked for in the texts, and written nowhere.
    fn names(&mut self, cells: &Cells<'_>) {
        for column in cells.table.names().iter().map(|name| columns::key(name)) {
            if column.ends_with("username")
                && let Some(name) = cells.find(&column)
                && !self.gathered.names.contains(name)
            {
                self.gathered.names.insert(name.into());
            }
        }
        let (first, last) = (cells.get("participant_firstname"), cells.get("participant_lastname"));
        if !first.is_empty() && !last.is_empty() {
            self.gathered.names.insert(format!("{first} {last}").into());
        }
    }

    /// Files a heading and gives its key.
    fn category(&mut self, title: &str) -> Option<Box<str>> {
        let key: Box<str> = title.trim().into();
        if key.is_empty() {
            return None;
        }
        if self.categories.insert(key.clone()) {
            self.gathered.categories.push((key.clone(), title.to_owned()));
        }
        Some(key)
    }

    /// Counts the votes, and says what the export lacks.
    fn finish(&mut self) {
        self.ballots.settle(&mut self.gathered);
        self.gathered.categories.sort();
        if let Some((url, title)) =
            self.gathered.pieces.iter().find_map(|p| columns::project(p.url.as_deref()?))
        {
            self.gathered.url.get_or_insert(url);
            self.gathered.title.get_or_insert(title);
        }
        self.gathered.reasons.push((
            "moderation-guideline-violation".into(),
            "Contraire à la charte de modération de la plateforme".to_owned(),
        ));
        self.gathered.remarks.insert(say!(
            "Les heures de l’export n’ont pas de fuseau : elles sont lues comme celles de Paris.",
            "Times of the export have no zone: they are read as those of Paris."
        ));
    }
}
