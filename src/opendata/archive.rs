//! The zip of a package: the same to the byte for the same tables, on any machine, in any year. Dates are the
//! first that zip knows, permissions are fixed, names are sorted.

use super::readme::readme;
use super::table::Table;
use crate::error::{Error, Result};
use crate::say;
use serde_json::Value;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Packs `datapackage.json`, the tables and a README.
pub fn zip(tables: &[Table], package: &Value) -> Result<Vec<u8>> {
    let readme = readme(package);
    let json = format!("{package:#}\n");
    let mut files: Vec<(String, &[u8])> = tables.iter().map(|t| (t.file(), &*t.csv)).collect();
    files.push(("README.md".into(), readme.as_bytes()));
    files.push(("datapackage.json".into(), json.as_bytes()));
    files.sort();
    pack(&files).map_err(|source| {
        let name = package["name"].as_str().unwrap_or_default();
        Error::io(
            format!("{name}.zip"),
            say!("les données n’ont pas pu être mises en archive", "the data could not be packed"),
            source,
        )
    })
}

fn pack(files: &[(String, &[u8])]) -> std::io::Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(6))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        // Files of 4 GiB and more need the long form, which is not used otherwise: old readers lack it.
        let long = bytes.len() as u64 >= u64::from(u32::MAX);
        zip.start_file(name.as_str(), options.large_file(long))?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}
