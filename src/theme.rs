//! The theme: the default one, which is in the binary, with the files that the site's own `themes/<name>/` puts in
//! their place. Templates and static files are replaced whole, messages key by key.

use crate::diag::{Code, Diagnostic};
use crate::lang::Lang;
use crate::model::id::Id;
use crate::say;
use crate::source::{Contents, FileId, Sources, Span};
use crate::yaml::read::Entries;
use crate::yaml::{Read, Reader, tree};
use std::collections::BTreeMap;

/// The files of the default theme: path in the theme, bytes.
static DEFAULT: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/theme_files.rs"));

/// A theme, ready for rendering.
#[derive(Debug, Default)]
pub struct Theme {
    /// Templates by name (`layout.html`, `parts/card.html`), and where a replaced one stands.
    pub templates: BTreeMap<String, (String, Option<FileId>)>,
    /// Static files by path under `static/`.
    pub files: BTreeMap<String, ThemeFile>,
    /// Messages of each language of the site.
    pub messages: BTreeMap<Lang, BTreeMap<String, String>>,
}

/// A static file of a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ThemeFile {
    /// Its bytes.
    Bytes(Box<[u8]>),
    /// A file of the site that is copied.
    CopyOf(Box<str>),
}

/// Puts a theme together for a site; `name` is the folder of `themes/`, `default` when none is written.
pub fn theme(sources: &Sources, name: Option<&Id>, languages: &[Lang]) -> (Theme, Vec<Diagnostic>) {
    let mut theme = Theme::default();
    let mut problems = Vec::new();
    let mut messages: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for (path, bytes) in DEFAULT {
        let Ok(text) = std::str::from_utf8(bytes) else {
            add_file(&mut theme, path, ThemeFile::Bytes((*bytes).into()));
            continue;
        };
        if let Some(lang) = message_file(path) {
            // The default messages are ours: a fault in them is caught by our tests, not told to authors.
            messages.entry(lang).or_default().extend(read_messages(FileId(0), text, &mut Vec::new()));
        } else if let Some(name) = path.strip_prefix("templates/") {
            theme.templates.insert(name.to_owned(), (text.to_owned(), None));
        } else {
            add_file(&mut theme, path, ThemeFile::Bytes((*bytes).into()));
        }
    }
    let folder = format!("themes/{}/", name.map_or("default", Id::as_str));
    for (id, file) in sources.iter() {
        let Some(path) = file.path.strip_prefix(&folder) else { continue };
        match &file.contents {
            Contents::Text(text) => match (message_file(path), path.strip_prefix("templates/")) {
                (Some(lang), _) => {
                    messages.entry(lang).or_default().extend(read_messages(id, text, &mut problems));
                }
                (None, Some(name)) => {
                    theme.templates.insert(name.to_owned(), (text.to_string(), Some(id)));
                }
                (None, None) => add_file(&mut theme, path, ThemeFile::Bytes(text.as_bytes().into())),
            },
            Contents::Opaque { .. } => add_file(&mut theme, path, ThemeFile::CopyOf(file.path.clone())),
            Contents::Broken(_) => problems.push(Diagnostic::new(
                Code::G035,
                Span::file(id),
                say!("ce fichier du thème ne peut pas être lu", "this file of the theme cannot be read"),
            )),
        }
    }
    for lang in languages {
        // A language without messages of its own speaks English; a missing message too, then French.
        let mut all = BTreeMap::new();
        for from in ["fr", "en", lang.as_str()] {
            all.extend(messages.get(from).cloned().unwrap_or_default());
        }
        theme.messages.insert(lang.clone(), all);
    }
    (theme, problems)
}

fn add_file(theme: &mut Theme, path: &str, file: ThemeFile) {
    if let Some(name) = path.strip_prefix("static/") {
        theme.files.insert(name.to_owned(), file);
    }
}

/// `messages/fr.yaml`, or `messages/search.fr.yaml`: the language.
fn message_file(path: &str) -> Option<String> {
    let stem = path.strip_prefix("messages/")?.strip_suffix(".yaml")?;
    Some(stem.rsplit('.').next().unwrap_or(stem).to_owned())
}

fn read_messages(id: FileId, text: &str, problems: &mut Vec<Diagnostic>) -> Vec<(String, String)> {
    let (nodes, found) = tree::documents(id, text, 0);
    problems.extend(found);
    let mut reader = Reader::default();
    let entries: Vec<(String, String)> = nodes
        .first()
        .and_then(|node| Entries::<Box<str>>::read(node, &mut reader))
        .map(|entries| entries.0.into_iter().map(|(k, v)| (k.value.into(), v.value.into())).collect())
        .unwrap_or_default();
    problems.append(&mut reader.problems);
    entries
}
