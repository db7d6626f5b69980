//! The index read back: a small reader of the format, and what it must find.

use super::*;
use crate::sink::{MemorySink, Stored};
use rayon::prelude::*;
use serde_json::Value;

/// An index as a browser would load it, file by file.
struct Reader {
    files: BTreeMap<String, Vec<u8>>,
    summary: Summary,
}

impl Reader {
    fn of(documents: &[Document]) -> Self {
        Reader::filled(|builder| {
            (0..).zip(documents).try_for_each(|(number, document)| builder.add(number, document))
        })
    }

    fn filled(fill: impl FnOnce(&Builder) -> Result<()>) -> Self {
        let sink = MemorySink::default();
        let builder = Builder::new(&Lang::french(), "search/index", &sink);
        fill(&builder).unwrap();
        let summary = builder.finish().unwrap();
        let files = sink.into_files().into_iter().map(|(path, stored)| match stored {
            Stored::Bytes(bytes) => {
                (path.as_str().strip_prefix("search/index/").unwrap().to_owned(), bytes.into())
            }
            Stored::CopyOf(_) => panic!("nothing is copied"),
        });
        Reader { files: files.collect(), summary }
    }

    /// What a file hands over, read as strictly as JSON.
    fn load(&self, name: &str) -> Value {
        let text = std::str::from_utf8(&self.files[&format!("{name}.js")]).unwrap();
        let json =
            text.strip_prefix(&format!("greffeSearch(\"{name}\",")).unwrap().strip_suffix(");\n").unwrap();
        serde_json::from_str(json).unwrap()
    }

    fn shard(&self, form: &str) -> Value {
        let meta = self.load("meta");
        let starts = words(&meta["shards"]);
        let place = starts.partition_point(|first| first.as_str() <= form).max(1) - 1;
        let rank: u32 = encode::decode(meta["ranks"].as_str().unwrap())[..=place].iter().sum();
        self.load(&format!("terms/{rank}"))
    }

    /// Documents of a form, with weights.
    fn postings(&self, form: &str) -> Vec<(u32, u32)> {
        let shard = self.shard(form);
        let Some(at) = words(&shard["f"]).iter().position(|f| f == form) else { return Vec::new() };
        let mut document = 0;
        let list = encode::decode(&words(&shard["p"])[at]).into_iter();
        list.map(|n| {
            document += n / 16;
            (document, n % 16)
        })
        .collect()
    }

    fn documents(&self, form: &str) -> Vec<u32> {
        self.postings(form).into_iter().map(|(document, _)| document).collect()
    }

    /// The other forms of a form's classes.
    fn kin(&self, form: &str) -> Vec<String> {
        let shard = self.shard(form);
        let forms = words(&shard["f"]);
        let classes: Vec<Vec<u32>> = words(&shard["c"]).iter().map(|c| encode::decode(c)).collect();
        let mine = &classes[forms.iter().position(|f| f == form).unwrap()];
        let here = forms.iter().zip(&classes).filter(|(_, c)| c.iter().any(|c| mine.contains(c)));
        let mut kin: Vec<String> = here.map(|(f, _)| f.clone()).collect();
        for far in shard["x"].as_array().unwrap() {
            if mine.contains(&(far[0].as_u64().unwrap() as u32)) {
                kin.extend(words(&far[1]));
            }
        }
        kin.retain(|k| k != form);
        kin.sort();
        kin
    }

    /// What is shown of a document, and the values of its facets.
    fn document(&self, number: u32) -> (Value, Vec<String>) {
        let file = self.load(&format!("facets/{}", number / facets::DOCUMENTS));
        let within = number % facets::DOCUMENTS;
        let mut start = 0;
        let distances = encode::decode(file["s"].as_str().unwrap()).into_iter();
        let starts: Vec<u32> = distances
            .map(|d| {
                start += d;
                start
            })
            .collect();
        let first = number - within + starts[starts.partition_point(|s| *s <= within) - 1];
        let shown = self.load(&format!("texts/{}/{first}", first / 8192))[(number - first) as usize].clone();
        let set = encode::decode(file["d"].as_str().unwrap())[within as usize] as usize;
        let meta = self.load("meta");
        let value = |facet: usize| &meta["facets"][facet][file["c"][set][facet].as_u64().unwrap() as usize];
        (shown, (0..FACETS).map(|facet| value(facet).as_str().unwrap().to_owned()).collect())
    }
}

fn words(value: &Value) -> Vec<String> {
    value.as_str().unwrap().split(' ').map(str::to_owned).collect()
}

fn document(title: &str, text: &str) -> Document {
    Document {
        url: "a/index.html".into(),
        title: title.into(),
        kind: "proposal",
        text: text.into(),
        ..Document::default()
    }
}

/// Documents of pseudo-words, many enough for several shelves and shards.
fn many(count: u32) -> Vec<Document> {
    let syllables = [
        "ba", "cé", "dri", "fou", "gla", "hon", "ji", "kra", "lœu", "mé", "né", "pro", "qui", "ré", "sta",
        "té",
    ];
    let mut seed = 7_u32;
    let mut next = |below: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) % below
    };
    let mut word = || (0..2 + next(3)).map(|_| syllables[next(16) as usize]).collect::<String>();
    let mut one = |number: u32| {
        let text = (0..12).map(|_| word()).collect::<Vec<_>>().join(" ");
        Document {
            url: format!("p/{number}/index.html"),
            article: Some(format!("Article {}", number % 12)),
            position: number.is_multiple_of(3).then_some("for"),
            ..document(&word(), &text)
        }
    };
    (0..count).map(&mut one).collect()
}

#[test]
fn a_form_finds_its_documents_and_its_kin() {
    let index = Reader::of(&[
        document("Données publiques", "L'accessibilité des données."),
        document("Logiciel", "Un logiciel libre, des logiciels libres ; les donnees."),
        document("Vote", "Le vote électronique de l’État, article L. 533-4."),
    ]);
    assert_eq!(index.documents("donnees"), [0, 1]);
    assert_eq!(index.documents("accessibilite"), [0]);
    assert_eq!(index.documents("etat"), [2]);
    assert_eq!(index.documents("l533-4"), [2]);
    assert_eq!(index.documents("des"), [] as [u32; 0]);
    assert_eq!(index.kin("logiciel"), ["logiciels"]);
    assert_eq!(index.summary.documents, 3);
}

#[test]
fn identifiers_are_found() {
    let at = |url: &str| Document { url: url.into(), ..document("Titre", "texte") };
    let index = Reader::of(&[
        at("eau/contributions/p12/index.html"),
        at("eau/p12/index.html#a-3"),
        at("eau/CL7.html"),
    ]);
    assert_eq!(index.documents("p12"), [0]);
    assert_eq!(index.documents("a3"), [1]);
    assert_eq!(index.documents("cl7"), [2]);
    assert_eq!(index.documents("index"), [] as [u32; 0]);
}

#[test]
fn a_word_of_the_title_weighs_more() {
    let index = Reader::of(&[
        document("Autre chose", "la neutralité du réseau"),
        document("Neutralité", "du réseau"),
    ]);
    let weights = index.postings("neutralite");
    assert!(weights[1].1 > weights[0].1, "{weights:?}");
}

#[test]
fn every_document_comes_back_from_its_file() {
    let documents = many(5000);
    let index = Reader::of(&documents);
    for number in [0, 1, 127, 128, 129, 4095, 4096, 4999] {
        let (shown, facets) = index.document(number);
        let document = &documents[number as usize];
        assert_eq!(shown[0], document.url);
        assert_eq!(shown[3], document.text);
        assert_eq!(facets[2], document.article.clone().unwrap());
        assert_eq!(facets[3], document.position.unwrap_or_default());
        let word = analyse::fold(document.text.split(' ').next().unwrap());
        assert!(index.documents(&word).contains(&number), "{word}");
    }
}

#[test]
fn bytes_do_not_depend_on_threads_or_order() {
    let documents = many(1500);
    let forwards = Reader::of(&documents);
    let backwards = Reader::filled(|builder| {
        (0..1500).rev().try_for_each(|number| builder.add(number, &documents[number as usize]))
    });
    let threads = rayon::ThreadPoolBuilder::new().num_threads(5).build().unwrap();
    let together = Reader::filled(|builder| {
        threads.install(|| (0..1500).into_par_iter().try_for_each(|n| builder.add(n, &documents[n as usize])))
    });
    assert_eq!(forwards.summary, backwards.summary);
    assert!(forwards.files == backwards.files && forwards.files == together.files);
    let bytes: usize = forwards.files.values().map(Vec::len).sum();
    assert_eq!(
        (forwards.summary.files as usize, forwards.summary.bytes as usize),
        (forwards.files.len(), bytes)
    );
}

#[test]
fn hostile_words_stay_words() {
    let hostile = "</script><script>alert(1)</script><!-- \u{2028} \u{2029} ]]> \" \\ ' ` ${x} \0 __proto__ constructor \u{202e}";
    let index = Reader::of(&[Document {
        url: hostile.into(),
        consultation: hostile.into(),
        article: Some(hostile.into()),
        status: Some(hostile.into()),
        date: Some(hostile.into()),
        ..document(hostile, hostile)
    }]);
    for (name, bytes) in &index.files {
        let text = std::str::from_utf8(bytes).unwrap();
        for bad in ["</", "<!", "<script", "\u{2028}", "\u{2029}", "\0"] {
            assert!(!text.contains(bad), "{name} holds {bad:?}");
        }
    }
    let (shown, facets) = index.document(0);
    assert_eq!(
        (shown[1].as_str(), shown[3].as_str(), facets[1].as_str()),
        (Some(hostile), Some(hostile), hostile)
    );
    assert_eq!(index.documents("proto"), [0]);
}

#[test]
fn no_document_and_no_word_are_an_index_too() {
    assert_eq!(Reader::of(&[]).summary.documents, 0);
    let index = Reader::of(&[document("", "…")]);
    assert_eq!((index.summary.documents, index.summary.words), (1, 0));
}

#[test]
fn holes_and_doubles_in_the_numbering_are_refused() {
    let sink = MemorySink::default();
    let one = document("Un", "deux");
    let twice = Builder::new(&Lang::french(), "i", &sink);
    twice.add(0, &one).unwrap();
    assert!(twice.add(0, &one).is_err());
    for numbers in [&[1][..], &[0, 2], &[0, 300]] {
        let builder = Builder::new(&Lang::french(), "i", &sink);
        numbers.iter().for_each(|n| builder.add(*n, &one).unwrap());
        assert!(builder.finish().is_err(), "{numbers:?}");
    }
}

#[test]
fn a_long_text_is_indexed_to_its_end_and_shown_in_part() {
    let text = format!("{} tout-dernier", "mot ".repeat(5000));
    let index = Reader::of(&[document("Long", &text)]);
    assert_eq!(index.documents("dernier"), [0]);
    assert_eq!(index.document(0).0[3].as_str().unwrap().chars().count(), 4000);
}
