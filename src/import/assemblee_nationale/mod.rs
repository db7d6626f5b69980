//! `assemblee-nationale`: amendments, roll calls, bodies and members as the French Assemblée nationale publishes them
//! (a JSON file each) → texts, amendments, votes and the vote of each member. Order of the work: read (`read`), what
//! each roll call decides (`subject`, `link`), then `texts`, `amendments`, `roll_calls`, `consultation`.
//!
//! Not done: the words of the texts, which these files do not hold; hence no operations, and no effect of an amendment.

mod amendments;
mod consultation;
mod convert;
mod link;
mod read;
mod record;
mod roll_calls;
mod subject;
mod summary;
#[cfg(test)]
mod tests;
mod texts;
mod words;

use super::report::{Fate, Report};
use super::{Imported, Importer, Input};
use crate::model::id::Id;
use crate::say;
use convert::Convert;
use read::Export;
use roll_calls::Counted;
use std::collections::BTreeSet;

/// The importer.
#[derive(Debug, Clone, Copy)]
pub struct AssembleeNationale;

/// What the caller decides.
#[derive(Debug)]
pub struct Options {
    /// The consultation's folder in `content/`, and its id.
    pub slug: Id,
    /// The consultation's title.
    pub title: Option<Box<str>>,
    /// The only text to take, when there is one.
    pub text: Option<Asked>,
    /// The consultation is there already: its own two files are not written.
    pub consultation: bool,
    /// The texts that it has.
    pub existing: BTreeSet<Id>,
}

/// A text that was asked for.
#[derive(Debug)]
pub struct Asked {
    /// Its number (`1475`) or its whole reference (`PIONANR5L17BTC1475`).
    pub reference: Box<str>,
    /// Its id in the content, when it is another than ours. Amendments then name a text that the consultation has.
    pub id: Option<Id>,
    /// The version of it that was discussed; of a text that the consultation has, the first when absent.
    pub version: Option<Id>,
}

impl Importer for AssembleeNationale {
    type Source = Input;
    type Options = Options;

    fn name(&self) -> &'static str {
        "assemblee-nationale"
    }

    fn is_whole(&self) -> bool {
        false
    }

    fn convert(&self, input: &Input, options: &Options) -> Imported {
        let mut report = Report::new(self.name());
        let export = read::read(input, &mut report);
        let links = link::links(&export);
        let mut convert = Convert::new(&export, options, &links, report);
        texts::texts(&mut convert);
        amendments::amendments(&mut convert);
        let counted = roll_calls::roll_calls(&mut convert);
        consultation::consultation(&mut convert, &counted);
        named(&mut convert);
        remarks(&mut convert, &counted);
        let mut report = convert.report;
        report.missing_files.sort();
        report.missing_files.dedup();
        Imported { files: convert.folder.files, report }
    }
}

/// Bodies and people are kept as the names that amendments and roll calls show.
fn named(convert: &mut Convert<'_>) {
    let used = used(convert.export);
    let reason = || {
        Some(say!(
            "ni premier signataire, ni votant, ni groupe d’un scrutin : un amendement nomme lui-même ses cosignataires",
            "neither first signatory, voter nor group of a roll call: an amendment itself names those who sign it too"
        ))
    };
    let export = convert.export;
    for (kind, id, row) in export
        .bodies
        .iter()
        .map(|(id, b)| ("body", id, b.fate("body", Fate::Kept, None)))
        .chain(export.people.iter().map(|(id, p)| ("person", id, p.fate("person", Fate::Kept, None))))
    {
        let row = super::report::Row { kind, ..row };
        let kept = used.contains(&**id);
        let row =
            if kept { row } else { super::report::Row { fate: Fate::Skipped, reason: reason(), ..row } };
        convert.report.settle(row);
    }
}

/// The ids of bodies and people that records name.
fn used(export: &Export) -> BTreeSet<&str> {
    let authors = export.amendments.iter().flat_map(|a| {
        let auteur = &a.record.signataires.auteur;
        [&auteur.acteur_ref, &auteur.groupe_politique_ref, &auteur.gouvernement_ref].into_iter().flatten()
    });
    let groups = export.roll_calls.iter().flat_map(|r| &r.record.ventilation_votes.organe.groupes.groupe);
    let voters = groups.clone().filter_map(|g| g.vote.decompte_nominatif.as_ref()).flat_map(|n| {
        [&n.pours, &n.contres, &n.abstentions, &n.non_votants].into_iter().flatten().flat_map(|v| &v.votant)
    });
    let mut used: BTreeSet<&str> = authors.map(String::as_str).collect();
    used.extend(groups.map(|g| g.organe_ref.as_str()));
    used.extend(voters.map(|v| v.acteur_ref.as_str()));
    used
}

/// What was done to every record alike, and what the data do not say.
fn remarks(convert: &mut Convert<'_>, counted: &Counted) {
    let Counted { votes, delegated, linked, corrections, .. } = counted;
    let decided = convert.links.votes.len();
    let unnamed = counted.unnamed.iter().cloned().collect::<Vec<_>>().join(", ");
    convert.report.remarks.extend([
        say!(
            "{votes} votes de députés ({delegated} par délégation) sont repris avec leur nom : un scrutin public est nominatif, et ils votent dans l’exercice de leur mandat. {corrections} mises au point sont dites, non comptées.",
            "{votes} votes of members ({delegated} through another member) are kept with their names: a roll call is by name, and they vote in office. {corrections} later corrections are told, not counted."
        ),
        say!(
            "{linked} scrutins décident un amendement, et {decided} amendements ont un scrutin (ceux qui lui sont identiques compris). Un lien demande le même texte, le même numéro, le même auteur, la même séance et le même sort.",
            "{linked} roll calls decide an amendment, and {decided} amendments have a roll call (identical ones included). A link asks for the same text, number, author, sitting and outcome."
        ),
        say!(
            "Les mots des textes ne sont pas dans l’export : chaque texte a une version dont les articles ne sont que nommés ; sa date est celle du premier amendement déposé.",
            "The words of the texts are not in the export: each text has one version whose articles are only named; its date is that of the first amendment tabled."
        ),
        say!(
            "Les adresses des amendements et des scrutins sont formées comme l’Assemblée les forme : l’export ne les contient pas.",
            "Addresses of amendments and roll calls are made as the assembly makes them: the export does not hold them."
        ),
    ]);
    if !unnamed.is_empty() {
        convert.report.remarks.push(say!(
            "votants dont l’export ne dit pas le nom : {unnamed}",
            "voters whose names the export does not say: {unnamed}"
        ));
    }
    if !counted.nameless.is_empty() {
        let groups = counted.nameless.iter().cloned().collect::<Vec<_>>().join(", ");
        convert.report.remarks.push(say!(
            "groupes dont l’export ne dit pas le nom, désignés par leur identifiant : {groups}",
            "groups whose names the export does not say, shown by their ids: {groups}"
        ));
    }
    if !counted.twice.is_empty() {
        let (n, list) =
            (counted.twice.len(), counted.twice.iter().map(u64::to_string).collect::<Vec<_>>().join(", "));
        convert.report.remarks.push(say!(
            "{n} scrutins comptent par groupe des « non-votants volontaires » que leur synthèse ne compte pas (ce sont les abstentions, une seconde fois) ; ils ne sont pas repris : {list}",
            "{n} roll calls count by group “voluntary non-voters” that their summary does not (they are the abstentions, once more); they are not kept: {list}"
        ));
    }
}
