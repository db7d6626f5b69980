//! The body of a Word document → blocks. Tracked insertions are accepted and deletions dropped; what is drawn (images, text
//! boxes), what is hidden and what a table of contents repeats is listed.

use super::Relations;
use super::numbering::Numbering;
use super::styles::{Said, Styles};
use crate::import::document::block::{Block, Kind, Reading, is_visible, one_line};
use crate::import::html::{Mark, Note, Piece};
use crate::import::text::{self, Log, Reasons};
use crate::import::xml::Element;
use crate::say;
use std::collections::BTreeMap;

/// Footnotes and endnotes, by their kind and id.
pub(super) type Notes<'d> = BTreeMap<(&'static str, &'d str), &'d Element>;

/// A body being read.
pub(super) struct Body<'d> {
    styles: &'d Styles,
    numbering: Numbering,
    relations: &'d Relations,
    notes: &'d Notes<'d>,
    log: &'d mut Log,
    reading: Reading,
    run: Vec<Piece>,
    reasons: Reasons,
    /// Blocks met, for the places of the report.
    met: usize,
    /// What the words of the paragraph are, unless they say otherwise.
    base: Said,
    /// In how many notes, because a note may name itself.
    noted: usize,
    /// A run that goes on in the next paragraph, whose mark between them was deleted.
    carried: bool,
}

impl<'d> Body<'d> {
    pub(super) fn new(
        styles: &'d Styles,
        numbering: Numbering,
        relations: &'d Relations,
        notes: &'d Notes<'d>,
        log: &'d mut Log,
    ) -> Self {
        Body {
            styles,
            numbering,
            relations,
            notes,
            log,
            reading: Reading::default(),
            run: Vec::new(),
            reasons: Reasons::new(),
            met: 0,
            base: Said::default(),
            noted: 0,
            carried: false,
        }
    }

    pub(super) fn document(&mut self, document: &Element) {
        if let Some(body) = document.child("w:body") {
            self.blocks(body);
        }
        for name in std::mem::take(&mut self.numbering.unknown) {
            self.log.settle(
                "element",
                "word/numbering.xml",
                None,
                Reasons::from([say!(
                    "la numérotation « {name} » n’est pas connue : ses numéros sont en chiffres",
                    "the numbering “{name}” is not known: its numbers are in digits"
                )]),
            );
        }
    }

    pub(super) fn finish(mut self) -> Reading {
        self.end(Kind::Paragraph);
        self.reading
    }

    fn place(&self) -> String {
        format!("¶ {}", self.met)
    }

    fn blocks(&mut self, within: &Element) {
        for found in within.elements() {
            match &*found.name {
                "w:p" => self.paragraph(found),
                "w:tbl" => self.table(found),
                "w:sdt" if is_contents(found) => {
                    self.left_out(found, "une table des matières", "a table of contents")
                }
                "w:sdt" | "w:sdtContent" | "w:customXml" | "w:ins" | "w:moveTo" | "w:smartTag" => {
                    self.blocks(found)
                }
                "w:del" | "w:moveFrom" => self.deleted(found),
                "mc:AlternateContent" => self.alternatives(found),
                "w:sectPr" | "w:sdtPr" | "w:sdtEndPr" | "w:customXmlPr" => {}
                "w:altChunk" => self.left_out(found, "un document incorporé", "an embedded document"),
                _ if found.words().is_empty() => {}
                _ => self.left_out(found, "élément inconnu", "unknown element"),
            }
        }
    }

    fn left_out(&mut self, found: &Element, fr: &str, en: &str) {
        let (name, words, place) = (&found.name, found.words(), self.place());
        self.log.skip("element", &place, say!("« {name} », {fr} : « {words} »", "“{name}”, {en}: “{words}”"));
    }

    fn deleted(&mut self, found: &Element) {
        if !found.words().is_empty() {
            self.left_out(found, "une suppression suivie, acceptée", "a tracked deletion, accepted");
        }
    }

    fn paragraph(&mut self, found: &Element) {
        self.met += 1;
        let properties = found.child("w:pPr");
        let named = properties.and_then(|p| p.child("w:pStyle")).and_then(|e| e.attribute("w:val"));
        let styles = self.styles;
        let style = styles.paragraph(named);
        let from_style = styles.said(style);
        let said = Said::of(properties, None).over(&from_style);
        if ["toc ", "table of figures", "tm ", "index "]
            .iter()
            .any(|begin| styles.name(style).starts_with(begin))
        {
            if !found.words().is_empty() {
                self.left_out(found, "une table des matières", "a table of contents");
            }
            return;
        }
        self.base = Said { outline: None, list: None, level: None, ..from_style };
        let number = self.number(&said, style);
        let before = self.run.len();
        self.words(found);
        // An empty paragraph shows its number and says nothing.
        if self.run[before..].iter().any(is_visible) {
            self.run.splice(before..before, number);
        }
        let mark = properties.and_then(|p| p.child("w:rPr"));
        self.carried = mark.is_some_and(|m| m.child("w:del").is_some() || m.child("w:moveFrom").is_some());
        if !self.carried {
            let kind = match said.outline {
                Some(depth) if depth > 0 => Kind::Heading(depth),
                Some(_) | None if styles.is_named(style, &["title"]) && styles.name(style) == "title" => {
                    Kind::Title
                }
                Some(_) | None => Kind::Paragraph,
            };
            self.end(kind);
        }
    }

    /// The number before a paragraph, as words.
    fn number(&mut self, said: &Said, style: Option<&str>) -> Vec<Piece> {
        let Some(list) = said.list.as_deref().filter(|list| *list != "0") else { return Vec::new() };
        let of_style = style.and_then(|style| self.numbering.level_of_style(list, style));
        let level = said.level.or(of_style).unwrap_or(0);
        let Some(number) = self.numbering.next(list, level) else { return Vec::new() };
        if number.bullet {
            self.reading.bullets += 1;
            return vec![Piece::Text("– ".into())];
        }
        let text = number.text.trim();
        if text.is_empty() {
            return Vec::new();
        }
        self.reading.numbers += 1;
        let space = if number.glued { "" } else { " " };
        let text = Piece::Text(text.into());
        let mut pieces = match number.bold {
            true => vec![Piece::Open(Mark::Strong), text, Piece::Close(Mark::Strong)],
            false => vec![text],
        };
        pieces.push(Piece::Text(space.into()));
        pieces
    }

    /// The run is a block.
    fn end(&mut self, kind: Kind) {
        let (run, reasons, place) =
            (std::mem::take(&mut self.run), std::mem::take(&mut self.reasons), self.place());
        if run.iter().any(is_visible) {
            self.reading.blocks.push(Block { kind, run, place, reasons });
        }
    }

    /// What stands within a paragraph.
    fn words(&mut self, within: &Element) {
        for found in within.elements() {
            match &*found.name {
                "w:r" => self.piece(found),
                "w:hyperlink" => self.link(found),
                "w:ins" | "w:moveTo" => {
                    if !found.words().is_empty() {
                        self.reasons.insert(say!(
                            "une insertion suivie est acceptée",
                            "a tracked insertion is accepted"
                        ));
                    }
                    self.words(found);
                }
                "w:del" | "w:moveFrom" => self.deleted(found),
                "w:sdt" if is_contents(found) => {
                    self.left_out(found, "une table des matières", "a table of contents")
                }
                "w:sdt" | "w:sdtContent" | "w:smartTag" | "w:customXml" | "w:fldSimple" | "w:dir"
                | "w:bdo" | "w:ruby" | "w:rubyBase" | "w:rt" => self.words(found),
                "mc:AlternateContent" => self.alternatives(found),
                "m:oMath" | "m:oMathPara" => {
                    self.reasons.insert(say!(
                        "une formule devient ses seuls signes",
                        "a formula becomes its signs alone"
                    ));
                    self.run.push(Piece::Text(found.words()));
                }
                "w:pPr" | "w:rPr" | "w:sdtPr" | "w:sdtEndPr" | "w:smartTagPr" | "w:customXmlPr" => {}
                _ if found.words().is_empty() => {}
                _ => {
                    let name = &found.name;
                    let reason = say!(
                        "« {name} » inconnu : ses mots sont gardés",
                        "“{name}” unknown: its words are kept"
                    );
                    self.reasons.insert(reason);
                    self.run.push(Piece::Text(found.text()));
                }
            }
        }
    }

    fn link(&mut self, found: &Element) {
        let target =
            found.attribute("r:id").and_then(|id| self.relations.get(id)).map(|r| r.target.to_string());
        match target.filter(|t| {
            ["http://", "https://", "mailto:"].iter().any(|scheme| t.to_ascii_lowercase().starts_with(scheme))
        }) {
            Some(address) => {
                self.run.push(Piece::Open(Mark::Link(address.clone())));
                self.words(found);
                self.run.push(Piece::Close(Mark::Link(address)));
            }
            None => self.words(found),
        }
    }

    /// A drawing, in a newer and an older form: neither is taken, but words that only look like one are.
    fn alternatives(&mut self, found: &Element) {
        let chosen = found.child("mc:Choice").or_else(|| found.child("mc:Fallback"));
        for inner in chosen.into_iter().flat_map(Element::elements) {
            self.drawn_or_said(inner);
        }
    }

    fn drawn_or_said(&mut self, found: &Element) {
        match &*found.name {
            "w:drawing" | "w:pict" | "w:object" => self.drawing(found),
            "w:r" => self.piece(found),
            "w:p" => self.paragraph(found),
            _ => self.words(found),
        }
    }

    /// An image or a text box.
    fn drawing(&mut self, found: &Element) {
        if found.words().is_empty() {
            let place = self.place();
            self.log.report.missing_files.push(format!("image, {place}").into());
            self.log.skip("element", &place, say!("une image ou un dessin", "an image or a drawing"));
        } else {
            self.left_out(found, "une zone de texte", "a text box");
        }
    }

    /// Words with the same properties.
    fn piece(&mut self, found: &Element) {
        let properties = found.child("w:rPr");
        let named = properties.and_then(|p| p.child("w:rStyle")).and_then(|e| e.attribute("w:val"));
        let of_style = named.map(|style| self.styles.said(Some(style))).unwrap_or_default();
        let said = Said::of(None, properties).over(&of_style).over(&self.base);
        if said.hidden == Some(true) {
            if !found.words().is_empty() {
                self.left_out(found, "des mots cachés", "hidden words");
            }
            return;
        }
        let mut marks = Vec::new();
        marks.extend((said.bold == Some(true)).then_some(Mark::Strong));
        marks.extend((said.italic == Some(true)).then_some(Mark::Emphasis));
        marks.extend((said.struck == Some(true)).then_some(Mark::Struck));
        match said.raised.as_deref() {
            Some("superscript") => marks.push(Mark::Raised("sup")),
            Some("subscript") => marks.push(Mark::Raised("sub")),
            Some(_) | None => {}
        }
        self.run.extend(marks.iter().cloned().map(Piece::Open));
        let before = self.run.len();
        self.signs(found);
        if said.underlined == Some(true) && self.run[before..].iter().any(is_visible) {
            self.reasons.insert(Note::Underline.said());
        }
        self.run.extend(marks.into_iter().rev().map(Piece::Close));
    }

    fn signs(&mut self, found: &Element) {
        for inner in found.elements() {
            match &*inner.name {
                "w:t" => self.run.push(Piece::Text(inner.text().replace('\u{ad}', ""))),
                "w:tab" | "w:ptab" => self.run.push(Piece::Text(" ".into())),
                "w:br" if matches!(inner.attribute("w:type"), Some("page" | "column")) => {
                    self.run.push(Piece::Text(" ".into()));
                }
                "w:br" | "w:cr" => self.run.push(Piece::Break),
                "w:noBreakHyphen" => self.run.push(Piece::Text("\u{2011}".into())),
                "w:sym" => self.symbol(inner),
                "w:footnoteReference" => self.note("footnotes", inner),
                "w:endnoteReference" => self.note("endnotes", inner),
                "w:drawing" | "w:pict" | "w:object" => self.drawing(inner),
                "mc:AlternateContent" => self.alternatives(inner),
                "w:ruby" => self.words(inner),
                "w:delText" => self.deleted(found),
                // The rule of a field; what it gave stands beside it as words.
                "w:instrText" | "w:delInstrText" | "w:rPr" | "w:fldChar" => {}
                _ if inner.words().is_empty() => {}
                _ => {
                    let name = &inner.name;
                    self.reasons.insert(say!(
                        "« {name} » inconnu : ses mots sont gardés",
                        "“{name}” unknown: its words are kept"
                    ));
                    self.run.push(Piece::Text(inner.text()));
                }
            }
        }
    }

    /// A letter given by its number; in the fonts of signs, numbers from F000 on mean something else in each.
    fn symbol(&mut self, found: &Element) {
        let code = found.attribute("w:char").unwrap_or_default();
        let font = found.attribute("w:font").unwrap_or_default();
        match u32::from_str_radix(code, 16).ok().and_then(char::from_u32) {
            Some(letter) if !('\u{e000}'..='\u{f8ff}').contains(&letter) && !letter.is_control() => {
                self.run.push(Piece::Text(letter.into()));
            }
            Some(_) | None => {
                let place = self.place();
                self.log.skip(
                    "element",
                    &place,
                    say!("le signe {code} de la police « {font} »", "the sign {code} of the font “{font}”"),
                );
            }
        }
    }

    fn note(&mut self, kind: &'static str, call: &Element) {
        let id = call.attribute("w:id").unwrap_or_default();
        let notes = self.notes;
        let found = notes.get(&(kind, id)).copied();
        let Some(found) = found.filter(|_| self.noted == 0) else {
            let place = self.place();
            self.log.skip(
                "element",
                &place,
                say!("appel d’une note absente, {id}", "call of a note that is not there, {id}"),
            );
            return;
        };
        self.noted += 1;
        let words = self.flat(found);
        self.noted -= 1;
        let note = text::note(id, words, &mut self.reasons);
        self.run.extend(note);
    }

    /// The paragraphs of a cell or a note on one line.
    fn flat(&mut self, within: &Element) -> Vec<Piece> {
        let (run, base) = (std::mem::take(&mut self.run), self.base.clone());
        let blocks = std::mem::take(&mut self.reading.blocks);
        let met = self.met;
        self.blocks(within);
        self.end(Kind::Paragraph);
        self.met = met;
        let inner = std::mem::replace(&mut self.reading.blocks, blocks);
        (self.run, self.base) = (run, base);
        one_line(inner, &mut self.reasons)
    }

    fn table(&mut self, found: &Element) {
        self.end(Kind::Paragraph);
        self.met += 1;
        let mut rows = Vec::new();
        let mut all = Vec::new();
        gather(found, "w:tr", &mut all);
        let mut reasons = Reasons::new();
        for row in all {
            if row.child("w:trPr").is_some_and(|p| p.child("w:del").is_some()) {
                self.deleted(row);
                continue;
            }
            let (mut cells, mut found) = (Vec::new(), Vec::new());
            gather(row, "w:tc", &mut found);
            for cell in found {
                let said = |name: &str| cell.child("w:tcPr").and_then(|p| p.child(name));
                if said("w:gridSpan").is_some() || said("w:vMerge").is_some() {
                    reasons.insert(say!(
                        "tableau dont des cellules sont fusionnées : elles ne s’étendent plus",
                        "table with merged cells: they no longer span"
                    ));
                }
                cells.push(self.flat(cell));
            }
            rows.push(cells);
        }
        reasons.append(&mut self.reasons);
        let shown = rows.iter().flatten().flatten().any(is_visible);
        if let Some(markdown) = text::table(rows, &mut reasons).filter(|_| shown) {
            let place = self.place();
            self.reading.blocks.push(Block { kind: Kind::Table(markdown), run: Vec::new(), place, reasons });
        }
    }
}

/// The elements of a name in another, through what only wraps them.
fn gather<'t>(within: &'t Element, name: &str, found: &mut Vec<&'t Element>) {
    for inner in within.elements() {
        match &*inner.name {
            other if other == name => found.push(inner),
            "w:sdt" | "w:sdtContent" | "w:customXml" | "w:ins" | "w:moveTo" => gather(inner, name, found),
            _ => {}
        }
    }
}

fn is_contents(found: &Element) -> bool {
    let gallery = found.child("w:sdtPr").and_then(|p| p.find("w:docPartGallery"));
    gallery.and_then(|g| g.attribute("w:val")).is_some_and(|name| name == "Table of Contents")
}
