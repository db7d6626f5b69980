//! Legal texts, their history and what was decided about them.

use super::{Common, id, some, write};
use crate::error::{Error, Result};
use crate::import::{assemblee_nationale, git};
use crate::io::export::{self, Written};
use crate::lang::Speech;
use crate::say;
use clap::Args;
use std::path::PathBuf;

/// Amendments and roll calls of the French Assemblée nationale: its JSON files, or folders or zips of them.
///
/// Example: greffe import assemblee-nationale export/ --into site/ --slug scrutins --text 1475
#[derive(Debug, Args)]
pub(super) struct AssembleeNationaleArgs {
    /// Folder of the export: amendments, roll calls, bodies (organe) and members (acteurs), in any folders.
    #[arg(required = true, value_name = "DIR")]
    files: Vec<PathBuf>,
    /// Take only this text, by its number or its reference, with the roll calls about it. With =ID, it has that id
    /// in the content. A text that the consultation has already is left as it is: amendments are then on its first
    /// version, or on the one given after a slash.
    #[arg(long, value_name = "TEXT[=ID[/VERSION]]")]
    text: Option<String>,
    #[command(flatten)]
    common: Common,
}

impl AssembleeNationaleArgs {
    pub(super) fn run(&self, speech: Speech) -> Result<Written> {
        let common = &self.common;
        let slug = id(&common.slug, "consultation")?;
        let text = match self.text.as_deref() {
            None => None,
            Some(words) => {
                let (reference, named) = words.split_once('=').map_or((words, None), |(r, n)| (r, Some(n)));
                let (named, version) = named.map_or((None, None), |n| {
                    n.split_once('/').map_or((Some(n), None), |(n, v)| (Some(n), Some(v)))
                });
                let named = named.map(|named| id(named.trim(), "texte")).transpose()?;
                let version = version.map(|version| id(version.trim(), "version")).transpose()?;
                Some(assemblee_nationale::Asked { reference: reference.trim().into(), id: named, version })
            }
        };
        let endings = ["json"];
        let export = export::read(&self.files, &endings)?;
        some(&export, &endings, &self.files)?;
        let existing = export::existing(&common.into, &slug)?;
        let options = assemblee_nationale::Options {
            slug,
            title: common.title.as_deref().map(Into::into),
            text,
            consultation: existing.consultation,
            existing: existing.texts.into_iter().collect(),
        };
        write(&assemblee_nationale::AssembleeNationale, &export.input, &options, (common, &export), speech)
    }
}

/// The git history of a text: its commits become versions, changes and amendments.
///
/// Each commit between two versions becomes a change whose operations give its text exactly. A version is the last
/// commit of each day, unless --version names others. README and LICENSE files are left out.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  greffe import git loi.bundle --into site/ --slug republique-numerique --text projet-de-loi\n  greffe import git loi/ --into site/ --slug eau --text loi --version 0420cf3=depot:'Texte déposé' --version HEAD=adopte"
)]
pub(super) struct GitArgs {
    /// Folder of the repository, or a bundle (git bundle).
    repo: PathBuf,
    /// Id of the text: its folder in the consultation's texts/.
    #[arg(long, value_name = "ID")]
    text: String,
    /// A commit that is a version: the beginning of its id, a day, a tag or HEAD; its id, and its title.
    #[arg(long = "version", value_name = "REV=ID:TITLE")]
    versions: Vec<String>,
    /// The text of the consultation that this one continues, so that what was said about its articles is shown
    /// on those of this one (default: the only other text, if there is just one; none for none).
    #[arg(long, value_name = "TEXT")]
    continues: Option<String>,
    #[command(flatten)]
    common: Common,
}

impl GitArgs {
    pub(super) fn run(&self, speech: Speech) -> Result<Written> {
        let common = &self.common;
        let (slug, text) = (id(&common.slug, "consultation")?, id(&self.text, "texte")?);
        let received = export::receive(&self.repo)?;
        let history = crate::io::git::history(&self.repo)?;
        let versions =
            self.versions.iter().map(|words| asked(&history, words)).collect::<Result<Vec<_>>>()?;
        let existing = export::existing(&common.into, &slug)?;
        let title = common.title.as_deref().map(Into::into);
        let continues = match self.continues.as_deref() {
            None => git::Continues::TheOther,
            Some("none") => git::Continues::Nothing,
            Some(other) => git::Continues::This(id(other, "texte")?),
        };
        let options = git::Options { slug, text, title, versions, continues };
        write(&git::Git, &git::Source { history, existing }, &options, (common, &received), speech)
    }
}

/// `REV=ID:TITLE`.
fn asked(history: &git::History, words: &str) -> Result<git::Asked> {
    let wrong = |what| Error::new(words, what);
    let (revision, rest) = words.split_once('=').ok_or_else(|| {
        wrong(say!(
            "une version s’écrit COMMIT=IDENTIFIANT:TITRE, par exemple HEAD=adopte:Texte adopté",
            "a version is written COMMIT=ID:TITLE, for instance HEAD=adopted:Text adopted"
        ))
    })?;
    let (name, title) = rest.split_once(':').map_or((rest, None), |(name, title)| (name, Some(title.trim())));
    let commit = git::named(history, revision.trim()).ok_or_else(|| {
        wrong(say!(
            "aucun commit de la branche, ou plusieurs, ne répondent à « {revision} » : début d’identifiant, jour AAAA-MM-JJ, étiquette ou HEAD",
            "no commit of the branch, or several, answer to “{revision}”: beginning of an id, day YYYY-MM-DD, tag or HEAD"
        ))
    })?;
    let title = title.filter(|t| !t.is_empty()).map(Into::into);
    Ok(git::Asked { commit, id: id(name.trim(), "version")?, title })
}
