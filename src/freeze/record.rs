//! `frozen.yaml`: what it says, from the files of a consultation. The public one lists the files as published; the one
//! that stays in the repository also knows, by salted digests, the files as they stand there.

use crate::model::frozen::{digest_of, salted};
use crate::model::when::Date;
use crate::yaml::fields::Fields;
use crate::yaml::write::Out;
use std::collections::BTreeMap;

/// What a freeze records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The day.
    pub date: Date,
    /// Version of Greffe.
    pub greffe: Box<str>,
    /// The commit that is frozen.
    pub commit: Option<Box<str>>,
    /// The archive that this one replaces.
    pub replaces: Option<Replaces>,
    /// SHA-256 of each file as published, by its path from the consultation's folder.
    pub files: BTreeMap<Box<str>, Box<str>>,
    /// SHA-256 of the files that are not published as they stand.
    pub whole: BTreeMap<Box<str>, Box<str>>,
    /// What the salted digests begin with.
    pub salt: Box<str>,
}

/// An archive that is replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replaces {
    /// Its name: `sha512:` and the SHA-512 of its `manifest-sha512.txt`.
    pub bag: Box<str>,
    /// The day it was frozen.
    pub date: Date,
    /// Why it is replaced.
    pub reason: Box<str>,
    /// The files that changed since, from the consultation's folder.
    pub files: Vec<Box<str>>,
}

impl Record {
    /// The digest of the list of files as published.
    pub fn digest(&self) -> String {
        digest_of(self.files.iter().map(|(path, sha256)| (&**path, &**sha256)))
    }

    /// The file that stands in public archives.
    pub fn public(&self) -> String {
        self.fields().yaml()
    }

    /// The file that stands in the repository.
    pub fn whole(&self) -> String {
        if self.whole.is_empty() {
            return self.public();
        }
        let files = self.whole.iter().map(|(path, sha256)| (path, salted(&self.salt, sha256)));
        let files = files.fold(Fields::new(), |fields, (path, digest)| fields.text(path, digest));
        let withheld = Fields::new().text("salt", &*self.salt).map("files", files);
        self.fields().map("withheld", withheld).yaml()
    }

    fn fields(&self) -> Fields {
        let files = self.files.iter().fold(Fields::new(), |f, (path, sha256)| f.text(path, &**sha256));
        let fields = Fields::new()
            .text("date", self.date.to_string())
            .text("greffe", &*self.greffe)
            .text("commit", self.commit.as_deref().unwrap_or_default())
            .text("digest", self.digest());
        let fields = match &self.replaces {
            None => fields,
            Some(replaced) => fields.map(
                "replaces",
                Fields::new()
                    .text("bag", &*replaced.bag)
                    .text("date", replaced.date.to_string())
                    .text("reason", &*replaced.reason)
                    .list("files", replaced.files.iter().map(|path| Out::text(&**path)).collect()),
            ),
        };
        fields.map("files", files)
    }
}
