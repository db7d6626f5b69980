//! `texts/<text>/text.yaml` and `texts/<text>/articles.yaml`.

use super::common::{Imported, LawChange, Reactions, SitePath};
use crate::model::choices::{Numbering, Stage, TextKind};
use crate::model::id::Id;
use crate::model::when::{Date, Moment};
use crate::record;
use crate::yaml::read::{Localised, Markdown};

record! {
    /// A text under discussion: `text.yaml` in its folder, whose name is its id.
    pub struct TextRecord as "text" ("texte") {
        /// What it is.
        required kind: TextKind,
        /// Its title.
        required title: Localised<Box<str>>,
        /// A few words used in headings and menus, when the title is long.
        optional short_title: Localised<Box<str>>,
        /// What it would do, in two or three sentences.
        optional summary: Localised<Box<str>>,
        /// How its articles are numbered: `french` when absent.
        optional numbering: Numbering,
        /// The text that this one continues (a bill and the draft put to consultation): what was said about the articles of its last version is shown on those of this text.
        optional continues: Id,
        /// Its versions, the oldest first; each is the file `<id>.md` beside this one.
        list versions: VersionRecord,
        /// Former addresses of its page.
        list aliases: SitePath,
    }
}

record! {
    /// One dated state of a text.
    pub struct VersionRecord as "version" {
        /// Its id, and its file's name.
        required id: Id,
        /// Its title.
        required title: Localised<Box<str>>,
        /// Its date.
        required date: Date,
        /// Where it stands in the procedure.
        required stage: Stage,
        /// Where it was imported from.
        optional imported: Imported,
    }
}

record! {
    /// What is recorded about an article beside the text: one item of the list in `articles.yaml`.
    pub struct ArticleRecord as "article" {
        /// The article's number as the text has it (`1er`, `17 bis`), or its id.
        required article: Box<str>,
        /// Category of the consultation under which it stood.
        optional category: Id,
        /// What the authors of the text say it is for.
        optional explanation: Markdown,
        /// The laws it changes, before and after.
        list law: LawChange,
        /// Reactions counted on it.
        optional votes: Reactions,
        /// When it was opened to contributions.
        optional date: Moment,
        /// Former addresses of its page.
        list aliases: SitePath,
        /// Where it was imported from.
        optional imported: Imported,
    }
}
