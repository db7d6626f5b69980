//! Passages of eight words or more that stand in two places: what a withheld contribution left in the texts of others,
//! and what two contributions share. What stands in a legal text is nobody's own words and does not count. Words in,
//! places out; what is to be done about it is the moderator's to say.

use crate::source::{FileId, Sources, Span};
use crate::text::fold_typography;
use std::collections::BTreeSet;

/// Words that make a passage.
pub const LENGTH: usize = 8;
/// Passages that are told; beyond that, somebody reads the files.
const MOST: usize = 20;

/// A passage and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// File and line.
    pub place: String,
    /// Its first words.
    pub words: String,
}

/// Where passages of `words` stand in the Markdown and YAML of `sources`, outside of texts and of `own`.
/// The texts are those of `content`.
pub fn passages(words: &str, content: &Sources, sources: &Sources, own: Option<Span>) -> Vec<Passage> {
    let mut runs: BTreeSet<String> = split(words).windows(LENGTH).map(key).collect();
    if runs.is_empty() {
        return Vec::new();
    }
    let is_law = |path: &str| path.contains("/texts/");
    for (id, _) in content.iter().filter(|(_, file)| is_law(&file.path)) {
        for run in split(content.text(id)).windows(LENGTH) {
            runs.remove(&key(run));
        }
    }
    let mut found = Vec::new();
    for (id, file) in sources.iter() {
        let read = file.path.ends_with(".md") || file.path.ends_with(".yaml");
        if read && !is_law(&file.path) {
            in_file(id, sources, &runs, own, &mut found);
        }
    }
    found.truncate(MOST);
    found
}

fn in_file(
    id: FileId,
    sources: &Sources,
    runs: &BTreeSet<String>,
    own: Option<Span>,
    found: &mut Vec<Passage>,
) {
    let text = sources.text(id);
    let words = split(text);
    let mut next = 0;
    for at in 0..words.len().saturating_sub(LENGTH - 1) {
        let run = &words[at..at + LENGTH];
        let start = run[0].start as u32;
        let inside = own.is_some_and(|own| own.file == id && own.start <= start && start <= own.end);
        if inside || at < next || !runs.contains(&key(run)) {
            continue;
        }
        // A longer passage is one passage.
        let mut stop = at + 1;
        while words.get(stop..stop + LENGTH).is_some_and(|run| runs.contains(&key(run))) {
            stop += 1;
        }
        next = stop + LENGTH - 1;
        let (line, _) = sources.line_column(Span { file: id, start, end: start });
        let shown = run.iter().map(|w| w.written).collect::<Vec<_>>().join(" ");
        found.push(Passage { place: format!("{}:{line}", sources.get(id).path), words: shown });
    }
}

struct Word<'t> {
    start: usize,
    written: &'t str,
    folded: String,
}

/// The words of a text, typography and marks put aside.
fn split(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    for written in text.split_whitespace() {
        let folded = fold_typography(written).to_lowercase();
        let folded: String = folded.chars().filter(|c| c.is_alphanumeric()).collect();
        if !folded.is_empty() {
            let start = written.as_ptr() as usize - text.as_ptr() as usize;
            words.push(Word { start, written, folded });
        }
    }
    words
}

/// A run of words as one.
fn key(run: &[Word<'_>]) -> String {
    run.iter().map(|w| &*w.folded).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_quote_is_found_and_what_the_law_says_is_not() {
        let words = "Le maire est un voleur, et tout le village le sait depuis dix ans. \
                     L’eau est un bien commun dont la préservation est d’intérêt général.";
        let sources = Sources::from_texts([
            ("content/eau/contributions/a.md", words),
            (
                "content/eau/contributions/b.md",
                "---\nkind: comment\n---\n« le maire est un voleur ET tout le village le sait », dites-vous ?",
            ),
            (
                "content/eau/texts/loi/v1.md",
                "L'eau est un bien commun dont la préservation est d'intérêt général.",
            ),
            (
                "content/eau/responses/r.md",
                "L’eau est un bien commun dont la préservation est d’intérêt général.",
            ),
        ]);
        let own =
            sources.find("content/eau/contributions/a.md").map(|file| Span { file, start: 0, end: 999 });
        let found = passages(words, &sources, &sources, own);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].place, "content/eau/contributions/b.md:4");
        assert!(found[0].words.contains("maire est un voleur ET tout"), "{found:?}");
        assert!(passages("trop court pour un passage", &sources, &sources, None).is_empty());
    }
}
