//! The Software Heritage identifier of a folder (`swh:1:dir:…`, ISO/IEC 18670): the identifier that git gives to a tree
//! with the same files. Files are plain, not executable: a site's sources need nothing else.

use crate::text::hex;
use sha1::{Digest, Sha1};
use std::collections::BTreeMap;

/// The SHA-1 by which git knows a file.
pub type Blob = [u8; 20];

/// What a file's SHA-1 begins with: the form of git's objects.
pub fn head(len: u64) -> String {
    format!("blob {len}\0")
}

/// A file's SHA-1, from its bytes.
pub fn blob(bytes: &[u8]) -> Blob {
    Sha1::new().chain_update(head(bytes.len() as u64)).chain_update(bytes).finalize().into()
}

/// The identifier of a folder that holds these files and nothing else, by their path in it.
pub fn directory<'f>(files: impl IntoIterator<Item = (&'f str, Blob)>) -> String {
    let mut root = Folder::default();
    for (path, blob) in files {
        root.put(path, blob);
    }
    format!("swh:1:dir:{}", hex(&root.tree()))
}

#[derive(Default)]
struct Folder {
    files: BTreeMap<String, Blob>,
    folders: BTreeMap<String, Folder>,
}

impl Folder {
    fn put(&mut self, path: &str, blob: Blob) {
        match path.split_once('/') {
            None => drop(self.files.insert(path.to_owned(), blob)),
            Some((folder, rest)) => self.folders.entry(folder.to_owned()).or_default().put(rest, blob),
        }
    }

    fn tree(&self) -> Blob {
        // Git sorts a folder as if its name ended with a slash.
        let mut entries: BTreeMap<String, (&str, &str, Blob)> = BTreeMap::new();
        for (name, blob) in &self.files {
            entries.insert(name.clone(), ("100644", name, *blob));
        }
        for (name, folder) in &self.folders {
            entries.insert(format!("{name}/"), ("40000", name, folder.tree()));
        }
        let mut tree = Vec::new();
        for (mode, name, id) in entries.values() {
            tree.extend_from_slice(format!("{mode} {name}\0").as_bytes());
            tree.extend_from_slice(id);
        }
        Sha1::new().chain_update(format!("tree {}\0", tree.len())).chain_update(&tree).finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The identifiers that `git hash-object` and `git mktree` give.
    #[test]
    fn a_folder_has_the_identifier_that_git_gives() {
        assert_eq!(hex(&blob(b"")), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
        assert_eq!(directory([]), "swh:1:dir:4b825dc642cb6eb9a060e54bf8d69288fbee4904");
    }
}
