//! The room that touches the world, tried on real folders, real processes and real sockets.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::unwrap_used, clippy::expect_used)]
#![allow(clippy::panic, clippy::print_stdout)]

mod create;
mod disk_sink;
mod interrupted;
mod load;
mod serve;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Every file under a folder with its bytes; folders end in `/`.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).min_depth(1).into_iter().flatten() {
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_string();
        if entry.file_type().is_dir() {
            found.insert(path + "/", Vec::new());
        } else {
            found.insert(path, fs::read(entry.path()).unwrap());
        }
    }
    found
}

/// Writes a file and the folders above it.
fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
