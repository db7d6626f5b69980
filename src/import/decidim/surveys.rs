//! Answers to surveys, in the two forms that exports give: a row a person with a column a question (`2. What else?`), or
//! a row an answer with the question in a cell. Every question is free: the export does not say which were closed.

use super::entity::Entity;
use super::gather::Reader;
use super::sheet::Record;
use super::{cell, entity};
use crate::import::platform::{Piece, Question, What};
use crate::import::report::Fate;
use crate::model::choices::{ContributionKind, QuestionKind};
use crate::say;
use std::collections::BTreeMap;

/// Reads the surveys.
pub(super) fn surveys(reader: &mut Reader<'_>) {
    let records = reader.take(Entity::Surveys);
    let mut replies: BTreeMap<Box<str>, usize> = BTreeMap::new();
    for record in records {
        // `12_34`: the answer's number, then the account's.
        let id = record.find("id").or(record.first()).unwrap_or_default();
        let (own, account) = id.split_once('_').map_or((id, None), |(own, account)| (own, Some(account)));
        let key: Box<str> = own.chars().take(16).collect();
        let answers = answers(reader, &record);
        let at = replies.get(&key).copied().filter(|_| record.has("question"));
        if let Some(at) = at {
            // The questions of one person, a row each.
            reader.out.pieces[at].answers.extend(answers);
            let why = say!(
                "réponse à une autre question de la même personne",
                "the same person's answer to another question"
            );
            reader.out.settle("reply", record.place(), Fate::Merged, Some(why));
            continue;
        }
        let place = record.place().clone();
        let mut piece = Piece::new((What::Reply, key.clone()), ContributionKind::Answer, "reply", place);
        piece.author.account = account.map(Into::into);
        let created = record.find("created_at").or_else(|| record.cells().find(|cell| is_moment(cell)));
        piece.created = created.map(Into::into);
        piece.answers = answers;
        replies.insert(key, reader.out.pieces.len());
        reader.out.pieces.push(piece);
    }
}

type Answers = Vec<(Box<str>, Vec<String>)>;

/// The answers of a row; their questions are noted in order.
fn answers(reader: &mut Reader<'_>, record: &Record<'_>) -> Answers {
    let mut out: Answers = Vec::new();
    let mut note = |title: &str, words: &str| {
        let title = cell::title(title);
        let known = reader.out.questions.iter().find(|question| question.title == title);
        let key =
            known.map_or_else(|| (reader.out.questions.len() + 1).to_string().into(), |q| q.key.clone());
        if known.is_none() {
            let kind = QuestionKind::Free;
            reader.out.questions.push(Question { key: key.clone(), title, kind, options: Vec::new() });
        }
        if !words.is_empty() {
            out.push((key, vec![words.to_owned()]));
        }
    };
    if let Some(question) = record.find("question") {
        let title = entity::question(question).unwrap_or(question);
        note(title, record.find("body").unwrap_or_default());
        return out;
    }
    for (name, words) in record.pairs() {
        if let Some(title) = entity::question(name) {
            note(title, words);
        }
    }
    out
}

/// `2024-03-01 08:30:00 UTC`: names of the first columns are in the platform's language.
fn is_moment(cell: &str) -> bool {
    let day = cell.get(..10).unwrap_or_default();
    cell.len() >= 19
        && day.bytes().zip(b"0000-00-00").all(|(b, p)| if *p == b'0' { b.is_ascii_digit() } else { b == *p })
}
