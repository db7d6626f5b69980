//! The header before each entry's bytes. It must say what the directory says, and the entries must lie one after the
//! other from the first byte to the directory: nothing before, between, or twice.

use super::Bytes;
use super::central::Header;
use super::fields::{ZIP64, eight, extras, four, two};
use crate::lang::Bilingual;
use crate::say;

const LOCAL: &[u8; 4] = b"PK\x03\x04";
const DESCRIPTOR: &[u8; 4] = b"PK\x07\x08";
/// The size and the checksum follow the bytes.
const STREAMED: u16 = 8;

/// Compares each local header with the directory's and lays the entries side by side.
pub(super) fn laid_out(bytes: &dyn Bytes, headers: &[Header], end: u64) -> Result<(), (String, Bilingual)> {
    let mut order: Vec<&Header> = headers.iter().collect();
    order.sort_by_key(|header| header.local);
    let mut next = 0u64;
    for header in order {
        let fail = |why| (String::from_utf8_lossy(&header.name).into_owned(), why);
        if header.local < next {
            return Err(fail(say!("cette entrée en recouvre une autre", "this entry overlaps another")));
        }
        if header.local > next {
            return Err(fail(say!(
                "des octets qui ne sont d’aucune entrée sont devant celle-ci",
                "bytes of no entry stand before this one"
            )));
        }
        let after = one(bytes, header, end).map_err(fail)?;
        if after > end {
            return Err(fail(say!(
                "cette entrée déborde sur le sommaire",
                "this entry runs into the directory"
            )));
        }
        next = after;
    }
    if next == end {
        Ok(())
    } else {
        Err((
            String::new(),
            say!(
                "des octets qui ne sont d’aucune entrée sont devant le sommaire",
                "bytes of no entry stand before the directory"
            ),
        ))
    }
}

/// Compares one, and gives the place after it.
fn one(bytes: &dyn Bytes, header: &Header, end: u64) -> Result<u64, Bilingual> {
    let gone = || say!("l’en-tête de cette entrée n’y est pas", "the header of this entry is not there");
    let mut fixed = [0; 30];
    bytes.read_at(header.local, &mut fixed).map_err(|_| gone())?;
    if fixed[..4] != *LOCAL {
        return Err(gone());
    }
    let (name, extra) = (usize::from(two(&fixed, 26)), usize::from(two(&fixed, 28)));
    let mut rest = vec![0; name + extra];
    bytes.read_at(header.local + 30, &mut rest).map_err(|_| gone())?;
    if rest[..name] != *header.name {
        let other = String::from_utf8_lossy(&rest[..name]).into_owned();
        return Err(say!(
            "devant ses octets, cette entrée s’appelle « {other} »",
            "before its bytes, this entry is called “{other}”"
        ));
    }
    let differs = |what: &str| {
        say!(
            "le sommaire et l’en-tête de cette entrée n’ont pas le même « {what} »",
            "the directory and the header of this entry have not the same “{what}”"
        )
    };
    let (flags, method) = (two(&fixed, 6), two(&fixed, 8));
    if flags & !STREAMED != header.flags & !STREAMED {
        return Err(differs("flags"));
    }
    if method != header.method {
        return Err(differs("method"));
    }
    let fields = extras(&rest[name..]).map_err(|_| gone())?;
    let long = fields
        .iter()
        .find(|(number, content)| *number == ZIP64 && content.len() >= 16)
        .map(|(_, content)| *content);
    let number = |at: usize, place: usize| match (four(&fixed, at), long) {
        (u32::MAX, Some(long)) => eight(long, place),
        (short, _) => u64::from(short),
    };
    let streamed = flags & STREAMED != 0;
    let (crc, packed, size) = (four(&fixed, 14), number(18, 8), number(22, 0));
    let unsaid = streamed && (crc, packed, size) == (0, 0, 0);
    if !unsaid && (packed, size) != (header.packed, header.size) && !(streamed && (packed, size) == (0, 0)) {
        return Err(differs("size"));
    }
    if !unsaid && crc != header.crc && !(streamed && crc == 0) {
        return Err(differs("crc"));
    }
    let after = (header.local + 30 + (name + extra) as u64).checked_add(header.packed).ok_or_else(gone)?;
    if streamed { descriptor(bytes, header, after, end) } else { Ok(after) }
}

/// The descriptor after the bytes of a streamed entry: with or without its mark, sizes of four bytes or of eight.
fn descriptor(bytes: &dyn Bytes, header: &Header, at: u64, end: u64) -> Result<u64, Bilingual> {
    let mut buffer = [0; 24];
    let there = end.saturating_sub(at).min(24) as usize;
    bytes
        .read_at(at, &mut buffer[..there])
        .map_err(|_| say!("cette entrée est tronquée", "this entry is truncated"))?;
    let marked = buffer[..4] == *DESCRIPTOR;
    let from = if marked { 4 } else { 0 };
    let short = (u64::from(four(&buffer, from + 4)), u64::from(four(&buffer, from + 8)));
    let long = (eight(&buffer, from + 4), if from + 20 <= 24 { eight(&buffer, from + 12) } else { 0 });
    let size = match (header.packed, header.size) {
        sizes if sizes == short => 12,
        sizes if sizes == long => 20,
        _ => {
            return Err(say!(
                "ce qui suit les octets de cette entrée contredit le sommaire",
                "what follows the bytes of this entry contradicts the directory"
            ));
        }
    };
    if four(&buffer, from) != header.crc {
        return Err(say!(
            "ce qui suit les octets de cette entrée contredit le sommaire",
            "what follows the bytes of this entry contradicts the directory"
        ));
    }
    Ok(at + (from + size) as u64)
}
