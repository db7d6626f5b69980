//! Tests of the open data, each on the smallest consultation that shows one idea.

use super::{Table, document, package, tables, zip};
use crate::check::{Options, check};
use crate::derive::derive;
use crate::lang::Lang;
use crate::model::site::Site;
use crate::parse::parse;
use crate::source::Sources;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const SITE: (&str, &str) = ("greffe.yaml", "title: Site\nlicence: etalab-2.0\n");
const CONSULTATION: &str = "title: L’eau\nsummary: Partager l’eau.\norganiser: {name: Ville}\nknown_missing: \
                            [Les mots de 2014]\nmoderation:\n  reasons:\n    - {id: injure, title: Injure}\n";

/// A site with one consultation, `content/eau`, made of these files.
fn site(files: &[(&str, &str)]) -> Site {
    let texts: Vec<(String, &str)> =
        files.iter().map(|(path, text)| (format!("content/eau/{path}"), *text)).collect();
    let all = texts.iter().map(|(path, text)| (path.as_str(), *text));
    let sources =
        Sources::from_texts([SITE, ("content/eau/consultation.yaml", CONSULTATION)].into_iter().chain(all));
    let (site, problems) = check(&parse(&sources), &sources, &Options::default(), &BTreeSet::new());
    site.unwrap_or_else(|| panic!("{problems:#?}"))
}

/// Everything that is published of it.
fn published(site: &Site) -> (Vec<Table>, Value, Vec<u8>) {
    let (derived, _) = derive(site);
    let (consultation, lang) = (&site.consultations[0], Lang::french());
    let tables = tables(site, consultation, &derived.consultations[0], &lang);
    let package = package(site, consultation, &tables, &lang);
    let zip = zip(&tables, &package).unwrap();
    (tables, package, zip)
}

/// The rows of a table, as maps from column to cell.
fn rows(tables: &[Table], name: &str) -> Vec<BTreeMap<String, String>> {
    let table = tables.iter().find(|t| t.name == name).unwrap_or_else(|| panic!("no table {name}"));
    let mut reader = ::csv::Reader::from_reader(&*table.csv);
    reader.deserialize().map(|row| row.unwrap()).collect()
}

const TEXT: [(&str, &str); 2] = [
    (
        "texts/projet/text.yaml",
        "kind: bill\ntitle: Projet\nversions:\n  - {id: depot, title: Dépôt, date: 2026-01-02, stage: tabled}\n",
    ),
    ("texts/projet/depot.md", "# Titre Ier – Eau\n\n## Article 1er\n\nPremier alinéa.\n\n- Second.\n"),
];

#[test]
fn definitions_hold_together() {
    let lang = Lang::new("en").unwrap();
    let all: Vec<Table> = super::tables::all().iter().map(|t| t.describe(&lang)).collect();
    let columns: BTreeMap<&str, BTreeSet<&str>> =
        all.iter().map(|t| (t.name, t.columns.iter().map(|c| c.name).collect())).collect();
    assert_eq!(columns.len(), all.len(), "two tables have one name");
    for table in &all {
        assert_eq!(
            columns[table.name].len(),
            table.columns.len(),
            "{}: two columns have one name",
            table.name
        );
        for key in &table.primary_key {
            let column = table.columns.iter().find(|c| c.name == *key);
            assert!(column.is_some_and(|c| c.required), "{}.{key}", table.name);
        }
        for key in &table.foreign_keys {
            assert!(key.columns.iter().all(|c| columns[table.name].contains(c)), "{}: {key:?}", table.name);
            assert!(key.references.iter().all(|c| columns[key.table].contains(c)), "{}: {key:?}", table.name);
        }
        for column in &table.columns {
            let name = column.name;
            assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{name}");
            assert!(column.description.ends_with(['.', '…']), "{}.{name}", table.name);
        }
    }
}

#[test]
#[allow(clippy::disallowed_methods, reason = "the document is written anew when asked for")]
fn the_document_lists_every_table_and_column() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/open-data.md");
    let made = document();
    if std::env::var("UPDATE_DOCS").is_ok() {
        std::fs::write(path, &made).unwrap();
    }
    let stands = std::fs::read_to_string(path).unwrap_or_default();
    assert!(stands == made, "docs/open-data.md is not up to date: UPDATE_DOCS=1 cargo test opendata");
}

#[test]
fn a_withheld_contribution_keeps_its_place_only() {
    let (tables, _, _) = published(&site(&[
        TEXT[0],
        TEXT[1],
        (
            "contributions/c1.md",
            "---\nkind: argument\ntitle: Secret\nauthor: {name: Jean, pseudonym: J}\ndate: 2026-01-03\non: {article: \
             1er, quote: Premier}\nposition: for\nmoderation: {state: withheld, reason: injure, date: \
             2026-01-04}\n---\nDes mots.\n",
        ),
    ]));
    let row = &rows(&tables, "contributions")[0];
    let filled: Vec<(&str, &str)> =
        row.iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| (k.as_str(), v.as_str())).collect();
    assert_eq!(
        filled,
        [
            ("article", "1er"),
            ("channel", "online"),
            ("date", "2026-01-03"),
            ("id", "c1"),
            ("kind", "argument"),
            ("moderation", "withheld"),
            ("moderation_date", "2026-01-04"),
            ("moderation_reason", "injure"),
            ("text", "projet"),
            ("url", "eau/texts/projet/articles/1er/index.html#c-c1"),
            ("version", "depot"),
        ]
    );
}

#[test]
fn words_are_exact_and_formulas_are_not_run() {
    let (tables, package, _) = published(&site(&[(
        "contributions/c.yaml",
        "- {id: a, kind: proposal, title: '=HYPERLINK(\"http://x\")', body: \"- un\\n- deux, \\\"trois\\\"\"}\n- {id: b, \
         kind: comment, parent: a, body: \"l’eau\", votes: {for: 3}}\n",
    )]));
    let found = rows(&tables, "contributions");
    assert_eq!(found[0]["title"], "'=HYPERLINK(\"http://x\")");
    assert_eq!(found[0]["body"], "'- un\n- deux, \"trois\"");
    assert_eq!(found[1]["body"], "l’eau");
    assert_eq!(found[1]["votes_for"], "3");
    assert_eq!(found[1]["url"], "eau/contributions/a/index.html#c-b");
    let contributions = &tables[0];
    let title = contributions.columns.iter().position(|c| c.name == "title").unwrap();
    assert_eq!(contributions.preview[0][title], "=HYPERLINK(\"http://x\")", "a preview is not a spreadsheet");
    assert!(package["description"].as_str().unwrap().contains("apostrophe"));
    assert!(package["greffe"]["formulas"].as_str().unwrap().contains("greffe:free"));
}

#[test]
fn paragraphs_stand_in_rows_and_refer_to_their_article() {
    let (tables, package, _) = published(&site(&TEXT));
    let found = rows(&tables, "paragraphs");
    assert_eq!(found.len(), 2);
    assert_eq!(
        (&*found[1]["article"], &*found[1]["number"], &*found[1]["markdown"]),
        ("1er", "2", "'- Second.")
    );
    assert_eq!(rows(&tables, "articles")[0]["division"], rows(&tables, "divisions")[0]["id"]);
    let resources = package["resources"].as_array().unwrap();
    let articles = resources.iter().find(|r| r["name"] == "articles").unwrap();
    assert_eq!(articles["schema"]["primaryKey"], serde_json::json!(["text", "version", "article"]));
    assert_eq!(articles["schema"]["foreignKeys"].as_array().unwrap().len(), 1, "there are no categories");
    assert!(!tables.iter().any(|t| t.name == "contributions"), "a table without rows is left out");
}

#[test]
fn amendments_that_meet_and_what_no_change_explains_stand_in_rows() {
    let text = "kind: bill\ntitle: Projet\nversions:\n  - {id: depot, title: Dépôt, date: 2026-01-02, stage: tabled}\n  - \
                {id: loi, title: Loi, date: 2026-02-02, stage: adopted}\n";
    let change = |with: &str, outcome: &str| {
        format!(
            "---\narticle: '1'\noutcome: {outcome}\noperations: [{{replace: vingt, with: {with}}}]\n---\n"
        )
    };
    let (ten, thirty) = (change("dix", "adopted"), change("trente", "moot"));
    let (tables, _, _) = published(&site(&[
        ("texts/projet/text.yaml", text),
        (
            "texts/projet/depot.md",
            "## Article 1\n\nPour vingt ans.\n\n## Article 2\n\nUn rapport sur l’eau est remis.\n",
        ),
        (
            "texts/projet/loi.md",
            "## Article 1\n\nPour dix ans.\n\n## Article 3\n\nUn rapport sur l’eau est remis.\n",
        ),
        ("amendments/a1.md", &ten),
        ("amendments/a2.md", &thirty),
    ]));
    let cells = |row: &BTreeMap<String, String>, names: &[&str]| -> Vec<String> {
        names.iter().map(|name| row[*name].clone()).collect()
    };
    let met = &rows(&tables, "conflicts")[0];
    assert_eq!(
        cells(met, &["first", "second", "meeting", "article", "paragraph"]),
        ["a1", "a2", "overlap", "1", "1"]
    );
    let found = &rows(&tables, "unexplained_differences")[0];
    assert_eq!(
        cells(found, &["next_version", "article", "what", "before", "after"]),
        ["loi", "3", "number", "Article 2", "Article 3"]
    );
    let articles = rows(&tables, "article_versions");
    assert_eq!(cells(&articles[1], &["version", "article", "own_id", "steps"]), ["depot", "3", "2", ""]);
    assert_eq!(
        cells(&articles[3], &["version", "article", "own_id", "steps"]),
        ["loi", "3", "3", "renumbered"]
    );
    let amendments = rows(&tables, "amendments");
    assert_eq!(cells(&amendments[0], &["discussion_order", "applied"]), ["1", "true"]);
    assert_eq!(cells(&amendments[1], &["discussion_order", "applied"]), ["2", "false"]);
}

#[test]
fn a_vote_says_how_it_was_counted() {
    let poll = "title: Sondage\nkind: poll\noptions: [{id: oui, title: Oui}, {id: non, title: Non}]\nballots: p.csv\n";
    let closed = "title: Clos\nkind: roll-call\nembargo: 2030-01-01\ngroups: [{id: g, name: G, for: 5}]\n";
    let call =
        "title: Scrutin\nkind: roll-call\ngroups: [{id: g, name: G, for: 5, against: 3, abstention: 2}]\n";
    let (tables, _, _) = published(&site(&[
        ("votes/a.yaml", poll),
        ("votes/p.csv", "voter,choice\nv1,oui\nv2,oui\nv3,non\nv4,\n,autre\n"),
        ("votes/b.yaml", call),
        ("votes/c.yaml", closed),
    ]));
    let votes = rows(&tables, "votes");
    let cells = |at: usize| ["provenance", "cast", "blank", "void", "winners"].map(|c| votes[at][c].as_str());
    assert_eq!(cells(0), ["recounted", "5", "1", "1", "oui"]);
    assert_eq!(cells(1), ["summed", "10", "", "", "for"]);
    assert_eq!(cells(2), [""; 5], "nothing comes out under embargo");
    let results: Vec<_> =
        rows(&tables, "results").iter().map(|r| (r["count"].clone(), r["share"].clone())).collect();
    let pair = |count: &str, share: &str| (count.to_owned(), share.to_owned());
    assert_eq!(
        results,
        [pair("2", "66.6667"), pair("1", "33.3333"), pair("5", "62.5"), pair("3", "37.5"), pair("2", "")]
    );
    assert_eq!(rows(&tables, "ballots")[4]["choice"], "?");
    assert_eq!(rows(&tables, "groups").len(), 1);
}

#[test]
fn the_package_tells_the_size_and_digest_of_every_file() {
    let (tables, package, bytes) = published(&site(&TEXT));
    let mut archive = ::zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|n| n.unwrap().into_owned()).collect();
    let mut sorted = names.clone();
    sorted.sort();
    assert_eq!(names, sorted);
    assert_eq!(names.len(), tables.len() + 2);
    for resource in package["resources"].as_array().unwrap() {
        let path = resource["path"].as_str().unwrap();
        let table = tables.iter().find(|t| t.file() == path).unwrap();
        let file = archive.by_name(path).unwrap();
        assert_eq!(file.last_modified(), Some(::zip::DateTime::default()));
        assert_eq!(file.unix_mode().map(|m| m & 0o777), Some(0o644));
        assert_eq!(resource["bytes"], file.size());
        assert_eq!(resource["hash"], format!("sha256:{}", table.sha256));
    }
    assert_eq!(package["created"], "2026-01-02T00:00:00Z");
    assert_eq!(package["version"], "2026.1.2");
    assert_eq!(package["licenses"][0]["name"], "etalab-2.0");
    let readme = super::readme::readme(&package);
    for said in ["Les mots de 2014", "Licence Ouverte", "paragraphs.csv", "`markdown`"] {
        assert!(readme.contains(said), "{said}");
    }
}

#[test]
fn addresses_are_absolute_when_the_site_says_where_it_stands() {
    let sources = Sources::from_texts([
        ("greffe.yaml", "title: Site\nlanguages: [fr, en]\nbase_url: https://eau.example/archive\n"),
        ("content/eau/consultation.yaml", CONSULTATION),
        ("content/eau/contributions/c1.md", "---\nkind: comment\n---\nMots.\n"),
    ]);
    let (site, problems) = check(&parse(&sources), &sources, &Options::default(), &BTreeSet::new());
    let (tables, package, _) = published(&site.unwrap_or_else(|| panic!("{problems:#?}")));
    let url = &rows(&tables, "contributions")[0]["url"];
    assert_eq!(url, "https://eau.example/archive/fr/eau/discussion/index.html#c-c1");
    assert_eq!(package["id"], "https://eau.example/archive/fr/eau/data/");
    assert_eq!(package.get("created"), None, "no date is known");
}

#[test]
fn quarantined_records_are_named() {
    let sources = Sources::from_texts([
        SITE,
        ("content/eau/consultation.yaml", CONSULTATION),
        ("content/eau/contributions/bon.md", "---\nkind: proposal\n---\nBon.\n"),
        ("content/eau/contributions/faux.md", "---\nkind: proposal\ncategory: rien\n---\nFaux.\n"),
    ]);
    let options = Options { quarantine: true, ..Options::default() };
    let (site, problems) = check(&parse(&sources), &sources, &options, &BTreeSet::new());
    let (tables, package, _) = published(&site.unwrap_or_else(|| panic!("{problems:#?}")));
    assert_eq!(rows(&tables, "contributions").len(), 1);
    assert_eq!(package["greffe"]["quarantined"][0]["file"], "content/eau/contributions/faux.md");
    assert!(super::readme::readme(&package).contains("faux.md"));
}

/// A consultation in which everything secret says these words.
fn with_secrets(title: &str, body: &str, name: &str) -> Vec<u8> {
    let quoted = |words: &str| serde_json::to_string(words).unwrap();
    let (title, body, name) = (quoted(title), quoted(body), quoted(name));
    let contributions = format!(
        "- {{id: a, kind: proposal, title: Vu, body: Vu aussi, author: {{name: {name}, pseudonym: P1}}}}\n- {{id: b, kind: \
         argument, parent: a, title: {title}, body: {body}, author: {{name: {name}, pseudonym: {name}}}, link: \
         \"https://example.org\", position: for, appendices: [{{title: {title}, body: {body}}}], moderation: {{state: \
         withheld, reason: injure}}}}\n- {{id: c, kind: proposal, title: {title}, body: {body}, moderation: {{state: \
         pending}}}}\n"
    );
    let (tables, package, zip) = published(&site(&[("contributions/c.yaml", &contributions)]));
    let mut out: Vec<u8> = tables.iter().flat_map(|t| t.csv.iter().copied()).collect();
    out.extend(serde_json::to_vec(&tables).unwrap());
    out.extend(package.to_string().bytes());
    out.extend(zip);
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whatever is withheld, pending or private says, not one byte of the open data differs.
    #[test]
    fn withheld_words_do_not_reach_the_data(
        title in "[a-zé=+@ '\"]{1,40}", body in "[a-zé,;\n|-]{1,80}", name in "[A-Z][a-z]{1,12}",
    ) {
        prop_assume!(!title.trim().is_empty() && !body.trim().is_empty());
        prop_assert_eq!(with_secrets(&title, &body, &name), with_secrets("Autre", "Rien de tel.", "Zoé"));
    }
}
