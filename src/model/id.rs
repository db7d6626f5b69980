//! Ids: stable names of things, written by authors or taken from a file's name, unique within their consultation,
//! safe in a URL, a file name and a CSV cell.

use crate::diag::{Code, Diagnostic};
use crate::say;
use crate::yaml::{Node, Read, Reader, Shape};
use serde::Serialize;
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// Longest id, in characters.
pub const MAX_LENGTH: usize = 80;

/// An id: ASCII letters, digits, `-`, `_` and `.`, beginning with a letter or a digit, not ending with a dot.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Id(Box<str>);

impl Id {
    /// Takes words that are an id already.
    pub fn new(words: &str) -> Option<Self> {
        let first = words.bytes().next()?;
        let fine = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        let ok = first.is_ascii_alphanumeric()
            && words.len() <= MAX_LENGTH
            && words.bytes().all(fine)
            && !words.ends_with('.')
            && !words.contains("..");
        ok.then(|| Id(words.into()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form under which two ids collide: a file system or a reader may not tell case apart.
    pub fn folded(&self) -> Box<str> {
        self.0.to_lowercase().into()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Read for Id {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let words = <Box<str> as Read>::read(node, reader)?;
        let id = Id::new(&words);
        if id.is_none() {
            let problem = Diagnostic::new(
                Code::G016,
                node.span,
                say!("« {words} » ne peut pas être un identifiant", "“{words}” cannot be an id"),
            );
            reader.report(match slug(&words) {
                Some(near) => problem.help(say!("par exemple « {near} »", "for instance “{near}”")),
                None => problem,
            });
        }
        id
    }

    fn shape() -> Shape {
        Shape::Id
    }
}

/// An id made from free words: lower case, accents removed, everything else a hyphen. `None` when nothing is left.
pub fn slug(words: &str) -> Option<Id> {
    let mut out = dashed(words);
    out.truncate(MAX_LENGTH - 10);
    Id::new(out.trim_end_matches('-'))
}

/// Words as addresses have them, however long: letters without accents and digits, hyphens between.
pub fn dashed(words: &str) -> String {
    let mut out = String::new();
    for c in words.nfkd().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => out.push(c),
            'œ' => out.push_str("oe"),
            'æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            // Combining marks left by the decomposition vanish: `é` is `e`.
            '\u{300}'..='\u{36f}' => {}
            _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_keeps_what_an_address_can_hold() {
        assert_eq!(slug("Qualité de l’eau : Œuvre n° 2").unwrap().as_str(), "qualite-de-l-eau-oeuvre-n-2");
        assert_eq!(slug("…"), None);
    }

    #[test]
    fn an_id_cannot_climb_out_of_its_folder() {
        for bad in ["..", ".", "a/b", "a..b", "", "-a", "é", "a b", "a\\b", "a."] {
            assert_eq!(Id::new(bad), None, "{bad}");
        }
    }
}
