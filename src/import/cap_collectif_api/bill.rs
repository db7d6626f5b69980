//! The organiser's articles as a text: `text.yaml`, one version under the sections as divisions, and
//! `articles.yaml` with explanations, laws before and after, and reactions.

use super::convert::{Convert, Reasons, date};
use super::reactions::votes;
use super::read::{Filed, Opinion};
use crate::import::content::Fields;
use crate::import::html::{Use, normal};
use crate::import::report::{Fate, Row};
use crate::say;
use crate::yaml::write::{Out, list_document};

/// Id of the one version.
const VERSION: &str = "consultation";

/// Writes the bill, when there is one.
pub(super) fn bill(convert: &mut Convert<'_>) {
    let export = convert.export;
    let mut articles: Vec<(u64, &Filed<Opinion>)> = export
        .opinions
        .values()
        .filter(|o| convert.articles.contains_key(&o.record.id))
        .map(|o| (o.record.section.id, o))
        .collect();
    // Sections come in the order of their first article; articles in the order of their ids.
    articles.sort_by_key(|(section, o)| {
        let first = export
            .opinions
            .values()
            .find(|x| x.record.section.id == *section && convert.articles.contains_key(&x.record.id));
        (first.map_or(0, |f| f.record.id), o.record.id)
    });
    if articles.is_empty() {
        return;
    }
    let (mut version, mut records, mut open) = (Vec::new(), Vec::new(), None);
    for (section, filed) in &articles {
        if open != Some(*section) {
            open = Some(*section);
            if let Some(category) = convert.sections.get(section) {
                version.push(format!("## {}", heading(&category.title)));
            }
        }
        let (text, record) = article(convert, filed);
        version.push(text);
        records.push(record);
    }
    let folder = format!("texts/{}", convert.text);
    convert.folder.put(&format!("{folder}/{VERSION}.md"), format!("{}\n", version.join("\n\n")));
    convert.folder.put(&format!("{folder}/articles.yaml"), list_document(&records));
    let day = articles.iter().map(|(_, o)| date(&o.record.created_at)).min().unwrap_or_default();
    let day = day.get(..10).unwrap_or_default().to_owned();
    let state = Fields::new()
        .text("id", VERSION)
        .text("title", "Texte mis en consultation")
        .text("date", day)
        .text("stage", "consultation");
    let text = Fields::new()
        .text("kind", "bill")
        .text("title", super::consultation::title(convert))
        .list("versions", vec![state.item()]);
    convert.folder.put(&format!("{folder}/text.yaml"), text.yaml());
}

/// An article's heading and paragraphs, and its record.
fn article(convert: &mut Convert<'_>, filed: &Filed<Opinion>) -> (String, Out) {
    let opinion = &filed.record;
    let id = format!("o{}", opinion.id);
    let number = convert.articles.get(&opinion.id).cloned().unwrap_or_default();
    let mut reasons = Reasons::new();
    let body = convert.markdown(opinion.body.as_deref().unwrap_or_default(), Use::Law, &mut reasons);
    let explanation = explanation(convert, filed);
    let law = laws(convert, filed, &id);
    let section = convert.sections.get(&opinion.section.id).map(|c| c.id.to_string());
    let (reactions, differs) = votes(convert, filed);
    reasons.extend(differs);
    let listed = convert.export.listing.get(&*id).map(|l| l.record.url.as_str());
    let aliases = convert.aliases(&[opinion.links.show.as_deref(), listed]);
    let record = Fields::new()
        .text("article", &*number)
        .text("category", section.unwrap_or_default())
        .block("explanation", explanation)
        .list("law", law)
        .map("votes", reactions)
        .text("date", date(&opinion.created_at))
        .then(aliases)
        .then(convert.imported(filed, opinion.id, opinion.links.show.as_deref()));
    convert.settle(filed, "article", &format!("article {number}"), reasons);
    let title = heading(&Convert::title(&opinion.title));
    let text = if body.is_empty() { format!("### {title}") } else { format!("### {title}\n\n{body}") };
    (text, record.item())
}

/// A heading's words, on one line; what would end or attribute a heading is escaped.
fn heading(words: &str) -> String {
    normal(words)
        .replace('\\', "\\\\")
        .replace('#', "\\#")
        .replace('*', "\\*")
        .replace('_', "\\_")
        .replace('<', "\\<")
}

/// The appendices of an article are its explanation.
fn explanation(convert: &mut Convert<'_>, filed: &Filed<Opinion>) -> String {
    let mut parts = Vec::new();
    for appendix in &filed.record.parts.appendices {
        let id = format!("o{}", filed.record.id);
        let mut reasons = Reasons::new();
        let words = convert.markdown(
            appendix.record.body.as_deref().unwrap_or_default(),
            Use::Contribution,
            &mut reasons,
        );
        if words.is_empty() {
            let reason = say!("annexe vide", "empty appendix");
            convert.report.settle(Row { reason: Some(reason), ..appendix.fate("appendix", Fate::Skipped) });
        } else {
            convert.settle(appendix, "appendix", &id, reasons);
            parts.push(words);
        }
    }
    parts.join("\n\n")
}

/// The laws that an article changes.
fn laws(convert: &mut Convert<'_>, filed: &Filed<Opinion>, id: &str) -> Vec<Out> {
    let mut out = Vec::new();
    for law in &filed.record.parts.laws {
        let mut reasons = Reasons::new();
        let before =
            convert.markdown(law.record.before.as_deref().unwrap_or_default(), Use::Law, &mut reasons);
        let after = convert.markdown(law.record.after.as_deref().unwrap_or_default(), Use::Law, &mut reasons);
        let title = Convert::title(&law.record.title);
        out.push(Fields::new().text("title", title).block("before", before).block("after", after).item());
        convert.settle(law, "law change", id, reasons);
    }
    out
}
