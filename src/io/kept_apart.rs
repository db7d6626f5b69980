//! `private/` → the words that moderators took out of the content, for `greffe check` to look for in what is
//! published. Nothing else reads them, and they go nowhere but into warnings on the author's own screen.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use crate::check::KeptApart;
use std::fs;
use std::path::Path;

/// The largest file that is read: as much as a contribution may have.
const LIMIT: u64 = 8 << 20;

/// Reads `private/<consultation>/withheld/<id>.md`, in order. What is not there or cannot be read is nothing: it is
/// no part of the site.
pub fn kept_apart(root: &Path) -> Vec<KeptApart> {
    let mut found = Vec::new();
    for consultation in folders(&root.join("private")) {
        let folder = root.join("private").join(&consultation).join("withheld");
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let plain = fs::symlink_metadata(entry.path()).is_ok_and(|m| m.is_file() && m.len() <= LIMIT);
            let name = entry.file_name();
            let Some(id) = name.to_str().and_then(|name| name.strip_suffix(".md")) else { continue };
            if plain && let Ok(words) = fs::read_to_string(entry.path()) {
                found.push(KeptApart {
                    consultation: consultation.as_str().into(),
                    id: id.into(),
                    words: words.into(),
                });
            }
        }
    }
    found.sort_by(|a, b| (&a.consultation, &a.id).cmp(&(&b.consultation, &b.id)));
    found
}

fn folders(path: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(path) else { return Vec::new() };
    let folder = |entry: fs::DirEntry| {
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        is_folder.then(|| entry.file_name().into_string().ok()).flatten()
    };
    entries.flatten().filter_map(folder).collect()
}
