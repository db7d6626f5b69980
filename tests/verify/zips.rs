//! Zips that no honest program makes, byte by byte. Each is refused before anything of it is inflated, or as soon as it
//! gives a byte too many.

use crate::bag::Bag;
use crate::{codes, greffe, verify};
use greffe::verify::store::Store;
use greffe::verify::zip::Zipped;
use greffe::verify::zip::directory::{directory, top};
use std::fs;

/// An entry, as its two headers tell it.
#[derive(Clone)]
struct Entry {
    name: Vec<u8>,
    local_name: Option<Vec<u8>>,
    bytes: Vec<u8>,
    size: u32,
    method: u16,
    flags: u16,
    mode: u32,
    crc: u32,
    /// Where the directory says that it is; where it is, when none.
    at: Option<u32>,
    extra: Vec<u8>,
    /// Bytes before its header that belong to nobody.
    before: Vec<u8>,
}

fn stored(name: &str, bytes: &str) -> Entry {
    Entry {
        name: name.into(),
        local_name: None,
        bytes: bytes.into(),
        size: bytes.len() as u32,
        method: 0,
        flags: 1 << 11,
        mode: 0o100_644,
        crc: crc(bytes.as_bytes()),
        at: None,
        extra: Vec::new(),
        before: Vec::new(),
    }
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc: u32, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}

fn push(out: &mut Vec<u8>, numbers: &[(u64, usize)]) {
    for (number, width) in numbers {
        out.extend_from_slice(&number.to_le_bytes()[..*width]);
    }
}

/// The zip of these entries, whose end says `count` entries.
fn zip_of(entries: &[Entry], count: Option<u16>) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        out.extend_from_slice(&entry.before);
        let at = entry.at.unwrap_or(out.len() as u32);
        let name = entry.local_name.as_ref().unwrap_or(&entry.name);
        let (packed, size) = (entry.bytes.len() as u64, u64::from(entry.size));
        let common = [
            (20, 2),
            (entry.flags.into(), 2),
            (entry.method.into(), 2),
            (0, 2),
            (33, 2),
            (entry.crc.into(), 4),
            (packed, 4),
            (size, 4),
        ];
        out.extend_from_slice(b"PK\x03\x04");
        push(&mut out, &common);
        push(&mut out, &[(name.len() as u64, 2), (0, 2)]);
        out.extend_from_slice(name);
        out.extend_from_slice(&entry.bytes);
        directory.extend_from_slice(b"PK\x01\x02");
        push(&mut directory, &[(3 << 8 | 20, 2)]);
        push(&mut directory, &common);
        push(
            &mut directory,
            &[(entry.name.len() as u64, 2), (entry.extra.len() as u64, 2), (0, 2), (0, 2), (0, 2)],
        );
        push(&mut directory, &[(u64::from(entry.mode) << 16, 4), (at.into(), 4)]);
        directory.extend_from_slice(&entry.name);
        directory.extend_from_slice(&entry.extra);
    }
    let start = out.len() as u64;
    let count = u64::from(count.unwrap_or(entries.len() as u16));
    out.extend_from_slice(&directory);
    out.extend_from_slice(b"PK\x05\x06");
    push(
        &mut out,
        &[(0, 2), (0, 2), (count, 2), (count, 2), (directory.len() as u64, 4), (start, 4), (0, 2)],
    );
    out
}

/// Why a zip is refused.
fn refusals(bytes: &Vec<u8>) -> Vec<String> {
    directory(bytes).err().unwrap_or_default().into_iter().map(|finding| finding.seen.en).collect()
}

#[track_caller]
fn refused(bytes: Vec<u8>, why: &str) {
    let found = refusals(&bytes);
    assert!(found.iter().any(|words| words.contains(why)), "{why}: {found:?}");
}

#[track_caller]
fn refused_entry(entry: Entry, why: &str) {
    refused(zip_of(&[stored("bag/a", "a"), entry], None), why);
}

#[test]
fn an_honest_zip_is_read() {
    let bytes = zip_of(&[stored("bag/b", "bb"), stored("bag/a", "a")], None);
    let opened = directory(&bytes).unwrap();
    assert_eq!(top(&opened).unwrap(), "bag");
    let store = Zipped::new(&bytes, opened, Some("bag")).unwrap();
    let names: Vec<&str> = store.entries().iter().map(|entry| &*entry.path).collect();
    assert_eq!(names, ["a", "b"]);
    assert_eq!(store.bytes(1, 10).unwrap(), b"bb");
}

#[test]
fn names_that_lead_out_of_the_folder() {
    for name in ["../x", "bag/../../x", "/etc/passwd", "bag//x", "./x"] {
        refused_entry(stored(name, "x"), "this path");
    }
    refused_entry(stored("C:/x", "x"), "letter of a drive");
    refused_entry(stored("bag\\..\\x", "x"), "backslash");
    refused_entry(stored("bag/.ssh/x", "x"), "hidden");
    refused_entry(stored("bag/a\0b", "x"), "control character");
}

#[test]
fn names_that_two_programs_read_differently() {
    refused_entry(Entry { name: b"bag/\xe9t\xe9".to_vec(), ..stored("", "x") }, "not UTF-8");
    refused_entry(Entry { flags: 0, ..stored("bag/été", "x") }, "not declared as UTF-8");
    refused_entry(
        Entry { local_name: Some(b"bag/other".to_vec()), ..stored("bag/x", "x") },
        "is called “bag/other”",
    );
    let mut extra = vec![0x75, 0x70, 10, 0, 1, 0, 0, 0, 0];
    extra.extend_from_slice(b"other");
    refused_entry(Entry { extra, ..stored("bag/x", "x") }, "second name");
}

#[test]
fn a_name_twice_and_a_file_that_is_a_folder() {
    refused_entry(stored("bag/a", "other"), "stands 2 times");
    refused_entry(stored("bag/a/b", "x"), "another that is a file");
}

#[test]
fn what_is_no_file() {
    refused_entry(Entry { mode: 0o120_777, ..stored("bag/x", "/etc/passwd") }, "link or a special file");
    refused_entry(Entry { mode: 0o020_666, ..stored("bag/x", "") }, "link or a special file");
}

#[test]
fn what_is_not_read() {
    refused_entry(Entry { flags: 1 << 11 | 1, ..stored("bag/x", "x") }, "encrypted");
    refused_entry(Entry { method: 12, ..stored("bag/x", "x") }, "method 12");
    refused_entry(Entry { size: 9, ..stored("bag/x", "x") }, "two sizes");
}

#[test]
fn bombs() {
    refused_entry(Entry { method: 8, size: 1 << 30, ..stored("bag/x", "tiny") }, "bomb");
    let many: Vec<Entry> =
        (0..20).map(|n| Entry { method: 8, size: 60 << 20, ..stored(&format!("bag/{n}"), "tiny") }).collect();
    refused(zip_of(&many, None), "bomb");
    refused(zip_of(&[stored("bag/a", "a")], Some(40_000)), "40000 entries");
}

#[test]
fn an_entry_that_gives_more_than_it_declares() {
    let packed = deflated(&vec![b'x'; 100_000]);
    let entry = Entry { bytes: packed, size: 10, method: 8, ..stored("bag/x", "") };
    let bytes = zip_of(&[entry], None);
    let opened = directory(&bytes).unwrap();
    let store = Zipped::new(&bytes, opened, Some("bag")).unwrap();
    let mut given = 0;
    assert!(store.read(0, &mut |piece| given += piece.len()).is_err());
    assert!(given <= 10, "{given}");
}

#[test]
fn a_checksum_that_is_false() {
    let bytes = zip_of(&[Entry { crc: 1, ..stored("bag/x", "x") }], None);
    let store = Zipped::new(&bytes, directory(&bytes).unwrap(), Some("bag")).unwrap();
    assert!(store.read(0, &mut |_| {}).is_err());
}

#[test]
fn bytes_of_nobody_and_bytes_of_two() {
    let good = zip_of(&[stored("bag/a", "a"), stored("bag/b", "b")], None);
    refused([good.clone(), b"more".to_vec()].concat(), "bytes follow it");
    refused([b"#!/bin/sh\n".to_vec(), good.clone()].concat(), "not where the archive says");
    refused(good[..good.len() - 10].to_vec(), "or are missing");
    refused(good[..40].to_vec(), "truncated");
    refused(Vec::new(), "truncated");
    refused_entry(Entry { before: b"hidden".to_vec(), ..stored("bag/x", "x") }, "bytes of no entry");
    refused_entry(Entry { at: Some(0), ..stored("bag/a", "a") }, "overlaps");
}

#[test]
fn two_ends_and_numbers_that_contradict_each_other() {
    let good = zip_of(&[stored("bag/a", "a")], None);
    let mut two = good.clone();
    let comment = zip_of(&[stored("bag/b", "b")], None);
    let at = two.len() - 2;
    two[at..].copy_from_slice(&(comment.len() as u16).to_le_bytes());
    two.extend_from_slice(&comment);
    assert!(!refusals(&two).is_empty());
    refused(zip_of(&[stored("bag/a", "a"), stored("bag/b", "b")], Some(1)), "more entries than it says");
    // A zip64 end that names another number of entries than the short one.
    let end = good.len() - 22;
    let (start, size) = (31 + 5, end as u64 - 36);
    let mut lies = good[..end].to_vec();
    lies.extend_from_slice(b"PK\x06\x06");
    push(&mut lies, &[(44, 8), (45, 2), (45, 2), (0, 4), (0, 4), (7, 8), (7, 8), (size, 8), (start, 8)]);
    lies.extend_from_slice(b"PK\x06\x07");
    push(&mut lies, &[(0, 4), (end as u64, 8), (1, 4)]);
    lies.extend_from_slice(&good[end..]);
    refused(lies, "contradict");
}

#[test]
fn a_zip_of_several_folders_is_no_bag() {
    let bytes = zip_of(&[stored("bag/a", "a"), stored("other/b", "b")], None);
    assert!(top(&directory(&bytes).unwrap()).is_err());
}

#[test]
fn a_hostile_zip_is_refused_by_the_verb_and_nothing_is_written() {
    let bag = Bag::good();
    let path = bag.path.with_extension("zip");
    fs::write(&path, zip_of(&[stored("bag/bagit.txt", ""), stored("../slipped", "x")], None)).unwrap();
    let (status, report) = verify(&path, &[]);
    assert_eq!((status, codes(&report, "error")), (1, vec!["zip".to_owned()]));
    let output = bag.path.with_file_name("again");
    let done = greffe(["rebuild", path.to_str().unwrap(), "--output", output.to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(2));
    assert!(!output.exists() && !bag.path.with_file_name("slipped").exists());
}

#[test]
fn twins_in_a_zip_are_told_as_in_a_folder() {
    let bag = Bag::good();
    let path = bag.path.with_extension("zip");
    fs::write(&path, zip_of(&[stored("bag/data/a", "x"), stored("bag/data/A", "y")], None)).unwrap();
    let (_, report) = verify(&path, &[]);
    assert!(codes(&report, "error").contains(&"twin".to_owned()), "{report:#}");
}

/// What a reader gets of a zip: names with their bytes; nothing when it is refused.
fn contents(bytes: &Vec<u8>) -> Option<Vec<(String, Vec<u8>)>> {
    let opened = directory(bytes).ok()?;
    let top = top(&opened).ok()?.to_owned();
    let store = Zipped::new(bytes, opened, Some(&top)).ok()?;
    let all = store.entries().iter().enumerate();
    all.map(|(at, entry)| Some((entry.path.to_string(), store.bytes(at, 1 << 20).ok()?))).collect()
}

#[test]
fn any_byte_changed_is_refused_or_changes_nothing_that_is_read() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in [("bag/a.txt", "water water water water water"), ("bag/b/c.txt", "")] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut zip, bytes.as_bytes()).unwrap();
    }
    let good = zip.finish().unwrap().into_inner();
    let said = contents(&good).unwrap();
    assert_eq!(said.len(), 2);
    for at in 0..good.len() {
        for flip in [1, 0x20, 0x80, 0xff] {
            let mut bad = good.clone();
            bad[at] ^= flip;
            let read = contents(&bad);
            assert!(read.is_none() || read.as_ref() == Some(&said), "byte {at} with {flip:#x}: {read:?}");
        }
        assert_eq!(contents(&good[..at].to_vec()), None, "cut at {at}");
    }
}

#[test]
fn a_zip_that_was_streamed_is_read() {
    let mut zip = zip::ZipWriter::new_stream(Vec::new());
    zip.start_file("bag/a.txt", zip::write::SimpleFileOptions::default()).unwrap();
    std::io::Write::write_all(&mut zip, b"water").unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    assert_eq!(contents(&bytes), Some(vec![("a.txt".to_owned(), b"water".to_vec())]));
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file(
        "x",
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated),
    )
    .unwrap();
    std::io::Write::write_all(&mut zip, bytes).unwrap();
    let whole = zip.finish().unwrap().into_inner();
    let packed = u32::from_le_bytes(whole[18..22].try_into().unwrap()) as usize;
    let start = 30 + 1 + usize::from(u16::from_le_bytes(whole[28..30].try_into().unwrap()));
    whole[start..start + packed].to_vec()
}
