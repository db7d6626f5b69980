//! What the importers share: files gathered under a consultation's folder, counted words in French. Maps and files with
//! front matter are made by [`Fields`].

use crate::sink::OutPath;
pub(super) use crate::yaml::fields::Fields;
use std::collections::BTreeMap;

/// Files being gathered under a consultation's folder.
#[derive(Debug)]
pub(super) struct Folder {
    root: String,
    pub(super) files: BTreeMap<OutPath, Vec<u8>>,
}

impl Folder {
    /// The folder `content/<slug>`.
    pub(super) fn new(slug: &crate::model::id::Id) -> Self {
        Folder { root: format!("content/{slug}"), files: BTreeMap::new() }
    }

    /// Adds a file and gives its path from the site's root.
    pub(super) fn put(&mut self, path: &str, text: String) -> Box<str> {
        let whole = format!("{}/{path}", self.root);
        if let Some(path) = OutPath::new(&whole) {
            self.files.insert(path, text.into_bytes());
        }
        whole.into()
    }
}

/// `88 622`, with the narrow no-break space of French typography.
pub(super) fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(c);
    }
    out
}

/// `1 argument`, `2 arguments`.
pub(super) fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(n), if n < 2 { one } else { many })
}
