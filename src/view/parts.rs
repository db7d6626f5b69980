//! Pieces that several views share.

use crate::derive::tally::shares;
use crate::lang::Lang;
use crate::model::choices::{ModerationState, Provenance};
use crate::model::site::{self, Counts};
use crate::model::when::Date;
use crate::view::context::Context;
use serde::Serialize;
use std::borrow::Cow;

/// A link inside the site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Relative address.
    pub href: String,
    /// What is shown.
    pub title: String,
}

impl Link {
    /// A link.
    pub fn new(href: impl Into<String>, title: impl Into<String>) -> Self {
        Link { href: href.into(), title: title.into() }
    }
}

/// Who wrote some Markdown: decides how much of it is rendered. It travels with the words, so that no template
/// can choose otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trust {
    /// The organiser, an assembly: headings, tables, images of the site, `sup` and `sub`.
    Official,
    /// Anybody: text, emphasis, lists, quotations and links; nothing else.
    Participant,
}

/// Markdown, and who wrote it. Rendered by the filter `html`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Prose<'s> {
    /// The words, exactly.
    pub markdown: Cow<'s, str>,
    /// Who wrote them.
    pub from: Trust,
    /// Their language.
    pub lang: Lang,
}

impl<'s> Prose<'s> {
    /// Words of the organiser; none when there are none.
    pub fn official(markdown: &'s str, lang: &Lang) -> Option<Self> {
        let words = !markdown.trim().is_empty();
        words.then(|| Prose { markdown: markdown.into(), from: Trust::Official, lang: lang.clone() })
    }

    /// Words of a participant; none when there are none.
    pub fn participant(markdown: &'s str, lang: &Lang) -> Option<Self> {
        let words = !markdown.trim().is_empty();
        words.then(|| Prose { markdown: markdown.into(), from: Trust::Participant, lang: lang.clone() })
    }

    /// Words of the organiser in the page's language, or in the one that exists.
    pub fn local(words: &'s site::Words, lang: &Lang) -> Option<Self> {
        let (real, words) = words.pick(lang);
        Prose::official(words, real)
    }
}

/// Reactions: counts, shares in per cent, and where they come from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReactionsView {
    /// For.
    pub r#for: u64,
    /// For in part.
    pub mixed: u64,
    /// Against.
    pub against: u64,
    /// All.
    pub total: u64,
    /// Share for.
    pub share_for: f64,
    /// Share mixed.
    pub share_mixed: f64,
    /// Share against.
    pub share_against: f64,
    /// How they were obtained.
    pub provenance: Provenance,
    /// A second count that differs, acknowledged.
    pub acknowledged: Option<OtherCountView>,
}

/// A second count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OtherCountView {
    /// Who counted.
    pub source: String,
    /// What they counted.
    #[serde(flatten)]
    pub counts: Counts,
    /// Why it differs.
    pub reason: String,
    /// When it was acknowledged.
    pub date: Date,
}

impl ReactionsView {
    /// Declared reactions.
    pub fn declared(reactions: &site::Reactions, context: &Context<'_>) -> Self {
        let acknowledged = reactions.other.as_ref().map(|o| OtherCountView {
            source: context.words(&o.source).to_owned(),
            counts: o.counts,
            reason: context.words(&o.reason).to_owned(),
            date: o.date,
        });
        ReactionsView { acknowledged, ..ReactionsView::of(reactions.counts, Provenance::Declared) }
    }

    /// Counts with their provenance.
    pub fn of(counts: Counts, provenance: Provenance) -> Self {
        let [share_for, share_mixed, share_against] = shares(counts);
        ReactionsView {
            r#for: counts.r#for,
            mixed: counts.mixed,
            against: counts.against,
            total: counts.total(),
            share_for,
            share_mixed,
            share_against,
            provenance,
            acknowledged: None,
        }
    }
}

/// A published file.
#[derive(Debug, Clone, Serialize)]
pub struct AttachmentView {
    /// Its address and title.
    #[serde(flatten)]
    pub link: Link,
    /// What it says.
    pub transcript: Option<String>,
}

impl AttachmentView {
    /// A file of a consultation.
    pub fn new(file: &site::Attachment, consultation: &site::Consultation, context: &Context<'_>) -> Self {
        let path = format!("{}/{}", consultation.id, file.path.as_str());
        let link = Link::new(context.from.to_file(&path), context.words(&file.title));
        AttachmentView { link, transcript: file.transcript.as_ref().map(ToString::to_string) }
    }
}

/// Why something is not shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WithheldView {
    /// Withheld by moderators, or erased as a law or a court demanded.
    pub state: ModerationState,
    /// Title of the charter's reason, or the ground of an erasure.
    pub reason: Option<String>,
    /// When it was decided.
    pub date: Option<Date>,
    /// Who decided.
    pub by: Option<String>,
}

/// A body and its address.
#[derive(Debug, Clone, Serialize)]
pub struct PartyView {
    /// Its name.
    pub name: String,
    /// Its web site.
    pub url: Option<String>,
}

impl PartyView {
    /// In the page's language.
    pub fn new(party: &site::Party, context: &Context<'_>) -> Self {
        PartyView {
            name: context.words(&party.name).to_owned(),
            url: party.url.as_ref().map(ToString::to_string),
        }
    }
}

/// A page of a numbered list.
#[derive(Debug, Clone, Serialize)]
pub struct Pager {
    /// This page, from 1.
    pub page: usize,
    /// How many there are.
    pub pages: usize,
    /// Items in all.
    pub items: usize,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// The pages around, the first and the last: number and address.
    pub links: Vec<PagerLink>,
}

/// A numbered link.
#[derive(Debug, Clone, Serialize)]
pub struct PagerLink {
    /// Number.
    pub number: usize,
    /// Address.
    pub href: String,
    /// It is the page itself.
    pub current: bool,
    /// Pages are left out before it.
    pub gap: bool,
}

impl Pager {
    /// The pager of a page; `href` gives the address of any.
    pub fn new(page: usize, items: usize, href: impl Fn(usize) -> String) -> Self {
        Pager::of(page, items, crate::route::PER_PAGE, href)
    }

    /// The same for pages of another length.
    pub fn of(page: usize, items: usize, per_page: usize, href: impl Fn(usize) -> String) -> Self {
        let pages = items.div_ceil(per_page).max(1);
        let shown = |n: &usize| *n == 1 || *n == pages || n.abs_diff(page) <= 2;
        let mut links: Vec<PagerLink> = Vec::new();
        for number in (1..=pages).filter(shown) {
            let gap = links.last().is_some_and(|l| l.number + 1 < number);
            links.push(PagerLink { number, href: href(number), current: number == page, gap });
        }
        Pager {
            page,
            pages,
            items,
            previous: (page > 1).then(|| href(page - 1)),
            next: (page < pages).then(|| href(page + 1)),
            links,
        }
    }
}
