//! [`LocalDesk`]: the desk on a real folder. Comes in: requests that [`Server`](super::Server) has let through its door;
//! leaves: replies. What is wished is done with the functions of `greffe moderate`; pages are made by
//! [`desk`](crate::desk). It reads the folder anew for each request, so that it never shows what is no longer so.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use crate::desk::{Deed, Engine, Note, ROOT, Reply, Request, Surroundings, Wish, wish};
use crate::error::{Error, Result};
use crate::io::moderate::{Asked, Files, Outcome, moderate, respond, undo_last};
use crate::io::{git, world};
use crate::lang::{Bilingual, Speech};
use crate::model::choices::Decision;
use crate::model::id::Id;
use crate::moderation::{Answer, Docket, Found, Verdict, id_of, undo};
use crate::say;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

/// What was done lately, to be told on the next page.
const NOTES: usize = 20;
/// Largest file of contact details.
const CONTACT: u64 = 64 << 10;

/// The desk of one run of `serve`.
#[derive(Debug)]
pub struct LocalDesk {
    root: PathBuf,
    speech: Speech,
    token: String,
    engine: Engine,
    memory: Mutex<Memory>,
}

#[derive(Debug, Default)]
struct Memory {
    by: String,
    last: u64,
    notes: BTreeMap<u64, Note>,
}

impl LocalDesk {
    /// Opens the desk of the site at `root`.
    pub fn new(root: &Path, speech: Speech) -> Result<Self> {
        let token = world::random()?.iter().map(|byte| format!("{byte:02x}")).collect();
        let by = git::user(root).unwrap_or_default();
        let memory = Mutex::new(Memory { by, ..Memory::default() });
        Ok(LocalDesk { root: root.to_path_buf(), speech, token, engine: Engine::new(speech), memory })
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Keeps a note for the next page, and gives its number.
    fn keep(&self, note: Note) -> u64 {
        let mut memory = self.memory();
        memory.last += 1;
        let number = memory.last;
        memory.notes.insert(number, note);
        while memory.notes.len() > NOTES {
            memory.notes.pop_first();
        }
        number
    }

    fn reply(&self, request: &Request) -> Result<Reply> {
        match wish(request, &self.token) {
            Wish::Style => Ok(Reply {
                status: 200,
                kind: "text/css; charset=utf-8",
                location: None,
                body: self.engine.style().as_bytes().to_vec(),
            }),
            Wish::Queue { consultation, mark, note } => {
                let files = Files::read(&self.root)?;
                let past = undo::all(&files.kept);
                self.with(&files, note, None, |docket, around| {
                    let (consultation, mark) = (consultation.as_deref(), mark.as_deref());
                    Ok(Reply::page(200, self.engine.queue(docket, around, consultation, mark, past.last())))
                })
            }
            Wish::Find { words } => {
                let files = Files::read(&self.root)?;
                self.with(&files, None, None, |docket, around| {
                    Ok(Reply::page(200, self.engine.find(docket, around, &words)))
                })
            }
            Wish::One { id, contact, note } => {
                let files = Files::read(&self.root)?;
                self.with(&files, note, Some(&id), |docket, around| {
                    let Ok(found) = docket.find(&id, None) else { return Ok(self.nowhere()) };
                    let contact = contact.then(|| self.contact(&found));
                    Ok(Reply::page(200, self.engine.one(docket, around, &found, contact.as_deref(), None)))
                })
            }
            Wish::Do(deed) => self.deed(&deed),
            Wish::Nowhere => Ok(self.nowhere()),
            Wish::Forged => Ok(Reply::text(403, &self.engine.say("desk_forged"))),
        }
    }

    fn nowhere(&self) -> Reply {
        Reply::text(404, &self.engine.say("desk_nowhere"))
    }

    /// Makes a page of what stands in the folder. `about`: the contribution whose zone says what day it is.
    fn with(
        &self,
        files: &Files,
        note: Option<u64>,
        about: Option<&str>,
        page: impl FnOnce(&Docket<'_>, &Surroundings<'_>) -> Result<Reply>,
    ) -> Result<Reply> {
        let note = note.and_then(|number| self.memory().notes.get(&number).cloned());
        self.around(files, note, about, page)
    }

    fn around(
        &self,
        files: &Files,
        note: Option<Note>,
        about: Option<&str>,
        page: impl FnOnce(&Docket<'_>, &Surroundings<'_>) -> Result<Reply>,
    ) -> Result<Reply> {
        let docket = files.docket();
        let found = about.and_then(|id| docket.find(id, None).ok());
        let today = found.map_or_else(world::today, |f| world::today_in(&docket.zone(f.consultation)));
        let by = self.memory().by.clone();
        let around = Surroundings { speech: self.speech, token: &self.token, by: &by, note, today };
        page(&docket, &around)
    }

    /// The file that says how to reach an author; empty when there is none.
    fn contact(&self, found: &Found<'_>) -> String {
        let (consultation, id) = (id_of(found.consultation), found.id());
        let path = self.root.join(format!("private/{consultation}/contacts/{id}.yaml"));
        let is_small = fs::symlink_metadata(&path).is_ok_and(|f| f.is_file() && f.len() <= CONTACT);
        if is_small { fs::read_to_string(path).unwrap_or_default() } else { String::new() }
    }

    fn deed(&self, deed: &Deed) -> Result<Reply> {
        let by = Some(self.memory().by.clone()).filter(|by| !by.is_empty());
        let (id, done) = match deed {
            Deed::SayWho { by, back } => {
                self.memory().by = by.trim().to_owned();
                return Ok(self.told(back, "desk_done_who", "", false, Vec::new()));
            }
            Deed::Undo => {
                let past = match undo_last(&self.root, None) {
                    Ok(past) => past,
                    Err(error) => return Ok(self.told(ROOT, "", &error.text(self.speech), true, Vec::new())),
                };
                let to = past.ids.first().map_or_else(|| ROOT.to_owned(), |id| format!("{ROOT}c/{id}"));
                return Ok(self.told(&to, "desk_done_undo", &past.ids.join(" "), false, Vec::new()));
            }
            Deed::Accept { ids } => (first(ids), self.verdict(ids, Verdict::Accept, by)),
            Deed::Withhold { ids, reason, title_may_stay } => {
                let reason = Id::new(reason).ok_or_else(|| {
                    Error::new(
                        reason,
                        say!("choisissez un motif de la charte", "choose a reason of the charter"),
                    )
                });
                let withhold = |reason| Verdict::Withhold { reason, title_may_stay: *title_may_stay };
                (first(ids), reason.and_then(|reason| self.verdict(ids, withhold(reason), by)))
            }
            Deed::Merge { ids, into } => {
                (first(ids), self.verdict(ids, Verdict::Merge { into: into.clone() }, by))
            }
            Deed::Answer { id, author, title, decision, words } => {
                let answer = Answer {
                    to: id.clone(),
                    author: author.clone(),
                    title: title.clone(),
                    decision: Decision::ALL.iter().copied().find(|d| d.as_str() == decision),
                    words: words.clone(),
                };
                (id.as_str(), respond(&self.root, &answer, by, None))
            }
        };
        match done {
            Ok(Outcome::Done(decision)) => {
                let notices = decision
                    .notices
                    .iter()
                    .map(|n| (n.place.clone(), n.what.get(self.speech).to_owned()))
                    .collect();
                let verb = match deed {
                    Deed::Accept { .. } => "desk_done_accept",
                    Deed::Withhold { .. } => "desk_done_withhold",
                    Deed::Merge { .. } => "desk_done_merge",
                    Deed::Answer { .. } => "desk_done_answer",
                    Deed::Undo | Deed::SayWho { .. } => "",
                };
                let to = if id.is_empty() { ROOT.to_owned() } else { self.next(deed, id)? };
                let of: Vec<String> =
                    decision.of.iter().map(|(consultation, id)| format!("{consultation}/{id}")).collect();
                let mut reply = self.told(&to, verb, &of.join(", "), false, notices);
                if let (Some(location), Deed::Answer { .. }) = (&mut reply.location, deed) {
                    location.push_str("#main");
                }
                Ok(reply)
            }
            Ok(Outcome::AtFault(sources, problems)) => {
                let notices = problems
                    .iter()
                    .map(|p| {
                        let (line, _) = sources.line_column(p.span);
                        let path = &sources.get(p.span.file).path;
                        (Some(format!("{path}:{line}")), p.message.get(self.speech).to_owned())
                    })
                    .collect();
                self.refused(id, deed, self.engine.say("desk_at_fault"), notices)
            }
            Err(error) => {
                let about = error.path.to_string_lossy().into_owned();
                let named = !about.is_empty() && about != ROOT;
                let what =
                    if named { error.text(self.speech) } else { error.what.get(self.speech).to_owned() };
                self.refused(id, deed, what, Vec::new())
            }
        }
    }

    fn verdict(&self, ids: &[String], verdict: Verdict, by: Option<String>) -> Result<Outcome> {
        if ids.is_empty() {
            return Err(Error::new(
                ROOT,
                Bilingual {
                    fr: self.engine.say("desk_select_none"),
                    en: self.engine.say("desk_select_none"),
                },
            ));
        }
        moderate(&self.root, Asked { ids: ids.to_vec(), consultation: None, verdict, by, date: None })
    }

    /// After a decision on what waited, the next that waits in the same consultation; else the same contribution.
    fn next(&self, deed: &Deed, id: &str) -> Result<String> {
        let own = format!("{ROOT}c/{id}");
        if let Deed::Answer { .. } = deed {
            return Ok(own);
        }
        let files = Files::read(&self.root)?;
        let docket = files.docket();
        let consultation = id.split('/').next().unwrap_or(id);
        let next = docket.waiting(Some(consultation)).next();
        Ok(next.map_or_else(|| ROOT.to_owned(), |found| format!("{ROOT}c/{consultation}/{}", found.id())))
    }

    /// Says on the page `to` what was done.
    fn told(
        &self,
        to: &str,
        key: &str,
        id: &str,
        failed: bool,
        notices: Vec<(Option<String>, String)>,
    ) -> Reply {
        let said = if key.is_empty() { String::new() } else { self.engine.say(key) };
        let what = [said.as_str(), id]
            .into_iter()
            .filter(|w| !w.is_empty())
            .collect::<Vec<_>>()
            .join(&self.engine.say("colon"));
        let undo =
            matches!(key, "desk_done_accept" | "desk_done_withhold" | "desk_done_merge" | "desk_done_answer");
        let number = self.keep(Note { what, failed, undo, notices });
        Reply::see(format!("{to}?note={number}"))
    }

    /// The same page again, with what was typed and why it could not be done.
    fn refused(
        &self,
        id: &str,
        deed: &Deed,
        what: String,
        notices: Vec<(Option<String>, String)>,
    ) -> Result<Reply> {
        let files = Files::read(&self.root)?;
        let note = Note { what, failed: true, undo: false, notices };
        self.around(&files, Some(note), Some(id), |docket, around| {
            let Ok(found) = docket.find(id, None) else {
                return Ok(Reply::page(422, self.engine.queue(docket, around, None, None, None)));
            };
            Ok(Reply::page(422, self.engine.one(docket, around, &found, None, Some(deed))))
        })
    }
}

/// The contribution on whose page a decision is told; none when there are several.
fn first(ids: &[String]) -> &str {
    match ids {
        [only] => only,
        _ => "",
    }
}

impl super::Desk for LocalDesk {
    fn answer(&self, request: &Request) -> Reply {
        self.reply(request).unwrap_or_else(|error| Reply::text(500, &error.text(self.speech)))
    }
}
