//! Personal data in what is about to be published: e-mail addresses and telephone numbers that a participant
//! wrote, each with its place, for a moderator to look at. Words in, findings out; what to do is the moderator's
//! decision. Numbers that are never a person's (short and 08 numbers) and addresses of documentation
//! (`.example`, RFC 2606) are not told: a warning that cries wolf is not read.

use super::scope::Scope;
use crate::diag::{Code, Diagnostic};
use crate::say;
use crate::source::{Span, Spanned};
use std::ops::Range;

/// Findings told of one contribution: beyond that it is to be read whole.
const MOST: usize = 5;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Telephone,
}

/// Reports what the words of one contribution give away. Each piece is its value and the place where it is
/// written, which may spell it otherwise (escapes, indentation): the finding is looked up there again.
pub fn report<'w>(scope: &mut Scope<'_>, pieces: impl Iterator<Item = Spanned<&'w str>>) {
    let findings = pieces.flat_map(|piece| {
        let found = find(piece.value);
        found.into_iter().map(move |(range, what)| (&piece.value[range], what, piece.span))
    });
    for (words, what, span) in findings.take(MOST) {
        let place = place(scope.sources.text(span.file), words, span);
        let message = match what {
            Found::Email => say!(
                "ce texte publié donne une adresse électronique : « {words} »",
                "this published text gives an e-mail address: “{words}”"
            ),
            Found::Telephone => say!(
                "ce texte publié donne un numéro de téléphone : « {words} »",
                "this published text gives a telephone number: “{words}”"
            ),
        };
        scope.problems.push(Diagnostic::new(Code::G030, place, message).help(say!(
            "si cette donnée n’a pas été écrite pour être publiée, retirez-la et dites-le à la personne",
            "if it was not written to be published, take it out and tell the person"
        )));
    }
}

fn place(text: &str, words: &str, span: Span) -> Span {
    let written = text.get(span.start as usize..span.end as usize).unwrap_or("");
    match written.find(words) {
        Some(at) => {
            let start = span.start + at as u32;
            Span { start, end: start + words.len() as u32, ..span }
        }
        None => span,
    }
}

/// E-mail addresses and telephone numbers, in order.
pub fn find(words: &str) -> Vec<(Range<usize>, Found)> {
    let mut found: Vec<(Range<usize>, Found)> =
        words.match_indices('@').filter_map(|(at, _)| Some((email(words, at)?, Found::Email))).collect();
    let mut from = 0;
    while let Some(at) = words[from..].find(['0', '+']).map(|at| from + at) {
        match telephone(words, at) {
            Some(end) => {
                found.push((at..end, Found::Telephone));
                from = end;
            }
            None => from = at + 1,
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// The address around an `@`. `https://example.net/@someone` and `[@c-12]` have nothing before the sign.
fn email(words: &str, at: usize) -> Option<Range<usize>> {
    let local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let domain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let before = &words[..at];
    let tail = before.trim_end_matches(local).len();
    let start = tail + before[tail..].find(|c: char| c.is_ascii_alphanumeric())?;
    let after = &words[at + 1..];
    let host = after[..after.find(|c| !domain(c)).unwrap_or(after.len())].trim_end_matches(['.', '-']);
    let (name, top) = host.rsplit_once('.')?;
    let top_is_a_name = top.len() >= 2 && top.bytes().all(|b| b.is_ascii_alphabetic());
    let documentation = matches!(top, "example" | "invalid" | "test" | "localhost")
        || name == "example"
        || name.ends_with(".example");
    (top_is_a_name && !name.is_empty() && !documentation).then(|| start..at + 1 + host.len())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &str) -> Vec<&str> {
        find(words).into_iter().map(|(range, _)| &words[range]).collect()
    }

    #[test]
    fn addresses_and_numbers_are_found() {
        for (words, expected) in [
            ("Écrivez à jeanne.martin@laposte.net.", "jeanne.martin@laposte.net"),
            ("(é_j+x@sous.domaine.fr)", "j+x@sous.domaine.fr"),
            ("Tél. 06 12 34 56 78 le soir", "06 12 34 56 78"),
            ("au 01.23.45.67.89.", "01.23.45.67.89"),
            ("0612345678", "0612345678"),
            ("le 06\u{a0}12\u{a0}34\u{a0}56\u{a0}78", "06\u{a0}12\u{a0}34\u{a0}56\u{a0}78"),
            ("+33 (0)6 12 34 56 78", "+33 (0)6 12 34 56 78"),
            ("0033612345678", "0033612345678"),
            ("+32 470 12 34 56", "+32 470 12 34 56"),
        ] {
            assert_eq!(found(words), [expected], "{words}");
        }
        assert_eq!(found("a@b.fr et c@d.fr, 09 11 22 33 44").len(), 3);
    }

    #[test]
    fn what_only_looks_like_them_is_left() {
        for words in [
            "",
            "@",
            "a@b",
            "[@c-12]",
            "https://reseau.fr/@jeanne",
            "greffe@haute-vernoise.example",
            "moi@example.org",
            "le 01.02.2015 à 10 h",
            "les départements 01 02 03 04 05 06",
            "0800 123 456 et 0899 12 34 56",
            "+10 000 000 000 €",
            "0,0612345678",
            "SIRET 06123456789012",
            "https://exemple.fr/doc/0612345678",
            "article L. 0612345678a",
            "06 12 34 56 7",
            "n° 0612-345678",
            "+33",
            "0",
        ] {
            assert_eq!(found(words), [""; 0], "{words}");
        }
    }
}
