//! Items stay in the list in which the last import wrote them, whatever list the export puts them in now: lists of five
//! hundred shift when rows are added, and an item must not stand in two files, nor come back where nobody removed it.

use super::list::List;
use super::memory::{Marks, WHOLE};
use crate::sink::OutPath;
use std::borrow::Cow;
use std::collections::BTreeMap;

type Files = BTreeMap<OutPath, Vec<u8>>;

/// The files of an export, each item where it was.
pub fn settled<'f>(files: &'f Files, last: &BTreeMap<Box<str>, Marks>) -> Cow<'f, Files> {
    let lists = last.iter().filter(|(path, _)| path.ends_with(".yaml"));
    let known: BTreeMap<&str, &str> = lists
        .flat_map(|(path, marks)| marks.keys().map(move |id| (&**id, &**path)))
        .filter(|(id, _)| !id.is_empty() && *id != WHOLE)
        .collect();
    let mut out: Cow<'f, Files> = Cow::Borrowed(files);
    if known.is_empty() {
        return out;
    }
    let mut moved: BTreeMap<OutPath, String> = BTreeMap::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.as_str().ends_with(".yaml")) {
        let Some(list) = List::read(bytes) else { continue };
        let stays = |id: &str| {
            let here = last.get(path.as_str()).is_some_and(|marks| marks.contains_key(id));
            here || known.get(id).is_none_or(|known| *known == path.as_str())
        };
        if list.ids().all(stays) {
            continue;
        }
        let mut kept = list.head().to_owned();
        for (id, words) in list.pieces() {
            let home = known.get(id).filter(|_| !stays(id)).and_then(|home| OutPath::new(home));
            let text = home.map_or(&mut kept, |home| moved.entry(home).or_default());
            text.push_str(words);
            if !words.ends_with('\n') {
                text.push('\n');
            }
        }
        if kept == list.head() {
            out.to_mut().remove(path);
        } else {
            out.to_mut().insert(path.clone(), kept.into_bytes());
        }
    }
    for (home, words) in moved {
        let text = out.to_mut().entry(home).or_default();
        if !text.is_empty() && !text.ends_with(b"\n") {
            text.push(b'\n');
        }
        text.extend(words.into_bytes());
    }
    out
}
