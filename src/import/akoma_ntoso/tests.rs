//! The smallest documents of Akoma Ntoso, each with what is made of it.

use super::*;
use crate::import::text::Known;
use crate::import::{Imported, InputFile};
use proptest::prelude::*;

const HEAD: &str = "<akomaNtoso xmlns='http://docs.oasis-open.org/legaldocml/ns/akn/3.0'>";

/// A document with its identity.
fn akn(kind: &str, language: &str, inside: &str) -> String {
    format!(
        "{HEAD}<{kind} name='x'><meta><identification source='#t'><FRBRWork><FRBRthis value='/akn/fr/{kind}/2020/eau/!main'/>\
         <FRBRuri value='/akn/fr/{kind}/2020/eau'/><FRBRdate date='2020-01-02' name='x'/><FRBRauthor href='#gov'/>\
         <FRBRcountry value='fr'/></FRBRWork><FRBRExpression><FRBRthis value='x'/><FRBRuri value='/akn/fr/{kind}/2020/eau/{language}@2020-02-03'/>\
         <FRBRdate date='2020-02-03' name='v'/><FRBRauthor href='#gov'/><FRBRlanguage language='{language}'/></FRBRExpression></identification>\
         <references source='#t'><TLCOrganization eId='gov' href='/o/gov' showAs='Le gouvernement'/></references></meta>{inside}</{kind}></akomaNtoso>"
    )
}

fn options(existing: Existing) -> Options {
    let slug = Id::new("c").unwrap();
    Options { slug, text: None, version: None, date: None, title: None, existing }
}

fn convert_with(xml: &str, existing: Existing) -> Imported {
    let file = InputFile { path: "a.xml".into(), sha256: "".into(), contents: Ok(xml.as_bytes().to_vec()) };
    let imported = AkomaNtoso.convert(&Input { files: vec![file] }, &options(existing));
    assert!(imported.report.agrees(), "{:?}", imported.report.kinds);
    imported
}

fn convert(xml: &str) -> Imported {
    convert_with(xml, Existing::default())
}

fn file(imported: &Imported, path: &str) -> String {
    let found = imported.files.iter().find(|(p, _)| p.as_str() == format!("content/c/{path}"));
    let found =
        found.unwrap_or_else(|| panic!("{path}: {:?} {:?}", imported.files.keys(), imported.report.rows));
    String::from_utf8(found.1.clone()).unwrap()
}

/// The version made of a body in French.
fn version(body: &str) -> String {
    file(&convert(&akn("bill", "fra", &format!("<body>{body}</body>"))), "texts/eau/2020-02-03.md")
}

fn reasons(imported: &Imported) -> Vec<String> {
    imported
        .report
        .rows
        .iter()
        .filter_map(|row| Some(format!("{} {}", row.row, row.reason.as_ref()?.en)))
        .collect()
}

#[test]
fn divisions_articles_and_blocks() {
    let body = "<title eId='t'><num>Titre Ier</num><heading>De l’eau</heading><article><num>Article 1<sup>er</sup></num>\
                <heading>Objet</heading><paragraph><num>I. –</num><content><p>Un.</p><p>1. Deux.</p></content></paragraph>\
                <paragraph><num>II.</num><list><intro><p>Trois :</p></intro><point><num>a)</num><content><p>b <b>c</b> ;</p>\
                </content></point><point><num>b)</num><list><point><num>i)</num><content><p>d.</p></content></point></list></point>\
                </list></paragraph></article></title><article><num>Article 2</num><content><p>Article 3</p></content></article>";
    assert_eq!(
        version(body),
        "# Titre Ier – De l’eau\n\n## Article 1er – Objet\n\nI. – Un.\n\n1\\. Deux.\n\nII. Trois :\n\na) b **c** ;\n\nb) i) d.\n\n\
         # Article 2\n\n&#65;rticle 3\n"
            .replace("# Article 2\n\n&", "## Article 2\n\n&")
    );
}

#[test]
fn the_text_and_its_version_take_their_ids_from_the_document() {
    let imported = convert(&akn(
        "bill",
        "fra",
        "<preface><p><docTitle>Loi sur l’eau</docTitle></p></preface><body><article><num>Article 1er</num><content><p>Un.</p></content></article></body>",
    ));
    assert_eq!(
        file(&imported, "texts/eau/text.yaml"),
        "kind: bill\ntitle: Loi sur l’eau\nversions:\n  - id: 2020-02-03\n    title: Texte déposé\n    date: 2020-02-03\n    stage: tabled\n    imported:\n      source: a.xml\n      id: /akn/fr/bill/2020/eau/fra@2020-02-03\n"
    );
    assert!(file(&imported, "consultation.yaml").contains("name: Le gouvernement"));
}

#[test]
fn elsewhere_sections_are_articles_and_numbers_are_completed() {
    let body = "<body><part><num>PART 1</num><heading>Water</heading><section><num>1</num><heading>Wells</heading>\
                <subsection><num>(1)</num><content><p>A well.</p></content></subsection></section></part></body>";
    let imported = convert(&akn("act", "eng", body));
    assert_eq!(
        file(&imported, "texts/eau/2020-02-03.md"),
        "# PART 1 – Water\n\n## Section 1 – Wells\n\n(1) A well.\n"
    );
    assert!(file(&imported, "texts/eau/text.yaml").contains("numbering: generic"));
    assert!(reasons(&imported).iter().any(|r| r.contains("the number “1” is written “Section 1”")));
}

#[test]
fn tracked_changes_are_accepted_and_what_is_dropped_is_listed() {
    let body = "<article><num>Article 1</num><content><p>Un <ins>nouveau</ins> <del>vieux</del> mot.</p></content></article>";
    let imported = convert(&akn("bill", "fra", &format!("<body>\n{body}</body>")));
    assert!(file(&imported, "texts/eau/2020-02-03.md").contains("\n\nUn nouveau mot.\n"));
    assert!(
        reasons(&imported).contains(&"l. 2 “del”, words deleted: “vieux”".to_owned()),
        "{:?}",
        reasons(&imported)
    );
}

#[test]
fn a_quoted_article_stays_in_the_one_that_quotes_it() {
    let body = "<article><num>Article 1</num><content><p>Il est inséré : <mod><quotedStructure startQuote='«' endQuote='»'>\
                <article><num>Article 5 bis</num><content><p>Neuf.</p></content></article></quotedStructure></mod>.</p></content></article>";
    assert_eq!(version(body), "# Article 1\n\nIl est inséré :\n\n«\u{a0}Article 5 bis Neuf.\u{a0}».\n");
}

#[test]
fn notes_links_breaks_and_tables() {
    let body = "<article><num>Article 1</num><content><p>Un<authorialNote marker='1'><p>Voir *deux*.</p></authorialNote>,<br/>\
                <ref href='https://a.example/x'>la loi</ref> et <ref href='/akn/fr/act/1'>l’autre</ref>.</p>\
                <table><caption>Cas</caption><tr><th><p>A</p></th><th><p>B</p></th></tr><tr><td><p>1</p><p>2</p></td><td><p>x|y</p></td></tr></table>\
                </content></article>";
    assert_eq!(
        version(body),
        "# Article 1\n\nUn [Note 1\u{a0}: Voir *deux*.],\\\n[la loi](https://a.example/x) et l’autre.\n\nCas\n\n| A | B |\n| --- | --- |\n| 1 2 | x\\|y |\n"
            .replace("[Note", "\\[Note")
            .replace("*deux*.]", "\\*deux\\*.\\]")
    );
}

#[test]
fn what_is_unknown_keeps_its_words_and_is_listed() {
    let body = "<article><num>Article 1</num><content><p>Un <zap>deux</zap>.</p><zip><p>trois</p></zip><img src='a.png'/></content></article>";
    let imported = convert(&akn("bill", "fra", &format!("<body>{body}</body>")));
    assert!(file(&imported, "texts/eau/2020-02-03.md").contains("Un deux.\n\ntrois\n"));
    let reasons = reasons(&imported).join("\n");
    assert!(
        reasons.contains("“zap” unknown")
            && reasons.contains("“zip” unknown")
            && reasons.contains("an image, “a.png”")
    );
    assert_eq!(imported.report.missing_files, ["a.png".into()]);
}

#[test]
fn what_the_french_senate_says_in_attributes_is_words() {
    let body = "<article xmlns:d='http://data.example/' d:mention='(nouveau)'><num>Article 2 bis</num><alinea d:mention='(Supprimé)'/>\
                <alinea d:mention='(Non modifié)'><num>II. –</num></alinea><alinea><content><p>Trois.</p></content></alinea></article>";
    assert_eq!(version(body), "# Article 2 bis (nouveau)\n\n(Supprimé)\n\nII. – (Non modifié)\n\nTrois.\n");
}

#[test]
fn a_debate_is_refused_with_a_word() {
    let imported = convert(&akn("debate", "fra", "<debateBody/>"));
    assert!(imported.files.is_empty());
    assert!(reasons(&imported)[0].contains("a record of debates is neither a text nor an amendment"));
}

fn known() -> Existing {
    let document = read("# Article 1er\n\nUn.\n\nLe mot a est là.\n", Numbering::French);
    let version = (Id::new("depot").unwrap(), document);
    let known = Known { yaml: "".into(), numbering: Numbering::French, versions: vec![version] };
    Existing { consultation: true, texts: [(Id::new("eau").unwrap(), known)].into() }
}

fn amendment(mods: &str) -> Imported {
    let body = format!(
        "<amendmentBody><amendmentHeading><p>Article 1er</p></amendmentHeading><amendmentContent><p>À l’alinéa 2, {mods}.</p></amendmentContent>\
         <amendmentJustification><p>Parce <i>que</i>.</p></amendmentJustification></amendmentBody>"
    );
    convert_with(&akn("amendment", "fra", &body), known())
}

#[test]
fn an_amendment_whose_quotations_say_it_is_an_operation() {
    let imported = amendment(
        "<mod>substituer au mot : <quotedText>a est</quotedText> les mots : <quotedText>b sera</quotedText></mod>",
    );
    assert_eq!(
        file(&imported, "amendments/eau.md"),
        "---\ntext: eau\narticle: 1er\nnumber: eau\ntitle: Article 1er\nauthors:\n  - Le gouvernement\ndate: 2020-02-03\noutcome: pending\n\
         instruction: |-\n  À l’alinéa 2, substituer au mot : «\u{a0}a est\u{a0}» les mots : «\u{a0}b sera\u{a0}».\noperations:\n  - paragraph: 2\n    replace: a est\n    with: b sera\n\
         imported:\n  source: a.xml\n  id: /akn/fr/amendment/2020/eau/fra@2020-02-03\n---\n\nParce *que*.\n"
    );
}

#[test]
fn what_is_not_certain_is_an_instruction_only() {
    for mods in [
        "<mod>substituer au mot <quotedText>absent</quotedText> le mot <quotedText>b</quotedText></mod>",
        "<mod>revoir <quotedText>a est</quotedText> et <quotedText>b</quotedText></mod>",
        "substituer au mot <quotedText>a est</quotedText> le mot <quotedText>b</quotedText>",
    ] {
        let imported = amendment(mods);
        let file = file(&imported, "amendments/eau.md");
        assert!(file.contains("instruction:") && !file.contains("operations:"), "{file}");
        assert!(reasons(&imported).iter().any(|r| r.contains("do not say an operation with certainty")));
    }
}

#[test]
fn an_amendment_of_a_text_that_is_not_there_waits() {
    let imported = convert(&akn("amendment", "fra", "<amendmentBody/>"));
    assert!(imported.files.is_empty());
    assert!(reasons(&imported)[0].contains("import the text first"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_changed_document_never_makes_it_panic(at in 0usize..3000, cut in 0usize..40, with in "[<>/a-z&;'=]{0,6}") {
        let xml = akn("bill", "fra", "<preface><p>a</p></preface><body><title><num>Titre Ier</num><article><num>Article 1er</num><content>\
            <p>a <mod><quotedStructure startQuote='«'><p>b</p></quotedStructure></mod> c</p><table><tr><td><p>d</p></td></tr></table>\
            <blockList><item><num>1°</num><p>e</p></item></blockList></content></article></title></body><conclusions><p>f</p></conclusions>");
        let mut bytes = xml.into_bytes();
        let at = at % bytes.len();
        let end = (at + cut).min(bytes.len());
        bytes.splice(at..end, with.bytes());
        let file = InputFile { path: "a.xml".into(), sha256: "".into(), contents: Ok(bytes) };
        let imported = AkomaNtoso.convert(&Input { files: vec![file] }, &options(known()));
        prop_assert!(imported.report.agrees());
    }
}
