//! XML → a small tree in which each element knows its line. The only module that knows the crate that reads XML.
//! Bounded in size, depth and number of nodes, because a file may come from anywhere: declarations of entities are
//! refused, never expanded, and nothing outside the file is read. Comments and instructions are left out.
//!
//! Names: each format gives the addresses of its namespaces with a short prefix; an element of one is `w:p` whatever
//! prefix its file chose, one of another namespace is `?:p`.

use crate::lang::Bilingual;
use crate::say;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;

/// Largest file, in bytes.
const LARGEST: usize = 96 * 1024 * 1024;
/// Most elements and runs of words.
const MOST_NODES: usize = 2_000_000;
/// Deepest nesting.
const DEEPEST: usize = 120;
/// Most attributes of an element, and most prefixes declared at one place.
const MOST_ATTRIBUTES: usize = 256;

/// Addresses of namespaces (how they begin) with the prefix under which they are known here.
pub(super) type Namespaces = [(&'static str, &'static str)];

/// An element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name, with the prefix of its namespace.
    pub(super) name: Box<str>,
    /// Its attributes, in the order of the file.
    attributes: Vec<(Box<str>, Box<str>)>,
    /// What it holds.
    pub(super) children: Vec<Node>,
    /// The line on which it begins, from 1.
    pub(super) line: u32,
}

/// What an element holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// An element.
    Element(Element),
    /// Words; they grow while they are read.
    Text(String),
}

impl Element {
    /// An attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| &**key == name).map(|(_, value)| &**value)
    }

    /// The elements directly in it.
    pub(super) fn elements(&self) -> impl DoubleEndedIterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first of its elements that has this name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| &*element.name == name)
    }

    /// The first element of this name anywhere in it.
    pub(super) fn find(&self, name: &str) -> Option<&Element> {
        self.elements().find_map(|inner| if &*inner.name == name { Some(inner) } else { inner.find(name) })
    }

    /// All its words, as they stand.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        self.push_text(&mut out);
        out
    }

    fn push_text(&self, out: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(words) => out.push_str(words),
                Node::Element(inner) => inner.push_text(out),
            }
        }
    }

    /// Its words with one space between two, and where an element ends.
    pub(super) fn words(&self) -> String {
        let mut out = String::new();
        self.push_words(&mut out);
        super::html::normal(&out)
    }

    fn push_words(&self, out: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(words) => out.push_str(words),
                Node::Element(inner) => {
                    inner.push_words(out);
                    out.push(' ');
                }
            }
        }
    }
}

/// Reads a file; the fault says its line.
pub(super) fn read(bytes: &[u8], namespaces: &Namespaces) -> Result<Element, Bilingual> {
    if bytes.len() > LARGEST {
        return Err(say!("plus de 96 Mo de XML", "more than 96 MB of XML"));
    }
    let text = decode(bytes)?;
    let mut building = Building {
        lines: Lines { text: &text, at: 0, line: 1 },
        namespaces,
        open: Vec::new(),
        root: None,
        nodes: 0,
        prefixes: Vec::new(),
    };
    let mut reader = Reader::from_str(&text);
    reader.config_mut().expand_empty_elements = true;
    loop {
        let at = reader.buffer_position() as usize;
        let event = reader
            .read_event()
            .map_err(|e| building.at(at, &say!("XML mal formé : {e}", "ill-formed XML: {e}")))?;
        if matches!(event, Event::Eof) {
            break;
        }
        building.lines.move_to(at);
        building.take(event)?;
    }
    match building.root {
        Some(root) if building.open.is_empty() => Ok(root),
        Some(_) | None => Err(say!(
            "le XML s’arrête avant la fin : le fichier est incomplet",
            "the XML ends too early: the file is incomplete"
        )),
    }
}

struct Building<'t> {
    lines: Lines<'t>,
    namespaces: &'t Namespaces,
    open: Vec<Open>,
    root: Option<Element>,
    nodes: usize,
    /// Prefixes in use, the innermost last: what they are called in the file and here.
    prefixes: Vec<(Box<str>, &'static str)>,
}

/// An element being read, and how many prefixes were in use before it.
struct Open {
    element: Element,
    prefixes: usize,
}

/// The line of a place, told while walking forwards.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    fn move_to(&mut self, at: usize) {
        let passed = self.text.as_bytes().get(self.at..at).unwrap_or_default();
        self.line += passed.iter().filter(|b| **b == b'\n').count() as u32;
        self.at = at.max(self.at);
    }
}

impl Building<'_> {
    fn at(&mut self, place: usize, what: &Bilingual) -> Bilingual {
        self.lines.move_to(place);
        let line = self.lines.line;
        let Bilingual { fr, en } = what;
        say!("{fr} (ligne {line})", "{en} (line {line})")
    }

    fn here(&mut self, what: &Bilingual) -> Bilingual {
        self.at(self.lines.at, what)
    }

    fn take(&mut self, event: Event<'_>) -> Result<(), Bilingual> {
        match event {
            Event::Start(start) | Event::Empty(start) => self.start(&start)?,
            Event::End(_) => self.end(),
            Event::Text(text) => self.text(&text.xml10_content())?,
            Event::CData(text) => self.text(&text.xml10_content())?,
            Event::GeneralRef(name) => {
                let name: &str = &name;
                let words = reference(name).ok_or_else(|| {
                    self.here(&say!(
                        "l’entité « &{name}; » n’est pas de celles que XML connaît",
                        "the entity “&{name};” is none that XML knows"
                    ))
                })?;
                self.text(words.encode_utf8(&mut [0; 4]))?;
            }
            Event::DocType(declared) if declared.contains('[') => {
                return Err(self.here(&say!(
                    "le fichier déclare ses propres entités (DOCTYPE) : refusé",
                    "the file declares entities of its own (DOCTYPE): refused"
                )));
            }
            Event::DocType(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Eof => {}
        }
        Ok(())
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), Bilingual> {
        self.count()?;
        if self.open.len() >= DEEPEST {
            return Err(self.here(&say!(
                "plus de {DEEPEST} éléments l’un dans l’autre",
                "more than {DEEPEST} elements one in the other"
            )));
        }
        if self.open.is_empty() && self.root.is_some() {
            return Err(self.here(&say!("du XML après la fin", "XML after the end")));
        }
        let prefixes = self.prefixes.len();
        let mut attributes: Vec<(Box<str>, Box<str>)> = Vec::new();
        for attribute in start.attributes().with_checks(false) {
            let fault =
                |e: &dyn std::fmt::Display| say!("attribut mal formé : {e}", "ill-formed attribute: {e}");
            let attribute = attribute.map_err(|e| self.here(&fault(&e)))?;
            let value = unescape(&attribute.value).ok_or_else(|| self.here(&fault(&"&")))?;
            let key = attribute.key.0;
            match key.strip_prefix("xmlns") {
                Some(prefix) if prefix.is_empty() || prefix.starts_with(':') => {
                    let known = self.namespaces.iter().find(|(begin, _)| value.starts_with(begin));
                    let short = known.map_or(if value.is_empty() { "" } else { "?" }, |(_, short)| *short);
                    self.prefixes.push((prefix.trim_start_matches(':').into(), short));
                }
                Some(_) | None => attributes.push((key.into(), value.into())),
            }
            if attributes.len() > MOST_ATTRIBUTES || self.prefixes.len() > MOST_ATTRIBUTES {
                return Err(
                    self.here(&say!("trop d’attributs sur un élément", "too many attributes on an element"))
                );
            }
        }
        for (key, _) in &mut attributes {
            if key.contains(':') && !key.starts_with("xml:") {
                *key = self.named(key);
            }
        }
        let name = self.named(start.name().0);
        let element = Element { name, attributes, children: Vec::new(), line: self.lines.line };
        self.open.push(Open { element, prefixes });
        Ok(())
    }

    /// A name with the prefix under which its namespace is known here.
    fn named(&self, written: &str) -> Box<str> {
        let (prefix, local) = written.split_once(':').unwrap_or(("", written));
        let found = self.prefixes.iter().rev().find(|(known, _)| &**known == prefix).map(|(_, short)| *short);
        match found.unwrap_or(if prefix.is_empty() { "" } else { "?" }) {
            "" => local.into(),
            short => format!("{short}:{local}").into(),
        }
    }

    fn end(&mut self) {
        let Some(Open { element, prefixes }) = self.open.pop() else { return };
        self.prefixes.truncate(prefixes);
        match self.open.last_mut() {
            Some(above) => above.element.children.push(Node::Element(element)),
            None => self.root = Some(element),
        }
    }

    fn text(&mut self, words: &str) -> Result<(), Bilingual> {
        self.count()?;
        match self.open.last_mut() {
            None => {}
            Some(open) => match open.element.children.last_mut() {
                Some(Node::Text(last)) => last.push_str(words),
                Some(Node::Element(_)) | None => open.element.children.push(Node::Text(words.into())),
            },
        }
        Ok(())
    }

    fn count(&mut self) -> Result<(), Bilingual> {
        self.nodes += 1;
        if self.nodes <= MOST_NODES {
            return Ok(());
        }
        Err(self.here(&say!("plus de {MOST_NODES} éléments", "more than {MOST_NODES} elements")))
    }
}

/// The letter that a reference stands for: one of the five names of XML, or a number.
fn reference(name: &str) -> Option<char> {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    let found = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => match name.strip_prefix('#')? {
            hex if hex.starts_with('x') => number(&hex[1..], 16)?,
            decimal => number(decimal, 10)?,
        },
    };
    (!found.is_control() || matches!(found, '\t' | '\n' | '\r')).then_some(found)
}

/// The value of an attribute: references are letters, line ends spaces.
fn unescape(value: &str) -> Option<String> {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (name, after) = rest[at + 1..].split_once(';')?;
        out.push(reference(name)?);
        rest = after;
    }
    out.push_str(rest);
    Some(out.replace(['\t', '\n', '\r'], " "))
}

/// UTF-8, UTF-16 with its mark, or what the declaration says of the western encodings.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Bilingual> {
    let wide = |pairs: &[u8], order: fn([u8; 2]) -> u16| {
        let units = pairs.chunks_exact(2).map(|pair| order([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect::<String>()
    };
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe]) {
        return Ok(wide(rest, u16::from_le_bytes).into());
    }
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        return Ok(wide(rest, u16::from_be_bytes).into());
    }
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.into());
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).to_ascii_lowercase();
    let western = head.split("?>").next().is_some_and(|declared| {
        ["iso-8859-1\"", "iso-8859-1'", "windows-1252", "iso-8859-15"]
            .iter()
            .any(|name| declared.contains(name))
    });
    if !western {
        return Err(say!(
            "ce n’est ni de l’UTF-8 ni un codage déclaré",
            "neither UTF-8 nor a declared encoding"
        ));
    }
    Ok(bytes.iter().map(|b| western_letter(*b)).collect::<String>().into())
}

/// A byte of Windows-1252, which is ISO 8859-1 where that one has letters.
fn western_letter(byte: u8) -> char {
    const OTHERS: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => OTHERS[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NAMES: [(&str, &str); 2] = [("urn:a", ""), ("urn:w", "w")];

    fn fault(xml: &str) -> String {
        read(xml.as_bytes(), &NAMES).unwrap_err().en
    }

    #[test]
    fn names_do_not_depend_on_the_prefixes_of_the_file() {
        let one = "<a xmlns='urn:a/3' xmlns:w='urn:w'><w:b w:c='1'/></a>";
        let other = "<x:a xmlns:x='urn:a/3'><b xmlns='urn:w' xmlns:z='urn:w' z:c='1'/></x:a>";
        let read = |xml: &str| read(xml.as_bytes(), &NAMES).unwrap();
        assert_eq!(read(one), read(other));
        assert_eq!(read(one).child("w:b").unwrap().attribute("w:c"), Some("1"));
        assert_eq!(&*read("<a xmlns='urn:none'/>").name, "?:a");
    }

    #[test]
    fn an_element_knows_its_line_and_its_words() {
        let xml =
            "<?xml version='1.0'?>\n<!-- a -->\n<a>un\n <b>d&amp;ux</b><c><![CDATA[<3>]]></c>&#x41;</a>";
        let tree = read(xml.as_bytes(), &NAMES).unwrap();
        assert_eq!((tree.line, tree.child("b").unwrap().line), (3, 4));
        assert_eq!(tree.text(), "un\n d&ux<3>A");
        assert_eq!(tree.words(), "un d&ux <3> A");
    }

    #[test]
    fn nothing_is_expanded_and_nothing_is_fetched() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"cc\">]><a>&b;</a>";
        assert!(fault(bomb).contains("DOCTYPE"));
        assert!(fault("<a>\n&b;</a>").contains("“&b;” is none that XML knows (line 2)"));
        assert!(read(b"<!DOCTYPE a SYSTEM 'file:///etc/hostname'><a/>", &NAMES).unwrap().children.is_empty());
        assert!(fault(&"<a>".repeat(1000)).contains("more than 120"));
        let many = format!("<a {}/>", (0..400).map(|n| format!("a{n}='' ")).collect::<String>());
        assert!(fault(&many).contains("too many attributes"));
    }

    #[test]
    fn a_file_cut_short_is_refused() {
        for cut in ["<a><b>", "<a", "", "words", "<a></b>", "<a/><b/>"] {
            fault(cut);
        }
    }

    #[test]
    fn western_and_wide_letters_are_read() {
        let declared = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9\x92</a>";
        assert_eq!(read(declared, &NAMES).unwrap().text(), "é’");
        let mut wide = vec![0xff, 0xfe];
        wide.extend("<a>é</a>".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(read(&wide, &NAMES).unwrap().text(), "é");
        assert!(read(b"<a>\xe9</a>", &NAMES).is_err());
    }

    proptest! {
        #[test]
        fn no_file_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), xml in "[<>/a-c&;#x='\"! \\[\\]?-]{0,60}") {
            let _ = read(&bytes, &NAMES);
            let _ = read(xml.as_bytes(), &NAMES);
        }
    }
}
