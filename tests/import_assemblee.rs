//! Amendments and roll calls of the Assemblée nationale, from its open data to a site in which every total is counted
//! again. The data are not part of the project: without them the tests say so and pass.
#![allow(clippy::print_stderr, clippy::panic, clippy::disallowed_methods, reason = "a test reads its data")]
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use greffe::check::Options as Check;
use greffe::derive::Derived;
use greffe::import::assemblee_nationale::{Asked, AssembleeNationale, Options};
use greffe::import::{Imported, Importer, Input};
use greffe::model::choices::{Outcome, Provenance, VoteKind};
use greffe::model::id::Id;
use greffe::model::site::{Consultation, KnownResult, Site, Vote, VoteResult};
use greffe::model::vote::ABSENT;
use greffe::pipeline::{Unobserved, examine};
use greffe::source::{Contents, SourceFile, Sources};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::OnceLock;

fn input() -> Option<&'static Input> {
    static INPUT: OnceLock<Option<Input>> = OnceLock::new();
    let read = || {
        let given = std::env::var_os("GREFFE_SHARED").map(PathBuf::from);
        let shared = given.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"));
        let folder = shared.join("data/assemblee-scrutins");
        if !folder.exists() {
            eprintln!("skipped: no {} (set GREFFE_SHARED)", folder.display());
            return None;
        }
        Some(greffe::io::export::read_folder(&folder, &["json"]).unwrap())
    };
    INPUT.get_or_init(read).as_ref()
}

fn convert(text: Option<Asked>) -> Option<Imported> {
    let slug = Id::new("scrutins").unwrap();
    let options = Options { slug, title: None, text, consultation: false, existing: BTreeSet::new() };
    Some(AssembleeNationale.convert(input()?, &options))
}

struct Floor {
    imported: Imported,
    site: Site,
    derived: Derived,
}

impl Floor {
    fn consultation(&self) -> &Consultation {
        &self.site.consultations[0]
    }
}

/// The import, read back and checked: nothing is to be said about it.
fn floor() -> Option<&'static Floor> {
    static FLOOR: OnceLock<Option<Floor>> = OnceLock::new();
    FLOOR.get_or_init(|| checked(convert(None)?)).as_ref()
}

fn checked(imported: Imported) -> Option<Floor> {
    let file = |(path, bytes): (&greffe::sink::OutPath, &Vec<u8>)| SourceFile {
        path: path.as_str().into(),
        contents: Contents::Text(std::str::from_utf8(bytes).unwrap().into()),
    };
    let mut files: Vec<SourceFile> = imported.files.iter().map(file).collect();
    let site = "title: Essai\nlicence: etalab-2.0\n";
    files.push(SourceFile { path: "greffe.yaml".into(), contents: Contents::Text(site.into()) });
    let examined = examine(&Sources::new(files), &Check::default(), &Unobserved);
    let told: Vec<_> = examined.problems.iter().map(|p| (p.code.as_str(), p.message.en.clone())).collect();
    assert_eq!(told, [], "what was imported checks without a word");
    let (site, derived) = examined.site.unwrap();
    Some(Floor { imported, site, derived })
}

fn known(vote: &Vote) -> &KnownResult {
    match &vote.result {
        VoteResult::Known(known) => known,
        VoteResult::Embargoed { .. } => panic!("{} is under embargo", vote.id),
    }
}

#[test]
fn every_record_has_a_fate() {
    let Some(floor) = floor() else { return };
    let report = &floor.imported.report;
    println!("{}", report.text(greffe::lang::Speech::En));
    assert!(report.agrees());
    let read: Vec<(&str, u64)> = report.kinds.iter().map(|(kind, t)| (*kind, t.read)).collect();
    let wanted = [("amendment", 255), ("body", 14), ("correction", 28), ("person", 543), ("roll call", 98)];
    assert_eq!(read, wanted);
    assert_eq!(report.kinds["amendment"].skipped + report.kinds["roll call"].skipped, 0);
    let c = floor.consultation();
    assert_eq!((c.amendments.len(), c.votes.len()), (255, 98));
    let texts: BTreeMap<&str, usize> = c
        .texts
        .iter()
        .enumerate()
        .map(|(at, t)| (t.id.as_str(), c.amendments.iter().filter(|a| a.text == at).count()))
        .collect();
    assert_eq!(texts, [("pjl-1617", 149), ("ppl-1245", 68), ("ppl-1475", 38)].into());
}

#[test]
fn outcomes_of_roll_calls_and_of_amendments_agree() {
    let Some(floor) = floor() else { return };
    let c = floor.consultation();
    let outcome = |vote: &Vote| match known(vote).winners.as_slice() {
        [0] => Outcome::Adopted,
        _ => Outcome::Rejected,
    };
    let named: Vec<&Vote> = c.votes.iter().filter(|v| v.amendment.is_some()).collect();
    assert_eq!(named.len(), 79);
    for vote in named {
        let amendment = &c.amendments[vote.amendment.unwrap()];
        assert_eq!(amendment.outcome, Some(outcome(vote)), "{} and {}", vote.id, amendment.id);
        assert_eq!(amendment.decided, vote.date, "{} and {}", vote.id, amendment.id);
        let number = amendment.number.split(' ').next().unwrap();
        let title = vote.title.main();
        assert!(title.contains(&format!("n°\u{a0}{number} ")), "{title} is not about {number}");
    }
    let decided: Vec<_> = c.amendments.iter().filter_map(|a| Some((a, a.vote?))).collect();
    assert_eq!(decided.len(), 126, "with those that are identical to a named one");
    for (amendment, vote) in decided {
        assert_eq!(amendment.outcome, Some(outcome(&c.votes[vote])), "{}", amendment.id);
    }
}

#[test]
fn a_number_alone_is_no_key() {
    let Some(floor) = floor() else { return };
    let c = floor.consultation();
    let of = |vote: &str| {
        let vote = c.votes.iter().find(|v| v.id.as_str() == vote).unwrap();
        vote.amendment.map(|at| c.amendments[at].id.as_str())
    };
    // Number 1 of the bill, of its second deliberation, and of the organic bill debated with it.
    assert_eq!(of("scrutin-1266"), Some("1245-1"));
    assert_eq!(of("scrutin-1296"), Some("1245-d2-1"));
    assert_eq!(of("scrutin-1298"), None);
    // Number 2 of the organic bill, and a request about it.
    assert_eq!(of("scrutin-1299"), None);
    assert_eq!(of("scrutin-1301"), None);
    // Number 1 of two other texts.
    assert_eq!(of("scrutin-2225"), Some("1475-1"));
    // A title that errs about “M.” and “Mme”, and one that errs about the article.
    assert_eq!(of("scrutin-2224"), Some("1475-21"));
    assert_eq!(of("scrutin-1283"), Some("1245-36"));
    // Sub-amendments, and what they amend.
    let amendment = |id: &str| c.amendments.iter().find(|a| a.id.as_str() == id).unwrap();
    let parent = |id: &str| amendment(id).parent.map(|at| c.amendments[at].id.as_str());
    assert_eq!(parent("1475-21"), Some("1475-1"));
    assert_eq!(c.amendments.iter().filter(|a| a.parent.is_some()).count(), 41);
    // An article that is added is no article of the text.
    assert_eq!(amendment("1475-3").article, None);
    assert_eq!(amendment("1475-3").title.as_deref(), Some("Article additionnel après l’article 1er"));
    assert_eq!(c.amendments.iter().filter(|a| a.article.is_none()).count(), 42);
}

#[test]
fn every_total_is_counted_again_from_the_members() {
    let Some(floor) = floor() else { return };
    let (c, d) = (floor.consultation(), &floor.derived.consultations[0]);
    let (mut votes, mut absent) = (0, 0);
    for (at, vote) in c.votes.iter().enumerate() {
        assert_eq!(vote.kind, VoteKind::RollCall);
        let known = known(vote);
        let tally = d.tallies[at].as_ref().unwrap();
        assert_eq!(tally.provenance, Provenance::Recounted, "{}", vote.id);
        let declared: Vec<u64> = known.declared.iter().flatten().map(|count| count.unwrap()).collect();
        assert_eq!(declared, tally.counts, "{}", vote.id);
        assert_eq!(tally.cast, known.cast, "{}", vote.id);
        assert!(tally.void.is_empty(), "{}: {:?}", vote.id, tally.void);
        let ballots = &known.ballots.as_ref().unwrap().ballots;
        let voters: BTreeSet<&str> = ballots.iter().map(|b| &*b.voter).collect();
        assert_eq!(voters.len(), ballots.len(), "{}: nobody votes twice", vote.id);
        for (at, group) in known.groups.iter().enumerate() {
            let of = |option: u32| {
                let is = |b: &&greffe::model::vote::Ballot| {
                    b.group == Some(at as u16) && b.marks.first().is_some_and(|m| m.option == option)
                };
                ballots.iter().filter(is).count() as u64
            };
            let counted = (of(0), of(1), of(2));
            assert_eq!(counted, (group.r#for, group.against, group.abstention), "{} {}", vote.id, group.id);
            let all = counted.0 + counted.1 + counted.2 + group.absent.unwrap();
            assert_eq!(Some(all), group.members, "{} {}", vote.id, group.id);
            absent += of(ABSENT);
        }
        votes += ballots.len() as u64;
    }
    assert_eq!((votes, absent), (16_604, 113));
}

#[test]
fn amendments_come_in_the_order_of_their_discussion() {
    let Some(floor) = floor() else { return };
    let c = floor.consultation();
    let text = c.texts.iter().position(|t| t.id.as_str() == "ppl-1475").unwrap();
    let version = &floor.derived.consultations[0].texts[text].versions[0];
    let of: Vec<_> = version.discussion.iter().map(|at| &c.amendments[*at]).collect();
    let numbers: Vec<&str> = of.iter().map(|a| &*a.number).collect();
    // Sub-amendments after what they amend, then article by article, what is added after its article.
    assert_eq!(numbers[..8], ["1", "19", "20", "21", "2", "22", "23", "24"]);
    assert_eq!(
        numbers[23..],
        ["13", "7", "4", "3", "8", "14", "9", "15", "10", "16", "11", "17", "12", "18", "6"]
    );
    let last =
        c.amendments.iter().filter(|a| c.texts[a.text].id.as_str() == "ppl-1245").max_by_key(|a| a.order);
    assert_eq!(last.unwrap().id.as_str(), "1245-d2-1", "a second deliberation comes last");
}

#[test]
fn words_are_composed_and_what_is_nothing_is_left_out() {
    let Some(floor) = floor() else { return };
    for (path, bytes) in &floor.imported.files {
        let text = std::str::from_utf8(bytes).unwrap();
        let apart = text.chars().any(|c| ('\u{300}'..='\u{36f}').contains(&c));
        assert!(!apart, "{}: a letter and its accent apart", path.as_str());
        for rest in ["@xsi:nil", "&#", "&nbsp;", "<p", "{}"] {
            assert!(!text.contains(rest), "{}: {rest}", path.as_str());
        }
    }
}

#[test]
fn one_text_alone() {
    let asked = Asked { reference: "1475".into(), id: Id::new("prisons"), version: None };
    let Some(floor) = convert(Some(asked)).and_then(checked) else { return };
    let c = floor.consultation();
    assert!(floor.imported.report.agrees());
    assert_eq!(c.texts.iter().map(|t| t.id.as_str()).collect::<Vec<_>>(), ["prisons"]);
    assert_eq!((c.amendments.len(), c.votes.len()), (38, 23));
}
