//! One file at a time: front matter apart from body, YAML streams into records, ids from names.

use super::draft::Filed;
use crate::diag::{Code, Diagnostic};
use crate::lang::Lang;
use crate::model::id::{Id, slug};
use crate::say;
use crate::source::{Breakage, Contents, FileId, Sources, Span, Spanned};
use crate::yaml::{Node, Read, Reader, Value, tree};

/// A file being read, and the problems met in it.
pub struct File<'s> {
    sources: &'s Sources,
    id: FileId,
    languages: &'s [Lang],
    /// Problems met so far.
    pub reader: Reader,
}

impl<'s> File<'s> {
    /// Takes a file; `languages` are the site's, looked for at the end of its name.
    pub fn new(sources: &'s Sources, id: FileId, languages: &'s [Lang]) -> Self {
        File { sources, id, languages, reader: Reader::default() }
    }

    /// Its text; `None` after a diagnostic when it has none.
    pub fn text(&mut self) -> Option<&'s str> {
        match &self.sources.get(self.id).contents {
            Contents::Text(text) => match text.find('\0') {
                None => Some(text),
                Some(at) => {
                    let place = Span { file: self.id, start: at as u32, end: at as u32 + 1 };
                    self.reader.report(no_text(place));
                    None
                }
            },
            Contents::Opaque { .. } => None,
            Contents::Broken(breakage) => {
                self.reader.report(broken(self.id, breakage));
                None
            }
        }
    }

    /// The file's name without folders and extension, and the language at its end: `notice.en.md` is
    /// (`notice`, `en`).
    pub fn stem(&self) -> (&'s str, Option<Lang>) {
        let path = &self.sources.get(self.id).path;
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        if let Some((base, tag)) = stem.rsplit_once('.')
            && let Some(lang) = self.languages.iter().find(|l| l.as_str() == tag)
        {
            return (base, Some(lang.clone()));
        }
        (stem, None)
    }

    /// An id from a name; a name that is not an id as it stands becomes one, with a warning.
    pub fn id_of(&mut self, name: &str) -> Option<Spanned<Id>> {
        let span = Span::file(self.id);
        if let Some(id) = Id::new(name) {
            return Some(Spanned::new(id, span));
        }
        let made = slug(name);
        match &made {
            Some(id) => self.reader.report(Diagnostic::new(
                Code::G036,
                span,
                say!(
                    "le nom « {name} » devient « {id} » dans les adresses",
                    "the name “{name}” becomes “{id}” in addresses"
                ),
            )),
            None => self.reader.report(Diagnostic::new(
                Code::G005,
                span,
                say!(
                    "le nom « {name} » ne peut pas devenir une adresse",
                    "the name “{name}” cannot become an address"
                ),
            )),
        }
        made.map(|id| Spanned::new(id, span))
    }

    /// A Markdown file: its front matter as a record, the rest as body. Without front matter, an empty map is
    /// read where `optional`, and the file is refused elsewhere.
    pub fn front_matter<T: Read>(&mut self, optional: bool) -> Option<Filed<T>> {
        let text = self.text()?;
        let (name, lang) = self.stem();
        let whole = Span { file: self.id, start: 0, end: text.len() as u32 };
        let (yaml, base, body_at) = match split(text) {
            Split::Both { yaml, base, body } => (yaml, base, body),
            Split::NoFrontMatter if optional => ("", 0, 0),
            Split::NoFrontMatter => {
                self.reader.report(Diagnostic::new(
                    Code::G023,
                    Span { file: self.id, start: 0, end: 0 },
                    say!("le fichier ne commence pas par « --- »", "the file does not begin with “---”"),
                ));
                return None;
            }
            Split::Unclosed => {
                self.reader.report(Diagnostic::new(
                    Code::G023,
                    Span { file: self.id, start: 0, end: 3 },
                    say!(
                        "l’en-tête ouvert ici n’est pas fermé par « --- »",
                        "the front matter opened here is not closed by “---”"
                    ),
                ));
                return None;
            }
        };
        let (mut nodes, problems) = tree::documents(self.id, yaml, base);
        let failed = !problems.is_empty();
        self.reader.problems.extend(problems);
        let node = if nodes.is_empty() {
            if failed {
                return None;
            }
            Node { span: Span { file: self.id, start: 0, end: 0 }, value: Value::Map(Vec::new()) }
        } else {
            nodes.swap_remove(0)
        };
        let record = T::read(&node, &mut self.reader);
        let id = self.id_of(name)?;
        let body_span = Span { file: self.id, start: body_at as u32, end: text.len() as u32 };
        let body = Spanned::new(unix_lines(&text[body_at..]), body_span);
        Some(Filed { id, lang, whole, record: record?, body })
    }

    /// A YAML file with one record.
    pub fn record<T: Read>(&mut self) -> Option<Filed<T>> {
        let mut all = self.records::<T>();
        if let Some(second) = all.get(1) {
            let problem = Diagnostic::new(
                Code::G022,
                second.whole,
                say!("un seul objet est attendu dans ce fichier", "one record is expected in this file"),
            );
            self.reader.report(problem);
        }
        (!all.is_empty()).then(|| all.swap_remove(0))
    }

    /// A YAML file with any number of records: a map, a list of maps, or a stream of documents.
    pub fn records<T: Read>(&mut self) -> Vec<Filed<T>> {
        let Some(text) = self.text() else { return Vec::new() };
        let (name, lang) = self.stem();
        let (nodes, problems) = tree::documents(self.id, text, 0);
        let failed = !problems.is_empty();
        self.reader.problems.extend(problems);
        if nodes.is_empty() && !failed {
            self.reader.expected(Span::file(self.id), say!("des clés et des valeurs", "keys and values"));
        }
        let Some(id) = self.id_of(name) else { return Vec::new() };
        let mut out = Vec::new();
        for node in &nodes {
            match &node.value {
                Value::List(items) => items.iter().for_each(|item| self.push(item, &id, &lang, &mut out)),
                Value::Null if nodes.len() > 1 => {}
                Value::Null | Value::Scalar { .. } | Value::Map(_) => self.push(node, &id, &lang, &mut out),
            }
        }
        out
    }

    fn push<T: Read>(&mut self, node: &Node, id: &Spanned<Id>, lang: &Option<Lang>, out: &mut Vec<Filed<T>>) {
        if let Some(record) = T::read(node, &mut self.reader) {
            let body = Spanned::new("".into(), node.span);
            out.push(Filed { id: id.clone(), lang: lang.clone(), whole: node.span, record, body });
        }
    }
}

pub(super) enum Split<'t> {
    Both { yaml: &'t str, base: usize, body: usize },
    NoFrontMatter,
    Unclosed,
}

/// Finds the front matter between two lines `---`.
pub(super) fn split(text: &str) -> Split<'_> {
    let Some(first) = text.split_inclusive('\n').next() else { return Split::NoFrontMatter };
    if first.trim_end() != "---" {
        return Split::NoFrontMatter;
    }
    let base = first.len();
    let mut at = base;
    for line in text[base..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Split::Both { yaml: &text[base..at], base, body: at + line.len() };
        }
        at += line.len();
    }
    Split::Unclosed
}

/// Windows line ends become Unix ones, so that the same words give the same bytes.
fn unix_lines(text: &str) -> Box<str> {
    if text.contains('\r') { text.replace("\r\n", "\n").into() } else { text.into() }
}

/// A zero byte is in no text: the file is something else, or text in UTF-16.
fn no_text(place: Span) -> Diagnostic {
    Diagnostic::new(
        Code::G001,
        place,
        say!("un octet nul : ce n’est pas du texte UTF-8", "a zero byte: this is not UTF-8 text"),
    )
}

/// A character that no one types, and that makes a text show something else than it holds: control characters,
/// and marks that turn the direction of writing over. Marks that only embed text in its own direction (U+202A,
/// U+2066, and the ends of all of them) come with what is pasted from other programs, and change nothing. One
/// warning a file.
pub fn invisible(file: FileId, text: &str) -> Option<Diagnostic> {
    if text.contains('\0') {
        // Reported as a file that is no text.
        return None;
    }
    let mut found = text.char_indices().filter(|(_, c)| {
        (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
            || matches!(c, '\u{202b}' | '\u{202d}' | '\u{202e}' | '\u{2067}')
    });
    let (at, c) = found.next()?;
    let (start, count) = (at as u32, found.count() + 1);
    let code = format!("U+{:04X}", c as u32);
    let message = match count {
        1 => say!("caractère invisible {code}", "invisible character {code}"),
        _ => say!(
            "{count} caractères invisibles, dont {code}",
            "{count} invisible characters, {code} among them"
        ),
    };
    Some(Diagnostic::new(Code::G039, Span { file, start, end: start + c.len_utf8() as u32 }, message))
}

/// The diagnostic of a file that could not be taken.
pub fn broken(file: FileId, breakage: &Breakage) -> Diagnostic {
    let span = Span::file(file);
    match breakage {
        Breakage::NotUtf8 { valid_up_to } => {
            let at = valid_up_to + 1;
            Diagnostic::new(
                Code::G001,
                span,
                say!(
                    "le fichier n’est pas enregistré en UTF-8 : l’octet {at} n’en est pas",
                    "the file is not saved as UTF-8: byte {at} is not"
                ),
            )
        }
        Breakage::TooLarge { bytes, limit } => {
            let (size, most) = (bytes.div_ceil(1 << 20), limit >> 20);
            Diagnostic::new(
                Code::G002,
                span,
                say!(
                    "le fichier fait {size} Mio ; {most} Mio au plus sont lus d’un seul tenant",
                    "the file has {size} MiB; at most {most} MiB are read in one piece"
                ),
            )
        }
        Breakage::Symlink => {
            Diagnostic::new(Code::G003, span, say!("c’est un lien symbolique", "this is a symbolic link"))
        }
        Breakage::Special => Diagnostic::new(
            Code::G004,
            span,
            say!("ce n’est pas un fichier ordinaire", "this is not an ordinary file"),
        )
        .help(say!(
            "c’est un tube, un périphérique ou une prise : retirez-le du contenu",
            "it is a pipe, a device or a socket: remove it from the content"
        )),
        Breakage::Unreadable(words) => Diagnostic::new(
            Code::G004,
            span,
            say!("le système refuse : {words}", "the system refuses: {words}"),
        ),
        Breakage::BadName => {
            Diagnostic::new(Code::G005, span, say!("le nom n’est pas en UTF-8", "the name is not UTF-8"))
        }
    }
}
