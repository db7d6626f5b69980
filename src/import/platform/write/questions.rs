//! The questionnaire: questions and options with ids, and answers in the form that fits them.

use super::{clean, line};
use crate::import::content::Fields;
use crate::import::platform::{Question, key};
use crate::model::choices::QuestionKind;
use crate::model::id::{Id, slug};
use crate::yaml::write::Out;
use std::collections::{BTreeMap, BTreeSet};

/// The questions by their keys.
#[derive(Debug)]
pub(super) struct Questions {
    order: Vec<Asked>,
    keys: BTreeMap<Box<str>, usize>,
}

/// A question.
#[derive(Debug)]
struct Asked {
    id: Box<str>,
    title: String,
    kind: QuestionKind,
    /// Label → id, in order.
    options: Vec<(String, Id)>,
}

impl Questions {
    /// Gives ids: a question's is its key with a `q`, an option's is made from its label.
    pub(super) fn new(questions: &[Question]) -> Self {
        let (mut order, mut keys) = (Vec::new(), BTreeMap::new());
        for question in questions {
            if keys.contains_key(&question.key) {
                continue;
            }
            let mut taken = BTreeSet::new();
            let mut known = BTreeSet::new();
            let options = question.options.iter().map(|label| line(label));
            let options = options.filter(|label| !label.is_empty() && known.insert(label.clone()));
            let options = options.map(|label| (label.clone(), unique(&label, "option", &mut taken)));
            keys.insert(question.key.clone(), order.len());
            order.push(Asked {
                id: key::lettered('q', &question.key),
                title: line(&question.title),
                kind: question.kind,
                options: options.collect(),
            });
        }
        Questions { order, keys }
    }

    /// `questions` of the consultation.
    pub(super) fn list(&self) -> Vec<Out> {
        let option =
            |(label, id): &(String, Id)| Fields::new().text("id", id.as_str()).text("title", label.as_str());
        let question = |asked: &Asked| {
            let options = asked.options.iter().map(|one| option(one).item()).collect();
            let title = if asked.title.is_empty() { &*asked.id } else { asked.title.as_str() };
            let fields = Fields::new().text("id", &*asked.id).text("title", title);
            fields.text("kind", asked.kind.as_str()).list("options", options).item()
        };
        self.order.iter().map(question).collect()
    }

    /// An answer: its question's id, its words, and whether something in it is none of the options.
    pub(super) fn answer(&self, key: &str, given: &[String]) -> Option<(&str, String, bool)> {
        let asked = self.keys.get(key).and_then(|at| self.order.get(*at))?;
        let given = given.iter().map(|words| words.trim()).filter(|words| !words.is_empty());
        match asked.kind {
            QuestionKind::Free | QuestionKind::Number => {
                let words = clean(&given.collect::<Vec<_>>().join("\n\n")).replace("\r\n", "\n");
                (!words.is_empty()).then_some((&*asked.id, words, false))
            }
            QuestionKind::Single | QuestionKind::Multiple | QuestionKind::Ranked => {
                let mut other = false;
                let mut chosen: Vec<String> = Vec::new();
                for label in given.map(line) {
                    let option = asked.options.iter().find(|(known, _)| *known == label);
                    other |= option.is_none();
                    let words = option.map_or(label, |(_, id)| id.to_string());
                    if !chosen.contains(&words) {
                        chosen.push(words);
                    }
                }
                (!chosen.is_empty()).then(|| (&*asked.id, chosen.join("|"), other))
            }
        }
    }
}

/// An id made from words, and from a number where another has it.
pub(super) fn unique(words: &str, otherwise: &str, taken: &mut BTreeSet<Box<str>>) -> Id {
    let own = slug(words);
    let own = own.as_ref().map_or(otherwise, Id::as_str);
    let own = own.get(..60).unwrap_or(own).trim_end_matches('-').to_owned();
    let numbered = (2..).map(|n| format!("{own}-{n}"));
    let mut names = std::iter::once(own.clone()).chain(numbered).filter_map(|name| Id::new(&name));
    // Numbers do not end.
    #[allow(clippy::expect_used)]
    let id = names.find(|id| taken.insert(id.folded())).expect("a number that is free");
    id
}
