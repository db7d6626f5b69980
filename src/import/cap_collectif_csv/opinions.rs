//! Consultations: opinions and what hangs on them. What an argument is about stands in `related_id`: an opinion or a
//! version, told apart by what the export holds when everything is read.

use super::Export;
use super::cells::Cells;
use crate::import::names::fold;
use crate::import::platform::{Key, Piece, Votes, What, Words};
use crate::model::choices::{ContributionKind, Position};
use crate::say;

/// Gives the place of the piece among those gathered.
pub(super) fn opinion(export: &mut Export, cells: &Cells<'_>) -> Option<usize> {
    let mut piece = start(export, cells, "", (What::Proposal, ContributionKind::Proposal, "proposal"))?;
    piece.title = cells.words("title");
    piece.body = Words::guess(cells.get("body_text"));
    piece.url = cells.words("url");
    piece.category = export.category(cells.get("section_title"));
    piece.votes = votes(cells, "");
    if let Some(title) = cells.find("consultation_title")
        && !["defaut", "default"].contains(&fold(title).as_str())
    {
        export.gathered.title.get_or_insert_with(|| title.to_owned());
    }
    export.gathered.pieces.push(piece);
    Some(export.gathered.pieces.len() - 1)
}

/// Something attached to an opinion: the one of the row, else the last one above.
pub(super) fn context(export: &mut Export, cells: &Cells<'_>, above: Option<usize>) {
    let own = cells.id("id").map(|id| (What::Proposal, id));
    let pieces = &mut export.gathered.pieces;
    let at = own.and_then(|key| pieces.iter().position(|piece| piece.key == key)).or(above);
    let words = cells.get("context_element_body_text");
    match at.and_then(|at| pieces.get_mut(at)) {
        Some(piece) if !words.is_empty() => {
            let entry = (cells.get("context_element_title").to_owned(), Words::guess(words));
            if !piece.appendices.contains(&entry) {
                piece.appendices.push(entry);
            }
            export.gathered.keep("context", 1);
        }
        Some(_) => export.gathered.skip("context", cells.place(), say!("vide", "empty")),
        None => export.gathered.skip(
            "context",
            cells.place(),
            say!("ne dit pas à quoi il se rattache", "does not say what it hangs on"),
        ),
    }
}

pub(super) fn version(export: &mut Export, cells: &Cells<'_>) {
    let Some(mut piece) =
        start(export, cells, "versions_", (What::Wording, ContributionKind::Wording, "wording"))
    else {
        return;
    };
    piece.title = cells.words("versions_title");
    piece.body = Words::guess(cells.get("versions_body_text"));
    piece.url = cells.words("versions_url");
    piece.votes = votes(cells, "versions_");
    piece.parent = cells.id("versions_related_id").or_else(|| cells.id("id")).map(|id| (What::Proposal, id));
    if let Some(words) = cells.find("versions_explanation") {
        piece.appendices.push(("Explication".to_owned(), Words::guess(words)));
    }
    export.gathered.pieces.push(piece);
}

pub(super) fn argument(export: &mut Export, cells: &Cells<'_>) {
    let Some(mut piece) =
        start(export, cells, "arguments_", (What::Argument, ContributionKind::Argument, "argument"))
    else {
        return;
    };
    piece.body = Words::guess(cells.get("arguments_body"));
    piece.url = cells.words("arguments_url");
    piece.parent = related(cells, "arguments_");
    piece.votes = Votes { r#for: cells.count("arguments_votes_count"), ..Votes::default() };
    piece.position = side(cells.get("arguments_type"));
    if piece.position.is_none() {
        let word = cells.get("arguments_type");
        piece.changed.insert(say!("position inconnue : « {word} »", "unknown position: “{word}”"));
    }
    export.gathered.pieces.push(piece);
}

pub(super) fn source(export: &mut Export, cells: &Cells<'_>) {
    // The whole and the simplified tables of some exports have rows of sources without any of their columns.
    let Some(mut piece) =
        start(export, cells, "sources_", (What::Source, ContributionKind::Source, "source"))
    else {
        return;
    };
    piece.title = cells.words("sources_title");
    piece.body = Words::guess(cells.get("sources_body"));
    piece.link = cells.words("sources_link");
    piece.url = cells.words("sources_url");
    piece.parent = related(cells, "sources_");
    piece.votes = Votes { r#for: cells.count("sources_votes_count"), ..Votes::default() };
    export.gathered.pieces.push(piece);
}

/// Who wrote, when, and what became of it.
pub(super) fn start(
    export: &mut Export,
    cells: &Cells<'_>,
    group: &str,
    (what, kind, word): (What, ContributionKind, &'static str),
) -> Option<Piece> {
    let Some(id) = cells.id(&format!("{group}id")) else {
        let reason = say!(
            "sans identifiant : la table n’en a que l’annonce",
            "without an id: the table only names it"
        );
        export.gathered.skip(word, cells.place(), reason);
        return None;
    };
    let mut piece = Piece::new((what, id), kind, word, cells.place().clone());
    piece.author = cells.person(group);
    let written = cells.words(&format!("{group}created_at"));
    piece.created = written.or_else(|| cells.words(&format!("{group}published_at")));
    piece.updated = cells.words(&format!("{group}updated_at"));
    piece.moderated = cells.moderated(group);
    Some(piece)
}

/// What hangs on what: a version when the row says so, else an opinion.
fn related(cells: &Cells<'_>, group: &str) -> Option<Key> {
    let id = cells.id(&format!("{group}related_id"))?;
    let kind = fold(cells.get(&format!("{group}related_kind")));
    let what = if kind.contains("version") { What::Wording } else { What::Proposal };
    Some((what, id))
}

/// For or against, in the words of either generation.
pub(super) fn side(word: &str) -> Option<Position> {
    let folded = fold(word);
    let last = folded.rsplit(['.', '_', ' ']).next().unwrap_or("");
    match last {
        "for" | "pour" | "1" | "yes" | "oui" => Some(Position::For),
        "against" | "contre" | "0" | "no" | "non" => Some(Position::Against),
        _ => None,
    }
}

fn votes(cells: &Cells<'_>, group: &str) -> Votes {
    let count = |word: &str| cells.count(&format!("{group}votes_count_{word}"));
    Votes { r#for: count("ok"), mixed: count("mitige"), against: count("nok") }
}
