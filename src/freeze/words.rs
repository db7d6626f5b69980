//! YAML read and written again with less in it: values are carried over as they were written, comments are not. What was
//! written is read back and compared before anybody relies on it.

use crate::source::FileId;
use crate::yaml::write::Out;
use crate::yaml::{Node, Value, tree};

/// Words longer than this are a text of their own, and written as one.
const LONG: usize = 80;

/// A value as it is written again.
pub(super) fn value(node: &Node) -> Out {
    match &node.value {
        Value::Null => Out::Plain("~".into()),
        Value::Scalar { text, .. } if text.contains('\n') => Out::Block(text.to_string()),
        // What was written without quotes on one line can be so again.
        Value::Scalar { text, plain: true } => Out::Plain(text.to_string()),
        Value::Scalar { text, plain: false } if text.len() > LONG => Out::Block(text.to_string()),
        Value::Scalar { text, plain: false } => Out::Text(text.to_string()),
        Value::List(items) => Out::List(items.iter().map(value).collect()),
        Value::Map(_) => Out::Map(entries(node)),
    }
}

/// The entries of a map; none of anything else.
pub(super) fn entries(node: &Node) -> Vec<(String, Out)> {
    let Value::Map(entries) = &node.value else { return Vec::new() };
    entries.iter().map(|(key, node)| (key.value.to_string(), value(node))).collect()
}

/// Whether YAML has a comment, or words that look like one.
pub(super) fn comment(yaml: &str) -> bool {
    yaml.lines().any(|line| {
        line.match_indices('#').any(|(at, _)| at == 0 || line[..at].ends_with(|c: char| c.is_whitespace()))
    })
}

/// Whether the words written say what these entries and items do, read again: the same keys and words in the same order.
pub(super) fn says(written: &str, meant: &[Out]) -> bool {
    let (nodes, problems) = tree::documents(FileId(0), written, 0);
    let read: Vec<&Node> = match nodes.as_slice() {
        [Node { value: Value::List(items), .. }] => items.iter().collect(),
        nodes => nodes.iter().collect(),
    };
    problems.is_empty()
        && read.len() == meant.len()
        && read.iter().zip(meant).all(|(node, out)| same(node, out))
}

fn same(node: &Node, out: &Out) -> bool {
    match (&node.value, out) {
        (Value::Null, Out::Plain(words)) => matches!(&**words, "~" | "" | "null"),
        (Value::Scalar { text, .. }, Out::Plain(words) | Out::Text(words) | Out::Block(words)) => {
            **text == **words
        }
        (Value::List(nodes), Out::List(items)) => {
            nodes.len() == items.len() && nodes.iter().zip(items).all(|(node, item)| same(node, item))
        }
        (Value::Map(nodes), Out::Map(entries)) => {
            nodes.len() == entries.len()
                && nodes
                    .iter()
                    .zip(entries)
                    .all(|((key, node), (name, out))| *key.value == **name && same(node, out))
        }
        (Value::Null | Value::Scalar { .. } | Value::List(_) | Value::Map(_), _) => false,
    }
}
