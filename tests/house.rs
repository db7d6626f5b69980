//! The house, as ARCHITECTURE.md and the documents tell it: rooms are stacked, and links lead somewhere.
#![allow(clippy::disallowed_methods, reason = "a test reads the sources and the documents")]
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// From the bottom up, as in ARCHITECTURE.md: a room uses those before it.
const ROOMS: [&str; 31] = [
    "lang",
    "error",
    "text",
    "source",
    "diag",
    "yaml",
    "sink",
    "model",
    "compare",
    "graft",
    "ballots",
    "tally",
    "route",
    "parse",
    "check",
    "derive",
    "search",
    "opendata",
    "view",
    "theme",
    "render",
    "import",
    "inbox",
    "moderation",
    "freeze",
    "desk",
    "verify",
    "io",
    "pipeline",
    "cli",
    "main",
];

/// The files below a folder with one ending, what tools leave behind put aside.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = entry.file_name().unwrap().to_string_lossy().into_owned();
        if entry.is_dir() && !name.starts_with('.') && !["target", "node_modules", "public"].contains(&&*name)
        {
            found.extend(files(&entry, ending));
        } else if name.ends_with(ending) {
            found.push(entry);
        }
    }
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The words that follow `mark` in code; comments and tests are not code.
fn after<'t>(text: &'t str, mark: &str) -> Vec<&'t str> {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| line.match_indices(mark).map(move |(at, _)| &line[at + mark.len()..])).collect()
}

#[test]
fn rooms_are_stacked() {
    let src = root().join("src");
    let mut wrong = BTreeSet::new();
    for file in files(&src, ".rs").iter().filter(|f| !f.ends_with("lib.rs")) {
        let inner = file.strip_prefix(&src).unwrap();
        if inner.to_string_lossy().ends_with("tests.rs") {
            continue;
        }
        let room = inner.components().next().unwrap().as_os_str().to_string_lossy().replace(".rs", "");
        let Some(height) = ROOMS.iter().position(|known| *known == room) else {
            wrong.insert(format!("{} is in no room of ARCHITECTURE.md", inner.display()));
            continue;
        };
        let text = fs::read_to_string(file).unwrap();
        for used in after(&text, "crate::") {
            let used = used.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
            if ROOMS.iter().position(|known| *known == used).is_some_and(|other| other > height) {
                wrong.insert(format!("{} uses {used}", inner.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_room_is_on_the_map() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let rooms = after(&lib, "pub mod ").into_iter().map(|line| line.trim_end_matches(';'));
    let missing: Vec<&str> = rooms
        .filter(|room| !map.contains(&format!("| `{room}/` |")) && !map.contains(&format!("| `{room}.rs` |")))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// `[words](target)` and `![words](target)` of a Markdown document.
fn links(text: &str) -> Vec<&str> {
    text.match_indices("](").filter_map(|(at, _)| text[at + 2..].split(')').next()).collect()
}

#[test]
fn links_of_the_documents_lead_to_files() {
    let top = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path());
    let mut documents: Vec<PathBuf> =
        top.filter(|path| path.extension().is_some_and(|e| e == "md")).collect();
    documents
        .extend(["docs", "examples/deploy"].iter().flat_map(|folder| files(&root().join(folder), ".md")));
    let mut wrong = Vec::new();
    for document in documents {
        let text = fs::read_to_string(&document).unwrap();
        for link in
            links(&text).into_iter().filter(|link| !link.contains("://") && !link.starts_with("mailto:"))
        {
            let path = link.split('#').next().unwrap_or(link);
            if !path.is_empty() && !document.parent().unwrap().join(path).exists() {
                wrong.push(format!("{}: {link}", document.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
