//! Manifests: `digest  path` a line (RFC 8493, 2.1.3). Comes in the text of one; comes out what it lists, or what is
//! wrong with each line.

use super::tags::is_hex;
use crate::say;
use crate::verify::report::{Code, Finding};
use std::collections::BTreeMap;

/// A manifest of a bag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// Name of its file.
    pub file: &'static str,
    /// Of the payload, not of the tag files.
    pub payload: bool,
    /// Digits of a digest.
    pub digits: usize,
}

/// Those that every bag of Greffe has.
pub const MANIFESTS: [Name; 4] = [
    Name { file: "manifest-sha512.txt", payload: true, digits: 128 },
    Name { file: "manifest-sha256.txt", payload: true, digits: 64 },
    Name { file: "tagmanifest-sha512.txt", payload: false, digits: 128 },
    Name { file: "tagmanifest-sha256.txt", payload: false, digits: 64 },
];

/// What a manifest lists: a digest for each path.
pub type Listed = BTreeMap<String, String>;

/// Reads a manifest.
pub fn read(name: Name, bytes: &[u8]) -> (Listed, Vec<Finding>) {
    let mut listed = Listed::new();
    let mut found = Vec::new();
    let mut error = |seen| found.push(Finding::error(Code::Manifest, name.file, seen));
    let Ok(text) = std::str::from_utf8(bytes) else {
        error(say!("ce fichier n’est pas de l’UTF-8", "this file is not UTF-8"));
        return (listed, found);
    };
    if text.starts_with('\u{feff}') {
        error(say!(
            "ce fichier commence par une marque d’ordre (BOM)",
            "this file begins with a byte-order mark"
        ));
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
        let number = at + 1;
        match entry(name, line) {
            Ok((digest, path)) => {
                if listed.insert(path.clone(), digest).is_some() {
                    error(say!(
                        "ligne {number} : « {path} » est listé deux fois",
                        "line {number}: “{path}” is listed twice"
                    ));
                }
            }
            Err(why) => {
                let (fr, en) = (why.fr, why.en);
                error(say!("ligne {number} : {fr}", "line {number}: {en}"));
            }
        }
    }
    (listed, found)
}

/// A line: the digest in lower case and the path as it is on the disk.
fn entry(name: Name, line: &str) -> Result<(String, String), crate::lang::Bilingual> {
    let Some((digest, path)) = line.split_once([' ', '\t']) else {
        return Err(say!(
            "on attend une empreinte, un blanc, un chemin",
            "a digest, a blank and a path are expected"
        ));
    };
    let digits = name.digits;
    if digest.len() != digits || !is_hex(digest) {
        return Err(say!(
            "l’empreinte n’est pas faite de {digits} chiffres hexadécimaux",
            "the digest is not {digits} hexadecimal digits"
        ));
    }
    let path = decoded(path.trim_start_matches([' ', '\t']))?;
    let fault = crate::verify::names::fault(&path);
    if let Some(why) = fault {
        let (fr, en) = (why.fr, why.en);
        return Err(say!("« {path} » : {fr}", "“{path}”: {en}"));
    }
    match (name.payload, path.strip_prefix("data/")) {
        (true, None) => Err(say!("« {path} » n’est pas dans data/", "“{path}” is not in data/")),
        (false, Some(_)) => Err(say!(
            "« {path} » est dans data/, et n’est pas un fichier de service",
            "“{path}” is in data/, and no tag file"
        )),
        (true, Some(_)) | (false, None) => Ok((digest.to_ascii_lowercase(), path)),
    }
}

/// Takes back `%0A`, `%0D` and `%25`, which alone are encoded in a path.
fn decoded(path: &str) -> Result<String, crate::lang::Bilingual> {
    let mut parts = path.split('%');
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let code = part.get(..2).unwrap_or("");
        out.push(match code.to_ascii_uppercase().as_str() {
            "0A" => '\n',
            "0D" => '\r',
            "25" => '%',
            _ => {
                return Err(say!(
                    "« %{code} » : seuls %0A, %0D et %25 s’écrivent ainsi",
                    "“%{code}”: only %0A, %0D and %25 are written so"
                ));
            }
        });
        out.push_str(part.get(2..).unwrap_or(""));
    }
    Ok(out)
}

/// The paths that one of two manifests has and the other has not.
pub fn disagreement(a: (Name, &Listed), b: (Name, &Listed)) -> Vec<Finding> {
    let absent = |listed: &Listed, (other, others): (Name, &Listed)| -> Vec<Finding> {
        let file = other.file;
        let seen = || {
            say!(
                "{file} ne liste pas ce fichier, que l’autre manifeste liste",
                "{file} does not list this file, which the other manifest lists"
            )
        };
        let missing = listed.keys().filter(|path| !others.contains_key(*path));
        missing.map(|path| Finding::error(Code::Manifests, path.as_str(), seen())).collect()
    };
    let mut found = absent(a.1, b);
    found.extend(absent(b.1, a));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHA256: Name = MANIFESTS[1];
    const DIGEST: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    fn faults(text: &str) -> usize {
        read(SHA256, text.as_bytes()).1.len()
    }

    #[test]
    fn a_line_is_a_digest_and_a_path() {
        let (listed, found) =
            read(SHA256, format!("{DIGEST}  data/a b\r\n{DIGEST} \tdata/100%25\n").as_bytes());
        assert_eq!(found, []);
        assert_eq!(listed.keys().collect::<Vec<_>>(), ["data/100%", "data/a b"]);
    }

    proptest::proptest! {
        /// Whatever stands in a tag file, it is read.
        #[test]
        fn no_tag_file_panics(bytes: Vec<u8>, line in "[0-9a-f]{62,66}[ \t*]{0,3}(data/)?[a-z%./0-9A-Zé]{0,12}\r?\n?") {
            let _ = read(SHA256, &bytes);
            let _ = read(SHA256, line.as_bytes());
            let _ = crate::verify::bag::tags::BagInfo::read(&bytes);
            let _ = crate::verify::bag::tags::BagInfo::read(line.replace(' ', ": ").as_bytes());
        }
    }

    #[test]
    fn lines_that_cannot_be() {
        for line in [
            "data/a",
            "abc  data/a",
            &format!("{DIGEST}  a"),
            &format!("{DIGEST}  data/../a"),
            &format!("{DIGEST}  data/%41"),
            &format!("{DIGEST}  data/a%"),
            &format!("{DIGEST}  data/a\n{DIGEST}  data/a"),
            &format!("{}  data/a", &DIGEST[1..]),
        ] {
            assert_eq!(faults(line), 1, "{line}");
        }
    }
}
