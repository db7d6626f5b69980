//! An answer to a question, read under the question's rule: one option, several, an order, a number, words. What
//! authors write is one string; several options are joined by `|`, an order begins with the preferred one.

use super::choices::QuestionKind;
use super::id::Id;

/// An answer that fits its question; options as places in the question's list.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// One option.
    One(usize),
    /// Several, each once.
    Several(Vec<usize>),
    /// In order, each once, the preferred one first; options may be left out.
    Ranked(Vec<usize>),
    /// A number.
    Number(f64),
    /// Words.
    Free,
}

/// Reads an answer; `None` when it does not fit: an unknown option, one named twice, two where one is asked for, no
/// number.
pub fn read(kind: QuestionKind, options: &[Id], words: &str) -> Option<Answer> {
    let place = |word: &str| options.iter().position(|o| o.as_str() == word.trim());
    let places = || {
        let mut found = Vec::new();
        for word in words.split('|') {
            let place = place(word)?;
            if found.contains(&place) {
                return None;
            }
            found.push(place);
        }
        Some(found)
    };
    match kind {
        QuestionKind::Single => place(words).map(Answer::One),
        QuestionKind::Multiple => places().map(Answer::Several),
        QuestionKind::Ranked => places().map(Answer::Ranked),
        QuestionKind::Number => number(words).map(Answer::Number),
        QuestionKind::Free => (!words.trim().is_empty()).then_some(Answer::Free),
    }
}

/// A number as people write it: `1 234,5` and `1234.5`; finite.
fn number(words: &str) -> Option<f64> {
    let bare: String = words.chars().filter(|c| !c.is_whitespace() && *c != '_').collect();
    let number: f64 = bare.replace(',', ".").parse().ok()?;
    number.is_finite().then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_fits_its_question_or_is_none() {
        let options: Vec<Id> = ["a", "b", "c"].into_iter().filter_map(Id::new).collect();
        let read = |kind, words| read(kind, &options, words);
        assert_eq!(read(QuestionKind::Single, " b "), Some(Answer::One(1)));
        assert_eq!(read(QuestionKind::Single, "a|b"), None);
        assert_eq!(read(QuestionKind::Multiple, "c | a"), Some(Answer::Several(vec![2, 0])));
        assert_eq!(read(QuestionKind::Multiple, "a|a"), None);
        assert_eq!(read(QuestionKind::Ranked, "c|a|b"), Some(Answer::Ranked(vec![2, 0, 1])));
        assert_eq!(read(QuestionKind::Ranked, "c|z"), None);
        assert_eq!(read(QuestionKind::Number, "1 234,5"), Some(Answer::Number(1234.5)));
        assert_eq!(read(QuestionKind::Number, "beaucoup"), None);
        assert_eq!(read(QuestionKind::Number, "inf"), None);
        assert_eq!(read(QuestionKind::Free, " "), None);
    }
}
