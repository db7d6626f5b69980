//! A zip of an export, read as the folder it holds. Nothing is unpacked to the disk, and nothing is believed
//! ([`Archive`]). One file that is refused does not stop the others.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::read::LIMIT;
use crate::import::InputFile;
use crate::import::archive::{Archive, Bounds};
use crate::source::sha256_of;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// What is accepted of a zip of an export.
const BOUNDS: Bounds = Bounds { files: 200_000, largest: LIMIT, all: 2 << 30, small: 16 << 20 };

/// The files that are wanted, by their names in the zip with `prefix` before; the words say why it cannot be opened.
pub(super) fn read(
    path: &Path,
    prefix: &str,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<InputFile>, Box<str>> {
    let file = File::open(path).map_err(|e| Box::<str>::from(e.to_string()))?;
    let mut archive = Archive::open(BufReader::new(file), BOUNDS).map_err(|e| Box::<str>::from(e.en))?;
    let named = archive.names().into_iter().filter(|(_, name)| wanted(name));
    let mut files = Vec::new();
    for (number, name) in named {
        let contents = archive.unpack(number, &name).map_err(|why| why.en.into());
        let sha256 = contents.as_ref().map(|bytes: &Vec<u8>| sha256_of(bytes)).unwrap_or_default();
        files.push(InputFile { path: format!("{prefix}{name}").into(), sha256, contents });
    }
    Ok(files)
}
