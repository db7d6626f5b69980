//! How much each word tells about which article it stands in, and which articles share words that tell much: the
//! index by which candidates are found without comparing all articles with all.

use super::groups::Unit;

/// A word that more articles of a version have than this suggests no candidates (nor do they need it).
const COMMON: usize = 64;
/// How many candidates an article has at most.
const CANDIDATES: usize = 12;

/// The words of an article by number, in ascending order, with how often each comes.
pub(super) type Numbered = Vec<(u32, u32)>;
/// By word: places of the bags that have it, with how often.
pub(super) type Index = Vec<Vec<(u32, u32)>>;

/// The words of both versions, numbered, with their weights.
pub(super) struct Words {
    pub(super) left: Vec<Numbered>,
    pub(super) right: Vec<Numbered>,
    /// By word: how much it tells. A whole number, 1 for a word of every article, 4 more for each halving of the
    /// articles that have it (an inverse document frequency): no logarithm of the machine is asked.
    weights: Vec<u32>,
    /// Of each article, left and right.
    masses: (Vec<u64>, Vec<u64>),
}

impl Words {
    pub(super) fn new(left: &[Unit], right: &[Unit]) -> Self {
        let mut hashes: Vec<u64> = left
            .iter()
            .chain(right)
            .flat_map(|unit| unit.bag.words().iter().map(|(word, _)| *word))
            .collect();
        hashes.sort_unstable();
        let all = (left.len() + right.len()) as u128;
        let (mut known, mut weights) = (Vec::new(), Vec::new());
        for run in hashes.chunk_by(u64::eq) {
            known.extend(run.first());
            let ratio = (all.pow(4) / (run.len() as u128).pow(4)).max(1);
            weights.push(1 + ratio.ilog2());
        }
        let number = |units: &[Unit]| -> Vec<Numbered> {
            let of = |(word, count): &(u64, u32)| Some((known.binary_search(word).ok()? as u32, *count));
            units.iter().map(|unit| unit.bag.words().iter().filter_map(of).collect()).collect()
        };
        let (left, right) = (number(left), number(right));
        let mut words = Words { left, right, weights, masses: Default::default() };
        let masses = |bags: &[Numbered]| bags.iter().map(|bag| words.mass(bag)).collect();
        words.masses = (masses(&words.left), masses(&words.right));
        words
    }

    /// Share of words in common by weight, from 0 to 1, of a left and a right article.
    pub(super) fn likeness(&self, l: usize, r: usize) -> f64 {
        let both = self.masses.0[l] + self.masses.1[r];
        let common = self.common(&self.left[l], &self.right[r]);
        if both == 0 { 1.0 } else { 2.0 * common as f64 / both as f64 }
    }

    pub(super) fn mass(&self, bag: &Numbered) -> u64 {
        bag.iter().map(|(word, count)| u64::from(self.weights[*word as usize]) * u64::from(*count)).sum()
    }

    /// What two bags have in common.
    pub(super) fn common(&self, left: &Numbered, right: &Numbered) -> u64 {
        let mut others = right.iter().peekable();
        let mut sum = 0;
        for (word, count) in left {
            while others.next_if(|(other, _)| other < word).is_some() {}
            if let Some((_, other)) = others.next_if(|(other, _)| other == word) {
                sum += u64::from(self.weights[*word as usize]) * u64::from(*count.min(other));
            }
        }
        sum
    }

    /// By word: the bags that have it, among those that are asked for; none for common words.
    pub(super) fn index(&self, bags: &[Numbered], wanted: impl Fn(usize) -> bool) -> Index {
        let mut index: Index = vec![Vec::new(); self.weights.len()];
        for (place, bag) in bags.iter().enumerate().filter(|(place, _)| wanted(*place)) {
            bag.iter().for_each(|(word, count)| index[*word as usize].push((place as u32, *count)));
        }
        index.iter_mut().filter(|places| places.len() > COMMON).for_each(Vec::clear);
        index
    }

    /// The bags of an index that share rarer words with this one, a dozen of those that share most, these
    /// first. `shares` has a place for each bag; it is all zeros, before and after.
    pub(super) fn near(&self, bag: &Numbered, index: &Index, shares: &mut [u64]) -> Vec<usize> {
        let mut touched = Vec::new();
        for (word, count) in bag {
            for (place, other) in &index[*word as usize] {
                let share = &mut shares[*place as usize];
                if *share == 0 {
                    touched.push(*place as usize);
                }
                *share += u64::from(self.weights[*word as usize]) * u64::from(*count.min(other));
            }
        }
        touched.sort_by(|a, b| shares[*b].cmp(&shares[*a]).then(a.cmp(b)));
        touched.iter().for_each(|place| shares[*place] = 0);
        touched.truncate(CANDIDATES);
        touched
    }
}
