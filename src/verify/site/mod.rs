//! A built site, alone or in a bag: where its links lead, what it asks of others, whether each page agrees with its
//! data, each table with its package, each result with its ballots. Comes in: one file after the other, each turned
//! into a [`Fact`] and forgotten. Comes out: findings, once all the facts are there.

mod address;
mod css;
mod data;
mod links;
mod page;
mod recount;
mod tables;
mod votes;

use super::reading::Reading;
use super::report::{Code, Counts, Finding};
use super::store::{Entry, Store};
use crate::say;
use data::PageData;
use page::Page;
use recount::Recount;
use std::collections::BTreeMap;
use tables::{Package, TableFile};

/// Largest page, style sheet or page's data that is read whole.
const TEXT: u64 = 64 << 20;
/// Largest table, file of ballots or package.
const TABLE: u64 = 1 << 30;

/// What one file of the site says.
#[derive(Debug)]
pub enum Fact {
    /// A page that Greffe wrote, or one that was published as it is.
    Page(Box<Page>),
    /// The data of a page.
    Data(Box<PageData>),
    /// A style sheet.
    Style(Vec<String>),
    /// A table.
    Table(TableFile),
    /// The package of a consultation.
    Package(Box<Package>),
    /// The ballots of a vote, counted.
    Ballots(Box<Recount>),
    /// It cannot be read as what its name says.
    Unreadable(Finding),
}

/// What a file is, by its path from the site's root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Page,
    Data,
    Style,
    Table,
    Package,
    Ballots,
}

fn kind(path: &str) -> Option<Kind> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let in_data = folder == "data" || folder.ends_with("/data");
    Some(match name {
        "index.json" => Kind::Data,
        "ballots.js" => Kind::Ballots,
        _ if name.ends_with(".html") => Kind::Page,
        _ if name.ends_with(".css") => Kind::Style,
        _ if in_data && name.ends_with(".csv") => Kind::Table,
        _ if in_data && name.ends_with(".zip") => Kind::Package,
        _ => return None,
    })
}

/// Up to how many bytes of a file are wanted; none of a file of which only the digests are.
pub fn wanted(path: &str) -> Option<u64> {
    kind(path).map(|kind| match kind {
        Kind::Page | Kind::Data | Kind::Style => TEXT,
        Kind::Table | Kind::Package | Kind::Ballots => TABLE,
    })
}

/// What a file says; none for a file that says nothing. `bytes` are none when there are more than [`wanted`] said.
pub fn fact(entry: &Entry, path: &str, bytes: Option<Vec<u8>>) -> Option<Fact> {
    let kind = kind(path)?;
    let unreadable = |code, seen| Some(Fact::Unreadable(Finding::error(code, &*entry.path, seen)));
    let Some(bytes) = bytes else {
        return unreadable(
            Code::PageData,
            say!("ce fichier est trop grand pour être lu", "this file is too large to be read"),
        );
    };
    if kind == Kind::Package {
        return Some(match Package::read(bytes) {
            Ok(package) => Fact::Package(Box::new(package)),
            Err(seen) => return unreadable(Code::DataZip, seen),
        });
    }
    let Ok(text) = String::from_utf8(bytes) else {
        return unreadable(Code::PageData, say!("ce fichier n’est pas de l’UTF-8", "this file is not UTF-8"));
    };
    Some(match kind {
        Kind::Page => Fact::Page(Box::new(Page::read(path, &text))),
        Kind::Data => match PageData::read(&text) {
            Ok(data) => Fact::Data(Box::new(data)),
            Err(why) => {
                return unreadable(
                    Code::PageData,
                    say!("ce n’est pas du JSON de Greffe ({why})", "this is no JSON of Greffe ({why})"),
                );
            }
        },
        Kind::Style => Fact::Style(css::addresses(&text)),
        Kind::Table => Fact::Table(TableFile::read(path, &text)),
        Kind::Ballots => match Recount::read(&text) {
            Ok(recount) => Fact::Ballots(Box::new(recount)),
            Err(why) => {
                let (fr, en) = (why.fr, why.en);
                return unreadable(
                    Code::Votes,
                    say!(
                        "ces bulletins ne se recomptent pas : {fr}",
                        "these ballots cannot be counted again: {en}"
                    ),
                );
            }
        },
        Kind::Package => return None,
    })
}

/// The facts of a site, by path from its root.
pub struct Site<'s> {
    store: &'s dyn Store,
    reading: &'s Reading,
    /// Where it stands in the store: nothing, or a path that ends with `/`.
    prefix: &'s str,
    facts: BTreeMap<&'s str, Fact>,
}

impl<'s> Site<'s> {
    /// Takes the facts, with the places of their entries.
    pub fn new(
        store: &'s dyn Store,
        reading: &'s Reading,
        prefix: &'s str,
        facts: Vec<(usize, Fact)>,
    ) -> Self {
        let path = |at: usize| store.entries().get(at).and_then(|entry| entry.path.strip_prefix(prefix));
        let facts = facts.into_iter().filter_map(|(at, fact)| Some((path(at)?, fact))).collect();
        Site { store, reading, prefix, facts }
    }

    /// What is wrong with it. `as_of` is the day of which every page must speak, when it is known.
    pub fn verify(&self, as_of: Option<&str>, counts: &mut Counts) -> Vec<Finding> {
        let mut found: Vec<Finding> = Vec::new();
        for fact in self.facts.values() {
            if let Fact::Unreadable(finding) = fact {
                found.push(finding.clone());
            }
        }
        found.extend(links::links(self, counts));
        found.extend(data::data(self, as_of));
        found.extend(tables::tables(self, counts));
        found.extend(votes::votes(self, counts));
        found
    }

    /// Whether the site has a file.
    fn has(&self, path: &str) -> bool {
        self.store.find(&format!("{}{path}", self.prefix)).is_some()
    }

    /// A path as the store has it.
    fn full(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    fn digests(&self, path: &str) -> Option<&super::reading::Digests> {
        self.reading.of(self.store, &self.full(path))
    }

    fn pages(&self) -> impl Iterator<Item = (&'s str, &Page)> {
        self.facts.iter().filter_map(|(path, fact)| match fact {
            Fact::Page(page) => Some((*path, &**page)),
            Fact::Data(_)
            | Fact::Style(_)
            | Fact::Table(_)
            | Fact::Package(_)
            | Fact::Ballots(_)
            | Fact::Unreadable(_) => None,
        })
    }

    fn page(&self, path: &str) -> Option<&Page> {
        match self.facts.get(path)? {
            Fact::Page(page) => Some(page),
            Fact::Data(_)
            | Fact::Style(_)
            | Fact::Table(_)
            | Fact::Package(_)
            | Fact::Ballots(_)
            | Fact::Unreadable(_) => None,
        }
    }
}

/// Whether Greffe wrote a page; other pages are files of the content, published as they were given.
fn ours(path: &str) -> bool {
    matches!(path.rsplit_once('/').map_or(path, |(_, name)| name), "index.html" | "404.html")
}
