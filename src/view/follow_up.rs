//! Official responses, syntheses and commitments.

use super::Head;
use super::context::Context;
use super::parts::{Link, PartyView, Prose};
use super::trace::coverage::{Coverage, coverage};
use super::trace::gaps::{self, Gap};
use super::trace::steps::statement_fragment;
use crate::derive::DerivedConsultation;
use crate::model::choices::{CommitmentStatus, Decision};
use crate::model::site::Consultation;
use crate::model::when::{Date, Moment};
use crate::route::{Part, fragment};
use crate::text::{citations, plain};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Every official response.
#[derive(Debug, Serialize)]
pub struct ResponsesView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// Contributions with a page, published, that received a response.
    pub answered: u64,
    /// Contributions with a page, published.
    pub with_page: u64,
    /// How many responses decided what, and for how many contributions.
    pub decisions: Vec<DecisionCount>,
    /// The responses, oldest first.
    pub responses: Vec<ResponseView<'s>>,
    /// How many contributions with a page received none; merged ones go with their target.
    pub unanswered: usize,
    /// Where they are listed.
    pub unanswered_href: String,
}

/// Responses that decided the same.
#[derive(Debug, Serialize)]
pub struct DecisionCount {
    /// The decision; none where a response states none.
    pub decision: Option<Decision>,
    /// How many responses.
    pub responses: usize,
    /// How many contributions they answer.
    pub contributions: usize,
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
    ResponsesView {
        head: context.head("responses", context.words(&c.title), context.words(&c.summary)),
        answered: d.totals.answered,
        with_page: d.totals.with_page,
        responses: (0..c.responses.len()).map(|at| response(context, c, d, at)).collect(),
        decisions: decisions(c),
        unanswered: gaps::listed(Gap::Unanswered, c, d).len(),
        unanswered_href: context.to(c, Part::Unanswered(1)),
    }
}

fn decisions(c: &Consultation) -> Vec<DecisionCount> {
    let all = Decision::ALL.iter().map(|decision| Some(*decision)).chain([None]);
    let count = |decision: Option<Decision>| {
        let mine: Vec<_> = c.responses.iter().filter(|r| r.decision == decision).collect();
        let answered: BTreeSet<usize> = mine.iter().flat_map(|r| r.to.iter().copied()).collect();
        DecisionCount { decision, responses: mine.len(), contributions: answered.len() }
    };
    all.map(count).filter(|count| count.responses > 0).collect()
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

/// Every commitment.
#[derive(Debug, Serialize)]
pub struct CommitmentsView {
    /// What every view begins with.
    pub head: Head,
    /// Commitments whose day has passed, and that are not kept.
    pub overdue: usize,
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
    /// Its day has passed, and it is not kept.
    pub overdue: bool,
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

/// Whether the day of a commitment has passed, on the day of which the site speaks, and it is neither kept nor dropped.
pub fn overdue(context: &Context<'_>, commitment: &crate::model::site::Commitment) -> bool {
    let open = match commitment.status {
        CommitmentStatus::Announced | CommitmentStatus::UnderWay | CommitmentStatus::KeptInPart => true,
        CommitmentStatus::Kept | CommitmentStatus::Dropped => false,
    };
    open && commitment.due.is_some_and(|due| due < context.site.as_of)
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
        overdue: overdue(context, x),
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
        overdue: c.commitments.iter().filter(|x| overdue(context, x)).count(),
        commitments: c.commitments.iter().map(one).collect(),
    }
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
