//! How far the lists of an OpenDocument text are counted (ODF 1.3, 5.3): a list begins again unless it says that it goes
//! on, a level begins again under a new item of the level above.

use super::styles::{Level, Styles};
use crate::import::document::numbers::Form;
use crate::import::xml::Element;
use std::collections::BTreeMap;

/// Levels of a list.
const LEVELS: usize = 10;

type Counters = [Option<u32>; LEVELS + 1];

/// A list in which the walk is.
#[derive(Debug, Clone)]
struct Open {
    style: Box<str>,
    id: Option<Box<str>>,
    counters: Counters,
}

/// The counters of a document.
#[derive(Debug, Default)]
pub(super) struct Lists {
    open: Vec<Open>,
    /// The last counters of each style, and of each list that has an id.
    of_style: BTreeMap<Box<str>, Counters>,
    of_list: BTreeMap<Box<str>, Counters>,
    headings: Counters,
}

/// A number as shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) text: String,
    pub(super) bold: bool,
    pub(super) bullet: bool,
}

impl Lists {
    /// A list begins, perhaps in another.
    pub(super) fn enter(&mut self, list: &Element) {
        let outer = self.open.last();
        let named = list.attribute("text:style-name").map(Box::from);
        let style = named.or_else(|| outer.map(|o| o.style.clone())).unwrap_or_default();
        let inner = outer.filter(|o| o.style == style).map(|o| o.counters);
        let goes_on = list.attribute("text:continue-list").and_then(|id| self.of_list.get(id));
        let same = (list.attribute("text:continue-numbering") == Some("true"))
            .then(|| self.of_style.get(&style))
            .flatten();
        let counters = inner.or(goes_on.copied()).or(same.copied()).unwrap_or_default();
        self.open.push(Open { style, id: list.attribute("xml:id").map(Into::into), counters });
    }

    /// A list ends.
    pub(super) fn leave(&mut self) {
        let Some(done) = self.open.pop() else { return };
        self.of_style.insert(done.style.clone(), done.counters);
        if let Some(id) = done.id {
            self.of_list.insert(id, done.counters);
        }
        // What was counted within goes on in the next item.
        if let Some(outer) = self.open.last_mut().filter(|outer| outer.style == done.style) {
            outer.counters = done.counters;
        }
    }

    /// The number of an item of the list in which the walk is; `style` is that of the paragraph's own list.
    pub(super) fn next(&mut self, styles: &Styles, own: Option<&str>, start: Option<u32>) -> Option<Number> {
        let place = self.open.len();
        let open = self.open.last_mut()?;
        let levels = styles.levels(&open.style).or_else(|| styles.levels(own?))?;
        count(&mut open.counters, levels, place, start)
    }

    /// The number of a heading, by the list of headings or its own.
    pub(super) fn heading(
        &mut self,
        styles: &Styles,
        own: Option<&str>,
        place: usize,
        start: Option<u32>,
    ) -> Option<Number> {
        let levels = match own {
            Some(name) => styles.levels(name)?,
            None => styles.levels("")?,
        };
        count(&mut self.headings, levels, place, start)
    }
}

fn count(
    counters: &mut Counters,
    levels: &BTreeMap<usize, Level>,
    place: usize,
    start: Option<u32>,
) -> Option<Number> {
    let level = levels.get(&place).filter(|_| (1..=LEVELS).contains(&place))?;
    let first = |at: &usize| levels.get(at).map_or(1, |l| l.start);
    for (at, counter) in counters.iter_mut().enumerate().skip(1) {
        if at < place {
            counter.get_or_insert(first(&at));
        } else if at == place {
            *counter = Some(start.unwrap_or_else(|| counter.map_or(first(&at), |n| n.saturating_add(1))));
        } else {
            *counter = None;
        }
    }
    if level.form == Form::Bullet {
        return Some(Number { text: String::new(), bold: false, bullet: true });
    }
    if let Some(pattern) = level.pattern.as_ref().filter(|pattern| pattern.contains('%')) {
        let mut text = pattern.clone();
        for (at, counter) in counters.iter().enumerate().skip(1) {
            let mark = format!("%{at}%");
            if text.contains(&mark) {
                let form = levels.get(&at).map_or(Form::Nothing, |l| l.form);
                text = text.replace(&mark, &counter.map(|n| form.shown(n)).unwrap_or_default());
            }
        }
        return Some(Number { text, bold: level.bold, bullet: false });
    }
    if level.form == Form::Nothing {
        let text = format!("{}{}", level.before, level.after);
        return Some(Number { text, bold: level.bold, bullet: false });
    }
    let from = place.saturating_sub(level.shown.max(1) - 1).max(1);
    let shown = (from..=place).filter_map(|at| {
        let form = levels.get(&at)?.form;
        Some(form.shown(counters[at]?)).filter(|words| !words.is_empty())
    });
    let numbers = shown.collect::<Vec<_>>().join(".");
    let text = format!("{}{numbers}{}", level.before, level.after);
    Some(Number { text, bold: level.bold, bullet: false })
}
