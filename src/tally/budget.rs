//! Budgets: projects, their support and a sum to spend → those that are selected, step by step. Here are the rules that
//! walk down the list by support; `shares` holds the one that lets supporters pay. A project without any support is
//! never selected, however much money is left.

use super::ties::Breaker;
use crate::model::vote::Money;
use serde::Serialize;
use std::cmp::Reverse;

/// Projects and what can be spent on them.
#[derive(Debug, Clone, Copy)]
pub struct Offer<'o> {
    /// What each costs.
    pub costs: &'o [Money],
    /// Votes or points for each.
    pub support: &'o [u64],
    /// What can be spent.
    pub budget: Money,
    /// What decides between projects with the same support.
    pub breaker: &'o Breaker,
}

/// Which projects are selected.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Budgeted {
    /// Each project, in the order in which the rule came to it.
    pub steps: Vec<BudgetStep>,
    /// The projects selected, in that order.
    pub selected: Vec<usize>,
    /// Projects that are equal and cannot all be paid, where nothing decides between them: none is selected.
    pub tied: Vec<usize>,
    /// What they cost together: never more than the budget.
    pub spent: Money,
    /// What is left.
    pub left: Money,
    /// The shares of the voters, under equal shares.
    pub shares: Option<Shares>,
}

/// What became of one project.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BudgetStep {
    /// The project.
    pub option: usize,
    /// Votes or points for it.
    pub support: u64,
    /// What it costs.
    pub cost: Money,
    /// What is left of the budget after this step.
    pub left: Money,
    /// Whether it is selected.
    pub kept: bool,
    /// Why, or why not.
    pub reason: Reason,
    /// Under equal shares, in units of money: what a supporter who can pays for it, a point where points count.
    pub payment: Option<f64>,
    /// Projects that were equal to it, where nothing decides.
    pub equals: Vec<usize>,
}

/// Why a project is selected or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Selected: the money left pays it.
    Affordable,
    /// Selected: its supporters pay it with their shares.
    PaidBySupporters,
    /// Selected with the money that shares left.
    PaidByTheRest,
    /// The money left does not pay it.
    TooDear,
    /// One before it could not be paid, where none is skipped.
    AfterTheLast,
    /// Too few support it.
    BelowThreshold,
    /// Nobody supports it.
    Unsupported,
    /// The shares that its supporters have left do not pay it.
    SupportersCannotPay,
    /// Equal to others, and the money left does not pay them all.
    Tied,
}

impl Reason {
    /// Whether a project is selected for this reason.
    pub fn keeps(self) -> bool {
        match self {
            Reason::Affordable | Reason::PaidBySupporters | Reason::PaidByTheRest => true,
            Reason::TooDear
            | Reason::AfterTheLast
            | Reason::BelowThreshold
            | Reason::Unsupported
            | Reason::SupportersCannotPay
            | Reason::Tied => false,
        }
    }

    /// The word, the same in data files and messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::Affordable => "affordable",
            Reason::PaidBySupporters => "paid-by-supporters",
            Reason::PaidByTheRest => "paid-by-the-rest",
            Reason::TooDear => "too-dear",
            Reason::AfterTheLast => "after-the-last",
            Reason::BelowThreshold => "below-threshold",
            Reason::Unsupported => "unsupported",
            Reason::SupportersCannotPay => "supporters-cannot-pay",
            Reason::Tied => "tied",
        }
    }
}

/// What the voters could spend under equal shares.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shares {
    /// Votes among which the budget is divided.
    pub voters: u64,
    /// The share of each at first, in units of money, to eight decimals.
    pub first: f64,
    /// The share with which the projects were selected.
    pub last: f64,
    /// How many times it was raised.
    pub raises: u64,
}

/// By support, each project that the money left can pay; the others are skipped.
pub fn greedy(offer: Offer<'_>) -> Budgeted {
    threshold(offer, 0)
}

/// By support, until the first project that the money left cannot pay.
pub fn no_skip(offer: Offer<'_>) -> Budgeted {
    let (chosen, rest) = supported(offer, 0);
    let mut count = Walk::new(offer);
    count.down(chosen, true, Reason::Affordable);
    count.leave(rest, 0);
    count.done()
}

/// By support, as [`greedy`], among the projects with at least so much support.
pub fn threshold(offer: Offer<'_>, min_support: u64) -> Budgeted {
    let (chosen, rest) = supported(offer, min_support);
    let mut count = Walk::new(offer);
    count.down(chosen, false, Reason::Affordable);
    count.leave(rest, min_support);
    count.done()
}

/// The projects by support, then as the rule decides: those with enough of it, and the others.
fn supported(offer: Offer<'_>, min_support: u64) -> (Vec<usize>, Vec<usize>) {
    let mut order: Vec<usize> = (0..offer.costs.len().min(offer.support.len())).collect();
    order.sort_by_key(|at| (Reverse(offer.support[*at]), offer.breaker.place(*at), *at));
    order.into_iter().partition(|at| offer.support[*at] >= min_support.max(1))
}

/// A count under way.
pub(super) struct Walk<'o> {
    offer: Offer<'o>,
    left: u64,
    steps: Vec<BudgetStep>,
}

impl<'o> Walk<'o> {
    pub(super) fn new(offer: Offer<'o>) -> Self {
        Walk { offer, left: offer.budget.0, steps: Vec::new() }
    }

    /// Spends the money left on projects in order; those with the same support go together where nothing decides.
    pub(super) fn down(&mut self, order: Vec<usize>, stop: bool, kept: Reason) {
        let (offer, mut at) = (self.offer, 0);
        while at < order.len() {
            let same = |other: &&usize| {
                !offer.breaker.decides() && offer.support[**other] == offer.support[order[at]]
            };
            let group = &order[at..at + 1 + order[at + 1..].iter().take_while(same).count()];
            at += group.len();
            let fits = |option: &usize| stop || offer.costs[*option].0 <= self.left;
            let sum =
                group.iter().filter(|option| fits(option)).map(|option| u128::from(offer.costs[*option].0));
            let all = sum.sum::<u128>() <= u128::from(self.left);
            let before = self.left;
            for option in group {
                let reason = match offer.costs[*option].0 <= before {
                    true if all => kept,
                    true => Reason::Tied,
                    false => Reason::TooDear,
                };
                let equals = group.iter().copied().filter(|other| reason == Reason::Tied && other != option);
                self.step(*option, reason, None, equals.collect());
            }
            if stop && !all {
                for option in &order[at..] {
                    self.step(*option, Reason::AfterTheLast, None, Vec::new());
                }
                return;
            }
        }
    }

    /// Says why projects were not looked at.
    pub(super) fn leave(&mut self, rest: Vec<usize>, min_support: u64) {
        for option in rest {
            let support = self.offer.support[option];
            let below = support > 0 && support < min_support;
            let reason = if below { Reason::BelowThreshold } else { Reason::Unsupported };
            self.step(option, reason, None, Vec::new());
        }
    }

    pub(super) fn step(&mut self, option: usize, reason: Reason, payment: Option<f64>, equals: Vec<usize>) {
        let (cost, support) = (self.offer.costs[option], self.offer.support[option]);
        if reason.keeps() {
            self.left = self.left.saturating_sub(cost.0);
        }
        let (left, kept) = (Money(self.left), reason.keeps());
        self.steps.push(BudgetStep { option, support, cost, left, kept, reason, payment, equals });
    }

    pub(super) fn done(self) -> Budgeted {
        let those = |wanted: &dyn Fn(&BudgetStep) -> bool| {
            self.steps.iter().filter(|step| wanted(step)).map(|step| step.option).collect()
        };
        Budgeted {
            selected: those(&|step| step.kept),
            tied: those(&|step| step.reason == Reason::Tied),
            spent: Money(self.offer.budget.0 - self.left),
            left: Money(self.left),
            shares: None,
            steps: self.steps,
        }
    }
}
