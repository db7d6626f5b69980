//! The form with which a reader takes part: what it may be about, what it asks for, where it sends. A view of what is
//! public; nothing that was sent comes here. Beside the page stands `articles.js`, the words of the articles, which the
//! form loads when a reader rewords one: a page opened from disk can read a script and no other file.

use super::Head;
use super::context::Context;
use super::parts::{Link, PartyView, Prose};
use crate::model::choices::{AuthorRule, ContributionKind, EmailRule, ParticipationChannel, QuestionKind};
use crate::model::document::Article;
use crate::model::id::Id;
use crate::model::participation::{Opening, Participation, Sending};
use crate::model::site::{Category, Consultation, Question, Site, Text};
use crate::model::when::Moment;
use crate::route::{Part, Route};
use serde::Serialize;
use std::collections::BTreeMap;

/// The name of the script that holds the words of the articles, beside the page.
pub const ARTICLES: &str = "articles.js";

/// The page of the form.
#[derive(Debug, Serialize)]
pub struct TakePartView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// The consultation.
    pub consultation: Link,
    /// Its id.
    pub id: &'s str,
    /// Who consults, and receives.
    pub organiser: PartyView,
    /// By what way the form sends.
    pub channel: ParticipationChannel,
    /// Where the form sends without a script; none where it cannot.
    pub action: Option<String>,
    /// An e-mail address to which one can write.
    pub address: Option<&'s str>,
    /// On the day of which the site speaks.
    pub opening: Opening,
    /// When it opens.
    pub opens: Option<Moment>,
    /// When it closes.
    pub closes: Option<Moment>,
    /// The instant of opening, for the reader's clock.
    pub opens_at: Option<String>,
    /// The first instant that is too late, for the reader's clock.
    pub closes_at: Option<String>,
    /// What can be written.
    pub kinds: &'s [ContributionKind],
    /// How authors may ask to be shown.
    pub names: &'s [AuthorRule],
    /// Until when names are not shown yet.
    pub names_embargo: Option<Moment>,
    /// Whether an e-mail address is asked for.
    pub email: EmailRule,
    /// The most characters.
    pub max_length: u64,
    /// What it can be about.
    pub texts: Vec<TextChoice>,
    /// The questionnaire.
    pub questions: Vec<QuestionView>,
    /// What one agrees to.
    pub consent: Option<Prose<'s>>,
    /// It is more than one paragraph, and stands before the box that agrees to it.
    pub consent_long: bool,
    /// How long personal data is kept.
    pub retention: Option<String>,
    /// Moderation charter.
    pub charter: Option<Prose<'s>>,
    /// What is said once it is sent.
    pub thanks: Option<String>,
    /// Where the author learns what became of it.
    pub receipt: String,
}

/// A text that a contribution can be about, in its latest version.
#[derive(Debug, Serialize)]
pub struct TextChoice {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The version.
    pub version: String,
    /// Its articles.
    pub articles: Vec<ArticleChoice>,
}

/// An article that a contribution can be about.
#[derive(Debug, Serialize)]
pub struct ArticleChoice {
    /// Its id in the version.
    pub id: String,
    /// Its number.
    pub number: String,
    /// What follows the number.
    pub heading: String,
    /// How many paragraphs it has.
    pub paragraphs: usize,
}

/// A question.
#[derive(Debug, Serialize)]
pub struct QuestionView {
    /// Its id.
    pub id: String,
    /// The question.
    pub title: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// What can be chosen.
    pub options: Vec<OptionView>,
}

/// Something that can be chosen.
#[derive(Debug, Serialize)]
pub struct OptionView {
    /// Its id.
    pub id: String,
    /// What is shown.
    pub title: String,
}

/// Makes the page of the form.
pub fn take_part<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    participation: &'s Participation,
) -> TakePartView<'s> {
    let title = context.words(&c.title);
    let (opens_at, closes_at) = participation.instants(c);
    let opening = opening(context.site, c, participation);
    let consent = participation.consent.as_ref().and_then(|w| Prose::local(w, context.lang));
    TakePartView {
        head: context.head("take-part", title, context.words(&c.summary)),
        consultation: Link::new(context.to(c, Part::Main), title),
        id: c.id.as_str(),
        organiser: PartyView::new(&c.organiser, context),
        channel: participation.sending.channel(),
        action: match &participation.sending {
            Sending::Netlify if opening == Opening::Closed => None,
            Sending::Netlify => Some(context.to(c, Part::TakePartThanks)),
            Sending::Endpoint { url, .. } => Some(url.to_string()),
            Sending::Email(address) => Some(format!("mailto:{address}?subject=Contribution")),
            Sending::File(_) => None,
        },
        address: match &participation.sending {
            Sending::Netlify | Sending::Endpoint { .. } => None,
            Sending::Email(address) => Some(address),
            Sending::File(address) => address.as_deref(),
        },
        opening,
        opens: participation.opens,
        closes: closes(c, participation),
        opens_at: opens_at.map(|t| t.to_string()),
        closes_at: closes_at.map(|t| t.to_string()),
        kinds: &participation.kinds,
        names: &participation.names,
        names_embargo: participation
            .names_embargo
            .filter(|_| participation.names.contains(&AuthorRule::Name)),
        email: participation.email,
        max_length: participation.max_length,
        texts: c.texts.iter().filter_map(|text| choice(context, text)).collect(),
        questions: c.questions.iter().map(|q| question(context, q)).collect(),
        consent_long: consent.as_ref().is_some_and(|c| !is_sentence(&c.markdown)),
        consent,
        retention: context.words_opt(&participation.retention),
        charter: c.charter.as_ref().and_then(|w| Prose::local(w, context.lang)),
        thanks: context.words_opt(&participation.thanks),
        receipt: context.to(c, Part::Receipt),
    }
}

/// Whether some Markdown is one paragraph of plain words, that can stand beside a box.
fn is_sentence(markdown: &str) -> bool {
    let words = markdown.trim();
    let block = words
        .lines()
        .any(|l| l.trim().is_empty() || l.trim_start().starts_with(['#', '-', '*', '>', '|', '1']));
    !block
}

fn choice(context: &Context<'_>, text: &Text) -> Option<TextChoice> {
    let version = text.versions.last()?;
    let article = |a: &Article| ArticleChoice {
        id: a.id.to_string(),
        number: a.number.to_string(),
        heading: a.heading.to_string(),
        paragraphs: a.paragraphs.len(),
    };
    Some(TextChoice {
        id: text.id.to_string(),
        title: context.text_title(text).to_owned(),
        version: version.id.to_string(),
        articles: version.document.get(context.lang).articles().map(article).collect(),
    })
}

fn question(context: &Context<'_>, question: &Question) -> QuestionView {
    let option =
        |o: &Category| OptionView { id: o.id.to_string(), title: context.words(&o.title).to_owned() };
    QuestionView {
        id: question.id.to_string(),
        title: context.words(&question.title).to_owned(),
        kind: question.kind,
        options: question.options.iter().map(option).collect(),
    }
}

/// The words of the articles, by text and article: a classic script that sets one name.
pub fn articles_script(context: &Context<'_>, c: &Consultation) -> Vec<u8> {
    let mut texts: BTreeMap<&str, BTreeMap<&str, Vec<&str>>> = BTreeMap::new();
    for text in &c.texts {
        let Some(version) = text.versions.last() else { continue };
        let articles = version.document.get(context.lang).articles();
        texts.insert(text.id.as_str(), articles.map(|a| (a.id.as_str(), words(a))).collect());
    }
    script("greffeArticles", &texts)
}

fn words(article: &Article) -> Vec<&str> {
    article.paragraphs.iter().map(|p| &*p.markdown).collect()
}

/// A classic script that gives one name to a value.
pub fn script(name: &str, value: &impl Serialize) -> Vec<u8> {
    format!("globalThis.{name} = {};\n", literal(value)).into_bytes()
}

/// A classic script that hands a value to a function.
pub fn script_call(name: &str, value: &impl Serialize) -> Vec<u8> {
    format!("{name}({});\n", literal(value)).into_bytes()
}

fn literal(value: &impl Serialize) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    // The two line ends of JSON that older scripts do not read in a string.
    json.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// The page that thanks, where the host shows one once the form is sent.
#[derive(Debug, Serialize)]
pub struct ThanksView {
    /// What every view begins with.
    pub head: Head,
    /// The consultation.
    pub consultation: Link,
    /// Its id.
    pub id: String,
    /// What is said.
    pub thanks: Option<String>,
    /// The form.
    pub form: String,
    /// Where the author learns what became of it.
    pub receipt: String,
}

/// Makes the page that thanks.
pub fn thanks(context: &Context<'_>, c: &Consultation, participation: &Participation) -> ThanksView {
    let title = context.words(&c.title);
    ThanksView {
        head: context.head("take-part-thanks", title, title),
        consultation: Link::new(context.to(c, Part::Main), title),
        id: c.id.to_string(),
        thanks: context.words_opt(&participation.thanks),
        form: context.to(c, Part::TakePart),
        receipt: context.to(c, Part::Receipt),
    }
}

/// Whether the form is open on the day of which the pages speak. A frozen consultation takes nothing more.
pub fn opening(site: &Site, c: &Consultation, participation: &Participation) -> Opening {
    if c.frozen.is_some() { Opening::Closed } else { participation.on(site.as_of) }
}

/// When it closes: with the freeze at the latest.
fn closes(c: &Consultation, participation: &Participation) -> Option<Moment> {
    let frozen = c.frozen.as_ref().map(|frozen| Moment::from(frozen.date));
    match (participation.closes, frozen) {
        (Some(closes), Some(frozen)) if frozen.date < closes.date => Some(frozen),
        (closes, frozen) => closes.or(frozen),
    }
}

/// The link to the form about a thing, while it is not closed on the day of which the site speaks.
pub fn invitation(context: &Context<'_>, c: &Consultation, about: About<'_>) -> Option<String> {
    let participation = c.participation.as_ref()?;
    if opening(context.site, c, participation) == Opening::Closed {
        return None;
    }
    let form = context.from.to(Route::In(&c.id, Part::TakePart));
    Some(match about {
        About::Consultation => form,
        About::Text(text) => format!("{form}?text={}", encoded(text.as_str())),
        About::Article(text, article) => {
            format!("{form}?text={}&article={}", encoded(text.as_str()), encoded(article.as_str()))
        }
        About::Contribution(id) => format!("{form}?parent={}", encoded(id.as_str())),
    })
}

/// What an invitation is about.
#[derive(Debug, Clone, Copy)]
pub enum About<'a> {
    /// The consultation.
    Consultation,
    /// A text.
    Text(&'a Id),
    /// An article of the latest version of a text.
    Article(&'a Id, &'a Id),
    /// Another contribution.
    Contribution(&'a Id),
}

/// An id in a query: letters outside ASCII, which numbers of articles may have, are escaped.
fn encoded(words: &str) -> String {
    let mut out = String::new();
    for byte in words.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}
