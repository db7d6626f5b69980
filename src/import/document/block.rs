//! What Word and LibreOffice have in common: a file is a list of blocks, each a heading, a paragraph or a table, and what
//! is not taken is listed. Blocks → Markdown, in which headings that have no style are then found by their words.

use crate::import::html::{self, Piece};
use crate::import::text::{self, Log, Reasons, letters, noted};
use crate::model::when::Date;
use crate::say;

/// A block of a document.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) kind: Kind,
    pub(super) run: Vec<Piece>,
    /// Where it stands, as the report says it.
    pub(super) place: String,
    /// What is not as it was.
    pub(super) reasons: Reasons,
}

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// By its style, at this depth from 1.
    Heading(u8),
    /// The title of the document, by its style.
    Title,
    Paragraph,
    /// A table in Markdown.
    Table(String),
}

/// The blocks of a cell or a note on one line. A table among them becomes its words, and that is said.
pub(super) fn one_line(blocks: Vec<Block>, reasons: &mut Reasons) -> Vec<Piece> {
    let mut paragraphs = Vec::new();
    for block in blocks {
        reasons.extend(block.reasons);
        match block.kind {
            Kind::Table(markdown) => {
                reasons.insert(say!(
                    "un tableau dans un tableau devient ses mots",
                    "a table in a table becomes its words"
                ));
                paragraphs.push(vec![Piece::Text(html::words(&markdown))]);
            }
            Kind::Heading(_) | Kind::Title | Kind::Paragraph => paragraphs.push(block.run),
        }
    }
    text::one_line(paragraphs)
}

/// A document as read.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) blocks: Vec<Block>,
    /// When the file says that it was last changed.
    pub(super) changed: Option<Date>,
    /// Numbers that the word processor computed and that are now words.
    pub(super) numbers: usize,
    /// Signs of lists that are now dashes.
    pub(super) bullets: usize,
}

/// The whole document as Markdown, its letters, its title and how many headings its styles say.
#[derive(Debug, Default)]
pub(super) struct Whole {
    pub(super) markdown: String,
    pub(super) letters: String,
    pub(super) title: Option<String>,
    pub(super) styled: usize,
}

/// Writes the blocks, and what became of each.
pub(super) fn whole(blocks: Vec<Block>, log: &mut Log) -> Whole {
    let mut whole = Whole::default();
    let mut parts: Vec<String> = Vec::new();
    for Block { kind, run, place, mut reasons } in blocks {
        let written = match kind {
            Kind::Table(markdown) => vec![markdown],
            Kind::Heading(depth) => {
                let (words, notes) = html::line(run);
                noted(&mut reasons, notes);
                whole.styled += usize::from(!words.is_empty());
                vec![words]
                    .into_iter()
                    .filter(|w| !w.is_empty())
                    .map(|w| format!("{} {w}", "#".repeat(usize::from(depth.clamp(1, 6)))))
                    .collect()
            }
            Kind::Title | Kind::Paragraph => {
                let (paragraphs, notes) = html::paragraphs(run);
                noted(&mut reasons, notes);
                if kind == Kind::Title && whole.title.is_none() {
                    whole.title = paragraphs.first().map(|first| html::words(first));
                }
                paragraphs
            }
        };
        if !written.is_empty() {
            written.iter().for_each(|part| whole.letters.push_str(&letters(&html::words(part))));
            parts.extend(written);
            log.settle("block", &place, None, reasons);
        } else if let Some(reason) = crate::import::text::joined(reasons) {
            log.skip("block", &place, reason);
        }
    }
    whole.markdown = parts.join("\n\n");
    whole
}

impl Reading {
    /// What was done to every block alike.
    pub(super) fn remarks(&self, log: &mut Log) {
        let Reading { numbers, bullets, .. } = self;
        if *numbers > 0 {
            log.report.remarks.push(say!(
                "{numbers} numéros de listes, que le traitement de texte calculait, sont maintenant des mots.",
                "{numbers} numbers of lists, which the word processor computed, are now words."
            ));
        }
        if *bullets > 0 {
            log.report
                .remarks
                .push(say!("{bullets} puces sont devenues des tirets.", "{bullets} bullets became dashes."));
        }
    }
}

/// Words that a reader sees.
pub(super) fn is_visible(piece: &Piece) -> bool {
    match piece {
        Piece::Text(words) | Piece::Code(words) => !words.trim().is_empty(),
        Piece::Break | Piece::Open(_) | Piece::Close(_) => false,
    }
}
