//! Rankings by reactions: by which number, who has which rank, who is left out and how many. Reactions were declared by
//! a platform; a ranking decides nothing, and its page says so.

use super::plan::ListingKey;
use crate::model::site::*;
use serde::Serialize;

/// A rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Rank {
    /// From 1; the same for those that have the same count.
    pub number: usize,
    /// Others have the same.
    pub tied: bool,
    /// Votes for less votes against, where that is what it is ranked by.
    pub balance: Option<i64>,
}

/// The rule of a ranking: `rule` is a key of the messages, `ranking_<rule>`.
#[derive(Debug, Serialize)]
pub struct RankingView {
    /// `for` or `balance`.
    pub rule: &'static str,
    /// How many are ranked.
    pub ranked: usize,
    /// Withheld or erased: what they gathered is not ranked.
    pub withheld: usize,
    /// Merged into another: they go with it.
    pub merged: usize,
    /// On which no reactions were counted.
    pub uncounted: usize,
}

/// What a list is ranked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ranking {
    /// Votes for.
    For,
    /// Votes for less votes against.
    Balance,
}

impl Ranking {
    /// What a list is ranked by, if it is.
    pub fn of(list: ListingKey) -> Option<Self> {
        match list {
            ListingKey::ByVotes => Some(Ranking::For),
            ListingKey::ByBalance => Some(Ranking::Balance),
            ListingKey::ByDate | ListingKey::ByArticle | ListingKey::Discussion | ListingKey::Category(_) => {
                None
            }
        }
    }

    /// What a contribution is ranked by.
    pub fn count(self, c: &Consultation, at: ContributionIx) -> i64 {
        let counts = c.contributions[at].votes.as_ref().map(|v| v.counts).unwrap_or_default();
        let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        match self {
            Ranking::For => number(counts.r#for),
            Ranking::Balance => number(counts.r#for).saturating_sub(number(counts.against)),
        }
    }

    /// Those that have the same count have the same rank.
    pub fn rank(self, c: &Consultation, list: &[ContributionIx], place: usize) -> Option<Rank> {
        let count = self.count(c, *list.get(place)?);
        let first = list.partition_point(|at| self.count(c, *at) > count);
        let after = list.partition_point(|at| self.count(c, *at) >= count);
        let balance = (self == Ranking::Balance).then_some(count);
        Some(Rank { number: first + 1, tied: after - first > 1, balance })
    }

    /// The rule; `listed` are the contributions with a page.
    pub fn view(self, c: &Consultation, listed: &[ContributionIx]) -> RankingView {
        let outside = |wanted: &dyn Fn(&Contribution) -> bool| {
            listed.iter().filter(|at| wanted(&c.contributions[**at])).count()
        };
        let public = |x: &Contribution| x.published().is_some();
        RankingView {
            rule: match self {
                Ranking::For => "for",
                Ranking::Balance => "balance",
            },
            ranked: listed.iter().filter(|at| ranked(c, **at)).count(),
            withheld: outside(&|x| !public(x)),
            merged: outside(&|x| public(x) && x.merged_into.is_some()),
            uncounted: outside(&|x| public(x) && x.merged_into.is_none() && x.votes.is_none()),
        }
    }
}

/// Whether a contribution is ranked: published, counted, and not merged into another.
pub fn ranked(c: &Consultation, at: ContributionIx) -> bool {
    let x = &c.contributions[at];
    x.votes.is_some() && x.published().is_some() && x.merged_into.is_none()
}
