//! Rows that are votes: counted, and compared with what the platform declares. Who voted is kept nowhere. A vote that
//! several files hold is one.

use super::Export;
use super::cells::Cells;
use crate::import::names::fold;
use crate::import::platform::{Gathered, Key, Place, Votes, What, bare};
use crate::import::report::Fate;
use crate::say;
use std::collections::{BTreeMap, BTreeSet};

/// Votes met.
#[derive(Debug, Default)]
pub(super) struct Ballots {
    cast: Vec<Cast>,
    seen: BTreeSet<(Box<str>, Box<str>)>,
}

/// A vote.
#[derive(Debug)]
struct Cast {
    on: Box<str>,
    side: Side,
    about: About,
    place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    For,
    Mixed,
    Against,
}

/// What a vote can be on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum About {
    /// Something of a consultation: the row gives its id, not its kind.
    Opinion,
    /// A proposal of a call for proposals: for it.
    Proposal,
    /// A comment: for it.
    Comment,
}

impl About {
    /// The kinds of what it is on, the likeliest first.
    fn kinds(self) -> &'static [What] {
        match self {
            About::Opinion => &[What::Proposal, What::Wording, What::Argument, What::Source],
            About::Proposal => &[What::Proposal],
            About::Comment => &[What::Comment],
        }
    }
}

pub(super) fn vote(export: &mut Export, cells: &Cells<'_>) {
    let own = |id: &str| cells.find(id).is_some();
    let (about, id, on) = if own("proposal_comments_vote_id") {
        (About::Comment, "proposal_comments_vote_id", "proposal_comments_id")
    } else if own("proposal_votes_id") {
        (About::Proposal, "proposal_votes_id", "proposal_id")
    } else {
        (About::Opinion, "votes_id", "votes_related_id")
    };
    let place = cells.place();
    let Some(target) = cells.find(on).map(bare) else {
        let reason = say!("ne dit pas sur quoi il porte", "does not say what it is on");
        return export.gathered.skip("vote", place, reason);
    };
    if let Some(id) = cells.id(id)
        && !export.ballots.seen.insert((on.into(), id))
    {
        let reason = say!("le même vote, déjà lu", "the same vote, read already");
        return export.gathered.settle("vote", place, Fate::Merged, Some(reason));
    }
    let uncounted = ["proposal_votes_accounted", "proposal_votes_published"];
    if about == About::Proposal && uncounted.iter().any(|flag| cells.flag(flag) == Some(false)) {
        let reason = say!(
            "la plateforme ne le compte pas (non publié ou non décompté)",
            "the platform does not count it (not published, or not accounted)"
        );
        return export.gathered.skip("vote", place, reason);
    }
    let side = match about {
        About::Proposal | About::Comment => Some(Side::For),
        About::Opinion => side(cells.get("votes_value")),
    };
    let Some(side) = side else {
        let word = cells.get("votes_value");
        return export.gathered.skip(
            "vote",
            place,
            say!("valeur inconnue : « {word} »", "unknown value: “{word}”"),
        );
    };
    export.ballots.cast.push(Cast { on: target, side, about, place: place.clone() });
}

fn side(word: &str) -> Option<Side> {
    let folded = fold(word);
    match folded.rsplit(['.', '_']).next().unwrap_or("") {
        "yes" | "ok" | "oui" | "1" | "d'accord" | "for" | "" => Some(Side::For),
        "mitige" | "mixed" | "0" => Some(Side::Mixed),
        "no" | "nok" | "non" | "-1" | "pas d'accord" | "against" => Some(Side::Against),
        _ => None,
    }
}

impl Ballots {
    /// Gives each piece the count of its rows. Where the export has votes on things of a kind, those without a row have
    /// none.
    pub(super) fn settle(&mut self, gathered: &mut Gathered) {
        let known: BTreeSet<&Key> = gathered.pieces.iter().map(|piece| &piece.key).collect();
        let mut counts: BTreeMap<Key, [u64; 3]> = BTreeMap::new();
        let mut kinds: BTreeSet<(What, About)> = BTreeSet::new();
        let (mut lost, mut kept) = (Vec::new(), 0);
        for cast in &self.cast {
            let key = cast
                .about
                .kinds()
                .iter()
                .map(|what| (*what, cast.on.clone()))
                .find(|key| known.contains(key));
            let Some(key) = key else {
                lost.push(cast.place.clone());
                continue;
            };
            kinds.insert((key.0, cast.about));
            kept += 1;
            let count = counts.entry(key).or_default();
            match cast.side {
                Side::For => count[0] += 1,
                Side::Mixed => count[1] += 1,
                Side::Against => count[2] += 1,
            }
        }
        for piece in &mut gathered.pieces {
            let all = kinds.contains(&(piece.key.0, About::Opinion)) && piece.votes.mixed.is_some();
            let some = kinds.iter().any(|(what, _)| *what == piece.key.0);
            if some {
                let [r#for, mixed, against] = counts.get(&piece.key).copied().unwrap_or_default();
                let also = |n: u64| (all || n > 0).then_some(n);
                piece.rows = Some(Votes { r#for: Some(r#for), mixed: also(mixed), against: also(against) });
            }
        }
        if kept > 0 {
            gathered.keep("vote", kept);
            gathered.remarks.insert(say!(
                "Les votes ne sont repris qu’en totaux : qui a voté quoi n’est gardé nulle part.",
                "Votes are kept as totals only: who voted what is kept nowhere."
            ));
        }
        for place in lost {
            let reason =
                say!("porte sur ce qui n’est pas dans l’export", "is on something that is not in the export");
            gathered.skip("vote", &place, reason);
        }
    }
}
