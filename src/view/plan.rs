//! The list of pages of a site, and how each is made.

use super::chrome::{Chrome, chrome};
use super::citation::{Citation, citation};
use super::context::{Context, listed};
use super::life::Steps;
use super::trace::gaps::{self, Gap};
use super::{
    View, amendment, amendments, article, compare, consolidated, consultation, contribution, data, document,
    follow_up, home, listing, meeting, page, questionnaire, receipt, register, synthesis, table, take_part,
    trace, version_amendments, vote,
};
use crate::compare::versions::align;
use crate::derive::{Derived, DerivedConsultation};
use crate::lang::Lang;
use crate::model::participation::{Opening, Sending};
use crate::model::site::{Consultation, Site};
use crate::opendata::Table;
use crate::route::{AMENDMENTS_PER_PAGE, From, Listing, PER_PAGE, Part, Route};

/// A page: what is needed to make it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Key {
    Home,
    Page(usize),
    Search,
    NotFound,
    In(usize, PartKey),
}

/// A page of a consultation, as places in its lists.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum PartKey {
    Main,
    Phases,
    Text(usize),
    Version(usize, usize),
    Article(usize, usize),
    /// Text, older version, newer version.
    Compare(usize, usize, usize),
    Table(usize),
    Amendments(usize),
    VersionAmendments(usize, usize, usize),
    Consolidated(usize, usize),
    Amendment(usize),
    Contributions(ListingKey, usize),
    Contribution(usize),
    Votes,
    Vote(usize),
    Meetings,
    Meeting(usize),
    Responses,
    Syntheses,
    Synthesis(usize),
    Commitments,
    TakePart,
    TakePartThanks,
    Receipt,
    Questionnaire,
    Moderation(usize),
    Data,
    Trace,
    Unanswered(usize),
    Uncited(usize),
    Untraced(usize),
}

/// A list of contributions; a category as its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ListingKey {
    ByDate,
    ByVotes,
    ByBalance,
    ByArticle,
    Discussion,
    Category(usize),
}

/// Every page of a site in one language, in an order that is the same everywhere.
pub struct Plan<'s> {
    site: &'s Site,
    derived: &'s Derived,
    lang: &'s Lang,
    /// The order of each list, computed once.
    lists: Vec<listing::Lists>,
    /// What became of articles from each version to the next, computed once.
    steps: Vec<Steps>,
    /// The tables of each consultation.
    tables: &'s [Vec<Table>],
    /// The size of each consultation's package, in bytes.
    packages: &'s [Option<u64>],
    /// The pages.
    pub keys: Vec<Key>,
}

/// A page, ready to be rendered.
pub struct Made<'s> {
    /// Its view.
    pub view: View<'s>,
    /// What surrounds it.
    pub chrome: Chrome,
    /// How it is cited, for a page of the record.
    pub citation: Option<Citation>,
    /// Its table, as CSV.
    pub csv: Option<Vec<u8>>,
    /// Classic scripts beside it, by name, for what its own script needs and a page opened from disk cannot fetch.
    pub scripts: Vec<(String, Vec<u8>)>,
}

/// Lists the pages of a site in one language; `tables` are those of each consultation in that language.
pub fn plan<'s>(
    site: &'s Site,
    derived: &'s Derived,
    lang: &'s Lang,
    tables: &'s [Vec<Table>],
    packages: &'s [Option<u64>],
) -> Plan<'s> {
    let mut keys = vec![Key::Home, Key::Search, Key::NotFound];
    keys.extend((0..site.pages.len()).map(Key::Page));
    let mut lists = Vec::new();
    for (at, c) in site.consultations.iter().enumerate() {
        let orders = listing::lists(c, &derived.consultations[at]);
        let parts = parts(site, c, &derived.consultations[at], &orders);
        keys.extend(parts.into_iter().map(|part| Key::In(at, part)));
        lists.push(orders);
    }
    let steps = site.consultations.iter().map(|c| Steps::of(c, lang)).collect();
    Plan { site, derived, lang, lists, steps, tables, packages, keys }
}

fn parts(site: &Site, c: &Consultation, d: &DerivedConsultation, lists: &listing::Lists) -> Vec<PartKey> {
    use PartKey as P;
    let mut parts = vec![P::Main, P::Data];
    if !c.phases.is_empty() {
        parts.push(P::Phases);
    }
    for (t, text) in c.texts.iter().enumerate() {
        parts.push(P::Text(t));
        parts.extend((0..text.versions.len()).map(|v| P::Version(t, v)));
        parts.extend((0..text.articles.len()).map(|a| P::Article(t, a)));
        parts.extend(compare::pairs(text.versions.len()).into_iter().map(|(l, r)| P::Compare(t, l, r)));
        if text.versions.len() > 1 {
            parts.push(P::Table(t));
        }
        for (v, version) in d.texts.get(t).into_iter().flat_map(|text| text.versions.iter().enumerate()) {
            let pages = version.discussion.len().div_ceil(AMENDMENTS_PER_PAGE);
            parts.extend((1..=pages).map(|n| P::VersionAmendments(t, v, n)));
            if !version.grafted.applied.is_empty() {
                parts.push(P::Consolidated(t, v));
            }
        }
    }
    parts.extend((1..=c.amendments.len().div_ceil(AMENDMENTS_PER_PAGE)).map(P::Amendments));
    parts.extend((0..c.amendments.len()).map(P::Amendment));
    let mut list = |single: P, count: usize, of: fn(usize) -> P| {
        if count > 0 {
            parts.push(single);
            parts.extend((0..count).map(of));
        }
    };
    list(P::Votes, c.votes.len(), P::Vote);
    list(P::Meetings, c.meetings.len(), P::Meeting);
    list(P::Syntheses, c.syntheses.len(), P::Synthesis);
    if !c.responses.is_empty() {
        parts.push(P::Responses);
    }
    if !c.commitments.is_empty() {
        parts.push(P::Commitments);
    }
    if let Some(participation) = &c.participation {
        parts.push(P::TakePart);
        if participation.sending == Sending::Netlify
            && take_part::opening(site, c, participation) != Opening::Closed
        {
            parts.push(P::TakePartThanks);
        }
    }
    if receipt::has_receipts(c) {
        parts.push(P::Receipt);
    }
    if !c.questions.is_empty() {
        parts.push(P::Questionnaire);
    }
    if !c.contributions.is_empty() {
        parts.extend((1..=d.register.removed.len().div_ceil(PER_PAGE).max(1)).map(P::Moderation));
        parts.push(P::Trace);
        parts.extend((1..=gaps::pages(Gap::Unanswered, c, d)).map(P::Unanswered));
        parts.extend((1..=gaps::pages(Gap::Uncited, c, d)).map(P::Uncited));
        parts.extend((1..=gaps::pages(Gap::Untraced, c, d)).map(P::Untraced));
    }
    for (listing, count) in lists.counts() {
        // The list by date is there as soon as there is any contribution: the menu leads to it.
        let first = listing == ListingKey::ByDate && !c.contributions.is_empty();
        if count > 0 || first {
            parts.extend((1..=count.div_ceil(PER_PAGE).max(1)).map(|n| P::Contributions(listing, n)));
        }
    }
    let paged = c.contributions.iter().enumerate().filter(|(_, x)| listed(x));
    parts.extend(paged.map(|(at, _)| P::Contribution(at)));
    parts
}

impl<'s> Plan<'s> {
    /// The address of a page.
    pub fn route(&self, key: &Key) -> Route<'s> {
        match key {
            Key::Home => Route::Home,
            Key::Search => Route::Search,
            Key::NotFound => Route::NotFound,
            Key::Page(at) => Route::Page(&self.site.pages[*at].id),
            Key::In(at, part) => {
                let c = &self.site.consultations[*at];
                Route::In(&c.id, part_route(c, part))
            }
        }
    }

    /// From where a page is seen.
    pub fn context(&self, key: &Key) -> Context<'s> {
        let route = self.route(key);
        Context {
            site: self.site,
            derived: self.derived,
            lang: self.lang,
            from: match (key, &self.site.base_url) {
                (Key::NotFound, Some(base)) => From::anywhere(base, self.lang, self.site.languages.len() > 1),
                _ => From::new(route, self.site.languages.len() > 1),
            },
            route,
            at: match key {
                Key::In(at, _) => Some(*at),
                Key::Home | Key::Page(_) | Key::Search | Key::NotFound => None,
            },
        }
    }

    /// Makes a page.
    pub fn page(&self, key: &Key) -> Made<'s> {
        let context = self.context(key);
        let (view, csv) = match key {
            Key::Home => (View::Home(home::home(&context)), None),
            Key::Search => (View::Search(page::search(&context)), None),
            Key::NotFound => (View::Page(page::not_found(&context)), None),
            Key::Page(at) => (View::Page(page::page(&context, &self.site.pages[*at])), None),
            Key::In(at, part) => self.part(&context, *at, part),
        };
        let chrome = chrome(&context, key, csv.is_some());
        let scripts = if let (View::TakePart(_), Some((c, _))) = (&view, context.consultation()) {
            vec![(take_part::ARTICLES.to_owned(), take_part::articles_script(&context, c))]
        } else if let View::Receipt(view) = &view {
            receipt::scripts(view)
        } else if let View::Vote(view) = &view {
            vote::scripts(view)
        } else {
            Vec::new()
        };
        let citation = citation(&context, key, &view.head().title);
        Made { view, chrome, citation, csv, scripts }
    }

    fn part(&self, context: &Context<'s>, at: usize, part: &PartKey) -> (View<'s>, Option<Vec<u8>>) {
        let c = &self.site.consultations[at];
        let d = &self.derived.consultations[at];
        match part {
            PartKey::Main => (View::Consultation(consultation::consultation(context, c, d)), None),
            PartKey::Phases => (View::Phases(consultation::phases(context, c)), None),
            PartKey::Text(t) => (View::Text(document::latest(context, c, d, *t)), None),
            PartKey::Version(t, v) => (View::Text(document::version(context, c, d, *t, *v)), None),
            PartKey::Article(t, a) => (
                View::Article(article::article(context, c, d, (&self.steps[at], &self.lists[at]), *t, *a)),
                None,
            ),
            PartKey::Compare(t, l, r) => {
                let text = &c.texts[*t];
                let own;
                let alignment = match self.steps[at].between(*t, *l, *r) {
                    Some(known) => known,
                    None => {
                        own =
                            align(compare::document(context, text, *l), compare::document(context, text, *r));
                        &own
                    }
                };
                (View::Compare(compare::compare(context, c, text, (*l, *r), alignment)), None)
            }
            PartKey::Table(t) => (View::Table(table::table(context, c, &c.texts[*t])), None),
            PartKey::Amendments(n) => {
                let view = amendments::amendments(context, c, d, *n);
                let csv = amendments::csv(&view);
                (View::Amendments(view), Some(csv))
            }
            PartKey::VersionAmendments(t, v, n) => {
                let view = version_amendments::amendments(context, c, d, (*t, *v), *n);
                let csv = version_amendments::csv(&view);
                (View::VersionAmendments(view), Some(csv))
            }
            PartKey::Consolidated(t, v) => {
                (View::Consolidated(consolidated::consolidated(context, c, d, (*t, *v))), None)
            }
            PartKey::Amendment(x) => (View::Amendment(amendment::amendment(context, c, d, *x)), None),
            PartKey::Contributions(list, n) => {
                let view = listing::contributions(context, c, d, &self.lists[at], *list, *n);
                (View::Contributions(view), None)
            }
            PartKey::Contribution(x) => {
                let view = contribution::contribution(context, c, d, *x);
                (View::Contribution(Box::new(view)), None)
            }
            PartKey::Votes => {
                let view = vote::votes(context, c, d);
                let csv = vote::list_csv(&view);
                (View::Votes(view), Some(csv))
            }
            PartKey::Vote(x) => {
                let view = vote::vote(context, c, d, *x);
                let csv = vote::csv(&view);
                (View::Vote(Box::new(view)), csv)
            }
            PartKey::Meetings => (View::Meetings(meeting::meetings(context, c, d)), None),
            PartKey::Meeting(x) => (View::Meeting(meeting::meeting(context, c, d, *x)), None),
            PartKey::Responses => (View::Responses(follow_up::responses(context, c, d)), None),
            PartKey::Syntheses => (View::Syntheses(synthesis::syntheses(context, c, d)), None),
            PartKey::Synthesis(x) => (View::Synthesis(synthesis::synthesis(context, c, d, *x)), None),
            PartKey::Commitments => (View::Commitments(follow_up::commitments(context, c, d)), None),
            PartKey::TakePart => match &c.participation {
                Some(own) => (View::TakePart(take_part::take_part(context, c, own)), None),
                None => (View::Page(page::not_found(context)), None),
            },
            PartKey::TakePartThanks => match &c.participation {
                Some(own) => (View::TakePartThanks(take_part::thanks(context, c, own)), None),
                None => (View::Page(page::not_found(context)), None),
            },
            PartKey::Receipt => (View::Receipt(receipt::receipt(context, c, d)), None),
            PartKey::Questionnaire => {
                let view = questionnaire::questionnaire(context, c, d);
                let csv = questionnaire::csv(&view);
                (View::Questionnaire(view), Some(csv))
            }
            PartKey::Moderation(n) => {
                let view = register::register(context, c, d, *n);
                let csv = register::csv(&view);
                (View::Moderation(view), Some(csv))
            }
            PartKey::Trace => {
                let view = trace::flow::flow(context, c, d);
                let csv = trace::flow::csv(&view);
                (View::Flow(view), Some(csv))
            }
            PartKey::Unanswered(n) => gap(context, c, d, Gap::Unanswered, *n),
            PartKey::Uncited(n) => gap(context, c, d, Gap::Uncited, *n),
            PartKey::Untraced(n) => gap(context, c, d, Gap::Untraced, *n),
            PartKey::Data => {
                (View::Data(data::data(context, c, d, &self.tables[at], self.packages[at])), None)
            }
        }
    }
}

fn gap<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    which: Gap,
    page: usize,
) -> (View<'s>, Option<Vec<u8>>) {
    let view = gaps::gaps(context, c, d, which, page);
    let csv = gaps::csv(&view);
    (View::Gaps(view), csv)
}

/// The address of a part.
pub fn part_route<'c>(c: &'c Consultation, part: &PartKey) -> Part<'c> {
    match part {
        PartKey::Main => Part::Main,
        PartKey::Phases => Part::Phases,
        PartKey::Text(t) => Part::Text(&c.texts[*t].id),
        PartKey::Version(t, v) => Part::Version(&c.texts[*t].id, &c.texts[*t].versions[*v].id),
        PartKey::Article(t, a) => Part::Article(&c.texts[*t].id, &c.texts[*t].articles[*a].id),
        PartKey::Compare(t, l, r) => {
            let text = &c.texts[*t];
            Part::Compare(&text.id, &text.versions[*l].id, &text.versions[*r].id)
        }
        PartKey::Table(t) => Part::Table(&c.texts[*t].id),
        PartKey::Amendments(n) => amendments::list_part(*n),
        PartKey::VersionAmendments(t, v, n) => {
            Part::VersionAmendments(&c.texts[*t].id, &c.texts[*t].versions[*v].id, *n)
        }
        PartKey::Consolidated(t, v) => Part::Consolidated(&c.texts[*t].id, &c.texts[*t].versions[*v].id),
        PartKey::Amendment(x) => Part::Amendment(&c.amendments[*x].id),
        PartKey::Contributions(list, n) => Part::Contributions(listing_route(c, *list), *n),
        PartKey::Contribution(x) => Part::Contribution(&c.contributions[*x].id, c.spread),
        PartKey::Votes => Part::Votes,
        PartKey::Vote(x) => Part::Vote(&c.votes[*x].id),
        PartKey::Meetings => Part::Meetings,
        PartKey::Meeting(x) => Part::Meeting(&c.meetings[*x].id),
        PartKey::Responses => Part::Responses,
        PartKey::Syntheses => Part::Syntheses,
        PartKey::Synthesis(x) => Part::Synthesis(&c.syntheses[*x].id),
        PartKey::Commitments => Part::Commitments,
        PartKey::TakePart => Part::TakePart,
        PartKey::TakePartThanks => Part::TakePartThanks,
        PartKey::Receipt => Part::Receipt,
        PartKey::Questionnaire => Part::Questionnaire,
        PartKey::Moderation(n) => Part::Moderation(*n),
        PartKey::Data => Part::Data,
        PartKey::Trace => Part::Trace,
        PartKey::Unanswered(n) => Part::Unanswered(*n),
        PartKey::Uncited(n) => Part::Uncited(*n),
        PartKey::Untraced(n) => Part::Untraced(*n),
    }
}

/// The address of a list.
pub fn listing_route(c: &Consultation, list: ListingKey) -> Listing<'_> {
    match list {
        ListingKey::ByDate => Listing::ByDate,
        ListingKey::ByVotes => Listing::ByVotes,
        ListingKey::ByBalance => Listing::ByBalance,
        ListingKey::ByArticle => Listing::ByArticle,
        ListingKey::Discussion => Listing::Discussion,
        ListingKey::Category(at) => Listing::Category(&c.categories[at].id),
    }
}
