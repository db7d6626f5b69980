//! Exports of platforms, from their files to checked content: counts, and nothing of anybody's accounts. The data are
//! not part of the project: where they are absent, the tests say so and pass.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of tests are tests")]
#![allow(clippy::print_stderr, clippy::disallowed_methods, reason = "a test reads the exports")]

use greffe::import::cap_collectif_csv::CapCollectifCsv;
use greffe::import::pseudonym::Key;
use greffe::import::report::Fate;
use greffe::import::{Imported, Importer, Input, Options};
use greffe::model::id::Id;
use greffe::model::when::Date;
use greffe::source::{Contents, SourceFile, Sources};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

fn options() -> Options {
    Options {
        slug: Id::new("essai").unwrap(),
        key: Key([7; 32]),
        first_import: Date::parse("2026-11-22").unwrap(),
        keep_names: BTreeSet::new(),
        title: None,
    }
}

/// Files of the shared data, when they are on this machine.
fn shared(paths: &[&str]) -> Option<Input> {
    let given = std::env::var_os("GREFFE_SHARED").map(PathBuf::from);
    let shared = given.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"));
    let paths: Vec<PathBuf> = paths.iter().map(|path| shared.join("data").join(path)).collect();
    if paths.iter().any(|path| !path.exists()) {
        eprintln!("skipped: no {} (set GREFFE_SHARED)", paths[0].display());
        return None;
    }
    Some(greffe::io::export::read(&paths, &["csv"]).unwrap().input)
}

/// Content of which `greffe check` has nothing to tell but what a moderator should look at, and whose sums agree.
fn fine(imported: &Imported) -> greffe::model::site::Site {
    assert!(imported.report.agrees(), "{:#?}", imported.report.kinds);
    let unexplained =
        imported.report.rows.iter().filter(|r| r.fate != Fate::Kept && r.reason.is_none()).count();
    assert_eq!(unexplained, 0);
    let files = imported.files.iter().map(|(path, bytes)| SourceFile {
        path: path.as_str().into(),
        contents: Contents::Text(String::from_utf8(bytes.clone()).unwrap().into()),
    });
    let site = SourceFile {
        path: "greffe.yaml".into(),
        contents: Contents::Text("title: Essai\nlicence: etalab-2.0\n".into()),
    };
    let sources = Sources::new(files.chain([site]).collect());
    let draft = greffe::parse::parse(&sources);
    let (site, problems) =
        greffe::check::check(&draft, &sources, &greffe::check::Options::default(), &BTreeSet::new());
    let told: Vec<String> = problems
        .iter()
        .filter(|p| p.code != greffe::diag::Code::G030)
        .map(|p| format!("{} {} {}", p.code.as_str(), sources.get(p.span.file).path, p.message.en))
        .collect();
    assert_eq!(told, [""; 0]);
    site.expect("a site")
}

/// The cells of columns whose names hold one of these words.
fn cells(input: &Input, words: &[&str]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for bytes in input.files.iter().map(|file| file.contents.as_ref().unwrap()) {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let heads = reader.headers().unwrap().clone();
        for row in reader.records().map(Result::unwrap) {
            let wanted = heads.iter().zip(&row).filter(|(head, _)| {
                let head = head.to_lowercase();
                words.iter().any(|word| head.contains(word)) && !head.contains("confirmed")
            });
            found.extend(wanted.map(|(_, cell)| cell.to_owned()).filter(|cell| !cell.is_empty()));
        }
    }
    found
}

/// Nothing of these cells stands anywhere in the content.
fn nowhere(imported: &Imported, cells: &BTreeSet<String>) {
    for (path, bytes) in &imported.files {
        let text = String::from_utf8_lossy(bytes);
        for cell in cells {
            assert!(!text.contains(cell.as_str()), "{cell} stands in {}", path.as_str());
        }
    }
}

fn kinds(imported: &Imported) -> BTreeMap<&'static str, [u64; 5]> {
    let kinds = imported.report.kinds.iter();
    kinds.map(|(kind, t)| (*kind, [t.read, t.kept, t.merged, t.changed, t.skipped])).collect()
}

/// Read, kept, merged, changed and skipped, of each kind.
type Expected<'e> = &'e [(&'e str, [u64; 5])];

const ROOT: &str = "cap-collectif-csv/";

#[test]
fn every_file_of_cap_collectif_is_read() {
    let avis =
        [("argument", [159, 109, 0, 50, 0]), ("proposal", [40, 40, 0, 0, 0]), ("source", [35, 35, 0, 0, 0])];
    let part =
        [("argument", [109, 109, 0, 0, 0]), ("proposal", [40, 40, 0, 0, 0]), ("vote", [2, 2, 0, 0, 0])];
    let budget = [
        ("comment", [20, 20, 0, 0, 0]),
        ("proposal", [3, 1, 0, 2, 0]),
        ("response", [1, 0, 0, 1, 0]),
        ("vote", [70, 49, 0, 0, 21]),
    ];
    let files: [(&str, Expected); 8] = [
        ("2017/budget-participatif-rennes_selection.csv", &budget),
        ("2017/croissance-innovation-disruption_collecte-des-avis.csv", &avis),
        ("2024/contributions_croissance-innovation-disruption_collecte-des-avis.csv", &avis),
        ("2024/contributions_croissance-innovation-disruption_collecte-des-avis_grouped.csv", &part),
        ("2024/contributions_croissance-innovation-disruption_collecte-des-avis_simplified.csv", &part),
        (
            "2024/contributions_appel-a-projets_collecte-des-propositions-avec-vote-simple.csv",
            &[("comment", [2, 2, 0, 0, 0]), ("proposal", [1, 1, 0, 0, 0]), ("vote", [50, 50, 0, 0, 0])],
        ),
        (
            "2024/contributions_budget-avec-vote-limite_selection-avec-vote-budget-limite.csv",
            &[("proposal", [2, 2, 0, 0, 0]), ("vote", [3, 3, 0, 0, 0])],
        ),
        (
            "2024/contributions_debat-du-mois_pour-ou-contre-le-reconfinement.csv",
            &[("argument", [196, 196, 0, 0, 0]), ("debate", [1, 0, 0, 1, 0])],
        ),
    ];
    for (file, expected) in files {
        let Some(input) = shared(&[&format!("{ROOT}{file}")]) else { return };
        let imported = CapCollectifCsv.convert(&input, &options());
        let site = fine(&imported);
        let found = kinds(&imported);
        for (kind, counts) in expected {
            assert_eq!(found.get(kind), Some(counts), "{kind} of {file}");
        }
        let written: u64 = ["argument", "comment", "debate", "proposal", "source"]
            .iter()
            .filter_map(|k| found.get(k))
            .map(|c| c[1] + c[3])
            .sum();
        assert_eq!(site.consultations[0].contributions.len() as u64, written, "{file}");
    }
}

#[test]
fn nothing_of_an_account_of_cap_collectif_stands_in_the_content() {
    let Some(input) = shared(&[&format!("{ROOT}2017"), &format!("{ROOT}2024")]) else { return };
    let imported = CapCollectifCsv.convert(&input, &options());
    let site = fine(&imported);
    assert_eq!(site.consultations[0].contributions.len(), 46 + 1 + 355 + 35 + 22);
    let private = ["email", "phone", "postal_address", "birth", "identification", "lastname", "profile_url"];
    let mut cells = cells(&input, &private);
    // Account names of one common word (`user`, `admin`) cannot be told from words: the others can.
    cells.extend(
        self::cells(&input, &["username"])
            .into_iter()
            .filter(|name| !["user", "admin"].contains(&name.as_str())),
    );
    // The values of columns that only count or answer yes and no are nobody's.
    cells.retain(|cell| cell.chars().count() > 3);
    assert!(cells.len() > 300, "{}", cells.len());
    nowhere(&imported, &cells);
    // The same whatever the order of the files.
    let reversed = Input { files: input.files.into_iter().rev().collect() };
    let again = CapCollectifCsv.convert(&reversed, &options());
    assert_eq!(kinds(&again)["argument"][0], 732);
    fine(&again);
}
