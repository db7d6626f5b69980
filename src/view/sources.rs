//! Where the words of an article come from: its paragraphs cut by origin, and a list of the origins with the words
//! that each brought. Words that the first version had are nobody's.

use super::amendments::{AmendmentRow, row};
use super::consultation::version_links;
use super::context::{Context, clip};
use super::parts::Link;
use super::trace::back::{Back, back};
use super::vote::vote_card;
use super::words::pieces;
use crate::derive::DerivedConsultation;
use crate::derive::blame::{Blame, Origin, Passage};
use crate::model::document::{Article, Document, Item};
use crate::model::site::{AmendmentIx, Consultation};
use serde::Serialize;

/// How many characters of the words of an origin are quoted.
const QUOTED: usize = 160;

/// Where an article's words come from.
#[derive(Debug, Default, Serialize)]
pub struct Sources {
    /// The paragraphs in order; empty when every word was in the first version.
    pub paragraphs: Vec<SourcedParagraph>,
    /// The origins, in the order in which their words are first read.
    pub origins: Vec<OriginView>,
}

/// A paragraph, cut by origin.
#[derive(Debug, Serialize)]
pub struct SourcedParagraph {
    /// Its number.
    pub number: u32,
    /// Its words.
    pub passages: Vec<PassageView>,
}

/// Words of one origin.
#[derive(Debug, Serialize)]
pub struct PassageView {
    /// The words.
    pub words: String,
    /// The number of their origin in the list; none for words of the first version.
    pub origin: Option<usize>,
}

/// An origin: a change, or a version in which words appeared that no recorded change explains.
#[derive(Debug, Serialize)]
pub struct OriginView {
    /// Its number in the list, from 1.
    pub number: usize,
    /// The change.
    pub change: Option<ChangeView>,
    /// The version in which the words appeared.
    pub version: Link,
    /// The words that it brought, clipped.
    pub words: String,
    /// Numbers of the paragraphs where they stand.
    pub paragraphs: Vec<u32>,
}

/// A change that brought words.
#[derive(Debug, Serialize)]
pub struct ChangeView {
    /// What lists say of it.
    #[serde(flatten)]
    pub row: AmendmentRow,
    /// Votes that decided it.
    pub votes: Vec<Link>,
    /// What led to it: contributions, and the syntheses and responses that speak of them.
    #[serde(flatten)]
    pub back: Back,
}

/// Reads the origins of an article's words; `at` is the text and the version shown.
pub fn sources(
    context: &Context<'_>,
    c: &Consultation,
    d: &DerivedConsultation,
    at: (usize, usize),
    document: &Document,
    article: &Article,
) -> Sources {
    let blame = d.texts.get(at.0).and_then(|text| text.versions.get(at.1)).map(|v| v.blame.get(context.lang));
    let item = document.items.iter().position(|item| match item {
        Item::Article(other) => other.id == article.id,
        Item::Division(_) => false,
    });
    let (Some(blame), Some(item)) = (blame, item) else { return Sources::default() };
    let cut = cut(blame, item, article);
    let mut origins: Vec<Origin> = Vec::new();
    for (_, origin) in cut.iter().flat_map(|(_, passages)| passages) {
        if *origin != Origin::First && !origins.contains(origin) {
            origins.push(*origin);
        }
    }
    if origins.is_empty() {
        return Sources::default();
    }
    let number = |origin: &Origin| origins.iter().position(|other| other == origin).map(|at| at + 1);
    let views = origins.iter().enumerate().map(|(n, origin)| {
        let mine = |(_, passages): &&(u32, Vec<(String, Origin)>)| passages.iter().any(|(_, o)| o == origin);
        let brought = cut.iter().flat_map(|(_, passages)| passages).filter(|(_, o)| o == origin);
        let words: Vec<&str> = brought.map(|(words, _)| words.trim()).collect();
        OriginView {
            number: n + 1,
            change: change(context, c, d, origin),
            version: version(context, c, at, origin),
            words: clip(&words.join(" […] "), QUOTED),
            paragraphs: cut.iter().filter(mine).map(|(number, _)| *number).collect(),
        }
    });
    let origins: Vec<OriginView> = views.collect();
    let paragraph = |(at, passages): &(u32, Vec<(String, Origin)>)| SourcedParagraph {
        number: *at,
        passages: passages
            .iter()
            .map(|(words, origin)| PassageView { words: words.clone(), origin: number(origin) })
            .collect(),
    };
    Sources { paragraphs: cut.iter().map(paragraph).collect(), origins }
}

fn change(
    context: &Context<'_>,
    c: &Consultation,
    d: &DerivedConsultation,
    origin: &Origin,
) -> Option<ChangeView> {
    let at: AmendmentIx = match origin {
        Origin::Change(at) => *at,
        Origin::First | Origin::Version(_) => return None,
    };
    let votes = d.votes_on_amendment.get(&at).into_iter().flatten();
    Some(ChangeView {
        row: row(context, c, d, at),
        votes: votes.map(|vote| vote_card(context, c, d, *vote).link).collect(),
        back: back(context, c, d, at),
    })
}

/// The version in which words first stand: for those of a change, the one after the version that it changes.
fn version(context: &Context<'_>, c: &Consultation, (text, shown): (usize, usize), origin: &Origin) -> Link {
    let text = &c.texts[text];
    let at = match origin {
        Origin::First => 0,
        Origin::Version(v) => *v,
        Origin::Change(at) => (c.amendments[*at].version + 1).min(shown),
    };
    let link = version_links(context, c, text, None).into_iter().nth(at).map(|version| version.link);
    link.unwrap_or_else(|| context.text_link(c, text))
}

/// The words of each paragraph with their origins.
fn cut(blame: &Blame, item: usize, article: &Article) -> Vec<(u32, Vec<(String, Origin)>)> {
    let one = |(at, paragraph): (usize, &crate::model::document::Paragraph)| {
        (paragraph.number, passages(&paragraph.markdown, blame.of(item, at as u32 + 1)))
    };
    article.paragraphs.iter().enumerate().map(one).collect()
}

/// Passages are runs of bytes of Markdown; readers see its words. A piece whose words are not its bytes (a raised
/// figure, an escaped sign) goes whole to the origin of its first byte. A few signs between two origins belong to
/// the one before them.
fn passages(markdown: &str, runs: &[Passage]) -> Vec<(String, Origin)> {
    let mut all: Vec<(String, Origin)> = Vec::new();
    let mut push = |words: &str, origin: Origin| {
        let telling = words.contains(char::is_alphanumeric);
        match all.last_mut() {
            Some((last, other)) if *other == origin || !telling => last.push_str(words),
            Some(_) | None => all.push((words.to_owned(), origin)),
        }
    };
    let mut ends = Vec::with_capacity(runs.len());
    let mut end = 0;
    for run in runs {
        end += run.length;
        ends.push((end, run.origin));
    }
    let origin_at =
        |at: usize| ends.iter().find(|(end, _)| at < *end).or(ends.last()).map_or(Origin::First, |(_, o)| *o);
    for piece in pieces(markdown) {
        if markdown.get(piece.place.clone()) != Some(&*piece.words) {
            push(&piece.words, origin_at(piece.place.start));
            continue;
        }
        let mut from = piece.place.start;
        let stops = ends.iter().map(|(end, _)| *end).filter(|end| piece.place.contains(end));
        for to in stops.chain([piece.place.end]) {
            if let Some(words) = markdown.get(from..to).filter(|words| !words.is_empty()) {
                push(words, origin_at(from));
            }
            from = to;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_where_their_origin_changes() {
        let run = |length, origin| Passage { length, origin };
        let change = Origin::Change(3);
        let markdown = "Le **maire** de 10 m<sup>2</sup>.";
        let runs = [run(5, Origin::First), run(5, change), run(markdown.len() - 10, Origin::First)];
        let found = passages(markdown, &runs);
        let shown: Vec<(&str, Origin)> =
            found.iter().map(|(words, origin)| (words.as_str(), *origin)).collect();
        assert_eq!(shown, [("Le ", Origin::First), ("maire", change), (" de 10 m².", Origin::First)]);
    }
}
