//! Where a commit's change comes from: an amendment, or one of the [`Origin`]s; and the stage of the version to which
//! such changes lead. Told from the author's name and the subject, since a repository says it nowhere else.

use super::message::Message;
use super::words::folded;
use crate::model::choices::{Origin, Stage};

/// What a commit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// An amendment, adopted since it is in the text.
    Amendment,
    /// A change that was not tabled.
    Change(Origin),
}

/// Words of a change that leaves the law as it is.
const EDITORIAL: [&str; 8] = [
    "legistique",
    "mise en forme",
    "mise en page",
    "redactionnel",
    "typograph",
    "coquille",
    "reformat",
    "numerotation",
];

/// What a commit is, by its author and its message.
pub(super) fn standing(author: &str, message: &Message) -> Standing {
    let (author, title) = (folded(author), folded(&message.title));
    let named = |names: &[&str]| names.iter().any(|name| author.contains(name));
    if message.tabled {
        return Standing::Amendment;
    }
    let assembly = named(&["assemblee", "senat", "parlement", "chambre", "congres"]);
    Standing::Change(match () {
        () if assembly && title.contains("commission") => Origin::Committee,
        () if author.starts_with("commission") => Origin::Committee,
        () if named(&["conseil d’etat", "conseil d'etat"]) => Origin::CouncilOfState,
        () if named(&[
            "ministere",
            "ministre",
            "gouvernement",
            "republique francaise",
            "secretariat d’etat",
            "secretariat d'etat",
        ]) =>
        {
            Origin::Government
        }
        () if EDITORIAL.iter().any(|words| title.contains(words)) => Origin::Editor,
        () if assembly => Origin::Floor,
        () => Origin::Editor,
    })
}

/// The stage of the version to which these led: that of most of them; consultation for the first version.
pub(super) fn stage(led: &[Standing]) -> Stage {
    if led.is_empty() {
        return Stage::Consultation;
    }
    let stages = led.iter().map(|s| match s {
        Standing::Amendment | Standing::Change(Origin::Floor) => Stage::Floor,
        Standing::Change(Origin::Committee) => Stage::Committee,
        Standing::Change(Origin::CouncilOfState) => Stage::CouncilOfState,
        Standing::Change(Origin::Government | Origin::Editor) => Stage::Other,
    });
    let mut counts: Vec<(usize, Stage)> = Vec::new();
    for stage in stages {
        match counts.iter_mut().find(|(_, of)| *of == stage) {
            Some((count, _)) => *count += 1,
            None => counts.push((1, stage)),
        }
    }
    // The first of those that occur most.
    counts.into_iter().rev().max_by_key(|(count, _)| *count).map_or(Stage::Other, |(_, stage)| stage)
}

#[cfg(test)]
mod tests {
    use super::super::message::message;
    use super::*;

    #[test]
    fn the_author_and_the_subject_say_where_a_change_comes_from() {
        for (author, subject, expected) in [
            ("Ministère de l’Eau", "Mise en forme", Standing::Change(Origin::Government)),
            ("Conseil d’Etat", "mise en page", Standing::Change(Origin::CouncilOfState)),
            (
                "Assemblée nationale",
                "Amendements adoptés par la Commission de l’eau",
                Standing::Change(Origin::Committee),
            ),
            ("Assemblée nationale", "Amendement 3 de la commission de l’eau", Standing::Amendment),
            ("Assemblée nationale", "Amendement rédactionnel", Standing::Amendment),
            ("Assemblée nationale", "Ajustement légistique", Standing::Change(Origin::Editor)),
            ("Sénat", "Article 3 : seconde délibération", Standing::Change(Origin::Floor)),
            ("Marie", "Fautes de frappe", Standing::Change(Origin::Editor)),
        ] {
            assert_eq!(standing(author, &message(subject, "")), expected, "{author}: {subject}");
        }
    }

    #[test]
    fn a_version_stands_where_most_of_its_changes_come_from() {
        let editor = Standing::Change(Origin::Editor);
        assert_eq!(stage(&[editor, Standing::Amendment, Standing::Amendment]), Stage::Floor);
        assert_eq!(stage(&[]), Stage::Consultation);
    }
}
