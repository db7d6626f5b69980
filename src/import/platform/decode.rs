//! Bytes → words, whatever wrote them: UTF-8, with or without its mark; UTF-16 with its mark, as spreadsheets save
//! “Unicode text”; and Windows-1252 where bytes are no UTF-8. What was done is told, never guessed in silence.

use crate::lang::Bilingual;
use crate::say;
use std::borrow::Cow;

/// Windows-1252 between 0x80 and 0x9f; the rest of it is Latin-1.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Words, and what was done to read them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded<'b> {
    /// The words, without a byte order mark.
    pub words: Cow<'b, str>,
    /// Bytes that are no UTF-8, read as Windows-1252.
    pub foreign: usize,
    /// It was UTF-16.
    pub wide: bool,
    /// Control characters left out.
    pub controls: usize,
}

/// Reads bytes.
pub(crate) fn decode(bytes: &[u8]) -> Decoded<'_> {
    let (words, foreign, wide) = match bytes {
        [0xff, 0xfe, rest @ ..] => (Cow::Owned(utf16(rest, u16::from_le_bytes)), 0, true),
        [0xfe, 0xff, rest @ ..] => (Cow::Owned(utf16(rest, u16::from_be_bytes)), 0, true),
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            let (words, foreign) = words(bytes);
            (words, foreign, false)
        }
    };
    Decoded { words, foreign, wide, controls: 0 }
}

impl Decoded<'_> {
    /// The same without control characters, which no page can show.
    pub(crate) fn shown(self) -> Self {
        let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{85}');
        let controls = self.words.chars().filter(|c| control(*c)).count();
        match controls {
            0 => self,
            _ => {
                let words = Cow::Owned(self.words.chars().filter(|c| !control(*c)).collect());
                Decoded { words, controls, ..self }
            }
        }
    }

    /// What was done, in words for the report; the file is named.
    pub(crate) fn told(&self, file: &str) -> Vec<Bilingual> {
        let (foreign, controls) = (self.foreign, self.controls);
        let mut told = Vec::new();
        if self.wide {
            told.push(say!("{file} était en UTF-16.", "{file} was in UTF-16."));
        }
        if foreign > 0 {
            told.push(say!(
                "{file} : {foreign} octets qui ne sont pas de l’UTF-8 ont été lus comme du Windows-1252.",
                "{file}: {foreign} bytes that are no UTF-8 were read as Windows-1252."
            ));
        }
        if controls > 0 {
            told.push(say!(
                "{file} : {controls} caractères de contrôle, qu’aucune page ne peut montrer, ont été retirés.",
                "{file}: {controls} control characters, which no page can show, were left out."
            ));
        }
        told
    }
}

/// UTF-8; each byte that is not is Windows-1252, so that a file of either kind, or a mixture, keeps its words.
fn words(bytes: &[u8]) -> (Cow<'_, str>, usize) {
    if let Ok(words) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(words), 0);
    }
    let (mut out, mut foreign) = (String::with_capacity(bytes.len()), 0);
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        foreign += chunk.invalid().len();
        out.extend(chunk.invalid().iter().map(|b| match b {
            0x80..=0x9f => HIGH[usize::from(b - 0x80)],
            b => char::from(*b),
        }));
    }
    (Cow::Owned(out), foreign)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_out_of_any_bytes() {
        for (bytes, words, foreign, controls) in [
            (&b"\xef\xbb\xbfid"[..], "id", 0, 0),
            ("é\0à".as_bytes(), "éà", 0, 1),
            (b"d\xe9j\xe0 \x80", "déjà €", 3, 0),
            // A mixture: what is UTF-8 stays so.
            (b"\xc3\xa9t\xe9", "été", 1, 0),
            (b"\xff\xfea\0\xe9\0", "aé", 0, 0),
            (b"\xfe\xff\0a\0\xe9", "aé", 0, 0),
        ] {
            let decoded = decode(bytes).shown();
            assert_eq!((&*decoded.words, decoded.foreign, decoded.controls), (words, foreign, controls));
        }
        assert_eq!(decode(b"\xff\xfea\0").told("x.csv")[0].en, "x.csv was in UTF-16.");
        assert_eq!(decode(b"bon").told("x.csv"), []);
    }
}
