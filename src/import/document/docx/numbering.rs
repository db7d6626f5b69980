//! The lists of a Word document (ECMA-376, part 1, 17.9): rules and counters → the number of each paragraph, as Word would
//! show it.

use super::styles::Said;
use crate::import::document::numbers::Form;
use crate::import::xml::Element;
use std::collections::{BTreeMap, BTreeSet};

/// Levels of a list.
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Debug, Clone)]
struct Level {
    start: u32,
    form: Form,
    /// What is shown, with `%1` for the number of the first level.
    text: String,
    bold: bool,
    /// All numbers of it are shown in digits.
    digits: bool,
    /// Counting begins again after a paragraph of this level or a higher one; 0 for never.
    restart: Option<usize>,
    /// Nothing stands between the number and the words.
    glued: bool,
    /// The style of which this is the level.
    style: Option<Box<str>>,
}

#[derive(Debug, Default, Clone)]
struct Rules {
    levels: BTreeMap<usize, Level>,
    /// The list of which these are the rules is that of a style.
    of_style: Option<Box<str>>,
    /// The rules are those of this style's list.
    like_style: Option<Box<str>>,
}

#[derive(Debug, Default)]
struct List {
    rules: Box<str>,
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
}

/// The lists of a document, and how far each is counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    rules: BTreeMap<Box<str>, Rules>,
    lists: BTreeMap<Box<str>, List>,
    /// By rules, because lists of the same rules count on.
    counters: BTreeMap<Box<str>, [Option<u32>; LEVELS]>,
    /// Lists that were begun, whose own start is used up, by level.
    begun: BTreeSet<(Box<str>, usize)>,
    /// A form that is not known, shown in digits.
    pub(super) unknown: Vec<String>,
}

/// A number as shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) text: String,
    pub(super) bold: bool,
    pub(super) bullet: bool,
    pub(super) glued: bool,
}

impl Numbering {
    /// Reads `word/numbering.xml`.
    pub(super) fn read(tree: &Element) -> Self {
        let mut numbering = Numbering::default();
        for found in tree.elements() {
            match &*found.name {
                "w:abstractNum" => {
                    let Some(id) = found.attribute("w:abstractNumId") else { continue };
                    let link =
                        |name: &str| found.child(name).and_then(|e| e.attribute("w:val")).map(Into::into);
                    let rules = Rules {
                        levels: numbering.levels(found),
                        of_style: link("w:styleLink"),
                        like_style: link("w:numStyleLink"),
                    };
                    numbering.rules.insert(id.into(), rules);
                }
                "w:num" => {
                    let Some(id) = found.attribute("w:numId") else { continue };
                    let rules = found.child("w:abstractNumId").and_then(|e| e.attribute("w:val"));
                    let mut list = List { rules: rules.unwrap_or_default().into(), ..List::default() };
                    for other in found.elements().filter(|e| &*e.name == "w:lvlOverride") {
                        let Some(level) = level_of(other) else { continue };
                        let start =
                            other.child("w:startOverride").and_then(|e| e.attribute("w:val")?.parse().ok());
                        list.starts.extend(start.map(|start: u32| (level, start)));
                        list.levels.extend(numbering.levels(other));
                    }
                    numbering.lists.insert(id.into(), list);
                }
                _ => {}
            }
        }
        numbering
    }

    fn levels(&mut self, within: &Element) -> BTreeMap<usize, Level> {
        let mut levels = BTreeMap::new();
        for found in within.elements().filter(|e| &*e.name == "w:lvl") {
            let Some(place) = level_of(found) else { continue };
            let value = |name: &str| found.child(name).and_then(|e| e.attribute("w:val"));
            let name = value("w:numFmt").unwrap_or("decimal");
            let form = Form::of_word(name).unwrap_or_else(|| {
                self.unknown.push(name.into());
                Form::Decimal
            });
            let level = Level {
                start: value("w:start").and_then(|n| n.parse().ok()).unwrap_or(0),
                form,
                text: value("w:lvlText").unwrap_or_default().into(),
                bold: Said::of(None, found.child("w:rPr")).bold == Some(true),
                digits: found
                    .child("w:isLgl")
                    .is_some_and(|e| !matches!(e.attribute("w:val"), Some("0" | "false" | "off"))),
                restart: value("w:lvlRestart").and_then(|n| n.parse().ok()),
                glued: value("w:suff") == Some("nothing"),
                style: value("w:pStyle").map(Into::into),
            };
            levels.insert(place, level);
        }
        levels
    }

    /// The rules of a list, those of a style's list included.
    fn rules_of(&self, list: &str) -> Option<(Box<str>, &Rules)> {
        let (id, rules) = self.rules.get_key_value(&self.lists.get(list)?.rules)?;
        let Some(style) = &rules.like_style else { return Some((id.clone(), rules)) };
        let found = self.rules.iter().find(|(_, other)| other.of_style.as_ref() == Some(style));
        found.map(|(id, rules)| (id.clone(), rules))
    }

    /// The level of a list that is a style's.
    pub(super) fn level_of_style(&self, list: &str, style: &str) -> Option<usize> {
        let (_, rules) = self.rules_of(list)?;
        rules.levels.iter().find(|(_, level)| level.style.as_deref() == Some(style)).map(|(place, _)| *place)
    }

    /// The number of the next paragraph of a list; `None` when the list has no such level.
    pub(super) fn next(&mut self, list: &str, place: usize) -> Option<Number> {
        let (rules_id, rules) = self.rules_of(list)?;
        let mut levels = rules.levels.clone();
        let own = self.lists.get(list)?;
        levels.extend(own.levels.clone());
        let level = levels.get(&place)?;
        let counters = self.counters.entry(rules_id).or_default();
        // A list with a start of its own begins again at its first paragraph.
        for at in own.starts.keys().filter(|at| **at <= place && **at < LEVELS) {
            if self.begun.insert((list.into(), *at)) {
                counters[*at] = None;
            }
        }
        for (at, counter) in counters.iter_mut().enumerate().take(LEVELS) {
            let start =
                own.starts.get(&at).copied().or_else(|| levels.get(&at).map(|l| l.start)).unwrap_or(1);
            if at < place {
                counter.get_or_insert(start);
            } else if at == place {
                *counter = Some(counter.map_or(start, |n| n.saturating_add(1)));
            } else {
                let restart = levels.get(&at).and_then(|l| l.restart);
                if restart.is_none_or(|after| after != 0 && place < after) {
                    *counter = None;
                }
            }
        }
        let bullet = level.form == Form::Bullet;
        let mut text = level.text.clone();
        if !bullet {
            for (at, counter) in counters.iter().enumerate() {
                let mark = format!("%{}", at + 1);
                if text.contains(&mark) {
                    let form = levels.get(&at).map_or(Form::Decimal, |l| l.form);
                    let form = if level.digits && form != Form::Nothing { Form::Decimal } else { form };
                    text = text.replace(&mark, &form.shown(counter.unwrap_or(1)));
                }
            }
        }
        Some(Number { text, bold: level.bold, bullet, glued: level.glued })
    }
}

fn level_of(element: &Element) -> Option<usize> {
    element.attribute("w:ilvl")?.parse().ok().filter(|level| *level < LEVELS)
}
