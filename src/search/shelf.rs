//! Documents while they wait for their neighbours. A *shelf* is a stretch of consecutive documents: when it is full,
//! the words to show leave for the sink and only what ranking needs stays, packed.

use super::encode;
use super::{Document, FACETS};
use crate::error::Result;
use crate::sink::Sink;
use serde::Serialize;

/// Documents on a shelf.
pub(super) const SHELF: u32 = 128;

/// A file of texts is closed when it would exceed this, so that showing a result costs about as much whatever the
/// length of its neighbours. Twenty results cost at most twenty files; on a disk a file costs more than its bytes.
const FILE: usize = 7_000;

/// Texts in one folder of `texts/` come from this many documents.
const FOLDER: u32 = 8192;

/// Characters of a text that are kept to show an excerpt from. All of it is indexed.
const LONGEST_TEXT: usize = 4000;

/// One document, analysed.
pub(super) struct Entry {
    /// Its words, as [`pack`] makes them.
    pub(super) words: Vec<u8>,
    /// Words in its text.
    pub(super) length: u32,
    /// Values of its facets, numbered in order of arrival.
    pub(super) facets: [u32; FACETS],
    /// What is shown, as JSON.
    pub(super) shown: Vec<u8>,
}

/// A shelf that is filling.
#[derive(Default)]
pub(super) struct Filling {
    entries: Vec<Option<Entry>>,
    count: u32,
}

/// What stays of a shelf.
pub(super) struct Shelf {
    /// Words of its documents, one after the other.
    pub(super) words: Box<[u8]>,
    /// Per document.
    pub(super) documents: Vec<Slim>,
    /// First document of each file of texts, counted from the shelf's first.
    pub(super) files: Vec<u32>,
    /// Bytes written.
    pub(super) bytes: u64,
}

/// What stays of a document.
pub(super) struct Slim {
    /// Where its words end in [`Shelf::words`].
    pub(super) end: u32,
    /// Words in its text.
    pub(super) length: u32,
    /// Values of its facets.
    pub(super) facets: [u32; FACETS],
}

impl Filling {
    /// Takes one document; `false` when its place is taken already.
    pub(super) fn put(&mut self, place: u32, entry: Entry) -> bool {
        if self.entries.is_empty() {
            self.entries.resize_with(SHELF as usize, || None);
        }
        let slot = &mut self.entries[place as usize];
        let free = slot.is_none();
        *slot = Some(entry);
        self.count += u32::from(free);
        free
    }

    /// Whether every place is taken.
    pub(super) fn full(&self) -> bool {
        self.count == SHELF
    }

    /// How many documents stand without a gap from the first place on, and whether that is all of them.
    pub(super) fn dense(&self) -> (u32, bool) {
        let dense = self.entries.iter().take_while(|e| e.is_some()).count() as u32;
        (dense, dense == self.count)
    }

    /// Writes the texts, keeps the rest.
    pub(super) fn close(self, first: u32, folder: &str, sink: &dyn Sink) -> Result<Shelf> {
        let entries: Vec<Entry> = self.entries.into_iter().flatten().collect();
        let mut shelf = Shelf { words: Box::default(), documents: Vec::new(), files: Vec::new(), bytes: 0 };
        let mut from = 0;
        let mut size = 0;
        for (at, entry) in entries.iter().enumerate() {
            if at > from && size + entry.shown.len() > FILE {
                shelf.write(first, from, &entries[from..at], folder, sink)?;
                (from, size) = (at, 0);
            }
            size += entry.shown.len();
        }
        shelf.write(first, from, &entries[from..], folder, sink)?;
        let mut words = Vec::with_capacity(entries.iter().map(|e| e.words.len()).sum());
        for entry in entries {
            words.extend_from_slice(&entry.words);
            shelf.documents.push(Slim {
                end: words.len() as u32,
                length: entry.length,
                facets: entry.facets,
            });
        }
        shelf.words = words.into();
        Ok(shelf)
    }
}

impl Shelf {
    /// The words of each document, by number, one document after the other.
    pub(super) fn numbers(&self) -> impl Iterator<Item = u32> {
        let starts = std::iter::once(0).chain(self.documents.iter().map(|d| d.end));
        let ranges = starts.zip(&self.documents).map(|(start, d)| start as usize..d.end as usize);
        ranges.flat_map(|range| unpack(&self.words[range]).map(|count| count.number))
    }

    fn write(
        &mut self,
        first: u32,
        from: usize,
        entries: &[Entry],
        folder: &str,
        sink: &dyn Sink,
    ) -> Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        let name = text_file(first + from as u32);
        let mut bytes = format!("greffeSearch(\"{name}\",[\n").into_bytes();
        for (at, entry) in entries.iter().enumerate() {
            bytes.extend_from_slice(if at == 0 { b"" } else { b",\n" });
            encode::harmless(&entry.shown, &mut bytes);
        }
        bytes.extend_from_slice(b"]);\n");
        self.files.push(from as u32);
        self.bytes += super::put(sink, folder, &name, &bytes)?;
        Ok(())
    }
}

/// Name of the file of texts that begins with a document.
fn text_file(first: u32) -> String {
    format!("texts/{}/{first}", first / FOLDER)
}

/// What a result shows beside its facets: address, title, date, text.
pub(super) fn shown(document: &Document) -> Vec<u8> {
    #[derive(Serialize)]
    struct Shown<'a>(&'a str, &'a str, &'a str, &'a str);
    let end = document.text.char_indices().nth(LONGEST_TEXT).map_or(document.text.len(), |(at, _)| at);
    let date = document.date.as_deref().unwrap_or_default();
    let shown = Shown(&document.url, &document.title, date, &document.text[..end]);
    // Four strings cannot fail to be JSON.
    serde_json::to_vec(&shown).unwrap_or_default()
}

/// One word of one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    /// Number of the word.
    pub(super) number: u32,
    /// How often in the text, up to 15.
    pub(super) text: u8,
    /// How often in the title, up to 3.
    pub(super) title: u8,
}

/// Packs the words of a document, sorted by number: distance to the one before, then counts.
pub(super) fn pack(counts: &[Count]) -> Vec<u8> {
    let mut out = Vec::with_capacity(counts.len() * 3);
    let mut before = 0;
    for count in counts {
        let mut distance = count.number - before;
        before = count.number;
        while distance >= 0x80 {
            out.push(distance as u8 | 0x80);
            distance >>= 7;
        }
        out.push(distance as u8);
        out.push(count.text.min(15) << 2 | count.title.min(3));
    }
    out
}

/// Reads what [`pack`] wrote.
pub(super) fn unpack(bytes: &[u8]) -> impl Iterator<Item = Count> {
    let (mut at, mut number) = (0, 0);
    std::iter::from_fn(move || {
        let (mut distance, mut shift) = (0u32, 0);
        loop {
            let byte = *bytes.get(at)?;
            at += 1;
            distance |= u32::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                break;
            }
        }
        number += distance;
        let counts = *bytes.get(at)?;
        at += 1;
        Some(Count { number, text: counts >> 2, title: counts & 3 })
    })
}
