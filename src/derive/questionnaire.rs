//! What was answered to each question: every answer of a published contribution, read under the question's rule. What
//! does not fit is counted apart, never guessed.

use crate::model::answer::{self, Answer};
use crate::model::id::Id;
use crate::model::site::{Consultation, Question};

/// The answers to one question.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Answers {
    /// Answers that fit.
    pub valid: u64,
    /// Answers that do not.
    pub unfit: u64,
    /// How many chose each option; for an order, how many put it first.
    pub chosen: Vec<u64>,
    /// For an order: how many placed each option, and the sum of its places, from 1.
    pub placed: Vec<(u64, u64)>,
    /// For a number: the numbers, smallest first.
    pub numbers: Vec<f64>,
}

/// Counts the answers to every question of a consultation, in the order of its questions.
pub(super) fn answers(c: &Consultation) -> Vec<Answers> {
    c.questions.iter().map(|question| count(c, question)).collect()
}

fn count(c: &Consultation, question: &Question) -> Answers {
    let options: Vec<Id> = question.options.iter().map(|o| o.id.clone()).collect();
    let none = vec![0; options.len()];
    let mut found = Answers { chosen: none, placed: vec![(0, 0); options.len()], ..Answers::default() };
    let written = c.contributions.iter().filter_map(|x| x.published()).flat_map(|p| &p.answers);
    for (_, words) in written.filter(|(id, _)| *id == question.id) {
        let Some(answer) = answer::read(question.kind, &options, words) else {
            found.unfit += 1;
            continue;
        };
        found.valid += 1;
        match answer {
            Answer::One(at) => found.chosen[at] += 1,
            Answer::Several(places) => places.into_iter().for_each(|at| found.chosen[at] += 1),
            Answer::Ranked(places) => {
                if let Some(first) = places.first() {
                    found.chosen[*first] += 1;
                }
                for (rank, at) in places.into_iter().enumerate() {
                    let (count, sum) = &mut found.placed[at];
                    (*count, *sum) = (*count + 1, *sum + rank as u64 + 1);
                }
            }
            Answer::Number(number) => found.numbers.push(number),
            Answer::Free => {}
        }
    }
    found.numbers.sort_by(f64::total_cmp);
    found
}
