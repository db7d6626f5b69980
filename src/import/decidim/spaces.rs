//! The spaces of an export (processes, assemblies…) and the choice of the one that is imported: a consultation is one
//! space. A record says its space by a column, by its address, by its component, or by what it comments on.

use super::address::{self, Thing};
use super::entity::Entity;
use super::sheet::{Record, Sheet};
use crate::lang::Bilingual;
use crate::say;
use std::collections::{BTreeMap, BTreeSet};

/// The spaces of an export.
#[derive(Debug, Default)]
pub(super) struct Spaces {
    all: BTreeMap<Box<str>, Space>,
    of_component: BTreeMap<Box<str>, Box<str>>,
    of_comment: BTreeMap<Box<str>, Box<str>>,
    of_thing: BTreeMap<(Thing, Box<str>), Box<str>>,
}

/// A space.
#[derive(Debug, Default)]
struct Space {
    ids: BTreeSet<Box<str>>,
    title: Option<String>,
    counts: BTreeMap<&'static str, usize>,
}

/// Why there is nothing to import, or no telling what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoChoice(pub Bilingual);

impl Spaces {
    /// Finds the spaces of all the records.
    pub(super) fn new(sheets: &[Sheet], language: &str) -> Self {
        let mut spaces = Spaces::default();
        for record in sheets.iter().flat_map(Sheet::records) {
            let Some(space) = told(&record) else { continue };
            let entry = spaces.all.entry(space.clone()).or_default();
            if record.entity() == Entity::Spaces {
                entry.title = record.words("title", language).map(super::cell::title);
                entry.ids.extend(record.find("id").map(Into::into));
            }
            entry.ids.extend(record.find("participatory_space/id").map(Into::into));
            if let Some(component) = record.find("component/id") {
                spaces.of_component.entry(component.into()).or_insert_with(|| space.clone());
            }
            let id = record.find("id").unwrap_or_default();
            match thing(record.entity()) {
                Some(Thing::Comment) => {
                    spaces.of_comment.insert(id.into(), space);
                }
                Some(thing) => {
                    spaces.of_thing.insert((thing, id.into()), space);
                }
                None => {}
            }
        }
        for record in sheets.iter().flat_map(Sheet::records).filter(|r| r.entity() != Entity::Spaces) {
            if let Some(space) = spaces.of(&record)
                && let Some(space) = spaces.all.get_mut(&space)
            {
                *space.counts.entry(record.entity().word()).or_default() += 1;
            }
        }
        spaces
    }

    /// The space of a record.
    pub(super) fn of(&self, record: &Record<'_>) -> Option<Box<str>> {
        if let Some(space) = told(record) {
            return Some(space);
        }
        if let Some(space) = record.find("component/id").and_then(|id| self.of_component.get(id)) {
            return Some(space.clone());
        }
        let on = record.find("commentable_id")?;
        match Thing::of_type(record.find("commentable_type")?)? {
            Thing::Comment => self.of_comment.get(on).cloned(),
            other => self.of_thing.get(&(other, on.into())).cloned(),
        }
    }

    /// The space to import: the one that is asked for, by its slug, its path (`assemblies/youth`) or its id, else the
    /// only one. `Ok(None)`: the records say no space at all.
    pub(super) fn choose(&self, asked: Option<&str>) -> Result<Option<Box<str>>, NoChoice> {
        if let Some(asked) = asked {
            let asked = address::space(asked).unwrap_or_else(|| asked.trim_matches('/').into());
            let is = |path: &str, space: &Space| {
                path == &*asked
                    || path.split_once('/').is_some_and(|(_, slug)| slug == &*asked)
                    || space.ids.contains(&asked)
            };
            let mut found: Vec<&Box<str>> =
                self.all.iter().filter(|(path, space)| is(path, space)).map(|(path, _)| path).collect();
            // Processes and assemblies have numbers of their own: a number alone means a process.
            if found.len() > 1 {
                found.retain(|path| path.starts_with("processes/"));
            }
            return match found[..] {
                [one] => Ok(Some(one.clone())),
                _ => {
                    let list = self.list();
                    Err(NoChoice(say!(
                        "« {asked} » n’est pas dans l’export ; il contient :{list}",
                        "“{asked}” is not in the export; it holds:{list}"
                    )))
                }
            };
        }
        let full: Vec<&Box<str>> =
            self.all.iter().filter(|(_, space)| !space.counts.is_empty()).map(|(path, _)| path).collect();
        match full[..] {
            [one] => Ok(Some(one.clone())),
            [] if self.all.len() == 1 => Ok(self.all.keys().next().cloned()),
            [] if self.all.is_empty() => Ok(None),
            _ => {
                let list = self.list();
                Err(NoChoice(say!(
                    "l’export contient plusieurs démarches ; choisissez-en une avec --process :{list}",
                    "the export holds several processes; choose one with --process:{list}"
                )))
            }
        }
    }

    /// Whether there are several.
    pub(super) fn several(&self) -> bool {
        self.all.len() > 1
    }

    /// A line for each space: its path, its title, what it holds.
    fn list(&self) -> String {
        let mut out = String::new();
        for (path, space) in &self.all {
            let counts: Vec<String> = space.counts.iter().map(|(word, n)| format!("{n} {word}")).collect();
            let title = space.title.as_deref().map(|title| format!(" – {title}")).unwrap_or_default();
            let ids: Vec<&str> = space.ids.iter().map(|id| &**id).collect();
            let id = if ids.is_empty() { String::new() } else { format!(" (id {})", ids.join(", ")) };
            let counts = if counts.is_empty() { "0".into() } else { counts.join(", ") };
            out.push_str(&format!("\n  {path}{id}{title}: {counts}"));
        }
        out
    }
}

/// What the rows of a file are, where others link to them.
pub(super) fn thing(entity: Entity) -> Option<Thing> {
    match entity {
        Entity::Proposals => Some(Thing::Proposal),
        Entity::Comments => Some(Thing::Comment),
        Entity::Debates => Some(Thing::Debate),
        Entity::Meetings => Some(Thing::Meeting),
        Entity::Results => Some(Thing::Result),
        Entity::Projects => Some(Thing::Project),
        Entity::Spaces | Entity::Moderations | Entity::Surveys => None,
    }
}

/// The space that a record names itself.
fn told(record: &Record<'_>) -> Option<Box<str>> {
    let columns = ["participatory_space/url", "url", "root_commentable_url", "reported_url"];
    if let Some(space) = columns.iter().find_map(|column| address::space(record.find(column)?)) {
        return Some(space);
    }
    let slug = record.find("slug").filter(|_| record.entity() == Entity::Spaces)?;
    // Only processes have no address in older exports and a file that is read for what it says of them.
    Some(format!("processes/{slug}").into())
}
