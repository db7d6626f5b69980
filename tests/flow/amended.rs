//! What amendments make of a text: in every language, in their declared order, with sub-amendments, with words
//! followed back to what brought them, and the pairs that meet.

use crate::{SITE, WATER};
use greffe::check::Options;
use greffe::derive::blame::Origin;
use greffe::derive::conflicts::Meeting;
use greffe::derive::{Derived, DerivedConsultation};
use greffe::lang::Lang;
use greffe::model::site::{Consultation, Site};
use greffe::pipeline::{Unobserved, examine};
use greffe::source::Sources;

const TEXT: &str =
    "kind: bill\ntitle: Loi\nversions:\n  - {id: depot, title: D, date: 2026-01-01, stage: tabled}\n";
const TWO: &str = "kind: bill\ntitle: Loi\nversions:\n  - {id: depot, title: D, date: 2026-01-01, stage: tabled}\n  - {id: adopte, title: A, date: 2026-02-01, stage: adopted}\n";
const DEPOT: &str = "# Article 1\n\nL’eau est à tous. Elle est rare.\n\n# Article 2\n\nLe maire veille.\n";

fn site(text: &str, files: &[(&str, &str)]) -> (Site, Derived) {
    let place = |(path, words): &(&str, &str)| match path.strip_prefix('/') {
        Some(path) => (path.to_owned(), (*words).to_owned()),
        None => (format!("content/eau/{path}"), (*words).to_owned()),
    };
    let own = [("texts/loi/text.yaml", text), ("texts/loi/depot.md", DEPOT)];
    let mut all: Vec<(String, String)> = files.iter().chain(&own).map(place).collect();
    for (path, words) in [SITE, WATER] {
        if all.iter().all(|(other, _)| other != path) {
            all.push((path.to_owned(), words.to_owned()));
        }
    }
    let sources = Sources::from_texts(all.iter().map(|(p, w)| (p.as_str(), w.as_str())));
    let examined = examine(&sources, &Options::default(), &Unobserved);
    examined.site.unwrap_or_else(|| panic!("at fault: {:#?}", examined.problems))
}

fn of(site: &(Site, Derived)) -> (&Consultation, &DerivedConsultation) {
    (&site.0.consultations[0], &site.1.consultations[0])
}

fn amendment(outcome: &str, more: &str, operation: &str) -> String {
    format!("---\narticle: 1\noutcome: {outcome}\n{more}operations:\n  - {operation}\n---\n")
}

fn consolidated(site: &(Site, Derived)) -> String {
    of(site).1.texts[0].versions[0].grafted.editions.main().consolidated.to_markdown()
}

#[test]
fn only_what_was_adopted_enters() {
    let enter = |outcome: &str| {
        let file = amendment(outcome, "", "{replace: rare, with: précieuse}");
        consolidated(&site(TEXT, &[("amendments/1.md", &file)])).contains("précieuse")
    };
    assert!(enter("adopted"));
    for outcome in ["rejected", "withdrawn", "not-moved", "moot", "inadmissible", "pending"] {
        assert!(!enter(outcome), "{outcome}");
    }
    let change = "---\narticle: 1\norigin: editor\noperations:\n  - {replace: rare, with: précieuse}\n---\n";
    assert!(consolidated(&site(TEXT, &[("amendments/1.md", change)])).contains("précieuse"));
}

#[test]
fn a_sub_amendment_acts_on_its_amendment_and_shares_its_lot() {
    let run = |outcome: &str| {
        let first = amendment(outcome, "", "{replace: rare, with: chère et belle}");
        let sub = amendment("adopted", "parent: \"1\"\n", "{replace: belle, with: bonne}");
        consolidated(&site(TEXT, &[("amendments/1.md", &first), ("amendments/2.md", &sub)]))
    };
    assert!(run("adopted").contains("Elle est chère et bonne."));
    assert!(run("rejected").contains("Elle est rare."));
}

#[test]
fn changes_are_applied_in_their_declared_order() {
    let run = |orders: [u8; 2]| {
        let insert = |order, words| {
            amendment("adopted", &format!("order: {order}\n"), &format!("{{insert: {words}, after: à tous}}"))
        };
        let (a, b) = (insert(orders[0], "et aux bêtes"), insert(orders[1], "et aux plantes"));
        consolidated(&site(TEXT, &[("amendments/1.md", &a), ("amendments/2.md", &b)]))
    };
    assert!(run([1, 2]).contains("à tous et aux bêtes et aux plantes."));
    assert!(run([2, 1]).contains("à tous et aux plantes et aux bêtes."));
}

#[test]
fn every_language_has_its_consolidated_text() {
    let english = "# Article 1\n\nWater is for all. It is scarce.\n\n# Article 2\n\nThe mayor sees to it.\n";
    let operation =
        |replace, with| amendment("adopted", "", &format!("{{replace: {replace}, with: {with}}}"));
    let site = site(
        TEXT,
        &[
            ("/greffe.yaml", "title: {fr: Consultations, en: Consultations}\nlanguages: [fr, en]\n"),
            ("texts/loi/depot.en.md", english),
            ("amendments/1.fr.md", &operation("rare", "précieuse")),
            ("amendments/1.en.md", &operation("scarce", "precious")),
        ],
    );
    let editions = &of(&site).1.texts[0].versions[0].grafted.editions;
    let text = |lang: &str| editions.get(&Lang::new(lang).unwrap()).consolidated.to_markdown();
    assert!(text("fr").contains("Elle est précieuse."));
    assert!(text("en").contains("It is precious."));
}

#[test]
fn each_word_is_followed_to_what_brought_it() {
    let first = amendment("adopted", "", "{replace: rare, with: précieuse}");
    let adopted = "# Article 1\n\nL’eau est à tous. Elle est précieuse.\n\n# Article 2\n\nLa maire veille.\n";
    let site = site(TWO, &[("texts/loi/adopte.md", adopted), ("amendments/1.md", &first)]);
    let (c, derived) = of(&site);
    let blame = derived.texts[0].versions[1].blame.main();
    let words = |item: usize| {
        let document = c.texts[0].versions[1].document.main();
        let words = &document.articles().nth(item).unwrap().paragraphs[0].markdown;
        let mut at = 0;
        let cut = blame.of(item, 1).iter().map(|run| {
            at += run.length;
            (&words[at - run.length..at], run.origin)
        });
        cut.collect::<Vec<_>>()
    };
    assert_eq!(
        words(0),
        [
            ("L’eau est à tous. Elle est ", Origin::First),
            ("précieuse", Origin::Change(0)),
            (".", Origin::First)
        ]
    );
    assert_eq!(words(1), [("La", Origin::Version(1)), (" maire veille.", Origin::First)]);
}

#[test]
fn amendments_that_meet_are_found_unless_they_declare_it() {
    let meet = |operations: [&str; 2], more: &str| {
        let [a, b] = operations.map(|o| amendment("pending", "", o));
        let b = b.replace("operations", &format!("{more}operations"));
        let site = site(TEXT, &[("amendments/1.md", &a), ("amendments/2.md", &b)]);
        let conflicts = &of(&site).1.texts[0].versions[0].conflicts;
        conflicts.iter().map(|c| (c.first, c.second, c.meeting)).collect::<Vec<_>>()
    };
    let rare = "{replace: est rare, with: manque}";
    assert_eq!(meet([rare, "{replace: Elle est, with: L’eau est}"], ""), [(0, 1, Meeting::Overlap)]);
    assert_eq!(meet([rare, rare], ""), [(0, 1, Meeting::Identical)]);
    assert_eq!(meet([rare, "{delete_paragraphs: 1}"], ""), [(1, 0, Meeting::Moot)]);
    assert_eq!(meet([rare, "{delete_article: 1}"], ""), [(1, 0, Meeting::Moot)]);
    assert_eq!(meet([rare, "{replace: à tous, with: à chacun}"], ""), []);
    assert_eq!(meet([rare, "{insert: très, before: rare}"], ""), [(0, 1, Meeting::Overlap)]);
    assert_eq!(meet([rare, "{insert: bien, before: est rare}"], ""), []);
    assert_eq!(meet([rare, "{insert_paragraphs: Et voilà., after_paragraph: 1}"], ""), []);
    assert_eq!(meet([rare, "{article: 2, replace: veille, with: dort}"], ""), []);
    assert_eq!(meet([rare, "{replace: manque, with: abonde}"], "after: \"1\"\n"), []);
}

#[test]
fn discussion_goes_by_place_then_deletions_then_rewritings() {
    let pending = |operation: &str| amendment("pending", "", operation);
    let files = [
        ("amendments/1.md", pending("{article: 2, replace: veille, with: dort}")),
        ("amendments/2.md", pending("{replace: rare, with: belle}")),
        ("amendments/3.md", pending("{replace_article: 1, with: Rien.}")),
        ("amendments/4.md", pending("{replace: est à tous, with: est à chacun}")),
        ("amendments/5.md", pending("{delete_article: 1}")),
        ("amendments/6.md", pending("{after_article: 1, insert_articles: \"# Article 1 bis\\n\\nBis.\"}")),
        ("amendments/7.md", amendment("pending", "parent: \"4\"\n", "{replace: chacun, with: chacune}")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(p, w)| (*p, w.as_str())).collect();
    let site = site(TEXT, &files);
    let (c, derived) = of(&site);
    let order = derived.texts[0].versions[0].discussion.iter().map(|a| c.amendments[*a].id.as_str());
    assert_eq!(order.collect::<Vec<_>>(), ["5", "3", "4", "7", "2", "6", "1"]);
}

#[test]
fn a_text_that_continues_another_takes_what_was_said_along() {
    let bill = "kind: bill\ntitle: Projet\ncontinues: loi\nversions:\n  - {id: v1, title: V, date: 2026-03-01, stage: tabled}\n";
    let renumbered = "# Article 1\n\nUn article tout neuf sur les fontaines.\n\n# Article 2\n\nL’eau est à tous. Elle est rare.\n\n# Article 3\n\nLe maire veille.\n";
    let site = site(TEXT, &[("texts/projet/text.yaml", bill), ("texts/projet/v1.md", renumbered)]);
    let (c, derived) = of(&site);
    assert_eq!(c.texts[1].continues, Some(0));
    let from: Vec<(String, Vec<String>)> = derived
        .comes_from
        .iter()
        .map(|((_, id), from)| (id.to_string(), from.iter().map(ToString::to_string).collect()))
        .collect();
    assert_eq!(from[1..], [("2".to_owned(), vec!["1".to_owned()]), ("3".to_owned(), vec!["2".to_owned()])]);
}
