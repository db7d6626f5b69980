//! Votes: the ballots that a page publishes are counted under the rule that it publishes, and must give what it claims:
//! in `ballots.js`, in `index.json`, in the table of results. The file of ballots is the one that was counted.

use super::address::{Target, target};
use super::{Fact, Site};
use crate::ballots::csv::{Form, read};
use crate::ballots::{hours, pool};
use crate::lang::{Bilingual, Lang};
use crate::model::choices::{Completion, MajorityBase, Provenance, Selection, Ties, Utility, VoteKind};
use crate::model::id::Id;
use crate::model::site::*;
use crate::model::vote::{ABSENT, Money};
use crate::model::when::Moment;
use crate::say;
use crate::sink::OutPath;
use crate::source::Span;
use crate::tally::{self, Method, Question, Tally, lots};
use crate::verify::report::{Code, Counts as Looked, Finding};
use crate::view::vote::claims::claims;
use jiff::tz::TimeZone;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What the page of a vote says of its result.
#[derive(Debug, Default)]
pub struct Said {
    id: String,
    counts: BTreeMap<String, (u64, bool)>,
    cast: Option<u64>,
    blank: Option<u64>,
    replaced: Option<u64>,
    quorum: Option<bool>,
    void: BTreeMap<String, u64>,
    drawn: Vec<String>,
    recounted: bool,
    ballots: Option<String>,
    script: bool,
}

impl Said {
    /// Takes it from the page's data.
    pub(super) fn read(page: &Value) -> Said {
        let words = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let option = |option: &Value| {
            (words(&option["id"]), (option["count"].as_u64().unwrap_or(u64::MAX), option["winner"] == true))
        };
        let void = |void: &Value| (words(&void["reason"]), void["count"].as_u64().unwrap_or(u64::MAX));
        Said {
            id: words(&page["id"]),
            counts: list(&page["options"]).iter().map(option).collect(),
            cast: page["cast"].as_u64(),
            blank: page["blank"].as_u64(),
            replaced: page["replaced"].as_u64(),
            quorum: page["quorum_met"].as_bool(),
            void: list(&page["void"]).iter().map(void).collect(),
            drawn: list(&page["detail"]["draw"]["drawn"]).iter().map(words).collect(),
            recounted: page["provenance"] == Provenance::Recounted.as_str(),
            ballots: page["ballots"].as_str().map(str::to_owned),
            script: page["recount"].is_string(),
        }
    }
}

/// What the published ballots give.
#[derive(Debug)]
pub struct Recount {
    kind: VoteKind,
    options: Vec<String>,
    tally: Tally,
    /// The ids of the people drawn, in order.
    drawn: Vec<String>,
    /// Claims of the script that the count contradicts: what, what it says, what the count gives.
    wrong: Vec<(String, String, String)>,
    /// Size and digest of the ballots as they were counted.
    csv: (u64, [u8; 32]),
}

fn cannot(what: &str) -> Bilingual {
    say!("« {what} » manque ou n’est pas de Greffe", "“{what}” is missing or not of Greffe")
}

/// A word of one of our closed lists.
macro_rules! word {
    ($list:ty, $value:expr, $name:literal) => {{
        let word = $value.as_str().unwrap_or_default();
        <$list>::ALL.iter().copied().find(|one| one.as_str() == word).ok_or_else(|| cannot($name))
    }};
}

impl Recount {
    /// Counts the ballots of a page's script.
    pub fn read(script: &str) -> Result<Recount, Bilingual> {
        let json = script.strip_prefix("greffeBallots(").and_then(|rest| rest.trim_end().strip_suffix(");"));
        let value: Value = serde_json::from_str(json.unwrap_or("")).map_err(|_| cannot("greffeBallots"))?;
        let csv = value["csv"].as_str().ok_or_else(|| cannot("csv"))?;
        let (vote, zone) = vote(&value["vote"])?;
        let (known, tally) = counted(&vote, &value["vote"], &zone, csv)?;
        let drawn = match (&tally.method, &known.pool) {
            (Method::Lots(draw), Some(pool)) => {
                draw.drawn.iter().filter_map(|at| Some(pool.people.get(*at)?.id.to_string())).collect()
            }
            _ => Vec::new(),
        };
        let ours: Vec<(String, String)> = claims(&vote, &known, &tally)
            .into_iter()
            .map(|claim| (named(claim.key, claim.of.as_deref()), claim.value))
            .collect();
        let theirs: Vec<(String, String)> = value["claims"]
            .as_array()
            .ok_or_else(|| cannot("claims"))?
            .iter()
            .map(|claim| {
                let words = |key: &str| claim[key].as_str().unwrap_or_default().to_owned();
                (named(&words("key"), claim["of"].as_str()), words("value"))
            })
            .collect();
        Ok(Recount {
            kind: vote.kind,
            options: vote.options.iter().map(|option| option.id.to_string()).collect(),
            drawn,
            wrong: differences(&theirs, &ours),
            csv: (csv.len() as u64, Sha256::digest(csv).into()),
            tally,
        })
    }
}

fn named(key: &str, of: Option<&str>) -> String {
    of.map_or_else(|| key.to_owned(), |of| format!("{key} {of}"))
}

/// Claims that differ, are not made, or are made of nothing.
fn differences(theirs: &[(String, String)], ours: &[(String, String)]) -> Vec<(String, String, String)> {
    let by_name = |all: &[(String, String)]| -> BTreeMap<String, String> { all.iter().cloned().collect() };
    let (theirs, ours) = (by_name(theirs), by_name(ours));
    let mut wrong = Vec::new();
    for (name, value) in &ours {
        let said = theirs.get(name).map_or("—", String::as_str);
        if said != value {
            wrong.push((name.clone(), said.to_owned(), value.clone()));
        }
    }
    let more = theirs.iter().filter(|(name, _)| !ours.contains_key(*name));
    wrong.extend(more.map(|(name, value)| (name.clone(), value.clone(), "—".to_owned())));
    wrong
}

/// The vote as the script publishes it.
fn vote(value: &Value) -> Result<(Vote, TimeZone), Bilingual> {
    let kind = word!(VoteKind, value["kind"], "kind")?;
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let id = |value: &Value| Id::new(value["id"].as_str().unwrap_or_default()).ok_or_else(|| cannot("id"));
    let title =
        |value: &Value| Words::one(Lang::french(), value["title"].as_str().unwrap_or_default().into());
    let mut options = Vec::new();
    for option in list(&value["options"]) {
        options.push(VoteOption {
            id: id(&option)?,
            title: title(&option),
            summary: None,
            cost: option["cost"].as_u64().map(Money),
            contribution: None,
            url: None,
        });
    }
    let moment = |key: &str| value[key].as_str().and_then(Moment::parse);
    let zone = value["zone"].as_str().and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC);
    let mut rule = Rule::of(kind);
    let said = &value["rule"];
    let number = |key: &str| said[key].as_u64();
    rule.base = word!(MajorityBase, said["base"], "base")?;
    rule.threshold = said["threshold"].as_f64().ok_or_else(|| cannot("threshold"))?;
    rule.quorum = said["quorum"].as_f64();
    rule.max_choices = number("max_choices").unwrap_or(u64::MAX);
    rule.min_choices = number("min_choices").unwrap_or(0);
    rule.replace = said["replace"] == true;
    rule.seats = number("seats").ok_or_else(|| cannot("seats"))?;
    (rule.max_score, rule.max_points, rule.min_points) =
        (number("max_score"), number("max_points"), number("min_points"));
    for grade in list(&said["grades"]) {
        rule.grades.push(Category { id: id(&grade)?, title: title(&grade), summary: None });
    }
    rule.ungraded = number("ungraded").unwrap_or(0) as usize;
    (rule.budget, rule.max_spend) = (number("budget").map(Money), number("max_spend").map(Money));
    rule.selection = word!(Selection, said["selection"], "selection")?;
    rule.min_support = number("min_support").unwrap_or(0);
    rule.completion = word!(Completion, said["completion"], "completion")?;
    rule.utility = word!(Utility, said["utility"], "utility")?;
    for signatures in list(&said["steps"]) {
        let signatures = signatures.as_u64().ok_or_else(|| cannot("steps"))?;
        rule.steps.push(Step { signatures, title: Words::one(Lang::french(), "".into()) });
    }
    rule.ties = word!(Ties, said["ties"], "ties")?;
    rule.seed = said["seed"].as_str().map(Into::into);
    for quota in list(&said["quotas"]) {
        let words = |key: &str| quota[key].as_str().unwrap_or_default().into();
        rule.quotas.push(Quota {
            category: words("category"),
            value: words("value"),
            min: quota["min"].as_u64().unwrap_or(0),
            max: quota["max"].as_u64().unwrap_or(u64::MAX),
        });
    }
    let vote = Vote {
        place: Span::nowhere(),
        id: Id::new("vote").ok_or_else(|| cannot("id"))?,
        title: Words::one(Lang::french(), "".into()),
        kind,
        question: None,
        summary: None,
        about: About::default(),
        amendment: None,
        contribution: None,
        date: None,
        opens: moment("opens"),
        closes: moment("closes"),
        rule,
        options,
        registered: value["registered"].as_u64(),
        currency: None,
        result: VoteResult::Known(Box::default()),
        url: None,
    };
    Ok((vote, zone))
}

/// Counts.
fn counted(
    vote: &Vote,
    value: &Value,
    zone: &TimeZone,
    csv: &str,
) -> Result<(KnownResult, Tally), Bilingual> {
    let path = OutPath::new("ballots.csv").ok_or_else(|| cannot("csv"))?;
    let mut known = KnownResult::default();
    if vote.kind == VoteKind::Lots {
        let categories = vote.rule.quotas.iter().map(|quota| &*quota.category).collect();
        let (categories, people) = pool::read(csv, &categories).map_err(|fault| fault.text)?;
        let seed = vote.rule.seed.as_deref().unwrap_or("");
        let draw = lots::draw(&people, &categories, &vote.rule.quotas, vote.rule.seats, seed)
            .map_err(|_| say!("aucun panel ne satisfait les quotas", "no panel meets the quotas"))?;
        let mut tally = Tally::empty(0, Provenance::Recounted);
        tally.method = Method::Lots(draw);
        known.pool = Some(Pool { path, categories, people });
        return Ok((known, tally));
    }
    let groups: Vec<&str> = value["groups"]
        .as_array()
        .map(|all| all.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let form = Form {
        kind: vote.kind,
        options: vote.options.iter().map(|option| option.id.as_str()).collect(),
        grades: vote.rule.grades.iter().map(|grade| grade.id.as_str()).collect(),
        groups: groups.clone(),
    };
    let mut read = read(csv, &form).map_err(|fault| fault.text)?;
    hours::mark(vote.opens, vote.closes, zone, &mut read.ballots);
    let question =
        Question { kind: vote.kind, rule: &vote.rule, options: &vote.options, registered: vote.registered };
    let tally = tally::count(question, &read.ballots);
    for (at, group) in groups.iter().enumerate() {
        let of = |option: u32| {
            let mine = read.ballots.iter().filter(|ballot| ballot.group.map(usize::from) == Some(at));
            let marked = mine.filter(|ballot| ballot.marks.first().is_some_and(|mark| mark.option == option));
            marked.map(|ballot| ballot.count).sum::<u64>()
        };
        known.groups.push(Group {
            id: Id::new(group).ok_or_else(|| cannot("groups"))?,
            name: (*group).into(),
            members: None,
            r#for: of(0),
            against: of(1),
            abstention: of(2),
            absent: Some(of(ABSENT)),
        });
    }
    known.ballots = Some(Ballots { path, ballots: read.ballots, channels: read.channels, names: read.names });
    Ok((known, tally))
}

/// Compares each published vote with the count of its ballots.
pub(super) fn votes(site: &Site<'_>, looked: &mut Looked) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, fact) in &site.facts {
        let Fact::Data(data) = fact else { continue };
        let Some(said) = &data.vote else { continue };
        let folder = path.strip_suffix("index.json").unwrap_or("");
        let ballots = format!("{folder}ballots.js");
        found.extend(table(site, path, said));
        match site.facts.get(ballots.as_str()) {
            Some(Fact::Ballots(recount)) => {
                looked.votes += 1;
                found.extend(one(site, path, folder, said, recount));
            }
            Some(_) => {}
            None if said.script || said.recounted && said.ballots.is_some() => {
                let seen = say!(
                    "les bulletins recomptés (ballots.js) n’y sont pas",
                    "the ballots that were counted (ballots.js) are not there"
                );
                found.push(Finding::error(Code::Votes, site.full(path), seen));
            }
            None => {}
        }
    }
    found
}

fn one(site: &Site<'_>, path: &str, folder: &str, said: &Said, recount: &Recount) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut differ = |file: String, what: &str, says: &str, counted: &str| {
        let seen = say!("« {what} » : la page dit {says}", "“{what}”: the page says {says}");
        let counted = say!("{counted}, que donnent les bulletins", "{counted}, which the ballots give");
        found.push(Finding::error(Code::Votes, file, seen).expected(counted));
    };
    for (what, says, counted) in &recount.wrong {
        differ(site.full(&format!("{folder}ballots.js")), what, says, counted);
    }
    let tally = &recount.tally;
    let page = site.full(path);
    let number = |value: Option<u64>| value.map_or("—".to_owned(), |value| value.to_string());
    for (at, option) in recount.options.iter().enumerate() {
        let counted = (tally.counts.get(at).copied().unwrap_or(0), tally.winners.contains(&at));
        let says = said.counts.get(option);
        if says.map(|says| says.0) != Some(counted.0) {
            differ(page.clone(), option, &number(says.map(|says| says.0)), &counted.0.to_string());
        }
        if says.is_some_and(|says| says.1 != counted.1) {
            differ(
                page.clone(),
                &format!("winner {option}"),
                &(!counted.1).to_string(),
                &counted.1.to_string(),
            );
        }
    }
    if recount.kind == VoteKind::Lots {
        if said.drawn != recount.drawn {
            differ(page.clone(), "drawn", &said.drawn.join(", "), &recount.drawn.join(", "));
        }
    } else {
        let void: BTreeMap<String, u64> =
            tally.void.iter().map(|(why, n)| (why.as_str().to_owned(), *n)).collect();
        for (what, says, counted) in [
            ("cast", said.cast, tally.cast),
            ("blank", said.blank, tally.blank),
            ("replaced", said.replaced, Some(tally.replaced)),
        ] {
            if says != counted {
                differ(page.clone(), what, &number(says), &number(counted));
            }
        }
        if said.void != void {
            differ(page.clone(), "void", &format!("{:?}", said.void), &format!("{void:?}"));
        }
        if said.quorum != tally.quorum_met {
            differ(page.clone(), "quorum", &format!("{:?}", said.quorum), &format!("{:?}", tally.quorum_met));
        }
    }
    // The file that readers download is the one that was counted.
    if let Some(address) = &said.ballots {
        let own = format!("{folder}index.html");
        let same = match target(&own, address) {
            Target::Inside(file, _) => {
                site.digests(&file).is_some_and(|digests| digests.are(recount.csv.0, &recount.csv.1))
            }
            Target::FromRoot(..)
            | Target::Outside
            | Target::Elsewhere(_)
            | Target::Program
            | Target::Inline => false,
        };
        if !same {
            let seen = say!(
                "le fichier des bulletins ({address}) n’est pas celui qui est compté sur la page",
                "the file of ballots ({address}) is not the one counted on the page"
            );
            found.push(Finding::error(Code::Votes, page, seen));
        }
    }
    found
}

/// The table of results against the page.
fn table(site: &Site<'_>, path: &str, said: &Said) -> Vec<Finding> {
    let Some((consultation, _)) = path.split_once("/votes/") else { return Vec::new() };
    let file = format!("{consultation}/data/results.csv");
    let Some(Fact::Table(table)) = site.facts.get(file.as_str()) else { return Vec::new() };
    let mut found = Vec::new();
    for (option, (count, _)) in &said.counts {
        let count = count.to_string();
        let of_table = table.result(&said.id, option).unwrap_or("—");
        if of_table != count {
            let id = &said.id;
            let seen = say!(
                "vote « {id} », « {option} » : la table dit {of_table}",
                "vote “{id}”, “{option}”: the table says {of_table}"
            );
            let wanted = say!("{count}, que dit la page du vote", "{count}, which the page of the vote says");
            found.push(Finding::error(Code::Votes, site.full(&file), seen).expected(wanted));
        }
    }
    found
}
