//! What is all right: a bag, its zip, a built site, a folder of all of them; and what building again says.

use crate::bag::{Bag, copy, files};
use crate::{codes, greffe, verify};
use std::fs;
use std::path::Path;

#[test]
fn a_good_bag_is_all_right_in_a_folder_and_in_a_zip() {
    let bag = Bag::good();
    for path in [&bag.path, &bag.zip()] {
        let (status, report) = verify(path, &[]);
        assert_eq!((status, codes(&report, "error")), (0, vec![]), "{report:#}");
        assert_eq!(codes(&report, "warning"), Vec::<String>::new());
        assert_eq!(report["checked"]["votes"], 1);
        assert!(report["checked"]["links"].as_u64().unwrap() > 100);
        let site = files(&bag.path.join("data/site"), &bag.path).len();
        assert_eq!(report["checked"]["rebuilt"].as_u64().unwrap(), site as u64);
    }
}

#[test]
fn a_bag_is_built_again_to_the_byte_from_its_folder_and_from_its_zip() {
    let bag = Bag::good();
    let site = files(&bag.path.join("data/site"), &bag.path.join("data/site"));
    for (from, to) in [(&bag.path, "again"), (&bag.zip(), "once-more")] {
        let output = bag.path.with_file_name(to);
        let done = greffe(["rebuild", from.to_str().unwrap(), "--output", output.to_str().unwrap()]);
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        assert_eq!(done.status.code(), Some(0), "{said}{}", String::from_utf8_lossy(&done.stderr));
        assert!(said.starts_with(&format!("identical: {} files, ", site.len())), "{said}");
        let mut made = files(&output, &output);
        made.retain(|path| path != ".greffe-manifest");
        assert_eq!(made, site);
    }
}

#[test]
fn building_again_says_where_a_site_differs() {
    let bag = Bag::good();
    bag.replace("data/site/garden/index.html", "Brookfield", "Brookfeld");
    bag.write("data/site/garden/more.html", "<p>More");
    bag.remove("data/site/feed.xml");
    let output = bag.path.with_file_name("again");
    let done = greffe(["rebuild", bag.path.to_str().unwrap(), "--output", output.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert_eq!(done.status.code(), Some(1), "{said}");
    for words in [
        "garden/index.html: differs at byte",
        "Brookfeld",
        "more.html: this file is in the site",
        "feed.xml: the sources give this file",
        "different: 3",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
}

#[test]
fn another_version_is_named_and_built_all_the_same() {
    let bag = Bag::good();
    bag.label("Greffe-Version", "9.9.9");
    bag.tag_manifests();
    let (status, report) = verify(&bag.path, &[]);
    assert_eq!(status, 0, "{report:#}");
    assert_eq!(codes(&report, "warning"), ["rebuild"], "what was not built again was not proven");
    let output = bag.path.with_file_name("again");
    let done = greffe(["rebuild", bag.path.to_str().unwrap(), "--output", output.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&done.stderr).contains("9.9.9"));
}

#[test]
fn a_folder_of_bags_zips_and_sites_is_verified_one_by_one() {
    let bag = Bag::good();
    bag.zip();
    let folder = bag.path.parent().unwrap().to_path_buf();
    let output = folder.join("again");
    greffe(["rebuild", bag.path.to_str().unwrap(), "--output", output.to_str().unwrap()]);
    fs::remove_file(output.join("garden/feed.xml")).unwrap();
    let done = greffe(["verify", folder.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(said.contains("3 verified, 1 refused"), "{said}");
    assert!(said.contains("error[missing] garden/feed.xml"), "{said}");
}

#[test]
fn a_call_that_cannot_be_carried_out_is_status_2() {
    let bag = Bag::good();
    let nothing = bag.path.join("data/sources/content");
    assert_eq!(greffe(["verify", nothing.to_str().unwrap()]).status.code(), Some(2));
    assert_eq!(greffe(["verify", "no-such-thing"]).status.code(), Some(2));
    assert_eq!(greffe(["verify"]).status.code(), Some(2));
}

#[test]
fn the_report_is_in_the_readers_language() {
    let bag = Bag::good();
    bag.remove("data/site/feed.xml");
    let done = greffe(["verify", bag.path.to_str().unwrap(), "--lang", "fr"]);
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(said.contains("erreur[missing] data/site/feed.xml"), "{said}");
    assert!(said.trim_end().ends_with("REFUSÉ"), "{said}");
}

#[test]
fn a_bag_that_replaces_another_says_so_in_words() {
    let folder = tempfile::TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/minimal");
    copy(&example, &folder.path().join("site"));
    let freeze = |output: &str, more: &[&str]| {
        let (root, output) = (at("site"), at(output));
        let words = ["freeze", "garden", "--root", &root, "--output", &output];
        let done = greffe(words.into_iter().chain(more.iter().copied()));
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    };
    freeze("first", &["--as-of", "2026-06-01"]);
    let file = folder.path().join("site/content/garden/contributions/dry-springs.md");
    fs::write(&file, fs::read_to_string(&file).unwrap().replace("barrels", "casks")).unwrap();
    freeze("second", &["--as-of", "2026-07-01", "--replaces", &at("first"), "--reason", "Erasure by law"]);
    let (status, report) = verify(&folder.path().join("second"), &[]);
    assert_eq!((status, codes(&report, "note")), (0, vec!["replaces".to_owned()]), "{report:#}");
    let said = report.to_string();
    for words in ["replaces that of 1 June 2026", "Erasure by law", "contributions/dry-springs.md"] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn a_sealed_bag_is_all_right_too() {
    let folder = tempfile::TempDir::new().unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/minimal");
    let site = folder.path().join("site");
    copy(&example, &site);
    fs::create_dir_all(site.join("private/exports/garden")).unwrap();
    fs::write(site.join("private/exports/garden/export.csv"), "id\n1\n").unwrap();
    let bag = folder.path().join("sealed");
    let (root, output) = (site.to_str().unwrap(), bag.to_str().unwrap());
    let done =
        greffe(["freeze", "garden", "--root", root, "--output", output, "--sealed", "--as-of", "2026-06-01"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(bag.join("data/exports/export.csv").exists());
    assert_eq!(verify(&bag, &[]).0, 0);
}

#[test]
fn what_others_put_beside_a_site_is_noted_and_not_judged() {
    let bag = Bag::good();
    let output = bag.path.with_file_name("again");
    greffe(["rebuild", bag.path.to_str().unwrap(), "--output", output.to_str().unwrap()]);
    fs::create_dir_all(output.join("other")).unwrap();
    fs::write(output.join("other/index.html"), "<img src='https://x.example/a.png'><a href='nowhere'>")
        .unwrap();
    let (status, report) = verify(&output, &[]);
    assert_eq!((status, codes(&report, "note")), (0, vec!["extra".to_owned()]), "{report:#}");
}

#[test]
fn a_site_in_two_languages_under_a_path_with_titles_that_html_cannot_hold() {
    let folder = tempfile::TempDir::new().unwrap();
    let root = folder.path().join("site");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/minimal"), &root);
    let write = |path: &str, text: &str| fs::write(root.join(path), text).unwrap();
    let site = fs::read_to_string(root.join("greffe.yaml")).unwrap();
    write("greffe.yaml", &site.replace("[en]", "[en, fr]"));
    let proposal = "---\nkind: proposal\ntitle: \"Bell\\a and <b>bold</b> & \\e[31mred\"\ndate: 2026-03-11\n---\nWords.\n";
    write("content/garden/contributions/bell.md", proposal);
    let output = folder.path().join("public");
    let (root, to) = (root.to_str().unwrap(), output.to_str().unwrap());
    let words = ["build", "--root", root, "--output", to, "--base-url", "https://x.example/archives/garden/"];
    let done = greffe(words);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    let (status, report) = verify(&output, &[]);
    assert_eq!((status, codes(&report, "error")), (0, vec![]), "{report:#}");
    assert_eq!(report["checked"]["votes"], 2, "one a language");
}
