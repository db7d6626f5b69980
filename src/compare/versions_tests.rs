//! What becomes of articles in small versions, and what always holds of alignments and lineages.

use super::versions::{Alignment, Pair, Step, align, lineages};
use super::words_tests::text;
use crate::model::document::{Article, Division, Document, Item, Paragraph};
use crate::model::id::{Id, slug};
use proptest::prelude::*;

/// A version from lines: `# Titre` is a division, `7: words | words` an article with its paragraphs.
fn version(lines: &[&str]) -> Document {
    let paragraphs = |words: &str| -> Vec<Paragraph> {
        let blocks = words.split('|').map(str::trim).filter(|block| !block.is_empty());
        let one = |(at, block): (usize, &str)| Paragraph { number: at as u32 + 1, markdown: block.into() };
        blocks.enumerate().map(one).collect()
    };
    let item = |line: &&str| match line.strip_prefix("# ") {
        Some(heading) => Item::Division(Division {
            level: 1,
            id: slug(heading).unwrap(),
            number: "".into(),
            heading: heading.into(),
            paragraphs: Vec::new(),
        }),
        None => {
            let (number, words) = line.split_once(':').unwrap();
            Item::Article(Article {
                id: slug(number).unwrap(),
                number: format!("Article {number}").into(),
                heading: "".into(),
                paragraphs: paragraphs(words),
            })
        }
    };
    Document { preamble: Vec::new(), items: lines.iter().map(item).collect() }
}

fn covers(left: &Document, right: &Document, alignment: &Alignment) {
    let sorted = |places: Vec<usize>| {
        let mut places = places;
        places.sort_unstable();
        places
    };
    let all = |document: &Document| (0..document.articles().count()).collect::<Vec<_>>();
    assert_eq!(sorted(alignment.pairs.iter().flat_map(|pair| pair.left.clone()).collect()), all(left));
    assert_eq!(sorted(alignment.pairs.iter().flat_map(|pair| pair.right.clone()).collect()), all(right));
    assert!(alignment.pairs.iter().all(|pair| !pair.steps.is_empty()));
    let firsts: Vec<usize> =
        alignment.pairs.iter().filter_map(|pair| pair.right.iter().min().copied()).collect();
    assert!(firsts.is_sorted());
}

/// One line a pair: `2 → 3 Changed Renumbered`.
#[track_caller]
fn steps(left: &[&str], right: &[&str], expected: &str) {
    let (left, right) = (version(left), version(right));
    let alignment = align(&left, &right);
    covers(&left, &right, &alignment);
    let numbers = |document: &Document, places: &[usize]| -> String {
        let articles: Vec<&Article> = document.articles().collect();
        places
            .iter()
            .map(|place| articles[*place].number.trim_start_matches("Article "))
            .collect::<Vec<_>>()
            .join("+")
    };
    let line = |pair: &Pair| {
        let steps: Vec<String> = pair.steps.iter().map(|step| format!("{step:?}")).collect();
        let sides = (numbers(&left, &pair.left), numbers(&right, &pair.right));
        format!("{} → {} {}", sides.0, sides.1, steps.join(" ")).trim().to_owned()
    };
    let lines: Vec<String> = alignment.pairs.iter().map(line).collect();
    assert_eq!(lines.join("\n"), expected);
}

const WELLS: &str =
    "Le maire tient la liste des puits de la commune et la rend publique chaque année au printemps";
const RAIN: &str =
    "La récupération des pluies sur les toits communaux sert à arroser les jardins partagés du quartier";
const TOLL: &str =
    "Une redevance modulée selon la consommation finance le renouvellement des conduites vétustes de plomb";
const FISH: &str =
    "Nul ne pêche la truite pendant le frai sauf dérogation préfectorale motivée par la recherche";

#[test]
fn a_number_keeps_an_article_that_changed() {
    let changed = format!("1: {}", WELLS.replace("maire", "préfet"));
    steps(
        &[&format!("1: {WELLS}"), &format!("2: {RAIN}")],
        &[&changed, &format!("2: {RAIN}")],
        "1 → 1 Changed\n2 → 2 Same",
    );
}

#[test]
fn an_article_put_in_front_renumbers_the_others() {
    steps(
        &[&format!("1: {WELLS}"), &format!("2: {RAIN}"), &format!("3: {TOLL}")],
        &[&format!("1: {FISH}"), &format!("2: {WELLS}"), &format!("3: {RAIN}"), &format!("4: {TOLL}")],
        "→ 1 New\n1 → 2 Renumbered\n2 → 3 Renumbered\n3 → 4 Renumbered",
    );
}

#[test]
fn an_article_rewritten_from_end_to_end_keeps_its_number() {
    steps(
        &[&format!("1: {WELLS}"), &format!("2: {RAIN}"), &format!("3: {TOLL}")],
        &[&format!("1: {WELLS}"), &format!("2: {FISH}"), &format!("3: {TOLL}")],
        "1 → 1 Same\n2 → 2 Changed\n3 → 3 Same",
    );
}

#[test]
fn a_suppressed_article_is_still_itself() {
    steps(
        &[&format!("1: {WELLS}"), &format!("2: {RAIN}")],
        &[&format!("1: {WELLS}"), "2: (Supprimé)"],
        "1 → 1 Same\n2 → 2 Changed",
    );
}

#[test]
fn a_deleted_article_stands_where_it_stood() {
    steps(
        &[&format!("1: {WELLS}"), &format!("2: {RAIN}"), &format!("3: {TOLL}")],
        &[&format!("1: {WELLS}"), &format!("3: {TOLL}"), &format!("4: {FISH}")],
        "1 → 1 Same\n2 →  Deleted\n3 → 3 Same\n→ 4 New",
    );
}

#[test]
fn an_article_in_another_division_has_moved() {
    let (wells, rain, toll, fish) =
        (format!("1: {WELLS}"), format!("2: {RAIN}"), format!("3: {TOLL}"), format!("4: {FISH}"));
    steps(
        &["# Des puits", &wells, &rain, "# Des rivières", &toll, &fish],
        &["# Des puits", &wells, "# Des rivières", &rain, &toll, &fish],
        "1 → 1 Same\n2 → 2 Moved\n3 → 3 Same\n4 → 4 Same",
    );
}

#[test]
fn a_heading_put_above_articles_moves_none() {
    let (wells, rain) = (format!("1: {WELLS}"), format!("2: {RAIN}"));
    steps(
        &["# Des puits", &wells, &rain],
        &["# Des puits", &wells, "# Des pluies", &rain],
        "1 → 1 Same\n2 → 2 Same",
    );
}

#[test]
fn an_article_that_changed_places_has_moved() {
    let (wells, rain, toll) = (format!("1: {WELLS}"), format!("2: {RAIN}"), format!("3: {TOLL}"));
    steps(&[&wells, &rain, &toll], &[&toll, &wells, &rain], "3 → 3 Moved\n1 → 1 Same\n2 → 2 Same");
}

#[test]
fn an_article_is_split_and_merged() {
    // Twenty-five words and more: shorter ones stand in any long article.
    let end = "et le rapport annuel en rend compte devant le conseil municipal assemblé";
    let (whole, first) = (format!("1: {WELLS} {end} | {RAIN} {end}"), format!("1: {WELLS} {end}"));
    let (second, other) = (format!("2: {RAIN} {end}"), format!("3: {TOLL}"));
    steps(&[&whole, &other], &[&first, &second, &other], "1 → 1+2 Split\n3 → 3 Same");
    steps(&[&first, &second, &other], &[&whole, &other], "1+2 → 1 Merged\n3 → 3 Same");
}

#[test]
fn a_formula_of_a_long_article_does_not_carry_it_on() {
    let formula = "au premier alinéa de l’article 31 de la loi du 6 janvier précitée sont ajoutés après les mots \
                   publics ou privés les mots suivants";
    let long: Vec<String> = (0..150).map(|n| format!("mot{n}")).collect();
    steps(
        &[&format!("1: {WELLS}"), &format!("2: {formula} | {}", long.join(" "))],
        &[&format!("1: {WELLS}"), &format!("3: {formula}")],
        "1 → 1 Same\n2 →  Deleted\n→ 3 New",
    );
}

#[test]
fn a_number_that_stands_twice_is_told_apart_by_words() {
    steps(
        &[&format!("2: {RAIN}"), &format!("2: {FISH}"), &format!("3: {TOLL}")],
        &[&format!("2: {FISH}"), &format!("3: {TOLL}"), &format!("4: {RAIN}")],
        "2 → 2 Same\n3 → 3 Same\n2 → 4 Renumbered Moved",
    );
}

#[test]
fn an_empty_version_has_only_new_or_deleted_articles() {
    let one = [&*format!("1: {WELLS}")];
    steps(&[], &one, "→ 1 New");
    steps(&one, &[], "1 →  Deleted");
    steps(&[], &[], "");
}

#[track_caller]
fn lines(versions: &[&[&str]], expected: &[&str]) {
    let documents: Vec<Document> = versions.iter().map(|lines| version(lines)).collect();
    let ids: Vec<Id> = (1..=versions.len()).map(|n| slug(&format!("v{n}")).unwrap()).collect();
    let found = lineages(&ids.iter().zip(&documents).collect::<Vec<_>>());
    let cell = |place: &Option<usize>| place.map_or("-".to_owned(), |place| place.to_string());
    let lines: Vec<String> = found
        .iter()
        .map(|line| format!("{}: {}", line.id, line.places.iter().map(cell).collect::<Vec<_>>().join(" ")))
        .collect();
    assert_eq!(lines, expected);
}

#[test]
fn a_lineage_has_the_number_of_the_latest_version() {
    lines(
        &[
            &[&format!("1: {WELLS}"), &format!("2: {RAIN}"), &format!("3: {TOLL}")],
            &[&format!("1: {FISH}"), &format!("2: {WELLS}"), &format!("3: {TOLL}")],
        ],
        &["1: - 0", "2: 0 1", "2-v1: 1 -", "3: 2 2"],
    );
}

#[test]
fn an_article_that_comes_back_is_the_same_one() {
    lines(
        &[
            &[&format!("1: {WELLS}"), &format!("2: {RAIN}")],
            &[&format!("1: {WELLS}")],
            &[&format!("1: {WELLS}"), &format!("1 bis: {RAIN}")],
        ],
        &["1: 0 0 0", "1-bis: 1 - 1"],
    );
}

#[test]
fn no_version_has_no_lineage() {
    lines(&[], &[]);
    lines(&[&[], &[]], &[]);
}

#[test]
fn a_version_is_the_same_as_itself() {
    let document = version(&["# Des puits", &format!("1: {WELLS}"), &format!("2: {RAIN}"), "3: (Supprimé)"]);
    assert!(align(&document, &document).pairs.iter().all(|pair| pair.steps == [Step::Same]));
}

fn articles() -> impl Strategy<Value = Vec<String>> {
    let body =
        prop::sample::select(vec![WELLS, RAIN, TOLL, FISH, "", "(Supprimé)", "Le maire tient la liste"]);
    let number = prop::sample::select(vec!["1", "2", "2 bis", "3", "4", "4 (nouveau)"]);
    let article = (number, body, text())
        .prop_map(|(number, body, more)| format!("{number}: {body} | {}", more.replace(['|', ':'], " ")));
    let division = prop::sample::select(vec!["# Des puits", "# Des rivières"]).prop_map(str::to_owned);
    prop::collection::vec(prop_oneof![4 => article, 1 => division], 0..9)
}

proptest! {
    #[test]
    fn every_article_is_in_one_pair(left in articles(), right in articles()) {
        let read = |lines: &[String]| version(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        let (left, right) = (read(&left), read(&right));
        covers(&left, &right, &align(&left, &right));
        let same = align(&left, &left);
        covers(&left, &left, &same);
        let (one, two) = (slug("un").unwrap(), slug("deux").unwrap());
        let found = lineages(&[(&one, &left), (&two, &right), (&one, &left)]);
        let mut ids: Vec<_> = found.iter().map(|line| line.id.folded()).collect();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), found.len());
        for (version, document) in [&left, &right, &left].into_iter().enumerate() {
            let mut places: Vec<usize> = found.iter().filter_map(|line| line.places[version]).collect();
            places.sort_unstable();
            prop_assert_eq!(places, (0..document.articles().count()).collect::<Vec<_>>());
        }
    }
}
