//! What results are filtered by. Values are numbered in order of arrival, then in the order a reader expects
//! (`Article 2` before `Article 10`); `facets/` says which values each document has, and which file shows it.

use super::shelf::{SHELF, Shelf};
use super::{Document, FACETS, encode};
use crate::error::Result;
use crate::sink::Sink;
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// Shelves in one file.
const SHELVES: usize = 32;

/// Documents in one file of facets; the browser divides by it.
pub(super) const DOCUMENTS: u32 = SHELVES as u32 * SHELF;

/// The values met so far, facet by facet. "Has none" is the empty text.
#[derive(Default)]
pub(super) struct Values {
    numbers: [Mutex<BTreeMap<Box<str>, u32>>; FACETS],
}

/// The values in their final order.
pub(super) struct Sorted {
    /// Per facet, the values; the first is the empty text.
    pub(super) values: Vec<Vec<Box<str>>>,
    /// Per facet, the final place of each number given on the way.
    places: Vec<Vec<u32>>,
}

impl Values {
    /// The numbers of a document's values.
    pub(super) fn number(&self, document: &Document) -> [u32; FACETS] {
        let values = [
            document.kind,
            &document.consultation,
            document.article.as_deref().unwrap_or_default(),
            document.position.unwrap_or_default(),
            document.status.as_deref().unwrap_or_default(),
        ];
        std::array::from_fn(|facet| {
            let mut numbers = self.numbers[facet].lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            let next = numbers.len() as u32;
            match numbers.get(values[facet]) {
                Some(number) => *number,
                None => *numbers.entry(values[facet].into()).or_insert(next),
            }
        })
    }

    /// Puts the values in order.
    pub(super) fn sort(self) -> Sorted {
        let mut sorted = Sorted { values: Vec::new(), places: Vec::new() };
        for numbers in self.numbers {
            let mut numbers = numbers.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
            let next = numbers.len() as u32;
            numbers.entry("".into()).or_insert(next);
            let mut values: Vec<(Box<str>, u32)> = numbers.into_iter().collect();
            values.sort_by(|a, b| natural(&a.0, &b.0));
            let mut places = vec![0; values.len()];
            for (place, (_, number)) in values.iter().enumerate() {
                places[*number as usize] = place as u32;
            }
            sorted.places.push(places);
            sorted.values.push(values.into_iter().map(|(value, _)| value).collect());
        }
        sorted
    }
}

impl Sorted {
    fn place(&self, numbers: [u32; FACETS]) -> [u32; FACETS] {
        std::array::from_fn(|facet| self.places[facet][numbers[facet] as usize])
    }
}

/// Text with its numbers compared as numbers.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut x, mut y) = (a, b);
    while let (Some(p), Some(q)) = (x.chars().next(), y.chars().next()) {
        let (m, n) = (digits(x), digits(y));
        let order = if m > 0 && n > 0 {
            let (i, j) = (x[..m].trim_start_matches('0'), y[..n].trim_start_matches('0'));
            (x, y) = (&x[m..], &y[n..]);
            i.len().cmp(&j.len()).then_with(|| i.cmp(j))
        } else {
            (x, y) = (&x[p.len_utf8()..], &y[q.len_utf8()..]);
            p.cmp(&q)
        };
        if order.is_ne() {
            return order;
        }
    }
    x.len().cmp(&y.len()).then_with(|| a.cmp(b))
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The facets of one stretch of documents as the browser reads them.
#[derive(Serialize)]
struct File {
    /// The sets of values met: kind, consultation, article, position, status.
    c: Vec<[u32; FACETS]>,
    /// For each document, its set.
    d: String,
    /// Distances between the first documents of the files of texts.
    s: String,
}

/// Writes `facets/`; gives files and bytes.
pub(super) fn write(sorted: &Sorted, shelves: &[Shelf], folder: &str, sink: &dyn Sink) -> Result<(u32, u64)> {
    let mut bytes = 0;
    for (number, some) in shelves.chunks(SHELVES).enumerate() {
        let mut sets: BTreeMap<[u32; FACETS], u32> = BTreeMap::new();
        let mut met = Vec::new();
        let of_documents = encode::numbers(some.iter().flat_map(|s| &s.documents).map(|slim| {
            let set = sorted.place(slim.facets);
            *sets.entry(set).or_insert_with(|| {
                met.push(set);
                met.len() as u32 - 1
            })
        }));
        let starts =
            some.iter().enumerate().flat_map(|(i, s)| s.files.iter().map(move |f| i as u32 * SHELF + f));
        let mut before = 0;
        let distances = starts.map(|start| start - std::mem::replace(&mut before, start));
        let file = File { s: encode::numbers(distances), d: of_documents, c: met };
        let name = format!("facets/{number}");
        bytes += super::put(sink, folder, &name, &encode::call(&name, &file)?)?;
    }
    Ok((shelves.len().div_ceil(SHELVES) as u32, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_stand_in_the_order_of_their_numbers() {
        let mut values = ["Article 10", "Article 2 bis", "Article 2", "", "Titre I", "Article 02"];
        values.sort_by(|a, b| natural(a, b));
        assert_eq!(values, ["", "Article 02", "Article 2", "Article 2 bis", "Article 10", "Titre I"]);
    }
}
