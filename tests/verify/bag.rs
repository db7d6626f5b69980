//! A bag of the smallest site, made once by the program and copied for each test; and what somebody who tampers with it
//! may do, down to making its manifests again.

use crate::greffe;
use greffe::freeze::swhid;
use sha2::{Digest, Sha256, Sha512};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tempfile::TempDir;

/// The day of the freeze.
pub const DAY: &str = "2026-06-01";

/// A bag that may be spoilt.
pub struct Bag {
    _folder: TempDir,
    pub path: PathBuf,
}

impl Bag {
    /// A good one.
    pub fn good() -> Bag {
        static GOOD: OnceLock<TempDir> = OnceLock::new();
        let good = GOOD.get_or_init(|| {
            let folder = TempDir::new().unwrap();
            make(&folder.path().join("garden-2026"));
            folder
        });
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("garden-2026");
        copy(&good.path().join("garden-2026"), &path);
        Bag { _folder: folder, path }
    }

    pub fn file(&self, path: &str) -> PathBuf {
        self.path.join(path)
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.file(path)).unwrap()
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let file = self.file(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.file(path)).unwrap();
    }

    /// Replaces words that must be there.
    pub fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} does not hold {from}");
        self.write(path, text.replacen(from, to, 1));
    }

    /// Makes every manifest again, as who knows BagIt would.
    pub fn manifests(&self) {
        self.payload_manifests();
        self.oxum();
        self.tag_manifests();
    }

    fn payload_manifests(&self) {
        let payload = files(&self.path.join("data"), &self.path);
        self.list("manifest-sha512.txt", &payload, |bytes| hex(&Sha512::digest(bytes)));
        self.list("manifest-sha256.txt", &payload, |bytes| hex(&Sha256::digest(bytes)));
    }

    fn oxum(&self) {
        let payload = files(&self.path.join("data"), &self.path);
        let bytes: u64 = payload.iter().map(|path| self.file(path).metadata().unwrap().len()).sum();
        self.label("Payload-Oxum", &format!("{bytes}.{}", payload.len()));
    }

    /// Makes the tag manifests again.
    pub fn tag_manifests(&self) {
        let tags: Vec<String> = ["bag-info.txt", "bagit.txt", "manifest-sha256.txt", "manifest-sha512.txt"]
            .iter()
            .filter(|name| self.file(name).exists())
            .map(|name| (*name).to_owned())
            .collect();
        self.list("tagmanifest-sha512.txt", &tags, |bytes| hex(&Sha512::digest(bytes)));
        self.list("tagmanifest-sha256.txt", &tags, |bytes| hex(&Sha256::digest(bytes)));
    }

    fn list(&self, name: &str, paths: &[String], digest: fn(&[u8]) -> String) {
        let line = |path: &String| {
            let written = path.replace('%', "%25").replace('\n', "%0A");
            format!("{}  {written}\n", digest(&fs::read(self.file(path)).unwrap()))
        };
        self.write(name, paths.iter().map(line).collect::<String>());
    }

    /// Sets a label of `bag-info.txt`.
    pub fn label(&self, label: &str, value: &str) {
        let info = self.read("bag-info.txt");
        let mut lines: Vec<String> = info.lines().map(str::to_owned).collect();
        let line = format!("{label}: {value}");
        match lines.iter_mut().find(|line| line.starts_with(&format!("{label}:"))) {
            Some(known) => *known = line,
            None => lines.push(line),
        }
        self.write("bag-info.txt", lines.join("\n") + "\n");
    }

    /// Makes the record of the freeze again, as who knows Greffe would: the digest of a file, of the list, of
    /// the sources.
    pub fn record(&self) {
        let path = "data/sources/content/garden/frozen.yaml";
        let folder = self.path.join("data/sources/content/garden");
        let old = self.read(path);
        let head: Vec<&str> = old.lines().take_while(|line| *line != "files:").collect();
        let (list, digest) = listed(&folder);
        let head: String = head
            .iter()
            .map(|line| match line.split_once(": ") {
                Some(("digest", _)) => format!("digest: {digest}\n"),
                _ => format!("{line}\n"),
            })
            .collect();
        self.write(path, format!("{head}files:\n{list}"));
        self.label("External-Identifier", &format!("urn:sha256:{digest}"));
        let sources = self.path.join("data/sources");
        let paths = files(&sources, &sources);
        let blob = |path: &String| swhid::blob(&fs::read(sources.join(path)).unwrap());
        self.label("Greffe-SWHID", &swhid::directory(paths.iter().map(|path| (path.as_str(), blob(path)))));
    }

    /// Builds the site again from the sources, as they are now.
    pub fn build(&self) {
        fs::remove_dir_all(self.path.join("data/site")).unwrap();
        build(&self.path);
    }

    /// Packs the bag as `zip -r` would, and gives the path of the zip.
    pub fn zip(&self) -> PathBuf {
        let path = self.path.with_extension("zip");
        let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
        for inner in files(&self.path, &self.path) {
            zip.start_file(format!("garden-2026/{inner}"), zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut zip, &fs::read(self.file(&inner)).unwrap()).unwrap();
        }
        zip.finish().unwrap();
        path
    }
}

/// `path: sha256` of each file of a consultation, and the digest of the list.
fn listed(folder: &Path) -> (String, String) {
    let mut paths = files(folder, folder);
    paths.retain(|path| !matches!(path.as_str(), "frozen.yaml" | "errata.yaml"));
    let digest = |path: &String| hex(&Sha256::digest(fs::read(folder.join(path)).unwrap()));
    let yaml = paths.iter().map(|path| format!("  {path}: {}\n", digest(path))).collect();
    let list: String = paths.iter().map(|path| format!("{}  {path}\n", digest(path))).collect();
    (yaml, hex(&Sha256::digest(list)))
}

/// Freezes the smallest site.
fn make(path: &Path) {
    let root = TempDir::new().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/minimal"), root.path());
    let (root, output) = (root.path().to_str().unwrap(), path.to_str().unwrap());
    let frozen = greffe(["freeze", "garden", "--root", root, "--output", output, "--as-of", DAY]);
    assert!(frozen.status.success(), "{}", String::from_utf8_lossy(&frozen.stderr));
}

fn build(path: &Path) {
    let (sources, site) = (path.join("data/sources"), path.join("data/site"));
    let (sources, site) = (sources.to_str().unwrap(), site.to_str().unwrap());
    let built = greffe(["build", "--root", sources, "--output", site, "--as-of", DAY]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stdout));
    fs::remove_file(path.join("data/site/.greffe-manifest")).unwrap();
}

/// The files below a folder, from another, sorted.
pub fn files(folder: &Path, from: &Path) -> Vec<String> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            all.extend(files(&entry, from));
        } else {
            all.push(entry.strip_prefix(from).unwrap().to_str().unwrap().to_owned());
        }
    }
    all.sort();
    all
}

pub fn copy(from: &Path, to: &Path) {
    for path in files(from, from) {
        let file = to.join(&path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::copy(from.join(&path), file).unwrap();
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
