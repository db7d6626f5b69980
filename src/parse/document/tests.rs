//! Texts as people write them, each with what is read.

use super::*;
use proptest::prelude::*;

/// One line an item: `D` level id | number | heading | paragraphs, `A` id | number | heading | paragraphs.
fn items(markdown: &str, numbering: Numbering) -> Vec<String> {
    let count = |paragraphs: &[Paragraph]| paragraphs.len();
    let name = |item: &Item| match item {
        Item::Division(d) => {
            format!("D{} {} | {} | {} | {}", d.level, d.id, d.number, d.heading, count(&d.paragraphs))
        }
        Item::Article(a) => format!("A {} | {} | {} | {}", a.id, a.number, a.heading, count(&a.paragraphs)),
    };
    read(markdown, numbering).items.iter().map(name).collect()
}

fn french(markdown: &str) -> Vec<String> {
    items(markdown, Numbering::French)
}

/// The paragraphs of a text, in order.
fn paragraphs(markdown: &str) -> Vec<String> {
    let read = read(markdown, Numbering::French);
    let under = read.items.iter().flat_map(|item| match item {
        Item::Division(d) => &d.paragraphs,
        Item::Article(a) => &a.paragraphs,
    });
    read.preamble.iter().chain(under).map(|p| p.markdown.to_string()).collect()
}

#[test]
fn headings_become_divisions_and_articles() {
    let text = "# Titre Ier – De l’eau\n\n## Chapitre II bis\n\n### Article 1er - Objet\n\nI. – Un.\n\n1° Deux.\n\n\
                ### Article 17 A (nouveau)\n\nTrois.\n\n### Article L. 533-4 : Suite\n\nQuatre\n### Article 1\n";
    assert_eq!(
        french(text),
        [
            "D1 titre-ier | Titre Ier | De l’eau | 0",
            "D2 titre-ier-chapitre-ii-bis | Chapitre II bis |  | 0",
            "A 1er | Article 1er | Objet | 2",
            "A 17-a | Article 17 A (nouveau) |  | 1",
            "A l-533-4 | Article L. 533-4 | Suite | 1",
            "A 1-2 | Article 1 |  | 0",
        ]
    );
}

#[test]
fn a_word_that_only_begins_like_article_is_not_one() {
    assert_eq!(french("# Articles de presse"), ["D1 articles-de-presse |  | Articles de presse | 0"]);
}

#[test]
fn numbers_are_read_in_every_form() {
    let forms = [
        ("Article premier", "premier", "Article premier", ""),
        ("ARTICLE 1ER", "1er", "ARTICLE 1ER", ""),
        ("Article 1<sup>er</sup> bis A (nouveau)", "1er-bis-a", "Article 1er bis A (nouveau)", ""),
        ("Article 1 er – Objet", "1er", "Article 1 er", "Objet"),
        ("**Article** 10", "10", "Article 10", ""),
        ("    Article 10", "10", "Article 10", ""),
        ("Article 17 bis AA", "17-bis-aa", "Article 17 bis AA", ""),
        ("Article 17\u{a0}A", "17-a", "Article 17\u{a0}A", ""),
        ("Article L. 533\u{2011}4", "l-533-4", "Article L. 533\u{2011}4", ""),
        ("Article R.* 12-1", "r-12-1", "Article R.* 12-1", ""),
        ("Articles 20 et 21", "20-et-21", "Articles 20 et 21", ""),
        ("Article unique", "unique", "Article unique", ""),
        ("Article 5 (Supprimé)", "5", "Article 5 (Supprimé)", ""),
        ("Article 5 bis (nouveau) (conforme)", "5-bis", "Article 5 bis (nouveau) (conforme)", ""),
        ("Article additionnel après l’article 5", "additionnel-apres-l-article-5", "", ""),
        ("Article 5 – A propos de l’eau", "5", "Article 5", "A propos de l’eau"),
        ("Article 5. – Objet", "5", "Article 5", "Objet"),
        ("Article 5\u{a0}: Objet", "5", "Article 5", "Objet"),
        ("**Article 12***Portabilité des données*", "12", "Article 12", "Portabilité des données"),
        ("1.  Article 3", "3", "Article 3", ""),
    ];
    for (line, id, number, heading) in forms {
        let number = if number.is_empty() { line } else { number };
        assert_eq!(french(line), [format!("A {id} | {number} | {heading} | 0")], "{line}");
    }
}

#[test]
fn divisions_are_read_in_every_form() {
    let forms = [
        ("Titre Ier", "titre-ier | Titre Ier | "),
        ("titre I<sup>er</sup>", "titre-ier | titre Ier | "),
        ("TITRE PRÉLIMINAIRE", "titre-preliminaire | TITRE PRÉLIMINAIRE | "),
        ("**Sous-section 2 : Les *usages***", "sous-section-2 | Sous-section 2 | Les usages"),
        ("Section 1 : Le « numérique »", "section-1 | Section 1 | Le « numérique »"),
        ("chapitre ii", "chapitre-ii | chapitre ii | "),
        ("Livre III\n========", "livre-iii | Livre III | "),
        ("Annexe", "annexe | Annexe | "),
        ("ANNEXE II – Tarifs", "annexe-ii | ANNEXE II | Tarifs"),
        ("PREMIÈRE PARTIE", "premiere-partie | PREMIÈRE PARTIE | "),
        ("Chapitre II\n\nÉconomie du savoir", "chapitre-ii | Chapitre II | Économie du savoir"),
        ("Section 2\nPaiement par\nfacture", "section-2 | Section 2 | Paiement par facture"),
        ("# **Section 1 : Des\nusages**", "section-1 | Section 1 | Des usages"),
    ];
    for (block, read) in forms {
        assert_eq!(french(block), [format!("D1 {read} | 0")], "{block}");
    }
}

#[test]
fn a_sentence_that_begins_like_a_heading_is_a_paragraph() {
    let sentences = [
        "Article 5 de la loi du 6 janvier 1978 est abrogé.",
        "Article 5, alinéa 2, est abrogé.",
        "Section 2 du chapitre Ier : supprimer.",
        "Titre de la loi",
        "Annexe relative aux tarifs",
        "« Article 6",
        "« Art. L. 533-4. – Les données sont libres.",
        "> Article 3",
        "« **Chapitre II**",
        "Partie réglementaire",
    ];
    for sentence in sentences {
        assert_eq!(paragraphs(sentence), [sentence], "{sentence}");
    }
}

#[test]
fn words_of_a_heading_may_stand_below_its_number() {
    let below = [
        "**Article 8\n***Définition* *du domaine*",
        "**Article 8**\n*Définition du domaine*",
        "**Article 8**\n\n**Définition du domaine**",
        "Article 8\nDéfinition du domaine",
        "**Article 8\n*Définition du domaine****\n*",
        "# Article 8\n\n*Définition du domaine*",
    ];
    for block in below {
        let text = format!("{block}\n\nLe domaine est commun.");
        assert_eq!(french(&text), ["A 8 | Article 8 | Définition du domaine | 1"], "{block}");
    }
}

#[test]
fn a_remark_below_a_number_is_a_paragraph() {
    for remark in ["(Supprimé)", "*(Supprimé)*", "*\\[Principe\\]*", "*Il est abrogé.*"] {
        assert_eq!(french(&format!("**Article 8**\n\n{remark}")), ["A 8 | Article 8 |  | 1"], "{remark}");
    }
    assert_eq!(french("Chapitre IV\n\n(Division nouvelle)"), ["D1 chapitre-iv | Chapitre IV |  | 1"]);
}

#[test]
fn prose_on_the_line_of_a_number_is_its_first_paragraph() {
    let prose = [
        (
            "Article 14A la fin du chapitre III de la \nloi, il est ajouté :",
            "A la fin du chapitre III de la loi, il est ajouté :",
        ),
        ("Article 14. – La loi est ainsi modifiée :", "La loi est ainsi modifiée :"),
        ("**Article 14** Le *code* est abrogé.", "Le *code* est abrogé."),
        ("**Art. 14. –** *Le* code est abrogé.", "*Le* code est abrogé."),
        ("Article 14\nLe code est abrogé.", "Le code est abrogé."),
    ];
    for (block, paragraph) in prose {
        assert_eq!(paragraphs(block), [paragraph], "{block}");
        assert!(french(block)[0].starts_with("A 14 | Art"), "{block}");
    }
}

#[test]
fn a_quotation_that_was_not_closed_ends_at_the_next_heading() {
    let text =
        "Article 1\n\nIl est inséré :\n\n« Section 2\n\n« Article 6\n\n« Les données.\n\nArticle 2\n\nFin.";
    assert_eq!(french(text), ["A 1 | Article 1 |  | 4", "A 2 | Article 2 |  | 1"]);
    assert_eq!(paragraphs("# « Article 6\n\n## « Numérique » et droits"), ["« Article 6"]);
}

#[test]
fn a_number_used_twice_is_told_apart() {
    let ids = french("Article 2\n\nArticle 2\n\nArticle 2-2\n\n# Objet\n\n# Titre I\n\n## Objet\n\n## Objet");
    let ids: Vec<&str> = ids.iter().filter_map(|item| item.split(' ').nth(1)).collect();
    assert_eq!(ids, ["2", "2-2", "2-2-2", "objet", "titre-i", "titre-i-objet", "titre-i-objet-2"]);
}

#[test]
fn levels_are_the_same_however_headings_are_marked() {
    let kinds = [("Titre Ier", 1), ("Section 1", 3), ("Chapitre II", 2), ("Section 1", 3), ("Titre II", 1)];
    let plain: Vec<String> = kinds.iter().map(|(words, _)| format!("**{words}**")).collect();
    let marked: Vec<String> =
        kinds.iter().map(|(words, depth)| format!("{} {words}", "#".repeat(*depth))).collect();
    let drawn = "Titre Ier\n===\n\n### Section 1\n\nChapitre II\n---\n\n### Section 1\n\nTitre II\n===";
    let levels = [
        "D1 titre-ier | Titre Ier |  | 0",
        "D2 titre-ier-section-1 | Section 1 |  | 0",
        "D2 titre-ier-chapitre-ii | Chapitre II |  | 0",
        "D3 titre-ier-chapitre-ii-section-1 | Section 1 |  | 0",
        "D1 titre-ii | Titre II |  | 0",
    ];
    assert_eq!(french(&plain.join("\n\n")), levels);
    assert_eq!(french(&marked.join("\n\n")), levels);
    assert_eq!(french(drawn), levels);
    let annexe = french("Titre Ier\n\nChapitre Ier\n\nAnnexe\n\nSection 1");
    assert_eq!(annexe[2..], ["D1 annexe | Annexe |  | 0", "D2 annexe-section-1 | Section 1 |  | 0"]);
}

#[test]
fn elsewhere_clauses_and_sections_are_articles() {
    let text = "# Part I – Sharing\n\n## Section 2: Water\n\nClause 12A\n\n§ 5\n\nArtículo 3\n\n# Schedule A\n\n\
                # Background\n\nSection 3. The council decides.\n\nSection 4 of the Act is repealed.";
    assert_eq!(
        items(text, Numbering::Generic),
        [
            "D1 part-i | Part I | Sharing | 0",
            "A 2 | Section 2 | Water | 0",
            "A 12a | Clause 12A |  | 0",
            "A 5 | § 5 |  | 0",
            "A 3 | Artículo 3 |  | 0",
            "D1 schedule-a | Schedule A |  | 0",
            "D1 background |  | Background | 0",
            "A 3-2 | Section 3 |  | 2",
        ]
    );
}

#[test]
fn wrapped_lines_are_joined_and_what_has_rows_keeps_them() {
    let kept = [
        ("Une \nligne \ncoupée  \nici \net là.", "Une ligne coupée ici et là."),
        ("Un vers  \npuis l’autre\\\net la fin", "Un vers\\\npuis l’autre\\\net la fin"),
        ("Sont exclus :\n- l’eau\n  douce ;\n- le sel", "Sont exclus :\n- l’eau douce ;\n- le sel"),
        ("I. – Un\n1° deux\na) trois", "I. – Un 1° deux a) trois"),
        ("| a | b |\n|---|---|\n| c  \n  d | e |", "| a | b |\n|---|---|\n| c\n  d | e |"),
        ("> une\n>  note\n> - liste", "> une note\n> - liste"),
        ("```\nArticle 1\n\n  x\n```", "```\nArticle 1\n\n  x\n```"),
        ("**En gras\njusqu’ici\n**", "**En gras jusqu’ici**"),
        ("&#65;rticle 5", "Article 5"),
        ("&#65;lors", "&#65;lors"),
    ];
    for (block, paragraph) in kept {
        assert_eq!(paragraphs(block), [paragraph], "{block}");
    }
    assert_eq!(paragraphs("*\n*\n\n***\n\n>\n\n### \n\n- - -\n\nfin\n>\n> note"), ["fin", "> note"]);
}

#[test]
fn the_canonical_form_is_plain_markdown() {
    let text = "**Projet**\n\nTitre Ier : De l’eau\n===\n\n**Article 1<sup>er</sup>**\n*Objet*\n\nUn \ntexte.\n\n\
                Article 2\n\n&#65;rticle 5";
    let written = "**Projet**\n\n# Titre Ier – De l’eau\n\n## Article 1er – Objet\n\nUn texte.\n\n## Article 2\n\n\
                   &#65;rticle 5\n";
    assert_eq!(read(text, Numbering::French).to_markdown(), written);
}

#[test]
fn the_documented_example_is_true() {
    for document in [include_str!("../../../docs/format.md"), include_str!("../../../docs/format.fr.md")] {
        let (_, section) =
            document.split_once("#how-a-text").or(document.split_once("#comment-un-texte")).unwrap();
        let mut blocks = section.split("```text\n").skip(1).filter_map(|rest| rest.split("```").next());
        let (given, canonical) = (blocks.next().unwrap(), blocks.next().unwrap());
        assert_eq!(read(given, Numbering::French).to_markdown(), canonical);
    }
}

/// Pieces of which nasty texts are made.
const PIECES: [&str; 62] = [
    "Article 5",
    "Article 14A la fin du code, il est dit",
    "Article 1<sup>er</sup>",
    "**Article** 10",
    "**Article 8",
    "***Définition* *du domaine*",
    "*Objet*",
    "Titre Ier",
    "Chapitre II",
    "chapitre ii",
    "# Titre Ier : De l’eau",
    "### Section 1",
    "###",
    "# *",
    "# \\*a_b_ \\<sup> C#",
    "## « Article 6",
    "« Article 6",
    "« Art. L. 533-4. – Les",
    "> Article 3",
    ">",
    "> une",
    "> - liste",
    "===",
    "---",
    "***",
    "*",
    "**",
    "- Article 5",
    "- un",
    "  - deux",
    "1. Section 2",
    "2. trois",
    "1) quatre",
    "Économie du savoir",
    "(Supprimé)",
    "(nouveau)",
    "bis",
    "| a | b |",
    "|---|---|",
    "a | b",
    "```",
    "~~~",
    "\\",
    "fin\\",
    "fin  ",
    "&#65;rticle 5",
    "&#42;",
    "Article 5. – *Objet*",
    "Article 5. – Article 6. – ```",
    "Article 5 – ",
    ": Objet",
    "Section 2. The end.",
    "§ 5",
    "Schedule A",
    "Part 2 - Water",
    "Annexe",
    "Première partie",
    "Article sur l’eau. – Objet",
    "R.* 12-1",
    "Article R.* 12-1",
    "[a]: b",
    "Les données sont libres.",
];

fn nasty(parts: &[(usize, usize)]) -> String {
    let joints = ["\n", "\n\n", " ", "", "\n\n"];
    parts.iter().map(|(piece, joint)| format!("{}{}", PIECES[*piece], joints[*joint])).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn what_is_written_is_read_back(parts in prop::collection::vec((0..PIECES.len(), 0..5usize), 1..9), generic: bool) {
        let text = nasty(&parts);
        let numbering = if generic { Numbering::Generic } else { Numbering::French };
        let document = read(&text, numbering);
        let written = document.to_markdown();
        prop_assert_eq!(read(&written, numbering), document, "{:?} written as {:?}", text, written);
    }

    #[test]
    fn no_word_is_lost(parts in prop::collection::vec((0..PIECES.len(), 0..5usize), 1..9)) {
        let text = nasty(&parts).replace("&#", "").replace("1. Section", "Section").replace("sup>", ">");
        let document = read(&text, Numbering::French);
        let mut words: String = document.preamble.iter().map(|p| &*p.markdown).collect();
        for item in &document.items {
            let (number, heading, under) = match item {
                Item::Division(d) => (&d.number, &d.heading, &d.paragraphs),
                Item::Article(a) => (&a.number, &a.heading, &a.paragraphs),
            };
            [number, heading].into_iter().chain(under.iter().map(|p| &p.markdown)).for_each(|w| words.push_str(w));
        }
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        prop_assert_eq!(letters(&words), letters(&text), "{:?}", text);
    }

    #[test]
    fn any_characters_are_read_back(text in "[-#*_>|`~=.:&;\\\\ \n«»A1IVa’\u{a0}]{0,60}", generic: bool) {
        let numbering = if generic { Numbering::Generic } else { Numbering::French };
        let document = read(&text, numbering);
        prop_assert_eq!(read(&document.to_markdown(), numbering), document);
    }
}
