//! `greffe import`: reads an export or a history, converts it, creates content files and gives the report. One
//! subcommand a source; all share the writing and the report.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use crate::error::{Error, Result};
use crate::import::cap_collectif_api::CapCollectifApi;
use crate::import::polis::Polis;
use crate::import::polls::{Pabulib, Preflib};
use crate::import::report::Report;
use crate::import::{Importer, Input, Options, assemblee_nationale, git};
use crate::io::export::{self, Written};
use crate::lang::{Lang, Speech};
use crate::model::id::{Id, slug};
use crate::say;
use clap::{Args, Subcommand, ValueEnum};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Turns what another platform left behind into content files. Nothing that was edited since is overwritten.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  greffe import cap-collectif-api export/ --into site/ --slug republique-numerique\n  greffe import git loi.bundle --into site/ --slug republique-numerique --text projet-de-loi\n  greffe import assemblee-nationale export/ --into site/ --slug municipales"
)]
pub struct ImportArgs {
    #[command(subcommand)]
    source: Source,
}

#[derive(Debug, Subcommand)]
enum Source {
    /// A consultation read from the API of Cap Collectif: a folder of JSON files.
    ///
    /// Example: greffe import cap-collectif-api export/ --into site/ --slug republique-numerique
    #[command(name = "cap-collectif-api")]
    CapCollectifApi {
        /// Folder of the export.
        dir: PathBuf,
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        people: People,
    },
    /// Amendments and roll calls of the French Assemblée nationale: a folder of its JSON files.
    ///
    /// Example: greffe import assemblee-nationale export/ --into site/ --slug scrutins --text 1475
    #[command(name = "assemblee-nationale")]
    AssembleeNationale {
        /// Folder of the export: amendments, roll calls, bodies (organe) and members (acteurs), in any folders.
        dir: PathBuf,
        /// Take only this text, by its number or its reference, with the roll calls about it. With =ID, it has that id
        /// in the content. A text that the consultation has already is left as it is: amendments are then on its first
        /// version, or on the one given after a slash.
        #[arg(long, value_name = "TEXT[=ID[/VERSION]]")]
        text: Option<String>,
        #[command(flatten)]
        common: Common,
    },
    /// The git history of a text: its commits become versions, changes and amendments.
    ///
    /// Each commit between two versions becomes a change whose operations give its text exactly. A version is the last
    /// commit of each day, unless --version names others. README and LICENSE files are left out.
    #[command(
        after_help = "Examples:\n  greffe import git loi.bundle --into site/ --slug republique-numerique --text projet-de-loi\n  greffe import git loi/ --into site/ --slug eau --text loi --version 0420cf3=depot:'Texte déposé' --version HEAD=adopte"
    )]
    Git {
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
    },
    /// Participatory budgets with their ballots: a .pb file, or a folder of them. One vote a file.
    ///
    /// Example: greffe import pabulib lodz.pb --into site/ --slug budget-participatif
    Pabulib {
        /// File, or folder of files.
        path: PathBuf,
        #[command(flatten)]
        common: Common,
        /// Make a new key although content exists: every pseudonym changes.
        #[arg(long)]
        new_key: bool,
    },
    /// Ranked ballots of PrefLib: a .soc, .soi, .toc, .toi or .cat file, or a folder of them. One vote a file.
    ///
    /// Example: greffe import preflib debian/ --into site/ --slug debian
    Preflib {
        /// File, or folder of files.
        path: PathBuf,
        #[command(flatten)]
        common: Common,
        /// Make a new key although content exists: every pseudonym changes.
        #[arg(long)]
        new_key: bool,
    },
    /// A Polis conversation: the folder of its export (summary.csv, comments.csv, votes.csv).
    ///
    /// Example: greffe import polis export/ --into site/ --slug salaire-minimum
    Polis {
        /// Folder of the export.
        path: PathBuf,
        /// Language in which people wrote, when it is not the site's: en, fr…
        #[arg(long, value_name = "LANG")]
        language: Option<String>,
        #[command(flatten)]
        common: Common,
        /// Make a new key although content exists: every pseudonym changes.
        #[arg(long)]
        new_key: bool,
    },
}

/// Options of every source.
#[derive(Debug, Args)]
struct Common {
    /// Root of the site that receives the content.
    #[arg(long, value_name = "ROOT")]
    into: PathBuf,
    /// Id of the consultation: its folder in content/.
    #[arg(long, value_name = "ID")]
    slug: String,
    /// Title of the consultation, when the export does not say it.
    #[arg(long)]
    title: Option<String>,
    /// Write the whole report there too, as JSON. It quotes names found in texts: keep it out of the content.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// How the report is printed.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

/// Options of a source in which people take part.
#[derive(Debug, Args)]
struct People {
    /// File of names that stay as they are (organisations, for instance), one a line.
    #[arg(long, value_name = "FILE")]
    keep_names: Option<PathBuf>,
    /// Make a new key although content exists: every pseudonym changes.
    #[arg(long)]
    new_key: bool,
}

/// Forms of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Human,
    /// For programs.
    Json,
}

/// Runs the import. Exit status: 0 when all is written, 1 when files that differ were left alone, 2 when the call
/// cannot be carried out.
pub fn run(args: ImportArgs, speech: Speech) -> u8 {
    let done = match &args.source {
        Source::CapCollectifApi { dir, common, people } => platform(dir, common, people, speech),
        Source::AssembleeNationale { dir, text, common } => assembly(dir, text.as_deref(), common, speech),
        Source::Git { repo, text, versions, continues, common } => {
            history(repo, text, (versions, continues.as_deref()), common, speech)
        }
        Source::Pabulib { path, common, new_key } => {
            let endings: &[&str] = &["pb"];
            export::read_files(path, endings)
                .and_then(|input| with_people(&Pabulib, &input, endings, (common, path), *new_key, speech))
        }
        Source::Preflib { path, common, new_key } => {
            let endings: &[&str] = &["soc", "soi", "toc", "toi", "cat"];
            export::read_files(path, endings)
                .and_then(|input| with_people(&Preflib, &input, endings, (common, path), *new_key, speech))
        }
        Source::Polis { path, language, common, new_key } => {
            conversation(path, language.as_deref(), (common, *new_key), speech)
        }
    };
    match done {
        Ok(written) if written.conflicts.is_empty() => 0,
        Ok(_) => 1,
        Err(error) => {
            eprintln!("greffe: {}", error.text(speech));
            2
        }
    }
}

/// An id that was given on the command line.
fn id(words: &str, otherwise: &str) -> Result<Id> {
    Id::new(words).ok_or_else(|| {
        let near = slug(words).map(|s| s.to_string()).unwrap_or_else(|| otherwise.into());
        Error::new(
            words,
            say!("ce n’est pas un identifiant ; essayez « {near} »", "this is not an id; try “{near}”"),
        )
    })
}

fn platform(dir: &Path, common: &Common, people: &People, speech: Speech) -> Result<Written> {
    let keep_names = match &people.keep_names {
        Some(path) => export::read_names(path)?,
        None => BTreeSet::new(),
    };
    let endings = ["json"];
    let input = export::read_folder(dir, &endings)?;
    let options = options(&input, &endings, (common, dir), people.new_key, keep_names, speech)?;
    write(&CapCollectifApi, &input, &options, common, speech)
}

/// An import of votes, whose voters become pseudonyms.
fn with_people<I: Importer<Source = Input, Options = Options>>(
    importer: &I,
    input: &Input,
    endings: &[&str],
    (common, path): (&Common, &Path),
    new_key: bool,
    speech: Speech,
) -> Result<Written> {
    let options = options(input, endings, (common, path), new_key, BTreeSet::new(), speech)?;
    write(importer, input, &options, common, speech)
}

fn conversation(
    path: &Path,
    language: Option<&str>,
    (common, new_key): (&Common, bool),
    speech: Speech,
) -> Result<Written> {
    let read = |words: &str| {
        let wrong = say!("ce n’est pas une langue : en, fr, pt-br…", "this is no language: en, fr, pt-br…");
        Lang::new(words).ok_or_else(|| Error::new(words, wrong))
    };
    let language = language.map(read).transpose()?;
    let input = export::read_folder(path, &["csv"])?;
    with_people(&Polis { language }, &input, &["csv"], (common, path), new_key, speech)
}

/// What is decided about an export in which people take part: the key of their pseudonyms is read, or made.
fn options(
    input: &Input,
    endings: &[&str],
    (common, path): (&Common, &Path),
    new_key: bool,
    keep_names: BTreeSet<Box<str>>,
    speech: Speech,
) -> Result<Options> {
    let slug = id(&common.slug, "consultation")?;
    some(input, endings, path)?;
    export::ignore_private(&common.into)?;
    let kept = export::key(&common.into, &slug, new_key)?;
    if kept.new {
        let path = kept.path.display();
        let text = say!(
            "clé des pseudonymes faite : {path} — gardez-en une copie hors du dépôt",
            "key of the pseudonyms made: {path} — keep a copy outside the repository"
        );
        eprintln!("{}", text.get(speech));
    }
    let title = common.title.as_deref().map(Into::into);
    Ok(Options { slug, key: kept.key, first_import: kept.made, keep_names, title })
}

/// An export without any file of its kind is an error.
fn some(input: &Input, endings: &[&str], path: &Path) -> Result<()> {
    if !input.files.is_empty() {
        return Ok(());
    }
    let list = endings.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(", ");
    Err(Error::new(path, say!("aucun fichier {list} dans ce dossier", "no {list} file in this folder")))
}

fn assembly(dir: &Path, text: Option<&str>, common: &Common, speech: Speech) -> Result<Written> {
    let slug = id(&common.slug, "consultation")?;
    let text = match text {
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
    let input = export::read_folder(dir, &endings)?;
    some(&input, &endings, dir)?;
    let existing = export::existing(&common.into, &slug)?;
    let options = assemblee_nationale::Options {
        slug,
        title: common.title.as_deref().map(Into::into),
        text,
        consultation: existing.consultation,
        existing: existing.texts.into_iter().collect(),
    };
    write(&assemblee_nationale::AssembleeNationale, &input, &options, common, speech)
}

fn history(
    repo: &Path,
    text: &str,
    (versions, continues): (&[String], Option<&str>),
    common: &Common,
    speech: Speech,
) -> Result<Written> {
    let (slug, text) = (id(&common.slug, "consultation")?, id(text, "texte")?);
    let history = crate::io::git::history(repo)?;
    let versions = versions.iter().map(|words| asked(&history, words)).collect::<Result<Vec<_>>>()?;
    let existing = export::existing(&common.into, &slug)?;
    let title = common.title.as_deref().map(Into::into);
    let continues = match continues {
        None => git::Continues::TheOther,
        Some("none") => git::Continues::Nothing,
        Some(other) => git::Continues::This(id(other, "texte")?),
    };
    let options = git::Options { slug, text, title, versions, continues };
    write(&git::Git, &git::Source { history, existing }, &options, common, speech)
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

/// Converts, writes, and prints the report.
fn write<I: Importer>(
    importer: &I,
    source: &I::Source,
    options: &I::Options,
    common: &Common,
    speech: Speech,
) -> Result<Written> {
    let imported = importer.convert(source, options);
    if let Some(path) = &common.report {
        export::replace(path, json(&imported.report).as_bytes())?;
    }
    let written = export::create(&common.into, &imported.files)?;
    match common.format {
        Format::Human => putln!("{}\n{}", imported.report.text(speech).trim_end(), tail(&written, speech)),
        Format::Json => putln!("{}", json(&imported.report)),
    }
    Ok(written)
}

fn json(report: &Report) -> String {
    serde_json::to_string_pretty(report).unwrap_or_default() + "\n"
}

/// What was written.
fn tail(written: &Written, speech: Speech) -> String {
    let (new, same, other) = (written.new, written.same, written.conflicts.len());
    let mut out = format!(
        "\n{}",
        say!(
            "fichiers : {new} écrits, {same} déjà là à l’identique, {other} différents et laissés tels quels",
            "files: {new} written, {same} there already and the same, {other} different and left as they are"
        )
        .get(speech)
    );
    for path in &written.conflicts {
        out.push_str(&format!("\n  - {path}"));
    }
    out
}
