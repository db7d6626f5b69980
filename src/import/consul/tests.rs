//! Small tables as CONSUL sites publish them, and as researchers make them of pages.

use super::Consul;
use crate::import::pseudonym::Key;
use crate::import::{Imported, Importer, Input, InputFile, Options};
use crate::lang::Speech;
use crate::model::id::Id;
use crate::model::when::Date;
use std::collections::BTreeSet;

const PROPOSALS: &str = "\"id\";\"title\";\"description\";\"cached_votes_up\";\"comments_count\";\"created_at\";\"summary\";\"video_url\";\"geozone_id\";\"retired_at\";\"retired_reason\";\"retired_explanation\";\"author_name\"\r\n\
    \"12\";\"Des bancs à l’ombre\";\"<p>Sous les <strong>tilleuls</strong>.</p>\";\"41\";\"3\";\"08/03/2025 12\";\"Des bancs & de l’eau.\";\"\";\"2\";\"\";\"\";\"\";\"Zoé Quintefeuille\"\r\n\
    \"13\";\"Une fontaine\";\"\";\"0\";\"0\";\"09/03/2025 07\";\"De l’eau fraîche.\";\"https://video.example/1\";\"9\";\"2025-04-01 20:05:12 +0200\";\"duplicated\";\"Voir la 12.\";\"\"\r\n\
    \"13\";\"Une ligne trop courte\"\r\n";

const DEBATES: &str = "id,title,description,created_at,cached_votes_total,cached_votes_up,cached_votes_down\n\
    12,Faut-il des bancs ?,<p>On en parle.</p>,2025-03-01 10:00:00 UTC,7,4,3\n";

const COMMENTS: &str = "id,commentable_id,commentable_type,body,created_at,cached_votes_up,cached_votes_down,ancestry,confidence_score\n\
    1,12,Proposal,\"Oui,\nbeaucoup.\",08/03/2025 13,2,1,,0\n\
    2,12,Proposal,D’accord.,08/03/2025 14,0,0,1,0\n\
    4,12,Proposal,Moi aussi.,08/03/2025 15,0,0,1/2/3,0\n\
    5,12,Debate,This comment has been deleted,09/03/2025 15,0,0,,0\n\
    6,4,Budget::Investment,Trop cher.,10/03/2025 15,0,0,,0\n";

/// Read from pages: a parent that is missing, one of another discussion, two that answer each other.
const TREE: &str = ",id,parentId,proposalId,page,userId,userType,date,time,text,numVotes,numPositiveVotes,numNegativeVotes\n\
    0,21,-1,12,1,901,,2015-09-15,0 days 10:50:19,Premier.,1,1,0\n\
    1,22,21,12,1,902,Colectivo,15/09/2015,9:07:10,Second.,3,1,2\n\
    2,23,99,12,1,903,Empleados públicos,2015-09-15,0 days 11:07:10,Orphelin.,0,0,0\n\
    3,24,21,13,1,901,,2015-09-15,0 days 11:08:10,Ailleurs.,0,0,0\n\
    4,25,26,12,1,904,,2015-09-15,0 days 11:09:10,Rond.,0,0,0\n\
    5,26,25,12,1,905,Autor,2015-09-15,0 days 11:10:10,Rond aussi.,0,0,0\n\
    6,27,26,12,1,905,Autor,2015-09-15,0 days 11:11:10,Sous le rond.,0,0,0\n";

fn convert(files: &[(&str, &[u8])]) -> Imported {
    let file = |(path, bytes): &(&str, &[u8])| InputFile {
        path: (*path).into(),
        sha256: "".into(),
        contents: Ok(bytes.to_vec()),
    };
    let input = Input { files: files.iter().map(file).collect() };
    let options = Options {
        slug: Id::new("place").unwrap(),
        key: Key([3; 32]),
        first_import: Date::parse("2026-11-27").unwrap(),
        keep_names: BTreeSet::new(),
        title: None,
    };
    let consul = Consul { site: Some("https://decide.example.es/".into()), language: None };
    consul.convert(&input, &options)
}

fn text<'i>(imported: &'i Imported, path: &str) -> &'i str {
    let found = imported.files.iter().find(|(name, _)| name.as_str() == format!("content/place/{path}"));
    std::str::from_utf8(found.unwrap_or_else(|| panic!("no {path}")).1).unwrap()
}

fn open_data() -> Imported {
    // As the site writes it: Latin-1.
    let latin: Vec<u8> =
        PROPOSALS.replace('’', "'").chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    convert(&[
        ("api/comments.csv", COMMENTS.as_bytes()),
        ("api/debates.csv", DEBATES.as_bytes()),
        ("api/geozones.csv", b"id,name\n2,Centre\n"),
        (
            "api/proposal_notifications.csv",
            "title,body,proposal_id,created_at\nMerci,Bientôt.,12,09/03/2025 10\n".as_bytes(),
        ),
        ("api/proposals.csv", &latin),
        ("api/taggings.csv", b"tag_id,taggable_id,taggable_type\n7,12,Proposal\n7,12,Debate\n7,1,Poll\n"),
        ("api/tags.csv", "id,name,taggings_count,kind\n7,Équipement,2,category\n".as_bytes()),
        ("api/votes.csv", b"votable_id,votable_type,vote_flag,created_at\n12,Proposal,t,08/03/2025 12\n"),
        ("api/stats.csv", b"day,visits\n1,2\n"),
    ])
}

#[test]
fn the_open_data_of_a_site_becomes_content() {
    let imported = open_data();
    assert!(imported.report.agrees(), "{}", imported.report.text(Speech::En));
    let proposal = text(&imported, "contributions/p12.md");
    for part in [
        "title: Des bancs à l'ombre\n",
        "date: 2025-03-08T12:00:00\n",
        "  for: 41\n",
        "themes:\n  - Équipement\n",
        "place: Centre\n",
        "aliases:\n  - proposals/12-des-bancs-a-l-ombre\n",
        "  - title: Merci\n",
        "Des bancs & de l'eau.\n\nSous les **tilleuls**.",
    ] {
        assert!(proposal.contains(part), "{part}\n{proposal}");
    }
    assert!(!proposal.contains("Quintefeuille"), "{proposal}");
    let second = text(&imported, "contributions/p13.md");
    for part in
        ["link: https://video.example/1", "title: Retrait par son auteur", "Voir la 12.", "De l'eau fraîche."]
    {
        assert!(second.contains(part), "{part}\n{second}");
    }
    let debate = text(&imported, "contributions/pdebate-12.md");
    assert!(debate.contains("  for: 4\n  against: 3\n") && debate.contains("Équipement"), "{debate}");
    let told = imported.report.text(Speech::En);
    for part in [
        "1 × proposal: 2 cells instead of 13",
        "1 × tagging: marks neither a proposal nor a debate",
        "1 × file: neither proposals",
        "Columns that say who people are, never kept: author_name.",
        "Dates of the open data have the hour",
        "1 proposals or debates have the number of an area",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
}

#[test]
fn comments_hang_on_what_they_answer() {
    let imported = open_data();
    let list = text(&imported, "contributions/p12.discussion.yaml");
    let parent = |list: &str, id: &str| {
        let item = list
            .split("- id: ")
            .find(|item| item.starts_with(&format!("{id}\n")))
            .unwrap_or_default()
            .to_owned();
        item.lines().find_map(|line| line.trim().strip_prefix("parent: ")).unwrap_or_default().to_owned()
    };
    assert_eq!(["c1", "c2", "c4"].map(|id| parent(list, id)), ["p12", "c1", "c2"]);
    // What was removed keeps its place.
    let debate = text(&imported, "contributions/pdebate-12.discussion.yaml");
    assert!(debate.contains("lost: true") && !debate.contains("deleted"), "{debate}");
    assert!(text(&imported, "contributions/comments.yaml").contains("Trop cher."));
    let told = imported.report.text(Speech::En);
    assert!(told.contains("comments on what the export does not have (Budget::Investment)"), "{told}");
    assert!(told.contains("answers a comment that is not in the export: hangs on the one before"), "{told}");
}

#[test]
fn a_tree_of_pages_that_were_read_is_mended() {
    let pages = "id,url,title,userId,date,summary,text,numSupports,isAssociation\n\
        12,/proposals/12-des-bancs,Des bancs,901,2015-09-15,Des bancs.,Des bancs. Partout.,41,1\n\
        13,/proposals/13-eau,De l’eau,902,2015-09-15,De l’eau.,,3,0\n";
    let imported = convert(&[("comments.csv", TREE.as_bytes()), ("proposals.csv", pages.as_bytes())]);
    assert!(imported.report.agrees());
    let list = text(&imported, "contributions/p12.discussion.yaml");
    let parents: Vec<&str> = list.lines().filter_map(|line| line.trim().strip_prefix("parent: ")).collect();
    // 21 to 23 and 25 to 27: the circle is cut at its first member.
    assert_eq!(parents, ["p12", "c21", "p12", "p12", "c25", "c26"]);
    assert!(
        list.contains("date: 2015-09-15T10:50:19") && list.contains("date: 2015-09-15T09:07:10"),
        "{list}"
    );
    assert!(list.contains("kind: organisation") && list.contains("kind: government"), "{list}");
    assert!(list.contains("    for: 1\n    against: 2\n"), "{list}");
    assert!(text(&imported, "contributions/p13.discussion.yaml").contains("parent: p13"));
    let proposal = text(&imported, "contributions/p12.md");
    assert!(
        proposal.contains("kind: organisation") && proposal.ends_with("\n\nDes bancs. Partout.\n"),
        "{proposal}"
    );
    assert!(proposal.contains("url: https://decide.example.es/proposals/12-des-bancs\n"), "{proposal}");
    let told = imported.report.text(Speech::En);
    for part in ["answered itself", "of another discussion", "hangs on what is discussed"] {
        assert!(told.contains(part), "{part}\n{told}");
    }
}
