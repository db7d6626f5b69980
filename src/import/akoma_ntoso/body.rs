//! The body of a document → divisions, articles and paragraphs. One walk over the tree: what is a block closes the run of
//! words before it and after it, what is within a block adds to the run, and words are taken wherever they stand, so
//! that none is lost to an element that nobody expected. Numbers of points wait for the words they number.

use super::meta::line;
use super::names::{BLOCKS, DIVISIONS, INLINES, MARKS, UNITS};
use super::words::{by_id, quotes};
use crate::import::html::{self, Mark, Piece, normal};
use crate::import::text::{Log, Reasons, letters, noted, strong};
use crate::import::xml::{Element, Node};
use crate::model::choices::Numbering;
use crate::model::document::{Article, Division, Document, Item, Paragraph};
use crate::model::id::Id;
use crate::parse::document::read;
use crate::say;
use std::collections::BTreeMap;

/// A body being read.
pub(super) struct Body<'t> {
    pub(super) log: Log,
    pub(super) document: Document,
    /// Notes that stand elsewhere, by their ids.
    pub(super) notes: BTreeMap<&'t str, &'t Element>,
    pub(super) numbering: Numbering,
    /// What is an article here.
    unit: Option<&'static str>,
    in_unit: bool,
    depth: u8,
    /// In how many quoted structures: what they hold is words of the article that quotes them.
    quoted: usize,
    /// In how many things whose words stand on one line: cells, notes.
    pub(super) flat: usize,
    /// A quotation has just ended: punctuation that follows is its paragraph's.
    quote_ended: bool,
    /// Numbers that wait for their words.
    pending: Vec<Piece>,
    pub(super) run: Vec<Piece>,
    pub(super) open: Vec<Mark>,
    pub(super) reasons: Reasons,
    place: String,
}

impl<'t> Body<'t> {
    /// A body of this document.
    pub(super) fn new(root: &'t Element, french: bool, numbering: Numbering, log: Log) -> Self {
        let units = if french { &UNITS[..1] } else { &UNITS[..] };
        let unit = units.iter().find(|unit| holds(root, unit)).copied();
        Body {
            log,
            document: Document::default(),
            notes: by_id(root, &["note", "authorialNote"]),
            numbering,
            unit,
            in_unit: false,
            depth: 0,
            quoted: 0,
            flat: 0,
            quote_ended: false,
            pending: Vec::new(),
            run: Vec::new(),
            open: Vec::new(),
            reasons: Reasons::new(),
            place: line(root),
        }
    }

    /// How its articles are numbered.
    pub(super) fn numbering(&self) -> Numbering {
        self.numbering
    }

    /// Reads all of an element.
    pub(super) fn children(&mut self, element: &Element) {
        for node in &element.children {
            match node {
                Node::Text(words) => self.words(words),
                Node::Element(inner) => self.element(inner),
            }
        }
    }

    /// The paragraphs of an element that is no text of its own: what it holds opens neither article nor division.
    pub(super) fn paragraphs(mut self, element: &Element) -> (String, Log) {
        self.quoted += 1;
        self.block(element);
        let paragraphs: Vec<&str> = self.document.preamble.iter().map(|p| &*p.markdown).collect();
        (paragraphs.join("\n\n"), self.log)
    }

    /// Reads an element as a block of its own.
    pub(super) fn block(&mut self, element: &Element) {
        self.boundary(element);
        self.children(element);
        self.boundary(element);
        self.leave();
    }

    fn words(&mut self, words: &str) {
        if !self.run.is_empty() || !words.trim().is_empty() {
            self.run.push(Piece::Text(words.into()));
        }
    }

    fn element(&mut self, element: &Element) {
        let name = &*element.name;
        match name {
            "meta" => {}
            "b" => self.marked(Mark::Strong, element),
            "i" => self.marked(Mark::Emphasis, element),
            "sup" => self.marked(Mark::Raised("sup"), element),
            "sub" => self.marked(Mark::Raised("sub"), element),
            "u" => {
                self.reasons.insert(html::Note::Underline.said());
                self.children(element);
            }
            "a" | "ref" => self.link(element),
            "br" => self.run.push(Piece::Break),
            "eol" => self.run.push(Piece::Text(" ".into())),
            "eop" => {}
            "ins" => {
                self.reasons
                    .insert(say!("une insertion suivie est acceptée", "a tracked insertion is accepted"));
                self.children(element);
            }
            "del" => self.left_out("del", element, &say!("mots supprimés", "words deleted")),
            "img" => self.image(element),
            "authorialNote" => self.note(element),
            "noteRef" => self.note_called(element),
            "quotedText" | "embeddedText" => self.quoted_text(element),
            "quotedStructure" | "embeddedStructure" => self.quoted_structure(element),
            "table" if self.flat == 0 => self.table(element),
            "toc" => self.left_out("toc", element, &say!("une table des matières", "a table of contents")),
            "num" => self.number(element),
            "heading" | "subheading" => self.heading(element),
            "crossHeading" if self.is_free() => self.division(element, ("", &element.words()), false),
            "conclusions" if self.is_free() && !self.document.items.is_empty() => {
                self.apart(
                    element,
                    "Conclusion",
                    say!(
                        "ce qui suit le dernier article est sous un titre à part, « Conclusion »",
                        "what follows the last article stands under a heading of its own, “Conclusion”"
                    ),
                );
            }
            "attachment" | "component" if self.is_free() => self.attachment(element),
            _ if self.is_free() && self.unit == Some(name) => self.article(element),
            _ if self.is_free() && DIVISIONS.contains(&name) && titled(element) => self.titled(element),
            _ if INLINES.contains(&name) || MARKS.contains(&name) => self.children(element),
            "li" => {
                self.boundary(element);
                self.pending.push(Piece::Text("– ".into()));
                self.block(element);
            }
            "alinea" => self.alinea(element),
            _ if BLOCKS.contains(&name) => self.block(element),
            _ => self.unknown(element),
        }
    }

    /// Neither in an article nor in a quotation nor on one line.
    fn is_free(&self) -> bool {
        !self.in_unit && self.quoted == 0 && self.flat == 0
    }

    /// The French Senate says in an attribute what its page shows: an `alinea` without words is `(Supprimé)`.
    fn alinea(&mut self, element: &Element) {
        let Some(mention) = mention(element) else { return self.block(element) };
        self.boundary(element);
        let before = self.list().len();
        self.children(element);
        if self.flat > 0 || self.list().len() == before {
            self.run.push(Piece::Text(format!(" {mention}")));
        } else {
            let name = &element.name;
            self.log.skip(
                "element",
                &line(element),
                say!("mention d’« {name} » : « {mention} »", "mention of “{name}”: “{mention}”"),
            );
        }
        self.boundary(element);
        self.leave();
    }

    fn unknown(&mut self, element: &Element) {
        let (name, words) = (&element.name, element.words());
        if words.is_empty() {
            self.log.skip(
                "element",
                &line(element),
                say!("« {name} » inconnu, et sans mots", "“{name}” unknown, and without words"),
            );
            return;
        }
        let reason =
            say!("« {name} » inconnu : ses mots sont gardés", "“{name}” unknown: its words are kept");
        self.log.settle("element", &line(element), None, Reasons::from([reason]));
        // Among words it is within them, otherwise a block.
        let within = self.run.iter().any(|p| matches!(p, Piece::Text(words) if !words.trim().is_empty()));
        if within { self.children(element) } else { self.block(element) }
    }

    fn left_out(&mut self, name: &str, element: &Element, what: &crate::lang::Bilingual) {
        let (words, crate::lang::Bilingual { fr, en }) = (element.words(), what);
        self.log.skip(
            "element",
            &line(element),
            say!("« {name} », {fr} : « {words} »", "“{name}”, {en}: “{words}”"),
        );
    }

    fn quoted_structure(&mut self, element: &Element) {
        let (before, after) = quotes(element);
        self.boundary(element);
        if !before.is_empty() {
            self.pending.push(Piece::Text(before));
        }
        self.quoted += 1;
        self.block(element);
        self.quoted -= 1;
        self.quote_ended = true;
        if !after.is_empty() {
            self.run.push(Piece::Text(after));
            self.boundary(element);
        }
    }

    fn number(&mut self, element: &Element) {
        self.boundary(element);
        let mut words = self.flat(element);
        words.push(Piece::Text(" ".into()));
        if self.flat > 0 { self.run.extend(words) } else { self.pending.extend(words) }
    }

    /// A heading that opens nothing: a strong line.
    fn heading(&mut self, element: &Element) {
        self.boundary(element);
        let words = self.flat(element);
        self.run.extend(strong(words));
        self.boundary(element);
    }

    /// A division with a number, a heading or both.
    fn titled(&mut self, element: &Element) {
        let (number, heading) =
            (self.line_of(element, &["num"]), self.line_of(element, &["heading", "subheading"]));
        self.division(element, (&number, &heading), true);
    }

    fn division(&mut self, element: &Element, (number, heading): (&str, &str), enter: bool) {
        self.boundary(element);
        self.leave();
        self.depth += 1;
        let (level, id) = (self.depth.min(6), nobody());
        let (number, heading) = (number.into(), heading.into());
        self.document.items.push(Item::Division(Division {
            level,
            id,
            number,
            heading,
            paragraphs: Vec::new(),
        }));
        self.log.settle("block", &line(element), None, std::mem::take(&mut self.reasons));
        if enter {
            self.inside(element);
        }
        self.depth -= 1;
    }

    /// What stands under a heading that the document has not.
    fn apart(&mut self, element: &Element, heading: &str, reason: crate::lang::Bilingual) {
        self.reasons.insert(reason);
        let depth = std::mem::take(&mut self.depth);
        self.division(element, ("", heading), false);
        self.block(element);
        self.depth = depth;
    }

    /// An annex: its heading, or one that says what it is.
    fn attachment(&mut self, element: &Element) {
        let heading = self.line_of(element, &["num", "heading", "subheading"]);
        let depth = std::mem::take(&mut self.depth);
        if heading.is_empty() {
            let name = if self.numbering == Numbering::French { "Annexe" } else { "Annex" };
            self.reasons.insert(say!(
                "une pièce jointe sans titre est « {name} »",
                "an attachment without a heading is “{name}”"
            ));
            self.division(element, ("", name), false);
        } else {
            self.division(element, ("", &heading), false);
        }
        self.depth = 1;
        self.inside(element);
        self.depth = depth;
    }

    fn article(&mut self, element: &Element) {
        self.boundary(element);
        self.leave();
        let written = self.line_of(element, &["num"]);
        let heading = self.line_of(element, &["heading", "subheading"]);
        let mut number = self.unit_number(element, &written);
        if let Some(mention) = mention(element) {
            // `(nouveau)` is of the number, where it is shown.
            number = format!("{number} {mention}");
        }
        let id = nobody();
        self.document.items.push(Item::Article(Article {
            id,
            number: number.into(),
            heading: heading.into(),
            paragraphs: Vec::new(),
        }));
        self.log.settle("block", &line(element), None, std::mem::take(&mut self.reasons));
        self.in_unit = true;
        self.inside(element);
        self.in_unit = false;
    }

    /// What an element holds besides its own number and heading.
    fn inside(&mut self, element: &Element) {
        let own = |node: &&Node| !matches!(node, Node::Element(e) if matches!(&*e.name, "num" | "heading" | "subheading"));
        for node in element.children.iter().filter(own) {
            match node {
                Node::Text(words) => self.words(words),
                Node::Element(inner) => self.element(inner),
            }
        }
        self.boundary(element);
        self.leave();
    }

    /// The words of some of its elements on one line, without marks; a note among them is listed.
    fn line_of(&mut self, element: &Element, names: &[&str]) -> String {
        let mut parts = Vec::new();
        for inner in element.elements().filter(|e| names.contains(&&*e.name)) {
            let run = self.flat(inner);
            let plain = run.into_iter().map(|piece| match piece {
                Piece::Text(words) | Piece::Code(words) => words,
                Piece::Break => " ".into(),
                Piece::Open(_) | Piece::Close(_) => String::new(),
            });
            parts.push(normal(&plain.collect::<String>()));
        }
        parts.retain(|part| !part.is_empty());
        parts.join(" ")
    }

    /// The number of an article in a form that is read as one: `5.` is `Article 5`.
    fn unit_number(&mut self, element: &Element, written: &str) -> String {
        let bare = written.trim_end_matches(|c: char| c.is_whitespace() || ".:–—-".contains(c));
        let word = match &*element.name {
            "section" => "Section",
            "clause" => "Clause",
            _ => "Article",
        };
        let id = element.attribute("eId").or_else(|| element.attribute("id")).unwrap_or_default();
        let last = id.rsplit("__").next().unwrap_or_default();
        let place = last.rsplit('_').next().unwrap_or_default();
        let order = (self.document.articles().count() + 1).to_string();
        let named = |word: &str, number: &str| format!("{word} {number}");
        let mut forms = vec![bare.to_owned(), named(word, bare), named("Article", bare)];
        forms.extend([named(word, place), named("Article", place), named("Article", &order)]);
        let fine = |form: &&String| is_article(form, self.numbering) && form.contains(char::is_alphanumeric);
        let number = forms.iter().find(fine).cloned().unwrap_or_else(|| named("Article", &order));
        if letters(&number) != letters(written) {
            self.reasons.insert(say!(
                "le numéro « {written} » est écrit « {number} », pour être lu comme celui d’un article",
                "the number “{written}” is written “{number}”, to be read as an article's"
            ));
        }
        number
    }

    /// A block begins or ends here: the run before it is a paragraph.
    pub(super) fn boundary(&mut self, element: &Element) {
        if self.flat > 0 {
            self.run.push(Piece::Text(" ".into()));
            return;
        }
        let mut run = std::mem::take(&mut self.run);
        run.extend(self.open.iter().rev().cloned().map(Piece::Close));
        self.run.extend(self.open.iter().cloned().map(Piece::Open));
        let words: String = run
            .iter()
            .filter_map(|p| if let Piece::Text(words) = p { Some(&**words) } else { None })
            .collect();
        let words = words.trim();
        if words.is_empty() {
            self.run.clear();
            self.run.extend(self.open.iter().cloned().map(Piece::Open));
        } else if self.quote_ended && !words.contains(char::is_alphanumeric) && self.pending.is_empty() {
            self.ends_with(words);
        } else {
            let whole = std::mem::take(&mut self.pending);
            let (paragraphs, notes) = html::paragraphs(whole.into_iter().chain(run).collect());
            noted(&mut self.reasons, notes);
            for markdown in paragraphs {
                self.paragraph(markdown);
            }
            let place = self.place.clone();
            self.log.settle("block", &place, None, std::mem::take(&mut self.reasons));
        }
        self.place = line(element);
    }

    /// A number that found no words is a paragraph.
    pub(super) fn leave(&mut self) {
        if self.flat == 0
            && self.pending.iter().any(|p| matches!(p, Piece::Text(words) if !words.trim().is_empty()))
        {
            let run = std::mem::take(&mut self.pending);
            let (paragraphs, notes) = html::paragraphs(run);
            noted(&mut self.reasons, notes);
            for markdown in paragraphs {
                self.paragraph(markdown);
            }
            let place = self.place.clone();
            self.log.settle("block", &place, None, std::mem::take(&mut self.reasons));
        }
    }

    /// Punctuation alone belongs to the paragraph before it.
    fn ends_with(&mut self, words: &str) {
        match self.list().last_mut().filter(|last| !last.markdown.starts_with('|')) {
            Some(last) => {
                let (plain, _) = html::line(vec![Piece::Text(format!("a{words}"))]);
                let joint =
                    if words.starts_with(['»', ';', ':', '?', '!']) && !last.markdown.ends_with('\u{a0}') {
                        "\u{a0}"
                    } else {
                        ""
                    };
                last.markdown = format!("{}{joint}{}", last.markdown, plain.trim_start_matches('a')).into();
            }
            None => self.pending.push(Piece::Text(format!("{words} "))),
        }
    }

    fn list(&mut self) -> &mut Vec<Paragraph> {
        match self.document.items.last_mut() {
            None => &mut self.document.preamble,
            Some(Item::Division(division)) => &mut division.paragraphs,
            Some(Item::Article(article)) => &mut article.paragraphs,
        }
    }

    pub(super) fn paragraph(&mut self, markdown: String) {
        self.quote_ended = false;
        let list = self.list();
        let number = list.len() as u32 + 1;
        list.push(Paragraph { number, markdown: markdown.into() });
    }
}

/// What an element is said to be, when its words do not say it: `(nouveau)`, `(Supprimé)`, `(Non modifié)`.
fn mention(element: &Element) -> Option<&str> {
    let mention = element.attribute("?:mention").map(str::trim).filter(|mention| !mention.is_empty())?;
    (!element.words().contains(mention)).then_some(mention)
}

/// Whether this number, alone in a heading, is read as an article's.
fn is_article(number: &str, numbering: Numbering) -> bool {
    let (heading, paragraphs) = ("".into(), Vec::new());
    let article = Item::Article(Article { id: nobody(), number: number.into(), heading, paragraphs });
    let markdown = Document { preamble: Vec::new(), items: vec![article] }.to_markdown();
    match read(&markdown, numbering).items.as_slice() {
        [Item::Article(read)] => *read.number == *number && read.heading.is_empty(),
        _ => false,
    }
}

/// The id of an item before it is read back, which gives the true one.
fn nobody() -> Id {
    // The shortest id there is; `slug` gives one for any letter.
    #[allow(clippy::expect_used)]
    Id::new("x").expect("a letter is an id")
}

fn titled(element: &Element) -> bool {
    element.elements().any(|e| matches!(&*e.name, "num" | "heading") && !e.words().is_empty())
}

/// Whether an element of this name is in it, quotations aside.
fn holds(element: &Element, name: &str) -> bool {
    element.elements().any(|inner| {
        &*inner.name == name
            || (!matches!(&*inner.name, "quotedStructure" | "embeddedStructure" | "meta")
                && holds(inner, name))
    })
}
