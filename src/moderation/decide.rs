//! A decision → edits. Accepting moves a file from the inbox to the content; withholding leaves there what may be said
//! and keeps the words in `private/`; erasing keeps nothing. Comes in: a [`Docket`] and an [`Order`]; leaves: a
//! [`Decision`], or why there is none. How words go is in `withhold`; whether the content
//! still checks is asked by [`trial`](super::trial).

use super::docket::{Docket, Found, Held, id_of};
use super::edit::Edit;
use super::withhold::kept_words;
use crate::error::{Error, Result};
use crate::lang::Bilingual;
use crate::model::choices::ModerationState;
use crate::model::id::Id;
use crate::model::when::Date;
use crate::parse::front_matter;
use crate::say;
use crate::sink::OutPath;
use crate::yaml::surgery::{Item, Splice, splice};
use crate::yaml::write::Out;
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
    let mut deciding = Deciding { docket, order, decision: Decision::default(), spliced: BTreeMap::new() };
    let mut seen = BTreeSet::new();
    for wanted in &order.ids {
        let found = docket.find(wanted, order.consultation.as_deref())?;
        if seen.insert((id_of(found.consultation).to_owned(), found.id().clone())) {
            deciding.one(&found)?;
            deciding.decision.of.push((id_of(found.consultation).to_owned(), found.id().clone()));
        }
    }
    deciding.finish()
}

/// A decision being made.
pub(super) struct Deciding<'d> {
    pub(super) docket: &'d Docket<'d>,
    pub(super) order: &'d Order,
    pub(super) decision: Decision,
    /// Changes of files that hold several contributions.
    pub(super) spliced: BTreeMap<&'d str, (&'d str, Vec<Splice>)>,
}

impl<'d> Deciding<'d> {
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
    pub(super) fn moderation(&self, found: &Found<'_>, state: ModerationState) -> Vec<(String, Out)> {
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

    pub(super) fn write_new(&mut self, path: &str, after: String) -> Result<()> {
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

    pub(super) fn remove(&mut self, found: &Found<'_>, text: &str) -> Result<()> {
        self.decision.edits.push(Edit::Remove { path: out(found.path())?, before: text.to_owned() });
        Ok(())
    }

    fn finish(mut self) -> Result<Decision> {
        for (path, (text, splices)) in self.spliced {
            let after = splice(text, splices);
            self.decision.edits.push(Edit::Write { path: out(path)?, before: Some(text.to_owned()), after });
        }
        Ok(self.decision)
    }
}

/// The text in which it stands, and its map there.
pub(super) fn map_of<'d>(found: &Found<'d>) -> Result<(&'d str, Item)> {
    let text = found.sources.text(found.filed.whole.file);
    let map = if found.path().ends_with(".md") {
        whole(found, text)?
    } else {
        Item::at(text, 0, found.filed.whole).ok_or_else(|| unreadable(found))?
    };
    Ok((text, map))
}

pub(super) fn whole(found: &Found<'_>, text: &str) -> Result<Item> {
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

pub(super) fn content_path(found: &Found<'_>) -> String {
    format!("{}/contributions/{}.md", found.consultation.folder, found.id())
}

pub(super) fn refuse(found: &Found<'_>, why: Bilingual) -> Error {
    Error::new(format!("{} ({})", found.id(), found.place()), why)
}

pub(super) fn out(path: &str) -> Result<OutPath> {
    OutPath::new(path).ok_or_else(|| {
        Error::new(path, say!("ce n’est pas un chemin du site", "this is no path of the site"))
    })
}

pub(super) fn field(key: &str, value: Out) -> (String, Out) {
    (key.to_owned(), value)
}
