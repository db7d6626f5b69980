//! The smallest documents of each format, made in memory, each with what is made of it.

use super::*;
use crate::import::InputFile;
use crate::import::archive::tests::packed;
use crate::import::text::Known;
use proptest::prelude::*;

const W: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'";
const KINDS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A Word document with this body, these rules of lists, these styles and these notes.
fn docx_of(body: &str, numbering: &str, styles: &str, notes: &str) -> Vec<u8> {
    let relations = |inside: &str| {
        format!(
            "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>{inside}</Relationships>"
        )
    };
    let one = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id='{id}' Type='{KINDS}/{kind}' Target='{target}'/>")
    };
    let root = relations(&format!(
        "{}{}",
        one("a", "officeDocument", "word/document.xml"),
        one("b", "core-properties", "docProps/core.xml")
    ));
    let own = relations(&format!(
        "{}{}{}{}{}{}",
        one("s", "styles", "styles.xml"),
        one("n", "numbering", "numbering.xml"),
        one("f", "footnotes", "footnotes.xml"),
        one("h", "header", "header1.xml"),
        one("c", "comments", "comments.xml"),
        one("web", "hyperlink", "https://a.example/")
    ));
    let core = "<cp:coreProperties xmlns:cp='http://schemas.openxmlformats.org/package/2006/metadata/core-properties' \
                xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:dcterms='http://purl.org/dc/terms/'><dc:creator>Jeanne Secrète</dc:creator>\
                <dcterms:modified>2020-03-04T10:00:00Z</dcterms:modified></cp:coreProperties>";
    packed(&[
        ("_rels/.rels", root.as_bytes()),
        ("word/_rels/document.xml.rels", own.as_bytes()),
        ("word/document.xml", format!("<w:document {W}><w:body>{body}</w:body></w:document>").as_bytes()),
        ("word/styles.xml", format!("<w:styles {W}>{styles}</w:styles>").as_bytes()),
        ("word/numbering.xml", format!("<w:numbering {W}>{numbering}</w:numbering>").as_bytes()),
        ("word/footnotes.xml", format!("<w:footnotes {W}>{notes}</w:footnotes>").as_bytes()),
        ("word/header1.xml", format!("<w:hdr {W}><w:p><w:r><w:t>Document de travail</w:t></w:r></w:p></w:hdr>").as_bytes()),
        ("word/comments.xml", format!("<w:comments {W}><w:comment w:author='Jeanne Secrète'><w:p><w:r><w:t>À revoir</w:t></w:r></w:p></w:comment></w:comments>").as_bytes()),
        ("docProps/core.xml", core.as_bytes()),
    ])
}

fn docx(body: &str) -> Vec<u8> {
    docx_of(body, "", "", "")
}

/// A paragraph of Word.
fn p(properties: &str, words: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{words}</w:t></w:r></w:p>")
}

/// A LibreOffice text with this body and these automatic styles.
fn odt(body: &str, styles: &str) -> Vec<u8> {
    let names = "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' \
                 xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0' xmlns:fo='urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0' \
                 xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0' \
                 xmlns:meta='urn:oasis:names:tc:opendocument:xmlns:meta:1.0' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:xlink='http://www.w3.org/1999/xlink'";
    let content = format!(
        "<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text>\
         </office:body></office:document-content>"
    );
    let meta = format!(
        "<office:document-meta {names}><office:meta><dc:creator>Jeanne Secrète</dc:creator><dc:date>2020-03-04T10:00:00</dc:date></office:meta></office:document-meta>"
    );
    packed(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
        ("meta.xml", meta.as_bytes()),
    ])
}

fn options(existing: Existing) -> Options {
    let (slug, text) = (Id::new("c").unwrap(), Id::new("loi").unwrap());
    Options { slug, text, version: None, date: None, title: None, existing }
}

fn convert_with(bytes: Vec<u8>, options: &Options) -> Imported {
    let file = InputFile { path: "a".into(), sha256: "".into(), contents: Ok(bytes) };
    let imported = Document.convert(&Input { files: vec![file] }, options);
    assert!(imported.report.agrees(), "{:?}", imported.report.kinds);
    let told = serde_json::to_string(&imported.report).unwrap();
    let written: String =
        imported.files.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
    assert!(!told.contains("Secrète") && !written.contains("Secrète"), "{told}");
    imported
}

fn convert(bytes: Vec<u8>) -> Imported {
    convert_with(bytes, &options(Existing::default()))
}

fn file(imported: &Imported, path: &str) -> String {
    let found = imported.files.iter().find(|(p, _)| p.as_str() == format!("content/c/{path}"));
    String::from_utf8(found.unwrap_or_else(|| panic!("{path}: {:?}", imported.report)).1.clone()).unwrap()
}

/// The version made of a file.
fn version(bytes: Vec<u8>) -> String {
    file(&convert(bytes), "texts/loi/2020-03-04.md")
}

fn reasons(imported: &Imported) -> String {
    let rows = imported
        .report
        .rows
        .iter()
        .filter_map(|row| Some(format!("{} {}", row.row, row.reason.as_ref()?.en)));
    rows.collect::<Vec<_>>().join("\n")
}

const STYLES: &str = "<w:style w:type='paragraph' w:styleId='T1'><w:name w:val='heading 1'/></w:style>\
    <w:style w:type='paragraph' w:styleId='T2'><w:basedOn w:val='Base'/></w:style>\
    <w:style w:type='paragraph' w:styleId='Base'><w:name w:val='Titre perso'/><w:pPr><w:outlineLvl w:val='1'/></w:pPr></w:style>\
    <w:style w:type='paragraph' w:styleId='Titre'><w:name w:val='Title'/></w:style>\
    <w:style w:type='paragraph' w:styleId='Gras'><w:name w:val='Article'/><w:rPr><w:b/></w:rPr></w:style>\
    <w:style w:type='character' w:styleId='Exposant'><w:name w:val='x'/><w:rPr><w:vertAlign w:val='superscript'/></w:rPr></w:style>";

#[test]
fn headings_are_found_by_style_and_by_words() {
    let style = |id: &str| format!("<w:pStyle w:val='{id}'/>");
    let body = [
        p(&style("Titre"), "Loi sur l’eau"),
        p(&style("T1"), "Titre Ier – De l’eau"),
        p(&style("T2"), "Chapitre Ier – Des sources"),
        p(&style("Gras"), "Article 1er"),
        p("", "Un puits."),
        p("", "TITRE II"),
        p("", "Des puits"),
        p("", "Article 2"),
        p("", "« Article 6"),
    ];
    let imported = convert(docx_of(&body.concat(), "", STYLES, ""));
    assert_eq!(
        file(&imported, "texts/loi/2020-03-04.md"),
        "Loi sur l’eau\n\n# Titre Ier – De l’eau\n\n## Chapitre Ier – Des sources\n\n### Article 1er\n\nUn puits.\n\n# TITRE II – Des puits\n\n## Article 2\n\n« Article 6\n"
    );
    assert!(file(&imported, "texts/loi/text.yaml").starts_with("kind: bill\ntitle: Loi sur l’eau\n"));
    let remarks: String = imported.report.remarks.iter().map(|r| r.en.as_str()).collect();
    assert!(remarks.contains("2 by their style, 3 by their words alone"), "{remarks}");
}

/// Three levels as laws have them: `I. –`, `1°`, `a)`.
fn rules(id: u8) -> String {
    let level = |at: u8, form: &str, text: &str| {
        format!(
            "<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{form}'/><w:lvlText w:val='{text}'/></w:lvl>"
        )
    };
    format!(
        "<w:abstractNum w:abstractNumId='{id}'>{}{}{}{}</w:abstractNum>",
        level(0, "upperRoman", "%1. –"),
        level(1, "decimal", "%2°"),
        level(2, "lowerLetter", "%3)"),
        level(3, "bullet", "\u{f0b7}")
    )
}

fn listed(list: u8, level: u8, words: &str) -> String {
    p(&format!("<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr>"), words)
}

#[test]
fn numbers_that_word_computes_become_words() {
    let numbering = format!(
        "{}<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>\
         <w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='1'><w:startOverride w:val='5'/></w:lvlOverride></w:num>",
        rules(0)
    );
    let body = [
        listed(1, 0, "Un"),
        listed(1, 1, "deux"),
        listed(1, 2, "trois"),
        listed(1, 2, "quatre"),
        listed(1, 1, "cinq"),
        listed(1, 2, "six"),
        listed(1, 3, "sept"),
        listed(1, 0, "Huit"),
        listed(1, 1, "neuf"),
        listed(2, 1, "dix"),
        listed(2, 1, "onze"),
        listed(0, 0, "Douze"),
    ];
    let imported = convert(docx_of(&body.concat(), &numbering, "", ""));
    assert_eq!(
        file(&imported, "texts/loi/2020-03-04.md"),
        "I. – Un\n\n1° deux\n\na) trois\n\nb) quatre\n\n2° cinq\n\na) six\n\n– sept\n\nII. – Huit\n\n1° neuf\n\n5° dix\n\n6° onze\n\nDouze\n"
    );
}

#[test]
fn an_article_may_be_the_number_of_a_style() {
    let numbering = "<w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='ordinal'/><w:pStyle w:val='Art'/>\
                     <w:lvlText w:val='Article %1'/></w:lvl></w:abstractNum><w:num w:numId='7'><w:abstractNumId w:val='0'/></w:num>";
    let styles = "<w:style w:type='paragraph' w:styleId='Art'><w:name w:val='heading 3'/><w:pPr><w:numPr><w:numId w:val='7'/></w:numPr></w:pPr></w:style>";
    let art = "<w:pStyle w:val='Art'/>";
    let body = [p(art, "Objet"), p("", "Un."), p(art, "Entrée en vigueur"), p("", "Deux.")].concat();
    assert_eq!(
        version(docx_of(&body, numbering, styles, "")),
        "# Article 1er – Objet\n\nUn.\n\n# Article 2e – Entrée en vigueur\n\nDeux.\n"
    );
}

#[test]
fn words_keep_what_law_needs_of_their_form() {
    let run = |properties: &str, words: &str| format!("<w:r><w:rPr>{properties}</w:rPr>{words}</w:r>");
    let t = |words: &str| format!("<w:t xml:space='preserve'>{words}</w:t>");
    let body = format!(
        "<w:p>{}{}{}{}{}{}{}<w:hyperlink r:id='web'>{}</w:hyperlink></w:p>",
        run("", &t("L’article 1")),
        run("<w:rStyle w:val='Exposant'/>", &t("er")),
        run("<w:b/>", &t(" est ")),
        run("<w:b w:val='0'/><w:i/>", &t("là")),
        run("", &format!("<w:br/>{}<w:footnoteReference w:id='2'/>", t("1. *ici*"))),
        run("<w:vanish/>", &t("caché")),
        run("", "<w:noBreakHyphen/><w:tab/>"),
        run("", &t("lien")),
    );
    let notes = "<w:footnote w:id='2'><w:p><w:r><w:footnoteRef/><w:t> Voir.</w:t></w:r></w:p></w:footnote>";
    let imported = convert(docx_of(&body, "", STYLES, notes));
    assert_eq!(
        file(&imported, "texts/loi/2020-03-04.md"),
        "L’article 1<sup>er</sup> **est** *là*\\\n1\\. \\*ici\\* \\[Note 2\u{a0}: Voir.\\]‑ [lien](https://a.example/)\n"
    );
    let reasons = reasons(&imported);
    assert!(
        reasons.contains("hidden words: “caché”") && reasons.contains("a footnote is put in square brackets"),
        "{reasons}"
    );
}

#[test]
fn tracked_changes_are_accepted_and_listed() {
    let body = "<w:p><w:r><w:t xml:space='preserve'>Un </w:t></w:r><w:ins w:author='Jeanne Secrète'><w:r><w:t>nouveau</w:t></w:r></w:ins>\
                <w:del w:author='Jeanne Secrète'><w:r><w:delText>vieux</w:delText></w:r></w:del></w:p>\
                <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>coupé</w:t></w:r></w:p><w:p><w:r><w:t>, joint</w:t></w:r></w:p>";
    let imported = convert(docx(body));
    assert_eq!(file(&imported, "texts/loi/2020-03-04.md"), "Un nouveau\n\ncoupé, joint\n");
    let reasons = reasons(&imported);
    assert!(
        reasons.contains("a tracked deletion, accepted: “vieux”")
            && reasons.contains("a tracked insertion is accepted"),
        "{reasons}"
    );
}

#[test]
fn tables_are_tables_and_what_is_drawn_is_listed() {
    let cell = |words: &str| format!("<w:tc>{}</w:tc>", p("", words));
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl><w:p><w:r><w:drawing/></w:r></w:p>\
         <w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>encadré</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>",
        cell("A"),
        cell("B|C"),
        cell("1."),
        cell("")
    );
    let imported = convert(docx(&body));
    assert_eq!(file(&imported, "texts/loi/2020-03-04.md"), "| A | B\\|C |\n| --- | --- |\n| 1\\. |  |\n");
    let reasons = reasons(&imported);
    for part in [
        "an image or a drawing",
        "a text box: “encadré”",
        "a page header: “Document de travail”",
        "a comment: “À revoir”",
        "the name of who wrote",
    ] {
        assert!(reasons.contains(part), "{part}: {reasons}");
    }
    assert_eq!(imported.report.missing_files.len(), 1);
}

#[test]
fn libreoffice_gives_the_same() {
    let styles = "<style:style style:name='B' style:family='text'><style:text-properties fo:font-weight='bold'/></style:style>\
        <style:style style:name='S' style:family='text'><style:text-properties style:text-position='super 58%'/></style:style>\
        <text:list-style style:name='L'><text:list-level-style-number text:level='1' style:num-format='I' style:num-suffix='. –'/>\
        <text:list-level-style-number text:level='2' style:num-format='1' style:num-suffix='°'/><text:list-level-style-bullet text:level='3'/></text:list-style>";
    let body = "<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>Jeanne Secrète</dc:creator></office:change-info>\
        <text:p>vieux</text:p></text:deletion></text:changed-region></text:tracked-changes>\
        <text:h text:outline-level='1'>Titre Ier – De l’eau</text:h><text:p>Article 1<text:span text:style-name='S'>er</text:span></text:p>\
        <text:p>Un<text:s text:c='3'/>*<text:span text:style-name='B'>deux</text:span>*<text:line-break/>- trois<text:note><text:note-citation>1</text:note-citation>\
        <text:note-body><text:p>Voir.</text:p></text:note-body></text:note><office:annotation><dc:creator>Jeanne Secrète</dc:creator><text:p>hum</text:p></office:annotation></text:p>\
        <text:list text:style-name='L'><text:list-item><text:p>Un</text:p><text:list><text:list-item><text:p>deux</text:p></text:list-item>\
        <text:list-item><text:p>trois</text:p><text:p>suite</text:p></text:list-item></text:list></text:list-item></text:list>\
        <text:list text:style-name='L' text:continue-numbering='true'><text:list-item><text:p>Quatre</text:p><text:list><text:list-item><text:p>cinq</text:p>\
        <text:list><text:list-item><text:p>six</text:p></text:list-item></text:list></text:list-item></text:list></text:list-item></text:list>\
        <table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell><table:table-cell table:number-columns-repeated='2'><text:p>B</text:p></table:table-cell></table:table-row></table:table>\
        <text:p><draw:frame><draw:text-box><text:p>encadré</text:p></draw:text-box></draw:frame><text:a xlink:href='https://a.example/'>lien</text:a></text:p>";
    let imported = convert(odt(body, styles));
    assert_eq!(
        file(&imported, "texts/loi/2020-03-04.md"),
        "# Titre Ier – De l’eau\n\n## Article 1er\n\nUn \\***deux**\\*\\\n\\- trois \\[Note 1\u{a0}: Voir.\\]\n\nI. – Un\n\n1° deux\n\n2° trois\n\nsuite\n\n\
         II. – Quatre\n\n1° cinq\n\n– six\n\n| A | B | B |\n| --- | --- | --- |\n\n[lien](https://a.example/)\n"
    );
    let reasons = reasons(&imported);
    for part in
        ["a tracked deletion, accepted: “vieux”", "a comment: “hum”", "“encadré”", "the name of who wrote"]
    {
        assert!(reasons.contains(part), "{part}: {reasons}");
    }
}

#[test]
fn markdown_is_read_as_any_text() {
    let mut options = options(Existing::default());
    options.date = Date::parse("2020-03-04");
    options.title = Some("Loi".into());
    let text = "---\nauthor: x\n---\r\n\r\n# Titre Ier\n\nArticle 1er\n\nUn\nsuite.\n\n![plan](plan.png)\n";
    let imported = convert_with(text.as_bytes().to_vec(), &options);
    assert_eq!(
        file(&imported, "texts/loi/2020-03-04.md"),
        "# Titre Ier\n\n## Article 1er\n\nUn suite.\n\n![plan](plan.png)\n"
    );
    assert_eq!(imported.report.missing_files, ["plan.png".into()]);
    assert!(reasons(&imported).contains("the front matter is not taken: “author: x”"));
}

#[test]
fn a_text_that_is_there_has_one_version_more() {
    let yaml = "kind: bill\ntitle: Mon titre\nversions:\n  - {id: depot, title: Dépôt, date: 2020-01-01, stage: tabled}\n";
    let known = Known { yaml: yaml.into(), numbering: Numbering::French, versions: Vec::new() };
    let existing = Existing { consultation: true, texts: [(Id::new("loi").unwrap(), known)].into() };
    let imported = convert_with(docx(&p("", "Un.")), &options(existing));
    let added = "  - id: 2020-03-04\n    title: Version du 2020-03-04\n    date: 2020-03-04\n    stage: other\n    imported:\n      source: a\n";
    assert_eq!(file(&imported, "texts/loi/text.yaml"), format!("{yaml}{added}"));
    assert!(!imported.files.keys().any(|path| path.as_str().ends_with("consultation.yaml")));
}

#[test]
fn a_version_that_cannot_be_added_is_said_line_by_line() {
    let yaml = "{kind: bill, title: T, versions: [{id: depot, title: D, date: 2020-01-01, stage: tabled}]}\n";
    let known = Known { yaml: yaml.into(), numbering: Numbering::French, versions: Vec::new() };
    let existing = Existing { consultation: true, texts: [(Id::new("loi").unwrap(), known)].into() };
    let imported = convert_with(docx(&p("", "Un.")), &options(existing));
    assert_eq!(imported.files.len(), 1);
    assert!(
        imported
            .report
            .remarks
            .iter()
            .any(|r| r.en.contains("add these lines to its versions:\n- id: 2020-03-04\n"))
    );
}

#[test]
fn what_is_no_document_is_refused_with_a_word() {
    for (bytes, word) in [
        (b"\xd0\xcf\x11\xe0old".to_vec(), "before 2007"),
        (b"%PDF-1.7".to_vec(), "a PDF or an RTF"),
        (packed(&[("a", b"b")]), "neither a Word document nor a LibreOffice one"),
        (b"\xff\xfe\x00".to_vec(), "neither .docx, .odt nor Markdown"),
        (b"# Titre Ier".to_vec(), "give --date"),
        (b" <html><p>a</p></html>".to_vec(), "XML or HTML"),
    ] {
        let imported = convert(bytes);
        assert!(imported.files.is_empty());
        assert!(reasons(&imported).contains(word), "{word}: {}", reasons(&imported));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn a_changed_document_never_makes_it_panic(at in 0usize..6000, cut in 0usize..40, with in "[<>/a-z&;'=0-9]{0,6}", which in 0usize..4) {
        let body = [listed(1, 0, "Un"), listed(1, 2, "deux"), p("<w:outlineLvl w:val='3'/>", "Article 1er"),
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>".into()].concat();
        let mut parts = [body, format!("{}<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>", rules(0)), STYLES.to_owned(), String::new()];
        let text = &mut parts[which];
        let mut bytes = std::mem::take(text).into_bytes();
        let start = at % (bytes.len() + 1);
        let end = (start + cut).min(bytes.len());
        bytes.splice(start..end, with.bytes());
        *text = String::from_utf8_lossy(&bytes).into_owned();
        let mut zip = docx_of(&parts[0], &parts[1], &parts[2], &parts[3]);
        if at % 3 == 0 {
            let place = at % zip.len();
            zip[place] ^= 0x55;
        }
        let file = InputFile { path: "a".into(), sha256: "".into(), contents: Ok(zip) };
        let imported = Document.convert(&Input { files: vec![file] }, &options(Existing::default()));
        prop_assert!(imported.report.agrees());
    }
}
