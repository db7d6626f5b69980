//! render: a made page → its files. HTML comes from the view through the theme, `index.json` is the view itself.
//! Templates choose markup; everything they show is in the view, the chrome or the messages.

mod citation;
mod feed;
mod filters;
pub mod markdown;
mod marked;
mod minify;
pub mod redirect;
mod sitemap;

pub use feed::{consultation_feed, site_feed};
pub use redirect::redirect;
pub use sitemap::{robots, sitemap};

use crate::diag::{Code, Diagnostic};
use crate::lang::Lang;
use crate::say;
use crate::source::{FileId, Sources, Span};
use crate::theme::Theme;
use crate::view::plan::Made;
use std::collections::BTreeMap;
use tera::{Context, Tera, Value};

/// A template engine with our filters, which escapes whatever is not said to be safe.
pub fn engine() -> Tera {
    let mut tera = Tera::new();
    filters::register(&mut tera);
    tera.autoescape_on(vec![".html"]);
    tera
}

/// Renders pages of one site.
#[derive(Debug)]
pub struct Renderer {
    tera: Tera,
    messages: BTreeMap<Lang, Value>,
    files: BTreeMap<String, Option<FileId>>,
}

/// The files of a page.
#[derive(Debug)]
pub struct Rendered {
    /// `index.html`
    pub html: String,
    /// `index.json`
    pub json: Vec<u8>,
}

impl Renderer {
    /// Prepares the templates of a theme; a template that cannot be read is a diagnostic with its place.
    pub fn new(theme: &Theme, sources: &Sources) -> Result<Self, Vec<Diagnostic>> {
        let mut tera = engine();
        let files = theme.templates.iter().map(|(name, (_, id))| (name.clone(), *id)).collect();
        let templates = theme.templates.iter().map(|(name, (text, _))| (name.as_str(), text.as_str()));
        if let Err(error) = tera.add_raw_templates(templates) {
            return Err(vec![problem(&error, &files, sources)]);
        }
        let messages = theme.messages.iter().map(|(l, m)| (l.clone(), Value::from_serializable(m))).collect();
        Ok(Renderer { tera, messages, files })
    }

    /// Renders a page. A template that fails on it is a diagnostic.
    pub fn page(&self, made: &Made<'_>, sources: &Sources) -> Result<Rendered, Box<Diagnostic>> {
        let head = made.view.head();
        let mut context = Context::new();
        context.insert("page", &made.view);
        context.insert("chrome", &made.chrome);
        let mut json = serde_json::to_vec(&made.view).unwrap_or_default();
        json.push(b'\n');
        let messages = self.messages.get(&head.lang);
        let say = |key: &str| messages?.get_from_path(key)?.as_str().map(str::to_owned);
        let cited = made.citation.as_ref().map(|own| citation::cited(own, &json, &say));
        context.insert("citation", &cited);
        context.insert_value("t", messages.cloned().unwrap_or_else(|| Value::from(())));
        let template = format!("{}.html", head.kind);
        let html = match self.tera.render(&template, &context) {
            Ok(html) => minify::html(&visible(html)),
            Err(error) => {
                let mut problem = problem(&error, &self.files, sources);
                let path = &head.path;
                problem.related.push((problem.span, say!("en écrivant {path}", "while writing {path}")));
                return Err(Box::new(problem));
            }
        };
        Ok(Rendered { html, json })
    }
}

/// Control characters and noncharacters are no HTML, escaped or not (HTML standard, “preprocessing the input
/// stream”): each is shown as the sign for what cannot be. The data file keeps them.
pub fn visible(html: String) -> String {
    let forbidden = |c: char| match c {
        '\t' | '\n' | '\r' => false,
        '\u{fdd0}'..='\u{fdef}' => true,
        c => c.is_control() || (c as u32) & 0xfffe == 0xfffe,
    };
    if html.contains(forbidden) { html.replace(forbidden, "\u{fffd}") } else { html }
}

/// Tera's words about a template, at the line of the site's file when it replaced one of the default theme.
fn problem(error: &tera::Error, files: &BTreeMap<String, Option<FileId>>, sources: &Sources) -> Diagnostic {
    let first: Option<&dyn std::error::Error> = Some(error);
    let causes: Vec<String> = std::iter::successors(first, |e| e.source()).map(ToString::to_string).collect();
    let sentence = |cause: &String| Some(cause.lines().next()?.trim_start_matches("error: ").to_owned());
    let words = causes.iter().filter_map(sentence).collect::<Vec<_>>().join(" : ");
    let named = || {
        let of_site = files.iter().filter_map(|(name, id)| Some((name, (*id)?)));
        let named = |(name, id): (&String, FileId)| words.contains(name.as_str()).then(|| Span::file(id));
        of_site.filter_map(named).next()
    };
    let span = causes.iter().find_map(|cause| place(cause, files, sources)).or_else(named);
    Diagnostic::new(
        Code::G035,
        span.unwrap_or_else(|| sources.find("greffe.yaml").map_or(Span::nowhere(), Span::file)),
        say!("le gabarit ne peut pas être employé : {words}", "the template cannot be used: {words}"),
    )
}

/// The place that Tera draws as ` --> name:line:column`, when the template is a file of the site.
fn place(drawn: &str, files: &BTreeMap<String, Option<FileId>>, sources: &Sources) -> Option<Span> {
    let at = drawn.lines().find_map(|line| line.trim_start().strip_prefix("--> "))?;
    let mut parts = at.rsplitn(3, ':');
    let column: usize = parts.next()?.trim().parse().ok()?;
    let line: usize = parts.next()?.parse().ok()?;
    let file = (*files.get(parts.next()?)?)?;
    let text = sources.text(file);
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let inner = text[start..].char_indices().nth(column.saturating_sub(1)).map_or(0, |(at, _)| at);
    let start = (start + inner) as u32;
    Some(Span { file, start, end: start })
}
