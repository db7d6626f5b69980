//! The links of a consultation: one list, from which every page and table reads. A link has two ends, says one thing,
//! and names who asserts it. Links that only follow from others (a contribution and the passage that its amendment
//! became) are not stored: they are walked.

use crate::derive::DerivedConsultation;
use crate::derive::blame::{Origin, Passage};
use crate::model::choices::{AssertedBy, ContributionKind, Linked, Relation};
use crate::model::document::{Article, Item};
use crate::model::site::*;
use std::collections::{BTreeMap, BTreeSet};

/// An end of a link, as a place in the consultation's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Node {
    Contribution(ContributionIx),
    Synthesis(usize),
    Response(usize),
    Commitment(usize),
    Amendment(AmendmentIx),
    Vote(VoteIx),
    Meeting(MeetingIx),
    /// A text, and a place in its list of articles.
    Article(TextIx, usize),
}

impl Node {
    /// What it is.
    pub fn kind(self) -> Linked {
        match self {
            Node::Contribution(_) => Linked::Contribution,
            Node::Synthesis(_) => Linked::Synthesis,
            Node::Response(_) => Linked::Response,
            Node::Commitment(_) => Linked::Commitment,
            Node::Amendment(_) => Linked::Amendment,
            Node::Vote(_) => Linked::Vote,
            Node::Meeting(_) => Linked::Meeting,
            Node::Article(..) => Linked::Article,
        }
    }

    /// Its id in data; an article's has its text before it.
    pub fn id(self, c: &Consultation) -> String {
        match self {
            Node::Contribution(at) => c.contributions[at].id.to_string(),
            Node::Synthesis(at) => c.syntheses[at].id.to_string(),
            Node::Response(at) => c.responses[at].id.to_string(),
            Node::Commitment(at) => c.commitments[at].id.to_string(),
            Node::Amendment(at) => c.amendments[at].id.to_string(),
            Node::Vote(at) => c.votes[at].id.to_string(),
            Node::Meeting(at) => c.meetings[at].id.to_string(),
            Node::Article(text, at) => format!("{}/{}", c.texts[text].id, c.texts[text].articles[at].id),
        }
    }
}

/// Where a link is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// In the record of one of these.
    In(Node),
    /// Nowhere: found by following words through the versions.
    Words,
    /// Nowhere: found by aligning the articles of two texts.
    Alignment,
}

/// Two things that belong together, and who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TraceLink {
    /// From what.
    pub from: Node,
    /// What it says.
    pub relation: Relation,
    /// To what.
    pub to: Node,
    /// The paragraph of an article, when it is that exact.
    pub paragraph: Option<u32>,
    /// Who says so.
    pub by: AssertedBy,
    /// Where.
    pub written: Written,
}

/// Every link, readable from both ends.
#[derive(Debug, Default)]
pub struct Links {
    all: Vec<TraceLink>,
    from: BTreeMap<Node, Vec<usize>>,
    to: BTreeMap<Node, Vec<usize>>,
}

impl Links {
    /// All of them, in the order of the records that assert them.
    pub fn all(&self) -> &[TraceLink] {
        &self.all
    }

    /// Those that begin at something.
    pub fn from(&self, node: Node) -> impl Iterator<Item = &TraceLink> {
        self.from.get(&node).into_iter().flatten().filter_map(|at| self.all.get(*at))
    }

    /// Those that lead to something.
    pub fn to(&self, node: Node) -> impl Iterator<Item = &TraceLink> {
        self.to.get(&node).into_iter().flatten().filter_map(|at| self.all.get(*at))
    }

    fn add(&mut self, link: TraceLink) {
        let at = self.all.len();
        self.from.entry(link.from).or_default().push(at);
        self.to.entry(link.to).or_default().push(at);
        self.all.push(link);
    }

    fn link(&mut self, (from, relation, to): (Node, Relation, Node), by: AssertedBy, written: Written) {
        self.add(TraceLink { from, relation, to, paragraph: None, by, written });
    }

    /// What an organiser wrote in one of the two records.
    fn organiser(&mut self, link: (Node, Relation, Node), at: Node) {
        self.link(link, AssertedBy::Organiser, Written::In(at));
    }
}

/// The place of an article in its text's list.
pub fn article(c: &Consultation, text: TextIx, id: &crate::model::id::Id) -> Option<Node> {
    let at = c.texts.get(text)?.articles.iter().position(|a| a.id == *id)?;
    Some(Node::Article(text, at))
}

/// Collects the links; the texts must have been derived before.
pub fn links(c: &Consultation, d: &DerivedConsultation) -> Links {
    let mut links = Links::default();
    contributions(c, &mut links);
    for (at, synthesis) in c.syntheses.iter().enumerate() {
        let own = Node::Synthesis(at);
        synthesis
            .cites
            .iter()
            .for_each(|x| links.organiser((own, Relation::Cites, Node::Contribution(*x)), own));
    }
    responses(c, &mut links);
    for (at, commitment) in c.commitments.iter().enumerate() {
        let own = Node::Commitment(at);
        for x in &commitment.contributions {
            links.organiser((own, Relation::Promises, Node::Contribution(*x)), own);
        }
    }
    amendments(c, d, &mut links);
    for (text, of) in d.texts.iter().enumerate() {
        passages(c, text, of, &mut links);
    }
    for ((text, id), from) in &d.comes_from {
        let (Some(own), Some(older)) = (article(c, *text, id), c.texts[*text].continues) else { continue };
        for other in from.iter().filter_map(|id| article(c, older, id)) {
            links.link((own, Relation::ComesFrom, other), AssertedBy::Computation, Written::Alignment);
        }
    }
    links
}

/// What contributions say of themselves, and what moderators made of them.
fn contributions(c: &Consultation, links: &mut Links) {
    for (at, x) in c.contributions.iter().enumerate() {
        let own = Node::Contribution(at);
        let author = if x.imported { AssertedBy::Importer } else { AssertedBy::Author };
        let organiser = if x.imported { AssertedBy::Importer } else { AssertedBy::Organiser };
        let mut say = |relation, to, by| links.link((own, relation, to), by, Written::In(own));
        if let Some(parent) = x.parent {
            say(answer(x.kind), Node::Contribution(parent), author);
        }
        if let Some(into) = x.merged_into {
            say(Relation::MergedInto, Node::Contribution(into), organiser);
        }
        if let Some(from) = x.split_from {
            say(Relation::SplitFrom, Node::Contribution(from), organiser);
        }
        if let Some(meeting) = x.meeting {
            say(Relation::CollectedAt, Node::Meeting(meeting), organiser);
        }
        let about = x.about.text.zip(x.about.article.as_ref()).and_then(|(t, a)| article(c, t, a));
        if let Some(to) = about {
            let (paragraph, written) = (x.about.paragraph, Written::In(own));
            links.add(TraceLink { from: own, relation: Relation::About, to, paragraph, by: author, written });
        }
    }
}

/// What a contribution is to the one above it.
fn answer(kind: ContributionKind) -> Relation {
    match kind {
        ContributionKind::Wording => Relation::Rewords,
        ContributionKind::Argument => Relation::Argues,
        ContributionKind::Source => Relation::Supports,
        ContributionKind::Proposal
        | ContributionKind::Comment
        | ContributionKind::Answer
        | ContributionKind::Interest
        | ContributionKind::Petition => Relation::RepliesTo,
    }
}

/// A response answers contributions, and says into which amendments and articles they went.
fn responses(c: &Consultation, links: &mut Links) {
    for (at, response) in c.responses.iter().enumerate() {
        let own = Node::Response(at);
        for to in response.to.iter().map(|x| Node::Contribution(*x)) {
            links.organiser((own, Relation::Answers, to), own);
            for amendment in &response.amendments {
                links.organiser((to, Relation::LedTo, Node::Amendment(*amendment)), own);
            }
        }
        for to in response.articles.iter().filter_map(|(t, a)| article(c, *t, a)) {
            links.organiser((own, Relation::WentInto, to), own);
        }
    }
}

fn amendments(c: &Consultation, d: &DerivedConsultation, links: &mut Links) {
    for (at, amendment) in c.amendments.iter().enumerate() {
        let own = Node::Amendment(at);
        let by = if amendment.imported { AssertedBy::Importer } else { AssertedBy::Organiser };
        for x in &amendment.contributions {
            links.link((Node::Contribution(*x), Relation::LedTo, own), by, Written::In(own));
        }
        if let Some(parent) = amendment.parent {
            links.link((own, Relation::Amends, Node::Amendment(parent)), by, Written::In(own));
        }
        for vote in d.votes_on_amendment.get(&at).into_iter().flatten() {
            let vote_at = Node::Vote(*vote);
            // Written in the vote's record, or else in the amendment's.
            let written = if c.votes[*vote].amendment == Some(at) { vote_at } else { own };
            let by = if written == own { by } else { AssertedBy::Organiser };
            links.link((own, Relation::DecidedBy, vote_at), by, Written::In(written));
        }
    }
}

/// The paragraphs of a text's latest version that hold words of a change, as the blame tells.
fn passages(c: &Consultation, text: TextIx, derived: &crate::derive::texts::DerivedText, links: &mut Links) {
    let Some((last, version)) = derived.versions.iter().enumerate().next_back() else { return };
    let of = &c.texts[text];
    let Some(document) = of.versions.get(last).map(|v| v.document.main()) else { return };
    let mut found: BTreeSet<(AmendmentIx, usize, u32)> = BTreeSet::new();
    for (item, unit) in document.items.iter().enumerate() {
        let Item::Article(article) = unit else { continue };
        let notes = of.article_at(last, &article.id).map(|notes| &notes.id);
        let Some(place) = notes.and_then(|id| of.articles.iter().position(|a| a.id == *id)) else { continue };
        for (change, paragraph) in brought(article, |number| version.blame.main().of(item, number)) {
            found.insert((change, place, paragraph));
        }
    }
    for (change, place, paragraph) in found {
        links.add(TraceLink {
            from: Node::Amendment(change),
            relation: Relation::BecamePassage,
            to: Node::Article(text, place),
            paragraph: Some(paragraph),
            by: AssertedBy::Computation,
            written: Written::Words,
        });
    }
}

/// The changes whose words stand in an article, with the paragraph; signs alone are nobody's words.
fn brought<'a>(
    article: &Article,
    runs: impl Fn(u32) -> &'a [Passage],
) -> impl Iterator<Item = (AmendmentIx, u32)> {
    let mut found = Vec::new();
    for (number, paragraph) in (1..).zip(&article.paragraphs) {
        let mut at = 0;
        for run in runs(number) {
            let words = paragraph.markdown.get(at..at + run.length).unwrap_or_default();
            at += run.length;
            match run.origin {
                Origin::Change(change) if words.contains(char::is_alphanumeric) => {
                    found.push((change, paragraph.number));
                }
                Origin::Change(_) | Origin::First | Origin::Version(_) => {}
            }
        }
    }
    found.into_iter()
}
