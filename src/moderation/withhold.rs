//! Words that go: withheld, they are kept in `private/` with the salt of their digest, and can be published after all;
//! erased, they are kept nowhere. Comes in: a contribution and what is decided of it; leaves: edits, in the
//! [`Deciding`] that asked. Whose words these are, and whether they should go, is not asked here.

use super::decide::{Deciding, Notice, content_path, field, map_of, out, whole};
use super::docket::{Found, Held, id_of};
use super::edit::Edit;
use super::passages::{Passage, passages};
use crate::error::{Error, Result};
use crate::model::choices::ModerationState;
use crate::model::id::Id;
use crate::parse::draft::Filed;
use crate::parse::records::contribution::ContributionRecord;
use crate::parse::{contribution, front_matter};
use crate::say;
use crate::text::hex;
use crate::yaml::surgery::{Item, flow};
use crate::yaml::write::Out;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

impl<'d> Deciding<'d> {
    pub(super) fn withhold(&mut self, found: &Found<'d>, reason: &Id, title_may_stay: bool) -> Result<()> {
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

    pub(super) fn erase(&mut self, found: &Found<'d>, ground: &str) -> Result<()> {
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
        // A decision remembers whole files: what it says of another item of a list holds this one too.
        let own_file = format!("\"path\": \"{}\"", found.path());
        let remembers = |path: &str, text: &str| {
            path.contains("/undo/")
                && (text.contains(&format!("\"{consultation}/{id}\"")) || text.contains(&own_file))
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

    /// Publishes what was withheld after all, from the words that were kept: somebody contested the decision and was
    /// right. The digest proves that they are the ones that were withheld.
    pub(super) fn restore(&mut self, found: &Found<'d>) -> Result<()> {
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
        salt_of(&hex(&self.order.seed), &name)
    }

    /// Its attached files that nothing else has attached.
    fn own_files(&self, found: &Found<'_>) -> Vec<String> {
        let paths = |filed: &Filed<ContributionRecord>| -> Vec<Box<str>> {
            filed.record.attachments.iter().map(|a| a.value.path.value.0.clone()).collect()
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

/// The digest of the words of a contribution that `name` (`consultation/id`) names, under a salt of its own. It proves
/// later, to who has the words and the seed, that these are the ones that were withheld.
pub fn digest_of_words(seed: &str, name: &str, record: &ContributionRecord, body: &str) -> String {
    hex(&digest(&salt_of(seed, name), &words(record, body)))
}

fn salt_of(seed: &str, name: &str) -> String {
    hex(&digest(seed, name))[..32].to_owned()
}

fn words_of(found: &Found<'_>) -> String {
    words(found.record(), found.body())
}

/// The words over which the digest is made: the body; where there is none, the title and the answers, a line each.
fn words(record: &ContributionRecord, body: &str) -> String {
    let body = record.body.as_ref().map_or(body, |body| &*body.value.0).trim();
    if !body.is_empty() {
        return body.to_owned();
    }
    let title = record.title.iter().map(|t| &*t.value);
    let answers = record.answers.iter().flat_map(|a| &a.value.0).map(|(_, answer)| &*answer.value);
    title.chain(answers).collect::<Vec<_>>().join("\n")
}

/// A Markdown file without words.
fn markdown(entries: &[(String, Out)]) -> String {
    let lines: String = entries.iter().map(|(key, value)| format!("{key}: {}\n", flow(value))).collect();
    format!("---\n{lines}---\n")
}

fn digest(salt: &str, words: &str) -> [u8; 32] {
    Sha256::new().chain_update(salt).chain_update(words).finalize().into()
}
