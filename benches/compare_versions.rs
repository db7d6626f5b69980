//! Time of the difference between two versions of a code of 3 000 articles of about 150 words: one in ten changed,
//! one in twenty renumbered, one in a hundred moved, deleted, or new. Aligning alone, then with the paragraphs side
//! by side and the words of every one that changed.
#![allow(missing_docs, reason = "criterion's macros make functions")]

use criterion::{Criterion, criterion_group, criterion_main};
use greffe::compare::passages::{Fate, paragraphs};
use greffe::compare::versions::align;
use greffe::compare::words::difference;
use greffe::model::document::{Article, Document, Item, Paragraph};
use greffe::model::id::Id;
use std::hint::black_box;

/// Numbers between 0 and 1, the same at each run.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() * end as f64) as usize
    }

    /// A word of 20 000, of which rank r comes about 1/r of the time.
    fn word(&mut self) -> String {
        let rank = (20_000_f64.powf(self.next()) - 1.0) as usize;
        let syllables = ["de", "la", "ti", "ro", "mu", "né", "sa", "vou", "cen", "plir", "dé", "gar"];
        let mut word = String::new();
        let mut rest = rank;
        loop {
            word.push_str(syllables[rest % syllables.len()]);
            rest /= syllables.len();
            if rest == 0 {
                return word;
            }
        }
    }

    /// About 150 words in five paragraphs.
    fn paragraphs(&mut self) -> Vec<String> {
        let sentence = |chance: &mut Self| {
            let count = 15 + chance.below(31);
            let words: Vec<String> = (0..count).map(|_| chance.word()).collect();
            format!("{}.", words.join(" "))
        };
        (0..5).map(|_| sentence(self)).collect()
    }
}

type Draft = Vec<(String, Vec<String>)>;

fn versions() -> (Document, Document) {
    let mut chance = Chance(42);
    let old: Draft = (1..=3_000).map(|n| (n.to_string(), chance.paragraphs())).collect();
    let mut new: Draft = Vec::new();
    for (number, paragraphs) in &old {
        let (mut number, mut paragraphs) = (number.clone(), paragraphs.clone());
        if chance.next() < 0.10 {
            let at = chance.below(paragraphs.len());
            let mut words: Vec<String> = paragraphs[at].split(' ').map(str::to_owned).collect();
            for _ in 0..3 {
                let place = chance.below(words.len());
                words[place] = chance.word();
            }
            paragraphs[at] = words.join(" ");
        }
        if chance.next() < 0.05 {
            number.push_str("-1");
        }
        match chance.next() {
            fate if fate < 0.01 => continue,
            fate if fate < 0.02 => new.push((format!("{number} bis"), chance.paragraphs())),
            fate if fate < 0.03 => {
                let place = chance.below(new.len() + 1);
                new.insert(place, (number, paragraphs));
                continue;
            }
            _ => {}
        }
        new.push((number, paragraphs));
    }
    (document(&old), document(&new))
}

fn document(draft: &Draft) -> Document {
    let article = |(number, paragraphs): &(String, Vec<String>)| {
        let paragraph = |(at, words): (usize, &String)| Paragraph {
            number: at as u32 + 1,
            markdown: words.as_str().into(),
        };
        Some(Item::Article(Article {
            id: Id::new(&number.replace(' ', "-"))?,
            number: format!("Article {number}").into(),
            heading: "".into(),
            paragraphs: paragraphs.iter().enumerate().map(paragraph).collect(),
        }))
    };
    Document { preamble: Vec::new(), items: draft.iter().filter_map(article).collect() }
}

/// Runs of words in all changed paragraphs.
fn everything(left: &Document, right: &Document) -> usize {
    let texts = |article: &&Article| -> Vec<String> {
        article.paragraphs.iter().map(|paragraph| paragraph.markdown.to_string()).collect()
    };
    let (lefts, rights): (Vec<&Article>, Vec<&Article>) =
        (left.articles().collect(), right.articles().collect());
    let mut runs = 0;
    for pair in align(left, right).pairs {
        let (Some(l), Some(r)) = (pair.left.first(), pair.right.first()) else { continue };
        if lefts[*l].paragraphs == rights[*r].paragraphs {
            continue;
        }
        let (old, new) = (texts(&lefts[*l]), texts(&rights[*r]));
        let old: Vec<&str> = old.iter().map(String::as_str).collect();
        let new: Vec<&str> = new.iter().map(String::as_str).collect();
        for row in paragraphs(&old, &new).iter().filter(|row| row.fate != Fate::Same) {
            let words = (row.left.map_or("", |l| old[l]), row.right.map_or("", |r| new[r]));
            runs += difference(words.0, words.1).len();
        }
    }
    runs
}

fn compare(criterion: &mut Criterion) {
    let (left, right) = versions();
    let mut group = criterion.benchmark_group("compare");
    group.sample_size(10);
    group.bench_function("align, 3 000 articles", |b| b.iter(|| align(black_box(&left), black_box(&right))));
    group.bench_function("align and all words, 3 000 articles", |b| {
        b.iter(|| everything(black_box(&left), black_box(&right)));
    });
    let huge = |seed| -> String {
        let mut chance = Chance(seed);
        (0..35_000).map(|_| chance.word() + " ").collect()
    };
    let (one, two) = (huge(1), huge(2));
    group.bench_function("two unlike texts of 200 kB in one line", |b| {
        b.iter(|| difference(black_box(&one), black_box(&two)))
    });
    group.finish();
}

criterion_group!(benches, compare);
criterion_main!(benches);
