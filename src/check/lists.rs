//! Short lists of what can be chosen or named: categories, reasons, options, questions. Ids unique in their list.

use super::scope::Scope;
use crate::diag::{Code, Diagnostic};
use crate::lang::Lang;
use crate::model::id::Id;
use crate::model::site::{Category, Question};
use crate::parse::records::consultation::{CategoryRecord, OptionRecord, QuestionRecord};
use crate::say;
use crate::source::{Span, Spanned};
use std::collections::BTreeMap;

/// Categories, or the reasons of a charter.
pub fn categories(scope: &mut Scope<'_>, written: &[Spanned<CategoryRecord>], main: &Lang) -> Vec<Category> {
    unique(scope, written.iter().map(|c| &c.value.id));
    let category = |scope: &mut Scope<'_>, c: &CategoryRecord| Category {
        id: c.id.value.clone(),
        title: scope.words(&c.title, main),
        summary: scope.words_opt(&c.summary, main),
    };
    written.iter().map(|c| category(scope, &c.value)).collect()
}

/// Options of a question.
pub fn options(scope: &mut Scope<'_>, written: &[Spanned<OptionRecord>], main: &Lang) -> Vec<Category> {
    unique(scope, written.iter().map(|o| &o.value.id));
    let option = |scope: &mut Scope<'_>, o: &OptionRecord| Category {
        id: o.id.value.clone(),
        title: scope.words(&o.title, main),
        summary: None,
    };
    written.iter().map(|o| option(scope, &o.value)).collect()
}

/// Questions of a questionnaire.
pub fn questions(scope: &mut Scope<'_>, written: &[Spanned<QuestionRecord>], main: &Lang) -> Vec<Question> {
    unique(scope, written.iter().map(|q| &q.value.id));
    let question = |scope: &mut Scope<'_>, q: &QuestionRecord| Question {
        id: q.id.value.clone(),
        title: scope.words(&q.title, main),
        kind: q.kind.value,
        options: options(scope, &q.options, main),
    };
    written.iter().map(|q| question(scope, &q.value)).collect()
}

/// Reports ids of a small list that collide.
pub(super) fn unique<'a>(scope: &mut Scope<'_>, ids: impl Iterator<Item = &'a Spanned<Id>>) {
    let mut seen: BTreeMap<Box<str>, Span> = BTreeMap::new();
    for id in ids {
        if let Some(first) = seen.insert(id.value.folded(), id.span) {
            let words = &id.value;
            scope.problems.push(
                Diagnostic::new(
                    Code::G017,
                    id.span,
                    say!("l’identifiant « {words} » est pris deux fois", "the id “{words}” is taken twice"),
                )
                .related(first, say!("déjà pris ici", "already taken here")),
            );
        }
    }
}
