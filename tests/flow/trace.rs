//! What became of a contribution, from both ends: the smallest contents that say each thing.

use crate::{Files, SITE, WATER, build, build_with, text};
use greffe::check::Options;
use greffe::model::when::Date;
use serde_json::Value;

const TEXT: &str = "kind: bill\ntitle: Projet\nversions:\n  - {id: depot, title: Dépôt, date: 2026-01-01, stage: tabled}\n  \
                    - {id: adopte, title: Adopté, date: 2026-03-01, stage: adopted}\n";
const AMENDMENT: &str = "---\nnumber: 7\narticle: 1\noutcome: adopted\ndecided: 2026-02-10\nvote: v15\ncontributions: [p1]\n\
                         operations:\n  - {replace: trois mois, with: un mois}\n---\nPlus vite.\n";
const VOTE: &str = "title: Scrutin 15\nkind: roll-call\ndate: 2026-02-10\namendment: a7\ngroups:\n  \
                    - {id: g, name: G, for: 32, against: 11, abstention: 0}\n";
const LIST: &str = "- {id: p1, kind: proposal, title: Un mois, date: 2026-01-02, on: {article: 1}, body: Plus vite.}\n\
                    - {id: p2, kind: proposal, title: Rien, date: 2026-01-03, body: Autre chose.}\n\
                    - {id: a1, kind: argument, parent: p1, position: for, date: 2026-01-04, body: Oui.}\n";

/// A site with a bill of two versions, an adopted amendment, its vote; and the files given.
fn site<'a>(files: &[(&'a str, &'a str)]) -> Files {
    let mut all = vec![
        SITE,
        WATER,
        ("content/eau/texts/projet/text.yaml", TEXT),
        ("content/eau/texts/projet/depot.md", "## Article 1er\n\nLe maire répond en trois mois.\n"),
        ("content/eau/texts/projet/adopte.md", "## Article 1er\n\nLe maire répond en un mois.\n"),
        ("content/eau/amendments/a7.md", AMENDMENT),
        ("content/eau/votes/v15.yaml", VOTE),
        ("content/eau/contributions/liste.yaml", LIST),
    ];
    all.extend(files);
    build(&all)
}

fn json(files: &Files, path: &str) -> Value {
    serde_json::from_str(text(files, path)).unwrap()
}

fn sentence(pieces: &Value) -> String {
    pieces.as_array().unwrap().iter().map(|p| p["words"].as_str().unwrap()).collect()
}

/// The sentence of a contribution with a page.
fn told(files: &Files, id: &str) -> String {
    sentence(&json(files, &format!("eau/contributions/{id}/index.json"))["trace"]["sentence"])
        .replace('\u{a0}', " ")
}

/// What a row of the flow says: how many, out of how many.
fn stage(files: &Files, name: &str) -> Option<(u64, u64)> {
    let page = json(files, "eau/trace/index.json");
    let all = page["stages"].as_array().unwrap().clone();
    let row = all.into_iter().find(|row| row["name"] == name).unwrap_or_else(|| panic!("no stage {name}"));
    Some((row["share"]["count"].as_u64()?, row["share"]["of"].as_u64()?))
}

const SYNTHESIS: (&str, &str) = (
    "content/eau/synthesis/s.md",
    "---\ntitle: Synthèse\nauthor: {name: La commune}\ndate: 2026-01-20\n---\nOn veut aller vite [@p1; @a1].\n\nEncore [@p1].\n",
);
const RESPONSE: (&str, &str) = (
    "content/eau/responses/r.md",
    "---\nto: [p1]\nauthor: {name: La commune}\ndate: 2026-01-12\ndecision: kept-in-part\n---\nOui.\n",
);

#[test]
fn a_contribution_is_followed_to_the_passage_that_its_words_became() {
    let files = site(&[SYNTHESIS, RESPONSE]);
    assert_eq!(
        told(&files, "p1"),
        "Citée dans la synthèse « Synthèse » ; réponse du 12 janvier 2026 (La commune) : retenue en partie ; à l’origine de \
         l’amendement 7, adopté (vote : 32 pour, 11 contre), dont les mots se lisent dans la version « Adopté » (article \
         1er, alinéa 1)."
    );
    let page = json(&files, "eau/contributions/p1/index.json");
    let steps: Vec<(&str, &str)> = page["trace"]["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| (s["step"].as_str().unwrap(), s["asserted_by"].as_str().unwrap()))
        .collect();
    assert_eq!(
        steps,
        [
            ("cited-in", "organiser"),
            ("answered-by", "organiser"),
            ("led-to", "organiser"),
            ("decided-by", "organiser"),
            ("became-passage", "computation"),
        ]
    );
}

#[test]
fn what_is_not_recorded_is_said_to_be_that() {
    let files = site(&[]);
    assert_eq!(told(&files, "p2"), "Aucun lien enregistré.");
    assert_eq!((stage(&files, "cited"), stage(&files, "answered")), (None, None));
    assert_eq!(stage(&files, "led"), Some((1, 2)));
    assert_eq!(stage(&files, "passage"), Some((1, 2)));
    assert!(
        !files.contains_key("eau/unanswered/index.html") && !files.contains_key("eau/uncited/index.html")
    );
}

#[test]
fn a_citation_leads_to_the_very_statement() {
    let files = site(&[SYNTHESIS]);
    let page = json(&files, "eau/contributions/p1/index.json");
    let step = &page["trace"]["steps"][0];
    assert_eq!(step["href"], "../../../eau/synthesis/s/index.html#cite-p1-1");
    assert_eq!(step["more"][0]["href"], "../../../eau/synthesis/s/index.html#cite-p1-2");
    let html = text(&files, "eau/synthesis/s/index.html");
    for place in ["cite-p1-1", "cite-p1-2", "cite-a1-1"] {
        assert_eq!(html.matches(&format!("id=\"{place}\"")).count(), 1, "{place}");
    }
}

#[test]
fn a_passage_leads_back_to_its_amendment_the_contribution_and_the_response() {
    let files = site(&[SYNTHESIS, RESPONSE]);
    let article = json(&files, "eau/texts/projet/articles/1er/index.json");
    let change = &article["sources"]["origins"][0]["change"];
    assert_eq!(change["number"], "7");
    assert_eq!(change["contributions"][0]["title"], "Un mois");
    assert_eq!(change["syntheses"][0]["href"], "../../../../../eau/synthesis/s/index.html#cite-p1-1");
    assert_eq!(change["responses"][0]["href"], "../../../../../eau/responses/index.html#r-r");
    let amendment = json(&files, "eau/amendments/a7/index.json");
    assert_eq!(amendment["trace"]["passages"][0]["title"], "Article 1er, alinéa 1");
}

#[test]
fn a_fragment_says_what_became_of_it_in_a_line() {
    let files = site(&[SYNTHESIS]);
    let page = json(&files, "eau/contributions/p1/index.json");
    let argument = &page["fragments"]["arguments_for"][0];
    let line = sentence(&argument["trace"]).replace('\u{a0}', " ");
    assert_eq!(line, "Citée dans la synthèse « Synthèse ».");
}

#[test]
fn unanswered_and_uncited_are_listed_with_their_share() {
    let files = site(&[SYNTHESIS, RESPONSE]);
    let page = json(&files, "eau/unanswered/index.json");
    assert_eq!((page["covered"]["count"].as_u64(), page["covered"]["of"].as_u64()), (Some(1), Some(2)));
    assert_eq!(page["rows"][0]["id"], "p2");
    assert_eq!(page["fragments"]["of"], 1);
    let csv = "id,kind,title,date,category,article,for,against\r\np2,proposal,Rien,2026-01-03,,,,\r\n";
    assert_eq!(text(&files, "eau/unanswered/index.csv"), csv);
    assert_eq!(text(&files, "eau/uncited/index.csv"), csv);
    let coverage = &json(&files, "eau/synthesis/s/index.json")["coverage"];
    assert_eq!((coverage["all"]["count"].as_u64(), coverage["all"]["of"].as_u64()), (Some(2), Some(3)));
    assert_eq!(coverage["articles"][0]["count"], 2, "an argument counts for the article of what it is about");
}

#[test]
fn a_merged_contribution_goes_with_its_target_and_a_part_with_its_whole() {
    let list = "- {id: m1, kind: proposal, title: Pareil, date: 2026-01-05, merged_into: p1, body: Vite., votes: {for: 9}}\n\
                - {id: s1, kind: proposal, title: Morceau, date: 2026-01-06, split_from: p2, body: Un bout.}\n";
    let files = site(&[RESPONSE, ("content/eau/contributions/autres.yaml", list)]);
    assert_eq!(told(&files, "m1"), "Réunie à la contribution « Un mois », dont elle suit le sort.");
    assert_eq!(told(&files, "s1"), "Tirée de la contribution « Rien ».");
    assert_eq!(told(&files, "p2"), "Partagée en « Morceau ».");
    assert!(told(&files, "p1").starts_with("Réunie avec « Pareil » ; réponse"));
    assert_eq!(stage(&files, "merged"), Some((1, 4)));
    assert_eq!(stage(&files, "answered"), Some((1, 3)), "out of those that are not merged");
    let unanswered = json(&files, "eau/unanswered/index.json");
    let ids: Vec<&str> =
        unanswered["rows"].as_array().unwrap().iter().map(|r| r["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["p2", "s1"]);
}

#[test]
fn a_commitment_past_its_day_is_said_to_be() {
    let commitment = "title: Un guide.\nby: {name: La commune}\ndate: 2026-01-20\ndue: 2026-06-30\nstatus: under-way\n\
                      contributions: [p2]\n";
    let mut all = vec![
        SITE,
        WATER,
        (
            "content/eau/contributions/liste.yaml",
            "- {id: p2, kind: proposal, title: Rien, date: 2026-01-03, body: B.}\n",
        ),
        ("content/eau/commitments/guide.yaml", commitment),
    ];
    let on = |day: &str| Options { as_of: Date::parse(day), ..Options::default() };
    let files = build_with(&all, &on("2026-07-01"));
    let late = "Led to the commitment “Un guide” (under way; due on 30 June 2026, now past).";
    let french = "À l’origine de l’engagement « Un guide » (en cours ; échéance du 30 juin 2026 dépassée).";
    assert_eq!(told(&files, "p2"), french);
    assert_eq!(json(&files, "eau/commitments/index.json")["overdue"], 1);
    let files = build_with(&all, &on("2026-06-30"));
    assert_eq!(told(&files, "p2"), "À l’origine de l’engagement « Un guide » (en cours).");
    all[0] = ("greffe.yaml", "title: Consultations\nlicence: etalab-2.0\nlanguages: [en]\n");
    assert_eq!(told(&build_with(&all, &on("2026-07-01")), "p2"), late);
}

#[test]
fn ranks_say_their_ties_and_who_is_left_out() {
    let one = |id: &str, votes: &str, more: &str| {
        format!(
            "- {{id: {id}, kind: proposal, title: {id}, date: 2026-01-02, body: B, votes: {votes}{more}}}\n"
        )
    };
    let list = [
        one("c1", "{for: 5, against: 1}", ""),
        one("c2", "{for: 9, against: 8}", ""),
        one("c3", "{for: 5}", ""),
        one("c4", "{for: 99}", ", merged_into: c1"),
        "- {id: c5, kind: proposal, title: c5, date: 2026-01-02, body: B}\n".to_owned(),
        "- {id: c6, kind: proposal, date: 2026-01-02, votes: {for: 50}, moderation: {state: withheld, reason: insulte}}\n"
            .to_owned(),
    ]
    .concat();
    let files = build(&[SITE, WATER, ("content/eau/contributions/liste.yaml", &list)]);
    let ranks = |list: &str| -> Vec<(String, u64, bool)> {
        let page = json(&files, &format!("eau/{list}/index.json"));
        let cards = page["groups"][0]["cards"].as_array().unwrap().clone();
        let one = |c: Value| {
            let rank = &c["rank"];
            let tied = rank["tied"].as_bool().unwrap();
            (c["id"].as_str().unwrap().to_owned(), rank["number"].as_u64().unwrap(), tied)
        };
        cards.into_iter().map(one).collect()
    };
    let owned =
        |list: [(&str, u64, bool); 3]| list.map(|(id, rank, tied)| (id.to_owned(), rank, tied)).to_vec();
    assert_eq!(ranks("by-votes"), owned([("c2", 1, false), ("c1", 2, true), ("c3", 2, true)]));
    assert_eq!(ranks("by-balance"), owned([("c3", 1, false), ("c1", 2, false), ("c2", 3, false)]));
    let ranking = &json(&files, "eau/by-votes/index.json")["ranking"];
    let of = |name: &str| ranking[name].as_u64().unwrap();
    assert_eq!((of("ranked"), of("merged"), of("uncounted"), of("withheld")), (3, 1, 1, 1));
}

#[test]
fn every_link_says_who_asserts_it() {
    let files = site(&[SYNTHESIS, RESPONSE]);
    let csv = text(&files, "eau/data/links.csv");
    for row in [
        "contribution,a1,argues,contribution,p1,,author,contribution/a1",
        "contribution,p1,about,article,projet/1er,,author,contribution/p1",
        "synthesis,s,cites,contribution,p1,,organiser,synthesis/s",
        "response,r,answers,contribution,p1,,organiser,response/r",
        "contribution,p1,led-to,amendment,a7,,organiser,amendment/a7",
        "amendment,a7,decided-by,vote,v15,,organiser,vote/v15",
        "amendment,a7,became-passage,article,projet/1er,1,computation,words",
    ] {
        assert!(csv.contains(&format!("{row}\r\n")), "{row}\n{csv}");
    }
    let list = "- {id: i1, kind: argument, parent: p1, position: for, body: Oui., imported: {source: export.json}}\n";
    let files = site(&[("content/eau/contributions/import.yaml", list)]);
    let csv = text(&files, "eau/data/links.csv");
    assert!(csv.contains("contribution,i1,argues,contribution,p1,,importer,contribution/i1\r\n"), "{csv}");
}
