//! The rule of a vote, as the page says it and as its data give it: what was not said is what the kind means without it.

use crate::model::choices::{Completion, MajorityBase, Selection, Ties, Utility, VoteKind};
use crate::model::site::*;
use crate::view::context::Context;
use serde::Serialize;

/// The rule of a vote.
#[derive(Debug, Serialize)]
pub struct RuleView<'s> {
    /// What the majority is counted on.
    pub base: MajorityBase,
    /// Share of it to exceed, in per cent.
    pub threshold: f64,
    /// Share of the registered who must vote.
    pub quorum: Option<f64>,
    /// Most options a ballot may choose; none without a limit.
    pub max_choices: Option<u64>,
    /// Fewest.
    pub min_choices: u64,
    /// A later ballot replaces an earlier one.
    pub replace: bool,
    /// How many options win, or how many people are drawn.
    pub seats: u64,
    /// Most points for one option.
    pub max_score: Option<u64>,
    /// Most points in all.
    pub max_points: Option<u64>,
    /// Fewest.
    pub min_points: Option<u64>,
    /// Grades, from the worst to the best.
    pub grades: Vec<GradeView>,
    /// The grade of what a ballot does not grade.
    pub ungraded: Option<String>,
    /// What can be spent.
    pub budget: Option<Money>,
    /// Most that the choices of one ballot may cost together.
    pub max_spend: Option<Money>,
    /// How projects are selected, in a budget.
    pub selection: Option<Selection>,
    /// Fewest votes that a project needs.
    pub min_support: Option<u64>,
    /// What is done with what equal shares leave.
    pub completion: Option<Completion>,
    /// What a supporter gains under equal shares.
    pub utility: Option<Utility>,
    /// What numbers of signatures obtain.
    pub steps: Vec<StepView>,
    /// What decides between equal options; none where none can be equal.
    pub ties: Option<Ties>,
    /// The seed of lots.
    pub seed: Option<&'s str>,
    /// Who could vote.
    pub electorate: Option<String>,
    /// Quotas of a drawing of lots.
    pub quotas: Vec<QuotaView<'s>>,
}

/// A grade.
#[derive(Debug, Clone, Serialize)]
pub struct GradeView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// What a number of signatures obtains.
#[derive(Debug, Serialize)]
pub struct StepView {
    /// So many.
    pub signatures: u64,
    /// What they obtain.
    pub title: String,
}

/// A quota.
#[derive(Debug, Serialize)]
pub struct QuotaView<'s> {
    /// The category.
    pub category: &'s str,
    /// The value in it.
    pub value: &'s str,
    /// At least so many.
    pub min: u64,
    /// At most so many; none without a limit.
    pub max: Option<u64>,
}

/// Makes it.
pub fn rule<'s>(context: &Context<'s>, vote: &'s Vote) -> RuleView<'s> {
    let (rule, kind) = (&vote.rule, vote.kind);
    // Of a budget whose amount is unknown, the rule is too.
    let budget = kind == VoteKind::Budget && rule.budget.is_some();
    let unknown = kind == VoteKind::Budget && !budget;
    let shares = budget && rule.selection == Selection::EqualShares;
    let decided =
        matches!(kind, VoteKind::Reactions | VoteKind::Poll | VoteKind::RollCall | VoteKind::Petition);
    let grade = |grade: &Category| GradeView {
        id: grade.id.to_string(),
        title: context.words(&grade.title).to_owned(),
    };
    let grades: Vec<GradeView> = rule.grades.iter().map(grade).collect();
    RuleView {
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
        ungraded: grades.get(rule.ungraded).map(|grade| grade.title.clone()),
        grades,
        budget: rule.budget,
        max_spend: rule.max_spend,
        selection: budget.then_some(rule.selection),
        min_support: (budget && rule.min_support > 0).then_some(rule.min_support),
        completion: shares.then_some(rule.completion),
        utility: shares.then_some(rule.utility),
        steps: rule
            .steps
            .iter()
            .map(|step| StepView {
                signatures: step.signatures,
                title: context.words(&step.title).to_owned(),
            })
            .collect(),
        ties: (!decided && !unknown && kind != VoteKind::Lots).then_some(rule.ties),
        seed: rule.seed.as_deref(),
        electorate: context.words_opt(&rule.electorate),
        quotas: rule
            .quotas
            .iter()
            .map(|quota| QuotaView {
                category: &quota.category,
                value: &quota.value,
                min: quota.min,
                max: limit(quota.max),
            })
            .collect(),
    }
}

/// A limit, or none where there is none.
fn limit(most: u64) -> Option<u64> {
    (most < u64::MAX).then_some(most)
}
