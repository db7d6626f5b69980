//! Declared reactions: the platform's count, and the second listing's where it differs, acknowledged.

use super::convert::{Convert, Reasons};
use super::read::{Filed, Opinion};
use crate::import::content::{Fields, count};
use crate::say;

/// Declared reactions, and the other listing's count when it differs.
pub(super) fn votes(convert: &Convert<'_>, filed: &Filed<Opinion>) -> (Fields, Reasons) {
    let o = &filed.record;
    let own = (o.votes_ok, o.votes_mitige, o.votes_nok);
    let reactions = counts(own);
    let Some(listed) = convert.export.listing.get(&*format!("o{}", o.id)) else {
        return (reactions, Reasons::new());
    };
    let other = (listed.record.votes_pro, listed.record.votes_unsure, listed.record.votes_against);
    if own == other {
        return (reactions, Reasons::new());
    }
    let gap = own.0.abs_diff(other.0) + own.1.abs_diff(other.1) + own.2.abs_diff(other.2);
    let gap = count(gap);
    let acknowledged = Fields::new()
        .text("source", format!("Second relevé ({})", listed.file))
        .then(counts(other))
        .text(
            "reason",
            format!(
                "Les deux relevés de la plateforme diffèrent de {gap} vote(s). Ils n’ont sans doute pas été faits au même moment ; rien dans l’export ne permet de le vérifier."
            ),
        )
        .text("date", convert.options.first_import.to_string());
    let reason = say!(
        "les deux relevés diffèrent de {gap} vote(s) : écart reconnu dans le contenu",
        "the two listings differ by {gap} vote(s): acknowledged in the content"
    );
    (reactions.map("acknowledged", acknowledged), Reasons::from([reason]))
}

/// The three counts.
pub(super) fn counts((r#for, mixed, against): (u64, u64, u64)) -> Fields {
    Fields::new().plain("for", r#for).plain("mixed", mixed).plain("against", against)
}
