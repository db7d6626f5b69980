//! Texts: their versions, their articles across versions, what is recorded beside them; and finding the article
//! that somebody names.

use super::ids;
use super::scope::Scope;
use super::surroundings::Surroundings;
use crate::compare::versions::lineages;
use crate::diag::{Code, Diagnostic, nearest};
use crate::lang::{Bilingual, Lang};
use crate::model::choices::Numbering;
use crate::model::document::{Document, article_key};
use crate::model::id::Id;
use crate::model::site::{About, AliasOf, ArticleNotes, LawChange, Local, Text, Version};
use crate::parse::draft::{DraftText, Filed};
use crate::parse::records::common::Anchor;
use crate::parse::records::text::{ArticleRecord, VersionRecord};
use crate::say;
use crate::source::{Span, Spanned};
use std::collections::{BTreeMap, BTreeSet};

/// Checks the texts of a consultation.
pub fn texts(scope: &mut Scope<'_>, around: &mut Surroundings<'_>) -> Vec<Text> {
    let mut texts: Vec<Text> = Vec::new();
    let mut continued: Vec<(usize, &Spanned<Id>)> = Vec::new();
    let mut all: Vec<&DraftText> = around.files.texts.iter().collect();
    all.sort_by_key(|files| files.text.as_ref().map(|t| &t.id.value));
    for files in all {
        let Some(filed) = &files.text else {
            if let Some(version) = files.versions.first() {
                let folder = &files.folder;
                scope.report(
                    Code::G024,
                    Span { end: version.whole.start, ..version.whole },
                    say!("il n’y a pas de text.yaml dans {folder}", "there is no text.yaml in {folder}"),
                );
            }
            continue;
        };
        let main = scope.main().clone();
        let versions = versions(scope, files, &filed.record.versions, filed.whole);
        if versions.is_empty() {
            continue;
        }
        let at = texts.len();
        continued.extend(filed.record.continues.as_ref().map(|id| (at, id)));
        around.aliases.extend(filed.record.aliases.iter().map(|a| (a.clone(), AliasOf::Text(at))));
        let mut text = Text {
            id: filed.id.value.clone(),
            kind: filed.record.kind.value,
            continues: None,
            numbering: filed.record.numbering.as_ref().map_or(Numbering::French, |n| n.value),
            title: scope.words(&filed.record.title, &main),
            short_title: scope.words_opt(&filed.record.short_title, &main),
            summary: scope.words_opt(&filed.record.summary, &main),
            articles: across(&versions),
            versions,
        };
        for record in &files.articles {
            notes(scope, around, &mut text, at, record);
        }
        texts.push(text);
    }
    continues(scope, &mut texts, &continued);
    texts
}

/// Which text continues which; none continues itself, even from text to text.
fn continues(scope: &mut Scope<'_>, texts: &mut [Text], named: &[(usize, &Spanned<Id>)]) {
    for (at, id) in named {
        let found = ids::index(texts.iter().map(|t| &t.id)).find(scope, id, "texte", "text");
        let Some(found) = found else { continue };
        let mut above = Some(found);
        while let Some(text) = above.filter(|text| text != at) {
            above = texts[text].continues;
        }
        if above.is_some() {
            let id = &texts[*at].id;
            scope.report(
                Code::G019,
                named.iter().find(|(other, _)| other == at).map_or(Span::nowhere(), |(_, id)| id.span),
                say!(
                    "de texte en texte, « {id} » continue « {id} »",
                    "from text to text, “{id}” continues “{id}”"
                ),
            );
        } else {
            texts[*at].continues = Some(found);
        }
    }
}

fn versions(
    scope: &mut Scope<'_>,
    files: &DraftText,
    written: &[Spanned<VersionRecord>],
    whole: Span,
) -> Vec<Version> {
    let main = scope.main().clone();
    let mut versions: Vec<Version> = Vec::new();
    let mut used: BTreeSet<Id> = BTreeSet::new();
    if written.is_empty() {
        let place = Span { end: whole.start, ..whole };
        scope.report(
            Code::G011,
            place,
            say!("le texte n’a pas de version (« versions »)", "the text has no version (“versions”)"),
        );
    }
    for record in written.iter().map(|v| &v.value) {
        let id = &record.id.value;
        if !used.insert(id.clone()) {
            scope.report(
                Code::G017,
                record.id.span,
                say!("deux versions s’appellent « {id} »", "two versions are called “{id}”"),
            );
            continue;
        }
        if let Some(last) = versions.last()
            && record.date.value < last.date
        {
            let (date, before) = (record.date.value, last.date);
            scope.report(
                Code::G021,
                record.date.span,
                say!(
                    "cette version est du {date}, avant la précédente ({before})",
                    "this version is of {date}, before the previous one ({before})"
                ),
            );
        }
        let found: Vec<&Filed<Document>> = files.versions.iter().filter(|f| f.id.value == *id).collect();
        let mut by: BTreeMap<Lang, Document> = BTreeMap::new();
        for file in &found {
            by.insert(file.lang.clone().unwrap_or_else(|| main.clone()), file.record.clone());
        }
        if let Some(first) = found.first() {
            scope.missing_editions(by.keys().cloned().collect(), first.whole);
        }
        match Local::many(by, &main) {
            // A file that is there but cannot be read was told already.
            None if scope.sources.find(&format!("{}/{id}.md", files.folder)).is_some() => {}
            None => {
                let folder = &files.folder;
                scope.report(
                    Code::G024,
                    record.id.span,
                    say!("il manque le fichier {folder}/{id}.md", "the file {folder}/{id}.md is missing"),
                );
            }
            Some(document) => versions.push(Version {
                place: found.first().map_or(record.id.span, |f| Span { end: f.whole.start, ..f.whole }),
                id: id.clone(),
                title: scope.words(&record.title, &main),
                date: record.date.value,
                stage: record.stage.value,
                document,
            }),
        }
    }
    for file in &files.versions {
        if !used.contains(&file.id.value) {
            let id = &file.id.value;
            scope.report(
                Code::G022,
                Span { end: file.whole.start, ..file.whole },
                say!(
                    "ce fichier n’est aucune des versions de text.yaml (« {id} »)",
                    "this file is none of the versions of text.yaml (“{id}”)"
                ),
            );
        }
    }
    versions
}

/// The articles, each followed through all versions.
fn across(versions: &[Version]) -> Vec<ArticleNotes> {
    let documents: Vec<(&Id, &Document)> = versions.iter().map(|v| (&v.id, v.document.main())).collect();
    let articles: Vec<Vec<&Id>> =
        documents.iter().map(|(_, d)| d.articles().map(|a| &a.id).collect()).collect();
    let id_at = |(v, place): (usize, &Option<usize>)| {
        place.and_then(|at| articles.get(v)?.get(at)).map(|id| (*id).clone())
    };
    lineages(&documents)
        .into_iter()
        .map(|lineage| ArticleNotes {
            places: lineage.places.iter().enumerate().map(id_at).collect(),
            id: lineage.id,
            category: None,
            explanation: None,
            law: Vec::new(),
            votes: None,
            date: None,
            original_url: None,
        })
        .collect()
}

/// The version whose numbers an item of `articles.yaml` uses: the first that has the article.
fn record_version(text: &Text, record: &ArticleRecord) -> Option<usize> {
    let key = article_key(&record.article.value);
    let has = |v: &Version| v.document.main().articles().any(|a| article_key(a.id.as_str()) == key);
    text.versions.iter().position(has)
}

/// Puts an item of `articles.yaml` on its article.
fn notes(
    scope: &mut Scope<'_>,
    around: &mut Surroundings<'_>,
    text: &mut Text,
    at: usize,
    record: &ArticleRecord,
) {
    let Some(id) = article(scope, text, record_version(text, record), &record.article) else { return };
    if let Some(category) = &record.category {
        around.categories.find(scope, category, "catégorie", "category");
    }
    around.aliases.extend(record.aliases.iter().map(|a| (a.clone(), AliasOf::Article(at, id.clone()))));
    let votes = scope.reactions(&record.votes, &around.language);
    let Some(notes) = text.articles.iter_mut().find(|a| a.id == id) else { return };
    notes.category = record.category.as_ref().map(|c| c.value.clone());
    notes.explanation = record.explanation.as_ref().map(|e| e.value.0.clone());
    notes.votes = votes;
    notes.date = record.date.as_ref().map(|d| d.value);
    notes.original_url =
        record.imported.as_ref().and_then(|i| i.value.url.as_ref()).map(|u| u.value.0.clone());
    notes.law = record
        .law
        .iter()
        .map(|law| LawChange {
            title: law.value.title.value.clone(),
            before: law.value.before.as_ref().map(|b| b.value.0.clone()),
            after: law.value.after.as_ref().map(|a| a.value.0.clone()),
            url: law.value.url.as_ref().map(|u| u.value.0.clone()),
        })
        .collect();
}

/// A paragraph's number, or an occurrence's; no text has four thousand million of them.
pub fn small(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The article that somebody names by the number that a version gives it (without one: the latest that has the
/// number), or a diagnostic with the nearest.
pub fn article(
    scope: &mut Scope<'_>,
    text: &Text,
    version: Option<usize>,
    wanted: &Spanned<Box<str>>,
) -> Option<Id> {
    let found = text.numbered(version, &wanted.value).map(|a| a.id.clone());
    if found.is_none() {
        let (words, id) = (&wanted.value, &text.id);
        let problem = Diagnostic::new(
            Code::G018,
            wanted.span,
            say!(
                "le texte « {id} » n’a pas d’article « {words} »",
                "the text “{id}” has no article “{words}”"
            ),
        );
        let near = nearest(words, text.articles.iter().map(|a| a.id.as_str()));
        scope.problems.push(match near {
            Some(near) => problem.help(say!("vouliez-vous dire « {near} » ?", "did you mean “{near}”?")),
            None => problem.help(articles_of(text)),
        });
        return None;
    }
    found
}

/// The articles that can be named, if they are few; the first and the last of many.
fn articles_of(text: &Text) -> Bilingual {
    let names: Vec<&str> = text.articles.iter().map(|a| a.id.as_str()).collect();
    match names.as_slice() {
        [] => say!(
            "ce texte n’a aucun article : un article commence par un titre, « # Article 1 »",
            "this text has no article: an article begins with a heading, “# Article 1”"
        ),
        [first, .., last] if names.len() > 12 => {
            say!(
                "ses articles vont de « {first} » à « {last} »",
                "its articles go from “{first}” to “{last}”"
            )
        }
        _ => {
            let list = names.join(", ");
            say!("ses articles : {list}", "its articles: {list}")
        }
    }
}

/// The text that a record names, or the only one there is.
pub fn text_of(
    scope: &mut Scope<'_>,
    texts: &[Text],
    named: &Option<Spanned<Id>>,
    place: Span,
) -> Option<usize> {
    match named {
        Some(named) => ids::index(texts.iter().map(|t| &t.id)).find(scope, named, "texte", "text"),
        None if texts.len() == 1 => Some(0),
        None => {
            let list: Vec<&str> = texts.iter().map(|t| t.id.as_str()).collect();
            let list = list.join(", ");
            scope.report(
                Code::G011,
                Span { end: place.start, ..place },
                say!(
                    "dites de quel texte il s’agit avec « text » (textes : {list})",
                    "say which text with “text” (texts: {list})"
                ),
            );
            None
        }
    }
}

/// The version that a record names, or the first.
pub fn version_of(scope: &mut Scope<'_>, text: &Text, named: &Option<Spanned<Id>>) -> Option<usize> {
    match named {
        None => Some(0),
        Some(named) => {
            ids::index(text.versions.iter().map(|v| &v.id)).find(scope, named, "version", "version")
        }
    }
}

/// What a record is about.
pub fn about(scope: &mut Scope<'_>, texts: &[Text], anchor: &Option<Spanned<Anchor>>) -> About {
    let Some(anchor) = anchor else { return About::default() };
    let record = &anchor.value;
    let Some(text) = text_of(scope, texts, &record.text, anchor.span) else { return About::default() };
    let version = version_of(scope, &texts[text], &record.version);
    let article = record.article.as_ref().and_then(|a| self::article(scope, &texts[text], version, a));
    let paragraph = record.paragraph.as_ref().map(|p| (small(p.value), p.span));
    if let (Some(id), Some(at), Some((number, span))) = (&article, version, paragraph) {
        let notes = texts[text].articles.iter().find(|a| a.id == *id);
        let own = notes.and_then(|n| n.places.get(at)?.as_ref());
        let document = texts[text].versions[at].document.main();
        let count = own.and_then(|own| document.article(own)).map_or(0, |a| a.paragraphs.len());
        if number == 0 || number as usize > count {
            scope.report(
                Code::G018,
                span,
                say!(
                    "l’article « {id} » n’a pas d’alinéa {number} dans cette version (il en a {count})",
                    "article “{id}” has no paragraph {number} in this version (it has {count})"
                ),
            );
        }
    }
    About {
        text: Some(text),
        version,
        article,
        paragraph: paragraph.map(|(number, _)| number),
        quote: record.quote.as_ref().map(|q| q.value.clone()),
    }
}
