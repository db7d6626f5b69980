//! Names, addresses and numbers that people wrote in their texts: found so that a person can look at them, never
//! removed. A name of several words is looked for as it is, accents and case aside. A name of one word is looked
//! for with its capital only, from four letters, and not at all when it is used as a common word (in lower case)
//! somewhere in the texts: such names are counted, not listed, because every other line would hold one.

use super::report::Suspect;
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// Shortest single word that is looked for, in letters.
const SHORTEST: usize = 4;

/// The names to look for.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Sequences of folded words, by their first word.
    several: BTreeMap<String, Vec<Vec<String>>>,
    /// Single words, folded.
    single: BTreeSet<String>,
    /// Single words that the texts use in lower case, or that are too short.
    pub(super) common: usize,
}

/// A word of a text.
struct Word<'t> {
    written: &'t str,
    folded: String,
    start: usize,
    end: usize,
}

impl Names {
    /// Takes the names of people, and all the texts to know which names are common words.
    pub(super) fn new<'a>(
        names: impl IntoIterator<Item = &'a str>,
        texts: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut lower = BTreeSet::new();
        let mut names = names.into_iter().peekable();
        for text in texts.into_iter().take_while(|_| names.peek().is_some()) {
            for word in words(text) {
                if word.written.chars().all(|c| !c.is_uppercase()) {
                    lower.insert(word.folded);
                }
            }
        }
        let mut all = Names::default();
        let mut seen = BTreeSet::new();
        for name in names {
            let folded: Vec<String> = words(name).into_iter().map(|w| w.folded).collect();
            if !seen.insert(folded.clone()) {
                continue;
            }
            match folded.as_slice() {
                [] => {}
                [word] if word.chars().count() < SHORTEST || lower.contains(word) => all.common += 1,
                [word] => drop(all.single.insert(word.clone())),
                [first, ..] => all.several.entry(first.clone()).or_default().push(folded.clone()),
            }
        }
        all
    }

    /// What a text holds, each once.
    pub(super) fn find(&self, text: &str) -> BTreeSet<(Suspect, Box<str>)> {
        let mut found = contacts(text);
        if self.several.is_empty() && self.single.is_empty() {
            return found;
        }
        let words = words(text);
        // Up to where a whole name was found: its parts are not names of their own.
        let mut covered = 0;
        for (i, word) in words.iter().enumerate() {
            for name in self.several.get(&word.folded).into_iter().flatten() {
                let same = words.get(i..i + name.len()).is_some_and(|w| w.iter().map(|w| &w.folded).eq(name));
                if same {
                    covered = covered.max(i + name.len());
                    found.insert((Suspect::Name, text[word.start..words[i + name.len() - 1].end].into()));
                }
            }
            if i >= covered
                && self.single.contains(&word.folded)
                && word.written.starts_with(char::is_uppercase)
            {
                found.insert((Suspect::PerhapsName, word.written.into()));
            }
        }
        found
    }
}

/// Case and accents aside.
pub(super) fn fold(words: &str) -> String {
    words.nfkd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).flat_map(char::to_lowercase).collect()
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut out = Vec::new();
    let mut start = None;
    for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(i),
            (false, Some(from)) => {
                let written = &text[from..i];
                out.push(Word { written, folded: fold(written), start: from, end: i });
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// E-mail addresses and French telephone numbers.
pub(super) fn contacts(text: &str) -> BTreeSet<(Suspect, Box<str>)> {
    let mut found = BTreeSet::new();
    for word in text.split(|c: char| c.is_whitespace() || "<>()[],;\"«»".contains(c)) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if let Some((name, host)) = word.split_once('@')
            && !name.is_empty()
            && host.contains('.')
            && !word.contains('/')
        {
            found.insert((Suspect::Email, word.replace('\\', "").into()));
        }
    }
    for (start, _) in text.match_indices(['0', '+']) {
        if text[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '.' | '_' | '='))
        {
            continue;
        }
        let part: String =
            text[start..].chars().take_while(|c| c.is_ascii_digit() || " .-+\u{a0}".contains(*c)).collect();
        let part = part.trim_end_matches(|c: char| !c.is_ascii_digit());
        let digits: String = part.chars().filter(char::is_ascii_digit).collect();
        let french = (digits.len() == 10 && digits.starts_with('0') && !digits.starts_with("00"))
            || (part.starts_with("+33") && digits.len() == 11);
        let attached = text[start + part.len()..].starts_with(|c: char| c.is_alphanumeric());
        if french && !attached {
            found.insert((Suspect::Telephone, part.into()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_accents_and_case_aside() {
        let texts = ["une pierre", "JEAN-LUC dupont et Pierre, avec Tanéléo"];
        let names = Names::new(["Jean-Luc Dupont", "Pierre", "Tanéléo", "Ab"], texts);
        assert_eq!(names.common, 2);
        let found: Vec<_> = names.find(texts[1]).into_iter().collect();
        let expected = [(Suspect::Name, "JEAN-LUC dupont".into()), (Suspect::PerhapsName, "Tanéléo".into())];
        assert_eq!(found, expected);
    }

    #[test]
    fn addresses_and_numbers_are_found() {
        let found: Vec<_> =
            contacts("écrire à (jean.d@ex.fr), 06 12 34 56 78 ; loi 0123456789012, http://x/0612345678")
                .into_iter()
                .collect();
        assert_eq!(
            found,
            [(Suspect::Email, "jean.d@ex.fr".into()), (Suspect::Telephone, "06 12 34 56 78".into())]
        );
    }
}
