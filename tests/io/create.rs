//! What people wrote is never overwritten; what an import wrote may be renewed until someone edits it.

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

fn import(root: &Path, files: &[(&str, &str)]) -> Created {
    put(CreateSink::update(root).unwrap(), files).unwrap()
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
fn an_import_renews_its_own_files_until_they_are_edited() {
    let site = tempdir().unwrap();
    let root = site.path();
    let first =
        [("content/a.md", "a1"), ("content/b.md", "b1"), ("content/c.md", "c1"), ("content/d.md", "d1")];
    assert_eq!(import(root, &first).created.len(), 4);
    let record = read(root, ".greffe-import");
    assert_eq!(import(root, &first).unchanged.len(), 4);
    assert_eq!(read(root, ".greffe-import"), record);

    write(root, "content/b.md", "edited");
    fs::remove_file(root.join("content/c.md")).unwrap();
    let second =
        [("content/a.md", "a2"), ("content/b.md", "b2"), ("content/c.md", "c2"), ("content/d.md", "d1")];
    let again = import(root, &second);
    assert_eq!(paths(&again.updated), ["content/a.md"]);
    assert_eq!(paths(&again.conflicts), ["content/b.md"]);
    assert_eq!(paths(&again.deleted), ["content/c.md"]);
    assert_eq!(paths(&again.unchanged), ["content/d.md"]);
    assert_eq!((read(root, "content/a.md"), read(root, "content/b.md")), ("a2".into(), "edited".into()));
    assert!(!root.join("content/c.md").exists());
    // Without the right to renew, the same files are the author's.
    assert_eq!(paths(&create(root, &[("content/a.md", "a3")]).conflicts), ["content/a.md"]);
}

#[test]
fn an_import_killed_between_record_and_file_still_knows_its_own() {
    let site = tempdir().unwrap();
    import(site.path(), &[("content/a.md", "a1")]);
    let old = read(site.path(), ".greffe-import");
    import(site.path(), &[("content/a.md", "a2")]);
    let new = read(site.path(), ".greffe-import");
    let digest = |record: &str| record.split('"').nth(3).unwrap().to_string();
    let both = old.replace(&digest(&old), &format!("{} {}", digest(&old), digest(&new)));
    for left in ["a1", "a2"] {
        write(site.path(), ".greffe-import", &both);
        write(site.path(), "content/a.md", left);
        assert_eq!(paths(&import(site.path(), &[("content/a.md", "a3")]).updated), ["content/a.md"]);
    }
}

#[test]
fn secrets_are_not_in_the_record() {
    let site = tempdir().unwrap();
    import(site.path(), &[("private/key", "secret"), ("content/a.md", "a")]);
    assert!(!read(site.path(), ".greffe-import").contains("private"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(site.path().join("private/key")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[test]
fn an_export_is_copied_from_and_never_left() {
    let (site, export) = (tempdir().unwrap(), tempdir().unwrap());
    write(export.path(), "images/a.png", "image");
    let open = || CreateSink::update(site.path()).unwrap().copying_from(export.path());
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
