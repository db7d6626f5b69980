//! What became of a contribution, told in one sentence: clauses without a verb of their own, so that any of them can
//! stand first and none has to agree with another.

use super::Piece;
use super::steps::{link, passage_link, roll_call, standing, statements};
use super::teller::{Teller, capitalised};
use super::words::Tongue;
use crate::derive::DerivedConsultation;
use crate::derive::changes::enters;
use crate::derive::trace::link::Node;
use crate::model::choices::Relation;
use crate::model::site::*;
use crate::model::when::Date;
use crate::view::context::Context;
use crate::view::follow_up::overdue;

/// Whether nothing is recorded of what became of a contribution.
pub(super) fn is_silent(d: &DerivedConsultation, at: ContributionIx) -> bool {
    let own = Node::Contribution(at);
    let told = |relation: Relation| {
        matches!(
            relation,
            Relation::CollectedAt
                | Relation::SplitFrom
                | Relation::MergedInto
                | Relation::LedTo
                | Relation::Cites
                | Relation::Answers
                | Relation::Promises
        )
    };
    !d.links.from(own).chain(d.links.to(own)).any(|link| told(link.relation))
}

/// The sentence; a short one does not follow amendments into the text.
pub(super) fn sentence(
    context: &Context<'_>,
    c: &Consultation,
    d: &DerivedConsultation,
    at: ContributionIx,
    short: bool,
) -> Vec<Piece> {
    let tongue = Tongue::of(context.lang);
    let mut teller = Teller { context, c, d, at, tongue, pieces: Vec::new(), clauses: 0, short, told: None };
    if is_silent(d, at) {
        teller.words(teller.tongue.say("Aucun lien enregistré.", "No link recorded."));
        return teller.pieces;
    }
    teller.before();
    teller.citations();
    teller.responses();
    teller.amendments();
    teller.commitments();
    teller.words(".");
    capitalised(teller.pieces)
}

impl Teller<'_, '_> {
    /// Where it comes from, and what moderators made of it.
    fn before(&mut self) {
        let own = &self.c.contributions[self.at];
        if let Some(meeting) = own.meeting {
            self.clause("recueillie à la réunion ", "collected at the meeting ");
            let link = link(self.context, self.c, Node::Meeting(meeting));
            self.link(self.tongue.quoted(&link.title), link.href);
            let date = self.tongue.day(Date(self.c.meetings[meeting].date.date));
            let on = self.tongue.say(" du ", " on ");
            self.words(&format!("{on}{date}"));
        }
        if let Some(whole) = own.split_from {
            self.clause("tirée de la contribution ", "taken from the contribution ");
            self.contribution(whole);
        }
        let others = |relation: Relation| -> Vec<ContributionIx> {
            let links = self.d.links.to(Node::Contribution(self.at)).filter(|l| l.relation == relation);
            links
                .filter_map(|l| if let Node::Contribution(other) = l.from { Some(other) } else { None })
                .collect()
        };
        let (parts, merged) = (others(Relation::SplitFrom), others(Relation::MergedInto));
        if !parts.is_empty() {
            self.clause("partagée en ", "split into ");
            self.list(&parts);
        }
        if !merged.is_empty() {
            self.clause("réunie avec ", "joined by ");
            self.list(&merged);
        }
        if let Some(into) = own.merged_into {
            self.clause("réunie à la contribution ", "merged into the contribution ");
            self.contribution(into);
            let words = self.tongue.say(", dont elle suit le sort", ", and goes where that one goes");
            self.words(words);
        }
    }

    fn citations(&mut self) {
        let cited = &self.d.cited[self.at];
        match cited.len() {
            0 => return,
            1 => self.clause("citée dans la synthèse ", "cited in the synthesis "),
            _ => self.clause("citée dans les synthèses ", "cited in the syntheses "),
        }
        for (n, synthesis) in cited.iter().enumerate() {
            let between = self.tongue.between(n, cited.len());
            self.words(between);
            let mut link = link(self.context, self.c, Node::Synthesis(*synthesis));
            if let Some(first) = statements(self.context, self.c, *synthesis, self.at).into_iter().next() {
                link.href = first.href;
            }
            self.link(self.tongue.quoted(&link.title), link.href);
        }
    }

    fn responses(&mut self) {
        for at in &self.d.responses[self.at] {
            let response = &self.c.responses[*at];
            self.clause("", "");
            let link = link(self.context, self.c, Node::Response(*at));
            let (day, author) = (self.tongue.day(response.date), self.context.words(&response.author.name));
            self.link(
                match self.tongue {
                    Tongue::French => format!("réponse du {day}"),
                    Tongue::English => format!("answered on {day}"),
                },
                link.href,
            );
            self.words(&match self.tongue {
                Tongue::French => format!(" ({author})"),
                Tongue::English => format!(" by {author}"),
            });
            if let Some(decision) = response.decision {
                let colon = self.tongue.say("\u{a0}: ", ": ");
                let decision = self.tongue.decision(decision);
                self.words(&format!("{colon}{decision}"));
            }
            for (n, (text, article)) in response.articles.iter().enumerate() {
                let between = match n {
                    0 => self.tongue.say(", dans ", ", in "),
                    n => self.tongue.between(n, response.articles.len()),
                };
                self.words(between);
                let link = self.context.article_link(self.c, &self.c.texts[*text], article);
                self.link(self.tongue.the_article(&link.title), link.href);
            }
        }
    }

    fn amendments(&mut self) {
        for at in &self.d.led_to[self.at] {
            let amendment = &self.c.amendments[*at];
            match amendment.outcome {
                Some(_) => self.clause("à l’origine de l’", "led to "),
                None => self.clause("à l’origine de la ", "led to "),
            }
            let noun = match amendment.outcome {
                Some(_) => self.tongue.say("amendement", "amendment"),
                None => self.tongue.say("modification", "change"),
            };
            let href = link(self.context, self.c, Node::Amendment(*at)).href;
            // A change that was not tabled has no number but its id, which says nothing.
            let name = match &amendment.title {
                Some(title) if amendment.outcome.is_none() => self.tongue.quoted(title),
                Some(_) | None => amendment.number.to_string(),
            };
            self.link(format!("{noun} {name}"), href);
            if let Some(outcome) = amendment.outcome {
                let outcome = self.tongue.outcome(outcome);
                self.words(&format!(", {outcome}"));
            } else if let Some(origin) = amendment.origin {
                let origin = self.tongue.origin(origin);
                self.words(&format!(" {origin}"));
            }
            self.votes(*at);
            if !self.short {
                self.passages(*at);
            }
        }
    }

    fn votes(&mut self, amendment: AmendmentIx) {
        for vote in self.d.votes_on_amendment.get(&amendment).into_iter().flatten() {
            let href = link(self.context, self.c, Node::Vote(*vote)).href;
            let words = match (roll_call(self.c, self.d, *vote), self.tongue) {
                (Some([yes, no]), Tongue::French) => format!("vote\u{a0}: {yes} pour, {no} contre"),
                (Some([yes, no]), Tongue::English) => format!("vote: {yes} for, {no} against"),
                (None, _) => "vote".to_owned(),
            };
            self.words(" (");
            self.link(words, href);
            self.words(")");
        }
    }

    /// Where the words of an amendment stand now; that they stand nowhere is said of words that were inserted only.
    fn passages(&mut self, at: AmendmentIx) {
        let amendment = &self.c.amendments[at];
        let text = &self.c.texts[amendment.text];
        let standing = standing(self.d, Node::Amendment(at));
        let Some(latest) = text.versions.last() else { return };
        let title = self.tongue.quoted(self.context.words(&latest.title));
        if standing.is_empty() {
            let inserts = amendment.operations.main().iter().any(|o| o.edit.inserted().is_some());
            let later = amendment.version + 1 < text.versions.len();
            if enters(amendment) && inserts && later {
                let words = match self.tongue {
                    Tongue::French => format!(", sans mot qui lui soit attribué dans la version {title}"),
                    Tongue::English => format!(", to which no word of the version {title} is attributed"),
                };
                self.words(&words);
            }
            return;
        }
        let again = self.told == Some(amendment.text);
        self.told = Some(amendment.text);
        let words = match self.tongue {
            Tongue::French if again => ", dont les mots s’y lisent aussi (".to_owned(),
            Tongue::English if again => ", whose words stand there too (".to_owned(),
            Tongue::French => format!(", dont les mots se lisent dans la version {title} ("),
            Tongue::English => format!(", whose words stand in the version {title} ("),
        };
        self.words(&words);
        for (n, (node, numbers)) in standing.iter().enumerate() {
            if n > 0 {
                let between = self.tongue.say("\u{a0}; ", "; ");
                self.words(between);
            }
            let link = passage_link(self.context, self.c, *node, numbers);
            self.link(self.tongue.in_a_sentence(&link.title), link.href);
        }
        self.words(")");
    }

    fn commitments(&mut self) {
        let links = self.d.links.to(Node::Contribution(self.at));
        let promises: Vec<Node> =
            links.filter(|l| l.relation == Relation::Promises).map(|l| l.from).collect();
        for node in promises {
            let Node::Commitment(at) = node else { continue };
            let commitment = &self.c.commitments[at];
            self.clause("à l’origine de l’engagement ", "led to the commitment ");
            let link = link(self.context, self.c, node);
            self.link(self.tongue.quoted(&link.title), link.href);
            let status = self.tongue.status(commitment.status);
            self.words(&format!(" ({status}"));
            if let (true, Some(due)) = (overdue(self.context, commitment), commitment.due) {
                let day = self.tongue.day(due);
                let words = match self.tongue {
                    Tongue::French => format!("\u{a0}; échéance du {day} dépassée"),
                    Tongue::English => format!("; due on {day}, now past"),
                };
                self.words(&words);
            }
            self.words(")");
        }
    }
}
