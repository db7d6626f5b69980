//! A site's sources → the sources as published: what anybody may have, from which the same site is built again. Words
//! that were withheld are replaced by a salted digest; what waits for a decision, private names, notes of the reception
//! and files that no page publishes stay behind; ballots and pools are written from what was read of them, as on the
//! site. Comments in YAML are on no page: they stay behind too. A file of which nothing must go is left as it is, to the
//! byte. Done twice, it changes nothing more.

use super::words::{comment, entries, says};
use crate::error::{Error, Result};
use crate::model::site::{Consultation, Content, ShownAuthor, Site, VoteResult};
use crate::moderation::digest_of_words;
use crate::opendata;
use crate::parse::draft::{DraftConsultation, Filed};
use crate::parse::records::contribution::ContributionRecord;
use crate::parse::{Draft, front_matter};
use crate::say;
use crate::source::{FileId, Sources};
use crate::yaml::write::{Out, document, list_document};
use crate::yaml::{Node, Value, tree};
use std::collections::BTreeMap;

/// How a file is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// As it stands on the disk.
    AsItIs,
    /// With these bytes instead.
    Written(String),
}

/// The files as published, by their path from the site's root. `seed` is what the salts of digests are made from.
pub fn published(
    sources: &Sources,
    draft: &Draft,
    site: &Site,
    seed: &str,
) -> Result<BTreeMap<Box<str>, Form>> {
    let mut forms = BTreeMap::new();
    let folders: Vec<&DraftConsultation> = draft.consultations.iter().collect();
    for (id, file) in sources.iter() {
        let inside = |folder: &str| file.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        // Of folders in folders, the deepest has the file.
        let own = folders.iter().filter(|d| inside(&d.folder)).max_by_key(|d| d.folder.len());
        let form = match own {
            None => shared(sources, id)?,
            Some(draft) => match site.consultations.iter().find(|c| c.folder == draft.folder) {
                Some(c) => Of { sources, draft, c, seed }.form(id)?,
                None => None,
            },
        };
        if let Some(form) = form {
            forms.insert(file.path.clone(), form);
        }
    }
    Ok(forms)
}

/// A file that belongs to no consultation.
fn shared(sources: &Sources, id: FileId) -> Result<Option<Form>> {
    let path = &*sources.get(id).path;
    if path.starts_with("themes/") {
        return Ok(Some(Form::AsItIs));
    }
    let rest = path.strip_prefix("content/");
    let page =
        rest.is_some_and(|rest| rest.ends_with(".md") && (!rest.contains('/') || rest.starts_with("pages/")));
    if path == "greffe.yaml" || page { without_comments(sources, id) } else { Ok(None) }
}

/// A consultation whose files are published.
struct Of<'s> {
    sources: &'s Sources,
    draft: &'s DraftConsultation,
    c: &'s Consultation,
    seed: &'s str,
}

impl Of<'_> {
    fn form(&self, id: FileId) -> Result<Option<Form>> {
        let path = &*self.sources.get(id).path;
        let inner = &path[self.draft.folder.len() + 1..];
        if self.draft.files.contains(&id) {
            return Ok(self.file(inner));
        }
        let yaml = inner.ends_with(".yaml") || inner.ends_with(".yml");
        if inner.starts_with("contributions/") && (yaml || inner.ends_with(".md")) {
            return self.contributions(id, yaml);
        }
        if inner == "frozen.yaml" {
            // The salted digests are of what nobody else has.
            return rewrite(self.sources, id, |node, _| {
                Some(entries(node).into_iter().filter(|(key, _)| key != "withheld").collect())
            });
        }
        without_comments(self.sources, id)
    }

    /// A file that is not read, only published, or written from what was read of it.
    fn file(&self, inner: &str) -> Option<Form> {
        let file = self.c.files.iter().find(|file| file.path.as_str() == inner)?;
        for vote in &self.c.votes {
            let VoteResult::Known(known) = &vote.result else { continue };
            let written = match (&known.ballots, &known.pool) {
                (Some(ballots), _) if ballots.path == file.path => {
                    opendata::ballots::file(vote, ballots, &known.groups)
                }
                (_, Some(pool)) if pool.path == file.path => opendata::ballots::pool(pool),
                _ => continue,
            };
            // What is written of ballots is text: a CSV of ids and numbers.
            return String::from_utf8(written).ok().map(Form::Written);
        }
        Some(Form::AsItIs)
    }

    fn contributions(&self, id: FileId, list: bool) -> Result<Option<Form>> {
        let filed: BTreeMap<u32, &Filed<ContributionRecord>> = self
            .draft
            .contributions
            .iter()
            .filter(|filed| filed.whole.file == id)
            .map(|filed| (filed.whole.start, filed))
            .collect();
        rewrite(self.sources, id, |node, body| {
            let filed = filed.get(&if list { node.span.start } else { 0 })?;
            let one = self.c.contributions.iter().find(|one| one.id == *filed.id())?;
            Some(match &one.content {
                Content::Published(published) => shown(node, &published.author),
                Content::Withheld { title, .. } => {
                    *body = false;
                    self.withheld(node, filed, title.is_some())
                }
                Content::Erased { .. } => {
                    *body = false;
                    only(node, &STAY)
                }
            })
        })
    }

    /// What may be said of a withheld contribution, and the digest of the rest.
    fn withheld(&self, node: &Node, filed: &Filed<ContributionRecord>, title: bool) -> Vec<(String, Out)> {
        let mut kept = only(node, &STAY);
        if title {
            let at = kept.iter().position(|(key, _)| key == "kind").map_or(0, |at| at + 1);
            kept.splice(at..at, only(node, &["title"]));
        }
        let known = filed.record.moderation.as_ref().is_some_and(|m| m.value.digest.is_some());
        for (key, value) in &mut kept {
            if let ("moderation", Out::Map(entries), false) = (key.as_str(), value, known) {
                let name = format!("{}/{}", self.c.id, filed.id());
                entries.push((
                    "digest".into(),
                    Out::text(digest_of_words(self.seed, &name, &filed.record, &filed.body.value)),
                ));
            }
        }
        kept
    }
}

/// Keys that stay of a contribution whose words went: those that the site still tells.
const STAY: [&str; 14] = [
    "id",
    "kind",
    "date",
    "on",
    "parent",
    "category",
    "channel",
    "meeting",
    "votes",
    "signatures",
    "merged_into",
    "split_from",
    "receipt",
    "moderation",
];

/// These keys of a map. A quotation is its author's words; where it was imported from says nothing but the file.
fn only(node: &Node, keys: &[&str]) -> Vec<(String, Out)> {
    let mut kept = Vec::new();
    for (key, value) in entries(node) {
        match (key.as_str(), value) {
            ("on", Out::Map(mut on)) if keys.contains(&"on") => {
                on.retain(|(key, _)| key != "quote");
                kept.push((key, Out::Map(on)));
            }
            (_, value) if keys.contains(&key.as_str()) => kept.push((key, value)),
            ("imported", Out::Map(mut imported)) if keys.contains(&"moderation") => {
                imported.retain(|(key, _)| key == "source");
                kept.push((key, Out::Map(imported)));
            }
            ("aliases", value) if keys.contains(&"moderation") => kept.push((key, value)),
            (_, _) => {}
        }
    }
    kept
}

/// A published contribution: of its author, what pages show.
fn shown(node: &Node, author: &ShownAuthor) -> Vec<(String, Out)> {
    let mut kept = entries(node);
    kept.retain(|(key, _)| key != "intake");
    for (key, value) in &mut kept {
        if let ("author", Out::Map(entries)) = (key.as_str(), value) {
            entries.retain(|(key, value)| {
                let is = |shown: &Option<Box<str>>| {
                    matches!(value, Out::Text(words) | Out::Plain(words) | Out::Block(words) if shown.as_deref() == Some(words))
                };
                match key.as_str() {
                    "name" | "pseudonym" => is(&author.name),
                    "organisation" => is(&author.organisation),
                    "register" => is(&author.register),
                    _ => true,
                }
            });
        }
    }
    kept
}

/// A file without the comments of its YAML.
fn without_comments(sources: &Sources, id: FileId) -> Result<Option<Form>> {
    rewrite(sources, id, |node, _| Some(entries(node)))
}

/// A file whose records become those that `keep` gives; `None` from it leaves a record out, `false` in its second
/// argument the words after the front matter. The file is as it is when nothing changes, and gone when nothing stays.
fn rewrite(
    sources: &Sources,
    id: FileId,
    keep: impl Fn(&Node, &mut bool) -> Option<Vec<(String, Out)>>,
) -> Result<Option<Form>> {
    let path = &*sources.get(id).path;
    let Some(text) = sources.text_at(path) else { return Ok(Some(Form::AsItIs)) };
    let markdown = path.ends_with(".md");
    let (yaml, start, body) = match front_matter(text) {
        Some((range, body)) if markdown => (&text[range.clone()], range.start, &text[body..]),
        Some(_) | None if markdown => return Ok(Some(Form::AsItIs)),
        Some(_) | None => (text, 0, ""),
    };
    let (nodes, _) = tree::documents(id, yaml, start);
    let list = matches!(nodes.as_slice(), [Node { value: Value::List(_), .. }]) || nodes.len() > 1;
    let records = nodes.iter().flat_map(|node| match &node.value {
        Value::List(items) => items.iter().collect::<Vec<_>>(),
        Value::Null if nodes.len() > 1 => Vec::new(),
        Value::Null | Value::Scalar { .. } | Value::Map(_) => vec![node],
    });
    let (mut kept, mut less, mut with_body) = (Vec::new(), comment(yaml), true);
    for record in records {
        match keep(record, &mut with_body) {
            Some(entries) => {
                let out = Out::Map(entries);
                less |= out != super::words::value(record);
                kept.push(out);
            }
            None => less = true,
        }
    }
    less |= !with_body && !body.trim().is_empty();
    if !less {
        return Ok(Some(Form::AsItIs));
    }
    if kept.is_empty() {
        // Front matter of comments alone: the words after it stay.
        return Ok((nodes.is_empty() && markdown).then(|| Form::Written(body.to_owned())));
    }
    let written = match (list, kept.as_slice()) {
        (false, [Out::Map(entries)]) => document(entries),
        (_, kept) => list_document(kept),
    };
    if !says(&written, &kept) {
        return Err(Error::new(
            path,
            say!(
                "ce fichier ne peut pas être récrit sans ce qui doit en rester ici : c’est un défaut de Greffe, signalez-le",
                "this file cannot be written again without what must stay here: this is a bug in Greffe, please report it"
            ),
        ));
    }
    Ok(Some(Form::Written(match (markdown, with_body) {
        (true, true) => format!("---\n{written}---\n{body}"),
        (true, false) => format!("---\n{written}---\n"),
        (false, _) => written,
    })))
}
