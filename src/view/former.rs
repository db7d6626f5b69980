//! Former addresses, and what stands there now: what `aliases` name, the numbers that articles had in earlier versions,
//! and the addresses of the platform that a consultation was imported from (`imported.url`). `&Site, &Derived` in, a
//! list out; `render` makes of it the pages that lead on and the maps for servers. An address that several records
//! claim as theirs leads to the first that names it in `aliases`, else to the first that has a page.

use super::context::Context;
use crate::derive::Derived;
use crate::lang::Lang;
use crate::model::site::{AliasOf, Consultation, Site};
use crate::route::{self, Part, Route};
use crate::sink::OutPath;
use crate::source::Span;
use crate::text::{encoded, percent_decoded};
use std::collections::BTreeSet;

/// A former address.
#[derive(Debug)]
pub struct Former {
    /// Where it was, from the site's root, with its query if it had one; none when all that is known is where it was
    /// on another host.
    pub from: Option<OutPath>,
    /// The whole address on the host of before, when that is recorded.
    pub url: Option<String>,
    /// Where it is now: a file from the site's root, and the fragment in it.
    pub to: String,
    /// Title of the consultation.
    pub title: String,
    /// Language of the page that leads on.
    pub lang: Lang,
    /// Where an author named it.
    pub place: Option<Span>,
}

impl Former {
    /// The file of the page that leads on; none where an address cannot be that of a file: a server sees only the path
    /// before a query, and a browser keeps the fragment for itself.
    pub fn page(&self) -> Option<OutPath> {
        let from = self.from.as_ref()?.as_str();
        if from.contains(['?', '#']) {
            return None;
        }
        OutPath::new(&format!("{from}/index.html"))
    }
}

/// Every former address, those that authors named first.
pub fn former(site: &Site, derived: &Derived) -> Vec<Former> {
    let mut all = Vec::new();
    for at in 0..site.consultations.len() {
        named(&seen(site, derived, &site.languages[0], at), at, &mut all);
    }
    let taken: BTreeSet<OutPath> = all.iter().filter_map(|f: &Former| f.from.clone()).collect();
    for lang in &site.languages {
        for at in 0..site.consultations.len() {
            numbers(&seen(site, derived, lang, at), at, &taken, &mut all);
        }
    }
    for at in 0..site.consultations.len() {
        elsewhere(&seen(site, derived, &site.languages[0], at), at, &mut all);
    }
    all
}

/// A consultation as seen from the root of a language.
fn seen<'s>(site: &'s Site, derived: &'s Derived, lang: &'s Lang, at: usize) -> Context<'s> {
    let from = route::From::new(Route::Home, site.languages.len() > 1);
    Context { site, derived, lang, from, route: Route::Home, at: Some(at) }
}

/// From the site's root.
fn rooted(context: &Context<'_>, href: String) -> String {
    if context.several() { format!("{}/{href}", context.lang) } else { href }
}

/// What `aliases` name. With several languages the main one answers.
fn named(context: &Context<'_>, at: usize, all: &mut Vec<Former>) {
    let c = &context.site.consultations[at];
    all.extend(c.aliases.iter().map(|alias| Former {
        from: Some(alias.from.clone()),
        url: original(c, &alias.to).and_then(|url| on_its_host(url, alias.from.as_str())),
        to: rooted(context, target(context, at, &alias.to)),
        title: context.words(&c.title).to_owned(),
        lang: context.lang.clone(),
        place: Some(alias.place),
    }));
}

/// Numbers that a later version gave up, each in the address of the article that had it.
fn numbers(context: &Context<'_>, at: usize, taken: &BTreeSet<OutPath>, all: &mut Vec<Former>) {
    let c = &context.site.consultations[at];
    for text in &c.texts {
        for (number, article) in text.former_numbers() {
            let part = Part::Article(&text.id, &number);
            let folder = rooted(context, Route::In(&c.id, part).folder());
            let Some(from) = OutPath::new(folder.trim_end_matches('/')).filter(|f| !taken.contains(f)) else {
                continue;
            };
            all.push(Former {
                from: Some(from),
                url: None,
                to: rooted(context, context.to(c, Part::Article(&text.id, &article.id))),
                title: context.words(&c.title).to_owned(),
                lang: context.lang.clone(),
                place: None,
            });
        }
    }
}

/// Whole addresses of before. Of what was withheld none is known: its address may hold words of its title.
fn elsewhere(context: &Context<'_>, at: usize, all: &mut Vec<Former>) {
    let c = &context.site.consultations[at];
    let mut found: Vec<(&str, String)> = Vec::new();
    found.extend(
        c.origin
            .as_ref()
            .and_then(|o| o.url.as_deref())
            .map(|url| (url, target(context, at, &AliasOf::Consultation))),
    );
    for (t, text) in c.texts.iter().enumerate() {
        found.extend(text.articles.iter().filter_map(|article| {
            let to = AliasOf::Article(t, article.id.clone());
            Some((article.original_url.as_deref()?, target(context, at, &to)))
        }));
    }
    // What has a page before what stands on one: platforms give an argument the address of its proposal.
    for with_page in [true, false] {
        let kind = c.contributions.iter().enumerate().filter(|(_, x)| x.kind.has_page() == with_page);
        found.extend(kind.filter_map(|(x, contribution)| {
            let url = contribution.published()?.original_url.as_deref()?;
            Some((url, target(context, at, &AliasOf::Contribution(x))))
        }));
    }
    all.extend(found.into_iter().map(|(url, to)| Former {
        from: None,
        url: Some(url.to_owned()),
        to: rooted(context, to),
        title: context.words(&c.title).to_owned(),
        lang: context.lang.clone(),
        place: None,
    }));
}

/// The address that something had on the platform of before.
fn original<'c>(c: &'c Consultation, to: &AliasOf) -> Option<&'c str> {
    match to {
        AliasOf::Consultation => c.origin.as_ref()?.url.as_deref(),
        AliasOf::Article(text, id) => {
            c.texts[*text].articles.iter().find(|a| a.id == *id)?.original_url.as_deref()
        }
        AliasOf::Contribution(at) => c.contributions[*at].published()?.original_url.as_deref(),
        AliasOf::Text(_)
        | AliasOf::Amendment(_)
        | AliasOf::Response(_)
        | AliasOf::Synthesis(_)
        | AliasOf::Meeting(_)
        | AliasOf::Vote(_) => None,
    }
}

/// An alias as a whole address: the one that is recorded, when they are the same, else the path on that host.
fn on_its_host(url: &str, alias: &str) -> Option<String> {
    let host = url.find("://").map(|at| at + 3)?;
    let end = url[host..].find(['/', '?', '#']).map_or(url.len(), |at| host + at);
    let path = percent_decoded(&url[end..]);
    if path.is_some_and(|path| path.trim_matches('/') == alias) {
        return Some(url.to_owned());
    }
    Some(format!("{}/{}", &url[..end], encoded(alias)))
}

/// Where something stands now, from the root of the language.
fn target(context: &Context<'_>, at: usize, to: &AliasOf) -> String {
    context.named_link(&context.site.consultations[at], &context.derived.consultations[at], to).href
}
