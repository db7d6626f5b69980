//! Exports of Decidim, made up but of real shapes, from the command line to a site: the open data of a platform as a folder
//! and as a zip, and the files that single components of an older version export.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests read and write"
)]

use greffe::check::Options as Check;
use greffe::import::decidim::Decidim;
use greffe::import::pseudonym::Key;
use greffe::import::{Importer, Input, InputFile, Options};
use greffe::model::id::Id;
use greffe::model::when::Date;
use greffe::pipeline::{Unobserved, examine};
use greffe::source::{Contents, SourceFile, Sources};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// People of the samples: none of their names, nicknames and addresses may be in the content. `Odile Verneuil` and
/// `aicha.ferrand@…` are also written in a text by somebody, which is told and left to a person.
const PEOPLE: [&str; 11] = [
    "Castellane",
    "Aïcha",
    "Doucet",
    "Séverin",
    "Zoé",
    "Marchand",
    "Quirac",
    "Léon",
    "odile_v",
    "bcast",
    "/profiles/",
];

fn greffe(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_greffe")).args(arguments).env("LANG", "en").output().unwrap()
}

fn sample(folder: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/decidim").join(folder).to_string_lossy().into_owned()
}

/// A site with nothing in it.
fn site() -> (TempDir, String) {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("greffe.yaml"), "title: Essai\n").unwrap();
    let root = dir.path().to_string_lossy().into_owned();
    (dir, root)
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            found.extend(files(&entry));
        } else {
            found.insert(entry.clone(), fs::read(&entry).unwrap());
        }
    }
    found
}

/// Imports and gives the report.
fn import(root: &str, export: &str, more: &[&str]) -> serde_json::Value {
    let mut arguments =
        vec!["import", "decidim", export, "--into", root, "--slug", "jardins", "--format", "json"];
    arguments.extend(more);
    let output = greffe(&arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn agrees(report: &serde_json::Value) {
    for (kind, tallies) in report["kinds"].as_object().unwrap() {
        let n = |key: &str| tallies[key].as_u64().unwrap();
        assert_eq!(n("read"), n("kept") + n("merged") + n("changed") + n("skipped"), "{kind}");
    }
}

fn check(root: &str) {
    let output = greffe(&["check", "--root", root]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn open_data_become_a_consultation() {
    let (dir, root) = site();
    let report = import(&root, &sample("open-data"), &["--process", "jardins-partages"]);
    agrees(&report);
    check(&root);
    let read = |kind: &str| {
        let of = |key: &str| report["kinds"][kind][key].as_u64().unwrap();
        (of("read"), of("skipped"))
    };
    // Rows of the files: one proposal and one comment are of another process, one meeting was withdrawn.
    assert_eq!((read("proposal"), read("wording"), read("comment")), ((6, 1), (1, 0), (11, 1)));
    assert_eq!((read("meeting"), read("commitment"), read("project")), ((2, 1), (3, 0), (2, 0)));
    assert_eq!((read("response"), read("moderation"), read("vote")), ((5, 1), (1, 0), (1, 0)));
    assert_eq!(read("file"), (12, 2));

    let content = files(&dir.path().join("content"));
    let all: String = content.values().map(|bytes| String::from_utf8_lossy(bytes)).collect();
    for person in PEOPLE {
        assert!(!all.contains(person), "{person}");
    }
    assert_eq!(all.matches("Odile Verneuil").count(), 1, "it is in a text");
    for gone in ["Réponse encore secrète", "Achetez mes pilules", "alert(1)", "piste cyclable"] {
        assert!(!all.contains(gone), "{gone}");
    }
    let review = report["review"].to_string();
    assert!(
        review.contains("Odile Verneuil") && review.contains("aicha.ferrand@courriel.example"),
        "{review}"
    );
    assert!(report["missing_files"].to_string().contains("/uploads/plan.png"));
}

#[test]
fn old_addresses_lead_to_pages() {
    let (dir, root) = site();
    import(&root, &sample("open-data"), &["--process", "3"]);
    let out = dir.path().join("public");
    let output = greffe(&["build", "--root", &root, "--output", &out.to_string_lossy()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let leads = [
        ("", "jardins"),
        ("f/12/proposals/101", "jardins/contributions/p101"),
        ("f/12/proposals/104", "jardins/contributions/w104"),
        ("f/13/meetings/31", "jardins/meetings/m31"),
        ("f/15/budgets/5", "jardins/votes/budget-5"),
        ("f/15/budgets/5/projects/82", "jardins/contributions/p-project-82"),
        ("f/16/debates/91", "jardins/contributions/p-debate-91"),
    ];
    for (old, new) in leads {
        let redirect = out.join("processes/jardins-partages").join(old).join("index.html");
        let text = fs::read_to_string(&redirect).unwrap_or_default();
        assert!(text.contains(new), "{old} → {new}: {text}");
        assert!(out.join(new).join("index.html").exists(), "{new}");
    }
}

#[test]
fn the_same_export_gives_the_same_bytes() {
    let (dir, root) = site();
    let export = sample("open-data");
    let first = import(&root, &export, &["--process", "3"]);
    let before = files(&dir.path().join("content"));
    let second = import(&root, &export, &["--process", "3"]);
    assert_eq!(files(&dir.path().join("content")), before);
    assert_eq!(first["rows"], second["rows"]);
    // The same export as it is downloaded, and as a spreadsheet saved it again.
    let copy = TempDir::new().unwrap();
    let folder = copy.path().join("open-data");
    fs::create_dir(&folder).unwrap();
    for (path, bytes) in files(Path::new(&export)) {
        fs::write(folder.join(path.file_name().unwrap()), bytes).unwrap();
    }
    let zip = greffe::io::pack::zip(&folder).unwrap();
    let zipped = import(&root, &zip.to_string_lossy(), &["--process", "3"]);
    assert_eq!(zipped["kinds"], first["kinds"]);
    for (path, bytes) in files(&folder) {
        let text = String::from_utf8(bytes).unwrap().replace('\n', "\r\n");
        fs::write(path, format!("\u{feff}{text}")).unwrap();
    }
    let (other, root) = site();
    let saved = import(&root, &folder.to_string_lossy(), &["--process", "3"]);
    assert_eq!(saved["kinds"], first["kinds"]);
    let names = |dir: &TempDir| -> Vec<PathBuf> {
        files(&dir.path().join("content"))
            .keys()
            .map(|p| p.strip_prefix(dir.path()).unwrap().to_owned())
            .collect()
    };
    assert_eq!(names(&other), names(&dir));
}

#[test]
fn a_platform_of_several_processes_asks_which() {
    let (dir, root) = site();
    let output = greffe(&["import", "decidim", &sample("open-data"), "--into", &root, "--slug", "jardins"]);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("processes/mobilite (id 4) – Mobilités: 1 comment, 1 proposal"), "{told}");
    assert!(!dir.path().join("content").exists() && !dir.path().join("private").exists());
    let (_dir, root) = site();
    let report = import(&root, &sample("open-data"), &["--process", "mobilite"]);
    agrees(&report);
    check(&root);
    assert_eq!(report["kinds"]["proposal"]["skipped"], 5);
}

#[test]
fn files_of_components_become_a_consultation_too() {
    let (dir, root) = site();
    let report = import(&root, &sample("components"), &[]);
    agrees(&report);
    check(&root);
    for (kind, n) in [("proposal", 2), ("comment", 2), ("debate", 1), ("file", 3)] {
        assert_eq!(
            (&report["kinds"][kind]["read"], &report["kinds"][kind]["kept"]),
            (&n.into(), &n.into()),
            "{kind}"
        );
    }
    let all = files(&dir.path().join("content"));
    let text = |name: &str| {
        let file =
            all.iter().find(|(path, _)| path.ends_with(name)).unwrap_or_else(|| unreachable!("{name}"));
        String::from_utf8(file.1.clone()).unwrap()
    };
    assert!(
        text("p1.md").ends_with("Des bancs ; en bois.\\\nPas en métal.\\\nNi en béton.\\\nMerci\n"),
        "{}",
        text("p1.md")
    );
    assert!(text("p2.md").contains("Un arbre & un banc"));
    let talk = text("p1.discussion.yaml");
    assert!(
        talk.contains("position: for") && talk.contains("parent: c11") && talk.contains("position: against")
    );
    for person in PEOPLE {
        assert!(!all.values().any(|bytes| String::from_utf8_lossy(bytes).contains(person)), "{person}");
    }
}

/// The sample with some of its characters changed: what a spreadsheet, a transfer or a careless hand makes of it.
fn damaged(cuts: &[(usize, usize, char)]) -> Input {
    let mut input = Input::default();
    for (path, bytes) in files(Path::new(&sample("open-data"))) {
        let mut text: Vec<char> = String::from_utf8(bytes).unwrap().chars().collect();
        for (at, length, with) in cuts {
            let at = at % (text.len() + 1);
            let end = (at + length).min(text.len());
            text.splice(at..end, [*with]);
        }
        let path = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = text.into_iter().collect::<String>().into_bytes();
        input.files.push(InputFile { path: path.into(), sha256: "".into(), contents: Ok(bytes) });
    }
    input
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_export_is_accounted_for_and_its_content_checks(
        cuts in prop::collection::vec((0..5_000_usize, 0..30_usize, prop::sample::select(vec![';', '"', '\n', '\'', ',', 'x', '0', '/', '<', '&', '-'])), 0..12)
    ) {
        let process = Some("jardins-partages".into());
        let options = Options {
            slug: Id::new("jardins").unwrap(),
            key: Key([7; 32]),
            first_import: Date::parse("2024-06-01").unwrap(),
            keep_names: BTreeSet::new(),
            title: None,
        };
        let imported = Decidim { process, language: None }.convert(&damaged(&cuts), &options);
        prop_assert!(imported.report.agrees());
        let mut sources: Vec<SourceFile> = imported
            .files
            .iter()
            .map(|(path, bytes)| SourceFile {
                path: path.as_str().into(),
                contents: Contents::Text(std::str::from_utf8(bytes).unwrap().into()),
            })
            .collect();
        sources.push(SourceFile { path: "greffe.yaml".into(), contents: Contents::Text("title: Essai\n".into()) });
        let examined = examine(&Sources::new(sources), &Check::default(), &Unobserved);
        let errors: Vec<String> =
            examined.problems.iter().filter(|p| p.is_error()).map(|p| p.message.en.clone()).collect();
        prop_assert!(errors.is_empty(), "{errors:#?}");
    }
}
