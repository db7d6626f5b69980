//! Small tables of both generations. Each is the smallest that shows one idea; the real ones are in
//! `tests/import_platforms.rs`.

use super::*;
use crate::import::platform::tests::sound;
use crate::import::pseudonym::Key;
use crate::import::report::Fate;
use crate::model::id::Id;
use crate::model::when::Date;

fn options() -> Options {
    Options {
        slug: Id::new("essai").unwrap(),
        key: Key([7; 32]),
        first_import: Date::parse("2026-11-22").unwrap(),
        keep_names: BTreeSet::new(),
        title: None,
    }
}

fn convert(tables: &[&str]) -> Imported {
    let file = |(at, words): (usize, &&str)| InputFile {
        path: format!("{at}.csv").into(),
        sha256: "".into(),
        contents: Ok(words.as_bytes().to_vec()),
    };
    let input = Input { files: tables.iter().enumerate().map(file).collect() };
    let imported = CapCollectifCsv.convert(&input, &options());
    sound(imported)
}

fn all(imported: &Imported) -> String {
    let files = imported.files.iter();
    files.map(|(path, bytes)| format!("# {}\n{}", path.as_str(), String::from_utf8_lossy(bytes))).collect()
}

fn reasons(imported: &Imported, fate: Fate) -> Vec<&str> {
    let rows = imported.report.rows.iter().filter(|row| row.fate == fate);
    rows.filter_map(|row| row.reason.as_ref().map(|reason| reason.en.as_str())).collect()
}

const OLD: &str = "type,contributions_id,contributions_author_id,contributions_section_title,contributions_title,\
contributions_bodyText,contributions_createdAt,contributions_url,contributions_published,contributions_votesCountOk,\
contributions_votesCountMitige,contributions_votesCountNok,contributions_arguments_related_id,contributions_arguments_id,\
contributions_arguments_type,contributions_arguments_body,contributions_arguments_trashedStatus,contributions_votes_id,\
contributions_votes_related_id,contributions_votes_value\n\
opinion,T3BpbmlvbjoxMg==,VXNlcjo1,Causes,Un titre,Des mots,2018-03-01 00:36:00,https://old.example/consultations/eau-2018/o/12,1,2,0,0,,,,,,,,\n\
argument,,,,,,,,,,,,T3BpbmlvbjoxMg==,QXJndW1lbnQ6Nw==,AGAINST,<p>Non&nbsp;!</p>,,,,\n\
argument,,,,,,,,,,,,T3BpbmlvbjoxMg==,QXJndW1lbnQ6OA==,FOR,Gros mot,INVISIBLE,,,\n\
vote,,,,,,,,,,,,,,,,,T3BpbmlvblZvdGU6MQ==,T3BpbmlvbjoxMg==,YES\n";

const NEW: &str = "\u{feff}export_contribution_url;export_contribution_type;export_contribution_id;export_contribution_author_id;\
export_participant_username;export_participant_user_email;export_contribution_title;export_contribution_body_text;\
export_contribution_arguments_id;export_contribution_arguments_related_id;export_contribution_arguments_type;\
export_contribution_arguments_body\r\n\
https://old.example/consultations/eau-2018/o/12;export_contribution_type_opinion;12;5;jdupont;j@ex.fr;Un titre;Des mots;;;;\r\n\
;export_contribution_type_argument;;6;pmartin;p@ex.fr;;;9;12;argument.show.type.for;\"Oui ;\r\nvraiment, comme Pmartin\"\r\n";

#[test]
fn both_generations_say_the_same() {
    let old = convert(&[OLD]);
    let text = all(&old);
    for words in [
        "id: p12\n",
        "category: causes\n",
        "parent: p12\n  position: against\n",
        "  body: |-\n    Non\u{a0}!\n",
        "title: Eau 2018\n",
        "date: 2018-03-01T00:36:00\n",
        "consultations/eau-2018/o/12",
    ] {
        assert!(text.contains(words), "{words:?} is not in\n{text}");
    }
    assert!(!text.contains("Gros mot"), "what is in the bin");
    assert!(reasons(&old, Fate::Changed)[0].contains("declares 2 vote(s), the export holds 1"));

    let new = convert(&[NEW]);
    let text = all(&new);
    assert!(text.contains("id: p12\n") && text.contains("id: a9\n") && text.contains("position: for\n"));
    assert!(!text.contains("jdupont") && !text.contains("ex.fr"), "{text}");
    assert_eq!(new.report.review.iter().map(|r| &*r.words).collect::<Vec<_>>(), ["Pmartin"]);

    let both = convert(&[OLD, NEW]);
    assert_eq!((both.report.kinds["proposal"].merged, both.report.kinds["argument"].kept), (1, 2));
    let again = convert(&[NEW, OLD]);
    assert_eq!(again.report.kinds["proposal"].merged, 1);
}

const PROPOSALS: &str = "contribution_type,proposal_id,proposal_title,proposal_votes_totalCount,proposal_createdAt,\
proposal_publicationStatus,proposal_trashedAt,proposal_author_id,proposal_author_username,proposal_formattedAddress,\
proposal_description,proposal_officialResponse,\"Combien, en euros ?\",Plans,Votre code postal,proposal_votes_id,\
proposal_votes_accounted,proposal_comments_id,proposal_comments_body\n\
proposal,UHJvcG9zYWw6Mg==,Gymnase,1,2017-02-01 00:03:00,PUBLISHED,,VXNlcjo1,jdupont,\"3 rue des Lilas, 35000 Rennes\",\
Un beau gymnase,Accordé,1 million,https://old.example/a.pdf,35000,,,,\n\
proposalVote,UHJvcG9zYWw6Mg==,Gymnase,1,2017-02-01 00:03:00,PUBLISHED,,VXNlcjo1,jdupont,,Un beau gymnase,Accordé,,,,100,Yes,,\n\
proposalVote,UHJvcG9zYWw6Mg==,Gymnase,1,2017-02-01 00:03:00,PUBLISHED,,VXNlcjo1,jdupont,,Un beau gymnase,Accordé,,,,101,No,,\n\
proposalComment,UHJvcG9zYWw6Mg==,Gymnase,1,,PUBLISHED,,,,,,,,,,,,Q29tbWVudDo0,Bravo\n\
proposal,UHJvcG9zYWw6Mw==,Brouillon,0,2017-02-01 00:03:00,DRAFT,,VXNlcjo1,jdupont,,Pas fini,,,,,,,,\n\
proposalReporting,,,,,,,,,,,,,,,,,,\n\
proposalDream,,,,,,,,,,,,,,,,,,\n";

#[test]
fn a_call_for_proposals() {
    let imported = convert(&[PROPOSALS]);
    let text = all(&imported);
    for words in [
        "votes:\n  for: 1\n",
        "- title: \"Combien, en euros ?\"\n",
        "      1 million\n",
        "# content/essai/responses/re-p2.md",
        "parent: p2\n",
        "Bravo",
    ] {
        assert!(text.contains(words), "{words:?} is not in\n{text}");
    }
    for words in ["Brouillon", "Pas fini", "35000", "Lilas", "jdupont", "acknowledged"] {
        assert!(!text.contains(words), "{words:?} is in\n{text}");
    }
    assert_eq!(imported.report.missing_files, ["https://old.example/a.pdf".into()]);
    let skipped = reasons(&imported, Fate::Skipped).join("\n");
    for words in
        ["does not count it", "report of abuse", "unknown kind of row: “proposalDream”", "never published"]
    {
        assert!(skipped.contains(words), "{words:?} is not in\n{skipped}");
    }
    let told: String = imported.report.remarks.iter().map(|remark| remark.en.as_str()).collect();
    assert!(told.contains("proposal_author_username, proposal_formattedAddress"), "{told}");
}

#[test]
fn debates_and_questionnaires_have_no_column_of_kinds() {
    let debate = "export_contribution_argument_content,export_contribution_argument_author_id,\
export_contribution_argument_type,export_contribution_argument_created_at,export_contribution_argument_author_email,\
export_contribution_argument_debate_url\n\
Oui,u1,export_contribution_argument_type_for,2020-01-11 00:00:00,a@ex.fr,https://old.example/project/x/debate/pour-ou-contre\n\
Oui,u2,export_contribution_argument_type_for,2020-01-11 00:00:00,b@ex.fr,https://old.example/project/x/debate/pour-ou-contre\n";
    let imported = convert(&[debate]);
    let text = all(&imported);
    assert!(text.contains("title: Pour ou contre\n") && !text.contains("ex.fr"), "{text}");
    assert_eq!((text.matches("kind: argument\n").count(), text.matches("position: for\n").count()), (2, 2));
    assert_eq!(text.matches("parent: ppour-ou-contre\n").count(), 2);

    let replies = "type,id,author_id,published_at,draft,Que faire ?,Votre e-mail\n\
reply,1,u1,2020-01-11 00:00:00,Non,Planter,a@ex.fr\nreply,2,u2,2020-01-11 00:00:00,Oui,Rien,b@ex.fr\n";
    let imported = convert(&[replies]);
    let text = all(&imported);
    assert!(text.contains("title: Que faire ?\n") && text.contains(": Planter\n"), "{text}");
    assert!(!text.contains("Rien") && !text.contains("ex.fr"), "a draft, and an address");
}

#[test]
fn what_is_no_export_is_told() {
    let imported = convert(&[
        "a,b\n1,2\n",
        "",
        "type,contributions_id,contributions_title\nopinion,12\nopinion,13,Oui\n",
    ]);
    let skipped = reasons(&imported, Fate::Skipped);
    assert_eq!(
        skipped,
        ["no export of Cap Collectif: none of its columns", "empty file", "2 cells instead of 3"]
    );
    assert_eq!(imported.report.kinds["proposal"].changed, 1, "a title without words");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 150, failure_persistence: None, ..Default::default() })]

    /// Bytes put into tables, or taken out of them: whatever comes out has no fault, and every record its fate.
    #[test]
    fn tables_that_went_wrong_are_told(
        edits in proptest::collection::vec(
            (0..3_usize, 0..2_000_usize, proptest::sample::select(&b"\",;\n\r\x00a0=<>\xe9/"[..]), proptest::bool::ANY),
            1..12,
        ),
    ) {
        let mut tables = [OLD, NEW, PROPOSALS].map(|table| table.as_bytes().to_vec());
        for (which, at, byte, insert) in edits {
            let table = &mut tables[which];
            let at = at % table.len();
            if insert { table.insert(at, byte) } else { table[at] = byte }
        }
        let files = tables.into_iter().enumerate().map(|(at, bytes)| InputFile {
            path: format!("{at}.csv").into(),
            sha256: "".into(),
            contents: Ok(bytes),
        });
        sound(CapCollectifCsv.convert(&Input { files: files.collect() }, &options()));
    }
}
