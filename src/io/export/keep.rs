//! The files of an export as they were received, kept in `private/exports/<slug>/`, in a folder named after what was received:
//! the same files imported again are kept once. They hold what was left out of the content: they are for their owner alone,
//! and for the sealed archive.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::read::{Export, digest};
use crate::error::{Error, Result};
use crate::import::report::Received;
use crate::io::claim::Claim;
use crate::io::edits::private_folder;
use crate::io::{moves, world};
use crate::model::id::Id;
use crate::say;
use crate::sink::OutPath;
use crate::text::hex;
use crate::yaml::fields::Fields;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// What says which files these are, beside them.
const RECEIVED: &str = "received.yaml";
/// Folder of the files.
const FILES: &str = "files";

/// Keeps what was received, unless it is kept already, and says where, from the site's root.
pub fn keep(root: &Path, slug: &Id, importer: &str, export: &Export) -> Result<Box<str>> {
    let folder = format!("private/exports/{slug}");
    let kept = format!("{folder}/{}", name(&export.list()));
    if export.received.is_empty() {
        let what = say!(
            "cette source n’est pas faite de fichiers reçus ; d’un dépôt git, donnez un lot (git bundle)",
            "this source is not made of files that were received; of a git repository, give a bundle (git bundle)"
        );
        return Err(Error::new("--keep-export", what));
    }
    let cannot = |path: &Path, e| {
        Error::io(path, say!("l’export ne peut pas être gardé", "the export cannot be kept"), e)
    };
    let target = root.join(&kept);
    super::ignore_private(root)?;
    private_folder(root, Path::new(&folder)).map_err(|e| cannot(&target, e))?;
    if target.is_dir() {
        return Ok(kept.into());
    }
    let claim = Claim::take(&root.join(&folder).join(".part"), root)?;
    let part = claim.folder().join("new");
    claim.clear().and_then(|()| fs::create_dir(&part)).map_err(|e| cannot(&part, e))?;
    for (file, from) in &export.received {
        copy(file, from, &part).map_err(|e| cannot(from, e))?;
    }
    let text = received(importer, &export.list());
    let done = fs::write(part.join(RECEIVED), text).and_then(|()| moves::sync_all_of(&part));
    done.and_then(|()| fs::rename(&part, &target)).map_err(|e| cannot(&target, e))?;
    claim.remove();
    Ok(kept.into())
}

/// Named after what was received, whoever gives it and whenever.
fn name(files: &[Received]) -> String {
    let mut hasher = Sha256::new();
    files.iter().for_each(|file| hasher.update(format!("{}  {}\n", file.sha256, file.path)));
    hex(&hasher.finalize()).chars().take(12).collect()
}

fn received(importer: &str, files: &[Received]) -> String {
    let file = |file: &Received| {
        let path = Fields::new().text("path", &*file.path);
        path.plain("bytes", file.bytes).text("sha256", &*file.sha256).item()
    };
    let fields = Fields::new().text("received", world::today().to_string()).text("importer", importer);
    fields.text("greffe", env!("CARGO_PKG_VERSION")).list("files", files.iter().map(file).collect()).yaml()
}

/// Copies a file, and makes sure that it still is what was imported.
fn copy(file: &Received, from: &Path, part: &Path) -> io::Result<()> {
    let changed = || io::Error::new(io::ErrorKind::InvalidData, "changed while it was imported");
    let within = OutPath::new(&file.path).ok_or(io::ErrorKind::InvalidFilename)?;
    let to: PathBuf = part.join(FILES).join(within.as_str());
    fs::create_dir_all(to.parent().unwrap_or(part))?;
    let mut target = File::create_new(&to)?;
    io::copy(&mut File::open(from)?, &mut target)?;
    (digest(&to)? == (file.bytes, file.sha256.clone())).then_some(()).ok_or_else(changed)
}
