//! A bill's history of 2015–2016, from a git bundle to content whose every change is tried. The data are not part of
//! the project: without them the tests say so and pass.
#![allow(clippy::print_stderr, clippy::panic, clippy::disallowed_methods, reason = "a test reads its data")]
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests")]

use greffe::check::Options as Check;
use greffe::derive::changes::graft;
use greffe::derive::explained::differences;
use greffe::graft::{Known, State};
use greffe::import::git::{Existing, Git, History, Options, Source};
use greffe::import::{Imported, Importer};
use greffe::model::choices::{Numbering, Origin, Outcome, Stage};
use greffe::model::id::Id;
use greffe::model::site::{Amendment, Consultation, Site};
use greffe::parse::document;
use greffe::pipeline::{Unobserved, examine};
use greffe::source::{Contents, SourceFile, Sources};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;

fn history() -> Option<&'static History> {
    static HISTORY: OnceLock<Option<History>> = OnceLock::new();
    let read = || {
        let given = std::env::var_os("GREFFE_SHARED").map(PathBuf::from);
        let shared = given.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"));
        let bundle = shared.join("data/republique-numerique-bill/bill.bundle");
        if !bundle.exists() {
            eprintln!("skipped: no {} (set GREFFE_SHARED)", bundle.display());
            return None;
        }
        Some(greffe::io::git::history(&bundle).unwrap())
    };
    HISTORY.get_or_init(read).as_ref()
}

struct Bill {
    imported: Imported,
    site: Site,
    problems: Vec<(&'static str, String)>,
}

impl Bill {
    fn consultation(&self) -> &Consultation {
        &self.site.consultations[0]
    }

    /// The changes on a version, in their declared order.
    fn on(&self, version: usize) -> Vec<&Amendment> {
        let mut list: Vec<&Amendment> =
            self.consultation().amendments.iter().filter(|a| a.version == version).collect();
        list.sort_by_key(|a| a.order);
        list
    }
}

fn sources(imported: &Imported) -> Sources {
    let file = |(path, bytes): (&greffe::sink::OutPath, &Vec<u8>)| SourceFile {
        path: path.as_str().into(),
        contents: Contents::Text(std::str::from_utf8(bytes).unwrap().into()),
    };
    let mut files: Vec<SourceFile> = imported.files.iter().map(file).collect();
    let site = "title: Essai\nlicence: etalab-2.0\n";
    files.push(SourceFile { path: "greffe.yaml".into(), contents: Contents::Text(site.into()) });
    Sources::new(files)
}

fn bill() -> Option<&'static Bill> {
    static BILL: OnceLock<Option<Bill>> = OnceLock::new();
    let make = || {
        let source = Source { history: history()?.clone(), existing: Existing::default() };
        let id = |id| Id::new(id).unwrap();
        let options = Options {
            slug: id("republique-numerique"),
            text: id("projet-de-loi"),
            title: Some("Projet de loi pour une République numérique".into()),
            versions: Vec::new(),
            continues: Default::default(),
        };
        let start = std::time::Instant::now();
        let imported = Git.convert(&source, &options);
        eprintln!("converted in {:?}", start.elapsed());
        let sources = sources(&imported);
        let examined = examine(&sources, &Check::default(), &Unobserved);
        let told = |p: &greffe::diag::Diagnostic| (p.code.as_str(), p.message.en.clone());
        let problems = examined.problems.iter().map(told).collect::<Vec<_>>();
        let Some((site, _)) = examined.site else { panic!("{problems:#?}") };
        Some(Bill { imported, site, problems })
    };
    BILL.get_or_init(make).as_ref()
}

/// What a commit's files say, put together in the order that a person would read them.
fn committed(commit: usize) -> String {
    const ORDER: [&str; 8] = [
        "Titre I/Chapitre Ier",
        "Titre I/Chapitre II",
        "Titre II/Chapitre Ier",
        "Titre II/Chapitre II",
        "Titre III/Chapitre Ier",
        "Titre III/Chapitre II -",
        "Titre III/Chapitre III",
        "Titre IV/",
    ];
    let files = &history().unwrap().commits[commit].files;
    let of = |start: &str| {
        files.iter().filter(|(path, _)| path.starts_with(start)).map(|(_, t)| t.to_string()).collect()
    };
    ORDER.iter().map(|start| of(start)).collect::<Vec<String>>().join("\n\n")
}

#[test]
fn five_versions_and_their_changes() {
    let Some(bill) = bill() else { return };
    println!("{}", bill.imported.report.text(greffe::lang::Speech::En));
    assert!(bill.imported.report.agrees());
    // As `import/git/count.rs` counts: what operations quote, against what a difference word by word touches.
    let counted = bill.imported.report.remarks.iter().find_map(|r| {
        let numbers = r.en.strip_prefix("The operations quote ")?;
        let mut numbers = numbers.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse::<u64>().ok());
        Some((numbers.next()?, numbers.next()?))
    });
    let (quoted, touched) = counted.unwrap();
    assert!(quoted * 10 <= touched * 15, "{quoted} words quoted for {touched}");
    let c = bill.consultation();
    let versions: Vec<(&str, Stage)> = c.texts[0].versions.iter().map(|v| (v.id.as_str(), v.stage)).collect();
    assert_eq!(
        versions,
        [
            ("2015-09-25", Stage::Consultation),
            ("2015-11-05", Stage::Other),
            ("2015-12-08", Stage::CouncilOfState),
            ("2016-01-14", Stage::Committee),
            ("2016-01-21", Stage::Floor),
        ]
    );
    let counts: Vec<usize> = (0..5).map(|v| bill.on(v).len()).collect();
    assert_eq!(counts, [26, 10, 1, 99, 0]);
    let origins = |v| bill.on(v).iter().map(|a| a.origin).collect::<std::collections::BTreeSet<_>>();
    assert_eq!(origins(0), [Some(Origin::Government)].into());
    assert_eq!(origins(1), [Some(Origin::CouncilOfState)].into());
    assert_eq!(origins(2), [Some(Origin::Committee)].into());
    assert_eq!(origins(3), [None, Some(Origin::Editor)].into());
    let tabled: Vec<&Amendment> =
        c.amendments.iter().filter(|a| a.outcome == Some(Outcome::Adopted)).collect();
    assert_eq!(tabled.len(), 98);
    let numbered = tabled.iter().filter(|a| *a.number != *a.id.as_str()).count();
    println!("{numbered} amendments with a number");
    assert_eq!(numbered, 97, "one says no number: “Amendement rédactionnel”");
    let number = |id: &str| c.amendments.iter().find(|a| a.id.as_str() == id).unwrap();
    assert_eq!(&*number("an-266").number, "266 (Rect.)");
    assert_eq!(&*number("an-10").number, "10, 57, 553, 573, 736 et 737");
    assert_eq!(&*number("an-81").number, "81");
    assert_eq!(&*number("an-704").number, "704 (s/sa 873) et 688");
    assert_eq!(number("an-250").title.as_deref(), Some("Liberté de panorama"));
    assert_eq!(number("an-698").authors.iter().map(|a| &**a).collect::<Vec<_>>(), ["M. Belot", "M. Paul"]);
    assert_eq!(number("an-863").authors.iter().map(|a| &**a).collect::<Vec<_>>(), ["Le Gouvernement"]);
}

#[test]
fn every_step_gives_the_text_of_its_commit() {
    let Some(bill) = bill() else { return };
    let commits = &history().unwrap().commits;
    let mut steps = 0;
    for (v, version) in bill.consultation().texts[0].versions.iter().enumerate() {
        let list = bill.on(v);
        let mut state = State::of(version.document.main());
        let mut all = Known::none();
        let mut known: BTreeMap<&str, Known> = BTreeMap::new();
        for (at, change) in list.iter().enumerate() {
            let mut own = Known::none();
            for on in &change.after {
                own.extend(&known[bill.consultation().amendments[*on].id.as_str()]);
            }
            let applied = state.apply(at as u32, change.operations.main(), &own);
            own.insert(at as u32);
            all.insert(at as u32);
            known.insert(change.id.as_str(), own);
            assert_eq!((applied.faults, applied.gone), (vec![], vec![]), "{}", change.id);
            // The first two commits are a notice and the text put to consultation.
            let commit = 2 + steps;
            let expected = document::read(&committed(commit), Numbering::French);
            assert!(state.document(&all) == expected, "{} is not commit {}", change.id, commits[commit].id);
            steps += 1;
        }
    }
    assert_eq!(steps, 136);
}

#[test]
fn the_content_checks_and_explains_every_difference() {
    let Some(bill) = bill() else { return };
    assert_eq!(bill.problems, Vec::<(&str, String)>::new());
}

#[test]
fn without_any_one_change_something_is_unexplained() {
    let Some(bill) = bill() else { return };
    let c = bill.consultation();
    let text = &c.texts[0];
    let tried: Vec<usize> =
        (0..c.amendments.len()).filter(|a| !c.amendments[*a].operations.main().is_empty()).collect();
    let silent = c.amendments.len() - tried.len();
    tried.par_iter().for_each(|at| {
        let amendment = &c.amendments[*at];
        let on = |a: &usize| c.amendments[*a].version == amendment.version && a != at;
        let others: Vec<usize> = (0..c.amendments.len()).filter(on).collect();
        let mut problems = Vec::new();
        let grafted = graft(c, &text.versions[amendment.version], &others, &mut problems);
        let next = text.versions[amendment.version + 1].document.main();
        let missed = differences(&grafted.editions.main().consolidated, next);
        assert!(!problems.is_empty() || !missed.is_empty(), "nothing is missed without {}", amendment.id);
    });
    let tried = tried.len();
    println!("{tried} changes are each needed; {silent} have no operations");
}

/// The words of a text one after another, without white space, the marks of Markdown (`*#=->_\`), `<sup>`, and what
/// people write between a number and its heading (a colon, a dash).
fn words(text: &str) -> String {
    let text = text.replace("<sup>", "").replace("</sup>", "");
    // One file numbers its sections as the items of a list: `1.  Section 2`.
    let text = text.replace("\n1.  Section", "\nSection").replace("\n2.  Section", "\nSection");
    // One article's words begin on the line of its number: `Article 48. - La loi…`.
    let text = text.replace("Article 48. - ", "Article 48 ");
    let letters = text.chars().filter(|c| !c.is_whitespace() && !"*#=->–—_\\:".contains(*c));
    letters.collect()
}

#[test]
fn a_version_has_the_words_of_its_files() {
    let Some(bill) = bill() else { return };
    for (v, last) in [1, 27, 37, 38, 137].into_iter().enumerate() {
        let version = &bill.consultation().texts[0].versions[v];
        let ours: Vec<char> = words(&version.document.main().to_markdown()).chars().collect();
        let theirs: Vec<char> = words(&committed(last)).chars().collect();
        let at = ours.iter().zip(&theirs).take_while(|(a, b)| a == b).count();
        let near = |of: &[char]| {
            of[at.saturating_sub(30).min(of.len())..(at + 30).min(of.len())].iter().collect::<String>()
        };
        assert!(ours == theirs, "{}: …{}… is …{}…", version.id, near(&ours), near(&theirs));
    }
}

#[test]
fn importing_again_gives_the_same_bytes() {
    let Some(bill) = bill() else { return };
    let existing = Existing {
        consultation: true,
        title: Some("Projet de loi pour une République numérique".into()),
        contributions: BTreeMap::new(),
        texts: Vec::new(),
    };
    let source = Source { history: history().unwrap().clone(), existing };
    let id = |id| Id::new(id).unwrap();
    let options = Options {
        slug: id("republique-numerique"),
        text: id("projet-de-loi"),
        title: None,
        versions: Vec::new(),
        continues: Default::default(),
    };
    let again = Git.convert(&source, &options);
    for (path, bytes) in &again.files {
        assert!(bill.imported.files.get(path) == Some(bytes), "{}", path.as_str());
    }
}
