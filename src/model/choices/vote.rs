//! The closed lists of votes: kinds, majorities, and how budgets and ties are settled.

use crate::choice;

choice! {
    /// The kind of a vote.
    pub enum VoteKind {
        /// For, mixed, against.
        Reactions = "reactions",
        /// A question with options of which one is chosen: a poll or a referendum.
        Poll = "poll",
        /// Any number of options, or up to a limit, may be chosen; the most chosen win.
        Approval = "approval",
        /// Every option is given a score; the highest sum wins.
        Score = "score",
        /// A number of points is shared between options; the highest sum wins.
        Cumulative = "cumulative",
        /// Every option is given a grade; the best median wins (jugement majoritaire).
        MajorityJudgment = "majority-judgment",
        /// Options are ranked; the last is eliminated until one has a majority (vote alternatif).
        InstantRunoff = "instant-runoff",
        /// Options are ranked; each pair is compared, and the strongest path wins (Condorcet, méthode de Schulze).
        Schulze = "schulze",
        /// Projects are chosen within a budget.
        Budget = "budget",
        /// Signatures, and what a number of them obtains.
        Petition = "petition",
        /// A named vote of an assembly (scrutin public).
        RollCall = "roll-call",
        /// People are drawn by lot, so many of each category (tirage au sort).
        Lots = "lots",
    }
}

impl VoteKind {
    /// Whether a mark of its ballots may be a number of points.
    pub fn has_points(self) -> bool {
        matches!(self, VoteKind::Score | VoteKind::Cumulative | VoteKind::Budget)
    }

    /// Whether totals alone do not say who wins.
    pub fn needs_ballots(self) -> bool {
        self.is_ranked() || matches!(self, VoteKind::MajorityJudgment | VoteKind::Budget)
    }

    /// Whether its ballots rank the options.
    pub fn is_ranked(self) -> bool {
        matches!(self, VoteKind::InstantRunoff | VoteKind::Schulze)
    }
}

choice! {
    /// How the projects of a budget are selected.
    pub enum Selection {
        /// By support, each that the money left can pay; the others are skipped.
        Greedy = "greedy",
        /// By support, until the first that the money left cannot pay.
        GreedyNoSkip = "greedy-no-skip",
        /// By support, among the projects that enough ballots support (`min_support`).
        GreedyThreshold = "greedy-threshold",
        /// Every voter has an equal share of the budget, with which supporters pay together (Méthode des parts égales).
        EqualShares = "equal-shares",
    }
}

choice! {
    /// What is done with the money that equal shares leave.
    pub enum Completion {
        /// Nothing.
        None = "none",
        /// The rest is spent greedily, by support.
        Greedy = "greedy",
        /// Every share is raised by one unit of money until the next raise would exceed the budget.
        Add1 = "add1",
        /// The same, then the rest is spent greedily.
        Add1Greedy = "add1-greedy",
    }
}

choice! {
    /// What a supporter gains from a project, under equal shares.
    pub enum Utility {
        /// As much as it costs.
        Cost = "cost",
        /// One.
        Approval = "approval",
        /// The points or the score given to it.
        Points = "points",
    }
}

choice! {
    /// What decides between options that are equal under the rule.
    pub enum Ties {
        /// Nothing: all win, or none where there is room for some only, and the page says so.
        Shared = "shared",
        /// The order in which the options are listed.
        Order = "order",
        /// The cheaper, then the order in which they are listed.
        Cost = "cost",
        /// A lot, drawn with the published seed.
        Lot = "lot",
    }
}

choice! {
    /// What a majority is counted on.
    pub enum MajorityBase {
        /// The choices expressed, blank ballots left out (suffrages exprimés).
        Expressed = "expressed",
        /// The ballots cast.
        Cast = "cast",
        /// The people registered.
        Registered = "registered",
    }
}
