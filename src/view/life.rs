//! An article's life: what became of it from each version of its text to the next.
//!
//! [`Steps`] are computed once for all pages of a language; [`life`] reads one article out of them.

use super::compare::{in_version, pair_href, step_word};
use super::consultation::{VersionLink, version_links};
use super::context::Context;
use super::document::article_anchor;
use super::parts::Link;
use crate::compare::versions::{Alignment, Pair, Step, align};
use crate::lang::Lang;
use crate::model::document::Article;
use crate::model::site::{ArticleNotes, Consultation, Text};
use serde::Serialize;

/// What became of articles, by text of a consultation, from each version to the next.
#[derive(Debug)]
pub struct Steps(Vec<Vec<Alignment>>);

impl Steps {
    /// Aligns the consecutive versions of every text, as they stand in a language.
    pub fn of(c: &Consultation, lang: &Lang) -> Self {
        let next = |text: &Text| -> Vec<Alignment> {
            let documents: Vec<_> = text.versions.iter().map(|v| v.document.get(lang)).collect();
            documents.windows(2).filter_map(|two| Some(align(two.first()?, two.last()?))).collect()
        };
        Steps(c.texts.iter().map(next).collect())
    }

    /// The alignment of two versions of a text, when one follows the other.
    pub fn between(&self, text: usize, left: usize, right: usize) -> Option<&Alignment> {
        self.0.get(text)?.get(left).filter(|_| left + 1 == right)
    }
}

/// An article in one version of its text.
#[derive(Debug, Serialize)]
pub struct LifeView {
    /// The version.
    pub version: VersionLink,
    /// The article there, on the page of the version; none where it was deleted.
    pub article: Option<Link>,
    /// What became of it since the version before: the words of comparisons, or `restored`; none in the version
    /// that had it first.
    pub steps: Vec<&'static str>,
    /// Articles of the version before that became this one, or several, where it was not alone.
    pub was: Vec<Link>,
    /// The other articles that it became here.
    pub also: Vec<Link>,
    /// The comparison with the version before, at the article.
    pub compare: Option<String>,
}

/// An article from the version that had it first to the one after the last that has it.
pub fn life(
    context: &Context<'_>,
    c: &Consultation,
    steps: &Steps,
    text_at: usize,
    notes: &ArticleNotes,
) -> Vec<LifeView> {
    let text = &c.texts[text_at];
    let versions = version_links(context, c, text, None);
    let mut life: Vec<LifeView> = Vec::new();
    for (v, version) in versions.into_iter().enumerate() {
        let own = own(context, text, notes, v);
        let before = v.checked_sub(1).and_then(|last| self::own(context, text, notes, last));
        let pair = v.checked_sub(1).and_then(|last| {
            let alignment = steps.between(text_at, last, v)?;
            alignment.pairs.iter().find(|pair| match (own, before) {
                (Some((place, _)), _) => pair.right.contains(&place),
                (None, Some((place, _))) => pair.left.contains(&place),
                (None, None) => false,
            })
        });
        let known = !life.is_empty();
        let steps = match (own, before) {
            (None, None) => continue,
            (Some(_), None) if known => vec!["restored"],
            (Some(_), _) | (None, Some(_)) => pair.map_or(Vec::new(), words),
        };
        let anchor = match (own, before) {
            (Some((_, article)), _) => Some(article_anchor(&article.id)),
            (None, Some((_, article))) => Some(gone(pair, article, context, text, v)),
            (None, None) => None,
        };
        let compare = anchor
            .filter(|_| v > 0)
            .map(|anchor| format!("{}#{anchor}", pair_href(context, c, text, (v - 1, v))));
        let (was, also) = pair.map_or_else(Default::default, |pair| others(context, c, text, v, pair, own));
        life.push(LifeView {
            version,
            article: own.map(|(_, article)| in_version(context, c, text, v, article)),
            steps,
            was,
            also,
            compare,
        });
    }
    life
}

/// Its place and words in a version.
fn own<'t>(
    context: &Context<'_>,
    text: &'t Text,
    notes: &ArticleNotes,
    version: usize,
) -> Option<(usize, &'t Article)> {
    let id = notes.places.get(version)?.as_ref()?;
    text.versions.get(version)?.document.get(context.lang).articles().enumerate().find(|(_, a)| a.id == *id)
}

/// The fragment, on the page of a comparison, of an article that the newer version has not got: its own, or that of
/// the article it went into.
fn gone(
    pair: Option<&Pair>,
    article: &Article,
    context: &Context<'_>,
    text: &Text,
    version: usize,
) -> String {
    let into = pair.and_then(|pair| pair.right.first());
    let articles = text.versions.get(version).map(|v| v.document.get(context.lang).articles());
    match into.and_then(|place| articles?.nth(*place)) {
        Some(into) => article_anchor(&into.id),
        None => format!("gone-{}", article_anchor(&article.id)),
    }
}

fn words(pair: &Pair) -> Vec<&'static str> {
    pair.steps.iter().copied().map(step_word).collect()
}

/// The articles of the version before it came from, where they are several or have another number; and the other
/// ones that it became.
fn others(
    context: &Context<'_>,
    c: &Consultation,
    text: &Text,
    version: usize,
    pair: &Pair,
    own: Option<(usize, &Article)>,
) -> (Vec<Link>, Vec<Link>) {
    let link = |v: usize, place: usize| {
        let article = text.versions.get(v)?.document.get(context.lang).articles().nth(place)?;
        Some(in_version(context, c, text, v, article))
    };
    let told = pair.steps.iter().any(|step| match step {
        Step::Renumbered | Step::Merged | Step::Split => true,
        Step::Same | Step::Changed | Step::Moved | Step::New | Step::Deleted => false,
    });
    let was =
        pair.left.iter().filter(|_| told && version > 0).filter_map(|l| link(version - 1, *l)).collect();
    let here = own.map(|(place, _)| place);
    let also = pair.right.iter().filter(|r| Some(**r) != here).filter_map(|r| link(version, *r)).collect();
    (was, also)
}
