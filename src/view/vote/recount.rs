//! What the page of a vote publishes for whoever counts again: the ballots, the rule and what the page claims, in one
//! classic script, since a page opened from disk can fetch nothing. The counting is `static/recount*.js`, which knows
//! nothing of the program that made the claims.

use super::claims::{Claim, claims};
use crate::model::choices::{Completion, MajorityBase, Selection, Ties, Utility, VoteKind};
use crate::model::site::*;
use crate::opendata::ballots;
use crate::tally::Tally;
use crate::view::context::Context;
use crate::view::take_part::script_call;
use serde::Serialize;

/// The script's name, beside the page.
pub const BALLOTS: &str = "ballots.js";

/// What the script holds.
#[derive(Debug, Serialize)]
struct Published<'s> {
    vote: Question<'s>,
    claims: Vec<Claim>,
    csv: String,
}

/// The vote, as a recount needs it. Money is in hundredths.
#[derive(Debug, Serialize)]
struct Question<'s> {
    kind: VoteKind,
    options: Vec<Choice<'s>>,
    groups: Vec<&'s str>,
    rule: Numbers<'s>,
    registered: Option<u64>,
    opens: Option<String>,
    closes: Option<String>,
    zone: Option<String>,
}

#[derive(Debug, Serialize)]
struct Choice<'s> {
    id: &'s str,
    title: &'s str,
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<u64>,
}

#[derive(Debug, Serialize)]
struct Numbers<'s> {
    base: MajorityBase,
    threshold: f64,
    quorum: Option<f64>,
    max_choices: Option<u64>,
    min_choices: u64,
    replace: bool,
    seats: u64,
    max_score: Option<u64>,
    max_points: Option<u64>,
    min_points: Option<u64>,
    grades: Vec<Choice<'s>>,
    ungraded: usize,
    budget: Option<u64>,
    max_spend: Option<u64>,
    selection: Selection,
    min_support: u64,
    completion: Completion,
    utility: Utility,
    steps: Vec<u64>,
    ties: Ties,
    seed: Option<&'s str>,
    quotas: Vec<Bounds<'s>>,
}

#[derive(Debug, Serialize)]
struct Bounds<'s> {
    category: &'s str,
    value: &'s str,
    min: u64,
    max: Option<u64>,
}

/// The script of a vote whose ballots, or whose pool, are published.
pub fn script(
    context: &Context<'_>,
    c: &Consultation,
    vote: &Vote,
    tally: Option<&Tally>,
) -> Option<Vec<u8>> {
    let VoteResult::Known(known) = &vote.result else { return None };
    let bytes = match (&known.ballots, &known.pool) {
        (Some(of), _) => ballots::file(vote, of, &known.groups),
        (None, Some(pool)) => ballots::pool(pool),
        (None, None) => return None,
    };
    let published = Published {
        vote: question(context, c, vote, known),
        claims: claims(vote, known, tally?),
        csv: String::from_utf8(bytes).ok()?,
    };
    Some(script_call("greffeBallots", &published))
}

fn question<'s>(
    context: &Context<'s>,
    c: &Consultation,
    vote: &'s Vote,
    known: &'s KnownResult,
) -> Question<'s> {
    let rule = &vote.rule;
    let limit = |most: u64| (most < u64::MAX).then_some(most);
    let grade = |grade: &'s Category| Choice {
        id: grade.id.as_str(),
        title: context.words(&grade.title),
        cost: None,
    };
    let option = |option: &'s VoteOption| Choice {
        id: option.id.as_str(),
        title: context.words(&option.title),
        cost: option.cost.map(|cost| cost.0),
    };
    Question {
        kind: vote.kind,
        options: vote.options.iter().map(option).collect(),
        groups: known.groups.iter().map(|group| group.id.as_str()).collect(),
        rule: Numbers {
            base: rule.base,
            threshold: rule.threshold,
            quorum: rule.quorum,
            max_choices: limit(rule.max_choices),
            min_choices: rule.min_choices,
            replace: rule.replace,
            seats: rule.seats,
            max_score: rule.max_score,
            max_points: rule.max_points,
            min_points: rule.min_points,
            grades: rule.grades.iter().map(grade).collect(),
            ungraded: rule.ungraded,
            budget: rule.budget.map(|budget| budget.0),
            max_spend: rule.max_spend.map(|most| most.0),
            selection: rule.selection,
            min_support: rule.min_support,
            completion: rule.completion,
            utility: rule.utility,
            steps: rule.steps.iter().map(|step| step.signatures).collect(),
            ties: rule.ties,
            seed: rule.seed.as_deref(),
            quotas: rule
                .quotas
                .iter()
                .map(|quota| Bounds {
                    category: &quota.category,
                    value: &quota.value,
                    min: quota.min,
                    max: limit(quota.max),
                })
                .collect(),
        },
        registered: vote.registered,
        opens: vote.opens.map(|moment| moment.to_string()),
        closes: vote.closes.map(|moment| moment.to_string()),
        zone: c.zone.iana_name().map(str::to_owned),
    }
}
