//! Who wrote: bodies that the platform says are some, names that are kept as they are, everybody else under a
//! pseudonym. No other name leaves here except to be looked for in the texts.

use super::tree::Tree;
use crate::import::Options;
use crate::import::content::Fields;
use crate::import::names::contacts;
use crate::import::platform::{Gathered, Person};
use crate::import::pseudonym::Pseudonyms;
use crate::model::choices::AuthorKind;
use std::collections::BTreeSet;

/// The people of an export.
#[derive(Debug)]
pub(super) struct People<'g> {
    gathered: &'g Gathered,
    pseudonyms: Pseudonyms,
    accounts: usize,
    keep: &'g BTreeSet<Box<str>>,
}

impl<'g> People<'g> {
    /// Everybody who wrote something that is in the content.
    pub(super) fn new(gathered: &'g Gathered, tree: &Tree<'_>, options: &'g Options) -> Self {
        let accounts: BTreeSet<String> =
            tree.entries.iter().filter_map(|entry| account(&entry.piece.author)).collect();
        let pseudonyms = Pseudonyms::new(&options.key, accounts.iter().map(String::as_str));
        People { gathered, pseudonyms, accounts: accounts.len(), keep: &options.keep_names }
    }

    /// The `author` of a record.
    pub(super) fn author(&self, person: &Person) -> Fields {
        let body = person.organisation.as_deref().map(str::trim).filter(|body| shown(body));
        let kind = person.kind.or(body.map(|_| AuthorKind::Organisation));
        let kind = kind.map_or("", AuthorKind::as_str);
        let fields = Fields::new();
        let fields = match (account(person), self.kept(person)) {
            (_, Some(name)) => fields.text("pseudonym", name),
            (Some(account), None) if body.is_none() => {
                fields.text("pseudonym", self.pseudonyms.get(&account).unwrap_or_default())
            }
            (Some(_) | None, None) => fields,
        };
        fields.text("kind", kind).text("organisation", body.unwrap_or_default())
    }

    /// The name of somebody whose name is kept.
    fn kept<'p>(&self, person: &'p Person) -> Option<&'p str> {
        let name = person.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let wanted = |word: &&str| self.keep.contains(*word);
        let asked = name.filter(wanted).is_some() || person.account.as_deref().filter(wanted).is_some();
        name.or(person.account.as_deref()).filter(|_| asked)
    }

    /// The names of everybody who must not be named.
    pub(super) fn private_names(&self) -> impl Iterator<Item = &'g str> {
        let people = self.gathered.pieces.iter().map(|piece| &piece.author);
        let private: BTreeSet<&str> = people
            .filter(|person| person.organisation.is_none() && self.kept(person).is_none())
            .flat_map(|person| [person.name.as_deref(), person.account.as_deref()])
            .flatten()
            .chain(self.gathered.names.iter().map(|name| &**name))
            .filter(|name| !self.keep.contains(*name) && name.contains(char::is_alphabetic))
            .collect();
        private.into_iter()
    }

    /// How many accounts became a pseudonym, and how many names were kept.
    pub(super) fn count(&self) -> (usize, usize) {
        let kept = self.gathered.pieces.iter().filter_map(|piece| self.kept(&piece.author));
        let kept = kept.collect::<BTreeSet<_>>().len();
        (self.accounts.saturating_sub(kept), kept)
    }
}

/// What tells a person from others.
fn account(person: &Person) -> Option<String> {
    let own = |words: &Option<Box<str>>| {
        words.as_deref().map(str::trim).filter(|w| !w.is_empty()).map(str::to_owned)
    };
    own(&person.account).or_else(|| own(&person.name).map(|name| format!("name/{name}")))
}

/// Whether the name of a body can be shown.
fn shown(body: &str) -> bool {
    !body.is_empty() && contacts(body).is_empty()
}
