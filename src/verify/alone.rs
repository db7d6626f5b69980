//! A built site that stands alone: `.greffe-manifest` lists what the build put there.

use super::report::{Code, Finding};
use super::store::{Kind, Store};
use crate::say;
use std::collections::BTreeSet;

const MANIFEST: &str = ".greffe-manifest";
/// Largest list of files.
const LIMIT: u64 = 256 << 20;

/// The list; none when there is none that can be read.
pub(super) fn list(store: &dyn Store) -> Option<BTreeSet<String>> {
    let bytes = store.find(MANIFEST).and_then(|at| store.bytes(at, LIMIT).ok())?;
    Some(String::from_utf8(bytes).ok()?.lines().skip(1).map(str::to_owned).collect())
}

/// Files that are listed and not there, and, as notes, those that are there and not listed.
pub(super) fn compare(store: &dyn Store, listed: Option<&BTreeSet<String>>) -> Vec<Finding> {
    let Some(listed) = listed else {
        let seen = say!(
            "{MANIFEST} n’y est pas : rien ne dit quels fichiers Greffe a écrits",
            "{MANIFEST} is not there: nothing says which files Greffe wrote"
        );
        return vec![Finding::note(Code::Manifest, MANIFEST, seen)];
    };
    let mut found = Vec::new();
    for path in listed {
        if store.find(path).is_none() {
            let seen =
                say!("{MANIFEST} le liste, et il n’y est pas", "{MANIFEST} lists it, and it is not there");
            found.push(Finding::error(Code::Missing, path, seen));
        }
    }
    for entry in store.entries().iter().filter(|entry| entry.kind == Kind::File) {
        if !listed.contains(&*entry.path) && &*entry.path != MANIFEST {
            let seen = say!("Greffe n’a pas écrit ce fichier", "Greffe did not write this file");
            found.push(Finding::note(Code::Extra, &*entry.path, seen));
        }
    }
    found
}
