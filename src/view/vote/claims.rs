//! What the page of a vote claims, as short lines that another count can be laid beside: a key, what it is of, a value.
//! Options, grades and groups stand by their ids.

use crate::model::choices::VoteKind;
use crate::model::site::*;
use crate::tally::{Method, Tally};
use crate::view::context::Context;
use serde::Serialize;

/// A claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// What is claimed: a key of the messages, `claim_<key>`.
    pub key: &'static str,
    /// Of which option, round, group; none of the whole.
    pub of: Option<String>,
    /// What the page says.
    pub value: String,
}

impl Claim {
    fn new(key: &'static str, of: Option<&str>, value: impl ToString) -> Claim {
        Claim { key, of: of.map(str::to_owned), value: value.to_string() }
    }
}

/// Every claim of a page, in the order in which it is read.
pub fn claims(_context: &Context<'_>, vote: &Vote, _known: &KnownResult, tally: &Tally) -> Vec<Claim> {
    let ids = |places: &[usize]| {
        let id = |at: &usize| vote.options.get(*at).map_or("?", |option| option.id.as_str());
        places.iter().map(id).collect::<Vec<_>>().join(", ")
    };
    let mut all = Vec::new();
    if vote.kind != VoteKind::Lots {
        all.push(Claim::new("cast", None, tally.cast.unwrap_or(0)));
        all.push(Claim::new("blank", None, tally.blank.unwrap_or(0)));
        all.push(Claim::new("replaced", None, tally.replaced));
        all.extend(tally.void.iter().map(|(why, n)| Claim::new("void", Some(why.as_str()), n)));
    }
    for (option, count) in vote.options.iter().zip(&tally.counts) {
        all.push(Claim::new("count", Some(option.id.as_str()), count));
    }
    match &tally.method {
        Method::Plain
        | Method::Judgment(_)
        | Method::Schulze(_)
        | Method::Runoff(_)
        | Method::Budget(_)
        | Method::Lots(_) => {}
    }
    if let Some(met) = tally.quorum_met {
        all.push(Claim::new("quorum", None, met));
    }
    if vote.kind != VoteKind::Lots {
        all.push(Claim::new("winners", None, ids(&tally.winners)));
        all.push(Claim::new("tied", None, ids(&tally.tied)));
    }
    all
}
