//! One text, from the formats in which people keep it: the standard's samples, and a bill of 2015–2016 written as a Word
//! document and read back. The data are not part of the project: without them the tests say so and pass.
#![allow(clippy::disallowed_types, reason = "a test starts the command")]
#![allow(clippy::print_stderr, clippy::panic, clippy::disallowed_methods, reason = "a test reads its data")]
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use greffe::import::akoma_ntoso::{self, AkomaNtoso};
use greffe::import::document::{self};
use greffe::import::report::Report;
use greffe::import::text::Existing;
use greffe::import::{Imported, Importer, Input, InputFile};
use greffe::model::choices::Numbering;
use greffe::model::document::{Document, Item, Paragraph};
use greffe::model::id::Id;
use greffe::model::when::Date;
use greffe::parse::document::read;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::io::{Cursor, Write};
use std::path::PathBuf;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn shared(path: &str) -> Option<PathBuf> {
    let given = std::env::var_os("GREFFE_SHARED").map(PathBuf::from);
    let shared = given.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"));
    let path = shared.join(path);
    if !path.exists() {
        eprintln!("skipped: no {} (set GREFFE_SHARED)", path.display());
        return None;
    }
    Some(path)
}

fn id(words: &str) -> Id {
    Id::new(words).unwrap()
}

fn input(name: &str, bytes: Vec<u8>) -> Input {
    Input { files: vec![InputFile { path: name.into(), sha256: "".into(), contents: Ok(bytes) }] }
}

/// Imports into a site's folder, as the command does.
fn akoma_ntoso(root: &std::path::Path, name: &str, bytes: Vec<u8>) -> Imported {
    let existing = greffe::io::export::texts(root, &id("c")).unwrap();
    let options =
        akoma_ntoso::Options { slug: id("c"), text: None, version: None, date: None, title: None, existing };
    let imported = AkomaNtoso.convert(&input(name, bytes), &options);
    assert!(imported.report.agrees(), "{:?}", imported.report.kinds);
    greffe::io::export::create(root, &imported.files).unwrap();
    imported
}

/// How many of a kind came in as they were, and all of them.
fn counts(report: &Report, kind: &str) -> (u64, u64) {
    report.kinds.get(kind).map_or((0, 0), |t| (t.kept, t.read))
}

/// Every word of the XML outside its metadata is in a file of the content, or in the report with its line.
fn nothing_is_lost(xml: &str, imported: &Imported) {
    let body = match (xml.find("<meta>"), xml.rfind("</meta>")) {
        (Some(start), Some(end)) if xml.matches("<meta>").count() == 1 => {
            format!("{}{}", &xml[..start], &xml[end..])
        }
        _ => xml.to_owned(),
    };
    let mut words = String::new();
    let mut within = false;
    for c in body.chars() {
        match c {
            '<' => within = true,
            '>' => within = false,
            c if !within => words.push(c),
            _ => {}
        }
        if within {
            words.push(' ');
        }
    }
    let mut told: String =
        imported.files.values().map(|b| String::from_utf8_lossy(b).into_owned() + "\n").collect();
    for row in &imported.report.rows {
        told.extend(row.reason.iter().map(|reason| reason.en.as_str()));
    }
    for word in words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty() && !["amp", "lt", "gt"].contains(w))
    {
        assert!(told.contains(word), "{word} is nowhere");
    }
}

#[test]
fn the_samples_of_the_standard_come_in() {
    let Some(folder) = shared("standards/akoma-ntoso") else { return };
    let root = tempfile::tempdir().unwrap();
    std::fs::write(root.path().join("greffe.yaml"), "title: Essai\n").unwrap();
    let take = |name: &str| {
        let xml = std::fs::read_to_string(folder.join(name)).unwrap();
        let imported = akoma_ntoso(root.path(), name, xml.clone().into_bytes());
        nothing_is_lost(&xml, &imported);
        imported
    };
    let bill = take("sample-bill.xml");
    assert_eq!(
        (
            counts(&bill.report, "division"),
            counts(&bill.report, "article"),
            counts(&bill.report, "paragraph")
        ),
        ((1, 1), (1, 1), (1, 1))
    );
    let version = bill.files.iter().find(|(path, _)| path.as_str().ends_with("2015-09-26.md")).unwrap().1;
    assert_eq!(
        std::str::from_utf8(version).unwrap(),
        "# Titre Ier – Circulation\n\n## Article 1er – Ouverture\n\nTexte **gras** [lien](https://example.org/).\n"
    );
    let amendment = take("sample-amendment.xml");
    assert_eq!(counts(&amendment.report, "amendment").1, 1);
    assert_eq!(amendment.files.len(), 1);
    let list = take("sample-amendment-list.xml");
    assert!(list.files.is_empty());
    assert_eq!(&*list.report.missing_files[0], "/akn/fr/amendment/2015/am-1/!main");
    let sources = greffe::io::load::load(root.path()).unwrap();
    let draft = greffe::parse::parse(&sources);
    assert!(draft.problems.is_empty(), "{:?}", draft.problems);
}

/// A text as a Word document: headings by a style, or by nothing but their words.
fn docx(text: &Document, styled: bool) -> Vec<u8> {
    let mut body = String::new();
    paragraphs(&mut body, &text.preamble);
    for item in &text.items {
        let (depth, number, heading, list) = match item {
            Item::Division(d) => (d.level, &d.number, &d.heading, &d.paragraphs),
            Item::Article(a) => (7, &a.number, &a.heading, &a.paragraphs),
        };
        let joint = if number.is_empty() || heading.is_empty() { "" } else { " – " };
        let words = escape(&format!("{number}{joint}{heading}"));
        let style = if styled { format!("<w:outlineLvl w:val=\"{}\"/>", depth - 1) } else { String::new() };
        body.push_str(&format!("<w:p><w:pPr>{style}</w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{words}</w:t></w:r></w:p>"));
        paragraphs(&mut body, list);
    }
    let names = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    write!(zip, "<w:document {names}><w:body>{body}</w:body></w:document>").unwrap();
    zip.finish().unwrap().into_inner()
}

fn escape(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;")
}

fn paragraphs(body: &mut String, list: &[Paragraph]) {
    for paragraph in list {
        word(body, &paragraph.markdown);
    }
}

/// Markdown as paragraphs and tables of Word.
fn word(body: &mut String, markdown: &str) {
    let (mut bold, mut italic, mut raised) = (false, false, false);
    let run = |words: &str, (bold, italic, raised): (bool, bool, bool)| {
        let marks = [(bold, "<w:b/>"), (italic, "<w:i/>"), (raised, "<w:vertAlign w:val=\"superscript\"/>")];
        let marks: String = marks.iter().filter(|(on, _)| *on).map(|(_, mark)| *mark).collect();
        format!("<w:r><w:rPr>{marks}</w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(words))
    };
    let mut table = false;
    let start = body.len();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Table(_)) => {
                table = true;
                body.push_str("<w:tbl>");
            }
            Event::End(TagEnd::Table) => body.push_str("</w:tbl>"),
            Event::Start(Tag::TableHead | Tag::TableRow) => body.push_str("<w:tr>"),
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => body.push_str("</w:tr>"),
            Event::Start(Tag::TableCell) => body.push_str("<w:tc><w:p>"),
            Event::End(TagEnd::TableCell) => body.push_str("</w:p></w:tc>"),
            Event::Start(Tag::Strong) => bold = true,
            Event::End(TagEnd::Strong) => bold = false,
            Event::Start(Tag::Emphasis) => italic = true,
            Event::End(TagEnd::Emphasis) => italic = false,
            Event::InlineHtml(tag) if &*tag == "<sup>" => raised = true,
            Event::InlineHtml(tag) if &*tag == "</sup>" => raised = false,
            Event::Text(words) | Event::Code(words) | Event::InlineHtml(words) | Event::Html(words) => {
                body.push_str(&run(&words, (bold, italic, raised)));
            }
            Event::SoftBreak => body.push_str(&run(" ", (bold, italic, raised))),
            Event::HardBreak => body.push_str("<w:r><w:br/></w:r>"),
            Event::Start(Tag::Item) => body.push_str(&run("– ", (false, false, false))),
            Event::End(TagEnd::Item) => body.push_str("<w:r><w:br/></w:r>"),
            _ => {}
        }
    }
    if !table {
        body.insert_str(start, "<w:p>");
        body.push_str("</w:p>");
    }
}

/// Letters and digits of a paragraph as it is read.
fn letters(markdown: &str) -> String {
    let mut out = String::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Text(words) | Event::Code(words) | Event::Html(words) => out.push_str(&words),
            Event::InlineHtml(tag) if !tag.contains("sup>") => out.push_str(&tag),
            _ => {}
        }
    }
    out.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Each division and article with the letters of its paragraphs.
fn shape(text: &Document) -> Vec<String> {
    let all = |list: &[Paragraph]| list.iter().map(|p| letters(&p.markdown)).collect::<Vec<_>>().join("|");
    let one = |item: &Item| match item {
        Item::Division(d) => format!("D {} {} {}: {}", d.id, d.number, d.heading, all(&d.paragraphs)),
        Item::Article(a) => format!("A {} {} {}: {}", a.id, a.number, a.heading, all(&a.paragraphs)),
    };
    std::iter::once(all(&text.preamble)).chain(text.items.iter().map(one)).collect()
}

#[test]
fn a_real_bill_written_in_word_comes_back_the_same() {
    let Some(bundle) = shared("data/republique-numerique-bill/bill.bundle") else { return };
    let history = greffe::io::git::history(&bundle).unwrap();
    let mut tried = 0;
    for commit in [1, 27, 37, 38, history.commits.len() - 1] {
        let files = history.commits[commit].files.iter().filter(|(path, _)| !path.contains("README"));
        let text: String = files.map(|(_, text)| format!("{text}\n\n")).collect();
        let wanted = read(&text, Numbering::French);
        for styled in [true, false] {
            let options = document::Options {
                slug: id("c"),
                text: id("loi"),
                version: Some(id("v")),
                date: Date::parse("2016-01-21"),
                title: None,
                existing: Existing::default(),
            };
            let imported = document::Document.convert(&input("loi.docx", docx(&wanted, styled)), &options);
            let report = &imported.report;
            assert!(report.agrees());
            let version = imported.files.iter().find(|(path, _)| path.as_str().ends_with("/v.md")).unwrap().1;
            let found = read(std::str::from_utf8(version).unwrap(), Numbering::French);
            for (found, wanted) in shape(&found).iter().zip(&shape(&wanted)) {
                assert_eq!(found, wanted, "commit {commit}, styled: {styled}");
            }
            assert_eq!(found.items.len(), wanted.items.len());
            assert_eq!(counts(report, "article").0, wanted.articles().count() as u64);
            assert!(!report.remarks.iter().any(|r| r.en.contains("compare")), "{:?}", report.remarks);
            tried += wanted.articles().count();
        }
    }
    eprintln!("{tried} articles were written in Word and read back");
}

/// The program, on a site that is a folder; its status and what it said.
fn greffe(root: &std::path::Path, file: &std::path::Path, more: &[&str]) -> (i32, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_greffe"));
    command.args(["import", "document"]).arg(file).arg("--into").arg(root);
    let done = command.args(["--slug", "c", "--text", "loi"]).args(more).output().unwrap();
    let said = [done.stdout, done.stderr].concat();
    (done.status.code().unwrap(), String::from_utf8(said).unwrap())
}

#[test]
fn a_second_document_is_a_second_version_and_people_keep_their_words() {
    let root = tempfile::tempdir().unwrap();
    let path = |name: &str| root.path().join(name);
    let text = |name: &str| std::fs::read_to_string(path(&format!("content/c/texts/loi/{name}"))).unwrap();
    std::fs::write(path("greffe.yaml"), "title: Essai\n").unwrap();
    let write =
        |words: &str| std::fs::write(path("loi.docx"), docx(&read(words, Numbering::French), true)).unwrap();
    write("# Article 1er\n\nUn puits.");
    let first = ["--version", "depot", "--date", "2020-01-01", "--title", "Loi"];
    assert_eq!(greffe(root.path(), &path("loi.docx"), &first).0, 0);
    // Somebody adds a comment and a title of their own.
    let edited = text("text.yaml").replace("title: Loi", "title: Ma loi # la bonne");
    std::fs::write(path("content/c/texts/loi/text.yaml"), &edited).unwrap();
    write("# Article 1er\n\nDeux puits.");
    let second = ["--version", "adopte", "--date", "2021-01-01"];
    let (status, said) = greffe(root.path(), &path("loi.docx"), &second);
    assert_eq!(status, 0, "{said}");
    assert!(
        text("text.yaml").starts_with(&edited) && text("text.yaml").contains("  - id: adopte\n"),
        "{}",
        text("text.yaml")
    );
    let whole = text("text.yaml");
    assert_eq!(greffe(root.path(), &path("loi.docx"), &second).0, 0);
    assert_eq!(text("text.yaml"), whole, "the same import again changes nothing");
    // A version that somebody edited is left alone.
    std::fs::write(path("content/c/texts/loi/adopte.md"), "# Article 1er\n\nTrois puits.\n").unwrap();
    write("# Article 1er\n\nQuatre puits.");
    assert_eq!(greffe(root.path(), &path("loi.docx"), &second).0, 1);
    assert_eq!((text("text.yaml"), text("adopte.md")), (whole, "# Article 1er\n\nTrois puits.\n".to_owned()));
    let none = greffe(root.path(), &path("greffe.yaml"), &["--version", "x"]);
    assert!(none.0 == 2 && none.1.contains("--date"), "{none:?}");
    let draft = greffe::parse::parse(&greffe::io::load::load(root.path()).unwrap());
    assert!(draft.problems.is_empty(), "{:?}", draft.problems);
}
