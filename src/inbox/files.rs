//! The two files of something taken in: the one that waits for a moderator, and its author's. Every word in them is read back
//! the same, whatever it is: see the tests of this room.

use super::contacts::written;
use super::report::Row;
use super::times::Dated;
use crate::model::choices::{Channel, ContributionKind};
use crate::model::id::Id;
use crate::yaml::fields::Fields;
use crate::yaml::write::Out;

/// The file that waits for a moderator.
pub fn waiting(dated: &Dated, row: &Row, author: Fields) -> String {
    let filled = &dated.filled;
    let id = |id: &Option<Id>| id.as_ref().map(Id::to_string).unwrap_or_default();
    let mut on = Fields::new().text("text", id(&filled.text)).text("version", id(&filled.version));
    on = on.text("article", &*filled.article);
    if let Some(number) = filled.paragraph {
        on = on.plain("paragraph", number);
    }
    on = on.text("quote", &*filled.quote);
    let marks: Vec<Out> = row.marks.iter().map(|mark| Out::text(mark.as_str())).collect();
    let intake = Fields::new()
        .text("received", dated.received.to_string())
        .text("source", written(&dated.submission.place))
        .list("marks", marks)
        .text("same_as", id(&row.same_as));
    let answers = filled.answers.iter().fold(Fields::new(), |f, (q, words)| f.text(q.as_str(), &**words));
    let channel = if dated.submission.channel == Channel::Mail { Channel::Mail.as_str() } else { "" };
    Fields::new()
        .text("kind", filled.kind.unwrap_or(ContributionKind::Comment).as_str())
        .text("title", &*filled.title)
        .map("author", author)
        .text("date", filled.written.unwrap_or(dated.received).to_string())
        .map("on", on)
        .text("parent", id(&filled.parent))
        .text("position", filled.position.map_or("", |p| p.as_str()))
        .text("place", &*filled.place)
        .text("channel", channel)
        .text("link", filled.link.as_ref().map_or("", |l| &*l.0))
        .map("answers", answers)
        .text("receipt", filled.receipt.as_deref().unwrap_or(""))
        .map("intake", intake)
        .markdown(&filled.body)
}

/// The file of its author.
pub fn contact(dated: &Dated, private: Fields) -> String {
    Fields::new()
        .text("digest", &*dated.digest)
        .text("received", dated.received.to_string())
        .text("source", written(&dated.submission.place))
        .then(private)
        .yaml()
}

/// A field as received, for the list of those that stand nowhere else.
pub fn field(name: &str, words: &str) -> Out {
    Out::Map(vec![("field".into(), Out::text(name)), ("value".into(), Out::text(words))])
}
