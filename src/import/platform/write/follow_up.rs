//! What follows contributions: official answers, meetings, commitments.

use super::questions::unique;
use super::{Reasons, Writer, line, moment, when};
use crate::import::content::Fields;
use crate::import::html;
use crate::import::platform::{Answer, Commitment, Meeting, What, key};
use crate::model::choices::Decision;
use crate::model::when::Moment;
use crate::say;
use crate::yaml::write::Out;
use std::collections::BTreeSet;

/// Writes them.
pub(super) fn follow_up(writer: &mut Writer<'_>) {
    let gathered = writer.gathered;
    let mut taken = BTreeSet::new();
    for answer in &gathered.answers {
        writer.report.read("response", 1);
        response(writer, answer, &mut taken);
    }
    let mut known = BTreeSet::new();
    for one in &gathered.meetings {
        writer.report.read("meeting", 1);
        match known.insert(&one.key) {
            true => meeting(writer, one),
            false => twice(writer, "meeting", &one.place),
        }
    }
    let mut known = BTreeSet::new();
    for one in &gathered.commitments {
        writer.report.read("commitment", 1);
        match known.insert(&one.key) {
            true => commitment(writer, one),
            false => twice(writer, "commitment", &one.place),
        }
    }
}

fn twice(writer: &mut Writer<'_>, kind: &'static str, place: &crate::import::platform::Place) {
    writer.skip(kind, place, say!("déjà lu : le premier est gardé", "read already: the first is kept"));
}

/// The last day that the export gives: of what has no date of its own.
fn last(writer: &Writer<'_>) -> Option<String> {
    let gathered = writer.gathered;
    let written = gathered.pieces.iter().filter_map(|piece| piece.created.as_deref());
    let ends = gathered.period.iter().map(|(_, end)| end.as_str());
    let moments = written.chain(ends).filter_map(moment);
    moments.map(|moment| when::day(moment, &writer.zone)).max().map(|day| day.to_string())
}

fn response(writer: &mut Writer<'_>, answer: &Answer, taken: &mut BTreeSet<Box<str>>) {
    let mut reasons = Reasons::new();
    let found: Vec<_> = answer.to.iter().filter_map(|key| writer.tree.find(key)).collect();
    let to: Vec<Box<str>> = found.iter().map(|entry| entry.id.clone()).collect();
    let Some(first) = found.first() else {
        let reason =
            say!("ce à quoi elle répond n’est pas dans le contenu", "what it answers is not in the content");
        return writer.skip("response", &answer.place, reason);
    };
    if to.len() < answer.to.len() {
        reasons.insert(say!(
            "répond aussi à ce qui n’est pas dans le contenu",
            "answers something, too, that is not in the content"
        ));
    }
    let written = first.piece.created.clone();
    let mut date = writer.day(answer.date.as_deref(), &mut reasons);
    let undated = date.is_none();
    if undated {
        reasons.insert(say!(
            "l’export ne dit pas quand : elle a la date de ce à quoi elle répond",
            "the export does not say when: it has the date of what it answers"
        ));
        date = writer.day(written.as_deref(), &mut Reasons::new()).or_else(|| last(writer));
    }
    let (Some(date), Some(first)) = (date, to.first()) else {
        let reason = say!("sans date", "without a date");
        return writer.skip("response", &answer.place, reason);
    };
    let body = writer.markdown(&answer.body, &mut reasons);
    if body.is_empty() && answer.decision.is_none() {
        return writer.skip("response", &answer.place, say!("vide", "empty"));
    }
    writer.undated += u64::from(undated);
    let id = unique(&format!("re-{first}"), "response", taken);
    let author = writer.field(answer.author.as_deref(), &mut reasons);
    let author = if author.is_empty() { super::consultation::organiser(writer) } else { author };
    let fields = Fields::new()
        .text("id", id.as_str())
        .list("to", to.iter().map(|id| Out::text(&**id)).collect())
        .map("author", Fields::new().text("name", author))
        .text("date", date)
        .text("decision", answer.decision.map_or("", Decision::as_str))
        .then(writer.imported(&answer.place, "", None));
    let path = format!("responses/{id}.md");
    let whole = writer.path(&path);
    writer.report.look(&writer.names, &whole, id.as_str(), [html::words(&body).as_str()]);
    writer.folder.put(&path, fields.markdown(&body));
    writer.settle("response", &answer.place, id.as_str(), reasons);
}

/// When a meeting was held; without that it cannot be written.
pub(super) fn held(meeting: &Meeting) -> Option<Moment> {
    meeting.start.as_deref().and_then(moment)
}

fn meeting(writer: &mut Writer<'_>, meeting: &Meeting) {
    let mut reasons = Reasons::new();
    let Some(start) = held(meeting) else {
        let reason = say!("réunion sans date", "a meeting without a date");
        return writer.skip("meeting", &meeting.place, reason);
    };
    let id = key::id(&(What::Meeting, meeting.key.clone()));
    let end = writer
        .date(meeting.end.as_deref(), &mut reasons)
        .filter(|end| end.instant(&writer.zone) >= start.instant(&writer.zone));
    let parts: Vec<String> = meeting.body.iter().map(|part| writer.markdown(part, &mut reasons)).collect();
    let body = parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("\n\n");
    let title = line(&meeting.title);
    let aliases = writer.aliases.take(&[meeting.url.as_deref()]);
    let fields = Fields::new()
        .text("id", &*id)
        .text("title", if title.is_empty() { &*id } else { title.as_str() })
        .text("kind", meeting.kind.as_str())
        .text("date", start.to_string())
        .text("end", end.map(|end| end.to_string()).unwrap_or_default())
        .text("place", writer.field(meeting.at.as_deref(), &mut reasons));
    let fields = match meeting.participants {
        Some(n) => fields.plain("participants", n),
        None => fields,
    };
    let fields =
        fields.then(aliases).then(writer.imported(&meeting.place, &meeting.key, meeting.url.as_deref()));
    let path = format!("meetings/{id}.md");
    let whole = writer.path(&path);
    writer.report.look(&writer.names, &whole, &id, [title.as_str(), html::words(&body).as_str()]);
    writer.folder.put(&path, fields.markdown(&body));
    writer.settle("meeting", &meeting.place, &id, reasons);
}

fn commitment(writer: &mut Writer<'_>, commitment: &Commitment) {
    let mut reasons = Reasons::new();
    let mut date = writer.day(commitment.date.as_deref(), &mut reasons);
    let undated = date.is_none();
    if undated {
        reasons.insert(say!(
            "l’export ne dit pas quand : il a le dernier jour de l’export",
            "the export does not say when: it has the last day of the export"
        ));
        date = last(writer);
    }
    let Some(date) = date else {
        return writer.skip("commitment", &commitment.place, say!("sans date", "without a date"));
    };
    writer.undated += u64::from(undated);
    let id = key::id(&(What::Commitment, commitment.key.clone()));
    let title = line(&commitment.title);
    // A plain field: its words alone.
    let summary = html::words(&writer.markdown(&commitment.body, &mut reasons));
    let from: Vec<Out> =
        commitment.from.iter().filter_map(|key| writer.tree.find(key)).map(|e| Out::text(&*e.id)).collect();
    if from.len() < commitment.from.len() {
        reasons.insert(say!(
            "vient aussi de ce qui n’est pas dans le contenu",
            "comes from something, too, that is not in the content"
        ));
    }
    let by = super::consultation::organiser(writer);
    let fields = Fields::new()
        .text("id", &*id)
        .text("title", if title.is_empty() { &*id } else { title.as_str() })
        .map("by", Fields::new().text("name", by))
        .text("date", &*date)
        .text(
            "due",
            writer
                .day(commitment.due.as_deref(), &mut reasons)
                .filter(|due| *due >= date)
                .unwrap_or_default(),
        )
        .text("status", commitment.status.as_str())
        .text("summary", summary.as_str())
        .list("contributions", from)
        .then(writer.imported(&commitment.place, &commitment.key, commitment.url.as_deref()));
    let path = format!("commitments/{id}.yaml");
    let whole = writer.path(&path);
    writer.report.look(&writer.names, &whole, &id, [title.as_str(), summary.as_str()]);
    writer.folder.put(&path, fields.yaml());
    writer.settle("commitment", &commitment.place, &id, reasons);
}
