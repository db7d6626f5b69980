//! A build that is killed, or finds the disk full: the folder is the old site or the new one; if it falls into the
//! moves, every file is whole and the next command completes them.
//!
//! The builds run in a child process: this test program itself, asked for the one test [`child`].

use crate::{tree, write};
use greffe::io::disk_sink::{DiskSink, recover};
use greffe::sink::{OutPath, Sink};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const SITE: &str = "GREFFE_TEST_SITE";
const PAGES: usize = 400;

/// What the child runs: builds the second edition of the site named in the environment.
#[test]
fn child() {
    if let Some(root) = std::env::var_os(SITE) {
        build(Path::new(&root), 2).unwrap();
    }
}

/// A site of which every file of the second edition differs: some replaced, some new, some gone, a file that
/// becomes a folder and a folder that becomes a file.
fn files(edition: usize) -> impl ParallelIterator<Item = (OutPath, Vec<u8>)> {
    (0..PAGES).into_par_iter().map(move |n| {
        let path = match n % 10 {
            0 => format!("only-{edition}/{n}/index.html"),
            1 if edition == 1 => format!("turn/{n}"),
            1 => format!("turn/{n}/index.html"),
            2 if edition == 2 => format!("back/{n}"),
            2 => format!("back/{n}/index.html"),
            _ => format!("pages/{}/{n}/index.html", n % 7),
        };
        (
            OutPath::new(&path).unwrap(),
            format!("edition {edition}, page {n}\n").repeat(50 + n % 200).into_bytes(),
        )
    })
}

fn build(root: &Path, edition: usize) -> greffe::error::Result<()> {
    let sink = DiskSink::open(root, &root.join("public"))?;
    files(edition).try_for_each(|(path, bytes)| sink.put(&path, &bytes))?;
    sink.finish().map(|_| ())
}

fn start(root: &Path) -> Child {
    child_command(root).spawn().unwrap()
}

fn child_command(root: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "interrupted::child"])
        .env(SITE, root)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

struct Site {
    folder: TempDir,
}

impl Site {
    fn new() -> Self {
        // A hundred kills write and delete a hundred thousand files: in memory where the system offers it.
        let memory = Path::new("/dev/shm");
        let folder = match memory.is_dir() {
            true => TempDir::new_in(memory).unwrap(),
            false => TempDir::new().unwrap(),
        };
        write(folder.path(), "greffe.yaml", "");
        Site { folder }
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn output(&self) -> PathBuf {
        self.root().join("public")
    }

    fn journal(&self) -> PathBuf {
        self.root().join(".greffe-staging-public/journal")
    }

    fn of_edition(edition: usize) -> (Self, BTreeMap<String, Vec<u8>>) {
        let site = Site::new();
        build(site.root(), edition).unwrap();
        let tree = tree(&site.output());
        (site, tree)
    }
}

/// Puts the first edition back without the sink, so that what is tried is one build from one state.
fn restore(site: &Site, first: &BTreeMap<String, Vec<u8>>) {
    let _ = std::fs::remove_dir_all(site.output());
    std::fs::create_dir(site.output()).unwrap();
    for (path, bytes) in first {
        match path.strip_suffix('/') {
            Some(folder) => std::fs::create_dir_all(site.output().join(folder)).unwrap(),
            None => std::fs::write(site.output().join(path), bytes).unwrap(),
        }
    }
}

/// In what a folder differs from both sites, for the message of a test that fails.
fn difference(
    found: &BTreeMap<String, Vec<u8>>,
    first: &BTreeMap<String, Vec<u8>>,
    second: &BTreeMap<String, Vec<u8>>,
) -> String {
    let against = |site: &BTreeMap<String, Vec<u8>>| {
        let paths = site.keys().chain(found.keys()).collect::<BTreeSet<_>>();
        let other = paths.into_iter().filter(|path| site.get(*path) != found.get(*path));
        other.cloned().collect::<Vec<_>>()
    };
    let (old, new) = (against(first), against(second));
    format!(
        "{} of the old: {:?}; {} of the new: {:?}",
        old.len(),
        old.iter().take(9).collect::<Vec<_>>(),
        new.len(),
        new.iter().take(9).collect::<Vec<_>>()
    )
}

/// What a build that was stopped somewhere left behind, and what the next command makes of it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Left {
    Old,
    Moving,
    New,
}

fn examine(site: &Site, first: &BTreeMap<String, Vec<u8>>, second: &BTreeMap<String, Vec<u8>>) -> Left {
    let found = tree(&site.output());
    let moving = site.journal().exists();
    if moving {
        for (path, bytes) in &found {
            assert!(first.get(path) == Some(bytes) || second.get(path) == Some(bytes), "{path} is not whole");
        }
        assert!(recover(&site.output()).unwrap());
        assert!(tree(&site.output()) == *second, "the moves were not completed");
    } else {
        let neither = found != *first && found != *second;
        assert!(!neither, "neither the old site nor the new one: {}", difference(&found, first, second));
        assert!(!recover(&site.output()).unwrap());
    }
    // The next build works and leaves nothing beside the output.
    build(site.root(), 2).unwrap();
    assert!(tree(&site.output()) == *second);
    assert_eq!(std::fs::read_dir(site.root()).unwrap().count(), 2);
    match moving {
        true => Left::Moving,
        false if found == *first => Left::Old,
        false => Left::New,
    }
}

#[test]
fn killed_at_any_of_a_hundred_moments() {
    let ((site, first), (_, second)) = (Site::of_edition(1), Site::of_edition(2));
    let begin = Instant::now();
    assert!(start(site.root()).wait().unwrap().success());
    let length = begin.elapsed();
    let mut seen = BTreeMap::new();
    for moment in 0..100 {
        restore(&site, &first);
        let mut child = start(site.root());
        std::thread::sleep(length * moment / 100);
        child.kill().unwrap();
        child.wait().unwrap();
        *seen.entry(examine(&site, &first, &second)).or_insert(0) += 1;
    }
    println!("{length:?}: {seen:?}");
    assert!(seen.contains_key(&Left::Old), "{seen:?}");
}

/// The hundred moments may all miss the moves, which are brief: these wait for them.
#[test]
fn killed_in_the_midst_of_the_moves() {
    let ((site, first), (_, second)) = (Site::of_edition(1), Site::of_edition(2));
    let mut moving = 0;
    for round in 0..40 {
        restore(&site, &first);
        let mut child = start(site.root());
        let limit = Instant::now() + Duration::from_secs(60);
        while !site.journal().exists() && Instant::now() < limit && child.try_wait().unwrap().is_none() {}
        std::thread::sleep(Duration::from_micros(200 * (round % 20)));
        child.kill().unwrap();
        child.wait().unwrap();
        moving += u32::from(examine(&site, &first, &second) == Left::Moving);
    }
    println!("killed within the moves: {moving} of 40");
    assert!(moving > 0);
}

#[test]
fn a_new_folder_is_there_whole_or_not_at_all() {
    let (_, second) = Site::of_edition(2);
    let site = Site::new();
    let begin = Instant::now();
    assert!(start(site.root()).wait().unwrap().success());
    let length = begin.elapsed();
    for moment in 0..30 {
        let _ = std::fs::remove_dir_all(site.output());
        let mut child = start(site.root());
        std::thread::sleep(length * moment / 30);
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!site.output().exists() || tree(&site.output()) == second);
    }
}

/// Without its output there is nothing to complete: a journal never makes half a site.
#[test]
fn moves_into_a_folder_that_was_deleted_are_given_up() {
    let site = Site::new();
    write(site.root(), ".greffe-staging-public/new/index.html", "half a site");
    write(site.root(), ".greffe-staging-public/journal", "greffe-journal 1\n");
    assert!(recover(&site.output()).unwrap());
    assert!(!site.output().exists() && !site.journal().exists());
}

/// A limit on the size of files makes writes fail as a full disk does, without rights and without a disk.
#[cfg(unix)]
#[test]
fn a_disk_that_takes_no_more_leaves_the_old_site() {
    let (site, first) = Site::of_edition(1);
    let program = std::env::current_exe().unwrap();
    let limited = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 2 && exec \"$0\" --exact interrupted::child"])
        .arg(program)
        .env(SITE, site.root())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let Ok(limited) = limited else { return println!("skipped: no shell") };
    assert!(!limited.success());
    assert!(tree(&site.output()) == first);
    assert_eq!(std::fs::read_dir(site.root()).unwrap().count(), 2);
}

/// A real full disk, where the user may mount one.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_site() {
    let site = Site::new();
    let mounted =
        Command::new("mount").args(["-t", "tmpfs", "-o", "size=3m", "greffe-test"]).arg(site.root()).output();
    if !mounted.is_ok_and(|output| output.status.success()) {
        return println!("skipped: this user may not mount a disk");
    }
    let outcome = std::panic::catch_unwind(|| {
        write(site.root(), "greffe.yaml", "");
        build(site.root(), 1).unwrap();
        let first = tree(&site.output());
        let words = build(site.root(), 2).unwrap_err().to_string();
        assert!(words.contains("disk is full"), "{words}");
        assert!(tree(&site.output()) == first);
        assert_eq!(std::fs::read_dir(site.root()).unwrap().count(), 2);
    });
    let _ = Command::new("umount").arg(site.root()).status();
    outcome.unwrap();
}
