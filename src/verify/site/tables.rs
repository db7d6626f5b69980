//! Tables: each has the bytes, the digest and the rows that the data page and `datapackage.json` say, and the packed
//! ones are the same as those beside.

use super::{Fact, Site};
use crate::lang::Bilingual;
use crate::say;
use crate::verify::report::{Code, Counts, Finding};
use crate::verify::store::Store;
use crate::verify::zip::Zipped;
use crate::verify::zip::directory::directory;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// A table as it stands.
#[derive(Debug)]
pub struct TableFile {
    /// Rows below the first.
    rows: u64,
    /// Why it is none.
    fault: Option<String>,
    /// The counts of `results.csv`, by vote and option.
    results: BTreeMap<(String, String), String>,
}

impl TableFile {
    /// Counts its rows.
    pub fn read(path: &str, text: &str) -> TableFile {
        let mut reader = ::csv::ReaderBuilder::new().flexible(false).from_reader(text.as_bytes());
        let mut table = TableFile { rows: 0, fault: None, results: BTreeMap::new() };
        let headers = reader.headers().cloned().unwrap_or_default();
        let column = |name: &str| headers.iter().position(|header| header == name);
        let of_results = path.ends_with("/results.csv");
        let columns = column("vote").zip(column("option")).zip(column("count")).filter(|_| of_results);
        for row in reader.records() {
            match row {
                Ok(row) => {
                    table.rows += 1;
                    if let Some(((vote, option), count)) = columns {
                        let cell = |at: usize| row.get(at).unwrap_or("").to_owned();
                        table.results.insert((cell(vote), cell(option)), cell(count));
                    }
                }
                Err(error) => {
                    table.fault = Some(error.to_string());
                    break;
                }
            }
        }
        table
    }

    /// The published count of an option.
    pub fn result(&self, vote: &str, option: &str) -> Option<&str> {
        self.results.get(&(vote.to_owned(), option.to_owned())).map(String::as_str)
    }
}

/// What is said of a table.
#[derive(Debug, Clone, Default)]
pub struct Said {
    file: String,
    rows: u64,
    bytes: u64,
    sha256: String,
}

/// The tables of a data page.
pub(super) fn said(tables: &Value) -> Vec<Said> {
    let one = |table: &Value| Said {
        file: table["href"].as_str().unwrap_or_default().to_owned(),
        rows: table["rows"].as_u64().unwrap_or(u64::MAX),
        bytes: table["bytes"].as_u64().unwrap_or(u64::MAX),
        sha256: table["sha256"].as_str().unwrap_or_default().to_owned(),
    };
    tables.as_array().map(|all| all.iter().map(one).collect()).unwrap_or_default()
}

/// A package: the digest and the size of each file in it, and what it says of its tables.
#[derive(Debug)]
pub struct Package {
    files: BTreeMap<String, (u64, [u8; 32])>,
    tables: Vec<Said>,
}

/// Largest `datapackage.json`.
const DESCRIPTOR: u64 = 64 << 20;

impl Package {
    /// Reads the packed bytes; why they cannot be read otherwise.
    pub fn read(bytes: Vec<u8>) -> Result<Package, Bilingual> {
        let opened = directory(&bytes).map_err(|found| {
            let first = found.into_iter().next().map(|finding| finding.seen);
            first.unwrap_or_else(|| say!("ce n’est pas un zip", "this is no zip"))
        })?;
        let fail = |error: std::io::Error| {
            say!("ce zip ne se lit pas ({error})", "this zip cannot be read ({error})")
        };
        let zip = Zipped::new(&bytes, opened, None).map_err(fail)?;
        let mut files = BTreeMap::new();
        for (at, entry) in zip.entries().iter().enumerate() {
            let (mut sha256, mut size) = (Sha256::new(), 0);
            zip.read(at, &mut |piece| {
                sha256.update(piece);
                size += piece.len() as u64;
            })
            .map_err(fail)?;
            files.insert(entry.path.to_string(), (size, sha256.finalize().into()));
        }
        let descriptor = zip
            .find("datapackage.json")
            .ok_or_else(|| say!("datapackage.json n’y est pas", "datapackage.json is not in it"))?;
        let json = zip.bytes(descriptor, DESCRIPTOR).map_err(fail)?;
        let value: Value = serde_json::from_slice(&json).map_err(|error| {
            say!("datapackage.json n’est pas du JSON ({error})", "datapackage.json is no JSON ({error})")
        })?;
        let one = |resource: &Value| Said {
            file: resource["path"].as_str().unwrap_or_default().to_owned(),
            rows: resource["greffe:rows"].as_u64().unwrap_or(u64::MAX),
            bytes: resource["bytes"].as_u64().unwrap_or(u64::MAX),
            sha256: resource["hash"].as_str().unwrap_or_default().trim_start_matches("sha256:").to_owned(),
        };
        let tables =
            value["resources"].as_array().map(|all| all.iter().map(one).collect()).unwrap_or_default();
        Ok(Package { files, tables })
    }
}

/// Compares every table with what is said of it.
pub(super) fn tables(site: &Site<'_>, counts: &mut Counts) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, fact) in &site.facts {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        match fact {
            Fact::Data(data) if data.kind == "data" => {
                for said in &data.tables {
                    counts.tables += 1;
                    found.extend(compare(site, folder, said, "index.json"));
                }
                found.extend(unsaid(site, folder, &data.tables));
            }
            Fact::Package(package) => {
                for said in &package.tables {
                    found.extend(compare(site, folder, said, "datapackage.json"));
                }
                found.extend(packed(site, path, folder, package));
            }
            Fact::Table(table) => {
                if let Some(why) = &table.fault {
                    found.push(Finding::error(
                        Code::Table,
                        site.full(path),
                        say!("ce n’est pas une table ({why})", "this is no table ({why})"),
                    ));
                }
            }
            Fact::Page(_) | Fact::Data(_) | Fact::Style(_) | Fact::Ballots(_) | Fact::Unreadable(_) => {}
        }
    }
    found
}

fn compare(site: &Site<'_>, folder: &str, said: &Said, whence: &str) -> Vec<Finding> {
    let path = format!("{folder}/{}", said.file);
    let full = site.full(&path);
    let (Some(Fact::Table(table)), Some(digests)) = (site.facts.get(path.as_str()), site.digests(&path))
    else {
        return vec![Finding::error(
            Code::Table,
            full,
            say!(
                "{whence} nomme cette table, et elle n’y est pas",
                "{whence} names this table, and it is not there"
            ),
        )];
    };
    let mut found = Vec::new();
    let mut tell = |seen: Bilingual, wanted: String| {
        found.push(Finding::error(Code::Table, &*full, seen).wanted(&format!("{wanted} ({whence})")));
    };
    let (bytes, rows) = (digests.size, table.rows);
    if bytes != said.bytes {
        tell(say!("{bytes} octets", "{bytes} bytes"), said.bytes.to_string());
    }
    if rows != said.rows {
        tell(say!("{rows} lignes", "{rows} rows"), said.rows.to_string());
    }
    let sha256 = digests.sha256();
    if sha256 != said.sha256 {
        tell(say!("sha256 {sha256}", "sha256 {sha256}"), said.sha256.clone());
    }
    found
}

/// Tables that stand in the folder and of which the data page says nothing.
fn unsaid(site: &Site<'_>, folder: &str, said: &[Said]) -> Vec<Finding> {
    let inside =
        |path: &str| path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')).map(str::to_owned);
    let mut found = Vec::new();
    for (path, fact) in &site.facts {
        let (Fact::Table(_), Some(name)) = (fact, inside(path)) else { continue };
        if !name.contains('/') && !said.iter().any(|said| said.file == name) {
            found.push(Finding::error(
                Code::Table,
                site.full(path),
                say!(
                    "la page des données ne nomme pas cette table",
                    "the data page does not name this table"
                ),
            ));
        }
    }
    found
}

/// The packed files against those beside the package.
fn packed(site: &Site<'_>, path: &str, folder: &str, package: &Package) -> Vec<Finding> {
    let mut found = Vec::new();
    for (name, (size, sha256)) in &package.files {
        if matches!(name.as_str(), "datapackage.json" | "README.md") {
            continue;
        }
        let same =
            site.digests(&format!("{folder}/{name}")).is_some_and(|digests| digests.are(*size, sha256));
        if !same {
            found.push(Finding::error(
                Code::DataZip,
                site.full(path),
                say!(
                    "« {name} » n’y est pas le même qu’à côté",
                    "“{name}” is not the same in it as beside it"
                ),
            ));
        }
    }
    for said in package.tables.iter().filter(|said| !package.files.contains_key(&said.file)) {
        let name = &said.file;
        found.push(Finding::error(
            Code::DataZip,
            site.full(path),
            say!("« {name} » n’y est pas", "“{name}” is not in it"),
        ));
    }
    found
}
