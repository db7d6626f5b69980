//! Markdown with a change shown in it → HTML with `del` and `ins`. The whole is read as one piece of Markdown, in which
//! private characters say where each run begins and ends, so that a change may begin in the middle of a sentence
//! and end in the middle of `<sup>`; each text is then wrapped by itself, and what comes out is always well nested.
//!
//! Each run is announced in words that are not shown, since nothing may depend on colour alone. Where Markdown and the
//! change cannot be disentangled (an address changed inside a link), the words are shown as they are written.

use super::markdown;
use crate::view::parts::Trust;
use pulldown_cmark::{CowStr, Event};
use std::collections::VecDeque;

/// What a change does to a run of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Same,
    Deleted,
    Inserted,
}

impl Mark {
    /// The mark of this name in a view; words without one are left as they are.
    pub(super) fn of(name: &str) -> Self {
        match name {
            "deleted" => Mark::Deleted,
            "inserted" => Mark::Inserted,
            _ => Mark::Same,
        }
    }

    fn tag(self) -> Option<&'static str> {
        match self {
            Mark::Same => None,
            Mark::Deleted => Some("del"),
            Mark::Inserted => Some("ins"),
        }
    }
}

/// The change that brought some words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct By {
    pub href: String,
    pub number: String,
    /// It was not tabled.
    pub change: bool,
}

/// A run of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub words: String,
    pub mark: Mark,
    pub by: Option<By>,
}

/// What is said before words, in the page's language.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub deleted: String,
    pub inserted: String,
    pub amendment: String,
    pub change: String,
}

const DELETED: char = '\u{e000}';
const INSERTED: char = '\u{e001}';
const END: char = '\u{e002}';
const OURS: [char; 3] = [DELETED, INSERTED, END];

/// Safe HTML of some runs. `inline` is for numbers, headings and words quoted, in which a `1.` begins no list: there only
/// `sup` and `sub` are read.
pub(super) fn html(runs: &[Run], said: &Said, inline: bool) -> String {
    let runs = &cleaned(runs);
    if inline {
        return as_written(runs, said);
    }
    let first = runs.first();
    let uniform = first.is_some_and(|f| runs.iter().all(|r| r.mark == f.mark && r.by == f.by));
    let html = match first {
        None => String::new(),
        Some(first) if uniform => whole(runs, first, said),
        Some(_) => mixed(runs, said),
    };
    let leftover =
        ["%EE%80%8", "&lt;sup", "&lt;/sup"].iter().any(|sign| html.contains(sign)) || html.contains(OURS);
    if leftover { format!("<p>{}</p>", as_written(runs, said)) } else { html }
}

/// Without our own characters; without `sup` and `sub` when a tag of them has lost its other half.
fn cleaned(runs: &[Run]) -> Vec<Run> {
    let all: String = runs.iter().map(|r| r.words.as_str()).collect();
    let paired = |name: &str| {
        let mut open = 0_i32;
        let well = all.match_indices('<').all(|(at, _)| {
            let rest = &all[at + 1..];
            open += i32::from(rest.starts_with(&format!("{name}>")));
            open -= i32::from(rest.starts_with(&format!("/{name}>")));
            open == 0 || open == 1
        });
        well && open == 0
    };
    let torn: Vec<&str> = ["sup", "sub"].into_iter().filter(|name| !paired(name)).collect();
    let clean = |run: &Run| {
        let mut words = run.words.replace(OURS, "\u{fffd}");
        for name in &torn {
            words = words.replace(&format!("<{name}>"), "").replace(&format!("</{name}>"), "");
        }
        Run { words, ..run.clone() }
    };
    runs.iter().map(clean).filter(|run| !run.words.is_empty()).collect()
}

/// All of it with one mark: blocks stay blocks.
fn whole(runs: &[Run], first: &Run, said: &Said) -> String {
    let words: String = runs.iter().map(|r| r.words.as_str()).collect();
    let html = markdown::html_from(&words, Trust::Official, markdown::BELOW_SECTIONS);
    let html = html.trim_end();
    let Some(tag) = first.mark.tag() else { return html.to_owned() };
    let link = first.by.as_ref().map_or(String::new(), |by| reference(by, said));
    let body = match html.strip_suffix("</p>") {
        Some(rest) => format!("{rest}{link}</p>"),
        None => format!("{html}{link}"),
    };
    format!("<{tag} class=\"block\">{}{body}</{tag}>", announced(first.mark, said))
}

fn mixed(runs: &[Run], said: &Said) -> String {
    let mut words = String::new();
    let mut links: VecDeque<&By> = VecDeque::new();
    for run in runs {
        let from = if words.is_empty() { lead(&run.words) } else { leading_space(&run.words) };
        let to = run.words.trim_end().len().max(from);
        let start = match run.mark {
            _ if from == to => None,
            Mark::Same => None,
            Mark::Deleted => Some(DELETED),
            Mark::Inserted => Some(INSERTED),
        };
        // Space that goes is not shown.
        let space = |s: &str| {
            if run.mark == Mark::Deleted && s.trim().is_empty() && start.is_none() { "" } else { s }
                .to_owned()
        };
        words.push_str(&space(&run.words[..from]));
        words.extend(start);
        words.push_str(&run.words[from..to]);
        if start.is_some() {
            words.push(END);
            links.extend(&run.by);
        }
        words.push_str(&space(&run.words[to..]));
    }
    let mut pen =
        Pen { mark: Mark::Same, announce: false, links, said, by: runs.iter().any(|r| r.by.is_some()) };
    let html = markdown::html_with(&words, Trust::Official, markdown::BELOW_SECTIONS, |event| match event {
        Event::Text(text) => pen.text(text),
        Event::Code(text) => pen.text(text),
        other => other,
    });
    html.trim_end().replace("</ins><ins>", "").replace("</del><del>", "")
}

/// Wraps texts, one after the other.
struct Pen<'r> {
    mark: Mark,
    /// The run has not been announced yet.
    announce: bool,
    links: VecDeque<&'r By>,
    said: &'r Said,
    by: bool,
}

impl Pen<'_> {
    fn text<'m>(&mut self, text: CowStr<'m>) -> Event<'m> {
        if self.mark == Mark::Same && !text.contains(OURS) {
            return Event::Text(text);
        }
        let mut out = String::new();
        let mut rest: &str = &text;
        while !rest.is_empty() {
            let to = rest.find(OURS).unwrap_or(rest.len());
            self.write(&rest[..to], &mut out);
            rest = &rest[to..];
            let Some(sign) = rest.chars().next() else { break };
            rest = &rest[sign.len_utf8()..];
            match sign {
                DELETED | INSERTED => {
                    self.mark = if sign == DELETED { Mark::Deleted } else { Mark::Inserted };
                    self.announce = true;
                }
                _ => {
                    if self.by
                        && self.mark == Mark::Inserted
                        && let Some(by) = self.links.pop_front()
                    {
                        out.push_str(&reference(by, self.said));
                    }
                    self.mark = Mark::Same;
                }
            }
        }
        Event::Html(out.into())
    }

    fn write(&mut self, words: &str, out: &mut String) {
        if words.is_empty() {
            return;
        }
        let words = escaped(words);
        match self.mark.tag() {
            None => out.push_str(&words),
            Some(tag) => {
                let said = if std::mem::take(&mut self.announce) {
                    announced(self.mark, self.said)
                } else {
                    String::new()
                };
                out.push_str(&format!("<{tag}>{said}{words}</{tag}>"));
            }
        }
    }
}

/// The words with their Markdown, one run after the other.
fn as_written(runs: &[Run], said: &Said) -> String {
    let one = |run: &Run| {
        let words = raised(&run.words);
        let link = run.by.as_ref().map_or(String::new(), |by| reference(by, said));
        match run.mark.tag() {
            None => words,
            Some(tag) => format!("<{tag}>{}{words}</{tag}>{link}", announced(run.mark, said)),
        }
    };
    runs.iter().map(one).collect()
}

/// Words in which `sup` and `sub` are tags where both halves are there, and nothing else is.
fn raised(words: &str) -> String {
    let mut html = escaped(words);
    for name in ["sup", "sub"] {
        let (open, close) = (format!("&lt;{name}&gt;"), format!("&lt;/{name}&gt;"));
        let paired = html.split(&open).skip(1).all(|rest| rest.matches(&close).count() == 1)
            && html.split(&open).next().is_some_and(|before| !before.contains(&close));
        let tags = if paired { (format!("<{name}>"), format!("</{name}>")) } else { Default::default() };
        html = html.replace(&open, &tags.0).replace(&close, &tags.1);
    }
    html
}

fn announced(mark: Mark, said: &Said) -> String {
    let word = match mark {
        Mark::Same => return String::new(),
        Mark::Deleted => &said.deleted,
        Mark::Inserted => &said.inserted,
    };
    format!("<span class=\"visually-hidden\">{} </span>", escaped(word))
}

/// The change, named after the words that it brought.
fn reference(by: &By, said: &Said) -> String {
    let word = if by.change { &said.change } else { &said.amendment };
    let (word, href, number) = (escaped(word), escaped(&by.href), escaped(&by.number));
    format!("<a class=\"by\" href=\"{href}\"><span class=\"visually-hidden\">{word} </span>{number}</a>")
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn leading_space(words: &str) -> usize {
    words.len() - words.trim_start().len()
}

/// The length of what makes a block: the sign of a list, of a quotation, of a heading, of a table.
fn lead(words: &str) -> usize {
    let mut at = leading_space(words);
    loop {
        let rest = &words[at..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let numbered = (1..10).contains(&digits) && rest[digits..].starts_with([')', '.']);
        let hashes = rest.bytes().take_while(|b| *b == b'#').count();
        let sign = match rest.chars().next() {
            Some('-' | '*' | '+' | '>' | '|') => 1,
            Some('#') => hashes,
            Some(_) if numbered => digits + 1,
            Some(_) | None => return at,
        };
        let after = &rest[sign..];
        if !after.starts_with(' ') {
            return at;
        }
        at += sign + leading_space(after);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(runs: &[(&str, Mark)], expected: &str) {
        let said = Said { deleted: "-".into(), inserted: "+".into(), ..Said::default() };
        let run = |(words, mark): &(&str, Mark)| Run { words: (*words).into(), mark: *mark, by: None };
        let runs: Vec<Run> = runs.iter().map(run).collect();
        let bare = html(&runs, &said, false)
            .replace("<span class=\"visually-hidden\">", "[")
            .replace(" </span>", "]");
        assert_eq!(bare, expected);
    }

    #[test]
    fn words_in_a_sentence() {
        check(
            &[
                ("Pour ", Mark::Same),
                ("vingt", Mark::Deleted),
                ("dix", Mark::Inserted),
                (" ans.", Mark::Same),
            ],
            "<p>Pour <del>[-]vingt</del><ins>[+]dix</ins> ans.</p>",
        );
    }

    #[test]
    fn a_change_through_a_raised_ordinal_is_well_nested() {
        check(
            &[("Le 1<sup>", Mark::Same), ("er</sup> mai", Mark::Deleted), ("</sup>", Mark::Inserted)],
            "<p>Le 1<del>[-]er mai</del></p>",
        );
        check(
            &[("Le ", Mark::Same), ("1<sup>er</sup> mai", Mark::Deleted), (" < b", Mark::Same)],
            "<p>Le <del>[-]1</del><sup><del>er</del></sup><del> mai</del> &lt; b</p>",
        );
    }

    #[test]
    fn a_list_stays_a_list_and_a_whole_paragraph_a_block() {
        check(
            &[("- un ", Mark::Inserted), ("deux", Mark::Same)],
            "<ul>\n<li><ins>[+]un</ins> deux</li>\n</ul>",
        );
        check(&[("Un *mot*.", Mark::Inserted)], "<ins class=\"block\">[+]<p>Un <em>mot</em>.</p></ins>");
    }

    #[test]
    fn what_cannot_be_disentangled_is_shown_as_written() {
        check(
            &[("[loi](https://a.example/", Mark::Same), ("1", Mark::Deleted), (")", Mark::Same)],
            "<p>[loi](https://a.example/<del>[-]1</del>)</p>",
        );
    }

    #[test]
    fn a_heading_is_no_list() {
        let run = Run { words: "1. Le 1<sup>er</sup> <b>".into(), mark: Mark::Same, by: None };
        assert_eq!(html(&[run], &Said::default(), true), "1. Le 1<sup>er</sup> &lt;b&gt;");
    }

    #[test]
    fn no_tag_of_an_author_passes() {
        check(
            &[("<b>", Mark::Same), ("<script>", Mark::Inserted)],
            "<p>&lt;b&gt;<ins>[+]&lt;script&gt;</ins></p>",
        );
    }
}
