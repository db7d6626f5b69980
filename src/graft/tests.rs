//! What must hold for any texts and changes: a difference applied to its left side gives its right side, an operation
//! and its inverse are nothing, changes of disjoint passages may come in any order. And the operations, one by one.

use super::{Fault, Known, State, operations};
use crate::model::change::{Beside, Edit, Operation, Paragraphs, Target};
use crate::model::choices::Numbering;
use crate::model::document::Document;
use crate::parse::document::read;
use crate::source::Span;
use proptest::prelude::*;

const BASE: &str = "\
# Titre Ier – De l’eau

## Article 1er

I. – L’eau est à tous, et l’air aussi.

II. – Un décret fixe le délai de deux mois, puis de deux mois encore.

## Article 2

Les communes veillent sur l’eau.

# Titre II – De l’air

## Article 3

L’air est libre.
";

fn text(markdown: &str) -> Document {
    read(markdown, Numbering::French)
}

fn on(target: Target, edit: Edit) -> Operation {
    Operation { place: Span::nowhere(), target, paragraph: None, occurrence: None, edit }
}

fn article(name: &str, edit: Edit) -> Operation {
    on(Target::Article(name.into()), edit)
}

fn replace(words: &str, with: &str) -> Edit {
    Edit::Replace { words: words.into(), with: with.into() }
}

fn knows(changes: &[u32]) -> Known {
    let mut known = Known::none();
    changes.iter().for_each(|c| known.insert(*c));
    known
}

/// The text after each change was applied in turn, none knowing of the others.
fn after(changes: &[&[Operation]]) -> String {
    let mut state = State::of(&text(BASE));
    let all: Vec<u32> = (0..changes.len() as u32).collect();
    for (at, operations) in changes.iter().enumerate() {
        let done = state.apply(at as u32, operations, &Known::none());
        assert_eq!(done.faults, [], "change {at}");
    }
    state.document(&knows(&all)).to_markdown()
}

#[track_caller]
fn becomes(operations: &[Operation], from: &str, to: &str) {
    assert!(BASE.contains(from), "the base has « {from} »");
    assert_eq!(after(&[operations]), BASE.replacen(from, to, 1));
}

#[test]
fn words_are_replaced_inserted_and_deleted() {
    becomes(&[article("1er", replace("est à tous", "est à chacun"))], "est à tous", "est à chacun");
    let insert = |anchor: &str, words: &str| Edit::InsertAfter { anchor: anchor.into(), words: words.into() };
    becomes(&[article("2", insert("communes", "et les régions"))], "communes", "communes et les régions");
    let before = Edit::InsertBefore { anchor: "libre".into(), words: "aussi".into() };
    becomes(&[article("Article 3", before)], "est libre", "est aussi libre");
    becomes(&[article("1", Edit::Delete { words: "et l’air aussi".into() })], ", et l’air aussi.", ",.");
    becomes(&[article("1", Edit::Delete { words: ", et l'air aussi".into() })], ", et l’air aussi", "");
}

#[test]
fn words_that_repeat_need_an_occurrence() {
    let twice = article("1er", replace("deux mois", "un an"));
    let mut state = State::of(&text(BASE));
    let done = state.apply(0, std::slice::from_ref(&twice), &Known::none());
    assert_eq!(done.faults, [(0, Fault::Ambiguous { words: "deux mois".into(), count: 2 })]);
    let second = Operation { occurrence: Some(2), ..twice };
    becomes(&[second], "deux mois encore", "un an encore");
}

#[test]
fn paragraphs_are_replaced_inserted_deleted_and_moved() {
    let which = |first, last| Paragraphs { first, last };
    let of = |edit| article("1er", edit);
    becomes(
        &[of(Edit::ReplaceParagraphs { which: which(1, 1), with: vec!["I. – Rien.".into()] })],
        "I. – L’eau est à tous, et l’air aussi.",
        "I. – Rien.",
    );
    let insert = |after| Edit::InsertParagraphs { after, paragraphs: vec!["A.".into(), "B.".into()] };
    becomes(&[of(insert(1))], "aussi.\n\n", "aussi.\n\nA.\n\nB.\n\n");
    becomes(&[of(insert(0))], "I. – L’eau", "A.\n\nB.\n\nI. – L’eau");
    becomes(
        &[of(Edit::DeleteParagraphs { which: which(1, 1) })],
        "I. – L’eau est à tous, et l’air aussi.\n\n",
        "",
    );
    let moved = Edit::MoveParagraphs { which: which(1, 1), to: Some(Target::Article("2".into())), after: 1 };
    let expected = BASE.replacen("I. – L’eau est à tous, et l’air aussi.\n\n", "", 1).replacen(
        "sur l’eau.\n",
        "sur l’eau.\n\nI. – L’eau est à tous, et l’air aussi.\n",
        1,
    );
    assert_eq!(after(&[&[of(moved)]]), expected);
}

#[test]
fn articles_and_divisions_are_inserted_deleted_moved_and_renamed() {
    let new = text("# Article 2 bis\n\nNouveau.\n").items;
    let insert = |beside| on(Target::Text, Edit::InsertUnits { beside: Some(beside), items: new.clone() });
    let after_2 = Beside::After(Target::Article("2".into()));
    becomes(&[insert(after_2.clone())], "sur l’eau.\n", "sur l’eau.\n\n## Article 2 bis\n\nNouveau.\n");
    becomes(&[article("2", Edit::DeleteUnit)], "## Article 2\n\nLes communes veillent sur l’eau.\n\n", "");
    let division = |name: &str, edit| on(Target::Division(name.into()), edit);
    becomes(&[division("titre-ii", Edit::DeleteHeading)], "# Titre II – De l’air\n\n", "");
    becomes(
        &[division("titre-ii", Edit::DeleteUnit)],
        "\n# Titre II – De l’air\n\n## Article 3\n\nL’air est libre.\n",
        "",
    );
    let moved = article("1er", Edit::MoveUnit { beside: after_2 });
    assert!(after(&[&[moved]]).starts_with("# Titre Ier – De l’eau\n\n## Article 2\n\nLes communes"));
    let renamed = Edit::Rename { number: Some("Article 4".into()), heading: Some("De l’air".into()) };
    becomes(&[article("3", renamed)], "## Article 3", "## Article 4 – De l’air");
}

#[test]
fn a_change_finds_its_place_although_others_came_before() {
    let first = [article("1er", Edit::InsertParagraphs { after: 0, paragraphs: vec!["Avant tout.".into()] })];
    let second = Operation {
        paragraph: Some(2),
        occurrence: Some(1),
        ..article("1er", replace("deux mois", "un an"))
    };
    let both = after(&[&first, std::slice::from_ref(&second)]);
    assert_eq!(both, after(&[std::slice::from_ref(&second), &first]));
    assert!(both.contains("Avant tout.") && both.contains("délai de un an"));
}

#[test]
fn a_change_that_builds_on_another_speaks_of_what_that_left() {
    let mut state = State::of(&text(BASE));
    let new = text("# Article 2 bis\n\nNouveau texte.\n").items;
    let beside = Some(Beside::After(Target::Article("2".into())));
    state.apply(0, &[on(Target::Text, Edit::InsertUnits { beside, items: new })], &Known::none());
    let second = [article("2 bis", replace("Nouveau", "Ancien"))];
    let blind = state.clone().apply(1, &second, &Known::none());
    assert_eq!(blind.faults.len(), 1, "it does not know of article 2 bis");
    let done = state.apply(1, &second, &knows(&[0]));
    assert_eq!((done.faults.len(), done.on), (0, vec![0]));
    assert!(state.document(&knows(&[0, 1])).to_markdown().contains("Ancien texte."));
    assert!(
        !state.document(&knows(&[1])).to_markdown().contains("Ancien"),
        "without the first there is no article"
    );
}

#[test]
fn what_another_took_away_is_told() {
    let mut state = State::of(&text(BASE));
    state.apply(0, &[article("1er", Edit::Delete { words: "de deux mois, puis".into() })], &Known::none());
    let second = Operation { occurrence: Some(1), ..article("1er", replace("deux mois", "un an")) };
    assert_eq!(state.apply(1, &[second], &Known::none()).gone, [0]);
}

const WORDS: [&str; 12] =
    ["l’eau", "la loi", "deux", "mois", "du", "code", ",", ";", "« air »", "n° 3", "est", "Un décret"];

fn sentence() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&WORDS[..]), 1..9).prop_map(|words| words.join(" "))
}

fn document() -> impl Strategy<Value = Document> {
    let paragraphs = || prop::collection::vec(sentence(), 0..4);
    let unit = (prop::option::weighted(0.3, 1u8..3), 1u8..7, sentence(), paragraphs());
    (paragraphs(), prop::collection::vec(unit, 0..6)).prop_map(|(preamble, units)| {
        let mut markdown: String = preamble.iter().map(|p| format!("{p}\n\n")).collect();
        for (division, number, heading, paragraphs) in units {
            markdown.push_str(&match division {
                Some(level) => format!("{} Titre {number} – {heading}\n\n", "#".repeat(usize::from(level))),
                None => format!("### Article {number}\n\n"),
            });
            paragraphs.iter().for_each(|p| markdown.push_str(&format!("{p}\n\n")));
        }
        text(&markdown)
    })
}

fn applied(document: &Document, operations: &[Operation]) -> Document {
    let mut state = State::of(document);
    let done = state.apply(0, operations, &Known::none());
    assert_eq!(done.faults, []);
    state.document(&knows(&[0]))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_difference_applied_to_its_left_side_gives_its_right_side(left in document(), right in document()) {
        prop_assert_eq!(applied(&left, &operations(&left, &right)), right);
    }

    #[test]
    fn an_operation_and_its_inverse_are_nothing(left in document(), right in document()) {
        for operation in operations(&left, &right) {
            let changed = applied(&left, &[operation]);
            prop_assert_eq!(applied(&changed, &operations(&changed, &left)), left.clone());
        }
    }

    #[test]
    fn changes_of_disjoint_passages_commute(paragraphs in prop::collection::vec(sentence(), 2..5), new in prop::collection::vec(sentence(), 2..5)) {
        let base = text(&format!("# Article 1\n\n{}\n", paragraphs.join("\n\n")));
        let count = paragraphs.len().min(new.len());
        let changes: Vec<Vec<Operation>> = (0..count)
            .map(|at| {
                let mut changed = paragraphs.clone();
                changed[at] = new[at].clone();
                operations(&base, &text(&format!("# Article 1\n\n{}\n", changed.join("\n\n"))))
            })
            // Paragraphs that are alike may be told apart in more than one way: a change of one is of that one.
            .filter(|list| list.iter().all(|o| o.paragraph.is_some()))
            .collect();
        let run = |order: Vec<usize>| {
            let mut state = State::of(&base);
            for at in &order {
                state.apply(*at as u32, &changes[*at], &Known::none());
            }
            state.document(&knows(&(0..changes.len() as u32).collect::<Vec<_>>()))
        };
        let forwards = run((0..changes.len()).collect());
        prop_assert_eq!(forwards, run((0..changes.len()).rev().collect()));
    }
}
