//! The divisions and articles of a comparison, in reading order: what became of each, and its rows.
//!
//! In: two versions and their alignment. Out: items of a [`CompareView`](super::compare::CompareView), and its counts.

use super::compare::{CompareCounts, CompareItem, in_version, step_word};
use super::context::Context;
use super::document::{article_anchor, division_anchor};
use super::parts::Link;
use super::rows::{RowFate, RowView, counted, rows, stretches};
use super::words::{RunKind, RunView, runs};
use crate::compare::versions::{Alignment, Pair, Step};
use crate::model::document::{Article, Division, Document, Item, Paragraph};
use crate::model::id::Id;
use crate::model::site::{Consultation, Text};
use crate::route::Part;

/// Both versions, and what is needed to link to them.
pub(super) struct Sides<'s, 'c> {
    /// From where the page is seen.
    pub(super) context: &'c Context<'s>,
    /// The consultation.
    pub(super) c: &'s Consultation,
    /// The text.
    pub(super) text: &'s Text,
    /// The older and the newer version.
    pub(super) places: (usize, usize),
    /// Their articles.
    pub(super) articles: (Vec<&'s Article>, Vec<&'s Article>),
}

/// The rows of two lists of paragraphs.
pub(super) fn rows_between(older: &[Paragraph], newer: &[Paragraph]) -> Vec<RowView> {
    let refs = |list| -> Vec<&Paragraph> {
        let list: &[Paragraph] = list;
        list.iter().collect()
    };
    rows(&refs(older), &refs(newer)).into_iter().map(|(row, _)| row).collect()
}

/// Articles and divisions in reading order: each with the place in the newer version after which it stands.
pub(super) fn items<'s>(
    sides: &Sides<'s, '_>,
    (older, newer): (&'s Document, &'s Document),
    alignment: &Alignment,
) -> (Vec<CompareItem<'s>>, CompareCounts) {
    let mut counts = CompareCounts::default();
    // By article: its key is its place in the newer version (deleted ones: that of what they follow), its first
    // place in the older one.
    let mut articles: Vec<(usize, Option<usize>, CompareItem<'s>)> = Vec::new();
    let mut last = 0;
    for pair in &alignment.pairs {
        count(&mut counts, pair);
        match pair.right.iter().min() {
            Some(first) => last = first + 1,
            None => articles.extend(deleted(sides, pair, &mut counts).map(|(l, item)| (last, Some(l), item))),
        }
        let shown = shown(sides, pair, &mut counts);
        articles.extend(shown.map(|(r, item)| (r + 1, pair.left.first().copied(), item)));
    }
    articles.sort_by_key(|(key, ..)| *key);

    let (lefts, rights) = (divisions(older), divisions(newer));
    let partner = |right: usize| alignment.divisions.iter().find(|pair| pair.right == Some(right))?.left;
    let gone = alignment.divisions.iter().filter(|pair| pair.right.is_none()).filter_map(|pair| pair.left);
    let mut gone: Vec<&(usize, &Division)> = gone.filter_map(|left| lefts.get(left)).collect();
    let mut coming = rights.iter().enumerate().peekable();
    let mut items = Vec::with_capacity(articles.len() + rights.len());
    let mut open = |at: usize, division: &'s Division, items: &mut Vec<CompareItem<'s>>| {
        let was = partner(at).and_then(|left| lefts.get(left)).map(|(_, was)| *was);
        let item = division_item(division, was, &mut counts);
        items.push(item);
    };
    for (key, left, item) in articles {
        while let Some((at, (_, division))) = coming.next_if(|(_, (before, _))| *before < key) {
            open(at, division, &mut items);
        }
        // A deleted division stands before the first article that it had.
        gone.retain(|(before, division)| {
            let here = left == Some(*before);
            if here {
                items.push(gone_division(division));
            }
            !here
        });
        items.push(item);
    }
    coming.for_each(|(at, (_, division))| open(at, division, &mut items));
    items.extend(gone.into_iter().map(|(_, division)| gone_division(division)));
    (items, counts)
}

/// Divisions, each with the place of the first article after its heading.
fn divisions(document: &Document) -> Vec<(usize, &Division)> {
    let mut articles = 0;
    let mut found = Vec::new();
    for item in &document.items {
        match item {
            Item::Division(division) => found.push((articles, division)),
            Item::Article(_) => articles += 1,
        }
    }
    found
}

fn division_item<'s>(
    division: &'s Division,
    was: Option<&'s Division>,
    counts: &mut CompareCounts,
) -> CompareItem<'s> {
    let rows = rows_between(was.map_or(&[], |was| &was.paragraphs), &division.paragraphs);
    counts.words_inserted += counted(&rows, RunKind::Inserted);
    counts.words_deleted += counted(&rows, RunKind::Deleted);
    let title = |x: &Division| [&*x.number, &*x.heading].join(" ").trim().to_owned();
    let other = was.map(title).filter(|words| *words != title(division));
    let fate = match (was, &other) {
        (None, _) => RowFate::Inserted,
        (Some(_), Some(_)) => RowFate::Changed,
        (Some(_), None) => RowFate::Same,
    };
    CompareItem::Division {
        level: division.level,
        anchor: division_anchor(&division.id),
        fate,
        number: &division.number,
        heading: &division.heading,
        was: other,
        stretches: if rows.iter().all(|row| row.fate == RowFate::Same) {
            Vec::new()
        } else {
            stretches(rows)
        },
    }
}

fn gone_division(division: &Division) -> CompareItem<'_> {
    CompareItem::Division {
        level: division.level,
        anchor: format!("gone-{}", division_anchor(&division.id)),
        fate: RowFate::Deleted,
        number: &division.number,
        heading: &division.heading,
        was: None,
        stretches: stretches(rows_between(&division.paragraphs, &[])),
    }
}

fn count(counts: &mut CompareCounts, pair: &Pair) {
    for step in &pair.steps {
        match step {
            Step::Same => counts.same += 1,
            Step::Changed => counts.changed += 1,
            Step::Renumbered => counts.renumbered += 1,
            Step::Moved => counts.moved += 1,
            Step::Split => counts.split += 1,
            Step::Merged => counts.merged += 1,
            Step::New => counts.new += 1,
            Step::Deleted => counts.deleted += 1,
        }
    }
}

/// The article pages through all versions, by the article's id in one of them.
fn page(sides: &Sides<'_, '_>, version: usize, own: &Id) -> String {
    let id = sides.text.article_at(version, own).map_or(own, |notes| &notes.id);
    sides.context.to(sides.c, Part::Article(&sides.text.id, id))
}

/// The articles of a pair as they stand in the newer version: of several, each has the rows of its own paragraphs.
fn shown<'s>(
    sides: &Sides<'s, '_>,
    pair: &Pair,
    counts: &mut CompareCounts,
) -> impl Iterator<Item = (usize, CompareItem<'s>)> + use<'s> {
    let older: Vec<&Article> = pair.left.iter().filter_map(|l| sides.articles.0.get(*l).copied()).collect();
    let newer: Vec<(usize, &'s Article)> =
        pair.right.iter().filter_map(|r| Some((*r, *sides.articles.1.get(*r)?))).collect();
    let olds: Vec<&Paragraph> = older.iter().flat_map(|article| &article.paragraphs).collect();
    let news: Vec<(usize, &Paragraph)> =
        newer.iter().enumerate().flat_map(|(n, (_, a))| a.paragraphs.iter().map(move |p| (n, p))).collect();
    let mut by: Vec<Vec<RowView>> = vec![Vec::new(); newer.len()];
    let mut here = 0;
    for (row, place) in rows(&olds, &news.iter().map(|(_, p)| *p).collect::<Vec<_>>()) {
        here = place.and_then(|at| news.get(at)).map_or(here, |(n, _)| *n);
        counts.words_inserted += counted([&row], RunKind::Inserted);
        counts.words_deleted += counted([&row], RunKind::Deleted);
        if let Some(rows) = by.get_mut(here) {
            rows.push(row);
        }
    }
    let was: Vec<Link> = older
        .iter()
        .map(|article| in_version(sides.context, sides.c, sides.text, sides.places.0, article))
        .collect();
    let renumbered = pair.steps.iter().any(|step| match step {
        Step::Renumbered | Step::Split | Step::Merged => true,
        Step::Same | Step::Changed | Step::Moved | Step::New | Step::Deleted => false,
    });
    let all: Vec<Link> =
        newer.iter().map(|(_, a)| Link::new(format!("#{}", article_anchor(&a.id)), &*a.number)).collect();
    let heading = older.first().map_or("", |article| &*article.heading);
    let made: Vec<(usize, CompareItem<'s>)> = newer
        .into_iter()
        .zip(by)
        .enumerate()
        .map(|(n, ((place, article), rows))| {
            let before = if n == 0 && !older.is_empty() { heading } else { &article.heading };
            let heading = runs(before, &article.heading);
            let kept = |run: &RunView| run.run == RunKind::Same;
            let unchanged = rows.iter().all(|row| row.fate == RowFate::Same) && heading.iter().all(kept);
            let typography = unchanged && pair.steps.contains(&Step::Changed);
            if typography {
                counts.changed -= 1;
                counts.typography += 1;
            }
            let steps = pair.steps.iter().map(|step| match step {
                Step::Changed if typography => "typography",
                step => step_word(*step),
            });
            let also = all.iter().enumerate().filter(|(other, _)| *other != n).map(|(_, link)| link.clone());
            let item = CompareItem::Article {
                anchor: article_anchor(&article.id),
                id: &article.id,
                number: &article.number,
                heading,
                href: page(sides, sides.places.1, &article.id),
                steps: steps.collect(),
                unchanged,
                was: if renumbered { was.clone() } else { Vec::new() },
                also: also.collect(),
                stretches: if unchanged { Vec::new() } else { stretches(rows) },
            };
            (place, item)
        })
        .collect();
    made.into_iter()
}

/// The articles of a pair that only the older version has.
fn deleted<'s>(
    sides: &Sides<'s, '_>,
    pair: &Pair,
    counts: &mut CompareCounts,
) -> impl Iterator<Item = (usize, CompareItem<'s>)> + use<'s> {
    let mut made = Vec::new();
    for (place, article) in pair.left.iter().filter_map(|l| Some((*l, *sides.articles.0.get(*l)?))) {
        let rows = rows_between(&article.paragraphs, &[]);
        counts.words_deleted += counted(&rows, RunKind::Deleted);
        let item = CompareItem::Article {
            anchor: format!("gone-{}", article_anchor(&article.id)),
            id: &article.id,
            number: &article.number,
            heading: runs(&article.heading, &article.heading),
            href: page(sides, sides.places.0, &article.id),
            steps: pair.steps.iter().copied().map(step_word).collect(),
            unchanged: false,
            was: vec![in_version(sides.context, sides.c, sides.text, sides.places.0, article)],
            also: Vec::new(),
            stretches: stretches(rows),
        };
        made.push((place, item));
    }
    made.into_iter()
}
