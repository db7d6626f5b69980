//! Small histories, from commits to content that checks.

use super::*;
use crate::check::Options as Check;
use crate::derive::Derived;
use crate::lang::Speech;
use crate::model::site::Site;
use crate::model::when::Moment;
use crate::pipeline::{Unobserved, examine};
use crate::source::Sources;

/// Day, subject, files.
pub(super) type Day<'t> = (&'t str, &'t str, &'t [(&'t str, &'t str)]);

/// A history of an assembly's commits.
pub(super) fn history(commits: &[Day<'_>]) -> History {
    let commit = |(at, (day, subject, files)): (usize, &Day<'_>)| Commit {
        id: format!("{:08x}{:032x}", at + 1, 0).into(),
        author: "Assemblée nationale".into(),
        date: Moment::parse(&format!("{day}T12:00:00+02:00")).unwrap(),
        subject: (*subject).into(),
        body: "".into(),
        files: files.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect(),
    };
    History { commits: commits.iter().enumerate().map(commit).collect(), ..History::default() }
}

fn convert(history: History, existing: Existing) -> Imported {
    let id = |id| Id::new(id).unwrap();
    let options = Options {
        slug: id("eau"),
        text: id("loi"),
        title: None,
        versions: Vec::new(),
        continues: Default::default(),
    };
    Git.convert(&Source { history, existing }, &options)
}

/// The content, checked and computed by the real reader: nothing may be told of it.
#[track_caller]
fn read(imported: &Imported) -> (Site, Derived) {
    let files =
        imported.files.iter().map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap()));
    let sources = Sources::from_texts(files.chain([("greffe.yaml", "title: Site\nlicence: etalab-2.0\n")]));
    let examined = examine(&sources, &Check::default(), &Unobserved);
    let told: Vec<&str> = examined.problems.iter().map(|p| &*p.message.en).collect();
    assert_eq!(told, Vec::<&str>::new());
    examined.site.unwrap()
}

#[test]
fn words_come_back_from_yaml_as_they_were() {
    let left = "# Article 1\n\nLa règle : « l’eau est à tous ».\n\nElle vaut [ici] # partout.\n\n# Article 2\n\nDe même.\n\nEt aussi.";
    let right = "# Article 1\n\nLa règle\u{a0}: « l’eau, l’air : à tous ».\n\nElle vaut {là} - \"partout\" 'et' 1\u{202f}000 fois.\n\n\
                 > Une citation.\n\n- un point\n- un autre\n\n# Article 1er bis – L’air : le reste\n\nNul.\n\n# Article 2\n\nEt aussi.\n\nDe même.";
    let imported = convert(
        history(&[
            ("2020-03-01", "Dépôt", &[("a.md", left)]),
            ("2020-03-02", "Amendement 3 de Mme A", &[("a.md", right)]),
        ]),
        Existing::default(),
    );
    let (site, derived) = read(&imported);
    let text = &site.consultations[0].texts[0];
    assert_eq!(*text.versions[1].document.main(), order::read(right));
    let consolidated = &derived.consultations[0].texts[0].versions[0].grafted.editions.main().consolidated;
    assert_eq!(*consolidated, order::read(right));
    assert!(imported.report.agrees());
}

#[test]
fn a_chapter_that_a_change_brings_keeps_its_depth() {
    let left = "# Titre Ier\n\n## Chapitre Ier\n\n### Article 1\n\nUn.";
    let right =
        "# Titre Ier\n\n## Chapitre Ier\n\n### Article 1\n\nUn.\n\n## Chapitre II\n\n### Article 2\n\nDeux.";
    let imported = convert(
        history(&[
            ("2020-03-01", "Dépôt", &[("a.md", left)]),
            ("2020-03-02", "Amendement 3", &[("a.md", right)]),
        ]),
        Existing::default(),
    );
    read(&imported);
    assert!(
        imported.report.rows.iter().all(|r| r.fate == Fate::Kept),
        "{}",
        imported.report.text(Speech::En)
    );
}

#[test]
fn a_commit_that_only_wraps_lines_is_a_change_without_operations() {
    let imported = convert(
        history(&[
            ("2020-03-01", "Dépôt", &[("README.md", "x"), ("a.md", "# Article 1\n\nUn deux\ntrois.")]),
            ("2020-03-02", "Mise en forme", &[("README.md", "x"), ("b.md", "Article 1\n\nUn deux trois.\n")]),
        ]),
        Existing::default(),
    );
    let (site, _) = read(&imported);
    let change = &site.consultations[0].amendments[0];
    assert_eq!((change.id.as_str(), change.origin), ("c-2020-03-02-01", Some(Origin::Editor)));
    let report = imported.report.text(Speech::En);
    assert!(report.contains("a change without operations"), "{report}");
    assert!(report.contains("is about the repository"), "{report}");
}

#[test]
fn a_change_names_the_contributions_that_led_to_it() {
    let mut history = history(&[
        ("2020-03-01", "Dépôt", &[("a.md", "# Article 1\n\nUn.")]),
        ("2020-03-02", "Registre", &[("a.md", "# Article 1\n\nUn et deux.")]),
    ]);
    history.commits[1].body =
        "http://eau.example/o/un-registre/?page=2\n\nhttps://www.eau.example/o/autre".into();
    let registre = (address("https://www.eau.example/o/un-registre"), Id::new("o12").unwrap());
    let existing = Existing { consultation: true, contributions: [registre].into(), ..Existing::default() };
    let imported = convert(history, existing);
    let change = imported.files.iter().find(|(path, _)| path.as_str().contains("amendments/")).unwrap().1;
    assert!(std::str::from_utf8(change).unwrap().contains("contributions:\n  - o12\n"));
    let tallies = imported.report.kinds["address"];
    assert_eq!((tallies.kept, tallies.skipped), (1, 1));
    assert!(imported.files.keys().all(|path| !path.as_str().ends_with("consultation.yaml")));
}

#[test]
fn a_change_builds_on_those_that_touched_the_same_article() {
    let text = |one: &str, two: &str| format!("# Article 1\n\n{one}\n\n# Article 2\n\n{two}");
    let texts = [
        text("Un registre.", "Un plan."),
        text("Un registre des prises.", "Un plan."),
        text("Un registre des prises.", "Un grand plan."),
        text("Un registre public des prises.", "Un grand plan."),
    ];
    let files: Vec<[(&str, &str); 1]> = texts.iter().map(|t| [("a.md", t.as_str())]).collect();
    let subjects = ["Dépôt", "Amendement 1", "Amendement 2", "Amendement 3"];
    let days = ["2020-03-01", "2020-03-02", "2020-03-02", "2020-03-02"];
    let commits: Vec<Day<'_>> = (0..4).map(|i| (days[i], subjects[i], &files[i][..])).collect();
    let (site, _) = read(&convert(history(&commits), Existing::default()));
    let c = &site.consultations[0];
    let after: Vec<Vec<&str>> = c
        .amendments
        .iter()
        .map(|a| a.after.iter().map(|on| c.amendments[*on].id.as_str()).collect())
        .collect();
    assert_eq!(after, [vec![], vec![], vec!["an-1"]]);
    assert_eq!(c.amendments[2].article.as_ref().map(Id::as_str), Some("1"));
}
