//! Real votes: six participatory budgets, four leader elections, an experiment with grades, two Polis conversations. The
//! data are not part of the project: without them the tests say so and pass.
#![allow(clippy::print_stderr, clippy::panic, clippy::disallowed_methods, reason = "a test reads its data")]
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use greffe::ballots::poll::Poll;
use greffe::ballots::{alone, pabulib, preflib};
use greffe::check::Options as Check;
use greffe::import::polis::Polis;
use greffe::import::polls::{Pabulib, Preflib};
use greffe::import::pseudonym::Key;
use greffe::import::{Imported, Importer, Input, Options};
use greffe::io::export::read_folder;
use greffe::model::choices::VoteKind;
use greffe::model::id::Id;
use greffe::model::site::VoteResult;
use greffe::model::when::Date;
use greffe::pipeline::{Unobserved, examine};
use greffe::source::{Contents, SourceFile, Sources};
use greffe::tally::{Method, Question, Tally, count};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A folder of the data, when they are there.
fn data(folder: &str) -> Option<PathBuf> {
    let given = std::env::var_os("GREFFE_SHARED").map(PathBuf::from);
    let shared = given.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"));
    let folder = shared.join("data").join(folder);
    if !folder.exists() {
        eprintln!("skipped: no {} (set GREFFE_SHARED)", folder.display());
        return None;
    }
    Some(folder)
}

fn budget(name: &str) -> Option<Poll> {
    let text = std::fs::read_to_string(data("pabulib")?.join(name)).unwrap();
    Some(pabulib::read(&text).unwrap_or_else(|faults| panic!("{faults:?}")))
}

fn counted(poll: &Poll) -> Tally {
    let (kind, rule, options) = (poll.kind, &poll.rule, &poll.options);
    count(Question { kind, rule, options, registered: None }, &poll.ballots)
}

const BUDGETS: [(&str, usize, usize); 6] = [
    ("France_Toulouse_2019.pb", 30, 1_494),
    ("France_Toulouse_2024.pb", 183, 7_260),
    ("Netherlands_Assen_2024.pb", 14, 84),
    ("Poland_Lodz_2022_Baluty-Doly.pb", 26, 3_988),
    ("Poland_Wroclaw_2015_from_500.pb", 128, 127_773),
    ("Switzerland_Zurich_D5.pb", 24, 180),
];

#[test]
fn declared_counts_of_six_budgets_are_found_again() {
    for (name, projects, ballots) in BUDGETS {
        let Some(poll) = budget(name) else { return };
        assert_eq!((poll.options.len(), poll.ballots.len()), (projects, ballots), "{name}");
        let tally = counted(&poll);
        assert_eq!(tally.cast, poll.cast, "{name}");
        assert!(tally.void.is_empty(), "{name}: {:?}", tally.void);
        assert_eq!(Some(&tally.counts), poll.declared.as_ref(), "{name}");
        // Where the counts are points, the file declares the ballots too.
        if let Some(supporters) = &poll.supporters {
            let mut naming = vec![0; poll.options.len()];
            let marks = poll.ballots.iter().flat_map(|ballot| &ballot.marks);
            marks.for_each(|mark| naming[mark.option as usize] += 1);
            assert_eq!(naming, *supporters, "{name}");
        }
    }
}

#[test]
fn what_three_cities_selected_is_what_their_rules_select() {
    for (name, selected) in [(BUDGETS[2].0, 9), (BUDGETS[3].0, 7), (BUDGETS[4].0, 3)] {
        let Some(poll) = budget(name) else { return };
        assert!(poll.ruled, "{name}");
        let mut winners = counted(&poll).winners;
        winners.sort_unstable();
        assert_eq!(winners.len(), selected, "{name}");
        assert_eq!(Some(winners), poll.selected, "{name}");
    }
}

/// The official winners of 2002, 2007 and 2012; for 2003 what these ballots give, which is not what was proclaimed.
#[test]
fn debian_leaders_by_schulze() {
    let leaders = [
        ("00002-00000001.soi", 475, "Bdale Garbee"),
        ("00002-00000002.soi", 488, "Bdale Garbee"),
        ("00002-00000005.soi", 482, "Sam Hocevar"),
        ("00002-00000007.soi", 403, "Stefano Zacchiroli"),
    ];
    for (name, ballots, leader) in leaders {
        let Some(folder) = data("debian-elections") else { return };
        let poll = preflib::read(&std::fs::read_to_string(folder.join(name)).unwrap()).unwrap();
        let tally = counted(&poll);
        assert_eq!((tally.cast, poll.cast), (Some(ballots), Some(ballots)), "{name}");
        let winners: Vec<&str> = tally.winners.iter().map(|at| &**poll.options[*at].title.main()).collect();
        assert_eq!(winners, [leader], "{name}");
    }
}

/// The medians of three polling stations together: an ungraded candidate has the lowest grade, as the experiment did.
#[test]
fn orsay_medians() {
    let Some(folder) = data("majority-judgement-orsay-2007/ballots/2007_presidentielle_orsay") else {
        return;
    };
    let (mut all, mut sizes): (Option<Poll>, Vec<usize>) = (None, Vec::new());
    for station in ["bureau_01.csv", "bureau_06.csv", "bureau_12.csv"] {
        let text = std::fs::read_to_string(folder.join(station)).unwrap();
        let said = alone::Said { kind: Some(VoteKind::MajorityJudgment), grades: Vec::new() };
        let poll = alone::read(&text, &said).unwrap();
        sizes.push(poll.ballots.len());
        match &mut all {
            Some(all) => all.ballots.extend(poll.ballots),
            None => all = Some(poll),
        }
    }
    assert_eq!(sizes, [559, 601, 573]);
    let poll = all.unwrap();
    let grades: Vec<&str> = poll.rule.grades.iter().map(|grade| grade.id.as_str()).collect();
    assert_eq!(grades, ["0", "1", "2", "3", "4", "5", "6"]);
    let tally = counted(&poll);
    let Method::Judgment(judgment) = &tally.method else { panic!("{:?}", tally.method) };
    let medians: Vec<(&str, usize)> = poll
        .options
        .iter()
        .map(|o| &**o.title.main())
        .zip(judgment.options.iter().map(|o| o.median))
        .collect();
    let expected = [
        ("Besancenot", 2),
        ("Buffet", 2),
        ("Schivardi", 1),
        ("Bayrou", 4),
        ("Bové", 2),
        ("Voynet", 3),
        ("de Villiers", 1),
        ("Royal", 4),
        ("Nihous", 1),
        ("Le Pen", 1),
        ("Laguiller", 2),
        ("Sarkozy", 4),
    ];
    assert_eq!(medians, expected);
    // The gauges that the authors published, in thousandths of the 1 733 ballots: above the median, below it.
    let gauge = |name: &str| {
        let at = poll.options.iter().position(|option| &**option.title.main() == name).unwrap();
        let of = |votes: u64| (votes * 1000 + 866) / 1733;
        (of(judgment.options[at].better), of(judgment.options[at].worse))
    };
    assert_eq!(gauge("Bayrou"), (443, 306));
    assert_eq!(gauge("Royal"), (394, 415));
    assert_eq!(gauge("Sarkozy"), (389, 469));
    assert_eq!(&**poll.options[tally.winners[0]].title.main(), "Bayrou");
}

fn options(slug: &str) -> Options {
    Options {
        slug: Id::new(slug).unwrap(),
        key: Key([3; 32]),
        first_import: Date::parse("2026-01-02").unwrap(),
        keep_names: Default::default(),
        title: None,
    }
}

/// The content passes `check` without a word.
fn checked(imported: &Imported) -> greffe::model::site::Site {
    let site = "title: Essai\nlanguages: [fr]\npublisher: {name: Essai}\n";
    let text =
        |path: &str, text: &str| SourceFile { path: path.into(), contents: Contents::Text(text.into()) };
    let mut files = vec![text("greffe.yaml", site)];
    files.extend(
        imported.files.iter().map(|(path, bytes)| text(path.as_str(), std::str::from_utf8(bytes).unwrap())),
    );
    let examined = examine(&Sources::new(files), &Check::default(), &Unobserved);
    let said: Vec<String> =
        examined.problems.iter().map(|p| format!("{:?} {}", p.code, p.message.en)).collect();
    assert!(said.is_empty(), "{said:#?}");
    examined.site.unwrap().0
}

fn convert<I: Importer<Source = Input, Options = Options>>(
    importer: &I,
    folder: &Path,
    endings: &[&str],
    slug: &str,
) -> Imported {
    let imported = importer.convert(&read_folder(folder, endings).unwrap(), &options(slug));
    assert!(imported.report.agrees(), "{:?}", imported.report.kinds);
    imported
}

#[test]
fn budgets_and_elections_become_content() {
    let Some(folder) = data("pabulib") else { return };
    let imported = convert(&Pabulib, &folder, &["pb"], "budgets");
    let site = checked(&imported);
    let votes = &site.consultations[0].votes;
    assert_eq!(votes.len(), 6);
    assert!(
        votes.iter().all(|vote| matches!(&vote.result, VoteResult::Known(r) if r.acknowledged.is_none()))
    );
    // Who proposed a project, and what is known of a voter, are nowhere; nor is any number of a voter.
    let all: Vec<&str> = imported.files.values().map(|bytes| std::str::from_utf8(bytes).unwrap()).collect();
    for gone in ["Perrine", "Marie-Hélène", "1401204202", "vote01006bcf", "QGVT6BFJ"] {
        assert!(all.iter().all(|text| !text.contains(gone)), "{gone}");
    }
    let Some(folder) = data("debian-elections") else { return };
    let site = checked(&convert(&Preflib, &folder, &["soi"], "debian"));
    assert_eq!(site.consultations[0].votes.len(), 4);
}

/// The published counts are those of the rows; each voter's last vote gives others, and pages say both.
#[test]
fn polis_conversations_have_two_counts() {
    // Statements, votes, statements whose counts the last votes change.
    let conversations = [("15-per-hour-seattle", 54, 2_995, 21), ("brexit-consensus", 50, 5_312, 8)];
    for (name, statements, rows, differ) in conversations {
        let Some(folder) = data("polis") else { return };
        let imported = convert(&Polis::default(), &folder.join(name), &["csv"], "polis");
        let site = checked(&imported);
        let votes = &site.consultations[0].votes;
        assert_eq!(votes.len(), statements, "{name}");
        let (mut read, mut acknowledged) = (0, 0);
        for vote in votes {
            let VoteResult::Known(result) = &vote.result else { panic!("{name}") };
            let ballots = result.ballots.as_ref().map_or(&[][..], |ballots| &ballots.ballots);
            read += ballots.len();
            let question =
                Question { kind: vote.kind, rule: &vote.rule, options: &vote.options, registered: None };
            let tally = count(question, ballots);
            let declared = result.declared.as_ref().unwrap();
            // Every row, whoever cast it.
            let every = |at: u32| {
                ballots.iter().filter(|ballot| ballot.marks.iter().any(|mark| mark.option == at)).count()
                    as u64
            };
            assert_eq!((declared[0], declared[2]), (Some(every(0)), Some(every(2))), "{name} {}", vote.id);
            let last: BTreeMap<&str, &greffe::model::vote::Ballot> =
                ballots.iter().map(|ballot| (&*ballot.voter, ballot)).collect();
            assert_eq!(tally.counts.iter().sum::<u64>(), last.len() as u64, "{name} {}", vote.id);
            let same = (declared[0], declared[2]) == (Some(tally.counts[0]), Some(tally.counts[2]));
            assert_eq!(same, result.acknowledged.is_none(), "{name} {}", vote.id);
            acknowledged += usize::from(!same);
        }
        assert_eq!((read, acknowledged), (rows, differ), "{name}");
    }
    // What moderation withheld is nowhere.
    let Some(folder) = data("polis") else { return };
    let imported = convert(&Polis::default(), &folder.join("15-per-hour-seattle"), &["csv"], "polis");
    let spam = "First piece of spam";
    assert!(imported.files.values().all(|bytes| !String::from_utf8_lossy(bytes).contains(spam)));
}
