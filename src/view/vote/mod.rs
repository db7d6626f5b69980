//! The list of votes, and the page of one: its rule, its result, where each number comes from, and what somebody needs
//! to count again.

mod card;
pub mod claims;
mod detail;
mod members;
mod methods;
mod recount;
mod rule;

use super::Head;
use super::context::Context;
use super::parts::Link;
use crate::derive::DerivedConsultation;
use crate::derive::tally::share;
use crate::model::choices::VoteKind;
use crate::model::site::*;
use crate::model::when::{Date, Moment};
use crate::tally::VoidReason;
pub use card::{OptionView, VoteCard, VotesView, list_csv, vote_card, votes};
pub use detail::Detail;
pub use members::GroupMembers;
pub use rule::RuleView;
use serde::Serialize;

/// A vote's page.
#[derive(Debug, Serialize)]
pub struct VoteView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// What the list says of it.
    #[serde(flatten)]
    pub card: VoteCard,
    /// The question.
    pub question: Option<String>,
    /// What a reader should know.
    pub summary: Option<String>,
    /// What it is about.
    pub about: Option<Link>,
    /// The amendment it decides.
    pub amendment: Option<Link>,
    /// The contribution it is about.
    pub contribution: Option<Link>,
    /// When it opened.
    pub opens: Option<Moment>,
    /// When it closed.
    pub closes: Option<Moment>,
    /// The rule; `max_choices` is none without a limit.
    pub rule: RuleView<'s>,
    /// How many could vote.
    pub registered: Option<u64>,
    /// Share of them who voted.
    pub turnout: Option<f64>,
    /// Blank ballots.
    pub blank: Option<u64>,
    /// Void ballots, by reason.
    pub void: Vec<VoidView>,
    /// Void ballots, where only their number was declared.
    pub void_declared: Option<u64>,
    /// Ballots replaced by a later one.
    pub replaced: u64,
    /// On how many the shares are counted.
    pub base: Option<u64>,
    /// Whether enough people voted.
    pub quorum_met: Option<bool>,
    /// A roll call's groups.
    pub groups: &'s [Group],
    /// Who voted how, group by group.
    pub members: Vec<GroupMembers<'s>>,
    /// The ballots.
    pub ballots: Option<String>,
    /// How many ballots the file holds.
    pub ballots_count: Option<usize>,
    /// Why the ballots are not here.
    pub ballots_missing: Option<String>,
    /// The declared and the counted results differ: why.
    pub acknowledged: Option<AcknowledgedView>,
    /// Where it is published officially.
    pub url: Option<&'s str>,
    /// The currency of amounts.
    pub currency: Option<&'s str>,
    /// Votes that the ballots which count carry together, where some carry more than one.
    pub weight: Option<u64>,
    /// Signatures of a petition.
    pub signatures: Option<u64>,
    /// The charts.
    pub detail: Detail,
    /// The script of ballots beside the page, for a recount in the browser.
    pub recount: Option<&'static str>,
    /// Its bytes.
    #[serde(skip)]
    pub script: Option<Vec<u8>>,
}

/// Void ballots of a reason.
#[derive(Debug, Serialize)]
pub struct VoidView {
    /// Why.
    pub reason: VoidReason,
    /// How many.
    pub count: u64,
}

/// A difference that was acknowledged.
#[derive(Debug, Serialize)]
pub struct AcknowledgedView {
    /// Why.
    pub reason: String,
    /// When.
    pub date: Date,
}

/// Makes a vote's page.
pub fn vote<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    at: VoteIx,
) -> VoteView<'s> {
    let vote = &c.votes[at];
    let tally = d.tallies.get(at).and_then(Option::as_ref);
    let known = match &vote.result {
        VoteResult::Known(known) => Some(&**known),
        VoteResult::Embargoed { .. } => None,
    };
    let title = context.words(&vote.title);
    let question = context.words_opt(&vote.question);
    let ballots = known.and_then(|k| k.ballots.as_ref());
    let pool = known.and_then(|k| k.pool.as_ref());
    let script = recount::script(context, c, vote, tally);
    let mut charts = known.zip(tally).map(|(k, t)| detail::detail(context, vote, k, t)).unwrap_or_default();
    charts.about_options = detail::about_options(context, c, d, vote);
    VoteView {
        head: context.head("vote", title, question.as_deref().unwrap_or(title)),
        card: vote_card(context, c, d, at),
        summary: context.words_opt(&vote.summary),
        about: context.about_link(c, &vote.about),
        amendment: vote.amendment.map(|a| context.amendment_link(c, &c.amendments[a])),
        contribution: vote.contribution.map(|x| context.contribution_link(c, d, x)),
        opens: vote.opens,
        closes: vote.closes,
        rule: rule::rule(context, vote),
        registered: vote.registered,
        turnout: vote.registered.zip(tally.and_then(|t| t.cast)).map(|(all, cast)| share(cast, all)),
        blank: tally.and_then(|t| t.blank),
        void: tally
            .map(|t| {
                t.void.iter().map(|(reason, count)| VoidView { reason: *reason, count: *count }).collect()
            })
            .unwrap_or_default(),
        void_declared: tally.and_then(|t| t.void_declared),
        replaced: tally.map_or(0, |t| t.replaced),
        base: tally.map(|t| t.base),
        quorum_met: tally.and_then(|t| t.quorum_met),
        members: known.map(members::members).unwrap_or_default(),
        groups: known.map(|k| k.groups.as_slice()).unwrap_or_default(),
        ballots: ballots
            .map(|b| &b.path)
            .or(pool.map(|p| &p.path))
            .map(|path| context.from.to_file(&format!("{}/{}", c.id, path.as_str()))),
        ballots_count: ballots.map(|b| b.ballots.len()).or(pool.map(|p| p.people.len())),
        ballots_missing: known.and_then(|k| context.words_opt(&k.ballots_missing)),
        acknowledged: known
            .and_then(|k| k.acknowledged.as_ref())
            .map(|(reason, date)| AcknowledgedView { reason: context.words(reason).to_owned(), date: *date }),
        url: vote.url.as_deref(),
        currency: vote.currency.as_deref(),
        weight: tally.and_then(|t| t.weight),
        signatures: tally
            .filter(|_| vote.kind == VoteKind::Petition)
            .map(|t| t.counts.first().copied().unwrap_or(0)),
        detail: charts,
        recount: script.as_ref().map(|_| recount::BALLOTS),
        script,
        question,
    }
}

/// The table of a vote, as CSV; none under embargo.
pub fn csv(view: &VoteView<'_>) -> Option<Vec<u8>> {
    view.card.embargo.is_none().then(|| card::rows(std::iter::once(&view.card)))
}

/// The scripts that stand beside the page, by name.
pub fn scripts(view: &VoteView<'_>) -> Vec<(String, Vec<u8>)> {
    view.script.iter().map(|bytes| (recount::BALLOTS.to_owned(), bytes.clone())).collect()
}
