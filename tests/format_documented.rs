//! docs/format.md and docs/format.fr.md against the declarations: every key and every word of a closed list stands
//! under its record's heading, no key is documented that does not exist, and the examples are together a site of
//! which nothing is to be said.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests are tests")]
#![allow(clippy::disallowed_methods)]

mod told;

use greffe::check::Options;
use greffe::parse::records::files::authored_files;
use greffe::source::{Contents, SourceFile, Sources};
use greffe::yaml::{RecordShape, Shape};
use std::collections::BTreeMap;

const DOCUMENTS: [(&str, &str); 2] = [
    ("docs/format.md", include_str!("../docs/format.md")),
    ("docs/format.fr.md", include_str!("../docs/format.fr.md")),
];

/// Every record that can stand in a file, by name.
fn records() -> BTreeMap<&'static str, RecordShape> {
    let mut found = BTreeMap::new();
    let mut open: Vec<RecordShape> = authored_files().into_iter().map(|file| file.record).collect();
    while let Some(record) = open.pop() {
        if found.contains_key(record.name) {
            continue;
        }
        open.extend(record.keys.iter().filter_map(|key| match innermost(&key.shape) {
            Shape::Record(_, declared) => Some(declared()),
            _ => None,
        }));
        found.insert(record.name, record);
    }
    found
}

/// What a list, a map or several languages hold.
fn innermost(shape: &Shape) -> &Shape {
    match shape {
        Shape::Localised(inner) | Shape::List(inner) | Shape::Map(inner) => innermost(inner),
        other => other,
    }
}

/// The text under the heading that is marked with each record's name.
fn sections(document: &str) -> BTreeMap<&str, &str> {
    let parts = document.split("<!-- record: ").skip(1);
    parts.filter_map(|part| part.split_once(" -->")).collect()
}

#[test]
fn every_key_and_every_word_is_explained() {
    for (path, document) in DOCUMENTS {
        let sections = sections(document);
        for (name, record) in records() {
            let section = sections.get(name).unwrap_or_else(|| panic!("{path} has no section for {name}"));
            for key in &record.keys {
                let row = format!("\n| `{}` | ", key.name);
                assert!(section.contains(&row), "{path}: the key {} of {name} is missing", key.name);
                if let Shape::Choice(words) = innermost(&key.shape) {
                    for (word, _) in *words {
                        let item = format!("\n- `{word}`");
                        assert!(section.contains(&item), "{path}: {word} of {}.{name} is missing", key.name);
                    }
                }
            }
        }
    }
}

#[test]
fn no_key_is_explained_that_does_not_exist() {
    let records = records();
    for (path, document) in DOCUMENTS {
        for (name, section) in sections(document) {
            let record = records.get(name).unwrap_or_else(|| panic!("{path}: there is no record {name}"));
            for row in section.lines().filter_map(|line| line.strip_prefix("| `")) {
                let key = row.split('`').next().unwrap_or("");
                assert!(record.keys.iter().any(|k| k.name == key), "{path}: {name} has no key {key}");
            }
        }
    }
}

/// The examples: a path in bold, then a block.
fn examples(document: &str) -> Vec<SourceFile> {
    let mut files = Vec::new();
    for part in document.split("\n**`").skip(1) {
        let (path, rest) = part.split_once("`**\n").unwrap();
        let (_, block) = rest.split_once("```").unwrap();
        let (_, block) = block.split_once('\n').unwrap();
        let (text, _) = block.split_once("```").unwrap();
        files.push(SourceFile { path: path.into(), contents: Contents::Text(text.into()) });
    }
    files
}

#[test]
fn the_examples_are_a_site_without_fault() {
    for (path, document) in DOCUMENTS {
        let mut files = examples(document);
        assert!(files.len() > 15, "{path}");
        let folder = files.iter().find_map(|f| f.path.strip_suffix("/consultation.yaml")).unwrap().to_owned();
        files.push(SourceFile {
            path: format!("{folder}/documents/plan.pdf").into(),
            contents: Contents::Opaque { bytes: 1 },
        });
        let sources = Sources::new(files);
        let problems = told::examine(&sources, &Options::default());
        let words: Vec<&str> = problems.iter().map(|p| &*p.message.en).collect();
        assert_eq!(told::places(&problems, &sources), [""; 0], "{path}: {words:#?}");
    }
}

#[test]
fn what_is_required_is_said_to_be() {
    for (path, document) in DOCUMENTS {
        let sections = sections(document);
        for (name, record) in records() {
            for key in record.keys.iter().filter(|k| k.required) {
                let start = format!("| `{}` | ", key.name);
                let row = sections[name].lines().find(|line| line.starts_with(&start)).unwrap();
                assert!(row.contains("**(required)**") || row.contains("**(nécessaire)**"), "{path}: {row}");
            }
        }
    }
}
