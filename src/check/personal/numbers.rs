//! Numbers with check digits: what has the shape and the digits is one, what has only the shape is not told.

use std::ops::Range;

/// Characters that people put between groups.
fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '.' | '-' | '\u{a0}' | '\u{202f}')
}

/// Runs of letters and digits, single gaps inside, that begin where `first` says and are not glued to a word.
fn runs(words: &str, first: impl Fn(char) -> bool) -> impl Iterator<Item = (usize, &str)> {
    let begins = move |(at, c): &(usize, char)| first(*c) && !words[..*at].ends_with(char::is_alphanumeric);
    words.char_indices().filter(begins).map(move |(at, _)| (at, &words[at..]))
}

/// The first `length` letters or digits of a text, gaps left out, and where they end; `None` when it has fewer.
fn take(text: &str, length: usize) -> Option<(String, usize)> {
    let mut out = String::with_capacity(length);
    let mut after_gap = false;
    for (at, c) in text.char_indices() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_uppercase());
            after_gap = false;
            if out.len() == length {
                return Some((out, at + 1));
            }
        } else if is_gap(c) && !after_gap {
            after_gap = true;
        } else {
            return None;
        }
    }
    None
}

fn ends(text: &str, end: usize) -> bool {
    !text[end..].starts_with(char::is_alphanumeric)
}

/// French social security numbers: 13 characters and a key of two digits, which is 97 less the number modulo 97
/// (INSEE; Corsica's `2A` and `2B` count as 19 and 18).
pub(super) fn social_security(words: &str) -> Vec<Range<usize>> {
    let one = |(at, text): (usize, &str)| {
        let (number, end) = take(text, 15)?;
        let (body, key) = number.split_at(13);
        let body = body.replacen("2A", "19", 1).replacen("2B", "18", 1);
        let month: u32 = body.get(3..5)?.parse().ok()?;
        // Months above 12 stand for people whose month of birth is not known.
        let plausible = matches!(month, 1..=12 | 20..=42 | 50..=99);
        let (body, key): (u64, u64) = (body.parse().ok()?, key.parse().ok()?);
        (plausible && 97 - body % 97 == key && ends(text, end)).then(|| at..at + end)
    };
    runs(words, |c| matches!(c, '1' | '2')).filter_map(one).collect()
}

/// Lengths of the account numbers of the countries from which most accounts named in France are (IBAN registry).
const LENGTHS: [(&str, usize); 12] = [
    ("BE", 16),
    ("CH", 21),
    ("DE", 22),
    ("ES", 24),
    ("FR", 27),
    ("GB", 22),
    ("IT", 27),
    ("LU", 20),
    ("MC", 27),
    ("NL", 18),
    ("PT", 25),
    ("IE", 22),
];

/// Account numbers: letters and digits that, turned round, are 1 modulo 97 (ISO 7064).
pub(super) fn bank_accounts(words: &str) -> Vec<Range<usize>> {
    let one = |(at, text): (usize, &str)| {
        let (_, length) = LENGTHS.iter().find(|(country, _)| text.starts_with(country))?;
        let (number, end) = take(text, *length)?;
        let (head, tail) = number.split_at(4);
        let digits = tail.chars().chain(head.chars());
        let rest = digits.fold(Some(0_u32), |rest, c| {
            let value = c.to_digit(36)?;
            Some((rest? * if value > 9 { 100 } else { 10 } + value) % 97)
        });
        (rest == Some(1) && ends(text, end)).then(|| at..at + end)
    };
    runs(words, |c| c.is_ascii_uppercase()).filter_map(one).collect()
}
