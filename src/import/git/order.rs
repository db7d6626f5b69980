//! In which order the files of a text are read: as a reader would, `Titre II` after `Titre I` and before `Titre IV`,
//! `Chapitre Ier bis` between `Ier` and `II`; a file of a folder in the folder's place.

use super::words::{division_number, folded};
use crate::model::choices::Numbering;
use crate::model::document::Document;
use crate::parse::document;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A part of a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// A number, with what comes between it and the next (`bis`, `ter`, `A`).
    Number(u64, u8),
    /// A word.
    Word(String),
}

/// Words after which a roman number is one.
const DIVISIONS: [&str; 12] = [
    "livre",
    "titre",
    "sous-titre",
    "chapitre",
    "section",
    "sous-section",
    "partie",
    "paragraphe",
    "article",
    "annexe",
    "tome",
    "n°",
];

const BETWEEN: [&str; 9] =
    ["bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "nonies", "decies"];

/// The key by which paths are put in order.
fn key(path: &str) -> Vec<Vec<Part>> {
    path.split('/').map(name).collect()
}

fn name(name: &str) -> Vec<Part> {
    let name = [".md", ".markdown", ".txt"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    let mut parts: Vec<Part> = Vec::new();
    let mut after_division = false;
    for word in
        name.split(|c: char| c.is_whitespace() || matches!(c, '_' | '.' | '–' | '—' | ',' | '(' | ')'))
    {
        let word = word.trim_matches('-');
        if word.is_empty() {
            continue;
        }
        let plain = folded(word);
        let number = plain.parse().ok().or_else(|| division_number(word).filter(|_| after_division));
        let between = BETWEEN.iter().position(|b| *b == plain);
        after_division = DIVISIONS.contains(&&*plain);
        match (number, between, parts.last_mut()) {
            (None, Some(at), Some(Part::Number(_, suffix))) if *suffix == 0 => *suffix = at as u8 + 1,
            (Some(number), _, _) => parts.push(Part::Number(number, 0)),
            (None, _, _) => parts.push(Part::Word(plain)),
        }
    }
    parts
}

/// Whether a file is about the repository, not of the text.
pub(super) fn is_about(path: &str) -> bool {
    let name = folded(path.rsplit('/').next().unwrap_or(path));
    ["readme", "license", "licence", "contributing", "changelog"].iter().any(|about| {
        name.strip_prefix(about).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    })
}

/// The text of a commit: its files in reading order.
pub(super) fn text(files: &BTreeMap<Box<str>, Arc<str>>) -> String {
    let mut ordered: Vec<(&Box<str>, &Arc<str>)> = files.iter().filter(|(path, _)| !is_about(path)).collect();
    ordered.sort_by_cached_key(|(path, _)| (key(path), (*path).clone()));
    let texts = ordered.iter().map(|(_, text)| text.trim_start_matches('\u{feff}').trim_matches('\n'));
    texts.filter(|t| !t.trim().is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// The document of a commit.
pub(super) fn read(text: &str) -> Document {
    document::read(text, Numbering::French)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_in_the_order_of_their_numbers() {
        let ordered = [
            "Titre préliminaire.md",
            "Titre I/Chapitre Ier - Zones.md",
            "Titre I/Chapitre Ier bis - Eau.md",
            "Titre I/Chapitre II - Air.md",
            "Titre II/2 - b.md",
            "Titre II/10 - a.md",
            "Titre II/annexe.md",
            "Titre IV/DISPOSITIONS D OUTRE-MER.md",
            "Titre IX.md",
            "Titre sans numéro.md",
        ];
        let mut sorted = ordered;
        sorted.reverse();
        sorted.sort_by_cached_key(|p| key(p));
        assert_eq!(sorted, ordered);
    }

    #[test]
    fn what_is_about_the_repository_is_not_the_text() {
        let about = ["README.md", "a/Readme", "LICENSE", "licence.txt", "README.fr.md"];
        assert!(about.into_iter().all(is_about));
        assert!(!["Licences.md", "Chapitre.md"].into_iter().any(is_about));
    }
}
