//! The content that this repository ships (its own site, the examples, what `greffe init` writes) reads and checks
//! without a single problem, warnings included.
#![allow(clippy::unwrap_used)]

use greffe::check::Options;
use greffe::cli::{init, new};
use greffe::lang::Speech;
use greffe::pipeline::{Examined, Unobserved, examine};
use greffe::source::Sources;
use std::path::Path;

/// A site of this repository.
fn load(root: &str) -> Sources {
    greffe::io::load::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join(root)).unwrap()
}

fn assert_clean(sources: &Sources) {
    let Examined { site, problems } = examine(sources, &Options::default(), &Unobserved);
    let mut told = String::new();
    for problem in &problems {
        let (line, column) = sources.line_column(problem.span);
        let path = &sources.get(problem.span.file).path;
        let (code, words) = (problem.code.as_str(), problem.message.get(Speech::En));
        told += &format!("{path}:{line}:{column}: {code}: {words}\n");
    }
    assert!(site.is_some() && problems.is_empty(), "{} problems\n{told}", problems.len());
}

#[test]
fn this_repository_s_own_site() {
    assert_clean(&load("."));
}

#[test]
fn the_minimal_example() {
    assert_clean(&load("examples/minimal"));
}

/// What `greffe init` writes, held in memory as sources.
fn starter(speech: Speech, bare: bool) -> Vec<(String, String)> {
    let sink = greffe::sink::MemorySink::default();
    let args = init::InitArgs { dir: "site".into(), language: None, bare };
    init::run(&args, speech, |_| false, &sink).unwrap();
    texts(sink)
}

fn texts(sink: greffe::sink::MemorySink) -> Vec<(String, String)> {
    let text = |stored| match stored {
        greffe::sink::Stored::Bytes(bytes) => String::from_utf8(bytes.into_vec()).unwrap(),
        greffe::sink::Stored::CopyOf(_) => unreachable!("nothing is copied"),
    };
    sink.into_files().into_iter().map(|(path, stored)| (path.as_str().to_owned(), text(stored))).collect()
}

/// The files of a site among those written (`.gitignore` and the README are not loaded).
fn sources(files: &[(String, String)]) -> Sources {
    let inside = |path: &str| path == "greffe.yaml" || path.starts_with("content/");
    Sources::from_texts(files.iter().filter(|(p, _)| inside(p)).map(|(p, t)| (&**p, &**t)))
}

#[test]
fn a_new_site_with_and_without_its_starter_consultation() {
    for speech in [Speech::Fr, Speech::En] {
        assert_clean(&sources(&starter(speech, false)));
        assert_clean(&sources(&starter(speech, true)));
    }
}

/// Runs `greffe new` on files, and adds what it wrote to them.
fn add(files: &mut Vec<(String, String)>, speech: Speech, words: &[&str]) -> Result<Vec<String>, String> {
    #[derive(clap::Parser)]
    struct Call {
        #[command(flatten)]
        args: new::NewArgs,
    }
    let call = <Call as clap::Parser>::try_parse_from(["greffe new"].iter().chain(words))
        .map_err(|e| e.to_string())?;
    let loaded = sources(files);
    let today = greffe::model::when::Date::parse("2026-11-22").unwrap();
    let sink = greffe::sink::MemorySink::default();
    let context = new::Context { sources: &loaded, speech, today };
    let made = new::run(&call.args, context, &sink).map_err(|e| e.text(Speech::En))?;
    files.extend(texts(sink));
    Ok(made.iter().map(|path| path.as_str().to_owned()).collect())
}

#[test]
fn every_new_file_is_valid_before_it_is_filled_in() {
    for speech in [Speech::Fr, Speech::En] {
        for bare in [true, false] {
            let mut files = starter(speech, bare);
            let title = "Un \"titre\" : avec \\ et l’apostrophe";
            add(&mut files, speech, &["consultation", "eau", "--title", title]).unwrap();
            add(&mut files, speech, &["text", "bill", "--in", "eau", "--title", title]).unwrap();
            for kind in [
                "contribution",
                "response",
                "vote",
                "meeting",
                "synthesis",
                "commitment",
                "page",
                "amendment",
            ] {
                let id = format!("{kind}-1");
                add(&mut files, speech, &[kind, &id, "--in", "eau"]).unwrap();
            }
            assert_clean(&sources(&files));
        }
    }
}

#[test]
fn every_new_file_is_valid_with_references() {
    for speech in [Speech::Fr, Speech::En] {
        let mut files = starter(speech, true);
        add(&mut files, speech, &["consultation", "eau"]).unwrap();
        add(&mut files, speech, &["text", "bill"]).unwrap();
        add(&mut files, speech, &["text", "annex", "--text-version", "tabled"]).unwrap();
        add(&mut files, speech, &["contribution", "c-0"]).unwrap();
        add(&mut files, speech, &["amendment", "a-0", "--text", "annex"]).unwrap();
        for kind in ["contribution", "response", "vote", "synthesis", "commitment", "amendment"] {
            let id = format!("{kind}-1");
            let references = [
                "--text",
                "annex",
                "--text-version",
                "tabled",
                "--contribution",
                "c-0",
                "--amendment",
                "a-0",
            ];
            add(&mut files, speech, &[&[kind, &*id], &references[..]].concat()).unwrap();
        }
        assert_clean(&sources(&files));
    }
}

#[test]
fn nothing_is_overwritten_and_nothing_is_guessed() {
    let mut files = starter(Speech::Fr, false);
    for (words, expected) in [
        (&["contribution", "Horaires"][..], "exists already"),
        (&["consultation", "MA-consultation"], "exists already"),
        (&["page", "accessibilite"], "exists already"),
        (&["vote", "v-1", "--in", "ma-consultatoin"], "did you mean: ma-consultation"),
        (&["page", "à propos"], "a-propos"),
        (&["meeting", "m", "--date", "12/11/2026"], "YYYY-MM-DD"),
    ] {
        let error = add(&mut files, Speech::Fr, words).unwrap_err();
        assert!(error.contains(expected), "{words:?}: {error}");
    }
    add(&mut files, Speech::Fr, &["consultation", "eau"]).unwrap();
    assert!(add(&mut files, Speech::Fr, &["meeting", "m"]).unwrap_err().contains("eau, ma-consultation"));
    assert!(
        add(&mut files, Speech::Fr, &["amendment", "1", "--in", "eau"])
            .unwrap_err()
            .contains("no text to amend")
    );
}
