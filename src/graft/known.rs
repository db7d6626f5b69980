//! Which changes somebody knows of. A change is written on a version and on the changes it says it builds on: it
//! sees the text as these leave it, and nothing of the others.

/// A set of changes, by their place in the list of a version's changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    words: Vec<u64>,
}

impl Known {
    /// Nothing but the version itself.
    pub fn none() -> Self {
        Known::default()
    }

    /// Adds a change.
    pub fn insert(&mut self, change: u32) {
        let at = change as usize / 64;
        if self.words.len() <= at {
            self.words.resize(at + 1, 0);
        }
        self.words[at] |= 1 << (change % 64);
    }

    /// Adds all of another set.
    pub fn extend(&mut self, other: &Known) {
        if self.words.len() < other.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        for (mine, theirs) in self.words.iter_mut().zip(&other.words) {
            *mine |= theirs;
        }
    }

    /// Whether a change is in it.
    pub fn has(&self, change: u32) -> bool {
        self.words.get(change as usize / 64).is_some_and(|w| w & (1 << (change % 64)) != 0)
    }

    /// Whether the two have a change in common.
    pub fn meets(&self, other: &Known) -> bool {
        self.words.iter().zip(&other.words).any(|(mine, theirs)| mine & theirs != 0)
    }

    /// The changes in it, in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        let of = |(at, word): (usize, &u64)| {
            let word = *word;
            (0..64).filter(move |bit| word & (1 << bit) != 0).map(move |bit| at as u32 * 64 + bit)
        };
        self.words.iter().enumerate().flat_map(of)
    }

    /// Takes a change out.
    pub fn remove(&mut self, change: u32) {
        if let Some(word) = self.words.get_mut(change as usize / 64) {
            *word &= !(1 << (change % 64));
        }
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|w| *w == 0)
    }
}

/// By what something came, and by which changes it went. Nothing is ever removed: a later change, written without
/// knowing of a deletion, still finds its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Life {
    /// The change that brought it; `None` for what the version had.
    pub born: Option<u32>,
    /// The changes that took it away.
    pub dead: Vec<u32>,
}

impl Life {
    /// Brought by a change, or there from the start.
    pub fn born(by: Option<u32>) -> Self {
        Life { born: by, dead: Vec::new() }
    }

    /// Whether somebody who knows these changes sees it.
    pub fn seen(&self, known: &Known) -> bool {
        !self.unborn(known) && !self.dead.iter().any(|by| known.has(*by))
    }

    /// Whether it came by a change that is not known.
    pub fn unborn(&self, known: &Known) -> bool {
        self.born.is_some_and(|by| !known.has(by))
    }

    /// Notes that a change takes it away.
    pub fn kill(&mut self, by: u32) {
        if !self.dead.contains(&by) {
            self.dead.push(by);
        }
    }
}
