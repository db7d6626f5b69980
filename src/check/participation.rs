//! How readers take part: the channel with its address, the dates, what may be asked. Everything here is public; what
//! readers send never comes this way.

use super::scope::Scope;
use crate::diag::{Code, Diagnostic};
use crate::lang::Lang;
use crate::model::choices::{AuthorRule, ContributionKind, EmailRule, ParticipationChannel, PhaseKind};
use crate::model::participation::{Participation, Sending};
use crate::model::site::Phase;
use crate::model::when::Moment;
use crate::parse::records::participation::ParticipationRecord;
use crate::say;
use crate::source::Spanned;
use jiff::tz::TimeZone;

/// The most characters of a contribution, unless it is said.
const MAX_LENGTH: u64 = 5_000;
/// A textarea of more than this is no contribution any more.
const LONGEST: u64 = 200_000;

/// Checks how readers take part; none when something is at fault.
pub fn participation(
    scope: &mut Scope<'_>,
    written: &Spanned<ParticipationRecord>,
    (authors, names_embargo): (AuthorRule, Option<Moment>),
    phases: &[Phase],
    (main, zone): (&Lang, &TimeZone),
) -> Option<Participation> {
    let record = &written.value;
    let sending = sending(scope, record);
    let taking = || phases.iter().filter(|p| p.kind == PhaseKind::Contribution);
    let opens = record.opens.as_ref().map(|m| m.value);
    let opens = opens.or_else(|| taking().filter_map(|p| p.start).min_by_key(|m| m.instant(zone)));
    let closes = record.closes.as_ref().map(|m| m.value);
    let closes = closes.or_else(|| taking().filter_map(|p| p.end).max_by_key(|m| m.instant(zone)));
    if let (Some(first), Some(last)) = (opens, closes)
        && last.instant(zone) < first.instant(zone)
    {
        let span = record.closes.as_ref().or(record.opens.as_ref()).map_or(written.span, |m| m.span);
        scope.report(
            Code::G021,
            span,
            say!(
                "le formulaire ferme le {last}, avant d’ouvrir le {first}",
                "the form closes on {last}, before it opens on {first}"
            ),
        );
    }
    let max_length = record.max_length.as_ref().map_or(MAX_LENGTH, |n| n.value);
    if let Some(length) = record.max_length.as_ref().filter(|n| !(1..=LONGEST).contains(&n.value)) {
        scope.report(
            Code::G013,
            length.span,
            say!("écrivez un nombre de 1 à {LONGEST}", "write a number from 1 to {LONGEST}"),
        );
    }
    Some(Participation {
        sending: sending?,
        opens,
        closes,
        kinds: kinds(scope, record),
        names: names(scope, record, authors),
        names_embargo: names_embargo.filter(|_| authors == AuthorRule::Name),
        email: record.email.as_ref().map_or(EmailRule::None, |e| e.value),
        max_length,
        consent: record.consent.as_ref().map(|c| scope.markdown(c, main)),
        retention: scope.words_opt(&record.retention, main),
        thanks: scope.words_opt(&record.thanks, main),
    })
}

/// The channel with its address.
fn sending(scope: &mut Scope<'_>, record: &ParticipationRecord) -> Option<Sending> {
    let channel = &record.channel;
    let address = record.address.as_ref();
    let missing = |scope: &mut Scope<'_>, what: crate::lang::Bilingual| {
        scope.problems.push(
            Diagnostic::new(
                Code::G011,
                channel.span,
                say!("ce canal demande « address »", "this channel needs “address”"),
            )
            .help(what),
        );
        None
    };
    let web = || say!("une adresse web, « https://… »", "a web address, “https://…”");
    let mail = || say!("une adresse électronique", "an e-mail address");
    match (channel.value, address) {
        (ParticipationChannel::Netlify, None) => Some(Sending::Netlify),
        (ParticipationChannel::Netlify, Some(address)) => {
            scope.report(
                Code::G033,
                address.span,
                say!(
                    "« netlify » n’a pas d’adresse : c’est l’hébergeur qui reçoit",
                    "“netlify” has no address: the host itself receives"
                ),
            );
            None
        }
        (ParticipationChannel::Endpoint, None) => missing(scope, web()),
        (ParticipationChannel::Endpoint, Some(address)) => {
            let endpoint = Sending::endpoint(&address.value);
            if endpoint.is_none() {
                scope.report(
                    Code::G013,
                    address.span,
                    say!(
                        "ce n’est pas une adresse « https://… » où un formulaire peut être envoyé",
                        "this is not an address “https://…” to which a form can be sent"
                    ),
                );
            }
            endpoint
        }
        (ParticipationChannel::Email, None) => missing(scope, mail()),
        (ParticipationChannel::Email, Some(address)) if Sending::is_email(&address.value) => {
            Some(Sending::Email(address.value.clone()))
        }
        (ParticipationChannel::File, None) => Some(Sending::File(None)),
        (ParticipationChannel::File, Some(address)) if Sending::is_email(&address.value) => {
            Some(Sending::File(Some(address.value.clone())))
        }
        (ParticipationChannel::Email | ParticipationChannel::File, Some(address)) => {
            scope.report(
                Code::G013,
                address.span,
                say!(
                    "ce n’est pas une adresse électronique, comme « greffe@mairie.example »",
                    "this is not an e-mail address such as “clerk@council.example”"
                ),
            );
            None
        }
    }
}

/// What can be written. A petition needs signatures, which no form here gathers; answers go with questions.
fn kinds(scope: &mut Scope<'_>, record: &ParticipationRecord) -> Vec<ContributionKind> {
    let offered = |kind: ContributionKind| match kind {
        ContributionKind::Proposal
        | ContributionKind::Wording
        | ContributionKind::Argument
        | ContributionKind::Source
        | ContributionKind::Comment
        | ContributionKind::Interest => true,
        ContributionKind::Answer | ContributionKind::Petition => false,
    };
    let every = [
        ContributionKind::Proposal,
        ContributionKind::Wording,
        ContributionKind::Argument,
        ContributionKind::Comment,
        ContributionKind::Source,
        ContributionKind::Interest,
    ];
    for kind in record.kinds.iter().filter(|k| !offered(k.value)) {
        let word = kind.value.as_str();
        scope.problems.push(
            Diagnostic::new(
                Code::G014,
                kind.span,
                say!("le formulaire ne prend pas « {word} »", "the form does not take “{word}”"),
            )
            .help(say!(
                "choisissez parmi proposal, wording, argument, comment, source, interest ; les réponses au questionnaire vont avec les questions",
                "choose among proposal, wording, argument, comment, source, interest; answers go with the questions"
            )),
        );
    }
    let asked: Vec<ContributionKind> =
        every.into_iter().filter(|kind| record.kinds.iter().any(|k| k.value == *kind)).collect();
    if asked.is_empty() { every.to_vec() } else { asked }
}

/// How authors may ask to be shown: never more than the consultation shows.
fn names(scope: &mut Scope<'_>, record: &ParticipationRecord, authors: AuthorRule) -> Vec<AuthorRule> {
    let allowed: &[AuthorRule] = match authors {
        AuthorRule::Name => &[AuthorRule::Name, AuthorRule::Pseudonym, AuthorRule::Hidden],
        AuthorRule::Pseudonym => &[AuthorRule::Pseudonym, AuthorRule::Hidden],
        AuthorRule::Hidden => &[AuthorRule::Hidden],
    };
    for name in record.names.iter().filter(|n| !allowed.contains(&n.value)) {
        let (word, rule) = (name.value.as_str(), authors.as_str());
        scope.problems.push(
            Diagnostic::new(
                Code::G014,
                name.span,
                say!(
                    "« {word} » en montre plus que la consultation (« authors: {rule} »)",
                    "“{word}” shows more than the consultation does (“authors: {rule}”)"
                ),
            )
            .help(say!("retirez-le, ou changez « authors »", "remove it, or change “authors”")),
        );
    }
    let asked: Vec<AuthorRule> =
        allowed.iter().copied().filter(|rule| record.names.iter().any(|n| n.value == *rule)).collect();
    if asked.is_empty() { allowed.to_vec() } else { asked }
}
