//! Records: maps with known keys. [`record!`](crate::record) declares one once; its struct, its reader (unknown,
//! missing and misplaced keys with suggestions), its JSON Schema and the list the documentation is checked
//! against all come from that declaration. [`choice!`](crate::choice) does the same for closed lists of words.

use super::read::Reader;
use super::tree::{Node, Value};
use crate::diag::{Code, Diagnostic, nearest};
use crate::say;
use crate::source::{Span, Spanned};

/// What a value looks like.
#[derive(Debug, Clone)]
pub enum Shape {
    /// Words.
    Text,
    /// Words in Markdown.
    Markdown,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// An id.
    Id,
    /// A calendar day.
    Date,
    /// A day, or a day and time, with or without a zone.
    Moment,
    /// An absolute web address.
    Url,
    /// A path inside the site.
    Path,
    /// A language code.
    Language,
    /// One of these words: each with its meaning.
    Choice(&'static [(&'static str, &'static str)]),
    /// The value, or a map of languages to it.
    Localised(Box<Shape>),
    /// A list; one value alone is a list of one.
    List(Box<Shape>),
    /// A map with free keys.
    Map(Box<Shape>),
    /// A map with known keys.
    Record(&'static str, fn() -> RecordShape),
}

/// A key of a record.
#[derive(Debug, Clone)]
pub struct Key {
    /// As written in YAML.
    pub name: &'static str,
    /// What it means (the declaration's doc comment).
    pub doc: &'static str,
    /// Whether the record is refused without it.
    pub required: bool,
    /// What it holds.
    pub shape: Shape,
}

/// A record's declaration.
#[derive(Debug, Clone)]
pub struct RecordShape {
    /// Its name in schemas.
    pub name: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Its keys in declared order.
    pub keys: Vec<Key>,
}

/// A key as written in YAML, from the name of its Rust field (`r#for` is `for`).
pub fn written(field: &'static str) -> &'static str {
    field.strip_prefix("r#").unwrap_or(field)
}

/// Unknown keys of one record that are told one by one.
const MOST_UNKNOWN: usize = 20;

/// What authors call a record.
#[derive(Debug, Clone, Copy)]
pub struct Called {
    /// In French.
    pub fr: &'static str,
    /// In English: its name in schemas.
    pub en: &'static str,
}

/// The entries of a map being read as a record.
pub struct Fields<'n> {
    called: Called,
    span: Span,
    entries: &'n [(Spanned<Box<str>>, Node)],
    known: Vec<&'static str>,
}

impl<'n> Fields<'n> {
    /// Takes a node that must be a map.
    pub fn new(node: &'n Node, called: Called, reader: &mut Reader) -> Option<Self> {
        match &node.value {
            Value::Map(entries) => Some(Fields { called, span: node.span, entries, known: Vec::new() }),
            Value::Null | Value::Scalar { .. } | Value::List(_) => {
                let Called { fr, en } = called;
                reader.expected(
                    node.span,
                    say!("une suite de « clé: valeur » ({fr})", "a series of “key: value” ({en})"),
                );
                None
            }
        }
    }

    /// The node of a key, if it is there and not null.
    pub fn get(&mut self, key: &'static str) -> Option<&'n Node> {
        self.known.push(key);
        let found = self.entries.iter().find(|(k, _)| &*k.value == key).map(|(_, node)| node);
        found.filter(|node| node.value != Value::Null)
    }

    /// The node of a key without which the record is refused.
    pub fn require(&mut self, key: &'static str, reader: &mut Reader) -> Option<&'n Node> {
        let found = self.get(key);
        let Called { fr, en } = self.called;
        if found.is_none() {
            let written = self.entries.iter().find(|(k, _)| &*k.value == key).map(|(k, _)| k.span);
            let place = written.or(self.entries.first().map(|(k, _)| k.span)).unwrap_or(self.span);
            reader.report(
                Diagnostic::new(
                    Code::G011,
                    place,
                    say!("la clé « {key} » manque ({fr})", "the key “{key}” is missing ({en})"),
                )
                .help(say!("ajoutez « {key}: … »", "add “{key}: …”")),
            );
        }
        found
    }

    /// Reports the keys that nobody asked for.
    pub fn finish(self, reader: &mut Reader) {
        let Called { fr, en } = self.called;
        let unknown = || self.entries.iter().filter(|(key, _)| !self.known.contains(&&*key.value));
        for (key, _) in unknown().take(MOST_UNKNOWN) {
            let name = &*key.value;
            let problem = Diagnostic::new(
                Code::G010,
                key.span,
                say!("la clé « {name} » est inconnue ici ({fr})", "the key “{name}” is unknown here ({en})"),
            );
            reader.report(match nearest(name, self.known.iter().copied()) {
                Some(near) => problem.help(say!("vouliez-vous dire « {near} » ?", "did you mean “{near}”?")),
                None => {
                    let list = self.known.join(", ");
                    problem.help(say!("clés connues : {list}", "known keys: {list}"))
                }
            });
        }
        if let Some((key, _)) = unknown().nth(MOST_UNKNOWN) {
            let more = unknown().count() - MOST_UNKNOWN;
            reader.report(Diagnostic::new(
                Code::G010,
                key.span,
                say!(
                    "et {more} autres clés inconnues à partir d’ici ({fr})",
                    "and {more} more unknown keys from here on ({en})"
                ),
            ));
        }
    }
}

/// Declares a record. Its French name, where it is another, stands in brackets. Each key is `required`, `optional` or a `list`; its doc comment is its documentation.
///
/// ```
/// greffe::record! {
///     /// A dated step of a consultation.
///     pub struct Step as "step" {
///         /// Its title.
///         required title: Box<str>,
///         /// Free words.
///         list tags: Box<str>,
///     }
/// }
/// ```
#[macro_export]
macro_rules! record {
    ($(#[doc = $doc:literal])* pub struct $name:ident as $label:literal $(($fr:literal))? {
        $($(#[doc = $kdoc:literal])* $mode:ident $key:ident : $ty:ty,)*
    }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone)]
        pub struct $name {
            /// Where the record stands.
            pub span: $crate::source::Span,
            $($(#[doc = $kdoc])* pub $key: $crate::record!(@type $mode $ty),)*
        }

        impl $crate::yaml::Read for $name {
            fn read(node: &$crate::yaml::Node, reader: &mut $crate::yaml::Reader) -> Option<Self> {
                let mut fields = $crate::yaml::record::Fields::new(node, $crate::record!(@called $label $($fr)?), reader)?;
                $(let $key = $crate::record!(@read $mode $ty, fields, $crate::yaml::record::written(stringify!($key)), reader);)*
                fields.finish(reader);
                Some($name { span: node.span, $($key: $crate::record!(@take $mode $key),)* })
            }

            fn shape() -> $crate::yaml::Shape {
                fn declared() -> $crate::yaml::RecordShape {
                    $crate::yaml::RecordShape {
                        name: $label,
                        doc: concat!($($doc, "\n",)*),
                        keys: vec![$($crate::yaml::Key {
                            name: $crate::yaml::record::written(stringify!($key)),
                            doc: concat!($($kdoc, "\n",)*),
                            required: $crate::record!(@required $mode),
                            shape: $crate::record!(@shape $mode $ty),
                        },)*],
                    }
                }
                $crate::yaml::Shape::Record($label, declared)
            }
        }
    };
    (@called $label:literal) => { $crate::yaml::record::Called { fr: $label, en: $label } };
    (@called $label:literal $fr:literal) => { $crate::yaml::record::Called { fr: $fr, en: $label } };
    (@type required $ty:ty) => { $crate::source::Spanned<$ty> };
    (@type optional $ty:ty) => { Option<$crate::source::Spanned<$ty>> };
    (@type list $ty:ty) => { Vec<$crate::source::Spanned<$ty>> };
    (@read required $ty:ty, $fields:ident, $key:expr, $reader:ident) => {
        $fields.require($key, $reader).and_then(|node| {
            <$ty as $crate::yaml::Read>::read(node, $reader).map(|v| $crate::source::Spanned::new(v, node.span))
        })
    };
    (@read optional $ty:ty, $fields:ident, $key:expr, $reader:ident) => {
        $fields.get($key).and_then(|node| {
            <$ty as $crate::yaml::Read>::read(node, $reader).map(|v| $crate::source::Spanned::new(v, node.span))
        })
    };
    (@read list $ty:ty, $fields:ident, $key:expr, $reader:ident) => {
        $fields.get($key).map(|node| $crate::yaml::read::list::<$ty>(node, $reader)).unwrap_or_default()
    };
    (@take required $key:ident) => { $key? };
    (@take optional $key:ident) => { $key };
    (@take list $key:ident) => { $key };
    (@required required) => { true };
    (@required optional) => { false };
    (@required list) => { false };
    (@shape required $ty:ty) => { <$ty as $crate::yaml::Read>::shape() };
    (@shape optional $ty:ty) => { <$ty as $crate::yaml::Read>::shape() };
    (@shape list $ty:ty) => { $crate::yaml::Shape::List(Box::new(<$ty as $crate::yaml::Read>::shape())) };
}

/// Declares a closed list of words: an enum, its reader, its written form.
#[macro_export]
macro_rules! choice {
    ($(#[doc = $doc:literal])* pub enum $name:ident { $(#[doc = $vdoc:literal] $variant:ident = $word:literal,)* }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $(#[doc = $vdoc] $variant,)* }

        impl $name {
            /// Every word with its value, in declared order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The word as written in YAML, in data files and in URLs.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }
        }

        impl $crate::yaml::Read for $name {
            fn read(node: &$crate::yaml::Node, reader: &mut $crate::yaml::Reader) -> Option<Self> {
                let text = <Box<str> as $crate::yaml::Read>::read(node, reader)?;
                match &*text {
                    $($word => Some($name::$variant),)*
                    _ => { reader.not_one_of(node.span, &text, &[$($word,)*]); None }
                }
            }

            fn shape() -> $crate::yaml::Shape {
                $crate::yaml::Shape::Choice(&[$(($word, $vdoc),)*])
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}
