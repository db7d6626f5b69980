//! A folder is read the same whatever its order, and what cannot be read is named, never followed, never waited for.

use crate::write;
use greffe::io::load::load;
use greffe::source::{Breakage, Contents, Sources};
use std::fs;
use std::path::Path;
use tempfile::{TempDir, tempdir};

fn site(files: &[(&str, &str)]) -> TempDir {
    let site = tempdir().unwrap();
    files.iter().for_each(|(path, text)| write(site.path(), path, text));
    site
}

fn paths(sources: &Sources) -> Vec<&str> {
    sources.iter().map(|(_, file)| &*file.path).collect()
}

fn one(root: &Path, path: &str) -> Contents {
    let sources = load(root).unwrap();
    let file = sources.iter().map(|(_, file)| file).find(|file| &*file.path == path);
    match &file.unwrap_or_else(|| panic!("{path} not found")).contents {
        Contents::Text(text) => Contents::Text(text.clone()),
        Contents::Opaque { bytes } => Contents::Opaque { bytes: *bytes },
        Contents::Broken(breakage) => Contents::Broken(breakage.clone()),
    }
}

fn text(root: &Path, path: &str) -> String {
    match one(root, path) {
        Contents::Text(text) => text.into(),
        other => panic!("{path} is {other:?}"),
    }
}

fn breakage(root: &Path, path: &str) -> Breakage {
    match one(root, path) {
        Contents::Broken(breakage) => breakage,
        other => panic!("{path} is {other:?}"),
    }
}

#[test]
fn only_the_files_of_the_site_are_read_and_sorted() {
    let site = site(&[
        ("greffe.yaml", "title: Essai"),
        ("content/b/index.md", "b"),
        ("content/a.md", "a"),
        ("content/b-c.md", "bc"),
        ("themes/page.html", "<p>"),
        ("inbox/secret.md", "not moderated"),
        ("private/key", "key"),
        ("public/index.html", "<p>"),
        ("README.md", "read me"),
    ]);
    let expected =
        ["content/a.md", "content/b-c.md", "content/b/index.md", "greffe.yaml", "themes/page.html"];
    assert_eq!(paths(&load(site.path()).unwrap()), expected);
}

#[test]
fn what_editors_and_systems_leave_behind_is_not_content() {
    let left = [
        ".DS_Store",
        ".git/config",
        "a.md~",
        ".a.md.swp",
        "a.md.swp",
        ".#a.md",
        "#a.md#",
        "Thumbs.db",
        "~$a.docx",
    ];
    let mut files: Vec<(String, &str)> = left.iter().map(|name| (format!("content/{name}"), "x")).collect();
    files.push(("content/a.md".into(), "kept"));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    assert_eq!(paths(&load(site(&files).path()).unwrap()), ["content/a.md"]);
}

#[test]
fn a_hidden_root_is_still_a_site() {
    let folder = tempdir().unwrap();
    write(folder.path(), ".site~/content/a.md", "a");
    assert_eq!(paths(&load(&folder.path().join(".site~")).unwrap()), ["content/a.md"]);
}

#[test]
fn the_mark_goes_and_the_line_ends_stay() {
    let site = site(&[("content/a.md", "\u{feff}un\r\ndeux\rtrois\n"), ("content/empty.md", "")]);
    assert_eq!(text(site.path(), "content/a.md"), "un\r\ndeux\rtrois\n");
    assert_eq!(text(site.path(), "content/empty.md"), "");
}

#[test]
fn texts_around_the_buffers_size_are_whole() {
    for size in [65_535, 65_536, 65_537, 200_000] {
        let words: String = "alinéa ".chars().cycle().take(size).collect();
        let site = site(&[("content/a.md", &words)]);
        assert!(text(site.path(), "content/a.md") == words, "{size}");
    }
}

#[test]
fn images_are_measured_and_not_read() {
    let site = site(&[("content/a.png", "not read"), ("content/NOTE.MD", "read")]);
    assert!(matches!(one(site.path(), "content/a.png"), Contents::Opaque { bytes: 8 }));
    assert_eq!(text(site.path(), "content/NOTE.MD"), "read");
}

#[test]
fn a_file_beyond_its_limit_is_named_with_its_size() {
    let site = site(&[("content/a.md", ""), ("content/data.json", "")]);
    let size = 50 << 20;
    for name in ["content/a.md", "content/data.json"] {
        fs::File::options().write(true).open(site.path().join(name)).unwrap().set_len(size).unwrap();
    }
    assert_eq!(breakage(site.path(), "content/a.md"), Breakage::TooLarge { bytes: size, limit: 8 << 20 });
    // A large data file is a document to publish, not a text to understand.
    assert!(matches!(one(site.path(), "content/data.json"), Contents::Opaque { bytes } if bytes == size));
}

#[test]
fn bytes_that_are_not_utf8_are_placed() {
    let site = site(&[]);
    write(site.path(), "content/x", "");
    fs::write(site.path().join("content/a.md"), b"caf\xe9").unwrap();
    assert_eq!(breakage(site.path(), "content/a.md"), Breakage::NotUtf8 { valid_up_to: 3 });
}

#[test]
fn an_absent_site_is_an_error_and_an_empty_one_is_not() {
    let site = site(&[]);
    assert!(load(&site.path().join("absent")).is_err());
    assert!(load(site.path()).unwrap().is_empty());
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};

    #[test]
    fn links_are_never_followed() {
        let site =
            site(&[("content/a.md", "a"), ("outside/secret.md", "secret"), ("outside/page.html", "x")]);
        let content = site.path().join("content");
        symlink("a.md", content.join("inner.md")).unwrap();
        symlink("../outside/secret.md", content.join("outer.md")).unwrap();
        symlink("../outside", content.join("folder")).unwrap();
        symlink(".", content.join("circle")).unwrap();
        symlink("nowhere", content.join("dangling.md")).unwrap();
        symlink("outside", site.path().join("themes")).unwrap();
        for name in ["inner.md", "outer.md", "folder", "circle", "dangling.md"] {
            assert_eq!(breakage(site.path(), &format!("content/{name}")), Breakage::Symlink, "{name}");
        }
        assert_eq!(breakage(site.path(), "themes"), Breakage::Symlink);
        assert_eq!(load(site.path()).unwrap().len(), 7);
    }

    #[test]
    fn a_pipe_does_not_hold_the_build() {
        let site = site(&[("content/a.md", "a")]);
        let pipe = site.path().join("content/pipe.md");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        if !made.is_ok_and(|status| status.success()) {
            return println!("skipped: no mkfifo");
        }
        assert_eq!(breakage(site.path(), "content/pipe.md"), Breakage::Special);
    }

    #[test]
    fn a_name_that_is_not_utf8_is_shown_as_well_as_can_be() {
        let site = site(&[("content/a.md", "a")]);
        let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
        if fs::write(site.path().join("content").join(name), "x").is_err() {
            return println!("skipped: this file system refuses such names");
        }
        assert_eq!(breakage(site.path(), "content/caf\u{fffd}.md"), Breakage::BadName);
    }

    #[test]
    fn what_the_system_refuses_is_broken_and_not_fatal() {
        let site = site(&[("content/a.md", "a"), ("content/closed/b.md", "b"), ("content/c.md", "c")]);
        let content = site.path().join("content");
        fs::set_permissions(content.join("a.md"), fs::Permissions::from_mode(0o000)).unwrap();
        fs::set_permissions(content.join("closed"), fs::Permissions::from_mode(0o000)).unwrap();
        if fs::read(content.join("a.md")).is_ok() {
            return println!("skipped: this user may read everything");
        }
        assert!(matches!(breakage(site.path(), "content/a.md"), Breakage::Unreadable(_)));
        assert!(matches!(breakage(site.path(), "content/closed"), Breakage::Unreadable(_)));
        assert_eq!(text(site.path(), "content/c.md"), "c");
        fs::set_permissions(content.join("closed"), fs::Permissions::from_mode(0o755)).unwrap();
    }
}
