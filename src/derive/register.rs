//! The moderation register: every contribution of a consultation by what became of it, the reasons, and how long a
//! decision took. Nothing here depends on a withheld word. The delay is counted in whole days, in the consultation's
//! zone, from the reception (or, where none is recorded, the contribution's date) to the day of the decision.

use crate::model::choices::ModerationState;
use crate::model::id::Id;
use crate::model::site::{Consultation, Content, Contribution, ContributionIx};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// What moderators did in one consultation.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Register {
    /// Contributions in each state.
    pub states: BTreeMap<ModerationState, u64>,
    /// Of the published ones, those that were merged into another.
    pub merged: u64,
    /// Withheld ones by reason; `None` for those that state none.
    pub reasons: BTreeMap<Option<Id>, Vec<ContributionIx>>,
    /// Delays of the decisions to publish or to withhold, in days, shortest first; erasures have none.
    pub delays: Vec<u32>,
    /// What is not simply published: withheld and erased ones, in the order of the consultation.
    pub removed: Vec<ContributionIx>,
}

/// Draws up the register of a consultation.
pub(super) fn register(consultation: &Consultation) -> Register {
    let mut register = Register::default();
    for (at, contribution) in consultation.contributions.iter().enumerate() {
        *register.states.entry(contribution.state()).or_default() += 1;
        match &contribution.content {
            Content::Published(_) => register.merged += u64::from(contribution.merged_into.is_some()),
            Content::Withheld { reason, .. } => {
                register.reasons.entry(reason.clone()).or_default().push(at);
                register.removed.push(at);
            }
            Content::Erased { .. } => register.removed.push(at),
        }
        register.delays.extend(delay(contribution, &consultation.zone));
    }
    register.delays.sort_unstable();
    register
}

/// How many days the decision took; `None` where a day is missing, and for an erasure, which answers a court and not
/// a reception.
pub fn delay(contribution: &Contribution, zone: &TimeZone) -> Option<u32> {
    let received = contribution.moderation.received.or(contribution.date)?;
    let decided = contribution.moderation.date?;
    match contribution.content {
        Content::Published(_) | Content::Withheld { .. } => {
            let from = received.instant(zone).to_zoned(zone.clone()).date();
            u32::try_from(from.until(decided.0).ok()?.get_days()).ok()
        }
        Content::Erased { .. } => None,
    }
}

impl Register {
    /// Contributions in a state.
    pub fn count(&self, state: ModerationState) -> u64 {
        self.states.get(&state).copied().unwrap_or(0)
    }
}

/// The delay that a share of all decisions did not exceed, of delays in order: the nearest-rank percentile, so that
/// what is shown is one that really occurred.
pub fn percentile(delays: &[u32], share: u32) -> Option<u32> {
    let rank = (delays.len() * share as usize).div_ceil(100).max(1);
    delays.get(rank - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::percentile;

    #[test]
    fn percentiles_are_delays_that_occurred() {
        assert_eq!(percentile(&[], 50), None);
        assert_eq!(percentile(&[3], 90), Some(3));
        assert_eq!(percentile(&[0, 1, 2, 9], 50), Some(1));
        assert_eq!(percentile(&[0, 1, 2, 9], 90), Some(9));
        assert_eq!(percentile(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 90), Some(8));
    }
}
