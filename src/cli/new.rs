//! `greffe new KIND ID`: a valid file to fill in, at its place. It names a text, a contribution or an amendment only
//! when told so. It never overwrites a file, and takes no id that a file of the same kind has.

use super::{Call, starter};
use crate::diag::nearest;
use crate::error::{Error, Result};
use crate::io::{export, world};
use crate::lang::Speech;
use crate::model::id::{Id, slug};
use crate::model::when::Date;
use crate::say;
use crate::sink::{MemorySink, OutPath, Sink};
use crate::source::Sources;
use std::collections::BTreeSet;

/// Adds a file to fill in.
#[derive(Debug, Clone, clap::Args)]
#[command(
    after_help = "Examples:\n  greffe new consultation budget-2027 --title \"Budget 2027\"\n  greffe new amendment CL12 --in eau --text projet\n  greffe new response r-04 --in eau --contribution c-012"
)]
pub struct NewArgs {
    /// What to add
    #[arg(value_enum)]
    pub kind: Kind,
    /// Its id, which is its file's or folder's name and its address
    #[arg(value_parser = id)]
    pub id: Id,
    /// Consultation to add it to (default: the only one)
    #[arg(long = "in", value_name = "CONSULTATION")]
    pub consultation: Option<String>,
    /// Its title (default: its id)
    #[arg(long)]
    pub title: Option<String>,
    /// Its date, YYYY-MM-DD (default: today)
    #[arg(long, value_parser = date)]
    pub date: Option<Date>,
    /// Text that it is about
    #[arg(long, value_parser = id)]
    pub text: Option<Id>,
    /// Version of the text; of a new text, its first one (default: v1)
    #[arg(id = "text-version", long = "text-version", value_parser = id)]
    pub version: Option<Id>,
    /// Contribution that it answers, or that led to it
    #[arg(long, value_parser = id)]
    pub contribution: Option<Id>,
    /// Amendment that it amends, decides or mentions
    #[arg(long, value_parser = id)]
    pub amendment: Option<Id>,
}

/// What can be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    /// A consultation and its presentation
    Consultation,
    /// A text and its first version
    Text,
    /// An amendment
    Amendment,
    /// A contribution
    Contribution,
    /// An official response
    Response,
    /// A vote
    Vote,
    /// A meeting
    Meeting,
    /// A synthesis
    Synthesis,
    /// A commitment
    Commitment,
    /// A plain page of the site
    Page,
}

/// What the caller knows.
#[derive(Debug, Clone, Copy)]
pub struct Context<'s> {
    /// The site's files.
    pub sources: &'s Sources,
    /// Language of the comments.
    pub speech: Speech,
    /// The date of what has none.
    pub today: Date,
}

/// Writes the file, or the two files of a consultation or a text, through `sink`, and gives their paths.
pub fn run(args: &NewArgs, context: Context<'_>, sink: &dyn Sink) -> Result<Vec<OutPath>> {
    let version = match (args.kind, &args.version) {
        (Kind::Text, None) => Id::new("v1"),
        (_, version) => version.clone(),
    };
    let (folder, files) = place(args, context.sources, version.as_ref())?;
    let title = quoted(args.title.as_deref().unwrap_or(args.id.as_str()));
    let date = args.date.unwrap_or(context.today).to_string();
    let values = [
        ("id", Some(args.id.as_str())),
        ("title", Some(&*title)),
        ("date", Some(&*date)),
        ("text", args.text.as_ref().map(Id::as_str)),
        ("version", version.as_ref().map(Id::as_str)),
        ("contribution", args.contribution.as_ref().map(Id::as_str)),
        ("amendment", args.amendment.as_ref().map(Id::as_str)),
    ];
    let mut made = Vec::new();
    for (template, name) in files {
        let path = format!("{folder}/{name}");
        free(&path, &folder, args, context.sources)?;
        if let (Some(path), Some(words)) = (OutPath::new(&path), starter::record(template, context.speech)) {
            made.push((path, starter::fill(words, &values)));
        }
    }
    for (path, words) in &made {
        sink.put(path, words.as_bytes())?;
    }
    Ok(made.into_iter().map(|(path, _)| path).collect())
}

/// Adds the files and names them.
pub(super) fn command(call: &Call, args: &NewArgs) -> Result<u8> {
    let root = call.root()?;
    let sources = super::read(&root)?;
    let sink = MemorySink::default();
    let context = Context { sources: &sources, speech: call.speech, today: world::today() };
    let made = run(args, context, &sink)?;
    export::create(&root, &sink.into_bytes())?;
    for path in made {
        putln!("+ {}", root.join(path.as_str()).display());
    }
    Ok(0)
}

/// The folder of what is added; and for each of its files, the template and the name.
fn place(
    args: &NewArgs,
    sources: &Sources,
    version: Option<&Id>,
) -> Result<(String, Vec<(&'static str, String)>)> {
    let id = &args.id;
    let within = |part: &str| consultation(args, sources).map(|folder| format!("{folder}/{part}"));
    let one = |template, extension: &str| vec![(template, format!("{id}.{extension}"))];
    Ok(match args.kind {
        Kind::Consultation => {
            let files = vec![
                ("consultation.yaml", "consultation.yaml".to_owned()),
                ("index.md", "index.md".to_owned()),
            ];
            (format!("content/{id}"), files)
        }
        Kind::Page => ("content/pages".to_owned(), one("page.md", "md")),
        Kind::Text => {
            let first = version.map_or("v1", Id::as_str);
            let files = vec![("text.yaml", "text.yaml".to_owned()), ("version.md", format!("{first}.md"))];
            (within(&format!("texts/{id}"))?, files)
        }
        Kind::Amendment => {
            let folder = consultation(args, sources)?;
            one_text(args, sources, &folder)?;
            (format!("{folder}/amendments"), one("amendment.md", "md"))
        }
        Kind::Contribution => (within("contributions")?, one("contribution.md", "md")),
        Kind::Response => (within("responses")?, one("response.md", "md")),
        Kind::Vote => (within("votes")?, one("vote.yaml", "yaml")),
        Kind::Meeting => (within("meetings")?, one("meeting.md", "md")),
        Kind::Synthesis => (within("synthesis")?, one("synthesis.md", "md")),
        Kind::Commitment => (within("commitments")?, one("commitment.yaml", "yaml")),
    })
}

/// The folder of the consultation that was named, or of the only one.
fn consultation(args: &NewArgs, sources: &Sources) -> Result<String> {
    let folders: Vec<&str> = sources
        .iter()
        .filter_map(|(_, file)| file.path.strip_suffix("/consultation.yaml"))
        .filter(|folder| folder.starts_with("content/"))
        .collect();
    let name = |folder: &&str| folder.rsplit('/').next().unwrap_or(folder).to_owned();
    let names: Vec<String> = folders.iter().map(name).collect();
    let list = names.join(", ");
    let wanted =
        args.consultation.as_deref().map(|w| w.trim_end_matches('/').rsplit('/').next().unwrap_or(w));
    match (wanted, &folders[..]) {
        (None, [only]) => Ok((*only).to_owned()),
        (None, []) => Err(Error::new(
            "content",
            say!(
                "il n’y a pas encore de consultation : « greffe new consultation IDENTIFIANT »",
                "there is no consultation yet: “greffe new consultation ID”"
            ),
        )),
        (None, _) => Err(Error::new(
            "content",
            say!(
                "dites dans quelle consultation, avec « --in » : {list}",
                "say in which consultation, with “--in”: {list}"
            ),
        )),
        (Some(wanted), _) => {
            if let Some(at) = names.iter().position(|n| n == wanted) {
                return Ok(folders[at].to_owned());
            }
            let near = nearest(wanted, names.iter().map(String::as_str)).unwrap_or(&list);
            Err(Error::new(
                format!("content/{wanted}"),
                say!(
                    "il n’y a pas de consultation « {wanted} » ; vouliez-vous dire : {near} ?",
                    "there is no consultation “{wanted}”; did you mean: {near}?"
                ),
            ))
        }
    }
}

/// An amendment must say which text it changes when there are several, and can change none where there is none.
fn one_text(args: &NewArgs, sources: &Sources, folder: &str) -> Result<()> {
    let start = format!("{folder}/texts/");
    let name = |path: &'_ str| {
        let folder = path.strip_prefix(&*start)?.strip_suffix("/text.yaml")?;
        folder.rsplit('/').next().map(str::to_owned)
    };
    let texts: Vec<String> = sources.iter().filter_map(|(_, file)| name(&file.path)).collect();
    let list = texts.join(", ");
    match (&args.text, texts.len()) {
        (_, 0) => Err(Error::new(
            start,
            say!(
                "il n’y a pas encore de texte à amender : « greffe new text IDENTIFIANT »",
                "there is no text to amend yet: “greffe new text ID”"
            ),
        )),
        (None, 2..) => Err(Error::new(
            start,
            say!("dites quel texte, avec « --text » : {list}", "say which text, with “--text”: {list}"),
        )),
        (None | Some(_), _) => Ok(()),
    }
}

/// Refuses a path that exists, and an id that a file of the folder has, whatever their case and sub-folder.
fn free(path: &str, folder: &str, args: &NewArgs, sources: &Sources) -> Result<()> {
    let folded = path.to_lowercase();
    let id = args.id.folded();
    let several = matches!(args.kind, Kind::Consultation | Kind::Text);
    let beside = format!("{folder}/");
    let taken = |other: &str| {
        if other.to_lowercase() == folded {
            return true;
        }
        let Some(rest) = other.strip_prefix(&*beside).filter(|_| !several) else { return false };
        let name = rest.rsplit('/').next().unwrap_or(rest);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        matches!(extension, "md" | "yaml" | "yml") && stem.to_lowercase() == *id
    };
    let taken: BTreeSet<&str> = sources.iter().map(|(_, f)| &*f.path).filter(|p| taken(p)).collect();
    match taken.first() {
        None => Ok(()),
        Some(other) => Err(Error::new(
            *other,
            say!(
                "ce fichier existe déjà ; choisissez un autre identifiant (rien n’a été écrit)",
                "this file exists already; choose another id (nothing was written)"
            ),
        )),
    }
}

/// Words as they stand between double quotes in YAML, on one line.
fn quoted(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

fn id(words: &str) -> std::result::Result<Id, String> {
    let near = || slug(words).map(|id| format!(" ({id} ?)")).unwrap_or_default();
    Id::new(words).ok_or_else(|| format!("“{words}”{}", near()))
}

fn date(words: &str) -> std::result::Result<Date, String> {
    Date::parse(words).ok_or_else(|| format!("“{words}”: YYYY-MM-DD"))
}
