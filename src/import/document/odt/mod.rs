//! An OpenDocument text (LibreOffice; ODF 1.3, ISO/IEC 26300): its parts, and what of them is no text (headers, metadata).
//! The body itself is walked in `body`.

mod body;
mod lists;
mod styles;

use super::block::Reading;
use crate::import::archive::Archive;
use crate::import::document::part;
use crate::import::text::Log;
use crate::import::xml::{Element, Namespaces};
use crate::lang::Bilingual;
use crate::model::when::Date;
use crate::say;
use body::Body;
use styles::Styles;

const NAMES: &Namespaces = &[
    ("urn:oasis:names:tc:opendocument:xmlns:office:", "office"),
    ("urn:oasis:names:tc:opendocument:xmlns:text:", "text"),
    ("urn:oasis:names:tc:opendocument:xmlns:table:", "table"),
    ("urn:oasis:names:tc:opendocument:xmlns:style:", "style"),
    ("urn:oasis:names:tc:opendocument:xmlns:drawing:", "draw"),
    ("urn:oasis:names:tc:opendocument:xmlns:meta:", "meta"),
    ("urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:", "fo"),
    ("urn:org:documentfoundation:names:experimental:office:xmlns:loext:", "loext"),
    ("http://www.w3.org/1999/xlink", "xlink"),
    ("http://purl.org/dc/elements/", "dc"),
];

/// Reads the document.
pub(super) fn read(archive: &mut Archive<'_>, log: &mut Log) -> Result<Reading, Bilingual> {
    let content = part(archive, "content.xml", NAMES)?
        .ok_or_else(|| say!("content.xml manque", "content.xml is missing"))?;
    let common = part(archive, "styles.xml", NAMES)?;
    let mut styles = Styles::default();
    if let Some(common) = &common {
        styles.add(common);
        margins(common, log);
    }
    styles.add(&content);
    let changed = part(archive, "meta.xml", NAMES)?.and_then(|tree| metadata(&tree, log));
    for sign in std::mem::take(&mut styles.unknown) {
        log.settle(
            "element",
            "styles.xml",
            None,
            [say!(
                "la numérotation « {sign} » n’est pas connue : ses numéros sont en chiffres",
                "the numbering “{sign}” is not known: its numbers are in digits"
            )]
            .into(),
        );
    }
    let text = content.child("office:body").and_then(|b| b.child("office:text")).ok_or_else(|| {
        say!(
            "un document LibreOffice qui n’est pas un texte (.odt)",
            "a LibreOffice document that is no text (.odt)"
        )
    })?;
    let mut body = Body::new(&styles, log);
    body.document(text);
    let mut reading = body.finish();
    reading.changed = changed;
    Ok(reading)
}

/// Headers and footers of pages.
fn margins(common: &Element, log: &mut Log) {
    let pages = common.child("office:master-styles").into_iter().flat_map(Element::elements);
    for part in pages.flat_map(Element::elements) {
        let (fr, en) = match &*part.name {
            name if name.starts_with("style:header") => ("un en-tête de page", "a page header"),
            name if name.starts_with("style:footer") => ("un pied de page", "a page footer"),
            _ => continue,
        };
        let words = part.words();
        if !words.is_empty() {
            log.skip("element", "styles.xml", say!("{fr} : « {words} »", "{en}: “{words}”"));
        }
    }
}

/// The day of the last change; the rest of what a file says of itself is not taken, and people are not even named.
fn metadata(tree: &Element, log: &mut Log) -> Option<Date> {
    let mut day = None;
    for found in tree.find("office:meta")?.elements() {
        let name = &found.name;
        let words = found.words();
        match &**name {
            _ if words.is_empty() => {}
            "dc:date" => {
                day = Date::parse(words.get(..10).unwrap_or_default());
                log.kept("metadata", 1);
            }
            "dc:creator" | "meta:initial-creator" | "meta:printed-by" => log.skip(
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
