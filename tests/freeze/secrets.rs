//! Every byte of a bag: its files, and what its zips hold.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

/// Files by path; the members of zips, unpacked, beside them.
pub fn everything(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            let bytes = std::fs::read(entry.path()).unwrap();
            if path.ends_with(".zip") {
                let inner =
                    unzipped(&bytes).into_iter().map(|(name, bytes)| (format!("{path}!{name}"), bytes));
                files.extend(inner);
            }
            files.insert(path, bytes);
        }
    }
    assert!(!files.is_empty());
    files
}

/// What a zip holds.
pub fn unzipped(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut file = zip.by_index(at).unwrap();
            let mut inner = Vec::new();
            file.read_to_end(&mut inner).unwrap();
            (file.name().unwrap().into_owned(), inner)
        })
        .collect()
}

/// The paths of files that hold these words.
pub fn holding<'f>(files: &'f BTreeMap<String, Vec<u8>>, words: &str) -> Vec<&'f str> {
    let words = words.as_bytes();
    let found = |bytes: &[u8]| bytes.windows(words.len()).any(|window| window == words);
    files
        .iter()
        .filter(|(path, bytes)| found(bytes) || found(path.as_bytes()))
        .map(|(path, _)| &**path)
        .collect()
}
