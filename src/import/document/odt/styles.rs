//! The styles and lists of an OpenDocument text (ODF 1.3, parts 16 and 20): what each says, with what it inherits.

use crate::import::document::numbers::Form;
use crate::import::xml::Element;
use std::collections::BTreeMap;

/// Deepest chain of styles that is followed.
const DEEPEST: usize = 24;

/// What a style says; `None` where it says nothing.
#[derive(Debug, Default, Clone)]
pub(super) struct Said {
    pub(super) bold: Option<bool>,
    pub(super) italic: Option<bool>,
    pub(super) struck: Option<bool>,
    pub(super) hidden: Option<bool>,
    pub(super) underlined: Option<bool>,
    /// `sup` or `sub`; empty for neither.
    pub(super) raised: Option<&'static str>,
    /// Depth of a heading, from 1.
    pub(super) outline: Option<u8>,
    /// Its list; empty for none.
    pub(super) list: Option<Box<str>>,
}

impl Said {
    fn of(style: &Element) -> Self {
        let text = style.child("style:text-properties");
        let is = |name: &str, wanted: fn(&str) -> bool| text.and_then(|t| t.attribute(name)).map(wanted);
        Said {
            bold: is("fo:font-weight", |w| w == "bold" || w.parse::<u16>().is_ok_and(|n| n >= 600)),
            italic: is("fo:font-style", |w| w != "normal"),
            struck: is("style:text-line-through-style", |w| w != "none"),
            hidden: is("text:display", |w| w == "none"),
            underlined: is("style:text-underline-style", |w| w != "none"),
            raised: text.and_then(|t| t.attribute("style:text-position")).map(position),
            outline: style
                .attribute("style:default-outline-level")
                .and_then(|n| n.parse().ok())
                .filter(|n| *n > 0),
            list: style.attribute("style:list-style-name").map(Into::into),
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
            raised: self.raised.or(other.raised),
            outline: self.outline.or(other.outline),
            list: self.list.or_else(|| other.list.clone()),
        }
    }
}

/// `super 58%`, `-33% 58%`, `0% 100%`.
fn position(words: &str) -> &'static str {
    let height = words.split_whitespace().next().unwrap_or_default();
    let share: Option<f32> = height.strip_suffix('%').and_then(|n| n.parse().ok());
    match (height, share) {
        ("super", _) => "sup",
        ("sub", _) => "sub",
        (_, Some(share)) if share > 0.0 => "sup",
        (_, Some(share)) if share < 0.0 => "sub",
        _ => "",
    }
}

/// A level of a list.
#[derive(Debug, Clone, Default)]
pub(super) struct Level {
    pub(super) form: Form,
    pub(super) before: String,
    pub(super) after: String,
    pub(super) start: u32,
    /// How many levels are shown, the last being this one.
    pub(super) shown: usize,
    pub(super) bold: bool,
    /// The whole as LibreOffice writes it since version 7, `%1%.%2%)`, which says more than the rest.
    pub(super) pattern: Option<String>,
}

/// A style's family and name.
type Named = (Box<str>, Box<str>);

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// By family and name: its own words, its parent.
    styles: BTreeMap<Named, (Said, Option<Box<str>>)>,
    /// Lists by name; that of headings has none.
    lists: BTreeMap<Box<str>, BTreeMap<usize, Level>>,
    /// Names that people gave, by the name in the file.
    parents: BTreeMap<Box<str>, Box<str>>,
    /// A form that is not known, shown in digits.
    pub(super) unknown: Vec<String>,
}

impl Styles {
    /// Adds the styles of a part.
    pub(super) fn add(&mut self, tree: &Element) {
        let groups =
            tree.elements().filter(|e| matches!(&*e.name, "office:styles" | "office:automatic-styles"));
        for found in groups.flat_map(Element::elements) {
            match &*found.name {
                "style:style" => {
                    let (Some(name), Some(family)) =
                        (found.attribute("style:name"), found.attribute("style:family"))
                    else {
                        continue;
                    };
                    let parent: Option<Box<str>> = found.attribute("style:parent-style-name").map(Into::into);
                    if let Some(parent) = &parent {
                        self.parents.insert(name.into(), parent.clone());
                    }
                    self.styles.insert((family.into(), name.into()), (Said::of(found), parent));
                }
                "text:list-style" => {
                    if let Some(name) = found.attribute("style:name") {
                        self.list(name, found);
                    }
                }
                "text:outline-style" => self.list("", found),
                _ => {}
            }
        }
    }

    fn list(&mut self, name: &str, found: &Element) {
        let mut levels = BTreeMap::new();
        for level in found.elements() {
            let Some(place) = level.attribute("text:level").and_then(|n| n.parse::<usize>().ok()) else {
                continue;
            };
            let sign = level.attribute("style:num-format").unwrap_or_default();
            let form = match &*level.name {
                "text:list-level-style-bullet" | "text:list-level-style-image" => Form::Bullet,
                _ => Form::of_opendocument(sign).unwrap_or_else(|| {
                    self.unknown.push(sign.into());
                    Form::Decimal
                }),
            };
            let style = level.attribute("text:style-name");
            let bold =
                style.map(|style| self.said("text", Some(style))).unwrap_or_default().bold == Some(true);
            levels.insert(
                place,
                Level {
                    form,
                    before: level.attribute("style:num-prefix").unwrap_or_default().into(),
                    after: level.attribute("style:num-suffix").unwrap_or_default().into(),
                    start: level.attribute("text:start-value").and_then(|n| n.parse().ok()).unwrap_or(1),
                    shown: level.attribute("text:display-levels").and_then(|n| n.parse().ok()).unwrap_or(1),
                    bold,
                    pattern: level
                        .attribute("loext:num-list-format")
                        .or_else(|| level.attribute("style:num-list-format"))
                        .map(Into::into),
                },
            );
        }
        self.lists.insert(name.into(), levels);
    }

    /// What a style says, with what it inherits.
    pub(super) fn said(&self, family: &str, name: Option<&str>) -> Said {
        let mut said = Said::default();
        let mut next: Option<Box<str>> = name.map(Into::into);
        for _ in 0..DEEPEST {
            let Some((own, parent)) = next.and_then(|name| self.styles.get(&(family.into(), name))) else {
                break;
            };
            said = said.over(own);
            next = parent.clone();
        }
        said
    }

    /// Whether a style is one, or is made from one, whose name begins so.
    pub(super) fn is_named(&self, name: Option<&str>, begin: &str) -> bool {
        let chain = std::iter::successors(name, |name| self.parents.get(*name).map(|parent| &**parent));
        chain.take(DEEPEST).any(|name| name.to_lowercase().starts_with(begin))
    }

    /// The levels of a list; of headings, those of the name `""`.
    pub(super) fn levels(&self, list: &str) -> Option<&BTreeMap<usize, Level>> {
        self.lists.get(list)
    }
}
