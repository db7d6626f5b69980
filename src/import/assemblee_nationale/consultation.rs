//! `consultation.yaml` and `index.md`, unless the consultation is there already: what was imported, and what is known to
//! be missing.

use super::convert::Convert;
use super::roll_calls::Counted;
use crate::import::content::{Fields, counted as number};
use crate::yaml::write::Out;

/// Writes both files.
pub(super) fn consultation(convert: &mut Convert<'_>, counted: &Counted) {
    if convert.options.consultation {
        return;
    }
    let days =
        convert.export.roll_calls.iter().map(|r| super::amendments::day(r.record.date_scrutin.as_deref()));
    let mut days: Vec<String> = days.filter(|d| !d.is_empty()).collect();
    days.sort();
    let amendments = number(convert.ids.len() as u64, "amendement", "amendements");
    let kept = convert.report.kinds.get("roll call").map_or(0, |t| t.kept + t.changed);
    let roll_calls = number(kept, "scrutin public", "scrutins publics");
    let texts = number(convert.texts.len() as u64, "texte", "textes");
    let summary =
        format!("{amendments} sur {texts} et {roll_calls} de leur discussion, par groupe et par député.");
    let mut only: Vec<&str> = convert.texts.keys().copied().collect();
    let subject =
        (only.len() == 1).then(|| only.pop()).flatten().and_then(|text| convert.links.titles.get(text));
    let known = subject.and_then(|s| s.title.as_deref()).map(super::texts::capital);
    let given = convert.options.title.as_deref().map(ToOwned::to_owned);
    let title =
        given.or(known).unwrap_or_else(|| "Amendements et scrutins de l’Assemblée nationale".to_owned());
    let mut fields = Fields::new()
        .text("title", title)
        .text("summary", summary)
        .map("organiser", Fields::new().text("name", "Assemblée nationale").text("url", super::convert::SITE))
        .text("language", "fr");
    if let (Some(first), Some(last)) = (days.first(), days.last()) {
        let phase = Fields::new()
            .text("kind", "vote")
            .text("title", "Discussion et scrutins publics")
            .text("start", first.as_str())
            .text("end", last.as_str());
        fields = fields.list("phases", vec![phase.item()]);
    }
    let missing = missing(convert, counted).into_iter().map(Out::text).collect();
    let origin = Fields::new()
        .text("platform", "Données ouvertes de l’Assemblée nationale")
        .text("url", "https://data.assemblee-nationale.fr");
    let fields = fields
        .text("licence", "etalab-2.0")
        .text("timezone", "Europe/Paris")
        .list("known_missing", missing)
        .map("origin", origin);
    convert.folder.put("consultation.yaml", fields.yaml());
    let body = "Les amendements et les scrutins publics ont été repris des données ouvertes de l’Assemblée nationale. Un scrutin public est \
                nominatif : les votes des députés, émis dans l’exercice de leur mandat, sont publiés avec leur nom, et chaque total est \
                recompté ici à partir d’eux. Un scrutin n’est relié à un amendement que si le texte, le numéro, l’auteur, la séance et le \
                sort concordent.";
    convert.folder.put("index.md", Fields::new().text("title", "Présentation").markdown(body));
}

fn missing(convert: &Convert<'_>, counted: &Counted) -> Vec<String> {
    let mut out = vec![
        "Les mots des textes ne sont pas dans l’export : leurs articles ne sont que nommés, et l’effet des amendements n’y est pas calculé.".to_owned(),
        "Les scrutins à main levée ne laissent pas de décompte : seuls les scrutins publics sont ici.".to_owned(),
    ];
    let unlinked = convert.links.decisions.iter().filter(|d| d.unlinked.is_some()).count() as u64;
    if unlinked > 0 && convert.options.text.is_none() {
        let which = number(unlinked, "scrutin nomme", "scrutins nomment");
        out.push(format!("{which} un amendement d’un texte dont les amendements ne sont pas dans l’export."));
    }
    if !counted.unnamed.is_empty() {
        let which = number(counted.unnamed.len() as u64, "votant n’est", "votants ne sont");
        out.push(format!("{which} désignés que par leur identifiant : l’export ne dit pas leur nom."));
    }
    if !counted.nameless.is_empty() {
        let groups = counted.nameless.iter().cloned().collect::<Vec<_>>().join(", ");
        let which = number(counted.nameless.len() as u64, "groupe n’est désigné", "groupes ne sont désignés");
        out.push(format!("{which} que par son identifiant ({groups})\u{a0}: l’export ne dit pas son nom."));
    }
    out
}
