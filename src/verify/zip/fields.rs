//! Numbers in the headers of a zip, little end first (APPNOTE 4.3), and the fields that follow a header.

use std::io;

/// The number of two bytes at a place; 0 past the end, which its caller excluded.
pub(super) fn two(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).and_then(|b| b.try_into().ok()).map_or(0, u16::from_le_bytes)
}

/// The number of four bytes.
pub(super) fn four(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes)
}

/// The number of eight bytes.
pub(super) fn eight(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..at + 8).and_then(|b| b.try_into().ok()).map_or(0, u64::from_le_bytes)
}

/// The extra fields of a header: number and content of each. Fails when they do not fill their place exactly.
pub(super) fn extras(mut bytes: &[u8]) -> io::Result<Vec<(u16, &[u8])>> {
    let mut all = Vec::new();
    while !bytes.is_empty() {
        let (number, size) = (two(bytes, 0), usize::from(two(bytes, 2)));
        let content = bytes.get(4..4 + size).ok_or(io::ErrorKind::InvalidData)?;
        all.push((number, content));
        bytes = &bytes[4 + size..];
    }
    Ok(all)
}

/// Extra field of sizes that four bytes cannot hold.
pub(super) const ZIP64: u16 = 1;
/// Extra field of a name in UTF-8 beside the other (Info-ZIP).
pub(super) const UNICODE_PATH: u16 = 0x7075;
