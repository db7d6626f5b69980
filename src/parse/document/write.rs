//! [`Document`] → Markdown in its canonical form, which [`read`](super::read) reads back as the same document:
//! headings marked with `#`, one blank line between blocks.
//!
//! A paragraph that would be read as a heading has its first letter written as a character reference (`&#65;rticle 5`),
//! which every reader of Markdown shows as the letter.

use super::headings;
use crate::model::document::{Document, Item, Paragraph};

impl Document {
    /// The text as one Markdown file.
    pub fn to_markdown(&self) -> String {
        let mut blocks: Vec<String> = Vec::new();
        push(&mut blocks, &self.preamble, false);
        let mut level = 0;
        for item in &self.items {
            let (depth, number, heading, paragraphs, article) = match item {
                Item::Division(d) => {
                    level = d.level;
                    (d.level, &d.number, &d.heading, &d.paragraphs, false)
                }
                Item::Article(a) => (level + 1, &a.number, &a.heading, &a.paragraphs, true),
            };
            let joint = if number.is_empty() || heading.is_empty() { "" } else { " – " };
            let marks = "#".repeat(usize::from(depth.clamp(1, 6)));
            blocks.push(format!("{marks} {}", escape_marks(&format!("{number}{joint}{heading}"))));
            push(&mut blocks, paragraphs, article && heading.is_empty());
        }
        let mut markdown = blocks.join("\n\n");
        if !markdown.is_empty() {
            markdown.push('\n');
        }
        markdown
    }
}

/// Paragraphs; after a heading without words the first must not be taken for them.
fn push(blocks: &mut Vec<String>, paragraphs: &[Paragraph], awaited: bool) {
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let mistaken = headings::mistaken(&paragraph.markdown)
            || (awaited && at == 0 && headings::mistaken_for_words(&paragraph.markdown));
        blocks.push(if mistaken { escape(&paragraph.markdown) } else { (*paragraph.markdown).into() });
    }
}

/// Plain words of a heading as Markdown.
fn escape_marks(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '\\' | '*' | '_' | '<') {
            out.push('\\');
        }
        out.push(c);
    }
    if out.ends_with('#') {
        out.insert(out.len() - 1, '\\');
    }
    out
}

/// Where a paragraph's first letter stands: after the marks of emphasis.
fn letter(markdown: &str) -> usize {
    markdown.len() - markdown.trim_start_matches(['*', '_']).len()
}

fn escape(markdown: &str) -> String {
    let (marks, words) = markdown.split_at(letter(markdown));
    let mut rest = words.chars();
    match rest.next() {
        Some(first) => format!("{marks}&#{};{}", u32::from(first), rest.as_str()),
        None => markdown.into(),
    }
}

/// Takes back what [`escape`] did, and nothing else.
pub(super) fn unescape(markdown: String) -> String {
    let (marks, words) = markdown.split_at(letter(&markdown));
    let decoded = words.strip_prefix("&#").and_then(|code| code.split_once(';')).and_then(|(code, rest)| {
        let first = code.parse().ok().and_then(char::from_u32)?;
        Some(format!("{marks}{first}{rest}")).filter(|plain| escape(plain) == markdown)
    });
    decoded.filter(|d| headings::mistaken(d) || headings::mistaken_for_words(d)).unwrap_or(markdown)
}
