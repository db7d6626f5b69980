//! What the site holds of the consultation before a text comes in, as `io` reads it.

use crate::model::choices::Numbering;
use crate::model::document::Document;
use crate::model::id::Id;
use std::collections::BTreeMap;

/// The consultation.
#[derive(Debug, Default)]
pub struct Existing {
    /// It is there.
    pub consultation: bool,
    /// Its texts.
    pub texts: BTreeMap<Id, Known>,
}

/// A text that is there.
#[derive(Debug)]
pub struct Known {
    /// Its `text.yaml`, as it stands.
    pub yaml: Box<str>,
    /// How its articles are numbered.
    pub numbering: Numbering,
    /// Its versions in their order, in one language.
    pub versions: Vec<(Id, Document)>,
}
