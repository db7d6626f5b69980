//! Votes of which the export gives the totals and not the ballots: nothing can be counted again, and that is said.

use super::{Reasons, Writer, line};
use crate::import::content::Fields;
use crate::import::platform::{Poll, key};
use crate::model::id::{Id, slug};
use crate::say;
use crate::yaml::write::Out;

/// Writes them.
pub(super) fn polls(writer: &mut Writer<'_>) {
    let gathered = writer.gathered;
    if gathered.polls.is_empty() {
        return;
    }
    writer.report.read("vote", gathered.polls.len());
    for poll in &gathered.polls {
        one(writer, poll);
    }
}

fn one(writer: &mut Writer<'_>, poll: &Poll) {
    let mut reasons = Reasons::new();
    let Some(id) = slug(&poll.key) else {
        return writer.skip("vote", &poll.place, say!("sans numéro", "without a number"));
    };
    let (mut options, mut totals, mut winners) = (Vec::new(), Fields::new(), Vec::new());
    for choice in &poll.choices {
        let option = key::id(&choice.key);
        let title = line(&choice.title);
        let fields = Fields::new()
            .text("id", &*option)
            .text("title", if title.is_empty() { &*option } else { &title });
        let fields = match choice.cost.as_deref().filter(|cost| cost.parse::<f64>().is_ok()) {
            Some(cost) => fields.plain("cost", cost),
            None => fields,
        };
        let own = writer.tree.find(&choice.key).map_or("", |entry| &*entry.id);
        options.push(fields.text("contribution", own).item());
        if let Some(n) = choice.votes {
            totals = totals.plain(&option, n);
        }
        if choice.won {
            winners.push(Out::text(&*option));
        }
    }
    let title = line(&poll.title);
    let url = poll.url.as_deref().and_then(super::address).unwrap_or_default();
    let aliases = writer.aliases.take(&[poll.url.as_deref()]);
    let closes = writer.day(poll.closes.as_deref(), &mut reasons).unwrap_or_default();
    let fields = Fields::new()
        .text("id", id.as_str())
        .text("title", if title.is_empty() { id.as_str() } else { &title })
        .text("kind", poll.kind.as_str())
        .text("closes", closes)
        .list("options", options)
        .map("totals", totals)
        .list("winners", winners)
        .text("ballots_missing", poll.without.fr.as_str())
        .text("url", url)
        .then(aliases);
    writer.folder.put(&format!("votes/{}.yaml", Id::as_str(&id)), fields.yaml());
    writer.settle("vote", &poll.place, id.as_str(), reasons);
}
