//! Whether two files hold the same bytes; and the read buffer that each thread keeps for such work.
#![allow(clippy::disallowed_methods, clippy::disallowed_types)]

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

/// Nearly every file of a site fits.
const BUFFER: usize = 64 << 10;

/// Lends this thread's buffer.
pub(super) fn with_buffer<T>(work: impl FnOnce(&mut [u8]) -> T) -> T {
    thread_local!(static BYTES: RefCell<Box<[u8]>> = RefCell::new(vec![0; BUFFER].into()));
    BYTES.with_borrow_mut(|bytes| work(bytes))
}

/// Compares a file with bytes.
pub(super) fn same_content(mut file: File, mut bytes: &[u8]) -> io::Result<bool> {
    with_buffer(|buffer| {
        loop {
            let n = file.read(buffer)?;
            if n == 0 || !bytes.starts_with(&buffer[..n]) {
                return Ok(n == 0 && bytes.is_empty());
            }
            bytes = &bytes[n..];
        }
    })
}

/// Compares two files, a piece at a time.
pub(super) fn same_files(a: &Path, b: &Path) -> io::Result<bool> {
    let (mut a, mut b) = (File::open(a)?, BufReader::with_capacity(BUFFER, File::open(b)?));
    with_buffer(|buffer| {
        let mut theirs = vec![0; BUFFER];
        loop {
            let n = a.read(buffer)?;
            if n == 0 {
                return Ok(b.read(&mut theirs[..1])? == 0);
            }
            match b.read_exact(&mut theirs[..n]) {
                Ok(()) if buffer[..n] == theirs[..n] => {}
                Err(e) if e.kind() != io::ErrorKind::UnexpectedEof => return Err(e),
                _ => return Ok(false),
            }
        }
    })
}
