//! HTML → Markdown without loss of words. In comes a fragment written in a rich-text editor; out come Markdown and
//! notes of what has no equivalent (underlining, images that become links). Each paragraph is checked as it is
//! written: rendered again by `pulldown-cmark`, it must give the words of the HTML, or it is written with fewer
//! marks. Scripts and styles are left out; nothing is fetched.

mod blocks;
mod escape;
mod flow;
mod inline;
mod official;
mod tree;

pub(crate) use escape::plain;
pub(in crate::import) use inline::{Mark, Piece};
pub(in crate::import) use official::{line, paragraphs};

use crate::lang::Bilingual;
use crate::say;
use flow::Flow;
use std::collections::BTreeSet;
use tree::Tree;

/// What the fragment is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// What a participant wrote: raw HTML is never written.
    Contribution,
    /// An official text: every line is a paragraph (alinéa), headings are strong lines, `<sup>` stays.
    Law,
}

/// A converted fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Converted {
    /// The Markdown, without line end at the end.
    pub(crate) markdown: String,
    /// What has no equivalent.
    pub(crate) notes: BTreeSet<Note>,
    /// Addresses of images, which became links.
    pub(crate) images: Vec<String>,
}

/// Something that Markdown cannot say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Note {
    /// Underlined words are kept without underlining.
    Underline,
    /// Marks of a paragraph were left out because they could not be written around its words.
    Marks,
    /// A link whose address is not the web's or a mail's became its words.
    Link,
    /// A script, a style, a frame or a form field was left out.
    Object,
}

impl Converted {
    /// What the conversion changed, in words for the report.
    pub(crate) fn reasons(&self) -> impl Iterator<Item = Bilingual> {
        let image = say!(
            "une image est devenue un lien : elle n’est pas dans l’export",
            "an image became a link: it is not in the export"
        );
        self.notes.iter().map(|note| note.said()).chain((!self.images.is_empty()).then_some(image))
    }
}

impl Note {
    pub(in crate::import) fn said(self) -> Bilingual {
        match self {
            Note::Underline => say!(
                "le soulignement n’existe pas en Markdown : les mots restent",
                "there is no underlining in Markdown: the words stay"
            ),
            Note::Marks => say!(
                "gras ou italique retirés là où le Markdown ne peut pas les fermer : les mots restent",
                "bold or italic removed where Markdown cannot close them: the words stay"
            ),
            Note::Link => say!(
                "un lien qui n’est pas du web est devenu ses mots",
                "a link that is not the web's became its words"
            ),
            Note::Object => say!(
                "un script, un cadre ou un champ de formulaire a été écarté",
                "a script, a frame or a form field was left out"
            ),
        }
    }
}

/// Converts a fragment. `base` is the site's address, for links without a host.
pub(crate) fn convert(html: &str, usage: Use, base: &str) -> Converted {
    let tree = Tree::read(html);
    let mut flow = Flow::new(&tree, usage, base);
    for id in tree.roots() {
        flow.visit(*id, 0);
    }
    let (blocks, notes, images) = flow.finish();
    let mut converted = Converted { markdown: blocks::write(&blocks), notes, images };
    let wanted = blocks::words(&blocks);
    if words(&converted.markdown) != wanted {
        // Lists or quotations that could not be told apart: the words alone, one paragraph a block.
        converted.markdown = blocks::flat(&blocks);
        converted.notes.insert(Note::Marks);
    }
    converted
}

/// Words of a plain-text field as Markdown, and what was changed of them.
pub(crate) fn told_plain(text: &str) -> (String, Option<Bilingual>) {
    let (markdown, breaks) = plain(text);
    let told = (breaks > 0).then(|| {
        say!(
            "« <br> » tapé dans un champ de texte simple : lu comme un retour à la ligne",
            "“<br>” typed in a plain-text field: read as a line break"
        )
    });
    (markdown, told)
}

/// The words of Markdown as a reader sees them, white space made one space: what must not be lost.
pub(crate) fn words(markdown: &str) -> String {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut out = String::new();
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            Event::InlineHtml(html) if matches!(&*html, "<sup>" | "</sup>" | "<sub>" | "</sub>") => {}
            Event::Html(text) | Event::InlineHtml(text) => out.push_str(&text),
            Event::Start(
                Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. },
            )
            | Event::End(
                TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image,
            ) => {}
            Event::Start(_) | Event::End(_) | Event::Rule => out.push(' '),
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                out.push_str(&text);
            }
            Event::TaskListMarker(_) => {}
        }
    }
    normal(&out)
}

/// The words of HTML, as they are.
pub(crate) fn text(html: &str) -> String {
    let tree = Tree::read(html);
    tree.roots().iter().map(|id| tree.words(*id)).collect::<Vec<_>>().join(" ")
}

/// White space of any kind as one space.
pub(crate) fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
