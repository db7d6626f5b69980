//! The texts that amendments are about. The export has their references and not their words: each becomes a text of one
//! version whose articles are those that amendments and roll calls name, each with one paragraph that says where its
//! words are published.

use super::amendments::{article, day};
use super::convert::{Convert, SITE};
use super::words::{Reference, order};
use crate::import::content::Fields;
use crate::model::document::article_key;
use crate::model::id::Id;
use std::collections::BTreeMap;

/// An article: its number and where its words are published.
type Articles = BTreeMap<Box<str>, (String, Option<String>)>;

/// Writes the texts, unless the consultation has one under the id asked for.
pub(super) fn texts(convert: &mut Convert<'_>) {
    let texts: Vec<(&str, Id)> = convert.texts.iter().map(|(r, id)| (*r, id.clone())).collect();
    for (reference, id) in texts {
        let asked = convert.options.text.as_ref().and_then(|t| t.id.as_ref());
        if !convert.is_there(asked) {
            text(convert, reference, &id);
        }
    }
}

fn text(convert: &mut Convert<'_>, reference: &str, id: &Id) {
    let read = Reference::of(reference);
    let of =
        convert.export.amendments.iter().map(|a| &a.record).filter(|a| a.texte_legislatif_ref == reference);
    let first = of.map(|a| day(a.cycle_de_vie.date_depot.as_deref())).filter(|d| !d.is_empty()).min();
    let short = format!("{} n° {}", kind(read.kind), read.number);
    let subject = convert.links.titles.get(reference);
    let title = subject.and_then(|s| s.title.as_deref()).map_or_else(|| short.clone(), capital);
    let stage = subject.and_then(|s| s.stage.as_deref()).map(|s| format!(" ({s})")).unwrap_or_default();
    let (state, name) = match (read.committee, read.tabled) {
        (true, _) => ("committee", "Texte de la commission, discuté en séance"),
        (false, true) => ("tabled", "Texte déposé, discuté en séance"),
        (false, false) => ("other", "Texte discuté"),
    };
    let version = Fields::new()
        .text("id", convert.version())
        .text("title", format!("{name}{stage}"))
        .text("date", first.unwrap_or_default())
        .text("stage", state);
    let fields = Fields::new()
        .text("kind", if read.kind == "PNRE" { "resolution" } else { "bill" })
        .text("title", title)
        .text("short_title", short)
        .text(
            "summary",
            "Les données de l’Assemblée nationale donnent les amendements et les scrutins, non les mots de ce texte : ses articles sont nommés ici sans être reproduits. La date de la version est celle du premier amendement déposé.",
        )
        .list("versions", vec![version.item()]);
    let document = document(&articles(convert, reference), reference);
    convert.folder.put(&format!("texts/{id}/text.yaml"), fields.yaml());
    let path = format!("texts/{id}/{}.md", convert.version());
    convert.folder.put(&path, document);
}

/// The articles that are named, in the order of a text.
fn articles(convert: &Convert<'_>, reference: &str) -> Vec<(String, Option<String>)> {
    let mut found = Articles::new();
    for amendment in convert.export.amendments.iter().map(|a| &a.record) {
        let division = &amendment.pointeur_fragment_texte.division;
        if amendment.texte_legislatif_ref == reference
            && let Some(article) = article(division)
            && let Some(key) = article_key(&article)
        {
            let place = found.entry(key).or_insert((article, None));
            place.1 = place.1.take().or_else(|| division.url_division_texte_vise.clone());
        }
    }
    for decision in convert.links.decisions.iter().filter(|d| d.text.as_deref() == Some(reference)) {
        if let Some(article) = decision.article()
            && let Some(key) = article_key(article)
        {
            found.entry(key).or_insert_with(|| (article.to_owned(), None));
        }
    }
    let mut articles: Vec<_> = found.into_values().collect();
    articles.sort_by_key(|(number, _)| order(number));
    articles
}

fn document(articles: &[(String, Option<String>)], reference: &str) -> String {
    let one = |(number, place): &(String, Option<String>)| {
        let place = place.as_deref().filter(|p| p.starts_with('/') && !p.contains([' ', ')']));
        let words = match place {
            Some(place) => format!(
                "Les mots de cet article ne sont pas dans l’export ; [l’Assemblée nationale les publie]({SITE}{place})."
            ),
            None => "Les mots de cet article ne sont pas dans l’export.".to_owned(),
        };
        format!("## Article {number}\n\n{words}")
    };
    let body = articles.iter().map(one).collect::<Vec<_>>().join("\n\n");
    if body.is_empty() {
        format!("Texte {reference} : aucun article n’est nommé.\n")
    } else {
        format!("{body}\n")
    }
}

fn kind(kind: &str) -> &'static str {
    match kind {
        "PION" => "Proposition de loi",
        "PRJL" => "Projet de loi",
        "PNRE" => "Proposition de résolution",
        _ => "Texte",
    }
}

/// With a capital letter.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
