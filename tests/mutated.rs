//! Our own demonstration, changed at random: bytes flipped, lines repeated, lost or exchanged, files cut short.
//! Whatever comes out is read without a panic, every diagnostic stands in its file, and a site is given only when
//! nothing is at fault. `PROPTEST_CASES` says how many times.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests are tests")]
#![allow(clippy::disallowed_methods)]

use greffe::check::Options;
use greffe::diag::report::{Format, report};
use greffe::io::load::load;
use greffe::lang::Speech;
use greffe::pipeline::{Unobserved, examine};
use greffe::source::{Breakage, Contents, SourceFile, Sources};
use proptest::prelude::*;
use std::path::Path;
use std::sync::LazyLock;

/// The texts of the demonstration.
static DEMONSTRATION: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let sources = load(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let text = |file: &SourceFile| match &file.contents {
        Contents::Text(text) => Some((file.path.to_string(), text.to_string())),
        Contents::Opaque { .. } | Contents::Broken(_) => None,
    };
    sources.iter().filter_map(|(_, file)| text(file)).collect()
});

/// One change of one file.
#[derive(Debug, Clone)]
enum Change {
    Flip { at: usize, byte: u8 },
    Cut { at: usize },
    Repeat { line: usize },
    Lose { line: usize },
    Exchange { line: usize },
    Insert { at: usize, words: &'static str },
}

/// Words that mean something to YAML, to Markdown or to Greffe.
const WORDS: [&str; 20] = [
    "---\n", "\n", "\t", ": ", "#", "[", "]", "{", "}", "&a ", "*a ", "!", "|", ">", "- ", "\"", "'", "\\",
    "é", "\u{202e}",
];

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Change::Flip { at, byte }),
        any::<usize>().prop_map(|at| Change::Cut { at }),
        any::<usize>().prop_map(|line| Change::Repeat { line }),
        any::<usize>().prop_map(|line| Change::Lose { line }),
        any::<usize>().prop_map(|line| Change::Exchange { line }),
        (any::<usize>(), 0..WORDS.len()).prop_map(|(at, w)| Change::Insert { at, words: WORDS[w] }),
    ]
}

fn apply(change: &Change, bytes: &mut Vec<u8>) {
    let mut lines: Vec<Vec<u8>> = bytes.split_inclusive(|b| *b == b'\n').map(<[u8]>::to_vec).collect();
    let len = bytes.len().max(1);
    let many = lines.len().max(1);
    match change {
        Change::Flip { at, byte } => {
            if let Some(b) = bytes.get_mut(at % len) {
                *b = *byte;
            }
            return;
        }
        Change::Cut { at } => return bytes.truncate(at % len),
        Change::Insert { at, words } => {
            let at = (at % len).min(bytes.len());
            bytes.splice(at..at, words.bytes());
            return;
        }
        Change::Repeat { line } => {
            if let Some(found) = lines.get(line % many).cloned() {
                lines.insert(line % many, found);
            }
        }
        Change::Lose { line } => {
            if !lines.is_empty() {
                lines.remove(line % many);
            }
        }
        Change::Exchange { line } => {
            if lines.len() > 1 {
                let at = line % (many - 1);
                lines.swap(at, at + 1);
            }
        }
    }
    *bytes = lines.concat();
}

/// The demonstration with some of its files changed.
fn changed(changes: &[(usize, Change)]) -> Sources {
    let mut files: Vec<(String, Vec<u8>)> =
        DEMONSTRATION.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
    let many = files.len();
    for (file, change) in changes {
        apply(change, &mut files[file % many].1);
    }
    let contents = |bytes| match String::from_utf8(bytes) {
        Ok(text) => Contents::Text(text.into()),
        Err(error) => Contents::Broken(Breakage::NotUtf8 { valid_up_to: error.utf8_error().valid_up_to() }),
    };
    let file = |(path, bytes): (String, Vec<u8>)| SourceFile { path: path.into(), contents: contents(bytes) };
    Sources::new(files.into_iter().map(file).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_change_is_too_much(
        changes in prop::collection::vec((any::<usize>(), change()), 1..6),
        quarantine: bool,
    ) {
        let sources = changed(&changes);
        let examined = examine(&sources, &Options { quarantine, ..Options::default() }, &Unobserved);
        for problem in &examined.problems {
            for span in std::iter::once(&problem.span).chain(problem.related.iter().map(|(span, _)| span)) {
                prop_assert!((span.file.0 as usize) < sources.len(), "{problem:?}");
                let text = sources.text(span.file);
                let (start, end) = (span.start as usize, span.end as usize);
                prop_assert!(start <= end && end <= text.len(), "{problem:?}");
                prop_assert!(text.is_char_boundary(start) && text.is_char_boundary(end), "{problem:?}");
            }
        }
        let at_fault = examined.problems.iter().any(greffe::diag::Diagnostic::is_error);
        prop_assert!(examined.site.is_none() || !at_fault);
        prop_assert!(examined.site.is_some() || at_fault);
        for format in [Format::Human, Format::Short, Format::Json] {
            report(&examined.problems, &sources, Speech::Fr, format, true, 20);
        }
    }
}
