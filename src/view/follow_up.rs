//! Official responses, syntheses and commitments.

use super::Head;
use super::context::Context;
use super::parts::{Link, PartyView, Prose};
use crate::derive::DerivedConsultation;
use crate::model::choices::{CommitmentStatus, Decision};
use crate::model::site::Consultation;
use crate::model::when::{Date, Moment};
use crate::route::{Part, fragment};
use crate::text::{citations, plain};
use serde::Serialize;

/// Every official response.
#[derive(Debug, Serialize)]
pub struct ResponsesView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// Contributions with a page, published, that received a response.
    pub answered: u64,
    /// Contributions with a page, published.
    pub with_page: u64,
    /// The responses, oldest first.
    pub responses: Vec<ResponseView<'s>>,
    /// Contributions with a page that received none.
    pub unanswered: Vec<Link>,
}

/// A response.
#[derive(Debug, Serialize)]
pub struct ResponseView<'s> {
    /// Its id.
    pub id: String,
    /// Its fragment on the page of responses.
    pub anchor: String,
    /// Its address.
    pub href: String,
    /// Its title.
    pub title: Option<&'s str>,
    /// Who answers.
    pub author: PartyView,
    /// When.
    pub date: Date,
    /// What was decided.
    pub decision: Option<Decision>,
    /// Its words.
    pub body: Option<Prose<'s>>,
    /// The contributions it answers.
    pub to: Vec<Link>,
    /// Amendments in which it went.
    pub amendments: Vec<Link>,
    /// Articles in which it went.
    pub articles: Vec<Link>,
}

/// Makes the page of responses.
pub fn responses<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
) -> ResponsesView<'s> {
    let waiting = c
        .contributions
        .iter()
        .enumerate()
        .filter(|(at, x)| x.kind.has_page() && x.published().is_some() && d.responses[*at].is_empty());
    ResponsesView {
        head: context.head("responses", context.words(&c.title), context.words(&c.summary)),
        answered: d.totals.answered,
        with_page: d.totals.with_page,
        responses: (0..c.responses.len()).map(|at| response(context, c, d, at)).collect(),
        unanswered: waiting.map(|(at, _)| context.contribution_link(c, d, at)).collect(),
    }
}

/// A response, seen from any page.
pub fn response<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    at: usize,
) -> ResponseView<'s> {
    let response = &c.responses[at];
    let anchor = format!("r-{}", response.id);
    ResponseView {
        id: response.id.to_string(),
        href: format!("{}#{anchor}", context.to(c, Part::Responses)),
        anchor,
        title: response.title.as_deref(),
        author: PartyView::new(&response.author, context),
        date: response.date,
        decision: response.decision,
        body: Prose::local(&response.body, context.lang),
        to: response.to.iter().map(|x| context.contribution_link(c, d, *x)).collect(),
        amendments: response
            .amendments
            .iter()
            .map(|a| context.amendment_link(c, &c.amendments[*a]))
            .collect(),
        articles: response
            .articles
            .iter()
            .map(|(text, article)| context.article_link(c, &c.texts[*text], article))
            .collect(),
    }
}

/// The list of syntheses.
#[derive(Debug, Serialize)]
pub struct SynthesesView {
    /// What every view begins with.
    pub head: Head,
    /// The syntheses, in their order.
    pub syntheses: Vec<SynthesisCard>,
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
pub fn syntheses(context: &Context<'_>, c: &Consultation) -> SynthesesView {
    let card = |s: &crate::model::site::Synthesis| SynthesisCard {
        link: Link::new(context.to(c, Part::Synthesis(&s.id)), &*s.title),
        author: PartyView::new(&s.author, context),
        date: s.date,
        cites: s.cites.len(),
    };
    SynthesesView {
        head: context.head("syntheses", context.words(&c.title), context.words(&c.summary)),
        syntheses: c.syntheses.iter().map(card).collect(),
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
    pub cites: Vec<Link>,
    /// Published contributions of the consultation, cited or not.
    pub published: u64,
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
    let linked = link_citations(words, |id| {
        let found = synthesis.cites.iter().copied().find(|x| c.contributions[*x].id.as_str() == id)?;
        Some(context.contribution_href(c, d, found))
    });
    let mut head = context.head("synthesis", &*synthesis.title, plain(words, 400));
    head.untranslated = (lang != context.lang).then(|| lang.clone());
    let body = Prose::official(words, lang).map(|p| Prose { markdown: linked.into(), ..p });
    SynthesisView {
        head,
        id: synthesis.id.as_str(),
        author: PartyView::new(&synthesis.author, context),
        date: synthesis.date,
        body,
        cites: synthesis.cites.iter().map(|x| context.contribution_link(c, d, *x)).collect(),
        published: d.totals.contributions - d.totals.withheld - d.totals.erased,
    }
}

/// Turns `[@p1; @p2]` into Markdown links.
fn link_citations(markdown: &str, href: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(markdown.len() + 256);
    let mut done = 0;
    for (at, id) in citations(markdown) {
        let Some(href) = href(id) else { continue };
        out.push_str(&markdown[done..at - 1]);
        // The id stands between `@` and the end of its part; the brackets around several stay as they are.
        out.push_str(&format!("[{id}]({href})"));
        done = at + id.len();
    }
    out.push_str(&markdown[done..]);
    out
}

/// Every commitment.
#[derive(Debug, Serialize)]
pub struct CommitmentsView {
    /// What every view begins with.
    pub head: Head,
    /// The commitments, oldest first.
    pub commitments: Vec<CommitmentView>,
}

/// A commitment.
#[derive(Debug, Serialize)]
pub struct CommitmentView {
    /// Its id.
    pub id: String,
    /// Its fragment.
    pub anchor: String,
    /// What is promised.
    pub title: String,
    /// Who promises.
    pub by: PartyView,
    /// When.
    pub date: Date,
    /// For when.
    pub due: Option<Date>,
    /// What became of it.
    pub status: CommitmentStatus,
    /// More.
    pub summary: Option<String>,
    /// What shows it.
    pub evidence: Vec<EvidenceView>,
    /// What led to it.
    pub contributions: Vec<Link>,
}

/// Something that shows that a commitment was kept.
#[derive(Debug, Serialize)]
pub struct EvidenceView {
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: Option<String>,
    /// Its date.
    pub date: Option<Moment>,
}

/// Makes the page of commitments.
pub fn commitments(context: &Context<'_>, c: &Consultation, d: &DerivedConsultation) -> CommitmentsView {
    let one = |x: &crate::model::site::Commitment| CommitmentView {
        id: x.id.to_string(),
        anchor: fragment(&x.id),
        title: context.words(&x.title).to_owned(),
        by: PartyView::new(&x.by, context),
        date: x.date,
        due: x.due,
        status: x.status,
        summary: context.words_opt(&x.summary),
        evidence: x
            .evidence
            .iter()
            .map(|(title, url, date)| EvidenceView {
                title: context.words(title).to_owned(),
                url: url.as_ref().map(ToString::to_string),
                date: *date,
            })
            .collect(),
        contributions: x.contributions.iter().map(|at| context.contribution_link(c, d, *at)).collect(),
    };
    CommitmentsView {
        head: context.head("commitments", context.words(&c.title), context.words(&c.summary)),
        commitments: c.commitments.iter().map(one).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::link_citations;

    #[test]
    fn citations_become_links_and_the_rest_stays() {
        let linked = link_citations("Beaucoup [@p1; @p2] disent [oui](x).", |id| Some(format!("../{id}/")));
        assert_eq!(linked, "Beaucoup [[p1](../p1/); [p2](../p2/)] disent [oui](x).");
    }
}
