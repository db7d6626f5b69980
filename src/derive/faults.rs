//! Tells an author why an operation does not apply: what was looked for, the nearest passage and where it is.

use crate::diag::{Code, Diagnostic};
use crate::graft::Fault;
use crate::lang::Bilingual;
use crate::model::change::{Edit, Operation, Target};
use crate::model::site::{Amendment, Version};
use crate::say;

/// The diagnostic of a fault.
pub fn told(amendment: &Amendment, version: &Version, operation: &Operation, fault: &Fault) -> Diagnostic {
    let (id, version) = (&amendment.id, &version.id);
    let of = unit(&operation.target);
    let (of_fr, of_en) = (&of.fr, &of.en);
    let problem = |message| Diagnostic::new(Code::G012, operation.place, message);
    match fault {
        Fault::NoUnit(target) => {
            let named = unit(target);
            let (fr, en) = (&named.fr, &named.en);
            problem(say!(
                "{id} : {fr} n’existe pas dans la version « {version} »",
                "{id}: {en} does not exist in version “{version}”"
            ))
            .help(say!(
                "s’il vient d’un autre amendement, nommez-le dans « after »",
                "if another amendment brings it, name that one in “after”"
            ))
        }
        Fault::NoParagraph { asked, count } => problem(say!(
            "{id} : {of_fr} n’a pas d’alinéa {asked} (il en a {count})",
            "{id}: {of_en} has no paragraph {asked} (it has {count})"
        )),
        Fault::NotFound { elsewhere, nearest, .. } => {
            let (fr, en) = match operation.paragraph {
                Some(n) => (format!("l’alinéa {n} de {of_fr}"), format!("paragraph {n} of {of_en}")),
                None => (of_fr.to_string(), of_en.to_string()),
            };
            let (verb_fr, verb_en) = verb(&operation.edit);
            let problem = problem(say!(
                "l’amendement {id} {verb_fr} des mots que {fr} ne contient pas",
                "amendment {id} {verb_en} words that {en} does not contain"
            ))
            .label(say!("absents de la version « {version} »", "not in version “{version}”"));
            match (elsewhere, nearest) {
                (Some(number), _) => problem.help(say!(
                    "ces mots sont à l’alinéa {number} : écrivez « paragraph: {number} »",
                    "these words stand in paragraph {number}: write “paragraph: {number}”"
                )),
                (None, Some((near, number))) => problem.help(say!(
                    "le plus proche est « {near} », à l’alinéa {number} ; citez les mots exactement",
                    "the nearest is “{near}”, in paragraph {number}; quote the words exactly as they stand"
                )),
                (None, None) => problem,
            }
        }
        Fault::Ambiguous { words, count } => problem(say!(
            "{id} : « {words} » est {count} fois dans {of_fr}",
            "{id}: “{words}” stands {count} times in {of_en}"
        ))
        .help(say!(
            "dites lequel, avec « paragraph » ou « occurrence: 2 », ou citez plus de mots",
            "say which, with “paragraph” or “occurrence: 2”, or quote more words"
        )),
        Fault::NoOccurrence { words, count } => problem(say!(
            "{id} : « {words} » n’est que {count} fois dans {of_fr}",
            "{id}: “{words}” stands only {count} times in {of_en}"
        )),
        Fault::Circular => problem(say!(
            "{id} : une division ne peut pas être déplacée dans elle-même",
            "{id}: a division cannot be moved into itself"
        )),
    }
}

fn unit(target: &Target) -> Bilingual {
    match target {
        Target::Article(name) => {
            let lower = name.to_lowercase();
            let bare = if lower.starts_with("article ") { &name["article ".len()..] } else { &**name };
            say!("l’article {bare}", "article {bare}")
        }
        Target::Division(name) => say!("la division « {name} »", "division “{name}”"),
        Target::Preamble => say!("le préambule", "the preamble"),
        Target::Text => say!("le texte", "the text"),
    }
}

fn verb(edit: &Edit) -> (&'static str, &'static str) {
    match edit {
        Edit::Replace { .. } => ("remplace", "replaces"),
        Edit::Delete { .. } => ("supprime", "deletes"),
        Edit::InsertBefore { .. }
        | Edit::InsertAfter { .. }
        | Edit::ReplaceParagraphs { .. }
        | Edit::InsertParagraphs { .. }
        | Edit::DeleteParagraphs { .. }
        | Edit::MoveParagraphs { .. }
        | Edit::ReplaceUnit { .. }
        | Edit::ReplaceText { .. }
        | Edit::InsertUnits { .. }
        | Edit::DeleteUnit
        | Edit::DeleteHeading
        | Edit::MoveUnit { .. }
        | Edit::Rename { .. } => ("s’appuie sur", "builds on"),
    }
}
