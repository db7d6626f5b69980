//! What reports look like, in both languages and the three forms.

use super::*;
use crate::diag::Code;
use crate::source::{Breakage, Contents, FileId, SourceFile, Span};
use insta::assert_snapshot;

const AMENDMENT: &str =
    "---\narticle: 4\noperations:\n  - replace: \"trois mois\"\n    with: deux mois\n---\n";

fn at(file: u32, start: usize, end: usize) -> Span {
    Span { file: FileId(file), start: start as u32, end: end as u32 }
}

fn words(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap();
    at(0, start, start + words.len())
}

fn example() -> (Sources, Vec<Diagnostic>) {
    let sources = Sources::from_texts([
        ("content/eau/amendments/CL12.md", AMENDMENT),
        ("content/eau/texts/projet/depot.md", "# Article 4\n\nDans les deux mois.\n"),
    ]);
    let quoted = Diagnostic::new(
        Code::G012,
        words(AMENDMENT, "\"trois mois\""),
        say!(
            "CL12 cite des mots que l’article 4 ne contient pas",
            "CL12 quotes words that article 4 does not contain"
        ),
    )
    .label(say!("absent de l’alinéa 1", "not in paragraph 1"))
    .related(at(1, 22, 31), say!("le plus proche", "the nearest"))
    .help(say!("citez les mots exactement", "quote the words exactly as they stand"));
    let empty = Diagnostic::new(Code::G032, at(1, 0, 0), say!("le texte est vide", "the text is empty"));
    (sources, vec![quoted, empty])
}

fn human(problems: &[Diagnostic], sources: &Sources) -> String {
    report(problems, sources, Speech::En, Format::Human, false, SHOWN)
}

#[test]
fn the_human_form_in_french() {
    let (sources, problems) = example();
    assert_snapshot!(report(&problems, &sources, Speech::Fr, Format::Human, false, SHOWN), @r#"
    erreur[G012]: CL12 cite des mots que l’article 4 ne contient pas
     --> content/eau/amendments/CL12.md:4:14
      |
    4 |   - replace: "trois mois"
      |              ^^^^^^^^^^^^ absent de l’alinéa 1
      |
      = aide: citez les mots exactement
    voir aussi: le plus proche
     --> content/eau/texts/projet/depot.md:3:10
      |
    3 | Dans les deux mois.
      |          ---------

    avertissement[G032]: le texte est vide
    --> content/eau/texts/projet/depot.md
     = aide: Écrivez-le, ou dites « lost: true » si ses mots sont perdus.

    1 erreur, 1 avertissement.
    "#);
}

#[test]
fn the_human_form_in_english() {
    let (sources, problems) = example();
    assert_snapshot!(human(&problems, &sources), @r#"
    error[G012]: CL12 quotes words that article 4 does not contain
     --> content/eau/amendments/CL12.md:4:14
      |
    4 |   - replace: "trois mois"
      |              ^^^^^^^^^^^^ not in paragraph 1
      |
      = help: quote the words exactly as they stand
    see also: the nearest
     --> content/eau/texts/projet/depot.md:3:10
      |
    3 | Dans les deux mois.
      |          ---------

    warning[G032]: the text is empty
    --> content/eau/texts/projet/depot.md
     = help: Write it, or say “lost: true” if its words are lost.

    1 error, 1 warning.
    "#);
}

#[test]
fn the_short_form_is_one_line_each() {
    let (sources, problems) = example();
    assert_snapshot!(report(&problems, &sources, Speech::Fr, Format::Short, false, SHOWN), @r#"
    content/eau/amendments/CL12.md:4:14: erreur[G012]: CL12 cite des mots que l’article 4 ne contient pas (citez les mots exactement)
    content/eau/texts/projet/depot.md:1:1: avertissement[G032]: le texte est vide
    1 erreur, 1 avertissement.
    "#);
}

#[test]
fn the_json_form_is_an_array() {
    let (sources, problems) = example();
    let json = report(&problems, &sources, Speech::En, Format::Json, false, SHOWN);
    assert!(serde_json::from_str::<serde_json::Value>(&json).unwrap().is_array());
    assert_snapshot!(json, @r#"
    [
    {"code":"G012","severity":"error","file":"content/eau/amendments/CL12.md","line":4,"column":14,"end":{"line":4,"column":26},"message":"CL12 quotes words that article 4 does not contain","label":"not in paragraph 1","help":"quote the words exactly as they stand","related":[{"file":"content/eau/texts/projet/depot.md","line":3,"column":10,"end":{"line":3,"column":19},"message":"the nearest"}]},
    {"code":"G032","severity":"warning","file":"content/eau/texts/projet/depot.md","line":1,"column":1,"end":{"line":1,"column":1},"message":"the text is empty","label":null,"help":"Write it, or say “lost: true” if its words are lost.","related":[]}
    ]
    "#);
    assert_eq!(report(&[], &sources, Speech::En, Format::Json, false, SHOWN), "[]\n");
}

#[test]
fn what_is_too_much_is_counted_and_errors_come_first() {
    let (sources, mut problems) = example();
    problems.reverse();
    assert_snapshot!(report(&problems, &sources, Speech::Fr, Format::Human, false, 1), @r#"
    erreur[G012]: CL12 cite des mots que l’article 4 ne contient pas
     --> content/eau/amendments/CL12.md:4:14
      |
    4 |   - replace: "trois mois"
      |              ^^^^^^^^^^^^ absent de l’alinéa 1
      |
      = aide: citez les mots exactement
    voir aussi: le plus proche
     --> content/eau/texts/projet/depot.md:3:10
      |
    3 | Dans les deux mois.
      |          ---------

    … et 1 de plus.
    1 erreur, 1 avertissement.
    "#);
}

#[test]
fn nothing_in_the_content_commands_the_terminal() {
    let text = "title: a\u{1b}[31m\u{202e}b\tc\u{0}\r\n";
    let sources = Sources::from_texts([("content/\u{1b}]0;x\u{7}.md", text)]);
    let problem = Diagnostic::new(Code::G013, words(text, "b\tc"), say!("« \u{1b}[2J »", "“\u{1b}[2J”"));
    for format in [Format::Human, Format::Short] {
        let out = report(std::slice::from_ref(&problem), &sources, Speech::En, format, false, SHOWN);
        assert!(!out.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202e}'), "{out:?}");
    }
    assert_snapshot!(human(&[problem], &sources), @r#"
    error[G013]: “<U+001B>[2J”
     --> content/<U+001B>]0;x<U+0007>.md:1:15
      |
    1 | title: a<U+001B>[31m<U+202E>b    c<U+0000>
      |                             ^^^^^^
      |
      = help: Write it as the message says.

    1 error.
    "#);
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let text = format!("{}HERE{}\n", "é".repeat(50_000), "x".repeat(50_000));
    let sources = Sources::from_texts([("a.md", &*text)]);
    let problems = [Diagnostic::new(Code::G006, words(&text, "HERE"), say!("là", "there"))];
    assert_snapshot!(human(&problems, &sources), @r#"
    error[G006]: there
     --> a.md:1:50001
      |
    1 | …ééééééééééééééééééééééééééééééééééééééééééééééééHERExxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
      |                                                  ^^^^
      |
      = help: Mend the syntax at the place shown (most often: indentation, colon, quotes).

    1 error.
    "#);
}

#[test]
fn carets_stand_under_wide_characters_and_after_tabs() {
    let text = "\tk: 水資源 wrong\n";
    let sources = Sources::from_texts([("a.yaml", text)]);
    let problems = [Diagnostic::new(Code::G013, words(text, "wrong"), say!("là", "there"))];
    assert_snapshot!(human(&problems, &sources), @r#"
    error[G013]: there
     --> a.yaml:1:9
      |
    1 |     k: 水資源 wrong
      |               ^^^^^
      |
      = help: Write it as the message says.

    1 error.
    "#);
}

#[test]
fn no_place_is_too_strange() {
    let sources = Sources::new(vec![
        SourceFile { path: "a.csv".into(), contents: Contents::Opaque { bytes: 3 } },
        SourceFile { path: "b.md".into(), contents: Contents::Broken(Breakage::Symlink) },
        SourceFile { path: "c.md".into(), contents: Contents::Text("é\r\n水\n".into()) },
        SourceFile { path: "d.md".into(), contents: Contents::Text("".into()) },
    ]);
    let nothing = Sources::default();
    let mut spans = vec![at(u32::MAX, 0, 0), at(9, 5, 2)];
    for file in 0..4 {
        for start in 0..12 {
            spans.extend((0..12).map(|end| at(file, start, end)));
        }
        spans.push(at(file, u32::MAX as usize, u32::MAX as usize));
    }
    for span in spans {
        let problem = Diagnostic::new(Code::G001, span, say!("", "")).related(span, say!("x", "x"));
        for sources in [&sources, &nothing] {
            for format in [Format::Human, Format::Short, Format::Json] {
                report(std::slice::from_ref(&problem), sources, Speech::Fr, format, true, SHOWN);
            }
        }
    }
}
