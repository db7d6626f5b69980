//! The history of a site's repository, for freezing: its last commit, whether something is not committed yet, and every
//! object that the commit reaches, written so that any git reads them and no git's version changes a byte: loose
//! objects, stored and not compressed. A bundle or a pack would depend on the version that made it.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::bag::BagSink;
use super::git::git;
use crate::error::{Error, Result};
use crate::say;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::Stdio;

/// The commit that a folder stands at; `None` without git, without a repository, without a commit.
pub fn head(root: &Path) -> Option<String> {
    let answer =
        git().arg("-C").arg(root).args(["rev-parse", "--verify", "--quiet", "HEAD"]).output().ok()?;
    let id = String::from_utf8(answer.stdout).ok()?.trim().to_owned();
    (answer.status.success() && id.len() >= 40).then_some(id)
}

/// Files under these paths that differ from the last commit or are in none, by their path from the repository's root.
pub fn uncommitted(root: &Path, paths: &[&str]) -> Result<Vec<String>> {
    let mut git = git();
    git.arg("-C").arg(root).args(["status", "--porcelain", "-z", "--untracked-files=all", "--"]).args(paths);
    let answer = git.output().map_err(|e| stopped(root, e))?;
    let listed = String::from_utf8_lossy(&answer.stdout);
    // `XY path`; of a file that was renamed, its former path follows.
    Ok(listed.split('\0').filter_map(|line| line.get(3..).map(str::to_owned)).collect())
}

/// Writes the repository that holds a commit and all it reaches into a bag, under `folder`.
pub fn write(root: &Path, commit: &str, bag: &BagSink, folder: &str) -> Result<()> {
    let put = |path: &str, text: &str| bag.put(&format!("{folder}/{path}"), text.as_bytes());
    put("HEAD", "ref: refs/heads/main\n")?;
    put("refs/heads/main", &format!("{commit}\n"))?;
    put("config", if commit.len() > 40 { SHA256 } else { SHA1 })?;
    let mut list = git();
    list.arg("-C").arg(root).args(["rev-list", "--objects", "--no-object-names", commit]);
    let listed = list.output().map_err(|e| stopped(root, e))?;
    let listed = String::from_utf8_lossy(&listed.stdout);
    let mut cat = git();
    cat.arg("-C").arg(root).args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut cat = cat.spawn().map_err(|e| stopped(root, e))?;
    let (Some(mut ask), Some(answers)) = (cat.stdin.take(), cat.stdout.take()) else {
        return Err(stopped(root, io::ErrorKind::BrokenPipe.into()));
    };
    let mut answers = BufReader::new(answers);
    for id in listed.lines() {
        let object = object(id, &mut ask, &mut answers).map_err(|e| stopped(root, e))?;
        let (first, rest) = id.split_at(2);
        bag.put(&format!("{folder}/objects/{first}/{rest}"), &stored(&object))?;
    }
    drop(ask);
    let _ = cat.wait();
    Ok(())
}

const SHA1: &str = "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = true\n";
const SHA256: &str = "[core]\n\trepositoryformatversion = 1\n\tfilemode = true\n\tbare = true\n[extensions]\n\tobjectformat = sha256\n";

/// An object in git's form: kind, size, nothing, contents.
fn object(id: &str, ask: &mut impl Write, answers: &mut impl BufRead) -> io::Result<Vec<u8>> {
    writeln!(ask, "{id}")?;
    ask.flush()?;
    let mut head = String::new();
    answers.read_line(&mut head)?;
    let mut words = head.split_whitespace().skip(1);
    let (kind, size) = (words.next(), words.next().and_then(|size| size.parse::<u64>().ok()));
    let (Some(kind), Some(size)) = (kind, size) else { return Err(io::ErrorKind::InvalidData.into()) };
    let mut object = format!("{kind} {size}\0").into_bytes();
    answers.take(size).read_to_end(&mut object)?;
    answers.read_exact(&mut [0])?;
    Ok(object)
}

/// zlib without compression (RFC 1950, RFC 1951 3.2.4): the same bytes from any implementation.
fn stored(bytes: &[u8]) -> Vec<u8> {
    const BLOCK: usize = u16::MAX as usize;
    let mut out = vec![0x78, 0x01];
    let mut blocks = bytes.chunks(BLOCK).peekable();
    while let Some(block) = blocks.next() {
        let len = block.len() as u16;
        out.push(u8::from(blocks.peek().is_none()));
        out.extend_from_slice(&len.to_le_bytes());
        out.extend_from_slice(&(!len).to_le_bytes());
        out.extend_from_slice(block);
    }
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in bytes {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    out.extend_from_slice(&((b << 16) | a).to_be_bytes());
    out
}

fn stopped(root: &Path, error: io::Error) -> Error {
    Error::io(root, say!("git n’a pas pu être lu", "git could not be read"), error)
}
