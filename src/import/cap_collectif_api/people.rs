//! Who wrote: the organiser and the names that are kept as they are, everybody else under a pseudonym. Accounts
//! come in; what leaves is the `author` of a record and the list of names to look for in the texts.

use super::read::{Account, Export};
use crate::import::Options;
use crate::import::content::Fields;
use crate::import::pseudonym::Pseudonyms;
use std::collections::{BTreeMap, BTreeSet};

/// The accounts of an export.
#[derive(Debug)]
pub(super) struct People {
    accounts: BTreeMap<Box<str>, Account>,
    pseudonyms: Pseudonyms,
    kept: BTreeSet<Box<str>>,
}

impl People {
    /// Gathers everybody who is named anywhere in the export.
    pub(super) fn new(export: &Export, options: &Options) -> Self {
        let mut accounts: BTreeMap<Box<str>, Account> = BTreeMap::new();
        let mut writers: BTreeSet<Box<str>> = BTreeSet::new();
        let mut meet = |account: &Account, writes: bool| {
            let id: Box<str> = account.unique_id.as_str().into();
            if writes {
                writers.insert(id.clone());
            }
            let known = accounts.entry(id).or_insert_with(|| account.clone());
            if known.display_name.is_none() {
                *known = account.clone();
            }
        };
        for opinion in export.opinions.values().map(|o| &o.record) {
            meet(&opinion.author, true);
            opinion.parts.arguments.iter().for_each(|a| meet(&a.record.author, true));
            opinion.parts.sources.iter().for_each(|s| meet(&s.record.author, true));
            opinion.parts.voters.iter().for_each(|v| meet(&v.record.user, false));
        }
        for listed in export.listing.values() {
            meet(&Account { unique_id: listed.record.author.clone(), ..Account::default() }, true);
        }
        export.versions.values().for_each(|v| meet(&v.record.author, true));
        let wanted =
            |name: &Option<String>| name.as_deref().is_some_and(|n| options.keep_names.contains(n.trim()));
        let keep = |id: &str, a: &Account| {
            options.keep_names.contains(id) || wanted(&a.username) || wanted(&a.display_name)
        };
        let kept = accounts.iter().filter(|(id, a)| keep(id, a)).map(|(id, _)| id.clone()).collect();
        let pseudonyms = Pseudonyms::new(&options.key, writers.iter().map(|w| &**w));
        People { accounts, pseudonyms, kept }
    }

    /// The `author` of a record.
    pub(super) fn author(&self, account: &str) -> Fields {
        let name = |a: &Account| a.display_name.clone().or_else(|| a.username.clone());
        match self.accounts.get(account) {
            Some(known) if known.vip => Fields::new()
                .text("kind", "government")
                .text("organisation", name(known).unwrap_or_else(|| account.to_owned()).trim()),
            Some(known) if self.kept.contains(account) => {
                Fields::new().text("pseudonym", name(known).unwrap_or_else(|| account.to_owned()).trim())
            }
            Some(_) | None => {
                Fields::new().text("pseudonym", self.pseudonyms.get(account).unwrap_or_default())
            }
        }
    }

    /// The organiser's name: that of the account which the platform marks as its own.
    pub(super) fn organiser(&self) -> Option<&str> {
        self.accounts.values().find(|a| a.vip).and_then(|a| a.display_name.as_deref()).map(str::trim)
    }

    /// The names of everybody who must not be named.
    pub(super) fn private_names(&self) -> impl Iterator<Item = &str> {
        let private = |id: &str, a: &Account| !a.vip && !self.kept.contains(id);
        self.accounts.iter().filter(move |(id, a)| private(id, a)).flat_map(|(id, a)| {
            [Some(&**id), a.username.as_deref(), a.display_name.as_deref()].into_iter().flatten()
        })
    }

    /// How many accounts became a pseudonym or would.
    pub(super) fn count(&self) -> (usize, usize) {
        let vips = self.accounts.values().filter(|a| a.vip).count();
        (self.accounts.len() - vips - self.kept.len(), self.kept.len())
    }
}
