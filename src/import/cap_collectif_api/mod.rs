//! `cap-collectif-api`: a consultation read from the platform's own API (one JSON file a proposal, HTML bodies),
//! completed by a second listing of proposals and suggested rewordings. What comes out: `consultation.yaml`,
//! `index.md`, the bill as a text, one file a proposal, one list of arguments and sources and one of rewordings
//! for each. Order of the work: read (`read`), people (`people`), `bill`, `proposals`, `discussions`,
//! `wordings`, `consultation`.

mod bill;
mod consultation;
mod convert;
mod discussions;
mod people;
mod proposals;
mod reactions;
mod read;
#[cfg(test)]
mod tests;
mod wordings;

use super::report::{Fate, Report, Row};
use super::{Imported, Importer, Input, Options};
use crate::say;
use convert::Convert;

/// The importer.
#[derive(Debug, Clone, Copy)]
pub struct CapCollectifApi;

impl Importer for CapCollectifApi {
    type Source = Input;
    type Options = Options;

    fn name(&self) -> &'static str {
        "cap-collectif-api"
    }

    fn convert(&self, input: &Input, options: &Options) -> Imported {
        let mut report = Report::new(self.name());
        let export = read::read(input, &mut report);
        let mut convert = Convert::new(&export, options, report);
        bill::bill(&mut convert);
        proposals::proposals(&mut convert);
        discussions::discussions(&mut convert);
        wordings::wordings(&mut convert);
        voters(&mut convert);
        consultation::consultation(&mut convert);
        remarks(&mut convert);
        let mut report = convert.report;
        report.order();
        Imported { files: convert.folder.files, report }
    }
}

/// The voters whom the export names are not in the content; the totals are.
fn voters(convert: &mut Convert<'_>) {
    let reason = say!(
        "nom d’un votant : jamais repris, les totaux le sont",
        "a voter's name: never kept, the totals are"
    );
    for voter in convert.export.opinions.values().flat_map(|o| &o.record.parts.voters) {
        let row = Row { reason: Some(reason.clone()), ..voter.fate("voter", Fate::Skipped) };
        convert.report.settle(row);
    }
}

/// What was done to every record alike.
fn remarks(convert: &mut Convert<'_>) {
    let (pseudonyms, kept) = convert.people.count();
    let common = convert.names.common;
    convert.report.remarks.extend([
        say!(
            "{pseudonyms} comptes ne sont nommés dans aucun champ ; {kept} noms gardés à votre demande. Profils, portraits et liens de compte ne sont pas repris.",
            "{pseudonyms} accounts are named in no field; {kept} names kept as you asked. Profiles, portraits and account links are not kept."
        ),
        say!(
            "{common} noms d’un seul mot, trop courts ou employés comme mots communs dans les textes, n’ont pas été cherchés dans les textes.",
            "{common} names of one word, too short or used as common words in the texts, were not looked for in the texts."
        ),
        say!(
            "Les textes HTML sont devenus du Markdown : leurs mots sont les mêmes, vérifiés un à un.",
            "HTML texts became Markdown: their words are the same, checked one by one."
        ),
        say!(
            "Une adresse tirée d’un titre (« imported.url », « aliases ») contient les mots de ce titre.",
            "An address made from a title (“imported.url”, “aliases”) holds the words of that title."
        ),
    ]);
}
