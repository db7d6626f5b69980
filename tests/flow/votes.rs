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

#[test]
fn bundles_of_paper_weights_and_channels_are_counted_beside_each_other() {
    let record = format!("title: T\nkind: poll\nballots: b.csv\n{OPTIONS}\n");
    let ballots =
        "voter,channel,count,weight,choice\n,paper,40,1,oui\n,paper,25,1,non\na,online,,3,non\n,paper,5,,\n";
    let vote = vote(&record, ballots);
    assert_eq!(counts(&vote), [40, 28]);
    assert_eq!((vote["cast"].as_u64(), vote["blank"].as_u64()), (Some(71), Some(5)));
}

#[test]
fn a_voter_has_one_ballot() {
    let problems = crate::problems(&[
        SITE,
        WATER,
        ("content/eau/votes/v.yaml", &format!("title: T\nkind: poll\nballots: b.csv\n{OPTIONS}\n")),
        ("content/eau/votes/b.csv", "voter,count,choice\na,2,oui\n"),
    ]);
    assert!(problems.iter().any(|p| p.contains("G026") && p.contains("b.csv:2")), "{problems:?}");
}

#[test]
fn ballots_outside_the_hours_are_void_and_replace_nothing() {
    let record = format!(
        "title: T\nkind: poll\nballots: b.csv\nopens: 2026-01-05T08:00\ncloses: 2026-01-07\n\
         rule: {{replace: true}}\n{OPTIONS}\n"
    );
    let ballots = "voter,cast,choice\na,2026-01-05T07:59,oui\nb,2026-01-05T08:00,oui\nb,2026-01-08,non\n\
                   c,2026-01-07T23:59,non\nd,2026-01-05,oui\n";
    let vote = vote(&record, ballots);
    assert_eq!(counts(&vote), [2, 1]);
    assert_eq!((&vote["void"][0]["reason"], &vote["void"][0]["count"]), (&"outside-hours".into(), &2.into()));
}

#[test]
fn declared_numbers_that_contradict_the_ballots_are_told_until_acknowledged() {
    let record = "title: T\nkind: roll-call\nballots: b.csv\ncast: 4\ngroups:\n\
                  - {id: g, name: G, for: 1, against: 1}\n";
    let ballots = "voter,group,choice\na,g,for\nb,g,for\nc,g,absent\n";
    let of = |record: &str| {
        let files = [SITE, WATER, ("content/eau/votes/v.yaml", record), ("content/eau/votes/b.csv", ballots)];
        crate::problems(&files)
    };
    let found = of(record);
    assert_eq!(found.iter().filter(|p| p.contains("G025")).count(), 3, "cast, for, against: {found:?}");
    assert_eq!(
        of(&format!("{record}acknowledged: {{reason: Erreur du relevé, date: 2026-01-01}}\n")),
        [""; 0]
    );
}

#[test]
fn declared_totals_that_cannot_be_are_told() {
    let record = format!("title: T\nkind: poll\n{OPTIONS}\ntotals: {{oui: 5, non: 2}}\ncast: 6\n");
    let found = crate::problems(&[SITE, WATER, ("content/eau/votes/v.yaml", &record)]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("G025"), "{found:?}");
}

#[test]
fn a_vote_stands_on_the_page_of_the_contribution_it_is_about() {
    let record = format!("title: T\nkind: poll\ncontribution: c1\n{OPTIONS}\ntotals: {{oui: 5, non: 2}}\n");
    let files: Files = build(&[
        SITE,
        WATER,
        ("content/eau/contributions/c1.md", "---\nkind: proposal\ntitle: Un puits\n---\nCreuser.\n"),
        ("content/eau/votes/v.yaml", &record),
    ]);
    let page: Value = serde_json::from_str(text(&files, "eau/contributions/c1/index.json")).unwrap();
    assert_eq!(page["votes_on"][0]["options"][0]["count"], 5);
}

#[test]
fn ranks_that_leave_places_out_prefer_the_same() {
    let record = "title: T\nkind: schulze\nballots: b.csv\noptions: [{id: a, title: A}, {id: b, title: B}]\n";
    let vote = vote(record, "voter,a,b\nv1,2,5\nv2,3,1\nv3,7,9\n");
    assert_eq!((counts(&vote), vote["winners"][0].as_str()), (vec![2, 1], Some("A")));
}

#[test]
fn a_roll_call_says_who_voted_how() {
    let record = "title: T\nkind: roll-call\nballots: b.csv\ngroups:\n  - {id: g, name: Les Prés, for: 1, against: 1}\n";
    let ballots = "voter,name,group,choice\na,Mme A,g,for\nb,M. B,g,against\nc,M. C,,absent\n";
    let vote = vote(record, ballots);
    assert_eq!(vote["members"][0]["group"], "Les Prés");
    assert_eq!(vote["members"][0]["against"][0], "M. B");
    assert_eq!(
        (&vote["members"][1]["group"], &vote["members"][1]["absent"][0]),
        (&Value::Null, &"M. C".into())
    );
}

#[test]
fn of_a_pool_only_what_the_quotas_ask_for_is_published() {
    let record = "title: T\nkind: lots\npool: b.csv\nrule: {seats: 2, seed: '7 21', quotas: [{category: age, value: '18-34', min: 1}]}\n";
    let pool = "id,name,age,email\nv1,Dupont,18-34,dupont@example.org\nv2,Durand,35-54,durand@example.org\nv3,Duval,35-54,d@example.org\n";
    let files: Files =
        build(&[SITE, WATER, ("content/eau/votes/v.yaml", record), ("content/eau/votes/b.csv", pool)]);
    assert_eq!(text(&files, "eau/votes/b.csv"), "id,age\r\nv1,18-34\r\nv2,35-54\r\nv3,35-54\r\n");
    for word in ["Dupont", "example.org"] {
        assert!(crate::holding(&files, word).is_empty(), "{word}");
    }
    let page: Value = serde_json::from_str(text(&files, "eau/votes/v/index.json")).unwrap();
    let drawn = page["detail"]["draw"]["drawn"].as_array().unwrap();
    assert!(drawn.len() == 2 && drawn.contains(&"v1".into()), "{drawn:?}");
}

#[test]
fn a_panel_that_cannot_be_drawn_is_told() {
    let record = "title: T\nkind: lots\npool: b.csv\nrule: {seats: 2, seed: x, quotas: [{category: age, value: '70+', min: 1}]}\n";
    let found = crate::problems(&[
        SITE,
        WATER,
        ("content/eau/votes/v.yaml", record),
        ("content/eau/votes/b.csv", "id,age\nv1,18-34\nv2,35-54\n"),
    ]);
    assert!(found.len() == 1 && found[0].contains("G026") && found[0].contains("70+"), "{found:?}");
}

#[test]
fn a_budget_of_which_only_totals_are_known_is_not_counted() {
    let record = "title: T\nkind: budget\noptions: [{id: a, title: A, cost: 10}, {id: b, title: B}]\n\
        totals: {a: 5, b: 9}\nwinners: [a]\nballots_missing: Perdus\n";
    let vote = vote(record, "voter,choice\n");
    assert_eq!((counts(&vote), vote["provenance"].as_str()), (vec![5, 9], Some("declared")));
    assert_eq!(vote["winners"], serde_json::json!(["A"]));
    assert_eq!((&vote["detail"]["budget"], &vote["rule"]["selection"]), (&Value::Null, &Value::Null));
}
