//! What the parts of a conversion share: the report, the people, the sections, and how HTML and addresses of this
//! platform become content.

use super::people::People;
use super::read::{Export, Filed};
use crate::import::Options;
use crate::import::content::{Aliases, Fields, Folder};
use crate::import::html::{self, Use};
use crate::import::names::Names;
use crate::import::report::{Fate, Report, Row};
use crate::lang::Bilingual;
use crate::model::id::Id;
use crate::model::when::Moment;
use std::collections::{BTreeMap, BTreeSet};

/// A conversion under way.
pub(super) struct Convert<'e> {
    pub(super) export: &'e Export,
    pub(super) options: &'e Options,
    pub(super) people: People,
    pub(super) names: Names,
    pub(super) sections: BTreeMap<u64, Category>,
    /// The bill's articles: proposal's id → number (`1`, `17 bis`).
    pub(super) articles: BTreeMap<u64, Box<str>>,
    /// The bill's id in the content.
    pub(super) text: Id,
    pub(super) base: String,
    pub(super) folder: Folder,
    pub(super) report: Report,
    aliases: Aliases,
}

/// A section of the consultation.
#[derive(Debug)]
pub(super) struct Category {
    pub(super) id: Id,
    pub(super) title: String,
}

/// Something that was changed on the way, for the report.
pub(super) type Reasons = BTreeSet<Bilingual>;

impl<'e> Convert<'e> {
    pub(super) fn new(export: &'e Export, options: &'e Options, mut report: Report) -> Self {
        let people = People::new(export, options);
        let texts = texts(export);
        let names = Names::new(people.private_names(), texts.iter().map(String::as_str));
        let show = export.opinions.values().find_map(|o| o.record.links.show.as_deref()).unwrap_or_default();
        let segments: Vec<&str> = show.split('/').collect();
        let base = segments.get(..3).map(|s| s.join("/")).unwrap_or_default();
        let project = segments.get(4).and_then(|s| Id::new(s));
        let text = project.or_else(|| Id::new("texte")).unwrap_or_else(|| options.slug.clone());
        let articles = articles(export);
        report.read("article", articles.len());
        report.read("proposal", export.opinions.len() - articles.len());
        Convert {
            export,
            options,
            people,
            names,
            sections: sections(export),
            articles,
            text,
            base,
            folder: Folder::new(&options.slug),
            report,
            aliases: Aliases::default(),
        }
    }

    /// HTML as Markdown; what has no equivalent joins the reasons.
    pub(super) fn markdown(&mut self, html: &str, usage: Use, reasons: &mut Reasons) -> String {
        let converted = html::convert(html, usage, &self.base);
        reasons.extend(converted.reasons());
        self.report.missing_files.extend(converted.images.into_iter().map(Into::into));
        converted.markdown
    }

    /// Plain text as Markdown.
    pub(super) fn plain(&self, text: &str, reasons: &mut Reasons) -> String {
        let (markdown, told) = html::told_plain(text);
        reasons.extend(told);
        markdown
    }

    /// A title: its words on one line.
    pub(super) fn title(words: &str) -> String {
        html::normal(words)
    }

    /// `imported`.
    pub(super) fn imported<T>(&self, filed: &Filed<T>, id: impl ToString, url: Option<&str>) -> Fields {
        let url = url.filter(|u| u.starts_with("http"));
        let map = Fields::new().text("source", filed.place()).text("id", id.to_string());
        Fields::new().map("imported", map.text("url", url.unwrap_or_default()))
    }

    /// `aliases`: paths of former addresses, each given once in the whole consultation.
    pub(super) fn aliases(&mut self, urls: &[Option<&str>]) -> Fields {
        self.aliases.take(urls)
    }

    /// What a contribution hangs on: the article, or the proposal.
    pub(super) fn parent(&self, opinion: u64) -> Fields {
        match self.articles.get(&opinion) {
            Some(number) => {
                let on = Fields::new().text("text", self.text.as_str()).text("article", &**number);
                Fields::new().map("on", on)
            }
            None => Fields::new().text("parent", format!("o{opinion}")),
        }
    }

    /// Notes what a person should read again.
    pub(super) fn review(&mut self, path: &str, id: &str, texts: &[&str]) {
        self.report.look(&self.names, path, id, texts.iter().copied());
    }

    /// Says what became of a record: kept when nothing was changed.
    pub(super) fn settle<T>(&mut self, filed: &Filed<T>, kind: &'static str, id: &str, reasons: Reasons) {
        let row = filed.fate(kind, Fate::Kept);
        self.report.changed(Row { id: Some(id.into()), ..row }, reasons);
    }
}

/// A date of the platform, as Greffe writes it; nothing when it cannot be read.
pub(super) fn date(written: &str) -> String {
    Moment::parse(written).map(|m| m.to_string()).unwrap_or_default()
}

/// The date of a change, unless it is that of the creation.
pub(super) fn updated(created: &str, updated: &str) -> String {
    if created == updated { String::new() } else { date(updated) }
}

/// Sections by id; the id in the content is the one in the platform's addresses.
fn sections(export: &Export) -> BTreeMap<u64, Category> {
    let mut out = BTreeMap::new();
    for opinion in export.opinions.values().map(|o| &o.record) {
        let section = &opinion.section;
        out.entry(section.id).or_insert_with(|| {
            let address =
                opinion.links.section.as_deref().and_then(|u| u.rsplit('/').next()).and_then(Id::new);
            let id = address.or_else(|| Id::new(&format!("section-{}", section.id)));
            let title = match (section.title.trim(), section.subtitle.trim()) {
                (title, "") => title.to_owned(),
                ("", subtitle) => subtitle.to_owned(),
                (title, subtitle) => format!("{title} – {subtitle}"),
            };
            id.map(|id| Category { id, title })
        });
    }
    out.into_iter().filter_map(|(id, category)| category.map(|c| (id, c))).collect()
}

/// The proposals of the organiser's account whose title begins with `Article` and a number.
fn articles(export: &Export) -> BTreeMap<u64, Box<str>> {
    let number = |title: &str| -> Option<Box<str>> {
        let rest = title.trim().strip_prefix("Article ")?;
        let number = rest.split([':', '–', '—']).next()?.split(" - ").next()?.trim();
        number.starts_with(|c: char| c.is_ascii_digit()).then(|| number.into())
    };
    let opinions = export.opinions.values().map(|o| &o.record).filter(|o| o.author.vip && !o.is_trashed);
    opinions.filter_map(|o| Some((o.id, number(&o.title)?))).collect()
}

/// Every text of the export, for telling names from common words.
fn texts(export: &Export) -> Vec<String> {
    let mut out = Vec::new();
    for opinion in export.opinions.values().map(|o| &o.record) {
        out.extend(opinion.body.as_deref().map(html::text));
        out.extend(opinion.parts.arguments.iter().map(|a| a.record.body.clone()));
        out.extend(opinion.parts.sources.iter().map(|s| s.record.body.clone()));
    }
    out
}
