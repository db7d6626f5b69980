//! What surrounds every page and is in no data file: titles and links of other pages.

use super::context::Context;
use super::frozen::FrozenLink;
use super::parts::{Link, PartyView};
use super::plan::Key;
use super::take_part::{About, invitation};
use crate::lang::Lang;
use crate::model::choices::MenuPlace;
use crate::model::participation::Sending;
use crate::model::site::Page;
use crate::route::{Listing, Part, Route};
use serde::Serialize;

/// The surroundings of a page, as templates see them.
#[derive(Debug, Serialize)]
pub struct Chrome {
    /// The site's title.
    pub site: String,
    /// One sentence about the site.
    pub description: Option<String>,
    /// The page's language.
    pub lang: Lang,
    /// Folder of style and scripts, relative.
    pub r#static: String,
    /// Root of the language, relative.
    pub root: String,
    /// The home page.
    pub home: String,
    /// The search page.
    pub search: String,
    /// Plain pages of the menu.
    pub header: Vec<Link>,
    /// Plain pages of the foot.
    pub footer: Vec<Link>,
    /// From the home page to the page before this one.
    pub breadcrumbs: Vec<Link>,
    /// The consultation of the page.
    pub consultation: Option<Link>,
    /// Its pages.
    pub menu: Vec<MenuItem>,
    /// The same page in the site's other languages.
    pub languages: Vec<LanguageLink>,
    /// The page's address, when the site has one.
    pub canonical: Option<String>,
    /// The feed nearest to the page.
    pub feed: String,
    /// The page's data.
    pub data: Option<String>,
    /// The table of the page.
    pub csv: Option<String>,
    /// Who publishes.
    pub publisher: Option<PartyView>,
    /// How to reach them: an address to link, and what is shown.
    pub contact: Option<Link>,
    /// Where the forms of the page may be sent besides the site itself, as its policy says it.
    pub form_action: Option<String>,
    /// Version of Greffe.
    pub version: &'static str,
    /// That the consultation is frozen, and where it is told how to verify it.
    pub frozen: Option<FrozenLink>,
    /// Records were left out because they are at fault.
    pub quarantined: usize,
}

/// An item of a consultation's menu.
#[derive(Debug, Serialize)]
pub struct MenuItem {
    /// Which: a key of the messages, `menu_<name>`.
    pub name: &'static str,
    /// Title, when it is no message (a text's).
    pub title: Option<String>,
    /// Address.
    pub href: String,
    /// How many things it leads to.
    pub count: Option<usize>,
    /// The page is there, or below.
    pub current: bool,
}

/// The page in another language.
#[derive(Debug, Serialize)]
pub struct LanguageLink {
    /// Language.
    pub lang: Lang,
    /// Address.
    pub href: String,
    /// It is this page.
    pub current: bool,
}

/// The chrome of a page.
pub fn chrome(context: &Context<'_>, key: &Key, has_csv: bool) -> Chrome {
    let site = context.site;
    let from = &context.from;
    let not_found = context.route == Route::NotFound;
    let language = |lang: &Lang| LanguageLink {
        lang: lang.clone(),
        href: from.to_language(lang, context.route),
        current: lang == context.lang,
    };
    let several = context.several() && !not_found;
    let consultation = context.consultation().map(|(c, _)| c);
    Chrome {
        site: context.words(&site.title).to_owned(),
        description: context.words_opt(&site.description),
        lang: context.lang.clone(),
        r#static: format!("{}static/", from.site_root()),
        root: from.root().to_owned(),
        home: from.to(Route::Home),
        search: from.to(Route::Search),
        header: pages(context, MenuPlace::Header),
        footer: pages(context, MenuPlace::Footer),
        breadcrumbs: breadcrumbs(context, key),
        consultation: consultation.map(|c| Link::new(context.to(c, Part::Main), context.words(&c.title))),
        menu: menu(context),
        languages: if several { site.languages.iter().map(language).collect() } else { Vec::new() },
        canonical: context.permalink().1,
        feed: match consultation {
            Some(c) => from.to_file(&format!("{}/feed.xml", c.id)),
            None => from.to_file("feed.xml"),
        },
        data: (!not_found).then(|| "index.json".to_owned()),
        csv: has_csv.then(|| "index.csv".to_owned()),
        publisher: site.publisher.as_ref().map(|p| PartyView::new(p, context)),
        contact: site.contact.as_ref().map(|c| contact(c)),
        form_action: form_action(context),
        version: env!("CARGO_PKG_VERSION"),
        frozen: consultation.and_then(|c| FrozenLink::of(context, c)),
        quarantined: site.quarantined.len(),
    }
}

/// Only the page of the form is let to send elsewhere.
fn form_action(context: &Context<'_>) -> Option<String> {
    let (c, _) = context.consultation()?;
    if !matches!(context.route, Route::In(_, Part::TakePart)) {
        return None;
    }
    match &c.participation.as_ref()?.sending {
        Sending::Netlify | Sending::File(_) => None,
        Sending::Endpoint { origin, .. } => Some(origin.to_string()),
        Sending::Email(_) => Some("mailto:".to_owned()),
    }
}

fn contact(words: &str) -> Link {
    if words.contains('@') && !words.contains("://") {
        return Link::new(format!("mailto:{words}"), words);
    }
    Link::new(words, words)
}

fn pages(context: &Context<'_>, place: MenuPlace) -> Vec<Link> {
    let link = |page: &Page| {
        let title = page.editions.get(context.lang).title.as_deref();
        Link::new(context.from.to(Route::Page(&page.id)), title.unwrap_or(page.id.as_str()))
    };
    context.site.pages.iter().filter(|p| p.menu == place).map(link).collect()
}

/// A consultation's menu: only what it has.
fn menu(context: &Context<'_>) -> Vec<MenuItem> {
    let Some((c, d)) = context.consultation() else { return Vec::new() };
    let Route::In(_, here) = context.route else { return Vec::new() };
    let mut menu = Vec::new();
    let mut add = |name, title: Option<String>, part: Part<'_>, count: Option<usize>, current: bool| {
        menu.push(MenuItem { name, title, href: context.to(c, part), count, current });
    };
    add("presentation", None, Part::Main, None, matches!(here, Part::Main | Part::Phases));
    for text in &c.texts {
        let current = match here {
            Part::Text(id)
            | Part::Version(id, _)
            | Part::Article(id, _)
            | Part::Compare(id, ..)
            | Part::Table(id)
            | Part::Consolidated(id, _)
            | Part::VersionAmendments(id, _, _) => *id == text.id,
            _ => false,
        };
        add("text", Some(context.text_title(text).to_owned()), Part::Text(&text.id), None, current);
    }
    if invitation(context, c, About::Consultation).is_some() {
        let current = matches!(here, Part::TakePart | Part::TakePartThanks);
        add("take_part", None, Part::TakePart, None, current);
    }
    if !c.contributions.is_empty() {
        let current = matches!(here, Part::Contributions(..) | Part::Contribution(..));
        let part = Part::Contributions(Listing::ByDate, 1);
        add("contributions", None, part, Some(d.totals.contributions as usize), current);
    }
    if !c.questions.is_empty() {
        add("questionnaire", None, Part::Questionnaire, None, here == Part::Questionnaire);
    }
    if !c.meetings.is_empty() {
        let current = matches!(here, Part::Meetings | Part::Meeting(_));
        add("meetings", None, Part::Meetings, Some(c.meetings.len()), current);
    }
    if !c.syntheses.is_empty() {
        let current = matches!(here, Part::Syntheses | Part::Synthesis(_) | Part::Uncited(_));
        add("syntheses", None, Part::Syntheses, None, current);
    }
    if !c.responses.is_empty() {
        let current = matches!(here, Part::Responses | Part::Unanswered(_));
        add("responses", None, Part::Responses, Some(c.responses.len()), current);
    }
    if !c.contributions.is_empty() {
        add("trace", None, Part::Trace, None, matches!(here, Part::Trace | Part::Untraced(_)));
    }
    if !c.amendments.is_empty() {
        let current = matches!(here, Part::Amendments | Part::MoreAmendments(_) | Part::Amendment(_));
        add("amendments", None, Part::Amendments, Some(c.amendments.len()), current);
    }
    if !c.votes.is_empty() {
        add("votes", None, Part::Votes, Some(c.votes.len()), matches!(here, Part::Votes | Part::Vote(_)));
    }
    if !c.commitments.is_empty() {
        add("commitments", None, Part::Commitments, Some(c.commitments.len()), here == Part::Commitments);
    }
    if !c.contributions.is_empty() {
        let current = matches!(here, Part::Moderation(_));
        add("moderation", None, Part::Moderation(1), None, current);
    }
    add("data", None, Part::Data, None, here == Part::Data);
    menu
}

/// From the home page down; list pages are named by messages, so their title is a key `menu_…`.
fn breadcrumbs(context: &Context<'_>, key: &Key) -> Vec<Link> {
    if matches!(key, Key::Home | Key::NotFound) {
        return Vec::new();
    }
    let mut crumbs = vec![Link::new(context.from.to(Route::Home), "menu_home")];
    let (Some((c, _)), Route::In(_, here)) = (context.consultation(), context.route) else { return crumbs };
    if here == Part::Main {
        return crumbs;
    }
    crumbs.push(Link::new(context.to(c, Part::Main), context.words(&c.title)));
    let above = match here {
        Part::Version(text, _)
        | Part::Article(text, _)
        | Part::Compare(text, ..)
        | Part::Table(text)
        | Part::Consolidated(text, _)
        | Part::VersionAmendments(text, _, _) => {
            let text = c.texts.iter().find(|t| t.id == *text);
            text.map(|t| context.text_link(c, t))
        }
        Part::Amendment(_) | Part::MoreAmendments(_) => {
            Some(Link::new(context.to(c, Part::Amendments), "menu_amendments"))
        }
        Part::Contribution(..) | Part::Contributions(..) if !is_first_list(here) => {
            let list = Part::Contributions(Listing::ByDate, 1);
            Some(Link::new(context.to(c, list), "menu_contributions"))
        }
        Part::Unanswered(_) => Some(Link::new(context.to(c, Part::Responses), "menu_responses")),
        Part::Untraced(_) => Some(Link::new(context.to(c, Part::Trace), "menu_trace")),
        Part::Uncited(_) => Some(Link::new(context.to(c, Part::Syntheses), "menu_syntheses")),
        Part::Vote(_) => Some(Link::new(context.to(c, Part::Votes), "menu_votes")),
        Part::Meeting(_) => Some(Link::new(context.to(c, Part::Meetings), "menu_meetings")),
        Part::TakePartThanks => Some(Link::new(context.to(c, Part::TakePart), "menu_take_part")),
        Part::Synthesis(_) => Some(Link::new(context.to(c, Part::Syntheses), "menu_syntheses")),
        _ => None,
    };
    crumbs.extend(above);
    crumbs
}

fn is_first_list(part: Part<'_>) -> bool {
    part == Part::Contributions(Listing::ByDate, 1)
}
