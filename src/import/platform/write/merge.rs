//! Records of one key made one: several files of an export hold the same pieces, each with other columns. What the
//! first lacks is taken from the next; where they differ, the first is kept and the difference told. Of two decisions
//! of moderation the stricter one holds.

use super::{Reasons, row};
use crate::import::html;
use crate::import::platform::{Gathered, Moderated, Piece, Votes, Words, key};
use crate::import::report::{Fate, Report, Row, joined};
use crate::say;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The pieces, each key once, in the order in which they were met.
pub(super) fn merged<'g>(gathered: &'g Gathered, report: &mut Report) -> Vec<Cow<'g, Piece>> {
    let mut pieces: Vec<Cow<'g, Piece>> = Vec::with_capacity(gathered.pieces.len());
    let mut known: BTreeMap<Box<str>, usize> = BTreeMap::new();
    for piece in &gathered.pieces {
        report.read(piece.word, 1);
        let id = key::id(&piece.key);
        match known.get(&id) {
            None => {
                known.insert(id, pieces.len());
                pieces.push(Cow::Borrowed(piece));
            }
            Some(at) => {
                let reasons = merge(pieces[*at].to_mut(), piece);
                let reason = joined(reasons);
                report.settle(Row {
                    fate: Fate::Merged,
                    reason,
                    id: Some(id),
                    ..row(piece.word, &piece.place)
                });
            }
        }
    }
    pieces
}

/// Completes a piece with another of its key, and says how.
fn merge(first: &mut Piece, second: &Piece) -> Reasons {
    let mut reasons =
        Reasons::from([say!("le même enregistrement, déjà lu", "the same record, read already")]);
    let mut differs = false;
    let mut word = |mine: &mut Option<String>, other: &Option<String>| match (&*mine, other) {
        (None, Some(_)) => mine.clone_from(other),
        (Some(a), Some(b)) if html::normal(a) != html::normal(b) => differs = true,
        (Some(_) | None, Some(_) | None) => {}
    };
    word(&mut first.title, &second.title);
    word(&mut first.created, &second.created);
    word(&mut first.updated, &second.updated);
    word(&mut first.url, &second.url);
    word(&mut first.about, &second.about);
    word(&mut first.link, &second.link);
    match (said(&first.body), said(&second.body)) {
        (a, b) if a.is_empty() && !b.is_empty() => first.body = second.body.clone(),
        (a, b) if !b.is_empty() && a != b => differs = true,
        (_, _) => {}
    }
    let mine = &mut first.author;
    if mine.account.is_none() {
        *mine = second.author.clone();
    } else if second.author.account.as_ref().is_some_and(|other| Some(other) != mine.account.as_ref()) {
        differs = true;
    } else {
        mine.name = mine.name.take().or_else(|| second.author.name.clone());
        mine.kind = mine.kind.or(second.author.kind);
        mine.organisation = mine.organisation.take().or_else(|| second.author.organisation.clone());
    }
    differs |= matches!((&first.parent, &second.parent), (Some(a), Some(b)) if a != b);
    first.parent = first.parent.take().or_else(|| second.parent.clone());
    differs |= matches!((first.position, second.position), (Some(a), Some(b)) if a != b);
    first.position = first.position.or(second.position);
    first.category = first.category.take().or_else(|| second.category.clone());
    first.channel = first.channel.or(second.channel);
    first.meeting = first.meeting.take().or_else(|| second.meeting.clone());
    differs |= votes(&mut first.votes, &second.votes);
    first.rows = first.rows.or(second.rows);
    for theme in &second.themes {
        if !first.themes.contains(theme) {
            first.themes.push(theme.clone());
        }
    }
    for (question, answer) in &second.answers {
        if !first.answers.iter().any(|(known, _)| known == question) {
            first.answers.push((question.clone(), answer.clone()));
        }
    }
    for (title, words) in &second.appendices {
        if !first.appendices.iter().any(|(known, _)| known == title) {
            first.appendices.push((title.clone(), words.clone()));
        }
    }
    for file in &second.attachments {
        if !first.attachments.contains(file) {
            first.attachments.push(file.clone());
        }
    }
    first.changed.extend(second.changed.iter().cloned());
    if stricter(&second.moderated) > stricter(&first.moderated) {
        first.moderated = second.moderated.clone();
        reasons.insert(say!(
            "sa modération est plus stricte : elle est retenue",
            "its moderation is stricter: it holds"
        ));
    }
    if differs {
        reasons.insert(say!(
            "il dit autre chose que le premier : le premier est gardé",
            "it says something else than the first: the first is kept"
        ));
    }
    reasons
}

/// The words alone: two files may give a text with and without its marks.
fn said(words: &Words) -> String {
    match words {
        Words::Html(html) => html::normal(&html::text(html)),
        Words::Plain(text) => html::normal(text),
    }
}

/// Takes counts that are not known; whether known ones differ.
fn votes(first: &mut Votes, second: &Votes) -> bool {
    let mut differs = false;
    let mut count = |mine: &mut Option<u64>, other: Option<u64>| {
        differs |= matches!((*mine, other), (Some(a), Some(b)) if a != b);
        *mine = mine.or(other);
    };
    count(&mut first.r#for, second.r#for);
    count(&mut first.mixed, second.mixed);
    count(&mut first.against, second.against);
    differs
}

/// How much a decision keeps from readers.
fn stricter(moderated: &Moderated) -> u8 {
    match moderated {
        Moderated::Published => 0,
        Moderated::Withheld { reason: None, .. } => 1,
        Moderated::Withheld { reason: Some(_), .. } => 2,
        Moderated::Pending => 3,
    }
}
