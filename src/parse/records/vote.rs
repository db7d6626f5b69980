//! `votes/<id>.yaml`.

use super::common::{Acknowledgement, Anchor, SitePath, Url};
use crate::model::choices::{Completion, MajorityBase, Selection, Ties, Utility, VoteKind};
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
        list options: VoteOptionRecord,
        /// How many people could vote.
        optional registered: u64,
        /// The currency of costs and budget: `EUR`.
        optional currency: Box<str>,
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
        /// The ballots: a CSV file beside this one, with the columns `voter` and `choice`, or `voter` and one column an option.
        optional ballots: SitePath,
        /// The people among whom a panel is drawn: a CSV file beside this one, with the column `id` and one column a category.
        optional pool: SitePath,
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
        /// How many options win, or how many people are drawn: 1 when absent.
        optional seats: u64,
        /// The most points that one ballot may give to one option.
        optional max_score: u64,
        /// The most points that one ballot may give in all.
        optional max_points: u64,
        /// The fewest.
        optional min_points: u64,
        /// The grades of a majority judgment, from the worst to the best.
        list grades: GradeRecord,
        /// The grade of an option that a ballot does not grade: the worst when absent.
        optional ungraded: Id,
        /// What can be spent.
        optional budget: f64,
        /// The most that the choices of one ballot may cost together.
        optional max_spend: f64,
        /// How the projects of a budget are selected: `greedy` when absent.
        optional selection: Selection,
        /// The fewest votes that a project needs, for `greedy-threshold`.
        optional min_support: u64,
        /// What is done with the money that equal shares leave: nothing when absent.
        optional completion: Completion,
        /// What a supporter gains from a project, under equal shares: its cost when absent.
        optional utility: Utility,
        /// What numbers of signatures obtain.
        list steps: StepRecord,
        /// What decides between equal options: nothing when absent; in a budget, the cost.
        optional ties: Ties,
        /// The seed of a lot: published before it could be known to favour anybody.
        optional seed: Box<str>,
        /// Who could vote.
        optional electorate: Localised<Box<str>>,
        /// How many people of each category a panel must hold.
        list quotas: QuotaRecord,
    }
}

record! {
    /// What can be chosen in a vote.
    pub struct VoteOptionRecord as "vote option" ("choix d’un vote") {
        /// Its id.
        required id: Id,
        /// What is shown.
        required title: Localised<Box<str>>,
        /// What a reader should know about it.
        optional summary: Localised<Box<str>>,
        /// What it costs, in a budget.
        optional cost: f64,
        /// The contribution that proposed it.
        optional contribution: Id,
        /// Where it is described.
        optional url: Url,
    }
}

record! {
    /// A grade of a majority judgment.
    pub struct GradeRecord as "grade" ("mention") {
        /// Its id.
        required id: Id,
        /// What is shown.
        required title: Localised<Box<str>>,
    }
}

record! {
    /// What a number of signatures obtains.
    pub struct StepRecord as "petition step" ("seuil d’une pétition") {
        /// So many signatures.
        required signatures: u64,
        /// What they obtain.
        required title: Localised<Box<str>>,
    }
}

record! {
    /// How many people of a category a panel must hold.
    pub struct QuotaRecord as "quota" {
        /// The column of the pool.
        required category: Box<str>,
        /// The value in that column.
        required value: Box<str>,
        /// At least so many: none when absent.
        optional min: u64,
        /// At most so many: all of them when absent.
        optional max: u64,
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
