//! Arguments and sources: one list for each proposal or article that has some. Their bodies are plain text on this
//! platform, line ends included.

use super::convert::{Convert, Reasons, date, updated};
use super::read::{Filed, Opinion, Source};
use crate::import::content::{self, Fields, UNSTATED};
use crate::import::report::{Fate, Row};
use crate::say;
use crate::yaml::write::{Out, list_document};

/// One list of arguments and sources for each proposal or article that has some.
pub(super) fn discussions(convert: &mut Convert<'_>) {
    let export = convert.export;
    for opinion in export.opinions.values().map(|o| &o.record) {
        let path = format!("contributions/o{}.discussion.yaml", opinion.id);
        let whole = format!("content/{}/{path}", convert.options.slug);
        let mut items = Vec::new();
        let mut arguments: Vec<_> = opinion.parts.arguments.iter().collect();
        arguments.sort_by_key(|a| a.record.id);
        for filed in arguments {
            let argument = &filed.record;
            let id = format!("a{}", argument.id);
            let mut reasons = Reasons::new();
            let position = match argument.side {
                1 => "for",
                0 => "against",
                other => {
                    let reason = say!("position inconnue : {other}", "unknown position: {other}");
                    convert
                        .report
                        .settle(Row { reason: Some(reason), ..filed.fate("argument", Fate::Skipped) });
                    continue;
                }
            };
            let body = convert.plain(&argument.body, &mut reasons);
            let fields = Fields::new()
                .text("id", &*id)
                .text("kind", "argument")
                .map("author", convert.people.author(&argument.author.unique_id))
                .text("date", date(&argument.created_at))
                .text("updated", updated(&argument.created_at, &argument.updated_at))
                .then(convert.parent(opinion.id))
                .text("position", position)
                .map("votes", Fields::new().plain("for", argument.votes_count));
            let fields = if argument.is_trashed {
                reasons.insert(say!(
                    "à la corbeille : mots remplacés par leur empreinte",
                    "in the bin: words replaced by their digest"
                ));
                let moderation = content::withheld(UNSTATED, "", &argument.body, &convert.options.key);
                fields.then(moderation).then(convert.imported(filed, argument.id, None))
            } else {
                convert.review(&whole, &id, &[&argument.body]);
                // The address of an argument of the bin's proposal is made from a withheld title.
                let url = argument.links.show.as_deref().filter(|_| !opinion.is_trashed);
                fields.then(convert.imported(filed, argument.id, url)).block("body", body)
            };
            items.push(fields.item());
            convert.settle(filed, "argument", &id, reasons);
        }
        let mut sources: Vec<_> = opinion.parts.sources.iter().collect();
        sources.sort_by_key(|s| s.record.id);
        for filed in sources {
            items.push(source(convert, opinion, filed, &whole));
        }
        if !items.is_empty() {
            convert.folder.put(&path, list_document(&items));
        }
    }
}

fn source(convert: &mut Convert<'_>, opinion: &Opinion, filed: &Filed<Source>, path: &str) -> Out {
    let source = &filed.record;
    let id = format!("s{}", source.id);
    let mut reasons = Reasons::new();
    let mut body = convert.plain(&source.body, &mut reasons);
    let link = source.link.trim();
    let followed = (link.starts_with("http://") || link.starts_with("https://"))
        && !link.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"'));
    if !followed && !link.is_empty() {
        reasons.insert(say!(
            "son adresse n’en est pas une : elle est dans le texte",
            "its address is not one: it is in the words"
        ));
        body = format!("{body}\n\n{}", convert.plain(link, &mut reasons));
    }
    let themes = Some(source.category.trim()).filter(|c| !c.is_empty()).map(Out::text);
    convert.review(path, &id, &[&source.title, &source.body, link]);
    let fields = Fields::new()
        .text("id", &*id)
        .text("kind", "source")
        .text("title", Convert::title(&source.title))
        .map("author", convert.people.author(&source.author.unique_id))
        .text("date", date(&source.created_at))
        .text("updated", updated(&source.created_at, &source.updated_at))
        .then(convert.parent(opinion.id))
        .list("themes", themes.into_iter().collect())
        .map("votes", Fields::new().plain("for", source.votes_count))
        .text("link", if followed { link } else { "" })
        .then(convert.imported(filed, source.id, None))
        .block("body", body);
    convert.settle(filed, "source", &id, reasons);
    fields.item()
}
