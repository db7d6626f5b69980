//! From where a page is seen: the site, the language, the page's own address, and so the links to others.

use super::Head;
use crate::derive::{Derived, DerivedConsultation};
use crate::lang::Lang;
use crate::model::choices::ContributionKind;
use crate::model::id::Id;
use crate::model::site::*;
use crate::route::{self, From, Listing, PER_PAGE, Part, Route};
use crate::view::parts::Link;

/// The surroundings of one page.
pub struct Context<'s> {
    /// The site.
    pub site: &'s Site,
    /// What was computed.
    pub derived: &'s Derived,
    /// The page's language.
    pub lang: &'s Lang,
    /// Links from it.
    pub from: From,
    /// Its address.
    pub route: Route<'s>,
    /// Its consultation, as a place, for pages of one.
    pub at: Option<usize>,
}

impl<'s> Context<'s> {
    /// Its consultation. Pages of a consultation are only made with one.
    pub fn consultation(&self) -> Option<(&'s Consultation, &'s DerivedConsultation)> {
        let at = self.at?;
        Some((self.site.consultations.get(at)?, self.derived.consultations.get(at)?))
    }

    /// Whether the site has several languages.
    pub fn several(&self) -> bool {
        self.site.languages.len() > 1
    }

    /// What a view begins with.
    pub fn head(&self, kind: &'static str, title: impl Into<String>, description: impl Into<String>) -> Head {
        let consultation = self.consultation().and_then(|(c, _)| c.licence.as_deref());
        Head {
            kind,
            title: title.into(),
            description: clip(&description.into(), 200),
            lang: self.lang.clone(),
            untranslated: None,
            path: self.route.file(),
            as_of: self.consultation().map_or(self.site.as_of, |(c, _)| self.site.day_of(c)),
            licence: consultation.or(self.site.licence.as_deref()).map(str::to_owned),
            errata: super::frozen::errata(self),
        }
    }

    /// The page's own address: from the site's root, or whole when the site has one.
    pub fn permalink(&self) -> (String, Option<String>) {
        let prefix = if self.several() { format!("{}/", self.lang) } else { String::new() };
        let base = self.site.base_url.as_ref().filter(|_| self.route != Route::NotFound);
        let whole = base.map(|base| format!("{base}/{prefix}{}", self.route.folder()));
        (format!("{prefix}{}", self.route.file()), whole)
    }

    /// Words in the page's language.
    pub fn words<'w>(&self, words: &'w Words) -> &'w str {
        words.get(self.lang)
    }

    /// The same for an optional value.
    pub fn words_opt(&self, words: &Option<Words>) -> Option<String> {
        words.as_ref().map(|w| self.words(w).to_owned())
    }

    /// A link to a part of a consultation.
    pub fn to(&self, consultation: &Consultation, part: Part<'_>) -> String {
        self.from.to(Route::In(&consultation.id, part))
    }

    /// The title of a text, short where it has a short one.
    pub fn text_title<'w>(&self, text: &'w Text) -> &'w str {
        text.short_title.as_ref().map_or_else(|| self.words(&text.title), |t| self.words(t))
    }

    /// A link to a text.
    pub fn text_link(&self, c: &Consultation, text: &Text) -> Link {
        Link::new(self.to(c, Part::Text(&text.id)), self.text_title(text))
    }

    /// A link to an article, with its number as title.
    pub fn article_link(&self, c: &Consultation, text: &Text, article: &Id) -> Link {
        Link::new(self.to(c, Part::Article(&text.id, article)), article_title(text, article, self.lang))
    }

    /// A link to an amendment, with its number as title.
    pub fn amendment_link(&self, c: &Consultation, amendment: &Amendment) -> Link {
        Link::new(self.to(c, Part::Amendment(&amendment.id)), &*amendment.number)
    }

    /// Where a contribution stands: its page, or its fragment on the page it belongs to.
    pub fn contribution_href(&self, c: &Consultation, d: &DerivedConsultation, at: ContributionIx) -> String {
        let contribution = &c.contributions[at];
        if contribution.kind.has_page() {
            return self.to(c, Part::Contribution(&contribution.id, c.spread));
        }
        let fragment = route::fragment(&contribution.id);
        let root = root_of(c, at);
        let top = &c.contributions[root];
        let page = if top.kind.has_page() {
            self.to(c, Part::Contribution(&top.id, c.spread))
        } else if let (Some(text), Some(article)) = (top.about.text, &top.about.article) {
            self.to(c, Part::Article(&c.texts[text].id, article))
        } else {
            let place = d.in_discussion.get(&root).copied().unwrap_or(0);
            self.to(c, Part::Contributions(Listing::Discussion, place / PER_PAGE + 1))
        };
        format!("{page}#{fragment}")
    }

    /// A link to a contribution, titled by its title, or its id.
    pub fn contribution_link(&self, c: &Consultation, d: &DerivedConsultation, at: ContributionIx) -> Link {
        let contribution = &c.contributions[at];
        Link::new(self.contribution_href(c, d, at), contribution.title().unwrap_or(contribution.id.as_str()))
    }

    /// A link to what something names: its page, or its place on one.
    pub fn named_link(&self, c: &Consultation, d: &DerivedConsultation, named: &AliasOf) -> Link {
        let to = |part, title: &str| Link::new(self.to(c, part), title);
        match named {
            AliasOf::Consultation => to(Part::Main, self.words(&c.title)),
            AliasOf::Text(at) => self.text_link(c, &c.texts[*at]),
            AliasOf::Article(text, id) => self.article_link(c, &c.texts[*text], id),
            AliasOf::Amendment(at) => self.amendment_link(c, &c.amendments[*at]),
            AliasOf::Contribution(at) => self.contribution_link(c, d, *at),
            AliasOf::Response(at) => {
                let response = &c.responses[*at];
                let href = format!("{}#r-{}", self.to(c, Part::Responses), response.id);
                Link::new(href, response.title.as_deref().unwrap_or(response.id.as_str()))
            }
            AliasOf::Synthesis(at) => to(Part::Synthesis(&c.syntheses[*at].id), &c.syntheses[*at].title),
            AliasOf::Meeting(at) => to(Part::Meeting(&c.meetings[*at].id), &c.meetings[*at].title),
            AliasOf::Vote(at) => to(Part::Vote(&c.votes[*at].id), self.words(&c.votes[*at].title)),
        }
    }

    /// What a contribution is about, where that stands now.
    pub fn place_link(&self, c: &Consultation, d: &DerivedConsultation, at: ContributionIx) -> Option<Link> {
        let about = &c.contributions[at].about;
        let now = d.anchors.of.get(&at).map_or(about.paragraph, |anchor| anchor.paragraph);
        self.about_link(c, &About { paragraph: now, ..about.clone() })
    }

    /// What something is about: its article, or its text.
    pub fn about_link(&self, c: &Consultation, about: &About) -> Option<Link> {
        let text = &c.texts[about.text?];
        Some(match &about.article {
            Some(article) => {
                let mut link = self.article_link(c, text, article);
                if let Some(number) = about.paragraph {
                    link.href = format!("{}#{}", link.href, route::paragraph_fragment(article, number));
                }
                link
            }
            None => self.text_link(c, text),
        })
    }
}

/// The contribution with a page to which a fragment belongs, or the top of its thread. Parents form no circle.
pub fn root_of(c: &Consultation, at: ContributionIx) -> ContributionIx {
    let mut here = at;
    while !c.contributions[here].kind.has_page()
        && let Some(parent) = c.contributions[here].parent
    {
        here = parent;
    }
    here
}

/// `Article 1er`, as the latest version that has it writes it.
pub fn article_title(text: &Text, article: &Id, lang: &Lang) -> String {
    let notes = text.articles.iter().find(|a| a.id == *article);
    let own = |v: usize| notes.and_then(|n| n.places.get(v)?.as_ref());
    let found =
        (0..text.versions.len()).rev().find_map(|v| text.versions[v].document.get(lang).article(own(v)?));
    found.map_or_else(|| article.to_string(), |a| a.number.to_string())
}

/// The beginning of some words, cut between two of them.
pub fn clip(words: &str, most: usize) -> String {
    let mut out = String::new();
    let mut count = 0;
    // Not at every white space: a no-break space belongs to its word.
    for word in words.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()) {
        let length = word.chars().count() + 1;
        if count + length > most {
            out.push('…');
            return out;
        }
        if count > 0 {
            out.push(' ');
        }
        out.push_str(word);
        count += length;
    }
    out
}

/// Which kinds a list of pages shows.
pub fn listed(contribution: &Contribution) -> bool {
    match contribution.kind {
        ContributionKind::Proposal | ContributionKind::Petition | ContributionKind::Wording => true,
        ContributionKind::Argument
        | ContributionKind::Source
        | ContributionKind::Comment
        | ContributionKind::Answer
        | ContributionKind::Interest => false,
    }
}
