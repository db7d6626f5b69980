//! A frozen consultation on its pages: that it is frozen, against what that can be checked, and the dated corrections
//! that were added since. An erratum stands on the page of what it is about (a text's, on the pages of its versions and
//! articles too), and all of them on the consultation's own.

use super::context::Context;
use super::parts::{Link, Prose, Trust};
use crate::model::frozen::{Erratum, Replaced};
use crate::model::site::{AliasOf, Consultation};
use crate::model::when::Date;
use crate::route::{Part, Route};
use serde::Serialize;

/// The anchor of the data page where a reader learns how to verify.
pub const ANCHOR: &str = "frozen";

/// That a page's consultation is frozen.
#[derive(Debug, Serialize)]
pub struct FrozenLink {
    /// The day.
    pub date: Date,
    /// Where it is told how to verify.
    pub href: String,
}

impl FrozenLink {
    /// None while the consultation goes on.
    pub fn of(context: &Context<'_>, c: &Consultation) -> Option<Self> {
        let frozen = c.frozen.as_ref()?;
        Some(FrozenLink { date: frozen.date, href: format!("{}#{ANCHOR}", context.to(c, Part::Data)) })
    }
}

/// The freeze, on the data page.
#[derive(Debug, Serialize)]
pub struct FrozenView<'s> {
    /// The day.
    pub date: Date,
    /// Version of Greffe that froze it.
    pub greffe: &'s str,
    /// The commit.
    pub commit: Option<&'s str>,
    /// SHA-256 of the list of its files, in hexadecimal.
    pub digest: &'s str,
    /// How many files are in that list.
    pub files: usize,
    /// The archive that this one replaces.
    pub replaces: Option<ReplacedView<'s>>,
}

/// An archive that was replaced.
#[derive(Debug, Serialize)]
pub struct ReplacedView<'s> {
    /// Its name: `sha512:` and the SHA-512 of its manifest.
    pub bag: &'s str,
    /// The day it was frozen.
    pub date: Date,
    /// Why it was replaced.
    pub reason: String,
    /// Files that changed since.
    pub files: Vec<&'s str>,
}

impl<'s> FrozenView<'s> {
    /// None while the consultation goes on.
    pub fn of(context: &Context<'_>, c: &'s Consultation) -> Option<Self> {
        let frozen = c.frozen.as_ref()?;
        let replaced = |replaced: &'s Replaced| ReplacedView {
            bag: &replaced.bag,
            date: replaced.date,
            reason: context.words(&replaced.reason).to_owned(),
            files: replaced.files.iter().map(|file| &**file).collect(),
        };
        Some(FrozenView {
            date: frozen.date,
            greffe: &frozen.greffe,
            commit: frozen.commit.as_deref(),
            digest: &frozen.digest,
            files: frozen.files,
            replaces: frozen.replaces.as_ref().map(replaced),
        })
    }
}

/// A dated correction on a page.
#[derive(Debug, Clone, Serialize)]
pub struct ErratumView {
    /// The day.
    pub date: Date,
    /// What is to be read, and instead of what.
    pub body: Prose<'static>,
    /// What it is about, where that is not the whole page.
    pub about: Option<Link>,
}

/// The corrections that a page shows, newest first.
pub(super) fn errata(context: &Context<'_>) -> Vec<ErratumView> {
    let (Some((c, d)), Route::In(_, here)) = (context.consultation(), context.route) else {
        return Vec::new();
    };
    let own = context.from.to(context.route);
    let shown = |erratum: &Erratum| {
        let about = context.named_link(c, d, &erratum.about);
        let of_page = about.href == own;
        let on_page = about.href.split('#').next() == Some(&own);
        if !on_page && here != Part::Main && !of_text(c, &erratum.about, here) {
            return None;
        }
        let (lang, words) = erratum.body.pick(context.lang);
        let markdown = words.to_string().into();
        let body = Prose { markdown, from: Trust::Official, lang: lang.clone() };
        Some(ErratumView { date: erratum.date, body, about: (!of_page).then_some(about) })
    };
    c.errata.iter().filter_map(shown).collect()
}

/// Whether a page shows a part of the text that is meant.
fn of_text(c: &Consultation, about: &AliasOf, here: Part<'_>) -> bool {
    let AliasOf::Text(at) = about else { return false };
    let text = &c.texts[*at].id;
    matches!(here, Part::Version(id, _) | Part::Article(id, _) | Part::Consolidated(id, _) if id == text)
}
