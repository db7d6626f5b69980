//! `polis`: the export of a Polis conversation (`summary.csv`, `comments.csv`, `votes.csv`) → a consultation: each statement
//! is a contribution, withheld or pending as its moderation says, with a vote of kind `reactions` whose ballots are the rows
//! of the export. `read` understands the files, this one writes the content. Opinion groups are not kept: they are computed,
//! not said by anybody.

mod read;
#[cfg(test)]
mod tests;

use super::content::{Fields, Folder, count, counted};
use super::html;
use super::pseudonym::Pseudonyms;
use super::report::{Fate, Report, Row};
use super::{Imported, Importer, Input, Options};
use crate::lang::{Bilingual, Lang};
use crate::model::when::Date;
use crate::say;
use crate::yaml::write::{Out, list_document};
use read::{Export, Moderated, Rating, Statement};
use std::collections::BTreeMap;

/// The importer.
#[derive(Debug, Clone, Default)]
pub struct Polis {
    /// The language in which people wrote: the export does not say it.
    pub language: Option<Lang>,
}

/// Files that are read. The others of an export are computed from them.
pub const FILES: [&str; 3] = ["summary.csv", "comments.csv", "votes.csv"];

/// Id of the reason of everything withheld: the export gives none.
const UNSTATED: &str = "unstated";

impl Importer for Polis {
    type Source = Input;
    type Options = Options;

    fn name(&self) -> &'static str {
        "polis"
    }

    fn convert(&self, input: &Input, options: &Options) -> Imported {
        let mut report = Report::new(self.name());
        let export = read::read(input, &mut report);
        let mut folder = Folder::new(&options.slug);
        if !export.statements.is_empty() {
            Conversation::new(&export, options).write(self.language.as_ref(), &mut folder, &mut report);
        }
        Imported { files: folder.files, report }
    }
}

/// What is written, with what every part of it needs.
struct Conversation<'e> {
    export: &'e Export,
    options: &'e Options,
    people: Pseudonyms,
}

/// The names of three answers.
const ANSWERS: [(&str, &str); 3] = [("for", "D’accord"), ("mixed", "Passe"), ("against", "Pas d’accord")];

impl<'e> Conversation<'e> {
    /// Who wrote and who voted are different pseudonyms: a page need not say how the author of a statement votes.
    fn new(export: &'e Export, options: &'e Options) -> Self {
        let authors = export.statements.iter().map(|s| author(&s.author));
        let voters = export.votes.values().flatten().map(|vote| voter(&vote.voter));
        let accounts: std::collections::BTreeSet<String> = authors.chain(voters).collect();
        let people = Pseudonyms::new(&options.key, accounts.iter().map(String::as_str));
        Conversation { export, options, people }
    }

    fn write(&self, language: Option<&Lang>, folder: &mut Folder, report: &mut Report) {
        report.read("statement", self.export.statements.len());
        let mut items = Vec::new();
        for statement in &self.export.statements {
            let number = &statement.number;
            items.push(self.statement(statement).item());
            let id = format!("vote-{number}");
            folder.put(&format!("votes/{id}.yaml"), self.vote(statement).yaml());
            folder.put(&format!("votes/{id}.csv"), self.ballots(statement));
            let (fate, reason) = match statement.moderated {
                Moderated::Shown => (Fate::Kept, None),
                Moderated::Undecided => (
                    Fate::Changed,
                    Some(say!("pas encore modéré : hors des pages", "not moderated yet: on no page")),
                ),
                Moderated::Hidden => (
                    Fate::Changed,
                    Some(say!(
                        "écarté par la modération : mots remplacés par leur empreinte",
                        "withheld by moderation: words replaced by their digest"
                    )),
                ),
            };
            report.settle(Row {
                kind: "statement",
                file: "comments.csv".into(),
                row: number.clone(),
                fate,
                reason,
                id: Some(format!("s{number}").into()),
            });
        }
        folder.put("contributions/statements.yaml", list_document(&items));
        self.consultation(language, folder);
        report.remarks.extend([
            say!(
                "Personne n’est nommé : l’auteur d’un énoncé et le votant ont des pseudonymes différents, et un vote n’a que son jour.",
                "Nobody is named: the author of a statement and the voter have different pseudonyms, and a vote has its day only."
            ),
            say!(
                "Les groupes d’opinion de l’export sont calculés : ils ne sont pas repris.",
                "The opinion groups of the export are computed: they are not kept."
            ),
        ]);
    }

    fn statement(&self, statement: &Statement) -> Fields {
        let number = &statement.number;
        let pseudonym = self.people.get(&author(&statement.author)).unwrap_or_default();
        let imported = Fields::new().text("source", "comments.csv").text("id", &**number);
        let fields = Fields::new()
            .text("id", format!("s{number}"))
            .text("kind", "proposal")
            .text(
                "title",
                if statement.moderated == Moderated::Hidden {
                    String::new()
                } else {
                    format!("Énoncé {number}")
                },
            )
            .map("author", Fields::new().text("pseudonym", pseudonym))
            .text("date", statement.written.clone().unwrap_or_default());
        let (body, _) = html::plain(statement.words.trim());
        match statement.moderated {
            Moderated::Shown => fields.map("imported", imported).block("body", body),
            Moderated::Undecided => {
                let state = Fields::new().text("state", "pending");
                fields.map("moderation", state).map("imported", imported).block("body", body)
            }
            Moderated::Hidden => {
                // Under the key: a word or two could be guessed from a digest that anybody can make.
                let state = Fields::new()
                    .text("state", "withheld")
                    .text("reason", UNSTATED)
                    .text("digest", self.options.key.digest(&statement.words));
                fields.map("moderation", state).map("imported", imported)
            }
        }
    }

    /// The vote on a statement. What Polis publishes counts every row; the rule keeps each voter's last.
    fn vote(&self, statement: &Statement) -> Fields {
        let number = &statement.number;
        let shown = statement.moderated == Moderated::Shown;
        let options = ANSWERS.map(|(id, title)| Fields::new().text("id", id).text("title", title).item());
        let totals = Fields::new().plain("for", statement.agrees).plain("against", statement.disagrees);
        // A pending statement is in no list of contributions.
        let about =
            if statement.moderated == Moderated::Undecided { String::new() } else { format!("s{number}") };
        let fields = Fields::new()
            .text("title", format!("Énoncé {number}"))
            .text("kind", "reactions")
            .text("question", if shown { statement.words.trim() } else { "" })
            .text("contribution", about)
            .map("rule", Fields::new().plain("replace", true))
            .list("options", options.into())
            .map("totals", totals)
            .text("ballots", format!("vote-{number}.csv"));
        match self.difference(statement) {
            Some(reason) => {
                let date = self.options.first_import.to_string();
                fields.map("acknowledged", Fields::new().text("reason", reason).text("date", date))
            }
            None => fields,
        }
    }

    /// Why the published counts are not those of the rule, with both.
    fn difference(&self, statement: &Statement) -> Option<String> {
        let rows = self.export.votes.get(&statement.number).map_or(&[][..], |rows| rows);
        let last: BTreeMap<&str, Rating> = rows.iter().map(|vote| (&*vote.voter, vote.rating)).collect();
        let of = |wanted: Rating| last.values().filter(|rating| **rating == wanted).count() as u64;
        let (r#for, against) = (of(Rating::Agree), of(Rating::Disagree));
        if (r#for, against) == (statement.agrees, statement.disagrees) {
            return None;
        }
        let raw = |wanted: Rating| rows.iter().filter(|vote| vote.rating == wanted).count() as u64;
        let every = (raw(Rating::Agree), raw(Rating::Disagree)) == (statement.agrees, statement.disagrees);
        let again = counted((rows.len() - last.len()) as u64, "vote", "votes");
        let (said, found) = (
            format!("{} d’accord et {} pas d’accord", count(statement.agrees), count(statement.disagrees)),
            format!("{} d’accord et {} pas d’accord", count(r#for), count(against)),
        );
        Some(match every {
            true => format!(
                "Polis publie {said} : chaque vote y est compté, dont {again} de personnes qui avaient déjà voté. En ne gardant que le dernier vote de chaque personne, on compte {found}."
            ),
            false => format!(
                "Polis publie {said} ; ses votes, en ne gardant que le dernier de chaque personne, donnent {found}. L’export n’explique pas cet écart."
            ),
        })
    }

    /// In the order of pseudonyms, and of time for each.
    fn ballots(&self, statement: &Statement) -> String {
        let rows = self.export.votes.get(&statement.number).map_or(&[][..], |rows| rows);
        let own = |vote: &read::Vote| self.people.digits(&voter(&vote.voter)).unwrap_or_default();
        let mut rows: Vec<(&str, &read::Vote)> = rows.iter().map(|vote| (own(vote), vote)).collect();
        rows.sort_by_key(|(voter, _)| *voter);
        let mut out = String::from("voter,choice,cast\n");
        for (voter, vote) in rows {
            let choice = match vote.rating {
                Rating::Agree => "for",
                Rating::Pass => "mixed",
                Rating::Disagree => "against",
            };
            out.push_str(&format!("{voter},{choice},{}\n", date(vote.date)));
        }
        out
    }

    fn consultation(&self, language: Option<&Lang>, folder: &mut Folder) {
        let export = self.export;
        let said = |key: &str| export.summary.get(key).map(|words| words.trim()).unwrap_or_default();
        let given = self.options.title.as_deref().unwrap_or_else(|| said("topic"));
        let title =
            if given.is_empty() { self.options.slug.as_str().replace('-', " ") } else { given.to_owned() };
        let statements = counted(export.statements.len() as u64, "énoncé", "énoncés");
        let rows = export.votes.values().map(|rows| rows.len() as u64).sum();
        let votes = counted(rows, "vote", "votes");
        let about = said("conversation-description");
        let gap = if about.is_empty() { "" } else { " " };
        let written = export.statements.iter().filter_map(|s| s.date);
        let voted = export.votes.values().flatten().filter_map(|vote| vote.date);
        let days: std::collections::BTreeSet<Date> = written.chain(voted).collect();
        let phase = Fields::new()
            .text("kind", "contribution")
            .text("title", "Énoncés et votes")
            .text("start", date(days.first().copied()))
            .text("end", date(days.last().copied()));
        let reason = Fields::new().text("id", UNSTATED).text("title", "Motif non indiqué par l’export").text(
            "summary",
            "La modération de la conversation avait écarté cet énoncé ; l’export ne dit ni pourquoi, ni quand, ni qui l’a décidé.",
        );
        let hidden = export.statements.iter().any(|s| s.moderated == Moderated::Hidden);
        let reasons = if hidden { vec![reason.item()] } else { Vec::new() };
        let missing = self.missing().into_iter().map(Out::text).collect();
        let url = Some(said("url")).filter(|url| url.starts_with("http")).unwrap_or_default();
        let fields = Fields::new()
            .text("title", title)
            .text("summary", format!("{about}{gap}{statements} et {votes}, repris d’une conversation Polis."))
            .map("organiser", Fields::new().text("name", "Non indiqué par l’export"))
            .text("language", language.map_or("", Lang::as_str))
            .list("phases", if days.is_empty() { Vec::new() } else { vec![phase.item()] })
            .text("authors", "pseudonym")
            .map("moderation", Fields::new().list("reasons", reasons))
            .text("timezone", "UTC")
            .list("known_missing", missing)
            .map("origin", Fields::new().text("platform", "Polis").text("url", url));
        folder.put("consultation.yaml", fields.yaml());
    }

    fn missing(&self) -> Vec<String> {
        let of =
            |state: Moderated| self.export.statements.iter().filter(|s| s.moderated == state).count() as u64;
        let mut missing = vec!["Qui tenait la conversation : l’export ne le dit pas.".to_owned()];
        let hidden = of(Moderated::Hidden);
        if hidden > 0 {
            missing.push(format!(
                "Les mots de {}, et pourquoi ils ont été écartés.",
                counted(hidden, "énoncé", "énoncés")
            ));
        }
        let undecided = of(Moderated::Undecided);
        if undecided > 0 {
            missing.push(format!("{} sans décision de modération.", counted(undecided, "énoncé", "énoncés")));
        }
        missing
    }
}

fn author(account: &str) -> String {
    format!("author/{account}")
}

fn voter(account: &str) -> String {
    format!("voter/{account}")
}

fn date(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

/// A row that is skipped.
fn skipped(kind: &'static str, file: &str, row: String, reason: Bilingual) -> Row {
    Row { kind, file: file.into(), row: row.into(), fate: Fate::Skipped, reason: Some(reason), id: None }
}
