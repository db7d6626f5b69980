//! What moderators decided: here withheld and erased words are left behind, and only the reason, the ground, the
//! day and who decided go on.

use super::ids::Named;
use super::scope::Scope;
use super::surroundings::Surroundings;
use crate::diag::{Code, Diagnostic};
use crate::lang::Bilingual;
use crate::model::choices::ModerationState;
use crate::model::site::{Content, Moderation};
use crate::parse::records::contribution::{ContributionRecord, ModerationRecord};
use crate::say;
use crate::source::Spanned;
use jiff::tz::TimeZone;

/// The decision as it may be told. A decision before the reception is a contradiction.
pub(super) fn decided(scope: &mut Scope<'_>, zone: &TimeZone, record: &ContributionRecord) -> Moderation {
    let Some(moderation) = record.moderation.as_ref().map(|m| &m.value) else { return Moderation::default() };
    let received = moderation.received.as_ref().or(record.date.as_ref());
    if let (Some(date), Some(received)) = (&moderation.date, received) {
        let day = received.value.instant(zone).to_zoned(zone.clone()).date();
        if date.value.0 < day {
            let (first, last) = (received.value, date.value);
            scope.problems.push(
                Diagnostic::new(
                    Code::G021,
                    date.span,
                    say!(
                        "la décision ({last}) précède la réception ({first})",
                        "the decision ({last}) comes before the reception ({first})"
                    ),
                )
                .related(received.span, say!("la réception", "the reception")),
            );
        }
    }
    Moderation {
        date: moderation.date.as_ref().map(|d| d.value),
        by: moderation.by.as_ref().map(|b| b.value.clone()),
        received: moderation.received.as_ref().map(|r| r.value),
    }
}

/// A withheld contribution: the reason and, where it may stay, the title.
pub(super) fn withheld(
    scope: &mut Scope<'_>,
    around: &mut Surroundings<'_>,
    one: &Named<'_, ContributionRecord>,
    moderation: &ModerationRecord,
) -> Content {
    let record = &one.main.record;
    match &moderation.reason {
        Some(reason) => {
            around.reasons.find(scope, reason, "motif de la charte", "reason of the charter");
        }
        None => scope.report(
            Code::G011,
            moderation.state.span,
            say!(
                "une contribution écartée dit pourquoi : ajoutez « reason »",
                "a withheld contribution says why: add “reason”"
            ),
        ),
    }
    if has_words(one) {
        let id = &one.id;
        scope.report(
            Code::G031,
            moderation.state.span,
            say!(
                "« {id} » est écartée, mais ses mots sont encore dans ce fichier",
                "“{id}” is withheld, but its words still stand in this file"
            ),
        );
    }
    let may_stay = moderation.title_may_stay.as_ref().is_some_and(|t| t.value);
    Content::Withheld {
        reason: moderation.reason.as_ref().map(|r| r.value.clone()),
        title: record.title.as_ref().filter(|_| may_stay).map(|t| t.value.clone()),
    }
}

/// An erased contribution: the law or the decision, and who carried it out.
pub(super) fn erased(
    scope: &mut Scope<'_>,
    one: &Named<'_, ContributionRecord>,
    moderation: &ModerationRecord,
) -> Content {
    let record = &one.main.record;
    let mut missing = |key: &str, what: Bilingual| {
        let Bilingual { fr: what_fr, en: what_en } = what;
        scope.report(
            Code::G011,
            moderation.state.span,
            say!(
                "une contribution effacée dit {what_fr} : ajoutez « {key} »",
                "an erased contribution says {what_en}: add “{key}”"
            ),
        );
    };
    if moderation.ground.is_none() {
        missing("ground", say!("en vertu de quoi", "under what"));
    }
    if moderation.by.is_none() {
        missing("by", say!("par qui", "by whom"));
    }
    if moderation.date.is_none() {
        missing("date", say!("quand", "when"));
    }
    if has_words(one) || record.title.is_some() || record.author.is_some() || record.link.is_some() {
        let id = &one.id;
        scope.report(
            Code::G031,
            moderation.state.span,
            say!(
                "« {id} » est effacée, mais ce fichier dit encore ce qu’elle disait",
                "“{id}” is erased, but this file still says what it said"
            ),
        );
    }
    let main = scope.main().clone();
    Content::Erased { ground: scope.words_opt(&moderation.ground, &main) }
}

/// Whether anything that its author wrote at length still stands in the file.
fn has_words(one: &Named<'_, ContributionRecord>) -> bool {
    let record = &one.main.record;
    record.body.is_some()
        || !one.main.body.value.trim().is_empty()
        || record.answers.is_some()
        || !record.appendices.is_empty()
        || !record.revisions.is_empty()
}

/// A receipt's digest: 64 hexadecimal digits. The number itself, written by mistake, must not be published: it is
/// its author's proof.
pub(super) fn receipt(scope: &mut Scope<'_>, written: &Spanned<Box<str>>) -> Option<Box<str>> {
    let digest = &written.value;
    let fine = digest.len() == 64 && digest.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if !fine {
        scope.problems.push(
            Diagnostic::new(
                Code::G013,
                written.span,
                say!(
                    "« receipt » n’est pas une empreinte SHA-256 : 64 chiffres de 0 à f",
                    "“receipt” is no SHA-256 digest: 64 digits from 0 to f"
                ),
            )
            .help(say!(
                "gardez l’empreinte du numéro, jamais le numéro : il prouve qui est l’auteur",
                "keep the digest of the number, never the number: it proves who the author is"
            )),
        );
    }
    fine.then(|| digest.clone())
}

/// What became of a record: published when it does not say.
pub(super) fn state(record: &ContributionRecord) -> ModerationState {
    record.moderation.as_ref().map_or(ModerationState::Published, |m| m.value.state.value)
}

/// Whether a record's own words may be read by anyone.
pub(super) fn is_public(record: &ContributionRecord) -> bool {
    state(record) == ModerationState::Published
}
