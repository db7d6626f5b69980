//! Passages that two texts share, word for word: what was taken out of one must not stand in the other. Words are
//! folded (case, typography); a passage is a run of [`LEAST`] words or more. In: the texts that must not be repeated,
//! and those anyone may quote. Out: places in a text that repeats them.

use super::tokens::{Kind, kind, tokens};
use crate::text::fold_typography;
use std::collections::BTreeMap;
use std::ops::Range;

/// Fewer words in a row than this are alike by chance.
pub const LEAST: usize = 8;

/// A word of a text: folded, and where it stands.
type Word = (String, Range<usize>);

/// Passages that must not be repeated.
#[derive(Debug, Default)]
pub struct Passages {
    /// Runs of [`LEAST`] folded words, and the text from which each comes.
    runs: BTreeMap<Vec<u32>, usize>,
    /// The number of each folded word that stands in one of them.
    words: BTreeMap<String, u32>,
}

/// A passage of a text that repeats one of those.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// Which text it repeats, as given to [`Passages::new`].
    pub of: usize,
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// How many words it has.
    pub words: usize,
}

impl Passages {
    /// The passages of `texts`; those of `common` are anyone's to quote.
    pub fn new<'t>(texts: impl Iterator<Item = &'t str>, common: impl Iterator<Item = &'t str>) -> Self {
        let mut passages = Passages::default();
        for (of, text) in texts.enumerate() {
            let numbers: Vec<u32> = folded(text).into_iter().map(|(word, _)| passages.number(word)).collect();
            for run in numbers.windows(LEAST) {
                passages.runs.entry(run.to_vec()).or_insert(of);
            }
        }
        if !passages.runs.is_empty() {
            for text in common {
                let numbers: Vec<Option<u32>> =
                    folded(text).iter().map(|(word, _)| passages.known(word)).collect();
                for run in numbers.windows(LEAST) {
                    if let Some(run) = run.iter().copied().collect::<Option<Vec<u32>>>() {
                        passages.runs.remove(&run);
                    }
                }
            }
        }
        passages
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    fn number(&mut self, word: String) -> u32 {
        let next = self.words.len() as u32;
        *self.words.entry(word).or_insert(next)
    }

    fn known(&self, word: &str) -> Option<u32> {
        self.words.get(word).copied()
    }

    /// The passages that a text repeats, in order; runs that overlap are one passage.
    pub fn find(&self, text: &str) -> Vec<Shared> {
        if self.is_empty() {
            return Vec::new();
        }
        let words = folded(text);
        let numbers: Vec<Option<u32>> = words.iter().map(|(word, _)| self.known(word)).collect();
        let mut found: Vec<(Range<usize>, usize)> = Vec::new();
        for (at, run) in numbers.windows(LEAST).enumerate() {
            let Some(run) = run.iter().copied().collect::<Option<Vec<u32>>>() else { continue };
            let Some(of) = self.runs.get(&run) else { continue };
            match found.last_mut() {
                Some((last, same)) if same == of && at <= last.end => last.end = at + LEAST,
                _ => found.push((at..at + LEAST, *of)),
            }
        }
        let shared = |(range, of): (Range<usize>, usize)| {
            let (first, last) = (words.get(range.start)?, words.get(range.end - 1)?);
            Some(Shared { of, range: first.1.start..last.1.end, words: range.len() })
        };
        found.into_iter().filter_map(shared).collect()
    }
}

/// The words of a text, folded.
fn folded(text: &str) -> Vec<Word> {
    let mut at = 0;
    let mut words = Vec::new();
    for token in tokens(text) {
        let range = at..at + token.len();
        at = range.end;
        if kind(token) == Kind::Word {
            words.push((fold_typography(token).to_lowercase(), range));
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "Mon voisin du 12 rue des Saules pompe la nuit, je l’ai vu trois fois.";

    fn found<'t>(text: &'t str, common: &[&str]) -> Vec<&'t str> {
        let passages = Passages::new([SECRET].into_iter(), common.iter().copied());
        passages.find(text).into_iter().map(|shared| &text[shared.range]).collect()
    }

    #[test]
    fn eight_words_in_a_row_are_a_passage_whatever_their_typography() {
        let quoted = "On lit ici : « mon voisin du 12 rue des SAULES\npompe la nuit » et c’est faux.";
        assert_eq!(found(quoted, &[]), ["mon voisin du 12 rue des SAULES\npompe la nuit"]);
        assert_eq!(found("Mon voisin du 12 rue des Saules", &[]), [""; 0]);
        assert_eq!(found("", &[]), [""; 0]);
    }

    #[test]
    fn what_anyone_may_quote_is_no_passage() {
        assert_eq!(found(SECRET, &[SECRET]), [""; 0]);
    }
}
