//! Who catches what: every tampering laid before Greffe, before the validator of the Library of Congress (`bagit`, from
//! PyPI) and before `sha512sum`. The table stands in `docs/verify.md` and `docs/verify.fr.md`, and is compared here.
//!
//! `GREFFE_WRITE_DOCS=1 cargo test --test verify table` writes it.

use crate::bag::Bag;
use crate::cases::CASES;
use crate::verify;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The validator, in the tests' own folder of Python programs or on the path.
fn bagit() -> Option<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/.venv/bin/bagit.py");
    let named = std::env::var_os("BAGIT").map(PathBuf::from);
    [named, Some(own), Some("bagit.py".into())].into_iter().flatten().find(|program| {
        Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
    })
}

fn accepts(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
}

/// For each tampering: whether Greffe, bagit and sha512sum refuse it.
fn tried(bagit: &Path) -> Vec<[bool; 3]> {
    let one = |bag: &Bag| {
        [
            verify(&bag.path, &[]).0 == 1,
            !accepts(Command::new(bagit).args(["--validate", "--quiet"]).arg(&bag.path)),
            !accepts(
                Command::new("sha512sum")
                    .args(["--check", "--strict", "--quiet", "manifest-sha512.txt"])
                    .current_dir(&bag.path),
            ),
        ]
    };
    assert_eq!(one(&Bag::good()), [false; 3], "a good bag is good to all three");
    CASES
        .iter()
        .map(|case| {
            let bag = Bag::good();
            (case.tamper)(&bag);
            one(&bag)
        })
        .collect()
}

fn table(tried: &[[bool; 3]], title: &str, words: [&str; 2], name: fn(usize) -> &'static str) -> String {
    let mut out = format!("| {title} | `greffe verify` | `bagit.py` | `sha512sum -c` |\n|---|---|---|---|\n");
    for (at, row) in tried.iter().enumerate() {
        let cells = row.map(|caught| if caught { words[0] } else { words[1] });
        let (case, code) = (name(at), CASES[at].code);
        out += &format!("| {case} | {} (`{code}`) | {} | {} |\n", cells[0], cells[1], cells[2]);
    }
    let sum = |at: usize| tried.iter().filter(|row| row[at]).count();
    out + &format!("| **{}** | **{}** | **{}** | **{}** |\n", tried.len(), sum(0), sum(1), sum(2))
}

#[test]
fn table_of_who_catches_what() {
    let Some(bagit) = bagit() else {
        eprintln!("skipped: bagit.py is not installed (tests/run --install, or pip install bagit)");
        return;
    };
    let tried = tried(&bagit);
    let tables = [
        ("verify.md", table(&tried, "What is done to the bag", ["refuses", "—"], |at| CASES[at].en)),
        ("verify.fr.md", table(&tried, "Ce qui est fait au sac", ["refuse", "—"], |at| CASES[at].fr)),
    ];
    for (name, table) in tables {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
        let text = fs::read_to_string(&path).unwrap();
        let (before, rest) = text.split_once("<!-- table -->\n").unwrap();
        let (_, after) = rest.split_once("<!-- /table -->").unwrap();
        let now = format!("{before}<!-- table -->\n{table}<!-- /table -->{after}");
        if std::env::var_os("GREFFE_WRITE_DOCS").is_some() {
            fs::write(&path, now).unwrap();
        } else {
            assert!(
                now == text,
                "docs/{name} is not true any more: GREFFE_WRITE_DOCS=1 cargo test --test verify table\n{table}"
            );
        }
    }
}

#[test]
fn every_code_is_documented() {
    for name in ["verify.md", "verify.fr.md"] {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)).unwrap();
        for code in greffe::verify::report::Code::ALL {
            assert!(text.contains(&format!("`{}`", code.as_str())), "docs/{name}: {}", code.as_str());
        }
    }
}
