//! One text, from a file in which somebody wrote it: Akoma Ntoso, Word, LibreOffice, Markdown. Of a text that is there
//! already the file is one more version.

use super::{Common, Format, id, write};
use crate::error::{Error, Result};
use crate::import::again::{Fate, Row};
use crate::import::akoma_ntoso::{self, AkomaNtoso};
use crate::import::document::{self, Document};
use crate::import::text::Existing;
use crate::import::{Imported, Importer, Input};
use crate::io::export::{self, Written};
use crate::lang::Speech;
use crate::model::when::Date;
use crate::say;
use crate::sink::OutPath;
use clap::Args;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A text or amendments in Akoma Ntoso 3.0: bill, act, amendment, amendmentList.
///
/// Ids, dates and titles are those that the document says of itself. Words that are not taken are listed with their line.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  greffe import akoma-ntoso loi.xml --into site/ --slug eau\n  greffe import akoma-ntoso amendement-12.xml --into site/ --slug eau --text loi"
)]
pub(super) struct AkomaNtosoArgs {
    /// The XML file.
    file: PathBuf,
    /// Id of the text: its folder in the consultation's texts/; of an amendment, the text that it changes.
    #[arg(long, value_name = "ID")]
    text: Option<String>,
    /// Id of the version, when it is to be another than the document's; of an amendment, that on which it was written.
    #[arg(long, value_name = "ID")]
    version: Option<String>,
    /// The day of the version, when it is to be another than the document's.
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[command(flatten)]
    common: Common,
}

/// A text in Word (.docx), LibreOffice (.odt) or Markdown (.md).
///
/// Headings are found by their styles and by their words (Titre Ier, Article 1er…), numbers of lists become words, and
/// tracked changes are accepted. Of a text that the consultation has, the file is one more version.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  greffe import document projet.docx --into site/ --slug eau --text loi --date 2026-01-05\n  greffe import document adopte.odt --into site/ --slug eau --text loi --version adopte --date 2026-04-20"
)]
pub(super) struct DocumentArgs {
    /// The file.
    file: PathBuf,
    /// Id of the text: its folder in the consultation's texts/.
    #[arg(long, value_name = "ID")]
    text: String,
    /// Id of the version [default: its day].
    #[arg(long, value_name = "ID")]
    version: Option<String>,
    /// The day of the version [default: the day on which the file says that it was last changed].
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    #[command(flatten)]
    common: Common,
}

impl AkomaNtosoArgs {
    pub(super) fn run(&self, speech: Speech) -> Result<Written> {
        let common = &self.common;
        let slug = id(&common.slug, "consultation")?;
        let options = akoma_ntoso::Options {
            existing: export::texts(&common.into, &slug)?,
            slug,
            text: self.text.as_deref().map(|words| id(words, "texte")).transpose()?,
            version: self.version.as_deref().map(|words| id(words, "version")).transpose()?,
            date: self.date.as_deref().map(day).transpose()?,
            title: common.title.as_deref().map(Into::into),
        };
        bring(&AkomaNtoso, &self.file, &options, |options| &options.existing, common, speech)
    }
}

impl DocumentArgs {
    pub(super) fn run(&self, speech: Speech) -> Result<Written> {
        let common = &self.common;
        let slug = id(&common.slug, "consultation")?;
        let options = document::Options {
            existing: export::texts(&common.into, &slug)?,
            slug,
            text: id(&self.text, "texte")?,
            version: self.version.as_deref().map(|words| id(words, "version")).transpose()?,
            date: self.date.as_deref().map(day).transpose()?,
            title: common.title.as_deref().map(Into::into),
        };
        bring(&Document, &self.file, &options, |options| &options.existing, common, speech)
    }
}

fn day(words: &str) -> Result<Date> {
    Date::parse(words)
        .ok_or_else(|| Error::new(words, say!("une date s’écrit AAAA-MM-JJ", "a date is written YYYY-MM-DD")))
}

/// Converts and writes. Lines for a `text.yaml` that is there are added to it once the version stands beside it.
fn bring<I: Importer<Source = Input>>(
    importer: &I,
    file: &Path,
    options: &I::Options,
    existing: impl Fn(&I::Options) -> &Existing,
    common: &Common,
    speech: Speech,
) -> Result<Written> {
    let export = export::read(&[file.to_path_buf()], &["xml", "docx", "odt", "md"])?;
    let found = importer.convert(&export.input, options);
    let mut edits: BTreeMap<OutPath, (&str, Vec<u8>)> = BTreeMap::new();
    for (id, known) in &existing(options).texts {
        let path = OutPath::new(&format!("content/{}/texts/{id}/text.yaml", common.slug));
        if let Some((path, bytes)) = path.and_then(|path| found.files.get_key_value(&path)) {
            edits.insert(path.clone(), (&known.yaml, bytes.clone()));
        }
    }
    let importer = Apart { importer, edits: &edits };
    let written = write(&importer, &export.input, options, (common, &export), speech)?;
    if found.files.is_empty() {
        let nothing = say!(
            "rien n’a pu en être repris : le compte rendu dit pourquoi",
            "nothing could be taken from it: the report says why"
        );
        return Err(Error::new(file, nothing));
    }
    let mut written = written;
    for (path, (before, after)) in &edits {
        let complete =
            written.count(Fate::Conflict) == 0 && export::complete(&common.into, path, before, after)?;
        let shown = path.as_str();
        if !complete {
            written.settle(Row { fate: Fate::Conflict, path: shown.into(), id: None });
        }
        if common.format == Format::Human {
            let said = if complete {
                say!("une version de plus dans {shown}", "one more version in {shown}")
            } else {
                say!(
                    "{shown} est laissé tel quel : la version n’y est pas ajoutée",
                    "{shown} is left as it is: the version is not added to it"
                )
            };
            putln!("{}", said.get(speech));
        }
    }
    Ok(written)
}

/// An importer without the files that are edited, not created.
struct Apart<'i, I> {
    importer: &'i I,
    edits: &'i BTreeMap<OutPath, (&'i str, Vec<u8>)>,
}

impl<I: Importer<Source = Input>> Importer for Apart<'_, I> {
    type Source = Input;
    type Options = I::Options;

    fn name(&self) -> &'static str {
        self.importer.name()
    }

    fn is_whole(&self) -> bool {
        self.importer.is_whole()
    }

    fn convert(&self, source: &Input, options: &I::Options) -> Imported {
        let mut imported = self.importer.convert(source, options);
        imported.files.retain(|path, _| !self.edits.contains_key(path));
        imported
    }
}
