//! An export as received: files, folders and zips → [`Export`], each file with its digest; and the lists of names that a
//! caller gives. A zip is read as the folder it holds ([`zipped`](super::zipped)). What a file means is decided in `import`.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::zipped;
use crate::error::{Error, Result};
use crate::import::report::Received;
use crate::import::{Input, InputFile};
use crate::say;
use crate::text::hex;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Largest file of an export that is read.
pub(super) const LIMIT: u64 = 512 * 1024 * 1024;

/// An export: what an importer reads, and the files that were received, which are the same unless some are zips.
#[derive(Debug, Default)]
pub struct Export {
    /// What an importer reads, in the order of the paths.
    pub input: Input,
    /// What was received, in the order of the paths, and where each file stands.
    pub received: Vec<(Received, PathBuf)>,
}

impl Export {
    /// The files as the report lists them.
    pub fn list(&self) -> Vec<Received> {
        self.received.iter().map(|(file, _)| file.clone()).collect()
    }
}

/// Reads files, folders and zips. Of folders and zips, the files whose name ends with one of these words (all of them when
/// there is no word), in any folder within; a file that is named is read whatever its name. One that cannot be read is an
/// [`InputFile`] that says so. The paths of a lone folder or zip begin within it, those of several with its name.
pub fn read(paths: &[PathBuf], endings: &[&str]) -> Result<Export> {
    let mut export = Export::default();
    let prefixes = prefixes(paths);
    for (path, prefix) in paths.iter().zip(&prefixes) {
        let missing =
            |e| Error::io(path, say!("cet export ne peut pas être lu", "this export cannot be read"), e);
        let found = fs::metadata(path).map_err(missing)?;
        if found.is_dir() {
            let inside = if paths.len() > 1 { format!("{prefix}/") } else { String::new() };
            folder(path, &inside, endings, &mut export);
        } else {
            let inside = if paths.len() > 1 { format!("{prefix}/") } else { String::new() };
            file(path, (prefix, &inside), endings, &mut export);
        }
    }
    export.input.files.sort_by(|a, b| a.path.cmp(&b.path));
    export.received.sort_by(|(a, _), (b, _)| a.path.cmp(&b.path));
    Ok(export)
}

/// A file that another program reads, as received; nothing for a folder.
pub fn receive(path: &Path) -> Result<Export> {
    let mut export = Export::default();
    if path.is_file() {
        let digest = digest(path).map_err(|e| {
            Error::io(path, say!("ce fichier ne peut pas être lu", "this file cannot be read"), e)
        })?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        note(path, &name, digest, &mut export);
    }
    Ok(export)
}

/// Reads every file under a folder whose name ends with one of these words.
pub fn read_folder(dir: &Path, endings: &[&str]) -> Result<Input> {
    if !dir.is_dir() {
        return Err(Error::new(dir, say!("ce n’est pas un dossier", "this is not a folder")));
    }
    read(&[dir.to_path_buf()], endings).map(|export| export.input)
}

/// What names each argument in the export: the name of its file, or as much of its path as tells it from others.
fn prefixes(paths: &[PathBuf]) -> Vec<Box<str>> {
    let name =
        |path: &Path| path.file_name().map_or_else(|| "export".into(), |n| n.to_string_lossy().into_owned());
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for path in paths {
        *times.entry(name(path)).or_default() += 1;
    }
    let mut taken = BTreeSet::new();
    let mut prefix = |path: &PathBuf| {
        let name = name(path);
        let whole = || relative(Path::new(""), path);
        let words = if times.get(&name) == Some(&1) { name } else { whole() };
        let free = |words: &String| !taken.contains(words);
        let numbered = (2..).map(|n| format!("{words}-{n}"));
        let prefix = std::iter::once(words.clone()).chain(numbered).find(free).unwrap_or(words);
        taken.insert(prefix.clone());
        prefix.into()
    };
    paths.iter().map(&mut prefix).collect()
}

fn ends(path: &str, endings: &[&str]) -> bool {
    let ending = Path::new(path).extension();
    endings.is_empty() || ending.is_some_and(|e| endings.iter().any(|ending| e.eq_ignore_ascii_case(ending)))
}

/// Whether a file is opened as a folder: a zip, unless zips are what is asked for.
fn is_zip(path: &str, endings: &[&str]) -> bool {
    ends(path, &["zip"]) && !endings.contains(&"zip")
}

fn folder(dir: &Path, prefix: &str, endings: &[&str], export: &mut Export) {
    for entry in walkdir::WalkDir::new(dir).follow_links(false).sort_by_file_name() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().map(|p| relative(dir, p)).unwrap_or_default();
                let path = format!("{prefix}{path}").into();
                export.input.files.push(InputFile {
                    path,
                    sha256: "".into(),
                    contents: Err(error.to_string().into()),
                });
                continue;
            }
        };
        let within = relative(dir, entry.path());
        if entry.file_type().is_file() && (ends(&within, endings) || is_zip(&within, endings)) {
            let name = format!("{prefix}{within}");
            file(entry.path(), (&name, &format!("{name}/")), endings, export);
        }
    }
}

/// Reads a file, or the files in a zip, whose names then begin with `inside`.
fn file(path: &Path, (name, inside): (&str, &str), endings: &[&str], export: &mut Export) {
    if is_zip(name, endings) {
        let (digest, opened) = match digest(path) {
            Ok(digest) => (digest, zipped::read(path, inside, |name| ends(name, endings))),
            Err(e) => (Default::default(), Err(e.to_string().into())),
        };
        note(path, name, digest, export);
        match opened {
            Ok(files) => export.input.files.extend(files),
            Err(words) => {
                export.input.files.push(InputFile {
                    path: name.into(),
                    sha256: "".into(),
                    contents: Err(words),
                });
            }
        }
        return;
    }
    let size = fs::metadata(path).map_or(0, |m| m.len());
    let contents = if size > LIMIT {
        Err(format!("{size} > {LIMIT}").into())
    } else {
        fs::read(path).map_err(|e| e.to_string().into())
    };
    let sha256: Box<str> = contents.as_ref().map(|b| hex(&Sha256::digest(b)).into()).unwrap_or_default();
    let bytes = contents.as_ref().map_or(size, |b| b.len() as u64);
    note(path, name, (bytes, sha256.clone()), export);
    export.input.files.push(InputFile { path: name.into(), sha256, contents });
}

fn note(path: &Path, name: &str, (bytes, sha256): (u64, Box<str>), export: &mut Export) {
    export.received.push((Received { path: name.into(), bytes, sha256 }, path.to_path_buf()));
}

/// Size and digest of a file that need not fit in memory.
pub(super) fn digest(path: &Path) -> io::Result<(u64, Box<str>)> {
    let (mut hasher, mut file) = (Sha256::new(), File::open(path)?);
    let (mut bytes, mut buffer) = (0, vec![0; 1 << 16]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok((bytes, hex(&hasher.finalize()).into())),
            n => {
                hasher.update(&buffer[..n]);
                bytes += n as u64;
            }
        }
    }
}

fn relative(dir: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(dir).unwrap_or(path).components();
    let word = |c: std::path::Component<'_>| match c {
        std::path::Component::Normal(word) => Some(word.to_string_lossy().into_owned()),
        _ => None,
    };
    parts.filter_map(word).collect::<Vec<_>>().join("/")
}

/// The lines of a file of names, without comments (`#`) and blank lines.
pub fn read_names(path: &Path) -> Result<BTreeSet<Box<str>>> {
    let text = fs::read_to_string(path).map_err(|e| {
        Error::io(path, say!("la liste des noms ne peut pas être lue", "the list of names cannot be read"), e)
    })?;
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    Ok(lines.filter(|l| !l.is_empty() && !l.starts_with('#')).map(Into::into).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn an_export_is_hashed_as_received() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("b")).unwrap();
        fs::write(dir.path().join("b/1.json"), "abc").unwrap();
        fs::write(dir.path().join("a.JSON"), "").unwrap();
        fs::write(dir.path().join("notes.txt"), "").unwrap();
        let input = read_folder(dir.path(), &["json"]).unwrap();
        let paths: Vec<&str> = input.files.iter().map(|f| &*f.path).collect();
        assert_eq!(paths, ["a.JSON", "b/1.json"]);
        assert_eq!(
            &*input.files[1].sha256,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    /// A zip with these files.
    fn zip(path: &Path, files: &[(&str, &str)]) {
        let mut zip = zip::ZipWriter::new(File::create(path).unwrap());
        for (name, text) in files {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap();
    }

    #[test]
    fn a_zip_is_the_folder_it_holds_and_one_file_received() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("export.zip");
        zip(&path, &[("a/1.csv", "id\n"), ("a/photo.png", "…"), ("2.csv", "id;x\n")]);
        let export = read(std::slice::from_ref(&path), &["csv"]).unwrap();
        let paths =
            |export: &Export| export.input.files.iter().map(|f| f.path.to_string()).collect::<Vec<_>>();
        assert_eq!(paths(&export), ["2.csv", "a/1.csv"]);
        assert_eq!(export.input.files[1].contents.as_deref(), Ok(&b"id\n"[..]));
        assert_eq!(export.received.len(), 1);
        assert_eq!(&*export.received[0].0.path, "export.zip");
        assert_eq!(export.received[0].0.bytes, fs::metadata(&path).unwrap().len());
        fs::write(dir.path().join("z.csv"), "id\n").unwrap();
        let both = read(&[path, dir.path().join("z.csv")], &["csv"]).unwrap();
        assert_eq!(paths(&both), ["export.zip/2.csv", "export.zip/a/1.csv", "z.csv"]);
        let folder = read(&[dir.path().to_path_buf()], &["csv"]).unwrap();
        assert_eq!(paths(&folder), paths(&both));
        assert_eq!(folder.list().iter().map(|r| &*r.path).collect::<Vec<_>>(), ["export.zip", "z.csv"]);
    }

    #[test]
    fn a_zip_that_lies_or_bursts_is_refused_file_by_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("export.zip");
        let bomb = "0".repeat(40 << 20);
        zip(&path, &[("../out.csv", "id"), ("/etc/x.csv", "id"), ("big.csv", &bomb), ("good.csv", "id")]);
        let export = read(std::slice::from_ref(&path), &["csv"]).unwrap();
        let good: Vec<&str> =
            export.input.files.iter().filter(|f| f.contents.is_ok()).map(|f| &*f.path).collect();
        assert_eq!((export.input.files.len(), good), (4, vec!["good.csv"]));
        fs::write(&path, "not a zip").unwrap();
        let export = read(&[path], &["csv"]).unwrap();
        assert!(export.input.files[0].contents.is_err());
    }
}
