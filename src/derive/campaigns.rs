//! Campaigns: the same words sent by several people. Each is counted once, as a text, and in all, as people. Words
//! are the same when they are so with typography, case and white space aside; authors are several when no two that
//! are known are the same. Nothing is a campaign under [`FEWEST`] senders or [`SHORTEST`] characters: short answers
//! are alike by chance.

use crate::model::choices::ContributionKind;
use crate::model::site::{Consultation, ContributionIx, Published};
use crate::text::fold_typography;
use std::collections::{BTreeMap, BTreeSet};

/// A text sent by fewer people than this is no campaign.
pub const FEWEST: usize = 2;
/// A text shorter than this, in characters, is no campaign.
pub const SHORTEST: usize = 40;

/// The campaigns of a consultation.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Campaigns {
    /// The contributions of each, oldest first; the campaigns by their first contribution.
    pub all: Vec<Vec<ContributionIx>>,
    /// The campaign of a contribution.
    pub of: BTreeMap<ContributionIx, usize>,
}

impl Campaigns {
    /// Contributions that only repeat the words of another: what is left out where each text counts once.
    pub fn repeated(&self) -> u64 {
        self.all.iter().map(|members| members.len() as u64 - 1).sum()
    }
}

/// Finds the campaigns among published contributions.
pub(super) fn campaigns(c: &Consultation) -> Campaigns {
    let mut same: BTreeMap<(ContributionKind, String), Vec<ContributionIx>> = BTreeMap::new();
    for (at, contribution) in c.contributions.iter().enumerate() {
        let Some(published) = contribution.published() else { continue };
        let words = folded(&published.body);
        if words.chars().count() >= SHORTEST {
            same.entry((contribution.kind, words)).or_default().push(at);
        }
    }
    let people = |members: &[ContributionIx]| {
        let known: Vec<&str> =
            members.iter().filter_map(|at| sender(c.contributions[*at].published()?)).collect();
        let distinct: BTreeSet<&str> = known.iter().copied().collect();
        members.len() - (known.len() - distinct.len())
    };
    let mut all: Vec<Vec<ContributionIx>> =
        same.into_values().filter(|members| people(members) >= FEWEST).collect();
    all.sort();
    let of = all.iter().enumerate().flat_map(|(n, members)| members.iter().map(move |at| (*at, n))).collect();
    Campaigns { all, of }
}

/// Who sent it, as far as it is shown.
fn sender(published: &Published) -> Option<&str> {
    published.author.name.as_deref().or(published.author.organisation.as_deref())
}

fn folded(words: &str) -> String {
    fold_typography(words).to_lowercase()
}
