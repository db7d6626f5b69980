//! What people wrote is never overwritten; what is known may be replaced until someone edits it.

use crate::{tree, write};
use greffe::error::Result;
use greffe::io::create::{CreateSink, Created};
use greffe::sink::{OutPath, Sink};
use std::fs;
use std::path::Path;
use tempfile::tempdir;

fn put(sink: CreateSink, files: &[(&str, &str)]) -> Result<Created> {
    files.iter().try_for_each(|(path, text)| sink.put(&at(path), text.as_bytes()))?;
    sink.finish()
}

fn create(root: &Path, files: &[(&str, &str)]) -> Created {
    put(CreateSink::create(root).unwrap(), files).unwrap()
}

fn at(path: &str) -> OutPath {
    OutPath::new(path).unwrap()
}

fn paths(paths: &[OutPath]) -> Vec<&str> {
    paths.iter().map(OutPath::as_str).collect()
}

fn read(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).unwrap()
}

#[test]
fn a_new_site_is_made_and_made_again_without_a_change() {
    let folder = tempdir().unwrap();
    let root = folder.path().join("new/site");
    let files = [("greffe.yaml", "title: Essai"), ("content/a/index.md", "a")];
    assert_eq!(paths(&create(&root, &files).created), ["content/a/index.md", "greffe.yaml"]);
    let before = tree(&root);
    assert_eq!(create(&root, &files).unchanged.len(), 2);
    assert_eq!(tree(&root), before);
    assert_eq!(before.len(), 4);
}

#[test]
fn what_someone_wrote_is_listed_and_stays() {
    let site = tempdir().unwrap();
    write(site.path(), "content/a.md", "mine");
    fs::create_dir_all(site.path().join("content/b.md")).unwrap();
    write(site.path(), "content/c", "a file");
    let files =
        [("content/a.md", "theirs"), ("content/b.md", "x"), ("content/c/d.md", "x"), ("content/e.md", "new")];
    let sink = CreateSink::create(site.path()).unwrap();
    files.iter().for_each(|(path, text)| sink.put(&at(path), text.as_bytes()).unwrap());
    assert_eq!(paths(&sink.conflicts()), ["content/a.md", "content/b.md", "content/c/d.md"]);
    let created = sink.finish().unwrap();
    assert_eq!(paths(&created.conflicts), ["content/a.md", "content/b.md", "content/c/d.md"]);
    assert_eq!(paths(&created.created), ["content/e.md"]);
    assert_eq!(read(site.path(), "content/a.md"), "mine");
}

#[test]
fn nothing_is_written_before_the_end() {
    let site = tempdir().unwrap();
    let sink = CreateSink::create(site.path()).unwrap();
    sink.put(&at("content/a.md"), b"a").unwrap();
    CreateSink::create(site.path()).unwrap_err();
    drop(sink);
    assert!(tree(site.path()).is_empty());
}

#[test]
fn what_is_known_is_replaced_and_nothing_else() {
    let site = tempdir().unwrap();
    let root = site.path();
    ["a", "b", "c"].iter().for_each(|name| write(root, &format!("content/{name}.md"), "1"));
    write(root, "content/b.md", "edited");
    let sink = CreateSink::create(root).unwrap();
    ["a", "b", "c", "d"]
        .iter()
        .for_each(|name| sink.replace(&at(&format!("content/{name}.md")), b"1", b"2").unwrap());
    // Between the decision and the end.
    write(root, "content/c.md", "edited too");
    let done = sink.finish().unwrap();
    assert_eq!(paths(&done.updated), ["content/a.md"]);
    assert_eq!(paths(&done.conflicts), ["content/b.md", "content/c.md"]);
    assert_eq!(paths(&done.created), ["content/d.md"]);
    let all = ["a", "b", "c", "d"].map(|name| read(root, &format!("content/{name}.md")));
    assert_eq!(all, ["2", "edited", "edited too", "2"]);
}

#[cfg(unix)]
#[test]
fn secrets_are_for_their_owner_and_rights_stay() {
    use std::os::unix::fs::PermissionsExt;
    let site = tempdir().unwrap();
    create(site.path(), &[("private/key", "secret"), ("content/a.md", "a")]);
    let mode = |path: &str| fs::metadata(site.path().join(path)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("private/key"), 0o600);
    fs::set_permissions(site.path().join("content/a.md"), fs::Permissions::from_mode(0o640)).unwrap();
    let sink = CreateSink::create(site.path()).unwrap();
    sink.replace(&at("content/a.md"), b"a", b"b").unwrap();
    assert_eq!(sink.finish().unwrap().updated.len(), 1);
    assert_eq!(mode("content/a.md"), 0o640);
}

#[test]
fn an_export_is_copied_from_and_never_left() {
    let (site, export) = (tempdir().unwrap(), tempdir().unwrap());
    write(export.path(), "images/a.png", "image");
    let open = || CreateSink::create(site.path()).unwrap().copying_from(export.path());
    let sink = open();
    sink.copy(&at("content/documents/b.png"), "../b.png").unwrap_err();
    sink.finish().unwrap_err();
    let sink = open();
    sink.copy(&at("content/documents/a.png"), "images/a.png").unwrap();
    sink.put(&at("content/documents/a.png"), b"again").unwrap_err();
    sink.finish().unwrap_err();
    assert!(tree(site.path()).is_empty());
    let sink = open();
    sink.copy(&at("content/documents/a.png"), "images/a.png").unwrap();
    sink.finish().unwrap();
    assert_eq!(read(site.path(), "content/documents/a.png"), "image");
}

#[cfg(unix)]
#[test]
fn links_are_never_written_through() {
    use std::os::unix::fs::symlink;
    let (site, outside) = (tempdir().unwrap(), tempdir().unwrap());
    write(outside.path(), "a.md", "precious");
    symlink(outside.path(), site.path().join("content")).unwrap();
    symlink(outside.path().join("new.md"), site.path().join("b.md")).unwrap();
    let created = create(site.path(), &[("content/a.md", "x"), ("content/new/a.md", "x"), ("b.md", "x")]);
    assert_eq!(created.conflicts.len(), 3);
    assert_eq!(tree(outside.path()).len(), 1);
}
