//! Moderation on a real folder: reads what stands there, asks [`moderation`](crate::moderation) for the edits, makes
//! sure that the content still checks with them, carries them out. `greffe moderate`, `greffe erase` and the desk of
//! `greffe serve` all come here; none has a way of its own.

use super::{edits, git, load, world};
use crate::diag::Diagnostic;
use crate::error::{Error, Result};
use crate::model::when::Date;
use crate::moderation::undo::{self, Past};
use crate::moderation::{Answer, Decision, Docket, Notice, Order, Verdict, answer, decide, trial};
use crate::say;
use crate::source::Sources;
use std::path::Path;

/// The files that moderation reads.
#[derive(Debug)]
pub struct Files {
    /// `content/` and what belongs to it.
    pub content: Sources,
    /// `inbox/`.
    pub inbox: Sources,
    /// Withheld words and past decisions, of `private/`.
    pub kept: Sources,
}

impl Files {
    /// Reads them, after completing what a command that was killed had decided.
    pub fn read(root: &Path) -> Result<Self> {
        edits::recover(root)?;
        Ok(Files {
            content: load::load(root)?,
            inbox: load::load_beside(root, "inbox"),
            kept: load::kept(root),
        })
    }

    /// The docket.
    pub fn docket(&self) -> Docket<'_> {
        Docket::new(&self.content, &self.inbox, &self.kept)
    }
}

/// What came of a decision.
#[derive(Debug)]
pub enum Outcome {
    /// It was carried out.
    Done(Decision),
    /// The content would be at fault with it: nothing was changed. The content as it would be, and why not.
    AtFault(Sources, Vec<Diagnostic>),
}

/// What somebody decides now; the day is today in the consultation's zone unless one is given.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The contributions: `<id>` or `<consultation>/<id>`.
    pub ids: Vec<String>,
    /// The consultation, when the ids do not say it.
    pub consultation: Option<String>,
    /// What is decided.
    pub verdict: Verdict,
    /// Who decides; git's user when nobody is named.
    pub by: Option<String>,
    /// The day.
    pub date: Option<Date>,
}

/// Decides, and carries it out.
pub fn moderate(root: &Path, asked: Asked) -> Result<Outcome> {
    let files = Files::read(root)?;
    let docket = files.docket();
    let by = who(root, asked.by)?;
    let consultation = asked.consultation.as_deref();
    let first = asked.ids.first().map(|id| docket.find(id, consultation)).transpose()?;
    let date = asked.date.or_else(|| first.map(|found| world::today_in(&docket.zone(found.consultation))));
    let order = Order {
        ids: asked.ids,
        consultation: asked.consultation,
        verdict: asked.verdict,
        by,
        date: date.unwrap_or_else(world::today),
        seed: world::random()?,
    };
    let mut decision = decide(&docket, &order)?;
    let git_has = decision.held.iter().filter(|path| git::remembers(root, path)).cloned().collect::<Vec<_>>();
    for path in git_has {
        decision.notices.push(Notice {
            place: Some(path),
            what: say!(
                "l’historique git garde les mots de ce fichier : publié, il les donne encore (voir docs/moderation.fr.md)",
                "git’s history keeps the words of this file: once published, it still gives them (see docs/moderation.md)"
            ),
        });
    }
    let erased = matches!(order.verdict, Verdict::Erase { .. });
    carry_out(root, &files, decision, [order.verdict.verb(), &order.by, &order.date.to_string()], erased)
}

/// Publishes an answer.
pub fn respond(root: &Path, asked: &Answer, by: Option<String>, date: Option<Date>) -> Result<Outcome> {
    let files = Files::read(root)?;
    let docket = files.docket();
    let by = who(root, by)?;
    let found = docket.find(&asked.to, None)?;
    let date = date.unwrap_or_else(|| world::today_in(&docket.zone(found.consultation)));
    let decision = answer(&docket, asked, date)?;
    carry_out(root, &files, decision, ["answer", &by, &date.to_string()], false)
}

/// Undoes the last decision; its files must be as it left them.
pub fn undo_last(root: &Path, consultation: Option<&str>) -> Result<Past> {
    let files = Files::read(root)?;
    let (past, back) = undo::undo(&files.kept, consultation)?;
    edits::apply(root, &back, |_, _| Vec::new())?;
    Ok(past)
}

fn carry_out(
    root: &Path,
    files: &Files,
    decision: Decision,
    what: [&str; 3],
    erased: bool,
) -> Result<Outcome> {
    let (after, faults) = trial(&files.content, &decision.edits);
    if !faults.is_empty() {
        return Ok(Outcome::AtFault(after, faults));
    }
    let Some((consultation, _)) = decision.of.first() else { return Ok(Outcome::Done(decision)) };
    let ids: Vec<String> =
        decision.of.iter().map(|(consultation, id)| format!("{consultation}/{id}")).collect();
    super::export::ignore_private(root)?;
    edits::apply(root, &decision.edits, |edits, kept| {
        if erased { Vec::new() } else { undo::note(kept, consultation, what, &ids, edits) }
    })?;
    Ok(Outcome::Done(decision))
}

/// Who decides: the name given, else git's.
fn who(root: &Path, named: Option<String>) -> Result<String> {
    let named = named.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    named.or_else(|| git::user(root)).ok_or_else(|| {
        Error::new(
            "--by",
            say!(
                "dites qui décide, avec --by « Service de la modération » : git n’a pas de nom ici (user.name)",
                "say who decides, with --by “Moderation office”: git has no name here (user.name)"
            ),
        )
    })
}
