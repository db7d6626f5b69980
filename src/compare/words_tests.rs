//! What always holds of a difference of words and of paragraphs side by side, for any texts; and what they look like.

use super::passages::{Fate, paragraphs};
use super::tokens::tokens;
use super::words::{Run, difference, smallest_difference};
use proptest::prelude::*;

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

/// Few words, so that they meet; signs, marks and white space of all kinds.
pub(super) fn text() -> impl Strategy<Value = String> {
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
}
