//! A folder → one zip file that is always the same for the same files, with its signature and its time stamp beside it.
//! Names are sorted, dates are the first that zip knows, permissions are fixed; files are streamed. Signing and reading
//! time stamps is what `ssh-keygen` and `openssl` are for.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use crate::error::{Error, Result};
use crate::lang::Bilingual;
use crate::say;
use crate::text::hex;
use sha2::{Digest, Sha256, Sha512};
use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Namespace of signatures: they are of no use for anything else.
pub const NAMESPACE: &str = "greffe";

/// Packs a folder beside itself: `<folder>.zip`, which holds the folder. Gives the path of the zip.
pub fn zip(folder: &Path) -> Result<PathBuf> {
    let zip = with(folder, ".zip");
    let part = with(folder, ".zip.part");
    let cannot =
        |e| Error::io(&zip, say!("l’archive zip ne peut pas être écrite", "the zip cannot be written"), e);
    if zip.exists() {
        return Err(Error::new(&zip, say!("ce fichier existe déjà", "this file exists already")));
    }
    pack(folder, &part).and_then(|()| fs::rename(&part, &zip)).map_err(|e| {
        let _ = fs::remove_file(&part);
        cannot(e)
    })?;
    Ok(zip)
}

/// A path with more at the end of its name.
fn with(path: &Path, more: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(more);
    name.into()
}

fn pack(folder: &Path, to: &Path) -> io::Result<()> {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut zip = ZipWriter::new(BufWriter::new(File::create(to)?));
    // By whole paths: `a/b` stands after `a.txt`, as in the manifests.
    let mut files: Vec<(String, PathBuf)> = Vec::new();
    for entry in walkdir::WalkDir::new(folder).follow_links(false) {
        let entry = entry.map_err(io::Error::other)?;
        if entry.file_type().is_file() {
            let inner = entry.path().strip_prefix(folder).map_err(io::Error::other)?;
            let parts: Vec<_> = inner.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            files.push((format!("{name}/{}", parts.join("/")), entry.path().to_path_buf()));
        }
    }
    files.sort();
    for (name, path) in files {
        let mut file = File::open(path)?;
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(6))
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644)
            // Files of 4 GiB and more need the long form, which old readers lack.
            .large_file(file.metadata()?.len() >= u64::from(u32::MAX));
        zip.start_file(name, options)?;
        io::copy(&mut file, &mut zip)?;
    }
    zip.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

/// Signs a file with `ssh-keygen -Y sign`: the signature stands in `<file>.sig`. `key` is a private key, or a public one
/// whose private key an agent holds.
pub fn sign(file: &Path, key: &Path) -> Result<PathBuf> {
    let mut command = Command::new("ssh-keygen");
    command.args(["-q", "-Y", "sign", "-n", NAMESPACE, "-f"]).arg(key).arg(file);
    run(&mut command, "ssh-keygen", file, say!("le fichier n’a pas été signé", "the file was not signed"))?;
    Ok(with(file, ".sig"))
}

/// Puts a time stamp (RFC 3161 reply) beside a file, as `<file>.tsr`, when it is one of this file.
pub fn stamp(file: &Path, reply: &Path) -> Result<PathBuf> {
    let to = with(file, ".tsr");
    let cannot = say!("l’horodatage ne peut pas être lu", "the time stamp cannot be read");
    let mut command = Command::new("openssl");
    command.args(["ts", "-reply", "-text", "-in"]).arg(reply);
    let said = run(&mut command, "openssl", reply, cannot.clone())?;
    let own = digests(file).map_err(|e| {
        Error::io(file, say!("ce fichier ne peut pas être lu", "this file cannot be read"), e)
    })?;
    if !own.contains(&imprint(&said)) {
        return Err(Error::new(
            reply,
            say!(
                "cet horodatage n’est pas celui de cette archive : faites-en la demande avec « openssl ts -query -sha512 -cert -data ARCHIVE.zip »",
                "this time stamp is not of this archive: ask for one with “openssl ts -query -sha512 -cert -data ARCHIVE.zip”"
            ),
        ));
    }
    fs::copy(reply, &to).map_err(|e| Error::io(&to, cannot, e))?;
    Ok(to)
}

/// The digest that a time stamp is of, in hexadecimal, from what `openssl ts -reply -text` says of it.
fn imprint(said: &str) -> String {
    let data = said.split("Message data:").nth(1).unwrap_or_default();
    // `    0010 - 8f 1a … 5c-e0 …   .....`: offset, bytes, the same as characters.
    let lines = data.lines().skip(1).map_while(|line| line.trim_start().split_once(" - "));
    let digits = |bytes: &str| -> String { bytes.chars().take(48).filter(char::is_ascii_hexdigit).collect() };
    lines.map(|(_, bytes)| digits(bytes)).collect()
}

/// SHA-256 and SHA-512 of a file.
fn digests(file: &Path) -> io::Result<[String; 2]> {
    let (mut sha256, mut sha512) = (Sha256::new(), Sha512::new());
    let mut file = File::open(file)?;
    super::compare::with_buffer(|buffer| {
        loop {
            match io::Read::read(&mut file, buffer)? {
                0 => return Ok::<(), io::Error>(()),
                more => {
                    sha256.update(&buffer[..more]);
                    sha512.update(&buffer[..more]);
                }
            }
        }
    })?;
    Ok([hex(&sha256.finalize()), hex(&sha512.finalize())])
}

fn run(command: &mut Command, name: &str, path: &Path, failed: Bilingual) -> Result<String> {
    let missing = say!(
        "le programme {name} ne peut pas être lancé : installez-le",
        "the program {name} cannot be started: install it"
    );
    let done = command.stdin(Stdio::inherit()).output().map_err(|e| Error::io(path, missing, e))?;
    if !done.status.success() {
        let words = String::from_utf8_lossy(&done.stderr);
        return Err(Error::io(path, failed, io::Error::other(words.trim().to_owned())));
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}
