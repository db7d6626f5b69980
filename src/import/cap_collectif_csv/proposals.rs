//! Calls for proposals and participatory budgets: proposals with their form's fields, and comments. Every row repeats its
//! proposal's columns; they are read on the proposal's own.

use super::Export;
use super::cells::Cells;
use super::opinions::start;
use crate::import::platform::{Answer, Votes, What, Words};
use crate::model::choices::ContributionKind;
use crate::say;

pub(super) fn proposal(export: &mut Export, cells: &Cells<'_>) {
    let Some(mut piece) =
        start(export, cells, "proposal_", (What::Proposal, ContributionKind::Proposal, "proposal"))
    else {
        return;
    };
    piece.title = cells.words("proposal_title");
    piece.body = Words::guess(cells.get("proposal_description"));
    piece.url = cells.words("proposal_link");
    piece.category = export.category(cells.get("proposal_category_name"));
    piece.themes.extend(cells.words("proposal_theme_title"));
    piece.about = cells.words("proposal_district_name");
    piece.votes = Votes { r#for: cells.count("proposal_votes_total_count"), ..Votes::default() };
    piece.attachments.extend(cells.words("proposal_illustration"));
    let fields = [
        ("Résumé", "proposal_summary"),
        ("Estimation", "proposal_estimation"),
        ("Statut", "proposal_status_name"),
    ];
    for (title, key) in fields {
        if let Some(words) = cells.find(key) {
            piece.appendices.push((title.to_owned(), Words::guess(words)));
        }
    }
    for (at, question) in cells.asked {
        let words = cells.row.at(*at);
        let files: Vec<&str> = words.split(", ").map(str::trim).collect();
        if files.iter().all(|file| file.starts_with("http://") || file.starts_with("https://")) {
            piece.attachments.extend(files.into_iter().map(str::to_owned));
        } else if !words.is_empty() {
            piece.appendices.push((question.to_string(), Words::guess(words)));
        }
    }
    if let Some(words) = cells.find("proposal_official_response") {
        let twice =
            export.gathered.answers.iter().any(|a| a.to.contains(&piece.key) && a.body.raw() == words);
        if !twice {
            export.gathered.answers.push(Answer {
                place: cells.place().clone(),
                to: vec![piece.key.clone()],
                author: None,
                date: None,
                decision: None,
                body: Words::guess(words),
            });
        }
    }
    export.gathered.pieces.push(piece);
}

pub(super) fn comment(export: &mut Export, cells: &Cells<'_>) {
    let group = "proposal_comments_";
    let Some(mut piece) = start(export, cells, group, (What::Comment, ContributionKind::Comment, "comment"))
    else {
        return;
    };
    piece.body = Words::guess(cells.get("proposal_comments_body"));
    let up = cells.id("proposal_comments_parent").map(|id| (What::Comment, id));
    piece.parent = up.or_else(|| cells.id("proposal_id").map(|id| (What::Proposal, id)));
    if piece.parent.is_none() {
        piece.changed.insert(say!(
            "l’export ne dit pas ce qu’il commente",
            "the export does not say what it comments on"
        ));
    }
    export.gathered.pieces.push(piece);
}
