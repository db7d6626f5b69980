//! A decision → edits. Accepting moves a file from the inbox to the content; withholding leaves there what may be said
//! and keeps the words in `private/`; erasing keeps nothing. Comes in: a [`Docket`] and an [`Order`]; leaves: a
//! [`Decision`], or why there is none. Whether the content still checks is asked by [`trial`].

use super::docket::{Docket, Found, Held, id_of};
use super::edit::{self, Edit};
use super::passages::{Passage, passages};
use super::surgery::{Item, Splice, flow, splice};
use crate::check::{self, check};
use crate::diag::Diagnostic;
use crate::error::{Error, Result};
use crate::lang::Bilingual;
use crate::model::choices::ModerationState;
use crate::model::id::Id;
use crate::model::when::Date;
use crate::parse::{contribution, front_matter, parse};
use crate::say;
use crate::sink::OutPath;
use crate::source::Sources;
use crate::yaml::write::Out;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// What is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is published.
    Accept,
    /// It is not shown, or no longer.
    Withhold {
        /// One of the charter's reasons.
        reason: Id,
        /// Its title may be shown all the same.
        title_may_stay: bool,
    },
    /// It is published as a part of another one.
    Merge {
        /// That other one.
        into: String,
    },
    /// A law or a court demands that it go.
    Erase {
        /// Which law, which decision.
        ground: String,
    },
}

impl Verdict {
    /// The word of the command.
    pub fn verb(&self) -> &'static str {
        match self {
            Verdict::Accept => "accept",
            Verdict::Withhold { .. } => "withhold",
            Verdict::Merge { .. } => "merge",
            Verdict::Erase { .. } => "erase",
        }
    }
}

/// Who decides what of which contributions, and when.
#[derive(Debug, Clone)]
pub struct Order {
    /// The contributions: `<id>` or `<consultation>/<id>`.
    pub ids: Vec<String>,
    /// The consultation, when the ids do not say it.
    pub consultation: Option<String>,
    /// What is decided.
    pub verdict: Verdict,
    /// Who decides.
    pub by: String,
    /// The day.
    pub date: Date,
    /// Randomness, from which the salts of the digests are made.
    pub seed: [u8; 32],
}

/// Edits, and what is to be known of them.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// What is to be carried out.
    pub edits: Vec<Edit>,
    /// The contributions decided on: consultation and id.
    pub of: Vec<(String, Id)>,
    /// What remains for somebody to look at.
    pub notices: Vec<Notice>,
    /// Files that held the words: git may remember them.
    pub held: BTreeSet<String>,
}

/// Something to look at, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// File and line, when there is one.
    pub place: Option<String>,
    /// What.
    pub what: Bilingual,
}

/// Decides. Nothing is written.
pub fn decide(docket: &Docket<'_>, order: &Order) -> Result<Decision> {
    let mut desk = Desk { docket, order, decision: Decision::default(), spliced: BTreeMap::new() };
    let mut seen = BTreeSet::new();
    for wanted in &order.ids {
        let found = docket.find(wanted, order.consultation.as_deref())?;
        if seen.insert((id_of(found.consultation).to_owned(), found.id().clone())) {
            desk.one(&found)?;
            desk.decision.of.push((id_of(found.consultation).to_owned(), found.id().clone()));
        }
    }
    desk.finish()
}

struct Desk<'d> {
    docket: &'d Docket<'d>,
    order: &'d Order,
    decision: Decision,
    /// Changes of files that hold several contributions.
    spliced: BTreeMap<&'d str, (&'d str, Vec<Splice>)>,
}

impl<'d> Desk<'d> {
    fn one(&mut self, found: &Found<'d>) -> Result<()> {
        let state = found.state();
        match (&self.order.verdict, state) {
            (_, Some(ModerationState::Erased)) => Err(refuse(
                found,
                say!("elle a été effacée : il n’en reste rien", "it was erased: nothing of it is left"),
            )),
            (Verdict::Accept, None | Some(ModerationState::Pending)) => self.publish(found, None),
            (Verdict::Merge { into }, None | Some(ModerationState::Pending | ModerationState::Published)) => {
                let into = self.target(found, into)?;
                self.publish(found, Some(&into))
            }
            (
                Verdict::Withhold { reason, title_may_stay },
                None | Some(ModerationState::Pending | ModerationState::Published),
            ) => self.withhold(found, reason, *title_may_stay),
            (Verdict::Accept, Some(ModerationState::Published)) => {
                Err(refuse(found, say!("elle est déjà publiée", "it is published already")))
            }
            (Verdict::Accept, Some(ModerationState::Withheld)) => self.restore(found),
            (Verdict::Merge { .. } | Verdict::Withhold { .. }, Some(ModerationState::Withheld)) => {
                let kept = kept_words(id_of(found.consultation), found.id());
                Err(refuse(
                    found,
                    say!(
                        "elle est déjà écartée ; pour la publier après tout : « greffe moderate accept » reprend ses mots dans {kept}",
                        "it is withheld already; to publish it after all: “greffe moderate accept” takes its words from {kept}"
                    ),
                ))
            }
            (Verdict::Erase { .. }, None) => Err(refuse(
                found,
                say!(
                    "elle n’a pas été publiée : écartez-la (« greffe moderate withhold »)",
                    "it was not published: withhold it (“greffe moderate withhold”)"
                ),
            )),
            (Verdict::Erase { ground }, Some(_)) => self.erase(found, ground),
        }
    }

    /// The published contribution into which another one is merged.
    fn target(&self, found: &Found<'_>, into: &str) -> Result<Id> {
        let own = id_of(found.consultation);
        let other = self.docket.find(into, Some(own))?;
        let same = other.id() == found.id();
        if same || other.state() != Some(ModerationState::Published) || id_of(other.consultation) != own {
            return Err(refuse(
                &other,
                say!(
                    "on ne réunit qu’à une autre contribution publiée de la même consultation : acceptez-la d’abord",
                    "one merges only into another published contribution of the same consultation: accept it first"
                ),
            ));
        }
        Ok(other.id().clone())
    }

    /// `moderation:` of a contribution on which something is decided now.
    fn moderation(&self, found: &Found<'_>, state: ModerationState) -> Vec<(String, Out)> {
        let mut fields = vec![field("state", Out::text(state.as_str()))];
        fields.push(field("date", Out::text(self.order.date.to_string())));
        fields.push(field("by", Out::text(&*self.order.by)));
        let record = found.record();
        let noted = record.intake.as_ref().map(|i| i.value.received.value);
        let before = record.moderation.as_ref().and_then(|m| m.value.received.as_ref()).map(|r| r.value);
        fields.extend(noted.or(before).map(|moment| field("received", Out::text(moment.to_string()))));
        fields
    }

    fn publish(&mut self, found: &Found<'d>, into: Option<&Id>) -> Result<()> {
        let (text, map) = map_of(found)?;
        let merged = into.map(|id| Out::text(id.as_str()));
        match found.held {
            Held::Content => {
                let mut splices = Vec::new();
                if found.state() == Some(ModerationState::Pending) {
                    let moderation = self.moderation(found, ModerationState::Published);
                    splices.push(map.set(text, "moderation", &Out::Map(moderation)));
                }
                splices.extend(merged.map(|merged| map.set(text, "merged_into", &merged)));
                self.spliced.entry(found.path()).or_insert((text, Vec::new())).1.extend(splices);
            }
            Held::Inbox => {
                let moderation = Out::Map(self.moderation(found, ModerationState::Published));
                let mut after = map.without(text, "intake").of(text);
                for (key, value) in [("moderation", Some(moderation)), ("merged_into", merged)] {
                    if let Some(value) = value {
                        after = whole(found, &after)?.set(&after, key, &value).of(&after);
                    }
                }
                self.write_new(&content_path(found), after)?;
                self.remove(found, text)?;
            }
        }
        Ok(())
    }

    /// Publishes what was withheld after all, from the words that were kept: somebody contested the decision and was
    /// right. The digest proves that they are the ones that were withheld.
    fn restore(&mut self, found: &Found<'d>) -> Result<()> {
        let (consultation, id) = (id_of(found.consultation), found.id());
        let path = kept_words(consultation, id);
        let sources = self.docket.kept;
        let missing = || {
            Error::new(
                &path,
                say!(
                    "ses mots ne sont pas ici ; reprenez ce fichier d’une copie de private/",
                    "its words are not here; restore this file from a copy of private/"
                ),
            )
        };
        let file = sources.find(&path).ok_or_else(missing)?;
        let (filed, _) = contribution(sources, file);
        let filed = filed.ok_or_else(missing)?;
        let kept = Found { consultation: found.consultation, filed: &filed, held: Held::Content, sources };
        let text = sources.text(file);
        let map = whole(&kept, text)?;
        let salt = map.words("salt").unwrap_or_default();
        let known = found.record().moderation.as_ref().and_then(|m| m.value.digest.as_ref());
        if known.is_some_and(|known| *known.value != *hex(&digest(&salt, &words_of(&kept)))) {
            return Err(Error::new(
                &path,
                say!(
                    "ce ne sont pas les mots qui ont été écartés : leur empreinte n’est pas celle de la décision",
                    "these are not the words that were withheld: their digest is not that of the decision"
                ),
            ));
        }
        let mut after = map.without(text, "salt").of(text);
        for key in ["intake", "moderation"] {
            after = whole(&kept, &after)?.without(&after, key).of(&after);
        }
        let moderation = Out::Map(self.moderation(found, ModerationState::Published));
        after = whole(&kept, &after)?.set(&after, "moderation", &moderation).of(&after);
        let (written, place) = map_of(found)?;
        if found.path().ends_with(".md") {
            let before = Some(written.to_owned());
            self.decision.edits.push(Edit::Write { path: out(found.path())?, before, after });
        } else {
            let yaml = front_matter(&after).map_or("", |(range, _)| &after[range]);
            let splice = place.replaced_by(written, yaml);
            self.spliced.entry(found.path()).or_insert((written, Vec::new())).1.push(splice);
        }
        self.decision.edits.push(Edit::Remove { path: out(&path)?, before: text.to_owned() });
        let inside = format!("private/{consultation}/withheld/{id}/");
        for (_, source) in sources.iter() {
            if let Some(name) = source.path.strip_prefix(&inside) {
                let to = format!("{}/{name}", found.consultation.folder);
                self.decision.edits.push(Edit::Move { from: out(&source.path)?, to: out(&to)? });
            }
        }
        Ok(())
    }

    fn withhold(&mut self, found: &Found<'d>, reason: &Id, title_may_stay: bool) -> Result<()> {
        self.reason_exists(found, reason)?;
        let words = words_of(found);
        let salt = self.salt(found);
        let mut moderation = self.moderation(found, ModerationState::Withheld);
        moderation.insert(1, field("reason", Out::text(reason.as_str())));
        if title_may_stay {
            moderation.push(field("title_may_stay", Out::Plain("true".into())));
        }
        moderation.push(field("digest", Out::text(hex(&digest(&salt, &words)))));
        let record = found.record();
        let title = record.title.as_ref().filter(|_| title_may_stay).map(|t| t.value.to_string());
        let entries = remains(found, title, true, moderation);
        self.decision.notices.extend(self.quoted(found));
        let (text, map) = map_of(found)?;
        let consultation = id_of(found.consultation);
        let whole_words = kept(found, text, &map, &salt);
        self.write_new(&kept_words(consultation, found.id()), whole_words)?;
        for attached in self.own_files(found) {
            let name = attached.strip_prefix(&format!("{}/", found.consultation.folder)).unwrap_or(&attached);
            let to = format!("private/{consultation}/withheld/{}/{name}", found.id());
            self.decision.edits.push(Edit::Move { from: out(&attached)?, to: out(&to)? });
        }
        self.replace(found, text, &map, &entries)
    }

    fn erase(&mut self, found: &Found<'d>, ground: &str) -> Result<()> {
        let moderation = vec![
            field("state", Out::text(ModerationState::Erased.as_str())),
            field("ground", Out::text(ground)),
            field("by", Out::text(&*self.order.by)),
            field("date", Out::text(self.order.date.to_string())),
        ];
        let entries = remains(found, None, false, moderation);
        let (text, map) = map_of(found)?;
        let (consultation, id) = (id_of(found.consultation), found.id());
        self.decision.notices.extend(self.quoted(found));
        for attached in self.own_files(found) {
            self.decision.edits.push(Edit::Discard { path: out(&attached)? });
        }
        // Nothing of it stays: its words if it was withheld, the decisions that remember them, how to reach its author.
        let withheld = format!("private/{consultation}/withheld/{id}");
        let inside =
            |path: &str| path.strip_prefix(&withheld).is_some_and(|r| r == ".md" || r.starts_with('/'));
        let remembers = |path: &str, text: &str| {
            path.contains("/undo/") && text.contains(&format!("\"{consultation}/{id}\""))
        };
        for (file, source) in self.docket.kept.iter() {
            if inside(&source.path) || remembers(&source.path, self.docket.kept.text(file)) {
                self.decision.edits.push(Edit::Discard { path: out(&source.path)? });
            }
        }
        let contact = format!("private/{consultation}/contacts/{id}.yaml");
        self.decision.edits.push(Edit::Discard { path: out(&contact)? });
        self.replace(found, text, &map, &entries)
    }

    /// What may be said takes the place of what was written.
    fn replace(
        &mut self,
        found: &Found<'d>,
        text: &'d str,
        map: &Item,
        entries: &[(String, Out)],
    ) -> Result<()> {
        self.decision.held.insert(found.path().to_owned());
        let in_list = !found.path().ends_with(".md");
        if in_list {
            let splice = map.replaced(text, entries);
            self.spliced.entry(found.path()).or_insert((text, Vec::new())).1.push(splice);
            return Ok(());
        }
        let after = markdown(entries);
        match found.held {
            Held::Inbox => {
                self.write_new(&content_path(found), after)?;
                self.remove(found, text)
            }
            Held::Content => {
                let path = out(found.path())?;
                self.decision.edits.push(Edit::Write { path, before: Some(text.to_owned()), after });
                Ok(())
            }
        }
    }

    fn write_new(&mut self, path: &str, after: String) -> Result<()> {
        let known =
            [self.docket.content, self.docket.kept].iter().any(|sources| sources.find(path).is_some());
        if known {
            return Err(Error::new(
                path,
                say!(
                    "ce fichier existe déjà ; rien n’a été changé",
                    "this file exists already; nothing was changed"
                ),
            ));
        }
        self.decision.edits.push(Edit::Write { path: out(path)?, before: None, after });
        Ok(())
    }

    fn remove(&mut self, found: &Found<'_>, text: &str) -> Result<()> {
        self.decision.edits.push(Edit::Remove { path: out(found.path())?, before: text.to_owned() });
        Ok(())
    }

    fn reason_exists(&self, found: &Found<'_>, reason: &Id) -> Result<()> {
        let rules = found.consultation.consultation.as_ref().and_then(|c| c.record.moderation.as_ref());
        let ids: Vec<&str> =
            rules.iter().flat_map(|r| &r.value.reasons).map(|r| r.value.id.value.as_str()).collect();
        if ids.contains(&reason.as_str()) {
            return Ok(());
        }
        let list = ids.join(", ");
        let folder = &found.consultation.folder;
        Err(Error::new(
            reason.as_str(),
            if ids.is_empty() {
                say!(
                    "la charte n’a pas de motifs : écrivez-les dans {folder}/consultation.yaml, à « moderation: reasons: »",
                    "the charter has no reasons: write them in {folder}/consultation.yaml, at “moderation: reasons:”"
                )
            } else {
                say!(
                    "ce n’est pas un motif de la charte ; il y a : {list}",
                    "this is no reason of the charter; there are: {list}"
                )
            },
        ))
    }

    /// A salt of its own for each contribution.
    fn salt(&self, found: &Found<'_>) -> String {
        let name = format!("{}/{}", id_of(found.consultation), found.id());
        hex(&digest(&hex(&self.order.seed), &name))[..32].to_owned()
    }

    /// Its attached files that nothing else has attached.
    fn own_files(&self, found: &Found<'_>) -> Vec<String> {
        let paths = |filed: &crate::parse::draft::Filed<_>| -> Vec<Box<str>> {
            let record: &crate::parse::records::contribution::ContributionRecord = &filed.record;
            record.attachments.iter().map(|a| a.value.path.value.0.clone()).collect()
        };
        let others = found.consultation.contributions.iter().filter(|other| other.id() != found.id());
        let mut taken: BTreeSet<Box<str>> = others.flat_map(paths).collect();
        let meetings = found.consultation.meetings.iter().flat_map(|m| &m.record.attachments);
        taken.extend(meetings.map(|a| a.value.path.value.0.clone()));
        paths(found.filed)
            .into_iter()
            .filter(|path| !taken.contains(path))
            .map(|path| format!("{}/{path}", found.consultation.folder))
            .filter(|path| self.docket.content.find(path).is_some())
            .collect()
    }

    /// Where its words still stand among those of others.
    fn quoted(&self, found: &Found<'_>) -> Vec<Notice> {
        let words = words_of(found);
        let mut standing = passages(
            &words,
            self.docket.content,
            self.docket.content,
            Some(found.filed.whole).filter(|_| found.held == Held::Content),
        );
        let own = Some(found.filed.whole).filter(|_| found.held == Held::Inbox);
        standing.extend(passages(&words, self.docket.content, self.docket.inbox, own));
        let id = found.id();
        let notice = |Passage { place, words }| Notice {
            place: Some(place),
            what: say!(
                "des mots de « {id} » s’y lisent encore : « {words} »",
                "words of “{id}” can still be read there: “{words}”"
            ),
        };
        standing.into_iter().map(notice).collect()
    }

    fn finish(mut self) -> Result<Decision> {
        for (path, (text, splices)) in self.spliced {
            let after = splice(text, splices);
            self.decision.edits.push(Edit::Write { path: out(path)?, before: Some(text.to_owned()), after });
        }
        Ok(self.decision)
    }
}

/// What would be wrong with the content after the edits, in the files that they change, and was not before.
pub fn trial(content: &Sources, edits: &[Edit]) -> (Sources, Vec<Diagnostic>) {
    let after = edit::after(content, edits);
    let changed: BTreeSet<&str> = edits.iter().map(|edit| edit.path().as_str()).collect();
    let faults = |sources: &Sources| -> Vec<Diagnostic> {
        let (_, problems) = check(&parse(sources), sources, &check::Options::default(), &BTreeSet::new());
        let here = |p: &Diagnostic| {
            sources.iter().nth(p.span.file.0 as usize).is_some_and(|(_, f)| changed.contains(&*f.path))
        };
        problems.into_iter().filter(|p| p.is_error() && here(p)).collect()
    };
    let mut new = faults(&after);
    if !new.is_empty() {
        let old: BTreeSet<(crate::diag::Code, Bilingual)> =
            faults(content).into_iter().map(|p| (p.code, p.message)).collect();
        new.retain(|p| !old.contains(&(p.code, p.message.clone())));
    }
    (after, new)
}

/// The keys that stay of a contribution whose words go.
fn remains(
    found: &Found<'_>,
    title: Option<String>,
    more: bool,
    moderation: Vec<(String, Out)>,
) -> Vec<(String, Out)> {
    let record = found.record();
    let mut entries = Vec::new();
    let named = found.path().ends_with(".md") && record.id.is_none();
    if !named {
        entries.push(field("id", Out::text(found.id().as_str())));
    }
    entries.push(field("kind", Out::text(record.kind.value.as_str())));
    entries.extend(title.map(|title| field("title", Out::Text(title))));
    entries.extend(record.date.as_ref().map(|d| field("date", Out::text(d.value.to_string()))));
    let on = record.on.as_ref().map(|on| &on.value);
    let anchor: Vec<(String, Out)> = [
        on.and_then(|on| on.text.as_ref()).map(|t| field("text", Out::text(t.value.as_str()))),
        on.and_then(|on| on.version.as_ref()).map(|v| field("version", Out::text(v.value.as_str()))),
        on.and_then(|on| on.article.as_ref()).map(|a| field("article", Out::text(&*a.value))),
        on.and_then(|on| on.paragraph.as_ref()).map(|n| field("paragraph", Out::Plain(n.value.to_string()))),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !anchor.is_empty() {
        entries.push(field("on", Out::Map(anchor)));
    }
    entries.extend(record.parent.as_ref().map(|p| field("parent", Out::text(p.value.as_str()))));
    if more {
        entries.extend(record.channel.as_ref().map(|c| field("channel", Out::text(c.value.as_str()))));
        entries.extend(record.receipt.as_ref().map(|r| field("receipt", Out::text(&*r.value))));
    }
    entries.push(field("moderation", Out::Map(moderation)));
    entries
}

/// The whole contribution as a file of its own, with the salt of its digest.
fn kept(found: &Found<'_>, text: &str, map: &Item, salt: &str) -> String {
    let salt_line = |text: &str| {
        let range = front_matter(text).map_or(0..0, |(range, _)| range);
        let map = Item::whole(&text[range.clone()], range.start);
        map.map_or_else(|| text.to_owned(), |map| map.set(text, "salt", &Out::text(salt)).of(text))
    };
    if found.path().ends_with(".md") {
        return salt_line(text);
    }
    salt_line(&format!("---\n{}---\n", map.alone(text)))
}

/// Where the words of a withheld contribution are kept.
pub fn kept_words(consultation: &str, id: &Id) -> String {
    format!("private/{consultation}/withheld/{id}.md")
}

/// The words over which the digest is made: the body; where there is none, the title and the answers, a line each.
fn words_of(found: &Found<'_>) -> String {
    let body = found.body();
    if !body.is_empty() {
        return body.to_owned();
    }
    let record = found.record();
    let title = record.title.iter().map(|t| &*t.value);
    let answers = record.answers.iter().flat_map(|a| &a.value.0).map(|(_, answer)| &*answer.value);
    title.chain(answers).collect::<Vec<_>>().join("\n")
}

/// The text in which it stands, and its map there.
fn map_of<'d>(found: &Found<'d>) -> Result<(&'d str, Item)> {
    let text = found.sources.text(found.filed.whole.file);
    let map = if found.path().ends_with(".md") {
        whole(found, text)?
    } else {
        Item::at(text, 0, found.filed.whole).ok_or_else(|| unreadable(found))?
    };
    Ok((text, map))
}

fn whole(found: &Found<'_>, text: &str) -> Result<Item> {
    let (range, _) = front_matter(text).ok_or_else(|| unreadable(found))?;
    Item::whole(&text[range.clone()], range.start).ok_or_else(|| unreadable(found))
}

fn unreadable(found: &Found<'_>) -> Error {
    refuse(
        found,
        say!(
            "son en-tête ne peut pas être lu ; voyez « greffe check »",
            "its front matter cannot be read; see “greffe check”"
        ),
    )
}

/// A Markdown file without words.
fn markdown(entries: &[(String, Out)]) -> String {
    let lines: String = entries.iter().map(|(key, value)| format!("{key}: {}\n", flow(value))).collect();
    format!("---\n{lines}---\n")
}

fn content_path(found: &Found<'_>) -> String {
    format!("{}/contributions/{}.md", found.consultation.folder, found.id())
}

fn refuse(found: &Found<'_>, why: Bilingual) -> Error {
    Error::new(format!("{} ({})", found.id(), found.place()), why)
}

fn out(path: &str) -> Result<OutPath> {
    OutPath::new(path).ok_or_else(|| {
        Error::new(path, say!("ce n’est pas un chemin du site", "this is no path of the site"))
    })
}

fn field(key: &str, value: Out) -> (String, Out) {
    (key.to_owned(), value)
}

fn digest(salt: &str, words: &str) -> [u8; 32] {
    Sha256::new().chain_update(salt).chain_update(words).finalize().into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
