//! The front matter of `amendments/<id>.md`; the body is its statement of reasons.

use super::common::{Imported, SitePath, Url};
use crate::model::change::Paragraphs;
use crate::model::choices::{Origin, Outcome};
use crate::model::id::Id;
use crate::model::when::Date;
use crate::yaml::read::Markdown;
use crate::yaml::{Node, Read, Reader, Shape};
use crate::{record, say};

record! {
    /// A change proposed to one version of a text.
    pub struct AmendmentRecord as "amendment" ("amendement") {
        /// Its id; the file's name when absent.
        optional id: Id,
        /// The text it changes; needed when the consultation has several.
        optional text: Id,
        /// The version it was written on; the first when absent.
        optional version: Id,
        /// The article it changes (`1er`, `17 bis`); absent when it changes the whole or adds an article.
        optional article: Box<str>,
        /// Its number as tabled; the id when absent.
        optional number: Box<str>,
        /// A few words that say what it does.
        optional title: Box<str>,
        /// The amendment that it amends.
        optional parent: Id,
        /// Who tabled it; public, whatever the consultation's rule for contributions.
        list authors: Box<str>,
        /// Their group or committee.
        optional group: Box<str>,
        /// The day it was tabled.
        optional date: Date,
        /// What became of it: `pending` when absent.
        optional outcome: Outcome,
        /// The day it was decided.
        optional decided: Date,
        /// Where a change that was not tabled comes from; such a change has no outcome.
        optional origin: Origin,
        /// Id of the vote that decided it.
        optional vote: Id,
        /// Amendments and changes on whose result it builds: its operations name the text as these leave it.
        list after: Id,
        /// Its place among the changes applied to the version; those without one come after, in the order of decision, then of number. Without operations, its place in the discussion.
        optional order: u64,
        /// Contributions that led to it.
        list contributions: Id,
        /// What it does, in the words in which it was tabled (dispositif), when these are not read as operations.
        optional instruction: Markdown,
        /// What it does, edit by edit.
        list operations: OperationRecord,
        /// Where it is published officially.
        optional url: Url,
        /// Former addresses of its page.
        list aliases: SitePath,
        /// Where it was imported from.
        optional imported: Imported,
    }
}

record! {
    /// One edit: of words quoted exactly, of paragraphs by their numbers, of an article or a division by its number.
    pub struct OperationRecord as "operation" ("opération") {
        /// The article edited, when it is not the amendment's.
        optional article: Box<str>,
        /// The division edited, by its id (`titre-ier-chapitre-ii`), when it is not an article; `preamble` is what stands before the first.
        optional division: Box<str>,
        /// The paragraph in which the words stand, from 1; the whole article when absent.
        optional paragraph: u64,
        /// Words to replace.
        optional replace: Box<str>,
        /// What replaces the words, the paragraphs, the article or the division.
        optional with: Box<str>,
        /// Words to insert.
        optional insert: Box<str>,
        /// The words before which to insert.
        optional before: Box<str>,
        /// The words after which to insert.
        optional after: Box<str>,
        /// Words to delete.
        optional delete: Box<str>,
        /// Which of several occurrences of the words, from 1.
        optional occurrence: u64,
        /// Paragraphs to replace: `3` or `3-5`.
        optional replace_paragraphs: Paragraphs,
        /// Paragraphs to insert, in Markdown, a blank line between two.
        optional insert_paragraphs: Box<str>,
        /// The paragraph after which paragraphs go; 0 for before the first.
        optional after_paragraph: u64,
        /// Paragraphs to delete: `3` or `3-5`.
        optional delete_paragraphs: Paragraphs,
        /// Paragraphs to move: `3` or `3-5`.
        optional move_paragraphs: Paragraphs,
        /// The article into which paragraphs move, when it is another.
        optional to_article: Box<str>,
        /// An article to replace by what `with` says; without a heading in it, only its paragraphs.
        optional replace_article: Box<str>,
        /// A division to replace, with everything in it.
        optional replace_division: Box<str>,
        /// Articles and divisions to insert, in Markdown, each with its heading.
        optional insert_articles: Box<str>,
        /// An article to delete.
        optional delete_article: Box<str>,
        /// A division to delete, with everything in it.
        optional delete_division: Box<str>,
        /// A division of which only the heading is deleted: its articles pass to the division before.
        optional delete_heading: Box<str>,
        /// An article to move.
        optional move_article: Box<str>,
        /// A division to move, with everything in it.
        optional move_division: Box<str>,
        /// The article before which articles or divisions go.
        optional before_article: Box<str>,
        /// The article after which they go.
        optional after_article: Box<str>,
        /// The division before which they go.
        optional before_division: Box<str>,
        /// The division after which they go, after everything in it.
        optional after_division: Box<str>,
        /// The division in which they go, right after its heading; `preamble` for the beginning of the text.
        optional in_division: Box<str>,
        /// A new heading for the article or division.
        optional heading: Box<str>,
        /// A new number for the article or division, as the text will have it: `Article 12`.
        optional number: Box<str>,
    }
}

impl Read for Paragraphs {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let words = <Box<str> as Read>::read(node, reader)?;
        let number = |words: &str| words.trim().parse::<u32>().ok().filter(|n| *n > 0);
        let read = match words.split_once('-') {
            None => number(&words).map(|n| Paragraphs { first: n, last: n }),
            Some((first, last)) => match (number(first), number(last)) {
                (Some(first), Some(last)) if first <= last => Some(Paragraphs { first, last }),
                _ => None,
            },
        };
        if read.is_none() {
            let expected = say!(
                "un numéro d’alinéa ou deux, « 3 » ou « 3-5 »",
                "the number of a paragraph or of two, “3” or “3-5”"
            );
            reader.expected(node.span, expected);
        }
        read
    }

    fn shape() -> Shape {
        Shape::Text
    }
}
