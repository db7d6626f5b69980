//! What a vote's page shows beside its result: the charts of its method, each with the figures of its table. What a kind
//! of vote does not have is absent.

use super::card::titles;
use super::methods::method;
use crate::model::choices::VoteKind;
use crate::model::site::*;
use crate::model::when::Date;
use crate::tally::Tally;
use crate::view::charts::bars::{Bars, Counted};
use crate::view::charts::hemicycle::{Hemicycle, hemicycle};
use crate::view::charts::over_time::{OverTime, over_time};
use crate::view::charts::profiles::Profiles;
use crate::view::charts::progress::{Progress, progress};
use crate::view::charts::quotas::QuotaRow;
use crate::view::charts::rounds::Rounds;
use crate::view::charts::spending::Spending;
use crate::view::context::Context;
use serde::Serialize;
use std::collections::BTreeMap;

/// The charts of a vote.
#[derive(Debug, Default, Serialize)]
pub struct Detail {
    /// The rounds of an instant runoff.
    pub rounds: Option<Rounds>,
    /// The grades of a majority judgment.
    pub profiles: Option<Profiles>,
    /// The duels of Schulze's method.
    pub duels: Option<Duels>,
    /// What became of the projects of a budget.
    pub budget: Option<BudgetView>,
    /// A roll call's assembly.
    pub hemicycle: Option<Hemicycle>,
    /// What signatures obtain.
    pub progress: Option<Progress>,
    /// A panel drawn by lot.
    pub draw: Option<DrawView>,
    /// Online beside paper.
    pub channels: Option<Channels>,
    /// Ballots over time.
    pub over_time: Option<OverTime>,
    /// Options whose contribution, cost or page is known.
    pub about_options: Vec<AboutOption>,
}

/// The ballots of each channel, and what they gave to each option.
#[derive(Debug, Serialize)]
pub struct Channels {
    /// The channels, in the order of the segments, and the ballots of each.
    pub cast: Vec<Cast>,
    /// A row an option.
    pub bars: Bars,
}

/// A channel.
#[derive(Debug, Serialize)]
pub struct Cast {
    /// `online`, `paper`, or a name of the site's own.
    pub channel: String,
    /// Ballots.
    pub count: u64,
}

/// Every pair of options.
#[derive(Debug, Serialize)]
pub struct Duels {
    /// The letters and titles of the options, in their order.
    pub options: Vec<Contender>,
    /// The option that wins each of its duels.
    pub condorcet: Option<String>,
    /// The options in layers, the best first.
    pub ranking: Vec<Vec<String>>,
}

/// An option and its row.
#[derive(Debug, Serialize)]
pub struct Contender {
    /// By which the columns name it.
    pub letter: String,
    /// Its title.
    pub title: String,
    /// It won.
    pub winner: bool,
    /// Against each option, in their order.
    pub duels: Vec<Duel>,
}

/// A duel.
#[derive(Debug, Serialize)]
pub struct Duel {
    /// Ballots that rank the row's option above the column's; none on the diagonal.
    pub count: Option<u64>,
    /// `won`, `lost`, `even`; empty on the diagonal.
    pub state: &'static str,
    /// The strength of the strongest path.
    pub path: u64,
}

/// The projects of a budget.
#[derive(Debug, Serialize)]
pub struct BudgetView {
    /// The bar.
    pub spending: Option<Spending>,
    /// What could be spent.
    pub budget: Money,
    /// What was.
    pub spent: Money,
    /// What is left.
    pub left: Money,
    /// What each voter was given to spend in the end, under equal shares, in units of money.
    pub share: Option<f64>,
    /// How many times it was raised.
    pub raises: Option<u64>,
    /// Each decision, in its order.
    pub steps: Vec<BudgetLine>,
}

/// What was decided of a project.
#[derive(Debug, Serialize)]
pub struct BudgetLine {
    /// Its number on the bar; none when it was not selected.
    pub number: Option<usize>,
    /// Its title.
    pub title: String,
    /// Votes or points for it.
    pub support: u64,
    /// Its cost.
    pub cost: Money,
    /// It was selected.
    pub kept: bool,
    /// Why, as a word of the messages.
    pub reason: &'static str,
    /// What is left after it.
    pub left: Money,
}

/// A panel.
#[derive(Debug, Serialize)]
pub struct DrawView {
    /// People in the pool.
    pub pool: usize,
    /// SHA-256 of the pool.
    pub digest: String,
    /// The people drawn, in the order of their lots.
    pub drawn: Vec<String>,
    /// The quotas.
    pub quotas: Vec<QuotaRow>,
    /// People who came before the last one drawn, and whom the quotas left out.
    pub passed_over: usize,
}

/// What is known of an option beside its title.
#[derive(Debug, Serialize)]
pub struct AboutOption {
    /// Its title.
    pub title: String,
    /// What a reader should know about it.
    pub summary: Option<String>,
    /// What it costs.
    pub cost: Option<Money>,
    /// The contribution that proposed it.
    pub contribution: Option<crate::view::parts::Link>,
    /// Where it is described.
    pub url: Option<String>,
}

/// Makes the charts of a vote whose result is known.
pub fn detail(context: &Context<'_>, vote: &Vote, known: &KnownResult, tally: &Tally) -> Detail {
    let mut detail = Detail {
        hemicycle: assembly(vote, known),
        progress: (vote.kind == VoteKind::Petition).then(|| signatures(context, vote, tally)),
        channels: channels(context, vote, known, tally),
        over_time: known.ballots.as_ref().and_then(|ballots| over_time(&days(ballots))),
        ..Detail::default()
    };
    method(context, vote, known, tally, &mut detail);
    detail
}

fn assembly(vote: &Vote, known: &KnownResult) -> Option<Hemicycle> {
    let seats = |group: &Group| {
        let voted = group.r#for.saturating_add(group.against).saturating_add(group.abstention);
        let absent = group.members.map_or(0, |members| members.saturating_sub(voted));
        [group.r#for, group.against, group.abstention, group.absent.unwrap_or(absent)]
    };
    let groups: Vec<_> = known.groups.iter().map(seats).collect();
    (vote.kind == VoteKind::RollCall).then(|| hemicycle(&groups)).flatten()
}

fn signatures(context: &Context<'_>, vote: &Vote, tally: &Tally) -> Progress {
    let step = |step: &Step| (step.signatures, context.words(&step.title).to_owned());
    let steps: Vec<_> = vote.rule.steps.iter().map(step).collect();
    progress(tally.counts.first().copied().unwrap_or(0), &steps)
}

/// Channels side by side, where there are two at least.
fn channels(context: &Context<'_>, vote: &Vote, known: &KnownResult, tally: &Tally) -> Option<Channels> {
    let names = &known.ballots.as_ref()?.channels;
    if tally.channels.len() < 2 {
        return None;
    }
    let name = |at: &u16| names.get(usize::from(*at)).map_or(String::new(), |name| name.to_string());
    let cast: Vec<Cast> =
        tally.channels.iter().map(|(at, own)| Cast { channel: name(at), count: own.cast }).collect();
    let all: Vec<usize> = (0..vote.options.len()).collect();
    let rows = titles(context, vote, &all).into_iter().enumerate().map(|(at, title)| Counted {
        title,
        counts: tally.channels.values().map(|own| own.counts.get(at).copied().unwrap_or(0)).collect(),
        winner: tally.winners.contains(&at),
    });
    let bars = Bars::new(cast.iter().map(|cast| cast.channel.clone()).collect(), rows.collect());
    Some(Channels { cast, bars })
}

/// Ballots by the day on which they were cast, those that do not count included: they came.
fn days(ballots: &Ballots) -> BTreeMap<Date, u64> {
    let mut days: BTreeMap<Date, u64> = BTreeMap::new();
    for ballot in &ballots.ballots {
        if let Some(cast) = ballot.cast {
            let count = days.entry(Date(cast.date)).or_default();
            *count = count.saturating_add(ballot.count);
        }
    }
    days
}

/// What is known of the options, where anything is.
pub fn about_options(
    context: &Context<'_>,
    c: &Consultation,
    d: &crate::derive::DerivedConsultation,
    vote: &Vote,
) -> Vec<AboutOption> {
    let known = |option: &&VoteOption| {
        option.cost.is_some()
            || option.contribution.is_some()
            || option.url.is_some()
            || option.summary.is_some()
    };
    let about = |option: &VoteOption| AboutOption {
        title: context.words(&option.title).to_owned(),
        summary: context.words_opt(&option.summary),
        cost: option.cost,
        contribution: option.contribution.map(|at| context.contribution_link(c, d, at)),
        url: option.url.as_deref().map(str::to_owned),
    };
    vote.options.iter().filter(known).map(about).collect()
}
