//! Changing one key, or one item, of a YAML text and leaving every other byte as its author wrote it. Comes in: a text
//! and the tree of its places; goes out: another text. What the keys mean is not known here.

use super::write::{Out, scalar};
use super::{Node, Value, tree};
use crate::source::{FileId, Span};
use std::fmt::Write;
use std::ops::Range;

/// A map in a text: the front matter of a file, or an item of a list.
#[derive(Debug)]
pub struct Item {
    node: Node,
}

impl Item {
    /// The map that stands at a place of a YAML text, which begins at `base` in its file.
    pub fn at(yaml: &str, base: usize, span: Span) -> Option<Self> {
        let (documents, problems) = tree::documents(span.file, yaml, base);
        if !problems.is_empty() {
            return None;
        }
        let nodes = documents.into_iter().flat_map(|node| match node.value {
            Value::List(items) => items,
            Value::Null | Value::Scalar { .. } | Value::Map(_) => vec![node],
        });
        let node = nodes.into_iter().find(|node| node.span == span)?;
        matches!(node.value, Value::Map(_)).then_some(Item { node })
    }

    /// The map that is the whole of a YAML text.
    pub fn whole(yaml: &str, base: usize) -> Option<Self> {
        let (mut documents, problems) = tree::documents(FileId(0), yaml, base);
        let node = (problems.is_empty() && documents.len() == 1).then(|| documents.pop()).flatten()?;
        matches!(node.value, Value::Map(_)).then_some(Item { node })
    }

    /// The maps of a text that is one list of maps, or nothing but comments; `None` for any other text.
    pub fn list(yaml: &str) -> Option<Vec<Self>> {
        let (mut documents, problems) = tree::documents(FileId(0), yaml, 0);
        let node = (problems.is_empty() && documents.len() < 2).then(|| documents.pop())?;
        let is_map = |node: &Node| matches!(node.value, Value::Map(_));
        match node.map(|node| node.value) {
            None | Some(Value::Null) => Some(Vec::new()),
            Some(Value::List(nodes)) if !nodes.is_empty() && nodes.iter().all(is_map) => {
                Some(nodes.into_iter().map(|node| Item { node }).collect())
            }
            Some(Value::List(_) | Value::Scalar { .. } | Value::Map(_)) => None,
        }
    }

    fn entries(&self) -> &[(crate::source::Spanned<Box<str>>, Node)] {
        match &self.node.value {
            Value::Map(entries) => entries,
            Value::Null | Value::Scalar { .. } | Value::List(_) => &[],
        }
    }

    /// The bytes that the map itself takes, without the white space and the comments that follow it.
    pub fn range(&self, text: &str) -> Range<usize> {
        self.node.span.start as usize..end(&self.node, text)
    }

    /// The words of a key that holds words.
    pub fn words(&self, key: &str) -> Option<String> {
        let (_, value) = self.entries().iter().find(|(name, _)| &*name.value == key)?;
        match &value.value {
            Value::Scalar { text, .. } => Some(text.to_string()),
            Value::Null | Value::List(_) | Value::Map(_) => None,
        }
    }

    /// Whether it is written between braces.
    pub fn is_flow(&self, text: &str) -> bool {
        text[self.node.span.start as usize..].starts_with('{')
    }

    /// A key set: in the place of its value, or after the last key.
    pub fn set(&self, text: &str, key: &str, value: &Out) -> Splice {
        if let Some((name, old)) = self.entries().iter().find(|(name, _)| &*name.value == key) {
            // A key without a value: the place of nothing is before the colon.
            let colon = name.span.end as usize;
            let colon = text[colon..].find(':').map_or(colon, |at| colon + at + 1);
            let start = (old.span.start as usize).max(colon);
            let space = if text[..start].ends_with(':') { " " } else { "" };
            return Splice::new(start..end(old, text).max(start), format!("{space}{}", flow(value)));
        }
        let at = self.range(text).end;
        let words = format!("{key}: {}", flow(value));
        if self.is_flow(text) {
            let comma = if self.entries().is_empty() { "" } else { ", " };
            return Splice::new(at - 1..at - 1, format!("{comma}{words}"));
        }
        let indent = self.indent(text);
        Splice::new(at..at, format!("\n{indent}{words}"))
    }

    /// A key taken away. Its lines go whole; between braces, its words.
    pub fn without(&self, text: &str, key: &str) -> Splice {
        let entries = self.entries();
        let Some(at) = entries.iter().position(|(name, _)| &*name.value == key) else {
            return Splice::new(0..0, String::new());
        };
        let (name, value) = &entries[at];
        let start = name.span.start as usize;
        let stop = end(value, text).max(name.span.end as usize);
        if self.is_flow(text) {
            let range = match (entries.get(at + 1), at) {
                (Some((next, _)), _) => start..next.span.start as usize,
                (None, 0) => start..stop,
                (None, _) => end(&entries[at - 1].1, text)..stop,
            };
            return Splice::new(range, String::new());
        }
        let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let next = text[stop..].find('\n').map_or(text.len(), |at| stop + at + 1);
        Splice::new(line..next, String::new())
    }

    /// Another map in its place, written in the same manner.
    pub fn replaced(&self, text: &str, entries: &[(String, Out)]) -> Splice {
        let range = self.range(text);
        if self.is_flow(text) {
            return Splice::new(range, flow(&Out::Map(entries.to_vec())));
        }
        let indent = self.indent(text);
        let mut words = String::new();
        for (at, (key, value)) in entries.iter().enumerate() {
            let before = if at == 0 { String::new() } else { format!("\n{indent}") };
            let _ = write!(words, "{before}{key}: {}", flow(value));
        }
        Splice::new(range, words)
    }

    /// Words written as a document of their own in its place: the reverse of [`Self::alone`].
    pub fn replaced_by(&self, text: &str, document: &str) -> Splice {
        let dash = self.indent(text);
        Splice::new(self.range(text), item(&dash, document).split_off(dash.len()))
    }

    /// More items after this one in its list, each words written as a document of its own; `None` when its list is
    /// written between brackets.
    pub fn followed_by(&self, text: &str, documents: &[&str]) -> Option<Splice> {
        let start = self.node.span.start as usize;
        let dash = &text[self.line(text)..start];
        let end = self.range(text).end;
        let end = text[end..].find('\n').map_or(text.len(), |at| end + at);
        let words = documents.iter().map(|document| format!("\n{}", item(dash, document))).collect();
        (dash.trim() == "-" && dash.starts_with([' ', '-'])).then(|| Splice::new(end..end, words))
    }

    /// Its own words as a document, its first column being the first of the line.
    pub fn alone(&self, text: &str) -> String {
        let width = self.indent(text).len();
        let words = &text[self.range(text)];
        let mut out = String::new();
        for (at, line) in words.split_inclusive('\n').enumerate() {
            let spaces = line.len() - line.trim_start_matches(' ').len();
            out.push_str(if at == 0 { line } else { &line[spaces.min(width)..] });
        }
        if !out.ends_with('\n') {
            out.push('\n');
        }
        out
    }

    /// Spaces up to its column.
    fn indent(&self, text: &str) -> String {
        " ".repeat(text[self.line(text)..self.node.span.start as usize].chars().count())
    }

    /// Where its first line begins, with what stands there before it.
    pub fn line(&self, text: &str) -> usize {
        text[..self.node.span.start as usize].rfind('\n').map_or(0, |at| at + 1)
    }
}

/// Words written as a document of their own, as an item behind a dash.
pub fn item(dash: &str, document: &str) -> String {
    let indent = " ".repeat(dash.chars().count());
    let mut words = dash.to_owned();
    for (at, line) in document.trim_end().lines().enumerate() {
        if at > 0 {
            words.push('\n');
        }
        if at > 0 && !line.is_empty() {
            words.push_str(&indent);
        }
        words.push_str(line);
    }
    words
}

/// Where a value ends. Parsers let a block run up to what follows it: its true end is that of its last words.
fn end(node: &Node, text: &str) -> usize {
    let start = node.span.start as usize;
    let stop = (node.span.end as usize).min(text.len());
    match &node.value {
        Value::List(items) if !text[start..].starts_with('[') => {
            items.last().map_or(start, |last| end(last, text))
        }
        Value::Map(entries) if !text[start..].starts_with('{') => {
            entries.last().map_or(start, |(key, last)| end(last, text).max(key.span.end as usize + 1))
        }
        Value::Scalar { .. } | Value::Null | Value::List(_) | Value::Map(_) => {
            start + text[start..stop].trim_end().len()
        }
    }
}

/// Words that stand in the place of others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    range: Range<usize>,
    words: String,
}

impl Splice {
    /// Words in the place of a range of bytes.
    pub fn new(range: Range<usize>, words: String) -> Self {
        Splice { range, words }
    }

    /// The text with this in it.
    pub fn of(self, text: &str) -> String {
        splice(text, vec![self])
    }
}

/// A text with several splices in it, whose places do not meet.
pub fn splice(text: &str, mut splices: Vec<Splice>) -> String {
    splices.sort_by_key(|splice| (splice.range.start, splice.range.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for splice in splices {
        out.push_str(text.get(at..splice.range.start).unwrap_or_default());
        out.push_str(&splice.words);
        at = splice.range.end.max(at);
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// A value on one line, as it may stand anywhere in a YAML text. Keys are words of ours, written as they are.
pub fn flow(value: &Out) -> String {
    match value {
        Out::Text(words) | Out::Block(words) => scalar(words),
        Out::Plain(words) => words.clone(),
        Out::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Out::Map(entries) => {
            let entry = |(key, value): &(String, Out)| format!("{key}: {}", flow(value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "# Avis\n- id: a\n  kind: comment\n  body: |\n    Un.\n\n    Deux.\n\n# le suivant\n- {id: b, kind: comment, body: \"Non, {vraiment}.\"}\n- id: c\n  on:\n    article: 4\n  body: >-\n    Trois\n    lignes.\n";

    fn items(text: &str) -> Vec<Item> {
        let (documents, problems) = tree::documents(FileId(0), text, 0);
        assert!(problems.is_empty(), "{problems:?}");
        let spans: Vec<Span> = documents
            .iter()
            .flat_map(|node| match &node.value {
                Value::List(items) => items.iter().map(|i| i.span).collect(),
                _ => vec![node.span],
            })
            .collect();
        spans.into_iter().map(|span| Item::at(text, 0, span).unwrap()).collect()
    }

    #[test]
    fn an_item_ends_with_its_last_words() {
        let all = items(LIST);
        assert_eq!(&LIST[all[0].range(LIST)], "id: a\n  kind: comment\n  body: |\n    Un.\n\n    Deux.");
        assert_eq!(&LIST[all[1].range(LIST)], "{id: b, kind: comment, body: \"Non, {vraiment}.\"}");
        assert_eq!(
            &LIST[all[2].range(LIST)],
            "id: c\n  on:\n    article: 4\n  body: >-\n    Trois\n    lignes."
        );
        assert_eq!(all[0].alone(LIST), "id: a\nkind: comment\nbody: |\n  Un.\n\n  Deux.\n");
    }

    #[test]
    fn another_item_in_its_place_leaves_the_rest() {
        let new = vec![("id".to_owned(), Out::text("a")), ("kind".to_owned(), Out::text("comment"))];
        let all = items(LIST);
        let text = all[0].replaced(LIST, &new).of(LIST);
        assert_eq!(text, LIST.replace("\n  body: |\n    Un.\n\n    Deux.", ""));
        assert_eq!(items(&text).len(), 3);
        let text = all[1].replaced(LIST, &new).of(LIST);
        assert!(text.contains("# le suivant\n- {id: a, kind: comment}\n- id: c\n"), "{text}");
        let text = all[2].replaced(LIST, &new).of(LIST);
        assert!(text.ends_with("- id: a\n  kind: comment\n"), "{text}");
    }

    #[test]
    fn a_key_is_set_and_removed() {
        for (at, id) in ["a", "b", "c"].iter().enumerate() {
            let text = items(LIST)[at].set(LIST, "merged_into", &Out::text("z")).of(LIST);
            assert_eq!(items(&text).len(), 3, "{text}");
            let back = items(&text)[at].without(&text, "merged_into").of(&text);
            assert_eq!(back, LIST, "{id}");
            let text = items(LIST)[at].set(LIST, "kind", &Out::text("argument")).of(LIST);
            assert!(items(&text)[at].entries().iter().any(|(k, v)| &*k.value == "kind"
                && matches!(&v.value, Value::Scalar { text, .. } if &**text == "argument")));
        }
        let map = "kind: comment\nintake:\n  received: 2026-11-20\n  marks:\n    - spam\ntitle: Oui\n";
        let item = Item::whole(map, 0).unwrap();
        assert_eq!(item.without(map, "intake").of(map), "kind: comment\ntitle: Oui\n");
        assert_eq!(item.without(map, "title").of(map), map.replace("title: Oui\n", ""));
        let last = "kind: comment\nintake: {received: 2026-11-20}\n";
        assert_eq!(Item::whole(last, 0).unwrap().without(last, "intake").of(last), "kind: comment\n");
        let empty = "kind: comment\nmoderation:\n";
        let set = Item::whole(empty, 0).unwrap().set(empty, "moderation", &Out::Map(vec![])).of(empty);
        assert_eq!(set, "kind: comment\nmoderation: {}\n");
    }

    #[test]
    fn a_document_of_a_stream_is_changed_alone() {
        let stream =
            "kind: comment\nid: a\nbody: |\n  Un.\n---\n# le second\nkind: comment\nid: b\nbody: Deux.\n";
        let all = items(stream);
        let new = vec![("id".to_owned(), Out::text("a"))];
        assert_eq!(
            all[0].replaced(stream, &new).of(stream),
            "id: a\n---\n# le second\nkind: comment\nid: b\nbody: Deux.\n"
        );
        assert_eq!(
            all[1].set(stream, "merged_into", &Out::text("a")).of(stream),
            format!("{}\nmerged_into: a\n", stream.trim_end())
        );
    }
}
