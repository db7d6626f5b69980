//! Everything that is computed of a text: for each version, the changes on it, what they make of it, which of them
//! meet, how the next version differs from that, and where each of its words comes from.

use super::blame::{self, Blame};
use super::changes::{Grafted, enters, graft};
use super::conflicts::{Conflict, conflicts, discussion};
use super::explained::{Difference, differences};
use crate::diag::{Code, Diagnostic};
use crate::model::site::*;
use crate::say;
use std::collections::BTreeMap;

/// What was computed of a text.
#[derive(Debug)]
pub struct DerivedText {
    /// For each version, oldest first.
    pub versions: Vec<DerivedVersion>,
}

/// What was computed of a version.
#[derive(Debug)]
pub struct DerivedVersion {
    /// The changes on it.
    pub grafted: Grafted,
    /// They, in the order of discussion.
    pub discussion: Vec<AmendmentIx>,
    /// Those that meet.
    pub conflicts: Vec<Conflict>,
    /// How many more pairs meet than are kept.
    pub conflicts_beyond: usize,
    /// How the next version differs from this one with what was adopted on it, by language; `None` for the last
    /// version, and for a text of which no change is recorded at all.
    pub unexplained: Option<Local<Vec<Difference>>>,
    /// Where each word comes from, by language.
    pub blame: Local<Blame>,
}

/// Computes all of it for the texts of a consultation.
pub fn texts(c: &Consultation, problems: &mut Vec<Diagnostic>) -> Vec<DerivedText> {
    let mut on: BTreeMap<(TextIx, usize), Vec<AmendmentIx>> = BTreeMap::new();
    for (at, amendment) in c.amendments.iter().enumerate() {
        on.entry((amendment.text, amendment.version)).or_default().push(at);
    }
    let mut all = Vec::new();
    for (t, text) in c.texts.iter().enumerate() {
        let mut versions: Vec<DerivedVersion> = Vec::new();
        // Where some changes of a text are recorded, those of every version should be; a text without any says
        // nothing of how it changed.
        let recorded = c.amendments.iter().any(|a| a.text == t && enters(a));
        for (v, version) in text.versions.iter().enumerate() {
            let changes = on.remove(&(t, v)).unwrap_or_default();
            let grafted = graft(c, version, &changes, problems);
            contention(c, version, &grafted, problems);
            let next = text.versions.get(v + 1).filter(|_| recorded);
            let unexplained = next.map(|next| {
                let found = next.document.map(|lang, document| {
                    if !version.document.has(lang) {
                        return Vec::new();
                    }
                    differences(&grafted.editions.get(lang).consolidated, document)
                });
                report(text, (version, next), &found, grafted.applied.is_empty(), problems);
                found
            });
            let before = v.checked_sub(1).and_then(|v| versions.get(v));
            let blame = blame::blame(text, v, before);
            let discussion = discussion(c, grafted.editions.main(), &changes);
            let (conflicts, conflicts_beyond) = conflicts(c, &grafted);
            versions.push(DerivedVersion {
                grafted,
                discussion,
                conflicts,
                conflicts_beyond,
                unexplained,
                blame,
            });
        }
        all.push(DerivedText { versions });
    }
    all
}

/// Adopted changes that contend for the same words without saying which builds on the other.
fn contention(c: &Consultation, version: &Version, grafted: &Grafted, problems: &mut Vec<Diagnostic>) {
    for (at, done) in &grafted.editions.main().done {
        let adopted = done.gone.iter().map(|g| *g as AmendmentIx).find(|g| grafted.adopted.has(*g as u32));
        let Some(other) = adopted.filter(|_| grafted.adopted.has(*at as u32)) else { continue };
        let Some(operation) = c.amendments[*at].operations.main().first() else { continue };
        let (id, other, version) = (&c.amendments[*at].id, &c.amendments[other].id, &version.id);
        problems.push(Diagnostic::new(
            Code::G042,
            operation.place,
            say!(
                "{id} change des mots de la version « {version} » que {other}, adopté aussi, a supprimés",
                "{id} changes words of version “{version}” that {other}, adopted too, has deleted"
            ),
        ));
    }
}

/// Differences that are told one by one.
const TOLD: usize = 5;

fn report(
    text: &Text,
    (version, next): (&Version, &Version),
    found: &Local<Vec<Difference>>,
    nothing_recorded: bool,
    problems: &mut Vec<Diagnostic>,
) {
    let differences = found.main();
    let count = differences.len();
    let place = next.place;
    let (text, version, next) = (&text.id, &version.id, &next.id);
    if nothing_recorded {
        if count > 0 {
            problems.push(
                Diagnostic::new(
                    Code::G040,
                    place,
                    say!(
                        "{text}, de « {version} » à « {next} » : {count} différences, et aucune modification enregistrée",
                        "{text}, from “{version}” to “{next}”: {count} differences, and no recorded change"
                    ),
                ),
            );
        }
        return;
    }
    for difference in differences.iter().take(TOLD) {
        let unit = &difference.unit;
        let number = difference.paragraph.map_or(String::new(), |n| format!(", {n}"));
        let words = difference.excerpt();
        problems.push(Diagnostic::new(
            Code::G040,
            place,
            say!(
                "{text}, de « {version} » à « {next} » : {unit}{number} : {words}",
                "{text}, from “{version}” to “{next}”: {unit}{number}: {words}"
            ),
        ));
    }
    if count > TOLD {
        let rest = count - TOLD;
        problems.push(Diagnostic::new(
            Code::G040,
            place,
            say!(
                "{text}, de « {version} » à « {next} » : {rest} autres différences (greffe diff … {text} {version} {next} --consolidated)",
                "{text}, from “{version}” to “{next}”: {rest} more differences (greffe diff … {text} {version} {next} --consolidated)"
            ),
        ));
    }
}
