//! Words looked for in a paragraph: exactly first; if they do not stand there exactly, with the typography folded
//! (kinds of quotation mark, apostrophe, hyphen and space, `<sup>`). Whole words only: `eau` is not in `bateau`.

use crate::text::fold_with_places;
use std::ops::Range;

/// Where words stand, in bytes, in order, not overlapping.
pub fn find(text: &str, words: &str) -> Vec<Range<usize>> {
    if words.is_empty() {
        return Vec::new();
    }
    let exact: Vec<Range<usize>> =
        text.match_indices(words).map(|(at, _)| at..at + words.len()).filter(|r| whole(text, r)).collect();
    if !exact.is_empty() {
        return exact;
    }
    let needle = fold_with_places(words).0;
    if needle.is_empty() {
        return Vec::new();
    }
    let (folded, places) = fold_with_places(text);
    folded
        .match_indices(&needle)
        .filter_map(|(at, found)| {
            let last = at + found.len() - 1;
            let range = places.get(at)?.start..places.get(last)?.end;
            whole(text, &range).then_some(range)
        })
        .collect()
}

/// Whether a range does not begin or end inside a word.
fn whole(text: &str, range: &Range<usize>) -> bool {
    let edge = |before: Option<char>, after: Option<char>| {
        !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric))
    };
    let (before, found, after) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
    edge(before.chars().next_back(), found.chars().next())
        && edge(found.chars().next_back(), after.chars().next())
}

/// The words to insert with the spaces that typists leave out, as drafting practice does (“après le mot « eau »,
/// insérer les mots « et l’air »”): one before and one after where two words would touch.
pub fn spaced(before: Option<char>, words: &str, after: Option<char>) -> String {
    let opens = |c: char| c.is_alphanumeric() || matches!(c, '«' | '“' | '(' | '[');
    let closes = |c: char| {
        c.is_alphanumeric() || matches!(c, '»' | '”' | ')' | ']' | ',' | ';' | ':' | '.' | '%' | '°')
    };
    let touch =
        |left: Option<char>, right: Option<char>| left.is_some_and(closes) && right.is_some_and(opens);
    let mut out = String::with_capacity(words.len() + 2);
    if touch(before, words.chars().next()) {
        out.push(' ');
    }
    out.push_str(words);
    if touch(words.chars().next_back(), after) {
        out.push(' ');
    }
    out
}

/// What a deletion takes: the words, and one of the two spaces that would be left side by side, or the space left
/// at an end of the paragraph or before a full stop or a comma.
pub fn tidied(text: &str, range: Range<usize>) -> Range<usize> {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let space = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let width = |c: Option<char>| c.map_or(0, char::len_utf8);
    if space(before) && (space(after) || matches!(after, None | Some('.' | ','))) {
        range.start - width(before)..range.end
    } else if before.is_none() && space(after) {
        range.start..range.end + width(after)
    } else {
        range
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn found(text: &str, words: &str, expected: &[&str]) {
        let found: Vec<&str> = find(text, words).into_iter().map(|r| &text[r]).collect();
        assert_eq!(found, expected, "« {words} » in « {text} »");
    }

    #[test]
    fn words_are_found_whole_and_exactly_first() {
        found("Le bateau va sur l’eau.", "eau", &["eau"]);
        found("l'eau, l’eau", "l’eau", &["l’eau"]);
        found("l'eau et l'air", "l’eau", &["l'eau"]);
        found("deux mois, puis deux mois", "deux mois", &["deux mois", "deux mois"]);
        found("les mots « très doux » ici", "les mots \"très doux\"", &["les mots « très doux »"]);
        found("l’article 1<sup>er</sup> du code", "article 1er du", &["article 1<sup>er</sup> du"]);
        found("Rien.", "", &[]);
    }

    #[test]
    fn spaces_are_put_and_taken_as_a_typist_would() {
        assert_eq!(spaced(Some('u'), "et l’air", Some(' ')), " et l’air");
        assert_eq!(spaced(Some(' '), "et l’air", Some('d')), "et l’air ");
        assert_eq!(spaced(Some('’'), "air", Some('.')), "air");
        let text = "la loi du 3 mai est";
        assert_eq!(&text[tidied(text, 7..15)], " du 3 mai");
    }
}
