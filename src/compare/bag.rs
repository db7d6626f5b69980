//! The words of a passage without their order: how alike two passages are, fast.

use super::tokens::{Kind, is_apostrophe, kind, tokens};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The words of a passage with how often each comes: case, apostrophes, white space and punctuation put aside.
/// Words are kept as 64-bit hashes; two words that share one would be taken for the same, here only.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bag {
    /// Sorted by hash.
    words: Vec<(u64, u32)>,
    total: u32,
}

impl Bag {
    /// The words of a text.
    pub fn new(text: &str) -> Self {
        Bag::of([text])
    }

    /// The words of several texts together.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        Bag::counted(texts.into_iter().flat_map(hashes).collect())
    }

    /// Every two words that follow each other in a text, several texts together: what unrelated passages of one
    /// language seldom share.
    pub(super) fn of_pairs<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let pairs = texts.into_iter().flat_map(|text| {
            let words: Vec<u64> = hashes(text).collect();
            words
                .windows(2)
                .map(|pair| pair.iter().fold(SEED, |sum, word| step(sum, *word)))
                .collect::<Vec<_>>()
        });
        Bag::counted(pairs.collect())
    }

    fn counted(mut hashes: Vec<u64>) -> Self {
        hashes.sort_unstable();
        let words = hashes.chunk_by(u64::eq).filter_map(|run| Some((*run.first()?, run.len() as u32)));
        Bag { words: words.collect(), total: hashes.len() as u32 }
    }

    /// How many words, repeated ones counted each time.
    pub fn len(&self) -> u32 {
        self.total
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// Takes away what another bag has too, as often as it has it.
    pub(super) fn take_away(&mut self, other: &Bag) {
        let mut others = other.words.iter().peekable();
        for (word, count) in &mut self.words {
            while others.next_if(|(other, _)| other < word).is_some() {}
            if let Some((_, other)) = others.next_if(|(other, _)| other == word) {
                *count = count.saturating_sub(*other);
            }
        }
        self.words.retain(|(_, count)| *count > 0);
        self.total = self.words.iter().map(|(_, count)| count).sum();
    }

    /// Hashes in ascending order, with how often each comes.
    pub fn words(&self) -> &[(u64, u32)] {
        &self.words
    }
}

/// Share of words in common, from 0 to 1 (Sørensen–Dice over multisets). Two empty bags are the same.
pub fn likeness(left: &Bag, right: &Bag) -> f64 {
    if left.is_empty() && right.is_empty() {
        return 1.0;
    }
    2.0 * f64::from(shared(left, right)) / f64::from(left.total + right.total)
}

/// How many words two bags share.
pub(super) fn shared(left: &Bag, right: &Bag) -> u32 {
    let mut others = right.words.iter().peekable();
    let mut sum = 0;
    for (word, count) in &left.words {
        while others.next_if(|(other, _)| other < word).is_some() {}
        if let Some((_, other)) = others.next_if(|(other, _)| other == word) {
            sum += count.min(other);
        }
    }
    sum
}

fn hashes(text: &str) -> impl Iterator<Item = u64> {
    tokens(text).into_iter().filter(|token| kind(token) == Kind::Word).map(hash)
}

/// FNV-1a: where a sum begins, and how a value is added to it.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;

fn step(sum: u64, value: u64) -> u64 {
    (sum ^ value).wrapping_mul(0x100_0000_01b3)
}

/// Of the lower-case characters, composed, without the apostrophe of an elision.
fn hash(word: &str) -> u64 {
    fn sum(chars: impl Iterator<Item = char>) -> u64 {
        let lower = chars.filter(|c| *c != '\u{ad}').flat_map(char::to_lowercase);
        lower.fold(SEED, |sum, c| step(sum, u64::from(u32::from(c))))
    }
    let bare = word.trim_end_matches(is_apostrophe);
    if bare.chars().any(is_combining_mark) { sum(bare.nfc()) } else { sum(bare.chars()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typography_and_line_ends_are_no_difference() {
        let typed = Bag::new("L'État, d'e\u{301}quité :\nil décide");
        assert_eq!(likeness(&typed, &Bag::new("l’état d’équite\u{301} il DÉCIDE")), 1.0);
    }

    #[test]
    fn repeated_words_count_each_time() {
        assert_eq!(likeness(&Bag::new("un un un"), &Bag::new("un")), 0.5);
        assert_eq!(likeness(&Bag::new("un deux"), &Bag::new("trois")), 0.0);
    }

    #[test]
    fn no_words_are_like_no_words_only() {
        assert_eq!(likeness(&Bag::new(" …"), &Bag::new("")), 1.0);
        assert_eq!(likeness(&Bag::new("un"), &Bag::new("")), 0.0);
    }
}
