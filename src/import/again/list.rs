//! A file that is a list of records, merged item by item: an item that is renewed or added changes no byte of the others,
//! nor of what people wrote between them. A list that nobody touched becomes that of the export, to the byte.

use super::memory::{Digests, Marks, WHOLE};
use super::{Fate, Merged, Pen};
use crate::yaml::surgery::{Item, Splice, item, splice};
use std::collections::{BTreeMap, BTreeSet};

/// A list as its text and items.
pub(super) struct List<'t> {
    text: &'t str,
    items: Vec<(String, Item)>,
    at: BTreeMap<String, usize>,
}

impl<'t> List<'t> {
    /// `None` when it is none, or an id is missing or there twice.
    pub(super) fn read(bytes: &'t [u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let items = Item::list(text)?.into_iter().map(|item| Some((item.words("id")?, item)));
        let items: Vec<(String, Item)> = items.collect::<Option<_>>()?;
        let at: BTreeMap<String, usize> = (0..).zip(&items).map(|(at, (id, _))| (id.clone(), at)).collect();
        let fine = |id: &String| !id.is_empty() && id != WHOLE;
        (at.len() == items.len() && at.keys().all(fine)).then_some(List { text, items, at })
    }

    /// What stands before the first item.
    pub(super) fn head(&self) -> &'t str {
        &self.text[..self.items.first().map_or(self.text.len(), |(_, item)| item.line(self.text))]
    }

    /// The ids, in order.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.items.iter().map(|(id, _)| id.as_str())
    }

    /// Each item with its dash, and what follows it up to the next.
    pub(super) fn pieces(&self) -> impl Iterator<Item = (&str, &'t str)> {
        let starts: Vec<usize> = self.items.iter().map(|(_, item)| item.line(self.text)).collect();
        let ends = starts.clone().into_iter().skip(1).chain([self.text.len()]);
        self.ids().zip(starts.into_iter().zip(ends)).map(|(id, (start, end))| (id, &self.text[start..end]))
    }

    fn get(&self, id: &str) -> Option<String> {
        self.at.get(id).map(|at| self.items[*at].1.alone(self.text))
    }
}

/// Merges a list; `None` when it is none, in the export or on the disk: then it is one record.
pub(super) fn merge(
    new: Option<&[u8]>,
    disk: Option<&[u8]>,
    last: Option<&Marks>,
    digests: &Digests<'_>,
    settle: bool,
) -> Option<Merged> {
    let ids = |marks: &Marks| marks.keys().any(|id| !id.is_empty() && **id != *WHOLE);
    let theirs = match new {
        Some(bytes) => List::read(bytes).filter(|list| !list.items.is_empty())?,
        None if last.is_some_and(ids) => List { text: "", items: Vec::new(), at: BTreeMap::new() },
        None => return None,
    };
    let ours = List::read(disk.unwrap_or_default())?;
    let mut pen = Pen::new(last, disk.is_some(), digests, settle);
    let head = |head: &str| (!head.trim().is_empty()).then(|| head.as_bytes().to_vec());
    let head = pen.settle("", head(theirs.head()).as_deref(), head(ours.head()).as_deref());
    let mut fates: BTreeMap<&str, Fate> = BTreeMap::new();
    let recorded =
        last.into_iter().flat_map(|marks| marks.keys()).filter(|id| !id.is_empty() && ***id != *WHOLE);
    let all: BTreeSet<&str> = theirs.at.keys().map(String::as_str).chain(recorded.map(|id| &**id)).collect();
    for id in all {
        let (new, disk) = (theirs.get(id), ours.get(id));
        let fate = pen.settle(id, new.as_deref().map(str::as_bytes), disk.as_deref().map(str::as_bytes));
        fates.extend(fate.map(|fate| (id, fate)));
    }
    let untouched = disk.is_none_or(|disk| {
        last.and_then(|marks| marks.get(WHOLE)).is_some_and(|mark| digests.wrote(mark, disk))
    });
    let follows = |fate: &Fate| matches!(fate, Fate::New | Fate::Same | Fate::Updated);
    let writes = |fate: &Fate| matches!(fate, Fate::New | Fate::Updated);
    let pure = untouched && fates.values().chain(&head).all(follows);
    let text = if pure {
        new.map(<[u8]>::to_vec)
    } else if fates.values().chain(&head).any(writes) {
        let marked = disk.is_some_and(|disk| disk.starts_with("\u{feff}".as_bytes()));
        let text =
            operate(&theirs, &ours, head, &fates).filter(|text| is_faithful(text, &theirs, &ours, &fates));
        let Some(text) = text else {
            return Some(refused(&fates, last));
        };
        Some(if marked { format!("\u{feff}{text}") } else { text }.into_bytes())
    } else {
        None
    };
    let write = text.filter(|text| disk != Some(&text[..]));
    let stands = write.as_deref().or(disk);
    pen.merged.after.remove(WHOLE);
    if let Some(whole) = new.filter(|new| stands == Some(*new)) {
        pen.merged.after.insert(WHOLE.into(), digests.of(whole));
    }
    Some(pen.merged(write))
}

/// The text on the disk with what the export brings.
fn operate(
    theirs: &List<'_>,
    ours: &List<'_>,
    head: Option<Fate>,
    fates: &BTreeMap<&str, Fate>,
) -> Option<String> {
    let mut splices = Vec::new();
    if matches!(head, Some(Fate::New | Fate::Updated)) {
        splices.push(Splice::new(0..ours.head().len(), theirs.head().to_owned()));
    }
    // New items stand after the one that they follow in the export; without it, at the end.
    let mut added: BTreeMap<Option<usize>, Vec<String>> = BTreeMap::new();
    let mut anchor = None;
    for (id, item) in &theirs.items {
        let place = ours.at.get(id).copied();
        match fates.get(&**id) {
            Some(Fate::Updated) => {
                let (_, old) = &ours.items[place?];
                splices.push(old.replaced_by(ours.text, &item.alone(theirs.text)));
            }
            Some(Fate::New) => {
                let last = ours.items.len().checked_sub(1);
                added.entry(anchor.or(last)).or_default().push(item.alone(theirs.text));
            }
            Some(Fate::Same | Fate::Edited | Fate::Conflict | Fate::Gone | Fate::Removed) | None => {}
        }
        anchor = place.or(anchor);
    }
    let mut end = String::new();
    for (after, documents) in &added {
        let documents: Vec<&str> = documents.iter().map(String::as_str).collect();
        match after {
            Some(at) => splices.push(ours.items[*at].1.followed_by(ours.text, &documents)?),
            None => documents.iter().for_each(|document| {
                end.push_str(&item("- ", document));
                end.push('\n');
            }),
        }
    }
    let mut text = splice(ours.text, splices);
    if !end.is_empty() {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&end);
    }
    Some(text)
}

/// Whether every item is what it should be: what the export brings, and everything else as it was.
fn is_faithful(text: &str, theirs: &List<'_>, ours: &List<'_>, fates: &BTreeMap<&str, Fate>) -> bool {
    let Some(made) = List::read(text.as_bytes()) else { return false };
    let brought = |id: &str| matches!(fates.get(id), Some(Fate::New | Fate::Updated));
    let expected = |id: &String| if brought(id) { theirs.get(id) } else { ours.get(id) };
    let count = ours.items.len() + fates.values().filter(|fate| **fate == Fate::New).count();
    made.items.len() == count && made.at.keys().all(|id| made.get(id) == expected(id))
}

/// A list that people wrote in a manner in which nothing can be put: what the export brings are conflicts.
fn refused(fates: &BTreeMap<&str, Fate>, last: Option<&Marks>) -> Merged {
    let row = |(id, fate): (&&str, &Fate)| {
        let fate = if matches!(fate, Fate::New | Fate::Updated) { Fate::Conflict } else { *fate };
        (fate, Some(Box::from(*id)))
    };
    let after = last.cloned().unwrap_or_default();
    Merged { rows: fates.iter().map(row).collect(), during: after.clone(), after, write: None }
}
