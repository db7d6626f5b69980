//! Two versions of a text compared: every division and article of the newer one in order, what was deleted where it
//! stood, what became of each article in words, and the words that changed.
//!
//! Pairs of versions are as many as readers ask for: every pair of up to [`ALL_PAIRS`] versions; of more, consecutive
//! ones, and the first with the last.

use super::Head;
use super::compared::{Sides, items, rows_between};
use super::consultation::{VersionLink, version_links};
use super::context::Context;
use super::document::article_anchor;
use super::parts::Link;
use super::rows::{RowFate, RowView, Stretch, counted, stretches};
use super::words::{RunKind, RunView};
use crate::compare::versions::{Alignment, Step};
use crate::model::document::{Article, Document};
use crate::model::id::Id;
use crate::model::site::{Consultation, Text};
use crate::route::Part;
use serde::Serialize;

/// Up to so many versions, each is compared with each.
pub const ALL_PAIRS: usize = 6;

/// The pairs of versions that have a page, older first.
pub fn pairs(versions: usize) -> Vec<(usize, usize)> {
    let all = (0..versions).flat_map(|left| (left + 1..versions).map(move |right| (left, right)));
    let shown = |(left, right): &(usize, usize)| {
        versions <= ALL_PAIRS || left + 1 == *right || (*left == 0 && right + 1 == versions)
    };
    all.filter(shown).collect()
}

/// Two versions compared.
#[derive(Debug, Serialize)]
pub struct CompareView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// The text.
    pub text: Link,
    /// The older version.
    pub older: VersionLink,
    /// The newer version.
    pub newer: VersionLink,
    /// How many articles and words have changed.
    pub counts: CompareCounts,
    /// Every pair that has a page.
    pub pairs: Vec<PairLink>,
    /// Address of the comparative table.
    pub table: String,
    /// What stands before the first division.
    pub preamble: Vec<Stretch>,
    /// Divisions and articles.
    pub items: Vec<CompareItem<'s>>,
}

/// Articles by what became of them, each counted under every word that holds; and words.
#[derive(Debug, Default, Serialize)]
pub struct CompareCounts {
    /// The same words under the same number at the same place.
    pub same: u64,
    /// Their words changed.
    pub changed: u64,
    /// Their typography changed, and no word.
    pub typography: u64,
    /// They have another number.
    pub renumbered: u64,
    /// They stand elsewhere.
    pub moved: u64,
    /// They became several.
    pub split: u64,
    /// Several became one.
    pub merged: u64,
    /// They are new.
    pub new: u64,
    /// They were deleted.
    pub deleted: u64,
    /// Words inserted, those of new articles included.
    pub words_inserted: u64,
    /// Words deleted, those of deleted articles included.
    pub words_deleted: u64,
}

/// A pair of versions.
#[derive(Debug, Serialize)]
pub struct PairLink {
    /// Its address.
    pub href: String,
    /// Title of the older version.
    pub older: String,
    /// Title of the newer version.
    pub newer: String,
    /// It is the one shown.
    pub current: bool,
}

/// A division or an article.
#[derive(Debug, Serialize)]
#[serde(tag = "item", rename_all = "kebab-case")]
pub enum CompareItem<'s> {
    /// A division.
    Division {
        /// Depth, from 1.
        level: u8,
        /// Fragment.
        anchor: String,
        /// What became of it.
        fate: RowFate,
        /// Its number.
        number: &'s str,
        /// What follows.
        heading: &'s str,
        /// Number and heading in the older version, where they differ.
        was: Option<String>,
        /// Paragraphs under the heading.
        stretches: Vec<Stretch>,
    },
    /// An article.
    Article {
        /// Fragment.
        anchor: String,
        /// Its id, in the newer version if it is there.
        id: &'s Id,
        /// Its number.
        number: &'s str,
        /// What follows, with what changed in it.
        heading: Vec<RunView>,
        /// Its page, through all versions.
        href: String,
        /// What became of it: `same`, `changed`, `typography`, `renumbered`, `moved`, `split`, `merged`, `new`, `deleted`.
        steps: Vec<&'static str>,
        /// No word of it changed.
        unchanged: bool,
        /// Articles of the older version that it carries on, where their numbers are not its own.
        was: Vec<Link>,
        /// The other articles into which it was split.
        also: Vec<Link>,
        /// Its paragraphs; none where no word changed.
        stretches: Vec<Stretch>,
    },
}

/// The word of a step, the same in data and messages.
pub fn step_word(step: Step) -> &'static str {
    match step {
        Step::Same => "same",
        Step::Changed => "changed",
        Step::Renumbered => "renumbered",
        Step::Moved => "moved",
        Step::Split => "split",
        Step::Merged => "merged",
        Step::New => "new",
        Step::Deleted => "deleted",
    }
}

/// Makes the page of a pair of versions of a text.
pub fn compare<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    text: &'s Text,
    (left, right): (usize, usize),
    alignment: &Alignment,
) -> CompareView<'s> {
    let documents = (document(context, text, left), document(context, text, right));
    let sides = Sides {
        context,
        c,
        text,
        places: (left, right),
        articles: (documents.0.articles().collect(), documents.1.articles().collect()),
    };
    let preamble: Vec<RowView> = rows_between(&documents.0.preamble, &documents.1.preamble);
    let (items, mut counts) = items(&sides, documents, alignment);
    counts.words_inserted += counted(&preamble, RunKind::Inserted);
    counts.words_deleted += counted(&preamble, RunKind::Deleted);
    let links = version_links(context, c, text, None);
    let pair = |(l, r): (usize, usize)| PairLink {
        href: pair_href(context, c, text, (l, r)),
        older: links[l].link.title.clone(),
        newer: links[r].link.title.clone(),
        current: (l, r) == (left, right),
    };
    let title = context.text_title(text);
    let about = format!("{} → {}. {title}", links[left].link.title, links[right].link.title);
    let unchanged = preamble.iter().all(|row| row.fate == RowFate::Same);
    CompareView {
        head: context.head("compare", title, about),
        text: context.text_link(c, text),
        pairs: pairs(text.versions.len()).into_iter().map(pair).collect(),
        table: context.to(c, Part::Table(&text.id)),
        preamble: if unchanged { Vec::new() } else { stretches(preamble) },
        older: links[left].clone(),
        newer: links[right].clone(),
        counts,
        items,
    }
}

/// The page of a pair of versions.
pub fn pair_href(
    context: &Context<'_>,
    c: &Consultation,
    text: &Text,
    (left, right): (usize, usize),
) -> String {
    context.to(c, Part::Compare(&text.id, &text.versions[left].id, &text.versions[right].id))
}

/// A version in the page's language, or in the main one.
pub fn document<'s>(context: &Context<'s>, text: &'s Text, version: usize) -> &'s Document {
    text.versions[version].document.get(context.lang)
}

/// A link to an article on the page of a version.
pub fn in_version(
    context: &Context<'_>,
    c: &Consultation,
    text: &Text,
    version: usize,
    article: &Article,
) -> Link {
    let page = context.to(c, Part::Version(&text.id, &text.versions[version].id));
    Link::new(format!("{page}#{}", article_anchor(&article.id)), &*article.number)
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn many_versions_are_compared_in_order_and_first_with_last() {
        assert_eq!(pairs(3), [(0, 1), (0, 2), (1, 2)]);
        assert_eq!(pairs(7), [(0, 1), (0, 6), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6)]);
        assert_eq!(pairs(1), []);
    }
}
