//! What the analysis makes of text, and the cases that hold the browser's analysis to it.

use super::*;
use crate::lang::Lang;

/// Words as `part+part|whole|whole`, folded.
fn words(tag: &str, text: &str) -> Vec<String> {
    let grammar = Grammar::of(&Lang::new(tag).unwrap());
    let mut words: Vec<(Vec<String>, Vec<String>)> = Vec::new();
    analyse(text, &grammar, |step| match step {
        Step::Word => words.push(Default::default()),
        Step::Part(part) => words.last_mut().unwrap().0.push(fold(part)),
        Step::Whole(whole) => words.last_mut().unwrap().1.push(fold(whole)),
    });
    let shown = words.into_iter().map(|(parts, wholes)| [vec![parts.join("+")], wholes].concat().join("|"));
    shown.filter(|w| !w.is_empty()).collect()
}

/// `text => word word word`, one case a line.
fn check(tag: &str, cases: &str) {
    for case in cases.lines().map(str::trim).filter(|c| !c.is_empty()) {
        let (text, expected) = case.split_once(" => ").unwrap();
        assert_eq!(words(tag, text).join(" "), expected, "{text}");
    }
}

#[test]
fn accents_and_ligatures_are_folded() {
    check(
        "fr",
        "Égalité ÉLÈVE garçon => egalite eleve garcon
         cœur Œuvre ex æquo => coeur oeuvre ex aequo
         e\u{301}le\u{300}ve ﬁn ① => eleve fin 1
         consul\u{ad}tation zéro\u{200b}largeur => consultation zerolargeur",
    );
}

#[test]
fn elided_words_lose_their_article() {
    check(
        "fr",
        "l'eau L’État d'un qu'elle => eau etat un elle
         jusqu'au lorsqu’une puisqu'il quoiqu'on => au une il on
         aujourd'hui d’aujourd’hui => |aujourdhui |aujourdhui
         prud'hommes presqu'île => prud+hommes|prudhommes presqu+ile|presquile",
    );
    check("en", "the state's don't => the state don+t|dont");
}

#[test]
fn compounds_are_found_whole_and_split() {
    check(
        "fr",
        "vice-président e-mail => vice+president|vicepresident e+mail|email
         C.N.I.L. O.N.U => |cnil |onu
         a-b-c-d-e-f-g => a+b+c+d+e+f+g",
    );
}

#[test]
fn legal_references_are_found_as_they_are_cited() {
    check(
        "fr",
        "article L. 533-4 => article l 533+4|533-4|l533-4
         L.533-4 L 533-4 => l 533+4|533-4|l533-4 l 533+4|533-4|l533-4
         L533-4 => l533+4|l533-4
         l'article 17 bis => article 17+bis|17bis
         17bis 17-bis => 17bis 17+bis|17bis
         loi n° 2015-990 du 6 août => loi n 2015+990|2015-990 du 6 aout
         il y a 3 ans, D. 12 => il y a 3 ans d 12|d12
         CL-12 amendement CL12 => cl+12|cl12 amendement cl12",
    );
}

#[test]
fn any_script_and_any_bytes_are_words_or_nothing() {
    check("fr", "Ελλάς 日本 привет => ελλασ 日本 привет");
    for odd in ["", "'", "’-.", "\u{301}", "--a--", "a\u{301}'\u{301}b", "…", "\u{feff}"] {
        words("fr", odd);
    }
}

/// What the browser must make of the same texts: `tests/browser/search-analysis.test.mjs` reads this file too.
/// `GREFFE_BLESS=1 cargo test` writes what stands now; read the difference.
#[test]
#[allow(clippy::disallowed_methods, reason = "blessing writes the file of expected words")]
fn cases_shared_with_the_browser_hold() {
    const PLACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/search/analysis.json");
    let shared: Shared = serde_json::from_str(include_str!("../../tests/search/analysis.json")).unwrap();
    let now = Shared {
        grammars: ["en", "fr"].map(|tag| (tag.to_owned(), grammar(tag))).into(),
        cases: shared
            .cases
            .iter()
            .map(|(tag, text, _)| (tag.clone(), text.clone(), words(tag, text).join(" ")))
            .collect(),
    };
    if std::env::var("GREFFE_BLESS").is_ok() {
        std::fs::write(PLACE, serde_json::to_string_pretty(&now).unwrap() + "\n").unwrap();
        return;
    }
    for (now, expected) in now.cases.iter().zip(&shared.cases) {
        assert_eq!(now, expected);
    }
    assert_eq!(now.grammars, shared.grammars);
}

#[derive(serde::Serialize, serde::Deserialize)]
struct Shared {
    grammars: std::collections::BTreeMap<String, serde_json::Value>,
    cases: Vec<(String, String, String)>,
}

fn grammar(tag: &str) -> serde_json::Value {
    serde_json::to_value(Grammar::of(&Lang::new(tag).unwrap())).unwrap()
}
