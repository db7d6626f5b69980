//! What the machine says when it is asked: where the site is, which language its user speaks, the dates that a
//! build may stand on, how wide to work. Each answer is a plain value; none is looked up behind a caller's back,
//! and the clock is not among them (the date of a build is an option).
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use crate::error::{Error, Result};
use crate::lang::Speech;
use crate::model::when::{Date, Moment};
use crate::say;
use std::env;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// The nearest folder with a `greffe.yaml`, from `start` upwards.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    let start = std::path::absolute(start).ok()?;
    start.ancestors().find(|folder| folder.join("greffe.yaml").is_file()).map(Path::to_path_buf)
}

/// The folder in which the command was called.
pub fn current_dir() -> Result<PathBuf> {
    env::current_dir().map_err(|e| {
        Error::io(".", say!("le dossier courant n'existe plus", "the current folder no longer exists"), e)
    })
}

/// The language of the user's locale: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set (POSIX order);
/// French when none is.
pub fn speech() -> Speech {
    speech_of(|name| env::var(name).ok())
}

fn speech_of(variable: impl Fn(&str) -> Option<String>) -> Speech {
    let set = |name: &&str| variable(name).filter(|value| !value.is_empty());
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(set)
        .map_or(Speech::default(), |l| Speech::from_locale(&l))
}

/// `SOURCE_DATE_EPOCH` (reproducible-builds.org): the date that a packager wants outputs to carry, in UTC. A value
/// that is not a whole number of seconds is an error, as the specification asks.
pub fn source_date_epoch() -> Result<Option<Moment>> {
    epoch_of(env::var("SOURCE_DATE_EPOCH").ok().as_deref())
}

fn epoch_of(value: Option<&str>) -> Result<Option<Moment>> {
    let Some(value) = value.filter(|value| !value.is_empty()) else { return Ok(None) };
    let instant = value.parse().ok().and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    let Some(instant) = instant else {
        return Err(Error::new(
            "SOURCE_DATE_EPOCH",
            say!("« {value} » n'est pas un nombre de secondes", "“{value}” is not a number of seconds"),
        ));
    };
    let utc = instant.to_zoned(jiff::tz::TimeZone::UTC);
    Ok(Some(Moment { date: utc.date(), time: Some(utc.time()), offset: Some(0) }))
}

/// Today, in the machine's own zone where it is known, else in UTC: the date of a file that an author asks for now.
/// Nothing that is compiled depends on it.
pub fn today() -> Date {
    Date(jiff::Zoned::now().date())
}

/// The present moment, from which the delay of what waits for a moderator is counted. Nothing that is compiled depends
/// on it.
pub fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

/// Today in a consultation's zone: the day of a decision that is made now. Nothing that is compiled depends on it.
pub fn today_in(zone: &jiff::tz::TimeZone) -> Date {
    Date(jiff::Timestamp::now().to_zoned(zone.clone()).date())
}

/// Bytes that nobody can guess.
pub fn random() -> Result<[u8; 32]> {
    let mut bytes = [0; 32];
    match getrandom::fill(&mut bytes) {
        Ok(()) => Ok(bytes),
        Err(e) => Err(Error::new(
            ".",
            say!("le système ne donne pas de hasard ({e})", "the system gives no randomness ({e})"),
        )),
    }
}

/// Whether something stands at a path.
pub fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Whether someone is watching standard output.
pub fn stdout_is_terminal() -> bool {
    std::io::stdout().is_terminal()
}

/// Whether someone is watching standard error, where progress is drawn.
pub fn stderr_is_terminal() -> bool {
    std::io::stderr().is_terminal()
}

/// Whether the user asked for no colours (no-color.org).
pub fn no_color() -> bool {
    env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// How many threads the machine, or the container, gives us.
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// 32 bytes that nobody can guess, in hexadecimal.
pub fn random_hex() -> Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|e| {
        Error::new(
            "getrandom",
            say!("le système ne donne pas de hasard ({e})", "the system gives no randomness ({e})"),
        )
    })?;
    Ok(crate::text::hex(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(set: &[(&str, &str)]) -> Speech {
        speech_of(|name| set.iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_string()))
    }

    #[test]
    fn the_first_locale_variable_that_is_set_decides() {
        assert_eq!(locale(&[]), Speech::Fr);
        assert_eq!(locale(&[("LANG", "en_GB.UTF-8")]), Speech::En);
        assert_eq!(locale(&[("LC_ALL", ""), ("LC_MESSAGES", "fr_BE"), ("LANG", "en_GB")]), Speech::Fr);
        assert_eq!(locale(&[("LC_ALL", "C"), ("LANG", "fr_FR.UTF-8")]), Speech::En);
    }

    #[test]
    fn source_date_epoch_is_seconds_or_an_error() {
        assert_eq!(epoch_of(None).unwrap(), None);
        assert_eq!(epoch_of(Some("1443276000")).unwrap(), Moment::parse("2015-09-26T14:00:00Z"));
        assert!(epoch_of(Some("yesterday")).is_err());
    }

    #[test]
    fn the_root_is_the_nearest_one_upwards() {
        let site = tempfile::tempdir().unwrap();
        let inner = site.path().join("content/a/b");
        std::fs::create_dir_all(&inner).unwrap();
        assert_ne!(find_root(&inner), Some(site.path().to_path_buf()));
        std::fs::write(site.path().join("greffe.yaml"), "").unwrap();
        assert_eq!(find_root(&inner), Some(site.path().to_path_buf()));
    }
}
