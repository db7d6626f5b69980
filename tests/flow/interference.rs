//! Non-interference: change every withheld, private and embargoed value, build again, and every byte is the same.

use crate::{SITE, WATER, build, build_with, holding};
use greffe::check::Options;

const TEXT: &str = "kind: bill\ntitle: Projet\nversions:\n  \
                    - {id: depot, title: Dépôt, date: 2026-01-01, stage: tabled}\n";

/// A site in which everything that must not be public says `secret`, replaced by `with`.
fn site(secret: &str, number: u64) -> crate::Files {
    let withheld = format!(
        "- id: c1\n  kind: proposal\n  title: {secret} titre\n  date: 2026-01-02\n  author: {{name: {secret} Nom}}\n  \
         position: {position}\n  themes: [{secret} thème]\n  place: {secret} lieu\n  \
         link: https://example.org/{secret}\n  on: {{article: 1, quote: {secret} citation}}\n  \
         moderation: {{state: withheld, reason: insulte, date: 2026-01-03}}\n  body: {secret} mots\n  \
         appendices: [{{title: {secret}, body: {secret}}}]\n\
         - id: c2\n  kind: proposal\n  title: Publiée\n  date: 2026-01-02\n  \
         author: {{name: {secret} Durand, pseudonym: Loutre}}\n  body: Des mots publiés.\n\
         - id: c3\n  kind: comment\n  parent: c2\n  date: 2026-01-04\n  body: {secret} en attente\n  \
         moderation: {{state: pending}}\n\
         - id: c4\n  kind: argument\n  parent: c2\n  position: for\n  date: 2026-01-05\n  \
         moderation: {{state: withheld, reason: insulte, digest: {digest}}}\n",
        position = if number.is_multiple_of(2) { "for" } else { "against" },
        digest = "ab".repeat(32),
    );
    let vote = format!(
        "title: Faut-il ?\nkind: poll\ndate: 2026-03-01\nembargo: 2030-01-01\nregistered: 1000\n\
         options: [{{id: oui, title: Oui}}, {{id: non, title: Non}}]\ntotals: {{oui: {number}, non: 3}}\n\
         cast: {cast}\nblank: 0\nballots: b.csv\nballots_missing: {secret}\n",
        cast = number + 3,
    );
    let ballots = format!("voter,choice\nv1,{}\n", if number > 5 { "oui" } else { "non" });
    build(&[
        SITE,
        WATER,
        ("content/eau/texts/projet/text.yaml", TEXT),
        ("content/eau/texts/projet/depot.md", "## Article 1er\n\nL’eau se partage.\n"),
        ("content/eau/contributions/liste.yaml", &withheld),
        (
            "content/eau/synthesis/s.md",
            "---\ntitle: Synthèse\nauthor: {name: La commune}\ndate: 2026-01-20\n---\nDit par [@c1] et [@c2].\n",
        ),
        (
            "content/eau/responses/r.md",
            "---\nto: [c1, c4]\nauthor: {name: La commune}\ndate: 2026-01-12\ndecision: not-kept\n---\nNon.\n",
        ),
        ("content/eau/votes/v.yaml", &vote),
        ("content/eau/votes/b.csv", &ballots),
    ])
}

#[test]
fn what_must_not_be_public_changes_no_byte() {
    let (one, two) = (site("Sésame", 4), site("Autrement", 9));
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    for (path, bytes) in &one {
        assert!(two[path] == *bytes, "{path} depends on a withheld, private or embargoed value");
    }
    assert!(holding(&one, "Sésame").is_empty());
}

/// The test above would pass on an empty site: this one shows that the site speaks of what it withholds.
#[test]
fn a_withheld_contribution_keeps_its_place_date_and_reason() {
    let files = site("Sésame", 4);
    let page = crate::text(&files, "eau/contributions/c1/index.json");
    let page: serde_json::Value = serde_json::from_str(page).unwrap();
    assert_eq!(page["withheld"]["reason"], "Insulte");
    assert_eq!(page["withheld"]["date"], "2026-01-03");
    assert_eq!(page["date"], "2026-01-02");
    assert!(page["author"].is_null() && page["body"].is_null());
    let parent: serde_json::Value =
        serde_json::from_str(crate::text(&files, "eau/contributions/c2/index.json")).unwrap();
    assert_eq!(parent["author"]["name"], "Loutre");
}

/// And that each of the values would show if it were public: the test can fail.
#[test]
fn the_same_words_published_are_found() {
    let list = "- id: c1\n  kind: proposal\n  title: Sésame titre\n  date: 2026-01-02\n  body: Sésame mots\n  \
                author: {pseudonym: Sésame auteur}\n";
    let files = build(&[SITE, WATER, ("content/eau/contributions/liste.yaml", list)]);
    let found = holding(&files, "Sésame mots");
    assert!(found.contains(&"eau/contributions/c1/index.html"), "{found:?}");
    assert!(found.contains(&"eau/contributions/c1/index.json"), "{found:?}");
    assert!(found.contains(&"eau/data/contributions.csv"), "{found:?}");
}

/// A file that only something unpublished names stays behind, be its record pending, withheld or left out at fault.
#[test]
fn files_of_what_is_not_published_stay_behind() {
    let record = |id: &str, moderation: &str| {
        format!(
            "- id: {id}\n  kind: source\n  link: https://example.org/\n  date: 2026-01-02\n  \
             attachments: [{{path: documents/{id}.txt, title: Plan}}]\n{moderation}"
        )
    };
    let list = [
        record("publiee", ""),
        record("attente", "  moderation: {state: pending}\n"),
        record("ecartee", "  moderation: {state: withheld, reason: insulte}\n"),
        record("fautive", "  moderation: {state: withheld}\n"),
    ]
    .concat();
    let options = Options { quarantine: true, ..Options::default() };
    let files = build_with(
        &[
            SITE,
            WATER,
            ("content/eau/contributions/liste.yaml", &list),
            ("content/eau/documents/publiee.txt", "Sésame"),
            ("content/eau/documents/attente.txt", "Sésame"),
            ("content/eau/documents/ecartee.txt", "Sésame"),
            ("content/eau/documents/fautive.txt", "Sésame"),
        ],
        &options,
    );
    assert_eq!(holding(&files, "Sésame"), ["eau/documents/publiee.txt"]);
}
