//! Search that works from a disk: views hand over [`Document`]s, a [`Builder`] (one per language) writes an index
//! made of classic scripts into the sink. The reader's side is `themes/default/static/search.js`.
//!
//! The index is cut so that a search loads a few small files whatever the size of the archive:
//!
//! | file | holds | loaded |
//! |---|---|---|
//! | `meta.js` | counts, facet values, elisions and stop words, where every shard begins | once |
//! | `terms/<rank>.js` | the words of one stretch of the alphabet, their classes, their postings | per word typed |
//! | `facets/<n>.js` | kind, consultation, article, position, status of 4 096 documents | when one of them matches |
//! | `texts/<folder>/<number>.js` | titles, addresses, words of about 7 kB of neighbouring documents | when shown |
//! | `words.js` | the commonest words | when a word is not found |
//!
//! Each is one call, `greffeSearch(table, key, data)`, of data that is JSON: a page opened from `file://` may load
//! a script but not fetch. Stems exist at build only: the index maps each folded form to the class of forms that
//! share its stem, so that the browser looks words up and never stems.
//!
//! Not done here: deciding what is public (a [`Document`] is made from a view, which cannot hold withheld words),
//! numbering the documents, ranking (in the browser), wording of messages (in the theme).

mod analyse;
mod encode;
mod facets;
mod grammar;
mod postings;
mod shelf;
mod vocabulary;

use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::say;
use crate::sink::{OutPath, Sink};
use analyse::Step;
use grammar::Grammar;
use serde::Serialize;
use shelf::{Count, Entry, Filling, SHELF, Shelf};
use std::collections::BTreeMap;
use std::sync::Mutex;
use vocabulary::{Ordered, Vocabulary};

/// What search knows of a page or of a fragment of one. Made from views only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// Address from the language's root, such as `eau/contributions/p1/index.html#a3`.
    pub url: String,
    /// Title, as plain text.
    pub title: String,
    /// One of `consultation`, `text`, `article`, `amendment`, `proposal`, `wording`, `argument`, `source`,
    /// `comment`, `vote`, `meeting`, `response`, `synthesis`, `commitment`, `page`.
    pub kind: &'static str,
    /// Title of the consultation; empty for what belongs to none.
    pub consultation: String,
    /// Plain words, without markup.
    pub text: String,
    /// Label of the article concerned.
    pub article: Option<String>,
    /// `for`, `against`, `mixed` or `neutral`.
    pub position: Option<&'static str>,
    /// Outcome, moderation or decision, in the reader's language.
    pub status: Option<String>,
    /// ISO 8601 date.
    pub date: Option<String>,
}

/// What was written, for the build's report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Documents indexed.
    pub documents: u32,
    /// Distinct folded words.
    pub words: u32,
    /// Files written.
    pub files: u32,
    /// Bytes written.
    pub bytes: u64,
}

/// Kind, consultation, article, position, status.
const FACETS: usize = 5;

/// Words offered when one is not found.
const COMMON_WORDS: usize = 4000;

/// The index of one language while it is made. Any number of threads may [`add`](Builder::add); the bytes written
/// depend on the numbers of the documents only, never on the order of arrival.
pub struct Builder<'a> {
    sink: &'a dyn Sink,
    folder: String,
    grammar: Grammar,
    vocabulary: Vocabulary,
    values: facets::Values,
    filling: Mutex<BTreeMap<u32, Filling>>,
    shelves: Mutex<BTreeMap<u32, Shelf>>,
}

impl<'a> Builder<'a> {
    /// An empty index that will be written below `folder` (`search/index` or `fr/search/index`).
    pub fn new(lang: &Lang, folder: &str, sink: &'a dyn Sink) -> Self {
        Builder {
            sink,
            folder: folder.to_owned(),
            grammar: Grammar::of(lang),
            vocabulary: Vocabulary::new(),
            values: facets::Values::default(),
            filling: Mutex::default(),
            shelves: Mutex::default(),
        }
    }

    /// Takes one document. Numbers start from 0, without holes, in an order that depends on the content only;
    /// roughly ascending per thread keeps memory small, since texts leave for the sink as soon as their
    /// neighbours have come.
    pub fn add(&self, number: u32, document: &Document) -> Result<()> {
        let (words, length) = self.words(document);
        let entry =
            Entry { words, length, facets: self.values.number(document), shown: shelf::shown(document) };
        let shelf = number / SHELF;
        let full = {
            let mut filling = lock(&self.filling);
            let waiting = filling.entry(shelf).or_default();
            if !waiting.put(number % SHELF, entry) {
                return Err(misnumbered(number));
            }
            if waiting.full() { filling.remove(&shelf) } else { None }
        };
        match full {
            Some(full) => self.close(shelf, full),
            None => Ok(()),
        }
    }

    /// Writes what is left.
    pub fn finish(self) -> Result<Summary> {
        let left = std::mem::take(&mut *lock(&self.filling));
        let newest = lock(&self.shelves).keys().chain(left.keys()).max().copied().unwrap_or(0);
        for (number, filling) in left {
            match filling.dense() {
                (_, true) if number == newest => self.close(number, filling)?,
                (dense, _) => return Err(misnumbered(number * SHELF + dense)),
            }
        }
        let Builder { sink, folder, grammar, vocabulary, values, shelves, .. } = self;
        let shelves = shelves.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(hole) = (0..).zip(shelves.keys()).find(|(i, shelf)| i != *shelf) {
            return Err(misnumbered(hole.0 * SHELF));
        }
        let shelves: Vec<Shelf> = shelves.into_values().collect();
        let ordered = vocabulary.order(&grammar, shelves.iter().flat_map(Shelf::numbers));
        let sorted = values.sort();
        let terms = postings::write(&ordered, &shelves, &folder, sink)?;
        let (facet_files, facet_bytes) = facets::write(&sorted, &shelves, &folder, sink)?;
        let documents = shelves.iter().map(|s| s.documents.len() as u32).sum();
        let meta = Meta::new(documents, &sorted.values, &terms.shards, &grammar);
        let meta_bytes = put(sink, &folder, "meta", &encode::call("meta", &meta)?)?;
        let words_bytes = put(sink, &folder, "words", &encode::call("words", &common_words(&ordered))?)?;
        let text_files: u32 = shelves.iter().map(|s| s.files.len() as u32).sum();
        Ok(Summary {
            documents,
            words: ordered.forms.len() as u32,
            files: terms.shards.len() as u32 + facet_files + text_files + 2,
            bytes: terms.bytes
                + facet_bytes
                + meta_bytes
                + words_bytes
                + shelves.iter().map(|s| s.bytes).sum::<u64>(),
        })
    }

    fn close(&self, number: u32, full: Filling) -> Result<()> {
        let shelf = full.close(number * SHELF, &self.folder, self.sink)?;
        lock(&self.shelves).insert(number, shelf);
        Ok(())
    }

    /// The words of a document, packed, and how many its text has.
    fn words(&self, document: &Document) -> (Vec<u8>, u32) {
        // A fragment bears the title of its page, which must come before it.
        let own_title = !document.url.contains('#');
        let mut met: Vec<(u32, bool)> = Vec::with_capacity(document.text.len() / 5);
        for (text, title) in
            [(id(&document.url), true), (&document.title, own_title), (&document.text, false)]
        {
            analyse::analyse(text, &self.grammar, |step| match step {
                Step::Word => {}
                Step::Part(word) | Step::Whole(word) => {
                    met.extend(self.vocabulary.number(word, &self.grammar).map(|number| (number, title)));
                }
            });
        }
        met.sort_unstable();
        let mut length = 0;
        let mut counts: Vec<Count> = Vec::with_capacity(met.len());
        for same in met.chunk_by(|a, b| a.0 == b.0) {
            let title = same.iter().filter(|(_, title)| *title).count();
            let text = same.len() - title;
            length += text as u32;
            counts.push(Count { number: same[0].0, text: text.min(15) as u8, title: title.min(3) as u8 });
        }
        (shelf::pack(&counts), length)
    }
}

/// The identifier at the end of an address: its fragment, else its last folder or file.
fn id(url: &str) -> &str {
    if let Some((_, fragment)) = url.split_once('#') {
        return fragment;
    }
    let page = url.trim_end_matches("index.html").trim_end_matches('/').trim_end_matches(".html");
    page.rsplit('/').next().unwrap_or_default()
}

/// What the browser loads first.
#[derive(Serialize)]
struct Meta<'a> {
    version: u32,
    documents: u32,
    /// Documents in one file of facets.
    stretch: u32,
    /// Per facet, its values, the first being none.
    facets: &'a [Vec<Box<str>>],
    grammar: &'a Grammar,
    /// First form of each shard, separated by spaces.
    shards: String,
    /// Distances between the ranks that name the shards.
    ranks: String,
}

impl<'a> Meta<'a> {
    fn new(
        documents: u32,
        facets: &'a [Vec<Box<str>>],
        shards: &[(Box<str>, u32)],
        grammar: &'a Grammar,
    ) -> Self {
        let first: Vec<&str> = shards.iter().map(|(form, _)| &**form).collect();
        let mut before = 0;
        let ranks =
            encode::numbers(shards.iter().map(|(_, rank)| rank - std::mem::replace(&mut before, *rank)));
        Meta {
            version: 1,
            documents,
            stretch: facets::DOCUMENTS,
            facets,
            grammar,
            shards: first.join(" "),
            ranks,
        }
    }
}

/// The commonest words with their accents, commonest first: what a word that is not found may have meant.
fn common_words(ordered: &Ordered) -> String {
    let plain = |form: &str| form.chars().count() >= 4 && !form.bytes().any(|b| b.is_ascii_digit());
    let mut ranks: Vec<usize> = (0..ordered.forms.len()).filter(|r| plain(&ordered.forms[*r])).collect();
    ranks.sort_by_key(|rank| std::cmp::Reverse(ordered.documents[*rank]));
    ranks.truncate(COMMON_WORDS);
    ranks.iter().map(|rank| &*ordered.spellings[*rank]).collect::<Vec<_>>().join(" ")
}

/// Hands one file over; gives its size.
fn put(sink: &dyn Sink, folder: &str, name: &str, bytes: &[u8]) -> Result<u64> {
    let path = format!("{folder}/{name}.js");
    let Some(path) = OutPath::new(&path) else {
        return Err(Error::new(
            path,
            say!("ce dossier ne peut pas recevoir l'index", "the index cannot be put into this folder"),
        ));
    };
    sink.put(&path, bytes)?;
    Ok(bytes.len() as u64)
}

fn misnumbered(number: u32) -> Error {
    Error::new(
        "search",
        say!(
            "le document {number} manque à l'index ou y est deux fois : c'est un défaut de Greffe, signalez-le",
            "document {number} is missing from the index or stands in it twice: this is a bug in Greffe, please report it"
        ),
    )
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

#[cfg(test)]
mod tests;
