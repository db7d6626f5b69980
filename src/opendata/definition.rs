//! How a table is said: its words, its keys, its columns, each with the function that finds its value. A row is
//! a place in the site (an index, or a few), so that nothing is copied before it is written.

use super::cell::Cell;
use super::csv::Csv;
use super::table::{ColumnInfo, ForeignKey, Table};
use crate::derive::DerivedConsultation;
use crate::lang::Lang;
use crate::model::site::{Consultation, Site};

/// How many rows a preview shows.
const PREVIEW_ROWS: usize = 5;
/// How many characters of a cell a preview shows.
const PREVIEW_CHARS: usize = 120;

/// What every row and column may look at.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub site: &'a Site,
    pub consultation: &'a Consultation,
    pub derived: &'a DerivedConsultation,
    pub lang: &'a Lang,
}

/// French and English words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said {
    pub fr: &'static str,
    pub en: &'static str,
}

impl Said {
    /// French for French, English for every other language.
    pub(super) fn get(self, lang: &Lang) -> &'static str {
        if is_french(lang) { self.fr } else { self.en }
    }
}

pub(super) fn is_french(lang: &Lang) -> bool {
    lang.as_str().split('-').next() == Some("fr")
}

/// What a column holds.
#[derive(Debug, Clone)]
pub(super) struct Kind {
    r#type: &'static str,
    required: bool,
    unique: bool,
    choices: Vec<&'static str>,
    pattern: Option<&'static str>,
    minimum: Option<u64>,
    free: bool,
}

impl Kind {
    fn new(r#type: &'static str) -> Self {
        Kind {
            r#type,
            required: false,
            unique: false,
            choices: Vec::new(),
            pattern: None,
            minimum: None,
            free: false,
        }
    }

    /// Every row has it.
    pub(super) fn required(self) -> Self {
        Kind { required: true, ..self }
    }

    /// Every row has it, and no two the same.
    pub(super) fn unique(self) -> Self {
        Kind { required: true, unique: true, ..self }
    }
}

/// Free words, or Markdown.
pub(super) fn text() -> Kind {
    Kind { free: true, ..Kind::new("string") }
}

/// An id: it begins with a letter or a digit.
pub(super) fn id() -> Kind {
    Kind { pattern: Some("[A-Za-z0-9][A-Za-z0-9._-]*"), ..Kind::new("string") }
}

/// Several ids, joined by `|`.
pub(super) fn ids() -> Kind {
    Kind { pattern: Some("[A-Za-z0-9][A-Za-z0-9._|-]*"), ..Kind::new("string") }
}

/// Words that Greffe makes, which no spreadsheet runs: addresses, paths, languages.
pub(super) fn plain() -> Kind {
    Kind::new("string")
}

/// One of a closed list of words.
pub(super) fn choice(words: impl IntoIterator<Item = &'static str>) -> Kind {
    Kind { choices: words.into_iter().collect(), ..Kind::new("string") }
}

/// A whole number, from 0.
pub(super) fn integer() -> Kind {
    Kind { minimum: Some(0), ..Kind::new("integer") }
}

/// A number, from 0.
pub(super) fn number() -> Kind {
    Kind { minimum: Some(0), ..Kind::new("number") }
}

/// `true` or `false`.
pub(super) fn boolean() -> Kind {
    Kind::new("boolean")
}

/// A day.
pub(super) fn date() -> Kind {
    Kind::new("date")
}

/// A day, with as much of the time and of its zone as was written. Table Schema has no type for that.
pub(super) fn moment() -> Kind {
    let pattern = r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})?)?";
    Kind { pattern: Some(pattern), ..Kind::new("string") }
}

/// The words of a closed list of the field, for [`choice`].
macro_rules! words_of {
    ($list:ident) => {
        $crate::model::choices::$list::ALL.iter().map(|word| word.as_str())
    };
}
pub(super) use words_of;

/// Finds a cell of a row.
type Find<R> = for<'a> fn(Scope<'a>, R) -> Cell<'a>;
/// Names the rows one after the other.
pub(super) type Rows<R> = fn(Scope<'_>, &mut dyn FnMut(R));

/// A table whose rows are at places `R`.
pub(super) struct Definition<R> {
    name: &'static str,
    title: Said,
    description: Said,
    primary_key: Vec<&'static str>,
    foreign_keys: Vec<ForeignKey>,
    columns: Vec<Column<R>>,
    rows: Rows<R>,
}

struct Column<R> {
    name: &'static str,
    kind: Kind,
    description: Said,
    find: Find<R>,
}

impl<R: Copy + 'static> Definition<R> {
    /// A table without columns.
    pub(super) fn new(name: &'static str, title: Said, description: Said, rows: Rows<R>) -> Self {
        Definition {
            name,
            title,
            description,
            primary_key: Vec::new(),
            foreign_keys: Vec::new(),
            columns: Vec::new(),
            rows,
        }
    }

    /// Says which columns tell a row from all others.
    pub(super) fn key(self, columns: &[&'static str]) -> Self {
        Definition { primary_key: columns.to_vec(), ..self }
    }

    /// Says that a column names a row of a table by its `id`.
    pub(super) fn names(self, column: &'static str, table: &'static str) -> Self {
        self.refers(&[column], table, &["id"])
    }

    /// Says that columns together name a row of a table.
    pub(super) fn refers(
        mut self,
        columns: &[&'static str],
        table: &'static str,
        there: &[&'static str],
    ) -> Self {
        let key = ForeignKey { columns: columns.to_vec(), table, references: there.to_vec() };
        self.foreign_keys.push(key);
        self
    }

    /// Adds a column: its name, what it holds, what it means in French and in English, how it is found.
    pub(super) fn column(
        mut self,
        name: &'static str,
        kind: Kind,
        fr: &'static str,
        en: &'static str,
        find: Find<R>,
    ) -> Self {
        self.columns.push(Column { name, kind, description: Said { fr, en }, find });
        self
    }

    /// The same table, its kind of row forgotten.
    pub(super) fn done(self) -> Box<dyn AnyTable> {
        Box::new(self)
    }
}

/// A table, whatever its rows are.
pub(super) trait AnyTable: Sync {
    /// What it is, without rows.
    fn describe(&self, lang: &Lang) -> Table;

    /// The table with its rows; `None` when it has none.
    fn fill(&self, scope: Scope<'_>) -> Option<Table>;
}

impl<R: Copy + 'static> AnyTable for Definition<R> {
    fn describe(&self, lang: &Lang) -> Table {
        let column = |column: &Column<R>| ColumnInfo {
            name: column.name,
            r#type: column.kind.r#type,
            description: column.description.get(lang),
            required: column.kind.required,
            unique: column.kind.unique,
            choices: column.kind.choices.clone(),
            pattern: column.kind.pattern,
            minimum: column.kind.minimum,
            free: column.kind.free,
        };
        Table {
            name: self.name,
            title: self.title.get(lang),
            description: self.description.get(lang),
            primary_key: self.primary_key.clone(),
            foreign_keys: self.foreign_keys.clone(),
            columns: self.columns.iter().map(column).collect(),
            rows: 0,
            bytes: 0,
            sha256: String::new(),
            preview: Vec::new(),
            csv: Vec::new(),
        }
    }

    fn fill(&self, scope: Scope<'_>) -> Option<Table> {
        let mut csv = Csv::new();
        for column in &self.columns {
            csv.cell(column.name, false);
        }
        csv.end_row();
        let (mut rows, mut preview, mut words) = (0_u64, Vec::new(), String::new());
        (self.rows)(scope, &mut |row| {
            let mut shown = (preview.len() < PREVIEW_ROWS).then(Vec::new);
            for column in &self.columns {
                words.clear();
                (column.find)(scope, row).write(&mut words);
                csv.cell(&words, column.kind.free);
                if let Some(shown) = &mut shown {
                    shown.push(cut(&words));
                }
            }
            csv.end_row();
            rows += 1;
            preview.extend(shown);
        });
        if rows == 0 {
            return None;
        }
        let (csv, sha256) = csv.finish();
        Some(Table { rows, bytes: csv.len() as u64, sha256, preview, csv, ..self.describe(scope.lang) })
    }
}

fn cut(words: &str) -> String {
    match words.char_indices().nth(PREVIEW_CHARS) {
        None => words.to_owned(),
        Some((at, _)) => format!("{}…", words[..at].trim_end()),
    }
}
