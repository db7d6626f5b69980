//! The styles of a Word document: what each says of a paragraph or of words, with what it inherits.

use crate::import::xml::Element;
use std::collections::BTreeMap;

/// Deepest chain of styles that is followed.
const DEEPEST: usize = 24;

/// What properties say; `None` where they say nothing.
#[derive(Debug, Default, Clone)]
pub(super) struct Said {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) struck: Option<bool>,
    pub(super) hidden: Option<bool>,
    pub(super) underlined: Option<bool>,
    /// `superscript`, `subscript`, `baseline`.
    pub(super) raised: Option<Box<str>>,
    /// Depth of a heading, from 1; 0 for plain text.
    pub(super) outline: Option<u8>,
    /// The list: its id, and the level in it.
    pub(super) list: Option<Box<str>>,
    pub(super) level: Option<usize>,
}

impl Said {
    /// What `w:pPr` and `w:rPr` say, each when it is there.
    pub(super) fn of(paragraph: Option<&Element>, words: Option<&Element>) -> Self {
        let value = |e: &Element| e.attribute("w:val").unwrap_or_default().to_owned();
        let on = |name: &str| {
            let found = words?.child(name)?;
            Some(!matches!(found.attribute("w:val"), Some("0" | "false" | "off" | "none")))
        };
        let outline = paragraph.and_then(|p| value(p.child("w:outlineLvl")?).parse::<u8>().ok());
        let numbers = paragraph.and_then(|p| p.child("w:numPr"));
        Said {
            bold: on("w:b"),
            italic: on("w:i"),
            struck: on("w:strike").or_else(|| on("w:dstrike")),
            hidden: on("w:vanish"),
            underlined: on("w:u"),
            raised: words.and_then(|w| Some(value(w.child("w:vertAlign")?).into())),
            outline: outline.map(|level| if level < 9 { level + 1 } else { 0 }),
            list: numbers.and_then(|n| Some(value(n.child("w:numId")?).into())),
            level: numbers.and_then(|n| value(n.child("w:ilvl")?).parse().ok()),
        }
    }

    /// These, and where they say nothing, the others.
    pub(super) fn over(self, other: &Said) -> Said {
        Said {
            bold: self.bold.or(other.bold),
            italic: self.italic.or(other.italic),
            struck: self.struck.or(other.struck),
            hidden: self.hidden.or(other.hidden),
            underlined: self.underlined.or(other.underlined),
            raised: self.raised.or_else(|| other.raised.clone()),
            outline: self.outline.or(other.outline),
            list: self.list.or_else(|| other.list.clone()),
            level: self.level.or(other.level),
        }
    }
}

/// A style.
#[derive(Debug, Default)]
struct Style {
    name: String,
    parent: Option<Box<str>>,
    said: Said,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<Box<str>, Style>,
    /// The style of a paragraph that names none.
    default: Option<Box<str>>,
}

impl Styles {
    /// Reads `word/styles.xml`.
    pub(super) fn read(tree: &Element) -> Self {
        let mut styles = Styles::default();
        for found in tree.elements().filter(|e| &*e.name == "w:style") {
            let Some(id) = found.attribute("w:styleId") else { continue };
            let value = |name: &str| found.child(name).and_then(|e| e.attribute("w:val"));
            let style = Style {
                name: value("w:name").unwrap_or_default().to_lowercase(),
                parent: value("w:basedOn").map(Into::into),
                said: Said::of(found.child("w:pPr"), found.child("w:rPr")),
            };
            let is_default = matches!(found.attribute("w:default"), Some("1" | "true" | "on"));
            if is_default && found.attribute("w:type") == Some("paragraph") {
                styles.default = Some(id.into());
            }
            styles.styles.insert(id.into(), style);
        }
        styles
    }

    /// The style of a paragraph, when there is one.
    pub(super) fn paragraph<'s>(&'s self, named: Option<&'s str>) -> Option<&'s str> {
        named.filter(|id| self.styles.contains_key(*id)).or(self.default.as_deref())
    }

    /// What a style says, with what it inherits.
    pub(super) fn said(&self, id: Option<&str>) -> Said {
        let mut said = Said::default();
        for style in self.chain(id) {
            said = said.over(&style.said);
            // Styles that a program brought with it may have lost their outline, not their name.
            let named = ["heading ", "titre "].iter().find_map(|begin| style.name.strip_prefix(begin));
            let depth = named.and_then(|n| n.trim().parse::<u8>().ok()).filter(|n| (1..=9).contains(n));
            said.outline = said.outline.or(depth);
        }
        said
    }

    /// The name of a style, or of one that it is made from, begins with one of these words.
    pub(super) fn is_named(&self, id: Option<&str>, names: &[&str]) -> bool {
        self.chain(id).any(|style| names.iter().any(|name| style.name.starts_with(name)))
    }

    /// Its own name.
    pub(super) fn name(&self, id: Option<&str>) -> &str {
        id.and_then(|id| self.styles.get(id)).map_or("", |style| &style.name)
    }

    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = &'s Style> {
        let first = id.and_then(|id| self.styles.get(id));
        std::iter::successors(first, |style| self.styles.get(style.parent.as_deref()?)).take(DEEPEST)
    }
}
