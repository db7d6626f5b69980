//! The comparative table (tableau comparatif): the versions of a text in columns, its articles in rows, and in each
//! column what is new against the column to its left.
//!
//! Columns: every version of a text that has up to [`MOST`]; of more, the law in force or else the first version,
//! then the latest three. A law in force is always the first column.

use super::Head;
use super::compare::{document, in_version};
use super::consultation::{VersionLink, version_links};
use super::context::Context;
use super::parts::Link;
use super::rows::{RowFate, rows};
use super::words::{RunKind, RunView, words};
use crate::model::choices::Stage;
use crate::model::document::{Article, Document, Item, Paragraph};
use crate::model::site::{ArticleNotes, Consultation, Text, Version};
use crate::route::Part;
use serde::Serialize;
use std::collections::VecDeque;

/// The most columns.
pub const MOST: usize = 4;

/// Versions side by side.
#[derive(Debug, Serialize)]
pub struct TableView {
    /// What every view begins with.
    pub head: Head,
    /// The text.
    pub text: Link,
    /// The versions shown, from left to right.
    pub columns: Vec<VersionLink>,
    /// How many versions are not shown.
    pub left_out: usize,
    /// The comparison of the last two columns, where words are marked in the text itself.
    pub compare: Option<String>,
    /// Articles, in the order of the latest version that has them.
    pub articles: Vec<TableArticle>,
}

/// An article in all columns.
#[derive(Debug, Serialize)]
pub struct TableArticle {
    /// Fragment.
    pub anchor: String,
    /// Its number in the latest column that has it.
    pub number: String,
    /// Its page, through all versions.
    pub href: String,
    /// Divisions that open before it, in the last column.
    pub divisions: Vec<String>,
    /// Its heading in each column, by place.
    pub columns: Vec<TableHeading>,
    /// Its headings differ.
    pub renamed: bool,
    /// Its paragraphs; a cell a column.
    pub rows: Vec<Vec<Cell>>,
}

/// An article in a column.
#[derive(Debug, Serialize)]
pub struct TableHeading {
    /// What became of it against the column to the left: `first`, `same`, `changed`, `new`, `deleted`, or `absent`
    /// from both.
    pub fate: &'static str,
    /// Number and heading.
    pub title: Option<String>,
    /// The article on the page of the version.
    pub href: Option<String>,
}

/// A paragraph in a column.
#[derive(Debug, Clone, Serialize)]
pub struct Cell {
    /// Its number there.
    pub paragraph: Option<u32>,
    /// What became of it against the column to the left: `first` where that has not got the article, `same`,
    /// `changed`, `moved`, `inserted`, `deleted`, or `absent`.
    pub fate: &'static str,
    /// Its words; those deleted are in the column to the left.
    pub runs: Vec<RunView>,
}

impl Cell {
    fn absent() -> Self {
        Cell { paragraph: None, fate: "absent", runs: Vec::new() }
    }
}

/// Which versions a table shows, from left to right.
pub fn columns(versions: &[Version]) -> Vec<usize> {
    let in_force = versions.iter().position(|version| version.stage == Stage::InForce);
    let first = in_force.unwrap_or(0);
    let others: Vec<usize> = (0..versions.len()).filter(|v| *v != first).collect();
    let latest = others.len().saturating_sub(MOST - 1);
    std::iter::once(first).chain(others[latest..].iter().copied()).filter(|v| *v < versions.len()).collect()
}

/// Makes the table of a text.
pub fn table<'s>(context: &Context<'s>, c: &'s Consultation, text: &'s Text) -> TableView {
    let columns = columns(&text.versions);
    let links = version_links(context, c, text, None);
    let newest = columns.last().map(|v| document(context, text, *v));
    let title = context.text_title(text);
    let last = columns.len().checked_sub(2).and_then(|at| Some((*columns.get(at)?, *columns.get(at + 1)?)));
    let names: Vec<&str> = columns.iter().map(|v| links[*v].link.title.as_str()).collect();
    TableView {
        head: context.head("table", title, format!("{title}. {}", names.join(", "))),
        text: context.text_link(c, text),
        left_out: text.versions.len() - columns.len(),
        compare: last
            .filter(|pair| super::compare::pairs(text.versions.len()).contains(pair))
            .map(|pair| super::compare::pair_href(context, c, text, pair)),
        articles: text
            .articles
            .iter()
            .filter_map(|notes| article(context, c, text, &columns, notes, newest))
            .collect(),
        columns: columns.iter().map(|v| links[*v].clone()).collect(),
    }
}

fn article(
    context: &Context<'_>,
    c: &Consultation,
    text: &Text,
    columns: &[usize],
    notes: &ArticleNotes,
    newest: Option<&Document>,
) -> Option<TableArticle> {
    let own = |v: &usize| document(context, text, *v).article(notes.places.get(*v)?.as_ref()?);
    let articles: Vec<Option<&Article>> = columns.iter().map(own).collect();
    let latest = articles.iter().rev().find_map(|article| *article)?;
    let rows = grid(&articles);
    let title = |article: &Article| match &*article.heading {
        "" => article.number.to_string(),
        heading => format!("{} – {heading}", article.number),
    };
    let headings = articles.iter().enumerate().map(|(at, article)| {
        let before = at.checked_sub(1).map(|left| articles[left]);
        let fate = match (before, article) {
            (None, Some(_)) => "first",
            (None | Some(None), None) => "absent",
            (Some(None), Some(_)) => "new",
            (Some(Some(_)), None) => "deleted",
            (Some(Some(_)), Some(_)) => {
                let quiet = |cell: &Cell| ["same", "absent"].contains(&cell.fate);
                let same = rows.iter().filter_map(|row| row.get(at)).all(quiet);
                if same { "same" } else { "changed" }
            }
        };
        TableHeading {
            fate,
            title: article.map(title),
            href: article.map(|article| in_version(context, c, text, columns[at], article).href),
        }
    });
    let headings: Vec<TableHeading> = headings.collect();
    let mut titles = headings.iter().filter_map(|heading| heading.title.as_ref());
    let first = titles.next();
    Some(TableArticle {
        anchor: format!("a-{}", notes.id),
        number: title(latest),
        href: context.to(c, Part::Article(&text.id, &notes.id)),
        divisions: newest
            .map_or(Vec::new(), |document| divisions(document, articles.last().copied().flatten())),
        renamed: titles.any(|title| Some(title) != first),
        columns: headings,
        rows,
    })
}

/// The headings that stand right before an article.
fn divisions(document: &Document, article: Option<&Article>) -> Vec<String> {
    let Some(article) = article else { return Vec::new() };
    let mut open = Vec::new();
    for item in &document.items {
        match item {
            Item::Division(division) => {
                let words = [&*division.number, &*division.heading];
                let words: Vec<&str> = words.into_iter().filter(|words| !words.is_empty()).collect();
                open.push(words.join(" – "));
            }
            Item::Article(other) if other.id == article.id => return open,
            Item::Article(_) => open.clear(),
        }
    }
    Vec::new()
}

/// The paragraphs of an article in all columns: a row for each that corresponds from column to column.
fn grid(articles: &[Option<&Article>]) -> Vec<Vec<Cell>> {
    let mut grid: Vec<Vec<Cell>> = Vec::new();
    // By paragraph of the column to the left: its row.
    let mut places: Vec<usize> = Vec::new();
    for (column, article) in articles.iter().enumerate() {
        let before = column.checked_sub(1).and_then(|left| articles[left]);
        grid.iter_mut().for_each(|row| row.push(Cell::absent()));
        let list = |article: Option<&&'_ Article>| -> Vec<Paragraph> {
            article.map_or(Vec::new(), |article| article.paragraphs.clone())
        };
        let (olds, news) = (list(before.as_ref()), list(article.as_ref()));
        let refs = (olds.iter().collect::<Vec<_>>(), news.iter().collect::<Vec<_>>());
        let mut next = Vec::with_capacity(news.len());
        let mut at = 0;
        // Rows of paragraphs that were just deleted: what was inserted in their place stands beside them.
        let mut free: VecDeque<usize> = VecDeque::new();
        for (row, place) in rows(&refs.0, &refs.1) {
            let older = row.older.and_then(|number| places.get((number as usize).checked_sub(1)?)).copied();
            let Some(new) = place.and_then(|place| refs.1.get(place)) else {
                if let Some(cell) = older.and_then(|at| grid.get_mut(at)?.last_mut()) {
                    cell.fate = if article.is_some() { "deleted" } else { "absent" };
                }
                free.extend(older);
                continue;
            };
            let cell = Cell {
                paragraph: Some(new.number),
                fate: match row.fate {
                    _ if before.is_none() => "first",
                    RowFate::Same => "same",
                    RowFate::Changed => "changed",
                    RowFate::Moved => "moved",
                    RowFate::Inserted => "inserted",
                    RowFate::Deleted => "deleted",
                },
                runs: match row.fate {
                    RowFate::Same => Vec::new(),
                    _ if before.is_none() => vec![RunView::new(RunKind::Same, words(&new.markdown))],
                    RowFate::Changed | RowFate::Moved | RowFate::Inserted | RowFate::Deleted => row.runs,
                },
            };
            let kept = match row.fate {
                RowFate::Same | RowFate::Changed | RowFate::Deleted => {
                    free.clear();
                    older
                }
                RowFate::Inserted => free.pop_front(),
                RowFate::Moved => None,
            };
            let here = match kept.filter(|kept| *kept >= at) {
                Some(older) => older,
                None => {
                    grid.insert(at, vec![Cell::absent(); column + 1]);
                    let below = places.iter_mut().chain(free.iter_mut());
                    below.filter(|place| **place >= at).for_each(|place| *place += 1);
                    at
                }
            };
            if let Some(slot) = grid.get_mut(here).and_then(|row| row.last_mut()) {
                *slot = cell;
            }
            next.push(here);
            at = here + 1;
        }
        // A row that was put in pushed those of the newer column down too, but never one already placed before it.
        places = next;
    }
    grid
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::Id;

    fn article(paragraphs: &[&str]) -> Article {
        let paragraph =
            |(at, words): (usize, &&str)| Paragraph { number: at as u32 + 1, markdown: (*words).into() };
        Article {
            id: Id::new("1").unwrap(),
            number: "Article 1".into(),
            heading: "".into(),
            paragraphs: paragraphs.iter().enumerate().map(paragraph).collect(),
        }
    }

    fn fates(columns: &[&[&str]]) -> Vec<String> {
        let articles: Vec<Article> = columns.iter().map(|column| article(column)).collect();
        let cells = |row: Vec<Cell>| row.iter().map(|cell| cell.fate).collect::<Vec<_>>().join(" ");
        grid(&articles.iter().map(Some).collect::<Vec<_>>()).into_iter().map(cells).collect()
    }

    #[test]
    fn each_column_is_told_against_the_one_to_its_left() {
        let older: &[&str] = &["Le maire décide seul de tout.", "Il publie le budget de la commune."];
        let newer: &[&str] = &[
            "Le maire décide seul de tout.",
            "Le conseil contrôle ce que fait chaque service.",
            "Il publie le budget entier de la commune.",
        ];
        let newest: &[&str] = &["Le maire décide seul de tout.", "Il publie le budget entier de la commune."];
        assert_eq!(
            fates(&[older, newer, newest]),
            ["first same same", "absent inserted deleted", "first changed same"]
        );
    }

    #[test]
    fn what_replaces_a_deleted_paragraph_stands_beside_it() {
        let older: &[&str] = &["Le maire décide seul de tout.", "Une amende punit les pollueurs."];
        let newer: &[&str] = &["Le maire décide seul de tout.", "Chaque commune tient un registre public."];
        assert_eq!(fates(&[older, newer]), ["first same", "first inserted"]);
    }

    #[test]
    fn an_unchanged_cell_has_no_words() {
        let same = article(&["Le maire décide."]);
        let grid = grid(&[Some(&same), Some(&same)]);
        assert_eq!((grid[0][0].runs.len(), grid[0][1].runs.len()), (1, 0));
    }
}
