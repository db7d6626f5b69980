//! Ties: what a rule says about options that are equal → an order between them, or none. Lots are no chance here: a
//! seed that was published decides, and anyone can compute the order again.

use crate::model::choices::Ties;
use crate::model::vote::Money;
use sha2::{Digest, Sha256};

/// An order between options that are equal under a rule, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breaker {
    /// The place of each option in the order that decides; `None` where nothing decides.
    places: Option<Vec<usize>>,
}

impl Breaker {
    /// What the rule says of options with these ids and costs. An option without a cost comes after those that have
    /// one; without a seed, lots are drawn with the empty one.
    pub fn new(ties: Ties, seed: Option<&str>, ids: &[&str], costs: &[Option<Money>]) -> Breaker {
        let mut order: Vec<usize> = (0..ids.len()).collect();
        match ties {
            Ties::Shared => return Breaker::shared(),
            Ties::Order => {}
            Ties::Cost => order.sort_by_key(|at| costs.get(*at).copied().flatten().map_or(u64::MAX, |c| c.0)),
            Ties::Lot => order.sort_by_cached_key(|at| lot(seed.unwrap_or(""), ids[*at])),
        }
        Breaker::of(&order)
    }

    /// Nothing decides.
    pub fn shared() -> Breaker {
        Breaker { places: None }
    }

    /// The options from the most favoured to the least.
    fn of(order: &[usize]) -> Breaker {
        let mut places = vec![0; order.len()];
        for (place, option) in order.iter().enumerate() {
            places[*option] = place;
        }
        Breaker { places: Some(places) }
    }

    /// Whether anything decides.
    pub fn decides(&self) -> bool {
        self.places.is_some()
    }

    /// The place of an option in the order that decides: the smaller is favoured. Where nothing decides, all have the
    /// same.
    pub fn place(&self, option: usize) -> usize {
        self.places.as_ref().map_or(0, |places| places.get(option).copied().unwrap_or(usize::MAX))
    }
}

/// The lot of an id: SHA-256 of the seed, a line feed and the id. The smallest is drawn first; as bytes or as
/// hexadecimal digits, the order is the same.
pub fn lot(seed: &str, id: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(seed.as_bytes());
    hash.update(b"\n");
    hash.update(id.as_bytes());
    hash.finalize().into()
}
