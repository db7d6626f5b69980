//! Small readings of words shared by the reading of messages and of file names: folding, division words, roman
//! numbers, dates in French.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Without capitals and accents.
pub(super) fn folded(words: &str) -> String {
    words.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// What follows the first of these openings, capitals aside.
pub(super) fn after_any<'w>(words: &'w str, openings: &[&str]) -> Option<&'w str> {
    let opens = |opening: &&str| words.get(..opening.len()).is_some_and(|o| o.to_lowercase() == **opening);
    openings.iter().find(|o| opens(o)).map(|opening| &words[opening.len()..])
}

/// A number of a division: `12`, `1er`, `IV`, `Ier`, `premier`, `préliminaire` (0).
pub(super) fn division_number(word: &str) -> Option<u64> {
    let folded = folded(word);
    match &*folded {
        "premier" | "premiere" | "ier" | "unique" => return Some(1),
        "preliminaire" | "liminaire" => return Some(0),
        _ => {}
    }
    let digits = folded.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if let Ok(number) = digits.parse() {
        let end = &folded[digits.len()..];
        return ["", "er", "ere", "e", "eme"].contains(&end).then_some(number);
    }
    roman(word)
}

/// A roman number in capitals, written as it should be.
fn roman(word: &str) -> Option<u64> {
    const PARTS: [(&str, u64); 9] =
        [("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)];
    let (mut rest, mut number) = (word, 0);
    for (letters, value) in PARTS {
        while let Some(after) = rest.strip_prefix(letters) {
            (rest, number) = (after, number + value);
        }
    }
    // Written again from the number, it is the same.
    let (mut again, mut left) = (String::new(), number);
    for (letters, value) in PARTS {
        while left >= value {
            again.push_str(letters);
            left -= value;
        }
    }
    (rest.is_empty() && number > 0 && again == word).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_divisions_are_read_in_every_form() {
        let numbers =
            ["Ier", "I", "II", "IV", "IX", "XIV", "XC", "12", "1er", "2e", "préliminaire", "premier"];
        let read: Vec<Option<u64>> = numbers.iter().map(|w| division_number(w)).collect();
        assert_eq!(read, [1, 1, 2, 4, 9, 14, 90, 12, 1, 2, 0, 1].map(Some));
        assert_eq!(["Vie", "IVI", "eau", "", "i"].map(division_number), [None; 5]);
    }
}
