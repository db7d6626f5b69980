//! `consultation.yaml` and `index.md`: what the export says of itself. Dates are those of the first and the last
//! record; every number in a sentence is counted from the records; what is missing is said.

use super::convert::{Convert, date};
use crate::import::content::{Fields, UNSTATED, counted};
use crate::model::when::Date;
use crate::yaml::write::Out;

/// What is known of a consultation whose export does not name itself.
struct Known {
    host: &'static str,
    title: &'static str,
    retrieved: &'static str,
}

/// The French government's consultation of 2015, read from the platform's API on 18 October 2015 (the repository
/// that published the export says so).
const KNOWN: [Known; 1] = [Known {
    host: "https://www.republique-numerique.fr",
    title: "Projet de loi pour une République numérique",
    retrieved: "2015-10-18",
}];

/// Above this many contributions, pages are spread over sub-folders.
const SPREAD_ABOVE: u64 = 5_000;

fn known(convert: &Convert<'_>) -> Option<&'static Known> {
    KNOWN.iter().find(|k| k.host == convert.base)
}

/// The consultation's title: the caller's, the one that is known, or the project's name in the old addresses.
pub(super) fn title(convert: &Convert<'_>) -> String {
    let given = convert.options.title.as_deref().or_else(|| known(convert).map(|k| k.title));
    given.map_or_else(|| convert.text.as_str().replace('-', " "), ToOwned::to_owned)
}

/// What was counted.
struct Census {
    articles: u64,
    proposals: u64,
    withheld: u64,
    r#for: u64,
    against: u64,
    sources: u64,
    wordings: u64,
    lost: u64,
    wording_arguments: u64,
    wording_sources: u64,
    voters: u64,
    votes: u64,
    start: String,
    end: String,
}

fn census(convert: &Convert<'_>) -> Census {
    let export = convert.export;
    let opinions = || export.opinions.values().map(|o| &o.record);
    let wordings = || {
        export.listing.values().map(|l| &l.record).filter(|l| l.parent.is_some() && &*l.kind != "proposition")
    };
    let arguments =
        |side| opinions().flat_map(|o| &o.parts.arguments).filter(|a| a.record.side == side).count() as u64;
    let days = opinions().flat_map(|o| {
        let arguments = o.parts.arguments.iter().map(|a| &a.record.created_at);
        let sources = o.parts.sources.iter().map(|s| &s.record.created_at);
        [&o.created_at].into_iter().chain(arguments).chain(sources)
    });
    let days: std::collections::BTreeSet<String> =
        days.filter_map(|d| date(d).get(..10).map(ToOwned::to_owned)).collect();
    let articles = convert.articles.len() as u64;
    let found = |l: &super::read::Listed| {
        let number = l.id.strip_prefix('v').and_then(|n| n.parse::<u64>().ok());
        number.and_then(|n| export.versions.get(&n)).is_some_and(|v| v.record.body.is_some())
    };
    Census {
        articles,
        proposals: export.opinions.len() as u64 - articles,
        withheld: opinions().filter(|o| o.is_trashed).count() as u64,
        r#for: arguments(1),
        against: arguments(0),
        sources: opinions().map(|o| o.parts.sources.len() as u64).sum(),
        wordings: wordings().count() as u64,
        lost: wordings().filter(|l| !found(l)).count() as u64,
        wording_arguments: wordings().map(|l| l.arguments).sum(),
        wording_sources: wordings().map(|l| l.sources).sum(),
        voters: opinions().map(|o| o.parts.voters.len() as u64).sum(),
        votes: opinions().map(|o| o.votes_ok + o.votes_mitige + o.votes_nok).sum(),
        start: days.first().cloned().unwrap_or_default(),
        end: days.last().cloned().unwrap_or_default(),
    }
}

/// Writes both files.
pub(super) fn consultation(convert: &mut Convert<'_>) {
    let census = census(convert);
    let organiser = convert.people.organiser().unwrap_or("Organisateur").to_owned();
    let phase = Fields::new()
        .text("kind", "contribution")
        .text("title", "Contributions en ligne")
        .text("start", &*census.start)
        .text("end", &*census.end);
    let categories = convert
        .sections
        .values()
        .map(|c| Fields::new().text("id", c.id.as_str()).text("title", &*c.title).item());
    let categories: Vec<Out> = categories.collect();
    let missing: Vec<Out> = missing(convert, &census).into_iter().map(Out::text).collect();
    let host = convert.base.split("://").nth(1).unwrap_or("").to_owned();
    let origin = Fields::new()
        .text(
            "platform",
            if host.is_empty() { "Cap Collectif".to_owned() } else { format!("Cap Collectif ({host})") },
        )
        .text("url", &*convert.base)
        .text("retrieved", known(convert).map_or("", |k| k.retrieved));
    let summary = summary(&census);
    let mut fields = Fields::new()
        .text("title", title(convert))
        .text("summary", summary)
        .map("organiser", Fields::new().text("name", organiser))
        .text("language", "fr")
        .list("phases", vec![phase.item()])
        .list("categories", categories)
        .text("authors", "pseudonym");
    if census.withheld > 0 {
        let reason = Fields::new().text("id", UNSTATED).text("title", "Motif non indiqué par l’export").text(
            "summary",
            "La plateforme avait mis cette contribution à la corbeille ; son export ne dit ni pourquoi, ni quand, ni qui l’a décidé.",
        );
        fields = fields.map("moderation", Fields::new().list("reasons", vec![reason.item()]));
    }
    fields = fields.text("timezone", "Europe/Paris");
    let everything = census.proposals + census.r#for + census.against + census.sources + census.wordings;
    if everything > SPREAD_ABOVE {
        fields = fields.plain("spread", true);
    }
    let fields = fields.list("known_missing", missing).map("origin", origin);
    convert.folder.put("consultation.yaml", fields.yaml());
    // The summary stands on the same page already.
    let body = "Les contributions ont été reprises de l’export de la plateforme d’origine. Leurs auteurs paraissent sous un pseudonyme, \
                le même pour toutes les contributions d’une personne. Ce que l’export ne contenait pas est dit sur la page des données.";
    convert.folder.put("index.md", Fields::new().text("title", "Présentation").markdown(body));
}

fn summary(census: &Census) -> String {
    let articles = counted(census.articles, "article mis", "articles mis");
    let proposals = counted(census.proposals, "proposition", "propositions");
    let wordings = counted(census.wordings, "reformulation suggérée", "reformulations suggérées");
    let arguments = counted(census.r#for + census.against, "argument", "arguments");
    let sources = counted(census.sources, "source", "sources");
    let votes = counted(census.votes, "vote déclaré", "votes déclarés");
    let (start, end) = (day(&census.start), day(&census.end));
    format!(
        "{articles} en consultation en ligne, du {start} au {end} : {proposals}, {wordings}, {arguments}, {sources} et {votes} sur les articles et les propositions."
    )
}

/// `2015-09-26` → `26 septembre 2015`; what is no day stays as it is.
fn day(written: &str) -> String {
    Date::parse(written).map_or_else(|| written.to_owned(), Date::in_french)
}

/// One sentence for each thing that is known to be missing.
fn missing(convert: &Convert<'_>, census: &Census) -> Vec<String> {
    let mut out = vec![format!(
        "Les totaux de votes sont ceux que la plateforme déclarait : les bulletins ne sont pas dans l’export, et aucun recomptage n’est possible{}.",
        match census.voters {
            0 => String::new(),
            n => format!(
                ". Sur {}, l’export donne {} ; aucun n’est repris",
                counted(census.votes, "vote", "votes"),
                counted(n, "nom de votant", "noms de votants")
            ),
        }
    )];
    if census.lost > 0 {
        out.push(format!(
            "Les mots de {} sont perdus : leur titre, le pseudonyme de leur auteur et leurs votes sont tout ce qui en reste. Leurs dates manquent aussi.",
            counted(census.lost, "reformulation suggérée", "reformulations suggérées")
        ));
    }
    if census.wording_arguments + census.wording_sources > 0 {
        out.push(format!(
            "La plateforme annonçait {} et {} sur les reformulations : l’export ne les contient pas.",
            counted(census.wording_arguments, "argument", "arguments"),
            counted(census.wording_sources, "source", "sources")
        ));
    }
    if convert.export.unreadable > 0 {
        out.push(format!(
            "{} de l’export sont vides ou illisibles : rien ne dit ce que la plateforme avait à ces numéros.",
            counted(convert.export.unreadable, "fichier", "fichiers")
        ));
    }
    if census.withheld > 0 {
        out.push(format!(
            "{} à la corbeille de la plateforme : seules restent leur place, leurs votes et l’empreinte de leur texte (HMAC-SHA-256 du HTML d’origine, sous la clé de la consultation). Le motif et la date de la décision ne sont pas dans l’export.",
            counted(census.withheld, "proposition était", "propositions étaient")
        ));
    }
    out.extend(miscounted(convert));
    if !convert.report.missing_files.is_empty() {
        let images: std::collections::BTreeSet<_> = convert.report.missing_files.iter().collect();
        out.push(format!(
            "{} dans les textes : l’export n’en a pas de copie, un lien vers l’adresse d’origine les remplace.",
            counted(images.len() as u64, "image figurait", "images figuraient")
        ));
    }
    out
}

/// Proposals whose declared number of rewordings is not the number listed.
fn miscounted(convert: &Convert<'_>) -> Vec<String> {
    let export = convert.export;
    let mut out = Vec::new();
    for opinion in export.opinions.values().map(|o| &o.record) {
        let Some(own) = export.listing.get(&*format!("o{}", opinion.id)) else { continue };
        let listed =
            export.listing.values().filter(|l| l.record.parent.as_ref() == Some(&own.record.id_str)).count()
                as u64;
        if listed != opinion.versions_count {
            let name = match convert.articles.get(&opinion.id) {
                Some(number) => format!("l’article {number}"),
                None => format!("la proposition o{}", opinion.id),
            };
            out.push(format!(
                "La plateforme annonçait {} sur {name}, le second relevé en liste {listed} : toutes celles du relevé sont ici.",
                counted(opinion.versions_count, "reformulation", "reformulations"),
            ));
        }
    }
    out
}
