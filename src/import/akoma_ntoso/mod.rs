//! `akoma-ntoso`: a document in Akoma Ntoso 3.0 (OASIS) → a text and its version, or amendments. Order of the work: read
//! (`import::xml`), what the document says of itself (`meta`), then `body` for a text, `amendment` for amendments.
//!
//! Not done: a debate, a judgment, a collection of other documents, each refused with a word; the analysis of changes and
//! the life cycle in the metadata, which are listed.

mod amendment;
mod body;
mod meta;
mod names;
mod operation;
#[cfg(test)]
mod tests;
mod words;

use super::content::{Fields, Folder};
use super::text::put::{About, put, same};
use super::text::{Existing, Log, letters, only};
use super::xml::{self, Element, Namespaces};
use super::{Imported, Importer, Input};
use crate::lang::Bilingual;
use crate::model::choices::{Numbering, Stage, TextKind};
use crate::model::id::{Id, slug};
use crate::model::when::Date;
use crate::parse::document::read;
use crate::parse::records::common::Url;
use crate::say;
use body::Body;
use meta::{Meta, line};

/// The namespace of each edition of Akoma Ntoso, by how it begins.
const NAMES: &Namespaces = &[
    ("http://docs.oasis-open.org/legaldocml/ns/akn/", ""),
    ("http://www.akomantoso.org/", ""),
    ("http://www.w3.org/1999/xhtml", ""),
];

/// Longest title, in characters: a long title of British form is a paragraph.
const LONGEST_TITLE: usize = 240;

/// The importer.
#[derive(Debug, Clone, Copy)]
pub struct AkomaNtoso;

/// What the caller decides.
#[derive(Debug)]
pub struct Options {
    /// The consultation's folder in `content/`, and its id.
    pub slug: Id,
    /// Id of the text; that of the document's address when absent, and of an amendment, the only text there is.
    pub text: Option<Id>,
    /// Id of the version; of an amendment, that on which it was written.
    pub version: Option<Id>,
    /// The day of the version, when the document does not say it.
    pub date: Option<Date>,
    /// The title of the text, when it is to be another than the document's.
    pub title: Option<Box<str>>,
    /// What the site holds of the consultation.
    pub existing: Existing,
}

impl Importer for AkomaNtoso {
    type Source = Input;
    type Options = Options;

    fn name(&self) -> &'static str {
        "akoma-ntoso"
    }

    fn is_whole(&self) -> bool {
        false
    }

    fn convert(&self, input: &Input, options: &Options) -> Imported {
        let mut log = Log::new(self.name(), input);
        let mut folder = Folder::new(&options.slug);
        let read = only(input).and_then(|(file, bytes)| Ok((file.path.clone(), xml::read(bytes, NAMES)?)));
        match read {
            Ok((file, tree)) => {
                log = document(&file, &tree, options, &mut folder, log);
            }
            Err(reason) => log.skip("document", "", reason),
        }
        log.report.missing_files.sort();
        log.report.missing_files.dedup();
        Imported { files: folder.files, report: log.report }
    }
}

fn document(file: &str, tree: &Element, options: &Options, folder: &mut Folder, mut log: Log) -> Log {
    let whole = &*tree.name == "akomaNtoso";
    let Some(found) = (if whole { tree.elements().next() } else { Some(tree) }) else {
        log.skip("document", &line(tree), say!("aucun document dans le fichier", "no document in the file"));
        return log;
    };
    // What stands beside it: the documents that a collection or a list names.
    let beside: Vec<&Element> = if whole { tree.elements().skip(1).collect() } else { Vec::new() };
    match &*found.name {
        "bill" | "act" | "doc" | "statement" => {
            beside.iter().for_each(|other| apart(other, &mut log));
            text(file, found, options, folder, log)
        }
        "amendment" => {
            beside.iter().for_each(|other| apart(other, &mut log));
            amendment::amendment(file, found, options, folder, &mut log);
            log
        }
        "amendmentList" => {
            amendment::list(file, (found, tree), options, folder, &mut log);
            log
        }
        "documentCollection" => collection(file, (found, tree), options, folder, log),
        other => {
            log.skip("document", &line(found), refused(other));
            log
        }
    }
}

/// A document of the file that is not taken: it is listed, not quoted, because it is whole.
fn apart(other: &Element, log: &mut Log) {
    let documents: Vec<&Element> = documents(other);
    for document in if documents.is_empty() { vec![other] } else { documents } {
        let name = document.attribute("name").unwrap_or(&document.name);
        let count = document
            .elements()
            .filter(|e| &*e.name != "meta")
            .map(|e| e.words().split(' ').count())
            .sum::<usize>();
        log.skip(
            "document",
            &line(document),
            say!(
                "« {name} », un autre document du fichier, n’est pas repris ({count} mots)",
                "“{name}”, another document of the file, is not taken ({count} words)"
            ),
        );
    }
}

/// The documents that components hold.
fn documents(within: &Element) -> Vec<&Element> {
    let mut found = Vec::new();
    for inner in within.elements() {
        if &*within.name == "component" && inner.child("meta").is_some() {
            found.push(inner);
        } else if matches!(&*inner.name, "component" | "components" | "collectionBody") {
            found.extend(documents(inner));
        }
    }
    found
}

/// A proposal with its memorandum: the only text among the documents comes in.
fn collection(
    file: &str,
    (found, tree): (&Element, &Element),
    options: &Options,
    folder: &mut Folder,
    mut log: Log,
) -> Log {
    let mut all = documents(found);
    all.extend(documents(tree));
    let (texts, others): (Vec<&Element>, Vec<&Element>) =
        all.into_iter().partition(|d| matches!(&*d.name, "bill" | "act"));
    let [bill] = texts.as_slice() else {
        log.skip("document", &line(found), refused(&found.name));
        return log;
    };
    for other in others {
        apart(other, &mut log);
    }
    for part in
        found.elements().filter(|part| !matches!(&*part.name, "meta" | "collectionBody" | "components"))
    {
        amendment::left_out(part, &mut log);
    }
    text(file, bill, options, folder, log)
}

/// Why a kind of document is none of ours.
fn refused(kind: &str) -> Bilingual {
    match kind {
        "debate" | "debateReport" => say!(
            "« {kind} » : un compte rendu de débats n’est ni un texte ni un amendement",
            "“{kind}”: a record of debates is neither a text nor an amendment"
        ),
        "judgment" => say!(
            "un jugement n’est pas un texte mis en consultation",
            "a judgment is no text put to consultation"
        ),
        "documentCollection" | "officialGazette" | "portion" => say!(
            "« {kind} » réunit ou découpe d’autres documents, sans qu’un seul soit le texte : importez chacun d’eux",
            "“{kind}” gathers or cuts other documents, and not one alone is the text: import each of them"
        ),
        _ => say!("« {kind} » n’est pas un document d’Akoma Ntoso", "“{kind}” is no document of Akoma Ntoso"),
    }
}

/// The body of a text, with the numbering under which it is read back as it is.
fn body(found: &Element, french: bool) -> Body<'_> {
    let make = |numbering| {
        let log = Log::new("", &Input::default());
        let mut body = Body::new(found, french, numbering, log);
        body.block(found);
        let back = read(&body.document.to_markdown(), numbering);
        let fine = same(&body.document, &back);
        (body, numbering, fine)
    };
    let (own, other) = if french {
        (Numbering::French, Numbering::Generic)
    } else {
        (Numbering::Generic, Numbering::French)
    };
    let first = make(own);
    if first.2 {
        return first.0;
    }
    let second = make(other);
    if second.2 { second.0 } else { first.0 }
}

fn text(file: &str, found: &Element, options: &Options, folder: &mut Folder, mut log: Log) -> Log {
    let meta = Meta::read(found, &mut log);
    let kind = &*found.name;
    let Some(date) = options.date.or(meta.date) else {
        log.skip(
            "document",
            &line(found),
            say!("le document n’a pas de date : donnez --date", "the document has no date: give --date"),
        );
        return log;
    };
    let read = body(found, meta.is_french());
    let title = options.title.as_deref().map(ToOwned::to_owned).or_else(|| title(found, &meta));
    let id = options.text.clone().or_else(|| meta.id(kind)).or_else(|| slug(title.as_deref()?));
    let version = options.version.clone().or_else(|| meta.version()).or_else(|| slug(&date.to_string()));
    let (Some(id), Some(version)) = (id, version) else {
        log.skip(
            "document",
            &line(found),
            say!(
                "rien ne donne d’identifiant au texte : donnez --text",
                "nothing gives the text an id: give --text"
            ),
        );
        return log;
    };
    // The kinds that the French Senate names: a resolution, a text adopted, a text adopted for good.
    let named = found.attribute("name").unwrap_or_default();
    let (kind, stage, name) = match (kind, named) {
        ("bill", "tas" | "td") => (TextKind::Bill, Stage::Adopted, say!("Texte adopté", "As adopted")),
        ("bill", "ppr") => (TextKind::Resolution, Stage::Tabled, say!("Texte déposé", "As tabled")),
        ("bill", _) => (TextKind::Bill, Stage::Tabled, say!("Texte déposé", "As tabled")),
        ("act", _) => (TextKind::Other, Stage::Promulgated, say!("Texte publié", "As published")),
        _ => (TextKind::Other, Stage::Other, say!("Texte", "Text")),
    };
    let name = if meta.is_french() { name.fr } else { name.en };
    let title = title.unwrap_or_else(|| id.as_str().replace('-', " "));
    let mut about = About {
        text: id,
        version,
        kind,
        title,
        version_title: name,
        date,
        stage,
        numbering: read.numbering(),
        organiser: meta.authors.first().cloned(),
        imported: imported(file, &meta),
    };
    about.numbering =
        options.existing.texts.get(&about.text).map_or(about.numbering, |known| known.numbering);
    log.absorb(read.log);
    log.count(&read.document);
    log.settle("document", &line(found), Some(about.version.as_str()), Default::default());
    put(folder, &about, &read.document, &options.existing, &mut log);
    log.report.remarks.push(say!(
        "La version est datée du {date}. Ce que les métadonnées disent de ceux qui ont fait le fichier n’est pas repris.",
        "The version is dated {date}. What the metadata say of those who made the file is not taken."
    ));
    log
}

/// Where the document comes from.
fn imported(file: &str, meta: &Meta) -> Fields {
    let uri = if meta.expression.is_empty() { &meta.work } else { &meta.expression };
    let url = Url::new(&meta.url).or_else(|| Url::new(uri)).map(|url| url.0.to_string()).unwrap_or_default();
    Fields::new().text("source", file).text("id", uri.as_str()).text("url", url)
}

/// The title of a document: the one it shows, else the name it has.
fn title(found: &Element, meta: &Meta) -> Option<String> {
    let parts = || ["preface", "coverPage", "preamble"].iter().filter_map(|part| found.child(part));
    let shown = ["docTitle", "shortTitle", "longTitle"]
        .iter()
        .find_map(|name| parts().find_map(|part| part.find(name)));
    let words = shown.map(Element::words).filter(|words| !letters(words).is_empty());
    let words = words.or_else(|| Some(meta.alias.clone()).filter(|alias| !alias.is_empty()))?;
    if words.chars().count() <= LONGEST_TITLE {
        return Some(words);
    }
    let begin: String = words.chars().take(LONGEST_TITLE).collect();
    Some(format!("{}…", begin.rsplit_once(' ').map_or(&*begin, |(whole, _)| whole)))
}
