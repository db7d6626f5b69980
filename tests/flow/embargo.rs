//! A result under embargo is nowhere until its day, and everywhere from it.

use crate::{Files, SITE, WATER, build_with, holding, text};
use greffe::check::Options;
use greffe::model::when::Date;

fn on(day: &str) -> Files {
    let vote = "title: Faut-il ?\nkind: poll\ndate: 2026-03-01\nembargo: 2026-03-10\n\
                options: [{id: oui, title: Oui}, {id: non, title: Non}]\ntotals: {oui: 76543, non: 12}\n";
    let options = Options { as_of: Date::parse(day), ..Default::default() };
    build_with(&[SITE, WATER, ("content/eau/votes/v.yaml", vote)], &options)
}

#[test]
fn a_result_is_nowhere_before_its_day() {
    let files = on("2026-03-09");
    assert!(holding(&files, "76543").is_empty());
    assert!(text(&files, "eau/votes/v/index.json").contains("\"embargo\":\"2026-03-10\""));
    assert!(!files.contains_key("eau/votes/v/index.csv"));
}

#[test]
fn a_result_is_everywhere_on_its_day() {
    let files = on("2026-03-10");
    for path in
        ["eau/votes/v/index.json", "eau/votes/v/index.csv", "eau/votes/index.csv", "eau/data/results.csv"]
    {
        assert!(text(&files, path).contains("76543"), "{path}");
    }
}
