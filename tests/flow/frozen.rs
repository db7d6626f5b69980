//! A frozen consultation: each page says so, its errata stand where they belong, and its form is closed.

use crate::{Files, SITE, WATER, build_with, text};
use greffe::check::Options;
use greffe::model::frozen::digest_of;
use greffe::model::when::Date;

const WELLS: (&str, &str) =
    ("content/eau/contributions/puits.md", "---\nkind: proposal\ntitle: Les puits\n---\nGardons-les.\n");
const REPLY: (&str, &str) = (
    "content/eau/contributions/reponse.md",
    "---\nkind: argument\nparent: puits\nposition: for\n---\nOui, trois jours.\n",
);
const TEXT: (&str, &str) = (
    "content/eau/texts/projet/text.yaml",
    "kind: bill\ntitle: Le projet\nversions: [{id: v1, title: Déposé, date: 2026-10-01, stage: tabled}]\n",
);
const VERSION: (&str, &str) = ("content/eau/texts/projet/v1.md", "# Article 1er\n\nL’eau se partage.\n");
const ERRATA: (&str, &str) = (
    "content/eau/errata.yaml",
    "- {date: 2027-01-12, contribution: reponse, body: \"Lire « trois *mois* ».\"}\n\
     - {date: 2027-02-01, body: Le titre était faux.}\n\
     - {date: 2027-03-01, text: projet, body: Une virgule manquait.}\n",
);

/// The record of a freeze on 27 November 2026; what follows its keys is added.
fn record(more: &str) -> String {
    let files: Vec<(String, String)> = [WATER, WELLS, REPLY, TEXT, VERSION]
        .iter()
        .map(|(path, _)| (path.trim_start_matches("content/eau/").to_owned(), "0".repeat(64)))
        .collect();
    let mut sorted: Vec<(&str, &str)> = files.iter().map(|(p, d)| (p.as_str(), d.as_str())).collect();
    sorted.sort_unstable();
    let list: String = sorted.iter().map(|(path, digest)| format!("  {path}: \"{digest}\"\n")).collect();
    let digest = digest_of(sorted);
    format!("date: 2026-11-27\ngreffe: 0.1.0\ncommit: abcdef0123\ndigest: {digest}\n{more}files:\n{list}")
}

fn on(day: &str) -> Options {
    Options { as_of: Date::parse(day), ..Options::default() }
}

fn made(more: &str, day: &str) -> Files {
    let frozen = record(more);
    build_with(
        &[SITE, WATER, WELLS, REPLY, TEXT, VERSION, ERRATA, ("content/eau/frozen.yaml", &frozen)],
        &on(day),
    )
}

/// The errata of a page, without tags.
fn errata(files: &Files, path: &str) -> Vec<String> {
    let html = text(files, path);
    let parts = html.split("<div class=\"erratum\">").skip(1);
    let words = |part: &str| {
        let end = part.find("</div>\n</div>").unwrap_or(part.len());
        let mut out = String::new();
        let mut tag = false;
        for c in part[..end].chars() {
            match c {
                '<' => tag = true,
                '>' => tag = false,
                c if !tag => out.push(c),
                _ => {}
            }
        }
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    parts.map(words).collect()
}

#[test]
fn errata_stand_on_the_page_they_are_about_and_all_of_them_on_the_consultation_s() {
    let files = made("", "2026-11-27");
    let about_reply = "Erratum du 12 janvier 2027, à propos de reponse Lire « trois mois ».";
    let about_text = "Erratum du 1er mars 2027, à propos de Le projet Une virgule manquait.";
    assert_eq!(
        errata(&files, "eau/index.html"),
        [about_text, "Erratum du 1er février 2027 Le titre était faux.", about_reply]
    );
    // An argument stands on the page of its proposal.
    assert_eq!(errata(&files, "eau/contributions/puits/index.html"), [about_reply]);
    assert!(
        text(&files, "eau/contributions/puits/index.html")
            .contains("puits/index.html#c-reponse\">reponse</a>")
    );
    assert_eq!(
        errata(&files, "eau/texts/projet/index.html"),
        ["Erratum du 1er mars 2027 Une virgule manquait."]
    );
    assert_eq!(errata(&files, "eau/texts/projet/articles/1er/index.html"), [about_text]);
    assert_eq!(errata(&files, "eau/data/index.html"), [""; 0]);
    assert!(
        text(&files, "eau/contributions/puits/index.json").contains("\"errata\":[{\"date\":\"2027-01-12\"")
    );
}

#[test]
fn every_page_says_that_it_is_frozen_and_leads_to_how_to_verify() {
    let replaces = "replaces: {bag: \"sha512:abc\", date: 2026-06-01, reason: Effacement demandé., \
                    files: [contributions/puits.md]}\n";
    let files = made(replaces, "2026-11-27");
    let page = text(&files, "eau/contributions/puits/index.html");
    assert!(page.contains("Consultation gelée le <time datetime=\"2026-11-27\">"), "{page}");
    assert!(page.contains("href=\"../../../eau/data/index.html#frozen\""));
    assert!(page.contains("commit: abcdef0123"), "its citation names the commit");
    let data = text(&files, "eau/data/index.html");
    for words in
        ["id=\"frozen\"", "abcdef0123", "sha512sum -c manifest-sha512.txt", "greffe verify", "5 fichiers"]
    {
        assert!(data.contains(words), "{words}");
    }
    for words in ["sha512:abc", "Effacement demandé.", "<code>contributions/puits.md</code>"] {
        assert!(data.contains(words), "{words}");
    }
    assert!(!text(&files, "index.html").contains("gelée"), "the site itself goes on");
}

#[test]
fn the_pages_of_a_frozen_consultation_do_not_change_with_the_day_of_the_site() {
    let (one, two) = (made("", "2026-11-27"), made("", "2027-06-01"));
    let changed: Vec<&String> =
        one.keys().filter(|path| path.starts_with("eau/") && one.get(*path) != two.get(*path)).collect();
    assert!(changed.is_empty(), "{changed:?}");
}

#[test]
fn the_form_of_a_frozen_consultation_is_closed() {
    let open = format!("{}participation: {{channel: netlify}}\n", WATER.1);
    let water = ("content/eau/consultation.yaml", open.as_str());
    let frozen = record("");
    let others = [SITE, water, WELLS, REPLY, TEXT, VERSION];
    let files = build_with(&others, &on("2026-11-27"));
    assert!(text(&files, "eau/take-part/index.html").contains("<form"));
    let files = build_with(
        &[&others[..], &[("content/eau/frozen.yaml", frozen.as_str())]].concat(),
        &on("2026-11-27"),
    );
    assert!(!text(&files, "eau/take-part/index.html").contains("<form"));
    assert!(!text(&files, "eau/index.html").contains("take-part"));
    assert!(!files.contains_key("eau/take-part/thanks/index.html"));
}
