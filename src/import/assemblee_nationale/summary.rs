//! What a reader should know about a roll call beside its counts: who asked for it, what else it decided, who did not
//! vote and why, what members declared afterwards.

use super::convert::Convert;
use super::record::{Corrections, Group, RollCall};
use super::texts::capital;
use super::words::member;
use crate::import::content::counted;
use crate::import::html::normal;

/// What the record says beside the counts.
pub(super) fn summary(convert: &Convert<'_>, at: usize, record: &RollCall, groups: &[Group]) -> String {
    let mut out = Vec::new();
    let decided =
        convert.links.votes.iter().filter(|(_, vote)| **vote == at).map(|(amendment, _)| *amendment);
    let also = decided.filter(|amendment| convert.links.decisions[at].amendment != Some(*amendment));
    let also: Vec<&str> =
        also.map(|a| &*convert.export.amendments[a].record.identification.numero_long).collect();
    if !also.is_empty() {
        let sub = convert.links.decisions[at].subject.object.contains("sous-amendement");
        let sub = if sub { "sous-" } else { "" };
        out.push(format!(
            "Le même vote vaut pour les {sub}amendements identiques\u{a0}: n°\u{a0}{}.",
            also.join(", ")
        ));
    }
    if let Some(kind) = &record.type_vote.libelle_type_vote {
        let asked = record.demandeur.texte.as_deref().map(|t| t.split('\r').map(typeset).collect::<Vec<_>>());
        let asked = asked.filter(|a| !a.is_empty()).map(|a| format!(", demandé par : {}", a.join(" ; ")));
        out.push(format!("{}{}.", capital(kind), asked.unwrap_or_default()));
    }
    let (wanted, expressed) =
        (record.synthese_vote.nbr_suffrages_requis, record.synthese_vote.suffrages_exprimes);
    if let Some(majority) = &record.type_vote.type_majorite {
        out.push(format!("{majority} : {wanted} sur {expressed}."));
    }
    let named = groups.iter().filter_map(|g| g.vote.decompte_nominatif.as_ref());
    let voters = named.flat_map(|n| [&n.pours, &n.contres, &n.abstentions]).flatten().flat_map(|v| &v.votant);
    let delegated = voters.filter(|v| v.par_delegation.as_deref() == Some("true")).count() as u64;
    if delegated > 0 {
        out.push(format!("{} par délégation.", counted(delegated, "vote émis", "votes émis")));
    }
    let absent = record.synthese_vote.decompte.non_votants;
    if absent > 0 {
        out.push(format!(
            "{} (qui préside, ou membre du Gouvernement) : écrits « absent » dans le fichier des votes.",
            counted(absent, "non-votant déclaré", "non-votants déclarés")
        ));
    }
    let said: Vec<String> = record.mise_au_point.iter().flat_map(|m| declared(convert, m)).collect();
    if !said.is_empty() {
        out.push(format!(
            "Mises au point, faites après le vote et sans effet sur son résultat : {}.",
            said.join(" ; ")
        ));
    }
    out.join(" ")
}

/// What members declared afterwards, a sentence for each position.
fn declared(convert: &Convert<'_>, corrections: &Corrections) -> Vec<String> {
    let lists = [
        (&corrections.pours, "voter pour"),
        (&corrections.contres, "voter contre"),
        (&corrections.abstentions, "s’abstenir"),
        (&corrections.non_votants, "ne pas prendre part au vote"),
        (&corrections.non_votants_volontaires, "ne pas prendre part au vote"),
    ];
    let mut out = Vec::new();
    for (voters, wanted) in lists {
        let names: Vec<String> = voters
            .iter()
            .flat_map(|v| &v.votant)
            .map(|v| member(convert.export, &v.acteur_ref).unwrap_or_else(|| v.acteur_ref.clone()))
            .collect();
        if !names.is_empty() {
            let (verb, wanted) =
                (if names.len() > 1 { "ont déclaré avoir voulu" } else { "a déclaré avoir voulu" }, wanted);
            out.push(format!("{} {verb} {wanted}", names.join(", ")));
        }
    }
    out
}

/// One line, with the apostrophes and quotation marks of French print.
pub(super) fn typeset(words: &str) -> String {
    let mut out = String::new();
    let mut open = false;
    for c in normal(words).chars() {
        match c {
            '\'' => out.push('’'),
            '"' => {
                open = !open;
                out.push_str(if open { "«\u{a0}" } else { "\u{a0}»" });
            }
            c => out.push(c),
        }
    }
    out.replace("n° ", "n°\u{a0}")
}
