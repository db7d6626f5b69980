//! The whole consultation of 2015, from its export to checked content; and small exports that go wrong. The data
//! are not part of the project: without them the first tests say so and pass.

use super::*;
use crate::import::html::{self, Use, normal};
use crate::import::names::fold;
use crate::import::pseudonym::Key;
use crate::import::report::Fate;
use crate::import::{Imported, InputFile};
use crate::lang::Speech;
use crate::model::id::Id;
use crate::model::when::Date;
use crate::source::{Contents, SourceFile, Sources};
use crate::yaml::{Node, Value, tree};
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::OnceLock;

fn options(key: u8, keep: &[&str]) -> Options {
    Options {
        slug: Id::new("republique-numerique").unwrap(),
        key: Key([key; 32]),
        first_import: Date::parse("2026-11-22").unwrap(),
        keep_names: keep.iter().map(|n| (*n).into()).collect(),
        title: None,
    }
}

/// The export of 2015, when it is on this machine.
fn real() -> Option<Input> {
    let given = std::env::var_os("GREFFE_SHARED").map(PathBuf::from);
    let shared = given.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"));
    let dir = shared.join("data/republique-numerique-2015");
    match crate::io::export::read_folder(&dir, &["json"]) {
        Ok(input) => Some(input),
        Err(_) => {
            eprintln!("skipped: no {} (set GREFFE_SHARED)", dir.display());
            None
        }
    }
}

/// The export of 2015 imported under the first key, once for all tests.
fn imported() -> Option<&'static Imported> {
    static IMPORTED: OnceLock<Option<Imported>> = OnceLock::new();
    IMPORTED.get_or_init(|| real().map(|input| CapCollectifApi.convert(&input, &options(1, &[])))).as_ref()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn sources(imported: &Imported) -> Sources {
    let file = |(path, bytes): (&crate::sink::OutPath, &Vec<u8>)| SourceFile {
        path: path.as_str().into(),
        contents: Contents::Text(text(bytes).into()),
    };
    let mut files: Vec<SourceFile> = imported.files.iter().map(file).collect();
    let site = "title: Essai\nlicence: etalab-2.0\n";
    files.push(SourceFile { path: "greffe.yaml".into(), contents: Contents::Text(site.into()) });
    Sources::new(files)
}

#[test]
fn the_content_of_2015_has_no_fault_and_every_number() {
    let Some(imported) = imported() else { return };
    let sources = sources(imported);
    let draft = crate::parse::parse(&sources);
    let (site, problems) =
        crate::check::check(&draft, &sources, &crate::check::Options::default(), &BTreeSet::new());
    // Eight addresses and numbers that people wrote in their texts: for a moderator, not for the importer.
    let (personal, others): (Vec<_>, Vec<_>) =
        problems.iter().partition(|p| p.code == crate::diag::Code::G030);
    assert_eq!(personal.len(), 8);
    let shown: Vec<String> = others
        .iter()
        .map(|p| format!("{} {} {:?}", p.code.as_str(), sources.get(p.span.file).path, p.message.en))
        .collect();
    assert!(shown.is_empty(), "{} problems\n{}", shown.len(), shown[..shown.len().min(20)].join("\n"));
    let site = site.expect("a site");
    let consultation = &site.consultations[0];
    assert_eq!(consultation.categories.len(), 18);
    assert!(consultation.spread);

    let records = records(imported);
    let count = |kind: &str| records.iter().filter(|r| r.get("kind") == Some(kind)).count();
    assert_eq!(
        (count("proposal"), count("argument"), count("source"), count("wording")),
        (666, 3994, 326, 1390)
    );
    let side = |side: &str| records.iter().filter(|r| r.get("position") == Some(side)).count();
    assert_eq!((side("for"), side("against")), (1960, 2034));
    let articles = records.iter().filter(|r| r.path.ends_with("/articles.yaml")).count();
    assert_eq!(articles, 30);
    let votes = |key: &str| -> u64 {
        let counted = records
            .iter()
            .filter(|r| r.path.ends_with("/articles.yaml") || r.get("kind") == Some("proposal"));
        counted.map(|r| r.get(&format!("votes.{key}")).map_or(0, |n| n.parse::<u64>().unwrap())).sum()
    };
    let totals = (votes("for"), votes("mixed"), votes("against"));
    assert_eq!(totals, (71_940, 5_947, 10_735));
    assert_eq!(totals.0 + totals.1 + totals.2, 88_622);
    let with = |key: &str| records.iter().filter(|r| r.get(key).is_some()).count();
    assert_eq!(with("votes.acknowledged.reason"), 1);
    assert_eq!((with("moderation.digest"), with("lost")), (4, 1390));
    let laws: usize = records
        .iter()
        .map(|r| r.fields.keys().filter(|k| k.starts_with("law[") && k.ends_with(".title")).count())
        .sum();
    assert_eq!(laws, 52);
}

#[test]
fn every_record_of_2015_is_accounted_for() {
    let Some(imported) = imported() else { return };
    let report = &imported.report;
    assert!(report.agrees(), "{:#?}", report.kinds);
    let read: Vec<(&str, u64)> = report.kinds.iter().map(|(kind, t)| (*kind, t.read)).collect();
    assert_eq!(
        read,
        [
            ("appendix", 696),
            ("argument", 3994),
            ("argument of a wording", 5),
            ("article", 30),
            ("copy of a parent", 1),
            ("file", 724),
            ("file of a wording", 1),
            ("law change", 52),
            ("listing entry", 2086),
            ("proposal", 666),
            ("source", 326),
            ("voter", 3171),
        ]
    );
    assert_eq!(report.kinds["file"].skipped, 26);
    assert_eq!(report.received.len(), 724);
    assert!(report.received.iter().all(|r| r.sha256.len() == 64));
    let unexplained = report.rows.iter().filter(|r| r.fate != Fate::Kept && r.reason.is_none()).count();
    assert_eq!(unexplained, 0);
    assert!(report.text(Speech::Fr).contains("26 × file: fichier vide"));
}

#[test]
fn importing_again_gives_the_same_bytes() {
    let (Some(mut input), Some(once)) = (real(), imported()) else { return };
    input.files.reverse();
    let again = CapCollectifApi.convert(&input, &options(1, &[]));
    assert_eq!(once.files, again.files);
}

/// Words of HTML by the tokenizer alone: another way than the converter's, which goes through a tree.
fn words_of_html(html: &str) -> String {
    #[derive(Default)]
    struct Words(RefCell<String>);
    impl TokenSink for Words {
        type Handle = ();
        fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
            let mut out = self.0.borrow_mut();
            match token {
                Token::CharacterTokens(words) => out.push_str(&words),
                Token::TagToken(Tag { kind, name, attrs, .. }) => {
                    let inline = ["strong", "b", "em", "i", "u", "s", "a", "span"];
                    if &*name == "img" && kind == TagKind::StartTag {
                        let value =
                            |n: &str| attrs.iter().find(|a| &*a.name.local == n).map(|a| a.value.to_string());
                        let alt = value("alt").filter(|a| !a.is_empty());
                        out.push_str(&alt.or_else(|| value("src")).unwrap_or_default());
                    } else if !inline.contains(&&*name) {
                        out.push(' ');
                    }
                }
                _ => {}
            }
            TokenSinkResult::Continue
        }
    }
    let tokenizer = Tokenizer::new(Words::default(), Default::default());
    let input = BufferQueue::default();
    input.push_back(html.into());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    normal(&tokenizer.sink.0.borrow())
}

#[test]
fn no_word_of_2015_is_lost() {
    let Some(input) = real() else { return };
    let mut report = Report::new("test");
    let export = read::read(&input, &mut report);
    let mut checked = 0;
    let mut html = |html: &str, usage: Use| {
        let converted = html::convert(html, usage, "https://www.republique-numerique.fr");
        assert_eq!(
            html::words(&converted.markdown),
            words_of_html(html),
            "{html}\n---\n{}",
            converted.markdown
        );
        assert!(!converted.notes.contains(&html::Note::Marks), "{html}");
        checked += 1;
    };
    for opinion in export.opinions.values().map(|o| &o.record) {
        for usage in [Use::Contribution, Use::Law] {
            html(opinion.body.as_deref().unwrap_or_default(), usage);
            opinion
                .parts
                .appendices
                .iter()
                .for_each(|a| html(a.record.body.as_deref().unwrap_or_default(), usage));
            for law in &opinion.parts.laws {
                html(law.record.before.as_deref().unwrap_or_default(), usage);
                html(law.record.after.as_deref().unwrap_or_default(), usage);
            }
        }
    }
    assert_eq!(checked, 2 * (696 + 696 + 2 * 52));
    let texts = export.opinions.values().flat_map(|o| {
        let arguments = o.record.parts.arguments.iter().map(|a| &a.record.body);
        arguments.chain(o.record.parts.sources.iter().map(|s| &s.record.body))
    });
    for text in texts {
        let (markdown, _) = html::plain(text);
        // A typed `<br>` is a line end; nothing else in a plain-text field is a tag.
        let breaks = ["<br>", "<br/>", "<br />"].iter().fold(text.clone(), |t, b| t.replace(b, " "));
        assert_eq!(html::words(&markdown), normal(&breaks), "{text}\n---\n{markdown}");
    }
}

/// A record of the content: its scalars by dotted path.
struct Record {
    path: String,
    fields: BTreeMap<String, String>,
}

impl Record {
    fn get(&self, key: &str) -> Option<&str> {
        self.fields.get(key).map(String::as_str)
    }
}

fn records(imported: &Imported) -> Vec<Record> {
    let mut out = Vec::new();
    for (path, bytes) in &imported.files {
        let whole = text(bytes);
        let yaml = match whole.strip_prefix("---\n").and_then(|rest| rest.split_once("---\n")) {
            Some((front, _)) => front,
            None if path.as_str().ends_with(".yaml") => whole,
            None => continue,
        };
        let (nodes, problems) = tree::documents(crate::source::FileId(0), yaml, 0);
        assert!(problems.is_empty(), "{path:?}");
        for node in nodes {
            let items = if let Value::List(items) = node.value { items } else { vec![node] };
            for item in items {
                let mut fields = BTreeMap::new();
                flatten(&item, "", &mut fields);
                out.push(Record { path: path.as_str().to_owned(), fields });
            }
        }
    }
    out
}

fn flatten(node: &Node, at: &str, into: &mut BTreeMap<String, String>) {
    match &node.value {
        Value::Null => {}
        Value::Scalar { text, .. } => drop(into.insert(at.to_owned(), text.to_string())),
        Value::List(items) => {
            items.iter().enumerate().for_each(|(i, n)| flatten(n, &format!("{at}[{i}]"), into))
        }
        Value::Map(entries) => {
            for (key, value) in entries {
                let dot = if at.is_empty() { "" } else { "." };
                flatten(value, &format!("{at}{dot}{}", key.value), into);
            }
        }
    }
}

/// Words that people wrote: names in them are listed for review, not removed.
fn is_written(key: &str) -> bool {
    let last = key.rsplit('.').next().unwrap_or(key).split('[').next().unwrap_or(key);
    matches!(
        last,
        "title" | "body" | "explanation" | "before" | "after" | "link" | "summary" | "known_missing"
    )
}

/// Folded words between spaces, so that a name is found as whole words.
fn spaced(words: &str) -> String {
    let folded: String = fold(words).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    format!(" {} ", normal(&folded))
}

/// Every name of everybody who wrote or voted is looked for in every field, as whole words. Fields with a closed
/// vocabulary (ids, kinds, categories, positions, dates, numbers, themes of sources) may hold a word that is also
/// somebody's name (`sources`, `Pierre` is not one): they must be equal to a whole name to count. Addresses are
/// made from titles: a name in one must stand in the title of the record, or of what it hangs on.
#[test]
fn no_field_names_a_citizen() {
    let (Some(input), Some(imported)) = (real(), imported()) else { return };
    let mut report = Report::new("test");
    let export = read::read(&input, &mut report);
    let options = options(1, &[]);
    let people = people::People::new(&export, &options);
    let names: BTreeSet<String> = people.private_names().map(spaced).filter(|n| n.trim().len() > 1).collect();
    assert!(names.len() > 3000);
    let titles: String = export
        .opinions
        .values()
        .map(|o| o.record.title.clone())
        .chain(
            export
                .listing
                .values()
                .map(|l| format!("{} {}", l.record.name, l.record.id_str.replace('/', " "))),
        )
        .map(|t| spaced(&t))
        .collect();
    let (mut fields, mut addresses) = (0, 0);
    for record in records(imported) {
        assert!(
            !record.fields.keys().any(|k| k.ends_with(".name") && k.starts_with("author")),
            "{}",
            record.path
        );
        for (key, value) in &record.fields {
            let address = key.starts_with("aliases") || key == "imported.url";
            if is_written(key) {
                continue;
            }
            fields += 1;
            let value = spaced(value);
            if address {
                addresses += 1;
                for name in held(&names, &value) {
                    assert!(titles.contains(&name), "{} {key}: {name}", record.path);
                }
            } else if key.starts_with("author.") {
                let shown = record.get("author.organisation").is_some()
                    || record.get("author.pseudonym").is_some_and(is_pseudonym);
                assert!(shown, "{} {key}: {value}", record.path);
            } else if !key.starts_with("themes") {
                assert!(!names.contains(&value), "{} {key}: {value}", record.path);
                assert_eq!(held(&names, &value), Vec::<String>::new(), "{} {key}", record.path);
            }
        }
    }
    assert!(fields > 40_000 && addresses > 5_000, "{fields} {addresses}");
    let everything: String = imported.files.values().map(|b| text(b)).collect();
    for trace in ["/profile/", "default_avatar", "/media/cache", "edit-profile"] {
        let written = everything.matches(trace).count();
        let typed = typed_by_people(&export, trace);
        assert!(written <= typed, "{trace}: {written} > {typed}");
    }
}

/// The names of several words that stand in a value.
fn held(names: &BTreeSet<String>, value: &str) -> Vec<String> {
    let words: Vec<&str> = value.split_whitespace().collect();
    let runs = (2..=8).flat_map(|n| words.windows(n)).map(|w| format!(" {} ", w.join(" ")));
    runs.filter(|run| names.contains(run)).collect()
}

fn is_pseudonym(words: &str) -> bool {
    words
        .strip_prefix("Participant ")
        .is_some_and(|d| d.len() >= 6 && d.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// How often people wrote it in their own texts.
fn typed_by_people(export: &read::Export, trace: &str) -> usize {
    let opinions = export.opinions.values().map(|o| &o.record);
    let texts = opinions.flat_map(|o| {
        let arguments = o.parts.arguments.iter().map(|a| a.record.body.as_str());
        let sources = o.parts.sources.iter().flat_map(|s| [s.record.body.as_str(), s.record.link.as_str()]);
        let appendices = o.parts.appendices.iter().filter_map(|a| a.record.body.as_deref());
        o.body.as_deref().into_iter().chain(arguments).chain(sources).chain(appendices)
    });
    texts.map(|t| t.matches(trace).count()).sum()
}

#[test]
fn the_words_of_the_bin_leave_nothing_but_a_digest() {
    let Some(imported) = imported() else { return };
    let everything: String = imported.files.values().map(|b| text(b)).collect::<Vec<_>>().join("\n");
    for (id, title) in
        [(374, "licornes et des pingouins"), (413, "Législation de Le Morse"), (154, "séisme majeur")]
    {
        assert!(!everything.contains(title), "o{id}");
    }
    assert!(!everything.contains("liberation-des-licornes"), "an address is made from its title");
    assert!(everything.contains("id: a"), "its arguments stay");
}

fn file(path: &str, text: &str) -> InputFile {
    InputFile { path: path.into(), sha256: "00".into(), contents: Ok(text.into()) }
}

/// A file with one proposal by Jean.
fn opinion(id: u32, arguments: &str) -> String {
    format!(
        r#"{{"opinion": {{"id": {id}, "title": "T", "body": "<p>b</p>", "created_at": "2015-10-01T10:00:00+0200",
        "updated_at": "2015-10-01T10:00:00+0200", "author": {{"uniqueId": "jean", "displayName": "Jean"}},
        "type": {{"id": 1, "title": "S", "subtitle": ""}}, "arguments": [{arguments}]}}}}"#
    )
}

#[test]
fn a_key_makes_the_pseudonyms_and_a_kept_name_stays() {
    let input = Input { files: vec![file("1.json", &opinion(1, ""))] };
    let shown = |key, keep: &[&str]| {
        let imported = CapCollectifApi.convert(&input, &options(key, keep));
        let records = records(&imported);
        records.iter().find_map(|r| r.get("author.pseudonym").map(ToOwned::to_owned)).unwrap()
    };
    assert!(is_pseudonym(&shown(1, &[])));
    assert_eq!(shown(1, &[]), shown(1, &["Paul"]));
    assert_ne!(shown(1, &[]), shown(2, &[]));
    assert_eq!((shown(1, &["Jean"]), shown(1, &["jean"])), ("Jean".to_owned(), "Jean".to_owned()));
}

#[test]
fn a_broken_record_never_stops_the_others() {
    let good = r#"{"id": 5, "type": 1, "body": "oui"}"#;
    let input = Input {
        files: vec![
            file(
                "1.json",
                &opinion(1, &format!(r#"{good}, {{"id": "x"}}, {{"id": 6, "type": 7, "body": "?"}}"#)),
            ),
            file("2.json", "{"),
            file("3.json", "[1, 2]"),
            file("4.json", &opinion(1, "")),
            InputFile { path: "5.json".into(), sha256: "".into(), contents: Err("denied".into()) },
        ],
    };
    let imported = CapCollectifApi.convert(&input, &options(1, &[]));
    assert!(imported.report.agrees(), "{:#?}", imported.report.kinds);
    let tallies = |kind: &str| (imported.report.kinds[kind].kept, imported.report.kinds[kind].skipped);
    assert_eq!(tallies("file"), (1, 4));
    assert_eq!(tallies("argument"), (1, 2));
    assert_eq!(tallies("proposal"), (1, 0));
}
