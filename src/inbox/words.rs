//! Words as they may stand in a file: without what nobody sees; a receipt's number as its digest; an answer as its question
//! takes it; a value short enough for a report.

use crate::model::choices::QuestionKind;
use crate::model::id::Id;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Characters of a receipt: Crockford's base32.
const RECEIPT: &str = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Words without what nobody sees, and whether something was taken out: control characters, and marks that turn the
/// direction of writing over (as [`invisible`](crate::parse) warns of them in content). Line ends are Unix's.
pub fn clean(words: &str) -> (String, bool) {
    let words = words.replace("\r\n", "\n").replace('\r', "\n");
    let hidden = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t'))
            || matches!(c, '\u{202b}' | '\u{202d}' | '\u{202e}' | '\u{2067}')
    };
    let seen: String = words.chars().filter(|c| !hidden(*c)).collect();
    let changed = seen.len() != words.len();
    (seen.trim().to_owned(), changed)
}

/// The digest of a receipt's number, read as people copy it: `O` is zero, `I` and `L` are one.
pub fn receipt_digest(number: &str) -> Option<String> {
    let bare = number.chars().filter(|c| !matches!(c, '-' | ' ' | '\u{a0}' | '\u{2011}'));
    let plain: String = bare
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        })
        .collect();
    let fine = plain.len() == 20 && plain.chars().all(|c| RECEIPT.contains(c));
    fine.then(|| crate::text::hex(&Sha256::digest(plain.as_bytes())))
}

/// An answer as its question takes it; none when it does not.
pub fn fitting(kind: QuestionKind, options: &BTreeSet<Id>, words: &str) -> Option<String> {
    let known = |word: &str| options.contains(word);
    match kind {
        QuestionKind::Single => known(words).then(|| words.to_owned()),
        QuestionKind::Multiple | QuestionKind::Ranked => {
            // Some hosts join several values by commas; no id has one.
            let chosen: Vec<&str> = words.split(['|', ',']).map(str::trim).collect();
            let each: BTreeSet<&str> = chosen.iter().copied().collect();
            (chosen.iter().all(|word| known(word)) && each.len() == chosen.len()).then(|| chosen.join("|"))
        }
        QuestionKind::Number => {
            // As French writes it, and as it is typed.
            let bare: String = words.chars().filter(|c| !c.is_whitespace()).collect();
            let number = bare.replacen(',', ".", 1);
            let plain = number.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-'));
            (plain && number.parse().is_ok_and(|n: f64| n.is_finite())).then_some(number)
        }
        QuestionKind::Free => Some(words.to_owned()),
    }
}

/// A value as the report shows it: short, on one line.
pub fn shown(words: &str) -> String {
    let (line, _) = clean(words);
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = line.chars().take(60).collect();
    if short.len() < line.len() { format!("{short}…") } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_read_as_people_copy_it() {
        let digest = receipt_digest("K7M2Q-9XW4T-0ABCD-EFGH1").unwrap();
        for copied in
            ["k7m2q 9xw4t oabcd efghi", "K7M2Q9XW4TOABCDEFGHL", "K7M2Q\u{2011}9XW4T\u{a0}0ABCD-EFGH1"]
        {
            assert_eq!(receipt_digest(copied).as_ref(), Some(&digest), "{copied}");
        }
        for other in ["", "K7M2Q", "K7M2Q-9XW4T-0ABCD-EFGHU", "K7M2Q-9XW4T-0ABCD-EFGH12", "é"] {
            assert_eq!(receipt_digest(other), None, "{other}");
        }
    }

    #[test]
    fn an_answer_fits_its_question_or_not() {
        let options: BTreeSet<Id> = ["a", "b"].into_iter().filter_map(Id::new).collect();
        for (kind, words, expected) in [
            (QuestionKind::Single, "a", Some("a")),
            (QuestionKind::Single, "a|b", None),
            (QuestionKind::Multiple, "b| a", Some("b|a")),
            (QuestionKind::Multiple, "a, b", Some("a|b")),
            (QuestionKind::Ranked, "a|a", None),
            (QuestionKind::Ranked, "a|", None),
            (QuestionKind::Number, "1 200,5", Some("1200.5")),
            (QuestionKind::Number, "1e9", None),
            (QuestionKind::Number, "-", None),
            (QuestionKind::Free, "x|y", Some("x|y")),
        ] {
            assert_eq!(fitting(kind, &options, words).as_deref(), expected, "{words}");
        }
    }
}
