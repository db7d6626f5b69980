//! Search as the rest of the program uses it. A small index, kept in `tests/search/index`, shows the format and is what
//! `tests/browser/search-page.test.mjs` searches. The real consultation of 2015 is indexed when its export stands
//! beside the project: sizes are printed (`cargo test --test search -- --nocapture`) and the index is left, with a page
//! to try it from disk, in `target/tmp/search`.
#![allow(clippy::disallowed_methods, reason = "a test reads the export and writes files to look at")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests are tests")]

use greffe::error::Result;
use greffe::lang::Lang;
use greffe::search::{Builder, Document, Summary};
use greffe::sink::{MemorySink, OutPath, Sink, Stored};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// Writes below a folder.
struct Folder(PathBuf);

impl Sink for Folder {
    fn put(&self, path: &OutPath, bytes: &[u8]) -> Result<()> {
        let file = self.0.join(path.as_str());
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
        Ok(())
    }
    fn copy(&self, _: &OutPath, _: &str) -> Result<()> {
        Ok(())
    }
}

/// A few documents of every sort, hostile words among them.
fn few() -> Vec<Document> {
    let document = |kind, url: &str, title: &str, text: &str| Document {
        kind,
        url: url.into(),
        title: title.into(),
        text: text.into(),
        consultation: "Pour une loi sur l’eau".into(),
        date: Some("2015-10-13".into()),
        ..Document::default()
    };
    let on = |article: &str, document| Document { article: Some(article.into()), ..document };
    let hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)><!-- \u{2028} __proto__";
    vec![
        document("page", "index.html", "Accueil", "Toutes les consultations de l’assemblée."),
        on(
            "Article 1er",
            document("article", "eau/a1.html", "Article 1er", "L’eau fait partie du patrimoine commun."),
        ),
        on(
            "Article 17 bis",
            document(
                "proposal",
                "eau/p1.html",
                "Ouvrir les données publiques de l’eau",
                "Les données de qualité doivent être publiées, comme le veut l’article L. 533-4 du code.",
            ),
        ),
        Document {
            position: Some("for"),
            ..document(
                "argument",
                "eau/p1.html#a1",
                "Ouvrir les données publiques de l’eau",
                "Une donnée ouverte est vérifiable aujourd’hui.",
            )
        },
        Document {
            position: Some("against"),
            status: Some("Publiée".into()),
            ..document(
                "argument",
                "eau/p1.html#a2",
                "Ouvrir les données publiques de l’eau",
                "L’accessibilité passe avant ; voyez la loi n° 2015-990.",
            )
        },
        document("proposal", "eau/p2.html", hostile, hostile),
        Document {
            status: Some("Adopté".into()),
            ..document(
                "amendment",
                "eau/CL12.html",
                "Amendement CL12",
                "Après l’article 17 bis, insérer un article sur les vice-présidents des comités de bassin.",
            )
        },
    ]
}

#[test]
fn the_index_of_a_few_documents_stays_as_it_is() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search/index");
    if std::env::var("GREFFE_BLESS").is_ok() {
        let _ = fs::remove_dir_all(&kept);
        index(&few(), "index", &Folder(kept.parent().unwrap().into()));
    }
    let sink = MemorySink::default();
    let summary = index(&few(), "index", &sink);
    let files = sink.into_files();
    assert_eq!(files.len(), summary.files as usize);
    for (path, stored) in files {
        let Stored::Bytes(bytes) = stored else { panic!("nothing is copied") };
        let there = fs::read(kept.parent().unwrap().join(path.as_str())).unwrap_or_default();
        assert!(*bytes == *there, "{} differs; GREFFE_BLESS=1 writes it again", path.as_str());
    }
}

fn index(documents: &[Document], folder: &str, sink: &dyn Sink) -> Summary {
    let builder = Builder::new(&Lang::french(), folder, sink);
    (0..).zip(documents).try_for_each(|(number, document)| builder.add(number, document)).unwrap();
    builder.finish().unwrap()
}

/// Rough text of the export's HTML: enough to judge results, not an import.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let entities = [
        ("&nbsp;", " "),
        ("&rsquo;", "’"),
        ("&#39;", "'"),
        ("&quot;", "\""),
        ("&laquo;", "«"),
        ("&raquo;", "»"),
        ("&eacute;", "é"),
        ("&egrave;", "è"),
        ("&ecirc;", "ê"),
        ("&agrave;", "à"),
        ("&acirc;", "â"),
        ("&ccedil;", "ç"),
        ("&icirc;", "î"),
        ("&iuml;", "ï"),
        ("&ocirc;", "ô"),
        ("&ucirc;", "û"),
        ("&ugrave;", "ù"),
        ("&oelig;", "œ"),
        ("&Eacute;", "É"),
        ("&Agrave;", "À"),
        ("&hellip;", "…"),
        ("&deg;", "°"),
        ("&ndash;", "–"),
        ("&amp;", "&"),
    ];
    entities.iter().fold(text, |text, (entity, letter)| text.replace(entity, letter))
}

fn documents(export: &Path) -> Vec<Document> {
    let mut files: Vec<PathBuf> = fs::read_dir(export).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let mut documents = Vec::new();
    for file in files {
        let Ok(value) = serde_json::from_slice::<Value>(&fs::read(file).unwrap()) else { continue };
        let opinion = &value["opinion"];
        let text = |value: &Value| plain(value.as_str().unwrap_or_default());
        let common = |kind: &'static str, value: &Value| Document {
            kind,
            consultation: "République numérique".into(),
            article: opinion["type"]["title"].as_str().map(str::to_owned),
            text: text(&value["body"]),
            date: value["created_at"].as_str().map(|date| date[..10].to_owned()),
            ..Document::default()
        };
        let url = format!("republique-numerique/contributions/p{}/index.html", opinion["id"]);
        documents.push(Document {
            url: url.clone(),
            title: text(&opinion["title"]),
            ..common("proposal", opinion)
        });
        for argument in opinion["arguments"].as_array().into_iter().flatten() {
            documents.push(Document {
                url: format!("{url}#a{}", argument["id"]),
                title: format!("Argument sur « {} »", text(&opinion["title"])),
                position: Some(if argument["type"] == 1 { "for" } else { "against" }),
                ..common("argument", argument)
            });
        }
    }
    documents
}

#[test]
fn the_consultation_of_2015_is_searchable() {
    let export =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/republique-numerique-2015/opinions");
    if !export.is_dir() {
        return;
    }
    let documents = documents(&export);
    let site = Path::new(env!("CARGO_TARGET_TMPDIR")).join("search");
    let _ = fs::remove_dir_all(&site);
    let summary = index(&documents, "search/index", &Folder(site.clone()));
    println!("{summary:?}");
    for folder in ["meta.js", "words.js", "terms", "facets", "texts"] {
        println!("{folder}: {:?} (files, bytes, largest)", sizes(&site.join("search/index").join(folder)));
    }
    assert!(summary.documents > 4000 && summary.documents as usize == documents.len());
    page(&site);
}

fn sizes(path: &Path) -> (u64, u64, u64) {
    if path.is_file() {
        let size = fs::metadata(path).unwrap().len();
        return (1, size, size);
    }
    let entries = fs::read_dir(path).unwrap().map(|e| sizes(&e.unwrap().path()));
    entries.fold((0, 0, 0), |a, b| (a.0 + b.0, a.1 + b.1, a.2.max(b.2)))
}

/// The template with its messages, roughly filled, under the policy that pages have.
fn page(site: &Path) {
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default");
    let mut html = fs::read_to_string(theme.join("templates/search.html")).unwrap();
    for line in fs::read_to_string(theme.join("messages/search.fr.yaml")).unwrap().lines() {
        if let Some((key, text)) = line.split_once(": ") {
            html = html.replace(&format!("{{{{ t.{key} }}}}"), text.trim_matches('"'));
        }
    }
    let html = html.replace("{{ page.index }}", "index").replace("{{ page.root }}", "../");
    assert!(
        !html.contains("{{ t."),
        "a message is missing: {}",
        &html[html.find("{{ t.").unwrap_or(0)..][..40]
    );
    let head = "<!doctype html><html lang=fr><meta charset=utf-8><title>Recherche</title>\
        <meta http-equiv=Content-Security-Policy content=\"default-src 'self'\">\
        <script src=../static/search.js defer></script><body><main>";
    fs::create_dir_all(site.join("static")).unwrap();
    fs::copy(theme.join("static/search.js"), site.join("static/search.js")).unwrap();
    fs::write(site.join("search/index.html"), format!("{head}{html}</main>")).unwrap();
}
