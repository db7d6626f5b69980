//! Postal addresses of France: a number, a kind of way, and a postcode soon after. A street alone is a place that
//! people speak of; a number in a street with its postcode is where somebody lives.

use std::ops::Range;

/// Kinds of way, as they are written after a number.
const WAYS: [&str; 16] = [
    "rue",
    "avenue",
    "boulevard",
    "impasse",
    "allée",
    "chemin",
    "place",
    "quai",
    "route",
    "cours",
    "square",
    "passage",
    "sentier",
    "lotissement",
    "av.",
    "bd",
];

/// The postcode stands within so many characters after the way.
const NEAR: usize = 60;

/// The addresses of a text, from the number to the postcode.
pub(super) fn find(words: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, way) in WAYS.iter().flat_map(|way| words.match_indices(way)) {
        let whole = !words[..at].ends_with(char::is_alphanumeric)
            && words[at + way.len()..].starts_with(char::is_whitespace);
        if let Some(start) = whole.then(|| number_before(&words[..at])).flatten()
            && let Some(end) = postcode_after(words, at + way.len())
        {
            found.push(start..end);
        }
    }
    found.sort_by_key(|range| range.start);
    found
}

/// Where the number begins that ends a text: `12`, `12 bis,`.
fn number_before(text: &str) -> Option<usize> {
    let trimmed = text.trim_end_matches([' ', '\u{a0}', '\u{202f}', ',']);
    let bare =
        ["bis", "ter"].iter().find_map(|word| trimmed.strip_suffix(word)).map_or(trimmed, str::trim_end);
    let start = bare.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let digits = bare.len() - start;
    ((1..=4).contains(&digits) && !bare[..start].ends_with(char::is_alphanumeric)).then_some(start)
}

/// The end of a postcode, five digits and then a name, in the same sentence.
fn postcode_after(words: &str, from: usize) -> Option<usize> {
    let rest = &words[from..];
    let near = rest.char_indices().nth(NEAR).map_or(rest.len(), |(at, _)| at);
    let sentence = rest[..near].find(['.', ';', '!', '?']).unwrap_or(near);
    let digit = |c: char| c.is_ascii_digit();
    let mut at = 0;
    while let Some(first) = rest[at..sentence].find(digit).map(|found| at + found) {
        let run = rest[first..].find(|c| !digit(c)).unwrap_or(rest.len() - first);
        let town = rest[first + run..].trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        if run == 5 && town.starts_with(char::is_uppercase) {
            return Some(from + first + run);
        }
        at = first + run;
        if at >= sentence {
            break;
        }
    }
    None
}
