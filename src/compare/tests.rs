//! What always holds of a comparison, for any texts; and what becomes of articles in small versions.

use super::passages::{Fate, paragraphs};
use super::tokens::tokens;
use super::versions::{Alignment, Step, align, lineages};
use super::words::{Run, difference, smallest_difference};
use crate::model::document::{Article, Division, Document, Item, Paragraph};
use crate::model::id::{Id, slug};
use proptest::prelude::*;

// ---------------------------------------------------------------------------------------------------- words

fn side<'t>(runs: &[Run<'t>], of_left: bool) -> String {
    let words = |run: &Run<'t>| match run {
        Run::Same(words) => Some(*words),
        Run::Deleted(words) => of_left.then_some(*words),
        Run::Inserted(words) => (!of_left).then_some(*words),
    };
    runs.iter().filter_map(words).collect()
}

/// Both texts can be read from the runs, none is empty, and a deletion stands before its insertion.
fn holds(left: &str, right: &str) {
    assert_eq!(tokens(left).concat(), left);
    for runs in [difference(left, right), smallest_difference(left, right)] {
        assert_eq!((side(&runs, true), side(&runs, false)), (left.to_owned(), right.to_owned()));
        for pair in runs.windows(2) {
            let fine = matches!(
                (pair[0], pair[1]),
                (Run::Same(_), Run::Deleted(_) | Run::Inserted(_))
                    | (Run::Deleted(_), Run::Inserted(_) | Run::Same(_))
                    | (Run::Inserted(_), Run::Same(_))
            );
            assert!(fine, "{pair:?}");
        }
        assert!(!runs.iter().any(|run| matches!(run, Run::Same("") | Run::Deleted("") | Run::Inserted(""))));
    }
}

fn marked(runs: &[Run]) -> String {
    let mark = |run: &Run| match run {
        Run::Same(words) => (*words).to_owned(),
        Run::Deleted(words) => format!("[-{words}-]"),
        Run::Inserted(words) => format!("[+{words}+]"),
    };
    runs.iter().map(mark).collect()
}

#[track_caller]
fn check(left: &str, right: &str, expected: &str) {
    holds(left, right);
    assert_eq!(marked(&difference(left, right)), expected);
}

#[test]
fn a_word_that_changed_is_all_that_is_marked() {
    check(
        "Le maire peut fermer le puits.",
        "Le préfet peut fermer le puits.",
        "Le [-maire-][+préfet+] peut fermer le puits.",
    );
    check("deux mois", "deux mois francs", "deux mois[+ francs+]");
    check("l’eau de pluie", "l’eau", "l’eau[- de pluie-]");
}

#[test]
fn typography_is_a_change() {
    check("l'eau", "l’eau", "[-l'-][+l’+]eau");
    check("n° 3", "n°\u{a0}3", "n°[- -][+\u{a0}+]3");
}

#[test]
fn little_words_between_two_changes_join_them() {
    check(
        "Le gardien de la rivière compte.",
        "Le syndic de la commune compte.",
        "Le [-gardien de la rivière-][+syndic de la commune+] compte.",
    );
    assert_eq!(
        marked(&smallest_difference("un gardien de la rivière", "un syndic de la commune")),
        "un [-gardien-][+syndic+] de la [-rivière-][+commune+]"
    );
}

#[test]
fn a_full_word_between_two_changes_stands() {
    check(
        "Trois puits profonds ferment",
        "Deux puits larges ferment",
        "[-Trois-][+Deux+] puits [-profonds-][+larges+] ferment",
    );
}

#[test]
fn nasty_texts_keep_the_contract() {
    let nasty = [
        "",
        " ",
        "\u{202f}\n\t",
        "un",
        "un un un un",
        "e\u{301}tat\u{301}",
        "\u{301}",
        "👩‍👩‍👧👍🏽🇫🇷🇪",
        "المادة 1: الماء",
        "l’l’l’''’",
        "**a**_b_<sup>er</sup>",
        "\u{200d}\u{200d}",
        "a\u{ad}",
        "un deux un deux un deux",
    ];
    for left in nasty {
        nasty.iter().for_each(|right| holds(left, right));
    }
}

#[test]
fn huge_texts_are_compared_in_bounded_work() {
    // 200 kB in one line: nothing in common; the same few words in another rhythm; one word in the midst.
    let words = |seed: u64, kinds: u64| -> String {
        let word = |n: u64| n.wrapping_mul(seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
        (0..30_000).map(|n| format!("{}{} ", if seed > 5 { "x" } else { "y" }, word(n) % kinds)).collect()
    };
    holds(&words(3, 90_000), &words(7, 90_000));
    holds(&words(1, 5), &words(3, 5));
    let long = words(3, 90_000);
    holds(&long, &format!("{} milieu {}", &long[..60_000], &long[60_000..]));
    holds(&long, "");
}

// ----------------------------------------------------------------------------------------------- paragraphs

fn covers_once(left: &[&str], right: &[&str]) {
    let rows = paragraphs(left, right);
    let mut lefts: Vec<usize> = rows.iter().filter_map(|row| row.left).collect();
    lefts.sort_unstable();
    assert_eq!(lefts, (0..left.len()).collect::<Vec<_>>());
    // The right side is in its own order.
    assert_eq!(
        rows.iter().filter_map(|row| row.right).collect::<Vec<_>>(),
        (0..right.len()).collect::<Vec<_>>()
    );
    for row in rows {
        let sides = (row.left.is_some(), row.right.is_some());
        assert_eq!(sides == (true, false), row.fate == Fate::Deleted);
        assert_eq!(sides == (false, true), row.fate == Fate::Inserted);
    }
}

fn fates(left: &[&str], right: &[&str]) -> String {
    covers_once(left, right);
    let cell = |place: Option<usize>| place.map_or("-".to_owned(), |n| n.to_string());
    let rows = paragraphs(left, right);
    rows.iter().map(|row| format!("{}{} {:?}\n", cell(row.left), cell(row.right), row.fate)).collect()
}

#[test]
fn paragraphs_stand_side_by_side() {
    let left = [
        "I. – Le maire tient la liste des puits.",
        "II. – Chaque puits est visité une fois par an.",
        "III. – La visite est gratuite pour l’habitant.",
        "IV. – Un décret fixe le modèle du registre.",
    ];
    let right = [
        "I. – Le maire tient la liste des puits.",
        "I bis. – Nul ne creuse sans autorisation préalable du syndicat.",
        "II. – Chaque puits est visité deux fois par an.",
        "IV. – Un décret fixe le modèle du registre.",
    ];
    assert_eq!(fates(&left, &right), "00 Same\n-1 Inserted\n12 Changed\n2- Deleted\n33 Same\n");
}

#[test]
fn a_paragraph_elsewhere_has_moved() {
    let (a, b, c) =
        ("Le maire tient la liste des puits.", "Un décret fixe le modèle.", "Nul ne creuse la nuit ici.");
    assert_eq!(fates(&[a, b, c], &[b, c, a]), "10 Same\n21 Same\n02 Moved\n");
}

// ------------------------------------------------------------------------------------------------- versions

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
    let line = |pair: &super::versions::Pair| {
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
    // Twenty words and more: shorter ones stand in any long article.
    let end = "et le rapport annuel en rend compte devant le conseil municipal assemblé";
    let (whole, first) = (format!("1: {WELLS} {end} | {RAIN} {end}"), format!("1: {WELLS} {end}"));
    let (second, other) = (format!("2: {RAIN} {end}"), format!("3: {TOLL}"));
    steps(&[&whole, &other], &[&first, &second, &other], "1 → 1+2 Split\n3 → 3 Same");
    steps(&[&first, &second, &other], &[&whole, &other], "1+2 → 1 Merged\n3 → 3 Same");
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

// ------------------------------------------------------------------------------------------------ lineages

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

// --------------------------------------------------------------------------------------------- for any text

/// Few words, so that they meet; signs, marks and white space of all kinds.
fn text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "le",
        "puits",
        "l’",
        "eau",
        " ",
        " ",
        " ",
        "\u{202f}",
        "\n\n",
        ",",
        ".",
        "e\u{301}",
        "👩‍👧",
        "12",
        "-",
        "ماء",
        "commune",
        "*",
        "’",
    ]);
    prop_oneof![prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat()), ".{0,30}"]
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
    fn any_two_texts_keep_the_contract(left in text(), right in text()) {
        holds(&left, &right);
    }

    #[test]
    fn every_paragraph_is_in_one_row(
        left in prop::collection::vec(text(), 0..8),
        right in prop::collection::vec(text(), 0..8),
    ) {
        let refs = |list: &[String]| -> Vec<String> { list.to_vec() };
        let (left, right) = (refs(&left), refs(&right));
        covers_once(
            &left.iter().map(String::as_str).collect::<Vec<_>>(),
            &right.iter().map(String::as_str).collect::<Vec<_>>(),
        );
    }

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

#[test]
fn a_version_is_the_same_as_itself() {
    let document = version(&["# Des puits", &format!("1: {WELLS}"), &format!("2: {RAIN}"), "3: (Supprimé)"]);
    assert!(align(&document, &document).pairs.iter().all(|pair| pair.steps == [Step::Same]));
}
