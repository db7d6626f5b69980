//! What became of a piece on its platform: why and when it was withheld, and the reactions it had.

use super::{Reasons, Writer, line, when};
use crate::import::content::{self, Fields, UNSTATED, count};
use crate::import::platform::{Piece, Votes};
use crate::model::id::{Id, slug};
use crate::say;

/// `moderation` of a piece whose words are withheld.
pub(super) fn withheld(
    writer: &mut Writer<'_>,
    piece: &Piece,
    (reason, date): (Option<&str>, Option<&str>),
    reasons: &mut Reasons,
) -> Fields {
    let code = reason.map(line).filter(|code| !code.is_empty());
    let named = code.as_deref().and_then(|code| {
        let known = writer.gathered.reasons.iter().find(|(known, _)| **known == *code);
        Some((slug(code)?, known.map_or_else(|| code.to_owned(), |(_, title)| title.clone())))
    });
    let id = match named {
        Some((id, title)) => {
            writer.moderated.entry(id.clone()).or_insert(title);
            id
        }
        None => unstated(writer),
    };
    let decided = writer.date(date, reasons).map(|moment| when::day(moment, &writer.zone));
    let written =
        writer.date(piece.created.as_deref(), reasons).map(|moment| when::day(moment, &writer.zone));
    let decided = match (decided, written) {
        (Some(decided), Some(written)) if decided < written => {
            reasons.insert(say!(
                "sa mise à l’écart ({decided}) précède son écriture ({written}) : la date n’est pas reprise",
                "it was withheld ({decided}) before it was written ({written}): the date is not kept"
            ));
            None
        }
        (decided, _) => decided,
    };
    reasons.insert(say!(
        "écarté par la modération : mots remplacés par leur empreinte",
        "withheld by moderation: words replaced by their digest"
    ));
    let answers = piece.answers.iter().flat_map(|(_, given)| given.iter().map(String::as_str));
    let appendices = piece.appendices.iter().map(|(_, words)| words.raw());
    let words: Vec<&str> = piece
        .title
        .as_deref()
        .into_iter()
        .chain([piece.body.raw()])
        .chain(appendices)
        .chain(answers)
        .collect();
    let day = decided.map(|day| day.to_string()).unwrap_or_default();
    content::withheld(id.as_str(), &day, &words.join("\n\n"), &writer.options.key)
}

fn unstated(writer: &mut Writer<'_>) -> Id {
    let id = Id::new(UNSTATED).unwrap_or_else(|| writer.options.slug.clone());
    writer.moderated.entry(id.clone()).or_insert_with(|| "Motif non indiqué par l’export".to_owned());
    id
}

/// Reactions: those that the platform declares, else those of the rows; both where they differ.
pub(super) fn votes(writer: &Writer<'_>, piece: &Piece, reasons: &mut Reasons) -> Fields {
    let declared = piece.votes;
    let Some(rows) = piece.rows else { return counts(declared) };
    if declared == Votes::default() {
        return counts(rows);
    }
    let of = |votes: Votes| [votes.r#for, votes.mixed, votes.against].map(Option::unwrap_or_default);
    if of(declared) == of(rows) {
        return counts(declared);
    }
    let sum = |votes: Votes| of(votes).iter().fold(0_u64, |sum, n| sum.saturating_add(*n));
    let (said, found) = (count(sum(declared)), count(sum(rows)));
    let reason = format!(
        "La plateforme déclare {said} vote(s), son export en contient {found}. Rien dans l’export n’explique cet écart."
    );
    reasons.insert(say!(
        "la plateforme déclare {said} vote(s), l’export en contient {found} : écart reconnu dans le contenu",
        "the platform declares {said} vote(s), the export holds {found}: acknowledged in the content"
    ));
    let acknowledged = Fields::new()
        .text("source", "Lignes de l’export")
        .then(counts(rows))
        .text("reason", reason)
        .text("date", writer.options.first_import.to_string());
    counts(declared).map("acknowledged", acknowledged)
}

fn counts(votes: Votes) -> Fields {
    let mut fields = Fields::new();
    for (key, n) in [("for", votes.r#for), ("mixed", votes.mixed), ("against", votes.against)] {
        if let Some(n) = n {
            fields = fields.plain(key, n);
        }
    }
    fields
}
