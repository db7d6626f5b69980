//! The fields of a submission, checked against its consultation → what may stand in `inbox/`, what stands in `private/`,
//! and what is missing or wrong, each with its reason. A value that cannot be used is kept in private, never guessed.

use super::frame::Frame;
use super::submission::{ANSWER, Submission, is_field};
use super::words::{clean, fitting, receipt_digest, shown};
use crate::lang::Bilingual;
use crate::model::choices::{AuthorKind, AuthorRule, ContributionKind, Position};
use crate::model::document::article_key;
use crate::model::id::Id;
use crate::model::when::Moment;
use crate::parse::records::common::Url;
use crate::say;
use std::collections::{BTreeMap, BTreeSet};

/// What was filled in, as far as it can be used. Words hold no character that nobody sees.
#[derive(Debug, Default)]
pub struct Filled {
    /// What it is.
    pub kind: Option<ContributionKind>,
    /// Its title, on one line.
    pub title: String,
    /// Its words.
    pub body: String,
    /// The text, its version, the article as written, the paragraph, the words quoted.
    pub text: Option<Id>,
    #[allow(missing_docs)]
    pub version: Option<Id>,
    #[allow(missing_docs)]
    pub article: String,
    #[allow(missing_docs)]
    pub paragraph: Option<usize>,
    #[allow(missing_docs)]
    pub quote: String,
    /// What it answers.
    pub parent: Option<Id>,
    /// Where it stands.
    pub position: Option<Position>,
    /// A source.
    pub link: Option<Url>,
    /// A place.
    pub place: String,
    /// Answers, by question.
    pub answers: Vec<(Id, String)>,
    /// How the author wishes to be shown.
    pub show: Option<AuthorRule>,
    /// Who writes.
    pub author_kind: Option<AuthorKind>,
    #[allow(missing_docs)]
    pub name: String,
    #[allow(missing_docs)]
    pub pseudonym: String,
    #[allow(missing_docs)]
    pub organisation: String,
    #[allow(missing_docs)]
    pub register: String,
    #[allow(missing_docs)]
    pub email: String,
    /// Digest of the receipt.
    pub receipt: Option<String>,
    /// When the browser says that it was written.
    pub written: Option<Moment>,
    /// Something stands in the trap.
    pub trapped: bool,
    /// What cannot be used, or is asked for by no form: a field and its words as received.
    pub other: Vec<(String, String)>,
    /// What is missing or wrong.
    pub wrong: Vec<Bilingual>,
    /// What was done to it that a moderator should know.
    pub notes: Vec<Bilingual>,
}

/// Reads the fields.
pub fn read(submission: &Submission, frame: &Frame) -> Filled {
    let mut reading = Reading { submission, frame, filled: Filled::default() };
    reading.words();
    reading.place();
    reading.author();
    reading.answers();
    reading.rest();
    reading.missing();
    reading.filled
}

struct Reading<'s> {
    submission: &'s Submission,
    frame: &'s Frame,
    filled: Filled,
}

impl Reading<'_> {
    /// The words of a field, cleaned; what it was stays in private where something was taken out.
    fn many(&mut self, name: &str) -> String {
        let raw = self.submission.get(name);
        let (words, changed) = clean(raw);
        if changed {
            self.keep(name);
            self.filled.notes.push(invisible(name));
        }
        words
    }

    fn one_line(&mut self, name: &str) -> String {
        self.many(name).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn keep(&mut self, name: &str) {
        let raw = self.submission.get(name);
        self.filled.other.push((name.to_owned(), raw.to_owned()));
    }

    /// A value that cannot be used: kept in private, and told.
    fn refuse(&mut self, name: &str, reason: Bilingual) {
        self.keep(name);
        self.filled.wrong.push(reason);
    }

    /// One of a closed list.
    fn choice<T: Copy>(&mut self, name: &str, all: &[T], word: impl Fn(T) -> &'static str) -> Option<T> {
        let written = self.submission.get(name);
        let found = all.iter().copied().find(|one| word(*one) == written);
        if found.is_none() && !written.is_empty() {
            let seen = shown(written);
            self.refuse(name, say!("« {name} » ne peut pas être « {seen} »", "“{name}” cannot be “{seen}”"));
        }
        found
    }

    fn words(&mut self) {
        // No form offers a petition.
        let all = ContributionKind::ALL.iter().copied().filter(|kind| *kind != ContributionKind::Petition);
        let kinds: Vec<ContributionKind> = all.collect();
        self.filled.kind = self.choice("kind", &kinds, ContributionKind::as_str);
        self.filled.title = self.one_line("title");
        self.filled.body = self.many("body");
        self.filled.quote = self.many("quote");
        self.filled.place = self.one_line("place");
        self.filled.position = self.choice("position", Position::ALL, Position::as_str);
        let link = self.submission.get("link");
        self.filled.link = Url::new(link);
        if self.filled.link.is_none() && !link.is_empty() {
            let seen = shown(link);
            self.refuse(
                "link",
                say!("« {seen} » n’est pas une adresse web", "“{seen}” is not a web address"),
            );
        }
        let parent = self.submission.get("parent");
        self.filled.parent = Id::new(parent).filter(|id| self.frame.published.contains(id));
        if self.filled.parent.is_none() && !parent.is_empty() {
            let seen = shown(parent);
            self.refuse(
                "parent",
                say!("aucune contribution publiée « {seen} »", "no published contribution “{seen}”"),
            );
        }
    }

    /// What it is about: each part only if those before it can be used.
    fn place(&mut self) {
        let (text, version) = (self.submission.get("text"), self.submission.get("version"));
        let (article, paragraph) = (self.submission.get("article"), self.submission.get("paragraph"));
        if [text, version, article, paragraph].iter().all(|words| words.is_empty()) {
            return;
        }
        let frame = self.frame;
        let only = || frame.texts.iter().next().filter(|_| frame.texts.len() == 1);
        let found = if text.is_empty() { only() } else { frame.texts.get_key_value(text) };
        let Some((id, versions)) = found else {
            ["text", "version", "article", "paragraph"].iter().for_each(|name| self.keep_filled(name));
            let seen = shown(text);
            self.filled.wrong.push(match text.is_empty() {
                true => say!("le texte concerné n’est pas nommé", "the text concerned is not named"),
                false => say!("aucun texte « {seen} »", "no text “{seen}”"),
            });
            return;
        };
        self.filled.text = Some(id.clone());
        let at = versions.iter().find(|v| v.id.as_str() == version);
        if at.is_none() && !version.is_empty() {
            let seen = shown(version);
            self.refuse(
                "version",
                say!(
                    "le texte « {id} » n’a pas de version « {seen} »",
                    "the text “{id}” has no version “{seen}”"
                ),
            );
        }
        self.filled.version = at.map(|v| v.id.clone());
        if article.is_empty() {
            self.keep_filled("paragraph");
            return;
        }
        let key = article_key(article);
        let within = |v: &super::frame::Version| key.as_ref().and_then(|key| v.articles.get(key)).copied();
        // An article that another version has can be named: `check` follows it there. Its paragraphs cannot.
        let here = at.or(versions.first()).and_then(within);
        if here.is_none() && !versions.iter().any(|v| within(v).is_some()) {
            let seen = shown(article);
            let reason = say!(
                "le texte « {id} » n’a pas d’article « {seen} »",
                "the text “{id}” has no article “{seen}”"
            );
            self.refuse("article", reason);
            self.keep_filled("paragraph");
            return;
        }
        self.filled.article = article.split_whitespace().collect::<Vec<_>>().join(" ");
        let count = here.unwrap_or(0);
        let number: Option<usize> = paragraph.parse().ok();
        self.filled.paragraph = number.filter(|n| (1..=count).contains(n));
        if self.filled.paragraph.is_none() && !paragraph.is_empty() {
            let (seen, article) = (shown(paragraph), shown(article));
            let reason = say!(
                "l’article « {article} » n’a pas d’alinéa « {seen} » (il en a {count})",
                "article “{article}” has no paragraph “{seen}” (it has {count})"
            );
            self.refuse("paragraph", reason);
        }
    }

    fn keep_filled(&mut self, name: &str) {
        if !self.submission.get(name).is_empty() {
            self.keep(name);
        }
    }

    fn author(&mut self) {
        self.filled.show = self.choice("show", AuthorRule::ALL, AuthorRule::as_str);
        let kinds = [AuthorKind::Citizen, AuthorKind::Elected, AuthorKind::Organisation];
        self.filled.author_kind = self.choice("author_kind", &kinds, AuthorKind::as_str);
        self.filled.name = self.one_line("name");
        self.filled.pseudonym = self.one_line("pseudonym");
        self.filled.organisation = self.one_line("organisation");
        self.filled.register = self.one_line("register");
        self.filled.email = self.one_line("email");
        let number = self.submission.get("receipt");
        self.filled.receipt = receipt_digest(number);
        if self.filled.receipt.is_none() && !number.is_empty() {
            self.refuse(
                "receipt",
                say!("le numéro de récépissé n’en est pas un", "the receipt number is not one"),
            );
        }
        self.filled.trapped = !self.submission.get("website").is_empty();
        self.keep_filled("website");
    }

    /// The answers. A form without its script sends each ticked box as a field of its own.
    fn answers(&mut self) {
        let frame = self.frame;
        let mut given: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, raw) in &self.submission.fields {
            if let Some(question) =
                name.strip_prefix(ANSWER).filter(|q| !q.is_empty() && !raw.trim().is_empty())
            {
                given.entry(question).or_default().push(raw.trim());
            }
        }
        for (question, raw) in given {
            let raw = raw.join("|");
            let (words, changed) = clean(&raw);
            if changed {
                self.filled.other.push((format!("{ANSWER}{question}"), raw.clone()));
                self.filled.notes.push(invisible(&format!("{ANSWER}{}", shown(question))));
            }
            let known = frame.questions.get_key_value(question);
            let fitting =
                known.and_then(|(id, (kind, options))| Some((id, fitting(*kind, options, &words)?)));
            if let Some((id, answer)) = fitting.filter(|(_, answer)| !answer.is_empty()) {
                self.filled.answers.push((id.clone(), answer));
                continue;
            }
            self.filled.other.push((format!("{ANSWER}{question}"), raw));
            let (question, seen) = (shown(question), shown(&words));
            self.filled.wrong.push(say!(
                "la question « {question} » n’existe pas, ou ne prend pas la réponse « {seen} »",
                "there is no question “{question}”, or it does not take the answer “{seen}”"
            ));
        }
    }

    /// What no form asks for, and what is filled in twice.
    fn rest(&mut self) {
        let mut seen = BTreeSet::new();
        for (name, raw) in &self.submission.fields {
            // A receipt's number is written nowhere.
            let again = !raw.trim().is_empty() && !seen.insert(&**name) && &**name != "receipt";
            let answer = name.starts_with(ANSWER);
            if (!is_field(name) || again) && !answer && !raw.is_empty() {
                self.filled.other.push((name.to_string(), raw.to_string()));
            }
        }
        let about = self.submission.about.iter().map(|(name, words)| (name.to_string(), words.to_string()));
        self.filled.other.extend(about);
    }

    fn missing(&mut self) {
        let filled = &mut self.filled;
        if filled.kind.is_none() && !filled.answers.is_empty() && self.submission.get("kind").is_empty() {
            filled.kind = Some(ContributionKind::Answer);
        }
        if filled.kind.is_none() && self.submission.get("kind").is_empty() {
            filled.wrong.push(say!("« kind » n’est pas rempli", "“kind” is not filled in"));
        }
        let alone = match filled.kind.unwrap_or(ContributionKind::Comment) {
            ContributionKind::Source => filled.link.is_some(),
            ContributionKind::Answer => !filled.answers.is_empty(),
            ContributionKind::Interest => true,
            ContributionKind::Proposal
            | ContributionKind::Wording
            | ContributionKind::Argument
            | ContributionKind::Comment
            | ContributionKind::Petition => false,
        };
        if filled.body.is_empty() && !alone {
            filled.wrong.push(say!("il n’y a pas de texte", "there are no words"));
        }
        if self.submission.get("consent") != "yes" {
            self.keep_filled("consent");
            self.filled.wrong.push(say!(
                "l’accord pour publier (« consent ») n’est pas donné",
                "the consent to publish (“consent”) is not given"
            ));
        }
    }
}

fn invisible(name: &str) -> Bilingual {
    say!(
        "des caractères invisibles ont été retirés de « {name} »",
        "invisible characters were taken out of “{name}”"
    )
}
