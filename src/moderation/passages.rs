//! Passages of eight words or more that stand in two places: what a withheld contribution left in the texts of others,
//! and what two contributions share. What stands in a legal text is nobody's own words and does not count. Words in,
//! places out; what is to be done about it is the moderator's to say.

use crate::compare::overlap;
pub use crate::compare::overlap::LEAST as LENGTH;
use crate::source::{Sources, Span};

/// Passages that are told; beyond that, somebody reads the files.
const MOST: usize = 20;

/// A passage and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// File and line.
    pub place: String,
    /// Its words.
    pub words: String,
}

/// Where passages of `words` stand in the Markdown and YAML of `sources`, outside of texts and of `own`.
/// The texts are those of `content`.
pub fn passages(words: &str, content: &Sources, sources: &Sources, own: Option<Span>) -> Vec<Passage> {
    let is_law = |path: &str| path.contains("/texts/");
    let law = content.iter().filter(|(_, file)| is_law(&file.path)).map(|(id, _)| content.text(id));
    let wanted = overlap::Passages::new([words].into_iter(), law);
    let read = |path: &str| (path.ends_with(".md") || path.ends_with(".yaml")) && !is_law(path);
    let mut found = Vec::new();
    for (id, file) in sources.iter().filter(|(_, file)| read(&file.path)) {
        let text = sources.text(id);
        for shared in wanted.find(text) {
            let start = shared.range.start as u32;
            let inside = |own: &Span| own.file == id && own.start <= start && start <= own.end;
            if own.as_ref().is_some_and(inside) {
                continue;
            }
            let (line, _) = sources.line_column(Span { file: id, start, end: start });
            let shown =
                text.get(shared.range).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
            found.push(Passage { place: format!("{}:{line}", file.path), words: shown });
        }
    }
    found.truncate(MOST);
    found
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
