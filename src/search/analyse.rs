//! Text to words, the same here and in the browser (`analyse` in `search.js`; `tests/search/analysis.json` holds
//! them to it). Comes in: text. Leaves: for each word its *parts* and its *wholes*. A plain word is one part; what
//! hyphens, apostrophes or a legal reference tie together is findable by its parts and as a whole. Accents and
//! ligatures are kept until [`fold`], because stemmers want them.

use super::grammar::Grammar;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Pieces tied together beyond which nobody looks for the whole.
const LONGEST_CHAIN: usize = 6;

/// One step of the analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step<'a> {
    /// A word begins.
    Word,
    /// One part of it, lower case, accents kept.
    Part(&'a str),
    /// The word as a whole, when it has several parts.
    Whole(&'a str),
}

/// What stands between two pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    Hyphen,
    Apostrophe,
    Dot,
    DotSpace,
    Space,
    Far,
}

#[derive(Debug, Clone, Copy)]
struct Piece {
    start: usize,
    end: usize,
    /// What stands before it.
    joint: Joint,
}

/// Cuts a text into words and tells each step.
pub(super) fn analyse(text: &str, grammar: &Grammar, mut tell: impl FnMut(Step<'_>)) {
    let lower = normalise(text);
    let pieces = pieces(&lower);
    let mut at = 0;
    while at < pieces.len() {
        let end = at
            + 1
            + pieces[at + 1..].iter().zip(&pieces[at..]).take_while(|(b, a)| tied(&lower, a, b)).count();
        let taken = Run { lower: &lower, pieces: &pieces, grammar }.tell(at, end, &mut tell);
        at = taken;
    }
}

/// The folded form of a word: compatibility decomposition without marks, lower case, ligatures spelt out.
pub(super) fn fold(word: &str) -> String {
    if word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        return word.to_owned();
    }
    let mut form = String::with_capacity(word.len());
    for c in word.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'œ' => form.push_str("oe"),
            'æ' => form.push_str("ae"),
            'ß' => form.push_str("ss"),
            'ø' => form.push('o'),
            'ł' => form.push('l'),
            'đ' => form.push('d'),
            'ı' => form.push('i'),
            'ς' => form.push('σ'),
            c if is_combining_mark(c) => {}
            c => form.push(c),
        }
    }
    form
}

/// Lower case and composed, without what is invisible. Nearly all text is Latin, and needs no normalisation.
fn normalise(text: &str) -> String {
    let mut lower = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\0'..='\x7f' => lower.push(c.to_ascii_lowercase()),
            'à'..='ö' | 'ø'..='ÿ' | 'œ' | '’' | '«' | '»' => lower.push(c),
            'À'..='Ö' | 'Ø'..='Þ' | 'Œ' => lower.extend(c.to_lowercase()),
            '\u{a0}' | '\u{202f}' | '–' | '—' => lower.push(if c.is_whitespace() { ' ' } else { c }),
            _ => return text.nfkc().filter(|c| !invisible(*c)).flat_map(char::to_lowercase).collect(),
        }
    }
    lower
}

/// Soft hyphens and zero-width characters, which copying from a document leaves inside words.
fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn pieces(lower: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::with_capacity(lower.len() / 6);
    let mut open = false;
    for (at, c) in lower.char_indices() {
        let inside = match c {
            '\0'..='\x7f' => c.is_ascii_alphanumeric(),
            'ʼ' => false,
            // A mark belongs to the letter before it; alone it is nothing.
            _ if is_combining_mark(c) => open,
            _ => c.is_alphanumeric(),
        };
        match (inside, open) {
            (true, false) => {
                let joint = pieces.last().map_or(Joint::Far, |p| joint(&lower[p.end..at]));
                pieces.push(Piece { start: at, end: at + c.len_utf8(), joint });
            }
            (true, true) => {
                if let Some(piece) = pieces.last_mut() {
                    piece.end = at + c.len_utf8();
                }
            }
            (false, _) => {}
        }
        open = inside;
    }
    pieces
}

fn joint(gap: &str) -> Joint {
    if !gap.is_ascii() && gap.contains(is_combining_mark) {
        return joint(&gap.replace(is_combining_mark, ""));
    }
    let spaces = |s: &str| {
        !s.is_empty() && s.len() <= 6 && s.chars().count() <= 2 && s.chars().all(char::is_whitespace)
    };
    match gap {
        " " => Joint::Space,
        "-" | "‐" | "‑" => Joint::Hyphen,
        "'" | "’" | "‘" | "ʼ" => Joint::Apostrophe,
        "." => Joint::Dot,
        _ if spaces(gap) => Joint::Space,
        _ if gap.strip_prefix('.').is_some_and(spaces) => Joint::DotSpace,
        _ => Joint::Far,
    }
}

/// Whether two neighbours are one word: by a hyphen or an apostrophe, or by the full stop of an acronym.
fn tied(lower: &str, a: &Piece, b: &Piece) -> bool {
    match b.joint {
        Joint::Hyphen | Joint::Apostrophe => true,
        Joint::Dot => letter(lower, a) && letter(lower, b),
        Joint::DotSpace | Joint::Space | Joint::Far => false,
    }
}

/// Whether a piece is one letter once folded, which ß is not.
fn letter(lower: &str, piece: &Piece) -> bool {
    let text = &lower[piece.start..piece.end];
    let one =
        |text: &str| text.chars().next().is_some_and(char::is_alphabetic) && text.chars().nth(1).is_none();
    if text.is_ascii() { one(text) } else { one(&fold(text)) }
}

/// Pieces that may be one word, among their neighbours.
struct Run<'a> {
    lower: &'a str,
    pieces: &'a [Piece],
    grammar: &'a Grammar,
}

impl<'a> Run<'a> {
    fn text(&self, at: usize) -> &'a str {
        &self.lower[self.pieces[at].start..self.pieces[at].end]
    }

    /// Tells the word that stands from `first` to `end`; gives where the next one begins.
    fn tell(&self, first: usize, end: usize, tell: &mut impl FnMut(Step<'_>)) -> usize {
        let (first, last) = self.trim(first, end);
        tell(Step::Word);
        let mut whole = String::new();
        if last - first > 1 && last - first <= LONGEST_CHAIN {
            (first..last).for_each(|at| join(&mut whole, self.text(at)));
        }
        let acronym = last - first > 1 && (first + 1..last).all(|at| self.pieces[at].joint == Joint::Dot);
        let one_word = acronym && !whole.is_empty() || whole == "aujourdhui";
        if !one_word {
            (first..last).for_each(|at| tell(Step::Part(self.text(at))));
        }
        if !whole.is_empty() {
            tell(Step::Whole(&whole));
        }
        let number = if last - first == 1 { self.text(first) } else { &whole };
        if !number.starts_with(|c: char| c.is_ascii_digit())
            && !number.ends_with(|c: char| c.is_ascii_digit())
        {
            return end;
        }
        if let Some(code) = self.code(first).filter(|_| number.starts_with(|c: char| c.is_ascii_digit())) {
            tell(Step::Whole(&format!("{code}{number}")));
        }
        if last == end && number.ends_with(|c: char| c.is_ascii_digit()) && self.suffix(end) {
            tell(Step::Part(self.text(end)));
            tell(Step::Whole(&format!("{number}{}", self.text(end))));
            return end + 1;
        }
        end
    }

    /// Cuts off elided articles before, and a possessive after.
    fn trim(&self, mut first: usize, end: usize) -> (usize, usize) {
        let mut last = end;
        while first + 1 < last
            && self.pieces[first + 1].joint == Joint::Apostrophe
            && self.grammar.elisions.contains(&fold(self.text(first)).as_str())
        {
            first += 1;
        }
        if self.grammar.possessive
            && last - first > 1
            && self.pieces[last - 1].joint == Joint::Apostrophe
            && self.text(last - 1) == "s"
        {
            last -= 1;
        }
        (first, last)
    }

    /// The letter of a code before a number: the `l` of `L. 533-4`.
    fn code(&self, first: usize) -> Option<&'a str> {
        let before = self.text(first.checked_sub(1)?);
        let fits = match self.pieces[first].joint {
            Joint::Dot | Joint::DotSpace => {
                self.grammar.codes.contains(&before) || self.grammar.dotted_codes.contains(&before)
            }
            Joint::Space => self.grammar.codes.contains(&before),
            Joint::Hyphen | Joint::Apostrophe | Joint::Far => false,
        };
        fits.then_some(before)
    }

    /// Whether the piece at `at` is the `bis` of `17 bis`, and not the beginning of a longer word.
    fn suffix(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|p| p.joint == Joint::Space)
            && self.grammar.suffixes.contains(&self.text(at))
            && self.pieces.get(at + 1).is_none_or(|p| !tied(self.lower, &self.pieces[at], p))
    }
}

/// Glues a piece on: solid (`email`, `17bis`), but with a hyphen between digits, or 533-4 would be 5334.
fn join(whole: &mut String, piece: &str) {
    if whole.ends_with(|c: char| c.is_ascii_digit()) && piece.starts_with(|c: char| c.is_ascii_digit()) {
        whole.push('-');
    }
    whole.push_str(piece);
}

#[cfg(test)]
#[path = "analyse_tests.rs"]
mod tests;
