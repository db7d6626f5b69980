//! What readers do while they gather: receive files, skip records, note what they are.

use super::table::{Reading, Table};
use super::{Gathered, Place};
use crate::import::InputFile;
use crate::import::report::{Fate, Received, Row};
use crate::lang::Bilingual;
use crate::say;

impl Gathered {
    /// Notes a file as received, and gives its bytes; one that cannot be read or is empty is skipped.
    pub(crate) fn receive<'i>(&mut self, file: &'i InputFile) -> Option<&'i [u8]> {
        let bytes = file.contents.as_ref().map_or(0, |bytes| bytes.len() as u64);
        let (path, sha256) = (file.path.clone(), file.sha256.clone());
        self.received.push(Received { path, bytes, sha256 });
        match &file.contents {
            Ok(bytes) if bytes.is_empty() => {
                self.skip("file", &file.path.as_ref().into(), say!("fichier vide", "empty file"));
                None
            }
            Ok(bytes) => Some(bytes),
            Err(words) => {
                let reason = say!("illisible : {words}", "cannot be read: {words}");
                self.skip("file", &file.path.as_ref().into(), reason);
                None
            }
        }
    }

    /// The table that a file holds; a file without names of columns is skipped. What was done to read it is told.
    pub(crate) fn table<'i>(&mut self, file: &'i InputFile, reading: Reading) -> Option<Table<'i>> {
        let bytes = self.receive(file)?;
        match Table::new(&file.path, bytes, reading) {
            Ok(table) => {
                self.remarks.extend(table.told());
                Some(table)
            }
            Err(reason) => {
                self.skip("file", &file.path.as_ref().into(), reason);
                None
            }
        }
    }

    /// Says that a whole file was read.
    pub(crate) fn took(&mut self, path: &str) {
        self.settle("file", &path.into(), Fate::Kept, None);
    }

    /// Says that a record is not in the content.
    pub(crate) fn skip(&mut self, kind: &'static str, place: &Place, reason: Bilingual) {
        self.settle(kind, place, Fate::Skipped, Some(reason));
    }

    /// Says what became of a record that becomes no piece.
    pub(crate) fn settle(
        &mut self,
        kind: &'static str,
        place: &Place,
        fate: Fate,
        reason: Option<Bilingual>,
    ) {
        let (file, row) = (place.file.clone(), place.row.clone());
        self.settled.push(Row { kind, file, row, fate, reason, id: None });
    }

    /// Counts a record that is in the content, or in its totals, without a row of its own.
    pub(crate) fn keep(&mut self, kind: &'static str, n: usize) {
        *self.kept.entry(kind).or_default() += n;
    }
}

/// A whole file.
impl From<&str> for Place {
    fn from(file: &str) -> Self {
        Place { file: file.into(), row: "".into() }
    }
}

impl Place {
    /// `file.csv, line 12`; `file.json, [11]`.
    pub(super) fn said(&self) -> String {
        let (file, row) = (&self.file, &self.row);
        if row.is_empty() {
            file.to_string()
        } else if row.bytes().all(|b| b.is_ascii_digit()) {
            format!("{file}, line {row}")
        } else {
            format!("{file}, {row}")
        }
    }
}
