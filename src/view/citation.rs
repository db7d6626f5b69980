//! How a page of the record is cited: who wrote, what, in what, when, where. `&Context` and the page in, facts out;
//! `render` writes them as text, BibTeX and CSL-JSON, with the digest of the page's data file. Only pages of the record
//! have one: lists, searches and forms are not cited. Nothing here is in the data file: a digest cannot be in what it is
//! taken of.

use super::context::{Context, article_title};
use super::plan::{Key, PartKey};
use crate::lang::Lang;
use crate::model::choices::{Stage, TextKind};
use crate::model::site::*;
use crate::model::when::Date;
use serde::Serialize;

/// What is cited, by the names of CSL 1.0.2 (docs.citationstyles.org, “Item types”).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Kind {
    Webpage,
    Bill,
    Legislation,
    Regulation,
    Post,
    Report,
}

/// How a page is cited.
#[derive(Debug, Clone, Serialize)]
pub struct Citation {
    /// Its name in a list of references.
    pub key: String,
    /// What it is.
    pub kind: Kind,
    /// The same in words: a key of the messages.
    pub genre: String,
    /// Why its words are not there: a key of the messages.
    pub absent: Option<&'static str>,
    /// Who wrote it, as they may be shown; nobody when nobody is.
    pub authors: Vec<String>,
    /// Its title.
    pub title: String,
    /// In what it is: a text, the consultation.
    pub within: Vec<String>,
    /// Its number.
    pub number: Option<String>,
    /// Of a text, the article.
    pub section: Option<String>,
    /// When it was written, when that is recorded.
    pub date: Option<Date>,
    /// The day of which the page speaks.
    pub as_of: Date,
    /// The commit in which it was frozen. Before that none is named: every page would change with each.
    pub commit: Option<String>,
    /// Its whole address, when the site has one.
    pub url: Option<String>,
    /// The file of the page, from the site's root.
    pub path: String,
    /// Title of the site.
    pub site: String,
    /// Who publishes it.
    pub publisher: String,
    /// Language of the page.
    pub lang: Lang,
}

/// The citation of a page, whose title is that of its view.
pub fn citation(context: &Context<'_>, key: &Key, title: &str) -> Option<Citation> {
    let Key::In(_, part) = key else { return None };
    let (c, _) = context.consultation()?;
    let (path, url) = context.permalink();
    let organiser = || vec![context.words(&c.organiser.name).to_owned()];
    let publisher = context.site.publisher.as_ref().unwrap_or(&c.organiser);
    let whole = |kind, genre: &str, key: String, authors, date: Option<Date>| Citation {
        key,
        kind,
        genre: genre.to_owned(),
        absent: None,
        authors,
        title: title.to_owned(),
        within: vec![context.words(&c.title).to_owned()],
        number: None,
        section: None,
        date,
        as_of: context.site.day_of(c),
        commit: c.frozen.as_ref().and_then(|frozen| frozen.commit.as_deref()).map(str::to_owned),
        url: url.clone(),
        path: path.clone(),
        site: context.words(&context.site.title).to_owned(),
        publisher: context.words(&publisher.name).to_owned(),
        lang: context.lang.clone(),
    };
    let id = &c.id;
    Some(match part {
        PartKey::Main => Citation {
            within: Vec::new(),
            ..whole(Kind::Webpage, "citation_consultation", id.to_string(), organiser(), None)
        },
        PartKey::Text(t) => {
            let latest = c.texts[*t].versions.len().saturating_sub(1);
            let key = format!("{id}-text-{}", c.texts[*t].id);
            version(context, &c.texts[*t], latest, whole(Kind::Bill, "", key, organiser(), None))
        }
        PartKey::Version(t, v) => {
            let text = &c.texts[*t];
            let key = format!("{id}-text-{}-{}", text.id, text.versions[*v].id);
            version(context, text, *v, whole(Kind::Bill, "", key, organiser(), None))
        }
        PartKey::Article(t, a) => {
            let text = &c.texts[*t];
            let article = &text.articles[*a];
            let shown = (0..text.versions.len()).rev().find(|v| article.places[*v].is_some()).unwrap_or(0);
            let key = format!("{id}-text-{}-article-{}", text.id, article.id);
            let own = version(context, text, shown, whole(Kind::Bill, "", key, organiser(), None));
            let consultation = context.words(&c.title).to_owned();
            let section = Some(article_title(text, &article.id, context.lang));
            Citation {
                title: title.to_owned(),
                within: vec![own.title.clone(), consultation],
                section,
                ..own
            }
        }
        PartKey::Amendment(x) => {
            let amendment = &c.amendments[*x];
            let mut own = whole(
                Kind::Bill,
                "citation_amendment",
                format!("{id}-amendment-{}", amendment.id),
                amendment.authors.iter().map(|a| a.to_string()).collect(),
                amendment.date.or(amendment.decided),
            );
            if own.authors.is_empty() {
                own.authors = amendment.group.iter().map(|group| group.to_string()).collect();
            }
            own.number = Some(amendment.number.to_string());
            own.within.insert(0, context.words(&c.texts[amendment.text].title).to_owned());
            own
        }
        PartKey::Contribution(x) => contribution(&c.contributions[*x], |kind, genre, authors, date| {
            let key = format!("{id}-contribution-{}", c.contributions[*x].id);
            whole(kind, genre, key, authors, date)
        }),
        PartKey::Vote(x) => {
            let vote = &c.votes[*x];
            let date = vote.date.or_else(|| Some(Date(vote.closes?.date)));
            let genre = word("vote_kind", vote.kind.as_str());
            whole(Kind::Webpage, &genre, format!("{id}-vote-{}", vote.id), organiser(), date)
        }
        PartKey::Meeting(x) => {
            let meeting = &c.meetings[*x];
            let genre = word("meeting_kind", meeting.kind.as_str());
            let date = Some(Date(meeting.date.date));
            whole(Kind::Webpage, &genre, format!("{id}-meeting-{}", meeting.id), organiser(), date)
        }
        PartKey::Synthesis(x) => {
            let synthesis = &c.syntheses[*x];
            let author = vec![context.words(&synthesis.author.name).to_owned()];
            let key = format!("{id}-synthesis-{}", synthesis.id);
            whole(Kind::Report, "citation_synthesis", key, author, Some(synthesis.date))
        }
        PartKey::Phases
        | PartKey::Compare(..)
        | PartKey::Table(_)
        | PartKey::Amendments(_)
        | PartKey::VersionAmendments(..)
        | PartKey::Consolidated(..)
        | PartKey::Contributions(..)
        | PartKey::Votes
        | PartKey::Meetings
        | PartKey::Responses
        | PartKey::Syntheses
        | PartKey::Commitments
        | PartKey::TakePart
        | PartKey::TakePartThanks
        | PartKey::Receipt
        | PartKey::Questionnaire
        | PartKey::Moderation(_)
        | PartKey::Data
        | PartKey::Trace
        | PartKey::Unanswered(_)
        | PartKey::Uncited(_)
        | PartKey::Untraced(_) => return None,
    })
}

/// A text in one version.
fn version(context: &Context<'_>, text: &Text, at: usize, own: Citation) -> Citation {
    let version = &text.versions[at];
    let kind = match text.kind {
        TextKind::Bill if version.stage == Stage::Promulgated => Kind::Legislation,
        TextKind::Bill => Kind::Bill,
        TextKind::Regulation => Kind::Regulation,
        TextKind::Resolution | TextKind::Plan | TextKind::Other => Kind::Webpage,
    };
    Citation {
        kind,
        genre: word("text_kind", text.kind.as_str()),
        title: format!("{}, {}", context.words(&text.title), context.words(&version.title)),
        date: Some(version.date),
        ..own
    }
}

/// A contribution by its author as shown, or the place where one stood.
fn contribution(
    own: &Contribution,
    whole: impl Fn(Kind, &str, Vec<String>, Option<Date>) -> Citation,
) -> Citation {
    let authors = own.published().and_then(|p| match (&p.author.name, &p.author.organisation) {
        (Some(name), Some(body)) => Some(format!("{name} ({body})")),
        (Some(one), None) | (None, Some(one)) => Some(one.to_string()),
        (None, None) => None,
    });
    let date = own.date.map(|moment| Date(moment.date));
    let genre = word("kind", own.kind.as_str());
    let absent = match own.content {
        Content::Published(_) => None,
        Content::Withheld { .. } => Some("withheld"),
        Content::Erased { .. } => Some("erased"),
    };
    Citation { absent, ..whole(Kind::Post, &genre, authors.into_iter().collect(), date) }
}

/// The message of a word of a closed list.
fn word(list: &str, of: &str) -> String {
    format!("{list}_{}", of.replace('-', "_"))
}
