//! Words that stay words: everything that Markdown could take for a mark is escaped with a backslash, and
//! nothing else, so that what people read in the file is still close to what was written. Covers CommonMark and
//! the extensions that Greffe may switch on (tables, strikethrough, superscript, footnotes).

/// Escapes words. `line_start` says whether they begin a line of the output; `after` is what stands before them
/// on that line, `before` what follows them, `None` at an end; in a heading (`flat`), `#` and braces have a
/// meaning everywhere.
pub(super) fn words(
    text: &str,
    line_start: bool,
    flat: bool,
    after: Option<char>,
    before: Option<char>,
) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() + 8);
    let number = if line_start { list_number(&chars, before) } else { None };
    for (i, &c) in chars.iter().enumerate() {
        let previous = if i == 0 { after } else { Some(chars[i - 1]) };
        let next = chars.get(i + 1).copied().or(before);
        let first = line_start && i == 0;
        let marks = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' | '^' | '|' => true,
            '_' => !(is_word(previous) && is_word(next)),
            '&' => is_entity(&chars[i + 1..]),
            '#' | '{' | '}' if flat => true,
            '#' | '>' | '-' | '+' | '=' | ':' | '$' => first,
            '.' | ')' => number == Some(i),
            _ => false,
        };
        if marks {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}

/// Place of the `.` or `)` in words that begin like an item of a numbered list: `1. `, `12) `.
fn list_number(chars: &[char], before: Option<char>) -> Option<usize> {
    let digits = chars.iter().take_while(|c| c.is_ascii_digit()).count();
    let marker = matches!(chars.get(digits), Some('.' | ')'));
    let next = chars.get(digits + 1).copied().or(before);
    ((1..=9).contains(&digits) && marker && next.is_none_or(char::is_whitespace)).then_some(digits)
}

/// Whether what follows an `&` makes it an entity: `eacute;`, `#39;`.
fn is_entity(rest: &[char]) -> bool {
    let name = rest.iter().take_while(|c| c.is_ascii_alphanumeric() || **c == '#').count();
    name > 0 && rest.get(name) == Some(&';')
}

/// Words of a plain-text field as Markdown: lines stay lines, blank lines separate paragraphs. A `<br>` that
/// somebody typed is a line break; every other tag is words. Returns how many `<br>` were read so.
pub(crate) fn plain(text: &str) -> (String, usize) {
    let (text, breaks) = typed_breaks(&text.replace("\r\n", "\n").replace('\r', "\n"));
    let mut paragraphs: Vec<Vec<String>> = vec![Vec::new()];
    for line in text.split(['\n', '\u{2028}', '\u{2029}']) {
        let line = line.split(|c: char| c.is_ascii_whitespace()).filter(|w| !w.is_empty());
        let line = line.collect::<Vec<_>>().join(" ");
        let line = line.trim();
        if !line.is_empty() {
            if let Some(last) = paragraphs.last_mut() {
                last.push(words(line, true, false, None, None));
            }
        } else if paragraphs.last().is_some_and(|p| !p.is_empty()) {
            paragraphs.push(Vec::new());
        }
    }
    let lines: Vec<String> = paragraphs.iter().filter(|p| !p.is_empty()).map(|p| p.join("\\\n")).collect();
    (lines.join("\n\n"), breaks)
}

/// `<br>`, `<br/>`, `<BR />`, with the line end that often follows, as one line end.
fn typed_breaks(text: &str) -> (String, usize) {
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut count) = (text, 0);
    while let Some(at) = rest.find('<') {
        let tag = &rest[at + 1..];
        let name = tag.get(..2).is_some_and(|n| n.eq_ignore_ascii_case("br"));
        let end =
            tag.find('>').filter(|end| name && tag[2..*end].trim().trim_end_matches('/').trim().is_empty());
        match end {
            Some(end) => {
                out.push_str(rest[..at].trim_end_matches(' '));
                out.push('\n');
                let after = tag[end + 1..].trim_start_matches(' ');
                rest = after.strip_prefix('\n').unwrap_or(after);
                count += 1;
            }
            None => {
                out.push_str(&rest[..=at]);
                rest = tag;
            }
        }
    }
    out.push_str(rest);
    (out, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_mark_stays_words() {
        for (seen, written) in [
            ("# titre", "\\# titre"),
            ("n# 3", "n# 3"),
            ("1. un", "1\\. un"),
            ("2015.", "2015\\."),
            ("1° un", "1° un"),
            ("- a", "\\- a"),
            ("a*b_c d_ [x] <y>", "a\\*b_c d\\_ \\[x\\] \\<y>"),
            ("a&lang=fr &eacute;", "a&lang=fr \\&eacute;"),
        ] {
            assert_eq!(words(seen, true, false, None, None), written);
        }
    }

    #[test]
    fn plain_text_keeps_its_lines() {
        let (markdown, breaks) = plain("un<br>\r\ndeux\r\n\r\n- trois <nom>");
        assert_eq!(markdown, "un\\\ndeux\n\n\\- trois \\<nom>");
        assert_eq!(breaks, 1);
    }
}
