//! What happened to contributions: moderated, erased, reworded, revised, merged, sent by many, answered.

use crate::{Files, SITE, WATER, build, build_with, holding, text};
use greffe::check::Options;
use greffe::model::when::Date;
use serde_json::Value;

const TEXT: &str = "kind: bill\ntitle: Projet\nversions:\n  \
                    - {id: depot, title: Dépôt, date: 2026-01-01, stage: tabled}\n  \
                    - {id: adopte, title: Adopté, date: 2026-03-01, stage: adopted}\n";

/// Article 1 gains a paragraph before its second and loses its third; article 2 stays.
const DEPOT: &str = "## Article 1er\n\nL’eau se partage.\n\nLe maire répond dans les deux mois qui suivent la demande.\n\n\
                     Les sources privées des communes restent à leurs propriétaires.\n\n## Article 2\n\nLa loi entre en vigueur.\n";
const ADOPTE: &str = "## Article 1er\n\nL’eau se partage.\n\nUn registre des prélèvements est tenu à jour par le préfet.\n\n\
                      Le maire répond dans le mois qui suit la demande.\n\n## Article 2\n\nLa loi entre en vigueur.\n";

fn site(list: &str) -> Files {
    build(&[
        SITE,
        WATER,
        ("content/eau/texts/projet/text.yaml", TEXT),
        ("content/eau/texts/projet/depot.md", DEPOT),
        ("content/eau/texts/projet/adopte.md", ADOPTE),
        ("content/eau/contributions/liste.yaml", list),
    ])
}

fn page(files: &Files, path: &str) -> Value {
    serde_json::from_str(text(files, &format!("eau/{path}/index.json"))).unwrap()
}

#[test]
fn the_register_counts_by_state_reason_and_delay() {
    let files = site(
        "- {id: a, kind: comment, date: 2026-01-01, body: Oui., moderation: {state: published, date: 2026-01-01}}\n\
         - {id: b, kind: comment, date: 2026-01-01, body: Oui., moderation: {state: published, date: 2026-01-04}}\n\
         - {id: c, kind: comment, date: 2026-01-01, body: Oui.}\n\
         - {id: d, kind: comment, date: 2026-01-01T23:30:00Z, moderation: {state: withheld, reason: insulte, date: 2026-01-09, by: Le greffe}}\n\
         - {id: e, kind: comment, date: 2026-01-01, moderation: {state: erased, ground: Jugement du 3 mars, by: Le greffe, date: 2026-03-04}}\n\
         - {id: f, kind: proposal, title: F, body: F., date: 2026-01-01, merged_into: g}\n\
         - {id: g, kind: proposal, title: G, body: G., date: 2026-01-01}\n",
    );
    let register = page(&files, "moderation");
    let states: Vec<(&str, u64)> = register["states"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| (s["state"].as_str().unwrap(), s["count"].as_u64().unwrap()))
        .collect();
    assert_eq!(states, [("published", 5), ("withheld", 1), ("erased", 1)]);
    assert_eq!((&register["received"], &register["merged"]), (&7.into(), &1.into()));
    assert_eq!(
        (&register["reasons"][0]["id"], &register["reasons"][0]["count"]),
        (&"insulte".into(), &1.into())
    );
    // In Paris, d was written on the 2nd: seven days, not eight.
    assert_eq!(register["reasons"][0]["median"], 7);
    let delay = &register["delay"];
    assert_eq!((&delay["known"], &delay["median"], &delay["longest"]), (&3.into(), &3.into(), &7.into()));
    assert_eq!(register["delay_unknown"], 3);
    let rows: Vec<&str> =
        register["rows"].as_array().unwrap().iter().map(|r| r["id"].as_str().unwrap()).collect();
    assert_eq!(rows, ["e", "d"]);
    let csv = text(&files, "eau/moderation/index.csv");
    assert!(
        csv.contains("e,comment,2026-01-01,erased,Jugement du 3 mars,2026-03-04,Le greffe,\r\n"),
        "{csv}"
    );
    assert!(
        text(&files, "eau/data/contributions.csv")
            .contains(",erased,,2026-03-04,Le greffe,Jugement du 3 mars,")
    );
}

#[test]
fn an_erased_contribution_is_a_tombstone_and_its_replies_stay() {
    let files = site(
        "- {id: a, kind: proposal, date: 2026-01-01, title: Sésame, body: Sésame., author: {pseudonym: Sésame}, place: Sésame, \
           link: 'https://example.org/Sésame', themes: [Sésame], on: {article: 1, quote: Sésame}, \
           moderation: {state: erased, ground: Jugement, by: Le greffe, date: 2026-03-04}}\n\
         - {id: b, kind: argument, parent: a, position: for, date: 2026-01-02, body: Une réponse.}\n",
    );
    assert!(holding(&files, "Sésame").is_empty(), "{:?}", holding(&files, "Sésame"));
    let page = page(&files, "contributions/a");
    assert_eq!(
        (&page["withheld"]["state"], &page["withheld"]["reason"]),
        (&"erased".into(), &"Jugement".into())
    );
    assert_eq!(page["fragments"]["arguments_for"][0]["id"], "b");
    assert!(text(&files, "eau/contributions/a/index.html").contains("Contribution effacée"));
}

#[test]
fn names_are_under_embargo_until_their_day() {
    let consultation =
        "title: L’eau\nsummary: S\norganiser: {name: O}\nauthors: name\nnames_embargo: 2026-02-01\n";
    let list = "- {id: a, kind: proposal, title: A, body: A., date: 2026-01-01, author: {name: Sésame, pseudonym: Loutre, kind: elected}}\n\
                - {id: b, kind: proposal, title: B, body: B., date: 2026-01-01, author: {name: Durand, organisation: Sésame SA, kind: organisation}}\n";
    let on = |day| {
        let options = Options { as_of: Date::parse(day), ..Options::default() };
        let files = [
            SITE,
            ("content/eau/consultation.yaml", consultation),
            ("content/eau/contributions/l.yaml", list),
        ];
        build_with(&files, &options)
    };
    let before = on("2026-01-31");
    assert!(holding(&before, "Sésame").is_empty() && holding(&before, "Durand").is_empty());
    assert_eq!(page(&before, "contributions/a")["author"]["name"], "Loutre");
    let after = on("2026-02-01");
    assert_eq!(page(&after, "contributions/a")["author"]["name"], "Sésame");
    assert_eq!(page(&after, "contributions/b")["author"]["organisation"], "Sésame SA");
}

#[test]
fn an_author_may_ask_for_less_than_the_rule_and_never_get_more() {
    let list = "- {id: a, kind: proposal, title: A, body: A., date: 2026-01-01, author: {name: Sésame, pseudonym: Loutre, show: name}}\n\
                - {id: b, kind: proposal, title: B, body: B., date: 2026-01-01, author: {name: Sésame, pseudonym: Castor, show: hidden}}\n";
    let files = site(list);
    assert!(holding(&files, "Sésame").is_empty() && holding(&files, "Castor").is_empty());
    assert_eq!(page(&files, "contributions/a")["author"]["name"], "Loutre");
    assert!(page(&files, "contributions/b")["author"]["name"].is_null());
}

#[test]
fn a_wording_is_shown_against_what_it_rewords() {
    let files = site(
        "- {id: a, kind: wording, title: A, date: 2026-01-01, on: {article: 1, paragraph: 2}, body: Le maire répond dans la semaine qui suit la demande.}\n\
         - {id: b, kind: wording, title: B, date: 2026-01-01, on: {article: 1, quote: les deux mois}, body: les dix jours}\n\
         - {id: c, kind: wording, title: C, date: 2026-01-01, parent: a, body: Le maire répond dans la journée qui suit la demande.}\n\
         - {id: d, kind: wording, title: D, date: 2026-01-01, on: {article: 2}, body: Rien de commun.}\n",
    );
    let html = |id| text(&files, &format!("eau/contributions/{id}/index.html")).to_owned();
    assert!(html("a").contains("deux mois</del>") || html("a").contains("<del"), "{}", html("a"));
    let runs = |id: &str| {
        let page = page(&files, &format!("contributions/{id}"));
        let rows = page["history"]["rewording"]["rows"].as_array().cloned().unwrap_or_default();
        let words =
            |run: &Value| format!("{}:{}", run["run"].as_str().unwrap(), run["words"].as_str().unwrap());
        rows.iter().flat_map(|r| r["runs"].as_array().unwrap()).map(words).collect::<Vec<_>>()
    };
    assert!(
        runs("a").iter().any(|r| r.starts_with("deleted:") && r.contains("deux mois")),
        "{:?}",
        runs("a")
    );
    assert_eq!(runs("b").first().map(String::as_str), Some("same:les "));
    assert!(runs("c").iter().any(|r| r.starts_with("inserted:") && r.contains("journée")), "{:?}", runs("c"));
    // Nothing in common: read one after the other.
    assert!(runs("d").is_empty());
}

#[test]
fn what_is_about_a_paragraph_follows_it_through_the_versions() {
    let files = site(
        "- {id: moved, kind: argument, position: for, date: 2026-01-01, body: Oui., on: {article: 1, paragraph: 2, quote: deux mois}}\n\
         - {id: gone, kind: comment, date: 2026-01-01, body: Non., on: {article: 1, paragraph: 3}}\n\
         - {id: same, kind: proposal, title: P, date: 2026-01-01, body: P., on: {article: 1, paragraph: 1, quote: L'eau se partage}}\n",
    );
    let article = page(&files, "texts/projet/articles/1er");
    let on = |list: &str, at: usize| article["fragments"][list][at]["on"].clone();
    let moved = on("arguments_for", 0);
    assert_eq!((&moved["paragraph"], &moved["now"]["title"]), (&2.into(), &"3".into()));
    assert_eq!((&moved["unchanged"], &moved["quoted"]), (&false.into(), &false.into()));
    let gone = on("comments", 0);
    assert!(gone["now"].is_null() && gone["latest"]["title"] == "Adopté", "{gone}");
    let same = &page(&files, "contributions/same")["history"]["anchor"];
    assert_eq!((&same["unchanged"], &same["quoted"]), (&true.into(), &true.into()));
    let said = |n: usize| article["paragraphs"][n]["said"].as_array().unwrap().len();
    assert_eq!((said(0), said(1), said(2)), (1, 0, 1));
}

#[test]
fn earlier_states_keep_their_words_and_their_votes() {
    let files = site(
        "- id: a\n  kind: proposal\n  title: Deux\n  date: 2026-01-01\n  updated: 2026-01-09\n  body: Une jauge dans chaque village.\n  \
           votes: {for: 31}\n  revisions:\n    - {date: 2026-01-01, title: Une, body: Une jauge dans mon village., votes: {for: 4}}\n",
    );
    let page = page(&files, "contributions/a");
    let earlier = &page["history"]["revisions"][0];
    assert_eq!((&earlier["title"], &earlier["votes"]["for"]), (&"Une".into(), &4.into()));
    assert_eq!(page["votes"]["for"], 31);
    let csv = text(&files, "eau/data/revisions.csv");
    assert!(csv.contains("a,1,2026-01-01,Une,Une jauge dans mon village.,4,0,0\r\n"), "{csv}");
}

#[test]
fn the_same_words_sent_by_several_are_a_campaign() {
    let words = "Nous demandons que les retenues soient interdites dans le bassin.";
    let one = |id: &str, who: &str, body: &str| {
        format!(
            "- {{id: {id}, kind: proposal, title: T, date: 2026-01-01, author: {{pseudonym: {who}}}, body: '{body}'}}\n"
        )
    };
    let list = [
        one("a", "Loutre", words),
        one("b", "Castor", &words.to_uppercase()),
        one("c", "Héron", &words.replace(' ', "  ")),
        // Twice the same author, and several people with few words: no campaign.
        one("d", "Brochet", "Un texte que la même personne envoie deux fois, assez long."),
        one("e", "Brochet", "Un texte que la même personne envoie deux fois, assez long."),
        one("f", "Ablette", "Oui."),
        one("g", "Carpe", "Oui."),
        one("h", "Tanche", "Oui."),
    ]
    .concat();
    let files = site(&list);
    let campaign =
        |id: &str| page(&files, &format!("contributions/{id}"))["history"]["campaign"]["count"].clone();
    assert_eq!(campaign("a"), 3);
    assert!(campaign("d").is_null() && campaign("f").is_null());
    let consultation: Value = serde_json::from_str(text(&files, "eau/index.json")).unwrap();
    assert_eq!(
        (&consultation["campaigns"]["count"], &consultation["campaigns"]["repeated"]),
        (&1.into(), &2.into())
    );
}

#[test]
fn a_questionnaire_is_counted_question_by_question() {
    let consultation = "title: L’eau\nsummary: S\norganiser: {name: O}\nquestions:\n  \
        - {id: un, title: Un, kind: single, options: [{id: a, title: A}, {id: b, title: B}]}\n  \
        - {id: ordre, title: Ordre, kind: ranked, options: [{id: x, title: X}, {id: y, title: Y}]}\n  \
        - {id: m3, title: Combien, kind: number}\n";
    let list = "- {id: r1, kind: answer, answers: {un: a, ordre: y|x, m3: '1,5'}}\n\
                - {id: r2, kind: answer, answers: {un: b, ordre: y, m3: '2.5'}}\n\
                - {id: r3, kind: answer, answers: {un: a|b, m3: beaucoup}}\n\
                - {id: r4, kind: answer, moderation: {state: withheld, reason: i}, answers: {un: a}}\n";
    let reasons = format!("{consultation}moderation: {{reasons: [{{id: i, title: I}}]}}\n");
    let files = build(&[
        SITE,
        ("content/eau/consultation.yaml", &reasons),
        ("content/eau/contributions/r.yaml", list),
    ]);
    let page = page(&files, "questionnaire");
    assert_eq!(page["respondents"], 3);
    let question = |n: usize| page["questions"][n].clone();
    assert_eq!((&question(0)["valid"], &question(0)["unfit"]), (&2.into(), &1.into()));
    assert_eq!(
        (&question(0)["options"][0]["count"], &question(0)["options"][0]["share"]),
        (&1.into(), &50.0.into())
    );
    assert_eq!(
        (&question(1)["options"][0]["id"], &question(1)["options"][0]["mean_rank"]),
        (&"y".into(), &1.0.into())
    );
    assert_eq!((&question(2)["numbers"]["median"], &question(2)["unfit"]), (&2.0.into(), &1.into()));
}

#[test]
fn merged_and_split_contributions_lead_to_each_other() {
    let files = site(
        "- {id: a, kind: proposal, title: A, body: A., date: 2026-01-01}\n\
         - {id: b, kind: proposal, title: B, body: B., date: 2026-01-02, split_from: a}\n\
         - {id: c, kind: proposal, title: C, body: C., date: 2026-01-03, merged_into: b}\n",
    );
    let history = |id: &str| page(&files, &format!("contributions/{id}"))["history"].clone();
    assert_eq!(history("a")["split_into"][0]["title"], "B");
    assert_eq!(
        (&history("b")["split_from"]["title"], &history("b")["merged"][0]["title"]),
        (&"A".into(), &"C".into())
    );
}

/// A package without a resource is none (Data Package 2.0): the page says that nothing is recorded yet.
#[test]
fn a_consultation_without_a_row_has_no_package() {
    let files =
        build(&[SITE, ("content/eau/consultation.yaml", "title: L’eau\nsummary: S\norganiser: {name: O}\n")]);
    assert!(files.keys().all(|path| !path.ends_with(".zip")), "{:#?}", files.keys());
    assert!(page(&files, "data")["package"].is_null());
    assert!(text(&files, "eau/data/index.html").contains("Rien n’est encore enregistré"));
    assert!(build(&[SITE, WATER]).contains_key("eau/data/eau.zip"), "a reason of the charter is a row");
}
