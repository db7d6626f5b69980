//! `document`: a text in Word (.docx), LibreOffice (.odt) or Markdown → a version of a text. Order of the work: each format
//! gives its blocks (`docx`, `odt`, `markdown`), which become Markdown in which headings without a style are found by their
//! words, as in any text (`parse::document`); then the files are written (`import::text`).
//!
//! Not done: old formats (.doc, .rtf, .pdf), the pages' headers and footers, comments, images, text boxes: each is
//! listed. Names of people in a file's own metadata are dropped and never shown.

mod block;
mod docx;
mod markdown;
mod numbers;
mod odt;
#[cfg(test)]
mod tests;

use super::archive::Archive;
use super::content::{Fields, Folder};
use super::text::put::{About, put};
use super::text::{Existing, Log, letters_of, only};
use super::xml::{self, Element, Namespaces};
use super::{Imported, Importer, Input};
use crate::lang::Bilingual;
use crate::model::choices::{Numbering, Stage, TextKind};
use crate::model::document::Item;
use crate::model::id::{Id, slug};
use crate::model::when::Date;
use crate::parse::document::read;
use crate::say;
use block::{Reading, Whole};

/// The importer.
#[derive(Debug, Clone, Copy)]
pub struct Document;

/// What the caller decides.
#[derive(Debug)]
pub struct Options {
    /// The consultation's folder in `content/`, and its id.
    pub slug: Id,
    /// Id of the text.
    pub text: Id,
    /// Id of the version; its day when absent.
    pub version: Option<Id>,
    /// The day of the version; the day on which the file was last changed when absent.
    pub date: Option<Date>,
    /// The title of the text; the document's when absent.
    pub title: Option<Box<str>>,
    /// What the site holds of the consultation.
    pub existing: Existing,
}

impl Importer for Document {
    type Source = Input;
    type Options = Options;

    fn name(&self) -> &'static str {
        "document"
    }

    fn is_whole(&self) -> bool {
        false
    }

    fn convert(&self, input: &Input, options: &Options) -> Imported {
        let mut log = Log::new(self.name(), input);
        let mut folder = Folder::new(&options.slug);
        let done =
            only(input).and_then(|(file, bytes)| convert(&file.path, bytes, options, &mut folder, &mut log));
        if let Err(reason) = done {
            folder.files.clear();
            log.skip("document", "", reason);
        }
        log.report.missing_files.sort();
        log.report.missing_files.dedup();
        Imported { files: folder.files, report: log.report }
    }
}

fn convert(
    file: &str,
    bytes: &[u8],
    options: &Options,
    folder: &mut Folder,
    log: &mut Log,
) -> Result<(), Bilingual> {
    let (whole, changed) = whole(file, bytes, log)?;
    let date = options.date.or(changed).ok_or_else(|| {
        say!(
            "rien ne dit de quel jour est cette version : donnez --date",
            "nothing says of which day this version is: give --date"
        )
    })?;
    let known = options.existing.texts.get(&options.text);
    let numbering = known.map_or(Numbering::French, |known| known.numbering);
    let document = read(&whole.markdown, numbering);
    let version = options.version.clone().or_else(|| slug(&date.to_string())).ok_or_else(|| {
        say!(
            "rien ne donne d’identifiant à la version : donnez --version",
            "nothing gives the version an id: give --version"
        )
    })?;
    if letters_of(&document) != whole.letters {
        log.report.remarks.push(say!(
            "Les mots du texte écrit ne sont pas tout à fait ceux du document : à comparer.",
            "The words of the text that was written are not quite those of the document: compare them."
        ));
    }
    log.count(&document);
    certainty(&document.items, &whole, log);
    let named = options.title.as_deref().map(ToOwned::to_owned).or(whole.title);
    let title = named.unwrap_or_else(|| options.text.as_str().replace('-', " "));
    let about = About {
        text: options.text.clone(),
        version,
        kind: TextKind::Bill,
        title,
        version_title: format!("Version du {date}"),
        date,
        stage: Stage::Other,
        numbering,
        organiser: None,
        imported: Fields::new().text("source", file),
    };
    log.settle("document", "", Some(about.version.as_str()), Default::default());
    put(folder, &about, &document, &options.existing, log);
    let from = if options.date.is_some() {
        say!("donné", "given")
    } else {
        say!("celui de la dernière modification du fichier", "that of the file's last change")
    };
    let Bilingual { fr, en } = from;
    log.report.remarks.push(say!(
        "La version est du {date} ({fr}), au stade « other » : corrigez text.yaml si elle a un autre titre ou un autre stade.",
        "The version is of {date} ({en}), at the stage “other”: mend text.yaml if it has another title or stage."
    ));
    Ok(())
}

/// How sure the headings are: by a style of the document, or by their words alone.
fn certainty(items: &[Item], whole: &Whole, log: &mut Log) {
    let styled = whole.styled.min(items.len());
    let told = items.len() - styled;
    log.report.remarks.push(say!(
        "Titres : {styled} par leur style, {told} par leurs mots seuls (à relire).",
        "Headings: {styled} by their style, {told} by their words alone (to review)."
    ));
}

/// The document as Markdown, whatever its format, and the day on which it was last changed.
fn whole(file: &str, bytes: &[u8], log: &mut Log) -> Result<(Whole, Option<Date>), Bilingual> {
    if bytes.starts_with(b"PK") {
        let mut archive = Archive::open(bytes)?;
        let reading = if archive.file("content.xml").is_some() {
            odt::read(&mut archive, log)?
        } else {
            docx::read(&mut archive, log)?
        };
        reading.remarks(log);
        let Reading { blocks, changed, .. } = reading;
        return Ok((block::whole(blocks, log), changed));
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(say!(
            "un document Word d’avant 2007 (.doc) : enregistrez-le en .docx ou en .odt",
            "a Word document from before 2007 (.doc): save it as .docx or .odt"
        ));
    }
    if bytes.starts_with(b"%PDF") || bytes.starts_with(b"{\\rtf") {
        return Err(say!(
            "un PDF ou un RTF : seuls .docx, .odt et .md sont lus",
            "a PDF or an RTF: only .docx, .odt and .md are read"
        ));
    }
    if bytes.trim_ascii_start().starts_with(b"<") {
        return Err(say!(
            "du XML ou du HTML : Akoma Ntoso s’importe avec « greffe import akoma-ntoso », un .fodt s’enregistre en .odt",
            "XML or HTML: Akoma Ntoso is imported with “greffe import akoma-ntoso”, a .fodt is saved as .odt"
        ));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| {
        say!(
            "« {file} » n’est ni .docx, ni .odt, ni du Markdown en UTF-8",
            "“{file}” is neither .docx, .odt nor Markdown in UTF-8"
        )
    })?;
    Ok((markdown::whole(text, log), None))
}

/// A file of the zip as XML, when it is there.
fn part(archive: &mut Archive<'_>, name: &str, names: &Namespaces) -> Result<Option<Element>, Bilingual> {
    match archive.file(name) {
        None => Ok(None),
        Some(bytes) => {
            let fault = |Bilingual { fr, en }| say!("{name} : {fr}", "{name}: {en}");
            xml::read(&bytes?, names).map(Some).map_err(fault)
        }
    }
}
