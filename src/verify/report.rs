//! What a verification found: findings, each with its code, its place, what was seen, what was expected and what to do;
//! and what was looked at, so that "nothing found" says how much was read. Nothing is printed here.

use crate::choice;
use crate::lang::{Bilingual, Speech};
use crate::say;
use serde::Serialize;
use serde_json::{Value, json};

choice! {
    /// What a finding is about. The words stand in `docs/verify.md` and in the JSON; they never change their meaning.
    pub enum Code {
        /// The archive as a file: its headers, its names, its size once unpacked.
        Zip = "zip",
        /// `bagit.txt` is not that of BagIt 1.0.
        BagitTxt = "bagit-txt",
        /// `bag-info.txt`: a label is missing, repeated, or says what cannot be.
        BagInfo = "bag-info",
        /// A manifest that is missing, or a line of one that cannot be read.
        Manifest = "manifest",
        /// The two manifests do not list the same files.
        Manifests = "manifests",
        /// A file is listed and not there.
        Missing = "missing",
        /// A file is there and not listed.
        Extra = "extra",
        /// The bytes of a file are not those that were listed.
        Changed = "changed",
        /// A file could not be read to its end.
        Unreadable = "unreadable",
        /// A name that not every machine can keep, or that hides.
        Name = "name",
        /// Two names that some machines hold for one.
        Twin = "twin",
        /// A link or a device where a file should be.
        NotAFile = "not-a-file",
        /// `Payload-Oxum` is not what the payload weighs.
        Oxum = "oxum",
        /// A link of a page leads nowhere.
        Link = "link",
        /// A page asks another machine for something.
        OtherHost = "other-host",
        /// A page or an image runs a program that stands in it.
        Script = "script",
        /// A page and the data beside it do not say the same.
        PageData = "page-data",
        /// A table is not what its package says.
        Table = "table",
        /// The packed data is not what stands beside it.
        DataZip = "data-zip",
        /// The published ballots do not give the published result.
        Votes = "votes",
        /// The sources do not give this site.
        Rebuild = "rebuild",
        /// `frozen.yaml` and the bag do not say the same.
        Frozen = "frozen",
        /// This bag replaces another.
        Replaces = "replaces",
        /// The signature of the archive.
        Signature = "signature",
        /// The time-stamp of the archive.
        Timestamp = "timestamp",
    }
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// What was verified is refused.
    Error,
    /// Something was not proven.
    Warning,
    /// Good to know.
    Note,
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// How grave.
    pub severity: Severity,
    /// What about.
    pub code: Code,
    /// The file, from the root of what is verified; empty for the whole.
    pub path: String,
    /// What was seen.
    pub seen: Bilingual,
    /// What was expected, where that says more.
    pub expected: Option<Bilingual>,
}

impl Finding {
    /// Something that refuses.
    pub fn error(code: Code, path: impl Into<String>, seen: Bilingual) -> Finding {
        Finding { severity: Severity::Error, code, path: path.into(), seen, expected: None }
    }

    /// Something that was not proven.
    pub fn warning(code: Code, path: impl Into<String>, seen: Bilingual) -> Finding {
        Finding { severity: Severity::Warning, ..Finding::error(code, path, seen) }
    }

    /// Something good to know.
    pub fn note(code: Code, path: impl Into<String>, seen: Bilingual) -> Finding {
        Finding { severity: Severity::Note, ..Finding::error(code, path, seen) }
    }

    /// Says what was expected.
    pub fn expected(self, expected: Bilingual) -> Finding {
        Finding { expected: Some(expected), ..self }
    }

    /// Says it in the same words in both languages: a digest, a number, a path.
    pub fn wanted(self, words: &str) -> Finding {
        self.expected(say!("{words}", "{words}"))
    }

    /// Whether it refuses.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// How much was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Files read to their last byte.
    pub files: u64,
    /// Bytes of these.
    pub bytes: u64,
    /// Digests compared with a manifest.
    pub digests: u64,
    /// Pages.
    pub pages: u64,
    /// Links that were followed.
    pub links: u64,
    /// Tables compared with their package.
    pub tables: u64,
    /// Votes counted again.
    pub votes: u64,
    /// Files of the site that were made again from the sources.
    pub rebuilt: u64,
}

/// What was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// A bag in a folder.
    Bag,
    /// A zip that holds one.
    ZippedBag,
    /// A built site.
    Site,
}

/// What came out for one bag or site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Where it stands, as the caller named it.
    pub name: String,
    /// What it is.
    pub subject: Subject,
    /// How much was looked at.
    pub counts: Counts,
    /// What was found, the gravest first, by code and path.
    pub findings: Vec<Finding>,
}

impl Report {
    /// Sorts the findings.
    pub fn new(name: String, subject: Subject, counts: Counts, mut findings: Vec<Finding>) -> Report {
        findings.sort();
        findings.dedup();
        Report { name, subject, counts, findings }
    }

    /// The same report with more findings.
    pub fn and(self, more: Vec<Finding>) -> Report {
        let findings = self.findings.into_iter().chain(more).collect();
        Report::new(self.name, self.subject, self.counts, findings)
    }

    /// Whether it is refused.
    pub fn refused(&self) -> bool {
        self.findings.iter().any(Finding::is_error)
    }

    /// For programs. The keys stand in `docs/verify.md`.
    pub fn json(&self, speech: Speech) -> Value {
        let finding = |finding: &Finding| {
            json!({
                "code": finding.code,
                "severity": finding.severity,
                "path": finding.path,
                "seen": finding.seen.get(speech),
                "expected": finding.expected.as_ref().map(|words| words.get(speech)),
                "remedy": super::remedy::remedy(finding.code).get(speech),
            })
        };
        json!({
            "path": self.name,
            "is": self.subject,
            "refused": self.refused(),
            "checked": self.counts,
            "findings": self.findings.iter().map(finding).collect::<Vec<_>>(),
        })
    }
}
