//! Contributions: a file each for what has a page, one list of arguments, sources and comments under each, lists of five
//! hundred for what hangs on nothing. What was withheld keeps its place, its votes and a digest of its words.

use super::state::{votes, withheld};
use super::tree::Entry;
use super::{Reasons, Writer, address, line};
use crate::import::content::Fields;
use crate::import::html;
use crate::import::platform::{Moderated, Piece, Words};
use crate::model::choices::{Channel, ContributionKind, Position};
use crate::model::id::Id;
use crate::say;
use crate::text::natural_key;
use crate::yaml::write::{Out, list_document};
use std::collections::BTreeMap;

/// Contributions in a list that hangs on nothing.
const TOGETHER: usize = 500;

/// Where a piece is written.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum File {
    /// A file of its own.
    Own,
    /// A list under what it hangs on: that one's place, and the list's name.
    Under(usize, &'static str),
    /// A list of what hangs on nothing.
    Loose(&'static str),
}

/// Writes every piece.
pub(super) fn pieces(writer: &mut Writer<'_>) {
    let tree = writer.tree;
    let mut lists: BTreeMap<File, Vec<&Entry<'_>>> = BTreeMap::new();
    for entry in &tree.entries {
        lists.entry(file(entry, &tree.entries)).or_default().push(entry);
    }
    for (file, mut entries) in lists {
        let list = match file {
            File::Own => {
                for entry in entries {
                    let path = format!("contributions/{}.md", entry.id);
                    let (fields, body) = contribution(writer, entry, &path);
                    writer.folder.put(&path, fields.markdown(&body));
                }
                continue;
            }
            File::Under(root, list) => {
                entries.sort_by_cached_key(|entry| natural_key(&entry.id));
                let root = tree.entries.get(root).map_or("", |entry| &*entry.id);
                format!("contributions/{root}.{list}")
            }
            File::Loose(list) => {
                // By date, so that what was written since the last import stands at the end.
                entries.sort_by_cached_key(|entry| (entry.piece.created.clone(), natural_key(&entry.id)));
                format!("contributions/{list}")
            }
        };
        let several = entries.len() > TOGETHER;
        for (at, some) in entries.chunks(TOGETHER).enumerate() {
            let number = if several { format!("-{:04}", at + 1) } else { String::new() };
            let path = format!("{list}{number}.yaml");
            let item = |entry: &&Entry<'_>| {
                let (fields, body) = contribution(writer, entry, &path);
                fields.block("body", body).item()
            };
            let items: Vec<Out> = some.iter().map(item).collect();
            writer.folder.put(&path, list_document(&items));
        }
    }
}

fn file(entry: &Entry<'_>, all: &[Entry<'_>]) -> File {
    let paged = |entry: &Entry<'_>| entry.piece.kind.has_page();
    let under = entry.parent.is_some() && all.get(entry.root).is_some_and(paged);
    match entry.piece.kind {
        ContributionKind::Wording if under => File::Under(entry.root, "wordings"),
        ContributionKind::Proposal | ContributionKind::Wording | ContributionKind::Petition => File::Own,
        ContributionKind::Argument
        | ContributionKind::Source
        | ContributionKind::Comment
        | ContributionKind::Interest
            if under =>
        {
            File::Under(entry.root, "discussion")
        }
        ContributionKind::Argument => File::Loose("arguments"),
        ContributionKind::Source => File::Loose("sources"),
        ContributionKind::Comment => File::Loose("comments"),
        ContributionKind::Interest => File::Loose("interests"),
        ContributionKind::Answer => File::Loose("answers"),
    }
}

/// A piece's front matter, and its words.
fn contribution(writer: &mut Writer<'_>, entry: &Entry<'_>, path: &str) -> (Fields, String) {
    let piece = &*entry.piece;
    let mut reasons = entry.reasons.clone();
    let fields = start(writer, entry, &mut reasons);
    let written = match &piece.moderated {
        Moderated::Withheld { reason, date } => {
            let moderation = withheld(writer, piece, (reason.as_deref(), date.as_deref()), &mut reasons);
            let imported = writer.imported(&piece.place, &piece.key.1, None);
            (fields.then(moderation).then(imported), String::new())
        }
        // What was never published is not in the tree.
        Moderated::Published | Moderated::Pending => published(writer, entry, fields, path, &mut reasons),
    };
    writer.settle(piece.word, &piece.place, &entry.id, reasons);
    written
}

/// What is said of a piece whether its words are or not.
fn start(writer: &mut Writer<'_>, entry: &Entry<'_>, reasons: &mut Reasons) -> Fields {
    let piece = &*entry.piece;
    let created = writer.date(piece.created.as_deref(), reasons);
    let updated = writer.date(piece.updated.as_deref(), reasons).filter(|at| Some(*at) != created);
    let said = |moment: Option<crate::model::when::Moment>| moment.map(|m| m.to_string()).unwrap_or_default();
    let parent = entry.parent.and_then(|at| writer.tree.entries.get(at)).map_or("", |up| &*up.id);
    let category = piece.category.as_deref();
    let id = category.and_then(|key| writer.categories.get(key)).map_or("", Id::as_str);
    if let (Some(key), "") = (category, id) {
        reasons.insert(say!(
            "sa catégorie ({key}) n’est pas dans l’export",
            "its category ({key}) is not in the export"
        ));
    }
    let meeting = piece.meeting.as_deref();
    let held = meeting.and_then(|key| writer.meetings.get(key)).map_or("", |id| &**id);
    if let (Some(key), "") = (meeting, held) {
        reasons.insert(say!(
            "sa réunion ({key}) n’est pas dans l’export",
            "its meeting ({key}) is not in the export"
        ));
    }
    Fields::new()
        .text("id", &*entry.id)
        .text("kind", piece.kind.as_str())
        .text("title", if entry.withheld() { String::new() } else { title(piece) })
        .map("author", writer.people.author(&piece.author))
        .text("date", said(created))
        .text("updated", said(updated))
        .text("parent", parent)
        .text("position", piece.position.map_or("", Position::as_str))
        .text("category", id)
        .text("channel", piece.channel.filter(|c| *c != Channel::Online).map_or("", Channel::as_str))
        .text("meeting", held)
        .map("votes", votes(writer, piece, reasons))
}

fn title(piece: &Piece) -> String {
    line(piece.title.as_deref().unwrap_or_default())
}

/// Words, links, answers and what is attached, and what a person should read again.
fn published(
    writer: &mut Writer<'_>,
    entry: &Entry<'_>,
    fields: Fields,
    path: &str,
    reasons: &mut Reasons,
) -> (Fields, String) {
    let piece = &*entry.piece;
    let mut body = writer.markdown(&piece.body, reasons);
    let mut appendices: Vec<(String, String)> = Vec::new();
    for (title, words) in &piece.appendices {
        let words = writer.markdown(words, reasons);
        if !words.is_empty() {
            appendices.push((line(title), words));
        }
    }
    let link = piece.link.as_deref().map(str::trim).filter(|link| !link.is_empty());
    let followed = link.and_then(address).unwrap_or_default();
    if let (Some(link), "") = (link, followed) {
        reasons.insert(say!(
            "son adresse n’en est pas une : elle est dans le texte",
            "its address is not one: it is in the words"
        ));
        let words = writer.markdown(&Words::Plain(link.to_owned()), reasons);
        body = if body.is_empty() { words } else { format!("{body}\n\n{words}") };
    }
    let answers = answers(writer, piece, reasons);
    // A form without a main field: what it held is what the piece says.
    if body.is_empty() && !appendices.is_empty() {
        let said = appendices.drain(..).map(|(title, words)| {
            let (title, _) = html::told_plain(&title);
            if title.is_empty() { words } else { format!("**{title}**\n\n{words}") }
        });
        body = said.collect::<Vec<_>>().join("\n\n");
    }
    let lost = body.is_empty()
        && match piece.kind {
            ContributionKind::Source => followed.is_empty(),
            ContributionKind::Answer => answers.is_empty(),
            ContributionKind::Interest => false,
            ContributionKind::Proposal
            | ContributionKind::Wording
            | ContributionKind::Argument
            | ContributionKind::Comment
            | ContributionKind::Petition => true,
        };
    if lost {
        reasons.insert(say!("l’export n’en donne pas les mots", "the export does not give its words"));
    }
    if !piece.attachments.is_empty() {
        let n = piece.attachments.len();
        writer.report.missing_files.extend(piece.attachments.iter().map(|file| file.trim().into()));
        reasons.insert(say!(
            "{n} fichiers joints ne sont pas dans l’export",
            "{n} attached files are not in the export"
        ));
    }
    let themes: Vec<Out> = piece
        .themes
        .iter()
        .map(|theme| writer.field(Some(theme), reasons))
        .filter(|theme| !theme.is_empty())
        .map(Out::text)
        .collect();
    let place = writer.field(piece.about.as_deref(), reasons);
    let url = piece.url.as_deref().filter(|_| !entry.below_withheld);
    let aliases = if piece.kind.has_page() { writer.aliases.take(&[url]) } else { Fields::new() };
    let heading = title(piece);
    let said = appendices.iter().flat_map(|(title, words)| [title.as_str(), words.as_str()]);
    let told = answers.values().map(String::as_str).chain(said).chain([heading.as_str(), body.as_str()]);
    let words: Vec<String> = told.map(html::words).collect();
    let whole = writer.path(path);
    writer.report.look(&writer.names, &whole, &entry.id, words.iter().map(String::as_str));
    let attached = appendices.into_iter().map(|(title, words)| {
        let title = if title.is_empty() { "…".to_owned() } else { title };
        Fields::new().text("title", title).block("body", words).item()
    });
    let mut given = Fields::new();
    for (question, words) in &answers {
        given = if words.contains('\n') { given.block(question, words) } else { given.text(question, words) };
    }
    let fields = fields
        .list("themes", themes)
        .text("place", place)
        .text("link", followed)
        .map("answers", given)
        .list("appendices", attached.collect());
    let fields = if lost { fields.plain("lost", true) } else { fields };
    let imported = writer.imported(&piece.place, &piece.key.1, url);
    (fields.then(aliases).then(imported), body)
}

/// Answers by question.
fn answers(writer: &Writer<'_>, piece: &Piece, reasons: &mut Reasons) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for (key, given) in &piece.answers {
        let Some((question, words, other)) = writer.questions.answer(key, given) else {
            if given.iter().any(|words| !words.trim().is_empty()) {
                reasons.insert(say!(
                    "répond à une question ({key}) qui n’est pas dans l’export",
                    "answers a question ({key}) that is not in the export"
                ));
            }
            continue;
        };
        if other {
            reasons.insert(say!(
                "une réponse n’est aucune de celles que la question propose",
                "an answer is none of those that the question offers"
            ));
        }
        out.insert(question.to_owned(), words);
    }
    out
}
