//! The words of a heading without their marks: Markdown in, plain words out, with what was emphasised and where each
//! byte came from. Marks need not be balanced: word processors export them as they like.

/// Plain words, byte by byte.
pub(super) struct Bare {
    /// The words; line ends and runs of spaces are as they were.
    pub text: String,
    /// For each byte of `text`: whether it was emphasised.
    emphasised: Vec<bool>,
    /// For each byte of `text`: where it stood in the Markdown.
    from: Vec<usize>,
}

/// Drops `*` and `_` of emphasis, `<sup>` and backslashes of escapes.
pub(super) fn bare(markdown: &str) -> Bare {
    let mut out = Bare { text: String::new(), emphasised: Vec::new(), from: Vec::new() };
    let (mut strong, mut light) = (false, false);
    let mut at = 0;
    while let Some(c) = markdown[at..].chars().next() {
        let rest = &markdown[at..];
        let next = rest[c.len_utf8()..].chars().next();
        if c == '\\' && next.is_some_and(|n| n.is_ascii_punctuation()) {
            out.push(next.unwrap_or(c), at, strong || light);
            at += 2;
            continue;
        }
        if let Some(tag) = sup_tag(rest) {
            at += tag;
            continue;
        }
        if c == '*' || c == '_' {
            let run = rest.chars().take_while(|other| *other == c).count();
            if literal(c, run, &markdown[..at], &rest[run..]) {
                (0..run).for_each(|i| out.push(c, at + i, strong || light));
            } else {
                strong ^= run >= 2;
                light ^= run % 2 == 1;
            }
            at += run;
            continue;
        }
        out.push(c, at, strong || light);
        at += c.len_utf8();
    }
    out
}

impl Bare {
    fn push(&mut self, c: char, from: usize, emphasised: bool) {
        self.text.push(c);
        self.emphasised.resize(self.text.len(), emphasised);
        self.from.resize(self.text.len(), from);
    }

    /// Every letter and digit of these bytes was emphasised, and there is one.
    pub(super) fn emphasised(&self, range: std::ops::Range<usize>) -> bool {
        let words = self.text.get(range.clone()).unwrap_or("");
        let mut letters = words.char_indices().filter(|(_, c)| c.is_alphanumeric()).peekable();
        letters.peek().is_some()
            && letters.all(|(at, _)| self.emphasised.get(range.start + at).copied().unwrap_or(false))
    }

    /// Where the Markdown of the words from this byte begins, with the marks that open before them.
    pub(super) fn source(&self, at: usize, markdown: &str) -> usize {
        let from = self.from.get(at).copied().unwrap_or(markdown.len());
        markdown[..from].trim_end_matches(['*', '_']).len()
    }
}

/// Length of `<sup>` or `</sup>` where one begins.
fn sup_tag(rest: &str) -> Option<usize> {
    let is = |tag: &str| rest.get(..tag.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(tag));
    ["<sup>", "</sup>"].into_iter().find(|tag| is(tag)).map(str::len)
}

/// Marks that emphasise nothing: between spaces, an underscore within a word, the star of `R.* 12-1`.
fn literal(mark: char, run: usize, before: &str, after: &str) -> bool {
    let previous = before.chars().next_back();
    let next = after.chars().next();
    let space = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let between = previous.is_some_and(|c| c == ' ') && space(next) && !after.trim().is_empty();
    let within = mark == '_' && word(previous) && word(next);
    let code = before.strip_suffix('.').unwrap_or(before);
    let mut back = code.chars().rev();
    let star = mark == '*'
        && run == 1
        && back.next().is_some_and(|c| matches!(c, 'R' | 'D'))
        && !word(back.next())
        && after.trim_start().starts_with(|c: char| c.is_ascii_digit());
    between || within || star
}

/// Whether emphasis is still open at the end.
pub(super) fn unclosed(markdown: &str) -> bool {
    let (mut strong, mut light) = (false, false);
    let mut rest = markdown;
    while let Some(c) = rest.chars().next() {
        let before = &markdown[..markdown.len() - rest.len()];
        let mut step = c.len_utf8();
        if c == '\\' {
            step += rest[1..].chars().next().map_or(0, char::len_utf8);
        } else if c == '*' || c == '_' {
            step = rest.chars().take_while(|other| *other == c).count();
            if !literal(c, step, before, &rest[step..]) {
                strong ^= step >= 2;
                light ^= step % 2 == 1;
            }
        }
        rest = &rest[step..];
    }
    strong || light
}

/// One space for each run of spaces and line ends; no-break spaces stay, except at the ends.
pub(super) fn collapse(words: &str) -> String {
    let breaks = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}');
    words.split(breaks).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").trim().into()
}
