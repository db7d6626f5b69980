//! Amendments: one file each, with its target, its author, its outcome, what it instructs (dispositif) and its statement
//! of reasons.

use super::convert::{Convert, Reasons, SITE};
use super::link::deliberation;
use super::read::Filed;
use super::record::{Amendment, Division};
use super::words::{self, Reference, line, signatories};
use crate::import::content::Fields;
use crate::import::html::{self, Use};
use crate::import::report::Fate;
use crate::model::choices::Outcome;
use crate::model::when::Date;
use crate::say;
use crate::yaml::write::Out;
use std::collections::BTreeSet;

/// Writes the amendments that come in; says why the others do not.
pub(super) fn amendments(convert: &mut Convert<'_>) {
    let export = convert.export;
    let mut written = BTreeSet::new();
    for (at, filed) in export.amendments.iter().enumerate() {
        let skipped = match convert.ids.get(filed.record.uid.as_str()).cloned() {
            Some(id) if written.insert(id.clone()) => {
                amendment(convert, at, filed, &id);
                continue;
            }
            Some(_) => say!("un autre fichier a le même identifiant", "another file has the same id"),
            None => say!("d’un autre texte que celui demandé", "of another text than the one asked for"),
        };
        convert.report.settle(filed.fate("amendment", Fate::Skipped, Some(skipped)));
    }
}

fn amendment(convert: &mut Convert<'_>, at: usize, filed: &Filed<Amendment>, id: &str) {
    let record = &filed.record;
    let mut reasons = Reasons::new();
    let (outcome, decided) = outcome(record, &mut reasons);
    let parent = record.amendement_parent_ref.as_deref().map(|uid| convert.ids.get(uid).cloned());
    if parent == Some(None) {
        reasons.insert(say!(
            "l’amendement qu’il sous-amende n’est pas dans l’export",
            "the amendment that it amends is not in the export"
        ));
    }
    let division = &record.pointeur_fragment_texte.division;
    let article = article(division).filter(|_| !is_beside(division));
    let group = record.signataires.auteur.groupe_politique_ref.as_deref();
    let group = group
        .map(|id| convert.export.bodies.get(id).map_or_else(|| id.to_owned(), |b| b.record.libelle.clone()));
    let vote = convert.links.votes.get(&at).and_then(|vote| convert.export.roll_calls.get(*vote));
    let text = convert.texts.get(record.texte_legislatif_ref.as_str()).map(|id| id.to_string());
    let said = record.corps.contenu_auteur.as_ref();
    let instruction = said.and_then(|s| s.dispositif.as_deref()).unwrap_or_default();
    let instruction = convert.markdown(instruction, Use::Law, &mut reasons);
    let body = body(convert, record, &mut reasons);
    let order = convert.order.get(record.uid.as_str());
    let imported = Fields::new().text("source", &*filed.file).text("id", &*record.uid);
    let fields = Fields::new()
        .text("text", text.unwrap_or_default())
        .text("version", convert.version())
        .text("article", article.unwrap_or_default())
        .text("number", number(record))
        .text("title", title(record, &instruction))
        .text("parent", parent.flatten().unwrap_or_default())
        .list("authors", vec![Out::text(words::author(convert.export, record))])
        .text("group", group.unwrap_or_default())
        .text("date", day(record.cycle_de_vie.date_depot.as_deref()))
        .text("outcome", outcome.as_str())
        .text("decided", decided)
        .text("vote", vote.map(|v| super::roll_calls::id(&v.record)).unwrap_or_default())
        .then(order.map_or_else(Fields::new, |place| Fields::new().plain("order", place)))
        .block("instruction", instruction)
        .text("url", url(record))
        .map("imported", imported);
    convert.folder.put(&format!("amendments/{id}.md"), fields.markdown(&body));
    convert.settle(filed.fate("amendment", Fate::Kept, None), id, reasons);
}

/// The statement of reasons, who signed too, and what the assembly's services noted.
fn body(convert: &mut Convert<'_>, record: &Amendment, reasons: &mut Reasons) -> String {
    let said = record.corps.contenu_auteur.as_ref();
    let mut parts = Vec::new();
    let stated = said.and_then(|s| s.expose_sommaire.as_deref()).unwrap_or_default();
    parts.push(convert.markdown(stated, Use::Contribution, reasons));
    if let Some(note) = &record.corps.cartouche_informatif {
        let why = record.cycle_de_vie.etat_des_traitements.sous_etat.libelle.as_deref();
        let why =
            why.filter(|w| w.chars().count() > 1 && !note.contains(*w)).map(|w| format!(" Motif : {w}."));
        parts.push(html::plain(&format!("{}{}", line(note), why.unwrap_or_default())).0);
    }
    let (_, others) = signatories(record);
    if !others.is_empty() {
        parts.push(format!("*Cosignataires :* {}.", html::plain(&others).0));
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// What became of it and on which day; what is not known stays pending, and is told.
fn outcome(record: &Amendment, reasons: &mut Reasons) -> (Outcome, String) {
    let life = &record.cycle_de_vie;
    let state = life.etat_des_traitements.etat.code.as_deref().unwrap_or_default();
    let outcome = match life.sort.as_deref() {
        Some("Adopté") => Outcome::Adopted,
        Some("Rejeté") => Outcome::Rejected,
        Some("Retiré") => Outcome::Withdrawn,
        Some("Tombé") => Outcome::Moot,
        Some("Non soutenu") => Outcome::NotMoved,
        None if state.starts_with("IR") => Outcome::Inadmissible,
        None if state == "RT" => Outcome::Withdrawn,
        None => Outcome::Pending,
        Some(other) => {
            reasons.insert(say!(
                "sort inconnu, « {other} » : laissé en attente",
                "unknown outcome, “{other}”: left pending"
            ));
            Outcome::Pending
        }
    };
    (outcome, day(life.date_sort.as_deref()))
}

/// A day, or nothing when it is none.
pub(super) fn day(words: Option<&str>) -> String {
    let day = words.and_then(|w| w.get(..10)).and_then(Date::parse);
    day.map(|d| d.to_string()).unwrap_or_default()
}

/// `126 (Rect)`; that a second deliberation began to number again is said.
fn number(record: &Amendment) -> String {
    let number = &record.identification.numero_long;
    match deliberation(record) {
        0 | 1 => number.clone(),
        2 => format!("{number} (seconde délibération)"),
        nth => format!("{number} ({nth}e délibération)"),
    }
}

/// The article that a division is, when it is one.
pub(super) fn article(division: &Division) -> Option<String> {
    let title = division.titre.as_deref()?.trim();
    title.starts_with("Article ").then(|| words::article(title))
}

/// Whether something is to stand beside the division, not in it.
fn is_beside(division: &Division) -> bool {
    division.beside.as_deref().is_some_and(|beside| beside != "A")
}

/// Longest instruction that is a title.
const TITLE: usize = 90;

/// A short instruction says it all (“Supprimer cet article”); otherwise where it is, when that is more than its article;
/// otherwise how its instruction begins.
fn title(record: &Amendment, instruction: &str) -> String {
    let first = instruction.lines().next().unwrap_or_default().trim_end();
    let begins = crate::text::plain(first.trim_end_matches([':', ' ', '\u{a0}', '\u{202f}']), TITLE);
    let begins = begins.trim_end_matches('.').to_owned();
    let short = instruction.lines().count() == 1 && first.chars().count() <= TITLE && !first.ends_with(':');
    if short { begins } else { place(record).unwrap_or(begins) }
}

/// `Alinéa 8`, `Après l’alinéa 20`, `Article additionnel après l’article 2`.
fn place(record: &Amendment) -> Option<String> {
    let pointer = &record.pointeur_fragment_texte;
    let division = &pointer.division;
    let Some(article) = article(division) else { return division.titre.clone() };
    if is_beside(division) {
        let before = division.beside.as_deref().is_some_and(|b| b.starts_with("Avant"));
        let side = if before { "avant" } else { "après" };
        let what = match division.chapitre_additionnel.as_deref() {
            Some("true") => "Division additionnelle",
            Some(_) | None => "Article additionnel",
        };
        return Some(format!("{what} {side} l’article {article}"));
    }
    let paragraph = pointer.amendement_standard.as_ref().and_then(|s| s.alinea.as_ref())?;
    let number = paragraph.numero.as_deref().filter(|n| !n.is_empty())?;
    Some(match paragraph.beside.as_deref() {
        Some("Apres" | "Après") => format!("Article {article}, après l’alinéa {number}"),
        Some("Avant") => format!("Article {article}, avant l’alinéa {number}"),
        Some(_) | None => format!("Article {article}, alinéa {number}"),
    })
}

/// Its page at the assembly, of a first deliberation: the export has no addresses of pages, this is how they are made.
fn url(record: &Amendment) -> String {
    let legislature = legislature(record.legislature.as_deref());
    let number = record.identification.numero_long.split_whitespace().next().unwrap_or_default();
    match record.identification.prefixe_organe_examen.as_deref() {
        Some("AN") if deliberation(record) < 2 && !legislature.is_empty() => {
            let text = Reference::of(&record.texte_legislatif_ref).number;
            format!("{SITE}/dyn/{legislature}/amendements/{text}/AN/{number}")
        }
        Some(_) | None => String::new(),
    }
}

/// The number of a legislature, when it is one.
pub(super) fn legislature(words: Option<&str>) -> &str {
    words.filter(|w| w.chars().all(|c| c.is_ascii_digit())).unwrap_or_default()
}
