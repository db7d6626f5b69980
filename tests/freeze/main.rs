//! `greffe freeze` as an archivist uses it: the real command, a real repository, the bag on the disk. What was withheld is
//! looked for in every byte of the public bag, those of its zips included.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, clippy::disallowed_types)]

mod secrets;
mod site;

use secrets::{everything, holding};
use site::{Site, said, status};

/// A telephone number that a participant wrote, in every form in which it stands in the site of these tests.
const NUMBER: &str = "06 12 34 56 78";

#[test]
fn nothing_withheld_is_in_any_byte_of_the_public_bag() {
    let site = Site::new();
    let done = site.freeze("bag", &["--zip"]);
    assert_eq!(status(&done), 0, "{}", said(&done));
    let files = everything(&site.path("bag"));
    for secret in ["06 12 34 56 78", "0612345678", "Durand", "Secret", "secret", "jeanne@"] {
        assert_eq!(holding(&files, secret), Vec::<&str>::new(), "{secret}");
    }
    let zipped = secrets::unzipped(&std::fs::read(site.path("bag.zip")).unwrap());
    assert!(zipped.len() > 50 && holding(&zipped, NUMBER).is_empty());
    // The site speaks of what it withholds, and of what is published beside it: this test could fail.
    assert!(!holding(&files, "Loutre").is_empty() && !holding(&files, "propos-injurieux").is_empty());
    assert!(files.contains_key("data/sources/content/eau/contributions/publiee.md"));
    assert!(!files.contains_key("data/sources/content/eau/documents/ecartee.txt"));
    assert!(files.contains_key("data/sources/content/eau/documents/plan.txt"));
}

#[test]
fn the_complete_bag_holds_everything_and_the_history() {
    let site = Site::new();
    std::fs::create_dir_all(site.path("private/exports/eau/ab")).unwrap();
    std::fs::write(site.path("private/exports/eau/ab/export.csv"), "id;tel\n1;0612345678\n").unwrap();
    assert_eq!(status(&site.freeze("public", &[])), 0);
    assert_eq!(status(&site.freeze("bag", &["--sealed"])), 0);
    let files = everything(&site.path("bag"));
    assert!(!holding(&files, NUMBER).is_empty());
    assert!(files.contains_key("data/exports/ab/export.csv"));
    let Some(log) = site.git(&["clone", "--quiet", "bag/data/history.git", "clone"]) else { return };
    assert!(log.status.success(), "{}", said(&log));
    let checked = site.git(&["-C", "bag/data/history.git", "fsck", "--full", "--strict"]).unwrap();
    assert!(checked.status.success(), "{}", said(&checked));
    let text = std::fs::read_to_string(site.path("clone/content/eau/contributions/ecartee.md")).unwrap();
    assert!(text.contains(NUMBER));
    // Compressed by nobody, the history is the same bytes whatever wrote it.
    assert_eq!(status(&site.freeze("again", &["--sealed"])), 0);
    assert_eq!(files, everything(&site.path("again")));
}

#[test]
fn freezing_twice_gives_the_same_bytes() {
    let site = Site::new();
    assert_eq!(status(&site.freeze("one", &["--zip"])), 0);
    site.commit();
    let again = site.freeze("two", &["--zip"]);
    assert_eq!(status(&again), 0, "{}", said(&again));
    assert_eq!(everything(&site.path("one")), everything(&site.path("two")));
    // The name of the folder stands in the zip; its contents are the same.
    let zip = |name: &str| secrets::unzipped(&std::fs::read(site.path(name)).unwrap());
    let inner = |name: &str, top: &str| -> Vec<(String, Vec<u8>)> {
        zip(name).into_iter().map(|(path, bytes)| (path.replacen(top, "", 1), bytes)).collect()
    };
    assert_eq!(inner("one.zip", "one/"), inner("two.zip", "two/"));
}

#[test]
fn what_is_frozen_may_not_change_and_an_erratum_may_be_added() {
    let site = Site::new();
    assert_eq!(status(&site.freeze("bag", &[])), 0);
    assert_eq!(status(&site.greffe(&["check"])), 0);
    let path = site.path("content/eau/contributions/publiee.md");
    let before = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, before.replace("publiés", "changés")).unwrap();
    for verb in ["check", "build"] {
        let told = site.greffe(&[verb]);
        assert_eq!(status(&told), 1);
        assert!(said(&told).contains("G045") && said(&told).contains("publiee.md"), "{}", said(&told));
    }
    let refused = site.freeze("other", &[]);
    assert_eq!(status(&refused), 1, "{}", said(&refused));
    assert!(!site.path("other").exists());
    std::fs::write(&path, before).unwrap();
    let erratum = "- {date: 2026-12-24, contribution: publiee, body: Lire autre chose.}\n";
    std::fs::write(site.path("content/eau/errata.yaml"), erratum).unwrap();
    let built = site.greffe(&["build"]);
    assert_eq!(status(&built), 0, "{}", said(&built));
    let page = std::fs::read_to_string(site.path("public/eau/contributions/publiee/index.html")).unwrap();
    assert!(page.contains("Lire autre chose."));
}

#[test]
fn an_erasure_makes_a_new_bag_that_names_the_one_it_replaces() {
    let site = Site::new();
    assert_eq!(status(&site.freeze("first", &[])), 0);
    site.commit();
    let ground = ["erase", "publiee", "--reason", "RGPD, article 17", "--by", "DPO", "--date", "2026-12-24"];
    let erased = site.greffe(&ground);
    assert_eq!(status(&erased), 0, "{}", said(&erased));
    assert_eq!(status(&site.greffe(&["check"])), 1, "frozen, and changed");
    site.commit();
    let replaces =
        ["--replaces", "first", "--reason", "Effacement : RGPD, article 17", "--as-of", "2026-12-24"];
    let done = site.freeze("second", &replaces);
    assert_eq!(status(&done), 0, "{}", said(&done));
    assert_eq!(status(&site.greffe(&["check"])), 0);
    let info = std::fs::read_to_string(site.path("second/bag-info.txt")).unwrap();
    let record = std::fs::read_to_string(site.path("second/data/sources/content/eau/frozen.yaml")).unwrap();
    assert!(info.contains("Greffe-Replaces: sha512:"), "{info}");
    assert!(record.contains("contributions/publiee.md\n") && record.contains("2026-11-27"), "{record}");
    let files = everything(&site.path("second"));
    assert!(holding(&files, "Des mots publiés").is_empty());
    let verified = site.greffe(&["verify", "second"]);
    assert_eq!(status(&verified), 0, "{}", said(&verified));
    assert!(said(&verified).contains("RGPD, article 17"), "{}", said(&verified));
}

#[test]
fn a_bag_is_rebuilt_to_the_byte_and_verified() {
    let site = Site::new();
    assert_eq!(status(&site.freeze("bag", &["--zip"])), 0);
    for bag in ["bag", "bag.zip"] {
        let verified = site.greffe(&["verify", bag]);
        assert_eq!(status(&verified), 0, "{}", said(&verified));
        let rebuilt = site.greffe(&["rebuild", bag, "--output", &format!("{bag}-site")]);
        assert_eq!(status(&rebuilt), 0, "{}", said(&rebuilt));
    }
}

#[test]
fn what_is_not_committed_or_under_embargo_is_not_frozen() {
    let site = Site::new();
    let vote = "title: Vote\nkind: poll\ndate: 2026-03-01\nembargo: 2030-01-01\n\
                options: [{id: oui, title: Oui}, {id: non, title: Non}]\ntotals: {oui: 4, non: 3}\n";
    std::fs::create_dir_all(site.path("content/eau/votes")).unwrap();
    std::fs::write(site.path("content/eau/votes/v.yaml"), vote).unwrap();
    let refused = site.freeze("bag", &[]);
    assert_eq!(status(&refused), 2);
    assert!(said(&refused).contains("embargo"), "{}", said(&refused));
    std::fs::write(site.path("content/eau/votes/v.yaml"), vote.replace("embargo: 2030-01-01\n", "")).unwrap();
    let refused = site.freeze("bag", &[]);
    if site.git(&["--version"]).is_some() {
        assert_eq!(status(&refused), 2);
        assert!(said(&refused).contains("content/eau/votes/v.yaml"), "{}", said(&refused));
    }
    assert!(!site.path("bag").exists() && !site.path("content/eau/frozen.yaml").exists());
}
