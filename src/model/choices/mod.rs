//! The closed lists of the field, each word with its meaning. The word is the same in YAML, data files and URLs.

mod vote;

use crate::choice;
pub use vote::*;

choice! {
    /// What a phase of a consultation is for.
    pub enum PhaseKind {
        /// The subject is presented.
        Presentation = "presentation",
        /// Contributions are taken.
        Contribution = "contribution",
        /// Contributions are summed up.
        Synthesis = "synthesis",
        /// The organiser answers.
        Answer = "answer",
        /// The public or an assembly votes.
        Vote = "vote",
        /// What was promised is followed up.
        FollowUp = "follow-up",
        /// Anything else.
        Other = "other",
    }
}

choice! {
    /// How the authors of contributions are shown.
    pub enum AuthorRule {
        /// By the name they gave.
        Name = "name",
        /// By their pseudonym; names are private.
        Pseudonym = "pseudonym",
        /// Not at all.
        Hidden = "hidden",
    }
}

choice! {
    /// Who wrote.
    pub enum AuthorKind {
        /// A person.
        Citizen = "citizen",
        /// An elected person.
        Elected = "elected",
        /// An association, a company, a union…
        Organisation = "organisation",
        /// The government or an administration.
        Government = "government",
        /// Nobody knows.
        Anonymous = "anonymous",
    }
}

choice! {
    /// What a text is.
    pub enum TextKind {
        /// A bill, from the government or from members.
        Bill = "bill",
        /// A draft regulation (décret, arrêté).
        Regulation = "regulation",
        /// A resolution.
        Resolution = "resolution",
        /// A plan, a strategy, a charter.
        Plan = "plan",
        /// Anything else.
        Other = "other",
    }
}

choice! {
    /// How articles and divisions are numbered.
    pub enum Numbering {
        /// Titre Ier, Chapitre II bis, Article 1er…
        French = "french",
        /// Any heading is a division; “Article”, “Section”, “Clause” and “§” followed by a number are articles.
        Generic = "generic",
    }
}

choice! {
    /// Where a version stands in the procedure.
    pub enum Stage {
        /// Put to consultation before it is tabled.
        Consultation = "consultation",
        /// After the Council of State's opinion.
        CouncilOfState = "council-of-state",
        /// As tabled.
        Tabled = "tabled",
        /// As amended in committee.
        Committee = "committee",
        /// As amended on the floor.
        Floor = "floor",
        /// Adopted.
        Adopted = "adopted",
        /// Published as law.
        Promulgated = "promulgated",
        /// The law in force before.
        InForce = "in-force",
        /// Any other state.
        Other = "other",
    }
}

choice! {
    /// What became of an amendment (sort).
    pub enum Outcome {
        /// Adopted.
        Adopted = "adopted",
        /// Rejected.
        Rejected = "rejected",
        /// Withdrawn by its author.
        Withdrawn = "withdrawn",
        /// Not moved: nobody was there to defend it (non soutenu).
        NotMoved = "not-moved",
        /// Moot: another decision removed its object (tombé).
        Moot = "moot",
        /// Inadmissible (irrecevable).
        Inadmissible = "inadmissible",
        /// Not decided yet.
        Pending = "pending",
    }
}

choice! {
    /// Where a change that was not tabled comes from.
    pub enum Origin {
        /// The government redrafted.
        Government = "government",
        /// The Council of State's opinion.
        CouncilOfState = "council-of-state",
        /// A committee.
        Committee = "committee",
        /// The floor, without a known amendment.
        Floor = "floor",
        /// An editor: numbering, typography, legal drafting.
        Editor = "editor",
    }
}

choice! {
    /// What a participant wrote.
    pub enum ContributionKind {
        /// A proposal.
        Proposal = "proposal",
        /// A suggested rewording of an article.
        Wording = "wording",
        /// An argument for or against.
        Argument = "argument",
        /// A source: a document that supports.
        Source = "source",
        /// A comment.
        Comment = "comment",
        /// Answers to a questionnaire.
        Answer = "answer",
        /// An expression of interest.
        Interest = "interest",
        /// A petition.
        Petition = "petition",
    }
}

impl ContributionKind {
    /// Whether contributions of this kind have a page of their own; the others are fragments of the page of what
    /// they are about. A page is for what people link to: what gathers votes, arguments and answers of its own.
    pub fn has_page(self) -> bool {
        match self {
            Self::Proposal | Self::Wording | Self::Petition => true,
            Self::Argument | Self::Source | Self::Comment | Self::Answer | Self::Interest => false,
        }
    }
}

choice! {
    /// Where an argument or a comment stands.
    pub enum Position {
        /// For.
        For = "for",
        /// Against.
        Against = "against",
        /// For in part.
        Mixed = "mixed",
        /// Neither.
        Neutral = "neutral",
    }
}

choice! {
    /// How a contribution came.
    pub enum Channel {
        /// On a web site.
        Online = "online",
        /// On paper.
        Paper = "paper",
        /// At a meeting.
        Meeting = "meeting",
        /// By mail or e-mail.
        Mail = "mail",
    }
}

choice! {
    /// What became of a contribution in moderation.
    pub enum ModerationState {
        /// Nobody has looked at it yet.
        Pending = "pending",
        /// Published.
        Published = "published",
        /// Not shown, for a stated reason.
        Withheld = "withheld",
        /// Removed after it was published, as a law or a court demands.
        Erased = "erased",
    }
}

choice! {
    /// What `greffe intake` noticed about something received; a moderator decides what it means.
    pub enum IntakeMark {
        /// The same author sent the same words before.
        Duplicate = "duplicate",
        /// Others sent the same words.
        Campaign = "campaign",
        /// It came after the last day.
        Late = "late",
        /// A trap for robots was filled in, or its words look like theirs.
        Spam = "spam",
        /// Something that the consultation asks for is missing.
        Incomplete = "incomplete",
    }
}

choice! {
    /// By what way the form of a consultation sends what a reader wrote.
    pub enum ParticipationChannel {
        /// The forms of Netlify, where the site is hosted there.
        Netlify = "netlify",
        /// A web service that takes forms.
        Endpoint = "endpoint",
        /// The reader's own e-mail.
        Email = "email",
        /// A file that the reader saves and hands over.
        File = "file",
    }
}

choice! {
    /// Whether the form asks for an e-mail address.
    pub enum EmailRule {
        /// One cannot take part without it.
        Required = "required",
        /// It may be given.
        Optional = "optional",
        /// It is not asked for.
        None = "none",
    }
}

choice! {
    /// The decision of an official response.
    pub enum Decision {
        /// Kept.
        Kept = "kept",
        /// Kept in part.
        KeptInPart = "kept-in-part",
        /// Not kept.
        NotKept = "not-kept",
        /// Out of scope.
        OutOfScope = "out-of-scope",
    }
}

choice! {
    /// What became of a commitment.
    pub enum CommitmentStatus {
        /// Announced.
        Announced = "announced",
        /// Under way.
        UnderWay = "under-way",
        /// Kept.
        Kept = "kept",
        /// Kept in part.
        KeptInPart = "kept-in-part",
        /// Dropped.
        Dropped = "dropped",
    }
}

choice! {
    /// What a meeting is.
    pub enum MeetingKind {
        /// A workshop.
        Workshop = "workshop",
        /// A hearing.
        Hearing = "hearing",
        /// A public meeting.
        PublicMeeting = "public-meeting",
        /// A committee or plenary sitting.
        Sitting = "sitting",
        /// Anything else.
        Other = "other",
    }
}

choice! {
    /// How a number was obtained.
    pub enum Provenance {
        /// Counted again from the ballots published here.
        Recounted = "recounted",
        /// Added up from declared totals.
        Summed = "summed",
        /// Declared by the organiser or a platform; nothing here allows a recount.
        Declared = "declared",
        /// Counted from the records published here.
        Counted = "counted",
    }
}

choice! {
    /// A question of a questionnaire.
    pub enum QuestionKind {
        /// One option.
        Single = "single",
        /// Several options.
        Multiple = "multiple",
        /// Options in order.
        Ranked = "ranked",
        /// A number.
        Number = "number",
        /// Free words.
        Free = "free",
    }
}

choice! {
    /// Where a plain page is linked from.
    pub enum MenuPlace {
        /// The menu at the top.
        Header = "header",
        /// The foot of every page.
        Footer = "footer",
        /// Nowhere.
        None = "none",
    }
}

// ---- The trace ----

choice! {
    /// What a link leads from or to.
    pub enum Linked {
        /// What a participant wrote.
        Contribution = "contribution",
        /// An editorial summary.
        Synthesis = "synthesis",
        /// An official answer.
        Response = "response",
        /// What was promised.
        Commitment = "commitment",
        /// A change proposed to a text, or recorded between two versions.
        Amendment = "amendment",
        /// A vote.
        Vote = "vote",
        /// A workshop, a hearing, a sitting.
        Meeting = "meeting",
        /// An article of a text.
        Article = "article",
    }
}

choice! {
    /// What a link says.
    pub enum Relation {
        /// A synthesis cites a contribution.
        Cites = "cites",
        /// A response answers a contribution.
        Answers = "answers",
        /// A response says in which article a contribution went.
        WentInto = "went-into",
        /// A contribution led to an amendment.
        LedTo = "led-to",
        /// A commitment promises something for a contribution.
        Promises = "promises",
        /// An amendment was decided by a vote.
        DecidedBy = "decided-by",
        /// Words that an amendment brought stand in a paragraph of the text.
        BecamePassage = "became-passage",
        /// A sub-amendment amends an amendment.
        Amends = "amends",
        /// A contribution was merged into another.
        MergedInto = "merged-into",
        /// A contribution was a part of another.
        SplitFrom = "split-from",
        /// A contribution was collected at a meeting.
        CollectedAt = "collected-at",
        /// A wording rewords a contribution.
        Rewords = "rewords",
        /// An argument is about a contribution.
        Argues = "argues",
        /// A source supports a contribution.
        Supports = "supports",
        /// A contribution replies to another.
        RepliesTo = "replies-to",
        /// A contribution is about an article.
        About = "about",
        /// An article comes from an article of the text that this one continues.
        ComesFrom = "comes-from",
    }
}

choice! {
    /// Who says that two things are linked.
    pub enum AssertedBy {
        /// The organiser, who wrote it in a response, a synthesis, an amendment, a commitment, a vote or a contribution's record.
        Organiser = "organiser",
        /// The author of the contribution.
        Author = "author",
        /// The program that imported the record.
        Importer = "importer",
        /// Greffe computed it from the words.
        Computation = "computation",
    }
}
