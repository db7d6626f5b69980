//! The bill “pour une République numérique” in its five versions of 2015 and 2016, as the assembly's own export left
//! them: three ways of marking headings, wrapped lines, stray marks. Skipped where the bundle is absent.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test asks git for the files")]
#![allow(clippy::print_stderr, reason = "a skipped test says so")]
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use greffe::model::choices::Numbering;
use greffe::model::document::{Document, Item};
use greffe::parse::document::read;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Commits, from the text put to consultation to the text adopted in first reading.
const VERSIONS: [&str; 5] = ["0420cf3", "6a817d3", "714ebcb", "e7ae0b6", "HEAD"];

/// The numbers of each version's articles, read by eye in its files.
const ARTICLES: [&str; 5] = [
    "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 18 19 20 21 22 23 24 25 26 27 28 29 30",
    "1er 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 2 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 \
     40 41",
    "1er 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 31 32 33 34 35 36 37 38 39 40 \
     41 42 43 44 45 46 47 48",
    "1er 1er_bis 1er_ter 2 3 4 4_bis 5 6 7 7_bis 8 9 9_bis 9_ter 10 11 12 13 14 15 16 16_bis 16_ter 17 18 19 20 \
     20_bis 20_ter 20_quater 20_quinquies 20_sexies 21 22 23 24 25 26 26_bis 26_ter 27 28 29 29_bis 30 30_bis 31 32 \
     33 33_bis 33_ter 33_quater 34 35 36 37_A 37_B 37_C 37 37_bis 38 39 40_A 40 41 42 43 44 45 46 47 48",
    "1er 1er_bis_A 1er_bis 1er_ter 2 2_bis 3 4 4_bis 5 6 6_bis 7 7_bis 8 9 9_bis 9_ter 10 11 12 13 14 15 16 16_bis \
     16_ter 17_A 17 17_bis 17_ter 18 18_bis 18_ter 18_quater 19 19_bis 20 20_bis_A 20_bis 20_ter 20_quater \
     20_quinquies 20_sexies 20_septies 21_A 21 22 22_bis 23 23_bis 23_ter 24 25 26 26_bis 26_ter 27 28 29 29_bis 30 \
     30_bis 31 32 33 33_bis_A 33_bis_B 33_bis 33_ter_A 33_ter 33_quater 34 35 36 36_bis 37_A 37_B 37_C 37_D 37_E \
     37_F 37 37_bis 38 39 40_AA 40_A 40 41 42 43 44 45 45_bis 45_ter 46 47 48",
];

/// Level and number of each division, in order.
const DIVISIONS: [&str; 5] = [
    "1TI 2CI 3S1 3S2 3S3 2CII 3S1 3S2 1TII 2CI 3S1 3S2 3S3 3S4 2CII 3S1 3S2 1TIII 2CI 3S1 3S2 2CII 3S1 3S2 2CIII 3S1 \
     3S2 3S3",
    "1TI 2CI 3S1 3S2 3S3 3S4 2CII 1TII 2CI 3S1 3S2 3S3 3S4 2CII 3S1 3S2 1TIII 2CI 3S1 3S2 2CII 3S1 3S2 3S3 2CIII 3S1 \
     3S2 3S3",
    "1TI 2CI 3S1 3S2 3S3 2CII 1TII 2CI 3S1 3S2 3S3 2CII 3S1 3S2 1TIII 2CI 3S1 3S2 2CII 3S1 3S2 3S3 2CIII 3S1 3S2 3S3 \
     1TIV",
    "1TI 2CI 3S1 3S2 3S3 2CII 1TII 2CI 3S1 3S2 3S3 2CII 3S1 3S2 1TIII 2CI 3S1 3S2 2CII 3S1 3S2 3S3 2CIII 3S1 3S2 3S3 \
     1TIV",
    "1TI 2CI 3S1 3S2 3S3 2CII 1TII 2CI 3S1 3S2 3S3 2CII 3S1 3S2 1TIII 2CI 3S1 3S2 2CII 3S1 3S2 3S3 2CIII 3S1 3S2 3S3 \
     2CIV 1TIV",
];

fn git(folder: &Path, arguments: &[&str]) -> String {
    let done = Command::new("git").arg("-C").arg(folder).args(arguments).output().unwrap();
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

/// The five texts, their chapters one after the other.
fn texts() -> Option<Vec<String>> {
    let given = std::env::var_os("GREFFE_SHARED").map(PathBuf::from);
    let shared = given.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"));
    let bundle = shared.join("data/republique-numerique-bill/bill.bundle");
    if !bundle.is_file() {
        eprintln!("skipped: no {} (set GREFFE_SHARED)", bundle.display());
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["clone", "--quiet", "--bare", &bundle.to_string_lossy(), "."]);
    let text = |version: &&str| {
        let names = git(folder.path(), &["ls-tree", "-r", "-z", "--name-only", version]);
        let mut names: Vec<&str> = names.split('\0').filter(|name| name.starts_with("Titre ")).collect();
        // `Ier` before `II` before `III`, for titles and chapters.
        let chapter =
            |name: &str| name.split_once("/Chapitre ")?.1.split_whitespace().next().map(str::to_owned);
        names
            .sort_by_key(|name| (name.split('/').next(), chapter(name).map(|roman| roman.replace("er", ""))));
        let chapters = names.iter().map(|name| git(folder.path(), &["show", &format!("{version}:{name}")]));
        chapters.collect::<Vec<_>>().join("\n\n")
    };
    Some(VERSIONS.iter().map(text).collect())
}

/// Number and heading of an item, and its paragraphs.
fn parts(item: &Item) -> (&str, &str, Vec<&str>) {
    let (number, heading, paragraphs) = match item {
        Item::Division(d) => (&d.number, &d.heading, &d.paragraphs),
        Item::Article(a) => (&a.number, &a.heading, &a.paragraphs),
    };
    (number, heading, paragraphs.iter().map(|p| &*p.markdown).collect())
}

fn divisions(document: &Document) -> String {
    let code = |item: &Item| match item {
        Item::Division(d) => {
            let (kind, number) = d.number.split_once(' ').unwrap();
            let number = number.to_uppercase().replace("ER", "");
            Some(format!("{}{}{number}", d.level, kind[..1].to_uppercase()))
        }
        Item::Article(_) => None,
    };
    document.items.iter().filter_map(code).collect::<Vec<_>>().join(" ")
}

/// Everything but marks, spaces and what separates a number from its heading.
fn letters(text: &str) -> String {
    let text = text.replace("<sup>", "").replace("</sup>", "");
    text.chars().filter(|c| !c.is_whitespace() && !"*#=->_\\–:.".contains(*c)).collect()
}

#[test]
fn five_versions_are_read() {
    let Some(texts) = texts() else { return };
    for ((version, text), (articles, wanted)) in
        VERSIONS.iter().zip(&texts).zip(ARTICLES.iter().zip(DIVISIONS))
    {
        let document = read(text, Numbering::French);
        let bare = |number: &str| number.replace("Article ", "").replace("(nouveau)", "").trim().to_owned();
        let numbers = document.articles().map(|a| bare(&a.number).replace([' ', '\u{a0}'], "_"));
        let numbers: Vec<String> = numbers.collect();
        assert_eq!(numbers, articles.split_whitespace().collect::<Vec<_>>(), "{version}");
        assert_eq!(divisions(&document), wanted, "{version}");
    }
}

#[test]
fn no_word_is_lost_or_moved() {
    let Some(texts) = texts() else { return };
    for (version, text) in VERSIONS.iter().zip(&texts) {
        let document = read(text, Numbering::French);
        let mut read: String = document.preamble.iter().map(|p| &*p.markdown).collect();
        for item in &document.items {
            let (number, heading, paragraphs) = parts(item);
            [number, heading].into_iter().chain(paragraphs).for_each(|words| read.push_str(words));
        }
        // In December one section is an item of a list that has no other.
        let text = text.replace("1.  Section 2", "Section 2");
        let (read, given) = (letters(&read), letters(&text));
        let same = read.chars().zip(given.chars()).take_while(|(one, other)| one == other).count();
        let near = |words: &str| words.chars().skip(same.saturating_sub(40)).take(80).collect::<String>();
        assert!(read == given, "{version}: read {:?}, given {:?}", near(&read), near(&given));
    }
}

#[test]
fn no_paragraph_looks_like_a_heading_and_none_is_broken() {
    let Some(texts) = texts() else { return };
    for (version, text) in VERSIONS.iter().zip(&texts) {
        let document = read(text, Numbering::French);
        for paragraph in document.items.iter().flat_map(|item| parts(item).2) {
            let bare = paragraph.replace(['*', '_', '#'], "").to_lowercase();
            let first = bare.split_whitespace().next().unwrap_or("");
            assert!(!["article", "titre", "chapitre", "section"].contains(&first), "{version}: {paragraph}");
            assert!(bare.contains(|c: char| !c.is_whitespace()), "{version}: an empty paragraph");
            assert!(
                paragraph.starts_with(['|', '>', '-']) || !paragraph.contains('\n'),
                "{version}: {paragraph}"
            );
        }
    }
}

#[test]
fn the_canonical_form_is_read_back() {
    let Some(texts) = texts() else { return };
    for (version, text) in VERSIONS.iter().zip(&texts) {
        let document = read(text, Numbering::French);
        let written = document.to_markdown();
        assert!(read(&written, Numbering::French) == document, "{version}");
        assert_eq!(read(&written, Numbering::French).to_markdown(), written, "{version}");
        assert!(!written.contains("&#"), "{version}: a paragraph had to be escaped");
    }
}
