//! Markdown → [`Document`]: headings are divisions and articles, each block is a paragraph. What a heading is
//! comes from its words (`Titre Ier`, `Article 17 bis`), its depth only orders divisions among themselves.

use crate::model::choices::Numbering;
use crate::model::document::{Article, Division, Document, Item, Paragraph, article_key};
use crate::model::id::{Id, slug};
use std::collections::BTreeMap;

/// Words that begin a French division's heading, from the widest to the narrowest.
const FRENCH_DIVISIONS: [&str; 9] =
    ["partie", "livre", "titre", "sous-titre", "chapitre", "section", "sous-section", "paragraphe", "annexe"];
/// Words that begin an article's heading.
const FRENCH_ARTICLES: [&str; 2] = ["article", "art."];
/// The same elsewhere.
const GENERIC_ARTICLES: [&str; 6] = ["article", "art.", "clause", "section", "§", "artículo"];

/// Reads a version.
pub fn read(markdown: &str, numbering: Numbering) -> Document {
    let mut document = Document::default();
    let mut used = BTreeMap::new();
    for block in blocks(markdown) {
        match heading(&block) {
            Some((level, words)) => document.items.push(item(level, words, numbering, &mut used)),
            None => paragraph(&mut document, block),
        }
    }
    document
}

/// Blocks between blank lines; a heading is a block of its own.
fn blocks(markdown: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut close = |open: &mut Vec<&str>| {
        if !open.is_empty() {
            blocks.push(open.join("\n"));
            open.clear();
        }
    };
    for line in markdown.lines().map(str::trim_end) {
        // `>` alone separates paragraphs of a quotation, as a blank line separates paragraphs.
        if line.is_empty() || line == ">" {
            close(&mut open);
        } else if heading(line).is_some() {
            close(&mut open);
            open.push(line);
            close(&mut open);
        } else {
            open.push(line);
        }
    }
    close(&mut open);
    blocks
}

/// Depth and words of an ATX heading.
fn heading(block: &str) -> Option<(u8, &str)> {
    let depth = block.bytes().take_while(|b| *b == b'#').count();
    let words = block[depth..].strip_prefix(' ')?;
    (1..=6).contains(&depth).then(|| (depth as u8, words.trim().trim_end_matches('#').trim()))
}

fn item(level: u8, words: &str, numbering: Numbering, used: &mut BTreeMap<Box<str>, u32>) -> Item {
    let lower = words.to_lowercase();
    let begins = |list: &[&str]| list.iter().any(|w| starts_with_word(&lower, w));
    let is_article = match numbering {
        Numbering::French => begins(&FRENCH_ARTICLES),
        Numbering::Generic => begins(&GENERIC_ARTICLES) && lower.chars().any(|c| c.is_ascii_digit()),
    };
    let numbered = is_article || begins(&FRENCH_DIVISIONS);
    let (number, heading) = if numbered { split_number(words) } else { ("", words) };
    let base = if is_article { article_id(number) } else { slug(words) };
    let base = base.or_else(|| Id::new("division")).unwrap_or_else(|| unreachable_id(level));
    let id = unique(base, used);
    if is_article {
        Item::Article(Article { id, number: number.into(), heading: heading.into(), paragraphs: Vec::new() })
    } else {
        Item::Division(Division {
            level,
            id,
            number: number.into(),
            heading: heading.into(),
            paragraphs: Vec::new(),
        })
    }
}

/// `division` is always an id; this only satisfies the type without a panic.
fn unreachable_id(level: u8) -> Id {
    slug(&format!("d{level}")).unwrap_or_else(|| unreachable_id(level))
}

fn starts_with_word(words: &str, word: &str) -> bool {
    words.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
}

/// `Article 17 bis – Les données` → (`Article 17 bis`, `Les données`). The separator is a dash between spaces, a
/// colon, or a full stop followed by a space and a capital (`Article 5. Les…`, but not `Article L. 533-4`).
fn split_number(words: &str) -> (&str, &str) {
    let mut cut: Option<(usize, usize)> = None;
    for separator in [" – ", " — ", " - ", "\u{a0}: ", "\u{202f}: ", " : ", ": ", ". – ", ". - "] {
        if let Some(at) = words.find(separator)
            && cut.is_none_or(|(best, len)| at < best || (at == best && separator.len() > len))
        {
            cut = Some((at, separator.len()));
        }
    }
    match cut {
        Some((at, len)) => (words[..at].trim(), words[at + len..].trim()),
        None => (words.trim(), ""),
    }
}

/// `Article 17 A (nouveau)` → `17-a`.
fn article_id(number: &str) -> Option<Id> {
    let bare = number.split('(').next().unwrap_or(number);
    let words = bare.split_once(char::is_whitespace).map_or(bare, |(_, rest)| rest);
    slug(words).or_else(|| slug(bare))
}

/// The id itself the first time, then `id-2`, `id-3`… in the order of the text.
fn unique(id: Id, used: &mut BTreeMap<Box<str>, u32>) -> Id {
    let key: Box<str> = article_key(id.as_str()).unwrap_or_else(|| id.folded());
    let count = used.entry(key).or_insert(0);
    *count += 1;
    match *count {
        1 => id,
        n => Id::new(&format!("{id}-{n}")).unwrap_or(id),
    }
}

fn paragraph(document: &mut Document, markdown: String) {
    let list = match document.items.last_mut() {
        None => &mut document.preamble,
        Some(Item::Division(division)) => &mut division.paragraphs,
        Some(Item::Article(article)) => &mut article.paragraphs,
    };
    list.push(Paragraph { number: list.len() as u32 + 1, markdown: markdown.into() });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(markdown: &str) -> Vec<String> {
        let read = read(markdown, Numbering::French);
        let name = |item: &Item| match item {
            Item::Division(d) => format!("D{} {} | {} | {}", d.level, d.id, d.number, d.heading),
            Item::Article(a) => format!("A {} | {} | {} | {}", a.id, a.number, a.heading, a.paragraphs.len()),
        };
        read.items.iter().map(name).collect()
    }

    #[test]
    fn headings_become_divisions_and_articles() {
        let text = "# Titre Ier – De l’eau\n\n## Chapitre II bis\n\n### Article 1er - Objet\n\nI. – Un.\n\n1° Deux.\n\n\
                    ### Article 17 A (nouveau)\n\nTrois.\n\n### Article L. 533-4 : Suite\n\nQuatre\n### Article 1\n";
        assert_eq!(
            ids(text),
            [
                "D1 titre-ier-de-l-eau | Titre Ier | De l’eau",
                "D2 chapitre-ii-bis | Chapitre II bis | ",
                "A 1er | Article 1er | Objet | 2",
                "A 17-a | Article 17 A (nouveau) |  | 1",
                "A l-533-4 | Article L. 533-4 | Suite | 1",
                "A 1-2 | Article 1 |  | 0",
            ]
        );
    }

    #[test]
    fn a_word_that_only_begins_like_article_is_not_one() {
        assert_eq!(ids("# Articles de presse"), ["D1 articles-de-presse |  | Articles de presse"]);
    }
}
