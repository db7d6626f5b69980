//! A build replaces a site whole, touches what changed and nothing else, and never costs anyone a file.

use crate::{tree, write};
use greffe::error::{Error, Result};
use greffe::io::disk_sink::{DiskSink, Summary};
use greffe::sink::{OutPath, Sink};
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use tempfile::{TempDir, tempdir};

/// A site's folder and where it is built.
struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        let folder = tempdir().unwrap();
        write(folder.path(), "site/greffe.yaml", "");
        write(folder.path(), "site/content/a.pdf", "a document");
        Bench { folder }
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    fn output(&self) -> PathBuf {
        self.root().join("public")
    }

    fn open(&self) -> Result<DiskSink> {
        DiskSink::open(&self.root(), &self.output())
    }

    fn build(&self, files: &[(&str, &str)]) -> Result<Summary> {
        let sink = self.open()?;
        files.par_iter().try_for_each(|(path, text)| sink.put(&at(path), text.as_bytes()))?;
        sink.finish()
    }

    /// The published files, without the manifest.
    fn published(&self) -> Vec<(String, String)> {
        let mut files = tree(&self.output());
        files.remove(".greffe-manifest");
        files.into_iter().map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
    }

    /// Nothing of the work is left beside the output.
    fn is_tidy(&self) -> bool {
        let inside = |folder: PathBuf| fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names =
            inside(self.root()).chain(inside(self.output())).map(|e| e.file_name().into_string().unwrap());
        !names.any(|name| name.starts_with(".greffe-") && name != ".greffe-manifest")
    }
}

fn at(path: &str) -> OutPath {
    OutPath::new(path).unwrap()
}

fn owned(files: &[(&str, &str)]) -> Vec<(String, String)> {
    files.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect()
}

fn refusal<T>(result: Result<T>) -> Error {
    result.err().expect("this is refused")
}

fn age(path: &Path) -> SystemTime {
    let old = SystemTime::now() - Duration::from_secs(3600);
    fs::File::options().write(true).open(path).unwrap().set_modified(old).unwrap();
    fs::metadata(path).unwrap().modified().unwrap()
}

#[test]
fn a_new_folder_is_put_in_place_whole() {
    let bench = Bench::new();
    let sink = bench.open().unwrap();
    sink.put(&at("index.html"), b"home").unwrap();
    sink.put(&at("a/b/index.html"), b"page").unwrap();
    assert!(!bench.output().exists());
    let summary = sink.finish().unwrap();
    assert_eq!(summary, Summary { files: 2, written: 2, unchanged: 0, removed: 0, bytes: 8 });
    assert_eq!(
        bench.published(),
        owned(&[("a/", ""), ("a/b/", ""), ("a/b/index.html", "page"), ("index.html", "home")])
    );
    assert!(bench.is_tidy());
}

#[test]
fn an_empty_folder_is_as_good_as_none() {
    let bench = Bench::new();
    fs::create_dir(bench.output()).unwrap();
    bench.build(&[("index.html", "home")]).unwrap();
    assert_eq!(bench.published(), owned(&[("index.html", "home")]));
    assert!(bench.is_tidy());
}

#[test]
fn a_second_build_touches_only_what_changed() {
    let bench = Bench::new();
    bench.build(&[("same.html", "same"), ("changed.html", "old"), ("gone/deep/page.html", "gone")]).unwrap();
    let date = age(&bench.output().join("same.html"));
    let manifest = age(&bench.output().join(".greffe-manifest"));
    let summary =
        bench.build(&[("same.html", "same"), ("changed.html", "new"), ("more/page.html", "more")]).unwrap();
    assert_eq!(summary, Summary { files: 3, written: 2, unchanged: 1, removed: 1, bytes: 11 });
    assert_eq!(fs::metadata(bench.output().join("same.html")).unwrap().modified().unwrap(), date);
    assert_ne!(fs::metadata(bench.output().join(".greffe-manifest")).unwrap().modified().unwrap(), manifest);
    let expected =
        [("changed.html", "new"), ("more/", ""), ("more/page.html", "more"), ("same.html", "same")];
    assert_eq!(bench.published(), owned(&expected));
    assert!(bench.is_tidy());
}

#[test]
fn a_build_of_the_same_site_changes_nothing_at_all() {
    let bench = Bench::new();
    let files = [("a.html", "a"), ("b/c.html", "c")];
    bench.build(&files).unwrap();
    let dates: Vec<_> =
        ["a.html", "b/c.html", ".greffe-manifest"].map(|name| age(&bench.output().join(name))).into();
    let summary = bench.build(&files).unwrap();
    assert_eq!((summary.written, summary.unchanged, summary.removed), (0, 2, 0));
    let now =
        ["a.html", "b/c.html", ".greffe-manifest"].map(|name| bench.output().join(name).metadata().unwrap());
    assert_eq!(now.map(|meta| meta.modified().unwrap()).to_vec(), dates);
}

#[test]
fn a_file_damaged_by_hand_is_mended_even_at_the_same_size() {
    let bench = Bench::new();
    bench.build(&[("a.html", "right")]).unwrap();
    write(&bench.output(), "a.html", "wrong");
    assert_eq!(bench.build(&[("a.html", "right")]).unwrap().written, 1);
    assert_eq!(bench.published(), owned(&[("a.html", "right")]));
}

#[test]
fn two_builds_write_the_same_manifest() {
    let files = [("b.html", "b"), ("a/é.html", "a"), ("a.html", "a")];
    let manifests: Vec<Vec<u8>> = (0..2)
        .map(|_| {
            let bench = Bench::new();
            bench.build(&files).unwrap();
            fs::read(bench.output().join(".greffe-manifest")).unwrap()
        })
        .collect();
    assert_eq!(manifests[0], manifests[1]);
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    let bench = Bench::new();
    let first = [("a", "file"), ("b/c/d.html", "deep"), ("b/e.html", "e")];
    let second = [("a/index.html", "folder"), ("b", "file")];
    bench.build(&first).unwrap();
    bench.build(&second).unwrap();
    assert_eq!(bench.published(), owned(&[("a/", ""), ("a/index.html", "folder"), ("b", "file")]));
    bench.build(&first).unwrap();
    let expected = [("a", "file"), ("b/", ""), ("b/c/", ""), ("b/c/d.html", "deep"), ("b/e.html", "e")];
    assert_eq!(bench.published(), owned(&expected));
}

#[test]
fn a_sink_that_is_dropped_leaves_the_old_site() {
    let bench = Bench::new();
    bench.build(&[("a.html", "old")]).unwrap();
    let sink = bench.open().unwrap();
    sink.put(&at("a.html"), b"new").unwrap();
    drop(sink);
    assert_eq!(bench.published(), owned(&[("a.html", "old")]));
    assert!(bench.is_tidy());
}

#[test]
fn a_path_written_twice_is_an_error_and_nothing_is_put_in_place() {
    let bench = Bench::new();
    let sink = bench.open().unwrap();
    sink.put(&at("a.html"), b"a").unwrap();
    sink.put(&at("a.html"), b"a").unwrap_err();
    sink.finish().unwrap_err();
    bench.open().unwrap().put(&at(".greffe-manifest"), b"").unwrap_err();
    assert!(!bench.output().exists() && bench.is_tidy());
}

#[test]
fn sources_are_copied_as_they_are() {
    let bench = Bench::new();
    let source = bench.root().join("content/a.pdf");
    let date = age(&source);
    let copy = || {
        let sink = bench.open().unwrap();
        sink.copy(&at("documents/a.pdf"), "content/a.pdf").unwrap();
        sink.finish().unwrap()
    };
    assert_eq!(copy().written, 1);
    let target = bench.output().join("documents/a.pdf");
    assert_eq!(fs::metadata(&target).unwrap().modified().unwrap(), date);
    assert_eq!(copy().unchanged, 1);
    // A copy, not a second name of the same file: editing one leaves the other.
    write(&bench.root(), "content/a.pdf", "a new document");
    assert_eq!(fs::read_to_string(&target).unwrap(), "a document");
    assert_eq!(copy().written, 1);
    // Same size, another moment: both are read.
    write(&bench.root(), "content/a.pdf", "A NEW DOCUMENT");
    assert_eq!(copy().written, 1);
    assert_eq!(fs::read_to_string(&target).unwrap(), "A NEW DOCUMENT");
    age(&source);
    assert_eq!(copy().unchanged, 1);
}

#[test]
fn copies_stay_inside_the_site() {
    let bench = Bench::new();
    write(bench.folder.path(), "secret", "secret");
    for source in ["../secret", "/etc/hostname", "content", "content/absent.pdf", "content/../../secret"] {
        bench.open().unwrap().copy(&at("a.pdf"), source).unwrap_err();
    }
}

#[test]
fn a_folder_of_someone_elses_files_is_refused() {
    let bench = Bench::new();
    write(&bench.output(), "thesis.doc", "ten years of work");
    let words = refusal(bench.open()).to_string();
    assert!(words.contains("thesis.doc") && words.contains("--output"), "{words}");
    assert_eq!(bench.published(), owned(&[("thesis.doc", "ten years of work")]));
    assert!(bench.is_tidy());
}

#[test]
fn files_added_beside_the_site_stay() {
    let bench = Bench::new();
    write(&bench.output(), ".git", "gitdir: elsewhere");
    bench.build(&[("a.html", "a"), ("b/c.html", "c")]).unwrap();
    write(&bench.output(), "CNAME", "consultation.example");
    write(&bench.output(), "b/mine.txt", "mine");
    bench.build(&[("a.html", "a")]).unwrap();
    let expected = [
        (".git", "gitdir: elsewhere"),
        ("CNAME", "consultation.example"),
        ("a.html", "a"),
        ("b/", ""),
        ("b/mine.txt", "mine"),
    ];
    assert_eq!(bench.published(), owned(&expected));
}

#[test]
fn a_file_that_greffe_did_not_make_is_never_replaced() {
    let bench = Bench::new();
    bench.build(&[("a.html", "a")]).unwrap();
    write(&bench.output(), "robots.txt", "mine");
    write(&bench.output(), "data", "mine");
    write(&bench.output(), "page/mine.txt", "mine");
    for path in ["robots.txt", "data/index.html", "page"] {
        let words = refusal(bench.build(&[("a.html", "changed"), (path, "theirs")])).to_string();
        assert!(words.contains("not made by Greffe"), "{words}");
    }
    assert_eq!(fs::read_to_string(bench.output().join("a.html")).unwrap(), "a");
    // The same words are nobody's loss.
    bench.build(&[("a.html", "a"), ("robots.txt", "mine")]).unwrap();
}

#[test]
fn the_sites_own_folders_are_refused() {
    let bench = Bench::new();
    fs::create_dir(bench.root().join("inbox")).unwrap();
    for output in [
        "",
        "..",
        "content",
        "content/public",
        "content/new/deep",
        "inbox",
        "themes/x",
        "content/../content/x",
    ] {
        let output = bench.root().join(output);
        let words = refusal(DiskSink::open(&bench.root(), &output)).to_string();
        assert!(words.contains("sources"), "{words}");
    }
    assert_eq!(tree(&bench.root()).len(), 4);
    write(bench.folder.path(), "file", "");
    refusal(DiskSink::open(&bench.root(), &bench.folder.path().join("file")));
    refusal(DiskSink::open(&bench.root(), &bench.folder.path().join("file/public")));
}

#[test]
fn two_builds_at_once_are_one_too_many() {
    let bench = Bench::new();
    let first = bench.open().unwrap();
    let words = refusal(bench.open()).to_string();
    assert!(words.contains("another greffe command"), "{words}");
    drop(first);
    bench.build(&[("a.html", "a")]).unwrap();
}

#[test]
fn two_outputs_of_one_folder_do_not_meet() {
    let bench = Bench::new();
    let _first = bench.open().unwrap();
    DiskSink::open(&bench.root(), &bench.root().join("elsewhere")).unwrap();
}

#[test]
fn a_manifest_that_leads_elsewhere_is_not_believed() {
    let bench = Bench::new();
    bench.build(&[("a.html", "a")]).unwrap();
    write(&bench.root(), "precious", "precious");
    write(&bench.output(), ".greffe-manifest", "greffe-manifest 1\n../precious\n");
    refusal(bench.open());
    assert!(bench.root().join("precious").exists() && bench.is_tidy());
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn an_output_that_is_a_link_leads_to_its_folder() {
        let bench = Bench::new();
        let real = bench.folder.path().join("www");
        fs::create_dir(&real).unwrap();
        symlink(&real, bench.output()).unwrap();
        bench.build(&[("a.html", "a")]).unwrap();
        bench.build(&[("a.html", "b")]).unwrap();
        assert!(fs::symlink_metadata(bench.output()).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(real.join("a.html")).unwrap(), "b");
        let into_content = bench.root().join("trick");
        symlink(bench.root().join("content"), &into_content).unwrap();
        refusal(DiskSink::open(&bench.root(), &into_content));
        let dangling = bench.root().join("dangling");
        symlink("nowhere", &dangling).unwrap();
        refusal(DiskSink::open(&bench.root(), &dangling));
    }

    #[test]
    fn links_inside_the_output_are_not_followed() {
        let bench = Bench::new();
        bench.build(&[("a/page.html", "page"), ("b/page.html", "page")]).unwrap();
        let outside = bench.folder.path().join("outside");
        write(&outside, "page.html", "precious");
        for name in ["a", "b"] {
            fs::remove_dir_all(bench.output().join(name)).unwrap();
            symlink(&outside, bench.output().join(name)).unwrap();
        }
        // To be written through one link, to be removed through the other.
        refusal(bench.build(&[("a/page.html", "new")]));
        bench.build(&[("c.html", "c")]).unwrap();
        assert_eq!(tree(&outside).len(), 1);
        // A link in the place of a file is replaced, not followed.
        symlink(outside.join("page.html"), bench.output().join("d.html")).unwrap();
        refusal(bench.build(&[("d.html", "d")]));
        bench.build(&[("c.html", "c")]).unwrap();
        fs::remove_file(bench.output().join("c.html")).unwrap();
        symlink(outside.join("page.html"), bench.output().join("c.html")).unwrap();
        bench.build(&[("c.html", "new c")]).unwrap();
        assert_eq!(fs::read_to_string(outside.join("page.html")).unwrap(), "precious");
        assert_eq!(fs::read_to_string(bench.output().join("c.html")).unwrap(), "new c");
    }

    #[test]
    fn a_link_among_the_sources_is_not_copied() {
        let bench = Bench::new();
        write(bench.folder.path(), "secret", "secret");
        symlink("../../secret", bench.root().join("content/link.pdf")).unwrap();
        bench.open().unwrap().copy(&at("link.pdf"), "content/link.pdf").unwrap_err();
    }

    #[test]
    fn an_unwritable_place_is_told_at_once() {
        let bench = Bench::new();
        let closed = bench.folder.path().join("closed");
        fs::create_dir(&closed).unwrap();
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).unwrap();
        if fs::write(closed.join("x"), "").is_ok() {
            return println!("skipped: this user may write everywhere");
        }
        refusal(DiskSink::open(&bench.root(), &closed.join("public")));
    }

    #[test]
    fn rights_given_to_an_empty_folder_are_kept() {
        let bench = Bench::new();
        fs::create_dir(bench.output()).unwrap();
        fs::set_permissions(bench.output(), fs::Permissions::from_mode(0o2750)).unwrap();
        bench.build(&[("a.html", "a")]).unwrap();
        assert_eq!(fs::metadata(bench.output()).unwrap().permissions().mode() & 0o7777, 0o2750);
        assert_eq!(bench.published(), owned(&[("a.html", "a")]));
    }
}
