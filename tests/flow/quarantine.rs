//! A team that must publish at eight can leave the records at fault out; the pages say so.

use crate::{SITE, WATER, build_with, text, try_build};
use greffe::check::Options;

const LIST: &str = "- {id: a, kind: proposal, title: Bonne, date: 2026-01-01, body: Mots.}\n\
                    - {id: b, kind: proposal, title: Mauvaise, date: 2026-02-31, body: Mots.}\n\
                    - {id: c, kind: comment, parent: zzz, date: 2026-01-01, body: Orpheline.}\n";

#[test]
fn a_fault_stops_everything_without_it() {
    let files = [SITE, WATER, ("content/eau/contributions/l.yaml", LIST)];
    let (made, problems) = try_build(&files, &Options::default());
    assert!(made.is_none());
    let codes: Vec<&str> = problems.iter().map(|p| p.code.as_str()).collect();
    assert_eq!(codes, ["G015", "G018"]);
}

#[test]
fn records_at_fault_are_left_out_and_named() {
    let files = [SITE, WATER, ("content/eau/contributions/l.yaml", LIST)];
    let files = build_with(&files, &Options { quarantine: true, ..Default::default() });
    assert!(files.contains_key("eau/contributions/a/index.html"));
    assert!(!files.contains_key("eau/contributions/b/index.html"));
    let data: serde_json::Value = serde_json::from_str(text(&files, "eau/data/index.json")).unwrap();
    let named: Vec<_> = data["quarantined"].as_array().unwrap().iter().map(|q| q["line"].as_u64()).collect();
    assert_eq!(named, [Some(2), Some(3)]);
}

/// What is left out is told, once each, as a warning that repeats the fault: of what was read and of what it names.
#[test]
fn records_left_out_are_told() {
    let files = [SITE, WATER, ("content/eau/contributions/l.yaml", LIST)];
    let (made, problems) = try_build(&files, &Options { quarantine: true, ..Default::default() });
    assert!(made.is_some());
    let help =
        |p: &greffe::diag::Diagnostic| p.help.as_ref().map(|h| h.get(greffe::lang::Speech::En).to_string());
    let told: Vec<_> = problems.iter().map(|p| (p.code.as_str(), help(p).unwrap_or_default())).collect();
    assert_eq!(told, [("G038", "left out (G015)".to_owned()), ("G038", "left out (G018)".to_owned())]);
}

#[test]
fn a_wrong_count_is_left_out_like_any_record() {
    let vote = "title: Faut-il ?\nkind: poll\nballots: b.csv\n\
                options: [{id: oui, title: Oui}, {id: non, title: Non}]\ntotals: {oui: 2, non: 0}\n";
    let files = [
        SITE,
        WATER,
        ("content/eau/votes/v.yaml", vote),
        ("content/eau/votes/b.csv", "voter,choice\na,oui\nb,non\n"),
    ];
    let (made, problems) = try_build(&files, &Options::default());
    assert!(made.is_none());
    assert_eq!(problems.iter().map(|p| p.code.as_str()).collect::<Vec<_>>(), ["G025"]);
    let files = build_with(&files, &Options { quarantine: true, ..Default::default() });
    assert!(!files.contains_key("eau/votes/v/index.html"));
    assert!(text(&files, "eau/data/index.json").contains("\"code\":\"G025\""));
}

#[test]
fn a_consultation_s_own_file_cannot_be_left_out() {
    let broken = ("content/eau/consultation.yaml", "title: L’eau\n");
    let (made, _) = try_build(&[SITE, broken], &Options { quarantine: true, ..Default::default() });
    assert!(made.is_none());
}
