//! `greffe verify` and `greffe rebuild`, as their users call them: a good bag, fifty ways of tampering with it, zips that
//! a stranger made by hand, signatures and time-stamps.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr)]
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

mod bag;
mod cases;
mod good;
mod seals;
mod table;
mod zips;

use std::path::Path;
use std::process::{Command, Output};

/// Calls the command, in English.
pub fn greffe<'w>(words: impl IntoIterator<Item = &'w str>) -> Output {
    Command::new(env!("CARGO_BIN_EXE_greffe"))
        .args(words)
        .env("LC_ALL", "en_GB.UTF-8")
        .env_remove("SOURCE_DATE_EPOCH")
        .output()
        .unwrap()
}

/// The exit status of a verification, and what it says for programs of the one thing that was verified.
pub fn verify(path: &Path, more: &[&str]) -> (i32, serde_json::Value) {
    let words = ["verify", path.to_str().unwrap(), "--format", "json"];
    let output = greffe(words.into_iter().chain(more.iter().copied()));
    let said = String::from_utf8(output.stdout).unwrap();
    let value: serde_json::Value = serde_json::from_str(&said)
        .unwrap_or_else(|_| panic!("{said}{}", String::from_utf8_lossy(&output.stderr)));
    (output.status.code().unwrap(), value["verified"][0].clone())
}

/// The codes of the findings of a severity, each once.
pub fn codes(report: &serde_json::Value, severity: &str) -> Vec<String> {
    let found = report["findings"].as_array().unwrap();
    let of = found.iter().filter(|finding| finding["severity"] == severity);
    let mut codes: Vec<String> = of.map(|finding| finding["code"].as_str().unwrap().to_owned()).collect();
    codes.sort();
    codes.dedup();
    codes
}
