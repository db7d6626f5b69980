//! Markdown → blocks: what stands between blank lines, with headings, tables, fenced code and quotations apart.
//! Whether a plain block is a heading is not decided here.

use super::words;

/// A block of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// Marked as a heading, by `#` or by a line drawn under it; its Markdown.
    Heading { depth: u8, markdown: String },
    /// Lines of prose, or a list.
    Plain(Vec<Line>),
    /// A table, fenced code or a quotation, as it will be kept.
    Kept(String),
}

/// A line without the spaces around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Spaces before it.
    indent: usize,
    pub text: String,
    end: End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Plain,
    Backslash,
    Spaces,
}

impl Line {
    fn new(raw: &str, wrapped: bool) -> Self {
        let text = raw.trim();
        let bare = text.trim_end_matches('\\');
        let (text, end) = if (text.len() - bare.len()) % 2 == 1 {
            (&text[..text.len() - 1], End::Backslash)
        } else if raw.ends_with("  ") && !wrapped {
            (text, End::Spaces)
        } else {
            (text, End::Plain)
        };
        Line { indent: raw.len() - raw.trim_start().len(), text: text.into(), end }
    }
}

/// Cuts a file into blocks.
pub(super) fn blocks(markdown: &str) -> Vec<Block> {
    let lines: Vec<&str> = markdown.lines().collect();
    let mut cut = Cut { wrapped: wrapped(&lines), done: Vec::new(), open: Open::Plain(Vec::new()) };
    let mut at = 0;
    while let Some(raw) = lines.get(at) {
        at += cut.take(raw, &lines[at + 1..]);
    }
    cut.close();
    cut.done
}

/// Lines were broken by a program that leaves one space at each line's end: two spaces mean nothing there.
fn wrapped(lines: &[&str]) -> bool {
    let inner = lines.windows(2).filter(|pair| pair.iter().all(|line| !line.trim().is_empty()));
    let (mut all, mut one) = (0, 0);
    for line in inner.filter_map(|pair| pair.first()) {
        all += 1;
        one += usize::from(line.ends_with(' '));
    }
    one * 2 > all && one > 2
}

struct Cut {
    wrapped: bool,
    done: Vec<Block>,
    open: Open,
}

/// The block that the next line may go on.
enum Open {
    Plain(Vec<Line>),
    Quote(Vec<Line>),
    Table(Vec<String>),
}

impl Cut {
    /// Takes one line, or several where a construct spans them, and says how many.
    fn take(&mut self, raw: &str, next: &[&str]) -> usize {
        let text = raw.trim();
        let wrapped = self.wrapped;
        if text.is_empty() {
            self.close();
        } else if let Some(end) = fence(text).and_then(|mark| next.iter().position(|l| closes(l, &mark))) {
            self.close();
            let code = std::iter::once(text).chain(next[..=end].iter().copied());
            self.done.push(Block::Kept(code.collect::<Vec<_>>().join("\n")));
            return end + 2;
        } else if let Open::Table(rows) = &mut self.open {
            rows.push(raw.trim_end().into());
        } else if let Some((depth, words)) = atx(text) {
            self.close();
            // Emphasis opened in a wrapped heading is closed on the next line.
            let more = next.first().map(|l| l.trim()).filter(|l| continues(words, l));
            let markdown = more.map_or(words.into(), |more| format!("{words} {more}"));
            self.done.push(Block::Heading { depth, markdown });
            return 1 + usize::from(more.is_some());
        } else if text.starts_with('|') {
            self.close();
            self.open = Open::Table(vec![text.into()]);
        } else if let Some(depth) = self.underlined(text) {
            let markdown = self.plain().map(|lines| join(lines)).unwrap_or_default();
            self.open = Open::Plain(Vec::new());
            self.done.push(Block::Heading { depth, markdown });
        } else if text.chars().all(|c| "*-_> \t\u{a0}".contains(c)) {
            self.marks(text);
        } else if let Some(inner) = text.strip_prefix('>') {
            let line = Line::new(inner.strip_prefix(' ').unwrap_or(inner), wrapped);
            match &mut self.open {
                Open::Quote(lines) => lines.push(line),
                Open::Plain(_) | Open::Table(_) => {
                    self.close();
                    self.open = Open::Quote(vec![line]);
                }
            }
        } else if delimiter(text) && self.plain().is_some_and(|lines| lines.len() == 1) {
            let header = self.plain().map(|lines| join(lines)).unwrap_or_default();
            self.open = Open::Table(vec![header, text.into()]);
        } else {
            let line = Line::new(raw, wrapped);
            match &mut self.open {
                Open::Quote(_) if begins_row(text, false) => {
                    self.close();
                    self.open = Open::Plain(vec![line]);
                }
                Open::Plain(lines) | Open::Quote(lines) => lines.push(line),
                Open::Table(_) => {}
            }
        }
        1
    }

    fn plain(&mut self) -> Option<&mut Vec<Line>> {
        match &mut self.open {
            Open::Plain(lines) => Some(lines).filter(|lines| !lines.is_empty()),
            Open::Quote(_) | Open::Table(_) => None,
        }
    }

    /// `===` or `---` under prose.
    fn underlined(&mut self, text: &str) -> Option<u8> {
        let prose = self.plain().is_some_and(|lines| !lines.iter().any(|line| list_item(&line.text)));
        let only = |c: char| text.len() > 1 && text.chars().all(|other| other == c);
        match (prose, only('='), only('-')) {
            (true, true, _) => Some(1),
            (true, false, true) => Some(2),
            (true, false, false) | (false, _, _) => None,
        }
    }

    /// A line of marks alone ends a block; or it closes emphasis that the block left open.
    fn marks(&mut self, text: &str) {
        let stars = text.chars().all(|c| c == '*');
        match self.plain().map(|lines| (words::unclosed(&join(lines)), lines.last_mut())) {
            Some((true, Some(last))) if stars && last.end == End::Plain => last.text.push_str(text),
            _ => self.close(),
        }
    }

    fn close(&mut self) {
        match std::mem::replace(&mut self.open, Open::Plain(Vec::new())) {
            Open::Plain(lines) if lines.is_empty() => {}
            Open::Plain(lines) => self.done.push(Block::Plain(lines)),
            Open::Quote(lines) => {
                let rows = join(&lines);
                let rows = rows.split('\n').map(|row| format!("> {row}"));
                self.done.push(Block::Kept(rows.collect::<Vec<_>>().join("\n")));
            }
            Open::Table(rows) => self.done.push(Block::Kept(rows.join("\n"))),
        }
    }
}

/// Lines as one paragraph: prose on one line, a list with a line an item. A hard break is a backslash at line end.
pub(super) fn join(lines: &[Line]) -> String {
    let mut out = String::new();
    let base = lines.first().map_or(0, |line| line.indent);
    let (mut end, mut in_list, mut alone) = (End::Plain, false, true);
    for (at, line) in lines.iter().enumerate() {
        let row = alone || begins_row(&line.text, in_list);
        match (at == 0, row, end) {
            (true, _, _) => {}
            (_, true, End::Backslash) => out.push_str("\\\n"),
            (_, true, End::Plain | End::Spaces) => out.push('\n'),
            (_, false, End::Backslash | End::Spaces) => out.push_str("\\\n"),
            (_, false, End::Plain) => out.push(' '),
        }
        if at > 0 && row {
            out.extend(std::iter::repeat_n(' ', line.indent.saturating_sub(base)));
        }
        out.push_str(&line.text);
        in_list |= (at == 0 || row) && list_item(&line.text);
        // A heading or a fence quoted with `>` keeps its line.
        alone = atx(&line.text).is_some() || fence(&line.text).is_some() || line.text.starts_with('|');
        end = line.end;
    }
    if end == End::Backslash {
        out.push('\\');
    }
    out
}

/// Depth and words of an ATX heading.
fn atx(text: &str) -> Option<(u8, &str)> {
    let depth = text.bytes().take_while(|b| *b == b'#').count();
    let words = &text[depth..];
    let spaced = words.is_empty() || words.starts_with([' ', '\t']);
    let closed = words.trim_end_matches('#');
    let words = if closed.is_empty() || closed.ends_with([' ', '\t']) { closed } else { words };
    ((1..=6).contains(&depth) && spaced).then(|| (depth as u8, words.trim()))
}

fn continues(words: &str, next: &str) -> bool {
    let plain =
        !next.is_empty() && atx(next).is_none() && next.ends_with('*') && next.contains(char::is_alphabetic);
    plain && words::unclosed(words) && !words::unclosed(&format!("{words} {next}"))
}

/// The line begins a row of its own even after prose: a list item, a quotation within one, a link's definition.
fn begins_row(text: &str, in_list: bool) -> bool {
    let first = text.starts_with("1. ") || text.starts_with("1) ");
    let bullet = list_item(text) && !text.starts_with(|c: char| c.is_ascii_digit());
    let definition = text.starts_with('[') && text.contains("]: ");
    let other = text.starts_with(['>', '|']) || atx(text).is_some() || fence(text).is_some();
    bullet || first || (in_list && list_item(text)) || definition || other
}

/// Length of a Markdown list marker with its spaces; `1°` and `a)` are none.
pub(super) fn list_marker(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mark =
        if digits > 0 { text[digits..].strip_prefix(['.', ')']) } else { text.strip_prefix(['-', '*', '+']) };
    let rest = mark.filter(|_| digits < 10)?;
    let words = rest.trim_start_matches([' ', '\t']);
    (words.len() < rest.len()).then(|| text.len() - words.len())
}

fn list_item(text: &str) -> bool {
    list_marker(text).is_some()
}

/// The mark that opens fenced code.
fn fence(text: &str) -> Option<String> {
    let c = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let mark: String = text.chars().take_while(|other| *other == c).collect();
    let info = &text[mark.len()..];
    (mark.len() >= 3 && !(c == '`' && info.contains('`'))).then_some(mark)
}

fn closes(line: &str, mark: &str) -> bool {
    let line = line.trim();
    let rest = line.strip_prefix(mark).unwrap_or("no");
    rest.chars().all(|c| mark.starts_with(c))
}

/// The second row of a table: `---|---`.
fn delimiter(text: &str) -> bool {
    text.contains('|') && text.contains('-') && text.chars().all(|c| "|-: ".contains(c))
}
