//! Votes: what is recounted, summed or only declared says so, and the page's number is its data's.

use crate::{Files, SITE, WATER, build, text};
use serde_json::Value;

fn vote(record: &str, ballots: &str) -> Value {
    let files: Files =
        build(&[SITE, WATER, ("content/eau/votes/v.yaml", record), ("content/eau/votes/b.csv", ballots)]);
    serde_json::from_str(text(&files, "eau/votes/v/index.json")).unwrap()
}

const OPTIONS: &str = "options: [{id: oui, title: Oui}, {id: non, title: Non}]";

fn counts(vote: &Value) -> Vec<u64> {
    vote["options"].as_array().unwrap().iter().map(|o| o["count"].as_u64().unwrap()).collect()
}

#[test]
fn ballots_are_counted_under_the_rule() {
    let record = format!("title: T\nkind: poll\nballots: b.csv\nregistered: 10\n{OPTIONS}\n");
    let ballots = "voter,choice\na,oui\nb,non\nc,oui\nc,non\nd,\ne,peut-etre\nf,oui|non\n";
    let vote = vote(&record, ballots);
    assert_eq!(counts(&vote), [2, 1]);
    assert_eq!((vote["cast"].as_u64(), vote["blank"].as_u64()), (Some(7), Some(1)));
    let void: Vec<&str> =
        vote["void"].as_array().unwrap().iter().map(|v| v["reason"].as_str().unwrap()).collect();
    assert_eq!(void, ["unknown-option", "too-many-choices", "second-ballot"]);
    assert_eq!((vote["provenance"].as_str(), vote["winners"][0].as_str()), (Some("recounted"), Some("Oui")));
}

#[test]
fn a_later_ballot_replaces_an_earlier_one_where_the_rule_says_so() {
    let record = format!("title: T\nkind: poll\nballots: b.csv\nrule: {{replace: true}}\n{OPTIONS}\n");
    let vote = vote(&record, "voter,choice\na,oui\na,non\n");
    assert_eq!(counts(&vote), [0, 1]);
    assert_eq!((vote["cast"].as_u64(), vote["replaced"].as_u64()), (Some(1), Some(1)));
}

#[test]
fn declared_totals_say_that_they_are() {
    let record = format!("title: T\nkind: poll\n{OPTIONS}\ntotals: {{oui: 5, non: 2}}\n");
    let vote = vote(&record, "voter,choice\n");
    assert_eq!((counts(&vote), vote["provenance"].as_str()), (vec![5, 2], Some("declared")));
}

#[test]
fn an_acknowledged_difference_is_shown_with_both_counts() {
    let record = format!(
        "title: T\nkind: poll\nballots: b.csv\n{OPTIONS}\ntotals: {{oui: 3, non: 0}}\n\
         acknowledged: {{reason: Deux bulletins perdus, date: 2026-01-01}}\n"
    );
    let vote = vote(&record, "voter,choice\na,oui\n");
    assert_eq!(counts(&vote), [1, 0]);
    assert_eq!(vote["options"][0]["declared"], 3);
    assert_eq!(vote["acknowledged"]["reason"], "Deux bulletins perdus");
}

#[test]
fn a_roll_call_is_the_sum_of_its_groups() {
    let record = "title: T\nkind: roll-call\ngroups:\n\
                  - {id: a, name: A, for: 10, against: 2, abstention: 1}\n\
                  - {id: b, name: B, for: 1, against: 11, abstention: 30}\n";
    let vote = vote(record, "voter,choice\n");
    assert_eq!(counts(&vote), [11, 13, 31]);
    assert_eq!((vote["provenance"].as_str(), vote["winners"][0].as_str()), (Some("summed"), Some("Contre")));
    assert_eq!(
        vote["options"][0]["share"].as_f64(),
        Some(45.8),
        "of the votes expressed, abstentions left out"
    );
}

#[test]
fn only_the_columns_of_a_ballot_are_published() {
    let record = format!("title: T\nkind: poll\nballots: b.csv\n{OPTIONS}\n");
    let ballots = "voter,email,choice\n=cmd,dupont@example.org,oui\nv2,x@example.org,rien\n";
    let files: Files =
        build(&[SITE, WATER, ("content/eau/votes/v.yaml", &record), ("content/eau/votes/b.csv", ballots)]);
    assert_eq!(text(&files, "eau/votes/b.csv"), "voter,choice\r\n'=cmd,oui\r\nv2,?\r\n");
    assert!(crate::holding(&files, "dupont@example.org").is_empty());
}
