//! Syntheses: what they say, each statement linked to the contributions that it cites and reachable from them, and what
//! share of the contributions they cover. A synthesis is the organiser's reading; what it leaves out is listed elsewhere.

use super::Head;
use super::context::Context;
use super::parts::{Link, PartyView, Prose};
use super::trace::coverage::{Coverage, coverage};
use super::trace::gaps::{self, Gap};
use super::trace::steps::statement_fragment;
use crate::derive::DerivedConsultation;
use crate::model::site::Consultation;
use crate::model::when::Date;
use crate::route::Part;
use crate::text::{citations, plain};
use serde::Serialize;
use std::collections::BTreeMap;

/// The list of syntheses.
#[derive(Debug, Serialize)]
pub struct SynthesesView {
    /// What every view begins with.
    pub head: Head,
    /// The syntheses, in their order.
    pub syntheses: Vec<SynthesisCard>,
    /// What all of them together cite.
    pub coverage: Coverage,
    /// How many contributions with a page none of them cites.
    pub uncited: usize,
    /// Where these are listed.
    pub uncited_href: String,
}

/// A synthesis in a list.
#[derive(Debug, Serialize)]
pub struct SynthesisCard {
    /// Address and title.
    #[serde(flatten)]
    pub link: Link,
    /// Who wrote it.
    pub author: PartyView,
    /// When.
    pub date: Date,
    /// Contributions it cites.
    pub cites: usize,
}

/// Makes the list of syntheses.
pub fn syntheses(context: &Context<'_>, c: &Consultation, d: &DerivedConsultation) -> SynthesesView {
    let card = |s: &crate::model::site::Synthesis| SynthesisCard {
        link: Link::new(context.to(c, Part::Synthesis(&s.id)), &*s.title),
        author: PartyView::new(&s.author, context),
        date: s.date,
        cites: s.cites.len(),
    };
    SynthesesView {
        head: context.head("syntheses", context.words(&c.title), context.words(&c.summary)),
        syntheses: c.syntheses.iter().map(card).collect(),
        coverage: coverage(context, c, |_| true, |at| !d.cited[at].is_empty()),
        uncited: gaps::listed(Gap::Uncited, c, d).len(),
        uncited_href: context.to(c, Part::Uncited(1)),
    }
}

/// A synthesis.
#[derive(Debug, Serialize)]
pub struct SynthesisView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// Its id.
    pub id: &'s str,
    /// Who wrote it.
    pub author: PartyView,
    /// When.
    pub date: Date,
    /// Its words; citations are links.
    pub body: Option<Prose<'s>>,
    /// The contributions it cites, in the order of the words.
    pub cites: Vec<Cited>,
    /// What it cites of what was published.
    pub coverage: Coverage,
}

/// A contribution that a synthesis cites.
#[derive(Debug, Serialize)]
pub struct Cited {
    /// Its address and title.
    #[serde(flatten)]
    pub link: Link,
    /// Where the synthesis cites it, in its own page.
    pub statements: Vec<Link>,
}

/// Makes a synthesis' page.
pub fn synthesis<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    at: usize,
) -> SynthesisView<'s> {
    let synthesis = &c.syntheses[at];
    let (lang, words) = synthesis.body.pick(context.lang);
    let mut times: BTreeMap<usize, usize> = BTreeMap::new();
    let linked = link_citations(words, |id| {
        let found = synthesis.cites.iter().copied().find(|x| c.contributions[*x].id.as_str() == id)?;
        let n = times.entry(found).or_default();
        *n += 1;
        Some((context.contribution_href(c, d, found), statement_fragment(id, *n)))
    });
    let cited = |x: &usize| {
        let place = |n| {
            Link::new(format!("#{}", statement_fragment(c.contributions[*x].id.as_str(), n)), n.to_string())
        };
        let count = times.get(x).copied().unwrap_or_default();
        Cited { link: context.contribution_link(c, d, *x), statements: (1..=count).map(place).collect() }
    };
    let mut head = context.head("synthesis", &*synthesis.title, plain(words, 400));
    head.untranslated = (lang != context.lang).then(|| lang.clone());
    let body = Prose::official(words, lang).map(|p| Prose { markdown: linked.into(), ..p });
    SynthesisView {
        head,
        id: synthesis.id.as_str(),
        author: PartyView::new(&synthesis.author, context),
        date: synthesis.date,
        body,
        cites: synthesis.cites.iter().map(cited).collect(),
        coverage: coverage(context, c, |_| true, |at| synthesis.cites.contains(&at)),
    }
}

/// Turns `[@p1; @p2]` into Markdown links. The title of each is the name of its place, from which the page makes an
/// anchor: one can come back from the contribution to the very statement.
fn link_citations(markdown: &str, mut find: impl FnMut(&str) -> Option<(String, String)>) -> String {
    let mut out = String::with_capacity(markdown.len() + 256);
    let mut done = 0;
    for (at, id) in citations(markdown) {
        let Some((href, place)) = find(id) else { continue };
        out.push_str(&markdown[done..at - 1]);
        // The id stands between `@` and the end of its part; the brackets around several stay as they are.
        out.push_str(&format!("[{id}]({href} \"{place}\")"));
        done = at + id.len();
    }
    out.push_str(&markdown[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::link_citations;

    #[test]
    fn citations_become_links_and_the_rest_stays() {
        let linked = link_citations("Beaucoup [@p1; @p2] disent [oui](x).", |id| {
            Some((format!("../{id}/"), format!("cite-{id}-1")))
        });
        let expected = "Beaucoup [[p1](../p1/ \"cite-p1-1\"); [p2](../p2/ \"cite-p2-1\")] disent [oui](x).";
        assert_eq!(linked, expected);
    }
}
