//! Markdown → [`Document`]: headings are divisions and articles, each other block is a paragraph.
//!
//! Legal texts come from word processors, from assemblies' sites and from people: headings are marked with `#`,
//! underlined, bold, or nothing but a line. What opens an article or a division is told by its words (`Titre Ier`,
//! `Article 17 bis`); depth only orders divisions among themselves. The journey: `blocks.rs` cuts the file,
//! `headings.rs` decides which blocks are headings with the grammar of `numbering.rs`, `outline.rs` gives levels and
//! ids, `write.rs` goes back to Markdown. Nothing is corrected: a number that a text uses twice stays.

mod blocks;
mod headings;
mod numbering;
mod outline;
#[cfg(test)]
mod tests;
mod vocabulary;
mod words;
mod write;

use crate::model::choices::Numbering;
use crate::model::document::{Article, Division, Document, Item, Paragraph};
use blocks::{Block, Line};
use headings::Heading;
use numbering::Kind;
use outline::Outline;

/// Reads a version.
pub fn read(markdown: &str, numbering: Numbering) -> Document {
    let mut reading =
        Reading { numbering, document: Document::default(), outline: Outline::new(numbering), awaits: None };
    for block in blocks::blocks(markdown.trim_start_matches('\u{feff}')) {
        match block {
            Block::Heading { depth, markdown } => match headings::marked(&markdown, numbering) {
                Some(Ok(heading)) => reading.heading(heading, Some(depth)),
                Some(Err(quoted)) => reading.paragraph(quoted),
                None => {}
            },
            Block::Plain(lines) => reading.plain(&lines),
            Block::Kept(markdown) => reading.paragraph(markdown),
        }
    }
    reading.document
}

struct Reading {
    numbering: Numbering,
    document: Document,
    outline: Outline,
    /// The last block was a heading without words: the next may hold them.
    awaits: Option<Awaits>,
}

#[derive(Clone, Copy)]
enum Awaits {
    /// An article takes an emphasised line.
    Emphasised,
    /// A division that is not marked as a heading takes any short line.
    Short,
}

impl Reading {
    fn plain(&mut self, lines: &[Line]) {
        let words = match self.awaits {
            Some(Awaits::Emphasised) => headings::emphasised_words(lines, self.numbering),
            Some(Awaits::Short) => headings::plain_words(lines, self.numbering),
            None => None,
        };
        match (words, self.document.items.last_mut()) {
            (
                Some(words),
                Some(Item::Article(Article { heading, .. }) | Item::Division(Division { heading, .. })),
            ) => {
                *heading = words.into();
                self.awaits = None;
            }
            (Some(_), None) | (None, _) => match headings::plain(lines, self.numbering) {
                Some(heading) => self.heading(heading, None),
                None => self.paragraph(write::unescape(blocks::join(lines))),
            },
        }
    }

    fn heading(&mut self, heading: Heading, depth: Option<u8>) {
        let Heading { kind, number, words, prose } = heading;
        let alone = words.is_empty() && prose.is_none();
        self.awaits = match (kind, depth) {
            (Some(Kind::Article), _) if alone => Some(Awaits::Emphasised),
            (Some(Kind::Division(_)), None) if alone => Some(Awaits::Short),
            (Some(Kind::Article | Kind::Division(_)) | None, _) => None,
        };
        let (number, heading): (Box<str>, Box<str>) = (number.into(), words.into());
        let paragraphs = Vec::new();
        self.document.items.push(match kind {
            Some(Kind::Article) => {
                Item::Article(Article { id: self.outline.article(&number), number, heading, paragraphs })
            }
            Some(Kind::Division(rank)) => {
                let (level, id) = self.outline.division(depth, Some(rank), &number, &heading);
                Item::Division(Division { level, id, number, heading, paragraphs })
            }
            None => {
                let (level, id) = self.outline.division(depth, None, &number, &heading);
                Item::Division(Division { level, id, number, heading, paragraphs })
            }
        });
        if let Some(prose) = prose {
            self.paragraph(prose);
        }
    }

    fn paragraph(&mut self, markdown: String) {
        self.awaits = None;
        let list = match self.document.items.last_mut() {
            None => &mut self.document.preamble,
            Some(Item::Division(division)) => &mut division.paragraphs,
            Some(Item::Article(article)) => &mut article.paragraphs,
        };
        list.push(Paragraph { number: list.len() as u32 + 1, markdown: markdown.into() });
    }
}
