//! An official answer to a published contribution → `responses/<id>.md`. Comes in: a [`Docket`] and what somebody
//! answers; leaves: edits. Nothing is written here.

use super::decide::Decision;
use super::docket::{Docket, id_of};
use super::edit::Edit;
use crate::error::{Error, Result};
use crate::model::choices::{Decision as Said, ModerationState};
use crate::model::id::{Id, MAX_LENGTH};
use crate::model::when::Date;
use crate::say;
use crate::sink::OutPath;
use crate::yaml::write::{Out, document};

/// What is answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The contribution: `<id>` or `<consultation>/<id>`.
    pub to: String,
    /// Who answers: an office, a ministry.
    pub author: String,
    /// The response's title, when it has one.
    pub title: String,
    /// What was decided.
    pub decision: Option<Said>,
    /// Its words, in Markdown.
    pub words: String,
}

/// The response as a new file.
pub fn answer(docket: &Docket<'_>, answer: &Answer, date: Date) -> Result<Decision> {
    let found = docket.find(&answer.to, None)?;
    let refuse = |why| Err(Error::new(format!("{} ({})", found.id(), found.place()), why));
    if found.state() != Some(ModerationState::Published) {
        return refuse(say!(
            "on ne répond qu’à une contribution publiée : acceptez-la d’abord",
            "only a published contribution is answered: accept it first"
        ));
    }
    let author = answer.author.trim();
    let words = answer.words.replace("\r\n", "\n");
    let words = words.trim();
    if author.is_empty() || words.is_empty() {
        return refuse(say!(
            "une réponse dit qui répond et ce qui est répondu",
            "an answer says who answers and what is answered"
        ));
    }
    let folder = &found.consultation.folder;
    let taken: Vec<Box<str>> = found
        .consultation
        .responses
        .iter()
        .map(|r| r.record.id.as_ref().map_or(&r.id.value, |id| &id.value).folded())
        .collect();
    let free = |id: &Id| {
        let path = format!("{folder}/responses/{id}.md");
        !taken.contains(&id.folded()) && docket.content.find(&path).is_none()
    };
    let stem = format!("r-{}", found.id());
    let stem = &stem[..stem.len().min(MAX_LENGTH - 4)];
    let names = std::iter::once(stem.to_owned()).chain((2..1000).map(|n| format!("{stem}-{n}")));
    let Some(id) = names.filter_map(|name| Id::new(name.trim_end_matches('.'))).find(free) else {
        return refuse(say!("elle a trop de réponses", "it has too many answers"));
    };
    let mut fields = Vec::new();
    let title = answer.title.trim();
    if !title.is_empty() {
        fields.push(("title".to_owned(), Out::text(title)));
    }
    fields.push(("to".to_owned(), Out::List(vec![Out::text(found.id().as_str())])));
    fields.push(("author".to_owned(), Out::Map(vec![("name".to_owned(), Out::text(author))])));
    fields.push(("date".to_owned(), Out::text(date.to_string())));
    fields.extend(answer.decision.map(|d| ("decision".to_owned(), Out::text(d.as_str()))));
    let path = format!("{folder}/responses/{id}.md");
    let path = OutPath::new(&path).ok_or_else(|| {
        Error::new(path, say!("ce n’est pas un chemin du site", "this is no path of the site"))
    })?;
    let after = format!("---\n{}---\n\n{words}\n", document(&fields));
    let of = vec![(id_of(found.consultation).to_owned(), found.id().clone())];
    Ok(Decision { edits: vec![Edit::Write { path, before: None, after }], of, ..Decision::default() })
}
