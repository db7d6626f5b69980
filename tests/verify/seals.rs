//! Signatures by `ssh-keygen` and time-stamps by `openssl`, made here with keys of a minute.

use crate::bag::Bag;
use crate::{codes, verify};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn has(program: &str) -> bool {
    let there =
        Command::new(program).arg("--help").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if !there {
        eprintln!("skipped: {program} is not installed");
    }
    there
}

#[track_caller]
fn run(folder: &Path, program: &str, words: &[&str]) {
    let done = Command::new(program).args(words).current_dir(folder).output().unwrap();
    assert!(done.status.success(), "{program} {words:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// A signed zip in a folder of its own, and the file of those who may sign.
fn signed(namespace: &str) -> (Bag, PathBuf, String) {
    let bag = Bag::good();
    let zip = bag.zip();
    let folder = zip.parent().unwrap();
    run(folder, "ssh-keygen", &["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", "key"]);
    run(folder, "ssh-keygen", &["-q", "-Y", "sign", "-f", "key", "-n", namespace, "garden-2026.zip"]);
    let public = fs::read_to_string(folder.join("key.pub")).unwrap();
    let signers = folder.join("signers");
    fs::write(&signers, format!("clerk@brookfield.example {public}")).unwrap();
    (bag, zip, signers.to_str().unwrap().to_owned())
}

#[test]
fn a_signature_says_who_signed() {
    if !has("ssh-keygen") {
        return;
    }
    let (_bag, zip, signers) = signed("greffe");
    let (status, report) = verify(&zip, &[]);
    assert_eq!(status, 0);
    assert!(report.to_string().contains("nothing says whose it is"), "{report:#}");
    let (status, report) = verify(&zip, &["--signers", &signers]);
    assert_eq!(status, 0);
    assert!(report.to_string().contains("signed by clerk@brookfield.example, key SHA256:"), "{report:#}");
}

#[test]
fn signatures_that_do_not_count() {
    if !has("ssh-keygen") {
        return;
    }
    let (_bag, zip, signers) = signed("file");
    assert_eq!(codes(&verify(&zip, &[]).1, "error"), ["signature"], "made for something else");
    let (_other, other, _) = signed("greffe");
    let (status, report) = verify(&other, &["--signers", &signers]);
    assert_eq!(
        (status, codes(&report, "error")),
        (1, vec!["signature".to_owned()]),
        "a key of nobody who may sign"
    );
    let (_bag, zip, _) = signed("greffe");
    fs::copy(other.with_extension("zip.sig"), zip.with_extension("zip.sig")).unwrap();
    let bytes = fs::read(&zip).unwrap();
    fs::write(&zip, [&bytes[..], b"more"].concat()).unwrap();
    assert!(codes(&verify(&zip, &[]).1, "error").contains(&"signature".to_owned()), "another zip");
    fs::remove_file(zip.with_extension("zip.sig")).unwrap();
    assert!(
        codes(&verify(&zip, &["--signers", &signers]).1, "error").contains(&"signature".to_owned()),
        "none"
    );
}

/// A time-stamping authority of a minute, as `openssl ts` wants it.
const AUTHORITY: &str = "[req]\ndistinguished_name = dn\nx509_extensions = v3\nprompt = no\n[dn]\nCN = Test\n\
    [v3]\nextendedKeyUsage = critical,timeStamping\nbasicConstraints = critical,CA:true\n\
    [tsa]\ndefault_tsa = tsa1\n[tsa1]\nserial = serial\ncrypto_device = builtin\nsigner_cert = tsa.pem\ncerts = tsa.pem\n\
    signer_key = tsa.key\nsigner_digest = sha256\ndefault_policy = 1.2.3.4\ndigests = sha256, sha512\n";

fn stamped(folder: &Path, file: &str) {
    fs::write(folder.join("tsa.cnf"), AUTHORITY).unwrap();
    fs::write(folder.join("serial"), "01\n").unwrap();
    run(
        folder,
        "openssl",
        &[
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.pem",
            "-config", "tsa.cnf", "-days", "2",
        ],
    );
    run(folder, "openssl", &["ts", "-query", "-data", file, "-sha512", "-cert", "-out", "query.tsq"]);
    let reply = format!("{file}.tsr");
    run(
        folder,
        "openssl",
        &[
            "ts",
            "-reply",
            "-queryfile",
            "query.tsq",
            "-config",
            "tsa.cnf",
            "-section",
            "tsa1",
            "-out",
            &reply,
        ],
    );
}

#[test]
fn a_time_stamp_is_of_this_zip_and_by_this_authority() {
    if !has("openssl") {
        return;
    }
    let bag = Bag::good();
    let zip = bag.zip();
    let folder = zip.parent().unwrap().to_path_buf();
    stamped(&folder, "garden-2026.zip");
    let (status, report) = verify(&zip, &[]);
    assert_eq!(status, 0, "{report:#}");
    assert!(report.to_string().contains("the authority was not verified"), "{report:#}");
    let own = folder.join("tsa.pem").to_str().unwrap().to_owned();
    let (status, report) = verify(&zip, &["--tsa-certificates", &own]);
    assert_eq!(status, 0, "{report:#}");
    assert!(report.to_string().contains("by an authority of tsa.pem"), "{report:#}");

    let other = Bag::good();
    let other_folder = other.path.parent().unwrap().to_path_buf();
    fs::write(other_folder.join("x.zip"), "x").unwrap();
    stamped(&other_folder, "x.zip");
    let foreign = other_folder.join("tsa.pem").to_str().unwrap().to_owned();
    let (status, report) = verify(&zip, &["--tsa-certificates", &foreign]);
    assert_eq!((status, codes(&report, "error")), (1, vec!["timestamp".to_owned()]), "another authority");
    fs::copy(other_folder.join("x.zip.tsr"), folder.join("garden-2026.zip.tsr")).unwrap();
    let (status, report) = verify(&zip, &[]);
    assert_eq!((status, codes(&report, "error")), (1, vec!["timestamp".to_owned()]), "of another file");
    fs::write(folder.join("garden-2026.zip.tsr"), "no reply").unwrap();
    assert_eq!(verify(&zip, &[]).0, 1);
}

#[test]
fn a_program_that_is_missing_is_a_warning_never_a_pass() {
    if !has("ssh-keygen") {
        return;
    }
    let (_bag, zip, _) = signed("greffe");
    let done = Command::new(env!("CARGO_BIN_EXE_greffe"))
        .args(["verify", zip.to_str().unwrap(), "--format", "json", "--lang", "en"])
        .env("PATH", "")
        .output()
        .unwrap();
    let said: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(done.status.code(), Some(0));
    assert_eq!(codes(&said["verified"][0], "warning"), ["signature"]);
}
