//! Time and size of the search index: 10 000 documents of about 120 words, Zipf vocabulary, one and all threads.
//! The index goes to a sink that counts, so that the disk is not measured. Sizes are printed before the times.
#![allow(clippy::print_stdout, reason = "sizes are part of the result")]

use criterion::{Criterion, criterion_group, criterion_main};
use greffe::error::Result;
use greffe::lang::Lang;
use greffe::search::{Builder, Document, Summary};
use greffe::sink::{OutPath, Sink};
use rayon::prelude::*;

/// Takes everything, keeps nothing.
struct Nowhere;

impl Sink for Nowhere {
    fn put(&self, _: &OutPath, _: &[u8]) -> Result<()> {
        Ok(())
    }
    fn copy(&self, _: &OutPath, _: &str) -> Result<()> {
        Ok(())
    }
}

/// Documents as a consultation has them: rank r of the vocabulary comes about 1/r of the time.
fn documents(count: u32) -> Vec<Document> {
    let mut seed = 42_u64;
    let mut uniform = move || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 11) as f64 / (1_u64 << 53) as f64
    };
    let endings = ["", "s", "e", "es", "tion", "tions", "ment", "er", "é", "ées", "ité", "ique"];
    // The common words are short, as they are in French: 6 characters a word in running text.
    let vocabulary: Vec<String> = (0..40_000)
        .map(|rank| {
            let syllables = if rank < 200 { 1 } else { 1 + (uniform() * 3.0) as usize };
            let stem: String = (0..syllables)
                .map(|_| {
                    let pick =
                        |from: &str, u: f64| from.chars().nth((u * from.chars().count() as f64) as usize);
                    [pick("bcdfglmnprstv", uniform()), pick("aeéiou", uniform()), pick("lnrst", uniform())]
                })
                .flat_map(|letters| letters.into_iter().flatten())
                .collect();
            if rank < 200 {
                stem
            } else {
                format!("{stem}{}", endings[(uniform() * endings.len() as f64) as usize])
            }
        })
        .collect();
    let mut words = |n: usize| -> String {
        let words = (0..n).map(|_| vocabulary[(40_000_f64.powf(uniform()) - 1.0) as usize].as_str());
        words.collect::<Vec<_>>().join(" ")
    };
    let one = |number: u32| Document {
        url: format!("eau/contributions/p{number}/index.html"),
        title: words(7),
        kind: "proposal",
        consultation: "Pour une loi sur l'eau".into(),
        text: words(120),
        article: Some(format!("Article {}", number % 30)),
        position: number.is_multiple_of(3).then_some("for"),
        status: None,
        date: Some("2015-10-13".into()),
    };
    (0..count).map(one).collect()
}

fn index(documents: &[Document]) -> Result<Summary> {
    let builder = Builder::new(&Lang::french(), "search/index", &Nowhere);
    documents
        .par_iter()
        .enumerate()
        .try_for_each(|(number, document)| builder.add(number as u32, document))?;
    builder.finish()
}

fn search(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("search");
    group.sample_size(10);
    let documents = documents(10_000);
    println!("{:?}", index(&documents));
    for threads in [1, 2] {
        let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(threads).build() else { return };
        group.bench_function(format!("10 000 documents, {threads} threads"), |bencher| {
            bencher.iter(|| pool.install(|| index(&documents)));
        });
    }
    group.finish();
}

criterion_group!(benches, search);
criterion_main!(benches);
