//! Proposals, one file each. A proposal that the platform had put in its bin keeps its place, its votes and a
//! digest of its words: the words themselves do not enter the content.

use super::convert::{Convert, Reasons, date, updated};
use super::reactions::votes;
use super::read::{Filed, Opinion};
use crate::import::content::{self, Fields, UNSTATED};
use crate::import::html::{self, Use};
use crate::import::report::{Fate, Row};
use crate::say;
use crate::yaml::write::Out;

/// One file for each proposal.
pub(super) fn proposals(convert: &mut Convert<'_>) {
    let export = convert.export;
    for filed in
        export.opinions.values().filter(|o| !convert.articles.contains_key(&o.record.id)).collect::<Vec<_>>()
    {
        let (fields, body) =
            if filed.record.is_trashed { withheld(convert, filed) } else { proposal(convert, filed) };
        let id = format!("o{}", filed.record.id);
        let path = convert.folder.put(&format!("contributions/{id}.md"), fields.markdown(&body));
        if !filed.record.is_trashed {
            let title = filed.record.title.clone();
            let appendices: Vec<String> = filed
                .record
                .parts
                .appendices
                .iter()
                .filter_map(|a| a.record.body.as_deref())
                .map(html::text)
                .collect();
            let words = html::words(&body);
            let mut texts = vec![title.as_str(), words.as_str()];
            texts.extend(appendices.iter().map(String::as_str));
            convert.review(&path, &id, &texts);
        }
    }
}

fn proposal(convert: &mut Convert<'_>, filed: &Filed<Opinion>) -> (Fields, String) {
    let opinion = &filed.record;
    let id = format!("o{}", opinion.id);
    let mut reasons = Reasons::new();
    let body = convert.markdown(opinion.body.as_deref().unwrap_or_default(), Use::Contribution, &mut reasons);
    let appendices = appendices(convert, filed);
    let (reactions, differs) = votes(convert, filed);
    reasons.extend(differs);
    let listed = convert.export.listing.get(&*id).map(|l| l.record.url.as_str());
    let aliases = convert.aliases(&[opinion.links.show.as_deref(), listed]);
    let mut fields = start(filed).text("title", Convert::title(&opinion.title)).then(place(convert, filed));
    if body.is_empty() {
        fields = fields.plain("lost", true);
    }
    let fields = fields
        .map("votes", reactions)
        .list("appendices", appendices)
        .then(aliases)
        .then(convert.imported(filed, opinion.id, opinion.links.show.as_deref()));
    convert.settle(filed, "proposal", &id, reasons);
    (fields, body)
}

/// A proposal of the bin: no title, no address (it is made from the title), no words. Its laws and appendices, if
/// it had any, stay out too.
fn withheld(convert: &mut Convert<'_>, filed: &Filed<Opinion>) -> (Fields, String) {
    let opinion = &filed.record;
    let words = opinion.body.as_deref().unwrap_or_default();
    let moderation = content::withheld(UNSTATED, "", words, &convert.options.key);
    let (reactions, differs) = votes(convert, filed);
    let fields = start(filed)
        .then(place(convert, filed))
        .map("votes", reactions)
        .then(moderation)
        .then(convert.imported(filed, opinion.id, None));
    let mut reasons = differs;
    reasons.insert(say!(
        "à la corbeille de la plateforme : titre et texte remplacés par l’empreinte du texte ; le motif et la date ne sont pas dans l’export",
        "in the platform's bin: title and words replaced by the digest of the words; neither reason nor date is in the export"
    ));
    for appendix in &opinion.parts.appendices {
        let reason =
            say!("annexe d’une proposition écartée, ou vide", "appendix of a withheld proposal, or empty");
        convert.report.settle(Row { reason: Some(reason), ..appendix.fate("appendix", Fate::Skipped) });
    }
    laws_left_out(convert, filed);
    convert.settle(filed, "proposal", &format!("o{}", opinion.id), reasons);
    (fields, String::new())
}

/// Id and kind of a proposal.
fn start(filed: &Filed<Opinion>) -> Fields {
    Fields::new().text("id", format!("o{}", filed.record.id)).text("kind", "proposal")
}

/// Author, dates and section of a proposal.
fn place(convert: &Convert<'_>, filed: &Filed<Opinion>) -> Fields {
    let opinion = &filed.record;
    let section = convert.sections.get(&opinion.section.id).map(|c| c.id.to_string());
    Fields::new()
        .map("author", convert.people.author(&opinion.author.unique_id))
        .text("date", date(&opinion.created_at))
        .text("updated", updated(&opinion.created_at, &opinion.updated_at))
        .text("category", section.unwrap_or_default())
}

/// The appendices that hold something; laws beside a citizen's proposal become appendices too.
fn appendices(convert: &mut Convert<'_>, filed: &Filed<Opinion>) -> Vec<Out> {
    let id = format!("o{}", filed.record.id);
    let mut out = Vec::new();
    for appendix in &filed.record.parts.appendices {
        let mut reasons = Reasons::new();
        let body = convert.markdown(
            appendix.record.body.as_deref().unwrap_or_default(),
            Use::Contribution,
            &mut reasons,
        );
        if body.is_empty() {
            let reason = say!("annexe vide", "empty appendix");
            convert.report.settle(Row { reason: Some(reason), ..appendix.fate("appendix", Fate::Skipped) });
            continue;
        }
        let title = Convert::title(&appendix.record.kind.title);
        out.push(Fields::new().text("title", title).block("body", body).item());
        convert.settle(appendix, "appendix", &id, reasons);
    }
    laws_left_out(convert, filed);
    out
}

/// A citizen's proposal has no law before and after on this platform; if an export has one, the report says it.
fn laws_left_out(convert: &mut Convert<'_>, filed: &Filed<Opinion>) {
    for law in &filed.record.parts.laws {
        let reason =
            say!("loi citée hors du texte en discussion", "law quoted outside the text under discussion");
        convert.report.settle(Row { reason: Some(reason), ..law.fate("law change", Fate::Skipped) });
    }
}
