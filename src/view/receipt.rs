//! What became of what somebody sent, found by the receipt that they kept. The page holds the digests of the receipts,
//! never a receipt and nothing else that would tell who wrote: a digest cannot be guessed back into its receipt.
//! Beside the page stand the same digests as classic scripts, which a page opened from disk can read.

use super::Head;
use super::context::Context;
use super::fragment::withheld;
use super::parts::Link;
use super::take_part::{About, invitation, script};
use crate::derive::DerivedConsultation;
use crate::model::choices::ModerationState;
use crate::model::site::Consultation;
use crate::model::when::{Date, Moment};
use crate::route::Part;
use serde::Serialize;
use std::collections::BTreeMap;

/// More digests than this, and the scripts are one for each beginning of a digest.
const SHARDED_ABOVE: usize = 20_000;

/// The page where an author looks up a receipt.
#[derive(Debug, Serialize)]
pub struct ReceiptView<'s> {
    /// What every view begins with.
    pub head: Head,
    /// The consultation.
    pub consultation: Link,
    /// Its id.
    pub id: &'s str,
    /// The form, while it is not closed.
    pub form: Option<String>,
    /// The page of the form, once it is closed: its address was published.
    pub closed_form: Option<String>,
    /// The scripts are one for each beginning of a digest.
    pub sharded: bool,
    /// What is known, by digest.
    pub receipts: BTreeMap<&'s str, Vec<ReceiptEntry<'s>>>,
}

/// What became of a contribution.
#[derive(Debug, Serialize)]
pub struct ReceiptEntry<'s> {
    /// Its id.
    pub id: &'s str,
    /// Its address.
    pub href: String,
    /// What became of it.
    pub state: ReceiptState,
    /// When it was written.
    pub date: Option<Moment>,
    /// When it was decided.
    pub decided: Option<Date>,
    /// Why it is withheld, or on what ground it was erased.
    pub reason: Option<String>,
    /// The contribution into which it was merged.
    pub into: Option<Link>,
}

/// What became of a contribution that its author looks up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReceiptState {
    /// Published.
    Published,
    /// Published with another that says the same.
    Merged,
    /// Not shown, for a stated reason.
    Withheld,
    /// Removed after it was published, as a law or a court demanded.
    Erased,
    /// Nobody has decided yet.
    Pending,
}

/// Makes the page.
pub fn receipt<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
) -> ReceiptView<'s> {
    let title = context.words(&c.title);
    let mut receipts: BTreeMap<&str, Vec<ReceiptEntry<'_>>> = BTreeMap::new();
    for (at, contribution) in c.contributions.iter().enumerate() {
        let Some(digest) = contribution.receipt.as_deref() else { continue };
        receipts.entry(digest).or_default().push(entry(context, c, d, at));
    }
    let form = invitation(context, c, About::Consultation);
    ReceiptView {
        head: context.head("receipt", title, title),
        consultation: Link::new(context.to(c, Part::Main), title),
        id: c.id.as_str(),
        closed_form: (form.is_none() && c.participation.is_some()).then(|| context.to(c, Part::TakePart)),
        form,
        sharded: receipts.len() > SHARDED_ABOVE,
        receipts,
    }
}

/// Whether the consultation has the page.
pub fn has_receipts(c: &Consultation) -> bool {
    c.participation.is_some() || c.contributions.iter().any(|x| x.receipt.is_some())
}

fn entry<'s>(
    context: &Context<'s>,
    c: &'s Consultation,
    d: &'s DerivedConsultation,
    at: usize,
) -> ReceiptEntry<'s> {
    let contribution = &c.contributions[at];
    let state = match contribution.state() {
        ModerationState::Published if contribution.merged_into.is_some() => ReceiptState::Merged,
        ModerationState::Published => ReceiptState::Published,
        ModerationState::Withheld => ReceiptState::Withheld,
        ModerationState::Erased => ReceiptState::Erased,
        ModerationState::Pending => ReceiptState::Pending,
    };
    ReceiptEntry {
        id: contribution.id.as_str(),
        href: context.contribution_href(c, d, at),
        state,
        date: contribution.date,
        decided: contribution.moderation.date,
        reason: withheld(context, c, contribution).and_then(|w| w.reason),
        into: contribution.merged_into.map(|into| context.contribution_link(c, d, into)),
    }
}

/// The scripts that stand beside the page, by name: one, or one for each first two digits.
pub fn scripts(view: &ReceiptView<'_>) -> Vec<(String, Vec<u8>)> {
    if !view.sharded {
        return vec![("receipts.js".to_owned(), script("greffeReceipts", &view.receipts))];
    }
    let shard = |n: u32| {
        let start = format!("{n:02x}");
        let own: BTreeMap<_, _> =
            view.receipts.iter().filter(|(digest, _)| digest.starts_with(&start)).collect();
        (format!("receipts-{start}.js"), script("greffeReceipts", &own))
    };
    (0..256).map(shard).collect()
}
