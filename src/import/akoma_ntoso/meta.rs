//! What an Akoma Ntoso document says of itself: its identity in the FRBR sense (work, expression), its dates, its language,
//! and the names behind the references of its metadata. Not read: the life cycle, the analysis of changes, the
//! classification; each is listed.

use crate::import::text::Log;
use crate::import::xml::Element;
use crate::model::id::{Id, slug};
use crate::model::when::Date;
use crate::say;
use std::collections::BTreeMap;

/// What is known of a document.
#[derive(Debug, Default)]
pub(super) struct Meta {
    /// Address of the work: `/akn/fr/bill/2015-09-26/republique-numerique`.
    pub(super) work: String,
    /// Address of the expression: `…/fra@2015-09-26`.
    pub(super) expression: String,
    /// The day of the expression, else of the work.
    pub(super) date: Option<Date>,
    /// `fra`, `eng`…
    pub(super) language: String,
    /// The number of the document in its series.
    pub(super) number: String,
    /// The number of the version.
    pub(super) version: String,
    /// A name by which the work is known.
    pub(super) alias: String,
    /// The address of its page.
    pub(super) url: String,
    /// Who made the work, as the document names them.
    pub(super) authors: Vec<String>,
    /// What references stand for: `gov` → `Gouvernement`.
    pub(super) names: BTreeMap<String, String>,
}

impl Meta {
    /// Reads the metadata of a document.
    pub(super) fn read(document: &Element, log: &mut Log) -> Self {
        let mut meta = Meta::default();
        let Some(found) = document.child("meta") else { return meta };
        for references in found.elements().filter(|e| &*e.name == "references") {
            for named in references.elements() {
                let id = named.attribute("eId").or_else(|| named.attribute("id"));
                if let (Some(id), Some(words)) = (id, named.attribute("showAs")) {
                    meta.names.insert(id.into(), words.into());
                }
            }
        }
        if let Some(identification) = found.child("identification") {
            meta.identify(identification);
        }
        for other in found.elements() {
            let name = &other.name;
            let words = other.words();
            match &**name {
                "identification" | "references" => log.kept("metadata", 1),
                // Its notes come in where the text calls them.
                "notes" => log.kept("metadata", 1),
                _ if words.is_empty() => {
                    log.skip(
                        "metadata",
                        &line(other),
                        say!("« {name} » n’est pas repris", "“{name}” is not taken"),
                    );
                }
                _ => log.skip(
                    "metadata",
                    &line(other),
                    say!("« {name} » n’est pas repris : « {words} »", "“{name}” is not taken: “{words}”"),
                ),
            }
        }
        meta
    }

    fn identify(&mut self, identification: &Element) {
        let value = |level: &Element, name: &str| {
            let found = level.child(name).and_then(|e| e.attribute("value"));
            found.unwrap_or_default().trim().to_owned()
        };
        let day = |level: &Element| Date::parse(level.child("FRBRdate")?.attribute("date")?.get(..10)?);
        if let Some(work) = identification.child("FRBRWork") {
            self.work = value(work, "FRBRuri");
            self.number = value(work, "FRBRnumber");
            self.alias = alias(work, &["intitule-court", "intitule", "shortTitle", "title"])
                .or_else(|| Some(value(work, "FRBRalias")).filter(|words| words.contains(' ')))
                .unwrap_or_else(|| value(work, "FRBRname"));
            self.url = alias(work, &["url-senat", "url-AN", "url"]).unwrap_or_default();
            self.date = day(work);
            let authors =
                work.elements().filter(|e| &*e.name == "FRBRauthor").filter_map(|e| e.attribute("href"));
            self.authors = authors.map(|href| self.name(href)).collect();
        }
        if let Some(expression) = identification.child("FRBRExpression") {
            self.expression = value(expression, "FRBRuri");
            self.version = value(expression, "FRBRversionNumber");
            let language = expression.child("FRBRlanguage").and_then(|e| e.attribute("language"));
            self.language = language.unwrap_or_default().to_ascii_lowercase();
            self.date = day(expression).or(self.date);
        }
    }

    /// What a reference stands for: its name, else its own last word.
    pub(super) fn name(&self, href: &str) -> String {
        let key = href.trim_start_matches('#');
        let last = key.trim_end_matches('/').rsplit('/').next().unwrap_or(key);
        self.names.get(key).cloned().unwrap_or_else(|| last.replace(['_', '-'], " "))
    }

    /// An id of the work, from the last word of its address, with the kind where that is only a number.
    pub(super) fn id(&self, kind: &str) -> Option<Id> {
        let words = |uri: &str| {
            let parts: Vec<&str> =
                uri.split('/').filter(|part| !part.is_empty() && !part.starts_with('!')).collect();
            parts.last().map(|part| (*part).to_owned())
        };
        let last = words(&self.work)?;
        let numeric = last.chars().all(|c| c.is_ascii_digit() || c == '-');
        slug(&if numeric { format!("{kind}-{last}") } else { last })
    }

    /// An id of the version: its number, else its day.
    pub(super) fn version(&self) -> Option<Id> {
        let day = self.date.map(|d| d.to_string());
        slug(&self.version).or_else(|| slug(&day?))
    }

    /// Written in French, or in France where no language is said.
    pub(super) fn is_french(&self) -> bool {
        self.language.starts_with("fr") || (self.language.is_empty() && self.work.contains("/fr/"))
    }
}

/// The line of an element, as the report says it.
pub(super) fn line(element: &Element) -> String {
    format!("l. {}", element.line)
}

/// The first alias of the work that has one of these names.
fn alias(work: &Element, names: &[&str]) -> Option<String> {
    let named = |name: &&str| {
        let all = work.elements().filter(|e| &*e.name == "FRBRalias");
        let found = all.filter(|e| e.attribute("name") == Some(name)).find_map(|e| e.attribute("value"));
        found.map(str::trim).filter(|value| !value.is_empty()).map(ToOwned::to_owned)
    };
    names.iter().find_map(named)
}
