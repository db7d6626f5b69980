//! The changes of a version: every amendment and change grafted onto it, in each language. Those that were adopted,
//! in their declared order, make the consolidated text; the others are grafted after them, so that the text can be
//! read with any one of them alone.

use super::faults;
use crate::diag::{Code, Diagnostic};
use crate::graft::{Applied, Known, State};
use crate::lang::Lang;
use crate::model::choices::Outcome;
use crate::model::document::Document;
use crate::model::site::*;
use crate::say;
use crate::text::natural_key;
use std::collections::{BTreeMap, BTreeSet};

/// A version with its changes.
#[derive(Debug)]
pub struct Grafted {
    /// What was adopted, or has an origin, in the order in which it is applied.
    pub applied: Vec<AmendmentIx>,
    /// What each change knows: those on which it builds, and itself.
    pub known: BTreeMap<AmendmentIx, Known>,
    /// All that is applied.
    pub adopted: Known,
    /// By language of the version.
    pub editions: Local<Edition>,
}

/// A version with its changes, in one language.
#[derive(Debug)]
pub struct Edition {
    /// The text with everything grafted onto it.
    pub state: State,
    /// What came of each change.
    pub done: BTreeMap<AmendmentIx, Applied>,
    /// The version with what was adopted; the version itself when nothing was.
    pub consolidated: Document,
}

/// Whether a change enters the consolidated text: it was adopted, or it was not tabled at all.
pub fn enters(amendment: &Amendment) -> bool {
    amendment.outcome.is_none_or(|outcome| outcome == Outcome::Adopted)
}

/// Grafts the changes of a version; `changes` are those written on it.
pub fn graft(
    c: &Consultation,
    version: &Version,
    changes: &[AmendmentIx],
    problems: &mut Vec<Diagnostic>,
) -> Grafted {
    let order = in_order(c, changes);
    let known = known(c, &order);
    // A change enters with all that it builds on, or not at all; so does a sub-amendment with its amendment.
    let (applied, rest): (Vec<AmendmentIx>, Vec<AmendmentIx>) = order.iter().partition(|a| {
        known.get(a).is_some_and(|k| k.iter().all(|on| enters(&c.amendments[on as AmendmentIx])))
    });
    let mut adopted = Known::none();
    applied.iter().for_each(|a| adopted.insert(*a as u32));
    for a in order.iter().filter(|a| enters(&c.amendments[**a])) {
        let amendment = &c.amendments[*a];
        let missing = amendment.after.iter().find(|on| !adopted.has(**on as u32) && changes.contains(on));
        if let (Some(on), Some(operation)) = (missing, amendment.operations.main().first()) {
            let (id, on) = (&amendment.id, &c.amendments[*on].id);
            problems.push(Diagnostic::new(
                Code::G041,
                operation.place,
                say!(
                    "l’amendement {id}, adopté, s’appuie sur {on}, qui ne l’est pas",
                    "amendment {id}, adopted, builds on {on}, which is not"
                ),
            ));
        }
    }
    let main = version.document.iter().next().map(|(lang, _)| lang.clone());
    let editions = version.document.map(|lang, document| {
        let told = (Some(lang) == main.as_ref()).then_some(&mut *problems);
        edition(c, version, document, lang, (&applied, &rest), &known, &adopted, told)
    });
    Grafted { applied, known, adopted, editions }
}

#[allow(clippy::too_many_arguments, reason = "one call, all of it needed")]
fn edition(
    c: &Consultation,
    version: &Version,
    document: &Document,
    lang: &Lang,
    (applied, rest): (&[AmendmentIx], &[AmendmentIx]),
    known: &BTreeMap<AmendmentIx, Known>,
    adopted: &Known,
    mut problems: Option<&mut Vec<Diagnostic>>,
) -> Edition {
    let mut state = State::of(document);
    let mut done = BTreeMap::new();
    let nothing = Known::none();
    for at in applied.iter().chain(rest) {
        let amendment = &c.amendments[*at];
        // An edition that quotes no words of this language changes nothing in it.
        let operations =
            if amendment.operations.has(lang) { amendment.operations.get(lang) } else { continue };
        let mut before = Known::none();
        before.extend(known.get(at).unwrap_or(&nothing));
        before.remove(*at as u32);
        let came = state.apply(*at as u32, operations, &before);
        if let Some(problems) = problems.as_deref_mut() {
            let told = came.faults.iter();
            problems
                .extend(told.map(|(op, fault)| faults::told(amendment, version, &operations[*op], fault)));
        }
        done.insert(*at, came);
    }
    let consolidated = if applied.is_empty() { document.clone() } else { state.document(adopted) };
    Edition { state, done, consolidated }
}

/// Changes in the order in which they are applied: after those on which they build; otherwise by their declared
/// order, the day of decision, then the number.
pub fn in_order(c: &Consultation, changes: &[AmendmentIx]) -> Vec<AmendmentIx> {
    let mut sorted = changes.to_vec();
    sorted.sort_by_cached_key(|at| {
        let a = &c.amendments[*at];
        (a.order.unwrap_or(u64::MAX), a.decided.or(a.date), natural_key(&a.number))
    });
    let mut placed: BTreeSet<AmendmentIx> = BTreeSet::new();
    let mut order = Vec::with_capacity(sorted.len());
    let members: BTreeSet<AmendmentIx> = changes.iter().copied().collect();
    for at in sorted {
        place(c, at, &members, &mut placed, &mut order);
    }
    order
}

/// Puts a change after those on which it builds. Written with a stack: a chain may be long, and a circle ends where
/// it began.
fn place(
    c: &Consultation,
    at: AmendmentIx,
    members: &BTreeSet<AmendmentIx>,
    placed: &mut BTreeSet<AmendmentIx>,
    order: &mut Vec<AmendmentIx>,
) {
    let mut stack = vec![(at, false)];
    let mut open = BTreeSet::new();
    while let Some((at, ready)) = stack.pop() {
        if placed.contains(&at) {
            continue;
        }
        if ready || !open.insert(at) {
            placed.insert(at);
            order.push(at);
            continue;
        }
        stack.push((at, true));
        let on = builds_on(&c.amendments[at]);
        stack.extend(on.filter(|b| members.contains(b) && !open.contains(b)).map(|b| (b, false)));
    }
}

/// What a change builds on: what it names, and the amendment it amends.
fn builds_on(amendment: &Amendment) -> impl DoubleEndedIterator<Item = AmendmentIx> + '_ {
    amendment.after.iter().copied().chain(amendment.parent).rev()
}

/// What each change knows, itself included; `order` puts each after those on which it builds.
fn known(c: &Consultation, order: &[AmendmentIx]) -> BTreeMap<AmendmentIx, Known> {
    let mut known: BTreeMap<AmendmentIx, Known> = BTreeMap::new();
    for at in order {
        let mut own = Known::none();
        own.insert(*at as u32);
        for on in builds_on(&c.amendments[*at]) {
            if let Some(theirs) = known.get(&on) {
                own.extend(theirs);
            }
        }
        known.insert(*at, own);
    }
    known
}
