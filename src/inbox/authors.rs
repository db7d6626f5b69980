//! Who wrote: what of the author may stand in the inbox, and what is private. A name is shown only where the consultation's
//! rule and the author's wish both say so; an address becomes a pseudonym, the same for the same address.

use super::contacts::{ContactRecord, contacts};
use super::fields::Filled;
use super::files::field;
use super::frame::Frame;
use super::known::address;
use super::take::Before;
use crate::check::personal;
use crate::import::pseudonym::Key;
use crate::lang::Bilingual;
use crate::model::choices::{AuthorKind, AuthorRule};
use crate::say;
use crate::yaml::fields::Fields;
use crate::yaml::write::Out;
use std::collections::{BTreeMap, BTreeSet};

/// How the pseudonyms that are made begin.
const MADE: &str = "Participant ";

/// The authors of a consultation, as far as they have pseudonyms.
#[derive(Debug)]
pub struct Authors<'s> {
    frame: &'s Frame,
    key: &'s Key,
    /// By address.
    pseudonyms: BTreeMap<String, Box<str>>,
    /// All of them.
    given: BTreeSet<Box<str>>,
}

impl<'s> Authors<'s> {
    /// Those who were given a pseudonym before.
    pub fn new<'c>(
        frame: &'s Frame,
        key: &'s Key,
        contacts: impl Iterator<Item = &'c ContactRecord>,
    ) -> Self {
        let pseudonym = |contact: &ContactRecord| {
            let (email, name) = (contact.email.as_ref()?, contact.pseudonym.as_ref()?);
            name.value.starts_with(MADE).then(|| (address(&email.value), name.value.clone()))
        };
        let pseudonyms: BTreeMap<String, Box<str>> = contacts.filter_map(pseudonym).collect();
        Authors { frame, key, given: pseudonyms.values().cloned().collect(), pseudonyms }
    }

    /// What of the author may stand in the inbox, and what is private. What is refused is noted.
    pub fn part(&mut self, filled: &Filled, notes: &mut Vec<Bilingual>) -> (Fields, Fields) {
        let frame = self.frame;
        let by_name = frame.authors == AuthorRule::Name && filled.show == Some(AuthorRule::Name);
        let hidden = filled.show == Some(AuthorRule::Hidden) || frame.authors == AuthorRule::Hidden;
        let folded = |words: &str| crate::text::fold_typography(words).to_lowercase();
        let refused = if !personal::find(&filled.pseudonym).is_empty()
            || !by_name && !filled.name.is_empty() && folded(&filled.name) == folded(&filled.pseudonym)
        {
            Some(say!(
                "le pseudonyme donne le nom ou l’adresse de la personne : il reste dans private/",
                "the pseudonym gives the person’s name or address: it stays in private/"
            ))
        } else if filled.pseudonym.starts_with(MADE) {
            Some(say!(
                "le pseudonyme imite ceux que Greffe donne : il reste dans private/",
                "the pseudonym imitates those that Greffe gives: it stays in private/"
            ))
        } else {
            None
        };
        let given = if refused.is_some() || hidden { "" } else { &*filled.pseudonym };
        notes.extend(refused);
        let wanted = given.is_empty() && !hidden && (!by_name || frame.embargo || filled.name.is_empty());
        let made = if wanted { self.pseudonym(&filled.email) } else { "".into() };
        let mut public = Fields::new();
        public = public.text("name", if by_name { &*filled.name } else { "" });
        public = public.text("pseudonym", if given.is_empty() { &*made } else { given });
        public = public.text("show", filled.show.map_or("", AuthorRule::as_str));
        public = public.text("kind", filled.author_kind.map_or("", AuthorKind::as_str));
        // A citizen's employer is nobody's business.
        let signs = matches!(filled.author_kind, Some(AuthorKind::Organisation | AuthorKind::Elected));
        public = public.text("organisation", if signs { &*filled.organisation } else { "" });
        let registers = filled.author_kind == Some(AuthorKind::Organisation);
        public = public.text("register", if registers { &*filled.register } else { "" });
        let mut private = Fields::new().text("name", if by_name { "" } else { &*filled.name });
        private = private.text("email", &*filled.email);
        private = private.text("pseudonym", &*made);
        let rest = [
            ("organisation", signs, &filled.organisation),
            ("register", registers, &filled.register),
            ("pseudonym", !given.is_empty(), &filled.pseudonym),
        ];
        let rest = rest.into_iter().filter(|(_, shown, words)| !shown && !words.is_empty());
        let mut other: Vec<Out> = rest.map(|(name, _, words)| field(name, words)).collect();
        other.extend(filled.other.iter().map(|(name, words)| field(name, words)));
        (public, private.list("other", other))
    }

    /// The pseudonym of an address; none without one.
    fn pseudonym(&mut self, email: &str) -> Box<str> {
        let account = address(email);
        if account.is_empty() {
            return "".into();
        }
        if let Some(name) = self.pseudonyms.get(&account) {
            return name.clone();
        }
        let made = self.key.another(&account, |name| self.given.contains(name));
        self.pseudonyms.insert(account, made.clone());
        self.given.insert(made.clone());
        made
    }
}

/// Whether pseudonyms were made for this consultation: then their key must not be lost.
pub fn has_made_pseudonyms(before: &Before<'_>, frame: &Frame) -> bool {
    let made = |words: &str| {
        words
            .strip_prefix(MADE)
            .is_some_and(|rest| rest.len() >= 6 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    let contacts = contacts(before.contacts, &frame.id);
    let public = before
        .content
        .contributions
        .iter()
        .filter_map(|c| c.record.author.as_ref()?.value.pseudonym.as_ref());
    contacts.values().filter_map(|c| c.pseudonym.as_ref()).chain(public).any(|p| made(&p.value))
}
