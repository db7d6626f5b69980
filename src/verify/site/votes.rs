//! Votes: the ballots that a page publishes are counted under the rule that it publishes, and must give what it claims:
//! in `ballots.js`, in `index.json`, in the table of results. The file of ballots is the one that was counted.

use super::address::{Target, target};
use super::recount::Recount;
use super::{Fact, Site};
use crate::model::choices::{Provenance, VoteKind};
use crate::say;
use crate::verify::report::{Code, Counts as Looked, Finding};
use serde_json::Value;
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
