//! Names that not every machine keeps as they are: two that differ by case or by the way accents are written, hidden
//! ones, those that Windows cannot write, links. Whoever copies such a folder loses a file without being told.

use super::report::{Code, Finding};
use super::store::{Entry, Kind};
use crate::say;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Longest name of a file and longest path, in bytes: what every file system keeps.
const NAME: usize = 255;
const PATH: usize = 4096;

/// What is wrong with the names of a bag or of a site.
pub fn names(entries: &[Entry]) -> Vec<Finding> {
    let mut found: Vec<Finding> = entries.iter().filter_map(one).collect();
    found.extend(twins(entries));
    found
}

/// The first thing wrong with a name.
fn one(entry: &Entry) -> Option<Finding> {
    let path = &*entry.path;
    match entry.kind {
        Kind::Link => {
            let seen = say!("c’est un lien symbolique", "this is a symbolic link");
            return Some(Finding::error(Code::NotAFile, path, seen));
        }
        Kind::Special => {
            let seen = say!("ce n’est ni un fichier ni un dossier", "this is neither a file nor a folder");
            return Some(Finding::error(Code::NotAFile, path, seen));
        }
        Kind::EmptyFolder => {
            let seen = say!(
                "ce dossier est vide ; aucun manifeste ne le connaît",
                "this folder is empty; no manifest knows it"
            );
            return Some(Finding::note(Code::Extra, path, seen));
        }
        Kind::File => {}
    }
    if !entry.exact {
        return Some(Finding::error(
            Code::Name,
            path,
            say!("ce nom n’est pas de l’UTF-8", "this name is not UTF-8"),
        ));
    }
    fault(path).map(|seen| Finding::error(Code::Name, path, seen))
}

/// Why a path cannot be one of ours: each part is a plain name.
pub fn fault(path: &str) -> Option<crate::lang::Bilingual> {
    if path.len() > PATH {
        return Some(say!("ce chemin est trop long", "this path is too long"));
    }
    for part in path.split('/') {
        let seen = match part {
            "" => say!("ce chemin a une partie vide", "this path has an empty part"),
            "." | ".." => say!(
                "ce chemin remonte ou tourne en rond (« {part} »)",
                "this path goes up or in circles (“{part}”)"
            ),
            _ if part.len() > NAME => say!("ce nom est trop long", "this name is too long"),
            _ if part.starts_with('.') => {
                say!("ce nom est caché (« {part} »)", "this name is hidden (“{part}”)")
            }
            _ if part.contains('\\') => {
                say!("ce nom a une barre oblique inverse", "this name has a backslash")
            }
            _ if part.contains(':') => say!(
                "ce nom a un deux-points, ou une lettre de lecteur",
                "this name has a colon, or the letter of a drive"
            ),
            _ if part.contains(char::is_control) => {
                say!("ce nom a un caractère de commande", "this name has a control character")
            }
            _ => continue,
        };
        return Some(seen);
    }
    None
}

/// The name as a careless file system holds it: accents composed, case folded.
fn folded(path: &str) -> String {
    path.nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// Names that some machines hold for one; a folder is one name however many files are in it.
fn twins(entries: &[Entry]) -> Vec<Finding> {
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    let mut found = Vec::new();
    let mut before = "";
    for entry in entries {
        let path = &*entry.path;
        // Folders that the entry before stands in too are known.
        let shared = path.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
        before = path;
        let ends = path.match_indices('/').map(|(at, _)| at).filter(|at| *at >= shared).chain([path.len()]);
        for end in ends {
            let Some(part) = path.get(..end) else { continue };
            match known.get(&folded(part)) {
                Some(other) if *other == part => {}
                Some(other) => {
                    let seen = say!(
                        "ce nom et « {other} » n’en font qu’un sur bien des machines",
                        "this name and “{other}” are one on many machines"
                    );
                    found.push(Finding::error(Code::Twin, part, seen));
                }
                None => {
                    known.insert(folded(part), part);
                }
            }
        }
    }
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str) -> Entry {
        Entry { path: path.into(), exact: true, kind: Kind::File, size: 0 }
    }

    fn codes(paths: &[&str]) -> Vec<Code> {
        let entries: Vec<Entry> = paths.iter().map(|path| entry(path)).collect();
        names(&entries).into_iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn plain_names_are_fine() {
        assert_eq!(codes(&["a/b.txt", "a/c.txt", "été.md"]), []);
    }

    #[test]
    fn names_that_lead_elsewhere_or_hide() {
        for path in ["../a", "a/../b", "a//b", "./a", "a/.git/x", "C:x", "a\\b", "a\nb", "/a"] {
            assert_eq!(codes(&[path]), [Code::Name], "{path}");
        }
    }

    #[test]
    fn twins_by_case_and_by_accents_in_files_and_in_folders() {
        assert_eq!(codes(&["A.txt", "a.txt"]), [Code::Twin]);
        assert_eq!(codes(&["A/x", "a/y"]), [Code::Twin]);
        assert_eq!(codes(&["e\u{301}t\u{e9}", "\u{e9}te\u{301}"]), [Code::Twin]);
        assert_eq!(codes(&["a", "a/b"]), []);
    }
}
