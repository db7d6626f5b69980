//! One page → what is asked of it later: where its links lead, the places it has, what it calls itself. What can be
//! judged at once is: a request to another machine, a program that stands in the page.
//!
//! The tokens are `html5ever`'s, so that a page is read as browsers read it; no tree is built.

use super::address::{Target, target};
use super::css;
use crate::lang::Bilingual;
use crate::say;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What is known of a page.
#[derive(Debug, Default)]
pub struct Page {
    /// Links inside the site, each once.
    pub links: BTreeSet<Target>,
    /// Places that a link may name.
    pub places: BTreeSet<Box<str>>,
    /// Its title.
    pub title: String,
    /// Its first headline.
    pub headline: String,
    /// The words of its links, as numbers.
    labels: BTreeSet<u64>,
    /// Its language.
    pub lang: String,
    /// It only leads to another.
    pub redirect: bool,
    /// The address under which it says it stands.
    pub canonical: Option<Box<str>>,
    /// What it asks of other machines.
    pub requests: Vec<Bilingual>,
    /// Programs that stand in it.
    pub programs: Vec<Bilingual>,
    /// Links that cannot be followed.
    pub broken: Vec<Bilingual>,
}

impl Page {
    /// Reads a page that stands at `path`, from the site's root.
    pub fn read(path: &str, html: &str) -> Page {
        let reader = Reader { path, state: RefCell::default() };
        let tokenizer = Tokenizer::new(reader, Default::default());
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from_slice(html));
        let _ = tokenizer.feed(&queue);
        tokenizer.end();
        tokenizer.sink.state.into_inner().page
    }

    /// Whether the page says a title: its own, its headline, or the words of one of its links.
    pub fn says(&self, title: &str) -> bool {
        let title = plain(title);
        plain(&self.headline) == title
            || plain(&self.title).contains(&title)
            || self.labels.contains(&number(&title))
    }
}

/// Words without the differences of white space, in lower case; what HTML cannot hold is replaced as pages replace it.
fn plain(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    words.replace(char::is_control, "\u{fffd}")
}

fn number(words: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

struct Reader<'p> {
    path: &'p str,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    page: Page,
    within: Within,
    label: String,
    headlines: usize,
    /// The words of a style, or of a script that is run.
    raw: String,
}

/// Where the words that come belong.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Within {
    #[default]
    Elsewhere,
    Title,
    Headline,
    Link,
    Style,
    Script,
}

impl TokenSink for Reader<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => state.start(self.path, &tag),
            Token::TagToken(tag) => state.end(self.path, &tag),
            Token::CharacterTokens(words) => {
                state.words(&words);
                TokenSinkResult::Continue
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

impl State {
    fn words(&mut self, words: &str) {
        match self.within {
            Within::Title => self.page.title.push_str(words),
            Within::Headline => self.page.headline.push_str(words),
            Within::Link => self.label.push_str(words),
            Within::Style | Within::Script => self.raw.push_str(words),
            Within::Elsewhere => {}
        }
    }

    fn start(&mut self, path: &str, tag: &Tag) -> TokenSinkResult<()> {
        let name = &*tag.name;
        let attribute = |wanted: &str| tag.attrs.iter().find(|a| &*a.name.local == wanted).map(|a| &*a.value);
        for attribute in &tag.attrs {
            self.attribute(path, name, &attribute.name.local, &attribute.value, tag);
        }
        match name {
            "html" => self.page.lang = attribute("lang").unwrap_or("").to_owned(),
            "title" if self.page.title.is_empty() => {
                self.within = Within::Title;
                return TokenSinkResult::RawData(RawKind::Rcdata);
            }
            "title" | "textarea" => return TokenSinkResult::RawData(RawKind::Rcdata),
            "h1" => {
                self.headlines += 1;
                if self.headlines == 1 {
                    self.within = Within::Headline;
                }
            }
            "a" if self.within == Within::Elsewhere => {
                self.within = Within::Link;
                self.label.clear();
            }
            "style" => {
                (self.within, self.raw) = (Within::Style, String::new());
                return TokenSinkResult::RawData(RawKind::Rawtext);
            }
            "script" => {
                let run = matches!(
                    attribute("type").unwrap_or("").trim().to_ascii_lowercase().as_str(),
                    "" | "module"
                        | "text/javascript"
                        | "application/javascript"
                        | "importmap"
                        | "speculationrules"
                );
                self.within = if run { Within::Script } else { Within::Elsewhere };
                self.raw = String::new();
                return TokenSinkResult::RawData(RawKind::ScriptData);
            }
            "xmp" | "iframe" | "noembed" | "noframes" => return TokenSinkResult::RawData(RawKind::Rawtext),
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn end(&mut self, path: &str, tag: &Tag) -> TokenSinkResult<()> {
        match (&*tag.name, self.within) {
            ("title", Within::Title) | ("h1", Within::Headline) => self.within = Within::Elsewhere,
            ("a", Within::Link) => {
                self.within = Within::Elsewhere;
                let label = number(&plain(&self.label));
                self.page.labels.insert(label);
            }
            ("style", Within::Style) => {
                self.within = Within::Elsewhere;
                let words = std::mem::take(&mut self.raw);
                self.style(path, &words);
            }
            ("script", _) => {
                if self.within == Within::Script && !self.raw.trim().is_empty() {
                    let begins = beginning(&self.raw);
                    self.page.programs.push(say!(
                        "un programme est écrit dans la page (« {begins} »)",
                        "a program is written in the page (“{begins}”)"
                    ));
                }
                self.within = Within::Elsewhere;
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn style(&mut self, path: &str, words: &str) {
        for address in css::addresses(words) {
            self.request(path, "style", &address);
        }
    }

    fn attribute(&mut self, path: &str, element: &str, name: &str, value: &str, tag: &Tag) {
        let other =
            |wanted: &str| tag.attrs.iter().find(|a| &*a.name.local == wanted).map_or("", |a| &*a.value);
        match (element, name) {
            (_, "id") | ("a", "name") => {
                self.page.places.insert(value.into());
            }
            (_, "style") => self.style(path, value),
            (_, handler) if handler.starts_with("on") => {
                self.page.programs.push(say!(
                    "l’attribut « {handler} » est un programme",
                    "the attribute “{handler}” is a program"
                ));
            }
            ("iframe", "srcdoc") => {
                self.page.programs.push(say!(
                    "une page est écrite dans la page (srcdoc)",
                    "a page is written in the page (srcdoc)"
                ));
            }
            ("meta", "content") if other("http-equiv").eq_ignore_ascii_case("refresh") => {
                self.page.redirect = true;
                if let Some((_, address)) = value.split_once('=') {
                    self.request(path, "meta", address.trim().trim_matches(['\'', '"']));
                }
            }
            ("link", "href") => {
                let rel = other("rel").to_ascii_lowercase();
                let any = |words: &[&str]| rel.split_ascii_whitespace().any(|one| words.contains(&one));
                if any(&["canonical"]) {
                    self.page.canonical = Some(value.into());
                } else if any(&FETCHED) {
                    self.request(path, "link", value);
                } else {
                    self.link(path, value);
                }
            }
            ("base", "href") => self.request(path, "base", value),
            ("a" | "area", "href") | ("form", "action") | ("button" | "input", "formaction") => {
                self.link(path, value)
            }
            (_, "ping") => self.request(path, element, value),
            (_, "srcset" | "imagesrcset") => {
                for one in value.split(',') {
                    self.request(path, element, one.split_whitespace().next().unwrap_or(""));
                }
            }
            (_, "src" | "poster" | "data" | "background" | "href" | "xlink:href") => {
                self.request(path, element, value)
            }
            _ => {}
        }
    }

    /// Something that a browser fetches by itself.
    fn request(&mut self, path: &str, element: &str, address: &str) {
        match target(path, address) {
            Target::Elsewhere(host) => {
                self.page.requests.push(say!(
                    "<{element}> demande « {host} » à une autre machine",
                    "<{element}> asks another machine for “{host}”"
                ));
            }
            Target::Program => self.program(address),
            // An image in the address itself asks nobody.
            Target::Inline => {}
            inside => self.inside(inside, address),
        }
    }

    /// Something that a reader may follow.
    fn link(&mut self, path: &str, address: &str) {
        match target(path, address) {
            Target::Elsewhere(_) => {}
            Target::Program | Target::Inline => self.program(address),
            inside => self.inside(inside, address),
        }
    }

    fn inside(&mut self, target: Target, address: &str) {
        if target == Target::Outside {
            let address = beginning(address);
            self.page.broken.push(say!("« {address} » sort du site", "“{address}” leads out of the site"));
        } else {
            self.page.links.insert(target);
        }
    }

    fn program(&mut self, address: &str) {
        let begins = beginning(address);
        self.page
            .programs
            .push(say!("l’adresse « {begins} » est un programme", "the address “{begins}” is a program"));
    }
}

/// Relations of `<link>` that make a browser ask for something.
const FETCHED: [&str; 12] = [
    "stylesheet",
    "icon",
    "apple-touch-icon",
    "mask-icon",
    "preload",
    "prefetch",
    "prerender",
    "modulepreload",
    "preconnect",
    "dns-prefetch",
    "manifest",
    "pingback",
];

fn beginning(words: &str) -> String {
    words.trim().chars().take(60).collect()
}

#[cfg(test)]
#[path = "page_tests.rs"]
mod tests;
