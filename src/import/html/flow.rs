//! The walk over the tree: elements become blocks and runs of words, in the order of the document. What Markdown
//! cannot say is noted; how it is written is for [`super::blocks`] and [`super::inline`].

use super::blocks::{self, Block};
use super::inline::{self, Mark, Marks, Piece};
use super::tree::{Kind, Tree};
use super::{Note, Use, normal, words};
use std::collections::BTreeSet;

/// Levels of nesting that keep their structure; below, only the words are kept.
const MAX_DEPTH: usize = 40;

/// Blocks being gathered: the finished ones, the run of words that is open, and its open marks.
pub(super) struct Flow<'t> {
    tree: &'t Tree,
    usage: Use,
    base: &'t str,
    blocks: Vec<Block>,
    run: Vec<Piece>,
    open: Vec<Mark>,
    notes: BTreeSet<Note>,
    images: Vec<String>,
}

impl<'t> Flow<'t> {
    pub(super) fn new(tree: &'t Tree, usage: Use, base: &'t str) -> Self {
        Flow {
            tree,
            usage,
            base,
            blocks: Vec::new(),
            run: Vec::new(),
            open: Vec::new(),
            notes: BTreeSet::new(),
            images: Vec::new(),
        }
    }

    pub(super) fn finish(mut self) -> (Vec<Block>, BTreeSet<Note>, Vec<String>) {
        self.flush();
        (self.blocks, self.notes, self.images)
    }

    pub(super) fn visit(&mut self, id: usize, depth: usize) {
        let tree = self.tree;
        let (name, attributes) = match tree.kind(id) {
            Kind::Nothing => return,
            Kind::Text(words) => return self.run.push(Piece::Text(words.clone())),
            Kind::Element(name, attributes) => (&**name, attributes),
        };
        if depth > MAX_DEPTH {
            return self.run.push(Piece::Text(format!(" {} ", tree.words(id))));
        }
        let attribute = |key: &str| attributes.get(key).map_or("", |v| v.trim());
        match name {
            "br" => self.run.push(Piece::Break),
            "strong" | "b" => self.marked(Mark::Strong, id, depth),
            "em" | "i" | "cite" | "var" | "dfn" => self.marked(Mark::Emphasis, id, depth),
            "s" | "strike" | "del" => self.marked(Mark::Struck, id, depth),
            "sup" if self.usage == Use::Law => self.marked(Mark::Raised("sup"), id, depth),
            "sub" if self.usage == Use::Law => self.marked(Mark::Raised("sub"), id, depth),
            "u" | "ins" => {
                self.notes.insert(Note::Underline);
                self.within(id, depth);
            }
            "a" => match self.address(attribute("href")) {
                Some(address) => self.marked(Mark::Link(address), id, depth),
                None => {
                    if !attribute("href").is_empty() {
                        self.notes.insert(Note::Link);
                    }
                    self.within(id, depth);
                }
            },
            "img" => self.image(attribute("alt"), attribute("src")),
            "code" | "kbd" | "samp" | "tt" if !tree.words(id).trim().is_empty() => {
                self.run.push(Piece::Code(tree.words(id)));
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes()[1] - b'0';
                self.flush();
                let start = self.blocks.len();
                self.within(id, depth);
                self.flush();
                self.raise(start, level);
            }
            "ul" | "menu" | "dir" => self.list(id, None, depth),
            "ol" => self.list(id, Some(attribute("start").parse().unwrap_or(1)), depth),
            "blockquote" => {
                let inner = self.nested(&[id], depth);
                self.push(Block::Quote(inner));
            }
            "pre" => {
                let words = tree.words(id);
                self.push(Block::Code(words));
            }
            "hr" => self.push(Block::Rule),
            "table" => {
                let rows = self.rows(id, depth);
                self.push(Block::Table(rows));
            }
            "script" | "style" | "title" | "iframe" | "object" | "embed" | "video" | "audio" | "input"
            | "select" | "textarea" | "svg" | "math" => {
                self.notes.insert(Note::Object);
            }
            "p" | "div" | "section" | "article" | "aside" | "header" | "footer" | "main" | "nav"
            | "figure" | "figcaption" | "address" | "dl" | "dt" | "dd" | "li" | "center" | "fieldset"
            | "form" | "details" | "summary" | "tr" | "caption" | "legend" | "body" => {
                self.flush();
                self.within(id, depth);
                self.flush();
            }
            _ => self.within(id, depth),
        }
    }

    fn within(&mut self, id: usize, depth: usize) {
        for child in self.tree.children(id) {
            self.visit(*child, depth + 1);
        }
    }

    /// Words in a mark; the same mark twice is one.
    fn marked(&mut self, mark: Mark, id: usize, depth: usize) {
        let link = |m: &Mark| matches!(m, Mark::Link(_));
        if self.open.contains(&mark) || (link(&mark) && self.open.iter().any(link)) {
            return self.within(id, depth);
        }
        self.open.push(mark.clone());
        self.run.push(Piece::Open(mark.clone()));
        self.within(id, depth);
        self.open.pop();
        self.run.push(Piece::Close(mark));
    }

    /// Ends the open run: it becomes paragraphs, and the marks that are open go on after it.
    fn flush(&mut self) {
        let mut run = std::mem::take(&mut self.run);
        run.extend(self.open.iter().rev().cloned().map(Piece::Close));
        self.run.extend(self.open.iter().cloned().map(Piece::Open));
        for run in inline::paragraphs(run, self.usage == Use::Law) {
            let paragraph = self.paragraph(&run);
            self.blocks.push(paragraph);
        }
    }

    /// A paragraph, with as many marks as still give its words.
    fn paragraph(&mut self, run: &[Piece]) -> Block {
        let wanted = normal(&blocks::run_words(run));
        for marks in [Marks::All, Marks::Links] {
            if words(&inline::write(run, marks, false)) == wanted
                && words(&inline::write(run, marks, true)) == wanted
            {
                return Block::Paragraph(run.to_vec(), marks);
            }
            self.notes.insert(Note::Marks);
        }
        Block::Paragraph(run.to_vec(), Marks::None)
    }

    /// The paragraphs since `start` are those of a heading.
    fn raise(&mut self, start: usize, level: u8) {
        for block in &mut self.blocks[start..] {
            if let Block::Paragraph(run, marks) = block {
                let (run, marks) = (std::mem::take(run), *marks);
                *block = match self.usage {
                    Use::Contribution => Block::Heading(level, run, marks),
                    Use::Law => Block::Paragraph(strong(run), marks),
                };
            }
        }
    }

    fn push(&mut self, block: Block) {
        self.flush();
        self.blocks.push(block);
    }

    /// The blocks under some nodes, on their own.
    fn nested(&mut self, ids: &[usize], depth: usize) -> Vec<Block> {
        let mut inner = Flow::new(self.tree, self.usage, self.base);
        for id in ids {
            inner.within(*id, depth + 1);
        }
        let (blocks, notes, images) = inner.finish();
        self.notes.extend(notes);
        self.images.extend(images);
        blocks
    }

    fn list(&mut self, id: usize, start: Option<u32>, depth: usize) {
        let tree = self.tree;
        let mut items = Vec::new();
        for child in tree.children(id) {
            let blocks = match tree.kind(*child) {
                Kind::Element(name, _) if &**name == "li" => self.nested(&[*child], depth),
                Kind::Text(words) if words.trim().is_empty() => continue,
                // Words or a list directly in a list: an item of their own.
                Kind::Nothing | Kind::Text(_) | Kind::Element(..) => {
                    let mut inner = Flow::new(tree, self.usage, self.base);
                    inner.visit(*child, depth + 1);
                    let (blocks, notes, images) = inner.finish();
                    self.notes.extend(notes);
                    self.images.extend(images);
                    blocks
                }
            };
            if !blocks.is_empty() {
                items.push(blocks);
            }
        }
        if items.is_empty() {
            self.flush();
        } else {
            self.push(Block::List(start, items));
        }
    }

    fn rows(&mut self, id: usize, depth: usize) -> Vec<Vec<Vec<Block>>> {
        let tree = self.tree;
        let (mut rows, mut todo) = (Vec::new(), vec![id]);
        while let Some(at) = todo.pop() {
            for child in tree.children(at).iter().rev() {
                if let Kind::Element(name, _) = tree.kind(*child) {
                    match &**name {
                        "thead" | "tbody" | "tfoot" | "tr" => todo.push(*child),
                        _ => {}
                    }
                }
            }
            if matches!(tree.kind(at), Kind::Element(name, _) if &**name == "tr") {
                let cell =
                    |c: &&usize| matches!(tree.kind(**c), Kind::Element(n, _) if matches!(&**n, "td" | "th"));
                rows.push(tree.children(at).iter().filter(cell).map(|c| self.nested(&[*c], depth)).collect());
            }
        }
        rows
    }

    /// An image becomes a link to it, under its description or else its address.
    fn image(&mut self, alt: &str, src: &str) {
        let address = self.address(src);
        let words = match (&address, alt) {
            (Some(address), "") => address.clone(),
            _ => alt.to_owned(),
        };
        self.images.extend(address.clone());
        match address {
            Some(address) if !self.open.iter().any(|m| matches!(m, Mark::Link(_))) => {
                let mark = Mark::Link(address);
                self.run.extend([Piece::Open(mark.clone()), Piece::Text(words), Piece::Close(mark)]);
            }
            Some(_) | None => self.run.push(Piece::Text(words)),
        }
    }

    /// An address that readers may follow, whole.
    fn address(&self, written: &str) -> Option<String> {
        let lower = written.to_ascii_lowercase();
        if ["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme)) {
            Some(written.to_owned())
        } else if written.starts_with("//") {
            Some(format!("https:{written}"))
        } else if written.starts_with('/') && !self.base.is_empty() {
            Some(format!("{}{written}", self.base))
        } else {
            None
        }
    }
}

/// A run, all of it strong.
fn strong(run: Vec<Piece>) -> Vec<Piece> {
    let other = |p: &Piece| !matches!(p, Piece::Open(Mark::Strong) | Piece::Close(Mark::Strong));
    let mut out = vec![Piece::Open(Mark::Strong)];
    out.extend(run.into_iter().filter(other));
    out.push(Piece::Close(Mark::Strong));
    out
}
