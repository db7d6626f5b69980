//! A cell: a value of one of the types that columns have, and how it is written.

use crate::model::id::Id;
use crate::model::when::{Date, Moment};
use std::borrow::Cow;
use std::fmt::Write;

/// A value in a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell<'a> {
    /// Nothing is known.
    Empty,
    /// Words.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(u64),
    /// A number.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
    /// A day.
    Date(Date),
    /// A day, with as much of the time as was written.
    Moment(Moment),
}

impl Cell<'_> {
    /// Writes the value as it stands in a file, at the end of `out`.
    pub(super) fn write(&self, out: &mut String) {
        let written = match self {
            Cell::Empty => Ok(()),
            Cell::Text(words) => {
                out.push_str(words);
                Ok(())
            }
            Cell::Integer(number) => write!(out, "{number}"),
            Cell::Number(number) => write!(out, "{number}"),
            Cell::Boolean(yes) => write!(out, "{yes}"),
            Cell::Date(date) => write!(out, "{date}"),
            Cell::Moment(moment) => write!(out, "{moment}"),
        };
        // Writing to a string cannot fail.
        debug_assert!(written.is_ok());
    }
}

/// Several values in one cell, joined by `|` as ballots are.
pub(super) fn joined<'w>(words: impl IntoIterator<Item = &'w str>) -> Cell<'static> {
    let joined = words.into_iter().collect::<Vec<_>>().join("|");
    if joined.is_empty() { Cell::Empty } else { Cell::Text(joined.into()) }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(words: &'a str) -> Self {
        if words.is_empty() { Cell::Empty } else { Cell::Text(words.into()) }
    }
}

impl<'a> From<&'a Box<str>> for Cell<'a> {
    fn from(words: &'a Box<str>) -> Self {
        (&**words).into()
    }
}

impl From<String> for Cell<'_> {
    fn from(words: String) -> Self {
        if words.is_empty() { Cell::Empty } else { Cell::Text(words.into()) }
    }
}

impl<'a> From<&'a Id> for Cell<'a> {
    fn from(id: &'a Id) -> Self {
        id.as_str().into()
    }
}

impl From<u64> for Cell<'_> {
    fn from(number: u64) -> Self {
        Cell::Integer(number)
    }
}

impl From<u32> for Cell<'_> {
    fn from(number: u32) -> Self {
        Cell::Integer(number.into())
    }
}

impl From<usize> for Cell<'_> {
    fn from(number: usize) -> Self {
        Cell::Integer(number as u64)
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Cell::Number(number)
    }
}

impl From<bool> for Cell<'_> {
    fn from(yes: bool) -> Self {
        Cell::Boolean(yes)
    }
}

impl From<Date> for Cell<'_> {
    fn from(date: Date) -> Self {
        Cell::Date(date)
    }
}

impl From<Moment> for Cell<'_> {
    fn from(moment: Moment) -> Self {
        Cell::Moment(moment)
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Empty, Into::into)
    }
}
