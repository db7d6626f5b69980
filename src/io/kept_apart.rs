//! The words that moderators took out of the content, for `greffe check` to look for in what is published. Nothing
//! else of a build or a check reads them, and they go nowhere but into warnings on the author's own screen.

use super::load;
use crate::check::KeptApart;
use std::path::Path;

/// Reads `private/<consultation>/withheld/<id>.md`, in order. What is not there or cannot be read is nothing: it is
/// no part of the site.
pub fn kept_apart(root: &Path) -> Vec<KeptApart> {
    let kept = load::kept(root);
    let one = |path: &str| {
        let (consultation, name) = path.strip_prefix("private/")?.split_once("/withheld/")?;
        let id = name.strip_suffix(".md").filter(|id| !id.contains('/'))?;
        Some((Box::from(consultation), Box::from(id)))
    };
    kept.iter()
        .filter_map(|(file, source)| {
            let (consultation, id) = one(&source.path)?;
            Some(KeptApart { consultation, id, words: kept.text(file).into() })
        })
        .collect()
}
