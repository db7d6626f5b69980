//! Bad input: whatever stands in the content is a diagnostic, or is accepted where it harms nothing. Never a panic,
//! never a site, never time out of proportion. What needs a disk is loaded from one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests are tests")]
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod told;

use greffe::check::Options;
use greffe::io::load::load;
use greffe::pipeline::{Unobserved, compile};
use greffe::sink::MemorySink;
use greffe::source::Sources;
use std::path::Path;
use told::{SOUND, examine, places, site};

/// A site on disk: the sound one, with these files in place of its own.
fn on_disk(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let write = |path: &str, bytes: &[u8]| {
        let path = root.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    SOUND.iter().for_each(|(path, text)| write(path, text.as_bytes()));
    for (path, bytes) in files {
        write(&path.strip_prefix('/').map_or(format!("content/eau/{path}"), str::to_owned), bytes);
    }
    root
}

fn told_of(root: &Path) -> Vec<String> {
    let sources = load(root).unwrap();
    let problems = examine(&sources, &Options::default());
    places(&problems, &sources)
}

/// Files on disk, and what is told of them.
fn check(files: &[(&str, &[u8])], expected: &[&str]) {
    assert_eq!(told_of(on_disk(files).path()), expected);
}

/// The codes told of files in memory, each once.
fn codes(files: &[(&str, &str)]) -> Vec<&'static str> {
    let sources = site(files);
    let mut codes: Vec<_> = examine(&sources, &Options::default()).iter().map(|p| p.code.as_str()).collect();
    codes.dedup();
    codes
}

/// Builds a site of which nothing is wrong, to its last page.
fn builds(sources: &Sources) {
    let sink = MemorySink::default();
    let (made, problems) = compile(sources, &Options::default(), &sink, &Unobserved).unwrap();
    assert_eq!(places(&problems, sources), [""; 0]);
    assert!(made.is_some());
}

const COMMENT: &str = "---\nkind: comment\n---\n";

// --- Bytes ---

#[test]
fn invalid_utf_8() {
    check(
        &[("contributions/c1.md", b"---\nkind: comment\n---\nR\xe9ponse.\n")],
        &["G001 contributions/c1.md:1:1"],
    );
    check(&[("consultation.yaml", b"title: \xff\xfe\n")], &["G001 consultation.yaml:1:1"]);
    check(&[("texts/projet/depot.md", b"# Article 1\n\n\xc3\x28\n")], &["G001 texts/projet/depot.md:1:1"]);
}

#[test]
fn utf_16() {
    let utf_16: Vec<u8> = COMMENT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(&[("contributions/c1.md", &utf_16)], &["G001 contributions/c1.md:1:2"]);
}

#[test]
fn a_byte_order_mark_is_accepted() {
    check(&[("contributions/c1.md", "\u{feff}---\nkind: comment\n---\nOui.\n".as_bytes())], &[]);
    check(&[("/greffe.yaml", "\u{feff}title: Site\n".as_bytes())], &[]);
}

#[test]
fn windows_line_ends_are_accepted_and_counted() {
    let all: Vec<(String, Vec<u8>)> =
        SOUND.iter().map(|(p, t)| (format!("/{p}"), t.replace('\n', "\r\n").into_bytes())).collect();
    let all: Vec<(&str, &[u8])> = all.iter().map(|(p, t)| (p.as_str(), t.as_slice())).collect();
    check(&all, &[]);
    check(
        &[("contributions/c1.md", b"---\r\nkind: comment\r\nparent: c9\r\n---\r\nOui.\r\n")],
        &["G018 contributions/c1.md:3:9"],
    );
}

#[test]
fn old_macintosh_line_ends_do_no_harm() {
    check(&[("contributions/c1.md", b"---\rkind: comment\r---\rOui.\r")], &["G023 contributions/c1.md:1:1"]);
}

#[test]
fn zero_bytes() {
    check(
        &[("contributions/c1.md", b"---\nkind: comment\n---\nOu\0i.\n")],
        &["G001 contributions/c1.md:4:3"],
    );
    check(&[("votes/v1.yaml", b"title: \0\n")], &["G001 votes/v1.yaml:1:8"]);
}

#[test]
fn marks_that_reverse_a_text() {
    let reversed = format!("{COMMENT}Pour \u{202e}ertnoc\u{202c}.\n");
    check(&[("contributions/c1.md", reversed.as_bytes())], &["G039 contributions/c1.md:4:6"]);
}

#[test]
fn fifty_megabytes() {
    let root = on_disk(&[("contributions/c1.md", b"")]);
    let large = std::fs::File::create(root.path().join("content/eau/contributions/c1.md")).unwrap();
    large.set_len(50 << 20).unwrap();
    assert_eq!(told_of(root.path()), ["G002 contributions/c1.md:1:1"]);
}

// --- What a disk can hold ---

#[test]
fn links_are_never_followed() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.md"), format!("{COMMENT}Secret.\n")).unwrap();
    let root = on_disk(&[]);
    let eau = root.path().join("content/eau");
    std::os::unix::fs::symlink(outside.path(), eau.join("contributions")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("secret.md"), eau.join("index.md")).unwrap();
    std::os::unix::fs::symlink(&eau, eau.join("documents")).unwrap();
    assert_eq!(told_of(root.path()), ["G003 contributions:1:1", "G003 documents:1:1", "G003 index.md:1:1"]);
}

#[test]
fn a_link_in_place_of_the_whole_content() {
    let elsewhere = on_disk(&[]);
    let root = tempfile::tempdir().unwrap();
    std::fs::write(root.path().join("greffe.yaml"), "title: Site\n").unwrap();
    std::os::unix::fs::symlink(elsewhere.path().join("content"), root.path().join("content")).unwrap();
    assert_eq!(told_of(root.path()), ["G003 /content:1:1"]);
}

#[test]
fn a_pipe_does_not_block() {
    let root = on_disk(&[("contributions/c1.md", b"")]);
    let pipe = root.path().join("content/eau/contributions/c1.md");
    std::fs::remove_file(&pipe).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert_eq!(told_of(root.path()), ["G004 contributions/c1.md:1:1"]);
}

#[test]
fn an_unreadable_file() {
    use std::os::unix::fs::PermissionsExt;
    let root = on_disk(&[("contributions/c1.md", format!("{COMMENT}Oui.\n").as_bytes())]);
    let file = root.path().join("content/eau/contributions/c1.md");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o000)).unwrap();
    // Whoever may read everything reads this too.
    let expected: &[&str] =
        if std::fs::File::open(&file).is_ok() { &[] } else { &["G004 contributions/c1.md:1:1"] };
    assert_eq!(told_of(root.path()), expected);
}

#[test]
fn a_folder_named_like_a_file() {
    check(
        &[("index.md/x.md", b""), ("/content/index.md/x.md", b"")],
        &["G022 index.md/x.md:1:1", "G022 /content/index.md/x.md:1:1"],
    );
}

#[test]
fn names_that_no_address_can_hold() {
    check(
        &[("documents/a\nb.pdf", b""), ("documents/a\\b.pdf", b""), ("documents/a:b.pdf", b"")],
        &["G005 documents/a\nb.pdf:1:1", "G005 documents/a:b.pdf:1:1", "G005 documents/a\\b.pdf:1:1"],
    );
}

// --- Depth and size ---

#[test]
fn ten_thousand_levels_of_yaml() {
    let flow = format!("title: {}{}\n", "[".repeat(10_000), "]".repeat(10_000));
    let maps = format!("title: {}{}\n", "{a: ".repeat(10_000), "}".repeat(10_000));
    let block = format!("{}a\n", "- ".repeat(10_000));
    let keys = format!("{}a\n", "? ".repeat(10_000));
    for deep in [flow, maps, block, keys] {
        assert_eq!(codes(&[("votes/v1.yaml", &deep)]), ["G009"], "{}", &deep[..20]);
    }
    let open = "[".repeat(1_000_000);
    assert_eq!(codes(&[("votes/v1.yaml", &open)]), ["G009"]);
}

#[test]
fn ten_thousand_levels_of_markdown() {
    for deep in [
        ">".repeat(10_000),
        "- ".repeat(10_000),
        "1. ".repeat(10_000),
        "*a ".repeat(10_000),
        "[".repeat(10_000),
        "![](".repeat(10_000),
    ] {
        let words = format!("{deep}Oui.\n");
        builds(&site(&[
            ("contributions/c1.md", &format!("---\nkind: proposal\ntitle: T\n---\n{words}")),
            ("texts/projet/depot.md", &format!("# Article 1\n\n{words}")),
            ("index.md", &words),
        ]));
    }
}

#[test]
fn aliases_that_would_grow_without_end() {
    let bomb = "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\ntitle: *c\n";
    assert_eq!(codes(&[("votes/v1.yaml", bomb)]), ["G008"]);
}

#[test]
fn a_million_keys() {
    let distinct: String = (0..1_000_000).map(|i| format!("k{i}: 1\n")).collect();
    let sources = site(&[("votes/v1.yaml", &distinct)]);
    let problems = examine(&sources, &Options::default());
    assert!(problems.len() < 30, "{}", problems.len());
    let same = "title: 1\n".repeat(1_000_000);
    assert!(examine(&site(&[("votes/v1.yaml", &same)]), &Options::default()).len() < 30);
}

#[test]
fn a_chain_of_twenty_thousand_answers() {
    let chain: String = (0..20_000)
        .map(|i| format!("- {{id: c{i}, kind: comment, body: Oui, parent: c{}}}\n", (i + 1).min(19_999)))
        .collect();
    // The last one answers itself; the others only lead to it.
    let found = codes(&[("contributions/c.yaml", &chain)]);
    assert_eq!(found, ["G037", "G019"]);
}

#[test]
fn twenty_thousand_wrong_references() {
    let wrong: String =
        (0..20_000).map(|i| format!("- {{id: c{i}, kind: comment, body: Oui, parent: d{i}}}\n")).collect();
    assert_eq!(codes(&[("contributions/c.yaml", &wrong)]), ["G037", "G018"]);
}

// --- Values ---

#[test]
fn impossible_dates() {
    for date in [
        "2026-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-01-32",
        "0000-00-00",
        "26-01-01",
        "2026-1-1",
        "01/02/2026",
        "2026-01-01T25:00",
        "2026-01-01T12:60",
        "2026-01-01T12:00+99:00",
        "20260101",
        "2026-W01-1",
        "demain",
        "١٢٣٤-٠١-٠١",
        "99999-01-01",
        "-2026-01-01",
        "2026-01-01T",
        "2026-01-01Z",
        "2026-01-01 12:00:00 Europe/Paris",
    ] {
        let comment = format!("---\nkind: comment\ndate: {date}\n---\nOui.\n");
        assert_eq!(codes(&[("contributions/c1.md", &comment)]), ["G015"], "{date}");
    }
    let edges = "- {id: a, kind: comment, body: A, date: 9999-12-31T23:59:59-14:00}\n\
                 - {id: b, kind: comment, body: B, date: 0001-01-01T00:00+14:00}\n";
    builds(&site(&[("contributions/c.yaml", edges)]));
}

#[test]
fn huge_numbers() {
    for number in
        ["18446744073709551616", "18446744073709551615", "1e9", "-1", "1.5", "0x10", "１２", "1_000", "∞"]
    {
        let vote = format!("title: V\nkind: roll-call\ntotals: {{for: {number}}}\n");
        assert_eq!(codes(&[("votes/v1.yaml", &vote)]), ["G013"], "{number}");
    }
    let endless =
        format!("title: V\nkind: roll-call\ntotals: {{for: 1}}\nrule: {{threshold: {}}}\n", "9".repeat(400));
    assert_eq!(codes(&[("votes/v1.yaml", &endless)]), ["G013"]);
    let most = "title: V\nkind: reactions\ntotals: {for: 1000000000000, against: 1000000000000, mixed: 1000000000000}\nregistered: 0\ncast: 0\n";
    let comment = "---\nkind: proposal\ntitle: T\nvotes: {for: 1000000000000, mixed: 1000000000000}\nsignatures: 1000000000000\non: {article: 1}\n---\nOui.\n";
    let sources = site(&[("votes/v1.yaml", most), ("contributions/c1.md", comment)]);
    examine(&sources, &Options::default());
}

#[test]
fn very_long_ids() {
    let long = "a".repeat(100_000);
    let comment = format!("---\nid: {long}\nkind: comment\nparent: {long}b\n---\nOui.\n");
    assert_eq!(codes(&[("contributions/c1.md", &comment)]), ["G016"]);
    let name = format!("contributions/{}.md", "a".repeat(250));
    assert_eq!(codes(&[(&name, &format!("{COMMENT}Oui.\n"))]), ["G036"]);
}

#[test]
fn ids_that_only_case_or_unicode_form_tells_apart() {
    let yes = format!("{COMMENT}Oui.\n");
    check(
        &[("contributions/Avis.md", yes.as_bytes()), ("contributions/avis.md", yes.as_bytes())],
        &["G017 contributions/avis.md:1:1"],
    );
    check(
        &[("contributions/e\u{301}t.md", yes.as_bytes()), ("contributions/\u{e9}t.md", yes.as_bytes())],
        &[
            "G036 contributions/e\u{301}t.md:1:1",
            "G036 contributions/\u{e9}t.md:1:1",
            "G017 contributions/\u{e9}t.md:1:1",
        ],
    );
}

// --- Emptiness ---

/// A file of every kind.
const EVERY_KIND: [&str; 17] = [
    "/greffe.yaml",
    "/content/index.md",
    "/content/pages/a.md",
    "consultation.yaml",
    "index.md",
    "texts/projet/text.yaml",
    "texts/projet/depot.md",
    "texts/projet/articles.yaml",
    "amendments/a.md",
    "contributions/a.md",
    "contributions/b.yaml",
    "responses/a.md",
    "synthesis/a.md",
    "meetings/a.md",
    "commitments/a.yaml",
    "votes/a.yaml",
    "votes/a.csv",
];

#[test]
fn next_to_nothing_in_a_file_of_every_kind() {
    for words in [
        "",
        "\n",
        "---",
        "---\n",
        "---\n---\n",
        "---\n---\n---\n",
        "~",
        "[]",
        "{}",
        "- ",
        "?",
        ":",
        "a",
        "...\n",
        "%",
        "\u{feff}",
        "# ",
        "--- |",
    ] {
        for path in EVERY_KIND {
            let sources = site(&[(path, words)]);
            for problem in examine(&sources, &Options::default()) {
                let end = problem.span.end as usize;
                assert!(end <= sources.text(problem.span.file).len(), "{path} {words:?}");
            }
        }
        // And with what leaves records at fault out.
        let all: Vec<(&str, &str)> = EVERY_KIND.iter().map(|path| (*path, words)).collect();
        examine(&site(&all), &Options { quarantine: true, ..Options::default() });
    }
}

#[test]
fn nothing_at_all() {
    assert_eq!(told_of(tempfile::tempdir().unwrap().path()), ["G034"]);
    assert!(load(Path::new("/nowhere/at/all")).is_err());
}
