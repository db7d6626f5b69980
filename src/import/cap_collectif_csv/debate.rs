//! Debates: a table of arguments for and against one question, of which the export gives the address only. Its rows have
//! no ids: a key is made of what is public in them, never of who wrote.

use super::Export;
use super::cells::Cells;
use super::columns::titled;
use super::opinions::side;
use crate::import::platform::{Key, Piece, Votes, What, Words};
use crate::import::pseudonym::hex;
use crate::model::choices::ContributionKind;
use crate::say;
use sha2::{Digest, Sha256};

pub(super) fn argument(export: &mut Export, cells: &Cells<'_>) {
    let (words, created) = (cells.get("argument_content"), cells.get("argument_created_at"));
    let digest = Sha256::digest(format!("{created}\n{words}").as_bytes());
    let key = hex(digest.get(..6).unwrap_or_default());
    let numbered = (2..).map(|n| format!("{key}-{n}"));
    let mut keys = std::iter::once(key.clone()).chain(numbered);
    let Some(key) = keys.find(|key| export.made.insert(key.as_str().into())) else { return };
    let place = cells.place().clone();
    let mut piece = Piece::new((What::Argument, key.into()), ContributionKind::Argument, "argument", place);
    piece.author = cells.person("argument_");
    piece.body = Words::guess(words);
    piece.created = cells.words("argument_created_at").or_else(|| cells.words("argument_published_at"));
    piece.updated = cells.words("argument_updated_at");
    piece.moderated = cells.moderated("argument_");
    piece.position = side(cells.get("argument_type"));
    piece.votes = Votes { r#for: cells.count("argument_vote_number"), ..Votes::default() };
    piece.parent = debate(export, cells);
    export.gathered.pieces.push(piece);
}

/// The debate itself, on which its arguments hang: a name in an address is all that the export has of it.
fn debate(export: &mut Export, cells: &Cells<'_>) -> Option<Key> {
    let url = cells.find("argument_debate_url")?;
    let name = url.trim_end_matches('/').rsplit('/').next().filter(|name| !name.is_empty())?;
    let key: Key = (What::Proposal, name.into());
    if export.made.insert(url.into()) {
        let place = cells.place().clone();
        let mut piece = Piece::new(key.clone(), ContributionKind::Proposal, "debate", place);
        piece.title = Some(titled(name));
        piece.url = Some(url.to_owned());
        export.gathered.pieces.push(piece);
        export.gathered.title.get_or_insert_with(|| titled(name));
        if export.gathered.known_missing.is_empty() {
            export.gathered.known_missing.push(say!(
                "La question du débat et ses votes : l’export ne donne que les arguments.",
                "The debate's question and its votes: the export gives the arguments only."
            ));
        }
    }
    Some(key)
}
