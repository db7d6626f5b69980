//! Addresses: the only place that turns an id into a URL. Every page is the `index.html` of a folder; links are
//! relative and name `index.html`, so that a site works from disk and under any path. With several languages each
//! has its folder at the root; files that are the same in all of them (style, scripts) stand in `static/`.
//!
//! List pages are numbered from the oldest, so that a page, once full, never changes. A consultation that is
//! `spread` has its contributions in 256 sub-folders, by a hash of their id.

use crate::lang::Lang;
use crate::model::choices::ContributionKind;
use crate::model::id::Id;
use crate::sink::OutPath;

/// Items on one page of a list.
pub const PER_PAGE: usize = 50;

/// Amendments on one page of a list.
pub const AMENDMENTS_PER_PAGE: usize = 200;

/// Contributions on one page of those that were answered nothing, or are cited nowhere.
pub const GAPS_PER_PAGE: usize = 200;

/// What a page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route<'a> {
    /// The list of consultations.
    Home,
    /// A plain page.
    Page(&'a Id),
    /// The search page.
    Search,
    /// What a host shows for an address that does not exist.
    NotFound,
    /// A page of a consultation.
    In(&'a Id, Part<'a>),
}

/// A page of a consultation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// Its own.
    Main,
    /// Its phases.
    Phases,
    /// A text, latest version.
    Text(&'a Id),
    /// A version of a text.
    Version(&'a Id, &'a Id),
    /// Two versions compared: text, older, newer.
    Compare(&'a Id, &'a Id, &'a Id),
    /// Versions side by side: text.
    Table(&'a Id),
    /// An article: text, article.
    Article(&'a Id, &'a Id),
    /// The amendments.
    Amendments,
    /// A page of them from 2.
    MoreAmendments(usize),
    /// The amendments on a version, in the order of discussion: text, version, a page of the list from 1.
    VersionAmendments(&'a Id, &'a Id, usize),
    /// A version with the changes adopted on it: text, version.
    Consolidated(&'a Id, &'a Id),
    /// An amendment.
    Amendment(&'a Id),
    /// A list of contributions, and a page of it, from 1.
    Contributions(Listing<'a>, usize),
    /// A contribution with a page of its own; whether the consultation is spread.
    Contribution(&'a Id, bool),
    /// The votes.
    Votes,
    /// A vote.
    Vote(&'a Id),
    /// The meetings.
    Meetings,
    /// A meeting.
    Meeting(&'a Id),
    /// The official responses, each a fragment.
    Responses,
    /// The syntheses.
    Syntheses,
    /// A synthesis.
    Synthesis(&'a Id),
    /// The commitments, each a fragment.
    Commitments,
    /// The form with which readers take part.
    TakePart,
    /// What a host shows once the form is sent.
    TakePartThanks,
    /// Where an author looks up a receipt.
    Receipt,
    /// The questionnaire's results.
    Questionnaire,
    /// The moderation register, and a page of it, from 1.
    Moderation(usize),
    /// The data.
    Data,
    /// The trace: the whole flow.
    Trace,
    /// What was answered nothing, and a page of the list from 1.
    Unanswered(usize),
    /// What is cited nowhere, and a page of the list from 1.
    Uncited(usize),
    /// Of what nothing is recorded, and a page of the list from 1.
    Untraced(usize),
}

/// Which contributions a list holds, and in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing<'a> {
    /// Those with a page, oldest first.
    ByDate,
    /// The same by reactions for, most first.
    ByVotes,
    /// The same by reactions for less those against, most first.
    ByBalance,
    /// The same by article and category.
    ByArticle,
    /// Fragments that belong to no other page (on a whole text or the whole consultation), oldest first.
    Discussion,
    /// Those with a page, of one category, oldest first.
    Category(&'a Id),
}

impl Route<'_> {
    /// The folder of the page from the root of its language, with a slash at the end; empty for the home page.
    pub fn folder(self) -> String {
        match self {
            Route::Home | Route::NotFound => String::new(),
            Route::Page(id) => format!("pages/{id}/"),
            Route::Search => "search/".into(),
            Route::In(consultation, part) => format!("{consultation}/{}", part.folder()),
        }
    }

    /// The page's file from the root of its language.
    pub fn file(self) -> String {
        match self {
            Route::NotFound => "404.html".into(),
            Route::Home | Route::Page(_) | Route::Search | Route::In(..) => {
                format!("{}index.html", self.folder())
            }
        }
    }
}

impl Part<'_> {
    fn folder(self) -> String {
        match self {
            Part::Main => String::new(),
            Part::Phases => "phases/".into(),
            Part::Text(text) => format!("texts/{text}/"),
            Part::Version(text, version) => format!("texts/{text}/versions/{version}/"),
            Part::Compare(text, older, newer) => format!("texts/{text}/compare/{older}/{newer}/"),
            Part::Table(text) => format!("texts/{text}/table/"),
            Part::Article(text, article) => format!("texts/{text}/articles/{article}/"),
            Part::Amendments => "amendments/".into(),
            // Beside `amendments/`, where an id could be a number.
            Part::MoreAmendments(page) => format!("by-place/{page}/"),
            Part::VersionAmendments(text, version, 1) => {
                format!("texts/{text}/versions/{version}/amendments/")
            }
            Part::VersionAmendments(text, version, page) => {
                format!("texts/{text}/versions/{version}/amendments/{page}/")
            }
            Part::Consolidated(text, version) => format!("texts/{text}/versions/{version}/consolidated/"),
            Part::Amendment(id) => format!("amendments/{id}/"),
            Part::Contributions(listing, page) => listing.folder(page),
            Part::Contribution(id, spread) => contribution(id, spread),
            Part::Votes => "votes/".into(),
            Part::Vote(id) => format!("votes/{id}/"),
            Part::Meetings => "meetings/".into(),
            Part::Meeting(id) => format!("meetings/{id}/"),
            Part::Responses => "responses/".into(),
            Part::Syntheses => "synthesis/".into(),
            Part::Synthesis(id) => format!("synthesis/{id}/"),
            Part::Commitments => "commitments/".into(),
            Part::TakePart => "take-part/".into(),
            Part::TakePartThanks => "take-part/thanks/".into(),
            Part::Receipt => "receipt/".into(),
            Part::Questionnaire => "questionnaire/".into(),
            Part::Moderation(1) => "moderation/".into(),
            Part::Moderation(page) => format!("moderation/{page}/"),
            Part::Data => "data/".into(),
            Part::Trace => "trace/".into(),
            Part::Unanswered(1) => "unanswered/".into(),
            Part::Unanswered(page) => format!("unanswered/{page}/"),
            Part::Uncited(1) => "uncited/".into(),
            Part::Uncited(page) => format!("uncited/{page}/"),
            Part::Untraced(1) => "untraced/".into(),
            Part::Untraced(page) => format!("untraced/{page}/"),
        }
    }
}

impl Listing<'_> {
    /// Lists stand beside `contributions/`, not in it, so that no id of a contribution can take their address.
    fn folder(self, page: usize) -> String {
        let base = match self {
            Listing::ByDate => "contributions/".to_owned(),
            Listing::ByVotes => "by-votes/".to_owned(),
            Listing::ByBalance => "by-balance/".to_owned(),
            Listing::ByArticle => "by-article/".to_owned(),
            Listing::Discussion => "discussion/".to_owned(),
            Listing::Category(id) => format!("categories/{id}/"),
        };
        match (self, page) {
            (_, 1) => base,
            (Listing::ByDate, n) => format!("by-date/{n}/"),
            (_, n) => format!("{base}{n}/"),
        }
    }
}

fn contribution(id: &Id, spread: bool) -> String {
    if spread { format!("contributions/{:02x}/{id}/", shard(id)) } else { format!("contributions/{id}/") }
}

/// One of 256 sub-folders: FNV-1a of the id, folded to a byte. The same for ever: it is part of addresses.
fn shard(id: &Id) -> u8 {
    let hash = id.as_str().bytes().fold(0x811c_9dc5_u32, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193));
    (hash ^ (hash >> 8) ^ (hash >> 16) ^ (hash >> 24)) as u8
}

/// The fragment of a contribution on the page of what it belongs to.
pub fn fragment(id: &Id) -> String {
    format!("c-{id}")
}

/// The fragment of a numbered paragraph.
pub fn paragraph_fragment(article: &Id, number: u32) -> String {
    format!("a-{article}-p{number}")
}

/// Whether contributions of this kind have a page.
pub fn has_page(kind: ContributionKind) -> bool {
    kind.has_page()
}

/// Makes links from one page to others.
#[derive(Debug, Clone)]
pub struct From {
    /// `../` once for each folder up to the root of the language.
    up: String,
    /// The same up to the root of the site.
    site_up: String,
}

impl From {
    /// Links from a page; `several` when the site has more than one language.
    pub fn new(route: Route<'_>, several: bool) -> Self {
        let depth = route.folder().matches('/').count();
        let up = "../".repeat(depth);
        let site_up = if several { format!("../{up}") } else { up.clone() };
        From { up, site_up }
    }

    /// Links from a page that is shown at any address (404.html): they begin at the host's root, which is only
    /// known when the site says where it stands. `base` is that address.
    pub fn anywhere(base: &str, lang: &Lang, several: bool) -> Self {
        let site_up = format!("{}/", base_path(base));
        let up = if several { format!("{site_up}{lang}/") } else { site_up.clone() };
        From { up, site_up }
    }

    /// The link to a page of the same language.
    pub fn to(&self, route: Route<'_>) -> String {
        format!("{}{}", self.up, route.file())
    }

    /// The link to a file, by its path from the root of the language.
    pub fn to_file(&self, path: &str) -> String {
        format!("{}{path}", self.up)
    }

    /// The link to a page in another language.
    pub fn to_language(&self, lang: &Lang, route: Route<'_>) -> String {
        format!("{}{lang}/{}", self.site_up, route.file())
    }

    /// The root of the language, empty or ending with a slash.
    pub fn root(&self) -> &str {
        &self.up
    }

    /// The root of the site, empty or ending with a slash.
    pub fn site_root(&self) -> &str {
        &self.site_up
    }
}

/// The path of a whole address, empty at the root of its host.
pub fn base_path(base: &str) -> &str {
    let host = base.find("://").map_or(0, |at| at + 3);
    base[host..].find('/').map_or("", |at| &base[host + at..])
}

/// Where a file of a language goes in the output.
pub fn out(lang: &Lang, several: bool, path: &str) -> Option<OutPath> {
    if several { OutPath::new(&format!("{lang}/{path}")) } else { OutPath::new(path) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_climb_to_the_root_and_name_their_file() {
        let (c, text, article) =
            (Id::new("eau").unwrap(), Id::new("projet").unwrap(), Id::new("1er").unwrap());
        let from = From::new(Route::In(&c, Part::Article(&text, &article)), true);
        assert_eq!(from.to(Route::In(&c, Part::Main)), "../../../../../eau/index.html");
        assert_eq!(
            from.to_language(&Lang::new("en").unwrap(), Route::Home),
            "../../../../../../en/index.html"
        );
        assert_eq!(From::new(Route::Home, false).to(Route::Search), "search/index.html");
    }

    #[test]
    fn links_of_the_404_page_begin_at_the_host_s_root() {
        let fr = Lang::french();
        assert_eq!(
            From::anywhere("https://example.org/archives", &fr, false).to(Route::Search),
            "/archives/search/index.html"
        );
        assert_eq!(From::anywhere("https://example.org", &fr, true).to(Route::Home), "/fr/index.html");
    }

    #[test]
    fn the_first_page_of_a_list_has_the_list_s_address() {
        let c = Id::new("eau").unwrap();
        let page = |listing, n| Route::In(&c, Part::Contributions(listing, n)).folder();
        assert_eq!(page(Listing::ByDate, 1), "eau/contributions/");
        assert_eq!(page(Listing::ByDate, 2), "eau/by-date/2/");
        assert_eq!(page(Listing::ByVotes, 3), "eau/by-votes/3/");
    }
}
