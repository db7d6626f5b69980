//! Turns documents-with-words into words-with-documents and writes `terms/`. Goes over the packed documents once per
//! *stretch* of the alphabet, at most sixteen times, so that memory holds one stretch per thread and not the whole.

use super::encode;
use super::shelf::{Count, Shelf, unpack};
use super::vocabulary::Ordered;
use crate::error::Result;
use crate::sink::Sink;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Range;

/// A shard is closed when its text exceeds this.
const SHARD: usize = 8_000;

/// Stretches, and postings in one when there are few. The cuts decide where shards begin: they must not depend on
/// the number of threads.
const STRETCHES: usize = 16;
const SMALLEST_STRETCH: usize = 65_536;

/// Weights are written in this many steps.
const LEVELS: u32 = 16;

/// BM25F: saturation, effect of length, weight of a word of the title against one of the text.
const K1: f32 = 1.2;
const B: f32 = 0.6;
const TITLE: f32 = 4.0;

/// A shard as the browser reads it.
#[derive(Serialize)]
struct Shard {
    /// Forms, in order, separated by spaces.
    f: String,
    /// For each form, documents: distance × 16 + weight.
    p: String,
    /// For each form, its classes, numbered within the shard.
    c: String,
    /// For each class that has forms elsewhere: its number, then those forms.
    x: Vec<(u32, String)>,
}

/// Where the shards begin, and what was written.
#[derive(Default)]
pub(super) struct Written {
    /// First form and its rank, which names the file.
    pub(super) shards: Vec<(Box<str>, u32)>,
    /// Bytes in all.
    pub(super) bytes: u64,
}

/// Writes every shard.
pub(super) fn write(words: &Ordered, shelves: &[Shelf], folder: &str, sink: &dyn Sink) -> Result<Written> {
    let stretches = stretches(&words.documents);
    let average = average_length(shelves);
    let parts: Vec<Written> = stretches
        .into_par_iter()
        .map(|stretch| {
            let postings = invert(words, shelves, stretch.clone(), average);
            write_stretch(words, stretch, &postings, folder, sink)
        })
        .collect::<Result<_>>()?;
    let mut all = Written::default();
    for part in parts {
        all.shards.extend(part.shards);
        all.bytes += part.bytes;
    }
    Ok(all)
}

fn stretches(documents: &[u32]) -> Vec<Range<usize>> {
    let total: usize = documents.iter().map(|n| *n as usize).sum();
    let target = (total / STRETCHES).max(SMALLEST_STRETCH);
    let (mut all, mut from, mut size) = (Vec::new(), 0, 0);
    for (rank, count) in documents.iter().enumerate() {
        size += *count as usize;
        if size >= target {
            all.push(from..rank + 1);
            (from, size) = (rank + 1, 0);
        }
    }
    if from < documents.len() {
        all.push(from..documents.len());
    }
    all
}

fn average_length(shelves: &[Shelf]) -> f32 {
    let lengths = || shelves.iter().flat_map(|s| &s.documents).map(|d| u64::from(d.length));
    (lengths().sum::<u64>() as f64 / lengths().count().max(1) as f64).max(1.0) as f32
}

/// Per form of the stretch, `document * LEVELS + weight`, in the order of documents.
fn invert(words: &Ordered, shelves: &[Shelf], stretch: Range<usize>, average: f32) -> Vec<Vec<u32>> {
    let mut lists: Vec<Vec<u32>> =
        stretch.clone().map(|rank| Vec::with_capacity(words.documents[rank] as usize)).collect();
    let mut document = 0;
    for shelf in shelves {
        let mut start = 0;
        for slim in &shelf.documents {
            let longer = 1.0 - B + B * slim.length as f32 / average;
            for count in unpack(&shelf.words[start..slim.end as usize]) {
                let rank = words.ranks[count.number as usize] as usize;
                if stretch.contains(&rank) {
                    push(&mut lists[rank - stretch.start], document, level(count, longer));
                }
            }
            start = slim.end as usize;
            document += 1;
        }
    }
    lists
}

/// Adds a posting. Two spellings of one form in one document keep the heavier.
fn push(list: &mut Vec<u32>, document: u32, level: u32) {
    match list.last_mut() {
        Some(last) if *last / LEVELS == document => *last = (*last).max(document * LEVELS + level),
        _ => list.push(document * LEVELS + level),
    }
}

fn level(count: Count, longer: f32) -> u32 {
    let weight = f32::from(count.text) / longer + TITLE * f32::from(count.title);
    let saturated = weight / (weight + K1);
    ((saturated * LEVELS as f32) as u32).min(LEVELS - 1)
}

fn write_stretch(
    words: &Ordered,
    stretch: Range<usize>,
    postings: &[Vec<u32>],
    folder: &str,
    sink: &dyn Sink,
) -> Result<Written> {
    let mut written = Written::default();
    let mut first = stretch.start;
    let mut lists: Vec<u8> = Vec::new();
    for rank in stretch.clone() {
        if rank > first {
            lists.push(b' ');
        }
        let mut before = 0;
        for posting in &postings[rank - stretch.start] {
            let document = posting / LEVELS;
            encode::number(&mut lists, posting - before * LEVELS);
            before = document;
        }
        if lists.len() + 8 * (rank - first) >= SHARD || rank + 1 == stretch.end {
            let shard = shard(words, first..rank + 1, encode::ascii(std::mem::take(&mut lists)));
            let name = format!("terms/{first}");
            written.bytes += super::put(sink, folder, &name, &encode::call(&name, &shard)?)?;
            written.shards.push((words.forms[first].clone(), first as u32));
            first = rank + 1;
        }
    }
    Ok(written)
}

fn shard(words: &Ordered, ranks: Range<usize>, postings: String) -> Shard {
    let mut local: BTreeMap<u32, u32> = BTreeMap::new();
    let mut elsewhere = Vec::new();
    let mut classes = Vec::with_capacity(ranks.len());
    for rank in ranks.clone() {
        let numbers = words.classes[rank].iter().map(|class| {
            let next = local.len() as u32;
            *local.entry(*class).or_insert_with(|| {
                let members =
                    words.members[*class as usize].iter().filter(|r| !ranks.contains(&(**r as usize)));
                let outside: Vec<&str> = members.map(|r| &*words.forms[*r as usize]).collect();
                if !outside.is_empty() {
                    elsewhere.push((next, outside.join(" ")));
                }
                next
            })
        });
        classes.push(encode::numbers(numbers.collect::<Vec<_>>()));
    }
    Shard { f: words.forms[ranks].join(" "), p: postings, c: classes.join(" "), x: elsewhere }
}
