//! The body of an OpenDocument text → blocks. Tracked insertions are accepted; deletions, which stand apart, are listed, as
//! is what is drawn, hidden or repeated by a table of contents.

use super::lists::{Lists, Number};
use super::styles::{Said, Styles};
use crate::import::document::block::{Block, Kind, Reading, is_visible, one_line};
use crate::import::html::{Mark, Note, Piece};
use crate::import::text::{self, Log, Reasons};
use crate::import::xml::{Element, Node};
use crate::say;

/// Most times that a cell or a row is repeated: what is more is only the width of a sheet.
const MOST_REPEATED: usize = 64;
/// Longest words that are repeated, in bytes: what is more would make a small file a large one.
const LONGEST_REPEATED: usize = 200;

/// A body being read.
pub(super) struct Body<'d> {
    styles: &'d Styles,
    lists: Lists,
    log: &'d mut Log,
    reading: Reading,
    run: Vec<Piece>,
    reasons: Reasons,
    /// Blocks met, for the places of the report.
    met: usize,
    /// What the words of the paragraph are, unless they say otherwise.
    base: Said,
    /// The number of an item, which its first paragraph takes; `Some(None)` is an item whose number is not told yet.
    item: Option<Option<u32>>,
    noted: usize,
}

impl<'d> Body<'d> {
    pub(super) fn new(styles: &'d Styles, log: &'d mut Log) -> Self {
        Body {
            styles,
            lists: Lists::default(),
            log,
            reading: Reading::default(),
            run: Vec::new(),
            reasons: Reasons::new(),
            met: 0,
            base: Said::default(),
            item: None,
            noted: 0,
        }
    }

    pub(super) fn document(&mut self, text: &Element) {
        if text.find("text:insertion").is_some() {
            self.log
                .report
                .remarks
                .push(say!("Des insertions suivies sont acceptées.", "Tracked insertions are accepted."));
        }
        self.blocks(text);
    }

    pub(super) fn finish(self) -> Reading {
        self.reading
    }

    fn place(&self) -> String {
        format!("¶ {}", self.met)
    }

    fn left_out(&mut self, found: &Element, fr: &str, en: &str) {
        let (name, words, place) = (&found.name, found.words(), self.place());
        self.log.skip("element", &place, say!("« {name} », {fr} : « {words} »", "“{name}”, {en}: “{words}”"));
    }

    fn blocks(&mut self, within: &Element) {
        for found in within.elements() {
            match &*found.name {
                "text:p" => self.paragraph(found, None),
                "text:h" => {
                    let depth =
                        found.attribute("text:outline-level").and_then(|n| n.parse().ok()).unwrap_or(1);
                    self.paragraph(found, Some(depth));
                }
                "text:list" => self.list(found),
                "text:numbered-paragraph" => self.numbered(found),
                "table:table" => self.table(found),
                "text:section" if found.attribute("text:display") == Some("none") => {
                    self.left_out(found, "une section cachée", "a hidden section");
                }
                "text:section" | "text:index-body" | "office:text" => self.blocks(found),
                "text:table-of-content"
                | "text:alphabetical-index"
                | "text:illustration-index"
                | "text:table-index"
                | "text:object-index"
                | "text:user-index"
                | "text:bibliography" => {
                    self.left_out(found, "une table des matières", "a table of contents");
                }
                "text:tracked-changes" => self.changes(found),
                "draw:frame" | "draw:custom-shape" | "draw:g" | "draw:line" | "draw:rect" => {
                    self.drawing(found)
                }
                _ if found.words().is_empty() => {}
                _ => self.left_out(found, "élément inconnu", "unknown element"),
            }
        }
    }

    /// What was deleted while changes were tracked stands at the beginning of the file.
    fn changes(&mut self, found: &Element) {
        for region in found.elements() {
            for change in region.elements().filter(|e| &*e.name == "text:deletion") {
                let words: Vec<String> = change
                    .elements()
                    .filter(|e| &*e.name != "office:change-info")
                    .map(Element::words)
                    .collect();
                let words = words.join(" ");
                self.log.skip(
                    "element",
                    "",
                    say!(
                        "une suppression suivie, acceptée : « {words} »",
                        "a tracked deletion, accepted: “{words}”"
                    ),
                );
            }
        }
    }

    fn list(&mut self, found: &Element) {
        self.lists.enter(found);
        for item in found.elements() {
            match &*item.name {
                "text:list-item" => {
                    self.item = Some(item.attribute("text:start-value").and_then(|n| n.parse().ok()));
                    self.blocks(item);
                    self.item = None;
                }
                "text:list-header" => {
                    self.item = None;
                    self.blocks(item);
                }
                _ if item.words().is_empty() => {}
                _ => self.left_out(item, "élément inconnu", "unknown element"),
            }
        }
        self.lists.leave();
    }

    /// A paragraph that is its own list.
    fn numbered(&mut self, found: &Element) {
        self.lists.enter(found);
        self.item = Some(found.attribute("text:start-value").and_then(|n| n.parse().ok()));
        self.blocks(found);
        self.item = None;
        self.lists.leave();
    }

    fn paragraph(&mut self, found: &Element, depth: Option<u8>) {
        self.met += 1;
        let style = found.attribute("text:style-name");
        let styles = self.styles;
        let said = styles.said("paragraph", style);
        let own = said.list.clone();
        let depth = depth.or(said.outline);
        self.base = Said { outline: None, list: None, ..said };
        let item = self.item.take();
        // A deeper list may follow in the item: its level was counted by this paragraph.
        let number = match (item, depth) {
            (Some(start), _) => self.lists.next(styles, own.as_deref().filter(|o| !o.is_empty()), start),
            (None, Some(depth)) if own.as_deref() != Some("") => {
                let header = found.attribute("text:is-list-header") == Some("true");
                let start = found.attribute("text:start-value").and_then(|n| n.parse().ok());
                if header { None } else { self.lists.heading(styles, own.as_deref(), depth.into(), start) }
            }
            (None, Some(_) | None) => None,
        };
        let number = number.map(|number| self.shown(number)).unwrap_or_default();
        let before = self.run.len();
        self.words(found);
        if self.run[before..].iter().any(is_visible) {
            self.run.splice(before..before, number);
        }
        let kind = match depth {
            Some(depth) => Kind::Heading(depth.max(1)),
            None if styles.is_named(style, "title") => Kind::Title,
            None => Kind::Paragraph,
        };
        let (run, reasons, place) =
            (std::mem::take(&mut self.run), std::mem::take(&mut self.reasons), self.place());
        if run.iter().any(is_visible) {
            self.reading.blocks.push(Block { kind, run, place, reasons });
        }
    }

    fn shown(&mut self, number: Number) -> Vec<Piece> {
        if number.bullet {
            self.reading.bullets += 1;
            return vec![Piece::Text("– ".into())];
        }
        let text = number.text.trim();
        if text.is_empty() {
            return Vec::new();
        }
        self.reading.numbers += 1;
        let mut pieces = vec![Piece::Text(text.into())];
        if number.bold {
            pieces.insert(0, Piece::Open(Mark::Strong));
            pieces.push(Piece::Close(Mark::Strong));
        }
        pieces.push(Piece::Text(" ".into()));
        pieces
    }

    /// What stands within a paragraph.
    fn words(&mut self, within: &Element) {
        let base = self.base.clone();
        self.said(within, &base);
    }

    fn said(&mut self, within: &Element, said: &Said) {
        for node in &within.children {
            match node {
                Node::Text(words) => self.text(words, said),
                Node::Element(found) => self.element(found, said),
            }
        }
    }

    fn text(&mut self, words: &str, said: &Said) {
        if said.hidden == Some(true) {
            let place = self.place();
            self.log.skip(
                "element",
                &place,
                say!("des mots cachés : « {words} »", "hidden words: “{words}”"),
            );
            return;
        }
        if said.underlined == Some(true) && !words.trim().is_empty() {
            self.reasons.insert(Note::Underline.said());
        }
        let mut marks = Vec::new();
        marks.extend((said.bold == Some(true)).then_some(Mark::Strong));
        marks.extend((said.italic == Some(true)).then_some(Mark::Emphasis));
        marks.extend((said.struck == Some(true)).then_some(Mark::Struck));
        marks.extend(said.raised.filter(|tag| !tag.is_empty()).map(Mark::Raised));
        self.run.extend(marks.iter().cloned().map(Piece::Open));
        self.run.push(Piece::Text(words.replace('\u{ad}', "")));
        self.run.extend(marks.into_iter().rev().map(Piece::Close));
    }

    fn element(&mut self, found: &Element, said: &Said) {
        match &*found.name {
            "text:span" => {
                let own = self.styles.said("text", found.attribute("text:style-name"));
                self.said(found, &own.over(said));
            }
            "text:a" => {
                let href = found.attribute("xlink:href").unwrap_or_default();
                let web = ["http://", "https://", "mailto:"]
                    .iter()
                    .any(|s| href.to_ascii_lowercase().starts_with(s));
                let link = Mark::Link(href.into());
                if web {
                    self.run.push(Piece::Open(link.clone()));
                }
                self.said(found, said);
                if web {
                    self.run.push(Piece::Close(link));
                }
            }
            "text:line-break" => self.run.push(Piece::Break),
            "text:tab" | "text:s" => self.run.push(Piece::Text(" ".into())),
            "text:note" => self.note(found),
            "office:annotation" => self.left_out_comment(found),
            "draw:frame" | "draw:custom-shape" | "draw:g" | "draw:line" | "draw:rect" | "draw:a" => {
                self.drawing(found)
            }
            "text:hidden-text" | "text:hidden-paragraph" => {
                if !found.words().is_empty() {
                    self.left_out(found, "des mots cachés", "hidden words");
                }
            }
            // The reading of an ideogram, a rule, a mark: nothing that is shown within the words.
            "text:ruby-text" => self.left_out(found, "une annotation de lecture", "a reading aid"),
            // Fields, marks, references: what they show is words.
            _ => self.said(found, said),
        }
    }

    fn left_out_comment(&mut self, found: &Element) {
        let said =
            found.elements().filter(|e| matches!(&*e.name, "text:p" | "text:list")).map(Element::words);
        let (words, place) = (said.collect::<Vec<_>>().join(" "), self.place());
        self.log.skip("element", &place, say!("un commentaire : « {words} »", "a comment: “{words}”"));
    }

    fn drawing(&mut self, found: &Element) {
        let words = found.words();
        if words.is_empty() {
            let place = self.place();
            let href = found.find("draw:image").and_then(|i| i.attribute("xlink:href")).unwrap_or_default();
            self.log.report.missing_files.push(format!("{href}, {place}").into());
            self.log.skip("element", &place, say!("une image ou un dessin", "an image or a drawing"));
        } else {
            self.left_out(
                found,
                "une zone de texte ou la légende d’une image",
                "a text box or the caption of an image",
            );
        }
    }

    fn note(&mut self, found: &Element) {
        let Some(body) = found.child("text:note-body").filter(|_| self.noted == 0) else {
            return self.left_out(found, "une note dans une note", "a note in a note");
        };
        let number = found.child("text:note-citation").map(Element::words).unwrap_or_default();
        self.noted += 1;
        let words = self.flat(body);
        self.noted -= 1;
        let note = text::note(&number, words, &mut self.reasons);
        self.run.extend(note);
    }

    /// The paragraphs of a cell or a note on one line.
    fn flat(&mut self, within: &Element) -> Vec<Piece> {
        let (run, base, item) = (std::mem::take(&mut self.run), self.base.clone(), self.item.take());
        let lists = std::mem::take(&mut self.lists);
        let reasons = std::mem::take(&mut self.reasons);
        let (blocks, met) = (std::mem::take(&mut self.reading.blocks), self.met);
        self.blocks(within);
        let inner = std::mem::replace(&mut self.reading.blocks, blocks);
        (self.run, self.base, self.item, self.lists, self.met) = (run, base, item, lists, met);
        self.reasons.extend(reasons);
        one_line(inner, &mut self.reasons)
    }

    fn table(&mut self, found: &Element) {
        self.met += 1;
        let (mut rows, mut all) = (Vec::new(), Vec::new());
        gather(found, &mut all);
        let mut spans = false;
        for row in all {
            let mut cells = Vec::new();
            for cell in row.elements() {
                let times = repeated(cell, "table:number-columns-repeated");
                match &*cell.name {
                    "table:table-cell" => {
                        let span = |name| cell.attribute(name).is_some_and(|n| n != "1");
                        spans |= span("table:number-columns-spanned") || span("table:number-rows-spanned");
                        let run = self.flat(cell);
                        let times = if length(&run) > LONGEST_REPEATED { 1 } else { times };
                        cells.extend(std::iter::repeat_n(run, times));
                    }
                    "table:covered-table-cell" => cells.extend(std::iter::repeat_n(Vec::new(), times)),
                    _ => {}
                }
            }
            let all: usize = cells.iter().map(|cell: &Vec<Piece>| length(cell)).sum();
            let times = if all > LONGEST_REPEATED { 1 } else { repeated(row, "table:number-rows-repeated") };
            rows.extend(std::iter::repeat_n(cells, times));
        }
        let mut reasons = std::mem::take(&mut self.reasons);
        if spans {
            reasons.insert(say!(
                "tableau dont des cellules sont fusionnées : elles ne s’étendent plus",
                "table with merged cells: they no longer span"
            ));
        }
        let shown = rows.iter().flatten().flatten().any(is_visible);
        if let Some(markdown) = text::table(rows, &mut reasons).filter(|_| shown) {
            let place = self.place();
            self.reading.blocks.push(Block { kind: Kind::Table(markdown), run: Vec::new(), place, reasons });
        }
    }
}

fn length(run: &[Piece]) -> usize {
    run.iter().map(|piece| if let Piece::Text(words) = piece { words.len() } else { 0 }).sum()
}

fn repeated(element: &Element, name: &str) -> usize {
    element.attribute(name).and_then(|n| n.parse().ok()).unwrap_or(1).clamp(1, MOST_REPEATED)
}

/// The rows of a table, through what only groups them.
fn gather<'t>(within: &'t Element, found: &mut Vec<&'t Element>) {
    for inner in within.elements() {
        match &*inner.name {
            "table:table-row" => found.push(inner),
            "table:table-header-rows" | "table:table-rows" | "table:table-row-group" => gather(inner, found),
            _ => {}
        }
    }
}
