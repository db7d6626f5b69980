//! `frozen.yaml`, which `greffe freeze` writes, and `errata.yaml`, the one file that may be added to a consultation
//! once it is frozen.

use crate::model::id::Id;
use crate::model::when::Date;
use crate::record;
use crate::yaml::read::{Entries, Localised, Markdown};

record! {
    /// That a consultation is frozen, and what it consists of. `greffe freeze` writes it; nobody edits it.
    pub struct FrozenRecord as "frozen" ("gel") {
        /// The day it was frozen: the day of which its archive speaks.
        required date: Date,
        /// Version of Greffe that froze it.
        required greffe: Box<str>,
        /// The commit that was frozen, where the content is in a git repository.
        optional commit: Box<str>,
        /// SHA-256 of the list `files`, written as `sha256sum` writes it: digest, two spaces, path, line end.
        required digest: Box<str>,
        /// The archive that this one replaces.
        optional replaces: ReplacedRecord,
        /// SHA-256 of each file as published, by its path from the consultation's folder.
        required files: Entries<Box<str>>,
        /// Files of which something is not published. It is in no public archive.
        optional withheld: WithheldFiles,
    }
}

record! {
    /// Files as they stand here, where that is not how they are published.
    pub struct WithheldFiles as "withheld files" ("fichiers retenus") {
        /// Words that stand before each digest when it is made, so that nobody can guess what it is of.
        required salt: Box<str>,
        /// SHA-256 of the salt and of the SHA-256 of the file, both as written here, by path.
        required files: Entries<Box<str>>,
    }
}

record! {
    /// An archive that was replaced, as after an erasure that a law demands.
    pub struct ReplacedRecord as "replaced" ("archive remplacée") {
        /// Its name: `sha512:` and the SHA-512 of its `manifest-sha512.txt`.
        required bag: Box<str>,
        /// The day it was frozen.
        required date: Date,
        /// Why it was replaced; readers see it.
        required reason: Localised<Box<str>>,
        /// The files that changed since, from the consultation's folder.
        list files: Box<str>,
    }
}

record! {
    /// A dated correction of something frozen.
    pub struct ErratumRecord as "erratum" {
        /// The day of the correction.
        required date: Date,
        /// What is to be read, and instead of what.
        required body: Localised<Markdown>,
        /// The contribution it is about. Without any of these, it is about the whole consultation.
        optional contribution: Id,
        /// The amendment it is about.
        optional amendment: Id,
        /// The vote it is about.
        optional vote: Id,
        /// The meeting it is about.
        optional meeting: Id,
        /// The synthesis it is about.
        optional synthesis: Id,
        /// The text it is about.
        optional text: Id,
    }
}
