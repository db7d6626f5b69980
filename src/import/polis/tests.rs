//! A conversation of two statements, one of them withheld, in which somebody voted again.

use super::*;
use crate::import::InputFile;
use crate::import::pseudonym::Key;
use crate::model::id::Id;

fn imported(comments: &str, votes: &str) -> (BTreeMap<String, String>, Report) {
    let file = |path: &str, text: &str| InputFile {
        path: path.into(),
        sha256: "".into(),
        contents: Ok(text.as_bytes().to_vec()),
    };
    let summary = file("summary.csv", "topic,Wages\nurl,https://pol.is/x\n");
    let files = vec![file("comments.csv", comments), summary, file("votes.csv", votes)];
    let options = Options {
        slug: Id::new("c").unwrap(),
        key: Key([7; 32]),
        first_import: Date::parse("2026-01-02").unwrap(),
        keep_names: Default::default(),
        title: None,
    };
    let made = Polis::default().convert(&Input { files }, &options);
    let text = |(path, bytes): (crate::sink::OutPath, Vec<u8>)| {
        let path = path.as_str().strip_prefix("content/c/").unwrap().to_owned();
        (path, String::from_utf8(bytes).unwrap())
    };
    (made.files.into_iter().map(text).collect(), made.report)
}

const COMMENTS: &str = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n\
    1403067224363,x,1,215,2,1,1,Pay *more*\n1403067224363,x,0,9,0,1,-1,SECRET\n1403067224363,x,2,9,0,0,0,Perhaps\n";
const VOTES: &str = "timestamp,datetime,comment-id,voter-id,vote\n1403067224364,x,1,8,-1\n1403067224365,x,1,9,1\n\
    1403153624364,x,1,8,1\n1403067224364,x,0,8,-1\n1403067224364,x,7,8,-1\n";

#[test]
fn the_last_vote_counts_and_both_counts_are_said() {
    let (files, report) = imported(COMMENTS, VOTES);
    assert!(report.agrees(), "{:?}", report.kinds);
    assert_eq!(report.kinds["vote"].skipped, 1);
    let vote = &files["votes/vote-1.yaml"];
    for said in [
        "replace: true",
        "for: 2",
        "against: 1",
        "contribution: s1",
        "dont 1 vote de personnes",
        "on compte 2 d’accord et 0 pas d’accord",
    ] {
        assert!(vote.contains(said), "{said}\n{vote}");
    }
    let ballots: Vec<&str> = files["votes/vote-1.csv"].lines().skip(1).collect();
    assert_eq!(ballots.len(), 3);
    let again: Vec<&&str> = ballots.iter().filter(|row| row.starts_with(&ballots[0][..6])).collect();
    let again = if again.len() == 2 { again } else { ballots.iter().skip(1).collect() };
    assert!(
        again[0].ends_with(",against,2014-06-18") && again[1].ends_with(",for,2014-06-19"),
        "{ballots:?}"
    );
    assert!(!files["votes/vote-0.yaml"].contains("acknowledged"));
}

#[test]
fn withheld_words_are_nowhere_and_pending_ones_wait() {
    let (files, report) = imported(COMMENTS, VOTES);
    assert!(!format!("{files:?}{}", serde_json::to_string(&report).unwrap()).contains("SECRET"));
    let statements = &files["contributions/statements.yaml"];
    assert!(statements.contains("state: withheld") && statements.contains("state: pending"), "{statements}");
    assert!(statements.contains("Pay \\*more\\*"), "{statements}");
    assert!(
        !files["votes/vote-2.yaml"].contains("Perhaps")
            && !files["votes/vote-2.yaml"].contains("contribution")
    );
    // The same account does not write and vote under one name.
    let (authors, voters) = (statements.split("Participant ").skip(1), &files["votes/vote-1.csv"]);
    assert!(authors.map(|rest| &rest[..6]).all(|digits| !voters.contains(digits)));
}
