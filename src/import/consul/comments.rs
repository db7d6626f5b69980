//! Comments and what they answer. The open data gives the numbers of all the comments above one (`ancestry`), pages that
//! were read give one (`parentId`); where the one above is not in the export, is in another discussion, or leads back to
//! the comment itself, the comment hangs on what is discussed, and the report says so.

use super::Export;
use super::cells::Cells;
use super::proposals::{self, key};
use crate::import::names::fold;
use crate::import::platform::{Gathered, Key, Piece, What, Words};
use crate::model::choices::ContributionKind;
use crate::say;
use std::collections::{BTreeMap, BTreeSet};

/// What a page shows in place of a comment that was removed, folded.
const REMOVED: [&str; 3] =
    ["this comment has been deleted", "este comentario ha sido eliminado", "ce commentaire a ete supprime"];

/// What was said of parents, until all are read.
#[derive(Debug, Default)]
pub(super) struct Comments(Vec<Link>);

#[derive(Debug)]
struct Link {
    /// Among the pieces.
    at: usize,
    /// The comments above it, the nearest first.
    above: Vec<Box<str>>,
    /// What is discussed.
    on: Option<Key>,
}

pub(super) fn comment(export: &mut Export, cells: Cells<'_>) {
    let place = cells.row.place.clone();
    let Some(id) = cells.id(&["id"]) else {
        return export.gathered.skip("comment", &place, say!("sans numéro", "without a number"));
    };
    let mut piece = Piece::new((What::Comment, id), ContributionKind::Comment, "comment", place);
    let words = cells.find(&["body", "text"]).unwrap_or("");
    let is_removed = REMOVED.contains(&fold(words).trim_end_matches('.'));
    if is_removed {
        piece.changed.insert(say!("retiré sur la plateforme", "removed on the platform"));
    } else {
        piece.body = Words::guess(words);
    }
    piece.created = cells.created();
    piece.author = cells.author();
    piece.votes = cells.votes();
    let id = &piece.key.1;
    piece.url = export.site.as_ref().map(|site| format!("{site}/comments/{id}"));
    let kind = cells.find(&["commentable_type"]);
    let on = match kind {
        Some(kind) => cells.id(&["commentable_id"]).and_then(|id| proposals::key(kind, &id)),
        None => cells
            .id(&["proposalid", "commentable_id"])
            .and_then(|id| key("Proposal", &id))
            .or_else(|| cells.id(&["debateid"]).and_then(|id| key("Debate", &id))),
    };
    if let (Some(kind), None) = (kind, &on) {
        piece.changed.insert(say!(
            "commente ce que l’export n’a pas ({kind})",
            "comments on what the export does not have ({kind})"
        ));
    }
    let ancestry = cells.find(&["ancestry"]).unwrap_or("");
    let above = match cells.id(&["parentid"]) {
        Some(parent) => vec![parent],
        None => ancestry.split('/').rev().filter(|id| !id.is_empty()).map(Into::into).collect(),
    };
    export.comments.0.push(Link { at: export.gathered.pieces.len(), above, on });
    export.gathered.pieces.push(piece);
}

impl Comments {
    /// Gives every comment what it hangs on.
    pub(super) fn settle(self, gathered: &mut Gathered) {
        let links: BTreeMap<Box<str>, &Link> =
            self.0.iter().map(|link| (gathered.pieces[link.at].key.1.clone(), link)).collect();
        let mut up: BTreeMap<&str, &str> = BTreeMap::new();
        for (id, link) in &links {
            let nearest = link.above.iter().find_map(|above| links.get_key_value(above));
            let changed = &mut gathered.pieces[link.at].changed;
            match (nearest, link.above.first()) {
                (Some((_, above)), _) if above.on != link.on => {
                    changed.insert(say!(
                        "répond à un commentaire d’une autre discussion : rattaché à la sienne",
                        "answers a comment of another discussion: hangs on its own"
                    ));
                }
                (Some((above, _)), first) => {
                    if first.is_some_and(|first| first != above) {
                        changed.insert(say!(
                            "répond à un commentaire qui n’est pas dans l’export : rattaché au précédent",
                            "answers a comment that is not in the export: hangs on the one before"
                        ));
                    }
                    up.insert(id, above);
                }
                (None, Some(_)) => {
                    changed.insert(say!(
                        "répond à un commentaire qui n’est pas dans l’export : rattaché à ce qui est discuté",
                        "answers a comment that is not in the export: hangs on what is discussed"
                    ));
                }
                (None, None) => {}
            }
        }
        for id in circles(&up) {
            up.remove(id);
            if let Some(link) = links.get(id) {
                gathered.pieces[link.at].changed.insert(say!(
                    "de réponse en réponse, répondait à lui-même : rattaché à ce qui est discuté",
                    "from answer to answer it answered itself: hangs on what is discussed"
                ));
            }
        }
        let parents: Vec<(usize, Option<Key>)> = links
            .iter()
            .map(|(id, link)| {
                let above = up.get(&**id).map(|above| (What::Comment, Box::from(*above)));
                (link.at, above.or_else(|| link.on.clone()))
            })
            .collect();
        // A number that stands twice has one place: its rows say the same, or the writer says that they do not.
        let by_id: BTreeMap<Box<str>, Option<Key>> =
            parents.into_iter().map(|(at, parent)| (gathered.pieces[at].key.1.clone(), parent)).collect();
        for link in &self.0 {
            let piece = &mut gathered.pieces[link.at];
            piece.parent = by_id.get(&piece.key.1).cloned().flatten();
        }
    }
}

/// One member of each circle, so that removing what it answers leaves none.
fn circles<'u>(up: &BTreeMap<&'u str, &'u str>) -> Vec<&'u str> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut found = Vec::new();
    for start in up.keys() {
        let mut walk = BTreeSet::new();
        let mut at = Some(*start);
        while let Some(here) = at.filter(|here| !seen.contains(here) && walk.insert(*here)) {
            at = up.get(here).copied();
        }
        if let Some(here) = at.filter(|here| walk.contains(here)) {
            found.push(here);
        }
        seen.extend(walk);
    }
    found
}
