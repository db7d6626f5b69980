//! The desk's pages as HTML: values of `views` through templates that are in the binary. What a participant wrote goes
//! through the same filters as on the site.

use super::contribution::{self, Typed};
use super::views::{self, Surroundings};
use super::{Deed, ROOT};
use crate::lang::{Lang, Speech};
use crate::moderation::undo::Past;
use crate::moderation::{Docket, Found};
use crate::render;
use crate::source::{FileId, Sources};
use crate::theme::theme;
use crate::yaml::read::Entries;
use crate::yaml::{Read, Reader, tree};
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use tera::{Context, Tera};

const TEMPLATES: [(&str, &str); 5] = [
    ("desk.html", include_str!("templates/desk.html")),
    ("row.html", include_str!("templates/row.html")),
    ("queue.html", include_str!("templates/queue.html")),
    ("one.html", include_str!("templates/one.html")),
    ("find.html", include_str!("templates/find.html")),
];

/// The style that is the desk's alone; the rest is the site's.
pub(super) const STYLE: &str = include_str!("templates/desk.css");

/// Templates and messages of one language.
#[derive(Debug)]
pub struct Engine {
    tera: Tera,
    messages: BTreeMap<String, String>,
    lang: &'static str,
}

impl Engine {
    /// Prepares them.
    pub fn new(speech: Speech) -> Self {
        let (lang, own) = match speech {
            Speech::Fr => ("fr", include_str!("templates/fr.yaml")),
            Speech::En => ("en", include_str!("templates/en.yaml")),
        };
        let mut messages = BTreeMap::new();
        if let Some(lang) = Lang::new(lang) {
            let (theme, _) = theme(&Sources::default(), None, std::slice::from_ref(&lang));
            messages.extend(theme.messages.into_values().flatten());
        }
        messages.extend(read(own));
        let mut tera = render::engine();
        // Templates are ours: a fault in them is caught by our tests, and shows on every page.
        let _ = tera.add_raw_templates(TEMPLATES);
        Engine { tera, messages, lang }
    }

    /// The desk's style.
    pub fn style(&self) -> &'static str {
        STYLE
    }

    /// The queue.
    pub fn queue(
        &self,
        docket: &Docket<'_>,
        around: &Surroundings<'_>,
        consultation: Option<&str>,
        mark: Option<&str>,
        past: Option<&Past>,
    ) -> String {
        self.page("queue.html", around, &views::queue(docket, around, consultation, mark, past))
    }

    /// One contribution. `contact`: the file that says how to reach its author, when it was asked for. `deed`: what was
    /// tried and could not be done, so that nothing typed is lost.
    pub fn one(
        &self,
        docket: &Docket<'_>,
        around: &Surroundings<'_>,
        found: &Found<'_>,
        contact: Option<&str>,
        deed: Option<&Deed>,
    ) -> String {
        self.page("one.html", around, &contribution::one(docket, around, found, contact, &typed(deed)))
    }

    /// What was found.
    pub fn find(&self, docket: &Docket<'_>, around: &Surroundings<'_>, words: &str) -> String {
        self.page("find.html", around, &views::find(docket, around, words))
    }

    /// A sentence of the desk.
    pub fn say(&self, key: &str) -> String {
        self.messages.get(key).cloned().unwrap_or_else(|| key.to_owned())
    }

    fn page(&self, template: &str, around: &Surroundings<'_>, page: &Json) -> String {
        #[derive(Serialize)]
        struct Chrome<'c> {
            lang: &'c str,
            root: &'c str,
            token: &'c str,
            by: &'c str,
            note: &'c Option<views::Note>,
        }
        let chrome =
            Chrome { lang: self.lang, root: ROOT, token: around.token, by: around.by, note: &around.note };
        let mut context = Context::new();
        context.insert("page", page);
        context.insert("chrome", &chrome);
        context.insert("t", &self.messages);
        match self.tera.render(template, &context) {
            Ok(html) => render::visible(html),
            // Ours to mend, and told without what it was about.
            Err(error) => format!(
                "<!doctype html><title>Greffe</title><p>{template}: {}",
                error.to_string().replace('<', "&lt;")
            ),
        }
    }
}

fn typed(deed: Option<&Deed>) -> Typed {
    match deed {
        Some(Deed::Withhold { reason, .. }) => Typed { reason: reason.clone(), ..Typed::default() },
        Some(Deed::Merge { into, .. }) => Typed { into: into.clone(), ..Typed::default() },
        Some(Deed::Answer { author, title, decision, words, .. }) => Typed {
            author: author.clone(),
            title: title.clone(),
            decision: decision.clone(),
            words: words.clone(),
            ..Typed::default()
        },
        Some(Deed::SayWho { .. } | Deed::Accept { .. } | Deed::Undo) | None => Typed::default(),
    }
}

fn read(yaml: &str) -> Vec<(String, String)> {
    let (nodes, _) = tree::documents(FileId(0), yaml, 0);
    let mut reader = Reader::default();
    let entries = nodes.first().and_then(|node| Entries::<Box<str>>::read(node, &mut reader));
    entries
        .map(|e| e.0.into_iter().map(|(k, v)| (k.value.into(), v.value.into())).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_read_and_messages_are_in_both_languages() {
        let keys = |yaml| read(yaml).into_iter().map(|(key, _)| key).collect::<Vec<_>>();
        assert_eq!(keys(include_str!("templates/fr.yaml")), keys(include_str!("templates/en.yaml")));
        let mut tera = render::engine();
        tera.add_raw_templates(TEMPLATES).unwrap();
        let known = Engine::new(Speech::Fr).messages;
        for (name, text) in TEMPLATES {
            for (at, _) in text.match_indices("t.desk_") {
                let key: String =
                    text[at + 2..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                assert!(known.contains_key(&key), "{name}: {key}");
            }
        }
    }
}
