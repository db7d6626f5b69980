//! Where what was written about a paragraph, or about words of it, stands in the latest version of the article: an
//! anchor is carried from each version to the next along the alignment of paragraphs, and the words quoted are looked
//! for in what is there now. Typography aside, words are quoted exactly or they are gone; nothing is guessed.

use crate::compare::passages::{Fate, paragraphs};
use crate::model::document::Article;
use crate::model::id::Id;
use crate::model::site::{About, ArticleNotes, Consultation, ContributionIx, Text, TextIx};
use crate::text::{fold_typography, plain};
use std::collections::BTreeMap;

/// What became of the place that a contribution is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The version it speaks of.
    pub from: usize,
    /// The latest version that has the article.
    pub to: usize,
    /// The paragraph now; `None` when it was deleted, or when the contribution names none and its quotation is gone.
    pub paragraph: Option<u32>,
    /// Whether the paragraph's words are the same as in the version it speaks of; `None` where it names no paragraph.
    pub unchanged: Option<bool>,
    /// Whether the words quoted still stand there; `None` where it quotes none.
    pub quoted: Option<bool>,
}

/// The anchors of a consultation, and the contributions at each paragraph of the latest version of each article.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Anchors {
    /// What became of the place of each contribution that names a paragraph or quotes words.
    pub of: BTreeMap<ContributionIx, Anchor>,
    /// The contributions at a paragraph: text, article, number.
    pub at: BTreeMap<(TextIx, Id, u32), Vec<ContributionIx>>,
}

/// Follows the anchors of every contribution.
pub(super) fn anchors(c: &Consultation) -> Anchors {
    let mut anchors = Anchors::default();
    // Many speak of one article: its paragraphs are aligned once.
    let mut trails: BTreeMap<(TextIx, Id, usize), Trail> = BTreeMap::new();
    for (at, contribution) in c.contributions.iter().enumerate() {
        let about = &contribution.about;
        let (Some(text), Some(article)) = (about.text, &about.article) else { continue };
        if about.paragraph.is_none() && about.quote.is_none() {
            continue;
        }
        let Some(notes) = c.texts[text].articles.iter().find(|a| a.id == *article) else { continue };
        let Some(from) = version_of(about, notes) else { continue };
        let trail = trails
            .entry((text, article.clone(), from))
            .or_insert_with(|| Trail::of(&c.texts[text], notes, from));
        if let Some(anchor) = trail.anchor(&c.texts[text], notes, about) {
            if let Some(paragraph) = anchor.paragraph {
                anchors.at.entry((text, article.clone(), paragraph)).or_default().push(at);
            }
            anchors.of.insert(at, anchor);
        }
    }
    anchors
}

/// The words of a paragraph, without its marks and the ways of typing.
fn fold(markdown: &str) -> String {
    fold_typography(&plain(markdown, usize::MAX))
}

/// The version it speaks of; the first that has the article where it names none.
fn version_of(about: &About, notes: &ArticleNotes) -> Option<usize> {
    let has = |v: &usize| notes.places.get(*v).is_some_and(Option::is_some);
    about.version.filter(has).or_else(|| (0..notes.places.len()).find(has))
}

fn article<'s>(text: &'s Text, notes: &ArticleNotes, version: usize) -> Option<&'s Article> {
    text.versions.get(version)?.document.main().article(notes.places.get(version)?.as_ref()?)
}

/// Where each paragraph of an article's version stands in the latest: by its place, from 0.
struct Trail {
    from: usize,
    to: usize,
    now: Vec<Option<usize>>,
}

impl Trail {
    fn of(text: &Text, notes: &ArticleNotes, from: usize) -> Self {
        let first = article(text, notes, from).map_or(0, |a| a.paragraphs.len());
        let mut trail = Trail { from, to: from, now: (0..first).map(Some).collect() };
        for version in from + 1..text.versions.len() {
            let (Some(older), Some(newer)) = (article(text, notes, trail.to), article(text, notes, version))
            else {
                continue;
            };
            let words =
                |a: &'_ Article| a.paragraphs.iter().map(|p| p.markdown.to_string()).collect::<Vec<_>>();
            let (older, newer) = (words(older), words(newer));
            let slices = |of| -> Vec<&str> {
                let of: &[String] = of;
                of.iter().map(String::as_str).collect()
            };
            let mut next = vec![None; older.len()];
            for row in paragraphs(&slices(&older), &slices(&newer)) {
                match (row.left, row.fate) {
                    (Some(left), Fate::Same | Fate::Changed | Fate::Moved) => next[left] = row.right,
                    (_, Fate::Inserted | Fate::Deleted) | (None, _) => {}
                }
            }
            trail.now =
                trail.now.iter().map(|at| at.and_then(|at| next.get(at).copied().flatten())).collect();
            trail.to = version;
        }
        trail
    }

    fn anchor(&self, text: &Text, notes: &ArticleNotes, about: &About) -> Option<Anchor> {
        let then = article(text, notes, self.from)?;
        let now = article(text, notes, self.to)?;
        let named = about.paragraph.and_then(|n| (n as usize).checked_sub(1));
        let carried = named.and_then(|at| self.now.get(at).copied().flatten());
        let quote = about.quote.as_deref().map(fold_typography).filter(|q| !q.is_empty());
        let holds = |at: usize| {
            let words = now.paragraphs.get(at).map(|p| fold(&p.markdown));
            quote.as_ref().zip(words).is_some_and(|(quote, words)| words.contains(quote.as_str()))
        };
        // The paragraph named first; then, in reading order, any that has the words.
        let holding = quote
            .as_ref()
            .and_then(|_| carried.into_iter().chain(0..now.paragraphs.len()).find(|at| holds(*at)));
        let place = holding.or(carried);
        let words = |of: &Article, at: usize| of.paragraphs.get(at).map(|p| fold(&p.markdown));
        Some(Anchor {
            from: self.from,
            to: self.to,
            paragraph: place.and_then(|at| now.paragraphs.get(at)).map(|p| p.number),
            unchanged: named.map(|at| carried.is_some_and(|to| words(then, at) == words(now, to))),
            quoted: quote.is_some().then_some(holding.is_some()),
        })
    }
}
