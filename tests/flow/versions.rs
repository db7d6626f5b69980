//! Versions of a text: two compared, all in a table, an article followed through them.

use crate::{Files, SITE, WATER, build, text};
use serde_json::Value;

const TEXT: (&str, &str) = (
    "content/eau/texts/projet/text.yaml",
    "kind: bill\ntitle: Projet\nversions:\n  - {id: depot, title: Texte déposé, date: 2025-01-01, stage: tabled}\n  \
     - {id: adopte, title: Texte adopté, date: 2025-02-01, stage: adopted}\n",
);
const OLDER: (&str, &str) = (
    "content/eau/texts/projet/depot.md",
    "## Article 1er\n\nLe maire publie chaque année le volume d’eau prélevé.\n\nIl le fait dans les deux mois.\n\n\
     ## Article 2\n\nUne amende est encourue par celui qui pollue la rivière ou ses affluents.\n\n\
     ## Article 3\n\nLe présent texte entre en vigueur au premier janvier.\n",
);
const NEWER: (&str, &str) = (
    "content/eau/texts/projet/adopte.md",
    "## Article 1er\n\nLe maire publie chaque année le volume d’eau prélevé.\n\nIl le fait dans les trois mois.\n\n\
     ## Article 2\n\nUn comité de bassin <b> réunit & écoute les usagers, les communes et les associations.\n\n\
     ## Article 3\n\nUne amende est encourue par celui qui pollue la rivière ou ses affluents.\n",
);

fn site(more: &[(&str, &str)]) -> Files {
    build(&[&[SITE, WATER, TEXT, OLDER, NEWER], more].concat())
}

fn data(files: &Files, path: &str) -> Value {
    serde_json::from_str(text(files, path)).unwrap()
}

const COMPARE: &str = "eau/texts/projet/compare/depot/adopte/index";

#[test]
fn a_comparison_says_what_became_of_each_article() {
    let files = site(&[]);
    let page = data(&files, &format!("{COMPARE}.json"));
    let items = page["items"].as_array().unwrap().iter();
    let told: Vec<String> =
        items.map(|x| format!("{} {} {}", x["anchor"], x["steps"], x["unchanged"])).collect();
    assert_eq!(
        told,
        [
            r#""a-1er" ["changed"] false"#,
            r#""a-2" ["new"] false"#,
            r#""a-3" ["renumbered"] true"#,
            r#""gone-a-3" ["deleted"] false"#
        ]
    );
    assert_eq!(
        (page["counts"]["changed"].as_u64(), page["counts"]["renumbered"].as_u64()),
        (Some(1), Some(1))
    );
}

#[test]
fn changed_words_are_told_in_words_too_and_escaped() {
    let files = site(&[]);
    let html = text(&files, &format!("{COMPARE}.html"));
    assert!(html.contains("<span class=\"visually-hidden\">supprimé\u{a0}: </span>deux</del>"), "{html}");
    assert!(html.contains("<span class=\"visually-hidden\">inséré\u{a0}: </span>trois</ins>"), "{html}");
    assert!(html.contains("&lt;b&gt; réunit &amp; écoute"), "{html}");
}

#[test]
fn a_table_has_a_column_a_version() {
    let page = data(&site(&[]), "eau/texts/projet/table/index.json");
    let columns: Vec<&Value> = page["columns"].as_array().unwrap().iter().map(|c| &c["id"]).collect();
    assert_eq!(columns, ["depot", "adopte"]);
    let first = &page["articles"][0];
    let fates: Vec<&Value> = first["rows"].as_array().unwrap().iter().map(|row| &row[1]["fate"]).collect();
    assert_eq!(fates, ["same", "changed"]);
}

#[test]
fn one_version_has_neither_comparison_nor_table() {
    let yaml =
        "kind: bill\ntitle: Projet\nversions:\n  - {id: depot, title: T, date: 2025-01-01, stage: tabled}\n";
    let files = build(&[SITE, WATER, ("content/eau/texts/projet/text.yaml", yaml), OLDER]);
    let found = files.keys().filter(|path| path.contains("/compare/") || path.contains("/table/"));
    assert_eq!(found.count(), 0);
}

#[test]
fn an_article_is_followed_under_its_numbers() {
    let on = "- {id: c1, kind: proposal, title: T, body: B, date: 2025-01-10, author: {kind: citizen}, \
              on: {text: projet, version: depot, article: \"2\"}}\n";
    let files = site(&[("content/eau/contributions/liste.yaml", on)]);
    let page = data(&files, "eau/texts/projet/articles/3/index.json");
    let life: Vec<String> = page["life"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| format!("{} {} {}", step["version"]["id"], step["article"]["title"], step["steps"]))
        .collect();
    assert_eq!(life, [r#""depot" "Article 2" []"#, r#""adopte" "Article 3" ["renumbered"]"#]);
    assert_eq!(page["contributions"][0]["number"], "Article 2");
}

#[test]
fn words_are_traced_to_the_amendment_that_brought_them() {
    let amendment = "---\ntext: projet\nversion: depot\narticle: 1er\noutcome: adopted\ndate: 2025-01-15\n\
                     operations:\n  - {paragraph: 2, replace: deux, with: trois}\n---\nPour laisser le temps.\n";
    let files = site(&[("content/eau/amendments/7.md", amendment)]);
    let sources = &data(&files, "eau/texts/projet/articles/1er/index.json")["sources"];
    let origin = &sources["origins"][0];
    assert_eq!((&origin["change"]["id"], &origin["words"]), (&"7".into(), &"trois".into()));
    assert_eq!(sources["paragraphs"][1]["passages"][1]["origin"], 1);
}

#[test]
fn a_number_that_was_given_up_or_given_to_another_still_leads_to_its_article() {
    let renumbered = (
        "content/eau/texts/projet/adopte.md",
        "## Article 2\n\nLe présent texte entre en vigueur au premier janvier.\n\n\
         ## Article 4\n\nLe maire publie chaque année le volume d’eau prélevé.\n\nIl le fait dans les deux mois.\n\n\
         ## Article 5\n\nUne amende est encourue par celui qui pollue la rivière ou ses affluents.\n",
    );
    let files = build(&[SITE, WATER, TEXT, OLDER, renumbered]);
    // 1er became 4, and nobody is 1er: its address leads on. 3 became 2, and 2 became 5.
    let former = text(&files, "eau/texts/projet/articles/1er/index.html");
    assert!(former.contains("../../../../../eau/texts/projet/articles/4/index.html"), "{former}");
    let two = data(&files, "eau/texts/projet/articles/2/index.json");
    assert_eq!(two["namesakes"][0]["article"]["title"], "Article 5");
    assert_eq!(two["namesakes"][0]["version"]["title"], "Texte déposé");
    assert!(files.contains_key("eau/texts/projet/articles/3/index.html"), "3 leads to 2");
}
