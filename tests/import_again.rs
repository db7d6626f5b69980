//! An export imported once more: only what changed is updated, and what people edited, removed or moved stays as they left
//! it. Each line of the table is tried in a file of its own and in a list; a kill at any moment; any export, any edit.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, clippy::disallowed_types)]

use greffe::import::again::{Case, Digests, Fate, Found, Marks, Merged, Written, merge};
use greffe::io::export::{self, By};
use greffe::model::id::Id;
use greffe::sink::OutPath;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

type Export = BTreeMap<OutPath, Vec<u8>>;

const FOLDER: &str = "content/eau/contributions";

/// A contribution as importers write it, as a document.
fn piece(id: &str, body: &str, row: usize) -> String {
    let imported = format!("imported:\n  source: \"export.csv, line {row}\"\n  id: {id}\n");
    format!("id: {id}\nkind: comment\n{imported}body: |-\n  {body}\n\n  Fin de {id}.\n")
}

/// Several as a list.
fn list<'a>(pieces: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let mut text = String::new();
    for (row, (id, body)) in (2..).zip(pieces) {
        for (at, line) in piece(id, &body, row).lines().enumerate() {
            let indent = if at == 0 { "- " } else { "  " };
            text.push_str(if line.is_empty() { "" } else { indent });
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

fn markdown(body: &str, row: usize) -> String {
    format!(
        "---\nkind: proposal\ntitle: Un puits\nimported:\n  source: \"export.csv, line {row}\"\n---\n\n{body}\n"
    )
}

/// An export whose files and items are named after what happens to them.
fn sample(edition: usize) -> Export {
    let body = |id: &str| match id {
        "renewed" | "conflict" | "withheld" => format!("Édition {edition}."),
        _ => "Toujours la même.".to_owned(),
    };
    let both = ["same", "renewed", "edited", "conflict", "withheld", "removed"];
    let only = if edition == 1 { "gone" } else { "new" };
    // A new row before all others: every row of the export moves.
    let ids: Vec<&str> = [only].into_iter().filter(|_| edition == 2).chain(both).collect();
    let ids: Vec<&str> = ids.into_iter().chain((edition == 1).then_some(only)).collect();
    let mut files: Export = BTreeMap::new();
    for (row, id) in (2..).zip(&ids) {
        let path = OutPath::new(&format!("{FOLDER}/{id}.md")).unwrap();
        files.insert(path, markdown(&body(id), row).into_bytes());
    }
    let path = OutPath::new(&format!("{FOLDER}/all.yaml")).unwrap();
    files.insert(path, list(ids.iter().map(|id| (*id, body(id)))).into_bytes());
    files
}

struct Site {
    folder: TempDir,
}

impl Site {
    fn new() -> Self {
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() };
        let site = Site { folder: folder.unwrap() };
        site.write("greffe.yaml", "title: Essai\n");
        site
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, path: &str, text: &str) {
        let target = self.root().join(path);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::write(target, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.root().join(path)).unwrap()
    }

    fn import(&self, files: &Export) -> Written {
        import(self.root(), files, false).unwrap()
    }
}

fn import(root: &Path, files: &Export, settle: bool) -> greffe::error::Result<Written> {
    export::again(root, &Id::new("eau").unwrap(), by("test", settle), files)
}

fn by(importer: &str, settles: bool) -> By<'_> {
    By { importer, is_whole: true, settles }
}

/// `conflict all.yaml conflict`, but for what is new or the same.
fn told(written: &Written) -> Vec<String> {
    let rows = written.records.iter().filter(|row| !matches!(row.fate, Fate::New | Fate::Same));
    let name = |path: &str| path.strip_prefix("content/eau/contributions/").unwrap().to_owned();
    rows.map(|row| {
        let id = row.id.as_deref().map(|id| format!(" {id}")).unwrap_or_default();
        format!("{:?} {}{id}", row.fate, name(&row.path))
    })
    .collect()
}

fn counts(written: &Written) -> [usize; 7] {
    Fate::ALL.map(|fate| written.count(fate))
}

/// What people do between two imports, to the files and to the items of the list.
fn edit(site: &Site) {
    let path = |id: &str| format!("{FOLDER}/{id}.md");
    for id in ["edited", "conflict"] {
        let text = site.read(&path(id));
        site.write(&path(id), &text.replace("Un puits", "Deux puits"));
    }
    site.write(&path("withheld"), "---\nkind: proposal\nmoderation: {status: withheld, reason: x}\n---\n");
    std::fs::remove_file(site.root().join(path("removed"))).unwrap();
    let all = format!("{FOLDER}/all.yaml");
    let text = site.read(&all);
    let text =
        text.replace("  Fin de edited.", "  Fin, corrigée.").replace("  Fin de conflict.", "  Fin, autre.");
    let (start, end) = (text.find("- id: withheld").unwrap(), text.find("- id: removed").unwrap());
    let withheld = "- {id: withheld, kind: comment, moderation: {status: withheld, reason: x}}\n";
    let after = text[end..].find("- id: gone").unwrap() + end;
    let mine = "# ajouté au guichet\n- id: mine\n  kind: comment\n  body: À moi.\n";
    site.write(&all, &format!("{}{withheld}{mine}{}", &text[..start], &text[after..]));
}

#[test]
fn each_record_is_new_same_updated_edited_in_conflict_gone_or_removed() {
    let site = Site::new();
    let first = site.import(&sample(1));
    assert_eq!(counts(&first), [14, 0, 0, 0, 0, 0, 0]);
    assert_eq!(counts(&site.import(&sample(1))), [0, 14, 0, 0, 0, 0, 0]);
    edit(&site);
    let before = site.read(&format!("{FOLDER}/all.yaml"));
    let second = site.import(&sample(2));
    let expected = [
        "Updated all.yaml renewed",
        "Updated all.yaml same",
        "Updated renewed.md",
        "Updated same.md",
        "Edited all.yaml edited",
        "Edited edited.md",
        "Conflict all.yaml conflict",
        "Conflict all.yaml withheld",
        "Conflict conflict.md",
        "Conflict withheld.md",
        "Gone all.yaml gone",
        "Gone gone.md",
        "Removed all.yaml removed",
        "Removed removed.md",
    ];
    // The row of the export is renewed where nobody edited, and is no change where somebody did.
    assert_eq!(told(&second), expected);
    assert_eq!(second.count(Fate::New), 2);
    let after = site.read(&format!("{FOLDER}/all.yaml"));
    for kept in
        ["Fin, corrigée.", "Fin, autre.", "status: withheld", "# ajouté au guichet\n- id: mine\n", "id: gone"]
    {
        assert!(after.contains(kept), "{kept}\n{after}");
    }
    assert!(after.contains("- id: new\n") && !after.contains("- id: removed"), "{after}");
    assert_eq!(after.matches("Édition 2.").count(), 1, "{after}");
    assert_eq!(before.matches("Édition 1.").count() - 1, after.matches("Édition 1.").count());
    assert!(site.read(&format!("{FOLDER}/renewed.md")).contains("Édition 2."));
    assert!(site.read(&format!("{FOLDER}/withheld.md")).contains("withheld"));
    assert!(!site.root().join(format!("{FOLDER}/removed.md")).exists());
    // Once more: what is in conflict stays so until somebody says what is right.
    let third = site.import(&sample(2));
    assert_eq!(counts(&third), [0, 6, 0, 2, 4, 2, 2]);
    assert_eq!((third.files_new, third.files_updated), (0, 0));
    assert_eq!(site.read(&format!("{FOLDER}/all.yaml")), after);
    assert_eq!(counts(&import(site.root(), &sample(2), true).unwrap())[4], 4);
    assert_eq!(counts(&site.import(&sample(2))), [0, 6, 0, 6, 0, 2, 2]);
    assert_eq!(counts(&site.import(&sample(1)))[4], 4, "another edition is another question");
}

#[test]
fn a_list_that_nobody_touched_is_that_of_the_export() {
    let site = Site::new();
    let path = format!("{FOLDER}/all.yaml");
    let export = |ids: &[(&str, &str)]| {
        let text = list(ids.iter().map(|(id, body)| (*id, (*body).to_owned())));
        Export::from([(OutPath::new(&path).unwrap(), text.into_bytes())])
    };
    site.import(&export(&[("a", "Un."), ("b", "Deux.")]));
    let second = export(&[("c", "Trois."), ("b", "Deux, changé."), ("a", "Un.")]);
    assert_eq!(counts(&site.import(&second)), [1, 0, 2, 0, 0, 0, 0]);
    assert_eq!(site.read(&path).as_bytes(), second.values().next().unwrap());
    // Somebody's comment stands between two items: it stays, and the rest follows.
    site.write(&path, &site.read(&path).replace("- id: b\n", "# à vérifier\n- id: b\n"));
    let third = export(&[("c", "Trois."), ("d", "Quatre."), ("b", "Deux, encore."), ("a", "Un.")]);
    assert_eq!(site.import(&third).count(Fate::New), 1);
    let text = site.read(&path);
    assert!(
        text.contains("  Fin de d.\n# à vérifier\n- id: b\n") && text.contains("Deux, encore."),
        "{text}"
    );
}

#[test]
fn an_item_stays_in_its_list_when_the_export_puts_it_in_another() {
    let site = Site::new();
    let export = |one: &[&str], two: &[&str]| {
        let text = |ids: &[&str]| list(ids.iter().map(|id| (*id, format!("Texte de {id}.")))).into_bytes();
        let path = |name: &str| OutPath::new(&format!("{FOLDER}/{name}.yaml")).unwrap();
        let files = [(path("l-1"), text(one)), (path("l-2"), text(two))];
        files.into_iter().filter(|(_, text)| !text.is_empty()).collect::<Export>()
    };
    site.import(&export(&["a", "b", "c"], &["d", "e"]));
    let one = format!("{FOLDER}/l-1.yaml");
    let text = site.read(&one);
    site.write(&one, &text[..text.find("- id: c").unwrap()]);
    // A row was added before all others: everything shifts, and what was removed would stand in the second list.
    let shifted = export(&["z", "a", "b"], &["c", "d", "e"]);
    let again = site.import(&shifted);
    assert_eq!(counts(&again), [1, 0, 4, 0, 0, 0, 1], "{:?}", told(&again));
    let all = site.read(&one) + &site.read(&format!("{FOLDER}/l-2.yaml"));
    for (id, times) in [("a", 1), ("b", 1), ("c", 0), ("d", 1), ("e", 1), ("z", 1)] {
        assert_eq!(all.matches(&format!("- id: {id}\n")).count(), times, "{id}\n{all}");
    }
    assert_eq!(counts(&site.import(&shifted)), [0, 5, 0, 0, 0, 0, 1]);
    assert_eq!(counts(&site.import(&export(&["z", "a", "b", "c", "d", "e"], &[]))), [0, 3, 2, 0, 0, 0, 1]);
}

#[test]
fn without_memory_what_differs_is_peoples_work() {
    let site = Site::new();
    site.import(&sample(1));
    edit(&site);
    std::fs::remove_file(site.root().join("private/eau.imported")).unwrap();
    let all = site.read(&format!("{FOLDER}/all.yaml"));
    let again = site.import(&sample(2));
    assert!(again.unremembered);
    // Of the list nothing is written: what is missing may have been removed.
    assert_eq!(site.read(&format!("{FOLDER}/all.yaml")), all);
    assert_eq!(again.count(Fate::Updated), 0);
    assert!(told(&again).contains(&"Removed all.yaml removed".to_owned()), "{:?}", told(&again));
    assert!(told(&again).contains(&"Conflict renewed.md".to_owned()), "{:?}", told(&again));
    // A file that is not there is written, as at a first import.
    assert_eq!(again.count(Fate::New), 2);
}

#[test]
fn content_that_was_removed_whole_does_not_come_back_unasked() {
    let site = Site::new();
    site.import(&sample(1));
    std::fs::remove_dir_all(site.root().join("content/eau")).unwrap();
    let refused = import(site.root(), &sample(1), false).unwrap_err();
    assert!(refused.what.en.contains("begin anew"), "{refused}");
    std::fs::remove_file(site.root().join("private/eau.imported")).unwrap();
    assert_eq!(site.import(&sample(1)).count(Fate::New), 14);
}

#[test]
fn nothing_is_imported_into_what_is_frozen() {
    let site = Site::new();
    site.import(&sample(1));
    site.write("content/eau/frozen.yaml", "date: 2026-11-27\n");
    let refused = import(site.root(), &sample(2), false).unwrap_err();
    assert!(refused.what.en.contains("frozen"), "{refused}");
    assert!(site.read(&format!("{FOLDER}/renewed.md")).contains("Édition 1."));
}

#[test]
fn what_is_remembered_is_private_and_tells_nothing() {
    let site = Site::new();
    export::key(site.root(), &Id::new("eau").unwrap(), false).unwrap();
    site.import(&sample(1));
    let path = site.root().join("private/eau.imported");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("\"k:") && !text.contains("\"s:") && !text.contains("Toujours"), "{text}");
    assert!(site.read(".gitignore").contains("private/"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    // Two importers of one consultation remember each their own.
    let other = Export::from([(OutPath::new("content/eau/index.md").unwrap(), b"Bonjour.\n".to_vec())]);
    let written = export::again(site.root(), &Id::new("eau").unwrap(), by("other", false), &other).unwrap();
    assert_eq!(counts(&written), [1, 0, 0, 0, 0, 0, 0]);
    assert_eq!(counts(&site.import(&sample(1))), [0, 14, 0, 0, 0, 0, 0]);
}

#[test]
fn another_export_of_the_same_importer_makes_nothing_gone() {
    let site = Site::new();
    let export = |name: &str| {
        let file = |path: &str, text: &str| {
            (OutPath::new(&format!("content/eau/{path}")).unwrap(), text.as_bytes().to_vec())
        };
        Export::from([
            file("consultation.yaml", &format!("title: {name}\n")),
            file(&format!("votes/{name}.yaml"), "kind: approval\n"),
        ])
    };
    assert_eq!(counts(&site.import(&export("lyon"))), [2, 0, 0, 0, 0, 0, 0]);
    let second = site.import(&export("metz"));
    assert_eq!(counts(&second), [1, 0, 0, 0, 1, 0, 0], "{second:?}");
    assert_eq!(site.read("content/eau/consultation.yaml"), "title: lyon\n");
    // Both are remembered.
    std::fs::remove_file(site.root().join("content/eau/votes/lyon.yaml")).unwrap();
    assert_eq!(site.import(&export("lyon")).count(Fate::Removed), 1);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let (site, outside) = (Site::new(), TempDir::new().unwrap());
    std::fs::create_dir_all(site.root().join("content/eau")).unwrap();
    std::os::unix::fs::symlink(outside.path(), site.root().join(FOLDER)).unwrap();
    let written = site.import(&sample(1));
    assert_eq!(written.count(Fate::Conflict), 8);
    assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 0);
}

/// A CONSUL export through the program: exit statuses, the report as JSON, the files kept.
#[test]
fn at_the_command_line() {
    let site = Site::new();
    let call = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_greffe"));
        command.args([
            "import", "consul", "export", "--into", ".", "--slug", "eau", "--lang", "en", "--format", "json",
        ]);
        let done = command.args(more).current_dir(site.root()).output().unwrap();
        let report: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap_or_default();
        (done.status.code().unwrap(), report)
    };
    let head = "id;title;description;cached_votes_up;created_at\n";
    let export = |votes: u32| {
        let rows = format!(
            "1;Un puits;<p>Près de l’école.</p>;{votes};08/03/2025\n2;Un banc;<p>À l’ombre.</p>;0;09/03/2025\n"
        );
        site.write("export/proposals.csv", &format!("{head}{rows}"));
    };
    export(3);
    let (status, report) = call(&["--keep-export"]);
    assert_eq!((status, &report["content"]["counts"]["new"]), (0, &4.into()), "{report}");
    let kept = report["export_kept"].as_str().unwrap().to_owned();
    assert!(kept.starts_with("private/exports/eau/"), "{kept}");
    assert_eq!(site.read(&format!("{kept}/files/proposals.csv")), site.read("export/proposals.csv"));
    let received = site.read(&format!("{kept}/received.yaml"));
    assert!(
        received.contains("importer: consul\n") && received.contains("path: proposals.csv"),
        "{received}"
    );
    let (status, again) = call(&["--keep-export"]);
    assert_eq!(
        (status, again["export_kept"].as_str(), &again["content"]["counts"]["same"]),
        (0, Some(&*kept), &4.into())
    );
    assert_eq!(std::fs::read_dir(site.root().join("private/exports/eau")).unwrap().count(), 1);
    // The text was corrected here, and the votes went on there.
    let path = format!("{FOLDER}/p1.md");
    site.write(&path, &site.read(&path).replace("l’école", "l’ancienne école"));
    assert_eq!(call(&[]).0, 0, "the export did not change");
    export(5);
    let (status, report) = call(&[]);
    assert_eq!((status, &report["content"]["counts"]["conflict"]), (1, &1.into()), "{report}");
    let row = report["content"]["records"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["fate"] == "conflict")
        .unwrap();
    assert_eq!(row["path"].as_str(), Some(&*path));
    let (status, settled) = call(&["--keep-edits"]);
    assert_eq!((status, &settled["content"]["counts"]["conflict"]), (0, &1.into()), "told now");
    assert_eq!(call(&[]).1["content"]["counts"]["conflict"], 0, "and not again");
    assert!(site.read(&path).contains("l’ancienne école"));
}

/// What the killed child runs.
#[test]
fn child() {
    if let Some(root) = std::env::var_os("GREFFE_TEST_AGAIN") {
        import(Path::new(&root), &many(2), false).unwrap();
    }
}

/// Two hundred files and a list.
fn many(edition: usize) -> Export {
    let path = |name: &str| OutPath::new(&format!("{FOLDER}/{name}")).unwrap();
    let text = |n: usize| format!("{} {n}.\n", if n.is_multiple_of(3) { edition } else { 0 }).repeat(200);
    let last = if edition == 1 { 200 } else { 260 };
    let mut files: Export =
        (0..last).map(|n| (path(&format!("p{n}.md")), markdown(&text(n), n).into_bytes())).collect();
    let ids: Vec<String> = (0..last).map(|n| format!("c{n}")).collect();
    let items = (0..).zip(&ids).map(|(n, id)| (id.as_str(), text(n).trim_end().replace('\n', "\n  ")));
    files.insert(path("all.yaml"), list(items).into_bytes());
    files
}

#[test]
fn a_killed_import_leaves_whole_files_and_knows_them_again() {
    let edited = markdown("Corrigé.", 1);
    let removed = format!("{FOLDER}/p6.md");
    let start = || {
        let site = Site::new();
        site.import(&many(1));
        site.write(&format!("{FOLDER}/p3.md"), &edited);
        std::fs::remove_file(site.root().join(&removed)).unwrap();
        site
    };
    let run = |site: &Site| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "child"]).env("GREFFE_TEST_AGAIN", site.root());
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    };
    let site = start();
    let began = Instant::now();
    assert!(run(&site).wait().unwrap().success());
    let whole = began.elapsed();
    let (old, new) = (many(1), many(2));
    let (mut none, mut some, mut all) = (0, 0, 0);
    for moment in 0..24_u32 {
        let site = start();
        let mut child = run(&site);
        std::thread::sleep(whole.mul_f64(0.3 + f64::from(moment) / 30.0).max(Duration::from_millis(1)));
        let _ = child.kill();
        child.wait().unwrap();
        let mut done = 0;
        for (path, text) in &new {
            let found = std::fs::read(site.root().join(path.as_str())).ok();
            let fine = [Some(text), old.get(path), None].contains(&found.as_ref());
            assert!(fine || path.as_str().ends_with("/p3.md"), "{}", path.as_str());
            done += usize::from(found.as_ref() == Some(text));
        }
        // 133 of the second edition are as in the first.
        match done {
            0..=133 => none += 1,
            258.. => all += 1,
            _ => some += 1,
        }
        let again = site.import(&new);
        assert_eq!(
            told(&again).iter().filter(|row| !row.starts_with("Updated")).collect::<Vec<_>>(),
            ["Conflict p3.md", "Removed p6.md"]
        );
        assert_eq!(site.read(&format!("{FOLDER}/p3.md")), edited);
        for (path, text) in new.iter().filter(|(path, _)| {
            !["p3.md", "p6.md"].iter().any(|name| path.as_str().ends_with(&format!("/{name}")))
        }) {
            assert_eq!(
                std::fs::read(site.root().join(path.as_str())).ok().as_ref(),
                Some(text),
                "{}",
                path.as_str()
            );
        }
    }
    eprintln!("killed 24 times: {none} times nothing was written, {some} times some of it, {all} times all");
    assert!(none + some > 0, "no kill fell into the import");
}

const IDS: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];

/// What people do with an item.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Hand {
    None,
    Edit,
    Remove,
    Comment,
}

/// An export: for each id, a body or nothing; and whether it is told backwards.
fn export_of((bodies, backwards): &(Vec<Option<u8>>, bool)) -> Option<String> {
    let mut pieces: Vec<(&str, String)> =
        IDS.iter().zip(bodies).filter_map(|(id, b)| b.map(|b| (*id, format!("Texte {b}.")))).collect();
    if *backwards {
        pieces.reverse();
    }
    (!pieces.is_empty()).then(|| list(pieces))
}

/// The items of a list, by id.
fn items(text: &str) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut id = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("- id: ") {
            id = name.to_owned();
        }
        if !line.contains("source:") {
            found.entry(id.clone()).or_default().push_str(&format!("{line}\n"));
        }
    }
    // Blank lines before a comment are no item's.
    found.into_iter().map(|(id, text)| (id, text.trim_end().to_owned())).collect()
}

fn merged(new: Option<&str>, disk: Option<&str>, last: Option<&Marks>) -> Merged {
    let disk = disk.map_or(Found::Nothing, |text| Found::File(text.as_bytes()));
    merge(Case { new: new.map(str::as_bytes), disk, last }, &Digests { key: None }, false)
}

fn left(merged: &Merged, disk: Option<&str>) -> Option<String> {
    merged.write.as_ref().map(|bytes| String::from_utf8(bytes.clone()).unwrap()).or(disk.map(str::to_owned))
}

fn hands() -> impl Strategy<Value = Vec<Hand>> {
    let one = prop_oneof![4 => Just(Hand::None), 2 => Just(Hand::Edit), 1 => Just(Hand::Remove), 1 => Just(Hand::Comment)];
    prop::collection::vec(one, IDS.len())
}

fn exports() -> impl Strategy<Value = (Vec<Option<u8>>, bool)> {
    (prop::collection::vec(prop::option::weighted(0.8, 0..3_u8), IDS.len()), any::<bool>())
}

/// What people make of a list.
fn edited(text: &str, hands: &[Hand], mine: bool) -> String {
    let mut out = String::new();
    let mut hand = Hand::None;
    for line in text.lines() {
        if let Some(id) = line.strip_prefix("- id: ") {
            hand = IDS.iter().zip(hands).find(|(one, _)| **one == id).map_or(Hand::None, |(_, hand)| *hand);
            if hand == Hand::Comment {
                out.push_str("# une note\n\n");
            }
        }
        match hand {
            Hand::Remove => {}
            Hand::Edit => out.push_str(&format!("{}\n", line.replace("Fin de", "Fin corrigée de"))),
            Hand::None | Hand::Comment => out.push_str(&format!("{line}\n")),
        }
    }
    if mine {
        out.push_str("- id: mine\n  kind: comment\n  body: À moi.\n");
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn any_export_after_any_edit(first in exports(), second in exports(), third in exports(), hands in hands(), mine: bool) {
        let Some(one) = export_of(&first) else { return Ok(()) };
        let start = merged(Some(&one), None, None);
        prop_assert_eq!(left(&start, None), Some(one.clone()));
        let disk = edited(&one, &hands, mine);
        let two = export_of(&second);
        let again = merged(two.as_deref(), Some(&disk), Some(&start.after));
        let made = left(&again, Some(&disk)).unwrap();
        let (was, now, theirs) = (items(&disk), items(&made), items(two.as_deref().unwrap_or_default()));
        for (id, hand) in IDS.iter().zip(&hands) {
            let (was, now, theirs) = (was.get(*id), now.get(*id), theirs.get(*id));
            let imported = items(&one).contains_key(*id);
            match hand {
                _ if !imported => prop_assert_eq!(now, theirs, "what was never imported is written"),
                Hand::Remove => prop_assert_eq!(now, None, "what was removed stays so"),
                Hand::Edit => prop_assert_eq!(now, was, "what was edited stays so"),
                Hand::None | Hand::Comment => prop_assert_eq!(now, theirs.or(was), "what nobody edited follows"),
            }
        }
        prop_assert_eq!(now.get("mine"), was.get("mine"));
        prop_assert_eq!(made.matches("# une note").count(), disk.matches("# une note").count());
        // Once more: nothing.
        let same = merged(two.as_deref(), Some(&made), Some(&again.after));
        prop_assert_eq!(&same.write, &None);
        prop_assert_eq!(&same.after, &again.after);
        let quiet = |rows: &[(Fate, Option<Box<str>>)]| -> Vec<Fate> {
            rows.iter().map(|(fate, _)| if matches!(fate, Fate::New | Fate::Updated) { Fate::Same } else { *fate }).collect()
        };
        prop_assert_eq!(quiet(&same.rows), quiet(&again.rows));
        // What nobody touched is what the export says, to the byte.
        let covered = items(&one).keys().all(|id| theirs.contains_key(id));
        if !mine && hands.iter().all(|hand| *hand == Hand::None) && covered {
            prop_assert_eq!(Some(&made), two.as_ref());
        }
        // Killed before or after the file was put in place, the same comes of it; and with another export nothing edited is lost.
        for stands in [&disk, &made] {
            let after = merged(two.as_deref(), Some(stands), Some(&again.during));
            prop_assert_eq!(items(&left(&after, Some(stands)).unwrap()), items(&made));
            let three = export_of(&third);
            let other = left(&merged(three.as_deref(), Some(stands), Some(&again.during)), Some(stands)).unwrap();
            for (id, hand) in IDS.iter().zip(&hands) {
                match hand {
                    Hand::Edit if items(&one).contains_key(*id) => {
                        prop_assert_eq!(items(&other).remove(*id), items(&disk).remove(*id));
                    }
                    Hand::Remove if items(&one).contains_key(*id) => prop_assert_eq!(items(&other).remove(*id), None),
                    Hand::None | Hand::Comment | Hand::Edit | Hand::Remove => {}
                }
            }
        }
    }
}
