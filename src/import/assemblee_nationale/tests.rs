//! Tiny made-up exports; the real one is in `tests/import_assemblee.rs`.

use super::{Asked, AssembleeNationale, Options};
use crate::import::report::Fate;
use crate::import::{Imported, Importer, Input, InputFile};
use crate::model::id::Id;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn nil() -> Value {
    json!({"@xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "@xsi:nil": "true"})
}

/// An amendment of text 7, by Jean Petit, to article 2.
fn amendment(number: &str, sort: &str) -> Value {
    json!({
        "uid": format!("AMBTC7P0D1N{number}"),
        "legislature": "17",
        "identification": {"numeroLong": number, "prefixeOrganeExamen": "AN"},
        "examenRef": "EXBTC7P0D1",
        "texteLegislatifRef": "PIONANR5L17BTC7",
        "amendementParentRef": nil(),
        "signataires": {"auteur": {"acteurRef": "PA1", "groupePolitiqueRef": "PO1", "gouvernementRef": nil()},
                        "libelle": "M.&#160;Petit"},
        "pointeurFragmentTexte": {"division": {"titre": "Article 2", "avant_A_Apres": "A"},
                                  "amendementStandard": {"alinea": nil()}},
        "corps": {"cartoucheInformatif": nil(),
                  "contenuAuteur": {"dispositif": "<p>Supprimer cet article.</p>", "exposeSommaire": "<p>Il est cre&#x0301;e&#x0301;.</p>"}},
        "cycleDeVie": {"dateDepot": "2025-01-02", "dateSort": "2025-01-03T10:00:00+01:00", "sort": sort,
                       "etatDesTraitements": {"etat": {"code": "DI"}, "sousEtat": {"libelle": sort}}},
        "seanceDiscussionRef": "S1",
        "discussionIdentique": nil(),
    })
}

/// A roll call of a sitting, of one group of three: one for, one against, one who presides.
fn roll_call(number: u64, title: &str, sort: &str) -> Value {
    let votant = |id: &str| json!({"votant": {"acteurRef": id, "parDelegation": "false"}});
    let counts = json!({"pour": "1", "contre": "1", "abstentions": "0", "nonVotants": "1", "nonVotantsVolontaires": "0"});
    json!({
        "uid": format!("VT{number}"), "numero": number.to_string(), "legislature": "17", "seanceRef": "S1",
        "dateScrutin": "2025-01-03", "titre": title, "sort": {"code": sort},
        "typeVote": {"libelleTypeVote": "scrutin public ordinaire", "typeMajorite": "Majorité absolue des suffrages exprimés"},
        "demandeur": {"texte": null},
        "syntheseVote": {"nombreVotants": "2", "suffragesExprimes": "2", "nbrSuffragesRequis": "2", "decompte": counts},
        "ventilationVotes": {"organe": {"groupes": {"groupe": {
            "organeRef": "PO1", "nombreMembresGroupe": "3",
            "vote": {"decompteVoix": counts, "decompteNominatif": {
                "pours": votant("PA1"), "contres": votant("PA2"), "abstentions": null, "nonVotants": votant("PA3")}}}}}},
        "miseAuPoint": {"pours": votant("PA2"), "contres": null, "abstentions": [null, null], "nonVotants": [null, null]},
    })
}

fn import(amendments: &[Value], roll_calls: &[Value], text: Option<&str>) -> Imported {
    let mut files = vec![
        (
            "acteurs.json".to_owned(),
            json!({"PA1": {"civ": "M.", "nom": "Petit", "prenom": "Jean"}, "PA2": {"civ": "Mme", "nom": "Fort", "prenom": "Anne"}}),
        ),
        (
            "organe/PO1.json".to_owned(),
            json!({"organe": {"uid": "PO1", "libelle": "Les Puits", "libelleAbrev": "LP"}}),
        ),
    ];
    for (n, value) in amendments.iter().enumerate() {
        files.push((format!("a/{n}.json"), json!({"amendement": value})));
    }
    for (n, value) in roll_calls.iter().enumerate() {
        files.push((format!("v/{n}.json"), json!({"scrutin": value})));
    }
    let file = |(path, value): (String, Value)| InputFile {
        path: path.into(),
        sha256: "".into(),
        contents: Ok(value.to_string().into_bytes()),
    };
    let input = Input { files: files.into_iter().map(file).collect() };
    let text = text.map(|reference| Asked { reference: reference.into(), id: None, version: None });
    let slug = Id::new("c").unwrap();
    let options = Options { slug, title: None, text, consultation: false, existing: BTreeSet::new() };
    let imported = AssembleeNationale.convert(&input, &options);
    assert!(imported.report.agrees(), "{:#?}", imported.report.kinds);
    imported
}

fn file<'i>(imported: &'i Imported, path: &str) -> &'i str {
    let found = imported.files.iter().find(|(p, _)| p.as_str() == format!("content/c/{path}"));
    found.map_or("", |(_, bytes)| std::str::from_utf8(bytes).unwrap())
}

const OF: &str = "de la proposition de loi relative aux puits (première lecture).";

#[test]
fn an_amendment_its_roll_call_and_its_members() {
    let titled = format!("l'amendement n° 5 de M. Petit à l'article 2 {OF}");
    let imported = import(&[amendment("5 (Rect)", "Rejeté")], &[roll_call(1, &titled, "rejeté")], None);
    let read = file(&imported, "amendments/7-5.md");
    for line in [
        "text: ppl-7",
        "article: 2",
        "number: 5 (Rect)",
        "title: Supprimer cet article",
        "group: Les Puits",
        "outcome: rejected",
        "decided: 2025-01-03",
        "vote: scrutin-1",
        "  - M. Jean Petit",
    ] {
        assert!(read.contains(&format!("\n{line}\n")), "{line} is not in\n{read}");
    }
    assert!(read.ends_with("\nIl est créé.\n"), "{read}");
    let vote = file(&imported, "votes/scrutin-1.yaml");
    assert!(vote.contains("\namendment: 7-5\n") && vote.contains("winners:\n  - against\n"), "{vote}");
    assert!(vote.contains("Mme Anne Fort a déclaré avoir voulu voter pour."), "{vote}");
    assert_eq!(
        file(&imported, "votes/scrutin-1.csv"),
        "voter,name,group,choice\nPA1,M. Jean Petit,lp,for\nPA2,Mme Anne Fort,lp,against\nPA3,,lp,absent\n"
    );
    assert!(
        file(&imported, "texts/ppl-7/text.yaml").contains("title: Proposition de loi relative aux puits\n")
    );
    assert!(file(&imported, "texts/ppl-7/discussion.md").starts_with("## Article 2\n"));
}

#[test]
fn the_same_number_of_another_text_is_not_linked() {
    let ours = format!("l'amendement n° 5 de M. Petit à l'article 2 {OF}");
    let other = "l'amendement n° 5 de Mme Fort à l'article 2 de la proposition de loi organique relative aux puits (première lecture).";
    let calls = [roll_call(1, &ours, "rejeté"), roll_call(2, other, "rejeté")];
    let imported = import(&[amendment("5", "Rejeté")], &calls, None);
    assert!(!file(&imported, "votes/scrutin-2.yaml").contains("\namendment:"));
    let row = imported.report.rows.iter().find(|r| r.id.as_deref() == Some("scrutin-2")).unwrap();
    assert_eq!(row.fate, Fate::Changed);
    assert!(row.reason.as_ref().unwrap().en.contains("belongs to another text"), "{row:?}");
}

#[test]
fn outcomes_that_contradict_each_other_are_not_linked() {
    let titles = [5, 6].map(|n| format!("l'amendement n° {n} de M. Petit à l'article 2 {OF}"));
    let calls = [roll_call(1, &titles[0], "rejeté"), roll_call(2, &titles[1], "adopté")];
    let imported = import(&[amendment("5", "Rejeté"), amendment("6", "Rejeté")], &calls, None);
    assert!(file(&imported, "votes/scrutin-1.yaml").contains("\namendment: 7-5\n"));
    assert!(!file(&imported, "votes/scrutin-2.yaml").contains("\namendment:"));
}

#[test]
fn what_was_decided_by_one_vote_names_that_vote() {
    let identical = |number: &str, sort: &str| {
        let mut one = amendment(number, sort);
        one["discussionIdentique"] = json!({"idDiscussion": "9"});
        one
    };
    let titled =
        format!("l'amendement n° 5 de M. Petit et les amendements identiques suivants à l'article 2 {OF}");
    let all = [
        identical("5", "Rejeté"),
        identical("6", "Rejeté"),
        identical("7", "Retiré"),
        amendment("8", "Rejeté"),
    ];
    let imported = import(&all, &[roll_call(1, &titled, "rejeté")], None);
    let voted = |n: u32| file(&imported, &format!("amendments/7-{n}.md")).contains("\nvote: scrutin-1\n");
    assert_eq!([voted(5), voted(6), voted(7), voted(8)], [true, true, false, false]);
}

#[test]
fn a_sub_amendment_and_an_article_that_is_added() {
    let mut sub = amendment("6", "Rejeté");
    sub["amendementParentRef"] = json!("AMBTC7P0D1N5");
    let mut added = amendment("7", "Retiré");
    added["pointeurFragmentTexte"]["division"]["avant_A_Apres"] = json!("Après");
    added["corps"]["contenuAuteur"] = nil();
    let imported = import(&[amendment("5", "Rejeté"), sub, added], &[], None);
    assert!(file(&imported, "amendments/7-6.md").contains("\nparent: 7-5\n"));
    let added = file(&imported, "amendments/7-7.md");
    assert!(added.contains("\ntitle: Article additionnel après l’article 2\n"), "{added}");
    assert!(!added.contains("\narticle:") && added.contains("\noutcome: withdrawn\n"), "{added}");
}

#[test]
fn another_text_than_the_one_asked_for_is_left_out() {
    let mut other = amendment("5", "Rejeté");
    other["texteLegislatifRef"] = json!("PRJLANR5L17B8");
    other["uid"] = json!("AMB8P0D1N5");
    let titled = format!("l'amendement n° 5 de M. Petit à l'article 2 {OF}");
    let calls = [roll_call(1, &titled, "rejeté"), roll_call(2, "la motion de rejet préalable.", "rejeté")];
    let mut ours = amendment("5", "Rejeté");
    ours["seanceDiscussionRef"] = json!("S1");
    other["seanceDiscussionRef"] = json!("S2");
    let imported = import(&[ours, other], &calls, Some("7"));
    let skipped: Vec<&str> =
        imported.report.rows.iter().filter(|r| r.fate == Fate::Skipped).map(|r| r.kind).collect();
    assert_eq!(skipped, ["amendment", "roll call"]);
    assert!(file(&imported, "amendments/8-5.md").is_empty());
}

#[test]
fn a_text_that_is_there_stays_and_its_version_is_named() {
    let id = |words| Id::new(words).unwrap();
    let value = json!({"amendement": amendment("5", "Rejeté")}).to_string().into_bytes();
    let input = || Input {
        files: vec![InputFile { path: "a.json".into(), sha256: "".into(), contents: Ok(value.clone()) }],
    };
    let options = |version: Option<Id>| Options {
        slug: id("c"),
        title: None,
        text: Some(Asked { reference: "PIONANR5L17BTC7".into(), id: Some(id("projet")), version }),
        consultation: true,
        existing: [id("projet")].into(),
    };
    for (version, written) in [(None, None), (Some(id("commission")), Some("\nversion: commission\n"))] {
        let imported = AssembleeNationale.convert(&input(), &options(version));
        assert_eq!(imported.files.len(), 1, "the amendment alone");
        let read = file(&imported, "amendments/7-5.md");
        assert!(read.contains("text: projet\n"), "{read}");
        assert_eq!(read.contains("\nversion:"), written.is_some());
        assert!(written.is_none_or(|line| read.contains(line)), "{read}");
    }
}

#[test]
fn what_is_none_of_these_is_told() {
    let broken = |path: &str, bytes: &str| InputFile {
        path: path.into(),
        sha256: "".into(),
        contents: Ok(bytes.as_bytes().to_vec()),
    };
    let unread = InputFile { path: "c.json".into(), sha256: "".into(), contents: Err("refusé".into()) };
    let odd = r#"{"scrutin": {"numero": "douze"}}"#;
    let files = vec![
        broken("a.json", "{"),
        broken("b.json", "[1]"),
        unread,
        broken("d.json", odd),
        broken("e.json", "{}"),
    ];
    let options = Options {
        slug: Id::new("c").unwrap(),
        title: None,
        text: None,
        consultation: true,
        existing: BTreeSet::new(),
    };
    let imported = AssembleeNationale.convert(&Input { files }, &options);
    assert!(imported.report.agrees() && imported.files.is_empty());
    assert_eq!(imported.report.kinds["file"].skipped, 5);
}
