//! The sources in a bag → `SourceFile`s, as `load` makes them of a folder: the same files, read or copied by the same
//! rule ([`taken`]).

use crate::source::{Breakage, Contents, SourceFile, TEXT_LIMIT, Taken, as_text, is_left_over, taken};

/// Up to how many bytes of a file a build wants to see; none of a file that no build reads.
pub fn wanted(path: &str) -> Option<u64> {
    let inside = path == "greffe.yaml" || path.starts_with("content/") || path.starts_with("themes/");
    if !inside || path.split('/').any(is_left_over) {
        return None;
    }
    Some(match taken(path) {
        Taken::Whole(limit) => limit,
        Taken::WholeIfSmall => TEXT_LIMIT,
        Taken::Copied => 0,
    })
}

/// A source; `bytes` are none when there are more than [`wanted`] said.
pub fn source(path: &str, size: u64, bytes: Option<Vec<u8>>) -> SourceFile {
    let contents = match (taken(path), bytes) {
        (Taken::Copied, _) | (Taken::WholeIfSmall, None) => Contents::Opaque { bytes: size },
        (Taken::Whole(_) | Taken::WholeIfSmall, Some(bytes)) => as_text(&bytes),
        (Taken::Whole(limit), None) => Contents::Broken(Breakage::TooLarge { bytes: size, limit }),
    };
    SourceFile { path: path.into(), contents }
}
