//! What the importers share: files gathered under a consultation's folder, former addresses, what was withheld, counted
//! words in French. Maps and files with
//! front matter are made by [`Fields`].

use super::pseudonym::Key;
use crate::sink::OutPath;
pub(super) use crate::yaml::fields::Fields;
use crate::yaml::write::Out;
use std::collections::{BTreeMap, BTreeSet};

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

/// Former addresses that pages take over, each once in the whole consultation.
#[derive(Debug, Default)]
pub(super) struct Aliases(BTreeSet<String>);

impl Aliases {
    /// `aliases`: the paths of these addresses.
    pub(super) fn take(&mut self, urls: &[Option<&str>]) -> Fields {
        let mut items = Vec::new();
        for url in urls.iter().flatten() {
            let path =
                url.split("://").nth(1).and_then(|rest| rest.split_once('/')).map_or("", |(_, path)| path);
            let path = path.split(['?', '#']).next().unwrap_or(path).trim_matches('/');
            if OutPath::new(path).is_some() && self.0.insert(path.to_lowercase()) {
                items.push(Out::text(path));
            }
        }
        Fields::new().list("aliases", items)
    }
}

/// Id of the reason of what a platform withheld without saying why.
pub(super) const UNSTATED: &str = "not-stated";

/// `moderation` of something withheld. The digest of its words is made under the key: a word or two could be guessed
/// from one that anybody can make.
pub(super) fn withheld(reason: &str, date: &str, words: &str, key: &Key) -> Fields {
    let state = Fields::new().text("state", "withheld").text("reason", reason).text("date", date);
    Fields::new().map("moderation", state.text("digest", key.digest(words)))
}
