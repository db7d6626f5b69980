//! Each page of the record says how it is cited, with the digest of its own data file.

use crate::{Files, SITE, WATER, build, build_with, text};
use greffe::check::Options;
use sha2::{Digest, Sha256};

const WELLS: (&str, &str) = (
    "content/eau/contributions/puits.md",
    "---\nkind: proposal\ntitle: Les puits\ndate: 2026-11-03\nauthor: {pseudonym: Truite 3}\n---\nGardons-les.\n",
);
const HIDDEN: (&str, &str) = (
    "content/eau/contributions/retiree.md",
    "---\nkind: proposal\ntitle: Mots retirés\nauthor: {pseudonym: Brochet 7}\n\
     moderation: {state: withheld, reason: insulte}\n---\nInsultes.\n",
);

/// The words of a page's citation, quotes as they are written.
fn cited(files: &Files, folder: &str) -> String {
    let html = text(files, &format!("{folder}index.html"));
    let start = html.find("<details class=\"citation\">").unwrap_or_else(|| panic!("{folder} is not cited"));
    let end = start + html[start..].find("</details>").unwrap();
    html[start..end].replace("&quot;", "\"")
}

#[test]
fn a_page_is_cited_with_its_author_date_address_and_digest() {
    let base = Some("https://archives.example.org/".into());
    let files = build_with(&[SITE, WATER, WELLS], &Options { base_url: base, ..Options::default() });
    let words = cited(&files, "eau/contributions/puits/");
    assert!(
        words.contains("<p class=\"cited\">Truite 3, <cite>Les puits</cite> [Proposition], L’eau, <time"),
        "{words}"
    );
    assert!(words.contains("https://archives.example.org/eau/contributions/puits/</span>"));
    let digest = Sha256::digest(&files["eau/contributions/puits/index.json"]);
    let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(words.matches(&digest).count(), 3, "as text, BibTeX and CSL-JSON: {words}");
    let organiser = cited(&files, "eau/");
    assert!(organiser.contains("\"author\":[{\"literal\":\"La commune\"}]"), "{organiser}");
    // Lists and searches are no pages of the record.
    for other in ["index.html", "eau/contributions/index.html", "eau/data/index.html", "search/index.html"] {
        assert!(!text(&files, other).contains("class=\"citation\""), "{other}");
    }
}

#[test]
fn what_is_withheld_is_cited_as_withheld() {
    let files = build(&[SITE, WATER, WELLS, HIDDEN]);
    let words = cited(&files, "eau/contributions/retiree/");
    assert!(words.contains("<cite>retiree</cite> [Proposition, contribution écartée], L’eau"), "{words}");
    assert!(!words.contains("Brochet") && !words.contains("Mots"));
    // Without an address of its own, a site can only say the path.
    assert!(words.contains("eau/contributions/retiree/index.html</span>") && !words.contains("\"URL\""));
}

#[test]
fn another_contribution_changes_no_citation() {
    let other = (
        "content/eau/contributions/sources.md",
        "---\nkind: proposal\ntitle: Les sources\ndate: 2026-11-03\n---\nAussi.\n",
    );
    let (one, two) = (build(&[SITE, WATER, WELLS]), build(&[SITE, WATER, WELLS, other]));
    assert_eq!(cited(&one, "eau/contributions/puits/"), cited(&two, "eau/contributions/puits/"));
}
