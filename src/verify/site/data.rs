//! The page is the data: each page has its `index.json`, and both say the same title, the same language, the same day.

use super::{Fact, Site, ours};
use crate::say;
use crate::verify::report::{Code, Finding};
use serde_json::Value;

/// What is asked of a page's data.
#[derive(Debug, Default)]
pub struct PageData {
    /// `head.kind`.
    pub kind: String,
    /// `head.title`.
    pub title: String,
    /// `head.path`: where its page stands.
    pub path: String,
    /// `head.lang`.
    pub lang: String,
    /// `head.as_of`.
    pub as_of: String,
    /// What the page of a vote claims.
    pub vote: Option<super::votes::Said>,
    /// What a data page says of its tables.
    pub tables: Vec<super::tables::Said>,
}

impl PageData {
    /// Reads the data of a page.
    pub fn read(text: &str) -> Result<PageData, String> {
        let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let head = &value["head"];
        let words = |key: &str| head[key].as_str().unwrap_or_default().to_owned();
        if !head.is_object() {
            return Err("head?".to_owned());
        }
        let kind = words("kind");
        let vote = (kind == "vote").then(|| super::votes::Said::read(&value));
        let tables = if kind == "data" { super::tables::said(&value["tables"]) } else { Vec::new() };
        Ok(PageData {
            title: words("title"),
            path: words("path"),
            lang: words("lang"),
            as_of: words("as_of"),
            kind,
            vote,
            tables,
        })
    }
}

/// Compares pages with their data.
pub(super) fn data(site: &Site<'_>, as_of: Option<&str>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut tell = |path: &str, seen, expected: Option<&str>| {
        let finding = Finding::error(Code::PageData, site.full(path), seen);
        found.push(match expected {
            Some(words) => finding.wanted(words),
            None => finding,
        });
    };
    for (path, page) in
        site.pages().filter(|(path, page)| ours(path) && !page.redirect && !path.ends_with("404.html"))
    {
        let beside = format!("{}.json", path.trim_end_matches(".html"));
        match site.facts.get(beside.as_str()) {
            Some(Fact::Data(data)) => {
                let title = &data.title;
                if !page.says(title) {
                    let says = &page.title;
                    tell(
                        path,
                        say!("la page s’appelle « {says} »", "the page is called “{says}”"),
                        Some(title),
                    );
                }
                if page.lang != data.lang {
                    let lang = &page.lang;
                    tell(
                        path,
                        say!("la page se dit en « {lang} »", "the page says that it is in “{lang}”"),
                        Some(&data.lang),
                    );
                }
            }
            // What cannot be read was told.
            Some(_) => {}
            None => tell(
                path,
                say!(
                    "cette page n’a pas ses données (index.json)",
                    "this page does not have its data (index.json)"
                ),
                None,
            ),
        }
    }
    for (path, fact) in &site.facts {
        let Fact::Data(data) = fact else { continue };
        let page = format!("{}.html", path.trim_end_matches(".json"));
        if site.page(&page).is_none() {
            tell(path, say!("ces données n’ont pas de page", "this data has no page"), None);
        } else if data.path != page && format!("{}/{}", data.lang, data.path) != page {
            let says = &data.path;
            tell(
                path,
                say!("ces données se disent de {says}", "this data says that it is of {says}"),
                Some(&page),
            );
        }
        if let Some(day) = as_of.filter(|day| *day != data.as_of) {
            let says = &data.as_of;
            tell(path, say!("la page parle du {says}", "the page speaks of {says}"), Some(day));
        }
    }
    found
}
