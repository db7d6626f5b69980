//! A Word document (Office Open XML, ECMA-376): its parts, and what of them is no text (headers, comments, metadata). The
//! body itself is walked in `body`.

mod body;
mod numbering;
mod styles;

use super::block::Reading;
use crate::import::archive::Archive;
use crate::import::document::part;
use crate::import::text::Log;
use crate::import::xml::{Element, Namespaces};
use crate::lang::Bilingual;
use crate::model::when::Date;
use crate::say;
use body::{Body, Notes};
use numbering::Numbering;
use std::collections::BTreeMap;
use styles::Styles;

const NAMES: &Namespaces = &[
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", "w"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r"),
    ("http://purl.oclc.org/ooxml/officeDocument/relationships", "r"),
    ("http://schemas.openxmlformats.org/package/2006/relationships", ""),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", "m"),
    ("http://purl.oclc.org/ooxml/officeDocument/math", "m"),
    ("http://purl.org/dc/terms/", "dcterms"),
    ("http://purl.org/dc/elements/", "dc"),
    ("http://schemas.openxmlformats.org/package/2006/metadata/core-properties", "cp"),
];

/// A relation of a part: its kind and where it leads.
#[derive(Debug, Clone)]
struct Relation {
    kind: Box<str>,
    target: Box<str>,
}

type Relations = BTreeMap<Box<str>, Relation>;

/// Reads the document.
pub(super) fn read(archive: &mut Archive<'_>, log: &mut Log) -> Result<Reading, Bilingual> {
    let roots = relations(archive, "")?;
    let main = roots.values().find(|r| &*r.kind == "officeDocument").map(|r| resolved("", &r.target));
    let main = main.unwrap_or_else(|| "word/document.xml".into());
    let document = part(archive, &main, NAMES)?.ok_or_else(|| {
        say!(
            "ce zip n’est ni un document Word ni un document LibreOffice",
            "this zip is neither a Word document nor a LibreOffice one"
        )
    })?;
    let relations = relations(archive, &main)?;
    let of = |kind: &str| -> Vec<String> {
        relations.values().filter(|r| &*r.kind == kind).map(|r| resolved(&main, &r.target)).collect()
    };
    let mut first = |kind: &str| -> Result<Option<Element>, Bilingual> {
        match of(kind).first() {
            Some(name) => part(archive, name, NAMES),
            None => Ok(None),
        }
    };
    let styles = first("styles")?.map(|tree| Styles::read(&tree)).unwrap_or_default();
    let numbering = first("numbering")?.map(|tree| Numbering::read(&tree)).unwrap_or_default();
    let trees = [("footnotes", first("footnotes")?), ("endnotes", first("endnotes")?)];
    let mut notes = Notes::new();
    for (kind, tree) in trees.iter().filter_map(|(kind, tree)| Some((*kind, tree.as_ref()?))) {
        notes.extend(tree.elements().filter_map(|note| Some(((kind, note.attribute("w:id")?), note))));
    }
    for (kind, name) in [("header", "un en-tête de page"), ("footer", "un pied de page")] {
        for path in of(kind) {
            let words = part(archive, &path, NAMES)?.map(|tree| tree.words()).unwrap_or_default();
            if !words.is_empty() {
                log.skip("element", &path, say!("{name} : « {words} »", "a page {kind}: “{words}”"));
            }
        }
    }
    for path in of("comments") {
        let Some(comments) = part(archive, &path, NAMES)? else { continue };
        for comment in comments.elements() {
            let words = comment.words();
            log.skip("element", &path, say!("un commentaire : « {words} »", "a comment: “{words}”"));
        }
    }
    let changed = roots.values().find(|r| &*r.kind == "core-properties").map(|r| resolved("", &r.target));
    let changed = match changed {
        Some(name) => part(archive, &name, NAMES)?.and_then(|tree| metadata(&tree, log)),
        None => None,
    };
    let mut body = Body::new(&styles, numbering, &relations, &notes, log);
    body.document(&document);
    let mut reading = body.finish();
    reading.changed = changed;
    Ok(reading)
}

/// The day of the last change; the rest of what a file says of itself is not taken, and people are not even named.
fn metadata(tree: &Element, log: &mut Log) -> Option<Date> {
    let mut day = None;
    for found in tree.elements() {
        let name = &found.name;
        let words = found.words();
        match &**name {
            _ if words.is_empty() => {}
            "dcterms:modified" => {
                day = Date::parse(words.get(..10).unwrap_or_default());
                log.kept("metadata", 1);
            }
            "dc:creator" | "cp:lastModifiedBy" => log.skip(
                "metadata",
                name,
                say!(
                    "le nom de qui a écrit ou modifié le fichier n’est pas repris",
                    "the name of who wrote or changed the file is not taken"
                ),
            ),
            _ => log.skip("metadata", name, say!("n’est pas repris", "is not taken")),
        }
    }
    day
}

/// The relations of a part, by their ids; of the package itself when the part has no name.
fn relations(archive: &mut Archive<'_>, of: &str) -> Result<Relations, Bilingual> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let slash = if folder.is_empty() { "" } else { "/" };
    let tree = part(archive, &format!("{folder}{slash}_rels/{name}.rels"), NAMES)?;
    let read = |found: &Element| {
        let kind = found.attribute("Type")?.rsplit('/').next()?;
        let target = found.attribute("Target")?.into();
        Some((found.attribute("Id")?.into(), Relation { kind: kind.into(), target }))
    };
    Ok(tree.iter().flat_map(|tree| tree.elements().filter_map(read)).collect())
}

/// Where a relation of a part leads, as a name in the zip.
fn resolved(from: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.into();
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}
