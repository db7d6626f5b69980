//! Questionnaires: one row a reply, one column a question.

use super::Export;
use super::cells::Cells;
use super::opinions::start;
use crate::import::platform::{Question, What};
use crate::model::choices::{ContributionKind, QuestionKind};

pub(super) fn reply(export: &mut Export, cells: &Cells<'_>) {
    let Some(mut piece) = start(export, cells, "", (What::Reply, ContributionKind::Answer, "reply")) else {
        return;
    };
    for (at, title) in cells.asked {
        if !export.gathered.questions.iter().any(|question| question.key == *title) {
            export.gathered.questions.push(Question {
                key: title.clone(),
                title: title.to_string(),
                kind: QuestionKind::Free,
                options: Vec::new(),
            });
        }
        let words = cells.row.at(*at);
        if !words.is_empty() {
            piece.answers.push((title.clone(), vec![words.to_owned()]));
        }
    }
    export.gathered.pieces.push(piece);
}
