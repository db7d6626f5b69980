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

#[test]
fn neither_ballots_nor_pools_are_published_before_the_day() {
    let poll = "title: Faut-il ?\nkind: poll\ndate: 2026-03-01\nembargo: 2026-03-10\nballots: b.csv\n\
                options: [{id: oui, title: Oui}, {id: non, title: Non}]\n";
    let lots =
        "title: Qui siège ?\nkind: lots\nembargo: 2026-03-10\npool: p.csv\nrule: {seats: 1, seed: x}\n";
    let of = |day: &str| {
        let options = Options { as_of: Date::parse(day), ..Default::default() };
        let files = [
            SITE,
            WATER,
            ("content/eau/votes/v.yaml", poll),
            ("content/eau/votes/b.csv", "voter,choice\nvotante7q,oui\n"),
            ("content/eau/votes/l.yaml", lots),
            ("content/eau/votes/p.csv", "id\nvolontaire8z\n"),
        ];
        build_with(&files, &options)
    };
    let (before, after) = (of("2026-03-09"), of("2026-03-10"));
    for word in ["votante7q", "volontaire8z"] {
        assert!(holding(&before, word).is_empty(), "{word}: {:?}", holding(&before, word));
        assert!(!holding(&after, word).is_empty(), "{word}");
    }
    assert!(after.contains_key("eau/votes/v/ballots.js") && !before.contains_key("eau/votes/v/ballots.js"));
}
