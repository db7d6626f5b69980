//! Which text a roll call is about, and which amendments it decides. A number alone is no key: two texts debated in one
//! sitting both have an amendment 1, and so has a second deliberation. A title of a text means a text of the export when
//! most of the amendments it is said to have are there by number, author and sitting; an amendment is linked when its
//! text, number, author, sitting and outcome all agree, and what does not is said.

use super::read::{Export, Filed};
use super::record::{Amendment, RollCall};
use super::subject::{Named, Subject, What};
use super::words::{folded, is_by};
use crate::lang::Bilingual;
use crate::say;
use std::collections::BTreeMap;

/// What the roll calls decide.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// Of each roll call, in their order.
    pub(super) decisions: Vec<Decision>,
    /// The roll call that decided an amendment, by the places of both.
    pub(super) votes: BTreeMap<usize, usize>,
    /// The first title, as read, of each text of the export that has one.
    pub(super) titles: BTreeMap<Box<str>, Subject>,
}

/// What a roll call decides.
#[derive(Debug)]
pub(super) struct Decision {
    /// What its title says.
    pub(super) subject: Subject,
    /// The reference of the text, when it is one of the export.
    pub(super) text: Option<Box<str>>,
    /// The place of the amendment.
    pub(super) amendment: Option<usize>,
    /// Why the amendment that it names is not linked.
    pub(super) unlinked: Option<Bilingual>,
}

/// Finds all links.
pub(super) fn links(export: &Export) -> Links {
    let subjects: Vec<Subject> = export.roll_calls.iter().map(|r| Subject::read(&r.record.titre)).collect();
    let texts = texts(export, &subjects);
    let mut links = Links::default();
    for (filed, subject) in export.roll_calls.iter().zip(subjects) {
        let text = subject.text.as_ref().and_then(|key| texts.get(key)).cloned();
        let found = subject
            .amendment
            .as_ref()
            .map(|named| find(export, &filed.record, &subject, named, text.as_deref()));
        let (amendment, unlinked) = match found {
            Some(Ok(at)) => (Some(at), None),
            Some(Err(why)) => (None, Some(why)),
            None => (None, None),
        };
        if let Some(text) = &text {
            links.titles.entry(text.clone()).or_insert_with(|| subject.clone());
        }
        links.decisions.push(Decision { subject, text, amendment, unlinked });
    }
    for (vote, decision) in links.decisions.iter().enumerate() {
        links.votes.extend(decision.amendment.map(|at| (at, vote)));
    }
    for (vote, decision) in links.decisions.iter().enumerate() {
        let identical = decision.subject.amendment.as_ref().is_some_and(|named| named.identical);
        for at in decision.amendment.filter(|_| identical).into_iter().flat_map(|at| same(export, at)) {
            links.votes.entry(at).or_insert(vote);
        }
    }
    links
}

/// Which reference each name of a text means.
fn texts(export: &Export, subjects: &[Subject]) -> BTreeMap<String, Box<str>> {
    let mut counts: BTreeMap<&str, (usize, BTreeMap<&str, usize>)> = BTreeMap::new();
    for (filed, subject) in export.roll_calls.iter().zip(subjects) {
        let (Some(key), Some(named)) = (&subject.text, &subject.amendment) else { continue };
        let (named_there, agreeing) = counts.entry(key).or_default();
        *named_there += 1;
        let mut references: Vec<&str> = export
            .amendments
            .iter()
            .filter(|a| {
                numbered(a, &named.number) && is_by(export, a, &named.author) && sat(a, &filed.record)
            })
            .map(|a| a.record.texte_legislatif_ref.as_str())
            .collect();
        references.dedup();
        for reference in references {
            *agreeing.entry(reference).or_default() += 1;
        }
    }
    let most = |(key, (all, agreeing)): (&str, (usize, BTreeMap<&str, usize>))| {
        // More than half of them: no other text can have as many.
        let (text, _) = agreeing.into_iter().find(|(_, n)| n * 2 > all)?;
        Some((key.to_owned(), text.into()))
    };
    counts.into_iter().filter_map(most).collect()
}

/// The amendment that a roll call names, or why it is none of these.
fn find(
    export: &Export,
    roll_call: &RollCall,
    subject: &Subject,
    named: &Named,
    text: Option<&str>,
) -> Result<usize, Bilingual> {
    let number = &named.number;
    let Some(text) = text else {
        let here = export.amendments.iter().any(|a| numbered(a, number) && sat(a, roll_call));
        return Err(if here {
            say!(
                "nomme l’amendement n° {number} d’un texte dont aucun amendement n’est dans l’export : celui qui porte ici ce numéro est d’un autre texte",
                "names amendment {number} of a text of which the export has no amendment: the one that has this number here belongs to another text"
            )
        } else {
            say!(
                "nomme l’amendement n° {number} d’un texte dont aucun amendement n’est dans l’export",
                "names amendment {number} of a text of which the export has no amendment"
            )
        });
    };
    let of_text = |a: &Filed<Amendment>| a.record.texte_legislatif_ref == text && numbered(a, number);
    let all: Vec<usize> =
        (0..export.amendments.len()).filter(|at| of_text(&export.amendments[*at])).collect();
    let fits = |at: &usize| {
        let amendment = &export.amendments[*at];
        is_by(export, amendment, &named.author)
            && sat(amendment, roll_call)
            && (!subject.again || deliberation(&amendment.record) > 1)
    };
    let fitting: Vec<usize> = all.iter().copied().filter(fits).collect();
    match (all.as_slice(), fitting.as_slice()) {
        ([], _) => Err(say!(
            "le texte n’a pas d’amendement n° {number} dans l’export",
            "the text has no amendment {number} in the export"
        )),
        (_, [one]) => {
            let outcome = export.amendments[*one].record.cycle_de_vie.sort.as_deref().unwrap_or_default();
            let decided = roll_call.sort.code.as_deref().unwrap_or_default();
            if folded(outcome) == folded(decided) {
                return Ok(*one);
            }
            Err(say!(
                "le scrutin dit « {decided} » et l’amendement n° {number} « {outcome} »",
                "the roll call says “{decided}” and amendment {number} “{outcome}”"
            ))
        }
        (_, []) => Err(say!(
            "l’amendement n° {number} du texte n’a ni cet auteur ni cette séance",
            "amendment {number} of the text has another author or another sitting"
        )),
        (_, _) => Err(say!(
            "plusieurs amendements n° {number} du texte répondent à ce titre",
            "several amendments {number} of the text answer to this title"
        )),
    }
}

/// Amendments of one discussion of identical ones, with the same outcome.
fn same(export: &Export, at: usize) -> Vec<usize> {
    let discussion = |a: &Amendment| a.discussion_identique.as_ref().and_then(|d| d.id_discussion.clone());
    let one = &export.amendments[at].record;
    let is = |a: &Amendment| {
        discussion(a).is_some()
            && discussion(a) == discussion(one)
            && a.texte_legislatif_ref == one.texte_legislatif_ref
            && a.cycle_de_vie.sort == one.cycle_de_vie.sort
    };
    (0..export.amendments.len())
        .filter(|other| *other != at && is(&export.amendments[*other].record))
        .collect()
}

/// Whether it has this number, whether it was corrected or not.
fn numbered(amendment: &Filed<Amendment>, number: &str) -> bool {
    amendment.record.identification.numero_long.split_whitespace().next() == Some(number)
}

/// Whether it was discussed in the roll call's sitting, as far as both say theirs.
fn sat(amendment: &Filed<Amendment>, roll_call: &RollCall) -> bool {
    match (&amendment.record.seance_discussion_ref, &roll_call.seance_ref) {
        (Some(a), Some(b)) => a == b,
        // The day of the decision, of one whose sitting is not said.
        (None, _) | (_, None) => {
            let day =
                |words: &Option<String>| words.as_deref().and_then(|w| w.get(..10)).map(ToOwned::to_owned);
            day(&amendment.record.cycle_de_vie.date_sort) == day(&roll_call.date_scrutin)
        }
    }
}

/// Which deliberation it belongs to: its reference ends in `D2` for a second.
pub(super) fn deliberation(amendment: &Amendment) -> u32 {
    let examined = amendment.examen_ref.as_deref().unwrap_or_default();
    examined.rsplit_once('D').and_then(|(_, n)| n.parse().ok()).unwrap_or(1)
}

impl Decision {
    /// The article decided: of an amendment, its own record says it.
    pub(super) fn article(&self) -> Option<&str> {
        match self.subject.what {
            What::Article => self.subject.article.as_deref(),
            What::Amendment | What::Whole | What::Other => None,
        }
    }
}
