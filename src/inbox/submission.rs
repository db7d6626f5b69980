//! What every source gives: [`Submission`]s, each a list of fields with its place, and [`Untaken`] ones with the reason.
//! A field is words, whatever they are: nothing is believed or made safe here.

use crate::lang::Bilingual;
use crate::model::choices::Channel;
use sha2::{Digest, Sha256};

/// Most bytes in the fields of one submission: what a person writes and sends is far below.
pub const MOST_BYTES: usize = 1 << 20;
/// Most fields of one submission.
pub const MOST_FIELDS: usize = 500;

/// The fields of a form, in no order. `answer-…` stands beside them.
pub const FIELDS: [&str; 26] = [
    "form-name",
    "greffe",
    "consultation",
    "kind",
    "text",
    "version",
    "article",
    "paragraph",
    "quote",
    "parent",
    "position",
    "title",
    "body",
    "link",
    "place",
    "show",
    "name",
    "pseudonym",
    "author_kind",
    "organisation",
    "register",
    "email",
    "consent",
    "receipt",
    "written",
    "website",
];

/// How the field of an answer begins; the id of the question follows.
pub const ANSWER: &str = "answer-";

/// Whether a form of Greffe has a field of this name.
pub fn is_field(name: &str) -> bool {
    FIELDS.contains(&name) || name.strip_prefix(ANSWER).is_some_and(|question| !question.is_empty())
}

/// Where something stands in what was received.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub file: Box<str>,
    /// The line, the number or the name in it; empty for a file that is one submission.
    pub row: Box<str>,
}

/// Something that was sent.
#[derive(Debug, Clone)]
pub struct Submission {
    /// Where it stands.
    pub place: Place,
    /// Its name where it came through: the id that a host gave it, the message's own. Empty when there is none.
    pub own: Box<str>,
    /// Fields as filled in. A name may come twice.
    pub fields: Vec<(Box<str>, Box<str>)>,
    /// What the way it came by says of it (address, browser, attachments): private.
    pub about: Vec<(Box<str>, Box<str>)>,
    /// When it arrived, as the source says.
    pub received: Option<jiff::Timestamp>,
    /// How it came.
    pub channel: Channel,
}

/// Something that cannot be taken.
#[derive(Debug, Clone)]
pub struct Untaken {
    /// Where it stands.
    pub place: Place,
    /// Why.
    pub reason: Bilingual,
}

/// What a file holds.
pub type Found = Vec<Result<Submission, Untaken>>;

impl Submission {
    /// The words of a field without space around them; empty when it was not filled in.
    pub fn get(&self, name: &str) -> &str {
        let filled = self.fields.iter().filter(|(n, _)| &**n == name).map(|(_, words)| words.trim());
        filled.into_iter().find(|words| !words.is_empty()).unwrap_or("")
    }

    /// Whether any of its fields is one that a form of Greffe has.
    pub fn is_contribution(&self) -> bool {
        !self.get("greffe").is_empty() || !self.get("kind").is_empty() || !self.get("body").is_empty()
    }

    /// SHA-256 of where it comes from and of what was filled in, whatever the order of the fields and the file that
    /// brings it: an export that is made again holds the same submissions.
    pub fn digest(&self) -> String {
        let mut fields: Vec<&(Box<str>, Box<str>)> =
            self.fields.iter().filter(|(_, words)| !words.is_empty()).collect();
        fields.sort();
        let mut hash = Sha256::new();
        let mut add = |words: &str| {
            hash.update((words.len() as u64).to_le_bytes());
            hash.update(words.as_bytes());
        };
        add(&self.own);
        for (name, words) in fields {
            add(name);
            add(words);
        }
        crate::text::hex(&hash.finalize())
    }
}
