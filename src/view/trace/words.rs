//! The words of sentences about the trace, in French for French and in English for every other language: a sentence
//! must agree with itself, which messages put side by side cannot.

use crate::lang::Lang;
use crate::model::choices::{CommitmentStatus, Decision, Origin, Outcome};
use crate::model::when::Date;

/// The language of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    French,
    English,
}

impl Tongue {
    pub(super) fn of(lang: &Lang) -> Self {
        if lang.as_str().split('-').next() == Some("fr") { Tongue::French } else { Tongue::English }
    }

    /// One of two.
    pub(super) fn say(self, fr: &'static str, en: &'static str) -> &'static str {
        match self {
            Tongue::French => fr,
            Tongue::English => en,
        }
    }

    pub(super) fn day(self, date: Date) -> String {
        match self {
            Tongue::French => date.in_french(),
            Tongue::English => date.in_english(),
        }
    }

    /// A title, between quotation marks, without the full stop at its end.
    pub(super) fn quoted(self, title: &str) -> String {
        let title = title.trim().trim_end_matches('.');
        match self {
            Tongue::French => format!("«\u{a0}{title}\u{a0}»"),
            Tongue::English => format!("“{title}”"),
        }
    }

    /// What stands between two things of a list, the last of which follows “and”.
    pub(super) fn between(self, at: usize, count: usize) -> &'static str {
        match (at, count) {
            (0, _) => "",
            (at, count) if at + 1 == count => self.say(" et ", " and "),
            (_, _) => ", ",
        }
    }

    /// An article's title inside a sentence: `article 4` in French, where its number is written so.
    pub(super) fn in_a_sentence(self, title: &str) -> String {
        match (self, title.strip_prefix("Article ")) {
            (Tongue::French, Some(number)) => format!("article {number}"),
            (Tongue::French | Tongue::English, _) => title.to_owned(),
        }
    }

    /// The same with its article.
    pub(super) fn the_article(self, title: &str) -> String {
        match (self, title.strip_prefix("Article ")) {
            (Tongue::French, Some(number)) => format!("l’article {number}"),
            (Tongue::French | Tongue::English, _) => title.to_owned(),
        }
    }

    pub(super) fn decision(self, decision: Decision) -> &'static str {
        match decision {
            Decision::Kept => self.say("retenue", "kept"),
            Decision::KeptInPart => self.say("retenue en partie", "kept in part"),
            Decision::NotKept => self.say("non retenue", "not kept"),
            Decision::OutOfScope => self.say("hors du champ", "out of scope"),
        }
    }

    pub(super) fn outcome(self, outcome: Outcome) -> &'static str {
        match outcome {
            Outcome::Adopted => self.say("adopté", "adopted"),
            Outcome::Rejected => self.say("rejeté", "rejected"),
            Outcome::Withdrawn => self.say("retiré", "withdrawn"),
            Outcome::NotMoved => self.say("non soutenu", "not moved"),
            Outcome::Moot => self.say("tombé", "moot"),
            Outcome::Inadmissible => self.say("irrecevable", "inadmissible"),
            Outcome::Pending => self.say("en discussion", "under discussion"),
        }
    }

    pub(super) fn origin(self, origin: Origin) -> &'static str {
        match origin {
            Origin::Government => self.say("du gouvernement", "by the government"),
            Origin::CouncilOfState => self.say("du Conseil d’État", "by the Council of State"),
            Origin::Committee => self.say("de la commission", "by the committee"),
            Origin::Floor => self.say("faite en séance", "made on the floor"),
            Origin::Editor => self.say("de mise au net", "by an editor"),
        }
    }

    pub(super) fn status(self, status: CommitmentStatus) -> &'static str {
        match status {
            CommitmentStatus::Announced => self.say("annoncé", "announced"),
            CommitmentStatus::UnderWay => self.say("en cours", "under way"),
            CommitmentStatus::Kept => self.say("tenu", "kept"),
            CommitmentStatus::KeptInPart => self.say("tenu en partie", "kept in part"),
            CommitmentStatus::Dropped => self.say("abandonné", "dropped"),
        }
    }

    /// `alinéa 2`, `alinéas 2, 3 et 5`.
    pub(super) fn paragraphs(self, numbers: &[u32]) -> String {
        let noun = match numbers {
            [_] => self.say("alinéa", "paragraph"),
            _ => self.say("alinéas", "paragraphs"),
        };
        let joined = numbers.iter().enumerate();
        let joined = joined.map(|(at, n)| format!("{}{n}", self.between(at, numbers.len())));
        format!("{noun} {}", joined.collect::<String>())
    }
}
