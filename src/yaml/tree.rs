//! A YAML document as a tree of places. Scalars keep the words that were written (`no`, `012` and `1e3` are
//! text until somebody asks for a number). Built from `granit-parser`'s events, the parser under
//! `serde-saphyr`: serde stops at the first error, a tree lets one run report them all. Anchors, aliases,
//! tags and more than [`MAX_DEPTH`] levels are refused, so no document can grow or overflow.

use super::fault;
use crate::diag::{Code, Diagnostic};
use crate::say;
use crate::source::{FileId, Span, Spanned};
use granit_parser::{Event, Parser, ScalarStyle, Span as RawSpan};
use std::collections::BTreeMap;

/// Levels of lists and maps that are accepted.
pub const MAX_DEPTH: usize = 64;

/// A value and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Null,
    /// Words as written; `plain` when they were not quoted (so that they may mean a number or a boolean).
    Scalar {
        /// The words.
        text: Box<str>,
        /// Without quotes.
        plain: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A map in its written order, without duplicate keys.
    Map(Vec<(Spanned<Box<str>>, Node)>),
}

/// Reads every document of a stream. `text` is the whole file or its front matter; `base` is added to every
/// place (the offset of the front matter in its file). On an error the documents before it are returned.
pub fn documents(file: FileId, text: &str, base: usize) -> (Vec<Node>, Vec<Diagnostic>) {
    let mut builder = Builder {
        file,
        base,
        text_len: text.len(),
        stack: Vec::new(),
        found: Vec::new(),
        problems: Vec::new(),
    };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        match event {
            Ok((event, span)) => {
                if builder.take(event, &span).is_err() {
                    break;
                }
            }
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
                let span = Span { file, start: (base + at) as u32, end: (base + at) as u32 };
                builder.problems.push(fault::diagnostic(error.kind(), span));
                break;
            }
        }
    }
    (builder.found, builder.problems)
}

/// A collection being filled.
enum Open {
    List {
        start: usize,
        items: Vec<Node>,
    },
    Map {
        start: usize,
        entries: Vec<(Spanned<Box<str>>, Node)>,
        key: Option<Spanned<Box<str>>>,
        seen: BTreeMap<Box<str>, Span>,
        /// Keys written again so far.
        again: usize,
    },
}

/// Keys written again that are told in one map; a generated file may have a million of them.
const MOST_AGAIN: usize = 20;

struct Builder {
    file: FileId,
    base: usize,
    text_len: usize,
    stack: Vec<Open>,
    found: Vec<Node>,
    problems: Vec<Diagnostic>,
}

/// The document cannot be read further.
struct Stop;

impl Builder {
    fn take(&mut self, event: Event<'_>, raw: &RawSpan) -> Result<(), Stop> {
        let span = self.span(raw);
        if event.anchor_id().is_some() || event.is_alias() {
            self.problems.push(Diagnostic::new(
                Code::G008,
                span,
                say!("ancre ou alias YAML (« & » ou « * »)", "YAML anchor or alias (“&” or “*”)"),
            ).help(say!("écrivez la valeur en toutes lettres ; si le texte commence par « & » ou « * », mettez-le entre guillemets", "write the value out; if the text begins with “&” or “*”, put it in quotes")));
            return Err(Stop);
        }
        match event {
            Event::Scalar(text, style, _, _) => {
                let plain = style == ScalarStyle::Plain;
                let value = if plain && matches!(&*text, "" | "~" | "null") {
                    Value::Null
                } else {
                    Value::Scalar { text: text.into(), plain }
                };
                self.push(Node { span, value });
            }
            Event::SequenceStart(..) => {
                self.open(Open::List { start: span.start as usize, items: Vec::new() }, span)?
            }
            Event::MappingStart(..) => {
                self.open(
                    Open::Map {
                        start: span.start as usize,
                        entries: Vec::new(),
                        key: None,
                        seen: BTreeMap::new(),
                        again: 0,
                    },
                    span,
                )?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, open: Open, span: Span) -> Result<(), Stop> {
        if self.stack.len() >= MAX_DEPTH {
            self.problems.push(Diagnostic::new(
                Code::G009,
                span,
                say!("plus de {MAX_DEPTH} niveaux imbriqués", "more than {MAX_DEPTH} nested levels"),
            ));
            return Err(Stop);
        }
        self.stack.push(open);
        Ok(())
    }

    fn close(&mut self, end: Span) {
        let (start, value) = match self.stack.pop() {
            Some(Open::List { start, items }) => (start, Value::List(items)),
            Some(Open::Map { start, entries, .. }) => (start, Value::Map(entries)),
            None => return,
        };
        let span = Span { file: self.file, start: start as u32, end: end.end.max(start as u32) };
        self.push(Node { span, value });
    }

    fn push(&mut self, node: Node) {
        match self.stack.last_mut() {
            None => self.found.push(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, key, seen, again, .. }) => match key.take() {
                Some(key) => {
                    if let Some(first) = seen.get(&key.value) {
                        *again += 1;
                        if *again > MOST_AGAIN {
                            return;
                        }
                        let name = &key.value;
                        self.problems.push(
                            Diagnostic::new(
                                Code::G007,
                                key.span,
                                say!(
                                    "la clé « {name} » est écrite deux fois",
                                    "the key “{name}” is written twice"
                                ),
                            )
                            .related(*first, say!("la première fois", "the first time")),
                        );
                    } else {
                        seen.insert(key.value.clone(), key.span);
                        entries.push((key, node));
                    }
                }
                None => *key = Some(key_of(node, &mut self.problems)),
            },
        }
    }
}

impl Builder {
    fn span(&self, raw: &RawSpan) -> Span {
        let range = raw.byte_range().unwrap_or(self.text_len..self.text_len);
        Span { file: self.file, start: (self.base + range.start) as u32, end: (self.base + range.end) as u32 }
    }
}

/// A key is words; a list or a map used as a key is reported and stands as an empty one.
fn key_of(node: Node, problems: &mut Vec<Diagnostic>) -> Spanned<Box<str>> {
    match node.value {
        Value::Scalar { text, .. } => Spanned::new(text, node.span),
        Value::Null | Value::List(_) | Value::Map(_) => {
            problems.push(
                Diagnostic::new(
                    Code::G006,
                    node.span,
                    say!("une clé doit être un mot", "a key must be a word"),
                )
                .help(say!(
                    "si la valeur commence par « [ » ou « {{ », mettez-la entre guillemets",
                    "if the value begins with “[” or “{{”, put it in quotes"
                )),
            );
            Spanned::new("".into(), node.span)
        }
    }
}
