//! `votes/<id>.yaml`.

use super::common::{Acknowledgement, Anchor, SitePath, Url};
use super::consultation::OptionRecord;
use crate::model::choices::{MajorityBase, VoteKind};
use crate::model::id::Id;
use crate::model::when::{Date, Moment};
use crate::record;
use crate::yaml::read::{Entries, Localised};

record! {
    /// A recorded set of choices, its rule and its declared result.
    pub struct VoteRecord as "vote" {
        /// Its id; the file's name when absent.
        optional id: Id,
        /// What was voted on.
        required title: Localised<Box<str>>,
        /// The kind of vote.
        required kind: VoteKind,
        /// The question put.
        optional question: Localised<Box<str>>,
        /// What a reader should know about it.
        optional summary: Localised<Box<str>>,
        /// The text, article or paragraph it is about.
        optional on: Anchor,
        /// The amendment it decides.
        optional amendment: Id,
        /// The contribution it is about.
        optional contribution: Id,
        /// The day of the vote.
        optional date: Date,
        /// When it opened.
        optional opens: Moment,
        /// When it closed.
        optional closes: Moment,
        /// The rule.
        optional rule: RuleRecord,
        /// What could be chosen; `for`, `against`, `abstention` for a roll call, `for`, `mixed`, `against` for reactions.
        list options: OptionRecord,
        /// How many people could vote.
        optional registered: u64,
        /// Declared number of ballots cast.
        optional cast: u64,
        /// Declared number of blank ballots.
        optional blank: u64,
        /// Declared number of void ballots.
        optional void: u64,
        /// Declared totals, by option.
        optional totals: Entries<u64>,
        /// Declared winner, or winners.
        list winners: Id,
        /// A roll call's groups.
        list groups: GroupRecord,
        /// The ballots: a CSV file beside this one, with the columns `voter` and `choice` (several choices joined by `|`).
        optional ballots: SitePath,
        /// Why the ballots are not published, when they are not.
        optional ballots_missing: Localised<Box<str>>,
        /// Until when the result must not be shown.
        optional embargo: Moment,
        /// The declared and the recounted results differ, and somebody knows why.
        optional acknowledged: Acknowledgement,
        /// Where it is published officially.
        optional url: Url,
        /// Former addresses of its page.
        list aliases: SitePath,
    }
}

record! {
    /// The rule of a vote.
    pub struct RuleRecord as "rule" ("règle du vote") {
        /// What the majority is counted on: `expressed` when absent.
        optional base: MajorityBase,
        /// The share of the base that an option must exceed, in per cent: 50 when absent.
        optional threshold: f64,
        /// The share of the people registered who must have voted, in per cent.
        optional quorum: f64,
        /// The most options that one ballot may choose.
        optional max_choices: u64,
        /// The fewest.
        optional min_choices: u64,
        /// A later ballot of the same voter replaces the earlier one: `false` when absent, and a second ballot is void.
        optional replace: bool,
    }
}

record! {
    /// A group of an assembly in a roll call.
    pub struct GroupRecord as "group" ("groupe") {
        /// Its id.
        required id: Id,
        /// Its name.
        required name: Box<str>,
        /// Members it has.
        optional members: u64,
        /// Members who voted for.
        optional r#for: u64,
        /// Members who voted against.
        optional against: u64,
        /// Members who abstained.
        optional abstention: u64,
        /// Members who took no part.
        optional absent: u64,
    }
}
