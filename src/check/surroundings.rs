//! What the parts of one consultation share while they are checked.

use super::ids;
use crate::lang::Lang;
use crate::model::choices::AuthorRule;
use crate::model::site::AliasOf;
use crate::parse::draft::DraftConsultation;
use crate::parse::records::common::SitePath;
use crate::sink::OutPath;
use crate::source::Spanned;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;

/// What the parts of one consultation share while they are checked.
pub struct Surroundings<'d> {
    /// Its files.
    pub files: &'d DraftConsultation,
    /// The language in which people write.
    pub language: Lang,
    /// Zone of dates without one.
    pub zone: TimeZone,
    /// How authors are shown.
    pub authors: AuthorRule,
    /// Names may not be shown yet.
    pub names_embargoed: bool,
    /// Categories by id.
    pub categories: ids::Index,
    /// Reasons for withholding by id.
    pub reasons: ids::Index,
    /// Files that something published names.
    pub wanted: BTreeSet<OutPath>,
    /// Files that only withheld contributions name.
    pub unwanted: BTreeSet<OutPath>,
    /// Former addresses.
    pub aliases: Vec<(Spanned<SitePath>, AliasOf)>,
}
