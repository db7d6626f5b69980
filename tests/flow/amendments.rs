//! What the pages say of amendments: the text with each of them alone, those that meet, the order of discussion, the
//! consolidated text and what no change explains.

use super::{Files, SITE, WATER, build, text};
use serde_json::Value;

const TEXT: (&str, &str) = (
    "content/eau/texts/projet/text.yaml",
    "kind: bill\ntitle: Projet\nversions:\n  - {id: depot, title: Dépôt, date: 2026-01-02, stage: tabled}\n  - {id: \
     adopte, title: Adopté, date: 2026-03-02, stage: adopted}\n",
);
const TABLED: (&str, &str) = (
    "content/eau/texts/projet/depot.md",
    "# Titre Ier – Eau\n\n## Article 1er\n\nUn.\n\nPour vingt ans.\n\nLe 1<sup>er</sup> mai.\n\nQuatre.\n\nCinq.\n\nSix.\n\n\
     Sept.\n\n## Article 2\n\nDes mots.\n",
);
const ADOPTED: (&str, &str) = (
    "content/eau/texts/projet/adopte.md",
    "# Titre Ier – Eau\n\n## Article 1er\n\nUn.\n\nPour dix ans.\n\nLe 1<sup>er</sup> avril.\n\nQuatre.\n\nCinq.\n\nSix.\n\n\
     Sept.\n\n## Article 1 bis\n\nLes mares.\n\nLeur liste.\n\n## Article 2\n\nDes mots.\n",
);
const TEN: &str = "article: 1er\noutcome: adopted\noperations: [{paragraph: 2, replace: vingt, with: dix}]\n";
const THIRTY: &str =
    "article: 1er\noutcome: moot\noperations: [{paragraph: 2, replace: vingt, with: trente}]\n";
const SAME: &str =
    "article: 1er\noutcome: moot\noperations: [{paragraph: 2, replace: vingt, with: trente}]\n";
const LESS: &str = "article: 1er\noutcome: rejected\noperations: [{delete_paragraphs: 2}]\n";
const PONDS: &str = "outcome: adopted\noperations:\n  - insert_articles: |\n      ## Article 1 bis\n\n      Les mares.\n    \
                     after_article: 1er\n";
const LIST: &str = "parent: '5'\noutcome: adopted\noperations: [{article: 1 bis, insert_paragraphs: Leur liste., \
                    after_paragraph: 1}]\n";
const CLEAN: &str =
    "origin: editor\narticle: 1er\norder: 1\noperations: [{paragraph: 3, replace: mai, with: avril}]\n";

/// A bill with seven changes; those left out are not written.
fn bill(adopted: &str, without: &[&str]) -> Files {
    let changes =
        [("1", TEN), ("2", THIRTY), ("3", SAME), ("4", LESS), ("5", PONDS), ("6", LIST), ("net", CLEAN)];
    let changes: Vec<(String, String)> = changes
        .iter()
        .filter(|(id, _)| !without.contains(id))
        .map(|(id, words)| (format!("content/eau/amendments/{id}.md"), format!("---\n{words}---\n")))
        .collect();
    let mut files = vec![SITE, WATER, TEXT, TABLED, (ADOPTED.0, adopted)];
    files.extend(changes.iter().map(|(path, words)| (path.as_str(), words.as_str())));
    build(&files)
}

fn json(files: &Files, page: &str) -> Value {
    serde_json::from_str(text(files, &format!("eau/{page}/index.json"))).unwrap()
}

fn numbers(rows: &Value) -> Vec<&str> {
    rows.as_array().unwrap().iter().map(|row| row["number"].as_str().unwrap()).collect()
}

#[test]
fn an_amendment_shows_the_article_with_it_alone() {
    let files = bill(ADOPTED.1, &[]);
    let page = json(&files, "amendments/2");
    let unit = &page["reading"]["units"][0];
    let stretches = unit["stretches"].as_array().unwrap();
    let folded: Vec<bool> = stretches.iter().map(|s| s["folded"].as_bool().unwrap()).collect();
    assert_eq!(folded, [false, false, true], "one untouched paragraph is shown, five are folded");
    let changed = &stretches[1]["paragraphs"][0];
    assert_eq!((&changed["before"], &changed["after"]), (&2.into(), &2.into()));
    let words = r#"[{"words":"Pour ","mark":"same"},{"words":"vingt","mark":"deleted"},{"words":"trente","mark":"inserted"},{"words":" ans.","mark":"same"}]"#;
    assert_eq!(changed["words"], serde_json::from_str::<Value>(words).unwrap());
    assert_eq!(unit["clean"][1]["body"]["markdown"], "Pour trente ans.");
    let html = text(&files, "eau/amendments/2/index.html");
    assert!(
        html.contains("<ins><span class=\"visually-hidden\">inséré\u{a0}: </span>trente</ins>"),
        "{html}"
    );
    assert!(!html.contains("&lt;sup"));
}

#[test]
fn a_sub_amendment_reads_on_top_of_the_amendment_it_amends() {
    let page = json(&bill(ADOPTED.1, &[]), "amendments/6");
    assert_eq!(page["reading"]["on"][0]["title"], "5");
    let paragraphs = &page["reading"]["units"][0]["stretches"];
    assert_eq!(paragraphs[0]["paragraphs"][0]["words"][0]["mark"], "same", "what 5 brings is there already");
    assert_eq!(paragraphs[1]["paragraphs"][0]["before"], Value::Null);
    assert_eq!(paragraphs[1]["paragraphs"][0]["after"], 2);
}

#[test]
fn amendments_that_meet_say_how() {
    let files = bill(ADOPTED.1, &[]);
    let page = json(&files, "amendments/2");
    let met: Vec<(&str, &str, bool)> = page["conflicts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|x| {
            let (number, meeting) = (x["other"]["number"].as_str().unwrap(), x["meeting"].as_str().unwrap());
            (number, meeting, x["takes_away"].as_bool().unwrap())
        })
        .collect();
    assert_eq!(met, [("3", "identical", false), ("1", "overlap", false), ("4", "moot", false)]);
    let other = json(&files, "amendments/4");
    assert_eq!(other["conflicts"][0]["takes_away"], true);
    let list = json(&files, "texts/projet/versions/depot/amendments");
    let counts: Vec<u64> =
        list["meetings"].as_array().unwrap().iter().map(|m| m["count"].as_u64().unwrap()).collect();
    assert_eq!(counts, [1, 2, 3], "identical, overlapping, moot");
}

#[test]
fn lists_are_in_the_order_of_discussion_and_of_number() {
    let files = bill(ADOPTED.1, &[]);
    let list = json(&files, "texts/projet/versions/depot/amendments");
    assert_eq!(numbers(&list["places"][0]["amendments"]), ["4", "1", "2", "3", "net"]);
    assert_eq!(list["places"][1]["place"]["kind"], "after-article");
    assert_eq!(numbers(&list["places"][1]["amendments"]), ["5", "6"]);
    let all = json(&files, "amendments");
    let by_number: Vec<&str> =
        all["numbers"].as_array().unwrap().iter().map(|n| n["title"].as_str().unwrap()).collect();
    assert_eq!(by_number, ["1", "2", "3", "4", "5", "6", "net"]);
    let page = json(&files, "amendments/1");
    assert_eq!((&page["discussion"]["number"], &page["discussion"]["count"]), (&2.into(), &7.into()));
    assert_eq!(
        (&page["discussion"]["previous"]["title"], &page["discussion"]["next"]["title"]),
        (&"4".into(), &"2".into())
    );
}

#[test]
fn a_long_list_has_pages_that_no_amendment_can_take() {
    let one = |n: usize| (format!("content/eau/amendments/{n}.md"), "---\narticle: '2'\n---\n".to_owned());
    let many: Vec<(String, String)> = (1..=201).map(one).collect();
    let mut files = vec![SITE, WATER, TEXT, TABLED, ADOPTED];
    files.extend(many.iter().map(|(path, words)| (path.as_str(), words.as_str())));
    let files = build(&files);
    assert!(text(&files, "eau/amendments/2/index.html").contains("data-page=\"amendment\""));
    let second = json(&files, "by-place/2");
    assert_eq!(second["groups"][0]["places"][0]["amendments"].as_array().unwrap().len(), 1);
    assert_eq!(json(&files, "texts/projet/versions/depot/amendments/2")["pager"]["pages"], 2);
}

#[test]
fn a_consolidated_text_names_the_change_behind_each_word_and_equals_the_next_version() {
    let files = bill(ADOPTED.1, &[]);
    let page = json(&files, "texts/projet/versions/depot/consolidated");
    assert_eq!(numbers(&page["applied"]), ["net", "1", "5", "6"]);
    assert_eq!(page["comparison"]["count"], 0);
    let article = &page["items"][1];
    assert_eq!(numbers(&article["changes"]), ["net", "1"]);
    let words = &article["paragraphs"][1]["words"];
    assert_eq!((&words[1]["words"], &words[1]["by"]["number"]), (&"dix".into(), &"1".into()));
    assert_eq!(numbers(&page["items"][2]["changes"]), ["5", "6"]);
    let html = text(&files, "eau/texts/projet/versions/depot/consolidated/index.html");
    assert!(html.contains("Identique, au caractère près, à la version"));
    assert!(
        !files.contains_key("eau/texts/projet/versions/adopte/consolidated/index.html"),
        "nothing is applied there"
    );
    assert!(text(&files, "eau/texts/projet/versions/depot/index.html").contains("consolidated/index.html"));
    let amendment = json(&files, "amendments/5");
    assert!(amendment["consolidated"].as_str().unwrap().ends_with("consolidated/index.html#a-1-bis"));
    assert_eq!(json(&files, "amendments/2")["consolidated"], Value::Null);
}

#[test]
fn what_no_change_explains_is_told() {
    let files = bill(ADOPTED.1, &["net"]);
    let page = json(&files, "texts/projet/versions/depot/consolidated");
    assert_eq!(page["comparison"]["count"], 1);
    let unit = &page["comparison"]["differences"][0];
    assert_eq!((&unit["unit"], &unit["differences"][0]["paragraph"]), (&"Article 1er".into(), &3.into()));
    let html = text(&files, "eau/texts/projet/versions/depot/consolidated/index.html");
    assert!(html.contains("Différences qu’aucune modification n’explique"));
}
