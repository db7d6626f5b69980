//! A document → the files of its text: `text.yaml` (or one more version in the one that is there), the version, and a
//! `consultation.yaml` when there is none. What is written is read back before it is believed.

use super::{Existing, Log, letters_of, versions};
use crate::import::content::{Fields, Folder};
use crate::model::choices::{Numbering, Stage, TextKind};
use crate::model::document::{Article, Division, Document, Item, Paragraph};
use crate::model::id::Id;
use crate::model::when::Date;
use crate::parse::document::read;
use crate::say;

/// What is known of a text and of the version that comes in.
#[derive(Debug)]
pub(in crate::import) struct About {
    pub(in crate::import) text: Id,
    pub(in crate::import) version: Id,
    pub(in crate::import) kind: TextKind,
    pub(in crate::import) title: String,
    pub(in crate::import) version_title: String,
    pub(in crate::import) date: Date,
    pub(in crate::import) stage: Stage,
    pub(in crate::import) numbering: Numbering,
    /// Who publishes the consultation, when the document says it.
    pub(in crate::import) organiser: Option<String>,
    /// File, id and address from which the version comes.
    pub(in crate::import) imported: Fields,
}

/// Writes the text.
pub(in crate::import) fn put(
    folder: &mut Folder,
    about: &About,
    document: &Document,
    existing: &Existing,
    log: &mut Log,
) {
    let id = &about.text;
    let markdown = document.to_markdown();
    let version = Fields::new()
        .text("id", about.version.as_str())
        .text("title", &*about.version_title)
        .text("date", about.date.to_string())
        .text("stage", about.stage.as_str())
        .map("imported", about.imported.clone())
        .item();
    let known = existing.texts.get(id);
    let numbering = known.map_or(about.numbering, |known| known.numbering);
    if !same(document, &read(&markdown, numbering)) {
        log.report.remarks.push(say!(
            "relu, le texte écrit n’a pas tout à fait la même forme : à comparer avec l’original",
            "read back, the text that was written has not quite the same shape: compare it with the original"
        ));
    }
    match known {
        None => {
            let numbering = match about.numbering {
                Numbering::French => "",
                Numbering::Generic => about.numbering.as_str(),
            };
            let fields = Fields::new()
                .text("kind", about.kind.as_str())
                .text("title", &*about.title)
                .text("numbering", numbering)
                .list("versions", vec![version]);
            folder.put(&format!("texts/{id}/text.yaml"), fields.yaml());
        }
        Some(known) if known.versions.iter().any(|(id, _)| *id == about.version) => {}
        Some(known) => match versions::added(&known.yaml, &version, about.date) {
            Some(yaml) => {
                folder.put(&format!("texts/{id}/text.yaml"), yaml);
            }
            None => {
                let lines = crate::yaml::write::list_document(&[version]);
                let lines = lines.trim_end();
                log.report.remarks.push(say!(
                    "texts/{id}/text.yaml ne peut pas être complété sans risque : ajoutez-y, dans versions, ces lignes :\n{lines}",
                    "texts/{id}/text.yaml cannot be completed without risk: add these lines to its versions:\n{lines}"
                ));
            }
        },
    }
    folder.put(&format!("texts/{id}/{}.md", about.version), markdown);
    consultation(folder, about, existing, log);
}

fn consultation(folder: &mut Folder, about: &About, existing: &Existing, log: &mut Log) {
    if existing.consultation {
        return;
    }
    let organiser = about.organiser.clone().unwrap_or_else(|| {
        log.report.remarks.push(say!(
            "le document ne dit pas qui consulte : complétez organiser dans consultation.yaml",
            "the document does not say who consults: complete organiser in consultation.yaml"
        ));
        "À compléter".into()
    });
    let fields = Fields::new()
        .text("title", &*about.title)
        .text(
            "summary",
            format!("Le texte « {} », repris d’un document.", about.title)
                .replace("« ", "«\u{a0}")
                .replace(" »", "\u{a0}»"),
        )
        .map("organiser", Fields::new().text("name", organiser));
    folder.put("consultation.yaml", fields.yaml());
}

/// Whether two documents are the same, the ids and the levels of divisions aside.
pub(in crate::import) fn same(one: &Document, other: &Document) -> bool {
    fn words(list: &[Paragraph]) -> Vec<&str> {
        list.iter().map(|p| &*p.markdown).collect()
    }
    let item = |pair: (&Item, &Item)| match pair {
        (Item::Article(a), Item::Article(b)) => {
            let head = |a: &Article| super::letters(&format!("{}{}", a.number, a.heading));
            head(a) == head(b) && words(&a.paragraphs) == words(&b.paragraphs)
        }
        (Item::Division(a), Item::Division(b)) => {
            let head = |d: &Division| super::letters(&format!("{}{}", d.number, d.heading));
            head(a) == head(b) && words(&a.paragraphs) == words(&b.paragraphs)
        }
        (Item::Article(_), Item::Division(_)) | (Item::Division(_), Item::Article(_)) => false,
    };
    words(&one.preamble) == words(&other.preamble)
        && one.items.len() == other.items.len()
        && one.items.iter().zip(&other.items).all(item)
        && letters_of(one) == letters_of(other)
}
