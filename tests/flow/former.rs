//! Former addresses: each has a page where a file can stand, and its line in the maps for servers.

use crate::{Files, SITE, WATER, build, build_with, text, try_build};
use greffe::check::Options;
use proptest::prelude::*;
use std::collections::BTreeSet;

const WELLS: (&str, &str) = (
    "content/eau/contributions/puits.md",
    "---\nkind: proposal\ntitle: Les puits\naliases: [processes/eau/f/12/proposals/345, \"caf%C3%A9s/été, l'eau*\", \
     \"projects?id=12&tri=été\", ancien/#puits]\n\
     imported: {source: export.csv, url: \"https://www.jadis.example/processes/eau/f/12/proposals/345\"}\n---\nGardons-les.\n",
);
const REPLY: (&str, &str) = (
    "content/eau/contributions/reponse.md",
    "---\nkind: argument\nparent: puits\nposition: for\naliases: [ancien/argument/7]\n\
     imported: {source: export.csv, url: \"https://www.jadis.example/processes/eau/f/12/proposals/345\"}\n---\nOui.\n",
);
const HIDDEN: (&str, &str) = (
    "content/eau/contributions/retiree.md",
    "---\nkind: proposal\ntitle: Mots retirés\nmoderation: {state: withheld, reason: insulte}\n\
     imported: {source: export.csv, url: \"https://www.jadis.example/mots-retires\"}\n---\nInsultes.\n",
);

/// The rows of `redirects.csv` without its header.
fn map(files: &Files) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    for line in text(files, "redirects.csv").lines().skip(1) {
        let (from, to) = line.rsplit_once(',').unwrap();
        rows.push((from.trim_matches('"').to_owned(), to.to_owned()));
    }
    rows
}

#[test]
fn a_former_address_is_in_the_maps_and_leads_to_a_page() {
    let files = build(&[SITE, WATER, WELLS, REPLY, HIDDEN]);
    let page = text(&files, "processes/eau/f/12/proposals/345/index.html");
    assert!(page.contains("url=../../../../../../eau/contributions/puits/index.html\""), "{page}");
    let cafe = text(&files, "cafés/été, l'eau*/index.html");
    assert!(cafe.contains("url=../../eau/contributions/puits/index.html\""), "{cafe}");
    let argument = text(&files, "ancien/argument/7/index.html");
    assert!(argument.contains("url=../../../eau/contributions/puits/index.html#c-reponse\""), "{argument}");
    // A query is no part of a file's name; a fragment is never sent to a server.
    assert!(!files.keys().any(|path| path.contains(['?', '#'])));
    assert_eq!(
        text(&files, "_redirects"),
        "/ancien/argument/7 /eau/contributions/puits/#c-reponse 301\n\
         /caf%C3%A9s/%C3%A9t%C3%A9,%20l'eau%2A /eau/contributions/puits/ 301\n\
         /processes/eau/f/12/proposals/345 /eau/contributions/puits/ 301\n\
         /projects id=12 tri=%C3%A9t%C3%A9 /eau/contributions/puits/ 301\n"
    );
    assert_eq!(
        text(&files, "redirects.csv"),
        "from,to\r\n\
         https://www.jadis.example/ancien/#puits,eau/contributions/puits/index.html\r\n\
         https://www.jadis.example/ancien/argument/7,eau/contributions/puits/index.html#c-reponse\r\n\
         \"https://www.jadis.example/caf%C3%A9s/%C3%A9t%C3%A9,%20l'eau*\",eau/contributions/puits/index.html\r\n\
         https://www.jadis.example/processes/eau/f/12/proposals/345,eau/contributions/puits/index.html\r\n\
         https://www.jadis.example/projects?id=12&tri=%C3%A9t%C3%A9,eau/contributions/puits/index.html\r\n"
    );
}

#[test]
fn a_site_under_a_path_says_so_in_the_maps() {
    let base = "https://archives.example.org/archives/essai/";
    let options = Options { base_url: Some(base.into()), ..Options::default() };
    let files = build_with(&[SITE, WATER, REPLY, WELLS], &options);
    assert!(text(&files, "_redirects").contains(
        "/archives/essai/processes/eau/f/12/proposals/345 /archives/essai/eau/contributions/puits/ 301\n"
    ));
    assert!(text(&files, "redirects.csv").contains(&format!(
        "https://www.jadis.example/ancien/argument/7,{base}eau/contributions/puits/#c-reponse\r\n"
    )));
}

#[test]
fn a_number_that_an_article_gave_up_is_in_the_maps_in_each_language() {
    let files = build(&[
        ("greffe.yaml", "title: {fr: Consultations, en: Consultations in English}\nlanguages: [fr, en]\n"),
        WATER,
        (
            "content/eau/texts/projet/text.yaml",
            "kind: bill\ntitle: Le projet\nversions:\n\
             - {id: v1, title: Déposé, date: 2026-10-01, stage: tabled}\n\
             - {id: v2, title: Adopté, date: 2026-11-01, stage: adopted}\n",
        ),
        ("content/eau/texts/projet/v1.md", "# Article 2\n\nL’eau potable de la commune se partage.\n"),
        ("content/eau/texts/projet/v2.md", "# Article 4\n\nL’eau potable de la commune se partage.\n"),
    ]);
    for lang in ["fr", "en"] {
        let line = format!("/{lang}/eau/texts/projet/articles/2 /{lang}/eau/texts/projet/articles/4/ 301\n");
        assert!(text(&files, "_redirects").contains(&line), "{}", text(&files, "_redirects"));
        assert!(
            text(&files, &format!("{lang}/eau/texts/projet/articles/2/index.html")).contains("articles/4/")
        );
    }
    assert!(map(&files).iter().all(|(_, to)| files.contains_key(to)));
}

#[test]
fn a_site_without_former_addresses_has_no_map() {
    let files = build(&[SITE, WATER]);
    assert!(!files.contains_key("_redirects") && !files.contains_key("redirects.csv"));
}

#[test]
fn an_address_that_is_taken_is_at_fault() {
    let taken = |alias: &str, other: &str| {
        let own = format!(
            "title: L’air\nsummary: Que faire ?\norganiser: {{name: La commune}}\naliases: [{other}]\n"
        );
        let wells = format!("---\nkind: proposal\ntitle: Puits\naliases: [{alias}]\n---\nGardons-les.\n");
        let files = [
            SITE,
            WATER,
            ("content/air/consultation.yaml", &own),
            ("content/eau/contributions/puits.md", &wells),
        ];
        let (made, problems) = try_build(&files, &Options::default());
        (made.is_some(), problems.iter().map(|p| p.code.as_str()).collect::<Vec<_>>())
    };
    assert_eq!(taken("ancien/1", "ancien/2"), (true, vec![]));
    assert_eq!(taken("ancien/1", "ancien/1"), (false, vec!["G027"]));
    assert_eq!(taken("ancien/1", "eau/contributions/puits"), (false, vec!["G027"]));
    assert_eq!(taken("caf%C3%A9", "café"), (false, vec!["G027"]));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Whatever the aliases, each is in the maps once, and every line leads to a page of the site.
    #[test]
    fn each_former_address_is_in_the_maps_once(
        names in prop::collection::btree_set("[a-zé%*,' ]{1,6}(/[a-z0-9]{1,3}){0,2}(\\?[a-z]=[a-z0-9%]{1,3})?", 1..12),
    ) {
        let mut decoded = BTreeSet::new();
        let names: Vec<String> = names
            .into_iter()
            .map(|name| format!("vieux/{}", name.trim()))
            .filter(|name| greffe::sink::OutPath::new(name).is_some() && !name.contains('%'))
            .filter(|name| decoded.insert(name.clone()))
            .collect();
        prop_assume!(!names.is_empty());
        let list: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        let wells = format!("---\nkind: proposal\ntitle: Puits\naliases: [{}]\n---\nGardons-les.\n", list.join(", "));
        let files = build(&[SITE, WATER, ("content/eau/contributions/puits.md", &wells)]);
        let rows = map(&files);
        let from: BTreeSet<&String> = rows.iter().map(|(from, _)| from).collect();
        prop_assert_eq!(from.len(), names.len());
        prop_assert_eq!(rows.len(), names.len());
        prop_assert!(rows.iter().all(|(_, to)| files.contains_key(to)));
        prop_assert!(from.iter().all(|from| from.is_ascii() && !from.contains(' ')));
        let rules: Vec<&str> = text(&files, "_redirects").lines().collect();
        prop_assert_eq!(rules.iter().map(|line| line.rsplitn(3, ' ').last()).collect::<BTreeSet<_>>().len(), names.len());
        for name in names.iter().filter(|name| !name.contains('?')) {
            let page = format!("{name}/index.html");
            prop_assert!(files.contains_key(&page), "{}", page);
        }
    }
}
