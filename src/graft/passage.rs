//! A passage of text that remembers every change: pieces, each with what brought it and what took it away. What a
//! reader sees depends on the changes they know of.

use super::known::{Known, Life};
use std::ops::Range;

/// A run of text with one history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: Box<str>,
    /// What brought it, what took it away.
    pub life: Life,
    /// Where it began in what brought it, in bytes.
    pub offset: usize,
}

/// A passage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    pieces: Vec<Piece>,
}

/// Bytes of the version's own text that a change took away, or the place where it inserted (an empty range).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Offsets in the passage as the version had it; `None` in words that another change brought.
    pub base: Option<Range<usize>>,
    /// The changes on whose words it worked.
    pub on: Vec<u32>,
    /// The changes that had taken some of these words away already.
    pub gone: Vec<u32>,
}

impl Trace {
    fn add(&mut self, piece: &Piece) {
        match piece.life.born {
            None => {
                let end = piece.offset + piece.text.len();
                let from = self.base.as_ref().map_or(piece.offset, |r| r.start.min(piece.offset));
                self.base = Some(from..end);
            }
            Some(other) => self.on.push(other),
        }
    }
}

impl Passage {
    /// A passage brought by a change, or there from the start.
    pub fn new(text: &str, by: Option<u32>) -> Self {
        let piece = Piece { text: text.into(), life: Life::born(by), offset: 0 };
        Passage { pieces: if text.is_empty() { Vec::new() } else { vec![piece] } }
    }

    /// What is seen.
    pub fn text(&self, known: &Known) -> String {
        self.seen(known).map(|p| &*p.text).collect()
    }

    /// Whether nothing but white space is seen.
    pub fn is_blank(&self, known: &Known) -> bool {
        self.seen(known).all(|p| p.text.trim().is_empty())
    }

    /// The pieces that are seen.
    pub fn seen<'p>(&'p self, known: &'p Known) -> impl Iterator<Item = &'p Piece> {
        self.pieces.iter().filter(|p| p.life.seen(known))
    }

    /// Every piece, seen or not, in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Splits pieces so that one begins at this offset of what is seen; gives the place of the first piece that is
    /// seen from there on, or the end.
    fn cut(&mut self, known: &Known, at: usize) -> usize {
        let mut before = 0;
        for i in 0..self.pieces.len() {
            if !self.pieces[i].life.seen(known) {
                continue;
            }
            let length = self.pieces[i].text.len();
            if before == at {
                return i;
            }
            if before + length > at {
                self.split(i, at - before);
                return i + 1;
            }
            before += length;
        }
        self.pieces.len()
    }

    fn split(&mut self, i: usize, at: usize) {
        let piece = &self.pieces[i];
        let (left, right) = piece.text.split_at(at);
        let right = Piece { text: right.into(), life: piece.life.clone(), offset: piece.offset + at };
        self.pieces[i].text = left.into();
        self.pieces.insert(i + 1, right);
    }

    /// Takes a range of what is seen away.
    pub fn delete(&mut self, known: &Known, range: Range<usize>, by: u32) -> Trace {
        let (first, end) = (self.cut(known, range.start), self.cut(known, range.end));
        let mut trace = Trace { base: None, on: Vec::new(), gone: Vec::new() };
        for piece in self.pieces[first..end.max(first)].iter_mut().filter(|p| p.life.seen(known)) {
            trace.gone.extend(piece.life.dead.iter().filter(|other| **other != by));
            trace.add(piece);
            piece.life.kill(by);
        }
        trace
    }

    /// What stands in a range of what is seen.
    pub fn look(&mut self, known: &Known, range: Range<usize>) -> Trace {
        let (first, end) = (self.cut(known, range.start), self.cut(known, range.end));
        let mut trace = Trace { base: None, on: Vec::new(), gone: Vec::new() };
        self.pieces[first..end.max(first)].iter().filter(|p| p.life.seen(known)).for_each(|p| trace.add(p));
        trace
    }

    /// Inserts at an offset of what is seen. What others put at the same place stays before it, unless it
    /// replaces words (`replacing`): then it stands right where they stood.
    pub fn insert(&mut self, known: &Known, at: usize, text: &str, by: u32, replacing: bool) -> Trace {
        let next = self.cut(known, at);
        let seen = |p: &Piece| p.life.seen(known);
        // Right after the last piece seen before the place.
        let mut place = self.pieces[..next].iter().rposition(seen).map_or(0, |i| i + 1);
        if !replacing {
            let unborn = |p: &Piece| p.life.unborn(known);
            while self.pieces.get(place).is_some_and(unborn) {
                place += 1;
            }
        }
        let beside = place.checked_sub(1).and_then(|i| self.pieces.get(i)).or_else(|| self.pieces.get(place));
        let mut trace = Trace { base: Some(0..0), on: Vec::new(), gone: Vec::new() };
        if let Some(beside) = beside {
            match beside.life.born {
                None if place > 0 => {
                    let end = beside.offset + beside.text.len();
                    trace.base = Some(end..end);
                }
                None => {}
                Some(other) if known.has(other) => {
                    trace.base = None;
                    trace.on.push(other);
                }
                Some(_) => trace.base = self.base_end_before(place),
            }
        }
        if !text.is_empty() {
            let piece = Piece { text: text.into(), life: Life::born(Some(by)), offset: 0 };
            self.pieces.insert(place, piece);
        }
        trace
    }

    fn base_end_before(&self, place: usize) -> Option<Range<usize>> {
        let last = self.pieces[..place].iter().rev().find(|p| p.life.born.is_none());
        let end = last.map_or(0, |p| p.offset + p.text.len());
        Some(end..end)
    }

    /// Replaces all that is seen.
    pub fn replace_all(&mut self, known: &Known, text: &str, by: u32) {
        let length = self.text(known).len();
        self.delete(known, 0..length, by);
        self.insert(known, length, text, by, true);
    }
}
