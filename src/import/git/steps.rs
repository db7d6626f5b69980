//! The commits between two versions as changes: what each does, and on which others it builds. Every answer is tried:
//! a change is given with the fewest others it must know of for the text that all changes make together to be, to
//! the byte, the text of its commit.

use super::write::as_read;
use crate::graft::{Applied, Known, State, operations};
use crate::model::change::{Edit, Operation};
use crate::model::document::{Document, Item};
use crate::model::id::Id;

/// What a change must know of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Knows {
    /// Those that touched the same articles and divisions.
    SameUnits,
    /// These, and those that may have changed numbers.
    Numbers,
    /// Every one before.
    All,
    /// Even so the text differs from the commit's: nothing more is known.
    Differs,
}

/// A commit as a change.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub operations: Vec<Operation>,
    /// Places of the changes it builds on, without those that follow from others.
    pub after: Vec<usize>,
    pub knows: Knows,
    /// The version's article that it changes, when it is one and nothing else.
    pub article: Option<Id>,
}

/// The steps from a version, with the document of each commit.
pub(super) fn steps(base: &Document, documents: &[&Document]) -> Vec<Step> {
    let mut line = Line { base, state: State::of(base), all: Known::none(), past: Vec::new() };
    documents.iter().map(|document| line.step(document)).collect()
}

/// The changes so far.
struct Line<'d> {
    base: &'d Document,
    state: State,
    /// Every change so far.
    all: Known,
    past: Vec<Past>,
}

/// A change of before.
struct Past {
    units: Vec<usize>,
    /// It may have changed numbers.
    numbers: bool,
    /// What it knows, itself included.
    known: Known,
}

impl Line<'_> {
    fn step(&mut self, document: &Document) -> Step {
        let at = self.past.len();
        let before = self.state.document(&self.all);
        let operations: Vec<Operation> = operations(&before, document).iter().map(as_read).collect();
        self.all.insert(at as u32);
        if operations.is_empty() {
            let mut known = Known::none();
            known.insert(at as u32);
            self.past.push(Past { units: Vec::new(), numbers: false, known });
            return Step { operations, after: Vec::new(), knows: Knows::SameUnits, article: None };
        }
        let every: Vec<usize> = (0..at).collect();
        let (mut state, whole, exact) = self.tried(&operations, &every, document);
        let (mut after, mut knows) = (every, if exact { Knows::All } else { Knows::Differs });
        let meets = |past: &Past| past.units.iter().any(|u| whole.units.contains(u));
        let same = |i: &usize| self.past.get(*i).is_some_and(meets);
        let numbers = |i: &usize| same(i) || self.past.get(*i).is_some_and(|p| p.numbers);
        let fewer: [(Knows, Vec<usize>); 2] = [
            (Knows::SameUnits, (0..at).filter(same).collect()),
            (Knows::Numbers, (0..at).filter(numbers).collect()),
        ];
        for (how, list) in fewer {
            let (other, _, fine) = self.tried(&operations, &list, document);
            if fine {
                (state, after, knows) = (other, list, how);
                break;
            }
        }
        self.state = state;
        let (after, known) = self.reduced(&after, at);
        let article = self.article(&whole);
        let numbers = operations.iter().any(changes_numbers);
        self.past.push(Past { units: whole.units, numbers, known });
        Step { operations, after, knows, article }
    }

    /// The state with a change that knows of these, and whether it makes the commit's text of all of them.
    fn tried(
        &self,
        operations: &[Operation],
        after: &[usize],
        document: &Document,
    ) -> (State, Applied, bool) {
        let mut known = Known::none();
        after.iter().filter_map(|i| self.past.get(*i)).for_each(|p| known.extend(&p.known));
        let mut state = self.state.clone();
        let applied = state.apply(self.past.len() as u32, operations, &known);
        let exact =
            applied.faults.is_empty() && applied.gone.is_empty() && state.document(&self.all) == *document;
        (state, applied, exact)
    }

    /// Without the changes that follow from others; and all that is known, itself included.
    fn reduced(&self, after: &[usize], own: usize) -> (Vec<usize>, Known) {
        let mut known = Known::none();
        let mut kept = Vec::new();
        for at in after.iter().rev() {
            let Some(past) = self.past.get(*at) else { continue };
            if !known.has(*at as u32) {
                known.extend(&past.known);
                kept.push(*at);
            }
        }
        kept.reverse();
        known.insert(own as u32);
        (kept, known)
    }

    fn article(&self, applied: &Applied) -> Option<Id> {
        let [unit] = applied.units.as_slice() else { return None };
        match self.base.items.get(unit.checked_sub(1)?)? {
            Item::Article(article) => Some(article.id.clone()),
            Item::Division(_) => None,
        }
    }
}

/// Whether an operation may change the number of an article or division, its own or another's.
fn changes_numbers(operation: &Operation) -> bool {
    match &operation.edit {
        Edit::ReplaceUnit { .. }
        | Edit::InsertUnits { .. }
        | Edit::DeleteUnit
        | Edit::DeleteHeading
        | Edit::MoveUnit { .. }
        | Edit::Rename { .. } => true,
        Edit::Replace { .. }
        | Edit::InsertBefore { .. }
        | Edit::InsertAfter { .. }
        | Edit::Delete { .. }
        | Edit::ReplaceParagraphs { .. }
        | Edit::InsertParagraphs { .. }
        | Edit::DeleteParagraphs { .. }
        | Edit::MoveParagraphs { .. }
        | Edit::ReplaceText { .. } => false,
    }
}
