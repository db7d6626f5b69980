//! Proposals and debates, and what is said of them elsewhere: tags, areas, news of a proposal's author.

use super::Export;
use super::cells::Cells;
use crate::import::platform::{Key, Piece, What, Words};
use crate::model::choices::ContributionKind;
use crate::model::id::dashed;
use crate::say;

pub(super) fn proposal(export: &mut Export, cells: Cells<'_>) {
    piece(export, cells, ("Proposal", "proposal", "proposals"));
}

pub(super) fn debate(export: &mut Export, cells: Cells<'_>) {
    piece(export, cells, ("Debate", "debate", "debates"));
}

/// The key of what a type and a number name; `None` for what no file of the open data holds.
pub(super) fn key(kind: &str, id: &str) -> Option<Key> {
    match kind {
        "Proposal" => Some((What::Proposal, id.into())),
        // Proposals and debates share numbers.
        "Debate" => Some((What::Proposal, format!("debate-{id}").into())),
        "Comment" => Some((What::Comment, id.into())),
        _ => None,
    }
}

fn piece(export: &mut Export, cells: Cells<'_>, (kind, word, folder): (&str, &'static str, &str)) {
    let place = cells.row.place.clone();
    let id = cells.id(&["id"]);
    let Some((id, key)) = id.and_then(|id| key(kind, &id).map(|key| (id, key))) else {
        return export.gathered.skip(word, &place, say!("sans numéro", "without a number"));
    };
    let mut piece = Piece::new(key.clone(), ContributionKind::Proposal, word, place);
    piece.title = cells.words(&["title"]);
    piece.body =
        body(cells.find(&["summary"]).unwrap_or(""), cells.find(&["description", "text"]).unwrap_or(""));
    piece.created = cells.created();
    piece.author = cells.author();
    piece.votes = cells.votes();
    piece.url = address(export.site.as_deref(), cells.find(&["url"]), (folder, &id), piece.title.as_deref());
    piece.themes = ["proceeding", "sub_proceeding"].iter().filter_map(|key| cells.words(&[key])).collect();
    let (link, video) = (cells.words(&["external_url"]), cells.words(&["video_url"]));
    match (link, video) {
        (Some(link), Some(video)) => {
            piece.link = Some(link);
            piece.appendices.push(("Vidéo".to_owned(), Words::Plain(video)));
        }
        (link, video) => piece.link = link.or(video),
    }
    let retired = ["retired_at", "retired_reason", "retired_explanation"].map(|key| cells.find(&[key]));
    if retired.iter().any(Option::is_some) {
        let words: Vec<&str> = retired.into_iter().flatten().collect();
        piece.appendices.push(("Retrait par son auteur".to_owned(), Words::Plain(words.join("\n\n"))));
    }
    if let Some(status) = cells.find(&["status"]).filter(|status| !["open", "published"].contains(status)) {
        piece.appendices.push(("Statut".to_owned(), Words::Plain(status.to_owned())));
    }
    if let Some(zone) = cells.id(&["geozone_id"]) {
        export.zoned.push((key, zone));
    }
    export.gathered.pieces.push(piece);
}

/// The summary, then the words; a summary that the words begin with is said once.
fn body(summary: &str, words: &str) -> Words {
    if words.is_empty() || summary == words {
        return Words::guess(summary);
    }
    match Words::guess(words) {
        words if summary.is_empty() => words,
        Words::Html(html) => {
            let summary = summary.replace('&', "&amp;").replace('<', "&lt;");
            Words::Html(format!("<p>{summary}</p>{html}"))
        }
        Words::Plain(words) if words.starts_with(summary) => Words::Plain(words),
        Words::Plain(words) => Words::Plain(format!("{summary}\n\n{words}")),
    }
}

/// The address of a page of the site: the export's, or the number and the title, as CONSUL makes it.
fn address(
    site: Option<&str>,
    written: Option<&str>,
    (folder, id): (&str, &str),
    title: Option<&str>,
) -> Option<String> {
    match (site, written) {
        (_, Some(url)) if url.starts_with("http://") || url.starts_with("https://") => Some(url.to_owned()),
        (Some(site), Some(path)) => Some(format!("{site}/{}", path.trim_start_matches('/'))),
        (Some(site), None) => {
            let title = title.map(|title| format!("-{}", dashed(title))).unwrap_or_default();
            Some(format!("{site}/{folder}/{id}{title}"))
        }
        (None, Some(_) | None) => None,
    }
}

pub(super) fn tag(export: &mut Export, cells: Cells<'_>) {
    if let (Some(id), Some(name)) = (cells.id(&["id"]), cells.words(&["name"])) {
        export.tags.insert(id, name);
        export.gathered.keep("tag", 1);
    } else {
        let reason = say!(
            "sans numéro : rien ne dit ce qu’elle marque",
            "without a number: nothing says what it marks"
        );
        export.gathered.skip("tag", &cells.row.place, reason);
    }
}

pub(super) fn tagging(export: &mut Export, cells: Cells<'_>) {
    let on =
        cells.find(&["taggable_type"]).zip(cells.id(&["taggable_id"])).and_then(|(kind, id)| key(kind, &id));
    match (on, cells.id(&["tag_id"])) {
        (Some(on), Some(tag)) => {
            export.tagged.push((on, tag));
            export.gathered.keep("tagging", 1);
        }
        (Some(_) | None, _) => {
            let reason = say!("ne marque ni proposition ni débat", "marks neither a proposal nor a debate");
            export.gathered.skip("tagging", &cells.row.place, reason);
        }
    }
}

pub(super) fn zone(export: &mut Export, cells: Cells<'_>) {
    if let (Some(id), Some(name)) = (cells.id(&["id"]), cells.words(&["name"])) {
        export.zones.insert(id, name);
        export.gathered.keep("area", 1);
    } else {
        export.gathered.skip("area", &cells.row.place, say!("sans nom", "without a name"));
    }
}

pub(super) fn news(export: &mut Export, cells: Cells<'_>) {
    let on = cells.id(&["proposal_id"]).and_then(|id| key("Proposal", &id));
    match (on, cells.words(&["title"])) {
        (Some(on), Some(title)) => {
            export.news.push((on, title, cells.words(&["body"]).unwrap_or_default()));
            export.gathered.keep("news", 1);
        }
        (Some(_) | None, _) => {
            export.gathered.skip(
                "news",
                &cells.row.place,
                say!("sans proposition ni titre", "without a proposal or a title"),
            );
        }
    }
}
