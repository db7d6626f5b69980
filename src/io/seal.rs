//! The signature and the time-stamp beside a zip, made and read by those programs that know how: `ssh-keygen` and
//! `openssl`. Where one is only read, a program that is not there is a warning that says what to install; nothing passes
//! because it was not looked at.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::pack::with;
use crate::error::{Error, Result};
use crate::lang::Bilingual;
use crate::say;
use crate::text::hex;
use crate::verify::report::{Code, Finding, Severity};
use crate::verify::zip::Bytes;
use sha2::{Digest, Sha256, Sha512};
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What every signature of Greffe is for; one made for something else does not count.
const NAMESPACE: &str = "greffe";

/// What else the caller knows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'k> {
    /// Who may sign (`ssh-keygen(1)`, ALLOWED SIGNERS).
    pub signers: Option<&'k Path>,
    /// Certificates of the time-stamping authority, in PEM.
    pub certificates: Option<&'k Path>,
}

/// Looks at what stands beside a zip.
pub fn seal(zip: &Path, known: Known<'_>) -> Result<Vec<Finding>> {
    let mut found = signature(zip, &with(zip, ".sig"), known.signers)?;
    found.extend(timestamp(zip, &with(zip, ".tsr"), known.certificates)?);
    Ok(found)
}

/// Signs a file with `ssh-keygen -Y sign`: the signature stands in `<file>.sig`. `key` is a private key, or a public one
/// whose private key an agent holds; a passphrase is asked for on the terminal.
pub fn sign(file: &Path, key: &Path) -> Result<PathBuf> {
    let missing = say!(
        "ssh-keygen ne peut pas être lancé : installez OpenSSH 8.2 ou plus",
        "ssh-keygen cannot be started: install OpenSSH 8.2 or later"
    );
    let mut sign = Command::new("ssh-keygen");
    sign.args(["-q", "-Y", "sign", "-n", NAMESPACE, "-f"]).arg(key).arg(file).stdin(Stdio::inherit());
    let done = sign.output().map_err(|e| Error::io(file, missing, e))?;
    if done.status.success() {
        return Ok(with(file, ".sig"));
    }
    let words = String::from_utf8_lossy(&done.stderr);
    let words = words.lines().next().unwrap_or_default().trim();
    Err(Error::new(file, say!("le fichier n’a pas été signé : {words}", "the file was not signed: {words}")))
}

/// Puts a time-stamp (an RFC 3161 reply) beside a file, as `<file>.tsr`, when it is one of this file.
pub fn stamp(file: &Path, reply: &Path) -> Result<PathBuf> {
    if let Some(refused) = timestamp(file, reply, None)?.iter().find(|found| found.severity != Severity::Note)
    {
        let Bilingual { fr, en } = &refused.seen;
        return Err(Error::new(
            reply,
            say!(
                "{fr} : faites la demande de cette archive avec « openssl ts -query -sha512 -cert -data ARCHIVE.zip »",
                "{en}: ask for one of this archive with “openssl ts -query -sha512 -cert -data ARCHIVE.zip”"
            ),
        ));
    }
    let to = with(file, ".tsr");
    let cannot = say!("l’horodatage ne peut pas être posé ici", "the time-stamp cannot be put here");
    std::fs::copy(reply, &to).map_err(|e| Error::io(&to, cannot, e))?;
    Ok(to)
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// What a program said; none when it is not installed.
fn run(command: &mut Command, input: Option<File>) -> std::io::Result<Option<(bool, String)>> {
    let input = input.map_or_else(Stdio::null, Stdio::from);
    match command.stdin(input).env("LC_ALL", "C").output() {
        Ok(output) => {
            let words = [output.stdout, output.stderr].concat();
            Ok(Some((output.status.success(), String::from_utf8_lossy(&words).trim().to_owned())))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn signature(zip: &Path, sig: &Path, signers: Option<&Path>) -> Result<Vec<Finding>> {
    let path = name(sig);
    let one = |finding| Ok(vec![finding]);
    if sig.symlink_metadata().is_err() {
        let seen = say!("ce zip n’est pas signé", "this zip is not signed");
        return one(match signers {
            None => Finding::note(Code::Signature, path, seen),
            Some(_) => Finding::error(Code::Signature, path, seen),
        });
    }
    let open = || File::open(zip);
    let fail = |error| Error::io(zip, say!("cela ne peut pas être lu", "this cannot be read"), error);
    let mut check = Command::new("ssh-keygen");
    check.args(["-Y", "check-novalidate", "-n", NAMESPACE, "-s"]).arg(sig);
    let Some((good, words)) = run(&mut check, Some(open().map_err(fail)?)).map_err(fail)? else {
        return one(Finding::warning(
            Code::Signature,
            path,
            say!(
                "la signature n’a pas été lue : installez ssh-keygen (OpenSSH 8.2 ou plus)",
                "the signature was not read: install ssh-keygen (OpenSSH 8.2 or later)"
            ),
        ));
    };
    let first = words.lines().next().unwrap_or("").to_owned();
    if !good {
        return one(Finding::error(
            Code::Signature,
            path,
            say!(
                "cette signature n’est pas de ce zip ({first})",
                "this signature is not of this zip ({first})"
            ),
        ));
    }
    let key = key(&words);
    let Some(signers) = signers else {
        let seen = say!(
            "signé par la clé {key} ; rien ne dit de qui elle est : donnez --signers",
            "signed by the key {key}; nothing says whose it is: give --signers"
        );
        return one(Finding::note(Code::Signature, path, seen));
    };
    let mut find = Command::new("ssh-keygen");
    find.args(["-Y", "find-principals", "-s"]).arg(sig).arg("-f").arg(signers);
    let (found, names) = run(&mut find, None).map_err(fail)?.unwrap_or_default();
    let list = name(signers);
    let nobody = say!(
        "la clé {key} n’est de personne qui soit dans {list}",
        "the key {key} belongs to nobody in {list}"
    );
    let Some(who) = names.lines().next().filter(|_| found).map(str::to_owned) else {
        return one(Finding::error(Code::Signature, path, nobody));
    };
    let mut verify = Command::new("ssh-keygen");
    verify.args(["-Y", "verify", "-n", NAMESPACE, "-I", &who, "-s"]).arg(sig).arg("-f").arg(signers);
    let (good, words) = run(&mut verify, Some(open().map_err(fail)?)).map_err(fail)?.unwrap_or_default();
    one(if good {
        Finding::note(Code::Signature, path, say!("signé par {who}, clé {key}", "signed by {who}, key {key}"))
    } else {
        let first = words.lines().next().unwrap_or("").to_owned();
        Finding::error(
            Code::Signature,
            path,
            say!(
                "la signature de {who} n’est pas admise ({first})",
                "the signature of {who} is not admitted ({first})"
            ),
        )
    })
}

/// The fingerprint in what `ssh-keygen` says.
fn key(words: &str) -> String {
    words.split_whitespace().find(|word| word.starts_with("SHA256:")).unwrap_or("?").to_owned()
}

fn timestamp(zip: &Path, tsr: &Path, certificates: Option<&Path>) -> Result<Vec<Finding>> {
    let path = name(tsr);
    let one = |finding| Ok(vec![finding]);
    if tsr.symlink_metadata().is_err() {
        let seen = say!("ce zip n’est pas horodaté", "this zip has no time-stamp");
        return one(match certificates {
            None => Finding::note(Code::Timestamp, path, seen),
            Some(_) => Finding::error(Code::Timestamp, path, seen),
        });
    }
    let fail = |error| Error::io(zip, say!("cela ne peut pas être lu", "this cannot be read"), error);
    let mut read = Command::new("openssl");
    read.args(["ts", "-reply", "-text", "-in"]).arg(tsr);
    let Some((good, words)) = run(&mut read, None).map_err(fail)? else {
        return one(Finding::warning(
            Code::Timestamp,
            path,
            say!(
                "l’horodatage n’a pas été lu : installez openssl",
                "the time-stamp was not read: install openssl"
            ),
        ));
    };
    let Stamp { algorithm, digest, time } = Stamp::read(&words);
    if !good || time.is_empty() {
        return one(Finding::error(
            Code::Timestamp,
            path,
            say!(
                "ce n’est pas une réponse d’horodatage (RFC 3161)",
                "this is no time-stamp reply (RFC 3161)"
            ),
        ));
    }
    let own = match algorithm.as_str() {
        "sha512" => digest_of::<Sha512>(zip).map_err(fail)?,
        "sha256" => digest_of::<Sha256>(zip).map_err(fail)?,
        _ => {
            let seen = say!(
                "l’empreinte horodatée est faite avec « {algorithm} »",
                "the time-stamped digest is made with “{algorithm}”"
            );
            return one(Finding::error(Code::Timestamp, path, seen).wanted("sha256, sha512"));
        }
    };
    if own != digest {
        let seen = say!("horodate {algorithm} {digest}", "time-stamps {algorithm} {digest}");
        return one(Finding::error(Code::Timestamp, path, seen).wanted(&own));
    }
    let Some(certificates) = certificates else {
        let seen = say!(
            "horodaté le {time} ; l’autorité n’a pas été vérifiée : donnez --tsa-certificates",
            "time-stamped {time}; the authority was not verified: give --tsa-certificates"
        );
        return one(Finding::note(Code::Timestamp, path, seen));
    };
    let mut verify = Command::new("openssl");
    verify.args(["ts", "-verify", "-data"]).arg(zip).arg("-in").arg(tsr);
    verify.arg("-CAfile").arg(certificates).arg("-untrusted").arg(certificates);
    let (good, words) = run(&mut verify, None).map_err(fail)?.unwrap_or_default();
    one(if good {
        let list = name(certificates);
        Finding::note(
            Code::Timestamp,
            path,
            say!(
                "horodaté le {time}, par une autorité de {list}",
                "time-stamped {time}, by an authority of {list}"
            ),
        )
    } else {
        let why = words.lines().find(|line| line.contains("error")).unwrap_or("").trim().to_owned();
        Finding::error(
            Code::Timestamp,
            path,
            say!(
                "l’autorité n’est pas de celles qui sont admises ({why})",
                "the authority is none of those admitted ({why})"
            ),
        )
    })
}

fn digest_of<D: Digest>(path: &Path) -> std::io::Result<String> {
    let bytes =
        crate::io::archive::FileBytes::open(path).map_err(|e| e.source.unwrap_or(ErrorKind::Other.into()))?;
    let mut digest = D::new();
    let mut buffer = vec![0; 1 << 20];
    let (mut at, len) = (0, bytes.len());
    while at < len {
        let n = (len - at).min(buffer.len() as u64) as usize;
        bytes.read_at(at, &mut buffer[..n])?;
        digest.update(&buffer[..n]);
        at += n as u64;
    }
    Ok(hex(&digest.finalize()))
}

/// A reply, as `openssl ts -reply -text` writes it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Stamp {
    algorithm: String,
    digest: String,
    time: String,
}

impl Stamp {
    fn read(words: &str) -> Stamp {
        let mut stamp = Stamp::default();
        let mut in_data = false;
        for line in words.lines() {
            if let Some(name) = line.strip_prefix("Hash Algorithm:") {
                stamp.algorithm = name.trim().to_ascii_lowercase();
            } else if let Some(time) = line.strip_prefix("Time stamp:") {
                stamp.time = time.trim().to_owned();
            }
            // `    0000 - 1f 2e …-3d …   .text.`: an offset, sixteen bytes, the same as characters.
            match line.strip_prefix("    ").and_then(|line| line.split_once(" - ")) {
                Some((_, dump)) if in_data => {
                    let digits = dump.chars().take(48).filter(char::is_ascii_hexdigit);
                    stamp.digest.extend(digits.map(|digit| digit.to_ascii_lowercase()));
                }
                _ => in_data = line.starts_with("Message data:"),
            }
        }
        stamp
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_openssl_says_of_a_reply() {
        let words = "Status info:\nStatus: Granted.\n\nTST info:\nVersion: 1\nPolicy OID: 1.2.3\nHash Algorithm: sha256\n\
            Message data:\n    0000 - e3 b0 c4 42 98 fc 1c 14-9a fb f4 c8 99 6f b9 24   ...B.........o.$\n    \
            0010 - 27 ae 41 e4 64 9b 93 4c-a4 95 99 1b 78 52 b8 55   '.A.d..L....xR.U\nSerial number: 0x01\n\
            Time stamp: Nov 22 10:00:00 2026 GMT\nAccuracy: unspecified\n";
        let stamp = Stamp::read(words);
        assert_eq!(stamp.algorithm, "sha256");
        assert_eq!(stamp.digest, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(stamp.time, "Nov 22 10:00:00 2026 GMT");
    }

    #[test]
    fn the_key_that_signed() {
        assert_eq!(key("Good \"greffe\" signature with ED25519 key SHA256:abc/+d"), "SHA256:abc/+d");
    }
}
