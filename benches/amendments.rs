//! Five thousand amendments on a text of five hundred articles: checked, consolidated, compared with each other, and
//! each word of the result followed to what brought it. `cargo bench --bench amendments`; the figures of one machine
//! stand in docs/performance.md.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use criterion::{Criterion, criterion_group, criterion_main};
use greffe::check::{Options, check};
use greffe::derive::derive;
use greffe::model::site::Site;
use greffe::parse::parse;
use greffe::source::{Contents, SourceFile, Sources};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::hint::black_box;

const ARTICLES: usize = 500;
const AMENDMENTS: usize = 5_000;
/// Paragraphs of an article, and words of a paragraph.
const PARAGRAPHS: usize = 6;
const WORDS: [&str; 16] = [
    "le", "conseil", "rend", "public", "un", "rapport", "sur", "les", "mesures", "prises", "chaque", "année",
    "par", "décret", "en", "commune",
];

/// The word at a place: always the same, never the same as its neighbours.
fn word(seed: usize) -> String {
    format!("{}{}", WORDS[seed % WORDS.len()], seed / WORDS.len() % 97)
}

fn paragraph(article: usize, number: usize) -> Vec<String> {
    (0..30).map(|at| word(article * 7919 + number * 104_729 + at * 31)).collect()
}

fn site() -> Site {
    let mut text = String::new();
    for article in 1..=ARTICLES {
        let _ = write!(text, "# Article {article}\n\n");
        for number in 1..=PARAGRAPHS {
            let _ = write!(text, "{}.\n\n", paragraph(article, number).join(" "));
        }
    }
    let file = |path: String, words: String| SourceFile {
        path: path.into(),
        contents: Contents::Text(words.into()),
    };
    let mut files = vec![
        file("greffe.yaml".into(), "title: Site\n".into()),
        file(
            "content/loi/consultation.yaml".into(),
            "title: Loi\nsummary: Essai.\norganiser: {name: Essai}\n".into(),
        ),
        file(
            "content/loi/texts/projet/text.yaml".into(),
            "kind: bill\ntitle: Projet\nversions:\n  - {id: depot, title: D, date: 2026-01-01, stage: tabled}\n  - {id: adopte, title: A, date: 2026-02-01, stage: adopted}\n"
                .into(),
        ),
        file("content/loi/texts/projet/depot.md".into(), text.clone()),
        file("content/loi/texts/projet/adopte.md".into(), text),
    ];
    for at in 0..AMENDMENTS {
        let (article, number) = (at * 37 % ARTICLES + 1, at * 11 % PARAGRAPHS + 1);
        let words = paragraph(article, number);
        let from = at % 20;
        let quoted = words[from..from + 4].join(" ");
        let outcome = if at % 5 == 0 { "adopted" } else { "rejected" };
        let operation = match at % 10 {
            0..=6 => format!("{{paragraph: {number}, replace: \"{quoted}\", with: \"autre chose {at}\"}}"),
            7 => format!("{{insert_paragraphs: \"Un alinéa nouveau {at}.\", after_paragraph: {number}}}"),
            8 => format!("{{delete_paragraphs: {number}}}"),
            _ => format!("{{paragraph: {number}, insert: \"et davantage {at}\", after: \"{quoted}\"}}"),
        };
        let record =
            format!("---\narticle: {article}\noutcome: {outcome}\noperations:\n  - {operation}\n---\n");
        files.push(file(format!("content/loi/amendments/{at}.md"), record));
    }
    let sources = Sources::new(files);
    let draft = parse(&sources);
    let (site, problems) = check(&draft, &sources, &Options::default(), &BTreeSet::new());
    assert!(problems.iter().all(|p| !p.is_error()), "{problems:?}");
    site.unwrap()
}

fn amendments(c: &mut Criterion) {
    let site = site();
    let (derived, problems) = derive(&site);
    assert!(problems.iter().all(|p| !p.is_error()), "{:?}", problems.iter().find(|p| p.is_error()));
    let version = &derived.consultations[0].texts[0].versions[0];
    println!(
        "{AMENDMENTS} amendments on {ARTICLES} articles: {} applied, {} pairs that meet",
        version.grafted.applied.len(),
        version.conflicts.len()
    );
    let mut group = c.benchmark_group("amendments");
    group.sample_size(10);
    group.bench_function("5000 on 500 articles", |b| b.iter(|| derive(black_box(&site))));
    group.finish();
}

criterion_group!(benches, amendments);
criterion_main!(benches);
