//! Equal shares: every voter has the same share of the budget; a project is bought when its supporters can pay it
//! together, the one that asks least of each first. As in D. Peters, G. Pierczyński and P. Skowron, “Proportional
//! Participatory Budgeting with Additive Utilities” (NeurIPS 2021); the completion “add 1” is that of equalshares.net.
//!
//! Everything is counted in whole grains: with n votes, a hundredth of the unit of money is n million grains, so that a
//! share is exact. A payment is rounded down to the grain, which loses less than a millionth of a hundredth a project:
//! what exact shares can pay is always paid, and costs, which are whole hundredths, cannot exceed the budget. Prices are
//! compared as exact fractions. Another implementation finds the same, to the last project: docs/votes.md has the steps.

use super::budget::{Budgeted, Offer, Reason, Shares, Walk};
use super::profile::Profile;
use crate::model::choices::{Completion, Utility};
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

/// Grains in a hundredth of the unit of money, for each vote.
const GRAINS: u128 = 1_000_000;
/// No amount of a count reaches so many grains, points included, or shares buy nothing: a thousand million votes on ten
/// thousand million of money stay below.
const MOST: u128 = 1 << 90;
/// Shares are raised so many times at most.
const RAISES: u64 = 1_000_000;

/// Selects projects by equal shares. A ballot supports the options to which it gives more than 0; every vote of the
/// profile has a share, also one that supports nothing.
pub fn equal_shares(
    profile: &Profile<'_>,
    offer: Offer<'_>,
    utility: Utility,
    completion: Completion,
) -> Budgeted {
    let purses = Purses::new(profile, offer, utility);
    let (budget, unit) = (u128::from(offer.budget.0), 100 * purses.cent);
    // The budget divided by the votes, in grains of which a hundredth has a million for each vote.
    let first = budget * GRAINS;
    let (mut share, mut raises) = (first, 0);
    let mut bought = purses.buy(share);
    if matches!(completion, Completion::Add1 | Completion::Add1Greedy) {
        let mut next = share - share.checked_rem(unit).unwrap_or(0);
        while unit > 0 && raises < RAISES && !exhausts(&purses, &bought) {
            next += unit;
            let more = purses.buy(next);
            if purses.spent(&more) > budget {
                break;
            }
            (bought, share, raises) = (more, next, raises + 1);
        }
    }
    let units = |grains: u128, among: u128| match unit {
        0 => 0.0,
        unit => grains as f64 / among as f64 / unit as f64,
    };
    let mut count = Walk::new(offer);
    for purchase in &bought {
        let payment = Some(units(purchase.rest, purchase.among));
        count.step(purchase.option, Reason::PaidBySupporters, payment, purchase.equals.clone());
    }
    let mut rest: Vec<usize> = (0..purses.supporters.len()).collect();
    rest.retain(|option| !bought.iter().any(|purchase| purchase.option == *option));
    rest.sort_by_key(|at| (Reverse(offer.support[*at]), offer.breaker.place(*at), *at));
    let (rest, nobodys): (Vec<_>, Vec<_>) =
        rest.into_iter().partition(|option| !purses.supporters[*option].is_empty());
    match completion {
        Completion::None | Completion::Add1 => {
            for option in rest {
                count.step(option, Reason::SupportersCannotPay, None, Vec::new());
            }
        }
        Completion::Greedy | Completion::Add1Greedy => count.down(rest, false, Reason::PaidByTheRest),
    }
    for option in nobodys {
        count.step(option, Reason::Unsupported, None, Vec::new());
    }
    let voters = u64::try_from(purses.voters).unwrap_or(u64::MAX);
    let shares = Shares { voters, first: units(first, 1), last: units(share, 1), raises };
    Budgeted { shares: Some(shares), ..count.done() }
}

/// Whether no project that somebody supports could still be paid with what is left of the budget.
fn exhausts(purses: &Purses<'_>, bought: &[Purchase]) -> bool {
    let budget = u128::from(purses.offer.budget.0);
    let left = budget.saturating_sub(purses.spent(bought));
    let out = |option: usize| !bought.iter().any(|purchase| purchase.option == option);
    let fits = |option: usize| u128::from(purses.offer.costs[option].0) <= left;
    !(0..purses.supporters.len()).any(|at| !purses.supporters[at].is_empty() && fits(at) && out(at))
}

/// The voters, grouped where they say the same: they pay the same and have the same left.
struct Purses<'o> {
    offer: Offer<'o>,
    utility: Utility,
    /// Votes in all.
    voters: u128,
    /// Grains in a hundredth of the unit of money; 0 when numbers would not hold it, and nothing is bought.
    cent: u128,
    /// Votes of each group.
    groups: Vec<u128>,
    /// The groups that support each project, with their points (1 where points do not count).
    supporters: Vec<Vec<(usize, u128)>>,
}

/// A project bought: those who can pay the same amount each (a point) paid `rest` together, `among` so many votes (or
/// points); the others paid all they had left.
struct Purchase {
    option: usize,
    rest: u128,
    among: u128,
    equals: Vec<usize>,
}

/// What a project asks of its supporters now.
#[derive(Clone, Copy)]
struct Price {
    rest: u128,
    among: u128,
    /// What the rule compares, as a fraction: payment per unit of utility.
    rate: (u128, u128),
}

impl<'o> Purses<'o> {
    fn new(profile: &Profile<'_>, offer: Offer<'o>, utility: Utility) -> Self {
        let projects = profile.options.min(offer.costs.len()).min(offer.support.len());
        let mut groups: BTreeMap<Vec<(usize, u32)>, u128> = BTreeMap::new();
        for (marks, votes) in profile.distinct() {
            let supports = marks.into_iter().filter(|(option, value)| *option < projects && *value > 0);
            let worth = |value: u32| match utility {
                Utility::Points => value,
                Utility::Cost | Utility::Approval => 1,
            };
            *groups.entry(supports.map(|(o, v)| (o, worth(v))).collect()).or_default() += u128::from(votes);
        }
        let mut supporters = vec![Vec::new(); projects];
        for (group, marks) in groups.keys().enumerate() {
            for (option, points) in marks {
                supporters[*option].push((group, u128::from(*points)));
            }
        }
        let voters: u128 = groups.values().sum();
        let most = offer.costs.iter().chain([&offer.budget]).map(|cost| u128::from(cost.0)).max();
        let holds = |cent: &u128| cent.checked_mul(most.unwrap_or(0)).is_some_and(|most| most < MOST);
        let cent = voters.checked_mul(GRAINS).filter(holds).unwrap_or(0);
        Purses { offer, utility, voters, cent, groups: groups.into_values().collect(), supporters }
    }

    /// What purchases cost together, in hundredths.
    fn spent(&self, bought: &[Purchase]) -> u128 {
        bought.iter().map(|purchase| u128::from(self.offer.costs[purchase.option].0)).sum()
    }

    /// Buys projects with this share, until the supporters of none can pay it.
    fn buy(&self, share: u128) -> Vec<Purchase> {
        let mut left = vec![share; self.groups.len()];
        let (mut bought, mut short) = (Vec::new(), Vec::new());
        if self.cent == 0 {
            return bought;
        }
        // Rates only rise as purses empty, so the last one known is a floor: most projects need no second look.
        let supported = (0..self.supporters.len()).filter(|option| !self.supporters[*option].is_empty());
        let mut open: Vec<((u128, u128), usize)> = supported.map(|option| ((0, 1), option)).collect();
        loop {
            open.sort_by(|a, b| compare(a.0, b.0).then(a.1.cmp(&b.1)));
            let mut best: Vec<(usize, Price)> = Vec::new();
            let mut dead = Vec::new();
            for (floor, option) in &mut open {
                if best.first().is_some_and(|(_, price)| compare(*floor, price.rate) == Ordering::Greater) {
                    break;
                }
                let Some(price) = self.price(*option, &left, &mut short) else {
                    dead.push(*option);
                    continue;
                };
                *floor = price.rate;
                match best.first().map(|(_, other)| compare(price.rate, other.rate)) {
                    None | Some(Ordering::Less) => best = vec![(*option, price)],
                    Some(Ordering::Equal) => best.push((*option, price)),
                    Some(Ordering::Greater) => {}
                }
            }
            // Money must be spent on one after another: where the rule decides nothing, the cheaper is bought, then
            // the one listed first, and the step says which were equal.
            let key = |option: usize| (self.offer.breaker.place(option), self.offer.costs[option], option);
            let Some((option, price)) = best.iter().copied().min_by_key(|(option, _)| key(*option)) else {
                return bought;
            };
            for (group, points) in &self.supporters[option] {
                left[*group] -= left[*group].min(price.rest * points / price.among);
            }
            let others = best.iter().map(|(other, _)| *other).filter(|other| *other != option);
            let equals = others.filter(|_| !self.offer.breaker.decides()).collect();
            bought.push(Purchase { option, rest: price.rest, among: price.among, equals });
            open.retain(|(_, other)| *other != option && !dead.contains(other));
        }
    }

    /// What a project asks: all pay the same a point; those who have less pay all they have, and the others share what
    /// is missing, until nobody has less. None when all of them together have too little.
    fn price(&self, option: usize, left: &[u128], short: &mut Vec<bool>) -> Option<Price> {
        let supporters = &self.supporters[option];
        let mut rest = u128::from(self.offer.costs[option].0) * self.cent;
        let (mut all, mut among) = (0u128, 0u128);
        for (group, points) in supporters {
            all = all.saturating_add(left[*group].saturating_mul(self.groups[*group]));
            among = among.saturating_add(points.saturating_mul(self.groups[*group]));
        }
        if all < rest {
            return None;
        }
        short.clear();
        short.resize(supporters.len(), false);
        let mut settled = false;
        while !settled && among > 0 {
            let (asked, of) = (rest, among);
            settled = true;
            for ((group, points), short) in supporters.iter().zip(&mut *short).filter(|(_, short)| !**short) {
                // Beyond what a number holds, a purse is beyond any payment.
                let pays = left[*group].checked_mul(of).is_none_or(|most| most >= asked * points);
                if !pays {
                    rest -= left[*group] * self.groups[*group];
                    among -= points * self.groups[*group];
                    (*short, settled) = (true, false);
                }
            }
        }
        let among = among.max(1);
        let rate = match self.utility {
            Utility::Cost => (rest, among.saturating_mul(u128::from(self.offer.costs[option].0).max(1))),
            Utility::Approval | Utility::Points => (rest, among),
        };
        Some(Price { rest, among, rate })
    }
}

/// Compares two fractions exactly, whatever their size: where products do not fit, whole parts first, then what
/// remains, turned over.
fn compare(mut a: (u128, u128), mut b: (u128, u128)) -> Ordering {
    if let (Some(left), Some(right)) = (a.0.checked_mul(b.1), b.0.checked_mul(a.1)) {
        return left.cmp(&right);
    }
    let mut turned = false;
    loop {
        let whole = (a.0 / a.1).cmp(&(b.0 / b.1));
        let (x, y) = (a.0 % a.1, b.0 % b.1);
        let order = match whole {
            Ordering::Equal if x == 0 || y == 0 => (x > 0).cmp(&(y > 0)),
            Ordering::Equal => {
                (a, b, turned) = ((a.1, x), (b.1, y), !turned);
                continue;
            }
            Ordering::Less | Ordering::Greater => whole,
        };
        return if turned { order.reverse() } else { order };
    }
}
