//! Telephone numbers of France and of the countries where consultations in French are held.

use std::ops::Range;

/// The numbers of a text, in order.
pub(super) fn find(words: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = words[from..].find(['0', '+']).map(|at| from + at) {
        match telephone(words, at) {
            Some(end) => {
                found.push(at..end);
                from = end;
            }
            None => from = at + 1,
        }
    }
    found
}

/// Calling codes of the countries and territories where consultations in French are held.
const CALLING_CODES: [&str; 13] =
    ["33", "32", "41", "262", "352", "377", "508", "590", "594", "596", "681", "687", "689"];

/// The end of the telephone number that begins at `start` with `0` or `+`: ten digits in France, in pairs that are
/// all separated in the same way or not at all; after `+` a calling code and eight to ten digits.
fn telephone(words: &str, start: usize) -> Option<usize> {
    let joined = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '/' | '+' | '=' | '_' | '#' | ',');
    if words[..start].ends_with(joined) {
        return None;
    }
    let digits = |from: usize, many: usize| {
        let run = words.get(from..from + many)?;
        run.bytes().all(|b| b.is_ascii_digit()).then_some(from + many)
    };
    let end = if words[start..].starts_with('+') || words[start..].starts_with("00") {
        let sign = if words[start..].starts_with('+') { 1 } else { 2 };
        let rest = &words[start + sign..];
        let code = CALLING_CODES.iter().find(|code| rest.starts_with(**code))?;
        international(words, start + sign + code.len())?
    } else {
        // 08 numbers are sold to services.
        words[start..].starts_with('0').then_some(())?;
        words[start + 1..].starts_with(|c: char| matches!(c, '1'..='7' | '9')).then_some(())?;
        let mut at = start + 2;
        let separator = separator(&words[at..]);
        for _ in 0..4 {
            at = digits(
                at + if words[at..].starts_with(separator) { separator.len() } else { return None },
                2,
            )?;
        }
        // A sixth pair, before or after, makes it a list of numbers.
        let goes_on = !separator.is_empty() && words[at..].starts_with(separator);
        let comes_from = words[..start].strip_suffix(separator).unwrap_or("");
        let pair_before =
            comes_from.len() >= 2 && comes_from.bytes().rev().take(2).all(|b| b.is_ascii_digit());
        if (goes_on && digits(at + separator.len(), 2).is_some()) || (!separator.is_empty() && pair_before) {
            return None;
        }
        at
    };
    (!words[end..].starts_with(|c: char| c.is_alphanumeric())).then_some(end)
}

/// What stands between two pairs of digits.
fn separator(words: &str) -> &str {
    let first = words.chars().next().filter(|c| matches!(c, ' ' | '.' | '-' | '\u{a0}' | '\u{202f}'));
    first.map_or("", |c| &words[..c.len_utf8()])
}

/// Eight to ten digits, with single separators and perhaps `(0)`.
fn international(words: &str, start: usize) -> Option<usize> {
    let mut at = start;
    let (mut count, mut end) = (0, start);
    loop {
        at += separator(&words[at..]).len();
        if count == 0 && words[at..].starts_with("(0)") {
            at += 3;
            at += separator(&words[at..]).len();
        }
        let run = words[at..].bytes().take_while(u8::is_ascii_digit).count();
        if run == 0 {
            break;
        }
        (count, at) = (count + run, at + run);
        end = at;
    }
    (8..=10).contains(&count).then_some(end)
}
