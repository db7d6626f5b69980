//! What an import remembers of what it wrote: a digest a record, under the consultation's key where there is one, so that
//! nobody can test a guess about what was withheld since. Kept in `private/`; text in, text out.

use crate::import::pseudonym::Key;
use crate::text::hex;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The marks of one file: record → digests of what an import wrote, or may have written when it was killed. The record of
/// a lone one, and of what stands before a list, is empty; `WHOLE` is a list as the export has it, to the byte.
pub type Marks = BTreeMap<Box<str>, Box<str>>;

/// The mark of a whole list.
pub(super) const WHOLE: &str = "*";
/// In place of a digest: it was not there when nothing was remembered.
pub(super) const UNKNOWN: &str = "?";
/// Before digests: it was about to be written.
const PERHAPS: char = '+';
const FORMAT: &str = "imported/1";
/// Hexadecimal digits of a digest: 128 bits.
const DIGITS: usize = 32;

/// What all imports into one consultation wrote, by the name of the importer, then by path.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Memory(pub BTreeMap<Box<str>, BTreeMap<Box<str>, Marks>>);

impl Memory {
    /// Reads what [`Memory::text`] wrote.
    pub fn read(text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        (value.get("greffe")?.as_str()? == FORMAT).then_some(())?;
        let marks = |value: &Value| -> Option<Marks> {
            let mark = |(id, mark): (&String, &Value)| Some((id.as_str().into(), mark.as_str()?.into()));
            value.as_object()?.iter().map(mark).collect()
        };
        let files = |value: &Value| -> Option<BTreeMap<Box<str>, Marks>> {
            let file = |(path, value): (&String, &Value)| Some((path.as_str().into(), marks(value)?));
            value.as_object()?.iter().map(file).collect()
        };
        let importer = |(name, value): (&String, &Value)| Some((name.as_str().into(), files(value)?));
        value.get("importers")?.as_object()?.iter().map(importer).collect::<Option<_>>().map(Memory)
    }

    /// As it is kept.
    pub fn text(&self) -> String {
        let marks = |marks: &Marks| -> Value {
            marks.iter().map(|(id, mark)| (id.to_string(), json!(mark))).collect::<Map<_, _>>().into()
        };
        let files = |files: &BTreeMap<Box<str>, Marks>| -> Value {
            files.iter().map(|(path, value)| (path.to_string(), marks(value))).collect::<Map<_, _>>().into()
        };
        let importers: Map<String, Value> = self.0.iter().map(|(n, f)| (n.to_string(), files(f))).collect();
        let value = json!({"greffe": FORMAT, "importers": importers});
        serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"
    }
}

/// Makes digests, and knows them again.
#[derive(Debug, Clone, Copy)]
pub struct Digests<'a> {
    /// The consultation's key, where there is one.
    pub key: Option<&'a Key>,
}

impl Digests<'_> {
    /// The mark of a record.
    pub(super) fn of(&self, record: &[u8]) -> Box<str> {
        self.under(self.key, &without_place(record))
    }

    fn under(&self, key: Option<&Key>, record: &[u8]) -> Box<str> {
        let cut = |digest: String| digest.get(..DIGITS).unwrap_or_default().to_owned();
        match key {
            Some(key) => format!("k:{}", cut(key.digest_of(b"imported\0", record))).into(),
            None => format!("s:{}", cut(hex(&Sha256::digest(record)))).into(),
        }
    }

    /// Whether an import wrote this.
    pub(super) fn wrote(&self, mark: &str, record: &[u8]) -> bool {
        let record = without_place(record);
        let known = |one: &str| {
            let key = self.key.filter(|_| one.starts_with("k:"));
            *one == *self.under(key, &record)
        };
        mark.trim_start_matches(PERHAPS).split(' ').any(known)
    }

    /// Whether this is what the export said at the last import, which was not killed.
    pub(super) fn says(&self, mark: &str, record: &[u8]) -> bool {
        !is_perhaps(mark) && !mark.contains(' ') && self.wrote(mark, record)
    }
}

/// The mark of what is about to be written where nothing stands.
pub(super) fn perhaps(mark: &str) -> Box<str> {
    format!("{PERHAPS}{mark}").into()
}

/// Whether it was about to be written, and perhaps was not.
pub(super) fn is_perhaps(mark: &str) -> bool {
    mark.starts_with(PERHAPS)
}

/// The mark of what is about to be renewed: until it is, it is one or the other.
pub(super) fn either(old: &str, new: &str) -> Box<str> {
    let old = old.trim_start_matches(PERHAPS);
    if old.split(' ').any(|one| one == new) { old.into() } else { format!("{old} {new}").into() }
}

/// Whether two records are the same, whatever ends their lines.
pub(super) fn same(one: &[u8], other: &[u8]) -> bool {
    one == other || lines(one) == lines(other)
}

/// With the ends of lines that Greffe writes: an editor or git may have changed them.
fn lines(record: &[u8]) -> Cow<'_, [u8]> {
    let text = record.strip_prefix("\u{feff}".as_bytes()).unwrap_or(record);
    match std::str::from_utf8(text) {
        Ok(words) if words.contains('\r') => words.replace("\r\n", "\n").into_bytes().into(),
        Ok(_) | Err(_) => text.into(),
    }
}

/// Without the row of the export it came from: rows move when others are added, and that is no change of the record.
fn without_place(record: &[u8]) -> Cow<'_, [u8]> {
    let record = lines(record);
    let Ok(text) = std::str::from_utf8(&record) else { return record };
    if !text.contains("imported:") {
        return record;
    }
    let mut kept = String::with_capacity(text.len());
    let mut after_imported = false;
    for line in text.split_inclusive('\n') {
        if !(after_imported && line.starts_with(' ') && line.trim_start().starts_with("source:")) {
            kept.push_str(line);
        }
        after_imported = line.trim_end() == "imported:" || line.trim() == "imported:";
    }
    kept.into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_read_again() {
        let marks = Marks::from([("".into(), "s:12".into()), ("a".into(), "+k:3".into())]);
        let memory =
            Memory(BTreeMap::from([("x".into(), BTreeMap::from([("content/a.yaml".into(), marks)]))]));
        assert_eq!(Memory::read(&memory.text()), Some(memory));
        assert_eq!(Memory::read("{}"), None);
    }

    #[test]
    fn a_digest_is_known_again_and_the_row_is_no_matter() {
        let key = Key([7; 32]);
        let (with, without) = (Digests { key: Some(&key) }, Digests { key: None });
        let (one, two) = (
            b"id: a\nimported:\n  source: x 1\n  id: 3\n",
            b"id: a\r\nimported:\r\n  source: x 2\r\n  id: 3\r\n",
        );
        assert_eq!(with.of(one), with.of(two));
        assert_ne!(with.of(one), with.of(b"id: a\nimported:\n  source: x 1\n  id: 4\n"));
        // A key that was made since does not make what stands there a stranger's.
        assert!(with.wrote(&without.of(one), two) && !without.wrote(&with.of(one), one));
        let both = either(&with.of(b"x"), &with.of(one));
        assert!(with.wrote(&both, one) && with.wrote(&both, b"x") && !with.says(&both, one));
    }
}
