//! `git`: the history of a text → its versions and its changes. Some commits are versions (`versions`); every commit
//! between two of them is a change or an amendment: what its message says (`message`, `origin`), what it does to the
//! text and on which others it builds (`steps`), as YAML (`write`). Each answer is tried: the version with its changes
//! is the next version, to the byte.
//!
//! Comes in: a [`History`], which `io` reads. Not done: branches (the first parent is followed), and amendments that
//! were not adopted, which no repository of a text holds.

mod count;
mod message;
mod order;
mod origin;
mod source;
mod steps;
#[cfg(test)]
mod tests;
mod versions;
mod words;
mod write;

use super::content::{Fields, Folder};
use super::report::{Fate, Report, Row};
use super::{Imported, Importer};
use crate::model::choices::{Origin, Stage};
use crate::model::document::Document;
use crate::model::id::{Id, slug};
use crate::model::when::Date;
use crate::say;
use crate::yaml::write::Out;
use message::Message;
use origin::Standing;
pub use source::{Asked, Commit, Continues, Existing, History, Options, Source, address};
use std::collections::BTreeSet;
use std::sync::Arc;
use steps::{Knows, Step};
use versions::Mark;
pub use versions::named;

/// The importer.
#[derive(Debug, Clone, Copy)]
pub struct Git;

impl Importer for Git {
    type Source = Source;
    type Options = Options;

    fn name(&self) -> &'static str {
        "git"
    }

    fn is_whole(&self) -> bool {
        false
    }

    fn convert(&self, source: &Source, options: &Options) -> Imported {
        let mut convert = Convert::new(source, options, Report::new(self.name()));
        convert.all();
        Imported { files: convert.folder.files, report: convert.report }
    }
}

/// A conversion under way.
struct Convert<'s> {
    source: &'s Source,
    options: &'s Options,
    /// The text of each commit.
    documents: Vec<Arc<Document>>,
    /// The same as its files have it.
    texts: Vec<Arc<str>>,
    folder: Folder,
    report: Report,
    ids: BTreeSet<String>,
    counts: Counts,
}

#[derive(Default)]
struct Counts {
    changes: u64,
    silent: u64,
    numbers: u64,
    quoted: u64,
    touched: u64,
    widened: u64,
}

impl<'s> Convert<'s> {
    fn new(source: &'s Source, options: &'s Options, report: Report) -> Self {
        let mut texts: Vec<Arc<str>> = Vec::new();
        let mut documents: Vec<Arc<Document>> = Vec::new();
        for commit in &source.history.commits {
            let text = order::text(&commit.files);
            match (texts.last(), documents.last()) {
                (Some(last), Some(document)) if **last == *text => {
                    let again = (last.clone(), document.clone());
                    texts.push(again.0);
                    documents.push(again.1);
                }
                _ => {
                    documents.push(Arc::new(order::read(&text)));
                    texts.push(text.into());
                }
            }
        }
        let folder = Folder::new(&options.slug);
        let (ids, counts) = (BTreeSet::new(), Counts::default());
        Convert { source, options, documents, texts, folder, report, ids, counts }
    }

    fn all(&mut self) {
        let history = &self.source.history;
        self.report.read("commit", history.commits.len());
        self.report.read("file", history.skipped.len());
        for (path, reason) in &history.skipped {
            self.report.settle(Row { reason: Some(reason.clone()), ..row("file", path, "", Fate::Skipped) });
        }
        self.about();
        let has_text: Vec<bool> = self.documents.iter().map(|d| **d != Document::default()).collect();
        let marks = versions::versions(history, &self.options.versions, &has_text);
        let mut stages = vec![Stage::Consultation];
        for pair in marks.windows(2) {
            if let [from, to] = pair {
                stages.push(self.between(from, to));
            }
        }
        self.outside(&marks, &has_text);
        self.versions(&marks, &stages);
        self.consultation(&marks);
        self.remarks();
    }

    /// Files about the repository are said once.
    fn about(&mut self) {
        let files = self.source.history.commits.iter().flat_map(|c| c.files.keys());
        let about: BTreeSet<&str> = files.filter(|path| order::is_about(path)).map(|path| &**path).collect();
        self.report.read("file", about.len());
        let reason = say!("parle du dépôt, pas du texte", "is about the repository, not of the text");
        for path in about {
            self.report.settle(Row { reason: Some(reason.clone()), ..row("file", path, "", Fate::Skipped) });
        }
    }

    /// The commits before the first version and after the last, and the versions' own where no stage holds them.
    fn outside(&mut self, marks: &[Mark], has_text: &[bool]) {
        let first = marks.first().map_or(usize::MAX, |m| m.commit);
        let last = marks.last().map_or(0, |m| m.commit);
        for (at, commit) in self.source.history.commits.iter().enumerate() {
            let (fate, reason) = match () {
                () if at == first => (Fate::Kept, None),
                () if at > first && at <= last => continue,
                () if has_text.get(at) != Some(&true) => {
                    (Fate::Skipped, Some(say!("aucun texte", "no text")))
                }
                () if at < first => (
                    Fate::Merged,
                    Some(say!(
                        "avant la première version : elle en part",
                        "before the first version, which has it"
                    )),
                ),
                () => (Fate::Skipped, Some(say!("après la dernière version", "after the last version"))),
            };
            self.report.settle(Row { reason, ..row("commit", short(commit), &commit.subject, fate) });
        }
    }

    /// The commits from one version to the next; gives the stage to which they lead.
    fn between(&mut self, from: &Mark, to: &Mark) -> Stage {
        let places: Vec<usize> = (from.commit + 1..=to.commit).collect();
        let Some(base) = self.documents.get(from.commit).cloned() else { return Stage::Other };
        let documents: Vec<Arc<Document>> =
            places.iter().filter_map(|at| self.documents.get(*at).cloned()).collect();
        let borrowed: Vec<&Document> = documents.iter().map(|d| &**d).collect();
        let steps = steps::steps(&base, &borrowed);
        let history = &self.source.history;
        let read: Vec<(Message, Standing)> = places
            .iter()
            .filter_map(|at| history.commits.get(*at))
            .map(|c| {
                let message = message::message(&c.subject, &c.body);
                let standing = origin::standing(&c.author, &message);
                (message, standing)
            })
            .collect();
        let ids: Vec<String> = places
            .iter()
            .zip(&read)
            .filter_map(|(at, (message, _))| Some(self.id(history.commits.get(*at)?, message)))
            .collect();
        let mut before: &Document = &base;
        for (k, step) in steps.iter().enumerate() {
            let (Some(at), Some(id), Some((message, standing))) = (places.get(k), ids.get(k), read.get(k))
            else {
                continue;
            };
            let Some(commit) = history.commits.get(*at) else { continue };
            let after: Vec<&str> =
                step.after.iter().filter_map(|j| ids.get(*j)).map(String::as_str).collect();
            self.change(from, k, commit, id, step, message, *standing, &after);
            if let Some(document) = borrowed.get(k) {
                self.counts.touched += count::touched(before, document);
                before = document;
            }
        }
        origin::stage(&read.iter().map(|(_, standing)| *standing).collect::<Vec<_>>())
    }

    /// The id of a change: its number where it has one, else its day and its place in it.
    fn id(&mut self, commit: &Commit, message: &Message) -> String {
        let author = words::folded(&commit.author);
        let prefix = match () {
            () if author.contains("assemblee") => "an",
            () if author.contains("senat") => "senat",
            () if author.starts_with("commission") => "com",
            () => "am",
        };
        let number = message.numbers.first().and_then(|n| slug(n.split(" (").next().unwrap_or(n)));
        let day = commit.date.date;
        let ids: Box<dyn Iterator<Item = String>> = match number {
            Some(number) => {
                let first = format!("{prefix}-{number}");
                let more = first.clone();
                Box::new(std::iter::once(first).chain((2..).map(move |n| format!("{more}-{n}"))))
            }
            None => Box::new((1..).map(move |n| format!("c-{day}-{n:02}"))),
        };
        let id = ids.take(self.source.history.commits.len() + 1).find(|id| !self.ids.contains(id));
        let id = id.unwrap_or_default();
        self.ids.insert(id.clone());
        id
    }

    #[allow(clippy::too_many_arguments, reason = "one call, all of it needed")]
    fn change(
        &mut self,
        version: &Mark,
        place: usize,
        commit: &Commit,
        id: &str,
        step: &Step,
        message: &Message,
        standing: Standing,
        after: &[&str],
    ) {
        let date = Date(commit.date.date).to_string();
        let texts = |list: &[String]| list.iter().map(Out::text).collect::<Vec<_>>();
        let own = step.article.as_ref().map(Id::as_str);
        let fields = Fields::new()
            .text("text", self.options.text.as_str())
            .text("version", version.id.as_str())
            .text("article", own.unwrap_or_default())
            .text("number", &*message.number)
            .text("title", &*message.title)
            .list("authors", texts(&message.authors))
            .text("group", &*message.group);
        let fields = match standing {
            Standing::Amendment => fields.text("outcome", "adopted").text("decided", date),
            Standing::Change(origin) => fields.text("origin", name_of(origin)).text("date", date),
        };
        let contributions = self.contributions(commit, message);
        let imported = Fields::new().text("source", "git").text("id", &*commit.id);
        let fields = fields
            .list("after", after.iter().map(|id| Out::text(*id)).collect())
            .plain("order", place + 1)
            .list("contributions", contributions)
            .text("url", &*message.official)
            .map("imported", imported)
            .list("operations", step.operations.iter().map(|o| write::item(o, own)).collect());
        self.folder.put(&format!("amendments/{id}.md"), fields.markdown(&message.reasons));

        self.counts.changes += 1;
        self.counts.numbers += message.numbers.len() as u64;
        self.counts.quoted += count::quoted(&step.operations);
        self.counts.silent += u64::from(step.operations.is_empty());
        let (fate, reason) = match step.knows {
            Knows::Differs => (
                Fate::Changed,
                Some(say!(
                    "les opérations ne donnent pas le texte du commit",
                    "the operations do not give the commit's text"
                )),
            ),
            Knows::SameUnits | Knows::Numbers | Knows::All if step.operations.is_empty() => (
                Fate::Changed,
                Some(say!(
                    "le texte, une fois lu, est le même : modification sans opération",
                    "the text, once read, is the same: a change without operations"
                )),
            ),
            Knows::SameUnits | Knows::Numbers => (Fate::Kept, None),
            Knows::All => {
                self.counts.widened += 1;
                (Fate::Kept, None)
            }
        };
        self.report.settle(Row {
            reason,
            id: Some(id.into()),
            ..row("commit", short(commit), &commit.subject, fate)
        });
    }

    /// The contributions whose addresses a message quotes.
    fn contributions(&mut self, commit: &Commit, message: &Message) -> Vec<Out> {
        let known = &self.source.existing.contributions;
        let mut found: Vec<&str> = Vec::new();
        self.report.read("address", message.addresses.len());
        for url in &message.addresses {
            let whole = address(url);
            let path = whole.split_once('/').map_or("", |(_, path)| path);
            match known.get(&whole).or_else(|| known.get(&format!("/{path}"))) {
                Some(id) => {
                    if !found.contains(&id.as_str()) {
                        found.push(id.as_str());
                    }
                    self.report.settle(row("address", short(commit), url, Fate::Kept));
                }
                None => {
                    let reason =
                        say!("aucune contribution n’a cette adresse", "no contribution has this address");
                    self.report.settle(Row {
                        reason: Some(reason),
                        ..row("address", short(commit), url, Fate::Skipped)
                    });
                }
            }
        }
        found.into_iter().map(Out::text).collect()
    }

    fn versions(&mut self, marks: &[Mark], stages: &[Stage]) {
        let folder = format!("texts/{}", self.options.text);
        let mut list = Vec::new();
        self.report.read("version", marks.len());
        for (mark, stage) in marks.iter().zip(stages) {
            let (Some(document), Some(text)) = (self.documents.get(mark.commit), self.texts.get(mark.commit))
            else {
                continue;
            };
            let canonical = document.to_markdown();
            // The canonical form reads back as the same text; if it did not, the files' own form would.
            let markdown =
                if order::read(&canonical) == **document { canonical } else { format!("{text}\n") };
            self.folder.put(&format!("{folder}/{}.md", mark.id), markdown);
            let version = Fields::new()
                .text("id", mark.id.as_str())
                .text("title", &*mark.title)
                .text("date", mark.date.to_string())
                .text("stage", stage.as_str());
            list.push(version.item());
            self.report.settle(Row {
                id: Some(mark.id.as_str().into()),
                ..row("version", mark.id.as_str(), &mark.title, Fate::Kept)
            });
        }
        let text = Fields::new().text("kind", "bill").text("title", self.title());
        let text = match self.continues() {
            // Beside the other text, whose title is often the same.
            Some(other) => text
                .text("short_title", format!("Projet de loi, {} versions", list.len()))
                .text("continues", other.as_str()),
            None => text,
        };
        let text = text.list("versions", list);
        self.folder.put(&format!("{folder}/text.yaml"), text.yaml());
    }

    /// The text of the consultation that this one continues.
    fn continues(&self) -> Option<Id> {
        let mut others = self.source.existing.texts.iter().filter(|t| **t != self.options.text);
        match &self.options.continues {
            Continues::This(text) => Some(text.clone()),
            Continues::Nothing => None,
            Continues::TheOther => others.next().filter(|_| others.next().is_none()).cloned(),
        }
    }

    fn title(&self) -> String {
        let given = self.options.title.as_deref().or(self.source.existing.title.as_deref());
        given.map_or_else(|| self.options.slug.as_str().replace('-', " "), ToOwned::to_owned)
    }

    /// `consultation.yaml`, when there is none.
    fn consultation(&mut self, marks: &[Mark]) {
        let first = marks.first().and_then(|m| self.source.history.commits.get(m.commit));
        let Some(first) = first.filter(|_| !self.source.existing.consultation) else { return };
        let organiser = Fields::new().text("name", &*first.author);
        let consultation = Fields::new()
            .text("title", self.title())
            .text("summary", "Les versions d’un texte et les modifications qui mènent de l’une à l’autre, reprises d’un dépôt git.")
            .map("organiser", organiser);
        self.folder.put("consultation.yaml", consultation.yaml());
    }

    fn remarks(&mut self) {
        let Counts { changes, silent, numbers, quoted, touched, widened } = self.counts;
        let with = changes - silent;
        self.report.remarks.extend([
            say!(
                "{changes} modifications, {with} avec des opérations et {silent} sans ; {numbers} numéros d’amendements.",
                "{changes} changes, {with} with operations and {silent} without; {numbers} numbers of amendments."
            ),
            say!(
                "Les opérations citent {quoted} mots ; une comparaison mot à mot en touche {touched}.",
                "The operations quote {quoted} words; a comparison word by word touches {touched}."
            ),
            say!(
                "{widened} modifications s’appuient sur toutes celles d’avant, faute d’un ensemble plus petit qui donne le texte du commit.",
                "{widened} changes build on all those before, for want of fewer that give the commit's text."
            ),
        ]);
    }
}

fn name_of(origin: Origin) -> &'static str {
    origin.as_str()
}

fn short(commit: &Commit) -> &str {
    commit.id.get(..7).unwrap_or(&commit.id)
}

fn row(kind: &'static str, file: &str, place: &str, fate: Fate) -> Row {
    Row { kind, file: file.into(), row: place.into(), fate, reason: None, id: None }
}
