//! What a zip holds, or why it is not to be opened: every fault of its headers, before one byte of it is inflated.

use super::Bytes;
use super::central::{Header, headers, place};
use super::local::laid_out;
use crate::lang::Bilingual;
use crate::say;
use crate::verify::names::fault;
use crate::verify::report::{Code, Finding};
use std::collections::BTreeMap;

/// Something in a zip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its name; a folder's ends with `/`.
    pub name: Box<str>,
    /// Its size once unpacked, as declared.
    pub size: u64,
    /// Its checksum, as declared.
    pub crc: u32,
}

/// A zip that can be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Opened {
    /// What it holds, in the order of its directory.
    pub members: Vec<Member>,
}

/// A file that grows more than so many times, or an archive, when that makes it large: a bomb.
const RATIO: u64 = 200;
const LARGE: u64 = 64 << 20;
const LARGE_ALL: u64 = 1 << 30;

const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;
const UTF8: u16 = 1 << 11;

/// Reads the headers of a zip.
pub fn directory(bytes: &dyn Bytes) -> Result<Opened, Vec<Finding>> {
    let whole = |why| vec![Finding::error(Code::Zip, "", why)];
    let place = place(bytes).map_err(whole)?;
    let headers = headers(bytes, place).map_err(whole)?;
    let mut found: Vec<Finding> = Vec::new();
    for header in &headers {
        let name = || String::from_utf8_lossy(&header.name).into_owned();
        found.extend(faults(header).into_iter().map(|why| Finding::error(Code::Zip, name(), why)));
    }
    found.extend(repeated(&headers));
    let sum =
        |of: fn(&Header) -> u64| headers.iter().fold(0u64, |sum, header| sum.saturating_add(of(header)));
    let (size, packed) = (sum(|h| h.size), sum(|h| h.packed));
    if bomb(size, packed, LARGE_ALL) {
        found.push(Finding::error(Code::Zip, "", grows(size, packed)));
    }
    if let Err((name, why)) = laid_out(bytes, &headers, place.start) {
        found.push(Finding::error(Code::Zip, name, why));
    }
    if !found.is_empty() {
        return Err(found);
    }
    let member = |header: Header| Member {
        name: String::from_utf8_lossy(&header.name).into(),
        size: header.size,
        crc: header.crc,
    };
    Ok(Opened { members: headers.into_iter().map(member).collect() })
}

fn bomb(size: u64, packed: u64, large: u64) -> bool {
    size > large && size / RATIO > packed
}

fn grows(size: u64, packed: u64) -> Bilingual {
    say!(
        "{packed} octets en deviendraient {size} : c’est une bombe",
        "{packed} bytes would become {size}: this is a bomb"
    )
}

/// What is wrong with one entry.
fn faults(header: &Header) -> Vec<Bilingual> {
    let mut all = Vec::new();
    match std::str::from_utf8(&header.name) {
        Ok(name) => {
            all.extend(fault(name.strip_suffix('/').unwrap_or(name)));
            if !name.is_ascii() && header.flags & UTF8 == 0 {
                all.push(say!(
                    "ce nom n’est pas déclaré en UTF-8 : d’autres programmes en liront un autre",
                    "this name is not declared as UTF-8: other programs will read another"
                ));
            }
            if name.ends_with('/') && header.size > 0 {
                all.push(say!("ce dossier a des octets", "this folder has bytes"));
            }
        }
        Err(_) => all.push(say!("ce nom n’est pas de l’UTF-8", "this name is not UTF-8")),
    }
    if header.other_name {
        all.push(say!(
            "cette entrée a un second nom, qui diffère",
            "this entry has a second name, which differs"
        ));
    }
    if header.flags & ENCRYPTED != 0 {
        all.push(say!("cette entrée est chiffrée", "this entry is encrypted"));
    }
    let method = header.method;
    if !matches!(method, 0 | 8) {
        all.push(say!(
            "la méthode {method} n’est ni « stocké » ni « deflate »",
            "method {method} is neither “stored” nor “deflate”"
        ));
    }
    if method == 0 && header.size != header.packed {
        all.push(say!("stockée, cette entrée a deux tailles", "stored, this entry has two sizes"));
    }
    if bomb(header.size, header.packed, LARGE) {
        all.push(grows(header.size, header.packed));
    }
    let folder = header.name.ends_with(b"/");
    let kind = header.mode.unwrap_or(0) & 0o170_000;
    if !(kind == 0 || kind == 0o100_000 && !folder || kind == 0o040_000 && folder) {
        all.push(say!(
            "cette entrée est un lien ou un fichier spécial",
            "this entry is a link or a special file"
        ));
    }
    all
}

/// Names that stand twice, and names that are both a file and a folder.
fn repeated(headers: &[Header]) -> Vec<Finding> {
    let mut known: BTreeMap<&[u8], usize> = BTreeMap::new();
    for header in headers {
        *known.entry(&header.name).or_default() += 1;
    }
    let mut found = Vec::new();
    for (name, times) in &known {
        let shown = || String::from_utf8_lossy(name).into_owned();
        if *times > 1 {
            found.push(Finding::error(
                Code::Zip,
                shown(),
                say!(
                    "ce nom est {times} fois dans l’archive",
                    "this name stands {times} times in the archive"
                ),
            ));
        }
        let parents = name.iter().enumerate().filter(|(at, byte)| **byte == b'/' && at + 1 < name.len());
        if parents.into_iter().any(|(at, _)| known.contains_key(&name[..at])) {
            found.push(Finding::error(
                Code::Zip,
                shown(),
                say!(
                    "ce nom est dans un autre qui est un fichier",
                    "this name is inside another that is a file"
                ),
            ));
        }
    }
    found
}

/// The one folder in which everything stands; why there is none otherwise.
pub fn top(opened: &Opened) -> Result<&str, Bilingual> {
    let first = |member: &'_ Member| member.name.split_once('/').map(|(top, _)| top.to_owned());
    let several = || say!("tout n’est pas dans un seul dossier", "not everything is in one folder");
    let top = opened.members.first().and_then(|member| member.name.split_once('/')).ok_or_else(several)?.0;
    let inside = opened.members.iter().all(|member| first(member).is_some_and(|of| of == top));
    if inside { Ok(top) } else { Err(several()) }
}
