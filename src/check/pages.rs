//! The site itself and its plain pages.

use super::consultation;
use super::ids;
use super::scope::Scope;
use crate::diag::{Code, Diagnostic};
use crate::model::id::Id;
use crate::model::site::{Consultation, Page, Site};
use crate::say;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// Checks everything; `None` when there is no site at all.
pub fn site(scope: &mut Scope<'_>) -> Option<Site> {
    let draft = scope.draft;
    let filed = draft.site.as_ref()?;
    let record = &filed.record;
    let main = scope.main().clone();
    let zone = scope.zone(&record.timezone).unwrap_or(TimeZone::UTC);
    let consultations = consultations(scope, &zone);
    let home_files = scope.kept(&draft.home);
    let home = Id::new("index").and_then(|id| scope.page(&id, &home_files, &main));
    Some(Site {
        title: scope.words(&record.title, &main),
        description: scope.words_opt(&record.description, &main),
        languages: scope.languages.clone(),
        publisher: record.publisher.as_ref().map(|p| scope.party(&p.value, &main)),
        contact: record.contact.as_ref().map(|c| c.value.clone()),
        licence: record.licence.as_ref().map(|l| l.value.clone()),
        base_url: base_url(scope),
        theme: record.theme.as_ref().map(|t| t.value.clone()),
        as_of: scope.as_of,
        home,
        pages: plain_pages(scope),
        consultations,
        quarantined: Vec::new(),
    })
}

/// `--base-url`, else the site's; without the slash at the end.
fn base_url(scope: &Scope<'_>) -> Option<Box<str>> {
    let written = scope.draft.site.as_ref().and_then(|s| s.record.base_url.as_ref()).map(|u| &u.value.0);
    scope.options.base_url.as_ref().or(written).map(|u| u.trim_end_matches('/').into())
}

fn plain_pages(scope: &mut Scope<'_>) -> Vec<Page> {
    let main = scope.main().clone();
    let filed = scope.kept(&scope.draft.pages);
    let named = ids::name(scope, filed, |_| None);
    let mut pages: Vec<Page> = named.iter().filter_map(|n| scope.page(&n.id, &n.files, &main)).collect();
    pages.sort_by(|a, b| (a.order, &a.id).cmp(&(b.order, &b.id)));
    pages
}

/// Names at the root of a site that a consultation cannot take.
const RESERVED: [&str; 8] = ["static", "search", "pages", "data", "404", "feed.xml", "sitemap.xml", "index"];

fn consultations(scope: &mut Scope<'_>, zone: &TimeZone) -> Vec<Consultation> {
    let draft = scope.draft;
    let mut seen: BTreeMap<Box<str>, usize> = BTreeMap::new();
    let mut all = Vec::new();
    for (at, files) in draft.consultations.iter().enumerate() {
        let Some(filed) = &files.consultation else { continue };
        let id = &filed.id.value;
        let language = scope.languages.iter().any(|l| l.as_str() == id.as_str());
        if RESERVED.contains(&id.as_str()) || (scope.languages.len() > 1 && language) {
            scope.report(
                Code::G027,
                filed.id.span,
                say!(
                    "une consultation ne peut pas s’appeler « {id} » : cette adresse est prise",
                    "a consultation cannot be called “{id}”: that address is taken"
                ),
            );
        }
        if let Some(first) = seen.insert(id.folded(), at) {
            let place = draft.consultations[first].consultation.as_ref().map_or(filed.id.span, |f| f.id.span);
            scope.problems.push(
                Diagnostic::new(
                    Code::G017,
                    filed.id.span,
                    say!(
                        "deux consultations ont un dossier nommé « {id} »",
                        "two consultations have a folder named “{id}”"
                    ),
                )
                .related(place, say!("l’autre", "the other")),
            );
        }
        all.push(consultation::consultation(scope, files, filed, zone));
    }
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all
}
