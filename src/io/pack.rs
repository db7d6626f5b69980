//! A folder → one zip file that is always the same for the same files. Names are sorted, dates are the first that zip
//! knows, permissions are fixed; files are streamed. Its signature and time-stamp are made in `seal`.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use crate::error::{Error, Result};
use crate::say;
use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Packs a folder beside itself: `<folder>.zip`, which holds the folder. Gives the path of the zip.
pub fn zip(folder: &Path) -> Result<PathBuf> {
    let zip = with(folder, ".zip");
    let part = with(folder, ".zip.part");
    let cannot =
        |e| Error::io(&zip, say!("l’archive zip ne peut pas être écrite", "the zip cannot be written"), e);
    if zip.exists() {
        return Err(Error::new(&zip, say!("ce fichier existe déjà", "this file exists already")));
    }
    pack(folder, &part).and_then(|()| fs::rename(&part, &zip)).map_err(|e| {
        let _ = fs::remove_file(&part);
        cannot(e)
    })?;
    Ok(zip)
}

/// A path with more at the end of its name.
pub(super) fn with(path: &Path, more: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(more);
    name.into()
}

fn pack(folder: &Path, to: &Path) -> io::Result<()> {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut zip = ZipWriter::new(BufWriter::new(File::create(to)?));
    // By whole paths: `a/b` stands after `a.txt`, as in the manifests.
    let mut files: Vec<(String, PathBuf)> = Vec::new();
    for entry in walkdir::WalkDir::new(folder).follow_links(false) {
        let entry = entry.map_err(io::Error::other)?;
        if entry.file_type().is_file() {
            let inner = entry.path().strip_prefix(folder).map_err(io::Error::other)?;
            let parts: Vec<_> = inner.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            files.push((format!("{name}/{}", parts.join("/")), entry.path().to_path_buf()));
        }
    }
    files.sort();
    for (name, path) in files {
        let mut file = File::open(path)?;
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(6))
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644)
            // Files of 4 GiB and more need the long form, which old readers lack.
            .large_file(file.metadata()?.len() >= u64::from(u32::MAX));
        zip.start_file(name, options)?;
        io::copy(&mut file, &mut zip)?;
    }
    zip.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}
