//! A zip as a stranger may have made it. [`directory::directory`] reads its headers, twice over, and refuses what two
//! readers would understand differently; [`Zipped`] gives the bytes of what was accepted, through the `zip` crate, in
//! pieces. Nothing is ever unpacked to a disk.

mod central;
pub mod directory;
mod fields;
mod local;

use super::store::{Entry, Kind, Store};
use directory::{Member, Opened};
use std::io::{self, Read, Seek, SeekFrom};
use zip::ZipArchive;

/// Bytes that can be read from any place, by many threads at once: a file, or memory.
pub trait Bytes: Sync + Send {
    /// How many there are.
    fn len(&self) -> u64;
    /// Fills the whole buffer from a place, or fails.
    fn read_at(&self, at: u64, buffer: &mut [u8]) -> io::Result<()>;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Bytes for Vec<u8> {
    fn len(&self) -> u64 {
        self.as_slice().len() as u64
    }

    fn read_at(&self, at: u64, buffer: &mut [u8]) -> io::Result<()> {
        let from = usize::try_from(at).ok().and_then(|at| self.get(at..)?.get(..buffer.len()));
        buffer.copy_from_slice(from.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }
}

/// A place in the bytes, for the `zip` crate.
struct Cursor<'b, B: ?Sized> {
    bytes: &'b B,
    at: u64,
}

impl<B: ?Sized> Clone for Cursor<'_, B> {
    fn clone(&self) -> Self {
        Cursor { bytes: self.bytes, at: self.at }
    }
}

impl<B: Bytes + ?Sized> Read for Cursor<'_, B> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.bytes.len().saturating_sub(self.at);
        let n = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        self.bytes.read_at(self.at, &mut buffer[..n])?;
        self.at += n as u64;
        Ok(n)
    }
}

impl<B: Bytes + ?Sized> Seek for Cursor<'_, B> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.bytes.len().checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

/// A zip whose headers were accepted.
pub struct Zipped<'b, B: ?Sized> {
    archive: ZipArchive<Cursor<'b, B>>,
    entries: Vec<Entry>,
    /// The place of each entry in the archive, and how it begins there.
    members: Vec<(usize, Member)>,
}

/// Bytes handed over at once.
const PIECE: usize = 64 << 10;

impl<'b, B: Bytes + ?Sized> Zipped<'b, B> {
    /// Opens what [`directory::directory`] accepted. With `top`, names are told from inside the archive's one folder.
    pub fn new(bytes: &'b B, opened: Opened, top: Option<&str>) -> io::Result<Self> {
        let archive = ZipArchive::new(Cursor { bytes, at: 0 }).map_err(io::Error::from)?;
        let mut all: Vec<(Entry, (usize, Member))> = Vec::new();
        for (at, member) in opened.members.into_iter().enumerate() {
            let inner = match top {
                Some(top) => member.name.strip_prefix(top).and_then(|rest| rest.strip_prefix('/')),
                None => Some(&*member.name),
            };
            let Some(inner) = inner.filter(|inner| !inner.is_empty() && !inner.ends_with('/')) else {
                continue;
            };
            let entry = Entry { path: inner.into(), exact: true, kind: Kind::File, size: member.size };
            all.push((entry, (at, member)));
        }
        all.sort_by(|a, b| a.0.path.cmp(&b.0.path));
        let (entries, members) = all.into_iter().unzip();
        Ok(Zipped { archive, entries, members })
    }
}

impl<B: Bytes + ?Sized> Store for Zipped<'_, B> {
    fn entries(&self) -> &[Entry] {
        &self.entries
    }

    fn read(&self, at: usize, take: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        let (index, member) = self.members.get(at).ok_or(io::ErrorKind::NotFound)?;
        // A copy is a cursor and a shared list: each thread has its own.
        let mut archive = self.archive.clone();
        let mut file = archive.by_index(*index).map_err(io::Error::from)?;
        if file.name_raw() != member.name.as_bytes() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "another entry stands in this place"));
        }
        let mut buffer = vec![0; PIECE];
        let mut left = member.size;
        loop {
            let n = file.read(&mut buffer)?;
            if n as u64 > left || (n == 0 && left > 0) {
                return Err(io::Error::new(
                    io::ErrorKind::InvalidData,
                    "not the size that the archive declares",
                ));
            }
            if n == 0 {
                return Ok(());
            }
            left -= n as u64;
            take(&buffer[..n]);
        }
    }
}
