//! Markdown → HTML, from a filtered stream of events. What a participant wrote keeps text, emphasis, lists,
//! quotations, tables, code and links with an allowed scheme; raw HTML becomes text, an image becomes a link, a heading
//! becomes a bold line, nesting is capped. Official words keep headings (below the page's own), images of
//! the site, `sup`, `sub` and `br`; no other raw HTML. No event carries an attribute of the author's own.

use crate::view::parts::Trust;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html::push_html};
use std::collections::BTreeSet;

/// Levels of lists and quotations that are kept; deeper ones lose their marks, not their words.
const DEEPEST: usize = 16;

/// Where the headings of a page's words begin: its title is `h1`, its sections `h2`.
pub const BELOW_SECTIONS: u8 = 3;

/// Safe HTML, whose headings begin below a section of a page.
pub fn html(markdown: &str, trust: Trust) -> String {
    html_from(markdown, trust, BELOW_SECTIONS)
}

/// Safe HTML; the highest headings among the words stand at `top` (2 to 6), whatever level they were written at.
pub fn html_from(markdown: &str, trust: Trust, top: u8) -> String {
    html_with(markdown, trust, top, |event| event)
}

/// The words of a synthesis: before each citation, an anchor with the name that its title gives it, each once.
pub fn html_cited(markdown: &str, trust: Trust, top: u8) -> String {
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    let headings = Headings::new(markdown, options, trust, top);
    let places = Some(BTreeSet::new());
    let mut filter = Filter { trust, depth: 0, dropped: Vec::new(), image: None, headings, places };
    let events = Parser::new_ext(markdown, options).flat_map(|event| filter.event(event));
    written(markdown, events)
}

/// The same, with one more look at what is left of the words before they become HTML.
pub(super) fn html_with<'m>(
    markdown: &'m str,
    trust: Trust,
    top: u8,
    each: impl FnMut(Event<'m>) -> Event<'m>,
) -> String {
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES;
    let headings = Headings::new(markdown, options, trust, top);
    let mut filter = Filter { trust, depth: 0, dropped: Vec::new(), image: None, headings, places: None };
    let events = Parser::new_ext(markdown, options).flat_map(|event| filter.event(event)).map(each);
    written(markdown, events)
}

fn written<'m>(markdown: &str, events: impl Iterator<Item = Event<'m>>) -> String {
    let mut out = String::with_capacity(markdown.len() * 5 / 4 + 16);
    push_html(&mut out, events);
    // A corner cell heads nothing. Words cannot look like this: their `<` is escaped.
    if out.contains("<th></th>") { out.replace("<th></th>", "<td></td>") } else { out }
}

/// What must be remembered between events.
struct Filter<'m> {
    trust: Trust,
    /// Open lists, items and quotations.
    depth: usize,
    /// Whether each open lists, item or quotation was dropped.
    dropped: Vec<bool>,
    /// Address of the image being turned into a link.
    image: Option<CowStr<'m>>,
    headings: Headings,
    /// The names of the places where contributions are cited, where the page wants anchors there.
    places: Option<BTreeSet<String>>,
}

/// The levels of headings. Authors begin at `#` or at `##`, and skip levels; readers who move by headings must not
/// fall into a hole: the highest level written is the one that the page wants, and each is at most one below the
/// heading before it.
struct Headings {
    top: u8,
    written_top: u8,
    last: u8,
}

impl Headings {
    fn new(markdown: &str, options: Options, trust: Trust, top: u8) -> Self {
        let perhaps = trust == Trust::Official && markdown.contains(['#', '=', '-']);
        let level = |event| match event {
            Event::Start(Tag::Heading { level, .. }) => Some(level as u8),
            _ => None,
        };
        let written = perhaps.then(|| Parser::new_ext(markdown, options).filter_map(level).min()).flatten();
        Headings { top, written_top: written.unwrap_or(1), last: top.saturating_sub(1) }
    }

    fn next(&mut self, level: HeadingLevel) -> HeadingLevel {
        let wanted = self.top + (level as u8).saturating_sub(self.written_top);
        self.last = wanted.min(self.last + 1).min(6);
        self.open()
    }

    fn open(&self) -> HeadingLevel {
        HeadingLevel::try_from(usize::from(self.last)).unwrap_or(HeadingLevel::H6)
    }
}

/// At most two events stand for one.
type Out<'m> = arrayless::Two<Event<'m>>;

/// A tiny iterator of zero to two values, so that filtering allocates nothing.
mod arrayless {
    pub(super) struct Two<T>(pub(super) Option<T>, pub(super) Option<T>);

    impl<T> Iterator for Two<T> {
        type Item = T;

        fn next(&mut self) -> Option<T> {
            self.0.take().or_else(|| self.1.take())
        }
    }
}

fn one(event: Event<'_>) -> Out<'_> {
    arrayless::Two(Some(event), None)
}

fn nothing<'m>() -> Out<'m> {
    arrayless::Two(None, None)
}

impl<'m> Filter<'m> {
    fn event(&mut self, event: Event<'m>) -> Out<'m> {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::InlineHtml(html) => self.raw(html),
            // A block of raw HTML is shown as the text that it is.
            Event::Html(html) => arrayless::Two(Some(Event::Text(html)), None),
            other => one(other),
        }
    }

    fn start(&mut self, tag: Tag<'m>) -> Out<'m> {
        match tag {
            Tag::List(_) | Tag::Item | Tag::BlockQuote(_) => {
                self.depth += 1;
                let drop = self.depth > DEEPEST;
                self.dropped.push(drop);
                match tag {
                    _ if drop => nothing(),
                    // A kind of alert (`[!NOTE]`) is no mark of ours.
                    Tag::BlockQuote(_) => one(Event::Start(Tag::BlockQuote(None))),
                    other => one(Event::Start(other)),
                }
            }
            Tag::Heading { level, .. } => match self.trust {
                Trust::Official => one(Event::Start(heading(self.headings.next(level)))),
                Trust::Participant => {
                    arrayless::Two(Some(Event::Start(Tag::Paragraph)), Some(Event::Start(Tag::Strong)))
                }
            },
            Tag::HtmlBlock => one(Event::Start(Tag::Paragraph)),
            // A table wider than a phone scrolls in a place that a keyboard reaches.
            Tag::Table(columns) => arrayless::Two(
                Some(Event::Html("<div class=\"scroll\" tabindex=\"0\">".into())),
                Some(Event::Start(Tag::Table(columns))),
            ),
            Tag::Link { dest_url, link_type, title, .. } => {
                let dest_url = self.address(dest_url);
                let place = self.place(&title);
                let link = Event::Start(Tag::Link { link_type, dest_url, title: "".into(), id: "".into() });
                match place {
                    Some(anchor) => arrayless::Two(Some(anchor), Some(link)),
                    None => one(link),
                }
            }
            Tag::Image { dest_url, link_type, title, id } => {
                let official = self.trust == Trust::Official && is_local(&dest_url);
                if official {
                    return one(Event::Start(Tag::Image { link_type, dest_url, title, id }));
                }
                let dest_url = self.address(dest_url);
                self.image = Some(dest_url.clone());
                one(Event::Start(Tag::Link { link_type, dest_url, title: "".into(), id: "".into() }))
            }
            // The language of a code block would be a class of the author's own.
            Tag::CodeBlock(_) => one(Event::Start(Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Indented))),
            other => one(Event::Start(other)),
        }
    }

    fn end(&mut self, tag: TagEnd) -> Out<'m> {
        match tag {
            TagEnd::List(_) | TagEnd::Item | TagEnd::BlockQuote(_) => {
                self.depth -= 1;
                match (self.dropped.pop(), tag) {
                    (Some(true), _) => nothing(),
                    (_, TagEnd::BlockQuote(_)) => one(Event::End(TagEnd::BlockQuote(None))),
                    (_, tag) => one(Event::End(tag)),
                }
            }
            TagEnd::Heading(_) => match self.trust {
                Trust::Official => one(Event::End(TagEnd::Heading(self.headings.open()))),
                Trust::Participant => {
                    arrayless::Two(Some(Event::End(TagEnd::Strong)), Some(Event::End(TagEnd::Paragraph)))
                }
            },
            TagEnd::HtmlBlock => one(Event::End(TagEnd::Paragraph)),
            TagEnd::Table => {
                arrayless::Two(Some(Event::End(TagEnd::Table)), Some(Event::Html("</div>\n".into())))
            }
            TagEnd::Image if self.image.take().is_some() => one(Event::End(TagEnd::Link)),
            other => one(Event::End(other)),
        }
    }

    /// A raw tag inside a line: `sup`, `sub` and `br` of official texts, without attributes; otherwise text.
    fn raw(&self, html: CowStr<'m>) -> Out<'m> {
        const KEPT: [&str; 7] = ["<sup>", "</sup>", "<sub>", "</sub>", "<br>", "<br/>", "<br />"];
        if self.trust == Trust::Official && KEPT.contains(&&*html) {
            return one(Event::InlineHtml(html));
        }
        one(Event::Text(html))
    }

    /// The anchor of a citation: only letters, digits and what ids are made of, and only once.
    fn place(&mut self, title: &str) -> Option<Event<'m>> {
        let name = title.strip_prefix("cite-")?;
        let fine = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_'));
        let new = fine && self.places.as_mut()?.insert(name.to_owned());
        new.then(|| Event::InlineHtml(format!("<span class=\"cite\" id=\"cite-{name}\"></span>").into()))
    }

    /// An address with an allowed scheme, or a place that does nothing.
    fn address(&self, written: CowStr<'m>) -> CowStr<'m> {
        let local = self.trust == Trust::Official && is_local(&written);
        if local || is_web(&written) { written } else { "#".into() }
    }
}

fn heading<'m>(level: HeadingLevel) -> Tag<'m> {
    Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() }
}

/// `http`, `https` and `mailto`, as a browser would read the scheme: control characters and spaces that browsers
/// skip make an address refused rather than understood; so do a host and escapes that no browser understands.
fn is_web(address: &str) -> bool {
    let clean = !address.chars().any(|c| c.is_control() || c.is_whitespace());
    let lower = address.to_ascii_lowercase();
    let rest = ["http://", "https://"].iter().find_map(|scheme| lower.strip_prefix(scheme));
    let host = rest.is_none_or(|rest| is_host(rest.split(['/', '?', '#']).next().unwrap_or("")));
    clean && host && well_escaped(address) && (rest.is_some() || lower.starts_with("mailto:"))
}

/// Names of at most 63 bytes (RFC 1035), of letters of any alphabet, digits and hyphens; perhaps a port. No account
/// name: `https://elysee.fr@example.org` leads to example.org.
fn is_host(host: &str) -> bool {
    let (names, port) = host.split_once(':').unwrap_or((host, ""));
    let name = |n: &str| {
        (1..=63).contains(&n.len()) && n.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    names.strip_suffix('.').unwrap_or(names).split('.').all(name) && port.bytes().all(|b| b.is_ascii_digit())
}

/// Every `%` is followed by two hexadecimal digits.
fn well_escaped(address: &str) -> bool {
    let hex = |b: Option<&u8>| b.is_some_and(u8::is_ascii_hexdigit);
    let bytes = address.as_bytes();
    let escapes = bytes.iter().enumerate().filter(|(_, b)| **b == b'%');
    escapes.map(|(at, _)| at).all(|at| hex(bytes.get(at + 1)) && hex(bytes.get(at + 2)))
}

/// A relative address or a fragment: no scheme, no host.
fn is_local(address: &str) -> bool {
    let clean = !address.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\');
    let head = address.split(['/', '?', '#']).next().unwrap_or("");
    clean && !head.contains(':') && !address.starts_with("//") && !address.starts_with('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn participant(markdown: &str) -> String {
        html(markdown, Trust::Participant)
    }

    #[test]
    fn raw_html_of_a_participant_is_text() {
        assert_eq!(participant("a <b onclick=x>b</b>"), "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n");
        assert_eq!(
            participant("<script>alert(1)</script>"),
            "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
        );
        assert!(!participant("<div>\n\n*a*\n\n</div>").contains("<div"));
    }

    #[test]
    fn only_web_addresses_are_links() {
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//evil.example",
            "https://elysee.fr@example.org",
            "http://a/%%30%30",
        ] {
            assert!(participant(&format!("[x](<{bad}>)")).contains("href=\"#\""), "{bad}");
        }
        assert!(participant("[x](https://example.org/a)").contains("href=\"https://example.org/a\""));
    }

    #[test]
    fn an_image_is_a_link_to_it() {
        assert_eq!(
            participant("![un plan](https://example.org/p.png)"),
            "<p><a href=\"https://example.org/p.png\">un plan</a></p>\n"
        );
        assert!(html("![plan](documents/p.png)", Trust::Official).contains("<img src=\"documents/p.png\""));
        assert!(!html("![plan](https://example.org/p.png)", Trust::Official).contains("<img"));
    }

    #[test]
    fn official_words_keep_sup_and_headings_below_the_page_s() {
        assert_eq!(
            html("# A\n\n1<sup>er</sup> <i>x</i>", Trust::Official),
            "<h3>A</h3>\n<p>1<sup>er</sup> &lt;i&gt;x&lt;/i&gt;</p>\n"
        );
    }

    #[test]
    fn headings_begin_where_the_page_wants_and_skip_no_level() {
        let official = |markdown| html_from(markdown, Trust::Official, 2).replace('\n', "");
        assert_eq!(official("## A\n\n#### B\n\n## C"), "<h2>A</h2><h3>B</h3><h2>C</h2>");
        assert_eq!(official("### A\n\n# B"), "<h2>A</h2><h2>B</h2>");
    }

    #[test]
    fn ten_thousand_levels_keep_their_words() {
        let deep = format!("{}mot", "> ".repeat(10_000));
        let html = participant(&deep);
        assert!(html.contains("mot") && html.matches("<blockquote>").count() <= DEEPEST);
    }
}
