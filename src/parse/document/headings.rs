//! Which blocks are headings, and of what: number, words, and the prose that some authors leave on a heading's line.
//!
//! A block that opens a quotation (`« Article 6`) never is one, so that quoted articles stay in the article that
//! quotes them; French drafting repeats the guillemet at each paragraph of a quotation. Where an author forgot to
//! close one, the next heading without a guillemet ends it.

use super::blocks::{self, Block, Line};
use super::numbering::{Joint, Kind, Numbered, names_an_article, numbered};
use super::words::{Bare, bare, collapse};
use crate::model::choices::Numbering;

/// Longest words of a heading, in bytes, where only their place says that they are one.
const LONGEST: usize = 240;

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    /// `None`: a division without a number.
    pub kind: Option<Kind>,
    /// The number as written.
    pub number: String,
    /// What follows the number.
    pub words: String,
    /// Prose on the heading's line or under it, a paragraph of what it opens.
    pub prose: Option<String>,
}

/// Reads a heading that is marked as one; `Err` is a paragraph that was marked within a quotation. `None`: no words.
pub(super) fn marked(markdown: &str, numbering: Numbering) -> Option<Result<Heading, String>> {
    let bare = bare(markdown);
    let text = collapse(&bare.text);
    if !text.contains(|c: char| !c.is_whitespace()) {
        return None;
    }
    let quoted = text.strip_prefix('«').map(str::trim_start);
    if quoted.is_some_and(|quoted| numbered(quoted, numbering).is_some()) && paragraph(markdown) {
        return Some(Err(markdown.into()));
    }
    Some(Ok(match numbered(&text, numbering) {
        Some(n) => heading(n, &text),
        None if numbering == Numbering::French && names_an_article(&text) => unusual(&text),
        None => Heading { kind: None, number: String::new(), words: text, prose: None },
    }))
}

fn heading(n: Numbered, text: &str) -> Heading {
    Heading {
        kind: Some(n.kind),
        number: collapse(&text[..n.end]),
        words: collapse(&text[n.rest..]),
        prose: None,
    }
}

/// `Article sur l’eau – Objet`: marked as a heading and called an article, with a number that is none of ours.
fn unusual(text: &str) -> Heading {
    let separators = [" – ", " — ", " - ", "\u{a0}: ", "\u{202f}: ", " : ", ": ", ". – ", ". - "];
    let cut = separators.iter().filter_map(|s| text.find(s).map(|at| (at, s.len())));
    let (at, len) = cut.min_by_key(|(at, len)| (*at, usize::MAX - len)).unwrap_or((text.len(), 0));
    let trim = |c: char| c.is_whitespace() || "–—-:.".contains(c);
    let number = collapse(text[..at].trim_end_matches(trim));
    let words = collapse(text[at + len..].trim_start_matches(trim));
    Heading { kind: Some(Kind::Article), number, words, prose: None }
}

/// Reads a plain block as a heading, when it is one.
pub(super) fn plain(lines: &[Line], numbering: Numbering) -> Option<Heading> {
    let first = lines.first()?;
    let listed = blocks::list_marker(&first.text).filter(|_| lines.len() == 1);
    let line = &first.text[listed.unwrap_or(0)..];
    let under = lines.get(1..).unwrap_or(&[]);
    let n = numbered(bare(line).text.trim_end(), numbering)?;
    if n.joint == Joint::End {
        let found = heading(n, &bare(line).text);
        return if under.is_empty() { Some(found) } else { followed(found, line, under, numbering) };
    }
    if listed.is_some() {
        return None;
    }
    let markdown = blocks::join(lines);
    let whole = bare(&markdown);
    let n = numbered(whole.text.trim_end(), numbering)?;
    let mut found = heading(n, &whole.text);
    let rest = n.rest..whole.text.len();
    let emphasised = whole.emphasised(rest.clone());
    let titled = short(&found.words, numbering);
    let lead = whole.emphasised(0..n.end) && !emphasised && capital(&found.words);
    match n.joint {
        Joint::Separator | Joint::Stop if titled && (n.joint == Joint::Separator || emphasised || !lead) => {
            return Some(found);
        }
        Joint::Space | Joint::Glued if titled && emphasised => return Some(found),
        Joint::Stop => {}
        Joint::Separator | Joint::Space if lead => {}
        Joint::Glued if found.words.split(' ').count() > 4 => {}
        Joint::End | Joint::Separator | Joint::Space | Joint::Glued => return None,
    }
    found.prose = Some(prose(&markdown, &whole, rest.start)).filter(|prose| paragraph(prose));
    found.words.clear();
    (n.kind == Kind::Article && found.prose.is_some()).then_some(found)
}

/// A number alone on its line, and what stands under it in the same block: words, or the first paragraph.
fn followed(mut found: Heading, number: &str, under: &[Line], numbering: Numbering) -> Option<Heading> {
    let below = blocks::join(under);
    // Emphasis may be opened on one line and closed on the next.
    let both = bare(&format!("{number}\n{below}"));
    let at = bare(number).text.len() + 1;
    let words = collapse(both.text.get(at..).unwrap_or(""));
    let division = matches!(found.kind, Some(Kind::Division(_)));
    if short(&words, numbering) && (both.emphasised(at..both.text.len()) || division || capital(&words)) {
        found.words = words;
        return Some(found);
    }
    (capital(&words) && paragraph(&below)).then(|| {
        found.prose = Some(below);
        found
    })
}

/// The Markdown of the words from this byte of a block.
fn prose(markdown: &str, whole: &Bare, at: usize) -> String {
    markdown[whole.source(at, markdown)..].trim().into()
}

/// Words of an article's heading in a block of their own: wholly emphasised, short, no remark in brackets.
pub(super) fn emphasised_words(lines: &[Line], numbering: Numbering) -> Option<String> {
    let markdown = blocks::join(lines);
    let bare = bare(&markdown);
    let words = collapse(&bare.text);
    let fits = bare.emphasised(0..bare.text.len()) && short(&words, numbering);
    (fits && !markdown.contains('\n') && plain(lines, numbering).is_none()).then_some(words)
}

/// Words of a division's heading in a block of their own.
pub(super) fn plain_words(lines: &[Line], numbering: Numbering) -> Option<String> {
    let markdown = blocks::join(lines);
    let words = collapse(&bare(&markdown).text);
    let listed = blocks::list_marker(&markdown).is_some() || markdown.contains('\n');
    (!listed && short(&words, numbering) && plain(lines, numbering).is_none()).then_some(words)
}

/// Short, without the punctuation that ends a sentence, no remark, no quotation, no number.
fn short(words: &str, numbering: Numbering) -> bool {
    let begins = words.starts_with(|c: char| c.is_alphanumeric());
    let quoted = words.ends_with('»') && !words.contains('«');
    let sentence = quoted || words.ends_with(['.', ';', ':', ',', '…']);
    let marker = words.split(' ').next().is_some_and(|first| {
        first.ends_with(['°', ')', '.']) && first.chars().count() <= 5
            || ["I", "II", "III", "IV"].contains(&first)
    });
    begins && !sentence && !marker && words.len() <= LONGEST && numbered(words, numbering).is_none()
}

/// Begins as a paragraph does.
fn capital(words: &str) -> bool {
    words.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || matches!(c, '«' | '('))
}

/// Stays one plain paragraph when it is read alone.
fn paragraph(markdown: &str) -> bool {
    match blocks::blocks(markdown).as_slice() {
        [Block::Plain(lines)] => blocks::join(lines) == markdown,
        _ => false,
    }
}

/// A paragraph that would be read as a heading, whatever the numbering.
pub(super) fn mistaken(markdown: &str) -> bool {
    let blocks = blocks::blocks(markdown);
    let [Block::Plain(lines)] = blocks.as_slice() else { return false };
    [Numbering::French, Numbering::Generic].into_iter().any(|numbering| plain(lines, numbering).is_some())
}

/// A paragraph that would be read as the words of the heading above it.
pub(super) fn mistaken_for_words(markdown: &str) -> bool {
    let blocks = blocks::blocks(markdown);
    let [Block::Plain(lines)] = blocks.as_slice() else { return false };
    [Numbering::French, Numbering::Generic].into_iter().any(|n| emphasised_words(lines, n).is_some())
}
