//! `consultation.yaml` and `index.md`: what the export says of the whole. What it does not say is said to be missing;
//! every number in a sentence is counted.

use super::questions::unique;
use super::{Reasons, Writer, address, line, moment, when};
use crate::import::content::{Fields, counted};
use crate::import::html;
use crate::import::platform::What;
use crate::model::id::Id;
use crate::model::when::Date;
use crate::yaml::write::Out;
use std::collections::{BTreeMap, BTreeSet};

/// Above this many contributions, pages are spread over sub-folders.
const SPREAD_ABOVE: usize = 5_000;

/// Longest summary, in characters: a longer one is the presentation, and the summary is counted.
const SUMMARY: usize = 600;

/// Categories by their key; ids are made from their titles.
pub(super) fn categories<'g>(written: &'g [(Box<str>, String)]) -> BTreeMap<&'g str, Id> {
    let mut taken = BTreeSet::new();
    let mut out: BTreeMap<&'g str, Id> = BTreeMap::new();
    for (key, title) in written {
        if !out.contains_key(&**key) {
            let words = if title.trim().is_empty() { key } else { title.as_str() };
            out.insert(key, unique(words, "category", &mut taken));
        }
    }
    out
}

/// Who consults, as far as is known.
pub(super) fn organiser(writer: &Writer<'_>) -> String {
    let name = line(writer.gathered.organiser.as_deref().unwrap_or_default());
    if name.is_empty() { "Non indiqué par l’export".to_owned() } else { name }
}

/// Writes both files.
pub(super) fn consultation(writer: &mut Writer<'_>) {
    let gathered = writer.gathered;
    let mut reasons = Reasons::new();
    let given = writer.options.title.as_deref().or(gathered.title.as_deref()).map(line);
    let title = given.filter(|title| !title.is_empty());
    let title = title.unwrap_or_else(|| writer.options.slug.as_str().replace('-', " "));
    let about =
        gathered.summary.as_ref().map(|words| writer.markdown(words, &mut reasons)).unwrap_or_default();
    let (start, end) = period(writer);
    let summary = summary(writer, &about, (start, end));
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let phase = Fields::new()
        .text("kind", "contribution")
        .text("title", "Contributions")
        .text("start", day(start))
        .text("end", day(end));
    let phases = if start.is_some() { vec![phase.item()] } else { Vec::new() };
    let mut listed = BTreeSet::new();
    let categories =
        gathered.categories.iter().filter(|(key, _)| listed.insert(key)).filter_map(|(key, title)| {
            let id = writer.categories.get(&**key)?.as_str();
            let names = [title.as_str(), key, id].map(line);
            let title = names.into_iter().find(|name| !name.is_empty());
            Some(Fields::new().text("id", id).text("title", title.unwrap_or_default()).item())
        });
    let reason =
        |(id, title): (&Id, &String)| Fields::new().text("id", id.as_str()).text("title", &**title).item();
    let moderation = Fields::new().list("reasons", writer.moderated.iter().map(reason).collect());
    let url = gathered.url.as_deref().and_then(address);
    let retrieved = writer.day(gathered.retrieved.as_deref(), &mut reasons).unwrap_or_default();
    let origin = Fields::new()
        .text("platform", gathered.platform)
        .text("url", url.unwrap_or_default())
        .text("retrieved", retrieved);
    let language = gathered.language.as_deref().and_then(crate::lang::Lang::new);
    let fields = Fields::new()
        .text("title", title)
        .text("summary", summary)
        .map("organiser", Fields::new().text("name", organiser(writer)))
        .text("language", language.as_ref().map_or("", crate::lang::Lang::as_str))
        .list("phases", phases)
        .list("categories", categories.collect())
        .list("questions", writer.questions.list())
        .text("authors", "pseudonym")
        .map("moderation", moderation)
        .text("timezone", gathered.timezone.unwrap_or(super::ZONE));
    let many = writer.tree.entries.len() > SPREAD_ABOVE;
    let fields = if many { fields.plain("spread", true) } else { fields };
    let missing = missing(writer).into_iter().map(Out::text).collect();
    let aliases = writer.aliases.take(&[url]);
    let fields = fields.list("known_missing", missing).map("origin", origin).then(aliases);
    writer.folder.put("consultation.yaml", fields.yaml());
    let kept = "Les contributions ont été reprises de l’export de la plateforme d’origine. Leurs auteurs paraissent sous un pseudonyme, \
                le même pour toutes les contributions d’une personne. Ce que l’export ne contenait pas est dit sur la page des données.";
    let more =
        gathered.presentation.as_ref().map(|words| writer.markdown(words, &mut reasons)).unwrap_or_default();
    let parts = [about.as_str(), more.as_str(), kept].into_iter().filter(|part| !part.is_empty());
    let body = parts.collect::<Vec<_>>().join("\n\n");
    let whole = writer.path("index.md");
    let told = [html::words(&about), html::words(&more)];
    writer.report.look(&writer.names, &whole, "index", told.iter().map(String::as_str));
    writer.folder.put("index.md", Fields::new().text("title", "Présentation").markdown(&body));
    writer.report.remarks.extend(reasons);
}

/// The days that the export gives, else those of the first and the last piece.
fn period(writer: &Writer<'_>) -> (Option<Date>, Option<Date>) {
    let day = |written: &str| moment(written).map(|moment| when::day(moment, &writer.zone));
    let given = writer.gathered.period.as_ref();
    let given = given.map(|(start, end)| (day(start), day(end)));
    let written =
        || writer.tree.entries.iter().filter_map(|entry| entry.piece.created.as_deref().and_then(day));
    match given {
        Some((Some(start), end)) => (Some(start), end.filter(|end| *end >= start)),
        Some((None, _)) | None => (written().min(), written().max()),
    }
}

/// What the export says in a few words, or what it holds, counted.
fn summary(writer: &Writer<'_>, about: &str, (start, end): (Option<Date>, Option<Date>)) -> String {
    let about = html::words(about);
    if !about.is_empty() && about.chars().count() <= SUMMARY {
        return about;
    }
    let mut census = census(writer);
    let last = census.pop().unwrap_or_else(|| "aucune contribution".to_owned());
    let census = if census.is_empty() { last } else { format!("{} et {last}", census.join(", ")) };
    let days = match (start, end) {
        (Some(start), Some(end)) if start != end => {
            format!(", du {} au {}", start.in_french(), end.in_french())
        }
        (Some(day), _) => format!(", le {}", day.in_french()),
        (None, _) => String::new(),
    };
    format!("{census}{days}, d’après l’export de la plateforme {}.", writer.gathered.platform)
}

/// One sentence for each thing that is known to be missing.
fn missing(writer: &Writer<'_>) -> Vec<String> {
    let gathered = writer.gathered;
    let mut out: Vec<String> = gathered.known_missing.iter().map(|said| said.fr.clone()).collect();
    if gathered.organiser.is_none() {
        out.push("Qui consultait : l’export ne le dit pas.".to_owned());
    }
    let withheld = writer.tree.entries.iter().filter(|entry| entry.withheld()).count() as u64;
    if withheld > 0 {
        out.push(format!(
            "Les mots de {} : seules restent leur place, leurs votes et l’empreinte de leur texte, sous la clé de la consultation.",
            counted(withheld, "contribution que la plateforme avait écartée", "contributions que la plateforme avait écartées")
        ));
    }
    if writer.undated > 0 {
        out.push(format!(
            "La date de {} : une réponse a ici celle de ce à quoi elle répond, un engagement celle du dernier jour de l’export.",
            counted(writer.undated, "réponse ou engagement", "réponses ou engagements")
        ));
    }
    let files: BTreeSet<_> = writer.report.missing_files.iter().chain(&gathered.missing_files).collect();
    if !files.is_empty() {
        out.push(format!(
            "{} : l’export n’en a pas de copie.",
            counted(
                files.len() as u64,
                "fichier ou image que la plateforme montrait",
                "fichiers ou images que la plateforme montrait"
            )
        ));
    }
    out
}

/// How many pieces of each kind the content has, in French words.
fn census(writer: &Writer<'_>) -> Vec<String> {
    let words = [
        (What::Proposal, "proposition", "propositions"),
        (What::Wording, "reformulation", "reformulations"),
        (What::Argument, "argument", "arguments"),
        (What::Source, "source", "sources"),
        (What::Comment, "commentaire", "commentaires"),
        (What::Reply, "réponse au questionnaire", "réponses au questionnaire"),
    ];
    let of = |what: What| writer.tree.entries.iter().filter(|entry| entry.piece.key.0 == what).count() as u64;
    let said = words.map(|(what, one, many)| (of(what), one, many));
    said.into_iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| counted(n, one, many)).collect()
}
