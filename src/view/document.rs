//! A text: its plan, and a version of it in full.

use super::Head;
use super::compare::pair_href;
use super::consultation::{VersionLink, version_links};
use super::context::Context;
use super::parts::{Link, Prose};
use super::take_part::{About, invitation};
use crate::derive::DerivedConsultation;
use crate::model::choices::{Stage, TextKind};
use crate::model::document::{Article, Division, Item, Paragraph};
use crate::model::id::Id;
use crate::model::site::Consultation;
use crate::model::when::Date;
use crate::route::{Part, paragraph_fragment};
use serde::Serialize;

/// A version of a text.
#[derive(Debug, Serialize)]
pub struct TextView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// The text's id.
    pub text: String,
    /// What it is.
    pub text_kind: TextKind,
    /// What it would do.
    pub summary: Option<String>,
    /// The version shown.
    pub version: String,
    /// Its title.
    pub version_title: String,
    /// Its date.
    pub date: Date,
    /// Where it stands.
    pub stage: Stage,
    /// It is the latest.
    pub latest: bool,
    /// Every version, oldest first.
    pub versions: Vec<VersionLink>,
    /// Its comparison with the version before; of the first, with the one after.
    pub compare: Option<String>,
    /// The comparative table of the versions.
    pub table: Option<String>,
    /// Divisions and articles.
    pub plan: Vec<PlanEntry>,
    /// What stands before the first division.
    pub preamble: Vec<ParagraphView<'s>>,
    /// The text itself.
    pub items: Vec<ItemView<'s>>,
    /// Link to the list of amendments on it.
    pub amendments: Option<Link>,
    /// The same version with the changes adopted on it.
    pub consolidated: Option<Link>,
    /// The form about it: on the latest version, while the form is not closed.
    pub take_part: Option<String>,
}

/// An entry of the plan.
#[derive(Debug, Serialize)]
pub struct PlanEntry {
    /// Depth, from 1; articles are one deeper than their division.
    pub level: u8,
    /// An article, or a division.
    pub article: bool,
    /// Its number.
    pub number: String,
    /// What follows the number.
    pub heading: String,
    /// Its fragment on the page.
    pub anchor: String,
}

/// A division or an article.
#[derive(Debug, Serialize)]
#[serde(tag = "item", rename_all = "kebab-case")]
pub enum ItemView<'s> {
    /// A division's heading.
    Division {
        /// Depth, from 1.
        level: u8,
        /// Fragment.
        anchor: String,
        /// Number.
        number: &'s str,
        /// What follows.
        heading: &'s str,
        /// Paragraphs under the heading.
        paragraphs: Vec<ParagraphView<'s>>,
    },
    /// An article.
    Article {
        /// Fragment.
        anchor: String,
        /// Its id.
        id: &'s Id,
        /// Number.
        number: &'s str,
        /// What follows.
        heading: &'s str,
        /// Its page.
        href: String,
        /// Its paragraphs.
        paragraphs: Vec<ParagraphView<'s>>,
        /// Amendments on it.
        amendments: usize,
        /// Contributions on it.
        contributions: usize,
        /// The form about it.
        take_part: Option<String>,
    },
}

/// A numbered paragraph.
#[derive(Debug, Serialize)]
pub struct ParagraphView<'s> {
    /// Its number.
    pub number: u32,
    /// Its fragment.
    pub anchor: String,
    /// Its words.
    pub body: Prose<'s>,
    /// The form about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub take_part: Option<String>,
}

/// The latest version, at the text's own address.
pub fn latest<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    text: usize,
) -> TextView<'s> {
    version(context, c, d, text, c.texts[text].versions.len().saturating_sub(1))
}

/// A version, at its address.
pub fn version<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    at: usize,
    v: usize,
) -> TextView<'s> {
    let text = &c.texts[at];
    let version = &text.versions[v];
    let (lang, document) = version.document.pick(context.lang);
    let title = context.words(&text.title);
    let description = context.words_opt(&text.summary);
    let mut head = context.head("text", title, description.as_deref().unwrap_or(title));
    head.untranslated = (lang != context.lang).then(|| lang.clone());
    let several = text.versions.len() > 1;
    let mut level = 0;
    let plan = document.items.iter().map(|item| plan_entry(item, &mut level)).collect();
    let item = |item: &'s Item| match item {
        Item::Division(x) => division(x, lang),
        Item::Article(x) => article(context, c, d, (at, v), x, lang),
    };
    TextView {
        head,
        text: text.id.to_string(),
        text_kind: text.kind,
        summary: description,
        version: version.id.to_string(),
        version_title: context.words(&version.title).to_owned(),
        date: version.date,
        stage: version.stage,
        latest: v + 1 == text.versions.len(),
        versions: version_links(context, c, text, Some(v)),
        compare: several.then(|| pair_href(context, c, text, (v.max(1) - 1, v.max(1)))),
        table: several.then(|| context.to(c, Part::Table(&text.id))),
        plan,
        preamble: document.preamble.iter().map(|p| paragraph(p, "preamble", lang)).collect(),
        items: document.items.iter().map(item).collect(),
        amendments: (!c.amendments.is_empty())
            .then(|| Link::new(context.to(c, Part::Amendments), "menu_amendments")),
        consolidated: super::amendments::consolidated(context, c, d, (at, v))
            .map(|href| Link::new(href, context.words(&version.title))),
        take_part: (v + 1 == text.versions.len())
            .then(|| invitation(context, c, About::Text(&text.id)))
            .flatten(),
    }
}

/// An entry of the plan; `level` is that of the last division.
pub fn plan_entry(item: &Item, level: &mut u8) -> PlanEntry {
    match item {
        Item::Division(x) => {
            *level = x.level;
            PlanEntry {
                level: x.level,
                article: false,
                number: x.number.to_string(),
                heading: x.heading.to_string(),
                anchor: division_anchor(&x.id),
            }
        }
        Item::Article(x) => PlanEntry {
            level: *level + 1,
            article: true,
            number: x.number.to_string(),
            heading: x.heading.to_string(),
            anchor: article_anchor(&x.id),
        },
    }
}

fn division<'s>(x: &'s Division, lang: &crate::lang::Lang) -> ItemView<'s> {
    ItemView::Division {
        level: x.level,
        anchor: division_anchor(&x.id),
        number: &x.number,
        heading: &x.heading,
        paragraphs: x.paragraphs.iter().map(|p| paragraph(p, &division_anchor(&x.id), lang)).collect(),
    }
}

fn article<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    (text, version): (usize, usize),
    x: &'s Article,
    lang: &crate::lang::Lang,
) -> ItemView<'s> {
    // Its page is that of the article through all versions, whatever its number here.
    let id = c.texts[text].article_at(version, &x.id).map_or(&x.id, |a| &a.id);
    let key = (text, id.clone());
    let latest = version + 1 == c.texts[text].versions.len();
    let take_part =
        latest.then(|| invitation(context, c, About::Article(&c.texts[text].id, &x.id))).flatten();
    ItemView::Article {
        anchor: article_anchor(&x.id),
        id: &x.id,
        number: &x.number,
        heading: &x.heading,
        href: context.to(c, Part::Article(&c.texts[text].id, id)),
        paragraphs: inviting(paragraphs(x, lang), take_part.as_deref()),
        take_part,
        amendments: d.amendments_on.get(&key).map_or(0, Vec::len),
        contributions: d.on_article.get(&key).map_or(0, Vec::len),
    }
}

/// The paragraphs of an article, with their permanent fragments.
pub fn paragraphs<'s>(article: &'s Article, lang: &crate::lang::Lang) -> Vec<ParagraphView<'s>> {
    let one = |p: &'s Paragraph| ParagraphView {
        number: p.number,
        anchor: paragraph_fragment(&article.id, p.number),
        body: prose(p, lang),
        take_part: None,
    };
    article.paragraphs.iter().map(one).collect()
}

/// Paragraphs, each with the form about it; `article` is the address of the form about their article.
pub fn inviting<'s>(paragraphs: Vec<ParagraphView<'s>>, article: Option<&str>) -> Vec<ParagraphView<'s>> {
    let form = |number: u32| article.map(|form| format!("{form}&paragraph={number}"));
    paragraphs.into_iter().map(|p| ParagraphView { take_part: form(p.number), ..p }).collect()
}

fn paragraph<'s>(p: &'s Paragraph, prefix: &str, lang: &crate::lang::Lang) -> ParagraphView<'s> {
    ParagraphView {
        number: p.number,
        anchor: format!("{prefix}-p{}", p.number),
        body: prose(p, lang),
        take_part: None,
    }
}

fn prose<'s>(p: &'s Paragraph, lang: &crate::lang::Lang) -> Prose<'s> {
    Prose { markdown: (&*p.markdown).into(), from: super::parts::Trust::Official, lang: lang.clone() }
}

/// The fragment of an article on the page of a version.
pub fn article_anchor(id: &Id) -> String {
    format!("a-{id}")
}

/// The fragment of a division.
pub fn division_anchor(id: &Id) -> String {
    format!("d-{id}")
}
