//! The texts that a site holds already of a consultation, for an import that adds a version to one of them; and the
//! lines that such an import adds to a `text.yaml`, which is somebody's file: only when it still is what was read.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::write::replace;
use crate::error::{Error, Result};
use crate::import::text::{Existing, Known};
use crate::model::choices::Numbering;
use crate::model::id::Id;
use crate::say;
use crate::sink::OutPath;
use std::fs;
use std::path::Path;

/// The texts of a consultation. Content at fault is read as far as it can be: `check` is there to tell its authors.
pub fn texts(root: &Path, slug: &Id) -> Result<Existing> {
    let folder = format!("content/{slug}");
    let mut existing = Existing {
        consultation: root.join(&folder).join("consultation.yaml").is_file(),
        ..Existing::default()
    };
    if !root.join(&folder).join("texts").is_dir() {
        return Ok(existing);
    }
    let draft = crate::parse::parse(&crate::io::load::load(root)?);
    let Some(found) = draft.consultations.into_iter().find(|c| *c.folder == *folder) else {
        return Ok(existing);
    };
    for text in found.texts {
        let Some(record) = text.text else { continue };
        let path = root.join(&*text.folder).join("text.yaml");
        let yaml = fs::read_to_string(&path).map_err(|e| {
            Error::io(&path, say!("ce fichier ne peut pas être lu", "this file cannot be read"), e)
        })?;
        let mut files: Vec<_> = text.versions.into_iter().map(|file| (file.id.value, file.record)).collect();
        let mut versions = Vec::new();
        for version in &record.record.versions {
            if let Some(at) = files.iter().position(|(id, _)| *id == version.value.id.value) {
                versions.push(files.swap_remove(at));
            }
        }
        let numbering = record.record.numbering.map_or(Numbering::French, |numbering| numbering.value);
        existing.texts.insert(record.id.value, Known { yaml: yaml.into(), numbering, versions });
    }
    Ok(existing)
}

/// Puts a text in the place of another, if that is still what stands there.
pub fn complete(root: &Path, path: &OutPath, before: &str, after: &[u8]) -> Result<bool> {
    let path = root.join(path.as_str());
    let is_file = fs::symlink_metadata(&path).is_ok_and(|found| found.is_file());
    if !is_file || fs::read_to_string(&path).ok().as_deref() != Some(before) {
        return Ok(false);
    }
    replace(&path, after).map(|()| true)
}
