//! The questionnaire's results: for each question, what was answered, counted from the published contributions.

use super::Head;
use super::context::Context;
use crate::derive::DerivedConsultation;
use crate::derive::questionnaire::Answers;
use crate::derive::tally::share;
use crate::model::choices::{Provenance, QuestionKind};
use crate::model::site::{Consultation, Question};
use crate::opendata::Csv;
use serde::Serialize;

/// The results.
#[derive(Debug, Serialize)]
pub struct QuestionnaireView {
    /// What every view begins with.
    pub head: Head,
    /// Published contributions that answer at least one question.
    pub respondents: u64,
    /// How the numbers were obtained.
    pub provenance: Provenance,
    /// The questions in their order.
    pub questions: Vec<QuestionView>,
    /// The table of all answers, when there is any.
    pub answers: Option<String>,
}

/// A question and its answers.
#[derive(Debug, Serialize)]
pub struct QuestionView {
    /// Its id, and its fragment.
    pub id: String,
    /// The question.
    pub title: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// Answers that fit.
    pub valid: u64,
    /// Answers that do not, and are not counted.
    pub unfit: u64,
    /// What each option received; an order's best first.
    pub options: Vec<OptionView>,
    /// For a number.
    pub numbers: Option<NumbersView>,
}

/// What an option received.
#[derive(Debug, Serialize)]
pub struct OptionView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How many chose it; for an order, how many put it first.
    pub count: u64,
    /// Their share of the answers that fit, in per cent.
    pub share: f64,
    /// For an order: its mean place among those who placed it, from 1, to two decimals.
    pub mean_rank: Option<f64>,
    /// For an order: how many placed it.
    pub placed: Option<u64>,
}

/// Numbers that were answered.
#[derive(Debug, Serialize)]
pub struct NumbersView {
    /// The smallest.
    pub smallest: f64,
    /// Half are no greater.
    pub median: f64,
    /// Their mean, to two decimals.
    pub mean: f64,
    /// The greatest.
    pub greatest: f64,
}

/// Makes the page of the results.
pub fn questionnaire(context: &Context<'_>, c: &Consultation, d: &DerivedConsultation) -> QuestionnaireView {
    let answered =
        |x: &&crate::model::site::Contribution| x.published().is_some_and(|p| !p.answers.is_empty());
    let respondents = c.contributions.iter().filter(answered).count() as u64;
    QuestionnaireView {
        head: context.head("questionnaire", context.words(&c.title), context.words(&c.summary)),
        respondents,
        provenance: Provenance::Counted,
        questions: c.questions.iter().zip(&d.answers).map(|(q, a)| question(context, q, a)).collect(),
        answers: (respondents > 0).then(|| context.from.to_file(&format!("{}/data/answers.csv", c.id))),
    }
}

fn question(context: &Context<'_>, question: &Question, answers: &Answers) -> QuestionView {
    let ranked = question.kind == QuestionKind::Ranked;
    let mut options: Vec<OptionView> = question
        .options
        .iter()
        .zip(answers.chosen.iter().zip(&answers.placed))
        .map(|(option, (count, (placed, sum)))| OptionView {
            id: option.id.to_string(),
            title: context.words(&option.title).to_owned(),
            count: *count,
            share: share(*count, answers.valid),
            mean_rank: (ranked && *placed > 0).then(|| hundredths(*sum as f64 / *placed as f64)),
            placed: ranked.then_some(*placed),
        })
        .collect();
    if ranked {
        let rank = |o: &OptionView| o.mean_rank.unwrap_or(f64::INFINITY);
        options.sort_by(|a, b| rank(a).total_cmp(&rank(b)));
    }
    QuestionView {
        id: question.id.to_string(),
        title: context.words(&question.title).to_owned(),
        kind: question.kind,
        valid: answers.valid,
        unfit: answers.unfit,
        options,
        numbers: numbers(&answers.numbers),
    }
}

fn numbers(sorted: &[f64]) -> Option<NumbersView> {
    let (smallest, greatest) = (*sorted.first()?, *sorted.last()?);
    let middle = sorted.len() / 2;
    let median = match sorted.len() % 2 {
        1 => sorted[middle],
        _ => f64::midpoint(sorted[middle - 1], sorted[middle]),
    };
    let mean = hundredths(sorted.iter().sum::<f64>() / sorted.len() as f64);
    Some(NumbersView { smallest, median: hundredths(median), mean, greatest })
}

fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

/// The results as CSV: a row an option, or a measure of the numbers.
pub fn csv(view: &QuestionnaireView) -> Vec<u8> {
    let mut csv = Csv::new();
    csv.row(["question", "answers", "unfit", "option", "count", "share", "mean_rank"].map(|n| (n, false)));
    for question in &view.questions {
        let (valid, unfit) = (question.valid.to_string(), question.unfit.to_string());
        let mut row = |option: &str, count: &str, share: &str, rank: &str| {
            csv.row([
                (question.id.as_str(), true),
                (valid.as_str(), false),
                (unfit.as_str(), false),
                (option, true),
                (count, false),
                (share, false),
                (rank, false),
            ]);
        };
        for option in &question.options {
            let rank = option.mean_rank.map_or(String::new(), |r| r.to_string());
            row(&option.id, &option.count.to_string(), &option.share.to_string(), &rank);
        }
        if let Some(numbers) = &question.numbers {
            for (name, value) in [
                ("smallest", numbers.smallest),
                ("median", numbers.median),
                ("mean", numbers.mean),
                ("greatest", numbers.greatest),
            ] {
                row(name, &value.to_string(), "", "");
            }
        }
        if question.options.is_empty() && question.numbers.is_none() {
            row("", "", "", "");
        }
    }
    csv.finish().0
}
