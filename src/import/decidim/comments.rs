//! Comments, each under what it comments on, and what moderators hid. A comment on a meeting or a result, which have
//! no discussion of their own in content, stands alone under the title of what it is about.

use super::address::{self, Thing};
use super::cell;
use super::entity::Entity;
use super::gather::{Reader, id};
use super::sheet::Record;
use crate::import::platform::{Key, Moderated, Piece, What};
use crate::model::choices::{ContributionKind, Position};
use crate::say;

/// What a comment hangs on.
enum Under {
    /// A piece.
    Piece(Key),
    /// Something that is in the content and carries no comments, or is in the export elsewhere: its title.
    Title(String),
    /// Something that the export does not hold.
    Unknown,
}

/// Reads the comments.
pub(super) fn comments(reader: &mut Reader<'_>) {
    for record in reader.take(Entity::Comments) {
        let Some(id) = id(&record) else { continue };
        let mut piece =
            reader.piece(&record, (What::Comment, id.into()), ContributionKind::Comment, "comment");
        piece.url = None;
        piece.body = reader.words(&record, "body").map(cell::words).unwrap_or_default();
        piece.position = match record.find("alignment") {
            Some("1") => Some(Position::For),
            Some("-1") => Some(Position::Against),
            // 0 is what every comment has that was not asked: it is no position.
            Some(_) | None => None,
        };
        hang(reader, &record, &mut piece);
        reader.out.pieces.push(piece);
    }
}

/// Puts a comment under its parent; where that is not in the export (it was hidden, or its author deleted it), under
/// the whole discussion.
fn hang<'s>(reader: &mut Reader<'s>, record: &Record<'s>, piece: &mut Piece) {
    let on = record.find("commentable_type").and_then(Thing::of_type).zip(record.find("commentable_id"));
    let root = record.find("root_commentable_url").and_then(address::target);
    let direct = on.map_or(Under::Unknown, |(thing, id)| under(reader, thing, id));
    let through = || root.map_or(Under::Unknown, |(thing, id)| under(reader, thing, id));
    let found = match (direct, on) {
        (Under::Unknown, Some((Thing::Comment, _))) => {
            piece.changed.insert(say!(
                "répondait à un commentaire qui n’est pas dans l’export : placé sous l’objet discuté",
                "answered a comment that is not in the export: put under what is discussed"
            ));
            through()
        }
        (Under::Unknown, Some(_) | None) => through(),
        (found @ (Under::Piece(_) | Under::Title(_)), Some(_) | None) => found,
    };
    match found {
        Under::Piece(key) => piece.parent = Some(key),
        Under::Title(title) => {
            piece.title = Some(title).filter(|title| !title.is_empty());
            piece.changed.insert(say!(
                "commentaire sur une rencontre ou un résultat : il figure seul, sous le titre de ce dont il parle",
                "a comment on a meeting or a result: it stands alone, under the title of what it is about"
            ));
        }
        Under::Unknown => {
            // The writer tells that the parent is missing.
            piece.parent = root.or(on).and_then(|(thing, id)| {
                let key = match thing {
                    Thing::Proposal => (What::Proposal, id.into()),
                    Thing::Debate => (What::Proposal, format!("-debate-{id}").into()),
                    Thing::Project => (What::Proposal, format!("-project-{id}").into()),
                    Thing::Comment => (What::Comment, id.into()),
                    Thing::Meeting | Thing::Result => return None,
                };
                Some(key)
            });
            if piece.parent.is_none() {
                piece.changed.insert(say!(
                    "ce dont il parle n’est pas dans l’export : il figure seul",
                    "what it is about is not in the export: it stands alone"
                ));
            }
        }
    }
}

fn under(reader: &Reader<'_>, thing: Thing, id: &str) -> Under {
    match reader.known.get(&(thing, id.into())) {
        None => Under::Unknown,
        Some(known) => match &known.key {
            Some(key) => Under::Piece(key.clone()),
            None => Under::Title(known.title.clone()),
        },
    }
}

/// Reads what moderators hid: the register names it, and its words are withheld.
pub(super) fn moderations(reader: &mut Reader<'_>) {
    for record in reader.take(Entity::Moderations) {
        let on = record.find("reportable_type").and_then(Thing::of_type).zip(record.find("reportable_id"));
        let Some((thing, id)) = on else {
            let why = say!(
                "modération d’autre chose que des contributions",
                "moderation of something else than contributions"
            );
            reader.out.skip("moderation", record.place(), why);
            continue;
        };
        let (key, kind): (Key, _) = match thing {
            Thing::Proposal => ((What::Proposal, id.into()), ContributionKind::Proposal),
            Thing::Debate => ((What::Proposal, format!("-debate-{id}").into()), ContributionKind::Proposal),
            Thing::Comment => ((What::Comment, id.into()), ContributionKind::Comment),
            Thing::Project | Thing::Meeting | Thing::Result => {
                let why = say!(
                    "modération d’autre chose que des contributions",
                    "moderation of something else than contributions"
                );
                reader.out.skip("moderation", record.place(), why);
                continue;
            }
        };
        if record.find("hidden_at").is_none() {
            let why = say!("signalé, mais pas masqué", "reported, but not hidden");
            reader.out.skip("moderation", record.place(), why);
            continue;
        }
        if reader.known.contains_key(&(thing, id.into())) {
            let why = say!(
                "masqué depuis : l’objet est dans l’export, il est repris",
                "hidden since: the record is in the export, it is kept"
            );
            reader.out.skip("moderation", record.place(), why);
            continue;
        }
        let mut piece = Piece::new(key, kind, "moderation", record.place().clone());
        let content = reader.words(&record, "reported_content");
        piece.body = content.map(cell::words).unwrap_or_default();
        if kind == ContributionKind::Comment {
            let root = record.find("reported_url").and_then(address::target);
            piece.parent = root
                .and_then(|(thing, id)| reader.known.get(&(thing, id.into())))
                .and_then(|k| k.key.clone());
        }
        let reason = record.list("reports/reasons").first().copied();
        piece.moderated = Moderated::Withheld {
            reason: reason.map(Into::into),
            date: record.find("hidden_at").map(Into::into),
        };
        reader.out.pieces.push(piece);
    }
}
