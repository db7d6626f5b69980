//! Cells → values: words that are HTML or plain, titles without marks, names in several languages.

use crate::import::platform::Words;

/// Marks that a rich-text editor writes.
const TAGS: [&str; 24] = [
    "p",
    "br",
    "ul",
    "ol",
    "li",
    "a",
    "strong",
    "em",
    "b",
    "i",
    "u",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "div",
    "span",
    "img",
    "blockquote",
    "iframe",
    "dl",
    "xml",
];

/// Words, HTML when they look like an editor's. Plain words that hold entities were HTML before their marks were taken
/// away: they are given as HTML whose lines are kept.
pub(super) fn words(cell: &str) -> Words {
    let text = cell.replace("\r\n", "\n").replace('\r', "\n");
    if text.match_indices('<').any(|(at, _)| is_tag(&text[at + 1..])) {
        return Words::Html(text);
    }
    if text.match_indices('&').any(|(at, _)| is_entity(&text[at + 1..])) {
        return Words::Html(text.replace('<', "&lt;").replace('\n', "<br>"));
    }
    Words::Plain(text)
}

fn is_tag(rest: &str) -> bool {
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    TAGS.contains(&&*rest[..end].to_ascii_lowercase()) && rest[end..].starts_with(['>', ' ', '/', '\n'])
}

fn is_entity(rest: &str) -> bool {
    let Some(name) = rest.split(';').next().filter(|name| name.len() < rest.len() && name.len() < 9) else {
        return false;
    };
    match name.strip_prefix('#') {
        Some(number) => !number.is_empty() && number.bytes().all(|b| b.is_ascii_hexdigit() || b == b'x'),
        None => {
            ["amp", "lt", "gt", "quot", "apos", "nbsp"].contains(&name)
                || name.len() > 3 && name.bytes().all(|b| b.is_ascii_alphabetic())
        }
    }
}

/// A title: without marks.
pub(super) fn title(cell: &str) -> String {
    let mut out = String::new();
    let mut rest = cell;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        match rest[at..].find('>').filter(|_| is_tag(&rest[at + 1..])) {
            Some(end) => rest = &rest[at + end + 1..],
            None => {
                out.push('<');
                rest = &rest[at + 1..];
            }
        }
    }
    out.push_str(rest);
    let pairs =
        [("&amp;", "&"), ("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " ")];
    for (entity, c) in pairs.iter().rev() {
        out = out.replace(entity, c);
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Names in several languages that an export wrote as the program's own notation (`{"ca"=>"Aigua", "es"=>"Agua"}`, one
/// after the other) → each in this language, else in its first.
pub(super) fn hashes(cell: &str, language: &str) -> Vec<String> {
    let mut out = Vec::new();
    for one in cell.split('{').skip(1) {
        let strings: Vec<&str> = one.split('}').next().unwrap_or("").split('"').skip(1).step_by(2).collect();
        let pairs: Vec<(&str, &str)> = strings
            .chunks_exact(2)
            .map(|pair| (pair[0], pair[1]))
            .filter(|(_, name)| !name.is_empty())
            .collect();
        let found = pairs.iter().find(|(locale, _)| locale.eq_ignore_ascii_case(language)).or(pairs.first());
        out.extend(found.map(|(_, name)| (*name).to_owned()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_html_only_when_an_editor_wrote_them() {
        assert!(matches!(words("<p>Oui</p>"), Words::Html(_)));
        assert!(matches!(words("I <3 trees, 2 < 3 & 4 > 3; AT&T"), Words::Plain(_)));
        assert_eq!(words("Q&amp;A <3\r\nnext"), Words::Html("Q&amp;A &lt;3<br>next".into()));
        assert_eq!(title("<strong>Un &amp; deux</strong>\n a<b"), "Un & deux a<b");
    }

    #[test]
    fn names_in_the_notation_of_the_program_are_read() {
        let cell = r#"{"ca"=>"Aigua", "es"=>"Agua"}, {"es" => "Casa", "ca" => ""}"#;
        assert_eq!(hashes(cell, "ca"), ["Aigua", "Casa"]);
        assert!(hashes("Aigua", "ca").is_empty());
    }
}
