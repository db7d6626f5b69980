//! Atom feeds (RFC 4287): of a site, its consultations and their phases; of a consultation, its newest
//! contributions, amendments, votes and answers. Ids are tags (RFC 4151) or addresses that never change. A feed
//! without a `base_url` has relative links, which readers of files understand.

use super::redirect::escape;
use crate::derive::DerivedConsultation;
use crate::lang::Lang;
use crate::model::site::Consultation;
use crate::model::when::Moment;
use crate::route::{Part, Route};
use crate::text::plain;
use crate::view::context::{Context, clip};
use std::fmt::Write;

/// Entries in a feed.
const MOST: usize = 50;

struct Entry {
    path: String,
    title: String,
    summary: String,
    author: String,
    instant: jiff::Timestamp,
}

/// The feed of a site: its consultations.
pub fn site_feed(context: &Context<'_>) -> String {
    let site = context.site;
    let entry = |c: &Consultation| Entry {
        path: Route::In(&c.id, Part::Main).folder(),
        title: context.words(&c.title).to_owned(),
        summary: context.words(&c.summary).to_owned(),
        author: context.words(&c.organiser.name).to_owned(),
        instant: c.phases.iter().filter_map(|p| p.start).min().unwrap_or(site.as_of.into()).instant(&c.zone),
    };
    let entries = site.consultations.iter().map(entry).collect();
    feed(context, context.words(&site.title), "", "feed.xml", entries)
}

/// The feed of a consultation.
pub fn consultation_feed(context: &Context<'_>, c: &Consultation, d: &DerivedConsultation) -> String {
    let mut entries = Vec::new();
    let organiser = context.words(&c.organiser.name);
    // The newest are last in their list.
    let newest = c.contributions.iter().enumerate().rev().filter(|(_, x)| x.kind.has_page());
    for (_, x) in newest.filter(|(_, x)| x.published().is_some()).take(MOST) {
        let (Some(date), Some(published)) = (x.date, x.published()) else { continue };
        let author = &published.author;
        let name = author.name.as_deref().or(author.organisation.as_deref()).unwrap_or(organiser);
        entries.push(Entry {
            path: Route::In(&c.id, Part::Contribution(&x.id, c.spread)).folder(),
            title: x.title().unwrap_or(x.id.as_str()).to_owned(),
            summary: clip(&plain(&published.body, 600), 300),
            author: name.to_owned(),
            instant: date.instant(&c.zone),
        });
    }
    for amendment in c.amendments.iter().rev() {
        let Some(date) = amendment.decided.or(amendment.date) else { continue };
        entries.push(Entry {
            path: Route::In(&c.id, Part::Amendment(&amendment.id)).folder(),
            title: amendment.number.to_string(),
            summary: clip(&plain(context.words(&amendment.reasons), 600), 300),
            author: amendment.authors.first().map_or(organiser, |a| a).to_owned(),
            instant: Moment::from(date).instant(&c.zone),
        });
    }
    for (vote, _) in c.votes.iter().zip(&d.tallies).filter(|(_, tally)| tally.is_some()) {
        let Some(date) = vote.date.map(Moment::from).or(vote.closes) else { continue };
        entries.push(Entry {
            path: Route::In(&c.id, Part::Vote(&vote.id)).folder(),
            title: context.words(&vote.title).to_owned(),
            summary: context.words_opt(&vote.question).unwrap_or_default(),
            author: organiser.to_owned(),
            instant: date.instant(&c.zone),
        });
    }
    feed(context, context.words(&c.title), &format!("{}/", c.id), &format!("{}/feed.xml", c.id), entries)
}

/// Writes a feed: newest first, ties by address.
fn feed(context: &Context<'_>, title: &str, folder: &str, own: &str, mut entries: Vec<Entry>) -> String {
    entries.sort_by(|a, b| b.instant.cmp(&a.instant).then_with(|| a.path.cmp(&b.path)));
    entries.truncate(MOST);
    let prefix = if context.several() { format!("{}/", context.lang) } else { String::new() };
    let base = context.site.base_url.as_deref();
    // A reader that opens the file from disk follows links relative to it.
    let up = "../".repeat(own.matches('/').count());
    let address = |path: &str| match base {
        Some(base) => format!("{base}/{prefix}{path}"),
        None => format!("{up}{path}index.html"),
    };
    let id = |path: &str| match base {
        Some(base) => format!("{base}/{prefix}{path}"),
        None => tag(context.lang, path),
    };
    let updated = entries.first().map_or(jiff::Timestamp::UNIX_EPOCH, |e| e.instant);
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n\
         <title>{}</title>\n<id>{}</id>\n<updated>{updated}</updated>\n<link href=\"{}\"/>\n",
        context.lang,
        escape(title),
        escape(&id(folder)),
        escape(&address(folder)),
    );
    if let Some(base) = base {
        let _ = writeln!(xml, "<link rel=\"self\" href=\"{}/{prefix}{}\"/>", escape(base), escape(own));
    }
    let _ = writeln!(xml, "<generator version=\"{}\">Greffe</generator>", env!("CARGO_PKG_VERSION"));
    for e in &entries {
        let _ = writeln!(
            xml,
            "<entry>\n<title>{}</title>\n<id>{}</id>\n<updated>{}</updated>\n<link href=\"{}\"/>\n\
             <author><name>{}</name></author>\n<summary>{}</summary>\n</entry>",
            escape(&e.title),
            escape(&id(&e.path)),
            e.instant,
            escape(&address(&e.path)),
            escape(&e.author),
            escape(&e.summary),
        );
    }
    xml.push_str("</feed>\n");
    xml
}

/// An id for something without an address of its own on the web.
fn tag(lang: &Lang, path: &str) -> String {
    format!("tag:greffe.invalid,2026:{lang}/{path}")
}
