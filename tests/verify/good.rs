//! What is all right: a bag, its zip, a built site, a folder of all of them; and what building again says.

use crate::bag::{Bag, files};
use crate::{codes, greffe, verify};
use std::fs;

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
