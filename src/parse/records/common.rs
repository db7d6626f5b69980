//! Pieces that several records share.

use crate::diag::{Code, Diagnostic};
use crate::model::choices::{AuthorKind, AuthorRule};
use crate::model::id::Id;
use crate::model::when::{Date, Moment};
use crate::yaml::read::{Localised, Markdown};
use crate::yaml::{Node, Read, Reader, Shape};
use crate::{record, say};

/// An absolute `http` or `https` address.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct Url(pub Box<str>);

impl Url {
    /// Takes words that are such an address.
    pub fn new(words: &str) -> Option<Self> {
        let host = words.strip_prefix("https://").or_else(|| words.strip_prefix("http://"));
        let fine = host.is_some_and(|h| !h.is_empty() && !h.starts_with('/'))
            && !words.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"'));
        fine.then(|| Url(words.into()))
    }
}

impl Read for Url {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let words = <Box<str> as Read>::read(node, reader)?;
        let url = Url::new(&words);
        if url.is_none() {
            reader.expected(
                node.span,
                say!("une adresse web complète, « https://… »", "a whole web address, “https://…”"),
            );
        }
        url
    }

    fn shape() -> Shape {
        Shape::Url
    }
}

/// A path inside the site: relative, `/` between folders, never climbing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SitePath(pub Box<str>);

impl Read for SitePath {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let words = <Box<str> as Read>::read(node, reader)?;
        let trimmed = words.trim_start_matches('/').trim_end_matches('/');
        if crate::sink::OutPath::new(trimmed).is_none() {
            reader.report(
                Diagnostic::new(
                    Code::G020,
                    node.span,
                    say!(
                        "« {words} » sort du site ou n’est pas un chemin",
                        "“{words}” leaves the site or is not a path"
                    ),
                )
                .help(say!(
                    "écrivez un chemin relatif, par exemple « documents/plan.pdf »",
                    "write a relative path such as “documents/plan.pdf”"
                )),
            );
            return None;
        }
        Some(SitePath(trimmed.into()))
    }

    fn shape() -> Shape {
        Shape::Path
    }
}

record! {
    /// A body that publishes, organises, signs or answers.
    pub struct Party as "party" ("organisme") {
        /// Its name.
        required name: Localised<Box<str>>,
        /// Its web site.
        optional url: Url,
    }
}

record! {
    /// A person or body that wrote a contribution. The name is private unless the consultation shows names.
    pub struct Author as "author" ("auteur") {
        /// The name given. Shown only where the consultation's `authors` is `name`; otherwise no page has it.
        optional name: Box<str>,
        /// The name under which the author is shown where `authors` is `pseudonym`.
        optional pseudonym: Box<str>,
        /// How the author asked to be shown: never more than the consultation's `authors` allows.
        optional show: AuthorRule,
        /// Who writes: `citizen` unless stated.
        optional kind: AuthorKind,
        /// The body represented; always shown.
        optional organisation: Box<str>,
        /// The number in a register of interest representatives.
        optional register: Box<str>,
    }
}

record! {
    /// What a thing is about: a whole text, an article, a paragraph.
    pub struct Anchor as "anchor" ("objet de la contribution") {
        /// Id of the text; needed when the consultation has several.
        optional text: Id,
        /// Version on which it was written; the first when absent.
        optional version: Id,
        /// Number of the article as the text has it (`1er`, `17 bis`), or its id.
        optional article: Box<str>,
        /// Number of the paragraph (alinéa), from 1.
        optional paragraph: u64,
        /// The words concerned, quoted.
        optional quote: Box<str>,
    }
}

record! {
    /// Reactions counted by a platform: declared totals, no ballots.
    pub struct Reactions as "reactions" ("réactions") {
        /// For.
        optional r#for: u64,
        /// For in part.
        optional mixed: u64,
        /// Against.
        optional against: u64,
        /// Another count of the same thing, and why it differs.
        optional acknowledged: OtherCount,
    }
}

record! {
    /// A second count that disagrees with the first, acknowledged.
    pub struct OtherCount as "other count" ("autre décompte") {
        /// Who counted otherwise.
        required source: Localised<Box<str>>,
        /// For.
        optional r#for: u64,
        /// For in part.
        optional mixed: u64,
        /// Against.
        optional against: u64,
        /// Why the two differ, as far as is known.
        required reason: Localised<Box<str>>,
        /// The day somebody acknowledged it.
        required date: Date,
    }
}

record! {
    /// A difference that somebody looked at and accepts; readers see it.
    pub struct Acknowledgement as "acknowledgement" ("écart reconnu") {
        /// Why the counts differ.
        required reason: Localised<Box<str>>,
        /// The day it was acknowledged.
        required date: Date,
    }
}

record! {
    /// Where a record was imported from.
    pub struct Imported as "imported" ("import") {
        /// File, and row or record in it.
        required source: Box<str>,
        /// Its id there.
        optional id: Box<str>,
        /// Its address there, when it was public.
        optional url: Url,
    }
}

record! {
    /// A titled piece of Markdown attached to something.
    pub struct Appendix as "appendix" ("annexe") {
        /// Its title.
        required title: Box<str>,
        /// Its words.
        required body: Markdown,
    }
}

record! {
    /// A file of `documents/` or elsewhere in the consultation's folder, published with it.
    pub struct Attachment as "attachment" ("fichier joint") {
        /// Path from the consultation's folder.
        required path: SitePath,
        /// What it is.
        required title: Localised<Box<str>>,
        /// What it says, for those who cannot see or open it.
        optional transcript: Markdown,
    }
}

record! {
    /// The law before and after an article.
    pub struct LawChange as "law change" ("loi changée") {
        /// Which law, which article.
        required title: Box<str>,
        /// As it stands.
        optional before: Markdown,
        /// As it would stand.
        optional after: Markdown,
        /// Where it is published.
        optional url: Url,
    }
}

record! {
    /// A link to something elsewhere.
    pub struct Link as "link" ("lien") {
        /// Its title.
        required title: Localised<Box<str>>,
        /// Its address.
        optional url: Url,
        /// When it was published or seen.
        optional date: Moment,
    }
}
