//! A bag's fixity: its tag files, its manifests, and whether each file is there to the byte. Comes in: the names of the
//! store and what one reading of it gave. Comes out: findings, and the labels.

pub mod manifest;
pub mod tags;

use super::reading::Reading;
use super::report::{Code, Counts, Finding};
use super::store::{Entry, Kind, Store};
use crate::say;
use manifest::{Listed, MANIFESTS, Name};
use tags::BagInfo;

/// Where the payload stands.
pub const PAYLOAD: &str = "data/";
/// Where the built site stands.
pub const SITE: &str = "data/site/";
/// Where its sources stand.
pub const SOURCES: &str = "data/sources/";

/// Whether a file is one of the bag's own, at its top.
pub fn is_tag(path: &str) -> bool {
    matches!(path, "bagit.txt" | "bag-info.txt") || MANIFESTS.iter().any(|name| name.file == path)
}

/// Compares a bag with its manifests.
pub fn fixity(store: &dyn Store, reading: &Reading, counts: &mut Counts) -> (BagInfo, Vec<Finding>) {
    let mut found = Vec::new();
    let tag = |file: &str| reading.text(store, file);
    match tag("bagit.txt") {
        Some(bytes) => found.extend(tags::bagit_txt(bytes)),
        None => found.push(absent("bagit.txt")),
    }
    let (info, faults) = match tag("bag-info.txt") {
        Some(bytes) => BagInfo::read(bytes),
        None => (BagInfo::default(), vec![absent("bag-info.txt")]),
    };
    found.extend(faults);
    let mut all: Vec<(Name, Listed)> = Vec::new();
    for name in MANIFESTS {
        match tag(name.file) {
            Some(bytes) => {
                let (listed, faults) = manifest::read(name, bytes);
                found.extend(faults);
                all.push((name, listed));
            }
            None => found.push(absent(name.file)),
        }
    }
    for payload in [true, false] {
        let pair: Vec<_> = all.iter().filter(|(name, _)| name.payload == payload).collect();
        if let [(a, of_a), (b, of_b)] = pair[..] {
            found.extend(manifest::disagreement((*a, of_a), (*b, of_b)));
        }
    }
    for (name, listed) in &all {
        found.extend(compare(store, reading, *name, listed, counts));
    }
    found.extend(extra(store.entries(), &all));
    found.extend(out_of_place(store.entries(), info.get("Greffe-Kind") == Some("sealed")));
    let payload = || store.entries().iter().zip(&reading.files).filter(|(entry, _)| in_payload(entry));
    let bytes = payload().filter_map(|(_, read)| read.digests.as_ref()).map(|digests| digests.size).sum();
    found.extend(info.oxum(bytes, payload().count() as u64));
    (info, found)
}

fn in_payload(entry: &Entry) -> bool {
    entry.kind == Kind::File && entry.path.starts_with(PAYLOAD)
}

fn absent(file: &str) -> Finding {
    Finding::error(Code::Manifest, file, say!("ce fichier manque", "this file is missing"))
}

/// Each line of a manifest against what was read.
fn compare(
    store: &dyn Store,
    reading: &Reading,
    name: Name,
    listed: &Listed,
    counts: &mut Counts,
) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, said) in listed {
        let Some(at) = store.find(path) else {
            let file = name.file;
            found.push(Finding::error(
                Code::Missing,
                path,
                say!("{file} le liste, et il n’y est pas", "{file} lists it, and it is not there"),
            ));
            continue;
        };
        // What could not be read was told with its own words.
        let Some(digests) = reading.files.get(at).and_then(|read| read.digests.as_ref()) else { continue };
        let seen = if name.digits == 128 { digests.sha512() } else { digests.sha256() };
        counts.digests += 1;
        if seen != *said {
            let kind = if name.digits == 128 { "sha512" } else { "sha256" };
            let short = |hex: &str| hex.get(..16).unwrap_or(hex).to_owned();
            let (seen, said) = (short(&seen), short(said));
            found.push(
                Finding::error(Code::Changed, path, say!("{kind} {seen}…", "{kind} {seen}…"))
                    .wanted(&format!("{said}… ({})", name.file)),
            );
        }
    }
    found
}

/// What may stand in any payload, and what in the complete one alone; those that end with `/` are folders.
const PLACES: [&str; 6] = [
    "data/README.txt",
    "data/greffe/",
    SITE,
    "data/sources/greffe.yaml",
    "data/sources/content/",
    "data/sources/themes/",
];
const SEALED: [&str; 3] = ["data/exports/", "data/history.git/", "data/withheld/"];

/// Files of the payload that a bag of this kind does not have: what is withheld, in a bag that anybody may have.
fn out_of_place(entries: &[Entry], sealed: bool) -> Vec<Finding> {
    let within = |path: &str, places: &[&str]| {
        places.iter().any(|place| if place.ends_with('/') { path.starts_with(place) } else { path == *place })
    };
    let strange = |entry: &&Entry| {
        in_payload(entry) && !within(&entry.path, &PLACES) && !(sealed && within(&entry.path, &SEALED))
    };
    let told = |entry: &Entry| {
        let seen = if within(&entry.path, &SEALED) {
            say!(
                "ce fichier n’est que pour l’archive complète",
                "this file is for the complete archive alone"
            )
        } else {
            say!(
                "aucun sac de Greffe n’a de fichier à cet endroit",
                "no bag of Greffe has a file in this place"
            )
        };
        Finding::error(Code::Extra, &*entry.path, seen)
    };
    entries.iter().filter(strange).map(told).collect()
}

/// Files that a manifest should list and does not, and files where there should be none.
fn extra(entries: &[Entry], all: &[(Name, Listed)]) -> Vec<Finding> {
    let mut found = Vec::new();
    for entry in entries.iter().filter(|entry| entry.kind == Kind::File) {
        let path = &*entry.path;
        let payload = path.starts_with(PAYLOAD);
        if !payload && !is_tag(path) {
            let seen = match path {
                "fetch.txt" => say!(
                    "un sac de Greffe est entier : rien n’est à chercher ailleurs",
                    "a bag of Greffe is whole: nothing is to be fetched from elsewhere"
                ),
                _ => say!("aucun sac de Greffe n’a ce fichier", "no bag of Greffe has this file"),
            };
            found.push(Finding::error(Code::Extra, path, seen));
            continue;
        }
        // A tag manifest cannot list itself or the other, whose digest would depend on its own.
        let own = |name: &Name| name.payload == payload && !path.starts_with("tagmanifest-");
        for (name, _) in all.iter().filter(|(name, listed)| own(name) && !listed.contains_key(path)) {
            let file = name.file;
            found.push(Finding::error(
                Code::Extra,
                path,
                say!("{file} ne le liste pas", "{file} does not list it"),
            ));
        }
    }
    found
}
