//! The ballots that a page publishes in `ballots.js`, counted under the rule that stands beside them. What is published
//! there was written for a script in a browser, which knows nothing of this program; it is read here as strictly.

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
use crate::view::vote::claims::claims;
use jiff::tz::TimeZone;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What the published ballots give.
#[derive(Debug)]
pub struct Recount {
    pub(super) kind: VoteKind,
    /// The ids of the options.
    pub(super) options: Vec<String>,
    pub(super) tally: Tally,
    /// The ids of the people drawn, in order.
    pub(super) drawn: Vec<String>,
    /// Claims of the script that the count contradicts: what, what it says, what the count gives.
    pub(super) wrong: Vec<(String, String, String)>,
    /// Size and digest of the ballots as they were counted.
    pub(super) csv: (u64, [u8; 32]),
}

/// Most options that are counted, and most where each is compared with each: what comes from a stranger may be made to
/// last for ever.
const OPTIONS: usize = 100_000;
const PAIRED: usize = 1_000;
/// Most votes in all.
const VOTES: u128 = 1 << 40;

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
    if options.len() > if kind == VoteKind::Schulze { PAIRED } else { OPTIONS } {
        return Err(say!(
            "il y a plus de choix qu’il n’en sera compté",
            "there are more options than will be counted"
        ));
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
    let votes = read.ballots.iter().map(|ballot| u128::from(ballot.count) * u128::from(ballot.weight).max(1));
    if votes.fold(0u128, u128::saturating_add) > VOTES {
        return Err(say!(
            "il y a plus de voix que d’êtres humains",
            "there are more votes than human beings"
        ));
    }
    hours::mark(vote.opens, vote.closes, zone, &mut read.ballots);
    let question =
        Question { kind: vote.kind, rule: &vote.rule, options: &vote.options, registered: vote.registered };
    let tally = tally::count(question, &read.ballots);
    for (at, group) in groups.iter().enumerate() {
        let of = |option: u32| {
            let mine = read.ballots.iter().filter(|ballot| ballot.group.map(usize::from) == Some(at));
            let marked = mine.filter(|ballot| ballot.marks.first().is_some_and(|mark| mark.option == option));
            marked.fold(0u64, |sum, ballot| sum.saturating_add(ballot.count))
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn published(kind: &str, csv: &str) -> Value {
        json!({
            "vote": {
                "kind": kind, "options": [{"id": "a", "title": "A", "cost": 100}, {"id": "b", "title": "B", "cost": 50}],
                "groups": ["g"], "registered": 9, "opens": null, "closes": null, "zone": "Europe/Paris",
                "rule": {
                    "base": "expressed", "threshold": 50.0, "quorum": null, "max_choices": null, "min_choices": 0,
                    "replace": false, "seats": 1, "max_score": 5, "max_points": null, "min_points": null,
                    "grades": [{"id": "low", "title": "Low"}, {"id": "high", "title": "High"}], "ungraded": 0,
                    "budget": 120, "max_spend": null, "selection": "equal-shares", "min_support": 0,
                    "completion": "add1", "utility": "cost", "steps": [3], "ties": "shared", "seed": "x",
                    "quotas": [{"category": "sex", "value": "f", "min": 0, "max": null}]
                }
            },
            "claims": [], "csv": csv
        })
    }

    fn read(value: &Value) -> Result<Recount, Bilingual> {
        Recount::read(&format!("greffeBallots({value});\n"))
    }

    #[test]
    fn ballots_are_counted_under_the_published_rule() {
        let recount = read(&published("approval", "voter,choice\r\n1,a\r\n2,a|b\r\n3,\r\n")).unwrap();
        assert_eq!((&*recount.tally.counts, recount.tally.cast), (&[2, 1][..], Some(3)));
        assert!(
            recount
                .wrong
                .iter()
                .any(|(what, says, count)| (&**what, &**says, &**count) == ("count a", "—", "2"))
        );
        assert!(read(&json!({})).is_err() && Recount::read("alert(1)").is_err());
    }

    fn number() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Null),
            Just(json!(0)),
            Just(json!(u64::MAX)),
            Just(json!(-1.5)),
            Just(json!("x")),
            any::<u64>().prop_map(|n| json!(n)),
            Just(json!([])),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

        /// A script that a stranger wrote is counted or refused; it stops nothing.
        #[test]
        fn no_rule_and_no_ballot_panics(
            kind in prop::sample::select(VoteKind::ALL),
            at in prop::sample::select(&["threshold", "quorum", "max_choices", "min_choices", "seats", "max_score", "max_points", "ungraded", "budget", "max_spend", "min_support", "grades", "steps", "quotas"][..]),
            value in number(),
            count in any::<u64>(),
            choice in "[ab?=|>0-9]{0,8}",
        ) {
            let csv = match kind {
                VoteKind::Lots => "id,sex\n1,f\n2,m\n".to_owned(),
                _ => format!("voter,count,weight,choice\n,{count},{count},{choice}\n,{count},1,a\n,1,1,b\n,1,1,{choice}\n"),
            };
            let mut published = published(kind.as_str(), &csv);
            published["vote"]["rule"][at] = value;
            let _ = read(&published);
        }
    }
}
