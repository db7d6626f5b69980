//! One small content for each thing that can be wrong: the files on one side, the codes and places told on the
//! other. Paths are in `content/eau/`, or from the root when they begin with `/`; the rest of the site is sound.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests are tests")]

mod told;

use greffe::check::Options;
use greffe::diag::Code;
use greffe::source::{Breakage, Contents, Sources};
use told::{examine, places, site, site_of};

/// The files and what is told of them, in order of place.
fn check(files: &[(&str, &str)], expected: &[&str]) {
    check_sources(&site(files), expected);
}

fn check_sources(sources: &Sources, expected: &[&str]) {
    let problems = examine(sources, &Options::default());
    let words: Vec<&str> = problems.iter().map(|p| &*p.message.en).collect();
    assert_eq!(places(&problems, sources), expected, "{words:#?}");
}

#[test]
fn the_site_of_these_tests_is_sound() {
    check(&[], &[]);
}

#[test]
fn every_code_has_a_test_here() {
    let here = include_str!("diagnostics.rs");
    let untested = Code::ALL.iter().filter(|c| !here.contains(&format!("\"{}", c.as_str())));
    assert_eq!(untested.collect::<Vec<_>>(), [] as [&Code; 0]);
}

// --- Files ---

#[test]
fn a_file_that_is_not_utf_8() {
    let latin_1 = Contents::Broken(Breakage::NotUtf8 { valid_up_to: 12 });
    check_sources(&site_of([("contributions/c1.md", latin_1)]), &["G001 contributions/c1.md:1:1"]);
}

#[test]
fn a_file_too_large_to_be_read_whole() {
    let large = Contents::Broken(Breakage::TooLarge { bytes: 9 << 20, limit: 8 << 20 });
    check_sources(&site_of([("contributions/c1.yaml", large)]), &["G002 contributions/c1.yaml:1:1"]);
}

#[test]
fn a_symbolic_link() {
    let link = || Contents::Broken(Breakage::Symlink);
    check_sources(
        &site_of([("contributions/c1.md", link()), ("documents/plan.pdf", link())]),
        &["G003 contributions/c1.md:1:1", "G003 documents/plan.pdf:1:1"],
    );
}

#[test]
fn a_file_that_the_system_refuses() {
    let refused = Contents::Broken(Breakage::Unreadable("Permission denied".into()));
    check_sources(
        &site_of([("votes/v1.yaml", refused), ("index.md", Contents::Broken(Breakage::Special))]),
        &["G004 index.md:1:1", "G004 votes/v1.yaml:1:1"],
    );
}

#[test]
fn a_broken_file_anywhere_is_told() {
    let broken = || Contents::Broken(Breakage::Symlink);
    check_sources(
        &site_of([
            ("/content/x", broken()),
            ("/content/pages/x.md", broken()),
            ("texts/projet/x.pdf", broken()),
        ]),
        &["G003 texts/projet/x.pdf:1:1", "G003 /content/pages/x.md:1:1", "G003 /content/x:1:1"],
    );
}

#[test]
fn a_name_of_which_nothing_is_left_in_an_address() {
    check(
        &[("contributions/…….md", "---\nkind: comment\n---\nBonjour.\n")],
        &["G005 contributions/…….md:1:1"],
    );
    let name = Contents::Broken(Breakage::BadName);
    check_sources(&site_of([("contributions/\u{fffd}.md", name)]), &["G005 contributions/\u{fffd}.md:1:1"]);
}

#[test]
fn a_name_that_changes_in_an_address() {
    check(
        &[("contributions/Réponse 1.md", "---\nkind: comment\n---\nBonjour.\n")],
        &["G036 contributions/Réponse 1.md:1:1"],
    );
}

#[test]
fn a_file_where_nothing_is_expected() {
    check(
        &[("amendements/1.md", ""), ("/content/notes.txt", ""), ("texts/seul.md", ""), ("votes/v1.md", "")],
        &[
            "G022 amendements/1.md:1:1",
            "G022 texts/seul.md:1:1",
            "G022 votes/v1.md:1:1",
            "G022 /content/notes.txt:1:1",
        ],
    );
}

#[test]
fn two_records_in_a_file_of_one() {
    check(&[("/greffe.yaml", "title: Site\n---\ntitle: Un autre\n")], &["G022 /greffe.yaml:3:1"]);
}

#[test]
fn a_folder_without_greffe_yaml() {
    check_sources(&Sources::default(), &["G034"]);
    check_sources(&Sources::from_texts([("content/index.md", "")]), &["G034"]);
}

// --- YAML ---

#[test]
fn yaml_that_cannot_be_read() {
    check(&[("votes/v1.yaml", "title: \"open\nkind: poll\n")], &["G006 votes/v1.yaml:1:8"]);
    check(&[("votes/v1.yaml", "title: a: b\n")], &["G006 votes/v1.yaml:1:9"]);
    check(&[("index.md", "---\ntitle: [a\n---\n")], &["G006 index.md:2:8"]);
}

#[test]
fn a_list_as_a_key() {
    check(&[("index.md", "---\n[a]: b\n---\n")], &["G006 index.md:2:1", "G010 index.md:2:1"]);
}

#[test]
fn a_key_written_twice() {
    check(&[("index.md", "---\ntitle: Un\ntitle: Deux\n---\n")], &["G007 index.md:3:1"]);
}

#[test]
fn an_anchor_and_an_alias() {
    check(&[("index.md", "---\ntitle: &a Un\n---\n")], &["G008 index.md:2:11"]);
    check(&[("index.md", "---\ntitle: *a\n---\n")], &["G008 index.md:2:8"]);
}

#[test]
fn seventy_levels() {
    let deep = format!("title: {}{}\n", "[".repeat(70), "]".repeat(70));
    check(&[("/greffe.yaml", &deep)], &["G009 /greffe.yaml:1:71"]);
}

// --- Keys and values ---

#[test]
fn an_unknown_key() {
    check(&[("index.md", "---\ntitle: Un\ntitel: Deux\n---\n")], &["G010 index.md:3:1"]);
}

#[test]
fn a_missing_key() {
    check(&[("contributions/c1.md", "---\ntitle: Un\n---\nBonjour.\n")], &["G011 contributions/c1.md:2:1"]);
    check(&[("contributions/c1.md", "---\n---\nBonjour.\n")], &["G011 contributions/c1.md:1:1"]);
}

#[test]
fn a_withheld_contribution_without_a_reason() {
    check(
        &[("contributions/c1.md", "---\nkind: comment\nmoderation: {state: withheld}\n---\n")],
        &["G011 contributions/c1.md:3:21"],
    );
}

#[test]
fn a_poll_without_options() {
    check(
        &[("votes/v1.yaml", "title: Vote\nkind: poll\ncast: 0\ntotals: {}\n")],
        &["G011 votes/v1.yaml:2:7"],
    );
}

#[test]
fn a_text_without_versions() {
    check(&[("texts/vide/text.yaml", "kind: bill\ntitle: Vide\n")], &["G011 texts/vide/text.yaml:1:1"]);
}

#[test]
fn which_of_two_texts() {
    check(
        &[
            (
                "texts/deux/text.yaml",
                "kind: bill\ntitle: D\nversions: {id: v, title: V, date: 2026-01-01, stage: tabled}\n",
            ),
            ("texts/deux/v.md", "# Article 1\n"),
            ("amendments/a1.md", "---\narticle: 1\n---\n"),
        ],
        &["G011 amendments/a1.md:1:1"],
    );
}

#[test]
fn a_value_of_another_shape() {
    check(
        &[(
            "votes/v1.yaml",
            "title: [a]\nkind: {a: b}\ncast: 1e3\nrule: {replace: oui}\nurl: exemple.fr\ntotals: 3\n",
        )],
        &[
            "G013 votes/v1.yaml:1:8",
            "G013 votes/v1.yaml:2:7",
            "G013 votes/v1.yaml:3:7",
            "G013 votes/v1.yaml:4:17",
            "G013 votes/v1.yaml:5:6",
            "G013 votes/v1.yaml:6:9",
        ],
    );
}

#[test]
fn a_time_zone_that_does_not_exist() {
    check(&[("/greffe.yaml", "title: S\ntimezone: Europe/Lyon\n")], &["G013 /greffe.yaml:2:11"]);
}

#[test]
fn an_empty_file() {
    check(&[("votes/v1.yaml", "")], &["G013 votes/v1.yaml:1:1"]);
    check(&[("votes/v1.yaml", "---\n")], &["G013 votes/v1.yaml:1:4"]);
}

#[test]
fn a_word_outside_its_list() {
    check(&[("contributions/c1.md", "---\nkind: arguments\n---\nOui.\n")], &["G014 contributions/c1.md:2:7"]);
}

#[test]
fn a_thirtieth_of_february() {
    check(
        &[("contributions/c1.md", "---\nkind: comment\ndate: 2026-02-30\n---\nOui.\n")],
        &["G015 contributions/c1.md:3:7"],
    );
}

#[test]
fn a_malformed_id() {
    check(
        &[("contributions/c1.md", "---\nid: a/b\nkind: comment\n---\nOui.\n")],
        &["G016 contributions/c1.md:2:5"],
    );
    check(
        &[("synthesis/s1.md", "---\ntitle: S\nauthor: {name: A}\ndate: 2026-01-01\n---\nOui [@a b].\n")],
        &["G016 synthesis/s1.md:6:7"],
    );
}

#[test]
fn a_key_that_does_not_go_with_another() {
    check(
        &[("amendments/a1.md", "---\norigin: editor\noutcome: adopted\n---\n")],
        &["G033 amendments/a1.md:3:10"],
    );
    check(
        &[("amendments/a1.md", "---\narticle: 1\noperations:\n  - replace: deux\n---\n")],
        &["G033 amendments/a1.md:4:5"],
    );
}

// --- Ids and references ---

#[test]
fn an_id_taken_twice() {
    check(
        &[
            ("contributions/a.md", "---\nid: c1\nkind: comment\n---\nOui.\n"),
            ("contributions/c1.md", "---\nkind: comment\n---\nOui.\n"),
        ],
        &["G017 contributions/c1.md:1:1"],
    );
    check(
        &[(
            "contributions/a.yaml",
            "- {id: C1, kind: comment, body: Oui}\n- {id: c1, kind: comment, body: Oui}\n",
        )],
        &["G017 contributions/a.yaml:2:8"],
    );
}

#[test]
fn ids_of_a_small_list_that_collide() {
    let consultation = "title: T\nsummary: S\norganiser: {name: O}\ncategories:\n  - {id: a, title: A}\n  - {id: A, title: A}\nphases:\n  - {id: p, kind: vote}\n  - {id: p, kind: vote}\n";
    check(
        &[("consultation.yaml", consultation)],
        &["G017 consultation.yaml:6:10", "G017 consultation.yaml:9:10"],
    );
}

#[test]
fn references_that_lead_nowhere() {
    check(
        &[(
            "contributions/c1.md",
            "---\nkind: comment\nparent: c2\ncategory: x\nmeeting: m\non: {article: 9}\nanswers: {q: a}\n---\nOui.\n",
        )],
        &[
            "G018 contributions/c1.md:3:9",
            "G018 contributions/c1.md:4:11",
            "G018 contributions/c1.md:5:10",
            "G018 contributions/c1.md:6:15",
            "G018 contributions/c1.md:7:11",
        ],
    );
}

#[test]
fn a_paragraph_that_the_article_does_not_have() {
    check(
        &[("contributions/c1.md", "---\nkind: comment\non: {article: 1, paragraph: 2}\n---\nOui.\n")],
        &["G018 contributions/c1.md:3:29"],
    );
}

#[test]
fn a_citation_of_nobody() {
    check(
        &[("synthesis/s1.md", "---\ntitle: S\nauthor: {name: A}\ndate: 2026-01-01\n---\nBeaucoup [@c9].\n")],
        &["G018 synthesis/s1.md:6:12"],
    );
}

#[test]
fn references_in_a_circle() {
    check(
        &[(
            "contributions/c.yaml",
            "- {id: a, kind: comment, body: A, parent: b}\n- {id: b, kind: comment, body: B, parent: a}\n\
             - {id: c, kind: comment, body: C, merged_into: c}\n",
        )],
        &[
            "G019 contributions/c.yaml:1:43",
            "G019 contributions/c.yaml:2:43",
            "G019 contributions/c.yaml:3:48",
        ],
    );
    check(&[("amendments/a.md", "---\nparent: a\n---\n")], &["G019 amendments/a.md:2:9"]);
}

#[test]
fn a_path_that_leaves_the_site() {
    check(
        &[(
            "meetings/m1.md",
            "---\ntitle: M\nkind: workshop\ndate: 2026-01-01\nattachments:\n  - {path: ../../etc/passwd, title: P}\naliases: a//b\n---\n",
        )],
        &["G020 meetings/m1.md:6:12", "G020 meetings/m1.md:7:10"],
    );
}

#[test]
fn a_file_that_is_not_there() {
    check(
        &[
            (
                "meetings/m1.md",
                "---\ntitle: M\nkind: workshop\ndate: 2026-01-01\nattachments: {path: documents/a.pdf, title: P}\n---\n",
            ),
            ("votes/v1.yaml", "title: V\nkind: roll-call\nballots: b.csv\n"),
            (
                "texts/projet/text.yaml",
                "kind: bill\ntitle: P\nversions:\n  - {id: depot, title: D, date: 2026-01-01, stage: tabled}\n  - {id: adopte, title: A, date: 2026-02-01, stage: adopted}\n",
            ),
        ],
        &["G024 meetings/m1.md:5:21", "G024 texts/projet/text.yaml:5:10", "G024 votes/v1.yaml:3:10"],
    );
}

#[test]
fn versions_without_their_text() {
    check(&[("texts/sans/depot.md", "# Article 1\n")], &["G024 texts/sans/depot.md:1:1"]);
}

#[test]
fn front_matter_missing_or_not_closed() {
    check(&[("contributions/c1.md", "Bonjour.\n")], &["G023 contributions/c1.md:1:1"]);
    check(&[("contributions/c1.md", "---\nkind: comment\nBonjour.\n")], &["G023 contributions/c1.md:1:1"]);
}

#[test]
fn an_address_that_is_taken() {
    check(
        &[(
            "meetings/m.md",
            "---\ntitle: M\nkind: workshop\ndate: 2026-01-01\naliases: [a/b, a/b/index.html]\n---\n",
        )],
        &["G027 meetings/m.md:5:16"],
    );
    check(
        &[("/content/search/consultation.yaml", "title: T\nsummary: S\norganiser: {name: O}\n")],
        &["G027 /content/search/consultation.yaml:1:1"],
    );
}

#[test]
fn documents_whose_names_a_disk_may_confuse() {
    let pdf = || Contents::Opaque { bytes: 1 };
    check_sources(
        &site_of([
            ("documents/Plan.pdf", pdf()),
            ("documents/plan.pdf", pdf()),
            ("documents/\u{e9}t\u{e9}.pdf", pdf()),
            ("documents/e\u{301}te\u{301}.pdf", pdf()),
        ]),
        &["G027 documents/plan.pdf:1:1", "G027 documents/\u{e9}t\u{e9}.pdf:1:1"],
    );
}

// --- Texts, dates, votes ---

#[test]
fn an_amendment_that_quotes_words_of_nowhere() {
    check(
        &[(
            "amendments/CL12.md",
            "---\narticle: 1\noperations:\n  - replace: \"trois mois\"\n    with: un mois\n---\n",
        )],
        &["G012 amendments/CL12.md:4:14"],
    );
}

#[test]
fn operations_that_are_not_one_edit() {
    let with = |operation: &str| format!("---\narticle: 1\noperations:\n  - {operation}\n---\n");
    let one = |operation: &str, expected: &str| check(&[("amendments/a.md", &with(operation))], &[expected]);
    one("{paragraph: 1}", "G033 amendments/a.md:4:5");
    one("{replace: deux, delete: mois}", "G033 amendments/a.md:4:5");
    one("{delete: deux, with: trois}", "G033 amendments/a.md:4:26");
    one("{insert: deux}", "G033 amendments/a.md:4:5");
    one("{insert_paragraphs: Un., paragraph: 2}", "G033 amendments/a.md:4:41");
    one("{insert_articles: Sans titre., after_article: 1}", "G033 amendments/a.md:4:23");
    let unread = with("{delete_paragraphs: 3-1}");
    check(&[("amendments/a.md", &unread)], &["G033 amendments/a.md:4:5", "G013 amendments/a.md:4:25"]);
}

#[test]
fn operations_that_do_not_apply() {
    let with = |operation: &str| format!("---\narticle: 1\noperations:\n  - {operation}\n---\n");
    let one = |operation: &str, expected: &str| check(&[("amendments/a.md", &with(operation))], &[expected]);
    one("{delete_paragraphs: 2}", "G012 amendments/a.md:4:25");
    one("{delete_article: 7}", "G012 amendments/a.md:4:22");
    one("{move_article: 1, after_article: 9}", "G012 amendments/a.md:4:20");
    one("{article: 2, replace: maire, with: préfet, occurrence: 2}", "G012 amendments/a.md:4:27");
}

#[test]
fn a_version_that_no_change_explains() {
    let versions = "kind: bill\ntitle: Projet\nversions:\n  - {id: depot, title: D, date: 2026-01-01, stage: tabled}\n  - {id: adopte, title: A, date: 2026-02-01, stage: adopted}\n";
    let amendment = "---\narticle: 1\noutcome: adopted\noperations:\n  - {replace: deux, with: trois}\n---\n";
    let adopted = |words: &str| format!("# Article 1\n\nDans les trois mois.\n\n# Article 2\n\n{words}\n");
    let check_against = |words: &str, expected: &[&str]| {
        let adopted = adopted(words);
        let files = [
            ("texts/projet/text.yaml", versions),
            ("texts/projet/adopte.md", &adopted),
            ("amendments/a.md", amendment),
        ];
        check(&files, expected);
    };
    check_against("Le maire répond.", &[]);
    check_against("Le maire répond aussi.", &["G040 texts/projet/adopte.md:1:1"]);
}

#[test]
fn adopted_amendments_that_contend() {
    let amendment = |words: &str, more: &str| {
        format!(
            "---\narticle: 1\noutcome: adopted\n{more}operations:\n  - {{replace: {words}, with: un}}\n---\n"
        )
    };
    let (a, b) = (amendment("deux mois", ""), amendment("les deux", ""));
    check(&[("amendments/a.md", &a), ("amendments/b.md", &b)], &["G042 amendments/b.md:5:15"]);
    let after = amendment("un", "after: a\n");
    check(&[("amendments/a.md", &a), ("amendments/b.md", &after)], &[]);
    let rejected = a.replace("adopted", "rejected");
    check(&[("amendments/a.md", &rejected), ("amendments/b.md", &after)], &["G041 amendments/b.md:6:15"]);
}

const RESPONSE: &str = "---\nto: [c1]\nauthor: {name: Mairie}\ndate: 2026-02-02\n";
const PROPOSAL: (&str, &str) = ("contributions/c1.md", "---\nkind: proposal\n---\nUn mois.\n");

#[test]
fn a_response_that_keeps_something_and_says_nowhere_what_became_of_it() {
    let kept = |more: &str| format!("{RESPONSE}decision: kept\n{more}---\nOui.\n");
    let told = ["G047 responses/r1.md:5:11"];
    check(&[PROPOSAL, ("responses/r1.md", &kept(""))], &told);
    check(&[PROPOSAL, ("responses/r1.md", &kept("articles: [1]\n"))], &[]);
    let commitment =
        "title: T\nby: {name: Mairie}\ndate: 2026-02-02\nstatus: announced\ncontributions: [c1]\n";
    check(&[PROPOSAL, ("responses/r1.md", &kept("")), ("commitments/e.yaml", commitment)], &[]);
    let amendment = "---\narticle: 1\ncontributions: [c1]\n---\n";
    check(&[PROPOSAL, ("responses/r1.md", &kept("")), ("amendments/a.md", amendment)], &[]);
}

#[test]
fn a_response_that_does_not_keep_what_led_to_an_adopted_amendment() {
    let response = format!("{RESPONSE}decision: not-kept\n---\nNon.\n");
    let amendment =
        |outcome: &str| format!("---\narticle: 1\noutcome: {outcome}\ncontributions: [c1]\n---\n");
    let told = |outcome: &str, expected: &[&str]| {
        let amendment = amendment(outcome);
        check(&[PROPOSAL, ("responses/r1.md", &response), ("amendments/a.md", &amendment)], expected);
    };
    told("adopted", &["G048 responses/r1.md:5:11"]);
    told("rejected", &[]);
}

#[test]
fn a_synthesis_that_cites_what_nobody_can_read() {
    let synthesis = "---\ntitle: S\nauthor: {name: Mairie}\ndate: 2026-02-02\n---\nOn veut [@c1; @c2].\n";
    let list = "- {id: c1, kind: proposal, body: Un mois.}\n\
                - {id: c2, kind: proposal, moderation: {state: erased, by: M, date: 2026-02-01, ground: Un jugement}}\n";
    check(&[("contributions/l.yaml", list), ("synthesis/s.md", synthesis)], &["G049 synthesis/s.md:6:16"]);
}

#[test]
fn dates_that_contradict_each_other() {
    check(
        &[
            ("amendments/a1.md", "---\ndate: 2026-02-02\ndecided: 2026-02-01\n---\n"),
            (
                "commitments/e1.yaml",
                "title: E\nby: {name: A}\ndate: 2026-02-02\ndue: 2026-01-01\nstatus: kept\n",
            ),
            (
                "consultation.yaml",
                "title: T\nsummary: S\norganiser: {name: O}\nphases:\n  - {kind: vote, start: 2026-02-02, end: 2026-02-01}\n",
            ),
        ],
        &["G021 amendments/a1.md:3:10", "G021 commitments/e1.yaml:4:6", "G021 consultation.yaml:5:42"],
    );
}

#[test]
fn a_declared_result_that_the_ballots_contradict() {
    check(
        &[
            (
                "votes/v1.yaml",
                "title: V\nkind: roll-call\nballots: v1.csv\ntotals: {for: 2, against: 0, abstention: 0}\n",
            ),
            ("votes/v1.csv", "voter,choice\na,for\nb,against\n"),
        ],
        &["G025 votes/v1.yaml:4:9"],
    );
}

#[test]
fn a_vote_that_cannot_be_tallied() {
    check(&[("votes/v1.yaml", "title: V\nkind: roll-call\n")], &["G026 votes/v1.yaml:2:7"]);
    check(
        &[
            ("votes/v1.yaml", "title: V\nkind: roll-call\nballots: v1.csv\n"),
            ("votes/v1.csv", "électeur,choix\na,for\n"),
        ],
        &["G026 votes/v1.csv:1:1"],
    );
    check(
        &[
            ("votes/v1.yaml", "title: V\nkind: roll-call\nballots: v1.csv\n"),
            ("votes/v1.csv", "voter,choice\na,for\nb\n"),
        ],
        &["G026 votes/v1.csv:3:1"],
    );
}

#[test]
fn a_rule_that_no_vote_can_follow() {
    let rule = "{threshold: 150, quorum: -1, max_choices: 1, min_choices: 2}";
    check(
        &[("votes/v1.yaml", &format!("title: V\nkind: roll-call\ntotals: {{for: 1}}\nrule: {rule}\n"))],
        &["G026 votes/v1.yaml:4:7", "G026 votes/v1.yaml:4:19", "G026 votes/v1.yaml:4:32"],
    );
}

// --- The theme ---

#[test]
fn a_template_that_does_not_close_what_it_opens() {
    check(
        &[("/themes/default/templates/page.html", "{% if a %}")],
        &["G035 /themes/default/templates/page.html:1:1"],
    );
    check_sources(
        &site_of([("/themes/default/static/a.css", Contents::Broken(Breakage::Symlink))]),
        &["G035 /themes/default/static/a.css:1:1"],
    );
}

// --- Warnings ---

#[test]
fn a_missing_translation() {
    check(
        &[("/greffe.yaml", "title: {fr: Site}\nlanguages: [fr, en]\n")],
        &["G028 texts/projet/depot.md:1:1", "G028 /greffe.yaml:1:8"],
    );
}

#[test]
fn withheld_words_that_are_still_there() {
    let consultation =
        "title: T\nsummary: S\norganiser: {name: O}\nmoderation: {reasons: [{id: injure, title: I}]}\n";
    check(
        &[
            ("consultation.yaml", consultation),
            (
                "contributions/c1.md",
                "---\nkind: comment\nmoderation: {state: withheld, reason: injure}\n---\nGros mot.\n",
            ),
        ],
        &["G031 contributions/c1.md:3:21"],
    );
}

#[test]
fn an_address_and_a_telephone_number_in_a_contribution() {
    check(
        &[
            ("contributions/c1.md", "---\nkind: comment\n---\nOui.\r\nAppelez le 06 12 34 56 78.\n"),
            (
                "contributions/c2.yaml",
                "- id: a\n  kind: comment\n  body: |\n    Oui.\n    À jeanne@laposte.net\n",
            ),
            (
                "contributions/c3.md",
                "---\nkind: comment\nauthor: {kind: government}\n---\nÉcrivez à x@gouv.fr.\n",
            ),
        ],
        &["G030 contributions/c1.md:5:12", "G030 contributions/c2.yaml:5:7"],
    );
}

#[test]
fn marks_that_turn_a_text_over() {
    check(&[("index.md", "Bon\u{202e}jour\u{1b}[2J\n")], &["G039 index.md:1:4"]);
    check(&[("index.md", "Zéro\0\n")], &["G001 index.md:1:5"]);
}

#[test]
fn a_contribution_without_words() {
    check(&[("contributions/c1.md", "---\nkind: comment\n---\n\n")], &["G032 contributions/c1.md:2:7"]);
}

#[test]
fn six_thousand_contributions_in_one_folder() {
    let many: String = (0..6_000).map(|i| format!("- {{id: c{i}, kind: comment, body: Oui}}\n")).collect();
    check(&[("contributions/c.yaml", &many)], &["G037 consultation.yaml:1:8"]);
}

#[test]
fn what_is_at_fault_is_left_out_on_demand() {
    let sources = site(&[
        // Never read, refers to nothing, contradicts its ballots: at fault in three stages.
        ("contributions/c1.md", "---\nkind: commment\n---\nOui.\n"),
        ("contributions/c2.md", "---\nkind: comment\nparent: c9\n---\nOui.\n"),
        ("votes/v1.csv", "voter,choice\na,for\n"),
        ("votes/v1.yaml", "title: V\nkind: roll-call\nballots: v1.csv\ntotals: {for: 2}\n"),
    ]);
    let quarantine = Options { quarantine: true, ..Options::default() };
    let problems = examine(&sources, &quarantine);
    assert_eq!(
        places(&problems, &sources),
        ["G038 contributions/c1.md:2:7", "G038 contributions/c2.md:3:9", "G038 votes/v1.yaml:4:9"]
    );
}

#[test]
fn an_answer_that_does_not_fit_its_question() {
    let consultation = "title: T\nsummary: S\norganiser: {name: O}\nquestions:\n  - id: u\n    title: Quel usage ?\n    \
                        kind: single\n    options: [{id: a, title: A}, {id: b, title: B}]\n";
    check(
        &[
            ("consultation.yaml", consultation),
            (
                "contributions/r.yaml",
                "- id: r1\n  kind: answer\n  answers: {u: a|b}\n- id: r2\n  kind: answer\n  answers: {u: b}\n",
            ),
        ],
        &["G043 contributions/r.yaml:3:16"],
    );
}

const CHARTER: &str =
    "title: T\nsummary: S\norganiser: {name: O}\nmoderation: {reasons: {id: injure, title: I}}\n";

#[test]
fn a_passage_of_a_withheld_text_in_a_published_one() {
    let withheld = "---\nkind: proposal\nmoderation: {state: withheld, reason: injure}\n---\n\
                    Mon voisin pompe la nuit, dans les deux mois le maire répond.\n";
    check(
        &[
            ("consultation.yaml", CHARTER),
            ("contributions/c1.md", withheld),
            // The words of the text itself are anyone's to quote.
            (
                "contributions/c2.md",
                "---\nkind: comment\n---\nDans les deux mois. Le maire répond. Quand ?\n",
            ),
            (
                "responses/r1.md",
                "---\nauthor: {name: O}\ndate: 2026-03-01\n---\nOn lit : « mon voisin pompe la nuit, dans les deux mois ».\n",
            ),
        ],
        &["G031 contributions/c1.md:3:21", "G044 responses/r1.md:5:12"],
    );
}

/// Words that moderators took out of the content are looked for too, and change nothing but warnings.
#[test]
fn words_kept_apart_are_looked_for() {
    let sources = site(&[(
        "contributions/c2.md",
        "---\nkind: comment\n---\nIl dit : un deux trois quatre cinq six sept huit.\n",
    )]);
    let kept = greffe::check::KeptApart {
        consultation: "eau".into(),
        id: "c1".into(),
        words: "---\nkind: comment\n---\nUn deux trois quatre cinq six sept huit, dit-il.\n".into(),
    };
    let options = Options { kept_apart: vec![kept], ..Options::default() };
    assert_eq!(places(&examine(&sources, &options), &sources), ["G044 contributions/c2.md:4:10"]);
    check_sources(&sources, &[]);
}

#[test]
fn an_erased_contribution_says_under_what_and_nothing_more() {
    check(
        &[("contributions/c1.md", "---\nkind: comment\ntitle: Nom\nmoderation: {state: erased}\n---\n")],
        &[
            "G011 contributions/c1.md:4:21",
            "G011 contributions/c1.md:4:21",
            "G011 contributions/c1.md:4:21",
            "G031 contributions/c1.md:4:21",
        ],
    );
}

#[test]
fn a_receipt_is_a_digest_and_a_decision_follows_the_reception() {
    let record = "---\nkind: comment\ndate: 2026-03-02\nreceipt: K7M2Q-9XW4T-00000-AAAAA\n\
                  moderation: {state: published, date: 2026-03-01}\n---\nOui.\n";
    check(
        &[("contributions/c1.md", record)],
        &["G013 contributions/c1.md:4:10", "G021 contributions/c1.md:5:38"],
    );
}

#[test]
fn a_part_of_itself() {
    check(
        &[("contributions/c1.md", "---\nkind: comment\nsplit_from: c1\n---\nOui.\n")],
        &["G019 contributions/c1.md:3:13"],
    );
}

// --- Freezing ---

#[test]
fn a_frozen_consultation_is_as_it_was() {
    let c1 = [("contributions/c1.md", "---\nkind: proposal\n---\nUn mois.\n")];
    let errata = ("errata.yaml", "- {date: 2027-01-02, contribution: c1, body: Lire deux mois.}\n");
    check_sources(&told::frozen(&c1, &[c1[0], errata], |record| record), &[]);
}

#[test]
fn every_change_of_a_frozen_consultation_is_told() {
    let c1 = ("contributions/c1.md", "---\nkind: proposal\n---\nUn mois.\n");
    let c2 = ("contributions/c2.md", "---\nkind: proposal\n---\nDeux mois.\n");
    let changed = ("contributions/c1.md", "---\nkind: proposal\n---\nUn an.\n");
    check_sources(
        &told::frozen(&[c1], &[changed, c2], |record| record),
        &["G045 contributions/c1.md:1:1", "G045 contributions/c2.md:1:1"],
    );
    check_sources(&told::frozen(&[c1], &[], |record| record), &["G045 frozen.yaml:6:3"]);
}

#[test]
fn what_is_published_in_part_has_a_salted_digest() {
    let whole =
        ("contributions/c1.md", "---\nkind: proposal\nauthor: {name: Jeanne Durand}\n---\nUn mois.\n");
    let shown = ("contributions/c1.md", "---\nkind: proposal\n---\nUn mois.\n");
    let salted = |sha256: &str| {
        let salted = greffe::model::frozen::salted("sel", sha256);
        move |record: String| {
            format!("{record}withheld:\n  salt: sel\n  files:\n    contributions/c1.md: {salted}\n")
        }
    };
    let sha256 = greffe::source::sha256_of(whole.1.as_bytes());
    check_sources(&told::frozen(&[shown], &[whole], salted(&sha256)), &[]);
    check_sources(&told::frozen(&[shown], &[shown], salted(&sha256)), &[]);
    check_sources(&told::frozen(&[shown], &[whole], salted("0")), &["G045 contributions/c1.md:1:1"]);
}

#[test]
fn a_freeze_whose_list_was_edited() {
    let edited = |record: String| record.replace("depot.md", "depose.md");
    check_sources(
        &told::frozen(&[], &[], edited),
        &["G046 frozen.yaml:3:9", "G045 frozen.yaml:6:3", "G045 texts/projet/depot.md:1:1"],
    );
}

#[test]
fn an_erratum_about_nothing_or_about_two_things() {
    let errata = "- {date: 2027-01-02, vote: v, body: A.}\n\
                  - {date: 2027-01-02, text: projet, contribution: c1, body: B.}\n";
    let c1 = ("contributions/c1.md", "---\nkind: proposal\n---\nUn mois.\n");
    check(&[c1, ("errata.yaml", errata)], &["G018 errata.yaml:1:28", "G033 errata.yaml:2:28"]);
}
