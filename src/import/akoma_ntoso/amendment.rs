//! Amendments: what they aim at, who tabled them and when, what became of them, what they do, why. The words in which
//! one was tabled are always kept as its instruction; operations are added where its quotations say them and the text
//! that is there has the words they name (`operation`). A part of which nothing is made is listed with its words.

use super::body::Body;
use super::meta::{Meta, line};
use super::operation;
use super::words::by_id;
use super::{Options, imported};
use crate::import::content::{Fields, Folder};
use crate::import::text::{Known, Log, Reasons};
use crate::import::xml::Element;
use crate::model::choices::{Numbering, Outcome};
use crate::model::document::{Article, Document, Item, article_key};
use crate::model::id::{Id, slug};
use crate::model::when::Date;
use crate::parse::document::read;
use crate::say;
use crate::sink::OutPath;
use crate::yaml::write::Out;

/// The amendments of a list, one after the other; one that is only named stands beside it, or is in another file.
pub(super) fn list(
    file: &str,
    (found, tree): (&Element, &Element),
    options: &Options,
    folder: &mut Folder,
    log: &mut Log,
) {
    Meta::read(found, log);
    let components = by_id(tree, &["component"]);
    log.settle("document", &line(found), None, Reasons::new());
    for part in found.elements().filter(|part| &*part.name != "meta") {
        if &*part.name != "collectionBody" {
            left_out(part, log);
            continue;
        }
        for component in part.elements() {
            let href =
                component.child("documentRef").and_then(|named| named.attribute("href")).unwrap_or_default();
            let beside = || components.get(href.strip_prefix('#')?)?.child("amendment");
            match component.child("amendment").or_else(beside) {
                Some(inner) => amendment(file, inner, options, folder, log),
                None => elsewhere(component, log),
            }
        }
    }
}

/// A component that names a document of another file.
fn elsewhere(component: &Element, log: &mut Log) {
    let Some(named) = component.child("documentRef") else { return left_out(component, log) };
    let href = named.attribute("href").unwrap_or_default();
    let words = named.attribute("showAs").unwrap_or_default();
    log.report.missing_files.push(href.into());
    log.skip(
        "amendment",
        &line(component),
        say!(
            "« {words} » n’est que nommé, il est dans un autre fichier : {href}",
            "“{words}” is only named, it is in another file: {href}"
        ),
    );
    left_out(component, log);
}

/// A part of which nothing is made.
pub(super) fn left_out(part: &Element, log: &mut Log) {
    let (name, words) = (&part.name, part.words());
    if !words.is_empty() {
        log.skip(
            "element",
            &line(part),
            say!("« {name} » n’est pas repris : « {words} »", "“{name}” is not taken: “{words}”"),
        );
    }
}

/// One amendment.
pub(super) fn amendment(file: &str, found: &Element, options: &Options, folder: &mut Folder, log: &mut Log) {
    let meta = Meta::read(found, log);
    let Some((text, known)) = target(options) else {
        let reason = say!(
            "aucun texte de la consultation, ou plusieurs : importez le texte d’abord, et nommez-le avec --text",
            "no text in the consultation, or several: import the text first, and name it with --text"
        );
        return log.skip("amendment", &line(found), reason);
    };
    let mut reasons = Reasons::new();
    let mut made = Parts::default();
    for part in found.elements().filter(|part| &*part.name != "meta") {
        match &*part.name {
            "amendmentBody" => part.elements().for_each(|inner| made.take(inner, log)),
            _ => made.aside(part, log),
        }
    }
    let version = version(options, known);
    let document = version.map(|(_, document)| document).or_else(|| known.versions.first().map(|(_, d)| d));
    let article = article(&made.heading, document, &mut reasons);
    let number = [&made.number, &meta.number].into_iter().find(|n| !n.is_empty()).cloned();
    let number = number.or_else(|| Some(meta.id("amendment")?.to_string())).unwrap_or_default();
    let (outcome, decided) = outcome(found, &meta, &mut reasons);
    let operations = made.content.map(|content| operation::operations(content, document, article));
    let operations = operations.and_then(|operations| match operations {
        Ok(operations) => Some(operations),
        Err(reason) => {
            reasons.insert(reason);
            None
        }
    });
    let authors = if made.authors.is_empty() { meta.authors.clone() } else { made.authors };
    let fields = Fields::new()
        .text("text", text.as_str())
        .text("version", version.map(|(id, _)| id.to_string()).unwrap_or_default())
        .text("article", article.map(|a| short(&a.number)).unwrap_or_default())
        .text("number", &*number)
        .text("title", &*made.heading)
        .list("authors", authors.into_iter().map(Out::text).collect())
        .text("date", meta.date.map(|d| d.to_string()).unwrap_or_default())
        .text("outcome", outcome.as_str())
        .text("decided", decided.map(|d| d.to_string()).unwrap_or_default())
        .block("instruction", made.instruction)
        .list("operations", operations.unwrap_or_default())
        .map("imported", imported(file, &meta));
    let id = free(meta.id("amendment").or_else(|| slug(&number)), folder, options);
    folder.put(&format!("amendments/{id}.md"), fields.markdown(&made.justification));
    log.settle("amendment", &line(found), Some(id.as_str()), reasons);
}

/// The text that amendments change: the one that was named, or the only one.
fn target(options: &Options) -> Option<(&Id, &Known)> {
    let texts = &options.existing.texts;
    match &options.text {
        Some(asked) => texts.get_key_value(asked),
        None if texts.len() == 1 => texts.first_key_value(),
        None => None,
    }
}

/// The version asked for, of the text.
fn version<'o>(options: &'o Options, known: &'o Known) -> Option<&'o (Id, Document)> {
    let asked = options.version.as_ref()?;
    known.versions.iter().find(|(id, _)| id == asked)
}

/// The parts of an amendment.
#[derive(Default)]
struct Parts<'t> {
    heading: String,
    number: String,
    authors: Vec<String>,
    content: Option<&'t Element>,
    instruction: String,
    justification: String,
}

impl<'t> Parts<'t> {
    fn take(&mut self, part: &'t Element, log: &mut Log) {
        match &*part.name {
            "amendmentHeading" if self.heading.is_empty() => self.heading = part.words(),
            "amendmentContent" if self.content.is_none() => {
                self.instruction = markdown(part, log);
                self.content = Some(part);
            }
            "amendmentJustification" => {
                let more = markdown(part, log);
                let gap = if self.justification.is_empty() { "" } else { "\n\n" };
                self.justification.push_str(&format!("{gap}{more}"));
            }
            _ => left_out(part, log),
        }
    }

    /// The preface, the conclusions: a number and names are taken, all their words are listed.
    fn aside(&mut self, part: &Element, log: &mut Log) {
        if let Some(number) = part.find("docNumber") {
            self.number = number.words();
        }
        for name in ["docProponent", "docIntroducer"] {
            if let Some(author) =
                part.find(name).map(Element::words).filter(|a| !a.is_empty() && !self.authors.contains(a))
            {
                self.authors.push(author);
            }
        }
        left_out(part, log);
    }
}

fn markdown(part: &Element, log: &mut Log) -> String {
    let own = Log::new("", &crate::import::Input::default());
    let (markdown, more) = Body::new(part, true, Numbering::French, own).paragraphs(part);
    log.absorb(more);
    markdown
}

/// The article that the heading names, when the text has it and the amendment is not to stand beside it.
fn article<'d>(heading: &str, document: Option<&'d Document>, reasons: &mut Reasons) -> Option<&'d Article> {
    let lower = heading.to_lowercase();
    let at = ["article", "art.", "section", "clause"].iter().find_map(|word| lower.find(word))?;
    // Letters that change their length with their case are no part of these words.
    let named = heading.get(at..)?;
    let beside =
        ["après", "avant", "after", "before", "additionnel"].iter().any(|word| lower[..at].contains(word));
    if beside || lower[at..].starts_with("article additionnel") {
        return None;
    }
    let read = [Numbering::French, Numbering::Generic].into_iter().find_map(|numbering| {
        match read(&format!("# {named}\n"), numbering).items.into_iter().next() {
            Some(Item::Article(article)) => article_key(&article.number),
            Some(Item::Division(_)) | None => None,
        }
    });
    let found = document?.articles().find(|a| read.is_some() && article_key(&a.number) == read);
    if found.is_none() {
        reasons.insert(say!(
            "le texte n’a pas l’article de « {heading} »",
            "the text has not the article of “{heading}”"
        ));
    }
    found
}

/// `1er` of `Article 1er`.
fn short(number: &str) -> String {
    let (word, rest) = number.split_once(' ').unwrap_or(("", number));
    if word.to_lowercase().starts_with("art") { rest.to_owned() } else { number.to_owned() }
}

/// What became of it: the last step of its workflow that says it.
fn outcome(found: &Element, meta: &Meta, reasons: &mut Reasons) -> (Outcome, Option<Date>) {
    let steps = found.child("meta").and_then(|m| m.child("workflow")).into_iter().flat_map(Element::elements);
    let mut last = (Outcome::Pending, None);
    for step in steps {
        let Some(said) = step.attribute("outcome").map(|href| meta.name(href)) else { continue };
        let day = step.attribute("date").and_then(|d| Date::parse(d.get(..10)?));
        let lower = said.to_lowercase();
        let begins = |words: &[&str]| words.iter().any(|word| lower.contains(word));
        last = match () {
            () if begins(&["not moved", "non soutenu", "not-moved", "decadut"]) => (Outcome::NotMoved, day),
            () if begins(&[
                "irrecevable",
                "inadmissible",
                "out of order",
                "inammissibil",
                "improponibil",
            ]) =>
            {
                (Outcome::Inadmissible, day)
            }
            () if begins(&[
                "rejet",
                "reject",
                "respint",
                "negative",
                "not agreed",
                "disagreed",
                "defeated",
            ]) =>
            {
                (Outcome::Rejected, day)
            }
            () if begins(&["retir", "withdraw", "ritirat"]) => (Outcome::Withdrawn, day),
            () if begins(&["tomb", "moot", "lapsed", "fell", "preclus"]) => (Outcome::Moot, day),
            () if begins(&["adopt", "approv", "agreed", "carried", "passed"]) => (Outcome::Adopted, day),
            () if begins(&["dépos", "depos", "tabled", "present", "introduc", "pending", "attente"]) => last,
            () => {
                reasons.insert(say!(
                    "sort inconnu, « {said} » : laissé en attente",
                    "unknown outcome, “{said}”: left pending"
                ));
                last
            }
        };
    }
    last
}

/// An id that no amendment of this import has.
fn free(own: Option<Id>, folder: &Folder, options: &Options) -> Id {
    let own = own.or_else(|| slug("amendment")).unwrap_or_else(|| options.slug.clone());
    let taken = |id: &Id| {
        let path = OutPath::new(&format!("content/{}/amendments/{id}.md", options.slug));
        path.is_some_and(|path| folder.files.contains_key(&path))
    };
    let numbered = (2u32..).filter_map(|n| Id::new(&format!("{own}-{n}")));
    let mut ids = std::iter::once(own.clone()).chain(numbered);
    ids.find(|id| !taken(id)).unwrap_or(own)
}
