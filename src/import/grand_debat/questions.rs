//! Questions, and what they offer. JSON says which answers are choices; a CSV does not: a question whose answers are a
//! few, each given many times, is one that offered them. Everything else is free words.

use super::record::Asked;
use crate::import::platform::{Gathered, Question};
use crate::model::choices::QuestionKind;
use std::collections::{BTreeMap, BTreeSet};

/// Most options of a question that a CSV does not say is a choice.
const FEW: usize = 20;
/// Most options of a question that JSON says is one.
const MOST: usize = 200;
/// How often an option must have been chosen on the average, for a CSV's question to be a choice.
const OFTEN: usize = 10;

/// Questions in the order in which they were met.
#[derive(Debug, Default)]
pub(super) struct Questions {
    order: Vec<Met>,
    places: BTreeMap<Box<str>, usize>,
}

#[derive(Debug)]
struct Met {
    key: Box<str>,
    title: Box<str>,
    /// Labels given, until they are too many.
    labels: BTreeSet<Box<str>>,
    /// How many answers.
    answers: usize,
    /// An answer said that it is a choice.
    said: bool,
    /// An answer held several labels.
    several: bool,
    /// It is the words beside a choice.
    other: bool,
}

impl Questions {
    /// Notes a question, answered or not: those of a table stand in the order of its columns.
    pub(super) fn meet(&mut self, asked: &Asked) {
        self.met(asked);
    }

    /// Notes an answer in words.
    pub(super) fn words(&mut self, asked: &Asked, words: &str) {
        let met = self.met(asked);
        met.answers += 1;
        let labels: Vec<&str> = words.split('|').collect();
        met.several |= labels.len() > 1;
        met.labels(labels.into_iter());
    }

    /// Notes labels that were chosen.
    pub(super) fn chosen(&mut self, asked: &Asked, labels: &[String]) {
        let met = self.met(asked);
        met.answers += 1;
        met.said = true;
        met.several |= labels.len() > 1;
        met.labels(labels.iter().map(String::as_str));
    }

    /// The question for what people wrote beside the choices, and its key.
    pub(super) fn other(&mut self, asked: &Asked) -> Box<str> {
        let key: Box<str> = format!("{}-other", asked.key).into();
        let title = format!("{} (autre)", asked.title).into();
        self.met(&Asked { key: key.clone(), title }).other = true;
        key
    }

    fn met(&mut self, asked: &Asked) -> &mut Met {
        let at = *self.places.entry(asked.key.clone()).or_insert_with(|| {
            self.order.push(Met {
                key: asked.key.clone(),
                title: asked.title.clone(),
                labels: BTreeSet::new(),
                answers: 0,
                said: false,
                several: false,
                other: false,
            });
            self.order.len() - 1
        });
        &mut self.order[at]
    }

    /// Gives the questions to what is gathered; answers to those that offered a choice are taken apart.
    pub(super) fn settle(&self, gathered: &mut Gathered) {
        let mut apart: BTreeSet<&str> = BTreeSet::new();
        for met in &self.order {
            let kind = met.kind();
            let choice = kind != QuestionKind::Free;
            if choice {
                apart.insert(&met.key);
            }
            gathered.questions.push(Question {
                key: met.key.clone(),
                title: met.title.to_string(),
                kind,
                options: met.labels.iter().filter(|_| choice).map(|label| label.to_string()).collect(),
            });
        }
        for piece in &mut gathered.pieces {
            for (key, given) in piece.answers.iter_mut().filter(|(key, _)| apart.contains(&**key)) {
                let labels = |words: &String| words.split('|').map(str::to_owned).collect::<Vec<_>>();
                let whole =
                    self.places.get(key).and_then(|at| self.order.get(*at)).is_some_and(|met| met.said);
                if !whole {
                    *given = given.iter().flat_map(labels).collect();
                }
            }
        }
    }
}

impl Met {
    fn labels<'l>(&mut self, labels: impl Iterator<Item = &'l str>) {
        for label in labels.map(str::trim).filter(|label| !label.is_empty()) {
            if self.labels.len() <= MOST && !self.labels.contains(label) {
                self.labels.insert(label.into());
            }
        }
    }

    fn kind(&self) -> QuestionKind {
        let few = self.labels.len() <= FEW && self.answers >= OFTEN * self.labels.len();
        let choice =
            !self.other && (if self.said { self.labels.len() <= MOST } else { few && self.answers > 0 });
        match (choice, self.several) {
            (false, _) => QuestionKind::Free,
            (true, true) => QuestionKind::Multiple,
            (true, false) => QuestionKind::Single,
        }
    }
}
