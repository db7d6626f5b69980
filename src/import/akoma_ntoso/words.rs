//! What stands within a block of a document: marks, links, notes, quotations, images, and tables, whose cells are runs of
//! words. Where a block begins and ends is for `body`.

use super::body::Body;
use super::meta::line;
use crate::import::html::{self, Mark, Piece};
use crate::import::text;
use crate::import::xml::{Element, Node};
use crate::model::choices::Numbering;
use crate::say;
use std::collections::BTreeMap;

impl Body<'_> {
    pub(super) fn image(&mut self, element: &Element) {
        let source = element.attribute("src").unwrap_or_default();
        self.log.report.missing_files.push(source.into());
        self.log.skip("element", &line(element), say!("une image, « {source} »", "an image, “{source}”"));
    }

    pub(super) fn marked(&mut self, mark: Mark, element: &Element) {
        let link = |m: &Mark| matches!(m, Mark::Link(_));
        if self.open.contains(&mark) || (link(&mark) && self.open.iter().any(link)) {
            return self.children(element);
        }
        self.open.push(mark.clone());
        self.run.push(Piece::Open(mark.clone()));
        self.children(element);
        self.open.pop();
        self.run.push(Piece::Close(mark));
    }

    pub(super) fn link(&mut self, element: &Element) {
        let href = element.attribute("href").unwrap_or_default().trim();
        if href.starts_with("http://") || href.starts_with("https://") {
            return self.marked(Mark::Link(href.into()), element);
        }
        if !href.is_empty() {
            self.reasons.insert(html::Note::Link.said());
        }
        self.children(element);
    }

    /// The words of an element as a run on one line.
    pub(super) fn flat(&mut self, element: &Element) -> Vec<Piece> {
        let (run, open) = (std::mem::take(&mut self.run), std::mem::take(&mut self.open));
        self.flat += 1;
        self.children(element);
        self.flat -= 1;
        self.open = open;
        std::mem::replace(&mut self.run, run)
    }

    pub(super) fn note(&mut self, element: &Element) {
        let words = self.flat(element);
        let number = element.attribute("marker").unwrap_or_default();
        let note = text::note(number, words, &mut self.reasons);
        self.run.extend(note);
    }

    /// A note that stands elsewhere, brought to where it is called.
    pub(super) fn note_called(&mut self, element: &Element) {
        let href = element.attribute("href").unwrap_or_default().trim_start_matches('#');
        match self.notes.get(href).copied() {
            Some(found) => {
                let marker = element.attribute("marker").or_else(|| found.attribute("marker"));
                let words = self.flat(found);
                let note = text::note(marker.unwrap_or_default(), words, &mut self.reasons);
                self.run.extend(note);
            }
            None => {
                self.log.skip(
                    "element",
                    &line(element),
                    say!(
                        "appel d’une note absente, « {href} »",
                        "call of a note that is not there, “{href}”"
                    ),
                );
                self.children(element);
            }
        }
    }

    pub(super) fn quoted_text(&mut self, element: &Element) {
        let (mut before, mut after) = quotes(element);
        let inner = element.text();
        let said = self.run.iter().rev().find_map(|p| {
            if let Piece::Text(words) = p { words.trim_end().chars().next_back() } else { None }
        });
        let marked = |c: Option<char>| c.is_some_and(|c| "«“\"„‘'‹".contains(c));
        if before.is_empty()
            && after.is_empty()
            && !marked(said)
            && !marked(inner.trim_start().chars().next())
        {
            let french = self.numbering == Numbering::French;
            (before, after) =
                if french { ("«\u{a0}".into(), "\u{a0}»".into()) } else { ("“".into(), "”".into()) };
            self.reasons.insert(say!(
                "des guillemets sont mis autour d’un texte cité",
                "quotation marks are put around a quoted text"
            ));
        }
        self.run.push(Piece::Text(before));
        self.children(element);
        self.run.push(Piece::Text(after));
    }

    pub(super) fn table(&mut self, element: &Element) {
        self.boundary(element);
        self.leave();
        let mut rows = Vec::new();
        self.rows(element, &mut rows);
        let mut reasons = std::mem::take(&mut self.reasons);
        if let Some(markdown) = text::table(rows, &mut reasons) {
            self.paragraph(markdown);
            self.log.settle("block", &line(element), None, reasons);
        }
    }

    pub(super) fn rows(&mut self, element: &Element, rows: &mut Vec<Vec<Vec<Piece>>>) {
        for inner in element.elements() {
            match &*inner.name {
                "tr" => {
                    let mut row = Vec::new();
                    for cell in inner.elements() {
                        let span = |name| cell.attribute(name).is_some_and(|n| n != "1");
                        if span("colspan") || span("rowspan") {
                            self.reasons.insert(say!(
                                "tableau dont des cellules sont fusionnées : elles ne s’étendent plus",
                                "table with merged cells: they no longer span"
                            ));
                        }
                        row.push(self.flat(cell));
                    }
                    rows.push(row);
                }
                "thead" | "tbody" | "tfoot" => self.rows(inner, rows),
                _ => {
                    self.block(inner);
                }
            }
        }
        let loose = element.children.iter().filter_map(|node| match node {
            Node::Text(words) if !words.trim().is_empty() => Some(words),
            Node::Text(_) | Node::Element(_) => None,
        });
        for words in loose {
            rows.push(vec![vec![Piece::Text(words.clone())]]);
        }
    }
}

/// The marks of a quotation, as its attributes say them, with the spaces of French typography.
pub(super) fn quotes(element: &Element) -> (String, String) {
    let mark = |name: &str| element.attribute(name).unwrap_or_default().to_owned();
    let (mut before, mut after) = (mark("startQuote"), mark("endQuote"));
    if before.ends_with('«') {
        before.push('\u{a0}');
    }
    if after.starts_with('»') {
        after.insert(0, '\u{a0}');
    }
    (before, after)
}

/// The elements of these names that have an id, by it.
pub(super) fn by_id<'t>(root: &'t Element, names: &[&str]) -> BTreeMap<&'t str, &'t Element> {
    let mut found = BTreeMap::new();
    let mut todo = vec![root];
    while let Some(element) = todo.pop() {
        for inner in element.elements() {
            let id = inner.attribute("eId").or_else(|| inner.attribute("id"));
            if let Some(id) = id.filter(|_| names.contains(&&*inner.name)) {
                found.entry(id).or_insert(inner);
            }
            todo.push(inner);
        }
    }
    found
}
