//! Small exports of both formats.

use super::*;
use crate::import::platform::tests::sound;
use crate::import::pseudonym::Key;
use crate::import::report::Fate;
use crate::model::id::Id;
use crate::model::when::Date;
use std::collections::BTreeSet;

fn convert(files: &[(&str, &str)]) -> Imported {
    let file = |(path, words): &(&str, &str)| InputFile {
        path: (*path).into(),
        sha256: "".into(),
        contents: Ok(words.as_bytes().to_vec()),
    };
    let input = Input { files: files.iter().map(file).collect() };
    let options = Options {
        slug: Id::new("debat").unwrap(),
        key: Key([7; 32]),
        first_import: Date::parse("2026-11-22").unwrap(),
        keep_names: BTreeSet::new(),
        title: None,
    };
    let imported = GrandDebat.convert(&input, &options);
    sound(imported)
}

fn all(imported: &Imported) -> String {
    let files = imported.files.iter();
    files.map(|(path, bytes)| format!("# {}\n{}", path.as_str(), String::from_utf8_lossy(bytes))).collect()
}

const HEAD: &str = "id,reference,title,createdAt,publishedAt,updatedAt,trashed,trashedStatus,authorId,authorType,\
authorZipCode,QUXVlc3Rpb246MTYw - Quel est le problème ?,QUXVlc3Rpb246MTYx - Lequel choisir ?";

fn table(rows: usize) -> String {
    let mut out = HEAD.to_owned();
    for n in 0..rows {
        let choice = ["L’air", "L’eau|L’air", "L’eau"][n % 3];
        out.push_str(&format!(
            "\nUHJvcG9zYWw6{},2-{n},Titre {n},2019-01-22 10:03:00,2019-01-22 10:03:00,,false,,VXNlcjo1,Citoyen / Citoyenne,35{n:03},\
             \"Mon avis {n}\nsur deux lignes\",{choice}",
            ["MTAw", "MTAx", "MTAy", "MTAz"].get(n).map_or(format!("{n}-plain"), |id| (*id).to_owned()),
        ));
    }
    out
}

#[test]
fn a_table_of_replies() {
    let imported = convert(&[("LA_TRANSITION_ECOLOGIQUE.csv", &table(60))]);
    let text = all(&imported);
    for words in [
        "id: r100\n  kind: answer\n  title: Titre 0\n",
        "date: 2019-01-22T10:03:00\n",
        "      Mon avis 0\n      sur deux lignes\n",
        "q161: l-eau|l-air\n",
        "- id: q161\n    title: Lequel choisir ?\n    kind: multiple\n",
        "- id: q160\n    title: Quel est le problème ?\n    kind: free\n",
        "title: Grand débat national\n",
    ] {
        assert!(text.contains(words), "{words:?} is not in\n{text}");
    }
    assert!(!text.contains("35001") && !text.contains("spread"), "a zip code");
    assert_eq!((text.matches("kind: answer\n").count(), text.matches("category: ").count()), (60, 0));
    let told: String = imported.report.remarks.iter().map(|remark| remark.en.as_str()).collect();
    assert!(told.contains("never kept: authorZipCode.") && told.contains("not kept: reference."), "{told}");
}

#[test]
fn json_says_which_answers_are_choices() {
    let json = r#"[
      {"id": "UHJvcG9zYWw6MTAw", "title": "Titre", "createdAt": "2019-01-22 10:03:00", "trashed": false,
       "trashedStatus": null, "authorId": "VXNlcjo1", "authorUsername": "Jeanne Dupont", "authorType": "Élu / élue et Institution",
       "authorZipCode": "35000", "responses": [
        {"questionId": "UXVlc3Rpb246MTYw", "questionTitle": "Quoi ?", "value": "Des arbres, dit Jeanne Dupont", "formattedValue": "x"},
        {"questionId": "UXVlc3Rpb246MTYx", "questionTitle": "Lequel ?", "value": "{\"labels\":[\"L’eau\"],\"other\":\"Le feu\"}", "formattedValue": "L’eau, Le feu"},
        {"questionId": "UXVlc3Rpb246MTYy", "questionTitle": "Pourquoi ?", "value": null, "formattedValue": null}]},
      {"id": "UHJvcG9zYWw6MTAx", "title": "Caché", "createdAt": "2019-01-22 10:03:00", "trashed": true,
       "trashedStatus": "INVISIBLE", "authorId": "VXNlcjo2", "responses": [
        {"questionId": "UXVlc3Rpb246MTYw", "questionTitle": "Quoi ?", "value": "Gros mot", "formattedValue": "Gros mot"}]},
      "rien", {"title": "sans id"}]"#;
    let imported = convert(&[("x.json", json)]);
    let text = all(&imported);
    for words in
        ["q161: l-eau\n", "q161-other: Le feu\n", "kind: elected\n", "kind: single\n", "state: withheld\n"]
    {
        assert!(text.contains(words), "{words:?} is not in\n{text}");
    }
    assert!(!text.contains("Caché") && !text.contains("Gros") && !text.contains("q162"), "{text}");
    assert_eq!(imported.report.review.iter().map(|r| &*r.words).collect::<Vec<_>>(), ["Jeanne Dupont"]);
    let skipped = |kind: &str| imported.report.kinds[kind].skipped;
    assert_eq!((skipped("row"), skipped("reply")), (1, 1));
}

#[test]
fn files_of_one_debate_complete_each_other() {
    let json = r#"[{"id": "100", "title": "Titre 0", "createdAt": "2019-01-22 10:03:00", "authorId": "5", "responses": []}"#;
    let events = "id,title,startAt,endAt,enabled,fullAddress,body\n\
                  RXZlbnQ6MQ==,Réunion,2019-02-01 18:00:00,,true,\"3 rue des Lilas, 35000 Rennes, France\",<p>Venez</p>\n\
                  RXZlbnQ6Mg==,Annulée,2019-02-01 18:00:00,,false,,\n";
    let imported = convert(&[
        ("la-fiscalite.csv", &table(2)),
        ("la-fiscalite.json", json),
        ("EVENTS.csv", events),
        ("USERS.csv", "id,email,username,zipCode\n1,a@ex.fr,jdupont,35000\n"),
        ("autre.csv", "a,b\n1,2\n"),
    ]);
    let text = all(&imported);
    for words in
        ["# content/debat/meetings/m1.md", "place: \"35000 Rennes, France\"\n", "category: la-fiscalite\n"]
    {
        assert!(text.contains(words), "{words:?} is not in\n{text}");
    }
    assert!(!text.contains("Lilas") && !text.contains("ex.fr") && !text.contains("jdupont"));
    assert_eq!(imported.report.kinds["reply"].merged, 1);
    let told: Vec<&str> = imported
        .report
        .rows
        .iter()
        .filter(|row| row.kind == "file" && row.fate != Fate::Kept)
        .filter_map(|row| row.reason.as_ref().map(|reason| reason.en.as_str()))
        .collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].contains("breaks off") && told[1] == "accounts: never read", "{told:?}");
}

#[test]
fn many_replies_stand_in_lists_of_five_hundred() {
    let imported = convert(&[("x.csv", &table(5_200))]);
    let lists: Vec<&str> =
        imported.files.keys().map(|path| path.as_str()).filter(|path| path.contains("/answers")).collect();
    assert_eq!((lists.len(), lists[0]), (11, "content/debat/contributions/answers-0001.yaml"));
    assert!(all(&imported).contains("spread: true\n"));
}
