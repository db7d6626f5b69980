//! Blocks as Markdown lines: paragraphs, headings, lists, quotations, code, tables. Indentation, list markers and
//! blank lines are decided here, and nothing about the words inside.

use super::inline::{Marks, Piece, write as inline};

/// A block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// Words, and how many of their marks can be written.
    Paragraph(Vec<Piece>, Marks),
    /// A heading and its level.
    Heading(u8, Vec<Piece>, Marks),
    /// Items, numbered from the number when there is one.
    List(Option<u32>, Vec<Vec<Block>>),
    /// A quotation.
    Quote(Vec<Block>),
    /// Words kept in their lines.
    Code(String),
    /// A line across.
    Rule,
    /// Rows of cells; the first is the heading.
    Table(Vec<Vec<Vec<Block>>>),
}

/// Writes blocks, a blank line between them.
pub(super) fn write(blocks: &[Block]) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut other_marker = false;
    for (i, block) in blocks.iter().enumerate() {
        // Two lists of one kind that follow each other would be one: the second has another marker.
        let joined = i > 0 && same_list(&blocks[i - 1], block);
        other_marker = joined && !other_marker;
        out.push(one(block, other_marker));
    }
    out.join("\n\n")
}

fn same_list(a: &Block, b: &Block) -> bool {
    matches!((a, b), (Block::List(a, _), Block::List(b, _)) if a.is_some() == b.is_some())
}

fn one(block: &Block, other_marker: bool) -> String {
    match block {
        Block::Paragraph(run, marks) => inline(run, *marks, false),
        Block::Heading(level, run, marks) => {
            format!("{} {}", "#".repeat(usize::from(*level)), inline(run, *marks, true))
        }
        Block::List(start, items) => list(*start, items, other_marker),
        Block::Quote(inner) => {
            let line = |l: &str| if l.is_empty() { ">".to_owned() } else { format!("> {l}") };
            write(inner).lines().map(line).collect::<Vec<_>>().join("\n")
        }
        Block::Code(words) => {
            let longest = words.split(|c| c != '`').map(str::len).max().unwrap_or(0);
            let fence = "`".repeat(longest.max(2) + 1);
            format!("{fence}\n{}\n{fence}", words.trim_end().trim_start_matches('\n'))
        }
        Block::Rule => "* * *".to_owned(),
        Block::Table(rows) => table(rows),
    }
}

fn list(start: Option<u32>, items: &[Vec<Block>], other_marker: bool) -> String {
    let tight = items.iter().all(|item| is_tight(item));
    let mut out = Vec::new();
    for (i, item) in items.iter().enumerate() {
        let marker = match start {
            None if other_marker => "* ".to_owned(),
            None => "- ".to_owned(),
            Some(n) => format!("{}{} ", n.saturating_add(i as u32), if other_marker { ')' } else { '.' }),
        };
        let body = if tight {
            item.iter().map(|b| one(b, false)).collect::<Vec<_>>().join("\n")
        } else {
            write(item)
        };
        let indent = " ".repeat(marker.len());
        let line = |(i, l): (usize, &str)| match (i, l.is_empty()) {
            (0, _) => format!("{marker}{l}"),
            (_, true) => String::new(),
            (_, false) => format!("{indent}{l}"),
        };
        out.push(body.lines().enumerate().map(line).collect::<Vec<_>>().join("\n"));
    }
    out.join(if tight { "\n" } else { "\n\n" })
}

/// Whether an item is one paragraph, perhaps with a list that can follow it without a blank line.
fn is_tight(item: &[Block]) -> bool {
    match item {
        [Block::Paragraph(..)] => true,
        [Block::Paragraph(..), Block::List(start, _)] => start.is_none_or(|n| n == 1),
        _ => false,
    }
}

fn table(rows: &[Vec<Vec<Block>>]) -> String {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let line = |row: &[Vec<Block>]| {
        let mut cells: Vec<String> = row.iter().map(|c| cell(c)).collect();
        cells.resize(width, String::new());
        format!("| {} |", cells.join(" | "))
    };
    let mut out: Vec<String> = rows.iter().map(|r| line(r)).collect();
    if width > 0 && !out.is_empty() {
        out.insert(1, format!("|{}", " --- |".repeat(width)));
    }
    out.join("\n")
}

/// A cell's paragraphs on one line.
fn cell(blocks: &[Block]) -> String {
    let mut out = Vec::new();
    runs(blocks, &mut |run, marks| out.push(inline(run, marks, true)));
    out.join(" ")
}

/// Every run of words, in order; code as a run of its own.
fn runs(blocks: &[Block], take: &mut dyn FnMut(&[Piece], Marks)) {
    for block in blocks {
        match block {
            Block::Paragraph(run, marks) | Block::Heading(_, run, marks) => take(run, *marks),
            Block::List(_, items) => items.iter().for_each(|item| runs(item, take)),
            Block::Quote(inner) => runs(inner, take),
            Block::Code(words) => take(&[Piece::Text(words.clone())], Marks::None),
            Block::Rule => {}
            Block::Table(rows) => rows.iter().flatten().for_each(|c| runs(c, take)),
        }
    }
}

/// The words of blocks, white space made one space.
pub(super) fn words(blocks: &[Block]) -> String {
    let mut out = String::new();
    runs(blocks, &mut |run, _| {
        out.push_str(&run_words(run));
        out.push(' ');
    });
    super::normal(&out)
}

/// The words of a run.
pub(super) fn run_words(run: &[Piece]) -> String {
    let mut out = String::new();
    for piece in run {
        match piece {
            Piece::Text(words) | Piece::Code(words) => out.push_str(words),
            Piece::Break => out.push(' '),
            Piece::Open(_) | Piece::Close(_) => {}
        }
    }
    out
}

/// Every run as a paragraph without marks.
pub(super) fn flat(blocks: &[Block]) -> String {
    let mut out = Vec::new();
    runs(blocks, &mut |run, _| out.push(inline(run, Marks::None, true)));
    out.join("\n\n")
}
