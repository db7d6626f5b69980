//! Small facts about words that several rooms need: typography folded for looking things up, order of names
//! with numbers in them, the passage nearest to a quotation. Pure functions of strings.

use std::ops::Range;

/// Folds what typists vary: kinds of quotation mark, apostrophe, hyphen and space, runs of spaces and line ends,
/// `<sup>` and `<sub>`. For looking words up only; texts are compared and changed exactly.
pub fn fold_typography(words: &str) -> String {
    fold_with_places(words).0
}

/// The same, with the range of bytes of `words` from which each byte of the folded text comes.
pub fn fold_with_places(words: &str) -> (String, Vec<Range<usize>>) {
    let mut out = String::with_capacity(words.len());
    let mut places: Vec<Range<usize>> = Vec::with_capacity(words.len());
    let mut skip = 0;
    for (at, c) in words.char_indices() {
        if at < skip {
            continue;
        }
        if c == '<'
            && let Some(tag) =
                ["<sup>", "</sup>", "<sub>", "</sub>"].iter().find(|t| words[at..].starts_with(**t))
        {
            skip = at + tag.len();
            // A closing tag belongs to the words before it.
            if tag.starts_with("</")
                && let Some(last) = places.last_mut()
            {
                last.end = skip;
            }
            continue;
        }
        let folded = match c {
            '’' | '‘' | 'ʼ' | '′' => '\'',
            '«' | '»' | '“' | '”' | '„' => '"',
            '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        // A space inside a quotation mark is typography too: « mot » and "mot" are the same words.
        if folded == ' ' && (out.is_empty() || out.ends_with([' ', '"'])) {
            continue;
        }
        if folded == '"' && out.ends_with(' ') && c == '»' {
            out.pop();
            places.pop();
        }
        let from = out.len();
        match folded {
            '…' => out.push_str("..."),
            folded => out.push(folded),
        }
        places.extend((from..out.len()).map(|_| at..at + c.len_utf8()));
    }
    out.truncate(out.trim_end().len());
    places.truncate(out.len());
    (out, places)
}

/// A key under which `2`, `10` and `10 bis` come in that order.
pub fn natural_key(words: &str) -> Vec<(u64, String)> {
    let mut key = Vec::new();
    let mut rest = words;
    while !rest.is_empty() {
        let letters = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let digits = rest[letters..].find(|c: char| !c.is_ascii_digit()).map_or(rest.len(), |d| letters + d);
        // Words come before the number that follows them; a number too long to count comes last.
        key.push((0, rest[..letters].to_lowercase()));
        if digits > letters {
            key.push((rest[letters..digits].parse().unwrap_or(u64::MAX), String::new()));
        }
        rest = &rest[digits..];
    }
    key
}

/// The run of words, as many as in `wanted`, that shares most words with it; `None` when it shares less than half.
pub fn nearest_passage<'a>(wanted: &str, passages: impl Iterator<Item = &'a str>) -> Option<String> {
    // A comma after a word is not the word's.
    let bare = |w: &str| fold_typography(w).trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let looked: Vec<String> = wanted.split_whitespace().take(40).map(bare).collect();
    let mut best: Option<(usize, String)> = None;
    for passage in passages {
        let words: Vec<&str> = passage.split_whitespace().collect();
        let folded: Vec<String> = words.iter().map(|w| bare(w)).collect();
        let width = looked.len().min(words.len());
        for start in 0..=words.len() - width {
            let shared = folded[start..start + width].iter().filter(|w| looked.contains(w)).count();
            if best.as_ref().is_none_or(|(most, _)| shared > *most) {
                best = Some((shared, words[start..start + width].join(" ")));
            }
        }
    }
    best.filter(|(shared, _)| *shared > 0 && shared * 2 >= looked.len()).map(|(_, passage)| passage)
}

/// The words of some Markdown without its marks, at most about `most` characters: for descriptions, excerpts and
/// search. Raw HTML is text, as everywhere.
pub fn plain(markdown: &str, most: usize) -> String {
    use pulldown_cmark::{Event, Parser, TagEnd};
    let mut out = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Text(words) | Event::Code(words) | Event::Html(words) | Event::InlineHtml(words) => {
                out.push_str(&words);
            }
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_) | TagEnd::CodeBlock) => {
                out.push(' ')
            }
            _ => {}
        }
        if out.len() > most {
            break;
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Ids cited as `[@id]` or `[@a; @b]`, each with its offset in bytes.
pub fn citations(markdown: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = markdown[from..].find("[@").map(|at| from + at) {
        let Some(close) = markdown[open..].find(']').map(|at| open + at) else { break };
        let mut at = open + 1;
        for part in markdown[open + 1..close].split(';') {
            if let Some(id) = part.trim().strip_prefix('@') {
                found.push((at + part.find('@').unwrap_or(0) + 1, id));
            }
            at += part.len() + 1;
        }
        from = close;
    }
    found
}

/// Percent-decoding (RFC 3986, section 2.1); `None` for what is not UTF-8 then.
pub fn percent_decoded(address: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(address.len());
    let mut rest = address.bytes();
    while let Some(byte) = rest.next() {
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        bytes.push(match byte {
            b'%' => (digit(rest.next())? * 16 + digit(rest.next())?) as u8,
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

/// Percent-encoding of everything but letters and digits of ASCII, `-._~` and the characters of `kept`.
pub fn percent_encoded(words: &str, kept: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for byte in words.bytes() {
        let c = char::from(byte);
        if byte.is_ascii_alphanumeric() || "-._~".contains(c) || (byte.is_ascii() && kept.contains(c)) {
            out.push(c);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// A path that is not encoded, and its query that is as it was sent, as addresses write them (RFC 3986).
pub fn encoded(address: &str) -> String {
    let (path, query) = address.split_at(address.find(['?', '#']).unwrap_or(address.len()));
    percent_encoded(path, "/!$&'()*+,;=@") + &percent_encoded(query, ADDRESS)
}

/// What a whole address keeps: `%` too, which begins what is encoded already.
pub const ADDRESS: &str = ":/?#[]@!$&'()*+,;=%";

/// Bytes in hexadecimal, in lower case.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    bytes.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_does_not_hide_words() {
        assert_eq!(fold_typography("l’eau  « douce »\n– 2"), fold_typography("l'eau \"douce\" - 2"));
    }

    #[test]
    fn what_is_encoded_is_decoded_again() {
        assert_eq!(percent_encoded("où ? 50 %/a,b", "/"), "o%C3%B9%20%3F%2050%20%25/a%2Cb");
        assert_eq!(percent_decoded("o%C3%B9%20%3f%2050%20%25/a%2Cb").as_deref(), Some("où ? 50 %/a,b"));
        assert_eq!((percent_decoded("100%"), percent_decoded("%ff")), (None, None));
    }

    #[test]
    fn numbers_in_names_are_in_the_order_of_numbers() {
        let mut names = ["CL10", "CL9", "CL10-bis", "AS1", "CL9 rect."];
        names.sort_by_key(|n| natural_key(n));
        assert_eq!(names, ["AS1", "CL9", "CL9 rect.", "CL10", "CL10-bis"]);
    }

    #[test]
    fn the_nearest_passage_shares_most_words() {
        let near =
            nearest_passage("dans les trois mois", ["Le maire, dans les deux mois, répond."].into_iter());
        assert_eq!(near.as_deref(), Some("dans les deux mois,"));
        assert_eq!(nearest_passage("rien de tel", ["Tout autre chose."].into_iter()), None);
    }
}
