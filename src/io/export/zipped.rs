//! A zip of an export, read as the folder it holds. Nothing is unpacked to the disk, and nothing is believed: the number of
//! files, the size of each, of all, and how much each grows are bounded while it is read; a name that would leave the folder
//! is refused. One file that is refused does not stop the others.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::read::LIMIT;
use crate::import::InputFile;
use crate::sink::OutPath;
use crate::text::hex;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use zip::ZipArchive;

/// Files in one zip.
const FILES: usize = 200_000;
/// Bytes of all the files that are read from one zip.
const ALL: u64 = 2 * 1024 * 1024 * 1024;
/// How many times larger than in the zip a file may be; text is seldom more than twenty.
const GROWTH: u64 = 400;
/// Size up to which that is no matter.
const SMALL: u64 = 16 * 1024 * 1024;

/// The files that are wanted, by their names in the zip with `prefix` before; the words say why it cannot be opened.
pub(super) fn read(
    path: &Path,
    prefix: &str,
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<InputFile>, Box<str>> {
    let words = |e: &dyn std::fmt::Display| Box::<str>::from(e.to_string());
    let file = File::open(path).map_err(|e| words(&e))?;
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|e| words(&e))?;
    if archive.len() > FILES {
        return Err(format!("{} > {FILES}", archive.len()).into());
    }
    let mut files = Vec::new();
    let mut left = ALL;
    for number in 0..archive.len() {
        let name = match archive.name_for_index(number) {
            Some(Ok(name)) => name.into_owned(),
            Some(Err(_)) | None => format!("#{number}"),
        };
        if name.ends_with('/') || !wanted(&name) {
            continue;
        }
        let contents = match OutPath::new(&name) {
            Some(_) => entry(&mut archive, number, left),
            None => Err("unsafe name".into()),
        };
        left -= contents.as_ref().map_or(0, |bytes: &Vec<u8>| bytes.len() as u64);
        let sha256 = contents.as_ref().map(|b| hex(&Sha256::digest(b)).into()).unwrap_or_default();
        files.push(InputFile { path: format!("{prefix}{name}").into(), sha256, contents });
    }
    Ok(files)
}

fn entry(archive: &mut ZipArchive<BufReader<File>>, number: usize, left: u64) -> Result<Vec<u8>, Box<str>> {
    let mut file = archive.by_index(number).map_err(|e| Box::<str>::from(e.to_string()))?;
    if file.is_symlink() {
        return Err("a link, not a file".into());
    }
    let most = file.compressed_size().saturating_mul(GROWTH).clamp(SMALL, LIMIT).min(left);
    let mut bytes = Vec::new();
    file.by_ref().take(most + 1).read_to_end(&mut bytes).map_err(|e| Box::<str>::from(e.to_string()))?;
    if bytes.len() as u64 > most {
        return Err(format!("> {most}").into());
    }
    Ok(bytes)
}
