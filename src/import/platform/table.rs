//! Tables (CSV) that platforms export, and what spreadsheets make of them when they are saved again: columns in any
//! order, commas, semicolons or tabs, any line ends, cells of several lines. A row that has not as many cells as there
//! are columns is told, not guessed, and the next ones are read: after a quotation mark that is never closed, too. What
//! a column means is the reader's to say.

use super::Place;
use super::decode::{Decoded, decode};
use crate::lang::Bilingual;
use crate::say;
use csv::StringRecord;
use std::collections::{BTreeMap, BTreeSet};

/// Most columns of a table.
const COLUMNS: usize = 5_000;
/// Longest cell, in bytes.
const CELL: usize = 4 << 20;
/// How often reading begins again after a row that ran over the ones below it.
const AGAIN: usize = 1_000;

/// How a table is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading {
    /// A column's name as the reader asks for it: `contributions_bodyText` → `body_text`. Two names that become one are
    /// one column, the first.
    pub key: fn(&str) -> String,
    /// Cells that begin with `'=`, `'+`, `'-` or `'@` had the quotation mark put there against spreadsheets: it goes.
    pub formulas: bool,
    /// Words stay exactly as they are, with control characters that no page can show.
    pub exact: bool,
}

impl Default for Reading {
    fn default() -> Self {
        Reading { key: plain, formulas: false, exact: false }
    }
}

/// A column's name, in lower case.
pub(crate) fn plain(name: &str) -> String {
    name.to_lowercase()
}

/// A table.
#[derive(Debug)]
pub(crate) struct Table<'b> {
    file: Box<str>,
    decoded: Decoded<'b>,
    separator: char,
    /// Where the rows begin, and how many lines stand before.
    start: (usize, usize),
    /// Names of the columns as they are written.
    names: Vec<Box<str>>,
    /// Their keys; each once.
    keys: BTreeMap<Box<str>, usize>,
    reading: Reading,
}

/// A row and its place.
#[derive(Debug)]
pub(crate) struct Row<'t> {
    /// The file, and the line on which it begins.
    pub place: Place,
    /// The record's number; that of the names is 1, as in a spreadsheet.
    pub number: usize,
    keys: &'t BTreeMap<Box<str>, usize>,
    cells: StringRecord,
    formulas: bool,
}

/// A row that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Untaken {
    /// The file, and the line on which it begins.
    pub place: Place,
    /// See [`Row::number`].
    pub number: usize,
    /// Why.
    pub reason: Bilingual,
}

impl<'b> Table<'b> {
    /// Reads the names of the columns. Fails when there are none.
    pub(crate) fn new(file: &str, bytes: &'b [u8], reading: Reading) -> Result<Self, Bilingual> {
        let decoded = decode(bytes);
        let decoded = if reading.exact { decoded } else { decoded.shown() };
        let text = &*decoded.words;
        let mut start = text.len() - text.trim_start_matches(['\r', '\n', ' ']).len();
        let mut told = None;
        // What Excel writes above a table so that it reads it again.
        if let Some(rest) = text[start..].strip_prefix("sep=") {
            told = rest.chars().next();
            start = start + 4 + rest.find('\n').map_or(rest.len(), |at| at + 1);
        }
        let separator = told.unwrap_or_else(|| separator(&text[start..]));
        let Some((heads, end)) = first(&text[start..], separator) else {
            return Err(say!("le fichier est vide", "the file is empty"));
        };
        let names: Vec<Box<str>> = heads.iter().map(|head| head.trim().into()).collect();
        if names.len() > COLUMNS {
            return Err(say!("plus de {COLUMNS} colonnes", "more than {COLUMNS} columns"));
        }
        let mut keys = BTreeMap::new();
        for (at, name) in names.iter().enumerate() {
            keys.entry((reading.key)(name).into_boxed_str()).or_insert(at);
        }
        // The reader stops between the two characters of a line end.
        let end = start + end + usize::from(text[start + end..].starts_with('\n'));
        let start = (end, lines(&text[..end]));
        Ok(Table { file: file.into(), separator, start, names, keys, reading, decoded })
    }

    /// Names of the columns as they are written, in order.
    pub(crate) fn names(&self) -> &[Box<str>] {
        &self.names
    }

    /// Whether there is a column of this key.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.keys.contains_key(key)
    }

    /// Columns whose key is none of these: what a reader does not know.
    pub(crate) fn others(&self, known: impl Fn(&str) -> bool) -> BTreeSet<Box<str>> {
        self.names.iter().filter(|name| !known(&(self.reading.key)(name))).cloned().collect()
    }

    /// What was done to read the bytes.
    pub(crate) fn told(&self) -> Vec<Bilingual> {
        self.decoded.told(&self.file)
    }

    /// The rows, in order.
    pub(crate) fn rows(&self) -> Rows<'_> {
        Rows {
            file: &self.file,
            separator: self.separator,
            columns: self.names.len(),
            keys: &self.keys,
            formulas: self.reading.formulas,
            text: &self.decoded.words,
            reader: reader(&self.decoded.words[self.start.0..], self.separator),
            base: self.start.0,
            counted: self.start,
            number: 1,
            again: 0,
        }
    }
}

/// Rows being read.
pub(crate) struct Rows<'t> {
    file: &'t str,
    separator: char,
    columns: usize,
    keys: &'t BTreeMap<Box<str>, usize>,
    formulas: bool,
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
    /// Where the reader began.
    base: usize,
    /// A byte of the text, and the lines that end before it.
    counted: (usize, usize),
    number: usize,
    again: usize,
}

impl<'t> Iterator for Rows<'t> {
    type Item = Result<Row<'t>, Untaken>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut cells = StringRecord::new();
        match self.reader.read_record(&mut cells) {
            Ok(true) => {}
            // The text is UTF-8 and the reader is flexible: there is nothing else that can go wrong.
            Ok(false) | Err(_) => return None,
        }
        self.number += 1;
        let from = self.base + cells.position().map_or(0, |p| p.byte() as usize);
        let to = self.base + self.reader.position().byte() as usize;
        let (from, to) = (from.min(self.text.len()), to.min(self.text.len()));
        // The line end before a row is its own only for who counts bytes.
        let from =
            from + (self.text[from..to].len() - self.text[from..to].trim_start_matches(['\r', '\n']).len());
        let line = self.line(from);
        let place = Place { file: self.file.into(), row: line.to_string().into() };
        let number = self.number;
        // Separators alone, as spreadsheets leave them below a table.
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return Some(Err(Untaken { place, number, reason: say!("ligne vide", "empty row") }));
        }
        // The last row may have as many cells as there are columns and yet hold all that came after a mark never closed.
        let raw = &self.text[from..to];
        let open = to == self.text.len() && !raw.matches('"').count().is_multiple_of(2);
        let swallowed = open && raw.trim_end().contains(['\r', '\n']);
        if !swallowed && cells.len() == self.columns && cells.iter().all(|cell| cell.len() <= CELL) {
            return Some(Ok(Row { place, number, keys: self.keys, cells, formulas: self.formulas }));
        }
        let reason = self.wrong(&cells, from, to);
        Some(Err(Untaken { place, number, reason }))
    }
}

impl Rows<'_> {
    /// The line on which a byte stands.
    fn line(&mut self, byte: usize) -> usize {
        let (known, before) = self.counted;
        let before =
            if byte >= known { before + lines(&self.text[known..byte]) } else { lines(&self.text[..byte]) };
        self.counted = (byte, before);
        before + 1
    }

    /// Why a row is not taken. One that holds several lines may have swallowed the rows below it: reading begins again
    /// on its second line.
    fn wrong(&mut self, cells: &StringRecord, from: usize, to: usize) -> Bilingual {
        let (count, columns) = (cells.len(), self.columns);
        if cells.iter().any(|cell| cell.len() > CELL) && count == columns {
            let most = CELL >> 20;
            return say!("une case de plus de {most} Mio", "a cell of more than {most} MiB");
        }
        let row = self.text[from..to].trim_end_matches(['\r', '\n']);
        let second = row.find(['\r', '\n']).map(|at| {
            let rest = &self.text[from + at..];
            from + at + if rest.starts_with("\r\n") { 2 } else { 1 }
        });
        match second {
            Some(second) if self.again < AGAIN && columns > 1 => {
                self.again += 1;
                self.base = second;
                self.reader = reader(&self.text[second..], self.separator);
                say!(
                    "{count} cases au lieu de {columns}, sur plusieurs lignes : un guillemet n’est sans doute pas fermé ; la lecture reprend à la ligne suivante",
                    "{count} cells instead of {columns}, on several lines: a quotation mark is probably not closed; reading begins again on the next line"
                )
            }
            Some(_) | None => {
                say!("{count} cases au lieu de {columns}", "{count} cells instead of {columns}")
            }
        }
    }
}

impl Row<'_> {
    /// The cell of a column, white space around it aside; empty when there is no such column.
    pub(crate) fn get(&self, key: &str) -> &str {
        self.keys.get(key).map_or("", |at| self.at(*at))
    }

    /// The cell of a column, when it holds something.
    pub(crate) fn find(&self, key: &str) -> Option<&str> {
        Some(self.get(key)).filter(|cell| !cell.is_empty())
    }

    /// The cell at a place among the columns.
    pub(crate) fn at(&self, at: usize) -> &str {
        let cell = self.cells.get(at).unwrap_or("").trim();
        match cell.strip_prefix('\'') {
            Some(rest) if self.formulas && rest.starts_with(['=', '+', '-', '@']) => rest,
            Some(_) | None => cell,
        }
    }

    /// The cells as they are.
    pub(crate) fn cells(&self) -> &StringRecord {
        &self.cells
    }
}

fn reader(text: &str, separator: char) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(u8::try_from(separator).unwrap_or(b','))
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes())
}

/// The first record, and where it ends.
fn first(text: &str, separator: char) -> Option<(StringRecord, usize)> {
    let mut reader = reader(text, separator);
    let mut heads = StringRecord::new();
    let found = reader.read_record(&mut heads).is_ok_and(|more| more);
    let end = (reader.position().byte() as usize).min(text.len());
    (found && heads.iter().any(|head| !head.trim().is_empty())).then_some((heads, end))
}

/// What stands between the names of the columns: the one of three that is most often outside quotation marks.
pub(crate) fn separator(text: &str) -> char {
    let (mut commas, mut semicolons, mut tabs, mut quoted) = (0, 0, 0, false);
    for c in text.trim_start_matches(['\r', '\n']).chars().take(64 << 10) {
        match c {
            '"' => quoted = !quoted,
            '\r' | '\n' if !quoted => break,
            ',' if !quoted => commas += 1,
            ';' if !quoted => semicolons += 1,
            '\t' if !quoted => tabs += 1,
            _ => {}
        }
    }
    if semicolons > commas && semicolons >= tabs {
        ';'
    } else if tabs > commas {
        '\t'
    } else {
        ','
    }
}

/// Line ends in words: `\n`, `\r\n` or `\r`.
fn lines(text: &str) -> usize {
    let bytes = text.as_bytes();
    let end = |(at, b): (usize, &u8)| *b == b'\n' || (*b == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
    bytes.iter().enumerate().filter(|one| end(*one)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each row as its line and cells, or its line and `!`.
    fn rows(bytes: &[u8]) -> Vec<String> {
        let table = Table::new("x.csv", bytes, Reading { formulas: true, ..Reading::default() }).unwrap();
        let shown = |row: Result<Row<'_>, Untaken>| match row {
            Ok(row) => format!(
                "{} {}",
                row.place.row,
                (0..row.cells().len()).map(|at| row.at(at)).collect::<Vec<_>>().join("|")
            ),
            Err(untaken) => format!("{} !", untaken.place.row),
        };
        table.rows().map(shown).collect()
    }

    #[test]
    fn a_table_is_read_whatever_wrote_it() {
        for text in [
            "ID,Title\n1,\"Oui, non\"\n2,Bon\n",
            "\u{feff}ID;Title\r\n1;\"Oui, non\"\r\n2;Bon",
            "\r\nsep=;\r\nID;Title\r\n1;Oui, non\r\n\r\n;;\r\n2;Bon\r\n",
            "ID\tTitle\r1\tOui, non\r2\tBon\r",
        ] {
            let table = Table::new("x.csv", text.as_bytes(), Reading::default()).unwrap();
            let found: Vec<_> = table
                .rows()
                .filter_map(Result::ok)
                .map(|r| format!("{}:{}", r.get("id"), r.get("title")))
                .collect();
            assert_eq!(found, ["1:Oui, non", "2:Bon"], "{text:?}");
        }
        assert!(Table::new("x.csv", b"\n\n", Reading::default()).is_err());
        let table = Table::new("x.csv", b"a,b,a\n1,2,3", Reading::default()).unwrap();
        assert_eq!(table.rows().next().unwrap().unwrap().get("a"), "1");
        assert_eq!(table.others(|key| key == "a").into_iter().collect::<Vec<_>>(), ["b".into()]);
    }

    #[test]
    fn a_place_is_a_line_of_the_file() {
        let text = b"id,words\r\n1,\"a\r\nb\"\n\n2,c\r3,\"d\re\"\r\n4,f\n";
        assert_eq!(rows(text), ["2 1|a\r\nb", "5 2|c", "6 3|d\re", "8 4|f"]);
    }

    #[test]
    fn a_row_that_is_broken_does_not_take_the_next_ones_with_it() {
        assert_eq!(rows(b"a,b\n1\n2,x\n3,y,z\n4,w\n"), ["2 !", "3 2|x", "4 !", "5 4|w"]);
        // A quotation mark that is never closed.
        assert_eq!(
            rows(b"a,b\n1,\"x\n2,y\n3,z\n"),
            ["2 !", "3 2|y", "4 3|z"].map(str::to_owned)[..].to_vec()
        );
        assert_eq!(rows(b"a,b,c\n\"1,x,x\n2,\"y\",y\n3,z,z\n"), ["2 !", "3 2|y|y", "4 3|z|z"]);
    }

    #[test]
    fn a_mark_against_spreadsheets_goes() {
        assert_eq!(rows(b"a,b\n'=1+1,'oui'\n'@x,'-\n"), ["2 =1+1|'oui'", "3 @x|-"]);
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..Default::default() })]

        #[test]
        fn any_bytes_are_read_to_their_end(
            bytes in proptest::collection::vec(proptest::prelude::prop_oneof![
                proptest::prelude::Just(b'"'), proptest::prelude::Just(b','), proptest::prelude::Just(b'\n'),
                proptest::prelude::Just(b'\r'), proptest::prelude::Just(b'a'), proptest::prelude::any::<u8>(),
            ], 0..200),
        ) {
            if let Ok(table) = Table::new("x.csv", &bytes, Reading::default()) {
                let mut before = 0;
                for row in table.rows() {
                    let place = row.map_or_else(|untaken| untaken.place, |row| row.place);
                    let line: usize = place.row.parse().unwrap();
                    // Each row begins below the one before; one that is empty may be what follows a mark.
                    assert!(line >= before);
                    before = line;
                }
            }
        }
    }
}
