//! From a tree of places to typed values. A [`Reader`] collects every problem it meets and goes on: a value
//! that cannot be read is `None`, and the record that holds it is still read to its end.

use super::record::Shape;
use super::tree::{Node, Value};
use crate::diag::{Code, Diagnostic, nearest};
use crate::lang::{Bilingual, Lang};
use crate::say;
use crate::source::{Span, Spanned};
use std::collections::BTreeMap;

/// Collects the problems of one file.
#[derive(Debug, Default)]
pub struct Reader {
    /// What was found wrong so far.
    pub problems: Vec<Diagnostic>,
}

impl Reader {
    /// Notes a problem.
    pub fn report(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// Notes that a value has not the expected shape.
    pub fn expected(&mut self, span: Span, expected: Bilingual) {
        let Bilingual { fr, en } = expected;
        self.report(Diagnostic::new(Code::G013, span, say!("on attendait ici {fr}", "expected {en} here")));
    }

    /// Notes a word that is not in a closed list, with the nearest one.
    pub fn not_one_of(&mut self, span: Span, seen: &str, accepted: &[&str]) {
        let list = accepted.join(", ");
        let problem = Diagnostic::new(
            Code::G014,
            span,
            say!(
                "« {seen} » n’est pas admis ici ; valeurs admises : {list}",
                "“{seen}” is not accepted here; accepted: {list}"
            ),
        );
        self.report(match nearest(seen, accepted.iter().copied()) {
            Some(near) => problem.help(say!("vouliez-vous dire « {near} » ?", "did you mean “{near}”?")),
            None => problem,
        });
    }
}

/// A type that can be read from a node, and that says which shape it expects.
pub trait Read: Sized {
    /// Reads the node, or reports why it cannot.
    fn read(node: &Node, reader: &mut Reader) -> Option<Self>;

    /// The shape, for the JSON Schemas and the documentation.
    fn shape() -> Shape;
}

/// The words of a scalar.
fn words<'n>(node: &'n Node, reader: &mut Reader, expected: impl FnOnce() -> Bilingual) -> Option<&'n str> {
    match &node.value {
        Value::Scalar { text, .. } => Some(text),
        Value::Null | Value::List(_) | Value::Map(_) => {
            reader.expected(node.span, expected());
            None
        }
    }
}

impl Read for Box<str> {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        words(node, reader, || say!("du texte", "text")).map(Into::into)
    }

    fn shape() -> Shape {
        Shape::Text
    }
}

/// Markdown: the same as text for the reader, another thing for the schemas and the renderer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Markdown(pub Box<str>);

impl Read for Markdown {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        words(node, reader, || say!("du texte en Markdown", "Markdown text")).map(|w| Markdown(w.into()))
    }

    fn shape() -> Shape {
        Shape::Markdown
    }
}

/// `true` or `false`, nothing else: `yes`, `on` and `oui` are text.
impl Read for bool {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.value {
            Value::Scalar { text, plain: true } if &**text == "true" => Some(true),
            Value::Scalar { text, plain: true } if &**text == "false" => Some(false),
            Value::Null | Value::Scalar { .. } | Value::List(_) | Value::Map(_) => {
                reader.expected(node.span, say!("« true » ou « false »", "“true” or “false”"));
                None
            }
        }
    }

    fn shape() -> Shape {
        Shape::Boolean
    }
}

/// The largest number taken: more than there are people, and a million of them can be added up.
const LARGEST: u64 = 1_000_000_000_000;

/// A whole number, zero or more, in decimal digits.
impl Read for u64 {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let expected = || say!("un nombre entier, en chiffres", "a whole number, in digits");
        let text = words(node, reader, expected)?;
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
            reader.expected(node.span, expected());
            return None;
        }
        let number = text.parse().ok().filter(|n| *n <= LARGEST);
        if number.is_none() {
            reader.expected(
                node.span,
                say!("un nombre d’au plus mille milliards", "a number of at most a million million"),
            );
        }
        number
    }

    fn shape() -> Shape {
        Shape::Integer
    }
}

/// A decimal number such as `-1.5`; no exponent, no infinity.
impl Read for f64 {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let expected = || say!("un nombre (point décimal)", "a number (decimal point)");
        let text = words(node, reader, expected)?;
        let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-');
        let number = if plain { text.parse().ok().filter(|n: &f64| n.is_finite()) } else { None };
        if number.is_none() {
            reader.expected(node.span, expected());
        }
        number
    }

    fn shape() -> Shape {
        Shape::Number
    }
}

impl Read for Lang {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let expected =
            || say!("un code de langue, comme « fr » ou « en »", "a language code such as “fr” or “en”");
        let lang = Lang::new(words(node, reader, expected)?);
        if lang.is_none() {
            reader.expected(node.span, expected());
        }
        lang
    }

    fn shape() -> Shape {
        Shape::Language
    }
}

/// Text in one language (the consultation's) or in several: `title: Eau` or `title: {fr: Eau, en: Water}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Localised<T> {
    /// Written once, in the language of what surrounds it.
    One(T),
    /// A map of languages.
    Many(BTreeMap<Lang, T>),
}

impl<T: Read> Read for Localised<T> {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            return T::read(node, reader).map(Localised::One);
        };
        let mut many = BTreeMap::new();
        for (key, value) in entries {
            match Lang::new(&key.value) {
                Some(lang) => {
                    if let Some(value) = T::read(value, reader) {
                        many.insert(lang, value);
                    }
                }
                None => reader.expected(
                    key.span,
                    say!("un code de langue, comme « fr »", "a language code such as “fr”"),
                ),
            }
        }
        (!many.is_empty()).then_some(Localised::Many(many))
    }

    fn shape() -> Shape {
        Shape::Localised(Box::new(T::shape()))
    }
}

/// A map with free keys, in written order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entries<T>(pub Vec<(Spanned<Box<str>>, Spanned<T>)>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Entries(Vec::new())
    }
}

impl<T: Read> Read for Entries<T> {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Value::Map(entries) = &node.value else {
            reader.expected(node.span, say!("une suite de « clé: valeur »", "a series of “key: value”"));
            return None;
        };
        let read = |(key, node): &(Spanned<Box<str>>, Node)| {
            T::read(node, reader).map(|v| (key.clone(), Spanned::new(v, node.span)))
        };
        Some(Entries(entries.iter().filter_map(read).collect()))
    }

    fn shape() -> Shape {
        Shape::Map(Box::new(T::shape()))
    }
}

/// A list; one value alone is a list of one.
pub fn list<T: Read>(node: &Node, reader: &mut Reader) -> Vec<Spanned<T>> {
    match &node.value {
        Value::Null => Vec::new(),
        Value::List(items) => items
            .iter()
            .filter_map(|item| T::read(item, reader).map(|v| Spanned::new(v, item.span)))
            .collect(),
        Value::Scalar { .. } | Value::Map(_) => {
            T::read(node, reader).map(|v| Spanned::new(v, node.span)).into_iter().collect()
        }
    }
}
