//! One run of words with its marks (strong, emphasis, links, breaks), from HTML's habits to Markdown's rules:
//! spaces and punctuation that would keep `**` from closing move out of the marks, empty marks vanish, marks that
//! touch are joined. Nothing here looks at blocks.

use super::escape;

/// A mark around words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) enum Mark {
    Strong,
    Emphasis,
    Struck,
    /// Written as an HTML element, in official texts only.
    Raised(&'static str),
    /// A link and its address.
    Link(String),
}

/// A piece of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) enum Piece {
    Text(String),
    Code(String),
    Break,
    Open(Mark),
    Close(Mark),
}

/// Cuts a run into paragraphs at double breaks (or at every break), closing and reopening the marks.
pub(super) fn paragraphs(pieces: Vec<Piece>, every_break: bool) -> Vec<Vec<Piece>> {
    let pieces = collapse(pieces);
    let mut out = vec![Vec::new()];
    let mut open: Vec<Mark> = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let breaks = breaks_at(&pieces[at..]);
        if breaks.0 > 1 || (breaks.0 == 1 && every_break) {
            if let Some(last) = out.last_mut() {
                last.extend(open.iter().rev().cloned().map(Piece::Close));
            }
            out.push(open.iter().cloned().map(Piece::Open).collect());
            at += breaks.1;
            continue;
        }
        match &pieces[at] {
            Piece::Open(mark) => open.push(mark.clone()),
            Piece::Close(_) => drop(open.pop()),
            Piece::Text(_) | Piece::Code(_) | Piece::Break => {}
        }
        if let Some(last) = out.last_mut() {
            last.push(pieces[at].clone());
        }
        at += 1;
    }
    out.into_iter().map(tidy).filter(|run| !run.is_empty()).collect()
}

/// How many breaks follow each other here, and over how many pieces (blanks between them included).
fn breaks_at(pieces: &[Piece]) -> (usize, usize) {
    let (mut breaks, mut length) = (0, 0);
    for (i, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Break => {
                breaks += 1;
                length = i + 1;
            }
            Piece::Text(words) if words.trim().is_empty() && i > 0 => {}
            Piece::Text(_) | Piece::Code(_) | Piece::Open(_) | Piece::Close(_) => break,
        }
    }
    (breaks, length)
}

/// White space of HTML (and Unicode's line separators) becomes one space, across pieces.
fn collapse(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut space = true;
    for piece in pieces {
        match piece {
            Piece::Text(words) => {
                let mut kept = String::with_capacity(words.len());
                for c in words.chars() {
                    let blank =
                        c.is_ascii_whitespace() || matches!(c, '\u{b}' | '\u{85}' | '\u{2028}' | '\u{2029}');
                    if !blank {
                        kept.push(c);
                    } else if !space {
                        kept.push(' ');
                    }
                    space = blank;
                }
                match out.last_mut() {
                    Some(Piece::Text(last)) => last.push_str(&kept),
                    _ if kept.is_empty() => {}
                    _ => out.push(Piece::Text(kept)),
                }
            }
            Piece::Break => {
                space = true;
                out.push(Piece::Break);
            }
            Piece::Code(words) => {
                space = false;
                out.push(Piece::Code(words));
            }
            Piece::Open(_) | Piece::Close(_) => out.push(piece),
        }
    }
    out
}

/// Applies the rules until nothing changes, going on from where something changed.
fn tidy(mut run: Vec<Piece>) -> Vec<Piece> {
    loop {
        trim_ends(&mut run);
        let (mut at, mut changed) = (0, false);
        while at < run.len() {
            if step(&mut run, at) {
                changed = true;
                at = at.saturating_sub(2);
            } else {
                at += 1;
            }
        }
        if !changed {
            break;
        }
    }
    let visible = |p: &Piece| match p {
        Piece::Text(words) => !words.trim().is_empty(),
        Piece::Code(_) => true,
        Piece::Break | Piece::Open(_) | Piece::Close(_) => false,
    };
    if run.iter().any(visible) { run } else { Vec::new() }
}

/// One change at `i`; `false` when this place is tidy.
fn step(run: &mut Vec<Piece>, i: usize) -> bool {
    let next = run.get(i + 1).cloned();
    match (&run[i], next) {
        (Piece::Text(words), _) if words.is_empty() => {
            run.remove(i);
        }
        (Piece::Text(a), Some(Piece::Text(b))) => {
            run[i] = Piece::Text(format!("{a}{b}"));
            run.remove(i + 1);
        }
        (Piece::Open(a), Some(Piece::Close(b))) if *a == b => {
            run.drain(i..=i + 1);
        }
        (Piece::Close(a), Some(Piece::Open(b))) if *a == b => {
            run.drain(i..=i + 1);
        }
        (Piece::Open(_), Some(Piece::Break)) | (Piece::Break, Some(Piece::Close(_))) => run.swap(i, i + 1),
        (Piece::Open(_), Some(Piece::Text(words))) => {
            let cut = leading(&words, run[..i].iter().rev().find_map(last_char));
            if cut == 0 {
                return false;
            }
            run[i + 1] = Piece::Text(words[cut..].to_owned());
            run.insert(i, Piece::Text(words[..cut].to_owned()));
        }
        (Piece::Text(words), Some(Piece::Close(_))) => {
            let cut = trailing(words, run[i + 1..].iter().find_map(first_char));
            if cut == words.len() {
                return false;
            }
            let (stay, go) = (words[..cut].to_owned(), words[cut..].to_owned());
            run[i] = Piece::Text(stay);
            run.insert(i + 2, Piece::Text(go));
        }
        _ => return false,
    }
    true
}

fn trim_ends(run: &mut Vec<Piece>) {
    if let Some(Piece::Text(words)) = run.first_mut() {
        *words = words.trim_start().to_owned();
    }
    if let Some(Piece::Text(words)) = run.last_mut() {
        *words = words.trim_end().to_owned();
    }
    while matches!(run.last(), Some(Piece::Break)) {
        run.pop();
    }
    while matches!(run.first(), Some(Piece::Break)) {
        run.remove(0);
    }
    // A space beside a break would be one at the end or the beginning of a line.
    for i in 1..run.len() {
        let (left, right) = run.split_at_mut(i);
        match (&mut left[i - 1], &mut right[0]) {
            (Piece::Text(words), Piece::Break) => *words = words.trim_end().to_owned(),
            (Piece::Break, Piece::Text(words)) => *words = words.trim_start().to_owned(),
            _ => {}
        }
    }
}

/// How many bytes at the beginning must leave the mark: spaces, and punctuation when a letter stands before it
/// (CommonMark 0.31, section 6.2, “left-flanking”).
fn leading(words: &str, before: Option<char>) -> usize {
    let blank = words.len() - words.trim_start().len();
    let glued = blank == 0 && before.is_some_and(char::is_alphanumeric);
    let punctuated = words.trim_start_matches(is_punctuation);
    if glued { words.len() - punctuated.len() } else { blank }
}

/// Where to cut the end, for the same reasons.
fn trailing(words: &str, after: Option<char>) -> usize {
    let end = words.trim_end().len();
    let glued = end == words.len() && after.is_some_and(char::is_alphanumeric);
    if glued { words.trim_end_matches(is_punctuation).len() } else { end }
}

fn is_punctuation(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace()
}

fn last_char(piece: &Piece) -> Option<char> {
    match piece {
        Piece::Text(words) => words.chars().next_back(),
        Piece::Code(_) => Some('`'),
        Piece::Break => Some('\n'),
        Piece::Open(_) | Piece::Close(_) => None,
    }
}

fn first_char(piece: &Piece) -> Option<char> {
    match piece {
        Piece::Text(words) => words.chars().next(),
        Piece::Code(_) => Some('`'),
        Piece::Break => Some('\n'),
        Piece::Open(_) | Piece::Close(_) => None,
    }
}

/// How much of the marks is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marks {
    /// All.
    All,
    /// Links only: the others would not close.
    Links,
    /// None.
    None,
}

/// Writes a tidy run. `flat` puts everything on one line (headings, cells).
pub(super) fn write(run: &[Piece], marks: Marks, flat: bool) -> String {
    let mut out = String::new();
    let shown = |mark: &Mark| match mark {
        Mark::Link(_) => marks != Marks::None,
        Mark::Strong | Mark::Emphasis | Mark::Struck | Mark::Raised(_) => marks == Marks::All,
    };
    let mut i = 0;
    while i < run.len() {
        match &run[i] {
            Piece::Text(words) => {
                let line_start = out.is_empty() || out.ends_with('\n');
                let before = run
                    .get(i + 1)
                    .and_then(|p| if matches!(p, Piece::Text(_)) { first_char(p) } else { Some('*') });
                let after = if line_start { None } else { out.chars().next_back() };
                out.push_str(&escape::words(words, line_start, flat, after, before));
            }
            Piece::Code(words) => out.push_str(&code(words)),
            Piece::Break => out.push_str(if flat { " " } else { "\\\n" }),
            Piece::Open(mark) if shown(mark) => match mark {
                Mark::Strong => out.push_str("**"),
                Mark::Emphasis => out.push('*'),
                Mark::Struck => out.push_str("~~"),
                Mark::Raised(tag) => out.push_str(&format!("<{tag}>")),
                Mark::Link(address) => {
                    // A link whose words are its own address is an autolink.
                    if let (Some(Piece::Text(words)), Some(Piece::Close(_))) =
                        (run.get(i + 1), run.get(i + 2))
                        && words == address
                        && !address.contains(['<', '>', ' ', '\\', '&'])
                    {
                        out.push_str(&format!("<{address}>"));
                        i += 3;
                        continue;
                    }
                    out.push('[');
                }
            },
            Piece::Close(mark) if shown(mark) => match mark {
                Mark::Strong => out.push_str("**"),
                Mark::Emphasis => out.push('*'),
                Mark::Struck => out.push_str("~~"),
                Mark::Raised(tag) => out.push_str(&format!("</{tag}>")),
                Mark::Link(address) => out.push_str(&format!("]({})", destination(address))),
            },
            Piece::Open(_) | Piece::Close(_) => {}
        }
        i += 1;
    }
    out
}

/// An address between parentheses: what would end it is percent-encoded, what would be an entity is escaped.
fn destination(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for c in address.trim().chars() {
        match c {
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            '"' => out.push_str("%22"),
            '&' => out.push_str("\\&"),
            c if c.is_whitespace() || c.is_control() => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    out.push_str(&format!("%{byte:02X}"));
                }
            }
            c => out.push(c),
        }
    }
    out
}

/// A code span whose fence is longer than any run of backticks in it.
fn code(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = words.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if words.starts_with('`') || words.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{words}{pad}{fence}")
}
