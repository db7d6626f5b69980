//! Which commits of a history are versions of the text: those that were asked for, else the last one of each day on
//! which its authors dated their work.

use super::{Asked, History};
use crate::model::id::Id;
use crate::model::when::Date;

/// A commit that is a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// Its place in the history.
    pub commit: usize,
    pub id: Id,
    pub title: String,
    pub date: Date,
}

/// The place of the commit that a person names: by the beginning of its id, a tag, `HEAD`, or a day (then the last
/// commit of that day).
pub fn named(history: &History, revision: &str) -> Option<usize> {
    let last = history.commits.len().checked_sub(1)?;
    if revision == "HEAD" {
        return Some(last);
    }
    if let Some(day) = Date::parse(revision) {
        return history.commits.iter().rposition(|c| c.date.date == day.0);
    }
    let tagged = history.tags.get(revision).map_or(revision, |id| id);
    if tagged.len() < 4 {
        return None;
    }
    let mut found =
        history.commits.iter().enumerate().filter(|(_, c)| c.id.starts_with(tagged)).map(|(at, _)| at);
    let one = found.next()?;
    found.next().is_none().then_some(one)
}

/// The versions, oldest first; `has_text` says which commits have any text.
pub(super) fn versions(history: &History, asked: &[Asked], has_text: &[bool]) -> Vec<Mark> {
    let date =
        |at: usize| history.commits.get(at).map_or(Date(jiff::civil::Date::default()), |c| Date(c.date.date));
    let mut marks: Vec<Mark> = Vec::new();
    if asked.is_empty() {
        let days = history.commits.iter().map(|c| c.date.date).collect::<Vec<_>>();
        let ends = (0..days.len())
            .filter(|at| days.get(at + 1) != days.get(*at) && has_text.get(*at) == Some(&true));
        for commit in ends {
            let date = date(commit);
            let taken = |id: &str| marks.iter().any(|m| m.id.as_str() == id);
            let ids = std::iter::once(date.to_string()).chain((2..).map(|n| format!("{date}-{n}")));
            let id = ids.take(days.len() + 1).find(|id| !taken(id)).and_then(|id| Id::new(&id));
            if let Some(id) = id {
                marks.push(Mark { commit, id, title: title(date), date });
            }
        }
    } else {
        for asked in asked {
            let date = date(asked.commit);
            let title = asked.title.as_deref().map_or_else(|| title(date), ToOwned::to_owned);
            marks.push(Mark { commit: asked.commit, id: asked.id.clone(), title, date });
        }
        marks.sort_by_key(|m| m.commit);
        marks.dedup_by_key(|m| m.commit);
    }
    marks
}

fn title(date: Date) -> String {
    format!("Version du {}", date.in_french())
}

#[cfg(test)]
mod tests {
    use super::super::tests::history;
    use super::*;

    #[test]
    fn a_version_is_the_last_commit_of_a_day() {
        let history = history(&[
            ("2020-03-01", "Lisez-moi", &[("README.md", "x")]),
            ("2020-03-01", "Dépôt", &[("a.md", "Un.")]),
            ("2020-03-02", "Un", &[("a.md", "Deux.")]),
            ("2020-03-02", "Deux", &[("a.md", "Trois.")]),
        ]);
        let marks = versions(&history, &[], &[false, true, true, true]);
        let read: Vec<(usize, &str, &str)> =
            marks.iter().map(|m| (m.commit, m.id.as_str(), &*m.title)).collect();
        assert_eq!(
            read,
            [(1, "2020-03-01", "Version du 1er mars 2020"), (3, "2020-03-02", "Version du 2 mars 2020")]
        );
    }

    #[test]
    fn a_commit_is_named_by_its_id_its_day_or_a_tag() {
        let mut history =
            history(&[("2020-03-01", "A", &[]), ("2020-03-02", "B", &[]), ("2020-03-02", "C", &[])]);
        history.tags.insert("depot".into(), history.commits[0].id.clone());
        let id = history.commits[1].id.clone();
        for (revision, place) in
            [("HEAD", Some(2)), ("2020-03-02", Some(2)), ("depot", Some(0)), ("2020-04-01", None)]
        {
            assert_eq!(named(&history, revision), place, "{revision}");
        }
        assert_eq!(named(&history, &id[..8]), Some(1));
        assert_eq!(named(&history, "zzzz"), None);
    }
}
