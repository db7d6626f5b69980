//! Answers to the questionnaire: to questions that exist, in a form that fits them.

use super::ids;
use super::scope::Scope;
use crate::diag::Code;
use crate::model::answer;
use crate::model::id::Id;
use crate::model::site::Question;
use crate::parse::records::contribution::ContributionRecord;
use crate::say;
use crate::source::Spanned;

/// The answers of a contribution, by question. One that names no question of the consultation is told.
pub(super) fn answers(
    scope: &mut Scope<'_>,
    questions: &[Question],
    record: &ContributionRecord,
) -> Vec<(Id, Box<str>)> {
    let Some(answers) = &record.answers else { return Vec::new() };
    let index = ids::index(questions.iter().map(|q| &q.id));
    let mut out = Vec::new();
    for (key, answer) in &answers.value.0 {
        let Some(id) = Id::new(&key.value) else {
            let words = &key.value;
            scope.report(
                Code::G018,
                key.span,
                say!("il n’y a pas de question « {words} »", "there is no question “{words}”"),
            );
            continue;
        };
        let found = index.find(scope, &Spanned::new(id.clone(), key.span), "question", "question");
        if let Some(question) = found.and_then(|at| questions.get(at)) {
            fits(scope, question, answer);
            out.push((id, answer.value.clone()));
        }
    }
    out
}

/// An answer that does not fit is published, and not counted: the person did answer something.
fn fits(scope: &mut Scope<'_>, question: &Question, answer: &Spanned<Box<str>>) {
    let options: Vec<Id> = question.options.iter().map(|o| o.id.clone()).collect();
    if answer::read(question.kind, &options, &answer.value).is_none() {
        let (id, kind) = (&question.id, question.kind.as_str());
        scope.report(
            Code::G043,
            answer.span,
            say!(
                "cette réponse ne convient pas à la question « {id} » ({kind})",
                "this answer does not fit the question “{id}” ({kind})"
            ),
        );
    }
}
