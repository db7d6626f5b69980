//! Writing YAML that [`tree`](super::tree) reads back as the same words: for importers, `greffe new` and `init`.
//! Only what content needs: keys, scalars, block scalars for long texts, lists and maps, in the given order.

use std::fmt::Write;

/// A value to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Out {
    /// Words; quoted when they could mean something else.
    Text(String),
    /// A number or a boolean, written as it is.
    Plain(String),
    /// Several lines of words.
    Block(String),
    /// A list.
    List(Vec<Out>),
    /// A map.
    Map(Vec<(String, Out)>),
}

impl Out {
    /// Words.
    pub fn text(words: impl Into<String>) -> Self {
        Out::Text(words.into())
    }
}

/// Writes a map as a document of its own.
pub fn document(entries: &[(String, Out)]) -> String {
    let mut out = String::new();
    map(&mut out, entries, 0, false);
    out
}

/// Writes a list of maps as a document of its own, one item after another.
pub fn list_document(items: &[Out]) -> String {
    let mut out = String::new();
    list(&mut out, items, 0);
    out
}

fn map(out: &mut String, entries: &[(String, Out)], indent: usize, first_in_line: bool) {
    for (i, (key, value)) in entries.iter().enumerate() {
        let pad = if i == 0 && first_in_line { 0 } else { indent };
        let _ = write!(out, "{:pad$}{}:", "", scalar(key));
        self::value(out, value, indent);
    }
}

fn list(out: &mut String, items: &[Out], indent: usize) {
    for item in items {
        match item {
            Out::Map(entries) if !entries.is_empty() => {
                let _ = write!(out, "{:indent$}- ", "");
                map(out, entries, indent + 2, true);
            }
            Out::Text(_) | Out::Plain(_) | Out::Block(_) | Out::List(_) | Out::Map(_) => {
                let _ = write!(out, "{:indent$}-", "");
                value(out, item, indent);
            }
        }
    }
}

/// What follows `key:` or `-`, with its line end.
fn value(out: &mut String, value: &Out, indent: usize) {
    match value {
        Out::Text(words) => {
            let _ = writeln!(out, " {}", scalar(words));
        }
        Out::Plain(words) => {
            let _ = writeln!(out, " {words}");
        }
        Out::Block(words) => block(out, words, indent + 2),
        Out::List(items) if items.is_empty() => out.push_str(" []\n"),
        Out::List(items) => {
            out.push('\n');
            list(out, items, indent + 2);
        }
        Out::Map(entries) if entries.is_empty() => out.push_str(" {}\n"),
        Out::Map(entries) => {
            out.push('\n');
            map(out, entries, indent + 2, false);
        }
    }
}

/// A literal block, when the words can be one; otherwise a quoted scalar.
fn block(out: &mut String, words: &str, indent: usize) {
    let body = words.trim_end_matches('\n');
    let literal = !body.is_empty()
        && body.chars().all(|c| c == '\n' || c == '\t' || !needs_escape(c))
        && !body.lines().next().is_some_and(|l| l.starts_with([' ', '\t']) || l.is_empty())
        && !body.lines().any(|l| l.starts_with('\t') || (l.trim().is_empty() && !l.is_empty()));
    if !literal {
        let _ = writeln!(out, " {}", scalar(words));
        return;
    }
    let tail = words.len() - body.len();
    out.push_str(match tail {
        0 => " |-\n",
        1 => " |\n",
        _ => " |+\n",
    });
    for line in body.split('\n') {
        if line.is_empty() {
            out.push('\n');
        } else {
            let _ = writeln!(out, "{:indent$}{line}", "");
        }
    }
    for _ in 1..tail {
        out.push('\n');
    }
}

/// Characters that YAML does not take as they are, or that a reader cannot see.
fn needs_escape(c: char) -> bool {
    c.is_control() || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// A scalar on one line: plain when it can mean nothing else, double-quoted otherwise.
pub fn scalar(words: &str) -> String {
    if is_plain(words) {
        return words.to_owned();
    }
    let mut out = String::with_capacity(words.len() + 2);
    out.push('"');
    for c in words.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if needs_escape(c) && (c as u32) < 0x10000 => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn is_plain(words: &str) -> bool {
    let Some(first) = words.chars().next() else { return false };
    let risky = first.is_whitespace()
        || words.ends_with(char::is_whitespace)
        || "-?:,[]{}#&*!|>'\"%@`=~.+".contains(first)
        || words.contains(": ")
        || words.contains(" #")
        || words.ends_with(':')
        || words.contains(['[', ']', '{', '}', ','])
        || words.chars().any(needs_escape);
    let meaning = matches!(
        words.to_ascii_lowercase().as_str(),
        "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n"
    );
    // Dates and ids such as `2015-09-26` or `61` stay plain: Greffe reads scalars as the words written.
    !risky && !meaning
}
