//! The frame of a consultation: phases, categories, reasons for withholding, questions.

use super::said;
use crate::model::site::Category;
use crate::opendata::definition::*;

pub(super) fn phases() -> Box<dyn AnyTable> {
    Definition::<usize>::new(
        "phases",
        said("Étapes", "Phases"),
        said("Une ligne par étape de la consultation.", "One row a dated step of the consultation."),
        |s, row| (0..s.consultation.phases.len()).for_each(row),
    )
    .key(&["id"])
    .column("id", id().unique(), "Son identifiant.", "Its id.", |s, at| {
        (&s.consultation.phases[at].id).into()
    })
    .column(
        "kind",
        choice(words_of!(PhaseKind)).required(),
        "À quoi elle sert.",
        "What it is for.",
        |s, at| s.consultation.phases[at].kind.as_str().into(),
    )
    .column(
        "title",
        text(),
        "Son titre, si elle en a un à elle.",
        "Its title, when it has its own.",
        |s, at| s.consultation.phases[at].title.as_ref().map(|t| t.get(s.lang)).into(),
    )
    .column("start", moment(), "Premier jour.", "First day.", |s, at| s.consultation.phases[at].start.into())
    .column("end", moment(), "Dernier jour, compris.", "Last day, included.", |s, at| {
        s.consultation.phases[at].end.into()
    })
    .column("summary", text(), "Ce qui s’y passe.", "What happens in it.", |s, at| {
        s.consultation.phases[at].summary.as_ref().map(|t| t.get(s.lang)).into()
    })
    .done()
}

pub(super) fn categories() -> Box<dyn AnyTable> {
    headings(
        "categories",
        said("Rubriques", "Categories"),
        said(
            "Une ligne par rubrique sous laquelle les contributions sont classées.",
            "One row a heading under which contributions are filed.",
        ),
        |s, row| (0..s.consultation.categories.len()).map(|at| (Heading::Category, at)).for_each(row),
    )
}

pub(super) fn reasons() -> Box<dyn AnyTable> {
    headings(
        "reasons",
        said("Motifs de modération", "Moderation reasons"),
        said(
            "Une ligne par motif pour lequel la charte permet d’écarter une contribution.",
            "One row a reason for which the charter lets a contribution be withheld.",
        ),
        |s, row| (0..s.consultation.reasons.len()).map(|at| (Heading::Reason, at)).for_each(row),
    )
}

/// Which list of headings.
#[derive(Clone, Copy)]
enum Heading {
    Category,
    Reason,
}

fn heading(scope: Scope<'_>, (which, at): (Heading, usize)) -> &Category {
    match which {
        Heading::Category => &scope.consultation.categories[at],
        Heading::Reason => &scope.consultation.reasons[at],
    }
}

fn headings(
    name: &'static str,
    title: Said,
    description: Said,
    rows: Rows<(Heading, usize)>,
) -> Box<dyn AnyTable> {
    Definition::new(name, title, description, rows)
        .key(&["id"])
        .column("id", id().unique(), "Son identifiant.", "Its id.", |s, at| (&heading(s, at).id).into())
        .column("title", text().required(), "Son intitulé.", "Its title.", |s, at| {
            heading(s, at).title.get(s.lang).into()
        })
        .column("summary", text(), "Ce qui en relève.", "What belongs to it.", |s, at| {
            heading(s, at).summary.as_ref().map(|t| t.get(s.lang)).into()
        })
        .done()
}

pub(super) fn questions() -> Box<dyn AnyTable> {
    Definition::<usize>::new(
        "questions",
        said("Questions", "Questions"),
        said("Une ligne par question du questionnaire.", "One row a question of the questionnaire."),
        |s, row| (0..s.consultation.questions.len()).for_each(row),
    )
    .key(&["id"])
    .column("id", id().unique(), "Son identifiant.", "Its id.", |s, at| {
        (&s.consultation.questions[at].id).into()
    })
    .column("title", text().required(), "La question.", "The question itself.", |s, at| {
        s.consultation.questions[at].title.get(s.lang).into()
    })
    .column(
        "kind",
        choice(words_of!(QuestionKind)).required(),
        "Comment on y répond.",
        "How it is answered.",
        |s, at| s.consultation.questions[at].kind.as_str().into(),
    )
    .done()
}

pub(super) fn question_options() -> Box<dyn AnyTable> {
    Definition::<(usize, usize)>::new(
        "question_options",
        said("Choix des questions", "Options of questions"),
        said(
            "Une ligne par choix possible à une question, dans l’ordre.",
            "One row an option of a question, in order.",
        ),
        |s, row| {
            for (question, of) in s.consultation.questions.iter().enumerate() {
                (0..of.options.len()).for_each(|at| row((question, at)));
            }
        },
    )
    .key(&["question", "id"])
    .names("question", "questions")
    .column("question", id().required(), "La question.", "The question.", |s, (question, _)| {
        (&s.consultation.questions[question].id).into()
    })
    .column("id", id().required(), "L’identifiant du choix.", "The option’s id.", |s, (question, at)| {
        (&s.consultation.questions[question].options[at].id).into()
    })
    .column("title", text().required(), "Ce qui est montré.", "What is shown.", |s, (question, at)| {
        s.consultation.questions[question].options[at].title.get(s.lang).into()
    })
    .done()
}
