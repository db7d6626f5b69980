//! What hangs on what. Parents are found by their keys; one that the export does not hold is told; a circle is cut; what
//! was never published stays out, and so does what hangs on it.

use super::merge::merged;
use super::{Reasons, row};
use crate::import::platform::{Gathered, Key, Moderated, Piece, key};
use crate::import::report::{Fate, Report, Row};
use crate::say;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The pieces that are in the content.
#[derive(Debug)]
pub(super) struct Tree<'g> {
    /// In the order in which they were met.
    pub(super) entries: Vec<Entry<'g>>,
    ids: BTreeMap<Box<str>, usize>,
}

/// A piece and its place among the others.
#[derive(Debug)]
pub(super) struct Entry<'g> {
    pub(super) piece: Cow<'g, Piece>,
    /// Its id in the content.
    pub(super) id: Box<str>,
    /// What it hangs on.
    pub(super) parent: Option<usize>,
    /// What everything above it hangs on: itself when it hangs on nothing.
    pub(super) root: usize,
    /// Something above it was withheld: its address is made of that one's words.
    pub(super) below_withheld: bool,
    /// What was changed already.
    pub(super) reasons: Reasons,
}

impl Entry<'_> {
    /// Whether its words are withheld.
    pub(super) fn withheld(&self) -> bool {
        matches!(self.piece.moderated, Moderated::Withheld { .. })
    }
}

impl<'g> Tree<'g> {
    /// Puts the pieces in their places.
    pub(super) fn new(gathered: &'g Gathered, report: &mut Report) -> Self {
        let pieces = merged(gathered, report);
        let ids: Vec<Box<str>> = pieces.iter().map(|piece| key::id(&piece.key)).collect();
        let known: BTreeMap<&str, usize> = ids.iter().enumerate().map(|(at, id)| (&**id, at)).collect();
        let mut parents: Vec<Option<usize>> = pieces
            .iter()
            .map(|p| p.parent.as_ref().and_then(|key| known.get(&*key::id(key)).copied()))
            .collect();
        let mut reasons: Vec<Reasons> = pieces.iter().map(|piece| piece.changed.clone()).collect();
        for (at, piece) in pieces.iter().enumerate() {
            if let (Some((_, key)), None) = (&piece.parent, parents[at]) {
                reasons[at].insert(say!(
                    "ce à quoi elle se rattache ({key}) n’est pas dans l’export",
                    "what it hangs on ({key}) is not in the export"
                ));
            }
        }
        for at in cut(&mut parents) {
            reasons[at].insert(say!(
                "de parent en parent, elle se rattachait à elle-même : elle ne se rattache plus à rien",
                "from parent to parent it hung on itself: it hangs on nothing now"
            ));
        }
        let ranks = ranks(&parents, &pieces);
        let pending = |at: usize| matches!(pieces[at].moderated, Moderated::Pending);
        let mut places: Vec<Option<usize>> = vec![None; pieces.len()];
        let mut kept = 0;
        for at in 0..pieces.len() {
            let reason = if pending(at) {
                say!(
                    "jamais publié sur la plateforme : absent du contenu",
                    "never published on the platform: not in the content"
                )
            } else if ranks[at].below_pending {
                say!(
                    "se rattache à ce qui n’a jamais été publié : absent du contenu",
                    "hangs on what was never published: not in the content"
                )
            } else {
                places[at] = Some(kept);
                kept += 1;
                continue;
            };
            let piece = &pieces[at];
            report.settle(Row { fate: Fate::Skipped, reason: Some(reason), ..row(piece.word, &piece.place) });
        }
        let mut entries = Vec::with_capacity(kept);
        for (at, (piece, reasons)) in pieces.into_iter().zip(reasons).enumerate() {
            let Rank { root, below_withheld, .. } = ranks[at];
            if let (Some(_), Some(root)) = (places[at], places[root]) {
                let (id, parent) = (ids[at].clone(), parents[at].and_then(|up| places[up]));
                entries.push(Entry { piece, id, parent, root, below_withheld, reasons });
            }
        }
        let ids = entries.iter().enumerate().map(|(at, entry)| (entry.id.clone(), at)).collect();
        Tree { entries, ids }
    }

    /// The piece of a key, when it is in the content.
    pub(super) fn find(&self, key: &Key) -> Option<&Entry<'g>> {
        self.ids.get(&key::id(key)).and_then(|at| self.entries.get(*at))
    }
}

/// What stands above a piece.
#[derive(Debug, Clone, Copy)]
struct Rank {
    root: usize,
    below_withheld: bool,
    below_pending: bool,
}

/// Each piece's rank; a chain is walked once, however long it is. There are no circles any more.
fn ranks(parents: &[Option<usize>], pieces: &[Cow<'_, Piece>]) -> Vec<Rank> {
    let mut known: Vec<Option<Rank>> = vec![None; parents.len()];
    for start in 0..parents.len() {
        let mut path = Vec::new();
        let mut at = Some(start);
        while let Some(here) = at.filter(|here| known[*here].is_none()) {
            path.push(here);
            at = parents[here];
        }
        while let Some(here) = path.pop() {
            let up = parents[here].and_then(|up| known[up].map(|rank| (rank, &pieces[up].moderated)));
            known[here] = Some(match up {
                None => Rank { root: here, below_withheld: false, below_pending: false },
                Some((rank, moderated)) => Rank {
                    root: rank.root,
                    below_withheld: rank.below_withheld || matches!(moderated, Moderated::Withheld { .. }),
                    below_pending: rank.below_pending || matches!(moderated, Moderated::Pending),
                },
            });
        }
    }
    known.into_iter().flatten().collect()
}

/// Cuts each circle at its first member, on which the others hang then; gives those members.
fn cut(parents: &mut [Option<usize>]) -> Vec<usize> {
    // 0: not seen; otherwise the number of the walk that saw it.
    let mut seen = vec![0_usize; parents.len()];
    let mut members = Vec::new();
    for start in 0..parents.len() {
        let walk = start + 1;
        let mut at = Some(start);
        while let Some(here) = at.filter(|here| seen[*here] == 0) {
            seen[here] = walk;
            at = parents[here];
        }
        // Stopped on what this very walk has seen: a circle.
        if let Some(entry) = at.filter(|here| seen[*here] == walk) {
            let round = std::iter::successors(parents[entry], |up| parents[*up].filter(|_| *up != entry));
            let first = round.min().unwrap_or(entry);
            parents[first] = None;
            members.push(first);
        }
    }
    members
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_circle_is_cut_once() {
        let mut parents = [Some(2), Some(0), Some(1), Some(0), Some(4), None];
        assert_eq!(cut(&mut parents), [0, 4]);
        assert_eq!(parents, [None, Some(0), Some(1), Some(0), None, None]);
    }
}
