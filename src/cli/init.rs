//! `greffe init DIR`: a working site in a folder, with a small starter consultation to change or delete. What stands
//! there already is kept as it is; a folder that is a site already is refused.

use super::{Call, speech, starter};
use crate::error::{Error, Result};
use crate::io::{export, world};
use crate::lang::{Bilingual, Speech};
use crate::say;
use crate::sink::{MemorySink, OutPath, Sink};
use std::path::PathBuf;

/// Makes a new site.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "Examples:\n  greffe init consultations\n  greffe init . --language en --bare")]
pub struct InitArgs {
    /// Folder of the site; it is made when it does not exist
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// Language of the site and of the comments in its files: fr or en (default: that of the messages)
    #[arg(long, value_name = "LANG", value_parser = speech)]
    pub language: Option<Speech>,
    /// Leave out the starter consultation
    #[arg(long)]
    pub bare: bool,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Files written.
    pub written: Vec<OutPath>,
    /// Files that stood there already, and were left as they are.
    pub kept: Vec<OutPath>,
    /// What the author must do by hand because of it.
    pub advice: Option<Bilingual>,
}

/// Writes the site through `sink`. `taken` says whether a path of the folder exists already; nothing is written when
/// the folder is a site.
pub fn run(
    args: &InitArgs,
    speech: Speech,
    taken: impl Fn(&OutPath) -> bool,
    sink: &dyn Sink,
) -> Result<Made> {
    let speech = args.language.unwrap_or(speech);
    let example = starter::consultation(speech);
    let files = starter::site(speech)
        .iter()
        .filter(|(path, _)| !(args.bare && path.starts_with(example)))
        .filter_map(|(path, words)| Some((OutPath::new(path)?, *words)));
    let (kept, new): (Vec<_>, Vec<_>) = files.partition(|(path, _)| taken(path));
    if kept.iter().any(|(path, _)| path.as_str() == "greffe.yaml") {
        return Err(Error::new(
            args.dir.join("greffe.yaml"),
            say!(
                "ce dossier est déjà un site ; rien n’a été écrit (« greffe new » y ajoute des fichiers)",
                "this folder is a site already; nothing was written (“greffe new” adds files to it)"
            ),
        ));
    }
    for (path, words) in &new {
        sink.put(path, words.as_bytes())?;
    }
    let ignored = kept.iter().any(|(path, _)| path.as_str() == ".gitignore");
    Ok(Made {
        written: new.into_iter().map(|(path, _)| path).collect(),
        kept: kept.into_iter().map(|(path, _)| path).collect(),
        advice: ignored.then(|| {
            say!(
                "ajoutez inbox/, private/ et public/ à votre .gitignore : ce qui n’est pas modéré ne doit pas être publié",
                "add inbox/, private/ and public/ to your .gitignore: what is not moderated must not be published"
            )
        }),
    })
}

/// Makes the site in its folder and says what to do next.
pub(super) fn command(call: &Call, args: &InitArgs) -> Result<u8> {
    let sink = MemorySink::default();
    let made = run(args, call.speech, |path| world::exists(&args.dir.join(path.as_str())), &sink)?;
    export::create(&args.dir, &sink.into_bytes())?;
    for path in &made.written {
        putln!("+ {}", args.dir.join(path.as_str()).display());
    }
    if let Some(advice) = &made.advice {
        putln!("{}", advice.get(call.speech));
    }
    let dir = args.dir.display();
    let next = say!(
        "Le site est prêt. Pour le voir : greffe serve --root {dir}",
        "The site is ready. To see it: greffe serve --root {dir}"
    );
    putln!("{}", next.get(call.speech));
    Ok(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args() -> InitArgs {
        InitArgs { dir: "site".into(), language: None, bare: false }
    }

    #[test]
    fn what_stands_there_is_kept() {
        let sink = MemorySink::default();
        let made = run(&args(), Speech::Fr, |p| p.as_str() == ".gitignore", &sink).unwrap();
        assert_eq!(made.kept, [OutPath::new(".gitignore").unwrap()]);
        assert!(made.advice.is_some());
        assert!(!sink.into_files().contains_key(&OutPath::new(".gitignore").unwrap()));
    }

    #[test]
    fn a_site_is_not_made_over_another() {
        let sink = MemorySink::default();
        assert!(run(&args(), Speech::En, |p| p.as_str() == "greffe.yaml", &sink).is_err());
        assert!(sink.into_files().is_empty());
    }
}
