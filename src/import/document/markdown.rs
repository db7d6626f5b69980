//! Markdown, as people write it. It is read by the reader of texts itself; what stands before the text in a front matter
//! is not taken, and images become files that are missing.

use super::block::Whole;
use crate::import::html;
use crate::import::text::{Log, letters};
use crate::model::choices::Numbering;
use crate::model::document::Item;
use crate::parse::{document, front_matter};
use crate::say;
use pulldown_cmark::{Event, Parser, Tag};

/// The document, and what became of its blocks.
pub(super) fn whole(text: &str, log: &mut Log) -> Whole {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let body = match front_matter(&text) {
        Some((front, body)) => {
            let words = html::normal(&text[front]);
            log.skip(
                "element",
                "",
                say!("l’en-tête n’est pas repris : « {words} »", "the front matter is not taken: “{words}”"),
            );
            &text[body..]
        }
        None => &text,
    };
    for event in Parser::new(body) {
        if let Event::Start(Tag::Image { dest_url, .. }) = event {
            log.report.missing_files.push(dest_url.as_ref().into());
        }
    }
    let read = document::read(body, Numbering::French);
    let count = |found: &Item| match found {
        Item::Division(d) => 1 + d.paragraphs.len(),
        Item::Article(a) => 1 + a.paragraphs.len(),
    };
    log.kept("block", read.preamble.len() + read.items.iter().map(count).sum::<usize>());
    let styled = body.lines().filter(|line| line.trim_start().starts_with('#')).count();
    Whole { markdown: body.to_owned(), letters: letters(&html::words(body)), title: None, styled }
}
