//! Plain pages, the search page, and the page for an address that does not exist.

use super::Head;
use super::context::Context;
use super::parts::{Link, Prose};
use crate::model::site::Page;
use crate::model::when::Date;
use crate::route::{Listing, Part};
use serde::Serialize;

/// A plain page.
#[derive(Debug, Serialize)]
pub struct PageView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// When it was last revised.
    pub date: Option<Date>,
    /// Its words.
    pub body: Option<Prose<'s>>,
}

/// Makes a plain page.
pub fn page<'s>(context: &Context<'s>, page: &'s Page) -> PageView<'s> {
    let (lang, edition) = page.editions.pick(context.lang);
    let title = edition.title.as_deref().unwrap_or(page.id.as_str());
    let mut head = context.head("page", title, edition.summary.as_deref().unwrap_or(title));
    head.untranslated = (lang != context.lang).then(|| lang.clone());
    PageView { head, date: edition.date, body: Prose::official(&edition.body, lang) }
}

/// Makes the page for an address that does not exist; its words are messages of the theme.
pub fn not_found<'s>(context: &Context<'s>) -> PageView<'s> {
    PageView { head: context.head("404", context.words(&context.site.title), ""), date: None, body: None }
}

/// The search page.
#[derive(Debug, Serialize)]
pub struct SearchView {
    /// What every view begins with.
    pub head: Head,
    /// Folder of the index, relative.
    pub index: String,
    /// Root of the language, relative.
    pub root: String,
    /// Lists for readers without JavaScript.
    pub lists: Vec<Link>,
}

/// Makes the search page.
pub fn search(context: &Context<'_>) -> SearchView {
    let list = |c: &crate::model::site::Consultation| {
        let part =
            if c.contributions.is_empty() { Part::Main } else { Part::Contributions(Listing::ByDate, 1) };
        Link::new(context.to(c, part), context.words(&c.title))
    };
    SearchView {
        head: context.head("search", context.words(&context.site.title), ""),
        index: "index/".to_owned(),
        root: context.from.root().to_owned(),
        lists: context.site.consultations.iter().map(list).collect(),
    }
}
