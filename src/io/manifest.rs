//! `.greffe-manifest`: the paths of the files that the last build put into a folder, one a line, sorted. It tells
//! Greffe's own folder from any other, and Greffe's own files from those that someone added beside them. It holds
//! nothing that is not published, neither date nor digest: unchanged files are found by comparing them.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use crate::error::{Error, Result};
use crate::say;
use crate::sink::OutPath;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;

/// Name of the file, at the root of the output.
pub(super) const NAME: &str = ".greffe-manifest";

const FIRST_LINE: &str = "greffe-manifest 1";

/// The paths that a build wrote, the manifest itself left out.
pub(super) type Manifest = BTreeSet<OutPath>;

/// The manifest of a folder; `None` when it has none, and so was not made by Greffe.
pub(super) fn read(output: &Path) -> Result<Option<Manifest>> {
    let path = output.join(NAME);
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(e) => {
            return Err(Error::io(
                path,
                say!("ce fichier ne peut pas être lu", "this file cannot be read"),
                e,
            ));
        }
    };
    let damaged = || {
        Error::new(
            &path,
            say!(
                "ce fichier n'est pas de cette version de greffe, ou il a été modifié ; videz le dossier et recommencez",
                "this file is not of this version of greffe, or was edited; empty the folder and start again"
            ),
        )
    };
    let mut lines = text.lines();
    if lines.next() != Some(FIRST_LINE) {
        return Err(damaged());
    }
    // A line that could lead out of the folder was not written by us: nothing of this list is to be trusted.
    lines.map(OutPath::new).collect::<Option<Manifest>>().map(Some).ok_or_else(damaged)
}

/// The manifest as a file.
pub(super) fn write<'a>(paths: impl Iterator<Item = &'a OutPath>) -> String {
    let mut text = format!("{FIRST_LINE}\n");
    for path in paths.filter(|path| path.as_str() != NAME) {
        let _ = writeln!(text, "{}", path.as_str());
    }
    text
}
