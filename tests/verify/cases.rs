//! Fifty ways of tampering with a bag. Each begins with a good one; most make the manifests again afterwards, as whoever
//! knows BagIt would. Each must be refused, for the reason that is named.

use crate::bag::{Bag, DAY};
use crate::{codes, verify};
use std::fs;

/// A way of tampering.
pub struct Case {
    /// What is done, in English and in French.
    pub en: &'static str,
    pub fr: &'static str,
    /// The code of a finding that must refuse it.
    pub code: &'static str,
    pub tamper: fn(&Bag),
}

macro_rules! cases {
    ($($name:ident: $en:literal, $fr:literal, $code:literal, $tamper:expr;)*) => {
        /// All of them.
        pub const CASES: &[Case] = &[$(Case { en: $en, fr: $fr, code: $code, tamper: $tamper },)*];

        $(#[test]
        fn $name() {
            let bag = Bag::good();
            let tamper: fn(&Bag) = $tamper;
            tamper(&bag);
            let (status, report) = verify(&bag.path, &[]);
            assert_eq!(status, 1, "{report:#}");
            assert!(codes(&report, "error").contains(&$code.to_owned()), "{report:#}");
        })*
    };
}

const PAGE: &str = "data/site/garden/votes/ballot/index.html";
const DATA: &str = "data/site/garden/votes/ballot/index.json";
const SCRIPT: &str = "data/site/garden/votes/ballot/ballots.js";
const BALLOTS: &str = "data/site/garden/votes/ballot.csv";
const SOURCE: &str = "data/sources/content/garden/contributions/dry-springs.md";
const FROZEN: &str = "data/sources/content/garden/frozen.yaml";

cases! {
    a_byte_of_a_page: "a byte of a page is changed", "un octet d’une page est changé", "changed",
        |bag| bag.replace(PAGE, "Three years", "Tree years");
    a_byte_of_a_source: "a byte of a source is changed", "un octet d’une source est changé", "changed",
        |bag| bag.replace(SOURCE, "barrels", "Barrels");
    a_file_removed: "a file is removed", "un fichier est retiré", "missing",
        |bag| bag.remove("data/site/garden/feed.xml");
    a_file_added: "a file is added to the payload", "un fichier est ajouté à la charge utile", "extra",
        |bag| bag.write("data/site/garden/more.txt", "more");
    a_file_added_at_the_top: "a file is added beside the manifests", "un fichier est ajouté à côté des manifestes", "extra",
        |bag| bag.write("notes.txt", "more");
    a_fetch_txt: "fetch.txt sends elsewhere for a file", "fetch.txt renvoie ailleurs pour un fichier", "extra",
        |bag| {
            bag.write("fetch.txt", "https://x.example/feed.xml 10 data/site/feed.xml\n");
            bag.tag_manifests();
        };
    a_manifest_removed: "a manifest is removed", "un manifeste est retiré", "manifest",
        |bag| {
            bag.remove("manifest-sha256.txt");
            bag.tag_manifests();
        };
    the_tag_manifests_removed: "the tag manifests are removed", "les manifestes de service sont retirés", "manifest",
        |bag| {
            bag.remove("tagmanifest-sha512.txt");
            bag.remove("tagmanifest-sha256.txt");
        };
    bagit_txt_removed: "bagit.txt is removed", "bagit.txt est retiré", "manifest",
        |bag| {
            bag.remove("bagit.txt");
            bag.tag_manifests();
        };
    a_label_edited: "bag-info.txt is edited", "bag-info.txt est modifié", "changed",
        |bag| bag.label("Source-Organization", "Somebody else");
    a_byte_order_mark: "bagit.txt begins with a byte-order mark", "bagit.txt commence par une marque d’ordre", "bagit-txt",
        |bag| {
            bag.write("bagit.txt", format!("\u{feff}{}", bag.read("bagit.txt")));
            bag.tag_manifests();
        };
    another_bagit_version: "bagit.txt names an older version", "bagit.txt nomme une version plus ancienne", "bagit-txt",
        |bag| {
            bag.replace("bagit.txt", "1.0", "0.97");
            bag.tag_manifests();
        };
    a_line_twice: "a manifest lists a file twice", "un manifeste liste un fichier deux fois", "manifest",
        |bag| {
            let text = bag.read("manifest-sha256.txt");
            let first = text.lines().next().unwrap().to_owned();
            bag.write("manifest-sha256.txt", format!("{text}{first}\n"));
            bag.tag_manifests();
        };
    a_path_out_of_the_bag: "a manifest lists a file outside the bag", "un manifeste liste un fichier hors du sac", "manifest",
        |bag| {
            let text = bag.read("manifest-sha512.txt");
            bag.write("manifest-sha512.txt", format!("{text}{}  data/../../secret\n", "0".repeat(128)));
            bag.tag_manifests();
        };
    one_manifest_lists_less: "one manifest leaves a file out", "l’un des manifestes omet un fichier", "manifests",
        |bag| {
            let text = bag.read("manifest-sha256.txt");
            let kept: String = text.lines().filter(|line| !line.ends_with("/feed.xml")).map(|line| format!("{line}\n")).collect();
            bag.write("manifest-sha256.txt", kept);
            bag.tag_manifests();
        };
    both_manifests_list_less: "both manifests leave a file out", "les deux manifestes omettent un fichier", "extra",
        |bag| {
            for name in ["manifest-sha256.txt", "manifest-sha512.txt"] {
                let text = bag.read(name);
                let kept: String = text.lines().filter(|line| !line.ends_with("site/robots.txt")).map(|line| format!("{line}\n")).collect();
                bag.write(name, kept);
            }
            bag.tag_manifests();
        };
    a_short_digest: "a digest is cut short", "une empreinte est raccourcie", "manifest",
        |bag| {
            let text = bag.read("manifest-sha256.txt");
            bag.write("manifest-sha256.txt", &text[1..]);
            bag.tag_manifests();
        };
    a_symbolic_link: "a file becomes a link to the same bytes", "un fichier devient un lien vers les mêmes octets", "not-a-file",
        |bag| {
            let file = bag.file("data/README.txt");
            let elsewhere = bag.path.with_file_name("elsewhere");
            fs::rename(&file, &elsewhere).unwrap();
            #[cfg(unix)]
            std::os::unix::fs::symlink(&elsewhere, &file).unwrap();
        };
    a_hidden_file: "a hidden file is added, and the manifests made again", "un fichier caché est ajouté, et les manifestes refaits", "name",
        |bag| {
            bag.write("data/site/.htaccess", "Redirect / https://x.example/");
            bag.manifests();
        };
    twins_by_case: "a name that differs by case is added, and the manifests made again", "un nom qui ne diffère que par la casse est ajouté, et les manifestes refaits", "twin",
        |bag| {
            bag.write("data/site/garden/Feed.xml", "other");
            bag.manifests();
        };
    twins_by_accent: "two spellings of one accent are added, and the manifests made again", "deux écritures d’un même accent sont ajoutées, et les manifestes refaits", "twin",
        |bag| {
            bag.write("data/e\u{301}.txt", "one");
            bag.write("data/\u{e9}.txt", "other");
            bag.manifests();
        };
    a_name_with_a_line_end: "a name with a line end is added, and the manifests made again", "un nom avec une fin de ligne est ajouté, et les manifestes refaits", "name",
        |bag| {
            bag.write("data/a\nb", "x");
            bag.manifests();
        };
    a_false_weight: "Payload-Oxum is false", "Payload-Oxum est faux", "oxum",
        |bag| {
            bag.label("Payload-Oxum", "12.3");
            bag.tag_manifests();
        };
    a_label_twice: "a label stands twice", "une étiquette est dite deux fois", "bag-info",
        |bag| {
            let text = bag.read("bag-info.txt");
            bag.write("bag-info.txt", format!("{text}Greffe-As-Of: 2020-01-01\n"));
            bag.tag_manifests();
        };
    a_label_less: "a label is missing", "une étiquette manque", "bag-info",
        |bag| {
            let text = bag.read("bag-info.txt");
            bag.write("bag-info.txt", text.replace("Greffe-Kind: public\n", ""));
            bag.tag_manifests();
        };
    a_date_that_is_none: "a date is no date", "une date n’en est pas une", "bag-info",
        |bag| {
            bag.label("Bagging-Date", "1 June 2026");
            bag.tag_manifests();
        };
    another_day: "the day of the freeze is moved, and the manifests made again", "le jour du gel est déplacé, et les manifestes refaits", "frozen",
        |bag| {
            bag.label("Bagging-Date", "2026-05-01");
            bag.label("Greffe-As-Of", "2026-05-01");
            bag.tag_manifests();
        };
    another_identifier: "the identifier is another’s, and the manifests made again", "l’identifiant est celui d’un autre, et les manifestes refaits", "frozen",
        |bag| {
            bag.label("External-Identifier", &format!("urn:sha256:{}", "0".repeat(64)));
            bag.tag_manifests();
        };
    another_swhid: "the identifier of the sources is another, and the manifests made again", "l’identifiant des sources en est un autre, et les manifestes refaits", "frozen",
        |bag| {
            bag.label("Greffe-SWHID", &format!("swh:1:dir:{}", "0".repeat(40)));
            bag.tag_manifests();
        };
    a_replacement_made_up: "the bag claims to replace another, and the manifests are made again", "le sac dit en remplacer un autre, et les manifestes sont refaits", "replaces",
        |bag| {
            bag.label("Greffe-Replaces", &format!("sha512:{}", "0".repeat(128)));
            bag.label("Greffe-Replaces-Reason", "An error");
            bag.tag_manifests();
        };
    a_figure_of_a_page: "a figure on a page is changed, and the manifests made again", "un chiffre d’une page est changé, et les manifestes refaits", "rebuild",
        |bag| {
            bag.replace(PAGE, ">5<", ">9<");
            bag.manifests();
        };
    a_figure_of_the_data: "a count in a page’s data is changed, and the manifests made again", "un décompte des données d’une page est changé, et les manifestes refaits", "votes",
        |bag| {
            bag.replace(DATA, "\"count\":5", "\"count\":9");
            bag.manifests();
        };
    the_winner: "the winner is changed on the page and in its data, and the manifests made again", "le gagnant est changé sur la page et dans ses données, et les manifestes refaits", "votes",
        |bag| {
            bag.replace(DATA, "\"winner\":true", "\"winner\":false");
            bag.replace(PAGE, "Yes", "No");
            bag.manifests();
        };
    a_ballot: "a ballot is changed in its file, and the manifests made again", "un bulletin est changé dans son fichier, et les manifestes refaits", "votes",
        |bag| {
            bag.replace(BALLOTS, "r-02,yes", "r-02,no");
            bag.manifests();
        };
    a_ballot_everywhere: "a ballot is changed in its file and in what the page counts, and the manifests made again", "un bulletin est changé dans son fichier et dans ce que la page recompte, et les manifestes refaits", "votes",
        |bag| {
            bag.replace(BALLOTS, "r-02,yes", "r-02,no");
            bag.replace(SCRIPT, "r-02,yes", "r-02,no");
            bag.manifests();
        };
    a_ballot_added_in_the_source: "a ballot is added to the sources, and the manifests made again", "un bulletin est ajouté aux sources, et les manifestes refaits", "frozen",
        |bag| {
            let path = "data/sources/content/garden/votes/ballot.csv";
            bag.write(path, bag.read(path) + "r-99,no\n");
            bag.manifests();
        };
    a_source: "a source is edited, and the manifests made again", "une source est modifiée, et les manifestes refaits", "frozen",
        |bag| {
            bag.replace(SOURCE, "empty by the middle of May", "full until the middle of May");
            bag.manifests();
        };
    a_source_and_its_record: "a source is edited, and frozen.yaml and the manifests made again", "une source est modifiée, frozen.yaml et les manifestes refaits", "rebuild",
        |bag| {
            bag.replace(SOURCE, "empty by the middle of May", "full until the middle of May");
            bag.record();
            bag.manifests();
        };
    the_record_alone: "the day in frozen.yaml is moved, and the manifests made again", "le jour dans frozen.yaml est déplacé, et les manifestes refaits", "frozen",
        |bag| {
            bag.replace(FROZEN, DAY, "2026-05-01");
            bag.manifests();
        };
    the_record_removed: "frozen.yaml is removed, and the manifests made again", "frozen.yaml est retiré, et les manifestes refaits", "frozen",
        |bag| {
            bag.remove(FROZEN);
            bag.manifests();
        };
    a_page_added: "a page is added and linked, and the manifests made again", "une page est ajoutée et liée, et les manifestes refaits", "rebuild",
        |bag| {
            let page = bag.read("data/site/garden/phases/index.html");
            let data = bag.read("data/site/garden/phases/index.json");
            bag.write("data/site/garden/petition/index.html", page);
            bag.write("data/site/garden/petition/index.json", data.replace("garden/phases/", "garden/petition/"));
            bag.replace("data/site/garden/index.html", "</main>", "<a href=\"petition/index.html\">Sign</a></main>");
            bag.manifests();
        };
    a_page_removed: "a page and its data are removed, and the manifests made again", "une page et ses données sont retirées, et les manifestes refaits", "link",
        |bag| {
            bag.remove("data/site/garden/contributions/longer-loans/index.html");
            bag.remove("data/site/garden/contributions/longer-loans/index.json");
            bag.manifests();
        };
    a_script_swapped: "a script is swapped for another, and the manifests made again", "un script est remplacé, et les manifestes refaits", "rebuild",
        |bag| {
            bag.write("data/site/static/recount.js", "document.title = \"counted\";\n");
            bag.manifests();
        };
    a_program_in_a_page: "a program is written into a page, and the manifests made again", "un programme est écrit dans une page, et les manifestes refaits", "script",
        |bag| {
            bag.replace("data/site/index.html", "</body>", "<script>go()</script></body>");
            bag.manifests();
        };
    an_image_from_elsewhere: "a page asks another machine for an image, and the manifests are made again", "une page demande une image à une autre machine, et les manifestes sont refaits", "other-host",
        |bag| {
            bag.replace("data/site/index.html", "</body>", "<img src=\"//x.example/seen.gif\" alt=\"\"></body>");
            bag.manifests();
        };
    a_style_from_elsewhere: "the style sheet asks another machine, and the manifests are made again", "la feuille de style demande à une autre machine, et les manifestes sont refaits", "other-host",
        |bag| {
            let path = "data/site/static/style.css";
            bag.write(path, bag.read(path) + "body{background:url(https://x.example/seen.gif)}\n");
            bag.manifests();
        };
    the_title_in_the_data: "the title in a page’s data is changed, and the manifests made again", "le titre dans les données d’une page est changé, et les manifestes refaits", "page-data",
        |bag| {
            bag.replace(DATA, "Three years instead of one", "Ten years instead of one");
            bag.manifests();
        };
    the_data_of_a_page_removed: "the data of a page is removed, and the manifests made again", "les données d’une page sont retirées, et les manifestes refaits", "page-data",
        |bag| {
            bag.remove("data/site/garden/phases/index.json");
            bag.manifests();
        };
    a_row_of_a_table: "a row of a table is removed, and the manifests made again", "une ligne d’une table est retirée, et les manifestes refaits", "table",
        |bag| {
            let path = "data/site/garden/data/contributions.csv";
            let text = bag.read(path);
            let kept: Vec<&str> = text.split_inclusive("\r\n").collect();
            bag.write(path, kept[..kept.len() - 1].concat());
            bag.manifests();
        };
    the_packed_data: "the packed data is another, and the manifests are made again", "les données en archive en sont d’autres, et les manifestes sont refaits", "data-zip",
        |bag| {
            let path = "data/site/garden/data/garden.zip";
            let mut archive = zip::ZipArchive::new(fs::File::open(bag.file(path)).unwrap()).unwrap();
            let mut made = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
            for at in 0..archive.len() {
                let mut file = archive.by_index(at).unwrap();
                let name = file.name().unwrap().into_owned();
                let mut text = String::new();
                std::io::Read::read_to_string(&mut file, &mut text).unwrap();
                made.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
                let text = if name == "results.csv" { text.replace(",5,", ",9,") } else { text };
                std::io::Write::write_all(&mut made, text.as_bytes()).unwrap();
            }
            bag.write(path, made.finish().unwrap().into_inner());
            bag.manifests();
        };
    the_whole_site_from_other_sources: "the site is built again from edited sources, and the manifests made again", "le site est refait depuis des sources modifiées, et les manifestes refaits", "frozen",
        |bag| {
            let frozen = bag.read(FROZEN);
            bag.replace(SOURCE, "empty by the middle of May", "full until the middle of May");
            bag.record();
            bag.build();
            bag.write(FROZEN, frozen);
            bag.manifests();
        };
}

/// What no program can see: sources, site, record and manifests all made again by who knows Greffe. Only the signature,
/// the time-stamp, the commit or another copy tells; `docs/verify.md` says so.
#[test]
fn who_makes_everything_again_makes_another_good_bag() {
    let bag = Bag::good();
    bag.replace(SOURCE, "empty by the middle of May", "full until the middle of May");
    bag.record();
    bag.build();
    bag.manifests();
    assert_eq!(verify(&bag.path, &[]).0, 0);
}
