//! What was received or published before, by its words: is something new the same? *The same author* is the same receipt,
//! or the same e-mail address; where none is known, the same name or pseudonym given. *The same words* are compared with
//! typography and case folded.

use super::fields::Filled;
use crate::model::choices::IntakeMark;
use crate::model::document::article_key;
use crate::model::id::Id;
use crate::parse::records::contribution::ContributionRecord;
use crate::text::fold_typography;
use std::collections::BTreeMap;

/// What of a contribution is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Its words, folded.
    words: String,
    /// Its answers; they are the same only when the author is.
    answers: String,
    /// What it is about and what it answers.
    place: String,
    /// Its author, as far as known.
    who: Option<String>,
    /// Digest of its receipt.
    receipt: Option<String>,
}

/// Everything said before.
#[derive(Debug, Default)]
pub struct Known {
    by_words: BTreeMap<String, Sayings>,
    by_receipt: BTreeMap<String, Id>,
}

/// Those who said the same words: the first of each kind, so that a campaign of a hundred thousand is looked up at once.
#[derive(Debug, Default)]
struct Sayings {
    /// By who said it and where.
    by_author: BTreeMap<(String, There), Id>,
    /// By receipt and where.
    by_receipt: BTreeMap<(String, There), Id>,
    /// The first known author, and the first who is another.
    authors: Vec<(String, Id)>,
    /// Where somebody unknown said it.
    by_nobody: BTreeMap<There, Id>,
    /// Where anybody said it.
    by_anybody: BTreeMap<There, Id>,
}

/// What something is about, and the answers with it.
type There = (String, String);

/// What something new is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Same {
    /// The same author said so before, in the same place.
    Duplicate(Id),
    /// Somebody else said so first.
    Campaign(Id),
    /// The author of that one says something else: a correction, perhaps.
    OtherWords(Id),
}

impl Same {
    /// The mark, and what it is the same as.
    pub fn mark(&self) -> (Option<IntakeMark>, &Id) {
        match self {
            Same::Duplicate(id) => (Some(IntakeMark::Duplicate), id),
            Same::Campaign(id) => (Some(IntakeMark::Campaign), id),
            Same::OtherWords(id) => (None, id),
        }
    }
}

fn fold(title: &str, body: &str) -> String {
    fold_typography(&format!("{}\n{}", title.trim(), body.trim())).to_lowercase()
}

fn answers<'a>(all: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut all: Vec<String> = all.map(|(q, a)| format!("{q}={a}\n")).collect();
    all.sort();
    all.concat()
}

fn place(text: Option<&Id>, article: &str, paragraph: Option<u64>, parent: Option<&Id>) -> String {
    let id = |id: Option<&Id>| id.map(Id::to_string).unwrap_or_default();
    format!("{}/{}/{paragraph:?}/{}", id(text), article_key(article).unwrap_or_default(), id(parent))
}

/// An address as accounts are compared.
pub fn address(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Who wrote, from the best that is known.
fn who(email: &str, name: &str, pseudonym: &str) -> Option<String> {
    let known = |kind: &str, words: &str| {
        let words = fold_typography(words).to_lowercase();
        (!words.is_empty()).then(|| format!("{kind} {words}"))
    };
    known("mail", &address(email)).or_else(|| known("name", name)).or_else(|| known("pseudonym", pseudonym))
}

impl Said {
    /// Of something new.
    pub fn new(filled: &Filled) -> Self {
        Said {
            words: fold(&filled.title, &filled.body),
            answers: answers(filled.answers.iter().map(|(q, a)| (q.as_str(), a.as_str()))),
            place: place(
                filled.text.as_ref(),
                &filled.article,
                filled.paragraph.map(|n| n as u64),
                filled.parent.as_ref(),
            ),
            who: who(&filled.email, &filled.name, &filled.pseudonym),
            receipt: filled.receipt.clone(),
        }
    }

    /// Of a contribution that is there: its body, its contact's e-mail address and name, if there are, and the only text
    /// of the consultation, if there is one.
    pub fn of(record: &ContributionRecord, body: &str, email: &str, name: &str, only: Option<&Id>) -> Self {
        let body = record.body.as_ref().map_or(body, |b| &b.value.0);
        let title = record.title.as_ref().map_or("", |t| &t.value);
        let on = record.on.as_ref().map(|on| &on.value);
        let text = on.and_then(|on| on.text.as_ref().map(|t| &t.value).or(only));
        let article = on.and_then(|on| on.article.as_ref()).map_or("", |a| &a.value);
        let paragraph = on.and_then(|on| on.paragraph.as_ref()).map(|p| p.value);
        let author = record.author.as_ref().map(|a| &a.value);
        let own = author.and_then(|a| a.name.as_ref()).map_or(name, |n| &n.value);
        let pseudonym = author.and_then(|a| a.pseudonym.as_ref()).map_or("", |p| &p.value);
        let all = record.answers.iter().flat_map(|a| &a.value.0).map(|(q, a)| (&*q.value, &*a.value));
        Said {
            words: fold(title, body),
            answers: answers(all),
            place: place(text, article, paragraph, record.parent.as_ref().map(|p| &p.value)),
            who: who(email, own, pseudonym),
            receipt: record.receipt.as_ref().map(|r| r.value.to_string()),
        }
    }

    fn key(&self) -> &str {
        if self.words.is_empty() { &self.answers } else { &self.words }
    }
}

impl Known {
    /// Adds something.
    pub fn add(&mut self, id: Id, said: Said) {
        if let Some(receipt) = &said.receipt {
            self.by_receipt.entry(receipt.clone()).or_insert_with(|| id.clone());
        }
        if said.key().is_empty() {
            return;
        }
        let group = self.by_words.entry(said.key().to_owned()).or_default();
        let there = (said.place, said.answers);
        if let Some(receipt) = said.receipt {
            group.by_receipt.entry((receipt, there.clone())).or_insert_with(|| id.clone());
        }
        match said.who {
            Some(who) => {
                if group.authors.len() < 2 && group.authors.iter().all(|(other, _)| *other != who) {
                    group.authors.push((who.clone(), id.clone()));
                }
                group.by_author.entry((who, there.clone())).or_insert_with(|| id.clone());
            }
            None => {
                group.by_nobody.entry(there.clone()).or_insert_with(|| id.clone());
            }
        }
        group.by_anybody.entry(there).or_insert(id);
    }

    /// What something new is the same as.
    pub fn same(&self, new: &Said) -> Option<Same> {
        let words = self.by_words.get(new.key()).and_then(|group| group.same(new));
        let receipt = || new.receipt.as_ref().and_then(|r| self.by_receipt.get(r)).cloned();
        words.or_else(|| receipt().map(Same::OtherWords))
    }
}

impl Sayings {
    fn same(&self, new: &Said) -> Option<Same> {
        let there = (new.place.clone(), new.answers.clone());
        let by_receipt = new.receipt.as_ref().and_then(|r| self.by_receipt.get(&(r.clone(), there.clone())));
        let by_author = || new.who.as_ref().and_then(|w| self.by_author.get(&(w.clone(), there.clone())));
        if let Some(id) = by_receipt.or_else(by_author) {
            return Some(Same::Duplicate(id.clone()));
        }
        // The same boxes ticked by two people are no campaign.
        if new.words.is_empty() {
            return None;
        }
        let Some(who) = &new.who else { return self.by_anybody.get(&there).cloned().map(Same::Duplicate) };
        let other = self.authors.iter().find(|(author, _)| author != who).map(|(_, id)| id.clone());
        other.map(Same::Campaign).or_else(|| self.by_nobody.get(&there).cloned().map(Same::Duplicate))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(words: &str, place: &str, who: Option<&str>, receipt: Option<&str>) -> Said {
        let own = |w: &str| w.to_owned();
        Said {
            words: fold("", words),
            answers: String::new(),
            place: own(place),
            who: who.map(own),
            receipt: receipt.map(own),
        }
    }

    #[test]
    fn an_author_twice_and_two_authors_once_are_not_the_same() {
        let mut known = Known::default();
        known.add(Id::new("a").unwrap(), said("L’eau « douce ».", "x", Some("A"), Some("r1")));
        known.add(Id::new("b").unwrap(), said("Anonyme.", "x", None, None));
        let a = || Id::new("a").unwrap();
        for (new, expected) in [
            (said("l'eau \"douce\".", "x", Some("A"), Some("r2")), Some(Same::Duplicate(a()))),
            (said("L’eau « douce ».", "x", Some("B"), None), Some(Same::Campaign(a()))),
            (said("L’eau « douce ».", "x", Some("B"), Some("r1")), Some(Same::Duplicate(a()))),
            (said("L’eau « douce ».", "x", None, None), Some(Same::Duplicate(a()))),
            (said("L’eau « douce ».", "y", None, None), None),
            (said("L’eau « douce ».", "y", Some("A"), None), None),
            (said("L’eau salée.", "x", Some("A"), Some("r1")), Some(Same::OtherWords(a()))),
            (said("Anonyme.", "x", Some("A"), None), Some(Same::Duplicate(Id::new("b").unwrap()))),
            (said("Autre.", "x", Some("A"), None), None),
            (said("", "x", Some("A"), None), None),
        ] {
            assert_eq!(known.same(&new), expected, "{new:?}");
        }
    }
}
