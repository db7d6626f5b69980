//! Suggested rewordings, from the second listing: one list for each proposal or article that has some. The listing
//! has titles, authors and votes, no words; what it says of proposals is compared with the platform's files.

use super::convert::{Convert, Reasons};
use super::reactions::counts;
use super::read::{Filed, Listed};
use crate::import::content::Fields;
use crate::import::html::Use;
use crate::import::report::{Fate, Row};
use crate::say;
use crate::yaml::write::{Out, list_document};
use std::collections::BTreeMap;

/// The second listing: rewordings become lists, one for each parent; proposals are compared with the platform's.
pub(super) fn wordings(convert: &mut Convert<'_>) {
    let export = convert.export;
    let by_address: BTreeMap<&str, u64> = export
        .listing
        .values()
        .filter(|l| l.record.parent.is_none())
        .filter_map(|l| Some((&*l.record.id_str, l.record.id.strip_prefix('o')?.parse().ok()?)))
        .collect();
    let mut lists: BTreeMap<u64, Vec<(u64, Out)>> = BTreeMap::new();
    for filed in export.listing.values() {
        let listed = &filed.record;
        let Some(parent) = listed.parent.as_deref() else {
            compare(convert, filed);
            continue;
        };
        let number = listed.id.strip_prefix('v').and_then(|n| n.parse::<u64>().ok());
        let parent = by_address.get(parent).filter(|p| export.opinions.contains_key(p));
        let (Some(number), Some(parent)) = (number, parent) else {
            let reason = say!(
                "la proposition reformulée n’est pas dans l’export",
                "the proposal it rewords is not in the export"
            );
            convert.report.settle(Row { reason: Some(reason), ..filed.fate("listing entry", Fate::Skipped) });
            continue;
        };
        let item = wording(convert, filed, number, *parent);
        lists.entry(*parent).or_default().push((number, item));
    }
    for (parent, mut items) in lists {
        items.sort_by_key(|(number, _)| *number);
        let items: Vec<Out> = items.into_iter().map(|(_, item)| item).collect();
        convert.folder.put(&format!("contributions/o{parent}.wordings.yaml"), list_document(&items));
    }
    files_of_one_wording(convert);
}

fn wording(convert: &mut Convert<'_>, filed: &Filed<Listed>, number: u64, parent: u64) -> Out {
    let listed = &filed.record;
    let file = convert.export.versions.get(&number);
    let words = file.and_then(|v| v.record.body.clone()).unwrap_or_default();
    let mut reasons = Reasons::new();
    let body = convert.markdown(&words, Use::Contribution, &mut reasons);
    let withheld = convert.export.opinions.get(&parent).is_some_and(|o| o.record.is_trashed);
    // A rewording's address holds its parent's title.
    let url = Some(listed.url.as_str()).filter(|_| !withheld);
    let aliases = convert.aliases(&[url]);
    let path = format!("content/{}/contributions/o{parent}.wordings.yaml", convert.options.slug);
    convert.review(&path, &listed.id, &[&listed.name]);
    let mut fields = Fields::new()
        .text("id", &*listed.id)
        .text("kind", "wording")
        .text("title", Convert::title(&listed.name))
        .map("author", convert.people.author(&listed.author))
        .then(convert.parent(parent))
        .map("votes", counts((listed.votes_pro, listed.votes_unsure, listed.votes_against)));
    if body.is_empty() {
        fields = fields.plain("lost", true);
    }
    let fields = fields.then(aliases).then(convert.imported(filed, &listed.id, url)).block("body", body);
    convert.settle(filed, "listing entry", &listed.id, reasons);
    fields.item()
}

/// A proposal of the listing says again what the platform says.
fn compare(convert: &mut Convert<'_>, filed: &Filed<Listed>) {
    let listed = &filed.record;
    let own = listed
        .id
        .strip_prefix('o')
        .and_then(|n| n.parse().ok())
        .and_then(|n| convert.export.opinions.get(&n));
    let Some(own) = own.map(|o| &o.record) else {
        let reason = say!(
            "proposition absente des fichiers de la plateforme",
            "proposal absent from the platform's files"
        );
        convert.report.settle(Row { reason: Some(reason), ..filed.fate("listing entry", Fate::Skipped) });
        return;
    };
    let mut reasons =
        vec![say!("complète la proposition de la plateforme", "completes the platform's proposal")];
    if (listed.votes_pro, listed.votes_unsure, listed.votes_against)
        != (own.votes_ok, own.votes_mitige, own.votes_nok)
    {
        reasons.push(say!("ses votes diffèrent : écart reconnu", "its votes differ: acknowledged"));
    }
    if (listed.arguments, listed.sources) != (own.arguments_count, own.sources_count) {
        reasons.push(say!(
            "ses comptes d’arguments ou de sources diffèrent",
            "its counts of arguments or sources differ"
        ));
    }
    if Convert::title(&listed.name) != Convert::title(&own.title) {
        reasons.push(say!(
            "son titre a une autre typographie : celui de la plateforme est gardé",
            "its title has another typography: the platform's is kept"
        ));
    }
    if listed.author != own.author.unique_id {
        reasons.push(say!(
            "son auteur diffère : celui de la plateforme est gardé",
            "its author differs: the platform's is kept"
        ));
    }
    let reason = reasons.into_iter().reduce(|a, b| crate::lang::Bilingual {
        fr: format!("{} ; {}", a.fr, b.fr),
        en: format!("{}; {}", a.en, b.en),
    });
    let id = Some(listed.id.clone());
    convert.report.settle(Row { reason, id, ..filed.fate("listing entry", Fate::Merged) });
}

/// A file of one rewording completes the listing; its copy of the parent says nothing new, its arguments are empty.
fn files_of_one_wording(convert: &mut Convert<'_>) {
    for filed in convert.export.versions.values() {
        let version = &filed.record;
        let id = format!("v{}", version.id);
        let report = &mut convert.report;
        report.read("file of a wording", 1);
        let known = convert.export.listing.contains_key(&*id);
        let (fate, reason) = match (known, &version.body) {
            (true, Some(_)) => {
                (Fate::Merged, say!("donne les mots de la reformulation", "gives the rewording's words"))
            }
            (true, None) => (
                Fate::Merged,
                say!(
                    "ne contient pas les mots de la reformulation, seulement une copie de l’article",
                    "does not hold the rewording's words, only a copy of the article"
                ),
            ),
            (false, _) => (
                Fate::Skipped,
                say!("reformulation absente de la liste", "rewording absent from the listing"),
            ),
        };
        report.settle(Row {
            reason: Some(reason),
            id: Some(id.into()),
            ..filed.fate("file of a wording", fate)
        });
        if version.parent.is_some() {
            report.read("copy of a parent", 1);
            let reason = say!(
                "copie de la proposition, lue dans son fichier",
                "copy of the proposal, read from its own file"
            );
            report.settle(Row {
                reason: Some(reason),
                row: "parent".into(),
                ..filed.fate("copy of a parent", Fate::Merged)
            });
        }
        report.read("argument of a wording", version.arguments.len());
        for i in 0..version.arguments.len() {
            let reason = say!("vide dans l’export", "empty in the export");
            let row = format!("arguments[{i}]").into();
            report.settle(Row {
                reason: Some(reason),
                row,
                ..filed.fate("argument of a wording", Fate::Skipped)
            });
        }
    }
}
