//! The command as its users call it: the real binary, real folders, exit statuses.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, clippy::disallowed_types)]

use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// Calls the command in a folder, in English.
fn greffe(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_greffe"))
        .args(words)
        .current_dir(folder)
        .env("LC_ALL", "en_GB.UTF-8")
        .env_remove("SOURCE_DATE_EPOCH")
        .output()
        .unwrap()
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A new site, as `init` makes it.
fn site() -> TempDir {
    let folder = TempDir::new().unwrap();
    let made = greffe(folder.path(), &["init", "site", "--language", "fr"]);
    assert_eq!(status(&made), 0, "{}", said(&made));
    folder
}

#[test]
fn the_tour_of_the_readme_works() {
    let folder = site();
    let root = folder.path().join("site");
    let check = greffe(&root, &["check"]);
    assert_eq!(status(&check), 0, "{}", said(&check));
    let consultation = std::fs::read_dir(root.join("content")).unwrap();
    let name = consultation
        .filter_map(Result::ok)
        .find(|e| e.path().join("consultation.yaml").is_file())
        .unwrap()
        .file_name()
        .into_string()
        .unwrap();
    let new = greffe(&root, &["new", "contribution", "ma-proposition", "--in", &name]);
    assert_eq!(status(&new), 0, "{}", said(&new));
    let again = greffe(&root, &["new", "contribution", "ma-proposition", "--in", &name]);
    assert_eq!(status(&again), 2, "a file is never overwritten");
    // From a folder below, the site is found upwards.
    let build = greffe(&root.join("content"), &["build", "--timings"]);
    assert_eq!(status(&build), 0, "{}", said(&build));
    assert!(root.join("public/index.html").is_file());
    assert!(root.join("public").join(&name).join("contributions/ma-proposition/index.html").is_file());
}

#[test]
fn a_starter_without_its_consultation_checks_clean() {
    let folder = TempDir::new().unwrap();
    assert_eq!(status(&greffe(folder.path(), &["init", "site", "--bare", "--language", "en"])), 0);
    let check = greffe(folder.path(), &["check", "--root", "site"]);
    assert_eq!(status(&check), 0, "{}", said(&check));
}

#[test]
fn a_fault_in_the_content_is_status_1_and_leaves_the_output_alone() {
    let folder = site();
    let root = folder.path().join("site");
    assert_eq!(status(&greffe(&root, &["build"])), 0);
    let before = std::fs::read(root.join("public/index.html")).unwrap();
    std::fs::write(root.join("greffe.yaml"), "titel: Erreur\n").unwrap();
    let check = greffe(&root, &["check", "--format", "short"]);
    assert_eq!(status(&check), 1);
    assert!(said(&check).contains("greffe.yaml:1:1: error[G010]"), "{}", said(&check));
    assert_eq!(status(&greffe(&root, &["build"])), 1);
    assert_eq!(std::fs::read(root.join("public/index.html")).unwrap(), before);
}

#[test]
fn a_wrong_call_is_status_2_and_says_what_to_do() {
    let folder = TempDir::new().unwrap();
    let nowhere = greffe(folder.path(), &["check"]);
    assert_eq!(status(&nowhere), 2);
    assert!(said(&nowhere).contains("greffe init"), "{}", said(&nowhere));
    assert_eq!(status(&greffe(folder.path(), &["chek"])), 2);
    assert_eq!(status(&greffe(folder.path(), &["build", "--root", "no/such/folder"])), 2);
}

#[test]
fn every_verb_shows_an_example() {
    let folder = TempDir::new().unwrap();
    for verb in ["check", "build", "init", "new", "serve", "schema", "import", "moderate", "erase"] {
        let help = greffe(folder.path(), &[verb, "--help"]);
        assert_eq!(status(&help), 0, "{verb}");
        assert!(said(&help).contains("Example"), "{verb}: {}", said(&help));
    }
}

#[test]
fn messages_are_in_french_when_asked() {
    let folder = TempDir::new().unwrap();
    std::fs::create_dir(folder.path().join("content")).unwrap();
    std::fs::write(folder.path().join("greffe.yaml"), "titre: Essai\n").unwrap();
    let check = greffe(folder.path(), &["check", "--lang", "fr"]);
    assert!(said(&check).contains("la clé"), "{}", said(&check));
}

#[test]
fn folders_in_different_places_give_the_same_bytes() {
    let one = site();
    let other = site();
    for root in [one.path(), other.path()] {
        let built = greffe(&root.join("site"), &["build", "--as-of", "2026-11-22", "--output", "../out"]);
        assert_eq!(status(&built), 0, "{}", said(&built));
    }
    let diff = Command::new("diff")
        .arg("-r")
        .arg(one.path().join("out"))
        .arg(other.path().join("out"))
        .output()
        .unwrap();
    assert!(diff.status.success(), "{}", String::from_utf8_lossy(&diff.stdout));
}

/// This repository's demonstration.
const DEMO: &str = env!("CARGO_MANIFEST_DIR");

fn on_demo(words: &[&str]) -> String {
    let output = greffe(Path::new(DEMO), words);
    assert_eq!(status(&output), 0, "{words:?}: {}", said(&output));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_text_is_printed_consolidated_and_compared() {
    let text = ["partage-de-l-eau", "projet-de-loi"];
    let with = |verb, more: &[&str]| on_demo(&[&[verb], &text[..], more].concat());
    let adopted = with("text", &["--version", "adopte"]);
    assert_eq!(adopted, with("text", &[]), "the latest is the default");
    assert_eq!(adopted, with("text", &["--consolidated", "depot"]), "the amendments make the adopted text");
    assert!(with("text", &["--article", "5 bis"]).starts_with("# Article 5 bis"));
    let json: serde_json::Value =
        serde_json::from_str(&with("text", &["--consolidated", "depot", "--format", "json"])).unwrap();
    assert_eq!(json["markdown"].as_str().unwrap(), adopted);
    assert!(with("diff", &["depot", "adopte"]).contains("[-deux-]{+un+} mois"));
    assert_eq!(with("diff", &["depot", "adopte", "--consolidated"]), "", "nothing is unexplained");
    let json: serde_json::Value =
        serde_json::from_str(&with("diff", &["depot", "adopte", "--format", "json"])).unwrap();
    assert_eq!(json["counts"]["new"], 1);
    assert!(with("amendments", &["--conflicts"]).contains("10\t11\tchange the same words"));
    let json: serde_json::Value = serde_json::from_str(&with("amendments", &["--format", "json"])).unwrap();
    assert_eq!((json[0]["place"].as_u64(), json[0]["number"].as_str()), (Some(1), Some("1")));
}

#[test]
fn what_is_named_wrongly_is_told_with_the_nearest() {
    let wrong = |words: &[&str], near: &str| {
        let output = greffe(Path::new(DEMO), words);
        assert_eq!(status(&output), 2, "{words:?}");
        assert!(said(&output).contains(near), "{}", said(&output));
    };
    wrong(&["text", "partage-de-leau", "projet-de-loi"], "“partage-de-l-eau”");
    wrong(&["text", "partage-de-l-eau", "projet"], "projet-de-loi");
    wrong(&["text", "partage-de-l-eau", "projet-de-loi", "--article", "99"], "5-bis");
    wrong(&["diff", "partage-de-l-eau", "projet-de-loi", "depot", "adopt"], "“adopte”");
}

#[test]
fn a_reader_may_stop_reading() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_greffe"))
        .args(["diff", "partage-de-l-eau", "projet-de-loi", "depot", "adopte", "--format", "json"])
        .current_dir(DEMO)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(!said(&output).contains("panicked"), "{}", said(&output));
}

/// The blocks of a document that follow a fence of this language.
fn blocks<'t>(text: &'t str, fence: &str) -> Vec<&'t str> {
    let fence = format!("```{fence}\n");
    let after = text.split(fence.as_str()).skip(1);
    after.filter_map(|rest| rest.split_once("```").map(|(block, _)| block)).collect()
}

const BUDGET: &str = "META\nkey;value\ndescription;Budget of the district\nbudget;5000\nvote_type;approval\nrule;greedy\n\
    max_length;2\nPROJECTS\nproject_id;cost;votes;name;selected\n1;4000;3;Playground;1\n2;2000;2;Benches;0\n\
    3;1000;2;Trees;1\nVOTES\nvoter_id;vote;age\n1;1,3;34\n2;1;51\n3;1,2;28\n4;2,3;45\n";

#[test]
fn ballots_are_counted_as_the_documents_show() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("budget.pb"), BUDGET).unwrap();
    for document in ["docs/tally.md", "docs/tally.fr.md"] {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(document)).unwrap();
        std::fs::write(folder.path().join("places.csv"), blocks(&text, "csv")[0]).unwrap();
        let mut shown = 0;
        for block in blocks(&text, "console") {
            let (call, expected) = block.split_once('\n').unwrap();
            let words: Vec<&str> = call.split_whitespace().skip(2).collect();
            if !words.contains(&"places.csv") && !words.contains(&"budget.pb") || words[0] != "tally" {
                continue;
            }
            let output = greffe(folder.path(), &words);
            assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{document}: {call}");
            shown += 1;
        }
        assert_eq!(shown, 2, "{document}");
    }
}

#[test]
fn a_count_for_programs_names_options_by_their_ids() {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("budget.pb"), BUDGET).unwrap();
    let output = greffe(folder.path(), &["tally", "budget.pb", "--rule", "equal-shares", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["rule"]["selection"], "equal-shares");
    assert_eq!(json["counts"], serde_json::json!({ "1": 3, "2": 2, "3": 2 }));
    assert_eq!(json["winners"], serde_json::json!(["3", "2"]));
    assert_eq!(json["method"]["steps"][2]["reason"], "supporters-cannot-pay");
    assert!(!String::from_utf8_lossy(&output.stdout).contains("34"), "an age");
}

#[test]
fn ballots_at_fault_are_told_with_their_line() {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("bad.pb", &BUDGET.replace(";4000;", ";much;").replace("budget;5000", "budget;1,234"));
    let bad = greffe(folder.path(), &["tally", "bad.pb"]);
    assert_eq!(status(&bad), 1);
    for place in ["bad.pb:4:1", "bad.pb:10:1"] {
        assert!(said(&bad).contains(place), "{}", said(&bad));
    }
    write("good.pb", BUDGET);
    let other = greffe(folder.path(), &["tally", "good.pb", "--rule", "schulze"]);
    assert_eq!(status(&other), 2, "{}", said(&other));
    assert_eq!(status(&greffe(folder.path(), &["tally", "none.pb"])), 2);
    write("binary.csv", "\u{0}");
    assert_eq!(status(&greffe(folder.path(), &["tally", "binary.csv"])), 1);
}
