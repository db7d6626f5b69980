//! A file whose bytes are read from any place by many threads: each call names its place, so no position is shared.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use super::unreadable;
use crate::error::Result;
use crate::verify::zip::Bytes;
use std::fs::File;
use std::io;
use std::path::Path;

/// An open file.
#[derive(Debug)]
pub struct FileBytes {
    file: File,
    len: u64,
}

impl FileBytes {
    /// Opens it.
    pub fn open(path: &Path) -> Result<Self> {
        let open = || {
            let file = File::open(path)?;
            let len = file.metadata()?.len();
            Ok(FileBytes { file, len })
        };
        open().map_err(|e| unreadable(path, e))
    }
}

impl Bytes for FileBytes {
    fn len(&self) -> u64 {
        self.len
    }

    #[cfg(unix)]
    fn read_at(&self, at: u64, buffer: &mut [u8]) -> io::Result<()> {
        std::os::unix::fs::FileExt::read_exact_at(&self.file, buffer, at)
    }

    #[cfg(windows)]
    fn read_at(&self, mut at: u64, mut buffer: &mut [u8]) -> io::Result<()> {
        while !buffer.is_empty() {
            let n = std::os::windows::fs::FileExt::seek_read(&self.file, buffer, at)?;
            if n == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            buffer = &mut buffer[n..];
            at += n as u64;
        }
        Ok(())
    }
}
